//! Reads copies back and compares them.
//!
//! Promises (field.md E5, E6): the reader of bodies is async-imap, code that did not write them; a copy it does not
//! find is looked for again with our own wire before it counts as missing; a copy that differs is compared in full
//! with the origin before it is given a class; `M` and `X` are never silent, and signed mail must be `I` or `N`.
//! Deliberately absent: repairing.

mod judge;
mod reader;
mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::control::Halted;
use super::copy::{Halt, journal_trouble};
use super::lane::Queue;
use super::locate::{self, LEARNED, is_near};
use super::mailbox::{Ending, Mailbox};
use super::message::Digests;
use super::progress::{Activity, Count, Waiting};
use super::remedy::{self, Doing};
use super::{Event, Level};
use crate::account::Side;
use crate::imap::origin::sets;
use crate::imap::{self, Destination, Origin};
use crate::journal::{AccountId, CopyRow, FolderRow, FolderState, Refusal};
use crate::trouble::{Kind, Trouble};

use reader::Reader;
use scope::Scope;

/// Rows taken from the journal at once.
const PAGE: u32 = 1_000;
/// Messages and octets read back in one command.
const READ_MESSAGES: usize = 50;
const READ_OCTETS: u64 = 2 << 20;

/// Reads a mailbox back.
pub(super) async fn mailbox(
    mailbox: &Arc<Mailbox>,
    account: AccountId,
    level: Level,
    ending: &mut Ending,
) -> Result<(), Trouble> {
    let journal = &mailbox.shared.request.journal;
    let login = &mailbox.job.login;
    tracing::info!("Verifying '{login}'...");
    let broken = |error: crate::journal::Error| journal_trouble(&error);
    let folders: Vec<FolderRow> = journal.folders(account).await.map_err(broken)?;
    let folders: Vec<_> = folders
        .into_iter()
        .filter(|row| row.state != FolderState::Excluded && row.target.is_some())
        .collect();
    let scope = Arc::new(scope::scope(mailbox, &folders, level).await?);
    let before = mailbox.meter.read(Count::Copied);
    mailbox.meter.act(Activity::Verifying);
    mailbox.meter.set(Count::Folders, folders.len() as u64);
    let queue = Arc::new(Queue::new(folders));
    let lanes = (mailbox.shared.request.plan.options.connections as usize)
        .min(queue.groups())
        .max(1);
    let fallbacks = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..lanes {
        let lane = Lane {
            mailbox: mailbox.clone(),
            scope: scope.clone(),
            queue: queue.clone(),
            fallbacks: fallbacks.clone(),
            destination: None,
            reader: None,
            origin: None,
            learned: Vec::new(),
            waiting: None,
        };
        let span = tracing::Span::current();
        let _ = tasks.spawn(lane.run().instrument(span));
    }
    let mut result = Ok(());
    while let Some(ended) = tasks.join_next().await {
        let ended = ended
            .unwrap_or_else(|error| Err(Trouble::new(Kind::Protocol, login, error.to_string())));
        if ended.is_err() && result.is_ok() {
            result = ended;
        }
    }
    ending.copied = mailbox.meter.read(Count::Copied) - before;
    if result.is_ok() {
        remember(mailbox, &scope, fallbacks.load(Ordering::Relaxed)).await?;
        tracing::info!("'{login}' verified, {} messages read back", ending.copied);
    }
    result
}

/// Records what was verified and how, for the report.
async fn remember(mailbox: &Mailbox, scope: &Scope, fallbacks: u64) -> Result<(), Trouble> {
    let journal = &mailbox.shared.request.journal;
    let (level, sample) = match (scope.level, &scope.chosen) {
        (Level::Present, _) => ("present", None),
        (Level::Sample(count), Some(_)) => ("sample", Some(count)),
        (Level::Sample(_) | Level::Full, _) => ("full", None),
    };
    let at = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let entry = serde_json::json!({
        "level": level,
        "sample": sample,
        "seed": format!("{:016x}", scope.seed),
        "reader": "async-imap",
        "fallbacks": fallbacks,
        "at": u64::try_from(at).unwrap_or(u64::MAX),
    });
    let broken = |error: crate::journal::Error| journal_trouble(&error);
    journal
        .remember_verification(mailbox.job.login.clone(), entry.to_string())
        .await
        .map_err(broken)
}

