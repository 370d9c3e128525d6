//! What reports and windows read from the journal: sums, exceptions, events.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::Serialize;

use super::{AccountId, Error, FolderId, FolderState, Journal, State};
use crate::imap::name::FolderName;

/// Messages and octets per state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Messages in each state.
    pub messages: BTreeMap<State, u64>,
    /// Octets in each state: counted where the message was read, else claimed.
    pub octets: BTreeMap<State, u64>,
    /// Copies read back, per class.
    pub classes: BTreeMap<String, u64>,
    /// Messages that lost metadata on the way.
    pub lost_metadata: u64,
}

impl Tally {
    /// Messages in these states.
    pub fn of(&self, states: &[State]) -> u64 {
        states
            .iter()
            .filter_map(|state| self.messages.get(state))
            .sum()
    }

    /// All messages.
    pub fn total(&self) -> u64 {
        self.messages.values().sum()
    }

    /// All octets.
    pub fn total_octets(&self) -> u64 {
        self.octets.values().sum()
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) {
        for (state, count) in &other.messages {
            *self.messages.entry(*state).or_default() += count;
        }
        for (state, count) in &other.octets {
            *self.octets.entry(*state).or_default() += count;
        }
        for (class, count) in &other.classes {
            *self.classes.entry(class.clone()).or_default() += count;
        }
        self.lost_metadata += other.lost_metadata;
    }
}

/// What a folder still asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenWork {
    /// Messages that wait to be copied.
    pub planned: u64,
    /// Octets of them, as claimed.
    pub planned_octets: u64,
    /// Messages whose fate is not known.
    pub suspects: u64,
    /// Those of them that the destination confirmed, without saying where they are.
    pub confirmed: u64,
    /// Messages with a copy.
    pub copies: u64,
    /// Octets of them.
    pub copied_octets: u64,
    /// Those of them that were there already.
    pub present: u64,
    /// Exceptions.
    pub exceptions: u64,
    /// Messages left out by a rule.
    pub excluded: u64,
    /// Messages that left the origin before they could be read.
    pub gone: u64,
}

impl OpenWork {
    /// Messages that need no more work, as far as is known.
    pub fn done(&self) -> u64 {
        self.copies + self.confirmed + self.excluded + self.gone
    }
}

/// A folder with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderSum {
    /// Its key.
    pub id: FolderId,
    /// Name at the origin.
    pub name: FolderName,
    /// Name at the destination, unless excluded.
    pub target: Option<FolderName>,
    /// What happened to the name.
    pub notes: String,
    /// What becomes of it.
    pub state: FolderState,
    /// Kind of trouble, or rule of exclusion.
    pub reason: Option<String>,
    /// The technical line.
    pub detail: Option<String>,
    /// Rows of the last complete listing; `None`: never listed.
    pub listed: Option<u64>,
    /// When it was listed, ms since 1970.
    pub listed_at: Option<i64>,
    /// Whether that was a closing listing.
    pub closing: bool,
    /// Its messages, those of the last listing only.
    pub tally: Tally,
    /// Messages that were copied and have since left the origin.
    pub absent: u64,
}

/// How far a folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderProgress {
    /// Its key.
    pub id: FolderId,
    /// Name at the origin.
    pub name: FolderName,
    /// Name at the destination, unless excluded.
    pub target: Option<FolderName>,
    /// What becomes of it.
    pub state: FolderState,
    /// Kind of trouble, or rule of exclusion.
    pub reason: Option<String>,
    /// Messages at the origin that are known; `None`: never listed.
    pub listed: Option<u64>,
    /// Those of them that have a copy.
    pub done: u64,
    /// Those that could not be copied.
    pub exceptions: u64,
    /// Those left out by a rule, or gone before they could be read.
    pub excluded: u64,
}

/// A line of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// When, ms since 1970.
    pub time: i64,
    /// What kind.
    pub kind: String,
    /// What it concerns.
    pub subject: String,
    /// The particulars.
    pub detail: String,
}

impl Journal {
    /// What the folder still asks for.
    pub async fn open_work(&self, folder: FolderId, uidv: u32) -> Result<OpenWork, Error> {
        self.call(move |db| {
            let mut work = OpenWork::default();
            let mut sums = db.prepare_cached(
                "SELECT state, dst_uid IS NULL, count(*), sum(coalesce(size, claimed)) FROM message \
                 WHERE folder = ?1 AND uidv = ?2 AND absent = 0 GROUP BY 1, 2",
            )?;
            let mut rows = sums.query(params![folder, uidv])?;
            while let Some(row) = rows.next()? {
                let (state, homeless): (i64, bool) = (row.get(0)?, row.get(1)?);
                let count = row.get::<_, i64>(2)?.unsigned_abs();
                let octets = row.get::<_, i64>(3)?.unsigned_abs();
                match State::from_number(state) {
                    State::Planned => {
                        work.planned += count;
                        work.planned_octets += octets;
                    }
                    State::InFlight => work.suspects += count,
                    State::Acked if homeless => {
                        work.suspects += count;
                        work.confirmed += count;
                    }
                    State::Exception => work.exceptions += count,
                    State::Gone => work.gone += count,
                    State::Excluded => work.excluded += count,
                    state => {
                        let there = matches!(state, State::Adopted | State::Merged);
                        work.present += if there { count } else { 0 };
                        work.copies += count;
                        work.copied_octets += octets;
                    }
                }
            }
            Ok(work)
        })
        .await
    }

