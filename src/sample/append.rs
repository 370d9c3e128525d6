//! APPEND and MULTIAPPEND: the place where mail comes to lie, and where most can go wrong.
//!
//! It promises that a command stores all its messages or none, whatever is refused, and that a connection cut at any of
//! the armed points leaves exactly what that point says. A message for a client that waits is refused before it is sent;
//! one that is already on its way is read to its end and refused then.

use super::faults::{AppendUid, Cut, Habit};
use super::icewarp::IceWarp;
use super::mailbox::Account;
use super::session::Session;
use super::store::Mail;
use crate::serve::command::{self as parse, Piece, Value};
use crate::serve::date::{date_of, now};
use crate::serve::set::set_of;
use std::io;
use std::sync::Arc;

/// No literal is longer than this; the largest message of the tests has 150 MB.
const LITERAL_LIMIT_OCTETS: usize = 512 * 1024 * 1024;
const SYSTEM_FLAGS: [&str; 5] = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"];

impl Session {
    /// Reads the messages of the command that begins with `line`, and stores them unless there is a `refusal`.
    pub(super) async fn append(
        &mut self,
        line: Vec<u8>,
        refusal: Option<String>,
    ) -> io::Result<String> {
        let mut line = line;
        let mut refusal = refusal;
        let mut folder: Option<String> = None;
        let mut mails: Vec<Mail> = Vec::new();
        let mut octets_so_far = 0;
        while let Some((open, octets, waits)) = parse::announced(&line) {
            if octets > LITERAL_LIMIT_OCTETS {
                self.wire.put("* BYE Literal too long\r\n").await?;
                return Err(self.wire.close().await);
            }
            if !waits && !self.allows_uninvited(octets) {
                return self.uninvited().await;
            }
            line.truncate(open);
            let mut values = match parse::arguments(&[Piece::Line(line)]) {
                Ok(values) => values,
                Err(wrong) => {
                    refusal = refusal.or_else(|| Some(format!("BAD {wrong}")));
                    Vec::new()
                }
            };
            if folder.is_none() && values.is_empty() && refusal.is_none() {
                // The name itself is a literal.
                if waits {
                    self.invite("OK").await?;
                }
                let name = Value::Text(self.wire.literal(octets).await?);
                folder = self.folder_name(Some(&name));
                line = self.next_line().await?;
                continue;
            }
            if folder.is_none() && !values.is_empty() {
                folder = self.folder_name(Some(&values.remove(0)));
            }
            octets_so_far += octets;
            let blank = self.blank_mail(&values);
            refusal = refusal
                .or_else(|| self.append_refusal(folder.as_deref(), &mails, octets, octets_so_far));
            let mut mail = match blank {
                Ok(mail) => mail,
                Err(wrong) => {
                    refusal = refusal.or(Some(wrong));
                    Mail::new([])
                }
            };
            if self.shared.faults.take_cut(Cut::BeforeLiteral) {
                return Err(self.wire.close().await);
            }
            match refusal {
                Some(refusal) if waits => return Ok(refusal),
                Some(_) => self.wire.skip(octets).await?,
                None => {
                    if waits {
                        self.invite("OK").await?;
                    }
                    mail.body = self.message(octets).await?;
                    refusal = self.shared.faults.content_refusal(&mail.body);
                    mails.push(mail);
                }
            }
            line = self.next_line().await?;
        }
        if refusal.is_none() && (mails.is_empty() || !line.iter().all(|octet| *octet == b' ')) {
            refusal = Some("BAD APPEND expects a folder name and a literal".to_owned());
        }
        match (refusal, folder) {
            (None, Some(folder)) => self.keep(&folder, mails).await,
            (refusal, _) => {
                Ok(refusal.unwrap_or_else(|| "BAD APPEND expects a folder name".to_owned()))
            }
        }
    }

    async fn next_line(&mut self) -> io::Result<Vec<u8>> {
        let line = self
            .wire
            .line(self.shared.config.line_limit)
            .await?
            .unwrap_or_default();
        if !line.is_empty() {
            self.shared
                .note(format!("+ {}", String::from_utf8_lossy(&line)));
        }
        Ok(line)
    }

    /// The octets of one message, unless the connection is cut among them.
    async fn message(&mut self, octets: usize) -> io::Result<Arc<[u8]>> {
        if let Some(few) = self.shared.faults.take_cut_in_literal() {
            self.wire.skip(few.min(octets)).await?;
            return Err(self.wire.close().await);
        }
        Ok(self.wire.literal(octets).await?.into())
    }

