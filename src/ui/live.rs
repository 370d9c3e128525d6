//! The stop where the migration is followed: how far it is, account by account; its log; its figures.
//!
//! Promises: whether it runs, waits or is paused is read from the engine at every look and never kept here; after the
//! end, and for a migration that ran before, what is shown is what the journal says. What is polled (folders, log,
//! figures) is asked for only while it is seen, away from the window. Deliberately absent: the final pass and the
//! verification, which have the stop after this one.

mod asking;
mod export;
mod from;
mod head;
mod hero;
mod log;
mod panel;
mod past;
mod stats;
mod table;
mod update;
mod view;
mod words;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::widget::scrollable::Viewport;
use iced::{Task, task};
use jiff::Timestamp;

use super::action::Action;
use super::follow::Ended;
use super::running::Running;
use super::session::Session;
use super::step::Step;
use super::widget::table::{Motion, View};
use super::widget::{Tone, dialog};
use crate::engine::{MailboxRow, Pass};
use crate::i18n;
use crate::journal::Reason;
use crate::t;
use crate::trouble::Trouble;
use asking::Asking;
use from::{Much, Phase};
use log::{Log, Said};
use panel::Panel;
use past::Past;
use stats::Stats;
use table::Filter;

/// Charts are drawn again after this long at the earliest.
const CHARTS: Duration = Duration::from_secs(1);

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Tab(Tab),
    Filter(Filter),
    Search(String),
    Scrolled(Viewport),
    Move(Motion),
    Open(String),
    OpenHere,
    Close,
    FoldersScrolled(Viewport),
    Folders(u64, Result<panel::Answer, String>),
    Reasons(u64, Result<Vec<Reason>, String>),
    Looked(u64, Result<Found, String>),
    Log(Said),
    LogOf(String),
    CopyLines,
    Copy(String),
    Retry(String),
    RetryHere,
    Skip(String),
    RetryNow,
    Pause,
    Resume,
    /// Asks first.
    Stop,
    Choose(Stopping),
    StopConfirmed,
    GoOn,
    Begin,
    Completion,
    Back,
    ToUsers,
    /// The folder of the messages that were saved.
    OpenSaved,
    Opened(Result<(), String>),
    /// Only the accounts with something wrong.
    ShowWrong,
    Export,
    Exported(Result<Option<PathBuf>, String>),
}

/// What the journal was found to say.
#[derive(Debug, Clone)]
pub struct Found(Arc<Past>);

/// What is shown below the hero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Accounts,
    Log,
    Statistics,
}

/// How it is to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopping {
    /// The accounts at work first.
    Drain,
    Now,
}

/// What a run that has ended came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// It was never begun.
    None,
    Well,
    Wrong,
    Stopped,
    /// Neither ended nor stopped: the program was.
    Interrupted,
    /// Whether it had begun, and why it could not go on.
    Failed(bool, Trouble),
}

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    over: bool,
    /// Whether the run copies: how it ends is told here.
    copying: bool,
    /// Whether somebody sees it.
    seen: bool,
    tab: Tab,
    filter: Filter,
    search: String,
    view: View,
    /// The account of the cursor.
    cursor: Option<String>,
    panel: Option<Panel>,
    log: Log,
    stats: Stats,
    past: Option<Arc<Past>>,
    looking: Asking,
    unread: Option<String>,
    ended: Option<Ended>,
    charts: hero::Charts,
    drawn: Option<Instant>,
    /// The time left as it was told last.
    left: Option<Duration>,
    asked: Option<Stopping>,
    /// What is said below for the moment.
    notice: Option<(Tone, String)>,
    saving: Option<task::Handle>,
    #[cfg(test)]
    pretended: Option<Phase>,
}

/// How all of it stands at one moment.
struct Now {
    phase: Phase,
    pass: Option<Pass>,
    /// Whether the next stop can be gone to.
    may_go_on: bool,
    rows: Arc<[MailboxRow]>,
    counts: [u64; 5],
    total: Much,
    /// Accounts there is work left for.
    open: u64,
    outcome: Outcome,
    /// Messages and octets in a second.
    rates: (f64, f64),
    left: Option<Duration>,
    copied: u64,
    begun: Option<Timestamp>,
    last: Option<Timestamp>,
    paused: Option<Timestamp>,
    elapsed: Option<Duration>,
    /// Folders of a mailbox worked on at once.
    lanes: u32,
    /// Only passwords are set: no message moves, and none is spoken of.
    passwords: bool,
}

impl Now {
    fn is_complete(&self) -> bool {
        self.total.part >= 1.0
    }

    /// The one number of the whole: a part of the messages, or accounts that have their password.
    fn figure(&self) -> String {
        if self.passwords {
            i18n::number(self.counts[4])
        } else {
            words::percent(self.total)
        }
    }

