//! Whole mailboxes into a server with IceWarp's ways: nothing goes where it keeps its own, and what it does without a word
//! is waited for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use support::*;
use traghetto::account::{Master, Side};
use traghetto::engine::survey;
use traghetto::engine::{Pass, Secrets};
use traghetto::journal::State;
use traghetto::plan::FolderLanguage;
use traghetto::sample::{Config, IceWarp, Mail, Store};
use traghetto::trouble::Kind;

fn icewarp_store() -> Store {
    let store = Store::new('/', "");
    IceWarp::add_account(&store, LOGIN, PASSWORD);
    store
}

async fn crossing(config: Config) -> Crossing {
    Crossing::start(
        origin_store(),
        Config::default(),
        icewarp_store(),
        far_apart(config),
    )
    .await
}

/// Folders of the origin, and what they are called at the destination.
const FOLDERS: [(&str, &str, &str); 14] = [
    ("INBOX", "INBOX", "INBOX"),
    ("Archive", "Archived mail", "Posta archiviata"),
    (
        "Archive/2019",
        "Archived mail/2019",
        "Posta archiviata/2019",
    ),
    (
        "Archive/2019/Gare",
        "Archived mail/2019/Gare",
        "Posta archiviata/2019/Gare",
    ),
    ("Calendar", "Calendar (mail)", "Calendar (posta)"),
    ("contacts", "Contacts (mail)", "Contacts (posta)"),
    (
        "Public Folders/Avvisi",
        "Public Folders (mail)/Avvisi",
        "Public Folders (posta)/Avvisi",
    ),
    ("~luigi", "_luigi", "_luigi"),
    ("Lavoro/Archive", "Lavoro/Archive", "Lavoro/Archive"),
    ("Clienti", "Clienti", "Clienti"),
    ("clienti", "clienti (2)", "clienti (2)"),
    ("Junk", "Spam", "Spam"),
    ("Sent Items", "Sent Items", "Posta inviata"),
    ("Drafts", "Drafts", "Bozze"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_and_nothing_in_a_folder_that_is_not_there() {
    for language in [None, Some(FolderLanguage::It)] {
        let mut crossing = crossing(Config::icewarp()).await;
        crossing.plan.options.special_folders = language;
        for (number, (folder, ..)) in FOLDERS.iter().enumerate() {
            fill(
                crossing.origin.store(),
                folder,
                3 + u32::try_from(number).unwrap(),
            );
        }
        let checked = survey::check(&crossing.request(Pass::Copy), |_| {})
            .await
            .remove(0);
        let copied = crossing.copy_cleanly().await;
        assert_eq!(copied, 3 * 14 + 13 * 14 / 2);
        crossing.assert_settled().await;
        let (from, to) = (crossing.origin.store(), crossing.destination.store());
        for (folder, english, italian) in FOLDERS {
            let target = if language.is_some() { italian } else { english };
            let before = from.folder(LOGIN, folder).unwrap().messages;
            let after = to
                .folder(LOGIN, target)
                .unwrap_or_else(|| panic!("no {target}"))
                .messages;
            let bodies = |mails: &[Mail]| -> Vec<Arc<[u8]>> {
                mails.iter().map(|mail| mail.body.clone()).collect()
            };
            assert_eq!(bodies(&before), bodies(&after), "{folder}");
            let said = checked
                .folders
                .iter()
                .find(|one| one.origin == folder)
                .unwrap();
            assert_eq!(
                said.destination.as_deref(),
                Some(target),
                "the survey said so before"
            );
        }
        let verified = crossing.verify().await;
        assert_eq!((verified.failed, verified.exceptions), (vec![], 0));
        let tally = crossing.tally().await;
        assert_eq!(tally.of(&[State::Verified]), copied);
        assert_eq!(crossing.copy_cleanly().await, 0, "nothing twice");
    }
}

#[tokio::test]
async fn appends_that_are_held_back_are_waited_for() {
    let config = Config::icewarp();
    let icewarp = config.icewarp.clone().unwrap();
    let crossing = crossing(config).await;
    fill(crossing.origin.store(), "INBOX", 8);
    icewarp.appends_per_minute(Some(300));
    let begun = Instant::now();
    assert_eq!(crossing.copy_cleanly().await, 8);
    assert!(
        begun.elapsed() >= Duration::from_millis(1_400),
        "{:?}",
        begun.elapsed()
    );
    crossing.assert_equal();
}

#[tokio::test]
async fn a_message_with_a_nul_is_an_exception_and_the_others_arrive() {
    let crossing = crossing(Config::icewarp()).await;
    let store = crossing.origin.store();
    fill(&store, "INBOX", 5);
    let _ = store.add_message(LOGIN, "INBOX", Mail::new(*b"Subject: x\r\n\r\na\0b\r\n"));
    fill(&store, "INBOX", 2);
    let outcome = crossing.copy().await;
    assert_eq!((outcome.copied, outcome.exceptions), (7, 1), "{outcome:?}");
    let exceptions = crossing.exceptions().await;
    assert_eq!(exceptions[0].code, Kind::ContentRefused.key());
}

#[tokio::test]
async fn an_address_that_is_shut_out_is_told_in_the_servers_words() {
    let config = Config::icewarp();
    let icewarp = config.icewarp.clone().unwrap();
    let crossing = crossing(config).await;
    fill(crossing.origin.store(), "INBOX", 2);
    icewarp.block(true);
    let outcome = crossing.copy().await;
    let (_, trouble) = &outcome.failed[0];
    assert_eq!(trouble.kind, Kind::Blocked, "{trouble}");
    assert_eq!(
        trouble.detail,
        "NO LOGOUT Intrusion prevention active for 127.0.0.1"
    );
    icewarp.block(false);
    assert_eq!(crossing.copy_cleanly().await, 2);
}

#[tokio::test]
async fn an_administrator_opens_the_mailboxes_of_the_destination() {
    let config = Config {
        admin: Some(("admin@example.it".into(), "chiave §".into())),
        ..Config::icewarp()
    };
    let mut crossing = crossing(config).await;
    fill(crossing.origin.store(), "INBOX", 4);
    fill(crossing.origin.store(), "Archive", 2);
    crossing.plan.destination.master = Some(Master {
        user: "admin@example.it".into(),
        separator: None,
    });
    let mut secrets = Secrets::default();
    secrets.insert(Side::Origin, LOGIN, SecretString::from(PASSWORD));
    secrets.insert_master(Side::Destination, SecretString::from("chiave §"));
    crossing.secrets = secrets;
    assert_eq!(crossing.copy_cleanly().await, 6);
    let verified = crossing.verify().await;
    assert_eq!((verified.failed, verified.exceptions), (vec![], 0));
}
