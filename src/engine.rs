//! The engine: takes a plan, a journal and secrets, and moves mailboxes.
//!
//! Promises: it has never heard of a window or a terminal; it states facts (enums, numbers) and leaves words to
//! others; one bad message never stops a mailbox, one bad mailbox never stops a run; a run starts and ends for
//! certain. It is *given* secrets, never looks one up and never prints one.
//!
//! - `accounts` the accounts at the destination, before their messages
//! - `survey` lists folders on both sides · `folder` decides names (pure) · `listing` messages of a folder, proven
//! - `mailbox` one account's pass · `reach` its connections, `lane` what goes over them · `pace` what was learned · `copy` one folder · `locate` finds copies whose fate is unknown
//! - `verify` reads copies back · `message` digests and classes (pure) · `remedy` server words → what to do (pure)
//! - `request` the order · `control` what the operator says meanwhile · `progress` how far · `event` what happens

pub(crate) mod accounts;
pub mod control;
pub(crate) mod copy;
pub mod event;
pub mod folder;
pub(crate) mod lane;
pub(crate) mod listing;
pub(crate) mod locate;
pub(crate) mod mailbox;
pub mod message;
pub(crate) mod pace;
pub mod progress;
pub(crate) mod reach;
pub mod remedy;
pub mod request;
pub mod survey;
pub(crate) mod verify;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{Timestamp, ZonedDateTime};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::{Id, JoinError, JoinSet};

pub use accounts::{Notice, Prepared};
pub use control::Control;
pub use event::{Event, Outcome};
pub use progress::{Activity, MailboxRow, Rates, RunPhase, Snapshot};
pub use request::{Level, NETWORK_PATIENCE, Pass, Request, Secrets, wants};

use crate::account::Side;
use crate::net::throttle::Throttle;
use crate::plan::{Plan, Window};
use crate::trouble::{Kind, Trouble};
use control::Turn;
use progress::{Meter, Observer};

/// Octets of message bodies held in memory at once, all mailboxes together.
const MEMORY_BUDGET: usize = 24 << 20;
/// How often a snapshot is made.
const SAMPLE: Duration = Duration::from_millis(100);
/// A server out of reach for less than this is not worth a line of the log.
const WORTH_A_LINE: Duration = Duration::from_secs(5);
/// The log's number of the plan's first mailbox; below it are threads.
const FIRST_WORKER: u32 = 0x1001;

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

    /// What the operator has in hand.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// See [`Control::again`].
    pub fn again(&self, login: &str) -> bool {
        self.control.again(login)
    }

    /// See [`Control::retry_now`].
    pub fn retry_now(&self) {
        self.control.retry_now();
    }

    /// See [`Control::skip`].
    pub fn skip(&self, login: &str) -> bool {
        self.control.skip(login)
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
    pub(crate) origin: pace::Pace,
    pub(crate) destination: pace::Pace,
    /// What all connections together may carry.
    pub(crate) throttle: Option<Throttle>,
    /// Who makes accounts at the destination.
    pub(crate) accounts: Option<accounts::Accounts>,
}

impl Shared {
    pub(crate) fn new(
        request: Request,
        control: Control,
        events: mpsc::UnboundedSender<Event>,
    ) -> Self {
        let kilobits = request.plan.options.bandwidth_kbit;
        Self {
            throttle: kilobits.map(|rate| Throttle::new(u64::from(rate) * 1_000 / 8)),
            accounts: request.provisioner.clone().map(accounts::Accounts::new),
            request,
            control,
            events,
            memory: Arc::new(Semaphore::new(MEMORY_BUDGET)),
            origin: pace::Pace::default(),
            destination: pace::Pace::default(),
        }
    }

    pub(crate) fn pace(&self, side: Side) -> &pace::Pace {
        match side {
            Side::Origin => &self.origin,
            Side::Destination => &self.destination,
        }
    }

