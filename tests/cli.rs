//! The command line as people and scripts meet it: the real program, its exit codes, its words, its JSON.
//!
//! Servers are the samples, in this process; the program is another process, as always.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should say so at once"
)]

#[path = "cli/aliases.rs"]
mod aliases;
#[path = "cli/discover.rs"]
mod discover;
#[path = "cli/journey.rs"]
mod journey;
#[path = "cli/lists.rs"]
mod lists;
#[path = "cli/probe.rs"]
mod probe;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use traghetto::project::Project;

const GOOD: i32 = 0;
const USAGE: i32 = 1;
const EXCEPTIONS: i32 = 2;
const STOPPED: i32 = 3;
#[cfg(unix)]
const INTERRUPTED: i32 = 130;

const PASSPHRASE: &str = "una frase segreta di prova";

/// A home of its own for one test.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["home", "tmp"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.shown(name)
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_traghetto-cli"));
        for name in [
            "DBUS_SESSION_BUS_ADDRESS",
            "XDG_RUNTIME_DIR",
            "LC_ALL",
            "LC_MESSAGES",
            "LANGUAGE",
        ] {
            let _ = command.env_remove(name);
        }
        let _ = command
            .args(arguments)
            .current_dir(self.dir.path())
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp"))
            .env("TEMP", self.path("tmp"))
            .env("TMP", self.path("tmp"))
            .env("LANG", "en_GB.UTF-8")
            .env("NO_COLOR", "1")
            .env("TRAGHETTO_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().unwrap(), arguments)
    }
}

/// What a command said and how it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
    line: String,
}

impl Said {
    fn of(output: Output, arguments: &[&str]) -> Self {
        let said = Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            line: arguments.join(" "),
        };
        assert!(!said.err.contains("panicked"), "{said:?}");
        assert!(
            !said.out.contains('⟨') && !said.err.contains('⟨'),
            "words are missing: {said:?}"
        );
        said
    }

    #[track_caller]
    fn ended(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "`{}`\n{}\n{}",
            self.line, self.out, self.err
        );
        self
    }

    #[track_caller]
    fn explains(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.err.contains(word),
                "`{}` does not say '{word}':\n{}",
                self.line,
                self.err
            );
        }
        self
    }

    #[track_caller]
    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.out.contains(word),
                "`{}` does not say '{word}':\n{}",
                self.line,
                self.out
            );
        }
        self
    }

    fn events(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }

    fn event(&self, name: &str) -> Value {
        let found = self
            .events()
            .into_iter()
            .rfind(|event| event["event"] == name);
        found.unwrap_or_else(|| panic!("no '{name}' in {}", self.out))
    }
}

#[test]
fn help_is_whole_in_both_languages() {
    let place = Place::new();
    let commands = [
        "demo",
        "discover",
        "probe",
        "new",
        "users",
        "aliases",
        "check",
        "run",
        "complete",
        "verify",
        "exceptions",
        "report",
        "status",
    ];
    for (language, words, line) in [
        (
            "it",
            ["Uso:", "Comandi", "Codici di uscita"],
            "accesso:password:indirizzo",
        ),
        (
            "en",
            ["Usage:", "Commands", "Exit codes"],
            "login:password:address",
        ),
    ] {
        let _whole = place
            .run(&["--help", "--lang", language])
            .ended(GOOD)
            .says(&words)
            .says(&commands);
        for command in commands {
            let said = place
                .run(&[command, "--help", "--lang", language])
                .ended(GOOD)
                .says(&words[..1]);
            for foreign in [
                "Print help",
                "possible values",
                "[default",
                "Options:\n  -h, --help  Print",
            ] {
                assert!(!said.out.contains(foreign), "{command}: {}", said.out);
            }
            let widest = said.out.lines().map(|line| line.chars().count()).max();
            assert!(
                widest <= Some(118),
                "{command} --lang {language}: {widest:?}\n{}",
                said.out
            );
        }
        let _nested = place
            .run(&["users", "import", "-h", "--lang", language])
            .ended(GOOD)
            .says(&[line]);
    }
    let mut italian = place.command(&["--help"]);
    let output = italian.env("LANG", "it_IT.UTF-8").output().unwrap();
    let _said = Said::of(output, &["--help"]).ended(GOOD).says(&["Uso:"]);
    let _version = place
        .run(&["--version"])
        .ended(GOOD)
        .says(&[env!("CARGO_PKG_VERSION")]);
}

