//! Lists a folder of the origin into the journal, and proves the listing.
//!
//! Promises (field.md D5): a listing counts as complete only when its rows are as many as the server says exist;
//! it is walked again when they are not, and reported when they still are not. Rows stream through; only UIDs stay
//! in memory. Deliberately absent: bodies.

use crate::imap::origin::{ListedMessage, Origin};
use crate::imap::session::Opened;
use crate::imap::{self};
use crate::journal::{self, Change, FolderRow, Journal, Listed};
use crate::plan::{Deleted, Options};

/// Width of the first window, in UIDs.
const WINDOW: u32 = 4_000;
/// Widest window, in UIDs, where UIDs are sparse.
const WIDEST: u32 = 2_000_000;
/// Times a listing that contradicts itself is walked.
const WALKS: u32 = 3;

/// Why a listing could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Imap(#[from] imap::Error),
    #[error(transparent)]
    Journal(#[from] journal::Error),
}

/// What a listing found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Messages the journal did not know.
    pub(crate) new: u64,
    /// Changes of flags of messages that have a copy.
    pub(crate) changes: Vec<Change>,
    /// HIGHESTMODSEQ this listing stands for; 0 where there is none.
    pub(crate) modseq: u64,
    /// `rows seen, rows announced`, where they still differ after the last walk.
    pub(crate) inconsistent: Option<(u64, u64)>,
}

/// Brings the journal up to what the folder holds. `closing`: read everything again, whatever seems unchanged.
pub(crate) async fn update(
    origin: &mut Origin,
    journal: &Journal,
    folder: &FolderRow,
    opened: &Opened,
    options: &Options,
    closing: bool,
) -> Result<Found, Error> {
    let mut lister = Lister {
        origin,
        journal,
        folder,
        options,
        width: WINDOW,
    };
    let rules = rules(options);
    // Other rules than last time: every message has to be looked at again.
    let same = folder.rules.as_ref() == Some(&rules);
    if same
        && !closing
        && let Some(found) = lister.delta(opened).await?
    {
        return Ok(found);
    }
    let found = lister.full(opened, closing).await?;
    if found.inconsistent.is_none() && !same {
        journal.listed_under(folder.id, rules).await?;
    }
    Ok(found)
}

/// The choices that leave messages out, as one text.
fn rules(options: &Options) -> String {
    let Options {
        since,
        max_size,
        deleted,
        ..
    } = options;
    format!("{since:?} {max_size:?} {:?}", *deleted == Deleted::Skip)
}

struct Lister<'a> {
    origin: &'a mut Origin,
    journal: &'a Journal,
    folder: &'a FolderRow,
    options: &'a Options,
    width: u32,
}

