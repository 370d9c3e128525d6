//! One folder of one mailbox: listed, copied, its flags brought up to date.
//!
//! Promises: whatever ends it (an order, a lost connection, a full disk), the journal knows of every message whether
//! it has a copy, has none, or must be looked for. Deliberately absent: connecting and trying again (`mailbox`).
//!
//! - `fetch` reads parcels · `append` sends them · `answer` is what came of it · `keep` saves what was refused

mod answer;
mod append;
mod fetch;
mod keep;

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::mpsc;

pub(crate) use fetch::Deaths;

use super::control::{Brake, Halted};
use super::listing;
use super::locate;
use super::message::Digests;
use super::progress::{Activity, Count, Meter};
use super::remedy::{self, Doing};
use super::{Event, Pass, Shared};
use crate::imap::name::FolderName;
use crate::imap::session::Opened;
use crate::imap::{self, Destination, Origin};
use crate::journal::{self, Change, FolderRow, TargetId, Twin};
use crate::plan::Options;
use crate::trouble::{Kind, Trouble};

/// Parcels between the two sides, besides those in batches.
const CHANNEL: usize = 64;

/// Why a folder's copy ended before its end.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The operator's order, or the hour.
    Order(Halted),
    /// A connection, or what a server said over it.
    Imap(imap::Error),
    /// The journal.
    Journal(journal::Error),
    /// Anything already judged.
    Trouble(Trouble),
    /// The other side of the copy failed; its reason counts.
    OtherSide,
}

impl From<Halted> for Halt {
    fn from(halted: Halted) -> Self {
        Self::Order(halted)
    }
}

impl From<imap::Error> for Halt {
    fn from(error: imap::Error) -> Self {
        Self::Imap(error)
    }
}

impl From<journal::Error> for Halt {
    fn from(error: journal::Error) -> Self {
        Self::Journal(error)
    }
}

impl From<listing::Error> for Halt {
    fn from(error: listing::Error) -> Self {
        match error {
            listing::Error::Imap(error) => Self::Imap(error),
            listing::Error::Journal(error) => Self::Journal(error),
        }
    }
}

impl Halt {
    /// A file of ours could not be written.
    fn spool(error: &io::Error) -> Self {
        let kind = if matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        ) {
            Kind::DiskFull
        } else {
            Kind::Storage
        };
        Self::Trouble(Trouble::new(kind, "migration folder", error.to_string()))
    }

    /// As a trouble about this subject.
    pub(crate) fn trouble(self, doing: Doing, subject: &str) -> Trouble {
        match self {
            Self::Order(Halted::Stopped) => Trouble::new(Kind::Stopped, subject, ""),
            Self::Order(Halted::Skipped) => Trouble::new(Kind::Skipped, subject, ""),
            Self::Order(Halted::Rest) => Trouble::new(Kind::ConnectionLost, subject, "at rest"),
            Self::Imap(error) => remedy::trouble(&error, doing, subject),
            Self::Journal(error) => journal_trouble(&error),
            Self::Trouble(trouble) => trouble,
            Self::OtherSide => Trouble::new(Kind::ConnectionLost, subject, "the other side ended"),
        }
    }
}

/// What a failure of the journal means.
pub(crate) fn journal_trouble(error: &journal::Error) -> Trouble {
    let kind = match error {
        journal::Error::Full(_) => Kind::DiskFull,
        _ => Kind::Journal,
    };
    Trouble::new(kind, "journal", error.to_string())
}

/// A folder to be worked on, with what `append` needs to know of it.
pub(crate) struct Job<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) brake: &'a Brake,
    pub(crate) options: &'a Options,
    pub(crate) meter: &'a Meter,
    pub(crate) login: &'a str,
    pub(crate) folder: FolderRow,
    pub(crate) target: TargetId,
    pub(crate) target_name: FolderName,
    /// UIDVALIDITY of the destination folder.
    pub(crate) validity: u32,
    /// A lower bound of the UID the next message appended will get.
    pub(crate) next_uid: u32,
    pub(crate) permanent: Option<Vec<String>>,
    /// Copies of an earlier numbering of the folder, by digest, to be taken over.
    pub(crate) twins: Mutex<HashMap<[u8; 32], VecDeque<Twin>>>,
    /// Messages that travelled, over all attempts of this pass.
    pub(crate) copied: &'a AtomicU64,
    /// One message at a time.
    pub(crate) careful: bool,
    deaths: Option<&'a Deaths>,
    /// Something was confirmed without its UID.
    pub(crate) homeless: AtomicBool,
    changes: Mutex<Vec<Change>>,
}