/// One set of connections that takes folders from the queue.
struct Lane {
    mailbox: Arc<Mailbox>,
    scope: Arc<Scope>,
    queue: Arc<Queue>,
    fallbacks: Arc<AtomicU64>,
    destination: Option<Destination>,
    reader: Option<Reader>,
    origin: Option<Origin>,
    learned: Vec<String>,
    /// Held until the connection stands again.
    waiting: Option<Waiting>,
}

impl Lane {
    async fn run(mut self) -> Result<(), Trouble> {
        let shared = self.mailbox.shared.clone();
        let _working = self.mailbox.brake.working();
        let _busy = self.mailbox.meter.busy();
        let words = shared.request.journal.recall(LEARNED).await;
        let words = words
            .map_err(|error| journal_trouble(&error))?
            .unwrap_or_default();
        self.learned = words.split_ascii_whitespace().map(str::to_owned).collect();
        while let Some(group) = self.queue.next() {
            for folder in group {
                self.patiently(&folder).await?;
                self.mailbox.meter.add(Count::FoldersDone, 1);
            }
        }
        if let Some(destination) = self.destination {
            destination.logout().await;
        }
        if let Some(origin) = self.origin {
            origin.logout().await;
        }
        Ok(())
    }

    /// One folder; connections that break are made again.
    async fn patiently(&mut self, folder: &FolderRow) -> Result<(), Trouble> {
        let name = folder.name.text();
        self.mailbox.meter.at_folder(name.clone());
        let mut after = 0;
        let mut index = 0;
        let mut attempt = 0;
        loop {
            let ended = self.folder(folder, &mut after, &mut index).await;
            let trouble = match ended {
                Ok(()) => return Ok(()),
                Err(Halt::Order(Halted::Rest)) => {
                    self.let_go();
                    self.mailbox.rest().await?;
                    continue;
                }
                Err(halt) => halt.trouble(Doing::Folder, &name),
            };
            attempt += 1;
            let again = matches!(
                trouble.remedy,
                crate::trouble::Remedy::Again | crate::trouble::Remedy::Slower(_)
            );
            if !again || attempt > 5 {
                return Err(trouble);
            }
            self.let_go();
            self.waiting = Some(self.mailbox.wait(&trouble, attempt).await?);
        }
    }

    fn let_go(&mut self) {
        self.destination = None;
        self.reader = None;
        self.origin = None;
    }

    /// A folder page by page; `after` and `index` keep the place between attempts.
    async fn folder(
        &mut self,
        folder: &FolderRow,
        after: &mut u32,
        index: &mut u64,
    ) -> Result<(), Halt> {
        let Some((target, target_name)) = folder.target.clone() else {
            return Ok(());
        };
        let shared = self.mailbox.shared.clone();
        let journal = &shared.request.journal;
        let mut opened = false;
        loop {
            self.mailbox.brake.check().await?;
            let page = journal
                .copies(folder.id, folder.uid_validity, *after, PAGE)
                .await?;
            let Some(last) = page.last().map(|row| row.uid) else {
                return Ok(());
            };
            if !opened {
                let destination = self.destination().await?;
                match destination.examine(&target_name).await {
                    Ok(seen) if seen.uid_validity == folder.target_validity => {}
                    Ok(seen) => {
                        let words =
                            format!("{} is now {}", folder.target_validity, seen.uid_validity);
                        return Err(Halt::Trouble(Trouble::new(
                            Kind::FenceOpen,
                            target_name.text(),
                            words,
                        )));
                    }
                    Err(error) => return Err(error.into()),
                }
                opened = true;
                if let Some(reader) = &mut self.reader {
                    reader.close_folder();
                }
            }
            let _ = target;
            // Numbered before anything can fail, so that a second attempt numbers them the same.
            let places: BTreeMap<u32, u64> = page.iter().map(|row| row.uid).zip(*index..).collect();
            let end = *index + page.len() as u64;
            let scope = self.scope.clone();
            let is_chosen = |uid: u32| {
                let Some(chosen) = &scope.chosen else {
                    return true;
                };
                let (at, chosen) = (places.get(&uid), chosen.get(&folder.id));
                at.is_some_and(|at| chosen.is_some_and(|chosen| chosen.contains(at)))
            };
            let (mut wanted, odd) = self.present(folder, page).await?;
            wanted.retain(|row| is_chosen(row.uid) || odd.contains(&row.uid));
            self.read_back(folder, wanted, |uid| {
                *after = uid;
                *index = places.get(&uid).map_or(*index, |at| at + 1);
            })
            .await?;
            *after = last;
            *index = end;
        }
    }

