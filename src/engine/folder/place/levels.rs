//! Ordinary folders, level by level: each below its parent, under its own cleaned name, numbered when it comes late.

use super::super::roles::name_in;
use super::super::tree::Position;
use super::super::{Note, Rename};
use super::Board;

/// Who wants which path, and what was changed in the name.
type Wanted = (Position, Vec<String>, Vec<Note>);

impl Board<'_> {
    pub(super) fn place_levels(&mut self) {
        let deepest = self
            .nodes
            .keys()
            .map(|position| position.depth)
            .max()
            .unwrap_or(0);
        for depth in 1..=deepest {
            let mut waiting: Vec<(bool, u8, Wanted)> = self
                .nodes
                .iter()
                .filter(|(position, node)| position.depth == depth && node.path.is_none())
                .map(|(position, node)| {
                    let (path, notes) = self.wanted(position);
                    let changed = if notes.is_empty() { 0 } else { 2 };
                    let exact = self.target.at(&path);
                    let exact =
                        exact.is_some_and(|folder| folder.name == self.target.literal(&path));
                    (
                        node.role.is_none(),
                        changed + u8::from(!exact),
                        (position.clone(), path, notes),
                    )
                })
                .collect();
            waiting.sort_by(|one, other| {
                let key = |(ordinary, change, (position, ..)): &(bool, u8, Wanted)| {
                    (*ordinary, *change, position.clone())
                };
                key(one).cmp(&key(other))
            });
            let mut late = Vec::new();
            for (_, _, (position, path, notes)) in waiting {
                let only_level = self.nodes.get(&position).is_some_and(|node| !node.copied);
                if self.target.side.separator.is_none() && only_level {
                    // No such folder will exist: it needs a name for its children, but not a place.
                    self.set_path(&position, path);
                } else if self.target.is_reserved(&path, &self.rules.reserved)
                    || self.claim_at(&path).is_some_and(|claim| !claim.shared)
                {
                    late.push((position, path, notes));
                } else {
                    self.arrive(&position, path, notes);
                }
            }
            for (position, path, notes) in late {
                self.arrive_late(&position, path, notes);
            }
        }
    }

    /// The place a folder has by its own name below its parent.
    pub(super) fn wanted(&self, position: &Position) -> (Vec<String>, Vec<Note>) {
        let (mut level, mut notes) = self.component(position);
        let node = self.nodes.get(position);
        let role = node.and_then(|node| node.role);
        let gmail = position.is_gmail() && role.is_some();
        let parent = position.parent().filter(|_| !gmail);
        let mut path = parent
            .and_then(|parent| self.nodes.get(&parent)?.path.clone())
            .unwrap_or_else(|| self.target.root.clone());
        let top = path == self.target.root;
        let kept = |level: &str| self.rules.instead_of(level).filter(|_| top);
        let mut renamed = kept(&level).map(|name| (name, Rename::Reserved));
        if renamed.is_none()
            && let (Some(role), Some(language)) = (role, self.rules.language)
            && let Some(name) = name_in(language, role)
            && name != level
        {
            // The language's word may itself be one that is kept.
            let name = kept(name).unwrap_or_else(|| name.to_owned());
            renamed = Some((name, Rename::Language));
        }
        if let Some((name, why)) = renamed {
            level = name;
            notes.push(Note::Renamed { why });
        }
        let below_root = position.depth > 1 && !gmail || position.inbox;
        let barren = below_root
            && self
                .target
                .at(&path)
                .is_some_and(|folder| folder.has("\\Noinferiors"));
        if self.target.side.separator.is_none() || barren {
            if let Some(above) = path.pop() {
                // A prefix that is no level stands before the name as it is.
                if below_root {
                    level = format!("{above}-{level}");
                    notes.push(Note::Flattened);
                } else {
                    level = format!("{above}{level}");
                }
            }
            if path.is_empty() && barren {
                path.clone_from(&self.target.root);
            }
        }
        path.push(level);
        (path, notes)
    }

    fn arrive(&mut self, position: &Position, path: Vec<String>, notes: Vec<Note>) {
        for note in notes {
            self.note(position, note);
        }
        if let Some(folder) = self.target.at(&path)
            && folder.name != self.target.literal(&path)
            && !folder.name.is_inbox()
            && folder.name.is_clean()
        {
            self.note(
                position,
                Note::CaseClash {
                    with: folder.name.clone(),
                },
            );
        }
        self.settle(position, path, false);
    }

    fn arrive_late(&mut self, position: &Position, mut path: Vec<String>, notes: Vec<Note>) {
        let holder = self
            .claim_at(&path)
            .map(|claim| (self.name_of(&claim.by), self.path_of(&claim.by) == path));
        let note = match holder {
            None => Note::Renamed {
                why: Rename::Reserved,
            },
            Some((by, true)) => Note::Renamed {
                why: Rename::Taken { by },
            },
            Some((with, false)) => Note::CaseClash { with },
        };
        let last = path.pop().unwrap_or_default();
        let mut number = 2_u32;
        loop {
            path.push(format!("{last} ({number})"));
            if self.claim_at(&path).is_none() && self.target.at(&path).is_none() {
                break;
            }
            let _ = path.pop();
            number += 1;
        }
        for note in notes.into_iter().chain([note]) {
            self.note(position, note);
        }
        self.settle(position, path, false);
    }
}
