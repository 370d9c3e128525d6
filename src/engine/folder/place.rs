//! Giving each folder its place at the destination.
//!
//! The origin's folders are a tree; a folder goes below the place of its parent, under its own cleaned name. Places
//! are given in the order of their claim: INBOX, what was recorded, what the operator chose, special folders that the
//! destination has, then level by level, names that need no change before names that do. What comes too late for a
//! place gets the next number. The tree is walked by the origin's octets, so the order of LIST plays no part.

mod award;
mod levels;

use std::collections::{BTreeMap, BTreeSet};

use super::target::{Target, levels_of, path_is_inbox};
use super::tree::{Position, choose};
use super::{
    Excluded, Mapped, Mapping, Note, OriginFolder, Rename, Role, RoleSource, Rules, Side, clean,
};
use crate::imap::name::FolderName;

/// Makes the table; `previous` holds the decisions of earlier runs, origin → destination.
pub fn map(
    origin: &Side,
    destination: &Side,
    rules: &Rules,
    previous: &BTreeMap<FolderName, FolderName>,
) -> Mapped {
    let (chosen, excluded) = choose(origin, rules);
    let mut board = Board::new(
        origin,
        &chosen,
        Target::new(destination, rules),
        rules,
        previous,
    );
    board.place_inbox();
    board.place_recorded(previous);
    board.place_overrides(origin);
    board.place_roles();
    board.place_levels();
    board.finish(&chosen, excluded)
}

/// A folder of the origin, or a level above one.
struct Node<'x> {
    folder: Option<&'x OriginFolder>,
    /// Whether it is copied; other levels only give a place to what is below.
    copied: bool,
    candidate: Option<(Role, u8, RoleSource)>,
    role: Option<Role>,
    path: Option<Vec<String>>,
    notes: Vec<Note>,
}

/// Who has a place.
struct Claim {
    by: Position,
    /// The operator said so: others may join.
    shared: bool,
}

struct Board<'x> {
    nodes: BTreeMap<Position, Node<'x>>,
    /// Where each copied folder stands, by name.
    positions: BTreeMap<FolderName, Position>,
    claims: BTreeMap<Vec<String>, Claim>,
    target: Target<'x>,
    rules: &'x Rules,
}

