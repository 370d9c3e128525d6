//! Inside a mailbox: how many folders, messages and octets there are, and how much room.
//!
//! Promises: nothing is changed, on neither side: LIST, STATUS and GETQUOTAROOT are all that is said; counting ends at
//! the deadline, and what was known by then stays known. Deliberately absent: single messages.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::account::Side;
use crate::imap::folders::Listing;
use crate::imap::session::Session;
use crate::imap::{Destination, Error, Greeted, Login, Origin};

/// A connection of either side that has logged in.
#[derive(Debug)]
pub(crate) enum End {
    Origin(Origin),
    Destination(Destination),
}

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) folders: u64,
    pub(super) messages: Option<u64>,
    pub(super) octets: Option<u64>,
    pub(super) quota: Option<(u64, u64)>,
    pub(super) separator: Option<char>,
    /// Whether all questions were answered: else the session must be dropped.
    pub(super) whole: bool,
}

impl End {
    pub(super) async fn log_in(greeted: Greeted, login: &Login, side: Side) -> Result<Self, Error> {
        Ok(match side {
            Side::Origin => Self::Origin(Origin::log_in(greeted, login).await?),
            Side::Destination => Self::Destination(Destination::log_in(greeted, login).await?),
        })
    }

    async fn names(&mut self) -> Result<Listing, Error> {
        match self {
            Self::Origin(origin) => origin.names().await,
            Self::Destination(destination) => destination.names().await,
        }
    }

    async fn list(&mut self) -> Result<Listing, Error> {
        match self {
            Self::Origin(origin) => origin.list().await,
            Self::Destination(destination) => destination.list().await,
        }
    }

    async fn quota(&mut self) -> Result<Option<(u64, u64)>, Error> {
        match self {
            Self::Origin(origin) => origin.quota().await,
            Self::Destination(destination) => destination.quota().await,
        }
    }

    pub(super) fn session(&self) -> &Session {
        match self {
            Self::Origin(origin) => origin.session(),
            Self::Destination(destination) => destination.session(),
        }
    }

    pub(super) async fn logout(self) {
        match self {
            Self::Origin(origin) => origin.logout().await,
            Self::Destination(destination) => destination.logout().await,
        }
    }
}

/// Looks at the mailbox. Folders must be there by the deadline, which ends this limit; messages are counted as far as
/// it allows.
pub(super) async fn look(
    end: &mut End,
    deadline: Instant,
    limit: Duration,
) -> Result<Looked, Error> {
    let late = |_| Error::Timeout(limit);
    let names = timeout_at(deadline, end.names()).await.map_err(late)??;
    let mut looked = Looked {
        folders: names.openable(),
        separator: names.separator.map(char::from),
        quota: timeout_at(deadline, end.quota()).await.map_err(late)??,
        ..Looked::default()
    };
    // One question for each folder where the server cannot answer them all at once: that may take its time.
    match timeout_at(deadline, end.list()).await {
        Ok(Ok(counted)) => {
            looked.messages = Some(counted.messages());
            looked.octets = counted.octets();
            looked.whole = true;
        }
        // The session's own patience may end in the same moment.
        Ok(Err(Error::Timeout(_))) | Err(_) => {}
        Ok(Err(other)) => return Err(other),
    }
    Ok(looked)
}
