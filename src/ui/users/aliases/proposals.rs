//! What was found, line by line, and what has a tick (pure).
//!
//! Promises: what is certain has a tick from the beginning; what belongs to another account never has one; of one address
//! that several accounts show, the last tick counts; what is in the list already has its tick for good.

use std::collections::{BTreeSet, HashMap};

use crate::aliases::{Candidate, Proposal, Reason, Verdict};
use crate::plan::Plan;
use crate::trouble::Trouble;

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// An account that could not be read.
    Failed(String, Trouble),
    /// An account, and how many of its addresses follow.
    Account(usize),
    /// One of its addresses.
    Address(usize, usize),
}

/// How it stands with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// It is in the list already.
    Present,
    /// It can get a tick, or have it taken away.
    Open(&'a Verdict),
    /// It cannot.
    Shut(&'a Verdict),
}

/// How many there are of which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub accepted: usize,
    pub suggested: usize,
    pub refused: usize,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Proposals {
    found: Vec<Proposal>,
    lines: Vec<Line>,
    heights: Vec<f32>,
    /// By login and address.
    present: BTreeSet<(usize, usize)>,
    ticks: BTreeSet<(usize, usize)>,
}

impl Proposals {
    pub fn new(found: Vec<Proposal>, failed: &[(String, Trouble)], plan: &Plan) -> Self {
        let jobs: HashMap<&str, _> = plan
            .jobs
            .iter()
            .map(|job| (job.login.as_str(), job))
            .collect();
        let mut all = Self::default();
        for (login, trouble) in failed {
            all.push(Line::Failed(login.clone(), trouble.clone()), 36.0);
        }
        for (at, proposal) in found.iter().enumerate() {
            all.push(Line::Account(at), 36.0);
            for (place, candidate) in proposal.candidates.iter().enumerate() {
                let job = jobs.get(proposal.login.as_str());
                if job.is_some_and(|job| candidate.is_among(&job.aliases)) {
                    let _ = all.present.insert((at, place));
                } else if candidate.verdict == Verdict::Accepted {
                    let _ = all.ticks.insert((at, place));
                }
                let refused = matches!(candidate.verdict, Verdict::Refused(_));
                all.push(Line::Address(at, place), if refused { 54.0 } else { 36.0 });
            }
        }
        all.found = found;
        all
    }

    fn push(&mut self, line: Line, height: f32) {
        self.lines.push(line);
        self.heights.push(height);
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn heights(&self) -> &[f32] {
        &self.heights
    }

    pub fn line(&self, at: usize) -> Option<&Line> {
        self.lines.get(at)
    }

    pub fn account(&self, at: usize) -> Option<&Proposal> {
        self.found.get(at)
    }

    pub fn candidate(&self, at: usize, place: usize) -> Option<&Candidate> {
        self.found.get(at)?.candidates.get(place)
    }

    pub fn standing(&self, at: usize, place: usize) -> Option<Standing<'_>> {
        if self.present.contains(&(at, place)) {
            return Some(Standing::Present);
        }
        let verdict = &self.candidate(at, place)?.verdict;
        Some(match verdict {
            Verdict::Refused(Reason::OtherAccount { .. }) => Standing::Shut(verdict),
            _ => Standing::Open(verdict),
        })
    }

    pub fn has_tick(&self, at: usize, place: usize) -> bool {
        self.ticks.contains(&(at, place)) || self.present.contains(&(at, place))
    }

    /// A line's tick is put, or taken away.
    pub fn tick(&mut self, line: usize) {
        let Some(Line::Address(at, place)) = self.lines.get(line) else {
            return;
        };
        let (at, place) = (*at, *place);
        if self.ticks.remove(&(at, place)) {
            return;
        }
        if matches!(self.standing(at, place), Some(Standing::Open(_))) {
            self.put(at, place);
        }
    }

    /// One account alone can have an address.
    fn put(&mut self, at: usize, place: usize) {
        let address = |at: usize, place: usize| {
            let candidate = self.candidate(at, place)?;
            Some(candidate.address.to_lowercase())
        };
        let wanted = address(at, place);
        let others = self.ticks.iter().copied();
        let others = others.filter(|(at, place)| address(*at, *place) != wanted);
        self.ticks = others.collect();
        let _ = self.ticks.insert((at, place));
    }

    /// What is only proposed gets a tick if at least so many messages show it.
    pub fn tick_least(&mut self, least: u32) {
        for at in 0..self.found.len() {
            for place in 0..self.found[at].candidates.len() {
                let candidate = &self.found[at].candidates[place];
                let enough = candidate.verdict == Verdict::Suggested && candidate.total >= least;
                if enough && !self.present.contains(&(at, place)) {
                    self.put(at, place);
                }
            }
        }
    }

    /// Whether anything new has a tick.
    pub fn is_ticked(&self) -> bool {
        !self.ticks.is_empty()
    }

    pub fn count(&self) -> usize {
        self.ticks.len()
    }

    /// What has a tick and is not in the list, with the login of its account.
    pub fn ticked(&self) -> impl Iterator<Item = (&str, &Candidate)> {
        self.ticks.iter().filter_map(|(at, place)| {
            let candidate = self.candidate(*at, *place)?;
            Some((self.found[*at].login.as_str(), candidate))
        })
    }

    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for candidate in self.found.iter().flat_map(|found| &found.candidates) {
            match candidate.verdict {
                Verdict::Accepted => sums.accepted += 1,
                Verdict::Suggested => sums.suggested += 1,
                Verdict::Refused(_) => sums.refused += 1,
            }
        }
        sums
    }
}
