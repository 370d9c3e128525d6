//! The folders of all accounts as one table, and the rules made of it (pure).
//!
//! Promises: each name stands in the table once, whatever account it is in; what the rules of this moment make of it
//! is shown without asking a server again; two folders that would meet in one are both told. What only the engine can
//! say (a name a server refuses, a number behind a name that is taken) is as it was when it was last asked.
//! Deliberately absent: words, and folders that hold no messages.

mod edit;
mod shape;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::engine::folder::{self, Role};
use crate::engine::survey::{AccountCheck, FolderCheck};
use crate::plan::Options;

pub use edit::{Choice, choose, drop_rule, group, is_path, is_pattern, path};
use shape::Shape;

/// The inbox, in whatever case a server writes it.
pub const INBOX: &str = "INBOX";

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The inbox and the special folders.
    pub special: Vec<Row>,
    /// Rules for names that are none of these.
    pub rules: Vec<Rule>,
    /// All others, by name.
    pub others: Vec<Row>,
    /// Accounts that have any of the others.
    pub other_accounts: usize,
    /// Accounts whose folders are known.
    pub accounts: usize,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name at the origin, as people read it.
    pub origin: String,
    pub role: Option<Role>,
    pub accounts: usize,
    pub messages: u64,
    /// Its own name as a path at the destination.
    pub same: String,
    /// What becomes of it without a rule; `None` while a rule keeps that from being known.
    pub proposed: Option<Place>,
    /// What becomes of it.
    pub place: Place,
    /// Not the same in all accounts.
    pub varies: bool,
    /// The folders it meets at the destination.
    pub merged: BTreeSet<String>,
    pub changed: Option<Changed>,
}

/// What becomes of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It goes to this path, levels divided by `/`.
    To(String),
    Out(Why),
}

/// Why it stays behind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Chosen,
    Pattern(String),
    /// Its messages are in other folders.
    View,
    /// The same folder stands here under another name.
    Twin,
    /// It is somebody else's.
    Foreign,
}

/// Why its name is another one at the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    Characters,
    Separator,
    Case,
    Levels,
    Taken,
    Reserved,
    Unreadable,
    Spaces,
}

/// A rule that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// A name or a pattern at the origin.
    pub origin: String,
    /// Where to; `None`: nowhere.
    pub to: Option<String>,
    /// Accounts with such a folder.
    pub accounts: usize,
    pub merged: BTreeSet<String>,
}

impl Row {
    pub fn is_inbox(&self) -> bool {
        self.origin.eq_ignore_ascii_case(INBOX)
    }

    pub fn is_copied(&self) -> bool {
        matches!(self.place, Place::To(_))
    }

    /// Whether it may be decided about here at all.
    pub fn is_free(&self) -> bool {
        !matches!(
            self.place,
            Place::Out(Why::Pattern(_) | Why::Twin | Why::Foreign)
        )
    }
}

impl Table {
    /// The row of a name.
    pub fn row(&self, origin: &str) -> Option<&Row> {
        let mut rows = self.special.iter().chain(&self.others);
        rows.find(|row| row.origin == origin)
    }

    /// Whether all others come along, none of them, or some.
    pub fn others_copied(&self) -> Option<bool> {
        let mut free = self.others.iter().filter(|row| row.is_free());
        let copied = free.clone().filter(|row| row.is_copied()).count();
        match copied {
            0 => Some(false),
            _ if free.all(Row::is_copied) => Some(true),
            _ => None,
        }
    }

    /// The others that match a query, by their places.
    pub fn matching(&self, query: &str) -> Vec<usize> {
        let query = query.trim().to_lowercase();
        let others = self.others.iter().enumerate();
        others
            .filter(|(_, row)| row.origin.to_lowercase().contains(&query))
            .map(|(at, _)| at)
            .collect()
    }
}

/// What was gathered of one name.
#[derive(Default)]
struct Sum {
    origin: String,
    same: String,
    role: Option<Role>,
    accounts: usize,
    messages: u64,
    proposals: BTreeMap<Place, usize>,
    merged: BTreeSet<String>,
    changed: Option<Changed>,
}

/// The rules as they are asked for each name.
struct Rules<'o> {
    options: &'o Options,
    literal: HashSet<&'o str>,
    patterns: Vec<&'o str>,
    decided: HashMap<String, Option<Place>>,
}

