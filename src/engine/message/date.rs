//! Dates: the one a mailbox keeps for a message, and what to use when it has none worth keeping.
//!
//! An internal date is written `" 5-Mar-2019 10:11:12 +0100"` (RFC 3501 9, `date-time` without its quotes), the day
//! padded with a space. Before [`FIRST_YEAR`] there was no mail and time stamps turn negative: such a date is as
//! absurd as the 31st of February, and is rejected. It never asks what time it is.

use jiff::civil;
use jiff::tz::Offset;
use mail_parser::DateTime;

use super::header::{Field, fields};

/// The first year an internal date can be of.
pub const FIRST_YEAR: i16 = 1970;

/// Where a date came from that replaces the mailbox's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// The topmost `Received:` field with a date, which the last server on the way wrote.
    Received,
    /// The `Date:` field, which the sender wrote.
    Date,
}

/// The date to give a message whose internal date is missing or absurd, ready for APPEND.
pub fn fallback_date(header: &[u8]) -> Option<(String, DateSource)> {
    let fields = fields(header);
    let find = |name: &str, source| {
        fields
            .iter()
            .filter(|field| field.is(name))
            .find_map(|field| Some((header_date(field)?, source)))
    };
    find("Received", DateSource::Received).or_else(|| find("Date", DateSource::Date))
}

/// Whether a server's INTERNALDATE can be sent to another server.
pub fn valid_internal_date(date: &str) -> bool {
    Stamp::parse(date).is_some()
}

/// The same date in the one form we send; `None` when it is absurd.
///
/// Forgives quotes, a day of one digit, the month's case, second 60 and the zones `GMT`, `UT`, `UTC`, `Z`.
pub fn internal_date(date: &str) -> Option<String> {
    Some(Stamp::parse(date)?.format())
}

