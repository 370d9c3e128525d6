//! The plan while it is being written: one for the whole window, lent to the screens.
//!
//! Promises: as soon as both servers are known it is a [`Plan`], the very `migration.toml` the command line reads;
//! what a plan cannot say (a port half typed, a row with a mistake, the stop one is at, the list of things to do at
//! the cut-over) stands beside it in `draft.toml`. Neither holds a secret. Where both speak of the same thing the plan
//! is right: it may have been changed without the window. Deliberately absent: files (`session`), pixels.

mod makers;
mod notebook;
mod server;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::plan::{After, Aliases, MigrationAccount, Options, Plan, Provision, Scope};
use crate::provision::Wanted;
use crate::users::{self, Checked, DestinationLogin, Entry, Ids, Rules};

pub use makers::{By, Maker, Web, limit, line, path, quota, shown, words};
pub use notebook::Notebook;
pub use server::{Access, Kind, Server};

/// The whole of it.
#[derive(Debug, Default)]
pub struct Draft {
    /// What people call it; the folder's name where it is empty.
    pub name: String,
    pub origin: Server,
    pub destination: Server,
    /// What the login at the destination is, where the list does not say it.
    pub destination_login: DestinationLogin,
    pub entries: Vec<Entry>,
    /// What is wrong with them, as of the last [`recheck`](Self::recheck).
    pub checked: Checked,
    pub ids: Ids,
    /// Logins at the origin, in small letters, that are left out until they are put right: a server refuses them, or
    /// their password is not known. The tick of such an entry stays what the person wants.
    pub held: BTreeSet<String>,
    /// The file the list came from last, and when: `list.csv, 2025-11-18 10:02`.
    pub list: Option<String>,
    pub options: Options,
    /// What of each account is migrated.
    pub scope: Scope,
    /// Who creates accounts at the destination: IceWarp's administration, where it is one.
    pub web: Web,
    /// A program, where it is another server.
    pub maker: Maker,
    /// How aliases are found.
    pub aliases: Aliases,
    pub migration_account: Option<MigrationAccount>,
    /// The program called after each account.
    pub after: Option<After>,
    /// The stop that was reached; those before it have been left at least once.
    pub reached: Step,
    /// What has been ticked on the list for the cut-over.
    pub done: BTreeSet<Item>,
}

/// What is to be done when users move over to the new server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    Mx,
    Webmail,
    Autodiscover,
    Clients,
    Signatures,
    OldServer,
}

impl Item {
    pub const ALL: [Self; 6] = [
        Self::Mx,
        Self::Webmail,
        Self::Autodiscover,
        Self::Clients,
        Self::Signatures,
        Self::OldServer,
    ];
}

impl Draft {
    /// What the rows of the list are judged by.
    pub fn rules(&self) -> Rules {
        Rules {
            destination_login: self.destination_login,
            origin_master: !self.origin.has_passwords(),
            destination_master: !self.destination.has_passwords(),
            sets_passwords: self.scope.provisions(),
            by_address: self
                .scope
                .needs_provisioner(self.provision().as_ref(), self.migration_account.as_ref()),
        }
    }

    /// Who creates accounts at the destination, as far as the forms say it.
    pub fn provision(&self) -> Option<Provision> {
        match self.destination.kind {
            Kind::Icewarp => self.web.icewarp().map(Provision::Icewarp),
            Kind::Imap => self.maker.provision(),
            Kind::Archive => None,
        }
    }

    /// Takes over who creates accounts from a plan that says something else than the forms.
    fn follow_provision(&mut self, plan: Option<&Provision>) {
        if self.provision().as_ref() == plan || self.destination.kind == Kind::Archive {
            return;
        }
        let kind = match plan {
            Some(Provision::Icewarp(icewarp)) => {
                self.web = Web::of(icewarp);
                Kind::Icewarp
            }
            other => {
                self.maker.follow(other);
                Kind::Imap
            }
        };
        if self.destination.kind != kind || kind == Kind::Icewarp {
            self.destination.kind = kind;
            self.destination.changed();
        }
    }

    /// What of each account is migrated.
    pub fn set_scope(&mut self, scope: Scope) {
        self.scope = scope;
        self.recheck();
    }

