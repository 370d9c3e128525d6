//! Further addresses of the users: where they are looked for, what was found, which of it is taken over.
//!
//! Promises: the origin is only read; nothing gets into the list that has no tick; what belongs to another account cannot
//! have one, and one address never has two; what was found stays in the migration's folder and is shown again; what is
//! in the list already stays. Deliberately absent: judging what was found (`crate::aliases`), creating it.
//!
//! - `proposals` what was found, line by line · `choice` where to look · `view` the panel · `words`

mod choice;
mod proposals;
mod view;
mod words;

use iced::widget::operation;
use iced::widget::scrollable::Viewport;
use iced::{Task, task};

use super::proofs::gathered;
use super::{Message, Said, State};
use crate::account::Side;
use crate::aliases::{self, Account, Kept, Proposal, Settings};
use crate::plan::{AliasMode, Job, Plan};
use crate::project::Project;
use crate::trouble::{Kind, Trouble};
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::widget::dialog::SAFE;
use crate::ui::widget::table::{self, Motion};
use proposals::Proposals;

pub(super) use words::added;

/// What came of one account.
pub type Answer = (String, Result<Proposal, Trouble>);

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    Open,
    Loaded(Result<Option<Kept>, String>),
    Mode(AliasMode),
    /// `X-Envelope-To` is passed over, or not.
    Envelope,
    /// The same for `Received`.
    Received,
    Domains(String),
    Search,
    /// Answers of this search came.
    Found(u64, Vec<Answer>),
    Over(u64),
    Stop,
    /// Back to where to look; or to what was found.
    Choose,
    See,
    Scrolled(Viewport),
    Go(Motion),
    Point(usize),
    /// A line's tick; or that of the line the cursor is at.
    Tick(usize),
    TickHere,
    Least(String),
    TickLeast,
    Apply,
    Saved(Result<(), String>),
    Close,
}

/// How far one has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Closed,
    /// What was found before is being read.
    Opening,
    Choice,
    Reading,
    Proposals,
}

/// Mailboxes that are being read.
#[derive(Debug)]
struct Run {
    _task: task::Handle,
    all: usize,
    answered: usize,
    found: Vec<Proposal>,
}

/// The panel.
#[derive(Debug)]
pub(super) struct Aliases {
    stage: Stage,
    /// As typed.
    domains: String,
    /// So many messages make a proposal good enough, as typed.
    least: String,
    kept: Option<Kept>,
    proposals: Proposals,
    /// Accounts that could not be read.
    failed: Vec<(String, Trouble)>,
    table: table::View,
    run: Option<Run>,
    attempt: u64,
    /// Why nobody could be read at all.
    trouble: Option<Trouble>,
    /// Why the file was not read or written.
    unkept: Option<String>,
}

impl Default for Aliases {
    fn default() -> Self {
        Self {
            stage: Stage::Closed,
            domains: String::new(),
            least: String::from("3"),
            kept: None,
            proposals: Proposals::default(),
            failed: Vec::new(),
            table: table::View::default(),
            run: None,
            attempt: 0,
            trouble: None,
            unkept: None,
        }
    }
}

/// Domains as they are typed; `None` where one of them is none.
fn domains(text: &str) -> Option<Vec<String>> {
    crate::users::divided(text)
        .map(|text| aliases::domain(text.trim_start_matches('@')))
        .collect()
}

/// The accounts whose mailboxes are read.
fn chosen(plan: &Plan) -> impl Iterator<Item = &Job> {
    plan.jobs.iter().filter(|job| job.selected)
}

impl Aliases {
    pub fn is_open(&self) -> bool {
        self.stage != Stage::Closed
    }

    pub fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// What Enter does.
    pub fn enter(&self, session: &Session) -> Option<Say> {
        match self.stage {
            Stage::Choice => self.can_search(session).then_some(Say::Search),
            Stage::Proposals => self.proposals.is_ticked().then_some(Say::Apply),
            Stage::Closed | Stage::Opening | Stage::Reading => None,
        }
    }

    pub fn escape(&self) -> Say {
        if self.stage == Stage::Reading {
            Say::Stop
        } else {
            Say::Close
        }
    }

    fn can_search(&self, session: &Session) -> bool {
        domains(&self.domains).is_some() && session.draft.chosen_count() > 0
    }

    fn least(&self) -> Option<u32> {
        self.least.trim().parse().ok().filter(|least| *least > 0)
    }

