//! What a person is told when something does not work, and what the program does next.
//!
//! Promises: every `Trouble` has a kind (from which the words are made in `i18n`), a subject and a remedy;
//! the technical line stands apart. Deliberately absent: sentences. They are made in `ui`, `cli`, `report`.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What kind of thing went wrong. Its `key` names the words for it in `i18n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The name of the server does not resolve.
    NameUnknown,
    /// Nobody listens there.
    ConnectionRefused,
    /// There is no way there: no network, no route, or a firewall that says so.
    HostUnreachable,
    /// No answer in time.
    TimedOut,
    /// The connection ended or broke.
    ConnectionLost,
    /// The server's certificate is not trusted, for a reason that has no kind of its own.
    Certificate,
    /// The server's certificate vouches for itself.
    CertificateSelfSigned,
    /// Nobody we trust signed the server's certificate.
    CertificateUnknownIssuer,
    /// The server's certificate is for other names.
    CertificateWrongName,
    /// The time of the server's certificate is over.
    CertificateExpired,
    /// The time of the server's certificate has not come.
    CertificateNotYetValid,
    /// The server's certificate was taken back by its issuer.
    CertificateRevoked,
    /// The server shows another certificate than the one that was accepted.
    CertificateChanged,
    /// The file of certificate authorities cannot be used.
    AuthorityFile,
    /// TLS could not be agreed on.
    Tls,
    /// The server knows only versions of TLS that are no longer safe.
    TlsTooOld,
    /// TLS was spoken to a port that speaks clear text.
    ClearTextPort,
    /// Clear text was awaited from a port that speaks TLS.
    TlsPort,
    /// STARTTLS was required and is not offered.
    NoStartTls,
    /// The server takes a password only over an encrypted connection.
    EncryptionRequired,
    /// Something that is not IMAP answers there: another service, a web page.
    WrongProtocol,
    /// Login and password were refused.
    LoginRefused,
    /// The server has had too many wrong passwords and takes no login for a while.
    LoginSuspended,
    /// IMAP is switched off for this account.
    ImapDisabled,
    /// The server offers no way to log in that this program knows.
    NoLoginMethod,
    /// The server takes no passwords at all, only OAuth2.
    OauthOnly,
    /// No password is stored for this login.
    PasswordMissing,
    /// The provider wants an application password or a visit in the browser.
    ProviderGate,
    /// The country or address we call from is blocked.
    Blocked,
    /// Too many connections for this server.
    TooManyConnections,
    /// The server is too busy, or a part of it is down for the moment.
    ServerBusy,
    /// The server asks to go slower.
    Throttled,
    /// The destination mailbox is full.
    OverQuota,
    /// The message is larger than the server takes.
    TooLarge,
    /// The server refuses the content of the message.
    ContentRefused,
    /// The server refuses the flags of the message.
    FlagsRefused,
    /// The server refused, and its words tell us nothing more.
    Refused,
    /// The folder's name is refused.
    FolderName,
    /// The folder does not exist (any more).
    FolderMissing,
    /// The folder cannot be opened.
    FolderRefused,
    /// The server's list of the folder contradicts itself.
    ListingInconsistent,
    /// The message is listed, but cannot be read.
    Unreadable,
    /// What was read back differs from what was sent.
    Altered,
    /// The copy was confirmed and is not there.
    CopyMissing,
    /// The server reports an error of its own.
    ServerError,
    /// The server speaks something that is not IMAP.
    Protocol,
    /// The disk that holds the migration folder is full.
    DiskFull,
    /// The migration folder cannot be read or written.
    Storage,
    /// The journal's unsuitable: damaged, or of a newer program.
    Journal,
    /// Another run works on this migration.
    Busy,
    /// Fifty failures in a row with no success between them.
    TooManyFailures,
    /// The folder was numbered anew and its messages could not be matched.
    FenceOpen,
    /// The administrator's login for making accounts was refused.
    AdminRefused,
    /// The administrator who makes accounts would need a second factor.
    AdminTwoFactor,
    /// The administrator lacks the rights to make accounts.
    AdminRights,
    /// What answers is not the destination's administration service, or speaks another language.
    AdminService,
    /// The destination's own migration mode is on.
    MigrationRunning,
    /// The account's domain does not exist at the destination.
    DomainMissing,
    /// The destination's licence allows no further account.
    LicenceSeats,
    /// The domain allows no further account.
    AccountLimit,
    /// The account was not made, and the server's words tell us nothing more.
    AccountRefused,
    /// The account does not exist at the destination.
    AccountMissing,
    /// The account exists at the destination, and mail cannot or may not be put into it.
    AccountUnfit,
    /// The account was made, but not finished: its password or its aliases are missing.
    AccountHalfMade,
    /// The address or alias belongs to another account.
    AddressTaken,
    /// The server does not take this address or alias.
    AddressRefused,
    /// The password does not follow the server's policy.
    PasswordPolicy,
    /// The server does not take characters of this password.
    PasswordCharacters,
    /// The account's password lives elsewhere and cannot be set.
    PasswordElsewhere,
    /// The list gives no address for the account to be made.
    AddressMissing,
    /// The administrator's program could not be started.
    ProgramMissing,
    /// The administrator's program failed.
    ProgramFailed,
    /// The administrator's program took too long.
    ProgramTimedOut,
    /// The administrator's program answered something else than agreed.
    ProgramAnswer,
    /// There is no archive in the folder: it was moved, or its disk is not connected.
    ArchiveMissing,
    /// The disk that holds the archive is full.
    ArchiveFull,
    /// The archive cannot be read or written.
    ArchiveStorage,
    /// Two archives are the same folder, or one of them is inside the other.
    ArchiveOverlap,
    /// Messages of the account were copied into another mailbox than the plan now names.
    DestinationChanged,
    /// The folder for an archive holds something else.
    ArchiveForeign,
    /// The archive has no such account.
    ArchiveAccount,
    /// Stopped by the operator.
    Stopped,
    /// This mailbox was skipped by the operator; the others went on.
    Skipped,
}

