//! One mailbox's pass: connect, decide names, work through the folders, say what came of it.
//!
//! Promises: a lost connection is made again as long as something moves; what the operator must decide ends the
//! mailbox and nothing else; each folder is worked on by one pair of connections at a time, so that messages keep
//! their order. Deliberately absent: other mailboxes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::accounts;
use super::control::{Brake, Halted, Turn};
use super::copy::{self, journal_trouble};
use super::lane::{Lane, Queue};
use super::progress::{Activity, Count, Meter};
use super::remedy::{self, Doing};
use super::{Event, Level, Pass, Prepared, Shared, survey, verify};
use crate::account::{Endpoint, Side};
use crate::archive;
use crate::imap::{Destination, Login, Origin};
use crate::journal::{AccountId, FolderRow, FolderState, FolderSum, Phase, State};
use crate::net::Connector;
use crate::plan::{Job, Options};
use crate::trouble::{Kind, Trouble};

/// How a mailbox's pass ended.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    pub(crate) copied: u64,
    pub(crate) exceptions: u64,
    pub(crate) failed_folders: u64,
    pub(crate) trouble: Option<Trouble>,
}

impl Ending {
    pub(crate) fn stopped() -> Self {
        Self::failed(Trouble::new(Kind::Stopped, "", ""))
    }

    pub(crate) fn failed(trouble: Trouble) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::default()
        }
    }
}

/// Everything needed to connect for one mailbox.
pub(crate) struct Mailbox {
    pub(crate) shared: Arc<Shared>,
    pub(crate) job: Job,
    /// The plan's choices as they hold for this mailbox.
    pub(crate) options: Options,
    pub(crate) meter: Arc<Meter>,
    pub(crate) brake: Brake,
    pub(super) origin: (Connector, Login),
    pub(super) destination: (Connector, Login),
    number: u32,
}

/// Works through one mailbox.
pub(crate) async fn run(shared: &Arc<Shared>, turn: Turn) {
    let span = tracing::info_span!("mailbox", worker = turn.number);
    let login = turn.job.login.clone();
    shared.tell(Event::MailboxStarted {
        login: login.clone(),
    });
    turn.meter.begin(Timestamp::now());
    let ending = async {
        let brake = Brake::new(&shared.control, turn.skipped.clone());
        let ending = match work(shared, &turn, brake).await {
            Ok(ending) => ending,
            Err(trouble) => Ending::failed(trouble),
        };
        accounts::called(shared, &turn.job, &turn.meter, &ending).await;
        ending
    }
    .instrument(span.clone())
    .await;
    let _in = span.enter();
    let (copied, exceptions) = (ending.copied, ending.exceptions);
    let trouble = ending.trouble.clone();
    let activity = match &trouble {
        Some(trouble) if trouble.kind.is_order() => Activity::Stopped,
        Some(_) => Activity::Failed,
        None if exceptions + ending.failed_folders > 0 => Activity::DoneWithExceptions,
        None => Activity::Done,
    };
    shared.control.end(&turn, ending, activity);
    match trouble {
        None => shared.tell(Event::MailboxDone {
            login,
            copied,
            exceptions,
        }),
        Some(trouble) => {
            match trouble.kind {
                Kind::Stopped => tracing::info!("'{login}' stopped by the operator"),
                Kind::Skipped => tracing::info!("'{login}' skipped by the operator"),
                _ => tracing::error!("'{login}' not finished: {trouble}"),
            }
            shared.tell(Event::MailboxFailed { login, trouble });
        }
    }
}

