//! Sets of numbers: `1:5,9,20:*`.

/// Ranges in order that do not touch each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbers(Vec<(u32, u32)>);

impl Numbers {
    /// Reads a set; `*` is `last`. `None` when it is not one.
    pub(crate) fn parse(set: &[u8], last: u32) -> Option<Self> {
        let mut ranges = Vec::new();
        for part in std::str::from_utf8(set).ok()?.split(',') {
            let (from, to) = part.split_once(':').unwrap_or((part, part));
            let number = |text: &str| match text {
                "*" => Some(last),
                _ => text.parse::<u32>().ok().filter(|number| *number > 0),
            };
            let (from, to) = (number(from)?, number(to)?);
            ranges.push((from.min(to), from.max(to)));
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match merged.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
                _ => merged.push((from, to)),
            }
        }
        Some(Self(merged))
    }

    /// Every number.
    pub(crate) fn all() -> Self {
        Self(vec![(1, u32::MAX)])
    }

    /// First and last of each range.
    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= number);
        after > 0 && self.0[after - 1].1 >= number
    }
}

/// Numbers in order as a set: `1:3,7`.
pub(crate) fn set_of(numbers: &[u32]) -> String {
    let mut set = String::new();
    let mut index = 0;
    while let Some(from) = numbers.get(index) {
        let mut to = *from;
        index += 1;
        while numbers.get(index) == Some(&to.saturating_add(1)) {
            to += 1;
            index += 1;
        }
        if !set.is_empty() {
            set.push(',');
        }
        set.push_str(&from.to_string());
        if to > *from {
            set.push(':');
            set.push_str(&to.to_string());
        }
    }
    set
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_in_any_order_and_the_star_is_the_last() {
        let numbers = Numbers::parse(b"9,5:3,20:*,4:6", 30).unwrap();
        assert_eq!(numbers, Numbers(vec![(3, 6), (9, 9), (20, 30)]));
        assert!(numbers.contains(30) && numbers.contains(3) && !numbers.contains(7));
        assert!(Numbers::parse(b"40:*", 30).unwrap().contains(30));
        for wrong in ["", "a", "1,", "0", "1:2:3"] {
            assert_eq!(Numbers::parse(wrong.as_bytes(), 9), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_are_written_as_ranges() {
        assert_eq!(set_of(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(set_of(&[]), "");
    }
}
