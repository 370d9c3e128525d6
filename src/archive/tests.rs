use std::fs;
use std::path::{Path, PathBuf};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};

use super::*;
use crate::net::Stream;

/// A conversation with an archive, octet for octet.
struct Talk(BufReader<Stream>);

impl Talk {
    async fn with(folder: &Path, side: Side) -> Self {
        let url = format!("maildir:{}", folder.display()).parse().unwrap();
        let connector = connector(&Endpoint::new(url), side).unwrap();
        let mut talk = Self(BufReader::new(connector.dial().await.unwrap()));
        assert!(talk.line().await.starts_with("* OK [CAPABILITY IMAP4rev1"));
        talk
    }

    async fn anna(folder: &Path, side: Side) -> Self {
        let mut talk = Self::with(folder, side).await;
        assert_eq!(talk.ask("LOGIN anna \"\"").await, ["OK LOGIN completed"]);
        talk
    }

    async fn line(&mut self) -> String {
        let mut line = Vec::new();
        let read = self.0.read_until(b'\n', &mut line).await.unwrap();
        assert_ne!(read, 0, "the connection has ended");
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }

    /// The lines of the answer, the last one without its tag.
    async fn ask(&mut self, command: &str) -> Vec<String> {
        let text = format!("t {command}\r\n");
        self.0.write_all(text.as_bytes()).await.unwrap();
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            match line.strip_prefix("t ") {
                Some(end) => lines.push(end.to_owned()),
                None if line.starts_with('+') => lines.push(line),
                None => {
                    lines.push(line);
                    continue;
                }
            }
            return lines;
        }
    }

    async fn end(&mut self, command: &str) -> String {
        self.ask(command).await.pop().unwrap()
    }
}

fn made() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("archivio");
    prepare(&folder).unwrap();
    (dir, folder)
}

fn count(dir: &Path) -> usize {
    fs::read_dir(dir).map_or(0, Iterator::count)
}

#[tokio::test]
async fn several_messages_are_added_together_or_not_at_all() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let end = talk
        .end("APPEND INBOX (\\Seen) \" 7-Jul-1996 02:44:25 -0700\" {1+}\r\na {2+}\r\nbb (x) {3+}\r\nccc")
        .await;
    assert!(
        end.starts_with("OK [APPENDUID ") && end.contains(" 1:3]"),
        "{end}"
    );
    for wrong in [
        "APPEND INBOX {1+}\r\na (\\Nonsense) {2+}\r\nbb {1+}\r\nc",
        "APPEND INBOX {1+}\r\na \"ieri\" {2+}\r\nbb",
        "APPEND INBOX {1+}\r\na rest",
    ] {
        assert!(talk.end(wrong).await.starts_with("BAD"), "{wrong}");
    }
    assert!(
        talk.end("APPEND Nowhere {1+}\r\na {2+}\r\nbb")
            .await
            .starts_with("NO [TRYCREATE]")
    );
    assert_eq!(count(&folder.join("anna/cur")), 3);
    assert_eq!(count(&folder.join("anna/tmp")), 0);
    let _ = talk.ask("EXAMINE INBOX").await;
    let rows = talk
        .ask("UID FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[])")
        .await;
    assert_eq!(
        rows[0],
        "* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 1 BODY[] {1}"
    );
    assert_eq!(
        rows[4],
        "* 3 FETCH (UID 3 FLAGS (x) RFC822.SIZE 3 BODY[] {3}"
    );
    let dates = talk.ask("UID FETCH 1 (INTERNALDATE)").await;
    assert!(
        dates[0].ends_with("INTERNALDATE \" 7-Jul-1996 02:44:25 -0700\")"),
        "{dates:?}"
    );
}

#[tokio::test]
async fn a_client_that_waits_is_invited_and_one_without_a_folder_is_not() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    assert_eq!(talk.ask("APPEND INBOX {2}").await, ["+ OK"]);
    talk.0.write_all(b"hi\r\n").await.unwrap();
    assert!(talk.line().await.starts_with("t OK [APPENDUID"));
    assert!(
        talk.end("APPEND Nowhere {2}")
            .await
            .starts_with("NO [TRYCREATE]")
    );
    let name = "APPEND {5+}\r\nINBOX (\\Seen) {2+}\r\nhi";
    assert!(talk.end(name).await.starts_with("OK [APPENDUID"));
}

