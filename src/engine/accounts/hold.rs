//! Accounts held while their mailbox is being moved, and released.
//!
//! Promises: what an account was like before is in the journal before it is forgotten here; an account is released
//! however its pass ends, after a crash by the next run. Deliberately absent: what holding means (`provision`).

use super::notice;
use crate::engine::copy::journal_trouble;
use crate::engine::{Event, Shared};
use crate::journal::AccountId;
use crate::plan::{Hold, Job};
use crate::provision::{Difference, Part, Standing, Wanted};
use crate::trouble::Trouble;

/// An account that is held, until [`release`].
pub(in crate::engine) struct Held {
    wanted: Wanted,
    account: AccountId,
}

/// Holds an account while its mailbox is being moved, where the plan asks for it and the provisioner can. That it cannot
/// be held is no reason not to move it.
pub(in crate::engine) async fn hold(shared: &Shared, job: &Job) -> Result<Option<Held>, Trouble> {
    let plan = &shared.request.plan;
    let (Some(accounts), Some(to)) = (&shared.accounts, &plan.migration_account) else {
        return Ok(None);
    };
    let own = plan.destination.master.is_none();
    if to.hold == Hold::None || shared.request.dry_run {
        return Ok(None);
    }
    if to.hold == Hold::Unavailable && own {
        tracing::warn!(
            "'{}' stays available: it is moved with its own login",
            job.login
        );
        return Ok(None);
    }
    let Some(wanted) = Wanted::of(job) else {
        return Ok(None);
    };
    let journal = &shared.request.journal;
    let (account, row) = super::recorded(shared, job).await?;
    // What it was like before stands in the journal already, when the last run could not release it.
    if row.is_none_or(|row| row.held.is_none()) {
        let provisioner = &accounts.provisioner;
        match provisioner.look(&wanted).await {
            // One that its administrator has switched off is not to be switched on afterwards.
            Ok(Standing::Exists(differences)) if !is_off(&differences) => {}
            _ => return Ok(None),
        }
        if to.hold == Hold::Forward && !notice::is_ready(shared, &to.address).await? {
            tracing::warn!("'{}' is not forwarded: nobody is there", job.login);
            return Ok(None);
        }
        // Written down first: whatever becomes of the answer, it will be released.
        let remember = async |held: Option<String>| {
            let done = journal.hold(account, held).await;
            done.map_err(|error| journal_trouble(&error))
        };
        let word = match to.hold {
            Hold::Forward => "forward",
            Hold::None | Hold::Unavailable => "unavailable",
        };
        remember(Some(format!("?{word} {}", to.address))).await?;
        match provisioner.hold(&wanted, to.hold, &to.address).await {
            Ok(Some(held)) => remember(Some(held)).await?,
            Ok(None) => {
                remember(None).await?;
                return Ok(None);
            }
            Err(trouble) => tracing::warn!("'{}' is not held for certain: {trouble}", job.login),
        }
    }
    tracing::info!("Account '{}' is held", job.login);
    Ok(Some(Held { wanted, account }))
}

fn is_off(differences: &[Difference]) -> bool {
    differences
        .iter()
        .any(|difference| difference.what == Part::Disabled)
}

/// Puts a held account back. What cannot be released now is released by the next run, and told.
pub(in crate::engine) async fn release(shared: &Shared, login: &str, held: Held) {
    let Some(accounts) = &shared.accounts else {
        return;
    };
    let journal = &shared.request.journal;
    let row = journal.setup(held.account).await.ok().flatten();
    let Some(former) = row.and_then(|row| row.held) else {
        return;
    };
    match accounts.provisioner.release(&held.wanted, &former).await {
        Ok(()) => {
            tracing::info!("Account '{login}' is released");
            if let Err(error) = journal.hold(held.account, None).await {
                tracing::error!("'{login}': {error}");
            }
        }
        Err(trouble) => {
            tracing::error!("Account '{login}' cannot be released: {trouble}");
            shared.tell(Event::NotReleased {
                login: login.to_owned(),
                trouble,
            });
        }
    }
}

/// Releases what an earlier run had to leave held and this one does not work on.
pub(in crate::engine) async fn release_left(shared: &Shared) {
    if shared.accounts.is_none() || shared.request.dry_run {
        return;
    }
    let Ok(rows) = shared.request.journal.setups().await else {
        return;
    };
    let held: Vec<_> = rows.iter().filter(|row| row.held.is_some()).collect();
    if held.is_empty() {
        return;
    }
    let Ok(accounts) = shared.request.journal.accounts().await else {
        return;
    };
    for row in held {
        let known = accounts.iter().find(|account| account.id == row.account);
        let job = known.and_then(|known| {
            let mut jobs = shared.request.plan.jobs.iter();
            jobs.find(|job| job.login == known.login)
        });
        if let Some((job, wanted)) = job.and_then(|job| Some((job, Wanted::of(job)?))) {
            let account = row.account;
            release(shared, &job.login, Held { wanted, account }).await;
        }
    }
}
