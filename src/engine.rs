//! The engine: takes a plan, a journal and secrets, and moves mailboxes.
//!
//! Promises: it has never heard of a window or a terminal; it states facts (enums, numbers) and leaves words to
//! others; one bad message never stops a mailbox, one bad mailbox never stops a run; a run starts and ends for
//! certain. It is *given* secrets, never looks one up and never prints one.
//!
//! - `survey` lists folders on both sides · `folder` decides names (pure) · `listing` messages of a folder, proven
//! - `mailbox` one account's pass · `lane` its connections · `copy` one folder · `locate` finds copies whose fate is unknown
//! - `verify` reads copies back · `message` digests and classes (pure) · `remedy` server words → what to do (pure)
//! - `control` pause and stop · `progress` how far

pub mod control;
pub(crate) mod copy;
pub mod folder;
pub(crate) mod lane;
pub(crate) mod listing;
pub(crate) mod locate;
pub(crate) mod mailbox;
pub mod message;
pub mod progress;
pub mod remedy;
pub mod survey;
pub(crate) mod verify;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use serde::Serialize;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

pub use control::Control;
pub use progress::{Activity, MailboxRow, RunPhase, Snapshot};

use crate::account::{Endpoint, Side};
use crate::imap::Login;
use crate::journal::Journal;
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::trouble::{Kind, Trouble};
use progress::{Meter, Observer};

/// Octets of message bodies held in memory at once, all mailboxes together.
const MEMORY_BUDGET: usize = 24 << 20;
/// How often a snapshot is made.
const SAMPLE: Duration = Duration::from_millis(100);

/// The passwords of a run: by side and login, or by side for an administrator.
#[derive(Debug, Default, Clone)]
pub struct Secrets {
    logins: HashMap<(Side, String), SecretString>,
    masters: HashMap<Side, SecretString>,
}

impl Secrets {
    /// The password of one login.
    pub fn insert(&mut self, side: Side, login: impl Into<String>, password: SecretString) {
        let _ = self.logins.insert((side, login.into()), password);
    }

    /// The password of a side's administrator.
    pub fn insert_master(&mut self, side: Side, password: SecretString) {
        let _ = self.masters.insert(side, password);
    }

    /// How to log in to a mailbox of this endpoint, where the password for it is known.
    pub fn login(&self, side: Side, endpoint: &Endpoint, mailbox: &str) -> Option<Login> {
        match &endpoint.master {
            None => Some(Login {
                user: mailbox.to_owned(),
                authorize: None,
                password: self.logins.get(&(side, mailbox.to_owned()))?.clone(),
            }),
            Some(master) => {
                let password = self.masters.get(&side)?.clone();
                Some(match &master.separator {
                    Some(separator) => Login {
                        user: format!("{mailbox}{separator}{}", master.user),
                        authorize: None,
                        password,
                    },
                    None => Login {
                        user: master.user.clone(),
                        authorize: Some(mailbox.to_owned()),
                        password,
                    },
                })
            }
        }
    }
}

/// What a run is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pass {
    /// Copy what is not copied yet.
    Copy,
    /// The final pass: what arrived since, flags, and the closing listing.
    Complete,
    /// Read copies back.
    Verify(Level),
}

/// How much is read back (field.md E6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// That every claimed UID is in the destination's listing, with a plausible size.
    Present,
    /// Besides, this many messages per mailbox in full, chosen by a recorded seed; all of them where the mailbox
    /// holds less than 2 GB.
    Sample(u32),
    /// Everything in full.
    Full,
}

/// The order for a run.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is to be moved.
    pub plan: Plan,
    /// Where files go.
    pub project: Project,
    /// The memory of what was done.
    pub journal: Journal,
    /// The passwords.
    pub secrets: Secrets,
    /// Only these origin logins; all where empty.
    pub only: Vec<String>,
    /// What to do.
    pub pass: Pass,
    /// List and count, change nothing anywhere.
    pub dry_run: bool,
}