#[test]
fn a_wrong_command_is_explained_and_ends_with_1() {
    let place = Place::new();
    let new = |more: &[&str]| {
        let mut line = vec![
            "new",
            "x",
            "--origin",
            "imaps://a.example",
            "--destination",
            "imaps://b.example",
        ];
        line.extend(more);
        place.run(&line).ended(USAGE)
    };
    let _none = place
        .run(&[])
        .ended(USAGE)
        .explains(&["Usage:", "The command is missing"]);
    let _unknown = place
        .run(&["runn", "x"])
        .ended(USAGE)
        .explains(&["runn", "Did you mean “run”"]);
    let _missing = place.run(&["run"]).ended(USAGE).explains(&["DIR"]);
    let _option = place
        .run(&["run", "x", "--fast"])
        .ended(USAGE)
        .explains(&["--fast"]);
    let _value = place
        .run(&["verify", "x", "--level", "deep"])
        .ended(USAGE)
        .explains(&["deep", "present, sample, full"]);
    let _number = place
        .run(&["run", "x", "--mailboxes", "many"])
        .ended(USAGE)
        .explains(&["many"]);
    let _twice = place
        .run(&["status", "x", "y"])
        .ended(USAGE)
        .explains(&["y"]);
    let _sample = place
        .run(&["verify", "x", "--level", "full", "--sample", "9"])
        .ended(USAGE)
        .explains(&["--sample"]);
    let _language = place
        .run(&["status", "x", "--lang", "de"])
        .ended(USAGE)
        .explains(&["de"]);
    let _address = place
        .run(&[
            "new",
            "x",
            "--origin",
            "ftp://a",
            "--destination",
            "imaps://b",
        ])
        .ended(USAGE)
        .explains(&["ftp://a", "imaps://"]);
    let _pin = new(&["--accept-certificate", "SHA256:00"]).explains(&["origin=SHA256"]);
    let _digits = new(&["--accept-certificate", "origin=SHA256:00"]).explains(&["64"]);
    let _folder = new(&["--folder", "A"]).explains(&["OLD=NEW"]);
    let _since = new(&["--since", "yesterday"]).explains(&["yesterday"]);
    let _size = new(&["--max-size", "big"]).explains(&["25M"]);
    let _range = new(&["--connections", "99"]).explains(&["connections", "16"]);
    let _file = new(&["--users", "nowhere.txt"]).explains(&["nowhere.txt"]);
    let _authority = new(&["--ca", "nowhere.pem"]).explains(&["nowhere.pem"]);
    let der = place.write("ca.der", "0\u{82}");
    let _der = new(&["--ca", &der]).explains(&["ca.der", "PEM"]);
    let pem = place.write("ca.pem", "x\n-----BEGIN CERTIFICATE-----\n");
    let _both = new(&["--ca", &pem, "--ca", &pem]).explains(&["--ca", "the source"]);
    let line = format!("destination={pem}");
    let _again = new(&["--ca", &pem, "--ca", &line]).explains(&["--ca", "the destination"]);
    for origin in [
        "imaps://u:SEGRETA@host",
        "u:SEGRETA@host",
        "imaps://u:SEGRETA@host/x",
    ] {
        let said = place
            .run(&["new", "x", "--origin", origin, "--destination", "imaps://b"])
            .ended(USAGE)
            .explains(&["…@host"]);
        assert!(!said.err.contains("SEGRETA"), "{said:?}");
    }
    let stray = new(&["imaps://u:SEGRETA@host"]);
    assert!(!stray.err.contains("SEGRETA"), "{stray:?}");
    assert!(
        !stray.err.lines().any(|line| line.trim().is_empty()),
        "an empty line: {stray:?}"
    );
    assert!(
        !place.path("x").exists(),
        "a refused command leaves nothing behind"
    );
    let _italian = place
        .run(&["--lang", "it", "correre"])
        .ended(USAGE)
        .explains(&["Errore:", "“correre” non esiste"]);
}

