//! Dates of arrival, as IMAP writes them: ` 7-Jul-1996 02:44:25 -0700`, always 26 octets.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The present moment as a date of arrival.
pub(crate) fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%e-%b-%Y %H:%M:%S +0000")
        .to_string()
}

/// A date of arrival in its fixed width (` 7-Jul-1996 02:44:25 -0700`); `None` when it is not one.
pub(crate) fn date_of(octets: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(octets).ok()?.trim_start();
    let [date, time, zone] = text.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let [day, month, year] = date.split('-').collect::<Vec<_>>()[..] else {
        return None;
    };
    let [hour, minute, second] = time.split(':').collect::<Vec<_>>()[..] else {
        return None;
    };
    let day: u8 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = MONTHS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(month))?;
    let digits = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|octet| octet.is_ascii_digit())
    };
    let in_shape = digits(year, 4)
        && [hour, minute, second].iter().all(|part| digits(part, 2))
        && (zone.starts_with('+') || zone.starts_with('-'))
        && digits(&zone[1..], 4);
    in_shape.then(|| format!("{day:>2}-{month}-{year} {time} {zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_gets_its_fixed_width_and_nonsense_is_refused() {
        assert_eq!(
            date_of(b"7-jul-1996 02:44:25 -0700").as_deref(),
            Some(" 7-Jul-1996 02:44:25 -0700")
        );
        assert_eq!(
            date_of(b" 7-Jul-1996 02:44:25 -0700").as_deref(),
            Some(" 7-Jul-1996 02:44:25 -0700")
        );
        for wrong in [
            "",
            "40-Jul-1996 02:44:25 -0700",
            "7-Lug-1996 02:44:25 -0700",
            "7-Jul-1996 02:44 -0700",
        ] {
            assert_eq!(date_of(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(date_of(now().as_bytes()), Some(now()));
    }
}
