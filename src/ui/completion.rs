//! The last stop: the final pass, the verification, the verdict, the move to the new server.
//!
//! Promises: the verdict is the report's, which is made of the journal; what a run does is what the engine says. The
//! DNS is asked in the background and may be asked again at any time; what it cannot tell is not told. Deliberately
//! absent: changing anything in the DNS, and reading more mail than the passes do.
//!
//! - `verdict`, `dns`, `progress`, `facts` what may be said (pure) · `look` asks the DNS · `export`, `clients` files
//! - `prepared` accounts at the destination, and settings put back · `list` a table of accounts
//! - `timeline` before and during · `card`, `accounts`, `cutover` after · `ledger`, `records` over them · `page` them all

mod accounts;
mod approval;
mod card;
mod clients;
mod cutover;
mod dns;
mod export;
mod facts;
mod gestures;
mod ledger;
mod list;
mod look;
mod page;
mod parts;
mod prepared;
mod progress;
mod records;
#[cfg(test)]
pub(in crate::ui) mod samples;
mod standing;
#[cfg(test)]
mod tests;
mod timeline;
mod verdict;

use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::{Key, Modifiers};
use iced::widget::scrollable::Viewport;
use iced::{Task, task};
use jiff::Timestamp;

use super::draft::Item;
use super::follow::Ended;
use super::running::Running;
use super::session::Session;
use super::widget::table::{self, Motion};
use crate::discovery::World;
use crate::engine::{Level, Pass};
use crate::i18n::Language;
use crate::provision::Former;
use crate::report::Format;
use crate::trouble::Trouble;
use export::Written;
use facts::{Facts, Gathered};
use ledger::Ledger;
use look::{Looked, Question, Skip};
use verdict::{Judgement, Last};

/// Messages of a sample, per mailbox.
const SAMPLE: u32 = 300;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Gathered(u64, Gathered),
    Level(Level),
    /// The final pass and the verification.
    Complete,
    VerifyAlone(Level),
    /// Both, over these logins only.
    Recover(Vec<String>),
    /// What was stopped is gone on with.
    GoOn,
    Pause(bool),
    AskStop,
    Stop,
    /// To the stop where the first copy is followed.
    ToCopy,
    /// Shows the passes again though there is a result, or the result again.
    Passes(bool),
    Search(String),
    Scrolled(Viewport),
    Move(Motion),
    /// The row at this place was pressed; that of the cursor where none is named.
    Row(Option<usize>),
    /// Opens the ledger: of the mailbox at this place in the report, or of all.
    Open(Option<usize>),
    Ledger(ledger::Message),
    LedgerOpened(bool),
    Decided(u64, Result<(), String>),
    Close,
    Tick(Item),
    Look,
    Looked(u64, Box<Looked>),
    Records(Item),
    /// Passwords are set once more, for these logins only.
    SetAgain(Vec<String>),
    /// Settings that were changed and not put back, as they were.
    Former(Vec<Former>),
    PutBack,
    PutBackDone(Result<Vec<Former>, Trouble>),
    /// A table of the accounts is wanted.
    List,
    ListPasswords(bool),
    ListSave,
    ListPlace(Option<PathBuf>),
    Language(Language),
    Export(Format),
    SaveAs,
    Place(Option<PathBuf>),
    Clients,
    Written(u64, Result<Written, String>),
    Show(PathBuf),
    Shown(bool),
    Copy(String),
    Back,
    Finish,
}

/// The report, as far as it is known.
#[derive(Debug, Default)]
enum Shown {
    #[default]
    Unknown,
    Gathering {
        /// What was shown before.
        before: Option<Arc<Facts>>,
        _task: task::Handle,
    },
    Ready(Arc<Facts>),
    /// There is no journal yet.
    Nothing,
    Failed(String),
}

/// What the DNS says.
#[derive(Debug, Default)]
enum Names {
    #[default]
    Unknown,
    Skipped(Skip),
    Asking {
        before: Option<Box<Looked>>,
        _task: task::Handle,
    },
    Known(Box<Looked>),
}

/// What lies over the screen.
#[derive(Debug, Default)]
enum Over {
    #[default]
    None,
    /// Whether the run is to be stopped.
    Stop,
    Ledger(Box<Ledger>),
    Records(Item),
    /// What is to stand in the table of accounts: whether passwords.
    List(bool),
}

/// What is being written, or was.
#[derive(Debug, Default)]
enum Files {
    #[default]
    None,
    Writing {
        _task: task::Handle,
    },
    Done(Result<Written, String>),
}

/// What was ordered here.
#[derive(Debug, Clone, Default, PartialEq)]
struct Order {
    passes: Vec<Pass>,
    only: Vec<String>,
}

