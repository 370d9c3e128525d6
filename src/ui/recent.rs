//! Recent migrations with their real state: read from their folders and journals, never from what was remembered.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::draft::Draft;
use super::session::Session;
use super::step::Step;
use crate::journal::{Journal, Phase};
use crate::project::{self, Project};
use crate::report::{self, Report};

/// One of the list.
#[derive(Debug, Clone)]
pub struct Recent {
    pub dir: PathBuf,
    pub name: String,
    pub origin: String,
    pub destination: String,
    pub state: State,
    /// When something happened there last.
    pub when: Option<Timestamp>,
}

/// Where a migration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not begun: the stop that was reached.
    Draft(Step),
    /// Another run works on it now.
    Busy { done: u64, of: u64 },
    /// Begun and not ended.
    Interrupted { done: u64, of: u64 },
    /// Copied; the final pass is to come.
    Copied { accounts: u64 },
    /// Completed, with so many messages missing; `proven` after a full comparison.
    Completed {
        accounts: u64,
        missing: u64,
        proven: bool,
    },
    /// The folder is gone, or cannot be read.
    Lost(String),
}

/// Looks at each of these folders.
pub async fn look(dirs: Vec<PathBuf>) -> Vec<Recent> {
    let mut all = Vec::with_capacity(dirs.len());
    for dir in dirs {
        all.push(one(dir).await);
    }
    all
}

async fn one(dir: PathBuf) -> Recent {
    let opening = dir.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let session = Session::open(&opening)?;
        let journal = session.journal();
        let busy = journal.is_some() && is_busy(&Project::at(&opening));
        Ok::<_, project::Error>((session.draft, journal, busy, changed(&opening)))
    });
    let lost = |words: String| Recent {
        name: folder_name(&dir),
        dir: dir.clone(),
        origin: String::new(),
        destination: String::new(),
        state: State::Lost(words),
        when: None,
    };
    match opened.await {
        Err(error) => lost(error.to_string()),
        Ok(Err(error)) => lost(error.to_string()),
        Ok(Ok((draft, journal, busy, when))) => {
            let state = match journal {
                None => State::Draft(draft.reached),
                Some(journal) => standing(&dir, &draft, &journal, busy).await,
            };
            Recent {
                name: Some(draft.title())
                    .filter(|title| !title.is_empty())
                    .unwrap_or_else(|| folder_name(&dir)),
                origin: draft.origin.name(),
                destination: draft.destination.name(),
                state,
                when,
                dir,
            }
        }
    }
}

fn is_busy(project: &Project) -> bool {
    matches!(project.lock(), Err(project::Error::Busy(_)))
}

async fn standing(dir: &Path, draft: &Draft, journal: &Journal, busy: bool) -> State {
    let Some(plan) = draft.plan() else {
        return State::Draft(draft.reached);
    };
    match report::gather(&Project::at(dir), journal, &plan).await {
        Ok(report) => of_report(&report, draft.reached, busy),
        Err(error) => State::Lost(error.to_string()),
    }
}

fn of_report(report: &Report, reached: Step, busy: bool) -> State {
    let begun = |phase: &Phase| *phase != Phase::Waiting;
    let wanted = report.accounts.iter().filter(|account| !account.left_out);
    let phases: Vec<Phase> = wanted.map(|account| account.phase).collect();
    let of = phases.len() as u64;
    let over = |phase: &&Phase| matches!(phase, Phase::Copied | Phase::Completed);
    let done = phases.iter().filter(over).count() as u64;
    if busy {
        State::Busy { done, of }
    } else if !phases.iter().any(begun) {
        State::Draft(reached)
    } else if done < of {
        State::Interrupted { done, of }
    } else if phases.iter().all(|phase| *phase == Phase::Completed) {
        State::Completed {
            accounts: of,
            missing: report.missing(),
            proven: report.zero_missing(),
        }
    } else {
        State::Copied { accounts: of }
    }
}

fn folder_name(dir: &Path) -> String {
    dir.file_name().map_or_else(
        || dir.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// When a file of the migration was changed last.
fn changed(dir: &Path) -> Option<Timestamp> {
    let files = [
        "journal.db",
        "journal.db-wal",
        "migration.toml",
        "draft.toml",
    ];
    let newest: SystemTime = files
        .iter()
        .filter_map(|file| std::fs::metadata(dir.join(file)).ok()?.modified().ok())
        .max()?;
    let since = newest.duration_since(UNIX_EPOCH).ok()?;
    Timestamp::from_second(i64::try_from(since.as_secs()).ok()?).ok()
}
