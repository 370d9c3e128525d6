//! FETCH and UID FETCH: which messages, in which order, and everything that happens in the middle.

use super::faults::MessageFault;
use super::row::{Item, Items};
use super::session::Session;
use super::store::Mail;
use crate::serve::command::Value;
use std::io;
use std::sync::Arc;

impl Session {
    pub(super) async fn fetch(&mut self, values: &[Value], by_uid: bool) -> io::Result<String> {
        let [set, items, modifiers @ ..] = values else {
            return Ok("BAD FETCH expects a set and items".to_owned());
        };
        let mut items = match Items::parse(items, &self.shared.config) {
            Ok(items) => items,
            Err(wrong) => return Ok(wrong),
        };
        let since = match self.changed_since(modifiers) {
            Ok(since) => since,
            Err(wrong) => return Ok(wrong),
        };
        let Some(mut messages) = self.messages_in(set.octets().unwrap_or_default(), by_uid) else {
            return Ok("BAD Invalid set".to_owned());
        };
        if let Some(since) = since {
            items = items.with(Item::ModSeq);
            messages.retain(|(_, mail)| mail.modseq > since);
        }
        if by_uid {
            items = items.with(Item::Uid);
        }
        items = items.with_uid_at(self.shared.faults.is_uid_last());
        let folder = self
            .selected
            .as_ref()
            .map(|selected| selected.folder.clone())
            .unwrap_or_default();
        let hidden = self.shared.faults.hidden_in(&folder);
        messages.retain(|(_, mail)| !hidden.contains(&mail.uid));
        let limited = self.limit_messages(&mut messages);
        if self.shared.faults.is_shuffled() {
            shuffle(&mut messages);
        }
        let row_end = self.shared.faults.take_row_end(messages.len());
        let gone = self.let_traffic_pass();
        let middle = messages.len() / 2;
        let marking = items.mark_seen()
            && self
                .selected
                .as_ref()
                .is_some_and(|selected| !selected.read_only);
        for (row, (_, mail)) in messages.iter().enumerate() {
            if by_uid && row == middle {
                // What happened meanwhile is told between two rows; only UID FETCH may say EXPUNGE (RFC 3501 7.4.1).
                self.sync().await?;
            }
            match &row_end {
                Some((rows, reply)) if *rows == row => match reply {
                    Some(reply) => return Ok(reply.clone()),
                    None => return Err(self.wire.close().await),
                },
                _ => {}
            }
            if gone.contains(&(folder.clone(), mail.uid)) {
                continue;
            }
            let Some(number) = self.number_of(mail.uid) else {
                continue;
            };
            let fault = if items.have_bodies() {
                self.shared.faults.take_message_fault(&folder, mail.uid)
            } else {
                None
            };
            let whole = match fault {
                Some(MessageFault::Gone) => continue,
                Some(MessageFault::Refused(reply)) => return Ok(reply),
                Some(MessageFault::Says(words)) => {
                    let row = format!("* {number} FETCH (UID {} {words})\r\n", mail.uid);
                    self.wire.put(row).await?;
                    continue;
                }
                Some(MessageFault::HangUp) => return Err(self.wire.close().await),
                Some(MessageFault::Truncated) => false,
                None => true,
            };
            match self.seen(mail, marking) {
                Some(changed) => {
                    items
                        .clone()
                        .with(Item::Flags)
                        .write(&mut self.wire, number, &changed, whole)
                        .await?;
                }
                None => items.write(&mut self.wire, number, mail, whole).await?,
            }
        }
        Ok(match limited {
            Some(code) => format!("OK {code} FETCH completed with partial results"),
            None => "OK FETCH completed".to_owned(),
        })
    }

    /// The message marked as seen, if it has to be and was not yet.
    fn seen(&self, mail: &Mail, marking: bool) -> Option<Mail> {
        if !marking || mail.has_flag("\\Seen") {
            return None;
        }
        self.change_message(mail.uid, |mail| mail.flags.push("\\Seen".to_owned()))
    }

