//! Accounts made by a program: every act, every way to fail, and passwords to the octet.

use std::time::{Duration, Instant};

use base64::Engine as _;
use futures::StreamExt as _;
use secrecy::SecretString;
use traghetto::plan::Hold;
use traghetto::provision::command::Command;
use traghetto::provision::{Change, Fact, Part, Provisioner, Standing, Weight};
use traghetto::trouble::Kind;

use super::*;

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[tokio::test]
async fn every_act_is_done_once_and_then_found_done() {
    let dir = tempfile::tempdir().unwrap();
    let program = Command::new(accounts(dir.path(), ""), dir.path());
    let anna = wanted("anna@example.it", &["a@example.it"]);
    assert_eq!(program.look(&anna).await, Ok(Standing::Missing));
    let missing = program.set_password(&anna, &secret("x")).await.unwrap_err();
    assert_eq!(missing.kind, Kind::AccountMissing);
    assert_eq!(program.create(&anna, &secret("geheim")).await, Ok(()));
    assert_eq!(program.look(&anna).await, Ok(Standing::Exists(Vec::new())));
    let again = program.create(&anna, &secret("other")).await.unwrap_err();
    assert_eq!(
        (again.trouble.kind, again.made),
        (Kind::AddressTaken, false)
    );
    assert_eq!(program.complete(&anna).await, Ok(Change::Unchanged));
    let same = program.set_password(&anna, &secret("geheim")).await;
    assert_eq!(same, Ok(Change::Unchanged));
    let more = wanted("anna@example.it", &["a@example.it", "b@example.it"]);
    let Standing::Exists(differences) = program.look(&more).await.unwrap() else {
        panic!("missing")
    };
    assert_eq!(differences.len(), 1);
    assert_eq!(
        (differences[0].what, differences[0].wanted.as_str()),
        (Part::Alias, "b@example.it")
    );
    assert_eq!(program.complete(&more).await, Ok(Change::Done));
    assert_eq!(
        program.set_password(&anna, &secret("neu")).await,
        Ok(Change::Done)
    );
    let held = program.hold(&anna, Hold::Forward, "info@example.it").await;
    let held = held.unwrap().unwrap();
    assert_eq!(held, "was None, is forward to info@example.it");
    assert_eq!(program.release(&anna, &held).await, Ok(()));
    assert!(program.release(&anna, "something else").await.is_err());
}

#[tokio::test]
async fn a_test_tells_words_weights_and_facts() {
    let dir = tempfile::tempdir().unwrap();
    let program = Command::new(accounts(dir.path(), ""), dir.path());
    let all = [wanted("a@example.it", &[]), wanted("b@example.it", &[])];
    let findings = program.test(&all).await.unwrap();
    let found: Vec<_> = findings
        .into_iter()
        .map(|one| (one.weight, one.fact))
        .collect();
    let missing = Fact::DomainMissing {
        domain: "altro.it".into(),
        created: false,
    };
    assert_eq!(
        found,
        [
            (Weight::Note, Fact::Unknown("just words".into())),
            (Weight::Warning, Fact::Unknown("2 accounts".into())),
            (Weight::Blocker, missing),
        ]
    );
}

#[tokio::test]
async fn passwords_arrive_to_the_octet_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let fake = accounts(dir.path(), "");
    let folder = fake.program.parent().unwrap().to_owned();
    let program = Command::new(fake, dir.path());
    let long = long_password();
    let passwords: Vec<&str> = PASSWORDS.into_iter().chain([long.as_str()]).collect();
    for (number, password) in passwords.iter().enumerate() {
        let one = wanted(&format!("u{number}@example.it"), &[]);
        program.create(&one, &secret(password)).await.unwrap();
        assert_eq!(
            program.set_password(&one, &secret(password)).await,
            Ok(Change::Unchanged)
        );
    }
    let calls = given(&folder);
    assert_eq!(calls.len(), passwords.len() * 2);
    for (call, password) in calls
        .iter()
        .zip(passwords.iter().flat_map(|one| [one, one]))
    {
        let input = call["input"].as_str().unwrap();
        let input = base64::engine::general_purpose::STANDARD
            .decode(input)
            .unwrap();
        let request: Value = serde_json::from_slice(&input).unwrap();
        assert_eq!(request["password"], **password);
        assert_eq!(request["version"], 1);
        for place in ["arguments", "environment"] {
            assert!(!call[place].to_string().contains(password), "{place}");
        }
    }
}

