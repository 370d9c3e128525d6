//! The counters of one mailbox, which its workers bump.
//!
//! Promises: bumping never waits. Deliberately absent: the clock, and sums over mailboxes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::{Activity, MailboxRow};
use crate::trouble::Trouble;

/// The counters of one mailbox.
#[derive(Debug, Default)]
pub struct Meter {
    login: String,
    numbers: [AtomicU64; 12],
    words: Mutex<Words>,
}

#[derive(Debug, Default, Clone)]
struct Words {
    activity: Activity,
    folder: String,
    trouble: Option<Trouble>,
    /// Those that work on it at once.
    lanes: usize,
    /// Those of them that wait.
    waits: Vec<Wait>,
    /// Numbers the waits.
    last: u64,
    started: Option<Timestamp>,
    finished: Option<Timestamp>,
}

#[derive(Debug, Clone)]
struct Wait {
    id: u64,
    until: Option<Timestamp>,
    trouble: Trouble,
}

/// One of those that work on a mailbox, for as long as it is held.
#[derive(Debug)]
#[must_use = "counts for as long as it is held"]
pub(crate) struct Busy(Arc<Meter>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0
            .with(|words| words.lanes = words.lanes.saturating_sub(1));
    }
}

/// One that waits, for as long as it is held. The mailbox waits when all who work on it do.
#[derive(Debug)]
#[must_use = "waits for as long as it is held"]
pub(crate) struct Waiting {
    meter: Arc<Meter>,
    id: u64,
}

impl Waiting {
    /// The wait is over, and whether it helped is not known yet.
    pub(crate) fn trying(&self) {
        self.meter.with(|words| {
            for wait in words.waits.iter_mut().filter(|wait| wait.id == self.id) {
                wait.until = None;
            }
        });
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.meter
            .with(|words| words.waits.retain(|wait| wait.id != self.id));
    }
}

/// Which counter of a meter.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// See [`MailboxRow::folders`].
    Folders,
    /// See [`MailboxRow::folders_done`].
    FoldersDone,
    /// See [`MailboxRow::listed`].
    Listed,
    /// See [`MailboxRow::done`].
    Done,
    /// See [`MailboxRow::copied`].
    Copied,
    /// See [`MailboxRow::octets_listed`].
    OctetsListed,
    /// See [`MailboxRow::octets_done`].
    OctetsDone,
    /// See [`MailboxRow::octets_copied`].
    OctetsCopied,
    /// See [`MailboxRow::exceptions`].
    Exceptions,
    /// See [`MailboxRow::present`].
    Present,
    /// See [`MailboxRow::excluded`].
    Excluded,
    /// See [`MailboxRow::gone`].
    Gone,
}

impl Meter {
    /// All zero.
    pub fn new(login: impl Into<String>) -> Self {
        Self {
            login: login.into(),
            ..Self::default()
        }
    }

    /// Adds to a counter.
    pub fn add(&self, count: Count, number: u64) {
        let _ = self.numbers[count as usize].fetch_add(number, Ordering::Relaxed);
    }

    /// Takes back from a counter what turned out otherwise.
    pub fn take(&self, count: Count, number: u64) {
        let _ = self.numbers[count as usize].fetch_sub(number, Ordering::Relaxed);
    }

    /// Sets a counter.
    pub fn set(&self, count: Count, number: u64) {
        self.numbers[count as usize].store(number, Ordering::Relaxed);
    }

    /// Reads a counter.
    pub fn read(&self, count: Count) -> u64 {
        self.numbers[count as usize].load(Ordering::Relaxed)
    }

    /// A turn begins: what is counted anew starts at zero; what was copied in this run stays.
    pub fn begin(&self, now: Timestamp) {
        for count in [
            Count::Folders,
            Count::FoldersDone,
            Count::Listed,
            Count::Done,
            Count::OctetsListed,
            Count::OctetsDone,
            Count::Exceptions,
            Count::Present,
            Count::Excluded,
            Count::Gone,
        ] {
            self.set(count, 0);
        }
        self.with(|words| {
            *words = Words {
                activity: Activity::Listing,
                last: words.last,
                started: Some(now),
                ..Words::default()
            };
        });
    }

