use super::*;
use crate::trouble::Kind;
use tokio::time::{advance, timeout};

fn job(login: &str) -> Job {
    toml::from_str(&format!(
        "login = '{login}'\ndestination-login = '{login}@new'"
    ))
    .unwrap()
}

/// A run over two mailboxes.
fn two() -> Control {
    let jobs = ["anna", "bruno"].map(|login| (1, job(login), Arc::new(Meter::new(login))));
    Control::new(jobs, Secrets::default())
}

fn ended(control: &Control, turn: &Turn) {
    control.end(turn, Ending::default(), Activity::Done);
}

#[tokio::test]
async fn pause_holds_resume_frees_and_stop_is_for_good() {
    let control = Control::default();
    let brake = Brake::new(&control, Arc::default());
    assert_eq!(brake.check().await, Ok(()));
    control.pause();
    let held = timeout(Duration::from_millis(20), brake.check()).await;
    assert!(held.is_err());
    control.resume();
    assert_eq!(brake.check().await, Ok(()));
    control.stop();
    control.resume();
    control.pause();
    assert_eq!(brake.check().await, Err(Halted::Stopped));
    assert_eq!(brake.ended().await, Halted::Stopped);
}

#[tokio::test(start_paused = true)]
async fn a_long_pause_lets_the_connections_go() {
    let control = Control::default();
    let brake = Brake::new(&control, Arc::default());
    control.pause();
    let checked = tokio::spawn({
        let brake = brake.clone();
        async move { brake.check().await }
    });
    advance(LONG_PAUSE + Duration::from_secs(1)).await;
    assert_eq!(checked.await.unwrap(), Err(Halted::Rest));
    let resting = tokio::spawn(async move { brake.rest().await });
    advance(Duration::from_hours(9)).await;
    control.resume();
    assert_eq!(resting.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn a_skipped_mailbox_ends_and_the_others_do_not() {
    let control = two();
    let (anna, bruno) = (control.next().unwrap(), control.next().unwrap());
    let brake = |turn: &Turn| Brake::new(&control, turn.skipped.clone());
    let waiting = tokio::spawn({
        let brake = brake(&anna);
        async move { brake.ended().await }
    });
    tokio::task::yield_now().await;
    assert!(control.skip("anna") && !control.skip("nobody"));
    assert_eq!(waiting.await.unwrap(), Halted::Skipped);
    assert_eq!(brake(&anna).check().await, Err(Halted::Skipped));
    assert_eq!(brake(&bruno).check().await, Ok(()));
}

#[test]
fn once_more_is_taken_once_and_only_while_the_run_lasts() {
    let control = two();
    assert!(control.again("anna"), "it waits already");
    let anna = control.next().unwrap();
    assert_eq!(anna.job.login, "anna");
    assert!(control.again("anna"), "it works already");
    ended(&control, &anna);
    assert!(!control.close(), "bruno waits");
    assert!(control.again("anna") && control.again("anna"));
    let order: Vec<_> = std::iter::from_fn(|| control.next()).collect();
    let logins: Vec<_> = order.iter().map(|turn| turn.job.login.as_str()).collect();
    assert_eq!(logins, ["anna", "bruno"], "before those that still wait");
    // The end of the first turn comes late, or a second time: it is not that of the second.
    ended(&control, &anna);
    assert!(!control.close());
    for turn in &order {
        ended(&control, turn);
    }
    assert!(control.close());
    assert!(!control.again("anna"), "the run has ended");
}

#[test]
fn what_was_skipped_at_work_and_wanted_again_begins_anew() {
    let control = two();
    let anna = control.next().unwrap();
    assert!(control.skip("anna") && control.again("anna"));
    let skipped = Ending::failed(Trouble::new(Kind::Skipped, "anna", ""));
    control.end(&anna, skipped, Activity::Stopped);
    let anna = control.next().unwrap();
    assert_eq!(anna.job.login, "anna");
    assert!(!anna.skipped.load(Ordering::SeqCst));
}

#[test]
fn a_changed_choice_counts_for_the_next_turn_and_never_changes_the_destination() {
    let control = two();
    let anna = control.next().unwrap();
    let changed = Job {
        address: Some("x@example.it".into()),
        ..job("anna")
    };
    assert!(control.again_as(changed.clone()));
    ended(&control, &anna);
    assert_eq!(control.next().unwrap().job, changed);
    let elsewhere = Job {
        destination_login: "carla".into(),
        ..job("anna")
    };
    assert!(!control.again_as(elsewhere));
}

#[test]
fn draining_begins_nothing_and_ends_what_waits() {
    let control = two();
    let anna = control.next().unwrap();
    control.drain();
    assert!(control.next().is_none() && control.is_draining() && !control.is_stopped());
    assert!(!control.again("bruno"));
    ended(&control, &anna);
    assert!(control.close());
    let kinds = control.endings().into_iter();
    let kinds: Vec<_> = kinds
        .map(|(_, ending)| ending.trouble.map(|trouble| trouble.kind))
        .collect();
    assert_eq!(kinds, [None, Some(Kind::Stopped)]);
}

#[test]
fn a_mailbox_skipped_while_it_waits_never_begins_and_is_told_once() {
    let control = two();
    assert!(control.skip("bruno"));
    assert_eq!(control.dismissed().len(), 1);
    assert_eq!(control.dismissed().len(), 0);
    let anna = control.next().unwrap();
    assert!(control.next().is_none());
    assert!(!control.skip("bruno"), "there is nothing to end any more");
    ended(&control, &anna);
    assert!(control.close());
}

#[test]
fn nothing_begins_while_paused() {
    let control = two();
    control.pause();
    assert!(control.next().is_none());
    assert!(!control.close(), "two still wait");
    control.resume();
    assert!(control.next().is_some());
}
