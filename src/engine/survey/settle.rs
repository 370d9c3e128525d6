//! Names of folders: decided, made at the destination, recorded in the journal.
//!
//! Promises: a decision once recorded stays; a name the destination refuses gets another one and both are
//! recorded; a folder that cannot be made is a failed folder, and the others go on.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::copy::{Halt, tell_failed};
use crate::engine::folder::{self, Exclusion, Mapping, Note, Rename};
use crate::engine::mailbox::Mailbox;
use crate::engine::progress::Count;
use crate::engine::remedy::{self, Doing};
use crate::imap::folders::Listing;
use crate::imap::name::FolderName;
use crate::imap::quirk::Software;
use crate::imap::{self, Destination, Origin};
use crate::journal::{AccountId, FolderRow, FolderState, Journal};
use crate::trouble::{Kind, Trouble};

/// Names tried for one folder.
const NAMES: u32 = 5;

/// Brings the folders of one mailbox in order; answers those to be copied, the INBOX first, then the fullest.
pub(crate) async fn settle_folders(
    mailbox: &Mailbox,
    account: AccountId,
    origin: &mut Origin,
    destination: &mut Destination,
) -> Result<Vec<FolderRow>, Halt> {
    let journal = &mailbox.shared.request.journal;
    let (from, to) = futures::future::join(origin.list(), destination.list()).await;
    let (from, to) = (from?, to?);
    let names = format!(
        "{} → {}",
        origin.session().software().name(),
        destination.session().software().name()
    );
    journal.servers(account, names).await?;
    let known = journal.folders(account).await?;
    let previous: BTreeMap<_, _> = known
        .iter()
        .filter(|row| row.state != FolderState::Excluded)
        .filter_map(|row| Some((row.name.clone(), row.target.as_ref()?.1.clone())))
        .collect();
    let rules = super::rules::of(
        &mailbox.shared.request.plan.options,
        destination.session().software(),
    );
    let mapped = folder::map(
        &super::side_of(&from),
        &super::side_of(&to),
        &rules,
        &previous,
    );
    if mailbox.shared.request.dry_run {
        count(mailbox, &known, &from, &mapped).await?;
        return Ok(Vec::new());
    }
    let mut maker = Maker {
        mailbox,
        account,
        taken: to
            .folders
            .iter()
            .map(|listed| listed.name.clone())
            .collect(),
        renamed: Vec::new(),
        guess: guess_prefix(destination, &to),
    };
    maker.taken.extend(
        mapped
            .mappings
            .iter()
            .map(|mapping| mapping.destination.clone()),
    );
    let there: BTreeSet<_> = to
        .folders
        .iter()
        .filter(|listed| listed.selectable)
        .map(|listed| &listed.name)
        .collect();
    let mut order: Vec<&Mapping> = mapped.mappings.iter().collect();
    // Parents first, so that a parent that needs another name takes its children along.
    order.sort_by_key(|mapping| mapping.destination.split(mapping.separator).len());
    for mapping in order {
        let recorded =
            previous.contains_key(&mapping.origin) && there.contains(&mapping.destination);
        let subscribe = mapping.subscribed
            && !to
                .folders
                .iter()
                .any(|listed| listed.name == mapping.destination && listed.subscribed);
        maker
            .settle(destination, mapping, recorded, subscribe)
            .await?;
    }
    for excluded in &mapped.excluded {
        let reason = exclusion(&excluded.why);
        let _ = journal
            .place(
                account,
                excluded.origin.clone(),
                None,
                String::new(),
                Some(reason),
            )
            .await?;
    }
    record_the_rest(mailbox, account, &from, &known).await?;
    in_order(journal, account, &from).await
}

/// What a run would find where the account at the destination is not there yet.
pub(crate) async fn count_alone(mailbox: &Mailbox) -> Result<(), Trouble> {
    let mut origin = mailbox.connect_origin().await?;
    let login = &mailbox.job.login;
    let from = origin.list().await;
    let from = from.map_err(|error| remedy::trouble(&error, Doing::Folder, login))?;
    origin.logout().await;
    let rules = super::rules::of(&mailbox.shared.request.plan.options, Software::Other);
    let nothing = super::side_of(&Listing::empty());
    let mapped = folder::map(&super::side_of(&from), &nothing, &rules, &BTreeMap::new());
    let counted = count(mailbox, &[], &from, &mapped).await;
    counted.map_err(|halt| halt.trouble(Doing::Folder, login))
}

