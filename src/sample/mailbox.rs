//! What the store is made of: accounts, folders, and how a folder numbers, changes and forgets its messages.
//!
//! Everything here runs under the store's lock and never waits. UIDs only grow, MODSEQs only grow, and each change of the
//! set of messages raises `version`, by which sessions notice that there is something to tell.

use super::name;
use super::store::Mail;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct Depot {
    pub separator: char,
    pub prefix: String,
    pub uid_start: u32,
    pub uid_step: u32,
    pub next_validity: u32,
    pub accounts: BTreeMap<String, Account>,
}

#[derive(Debug, Default)]
pub(super) struct Account {
    pub password: String,
    pub folders: BTreeMap<String, Folder>,
    pub subscribed: BTreeSet<String>,
    pub quota: Option<u64>,
}

#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub uid_validity: u32,
    pub uid_next: u32,
    pub uid_step: u32,
    pub special_use: Option<String>,
    pub messages: Vec<Arc<Mail>>,
    pub version: u64,
    pub highest_modseq: u64,
}

impl Depot {
    pub(super) fn folder(&self, login: &str, folder: &str) -> Option<&Folder> {
        self.accounts.get(login)?.folders.get(folder)
    }

    pub(super) fn folder_mut(&mut self, login: &str, folder: &str) -> Option<&mut Folder> {
        self.accounts.get_mut(login)?.folders.get_mut(folder)
    }

    /// The folder of that name, made now if it was not there; `None` when there is no such account.
    pub(super) fn folder_or_new(&mut self, login: &str, folder: &str) -> Option<&mut Folder> {
        let numbers = (self.next_validity + 1, self.uid_start, self.uid_step);
        let folders = &mut self.accounts.get_mut(login)?.folders;
        if !folders.contains_key(folder) {
            self.next_validity += 1;
        }
        Some(
            folders
                .entry(folder.to_owned())
                .or_insert_with(|| Folder::blank(numbers)),
        )
    }

    pub(super) fn canonical(&self, name: &str) -> String {
        name::canonical(name, self.separator)
    }
}

impl Account {
    pub(super) fn octets(&self) -> u64 {
        self.folders.values().map(Folder::octets).sum()
    }

    pub(super) fn has_room(&self, octets: u64) -> bool {
        self.quota
            .is_none_or(|quota| self.octets() + octets <= quota)
    }
}

impl Folder {
    fn blank((uid_validity, uid_next, uid_step): (u32, u32, u32)) -> Self {
        Self {
            uid_validity,
            uid_next,
            uid_step,
            special_use: None,
            messages: Vec::new(),
            version: 0,
            highest_modseq: 1,
        }
    }

    pub(super) fn add(&mut self, mut mail: Mail) -> u32 {
        let uid = mail.uid.max(self.uid_next);
        self.uid_next = uid + self.uid_step;
        self.highest_modseq += 1;
        self.version += 1;
        mail.uid = uid;
        mail.modseq = self.highest_modseq;
        self.messages.push(Arc::new(mail));
        uid
    }

    pub(super) fn remove(&mut self, uid: u32) -> bool {
        let Some(index) = self.position(uid) else {
            return false;
        };
        let _ = self.messages.remove(index);
        self.highest_modseq += 1;
        self.version += 1;
        true
    }

    /// Changes a message in place and counts the change; its UID is not the caller's to touch.
    pub(super) fn change(&mut self, uid: u32, change: impl FnOnce(&mut Mail)) -> bool {
        let Some(index) = self.position(uid) else {
            return false;
        };
        self.highest_modseq += 1;
        let mail = Arc::make_mut(&mut self.messages[index]);
        change(mail);
        mail.uid = uid;
        mail.modseq = self.highest_modseq;
        true
    }

    /// Gives the folder a new life: another UIDVALIDITY, and each UID moved on by `shift`.
    pub(super) fn renumber(&mut self, uid_validity: u32, shift: u32) {
        self.uid_validity = uid_validity;
        self.uid_next += shift;
        self.version += 1;
        for mail in &mut self.messages {
            Arc::make_mut(mail).uid += shift;
        }
    }

    pub(super) fn position(&self, uid: u32) -> Option<usize> {
        self.messages
            .binary_search_by_key(&uid, |mail| mail.uid)
            .ok()
    }

    pub(super) fn uids(&self) -> Vec<u32> {
        self.messages.iter().map(|mail| mail.uid).collect()
    }

    pub(super) fn octets(&self) -> u64 {
        self.messages
            .iter()
            .map(|mail| mail.body.len() as u64)
            .sum()
    }
}
