//! COPY and UID COPY, all messages or none.

use super::session::Session;
use super::store::Mail;
use crate::serve::command::Value;
use crate::serve::set::set_of;

impl Session {
    pub(super) fn copy(&mut self, values: &[Value], by_uid: bool) -> String {
        let [set, folder] = values else {
            return "BAD COPY expects two arguments".to_owned();
        };
        let Some(messages) = self.messages_in(set.octets().unwrap_or_default(), by_uid) else {
            return "BAD Invalid set".to_owned();
        };
        let (Some(name), Some(login)) = (self.folder_name(Some(folder)), &self.login) else {
            return "BAD COPY expects a folder name".to_owned();
        };
        let mut depot = self.shared.store.lock();
        let octets = messages
            .iter()
            .map(|(_, mail)| mail.body.len() as u64)
            .sum();
        if depot
            .accounts
            .get(login)
            .is_some_and(|account| !account.has_room(octets))
        {
            return "NO [OVERQUOTA] Quota exceeded (mailbox for user is full)".to_owned();
        }
        let Some(folder) = depot.folder_mut(login, &name) else {
            return "NO [TRYCREATE] No such mailbox".to_owned();
        };
        let from: Vec<u32> = messages.iter().map(|(_, mail)| mail.uid).collect();
        let copies = messages.iter().map(|(_, mail)| Mail {
            uid: 0,
            ..Mail::clone(mail)
        });
        let to: Vec<u32> = copies.map(|mail| folder.add(mail)).collect();
        match folder.uid_validity {
            validity if self.knows("UIDPLUS") && !from.is_empty() => {
                format!(
                    "OK [COPYUID {validity} {} {}] COPY completed",
                    set_of(&from),
                    set_of(&to)
                )
            }
            _ => "OK COPY completed".to_owned(),
        }
    }
}
