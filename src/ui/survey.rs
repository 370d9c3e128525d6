//! One look at all the selected accounts, shared by the options and the pre-flight check.
//!
//! Promises: what was found holds until server, login, password or (where they matter) the rules for folders change,
//! and then only those accounts are looked at again; results are handed over as they come, four times a second at
//! most; a refused password is not sent again until somebody asks for it; while a run works in the folder nobody logs
//! in. Dropped, it ends. Deliberately absent: what the findings mean, and pixels.

mod figures;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::futures::SinkExt as _;
use iced::futures::channel::mpsc::Sender;
use iced::{Task, task};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;

use super::session::Session;
use crate::account::{Endpoint, Side};
use crate::engine::survey::{self, AccountCheck};
use crate::engine::{Pass, Request, Secrets};
use crate::journal::Journal;
use crate::plan::{Deleted, Job, Plan};
use crate::project::{self, Project};
use crate::provision::Provisioner;

pub use figures::Figures;

/// How often results are handed over.
const BEAT: Duration = Duration::from_millis(250);

/// What is known of the accounts.
#[derive(Debug, Default)]
pub struct Survey {
    known: BTreeMap<String, Known>,
    looking: Option<Looking>,
    obstacle: Option<Obstacle>,
    attempt: u64,
    revision: u64,
    /// What passwords are compared by is worth nothing outside this run of the program.
    salt: RandomState,
}

/// What was found of one account.
#[derive(Debug, Clone)]
pub struct Known {
    pub check: Arc<AccountCheck>,
    pub figures: Figures,
    pub at: Timestamp,
    print: Print,
}

/// What a finding depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Print {
    who: u64,
    rules: u64,
}

/// What findings depend on, by the login at the origin.
type Prints = BTreeMap<String, Print>;

#[derive(Debug)]
struct Looking {
    prints: Prints,
    /// Those not answered for yet.
    left: BTreeSet<String>,
    _task: task::Handle,
}

/// Why nobody could be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// A run works in the folder.
    Running,
    /// The folder cannot be written.
    Folder(String),
    /// The journal cannot be read.
    Journal(String),
}

/// What the look says, with the attempt it answers.
#[derive(Debug, Clone)]
pub enum Told {
    Found(u64, Vec<Arc<AccountCheck>>),
    Obstructed(u64, Obstacle),
    Over(u64),
}

/// What is worth another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// The folders there are: their rules do not matter.
    Names,
    /// What becomes of them: the rules matter.
    Rules,
    /// Everything.
    Again,
}

impl Print {
    /// Whether what was found for this print still answers for the other.
    fn holds(self, now: Self, want: Want) -> bool {
        self.who == now.who && (want == Want::Names || self.rules == now.rules)
    }
}

/// Looks at those selected accounts of which too little is known; nothing to do where that is none of them.
pub fn look(session: &mut Session, want: Want) -> Task<Told> {
    let Some(plan) = session.draft.plan() else {
        session.survey.stop();
        session.survey.known.clear();
        return Task::none();
    };
    let secrets = session.secrets(&plan);
    // Who cannot be had is told account by account.
    let provisioner = session.provisioner(&plan).ok().flatten();
    let project = session.project.clone();
    let survey = &mut session.survey;
    let Some(begun) = survey.begin(&plan, &secrets, want) else {
        return Task::none();
    };
    let order = Order {
        plan,
        project,
        secrets,
        provisioner,
        only: begun.keys().cloned().collect(),
        attempt: survey.attempt,
    };
    let stream = iced::stream::channel(8, async move |out| order.carry_out(out).await);
    let (task, handle) = Task::stream(stream).abortable();
    survey.go(begun, handle.abort_on_drop());
    task
}

/// What the draft amounts to: made once for each change, as it takes its time with thousands of accounts.
#[derive(Debug)]
pub struct Lot {
    pub plan: Option<Plan>,
    /// Logins without a password, by side.
    pub lacking: Vec<(Side, String)>,
}

/// A [`Lot`] as it was made last.
pub type Lots = Memo<(u64, u64), Lot>;

impl Lots {
    pub fn of(&self, session: &Session) -> Arc<Lot> {
        let key = (session.changes(), session.survey.revision());
        self.get(key, || {
            let plan = session.draft.plan();
            let lacking = plan.as_ref().map(|plan| session.lacking(plan));
            Lot {
                lacking: lacking.unwrap_or_default(),
                plan,
            }
        })
    }
}

