//! A migration in progress as the window follows it: a task of its own, sampled from outside.
//!
//! Promises: the window never waits for it and it never waits for the window; what is shown is what the engine says.
//! Passes follow one another without a gap (final pass, then verification); the project's lock and its log are held as
//! long as they last. Deliberately absent: pixels, and deciding what comes next.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::demo::Demo;
use crate::engine::{
    self, Control, Event, NETWORK_PATIENCE, Outcome, Pass, Request, Secrets, Snapshot,
};
use crate::journal::Journal;
use crate::log;
use crate::plan::Plan;
use crate::project::{self, Project};
use crate::provision::Provisioner;
use crate::report::{self, Report};
use crate::trouble::{Kind, Trouble};

/// The sample servers answer this late, as servers that are far away do: on this computer alone it would be over
/// before one could look.
const DISTANCE: Duration = Duration::from_millis(80);

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Order {
    pub project: Project,
    pub plan: Plan,
    pub secrets: Secrets,
    /// Only these origin logins; all that are selected where empty.
    pub only: Vec<String>,
    pub passes: Vec<Pass>,
    /// Messages and octets a copy has to deal with, as far as they have been counted before.
    pub expected: Option<(u64, u64)>,
    /// Who prepares accounts at the destination, or why nobody can.
    pub provisioner: Result<Option<Arc<dyn Provisioner>>, Trouble>,
    pub demo: Option<Arc<Demo>>,
}

/// A run at one moment.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// `None` while it is being prepared.
    pub pass: Option<Pass>,
    pub snapshot: Snapshot,
    /// Messages and octets there will be, where more is known than has been listed yet.
    pub expected: (u64, u64),
}

impl Sample {
    /// Messages in all, as far as known.
    pub fn messages(&self) -> u64 {
        self.snapshot.total.listed.max(self.expected.0)
    }
}

/// How it ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The passes that were begun, and how each ended.
    pub outcomes: Vec<(Pass, Outcome)>,
    /// Why it could not be begun, or not be gone on with.
    pub trouble: Option<Trouble>,
    /// What the journal says now.
    pub report: Option<Arc<Report>>,
    pub at: Timestamp,
}

impl Ended {
    /// Whether the operator stopped it.
    pub fn is_stopped(&self) -> bool {
        self.outcomes.iter().any(|(_, outcome)| outcome.stopped)
    }
}

/// A handle to a run in progress.
#[derive(Debug, Clone, Default)]
pub struct Follow(Arc<Mutex<Now>>);

#[derive(Debug, Default)]
struct Now {
    pass: Option<Pass>,
    expected: (u64, u64),
    running: Option<(watch::Receiver<Snapshot>, Control)>,
    /// What was ordered before there was a run, or holds for the next one.
    paused: bool,
    stopped: bool,
}

