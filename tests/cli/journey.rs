//! Whole journeys of the program between sample servers: what arrives, what is said, how it ends.

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use traghetto::account::Side;
use traghetto::sample::{Config, Mail, Server, Store, company};
use traghetto::secrets::{Key, Vault};

#[cfg(unix)]
use super::INTERRUPTED;
use super::{EXCEPTIONS, GOOD, PASSPHRASE, Place, STOPPED, Said, USAGE};

/// Two sample servers with a few mailboxes, and the options that name them.
struct Servers {
    origin: Server,
    destination: Server,
    runtime: tokio::runtime::Runtime,
}

impl Servers {
    /// `many` messages for each login in a folder of its own.
    fn with(logins: &[(&str, &str)], many: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (full, empty) = (Store::new('/', ""), Store::new('.', "INBOX."));
        for (login, password) in logins {
            full.add_account(login, password);
            empty.add_account(login, password);
            full.add_folder(login, "Clienti/Rossi", None, true);
            full.add_folder(login, "Spam", None, true);
            for index in 0..many {
                let text = format!(
                    "From: a@example.org\r\nSubject: {index}\r\nMessage-ID: <{index}@{login}>\r\n\r\nTesto {index}\r\n"
                );
                let _ = full.add_message(
                    login,
                    "Clienti/Rossi",
                    Mail::new(text.into_bytes()).with_flags(&["\\Seen"]),
                );
            }
        }
        let (origin, destination) = runtime.block_on(async {
            let numbers = Config {
                uid_start: 700,
                uid_step: 2,
                ..Config::default()
            };
            (
                Server::start(full, Config::default()).await.unwrap(),
                Server::start(empty, numbers).await.unwrap(),
            )
        });
        Self {
            origin,
            destination,
            runtime,
        }
    }

    fn plan(&self, place: &Place, users: &str, more: &[&str]) {
        let url = |server: &Server| format!("imap+insecure://{}", server.address());
        let (origin, destination) = (url(&self.origin), url(&self.destination));
        let mut line = vec![
            "new",
            "p",
            "--origin",
            &origin,
            "--destination",
            &destination,
            "--users",
            users,
        ];
        line.extend(more);
        let _made = place.run(&line).ended(GOOD);
    }
}

#[test]
fn the_whole_journey_with_one_account_that_cannot_come_along() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta"), ("bruno", "giusta")], 40);
    let users = place.write("users", "anna:segreta\nbruno:sbagliata\n");
    servers.plan(&place, &users, &["--exclude-folder", "Spam"]);

    let check = place.run(&["check", "p"]).ended(STOPPED);
    let _check = check.says(&[
        "anna → anna",
        "excluded",
        "40 messages",
        "user name or password",
        "1 of 2",
    ]);
    let check = place
        .run(&["check", "p", "--json", "--account", "anna"])
        .ended(GOOD);
    assert_eq!(check.event("account_checked")["origin"]["messages"], 40);
    assert_eq!(check.event("ended")["ready"], 1);
    assert!(
        !place.path("p/journal.db").exists(),
        "looking leaves no journal"
    );

    let dry = place
        .run(&["run", "p", "--account", "anna", "--dry-run"])
        .ended(GOOD)
        .says(&["anna: 40 messages to copy", "Nothing was changed"]);
    assert!(!dry.out.contains("finished"), "{}", dry.out);
    let dry = place
        .run(&["run", "p", "--account", "anna", "--dry-run", "--json"])
        .ended(GOOD);
    assert_eq!(dry.event("ended")["dry_run"], true);
    let early = ["verify", "p", "--account", "anna", "--lang", "it"];
    let _early = place.run(&early).ended(GOOD).says(&[
        "anna: niente da rileggere; avvia prima run",
        "traghetto-cli run p",
    ]);
    assert_eq!(
        servers.destination.store().folders("anna").len(),
        1,
        "a dry run creates nothing"
    );

    let run = place.run(&["run", "p", "--json"]).ended(STOPPED);
    assert_eq!(run.event("mailbox_done")["account"], "anna");
    assert_eq!(
        run.event("mailbox_failed")["trouble"]["kind"],
        "login-refused"
    );
    assert!(
        run.events()
            .iter()
            .any(|event| event["event"] == "progress" && event["copied"] == 40)
    );
    let ended = run.event("ended");
    assert_eq!(
        (&ended["copied"], &ended["finished"], &ended["stopped"]),
        (&40.into(), &1.into(), &false.into())
    );
    assert_eq!(ended["failed"][0]["account"], "bruno");
    let status = place.run(&["status", "p"]).ended(GOOD);
    let _status = status.says(&["user name or password", "import it again"]);

    let right = place.write("right", "bruno:giusta\n");
    let _right = place
        .run(&["users", "import", "p", &right])
        .ended(GOOD)
        .says(&["new: 0"]);
    let run = place.run(&["run", "p", "--lang", "it"]).ended(GOOD);
    let _run = run.says(&["bruno: finita, 40 messaggi", "Clienti/Rossi", "complete"]);

    let late = Mail::new(b"Subject: tardi\r\n\r\nx\r\n".to_vec());
    let _ = servers.origin.store().add_message("anna", "INBOX", late);
    let complete = place.run(&["complete", "p"]).ended(GOOD);
    let _complete = complete.says(&["anna: 1 additional message", "bruno: 0 additional messages"]);
    let verify = place
        .run(&["verify", "p", "--level", "full", "--json"])
        .ended(GOOD);
    assert_eq!(verify.event("ended")["copied"], 81);

    let status = place.run(&["status", "p", "--json"]).ended(GOOD);
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["totals"]["verified"], 81);
    let sum = |account: &Value| {
        account["states"]
            .as_object()
            .unwrap()
            .values()
            .filter_map(Value::as_u64)
            .sum::<u64>()
    };
    for account in status["accounts"].as_array().unwrap() {
        assert_eq!(account["phase"], "completed");
        assert_eq!(account["listed"], sum(account));
    }
    let report = place.run(&["report", "p", "--format", "json"]).ended(GOOD);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["accounts"].as_array().unwrap().len(), 2);
    let html = place
        .run(&["report", "p", "--lang", "it"])
        .ended(GOOD)
        .says(&["Rapporto:", "report.html"]);
    assert!(html.out.contains("0 messaggi mancanti"), "{}", html.out);
    let _csv = place
        .run(&["report", "p", "--format", "csv"])
        .ended(GOOD)
        .says(&[".csv"]);

    let elsewhere = place.write("elsewhere", "anna:segreta:altrove@example.org\n");
    let _elsewhere = place
        .run(&["users", "import", "p", &elsewhere])
        .ended(USAGE)
        .explains(&["altrove@example.org"]);
}

