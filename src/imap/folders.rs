//! The folders of a mailbox, as both sides list them.
//!
//! Promises: a folder whose line cannot be read is reported, never dropped; statuses come with the listing
//! where the server can (RFC 5819), else one by one. Deliberately absent: what becomes of the names.

use std::collections::BTreeMap;

use super::Error;
use super::name::FolderName;
use super::reply::Reply;
use super::session::{Command, Session};
use super::token::Token;

/// One folder of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name as the server spells it.
    pub name: FolderName,
    /// Hierarchy separator; `None` where there is no hierarchy.
    pub separator: Option<u8>,
    /// Attributes, backslash included.
    pub attributes: Vec<String>,
    /// Whether it can be opened.
    pub selectable: bool,
    /// Whether it is subscribed to.
    pub subscribed: bool,
    /// What STATUS said; `None` where it was refused or makes no sense.
    pub status: Option<FolderStatus>,
}

/// What STATUS says of a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FolderStatus {
    /// Messages in it.
    pub messages: u64,
    /// UIDNEXT; 0 where not given.
    pub uid_next: u32,
    /// UIDVALIDITY; 0 where not given.
    pub uid_validity: u32,
    /// Octets in it, where the server counts them (RFC 8438).
    pub size: Option<u64>,
    /// HIGHESTMODSEQ, where kept and usable.
    pub highest_modseq: Option<u64>,
}

/// The whole listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Folders in the server's order, INBOX included.
    pub folders: Vec<Listed>,
    /// Prefix of the personal namespace (RFC 2342), as spelled on the wire.
    pub prefix: Vec<u8>,
    /// Separator of the personal namespace.
    pub separator: Option<u8>,
    /// Prefixes of other users' and shared namespaces.
    pub foreign: Vec<Vec<u8>>,
    /// Lines that should have been folders and could not be read.
    pub unreadable: Vec<String>,
}

impl Listing {
    /// Of a mailbox of which nothing is known: an INBOX is all there may be.
    pub fn empty() -> Self {
        Self {
            folders: Vec::new(),
            prefix: Vec::new(),
            separator: Some(b'/'),
            foreign: Vec::new(),
            unreadable: Vec::new(),
        }
    }

    /// Folders that can be opened.
    pub fn openable(&self) -> u64 {
        self.folders
            .iter()
            .filter(|folder| folder.selectable)
            .count() as u64
    }

    /// Messages in all folders of which the status is known.
    pub fn messages(&self) -> u64 {
        self.statuses().map(|status| status.messages).sum()
    }

    /// Octets in them; `None` where the server does not count them.
    pub fn octets(&self) -> Option<u64> {
        self.statuses().map(|status| status.size).sum()
    }

    fn statuses(&self) -> impl Iterator<Item = FolderStatus> {
        self.folders.iter().filter_map(|folder| folder.status)
    }
}

/// Lists everything, asks subscriptions and statuses.
pub(super) async fn list(session: &mut Session) -> Result<Listing, Error> {
    let mut listing = Listing::default();
    namespace(session, &mut listing).await?;
    let extended =
        session.capabilities.has("LIST-EXTENDED") && session.capabilities.has("LIST-STATUS");
    let mut with_status = false;
    if extended {
        match extended_list(session, &mut listing).await {
            Ok(()) => with_status = true,
            // Announced and refused (iCloud): an optimisation, so do without.
            Err(Error::Refused { .. }) => {
                session.capabilities.strike("LIST-EXTENDED");
                listing.folders.clear();
                listing.unreadable.clear();
            }
            Err(other) => return Err(other),
        }
    }
    if !with_status {
        plain_list(session, &mut listing).await?;
        subscriptions(session, &mut listing).await?;
    }
    settle_namespace(&mut listing);
    for index in 0..listing.folders.len() {
        let folder = &listing.folders[index];
        if folder.selectable && folder.status.is_none() {
            let name = folder.name.clone();
            listing.folders[index].status = match status(session, &name).await {
                Ok(status) => Some(status),
                Err(Error::Refused { .. }) => None,
                Err(other) => return Err(other),
            };
        }
    }
    Ok(listing)
}

