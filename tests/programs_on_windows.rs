//! Programs of the administrator on Windows: batch files, PowerShell, and the end of their families.
#![cfg(windows)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unused_results,
    reason = "a test that fails should say so at once"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use traghetto::after::{Ending, Facts, Pass, call};
use traghetto::plan::{After, OnFailure, Program};
use traghetto::program::{Told, ask};
use traghetto::trouble::Kind;

fn facts(dir: &Path) -> Facts {
    Facts {
        project: dir.to_owned(),
        report: dir.join("report"),
        reports: Vec::new(),
        pass: Pass::Copy,
        login: "anna & bruno".into(),
        destination_login: "anna@example.it".into(),
        address: "anna@example.it".into(),
        name: String::new(),
        aliases: Vec::new(),
        result: Ending::Done,
        messages: 7,
        copied: 7,
        exceptions: 0,
        trouble: None,
    }
}

fn example(name: &str) -> After {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("packaging/examples")
        .join(name);
    After {
        program: Program::new(path),
        on_failure: OnFailure::default(),
    }
}

fn script(dir: &Path, name: &str, text: &str) -> PathBuf {
    let folder = dir.join("with spaces");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    path
}

#[tokio::test]
async fn a_batch_file_is_asked_with_its_arguments_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let text = "@echo off\nset /p request=\necho {\"result\": \"%~1\", \"variable\": \"%TRAGHETTO_ADDRESS%\"}\n";
    let mut program = Program::new(script(dir.path(), "answer.cmd", text));
    program.arguments = vec!["two words".into()];
    let environment = [("TRAGHETTO_ADDRESS", String::from("anna@example.it"))];
    let told = Told {
        environment: &environment,
        ..Told::default()
    };
    let answer: Value = ask(&program, dir.path(), &json!({"version": 1}), told)
        .await
        .unwrap();
    assert_eq!(
        answer,
        json!({"result": "two words", "variable": "anna@example.it"})
    );
}

#[tokio::test]
async fn when_the_time_is_over_its_whole_family_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let late = dir.path().join("late");
    let text = format!(
        "@echo off\nping -n 6 127.0.0.1 >nul\necho late> \"{}\"\n",
        late.display()
    );
    script(dir.path(), "grandchild.cmd", &text);
    let text = "@echo off\ncall \"%~dp0grandchild.cmd\"\n";
    let mut program = Program::new(script(dir.path(), "family.cmd", text));
    program.limit_seconds = 1;
    let begun = Instant::now();
    let answer: Result<Value, _> = ask(&program, dir.path(), &json!({}), Told::default()).await;
    assert_eq!(answer.unwrap_err().kind, Kind::ProgramTimedOut);
    assert!(begun.elapsed() < Duration::from_secs(5));
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert!(!late.exists());
}

#[tokio::test]
async fn the_shipped_batch_file_runs_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    call(&example("after-account.cmd"), &facts(dir.path()))
        .await
        .unwrap();
    let table = std::fs::read_to_string(dir.path().join("after-account.csv")).unwrap();
    assert!(
        table.trim_end().ends_with(";copy;anna & bruno;done;0"),
        "{table}"
    );
}

#[tokio::test]
#[ignore = "needs Windows PowerShell, which Wine has not"]
async fn the_shipped_powershell_script_runs_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    call(&example("after-account.ps1"), &facts(dir.path()))
        .await
        .unwrap();
    let table = std::fs::read_to_string(dir.path().join("after-account.csv")).unwrap();
    assert!(
        table.contains("\"copy\";\"anna & bruno\";\"done\";\"0\""),
        "{table}"
    );
}