    /// V1: each claimed UID is in the destination's listing, with a plausible size and the date that was sent. Answers
    /// those that are there, and which of them are of an odd size: they are read whatever the sample.
    async fn present(
        &mut self,
        folder: &FolderRow,
        page: Vec<CopyRow>,
    ) -> Result<(Vec<CopyRow>, BTreeSet<u32>), Halt> {
        let shared = self.mailbox.shared.clone();
        let journal = &shared.request.journal;
        let mut uids: Vec<u32> = page.iter().map(|row| row.copy).collect();
        uids.sort_unstable();
        let mut there: BTreeMap<u32, (u64, Option<String>)> = BTreeMap::new();
        let destination = self.destination().await?;
        let limit = destination.session().capabilities().message_limit();
        for some in uids.chunks(limit.map_or(uids.len(), |limit| limit.max(1) as usize)) {
            for set in sets(some, 900) {
                match destination.dates(&set).await {
                    Ok(rows) => there.extend(rows),
                    Err(imap::Error::Refused { .. }) => {}
                    Err(other) => return Err(other.into()),
                }
            }
        }
        // What a refusal or a cut may have kept from us is asked for alone before it counts as missing.
        for uid in uids
            .iter()
            .filter(|uid| !there.contains_key(uid))
            .copied()
            .collect::<Vec<_>>()
        {
            match destination.dates(&uid.to_string()).await {
                Ok(rows) => there.extend(rows),
                Err(error) => {
                    let trouble = remedy::trouble(&error, Doing::Fetch, &folder.name.text());
                    if trouble.kind != Kind::Unreadable {
                        return Err(Halt::Trouble(trouble));
                    }
                }
            }
        }
        let mut odd = BTreeSet::new();
        let (mut present, mut late) = (Vec::new(), Vec::new());
        for row in page {
            match there.get(&row.copy) {
                None => self.missing(folder, &row).await?,
                Some((size, date)) => {
                    if !is_near(row.size, *size) {
                        let _ = odd.insert(row.uid);
                    }
                    let instant =
                        |date: &Option<String>| date.as_deref().and_then(super::message::instant);
                    if let (Some(sent), Some(kept)) = (instant(&row.date), instant(date))
                        && sent != kept
                    {
                        late.push((row.uid, String::from("date:ignored")));
                    }
                    present.push(row);
                }
            }
        }
        journal.lost(folder.id, folder.uid_validity, late).await?;
        if self.scope.level == Level::Present {
            self.mailbox.meter.add(Count::Done, present.len() as u64);
            self.mailbox.meter.add(Count::Copied, present.len() as u64);
        }
        Ok((present, odd))
    }

