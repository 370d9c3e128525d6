//! Approval of messages that will stay behind (field.md E8): who decided it, and why; and taking it back.
//!
//! Promises: both are in the journal before they are shown; an approved message still counts as missing. Deliberately
//! absent: deciding which may stay behind.

use crate::journal::{ExceptionRow, Journal};
use crate::project::{self, Project};
use crate::report::Report;

/// Exceptions with an approval.
pub fn count(report: &Report) -> u64 {
    let rows = report.counted().flat_map(|account| &account.exceptions);
    rows.filter(|row| row.approval.is_some()).count() as u64
}

/// Puts an approval into the journal; takes the one that is there back where there is no note.
pub async fn put(project: Project, row: ExceptionRow, note: Option<String>) -> Result<(), String> {
    let opening = move || Journal::open_existing(&project.journal_file());
    let opened = tokio::task::spawn_blocking(opening).await;
    let journal = opened.map_err(|error| error.to_string())?;
    let journal = journal.map_err(|error| error.to_string())?;
    let by = project::person().unwrap_or_else(|| String::from("?"));
    let (folder, uidv, uid) = (row.folder_id, row.uid_validity, row.uid);
    // Where there is no such line any more, the report that is read next says so.
    let _found = match note {
        Some(note) => journal.approve(folder, uidv, uid, note, by).await,
        None => journal.withdraw(folder, uidv, uid, by).await,
    }
    .map_err(|error| error.to_string())?;
    Ok(())
}
