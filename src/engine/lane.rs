//! One pair of connections that works through a mailbox's folders.
//!
//! Promises: a lost connection is made again as long as something moves; a folder that fails stands in nobody's way;
//! folders that share a destination folder are worked on one after the other, so that messages keep their order.
//! Deliberately absent: what is done with a folder (`copy`).

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::control::Halted;
use super::copy::{self, journal_trouble};
use super::mailbox::Mailbox;
use super::pace::Place;
use super::progress::{Count, Waiting};
use super::reach::ATTEMPTS;
use super::remedy::Doing;
use super::{Event, Shared};
use crate::imap::{self, Destination, Origin};
use crate::journal::{FolderRow, FolderState};
use crate::trouble::{Kind, Remedy, Trouble};

/// Attempts in a row without a single message moving, after which messages travel one at a time.
const CAREFUL: u32 = 3;

/// Folders that wait for a lane; those that share a destination folder stay together.
pub(crate) struct Queue {
    waiting: Mutex<VecDeque<Vec<FolderRow>>>,
}

impl Queue {
    pub(crate) fn new(folders: Vec<FolderRow>) -> Self {
        let mut groups: Vec<Vec<FolderRow>> = Vec::new();
        for folder in folders {
            let target = folder.target.as_ref().map(|target| target.0);
            let company = groups.iter_mut().find(|group| {
                group
                    .iter()
                    .any(|other| other.target.as_ref().map(|target| target.0) == target)
            });
            match company {
                Some(group) if target.is_some() => group.push(folder),
                _ => groups.push(vec![folder]),
            }
        }
        Self {
            waiting: Mutex::new(groups.into()),
        }
    }

    pub(crate) fn groups(&self) -> usize {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    pub(crate) fn next(&self) -> Option<Vec<FolderRow>> {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    }
}

/// One pair of connections that takes folders from the queue.
pub(crate) struct Lane {
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) copied: Arc<AtomicU64>,
    pub(crate) first: bool,
}

impl Lane {
    pub(crate) async fn run(self, mut pair: Option<(Origin, Destination)>) -> Result<(), Trouble> {
        let shared = self.mailbox.shared.clone();
        let _working = self.mailbox.brake.working();
        let mut places = None;
        if !self.first {
            // More connections are a comfort: where there is a wall, the first pair does the work.
            match self.extra(&shared).await {
                Some((extra, taken)) => {
                    pair = Some(extra);
                    places = Some(taken);
                }
                None => return Ok(()),
            }
        } else if let (Some(origin), Some(destination)) =
            (shared.origin.enter(), shared.destination.enter())
        {
            places = Some((origin, destination));
        }
        let _busy = self.mailbox.meter.busy();
        while let Some(group) = self.queue.next() {
            for folder in group {
                self.folder(folder, &mut pair).await?;
            }
        }
        if let Some((origin, destination)) = pair {
            let _ = futures::future::join(origin.logout(), destination.logout()).await;
        }
        drop(places);
        Ok(())
    }

