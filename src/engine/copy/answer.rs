//! How the destination answered: confirmed, refused, and what becomes of a refused message.
//!
//! Promises: a confirmed message is `acked` in the journal before its octets are let go; a refused batch is halved
//! until the culprit stands alone; the culprit becomes an exception with its octets saved. Deliberately absent:
//! sending (`append`).

use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use super::append::{Courier, Flight, Item};
use super::fetch::Parcel;
use super::{Halt, keep};
use crate::account::Side;
use crate::engine::message::{self, header_of, translate_flags};
use crate::engine::progress::Count;
use crate::engine::remedy::{self, Doing};
use crate::engine::{Event, listing};
use crate::imap::destination::{AppendReader, Body};
use crate::imap::{self};
use crate::journal::{Acked, Intent, Refusal};
use crate::plan::Deleted;
use crate::trouble::{Kind, Remedy, Trouble};

/// Failures in a row, with no success between them, that stop a mailbox.
const FAILURES: u32 = 50;
/// Times a message is sent while the server reports errors of its own.
const SENDS: u32 = 3;

impl Courier<'_> {
    pub(super) fn flight(&self) -> MutexGuard<'_, Flight> {
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads answers until the writing side has no more and nothing is under way.
    pub(super) async fn read(&self, reader: &mut AppendReader<'_>) -> Result<(), Halt> {
        loop {
            loop {
                let changed = self.changed.notified();
                {
                    let flight = self.flight();
                    if !flight.commands.is_empty() {
                        break;
                    }
                    if flight.fed {
                        return Ok(());
                    }
                }
                changed.await;
            }
            let (tag, answer) = reader.next().await?;
            self.job.shared.alive(Side::Destination);
            let items = {
                let mut flight = self.flight();
                let items = flight.commands.remove(&tag).unwrap_or_default();
                flight.octets -= items
                    .iter()
                    .map(|item| item.parcel.body.length())
                    .sum::<u64>();
                flight.handling += 1;
                items
            };
            if !items.is_empty() {
                match answer {
                    Ok(landed) => self.landed(items, landed.uids).await?,
                    Err(error) => self.refused(items, &error).await?,
                }
            }
            {
                let mut flight = self.flight();
                flight.handling -= 1;
                if flight.commands.is_empty() {
                    flight.busy = None;
                }
            }
            self.changed.notify_waiters();
        }
    }

    /// The destination confirmed these; where it says so believably, under these UIDs.
    async fn landed(&self, items: Vec<Item>, uids: Option<(u32, Vec<u32>)>) -> Result<(), Halt> {
        let job = self.job;
        let believable =
            |uids: &[u32]| uids.len() == items.len() && uids.is_sorted_by(|a, b| a < b);
        let uids = uids.filter(|(validity, uids)| *validity == job.validity && believable(uids));
        let copies: Vec<Option<u32>> = match &uids {
            Some((_, uids)) => uids.iter().copied().map(Some).collect(),
            None => vec![None; items.len()],
        };
        let acked = items.iter().zip(&copies).map(|(item, copy)| Acked {
            uid: item.parcel.uid,
            copy: *copy,
        });
        let journal = &job.shared.request.journal;
        let (id, uidv) = (job.folder.id, job.folder.uid_validity);
        journal
            .acked(id, uidv, job.validity, acked.collect())
            .await?;
        {
            let mut flight = self.flight();
            flight.failures = 0;
            match copies.last() {
                Some(Some(last)) => flight.next = flight.next.max(last.saturating_add(1)),
                _ => job.homeless.store(true, Ordering::Relaxed),
            }
        }
        for item in items {
            job.count_done(item.parcel.digests.octets, true);
        }
        Ok(())
    }

    /// The destination refused these, and so has none of them.
    async fn refused(&self, mut items: Vec<Item>, error: &imap::Error) -> Result<(), Halt> {
        let trouble = remedy::trouble(error, Doing::Append, &self.job.target_name.text());
        let for_all = matches!(
            trouble.kind,
            Kind::OverQuota
                | Kind::Throttled
                | Kind::TooManyConnections
                | Kind::FolderMissing
                | Kind::ArchiveMissing
                | Kind::ArchiveFull
                | Kind::ArchiveStorage
        );
        if for_all {
            self.flight().again.push_front(items);
            return Err(Halt::Trouble(trouble));
        }
        if items.len() > 1 {
            let second = items.split_off(items.len() / 2);
            let mut flight = self.flight();
            flight.again.push_front(second);
            flight.again.push_front(items);
            return Ok(());
        }
        let Some(mut item) = items.pop() else {
            return Ok(());
        };
        item.sends += 1;
        let bad = matches!(error, imap::Error::Refused { bad: true, .. });
        if (bad || trouble.kind == Kind::FlagsRefused) && !item.plain && !item.flags.is_empty() {
            let keep = |flag: &String| {
                ["\\Seen", "\\Answered", "\\Flagged", "\\Draft"].contains(&flag.as_str())
            };
            let (kept, lost): (Vec<_>, Vec<_>) = item.flags.drain(..).partition(keep);
            item.flags = kept;
            item.plain = true;
            if !lost.is_empty() {
                item.lost.push(format!("flags:{}", lost.join(",")));
                let (id, uidv, next) = (
                    self.job.folder.id,
                    self.job.folder.uid_validity,
                    self.flight().next,
                );
                let journal = &self.job.shared.request.journal;
                journal
                    .intend(id, uidv, self.job.target, next, vec![intent(&item)])
                    .await?;
                self.flight().again.push_front(vec![item]);
                return Ok(());
            }
        }
        if matches!(trouble.remedy, Remedy::Slower(_)) && item.sends < SENDS {
            tokio::time::sleep(Duration::from_millis(200 << item.sends)).await;
            self.flight().again.push_front(vec![item]);
            return Ok(());
        }
        if trouble.kind == Kind::TooLarge {
            self.job
                .shared
                .destination
                .too_large(item.parcel.digests.octets);
        }
        self.give_up(item.parcel.uid, Some(&item.parcel.body), trouble)
            .await
    }

    /// The message stays behind as an exception, with its octets saved where we have them.
    pub(super) async fn give_up(
        &self,
        uid: u32,
        body: Option<&Body>,
        trouble: Trouble,
    ) -> Result<(), Halt> {
        let job = self.job;
        let eml = match body {
            Some(body) => Some(keep::save(job, uid, body).map_err(|error| Halt::spool(&error))?),
            None => None,
        };
        let refusal = Refusal {
            uid,
            code: trouble.kind.key(),
            words: trouble.detail.clone(),
            eml,
        };
        let journal = &job.shared.request.journal;
        journal
            .exception(job.folder.id, job.folder.uid_validity, refusal)
            .await?;
        job.meter.add(Count::Exceptions, 1);
        tracing::warn!(
            "Message {uid} of '{}' in '{}' was not copied: {trouble}",
            job.folder.name.text(),
            job.login
        );
        let broad = matches!(
            trouble.kind,
            Kind::Refused | Kind::ServerError | Kind::Unreadable
        );
        job.shared.tell(Event::Exception {
            login: job.login.to_owned(),
            folder: job.folder.name.text(),
            uid,
            trouble,
        });
        let mut flight = self.flight();
        flight.failures += u32::from(broad);
        if flight.failures >= FAILURES {
            let words = format!("{FAILURES} in a row");
            return Err(Halt::Trouble(Trouble::new(
                Kind::TooManyFailures,
                job.folder.name.text(),
                words,
            )));
        }
        Ok(())
    }

    /// Flags and date as the destination can take them, and what is lost by it.
    pub(super) fn address(&self, parcel: Box<Parcel>) -> Item {
        let job = self.job;
        let keep_deleted = job.options.deleted != Deleted::Unmark;
        let translated = translate_flags(&parcel.flags, job.permanent.as_deref(), keep_deleted);
        let mut lost = Vec::new();
        if !translated.dropped.is_empty() {
            lost.push(format!("flags:{}", translated.dropped.join(",")));
        }
        let mut date = parcel.date.as_deref().and_then(message::internal_date);
        if date.is_none() {
            let found = keep::header(&parcel.body)
                .and_then(|header| message::fallback_date(header_of(&header)));
            let source = found
                .as_ref()
                .map_or_else(|| String::from("none"), |(_, source)| format!("{source:?}"));
            lost.push(format!("date:{}", source.to_lowercase()));
            date = found.map(|(date, _)| date);
        }
        let digests = parcel.digests;
        let odd = !digests.normal || parcel.attempts > 2;
        Item {
            flags: translated.keep,
            date,
            lost,
            alone: digests.octets == 0 || (self.shape.strict && odd),
            plain: false,
            sends: 0,
            parcel,
        }
    }
}

pub(super) fn intent(item: &Item) -> Intent {
    let digests = item.parcel.digests;
    Intent {
        uid: item.parcel.uid,
        size: digests.octets,
        sha256: digests.sha256.0,
        norm: (!digests.normal).then_some(digests.norm_sha256.0),
        date: item.date.clone(),
        flags: listing::flag_line(&item.parcel.flags),
        lost: (!item.lost.is_empty()).then(|| item.lost.join(" ")),
    }
}
