//! The origin: what is read from it, and nothing else.
//!
//! Promises (style rule 8, field.md D2): the verbs are EXAMINE, LIST, LSUB, NAMESPACE, STATUS, UID FETCH with
//! PEEK, GETQUOTAROOT, NOOP and LOGOUT; none of them changes anything at the server, and
//! `tests/map.rs` compares the list. UID commands only. Deliberately absent: every other verb.

use std::time::Duration;

use super::Error;
use super::folders::{self, Listing};
use super::login::{Greeted, Login};
use super::name::FolderName;
use super::reply::{self, Reply, Row, Verdict};
use super::session::{Command, Opened, Session, finish};
use super::wire::Step;
use crate::net::Connector;

/// A connection to the origin.
#[derive(Debug)]
pub struct Origin {
    session: Session,
}

/// One row of a folder's listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedMessage {
    /// UID.
    pub uid: u32,
    /// Flags and keywords as sent.
    pub flags: Vec<String>,
    /// INTERNALDATE as sent, where there is one.
    pub date: Option<String>,
    /// RFC822.SIZE: a claim, not a fact.
    pub size: u64,
}

/// What comes of asking for bodies.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// A body of this many octets begins: take it with `chunk`.
    Body(u64),
    /// The row is complete; the body taken since the last row is this message's.
    Row(Row),
    /// A line nobody understands: a body taken since the last row is nobody's.
    Unknown,
    /// The request with this tag has ended well; cut short where the server says it touches only so many messages
    /// at once (RFC 9738).
    Done { tag: String, cut: bool },
    /// The request with this tag was refused after whatever rows it gave.
    Refused { tag: String, error: Error },
}

impl Origin {
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
    pub async fn status(&mut self, name: &FolderName) -> Result<folders::FolderStatus, Error> {
        folders::status(&mut self.session, name).await
    }

    /// Opens a folder read-only.
    pub async fn examine(&mut self, name: &FolderName) -> Result<Opened, Error> {
        self.session.open_folder("EXAMINE", name).await
    }

    /// Rows of a set of UIDs of the open folder; keeps `exists` at what the server announces and expunges meanwhile.
    /// `Ok(false)`: the server cut the listing at its MESSAGELIMIT.
    pub async fn rows(
        &mut self,
        set: &str,
        exists: &mut u64,
        mut on: impl FnMut(ListedMessage),
    ) -> Result<bool, Error> {
        let command = Command::new(format!(
            "UID FETCH {set} (UID FLAGS INTERNALDATE RFC822.SIZE)"
        ));
        let status = self
            .session
            .run_with(command, |reply| match reply {
                Reply::Fetch(row) => on_row(row, &mut on),
                Reply::Exists(count) => *exists = count,
                Reply::Expunge => *exists = exists.saturating_sub(1),
                _ => {}
            })
            .await?;
        Ok(status.argument("MESSAGELIMIT").is_none())
    }

    /// UIDs of the open folder within a range; `Ok(false)`: the server cut the answer at its MESSAGELIMIT.
    pub async fn uids(&mut self, range: &str, on: impl FnMut(u32)) -> Result<bool, Error> {
        let mut on = on;
        let each = |row: Row| row.uid.into_iter().for_each(&mut on);
        let status = self.session.rows(range, "UID", "", each).await?;
        Ok(status.argument("MESSAGELIMIT").is_none())
    }

    /// These fields of the headers of a set of UIDs of the open folder, as they stand in the message; a message of which
    /// the server gives none is passed over. `Ok(false)`: the server cut the answer at its MESSAGELIMIT.
    pub async fn headers(
        &mut self,
        set: &str,
        fields: &str,
        mut on: impl FnMut(u32, &[u8]),
    ) -> Result<bool, Error> {
        let command = Command::new(format!(
            "UID FETCH {set} (UID BODY.PEEK[HEADER.FIELDS ({fields})])"
        ));
        let status = self
            .session
            .run_with(command, |reply| {
                if let Reply::Fetch(row) = reply
                    && let (Some(uid), Some(header)) = (row.uid, row.header)
                {
                    on(uid, &header);
                }
            })
            .await?;
        Ok(status.argument("MESSAGELIMIT").is_none())
    }

    /// Lets the server tell what is new in the open folder.
    pub async fn refresh(&mut self, exists: &mut u64) -> Result<(), Error> {
        let _ = self
            .session
            .run_with(Command::new("NOOP"), |reply| match reply {
                Reply::Exists(count) => *exists = count,
                Reply::Expunge => *exists = exists.saturating_sub(1),
                _ => {}
            })
            .await?;
        Ok(())
    }

