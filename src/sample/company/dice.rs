//! Chance that is the same every time, and the calendar of the company.
//!
//! SplitMix64: small, even enough for letters, and no use for secrets.

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

/// Monday 3 March 2014, 07:30 UTC: the first mail the company still has.
const FIRST_SECOND: i64 = 1_393_831_800;
const DAY_SECONDS: i64 = 86_400;
/// Twelve years.
const DAYS: i64 = 4_383;

#[derive(Debug)]
pub(super) struct Dice(u64);

/// A moment in the company's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i64);

impl Dice {
    pub(super) fn new(seed: &str) -> Self {
        let fold = |sum: u64, octet: u8| (sum ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        Self(seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.roll() % span).unwrap_or(0)
    }

    /// Whether a thing happens that happens so often in a hundred times.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.between(1, 100) <= chance
    }

    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let last = u32::try_from(choices.len()).unwrap_or(1).saturating_sub(1);
        &choices[self.between(0, last) as usize]
    }

    pub(super) fn octets(&mut self, count: usize) -> Vec<u8> {
        let mut octets: Vec<u8> = Vec::with_capacity(count + 8);
        while octets.len() < count {
            octets.extend(self.roll().to_le_bytes());
        }
        octets.truncate(count);
        octets
    }
}

impl Moment {
    /// The `index`-th of `count` moments spread over the years, in working hours for the most part.
    pub(super) fn spread(dice: &mut Dice, index: usize, count: usize) -> Self {
        let share =
            i64::try_from(index).unwrap_or(0) * DAYS / i64::try_from(count.max(1)).unwrap_or(1);
        let day = share + i64::from(dice.between(0, 2));
        let second = i64::from(dice.between(0, 34_000));
        Self(FIRST_SECOND + day * DAY_SECONDS + second)
    }

    pub(super) fn later(self, seconds: u32) -> Self {
        Self(self.0 + i64::from(seconds))
    }

    pub(super) fn seconds(self) -> i64 {
        self.0
    }

    /// As in a `Date` header.
    pub(super) fn header(self) -> String {
        self.told("%a, %d %b %Y %H:%M:%S %z")
    }

    /// As in INTERNALDATE.
    pub(super) fn internal(self) -> String {
        self.told("%e-%b-%Y %H:%M:%S %z")
    }

    /// As a person in Italy writes a day.
    pub(super) fn day(self) -> String {
        self.told("%d/%m/%Y")
    }

    pub(super) fn year(self) -> String {
        self.told("%Y")
    }

    fn told(self, shape: &str) -> String {
        let moment = Timestamp::from_second(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        // Near enough to the Italian summer; the demo must not depend on a time zone database.
        let summer = matches!(moment.to_zoned_datetime(TimeZone::UTC).month(), 4..=10);
        let zone = tz::offset(if summer { 2 } else { 1 }).to_time_zone();
        moment.to_zoned_datetime(zone).strftime(shape).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_company() {
        let rolls = |seed| Dice::new(seed).octets(20);
        assert_eq!(rolls("giulia"), rolls("giulia"));
        assert_ne!(rolls("giulia"), rolls("marco"));
    }

    #[test]
    fn dates_are_told_in_the_italian_zone() {
        let first = Moment(FIRST_SECOND);
        assert_eq!(first.header(), "Mon, 03 Mar 2014 08:30:00 +0100");
        assert_eq!(first.internal(), " 3-Mar-2014 08:30:00 +0100");
        assert_eq!(
            first.later(5_184_000).internal(),
            " 2-May-2014 09:30:00 +0200"
        );
    }
}
