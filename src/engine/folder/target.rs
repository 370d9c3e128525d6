//! The destination as it is: what exists, what is one name to it, who has which role.
//!
//! It gives no places away; it only answers.

use std::collections::BTreeMap;

use super::roles::{by_attribute, by_name};
use super::{OriginFolder, Role, Rules, Side};
use crate::imap::name::FolderName;

/// The destination as it is.
pub(super) struct Target<'x> {
    pub(super) side: &'x Side,
    pub(super) root: Vec<String>,
    existing: BTreeMap<Vec<String>, &'x OriginFolder>,
    fold_case: bool,
    rules: &'x Rules,
}

impl<'x> Target<'x> {
    pub(super) fn new(side: &'x Side, rules: &'x Rules) -> Self {
        let root = levels_of(&side.prefix, side.separator);
        let mut target = Self {
            side,
            root,
            existing: BTreeMap::new(),
            fold_case: rules.case_insensitive,
            rules,
        };
        for folder in &side.folders {
            let key = target.key(&levels_of(&folder.name, side.separator));
            // Where two fall together, the one that can hold mail is the one meant.
            let better = target
                .existing
                .get(&key)
                .is_none_or(|known| !known.holds_mail() && folder.holds_mail());
            if better {
                let _ = target.existing.insert(key, folder);
            }
        }
        target
    }

    /// Equal for paths that are one folder to the destination.
    pub(super) fn key(&self, path: &[String]) -> Vec<String> {
        path.iter()
            .enumerate()
            .map(|(at, level)| {
                if at == 0 && level.eq_ignore_ascii_case("INBOX") {
                    "INBOX".to_owned()
                } else if self.fold_case {
                    level.to_lowercase()
                } else {
                    level.clone()
                }
            })
            .collect()
    }

    pub(super) fn at(&self, path: &[String]) -> Option<&'x OriginFolder> {
        self.existing.get(&self.key(path)).copied()
    }

    pub(super) fn name(&self, path: &[String]) -> FolderName {
        if path_is_inbox(path) {
            return FolderName::from_text("INBOX");
        }
        self.at(path)
            .map_or_else(|| self.literal(path), |folder| folder.name.clone())
    }

    /// The name a path has when it is written out.
    pub(super) fn literal(&self, path: &[String]) -> FolderName {
        let separator = self
            .side
            .separator
            .map(char::from)
            .map(String::from)
            .unwrap_or_default();
        FolderName::from_text(&path.join(&separator))
    }

    /// The same path in the spelling of what exists there.
    pub(super) fn spelled(&self, path: Vec<String>) -> Vec<String> {
        match self.at(&path) {
            Some(folder) if folder.name.is_clean() => levels_of(&folder.name, self.side.separator),
            _ => path,
        }
    }

    /// Whether a new folder must not have this path.
    pub(super) fn is_reserved(&self, path: &[String], reserved: &[String]) -> bool {
        let Some(level) = path.last().filter(|_| path.len() == self.root.len() + 1) else {
            return false;
        };
        // Next to a root called INBOX, servers cannot tell `INBOX.INBOX` from INBOX.
        path.iter().all(|level| level.eq_ignore_ascii_case("INBOX"))
            || reserved
                .iter()
                .any(|name| name.to_lowercase() == level.to_lowercase())
    }

    /// Whether the destination keeps the folder for itself.
    fn is_kept(&self, folder: &OriginFolder) -> bool {
        let path = levels_of(&folder.name, self.side.separator);
        let top = path.get(self.root.len());
        top.is_some_and(|level| self.rules.instead_of(level).is_some())
    }

    /// The folder that has a role there: by attribute, else by name.
    pub(super) fn with_role(&self, role: Role) -> Option<&'x OriginFolder> {
        let folders = || {
            self.side
                .folders
                .iter()
                .filter(|folder| folder.holds_mail() && !folder.name.is_inbox())
                .filter(|folder| !self.is_kept(folder))
        };
        let marked = folders()
            .filter_map(|folder| {
                Some((
                    by_attribute(folder).filter(|(its, _)| *its == role)?.1,
                    folder,
                ))
            })
            .min_by_key(|(source, folder)| (*source, folder.name.clone()));
        if let Some((_, folder)) = marked {
            return Some(folder);
        }
        let named = |folder: &&OriginFolder| {
            let mut path = levels_of(&folder.name, self.side.separator);
            if path.len() > self.root.len() && self.key(&path).starts_with(&self.key(&self.root)) {
                path = path.split_off(self.root.len());
            }
            !role.is_view()
                && path.len() == 1
                && by_name(&path[0]) == Some(role)
                && by_attribute(folder).is_none()
        };
        folders()
            .filter(named)
            .max_by_key(|folder| (folder.messages, std::cmp::Reverse(folder.name.clone())))
    }
}

pub(super) fn path_is_inbox(path: &[String]) -> bool {
    matches!(path, [level] if level.eq_ignore_ascii_case("INBOX"))
}

/// The levels of a name or of a prefix, without the empty end that a prefix has.
pub(super) fn levels_of(name: &FolderName, separator: Option<u8>) -> Vec<String> {
    let mut levels: Vec<String> = name
        .split(separator)
        .iter()
        .map(FolderName::guess)
        .collect();
    while levels.last().is_some_and(String::is_empty) {
        let _ = levels.pop();
    }
    levels
}