/// A run that goes on.
#[derive(Debug, Default, PartialEq)]
enum Run {
    #[default]
    None,
    /// It copies, and is followed at the stop before.
    Elsewhere,
    Ours(Order),
}

impl Run {
    fn is_on(&self) -> bool {
        *self != Self::None
    }
}

/// The screen.
#[derive(Debug)]
pub struct State {
    shown: Shown,
    judged: Option<Judgement>,
    run: Run,
    /// What was asked for and has not begun yet.
    ordered: Order,
    last: Last,
    level: Level,
    /// The passes are shown though there is a result.
    passes: bool,
    search: String,
    table: table::View,
    /// The rows that are shown, by their place in the facts.
    found: Vec<usize>,
    over: Over,
    names: Names,
    /// When mail was first seen to go to the destination, and how long older answers may be remembered.
    moved: Option<(Timestamp, std::time::Duration)>,
    /// The longest time an answer that led elsewhere may be remembered.
    old_ttl: std::time::Duration,
    language: Option<Language>,
    files: Files,
    settings: prepared::Settings,
    /// Something that could not be shown.
    unshown: bool,
    /// The last question that was asked in the background: of the journal, of the DNS, of the disk, for an
    /// approval.
    asked: [u64; 4],
}

impl Default for State {
    fn default() -> Self {
        Self {
            shown: Shown::default(),
            judged: None,
            run: Run::None,
            ordered: Order::default(),
            last: Last::default(),
            level: Level::Full,
            passes: false,
            search: String::new(),
            table: table::View::default(),
            found: Vec::new(),
            over: Over::default(),
            names: Names::default(),
            moved: None,
            old_ttl: std::time::Duration::ZERO,
            language: None,
            files: Files::default(),
            settings: prepared::Settings::default(),
            unshown: false,
            asked: [0; 4],
        }
    }
}

/// What is shown of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The report is being made for the first time.
    Loading,
    /// The passes: before them, and while one goes on.
    Passes,
    Result,
}

impl State {
    pub fn entered(
        &mut self,
        session: &mut Session,
        _running: Option<&Running>,
        world: Option<&World>,
    ) -> Task<Message> {
        self.over = Over::None;
        let gathering = if self.is_ours() && self.facts().is_some() {
            Task::none()
        } else {
            self.gather(session)
        };
        let looking = match self.names {
            Names::Unknown | Names::Skipped(_) => self.look(session, world),
            Names::Asking { .. } | Names::Known(_) => Task::none(),
        };
        Task::batch([gathering, looking, Self::look_back(session)])
    }

    /// A run has begun; `copying`: it is followed at the stop before, else here.
    pub fn begun(&mut self, copying: bool) {
        let order = std::mem::take(&mut self.ordered);
        self.run = if copying {
            Run::Elsewhere
        } else {
            Run::Ours(order)
        };
        self.last = Last::default();
        self.passes = false;
        self.table = table::View::default();
        self.files = Files::None;
    }

    /// A run has ended: its report is made ready.
    pub fn ended(&mut self, session: &Session, ended: &Ended) -> Task<Message> {
        self.run = Run::None;
        self.over = Over::None;
        self.table = table::View::default();
        self.last = Last {
            stopped: ended.is_stopped(),
            pass: ended.outcomes.last().map(|(pass, _)| *pass),
            failed: ended
                .outcomes
                .iter()
                .flat_map(|(_, outcome)| outcome.failed.clone())
                .collect(),
            trouble: ended.trouble.clone(),
        };
        match &ended.report {
            Some(report) => {
                let demo = session.demo.clone();
                self.shown = Shown::Unknown;
                self.gathering(facts::prepare(report.clone(), demo))
            }
            None => self.gather(session),
        }
    }

    fn gather(&mut self, session: &Session) -> Task<Message> {
        let (Some(plan), Some(project)) = (session.draft.plan(), session.project.clone()) else {
            self.shown = Shown::Nothing;
            return Task::none();
        };
        self.gathering(facts::gather(project, plan, session.demo.clone()))
    }

    fn gathering(
        &mut self,
        work: impl Future<Output = Gathered> + Send + 'static,
    ) -> Task<Message> {
        self.asked[0] += 1;
        let attempt = self.asked[0];
        let before = match std::mem::take(&mut self.shown) {
            Shown::Ready(facts) => Some(facts),
            Shown::Gathering { before, .. } => before,
            Shown::Unknown | Shown::Nothing | Shown::Failed(_) => None,
        };
        let (task, handle) =
            Task::perform(work, move |done| Message::Gathered(attempt, done)).abortable();
        self.shown = Shown::Gathering {
            before,
            _task: handle.abort_on_drop(),
        };
        task
    }

