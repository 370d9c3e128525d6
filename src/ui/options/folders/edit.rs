//! Decisions about folders, as they go into the plan.

use super::{Row, Rule};
use crate::plan::Options;

/// What is decided about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// As it would be without a rule.
    Proposed,
    Same,
    Out,
    /// Under this path.
    Named(String),
}

/// Decides about one name.
pub fn choose(options: &mut Options, row: &Row, choice: Choice) {
    let _ = options.folders.remove(&row.origin);
    options.exclude_folders.retain(|name| *name != row.origin);
    let path = match choice {
        Choice::Proposed => return,
        Choice::Out => {
            options.exclude_folders.push(row.origin.clone());
            return;
        }
        Choice::Same => row.same.clone(),
        Choice::Named(path) => path,
    };
    let _ = options.folders.insert(row.origin.clone(), path);
}

/// Decides about all the others at once: they come along, or stay behind.
pub fn group(options: &mut Options, others: &[Row], copied: bool) {
    let names: std::collections::HashSet<&str> =
        others.iter().map(|row| row.origin.as_str()).collect();
    options
        .exclude_folders
        .retain(|name| !names.contains(name.as_str()));
    if !copied {
        let free = others.iter().filter(|row| row.is_free());
        options
            .exclude_folders
            .extend(free.map(|row| row.origin.clone()));
    }
}

/// Takes a rule back.
pub fn drop_rule(options: &mut Options, rule: &Rule) {
    if rule.to.is_some() {
        let _ = options.folders.remove(&rule.origin);
    } else {
        options.exclude_folders.retain(|name| *name != rule.origin);
    }
}

/// Whether a name stands for several.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '%'])
}

/// A path at the destination as it is kept: levels without spaces around them; `None` where it is none.
pub fn path(text: &str) -> Option<String> {
    is_path(text).then(|| {
        let levels: Vec<&str> = text.trim().split('/').map(str::trim).collect();
        levels.join("/")
    })
}

/// Whether this can be a path at the destination.
pub fn is_path(text: &str) -> bool {
    let text = text.trim();
    !text.chars().any(char::is_control) && text.split('/').all(|level| !level.trim().is_empty())
}