    async fn extra<'a>(
        &self,
        shared: &'a Shared,
    ) -> Option<((Origin, Destination), (Place<'a>, Place<'a>))> {
        let places = (shared.origin.enter()?, shared.destination.enter()?);
        let (origin, destination) = futures::future::join(
            self.mailbox.connect_origin(),
            self.mailbox.connect_destination(),
        )
        .await;
        for (side, failed) in [
            (&shared.origin, origin.as_ref().err()),
            (&shared.destination, destination.as_ref().err()),
        ] {
            if let Some(trouble) = failed {
                tracing::info!(
                    "No further connection for '{}': {trouble}",
                    self.mailbox.job.login
                );
                if matches!(
                    trouble.kind,
                    Kind::TooManyConnections | Kind::ConnectionLost
                ) && side.has_others()
                {
                    side.wall();
                }
            }
        }
        Some(((origin.ok()?, destination.ok()?), places))
    }

    /// One folder, as often as it takes.
    async fn folder(
        &self,
        folder: FolderRow,
        pair: &mut Option<(Origin, Destination)>,
    ) -> Result<(), Trouble> {
        let mailbox = &self.mailbox;
        let shared = &mailbox.shared;
        let journal = &shared.request.journal;
        let (mut attempt, mut waiting) = (0, None);
        let (copied, counted) = (AtomicU64::new(0), AtomicBool::new(false));
        let deaths = copy::Deaths::default();
        loop {
            let moved_before = mailbox.meter.read(Count::Done);
            let before = copied.load(Ordering::Relaxed);
            let ended = self
                .attempt(
                    &folder,
                    pair,
                    waiting.take(),
                    &counted,
                    (attempt >= CAREFUL).then_some(&deaths),
                    &copied,
                )
                .await;
            let _ = self
                .copied
                .fetch_add(copied.load(Ordering::Relaxed) - before, Ordering::Relaxed);
            let trouble = match ended {
                Ok(done) => {
                    let copied = copied.load(Ordering::Relaxed);
                    if let Some((seen, announced)) = done.inconsistent {
                        let words = format!("{seen} listed, {announced} announced");
                        let trouble =
                            Trouble::new(Kind::ListingInconsistent, folder.name.text(), words);
                        return self.folder_failed(&folder, &trouble).await;
                    }
                    mailbox.meter.add(Count::FoldersDone, 1);
                    shared.tell(Event::FolderDone {
                        login: mailbox.job.login.clone(),
                        folder: folder.name.text(),
                        target: folder
                            .target
                            .as_ref()
                            .map(|(_, name)| name.text())
                            .unwrap_or_default(),
                        copied,
                    });
                    tracing::info!(
                        "Folder '{}' of '{}' finished, {} messages",
                        folder.name.text(),
                        mailbox.job.login,
                        copied
                    );
                    return Ok(());
                }
                Err(copy::Halt::Order(Halted::Rest)) => {
                    *pair = None;
                    mailbox.rest().await?;
                    continue;
                }
                Err(halt) => halt.trouble(Doing::Folder, &folder.name.text()),
            };
            attempt = if mailbox.meter.read(Count::Done) > moved_before {
                1
            } else {
                attempt + 1
            };
            match trouble.remedy {
                Remedy::Again | Remedy::Slower(_) if attempt < ATTEMPTS => {
                    // Whatever was under way on these connections was abandoned: they are of no more use.
                    *pair = None;
                    if trouble.kind == Kind::TimedOut {
                        shared.origin.walk();
                        shared.destination.walk();
                    }
                    waiting = Some(mailbox.wait(&trouble, attempt).await?);
                }
                _ if matches!(
                    trouble.kind,
                    Kind::FolderRefused | Kind::FolderMissing | Kind::FolderName
                ) =>
                {
                    return self.folder_failed(&folder, &trouble).await;
                }
                // The servers answer, and this folder ends every connection: the others go on.
                Remedy::Again if mailbox.connect().await.is_ok() => {
                    *pair = None;
                    return self.folder_failed(&folder, &trouble).await;
                }
                _ => {
                    *pair = None;
                    let (key, detail) = (trouble.kind.key(), trouble.detail.clone());
                    let _ = journal
                        .event(
                            "folder-stopped",
                            folder.name.text(),
                            format!("{key}: {detail}"),
                        )
                        .await;
                    return Err(trouble);
                }
            }
        }
    }

    async fn attempt(
        &self,
        folder: &FolderRow,
        pair: &mut Option<(Origin, Destination)>,
        waiting: Option<Waiting>,
        counted: &AtomicBool,
        deaths: Option<&copy::Deaths>,
        copied: &AtomicU64,
    ) -> Result<copy::Done, copy::Halt> {
        let (mut origin, mut destination) = if let Some(pair) = pair.take() {
            pair
        } else {
            let connected = self.mailbox.connect_patiently(waiting).await;
            connected.map_err(copy::Halt::Trouble)?
        };
        let mailbox = &self.mailbox;
        // Read again: an earlier attempt may have moved it on.
        let journal = &mailbox.shared.request.journal;
        let folder = journal.folder(folder.id).await?;
        let task = copy::Task {
            shared: &mailbox.shared,
            brake: &mailbox.brake,
            options: &mailbox.options,
            meter: &mailbox.meter,
            login: &mailbox.job.login,
            folder,
            counted,
            copied,
            deaths,
        };
        match copy::folder(task, &mut origin, &mut destination).await {
            Ok(done) => {
                *pair = Some((origin, destination));
                Ok(done)
            }
            Err(halt) => {
                // A command that was refused has ended; anything else leaves the connections half-way.
                if matches!(&halt, copy::Halt::Imap(imap::Error::Refused { .. })) {
                    *pair = Some((origin, destination));
                }
                Err(halt)
            }
        }
    }

    async fn folder_failed(&self, folder: &FolderRow, trouble: &Trouble) -> Result<(), Trouble> {
        let mailbox = &self.mailbox;
        copy::tell_failed(&mailbox.shared, &mailbox.job.login, &folder.name, trouble);
        let journal = &mailbox.shared.request.journal;
        let (kind, detail) = (trouble.kind.key(), trouble.detail.clone());
        journal
            .folder_state(folder.id, FolderState::Failed, Some(kind), Some(detail))
            .await
            .map_err(|error| journal_trouble(&error))
    }
}
