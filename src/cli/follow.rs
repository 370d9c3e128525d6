//! Looks after a run: shows what happens, passes on what the operator wants, waits for the end.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use super::bar::Bars;
use super::lines::{Order, Said, Teller};
use super::{Exit, json, out};
use crate::engine::{Event, Outcome, Run, Snapshot};
use crate::t;

/// How often progress is shown.
const TICK: Duration = Duration::from_millis(250);
/// Every how many ticks a script is told.
const TICKS_PER_LINE: u32 = 4;

/// Where a run is shown.
#[derive(Debug)]
pub(super) enum Screen {
    /// A terminal.
    Bars(Bars, Teller),
    /// A file or a pipe; with the minor lines or without.
    Lines(Teller, bool),
    /// A script; the ticks since it was last told, and how to go on after an interruption.
    Json(u32, Option<String>),
}

impl Screen {
    /// The screen that fits where the two streams lead.
    pub(super) fn new(json: bool, order: Order) -> Self {
        let on_stderr = io::stderr().is_terminal();
        if json {
            Self::Json(0, order.resume)
        } else if on_stderr || io::stdout().is_terminal() {
            Self::Bars(Bars::new(on_stderr), Teller::new(order))
        } else {
            Self::Lines(Teller::new(order), true)
        }
    }

    /// The same screen without the minor lines.
    pub(super) fn brief(self) -> Self {
        match self {
            Self::Lines(teller, _) => Self::Lines(teller, false),
            other => other,
        }
    }

    fn event(&mut self, event: &Event) {
        match self {
            Self::Json(..) => out::line(&json::event(event).to_string()),
            Self::Lines(teller, minor) => match teller.say(event) {
                Some(Said::Line(text)) => out::line(&text),
                Some(Said::Minor(text)) if *minor => out::line(&text),
                Some(Said::Warning(text)) => out::note(&text),
                Some(Said::Minor(_)) | None => {}
            },
            Self::Bars(bars, teller) => match teller.say(event) {
                Some(Said::Line(text)) => bars.beside(|| out::line(&text)),
                Some(Said::Warning(text)) => bars.beside(|| out::note(&text)),
                Some(Said::Minor(_)) | None => {}
            },
        }
    }

    fn sample(&mut self, snapshot: &Snapshot) {
        match self {
            Self::Bars(bars, _) => bars.sample(snapshot),
            Self::Lines(..) => {}
            Self::Json(ticks, _) => {
                *ticks += 1;
                if *ticks >= TICKS_PER_LINE {
                    *ticks = 0;
                    out::line(&json::progress(snapshot).to_string());
                }
            }
        }
    }

    /// The bars are gone from here on: what the terminal shows of the key that was pressed has put them out of place.
    fn stopping(&mut self) {
        if let Self::Bars(bars, _) = self {
            bars.end();
        }
        out::note(&t!("cli-stopping"));
    }

    fn left_at_once(&self) {
        let resume = match self {
            Self::Bars(_, teller) | Self::Lines(teller, _) => teller.resume(),
            Self::Json(_, resume) => resume.as_deref(),
        };
        if let Some(text) = resume {
            out::note(text);
        }
    }

    fn end(&mut self, snapshot: &Snapshot) {
        match self {
            Self::Bars(bars, _) => bars.end(),
            Self::Lines(..) => {}
            Self::Json(..) => out::line(&json::progress(snapshot).to_string()),
        }
    }
}

/// Ctrl-C, and the system's wish that we end.
#[derive(Debug)]
pub(super) struct Interrupts {
    #[cfg(unix)]
    signals: Option<[tokio::signal::unix::Signal; 2]>,
}

impl Interrupts {
    /// Listens from now on; needs the runtime.
    #[cfg(unix)]
    pub(super) fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let both = signal(SignalKind::interrupt())
            .and_then(|int| Ok([int, signal(SignalKind::terminate())?]));
        Self { signals: both.ok() }
    }

    /// Listens from now on; needs the runtime.
    #[cfg(not(unix))]
    pub(super) fn listen() -> Self {
        Self {}
    }

    /// The next one.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        let Some([int, term]) = &mut self.signals else {
            return std::future::pending().await;
        };
        let _ = tokio::select! {
            got = int.recv() => got,
            got = term.recv() => got,
        };
    }

    /// The next one.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Shows a run until it has ended. The first interruption stops it between messages, the second leaves at once.
pub(super) async fn follow(
    mut run: Run,
    screen: &mut Screen,
    interrupts: &mut Interrupts,
) -> (Outcome, Snapshot) {
    let control = run.control();
    let progress = run.watch();
    let mut tick = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            event = run.event() => match event {
                Some(event) => screen.event(&event),
                None => break,
            },
            _ = tick.tick() => {
                let snapshot = progress.borrow().clone();
                screen.sample(&snapshot);
            }
            () = interrupts.next() => {
                if control.is_stopped() {
                    screen.end(&progress.borrow().clone());
                    screen.left_at_once();
                    std::process::exit(Exit::Interrupted as i32);
                }
                control.stop();
                screen.stopping();
            }
        }
    }
    let outcome = run.ended().await;
    let last = progress.borrow().clone();
    screen.end(&last);
    (outcome, last)
}