/// The accounts that are to come along.
pub fn selected(plan: &Plan) -> impl Iterator<Item = &Job> {
    plan.jobs.iter().filter(|job| job.selected)
}

impl Survey {
    /// Messages and octets of these accounts (of all that come along where nobody is named), if all have been counted
    /// and no filter leaves single messages behind.
    pub fn expected(&self, plan: &Plan, only: &[String]) -> Option<(u64, u64)> {
        let options = &plan.options;
        if options.since.is_some() || options.max_size.is_some() || options.deleted == Deleted::Skip
        {
            return None;
        }
        let of_run = |job: &&Job| only.is_empty() || only.contains(&job.login);
        let jobs = selected(plan).filter(of_run);
        jobs.map(|job| self.get(&job.login).map(|known| known.figures))
            .try_fold((0, 0), |(messages, octets), figures| {
                let figures = figures?;
                Some((messages + figures.messages, octets + figures.octets))
            })
            .filter(|(messages, _)| *messages > 0)
    }

    /// What is known of one account, by its login at the origin.
    pub fn get(&self, login: &str) -> Option<&Known> {
        self.known.get(login)
    }

    /// All that is known.
    pub fn all(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }

    pub fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// Accounts looked at, and accounts to be looked at, while that goes on.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let left = self.looking.as_ref()?.left.len();
        Some((self.known.len(), self.known.len() + left))
    }

    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.obstacle.as_ref()
    }

    /// Counts what was learned and forgotten.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// When the last account was looked at.
    pub fn latest(&self) -> Option<Timestamp> {
        self.known.values().map(|known| known.at).max()
    }

    /// Ends looking; what was found stays.
    pub fn stop(&mut self) {
        self.looking = None;
        self.attempt += 1;
        self.revision += 1;
    }

    /// Forgets what no longer holds; answers whom to look at, where there are any and nobody looks at them yet.
    fn begin(&mut self, plan: &Plan, secrets: &Secrets, want: Want) -> Option<Prints> {
        let prints = self.prints(plan, secrets);
        self.known.retain(|login, known| {
            let now = prints.get(login);
            want != Want::Again && now.is_some_and(|now| known.print.holds(*now, want))
        });
        self.revision += 1;
        let wanted: Prints = prints
            .into_iter()
            .filter(|(login, _)| !self.known.contains_key(login))
            .collect();
        let answers = |looking: &Looking| {
            want != Want::Again
                && wanted.iter().all(|(login, now)| {
                    looking.left.contains(login) && looking.prints[login.as_str()].holds(*now, want)
                })
        };
        if !wanted.is_empty() && self.looking.as_ref().is_some_and(answers) {
            return None;
        }
        self.stop();
        self.obstacle = None;
        Some(wanted).filter(|wanted| !wanted.is_empty())
    }

    /// The look has begun.
    fn go(&mut self, prints: Prints, task: task::Handle) {
        self.looking = Some(Looking {
            left: prints.keys().cloned().collect(),
            prints,
            _task: task,
        });
    }

    /// What a finding for each selected account depends on; only for those whose passwords are known.
    fn prints(&self, plan: &Plan, secrets: &Secrets) -> Prints {
        let options = &plan.options;
        let rules = self.salt.hash_one((
            &options.exclude_folders,
            &options.folders,
            options.special_folders,
        ));
        let print = |job: &Job| {
            let mut who = self.salt.build_hasher();
            for (side, endpoint, login) in sides(plan, job) {
                let login = secrets.login(side, endpoint, login)?;
                format!("{endpoint:?}").hash(&mut who);
                (&login.user, &login.authorize).hash(&mut who);
                login.password.expose_secret().hash(&mut who);
            }
            let who = who.finish();
            Some((job.login.clone(), Print { who, rules }))
        };
        selected(plan).filter_map(print).collect()
    }

    /// Takes what the look says; what answers an earlier attempt is dropped.
    pub fn take(&mut self, told: Told) {
        match told {
            Told::Found(attempt, found) if attempt == self.attempt => {
                for check in found {
                    self.found(check);
                }
            }
            Told::Obstructed(attempt, obstacle) if attempt == self.attempt => {
                self.stop();
                self.obstacle = Some(obstacle);
            }
            Told::Over(attempt) if attempt == self.attempt => self.stop(),
            _ => {}
        }
    }

    fn found(&mut self, check: Arc<AccountCheck>) {
        let Some(looking) = &mut self.looking else {
            return;
        };
        let Some(print) = looking.prints.get(&check.login).copied() else {
            return;
        };
        let _ = looking.left.remove(&check.login);
        let known = Known {
            figures: Figures::of(&check),
            at: Timestamp::now(),
            print,
            check,
        };
        let _ = self.known.insert(known.check.login.clone(), known);
        self.revision += 1;
    }

    /// For tests and pictures: as if this had been found, and the rest were still looked for where `going_on`.
    #[cfg(test)]
    pub(in crate::ui) fn pretend(session: &mut Session, found: Vec<AccountCheck>, going_on: bool) {
        let Some(plan) = session.draft.plan() else {
            return;
        };
        let secrets = session.secrets(&plan);
        let survey = &mut session.survey;
        let begun = survey.begin(&plan, &secrets, Want::Again);
        survey.go(begun.unwrap_or_default(), Task::<()>::none().abortable().1);
        for check in found {
            survey.found(Arc::new(check));
        }
        if !going_on {
            survey.stop();
        }
    }

    /// For tests and pictures.
    #[cfg(test)]
    pub(in crate::ui) fn obstruct(&mut self, obstacle: Obstacle) {
        self.stop();
        self.obstacle = Some(obstacle);
    }
}

