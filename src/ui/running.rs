//! The figures of a run over time, as they are drawn: rates of the last minutes, messages per minute, when it began.
//!
//! Pure but for the clock it is given. What stands here is for the eye; the journal is what counts.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::follow::{Follow, Sample};
use crate::engine::{Pass, RunPhase};

/// Points of a chart.
pub const POINTS: usize = 61;
/// Time between two points.
const EVERY: Duration = Duration::from_secs(5);
/// The same for the demonstration, which lasts some seconds.
const EVERY_IN_DEMO: Duration = Duration::from_millis(200);
/// Minutes remembered: a day.
const MINUTES: usize = 24 * 60;

/// A run and its history.
#[derive(Debug)]
pub struct Running {
    pub follow: Follow,
    pub shown: Sample,
    pub begun: Timestamp,
    /// Messages and octets per second, the oldest first.
    pub rates: VecDeque<(f32, f32)>,
    /// Messages copied in each minute; the last one is not over.
    pub minutes: VecDeque<u64>,
    /// Since when it has been paused.
    pub paused: Option<Timestamp>,
    every: Duration,
    point: Option<Instant>,
    minute: Option<(Instant, u64)>,
}

impl Running {
    pub fn new(follow: Follow, demo: bool) -> Self {
        Self {
            follow,
            shown: Sample::default(),
            begun: Timestamp::now(),
            rates: VecDeque::new(),
            minutes: VecDeque::new(),
            paused: None,
            every: if demo { EVERY_IN_DEMO } else { EVERY },
            point: None,
            minute: None,
        }
    }

    /// How far the charts reach back.
    pub fn reach(&self) -> Duration {
        self.every * 60
    }

    /// Whether it is paused, or about to be.
    pub fn is_paused(&self) -> bool {
        matches!(
            self.shown.snapshot.phase,
            RunPhase::Paused | RunPhase::Pausing
        )
    }

    pub fn is_stopping(&self) -> bool {
        self.shown.snapshot.phase == RunPhase::Stopping
    }

    /// Whether messages are copied in this pass, and not read back.
    pub fn is_copying(&self) -> bool {
        !matches!(self.shown.pass, Some(Pass::Verify(_)))
    }

    /// Looks at the run; says whether a point was added to the charts.
    pub fn look(&mut self, now: Instant) -> bool {
        let pass = self.shown.pass;
        self.shown = self.follow.sample();
        if self.shown.pass != pass {
            self.minute = None;
            self.point = None;
        }
        match (self.is_paused(), self.paused) {
            (true, None) => self.paused = Some(Timestamp::now()),
            (false, Some(_)) => self.paused = None,
            _ => {}
        }
        if self.shown.pass.is_none() {
            return false;
        }
        self.count(now);
        let due = self
            .point
            .is_none_or(|point| now.duration_since(point) >= self.every);
        if due {
            self.point = Some(now);
            let snapshot = &self.shown.snapshot;
            #[allow(clippy::cast_possible_truncation, reason = "a chart needs no more")]
            self.rates.push_back(match snapshot.phase {
                RunPhase::Paused | RunPhase::Ended => (0.0, 0.0),
                _ => (snapshot.message_rate as f32, snapshot.octet_rate as f32),
            });
            if self.rates.len() > POINTS {
                let _ = self.rates.pop_front();
            }
        }
        due
    }

    /// Counts what was copied in this minute.
    fn count(&mut self, now: Instant) {
        let total = &self.shown.snapshot.total;
        let copied = if self.is_copying() {
            total.copied
        } else {
            total.done
        };
        let (begun, before) = *self.minute.get_or_insert((now, copied));
        if self.minutes.is_empty() {
            self.minutes.push_back(0);
        }
        if let Some(last) = self.minutes.back_mut() {
            *last += copied.saturating_sub(before);
        }
        self.minute = Some((begun, copied));
        let over = now.duration_since(begun).as_secs() / 60;
        if over > 0 {
            for _ in 0..over.min(MINUTES as u64) {
                self.minutes.push_back(0);
            }
            while self.minutes.len() > MINUTES {
                let _ = self.minutes.pop_front();
            }
            self.minute = Some((begun + Duration::from_secs(over * 60), copied));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_counted_and_empty_ones_are_not_left_out() {
        let mut running = Running::new(Follow::default(), false);
        let begin = Instant::now();
        for (second, copied) in [(0, 10), (30, 60), (61, 100), (200, 130)] {
            running.shown.snapshot.total.copied = copied;
            running.count(begin + Duration::from_secs(second));
        }
        assert_eq!(running.minutes, [90, 30, 0, 0]);
    }
}
