//! What was found, as a list of things to do and to know (pure but for the vault's standing).
//!
//! Promises: what keeps the copy from beginning comes first, then what leaves mail behind, then what is only to be
//! known, then what is well; each is said once, with the accounts it concerns; an account that cannot be opened is
//! left out and stops nobody else, unless none remains. Deliberately absent: words.

mod making;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use crate::account::{Security, Side};
use crate::engine::survey::Warning;
use crate::plan::Plan;
use crate::secrets::Ask;
use crate::ui::options::filters;
use crate::ui::preflight::trial::Trial;
use crate::ui::session::{Session, Standing};
use crate::ui::step::Step;
use crate::ui::survey::{Known, Lot, Obstacle, selected};

use verdict::totals;
pub use verdict::{Case, Detail, Finding, Made, Told, Totals, Verdict, Weight, What};

/// Judges what is known; `trial`: what who prepares accounts says.
pub fn judge(session: &Session, lot: &Lot, trial: &Trial) -> Verdict {
    let Some(plan) = &lot.plan else {
        return Verdict {
            findings: vec![blocker(What::NoAccounts)],
            ..Verdict::default()
        };
    };
    let mut look = Look::new(session, plan, lot);
    look.around();
    look.maker(trial);
    look.accounts();
    look.warnings();
    look.making();
    look.good();
    look.verdict()
}

fn blocker(what: What) -> Finding {
    Finding {
        weight: Weight::Blocker,
        what,
        cases: Vec::new(),
    }
}

/// The judging of one moment.
struct Look<'s> {
    session: &'s Session,
    plan: &'s Plan,
    /// What is known of the selected accounts that can be copied.
    ready: Vec<&'s Known>,
    lacking: BTreeMap<&'s str, BTreeSet<Side>>,
    locked: bool,
    verdict: Verdict,
}

impl<'s> Look<'s> {
    fn new(session: &'s Session, plan: &'s Plan, lot: &'s Lot) -> Self {
        let mut sides: BTreeMap<(Side, &str), &str> = BTreeMap::new();
        for job in selected(plan) {
            let _ = sides.insert((Side::Origin, &job.login), &job.login);
            let _ = sides.insert((Side::Destination, &job.destination_login), &job.login);
        }
        let mut lacking: BTreeMap<&str, BTreeSet<Side>> = BTreeMap::new();
        for (side, login) in &lot.lacking {
            if let Some(of) = sides.get(&(*side, login.as_str())) {
                let _ = lacking.entry(of).or_default().insert(*side);
            }
        }
        let standing = session.keeper.standing();
        let shut = matches!(
            standing,
            Standing::Wanted(Ask::Existing | Ask::WrongTryAgain) | Standing::Failed(_)
        );
        let verdict = Verdict {
            selected: selected(plan).count(),
            copies: plan.scope.copies(),
            resumed: session.draft.reached >= Step::Live,
            waiting: session.survey.is_looking()
                || matches!(standing, Standing::Opening) && !lacking.is_empty(),
            ..Verdict::default()
        };
        Self {
            session,
            plan,
            ready: Vec::new(),
            locked: shut && !lacking.is_empty(),
            lacking,
            verdict,
        }
    }

    fn find(&mut self, weight: Weight, what: What, cases: Vec<Case>) {
        self.verdict.findings.push(Finding {
            weight,
            what,
            cases,
        });
    }

    /// A finding that concerns accounts, if it concerns any.
    fn find_in(&mut self, weight: Weight, what: What, cases: Vec<Case>) {
        if !cases.is_empty() {
            self.find(weight, what, cases);
        }
    }

    /// What keeps everything from beginning.
    fn around(&mut self) {
        let what = match self.session.survey.obstacle() {
            Some(Obstacle::Running) => Some(What::Running),
            Some(Obstacle::Folder(detail)) => Some(What::Folder(detail.clone())),
            Some(Obstacle::Journal(detail)) => Some(What::Journal(detail.clone())),
            None => None,
        };
        if let Some(what) = what {
            self.find(Weight::Blocker, what, Vec::new());
        }
        if self.verdict.selected == 0 {
            self.find(Weight::Blocker, What::NoAccounts, Vec::new());
        }
        if self.locked && !self.verdict.waiting {
            self.find(Weight::Blocker, What::Locked, Vec::new());
        }
        if self.verdict.copies && one_server(self.plan) {
            let same = selected(self.plan)
                .filter(|job| job.login.to_lowercase() == job.destination_login.to_lowercase());
            let cases: Vec<Case> = same.map(|job| case(&job.login, Detail::None)).collect();
            if cases.is_empty() {
                self.find(Weight::Warning, What::OneServer, Vec::new());
            } else {
                self.find(Weight::Blocker, What::OntoItself, cases);
            }
        }
    }