impl<'o> Rules<'o> {
    fn new(options: &'o Options) -> Self {
        let (patterns, literal): (Vec<&str>, Vec<&str>) = options
            .exclude_folders
            .iter()
            .map(String::as_str)
            .partition(|text| is_pattern(text));
        Self {
            options,
            literal: literal.into_iter().collect(),
            patterns,
            decided: HashMap::new(),
        }
    }

    /// What the operator decided about a name, if anything.
    fn decide(&mut self, name: &str, separator: Option<char>) -> Option<Place> {
        if let Some(decided) = self.decided.get(name) {
            return decided.clone();
        }
        let separator = separator.and_then(|c| u8::try_from(c).ok());
        let pattern = self
            .patterns
            .iter()
            .find(|pattern| folder::matches(pattern, name, separator));
        let inbox = name.eq_ignore_ascii_case(INBOX);
        let chosen = self.options.folders.get(name).filter(|_| !inbox);
        let decided = if self.literal.contains(name) {
            Some(Place::Out(Why::Chosen))
        } else if let Some(pattern) = pattern {
            Some(Place::Out(Why::Pattern((*pattern).to_owned())))
        } else {
            chosen.and_then(|to| path(to)).map(Place::To)
        };
        let _ = self.decided.insert(name.to_owned(), decided.clone());
        decided
    }
}

/// Makes the table.
pub fn gather<'c>(checks: impl Iterator<Item = &'c AccountCheck>, options: &Options) -> Table {
    let mut rules = Rules::new(options);
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let mut table = Table::default();
    let mut owners: Vec<BTreeSet<String>> = Vec::new();
    for check in checks.filter(|check| !check.folders.is_empty()) {
        table.accounts += 1;
        owners.push(add(&mut sums, &mut rules, check));
    }
    for (_, sum) in sums {
        let row = row(sum, &mut rules);
        let ruled = options.folders.contains_key(&row.origin) && !row.is_inbox();
        if row.is_inbox() || row.role.is_some() {
            table.special.push(row);
        } else if ruled {
            table.rules.push(Rule {
                to: options.folders.get(&row.origin).cloned(),
                origin: row.origin,
                accounts: row.accounts,
                merged: row.merged,
            });
        } else {
            table.others.push(row);
        }
    }
    table
        .special
        .sort_by_key(|row| (!row.is_inbox(), row.role.map(rank), row.origin.clone()));
    table
        .others
        .sort_by_key(|row| (row.origin.to_lowercase(), row.origin.clone()));
    let others: HashSet<&str> = table.others.iter().map(|row| row.origin.as_str()).collect();
    table.other_accounts = owners
        .iter()
        .filter(|names| names.iter().any(|name| others.contains(name.as_str())))
        .count();
    unseen(&mut table, options, &owners);
    table
}

/// Rules for names nobody has met: patterns, and names of accounts not looked at yet.
fn unseen(table: &mut Table, options: &Options, owners: &[BTreeSet<String>]) {
    let met: HashSet<&str> = owners.iter().flatten().map(String::as_str).collect();
    let mut rules = Vec::new();
    for (origin, to) in &options.folders {
        if !met.contains(origin.as_str()) {
            rules.push(Rule {
                origin: origin.clone(),
                to: Some(to.clone()),
                accounts: 0,
                merged: BTreeSet::new(),
            });
        }
    }
    for pattern in &options.exclude_folders {
        if !met.contains(pattern.as_str()) {
            let left_out = Place::Out(Why::Pattern(pattern.clone()));
            let hit: HashSet<&str> = table
                .special
                .iter()
                .chain(&table.others)
                .filter(|row| row.place == left_out)
                .map(|row| row.origin.as_str())
                .collect();
            let has = |names: &&BTreeSet<String>| names.iter().any(|name| hit.contains(&**name));
            rules.push(Rule {
                origin: pattern.clone(),
                to: None,
                accounts: owners.iter().filter(has).count(),
                merged: BTreeSet::new(),
            });
        }
    }
    table.rules.extend(rules);
}

