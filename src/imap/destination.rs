//! The destination: folders are made, messages appended, flags set, copies looked up.
//!
//! Promises: nothing at the destination is ever deleted, expunged or moved; an APPEND that could not be sent
//! whole is reported as such (the server then has nothing); reading and writing go on at the same time, so that
//! pipelined APPENDs cannot lock both sides up. Deliberately absent: order and batches (`engine::copy`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use super::Error;
use super::capability::Literals;
use super::folders::{self, FolderStatus, Listing};
use super::login::{Greeted, Login};
use super::name::FolderName;
use super::origin::{Fetched, next_fetched, whole};
use super::reply::{self, Reply, Status, Verdict};
use super::session::{Command, Opened, Session, finish};
use super::wire::{Reader, Step, Writer};
use crate::net::Connector;

/// A connection to the destination.
#[derive(Debug)]
pub struct Destination {
    session: Session,
}

/// One row of the destination's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// UID at the destination.
    pub uid: u32,
    /// RFC822.SIZE as claimed.
    pub size: u64,
}

/// The octets of a message on their way.
#[derive(Debug, Clone)]
pub enum Body {
    /// In memory.
    Memory(Arc<Vec<u8>>),
    /// In a file without a name, of this many octets.
    File(Arc<std::fs::File>, u64),
}

impl Body {
    /// Length in octets.
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(octets) => octets.len() as u64,
            Self::File(_, length) => *length,
        }
    }
}

/// What is said with one message in an APPEND.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Appended<'a> {
    pub(crate) flags: &'a [String],
    pub(crate) date: Option<&'a str>,
    pub(crate) body: &'a Body,
}

/// How an APPEND ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Landed {
    pub(crate) tag: String,
    /// `APPENDUID uidvalidity uids`, where the server said so (RFC 4315).
    pub(crate) uids: Option<(u32, Vec<u32>)>,
}

impl Destination {
    /// Connects and logs in.
    pub async fn connect(
        connector: &Connector,
        login: &Login,
        patience: Duration,
    ) -> Result<Self, Error> {
        let session = Session::open(connector, login, patience).await?;
        Ok(Self { session })
    }

    /// Logs in over a connection that was greeted.
    pub async fn log_in(greeted: Greeted, login: &Login) -> Result<Self, Error> {
        let session = greeted.log_in(login).await?;
        Ok(Self { session })
    }

    /// The folders without their statuses: a few questions however many there are.
    pub async fn names(&mut self) -> Result<Listing, Error> {
        folders::names(&mut self.session).await
    }

    /// Everything about folders.
    pub async fn list(&mut self) -> Result<Listing, Error> {
        folders::list(&mut self.session).await
    }

    /// STATUS of one folder.
    pub async fn status(&mut self, name: &FolderName) -> Result<FolderStatus, Error> {
        folders::status(&mut self.session, name).await
    }