/// Rare things that happen in a run; none is ever lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A mailbox's turn has come.
    MailboxStarted {
        /// Login at the origin.
        login: String,
    },
    /// A folder is finished.
    FolderDone {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// Folder at the destination, as people read it.
        target: String,
        /// Messages copied in this pass.
        copied: u64,
    },
    /// A folder could not be worked on.
    FolderFailed {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// Why.
        trouble: Trouble,
    },
    /// A message has become an exception.
    Exception {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// UID at the origin.
        uid: u32,
        /// Why.
        trouble: Trouble,
    },
    /// A server asked to wait, or a connection is made again after a while.
    Waiting {
        /// Login at the origin.
        login: String,
        /// How long.
        pause: Duration,
        /// Why.
        trouble: Trouble,
    },
    /// A mailbox is finished; its pass has gone through to the end.
    MailboxDone {
        /// Login at the origin.
        login: String,
        /// Messages copied in this pass (read back, when verifying).
        copied: u64,
        /// Exceptions there are now.
        exceptions: u64,
    },
    /// A mailbox ended with a trouble.
    MailboxFailed {
        /// Login at the origin.
        login: String,
        /// Why.
        trouble: Trouble,
    },
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Mailboxes that went through to the end.
    pub finished: u64,
    /// Mailboxes that ended with a trouble, in the order of the plan.
    pub failed: Vec<(String, Trouble)>,
    /// Folders that could not be worked on.
    pub failed_folders: u64,
    /// Messages copied, or read back.
    pub copied: u64,
    /// Exceptions there are now in the mailboxes of the run.
    pub exceptions: u64,
    /// Whether the operator stopped it.
    pub stopped: bool,
}

/// A run in progress.
#[derive(Debug)]
pub struct Run {
    progress: watch::Receiver<Snapshot>,
    events: mpsc::UnboundedReceiver<Event>,
    control: Control,
    task: tokio::task::JoinHandle<Outcome>,
}

impl Run {
    /// How far it is now.
    pub fn progress(&self) -> Snapshot {
        self.progress.borrow().clone()
    }

    /// A second reader of how far it is.
    pub fn watch(&self) -> watch::Receiver<Snapshot> {
        self.progress.clone()
    }