    /// Judges what was found with the list as it is now; ticks what is certain.
    fn judge(&mut self, plan: &Plan) {
        if let Some(kept) = self.kept.take() {
            let mut kept = kept.over(None, plan);
            aliases::resolve(&mut kept.proposals, plan);
            self.kept = Some(kept);
        }
        let found = self.kept.iter().flat_map(|kept| &kept.proposals);
        self.proposals = Proposals::new(found.cloned().collect(), &self.failed, plan);
        self.table = table::View::default();
    }
}

fn saving(project: Project, kept: Kept) -> Task<Message> {
    let work = tokio::task::spawn_blocking(move || aliases::save(&project, &kept));
    let work = async move {
        match work.await {
            Ok(saved) => saved.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        }
    };
    Task::perform(work, |saved| Message::Aliases(Say::Saved(saved)))
}

fn loading(project: Project) -> Task<Message> {
    let work = async move {
        match tokio::task::spawn_blocking(move || aliases::load(&project)).await {
            Ok(loaded) => loaded.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        }
    };
    Task::perform(work, |loaded| Message::Aliases(Say::Loaded(loaded)))
}

impl State {
    pub(super) fn alias(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        let panel = &mut self.aliases;
        match say {
            Say::Open => return self.open_aliases(session),
            Say::Loaded(loaded) => {
                match loaded {
                    Ok(Some(kept)) => panel.kept = Some(kept),
                    Ok(None) => {}
                    Err(words) => panel.unkept = Some(words),
                }
                if panel.stage == Stage::Opening {
                    return self.opened(session);
                }
            }
            Say::Mode(mode) => {
                session.draft.aliases.mode = mode;
                session.touch();
            }
            Say::Envelope => {
                let aliases = &mut session.draft.aliases;
                aliases.no_x_envelope_to = !aliases.no_x_envelope_to;
                session.touch();
            }
            Say::Received => {
                let aliases = &mut session.draft.aliases;
                aliases.no_received = !aliases.no_received;
                session.touch();
            }
            Say::Domains(text) => {
                if let Some(domains) = domains(&text) {
                    session.draft.aliases.domains = domains;
                    session.touch();
                }
                panel.domains = text;
            }
            Say::Search => return self.search_aliases(session),
            Say::Found(attempt, answers) if attempt == panel.attempt => panel.learn(answers),
            Say::Over(attempt) if attempt == panel.attempt => return self.searched(session),
            Say::Found(..) | Say::Over(_) => {}
            Say::Stop => return self.searched(session),
            Say::Choose => panel.stage = Stage::Choice,
            Say::See => panel.stage = Stage::Proposals,
            Say::Scrolled(viewport) => panel.table.scrolled(viewport),
            Say::Go(motion) => {
                let heights = panel.proposals.heights();
                return Action::Run(panel.table.go(motion, heights, view::LINES));
            }
            Say::Point(at) => panel.table.cursor = at,
            Say::Tick(at) => {
                panel.table.cursor = at;
                panel.proposals.tick(at);
            }
            Say::TickHere => panel.proposals.tick(panel.table.cursor),
            Say::Least(text) => panel.least = text,
            Say::TickLeast => {
                if let Some(least) = panel.least() {
                    panel.proposals.tick_least(least);
                }
            }
            Say::Apply => self.take_over(session),
            Say::Saved(saved) => panel.unkept = saved.err(),
            Say::Close => panel.stage = Stage::Closed,
        }
        Action::None
    }

    fn open_aliases(&mut self, session: &mut Session) -> Action<Message> {
        self.settle(session);
        let panel = &mut self.aliases;
        panel.domains = session.draft.aliases.domains.join(", ");
        panel.unkept = None;
        panel.trouble = None;
        panel.failed.clear();
        panel.stage = Stage::Opening;
        match session.project.clone() {
            Some(project) => Action::Run(loading(project)),
            None => self.opened(session),
        }
    }

    /// What was found before is known.
    fn opened(&mut self, session: &Session) -> Action<Message> {
        let panel = &mut self.aliases;
        if let Some(plan) = session.draft.plan() {
            panel.judge(&plan);
        }
        panel.stage = if panel.proposals.is_empty() {
            Stage::Choice
        } else {
            Stage::Proposals
        };
        Action::Run(operation::focus(SAFE))
    }

