//! Why a command ended before its work was done, in words.
//!
//! Promises: one plain sentence, what to do about it, and the technical line last. Deliberately absent: what went
//! wrong inside a run (the engine says that with events).

use std::io;

use super::{Exit, out};
use crate::account::{AddressError, Side};
use crate::i18n::Words;
use crate::plan::Plan;
use crate::trouble::{Kind, Trouble};
use crate::{engine, journal, log, plan, project, secrets, t};

/// The end of a command that could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    exit: Exit,
    what: String,
    remedy: Option<String>,
    details: Vec<String>,
}

impl Failure {
    /// The command or the plan is wrong.
    pub(super) fn usage(what: String) -> Self {
        Self {
            exit: Exit::Usage,
            what,
            remedy: None,
            details: Vec::new(),
        }
    }

    /// Something outside does not let us go on.
    pub(super) fn stopped(what: String) -> Self {
        Self {
            exit: Exit::Stopped,
            ..Self::usage(what)
        }
    }

    /// With the words every trouble of this kind has.
    pub(super) fn of(kind: Kind) -> Self {
        let (what, remedy) = words_of(&kind.key());
        Self::stopped(what).remedy(remedy)
    }

    /// What to do about it.
    pub(super) fn remedy(mut self, remedy: String) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// A technical line.
    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    /// Ends with another code.
    pub(super) fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Says it on the standard error; what remains is the code.
    pub(super) fn tell(&self) -> Exit {
        let head = out::note_ink(out::Ink::Red, &t!("cli-error"));
        out::note(&format!("{head} {}", self.what));
        let remedy = self.remedy.as_deref().unwrap_or_default();
        let details = self.details.iter().flat_map(|detail| detail.lines());
        for line in remedy.lines().chain(details) {
            if !line.trim().is_empty() {
                out::note(&format!("  {}", out::tame(line)));
            }
        }
        self.exit
    }
}

/// What is wrong and what to do, for a kind of trouble by its key; the key itself where there are no words.
pub(super) fn words_of(key: &str) -> (String, String) {
    let words = Words::current();
    (words.trouble(key), words.remedy(key).unwrap_or_default())
}

/// The same with how it is done on the command line, where there is an option or a file for it.
pub(super) fn advice_of(key: &str) -> (String, String) {
    let (what, remedy) = words_of(key);
    match hint(key) {
        Some(hint) if !remedy.is_empty() => (what, format!("{remedy} {hint}")),
        Some(hint) => (what, hint),
        None => (what, remedy),
    }
}

fn hint(key: &str) -> Option<String> {
    match key {
        "certificate"
        | "certificate-self-signed"
        | "certificate-wrong-name"
        | "certificate-expired"
        | "certificate-changed" => Some(t!("cli-hint-accept")),
        "certificate-unknown-issuer" => Some(format!(
            "{} {}",
            t!("cli-hint-accept"),
            t!("cli-hint-authority")
        )),
        "authority-file" => Some(t!("cli-hint-authority")),
        "login-refused" | "password-missing" | "provider-gate" => Some(t!("cli-hint-list")),
        "too-many-connections" => Some(t!("cli-hint-connections")),
        "folder-name" => Some(t!("cli-hint-folder")),
        key if is_of_the_address(key) => Some(t!("cli-hint-security")),
        _ => None,
    }
}

/// Whether another beginning of the server's address is the answer.
pub(super) fn is_of_the_address(key: &str) -> bool {
    matches!(
        key,
        "no-start-tls" | "clear-text-port" | "tls-port" | "tls-too-old" | "encryption-required"
    )
}

