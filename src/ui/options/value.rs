//! What is typed into the options' fields, read and written (pure).
//!
//! Promises: a value that was read is one the plan takes; what cannot be said for certain is refused rather than
//! guessed (`1.024` is a thousand to one and one to another). Deliberately absent: words.

use jiff::civil::{Date, Time};

use crate::i18n::Language;

/// Why a day is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFault {
    Empty,
    /// Not day, month and year.
    Form,
    /// There is no such day.
    NoSuchDay,
    /// It has not come yet.
    Future,
}

/// `18/11/2025`; `today` is the last day taken.
pub fn day(text: &str, today: Date) -> Result<Date, DayFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DayFault::Empty);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    let digits = |part: &str, most: usize| {
        let fits = (1..=most).contains(&part.len());
        (fits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let (year, month, day) = match parts[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return Err(DayFault::Form),
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return Err(DayFault::Form);
    };
    let part = |number: i16| i8::try_from(number).map_err(|_| DayFault::NoSuchDay);
    let date = Date::new(year, part(month)?, part(day)?).map_err(|_| DayFault::NoSuchDay)?;
    if date > today {
        return Err(DayFault::Future);
    }
    Ok(date)
}

/// As [`day`] reads it.
pub fn day_text(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// `22:00`, `22.00`, `22`.
pub fn hour(text: &str) -> Option<Time> {
    let (hours, minutes) = match text.trim().split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None => (text.trim(), "00"),
    };
    let digits = |part: &str| {
        ((1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i8>().ok())
            .flatten()
    };
    Time::new(digits(hours)?, digits(minutes)?, 0, 0).ok()
}

/// As [`hour`] reads it.
pub fn hour_text(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The most a size or a rate may be, in its own unit.
const MOST: u64 = 100_000;

/// Thousandths of what is written: `50`, `2,5`, `0.25`; more than nothing.
pub fn thousandths(text: &str) -> Option<u64> {
    let text = text.trim();
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let whole: u64 = whole.parse().ok().filter(|whole| *whole <= MOST)?;
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    Some(whole * 1_000 + part).filter(|value| *value > 0)
}

/// As [`thousandths`] reads it, to the nearest hundredth.
pub fn thousandths_text(value: u64, language: Language) -> String {
    let hundredths = (value + 5) / 10;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let point = match language {
        Language::It => ',',
        Language::En => '.',
    };
    match (part, part % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}{point}{}", part / 10),
        _ => format!("{whole}{point}{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    const TODAY: Date = date(2025, 11, 18);

    #[test]
    fn a_day_is_read_as_it_is_written_here() {
        for (text, read) in [
            ("31/01/2024", Ok(date(2024, 1, 31))),
            (" 1/2/2020 ", Ok(date(2020, 2, 1))),
            ("29.02.2024", Ok(date(2024, 2, 29))),
            ("2024-03-01", Ok(date(2024, 3, 1))),
            ("18/11/2025", Ok(TODAY)),
            ("31/02/2024", Err(DayFault::NoSuchDay)),
            ("29/02/2023", Err(DayFault::NoSuchDay)),
            ("01/13/2024", Err(DayFault::NoSuchDay)),
            ("00/01/2024", Err(DayFault::NoSuchDay)),
            ("19/11/2025", Err(DayFault::Future)),
            ("1/1/24", Err(DayFault::Form)),
            ("gennaio 2024", Err(DayFault::Form)),
            ("1/1", Err(DayFault::Form)),
            ("1//2024", Err(DayFault::Form)),
            ("-1/1/2024", Err(DayFault::Form)),
            ("", Err(DayFault::Empty)),
        ] {
            assert_eq!(day(text, TODAY), read, "{text}");
        }
        assert_eq!(day(&day_text(TODAY), TODAY), Ok(TODAY));
    }

    #[test]
    fn an_hour_is_one_of_the_day() {
        for (text, read) in [
            ("22:00", Some(time(22, 0, 0, 0))),
            (" 6.30", Some(time(6, 30, 0, 0))),
            ("06", Some(time(6, 0, 0, 0))),
            ("24:00", None),
            ("12:60", None),
            ("12:5", None),
            ("12:", None),
            ("", None),
            ("sei", None),
            ("-1:00", None),
        ] {
            assert_eq!(hour(text), read, "{text}");
        }
    }

    #[test]
    fn a_number_that_two_people_would_read_differently_is_refused() {
        for (text, read) in [
            ("50", Some(50_000)),
            ("2,5", Some(2_500)),
            ("0.25", Some(250)),
            ("1.024", None),
            ("0", None),
            ("0,0", None),
            ("", None),
            (",5", None),
            ("-3", None),
            ("100001", None),
            ("20 MB", None),
        ] {
            assert_eq!(thousandths(text), read, "{text}");
        }
        for (value, text) in [
            (50_000, "50"),
            (2_500, "2,5"),
            (250, "0,25"),
            (52_428, "52,43"),
        ] {
            assert_eq!(thousandths_text(value, Language::It), text);
        }
    }
}