/// Both ends of an account.
pub fn sides<'p>(plan: &'p Plan, job: &'p Job) -> [(Side, &'p Endpoint, &'p str); 2] {
    [
        (Side::Origin, &plan.origin, &job.login),
        (Side::Destination, &plan.destination, &job.destination_login),
    ]
}

/// A look, apart from the session.
struct Order {
    plan: Plan,
    project: Option<Project>,
    secrets: Secrets,
    provisioner: Option<Arc<dyn Provisioner>>,
    only: Vec<String>,
    attempt: u64,
}

impl Order {
    async fn carry_out(self, mut out: Sender<Told>) {
        let (attempt, project) = (self.attempt, self.project.clone());
        let opened = tokio::task::spawn_blocking(move || open(project.as_ref()));
        let opened = match opened.await {
            Ok(opened) => opened,
            Err(error) => Err(Obstacle::Journal(error.to_string())),
        };
        let journal = match opened {
            Ok(journal) => journal,
            Err(obstacle) => {
                let _ = out.send(Told::Obstructed(attempt, obstacle)).await;
                return;
            }
        };
        let request = self.request(journal);
        let found = Mutex::new(Vec::new());
        let tell = |check: &AccountCheck| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.push(Arc::new(check.clone()));
        };
        let mut looking = pin!(survey::check(&request, tell));
        let mut beat = tokio::time::interval(BEAT);
        loop {
            let over = tokio::select! {
                _ = &mut looking => true,
                _ = beat.tick() => false,
            };
            let batch = {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::take(&mut *found)
            };
            if !batch.is_empty() && out.send(Told::Found(attempt, batch)).await.is_err() {
                return;
            }
            if over {
                let _ = out.send(Told::Over(attempt)).await;
                return;
            }
        }
    }

    fn request(self, journal: Journal) -> Request {
        // A look writes nothing.
        let project = self
            .project
            .unwrap_or_else(|| Project::at(std::env::temp_dir()));
        Request {
            only: self.only,
            dry_run: true,
            provisioner: self.provisioner,
            ignore_window: true,
            ..Request::new(self.plan, project, journal, self.secrets, Pass::Copy)
        }
    }
}

/// The journal a look stands on: looking leaves none behind, but what is decided in one already holds. Blocks.
fn open(project: Option<&Project>) -> Result<Journal, Obstacle> {
    let broken = |error: crate::journal::Error| Obstacle::Journal(error.to_string());
    let Some(project) = project else {
        return Journal::in_memory().map_err(broken);
    };
    match project.lock() {
        Ok(_given_back) => {}
        Err(project::Error::Busy(_)) => return Err(Obstacle::Running),
        Err(error) => return Err(Obstacle::Folder(error.to_string())),
    }
    let file = project.journal_file();
    if file.exists() {
        Journal::open_existing(&file).map_err(broken)
    } else {
        Journal::in_memory().map_err(broken)
    }
}

/// Something made of what was found, as it was made last and for what.
#[derive(Debug)]
pub struct Memo<K, V>(RefCell<Option<(K, Arc<V>)>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// It, made again only for another key.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        let mut kept = self.0.borrow_mut();
        match &*kept {
            Some((known, value)) if *known == key => value.clone(),
            _ => {
                let value = Arc::new(make());
                *kept = Some((key, value.clone()));
                value
            }
        }
    }
}

#[cfg(test)]
mod tests;