    /// `held`: mailboxes that are wanted and were left out until they are put right.
    fn gathered(&mut self, done: Gathered, held: u64) {
        self.shown = match done {
            Ok(Some(facts)) => Shown::Ready(facts),
            Ok(None) => Shown::Nothing,
            Err(words) => Shown::Failed(words),
        };
        self.judged = self.facts().map(|facts| {
            let report = &facts.report;
            let judgement = verdict::judge(report, &self.last, approval::count(report));
            judgement.holding(held)
        });
        self.find();
    }

    fn look(&mut self, session: &Session, world: Option<&World>) -> Task<Message> {
        let question = match (Question::of(session), world) {
            (Err(skip), _) => Err(skip),
            (Ok(_), None) => Err(Skip::NoResolver),
            (Ok(question), Some(world)) => Ok((question, world.resolver())),
        };
        let (question, resolver) = match question {
            Ok(both) => both,
            Err(skip) => {
                self.names = Names::Skipped(skip);
                return Task::none();
            }
        };
        self.asked[1] += 1;
        let attempt = self.asked[1];
        let before = match std::mem::take(&mut self.names) {
            Names::Known(looked) => Some(looked),
            Names::Asking { before, .. } => before,
            Names::Unknown | Names::Skipped(_) => None,
        };
        let (task, handle) = Task::perform(look::look(resolver, question), move |looked| {
            Message::Looked(attempt, Box::new(looked))
        })
        .abortable();
        self.names = Names::Asking {
            before,
            _task: handle.abort_on_drop(),
        };
        task
    }

    /// The report that is shown; the one before while a new one is made.
    fn facts(&self) -> Option<&Arc<Facts>> {
        match &self.shown {
            Shown::Ready(facts) => Some(facts),
            Shown::Gathering { before, .. } => before.as_ref(),
            Shown::Unknown | Shown::Nothing | Shown::Failed(_) => None,
        }
    }

    fn looked(&self) -> Option<&Looked> {
        match &self.names {
            Names::Known(looked) => Some(looked),
            Names::Asking { before, .. } => before.as_deref(),
            Names::Unknown | Names::Skipped(_) => None,
        }
    }

    fn find(&mut self) {
        self.found = self
            .facts()
            .map(|facts| facts.found(&self.search))
            .unwrap_or_default();
        let last = self.found.len().saturating_sub(1);
        self.table.cursor = self.table.cursor.min(last);
    }

    /// Whether a run goes on that is followed here.
    fn is_ours(&self) -> bool {
        matches!(self.run, Run::Ours(_))
    }

    fn stage(&self) -> Stage {
        if self.run.is_on() {
            return Stage::Passes;
        }
        match (&self.shown, self.facts()) {
            (Shown::Gathering { before: None, .. } | Shown::Unknown, _) => Stage::Loading,
            (_, Some(facts)) if facts.has_result && !self.passes => Stage::Result,
            _ => Stage::Passes,
        }
    }

    fn judgement(&self) -> Option<Judgement> {
        self.judged.filter(|_| self.facts().is_some())
    }

    pub fn is_busy(&self) -> bool {
        matches!(self.shown, Shown::Gathering { .. })
            || matches!(self.names, Names::Asking { .. })
            || matches!(self.files, Files::Writing { .. })
    }

    pub fn enter(&self, session: &Session) -> Option<Message> {
        match (&self.over, self.stage()) {
            // What cannot be undone is never a single key.
            (Over::Stop | Over::Records(_) | Over::List(_), _) => Some(Message::Close),
            (Over::Ledger(_), _) | (_, Stage::Loading) => None,
            (Over::None, Stage::Passes) if self.run.is_on() => None,
            (Over::None, Stage::Passes) => self.complete(session),
            (Over::None, Stage::Result) => {
                let judgement = self.judgement()?;
                card::primary(self, judgement)
                    .map(|(.., message)| message)
                    .or_else(|| judgement.is_done().then_some(Message::Finish))
            }
        }
    }

    /// Begins the final pass, where one can.
    fn complete(&self, session: &Session) -> Option<Message> {
        let can = !self.run.is_on()
            && session
                .draft
                .plan()
                .is_some_and(|plan| !plan.jobs.is_empty());
        can.then_some(Message::Complete)
    }

    pub fn escape(&self) -> Option<Message> {
        match &self.over {
            Over::None if self.passes && !self.run.is_on() => Some(Message::Passes(false)),
            Over::None => None,
            Over::Stop | Over::Ledger(_) | Over::Records(_) | Over::List(_) => Some(Message::Close),
        }
    }

    /// What F5 does.
    pub fn again(&self) -> Option<Message> {
        matches!(self.over, Over::None).then_some(Message::Look)
    }
}

/// The key of a table's row.
fn table_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    if let (Key::Named(iced::keyboard::key::Named::Enter), true) = (key, modifiers.is_empty()) {
        return Some(Message::Row(None));
    }
    Motion::of(key, modifiers).map(Message::Move)
}
