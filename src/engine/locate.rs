//! Finds copies at the destination: of messages whose fate is unknown, and of messages that were there already.
//!
//! Promises (field.md E4): a message whose fate is unknown is looked for before it is sent again, and only after the
//! server had time to finish what a lost connection had delivered; a match is by content, never by headers; each
//! message of the destination is matched once. Deliberately absent: deleting anything.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::control::Brake;
use super::copy::{Adoptable, Halt, Job};
use super::message::{Class, Digester, Digests, classify};
use super::progress::Count;
use crate::imap::destination::{Copy, Destination};
use crate::imap::origin::{Fetched, Origin, sets};
use crate::imap::session::Opened;
use crate::imap::{self};
use crate::journal::{Acked, Refusal, Suspect};
use crate::trouble::{Kind, Trouble};

/// Octets a second at which what is still on its way to the server is taken to arrive.
const SLOW_LINE: u64 = 512 << 10;
/// Pause between two looks for a message that has not turned up.
const LOOK_AGAIN: Duration = Duration::from_millis(150);
/// Largest message compared in full in memory, in octets.
const COMPARED: u64 = 32 << 20;
/// Key of what was learned of the destination, in the journal.
pub(crate) const LEARNED: &str = "learned-headers";

/// Decides what became of every message of the folder whose fate is unknown.
pub(crate) async fn settle_suspects(
    job: &Job<'_>,
    origin: &mut Origin,
    destination: &mut Destination,
    opened: &Opened,
) -> Result<(), Halt> {
    let journal = &job.shared.request.journal;
    let (id, uidv) = (job.folder.id, job.folder.uid_validity);
    let mut suspects = journal.suspects(id, uidv).await?;
    if suspects.is_empty() {
        return Ok(());
    }
    tracing::info!(
        "Looking for {} messages of '{}' that may have arrived already",
        suspects.len(),
        job.folder.name.text()
    );
    let mut learned = learned(job).await?;
    let first = suspects
        .iter()
        .map(|suspect| suspect.dst_next)
        .min()
        .unwrap_or(1);
    let mut known: BTreeMap<u32, Digests> = BTreeMap::new();
    loop {
        let unclaimed = unclaimed(job, destination, first, opened.exists).await?;
        let sizes: BTreeSet<u64> = suspects.iter().map(|suspect| suspect.size).collect();
        let near: Vec<Copy> = unclaimed
            .into_iter()
            .filter(|copy| has_near(&sizes, copy.size))
            .collect();
        let fresh: Vec<u32> = near
            .iter()
            .map(|copy| copy.uid)
            .filter(|uid| !known.contains_key(uid))
            .collect();
        digest_bodies(job.brake, destination, &fresh, &learned, &mut known).await?;
        let mut adoptable = Adoptable::default();
        for copy in &near {
            if let Some(digests) = known.get(&copy.uid) {
                adoptable.add(copy.uid, digests);
            }
        }
        let (mut found, mut fresh) = (Vec::new(), 0);
        suspects.retain(|suspect| {
            let (Some(sha256), Some(norm)) = (&suspect.sha256, &suspect.norm) else {
                return true;
            };
            let Some(copy) = adoptable.take(sha256, norm, suspect.dst_next) else {
                return true;
            };
            found.push(Acked {
                uid: suspect.uid,
                copy: Some(copy),
            });
            // What was confirmed is counted already.
            fresh += u64::from(!suspect.confirmed);
            false
        });
        settle_found(job, found, fresh).await?;
        if suspects.is_empty() {
            return Ok(());
        }
        if let Some(added) = learn(job, origin, destination, &suspects, &near, &learned).await? {
            learned.extend(added);
            journal.remember(LEARNED, learned.join(" ")).await?;
            known.clear();
            continue;
        }
        if !is_unsettled(&suspects, job.options.settle_seconds) {
            break;
        }
        job.brake.check().await?;
        tokio::time::sleep(LOOK_AGAIN).await;
        destination.noop().await?;
    }
    give_back(job, suspects).await
}

/// What the unknown fate of these turned out to be: they are there.
async fn settle_found(job: &Job<'_>, found: Vec<Acked>, fresh: u64) -> Result<(), Halt> {
    if found.is_empty() {
        return Ok(());
    }
    job.meter.add(Count::Done, fresh);
    job.meter.add(Count::Present, fresh);
    let journal = &job.shared.request.journal;
    let (id, uidv) = (job.folder.id, job.folder.uid_validity);
    journal
        .adopted(id, uidv, job.target, job.validity, found)
        .await?;
    Ok(())
}

