//! What a run and the journal say, in the shape this screen needs it.
//!
//! Promises: nothing is kept here and nothing is guessed that could be asked; what the engine does not tell yet is one
//! small function each. Percentages never claim more than was done: while folders or mailboxes have not been listed,
//! what is in them is estimated and counted as missing. Deliberately absent: words, pixels.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::engine::{Activity, MailboxRow, Pass, RunPhase};
use crate::trouble::Kind;
use crate::ui::running::Running;

/// An estimate is shown once the rate has had this long to settle.
const SETTLED: Duration = Duration::from_secs(30);

/// How the run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing goes on.
    Over,
    /// Folder, journal and passwords are being made ready.
    Preparing,
    Running,
    /// All who work wait for the network, until then.
    Offline(Option<Timestamp>),
    Pausing,
    Paused,
    /// Outside the hours of work, until then.
    Closed(Option<Timestamp>),
    /// Those in work go on to their end.
    Draining,
    Stopping,
    /// All is done; the journal is being asked.
    Finishing,
}

impl Phase {
    /// Whether it stands still because somebody said so.
    pub(super) fn is_paused(self) -> bool {
        matches!(self, Self::Paused | Self::Pausing)
    }
}

/// How the run stands; `over` as the screen was told.
pub(super) fn phase(running: Option<&Running>, over: bool) -> Phase {
    let Some(running) = running.filter(|_| !over) else {
        return Phase::Over;
    };
    if running.shown.pass.is_none() {
        return Phase::Preparing;
    }
    let snapshot = &running.shown.snapshot;
    match snapshot.phase {
        RunPhase::Running => offline(&snapshot.mailboxes).unwrap_or(Phase::Running),
        RunPhase::Pausing => Phase::Pausing,
        RunPhase::Paused => Phase::Paused,
        RunPhase::Stopping => Phase::Stopping,
        RunPhase::OutsideHours => Phase::Closed(snapshot.resumes_at),
        RunPhase::Draining => Phase::Draining,
        RunPhase::Ended => Phase::Finishing,
    }
}

fn offline(rows: &[MailboxRow]) -> Option<Phase> {
    let mut first = None;
    let mut waits = false;
    for row in rows.iter().filter(|row| is_working(row)) {
        let lost = row
            .trouble
            .as_ref()
            .is_some_and(|trouble| trouble.kind.is_network());
        if row.activity != Activity::Waiting || !lost {
            return None;
        }
        waits = true;
        first = [first, row.until].into_iter().flatten().min();
    }
    waits.then_some(Phase::Offline(first))
}

/// Whether the operator left it out of the run.
pub(super) fn is_skipped(row: &MailboxRow) -> bool {
    let kind = row.trouble.as_ref().map(|trouble| trouble.kind);
    row.activity == Activity::Stopped && kind == Some(Kind::Skipped)
}

/// The time left for what is listed, once it can be told.
fn remaining(running: &Running) -> Option<Duration> {
    let snapshot = &running.shown.snapshot;
    snapshot
        .remaining
        .filter(|_| snapshot.elapsed >= SETTLED || running.reach() < SETTLED)
}

/// Whether somebody works on it.
pub(super) fn is_working(row: &MailboxRow) -> bool {
    use Activity::{Copying, Listing, Preparing, Verifying, Waiting};
    matches!(
        row.activity,
        Preparing | Listing | Copying | Verifying | Waiting
    )
}

/// Whether it went through to its end.
pub(super) fn is_through(row: &MailboxRow) -> bool {
    matches!(row.activity, Activity::Done | Activity::DoneWithExceptions)
}

/// Whether it ended with something a person has to look at.
pub(super) fn is_wrong(row: &MailboxRow) -> bool {
    matches!(
        row.activity,
        Activity::Failed | Activity::DoneWithExceptions
    )
}

/// Whether there is work left that a further run would do.
pub(super) fn is_open(row: &MailboxRow) -> bool {
    !is_through(row) && !is_skipped(row)
}

/// How much there is of something, and how much of it is done.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Much {
    pub done: u64,
    pub of: u64,
    pub octets_done: u64,
    pub octets: u64,
    /// Whether `of` is all there is; else there is at least that much.
    pub whole: bool,
    /// From 0 to 1; 1 only when nothing is left.
    pub part: f32,
}

impl Much {
    /// In whole percent, rounded down; 100 only when nothing is left.
    pub(super) fn percent(self) -> u8 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 100"
        )]
        let percent = (self.part.clamp(0.0, 1.0) * 100.0) as u8;
        percent
    }
}