    /// Accounts that have their password, in one short line.
    fn passwords_short(&self) -> String {
        t!(
            "live-passwords-short",
            done = i18n::number(self.counts[4]),
            of = i18n::number(self.counts[0])
        )
    }

    /// What that number is of.
    fn measure(&self) -> String {
        if self.passwords {
            t!(
                "live-passwords-of",
                count = self.counts[4],
                of = i18n::number(self.counts[0])
            )
        } else {
            words::of_messages(self.total)
        }
    }

    /// `12 accounts of 40`.
    fn accounts_words(&self) -> String {
        t!(
            "live-accounts-of",
            done = i18n::number(self.counts[4]),
            count = self.counts[0],
            of = i18n::number(self.counts[0])
        )
    }
}

impl Much {
    fn is_nothing(self) -> bool {
        self.of == 0
    }
}

impl State {
    pub fn entered(&mut self, session: &mut Session, running: Option<&Running>) -> Task<Message> {
        self.seen = true;
        let over = self.is_over(running);
        let watching = self.watch(session, over, true);
        // The rows of a pass over copies say nothing about what is left to copy.
        let copies = running.is_some_and(from::is_copy);
        if self.past.is_none() || (over && !copies) {
            return Task::batch([watching, self.look_back(session)]);
        }
        watching
    }

    /// Another stop is shown.
    pub fn left(&mut self) {
        self.seen = false;
        self.rest();
    }

    fn rest(&mut self) {
        if let Some(panel) = &mut self.panel {
            panel.rest();
        }
        self.log.rest();
        self.stats.rest();
    }

    /// Reads what the journal says of earlier runs.
    fn look_back(&mut self, session: &Session) -> Task<Message> {
        let (Some(project), Some(plan)) = (session.project.clone(), session.draft.plan()) else {
            return Task::none();
        };
        let work = past::look(project, plan);
        self.looking.ask(Duration::ZERO, work, |attempt, past| {
            Message::Looked(attempt, past.map(|past| Found(Arc::new(past))))
        })
    }

    /// Asks for whatever is seen and is not being asked for.
    fn watch(&mut self, session: &Session, over: bool, at_once: bool) -> Task<Message> {
        if !self.seen {
            return Task::none();
        }
        let project = session.project.as_ref();
        match (self.tab, &mut self.panel) {
            (Tab::Accounts, Some(panel)) => panel.ask(project, at_once, over),
            (Tab::Accounts, None) => Task::none(),
            (Tab::Log, _) => {
                let plan = || session.draft.plan();
                self.log.ask(project, plan, at_once, over)
            }
            (Tab::Statistics, _) => self.stats.ask(project, at_once, over),
        }
    }

    /// A run has begun; `copying`: it is followed here, else at the completion.
    pub fn begun(&mut self, copying: bool) {
        self.over = false;
        self.copying = copying;
        self.ended = None;
        self.asked = None;
        self.notice = None;
        self.left = None;
        self.drawn = None;
        self.charts = hero::Charts::default();
    }

    pub fn ended(&mut self, ended: &Ended) {
        self.over = true;
        self.asked = None;
        self.ended = self.copying.then(|| ended.clone());
    }

    /// Whether the run there is has ended.
    pub fn is_over(&self, running: Option<&Running>) -> bool {
        running.is_none() || self.over
    }

    pub fn tick(&mut self, session: &Session, running: Option<&Running>) -> Action<Message> {
        let Some(running) = running else {
            return Action::None;
        };
        let moves = matches!(self.phase(Some(running)), Phase::Running | Phase::Draining);
        if moves {
            let rows = &running.shown.snapshot.mailboxes;
            let total = from::total(rows, Some(running), session.draft.options.connections);
            self.left = from::left(running, total).or(self.left);
        }
        if self.drawn.is_none_or(|drawn| drawn.elapsed() >= CHARTS) {
            self.drawn = Some(Instant::now());
            self.draw(running);
        }
        let over = self.is_over(Some(running));
        Action::Run(self.watch(session, over, false))
    }

    /// Takes over what the charts show.
    fn draw(&mut self, running: &Running) {
        self.charts = hero::Charts {
            messages: running.rates.iter().map(|rate| rate.0).collect(),
            octets: running.rates.iter().map(|rate| rate.1).collect(),
            reach: running.reach(),
        };
    }

    pub fn tab(&self, index: usize) -> Option<Message> {
        [Tab::Accounts, Tab::Log, Tab::Statistics]
            .get(index)
            .filter(|_| self.asked.is_none())
            .map(|tab| Message::Tab(*tab))
    }

    pub fn copy(&self) -> Option<Message> {
        (self.tab == Tab::Log && self.asked.is_none()).then_some(Message::CopyLines)
    }

