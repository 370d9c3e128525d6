//! Many logins at once, for the list of users: which of them work, and how much mail they have.
//!
//! Promises: those of `door`, for each side; what is dropped stops. Deliberately absent: keeping the results, words.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::time::Instant;

pub use super::door::Denied;
use super::door::{Door, Look};
use super::visit::{self, End, Looked};
use crate::account::{Endpoint, Side};
use crate::imap::{Error, Login};

/// Logins checked at once where nobody says otherwise.
pub const AT_ONCE: usize = 4;
/// How long one login may take on one side.
const LIMIT: Duration = Duration::from_secs(30);

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
    let limit = ends.limit;
    let checking = stream::iter(accounts).map(move |account| {
        let (origin, destination) = (origin.clone(), destination.clone());
        let count = Count(limit);
        async move {
            let Account {
                id,
                origin: from,
                destination: to,
            } = account;
            let found = check(
                &count,
                (&origin, &from),
                destination.as_deref().zip(to.as_ref()),
            )
            .await;
            (id, found)
        }
    });
    Ok(checking.buffer_unordered(ends.at_once.max(1)))
}

async fn check(
    count: &Count,
    (origin, from): (&Door, &Login),
    destination: Option<(&Door, &Login)>,
) -> Result<AccountAnswer, Denied> {
    let from = origin.open(from, count).await?;
    let to = match destination {
        Some((door, login)) => Some(door.open(login, count).await?),
        None => None,
    };
    Ok(AccountAnswer {
        messages: from.messages,
        octets: from.octets,
        folders: from.folders,
        destination_messages: to.and_then(|to| to.messages),
    })
}

/// Counts what is in a mailbox, within this limit.
struct Count(Duration);

impl Look for Count {
    type Found = Looked;

    async fn look(&self, end: &mut End, deadline: Instant) -> Result<(Looked, bool), Error> {
        let looked = visit::look(end, deadline, self.0).await?;
        let whole = looked.whole;
        Ok((looked, whole))
    }
}