    /// The folders of an account with their sums, in the order they were first seen.
    pub async fn folder_sums(&self, account: AccountId) -> Result<Vec<FolderSum>, Error> {
        self.call(move |db| {
            let mut tallies: BTreeMap<FolderId, (Tally, u64)> = BTreeMap::new();
            let mut sums = db.prepare_cached(
                "SELECT m.folder, m.state, m.absent, count(*), sum(coalesce(m.size, m.claimed)), m.class, \
                 sum(m.lost IS NOT NULL) FROM folder f JOIN message m ON m.folder = f.id AND m.uidv = f.uidv \
                 WHERE f.account = ?1 GROUP BY m.folder, m.state, m.absent, m.class",
            )?;
            let mut rows = sums.query(params![account])?;
            while let Some(row) = rows.next()? {
                let (tally, gone) = tallies.entry(row.get(0)?).or_default();
                let count = row.get::<_, i64>(3)?.unsigned_abs();
                if row.get(2)? {
                    *gone += count;
                    continue;
                }
                let state = State::from_number(row.get(1)?);
                *tally.messages.entry(state).or_default() += count;
                *tally.octets.entry(state).or_default() += row.get::<_, i64>(4)?.unsigned_abs();
                if let Some(class) = row.get::<_, Option<String>>(5)? {
                    *tally.classes.entry(class).or_default() += count;
                }
                tally.lost_metadata += row.get::<_, i64>(6)?.unsigned_abs();
            }
            let mut folders = db.prepare_cached(
                "SELECT f.id, f.name, t.name, f.notes, f.state, f.reason, f.detail, f.listed, f.t_listing, f.closing \
                 FROM folder f LEFT JOIN target t ON t.id = f.target WHERE f.account = ?1 ORDER BY f.id",
            )?;
            folders
                .query_map(params![account], |row| {
                    let id = row.get(0)?;
                    let (tally, absent) = tallies.remove(&id).unwrap_or_default();
                    Ok(FolderSum {
                        id,
                        name: FolderName::from_wire(&row.get::<_, Vec<u8>>(1)?),
                        target: row.get::<_, Option<Vec<u8>>>(2)?.map(|name| FolderName::from_wire(&name)),
                        notes: row.get(3)?,
                        state: FolderState::from_number(row.get(4)?),
                        reason: row.get(5)?,
                        detail: row.get(6)?,
                        listed: row.get::<_, Option<i64>>(7)?.map(i64::unsigned_abs),
                        listed_at: row.get(8)?,
                        closing: row.get(9)?,
                        tally,
                        absent,
                    })
                })?
                .collect()
        })
        .await
    }

    /// How far the folders of an account are, in the order they were first seen. For a window that looks again and
    /// again, from a handle of its own ([`Journal::open_existing`]): a run's commits do not wait for it then. It takes
    /// about 50 ms for 200,000 messages.
    pub async fn folder_progress(&self, account: AccountId) -> Result<Vec<FolderProgress>, Error> {
        self.call(move |db| {
            let mut folders = db.prepare_cached(
                "SELECT f.id, f.name, t.name, f.state, f.reason, f.listed IS NOT NULL \
                 FROM folder f LEFT JOIN target t ON t.id = f.target WHERE f.account = ?1 ORDER BY f.id",
            )?;
            let mut folders: Vec<FolderProgress> = folders
                .query_map(params![account], |row| {
                    Ok(FolderProgress {
                        id: row.get(0)?,
                        name: FolderName::from_wire(&row.get::<_, Vec<u8>>(1)?),
                        target: row.get::<_, Option<Vec<u8>>>(2)?.map(|name| FolderName::from_wire(&name)),
                        state: FolderState::from_number(row.get(3)?),
                        reason: row.get(4)?,
                        listed: row.get::<_, bool>(5)?.then_some(0),
                        done: 0,
                        exceptions: 0,
                        excluded: 0,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut counts = db.prepare_cached(
                "SELECT m.folder, m.state, count(*) FROM folder f \
                 JOIN message m ON m.folder = f.id AND m.uidv = f.uidv \
                 WHERE f.account = ?1 AND m.absent = 0 GROUP BY m.folder, m.state",
            )?;
            let mut rows = counts.query(params![account])?;
            while let Some(row) = rows.next()? {
                let id: FolderId = row.get(0)?;
                let count = row.get::<_, i64>(2)?.unsigned_abs();
                let Some(folder) = folders.iter_mut().find(|folder| folder.id == id) else {
                    continue;
                };
                *folder.listed.get_or_insert(0) += count;
                match State::from_number(row.get(1)?) {
                    State::Planned | State::InFlight => {}
                    State::Exception => folder.exceptions += count,
                    State::Excluded | State::Gone => folder.excluded += count,
                    _ => folder.done += count,
                }
            }
            Ok(folders)
        })
        .await
    }

    /// When the account's newest copy was confirmed or adopted, ms since 1970.
    pub async fn last_copied(&self, account: AccountId) -> Result<Option<i64>, Error> {
        self.call(move |db| {
            db.query_row(
                "SELECT max(m.t_acked) FROM folder f JOIN message m ON m.folder = f.id AND m.uidv = f.uidv \
                 WHERE f.account = ?1",
                params![account],
                |row| row.get(0),
            )
        })
        .await
    }

    /// The newest lines of what happened, newest first.
    pub async fn events(&self, most: u32) -> Result<Vec<EventRow>, Error> {
        self.call(move |db| {
            db.prepare("SELECT t, kind, subject, detail FROM event ORDER BY id DESC LIMIT ?1")?
                .query_map([most], |row| {
                    Ok(EventRow {
                        time: row.get(0)?,
                        kind: row.get(1)?,
                        subject: row.get(2)?,
                        detail: row.get(3)?,
                    })
                })?
                .collect()
        })
        .await
    }
}
