//! IceWarp Server over its HTTP API (`POST /icewarpapi/`).
//!
//! Promises: what [`Provisioner`] promises; certificates are judged as for mail; passwords cross a connection in clear
//! only as the server's RSA challenge wants them; refused credentials are not tried again by themselves; `result` 0 is
//! a failure; every refusal keeps the server's uid in the technical line, and no password ever stands there.
//! Deliberately absent: deleting, calendars and contacts, the server's own migration tool, and mail: what is to stand
//! in a mailbox goes there over IMAP.
//!
//! - `session` who asks · `command` question and answer · `xml` their letters · `property` values · `refusal` what a no
//!   means · `challenge` passwords without TLS
//! - `account` what is there · `create` what is made · `alias`, `domain`, `hold`
//! - `preflight` what stands in the way · `setting` the server's settings
//!
//! Facts: `icewarp.md` of the project's references. That `u_emailalias` is a text with `;` and `a_aliaslist` a list of
//! the parts before the at sign, both with the main address first, is what public hosting panels and IceWarp's own web
//! administration rely on.

mod account;
mod alias;
mod challenge;
mod command;
mod create;
mod domain;
mod hold;
mod preflight;
mod property;
mod refusal;
mod session;
mod setting;
mod xml;

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::{Change, Failure, Finding, Former, Provisioner, Setting, Standing, Wanted};
use crate::plan::{self, Hold};
use crate::trouble::{Kind, Remedy, Trouble};
use domain::Domain;
use session::Session;

/// The longest pause between two looks for what the server has not shown yet.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One request. IceWarp answers a wrong password after 24 to 30 seconds, and more each time.
    pub request: Duration,
    /// From a change to the moment the server shows it.
    pub shown: Duration,
    /// The first pause between two looks; each is twice as long as the one before.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request: Duration::from_mins(2),
            shown: Duration::from_secs(30),
            pause: Duration::from_millis(250),
        }
    }
}

/// IceWarp Server, by one administrator.
pub struct Icewarp {
    session: Session,
    plan: plan::Icewarp,
    limits: Limits,
    /// Domains that are there, by their names in lower case.
    domains: Mutex<HashMap<String, Domain>>,
}

impl fmt::Debug for Icewarp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Icewarp").field(&self.session).finish()
    }
}

impl Icewarp {
    /// Prepares the way there; nothing is sent. Fails where the host's name is none, or the file of certificate
    /// authorities cannot be used.
    pub fn new(plan: &plan::Icewarp, password: SecretString) -> Result<Self, Trouble> {
        Self::within(plan, password, Limits::default())
    }

    /// The same with other limits.
    pub fn within(
        plan: &plan::Icewarp,
        password: SecretString,
        limits: Limits,
    ) -> Result<Self, Trouble> {
        Ok(Self {
            session: Session::new(plan, password, limits.request)?,
            plan: plan.clone(),
            limits,
            domains: Mutex::default(),
        })
    }

    /// Looks until something shows, as long as the server may take to show what it did; `None` where it does not.
    async fn until_shown<T, L>(&self, look: impl Fn() -> L) -> Result<Option<T>, Trouble>
    where
        L: Future<Output = Result<Option<T>, Trouble>>,
    {
        let began = Instant::now();
        let mut pause = self.limits.pause;
        loop {
            let seen = look().await;
            let passes =
                |trouble: &Trouble| matches!(trouble.remedy, Remedy::Again | Remedy::Slower(_));
            match seen {
                Ok(None) => {}
                Err(trouble) if passes(&trouble) && began.elapsed() < self.limits.shown => {}
                other => return other,
            }
            let left = self.limits.shown.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Ok(None);
            }
            tokio::time::sleep(pause.min(left)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

impl Provisioner for Icewarp {
    fn test<'a>(&'a self, wanted: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>> {
        Box::pin(self.findings(wanted))
    }

    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>> {
        Box::pin(async {
            Ok(match self.account(wanted).await? {
                None => Standing::Missing,
                Some(account) => Standing::Exists(account.differences(wanted, &self.plan)),
            })
        })
    }

    fn create<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(self.make(wanted, password))
    }

    fn complete<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async {
            let account = self.existing(wanted).await?;
            let domains = self.domains_of(wanted).await?;
            let locals = Self::local_aliases(wanted, &domains)?;
            self.give_aliases(wanted, account, &locals).await
        })
    }

    fn set_password<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async {
            let account = self.existing(wanted).await?;
            if let Some(mode) = account.elsewhere() {
                let detail = format!("u_authmode={mode}");
                return Err(Trouble::new(
                    Kind::PasswordElsewhere,
                    &wanted.address,
                    detail,
                ));
            }
            self.put_password(wanted, password).await?;
            Ok(Change::Done)
        })
    }

    fn hold<'a>(
        &'a self,
        wanted: &'a Wanted,
        how: Hold,
        migration_account: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(self.take_hold(wanted, how, migration_account))
    }

    fn release<'a>(
        &'a self,
        wanted: &'a Wanted,
        held: &'a str,
    ) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(self.let_go(wanted, held))
    }

    fn put_right<'a>(
        &'a self,
        settings: &'a [Setting],
    ) -> BoxFuture<'a, Result<Vec<Former>, Trouble>> {
        Box::pin(self.set_right(settings))
    }

    fn put_back<'a>(&'a self, former: &'a [Former]) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(self.set_back(former))
    }
}