#[test]
fn a_plan_that_is_not_there_or_not_right_ends_with_1() {
    let place = Place::new();
    for command in [
        "check",
        "run",
        "complete",
        "verify",
        "exceptions",
        "report",
        "status",
    ] {
        let _none = place
            .run(&[command, "nowhere"])
            .ended(USAGE)
            .explains(&["no migration", "nowhere"]);
    }
    let new = [
        "new",
        "p",
        "--origin",
        "imaps://a.example",
        "--destination",
        "imap+insecure://b.example",
    ];
    let _made = place
        .run(&new)
        .ended(GOOD)
        .explains(&["clear text"])
        .says(&["users import"]);
    let _again = place.run(&new).ended(USAGE).explains(&["already"]);
    let _empty = place
        .run(&["run", "p"])
        .ended(USAGE)
        .explains(&["no accounts"]);
    let _early = place
        .run(&["report", "p"])
        .ended(USAGE)
        .explains(&["not begun"]);
    let plan = fs::read_to_string(place.path("p/migration.toml")).unwrap();
    fs::write(
        place.path("p/migration.toml"),
        format!("{plan}\nsurprise = 1\n"),
    )
    .unwrap();
    let _surprise = place
        .run(&["status", "p"])
        .ended(USAGE)
        .explains(&["surprise", "migration.toml"]);
    fs::write(
        place.path("p/migration.toml"),
        plan.replace("version = 1", "version = 7"),
    )
    .unwrap();
    let _newer = place.run(&["status", "p"]).ended(USAGE).explains(&["7"]);
}

#[test]
fn the_status_of_a_fresh_project_is_all_zero() {
    let place = Place::new();
    let users = place.write("users", "anna:a\nbruno:b:bruno@example.org\n");
    let new = [
        "new",
        "p",
        "--origin",
        "imaps://a.example",
        "--destination",
        "imaps://b.example",
        "--users",
        &users,
    ];
    let _made = place.run(&new).ended(GOOD).says(&["2 mailboxes", "check"]);
    let _words = place
        .run(&["status", "p", "--lang", "it"])
        .ended(GOOD)
        .says(&["anna", "bruno", "2 caselle"]);
    let said = place.run(&["status", "p", "--json"]).ended(GOOD);
    let status: Value = serde_json::from_str(&said.out).unwrap();
    let accounts = status["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!(
        (&accounts[1]["account"], &accounts[1]["destination"]),
        (&"bruno".into(), &"bruno@example.org".into())
    );
    assert_eq!(
        (&accounts[0]["phase"], &accounts[0]["listed"]),
        (&"waiting".into(), &0.into())
    );
    assert_eq!(accounts[0]["states"].as_object().unwrap().len(), 9);
}

#[test]
fn a_mailbox_is_never_copied_onto_itself() {
    let place = Place::new();
    let same = [
        "--origin",
        "imaps://a.example",
        "--destination",
        "imaps://A.example.:993",
    ];
    let new = |dir: &str, users: &str| {
        let mut line = vec!["new", dir, "--users", users];
        line.extend(same);
        place.run(&line)
    };
    let itself = place.write("itself", "anna:a:b@x.it\nbruno:b\n");
    let _refused =
        new("p", &itself)
            .ended(USAGE)
            .explains(&["bruno", "onto itself", "a.example:993"]);
    assert!(!place.path("p").exists());
    let apart = place.write("apart", "anna:a:anna@example.org\n");
    let _warned = new("p", &apart)
        .ended(GOOD)
        .explains(&["Warning:", "same server"]);
    let _import = place
        .run(&["users", "import", "p", &itself])
        .ended(USAGE)
        .explains(&["bruno"]);
}

#[test]
fn the_next_command_can_be_pasted() {
    let place = Place::new();
    let users = place.write("users", "anna:a\n");
    let new = [
        "new",
        "l'altra città",
        "--origin",
        "imaps://a.example",
        "--destination",
        "imaps://b.example",
        "--users",
        &users,
    ];
    let expected = if cfg!(windows) {
        "check \"l'altra città\""
    } else {
        r"check 'l'\''altra città'"
    };
    let _made = place.run(&new).ended(GOOD).says(&[expected]);
}

#[test]
fn two_runs_exclude_each_other() {
    let place = Place::new();
    let users = place.write("users", "anna:a\n");
    let new = [
        "new",
        "p",
        "--origin",
        "imaps://a.example",
        "--destination",
        "imaps://b.example",
        "--users",
        &users,
    ];
    let _made = place.run(&new).ended(GOOD);
    let held = Project::at(place.path("p")).lock().unwrap();
    for command in ["run", "complete", "verify"] {
        let _busy = place
            .run(&[command, "p"])
            .ended(STOPPED)
            .explains(&["Another run"]);
    }
    let _status = place.run(&["status", "p"]).ended(GOOD);
    drop(held);
}
