//! Both sides' folders: what there is, what would become of it (`check`), and making it so (`settle`).
//!
//! Promises: `check` changes nothing anywhere; a folder that cannot be read is reported, never dropped. Deliberately
//! absent: messages one by one (`listing`), words.

mod rules;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

pub(crate) use settle::{count_alone, settle_folders};

use super::control::Brake;
use super::folder::{self, Mapped, OriginFolder};
use super::mailbox::Mailbox;
use super::progress::Meter;
use super::{Control, Prepared, Request, Shared, accounts, remedy};
use crate::imap::folders::Listing;
use crate::imap::name::FolderName;
use crate::imap::quirk::Software;
use crate::imap::session::Session;
use crate::imap::{Destination, Origin};
use crate::plan::Job;
use crate::trouble::Trouble;

/// What is known of one side of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideCheck {
    /// The server program, as far as it can be recognised.
    pub software: String,
    /// Time of one question and answer.
    pub round_trip: Duration,
    /// What it can, sorted.
    pub capabilities: Vec<String>,
    /// Folders that can be opened.
    pub folders: u64,
    /// Messages in them.
    pub messages: u64,
    /// Octets in them, where the server counts them.
    pub octets: Option<u64>,
    /// Octets used and allowed, where there is a quota.
    pub quota: Option<(u64, u64)>,
    /// Largest message taken, in octets, where announced.
    pub append_limit: Option<u64>,
}

/// What would become of one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderCheck {
    /// Name at the origin, as people read it.
    pub origin: String,
    /// Name at the destination, as people read it; `None`: left out.
    pub destination: Option<String>,
    /// Whether it would be created.
    pub create: bool,
    /// What happened to the name, or the rule that leaves it out.
    pub notes: Vec<String>,
    /// Messages in it.
    pub messages: u64,
    /// Octets in it, where counted.
    pub octets: Option<u64>,
}

/// Something a person should know before starting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Warning {
    /// The mail does not fit into what the destination has left.
    QuotaTooSmall {
        /// Octets to come.
        needed: u64,
        /// Octets left.
        free: u64,
    },
    /// The origin is a Microsoft server: folders with `/` in their names are not shown over IMAP.
    HiddenFolders,
    /// The origin is Gmail: labels may be hidden from IMAP or folders cut to their newest messages.
    HiddenLabels,
    /// A line of the folder listing could not be read.
    UnreadableFolder {
        /// What was read of it.
        words: String,
    },
    /// A folder could not be asked for its status.
    FolderRefused {
        /// Its name.
        folder: String,
    },
    /// The destination holds mail already: it is compared in full and what is equal is not copied again.
    NotEmpty {
        /// Messages there.
        messages: u64,
    },
    /// The destination does not say where copies land (no UIDPLUS): they are looked for afterwards.
    NoUidPlus,
    /// Folders of calendars, contacts or notes: IMAP carries their messages, not their meaning.
    Groupware {
        /// Names.
        folders: Vec<String>,
    },
}

/// What was found for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCheck {
    /// Login at the origin.
    pub login: String,
    /// Login at the destination.
    pub destination_login: String,
    /// What would become of the account at the destination; `None` where the scope asks for nothing.
    pub account: Option<Prepared>,
    /// The origin, or why not.
    pub origin: Result<SideCheck, Trouble>,
    /// The destination, or why not.
    pub destination: Result<SideCheck, Trouble>,
    /// The folders of the origin, in its order.
    pub folders: Vec<FolderCheck>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Estimate of the time the copy of this mailbox takes by itself.
    pub estimate: Option<Duration>,
}

impl AccountCheck {
    /// Whether both sides can be worked with.
    pub fn is_ready(&self) -> bool {
        self.origin.is_ok() && self.destination.is_ok()
    }
}

