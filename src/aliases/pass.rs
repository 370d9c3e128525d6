//! The reading: headers of many mailboxes, a few at a time.
//!
//! Promises: EXAMINE, LIST and UID FETCH with PEEK are all that is said; the newest messages of the INBOX and of the
//! folder of sent mail, no bodies; one header in memory at a time; refused logins as `probe::door` has it; dropping the
//! stream closes all connections. Deliberately absent: trying again (a person does that).

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use secrecy::SecretString;
use tokio::time::Instant;

use super::header::{FIELDS, Shelf};
use super::tally::Tally;
use super::{Proposal, Settings};
use crate::account::{Endpoint, Side};
use crate::engine::folder::Role;
use crate::engine::survey;
use crate::imap::name::FolderName;
use crate::imap::origin::sets;
use crate::imap::{Error, Login, Origin};
use crate::plan::{AliasMode, Job};
use crate::probe::door::{Door, Look};
use crate::probe::visit::End;
use crate::trouble::Trouble;

/// Mailboxes read at once where nobody says otherwise.
pub const AT_ONCE: usize = 4;
/// How long a login, and each answer after it, may take.
const LIMIT: Duration = Duration::from_mins(1);
/// How long one mailbox may take.
const WHOLE: Duration = Duration::from_mins(10);
/// Headers asked for at once; few enough that even a set of single numbers makes no long line.
const BATCH: usize = 200;

/// One account to look into.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its job in the plan.
    pub job: Job,
    /// How its mailbox at the origin is opened.
    pub login: Login,
}

impl Account {
    /// One whose mailbox is not opened: for [`AliasMode::Username`].
    pub fn unopened(job: Job) -> Self {
        let login = Login {
            user: job.login.clone(),
            authorize: None,
            password: SecretString::default(),
        };
        Self { job, login }
    }
}

/// Reads mailboxes, `at_once` at a time, and answers for each login at the origin as it comes, in no order. Nothing
/// happens but while the stream is polled. With [`AliasMode::Username`] nobody is asked anything. An error here is about
/// the server's authority file.
pub fn discover<Accounts>(
    endpoint: &Endpoint,
    settings: &Settings,
    at_once: usize,
    accounts: Accounts,
) -> Result<impl Stream<Item = (String, Result<Proposal, Trouble>)> + Send + use<Accounts>, Trouble>
where
    Accounts: IntoIterator<Item = Account, IntoIter: Send>,
{
    let at_once = at_once.max(1);
    let most = u32::try_from(at_once).unwrap_or(u32::MAX);
    let door = Door::new(Side::Origin, endpoint, LIMIT, most).map_err(|(_, trouble)| trouble)?;
    let door = Arc::new(door);
    let label = endpoint.label();
    let settings = Arc::new(settings.clone());
    let reading = stream::iter(accounts).map(move |Account { job, login }| {
        let (door, label, settings) = (door.clone(), label.clone(), settings.clone());
        async move {
            if settings.mode == AliasMode::Username {
                let proposal = Tally::new(&settings).proposal(&job);
                tracing::info!("{}", proposal.log_line());
                return (job.login, Ok(proposal));
            }
            tracing::info!("Checking '{}' on the remote server '{label}'...", job.login);
            let reading = Reading {
                job: &job,
                settings: &settings,
            };
            let found = door.open(&login, &reading).await;
            match &found {
                Ok(proposal) => tracing::info!("{}", proposal.log_line()),
                Err((_, trouble)) => tracing::warn!("{trouble}"),
            }
            (job.login, found.map_err(|(_, trouble)| trouble))
        }
    });
    Ok(reading.buffer_unordered(at_once))
}

struct Reading<'a> {
    job: &'a Job,
    settings: &'a Settings,
}