/// Lists everything, and asks neither subscriptions nor statuses.
pub(super) async fn names(session: &mut Session) -> Result<Listing, Error> {
    let mut listing = Listing::default();
    namespace(session, &mut listing).await?;
    plain_list(session, &mut listing).await?;
    settle_namespace(&mut listing);
    Ok(listing)
}

/// STATUS of one folder.
pub(super) async fn status(
    session: &mut Session,
    name: &FolderName,
) -> Result<FolderStatus, Error> {
    let items = status_items(session);
    let mut found = None;
    let command = Command::new("STATUS")
        .name(name)
        .text(&format!(" ({items})"));
    let _ = session
        .run_with(command, |reply| {
            if let Reply::Data(word, tokens) = reply
                && word == "STATUS"
            {
                found = tokens.iter().rev().find_map(Token::list).map(read_status);
            }
        })
        .await?;
    found.ok_or_else(|| Error::Protocol("STATUS without an answer".into()))
}

/// Octets used and allowed, where the server keeps a quota of storage (RFC 9208).
pub(super) async fn quota(session: &mut Session) -> Result<Option<(u64, u64)>, Error> {
    if !session.capabilities.has("QUOTA") {
        return Ok(None);
    }
    let mut found = None;
    let answer = session
        .run_with(Command::new("GETQUOTAROOT \"INBOX\""), |reply| {
            if let Reply::Data(word, tokens) = reply
                && word == "QUOTA"
                && let Some(list) = tokens.iter().find_map(Token::list)
            {
                for three in list.chunks(3) {
                    if let [name, used, limit] = three
                        && name.is("STORAGE")
                        && let (Some(used), Some(limit)) = (used.number(), limit.number())
                    {
                        found = Some((used.saturating_mul(1024), limit.saturating_mul(1024)));
                    }
                }
            }
        })
        .await;
    match answer {
        Ok(_) | Err(Error::Refused { .. }) => Ok(found),
        Err(other) => Err(other),
    }
}

fn status_items(session: &Session) -> String {
    let mut items = String::from("MESSAGES UIDNEXT UIDVALIDITY");
    if session.capabilities.has("STATUS=SIZE") {
        items.push_str(" SIZE");
    }
    if session.capabilities.has("CONDSTORE") {
        items.push_str(" HIGHESTMODSEQ");
    }
    items
}