    /// Changes the store and words the reply.
    async fn keep(&mut self, folder: &str, mails: Vec<Mail>) -> io::Result<String> {
        if let Some(icewarp) = &self.shared.config.icewarp {
            icewarp.turn().await;
        }
        if self.shared.faults.take_cut(Cut::AfterLiteral) {
            return Err(self.wire.close().await);
        }
        let Some((uid_validity, uids)) = self.store_mails(folder, mails) else {
            return Ok("NO [TRYCREATE] No such mailbox".to_owned());
        };
        if self.shared.faults.take_cut(Cut::ReplyLost) {
            return Err(self.wire.close().await);
        }
        let code = match self.shared.faults.append_uid_now() {
            _ if !self.knows("UIDPLUS") => String::new(),
            AppendUid::Missing => String::new(),
            AppendUid::Normal => format!("[APPENDUID {uid_validity} {}] ", set_of(&uids)),
            AppendUid::Swapped => format!("[APPENDUID {} {uid_validity}] ", set_of(&uids)),
            AppendUid::WrongValidity => {
                format!("[APPENDUID {} {}] ", uid_validity + 1, set_of(&uids))
            }
        };
        Ok(format!("OK {code}APPEND completed"))
    }

    /// Stores the messages together; `None` when the folder has gone meanwhile.
    fn store_mails(&self, name: &str, mails: Vec<Mail>) -> Option<(u32, Vec<u32>)> {
        let login = self.login.as_deref()?;
        let habits = self.shared.faults.habits_now();
        let mut depot = self.shared.store.lock();
        let folder = depot.folder_mut(login, name)?;
        let uid_validity = folder.uid_validity;
        let mails = mails.into_iter().map(|mail| follow_habits(mail, &habits));
        let uids: Vec<u32> = mails.map(|mail| folder.add(mail)).collect();
        for habit in habits {
            let Habit::FileInto(other) = habit else {
                continue;
            };
            let Some(folder) = depot.folder_mut(login, name).filter(|_| other != name) else {
                continue;
            };
            let taken: Vec<Arc<Mail>> = uids
                .iter()
                .filter_map(|uid| folder.position(*uid))
                .map(|index| Arc::clone(&folder.messages[index]))
                .collect();
            for mail in taken {
                let _ = folder_remove(depot.folder_mut(login, name), mail.uid);
                if let Some(other) = depot.folder_or_new(login, &other) {
                    let _ = other.add(Mail {
                        uid: 0,
                        ..Mail::clone(&mail)
                    });
                }
            }
        }
        Some((uid_validity, uids))
    }

    /// Why one more message of so many octets cannot be taken.
    fn append_refusal(
        &self,
        folder: Option<&str>,
        mails: &[Mail],
        octets: usize,
        octets_so_far: usize,
    ) -> Option<String> {
        let Some(name) = folder else {
            return Some("BAD APPEND expects a folder name".to_owned());
        };
        if self.shared.config.icewarp.is_some() && IceWarp::is_groupware(name) {
            return Some("NO [TRYCREATE] APPEND Mailbox does not exist".to_owned());
        }
        if !mails.is_empty() && !self.knows("MULTIAPPEND") {
            return Some("BAD One message at a time".to_owned());
        }
        let depot = self.shared.store.lock();
        let account = depot.accounts.get(self.login.as_deref()?)?;
        if !account.folders.contains_key(name) {
            return Some("NO [TRYCREATE] No such mailbox".to_owned());
        }
        if self
            .shared
            .faults
            .size_limit_now()
            .is_some_and(|limit| octets > limit)
        {
            return Some(
                "NO [TOOBIG] Maximum size of appendable message has been exceeded".to_owned(),
            );
        }
        if !Account::has_room(account, octets_so_far as u64) {
            return Some("NO [OVERQUOTA] Quota exceeded (mailbox for user is full)".to_owned());
        }
        None
    }

    /// A message without octets, with the flags and the date given before its literal.
    fn blank_mail(&self, values: &[Value]) -> Result<Mail, String> {
        let mut mail = Mail::new([]).with_date(&now());
        let mut values = values.iter();
        let mut next = values.next();
        if let Some(Value::List(flags)) = next {
            mail.flags = self.permitted_flags(flags)?;
            next = values.next();
        }
        if let Some(Value::Text(date)) = next {
            mail.internal_date = date_of(date).ok_or("BAD Invalid date-time")?;
            next = values.next();
        }
        match next {
            Some(_) => Err("BAD Invalid APPEND arguments".to_owned()),
            None => Ok(mail),
        }
    }