#[tokio::test]
async fn what_the_program_repeats_of_a_password_is_not_passed_on() {
    let dir = tempfile::tempdir().unwrap();
    let anna = wanted("anna@example.it", &[]);
    for password in ["geheim geheim", "Stra\"ße🦀\\", "abc"] {
        for fault in ["fails", "prose", "reason=password-policy", "reason=strange"] {
            let program = Command::new(accounts(dir.path(), fault), dir.path());
            let failure = program.create(&anna, &secret(password)).await.unwrap_err();
            let told = failure.to_string();
            assert!(!told.contains(password), "{fault}: {told}");
            assert!(
                !told.contains("ße") && !told.contains("u00df"),
                "{fault}: {told}"
            );
            assert!(told.contains("[redacted]"), "{fault}: {told}");
        }
    }
}

#[tokio::test]
async fn every_failure_has_its_kind() {
    let dir = tempfile::tempdir().unwrap();
    let anna = wanted("anna@example.it", &[]);
    for (fault, kind, detail, made) in [
        (
            "fails",
            Kind::ProgramFailed,
            "cannot reach the database with [redacted]",
            true,
        ),
        ("stumbles", Kind::ProgramFailed, "exit status: 3", false),
        ("flood", Kind::ProgramAnswer, "more than", true),
        ("prose", Kind::ProgramAnswer, "Account created", true),
        ("wrong", Kind::ProgramAnswer, "Create: Missing", false),
        ("lazy", Kind::ProgramAnswer, "Create: Unsupported", false),
        (
            "reason=password-policy",
            Kind::PasswordPolicy,
            "because of",
            false,
        ),
        ("reason=licence-seats", Kind::LicenceSeats, "", false),
        ("reason=domain-missing", Kind::DomainMissing, "", false),
        ("reason=connection-lost", Kind::ConnectionLost, "", true),
        // What it may not say: that the operator stopped it; and what nobody knows.
        (
            "reason=stopped",
            Kind::AccountRefused,
            "stopped: because",
            false,
        ),
        (
            "reason=no idea",
            Kind::AccountRefused,
            "no idea: because",
            false,
        ),
    ] {
        let program = Command::new(accounts(dir.path(), fault), dir.path());
        let failure = program.create(&anna, &secret("geheim")).await.unwrap_err();
        // Taken for made where it cannot look either: then nobody knows.
        assert_eq!(
            (failure.trouble.kind, failure.made),
            (kind, made),
            "{fault}"
        );
        let told = &failure.trouble.detail;
        assert!(told.contains(detail), "{fault}: {told}");
    }
}