#[tokio::test]
async fn what_the_disk_refuses_is_said_and_leaves_nothing() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let _ = talk.ask("SELECT INBOX").await;
    fs::remove_dir(folder.join("anna/tmp")).unwrap();
    let append = "APPEND INBOX {2+}\r\nhi {2+}\r\nho";
    assert!(talk.end(append).await.starts_with("NO [X-ARCHIVE-STORAGE]"));
    assert_eq!(count(&folder.join("anna/cur")), 0);
    fs::remove_file(folder.join(MARK)).unwrap();
    assert!(talk.end(append).await.starts_with("NO [X-ARCHIVE-MISSING]"));
    let mut talk = Talk::with(&folder, Side::Destination).await;
    assert!(
        talk.end("LOGIN anna x")
            .await
            .starts_with("NO [X-ARCHIVE-MISSING]")
    );
}

#[tokio::test]
async fn as_the_origin_nothing_is_written_and_nobody_is_made() {
    let (_dir, folder) = made();
    let mut talk = Talk::with(&folder, Side::Origin).await;
    assert!(
        talk.end("LOGIN anna x")
            .await
            .starts_with("NO [X-ARCHIVE-ACCOUNT]")
    );
    let mut writer = Talk::anna(&folder, Side::Destination).await;
    let _ = writer.ask("APPEND INBOX {2+}\r\nhi").await;
    let mut talk = Talk::anna(&folder, Side::Origin).await;
    let _ = talk.ask("EXAMINE INBOX").await;
    for writing in [
        "SELECT INBOX",
        "CREATE x",
        "SUBSCRIBE INBOX",
        "APPEND INBOX {2+}\r\nhi",
        "UID STORE 1 +FLAGS.SILENT (\\Seen)",
    ] {
        let end = talk.end(writing).await;
        assert!(end.starts_with("NO [CANNOT]"), "{writing}: {end}");
    }
}

#[tokio::test]
async fn no_account_or_folder_leads_out_of_the_archive() {
    let (dir, folder) = made();
    let mut talk = Talk::with(&folder, Side::Destination).await;
    let _ = talk.end("LOGIN \"../fuori\" x").await;
    let _ = talk.end("CREATE \"../../x\"").await;
    let _ = talk.end("APPEND INBOX {2+}\r\nhi").await;
    assert_eq!(count(dir.path()), 1);
    assert_eq!(count(&folder.join("%2e.%2ffuori/cur")), 1);
    assert!(talk.end("CREATE \"a//b\"").await.starts_with("NO [CANNOT]"));
    assert!(talk.end("CREATE a/b").await.starts_with("OK"));
    assert!(
        talk.end("CREATE a/b")
            .await
            .starts_with("NO [ALREADYEXISTS]")
    );
}

#[tokio::test]
async fn flags_change_and_others_hear_of_messages_after_a_noop() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let _ = talk
        .ask("APPEND INBOX (\\Seen a) {1+}\r\nx {1+}\r\ny")
        .await;
    let _ = talk.ask("SELECT INBOX").await;
    let mut other = Talk::anna(&folder, Side::Destination).await;
    let _ = other.ask("EXAMINE INBOX").await;
    let many: Vec<String> = (0..30).map(|n| format!("k{n}")).collect();
    let store = format!("UID STORE 1:* +FLAGS.SILENT (\\Flagged {})", many.join(" "));
    assert_eq!(talk.ask(&store).await, ["OK STORE completed"]);
    let _ = talk.ask("UID STORE 2 -FLAGS.SILENT (k29 \\Flagged)").await;
    let _ = talk.ask("APPEND INBOX {1+}\r\nz").await;
    // The files have other names by now.
    let rows = other.ask("UID FETCH 1:2 (FLAGS BODY.PEEK[])").await;
    assert!(
        rows[0].contains("\\Flagged") && rows[0].contains("k29"),
        "{rows:?}"
    );
    assert!(
        !rows[2].contains("\\Flagged") && !rows[2].contains("k29"),
        "{rows:?}"
    );
    assert!(rows[2].contains("k28"), "{rows:?}");
    assert_eq!(other.ask("NOOP").await[0], "* 3 EXISTS");
    fs::remove_dir_all(folder.join("anna/cur")).unwrap();
    fs::create_dir(folder.join("anna/cur")).unwrap();
    let gone = other.ask("NOOP").await;
    assert_eq!(gone[..3], ["* 3 EXPUNGE", "* 2 EXPUNGE", "* 1 EXPUNGE"]);
    assert!(talk.end("STATUS INBOX (UIDNEXT)").await.starts_with("OK"));
}

