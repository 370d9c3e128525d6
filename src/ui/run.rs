//! The demonstration as the window follows it: a task of its own, sampled from outside.
//!
//! The window never waits for it and it never waits for the window; what is shown is what the engine says.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::demo::{self, Demo};
use crate::engine::{self, Control, Pass, Snapshot};
use crate::i18n::Words;
use crate::journal::Journal;
use crate::report::{self, Format, Report};

/// The sample servers answer this late, as servers that are far away do: on this computer alone it would be over
/// before one could look.
const DISTANCE: Duration = Duration::from_millis(80);

/// Where the demonstration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stage {
    /// The servers start and the origin is filled.
    #[default]
    Preparing,
    /// Everything is copied.
    Copy,
    /// What arrived meanwhile is copied, and the closing listing made.
    FinalPass,
    /// Every copy is read back.
    Verify,
    /// The report is written.
    Report,
}

/// The demonstration at one moment.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    pub stage: Stage,
    pub snapshot: Snapshot,
    /// The two servers, `host:port`.
    pub servers: Option<(String, String)>,
    /// Messages and octets there will be, where more is known than has been listed yet.
    pub expected: (u64, u64),
}

impl Sample {
    /// Messages in all, as far as known.
    pub fn messages(&self) -> u64 {
        self.snapshot.total.listed.max(self.expected.0)
    }

    /// Octets in all, as far as known.
    pub fn octets(&self) -> u64 {
        self.snapshot.total.octets_listed.max(self.expected.1)
    }

    /// Time left at the present rate, for what is expected and not only for what is listed.
    pub fn remaining(&self) -> Option<Duration> {
        let (snapshot, total) = (&self.snapshot, &self.snapshot.total);
        let left = |whole: u64, done: u64, rate: f64| {
            let left = whole.saturating_sub(done);
            if left == 0 {
                Some(0.0)
            } else {
                (rate > 0.0).then(|| left as f64 / rate)
            }
        };
        let messages = left(
            self.messages(),
            total.done + total.exceptions,
            snapshot.message_rate,
        )?;
        let octets = left(self.octets(), total.octets_done, snapshot.octet_rate)?;
        Duration::try_from_secs_f64(messages.max(octets)).ok()
    }
}

/// What is there when it has ended.
#[derive(Debug)]
pub struct Finished {
    pub report: Report,
    /// The page for people, as it was written.
    pub page: Option<PathBuf>,
    /// Messages the destination lacks, by a comparison of the two servers that asks neither engine nor journal.
    pub lacking: u64,
    pub stopped: bool,
    /// The last pass it began.
    pub reached: Stage,
    pub took: Duration,
}

/// How it ended; the technical line where it could not go on.
pub type Ending = Result<Arc<Finished>, String>;

/// A handle to the demonstration in progress.
#[derive(Debug, Clone, Default)]
pub struct Demonstration(Arc<Mutex<Now>>);

#[derive(Debug, Default)]
struct Now {
    stage: Stage,
    servers: Option<(String, String)>,
    expected: (u64, u64),
    running: Option<(watch::Receiver<Snapshot>, Control)>,
    paused: bool,
    stopped: bool,
}

impl Demonstration {
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
            stage: now.stage,
            snapshot: snapshot.unwrap_or_default(),
            servers: now.servers.clone(),
            expected: now.expected,
        }
    }

    /// Asks it to wait, or to go on.
    pub fn pause(&self, paused: bool) {
        let mut now = self.now();
        now.paused = paused;
        now.obey();
    }

    /// Asks it to end.
    pub fn stop(&self) {
        let mut now = self.now();
        now.stopped = true;
        now.obey();
    }

    fn enter(&self, stage: Stage, running: Option<(watch::Receiver<Snapshot>, Control)>) {
        let mut now = self.now();
        now.stage = stage;
        if running.is_some() {
            now.running = running;
            now.obey();
        }
    }

    /// What the origin holds, for the window: the engine learns it folder by folder.
    fn foresee(&self, demo: &Demo) {
        let (_, messages, octets) = demo.size();
        self.now().expected = (messages, octets);
    }

    /// Everything from the first server to the report.
    pub async fn carry_out(self) -> Ending {
        self.work()
            .await
            .map(Arc::new)
            .map_err(|error| error.to_string())
    }

    async fn work(&self) -> Result<Finished, Box<dyn std::error::Error + Send + Sync>> {
        let begun = Instant::now();
        // The folder stays: the report in it is there to be read.
        let dir = tempfile::Builder::new()
            .prefix("traghetto-demo-")
            .tempdir()?
            .keep();
        let demo: Demo = demo::start(&dir).await?;
        let _lock = demo.project.lock()?;
        let journal = Journal::open(&demo.project.journal_file())?;
        for server in [&demo.origin, &demo.destination] {
            server.faults().latency(DISTANCE);
        }
        self.now().servers = Some((demo.plan.origin.label(), demo.plan.destination.label()));
        self.foresee(&demo);
        let mut reached = Stage::Preparing;
        for pass in demo::PASSES {
            if self.now().stopped {
                break;
            }
            let run = engine::start(demo.request(&journal, pass));
            let stage = match pass {
                Pass::Copy => Stage::Copy,
                Pass::Complete => Stage::FinalPass,
                Pass::Verify(_) => Stage::Verify,
            };
            reached = stage;
            self.enter(stage, Some((run.watch(), run.control())));
            let _outcome = run.ended().await;
            if pass == Pass::Copy {
                let _ = demo.deliver();
                self.foresee(&demo);
            }
        }
        self.enter(Stage::Report, None);
        let report = report::gather(&demo.project, &journal, &demo.plan).await?;
        let page = report::write(&demo.project, &report, Format::Html, &Words::current())?.pop();
        let lacking = demo.missing();
        let stopped = self.now().stopped;
        Ok(Finished {
            report,
            page,
            lacking,
            stopped,
            reached,
            took: begun.elapsed(),
        })
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
