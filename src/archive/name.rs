//! Accounts and folders as names on the disk.
//!
//! Promises: two names never become one; what a file system cannot hold is written `%2e` and read back; no name leads out
//! of the archive. Folders are named as Maildir++ has it: `.`, then the levels with `.` between them, in the octets of
//! IMAP. What only some systems refuse (`?`, `:`) is escaped where it is refused, and read back everywhere.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::MARK;

/// Longest name of a folder on the disk, in octets: file systems take 255 of them.
const LONGEST: usize = 230;
/// How the name of a folder begins that is too long to be one: its digest follows.
pub(super) const LONG: &str = "%long-";
/// Names that Windows keeps for devices, whatever follows after a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The folder of an account; `None` where it cannot have one.
pub(super) fn account(login: &str) -> Option<String> {
    let stem = login.split('.').next().unwrap_or_default().to_lowercase();
    let port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    let kept = DEVICES.contains(&stem.as_str()) || port || login.eq_ignore_ascii_case(MARK);
    let last = login.len() - login.chars().next_back()?.len_utf8();
    let mut name = String::new();
    for (at, c) in login.char_indices() {
        let edge = (at == 0 && (c == '.' || kept)) || (at == last && matches!(c, '.' | ' '));
        if edge || is_special(c) {
            escape(&mut name, c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            name.push(c);
        }
    }
    (name.len() <= LONGEST).then_some(name)
}

/// Whether no level of a folder's name is empty.
pub(super) fn is_whole(wire: &[u8]) -> bool {
    wire.split(|octet| *octet == b'/')
        .all(|level| !level.is_empty())
}

/// The name of a folder on the disk, without the dot before it: as it can be, and in full, which differs where that would
/// be too long. `picky`: the disk takes no more than Windows does.
pub(super) fn folder(wire: &[u8], picky: bool) -> (String, String) {
    let mut full = String::new();
    for level in wire.split(|octet| *octet == b'/') {
        if !full.is_empty() {
            full.push('.');
        }
        let last = level.len().saturating_sub(1);
        for (at, octet) in level.iter().enumerate() {
            let c = char::from(*octet);
            let refused = *octet >= 127 || ".%".contains(c) || c.is_control();
            if refused || (picky && is_special(c)) || (at == last && c == ' ') {
                escape(&mut full, &[*octet]);
            } else {
                full.push(c);
            }
        }
    }
    let short = if full.len() <= LONGEST {
        full.clone()
    } else {
        let mut short = String::from(LONG);
        escape_bare(&mut short, &Sha256::digest(wire)[..16]);
        short
    };
    (short, full)
}

/// The name that the disk has as this, in full.
pub(super) fn wire(full: &str) -> Vec<u8> {
    let octets = full.as_bytes();
    let mut name = Vec::with_capacity(octets.len());
    let mut at = 0;
    while let Some(octet) = octets.get(at) {
        let digits = full.get(at + 1..at + 3).filter(|_| *octet == b'%');
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(escaped) => {
                name.push(escaped);
                at += 2;
            }
            None if *octet == b'.' => name.push(b'/'),
            None => name.push(*octet),
        }
        at += 1;
    }
    name
}

/// Characters some system does not take in a name, and the one that escapes them.
fn is_special(c: char) -> bool {
    c.is_control() || "%/\\:*?\"<>|".contains(c)
}

fn escape(name: &mut String, octets: &[u8]) {
    for octet in octets {
        let _ = write!(name, "%{octet:02x}");
    }
}

fn escape_bare(name: &mut String, octets: &[u8]) {
    for octet in octets {
        let _ = write!(name, "{octet:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accounts_keep_their_names_where_they_can() {
        for (login, dir) in [
            ("anna@example.it", "anna@example.it"),
            ("perché", "perché"),
            ("..", "%2e%2e"),
            (".", "%2e"),
            (".ssh", "%2essh"),
            ("a/../b", "a%2f..%2fb"),
            ("C:\\x", "C%3a%5cx"),
            ("anna*admin", "anna%2aadmin"),
            ("50%", "50%25"),
            ("con", "%63on"),
            ("Aux.x", "%41ux.x"),
            ("com1", "%63om1"),
            ("conte", "conte"),
            ("anna.", "anna%2e"),
            ("anna ", "anna%20"),
            ("traghetto-archive", "%74raghetto-archive"),
        ] {
            assert_eq!(account(login).as_deref(), Some(dir), "{login}");
        }
        assert_eq!(account(""), None);
        assert_eq!(account(&"x".repeat(300)), None);
    }

    #[test]
    fn folders_are_named_as_maildir_has_it() {
        for (name, dir) in [
            ("Sent", "Sent"),
            ("Archive/2021", "Archive.2021"),
            ("Attivit&AOA-", "Attivit&AOA-"),
            ("v1.2/a b", "v1%2e2.a b"),
            ("fine /x", "fine%20.x"),
            ("50%", "50%25"),
        ] {
            assert_eq!(folder(name.as_bytes(), false).0, dir);
            assert_eq!(wire(dir), name.as_bytes());
        }
        assert_eq!(folder(b"a?/b", false).0, "a?.b");
        assert_eq!(folder(b"a?/b", true).0, "a%3f.b");
        for name in ["", "/", "a//b", "a/", "/a"] {
            assert!(!is_whole(name.as_bytes()), "{name}");
        }
        // What others wrote with a percent sign is a name, too.
        assert_eq!(wire("100%"), b"100%");
        assert_eq!(wire("%zz"), b"%zz");
    }

    #[test]
    fn a_long_name_is_told_apart_by_its_digest() {
        let name = |end: &str| format!("{}{end}", "&BBcEMA-/".repeat(60));
        let (one, other) = (
            folder(name("a").as_bytes(), false),
            folder(name("b").as_bytes(), false),
        );
        assert!(one.0.starts_with(LONG) && one.0.len() < 50, "{}", one.0);
        assert_ne!(one.0, other.0);
        assert_eq!(wire(&one.1), name("a").as_bytes());
    }

    proptest! {
        #[test]
        fn any_octets_come_back(levels in proptest::collection::vec(proptest::collection::vec(any::<u8>().prop_filter("separator", |octet| *octet != b'/'), 1..20), 1..4)) {
            let name = levels.join(&b'/');
            for picky in [false, true] {
                let (_, full) = folder(&name, picky);
                prop_assert!(full.bytes().all(|octet| (32..127).contains(&octet)));
                prop_assert_eq!(wire(&full), &name[..]);
            }
        }

        #[test]
        fn no_account_leads_out_of_the_archive(login in ".{1,40}") {
            if let Some(dir) = account(&login) {
                prop_assert!(!dir.contains(['/', '\\', ':']) && !dir.starts_with('.'), "{dir}");
            }
        }
    }
}