impl Look for Reading<'_> {
    type Found = Proposal;

    async fn look(&self, end: &mut End, _: Instant) -> Result<(Proposal, bool), Error> {
        let End::Origin(origin) = end else {
            return Err(Error::Protocol(
                "aliases are looked for at the origin".into(),
            ));
        };
        let mut tally = Tally::new(self.settings);
        let reading = read(origin, self.settings, &mut tally);
        let in_time = tokio::time::timeout(WHOLE, reading).await;
        in_time.map_err(|_| Error::Timeout(WHOLE))??;
        Ok((tally.proposal(self.job), true))
    }
}

async fn read(
    origin: &mut Origin,
    settings: &Settings,
    tally: &mut Tally<'_>,
) -> Result<(), Error> {
    let listing = origin.names().await?;
    let inbox = FolderName::from_text("INBOX");
    read_folder(origin, &inbox, Shelf::Inbox, settings.inbox, tally).await?;
    if let Some(sent) = survey::folder_of(&listing, Role::Sent) {
        read_folder(origin, &sent, Shelf::Sent, settings.sent, tally).await?;
    }
    Ok(())
}

/// What the server does not give of a folder is passed over: less is known then, and nothing is wrong.
async fn read_folder(
    origin: &mut Origin,
    name: &FolderName,
    shelf: Shelf,
    most: u32,
    tally: &mut Tally<'_>,
) -> Result<(), Error> {
    let opened = match origin.examine(name).await {
        Ok(opened) => opened,
        Err(error) => return passed_over(name, error),
    };
    if opened.exists == 0 || most == 0 {
        return Ok(());
    }
    let uids = match newest(origin, opened.exists, opened.uid_next, most as usize).await {
        Ok(uids) => uids,
        Err(error) => return passed_over(name, error),
    };
    for batch in uids.chunks(BATCH) {
        let mut left = batch.to_vec();
        while !left.is_empty() {
            let asked = left.len();
            let set = sets(&left, usize::MAX).concat();
            let taking = origin.headers(&set, FIELDS, |uid, header| {
                left.retain(|other| *other != uid);
                tally.take(header, shelf);
            });
            match taking.await {
                Ok(false) if left.len() < asked => {}
                Ok(_) => break,
                Err(error) => {
                    passed_over(name, error)?;
                    break;
                }
            }
        }
    }
    Ok(())
}

fn passed_over(name: &FolderName, error: Error) -> Result<(), Error> {
    if error.is_final() {
        return Err(error);
    }
    tracing::info!("'{}': headers are not given: {error}", name.text());
    Ok(())
}

/// The UIDs of the newest messages, the newest last. Numbers may be far apart, so they are looked for downwards from the
/// highest, in ranges that grow.
async fn newest(
    origin: &mut Origin,
    exists: u64,
    uid_next: Option<u32>,
    most: usize,
) -> Result<Vec<u32>, Error> {
    let mut found: Vec<u32> = Vec::new();
    let Some(next) = uid_next.filter(|_| exists > most as u64) else {
        let _ = origin.uids("1:*", |uid| found.push(uid)).await?;
        return Ok(last(found, most));
    };
    let mut high = next.saturating_sub(1).max(1);
    let mut span = u32::try_from(most).unwrap_or(u32::MAX).saturating_mul(2);
    loop {
        let low = high.saturating_sub(span - 1).max(1);
        let mut lowest = low;
        let range = format!("{low}:{high}");
        let mut seen = Vec::new();
        let whole = origin.uids(&range, |uid| seen.push(uid)).await?;
        // Cut short, the answer holds the highest (RFC 9738 3): go on below them.
        if !whole && let Some(least) = seen.iter().min() {
            lowest = *least;
        }
        found.extend(seen);
        if found.len() >= most || lowest <= 1 {
            return Ok(last(found, most));
        }
        high = lowest - 1;
        span = span.saturating_mul(2);
    }
}

fn last(mut uids: Vec<u32>, most: usize) -> Vec<u32> {
    uids.sort_unstable();
    uids.dedup();
    uids.split_off(uids.len().saturating_sub(most))
}