/// Looks at every account of the request; each result goes to `on` as it comes.
pub async fn check(request: &Request, mut on: impl FnMut(&AccountCheck)) -> Vec<AccountCheck> {
    let (events, _nobody) = tokio::sync::mpsc::unbounded_channel();
    let control = Control::new([], request.secrets.clone());
    let request = Request {
        dry_run: true,
        ..request.clone()
    };
    let shared = Arc::new(Shared::new(request.clone(), control, events));
    let places = Arc::new(tokio::sync::Semaphore::new(
        request.plan.options.mailboxes as usize,
    ));
    let mut tasks = tokio::task::JoinSet::new();
    for (index, job) in request.plan.jobs.iter().cloned().enumerate() {
        if request.wants(&job) {
            let (shared, places) = (shared.clone(), places.clone());
            let _ = tasks.spawn(async move {
                let _place = places.acquire_owned().await;
                (index, account(&shared, job, super::worker(index)).await)
            });
        }
    }
    let mut checks = Vec::new();
    while let Some(Ok((index, check))) = tasks.join_next().await {
        on(&check);
        checks.push((index, check));
    }
    checks.sort_by_key(|(index, _)| *index);
    checks.into_iter().map(|(_, check)| check).collect()
}

async fn account(shared: &Arc<Shared>, job: Job, number: u32) -> AccountCheck {
    let (login, destination_login) = (job.login.clone(), job.destination_login.clone());
    tracing::info!(
        "Checking '{login}' on the remote server '{}'...",
        shared.request.plan.origin.label()
    );
    let mut unprepared = None;
    let mut check = AccountCheck {
        login: login.clone(),
        destination_login,
        account: None,
        origin: Err(Trouble::new(
            crate::trouble::Kind::PasswordMissing,
            &login,
            "",
        )),
        destination: Err(Trouble::new(
            crate::trouble::Kind::PasswordMissing,
            &login,
            "",
        )),
        folders: Vec::new(),
        warnings: Vec::new(),
        estimate: None,
    };
    let brake = Brake::new(&shared.control, Arc::default());
    match accounts::prepare(shared, &job, &brake).await {
        Ok(prepared) => check.account = prepared,
        Err(trouble) => {
            check.destination = Err(trouble.clone());
            unprepared = Some(trouble);
        }
    }
    if !shared.request.plan.scope.copies() && unprepared.is_none() {
        // Nobody logs in.
        check.origin = Ok(empty().0);
        check.destination = Ok(empty().0);
        return check;
    }
    let mailbox = match Mailbox::new(shared, job, Arc::new(Meter::new(login)), brake, number) {
        Ok(mailbox) => mailbox,
        Err(trouble) => {
            check.origin = Err(trouble.clone());
            check.destination = Err(trouble);
            return check;
        }
    };
    let there = async {
        match (&check.account, unprepared) {
            (_, Some(trouble)) => Err(trouble),
            (Some(Prepared::WouldCreate), None) => Ok(empty()),
            (_, None) => look_destination(&mailbox).await,
        }
    };
    let (origin, destination) = futures::future::join(look_origin(&mailbox), there).await;
    if let (Ok((_, from)), Ok((side, to))) = (&origin, &destination) {
        let software = Software::of_name(&side.software);
        let rules = rules::of(&shared.request.plan.options, software);
        let mapped = folder::map(&side_of(from), &side_of(to), &rules, &BTreeMap::new());
        check.folders = folder_checks(from, &mapped);
    }
    if let Ok((side, listing)) = &origin {
        warn_of_origin(side, listing, &mut check.warnings);
    }
    if let (Ok((from, _)), Ok((to, _))) = (&origin, &destination) {
        warn_of_destination(from, to, &mut check.warnings);
        check.estimate = Some(estimate(from, to));
    }
    check.origin = origin.map(|(side, _)| side);
    check.destination = destination.map(|(side, _)| side);
    check
}