    fn changed_since(&self, modifiers: &[Value]) -> Result<Option<u64>, String> {
        let wrong = || "BAD Unknown FETCH modifier".to_owned();
        match modifiers {
            [] => Ok(None),
            [Value::List(modifier)] if self.knows("CONDSTORE") => match &modifier[..] {
                [key, value] if key.word() == "CHANGEDSINCE" => {
                    value.number().map(Some).ok_or_else(wrong)
                }
                _ => Err(wrong()),
            },
            _ => Err(wrong()),
        }
    }

    /// Lets messages arrive and leave that were armed for this FETCH; returns those that left.
    fn let_traffic_pass(&self) -> Vec<(String, u32)> {
        let traffic = self.shared.faults.take_traffic();
        let login = self.login.as_deref().unwrap_or_default();
        for (folder, mail) in traffic.arriving {
            let _ = self.shared.store.add_message(login, &folder, mail);
        }
        for (folder, uid) in &traffic.leaving {
            let _ = self.shared.store.remove_message(login, folder, *uid);
        }
        traffic.leaving
    }
}

/// An order that is neither up nor down, and always the same.
pub(super) fn shuffle<T>(list: &mut [T]) {
    let third = list.len() / 3;
    list.reverse();
    list.rotate_left(third);
}

/// The messages of a session with their sequence numbers.
pub(super) type Messages = Vec<(u32, Arc<Mail>)>;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, with_three};

    #[tokio::test]
    async fn a_row_carries_what_was_asked_and_the_uid() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        let lines = talk
            .ok("UID FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[TEXT]<0.4>)")
            .await;
        let row = r#"* 1 FETCH (UID 1 FLAGS (\Seen) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 46 BODY[TEXT]<0> {4}"#;
        assert_eq!(lines[0], format!("{row}\r\nText)"));
    }

    #[tokio::test]
    async fn only_a_peek_leaves_a_message_unseen() {
        let (server, store) = with_three(Config::default()).await;
        let seen = || {
            store.folder("ada", "INBOX").unwrap().messages[1]
                .flags
                .contains(&"\\Seen".to_owned())
        };
        let mut talk = Talk::logged_in(&server).await;
        let _ = talk.ok("EXAMINE INBOX").await;
        let _ = talk.ok("UID FETCH 2 BODY[]").await;
        assert!(!seen());
        let _ = talk.ok("SELECT INBOX").await;
        let _ = talk.ok("UID FETCH 2 BODY.PEEK[]").await;
        assert!(!seen());
        let _ = talk.ok("UID FETCH 2 BODY[]").await;
        assert!(seen());
    }

    #[tokio::test]
    async fn a_star_is_the_last_message_even_beyond_it() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        assert!(talk.ok("UID FETCH 900:* (UID)").await[0].starts_with("* 3 FETCH (UID 3"));
        assert_eq!(talk.ok("UID FETCH 900 (UID)").await.len(), 1);
        assert!(talk.reply("UID FETCH 0 (UID)").await.starts_with("BAD"));
    }

    #[tokio::test]
    async fn some_rows_and_then_a_no_or_the_end() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        server
            .faults()
            .refuse_after_rows(1, "NO [SERVERBUG] cannot read message 2");
        let lines = talk.say("UID FETCH 1:* (FLAGS)").await;
        assert_eq!(
            (lines.len(), &*lines[1]),
            (2, "NO [SERVERBUG] cannot read message 2")
        );
        server.faults().close_after_rows(2);
        let lines = talk.say("UID FETCH 1:* (FLAGS)").await;
        assert_eq!((lines.len(), &*lines[2]), (3, "closed"));
    }

    #[tokio::test]
    async fn one_message_can_be_gone_refused_or_cut_short() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        server.faults().message("INBOX", 1, MessageFault::Gone);
        server.faults().message(
            "INBOX",
            2,
            MessageFault::Refused("NO [SERVERBUG] no".to_owned()),
        );
        server.faults().message("INBOX", 3, MessageFault::Truncated);
        assert_eq!(talk.ok("UID FETCH 1:3 (FLAGS)").await.len(), 4);
        assert_eq!(
            talk.say("UID FETCH 1 BODY.PEEK[]").await,
            ["OK FETCH completed"]
        );
        assert_eq!(
            talk.say("UID FETCH 2 BODY.PEEK[]").await,
            ["NO [SERVERBUG] no"]
        );
        assert_eq!(talk.say("UID FETCH 3 BODY.PEEK[]").await, ["closed"]);
    }

    #[tokio::test]
    async fn a_hidden_message_is_counted_but_not_listed() {
        let (server, _) = with_three(Config::default()).await;
        server.faults().hide("INBOX", 2);
        let mut talk = Talk::logged_in(&server).await;
        assert!(
            talk.ok("EXAMINE INBOX")
                .await
                .contains(&"* 3 EXISTS".to_owned())
        );
        assert_eq!(talk.ok("UID FETCH 1:* (UID)").await.len(), 3);
    }

    #[tokio::test]
    async fn a_limit_cuts_the_answer_and_says_where() {
        let (server, _) = with_three(Config::default()).await;
        server.faults().message_limit(Some(2));
        let mut talk = Talk::in_inbox(&server).await;
        assert!(talk.ok("CAPABILITY").await[0].contains("MESSAGELIMIT=2"));
        let lines = talk.ok("UID FETCH 1:* (UID)").await;
        assert_eq!(
            (lines.len(), lines[2].starts_with("OK [MESSAGELIMIT 2 2]")),
            (3, true)
        );
        assert!(!talk.ok("UID FETCH 1 (UID)").await[1].contains("MESSAGELIMIT"));
    }

    #[tokio::test]
    async fn rows_may_come_in_any_order_with_the_uid_after_the_body() {
        let (server, _) = with_three(Config::default()).await;
        server.faults().shuffle(true);
        server.faults().uid_last(true);
        let mut talk = Talk::in_inbox(&server).await;
        let lines = talk.ok("UID FETCH 1:* (UID BODY.PEEK[TEXT])").await;
        let numbers: Vec<_> = lines.iter().take(3).map(|line| &line[..3]).collect();
        assert_eq!(numbers, ["* 2", "* 1", "* 3"]);
        assert!(lines[0].ends_with(" UID 2)"), "{}", lines[0]);
        let found = talk.ok("UID SEARCH ALL").await;
        assert_eq!(found[0], "* SEARCH 2 1 3");
    }

    #[tokio::test]
    async fn mail_arrives_and_leaves_in_the_middle() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        server.faults().arrive(1, "INBOX", Mail::new(*b"new"));
        server.faults().depart(2, "INBOX", 1);
        let lines = talk.ok("UID FETCH 1:* (UID)").await;
        assert_eq!(lines[1], "* 4 EXISTS");
        let lines = talk.ok("UID FETCH 1:* (UID)").await;
        assert!(lines.contains(&"* 1 EXPUNGE".to_owned()), "{lines:?}");
        assert_eq!(lines[lines.len() - 2], "* 3 FETCH (UID 4)");
    }

    #[tokio::test]
    async fn changes_since_a_modseq_are_told_apart() {
        let (server, store) = with_three(Config::default()).await;
        let modseq = store.folder("ada", "INBOX").unwrap().highest_modseq;
        let _ = store.set_flags("ada", "INBOX", 2, &["\\Flagged"]);
        let mut talk = Talk::in_inbox(&server).await;
        let lines = talk
            .ok(&format!("UID FETCH 1:* (FLAGS) (CHANGEDSINCE {modseq})"))
            .await;
        assert_eq!(
            (lines.len(), lines[0].contains("FLAGS (\\Flagged)")),
            (2, true)
        );
        assert!(lines[0].contains(&format!("MODSEQ ({})", modseq + 1)));
    }

    #[tokio::test]
    async fn a_cut_in_a_body_ends_there() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        server.faults().cut(crate::sample::Cut::SentInBody(60));
        let lines = talk.say("UID FETCH 1:* (BODY.PEEK[])").await;
        assert_eq!((lines.len(), &*lines[1]), (2, "closed"));
    }
}