    fn search_aliases(&mut self, session: &mut Session) -> Action<Message> {
        let panel = &mut self.aliases;
        let Some(plan) = session.draft.plan().filter(|_| panel.can_search(session)) else {
            return Action::None;
        };
        let secrets = session.secrets(&plan);
        panel.failed.clear();
        panel.trouble = None;
        let mut accounts = Vec::new();
        for job in chosen(&plan).cloned() {
            if plan.aliases.mode == AliasMode::Username {
                accounts.push(Account::unopened(job));
                continue;
            }
            if let Some(login) = secrets.login(Side::Origin, &plan.origin, &job.login) {
                accounts.push(Account { job, login });
            } else {
                let trouble = Trouble::new(Kind::PasswordMissing, &job.login, "");
                panel.failed.push((job.login, trouble));
            }
        }
        let (settings, all) = (Settings::of(&plan), accounts.len());
        let at_once = plan.options.mailboxes as usize;
        let found = match aliases::discover(&plan.origin, &settings, at_once, accounts) {
            Ok(found) => found,
            Err(trouble) => {
                panel.trouble = Some(trouble);
                return Action::None;
            }
        };
        panel.attempt += 1;
        let attempt = panel.attempt;
        let answers = Task::run(gathered(found), move |found| {
            Message::Aliases(Say::Found(attempt, found))
        });
        let over = Task::done(Message::Aliases(Say::Over(attempt)));
        let (task, handle) = answers.chain(over).abortable();
        panel.stage = Stage::Reading;
        panel.run = Some(Run {
            _task: handle.abort_on_drop(),
            all,
            answered: 0,
            found: Vec::new(),
        });
        Action::Run(Task::batch([task, operation::focus(SAFE)]))
    }

    /// All were read, or it was stopped: what is known until here counts.
    fn searched(&mut self, session: &mut Session) -> Action<Message> {
        let panel = &mut self.aliases;
        let Some(run) = panel.run.take() else {
            return Action::None;
        };
        panel.attempt += 1;
        let Some(plan) = session.draft.plan() else {
            panel.stage = Stage::Choice;
            return Action::None;
        };
        if run.found.is_empty() && panel.failed.is_empty() {
            panel.stage = Stage::Choice;
            return Action::None;
        }
        let before = panel.kept.take();
        panel.kept = if run.found.is_empty() {
            before
        } else {
            Some(Kept::new(run.found).over(before, &plan))
        };
        panel.judge(&plan);
        panel.stage = Stage::Proposals;
        let focus = operation::focus(view::LINES);
        match (session.project.clone(), panel.kept.clone()) {
            (Some(project), Some(kept)) => Action::Run(Task::batch([saving(project, kept), focus])),
            _ => Action::Run(focus),
        }
    }

    /// What has a tick gets into the list.
    fn take_over(&mut self, session: &mut Session) {
        let mut count = 0;
        for (login, candidate) in self.aliases.proposals.ticked() {
            let mut entries = session.draft.entries.iter_mut();
            let entry = entries.find(|entry| entry.login.trim() == login);
            let entry = entry.filter(|entry| !candidate.is_among(&entry.aliases_in_full()));
            if let Some(entry) = entry {
                entry.aliases.push(candidate.address.clone());
                count += 1;
            }
        }
        self.aliases.stage = Stage::Closed;
        self.said = Some(Said::Aliases(count));
        self.changed(session);
    }
}

impl Aliases {
    fn learn(&mut self, answers: Vec<Answer>) {
        let Some(run) = &mut self.run else { return };
        for (login, answer) in answers {
            run.answered += 1;
            match answer {
                Ok(proposal) => run.found.push(proposal),
                Err(trouble) => self.failed.push((login, trouble)),
            }
        }
    }

    /// For tests and pictures: as if this had been found.
    #[cfg(test)]
    pub fn pretend(&mut self, session: &Session, found: Vec<Proposal>, failed: &[Answer]) {
        let failures = failed.iter().filter_map(|(login, answer)| {
            let trouble = answer.as_ref().err()?;
            Some((login.clone(), trouble.clone()))
        });
        self.failed = failures.collect();
        self.kept = Some(Kept::new(found));
        if let Some(plan) = session.draft.plan() {
            self.judge(&plan);
        }
        self.stage = Stage::Proposals;
    }

    /// For tests and pictures: as if so many of all had answered.
    #[cfg(test)]
    pub fn pretend_reading(&mut self, answered: usize, all: usize) {
        let (_, handle) = Task::<()>::none().abortable();
        self.run = Some(Run {
            _task: handle,
            all,
            answered,
            found: Vec::new(),
        });
        self.stage = Stage::Reading;
    }
}
