//! Accounts at the destination: made, looked at, given their password, held while their mailbox is being moved.
//!
//! Promises: every act may be repeated without harm: what exists stays as it is, and how it differs is told; an account
//! that was made and not finished is told as such, never taken for one that was there; nothing is ever deleted; no
//! secret is printed, logged, or given to another program in its arguments or environment. Deliberately absent: which
//! accounts (the plan says), when (the engine), and words for people.
//!
//! - `icewarp` its HTTP API · `tool` its own program on its server · `command` a program of the administrator
//! - `export` a table for any panel · `passphrase` passwords nobody chose

pub mod command;
pub mod export;
pub mod icewarp;
pub(crate) mod passphrase;
pub mod tool;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use futures::future::BoxFuture;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::plan::{Hold, Job, Provision};
use crate::trouble::{Kind, Trouble};

/// An account as it is wanted at the destination.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// Its address.
    pub address: String,
    /// What its user logs in with.
    pub login: String,
    /// What the person is called; empty where nobody said it.
    pub name: String,
    /// Its further addresses, in full.
    pub aliases: Vec<String>,
}

impl Wanted {
    /// What the plan wants of a mailbox; `None` where it does not say an address.
    pub fn of(job: &Job) -> Option<Self> {
        Some(Self {
            address: job.destination_address()?.to_owned(),
            login: job.destination_login.clone(),
            name: job.name.clone(),
            aliases: job.aliases.clone(),
        })
    }

    /// The part before the at sign.
    pub fn localpart(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after it.
    pub fn domain(&self) -> &str {
        self.address
            .rsplit_once('@')
            .map_or("", |(_, domain)| domain)
    }
}

/// Whether an account is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is not.
    Missing,
    /// It is, and differs in this from what is wanted.
    Exists(Vec<Difference>),
}

/// One thing in which an account that exists differs from what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What differs.
    pub what: Part,
    /// As the plan has it.
    pub wanted: String,
    /// As the server has it.
    pub found: String,
}

/// A part of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What the person is called.
    Name,
    /// An alias that is missing.
    Alias,
    /// The quota.
    Quota,
    /// It takes no IMAP.
    Imap,
    /// Its password lives elsewhere (a directory), and cannot be set.
    PasswordElsewhere,
    /// It is switched off.
    Disabled,
    /// It is not a mailbox: a list, a group, a forward.
    Kind,
    /// Old messages are deleted by themselves.
    Retention,
    /// Messages are thrown away as they come.
    Discards,
}

/// What came of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was done.
    Done,
    /// It was so already.
    Unchanged,
}

/// Why an act failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What a person is told.
    pub trouble: Trouble,
    /// The account exists now all the same, or may: made, but not finished.
    pub made: bool,
}

impl From<Trouble> for Failure {
    /// Nothing was made.
    fn from(trouble: Trouble) -> Self {
        Self {
            trouble,
            made: false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trouble.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// As it should be.
    Good,
    /// Worth knowing.
    Note,
    /// It may slow down, refuse or remove something.
    Warning,
    /// With it the migration cannot begin.
    Blocker,
}

/// One thing a test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// What it is.
    pub fact: Fact,
}

/// What a test can find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// What the server says it is.
    Software(String),
    /// Who the administrator is and that the rights suffice.
    Rights {
        /// The administrator's login.
        admin: String,
    },
    /// Accounts the licence, or the domain's limit, still allows.
    Seats {
        /// As many.
        free: u64,
        /// To be created.
        wanted: u64,
    },
    /// A domain of the accounts exists.
    Domain(String),
    /// A domain of the accounts is missing.
    DomainMissing {
        /// The domain.
        domain: String,
        /// It will be created.
        created: bool,
    },
    /// Accounts that exist already.
    Present {
        /// As many.
        accounts: u64,
    },
    /// The administrator may open every mailbox over IMAP.
    Impersonates(bool),
    /// A setting of the server.
    Setting {
        /// Which, as `icewarp.md` 5.3 and the server's own console call it.
        setting: Setting,
        /// Its value.
        value: String,
        /// The value that would suit the migration, where Traghetto can set it and put it back.
        better: Option<String>,
    },
    /// What the server's answer to a question was, where it is of no known kind.
    Unknown(String),
}

