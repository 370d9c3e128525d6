//! How long it will still take. Pure: the clock is passed in.
//!
//! Promises: it says nothing before it has seen half a minute of work; what it says follows the last minutes and does
//! not jump with every second; time in which nobody works does not count. Deliberately absent: what is not listed yet.

use std::time::{Duration, Instant};

/// Time of work that must have been seen.
const LEAST: Duration = Duration::from_secs(30);
/// How far back it remembers: what is this old counts about a third.
const MEMORY: Duration = Duration::from_secs(90);
/// How slowly what it says follows what it finds; faster where the end is near.
const CALM: Duration = Duration::from_mins(1);

/// What moves in a second, smoothed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rates {
    /// Messages per second.
    pub messages: f64,
    /// Octets per second.
    pub octets: f64,
}

impl Rates {
    /// The longer of what so many messages and so many octets take; `None` where nothing of them moves.
    pub fn time_for(self, messages: u64, octets: u64) -> Option<Duration> {
        let time = |much: u64, rate: f64| {
            if much == 0 {
                Some(0.0)
            } else {
                (rate > 0.0).then(|| much as f64 / rate)
            }
        };
        let longer = time(messages, self.messages)?.max(time(octets, self.octets)?);
        Duration::try_from_secs_f64(longer.min(1e9)).ok()
    }
}

/// Watches what has moved.
#[derive(Debug, Default)]
pub(super) struct Forecast {
    last: Option<(Instant, u64, u64)>,
    /// Time of work seen.
    seen: Duration,
    /// Messages, octets and seconds, each fading as time goes by.
    faded: (f64, f64, f64),
    /// How many seconds were left when it last said so, and the work seen until then.
    said: Option<(Duration, f64)>,
}

impl Forecast {
    /// So much has moved until now; `working`: somebody was at it.
    pub(super) fn look(&mut self, now: Instant, messages: u64, octets: u64, working: bool) {
        let last = self.last.replace((now, messages, octets));
        let Some((then, messages_then, octets_then)) = last.filter(|_| working) else {
            return;
        };
        let passed = now.saturating_duration_since(then);
        self.seen += passed;
        let fades = (-passed.as_secs_f64() / MEMORY.as_secs_f64()).exp();
        let (moved, weight, seconds) = &mut self.faded;
        *moved = *moved * fades + messages.saturating_sub(messages_then) as f64;
        *weight = *weight * fades + octets.saturating_sub(octets_then) as f64;
        *seconds = *seconds * fades + passed.as_secs_f64();
    }

    /// How long so much still takes; what was said before changes slowly.
    pub(super) fn left(&mut self, messages: u64, octets: u64) -> Option<Duration> {
        let found = self
            .rates()
            .and_then(|rates| rates.time_for(messages, octets));
        let said = found.map(|found| {
            let found = found.as_secs_f64();
            let Some((then, before)) = self.said else {
                return found;
            };
            let passed = self.seen.saturating_sub(then).as_secs_f64();
            let expected = (before - passed).max(0.0);
            let calm = CALM.as_secs_f64().min(found / 3.0).max(0.1);
            expected + (found - expected) * (1.0 - (-passed / calm).exp())
        });
        self.said = said.map(|said| (self.seen, said));
        Duration::try_from_secs_f64(said?).ok()
    }

    /// What moves in a second, once enough was seen.
    pub(super) fn rates(&self) -> Option<Rates> {
        let (messages, octets, seconds) = self.faded;
        (self.seen >= LEAST && seconds > 0.0).then(|| Rates {
            messages: messages / seconds,
            octets: octets / seconds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it says each second of how long 100,000 messages take, while so many move in each.
    fn said(moved: impl Fn(u64) -> (u64, bool), seconds: u64) -> Vec<Option<f64>> {
        let begin = Instant::now();
        let (mut forecast, mut all) = (Forecast::default(), 0);
        forecast.look(begin, 0, 0, true);
        (1..=seconds)
            .map(|second| {
                let (messages, working) = moved(second);
                all += messages;
                let now = begin + Duration::from_secs(second);
                forecast.look(now, all, all * 1_000, working);
                let left = forecast.left(100_000 - all, 0)?;
                Some(left.as_secs_f64())
            })
            .collect()
    }

    #[test]
    fn it_is_silent_for_half_a_minute_and_right_where_nothing_changes() {
        let said = said(|_| (50, true), 300);
        assert!(said[..29].iter().all(Option::is_none));
        for (second, left) in (30_u32..).zip(&said[29..]) {
            let right = 2_000.0 - f64::from(second);
            assert!((left.unwrap() - right).abs() < 1.0, "{second}: {left:?}");
        }
    }

    #[test]
    fn a_line_that_stutters_does_not_make_it_jump() {
        // A batch of 500 every ten seconds, and nothing between.
        let said = said(|second| (if second % 10 == 0 { 500 } else { 0 }, true), 600);
        let shown: Vec<f64> = said.into_iter().flatten().collect();
        for pair in shown.windows(2) {
            assert!((pair[1] / pair[0] - 1.0).abs() < 0.02, "{pair:?}");
        }
        for (second, left) in (30_u32..).zip(&shown).skip(120) {
            let right = 2_000.0 - f64::from(second);
            assert!((left / right - 1.0).abs() < 0.12, "{second}: {left}");
        }
    }

    #[test]
    fn a_line_that_becomes_slower_is_believed_in_a_few_minutes() {
        let said = said(|second| (if second < 300 { 50 } else { 25 }, true), 900);
        let left = |second: usize| said[second - 1].unwrap();
        // The truth doubles at once; what is said comes after it.
        assert!(left(310) < left(299) * 1.1);
        let right = (100_000.0 - 300.0 * 50.0 - 300.0 * 25.0) / 25.0;
        assert!((left(600) / right - 1.0).abs() < 0.1, "{}", left(600));
    }

    #[test]
    fn it_ends_when_the_work_does() {
        let said = said(|_| (1_000, true), 100);
        for left in [1_usize, 3, 10] {
            let second = 100 - left;
            let shown = said[second - 1].unwrap();
            assert!((shown - left as f64).abs() < 0.5, "{left}: {shown}");
        }
        assert_eq!(said[99], Some(0.0));
    }

    #[test]
    fn an_hour_in_which_nobody_works_changes_nothing() {
        let rested = |second| (60..3_660).contains(&second);
        let said = said(
            |second| (if rested(second) { 0 } else { 50 }, !rested(second)),
            3_700,
        );
        let (before, after) = (said[58].unwrap(), said[3_659].unwrap());
        assert!((before - after).abs() < 10.0, "{before} {after}");
    }

    #[test]
    fn what_stands_still_has_no_end() {
        assert_eq!(Rates::default().time_for(1, 0), None);
        assert_eq!(Rates::default().time_for(0, 0), Some(Duration::ZERO));
        let rates = Rates {
            messages: 10.0,
            octets: 1_000.0,
        };
        assert_eq!(rates.time_for(20, 9_000), Some(Duration::from_secs(9)));
    }
}
