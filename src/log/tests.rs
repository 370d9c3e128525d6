use std::sync::{Arc, Mutex};

use super::*;

fn time() -> ZonedDateTime {
    "2013-06-26T10:12:16+02:00[Europe/Rome]".parse().unwrap()
}

#[test]
fn a_line_has_the_form_operators_know() {
    let message = "Checking 'user@example.com' on the remote server 'imap.example.com:993'...";
    assert_eq!(
        line(0x16A4, &time(), Level::INFO, message),
        "[000016A4] Wed, 26 Jun 2013 10:12:16 +0200 Checking 'user@example.com' on the \
         remote server 'imap.example.com:993'..."
    );
}

#[test]
fn the_day_has_two_digits_and_utc_is_written_out() {
    let time = "2024-01-05T00:00:09+00:00[UTC]".parse().unwrap();
    assert_eq!(
        line(u32::MAX, &time, Level::DEBUG, "x"),
        "[FFFFFFFF] Fri, 05 Jan 2024 00:00:09 +0000 x"
    );
}

#[test]
fn only_warnings_and_errors_are_named() {
    let end = |level| {
        line(1, &time(), level, "x")
            .split_once("+0200 ")
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(end(Level::ERROR), "ERROR x");
    assert_eq!(end(Level::WARN), "WARN x");
    assert_eq!(end(Level::INFO), "x");
    assert_eq!(end(Level::TRACE), "x");
}

#[test]
fn no_text_can_begin_a_second_line() {
    let hostile = "NO a\r\n[00000001] forged\u{85}b\u{2028}c\u{1b}[2Jd\0e\u{202E}f\tg\\ è🐤";
    let line = line(1, &time(), Level::INFO, hostile);
    assert!(line.ends_with(
        "NO a\\r\\n[00000001] forged\\u{85}b\\u{2028}c\\u{1b}[2Jd\\u{0}e\\u{202e}f\\tg\\ è🐤"
    ));
    assert_eq!(line.lines().count(), 1);
}

#[test]
fn secrets_a_server_repeats_are_taken_out() {
    let cases: [(&str, &[&str], &str); 12] = [
        (
            "NO bad login s3cret!",
            &["s3cret!"],
            "NO bad login [redacted]",
        ),
        (
            "S3CRET! or s3cret!",
            &["s3cret!"],
            "[redacted] or [redacted]",
        ),
        (r#"LOGIN "a\"b\\c""#, &[r#"a"b\c"#], r#"LOGIN "[redacted]""#),
        ("nothing here", &["s3cret!", ""], "nothing here"),
        ("abcdef", &["abcd", "cdef"], "[redacted]"),
        ("abcd", &["abcd", "abc", "abcd"], "[redacted]"),
        ("xabcdabcdx", &["abcd"], "x[redacted]x"),
        ("aaaaaaaa", &["aaaaa"], "[redacted]"),
        ("pàrola è", &["pàrola"], "[redacted] è"),
        ("the end", &["e"], "[redacted]"),
        ("", &["abcd"], ""),
        ("abc", &[], "abc"),
    ];
    for (text, secrets, expected) in cases {
        assert_eq!(redact(text, secrets), expected, "{text}");
    }
}

/// Where the lines of a test go.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Paper {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(octets)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines that come of an action, without their dates.
fn lines(level: LevelFilter, action: impl FnOnce()) -> Vec<String> {
    let paper = Paper::default();
    let pen = paper.clone();
    let lines = tracing_subscriber::fmt::layer()
        .event_format(Form)
        .with_writer(move || pen.clone());
    let subscriber = tracing_subscriber::registry()
        .with(heard(level))
        .with(Workers)
        .with(lines);
    tracing::subscriber::with_default(subscriber, action);
    let written = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    let without_date = |line: &str| format!("{} {}", &line[..10], &line[43..]);
    written.lines().map(without_date).collect()
}

#[test]
fn the_number_is_that_of_the_nearest_worker() {
    let lines = lines(LevelFilter::INFO, || {
        let mailbox = tracing::info_span!("mailbox", worker = 0x16A4_u32);
        mailbox.in_scope(|| {
            tracing::info!("one");
            tracing::info_span!("folder", name = "INBOX").in_scope(|| tracing::warn!("two"));
            tracing::info!(worker = 7, "three");
        });
        let late = tracing::info_span!("late", worker = tracing::field::Empty);
        let _ = late.record("worker", 9_u64);
        late.in_scope(|| tracing::error!(code = 3, text = "a\nb", "four {}", "x"));
    });
    assert_eq!(
        lines,
        [
            "[000016A4] one",
            "[000016A4] WARN two",
            "[00000007] three",
            "[00000009] ERROR four x code=3 text=a\\nb",
        ]
    );
}

#[test]
fn without_a_worker_each_thread_has_its_number() {
    let one = lines(LevelFilter::INFO, || {
        tracing::info!("x");
        tracing::info!("y");
    });
    assert_eq!(one[0][..10], one[1][..10]);
    let two = std::thread::spawn(|| lines(LevelFilter::INFO, || tracing::info!("x")));
    assert_ne!(two.join().unwrap()[0][..10], one[0][..10]);
}

#[test]
fn other_crates_are_heard_from_warn_on() {
    let speak = || {
        tracing::debug!(target: "async_imap", "C: LOGIN secret");
        tracing::info!(target: "rustls::client", "no");
        tracing::warn!(target: "rustls::client", "yes");
        tracing::debug!(target: "traghetto::imap", "ours");
        tracing::info!(target: "traghetto_cli", "ours too");
    };
    let count = |level| lines(level, speak).len();
    assert_eq!(count(LevelFilter::TRACE), 3);
    assert_eq!(count(LevelFilter::INFO), 2);
    assert_eq!(count(LevelFilter::ERROR), 0);
}

/// All of what concerns the one log of the process, in one test.
#[test]
fn one_log_follows_the_other_each_in_daily_files_of_its_own_folder() {
    let dir = tempfile::tempdir().unwrap();
    let folder = |name: &str| dir.path().join(name).join("log");
    let text = |name: &str| {
        let names: Vec<_> = std::fs::read_dir(folder(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names.len(), 1);
        let date = names[0]
            .strip_prefix("traghetto.")
            .unwrap()
            .strip_suffix(".log");
        let _: jiff::civil::Date = date.unwrap().parse().unwrap();
        std::fs::read_to_string(folder(name).join(&names[0])).unwrap()
    };
    let has = |name: &str, words: &str| text(name).contains(&format!(" {words}\n"));
    let first = start(&folder("first"), false).unwrap();
    tracing::info!("one of the first");
    let second = start(&folder("second"), false).unwrap();
    tracing::info!("one of the second");
    drop(first);
    tracing::info!("two of the second");
    drop(second);
    tracing::info!("heard by nobody");
    assert!(has("first", "one of the first") && !has("first", "one of the second"));
    assert!(has("second", "one of the second") && has("second", "two of the second"));
    let third = start(&folder("first"), false).unwrap();
    tracing::info!("again in the first");
    let mut tail = tail::Tail::open(&folder("first"));
    drop(third);
    let lines = tail.poll().unwrap();
    let own = |words: &str| lines.iter().any(|line| line.text.ends_with(words));
    assert!(own("one of the first") && own("again in the first"));
    assert!(!own("heard by nobody"));
}