impl Lister<'_> {
    /// The short way: nothing changed, or only new UIDs and flags the server can name. `None`: the long way.
    async fn delta(&mut self, opened: &Opened) -> Result<Option<Found>, Error> {
        let (Some(listed), Some(uid_next), Some(modseq)) =
            (self.folder.listed, opened.uid_next, opened.highest_modseq)
        else {
            return Ok(None);
        };
        let known = self.folder.uid_next;
        if known == 0
            || self.folder.highest_modseq == 0
            || uid_next < known
            || modseq < self.folder.highest_modseq
        {
            return Ok(None);
        }
        if uid_next == known && modseq == self.folder.highest_modseq {
            return Ok((opened.exists == listed).then(|| Found {
                modseq,
                ..Found::default()
            }));
        }
        let mut exists = opened.exists;
        let mut found = Found::default();
        let mut uids = Vec::new();
        if uid_next > known {
            self.windows(known, uid_next - 1, &mut exists, &mut uids, &mut found)
                .await?;
        }
        // As many as before and the new ones: nothing left the folder. Otherwise the long way finds out what did.
        if listed + uids.len() as u64 != exists {
            return Ok(None);
        }
        let mut flags = Vec::new();
        if known > 1 {
            let set = format!("1:{}", known - 1);
            let since = self.folder.highest_modseq;
            self.origin
                .changed_flags(&set, since, |uid, words| {
                    flags.push((uid, flag_line(&words)));
                })
                .await?;
        }
        let uidv = self.folder.uid_validity;
        found.changes.extend(
            self.journal
                .flag_changes(self.folder.id, uidv, flags)
                .await?,
        );
        found.modseq = modseq;
        self.journal
            .listing_done(self.folder.id, uid_next, exists, false)
            .await?;
        Ok(Some(found))
    }

    async fn full(&mut self, opened: &Opened, closing: bool) -> Result<Found, Error> {
        let mut exists = opened.exists;
        let mut found = Found::default();
        for walk in 1..=WALKS {
            let mut uids = Vec::new();
            if exists > 0 {
                let top = opened
                    .uid_next
                    .map_or(u32::MAX, |next| next.saturating_sub(1))
                    .max(1);
                self.walk(top, &mut exists, &mut uids, &mut found).await?;
            }
            self.origin.refresh(&mut exists).await?;
            // What arrived since the folder was opened has higher UIDs.
            if (uids.len() as u64) < exists {
                let from = uids.last().map_or(1, |last| last.saturating_add(1));
                let _ = self
                    .window(from, None, &mut exists, &mut uids, &mut found)
                    .await?;
            }
            uids.sort_unstable();
            uids.dedup();
            let seen = uids.len() as u64;
            let last = uids.last().copied().unwrap_or(0);
            let agrees = seen == exists;
            if agrees || walk == WALKS {
                let uidv = self.folder.uid_validity;
                let _ = self.journal.present(self.folder.id, uidv, uids).await?;
                if agrees {
                    let next = last.saturating_add(1).max(opened.uid_next.unwrap_or(1));
                    found.modseq = opened.highest_modseq.unwrap_or(0);
                    self.journal
                        .listing_done(self.folder.id, next, seen, closing)
                        .await?;
                } else {
                    found.inconsistent = Some((seen, exists));
                }
                break;
            }
            found.changes.clear();
            tracing::warn!(
                "Folder '{}': the server lists {seen} messages and announces {exists}; listing again",
                self.folder.name.text()
            );
        }
        Ok(found)
    }

    /// Everything from 1 to `top`; to the end where the server does not say what its highest UID is.
    async fn walk(
        &mut self,
        top: u32,
        exists: &mut u64,
        uids: &mut Vec<u32>,
        found: &mut Found,
    ) -> Result<(), Error> {
        if top == u32::MAX
            && self
                .origin
                .session()
                .capabilities()
                .message_limit()
                .is_none()
        {
            let _ = self.window(1, None, exists, uids, found).await?;
            return Ok(());
        }
        self.windows(1, top, exists, uids, found).await
    }

    async fn windows(
        &mut self,
        first: u32,
        last: u32,
        exists: &mut u64,
        uids: &mut Vec<u32>,
        found: &mut Found,
    ) -> Result<(), Error> {
        let limit = self.origin.session().capabilities().message_limit();
        self.width = limit.map_or(self.width, |limit| self.width.min(limit).max(1));
        let mut from = first;
        loop {
            let to = from.saturating_add(self.width - 1).min(last);
            let before = uids.len();
            if !self.window(from, Some(to), exists, uids, found).await? && self.width > 1 {
                // Cut short: half as wide from here on, this window again.
                self.width = (self.width / 2).max(1);
                uids.truncate(before);
                continue;
            }
            if to >= last {
                return Ok(());
            }
            let dense = (uids.len() - before) as u64 * 4 >= u64::from(self.width);
            if !dense && limit.is_none() {
                self.width = self.width.saturating_mul(4).min(WIDEST);
            } else if dense && self.width > WINDOW {
                self.width = WINDOW;
            }
            from = to + 1;
        }
    }

    /// One window; `Ok(false)` where the server cut it short.
    async fn window(
        &mut self,
        first: u32,
        last: Option<u32>,
        exists: &mut u64,
        uids: &mut Vec<u32>,
        found: &mut Found,
    ) -> Result<bool, Error> {
        let set = last.map_or_else(|| format!("{first}:*"), |last| format!("{first}:{last}"));
        let mut rows = Vec::new();
        let options = self.options;
        let outcome = self
            .origin
            .rows(&set, exists, |message| {
                // `n:*` names the last message even where it lies below n (RFC 3501, 6.4.8).
                if message.uid >= first && last.is_none_or(|last| message.uid <= last) {
                    rows.push(row(message, options));
                }
            })
            .await;
        let whole = match outcome {
            Ok(whole) => whole,
            // Dovecot answers BAD to a set that names nothing in an empty folder; others NO.
            Err(imap::Error::Refused { .. }) if *exists == 0 => true,
            Err(other) => return Err(other.into()),
        };
        rows.sort_unstable_by_key(|row| row.uid);
        rows.dedup_by_key(|row| row.uid);
        uids.extend(rows.iter().map(|row| row.uid));
        let (new, changes) = self
            .journal
            .list(self.folder.id, self.folder.uid_validity, rows)
            .await?;
        found.new += new;
        found.changes.extend(changes);
        Ok(whole)
    }
}

fn row(message: ListedMessage, options: &Options) -> Listed {
    Listed {
        excluded: exclusion(&message, options),
        uid: message.uid,
        claimed: message.size,
        flags: flag_line(&message.flags),
        date: message.date,
    }
}

/// The rule that leaves a message out, if one does.
fn exclusion(message: &ListedMessage, options: &Options) -> Option<&'static str> {
    if options.deleted == Deleted::Skip
        && message
            .flags
            .iter()
            .any(|flag| flag.eq_ignore_ascii_case("\\Deleted"))
    {
        return Some("deleted");
    }
    if options.max_size.is_some_and(|most| message.size > most) {
        return Some("max-size");
    }
    let since = options.since?;
    // A message without a readable date is never left out for its date.
    let arrived = super::message::instant(message.date.as_deref()?)?;
    let begin = since
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .ok()?
        .timestamp()
        .as_second();
    (arrived < begin).then_some("since")
}

/// Flags as the journal keeps them: sorted, without `\Recent`, joined by a space.
pub(crate) fn flag_line(flags: &[String]) -> String {
    let mut flags: Vec<&str> = flags
        .iter()
        .map(String::as_str)
        .filter(|flag| !flag.eq_ignore_ascii_case("\\Recent"))
        .collect();
    flags.sort_unstable();
    flags.dedup();
    flags.join(" ")
}