async fn look_origin(mailbox: &Mailbox) -> Result<(SideCheck, Listing), Trouble> {
    let mut origin: Origin = mailbox.connect_origin().await?;
    let subject = |error| remedy::trouble(&error, remedy::Doing::Folder, &mailbox.job.login);
    let listing = origin.list().await.map_err(subject)?;
    let quota = origin.quota().await.map_err(subject)?;
    let side = side_check(origin.session(), &listing, quota);
    origin.logout().await;
    Ok((side, listing))
}

async fn look_destination(mailbox: &Mailbox) -> Result<(SideCheck, Listing), Trouble> {
    let mut destination: Destination = mailbox.connect_destination().await?;
    let subject = |error| {
        remedy::trouble(
            &error,
            remedy::Doing::Folder,
            &mailbox.job.destination_login,
        )
    };
    let listing = destination.list().await.map_err(subject)?;
    let quota = destination.quota().await.map_err(subject)?;
    let side = side_check(destination.session(), &listing, quota);
    destination.logout().await;
    Ok((side, listing))
}

/// An account that is not there yet: as far as can be told, a mailbox without mail.
fn empty() -> (SideCheck, Listing) {
    let side = SideCheck {
        software: String::new(),
        round_trip: Duration::ZERO,
        capabilities: vec![String::from("UIDPLUS")],
        folders: 0,
        messages: 0,
        octets: Some(0),
        quota: None,
        append_limit: None,
    };
    (side, Listing::empty())
}

fn side_check(session: &Session, listing: &Listing, quota: Option<(u64, u64)>) -> SideCheck {
    let statuses = || listing.folders.iter().filter_map(|folder| folder.status);
    SideCheck {
        software: session.software().name().to_owned(),
        round_trip: session.round_trip(),
        capabilities: session.capabilities().words().map(str::to_owned).collect(),
        folders: listing
            .folders
            .iter()
            .filter(|folder| folder.selectable)
            .count() as u64,
        messages: statuses().map(|status| status.messages).sum(),
        octets: statuses().map(|status| status.size).sum(),
        quota,
        append_limit: session.capabilities().append_limit(),
    }
}

fn folder_checks(from: &Listing, mapped: &Mapped) -> Vec<FolderCheck> {
    let mut checks = Vec::new();
    for listed in &from.folders {
        let status = listed.status.unwrap_or_default();
        let mapping = mapped
            .mappings
            .iter()
            .find(|mapping| mapping.origin == listed.name);
        let excluded = mapped
            .excluded
            .iter()
            .find(|excluded| excluded.origin == listed.name);
        checks.push(FolderCheck {
            origin: listed.name.text(),
            destination: mapping.map(|mapping| mapping.destination.text()),
            create: mapping.is_some_and(|mapping| mapping.create),
            notes: match (mapping, excluded) {
                (Some(mapping), _) => mapping.notes.iter().map(settle::note).collect(),
                (None, Some(excluded)) => vec![settle::exclusion(&excluded.why)],
                (None, None) => vec![String::from("foreign")],
            },
            messages: status.messages,
            octets: status.size,
        });
    }
    checks
}

fn warn_of_origin(side: &SideCheck, listing: &Listing, warnings: &mut Vec<Warning>) {
    if side.software == Software::Exchange.name() {
        warnings.push(Warning::HiddenFolders);
    }
    if side.software == Software::Gmail.name() {
        warnings.push(Warning::HiddenLabels);
    }
    for words in &listing.unreadable {
        warnings.push(Warning::UnreadableFolder {
            words: words.clone(),
        });
    }
    for folder in &listing.folders {
        if folder.selectable && folder.status.is_none() {
            warnings.push(Warning::FolderRefused {
                folder: folder.name.text(),
            });
        }
    }
    let groupware: Vec<String> = listing
        .folders
        .iter()
        .map(|folder| folder.name.text())
        .filter(|name| {
            GROUPWARE
                .iter()
                .any(|known| name.rsplit(['/', '.']).next() == Some(known))
        })
        .collect();
    if !groupware.is_empty() {
        warnings.push(Warning::Groupware { folders: groupware });
    }
}