    /// The next event; `None` when the run has ended and all were taken.
    pub async fn event(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// An event that waits, if one does.
    pub fn try_event(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// The brakes.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Waits for the end.
    pub async fn ended(self) -> Outcome {
        match self.task.await {
            Ok(outcome) => outcome,
            Err(error) => Outcome {
                failed: vec![(
                    String::new(),
                    Trouble::new(Kind::Protocol, "engine", error.to_string()),
                )],
                ..Outcome::default()
            },
        }
    }
}

/// What all mailboxes of a run share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) request: Request,
    pub(crate) control: Control,
    pub(crate) events: mpsc::UnboundedSender<Event>,
    /// Octets of message bodies that may be in memory.
    pub(crate) memory: Arc<Semaphore>,
    /// What was learned of each side's server.
    pub(crate) origin: remedy::Pace,
    pub(crate) destination: remedy::Pace,
}

impl Shared {
    pub(crate) fn tell(&self, event: Event) {
        // A reader that is gone has no wish to know.
        let _ = self.events.send(event);
    }
}

/// Starts a run. Needs a tokio runtime. The caller holds the project's lock.
pub fn start(request: Request) -> Run {
    let jobs: Vec<Job> = request
        .plan
        .jobs
        .iter()
        .filter(|job| request.only.is_empty() || request.only.contains(&job.login))
        .cloned()
        .collect();
    let meters: Vec<_> = jobs
        .iter()
        .map(|job| Arc::new(Meter::new(&job.login)))
        .collect();
    let control = Control::default();
    let (events_in, events) = mpsc::unbounded_channel();
    let mut observer = Observer::new(meters.clone(), Instant::now());
    let (sampled, progress) = watch::channel(observer.look(RunPhase::Running, Instant::now()));
    let shared = Arc::new(Shared {
        control: control.clone(),
        events: events_in,
        memory: Arc::new(Semaphore::new(MEMORY_BUDGET)),
        origin: remedy::Pace::default(),
        destination: remedy::Pace::default(),
        request,
    });
    let task = tokio::spawn(async move {
        let brakes = shared.control.clone();
        let working = tokio::spawn(work(shared, jobs, meters));
        tokio::pin!(working);
        let mut tick = tokio::time::interval(SAMPLE);
        loop {
            tokio::select! {
                ended = &mut working => {
                    let outcome = ended.unwrap_or_else(|error| Outcome {
                        failed: vec![(String::new(), Trouble::new(Kind::Protocol, "engine", error.to_string()))],
                        ..Outcome::default()
                    });
                    let _ = sampled.send(observer.look(RunPhase::Ended, Instant::now()));
                    return outcome;
                }
                _ = tick.tick() => {
                    let snapshot = observer.look(RunPhase::Running, Instant::now());
                    let phase = phase_of(&brakes, &snapshot);
                    let _ = sampled.send(Snapshot { phase, ..snapshot });
                }
            }
        }
    });
    Run {
        progress,
        events,
        control,
        task,
    }
}

fn phase_of(control: &Control, snapshot: &Snapshot) -> RunPhase {
    if control.is_stopped() {
        RunPhase::Stopping
    } else if !control.is_paused() {
        snapshot.phase
    } else if control.all_asleep() {
        RunPhase::Paused
    } else {
        RunPhase::Pausing
    }
}

async fn work(shared: Arc<Shared>, jobs: Vec<Job>, meters: Vec<Arc<Meter>>) -> Outcome {
    let bulk = shared.request.pass == Pass::Copy && !shared.request.dry_run;
    let _awake = stay_awake();
    let places = Arc::new(Semaphore::new(
        shared.request.plan.options.mailboxes as usize,
    ));
    let mut tasks = JoinSet::new();
    for (index, (job, meter)) in jobs.into_iter().zip(meters).enumerate() {
        let (shared, places) = (shared.clone(), places.clone());
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let _ = tasks.spawn(async move {
            let login = job.login.clone();
            let place = tokio::select! {
                place = places.acquire_owned() => place.ok(),
                () = shared.control.stopped() => None,
            };
            if place.is_none() {
                meter.act(Activity::Stopped);
                return (index, login, mailbox::Ending::stopped());
            }
            let ending = mailbox::run(&shared, job, meter, number).await;
            (index, login, ending)
        });
    }
    let mut endings = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(ending) => endings.push(ending),
            Err(error) => {
                let trouble = Trouble::new(Kind::Protocol, "engine", error.to_string());
                endings.push((usize::MAX, String::new(), mailbox::Ending::failed(trouble)));
            }
        }
    }
    endings.sort_by_key(|(index, ..)| *index);
    let mut outcome = Outcome {
        stopped: shared.control.is_stopped(),
        ..Outcome::default()
    };
    for (_, login, ending) in endings {
        outcome.copied += ending.copied;
        outcome.exceptions += ending.exceptions;
        outcome.failed_folders += ending.failed_folders;
        match ending.trouble {
            Some(trouble) if trouble.kind == Kind::Stopped => outcome.stopped = true,
            Some(trouble) => outcome.failed.push((login, trouble)),
            None => outcome.finished += 1,
        }
    }
    if bulk && !outcome.stopped {
        tracing::info!("Bulk migration finished");
    }
    outcome
}

/// Keeps the machine from sleeping until what this returns is dropped; where the system has no way to ask for that, the
/// run goes on without. On a thread of its own that nobody waits for: a desktop bus may take half a minute to say that
/// it cannot.
fn stay_awake() -> std::sync::mpsc::Sender<()> {
    let (held, ended) = std::sync::mpsc::channel::<()>();
    let asking = move || {
        let awake = keepawake::Builder::default()
            .idle(true)
            .sleep(true)
            .reason("moving mailboxes")
            .app_name("Traghetto")
            .app_reverse_domain("it.traghetto.Traghetto")
            .create()
            .inspect_err(|error| tracing::debug!("the system cannot be kept awake: {error}"));
        let _ = ended.recv();
        drop(awake);
    };
    let thread = std::thread::Builder::new().name("awake".into());
    if let Err(error) = thread.spawn(asking) {
        tracing::debug!("the system cannot be kept awake: {error}");
    }
    held
}
