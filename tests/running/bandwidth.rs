//! A limit on what the line carries: kept to, and never taken for a line that is dead.

use std::time::{Duration, Instant};

use traghetto::engine::{self, Event, Level, Pass};
use traghetto::sample::Mail;

use crate::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limited_run_takes_its_time_and_never_loses_its_patience() {
    let mut crossing = Crossing::rich().await;
    for folder in ["INBOX", "Uno", "Due"] {
        for number in 0..2 {
            let octets = [mail(number).body.to_vec(), vec![b'z'; 70_000]].concat();
            let mail = dated(Mail::new(octets), number);
            let _ = crossing.origin.store().add_message(LOGIN, folder, mail);
        }
    }
    // 50,000 octets a second: a piece of 64 kB alone takes longer than the patience.
    crossing.plan.options.bandwidth_kbit = Some(400);
    crossing.plan.options.patience_seconds = 1;
    let mut passes = Vec::new();
    for pass in [Pass::Copy, Pass::Verify(Level::Full)] {
        let begun = Instant::now();
        let mut run = engine::start(crossing.request(pass));
        while let Some(event) = run.event().await {
            let bad = matches!(
                event,
                Event::Waiting { .. } | Event::MailboxFailed { .. } | Event::FolderFailed { .. }
            );
            assert!(!bad, "{event:?}");
        }
        let outcome = run.ended().await;
        assert_eq!(
            (outcome.finished, outcome.exceptions, outcome.copied),
            (1, 0, 6)
        );
        passes.push(begun.elapsed());
    }
    crossing.assert_equal();
    // 420 kB each way; what the first octets of every connection are let through is paid for later.
    for took in passes {
        assert!(took > Duration::from_secs(4), "{took:?}");
        assert!(took < Duration::from_secs(20), "{took:?}");
    }
}
