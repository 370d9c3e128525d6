//! The hours in which work is allowed: outside of them nothing moves and no connection is kept.

use std::time::Duration;

use crate::support::*;
use jiff::{ToSpan as _, ZonedDateTime};
use traghetto::engine::{self, Event, Level, Pass, Request, Run, RunPhase, Snapshot};
use traghetto::plan::Window;
use traghetto::sample::Config;

/// Hours that begin and end so many seconds from now.
fn hours(from: i64, to: i64) -> Window {
    let now = ZonedDateTime::now();
    let at = |seconds: i64| {
        let time = now.checked_add(seconds.seconds()).unwrap().time();
        time.with().subsec_nanosecond(0).build().unwrap()
    };
    Window {
        from: at(from),
        to: at(to),
        weekends: false,
    }
}

async fn until(run: &Run, phase: RunPhase) -> Snapshot {
    let mut watch = run.watch();
    let waiting = watch.wait_for(|snapshot| snapshot.phase == phase);
    let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
    let seen = waited.unwrap_or_else(|_| panic!("never {phase:?}"));
    seen.unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_begun_outside_its_hours_connects_to_nobody_until_they_come() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    crossing.plan.options.window = Some(hours(3, 600));
    let run = engine::start(crossing.request(Pass::Copy));
    let seen = until(&run, RunPhase::OutsideHours).await;
    let left = seen.resumes_at.unwrap().as_second() - jiff::Timestamp::now().as_second();
    assert!((0..=3).contains(&left), "{left}");
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(crossing.origin.transcript(), Vec::<String>::new());
    let outcome = run.ended().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 30));
    crossing.assert_equal();

    // Whoever wants to verify now says so.
    crossing.plan.options.window = Some(hours(600, 1_200));
    let request = Request {
        ignore_window: true,
        ..crossing.request(Pass::Verify(Level::Full))
    };
    let outcome = engine::start(request).ended().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 30));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hours_that_end_in_the_middle_let_go_of_every_connection_and_lose_nothing() {
    let slowly = Config::default().without(&["MULTIAPPEND", "LITERAL+"]);
    let mut crossing = Crossing::start(
        origin_store(),
        Config::default(),
        destination_store(),
        far_apart(slowly),
    )
    .await;
    for folder in ["INBOX", "Uno", "Due"] {
        fill(crossing.origin.store(), folder, 250);
    }
    let slow = Duration::from_millis(8);
    crossing.destination.faults().latency(slow);
    crossing.plan.options.window = Some(hours(5, 2));
    let mut run = engine::start(crossing.request(Pass::Copy));
    let seen = until(&run, RunPhase::OutsideHours).await;
    assert!(seen.resumes_at.is_some());
    assert!(
        (1..750).contains(&seen.total.copied),
        "{}",
        seen.total.copied
    );
    tokio::time::sleep(Duration::from_millis(300)).await;
    let copied = run.progress().total.copied;
    assert_eq!(
        (
            crossing.origin.connections(),
            crossing.destination.connections()
        ),
        (0, 0)
    );
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(run.progress().total.copied, copied);
    let mut news = Vec::new();
    while let Some(event) = run.event().await {
        match event {
            Event::OutsideHours { .. } | Event::WithinHours => news.push(event),
            Event::Waiting { .. } | Event::MailboxFailed { .. } => panic!("{event:?}"),
            _ => {}
        }
    }
    assert!(
        matches!(
            news[..],
            [Event::OutsideHours { until: Some(_) }, Event::WithinHours]
        ),
        "{news:?}"
    );
    let last = run.progress().total;
    assert_eq!(
        (last.listed, last.done),
        (750, 750),
        "nothing counted twice"
    );
    let outcome = run.ended().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 750));
    crossing.assert_equal();
    crossing.assert_settled().await;

    // Reading back keeps to the hours, too, and counts every copy once.
    let slower = Duration::from_millis(250);
    crossing.destination.faults().latency(slower);
    crossing.plan.options.connections = 1;
    crossing.plan.options.window = Some(hours(5, 2));
    let run = engine::start(crossing.request(Pass::Verify(Level::Full)));
    let _ = until(&run, RunPhase::OutsideHours).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(crossing.destination.connections(), 0);
    crossing.destination.faults().clear();
    let outcome = run.ended().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 750));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_to_stop_does_not_wait_for_the_hours() {
    let mut crossing = Crossing::rich().await;
    crossing.plan.options.window = Some(hours(600, 1_200));
    let run = engine::start(crossing.request(Pass::Copy));
    let _ = until(&run, RunPhase::OutsideHours).await;
    run.control().stop();
    let ended = tokio::time::timeout(Duration::from_secs(1), run.ended()).await;
    assert!(ended.unwrap().stopped);
}
