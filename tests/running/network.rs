//! The network goes away and comes back: what a person sees meanwhile, and how long a run waits for it.

use std::time::{Duration, Instant};

use crate::support::*;
use traghetto::engine::{self, Activity, Event, Pass, Request, Run, Snapshot};
use traghetto::sample::{Config, Server};
use traghetto::trouble::Kind;

/// Takes the destination away; what brings it back.
struct Away {
    store: traghetto::sample::Store,
    config: Config,
}

impl Away {
    async fn take(crossing: &mut Crossing, config: Config) -> Self {
        let (store, address) = (crossing.destination.store(), crossing.destination.address());
        // A server in its place that holds the type together and is asked nothing.
        let nobody = Server::start(destination_store(), Config::default());
        let gone = std::mem::replace(&mut crossing.destination, nobody.await.unwrap());
        gone.stop().await;
        let config = Config { address, ..config };
        Self { store, config }
    }

    async fn bring_back(self, crossing: &mut Crossing) {
        crossing.destination = Server::start(self.store, self.config).await.unwrap();
    }
}

fn persistent(crossing: &Crossing, patience: Duration) -> Request {
    Request {
        network_patience: Some(patience),
        ..crossing.request(Pass::Copy)
    }
}

async fn until(run: &Run, is: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let begun = Instant::now();
    loop {
        let seen = run.progress();
        if is(&seen) {
            return seen;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{seen:#?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn waits(seen: &Snapshot) -> bool {
    seen.mailboxes
        .iter()
        .all(|row| row.activity == Activity::Waiting && row.until.is_some())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_network_is_waited_out_in_the_open_and_comes_back_for_all_at_once() {
    let (from, to) = (origin_store(), destination_store());
    for login in ["anna", "bruno"] {
        from.add_account(login, PASSWORD);
        to.add_account(login, PASSWORD);
        for number in 0..200 {
            for folder in ["INBOX", "Uno"] {
                let _ = from.add_message(login, folder, mail(number));
            }
        }
    }
    let slowly = far_apart(Config::default().without(&["MULTIAPPEND", "LITERAL+"]));
    let mut crossing = Crossing::start(from, Config::default(), to, slowly.clone()).await;
    let slow = Duration::from_millis(5);
    crossing.destination.faults().latency(slow);
    let mut run = engine::start(persistent(&crossing, Duration::from_mins(5)));
    until(&run, |seen| seen.total.copied > 20).await;
    let away = Away::take(&mut crossing, slowly).await;
    let seen = until(&run, waits).await;
    for row in seen.mailboxes.iter() {
        let trouble = row.trouble.as_ref().unwrap();
        assert!(trouble.kind.is_network(), "{trouble}");
    }
    let left = seen.mailboxes[0].until.unwrap().as_second() - jiff::Timestamp::now().as_second();
    assert!((-1..=60).contains(&left), "{left}");
    // More attempts than a mailbox has without patience; each fails at once.
    for _ in 0..15 {
        run.retry_now();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let failed = |seen: &Snapshot| {
        let mut rows = seen.mailboxes.iter();
        rows.any(|row| row.activity == Activity::Failed)
    };
    assert!(!failed(&run.progress()));
    away.bring_back(&mut crossing).await;
    let begun = Instant::now();
    run.retry_now();
    until(&run, |seen| !waits(seen)).await;
    let all_at_work = |seen: &Snapshot| {
        let mut rows = seen.mailboxes.iter();
        rows.all(|row| row.activity != Activity::Waiting && row.until.is_none())
    };
    until(&run, all_at_work).await;
    assert!(begun.elapsed() < Duration::from_millis(1_500), "{begun:?}");
    let mut waited = 0;
    while let Some(event) = run.event().await {
        assert!(!matches!(event, Event::MailboxFailed { .. }), "{event:?}");
        waited += u32::from(matches!(event, Event::Waiting { .. }));
    }
    assert!(waited >= 4, "{waited}");
    let outcome = run.ended().await;
    assert_eq!((outcome.finished, outcome.failed), (2, vec![]));
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_patience_a_mailbox_fails_and_with_it_waits() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 20);
    let away = Away::take(&mut crossing, far_apart(Config::default())).await;
    let outcome = crossing.copy().await;
    assert_eq!(outcome.failed[0].1.kind, Kind::ConnectionRefused);

    let run = engine::start(persistent(&crossing, Duration::from_mins(5)));
    // More attempts than the impatient run had.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let seen = until(&run, waits).await;
    let trouble = seen.mailboxes[0].trouble.as_ref().unwrap();
    assert_eq!(trouble.kind, Kind::ConnectionRefused);
    away.bring_back(&mut crossing).await;
    run.retry_now();
    let outcome = run.ended().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 20));
    crossing.assert_equal();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn patience_has_an_end_and_an_order_ends_it_at_once() {
    let mut crossing = Crossing::rich().await;
    let _away = Away::take(&mut crossing, Config::default()).await;
    let run = engine::start(persistent(&crossing, Duration::from_millis(800)));
    let outcome = run.ended().await;
    assert_eq!(outcome.failed[0].1.kind, Kind::ConnectionRefused);

    let run = engine::start(persistent(&crossing, Duration::from_hours(8)));
    until(&run, waits).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let begun = Instant::now();
    assert!(run.skip(LOGIN));
    let outcome = run.ended().await;
    assert_eq!(outcome.skipped, [LOGIN]);
    assert!(begun.elapsed() < Duration::from_millis(500));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_answers_and_hangs_up_is_not_the_network() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 5);
    crossing.destination.faults().wall(0, None);
    let run = engine::start(persistent(&crossing, Duration::from_hours(8)));
    let outcome = tokio::time::timeout(Duration::from_secs(15), run.ended()).await;
    let outcome = outcome.unwrap();
    assert_eq!(outcome.failed[0].1.kind, Kind::ConnectionLost);
}
