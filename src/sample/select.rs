//! SELECT and EXAMINE, and the ways out of a folder.
//!
//! EXAMINE is read-only in earnest: nothing a session does in an examined folder changes it.

use super::name::octets_of_name;
use super::session::{Selected, Session};
use crate::serve::command::Value;
use std::collections::BTreeSet;
use std::io;

impl Session {
    pub(super) async fn select(&mut self, values: &[Value], read_only: bool) -> io::Result<String> {
        self.selected = None;
        let (Some(name), Some(login)) = (self.folder_name(values.first()), self.login.clone())
        else {
            return Ok("BAD A folder name is expected".to_owned());
        };
        if values.len() > 1 && !self.knows("CONDSTORE") {
            return Ok("BAD Too many arguments".to_owned());
        }
        self.tells_modseq |= values.len() > 1;
        if let Some((uid_validity, shift)) = self.shared.faults.take_renumbering(&name) {
            let _ = self
                .shared
                .store
                .renumber(&login, &name, uid_validity, shift);
        }
        let found = self.shared.store.lock().folder(&login, &name).cloned();
        let Some(folder) = found else {
            return Ok(match self.shared.config.icewarp {
                Some(_) => "NO SELECT Mailbox does not exist".to_owned(),
                None => "NO [NONEXISTENT] No such mailbox".to_owned(),
            });
        };
        let keywords: BTreeSet<&String> = folder
            .messages
            .iter()
            .flat_map(|mail| &mail.flags)
            .filter(|flag| !flag.starts_with('\\'))
            .collect();
        let mut flags = b"\\Answered \\Flagged \\Deleted \\Seen \\Draft".to_vec();
        for keyword in keywords {
            flags.push(b' ');
            flags.extend(octets_of_name(keyword));
        }
        let permanent = if read_only {
            Vec::new()
        } else {
            [&flags[..], b" \\*"].concat()
        };
        self.wire
            .put([b"* FLAGS (", &flags[..], b")\r\n"].concat())
            .await?;
        self.wire
            .put([b"* OK [PERMANENTFLAGS (", &permanent[..], b")] Flags\r\n"].concat())
            .await?;
        self.wire
            .put(format!(
                "* {} EXISTS\r\n* 0 RECENT\r\n",
                folder.messages.len()
            ))
            .await?;
        if let Some(unseen) = folder
            .messages
            .iter()
            .position(|mail| !mail.has_flag("\\Seen"))
        {
            self.wire
                .put(format!("* OK [UNSEEN {}] First unseen\r\n", unseen + 1))
                .await?;
        }
        self.wire
            .put(format!(
                "* OK [UIDVALIDITY {}] UIDs valid\r\n",
                folder.uid_validity
            ))
            .await?;
        self.wire
            .put(format!(
                "* OK [UIDNEXT {}] Predicted next UID\r\n",
                folder.uid_next
            ))
            .await?;
        if self.knows("CONDSTORE") {
            self.wire
                .put(format!(
                    "* OK [HIGHESTMODSEQ {}] Highest\r\n",
                    folder.highest_modseq
                ))
                .await?;
        }
        self.selected = Some(Selected {
            folder: name,
            read_only,
            uid_validity: folder.uid_validity,
            view: folder.uids(),
            version: folder.version,
        });
        let reply = if read_only {
            "OK [READ-ONLY] EXAMINE completed"
        } else {
            "OK [READ-WRITE] SELECT completed"
        };
        Ok(reply.to_owned())
    }

    /// Leaves the folder; CLOSE also takes away what is marked deleted, without a word (RFC 3501 6.4.2).
    pub(super) fn close(&mut self, expunging: bool) -> String {
        let Some(selected) = self.selected.take() else {
            return "BAD No folder is selected".to_owned();
        };
        if expunging && !selected.read_only {
            let mut depot = self.shared.store.lock();
            let login = self.login.as_deref().unwrap_or_default();
            if let Some(folder) = depot.folder_mut(login, &selected.folder) {
                let deleted = folder
                    .messages
                    .iter()
                    .filter(|mail| mail.has_flag("\\Deleted"));
                for uid in deleted.map(|mail| mail.uid).collect::<Vec<_>>() {
                    let _ = folder.remove(uid);
                }
            }
        }
        "OK Folder left".to_owned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, with_three};

    #[tokio::test]
    async fn examine_says_everything_a_copy_needs() {
        let (server, store) = with_three(Config {
            uid_start: 10,
            uid_step: 5,
            ..Config::default()
        })
        .await;
        let folder = store.folder("ada", "INBOX").unwrap();
        let mut talk = Talk::logged_in(&server).await;
        let lines = talk.ok("EXAMINE inbox").await;
        let text = lines.join("\n");
        assert!(lines.contains(&"* 3 EXISTS".to_owned()));
        assert!(text.contains("Draft Progetto)"));
        assert!(text.contains(&format!("[UIDVALIDITY {}]", folder.uid_validity)));
        assert!(text.contains("[UIDNEXT 25]") && text.contains("[HIGHESTMODSEQ 4]"));
        assert_eq!(lines.last().unwrap(), "OK [READ-ONLY] EXAMINE completed");
    }

    #[tokio::test]
    async fn a_folder_begins_a_new_life_when_it_is_opened() {
        let (server, _) = with_three(Config::default()).await;
        server.faults().renumber_on_select("INBOX", 77, 100);
        let mut talk = Talk::logged_in(&server).await;
        assert!(
            talk.ok("EXAMINE INBOX")
                .await
                .join("\n")
                .contains("[UIDVALIDITY 77]")
        );
        assert_eq!(talk.ok("UID SEARCH ALL").await[0], "* SEARCH 101 102 103");
    }
}
