//! The reading side of a folder's copy: asks the origin for bodies and hands out parcels.
//!
//! Promises: a parcel exists only when every announced octet was received and digested; small bodies wait in
//! memory they paid for, large ones in a file; a message the origin lists and does not give is `gone` or
//! `unreadable`, never skipped. Deliberately absent: the destination.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::{Halt, Job};
use crate::account::Side;
use crate::engine::control::{Brake, Halted};
use crate::engine::message::{Digester, Digests};
use crate::engine::remedy::{self, Doing};
use crate::engine::{Shared, message};
use crate::imap::destination::Body;
use crate::imap::origin::{Fetched, Origin, sets};
use crate::journal::{FolderRow, Planned};
use crate::trouble::{Kind, Trouble};

/// Bodies larger than this wait in a file, in octets.
pub(crate) const MEMORY_BODY: u64 = 1 << 20;
/// Messages asked for in one command.
const ASK_MESSAGES: usize = 100;
/// Octets asked for in one command, as claimed.
const ASK_OCTETS: u64 = 2 << 20;
/// Commands under way.
const ASK_DEPTH: usize = 3;
/// Rows taken from the journal at once.
const PAGE: u32 = 1_000;
/// Longest set of UIDs in one command, in octets (field.md C9).
const SET_LENGTH: usize = 900;
/// Times a message is asked for before it counts as unreadable.
const ASKS: u32 = 3;

/// One message in our hands.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) uid: u32,
    pub(crate) flags: Vec<String>,
    pub(crate) date: Option<String>,
    pub(crate) digests: Digests,
    pub(crate) body: Body,
    pub(crate) attempts: u32,
    /// Paid until the journal has it.
    _memory: OwnedSemaphorePermit,
}

/// What the reading side hands over.
#[derive(Debug)]
pub(crate) enum Found {
    Parcel(Box<Parcel>),
    /// The origin answered that there is nothing under this UID.
    Gone(u32),
    /// The origin lists it and does not give it.
    Unreadable(u32, Trouble),
}

/// Times a connection must end at the same octet of the same message before the message is held to be the reason.
const DEATHS: u32 = 3;

/// Where connections ended while one message alone was asked for.
#[derive(Debug, Default)]
pub(crate) struct Deaths(Mutex<Option<(u32, u64, u32)>>);

impl Deaths {
    /// Counts one more at this octet of this message; answers how many in a row.
    fn count(&self, uid: u32, octet: u64) -> u32 {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = match *last {
            Some((known, at, times)) if (known, at) == (uid, octet) => times + 1,
            _ => 1,
        };
        *last = Some((uid, octet, times));
        times
    }
}

/// A request under way.
struct Asked {
    tag: String,
    rows: Vec<Planned>,
    asks: u32,
    /// Something came meanwhile that nobody understands.
    confused: bool,
}

/// Reads every planned message of the open folder, in its order, into `out`.
pub(crate) async fn read_all(
    job: &Job<'_>,
    origin: &mut Origin,
    out: mpsc::Sender<Found>,
) -> Result<(), Halt> {
    let deaths = job.deaths;
    let mut reader = FolderReader {
        shared: job.shared,
        brake: job.brake,
        origin,
        folder: &job.folder,
        careful: deaths.is_some(),
        taken: 0,
        after: 0,
        drained: false,
        page: VecDeque::new(),
        again: VecDeque::new(),
        under_way: VecDeque::new(),
        spooled: None,
        bodyless: BTreeSet::new(),
        held: BTreeMap::new(),
        out,
    };
    // Reading is of no consequence: an order to end need not wait for a server that is silent.
    let ended = tokio::select! {
        ended = reader.run() => ended,
        halted = job.brake.ended() => Err(halted.into()),
    };
    if let (Some(deaths), Err(Halt::Imap(error))) = (deaths, &ended) {
        reader.accuse(deaths, error).await?;
    }
    ended
}

struct FolderReader<'a> {
    shared: &'a Shared,
    brake: &'a Brake,
    origin: &'a mut Origin,
    folder: &'a FolderRow,
    /// One message at a time, to find the one that ends the connection.
    careful: bool,
    /// Octets of the body under way that have come.
    taken: u64,
    after: u32,
    drained: bool,
    page: VecDeque<Planned>,
    /// To be asked for once more, one at a time.
    again: VecDeque<(Planned, u32)>,
    under_way: VecDeque<Asked>,
    spooled: Option<(Body, Digests, OwnedSemaphorePermit)>,
    /// Listed, and answered without octets: not gone.
    bodyless: BTreeSet<u32>,
    /// Received ahead of one with a lower UID.
    held: BTreeMap<u32, Box<Parcel>>,
    out: mpsc::Sender<Found>,
}

