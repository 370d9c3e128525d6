//! The figures of one account, as far as the window shows them (pure).

use std::time::Duration;

use crate::engine::survey::{AccountCheck, FolderCheck};

/// Sums over the folders of an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Messages, octets and folders that come along, filters of single messages not counted.
    pub messages: u64,
    pub octets: u64,
    pub folders: u64,
    /// What stays behind because the operator leaves its folder out.
    pub left_out: (u64, u64),
    /// Folders that share their destination with another.
    pub merged: u64,
    /// Folders whose name has to be another one there.
    pub renamed: u64,
    pub estimate: Option<Duration>,
}

impl Figures {
    pub fn of(check: &AccountCheck) -> Self {
        let mut figures = Self {
            estimate: check.estimate,
            ..Self::default()
        };
        if let (Ok(origin), true) = (&check.origin, check.folders.is_empty()) {
            figures.messages = origin.messages;
            figures.octets = origin.octets.unwrap_or_default();
            figures.folders = origin.folders;
        }
        for folder in &check.folders {
            let octets = folder.octets.unwrap_or_default();
            if folder.destination.is_some() {
                figures.messages += folder.messages;
                figures.octets += octets;
                figures.folders += 1;
                figures.merged += u64::from(folder.notes.iter().any(|note| note == "merged"));
                figures.renamed += u64::from(is_renamed(folder));
            } else if folder.notes.iter().any(|note| note.starts_with("pattern:")) {
                figures.left_out.0 += folder.messages;
                figures.left_out.1 += octets;
            }
        }
        figures
    }
}

/// Whether a folder's name had to be changed.
pub fn is_renamed(folder: &FolderCheck) -> bool {
    folder.notes.iter().any(|note| note.starts_with("renamed:"))
}