/// How far a mailbox is; `lanes` folders are worked on at once.
pub(super) fn much(row: &MailboxRow, lanes: u32) -> Much {
    let all_listed = row.folders > 0 && row.folders_done >= row.folders;
    let part = match (row.activity, estimate(row, lanes)) {
        (Activity::Done, _) => 1.0,
        (_, Some(of)) if of > 0.0 => ratio(row.done as f64, of).min(0.999),
        (_, _) => 0.0,
    };
    Much {
        done: row.done,
        of: row.listed,
        octets_done: row.octets_done,
        octets: row.octets_listed,
        whole: is_through(row) || all_listed,
        part,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a part of a bar")]
fn ratio(part: f64, whole: f64) -> f32 {
    (part / whole.max(1.0)).clamp(0.0, 1.0) as f32
}

/// How many messages a mailbox may hold, judging by the folders that have been listed.
fn estimate(row: &MailboxRow, lanes: u32) -> Option<f64> {
    let listed = row.listed as f64;
    if is_through(row) || (row.folders > 0 && row.folders_done >= row.folders) {
        return Some(listed);
    }
    if row.folders == 0 || row.listed == 0 {
        return None;
    }
    let begun = (row.folders_done + u64::from(lanes)).clamp(1, row.folders);
    Some(listed * row.folders as f64 / begun as f64)
}

/// How far all of them are.
pub(super) fn total(rows: &[MailboxRow], running: Option<&Running>, lanes: u32) -> Much {
    let mut all = Much {
        whole: true,
        ..Much::default()
    };
    let (mut sum, mut told) = (0.0, 0_u64);
    for row in rows {
        let one = much(row, lanes);
        all.done += one.done;
        all.of += one.of;
        all.octets_done += one.octets_done;
        all.octets += one.octets;
        all.whole &= one.whole;
        if let Some(of) = estimate(row, lanes) {
            sum += of;
            told += 1;
        }
    }
    let mut of = if told == 0 {
        0.0
    } else {
        sum * rows.len() as f64 / told as f64
    };
    // What was counted before, by the pre-flight check or by the sample servers.
    let foreseen = running.map(|running| running.shown.expected);
    if let Some((messages, octets)) = foreseen.filter(|(messages, _)| *messages > 0) {
        all.of = all.of.max(messages);
        all.octets = all.octets.max(octets);
        all.whole = true;
        of = all.of as f64;
    }
    let finished = !rows.is_empty() && rows.iter().all(|row| row.activity == Activity::Done);
    all.part = if finished {
        1.0
    } else if of > 0.0 {
        ratio(all.done as f64, of).min(0.999)
    } else {
        0.0
    };
    all
}

/// The time left for all there is, judging by the time left for what is listed.
pub(super) fn left(running: &Running, total: Much) -> Option<Duration> {
    let known = remaining(running)?;
    let snapshot = &running.shown.snapshot.total;
    let listed = snapshot.listed.saturating_sub(snapshot.done) as f64;
    let all = f64::from(total.part);
    if all <= 0.0 || listed <= 0.0 {
        return Some(known);
    }
    let missing = snapshot.done as f64 / all - snapshot.done as f64;
    Duration::try_from_secs_f64(known.as_secs_f64() * (missing / listed).max(1.0)).ok()
}

/// How long those in work may take to their end, by the present rate.
pub(super) fn until_drained(
    rows: &[MailboxRow],
    running: &Running,
    lanes: u32,
) -> Option<Duration> {
    let rate = running.shown.snapshot.message_rate;
    let missing: f64 = rows
        .iter()
        .filter(|row| is_working(row))
        .map(|row| estimate(row, lanes).map_or(0.0, |of| (of - row.done as f64).max(0.0)))
        .sum();
    if rate <= 0.0 || missing <= 0.0 {
        return None;
    }
    Duration::try_from_secs_f64(missing / rate).ok()
}

/// The rows of all accounts: those of the run, over what was known of those it leaves out.
pub(super) fn rows(
    past: Option<&Arc<[MailboxRow]>>,
    running: Option<&Running>,
) -> Arc<[MailboxRow]> {
    let now = running.map(|running| &running.shown.snapshot.mailboxes);
    match (past, now) {
        (None, None) => Arc::default(),
        (Some(past), None) => past.clone(),
        (Some(past), Some(now)) if now.is_empty() => past.clone(),
        (None, Some(now)) => now.clone(),
        (Some(past), Some(now)) if now.len() >= past.len() => now.clone(),
        (Some(past), Some(now)) => {
            let mut fresh: HashMap<&str, &MailboxRow> =
                now.iter().map(|row| (row.login.as_str(), row)).collect();
            let mut rows: Vec<MailboxRow> = past
                .iter()
                .map(|old| fresh.remove(old.login.as_str()).unwrap_or(old).clone())
                .collect();
            let new = now
                .iter()
                .filter(|row| fresh.contains_key(row.login.as_str()));
            rows.extend(new.cloned());
            rows.into()
        }
    }
}

/// Whether the pass copies messages: it is followed here.
pub(super) fn is_copy(running: &Running) -> bool {
    matches!(running.shown.pass, None | Some(Pass::Copy))
}
