//! The order for a run: what, between which servers, with which passwords.
//!
//! Promises: no type here prints a secret. Deliberately absent: doing anything.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::Serialize;

use super::Notice;
use crate::account::{Endpoint, Side};
use crate::imap::Login;
use crate::journal::Journal;
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::provision::Provisioner;

/// What a run is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pass {
    /// Prepare the accounts at the destination, as the plan's scope says; no message moves.
    Accounts,
    /// Copy what is not copied yet.
    Copy,
    /// The final pass: what arrived since, flags, and the closing listing.
    Complete,
    /// Read copies back.
    Verify(Level),
}

/// How much is read back (field.md E6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// That every claimed UID is in the destination's listing, with a plausible size.
    Present,
    /// Besides, this many messages per mailbox in full, chosen by a recorded seed; all of them where the mailbox
    /// holds less than 2 GB.
    Sample(u32),
    /// Everything in full.
    Full,
}

/// The order for a run.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is to be moved.
    pub plan: Plan,
    /// Where files go.
    pub project: Project,
    /// The memory of what was done.
    pub journal: Journal,
    /// The passwords.
    pub secrets: Secrets,
    /// Who makes accounts at the destination, where the plan's scope asks for it.
    pub provisioner: Option<Arc<dyn Provisioner>>,
    /// What whoever looks into the migration account finds there, where it has to be made.
    pub notice: Option<Notice>,
    /// Only these origin logins; those the plan has selected where empty (see [`Request::wants`]).
    pub only: Vec<String>,
    /// What to do.
    pub pass: Pass,
    /// List and count, change nothing anywhere.
    pub dry_run: bool,
    /// How long to wait for a server that nobody can reach, before mailboxes fail for it. `None`: they fail when their
    /// attempts are used up, within minutes, for a script is told by an exit code and starts again. A window leaves a
    /// run alone overnight: there a router that restarts must not fail forty mailboxes one after the other.
    pub network_patience: Option<Duration>,
    /// Work at any hour, whatever the plan says.
    pub ignore_window: bool,
}

/// As long as a run without anybody before it waits for the network.
pub const NETWORK_PATIENCE: Duration = Duration::from_hours(8);

impl Request {
    /// The usual order: all selected mailboxes of the plan, for good, with the impatience of a script.
    pub fn new(
        plan: Plan,
        project: Project,
        journal: Journal,
        secrets: Secrets,
        pass: Pass,
    ) -> Self {
        Self {
            plan,
            project,
            journal,
            secrets,
            provisioner: None,
            notice: None,
            only: Vec::new(),
            pass,
            dry_run: false,
            network_patience: None,
            ignore_window: false,
        }
    }

    /// Whether a mailbox is meant.
    pub fn wants(&self, job: &Job) -> bool {
        wants(&self.only, job)
    }
}

/// Whether a mailbox is meant by these origin logins: it is named; or nobody is, and the plan has it selected.
pub fn wants(only: &[String], job: &Job) -> bool {
    if only.is_empty() {
        job.selected
    } else {
        only.contains(&job.login)
    }
}

/// The passwords of a run: by side and login, or by side for an administrator.
#[derive(Debug, Default, Clone)]
pub struct Secrets {
    logins: HashMap<(Side, String), SecretString>,
    masters: HashMap<Side, SecretString>,
}

impl Secrets {
    /// The password of one login.
    pub fn insert(&mut self, side: Side, login: impl Into<String>, password: SecretString) {
        let _ = self.logins.insert((side, login.into()), password);
    }

    /// The password of a side's administrator.
    pub fn insert_master(&mut self, side: Side, password: SecretString) {
        let _ = self.masters.insert(side, password);
    }

    /// The password of one login, where it is known.
    pub fn password(&self, side: Side, login: &str) -> Option<&SecretString> {
        self.logins.get(&(side, login.to_owned()))
    }

    /// How to log in to a mailbox of this endpoint, where the password for it is known; an archive asks for none.
    pub fn login(&self, side: Side, endpoint: &Endpoint, mailbox: &str) -> Option<Login> {
        if endpoint.folder().is_some() {
            return Some(Login {
                user: mailbox.to_owned(),
                authorize: None,
                password: SecretString::default(),
            });
        }
        match &endpoint.master {
            None => Some(Login {
                user: mailbox.to_owned(),
                authorize: None,
                password: self.logins.get(&(side, mailbox.to_owned()))?.clone(),
            }),
            Some(master) => {
                let password = self.masters.get(&side)?.clone();
                Some(match &master.separator {
                    Some(separator) => Login {
                        user: format!("{mailbox}{separator}{}", master.user),
                        authorize: None,
                        password,
                    },
                    None => Login {
                        user: master.user.clone(),
                        authorize: Some(mailbox.to_owned()),
                        password,
                    },
                })
            }
        }
    }
}