/// Adds the folders of one account; answers their names.
fn add(
    sums: &mut BTreeMap<String, Sum>,
    rules: &mut Rules<'_>,
    check: &AccountCheck,
) -> BTreeSet<String> {
    let names = check.folders.iter().map(|folder| folder.origin.as_str());
    let there = check.folders.iter();
    let there = there.filter_map(|folder| folder.destination.as_deref());
    let (here, there) = (Shape::of(names), Shape::of(there));
    let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut owned = BTreeSet::new();
    for folder in &check.folders {
        if folder.notes.iter().any(|note| note == "container") {
            continue;
        }
        let key = if folder.origin.eq_ignore_ascii_case(INBOX) {
            INBOX.to_owned()
        } else {
            folder.origin.clone()
        };
        let proposed = proposal(folder, there);
        let decided = rules.decide(&folder.origin, here.separator);
        if let Some(Place::To(path)) = decided.as_ref().or(proposed.as_ref()) {
            met.entry(path.clone()).or_default().push(key.clone());
        }
        let sum = sums.entry(key.clone()).or_default();
        if sum.accounts == 0 {
            sum.origin.clone_from(&folder.origin);
            sum.same = here.path(&folder.origin);
        }
        sum.accounts += 1;
        sum.messages += folder.messages;
        sum.role = sum.role.or_else(|| role(folder, here, there));
        sum.changed = sum.changed.or_else(|| changed(folder));
        if let Some(proposed) = proposed {
            *sum.proposals.entry(proposed).or_default() += 1;
        }
        let _ = owned.insert(folder.origin.clone());
    }
    for keys in met.into_values().filter(|keys| keys.len() > 1) {
        for key in &keys {
            let others = keys.iter().filter(|other| *other != key).cloned();
            if let Some(sum) = sums.get_mut(key) {
                sum.merged.extend(others);
            }
        }
    }
    owned
}

fn row(sum: Sum, rules: &mut Rules<'_>) -> Row {
    let decided = rules.decide(&sum.origin, None);
    let proposed = sum
        .proposals
        .iter()
        .max_by_key(|(_, accounts)| **accounts)
        .map(|(place, _)| place.clone());
    Row {
        varies: decided.is_none() && sum.proposals.len() > 1,
        place: decided
            .clone()
            .or_else(|| proposed.clone())
            .unwrap_or_else(|| Place::To(sum.same.clone())),
        changed: sum.changed.filter(|_| decided.is_none()),
        origin: sum.origin,
        role: sum.role,
        accounts: sum.accounts,
        messages: sum.messages,
        same: sum.same,
        proposed,
        merged: sum.merged,
    }
}

/// What becomes of a folder without a rule, as far as it is known.
fn proposal(folder: &FolderCheck, there: Shape) -> Option<Place> {
    let noted = |note: &str| folder.notes.iter().any(|known| known == note);
    if noted("chosen") || folder.notes.iter().any(|note| note.starts_with("pattern:")) {
        return None;
    }
    Some(match &folder.destination {
        Some(name) => Place::To(there.path(name)),
        None if noted("view") => Place::Out(Why::View),
        None if noted("duplicate") => Place::Out(Why::Twin),
        None => Place::Out(Why::Foreign),
    })
}

/// The role of a folder, where it is the one of its mailbox that has it.
fn role(folder: &FolderCheck, here: Shape, there: Shape) -> Option<Role> {
    let noted = |wanted: &str| folder.notes.iter().any(|note| note == wanted);
    let last = |path: &str| path.rsplit('/').next().and_then(folder::role_of_name);
    let path = here.path(&folder.origin);
    if noted("role") || noted("view") {
        let target = folder.destination.as_deref();
        return last(&path).or_else(|| target.and_then(|name| last(&there.path(name))));
    }
    // A rule hides what the engine would have seen in it.
    let ruled = noted("chosen") || folder.notes.iter().any(|note| note.starts_with("pattern:"));
    last(&path).filter(|role| ruled && !path.contains('/') && !role.is_view())
}

fn changed(folder: &FolderCheck) -> Option<Changed> {
    folder.notes.iter().find_map(|note| {
        Some(match note.strip_prefix("renamed:")? {
            "characters" => Changed::Characters,
            "separator" => Changed::Separator,
            "case" => Changed::Case,
            "flattened" => Changed::Levels,
            "taken" => Changed::Taken,
            "reserved" => Changed::Reserved,
            "undecodable" => Changed::Unreadable,
            "spaces" | "empty" => Changed::Spaces,
            _ => return None,
        })
    })
}

/// The order of the special folders.
fn rank(role: Role) -> usize {
    let order = [
        Role::Sent,
        Role::Drafts,
        Role::Archive,
        Role::Trash,
        Role::Junk,
    ];
    let at = order.iter().position(|known| *known == role);
    at.unwrap_or(order.len())
}

#[cfg(test)]
mod tests;
