//! Who prepares accounts at the destination, asked what stands in the way of these accounts.
//!
//! Promises: asking changes nothing; who was refused is not asked again until what was asked has changed or somebody
//! wants it; settings are changed only by a button that says so, and how they were is on the disk first. Deliberately
//! absent: the asking itself (`provision`), words for what was found (`report::accounts`).

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use iced::{Task, task};
use secrecy::ExposeSecret;

use crate::plan::Plan;
use crate::provision::{Finding, Provisioner, Setting, Wanted};
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};
use crate::ui::server::Work;
use crate::ui::session::Session;
use crate::ui::survey::selected;

/// What came of asking.
pub(in crate::ui) type Tested = Result<Vec<Finding>, Trouble>;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Said {
    Tested(u64, Tested),
    /// Settings were changed, or not.
    Changed(Result<(), Trouble>),
}

/// What is known.
#[derive(Debug, Default)]
pub struct Trial {
    tested: Option<Tested>,
    /// Why settings were not changed.
    pub unchanged: Option<Trouble>,
    asking: Option<task::Handle>,
    changing: bool,
    /// What was asked last, as a number.
    print: Option<u64>,
    attempt: u64,
    revision: u64,
    /// What is compared holds a password: it is worth nothing outside this run of the program.
    salt: RandomState,
}

impl Trial {
    pub fn tested(&self) -> Option<&Tested> {
        self.tested.as_ref()
    }

    pub fn is_busy(&self) -> bool {
        self.asking.is_some() || self.changing
    }

    /// Whether settings are being changed.
    pub fn is_changing(&self) -> bool {
        self.changing
    }

    /// Counts what was learned.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Asks where the plan needs somebody who prepares accounts; `again`, whatever was asked before.
    pub fn look(&mut self, session: &Session, again: bool) -> Task<Said> {
        let plan = session.draft.plan().filter(Plan::needs_provisioner);
        let Some(plan) = plan.filter(|_| session.demo.is_none()) else {
            self.forget();
            return Task::none();
        };
        let wanted: Vec<Wanted> = selected(&plan).filter_map(Wanted::of).collect();
        let password = session.keeper.get(&Key::Provisioner);
        let password = password.map(ExposeSecret::expose_secret);
        let what = (format!("{:?}{wanted:?}", plan.provision), password);
        let print = self.salt.hash_one(what);
        if !again && self.print == Some(print) {
            return Task::none();
        }
        self.forget();
        self.print = Some(print);
        match session.provisioner(&plan) {
            Ok(Some(maker)) => self.ask(maker, wanted),
            Ok(None) => Task::none(),
            Err(trouble) => {
                self.tested = Some(Err(trouble));
                Task::none()
            }
        }
    }

    fn forget(&mut self) {
        self.attempt += 1;
        self.revision += 1;
        self.tested = None;
        self.asking = None;
        self.print = None;
    }

    fn ask(&mut self, maker: Arc<dyn Provisioner>, wanted: Vec<Wanted>) -> Task<Said> {
        let attempt = self.attempt;
        let asking = async move { maker.test(&wanted).await };
        let (task, handle) =
            Task::perform(asking, move |tested| Said::Tested(attempt, tested)).abortable();
        self.asking = Some(handle.abort_on_drop());
        task
    }

    /// Sets a setting to what suits the migration.
    pub fn put_right(&mut self, session: &mut Session, setting: Setting) -> Task<Said> {
        let plan = session.draft.plan();
        let maker = plan.and_then(|plan| session.provisioner(&plan).ok().flatten());
        let Some(maker) = maker.filter(|_| !self.is_busy()) else {
            return Task::none();
        };
        let project = match session.folder().map(Option::<&_>::cloned) {
            Ok(Some(project)) => project,
            Ok(None) => return Task::none(),
            Err(error) => {
                self.unchanged = Some(Trouble::new(Kind::Storage, "", error.to_string()));
                self.revision += 1;
                return Task::none();
            }
        };
        self.changing = true;
        self.unchanged = None;
        self.revision += 1;
        // Spawned, so that leaving this screen does not cut it in the middle.
        let working =
            tokio::spawn(async move { Work { maker, project }.put_right(&[setting]).await });
        Task::perform(working, |changed| {
            Said::Changed(match changed {
                Ok(changed) => changed.map(|_| ()),
                Err(error) => Err(Trouble::new(Kind::Storage, "", error.to_string())),
            })
        })
    }

    /// Takes what was said; what answers an earlier question is dropped.
    pub fn take(&mut self, session: &Session, said: Said) -> Task<Said> {
        self.revision += 1;
        match said {
            Said::Tested(attempt, tested) if attempt == self.attempt => {
                self.asking = None;
                self.tested = Some(tested);
            }
            Said::Tested(..) => {}
            Said::Changed(Ok(())) => {
                self.changing = false;
                return self.look(session, true);
            }
            Said::Changed(Err(trouble)) => {
                self.changing = false;
                self.unchanged = Some(trouble);
            }
        }
        Task::none()
    }

    /// For tests and pictures: as if this had been answered.
    #[cfg(test)]
    pub(in crate::ui) fn pretend(&mut self, tested: Tested) {
        self.tested = Some(tested);
        self.revision += 1;
    }
}