impl Job<'_> {
    /// One more message has its copy; `moved`: its octets travelled just now.
    fn count_done(&self, octets: u64, moved: bool) {
        self.meter.add(Count::Done, 1);
        self.meter.add(Count::OctetsDone, octets);
        if moved {
            self.meter.add(Count::Copied, 1);
            self.meter.add(Count::OctetsCopied, octets);
            let _ = self.copied.fetch_add(1, Ordering::Relaxed);
        } else {
            self.meter.add(Count::Present, 1);
        }
    }

    /// An adopted copy gets the origin's flags besides its own.
    fn remember_flags(&self, uid: u32, copy: u32, flags: &[String]) {
        if !flags.is_empty() {
            let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
            changes.push(Change {
                uid,
                copy,
                before: String::new(),
                after: listing::flag_line(flags),
            });
        }
    }
}

/// Messages of the destination that are nobody's copy yet, by digest.
#[derive(Debug, Default)]
pub(crate) struct Adoptable {
    exact: HashMap<[u8; 32], VecDeque<u32>>,
    normal: HashMap<[u8; 32], VecDeque<u32>>,
    taken: HashSet<u32>,
}

impl Adoptable {
    /// A message of the destination with these digests; to be added in the order of UIDs.
    pub(crate) fn add(&mut self, uid: u32, digests: &Digests) {
        self.exact
            .entry(digests.sha256.0)
            .or_default()
            .push_back(uid);
        self.normal
            .entry(digests.norm_sha256.0)
            .or_default()
            .push_back(uid);
    }

    /// The lowest UID, from `least` on, with the same octets, else with the same normal form. Each is given out once.
    pub(crate) fn take(&mut self, sha256: &[u8; 32], norm: &[u8; 32], least: u32) -> Option<u32> {
        let Self {
            exact,
            normal,
            taken,
        } = self;
        let mut next = |list: Option<&mut VecDeque<u32>>| {
            let list = list?;
            list.retain(|uid| !taken.contains(uid));
            let at = list.iter().position(|uid| *uid >= least)?;
            let uid = list.remove(at)?;
            let _ = taken.insert(uid);
            Some(uid)
        };
        next(exact.get_mut(sha256)).or_else(|| next(normal.get_mut(norm)))
    }
}

/// What a folder's pass came to.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Done {
    /// `rows seen, rows announced` of a listing that contradicts itself.
    pub(crate) inconsistent: Option<(u64, u64)>,
}

/// A folder's place in a mailbox's pass.
pub(crate) struct Task<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) brake: &'a Brake,
    pub(crate) options: &'a Options,
    pub(crate) meter: &'a Meter,
    pub(crate) login: &'a str,
    pub(crate) folder: FolderRow,
    /// Whether this folder's messages were counted in this pass.
    pub(crate) counted: &'a AtomicBool,
    /// Several attempts came to nothing: one message at a time.
    pub(crate) deaths: Option<&'a Deaths>,
    /// Messages that travelled, over all attempts of this pass.
    pub(crate) copied: &'a AtomicU64,
}

