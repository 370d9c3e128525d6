//! One connection from greeting to goodbye: reads commands, decides whether they are allowed now, sends the replies.
//!
//! The rules are in one table ([`rule`]): the state a verb needs, and the capability. Each verb's own work is in the
//! module of its subject and ends with the text after the tag. Commands run one after the other, so pipelined ones are
//! answered in their order.

use super::name;
use super::server::Shared;
use super::wire::Wire;
use crate::serve::command::{self as parse, Piece, Value};
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpStream;

/// Literals outside APPEND are names, passwords and search texts.
const ARGUMENT_LIMIT_OCTETS: usize = 1024 * 1024;

pub(super) struct Session {
    pub wire: Wire,
    pub shared: Arc<Shared>,
    pub login: Option<String>,
    pub selected: Option<Selected>,
    /// The tag of the command in hand.
    pub tag: String,
    pub compressing: bool,
    pub over: bool,
    /// Whether the client has said that it understands MODSEQ (RFC 7162 3.1).
    pub tells_modseq: bool,
    compressed: bool,
}

/// The folder a session looks at, and the messages it has been told of.
#[derive(Debug)]
pub(super) struct Selected {
    pub folder: String,
    pub read_only: bool,
    pub uid_validity: u32,
    pub view: Vec<u32>,
    pub version: u64,
}

/// When a verb is allowed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Any,
    NotLoggedIn,
    LoggedIn,
    Selected,
}

impl Session {
    pub(super) fn new(stream: TcpStream, shared: Arc<Shared>) -> io::Result<Self> {
        let wire = Wire::new(stream, shared.faults.clone())?;
        let _ = shared.open.fetch_add(1, Ordering::AcqRel);
        Ok(Self {
            wire,
            shared,
            login: None,
            selected: None,
            tag: String::new(),
            compressing: false,
            over: false,
            tells_modseq: false,
            compressed: false,
        })
    }

    /// Serves until the client leaves, the connection breaks, or a fault breaks it.
    pub(super) async fn run(mut self) {
        let _ = self.converse().await;
    }

    /// Says what changed in the selected folder since the client last heard of it.
    pub(super) async fn sync(&mut self) -> io::Result<()> {
        let (Some(login), Some(selected)) = (&self.login, &mut self.selected) else {
            return Ok(());
        };
        let uids = match self.shared.store.lock().folder(login, &selected.folder) {
            Some(folder) if folder.uid_validity == selected.uid_validity => {
                if folder.version == selected.version {
                    return Ok(());
                }
                selected.version = folder.version;
                Some(folder.uids())
            }
            _ => None,
        };
        let Some(uids) = uids else {
            self.wire
                .put("* BYE [UNAVAILABLE] The selected mailbox is no longer what it was\r\n")
                .await?;
            return Err(self.wire.close().await);
        };
        let kept: BTreeSet<u32> = uids.iter().copied().collect();
        let before = std::mem::replace(&mut selected.view, uids);
        let total = selected.view.len();
        let mut left = before.len();
        // From the end, so that one EXPUNGE does not change the number in the next.
        for (index, uid) in before.iter().enumerate().rev() {
            if !kept.contains(uid) {
                self.wire
                    .put(format!("* {} EXPUNGE\r\n", index + 1))
                    .await?;
                left -= 1;
            }
        }
        if total > left {
            self.wire.put(format!("* {total} EXISTS\r\n")).await?;
        }
        Ok(())
    }

    /// Asks the client for the octets it announced.
    pub(super) async fn invite(&mut self, text: &str) -> io::Result<()> {
        self.wire.put(format!("+ {text}\r\n")).await?;
        lag(self.shared.faults.latency_now()).await;
        self.wire.flush().await
    }

    /// A name argument as the store spells it.
    pub(super) fn folder_name(&self, value: Option<&Value>) -> Option<String> {
        let name = name::name_from_octets(value?.octets()?);
        let depot = self.shared.store.lock();
        let name = depot.canonical(&name);
        if self.shared.config.icewarp.is_some()
            && let Some(account) = depot.accounts.get(self.login.as_deref()?)
        {
            let mut held = account.folders.keys();
            let same = held.find(|held| held.eq_ignore_ascii_case(&name));
            return Some(same.cloned().unwrap_or(name));
        }
        Some(name)
    }

    pub(super) fn knows(&self, capability: &str) -> bool {
        self.shared.config.knows(capability)
    }

