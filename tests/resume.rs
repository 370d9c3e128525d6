//! `kill -9` at random moments: whatever the journal's last word is, the next run finishes the job.
//!
//! Twenty kills against in-process servers, quick enough for every test run; two hundred over one copy of 10,000
//! messages between real servers are in `tests/real/scenarios.py` (`killed`).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use std::process::{Command, Stdio};
use std::time::Duration;

use support::*;

fn run(crossing: &Crossing) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_traghetto-cli"));
    let _ = command
        .args(["run", "--json"])
        .arg(crossing.project().dir())
        .env("TRAGHETTO_PASSPHRASE", "prova")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_moments_nothing_is_lost_and_nothing_comes_twice() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 2_000);
    fill(crossing.origin.store(), "Archivio", 500);
    // Through the real program: its own vault, its own journal.
    let project = crossing.project();
    let list = crossing.dir.path().join("utenti.txt");
    std::fs::write(&list, format!("{LOGIN}:{PASSWORD}\n")).unwrap();
    std::fs::remove_file(project.plan_file()).unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_traghetto-cli"))
        .arg("new")
        .arg(project.dir())
        .args(["--origin", &crossing.plan.origin.url.to_string()])
        .args(["--destination", &crossing.plan.destination.url.to_string()])
        .arg("--users")
        .arg(&list)
        .env("TRAGHETTO_PASSPHRASE", "prova")
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    crossing.plan = project.load().unwrap();
    crossing.plan.options.settle_seconds = 1;
    project.save(&crossing.plan).unwrap();

    crossing
        .destination
        .faults()
        .latency(Duration::from_millis(4));
    let mut state: u64 = getrandom::u64().unwrap();
    println!("seed {state}");
    let mut kills = 0;
    while kills < 20 {
        let mut child = run(&crossing).spawn().unwrap();
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        tokio::time::sleep(Duration::from_millis(60 + (state >> 33) % 300)).await;
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            kills += 1;
        }
        let _ = child.wait().unwrap();
        let there: usize = crossing
            .destination
            .store()
            .folders(LOGIN)
            .iter()
            .map(|view| view.messages.len())
            .sum();
        if there >= 2_500 {
            break;
        }
    }
    assert!(kills > 2, "the copy was over after {kills} kills");
    let mut child = run(&crossing).spawn().unwrap();
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap())
        .await
        .unwrap();
    assert_eq!(ended.code(), Some(0));
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runs_of_one_migration_exclude_each_other() {
    let crossing = Crossing::rich().await;
    let held = crossing.project().lock().unwrap();
    let status = run(&crossing).status().unwrap();
    assert_eq!(status.code(), Some(3));
    let logs = std::fs::read_dir(crossing.project().log_dir(&crossing.plan.options)).unwrap();
    let lines: String = logs
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(lines.contains("] ") && lines.contains("Account already being migrated"));
    drop(held);
}