#[test]
fn an_account_left_out_by_the_plan_waits_until_it_is_named() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta"), ("bruno", "giusta")], 7);
    let users = place.write("users", "anna:segreta\nbruno:giusta\n");
    servers.plan(&place, &users, &[]);
    let file = place.path("p/migration.toml");
    let leave_out = |logins: &[&str]| {
        let plan = fs::read_to_string(&file).unwrap();
        let mut plan = plan.replace("selected = false\n", "");
        for login in logins {
            let line = format!("destination-login = \"{login}\"\n");
            plan = plan.replace(&line, &format!("{line}selected = false\n"));
        }
        fs::write(&file, plan).unwrap();
    };
    leave_out(&["anna", "bruno"]);
    let _none = place
        .run(&["run", "p"])
        .ended(USAGE)
        .explains(&["left out", "--account"]);
    leave_out(&["bruno"]);
    let check = place.run(&["check", "p", "--json"]).ended(GOOD);
    assert_eq!(check.event("ended")["accounts"], 1);
    for command in ["run", "complete"] {
        let run = place.run(&[command, "p", "--json"]).ended(GOOD);
        assert_eq!(run.event("ended")["finished"], 1, "{command}");
    }
    let _verified = place.run(&["verify", "p", "--level", "full"]).ended(GOOD);
    assert!(servers.destination.store().folders("bruno").len() == 1);
    let status = place.run(&["status", "p", "--lang", "it"]).ended(GOOD);
    let _status = status.says(&["Lasciato fuori", "Completo"]);
    let report = place.run(&["report", "p"]).ended(GOOD);
    let _report = report.says(&["0 messages missing", "1 mailbox of the plan is left out"]);
    // A list does not change the choice; naming the account does, for once.
    let _again = place.run(&["users", "import", "p", &users]).ended(GOOD);
    let _listed = place
        .run(&["users", "list", "p"])
        .ended(GOOD)
        .says(&["bruno  →  bruno  (left out)"]);
    let named = ["run", "p", "--account", "bruno", "--json"];
    assert_eq!(place.run(&named).ended(GOOD).event("ended")["copied"], 7);
    let report = place.run(&["report", "p"]).ended(GOOD);
    assert!(!report.out.contains("0 messages missing"), "{}", report.out);
}

