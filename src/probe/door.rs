//! The way into many mailboxes of one server, for whoever looks into all of them.
//!
//! Promises: a login that was refused is not sent again; where the server refuses us rather than the login, it is left
//! alone after three times in a row, so that nobody is locked out; at most so many connections at once as asked for, and
//! one at a time once the server finds them too many; what is dropped stops. Deliberately absent: what is looked at
//! inside.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout_at};

use super::visit::End;
use crate::account::{Endpoint, Side};
use crate::archive;
use crate::engine::remedy::{self, Doing};
use crate::imap::{Error, Greeted, Login};
use crate::net::Connector;
use crate::trouble::{Kind, Remedy, Trouble};

/// Answers in a row that are about us and not about the login, after which a side is left alone.
const ENOUGH: u32 = 3;
/// Attempts where the server finds the connections too many.
const ATTEMPTS: u32 = 3;

/// The side that did not let us in, and why.
pub type Denied = (Side, Trouble);

/// What is done in a mailbox.
pub(crate) trait Look: Sync {
    /// What it finds.
    type Found: Send;

    /// Looks; `deadline` is the moment by which the way in was to be over. Answers also whether the session may end with
    /// a good-bye: a question left open makes it useless.
    fn look(
        &self,
        end: &mut End,
        deadline: Instant,
    ) -> impl Future<Output = Result<(Self::Found, bool), Error>> + Send;
}

/// One side's server: how to get there, and what was learned of it on the way.
pub(crate) struct Door {
    side: Side,
    connector: Connector,
    label: String,
    limit: Duration,
    /// Whether one administrator's password stands behind all logins.
    master: bool,
    /// Whether a login has worked.
    proven: AtomicBool,
    places: Semaphore,
    most: u32,
    /// The server found the connections too many: one at a time from now on.
    narrow: AtomicBool,
    streak: Mutex<Streak>,
    /// What was refused, under the name it was tried with. Whoever checks a name holds its lock meanwhile.
    refused: Mutex<HashMap<Name, Arc<Refused>>>,
}

/// The name sent, and the mailbox opened with it.
type Name = (String, Option<String>);
type Refused = tokio::sync::Mutex<Vec<(SecretString, Trouble)>>;

/// Answers in a row that are about us.
#[derive(Default)]
struct Streak {
    length: u32,
    over: Option<Trouble>,
}

impl Door {
    /// The door of this server: `limit` is how long the way in may take, and each answer after it; `most` connections at
    /// once.
    pub(crate) fn new(
        side: Side,
        endpoint: &Endpoint,
        limit: Duration,
        most: u32,
    ) -> Result<Self, Denied> {
        let connector = archive::connector(endpoint, side).map_err(|error| {
            let error = Error::Connect(error);
            (
                side,
                remedy::trouble(&error, Doing::Login, &endpoint.label()),
            )
        })?;
        Ok(Self {
            side,
            connector,
            label: endpoint.label(),
            limit,
            master: endpoint.master.is_some(),
            proven: AtomicBool::new(false),
            places: Semaphore::new(most as usize),
            most,
            narrow: AtomicBool::new(false),
            streak: Mutex::default(),
            refused: Mutex::default(),
        })
    }

    /// Logs in and looks, unless that was refused before or the side is left alone.
    pub(crate) async fn open<L: Look>(&self, login: &Login, look: &L) -> Result<L::Found, Denied> {
        let name = (login.user.clone(), login.authorize.clone());
        let known = self.known().entry(name).or_default().clone();
        let mut known = known.lock().await;
        let same =
            |password: &SecretString| password.expose_secret() == login.password.expose_secret();
        if let Some((_, trouble)) = known.iter().find(|(password, _)| same(password)) {
            return Err((self.side, trouble.clone()));
        }
        let found = self.persist(login, look).await;
        if let Err(trouble) = &found
            && trouble.remedy == Remedy::Ask
        {
            known.push((login.password.clone(), trouble.clone()));
        }
        found.map_err(|trouble| (self.side, trouble))
    }