    pub fn enter(&self, session: &Session, running: Option<&Running>) -> Option<Message> {
        if self.asked.is_some() {
            // What cannot be undone is never a single key.
            return Some(Message::GoOn);
        }
        let now = self.now(session, running);
        let over = now.phase == Phase::Over;
        over.then_some(if now.open > 0 {
            Message::Begin
        } else {
            Message::Completion
        })
    }

    pub fn escape(&self, _running: Option<&Running>) -> Option<Message> {
        if self.asked.is_some() {
            return Some(Message::GoOn);
        }
        let chosen = self.tab == Tab::Log && self.log.has_choice();
        (self.panel.is_some() || chosen).then_some(Message::Close)
    }

    /// What stands below the stops of the route while a run is going on, and after it.
    pub fn summaries(&self, session: &Session, running: Option<&Running>) -> Vec<(Step, String)> {
        let now = self.now(session, running);
        if now.rows.is_empty() {
            return Vec::new();
        }
        let percent = words::percent(now.total);
        if let (Some(pass), false) = (words::pass(now.pass), now.phase == Phase::Over) {
            return vec![(Step::Completion, format!("{percent} · {pass}"))];
        }
        let accounts = if now.passwords {
            now.passwords_short()
        } else {
            now.accounts_words()
        };
        let words = match now.phase {
            _ if self.seen => accounts,
            Phase::Over if now.outcome == Outcome::None => return Vec::new(),
            Phase::Over => accounts,
            Phase::Paused if now.passwords => format!("{accounts} · {}", t!("live-state-paused")),
            Phase::Paused => format!("{percent} · {}", t!("live-state-paused")),
            _ if now.passwords => accounts,
            _ => format!("{percent} · {accounts}"),
        };
        vec![(Step::Live, words)]
    }

    fn phase(&self, running: Option<&Running>) -> Phase {
        #[cfg(test)]
        if let Some(phase) = self.pretended {
            return phase;
        }
        from::phase(running, self.is_over(running))
    }

    /// The run whose rows are shown: not one that has ended and copied nothing.
    fn shown<'r>(&self, running: Option<&'r Running>) -> Option<&'r Running> {
        running.filter(|running| !self.over || from::is_copy(running))
    }

    fn rows(&self, running: Option<&Running>) -> Arc<[MailboxRow]> {
        let past = self.past.as_ref().map(|past| &past.rows);
        from::rows(past, self.shown(running))
    }

    fn now(&self, session: &Session, running: Option<&Running>) -> Now {
        let rows = self.rows(running);
        let lanes = session.draft.options.connections;
        let running = self.shown(running);
        let phase = self.phase(running);
        let stopped = self.ended.as_ref().is_some_and(Ended::is_stopped);
        let failed = self.ended.as_ref().and_then(|ended| {
            let trouble = ended.trouble.clone()?;
            Some(Outcome::Failed(!ended.outcomes.is_empty(), trouble))
        });
        let outcome = failed.unwrap_or_else(|| head::outcome(&rows, stopped));
        let snapshot = running.map(|running| &running.shown.snapshot);
        let moves = !matches!(
            phase,
            Phase::Over
                | Phase::Paused
                | Phase::Offline(_)
                | Phase::Closed(_)
                | Phase::Preparing
                | Phase::Finishing
        );
        let past = self.past.as_ref();
        let rates = snapshot.filter(|_| moves);
        let ended = self.ended.as_ref().map(|ended| ended.at);
        let counts = table::counts(&rows);
        let mut total = from::total(&rows, running, lanes);
        let passwords = !session.draft.scope.copies();
        if passwords {
            total.part = counts[4] as f32 / counts[0].max(1) as f32;
        }
        Now {
            passwords,
            pass: running.and_then(|running| running.shown.pass),
            may_go_on: self.is_over(running) || !running.is_some_and(from::is_copy),
            counts,
            total,
            open: rows.iter().filter(|row| from::is_open(row)).count() as u64,
            outcome,
            rates: rates.map_or((0.0, 0.0), |now| (now.message_rate, now.octet_rate)),
            left: self.left,
            copied: match snapshot {
                Some(snapshot) => snapshot.total.copied,
                None => rows.iter().map(|row| row.done).sum(),
            },
            begun: running
                .map(|running| running.begun)
                .or_else(|| past.and_then(|past| past.begun)),
            last: ended
                .filter(|_| running.is_some())
                .or_else(|| past.and_then(|past| past.last)),
            paused: running.and_then(|running| running.paused),
            elapsed: snapshot.map(|snapshot| snapshot.elapsed),
            phase,
            lanes,
            rows,
        }
    }

    /// Where the cursor is among the rows that are shown.
    fn place(&self, rows: &[MailboxRow], shown: &[usize]) -> usize {
        let login = self.cursor.as_deref();
        let at = login.and_then(|login| shown.iter().position(|index| rows[*index].login == login));
        at.unwrap_or(0)
    }
}

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;
