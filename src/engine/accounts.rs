//! Accounts at the destination, before their messages: made, completed, given their password, held meanwhile.
//!
//! Promises: that an account is about to be made is in the journal before the server is asked; one of which it is not
//! known whether it was made is looked at, never made again blindly; one that was there before is never changed, only
//! with the scope of passwords its password is set; a refused administrator is not tried again in this run; what was
//! held is released, after a crash by the next run. Deliberately absent: how accounts are made (`provision`).
//!
//! - `act` one account that is being prepared · `notice` the migration account
//! - `hold` kept from their users while their mailbox is being moved · `after` the program that is called then

mod act;
mod after;
mod hold;
mod notice;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::StreamExt as _;

use act::Act;

use super::control::{Brake, Turn};
use super::copy::journal_trouble;
use super::mailbox::Ending;
use super::progress::Activity;
use super::{Event, Shared};
use crate::journal::{AccountId, SetupRow};
use crate::plan::Job;
use crate::provision::{Difference, Provisioner};
use crate::trouble::{Kind, Remedy, Trouble};

pub use notice::Notice;

pub(super) use after::called;
pub(super) use hold::{hold, release, release_left};

/// As long after it was made, a login that is refused may only not be known everywhere yet.
const FRESH: Duration = Duration::from_mins(1);

/// What came of preparing an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prepared {
    /// It was made.
    Created,
    /// It was made by an earlier run, and is whole now.
    Completed,
    /// It was there, and differs in this from what is wanted.
    Existed(Vec<Difference>),
    /// Its password was set.
    PasswordSet,
    /// All was as it should be.
    Unchanged,
    /// It would be made.
    WouldCreate,
    /// It would be completed.
    WouldComplete,
    /// Its password would be set.
    WouldSetPassword,
}

/// Who makes the accounts of a run, and what is known of them.
#[derive(Debug)]
pub(crate) struct Accounts {
    provisioner: Arc<dyn Provisioner>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Those that were prepared, and what came of it.
    ready: HashMap<String, Prepared>,
    /// When those that are new were made.
    made: HashMap<String, Instant>,
    /// Why nothing can be done any more.
    over: Option<Trouble>,
    /// Why nothing can be made any more.
    full: Option<Trouble>,
}

