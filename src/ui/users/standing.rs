//! How it stands with every row, which of them are seen, and in which order.
//!
//! Promises: found out once after every change, in one pass, so that a view only looks it up. Deliberately absent:
//! words (`words`), pixels (`rows`).

use super::proofs::Proof;
use super::{ROWS, State, place};
use crate::ui::draft::Draft;
use crate::ui::session::{Session, Standing as Vault};
use crate::ui::widget::choice::Tick;
use crate::users::{self, Entry, Filter, Problem};

/// How it stands with a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing<'a> {
    /// Its password is in a vault that is not open.
    Locked,
    /// It cannot be migrated like this.
    Wrong(&'a Problem),
    /// It can, and should be looked at.
    Doubtful(&'a Problem),
    /// Its login was tried, or is going to be.
    Tried(&'a Proof),
    Unproven,
}

/// How many there are of which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub all: usize,
    /// Those that will be migrated.
    pub chosen: usize,
    pub good: usize,
    /// Those whose login nobody has tried, or not to the end.
    pub unproven: usize,
    pub to_fix: usize,
    pub duplicates: usize,
    pub locked: usize,
}

impl Counts {
    /// Rows that will be left out.
    pub fn wrong(&self) -> usize {
        self.to_fix + self.duplicates
    }
}

/// Which rows are seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    Good,
    ToFix,
    Duplicates,
}

impl Show {
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Good, Self::ToFix, Self::Duplicates];
}

/// What rows are put in order by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    Number,
    #[default]
    Address,
}

/// The order of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub by: By,
    pub back: bool,
}

impl Order {
    /// A head was pressed: by this column, or the other way round.
    pub fn press(&mut self, by: By) {
        self.back = self.by == by && !self.back;
        self.by = by;
    }

    /// Rows without an address stand where their login would.
    fn sort(self, places: &mut [usize], entries: &[Entry]) {
        if self.by == By::Address {
            places.sort_by_cached_key(|at| {
                let entry = &entries[*at];
                let address = entry.address.trim();
                let known = if address.is_empty() {
                    entry.login.trim()
                } else {
                    address
                };
                known.to_lowercase()
            });
        }
        if self.back {
            places.reverse();
        }
    }
}

impl State {
    /// Rows, rules, logins or what is looked for were changed.
    pub(super) fn refresh(&mut self, session: &mut Session) {
        self.locked = self.sealed && !matches!(session.keeper.standing(), Vault::Open(_));
        self.proofs.prune(session);
        self.count(&mut session.draft);
        self.groups.count(&session.draft.entries);
        let draft = &session.draft;
        let mut shown = users::visible(&draft.entries, &draft.checked, &self.query, Filter::All);
        shown.retain(|at| self.passes(draft, *at));
        self.order.sort(&mut shown, &draft.entries);
        self.heights = shown.iter().map(|at| self.height(draft, *at)).collect();
        self.shown = shown;
        let cursor = self
            .at
            .and_then(|id| self.shown.iter().position(|at| draft.entries[*at].id == id));
        let last = self.shown.len().saturating_sub(1);
        self.table.cursor = cursor.unwrap_or(self.table.cursor).min(last);
        if self.table.height > 0.0 {
            let all: f32 = self.heights.iter().sum();
            self.table.top = self.table.top.min((all - self.table.height).max(0.0));
        }
    }

    fn count(&mut self, draft: &mut Draft) {
        let mut counts = Counts {
            all: draft.entries.len(),
            ..Counts::default()
        };
        draft.held.clear();
        for at in 0..draft.entries.len() {
            let mut held = false;
            match self.standing(draft, at) {
                Standing::Locked => counts.locked += 1,
                Standing::Wrong(problem) if problem.is_duplicate() => counts.duplicates += 1,
                Standing::Wrong(problem) => {
                    counts.to_fix += 1;
                    held = matches!(problem, Problem::MissingPassword { .. });
                }
                Standing::Tried(proof) if proof.is_refused() => {
                    counts.to_fix += 1;
                    held = true;
                }
                Standing::Tried(Proof::Good { .. }) => counts.good += 1,
                Standing::Tried(_) | Standing::Doubtful(_) | Standing::Unproven => {
                    counts.unproven += 1;
                }
            }
            counts.chosen += usize::from(self.is_chosen(draft, at));
            if held {
                let login = draft.entries[at].login.trim().to_lowercase();
                let _ = draft.held.insert(login);
            }
        }
        self.counts = counts;
    }

    /// How it stands with the row at this place of the list.
    pub(super) fn standing<'a>(&'a self, draft: &'a Draft, at: usize) -> Standing<'a> {
        let problem = draft.checked.problem(at);
        match problem {
            Some(Problem::MissingPassword { .. }) if self.locked => return Standing::Locked,
            Some(problem) if problem.is_blocking() => return Standing::Wrong(problem),
            _ => {}
        }
        match (self.proofs.get(draft.entries[at].id), problem) {
            (Some(proof), _) => Standing::Tried(proof),
            (None, Some(problem)) => Standing::Doubtful(problem),
            (None, None) => Standing::Unproven,
        }
    }

