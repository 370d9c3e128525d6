//! The logins that were tried: which work, which were refused, which are waiting.
//!
//! Promises: an answer holds for exactly what was asked, servers, logins and passwords; when any of these is changed it
//! is forgotten, and what still waits with the old ones is not sent. Answers come in a few times a second at most.
//! Deliberately absent: logging in (`crate::probe`), and keeping anything on the disk.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::channel::mpsc;
use futures::stream::{self, Stream, StreamExt as _};
use iced::{Task, task};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, timeout_at};

use super::Message;
use crate::account::{Endpoint, Side};
use crate::engine::Secrets;
use crate::imap::Login;
use crate::probe::credentials::{Account, AccountAnswer, Denied, Ends, credentials};
use crate::secrets::Key;
use crate::trouble::{Remedy, Trouble};
use crate::ui::session::Session;
use crate::users::{Entry, Rules};

/// Answers are gathered this long before they are shown.
const BEAT: Duration = Duration::from_millis(250);

/// How it stands with a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proof {
    Waiting,
    Checking,
    Good { messages: Option<u64> },
    Failed { side: Side, trouble: Trouble },
}

impl Proof {
    /// Whether a server refuses this login: it is left out, and not tried again by itself.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Failed { trouble, .. } if trouble.remedy == Remedy::Ask)
    }
}

/// What is heard of the logins that are being tried.
#[derive(Debug, Clone)]
pub enum Event {
    Begun(u64),
    Answered(u64, Result<AccountAnswer, Denied>),
    /// None of them could be tried.
    Failed(Denied),
    Over,
}

#[derive(Debug)]
struct Record {
    /// Stands for all that was asked: servers, logins, passwords.
    mark: u64,
    run: u64,
    proof: Proof,
}

/// Logins that are being tried together.
#[derive(Debug)]
struct Run {
    _task: task::Handle,
    /// Rows that were changed meanwhile: the old password is not to be sent.
    gone: Gone,
    all: usize,
}

type Gone = Arc<Mutex<HashSet<u64>>>;

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    records: HashMap<u64, Record>,
    hasher: RandomState,
    runs: HashMap<u64, Run>,
    last: u64,
}

