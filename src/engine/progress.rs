//! How far a run is: counters the workers bump, a snapshot others read.
//!
//! Promises: bumping a counter never waits; a snapshot is cheap to clone; sums are over the mailboxes of the run.
//! Deliberately absent: a message per mail, and words.

mod forecast;
mod meter;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Serialize;

use forecast::Forecast;
pub use forecast::Rates;
pub(crate) use meter::Waiting;
pub use meter::{Count, Meter};

use crate::trouble::Trouble;

/// How far the run as a whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunPhase {
    /// Working.
    #[default]
    Running,
    /// Asked to wait; messages are still in the workers' hands.
    Pausing,
    /// Waiting.
    Paused,
    /// Waiting for the hours in which work is allowed; see [`Snapshot::resumes_at`].
    OutsideHours,
    /// No further mailbox begins; those at work go on to their end.
    Draining,
    /// Asked to end; messages are still in the workers' hands.
    Stopping,
    /// Ended.
    Ended,
}

/// What a mailbox is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Not its turn yet.
    #[default]
    Queued,
    /// Its account at the destination is being prepared.
    Preparing,
    /// Connecting and listing.
    Listing,
    /// Copying messages.
    Copying,
    /// The server asked to wait, or the connection is being made again.
    Waiting,
    /// Reading copies back.
    Verifying,
    /// Ended well.
    Done,
    /// Ended with exceptions.
    DoneWithExceptions,
    /// Ended with a trouble.
    Failed,
    /// Ended by the operator.
    Stopped,
}

/// One mailbox in a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailboxRow {
    /// Login at the origin.
    pub login: String,
    /// What it is doing.
    pub activity: Activity,
    /// The folder worked on last, as people read it.
    pub folder: String,
    /// Folders known.
    pub folders: u64,
    /// Folders finished in this pass.
    pub folders_done: u64,
    /// Messages known at the origin (to be read back, while verifying).
    pub listed: u64,
    /// Messages in a good final state, or read back.
    pub done: u64,
    /// Messages copied in this run.
    pub copied: u64,
    /// Octets known at the origin.
    pub octets_listed: u64,
    /// Octets done.
    pub octets_done: u64,
    /// Octets moved in this run.
    pub octets_copied: u64,
    /// Exceptions now.
    pub exceptions: u64,
    /// Messages that were at the destination already, and were compared and not copied again; in earlier runs or now.
    pub present: u64,
    /// Messages left out by a rule of the operator.
    pub excluded: u64,
    /// Messages that left the origin before they could be read.
    pub gone: u64,
    /// What it ended with or waits for.
    pub trouble: Option<Trouble>,
    /// While it waits: when it tries again; `None` while it does.
    pub until: Option<Timestamp>,
    /// When its last turn in this run began.
    pub started: Option<Timestamp>,
    /// When that ended.
    pub finished: Option<Timestamp>,
}

/// The whole run at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// How far the run is.
    pub phase: RunPhase,
    /// When it goes on by itself, while it waits for the hours in which work is allowed.
    pub resumes_at: Option<Timestamp>,
    /// Since it began.
    pub elapsed: Duration,
    /// The mailboxes, in the order of the plan.
    pub mailboxes: Arc<[MailboxRow]>,
    /// The sums over them; its login is empty.
    pub total: MailboxRow,
    /// Messages per second over the last seconds.
    pub message_rate: f64,
    /// Octets per second over the last seconds.
    pub octet_rate: f64,
    /// What moves in a second, smoothed over minutes; `None` until half a minute of work was seen.
    pub steady: Option<Rates>,
    /// Time left for what is listed and not done, by the smoothed rates.
    pub remaining: Option<Duration>,
}

/// How far back the rate looks.
const RATE_WINDOW: Duration = Duration::from_secs(10);

/// Makes snapshots of a run's meters.
#[derive(Debug)]
pub struct Observer {
    meters: Vec<Arc<Meter>>,
    seen: VecDeque<(Instant, u64, u64)>,
    forecast: Forecast,
    begun: Instant,
}

impl Observer {
    /// Watches these meters from `now` on.
    pub fn new(meters: Vec<Arc<Meter>>, now: Instant) -> Self {
        Self {
            meters,
            seen: VecDeque::from([(now, 0, 0)]),
            forecast: Forecast::default(),
            begun: now,
        }
    }