    /// Who can be copied, and who is left out.
    fn accounts(&mut self) {
        let (mut lacking, mut unlooked) = (Vec::new(), Vec::new());
        let mut shut: BTreeMap<Side, Vec<Case>> = BTreeMap::new();
        let mut unprepared = Vec::new();
        let provisions = self.plan.scope.provisions();
        for job in selected(self.plan) {
            if let Some(sides) = self.lacking.get(job.login.as_str()) {
                lacking.push(case(&job.login, Detail::Lacking(sides.clone())));
                continue;
            }
            let Some(known) = self.session.survey.get(&job.login) else {
                unlooked.push(case(&job.login, Detail::None));
                self.verdict.ready.push(job.login.clone());
                continue;
            };
            let troubles = [
                (Side::Origin, known.check.origin.as_ref().err()),
                (Side::Destination, known.check.destination.as_ref().err()),
            ];
            let is_unprepared = making::is_unprepared(provisions, &known.check);
            for (side, trouble) in troubles {
                if let Some(trouble) = trouble {
                    if is_unprepared && side == Side::Destination {
                        let detail = Detail::Trouble(trouble.clone());
                        unprepared.push(case(&job.login, detail));
                        continue;
                    }
                    // Nobody wants anything of the origin where only passwords are set.
                    if is_unprepared && !self.verdict.copies {
                        continue;
                    }
                    let case = case(&job.login, Detail::Trouble(trouble.clone()));
                    shut.entry(side).or_default().push(case);
                }
            }
            if known.check.is_ready() {
                self.verdict.ready.push(job.login.clone());
                self.ready.push(known);
            }
        }
        // Those left out stop nobody else, unless nobody else remains.
        let none = self.verdict.ready.is_empty() && self.verdict.selected > 0;
        let weight = if none {
            Weight::Blocker
        } else {
            Weight::Warning
        };
        if !self.locked {
            self.find_in(weight, What::Lacking, lacking);
        }
        self.find_in(weight, What::Unprepared, unprepared);
        for (side, cases) in shut {
            self.find_in(weight, What::Shut(side), cases);
        }
        if !self.verdict.waiting && self.session.survey.obstacle().is_none() {
            self.find_in(Weight::Warning, What::Unlooked, unlooked);
        }
    }

    fn warnings(&mut self) {
        let mut found: BTreeMap<What, BTreeMap<String, Detail>> = BTreeMap::new();
        for known in self.ready.clone() {
            for warning in &known.check.warnings {
                let Some((what, detail)) = self.weigh(known, warning) else {
                    continue;
                };
                let cases = found.entry(what).or_default();
                match (cases.get_mut(&known.check.login), detail) {
                    (Some(Detail::Names(all)), Detail::Names(more))
                    | (Some(Detail::Words(all)), Detail::Words(more)) => all.extend(more),
                    (_, detail) => {
                        let _ = cases.insert(known.check.login.clone(), detail);
                    }
                }
            }
        }
        for (what, cases) in found {
            // Where a copy was made before, mail at the destination is what one expects.
            let weight = if what == What::NotEmpty && self.verdict.resumed {
                Weight::Good
            } else {
                Weight::Warning
            };
            let cases = cases
                .into_iter()
                .map(|(login, detail)| Case { login, detail });
            self.find_in(weight, what, cases.collect());
        }
        if !self.verdict.copies {
            return;
        }
        let clear = |security| security == Security::Clear;
        let (origin, destination) = (
            clear(self.plan.origin.url.security),
            clear(self.plan.destination.url.security),
        );
        if (origin || destination) && self.session.demo.is_none() {
            let what = What::InClear {
                origin,
                destination,
            };
            self.find(Weight::Warning, what, Vec::new());
        }
        if let Some(list) = filters(&self.plan.options) {
            self.find(Weight::Warning, What::Filters(list), Vec::new());
        }
    }