/// Brings one folder up to date.
pub(crate) async fn folder(
    task: Task<'_>,
    origin: &mut Origin,
    destination: &mut Destination,
) -> Result<Done, Halt> {
    let Task {
        shared,
        brake,
        options,
        meter,
        login,
        ..
    } = task;
    let Some((target, target_name)) = task.folder.target.clone() else {
        return Ok(Done::default());
    };
    brake.check().await?;
    meter.at_folder(task.folder.name.text());
    meter.act(Activity::Listing);
    let journal = &shared.request.journal;
    let opened = origin.examine(&task.folder.name).await?;
    fence_origin(shared, &task.folder, &opened).await?;
    let folder = journal.folder(task.folder.id).await?;
    let closing = shared.request.pass == Pass::Complete;
    let found = listing::update(origin, journal, &folder, &opened, options, closing).await?;
    let folder = journal.folder(folder.id).await?;
    if !task.counted.load(Ordering::Relaxed) {
        let _ = journal
            .retry_exceptions(folder.id, folder.uid_validity)
            .await?;
    }
    let status = destination.status(&target_name).await?;
    if folder.target_validity != status.uid_validity {
        let freed = journal.target_validity(target, status.uid_validity).await?;
        if freed > 0 {
            let words = format!("{} is now {}", folder.target_validity, status.uid_validity);
            tracing::warn!(
                "The destination numbered '{}' anew (UIDVALIDITY {words})",
                target_name.text()
            );
            journal
                .event("destination-uidvalidity", target_name.text(), words)
                .await?;
        }
    }
    let work = journal.open_work(folder.id, folder.uid_validity).await?;
    count_listed(meter, &task, work);
    let mut twins: HashMap<[u8; 32], VecDeque<Twin>> = HashMap::new();
    if work.planned > 0 {
        for (sha256, twin) in journal.twins(folder.id, folder.uid_validity).await? {
            twins.entry(sha256).or_default().push_back(twin);
        }
    }
    let mut job = Job {
        twins: Mutex::new(twins),
        shared,
        brake,
        options,
        meter,
        login,
        target,
        target_name,
        validity: status.uid_validity,
        next_uid: status.uid_next.max(1),
        permanent: None,
        copied: task.copied,
        careful: task.deaths.is_some(),
        deaths: task.deaths,
        homeless: AtomicBool::new(false),
        changes: Mutex::new(found.changes),
        folder,
    };
    if work.planned + work.suspects > 0 {
        meter.act(Activity::Copying);
        copy(&mut job, origin, destination).await?;
    }
    set_flags(&job, destination).await?;
    // Only now: a pass that ends before its flags are set looks at them again.
    journal.flags_done(job.folder.id, found.modseq).await?;
    Ok(Done {
        inconsistent: found.inconsistent,
    })
}

/// UIDVALIDITY at the origin changed: rows keep their digests and copies under the old one, and are matched by
/// content as the messages are read again (field.md D6).
async fn fence_origin(shared: &Shared, folder: &FolderRow, opened: &Opened) -> Result<(), Halt> {
    let journal = &shared.request.journal;
    if folder.uid_validity == opened.uid_validity && folder.uid_validity != 0 {
        if opened.uid_next.is_some_and(|next| next < folder.uid_next) {
            let words = format!(
                "UIDNEXT went back from {} to {:?}",
                folder.uid_next, opened.uid_next
            );
            tracing::warn!("Folder '{}' of the origin: {words}", folder.name.text());
            journal
                .event("uidnext-went-back", folder.name.text(), words)
                .await?;
            journal.park(folder.id, folder.uid_validity).await?;
        }
        return Ok(());
    }
    if folder.uid_validity != 0 {
        let words = format!("{} is now {}", folder.uid_validity, opened.uid_validity);
        tracing::warn!(
            "The origin numbered '{}' anew (UIDVALIDITY {words})",
            folder.name.text()
        );
        journal
            .event("origin-uidvalidity", folder.name.text(), words)
            .await?;
    }
    journal
        .origin_validity(folder.id, opened.uid_validity)
        .await?;
    Ok(())
}

fn count_listed(meter: &Meter, task: &Task<'_>, work: journal::OpenWork) {
    if task.counted.swap(true, Ordering::Relaxed) {
        return;
    }
    let open = work.planned + work.suspects - work.confirmed;
    let total = open + work.exceptions + work.done();
    meter.add(Count::Listed, total);
    meter.add(Count::Done, work.done());
    meter.add(Count::Present, work.present);
    meter.add(Count::Excluded, work.excluded);
    meter.add(Count::Gone, work.gone);
    meter.add(
        Count::OctetsListed,
        work.planned_octets + work.copied_octets,
    );
    meter.add(Count::OctetsDone, work.copied_octets);
    meter.add(Count::Exceptions, work.exceptions);
}