/// A trouble in lines: what is wrong, what to do, the technical line.
pub(super) fn trouble_lines(trouble: &Trouble, masters: &Masters) -> Vec<String> {
    let (what, usual) = advice_of(&trouble.kind.key());
    let remedy = masters.remedy(trouble).unwrap_or(usual);
    let mut lines = vec![what, remedy, out::tame(&technical(trouble))];
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The sides where an administrator logs in for everybody: no list can correct that password.
#[derive(Debug, Clone, Default)]
pub(super) struct Masters {
    /// Server and variable of each such side.
    sides: Vec<(String, &'static str)>,
    /// Whether no login of the list is used on any side.
    all: bool,
}

impl Masters {
    /// The administrators of a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let ends = [
            (Side::Origin, &plan.origin),
            (Side::Destination, &plan.destination),
        ];
        let sides: Vec<_> = ends
            .into_iter()
            .filter(|(_, end)| end.master.is_some())
            .map(|(side, end)| (end.label(), variable(side)))
            .collect();
        Self {
            all: sides.len() == ends.len(),
            sides,
        }
    }

    /// What to do where the administrator of the side that failed was refused.
    fn remedy(&self, trouble: &Trouble) -> Option<String> {
        if trouble.kind != Kind::LoginRefused {
            return None;
        }
        let (_, variable) = self
            .sides
            .iter()
            .find(|(server, _)| trouble.subject.ends_with(server.as_str()))?;
        Some(master_remedy(variable))
    }

    /// What to do about a kind of trouble of which the side is not known.
    pub(super) fn remedy_of(&self, key: &str, usual: String) -> String {
        if self.sides.is_empty() || key != Kind::LoginRefused.key() {
            return usual;
        }
        let names: Vec<_> = self.sides.iter().map(|(_, variable)| *variable).collect();
        let own = master_remedy(&names.join(", "));
        if self.all {
            own
        } else {
            format!("{usual} {own}")
        }
    }
}

fn master_remedy(variable: &str) -> String {
    format!(
        "{} {}",
        t!("trouble-login-refused-master-remedy"),
        t!("cli-hint-master", variable = variable)
    )
}

/// Where the password of a side's administrator is looked for.
pub(super) fn variable(side: Side) -> &'static str {
    match side {
        Side::Origin => "TRAGHETTO_ORIGIN_PASSWORD",
        Side::Destination => "TRAGHETTO_DESTINATION_PASSWORD",
    }
}

