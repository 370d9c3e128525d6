//! One mailbox's pass: connect, decide names, work through the folders, say what came of it.
//!
//! Promises: a lost connection is made again as long as something moves; what the operator must decide ends the
//! mailbox and nothing else; each folder is worked on by one pair of connections at a time, so that messages keep
//! their order. Deliberately absent: other mailboxes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::copy::{self, journal_trouble};
use super::lane::{Lane, Queue};
use super::progress::{Activity, Count, Meter};
use super::remedy::{self, Doing};
use super::{Event, Level, Pass, Shared, survey, verify};
use crate::account::{Endpoint, Side};
use crate::imap::{Destination, Login, Origin};
use crate::journal::{AccountId, FolderRow, FolderState, FolderSum, Phase, State};
use crate::net::Connector;
use crate::plan::{Compress, Job};
use crate::trouble::{Kind, Remedy, Trouble};

/// Attempts in a row without a single message moving, before a mailbox is given up for this run.
pub(crate) const ATTEMPTS: u32 = 9;
/// Attempts to connect at all, before anything has worked.
const FIRST_ATTEMPTS: u32 = 3;

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
    pub(crate) meter: Arc<Meter>,
    origin: (Connector, Login),
    destination: (Connector, Login),
    number: u32,
}

/// Works through one mailbox.
pub(crate) async fn run(shared: &Arc<Shared>, job: Job, meter: Arc<Meter>, number: u32) -> Ending {
    let span = tracing::info_span!("mailbox", worker = number);
    let login = job.login.clone();
    shared.tell(Event::MailboxStarted {
        login: login.clone(),
    });
    meter.act(Activity::Listing);
    let ending = async {
        match Mailbox::new(shared, job, meter.clone(), number) {
            Ok(mailbox) => Arc::new(mailbox).pass().await,
            Err(trouble) => Ending::failed(trouble),
        }
    }
    .instrument(span.clone())
    .await;
    let _in = span.enter();
    meter.act(match &ending.trouble {
        Some(trouble) if trouble.kind == Kind::Stopped => Activity::Stopped,
        Some(_) => Activity::Failed,
        None if ending.exceptions + ending.failed_folders > 0 => Activity::DoneWithExceptions,
        None => Activity::Done,
    });
    match &ending.trouble {
        None => shared.tell(Event::MailboxDone {
            login,
            copied: ending.copied,
            exceptions: ending.exceptions,
        }),
        Some(trouble) => {
            meter.say(Some(trouble.clone()));
            if trouble.kind == Kind::Stopped {
                tracing::info!("'{login}' stopped by the operator");
            } else {
                tracing::error!("'{login}' not finished: {trouble}");
            }
            shared.tell(Event::MailboxFailed {
                login,
                trouble: trouble.clone(),
            });
        }
    }
    ending
}

impl Mailbox {
    pub(crate) fn new(
        shared: &Arc<Shared>,
        job: Job,
        meter: Arc<Meter>,
        number: u32,
    ) -> Result<Self, Trouble> {
        let plan = &shared.request.plan;
        let end = |side: Side, endpoint: &Endpoint, login: &str| {
            let connector = Connector::new(endpoint).map_err(|error| {
                let error = crate::imap::Error::Connect(error);
                remedy::trouble(&error, Doing::Login, &endpoint.label())
            })?;
            let secret = shared.request.secrets.login(side, endpoint, login);
            let secret =
                secret.ok_or_else(|| Trouble::new(Kind::PasswordMissing, login, side.word()))?;
            Ok((connector, secret))
        };
        Ok(Self {
            origin: end(Side::Origin, &plan.origin, &job.login)?,
            destination: end(Side::Destination, &plan.destination, &job.destination_login)?,
            shared: shared.clone(),
            job,
            meter,
            number,
        })
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
            Pass::Copy | Pass::Complete => self.cross(account, &mut ending).await,
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
        let working = shared.control.working();
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

    /// The first pair of connections: patient with walls and lost connections, not with refused logins.
    pub(crate) async fn connect_first(&self) -> Result<(Origin, Destination), Trouble> {
        let mut attempt = 0;
        loop {
            let trouble = match self.connect().await {
                Ok(pair) => return Ok(pair),
                Err(trouble) => trouble,
            };
            attempt += 1;
            let again = match trouble.remedy {
                Remedy::Again => attempt < FIRST_ATTEMPTS,
                Remedy::Slower(_) => attempt < ATTEMPTS,
                _ => false,
            };
            if !again {
                return Err(trouble);
            }
            self.wait(&trouble, attempt).await?;
        }
    }

    pub(crate) async fn connect(&self) -> Result<(Origin, Destination), Trouble> {
        let origin = self.connect_origin();
        let destination = self.connect_destination();
        let (origin, destination) = futures::future::join(origin, destination).await;
        Ok((origin?, destination?))
    }

    pub(crate) async fn connect_origin(&self) -> Result<Origin, Trouble> {
        let request = &self.shared.request;
        let (connector, login) = &self.origin;
        let mut origin = Origin::connect(connector, login, self.patience())
            .await
            .map_err(|error| remedy::trouble(&error, Doing::Login, &self.subject(Side::Origin)))?;
        if request.plan.options.compress == Compress::Always {
            let lost = |error| remedy::trouble(&error, Doing::Login, &self.subject(Side::Origin));
            let _ = origin.compress().await.map_err(lost)?;
        }
        Ok(origin)
    }

    pub(crate) async fn connect_destination(&self) -> Result<Destination, Trouble> {
        let request = &self.shared.request;
        let (connector, login) = &self.destination;
        let mut destination = Destination::connect(connector, login, self.patience())
            .await
            .map_err(|error| {
                remedy::trouble(&error, Doing::Login, &self.subject(Side::Destination))
            })?;
        if request.plan.options.compress == Compress::Always {
            let lost =
                |error| remedy::trouble(&error, Doing::Login, &self.subject(Side::Destination));
            let _ = destination.compress().await.map_err(lost)?;
        }
        Ok(destination)
    }

    /// The connector and login of the destination, for the independent reader.
    pub(crate) fn destination_login(&self) -> &(Connector, Login) {
        &self.destination
    }

    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.shared.request.plan.options.patience_seconds.into())
    }

    fn subject(&self, side: Side) -> String {
        let plan = &self.shared.request.plan;
        match side {
            Side::Origin => format!("{} @ {}", self.job.login, plan.origin.label()),
            Side::Destination => format!(
                "{} @ {}",
                self.job.destination_login,
                plan.destination.label()
            ),
        }
    }

    /// Waits as the trouble asks; ends early when the run is to end.
    pub(crate) async fn wait(&self, trouble: &Trouble, attempt: u32) -> Result<(), Trouble> {
        let jitter = remedy::pause(attempt, remedy::random());
        let pause = match trouble.remedy {
            Remedy::Slower(least) => least + jitter,
            _ => jitter,
        };
        tracing::warn!(
            "'{}' waits {:.1} s: {trouble}",
            self.job.login,
            pause.as_secs_f64()
        );
        self.meter.act(Activity::Waiting);
        self.meter.say(Some(trouble.clone()));
        self.shared.tell(Event::Waiting {
            login: self.job.login.clone(),
            pause,
            trouble: trouble.clone(),
        });
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = self.shared.control.stopped() => return Err(Trouble::new(Kind::Stopped, &self.job.login, "")),
        }
        self.meter.say(None);
        self.meter.act(Activity::Copying);
        Ok(())
    }
}
