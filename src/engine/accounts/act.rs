//! One account at the destination that is being prepared.
//!
//! Promises: those of the module above; every failure stands in the journal, with how far the account got.

use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use secrecy::SecretString;

use super::{Accounts, Prepared};
use crate::account::Side;
use crate::engine::Shared;
use crate::engine::control::{Brake, Halted, Working};
use crate::engine::copy::{Halt, journal_trouble};
use crate::engine::remedy::Doing;
use crate::journal::{AccountId, Setup};
use crate::plan::{Job, Scope};
use crate::provision::{Change, Difference, Part, Standing, Wanted};
use crate::trouble::{Kind, Remedy, Trouble};

/// Waits between attempts at an act that may be repeated.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(10)];

/// One account that is being prepared.
pub(super) struct Act<'a> {
    pub(super) shared: &'a Shared,
    pub(super) accounts: &'a Accounts,
    pub(super) job: &'a Job,
    pub(super) brake: &'a Brake,
    /// Counts for as long as it is held.
    pub(super) _working: Working,
}

impl Act<'_> {
    pub(super) fn halted(&self, halted: Halted) -> Trouble {
        Halt::from(halted).trouble(Doing::Login, &self.job.login)
    }

    pub(super) async fn act(&self) -> Result<Prepared, Trouble> {
        let login = &self.job.login;
        let wanted = Wanted::of(self.job)
            .ok_or_else(|| Trouble::new(Kind::AddressMissing, login.as_str(), ""))?;
        let (account, row) = super::recorded(self.shared, self.job).await?;
        let state = row.map_or(Setup::None, |row| row.state);
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
            (_, Standing::Missing) => self.create(account, state, &wanted).await,
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
                Setup::None | Setup::Existed => self.existed(account, &wanted, differences).await,
            },
        }
    }

    /// It was there before, and stays as it is.
    async fn existed(
        &self,
        account: AccountId,
        wanted: &Wanted,
        differences: Vec<Difference>,
    ) -> Result<Prepared, Trouble> {
        if !self.shared.request.dry_run {
            let words = serde_json::to_string(&differences).unwrap_or_default();
            self.state(account, Setup::Existed, words).await?;
        }
        fit(wanted, &differences)?;
        Ok(Prepared::Existed(differences))
    }

    /// Writes down why it could not be prepared; where even that fails, the log has it.
    pub(super) async fn note(&self, trouble: &Trouble) {
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

    async fn create(
        &self,
        account: AccountId,
        before: Setup,
        wanted: &Wanted,
    ) -> Result<Prepared, Trouble> {
        let full = self.accounts.known().full.clone();
        if let Some(trouble) = full {
            return Err(trouble);
        }
        let password = self.password()?;
        let login = &self.job.login;
        tracing::info!("Creating account '{login}' as '{}'...", wanted.address);
        // Who cannot look asks for it again and again: what is known already is not forgotten for that.
        let known = matches!(before, Setup::Made | Setup::Existed);
        if !known {
            self.state(account, Setup::Making, String::new()).await?;
        }
        let failure = match self.accounts.provisioner.create(wanted, &password).await {
            Ok(()) => {
                self.made(account).await?;
                let made = (login.clone(), Instant::now());
                self.accounts.known().made.extend([made]);
                return Ok(Prepared::Created);
            }
            Err(failure) => failure,
        };
        // Who cannot look finds out by making it that it is there; by whom it was made, the journal knows.
        if failure.trouble.kind == Kind::AddressTaken
            && !failure.made
            && let Ok(Standing::Exists(differences)) = self.accounts.provisioner.look(wanted).await
        {
            return match before {
                Setup::HalfMade => self.finish(account, wanted).await,
                Setup::Made => fit(wanted, &differences).map(|()| Prepared::Unchanged),
                // It was not there when it was looked for, and then it was: whose it is, nobody can say for us.
                Setup::Making => {
                    let detail =
                        "made by an interrupted run, or by somebody else: its password was not set";
                    let trouble = Trouble::new(Kind::AddressTaken, &wanted.address, detail);
                    self.failed(account, Setup::Making, trouble, wanted).await
                }
                Setup::None | Setup::Existed => self.existed(account, wanted, differences).await,
            };
        }
        // Without an answer it may have been made all the same.
        let unclear = failure.trouble.kind.is_network()
            || matches!(
                failure.trouble.kind,
                Kind::ProgramTimedOut | Kind::ProgramAnswer
            );
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
            (false, _) if known => before,
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
            Change::Done => Prepared::PasswordSet,
            Change::Unchanged => Prepared::Unchanged,
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