/// What was not found: to be copied again, unless the destination had confirmed it.
async fn give_back(job: &Job<'_>, suspects: Vec<Suspect>) -> Result<(), Halt> {
    let journal = &job.shared.request.journal;
    let (id, uidv) = (job.folder.id, job.folder.uid_validity);
    let (confirmed, lost): (Vec<_>, Vec<_>) =
        suspects.into_iter().partition(|suspect| suspect.confirmed);
    for suspect in confirmed {
        let refusal = Refusal {
            uid: suspect.uid,
            code: Kind::CopyMissing.key(),
            words: String::from("confirmed by the destination, but not found in the folder"),
            eml: None,
        };
        journal.exception(id, uidv, refusal).await?;
        job.meter.add(Count::Exceptions, 1);
        job.meter.take(Count::Done, 1);
    }
    journal
        .replan(
            id,
            uidv,
            lost.into_iter().map(|suspect| suspect.uid).collect(),
        )
        .await?;
    Ok(())
}

/// Messages of the destination folder that were there before us and could be copies of what is planned.
pub(crate) async fn adoptable(
    job: &Job<'_>,
    destination: &mut Destination,
    opened: &Opened,
) -> Result<Adoptable, Halt> {
    let mut adoptable = Adoptable::default();
    let journal = &job.shared.request.journal;
    if opened.exists == 0 {
        return Ok(adoptable);
    }
    let claims = journal.claims(job.target, job.validity).await?;
    if claims.len() as u64 == opened.exists {
        return Ok(adoptable);
    }
    drop(claims);
    let unclaimed = unclaimed(job, destination, 1, opened.exists).await?;
    if unclaimed.is_empty() {
        return Ok(adoptable);
    }
    let sizes = planned_sizes(job).await?;
    let near: Vec<u32> = unclaimed
        .iter()
        .filter(|copy| has_near(&sizes, copy.size))
        .map(|copy| copy.uid)
        .collect();
    if near.is_empty() {
        return Ok(adoptable);
    }
    tracing::info!(
        "Comparing {} messages that are in '{}' at the destination already",
        near.len(),
        job.target_name.text()
    );
    let learned = learned(job).await?;
    let mut known = BTreeMap::new();
    digest_bodies(job.brake, destination, &near, &learned, &mut known).await?;
    for (uid, digests) in &known {
        adoptable.add(*uid, digests);
    }
    Ok(adoptable)
}

async fn planned_sizes(job: &Job<'_>) -> Result<BTreeSet<u64>, Halt> {
    let journal = &job.shared.request.journal;
    let (mut sizes, mut after) = (BTreeSet::new(), 0);
    loop {
        let page = journal
            .planned(job.folder.id, job.folder.uid_validity, after, 5_000)
            .await?;
        let Some(last) = page.last() else {
            return Ok(sizes);
        };
        after = last.uid;
        sizes.extend(page.iter().map(|row| row.claimed));
    }
}

/// Headers this destination is known to add.
async fn learned(job: &Job<'_>) -> Result<Vec<String>, Halt> {
    let words = job
        .shared
        .request
        .journal
        .recall(LEARNED)
        .await?
        .unwrap_or_default();
    Ok(words.split_ascii_whitespace().map(str::to_owned).collect())
}

async fn unclaimed(
    job: &Job<'_>,
    destination: &mut Destination,
    first: u32,
    exists: u64,
) -> Result<Vec<Copy>, Halt> {
    let mut copies = Vec::new();
    for set in windows(job, destination, first).await? {
        match destination.copies(&set).await {
            Ok(some) => copies.extend(some),
            Err(imap::Error::Refused { .. }) if exists == 0 => {}
            Err(other) => return Err(other.into()),
        }
    }
    let claims = job
        .shared
        .request
        .journal
        .claims(job.target, job.validity)
        .await?;
    copies.retain(|copy| copy.uid >= first && claims.binary_search(&copy.uid).is_err());
    Ok(copies)
}

/// The sets that list everything from `first` on: one, unless the server touches only so many messages at once.
async fn windows(
    job: &Job<'_>,
    destination: &mut Destination,
    first: u32,
) -> Result<Vec<String>, Halt> {
    let Some(limit) = destination.session().capabilities().message_limit() else {
        return Ok(vec![format!("{first}:*")]);
    };
    let end = destination
        .status(&job.target_name)
        .await?
        .uid_next
        .max(first);
    let mut sets = Vec::new();
    let mut from = first;
    while from <= end {
        let to = from.saturating_add(limit.max(1) - 1);
        sets.push(format!("{from}:{to}"));
        from = to.saturating_add(1);
    }
    Ok(sets)
}