impl Kind {
    /// Whether a server's certificate is the matter: a person who knows it may accept it.
    pub fn is_certificate(self) -> bool {
        matches!(
            self,
            Self::Certificate
                | Self::CertificateSelfSigned
                | Self::CertificateUnknownIssuer
                | Self::CertificateWrongName
                | Self::CertificateExpired
                | Self::CertificateNotYetValid
                | Self::CertificateRevoked
                | Self::CertificateChanged
        )
    }

    /// The stem of the words in `i18n`: `trouble-<key>` and `trouble-<key>-remedy`.
    pub fn key(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(key)) => key,
            _ => String::from("refused"),
        }
    }

    /// The kind with this key; `None` for what is none.
    pub fn of_key(key: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::from(key)).ok()
    }

    /// Whether it is no failure but an order of the operator.
    pub fn is_order(self) -> bool {
        matches!(self, Self::Stopped | Self::Skipped)
    }

    /// Whether it is the network's doing, or that of a host that is out of reach.
    pub fn is_network(self) -> bool {
        matches!(
            self,
            Self::NameUnknown
                | Self::ConnectionRefused
                | Self::HostUnreachable
                | Self::TimedOut
                | Self::ConnectionLost
        )
    }
}

/// [`Kind::is_order`] for a kind by its key, as the journal keeps it.
pub fn is_order(key: &str) -> bool {
    Kind::of_key(key).is_some_and(Kind::is_order)
}

/// What the program does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Connect again and go on.
    Again,
    /// Wait at least this long, then go on with less.
    Slower(Duration),
    /// Leave this message as an exception, or try it again in the next pass.
    Skip,
    /// Ask the operator for a login; nothing is tried again by itself.
    Ask,
    /// Stop this mailbox; the others go on.
    Stop,
}

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What kind.
    pub kind: Kind,
    /// What it happened to: a server, a login, a folder, a message.
    pub subject: String,
    /// What the program does.
    pub remedy: Remedy,
    /// The technical line, usually the server's own words. Never holds a secret.
    pub detail: String,
}

impl Trouble {
    /// A trouble with the remedy its kind usually has.
    pub fn new(kind: Kind, subject: impl Into<String>, detail: impl Into<String>) -> Self {
        let remedy = match kind {
            kind if kind.is_network() => Remedy::Again,
            Kind::Throttled | Kind::TooManyConnections | Kind::ServerBusy | Kind::ServerError => {
                Remedy::Slower(Duration::from_secs(1))
            }
            Kind::LoginRefused
            | Kind::LoginSuspended
            | Kind::ImapDisabled
            | Kind::OauthOnly
            | Kind::PasswordMissing
            | Kind::ProviderGate
            | Kind::Blocked
            | Kind::AdminRefused
            | Kind::AdminTwoFactor => Remedy::Ask,
            Kind::TooLarge
            | Kind::ContentRefused
            | Kind::FlagsRefused
            | Kind::Refused
            | Kind::Unreadable
            | Kind::Altered
            | Kind::CopyMissing => Remedy::Skip,
            _ => Remedy::Stop,
        };
        Self {
            kind,
            subject: subject.into(),
            remedy,
            detail: detail.into(),
        }
    }

    /// The same trouble with another remedy.
    #[must_use]
    pub fn with(mut self, remedy: Remedy) -> Self {
        self.remedy = remedy;
        self
    }
}

impl fmt::Display for Trouble {
    /// The form of the log: kind, subject, technical line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind.key(), self.subject)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}