#[tokio::test]
async fn parts_of_messages_are_given() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let body = "From: a\r\nSubject: b\r\n c\r\nTo: d\r\n\r\ntext";
    let append = format!("APPEND INBOX {{{}+}}\r\n{body}", body.len());
    let _ = talk.ask(&append).await;
    let _ = talk.ask("EXAMINE INBOX").await;
    for (item, answer) in [
        (
            "BODY.PEEK[HEADER.FIELDS (To Subject)]",
            "BODY[HEADER.FIELDS (TO SUBJECT)] {25}",
        ),
        ("BODY.PEEK[HEADER]", "BODY[HEADER] {34}"),
        ("BODY.PEEK[]<33.2>", "BODY[]<33> {2}"),
        ("BODY.PEEK[]<30.100>", "BODY[]<30> {8}"),
        ("BODY.PEEK[]<100.5>", "BODY[]<100> {0}"),
    ] {
        let rows = talk.ask(&format!("UID FETCH 1 (UID {item})")).await;
        assert_eq!(rows[0], format!("* 1 FETCH (UID 1 {answer}"));
    }
    assert!(talk.end("UID FETCH 1 (BODY[])").await.starts_with("BAD"));
    assert_eq!(
        talk.ask("UID FETCH 900:* (UID)").await[0],
        "* 1 FETCH (UID 1)"
    );
}

#[tokio::test]
async fn what_an_earlier_run_left_under_way_goes_in_time() {
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let _ = talk.ask("SELECT INBOX").await;
    let tmp = folder.join("anna/tmp");
    for name in [
        "1000.M1.traghetto",
        "99999999999.M1.traghetto",
        "1000.M1.other",
    ] {
        fs::write(tmp.join(name), b"x").unwrap();
    }
    let _ = talk.ask("SELECT INBOX").await;
    assert_eq!(count(&tmp), 2);
    assert!(!tmp.join("1000.M1.traghetto").exists());
}

#[tokio::test]
async fn a_message_is_never_seen_in_pieces() {
    // The connection ends in the middle of a literal.
    let (_dir, folder) = made();
    let mut talk = Talk::anna(&folder, Side::Destination).await;
    let _ = talk.ask("SELECT INBOX").await;
    talk.0
        .write_all(b"t APPEND INBOX {1+}\r\na {9+}\r\nhalf")
        .await
        .unwrap();
    talk.0.shutdown().await.unwrap();
    let _ = talk.0.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(
        count(&folder.join("anna/cur")) + count(&folder.join("anna/new")),
        0
    );
    assert_eq!(count(&folder.join("anna/tmp")), 0);
}

#[test]
fn an_archive_is_made_of_a_new_or_empty_folder_only() {
    let (dir, folder) = made();
    prepare(&folder).unwrap();
    fs::create_dir(folder.join("anna")).unwrap();
    prepare(&folder).unwrap();
    let other = dir.path().join("altro");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("file"), b"").unwrap();
    let refused = prepare(&other).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::DirectoryNotEmpty);
    assert!(!is_archive(&other));
}

#[test]
fn one_folder_is_known_under_all_its_names() {
    let (dir, folder) = made();
    let beside = dir.path().join("altro");
    for (other, same) in [
        (folder.clone(), true),
        (folder.join("../archivio/."), true),
        (folder.join("dentro/ancora"), true),
        (dir.path().to_owned(), true),
        (beside.clone(), false),
        (dir.path().join("archivio2"), false),
    ] {
        assert_eq!(overlap(&folder, &other), same, "{}", other.display());
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&folder, &beside).unwrap();
        assert!(overlap(&folder, &beside));
    }
}