#[test]
fn an_administrator_who_is_refused_is_not_sent_to_the_list() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 1);
    let users = place.write("users", "anna:segreta\n");
    servers.plan(&place, &users, &["--master-user", "capo"]);
    for command in ["check", "run", "status"] {
        let mut line = place.command(&[command, "p"]);
        let output = line.env("TRAGHETTO_ORIGIN_PASSWORD", "sbagliata").output();
        let said = Said::of(output.unwrap(), &[command]);
        let text = format!("{}{}", said.out, said.err);
        assert!(text.contains("The administrator"), "{command}: {text}");
        assert!(
            text.contains("TRAGHETTO_ORIGIN_PASSWORD"),
            "{command}: {text}"
        );
        assert!(
            command == "status" || !text.contains("in the list"),
            "{command}: {text}"
        );
    }
}

#[test]
fn an_administrators_password_under_seal_is_used_before_anybody_is_asked() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 1);
    let users = place.write("users", "anna:segreta\n");
    servers.plan(&place, &users, &["--master-user", "capo"]);
    let missing = place.run(&["run", "p"]).ended(USAGE);
    let _missing = missing.explains(&["capo", "TRAGHETTO_ORIGIN_PASSWORD"]);
    let mut vault = Vault::open(&place.path("p"), |_| Some(PASSPHRASE.to_owned().into())).unwrap();
    vault.set(Key::master(Side::Origin), "sbagliata".to_owned().into());
    vault.save().unwrap();
    let refused = place.run(&["run", "p"]).ended(STOPPED);
    let _refused = refused.explains(&["user name or password"]);
}

#[test]
fn a_message_the_destination_refuses_ends_with_2() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 5);
    let virus = Mail::new(b"Subject: EICAR\r\n\r\nx\r\n".to_vec());
    let _ = servers.origin.store().add_message("anna", "INBOX", virus);
    servers
        .destination
        .faults()
        .refuse_content("EICAR", "NO [CANNOT] virus found");
    servers.plan(&place, &place.write("users", "anna:segreta\n"), &[]);
    let run = place
        .run(&["run", "p"])
        .ended(EXCEPTIONS)
        .explains(&["INBOX", "virus found"]);
    let _run = run.says(&["1 exception", "report"]);
    let again = place.run(&["run", "p", "--json"]).ended(EXCEPTIONS);
    assert_eq!(again.event("ended")["exceptions"], 1);

    let list = place.run(&["exceptions", "p"]).ended(GOOD);
    let list = list.says(&[
        "anna",
        "“INBOX”",
        "[content-refused]",
        "virus found",
        ".eml",
    ]);
    let key = list.out.split(' ').next().unwrap().to_owned();
    let no_note = ["exceptions", "p", "--approve", &key];
    let _no_note = place.run(&no_note).ended(USAGE).explains(&["note"]);
    let unknown = [
        "exceptions",
        "p",
        "--approve",
        "9.9",
        "--note",
        "x",
        "--by",
        "Mario",
    ];
    let _unknown = place.run(&unknown).ended(USAGE).explains(&["9.9"]);
    let approve = [
        "exceptions",
        "p",
        "--approve",
        &key,
        "--note",
        "the antivirus is right",
        "--by",
        "Mario",
    ];
    let _approved = place
        .run(&approve)
        .ended(GOOD)
        .says(&["1 exception accepted"]);
    let list = place.run(&["exceptions", "p", "--lang", "it"]).ended(GOOD);
    let _list = list.says(&["accettato da Mario", "the antivirus is right"]);
    let json = place.run(&["exceptions", "p", "--json"]).ended(GOOD);
    assert_eq!(json.events()[0]["approval"]["by"], "Mario");
    let report = place.run(&["report", "p", "--format", "json"]).ended(GOOD);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(
        (&report["approved"], &report["missing"]),
        (&1.into(), &1.into())
    );
    let withdraw = [
        "exceptions",
        "p",
        "--withdraw",
        "content-refused",
        "--by",
        "Mario",
    ];
    let _withdrawn = place.run(&withdraw).ended(GOOD).says(&["1 acceptance"]);
}

