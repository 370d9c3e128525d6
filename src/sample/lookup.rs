//! Sets of numbers (`1:5,9,20:*`) and the messages they mean to a session.

use super::session::Session;
use super::store::Mail;
use std::sync::Arc;

/// Ranges in order that do not touch each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbers(Vec<(u32, u32)>);

impl Numbers {
    /// Reads a set; `*` is `last`. `None` when it is not one.
    pub(super) fn parse(set: &[u8], last: u32) -> Option<Self> {
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

    pub(super) fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= number);
        after > 0 && self.0[after - 1].1 >= number
    }
}

/// Numbers in order as a set: `1:3,7`.
pub(super) fn set_of(numbers: &[u32]) -> String {
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

impl Session {
    /// All messages of the selected folder the client knows of, with their sequence numbers.
    pub(super) fn known_messages(&self) -> Vec<(u32, Arc<Mail>)> {
        self.messages_of(&Numbers(vec![(1, u32::MAX)]), true)
    }

    /// The messages a set means; `None` when it is not a set.
    pub(super) fn messages_in(&self, set: &[u8], by_uid: bool) -> Option<Vec<(u32, Arc<Mail>)>> {
        let numbers = Numbers::parse(set, self.last_number(by_uid))?;
        Some(self.messages_of(&numbers, by_uid))
    }

    /// Costs what the answer is long, not what the folder is: a client may ask for each message on its own.
    fn messages_of(&self, numbers: &Numbers, by_uid: bool) -> Vec<(u32, Arc<Mail>)> {
        let (Some(login), Some(selected)) = (&self.login, &self.selected) else {
            return Vec::new();
        };
        let depot = self.shared.store.lock();
        let Some(folder) = depot.folder(login, &selected.folder) else {
            return Vec::new();
        };
        let view = &selected.view;
        let mut messages = Vec::new();
        for (from, to) in &numbers.0 {
            let (start, end) = if by_uid {
                (
                    view.partition_point(|uid| uid < from),
                    view.partition_point(|uid| uid <= to),
                )
            } else {
                (
                    (*from as usize).saturating_sub(1).min(view.len()),
                    (*to as usize).min(view.len()),
                )
            };
            for (index, uid) in view.iter().enumerate().take(end).skip(start) {
                let Some(position) = folder.position(*uid) else {
                    continue;
                };
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                messages.push((number, Arc::clone(&folder.messages[position])));
            }
        }
        messages
    }

    /// What `*` means in the selected folder.
    pub(super) fn last_number(&self, by_uid: bool) -> u32 {
        let view = self
            .selected
            .as_ref()
            .map(|selected| &selected.view[..])
            .unwrap_or_default();
        if by_uid {
            view.last().copied().unwrap_or(0)
        } else {
            u32::try_from(view.len()).unwrap_or(u32::MAX)
        }
    }

    /// The sequence number of a UID, as the client counts now.
    pub(super) fn number_of(&self, uid: u32) -> Option<usize> {
        let index = self.selected.as_ref()?.view.binary_search(&uid).ok()?;
        Some(index + 1)
    }

    /// Keeps the last of the messages if a limit is set, and says the lowest UID that was kept (RFC 9738).
    pub(super) fn limit_messages(&self, messages: &mut Vec<(u32, Arc<Mail>)>) -> Option<String> {
        let limit = self
            .shared
            .faults
            .message_limit_now()
            .filter(|limit| *limit < messages.len())?;
        let _ = messages.drain(..messages.len() - limit);
        let lowest = messages.first().map_or(0, |(_, mail)| mail.uid);
        Some(format!("[MESSAGELIMIT {limit} {lowest}]"))
    }
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
