//! Server → archive → server: what comes back is what was sent, whoever kills it in between.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use support::*;
use traghetto::account::Endpoint;
use traghetto::archive;
use traghetto::engine::{self, Level, Pass, Request};
use traghetto::journal::{Journal, State};
use traghetto::plan::Plan;
use traghetto::project::Project;
use traghetto::sample::{Config, Mail, Store, company};
use traghetto::trouble::Kind;

/// How the name of a message that was read ends, on this system.
const SEEN: &str = if cfg!(windows) { ";2,S" } else { ":2,S" };

fn local(folder: &Path) -> Endpoint {
    Endpoint::new(format!("maildir:{}", folder.display()).parse().unwrap())
}

/// A crossing whose destination is an archive; `back` loads the archive into the sample destination.
struct Ashore {
    crossing: Crossing,
    archive: PathBuf,
}

impl Ashore {
    fn with(mut crossing: Crossing) -> Self {
        let archive = crossing.dir.path().join("archivio");
        archive::prepare(&archive).unwrap();
        crossing.plan.destination = local(&archive);
        Self { crossing, archive }
    }

    async fn rich() -> Self {
        Self::with(Crossing::rich().await)
    }

    /// Everything verified, class I.
    async fn verify(&self) {
        let outcome = self.crossing.verify().await;
        assert_eq!((outcome.failed, outcome.exceptions), (vec![], 0));
        let tally = self.crossing.tally().await;
        assert_eq!(tally.of(&[State::Verified]), tally.total());
        assert!(tally.classes.keys().all(|class| class == "I"), "{tally:?}");
    }

    /// From the archive into the sample destination, verified.
    async fn back(&self) -> u64 {
        let crossing = &self.crossing;
        let server = format!("imap+insecure://{}", crossing.destination.address());
        let mut plan = Plan::new(local(&self.archive), Endpoint::new(server.parse().unwrap()));
        plan.jobs.clone_from(&crossing.plan.jobs);
        plan.options = crossing.plan.options.clone();
        let dir = crossing.dir.path().join("ritorno");
        let project = Project::create(&dir, &plan).unwrap();
        let journal = Journal::open(&project.journal_file()).unwrap();
        let mut copied = 0;
        for pass in [Pass::Copy, Pass::Complete, Pass::Verify(Level::Full)] {
            let request = Request::new(
                plan.clone(),
                project.clone(),
                journal.clone(),
                crossing.secrets.clone(),
                pass,
            );
            let outcome = engine::start(request).ended().await;
            assert_eq!(
                (&outcome.failed, outcome.exceptions),
                (&vec![], 0),
                "{outcome:?}"
            );
            copied = copied.max(outcome.copied);
        }
        copied
    }

