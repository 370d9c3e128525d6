//! How far a pass is, of what the engine says at the moment (pure).

use std::collections::HashMap;

use crate::engine::{Activity, MailboxRow, Snapshot};

/// From 0 to 1: each mailbox counts as much as it holds, as far as that is known.
pub fn part(snapshot: &Snapshot, weights: &HashMap<String, u64>) -> f32 {
    let (mut whole, mut done) = (0.0, 0.0);
    for row in snapshot.mailboxes.iter() {
        let known = weights.get(&row.login).copied().unwrap_or(0);
        let weight = known.max(row.listed).max(1) as f64;
        whole += weight;
        done += weight * of_mailbox(row);
    }
    if whole <= 0.0 {
        return 0.0;
    }
    #[allow(clippy::cast_possible_truncation, reason = "a part of a bar")]
    let part = (done / whole).clamp(0.0, 1.0) as f32;
    // What is not over is not whole, however little is left.
    if snapshot.mailboxes.iter().all(is_over) {
        part
    } else {
        part.min(0.999)
    }
}

/// From 0 to 1.
pub fn of_mailbox(row: &MailboxRow) -> f64 {
    if is_over(row) {
        return 1.0;
    }
    if row.listed == 0 {
        return 0.0;
    }
    ((row.done + row.exceptions) as f64 / row.listed as f64).min(0.999)
}

/// Whether a mailbox has ended, one way or another.
pub fn is_over(row: &MailboxRow) -> bool {
    matches!(
        row.activity,
        Activity::Done | Activity::DoneWithExceptions | Activity::Failed | Activity::Stopped
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(login: &str, activity: Activity, listed: u64, done: u64) -> MailboxRow {
        MailboxRow {
            login: login.into(),
            activity,
            listed,
            done,
            ..MailboxRow::default()
        }
    }

    fn snapshot(rows: Vec<MailboxRow>) -> Snapshot {
        Snapshot {
            mailboxes: rows.into(),
            ..Snapshot::default()
        }
    }

    #[test]
    fn a_large_mailbox_counts_for_more_even_before_it_is_read() {
        let rows = vec![
            row("small", Activity::Done, 10, 10),
            row("large", Activity::Queued, 0, 0),
        ];
        let weights = [("small".into(), 10), ("large".into(), 990)].into();
        assert!((part(&snapshot(rows), &weights) - 0.01).abs() < 1e-6);
    }

    #[test]
    fn it_is_whole_only_when_all_are_over() {
        let nearly = vec![row("a", Activity::Verifying, 5, 5)];
        assert!(part(&snapshot(nearly), &HashMap::new()) < 1.0);
        let over = vec![row("a", Activity::Failed, 5, 1)];
        assert!((part(&snapshot(over), &HashMap::new()) - 1.0).abs() < 1e-6);
        assert!(part(&Snapshot::default(), &HashMap::new()).abs() < 1e-6);
    }
}