    fn weigh(&self, known: &Known, warning: &Warning) -> Option<(What, Detail)> {
        Some(match warning {
            Warning::QuotaTooSmall { needed, free } => {
                let needed = self.needed(known).unwrap_or(*needed);
                if needed <= *free {
                    return None;
                }
                let free = *free;
                (What::Full, Detail::Space { needed, free })
            }
            Warning::HiddenFolders => (What::HiddenFolders, Detail::None),
            Warning::HiddenLabels => (What::HiddenLabels, Detail::None),
            Warning::UnreadableFolder { words } => {
                (What::FolderUnreadable, Detail::Words(vec![words.clone()]))
            }
            Warning::FolderRefused { folder } => {
                (What::FolderRefused, Detail::Names(vec![folder.clone()]))
            }
            Warning::NotEmpty { messages } => (What::NotEmpty, Detail::Messages(*messages)),
            Warning::NoUidPlus => (What::NoUidPlus, Detail::None),
            Warning::Groupware { folders } => (What::Groupware, Detail::Names(folders.clone())),
        })
    }

    /// Octets still to come into a mailbox, where they are counted.
    fn needed(&self, known: &Known) -> Option<u64> {
        let octets = Some(known.figures.octets).filter(|octets| *octets > 0)?;
        let there = known.check.destination.as_ref().ok()?.octets;
        let there = there.filter(|_| self.verdict.resumed).unwrap_or(0);
        Some(octets.saturating_sub(there))
    }

    /// What is well.
    fn good(&mut self) {
        if self.verdict.copies {
            self.mail();
        }
        if self.plan.options.window.is_some() {
            self.find(Weight::Good, What::Hours, Vec::new());
        }
        self.find(Weight::Good, What::Awake, Vec::new());
    }

    /// What is well with both mail services.
    fn mail(&mut self) {
        let is_known = |side: fn(&Known) -> bool| {
            let jobs = selected(self.plan);
            jobs.filter_map(|job| self.session.survey.get(&job.login))
                .any(side)
        };
        let reached = is_known(|known| known.check.origin.is_ok())
            && is_known(|known| known.check.destination.is_ok());
        if !self.ready.is_empty() {
            let (ready, of) = (self.ready.len(), self.verdict.selected);
            self.find(Weight::Good, What::Credentials { ready, of }, Vec::new());
        }
        if reached {
            let what = What::Reachable {
                origin: protection(self.plan.origin.url.security),
                destination: protection(self.plan.destination.url.security),
            };
            self.find(Weight::Good, what, Vec::new());
        }
        let full = self
            .verdict
            .findings
            .iter()
            .any(|finding| finding.what == What::Full);
        let spaces: Vec<(u64, u64)> = self
            .ready
            .iter()
            .filter_map(|known| {
                let (used, most) = known.check.destination.as_ref().ok()?.quota?;
                Some((most.saturating_sub(used), self.needed(known).unwrap_or(0)))
            })
            .collect();
        if !full && !spaces.is_empty() {
            let what = What::Space {
                free: spaces.iter().map(|(free, _)| free).sum(),
                needed: spaces.iter().map(|(_, needed)| needed).sum(),
            };
            self.find(Weight::Good, what, Vec::new());
        }
        self.folders();
    }

    fn folders(&mut self) {
        let (mut folders, mut merged, mut renamed) = (0, 0, 0);
        let mut cases = Vec::new();
        for known in &self.ready {
            folders += known.figures.folders;
            merged += known.figures.merged;
            renamed += known.figures.renamed;
            let moved = |note: &String| note == "merged" || note.starts_with("renamed:");
            let moves: Vec<(String, String)> = known
                .check
                .folders
                .iter()
                .filter(|folder| folder.notes.iter().any(moved))
                .filter_map(|folder| Some((folder.origin.clone(), folder.destination.clone()?)))
                .collect();
            if !moves.is_empty() {
                cases.push(case(&known.check.login, Detail::Moves(moves)));
            }
        }
        if folders > 0 {
            let what = What::Folders {
                folders,
                merged,
                renamed,
            };
            self.find(Weight::Good, what, cases);
        }
    }

    fn verdict(mut self) -> Verdict {
        self.verdict.totals = totals(&self.ready, self.plan);
        self.verdict
            .findings
            .sort_by(|one, other| (one.weight, &one.what).cmp(&(other.weight, &other.what)));
        self.verdict
    }
}

fn case(login: &str, detail: Detail) -> Case {
    Case {
        login: login.to_owned(),
        detail,
    }
}

fn protection(security: Security) -> &'static str {
    match security {
        Security::Tls => "TLS",
        Security::StartTls => "STARTTLS",
        Security::Clear | Security::Local => "",
    }
}

/// Whether both ends are on one server.
fn one_server(plan: &Plan) -> bool {
    let (one, other) = (&plan.origin.url, &plan.destination.url);
    one.host.to_lowercase() == other.host.to_lowercase() && one.port == other.port
}

#[cfg(test)]
mod tests;
