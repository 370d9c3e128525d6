//! The independent reader: async-imap, and nothing of our own wire.
//!
//! Promises: what it hands out was read by other code than the code that wrote it. Known flaw, and why it is harmless
//! here: async-imap takes a NO or an end of the connection for the end of the rows; that can only make a message look
//! missing, and what looks missing is looked for again elsewhere. Large messages are read in windows, so that no
//! message is held whole.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::types::Fetch;
use async_imap::{Authenticator, Client, Session};
use futures::TryStreamExt as _;
use secrecy::ExposeSecret as _;
use tokio::time::timeout;

use crate::engine::message::{Digester, Digests};
use crate::imap::Login;
use crate::imap::name::FolderName;
use crate::imap::origin::sets;
use crate::net::{self, Connector, Stream};

/// Most octets a wait is for: it is over when a message, or a window of one, has come whole.
pub(super) const PIECE: u64 = 1 << 20;
/// Messages larger than this are read in windows, in octets.
const WHOLE: u64 = PIECE;
/// Width of a window, in octets.
const WINDOW: u64 = PIECE;

/// Why it cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Connect(#[from] net::Error),
    #[error(transparent)]
    Imap(#[from] async_imap::error::Error),
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    #[error("{0}")]
    Other(&'static str),
}

/// A connection of its own to the destination.
#[derive(Debug)]
pub(super) struct Reader {
    session: Session<Stream>,
    open: Option<FolderName>,
    patience: Duration,
}

struct Plain(Vec<u8>);

impl Authenticator for Plain {
    type Response = Vec<u8>;

    fn process(&mut self, _challenge: &[u8]) -> Vec<u8> {
        self.0.clone()
    }
}

impl Reader {
    pub(super) async fn connect(
        connector: &Connector,
        login: &Login,
        patience: Duration,
    ) -> Result<Self, Error> {
        let session = timeout(patience, enter(connector, login))
            .await
            .map_err(|_| Error::Timeout(patience))??;
        Ok(Self {
            session,
            open: None,
            patience,
        })
    }

    /// Opens a folder read-only, unless it is open.
    pub(super) async fn open(&mut self, name: &FolderName) -> Result<(), Error> {
        if self.open.as_ref() == Some(name) {
            return Ok(());
        }
        let text = std::str::from_utf8(name.wire())
            .map_err(|_| Error::Other("a name that is not UTF-8"))?;
        let _ = timeout(self.patience, self.session.examine(text))
            .await
            .map_err(|_| Error::Timeout(self.patience))??;
        self.open = Some(name.clone());
        Ok(())
    }

    /// The folder is to be opened anew, to see what arrived since.
    pub(super) fn close_folder(&mut self) {
        self.open = None;
    }

    /// Digests the messages with these UIDs and expected sizes.
    pub(super) async fn digest(
        &mut self,
        uids: &[(u32, u64)],
        learned: &[String],
        read: &mut BTreeMap<u32, Digests>,
    ) -> Result<(), Error> {
        let mut small: Vec<u32> = uids
            .iter()
            .filter(|(_, size)| *size <= WHOLE)
            .map(|(uid, _)| *uid)
            .collect();
        small.sort_unstable();
        for set in sets(&small, 900) {
            let mut rows = self.session.uid_fetch(&set, "(UID BODY.PEEK[])").await?;
            while let Some(row) = timeout(self.patience, rows.try_next())
                .await
                .map_err(|_| Error::Timeout(self.patience))??
            {
                if let (Some(uid), Some(body)) = (row.uid, row.body()) {
                    let _ = read.insert(uid, crate::engine::message::digest(body, learned));
                }
            }
        }
        for (uid, size) in uids.iter().filter(|(_, size)| *size > WHOLE) {
            if let Some(digests) = self.digest_large(*uid, *size, learned).await? {
                let _ = read.insert(*uid, digests);
            }
        }
        Ok(())
    }

    /// One large message, window after window, until a window comes back short.
    async fn digest_large(
        &mut self,
        uid: u32,
        size: u64,
        learned: &[String],
    ) -> Result<Option<Digests>, Error> {
        let mut digester = Digester::new(learned);
        let (mut offset, patience) = (0, self.patience);
        loop {
            let items = format!("(UID BODY.PEEK[]<{offset}.{WINDOW}>)");
            let mut rows = self.session.uid_fetch(uid.to_string(), items).await?;
            let mut got: Option<u64> = None;
            while let Some(row) = timeout(patience, rows.try_next())
                .await
                .map_err(|_| Error::Timeout(patience))??
            {
                if let Some(length) = take(&row, uid, &mut digester) {
                    got = Some(length);
                }
            }
            let Some(got) = got else { return Ok(None) };
            offset += got;
            // A copy longer than the original shows itself in the digest; the bound keeps a mad server from
            // feeding us for ever.
            if got < WINDOW || offset > size.saturating_mul(2) + WINDOW {
                return Ok(Some(digester.finish()));
            }
        }
    }
}

fn take(row: &Fetch, uid: u32, digester: &mut Digester) -> Option<u64> {
    let body = row.body().filter(|_| row.uid == Some(uid))?;
    digester.update(body);
    Some(body.len() as u64)
}

async fn enter(connector: &Connector, login: &Login) -> Result<Session<Stream>, Error> {
    let mut client = Client::new(connector.dial().await?);
    let _ = client
        .read_response()
        .await
        .map_err(async_imap::error::Error::from)?
        .ok_or(Error::Other("no greeting"))?;
    if connector.wants_start_tls() {
        client.run_command_and_check_ok("STARTTLS", None).await?;
        client = Client::new(connector.secure(client.into_inner()).await?);
    }
    let authorize = login.authorize.as_deref().unwrap_or("");
    let response = [authorize, &login.user, login.password.expose_secret()].join("\0");
    match client
        .authenticate("PLAIN", Plain(response.into_bytes()))
        .await
    {
        Ok(session) => Ok(session),
        Err((error, _)) if login.authorize.is_some() => Err(error.into()),
        Err((_, client)) => client
            .login(&login.user, login.password.expose_secret())
            .await
            .map_err(|(error, _)| error.into()),
    }
}
