//! What is to be moved: the servers, the mailboxes, the choices. The file `migration.toml` is this type.
//!
//! Promises: a `Plan` that was read is valid; it holds no secret. Deliberately absent: reading or writing
//! files (see `project`), and anything that happened (see `journal`).

mod accounts;
mod window;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use accounts::{
    After, AliasMode, Aliases, FolderLanguage, Hold, Icewarp, IcewarpTool, MigrationAccount,
    OnFailure, Program, Provision, Scope,
};
pub use window::{Window, WindowError};

use crate::account::Endpoint;

/// The whole decision, as written in `migration.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    /// Version of this format; 1.
    pub version: u32,
    /// What people call this migration; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What of each account is migrated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: Scope,
    /// Where the mail is.
    pub origin: Endpoint,
    /// Where it goes.
    pub destination: Endpoint,
    /// Who creates accounts at the destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<Provision>,
    /// How aliases are found.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aliases: Aliases,
    /// The account to which users are redirected while their mailbox is being moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_account: Option<MigrationAccount>,
    /// The program called after each account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
    /// The choices that hold for every mailbox.
    #[serde(default)]
    pub options: Options,
    /// The mailboxes, in the order of the list.
    #[serde(default, rename = "account", skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
}

/// One mailbox to be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Job {
    /// The login at the origin; also the name of the mailbox in log and report.
    pub login: String,
    /// The mailbox's address at the destination, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The login at the destination.
    pub destination_login: String,
    /// Left out of runs unless named by `--account` when false.
    #[serde(default = "selected", skip_serializing_if = "is_selected")]
    pub selected: bool,
    /// Also messages above the limit of size that holds for the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_sizes: bool,
    /// What the person is called; empty where nobody said it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Further addresses the account gets at the destination.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// With which others it is migrated ("Monday, administration"); empty where it stands alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl Job {
    /// A mailbox with nothing but its logins.
    pub fn new(login: impl Into<String>, destination_login: impl Into<String>) -> Self {
        Self {
            login: login.into(),
            address: None,
            destination_login: destination_login.into(),
            selected: true,
            all_sizes: false,
            name: String::new(),
            aliases: Vec::new(),
            group: String::new(),
        }
    }

    /// The account's address at the destination: as given, else the login there, where that is one.
    pub fn destination_address(&self) -> Option<&str> {
        let is_address = |text: &&str| text.contains('@');
        let given = self.address.as_deref().filter(is_address);
        given.or_else(|| Some(self.destination_login.as_str()).filter(is_address))
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A mailbox comes along unless the plan says otherwise.
fn selected() -> bool {
    true
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_selected(selected: &bool) -> bool {
    *selected
}

/// Whether messages the origin has marked `\Deleted` come along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deleted {
    /// They come along with the flag: nothing is decided for the user.
    #[default]
    Copy,
    /// They come along without the flag.
    Unmark,
    /// They stay behind, recorded as excluded.
    Skip,
}

/// Whether connections are compressed (RFC 4978).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compress {
    /// Where the server offers it and the round trip to it is long enough for it to pay.
    #[default]
    Auto,
    /// Wherever it is offered.
    Always,
    /// Never.
    Never,
}

/// The choices that hold for every mailbox of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Options {
    /// Mailboxes worked on at once.
    pub mailboxes: u32,
    /// Connections per mailbox and side; each works on one folder.
    pub connections: u32,
    /// Folders left out: patterns over the name as people read it, `*` for anything, `%` within one level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude_folders: Vec<String>,
    /// Decisions of the operator: origin folder as people read it → destination path with `/`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub folders: BTreeMap<String, String>,
    /// Only messages that arrived on or after this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<jiff::civil::Date>,
    /// Only messages up to this many octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<u64>,
    /// The language in which special folders are named where the destination lacks them; where none is said they keep
    /// the origin's names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_folders: Option<FolderLanguage>,
    /// What to do with messages marked `\Deleted`.
    pub deleted: Deleted,
    /// Compression of connections.
    pub compress: Compress,
    /// Shortest wait, in seconds, before a message whose fate is unknown is sent again: the server may
    /// still be working on what the lost connection had already delivered.
    pub settle_seconds: u32,
    /// Seconds without a single octet after which a connection counts as lost.
    pub patience_seconds: u32,
    /// The hours in which work is allowed; always where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Most that all connections together carry in each direction, in kbit (1,000 bits) a second; no limit where
    /// there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth_kbit: Option<u32>,
    /// The folder for the log's files, from the migration's folder on or from the root; `log` where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mailboxes: 4,
            connections: 3,
            exclude_folders: Vec::new(),
            folders: BTreeMap::new(),
            since: None,
            max_size: None,
            special_folders: None,
            deleted: Deleted::default(),
            compress: Compress::default(),
            settle_seconds: 2,
            patience_seconds: 180,
            window: None,
            bandwidth_kbit: None,
            log: None,
        }
    }
}

/// Why a plan is not valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not TOML, or a field is unknown, missing or of the wrong kind. Holds the parser's words.
    #[error("{0}")]
    Syntax(String),
    /// Written by a newer Traghetto.
    #[error("version {0} is newer than this program knows")]
    Version(u32),
    /// A number is outside its range.
    #[error("options.{field} = {value}: allowed is {least} to {most}")]
    Range {
        /// The field's name.
        field: &'static str,
        /// What was written.
        value: u64,
        /// Smallest allowed.
        least: u64,
        /// Largest allowed.
        most: u64,
    },
    /// Two jobs with one origin login.
    #[error("account '{0}' is listed twice")]
    Twice(String),
    /// Two origin mailboxes that would land in one destination mailbox.
    #[error("'{first}' and '{second}' would both go into '{destination}'")]
    SameDestination {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
        /// Where both would go.
        destination: String,
    },
}

