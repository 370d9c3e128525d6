//! The origin's folders as a tree, and which of them are copied at all.
//!
//! It knows nothing of the destination.

use super::roles::{by_attribute, is_gmail_level};
use super::{Excluded, Exclusion, OriginFolder, Role, Rules, Side};
use crate::imap::name::FolderName;

/// Separates what is copied from what is not.
pub(super) fn choose<'x>(
    origin: &'x Side,
    rules: &Rules,
) -> (Vec<&'x OriginFolder>, Vec<Excluded>) {
    let view = |folder: &OriginFolder| {
        by_attribute(folder)
            .map(|(role, _)| role)
            .filter(|role| match role {
                Role::Flagged | Role::Important => rules.virtual_views,
                Role::All => rules.all_mail,
                _ => false,
            })
    };
    let not_only_views = origin
        .folders
        .iter()
        .any(|folder| folder.holds_mail() && view(folder).is_none());
    let (mut chosen, mut excluded): (Vec<&OriginFolder>, Vec<Excluded>) = (Vec::new(), Vec::new());
    for folder in &origin.folders {
        let text = folder.name.text();
        let same = |other: &&&OriginFolder| {
            other.name == folder.name || (other.name.is_inbox() && folder.name.is_inbox())
        };
        let why = if !folder.holds_mail() {
            Some(Exclusion::Container)
        } else if let Some(same) = chosen.iter().find(same) {
            Some(Exclusion::Duplicate(same.name.clone()))
        } else if let Some(pattern) = rules
            .exclude
            .iter()
            .find(|pattern| matches(pattern, &text, folder.separator))
        {
            Some(Exclusion::Pattern(pattern.clone()))
        } else {
            let chosen = rules.overrides.contains_key(&text);
            view(folder)
                .filter(|_| not_only_views && !chosen)
                .map(Exclusion::View)
        };
        match why {
            Some(why) => excluded.push(Excluded {
                origin: folder.name.clone(),
                why,
            }),
            None => chosen.push(folder),
        }
    }
    (chosen, excluded)
}

/// Matches a LIST pattern (`*`, `%`) against a whole name.
pub fn matches(pattern: &str, text: &str, separator: Option<u8>) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let separator = separator.map(char::from);
    // reach[i]: the pattern so far matches the first i characters.
    let mut reach = vec![false; text.len() + 1];
    reach[0] = true;
    for wanted in pattern {
        match wanted {
            '*' | '%' => {
                for at in 0..text.len() {
                    reach[at + 1] |= reach[at] && (wanted == '*' || Some(text[at]) != separator);
                }
            }
            _ => {
                for at in (0..text.len()).rev() {
                    reach[at + 1] = reach[at] && text[at] == wanted;
                }
                reach[0] = false;
            }
        }
    }
    reach[text.len()]
}

/// Where a folder stands in the origin's tree, below the prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) depth: usize,
    /// Below INBOX itself, on a server without prefix.
    pub(super) inbox: bool,
    pub(super) levels: Vec<FolderName>,
    /// Tells apart folders whose names differ only in their separators.
    pub(super) twin: usize,
}

impl Position {
    pub(super) fn of(folder: &OriginFolder, prefix: &[FolderName]) -> Self {
        if folder.name.is_inbox() {
            return Self::at(true, Vec::new());
        }
        let mut levels = folder.name.split(folder.separator);
        while levels.len() > 1 && levels.last().is_some_and(|level| level.wire().is_empty()) {
            let _ = levels.pop();
        }
        let same = |(level, prefix): (&FolderName, &FolderName)| {
            level == prefix || (level.is_inbox() && prefix.is_inbox())
        };
        if !prefix.is_empty() && levels.len() > prefix.len() && levels.iter().zip(prefix).all(same)
        {
            return Self::at(false, levels.split_off(prefix.len()));
        }
        if levels.len() > 1 && levels[0].is_inbox() {
            return Self::at(true, levels.split_off(1));
        }
        Self::at(false, levels)
    }

    pub(super) fn at(inbox: bool, levels: Vec<FolderName>) -> Self {
        Self {
            depth: levels.len(),
            inbox,
            levels,
            twin: 0,
        }
    }

    pub(super) fn parent(&self) -> Option<Self> {
        let (_, above) = self.levels.split_last()?;
        (self.inbox || !above.is_empty()).then(|| Self::at(self.inbox, above.to_vec()))
    }

    pub(super) fn is_inbox(&self) -> bool {
        self.inbox && self.levels.is_empty()
    }

    pub(super) fn last(&self) -> String {
        self.levels
            .last()
            .map(FolderName::guess)
            .unwrap_or_default()
    }

    /// On Gmail's own level, which means nothing anywhere else.
    pub(super) fn is_gmail(&self) -> bool {
        !self.inbox && self.depth == 2 && is_gmail_level(&self.levels[0].guess())
    }
}
