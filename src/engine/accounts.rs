//! Accounts at the destination, before their messages: made, completed, given their password, held meanwhile.
//!
//! Promises: that an account is about to be made is in the journal before the server is asked; one of which it is not
//! known whether it was made is looked at, never made again blindly; one that was there before is never changed, only
//! with the scope of passwords its password is set; a refused administrator is not tried again in this run; what was
//! held is released, after a crash by the next run. Deliberately absent: how accounts are made (`provision`).
//!
//! - `hold` kept from their users while their mailbox is being moved

mod hold;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use futures::future::BoxFuture;
use secrecy::SecretString;

use super::control::{Brake, Halted, Turn};
use super::copy::journal_trouble;
use super::mailbox::Ending;
use super::progress::Activity;
use super::{Event, Shared};
use crate::account::Side;
use crate::journal::{AccountId, Setup};
use crate::plan::{Job, Scope};
use crate::provision::{Difference, Part, Provisioner, Standing, Wanted};
use crate::trouble::{Kind, Remedy, Trouble};

pub(super) use hold::{hold, release, release_left};

/// Waits between attempts at an act that may be repeated.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(10)];
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

    /// What a trouble means for the others.
    fn learn(&self, trouble: &Trouble) {
        let mut known = self.known();
        match trouble.kind {
            Kind::AdminRefused
            | Kind::AdminTwoFactor
            | Kind::AdminRights
            | Kind::AdminService
            | Kind::MigrationRunning
            | Kind::ProgramMissing => known.over = Some(trouble.clone()),
            Kind::LicenceSeats => known.full = Some(trouble.clone()),
            _ => {}
        }
    }
}

