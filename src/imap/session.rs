//! A logged-in connection: commands out, replies in.
//!
//! Promises (style rules 4, 5, 9): a command returns on its own tagged OK or fails with the server's words; BYE
//! is remembered to explain the end that follows. A session whose command was abandoned half-way must be
//! dropped. Deliberately absent: verbs; they stand in `origin`, `destination` and `folders`.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::capability::{Capabilities, Literals};
use super::name::FolderName;
use super::quirk::Software;
use super::reply::{self, Reply, Row, Status, Verdict};
use super::wire::{self, Reader, Step, Writer};
use super::{Error, login};
use crate::net::Connector;

/// A connection that has logged in.
#[derive(Debug)]
pub struct Session {
    pub(super) reader: Reader,
    pub(super) writer: Writer,
    tags: u32,
    pub(super) capabilities: Capabilities,
    pub(super) software: Software,
    pub(super) greeting: String,
    pub(super) identity: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) round_trip: Duration,
    compressed: bool,
    bye: Option<String>,
    unknown: u64,
}

/// What a server said when a folder was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Messages in it.
    pub exists: u64,
    /// UIDVALIDITY; 0 where the server gave none.
    pub uid_validity: u32,
    /// UIDNEXT, where the server gave it.
    pub uid_next: Option<u32>,
    /// HIGHESTMODSEQ, where the server keeps it (RFC 7162) and it is usable.
    pub highest_modseq: Option<u64>,
    /// PERMANENTFLAGS, where the server gave them.
    pub permanent_flags: Option<Vec<String>>,
}

/// The words of one command; strings that need it travel as literals.
#[derive(Default)]
pub(crate) struct Command {
    parts: Vec<Part>,
}

enum Part {
    Text(Vec<u8>),
    Literal(Vec<u8>),
    Secret(SecretString),
}

impl Command {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            parts: vec![Part::Text(text.into().into_bytes())],
        }
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.parts.push(Part::Text(text.as_bytes().to_vec()));
        self
    }

    /// A space and a folder's name.
    pub(crate) fn name(self, name: &FolderName) -> Self {
        self.string(name.wire())
    }

    /// A space and a string, quoted where it can be, else a literal.
    pub(crate) fn string(mut self, octets: &[u8]) -> Self {
        self.parts.push(Part::Text(b" ".to_vec()));
        self.parts.push(astring(octets));
        self
    }

    /// A space and a secret as a string.
    pub(crate) fn secret(mut self, secret: SecretString) -> Self {
        self.parts.push(Part::Text(b" ".to_vec()));
        self.parts.push(Part::Secret(secret));
        self
    }
}

fn astring(octets: &[u8]) -> Part {
    if octets.iter().any(|octet| !(0x20..0x7f).contains(octet)) {
        return Part::Literal(octets.to_vec());
    }
    let mut quoted = Vec::with_capacity(octets.len() + 2);
    quoted.push(b'"');
    for octet in octets {
        if matches!(octet, b'"' | b'\\') {
            quoted.push(b'\\');
        }
        quoted.push(*octet);
    }
    quoted.push(b'"');
    Part::Text(quoted)
}

impl Session {
    /// Connects, protects the connection as the endpoint says, logs in, and asks again what the server can.
    pub async fn open(
        connector: &Connector,
        login: &login::Login,
        patience: Duration,
    ) -> Result<Self, Error> {
        let met = login::Greeted::meet(connector, patience).await;
        let greeted = met.map_err(login::unanswered)?;
        greeted.log_in(login).await
    }

    pub(super) fn new(stream: crate::net::Stream, patience: Duration) -> Self {
        let (reader, writer) = wire::open(stream, patience);
        Self {
            reader,
            writer,
            tags: 0,
            capabilities: Capabilities::default(),
            software: Software::Other,
            greeting: String::new(),
            identity: String::new(),
            fields: Vec::new(),
            round_trip: Duration::ZERO,
            compressed: false,
            bye: None,
            unknown: 0,
        }
    }