impl<'x> Board<'x> {
    fn new(
        origin: &'x Side,
        chosen: &[&'x OriginFolder],
        target: Target<'x>,
        rules: &'x Rules,
        previous: &BTreeMap<FolderName, FolderName>,
    ) -> Self {
        let prefix: Vec<FolderName> = origin
            .prefix
            .split(origin.separator)
            .into_iter()
            .filter(|level| !level.wire().is_empty())
            .collect();
        let mut board = Self {
            nodes: BTreeMap::new(),
            positions: BTreeMap::new(),
            claims: BTreeMap::new(),
            target,
            rules,
        };
        let mut by_name: Vec<&OriginFolder> = chosen.to_vec();
        by_name.sort_by(|one, other| one.name.cmp(&other.name));
        for folder in by_name {
            board.add(folder, Position::of(folder, &prefix));
        }
        // Containers matter only for a name of their own that was recorded or chosen.
        for folder in origin
            .folders
            .iter()
            .filter(|folder| !board.positions.contains_key(&folder.name))
        {
            if let Some(node) = board
                .nodes
                .get_mut(&Position::of(folder, &prefix))
                .filter(|node| node.folder.is_none())
            {
                node.folder = Some(folder);
            }
        }
        board.award_roles(previous);
        board
    }

    fn add(&mut self, folder: &'x OriginFolder, mut position: Position) {
        while self.nodes.get(&position).is_some_and(|node| node.copied) {
            position.twin += 1;
        }
        let candidate = self.candidate(folder, &position);
        let mut above = position.parent();
        while let Some(parent) = above {
            above = parent.parent();
            let _ = self.nodes.entry(parent).or_insert_with(Node::level);
        }
        let node = self
            .nodes
            .entry(position.clone())
            .or_insert_with(Node::level);
        node.folder = Some(folder);
        node.copied = true;
        node.candidate = candidate;
        if !folder.name.is_clean() {
            node.notes.push(Note::Renamed {
                why: Rename::Undecodable,
            });
        }
        let _ = self.positions.insert(folder.name.clone(), position);
    }

    fn place_inbox(&mut self) {
        let listed = self.nodes.contains_key(&Position::at(true, Vec::new()));
        let has_folder = self
            .nodes
            .get(&Position::at(true, Vec::new()))
            .is_some_and(|node| node.copied);
        let xlist = self
            .nodes
            .iter()
            .find(|(_, node)| node.folder.is_some_and(|folder| folder.has("\\Inbox")));
        let xlist = xlist
            .map(|(position, _)| position.clone())
            .filter(|_| !has_folder);
        if listed {
            self.settle(
                &Position::at(true, Vec::new()),
                vec!["INBOX".to_owned()],
                xlist.is_some(),
            );
        }
        if let Some(position) = xlist {
            self.note(&position, Note::RoleFrom(RoleSource::Xlist));
            self.settle(&position, vec!["INBOX".to_owned()], false);
        }
    }

    fn place_recorded(&mut self, previous: &BTreeMap<FolderName, FolderName>) {
        let recorded: Vec<(Position, Vec<String>)> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.path.is_none())
            .filter_map(|(position, node)| {
                let recorded = previous.get(&node.folder?.name)?;
                Some((
                    position.clone(),
                    levels_of(recorded, self.target.side.separator),
                ))
            })
            .collect();
        for (position, path) in &recorded {
            self.note(position, Note::Recorded);
            self.settle(position, path.clone(), false);
        }
        // A level without a decision of its own is where its recorded children are.
        for (position, path) in recorded {
            let (mut position, mut path) = (position, path);
            while let (Some(parent), Some(last)) = (position.parent(), path.pop()) {
                let own = self.component(&position).0;
                let derived = last == own
                    || last
                        .strip_prefix(&own)
                        .is_some_and(|rest| rest.starts_with(" ("));
                let free = self.nodes.get(&parent).is_some_and(|node| {
                    node.path.is_none()
                        && !node.folder.is_some_and(|folder| {
                            self.rules.overrides.contains_key(&folder.name.text())
                        })
                });
                if !derived
                    || !free
                    || path.len() <= self.target.root.len()
                    || self.claim_at(&path).is_some()
                {
                    break;
                }
                self.settle(&parent, path.clone(), false);
                position = parent;
            }
        }
    }

    fn place_overrides(&mut self, origin: &Side) {
        // Without a separator the operator's levels become one, like everyone's.
        let flat = self.target.side.separator.is_none();
        for folder in &origin.folders {
            let Some(wanted) = self.rules.overrides.get(&folder.name.text()) else {
                continue;
            };
            let found = self
                .nodes
                .iter()
                .find(|(_, node)| node.folder.is_some_and(|its| its.name == folder.name));
            let Some(position) = found
                .filter(|(_, node)| node.path.is_none())
                .map(|(position, _)| position.clone())
            else {
                continue;
            };
            let levels: Vec<&str> = wanted
                .split('/')
                .filter(|level| !level.trim().is_empty())
                .collect();
            if levels.is_empty() {
                continue;
            }
            self.note(&position, Note::Chosen);
            let inbox = levels[0].eq_ignore_ascii_case("INBOX");
            let mut path = if inbox {
                Vec::new()
            } else {
                self.target.root.clone()
            };
            for (at, level) in levels.into_iter().enumerate() {
                let (mut level, mut notes) =
                    clean::component(level, self.target.side.separator, self.rules);
                let instead = self.rules.instead_of(&level).filter(|_| at == 0 && !inbox);
                if let Some(instead) = instead {
                    level = instead;
                    notes.push(Note::Renamed {
                        why: Rename::Reserved,
                    });
                }
                for note in notes {
                    self.note(&position, note);
                }
                path.push(level);
            }
            if flat && path.len() > 1 {
                path = vec![path.join("-")];
                self.note(&position, Note::Flattened);
            }
            self.settle(&position, path, true);
        }
    }