    /// The flags as they are stored: system flags in their usual spelling, each once, without `\Recent`.
    pub(super) fn permitted_flags(&self, values: &[Value]) -> Result<Vec<String>, String> {
        let mut flags: Vec<String> = Vec::new();
        for value in values {
            let Value::Atom(octets) = value else {
                return Err("BAD Invalid flag list".to_owned());
            };
            let given = super::name::name_from_octets(octets);
            let usual = SYSTEM_FLAGS
                .iter()
                .find(|flag| flag.eq_ignore_ascii_case(&given));
            let flag = match usual {
                Some(usual) => (*usual).to_owned(),
                None if given.eq_ignore_ascii_case("\\Recent") => continue,
                None if given.starts_with('\\') => {
                    return Err(format!("BAD Invalid system flag {given}"));
                }
                None if self.shared.faults.are_keywords_refused() => {
                    return Err("BAD Invalid flag list".to_owned());
                }
                None => given,
            };
            if !flags.iter().any(|held| held.eq_ignore_ascii_case(&flag)) {
                flags.push(flag);
            }
        }
        Ok(flags)
    }
}

fn folder_remove(folder: Option<&mut super::mailbox::Folder>, uid: u32) -> bool {
    folder.is_some_and(|folder| folder.remove(uid))
}