/// The account first, where the scope asks for it, then its messages.
async fn work(shared: &Arc<Shared>, turn: &Turn, brake: Brake) -> Result<Ending, Trouble> {
    let request = &shared.request;
    let job = &turn.job;
    if let (Some(from), Some(to)) = (
        request.plan.origin.folder(),
        request.plan.destination.folder(),
    ) && archive::overlap(from, to)
    {
        let (from, to) = (from.display().to_string(), to.display().to_string());
        return Err(Trouble::new(Kind::ArchiveOverlap, from, to));
    }
    accounts::same_mailbox(shared, job).await?;
    // Only where nothing is done.
    let mut missing = false;
    if !request.plan.scope.copies() && matches!(request.pass, Pass::Complete | Pass::Verify(_)) {
        return Ok(Ending::default());
    }
    if matches!(request.pass, Pass::Accounts | Pass::Copy) {
        turn.meter.act(Activity::Preparing);
        if turn.is_again()
            && let Some(accounts) = &shared.accounts
        {
            accounts.again(&job.login);
        }
        let prepared = accounts::prepare(shared, job, &brake).await?;
        if request.pass == Pass::Accounts || !request.plan.scope.copies() {
            return Ok(Ending::default());
        }
        turn.meter.act(Activity::Listing);
        missing = prepared == Some(Prepared::WouldCreate);
    }
    let meter = turn.meter.clone();
    let mailbox = Mailbox::new(shared, job.clone(), meter, brake, turn.number)?;
    let mailbox = Arc::new(mailbox);
    if missing {
        let counted = survey::count_alone(&mailbox).await;
        return counted.map(|()| Ending::default());
    }
    let held = match request.pass {
        Pass::Copy | Pass::Complete => accounts::hold(shared, job).await?,
        Pass::Accounts | Pass::Verify(_) => None,
    };
    let ending = mailbox.pass().await;
    if let Some(held) = held {
        accounts::release(shared, &job.login, held).await;
    }
    Ok(ending)
}

impl Mailbox {
    pub(crate) fn new(
        shared: &Arc<Shared>,
        job: Job,
        meter: Arc<Meter>,
        brake: Brake,
        number: u32,
    ) -> Result<Self, Trouble> {
        let plan = &shared.request.plan;
        let end = |side: Side, endpoint: &Endpoint, login: &str| {
            let connector = archive::connector(endpoint, side).map_err(|error| {
                let error = crate::imap::Error::Connect(error);
                remedy::trouble(&error, Doing::Login, &endpoint.label())
            })?;
            let secret = shared.control.login(side, endpoint, login);
            let secret =
                secret.ok_or_else(|| Trouble::new(Kind::PasswordMissing, login, side.word()))?;
            Ok((connector.limited(shared.throttle.clone()), secret))
        };
        Ok(Self {
            origin: end(Side::Origin, &plan.origin, &job.login)?,
            destination: end(Side::Destination, &plan.destination, &job.destination_login)?,
            options: plan.options.of(&job),
            shared: shared.clone(),
            job,
            meter,
            brake,
            number,
        })
    }

    /// What an order means for this mailbox.
    pub(crate) fn halted(&self, halted: Halted) -> Trouble {
        copy::Halt::from(halted).trouble(Doing::Folder, &self.job.login)
    }

    /// Waits, with no connection in hand, until work may go on.
    pub(crate) async fn rest(&self) -> Result<(), Trouble> {
        let rested = self.brake.rest().await;
        rested.map_err(|halted| self.halted(halted))
    }

    async fn pass(self: Arc<Self>) -> Ending {
        let journal = &self.shared.request.journal;
        let account = match journal
            .account(self.job.login.clone(), self.job.destination_login.clone())
            .await
        {
            Ok(account) => account,
            Err(error) => return Ending::failed(journal_trouble(&error)),
        };
        let mut ending = Ending::default();
        let result = match self.shared.request.pass {
            Pass::Verify(level) => self.verify(account, level, &mut ending).await,
            Pass::Accounts | Pass::Copy | Pass::Complete => self.cross(account, &mut ending).await,
        };
        match journal.folder_sums(account).await {
            Ok(sums) => {
                ending.exceptions = sums
                    .iter()
                    .map(|sum| sum.tally.of(&[State::Exception]))
                    .sum();
                // A folder that is not Failed and still has messages on this side of the crossing is not done either.
                let open = |sum: &&FolderSum| {
                    let left = sum.tally.of(&[State::Planned, State::InFlight]);
                    sum.state == FolderState::Failed
                        || (sum.state != FolderState::Excluded && left > 0)
                };
                ending.failed_folders = sums.iter().filter(open).count() as u64;
            }
            Err(error) => ending.trouble = Some(journal_trouble(&error)),
        }
        if let Err(trouble) = result {
            ending.trouble = Some(trouble);
        }
        if matches!(self.shared.request.pass, Pass::Copy | Pass::Complete)
            && !self.shared.request.dry_run
        {
            self.record_end(account, &mut ending).await;
        }
        ending
    }