    /// Sends a command whole and returns its tag.
    pub(crate) async fn send(&mut self, command: Command) -> Result<String, Error> {
        let tag = self.tag();
        self.writer.write(tag.as_bytes()).await?;
        self.writer.write(b" ").await?;
        for part in command.parts {
            match part {
                Part::Text(text) => self.writer.write(&text).await?,
                Part::Literal(octets) => self.literal(&tag, &octets).await?,
                Part::Secret(secret) => match astring(secret.expose_secret().as_bytes()) {
                    Part::Text(text) => self.writer.write(&text).await?,
                    _ => {
                        self.literal(&tag, secret.expose_secret().as_bytes())
                            .await?;
                    }
                },
            }
        }
        self.writer.write(b"\r\n").await?;
        self.writer
            .flush()
            .await
            .map_err(|error| self.explain(error))?;
        Ok(tag)
    }

    /// Runs a command to its tagged OK; hands every untagged reply to `on`.
    pub(crate) async fn run_with(
        &mut self,
        command: Command,
        mut on: impl FnMut(Reply<'_>),
    ) -> Result<Status, Error> {
        let tag = self.send(command).await?;
        loop {
            self.line().await?;
            match reply::read(self.reader.line()) {
                Reply::Tagged(its, status) if its == tag => return finish(status),
                Reply::Status(status) if status.verdict == Verdict::Bye => {
                    self.bye = Some(status.text);
                }
                Reply::Unknown => {
                    self.unknown += 1;
                    on(Reply::Unknown);
                }
                other => on(other),
            }
        }
    }

    /// Runs a command to its tagged OK.
    pub(crate) async fn run(&mut self, command: Command) -> Result<Status, Error> {
        self.run_with(command, |_| {}).await
    }

    /// Reads one whole response; a body nobody asked for is passed over.
    pub(crate) async fn line(&mut self) -> Result<(), Error> {
        loop {
            match self.reader.advance().await {
                Ok(Step::Line) => return Ok(()),
                Ok(Step::Body(_)) => {}
                Err(error) => return Err(self.explain(error)),
            }
        }
    }

    /// Opens a folder: EXAMINE (read-only) or SELECT.
    pub(super) async fn open_folder(
        &mut self,
        verb: &'static str,
        name: &FolderName,
    ) -> Result<Opened, Error> {
        let mut opened = Opened::default();
        let mut command = Command::new(verb).name(name);
        if self.capabilities.has("CONDSTORE") {
            command = command.text(" (CONDSTORE)");
        }
        let _ = self
            .run_with(command, |reply| match reply {
                Reply::Exists(count) => opened.exists = count,
                Reply::Status(status) => {
                    if let Some(number) = status.number("UIDVALIDITY") {
                        opened.uid_validity = u32::try_from(number).unwrap_or(0);
                    } else if let Some(number) = status.number("UIDNEXT") {
                        opened.uid_next = u32::try_from(number).ok();
                    } else if let Some(number) = status.number("HIGHESTMODSEQ") {
                        opened.highest_modseq = Some(number).filter(|number| *number > 0);
                    } else if let Some(flags) = status.argument("PERMANENTFLAGS") {
                        let flags = flags.trim_matches(['(', ')']).split_ascii_whitespace();
                        opened.permanent_flags = Some(flags.map(str::to_owned).collect());
                    }
                }
                _ => {}
            })
            .await?;
        Ok(opened)
    }

    /// Lists messages of the open folder: `UID FETCH set (items)`; each row that names a UID goes to `on`.
    pub(super) async fn rows(
        &mut self,
        set: &str,
        items: &str,
        tail: &str,
        mut on: impl FnMut(Row),
    ) -> Result<Status, Error> {
        let command = Command::new(format!("UID FETCH {set} ({items}){tail}"));
        self.run_with(command, |reply| {
            if let Reply::Fetch(row) = reply {
                on(row);
            }
        })
        .await
    }

    /// Turns on compression where the server offers it; says whether it is on.
    pub async fn compress(&mut self) -> Result<bool, Error> {
        if self.compressed || !self.capabilities.has("COMPRESS=DEFLATE") {
            return Ok(self.compressed);
        }
        match self.run(Command::new("COMPRESS DEFLATE")).await {
            Ok(_) => {
                wire::compress(&mut self.reader, &mut self.writer)?;
                self.compressed = true;
                Ok(true)
            }
            Err(Error::Refused { .. }) => {
                self.capabilities.strike("COMPRESS=DEFLATE");
                Ok(false)
            }
            Err(other) => Err(other),
        }
    }

    /// Keeps the connection alive; also lets the server tell what is new.
    pub async fn noop(&mut self) -> Result<(), Error> {
        self.run(Command::new("NOOP")).await.map(|_| ())
    }

    /// Says good-bye. Whatever the server answers, the connection is over.
    pub async fn logout(mut self) {
        let parting = async {
            let _ = self.run(Command::new("LOGOUT")).await;
        };
        let _ = tokio::time::timeout(Duration::from_secs(2), parting).await;
    }

    /// What the server can.
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Which program it is, by greeting and ID.
    pub fn software(&self) -> Software {
        self.software
    }

    /// The greeting's text.
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    /// What the server answered to ID, as one line.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// One field of the answer to ID, such as `version`; `None` where the server does not say it.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let (_, value) = fields.find(|(field, _)| field == name)?;
        let value = value.trim();
        (!value.is_empty() && !value.eq_ignore_ascii_case("nil")).then_some(value)
    }

