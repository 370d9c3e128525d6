//! `aliases.json`: what the last discovery proposed, for whoever ticks it later.
//!
//! Promises: replaced whole or not at all; holds addresses and counts, no secret and nothing else of a message. An account
//! that was not looked at this time keeps what was found before.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Proposal;
use crate::plan::Plan;
use crate::project::{Error, Project, replace};

/// Version of the file's format.
const VERSION: u32 = 1;

/// The content of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Kept {
    /// Version of the format; 1.
    pub version: u32,
    /// When the last discovery ended.
    pub at: Timestamp,
    /// One for each account that was looked at.
    pub proposals: Vec<Proposal>,
}

impl Kept {
    /// Proposals made now.
    pub fn new(proposals: Vec<Proposal>) -> Self {
        Self {
            version: VERSION,
            at: Timestamp::now(),
            proposals,
        }
    }

    /// These, and what was found before for other accounts that are still in the plan; in its order.
    #[must_use]
    pub fn over(mut self, before: Option<Self>, plan: &Plan) -> Self {
        let before = before.map(|before| before.proposals).unwrap_or_default();
        for old in before {
            if self.proposals.iter().all(|new| new.login != old.login) {
                self.proposals.push(old);
            }
        }
        let place = |proposal: &Proposal| {
            let mut jobs = plan.jobs.iter();
            jobs.position(|job| job.login == proposal.login)
        };
        self.proposals.retain(|proposal| place(proposal).is_some());
        self.proposals.sort_by_key(place);
        self
    }
}

/// Reads the proposals; `None` where nothing was discovered yet.
pub fn load(project: &Project) -> Result<Option<Kept>, Error> {
    let path = project.aliases_file();
    let text = match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|source| failed(&path, source))?,
    };
    let kept: Kept = serde_json::from_slice(&text)
        .map_err(|error| failed(&path, io::Error::new(io::ErrorKind::InvalidData, error)))?;
    if kept.version > VERSION {
        let newer = io::Error::new(io::ErrorKind::InvalidData, "written by a newer Traghetto");
        return Err(failed(&path, newer));
    }
    Ok(Some(kept))
}

/// Writes the proposals in place of the old ones.
pub fn save(project: &Project, kept: &Kept) -> Result<(), Error> {
    let path = project.aliases_file();
    let text = serde_json::to_vec_pretty(kept).map_err(|error| failed(&path, error.into()))?;
    replace(&path, &text).map_err(|source| failed(&path, source))
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::Io {
        path: path.to_owned(),
        source,
    }
}