    /// Makes a folder; with a special use where asked and possible (RFC 6154).
    pub async fn create(
        &mut self,
        name: &FolderName,
        special_use: Option<&str>,
    ) -> Result<(), Error> {
        if let Some(special_use) = special_use
            && self.session.capabilities.has("CREATE-SPECIAL-USE")
        {
            let command = Command::new("CREATE")
                .name(name)
                .text(&format!(" (USE ({special_use}))"));
            match self.session.run(command).await {
                Ok(_) => return Ok(()),
                Err(Error::Refused { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        self.session
            .run(Command::new("CREATE").name(name))
            .await
            .map(|_| ())
    }

    /// Subscribes to a folder.
    pub async fn subscribe(&mut self, name: &FolderName) -> Result<(), Error> {
        self.session
            .run(Command::new("SUBSCRIBE").name(name))
            .await
            .map(|_| ())
    }

    /// Opens a folder for writing: needed for flags, and it makes single APPENDs fast.
    pub async fn select(&mut self, name: &FolderName) -> Result<Opened, Error> {
        self.session.open_folder("SELECT", name).await
    }

    /// Opens a folder read-only.
    pub async fn examine(&mut self, name: &FolderName) -> Result<Opened, Error> {
        self.session.open_folder("EXAMINE", name).await
    }

    /// UIDs and sizes of a set of the open folder.
    pub async fn copies(&mut self, set: &str) -> Result<Vec<Copy>, Error> {
        let mut copies = Vec::new();
        let status = self
            .session
            .rows(set, "UID RFC822.SIZE", "", |row| {
                if let (Some(uid), Some(size)) = (row.uid, row.size) {
                    copies.push(Copy { uid, size });
                }
            })
            .await?;
        if status.argument("MESSAGELIMIT").is_some() {
            return Err(Error::Protocol(format!("the listing of {set} was cut")));
        }
        copies.sort_unstable_by_key(|copy| copy.uid);
        copies.dedup_by_key(|copy| copy.uid);
        Ok(copies)
    }

    /// UIDs, sizes and INTERNALDATEs of a set of the open folder.
    pub async fn dates(&mut self, set: &str) -> Result<Vec<(u32, (u64, Option<String>))>, Error> {
        let mut dates = Vec::new();
        let _ = self
            .session
            .rows(set, "UID RFC822.SIZE INTERNALDATE", "", |row| {
                let size = row.size.unwrap_or(0);
                dates.extend(row.uid.map(|uid| (uid, (size, row.date))));
            })
            .await?;
        Ok(dates)
    }

    /// Adds or takes flags of copies in the selected folder.
    pub async fn store(&mut self, set: &str, add: bool, flags: &[String]) -> Result<(), Error> {
        let sign = if add { '+' } else { '-' };
        let command = Command::new(format!(
            "UID STORE {set} {sign}FLAGS.SILENT ({})",
            flags.join(" ")
        ));
        self.session.run(command).await.map(|_| ())
    }

    /// Octets used and allowed, where the server keeps a quota of storage (RFC 9208).
    pub async fn quota(&mut self) -> Result<Option<(u64, u64)>, Error> {
        folders::quota(&mut self.session).await
    }

    /// Asks for the bodies of a set of UIDs of the open folder.
    pub(crate) async fn request_bodies(&mut self, set: &str) -> Result<String, Error> {
        let command = Command::new(format!("UID FETCH {set} (UID BODY.PEEK[])"));
        self.session.send(command).await
    }

    /// The next thing that came of the requests for bodies.
    pub(crate) async fn next_fetched(&mut self) -> Result<Fetched, Error> {
        next_fetched(&mut self.session).await
    }

    /// The next octets of the body that began last.
    pub(crate) async fn chunk(&mut self) -> Result<Option<&[u8]>, Error> {
        self.session.reader.body_chunk().await
    }

    /// The whole of one message of the open folder; `None` where it is not given. For messages that fit into memory.
    pub(crate) async fn whole(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Error> {
        let tag = self.request_bodies(&uid.to_string()).await?;
        whole(&mut self.session, &tag).await
    }

    /// The two halves of a run of APPENDs, to be driven at the same time.
    pub(crate) fn appending(&mut self) -> (AppendWriter<'_>, AppendReader<'_>) {
        let literals = self.session.literals();
        let first_tag = self.session.tag();
        let (signals, waiting) = mpsc::unbounded_channel();
        let Session { reader, writer, .. } = &mut self.session;
        let sent = writer.sent();
        let writer = AppendWriter {
            writer,
            literals,
            tag_stem: first_tag,
            tags: 0,
            waiting,
            sent_whole: true,
        };
        let reader = AppendReader {
            reader,
            signals,
            bye: None,
            sent,
        };
        (writer, reader)
    }

    /// Keeps the connection alive.
    pub async fn noop(&mut self) -> Result<(), Error> {
        self.session.noop().await
    }

    /// Says good-bye.
    pub async fn logout(self) {
        self.session.logout().await;
    }

    /// Turns on compression where offered.
    pub async fn compress(&mut self) -> Result<bool, Error> {
        self.session.compress().await
    }

    /// The session, for what it knows of the server.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// What the reading half tells the writing half while that waits for `+`.
enum Signal {
    GoAhead,
    Ended(String),
}

/// The half that sends APPENDs.
pub(crate) struct AppendWriter<'a> {
    writer: &'a mut Writer,
    literals: Literals,
    tag_stem: String,
    tags: u32,
    waiting: mpsc::UnboundedReceiver<Signal>,
    sent_whole: bool,
}

/// The half that reads how they ended.
pub(crate) struct AppendReader<'a> {
    reader: &'a mut Reader,
    signals: mpsc::UnboundedSender<Signal>,
    bye: Option<String>,
    sent: Arc<AtomicU64>,
}

impl AppendWriter<'_> {
    /// The tag the next APPEND will carry: known before anything is sent, so that the answer finds its row.
    pub(crate) fn next_tag(&self) -> String {
        format!("{}A{}", self.tag_stem, self.tags + 1)
    }

    /// Sends one APPEND of one message, or of several (MULTIAPPEND, RFC 3502). `Ok(false)`: the server ended the
    /// command before it was sent whole; how, the reading half tells.
    pub(crate) async fn send(
        &mut self,
        folder: &FolderName,
        messages: &[Appended<'_>],
    ) -> Result<bool, Error> {
        let tag = self.next_tag();
        self.tags += 1;
        self.sent_whole = false;
        self.writer
            .write(format!("{tag} APPEND ").as_bytes())
            .await?;
        if !self.name(&tag, folder).await? {
            return Ok(false);
        }
        for message in messages {
            let mut head = String::from(" ");
            if !message.flags.is_empty() {
                head.push('(');
                head.push_str(&message.flags.join(" "));
                head.push_str(") ");
            }
            if let Some(date) = message.date {
                head.push('"');
                head.push_str(date);
                head.push_str("\" ");
            }
            self.writer.write(head.as_bytes()).await?;
            let length = message.body.length();
            if !self.announce(&tag, length).await? {
                return Ok(false);
            }
            match message.body {
                Body::Memory(octets) => self.writer.write(octets).await?,
                Body::File(file, length) => self.file(file, *length).await?,
            }
        }
        self.writer.write(b"\r\n").await?;
        // From here the server may have it all, whatever becomes of the connection.
        self.sent_whole = true;
        self.writer.flush().await?;
        Ok(true)
    }

    /// The tag of the last APPEND begun.
    pub(crate) fn last_tag(&self) -> String {
        format!("{}A{}", self.tag_stem, self.tags)
    }

    /// Whether the last APPEND begun has left whole: if not, the server cannot have stored it.
    pub(crate) fn sent_whole(&self) -> bool {
        self.sent_whole
    }

    async fn name(&mut self, tag: &str, folder: &FolderName) -> Result<bool, Error> {
        let wire = folder.wire();
        if wire.iter().all(|octet| (0x20..0x7f).contains(octet)) {
            let text = String::from_utf8_lossy(wire)
                .replace('\\', "\\\\")
                .replace('"', "\\\"");
            self.writer.write(format!("\"{text}\"").as_bytes()).await?;
            return Ok(true);
        }
        if !self.announce(tag, wire.len() as u64).await? {
            return Ok(false);
        }
        self.writer.write(wire).await?;
        Ok(true)
    }

    /// Announces a literal, and waits for `+` where it must.
    async fn announce(&mut self, tag: &str, length: u64) -> Result<bool, Error> {
        if self.literals.may_run(length) {
            self.writer
                .write(format!("{{{length}+}}\r\n").as_bytes())
                .await?;
            return Ok(true);
        }
        self.writer
            .write(format!("{{{length}}}\r\n").as_bytes())
            .await?;
        self.writer.flush().await?;
        loop {
            match self.waiting.recv().await {
                Some(Signal::GoAhead) => return Ok(true),
                Some(Signal::Ended(its)) if its == tag => return Ok(false),
                Some(Signal::Ended(_)) => {}
                None => return Err(Error::Closed(None)),
            }
        }
    }

    async fn file(&mut self, file: &std::fs::File, length: u64) -> Result<(), Error> {
        let io = |error| Error::Io(Arc::new(error));
        let mut file = tokio::fs::File::from_std(file.try_clone().map_err(io)?);
        let _ = tokio::io::AsyncSeekExt::rewind(&mut file)
            .await
            .map_err(io)?;
        let mut left = length;
        let mut piece = vec![0; 256 << 10];
        while left > 0 {
            let most = usize::try_from(left).map_or(piece.len(), |left| left.min(piece.len()));
            let read = file.read(&mut piece[..most]).await.map_err(io)?;
            if read == 0 {
                return Err(io(std::io::ErrorKind::UnexpectedEof.into()));
            }
            self.writer.write(&piece[..read]).await?;
            left -= read as u64;
        }
        Ok(())
    }
}

impl AppendReader<'_> {
    /// Waits for the next APPEND that ends: its tag and UIDs, or its tag and the refusal.
    pub(crate) async fn next(&mut self) -> Result<(String, Result<Landed, Error>), Error> {
        let mut sent = self.sent.load(Ordering::Relaxed);
        loop {
            match self.reader.advance().await {
                Ok(Step::Line) => {}
                Ok(Step::Body(_)) => continue,
                // Silence while a large message is still leaving is no silence.
                Err(Error::Timeout(_)) if self.sent.load(Ordering::Relaxed) > sent => {
                    sent = self.sent.load(Ordering::Relaxed);
                    continue;
                }
                Err(Error::Closed(None)) => return Err(Error::Closed(self.bye.take())),
                Err(other) => return Err(other),
            }
            match reply::read(self.reader.line()) {
                Reply::Continue(_) => {
                    let _ = self.signals.send(Signal::GoAhead);
                }
                Reply::Tagged(tag, status) => {
                    let tag = tag.to_owned();
                    let _ = self.signals.send(Signal::Ended(tag.clone()));
                    let landed = finish(status).map(|status| Landed {
                        tag: tag.clone(),
                        uids: append_uid(&status),
                    });
                    return Ok((tag, landed));
                }
                Reply::Status(status) if status.verdict == Verdict::Bye => {
                    self.bye = Some(status.text);
                }
                _ => {}
            }
        }
    }
}

/// The UIDs of `APPENDUID validity set`; the set is in the order of the messages (RFC 4315).
fn append_uid(status: &Status) -> Option<(u32, Vec<u32>)> {
    let (validity, set) = status.argument("APPENDUID")?.split_once(' ')?;
    let mut uids = Vec::new();
    for part in set.trim().split(',') {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
        if first == 0 || last < first || last - first > 100_000 {
            return None;
        }
        uids.extend(first..=last);
    }
    Some((validity.parse().ok()?, uids))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str) -> Option<(u32, Vec<u32>)> {
        append_uid(&Status {
            verdict: Verdict::Ok,
            code: Some(code.into()),
            text: String::new(),
        })
    }

    #[test]
    fn append_uids_are_read_in_order() {
        assert_eq!(said("APPENDUID 77 9001"), Some((77, vec![9001])));
        assert_eq!(said("APPENDUID 77 5,9:11"), Some((77, vec![5, 9, 10, 11])));
        for odd in [
            "APPENDUID",
            "APPENDUID 77",
            "APPENDUID 77 0",
            "APPENDUID 77 9:3",
            "APPENDUID x 1",
            "READ-ONLY",
        ] {
            assert_eq!(said(odd), None, "{odd}");
        }
    }
}