impl Follow {
    /// A handle, and the whole of the work: to be spawned, not polled by the window.
    pub fn begin(order: Order) -> (Self, impl Future<Output = Ended> + Send) {
        let follow = Self::default();
        let work = follow.clone().carry_out(order);
        (follow, work)
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where it is.
    pub fn sample(&self) -> Sample {
        let now = self.now();
        let snapshot = now
            .running
            .as_ref()
            .map(|(snapshot, _)| snapshot.borrow().clone());
        Sample {
            pass: now.pass,
            snapshot: snapshot.unwrap_or_default(),
            expected: now.expected,
        }
    }

    /// Asks it to wait, or to go on.
    pub fn pause(&self, paused: bool) {
        let mut now = self.now();
        now.paused = paused;
        now.obey();
    }

    /// Asks it to end after the messages in hand.
    pub fn stop(&self) {
        let mut now = self.now();
        now.stopped = true;
        now.obey();
    }

    /// Asks it to end after the mailboxes in hand.
    pub fn drain(&self) {
        if let Some((_, control)) = &self.now().running {
            control.drain();
        }
    }

    /// Takes a mailbox that has ended back into the run; says whether it could.
    pub fn again(&self, login: &str) -> bool {
        let now = self.now();
        now.running
            .as_ref()
            .is_some_and(|(_, control)| control.again(login))
    }

    /// Leaves a mailbox out of the rest of the run.
    pub fn skip(&self, login: &str) {
        if let Some((_, control)) = &self.now().running {
            let _ = control.skip(login);
        }
    }

    /// Ends all waiting for the network.
    pub fn retry_now(&self) {
        if let Some((_, control)) = &self.now().running {
            control.retry_now();
        }
    }

    fn enter(&self, pass: Pass, running: (watch::Receiver<Snapshot>, Control)) {
        let mut now = self.now();
        now.pass = Some(pass);
        now.running = Some(running);
        now.obey();
    }

    async fn carry_out(self, order: Order) -> Ended {
        let mut outcomes = Vec::new();
        let (trouble, report) = match self.work(&order, &mut outcomes).await {
            Ok(report) => (None, Some(Arc::new(report))),
            Err(trouble) => (Some(trouble), None),
        };
        Ended {
            outcomes,
            trouble,
            report,
            at: Timestamp::now(),
        }
    }

    async fn work(
        &self,
        order: &Order,
        outcomes: &mut Vec<(Pass, Outcome)>,
    ) -> Result<Report, Trouble> {
        let provisioner = order.provisioner.clone()?;
        let (project, plan) = (order.project.clone(), order.plan.clone());
        // All of it asks the disk.
        let prepared = tokio::task::spawn_blocking(move || {
            let lock = project.lock().map_err(|error| of_project(&error))?;
            let log = log::start(&project.log_dir(&plan.options), false)
                .inspect_err(|error| tracing::warn!("no log: {error}"))
                .ok();
            let journal =
                Journal::open(&project.journal_file()).map_err(|error| of_journal(&error))?;
            Ok::<_, Trouble>((lock, log, journal))
        });
        let (_lock, _log, journal) = prepared
            .await
            .map_err(|error| Trouble::new(Kind::Storage, "", error.to_string()))??;
        if let Some(demo) = &order.demo {
            for server in [&demo.origin, &demo.destination] {
                server.faults().latency(DISTANCE);
            }
        }
        for pass in &order.passes {
            if self.now().stopped {
                break;
            }
            self.foresee(order, *pass);
            let mut run = engine::start(Request {
                provisioner: provisioner.clone(),
                notice: Some(report::accounts::notice()),
                ..order.request(&journal, *pass)
            });
            self.enter(*pass, (run.watch(), run.control()));
            while let Some(event) = run.event().await {
                note(&event);
            }
            let outcome = run.ended().await;
            let stopped = outcome.stopped;
            outcomes.push((*pass, outcome));
            if stopped {
                break;
            }
            if let (Some(demo), Pass::Copy) = (&order.demo, pass) {
                let _ = demo.deliver();
            }
        }
        report::gather(&order.project, &journal, &order.plan)
            .await
            .map_err(|error| of_journal(&error))
    }

    /// What was counted before, for the window: the engine learns it folder by folder.
    fn foresee(&self, order: &Order, pass: Pass) {
        let of_demo = |demo: &Arc<Demo>| {
            let (_, messages, octets) = demo.size();
            (messages, octets)
        };
        let expected = order.demo.as_ref().map(of_demo).or(order.expected);
        let copies = pass == Pass::Copy;
        self.now().expected = expected.filter(|_| copies).unwrap_or_default();
    }
}

impl Now {
    /// The run in progress is told what is wanted.
    fn obey(&self) {
        let Some((_, control)) = &self.running else {
            return;
        };
        if self.stopped {
            control.stop();
        } else if self.paused {
            control.pause();
        } else {
            control.resume();
        }
    }
}

impl Order {
    fn request(&self, journal: &Journal, pass: Pass) -> Request {
        Request {
            only: self.only.clone(),
            network_patience: Some(NETWORK_PATIENCE),
            ..Request::new(
                self.plan.clone(),
                self.project.clone(),
                journal.clone(),
                self.secrets.clone(),
                pass,
            )
        }
    }
}

/// The events themselves stand in the log and in the journal; the window reads them there.
fn note(event: &Event) {
    tracing::trace!("{event:?}");
}

/// What a project's error means to a person.
pub fn of_project(error: &project::Error) -> Trouble {
    let kind = match error {
        project::Error::Busy(_) => Kind::Busy,
        project::Error::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            Kind::DiskFull
        }
        _ => Kind::Storage,
    };
    Trouble::new(kind, "", error.to_string())
}

fn of_journal(error: &crate::journal::Error) -> Trouble {
    let kind = match error {
        crate::journal::Error::Full(_) => Kind::DiskFull,
        _ => Kind::Journal,
    };
    Trouble::new(kind, "", error.to_string())
}
