mod ledger;
mod measured;

use super::*;
use crate::imap::name::FolderName;

async fn furnished() -> (Journal, FolderId, TargetId) {
    let journal = Journal::in_memory().unwrap();
    let account = journal
        .account("anna".into(), "anna@example.it".into())
        .await
        .unwrap();
    let inbox = FolderName::from_wire(b"INBOX");
    let folder = journal
        .place(account, inbox.clone(), Some(inbox), String::new(), None)
        .await
        .unwrap();
    journal.origin_validity(folder, 7).await.unwrap();
    let target = journal.folder(folder).await.unwrap().target.unwrap().0;
    (journal, folder, target)
}

fn listed(uid: u32) -> Listed {
    Listed {
        uid,
        claimed: 10,
        date: None,
        flags: String::new(),
        excluded: None,
    }
}

fn intent(uid: u32) -> Intent {
    Intent {
        uid,
        size: 10,
        sha256: [u8::try_from(uid).unwrap(); 32],
        norm: None,
        date: None,
        flags: String::new(),
        lost: None,
    }
}

#[tokio::test]
async fn a_message_goes_from_planned_to_verified() {
    let (journal, folder, target) = furnished().await;
    assert_eq!(
        journal
            .list(folder, 7, vec![listed(1), listed(2)])
            .await
            .unwrap()
            .0,
        2
    );
    assert_eq!(
        journal
            .list(folder, 7, vec![listed(2), listed(3)])
            .await
            .unwrap()
            .0,
        1
    );
    journal
        .intend(folder, 7, target, 50, vec![intent(1), intent(2)])
        .await
        .unwrap();
    let suspects = journal.suspects(folder, 7).await.unwrap();
    assert_eq!(
        suspects
            .iter()
            .map(|suspect| (suspect.uid, suspect.dst_next))
            .collect::<Vec<_>>(),
        [(1, 50), (2, 50)]
    );
    let acked = |uid, copy| Acked { uid, copy };
    journal
        .acked(folder, 7, 9, vec![acked(1, Some(50)), acked(2, Some(51))])
        .await
        .unwrap();
    assert_eq!(journal.claims(target, 9).await.unwrap(), [50, 51]);
    journal.verified(folder, 7, vec![(1, "I")]).await.unwrap();
    let sums = journal.folder_sums(1).await.unwrap();
    let tally = &sums[0].tally;
    assert_eq!(
        (
            tally.of(&[State::Verified]),
            tally.of(&[State::Acked]),
            tally.of(&[State::Planned])
        ),
        (1, 1, 1)
    );
    assert_eq!(tally.classes["I"], 1);
}

#[tokio::test]
async fn one_copy_satisfies_one_message() {
    let (journal, folder, target) = furnished().await;
    let _ = journal
        .list(folder, 7, vec![listed(1), listed(2)])
        .await
        .unwrap();
    journal
        .intend(folder, 7, target, 1, vec![intent(1), intent(2)])
        .await
        .unwrap();
    for uid in [1, 2] {
        journal
            .acked(
                folder,
                7,
                9,
                vec![Acked {
                    uid,
                    copy: Some(50),
                }],
            )
            .await
            .unwrap();
    }
    assert_eq!(journal.claims(target, 9).await.unwrap(), [50]);
    assert_eq!(
        journal.suspects(folder, 7).await.unwrap().len(),
        1,
        "the second is to be looked for"
    );
}