    /// Time of one question and answer.
    pub fn round_trip(&self) -> Duration {
        self.round_trip
    }

    /// Lines that were not understood so far.
    pub fn unknown_lines(&self) -> u64 {
        self.unknown
    }

    /// Octets received so far.
    pub fn received(&self) -> u64 {
        self.reader.received()
    }

    pub(super) fn tag(&mut self) -> String {
        self.tags += 1;
        format!("T{}", self.tags)
    }

    pub(super) fn literals(&self) -> Literals {
        self.capabilities.literals()
    }

    pub(super) fn remember_bye(&mut self, text: String) {
        self.bye = Some(text);
    }

    pub(super) fn count_unknown(&mut self) {
        self.unknown += 1;
    }

    /// Gives an end of the connection the words of the BYE before it.
    pub(super) fn explain(&self, error: Error) -> Error {
        match error {
            Error::Closed(None) => Error::Closed(self.bye.clone()),
            other => other,
        }
    }

    async fn literal(&mut self, tag: &str, octets: &[u8]) -> Result<(), Error> {
        if self.literals().may_run(octets.len() as u64) {
            self.writer
                .write(format!("{{{}+}}\r\n", octets.len()).as_bytes())
                .await?;
        } else {
            self.writer
                .write(format!("{{{}}}\r\n", octets.len()).as_bytes())
                .await?;
            self.writer
                .flush()
                .await
                .map_err(|error| self.explain(error))?;
            let _ = self.await_go_ahead(tag).await?;
        }
        self.writer.write(octets).await
    }

    pub(super) async fn await_go_ahead(&mut self, tag: &str) -> Result<Vec<u8>, Error> {
        loop {
            self.line().await?;
            match reply::read(self.reader.line()) {
                Reply::Continue(words) => return Ok(words.to_vec()),
                Reply::Tagged(its, status) if its == tag => {
                    let _ = finish(status)?;
                    return Err(Error::Protocol(
                        "the command ended before its literal".into(),
                    ));
                }
                Reply::Status(status) if status.verdict == Verdict::Bye => {
                    self.bye = Some(status.text);
                }
                _ => {}
            }
        }
    }
}

/// A tagged status as success or refusal.
pub(crate) fn finish(status: Status) -> Result<Status, Error> {
    match status.verdict {
        Verdict::Ok => Ok(status),
        verdict => Err(Error::Refused {
            bad: verdict != Verdict::No,
            code: status.code,
            text: status.text,
        }),
    }
}