/// What a run would find: messages of the folders that would be copied, and how many of them are done already. Filters
/// by date and size are not looked at: that takes a listing of every message.
async fn count(
    mailbox: &Mailbox,
    known: &[FolderRow],
    from: &Listing,
    mapped: &folder::Mapped,
) -> Result<(), Halt> {
    let journal = &mailbox.shared.request.journal;
    for mapping in &mapped.mappings {
        let listed = from
            .folders
            .iter()
            .find(|listed| listed.name == mapping.origin);
        let status = listed.and_then(|listed| listed.status).unwrap_or_default();
        mailbox.meter.add(Count::Listed, status.messages);
        mailbox
            .meter
            .add(Count::OctetsListed, status.size.unwrap_or(0));
        mailbox.meter.add(Count::Folders, 1);
        if let Some(row) = known.iter().find(|row| row.name == mapping.origin) {
            let work = journal.open_work(row.id, row.uid_validity).await?;
            let done = work.done().min(status.messages);
            mailbox.meter.add(Count::Done, done);
            mailbox.meter.add(Count::OctetsDone, work.copied_octets);
        }
    }
    Ok(())
}

struct Maker<'a> {
    mailbox: &'a Mailbox,
    account: AccountId,
    taken: BTreeSet<FolderName>,
    /// Folders that got another name than decided, and the mapping's separator.
    renamed: Vec<(FolderName, FolderName)>,
    /// Where the server does not tell its prefix: the one to try when a name is refused.
    guess: Option<Vec<u8>>,
}

impl Maker<'_> {
    async fn settle(
        &mut self,
        destination: &mut Destination,
        mapping: &Mapping,
        recorded: bool,
        subscribe: bool,
    ) -> Result<(), Halt> {
        let journal = &self.mailbox.shared.request.journal;
        let mut mapping = mapping.clone();
        let mut notes: Vec<String> = mapping.notes.iter().map(note).collect();
        for (old, new) in &self.renamed {
            if let Some(name) = folder::rebase(&mapping, old, new) {
                mapping.destination = name;
                mapping.create = true;
            }
        }
        if mapping.create
            && let Err(trouble) = self.make(destination, &mut mapping, &mut notes).await?
        {
            let id = journal
                .place(
                    self.account,
                    mapping.origin.clone(),
                    Some(mapping.destination),
                    notes.join(" "),
                    None,
                )
                .await?;
            tell_failed(
                &self.mailbox.shared,
                &self.mailbox.job.login,
                &mapping.origin,
                &trouble,
            );
            let kind = Some(trouble.kind.key());
            journal
                .folder_state(id, FolderState::Failed, kind, Some(trouble.detail))
                .await?;
            return Ok(());
        }
        if subscribe {
            match destination.subscribe(&mapping.destination).await {
                Ok(()) => {}
                Err(imap::Error::Refused { text, .. }) => {
                    tracing::warn!(
                        "'{}' could not be subscribed to: {text}",
                        mapping.destination.text()
                    );
                    notes.push(String::from("not-subscribed"));
                }
                Err(other) => return Err(other.into()),
            }
        }
        if recorded && !mapping.create && !subscribe {
            return self.reactivate(&mapping).await;
        }
        let notes = notes
            .into_iter()
            .filter(|note| note != "recorded")
            .collect::<Vec<_>>()
            .join(" ");
        let _ = journal
            .place(
                self.account,
                mapping.origin,
                Some(mapping.destination),
                notes,
                None,
            )
            .await?;
        Ok(())
    }

    /// A recorded folder keeps its notes; one that had failed or vanished is tried again.
    async fn reactivate(&self, mapping: &Mapping) -> Result<(), Halt> {
        let journal = &self.mailbox.shared.request.journal;
        for row in journal.folders(self.account).await? {
            if row.name == mapping.origin && row.state != FolderState::Active {
                journal
                    .folder_state(row.id, FolderState::Active, None, None)
                    .await?;
            }
        }
        Ok(())
    }

    /// Creates the folder, under another name where this one is refused.
    async fn make(
        &mut self,
        destination: &mut Destination,
        mapping: &mut Mapping,
        notes: &mut Vec<String>,
    ) -> Result<Result<(), Trouble>, Halt> {
        let wanted = mapping.destination.clone();
        let role = mapping.role.map(folder::Role::attribute);
        let mut attempt = 0;
        loop {
            let error = match destination.create(&mapping.destination, role).await {
                Ok(()) => break,
                Err(error @ imap::Error::Refused { .. }) => error,
                Err(other) => return Err(other.into()),
            };
            if exists_already(&error) {
                break;
            }
            if let Some(prefix) = &self.guess {
                let prefixed = FolderName::from_wire(&[prefix, wanted.wire()].concat());
                match destination.create(&prefixed, role).await {
                    Ok(()) => {
                        mapping.destination = prefixed;
                        notes.push(String::from("prefix"));
                        return Ok(Ok(()));
                    }
                    Err(imap::Error::Refused { .. }) => {}
                    Err(other) => return Err(other.into()),
                }
            }
            let trouble = remedy::trouble(&error, Doing::Create, &mapping.destination.text());
            if trouble.kind == Kind::OverQuota || attempt >= NAMES {
                return Ok(Err(trouble));
            }
            tracing::info!(
                "The destination refuses the name '{}': {error}",
                mapping.destination.text()
            );
            let mut decided = mapping.clone();
            decided.destination = wanted.clone();
            match folder::fallback(&decided, attempt, &self.taken) {
                Some(name) => mapping.destination = name,
                None => return Ok(Err(trouble)),
            }
            attempt += 1;
        }
        if mapping.destination != wanted {
            notes.push(String::from("renamed:refused"));
            let _ = self.taken.insert(mapping.destination.clone());
            self.renamed.push((wanted, mapping.destination.clone()));
        }
        tracing::info!("Folder '{}' created", mapping.destination.text());
        Ok(Ok(()))
    }
}