impl Accounts {
    pub(crate) fn new(provisioner: Arc<dyn Provisioner>) -> Self {
        Self {
            provisioner,
            known: Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the account was made a moment ago: a server may need a while until it is known everywhere.
    pub(crate) fn is_fresh(&self, login: &str) -> bool {
        let known = self.known();
        known
            .made
            .get(login)
            .is_some_and(|made| made.elapsed() < FRESH)
    }

    /// An account is tried once more: what has been put right meanwhile is to count. A refused administrator is not tried
    /// again all the same.
    pub(crate) fn again(&self, login: &str) {
        let mut known = self.known();
        let _ = known.ready.remove(login);
        known.full = None;
        let refused = |trouble: &Trouble| trouble.remedy == Remedy::Ask;
        known.over = known.over.take().filter(refused);
    }

    /// What a trouble means for the others.
    fn learn(&self, trouble: &Trouble) {
        let mut known = self.known();
        match trouble.kind {
            Kind::AdminRefused
            | Kind::AdminTwoFactor
            | Kind::MigrationRunning
            | Kind::ProgramMissing => known.over = Some(trouble.clone()),
            Kind::LicenceSeats => known.full = Some(trouble.clone()),
            _ => {}
        }
    }
}

/// Refuses to send an account's mail to another mailbox than the one that has some of it: the journal's copies would
/// be taken for that one's.
pub(crate) async fn same_mailbox(shared: &Shared, job: &Job) -> Result<(), Trouble> {
    let elsewhere = shared.request.journal.copied_to(job.login.clone()).await;
    let elsewhere = elsewhere.map_err(|error| journal_trouble(&error))?;
    match elsewhere.filter(|login| *login != job.destination_login) {
        None => Ok(()),
        Some(login) => Err(Trouble::new(Kind::DestinationChanged, &job.login, login)),
    }
}

/// The account in the journal, and what was done to it at the destination.
async fn recorded(shared: &Shared, job: &Job) -> Result<(AccountId, Option<SetupRow>), Trouble> {
    let journal = &shared.request.journal;
    let read = async {
        let account = journal
            .account(job.login.clone(), job.destination_login.clone())
            .await?;
        Ok((account, journal.setup(account).await?))
    };
    read.await.map_err(|error| journal_trouble(&error))
}

/// Sees to the migration account, once work may begin.
pub(super) async fn furnish(shared: &Shared) {
    let brake = Brake::new(&shared.control, Arc::default());
    if brake.rest().await.is_ok() {
        notice::furnish(shared).await;
    }
}

/// Prepares all accounts whose turn has not come, before the first message moves: whoever writes to one meanwhile
/// finds it. Those that fail are ended.
pub(super) async fn all(shared: &Arc<Shared>) {
    let Some(accounts) = &shared.accounts else {
        return;
    };
    if !shared.request.plan.scope.provisions() {
        return;
    }
    let turns = shared.control.waiting();
    let at_once = accounts.provisioner.at_once().max(1);
    let each = turns.into_iter().map(|turn| one(shared, turn));
    futures::stream::iter(each)
        .buffer_unordered(at_once)
        .collect::<()>()
        .await;
}

async fn one(shared: &Arc<Shared>, turn: Turn) {
    let brake = Brake::new(&shared.control, turn.skipped.clone());
    turn.meter.act(Activity::Preparing);
    let prepared = prepare(shared, &turn.job, &brake).await;
    if shared.control.waits(&turn) {
        turn.meter.act(Activity::Queued);
    }
    let Err(trouble) = prepared else { return };
    // What was ordered is told by whoever looks at the order next.
    if !trouble.kind.is_order() && shared.control.fail(&turn, Ending::failed(trouble.clone())) {
        let login = turn.job.login;
        tracing::error!("'{login}' not prepared: {trouble}");
        shared.tell(Event::MailboxFailed { login, trouble });
    }
}

/// Prepares one account, unless it is prepared already; says what came of it, or nothing where the scope asks for
/// nothing.
pub(crate) async fn prepare(
    shared: &Shared,
    job: &Job,
    brake: &Brake,
) -> Result<Option<Prepared>, Trouble> {
    if !shared.request.plan.scope.provisions() {
        return Ok(None);
    }
    let accounts = shared
        .accounts
        .as_ref()
        .ok_or_else(|| Trouble::new(Kind::AdminService, &job.login, "nobody makes accounts"))?;
    let ready = accounts.known().ready.get(&job.login).cloned();
    if ready.is_some() {
        return Ok(ready);
    }
    same_mailbox(shared, job).await?;
    let act = Act {
        shared,
        accounts,
        job,
        brake,
        _working: brake.working(),
    };
    brake.rest().await.map_err(|halted| act.halted(halted))?;
    let over = accounts.known().over.clone();
    if let Some(trouble) = over {
        act.note(&trouble).await;
        return Err(trouble);
    }
    let prepared = match act.act().await {
        Ok(prepared) => prepared,
        Err(trouble) => {
            accounts.learn(&trouble);
            act.note(&trouble).await;
            return Err(trouble);
        }
    };
    drop(act);
    let login = || job.login.clone();
    let _ = accounts.known().ready.insert(login(), prepared.clone());
    log(&job.login, &prepared);
    shared.tell(Event::AccountPrepared {
        login: login(),
        prepared: prepared.clone(),
    });
    Ok(Some(prepared))
}

fn log(login: &str, prepared: &Prepared) {
    match prepared {
        Prepared::Created => tracing::info!("Account '{login}' created"),
        Prepared::Completed => tracing::info!("Account '{login}' completed"),
        Prepared::PasswordSet => tracing::info!("Password of '{login}' set"),
        Prepared::Unchanged => tracing::info!("Account '{login}' is as it should be"),
        Prepared::Existed(differences) => {
            tracing::info!("Account '{login}' exists already");
            for difference in differences {
                tracing::warn!(
                    "Account '{login}' differs: {:?} is '{}', wanted '{}'",
                    difference.what,
                    difference.found,
                    difference.wanted
                );
            }
        }
        Prepared::WouldCreate | Prepared::WouldComplete | Prepared::WouldSetPassword => {}
    }
}