#[tokio::test]
async fn a_new_uidvalidity_at_the_destination_frees_the_claims() {
    let (journal, folder, target) = furnished().await;
    let _ = journal.list(folder, 7, vec![listed(1)]).await.unwrap();
    journal
        .intend(folder, 7, target, 1, vec![intent(1)])
        .await
        .unwrap();
    journal
        .acked(
            folder,
            7,
            9,
            vec![Acked {
                uid: 1,
                copy: Some(50),
            }],
        )
        .await
        .unwrap();
    assert_eq!(journal.target_validity(target, 9).await.unwrap(), 0);
    assert_eq!(journal.target_validity(target, 10).await.unwrap(), 1);
    assert_eq!(journal.suspects(folder, 7).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_left_the_origin_is_marked_and_comes_back() {
    let (journal, folder, _) = furnished().await;
    let _ = journal
        .list(folder, 7, vec![listed(1), listed(2)])
        .await
        .unwrap();
    assert_eq!(journal.present(folder, 7, vec![2, 3]).await.unwrap(), 1);
    assert_eq!(journal.open_work(folder, 7).await.unwrap().planned, 1);
    assert_eq!(journal.present(folder, 7, vec![1, 2]).await.unwrap(), 0);
    assert_eq!(journal.open_work(folder, 7).await.unwrap().planned, 2);
}

#[tokio::test]
async fn a_call_happens_whole_or_not_at_all() {
    let (journal, folder, _) = furnished().await;
    let broken: Result<(), Error> = journal
        .call(move |db| {
            let _ = db.execute("DELETE FROM folder WHERE id = ?1", [folder])?;
            db.execute_batch("INSERT INTO nowhere VALUES (1)")
        })
        .await;
    assert!(broken.is_err());
    assert_eq!(journal.folder(folder).await.unwrap().id, folder);
}

#[tokio::test]
async fn facts_survive_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = Journal::open(&path).unwrap();
    let _ = journal.account("anna".into(), "anna".into()).await.unwrap();
    journal.remember("seed", "7".into()).await.unwrap();
    drop(journal);
    let journal = Journal::open_existing(&path).unwrap();
    assert_eq!(journal.accounts().await.unwrap().len(), 1);
    assert_eq!(journal.recall("seed").await.unwrap().as_deref(), Some("7"));
}

#[tokio::test]
async fn a_journal_of_a_newer_program_and_a_damaged_one_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    drop(Journal::open(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    assert!(matches!(Journal::open(&path), Err(Error::Newer(99))));
    // A file of its own: the threads of the journals above may still be closing theirs.
    let damaged = dir.path().join("damaged.db");
    std::fs::write(&damaged, vec![b'x'; 9_000]).unwrap();
    assert!(matches!(Journal::open(&damaged), Err(Error::Damaged(_))));
    assert!(Journal::open_existing(&dir.path().join("none")).is_err());
}

/// Everything the database says of its own tables, but for the order of columns.
fn shape(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut names = connection
        .prepare("SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1")
        .unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut shape = Vec::new();
    for name in names.map(Result::unwrap) {
        let table = name.split(' ').next_back().unwrap().to_owned();
        let mut columns = connection
            .prepare(&format!(
                "SELECT name || type || [notnull] || coalesce(dflt_value, '') || pk FROM pragma_table_info('{table}') \
                 UNION SELECT name FROM pragma_index_info('{table}') ORDER BY 1"
            ))
            .unwrap();
        let columns = columns
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        let columns: Vec<_> = columns.map(Result::unwrap).collect();
        shape.push(format!("{name}: {}", columns.join(", ")));
    }
    shape
}

#[tokio::test]
async fn a_journal_of_the_first_version_is_taken_over_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old.db"), dir.path().join("new.db"));
    {
        let connection = Connection::open(&old).unwrap();
        connection
            .execute_batch(include_str!("tests/version-1.sql"))
            .unwrap();
        connection
            .execute_batch(
                "PRAGMA user_version = 1; \
                 INSERT INTO account (login, destination_login) VALUES ('anna', 'anna'); \
                 INSERT INTO folder (account, name, shown, uidv) VALUES (1, X'494E424F58', 'INBOX', 7); \
                 INSERT INTO message (folder, uidv, uid, state, claimed, flags, code, words, t_planned) \
                 VALUES (1, 7, 3, 8, 10, '', 'refused', 'no', 0)",
            )
            .unwrap();
    }
    let journal = Journal::open_existing(&old).unwrap();
    let exceptions = journal.exceptions(1).await.unwrap();
    assert_eq!((exceptions.len(), exceptions[0].uid), (1, 3));
    drop((journal, Journal::open(&new).unwrap()));
    assert_eq!(shape(&old), shape(&new));
    drop(Journal::open(&old).unwrap());
}

#[tokio::test]
async fn the_journal_is_durable_whatever_the_speed() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Journal::open(&dir.path().join("journal.db")).unwrap();
    let (mode, synchronous): (String, i64) = journal
        .call(|db| {
            let mode = db.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            Ok((
                mode,
                db.query_row("PRAGMA synchronous", [], |row| row.get(0))?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[test]
fn many_that_open_at_once_make_one_journal() {
    for _ in 0..10 {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.db");
        std::thread::scope(|scope| {
            for _ in 0..6 {
                let _ = scope.spawn(|| drop(Journal::open(&path).unwrap()));
            }
        });
    }
}
