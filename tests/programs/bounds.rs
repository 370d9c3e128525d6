//! What a program may take of us, and what it may not: time, memory, patience, secrets.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use traghetto::program::{Told, ask, run, tell};
use traghetto::trouble::Kind;

use super::*;

async fn told(program: &Program, dir: &Path) -> Result<Value, traghetto::trouble::Trouble> {
    ask(
        program,
        dir,
        &serde_json::json!({"version": 1}),
        Told::default(),
    )
    .await
}

fn is_running(pid: &str) -> bool {
    let stat = Command::new("ps")
        .args(["-o", "stat=", "-p", pid])
        .output()
        .unwrap();
    let stat = String::from_utf8(stat.stdout).unwrap();
    !stat.trim().is_empty() && !stat.trim().starts_with('Z')
}

async fn read_when_there(path: &Path) -> String {
    for _ in 0..200 {
        if let Ok(text) = std::fs::read_to_string(path)
            && text.ends_with('\n')
        {
            return text.trim().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} is not there", path.display())
}

async fn ends(pid: &str) -> bool {
    for _ in 0..100 {
        if !is_running(pid) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// A program with a grandchild: both wait for five minutes.
fn family(dir: &Path) -> Program {
    let text = "#!/bin/sh\nsh -c 'sleep 300 & echo $! > grandchild; wait' &\nsleep 300\n";
    Program {
        limit_seconds: 1,
        ..Program::new(script(dir, "family", text))
    }
}

#[tokio::test]
async fn when_the_time_is_over_its_whole_family_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let trouble = told(&family(dir.path()), dir.path()).await.unwrap_err();
    assert_eq!(
        (trouble.kind, trouble.detail.as_str()),
        (Kind::ProgramTimedOut, "1 s")
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
    let pid = read_when_there(&dir.path().join("grandchild")).await;
    assert!(ends(&pid).await, "{pid} lives");
}

#[tokio::test]
async fn when_nobody_waits_any_more_its_whole_family_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let mut program = family(dir.path());
    program.limit_seconds = 300;
    let folder = dir.path().to_owned();
    let task = tokio::spawn(async move { told(&program, &folder).await });
    let pid = read_when_there(&dir.path().join("grandchild")).await;
    assert!(is_running(&pid));
    task.abort();
    assert!(task.await.is_err());
    assert!(ends(&pid).await, "{pid} lives");
}

#[tokio::test]
async fn a_service_it_leaves_behind_neither_blocks_us_nor_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let text = "#!/bin/sh\nsleep 30 &\necho $! > service\necho '{\"result\": \"done\"}'\n";
    let program = Program::new(script(dir.path(), "starts", text));
    let begun = Instant::now();
    let answer = told(&program, dir.path()).await.unwrap();
    assert_eq!(answer["result"], "done");
    assert!(begun.elapsed() < Duration::from_secs(10));
    let pid = read_when_there(&dir.path().join("service")).await;
    assert!(is_running(&pid));
    assert!(Command::new("kill").arg(&pid).status().unwrap().success());
}

#[tokio::test]
async fn one_that_does_not_listen_is_heard_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let program = accounts(dir.path(), "deaf");
    // More than any pipe holds.
    let request = serde_json::json!({"much": "x".repeat(5_000_000)});
    let answer: Value = ask(&program, dir.path(), &request, Told::default())
        .await
        .unwrap();
    assert_eq!(answer["result"], "done");
}

#[tokio::test]
async fn what_it_complains_of_at_length_is_heard_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let program = accounts(dir.path(), "noisy");
    let request = serde_json::json!({"action": "test", "accounts": []});
    let ended = tell(&program, dir.path(), &request, Told::default())
        .await
        .unwrap();
    assert_eq!(ended.last, "line 19999");
    assert!(ended.output.contains("just words"));
}

#[tokio::test]
async fn what_cannot_be_started_is_told_as_missing() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("plain"), "#!/bin/sh\n").unwrap();
    let bad = script(dir.path(), "bad", "#!/no/such/interpreter\n");
    let gone = script(dir.path(), "gone", "#!/usr/bin/env no-such-interpreter\n");
    let nothing = script(
        dir.path(),
        "nothing",
        "\u{1}\u{2}neither script nor program",
    );
    for program in [
        dir.path().join("absent"),
        dir.path().join("plain"),
        dir.path().to_owned(),
        bad,
        gone,
        nothing,
        "no-such-program-anywhere".into(),
    ] {
        let trouble = told(&Program::new(&program), dir.path()).await.unwrap_err();
        assert_eq!(trouble.kind, Kind::ProgramMissing, "{trouble}");
        assert_eq!(trouble.subject, program.display().to_string());
        assert!(!trouble.detail.is_empty());
    }
}

