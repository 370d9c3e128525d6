//! Special folders: which folder of the origin has a role, and going to the destination's folder of that role.
//!
//! One folder has each role. The others are ordinary folders and say who took it, unless the rules merge them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::roles::{by_attribute, by_core_word, by_name};
use super::super::target::levels_of;
use super::super::tree::Position;
use super::super::{Note, OriginFolder, Role, RoleSource};
use super::{Board, Claim};
use crate::imap::name::FolderName;

impl Board<'_> {
    pub(super) fn candidate(
        &self,
        folder: &OriginFolder,
        position: &Position,
    ) -> Option<(Role, u8, RoleSource)> {
        if position.is_inbox()
            || folder.has("\\Inbox")
            || self.rules.overrides.contains_key(&folder.name.text())
        {
            return None;
        }
        if let Some((role, source)) = by_attribute(folder) {
            return Some((role, u8::from(source == RoleSource::Xlist), source));
        }
        let name = position.last();
        let gmail = position.is_gmail();
        if let Some(role) = by_name(&name) {
            let near = position.depth == 1 || gmail;
            let rank = if position.inbox { 3 } else { 2 };
            return (near && (gmail || !role.is_view())).then_some((role, rank, RoleSource::Name));
        }
        let role = by_core_word(&name).filter(|_| position.depth == 1 && !position.inbox)?;
        Some((role, 4, RoleSource::CoreWord))
    }

    /// One folder for each role: whoever has it already, then the best evidence, then the most messages.
    pub(super) fn award_roles(&mut self, previous: &BTreeMap<FolderName, FolderName>) {
        let mut ranked: BTreeMap<Role, Vec<_>> = BTreeMap::new();
        for (position, node) in &self.nodes {
            if let (Some(folder), Some((role, rank, source))) = (node.folder, node.candidate) {
                let recorded = previous.contains_key(&folder.name);
                let messages = folder.messages.unwrap_or(0);
                let claim = (!recorded, rank, Reverse(messages), folder.name.clone());
                ranked
                    .entry(role)
                    .or_default()
                    .push((claim, source, position.clone()));
            }
        }
        for (role, mut claims) in ranked {
            claims.sort();
            let winner = claims.first().map(|(claim, ..)| claim.3.clone());
            for (at, (_, source, position)) in claims.into_iter().enumerate() {
                let Some(node) = self.nodes.get_mut(&position) else {
                    continue;
                };
                if at == 0 || self.rules.merge_roles {
                    node.role = Some(role);
                    node.notes.push(Note::RoleFrom(source));
                } else if let Some(by) = winner.clone() {
                    node.notes.push(Note::RoleTaken { by });
                }
            }
        }
    }

    pub(super) fn place_roles(&mut self) {
        let winners: Vec<(Position, Role)> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.path.is_none())
            .filter_map(|(position, node)| Some((position.clone(), node.role?)))
            .collect();
        for (position, role) in winners {
            let Some(folder) = self.target.with_role(role) else {
                continue;
            };
            let path = levels_of(&folder.name, self.target.side.separator);
            let other = self
                .claim_at(&path)
                .filter(|claim| !claim.shared && !self.may_join(claim, role));
            match other.map(|claim| self.name_of(&claim.by)) {
                Some(by) => {
                    // Somebody is there by an earlier decision.
                    if let Some(node) = self.nodes.get_mut(&position) {
                        node.role = None;
                        node.notes.retain(|note| !matches!(note, Note::RoleFrom(_)));
                        node.notes.push(Note::RoleTaken { by });
                    }
                }
                None => self.settle(&position, path, false),
            }
        }
        if self.rules.merge_roles {
            self.merge_the_homeless();
        }
    }

    /// Where the destination lacks a role and roles are merged, all follow the first.
    fn merge_the_homeless(&mut self) {
        let roles: BTreeSet<Role> = self
            .nodes
            .values()
            .filter(|node| node.path.is_none())
            .filter_map(|node| node.role)
            .collect();
        for role in roles {
            let mut waiting: Vec<(u8, Reverse<u64>, Position)> = self
                .nodes
                .iter()
                .filter(|(_, node)| node.role == Some(role) && node.path.is_none())
                .map(|(position, node)| {
                    let messages = node.folder.and_then(|folder| folder.messages).unwrap_or(0);
                    (
                        node.candidate.map_or(9, |candidate| candidate.1),
                        Reverse(messages),
                        position.clone(),
                    )
                })
                .collect();
            waiting.sort();
            let settled = self
                .nodes
                .values()
                .find(|node| node.role == Some(role) && node.path.is_some());
            let mut home = settled.and_then(|node| node.path.clone());
            for (_, _, position) in waiting {
                let path = home.get_or_insert_with(|| self.wanted(&position).0).clone();
                if self
                    .claim_at(&path)
                    .is_none_or(|claim| claim.shared || self.may_join(claim, role))
                {
                    self.settle(&position, path, false);
                }
            }
        }
    }

    /// Whether a folder of this role may go where another has gone.
    fn may_join(&self, claim: &Claim, role: Role) -> bool {
        self.rules.merge_roles
            && self
                .nodes
                .get(&claim.by)
                .is_some_and(|node| node.role == Some(role))
    }
}