/// `INBOX.` or its like, where nothing says whether folders stand beside INBOX or below it.
fn guess_prefix(destination: &Destination, to: &Listing) -> Option<Vec<u8>> {
    let untold = !destination.session().capabilities().has("NAMESPACE") && to.prefix.is_empty();
    let separator = to.separator.filter(|_| untold)?;
    Some([b"INBOX", &[separator][..]].concat())
}

fn exists_already(error: &imap::Error) -> bool {
    let words = error.to_string().to_lowercase();
    error.code().as_deref() == Some("ALREADYEXISTS")
        || words.contains("already exists")
        || words.contains("mailbox exists")
}

/// Other people's folders, folders that are gone, and lines nobody could read.
async fn record_the_rest(
    mailbox: &Mailbox,
    account: AccountId,
    from: &Listing,
    known: &[FolderRow],
) -> Result<(), Halt> {
    let journal = &mailbox.shared.request.journal;
    for listed in from
        .folders
        .iter()
        .filter(|listed| super::is_foreign(from, &listed.name))
    {
        let reason = Some(String::from("foreign"));
        let _ = journal
            .place(account, listed.name.clone(), None, String::new(), reason)
            .await?;
    }
    for row in known {
        if row.state == FolderState::Active
            && !from.folders.iter().any(|listed| listed.name == row.name)
        {
            tracing::warn!("Folder '{}' is no longer at the origin", row.name.text());
            journal
                .folder_state(row.id, FolderState::Vanished, None, None)
                .await?;
        }
    }
    for words in &from.unreadable {
        let name = FolderName::from_text(words);
        let trouble = Trouble::new(Kind::Protocol, "LIST", words.clone());
        tell_failed(&mailbox.shared, &mailbox.job.login, &name, &trouble);
        let id = journal
            .place(account, name, None, String::new(), None)
            .await?;
        let kind = Some(trouble.kind.key());
        journal
            .folder_state(id, FolderState::Failed, kind, Some(trouble.detail))
            .await?;
    }
    Ok(())
}

/// The folders to be copied: INBOX first, then the fullest, so that the last ones to end are small.
async fn in_order(
    journal: &Journal,
    account: AccountId,
    from: &Listing,
) -> Result<Vec<FolderRow>, Halt> {
    let messages = |row: &FolderRow| {
        let listed = from.folders.iter().find(|listed| listed.name == row.name);
        listed
            .and_then(|listed| listed.status)
            .map_or(0, |status| status.messages)
    };
    let mut rows: Vec<_> = journal
        .folders(account)
        .await?
        .into_iter()
        .filter(|row| row.state == FolderState::Active && row.target.is_some())
        .collect();
    rows.sort_by_key(|row| {
        (
            !row.name.is_inbox(),
            std::cmp::Reverse(messages(row)),
            row.id,
        )
    });
    Ok(rows)
}

/// A note as the journal keeps it: one word, with its argument after a colon.
pub(super) fn note(note: &Note) -> String {
    match note {
        Note::Renamed { why } => String::from(match why {
            Rename::Spaces => "renamed:spaces",
            Rename::Empty => "renamed:empty",
            Rename::Reserved => "renamed:reserved",
            Rename::Undecodable => "renamed:undecodable",
            Rename::Language => "renamed:language",
            Rename::Taken { .. } => "renamed:taken",
        }),
        Note::Merged { .. } => String::from("merged"),
        Note::SeparatorReplaced => String::from("renamed:separator"),
        Note::CaseClash { .. } => String::from("renamed:case"),
        Note::IllegalReplaced => String::from("renamed:characters"),
        Note::RoleFrom(_) => String::from("role"),
        Note::RoleTaken { .. } => String::from("role-taken"),
        Note::Flattened => String::from("renamed:flattened"),
        Note::Chosen => String::from("chosen"),
        Note::Recorded => String::from("recorded"),
    }
}

/// A reason for leaving a folder out, as the journal keeps it.
pub(super) fn exclusion(why: &Exclusion) -> String {
    match why {
        Exclusion::Pattern(pattern) => format!("pattern:{pattern}"),
        Exclusion::Container => String::from("container"),
        Exclusion::View(_) => String::from("view"),
        Exclusion::Duplicate(_) => String::from("duplicate"),
    }
}