    fn settle(&mut self, position: &Position, path: Vec<String>, shared: bool) {
        let path = self.target.spelled(path);
        let key = self.target.key(&path);
        let claim = self.claims.entry(key).or_insert_with(|| Claim {
            by: position.clone(),
            shared: true,
        });
        claim.shared &= shared;
        self.set_path(position, path);
    }

    fn set_path(&mut self, position: &Position, path: Vec<String>) {
        if let Some(node) = self.nodes.get_mut(position) {
            node.path = Some(path);
        }
    }

    fn note(&mut self, position: &Position, note: Note) {
        if let Some(node) = self.nodes.get_mut(position)
            && !node.notes.contains(&note)
        {
            node.notes.push(note);
        }
    }

    fn finish(self, chosen: &[&OriginFolder], excluded: Vec<Excluded>) -> Mapped {
        let mut mapped = Mapped {
            excluded,
            ..Mapped::default()
        };
        let mut arrivals: BTreeMap<Vec<String>, Vec<FolderName>> = BTreeMap::new();
        let mut above: BTreeSet<(usize, Vec<String>)> = BTreeSet::new();
        let placed = |folder: &OriginFolder| {
            let node = self.nodes.get(self.positions.get(&folder.name)?)?;
            Some((node, node.path.as_ref()?))
        };
        for (folder, (_, path)) in chosen
            .iter()
            .filter_map(|folder| Some((folder, placed(folder)?)))
        {
            arrivals
                .entry(self.target.key(path))
                .or_default()
                .push(folder.name.clone());
            above.extend(
                (self.target.root.len().max(1)..path.len())
                    .map(|depth| (depth, path[..depth].to_vec())),
            );
        }
        for (folder, (node, path)) in chosen
            .iter()
            .filter_map(|folder| Some((folder, placed(folder)?)))
        {
            let mut notes = node.notes.clone();
            let others = arrivals
                .get(&self.target.key(path))
                .into_iter()
                .flatten()
                .filter(|other| **other != folder.name);
            notes.extend(others.map(|other| Note::Merged {
                with: other.clone(),
            }));
            mapped.mappings.push(Mapping {
                origin: folder.name.clone(),
                destination: self.target.name(path),
                separator: self.target.side.separator,
                role: node.role,
                subscribed: folder.subscribed,
                create: !path_is_inbox(path)
                    && self
                        .target
                        .at(path)
                        .is_none_or(|existing| !existing.holds_mail()),
                notes,
            });
        }
        let missing = |path: &Vec<String>| {
            !path_is_inbox(path)
                && self.target.at(path).is_none()
                && !arrivals.contains_key(&self.target.key(path))
        };
        mapped.parents = above
            .iter()
            .map(|(_, path)| path)
            .filter(|path| missing(path))
            .map(|path| self.target.name(path))
            .collect();
        mapped.parents.dedup();
        mapped
    }

    fn component(&self, position: &Position) -> (String, Vec<Note>) {
        clean::component(&position.last(), self.target.side.separator, self.rules)
    }

    fn claim_at(&self, path: &[String]) -> Option<&Claim> {
        self.claims.get(&self.target.key(path))
    }

    fn name_of(&self, position: &Position) -> FolderName {
        match self.nodes.get(position).and_then(|node| node.folder) {
            Some(folder) => folder.name.clone(),
            None => FolderName::from_text(
                &position
                    .levels
                    .iter()
                    .map(FolderName::text)
                    .collect::<Vec<_>>()
                    .join("/"),
            ),
        }
    }

    fn path_of(&self, position: &Position) -> Vec<String> {
        self.nodes
            .get(position)
            .and_then(|node| node.path.clone())
            .unwrap_or_default()
    }
}

impl Node<'_> {
    fn level() -> Self {
        Self {
            folder: None,
            copied: false,
            candidate: None,
            role: None,
            path: None,
            notes: Vec::new(),
        }
    }
}