fn follow_habits(mut mail: Mail, habits: &[Habit]) -> Mail {
    for habit in habits {
        match habit {
            Habit::AddHeader => mail.body = [b"X-Added: 1\r\n", &mail.body[..]].concat().into(),
            Habit::ChangeOctet => {
                let mut octets = mail.body.to_vec();
                let middle = octets.len() / 2;
                if let Some(octet) = octets.get_mut(middle) {
                    *octet ^= 1;
                }
                mail.body = octets.into();
            }
            Habit::IgnoreDate => mail.internal_date = now(),
            Habit::FileInto(_) => {}
        }
    }
    mail
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::conversation::{Talk, served};
    use crate::sample::{Config, Store};

    const MAIL: &str = "Subject: x\r\n\r\nciao";

    fn count(store: &Store, folder: &str) -> usize {
        store.folder("ada", folder).unwrap().messages.len()
    }

    async fn append(talk: &mut Talk, rest: &str) -> String {
        talk.send(format!("t APPEND {rest}{{{}+}}\r\n{MAIL}\r\n", MAIL.len()).as_bytes())
            .await;
        talk.answer().await.pop().unwrap()
    }

    #[tokio::test]
    async fn octets_flags_and_date_are_kept_as_they_came() {
        let (server, store) = served(Config {
            uid_start: 700,
            ..Config::default()
        })
        .await;
        let mut talk = Talk::logged_in(&server).await;
        let reply = append(
            &mut talk,
            r#"inbox (\seen $Forwarded) " 7-Jul-1996 02:44:25 -0700" "#,
        )
        .await;
        let folder = store.folder("ada", "INBOX").unwrap();
        assert_eq!(
            reply,
            format!(
                "OK [APPENDUID {} 700] APPEND completed",
                folder.uid_validity
            )
        );
        let mail = folder.message(700).unwrap();
        assert_eq!(&*mail.body, MAIL.as_bytes());
        assert_eq!(mail.flags, ["\\Seen", "$Forwarded"]);
        assert_eq!(mail.internal_date, " 7-Jul-1996 02:44:25 -0700");
    }

    #[tokio::test]
    async fn a_waiting_client_is_invited_and_one_without_a_folder_is_not() {
        let (server, store) = served(Config::bare()).await;
        let mut talk = Talk::logged_in(&server).await;
        talk.send(b"t APPEND INBOX {2}\r\n").await;
        assert_eq!(talk.line().await.unwrap(), "+ OK");
        talk.send(b"hi\r\n").await;
        assert_eq!(talk.answer().await, ["OK APPEND completed"]);
        assert_eq!(
            talk.reply("APPEND Nowhere {2}").await,
            "NO [TRYCREATE] No such mailbox"
        );
        assert_eq!(count(&store, "INBOX"), 1);
    }

    #[tokio::test]
    async fn several_messages_are_stored_together_or_not_at_all() {
        let (server, store) = served(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        talk.send(b"t APPEND INBOX (\\Seen) {1+}\r\na {2+}\r\nbb {3+}\r\nccc\r\n")
            .await;
        assert!(talk.answer().await[0].contains(" 1:3]"));
        server
            .faults()
            .refuse_content("virus", "NO [CANNOT] contains a virus");
        talk.send(b"t APPEND INBOX {1+}\r\na {5+}\r\nvirus {1+}\r\nb\r\n")
            .await;
        assert_eq!(talk.answer().await, ["NO [CANNOT] contains a virus"]);
        assert_eq!(count(&store, "INBOX"), 3);
    }

    #[tokio::test]
    async fn a_name_may_be_a_literal_of_any_octets() {
        let (server, store) = served(Config::default()).await;
        store.add_folder(
            "ada",
            &crate::sample::name_from_octets(b"Attivit\xe0 \"x\""),
            None,
            true,
        );
        let mut talk = Talk::logged_in(&server).await;
        talk.send(b"t APPEND {12+}\r\nAttivit\xe0 \"x\" (\\Seen) {1+}\r\na\r\n")
            .await;
        assert!(talk.answer().await[0].starts_with("OK [APPENDUID"));
    }

    #[tokio::test]
    async fn a_cut_leaves_what_its_place_says() {
        let places = [
            (Cut::BeforeLiteral, 0),
            (Cut::InLiteral(4), 0),
            (Cut::AfterLiteral, 0),
            (Cut::ReplyLost, 1),
        ];
        for (cut, stored) in places {
            let (server, store) = served(Config::default()).await;
            let mut talk = Talk::logged_in(&server).await;
            server.faults().cut(cut);
            assert_eq!(append(&mut talk, "INBOX ").await, "closed", "{cut:?}");
            assert_eq!(count(&store, "INBOX"), stored, "{cut:?}");
            assert_eq!(server.faults().cuts_left(), 0);
        }
    }

    #[tokio::test]
    async fn refusals_say_why() {
        let (server, store) = served(Config::default()).await;
        let faults = server.faults();
        let mut talk = Talk::logged_in(&server).await;
        faults.size_limit(Some(3));
        assert!(append(&mut talk, "INBOX ").await.starts_with("NO [TOOBIG]"));
        faults.clear();
        store.set_quota("ada", Some(5));
        assert!(
            append(&mut talk, "INBOX ")
                .await
                .starts_with("NO [OVERQUOTA]")
        );
        store.set_quota("ada", None);
        faults.refuse_keywords(true);
        assert!(
            append(&mut talk, "INBOX (Progetto) ")
                .await
                .starts_with("BAD")
        );
        assert!(append(&mut talk, "INBOX (\\Seen) ").await.starts_with("OK"));
        faults.throttle("APPEND", 1);
        assert!(
            append(&mut talk, "INBOX ")
                .await
                .contains("Suggested Backoff Time: 300")
        );
        assert!(append(&mut talk, "INBOX ").await.starts_with("OK"));
        assert_eq!(count(&store, "INBOX"), 2);
    }

    #[tokio::test]
    async fn appenduid_lies_when_it_is_told_to() {
        let (server, store) = served(Config::default()).await;
        let validity = store.folder("ada", "INBOX").unwrap().uid_validity;
        let mut talk = Talk::logged_in(&server).await;
        for (uid, habit, code) in [
            (
                1,
                AppendUid::Swapped,
                format!("OK [APPENDUID 1 {validity}]"),
            ),
            (
                2,
                AppendUid::WrongValidity,
                format!("OK [APPENDUID {} 2]", validity + 1),
            ),
            (3, AppendUid::Missing, "OK APPEND".to_owned()),
        ] {
            server.faults().append_uid(habit);
            assert!(
                append(&mut talk, "INBOX ").await.starts_with(&code),
                "{uid} {code}"
            );
        }
    }

    #[tokio::test]
    async fn a_destination_with_habits_keeps_something_else() {
        let (server, store) = served(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        server.faults().habit(Habit::AddHeader);
        server.faults().habit(Habit::FileInto("Junk".to_owned()));
        assert!(append(&mut talk, "INBOX ").await.contains(" 1] "));
        assert_eq!(count(&store, "INBOX"), 0);
        let junk = store.folder("ada", "Junk").unwrap();
        assert!(
            junk.messages[0]
                .body
                .starts_with(b"X-Added: 1\r\nSubject: x")
        );
    }
}