#[test]
fn a_server_that_is_not_there_ends_with_3() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 1);
    servers.plan(&place, &place.write("users", "anna:segreta\n"), &[]);
    let Servers {
        origin,
        destination,
        runtime,
    } = servers;
    runtime.block_on(async {
        origin.stop().await;
        destination.stop().await;
    });
    let _check = place
        .run(&["check", "p"])
        .ended(STOPPED)
        .says(&["nobody answers"]);
    let _run = place
        .run(&["run", "p"])
        .ended(STOPPED)
        .explains(&["anna", "nobody answers"]);
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_between_messages_and_the_next_run_goes_on() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 3_000);
    servers.plan(
        &place,
        &place.write("users", "anna:segreta\n"),
        &["--connections", "1"],
    );
    servers
        .destination
        .faults()
        .latency(Duration::from_millis(60));
    let mut command = place.command(&["run", "p", "--json"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let arrived = || {
        let folders = servers.destination.store().folders("anna");
        folders
            .iter()
            .map(|folder| folder.messages.len())
            .sum::<usize>()
    };
    let begun = std::time::Instant::now();
    while arrived() == 0 && begun.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    let said = Said::of(child.wait_with_output().unwrap(), &["run"])
        .ended(INTERRUPTED)
        .explains(&["Stopping"]);
    assert_eq!(said.event("ended")["stopped"], true);
    assert!(
        arrived() < 3_000,
        "the interruption came too late to mean anything"
    );
    servers.destination.faults().latency(Duration::ZERO);
    let _again = place.run(&["run", "p"]).ended(GOOD);
    assert_eq!(arrived(), 3_000);
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_is_not_running() {
    let place = Place::new();
    let servers = Servers::with(&[("anna", "segreta")], 500);
    servers.plan(&place, &place.write("users", "anna:segreta\n"), &[]);
    let slow = Duration::from_millis(100);
    servers.destination.faults().latency(slow);
    let mut command = place.command(&["run", "p"]);
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let phase = || {
        let said = place.run(&["status", "p", "--json"]).ended(GOOD);
        let status: Value = serde_json::from_str(&said.out).unwrap();
        status["accounts"][0]["phase"].clone()
    };
    let begun = std::time::Instant::now();
    while phase() != "copying" && begun.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(phase(), "copying");
    child.kill().unwrap();
    let _killed = child.wait().unwrap();
    assert_eq!(phase(), "interrupted");
    let _words = place
        .run(&["status", "p", "--lang", "it"])
        .ended(GOOD)
        .says(&["Interrotto"]);
}

#[test]
fn the_demo_arrives_whole_and_no_password_is_left_anywhere() {
    let place = Place::new();
    let demo = place
        .run(&["demo", "--dir", "viaggio", "--json"])
        .ended(GOOD);
    let verdict = demo.event("verdict");
    assert_eq!(verdict, *demo.events().last().unwrap());
    assert_eq!(
        (
            &verdict["grade"],
            &verdict["missing"],
            &verdict["exceptions"]
        ),
        (&"perfect".into(), &0.into(), &0.into())
    );
    assert_eq!(verdict["accounts"], 5);
    assert!(verdict["messages"].as_u64() >= Some(1_500), "{verdict}");
    assert!(
        Path::new(verdict["report"].as_str().unwrap()).is_file(),
        "{verdict}"
    );
    let passes: Vec<_> = demo
        .events()
        .into_iter()
        .filter(|event| event["event"] == "ended")
        .collect();
    assert_eq!(
        passes
            .iter()
            .map(|event| event["pass"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["copy", "complete", "verify"]
    );
    let status = place.run(&["status", "viaggio", "--json"]).ended(GOOD);
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["totals"]["verified"], verdict["messages"]);
    let _again = place
        .run(&["demo", "--dir", "viaggio"])
        .ended(USAGE)
        .explains(&["already"]);

    let people = company::furnish(&Store::new('/', ""));
    let mut searched = 0;
    for path in files(place.dir.path()) {
        searched += 1;
        let octets = fs::read(&path).unwrap();
        for person in &people {
            let found = octets
                .windows(person.password.len())
                .any(|window| window == person.password.as_bytes());
            assert!(
                !found,
                "the password of {} is in {}",
                person.login,
                path.display()
            );
        }
    }
    assert!(searched >= 4, "only {searched} files were written");
    for person in &people {
        assert!(
            !demo.out.contains(&person.password) && !demo.err.contains(&person.password),
            "{}",
            person.login
        );
    }
}

#[test]
fn the_demo_without_a_folder_leaves_its_report_and_nothing_else() {
    let place = Place::new();
    let demo = place.run(&["demo", "--lang", "it"]).ended(GOOD);
    let demo = demo.says(&["Perfetta", "0 messaggi mancanti", "5 caselle", "Rapporto: "]);
    let report = demo
        .out
        .lines()
        .find_map(|line| line.strip_prefix("Rapporto: "))
        .unwrap();
    assert!(Path::new(report).is_file(), "{report}");
    let left: Vec<_> = files(&place.path("tmp"));
    assert_eq!(left, [PathBuf::from(report)]);
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