#[tokio::test]
async fn a_program_is_run_in_the_migrations_folder_and_found_from_there() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("hooks")).unwrap();
    script(
        &dir.path().join("hooks"),
        "where",
        "#!/bin/sh\nprintf '\"%s\"' \"$PWD\"\n",
    );
    let answer = told(&Program::new("hooks/where"), dir.path())
        .await
        .unwrap();
    let place = dir.path().canonicalize().unwrap();
    assert_eq!(answer, place.to_str().unwrap());
    // A mere name is looked for where programs are, with its arguments word by word.
    let mut echo = Program::new("printf");
    echo.arguments = vec!["\"%s\"".into(), "a b'c".into()];
    assert_eq!(told(&echo, dir.path()).await.unwrap(), "a b'c");
}

#[tokio::test]
async fn how_it_ended_is_told_by_its_last_words_or_by_its_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    for (text, last) in [
        (
            "echo first >&2; echo last words >&2; echo >&2; exit 4",
            "last words",
        ),
        ("echo on standard output; exit 1", "on standard output"),
        ("exit 5", "exit status: 5"),
        ("kill -9 $$", "signal: 9 (SIGKILL)"),
    ] {
        let program = Program::new(script(dir.path(), "ends", &format!("#!/bin/sh\n{text}\n")));
        let trouble = told(&program, dir.path()).await.unwrap_err();
        assert_eq!(
            (trouble.kind, trouble.detail.as_str()),
            (Kind::ProgramFailed, last)
        );
    }
}

/// The variables of this process are those of the test's own child.
#[test]
fn the_passphrase_and_passwords_of_this_process_are_not_handed_on() {
    if std::env::var_os("TRAGHETTO_PASSPHRASE").is_none() {
        let me = std::env::current_exe().unwrap();
        let test = "bounds::the_passphrase_and_passwords_of_this_process_are_not_handed_on";
        let child = Command::new(me)
            .args(["--exact", test])
            .env("TRAGHETTO_PASSPHRASE", "pass phrase")
            .env("TRAGHETTO_ORIGIN_PASSWORD", "pass word")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&child.stdout).into_owned();
        assert!(
            child.status.success() && text.contains("1 passed"),
            "{text}"
        );
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let environment = [("TRAGHETTO_ADDRESS", String::from("anna@example.it"))];
    let given = Told {
        environment: &environment,
        ..Told::default()
    };
    let ended = runtime
        .block_on(run(&Program::new("env"), dir.path(), b"", given))
        .unwrap();
    assert!(ended.output.contains("TRAGHETTO_ADDRESS=anna@example.it\n"));
    assert!(ended.output.contains("PATH="));
    assert!(!ended.output.contains("pass "), "{}", ended.output.as_str());
}

#[tokio::test]
async fn a_secret_is_not_in_the_log_however_it_is_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let guard = traghetto::log::start(&dir.path().join("log"), false).unwrap();
    let text = "#!/bin/sh\nread -r request\necho \"$request\" >&2\necho \"$request\" | sed 's/ß/\\\\u00df/' >&2\n\
                echo \"$request\"\nprintf '%s' \"$request\" | base64 -w0 >&2\necho done >&2\n";
    let program = Program::new(script(dir.path(), "chatty", text));
    let secret = SecretString::from("Straße \"x\" 100%");
    let request = serde_json::json!({"password": "Straße \"x\" 100%"});
    let secrets = [&secret];
    for logged in [true, false] {
        let given = Told {
            secrets: &secrets,
            logged,
            ..Told::default()
        };
        tell(&program, dir.path(), &request, given).await.unwrap();
    }
    drop(guard);
    let mut log = String::new();
    for entry in std::fs::read_dir(dir.path().join("log")).unwrap() {
        log += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    assert!(log.contains("chatty: ") && log.contains("done"), "{log}");
    assert!(log.matches("[redacted]").count() >= 5, "{log}");
    for part in ["Stra", "u00df", "100%"] {
        assert!(!log.contains(part), "{part}: {log}");
    }
}