#[tokio::test]
async fn an_account_that_was_made_before_the_failure_is_told_as_made() {
    for (fault, kind) in [
        ("half", Kind::AddressTaken),
        ("crash", Kind::ProgramFailed),
        ("slow", Kind::ProgramTimedOut),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let anna = wanted("anna@example.it", &[]);
        let mut fake = accounts(dir.path(), fault);
        fake.limit_seconds = 3;
        let program = Command::new(fake, dir.path());
        let failure = program.create(&anna, &secret("geheim")).await.unwrap_err();
        assert_eq!(
            (failure.trouble.kind, failure.made),
            (kind, true),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_program_that_cannot_look_tells_of_an_account_once_it_was_to_create_it() {
    let dir = tempfile::tempdir().unwrap();
    let anna = wanted("anna@example.it", &[]);
    let blind = || Command::new(accounts(dir.path(), "blind"), dir.path());
    assert_eq!(blind().create(&anna, &secret("geheim")).await, Ok(()));
    let program = blind();
    assert_eq!(program.look(&anna).await, Ok(Standing::Missing));
    let failure = program.create(&anna, &secret("geheim")).await.unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::AddressTaken);
    assert_eq!(program.look(&anna).await, Ok(Standing::Exists(Vec::new())));
    let bruno = wanted("bruno@example.it", &[]);
    assert_eq!(program.look(&bruno).await, Ok(Standing::Missing));
}

#[tokio::test]
async fn what_a_program_need_not_know_is_no_failure() {
    let dir = tempfile::tempdir().unwrap();
    let program = Command::new(accounts(dir.path(), "lazy"), dir.path());
    let anna = wanted("anna@example.it", &[]);
    assert_eq!(
        program.test(std::slice::from_ref(&anna)).await,
        Ok(Vec::new())
    );
    assert_eq!(program.hold(&anna, Hold::Unavailable, "").await, Ok(None));
    assert!(program.complete(&anna).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_accounts_take_seconds_four_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list");
    let text = format!(
        "#!/bin/sh\nIFS= read -r request\nprintf '%s\\n' \"$request\" >> '{}'\necho '{{\"result\":\"done\"}}'\n",
        list.display()
    );
    let program = Program::new(script(dir.path(), "quick", &text));
    let program = Command::new(program, dir.path());
    assert_eq!(program.at_once(), 4);
    let all: Vec<_> = (0..1000)
        .map(|n| wanted(&format!("u{n}@example.it"), &[]))
        .collect();
    let password = secret("geheim");
    let begun = Instant::now();
    let done = futures::stream::iter(&all)
        .map(|one| program.create(one, &password))
        .buffer_unordered(program.at_once())
        .filter(|done| std::future::ready(done.is_ok()))
        .count()
        .await;
    assert_eq!(done, 1000);
    let took = begun.elapsed();
    println!("1,000 accounts in {took:?}");
    assert!(took < Duration::from_mins(1), "{took:?}");
    let text = std::fs::read_to_string(list).unwrap();
    let addresses: std::collections::HashSet<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["address"].to_string())
        .collect();
    assert_eq!(addresses.len(), 1000);
}

#[tokio::test]
async fn the_shipped_passwd_file_example_is_one_of_us() {
    let dir = tempfile::tempdir().unwrap();
    let (users, map) = (dir.path().join("users"), dir.path().join("virtual"));
    let config = dir.path().join("dovecot.ini");
    let text = format!(
        "[dovecot]\nusers = {}\naliases = {}\nsettle = 0\n",
        users.display(),
        map.display()
    );
    std::fs::write(&config, text).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/examples");
    let mut program = Program::new(examples.join("dovecot-passwd-file.py"));
    program.arguments = vec![config.to_str().unwrap().to_owned()];
    let program = Command::new(program, dir.path());
    for (number, password) in PASSWORDS.into_iter().enumerate() {
        let one = wanted(
            &format!("u{number}@example.it"),
            &[&format!("alias{number}@example.it")],
        );
        assert_eq!(program.look(&one).await, Ok(Standing::Missing));
        assert_eq!(program.create(&one, &secret(password)).await, Ok(()));
        assert_eq!(program.look(&one).await, Ok(Standing::Exists(Vec::new())));
        assert_eq!(
            program.set_password(&one, &secret(password)).await,
            Ok(Change::Unchanged)
        );
        assert_eq!(program.complete(&one).await, Ok(Change::Unchanged));
        let before = std::fs::read(&users).unwrap();
        let again = program.create(&one, &secret("other")).await.unwrap_err();
        assert_eq!(again.trouble.kind, Kind::AddressTaken);
        assert_eq!(std::fs::read(&users).unwrap(), before);
        assert!(!String::from_utf8(before).unwrap().contains(password));
    }
    let taken = wanted("x@example.it", &["alias0@example.it"]);
    let failure = program.create(&taken, &secret("geheim")).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AddressTaken, false)
    );
    let findings = program.test(&[taken]).await.unwrap();
    assert_eq!(findings[0].fact, Fact::Present { accounts: 0 });
}