    /// This side's server gave a sign of life: whoever waits for the network tries at once.
    pub(crate) fn alive(&self, side: Side) {
        if let Some(since) = self.pace(side).found() {
            if since.elapsed() >= WORTH_A_LINE {
                tracing::info!("The {} can be reached again", side.word());
            }
            self.control.retry_now();
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        // A reader that is gone has no wish to know.
        let _ = self.events.send(event);
    }
}

/// Starts a run. Needs a tokio runtime. The caller holds the project's lock.
pub fn start(mut request: Request) -> Run {
    let jobs: Vec<_> = request
        .plan
        .jobs
        .iter()
        .enumerate()
        .filter(|(_, job)| request.wants(job))
        .map(|(index, job)| {
            let meter = Arc::new(Meter::new(&job.login));
            (worker(index), job.clone(), meter)
        })
        .collect();
    let meters = jobs.iter().map(|(.., meter)| meter.clone()).collect();
    let control = Control::new(jobs, std::mem::take(&mut request.secrets));
    let (events_in, events) = mpsc::unbounded_channel();
    let mut observer = Observer::new(meters, Instant::now());
    let (sampled, progress) = watch::channel(observer.look(RunPhase::Running, Instant::now()));
    let shared = Arc::new(Shared::new(request, control.clone(), events_in));
    let hours = Hours::of(&shared);
    // Before anything begins.
    let _ = hours.look(&shared);
    let task = tokio::spawn(async move {
        let working = tokio::spawn(work(shared.clone()));
        tokio::pin!(working);
        let mut tick = tokio::time::interval(SAMPLE);
        loop {
            tokio::select! {
                ended = &mut working => {
                    let outcome = ended.unwrap_or_else(|error| Outcome {
                        failed: vec![(String::new(), broken(&error))],
                        ..Outcome::default()
                    });
                    let _ = sampled.send(observer.look(RunPhase::Ended, Instant::now()));
                    return outcome;
                }
                _ = tick.tick() => {
                    let resumes_at = hours.look(&shared);
                    let snapshot = observer.look(phase_of(&shared.control), Instant::now());
                    let _ = sampled.send(Snapshot { resumes_at, ..snapshot });
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

/// The number under which a mailbox stands in the log, by its place in the plan: apart from the numbers of threads.
pub(crate) fn worker(index: usize) -> u32 {
    u32::try_from(index)
        .unwrap_or(u32::MAX)
        .saturating_add(FIRST_WORKER)
}

/// The numbers of the log's lines, each with the login of its mailbox at the origin.
pub fn workers(plan: &Plan) -> impl Iterator<Item = (u32, &str)> {
    let jobs = plan.jobs.iter().enumerate();
    jobs.map(|(index, job)| (worker(index), job.login.as_str()))
}

/// Sees to it that a run keeps to its hours. The clock on the wall is looked at again and again: a machine that slept,
/// or was set right, is no special case.
struct Hours(Option<Window>);

impl Hours {
    fn of(shared: &Shared) -> Self {
        let request = &shared.request;
        let window = request.plan.options.window;
        Self(window.filter(|_| !request.ignore_window))
    }

    /// Opens or closes; answers when work goes on, while it may not.
    fn look(&self, shared: &Shared) -> Option<Timestamp> {
        let window = self.0.as_ref()?;
        let now = ZonedDateTime::now();
        let next = window.next_opening(&now);
        let until = next.as_ref().map(ZonedDateTime::timestamp);
        if shared.control.set_closed(!window.is_open(&now)) {
            if let Some(next) = &next {
                tracing::info!("Outside the hours {window}, waiting until {next}");
                shared.tell(Event::OutsideHours { until });
            } else {
                tracing::info!("Within the hours {window}, going on");
                shared.tell(Event::WithinHours);
            }
        }
        until
    }
}

fn phase_of(control: &Control) -> RunPhase {
    if control.is_stopped() {
        RunPhase::Stopping
    } else if control.is_paused() && control.all_asleep() {
        RunPhase::Paused
    } else if control.is_paused() {
        RunPhase::Pausing
    } else if control.is_closed() && control.all_asleep() {
        RunPhase::OutsideHours
    } else if control.is_closed() {
        RunPhase::Pausing
    } else if control.is_draining() {
        RunPhase::Draining
    } else {
        RunPhase::Running
    }
}

/// A part of the engine ended that never should.
fn broken(error: &JoinError) -> Trouble {
    Trouble::new(Kind::Protocol, "engine", error.to_string())
}

async fn work(shared: Arc<Shared>) -> Outcome {
    let copies = shared.request.plan.scope.copies();
    let bulk = shared.request.pass == Pass::Copy && !shared.request.dry_run && copies;
    let places = shared.request.plan.options.mailboxes as usize;
    let _awake = stay_awake();
    let control = shared.control.clone();
    accounts::release_left(&shared).await;
    if copies && matches!(shared.request.pass, Pass::Copy | Pass::Complete) {
        accounts::furnish(&shared).await;
    }
    if shared.request.pass == Pass::Copy && copies {
        accounts::all(&shared).await;
    }
    let mut orders = control.listen();
    let mut tasks = JoinSet::new();
    let mut turns: HashMap<Id, Turn> = HashMap::new();
    loop {
        orders.seen();
        for (login, trouble) in control.dismissed() {
            shared.tell(Event::MailboxFailed { login, trouble });
        }
        while tasks.len() < places
            && let Some(turn) = control.next()
        {
            let (shared, its) = (shared.clone(), turn.clone());
            let task = tasks.spawn(async move { mailbox::run(&shared, its).await });
            let _ = turns.insert(task.id(), turn);
        }
        if tasks.is_empty() && control.close() {
            break;
        }
        tokio::select! {
            Some(ended) = tasks.join_next_with_id() => {
                let id = ended.as_ref().map_or_else(JoinError::id, |(id, ())| *id);
                let turn = turns.remove(&id);
                // Nobody else would say that this one does not work any more.
                if let (Some(turn), Err(error)) = (turn, ended) {
                    control.end(&turn, mailbox::Ending::failed(broken(&error)), Activity::Failed);
                }
            }
            () = orders.changed() => {}
        }
    }
    let mut outcome = Outcome {
        stopped: control.is_draining(),
        ..Outcome::default()
    };
    for (login, ending) in control.endings() {
        outcome.copied += ending.copied;
        outcome.exceptions += ending.exceptions;
        outcome.failed_folders += ending.failed_folders;
        match ending.trouble {
            Some(trouble) if trouble.kind == Kind::Stopped => outcome.stopped = true,
            Some(trouble) if trouble.kind == Kind::Skipped => outcome.skipped.push(login),
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