/// Prepares all accounts whose turn has not come, before the first message moves: whoever writes to one meanwhile
/// finds it. Those that fail are ended.
pub(super) async fn all(shared: &Arc<Shared>) {
    let Some(accounts) = &shared.accounts else {
        return;
    };
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
    turn.meter.act(Activity::Queued);
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
    let act = Act {
        shared,
        accounts,
        job,
        brake,
        working: brake.working(),
    };
    brake.rest().await.map_err(|halted| act.halted(halted))?;
    let over = accounts.known().over.clone();
    if let Some(trouble) = over {
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

/// One account that is being prepared.
struct Act<'a> {
    shared: &'a Shared,
    accounts: &'a Accounts,
    job: &'a Job,
    brake: &'a Brake,
    #[allow(dead_code, reason = "counts for as long as it is held")]
    working: super::control::Working,
}

impl Act<'_> {
    fn halted(&self, halted: Halted) -> Trouble {
        super::copy::Halt::from(halted).trouble(super::remedy::Doing::Login, &self.job.login)
    }

    async fn act(&self) -> Result<Prepared, Trouble> {
        let login = &self.job.login;
        let wanted = Wanted::of(self.job)
            .ok_or_else(|| Trouble::new(Kind::AddressMissing, login.as_str(), ""))?;
        let journal = &self.shared.request.journal;
        let account = journal
            .account(login.clone(), self.job.destination_login.clone())
            .await
            .map_err(|error| journal_trouble(&error))?;
        let row = journal
            .setup(account)
            .await
            .map_err(|error| journal_trouble(&error))?;
        let state = row.as_ref().map_or(Setup::None, |row| row.state);
        let standing = self
            .patiently(|| self.accounts.provisioner.look(&wanted))
            .await?;
        let dry_run = self.shared.request.dry_run;
        match (self.shared.request.plan.scope, standing) {
            (Scope::Passwords, Standing::Missing) => {
                Err(Trouble::new(Kind::AccountMissing, &wanted.address, ""))
            }
            (Scope::Passwords, Standing::Exists(_)) if dry_run => Ok(Prepared::WouldSetPassword),
            (Scope::Passwords, Standing::Exists(differences)) => {
                self.set_password(account, state, &wanted, &differences)
                    .await
            }
            (_, Standing::Missing) if dry_run => Ok(Prepared::WouldCreate),
            (_, Standing::Missing) => self.create(account, &wanted).await,
            (_, Standing::Exists(differences)) => match state {
                Setup::Making | Setup::HalfMade if dry_run => Ok(Prepared::WouldComplete),
                Setup::Making | Setup::HalfMade => self.finish(account, &wanted).await,
                Setup::Made if lacks_alias(&differences) && dry_run => Ok(Prepared::WouldComplete),
                Setup::Made if lacks_alias(&differences) => {
                    let _ = self
                        .patiently(|| self.accounts.provisioner.complete(&wanted))
                        .await?;
                    Ok(Prepared::Completed)
                }
                Setup::Made => fit(&wanted, &differences).map(|()| Prepared::Unchanged),
                Setup::None | Setup::Existed => {
                    if !dry_run {
                        let words = serde_json::to_string(&differences).unwrap_or_default();
                        self.state(account, Setup::Existed, words).await?;
                    }
                    fit(&wanted, &differences)?;
                    Ok(Prepared::Existed(differences))
                }
            },
        }
    }

    /// Writes down why it could not be prepared; where even that fails, the log has it.
    async fn note(&self, trouble: &Trouble) {
        if self.shared.request.dry_run || trouble.kind.is_order() {
            return;
        }
        let journal = &self.shared.request.journal;
        let (login, to) = (&self.job.login, &self.job.destination_login);
        let noted = async {
            let account = journal.account(login.clone(), to.clone()).await?;
            let (kind, detail) = (trouble.kind.key(), trouble.detail.clone());
            journal.set_up_failed(account, None, kind, detail).await
        };
        if let Err(error) = noted.await {
            tracing::error!("'{login}': {error}");
        }
    }

    async fn create(&self, account: AccountId, wanted: &Wanted) -> Result<Prepared, Trouble> {
        let full = self.accounts.known().full.clone();
        if let Some(trouble) = full {
            return Err(trouble);
        }
        let password = self.password()?;
        let login = &self.job.login;
        tracing::info!("Creating account '{login}' as '{}'...", wanted.address);
        self.state(account, Setup::Making, String::new()).await?;
        let failure = match self.accounts.provisioner.create(wanted, &password).await {
            Ok(()) => {
                self.made(account).await?;
                let made = (login.clone(), Instant::now());
                self.accounts.known().made.extend([made]);
                return Ok(Prepared::Created);
            }
            Err(failure) => failure,
        };
        // Without an answer it may have been made all the same.
        let unclear = failure.trouble.kind.is_network();
        let made = failure.made
            || (unclear
                && matches!(
                    self.patiently(|| self.accounts.provisioner.look(wanted))
                        .await,
                    Ok(Standing::Exists(_))
                ));
        if made && unclear {
            return self.finish(account, wanted).await;
        }
        let state = match (made, unclear) {
            (true, _) => Setup::HalfMade,
            (false, true) => Setup::Making,
            (false, false) => Setup::None,
        };
        self.failed(account, state, failure.trouble, wanted).await
    }

    /// Makes whole what was made by us, and not finished.
    async fn finish(&self, account: AccountId, wanted: &Wanted) -> Result<Prepared, Trouble> {
        let password = self.password()?;
        let provisioner = &self.accounts.provisioner;
        let finished = async {
            let _ = self
                .patiently(|| provisioner.set_password(wanted, &password))
                .await?;
            self.patiently(|| provisioner.complete(wanted)).await
        };
        match finished.await {
            Ok(_) => {
                self.made(account).await?;
                Ok(Prepared::Completed)
            }
            Err(trouble) => self.failed(account, Setup::HalfMade, trouble, wanted).await,
        }
    }

    /// Writes down how far an account got that could not be made, or finished, and says why.
    async fn failed(
        &self,
        account: AccountId,
        state: Setup,
        trouble: Trouble,
        wanted: &Wanted,
    ) -> Result<Prepared, Trouble> {
        self.state(account, state, String::new()).await?;
        let half = state == Setup::HalfMade && !trouble.kind.is_order();
        Err(if half {
            self.accounts.learn(&trouble);
            Trouble::new(
                Kind::AccountHalfMade,
                &wanted.address,
                format!("{}: {}", trouble.kind.key(), trouble.detail),
            )
        } else {
            trouble
        })
    }

    async fn set_password(
        &self,
        account: AccountId,
        state: Setup,
        wanted: &Wanted,
        differences: &[Difference],
    ) -> Result<Prepared, Trouble> {
        if let Some(elsewhere) = differences
            .iter()
            .find(|difference| difference.what == Part::PasswordElsewhere)
        {
            return Err(Trouble::new(
                Kind::PasswordElsewhere,
                &wanted.address,
                &elsewhere.found,
            ));
        }
        let password = self.password()?;
        let change = self
            .patiently(|| self.accounts.provisioner.set_password(wanted, &password))
            .await?;
        let state = match state {
            Setup::None => Setup::Existed,
            Setup::Making | Setup::HalfMade => Setup::Made,
            other => other,
        };
        self.state(account, state, String::new()).await?;
        self.shared
            .request
            .journal
            .password_set(account)
            .await
            .map_err(|error| journal_trouble(&error))?;
        Ok(match change {
            crate::provision::Change::Done => Prepared::PasswordSet,
            crate::provision::Change::Unchanged => Prepared::Unchanged,
        })
    }

    fn password(&self) -> Result<SecretString, Trouble> {
        let login = &self.job.destination_login;
        let password = self.shared.control.password(Side::Destination, login);
        password.ok_or_else(|| Trouble::new(Kind::PasswordMissing, login, "destination"))
    }

    async fn made(&self, account: AccountId) -> Result<(), Trouble> {
        self.state(account, Setup::Made, String::new()).await?;
        let journal = &self.shared.request.journal;
        let set = journal.password_set(account).await;
        set.map_err(|error| journal_trouble(&error))
    }

    async fn state(&self, account: AccountId, state: Setup, words: String) -> Result<(), Trouble> {
        let journal = &self.shared.request.journal;
        let done = journal.set_up(account, state, words).await;
        done.map_err(|error| journal_trouble(&error))
    }

    /// An act that may be repeated: again, where the trouble passes by itself.
    async fn patiently<'b, T>(
        &'b self,
        act: impl Fn() -> BoxFuture<'b, Result<T, Trouble>>,
    ) -> Result<T, Trouble> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let trouble = match act().await {
                Ok(done) => return Ok(done),
                Err(trouble) => trouble,
            };
            let passes = matches!(trouble.remedy, Remedy::Again | Remedy::Slower(_));
            let Some(pause) = pauses.next().filter(|_| passes) else {
                return Err(trouble);
            };
            tracing::warn!(
                "'{}' waits {} s: {trouble}",
                self.job.login,
                pause.as_secs()
            );
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                halted = self.brake.ended() => return Err(self.halted(halted)),
            }
        }
    }
}

fn lacks_alias(differences: &[Difference]) -> bool {
    differences
        .iter()
        .any(|difference| difference.what == Part::Alias)
}

/// Whether mail may be put into an account that differs like this.
fn fit(wanted: &Wanted, differences: &[Difference]) -> Result<(), Trouble> {
    let unfit = differences.iter().find(|difference| {
        matches!(
            difference.what,
            Part::Imap | Part::Discards | Part::Kind | Part::Disabled
        )
    });
    match unfit {
        None => Ok(()),
        Some(difference) => Err(Trouble::new(
            Kind::AccountUnfit,
            &wanted.address,
            format!("{:?}: {}", difference.what, difference.found),
        )),
    }
}
