//! A list over another, and in and out of a plan.

use std::collections::{HashMap, HashSet, VecDeque};

use secrecy::{ExposeSecret as _, SecretString};

use super::{Checked, Entry, Ids};
use crate::account::Side;
use crate::plan::Job;
use crate::users::Rules;

/// What importing a list changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Entries that were not there.
    pub new: usize,
    /// Entries that said something else.
    pub changed: usize,
    /// Entries that said the same.
    pub same: usize,
}

/// Puts a list over the one there is. An entry with a known login is updated where it stands and keeps id and tick; what
/// the new list does not say (an empty cell) stays as it was. The others are appended. Of two equal logins in the new
/// list the second is appended too, for the check to complain about: it must not vanish.
pub fn merge(existing: &mut Vec<Entry>, imported: Vec<Entry>, ids: &mut Ids) -> Merged {
    let mut known: HashMap<(String, String), VecDeque<usize>> = HashMap::new();
    for (at, entry) in existing.iter().enumerate() {
        known.entry(key(entry)).or_default().push_back(at);
    }
    let mut merged = Merged::default();
    for entry in imported {
        match known.get_mut(&key(&entry)).and_then(VecDeque::pop_front) {
            None => {
                merged.new += 1;
                existing.push(Entry {
                    id: ids.give(),
                    ..entry
                });
            }
            Some(at) => {
                if update(&mut existing[at], entry) {
                    merged.changed += 1;
                } else {
                    merged.same += 1;
                }
            }
        }
    }
    merged
}

/// What an entry is known by: the login; without one the address, so that faulty rows do not multiply.
fn key(entry: &Entry) -> (String, String) {
    let login = entry.login.trim().to_lowercase();
    if login.is_empty() {
        (login, entry.address.trim().to_lowercase())
    } else {
        (login, String::new())
    }
}

/// Whether the entry says something else now.
fn update(entry: &mut Entry, new: Entry) -> bool {
    let mut changed = false;
    let mut text = |old: &mut String, new: String| {
        if !new.is_empty() && *old != new {
            *old = new;
            changed = true;
        }
    };
    text(&mut entry.address, new.address);
    text(&mut entry.destination_login, new.destination_login);
    text(&mut entry.name, new.name);
    text(&mut entry.group, new.group);
    if !new.aliases.is_empty() {
        let before = entry.aliases_in_full();
        entry.aliases = new.aliases;
        changed |= before != entry.aliases_in_full();
    }
    let mut secret = |old: &mut Option<SecretString>, new: Option<SecretString>| {
        if new.is_some() && exposed(old.as_ref()) != exposed(new.as_ref()) {
            *old = new;
            changed = true;
        }
    };
    secret(&mut entry.password, new.password);
    secret(&mut entry.destination_password, new.destination_password);
    changed |= entry.fault != new.fault;
    entry.row = new.row;
    entry.fault = new.fault;
    entry.code_page = new.code_page;
    changed
}

fn exposed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(SecretString::expose_secret)
}

/// A password that will be needed.
#[derive(Debug, Clone)]
pub struct Kept {
    /// On which server.
    pub side: Side,
    /// The login there.
    pub login: String,
    /// The password.
    pub password: SecretString,
}

/// What goes into the plan and what has to be kept for it: every entry that can be migrated, with or without a tick
/// (an unticked one is left out of runs, not forgotten). No password is kept for a side where an administrator logs in.
pub fn to_jobs(entries: &[Entry], checked: &Checked, rules: Rules) -> (Vec<Job>, Vec<Kept>) {
    let mut jobs = Vec::new();
    let mut passwords = Vec::new();
    let fine = entries
        .iter()
        .enumerate()
        .filter(|(at, _)| checked.is_fine(*at));
    for (_, entry) in fine {
        let job = Job {
            address: Some(entry.address.trim().to_owned()).filter(|address| !address.is_empty()),
            selected: entry.selected,
            name: entry.name.trim().to_owned(),
            aliases: aliases(entry, rules),
            group: entry.group.trim().to_owned(),
            ..Job::new(entry.login.trim(), entry.destination(rules))
        };
        let mut keep = |side, login: &str, password: &Option<SecretString>| {
            passwords.extend(password.clone().map(|password| Kept {
                side,
                login: login.to_owned(),
                password,
            }));
        };
        if !rules.origin_master {
            keep(Side::Origin, &job.login, &entry.password);
        }
        if rules.needs_destination_password() {
            let own = entry.destination_password.as_ref();
            let own = own.filter(|password| !password.expose_secret().is_empty());
            let password = own.or(entry.password.as_ref()).cloned();
            keep(Side::Destination, &job.destination_login, &password);
        }
        jobs.push(job);
    }
    (jobs, passwords)
}

/// The aliases in full, each once, without the account's own address.
fn aliases(entry: &Entry, rules: Rules) -> Vec<String> {
    let own = [entry.address.trim(), entry.destination(rules)];
    let mut seen: HashSet<_> = own.map(str::to_lowercase).into();
    let mut aliases = entry.aliases_in_full();
    aliases.retain(|alias| seen.insert(alias.to_lowercase()));
    aliases
}

/// The entries of a plan, with the passwords `password` knows.
pub fn from_jobs(
    jobs: &[Job],
    rules: Rules,
    ids: &mut Ids,
    password: impl Fn(Side, &str) -> Option<SecretString>,
) -> Vec<Entry> {
    let entry = |job: &Job| {
        let mut entry = Entry {
            login: job.login.clone(),
            address: job.address.clone().unwrap_or_default(),
            password: password(Side::Origin, &job.login),
            selected: job.selected,
            name: job.name.clone(),
            aliases: job.aliases.clone(),
            group: job.group.clone(),
            ..Entry::new(ids)
        };
        if entry.destination(rules) != job.destination_login {
            entry.destination_login.clone_from(&job.destination_login);
        }
        let there = password(Side::Destination, &job.destination_login);
        entry.destination_password =
            there.filter(|there| exposed(entry.password.as_ref()) != exposed(Some(there)));
        entry
    };
    jobs.iter().map(entry).collect()
}
