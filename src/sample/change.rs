//! Commands that change messages: STORE, EXPUNGE and their UID forms.

use super::name::octets_of_name;
use super::session::Session;
use super::store::Mail;
use crate::serve::command::Value;
use crate::serve::set::Numbers;
use std::io;

const READ_ONLY: &str = "NO [CANNOT] The folder is read-only";

impl Session {
    pub(super) async fn store(&mut self, values: &[Value], by_uid: bool) -> io::Result<String> {
        if self
            .selected
            .as_ref()
            .is_none_or(|selected| selected.read_only)
        {
            return Ok(READ_ONLY.to_owned());
        }
        let [set, item, rest @ ..] = values else {
            return Ok("BAD STORE expects three arguments".to_owned());
        };
        let listed = match rest {
            [Value::List(flags)] => flags,
            _ => rest,
        };
        let flags = match self.permitted_flags(listed) {
            Ok(flags) => flags,
            Err(wrong) => return Ok(wrong),
        };
        let word = item.word();
        let silent = word.ends_with(".SILENT");
        let change: fn(&mut Mail, &[String]) = match word.trim_end_matches(".SILENT") {
            "FLAGS" => |mail, flags| mail.flags = flags.to_vec(),
            "+FLAGS" => |mail, flags| {
                let new: Vec<String> = flags
                    .iter()
                    .filter(|flag| !mail.has_flag(flag))
                    .cloned()
                    .collect();
                mail.flags.extend(new);
            },
            "-FLAGS" => |mail, flags| {
                mail.flags
                    .retain(|held| !flags.iter().any(|flag| flag.eq_ignore_ascii_case(held)));
            },
            _ => return Ok("BAD Unknown item".to_owned()),
        };
        let Some(messages) = self.messages_in(set.octets().unwrap_or_default(), by_uid) else {
            return Ok("BAD Invalid set".to_owned());
        };
        for (number, mail) in messages {
            let Some(changed) = self.change_message(mail.uid, |mail| change(mail, &flags)) else {
                continue;
            };
            if !silent {
                let mut row = format!("* {number} FETCH (UID {} FLAGS (", mail.uid).into_bytes();
                row.extend(flags_on_wire(&changed.flags));
                row.extend_from_slice(b")");
                if self.tells_modseq {
                    row.extend(format!(" MODSEQ ({})", changed.modseq).into_bytes());
                }
                row.extend_from_slice(b")\r\n");
                self.wire.put(row).await?;
            }
        }
        Ok("OK STORE completed".to_owned())
    }

    /// Takes away what is marked deleted; only the UIDs in the set, if there is one.
    pub(super) fn expunge(&mut self, set: Option<&Value>) -> String {
        let (Some(login), Some(selected)) = (&self.login, &self.selected) else {
            return READ_ONLY.to_owned();
        };
        if selected.read_only {
            return READ_ONLY.to_owned();
        }
        let numbers = match set {
            None => None,
            Some(set) => {
                match Numbers::parse(set.octets().unwrap_or_default(), self.last_number(true)) {
                    Some(numbers) => Some(numbers),
                    None => return "BAD Invalid set".to_owned(),
                }
            }
        };
        let mut depot = self.shared.store.lock();
        if let Some(folder) = depot.folder_mut(login, &selected.folder) {
            let doomed = folder
                .messages
                .iter()
                .filter(|mail| mail.has_flag("\\Deleted"));
            let doomed = doomed
                .map(|mail| mail.uid)
                .filter(|uid| numbers.as_ref().is_none_or(|set| set.contains(*uid)));
            for uid in doomed.collect::<Vec<_>>() {
                let _ = folder.remove(uid);
            }
        }
        "OK EXPUNGE completed".to_owned()
    }

    /// Changes one message of the selected folder and returns what became of it.
    pub(super) fn change_message(&self, uid: u32, change: impl FnOnce(&mut Mail)) -> Option<Mail> {
        let (login, selected) = (self.login.as_deref()?, self.selected.as_ref()?);
        let mut depot = self.shared.store.lock();
        let folder = depot.folder_mut(login, &selected.folder)?;
        let index = folder.position(uid)?;
        let _ = folder.change(uid, change);
        Some(Mail::clone(&folder.messages[index]))
    }
}

/// Flags with blanks between them.
pub(super) fn flags_on_wire(flags: &[String]) -> Vec<u8> {
    flags
        .iter()
        .map(|flag| octets_of_name(flag))
        .collect::<Vec<_>>()
        .join(&b' ')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, with_three};

    #[tokio::test]
    async fn an_examined_folder_cannot_be_changed() {
        let (server, store) = with_three(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        let _ = talk.ok("EXAMINE INBOX").await;
        assert!(
            talk.reply("UID STORE 1 +FLAGS (\\Deleted)")
                .await
                .starts_with("NO")
        );
        assert!(talk.reply("EXPUNGE").await.starts_with("NO"));
        assert_eq!(store.folder("ada", "INBOX").unwrap().messages.len(), 3);
    }

    #[tokio::test]
    async fn only_the_named_and_deleted_go() {
        let (server, store) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        assert_eq!(
            talk.ok("UID STORE 1:2 +FLAGS.SILENT (\\Deleted)")
                .await
                .len(),
            1
        );
        assert_eq!(talk.ok("UID EXPUNGE 2:3").await[0], "* 2 EXPUNGE");
        assert_eq!(
            talk.ok("STORE 1 -FLAGS (\\Deleted)").await[0],
            "* 1 FETCH (UID 1 FLAGS (\\Seen))"
        );
        assert_eq!(talk.ok("EXPUNGE").await.len(), 1);
        let _ = talk.ok("UID COPY 1 INBOX").await;
        assert_eq!(store.folder("ada", "INBOX").unwrap().messages.len(), 3);
    }
}
