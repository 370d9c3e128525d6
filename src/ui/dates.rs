//! Days and times as people say them: “today, 22:34”, “Tue 18 Nov 2025”.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, ZonedDateTime};

use crate::i18n::Words;
use crate::t;

/// In the zone of this computer.
pub fn here(time: Timestamp) -> ZonedDateTime {
    time.to_zoned_datetime(TimeZone::system())
}

/// `22:34`.
pub fn clock(time: Timestamp) -> String {
    here(time).strftime("%H:%M").to_string()
}

/// Whether it is of today.
pub fn is_today(time: Timestamp) -> bool {
    here(time).date() == ZonedDateTime::now().date()
}

/// The hour today; the day otherwise.
pub fn short(time: Timestamp) -> String {
    short_at(Words::current(), &here(time), &ZonedDateTime::now())
}

fn short_at(words: Words, then: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let today = now.date();
    if then.date() == today {
        return t!(in words, "date-today", time = then.strftime("%H:%M").to_string());
    }
    if today
        .checked_sub(1.day())
        .is_ok_and(|day| day == then.date())
    {
        return t!(in words, "date-yesterday");
    }
    let (day, month) = (then.day().to_string(), then.month());
    if then.year() == today.year() {
        t!(in words, "date-day", day = day, month = month)
    } else {
        t!(in words, "date-day-year", day = day, month = month, year = then.year().to_string())
    }
}

/// `18 Nov 2025`.
pub fn day(time: Timestamp) -> String {
    let then = here(time);
    t!(
        "date-day-year",
        day = then.day().to_string(),
        month = then.month(),
        year = then.year().to_string()
    )
}

/// `Tue 18 Nov 2025, 22:34`; `today, 22:34`.
pub fn full(time: Timestamp) -> String {
    let (then, now) = (here(time), ZonedDateTime::now());
    let time = then.strftime("%H:%M").to_string();
    if then.date() == now.date() {
        return t!("date-today-at", time = time);
    }
    t!(
        "date-full",
        weekday = then.weekday().to_monday_one_offset(),
        day = then.day().to_string(),
        month = then.month(),
        year = then.year().to_string(),
        time = time
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_said_as_one_says_it() {
        let zone = TimeZone::UTC;
        let now = date(2025, 11, 19)
            .at(10, 0, 0, 0)
            .to_zoned_datetime(zone.clone())
            .unwrap();
        let at = |day: jiff::civil::Date| {
            day.at(22, 34, 0, 0)
                .to_zoned_datetime(zone.clone())
                .unwrap()
        };
        let words = Words::new(crate::i18n::Language::En);
        for (then, said) in [
            (date(2025, 11, 19), "today 22:34"),
            (date(2025, 11, 18), "yesterday"),
            (date(2025, 11, 3), "3 Nov"),
            (date(2024, 11, 3), "3 Nov 2024"),
        ] {
            assert_eq!(short_at(words, &at(then), &now), said);
        }
    }
}
