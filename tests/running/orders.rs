//! What the operator orders while a run is going on: once more, skip, drain; and what becomes of it.

use std::time::Duration;

use crate::support::*;
use traghetto::account::Side;
use traghetto::engine::{self, Activity, Event, MailboxRow, Pass, Run, RunPhase};
use traghetto::sample::{Config, Mail};
use traghetto::trouble::Kind;

const LOGINS: [&str; 3] = ["anna", "bruno", "carla"];

/// Three mailboxes of this many messages each, at a destination that takes its time.
async fn three(messages: u32) -> Crossing {
    let (from, to) = (origin_store(), destination_store());
    for login in LOGINS {
        for store in [&from, &to] {
            store.add_account(login, PASSWORD);
        }
        for number in 0..messages {
            let _ = from.add_message(login, "INBOX", mail(number));
        }
    }
    // One message at a time: there is always one in hand, and others behind it.
    let slowly = Config::default().without(&["MULTIAPPEND", "LITERAL+"]);
    let mut crossing = Crossing::start(from, Config::default(), to, far_apart(slowly)).await;
    crossing.plan.options.connections = 1;
    let slow = Duration::from_millis(5);
    crossing.destination.faults().latency(slow);
    crossing
}

fn row(run: &Run, login: &str) -> MailboxRow {
    let progress = run.progress();
    let mut rows = progress.mailboxes.iter();
    rows.find(|row| row.login == login).unwrap().clone()
}

