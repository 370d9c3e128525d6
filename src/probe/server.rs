//! Which program a server is, and what it can that matters for a migration.
//!
//! Promises: only what the server said, in its ID answer (RFC 2971) first, then in its greeting. Deliberately absent:
//! guessing from its behaviour; what follows from it (see `imap::quirk`).

use std::fmt;

use crate::imap::capability::Capabilities;
use crate::imap::quirk::Software;
use crate::imap::session::Session;

/// A server program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// One whose quirks are known, or `Other`.
    pub software: Software,
    /// The name people know it by; `IMAP` where it does not say.
    pub name: String,
    /// Its version, where it says one.
    pub version: Option<String>,
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.version {
            Some(version) => write!(f, " {version}"),
            None => Ok(()),
        }
    }
}

/// Programs without known quirks that name themselves in the greeting.
const NAMES: &[&str] = &[
    "Zimbra",
    "Kerio Connect",
    "MDaemon",
    "hMailServer",
    "MailEnable",
    "SmarterMail",
    "Axigen",
    "CommuniGate Pro",
    "Domino",
    "Stalwart",
];
/// A version stands at most so many words after the name.
const NEAR: usize = 4;

impl Server {
    pub(super) fn of(session: &Session) -> Self {
        Self::read(
            session.software(),
            session.greeting(),
            session.field("name"),
            session.field("version"),
        )
    }

    fn read(software: Software, greeting: &str, name: Option<&str>, version: Option<&str>) -> Self {
        let lower = greeting.to_ascii_lowercase();
        let place = |name: &str| lower.find(&name.to_ascii_lowercase());
        let greeted = NAMES.iter().find(|name| place(name).is_some());
        let name = match (software, name, greeted) {
            (Software::Other, Some(name), _) => name,
            (Software::Other, None, Some(greeted)) => greeted,
            (known, _, _) => known.name(),
        };
        let after = place(name).map(|at| &greeting[at + name.len()..]);
        Self {
            software,
            name: name.to_owned(),
            version: version
                .and_then(|version| version.split_whitespace().next())
                .or_else(|| after.and_then(version_in))
                .map(str::to_owned),
        }
    }
}

/// The first word near the start that reads like a version: `14.1.0`, `3.6.1-4+deb12u2`.
fn version_in(words: &str) -> Option<&str> {
    words
        .split_whitespace()
        .take(NEAR)
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| {
            let mut parts = word.split('.');
            let number = |part: Option<&str>| {
                part.and_then(|part| part.chars().next())
                    .is_some_and(|first| first.is_ascii_digit())
            };
            number(parts.next()) && number(parts.next())
        })
}

/// What a server can, in two heaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    /// What makes a migration safer or faster, the most useful first, each by the name of its family.
    pub useful: Vec<String>,
    /// All the rest as announced, sorted.
    pub others: Vec<String>,
}

/// Safety first (UIDs that say where copies went, flags that can be followed), then speed, then sizes.
const USEFUL: &[&str] = &[
    "UIDPLUS",
    "SPECIAL-USE",
    "CONDSTORE",
    "QRESYNC",
    "MULTIAPPEND",
    "LITERAL+",
    "LITERAL-",
    "COMPRESS",
    "LIST-STATUS",
    "STATUS=SIZE",
    "NAMESPACE",
    "QUOTA",
    "APPENDLIMIT",
];

impl Features {
    pub(super) fn of(capabilities: &Capabilities) -> Self {
        let is = |word: &str, name: &str| {
            word == name
                || word
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('='))
        };
        let words: Vec<&str> = capabilities.words().collect();
        Self {
            useful: USEFUL
                .iter()
                .filter(|name| words.iter().any(|word| is(word, name)))
                .map(ToString::to_string)
                .collect(),
            others: words
                .iter()
                .filter(|word| !USEFUL.iter().any(|name| is(word, name)))
                .map(ToString::to_string)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_id_then_by_greeting() {
        for (greeting, name, version, shown) in [
            (
                "Dovecot ready.",
                Some("Dovecot"),
                Some("2.3.21 (47349e2482)"),
                "Dovecot 2.3.21",
            ),
            ("Dovecot (Debian) ready.", Some("Dovecot"), None, "Dovecot"),
            (
                "IceWarp 14.1.0.5 DEB12 x64 IMAP4rev1 Thu, 02 Jan 2025 10:00:00 +0100",
                None,
                None,
                "IceWarp 14.1.0.5",
            ),
            (
                "localhost Cyrus IMAP 3.6.1-4+deb12u2 server ready",
                None,
                None,
                "Cyrus 3.6.1-4+deb12u2",
            ),
            (
                "Courier-IMAP ready. Copyright 1998-2022 Double Precision, Inc.",
                None,
                None,
                "Courier",
            ),
            (
                "The Microsoft Exchange IMAP4 service is ready.",
                None,
                None,
                "Microsoft Exchange",
            ),
            (
                "Gimap ready for requests from 192.0.2.1 x",
                Some("GImap"),
                None,
                "Gmail",
            ),
            (
                "mail.example Zimbra 8.8.15_GA_4717 IMAP4 server ready",
                None,
                None,
                "Zimbra 8.8.15_GA_4717",
            ),
            (
                "Kerio Connect 9.4.1 IMAP4rev1 server ready",
                None,
                None,
                "Kerio Connect 9.4.1",
            ),
            (
                "IMAP4rev1 ready",
                Some("Posta nuova"),
                Some("7"),
                "Posta nuova 7",
            ),
            ("IMAP4rev1 ready", None, None, "IMAP"),
        ] {
            let software = Software::recognise(greeting, name.unwrap_or_default());
            let server = Server::read(software, greeting, name, version);
            assert_eq!(server.to_string(), shown, "{greeting}");
        }
    }

    #[test]
    fn what_matters_for_a_migration_comes_first() {
        let words = "IMAP4rev1 IDLE QUOTA QUOTA=RES-STORAGE COMPRESS=DEFLATE UIDPLUS APPENDLIMIT=52428800 STATUS=SIZE";
        let features = Features::of(&Capabilities::new(words.split(' ').map(str::to_owned)));
        assert_eq!(
            features.useful,
            ["UIDPLUS", "COMPRESS", "STATUS=SIZE", "QUOTA", "APPENDLIMIT"]
        );
        assert_eq!(features.others, ["IDLE", "IMAP4REV1"]);
    }
}
