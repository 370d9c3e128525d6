//! The report for programs. Its schema stands at the head of `report`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::words::without_strangers;
use super::{AccountReport, Assurance, Report};
use crate::journal::{ExceptionRow, FolderSum, SetupRow, Tally};

/// The whole.
pub(super) fn report(report: &Report) -> Value {
    json!({
        "schema": 1,
        "program": concat!("traghetto ", env!("CARGO_PKG_VERSION")),
        "made_at": report.made_at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        "grade": report.grade,
        "zero_missing": report.zero_missing(),
        "missing": report.missing(),
        "findings": report.findings.iter().map(|finding| {
            let mut value = json!(finding);
            value["grade"] = json!(finding.grade());
            value
        }).collect::<Vec<_>>(),
        "plan": {
            "name": report.plan.name,
            "origin": report.plan.origin,
            "destination": report.plan.destination,
            "scope": report.plan.scope,
            "mailboxes": report.plan.mailboxes,
            "since": report.plan.since.map(|day| day.to_string()),
            "max_size": report.plan.max_size,
            "excluded_folders": report.plan.excluded_folders,
            "deleted": report.plan.deleted,
            "folder_choices": report.plan.folder_choices,
        },
        "assurance": assurance(report.assurance()),
        "totals": tally(&report.totals),
        "exceptions": report.exceptions,
        "approved": report.approved,
        "accounts": report.accounts.iter().map(|one| account(one, report)).collect::<Vec<_>>(),
    })
}

fn setup(row: &SetupRow) -> Value {
    json!({
        "state": row.state,
        "trouble": row.trouble,
        "detail": row.detail,
        "differences": serde_json::from_str::<Value>(&row.differences).unwrap_or_else(|_| json!([])),
        "password_set": row.password,
        "held": row.held.is_some(),
    })
}

fn account(account: &AccountReport, report: &Report) -> Value {
    let mut claim = assurance(account.assurance);
    let verification = account.verification.as_ref();
    claim["verified_at"] = json!(verification.and_then(|made| moment(made.at)));
    claim["seed"] = json!(verification.and_then(|made| made.seed.clone()));
    claim["reader"] = json!(verification.and_then(|made| made.reader.clone()));
    claim["fallbacks"] = json!(verification.map(|made| made.fallbacks));
    json!({
        "login": account.login,
        "destination_login": account.destination_login,
        "in_plan": account.in_plan,
        "selected": account.selected,
        "left_out": account.left_out,
        "phase": account.phase,
        "trouble": account.trouble,
        "detail": account.detail,
        "additional": account.additional,
        "setup": account.setup.as_ref().map(setup),
        "software": account.software,
        "started_at": account.started.and_then(moment),
        "finished_at": account.finished.and_then(moment),
        "assurance": claim,
        "totals": tally(&account.tally),
        "invariant": {
            "listed": account.invariant.listed,
            "states": account.invariant.states,
            "holds": account.invariant.holds,
        },
        "folders": account.folders.iter().map(folder).collect::<Vec<_>>(),
        "exceptions": account.exceptions.iter().map(|row| exception(row, report)).collect::<Vec<_>>(),
    })
}

fn folder(folder: &FolderSum) -> Value {
    json!({
        "origin": folder.name.text(),
        "destination": folder.target.as_ref().map(crate::imap::name::FolderName::text),
        "notes": folder.notes,
        "state": folder.state,
        "reason": folder.reason,
        "detail": folder.detail,
        "listed": folder.listed,
        "listed_at": folder.listed_at.and_then(moment),
        "closing": folder.closing,
        "totals": tally(&folder.tally),
        "absent": folder.absent,
    })
}

fn exception(row: &ExceptionRow, report: &Report) -> Value {
    json!({
        "folder": row.folder.text(),
        "uid_validity": row.uid_validity,
        "uid": row.uid,
        "size": row.size,
        "date": row.date,
        "sha256": row.sha256.map(hex),
        "code": row.code,
        "words": without_strangers(&row.words, report),
        "eml": row.eml,
        "approval": row.approval.as_ref().map(|approval| json!({
            "words": approval.words,
            "by": approval.by,
            "at": moment(approval.at),
        })),
    })
}

fn tally(tally: &Tally) -> Value {
    let mut value = json!(tally);
    value["total"] = json!(tally.total());
    value
}

fn assurance(claim: Assurance) -> Value {
    json!({
        "level": claim.level(),
        "copies": claim.copies(),
        "read": claim.read(),
        "bound": claim.bound(),
    })
}

/// A digest as people compare it.
pub(super) fn hex(digest: [u8; 32]) -> String {
    use std::fmt::Write as _;
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, octet| {
            let _ = write!(text, "{octet:02x}");
            text
        })
}

/// Milliseconds since 1970 as RFC 3339, in the zone of this machine.
fn moment(millis: i64) -> Option<String> {
    let time = Timestamp::from_millisecond(millis).ok()?;
    let time = time.to_zoned_datetime(TimeZone::system());
    Some(time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