/// Until this is true of a mailbox.
async fn until(run: &Run, login: &str, is: impl Fn(&MailboxRow) -> bool) {
    let waiting = async {
        while !is(&row(run, login)) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
    waited.unwrap_or_else(|_| panic!("{:#?}", row(run, login)));
}

async fn ended(run: Run) -> engine::Outcome {
    let progress = run.watch();
    let ended = tokio::time::timeout(Duration::from_secs(40), run.ended()).await;
    ended.unwrap_or_else(|_| panic!("stalled: {:#?}", progress.borrow().mailboxes))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_that_failed_is_put_right_and_finishes_in_the_same_run() {
    let mut crossing = three(150).await;
    let wrong = |crossing: &mut Crossing, password: &str| {
        crossing
            .secrets
            .insert(Side::Origin, "anna", password.to_owned().into());
    };
    wrong(&mut crossing, "sbagliata");
    let mut run = engine::start(crossing.request(Pass::Copy));
    until(&run, "anna", |row| row.activity == Activity::Failed).await;
    assert_eq!(row(&run, "anna").trouble.unwrap().kind, Kind::LoginRefused);
    let before = row(&run, "bruno").copied;
    run.control()
        .renew(|secrets| secrets.insert(Side::Origin, "anna", PASSWORD.to_owned().into()));
    assert!(run.again("anna"));
    assert!(run.again("anna"), "taken already");
    until(&run, "anna", |row| row.copied > 0).await;
    assert_eq!(row(&run, "anna").trouble, None);
    assert!(row(&run, "bruno").copied >= before, "nobody was disturbed");
    let mut started = 0;
    while let Some(event) = run.event().await {
        started += u32::from(matches!(event, Event::MailboxStarted { login } if login == "anna"));
    }
    let control = run.control();
    let outcome = ended(run).await;
    assert_eq!(
        (outcome.finished, outcome.failed.len(), outcome.copied),
        (3, 0, 450)
    );
    assert_eq!(started, 2);
    assert!(!control.again("anna"), "the run is over");
    crossing.assert_equal();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_skipped_mailbox_ends_between_messages_and_the_others_go_on() {
    let crossing = three(200).await;
    let run = engine::start(crossing.request(Pass::Copy));
    until(&run, "bruno", |row| row.copied > 0).await;
    assert!(run.skip("bruno"));
    until(&run, "bruno", |row| row.activity == Activity::Stopped).await;
    assert_eq!(row(&run, "bruno").trouble.unwrap().kind, Kind::Skipped);
    assert!(row(&run, "bruno").copied < 500);
    let outcome = ended(run).await;
    assert_eq!((outcome.finished, outcome.failed.len()), (2, 0));
    assert_eq!(
        (outcome.skipped, outcome.stopped),
        (vec!["bruno".into()], false)
    );
    let accounts = crossing.journal.accounts().await.unwrap();
    let bruno = accounts.iter().find(|row| row.login == "bruno").unwrap();
    assert_eq!(bruno.trouble.as_deref(), Some("skipped"));
    crossing.destination.faults().clear();
    let _ = crossing.copy_cleanly().await;
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_skipped_mailbox_may_come_back() {
    let mut crossing = three(100).await;
    crossing.plan.options.mailboxes = 1;
    let run = engine::start(crossing.request(Pass::Copy));
    until(&run, "anna", |row| row.copied > 0).await;
    assert!(run.skip("carla") && run.skip("anna"));
    until(&run, "bruno", |row| row.activity == Activity::Copying).await;
    assert_eq!(row(&run, "carla").activity, Activity::Stopped);
    assert!(run.again("anna") && run.again("carla"));
    assert_eq!(row(&run, "bruno").activity, Activity::Copying);
    let outcome = ended(run).await;
    assert_eq!((outcome.finished, outcome.copied), (3, 300));
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn draining_finishes_what_is_at_work_and_begins_nothing() {
    let mut crossing = three(100).await;
    crossing.plan.options.mailboxes = 2;
    let run = engine::start(crossing.request(Pass::Copy));
    until(&run, "bruno", |row| row.copied > 0).await;
    run.control().drain();
    assert!(!run.again("carla"));
    until(&run, "carla", |row| row.activity == Activity::Stopped).await;
    let mut watch = run.watch();
    let draining = watch.wait_for(|snapshot| snapshot.phase == RunPhase::Draining);
    drop(
        tokio::time::timeout(Duration::from_secs(2), draining)
            .await
            .unwrap()
            .unwrap(),
    );
    let outcome = ended(run).await;
    assert_eq!(
        (outcome.finished, outcome.copied, outcome.stopped),
        (2, 200, true)
    );
    crossing.destination.faults().clear();
    assert_eq!(crossing.copy_cleanly().await, 100);
    crossing.assert_equal();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_more_at_the_very_end_is_taken_or_refused_and_never_forgotten() {
    let crossing = three(3).await;
    crossing.destination.faults().clear();
    let (mut taken, mut refused) = (0, 0);
    for round in 0_u64..60 {
        let mut run = engine::start(crossing.request(Pass::Copy));
        let control = run.control();
        let asking = tokio::spawn(async move {
            let mut answers = Vec::new();
            // Around the moment at which the last mailbox ends.
            tokio::time::sleep(Duration::from_micros(200 * round)).await;
            for _ in 0..200 {
                answers.push(control.again("anna"));
                tokio::time::sleep(Duration::from_micros(150)).await;
                if answers.last() == Some(&false) {
                    break;
                }
            }
            answers
        });
        let mut started = 0;
        while let Some(event) = run.event().await {
            started +=
                u32::from(matches!(event, Event::MailboxStarted { login } if login == "anna"));
        }
        let progress = run.watch();
        let outcome = ended(run).await;
        assert_eq!((outcome.finished, outcome.failed.len()), (3, 0));
        let last = progress.borrow().clone();
        assert!(
            last.mailboxes
                .iter()
                .all(|row| row.activity == Activity::Done)
        );
        let answers = asking.await.unwrap();
        taken += started - 1;
        refused += u32::from(answers.contains(&false));
        let after: Vec<_> = answers.iter().skip_while(|taken| **taken).collect();
        assert!(after.iter().all(|taken| !**taken), "refused for good");
    }
    println!("{taken} taken, {refused} refused");
    assert!(taken > 0 && refused > 0, "{taken} {refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_too_large_comes_along_when_the_operator_wants_it_all_the_same() {
    let mut crossing = three(60).await;
    let large = dated(Mail::new(vec![b'x'; 40_000]), 1);
    let _ = crossing.origin.store().add_message("anna", "INBOX", large);
    crossing.plan.options.max_size = Some(20_000);
    crossing.plan.options.mailboxes = 1;
    let run = engine::start(crossing.request(Pass::Copy));
    until(&run, "anna", |row| row.activity == Activity::Done).await;
    assert_eq!(row(&run, "anna").excluded, 1);
    let mut job = crossing.plan.jobs[0].clone();
    job.all_sizes = true;
    assert!(run.control().again_as(job));
    let outcome = ended(run).await;
    assert_eq!((outcome.finished, outcome.copied), (3, 181));
    crossing.assert_equal();
}
