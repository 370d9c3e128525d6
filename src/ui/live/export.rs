//! The figures of the accounts as a table for a spreadsheet.
//!
//! Promises: a table like those of the report ([`Table`]). Where the system has no dialog to ask with, the file goes into the report's folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::from::{self, Phase};
use super::{Now, words};
use crate::project::{self, Project};
use crate::report::Table;
use crate::t;

/// Nobody answers a dialog this quickly: there was none.
const BLINK: Duration = Duration::from_millis(250);

/// The table.
pub(super) fn table(now: &Now) -> String {
    let mut table = Table::new();
    table.row(vec![
        t!("live-column-account"),
        t!("live-column-state"),
        t!("live-csv-messages"),
        t!("live-csv-done"),
        t!("live-csv-copied"),
        t!("live-csv-exceptions"),
        t!("live-csv-octets"),
        t!("live-csv-octets-done"),
        t!("live-csv-reason"),
    ]);
    for row in now.rows.iter() {
        let reason = if from::is_wrong(row) {
            words::note(row).0
        } else {
            String::new()
        };
        let much = from::much(row, now.lanes);
        table.row(vec![
            row.login.clone(),
            words::state(row, Phase::Running).word,
            much.of.to_string(),
            much.done.to_string(),
            row.copied.to_string(),
            row.exceptions.to_string(),
            much.octets.to_string(),
            much.octets_done.to_string(),
            reason,
        ]);
    }
    table.text
}

/// Asks where to, and writes it there. Answers where it is; `None` where nobody wanted it.
pub(super) async fn save(
    text: String,
    project: Option<Project>,
) -> Result<Option<PathBuf>, String> {
    let name = t!("live-csv-file");
    let asked = Instant::now();
    let chosen = rfd::AsyncFileDialog::new()
        .set_file_name(&name)
        .add_filter("CSV", &["csv"])
        .save_file()
        .await;
    let path = match (chosen, project) {
        (Some(file), _) => file.path().to_owned(),
        (None, Some(project)) if asked.elapsed() < BLINK => project.report_dir().join(name),
        (None, _) => return Ok(None),
    };
    let writing = move || write(&path, &text).map(|()| Some(path));
    match tokio::task::spawn_blocking(writing).await {
        Ok(written) => written,
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| project::replace(path, text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