    /// The literal at the end of a line may be sent without being invited.
    pub(super) fn allows_uninvited(&self, octets: usize) -> bool {
        self.knows("LITERAL+") || (self.knows("LITERAL-") && octets <= 4096)
    }

    async fn converse(&mut self) -> io::Result<()> {
        let icewarp = self.shared.config.icewarp.as_ref();
        if let Some(line) =
            icewarp.and_then(|icewarp| icewarp.shut(self.shared.config.address.ip()))
        {
            self.wire.put(line).await?;
            self.wire.flush().await?;
            return Err(self.wire.close().await);
        }
        let greeting = format!("* OK {}\r\n", self.shared.config.greeting);
        self.wire.put(greeting).await?;
        self.wire.flush().await?;
        while !self.over {
            let Some(line) = self.wire.line(self.shared.config.line_limit).await? else {
                self.wire.put("* BAD Command line too long\r\n").await?;
                continue;
            };
            if self.wire.client_was_idle() {
                lag(self.shared.faults.latency_now()).await;
            }
            self.answer(&line).await?;
        }
        let _ = self.wire.close().await;
        Ok(())
    }

    async fn answer(&mut self, line: &[u8]) -> io::Result<()> {
        let (tag, rest) = parse::split_word(line);
        let (verb, rest) = split_verb(rest);
        if tag.is_empty() || verb.is_empty() {
            return self.wire.put("* BAD Tag and command expected\r\n").await;
        }
        let tag = tag.to_vec();
        self.tag = String::from_utf8_lossy(&tag).into_owned();
        self.note(&tag, &verb, rest);
        let reply = match self.forbidden(&verb) {
            Some(reply) if parse::announced(rest).is_none_or(|(_, _, waits)| waits) => reply,
            refusal if verb == "APPEND" => self.append(rest.to_vec(), refusal).await?,
            refusal => match (self.pieces(&verb, rest).await?, refusal) {
                (Err(reply), _) | (Ok(_), Some(reply)) => reply,
                (Ok(pieces), None) => match parse::arguments(&pieces) {
                    Ok(values) => self.perform(&verb, &values).await?,
                    Err(wrong) => format!("BAD {wrong}"),
                },
            },
        };
        if !matches!(verb.as_str(), "FETCH" | "STORE" | "SEARCH") {
            self.sync().await?;
        }
        self.wire
            .put([&tag[..], b" ", reply.as_bytes(), b"\r\n"].concat())
            .await?;
        if std::mem::take(&mut self.compressing) && !self.compressed {
            self.compressed = true;
            self.wire.compress().await?;
        }
        Ok(())
    }

    /// The rest of a command other than APPEND: its lines and literals.
    async fn pieces(&mut self, verb: &str, first: &[u8]) -> io::Result<Result<Vec<Piece>, String>> {
        let mut pieces = Vec::new();
        let mut line = first.to_vec();
        while let Some((open, octets, waits)) = parse::announced(&line) {
            if octets > ARGUMENT_LIMIT_OCTETS {
                return Ok(Err("BAD Literal too long".to_owned()));
            }
            if waits {
                self.invite("OK").await?;
            } else if !self.allows_uninvited(octets) {
                return self.uninvited().await;
            }
            line.truncate(open);
            pieces.push(Piece::Line(line));
            pieces.push(Piece::Literal(self.wire.literal(octets).await?));
            let Some(next) = self.wire.line(self.shared.config.line_limit).await? else {
                return Ok(Err("BAD Command line too long".to_owned()));
            };
            if verb != "LOGIN" {
                self.shared
                    .note(format!("+ {}", String::from_utf8_lossy(&next)));
            }
            line = next;
        }
        pieces.push(Piece::Line(line));
        Ok(Ok(pieces))
    }

    /// Ends a connection whose client sends literals that this server would take for commands.
    pub(super) async fn uninvited<T>(&mut self) -> io::Result<T> {
        self.wire
            .put("* BYE Literals without invitation are not spoken here\r\n")
            .await?;
        Err(self.wire.close().await)
    }