    /// V2, V3: copies in full. Up to which UID it has come, `done` is told, so that nothing is counted twice.
    async fn read_back(
        &mut self,
        folder: &FolderRow,
        rows: Vec<CopyRow>,
        mut done: impl FnMut(u32),
    ) -> Result<(), Halt> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            self.mailbox.brake.check().await?;
            let (mut batch, mut octets) = (Vec::new(), 0);
            while let Some(row) = rows.next_if(|row| {
                batch.is_empty()
                    || (batch.len() < READ_MESSAGES && octets + row.size <= READ_OCTETS)
            }) {
                octets += row.size;
                batch.push(row);
            }
            let uids: Vec<(u32, u64)> = batch.iter().map(|row| (row.copy, row.size)).collect();
            let last = batch.last().map_or(0, |row| row.uid);
            let read = self.read(folder, &uids).await?;
            self.mailbox.shared.alive(Side::Destination);
            let mut verified = Vec::new();
            for row in batch {
                match read.get(&row.copy) {
                    None => self.missing(folder, &row).await?,
                    Some(digests) => {
                        if let Some(class) = self.judge(folder, &row, digests).await? {
                            verified.push((row.uid, class));
                        }
                    }
                }
            }
            self.mailbox.meter.add(Count::Done, verified.len() as u64);
            self.mailbox.meter.add(Count::Copied, verified.len() as u64);
            self.mailbox.meter.add(Count::OctetsDone, octets);
            self.mailbox.meter.add(Count::OctetsCopied, octets);
            let journal = &self.mailbox.shared.request.journal;
            journal
                .verified(folder.id, folder.uid_validity, verified)
                .await?;
            done(last);
        }
        Ok(())
    }

    /// Digests by UID: from the independent reader; what it did not find, from our own wire.
    async fn read(
        &mut self,
        folder: &FolderRow,
        uids: &[(u32, u64)],
    ) -> Result<BTreeMap<u32, Digests>, Halt> {
        let mut read = BTreeMap::new();
        match self.independently(folder, uids, &mut read).await {
            Ok(()) => {}
            Err(error) => {
                // Its connection is finished once a server says something it cannot take.
                tracing::warn!(
                    "The independent reader cannot read '{}': {error}",
                    folder.name.text()
                );
                self.reader = None;
            }
        }
        let left: Vec<u32> = uids
            .iter()
            .map(|(uid, _)| *uid)
            .filter(|uid| !read.contains_key(uid))
            .collect();
        if left.is_empty() {
            return Ok(read);
        }
        let (learned, brake) = (self.learned.clone(), self.mailbox.brake.clone());
        let (before, fallbacks) = (read.len(), self.fallbacks.clone());
        let destination = self.destination().await?;
        locate::digest_bodies(&brake, destination, &left, &learned, &mut read).await?;
        let by_us = (read.len() - before) as u64;
        let _ = fallbacks.fetch_add(by_us, Ordering::Relaxed);
        Ok(read)
    }

    async fn independently(
        &mut self,
        folder: &FolderRow,
        uids: &[(u32, u64)],
        read: &mut BTreeMap<u32, Digests>,
    ) -> Result<(), reader::Error> {
        let Some((_, name)) = &folder.target else {
            return Ok(());
        };
        let reader = match &mut self.reader {
            Some(reader) => reader,
            empty => {
                let (connector, login) = self.mailbox.destination_login();
                let patience = self.mailbox.patience(reader::PIECE);
                empty.insert(Reader::connect(connector, login, patience).await?)
            }
        };
        reader.open(name).await?;
        reader.digest(uids, &self.learned, read).await
    }

    async fn missing(&self, folder: &FolderRow, row: &CopyRow) -> Result<(), Halt> {
        let words = format!(
            "the destination confirmed it as UID {} and no longer lists it",
            row.copy
        );
        self.exception(folder, row.uid, Kind::CopyMissing, words)
            .await
    }

    async fn exception(
        &self,
        folder: &FolderRow,
        uid: u32,
        kind: Kind,
        words: String,
    ) -> Result<(), Halt> {
        let shared = &self.mailbox.shared;
        let trouble = Trouble::new(kind, folder.name.text(), words);
        tracing::warn!("Message {uid} of '{}': {trouble}", folder.name.text());
        let refusal = Refusal {
            uid,
            code: kind.key(),
            words: trouble.detail.clone(),
            eml: None,
        };
        shared
            .request
            .journal
            .exception(folder.id, folder.uid_validity, refusal)
            .await?;
        self.mailbox.meter.add(Count::Exceptions, 1);
        shared.tell(Event::Exception {
            login: self.mailbox.job.login.clone(),
            folder: folder.name.text(),
            uid,
            trouble,
        });
        Ok(())
    }

    async fn destination(&mut self) -> Result<&mut Destination, Halt> {
        match &mut self.destination {
            Some(destination) => Ok(destination),
            empty => {
                let mailbox = &self.mailbox;
                let connected = mailbox
                    .patiently(self.waiting.take(), || mailbox.connect_destination())
                    .await;
                let connected = connected.map_err(Halt::Trouble)?;
                Ok(empty.insert(connected))
            }
        }
    }
}
