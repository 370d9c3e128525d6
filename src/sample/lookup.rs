//! The messages that sets of numbers mean to a session.

use super::session::Session;
use super::store::Mail;
use crate::serve::set::Numbers;
use std::sync::Arc;

impl Session {
    /// All messages of the selected folder the client knows of, with their sequence numbers.
    pub(super) fn known_messages(&self) -> Vec<(u32, Arc<Mail>)> {
        self.messages_of(&Numbers::all(), true)
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
        for (from, to) in numbers.ranges() {
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
