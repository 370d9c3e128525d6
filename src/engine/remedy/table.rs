//! The table of what servers say (field.md C8): words → kind of trouble.
//!
//! Promises: the first row that fits counts; what a server calls a wrong password is never taken for something that is
//! tried again by itself. Deliberately absent: what is to be done about it.

use super::Doing;
use crate::trouble::Kind;

/// Words (in lower case) → kind. A row may be bound to what was being done.
const TABLE: &[(&str, Option<Doing>, Kind)] = &[
    // The archive's own codes: nobody else says them.
    ("[x-archive-missing]", None, Kind::ArchiveMissing),
    ("[x-archive-full]", None, Kind::ArchiveFull),
    ("[x-archive-storage]", None, Kind::ArchiveStorage),
    ("[x-archive-account]", None, Kind::ArchiveAccount),
    ("request is throttled", None, Kind::Throttled),
    ("[throttled]", None, Kind::Throttled),
    ("session expired, please login again", None, Kind::Throttled),
    ("[overquota]", None, Kind::OverQuota),
    ("quota limit will be exceeded", None, Kind::OverQuota),
    ("quota exceeded", None, Kind::OverQuota),
    ("time to find a bigger place", None, Kind::OverQuota),
    (
        "server unavailable. 15",
        Some(Doing::Append),
        Kind::OverQuota,
    ),
    ("[toobig]", None, Kind::TooLarge),
    ("maximum size of appendable message", None, Kind::TooLarge),
    ("maximum message size exceeded", None, Kind::TooLarge),
    ("message too large", Some(Doing::Append), Kind::TooLarge),
    ("mail size is larger", Some(Doing::Append), Kind::TooLarge),
    ("maximum size allowed", Some(Doing::Append), Kind::TooLarge),
    (
        "command argument error. 11",
        Some(Doing::Append),
        Kind::ContentRefused,
    ),
    (
        "too many simultaneous connections",
        None,
        Kind::TooManyConnections,
    ),
    (
        "maximum number of connections",
        None,
        Kind::TooManyConnections,
    ),
    ("too many connections", None, Kind::TooManyConnections),
    (
        "too many concurrent",
        Some(Doing::Login),
        Kind::TooManyConnections,
    ),
    (
        "connection limit",
        Some(Doing::Login),
        Kind::TooManyConnections,
    ),
    (
        "too many sessions",
        Some(Doing::Login),
        Kind::TooManyConnections,
    ),
    ("rate limit", Some(Doing::Login), Kind::Throttled),
    // What has too many wrong passwords behind it must not get another.
    ("too many failed", Some(Doing::Login), Kind::LoginSuspended),
    ("too many login", Some(Doing::Login), Kind::LoginSuspended),
    ("too many auth", Some(Doing::Login), Kind::LoginSuspended),
    ("too many bad", Some(Doing::Login), Kind::LoginSuspended),
    ("too many invalid", Some(Doing::Login), Kind::LoginSuspended),
    ("too many wrong", Some(Doing::Login), Kind::LoginSuspended),
    (
        "account is locked",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    ("account locked", Some(Doing::Login), Kind::LoginSuspended),
    ("has been locked", Some(Doing::Login), Kind::LoginSuspended),
    (
        "temporarily locked",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    (
        "temporarily blocked",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    (
        "temporarily banned",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    (
        "temporarily disabled",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    (
        "temporarily suspended",
        Some(Doing::Login),
        Kind::LoginSuspended,
    ),
    ("country is blacklisted", None, Kind::Blocked),
    ("blacklisted", Some(Doing::Login), Kind::Blocked),
    ("not allowed from your", Some(Doing::Login), Kind::Blocked),
    ("not allowed from this", Some(Doing::Login), Kind::Blocked),
    (
        "access from your country",
        Some(Doing::Login),
        Kind::Blocked,
    ),
    ("access denied from", Some(Doing::Login), Kind::Blocked),
    ("address is blocked", Some(Doing::Login), Kind::Blocked),
    (
        "address has been blocked",
        Some(Doing::Login),
        Kind::Blocked,
    ),
    ("address blocked", Some(Doing::Login), Kind::Blocked),
    ("intrusion prevention", Some(Doing::Login), Kind::Blocked),
    ("ip is blocked", Some(Doing::Login), Kind::Blocked),
    ("ip blocked", Some(Doing::Login), Kind::Blocked),
    ("application-specific password", None, Kind::ProviderGate),
    ("log in via your web browser", None, Kind::ProviderGate),
    ("webalert", None, Kind::ProviderGate),
    (
        "app-specific password",
        Some(Doing::Login),
        Kind::ProviderGate,
    ),
    (
        "application specific password",
        Some(Doing::Login),
        Kind::ProviderGate,
    ),
    (
        "application password",
        Some(Doing::Login),
        Kind::ProviderGate,
    ),
    ("app password", Some(Doing::Login), Kind::ProviderGate),
    ("authorization code", Some(Doing::Login), Kind::ProviderGate),
    // Yandex says the same of both.
    (
        "credentials or imap is disabled",
        Some(Doing::Login),
        Kind::LoginRefused,
    ),
    (
        "not enabled for imap",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    ("enable imap", Some(Doing::Login), Kind::ImapDisabled),
    ("imap disabled", Some(Doing::Login), Kind::ImapDisabled),
    ("imap is disabled", Some(Doing::Login), Kind::ImapDisabled),
    (
        "imap has been disabled",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    ("imap not enabled", Some(Doing::Login), Kind::ImapDisabled),
    (
        "imap is not enabled",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    ("imap not allowed", Some(Doing::Login), Kind::ImapDisabled),
    (
        "imap is not allowed",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    (
        "imap access disabled",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    (
        "imap access is disabled",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    ("imap access not", Some(Doing::Login), Kind::ImapDisabled),
    ("imap access is not", Some(Doing::Login), Kind::ImapDisabled),
    (
        "imap service is disabled",
        Some(Doing::Login),
        Kind::ImapDisabled,
    ),
    ("basicauthblocked", Some(Doing::Login), Kind::OauthOnly),
    (
        "basic authentication is disabled",
        Some(Doing::Login),
        Kind::OauthOnly,
    ),
    (
        "[privacyrequired]",
        Some(Doing::Login),
        Kind::EncryptionRequired,
    ),
    (
        "temporary authentication failure",
        Some(Doing::Login),
        Kind::ServerBusy,
    ),
    (
        "temporarily unavailable",
        Some(Doing::Login),
        Kind::ServerBusy,
    ),
    ("temporary failure", Some(Doing::Login), Kind::ServerBusy),
    ("temporary error", Some(Doing::Login), Kind::ServerBusy),
    ("server busy", Some(Doing::Login), Kind::ServerBusy),
    ("server is busy", Some(Doing::Login), Kind::ServerBusy),
    ("too busy", Some(Doing::Login), Kind::ServerBusy),
    ("overloaded", Some(Doing::Login), Kind::ServerBusy),
    // Any limit at all (RFC 5530): of connections only where connecting is what was being done.
    ("[limit]", Some(Doing::Login), Kind::TooManyConnections),
    ("[unavailable]", Some(Doing::Login), Kind::ServerBusy),
    ("[inuse]", Some(Doing::Login), Kind::ServerBusy),
    (
        "user is authenticated but not connected",
        None,
        Kind::LoginRefused,
    ),
    ("[authenticationfailed]", None, Kind::LoginRefused),
    ("[authorizationfailed]", None, Kind::LoginRefused),
    (
        "contains deleted flag",
        Some(Doing::Append),
        Kind::FlagsRefused,
    ),
    (
        "invalid system flag",
        Some(Doing::Append),
        Kind::FlagsRefused,
    ),
    ("invalid flag", Some(Doing::Append), Kind::FlagsRefused),
    ("parse error", Some(Doing::Append), Kind::FlagsRefused),
    ("keyword", Some(Doing::Append), Kind::FlagsRefused),
    ("flag list", Some(Doing::Append), Kind::FlagsRefused),
    ("contains nul", Some(Doing::Append), Kind::ContentRefused),
    ("nul character", Some(Doing::Append), Kind::ContentRefused),
    ("nul byte", Some(Doing::Append), Kind::ContentRefused),
    ("invalid header", Some(Doing::Append), Kind::ContentRefused),
    ("bare newline", Some(Doing::Append), Kind::ContentRefused),
    (
        "header limit reached",
        Some(Doing::Append),
        Kind::ContentRefused,
    ),
    ("virus", Some(Doing::Append), Kind::ContentRefused),
    ("empty message", Some(Doing::Append), Kind::ContentRefused),
    ("zero-length", Some(Doing::Append), Kind::ContentRefused),
    ("no message data", Some(Doing::Append), Kind::ContentRefused),
    ("[trycreate]", Some(Doing::Append), Kind::FolderMissing),
    ("[nonexistent]", None, Kind::FolderMissing),
    ("[cannot]", Some(Doing::Create), Kind::FolderName),
    ("invalid mailbox name", None, Kind::FolderName),
    ("character not allowed", None, Kind::FolderName),
    ("excess whitespace", None, Kind::FolderName),
    ("folder name is reserved", None, Kind::FolderName),
    ("[serverbug]", None, Kind::ServerError),
    ("[corruption]", None, Kind::ServerError),
    ("[inuse]", None, Kind::ServerError),
    ("[unavailable]", None, Kind::ServerError),
    ("internal error", None, Kind::ServerError),
    ("no longer exist", Some(Doing::Fetch), Kind::Unreadable),
];

/// Codes with which a server says that the login itself is wrong (RFC 5530).
const WRONG: &[&str] = &[
    "[authenticationfailed]",
    "[authorizationfailed]",
    "[expired]",
];

/// What a refusal means; `None` where no row knows it.
pub(super) fn of(said: &str, doing: Doing) -> Option<Kind> {
    let words = said.to_lowercase();
    TABLE
        .iter()
        .find(|(mark, bound, _)| bound.is_none_or(|bound| bound == doing) && words.contains(mark))
        .map(|row| row.2)
}

/// What a refused login or a good-bye in its stead means; `None` where no row knows it.
pub(super) fn of_login(said: &str) -> Option<Kind> {
    let words = said.to_lowercase();
    let wrong = WRONG.iter().any(|code| words.contains(code));
    TABLE
        .iter()
        .filter(|(_, bound, _)| bound.is_none_or(|bound| bound == Doing::Login))
        .filter(|(_, _, kind)| match kind {
            Kind::LoginRefused
            | Kind::LoginSuspended
            | Kind::Blocked
            | Kind::ProviderGate
            | Kind::ImapDisabled
            | Kind::OauthOnly
            | Kind::EncryptionRequired
            | Kind::TooManyConnections
            | Kind::ArchiveMissing
            | Kind::ArchiveFull
            | Kind::ArchiveStorage
            | Kind::ArchiveAccount => true,
            Kind::ServerBusy => !wrong,
            _ => false,
        })
        .find(|(mark, _, _)| words.contains(mark))
        .map(|row| row.2)
}

/// Whether a good-bye asks to go slower.
pub(super) fn throttles(said: &str) -> bool {
    let words = said.to_lowercase();
    TABLE
        .iter()
        .any(|(mark, _, kind)| *kind == Kind::Throttled && words.contains(mark))
}

#[cfg(test)]
mod tests;
