//! What scripts read: one object for each event of a run. The names of the fields never change.

use serde_json::{Map, Value, json};

use crate::engine::{Event, Outcome, Pass, Prepared, Snapshot};
use crate::trouble::Trouble;

/// The word for a pass.
pub(super) fn pass(pass: Pass) -> &'static str {
    match pass {
        Pass::Accounts => "accounts",
        Pass::Copy => "copy",
        Pass::Complete => "complete",
        Pass::Verify(_) => "verify",
    }
}

/// The word for what came of preparing an account.
pub(super) fn prepared(prepared: &Prepared) -> &'static str {
    match prepared {
        Prepared::Created => "created",
        Prepared::Completed => "completed",
        Prepared::Existed(_) => "existed",
        Prepared::PasswordSet => "password_set",
        Prepared::Unchanged => "unchanged",
        Prepared::WouldCreate => "would_create",
        Prepared::WouldComplete => "would_complete",
        Prepared::WouldSetPassword => "would_set_password",
    }
}

/// What went wrong.
pub(super) fn trouble(trouble: &Trouble) -> Value {
    json!({ "kind": trouble.kind, "subject": trouble.subject, "detail": trouble.detail })
}

/// A rare thing.
pub(super) fn event(event: &Event) -> Value {
    match event {
        Event::MailboxStarted { login } => json!({ "event": "mailbox_started", "account": login }),
        Event::AccountPrepared { login, prepared } => {
            let differences = match prepared {
                Prepared::Existed(differences) => json!(differences),
                _ => Value::Null,
            };
            json!({
                "event": "account_prepared", "account": login, "result": self::prepared(prepared),
                "differences": differences,
            })
        }
        Event::NotReleased {
            login,
            trouble: why,
        } => {
            json!({ "event": "not_released", "account": login, "trouble": trouble(why) })
        }
        Event::NoMigrationAccount { trouble: why } => {
            json!({ "event": "no_migration_account", "trouble": trouble(why) })
        }
        Event::AfterFailed {
            login,
            stops,
            trouble: why,
        } => {
            json!({ "event": "after_failed", "account": login, "stops": stops, "trouble": trouble(why) })
        }
        Event::FolderDone {
            login,
            folder,
            target,
            copied,
        } => json!({
            "event": "folder_done", "account": login, "folder": folder, "target": target, "copied": copied,
        }),
        Event::FolderFailed {
            login,
            folder,
            trouble: why,
        } => {
            json!({ "event": "folder_failed", "account": login, "folder": folder, "trouble": trouble(why) })
        }
        Event::Exception {
            login,
            folder,
            uid,
            trouble: why,
        } => json!({
            "event": "exception", "account": login, "folder": folder, "uid": uid, "trouble": trouble(why),
        }),
        Event::Waiting {
            login,
            pause,
            trouble: why,
        } => json!({
            "event": "waiting", "account": login, "seconds": pause.as_secs_f64(), "trouble": trouble(why),
        }),
        Event::OutsideHours { until } => {
            json!({ "event": "outside_hours", "until": until.map(|time| time.to_string()) })
        }
        Event::WithinHours => json!({ "event": "within_hours" }),
        Event::MailboxDone {
            login,
            copied,
            exceptions,
        } => {
            json!({ "event": "mailbox_done", "account": login, "copied": copied, "exceptions": exceptions })
        }
        Event::MailboxFailed {
            login,
            trouble: why,
        } => {
            json!({ "event": "mailbox_failed", "account": login, "trouble": trouble(why) })
        }
    }
}

/// How far it is.
pub(super) fn progress(snapshot: &Snapshot) -> Value {
    let total = &snapshot.total;
    let mut activities = Map::new();
    for row in snapshot.mailboxes.iter() {
        if let Ok(Value::String(name)) = serde_json::to_value(row.activity) {
            let count = activities.get(&name).and_then(Value::as_u64).unwrap_or(0) + 1;
            let _ = activities.insert(name, json!(count));
        }
    }
    json!({
        "event": "progress",
        "phase": snapshot.phase,
        "resumes_at": snapshot.resumes_at.map(|time| time.to_string()),
        "seconds": snapshot.elapsed.as_secs_f64(),
        "mailboxes": activities,
        "folders": total.folders,
        "folders_done": total.folders_done,
        "listed": total.listed,
        "done": total.done,
        "copied": total.copied,
        "exceptions": total.exceptions,
        "present": total.present,
        "excluded": total.excluded,
        "gone": total.gone,
        "octets_listed": total.octets_listed,
        "octets_done": total.octets_done,
        "octets_copied": total.octets_copied,
        "message_rate": snapshot.message_rate,
        "octet_rate": snapshot.octet_rate,
        "remaining": snapshot.remaining.map(|left| left.as_secs_f64()),
    })
}

/// The last word of a run.
pub(super) fn ended(order: Pass, dry_run: bool, outcome: &Outcome, snapshot: &Snapshot) -> Value {
    let failed: Vec<_> = outcome
        .failed
        .iter()
        .map(|(login, why)| json!({ "account": login, "trouble": trouble(why) }))
        .collect();
    json!({
        "event": "ended",
        "pass": pass(order),
        "dry_run": dry_run,
        "finished": outcome.finished,
        "failed": failed,
        "failed_folders": outcome.failed_folders,
        "copied": outcome.copied,
        "exceptions": outcome.exceptions,
        "stopped": outcome.stopped,
        "seconds": snapshot.elapsed.as_secs_f64(),
    })
}