fn read_status(list: &[Token<'_>]) -> FolderStatus {
    let mut status = FolderStatus::default();
    for pair in list.chunks(2) {
        let [name, value] = pair else { break };
        let Some(number) = value.number() else {
            continue;
        };
        let small = u32::try_from(number).unwrap_or(0);
        match name.text().to_ascii_uppercase().as_str() {
            "MESSAGES" => status.messages = number,
            "UIDNEXT" => status.uid_next = small,
            "UIDVALIDITY" => status.uid_validity = small,
            "SIZE" => status.size = Some(number),
            "HIGHESTMODSEQ" => status.highest_modseq = Some(number).filter(|number| *number > 0),
            _ => {}
        }
    }
    status
}

async fn namespace(session: &mut Session, listing: &mut Listing) -> Result<(), Error> {
    if !session.capabilities.has("NAMESPACE") {
        return Ok(());
    }
    let answer = session
        .run_with(Command::new("NAMESPACE"), |reply| {
            let Reply::Data(word, tokens) = reply else {
                return;
            };
            if word != "NAMESPACE" {
                return;
            }
            for (index, space) in tokens.iter().enumerate() {
                for entry in space.list().unwrap_or_default() {
                    let Some([prefix, separator, ..]) = entry.list() else {
                        continue;
                    };
                    if index > 0 {
                        listing.foreign.push(prefix.octets().to_vec());
                    } else if listing.separator.is_none() {
                        listing.prefix = prefix.octets().to_vec();
                        listing.separator = separator_of(separator);
                    }
                }
            }
        })
        .await;
    match answer {
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}

fn separator_of(token: &Token<'_>) -> Option<u8> {
    if token.is_nil() {
        return None;
    }
    token.octets().first().copied()
}

async fn extended_list(session: &mut Session, listing: &mut Listing) -> Result<(), Error> {
    let special = if session.capabilities.has("SPECIAL-USE") {
        " SPECIAL-USE"
    } else {
        ""
    };
    let items = status_items(session);
    let command = Command::new(format!(
        "LIST \"\" \"*\" RETURN (SUBSCRIBED CHILDREN{special} STATUS ({items}))"
    ));
    let mut statuses = BTreeMap::new();
    let _ = session
        .run_with(command, |reply| match reply {
            Reply::Data(word, tokens) if word == "LIST" => add(listing, &tokens),
            Reply::Data(word, tokens) if word == "STATUS" => {
                if let [name, .., list] = &tokens[..]
                    && let Some(list) = list.list()
                {
                    let _ =
                        statuses.insert(FolderName::from_wire(name.octets()), read_status(list));
                }
            }
            Reply::Unknown => listing
                .unreadable
                .push(String::from("a line that is no LIST")),
            _ => {}
        })
        .await?;
    for folder in &mut listing.folders {
        folder.status = statuses.get(&folder.name).copied();
        folder.subscribed = folder
            .attributes
            .iter()
            .any(|word| word.eq_ignore_ascii_case("\\Subscribed"));
    }
    Ok(())
}

async fn plain_list(session: &mut Session, listing: &mut Listing) -> Result<(), Error> {
    let _ = session
        .run_with(Command::new("LIST \"\" \"*\""), |reply| match reply {
            Reply::Data(word, tokens) if word == "LIST" => add(listing, &tokens),
            Reply::Unknown => listing
                .unreadable
                .push(String::from("a line that is no LIST")),
            _ => {}
        })
        .await?;
    Ok(())
}

async fn subscriptions(session: &mut Session, listing: &mut Listing) -> Result<(), Error> {
    let mut names = Vec::new();
    let answer = session
        .run_with(Command::new("LSUB \"\" \"*\""), |reply| {
            if let Reply::Data(word, tokens) = reply
                && word == "LSUB"
                && let [_, _, name] = &tokens[..]
            {
                names.push(FolderName::from_wire(name.octets()));
            }
        })
        .await;
    match answer {
        Ok(_) => {}
        // Exchange in its newer form has no LSUB: then nothing is known of subscriptions.
        Err(Error::Refused { .. }) => return Ok(()),
        Err(other) => return Err(other),
    }
    for folder in &mut listing.folders {
        folder.subscribed = names.contains(&folder.name);
    }
    Ok(())
}

fn add(listing: &mut Listing, tokens: &[Token<'_>]) {
    let [attributes, separator, name, ..] = tokens else {
        listing.unreadable.push(format!("{tokens:?}"));
        return;
    };
    let attributes: Vec<_> = attributes
        .list()
        .unwrap_or_default()
        .iter()
        .map(|word| word.text().into_owned())
        .collect();
    let closed = ["\\Noselect", "\\NonExistent"];
    let selectable = !attributes.iter().any(|word| {
        closed
            .iter()
            .any(|closed| word.eq_ignore_ascii_case(closed))
    });
    let name = FolderName::from_wire(name.octets());
    if listing.folders.iter().any(|folder| folder.name == name) {
        return;
    }
    listing.folders.push(Listed {
        name,
        separator: separator_of(separator),
        attributes,
        selectable,
        subscribed: false,
        status: None,
    });
}

/// Fills in what a server without NAMESPACE leaves open: the separator of INBOX, and a prefix `INBOX.` where
/// every other folder stands under it. Makes sure that INBOX is there (some servers leave it out).
fn settle_namespace(listing: &mut Listing) {
    if !listing.folders.iter().any(|folder| folder.name.is_inbox()) {
        listing.folders.insert(
            0,
            Listed {
                name: FolderName::from_wire(b"INBOX"),
                separator: listing.separator,
                attributes: Vec::new(),
                selectable: true,
                subscribed: true,
                status: None,
            },
        );
    }
    if listing.separator.is_some() {
        return;
    }
    listing.separator = listing.folders.iter().find_map(|folder| folder.separator);
    if let Some(separator) = listing.separator {
        let prefix = [b"INBOX", &[separator][..]].concat();
        let mut others = listing
            .folders
            .iter()
            .filter(|folder| !folder.name.is_inbox())
            .peekable();
        if others.peek().is_some() && others.all(|folder| starts_with(folder.name.wire(), &prefix))
        {
            listing.prefix = prefix;
        }
    }
}

fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
    name.len() > prefix.len() && name[..prefix.len()].eq_ignore_ascii_case(prefix)
}
