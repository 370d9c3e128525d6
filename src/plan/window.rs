//! The hours in which a migration may work. Pure: the clock is passed in.
//!
//! Promises: whether it is open and when it opens next are read off the same intervals of real time, so that the two
//! agree on the days on which clocks are changed. Deliberately absent: waiting.
//!
//! A time the clock jumps over counts as if it had not been changed (half past two is then half past three); of one
//! that comes twice the first counts.

use std::fmt;
use std::str::FromStr;

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// Hours of the day in which work is allowed; `from` later than `to` runs over midnight, both equal is always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Window {
    /// When it opens, `22:00`.
    #[serde(with = "written")]
    pub from: Time,
    /// When it closes, `06:00`.
    #[serde(with = "written")]
    pub to: Time,
    /// Whether Saturday and Sunday are open all day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weekends: bool,
}

/// What was not `22:00-06:00` or `22:00-06:00+weekends`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}': write 22:00-06:00, or 22:00-06:00+weekends")]
pub struct WindowError(pub String);

/// How far ahead an opening is looked for: a week has every kind of day.
const DAYS_AHEAD: i64 = 8;

impl Window {
    /// Whether work is allowed at this moment, in the zone it carries.
    pub fn is_open(&self, now: &ZonedDateTime) -> bool {
        self.from == self.to
            || self
                .intervals(now)
                .any(|(start, end)| start <= *now && *now < end)
    }

    /// When it opens next; `None` while it is open.
    pub fn next_opening(&self, now: &ZonedDateTime) -> Option<ZonedDateTime> {
        if self.is_open(now) {
            return None;
        }
        let starts = self.intervals(now).map(|(start, _)| start);
        starts.filter(|start| start > now).min()
    }

    /// Stretches of open time from yesterday on; some lie within others.
    fn intervals(
        &self,
        now: &ZonedDateTime,
    ) -> impl Iterator<Item = (ZonedDateTime, ZonedDateTime)> {
        let today = now.date();
        let zone = now.time_zone().clone();
        let Self { from, to, weekends } = *self;
        (-1..DAYS_AHEAD)
            .filter_map(move |days| today.checked_add(jiff::Span::new().days(days)).ok())
            .flat_map(move |day| {
                let at = |day: Date, time: Time| {
                    day.to_datetime(time).to_zoned_datetime(zone.clone()).ok()
                };
                let next = day.tomorrow().ok();
                let end = if from < to { Some(day) } else { next };
                let usual = at(day, from).zip(end.and_then(|day| at(day, to)));
                let free = weekends && matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
                let midnight = Time::midnight();
                let whole = at(day, midnight)
                    .zip(next.and_then(|day| at(day, midnight)))
                    .filter(|_| free);
                [usual, whole].into_iter().flatten()
            })
            // A stretch the clock jumped over is none.
            .filter(|(start, end)| start < end)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekends = if self.weekends { "+weekends" } else { "" };
        let (from, to) = (written::text(self.from), written::text(self.to));
        write!(f, "{from}-{to}{weekends}")
    }
}

impl FromStr for Window {
    type Err = WindowError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || WindowError(text.to_owned());
        let trimmed = text.trim();
        let hours = trimmed.strip_suffix("+weekends");
        let (from, to) = hours
            .unwrap_or(trimmed)
            .split_once(['-', '–'])
            .ok_or_else(bad)?;
        let time = |text: &str| written::time(text.trim()).ok_or_else(bad);
        Ok(Self {
            from: time(from)?,
            to: time(to)?,
            weekends: hours.is_some(),
        })
    }
}

/// Times as people write them: without seconds where there are none.
mod written {
    use jiff::civil::Time;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn text(time: Time) -> String {
        let form = if time.second() == 0 {
            "%H:%M"
        } else {
            "%H:%M:%S"
        };
        time.strftime(form).to_string()
    }

