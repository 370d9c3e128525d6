//! What the journal knows of a migration that is not running here: rows as the last run left them.

use std::sync::Arc;

use jiff::Timestamp;

use crate::engine::{Activity, MailboxRow};
use crate::journal::{AccountRow, Error, FolderState, FolderSum, Journal, Phase, State};
use crate::plan::Plan;
use crate::project::Project;
use crate::trouble::{Kind, Trouble};

/// The rows, and when something was done last.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    pub rows: Arc<[MailboxRow]>,
    pub begun: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

/// Reads it; without a journal nothing has been done yet.
pub(super) async fn look(project: Project, plan: Plan) -> Result<Past, String> {
    match open(project).await? {
        Some(journal) => read(&journal, &plan)
            .await
            .map_err(|error| error.to_string()),
        None => Ok(Past {
            rows: plan
                .jobs
                .iter()
                .filter(|job| job.selected)
                .map(|job| queued(&job.login))
                .collect(),
            ..Past::default()
        }),
    }
}

/// The journal, where there is one; asks the disk.
pub(super) async fn open(project: Project) -> Result<Option<Journal>, String> {
    let opening = move || {
        let file = project.journal_file();
        if !file.exists() {
            return Ok(None);
        }
        Journal::open_existing(&file).map(Some)
    };
    match tokio::task::spawn_blocking(opening).await {
        Ok(opened) => opened.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

async fn read(journal: &Journal, plan: &Plan) -> Result<Past, Error> {
    let mut known: std::collections::HashMap<String, AccountRow> = journal
        .accounts()
        .await?
        .into_iter()
        .map(|row| (row.login.clone(), row))
        .collect();
    let mut past = Past::default();
    let mut rows = Vec::with_capacity(plan.jobs.len());
    for job in &plan.jobs {
        let Some(account) = known.remove(&job.login) else {
            if job.selected {
                rows.push(queued(&job.login));
            }
            continue;
        };
        let time = |ms: Option<i64>| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let (started, finished) = (time(account.started), time(account.finished));
        past.begun = [past.begun, started].into_iter().flatten().min();
        past.last = past.last.max(started).max(finished);
        let sums = journal.folder_sums(account.id).await?;
        rows.push(row(&account, &sums));
    }
    past.rows = rows.into();
    Ok(past)
}

fn queued(login: &str) -> MailboxRow {
    MailboxRow {
        login: login.to_owned(),
        ..MailboxRow::default()
    }
}

/// States in which a message needs no more work.
pub(super) const DONE: [State; 6] = [
    State::Acked,
    State::Verified,
    State::Adopted,
    State::Merged,
    State::Gone,
    State::Excluded,
];

fn row(account: &AccountRow, sums: &[FolderSum]) -> MailboxRow {
    let mut row = queued(&account.login);
    let mut failed_folders = 0;
    for sum in sums.iter().filter(|sum| sum.state != FolderState::Excluded) {
        row.folders += 1;
        row.listed += sum.tally.total();
        row.done += sum.tally.of(&DONE);
        row.exceptions += sum.tally.of(&[State::Exception]);
        row.present += sum.tally.of(&[State::Adopted, State::Merged]);
        row.excluded += sum.tally.of(&[State::Excluded]);
        row.gone += sum.tally.of(&[State::Gone]);
        row.octets_listed += sum.tally.total_octets();
        row.octets_done += DONE
            .iter()
            .filter_map(|state| sum.tally.octets.get(state))
            .sum::<u64>();
        let open = sum.tally.of(&[State::Planned, State::InFlight]) > 0;
        if sum.listed.is_some() && !open && sum.state != FolderState::Failed {
            row.folders_done += 1;
        } else {
            failed_folders += 1;
        }
    }
    row.trouble = account.trouble.as_deref().map(|kind| {
        let kind = Kind::of_key(kind).unwrap_or(Kind::Refused);
        Trouble::new(
            kind,
            &account.login,
            account.detail.clone().unwrap_or_default(),
        )
    });
    row.activity = match account.phase {
        Phase::Waiting => Activity::Queued,
        // Nobody said that it ended: the program did before it could.
        Phase::Copying => Activity::Stopped,
        Phase::Copied | Phase::Completed if row.exceptions + failed_folders > 0 => {
            Activity::DoneWithExceptions
        }
        Phase::Copied | Phase::Completed => Activity::Done,
        Phase::Interrupted => match &row.trouble {
            Some(trouble) if trouble.kind.is_order() => Activity::Stopped,
            Some(_) => Activity::Failed,
            None => Activity::Stopped,
        },
    };
    row
}