    /// Every file of the archive, with its octets and time.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
        let mut files = Vec::new();
        let mut dirs = vec![self.archive.clone()];
        while let Some(dir) = dirs.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    dirs.push(path);
                } else {
                    let time = path.metadata().unwrap().modified().unwrap();
                    files.push((path.clone(), fs::read(&path).unwrap(), time));
                }
            }
        }
        files.sort();
        files
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_company_goes_into_an_archive_and_out_of_it_as_it_was() {
    let from = Store::new('/', "");
    let people = company::furnish(&from);
    let to = Store::new('.', "INBOX.");
    for person in &people {
        to.add_account(&person.login, &person.password);
    }
    let mut crossing =
        Crossing::start(from, Config::default(), to, far_apart(Config::default())).await;
    for person in &people {
        for side in [
            traghetto::account::Side::Origin,
            traghetto::account::Side::Destination,
        ] {
            crossing
                .secrets
                .insert(side, &person.login, person.password.clone().into());
        }
    }
    let ashore = Ashore::with(crossing);
    let copied = ashore.crossing.copy_cleanly().await;
    assert!(copied >= 1_500, "{copied}");
    ashore.crossing.assert_settled().await;
    ashore.verify().await;
    assert_eq!(ashore.crossing.copy_cleanly().await, 0);
    let before = ashore.files();
    assert_eq!(ashore.back().await, copied);
    ashore.crossing.assert_equal();
    assert!(before == ashore.files(), "the origin was written to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_odd_comes_back() {
    let to = Store::new('/', "");
    to.add_account(LOGIN, PASSWORD);
    let to_config = far_apart(Config::default());
    let crossing = Crossing::start(origin_store(), Config::default(), to, to_config).await;
    let ashore = Ashore::with(crossing);
    let store = &ashore.crossing.origin.store();
    for (name, use_, subscribed) in [
        ("Posta inviata", Some("\\Sent"), true),
        ("Attivit&AOA-", None, true),
        ("Vuota", None, false),
        ("a \"b\" \\c", None, true),
        ("Clienti/v1.2: \"<x>|?", None, true),
        (&format!("Lunga/&{}-", "BBcEMAQ9".repeat(40)), None, true),
    ] {
        store.add_folder(LOGIN, name, use_, subscribed);
    }
    let many: Vec<String> = (0..40).map(|n| format!("Etichetta{n}")).collect();
    let mut flags: Vec<&str> = many.iter().map(String::as_str).collect();
    flags.extend([
        "\\Seen",
        "\\Flagged",
        "\\Answered",
        "\\Draft",
        "\\Deleted",
        "$Forwarded",
    ]);
    let odd: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"x".to_vec(),
        b"Subject: 8-bit \xe8\xff\r\n\r\nbody \xe8\r\n".to_vec(),
        b"Subject: bare LF\n\nline\nline\n".to_vec(),
        b"Subject: NUL\r\n\r\na\0b\r\n".to_vec(),
        b"Subject: looks like IMAP\r\n\r\n{12}\r\nA1 OK done\r\n* BYE\r\n)\r\n".to_vec(),
        vec![b'\r'; 5],
        vec![b'x'; 5_000_000],
    ];
    for (number, octets) in odd.into_iter().enumerate() {
        let mail = dated(Mail::new(octets), u32::try_from(number).unwrap());
        let mail = if number % 2 == 0 {
            mail.with_flags(&flags)
        } else {
            mail
        };
        for folder in ["INBOX", "Attivit&AOA-", "Clienti/v1.2: \"<x>|?"] {
            let _ = store.add_message(LOGIN, folder, mail.clone());
        }
    }
    let _ = store.add_message(
        LOGIN,
        "INBOX",
        mail(3).with_date("29-Feb-1972 23:59:59 -1130"),
    );
    let _ = ashore.crossing.copy_cleanly().await;
    ashore.verify().await;
    let _ = ashore.back().await;
    assert_eq!(ashore.crossing.differences(), Vec::<String>::new());
    let sent = ashore
        .crossing
        .destination
        .store()
        .folder(LOGIN, "Posta inviata")
        .unwrap();
    assert_eq!(sent.special_use.as_deref(), Some("\\Sent"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_changed_since_and_new_messages_follow() {
    let ashore = Ashore::rich().await;
    let store = &ashore.crossing.origin.store();
    fill(store, "INBOX", 50);
    let _ = ashore.crossing.copy_cleanly().await;
    let first = store.folder(LOGIN, "INBOX").unwrap().messages[0].uid;
    assert!(store.set_flags(LOGIN, "INBOX", first, &["\\Seen", "$Forwarded"]));
    for number in 100..110 {
        let _ = store.add_message(LOGIN, "INBOX", mail(number));
    }
    let outcome = ashore.crossing.run(Pass::Complete).await;
    assert_eq!((outcome.copied, outcome.failed.len()), (10, 0));
    assert_eq!(ashore.back().await, 60);
    ashore.crossing.assert_equal();
}

#[tokio::test]
async fn looking_leaves_no_trace() {
    let ashore = Ashore::rich().await;
    fill(ashore.crossing.origin.store(), "Archivio", 10);
    let before = ashore.files();
    let mut request = ashore.crossing.request(Pass::Copy);
    request.dry_run = true;
    let outcome = engine::start(request.clone()).ended().await;
    assert_eq!((outcome.failed.len(), outcome.copied), (0, 0));
    let checks = engine::survey::check(&request, |_| {}).await;
    assert!(checks[0].is_ready(), "{checks:?}");
    assert!(before == ashore.files());
}

#[tokio::test]
async fn an_archive_that_is_gone_is_called_so_and_comes_back() {
    let ashore = Ashore::rich().await;
    fill(ashore.crossing.origin.store(), "INBOX", 20);
    let away = ashore.archive.with_extension("via");
    fs::rename(&ashore.archive, &away).unwrap();
    // As where a disk is not mounted: the place is there, and empty.
    fs::create_dir(&ashore.archive).unwrap();
    let failed = ashore.crossing.copy().await.failed;
    assert_eq!(failed[0].1.kind, Kind::ArchiveMissing, "{failed:?}");
    fs::remove_dir(&ashore.archive).unwrap();
    fs::rename(&away, &ashore.archive).unwrap();
    assert_eq!(ashore.crossing.copy_cleanly().await, 20);
    ashore.verify().await;
}

#[tokio::test]
async fn an_account_the_archive_does_not_have_is_called_so() {
    let mut ashore = Ashore::rich().await;
    ashore.crossing.plan.origin = local(&ashore.archive);
    ashore.crossing.plan.destination = local(&ashore.crossing.dir.path().join("altro"));
    archive::prepare(&ashore.crossing.dir.path().join("altro")).unwrap();
    let failed = ashore.crossing.copy().await.failed;
    assert_eq!(failed[0].1.kind, Kind::ArchiveAccount, "{failed:?}");
}

#[tokio::test]
async fn a_message_without_a_row_is_found_and_adopted() {
    let ashore = Ashore::rich().await;
    fill(ashore.crossing.origin.store(), "INBOX", 20);
    let inbox = ashore.archive.join(LOGIN);
    for sub in ["cur", "new", "tmp"] {
        fs::create_dir_all(inbox.join(sub)).unwrap();
    }
    // As another program leaves it, and as a crash leaves it.
    fs::write(inbox.join("new/1615366800.x"), &mail(3).body).unwrap();
    fs::write(inbox.join(format!("cur/1615366801.y{SEEN}")), &mail(5).body).unwrap();
    fs::write(inbox.join("tmp/1615366802.z"), b"half a mess").unwrap();
    assert_eq!(ashore.crossing.copy_cleanly().await, 18);
    assert_eq!(ashore.crossing.tally().await.of(&[State::Adopted]), 2);
    let outcome = ashore.crossing.verify().await;
    assert_eq!((outcome.failed, outcome.exceptions), (vec![], 0));
}

#[tokio::test]
async fn a_plain_maildir_of_somebody_else_is_an_origin() {
    let mut ashore = Ashore::rich().await;
    let inbox = ashore.archive.join(LOGIN);
    for dir in ["cur", "new", "tmp", ".Posta.2021/cur", ".Posta.2021/new"] {
        fs::create_dir_all(inbox.join(dir)).unwrap();
    }
    fs::write(inbox.join("new/1615366800.x"), &mail(3).body).unwrap();
    fs::write(
        inbox.join(format!(".Posta.2021/cur/1.y{SEEN}")),
        &mail(5).body,
    )
    .unwrap();
    let before = ashore.files();
    let server = format!("imap+insecure://{}", ashore.crossing.destination.address());
    ashore.crossing.plan.origin = local(&ashore.archive);
    ashore.crossing.plan.destination = Endpoint::new(server.parse().unwrap());
    assert_eq!(ashore.crossing.copy_cleanly().await, 2);
    // One more: numbers may be others, and what was copied is known by its octets.
    fs::write(inbox.join("new/0.w"), &mail(4).body).unwrap();
    assert_eq!(ashore.crossing.copy_cleanly().await, 1);
    fs::remove_file(inbox.join("new/0.w")).unwrap();
    assert!(before == ashore.files());
    let store = ashore.crossing.destination.store();
    let flags = &store.folder(LOGIN, "INBOX.Posta.2021").unwrap().messages[0].flags;
    assert_eq!(*flags, ["\\Seen"]);
    assert_eq!(store.folder(LOGIN, "INBOX").unwrap().messages.len(), 2);
}

fn cli() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_traghetto-cli"));
    command
        .env("TRAGHETTO_PASSPHRASE", "prova")
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::null());
    command
}

fn said(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_moments_nothing_is_lost_and_nothing_comes_twice() {
    let mut ashore = Ashore::rich().await;
    let crossing = &mut ashore.crossing;
    fill(crossing.origin.store(), "INBOX", 2_000);
    fill(crossing.origin.store(), "Archivio", 500);
    crossing.origin.faults().latency(Duration::from_millis(8));
    let project = crossing.project();
    let list = crossing.dir.path().join("utenti.txt");
    fs::write(&list, format!("{LOGIN}:{PASSWORD}\n")).unwrap();
    fs::remove_file(project.plan_file()).unwrap();
    let (code, text) = said(
        cli()
            .current_dir(crossing.dir.path())
            .args(["new", "migrazione", "--origin"])
            .arg(crossing.plan.origin.url.to_string())
            .args(["--destination", "maildir:archivio", "--users", "utenti.txt"]),
    );
    assert_eq!(code, Some(0), "{text}");
    crossing.plan = project.load().unwrap();
    let written = crossing.plan.destination.folder().unwrap();
    assert!(written.is_absolute() && archive::overlap(written, &ashore.archive));
    crossing.plan.options.settle_seconds = 1;
    project.save(&crossing.plan).unwrap();

    let there = || {
        let folder = |name: &str| fs::read_dir(ashore.archive.join(LOGIN).join(name).join("cur"));
        let count = |name| folder(name).map_or(0, Iterator::count);
        count("") + count(".Archivio")
    };
    let mut state: u64 = getrandom::u64().unwrap();
    println!("seed {state}");
    let mut kills = 0;
    while kills < 20 && there() < 2_500 {
        let mut run = cli();
        run.arg("run")
            .arg(project.dir())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        tokio::time::sleep(Duration::from_millis(60 + (state >> 33) % 300)).await;
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            kills += 1;
        }
        let _ = child.wait().unwrap();
    }
    println!("{kills} kills");
    assert!(kills > 2, "the copy was over after {kills} kills");
    let mut run = cli();
    run.arg("run").arg(project.dir());
    let (code, text) = tokio::task::spawn_blocking(move || said(&mut run))
        .await
        .unwrap();
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(there(), 2_500);
    ashore.verify().await;
    assert_eq!(ashore.back().await, 2_500);
    ashore.crossing.assert_equal();
    ashore.crossing.assert_settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_takes_an_archive_on_either_side_without_passwords() {
    let dir = tempfile::tempdir().unwrap();
    let new = |project: &str, origin: &str, destination: &str, users: &str| {
        fs::write(dir.path().join("utenti.txt"), users).unwrap();
        let arguments = [
            "new",
            project,
            "--origin",
            origin,
            "--destination",
            destination,
        ];
        said(
            cli()
                .current_dir(dir.path())
                .args(arguments)
                .args(["--users", "utenti.txt"]),
        )
    };
    fs::create_dir_all(dir.path().join("vecchio/anna/cur")).unwrap();
    fs::create_dir_all(dir.path().join("vecchio/anna/new")).unwrap();
    fs::write(dir.path().join("vecchio/anna/new/1.x"), &mail(1).body).unwrap();
    let (code, text) = new("uno", "maildir:vecchio", "maildir:nuovo", "anna\n");
    assert_eq!(code, Some(0), "{text}");
    for verb in ["check", "run", "verify", "complete"] {
        let (code, text) = said(cli().current_dir(dir.path()).args([verb, "uno"]));
        assert_eq!(code, Some(0), "{verb}: {text}");
    }
    assert_eq!(
        fs::read_dir(dir.path().join("nuovo/anna/cur"))
            .unwrap()
            .count(),
        1
    );
    let probe = ["probe", "maildir:nuovo", "--login", "anna"];
    let (code, text) = said(cli().current_dir(dir.path()).args(probe));
    assert_eq!((code, text.contains("Maildir")), (Some(0), true), "{text}");
    for (origin, destination, words) in [
        (
            "maildir:vecchio",
            "maildir:./vecchio/../vecchio",
            "the same archive",
        ),
        (
            "maildir:vecchio",
            "maildir:vecchio/dentro",
            "inside the other",
        ),
        ("maildir:nessuno", "maildir:nuovo", "is not there"),
        ("maildir:nuovo", "maildir:vecchio", "is not an archive"),
        (
            "imaps://localhost:1",
            "maildir:",
            "name of the server or the folder is missing",
        ),
        (
            "imaps://localhost:1",
            "maildir:nuovo",
            "the password is missing",
        ),
    ] {
        let (code, text) = new("due", origin, destination, "anna\n");
        assert_eq!(code, Some(1), "{origin} {destination}: {text}");
        assert!(text.contains(words), "{origin} {destination}: {text}");
    }
}

#[tokio::test]
async fn an_archive_served_twice_gives_each_number_once() {
    // Two migrations of two servers into one account, at once.
    let ashore = Ashore::rich().await;
    fill(ashore.crossing.origin.store(), "INBOX", 400);
    let other = Crossing::rich().await;
    for number in 1_000..1_400 {
        let _ = other
            .origin
            .store()
            .add_message(LOGIN, "INBOX", mail(number));
    }
    let mut other = other;
    other.plan.destination = local(&ashore.archive);
    let (one, two) = futures::future::join(ashore.crossing.copy(), other.copy()).await;
    assert_eq!((one.copied, two.copied), (400, 400), "{one:?} {two:?}");
    ashore.verify().await;
    let verified = other.verify().await;
    assert_eq!((verified.failed, verified.exceptions), (vec![], 0));
    let list = fs::read_to_string(ashore.archive.join(LOGIN).join("dovecot-uidlist")).unwrap();
    let uids: Vec<u32> = list
        .lines()
        .skip(1)
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(uids, (1..=800).collect::<Vec<_>>());
}