    /// What the mailbox is doing from now on.
    pub fn act(&self, activity: Activity) {
        self.with(|words| words.activity = activity);
    }

    /// The folder it works on from now on.
    pub fn at_folder(&self, folder: String) {
        self.with(|words| words.folder = folder);
    }

    /// It waits for a turn.
    pub fn queue(&self) {
        self.with(|words| {
            *words = Words {
                last: words.last,
                ..Words::default()
            };
        });
    }

    /// Its turn ended like this.
    pub fn end(&self, activity: Activity, trouble: Option<Trouble>, now: Timestamp) {
        self.with(|words| {
            words.activity = activity;
            words.trouble = trouble;
            words.finished = Some(now);
        });
    }

    /// One more works on it.
    pub(crate) fn busy(self: &Arc<Self>) -> Busy {
        self.with(|words| words.lanes += 1);
        Busy(self.clone())
    }

    /// One of those who work on it waits for this.
    pub(crate) fn wait(self: &Arc<Self>, until: Timestamp, trouble: Trouble) -> Waiting {
        let mut id = 0;
        self.with(|words| {
            words.last += 1;
            id = words.last;
            let until = Some(until);
            words.waits.push(Wait { id, until, trouble });
        });
        Waiting {
            meter: self.clone(),
            id,
        }
    }

    /// What it ended with; `None` when that is over.
    pub fn say(&self, trouble: Option<Trouble>) {
        self.with(|words| words.trouble = trouble);
    }

    fn with(&self, change: impl FnOnce(&mut Words)) {
        change(&mut self.words.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn row(&self) -> MailboxRow {
        let mut words = self
            .words
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut until = None;
        if let Some(first) = words
            .waits
            .first()
            .filter(|_| words.waits.len() >= words.lanes)
        {
            words.activity = Activity::Waiting;
            words.trouble = Some(first.trouble.clone());
            until = words.waits.iter().filter_map(|wait| wait.until).min();
        }
        MailboxRow {
            login: self.login.clone(),
            activity: words.activity,
            folder: words.folder,
            folders: self.read(Count::Folders),
            folders_done: self.read(Count::FoldersDone),
            listed: self.read(Count::Listed),
            done: self.read(Count::Done),
            copied: self.read(Count::Copied),
            octets_listed: self.read(Count::OctetsListed),
            octets_done: self.read(Count::OctetsDone),
            octets_copied: self.read(Count::OctetsCopied),
            exceptions: self.read(Count::Exceptions),
            present: self.read(Count::Present),
            excluded: self.read(Count::Excluded),
            gone: self.read(Count::Gone),
            trouble: words.trouble,
            until,
            started: words.started,
            finished: words.finished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trouble::Kind;

    #[test]
    fn a_mailbox_waits_when_all_who_work_on_it_do() {
        let meter = Arc::new(Meter::new("a"));
        meter.act(Activity::Copying);
        let (_one, two) = (meter.busy(), meter.busy());
        let lost = Trouble::new(Kind::ConnectionLost, "x", "");
        let at = |second| Timestamp::from_second(second).unwrap();
        let first = meter.wait(at(9), lost.clone());
        assert_eq!(meter.row().activity, Activity::Copying);
        let second = meter.wait(at(7), lost.clone());
        let row = meter.row();
        assert_eq!((row.activity, row.until), (Activity::Waiting, Some(at(7))));
        assert_eq!(row.trouble, Some(lost));
        second.trying();
        assert_eq!(meter.row().until, Some(at(9)));
        drop(second);
        assert_eq!(meter.row().activity, Activity::Copying);
        drop(two);
        assert_eq!(meter.row().activity, Activity::Waiting);
        drop(first);
        let row = meter.row();
        assert_eq!((row.activity, row.trouble), (Activity::Copying, None));
    }
}
