//! A mailbox's headers, counted: how often each address showed, and in which way.
//!
//! Promises: an address counts once for each message and class, and a message once however often it lies in a folder
//! (by its Message-ID). Deliberately absent: what other accounts have to do with it (`conflict`).

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::header::{self, Shelf};
use super::{Candidate, Counts, Proposal, Settings, Verdict, address};
use crate::plan::{AliasMode, Job};

/// More names than this, nearly all of them seen once, are guesses of senders and not aliases: the mailbox takes whatever
/// comes for its domain.
const CATCH_ALL: usize = 20;

/// What was counted so far.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    settings: &'a Settings,
    seen: HashSet<(Shelf, u64)>,
    found: BTreeMap<String, Candidate>,
    read: u32,
}

impl<'a> Tally<'a> {
    pub(super) fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            seen: HashSet::new(),
            found: BTreeMap::new(),
            read: 0,
        }
    }

    /// Counts one message.
    pub(super) fn take(&mut self, header: &[u8], shelf: Shelf) {
        let shown = header::read(header, shelf, self.settings);
        if let Some(id) = &shown.id {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            if !self.seen.insert((shelf, hasher.finish())) {
                return;
            }
        }
        self.read += 1;
        let mut counted = HashSet::new();
        for (class, address) in shown.found {
            let key = address.key();
            let candidate = self
                .found
                .entry(key.clone())
                .or_insert_with(|| Candidate::new(address.written()));
            candidate.counts.add(class);
            candidate.total += u32::from(counted.insert(key));
        }
        for key in shown.lists {
            let written = key.clone();
            let candidate = self.found.entry(key);
            candidate.or_insert_with(|| Candidate::new(written)).list = true;
        }
    }

    /// What the mailbox of this job may be called besides. Judged by itself alone: see [`resolve`](super::resolve).
    pub(super) fn proposal(self, job: &Job) -> Proposal {
        let own = job.destination_address().map(address::key);
        let once = |candidate: &&Candidate| candidate.total == 1;
        // What is only known as a list was not seen as an address of this mailbox.
        let shown: Vec<&Candidate> = self.found.values().filter(|one| one.total > 0).collect();
        let names = shown.len();
        let catch_all = names > CATCH_ALL && shown.into_iter().filter(once).count() * 5 > names * 4;
        let mut candidates: Vec<Candidate> = match self.settings.mode {
            AliasMode::Username => Vec::new(),
            AliasMode::Standard => {
                let best = |count: fn(&Counts) -> u32| best(&self.found, own.as_deref(), count);
                let best = best(|counts| counts.sent).or_else(|| best(|counts| counts.envelope));
                best.cloned().into_iter().collect()
            }
            AliasMode::Extended => self.found.values().cloned().collect(),
        };
        candidates.retain(|candidate| candidate.total > 0 && Some(candidate.key()) != own);
        candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.total), candidate.key()));
        for candidate in &mut candidates {
            candidate.verdict = candidate.judged(catch_all);
        }
        Proposal {
            login: job.login.clone(),
            mode: self.settings.mode,
            candidates,
            read: self.read,
            catch_all,
        }
    }
}

/// The address with the highest count; the account's own where that is equal, for then there is nothing to be guessed.
fn best<'c>(
    found: &'c BTreeMap<String, Candidate>,
    own: Option<&str>,
    count: impl Fn(&Counts) -> u32,
) -> Option<&'c Candidate> {
    let with = found.iter().filter(|(_, one)| count(&one.counts) > 0);
    let best = with.max_by_key(|(key, one)| {
        let is_own = own == Some(key.as_str());
        (
            count(&one.counts),
            is_own,
            one.total,
            std::cmp::Reverse(*key),
        )
    });
    best.map(|(_, one)| one)
}

impl Candidate {
    fn new(address: String) -> Self {
        Self {
            address,
            counts: Counts::default(),
            total: 0,
            list: false,
            verdict: Verdict::Suggested,
        }
    }
}
