//! What the mailboxes of a run have learned of the two servers, and how long to wait.
//!
//! Promises: pure but for [`random`]; the clock is passed in. Deliberately absent: waiting.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What the mailboxes of a run have learned of one side's server.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Smallest message refused as too large; 0: none yet.
    refused_size: AtomicU64,
    /// Most connections seen to work at once before one more was refused; 0: no wall met.
    ceiling: AtomicU64,
    open: AtomicU64,
    /// Pipelining made a session hang: one command at a time from now on.
    step_by_step: AtomicBool,
    /// Octets per second over the wire, as measured last; 0: not yet.
    rate: AtomicU64,
    reach: Mutex<Reach>,
}

/// Whether the server can be reached at all.
#[derive(Debug, Default)]
struct Reach {
    /// It was, in this run.
    met: bool,
    /// Nobody has reached it since then.
    down: Option<Instant>,
}

/// A connection that counts towards the wall, for as long as this is held.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Pace);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let _ = self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Pace {
    /// Takes a place for one more connection, unless the wall is known and reached.
    pub(crate) fn enter(&self) -> Option<Place<'_>> {
        let ceiling = self.ceiling.load(Ordering::SeqCst);
        let taken = self.open.fetch_add(1, Ordering::SeqCst);
        let place = Place(self);
        (ceiling == 0 || taken < ceiling).then_some(place)
    }

    /// One more connection than those open now was refused: that is the wall. At least one is always tried.
    pub(crate) fn wall(&self) {
        let open = self.open.load(Ordering::SeqCst).saturating_sub(1).max(1);
        let known = self.ceiling.load(Ordering::SeqCst);
        if known == 0 || open < known {
            self.ceiling.store(open, Ordering::SeqCst);
        }
    }

    /// Whether other connections to this server stand.
    pub(crate) fn has_others(&self) -> bool {
        self.open.load(Ordering::SeqCst) > 1
    }

    /// A message of this size was refused as too large.
    pub(crate) fn too_large(&self, size: u64) {
        let _ = self
            .refused_size
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |known| {
                (known == 0 || size < known).then_some(size)
            });
    }

    /// The largest message worth trying, in octets.
    pub(crate) fn size_limit(&self, announced: Option<u64>) -> Option<u64> {
        let learned = match self.refused_size.load(Ordering::SeqCst) {
            0 => None,
            refused => Some(refused - 1),
        };
        match (learned, announced) {
            (Some(learned), Some(announced)) => Some(learned.min(announced)),
            (learned, announced) => learned.or(announced),
        }
    }

    /// A session with several commands under way went silent.
    pub(crate) fn walk(&self) {
        self.step_by_step.store(true, Ordering::SeqCst);
    }

    /// Whether only one command may be under way.
    pub(crate) fn walks(&self) -> bool {
        self.step_by_step.load(Ordering::SeqCst)
    }

    /// It could not be reached.
    pub(crate) fn lost(&self, now: Instant) {
        let _ = self.reach().down.get_or_insert(now);
    }

    /// It gave a sign of life; says since when it had been out of reach, if it was.
    pub(crate) fn found(&self) -> Option<Instant> {
        let mut reach = self.reach();
        reach.met = true;
        reach.down.take()
    }

    /// Since when nobody has reached it.
    pub(crate) fn down_since(&self) -> Option<Instant> {
        self.reach().down
    }

    /// Whether it was reached in this run.
    pub(crate) fn is_met(&self) -> bool {
        self.reach().met
    }

    fn reach(&self) -> MutexGuard<'_, Reach> {
        self.reach.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So many octets took so long.
    pub(crate) fn measured(&self, octets: u64, time: Duration) {
        // Less says more about round trips than about the line.
        if octets >= 4 << 20 && !time.is_zero() {
            let rate = octets as f64 / time.as_secs_f64();
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a rate in octets fits"
            )]
            self.rate.store(rate as u64, Ordering::SeqCst);
        }
    }

    /// Whether compression pays: the line is slower than a processor compresses.
    pub(crate) fn is_slow(&self) -> bool {
        let rate = self.rate.load(Ordering::SeqCst);
        rate > 0 && rate < 6_000_000
    }
}

/// How long to wait while the server cannot be reached by anybody: doubling, at most five minutes, and never less than
/// half of that, for nobody gains by hurrying.
pub(crate) fn network_pause(attempt: u32, random: u32) -> Duration {
    let ceiling = 500_u64.saturating_mul(1 << attempt.min(10)).min(300_000);
    let drawn = u64::from(random) * ceiling / u64::from(u32::MAX);
    Duration::from_millis(u64::midpoint(ceiling, drawn))
}

/// How long to wait before the next attempt: full jitter over a doubling ceiling, at most a minute.
pub(crate) fn pause(attempt: u32, random: u32) -> Duration {
    let ceiling = 500_u64.saturating_mul(1 << attempt.min(7)).min(60_000);
    Duration::from_millis(100 + u64::from(random) * ceiling / u64::from(u32::MAX))
}

/// A random number for `pause`.
pub(crate) fn random() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_is_remembered_and_never_below_one() {
        let pace = Pace::default();
        let (first, second) = (pace.enter().unwrap(), pace.enter().unwrap());
        pace.wall();
        assert!(pace.enter().is_none());
        drop(second);
        drop(first);
        assert!(pace.enter().is_some());
    }

    #[test]
    fn the_smallest_refusal_sets_the_limit() {
        let pace = Pace::default();
        assert_eq!(pace.size_limit(None), None);
        pace.too_large(5_000);
        pace.too_large(9_000);
        assert_eq!(pace.size_limit(Some(10_000)), Some(4_999));
        assert_eq!(pace.size_limit(Some(100)), Some(100));
    }

    #[test]
    fn pauses_grow_and_end() {
        assert!(pause(0, u32::MAX) <= Duration::from_millis(600));
        assert!(pause(30, u32::MAX) <= Duration::from_millis(60_100));
        assert!(pause(3, 0) >= Duration::from_millis(100));
    }

    #[test]
    fn out_of_reach_is_out_of_reach_for_all_until_somebody_gets_through() {
        let (pace, begin) = (Pace::default(), Instant::now());
        assert!(!pace.is_met());
        pace.lost(begin);
        pace.lost(begin + Duration::from_secs(9));
        assert_eq!(pace.down_since(), Some(begin));
        assert_eq!((pace.found(), pace.found()), (Some(begin), None));
        assert!(pace.is_met());
        assert_eq!(pace.down_since(), None);
    }

    #[test]
    fn waiting_for_the_network_grows_to_five_minutes() {
        let least = |attempt| network_pause(attempt, 0).as_millis();
        let most = |attempt| network_pause(attempt, u32::MAX).as_millis();
        assert_eq!((least(1), most(1)), (500, 1_000));
        assert_eq!((least(5), most(5)), (8_000, 16_000));
        assert_eq!((least(99), most(99)), (150_000, 300_000));
    }
}
