//! The journal: the only memory of what was done.
//!
//! Promises: a call returns when the fact is on the disk (WAL, `synchronous=FULL`); facts that arrive together
//! share one commit; a call either happens whole or not at all. *Must:* the row of a message is `in_flight` here
//! before the first octet of its APPEND leaves; otherwise a crash could copy it twice. *Must:* `acked` is written
//! before the message leaves our memory; otherwise a copy would be looked for in vain. Deliberately absent:
//! secrets, message contents, and what to do next.
//!
//! - `places` accounts and folders · `setup` accounts at the destination · `rows` messages · `copies` their copies · `sums` what reports and windows read,
//!   `ledger` of what has no copy

mod copies;
mod flags;
mod ledger;
mod places;
mod rows;
mod setup;
mod sums;

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

pub use copies::{CopyRow, Suspect, Twin};
pub use flags::Change;
pub use ledger::{Approval, ExceptionRow, LedgerFilter, Reason};
pub use places::{AccountId, AccountRow, FolderId, FolderRow, FolderState, Phase, TargetId};
pub use rows::{Acked, Intent, Listed, Planned, Refusal};
pub use setup::{Setup, SetupRow};
pub use sums::{EventRow, FolderProgress, FolderSum, OpenWork, Tally};

/// Version of `schema.sql`.
const SCHEMA_VERSION: i64 = 3;
/// Most calls that share one commit.
const GROUP: usize = 512;

/// What became of a message (field.md E3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Listed at the origin, not copied yet.
    Planned = 0,
    /// On its way: whether it arrived is not known yet.
    InFlight = 1,
    /// The destination confirmed it.
    Acked = 2,
    /// Read back and compared.
    Verified = 3,
    /// An equal message was there already; compared in full.
    Adopted = 4,
    /// The destination merged it with an identical one.
    Merged = 5,
    /// It left the origin before it could be read.
    Gone = 6,
    /// Left out by a rule of the operator.
    Excluded = 7,
    /// Could not be copied; see its reason.
    Exception = 8,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 9] = [
        Self::Planned,
        Self::InFlight,
        Self::Acked,
        Self::Verified,
        Self::Adopted,
        Self::Merged,
        Self::Gone,
        Self::Excluded,
        Self::Exception,
    ];

    fn from_number(number: i64) -> Self {
        let index = usize::try_from(number).unwrap_or(0);
        *Self::ALL.get(index).unwrap_or(&Self::Planned)
    }

    fn number(self) -> i64 {
        self as i64
    }
}

/// Why the journal cannot go on.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The disk is full.
    #[error("the disk is full: {0}")]
    Full(String),
    /// The file is damaged or no journal.
    #[error("the journal is damaged: {0}")]
    Damaged(String),
    /// Written by a newer program.
    #[error("the journal has version {0}, newer than this program")]
    Newer(i64),
    /// Anything else SQLite says.
    #[error("journal: {0}")]
    Sqlite(String),
    /// The journal's thread has ended.
    #[error("the journal was closed")]
    Closed,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let words = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(words),
            Some(ErrorCode::SystemIoFailure) if words.contains("full") => Self::Full(words),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(words),
            _ => Self::Sqlite(words),
        }
    }
}

/// Told once the commit a call shares has ended.
type Finisher = Box<dyn FnOnce(Result<(), Error>) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Finisher + Send>;

/// A handle to the journal's thread; cheap to clone. The thread ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Journal {
    jobs: mpsc::Sender<Job>,
}

impl Journal {
    /// Opens the journal, or makes it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        prepare(&connection)?;
        Self::serve(connection)
    }

    /// Opens a journal that exists, to read it while a run may be writing.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        prepare(&connection)?;
        Self::serve(connection)
    }

    /// A journal in memory, for tests.
    pub fn in_memory() -> Result<Self, Error> {
        let connection = Connection::open_in_memory()?;
        prepare(&connection)?;
        Self::serve(connection)
    }

    fn serve(connection: Connection) -> Result<Self, Error> {
        let (jobs, inbox) = mpsc::channel();
        let _thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || work(&connection, &inbox))
            .map_err(|error| Error::Sqlite(error.to_string()))?;
        Ok(Self { jobs })
    }

    /// Runs `job` on the journal's thread and answers when what it wrote is on the disk.
    async fn call<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (answer, done) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = whole(connection, job);
            Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result,
                    Err(error) => Err(error),
                };
                let _ = answer.send(result);
            })
        });
        self.jobs.send(job).map_err(|_| Error::Closed)?;
        done.await.map_err(|_| Error::Closed)?
    }
}

/// The whole of a job or nothing of it.
fn whole<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, Error> {
    connection.execute_batch("SAVEPOINT job")?;
    match job(connection) {
        Ok(value) => {
            connection.execute_batch("RELEASE job")?;
            Ok(value)
        }
        Err(error) => {
            // After a full disk SQLite may have rolled everything back already; then this fails and is right to.
            let _ = connection.execute_batch("ROLLBACK TO job; RELEASE job");
            Err(error.into())
        }
    }
}

/// How long another process may keep the file to itself.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pause before it is tried again where SQLite does not wait by itself.
const AGAIN: Duration = Duration::from_millis(20);

fn prepare(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    let begun = Instant::now();
    // A change of mode that meets another process is refused at once, whatever the timeout.
    while let Err(error) = connection.execute_batch("PRAGMA journal_mode = WAL") {
        let busy = error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
        if !busy || begun.elapsed() > PATIENCE {
            return Err(error.into());
        }
        std::thread::sleep(AGAIN);
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; \
         PRAGMA foreign_keys = ON;",
    )?;
    if version(connection)? != SCHEMA_VERSION {
        // Another process may be at it: only who has the lock knows what is there.
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let made = renew(connection);
        let end = if made.is_ok() { "COMMIT" } else { "ROLLBACK" };
        connection.execute_batch(end)?;
        made?;
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings the tables up to the version of this program.
fn renew(connection: &Connection) -> Result<(), Error> {
    const STEPS: [&str; 2] = [
        include_str!("journal/from_1.sql"),
        include_str!("journal/from_2.sql"),
    ];
    match version(connection)? {
        SCHEMA_VERSION => return Ok(()),
        0 => connection.execute_batch(include_str!("journal/schema.sql"))?,
        other => {
            let done = usize::try_from(other - 1).ok();
            let steps = done.and_then(|done| STEPS.get(done..));
            let Some(steps) = steps.filter(|steps| !steps.is_empty()) else {
                return Err(Error::Newer(other));
            };
            for step in steps {
                connection.execute_batch(step)?;
            }
        }
    }
    connection.execute_batch(&format!("PRAGMA user_version = {SCHEMA_VERSION}"))?;
    Ok(())
}

/// Takes all calls that wait, lets them share one commit, then answers them.
fn work(connection: &Connection, inbox: &mpsc::Receiver<Job>) {
    connection.set_prepared_statement_cache_capacity(64);
    while let Ok(first) = inbox.recv() {
        let mut finishers = Vec::new();
        let begun = connection.execute_batch("BEGIN");
        finishers.push(first(connection));
        while finishers.len() < GROUP
            && let Ok(next) = inbox.try_recv()
        {
            finishers.push(next(connection));
        }
        let ended = begun
            .and_then(|()| connection.execute_batch("COMMIT"))
            .map_err(Error::from);
        if ended.is_err() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        for finisher in finishers {
            finisher(ended.clone());
        }
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