/// What it happened to, and the technical line.
pub(super) fn technical(trouble: &Trouble) -> String {
    let parts = [trouble.subject.as_str(), trouble.detail.as_str()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

/// What the system says about a file or folder.
pub(super) fn storage(error: &io::Error, place: &str) -> Failure {
    let kind = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Kind::DiskFull,
        _ => Kind::Storage,
    };
    Failure::of(kind).detail(format!("{place}: {error}"))
}

impl From<project::Error> for Failure {
    fn from(error: project::Error) -> Self {
        match &error {
            project::Error::NotAProject(dir) => Self::usage(t!(
                "cli-error-not-a-project",
                dir = dir.display().to_string()
            ))
            .remedy(t!("cli-error-not-a-project-remedy")),
            project::Error::Exists(dir) => {
                Self::usage(t!("cli-error-exists", dir = dir.display().to_string()))
                    .remedy(t!("cli-error-exists-remedy"))
            }
            project::Error::Plan { path, source } => {
                let failure = Self::from(source.clone());
                failure.detail(path.display().to_string())
            }
            project::Error::Busy(_) => Self::of(Kind::Busy).detail(error.to_string()),
            project::Error::Io { path, source } => storage(source, &path.display().to_string()),
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let failure = Self::of(trouble.kind);
        let technical = [trouble.subject, trouble.detail];
        let technical: Vec<_> = technical
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        failure.detail(technical.join(": "))
    }
}

impl From<plan::Error> for Failure {
    fn from(error: plan::Error) -> Self {
        match error {
            plan::Error::Syntax(words) => {
                let lines: Vec<_> = words.lines().map(masked).collect();
                Self::usage(t!("cli-error-plan-syntax"))
                    .remedy(t!("cli-error-plan-syntax-remedy"))
                    .detail(lines.join("\n"))
            }
            plan::Error::Version(version) => {
                Self::usage(t!("cli-error-plan-version", version = version))
            }
            plan::Error::Range {
                field,
                value,
                least,
                most,
            } => Self::usage(t!(
                "cli-error-plan-range",
                field = field,
                value = value.to_string(),
                least = least.to_string(),
                most = most.to_string(),
            )),
            plan::Error::Twice(login) => Self::usage(t!("cli-error-plan-twice", login = login)),
            plan::Error::SameDestination {
                first,
                second,
                destination,
            } => Self::usage(t!(
                "cli-error-plan-same-destination",
                first = first,
                second = second,
                destination = destination,
            ))
            .remedy(t!("cli-error-plan-same-destination-remedy")),
        }
    }
}

impl From<AddressError> for Failure {
    fn from(error: AddressError) -> Self {
        let what = match error {
            AddressError::Scheme(text) => t!("cli-error-address-scheme", text = masked(&text)),
            AddressError::Host(text) => t!("cli-error-address-host", text = masked(&text)),
            AddressError::Port(text) => t!("cli-error-address-port", text = masked(&text)),
            AddressError::Trailing(text) => t!("cli-error-address-trailing", text = masked(&text)),
            AddressError::Fingerprint(text) => {
                return Self::usage(t!("cli-error-fingerprint", text = masked(&text)))
                    .remedy(t!("cli-error-fingerprint-remedy"));
            }
        };
        Self::usage(what).remedy(t!("cli-error-address-remedy"))
    }
}

/// A text somebody typed, without `user:password` before an `@`.
pub(super) fn masked(text: &str) -> String {
    let Some(at) = text.rfind('@').filter(|at| text[..*at].contains(':')) else {
        return text.to_owned();
    };
    let start = text[..at].find("://").map_or(0, |found| found + 3);
    format!("{}…{}", &text[..start], &text[at..])
}

impl From<journal::Error> for Failure {
    fn from(error: journal::Error) -> Self {
        let kind = match error {
            journal::Error::Full(_) => Kind::DiskFull,
            journal::Error::Damaged(_) | journal::Error::Newer(_) => Kind::Journal,
            journal::Error::Sqlite(_) | journal::Error::Closed => Kind::Storage,
        };
        Self::of(kind).detail(error.to_string())
    }
}

impl From<secrets::Error> for Failure {
    fn from(error: secrets::Error) -> Self {
        let failure = match &error {
            secrets::Error::NoPassphrase => {
                return Self::usage(t!("cli-error-no-passphrase")).remedy(t!(
                    "cli-error-no-passphrase-remedy",
                    variable = secrets::PASSPHRASE_VARIABLE
                ));
            }
            secrets::Error::WrongPassphrase => {
                return Self::stopped(t!("cli-error-wrong-passphrase")).remedy(t!(
                    "cli-error-wrong-passphrase-remedy",
                    variable = secrets::PASSPHRASE_VARIABLE
                ));
            }
            secrets::Error::Io { path, source } => {
                return storage(source, &path.display().to_string());
            }
            secrets::Error::KeyMissing | secrets::Error::KeyDoesNotFit => {
                Self::stopped(t!("cli-error-key-missing"))
                    .remedy(t!("cli-error-import-again-remedy"))
            }
            secrets::Error::KeyringLocked(_) => Self::stopped(t!("cli-error-keyring-locked"))
                .remedy(t!("cli-error-keyring-locked-remedy")),
            secrets::Error::KeyringAbsent(_) | secrets::Error::KeyringFailed(_) => {
                Self::stopped(t!("cli-error-keyring-absent"))
                    .remedy(t!("cli-error-keyring-absent-remedy"))
            }
            secrets::Error::Damaged { .. } => Self::stopped(t!("cli-error-vault-damaged"))
                .remedy(t!("cli-error-import-again-remedy")),
            secrets::Error::Newer { .. } => Self::stopped(t!("cli-error-vault-newer"))
                .remedy(t!("cli-error-vault-newer-remedy")),
            secrets::Error::Replaced { .. } => {
                Self::stopped(t!("cli-error-vault-replaced")).remedy(t!("cli-error-again-remedy"))
            }
            secrets::Error::CannotSeal(_) | secrets::Error::NoRandomness(_) => {
                Self::stopped(t!("cli-error-seal"))
            }
        };
        failure.detail(error.to_string())
    }
}

impl From<log::Error> for Failure {
    fn from(error: log::Error) -> Self {
        match error {
            log::Error::Folder { path, source } => storage(&source, &path.display().to_string()),
            other => match cause(&other) {
                Some(source) => storage(source, &other.to_string()),
                None => Self::of(Kind::Storage).detail(other.to_string()),
            },
        }
    }
}

/// What the system said, at the bottom of an error.
fn cause<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a io::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// How a run ended, as a code.
pub(super) fn exit_of(outcome: &engine::Outcome) -> Exit {
    if outcome.stopped {
        Exit::Interrupted
    } else if !outcome.failed.is_empty() {
        Exit::Stopped
    } else if outcome.exceptions > 0 || outcome.failed_folders > 0 {
        Exit::Exceptions
    } else {
        Exit::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_an_at_sign_is_not_shown() {
        for (typed, shown) in [
            ("imaps://u:SEGRETA@host", "imaps://…@host"),
            ("imaps://u:SE@GRE://TA@host:1", "imaps://…@host:1"),
            ("u:SEGRETA@host", "…@host"),
            ("u:SEGRETA@host/x://y", "…@host/x://y"),
            ("imaps://host:port", "imaps://host:port"),
            ("anna@example.org", "anna@example.org"),
        ] {
            assert_eq!(masked(typed), shown);
        }
    }
}