    /// The state at `now`.
    pub fn look(&mut self, phase: RunPhase, now: Instant) -> Snapshot {
        let rows: Arc<[MailboxRow]> = self.meters.iter().map(|meter| meter.row()).collect();
        let mut total = MailboxRow::default();
        for row in rows.iter() {
            total.folders += row.folders;
            total.folders_done += row.folders_done;
            total.listed += row.listed;
            total.done += row.done;
            total.copied += row.copied;
            total.octets_listed += row.octets_listed;
            total.octets_done += row.octets_done;
            total.octets_copied += row.octets_copied;
            total.exceptions += row.exceptions;
            total.present += row.present;
            total.excluded += row.excluded;
            total.gone += row.gone;
        }
        let at_work = |row: &MailboxRow| {
            use Activity::{Copying, Listing, Verifying};
            matches!(row.activity, Listing | Copying | Verifying)
        };
        let working =
            matches!(phase, RunPhase::Running | RunPhase::Draining) && rows.iter().any(at_work);
        self.forecast
            .look(now, total.copied, total.octets_copied, working);
        self.seen
            .push_back((now, total.copied, total.octets_copied));
        while self.seen.len() > 2 && now.duration_since(self.seen[1].0) > RATE_WINDOW {
            let _ = self.seen.pop_front();
        }
        let (then, copied, octets) = self.seen[0];
        let seconds = now.duration_since(then).as_secs_f64();
        let rate = |much: u64| {
            if seconds > 0.0 {
                much as f64 / seconds
            } else {
                0.0
            }
        };
        let steady = self.forecast.rates();
        let left = (
            total.listed.saturating_sub(total.done + total.exceptions),
            total.octets_listed.saturating_sub(total.octets_done),
        );
        Snapshot {
            phase,
            resumes_at: None,
            elapsed: now.duration_since(self.begun),
            remaining: self.forecast.left(left.0, left.1),
            message_rate: rate(total.copied.saturating_sub(copied)),
            octet_rate: rate(total.octets_copied.saturating_sub(octets)),
            mailboxes: rows,
            total,
            steady,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_rates_and_time_left_follow_the_meters() {
        let meters = [Arc::new(Meter::new("a")), Arc::new(Meter::new("b"))];
        let begin = Instant::now();
        let mut observer = Observer::new(meters.to_vec(), begin);
        meters[0].add(Count::Listed, 300);
        meters[0].add(Count::Done, 100);
        meters[0].add(Count::Copied, 100);
        meters[1].add(Count::Listed, 100);
        let seen = observer.look(RunPhase::Running, begin + Duration::from_secs(2));
        assert_eq!((seen.total.listed, seen.total.copied), (400, 100));
        assert!((seen.message_rate - 50.0).abs() < 1e-9);
        assert_eq!(seen.remaining, None, "too early to say");
        assert_eq!(seen.mailboxes[1].login, "b");
    }

    #[test]
    fn the_time_left_follows_what_is_listed_and_not_done() {
        let meter = Arc::new(Meter::new("a"));
        meter.act(Activity::Copying);
        meter.add(Count::Listed, 4_000);
        let begin = Instant::now();
        let mut observer = Observer::new(vec![meter.clone()], begin);
        let mut look =
            |second| observer.look(RunPhase::Running, begin + Duration::from_secs(second));
        let _ = look(0);
        for second in 1..=40 {
            meter.add(Count::Copied, 50);
            meter.add(Count::Done, 50);
            let seen = look(second);
            let left = (second >= 30).then(|| Duration::from_secs(80 - second));
            assert_eq!(
                seen.remaining.map(|left| left.as_secs_f64().round()),
                left.map(|left| left.as_secs_f64())
            );
        }
    }

    #[test]
    fn the_rate_forgets_what_is_long_ago() {
        let meter = Arc::new(Meter::new("a"));
        let begin = Instant::now();
        let mut observer = Observer::new(vec![meter.clone()], begin);
        meter.add(Count::Copied, 1_000);
        for second in 1..=30 {
            let seen = observer.look(RunPhase::Running, begin + Duration::from_secs(second));
            if second > 20 {
                assert!(seen.message_rate < 1e-9, "{second}: {}", seen.message_rate);
            }
        }
    }
}