async fn copy(
    job: &mut Job<'_>,
    origin: &mut Origin,
    destination: &mut Destination,
) -> Result<(), Halt> {
    let opened = destination.select(&job.target_name).await?;
    job.permanent.clone_from(&opened.permanent_flags);
    if let Some(next) = opened.uid_next {
        job.next_uid = job.next_uid.max(next);
    }
    locate::settle_suspects(job, origin, destination, &opened).await?;
    let adoptable = locate::adoptable(job, destination, &opened).await?;
    for side in [&job.shared.origin, &job.shared.destination] {
        if side.is_slow() {
            let _ = origin.compress().await?;
            let _ = destination.compress().await?;
        }
    }
    let begun = Instant::now();
    let before = origin.session().received();
    let (hand, inbox) = mpsc::channel(CHANNEL);
    let reading = fetch::read_all(job, origin, hand);
    let writing = append::write_all(job, destination, adoptable, inbox);
    // Both to their end: when one fails, the other sees the channel close and stops between messages.
    let (read, written) = futures::future::join(reading, writing).await;
    let moved = origin.session().received() - before;
    job.shared.origin.measured(moved, begun.elapsed());
    job.shared.destination.measured(moved, begun.elapsed());
    match (read, written) {
        (Ok(()), Ok(())) => {}
        (Err(Halt::OtherSide) | Ok(()), Err(halt)) | (Err(halt), _) => return Err(halt),
    }
    if job.homeless.load(Ordering::Relaxed) {
        locate::settle_suspects(job, origin, destination, &opened).await?;
    }
    Ok(())
}

/// Brings changed flags to the copies: what the origin added is added, what it took is taken, nothing else.
async fn set_flags(job: &Job<'_>, destination: &mut Destination) -> Result<(), Halt> {
    let changes = std::mem::take(&mut *job.changes.lock().unwrap_or_else(PoisonError::into_inner));
    if changes.is_empty() {
        return Ok(());
    }
    let opened = destination.select(&job.target_name).await?;
    let mut groups: HashMap<(bool, Vec<String>), Vec<u32>> = HashMap::new();
    for change in &changes {
        let (before, after) = (words(&change.before), words(&change.after));
        for (add, from, to) in [(true, &after, &before), (false, &before, &after)] {
            let differ: Vec<String> = from
                .iter()
                .filter(|flag| !to.contains(flag))
                .cloned()
                .collect();
            let flags =
                super::message::translate_flags(&differ, opened.permanent_flags.as_deref(), true)
                    .keep;
            if !flags.is_empty() {
                groups.entry((add, flags)).or_default().push(change.copy);
            }
        }
    }
    let mut refused: Vec<u32> = Vec::new();
    for ((add, flags), mut uids) in groups {
        uids.sort_unstable();
        for set in crate::imap::origin::sets(&uids, 900) {
            match destination.store(&set, add, &flags).await {
                // A copy the user has deleted meanwhile has no flags to set.
                Ok(()) => {}
                Err(imap::Error::Refused { .. }) => refused.extend(&uids),
                Err(other) => return Err(other.into()),
            }
        }
    }
    let set = changes
        .into_iter()
        .filter(|change| !refused.contains(&change.copy))
        .map(|change| (change.uid, change.after))
        .collect();
    let journal = &job.shared.request.journal;
    journal
        .flags_set(job.folder.id, job.folder.uid_validity, set)
        .await?;
    Ok(())
}

fn words(flags: &str) -> Vec<String> {
    flags.split_ascii_whitespace().map(str::to_owned).collect()
}

/// Tells of a folder that could not be worked on.
pub(crate) fn tell_failed(shared: &Shared, login: &str, folder: &FolderName, trouble: &Trouble) {
    tracing::warn!("Folder '{}' of '{login}': {trouble}", folder.text());
    shared.tell(Event::FolderFailed {
        login: login.to_owned(),
        folder: folder.text(),
        trouble: trouble.clone(),
    });
}
