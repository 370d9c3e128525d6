//! The plan while it is being written: one for the whole window, lent to the screens.
//!
//! Promises: as soon as both servers are known it is a [`Plan`], the very `migration.toml` the command line reads;
//! what a plan cannot say (a port half typed, a row with a mistake, the stop one is at, the list of things to do at
//! the cut-over) stands beside it in `draft.toml`. Neither holds a secret. Where both speak of the same thing the plan
//! is right: it may have been changed without the window. Deliberately absent: files (`session`), pixels.

mod notebook;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::account::{Address, Endpoint, Fingerprint, Master, Security};
use crate::plan::{After, Aliases, MigrationAccount, Options, Plan, Provision, Scope};
use crate::users::{self, Checked, DestinationLogin, Entry, Ids, Rules};

pub use notebook::Notebook;

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
    /// Who creates accounts at the destination.
    pub provision: Option<Provision>,
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

/// How one logs in to the mailboxes of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Each with its own password.
    #[default]
    Each,
    /// One administrator for all of them.
    Master,
}

/// A server as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Server {
    /// The address its settings were looked up from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    pub host: String,
    /// As typed.
    pub port: String,
    pub security: Security,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Fingerprint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    pub access: Access,
    /// The administrator's login.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub master: String,
    /// What stands between mailbox and administrator; empty: SASL PLAIN with an authorization identity.
    pub separator: String,
    /// The login the connection is tried with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trial: String,
    /// What it said it is, when it was last tried with success; `None`: not tried since it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<String>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            hint: String::new(),
            host: String::new(),
            port: String::from("993"),
            security: Security::Tls,
            certificate: None,
            authority: None,
            access: Access::Each,
            master: String::new(),
            separator: String::from("*"),
            trial: String::new(),
            verified: None,
        }
    }
}

impl Server {
    /// The address, if what stands in the form is one.
    pub fn address(&self) -> Option<Address> {
        let host = self.host.trim();
        if self.security == Security::Local {
            return Some(Address {
                host: Some(host.to_owned()).filter(|folder| !folder.is_empty())?,
                port: 0,
                security: self.security,
            });
        }
        let is_name =
            !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "/@?#[]".contains(c));
        Some(Address {
            host: is_name.then(|| host.to_owned())?,
            port: self.port()?,
            security: self.security,
        })
    }

    /// The port, if it is one.
    pub fn port(&self) -> Option<u16> {
        self.port.trim().parse().ok().filter(|port| *port > 0)
    }

    /// Everything needed to reach it.
    pub fn endpoint(&self) -> Option<Endpoint> {
        Some(Endpoint {
            url: self.address()?,
            certificate: self.certificate,
            authority: self.authority.clone(),
            master: self.master_login()?,
        })
    }

    /// The administrator, where one is wanted; `None` while one is wanted and not named.
    #[allow(
        clippy::option_option,
        reason = "whether it is known, and whether there is one"
    )]
    fn master_login(&self) -> Option<Option<Master>> {
        match self.access {
            Access::Each => Some(None),
            Access::Master if self.master.trim().is_empty() => None,
            Access::Master => Some(Some(Master {
                user: self.master.trim().to_owned(),
                separator: Some(self.separator.clone()).filter(|text| !text.is_empty()),
            })),
        }
    }

    /// Takes over what a plan says.
    fn follow(&mut self, endpoint: &Endpoint) {
        let before = self.endpoint();
        self.host.clone_from(&endpoint.url.host);
        self.port = endpoint.url.port.to_string();
        self.security = endpoint.url.security;
        self.certificate = endpoint.certificate;
        self.authority.clone_from(&endpoint.authority);
        match &endpoint.master {
            None => self.access = Access::Each,
            Some(master) => {
                self.access = Access::Master;
                self.master.clone_from(&master.user);
                self.separator = master.separator.clone().unwrap_or_default();
            }
        }
        if before.as_ref() != Some(endpoint) {
            self.verified = None;
        }
    }

    /// The form was changed: what was learned of the server no longer holds.
    pub fn changed(&mut self) {
        self.verified = None;
    }

    /// Another host or port: a certificate accepted for the old one is not accepted for this.
    pub fn moved(&mut self) {
        self.certificate = None;
        self.changed();
    }

    /// Whether no mailbox needs a password of its own.
    pub fn is_open(&self) -> bool {
        self.has_master() || self.security == Security::Local
    }

    /// Whether the administrator logs in.
    pub fn has_master(&self) -> bool {
        self.access == Access::Master
    }
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
            origin_master: self.origin.is_open(),
            destination_master: self.destination.is_open(),
            sets_passwords: self.scope.provisions(),
        }
    }

    /// The plan, as far as it can be told: once both servers are known.
    pub fn plan(&self) -> Option<Plan> {
        let mut plan = Plan::new(self.origin.endpoint()?, self.destination.endpoint()?);
        plan.name.clone_from(&self.name);
        plan.options = self.options.clone();
        plan.scope = self.scope;
        plan.provision.clone_from(&self.provision);
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
        self.provision.clone_from(&plan.provision);
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
            .filter(|domain| !domain.is_empty())
            .unwrap_or(self.origin.host.trim())
            .to_owned()
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