    /// Whether it could be migrated, if it had a tick.
    pub(super) fn is_able(&self, draft: &Draft, at: usize) -> bool {
        match self.standing(draft, at) {
            Standing::Wrong(_) => false,
            Standing::Tried(proof) => !proof.is_refused(),
            Standing::Locked | Standing::Doubtful(_) | Standing::Unproven => true,
        }
    }

    /// Whether it will be migrated.
    pub(super) fn is_chosen(&self, draft: &Draft, at: usize) -> bool {
        draft.entries[at].selected && self.is_able(draft, at)
    }

    /// Whether its login is to be tried; a refused one only where it was asked for.
    pub(super) fn is_to_verify(&self, draft: &Draft, at: usize, asked: bool) -> bool {
        match self.standing(draft, at) {
            Standing::Locked | Standing::Wrong(_) => false,
            Standing::Tried(proof) => match proof {
                Proof::Waiting | Proof::Checking | Proof::Good { .. } => false,
                Proof::Failed { .. } => {
                    asked || (!proof.is_refused() && draft.entries[at].selected)
                }
            },
            Standing::Doubtful(_) | Standing::Unproven => asked || draft.entries[at].selected,
        }
    }

    fn is_edited(&self, id: u64) -> bool {
        self.edit.as_ref().is_some_and(|edit| edit.id == Some(id))
    }

    fn passes(&self, draft: &Draft, at: usize) -> bool {
        if self.is_edited(draft.entries[at].id) {
            return true;
        }
        if !self.groups.shows(&draft.entries[at]) {
            return false;
        }
        let standing = self.standing(draft, at);
        match self.show {
            Show::All => true,
            Show::Good => matches!(standing, Standing::Tried(Proof::Good { .. })),
            Show::ToFix => match standing {
                Standing::Wrong(problem) => !problem.is_duplicate(),
                Standing::Tried(proof) => proof.is_refused(),
                _ => false,
            },
            Show::Duplicates => {
                matches!(standing, Standing::Wrong(problem) if problem.is_duplicate())
            }
        }
    }

    fn height(&self, draft: &Draft, at: usize) -> f32 {
        if self.is_edited(draft.entries[at].id) {
            return super::edit::HEIGHT;
        }
        match self.standing(draft, at) {
            Standing::Wrong(_) | Standing::Doubtful(_) | Standing::Tried(Proof::Failed { .. }) => {
                54.0
            }
            Standing::Locked | Standing::Tried(_) | Standing::Unproven => 36.0,
        }
    }

    /// The row the cursor is at.
    pub(super) fn here(&self, session: &Session) -> Option<u64> {
        let at = self.shown.get(self.table.cursor)?;
        session.draft.entries.get(*at).map(|entry| entry.id)
    }

    pub(super) fn point(&mut self, session: &Session, id: u64) {
        let entries = &session.draft.entries;
        let seen = |at: &usize| entries.get(*at).is_some_and(|entry| entry.id == id);
        if let Some(cursor) = self.shown.iter().position(seen) {
            self.at = Some(id);
            self.table.cursor = cursor;
        }
    }

    /// The cursor is brought into sight.
    pub(super) fn reveal<M: Send + 'static>(&mut self) -> iced::Task<M> {
        self.table.reveal(&self.heights, ROWS)
    }

    pub(super) fn tick(&mut self, session: &mut Session, id: u64) {
        let Some(at) = place(&session.draft.entries, id) else {
            return;
        };
        if self.is_able(&session.draft, at) {
            let entry = &mut session.draft.entries[at];
            entry.selected = !entry.selected;
            self.changed(session);
        }
    }

    /// What the head shows: whether all, some or none of the rows that are seen have a tick.
    pub(super) fn ticked(&self, draft: &Draft) -> Tick {
        let chosen = self.shown.iter().filter(|at| self.is_chosen(draft, **at));
        match chosen.count() {
            0 => Tick::Off,
            count if count == self.shown.len() => Tick::On,
            _ => Tick::Some,
        }
    }

    /// All that are seen get a tick; where all that can have one have it, none.
    pub(super) fn tick_all(&mut self, session: &mut Session) {
        let draft = &session.draft;
        let mut able = self.shown.iter().filter(|at| self.is_able(draft, **at));
        let on = able.any(|at| !draft.entries[*at].selected);
        for at in &self.shown {
            if let Some(entry) = session.draft.entries.get_mut(*at) {
                entry.selected = on;
            }
        }
        self.changed(session);
    }
}