    async fn record_end(&self, account: AccountId, ending: &mut Ending) {
        let login = &self.job.login;
        let complete = self.shared.request.pass == Pass::Complete;
        let phase = match (&ending.trouble, complete) {
            (Some(_), _) => Phase::Interrupted,
            (None, true) => Phase::Completed,
            (None, false) => Phase::Copied,
        };
        let trouble = ending
            .trouble
            .as_ref()
            .map(|trouble| (trouble.kind.key(), trouble.detail.clone()));
        let additional = complete.then_some(ending.copied);
        let journal = &self.shared.request.journal;
        if let Err(error) = journal.end(account, phase, trouble, additional).await {
            ending.trouble = Some(journal_trouble(&error));
            return;
        }
        if ending.trouble.is_none() {
            if complete {
                tracing::info!(
                    "'{login}' migration finished, {} additional messages",
                    ending.copied
                );
            } else {
                tracing::info!(
                    "Messages for '{login}' migrated, {} messages",
                    ending.copied
                );
                tracing::info!("'{login}' migrated, {} messages", ending.copied);
            }
        }
    }

    /// Copies, or completes.
    async fn cross(
        self: &Arc<Self>,
        account: AccountId,
        ending: &mut Ending,
    ) -> Result<(), Trouble> {
        let shared = &self.shared;
        let working = self.brake.working();
        let (login, journal) = (&self.job.login, &shared.request.journal);
        let label = shared.request.plan.origin.label();
        tracing::info!("Checking '{login}' on the remote server '{label}'...");
        let (mut origin, mut destination) = self.connect_first().await?;
        if shared.request.pass == Pass::Complete {
            tracing::info!("Finishing '{login}' migration...");
        } else if !shared.request.dry_run {
            tracing::info!("Migrating '{login}'...");
        }
        if !shared.request.dry_run {
            journal
                .begin(account)
                .await
                .map_err(|error| journal_trouble(&error))?;
        }
        let folders = self.decide(account, &mut origin, &mut destination).await?;
        if shared.request.dry_run {
            return Ok(());
        }
        self.meter.set(Count::Folders, folders.len() as u64);
        let queue = Arc::new(Queue::new(folders));
        let copied = Arc::new(AtomicU64::new(0));
        drop(working);
        let mut lanes = JoinSet::new();
        let wanted = (shared.request.plan.options.connections as usize)
            .min(queue.groups())
            .max(1);
        let mut pair = Some((origin, destination));
        for index in 0..wanted {
            let lane = Lane {
                mailbox: self.clone(),
                queue: queue.clone(),
                copied: copied.clone(),
                first: index == 0,
            };
            let pair = pair.take();
            let span = tracing::info_span!("mailbox", worker = self.number);
            let _ = lanes.spawn(lane.run(pair).instrument(span));
        }
        let mut result = Ok(());
        while let Some(ended) = lanes.join_next().await {
            let ended = ended.unwrap_or_else(|error| {
                Err(Trouble::new(Kind::Protocol, login, error.to_string()))
            });
            if let Err(trouble) = ended
                && result.is_ok()
            {
                result = Err(trouble);
            }
        }
        ending.copied = copied.load(Ordering::Relaxed);
        result
    }

    /// Names of folders: decided, made at the destination, recorded.
    async fn decide(
        &self,
        account: AccountId,
        origin: &mut Origin,
        destination: &mut Destination,
    ) -> Result<Vec<FolderRow>, Trouble> {
        let subject = |doing| move |halt: copy::Halt| halt.trouble(doing, "folders");
        survey::settle_folders(self, account, origin, destination)
            .await
            .map_err(subject(Doing::Folder))
    }

    async fn verify(
        self: &Arc<Self>,
        account: AccountId,
        level: Level,
        ending: &mut Ending,
    ) -> Result<(), Trouble> {
        verify::mailbox(self, account, level, ending).await
    }
}