/// The instant of an internal date in seconds since 1970, for comparing two servers that write different zones.
pub fn instant(date: &str) -> Option<i64> {
    let stamp = Stamp::parse(date)?;
    Some(stamp.offset.to_timestamp(stamp.local).ok()?.as_second())
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

struct Stamp {
    local: civil::DateTime,
    offset: Offset,
}

impl Stamp {
    fn new(date: [i16; 3], time: [i8; 3], zone_minutes: i32) -> Option<Self> {
        let [year, month, day] = date;
        let [hour, minute, second] = time;
        if year < FIRST_YEAR {
            return None;
        }
        let second = if second == 60 { 59 } else { second };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let local = civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        let offset = Offset::from_seconds(zone_minutes * 60).ok()?;
        Some(Self { local, offset })
    }

    fn parse(date: &str) -> Option<Self> {
        let mut words = date.trim().trim_matches('"').split_ascii_whitespace();
        let (date, time, zone) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() {
            return None;
        }
        let mut parts = date.split('-');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !(1..=2).contains(&day.len()) || year.len() != 4 {
            return None;
        }
        let month = MONTHS
            .iter()
            .position(|name| name.eq_ignore_ascii_case(month))?;
        let mut parts = time.split(':');
        let mut two = || {
            parts
                .next()
                .filter(|digits| digits.len() == 2)
                .and_then(number)
        };
        let time = [two()?, two()?, two()?].map(i8::try_from);
        if parts.next().is_some() {
            return None;
        }
        let [Ok(hour), Ok(minute), Ok(second)] = time else {
            return None;
        };
        let date = [number(year)?, i16::try_from(month).ok()? + 1, number(day)?];
        Self::new(date, [hour, minute, second], zone_minutes(zone)?)
    }

    fn format(&self) -> String {
        let (local, seconds) = (self.local, self.offset.seconds());
        let month = usize::try_from(local.month() - 1)
            .ok()
            .and_then(|at| MONTHS.get(at))
            .copied()
            .unwrap_or_default();
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!(
            "{:>2}-{month}-{:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
            local.day(),
            local.year(),
            local.hour(),
            local.minute(),
            local.second(),
            minutes / 60,
            minutes % 60
        )
    }
}

/// The digits of an unsigned number, and nothing else.
fn number(digits: &str) -> Option<i16> {
    digits
        .bytes()
        .all(|octet| octet.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

fn zone_minutes(zone: &str) -> Option<i32> {
    if ["GMT", "UT", "UTC", "Z"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(zone))
    {
        return Some(0);
    }
    let (sign, digits) = match zone.as_bytes() {
        [b'+', ..] => (1, &zone[1..]),
        [b'-', ..] => (-1, &zone[1..]),
        _ => return None,
    };
    if digits.len() != 4 {
        return None;
    }
    let zone = i32::from(number(digits)?);
    (zone % 100 < 60 && zone / 100 < 24).then(|| sign * (zone / 100 * 60 + zone % 100))
}

/// The date in a `Date` or `Received` field, where it stands after the last semicolon.
fn header_date(field: &Field<'_>) -> Option<String> {
    let value = field.value();
    let date = if field.is("Received") {
        value.rsplit_once(';')?.1
    } else {
        &value
    };
    let date = DateTime::parse_rfc822(&format!("{date}\n"))?;
    let zone = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    // A zone beyond a day is a slip of the sender's; the date is still his.
    let zone = if date.tz_minute < 60 && date.tz_hour < 24 {
        zone
    } else {
        0
    };
    let stamp = Stamp::new(
        [
            i16::try_from(date.year).ok()?,
            i16::from(date.month),
            i16::from(date.day),
        ],
        [
            i8::try_from(date.hour).ok()?,
            i8::try_from(date.minute).ok()?,
            i8::try_from(date.second).ok()?,
        ],
        if date.tz_before_gmt { -zone } else { zone },
    )?;
    Some(stamp.format())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(header: &str, expected: Option<(&str, DateSource)>) {
        let found = fallback_date(header.as_bytes());
        assert_eq!(
            found
                .as_ref()
                .map(|(date, source)| (date.as_str(), *source)),
            expected,
            "{header:?}"
        );
    }

    #[test]
    fn the_topmost_received_wins() {
        check(
            "Received: from a by b; Tue, 5 Mar 2019 10:11:12 +0100 (CET)\r\n\
             Received: from c by a;\r\n Mon, 4 Mar 2019 09:00:00 GMT\r\n\
             Date: Sun, 3 Mar 2019 08:00:00 -0530\r\n\r\n",
            Some((" 5-Mar-2019 10:11:12 +0100", DateSource::Received)),
        );
    }

    #[test]
    fn without_received_the_date_is_used() {
        check(
            "Date: Sun, 13 Jan 2019 08:00:00 -0530\r\n",
            Some(("13-Jan-2019 08:00:00 -0530", DateSource::Date)),
        );
        check(
            "DATE:13 Jan 2019 08:00:07 EST\n\n",
            Some(("13-Jan-2019 08:00:07 -0500", DateSource::Date)),
        );
        check(
            "Received: by x\r\nDate: 1 Feb 2020 00:00:00 +0000\r\n",
            Some((" 1-Feb-2020 00:00:00 +0000", DateSource::Date)),
        );
    }

    #[test]
    fn absurd_dates_are_passed_over() {
        check(
            "Received: x; 31 Feb 2019 00:00:00 +0000\r\nDate: 1 Mar 2019 00:00:00 +0000\r\n",
            Some((" 1-Mar-2019 00:00:00 +0000", DateSource::Date)),
        );
        check("Date: 1 Jan 1904 00:00:00 +0000\r\n", None);
        check("Date: yesterday\r\n", None);
        check("\r\nDate: 1 Mar 2019 00:00:00 +0000\r\n", None);
        check("", None);
    }

    #[test]
    fn internal_dates_are_put_into_one_form() {
        for (date, expected) in [
            (
                " 5-Mar-2019 10:11:12 +0100",
                Some(" 5-Mar-2019 10:11:12 +0100"),
            ),
            (
                "05-mar-2019 10:11:12 +0100",
                Some(" 5-Mar-2019 10:11:12 +0100"),
            ),
            (
                "\"5-Mar-2019 10:11:60 -0330\"",
                Some(" 5-Mar-2019 10:11:59 -0330"),
            ),
            (
                "29-Feb-2020 00:00:00 GMT",
                Some("29-Feb-2020 00:00:00 +0000"),
            ),
            ("29-Feb-2019 00:00:00 +0000", None),
            ("00-Jan-0000 00:00:00 +0000", None),
            ("01-Jan-0000 00:00:00 +0000", None),
            ("31-Dec-1969 23:59:59 +0000", None),
            (" 5-Mar-2019 24:11:12 +0100", None),
            (" 5-Mar-2019 10:11:12 +0160", None),
            (" 5-Mar-2019 10:11:12 +01é", None),
            (" 5-Mar-2019 10:11:12", None),
            (" 5-Mar-2019 +1:11:12 +0100", None),
            (" 5-Brumaire-2019 10:11:12 +0100", None),
            ("", None),
        ] {
            assert_eq!(internal_date(date).as_deref(), expected, "{date}");
            assert_eq!(valid_internal_date(date), expected.is_some());
        }
    }

    #[test]
    fn the_same_instant_in_two_zones_is_one() {
        assert_eq!(instant(" 5-Mar-2019 10:11:12 +0100"), Some(1_551_777_072));
        assert_eq!(instant(" 5-Mar-2019 09:11:12 +0000"), Some(1_551_777_072));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String, header: Vec<u8>) {
            let _ = (internal_date(&text), fallback_date(&header));
            for header in [format!("Date: {text}\r\n"), format!("Received: ;{text}")] {
                let _ = fallback_date(header.as_bytes());
            }
        }

        #[test]
        fn what_we_write_is_valid(text in "(Date|Received): ;?[0-9]{1,2} (Jan|Feb|Sep) [0-9]{2,4} [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}") {
            if let Some((date, _)) = fallback_date(text.as_bytes()) {
                let again = internal_date(&date);
                prop_assert_eq!(again, Some(date));
            }
        }
    }
}