/// Reads copies from the open folder and digests them, without keeping them. What does not come is asked for once
/// more, alone; a copy that is listed and not given is an error: taking it for absent could copy a message twice.
pub(super) async fn digest_bodies(
    brake: &Brake,
    destination: &mut Destination,
    uids: &[u32],
    learned: &[String],
    known: &mut BTreeMap<u32, Digests>,
) -> Result<(), Halt> {
    let limit = destination.session().capabilities().message_limit();
    for some in uids.chunks(limit.map_or(500, |limit| limit.max(1) as usize)) {
        for set in sets(some, 900) {
            brake.check().await?;
            let _ = digest_set(destination, &set, learned, known).await?;
        }
        let missing: Vec<u32> = some
            .iter()
            .copied()
            .filter(|uid| !known.contains_key(uid))
            .collect();
        for uid in missing {
            let set = uid.to_string();
            if let Some(error) = digest_set(destination, &set, learned, known).await? {
                return Err(error.into());
            }
            if !known.contains_key(&uid) && !destination.copies(&set).await?.is_empty() {
                let words = format!("UID {uid} is listed and not given");
                let trouble = Trouble::new(Kind::ServerError, "destination", words);
                return Err(Halt::Trouble(trouble));
            }
        }
    }
    Ok(())
}

/// One set; the refusal, if it was refused after whatever it gave.
async fn digest_set(
    destination: &mut Destination,
    set: &str,
    learned: &[String],
    known: &mut BTreeMap<u32, Digests>,
) -> Result<Option<imap::Error>, Halt> {
    let _ = destination.request_bodies(set).await?;
    let mut digests = None;
    loop {
        match destination.next_fetched().await? {
            Fetched::Body(_) => {
                let mut digester = Digester::new(learned);
                while let Some(chunk) = destination.chunk().await? {
                    digester.update(chunk);
                }
                digests = Some(digester.finish());
            }
            Fetched::Row(row) => {
                let spooled = digests.take().filter(|_| row.inline.is_some());
                let inline = row
                    .inline
                    .map(|octets| super::message::digest(&octets, learned));
                if let (Some(uid), Some(digests)) = (row.uid, spooled.or(inline)) {
                    let _ = known.insert(uid, digests);
                }
            }
            Fetched::Unknown => digests = None,
            Fetched::Done { .. } => return Ok(None),
            Fetched::Refused { error, .. } => return Ok(Some(error)),
        }
    }
}

/// Whether the destination adds headers: compares one message without a match with the candidate nearest in size,
/// in full. Answers names not known before.
async fn learn(
    job: &Job<'_>,
    origin: &mut Origin,
    destination: &mut Destination,
    suspects: &[Suspect],
    near: &[Copy],
    learned: &[String],
) -> Result<Option<Vec<String>>, Halt> {
    let claims = job
        .shared
        .request
        .journal
        .claims(job.target, job.validity)
        .await?;
    for suspect in suspects.iter().take(3) {
        let candidate = near
            .iter()
            .filter(|copy| {
                is_near(suspect.size, copy.size) && claims.binary_search(&copy.uid).is_err()
            })
            .filter(|copy| copy.size > suspect.size && copy.size <= COMPARED)
            .min_by_key(|copy| copy.size.abs_diff(suspect.size));
        let Some(candidate) = candidate else { continue };
        let Some(original) = origin.whole(suspect.uid).await? else {
            continue;
        };
        let Some(copy) = destination.whole(candidate.uid).await? else {
            continue;
        };
        let comparison = classify(&original, &copy, learned);
        let fresh: Vec<String> = comparison
            .added
            .into_iter()
            .filter(|name| !learned.iter().any(|known| known.eq_ignore_ascii_case(name)))
            .collect();
        if comparison.class == Class::H && !fresh.is_empty() {
            tracing::info!("This destination adds headers: {}", fresh.join(", "));
            return Ok(Some(fresh));
        }
    }
    Ok(None)
}

/// Whether the server may still be at work on what a lost connection had delivered.
fn is_unsettled(suspects: &[Suspect], settle_seconds: u32) -> bool {
    let octets: u64 = suspects.iter().map(|suspect| suspect.size).sum();
    let grace = 1_000 * (u64::from(settle_seconds) + (octets / SLOW_LINE).min(600));
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    suspects
        .iter()
        .filter(|suspect| !suspect.confirmed || suspect.sha256.is_some())
        .any(|suspect| now < u128::from(suspect.left.unsigned_abs() + grace))
}

fn bounds(size: u64) -> (u64, u64) {
    let slack = size / 50 + 2_048;
    (size.saturating_sub(slack), size + slack)
}

pub(super) fn is_near(size: u64, other: u64) -> bool {
    let (least, most) = bounds(size);
    (least..=most).contains(&other)
}

fn has_near(sizes: &BTreeSet<u64>, size: u64) -> bool {
    let (least, most) = bounds(size);
    sizes.range(least..=most).next().is_some()
}
