//! `exceptions`: what has no copy, and a person's word that it may stay so.
//!
//! Promises: nothing is approved without a note and a name; what is approved stays missing, here and in the report.

use clap::ArgMatches;
use serde_json::json;

use super::fail::{self, Failure};
use super::{Exit, args, lines, out, report, run};
use crate::i18n::{self, Words};
use crate::journal::{ExceptionRow, Journal, LedgerFilter};
use crate::plan::Plan;
use crate::project;
use crate::t;

/// Stands for every line of the ledger.
const ALL: &str = "all";

/// Lists, approves, takes back.
pub(super) fn exceptions(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let plan = project.load()?;
    let journal = report::journal(&project)?;
    let approve = args::texts(matches, args::APPROVE);
    let withdraw = args::texts(matches, args::WITHDRAW);
    let order = match (approve.is_empty(), withdraw.is_empty()) {
        (true, true) => None,
        (false, true) => Some((approve, Some(note(matches)?))),
        (true, false) => Some((withdraw, None)),
        (false, false) => return Err(Failure::usage(t!("cli-exceptions-both"))),
    };
    let only = run::only(&plan, matches)?;
    let by = args::text(matches, args::BY).map_or_else(project::person, |by| Some(by.to_owned()));
    super::runtime()?.block_on(async {
        let rows = rows(&journal, &plan, &only).await?;
        match order {
            None => show(&rows, matches.get_flag(args::JSON)),
            Some((keys, note)) => {
                let by = by.ok_or_else(|| Failure::usage(t!("cli-exceptions-no-name")))?;
                change(&journal, &rows, &keys, note, &by).await?;
            }
        }
        Ok(Exit::Good)
    })
}

/// What the person says of it.
fn note(matches: &ArgMatches) -> Result<String, Failure> {
    let note = args::text(matches, args::NOTE).map(str::trim);
    note.filter(|note| !note.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::usage(t!("cli-exceptions-no-note")).remedy(t!("cli-exceptions-no-note-remedy"))
        })
}

async fn rows(
    journal: &Journal,
    plan: &Plan,
    only: &[String],
) -> Result<Vec<ExceptionRow>, Failure> {
    let all = LedgerFilter::default();
    let (mut rows, _) = journal.exceptions_page(all, 0, u32::MAX).await?;
    rows.retain(|row| run::is_asked(plan, only, &row.account));
    Ok(rows)
}

/// What a line is called when it is approved: short, and the same until the folder is numbered anew.
fn key(row: &ExceptionRow) -> String {
    format!("{}.{}", row.folder_id, row.uid)
}

fn show(rows: &[ExceptionRow], json: bool) {
    let words = Words::current();
    for row in rows {
        if json {
            out::line(&json_of(row).to_string());
            continue;
        }
        out::line(&t!(
            "cli-exceptions-line",
            key = key(row),
            login = row.account.as_str(),
            folder = out::tame(&row.folder.text()),
            size = words.size(row.size),
            what = fail::words_of(&row.code).0,
            code = row.code.as_str(),
        ));
        let saved = row.eml.as_deref().unwrap_or_default();
        for more in [row.words.as_str(), saved] {
            if !more.trim().is_empty() {
                out::line(&format!("    {}", out::tame(more)));
            }
        }
        if let Some(approval) = &row.approval {
            let text = t!(
                "cli-exceptions-approved",
                by = approval.by.as_str(),
                when = lines::moment(jiff::Timestamp::from_millisecond(approval.at).ok()),
                note = approval.words.as_str(),
            );
            out::line(&format!(
                "    {}",
                out::ink(out::Ink::Green, &out::tame(&text))
            ));
        }
    }
    if !json {
        let approved = rows.iter().filter(|row| row.approval.is_some()).count();
        out::note(&t!(
            "cli-exceptions-count",
            count = rows.len(),
            number = i18n::number(rows.len() as u64),
            approved = i18n::number(approved as u64),
        ));
    }
}

fn json_of(row: &ExceptionRow) -> serde_json::Value {
    let approval = row.approval.as_ref().map(|approval| {
        let at = jiff::Timestamp::from_millisecond(approval.at).ok();
        let at = at.map(|at| at.to_string());
        json!({ "words": approval.words, "by": approval.by, "at": at })
    });
    json!({
        "key": key(row),
        "account": row.account,
        "folder": row.folder.text(),
        "uid_validity": row.uid_validity,
        "uid": row.uid,
        "size": row.size,
        "date": row.date,
        "code": row.code,
        "words": row.words,
        "eml": row.eml,
        "approval": approval,
    })
}

/// Approves with a note, or takes back without one.
async fn change(
    journal: &Journal,
    rows: &[ExceptionRow],
    keys: &[&str],
    note: Option<String>,
    by: &str,
) -> Result<(), Failure> {
    let is = |row: &ExceptionRow, wanted: &str| {
        wanted == ALL || wanted == row.code || wanted == key(row)
    };
    // All of them are looked at before anything is written.
    for wanted in keys {
        if !rows.iter().any(|row| is(row, wanted)) {
            return Err(Failure::usage(t!("cli-exceptions-unknown", key = *wanted))
                .remedy(t!("cli-exceptions-unknown-remedy")));
        }
    }
    let (mut done, by) = (0_u64, by.to_owned());
    for row in rows
        .iter()
        .filter(|row| keys.iter().any(|wanted| is(row, wanted)))
    {
        let (folder, uidv, uid) = (row.folder_id, row.uid_validity, row.uid);
        done += u64::from(match &note {
            Some(note) => {
                let (note, by) = (note.clone(), by.clone());
                journal.approve(folder, uidv, uid, note, by).await?
            }
            None => journal.withdraw(folder, uidv, uid, by.clone()).await?,
        });
    }
    let number = i18n::number(done);
    out::line(&match note {
        Some(_) => t!("cli-exceptions-done", count = done, number = number),
        None => t!("cli-exceptions-undone", count = done, number = number),
    });
    Ok(())
}
