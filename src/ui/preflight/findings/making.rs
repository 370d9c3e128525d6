//! What will be done to accounts at the destination, and what who does it says.
//!
//! Promises: of each account is said what becomes of it; how one that exists differs is told apart; what is asked of a
//! mail service is not claimed where nobody logs in to it. Deliberately absent: words.

use super::{Detail, Look, Told, Weight, What, case};
use crate::engine::Prepared;
use crate::engine::survey::AccountCheck;
use crate::plan::Hold;
use crate::provision::{Fact, Finding, Weight as Grave};
use crate::ui::preflight::trial::Trial;
use crate::ui::server::findings::changeable;
use crate::ui::survey::selected;

/// Whether it could not be prepared: neither was its mailbox opened, then.
pub(super) fn is_unprepared(provisions: bool, check: &AccountCheck) -> bool {
    provisions && check.account.is_none() && check.destination.is_err()
}

impl Look<'_> {
    /// What who prepares accounts says.
    pub(super) fn maker(&mut self, trial: &Trial) {
        self.verdict.waiting |= trial.is_busy();
        if let Some(trouble) = &trial.unchanged {
            let what = What::Unchanged(Told(trouble.clone()));
            self.find(Weight::Warning, what, Vec::new());
        }
        match trial.tested() {
            None => {}
            Some(Err(_)) if self.locked => {}
            Some(Err(trouble)) => {
                let what = What::NoMaker(Told(trouble.clone()));
                self.find(Weight::Blocker, what, Vec::new());
            }
            Some(Ok(findings)) => {
                for (at, finding) in findings.iter().enumerate() {
                    self.maker_finds(at, finding);
                }
            }
        }
    }

    fn maker_finds(&mut self, at: usize, finding: &Finding) {
        let weight = match finding.weight {
            Grave::Blocker => Weight::Blocker,
            Grave::Warning => Weight::Warning,
            Grave::Note | Grave::Good => Weight::Good,
        };
        let is_plain = matches!(finding.fact, Fact::Setting { .. } | Fact::Software(_));
        // How many exist is counted here, account by account.
        let is_counted = matches!(finding.fact, Fact::Present { .. });
        if is_counted || is_plain && finding.weight == Grave::Good {
            return;
        }
        let fix = changeable(finding);
        let what = What::Maker(at, fix, Told(finding.clone()));
        self.find(weight, what, Vec::new());
    }

    /// What becomes of each account.
    pub(super) fn making(&mut self) {
        if self.plan.scope.provisions() {
            self.accounts_made();
        }
        if let Some(to) = &self.plan.migration_account {
            let what = What::Stopover {
                address: to.address.clone(),
                forwards: to.hold == Hold::Forward,
                holds: to.hold == Hold::Unavailable,
            };
            self.find(Weight::Good, what, Vec::new());
        }
        if let Some(after) = &self.plan.after {
            let name = after.program.program.file_name();
            let name = name.map(|name| name.to_string_lossy().into_owned());
            let what = What::Script(name.unwrap_or_default());
            self.find(Weight::Good, what, Vec::new());
        }
    }

    fn accounts_made(&mut self) {
        let (mut all, mut differing) = (Vec::new(), Vec::new());
        for job in selected(self.plan) {
            let known = self.session.survey.get(&job.login);
            let Some(prepared) = known.and_then(|known| known.check.account.clone()) else {
                continue;
            };
            let made = &mut self.verdict.made;
            match &prepared {
                Prepared::WouldCreate => made.create += 1,
                Prepared::WouldComplete => made.complete += 1,
                Prepared::WouldSetPassword => made.passwords += 1,
                Prepared::Existed(differences) => {
                    made.existing += 1;
                    if !differences.is_empty() {
                        differing.push(case(&job.login, Detail::Prepared(prepared.clone())));
                    }
                }
                Prepared::Created
                | Prepared::Completed
                | Prepared::PasswordSet
                | Prepared::Unchanged => made.existing += 1,
            }
            all.push(case(&job.login, Detail::Prepared(prepared)));
        }
        self.find_in(Weight::Warning, What::Differing, differing);
        let what = What::Made(self.verdict.made);
        self.find_in(Weight::Good, what, all);
        if !self.plan.scope.copies() {
            self.find(Weight::Good, What::NoMessages, Vec::new());
        }
    }
}