impl FolderReader<'_> {
    async fn run(&mut self) -> Result<(), Halt> {
        let depth = if self.careful || self.shared.origin.walks() {
            1
        } else {
            ASK_DEPTH
        };
        loop {
            while self.under_way.len() < depth && self.ask().await? {}
            if self.under_way.is_empty() {
                return self.release(u32::MAX).await;
            }
            let fetched = self.origin.next_fetched().await?;
            self.shared.alive(Side::Origin);
            match fetched {
                Fetched::Body(length) => self.spooled = Some(self.take(length).await?),
                Fetched::Row(row) => self.row(row).await?,
                Fetched::Unknown => {
                    self.spooled = None;
                    self.under_way
                        .iter_mut()
                        .for_each(|asked| asked.confused = true);
                }
                Fetched::Done { tag, cut } => self.ended(&tag, None, cut).await?,
                Fetched::Refused { tag, error } => self.ended(&tag, Some(error), false).await?,
            }
        }
    }

    /// Sends the next request; `false` when there is nothing more to ask for now.
    async fn ask(&mut self) -> Result<bool, Halt> {
        if self.under_way.is_empty() {
            self.taken = 0;
        }
        let (rows, asks) = match self.again.pop_front() {
            Some((row, asks)) => (vec![row], asks),
            None => (self.next_rows().await?, 0),
        };
        if rows.is_empty() {
            return Ok(false);
        }
        // Between messages is the only place where pause and stop take hold.
        self.brake.check().await?;
        let uids: Vec<u32> = rows.iter().map(|row| row.uid).collect();
        let set = sets(&uids, usize::MAX).join(",");
        let tag = self.origin.request_bodies(&set).await?;
        self.under_way.push_back(Asked {
            tag,
            rows,
            asks,
            confused: false,
        });
        Ok(true)
    }

    /// The next messages that go well into one request.
    async fn next_rows(&mut self) -> Result<Vec<Planned>, Halt> {
        let limit = self.origin.session().capabilities().message_limit();
        let most = limit.map_or(ASK_MESSAGES, |limit| {
            ASK_MESSAGES.min(limit as usize).max(1)
        });
        let most = if self.careful { 1 } else { most };
        let (mut rows, mut octets): (Vec<Planned>, u64) = (Vec::new(), 0);
        let mut length = 0;
        while rows.len() < most {
            if self.page.is_empty() && !self.drained {
                let (id, uidv) = (self.folder.id, self.folder.uid_validity);
                let page = self
                    .shared
                    .request
                    .journal
                    .planned(id, uidv, self.after, PAGE)
                    .await?;
                self.drained = page.is_empty();
                self.after = page.last().map_or(self.after, |row| row.uid);
                self.page.extend(page);
            }
            let Some(next) = self.page.front() else { break };
            let gap = rows.last().is_none_or(|last| last.uid + 1 != next.uid);
            length += if gap { 12 } else { 0 };
            if !rows.is_empty() && (octets + next.claimed > ASK_OCTETS || length > SET_LENGTH) {
                break;
            }
            octets += next.claimed;
            rows.extend(self.page.pop_front());
        }
        Ok(rows)
    }

    /// Takes a body of the announced length, digesting it as it comes.
    async fn take(&mut self, length: u64) -> Result<(Body, Digests, OwnedSemaphorePermit), Halt> {
        let in_memory = length <= MEMORY_BODY;
        let price = if in_memory { length.max(1) } else { 128 << 10 };
        let price = u32::try_from(price).unwrap_or(u32::MAX);
        let memory = self.pay(price).await?;
        let mut digester = Digester::new(&[]);
        self.taken = 0;
        let body = if in_memory {
            let mut octets = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
            while let Some(chunk) = self.origin.chunk().await? {
                self.taken += chunk.len() as u64;
                digester.update(chunk);
                octets.extend_from_slice(chunk);
            }
            Body::Memory(Arc::new(octets))
        } else {
            let mut file = self.spool()?;
            while let Some(chunk) = self.origin.chunk().await? {
                self.taken += chunk.len() as u64;
                digester.update(chunk);
                file.write_all(chunk).map_err(|error| Halt::spool(&error))?;
            }
            Body::File(Arc::new(file), length)
        };
        Ok((body, digester.finish(), memory))
    }

    /// A file without a name in the migration folder: gone when closed, whatever happens.
    fn spool(&self) -> Result<File, Halt> {
        let dir = self.shared.request.project.spool_dir();
        std::fs::create_dir_all(&dir).map_err(|error| Halt::spool(&error))?;
        tempfile::tempfile_in(dir).map_err(|error| Halt::spool(&error))
    }

    async fn row(&mut self, row: crate::imap::reply::Row) -> Result<(), Halt> {
        // A body belongs to the row that names it, and to no other.
        let spooled = self.spooled.take().filter(|_| row.inline.is_some());
        let Some(uid) = row.uid else { return Ok(()) };
        let place = self
            .under_way
            .iter()
            .enumerate()
            .find_map(|(index, asked)| {
                let at = asked.rows.iter().position(|row| row.uid == uid)?;
                Some((index, at))
            });
        let Some((index, at)) = place else {
            return Ok(());
        };
        let claimed = self.under_way[index].rows[at].claimed;
        let said_body = row.inline.is_some() || row.nil_body;
        let taken = match (spooled, row.inline) {
            (Some(spooled), _) => Some(spooled),
            (None, Some(octets)) => {
                let digests = message::digest(&octets, &[]);
                let price = u32::try_from(octets.len()).unwrap_or(u32::MAX);
                let memory = self.pay(price).await?;
                Some((Body::Memory(Arc::new(octets)), digests, memory))
            }
            (None, None) => None,
        };
        // Nothing where octets were announced is the answer of a server that lost them, not of an empty message.
        let taken = taken.filter(|(body, ..)| body.length() > 0 || claimed == 0);
        let Some((body, digests, memory)) = taken else {
            if said_body {
                let _ = self.bodyless.insert(uid);
            }
            return Ok(());
        };
        let asked = &mut self.under_way[index];
        let planned = asked.rows.remove(at);
        let parcel = Parcel {
            uid,
            flags: row.flags.unwrap_or_default(),
            date: row.date,
            digests,
            body,
            attempts: planned.attempts,
            _memory: memory,
        };
        let _ = self.held.insert(uid, Box::new(parcel));
        self.release(self.lowest_due()).await
    }

    /// The lowest UID that is asked for and has not come: servers may answer in any order, the folder has one.
    fn lowest_due(&self) -> u32 {
        let due = self.under_way.iter().filter_map(|asked| asked.rows.first());
        due.map(|row| row.uid).min().unwrap_or(u32::MAX)
    }

    /// Hands over what is held below this UID.
    async fn release(&mut self, below: u32) -> Result<(), Halt> {
        while let Some(first) = self.held.first_entry().filter(|first| *first.key() < below) {
            let parcel = first.remove();
            self.hand(Found::Parcel(parcel)).await?;
        }
        Ok(())
    }

    /// Waits for memory; what is held back is handed over first, or everybody might wait for everybody.
    async fn pay(&mut self, price: u32) -> Result<OwnedSemaphorePermit, Halt> {
        let memory = Arc::clone(&self.shared.memory);
        if let Ok(permit) = Arc::clone(&memory).try_acquire_many_owned(price) {
            return Ok(permit);
        }
        self.release(u32::MAX).await?;
        memory
            .acquire_many_owned(price)
            .await
            .map_err(|_| Halted::Stopped.into())
    }

    /// A request ended: what it did not give is asked for alone, and in the end named.
    async fn ended(
        &mut self,
        tag: &str,
        error: Option<crate::imap::Error>,
        cut: bool,
    ) -> Result<(), Halt> {
        let Some(at) = self.under_way.iter().position(|asked| asked.tag == tag) else {
            return Ok(());
        };
        let Some(asked) = self.under_way.remove(at) else {
            return Ok(());
        };
        let trouble =
            error.map(|error| remedy::trouble(&error, Doing::Fetch, &self.folder.name.text()));
        if let Some(trouble) = &trouble
            && matches!(
                trouble.kind,
                Kind::Throttled | Kind::TooManyConnections | Kind::FolderMissing
            )
        {
            return Err(Halt::Trouble(trouble.clone()));
        }
        self.release(self.lowest_due()).await?;
        for row in asked.rows {
            let asks = asked.asks + 1;
            match &trouble {
                // An OK without data, asked for alone: it is no longer there (field.md C8).
                None if asks > 1
                    && !cut
                    && !asked.confused
                    && !self.bodyless.contains(&row.uid) =>
                {
                    self.hand(Found::Gone(row.uid)).await?;
                }
                Some(trouble) if asks >= ASKS => {
                    self.hand(Found::Unreadable(row.uid, trouble.clone()))
                        .await?;
                }
                None if asks >= ASKS => {
                    let trouble =
                        Trouble::new(Kind::Unreadable, self.folder.name.text(), "no data");
                    self.hand(Found::Unreadable(row.uid, trouble)).await?;
                }
                _ => {
                    if asks > 1 {
                        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
                    }
                    self.again.push_back((row, asks));
                }
            }
        }
        Ok(())
    }

    /// The connection ended while one message alone was asked for. When that happens at the very same octet of the same
    /// message again and again, the message does it and not the line: it is not asked for again in this pass.
    async fn accuse(&self, deaths: &Deaths, error: &crate::imap::Error) -> Result<(), Halt> {
        let [asked] = self.under_way.iter().collect::<Vec<_>>()[..] else {
            return Ok(());
        };
        let [row] = &asked.rows[..] else {
            return Ok(());
        };
        let uid = row.uid;
        if deaths.count(uid, self.taken) < DEATHS {
            return Ok(());
        }
        let words = format!("the connection ends when it is asked for: {error}");
        let trouble = Trouble::new(Kind::Unreadable, self.folder.name.text(), words);
        self.hand(Found::Unreadable(uid, trouble)).await
    }

    async fn hand(&self, found: Found) -> Result<(), Halt> {
        // The writing side is gone only when it failed; its reason counts.
        self.out.send(found).await.map_err(|_| Halt::OtherSide)
    }
}