/// Both servers, and their administrators' passwords.
struct Sides<'a> {
    origin: (Endpoint, Option<&'a SecretString>),
    destination: (Endpoint, Option<&'a SecretString>),
    rules: Rules,
}

impl<'a> Sides<'a> {
    fn of(session: &'a Session) -> Option<Self> {
        let draft = &session.draft;
        let master = |side| session.keeper.get(&Key::Master { side });
        Some(Self {
            origin: (draft.origin.endpoint()?, master(Side::Origin)),
            destination: (draft.destination.endpoint()?, master(Side::Destination)),
            rules: draft.rules(),
        })
    }

    /// The side whose administrator's password is wanted and not known.
    fn nameless(&self) -> Option<Side> {
        let lacks = |(end, secret): &(Endpoint, Option<&SecretString>)| {
            end.master.is_some() && secret.is_none_or(|secret| secret.expose_secret().is_empty())
        };
        let origin = lacks(&self.origin).then_some(Side::Origin);
        origin.or_else(|| lacks(&self.destination).then_some(Side::Destination))
    }

    fn login(&self, side: Side, entry: &Entry) -> Option<Login> {
        let ((end, master), name, own) = match side {
            Side::Origin => (&self.origin, entry.login.trim(), None),
            Side::Destination => (
                &self.destination,
                entry.destination(self.rules),
                entry.destination_password.as_ref(),
            ),
        };
        let own = own.filter(|own| !own.expose_secret().is_empty());
        let mut secrets = Secrets::default();
        if let Some(master) = master {
            secrets.insert_master(side, SecretString::clone(master));
        }
        if let Some(password) = own.or(entry.password.as_ref()) {
            secrets.insert(side, name, password.clone());
        }
        secrets.login(side, end, name)
    }

    /// Stands for servers and administrators, in the marks of all rows.
    fn stir(&self, hasher: &mut impl std::hash::Hasher) {
        for (end, master) in [&self.origin, &self.destination] {
            end.hash(hasher);
            master.map(ExposeSecret::expose_secret).hash(hasher);
        }
    }
}

fn stir(entry: &Entry, rules: Rules, hasher: &mut impl std::hash::Hasher) {
    entry.login.trim().hash(hasher);
    entry.destination(rules).hash(hasher);
    for secret in [&entry.password, &entry.destination_password] {
        let secret = secret.as_ref().map(ExposeSecret::expose_secret);
        secret.hash(hasher);
    }
}

impl Proofs {
    pub fn get(&self, id: u64) -> Option<&Proof> {
        self.records.get(&id).map(|record| &record.proof)
    }

    pub fn is_running(&self) -> bool {
        !self.runs.is_empty()
    }

    /// How many of those being tried are answered, and how many there are.
    pub fn done(&self) -> (usize, usize) {
        let all = self.runs.values().map(|run| run.all).sum();
        let open = self.records.values();
        let open = open
            .filter(|record| matches!(record.proof, Proof::Waiting | Proof::Checking))
            .count();
        (usize::saturating_sub(all, open), all)
    }

    fn marks(&self, session: &Session) -> Option<(Rules, impl Fn(&Entry) -> u64 + use<>)> {
        let sides = Sides::of(session)?;
        let mut common = self.hasher.build_hasher();
        sides.stir(&mut common);
        let rules = sides.rules;
        Some((rules, move |entry: &Entry| {
            let mut hasher = common.clone();
            stir(entry, rules, &mut hasher);
            hasher.finish()
        }))
    }

    /// Forgets what was asked with other servers, logins or passwords.
    pub fn prune(&mut self, session: &Session) {
        if self.records.is_empty() {
            return;
        }
        let Some((_, mark)) = self.marks(session) else {
            self.stop();
            self.records.clear();
            return;
        };
        for entry in &session.draft.entries {
            let Some(record) = self.records.get(&entry.id) else {
                continue;
            };
            if record.mark != mark(entry) {
                if let Some(run) = self.runs.get(&record.run) {
                    let mut gone = run.gone.lock().unwrap_or_else(PoisonError::into_inner);
                    let _ = gone.insert(entry.id);
                }
                let _ = self.records.remove(&entry.id);
            }
        }
    }

    /// Tries the logins of the entries at these places; the side whose administrator is not known.
    pub fn begin(
        &mut self,
        session: &Session,
        places: &[usize],
    ) -> Result<Option<Task<Message>>, Side> {
        let Some((order, gone)) = self.order(session, places)? else {
            return Ok(None);
        };
        let (run, all) = (self.last, order.1.len());
        let events = tried(order.0, order.1, gone.clone());
        let (task, handle) = Task::run(gathered(events), move |events| {
            Message::Checked(run, events)
        })
        .abortable();
        let running = Run {
            _task: handle.abort_on_drop(),
            gone,
            all,
        };
        let _ = self.runs.insert(run, running);
        Ok(Some(task))
    }

    /// What is to be asked, noted down as waiting.
    #[allow(clippy::type_complexity, reason = "private, and taken apart at once")]
    fn order(
        &mut self,
        session: &Session,
        places: &[usize],
    ) -> Result<Option<((Ends, Vec<Account<u64>>), Gone)>, Side> {
        let (Some(sides), Some((_, mark))) = (Sides::of(session), self.marks(session)) else {
            return Ok(None);
        };
        if let Some(side) = sides.nameless() {
            return Err(side);
        }
        // The password at the destination is still to be set.
        let there = !session.draft.scope.provisions();
        let mut accounts = Vec::new();
        self.last += 1;
        for at in places {
            let Some(entry) = session.draft.entries.get(*at) else {
                continue;
            };
            let Some(origin) = sides.login(Side::Origin, entry) else {
                continue;
            };
            let record = Record {
                mark: mark(entry),
                run: self.last,
                proof: Proof::Waiting,
            };
            let _ = self.records.insert(entry.id, record);
            accounts.push(Account {
                id: entry.id,
                origin,
                destination: sides.login(Side::Destination, entry).filter(|_| there),
            });
        }
        if accounts.is_empty() {
            return Ok(None);
        }
        let ends = Ends::new(sides.origin.0, there.then_some(sides.destination.0));
        Ok(Some(((ends, accounts), Gone::default())))
    }

    /// Ends all that is going on; what was answered stays.
    pub fn stop(&mut self) {
        self.runs.clear();
        self.records
            .retain(|_, record| !matches!(record.proof, Proof::Waiting | Proof::Checking));
    }

    /// Answers came.
    pub fn learn(&mut self, run: u64, events: Vec<Event>) {
        for event in events {
            match event {
                Event::Begun(id) => self.set(run, id, Proof::Checking),
                Event::Answered(id, Ok(answer)) => {
                    let messages = answer.messages;
                    self.set(run, id, Proof::Good { messages });
                }
                Event::Answered(id, Err((side, trouble))) => {
                    self.set(run, id, Proof::Failed { side, trouble });
                }
                Event::Failed((side, trouble)) => {
                    for record in self.records.values_mut().filter(|one| one.run == run) {
                        let trouble = trouble.clone();
                        record.proof = Proof::Failed { side, trouble };
                    }
                }
                Event::Over => {
                    let _ = self.runs.remove(&run);
                    self.records.retain(|_, record| {
                        record.run != run
                            || !matches!(record.proof, Proof::Waiting | Proof::Checking)
                    });
                }
            }
        }
    }

    fn set(&mut self, run: u64, id: u64, proof: Proof) {
        if let Some(record) = self.records.get_mut(&id)
            && record.run == run
        {
            record.proof = proof;
        }
    }

    /// For tests and pictures: as if a server had answered so.
    #[cfg(test)]
    pub fn pretend(&mut self, session: &Session, at: usize, proof: Proof) {
        if let (Some((_, mark)), Some(entry)) = (self.marks(session), session.draft.entries.get(at))
        {
            let mark = mark(entry);
            let _ = self.records.insert(
                entry.id,
                Record {
                    mark,
                    run: 0,
                    proof,
                },
            );
        }
    }
}

/// Tries logins, and tells of each when it begins and when it is answered.
fn tried(
    ends: Ends,
    accounts: Vec<Account<u64>>,
    gone: Gone,
) -> impl Stream<Item = Event> + Send + use<> {
    let (tell, told) = mpsc::unbounded();
    let begun = tell.clone();
    // Taken one by one, when there is a place for it.
    let accounts = accounts.into_iter().filter(move |account| {
        let gone = gone.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = !gone.contains(&account.id);
        if wanted {
            let _ = begun.unbounded_send(Event::Begun(account.id));
        }
        wanted
    });
    let work = async move {
        match credentials(&ends, accounts) {
            Ok(answers) => {
                let mut answers = std::pin::pin!(answers);
                while let Some((id, found)) = answers.next().await {
                    let _ = tell.unbounded_send(Event::Answered(id, found));
                }
            }
            Err(denied) => {
                let _ = tell.unbounded_send(Event::Failed(denied));
            }
        }
        let _ = tell.unbounded_send(Event::Over);
    };
    stream::select(
        told,
        stream::once(work).filter_map(|()| std::future::ready(None)),
    )
}

/// What comes, a handful at a time.
pub(super) fn gathered<T: Send + 'static>(
    events: impl Stream<Item = T> + Send + 'static,
) -> impl Stream<Item = Vec<T>> + Send {
    stream::unfold(events.boxed(), |mut events| async move {
        let mut some = vec![events.next().await?];
        let until = Instant::now() + BEAT;
        while let Ok(Some(event)) = timeout_at(until, events.next()).await {
            some.push(event);
        }
        Some((some, events))
    })
}