/// Folders of appointments, addresses and notes, as servers and Outlook name them (field.md C4).
const GROUPWARE: &[&str] = &[
    "Calendar",
    "Contacts",
    "Tasks",
    "Notes",
    "Journal",
    "Calendario",
    "Contatti",
    "Attività",
    "Note",
    "Diario",
    "Kalender",
    "Kontakte",
    "Aufgaben",
    "Notizen",
    "Calendrier",
    "Tâches",
];

fn warn_of_destination(from: &SideCheck, to: &SideCheck, warnings: &mut Vec<Warning>) {
    if let (Some((used, allowed)), Some(octets)) =
        (to.quota, from.octets.or(from.quota.map(|quota| quota.0)))
    {
        let free = allowed.saturating_sub(used);
        if octets > free {
            warnings.push(Warning::QuotaTooSmall {
                needed: octets,
                free,
            });
        }
    }
    if to.messages > 0 {
        warnings.push(Warning::NotEmpty {
            messages: to.messages,
        });
    }
    if !to.capabilities.iter().any(|word| word == "UIDPLUS") {
        warnings.push(Warning::NoUidPlus);
    }
}

/// Messages and octets a second that one mailbox can be counted on to move over a good line.
const USUAL_MESSAGES: u64 = 200;
const USUAL_OCTETS: u64 = 5_000_000;

fn estimate(from: &SideCheck, to: &SideCheck) -> Duration {
    let batched = to
        .capabilities
        .iter()
        .any(|word| word == "MULTIAPPEND" || word == "LITERAL+");
    let each = if batched {
        Duration::from_millis(1000 / USUAL_MESSAGES)
    } else {
        Duration::from_millis(1000 / USUAL_MESSAGES) + 2 * to.round_trip
    };
    let messages = each * u32::try_from(from.messages).unwrap_or(u32::MAX);
    let octets = Duration::from_secs(from.octets.unwrap_or(from.messages * 75_000) / USUAL_OCTETS);
    let folders =
        (from.round_trip + to.round_trip) * 6 * u32::try_from(from.folders).unwrap_or(u32::MAX);
    messages.max(octets) + folders
}

/// A listing as `folder` wants it, without other people's folders.
fn side_of(listing: &Listing) -> folder::Side {
    folder::Side {
        folders: listing
            .folders
            .iter()
            .filter(|listed| !is_foreign(listing, &listed.name))
            .map(|listed| OriginFolder {
                name: listed.name.clone(),
                separator: listed.separator,
                attributes: listed.attributes.clone(),
                selectable: listed.selectable,
                subscribed: listed.subscribed,
                messages: listed.status.map(|status| status.messages),
            })
            .collect(),
        prefix: FolderName::from_wire(&listing.prefix),
        separator: listing.separator,
    }
}

/// The mailbox's own folder with a role, by its attributes or else by its name.
pub(crate) fn folder_of(listing: &Listing, role: folder::Role) -> Option<FolderName> {
    let side = side_of(listing);
    folder::with_role(&side, role).map(|found| found.name.clone())
}

/// Whether a folder belongs to somebody else or to all (RFC 2342): not this mailbox's mail.
fn is_foreign(listing: &Listing, name: &FolderName) -> bool {
    let wire = name.wire();
    let own = name.is_inbox() || (!listing.prefix.is_empty() && starts_with(wire, &listing.prefix));
    !own && listing.foreign.iter().any(|prefix| {
        // An empty prefix is everything that is not somebody's: foreign only where our own has one.
        if prefix.is_empty() {
            !listing.prefix.is_empty()
        } else {
            starts_with(wire, prefix)
        }
    })
}

fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
    name.len() >= prefix.len() && name[..prefix.len()].eq_ignore_ascii_case(prefix)
}