    pub(super) fn time(text: &str) -> Option<Time> {
        let forms = ["%H:%M", "%H:%M:%S"];
        forms
            .iter()
            .find_map(|form| Time::strptime(form, text).ok())
    }

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field over like this"
    )]
    pub fn serialize<S: Serializer>(time: &Time, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&text(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Time, D::Error> {
        let text = String::deserialize(input)?;
        time(&text)
            .ok_or_else(|| D::Error::custom(format!("'{text}' is no time of day like 22:00")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use jiff::tz::TimeZone;

    /// A moment in Rome; the offset is only needed where an hour comes twice.
    fn rome(text: &str) -> ZonedDateTime {
        format!("{text}[Europe/Rome]").parse().unwrap()
    }

    /// Each row: the hours, now, and when they open next (`""`: they are open).
    fn check(rows: &[(&str, &str, &str)]) {
        for (window, now, expected) in rows {
            let window: Window = window.parse().unwrap();
            let now = rome(now);
            let next = window.next_opening(&now);
            assert_eq!(
                next.as_ref().map(ZonedDateTime::timestamp),
                (!expected.is_empty()).then(|| rome(expected).timestamp()),
                "{window} at {now}"
            );
            assert_eq!(window.is_open(&now), expected.is_empty());
            if let Some(next) = next {
                assert!(window.is_open(&next), "{window} opens at {next}");
            }
        }
    }

    #[test]
    fn hours_within_a_day_and_over_midnight() {
        check(&[
            // A Tuesday.
            ("08:00-18:00", "2025-11-18T07:59:59", "2025-11-18T08:00:00"),
            ("08:00-18:00", "2025-11-18T08:00:00", ""),
            ("08:00-18:00", "2025-11-18T17:59:59", ""),
            ("08:00-18:00", "2025-11-18T18:00:00", "2025-11-19T08:00:00"),
            ("22:00-06:00", "2025-11-18T21:59:59", "2025-11-18T22:00:00"),
            ("22:00-06:00", "2025-11-18T22:00:00", ""),
            ("22:00-06:00", "2025-11-19T05:59:59", ""),
            ("22:00-06:00", "2025-11-19T06:00:00", "2025-11-19T22:00:00"),
            ("18:00-00:00", "2025-11-18T23:59:59", ""),
            ("18:00-00:00", "2025-11-19T00:00:00", "2025-11-19T18:00:00"),
            ("12:00-12:00", "2025-11-18T03:00:00", ""),
        ]);
    }

    #[test]
    fn weekends_are_open_all_day_where_they_are_to_be() {
        check(&[
            // Friday, Saturday, Sunday, Monday.
            (
                "22:00-06:00+weekends",
                "2025-11-21T12:00:00",
                "2025-11-21T22:00:00",
            ),
            ("22:00-06:00+weekends", "2025-11-22T12:00:00", ""),
            ("22:00-06:00+weekends", "2025-11-23T21:59:59", ""),
            ("22:00-06:00+weekends", "2025-11-24T05:59:59", ""),
            (
                "22:00-06:00+weekends",
                "2025-11-24T06:00:00",
                "2025-11-24T22:00:00",
            ),
            (
                "08:00-10:00+weekends",
                "2025-11-21T11:00:00",
                "2025-11-22T00:00:00",
            ),
            (
                "08:00-10:00+weekends",
                "2025-11-24T00:00:00",
                "2025-11-24T08:00:00",
            ),
            ("22:00-06:00", "2025-11-22T12:00:00", "2025-11-22T22:00:00"),
        ]);
    }

    #[test]
    fn the_days_on_which_clocks_are_changed() {
        check(&[
            // 30 March 2025: 02:00 is 03:00. Half past two does not exist.
            ("02:30-06:00", "2025-03-30T01:59:59", "2025-03-30T03:30:00"),
            ("02:30-06:00", "2025-03-30T03:15:00", "2025-03-30T03:30:00"),
            ("02:30-06:00", "2025-03-30T03:30:00", ""),
            ("22:00-02:30", "2025-03-30T03:29:59", ""),
            ("22:00-02:30", "2025-03-30T03:30:00", "2025-03-30T22:00:00"),
            ("02:10-03:00", "2025-03-30T01:00:00", "2025-03-31T02:10:00"),
            ("22:00-06:00", "2025-03-29T23:00:00", ""),
            // 26 October 2025: 03:00 is 02:00. Half past two comes twice, and the first counts.
            (
                "02:30-06:00",
                "2025-10-26T02:29:59+02:00",
                "2025-10-26T02:30:00+02:00",
            ),
            ("02:30-06:00", "2025-10-26T02:30:00+02:00", ""),
            ("02:30-06:00", "2025-10-26T02:15:00+01:00", ""),
            ("22:00-02:30", "2025-10-26T02:29:59+02:00", ""),
            (
                "22:00-02:30",
                "2025-10-26T02:30:00+02:00",
                "2025-10-26T22:00:00",
            ),
            (
                "22:00-02:30",
                "2025-10-26T02:15:00+01:00",
                "2025-10-26T22:00:00",
            ),
            // Both weekends are whole, however long they are.
            ("08:00-09:00+weekends", "2025-03-30T03:30:00", ""),
            ("08:00-09:00+weekends", "2025-10-26T02:30:00+01:00", ""),
        ]);
    }

    #[test]
    fn hours_are_written_as_people_write_them() {
        for text in ["22:00-06:00", "22:00-06:00+weekends", "08:30-12:00:05"] {
            assert_eq!(text.parse::<Window>().unwrap().to_string(), text);
        }
        for wrong in ["", "22:00", "22-06", "25:00-06:00", "22:00-06:00+monday"] {
            assert!(wrong.parse::<Window>().is_err(), "{wrong}");
        }
        let window: Window =
            toml::from_str("from = '22:00'\nto = '06:00'\nweekends = true").unwrap();
        assert_eq!(window, "22:00-06:00+weekends".parse().unwrap());
        let written = toml::to_string(&window).unwrap();
        assert!(written.contains("from = \"22:00\""), "{written}");
        assert!(toml::from_str::<Window>("from = '22'\nto = '06:00'").is_err());
    }

    #[test]
    fn hours_open_when_they_say() {
        let window = |from, to, weekends| Window {
            from: time(from, 0, 0, 0),
            to: time(to, 0, 0, 0),
            weekends,
        };
        // 18 November 2025 is a Tuesday.
        let at = |day, hour| date(2025, 11, day).at(hour, 0, 0, 0);
        for (hours, now, opening) in [
            (window(22, 6, true), at(18, 12), Some(at(18, 22))),
            (window(22, 6, true), at(18, 23), None),
            (window(22, 6, true), at(18, 5), None),
            (window(22, 6, true), at(18, 6), Some(at(18, 22))),
            (window(22, 6, true), at(22, 12), None),
            (window(22, 6, false), at(22, 12), Some(at(22, 22))),
            (window(8, 10, true), at(21, 11), Some(at(22, 0))),
            (window(8, 10, false), at(21, 11), Some(at(22, 8))),
            (window(8, 8, false), at(21, 11), None),
        ] {
            let opens = hours.next_opening(&now.to_zoned_datetime(TimeZone::UTC).unwrap());
            assert_eq!(opens.map(|at| at.datetime()), opening, "{hours:?} {now}");
        }
    }
}