/// A setting of the server that matters for a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// The server's own migration mode.
    MigrationActive,
    /// The IMAP service.
    ImapActive,
    /// Most APPENDs a minute.
    AppendRate,
    /// NUL octets in messages.
    BinaryAppend,
    /// Antivirus on IMAP.
    ImapAntivirus,
    /// Tarpitting of IMAP connections.
    ImapTarpit,
    /// Connections a minute before an address is blocked.
    BlockAddress,
    /// Connections at once.
    ImapConnections,
    /// Octets a second of the IMAP service.
    ImapBandwidth,
    /// Addresses that may, or may not, speak IMAP.
    ImapAddresses,
    /// The size of messages.
    MessageSize,
    /// Whether users log in with their name or their address.
    LoginForm,
    /// Attempts before a login is blocked.
    LoginAttempts,
    /// SASL PLAIN switched off.
    PlainDisabled,
    /// A second factor.
    TwoFactor,
    /// Passwords have to follow a policy.
    PasswordPolicy,
    /// Old messages are deleted by themselves.
    Retention,
    /// A tree of folders the server keeps for its archive.
    ArchiveFolder,
}

/// A setting that was changed, as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Which.
    pub setting: Setting,
    /// The server's name for it.
    pub variable: String,
    /// Its value before.
    pub value: String,
}

/// Somebody who makes accounts. Each act may be repeated without harm.
pub trait Provisioner: fmt::Debug + Send + Sync {
    /// How many acts may run at once.
    fn at_once(&self) -> usize {
        4
    }

    /// Credentials, rights, seats, domains, settings: what stands in the way of these accounts. Changes nothing.
    fn test<'a>(&'a self, wanted: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>>;

    /// Whether the account is there. Changes nothing.
    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>>;

    /// Makes an account that is missing, with its aliases and this password, and its domain where the plan says so.
    /// Answers once the server shows it.
    fn create<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Failure>>;

    /// Gives an account what it lacks of its aliases.
    fn complete<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>>;

    /// Sets the password of an account that exists.
    fn set_password<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>>;

    /// Holds an account while its mailbox is being moved; answers what [`release`](Self::release) is to be given, or
    /// `None` where this provisioner cannot. What is answered holds no secret and survives this program.
    fn hold<'a>(
        &'a self,
        wanted: &'a Wanted,
        how: Hold,
        migration_account: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        let _ = (wanted, how, migration_account);
        Box::pin(async { Ok(None) })
    }

    /// Puts an account back as it was before [`hold`](Self::hold). `held` is what that answered; where its answer was
    /// lost, `?unavailable ADDRESS` or `?forward ADDRESS`, with the migration account's address.
    fn release<'a>(
        &'a self,
        wanted: &'a Wanted,
        held: &'a str,
    ) -> BoxFuture<'a, Result<(), Trouble>> {
        let _ = (wanted, held);
        Box::pin(async { Ok(()) })
    }

    /// Sets settings to what suits the migration; answers how they were.
    fn put_right<'a>(
        &'a self,
        settings: &'a [Setting],
    ) -> BoxFuture<'a, Result<Vec<Former>, Trouble>> {
        let _ = settings;
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Puts settings back.
    fn put_back<'a>(&'a self, former: &'a [Former]) -> BoxFuture<'a, Result<(), Trouble>> {
        let _ = former;
        Box::pin(async { Ok(()) })
    }
}

/// Somebody who makes accounts as the plan says; `password` is the administrator's, where there is one. `folder` is the
/// migration's: programs of the administrator are run there.
pub fn make(
    provision: &Provision,
    folder: &Path,
    password: Option<SecretString>,
) -> Result<Arc<dyn Provisioner>, Trouble> {
    match provision {
        Provision::Icewarp(settings) => {
            let admin = settings.admin.as_str();
            let password = password
                .ok_or_else(|| Trouble::new(Kind::PasswordMissing, admin, "administrator"))?;
            Ok(Arc::new(icewarp::Icewarp::new(settings, password)?))
        }
        Provision::IcewarpTool(settings) => {
            let tool = tool::Tool::new(settings, folder).ok_or_else(|| {
                Trouble::new(Kind::ProgramMissing, "tool", "not on this computer")
            })?;
            Ok(Arc::new(tool))
        }
        Provision::Command(program) => Ok(Arc::new(command::Command::new(program.clone(), folder))),
    }
}