impl Options {
    /// The choices as they hold for this mailbox.
    #[must_use]
    pub fn of(&self, job: &Job) -> Self {
        Self {
            max_size: self.max_size.filter(|_| !job.all_sizes),
            ..self.clone()
        }
    }
}

impl Plan {
    /// A plan with the usual options and no mailboxes yet.
    pub fn new(origin: Endpoint, destination: Endpoint) -> Self {
        Self {
            version: 1,
            name: String::new(),
            origin,
            destination,
            scope: Scope::default(),
            provision: None,
            aliases: Aliases::default(),
            migration_account: None,
            after: None,
            options: Options::default(),
            jobs: Vec::new(),
        }
    }

    /// Whether something is to be done to accounts at the destination, besides their messages.
    pub fn needs_provisioner(&self) -> bool {
        let (provision, account) = (self.provision.as_ref(), self.migration_account.as_ref());
        self.scope.needs_provisioner(provision, account)
    }

    /// Reads and checks the text of a `migration.toml`.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let plan: Self = toml::from_str(text).map_err(|error| Error::Syntax(error.to_string()))?;
        plan.check()?;
        Ok(plan)
    }

    /// The text of `migration.toml`, with a line on top that says what it is.
    pub fn to_toml(&self) -> Result<String, Error> {
        let body =
            toml::to_string_pretty(self).map_err(|error| Error::Syntax(error.to_string()))?;
        let mut text =
            String::from("# Traghetto: the plan of one migration. No passwords in here.\n");
        let _ = write!(text, "{body}");
        Ok(text)
    }

    /// Refuses what could lose or mix mail: numbers out of range, one mailbox twice, two into one.
    pub fn check(&self) -> Result<(), Error> {
        if self.version != 1 {
            return Err(Error::Version(self.version));
        }
        let options = &self.options;
        for (field, value, least, most) in [
            ("mailboxes", options.mailboxes, 1, 200),
            ("connections", options.connections, 1, 16),
            ("settle-seconds", options.settle_seconds, 0, 600),
            ("patience-seconds", options.patience_seconds, 1, 3600),
            (
                "bandwidth-kbit",
                options.bandwidth_kbit.unwrap_or(64),
                64,
                100_000_000,
            ),
        ] {
            if !(least..=most).contains(&value) {
                return Err(Error::Range {
                    field,
                    value: value.into(),
                    least: least.into(),
                    most: most.into(),
                });
            }
        }
        let mut origins = HashSet::new();
        let mut destinations: HashMap<String, &str> = HashMap::new();
        let mut addresses: HashMap<String, &str> = HashMap::new();
        for job in &self.jobs {
            if !origins.insert(job.login.as_str()) {
                return Err(Error::Twice(job.login.clone()));
            }
            if let Some(first) =
                destinations.insert(job.destination_login.to_lowercase(), &job.login)
            {
                return Err(Error::SameDestination {
                    first: first.to_owned(),
                    second: job.login.clone(),
                    destination: job.destination_login.clone(),
                });
            }
            // Accounts are made, and get their password, by their address.
            let address = job
                .destination_address()
                .filter(|_| self.needs_provisioner());
            let address = address.map(str::to_lowercase).unwrap_or_default();
            if let Some(first) = addresses.insert(address.clone(), &job.login)
                && !address.is_empty()
            {
                return Err(Error::SameDestination {
                    first: first.to_owned(),
                    second: job.login.clone(),
                    destination: address,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let mut plan = Plan::new(
            Endpoint::new("imaps://old.example.it".parse().unwrap()),
            Endpoint::new("imap://new.example.it:1143".parse().unwrap()),
        );
        plan.name = "Studio Levante".into();
        plan.options.since = Some(jiff::civil::date(2020, 1, 1));
        plan.options.window = Some("22:00-06:00+weekends".parse().unwrap());
        plan.jobs.push(Job {
            address: Some("anna@example.it".into()),
            ..Job::new("anna", "anna@example.it")
        });
        plan
    }

    #[test]
    fn a_plan_survives_its_file() {
        let text = plan().to_toml().unwrap();
        assert_eq!(Plan::from_toml(&text).unwrap(), plan());
    }

    #[test]
    fn only_a_mailbox_left_out_says_so_in_the_file() {
        let mut plan = plan();
        assert!(!plan.to_toml().unwrap().contains("selected"));
        plan.jobs[0].selected = false;
        let text = plan.to_toml().unwrap();
        assert!(text.contains("selected = false"), "{text}");
        assert_eq!(Plan::from_toml(&text).unwrap(), plan);
    }

    #[test]
    fn a_plan_that_could_mix_mail_is_refused() {
        let mut twice = plan();
        twice.jobs.push(twice.jobs[0].clone());
        assert!(matches!(twice.check(), Err(Error::Twice(_))));
        let mut merged = plan();
        merged.jobs.push(Job {
            selected: false,
            ..Job::new("bruno", "ANNA@example.it")
        });
        assert!(matches!(merged.check(), Err(Error::SameDestination { .. })));
        let mut wide = plan();
        wide.options.connections = 99;
        assert!(matches!(
            wide.check(),
            Err(Error::Range {
                field: "connections",
                ..
            })
        ));
    }

    #[test]
    fn an_unknown_field_is_named() {
        let text = plan().to_toml().unwrap() + "\nsurprise = 1\n";
        let Err(Error::Syntax(words)) = Plan::from_toml(&text) else {
            panic!("accepted")
        };
        assert!(words.contains("surprise"), "{words}");
    }
}
