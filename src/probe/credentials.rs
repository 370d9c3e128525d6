//! Many logins at once, for the list of users: which of them work, and how much mail they have.
//!
//! Promises: a login that was refused is not sent again within one call; where the server refuses us rather than the
//! login, the whole side is left alone after three times in a row, so that nobody is locked out; at most so many
//! connections at once as asked for, and one at a time once the server finds them too many; what is dropped stops.
//! Deliberately absent: keeping the results, words.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout_at};

use super::visit::{self, End, Looked};
use crate::account::{Endpoint, Side};
use crate::engine::remedy::{self, Doing};
use crate::imap::{Error, Greeted, Login};
use crate::net::Connector;
use crate::trouble::{Kind, Remedy, Trouble};

/// Logins checked at once where nobody says otherwise.
pub const AT_ONCE: usize = 4;
/// How long one login may take on one side.
const LIMIT: Duration = Duration::from_secs(30);
/// Answers in a row that are about us and not about the login, after which a side is left alone.
const ENOUGH: u32 = 3;
/// Attempts where the server finds the connections too many.
const ATTEMPTS: u32 = 3;

/// The servers, and how hard they may be asked.
#[derive(Debug, Clone)]
pub struct Ends {
    /// The origin.
    pub origin: Endpoint,
    /// The destination; `None` where nobody logs in there.
    pub destination: Option<Endpoint>,
    /// Most logins checked at once.
    pub at_once: usize,
    /// Longest time for one login on one side.
    pub limit: Duration,
}

impl Ends {
    /// These servers, asked as usual.
    pub fn new(origin: Endpoint, destination: Option<Endpoint>) -> Self {
        Self {
            origin,
            destination,
            at_once: AT_ONCE,
            limit: LIMIT,
        }
    }
}

/// One user's logins.
#[derive(Debug, Clone)]
pub struct Account<Id> {
    /// What the answer is known by.
    pub id: Id,
    /// Login at the origin.
    pub origin: Login,
    /// Login at the destination, where that is to be checked too.
    pub destination: Option<Login>,
}

/// What two good logins found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAnswer {
    /// Messages at the origin; `None` where counting them took too long.
    pub messages: Option<u64>,
    /// Octets at the origin, where the server counts them.
    pub octets: Option<u64>,
    /// Folders at the origin.
    pub folders: u64,
    /// Messages at the destination already; `None` where nobody looked, or it took too long.
    pub destination_messages: Option<u64>,
}

/// The side that did not let us in, and why.
pub type Denied = (Side, Trouble);

/// Checks logins, a few at a time, and answers as they come, in no order. Nothing happens but while the stream is
/// polled; dropping it closes all connections. An error here is about the servers' authority files.
pub fn credentials<Id, Accounts>(
    ends: &Ends,
    accounts: Accounts,
) -> Result<
    impl Stream<Item = (Id, Result<AccountAnswer, Denied>)> + Send + use<Id, Accounts>,
    Denied,
>
where
    Id: Send,
    Accounts: IntoIterator<Item = Account<Id>, IntoIter: Send>,
{
    let places = u32::try_from(ends.at_once.max(1)).unwrap_or(u32::MAX);
    let door = |side, endpoint| Door::new(side, endpoint, ends.limit, places);
    let origin = Arc::new(door(Side::Origin, &ends.origin)?);
    let destination = match &ends.destination {
        Some(endpoint) => Some(Arc::new(door(Side::Destination, endpoint)?)),
        None => None,
    };
    let checking = stream::iter(accounts).map(move |account| {
        let (origin, destination) = (origin.clone(), destination.clone());
        async move {
            let Account {
                id,
                origin: from,
                destination: to,
            } = account;
            let found = check((&origin, &from), destination.as_deref().zip(to.as_ref())).await;
            (id, found)
        }
    });
    Ok(checking.buffer_unordered(ends.at_once.max(1)))
}

async fn check(
    (origin, from): (&Door, &Login),
    destination: Option<(&Door, &Login)>,
) -> Result<AccountAnswer, Denied> {
    let from = origin.open(from).await?;
    let to = match destination {
        Some((door, login)) => Some(door.open(login).await?),
        None => None,
    };
    Ok(AccountAnswer {
        messages: from.messages,
        octets: from.octets,
        folders: from.folders,
        destination_messages: to.and_then(|to| to.messages),
    })
}

/// One side's server: how to get there, and what was learned of it on the way.
struct Door {
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
    fn new(side: Side, endpoint: &Endpoint, limit: Duration, most: u32) -> Result<Self, Denied> {
        let connector = Connector::new(endpoint).map_err(|error| {
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

    /// Logs in and counts, unless that was refused before or the side is left alone.
    async fn open(&self, login: &Login) -> Result<Looked, Denied> {
        let name = (login.user.clone(), login.authorize.clone());
        let known = self.known().entry(name).or_default().clone();
        let mut known = known.lock().await;
        let same =
            |password: &SecretString| password.expose_secret() == login.password.expose_secret();
        if let Some((_, trouble)) = known.iter().find(|(password, _)| same(password)) {
            return Err((self.side, trouble.clone()));
        }
        let found = self.persist(login).await;
        if let Err(trouble) = &found
            && trouble.remedy == Remedy::Ask
        {
            known.push((login.password.clone(), trouble.clone()));
        }
        found.map_err(|trouble| (self.side, trouble))
    }

    /// Where the server finds the connections too many, all others are waited for before the next attempt.
    async fn persist(&self, login: &Login) -> Result<Looked, Trouble> {
        let mut attempt = 1;
        loop {
            let place = self.place().await;
            if let Some(trouble) = self.left_alone(login) {
                return Err(trouble);
            }
            let alone = place
                .as_ref()
                .is_some_and(|place| place.num_permits() as u64 == u64::from(self.most));
            let found = self.once(login).await;
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

    async fn once(&self, login: &Login) -> Result<Looked, Trouble> {
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
        let looked = visit::look(&mut end, deadline, self.limit)
            .await
            .map_err(|error| trouble(error, Doing::Folder))?;
        if looked.whole {
            end.logout().await;
        }
        Ok(looked)
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