    /// Flags of a set of UIDs that changed since this HIGHESTMODSEQ (RFC 7162).
    pub async fn changed_flags(
        &mut self,
        set: &str,
        since: u64,
        mut on: impl FnMut(u32, Vec<String>),
    ) -> Result<(), Error> {
        let tail = format!(" (CHANGEDSINCE {since})");
        let _ = self
            .session
            .rows(set, "UID FLAGS", &tail, |row| {
                if let (Some(uid), Some(flags)) = (row.uid, row.flags) {
                    on(uid, flags);
                }
            })
            .await?;
        Ok(())
    }

    /// Octets used and allowed, where the server keeps a quota of storage (RFC 9208).
    pub async fn quota(&mut self) -> Result<Option<(u64, u64)>, Error> {
        folders::quota(&mut self.session).await
    }

    /// Asks for the bodies of a set of UIDs; several requests may be under way.
    pub(crate) async fn request_bodies(&mut self, set: &str) -> Result<String, Error> {
        let command = Command::new(format!(
            "UID FETCH {set} (UID FLAGS INTERNALDATE BODY.PEEK[])"
        ));
        self.session.send(command).await
    }

    /// The next thing that came of the requests for bodies.
    pub(crate) async fn next_fetched(&mut self) -> Result<Fetched, Error> {
        next_fetched(&mut self.session).await
    }

    /// The next octets of the body that began last; `None` when all were handed out.
    pub(crate) async fn chunk(&mut self) -> Result<Option<&[u8]>, Error> {
        self.session.reader.body_chunk().await
    }

    /// The whole of one message of the open folder; `None` where it is not given. For messages that fit into memory.
    pub(crate) async fn whole(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Error> {
        let tag = self.request_bodies(&uid.to_string()).await?;
        whole(&mut self.session, &tag).await
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

/// Reads on to the next body, row or end among pipelined fetches.
pub(super) async fn next_fetched(session: &mut Session) -> Result<Fetched, Error> {
    loop {
        match session.reader.advance().await {
            Err(error) => return Err(session.explain(error)),
            Ok(Step::Body(length)) => return Ok(Fetched::Body(length)),
            Ok(Step::Line) => {}
        }
        match reply::read(session.reader.line()) {
            Reply::Fetch(row) => return Ok(Fetched::Row(row)),
            Reply::Tagged(tag, status) => {
                let tag = tag.to_owned();
                let cut = status.argument("MESSAGELIMIT").is_some();
                return Ok(match finish(status) {
                    Ok(_) => Fetched::Done { tag, cut },
                    Err(error) => Fetched::Refused { tag, error },
                });
            }
            Reply::Status(status) if status.verdict == Verdict::Bye => {
                session.remember_bye(status.text);
            }
            Reply::Unknown => {
                session.count_unknown();
                return Ok(Fetched::Unknown);
            }
            _ => {}
        }
    }
}

/// The whole body that the request with this tag gives.
pub(super) async fn whole(session: &mut Session, tag: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut octets = None;
    loop {
        match next_fetched(session).await? {
            Fetched::Body(_) => {
                let mut body = Vec::new();
                while let Some(chunk) = session.reader.body_chunk().await? {
                    body.extend_from_slice(chunk);
                }
                octets = Some(body);
            }
            Fetched::Row(row) => octets = octets.or(row.inline),
            Fetched::Unknown => octets = None,
            Fetched::Done { tag: its, .. } | Fetched::Refused { tag: its, .. } => {
                if its == tag {
                    return Ok(octets);
                }
            }
        }
    }
}

fn on_row(row: Row, on: &mut impl FnMut(ListedMessage)) {
    // A row without UID is an unsolicited update of flags: no part of the listing.
    let (Some(uid), Some(size)) = (row.uid, row.size) else {
        return;
    };
    on(ListedMessage {
        uid,
        flags: row.flags.unwrap_or_default(),
        date: row.date,
        size,
    });
}

/// Writes UIDs as IMAP sets of at most `longest` octets each, using ranges only where no UID in between is
/// left out.
pub(crate) fn sets(uids: &[u32], longest: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut index = 0;
    while index < uids.len() {
        let first = uids[index];
        while index + 1 < uids.len() && uids[index + 1] == uids[index].wrapping_add(1) {
            index += 1;
        }
        let last = uids[index];
        let range = if first == last {
            first.to_string()
        } else {
            format!("{first}:{last}")
        };
        match out.last_mut() {
            Some(set) if set.len() + 1 + range.len() <= longest => {
                set.push(',');
                set.push_str(&range);
            }
            _ => out.push(range),
        }
        index += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_use_ranges_and_stay_short() {
        assert_eq!(sets(&[1, 2, 3, 7, 9, 10], 900), ["1:3,7,9:10"]);
        assert_eq!(sets(&[], 900), Vec::<String>::new());
        let odd: Vec<u32> = (0..1000).map(|n| n * 2 + 1).collect();
        let many = sets(&odd, 100);
        assert!(many.iter().all(|set| set.len() <= 100));
        assert_eq!(
            many.iter().map(|set| set.split(',').count()).sum::<usize>(),
            1000
        );
    }
}