    async fn perform(&mut self, verb: &str, values: &[Value]) -> io::Result<String> {
        match verb {
            "CAPABILITY" => self.capability().await,
            "NOOP" | "CHECK" => Ok(format!("OK {verb} completed")),
            "LOGOUT" => self.logout().await,
            "ID" => self.id().await,
            "ENABLE" => self.enable(values).await,
            "COMPRESS" => Ok(self.compress(values)),
            "LOGIN" => self.login(values).await,
            "AUTHENTICATE" => self.authenticate(values).await,
            "NAMESPACE" => self.namespace().await,
            "LIST" => self.list(values).await,
            "LSUB" => self.lsub(values).await,
            "STATUS" => self.status(values).await,
            "CREATE" => Ok(self.create(values)),
            "DELETE" => Ok(self.delete(values)),
            "RENAME" => Ok(self.rename(values)),
            "SUBSCRIBE" => Ok(self.subscribe(values, true)),
            "UNSUBSCRIBE" => Ok(self.subscribe(values, false)),
            "GETQUOTA" => self.quota(values, false).await,
            "GETQUOTAROOT" => self.quota(values, true).await,
            "SELECT" => self.select(values, false).await,
            "EXAMINE" => self.select(values, true).await,
            "CLOSE" => Ok(self.close(true)),
            "UNSELECT" => Ok(self.close(false)),
            "FETCH" => self.fetch(values, false).await,
            "UID FETCH" => self.fetch(values, true).await,
            "SEARCH" => self.search(values, false).await,
            "UID SEARCH" => self.search(values, true).await,
            "STORE" => self.store(values, false).await,
            "UID STORE" => self.store(values, true).await,
            "COPY" => Ok(self.copy(values, false)),
            "UID COPY" => Ok(self.copy(values, true)),
            "EXPUNGE" | "UID EXPUNGE" => Ok(self.expunge(values.first())),
            _ => Ok("BAD Unknown command".to_owned()),
        }
    }

    /// The reply to a command that is unknown, out of place, or refused by a fault.
    fn forbidden(&self, verb: &str) -> Option<String> {
        let Some((state, None)) =
            rule(verb).map(|(state, needed)| (state, needed.filter(|one| !self.knows(one))))
        else {
            return Some(format!("BAD Unknown command {verb}"));
        };
        let now = match (&self.login, &self.selected) {
            (None, _) => State::NotLoggedIn,
            (Some(_), None) => State::LoggedIn,
            (Some(_), Some(_)) => State::Selected,
        };
        let allowed = match state {
            State::NotLoggedIn => now == State::NotLoggedIn,
            _ => now >= state,
        };
        if !allowed {
            return Some(format!("BAD {verb} is not allowed now"));
        }
        self.shared.faults.take_refusal(verb)
    }

    fn note(&self, tag: &[u8], verb: &str, rest: &[u8]) {
        let tag = String::from_utf8_lossy(tag);
        let rest = String::from_utf8_lossy(rest);
        self.shared.note(match verb {
            "LOGIN" => format!("{tag} LOGIN ***"),
            "AUTHENTICATE" => format!(
                "{tag} AUTHENTICATE {} ***",
                rest.split(' ').next().unwrap_or_default()
            ),
            _ if rest.is_empty() => format!("{tag} {verb}"),
            _ => format!("{tag} {verb} {rest}"),
        });
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.shared.open.fetch_sub(1, Ordering::AcqRel);
        if let Some(login) = &self.login {
            self.shared.dismiss(login);
        }
    }
}

async fn lag(latency: Duration) {
    // Even a sleep of nothing lasts until the timer's next millisecond.
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
}

/// The verb in capitals (`UID FETCH` is one verb) and what follows it.
fn split_verb(line: &[u8]) -> (String, &[u8]) {
    let (first, rest) = parse::split_word(line);
    let first = String::from_utf8_lossy(first).to_ascii_uppercase();
    if first != "UID" {
        return (first, rest);
    }
    let (second, rest) = parse::split_word(rest);
    (
        format!(
            "UID {}",
            String::from_utf8_lossy(second).to_ascii_uppercase()
        ),
        rest,
    )
}