    /// Where the server finds the connections too many, all others are waited for before the next attempt.
    async fn persist<L: Look>(&self, login: &Login, look: &L) -> Result<L::Found, Trouble> {
        let mut attempt = 1;
        loop {
            let place = self.place().await;
            if let Some(trouble) = self.left_alone(login) {
                return Err(trouble);
            }
            let alone = place
                .as_ref()
                .is_some_and(|place| place.num_permits() as u64 == u64::from(self.most));
            let found = self.once(login, look).await;
            let trouble = match found {
                Err(trouble) if trouble.kind == Kind::TooManyConnections && attempt < ATTEMPTS => {
                    trouble
                }
                other => {
                    self.remember(other.as_ref().err());
                    return other;
                }
            };
            self.narrow.store(true, Ordering::SeqCst);
            if alone && let Remedy::Slower(pause) = trouble.remedy {
                sleep(pause).await;
            }
            attempt += 1;
        }
    }

    /// A place among those who may connect; all of them where one at a time is enough. Never closed, so never absent.
    async fn place(&self) -> Option<SemaphorePermit<'_>> {
        loop {
            let careful = self.is_careful();
            let wanted = if careful { self.most } else { 1 };
            let place = self.places.acquire_many(wanted).await.ok()?;
            // What was learned while we waited holds for us too.
            if careful == self.is_careful() {
                return Some(place);
            }
        }
    }

    /// Whether one login at a time is enough: the server wants it so, or may be about to lock us out.
    fn is_careful(&self) -> bool {
        self.narrow.load(Ordering::SeqCst)
            || self.master && !self.proven.load(Ordering::SeqCst)
            || self.streak().length > 0
    }

    async fn once<L: Look>(&self, login: &Login, look: &L) -> Result<L::Found, Trouble> {
        let subject = format!("{} @ {}", login.user, self.label);
        let trouble = |error: Error, doing| remedy::trouble(&error, doing, &subject);
        let deadline = Instant::now() + self.limit;
        let entering = async {
            let greeted = Greeted::meet(&self.connector, self.limit).await?;
            End::log_in(greeted, login, self.side).await
        };
        let mut end = timeout_at(deadline, entering)
            .await
            .map_err(|_| Error::Timeout(self.limit))
            .flatten()
            .map_err(|error| trouble(error, Doing::Login))?;
        let (found, whole) = look
            .look(&mut end, deadline)
            .await
            .map_err(|error| trouble(error, Doing::Folder))?;
        if whole {
            end.logout().await;
        }
        Ok(found)
    }

    /// Why this side is left alone, if it is.
    fn left_alone(&self, login: &Login) -> Option<Trouble> {
        let trouble = self.streak().over.clone()?;
        Some(Trouble {
            subject: format!("{} @ {}", login.user, self.label),
            ..trouble
        })
    }

    fn remember(&self, trouble: Option<&Trouble>) {
        let mut streak = self.streak();
        match trouble {
            Some(trouble) if self.is_about_us(trouble.kind) => {
                streak.length += 1;
                if streak.length >= ENOUGH && streak.over.is_none() {
                    streak.over = Some(trouble.clone());
                }
            }
            found => {
                streak.length = 0;
                if found.is_none() {
                    self.proven.store(true, Ordering::SeqCst);
                }
            }
        }
    }

    /// Whether the next login would fare the same, whoever it is.
    fn is_about_us(&self, kind: Kind) -> bool {
        match kind {
            // A login of the list is wrong by itself; the administrator's is wrong for all of them.
            Kind::LoginRefused => self.master,
            Kind::ImapDisabled
            | Kind::ProviderGate
            | Kind::ArchiveAccount
            | Kind::PasswordMissing
            | Kind::FolderRefused
            | Kind::FolderMissing => false,
            _ => true,
        }
    }

    fn streak(&self) -> MutexGuard<'_, Streak> {
        self.streak.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Name, Arc<Refused>>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