    /// The accounts as they are wanted at the destination, as far as the list says it.
    pub fn wanted(&self) -> Vec<Wanted> {
        let jobs = self.plan().map(|plan| plan.jobs).unwrap_or_default();
        let selected = jobs.iter().filter(|job| job.selected);
        selected.filter_map(Wanted::of).collect()
    }

    /// The plan, as far as it can be told: once both servers are known.
    pub fn plan(&self) -> Option<Plan> {
        let mut plan = Plan::new(self.origin.endpoint()?, self.destination.endpoint()?);
        plan.name.clone_from(&self.name);
        plan.options = self.options.clone();
        plan.scope = self.scope;
        plan.provision = self.provision();
        plan.aliases.clone_from(&self.aliases);
        plan.migration_account.clone_from(&self.migration_account);
        plan.after.clone_from(&self.after);
        // Whether a password is known today is no matter of the plan: the vault may just be locked.
        let rules = Rules {
            origin_master: true,
            destination_master: true,
            sets_passwords: false,
            ..self.rules()
        };
        let checked = users::check(&self.entries, rules);
        (plan.jobs, _) = users::to_jobs(&self.entries, &checked, rules);
        for job in &mut plan.jobs {
            job.selected &= !self.is_held(&job.login);
        }
        plan.check().is_ok().then_some(plan)
    }

    /// Takes over what a plan says, over what the notebook remembered.
    pub fn follow(&mut self, plan: &Plan) {
        self.name.clone_from(&plan.name);
        self.origin.follow(&plan.origin);
        self.destination.follow(&plan.destination);
        self.options = plan.options.clone();
        self.scope = plan.scope;
        self.follow_provision(plan.provision.as_ref());
        self.aliases.clone_from(&plan.aliases);
        self.migration_account.clone_from(&plan.migration_account);
        self.after.clone_from(&plan.after);
        let unfinished = std::mem::take(&mut self.entries);
        let mut ids = Ids::default();
        self.entries = users::from_jobs(&plan.jobs, self.rules(), &mut ids, |_, _| None);
        let known: BTreeSet<String> = plan
            .jobs
            .iter()
            .map(|job| job.login.to_lowercase())
            .collect();
        self.entries.extend(
            unfinished
                .into_iter()
                .filter(|entry| !known.contains(&entry.login.to_lowercase())),
        );
        self.ids = Ids::default();
        for entry in &mut self.entries {
            entry.id = self.ids.give();
            entry.selected |= self.held.contains(&entry.login.trim().to_lowercase());
        }
        self.recheck();
    }

    /// Rows or rules were changed: what is wrong is found out again.
    pub fn recheck(&mut self) {
        self.checked = users::check(&self.entries, self.rules());
    }

    /// Whether the login is left out for now.
    pub fn is_held(&self, login: &str) -> bool {
        !self.held.is_empty() && self.held.contains(&login.trim().to_lowercase())
    }

    /// Accounts that are wanted and left out until they are put right.
    pub fn held_count(&self) -> u64 {
        let entries = self.entries.iter();
        entries
            .filter(|entry| entry.selected && self.is_held(&entry.login))
            .count() as u64
    }

    /// Accounts that will be migrated.
    pub fn chosen_count(&self) -> usize {
        let waits = |at| {
            let problem = self.checked.problem(at);
            matches!(problem, Some(users::Problem::MissingPassword { .. }))
        };
        let entries = self.entries.iter().enumerate();
        entries
            .filter(|(at, entry)| entry.selected && (self.checked.is_fine(*at) || waits(*at)))
            .filter(|(_, entry)| !self.is_held(&entry.login))
            .count()
    }

    /// The name people know it by: given, or made of the domain or the server.
    pub fn title(&self) -> String {
        if !self.name.trim().is_empty() {
            return self.name.trim().to_owned();
        }
        let of_hint = self
            .origin
            .hint
            .rsplit_once('@')
            .map(|(_, domain)| domain.trim());
        of_hint
            .filter(|domain| !domain.is_empty() && self.origin.kind != Kind::Archive)
            .map_or_else(|| self.origin.name(), str::to_owned)
    }

    /// Whether there is anything worth keeping yet.
    pub fn is_begun(&self) -> bool {
        !self.title().is_empty()
    }

    /// The stop is left: it and those before it stay open.
    pub fn reach(&mut self, step: Step) {
        self.reached = self.reached.max(step);
    }
}

#[cfg(test)]
mod tests;