/// The state a verb needs and the capability without which it does not exist.
fn rule(verb: &str) -> Option<(State, Option<&'static str>)> {
    Some(match verb {
        "CAPABILITY" | "NOOP" | "LOGOUT" => (State::Any, None),
        "ID" => (State::Any, Some("ID")),
        "LOGIN" | "AUTHENTICATE" => (State::NotLoggedIn, None),
        "LIST" | "LSUB" | "STATUS" | "CREATE" | "DELETE" | "RENAME" | "SUBSCRIBE"
        | "UNSUBSCRIBE" | "SELECT" | "EXAMINE" | "APPEND" => (State::LoggedIn, None),
        "ENABLE" => (State::LoggedIn, Some("ENABLE")),
        "COMPRESS" => (State::LoggedIn, Some("COMPRESS=DEFLATE")),
        "NAMESPACE" => (State::LoggedIn, Some("NAMESPACE")),
        "GETQUOTA" | "GETQUOTAROOT" => (State::LoggedIn, Some("QUOTA")),
        "CHECK" | "CLOSE" | "EXPUNGE" | "FETCH" | "UID FETCH" | "SEARCH" | "UID SEARCH"
        | "STORE" | "UID STORE" | "COPY" | "UID COPY" => (State::Selected, None),
        "UNSELECT" => (State::Selected, Some("UNSELECT")),
        "UID EXPUNGE" => (State::Selected, Some("UIDPLUS")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, served, with_three};

    #[tokio::test]
    async fn what_is_not_listed_is_answered_bad() {
        let (server, _) = served(Config::bare()).await;
        let mut talk = Talk::logged_in(&server).await;
        for command in [
            "NAMESPACE",
            "ENABLE CONDSTORE",
            "COMPRESS DEFLATE",
            "ID NIL",
            "GETQUOTA \"\"",
            "XYZZY",
        ] {
            assert!(talk.reply(command).await.starts_with("BAD"), "{command}");
        }
        for command in [
            "STATUS INBOX (SIZE)",
            "LIST \"\" * RETURN (SUBSCRIBED)",
            "CREATE a (USE (\\Sent))",
        ] {
            assert!(talk.reply(command).await.starts_with("BAD"), "{command}");
        }
        let _ = talk.ok("SELECT INBOX").await;
        for command in [
            "UID EXPUNGE 1",
            "UNSELECT",
            "UID SEARCH RETURN (ALL) ALL",
            "UID FETCH 1 (MODSEQ)",
        ] {
            assert!(talk.reply(command).await.starts_with("BAD"), "{command}");
        }
    }

    #[tokio::test]
    async fn pipelined_commands_are_answered_in_their_order() {
        let (server, _) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        talk.send(
            b"a UID FETCH 1 UID\r\nb NOOP\r\nc APPEND INBOX {2+}\r\nhi\r\nt UID SEARCH ALL\r\n",
        )
        .await;
        let lines = talk.answer().await;
        let starts: Vec<_> = lines
            .iter()
            .map(|line| line.split(' ').next().unwrap_or_default())
            .collect();
        assert_eq!(starts, ["*", "a", "b", "*", "c", "*", "OK"]);
        assert_eq!(lines[3], "* 4 EXISTS");
    }

    #[tokio::test]
    async fn pipelined_commands_wait_together() {
        let (server, _) = served(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        server
            .faults()
            .latency(std::time::Duration::from_millis(100));
        let start = std::time::Instant::now();
        talk.send(b"a NOOP\r\nb NOOP\r\nc NOOP\r\nt NOOP\r\n").await;
        assert_eq!(talk.answer().await.len(), 4);
        assert!((100..300).contains(&start.elapsed().as_millis()));
    }

    #[tokio::test]
    async fn a_server_without_literal_plus_hangs_up_on_it() {
        let (server, _) = served(Config::bare()).await;
        let mut talk = Talk::logged_in(&server).await;
        talk.send(b"t APPEND INBOX {2+}\r\nhi\r\n").await;
        assert_eq!(talk.answer().await.pop().as_deref(), Some("closed"));
    }

    #[tokio::test]
    async fn another_session_hears_of_what_comes_and_goes() {
        let (server, store) = with_three(Config::default()).await;
        let mut talk = Talk::in_inbox(&server).await;
        let _ = store.remove_message("ada", "INBOX", 2);
        let _ = store.add_message("ada", "INBOX", crate::sample::Mail::new(*b"x"));
        assert_eq!(talk.ok("NOOP").await[..2], ["* 2 EXPUNGE", "* 3 EXISTS"]);
        let _ = store.set_uid_validity("ada", "INBOX", 7);
        assert_eq!(talk.reply("NOOP").await, "closed");
    }

    #[tokio::test]
    async fn a_cut_comes_after_exactly_so_many_octets() {
        let (server, _) = served(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        server.faults().cut(crate::sample::Cut::Sent(21));
        assert_eq!(talk.say("NOOP").await, ["OK NOOP completed"]);
        assert_eq!(talk.say("NOOP").await, ["closed"]);
        server.faults().cut(crate::sample::Cut::Received(1));
        let mut talk = Talk::greeted(&server).await;
        assert_eq!(talk.say("NOOP").await, ["closed"]);
    }
}
