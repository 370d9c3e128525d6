//! What is migrated besides messages, and how: accounts at the destination, aliases, programs of the administrator.
//!
//! Promises: plain values, part of `migration.toml`; no secret stands in them. Deliberately absent: doing any of it
//! (see `provision`, `aliases`, `program`).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::account::Fingerprint;

/// What of each account is migrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Accounts are created at the destination, then their messages are copied.
    Accounts,
    /// Messages are copied into accounts that exist.
    #[default]
    Messages,
    /// The password is set at the destination; messages move by other means.
    Passwords,
}

impl Scope {
    /// All, in the order of the window.
    pub const ALL: [Self; 3] = [Self::Accounts, Self::Messages, Self::Passwords];

    /// The word in the plan and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Messages => "messages",
            Self::Passwords => "passwords",
        }
    }

    /// Whether something is to be done to accounts themselves, for which a provisioner is needed.
    pub fn provisions(self) -> bool {
        self != Self::Messages
    }

    /// Whether somebody has to deal with accounts at the destination, by their address: the scope asks for it, or they
    /// are held for a migration account.
    pub fn needs_provisioner(
        self,
        provision: Option<&Provision>,
        migration_account: Option<&MigrationAccount>,
    ) -> bool {
        self.provisions() || (provision.is_some() && migration_account.is_some())
    }

    /// Whether messages are copied.
    pub fn copies(self) -> bool {
        self != Self::Passwords
    }
}

/// Who creates accounts at the destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Provision {
    /// IceWarp Server, over its HTTP API.
    Icewarp(Icewarp),
    /// IceWarp Server, by its `tool` on the server itself.
    IcewarpTool(IcewarpTool),
    /// A program of the administrator, called for each account.
    Command(Program),
}

impl Provision {
    /// The quota new accounts get, in MB (1,000,000 octets); `None` where there is none, or a program knows it.
    pub fn quota_mb(&self) -> Option<u32> {
        match self {
            Self::Icewarp(settings) => settings.quota_mb,
            Self::IcewarpTool(settings) => settings.quota_mb,
            Self::Command(_) => None,
        }
    }
}

/// IceWarp's HTTP API, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Icewarp {
    /// Host name or IP address of the server.
    pub host: String,
    /// Port of its web service: 443, or 32001 for the control service.
    #[serde(default = "web_port")]
    pub port: u16,
    /// The administrator's full address.
    pub admin: String,
    /// This certificate is accepted for this host, whatever else is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Fingerprint>,
    /// A file of certificate authorities (PEM) to trust besides the system's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// Clear HTTP instead of TLS; only when asked for in so many words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clear: bool,
    /// Domains that are missing are created.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub create_domains: bool,
    /// The quota new accounts get, in MB (1,000,000 octets); none where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_mb: Option<u32>,
}

fn web_port() -> u16 {
    443
}

/// IceWarp's `tool`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct IcewarpTool {
    /// Where it is on this computer, when Traghetto sits on the server; where there is none, files are written to be
    /// run there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<PathBuf>,
    /// Domains that are missing are created.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub create_domains: bool,
    /// The quota new accounts get, in MB (1,000,000 octets); none where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota_mb: Option<u32>,
}

/// A program of the administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Program {
    /// The file that is run: a program, or a script of a kind the system knows (`.cmd`, `.ps1` on Windows).
    pub program: PathBuf,
    /// What it is given besides, word by word; never a secret.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// Seconds after which it is ended.
    #[serde(default = "usual_limit")]
    pub limit_seconds: u32,
}

fn usual_limit() -> u32 {
    60
}

impl Program {
    /// Without arguments, with the usual time limit.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            limit_seconds: usual_limit(),
        }
    }
}

/// The program called after each account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct After {
    /// What is run.
    #[serde(flatten)]
    pub program: Program,
    /// What its failure means.
    #[serde(default)]
    pub on_failure: OnFailure,
}

/// What the failure of the program after an account means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnFailure {
    /// It is told, and the run goes on.
    #[default]
    Warning,
    /// No further account begins.
    Stop,
}

/// Where an account's further addresses are looked for (the three access modes of the IceWarp tool).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AliasMode {
    /// The `From:` of sent mail: one address.
    Standard,
    /// Nowhere: the login is the alias.
    #[default]
    Username,
    /// The recipients of received mail: all of them.
    Extended,
}

impl AliasMode {
    /// All, in the order of the window.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Username, Self::Extended];

    /// The word in the plan and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Username => "username",
            Self::Extended => "extended",
        }
    }
}

/// How aliases are found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Aliases {
    /// Where they are looked for.
    pub mode: AliasMode,
    /// `X-Envelope-To` is not looked at (with [`AliasMode::Extended`]).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_x_envelope_to: bool,
    /// `Received` is not looked at (with [`AliasMode::Extended`]).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_received: bool,
    /// Domains besides those of the accounts' addresses in which addresses count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
}

/// The account to which users are redirected while their mailbox is being moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MigrationAccount {
    /// Its address at the destination.
    pub address: String,
    /// What is done to an account while its mailbox is being moved, where the provisioner can.
    #[serde(default)]
    pub hold: Hold,
}

/// What is done to an account at the destination while its mailbox is being moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hold {
    /// Nothing.
    #[default]
    None,
    /// New messages are also forwarded to the migration account.
    Forward,
    /// Its user cannot log in.
    Unavailable,
}

/// A language in which special folders are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FolderLanguage {
    /// Italian.
    It,
    /// English.
    En,
    /// German.
    De,
    /// Czech.
    Cs,
}

impl FolderLanguage {
    /// All.
    pub const ALL: [Self; 4] = [Self::It, Self::En, Self::De, Self::Cs];

    /// The word in the plan and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
            Self::De => "de",
            Self::Cs => "cs",
        }
    }
}
