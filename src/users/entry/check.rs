//! What is wrong with the entries of a list.

use std::collections::HashMap;
use std::ops::Range;

use secrecy::{ExposeSecret as _, SecretString};

use super::Entry;
use crate::account::Side;
use crate::users::Rules;
use crate::users::address::{Flaw, flaw};
use crate::users::sheet::{Fault, is_unreadable};

/// What is wrong with an entry. `first` is the place in the list of the entry it collides with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It has no login.
    EmptyLogin,
    /// No password, and no administrator who logs in there.
    MissingPassword {
        /// Where it is needed.
        side: Side,
    },
    /// What stands in the place of the address is not one.
    BadAddress {
        /// What is wrong with it.
        why: Flaw,
        /// The characters it is about.
        at: Range<usize>,
    },
    /// An alias is no address.
    BadAlias {
        /// Which of the entry's aliases, from 1.
        number: usize,
        /// What is wrong with it.
        why: Flaw,
    },
    /// An alias is the address or an alias of another entry.
    AliasTaken {
        /// Which of the entry's aliases, from 1.
        number: usize,
        /// Whose it is.
        first: usize,
    },
    /// The login is in the list already.
    DuplicateLogin {
        /// Where.
        first: usize,
    },
    /// The address is in the list already.
    DuplicateAddress {
        /// Where.
        first: usize,
        /// Whether both would go into one mailbox. If not, it is only odd.
        collides: bool,
    },
    /// Another entry goes to the same login at the destination: two mailboxes would become one.
    SameDestination {
        /// Which.
        first: usize,
    },
    /// A character that could not be read, or that none of these can hold: the file is damaged, was converted badly, or
    /// has a line end where a quote is missing.
    Unreadable,
    /// More fields than the header has columns.
    TooManyFields {
        /// How many.
        found: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// More fields than columns, and more than one way to share them out.
    Ambiguous,
    /// The password has `_` or `?`, in a file whose code page may have put them in the place of another character.
    SuspiciousPassword,
    /// The password begins or ends with a blank. It is kept as it is.
    SpaceAroundPassword,
}

impl Problem {
    /// Whether the mailbox cannot be migrated like this.
    pub fn is_blocking(&self) -> bool {
        !matches!(
            self,
            Self::SuspiciousPassword
                | Self::SpaceAroundPassword
                | Self::DuplicateAddress {
                    collides: false,
                    ..
                }
        )
    }

    /// Whether the remedy is to take one of two entries out.
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Self::DuplicateLogin { .. }
                | Self::DuplicateAddress { .. }
                | Self::SameDestination { .. }
        )
    }
}

/// What a list looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    problems: Vec<Option<Problem>>,
    /// How many there are of which.
    pub counts: Counts,
}

/// How many entries there are of which kind. `all` is the sum of the next three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries of the list.
    pub all: usize,
    /// Those that can be migrated, with a warning or without.
    pub fine: usize,
    /// Those with a blocking problem of their own.
    pub to_fix: usize,
    /// Those that collide with an earlier one.
    pub duplicates: usize,
    /// Those that can be migrated and have a tick.
    pub ready: usize,
    /// Those that can be migrated and have a warning.
    pub warned: usize,
}

impl Checked {
    /// The gravest problem of the entry at this place.
    pub fn problem(&self, at: usize) -> Option<&Problem> {
        self.problems.get(at).and_then(Option::as_ref)
    }

    /// Whether the entry at this place can be migrated.
    pub fn is_fine(&self, at: usize) -> bool {
        at < self.problems.len()
            && self
                .problem(at)
                .is_none_or(|problem| !problem.is_blocking())
    }
}

/// Looks at every entry. Costs one pass, so that it can be made again after every key.
///
/// An entry that cannot be migrated holds neither its login nor its destination: of two with one login, the first that
/// is right keeps it.
pub fn check(entries: &[Entry], rules: Rules) -> Checked {
    let mut taken = Taken {
        logins: HashMap::with_capacity(entries.len()),
        addresses: HashMap::with_capacity(entries.len()),
        destinations: HashMap::with_capacity(entries.len()),
        aliases: HashMap::new(),
        owners: owners(entries, rules),
    };
    let mut checked = Checked {
        problems: Vec::with_capacity(entries.len()),
        counts: Counts {
            all: entries.len(),
            ..Counts::default()
        },
    };
    let counts = &mut checked.counts;
    for (at, entry) in entries.iter().enumerate() {
        let problem = own(entry, rules)
            .or_else(|| taken.take(at, entry, entries, rules))
            .or_else(|| taken.take_aliases(at, entry))
            .or_else(|| warning(entry));
        match &problem {
            Some(problem) if problem.is_blocking() => {
                if problem.is_duplicate() {
                    counts.duplicates += 1;
                } else {
                    counts.to_fix += 1;
                }
            }
            other => {
                counts.fine += 1;
                counts.ready += usize::from(entry.selected);
                counts.warned += usize::from(other.is_some());
            }
        }
        checked.problems.push(problem);
    }
    checked
}

/// What is wrong with an entry whatever the others are.
fn own(entry: &Entry, rules: Rules) -> Option<Problem> {
    match entry.fault {
        Some(Fault::TooManyFields { found, columns }) => {
            return Some(Problem::TooManyFields { found, columns });
        }
        Some(Fault::Ambiguous) => return Some(Problem::Ambiguous),
        None => {}
    }
    let passwords = [&entry.password, &entry.destination_password];
    let passwords = passwords
        .into_iter()
        .flatten()
        .map(SecretString::expose_secret);
    let texts = [&entry.login, &entry.address, &entry.destination_login];
    let texts = texts
        .into_iter()
        .chain(&entry.aliases)
        .chain([&entry.group]);
    let mut all = texts.map(String::as_str).chain(passwords);
    if all.any(|text| text.contains(is_unreadable)) {
        return Some(Problem::Unreadable);
    }
    if entry.login.trim().is_empty() {
        return Some(Problem::EmptyLogin);
    }
    let given = |password: &Option<SecretString>| {
        password
            .as_ref()
            .is_some_and(|password| !password.expose_secret().is_empty())
    };
    if !rules.origin_master && !given(&entry.password) {
        return Some(Problem::MissingPassword { side: Side::Origin });
    }
    if rules.needs_destination_password()
        && !given(&entry.password)
        && !given(&entry.destination_password)
    {
        return Some(Problem::MissingPassword {
            side: Side::Destination,
        });
    }
    if let Some((why, at)) = flaw(&entry.address) {
        return Some(Problem::BadAddress { why, at });
    }
    let aliases = entry.aliases_in_full();
    aliases.iter().enumerate().find_map(|(at, alias)| {
        let (why, _) = flaw(alias)?;
        Some(Problem::BadAlias {
            number: at + 1,
            why,
        })
    })
}

/// What the entries so far hold, each with its place. The case of letters does not tell two mailboxes apart on any
/// server in use.
struct Taken {
    logins: HashMap<String, usize>,
    addresses: HashMap<String, usize>,
    destinations: HashMap<String, usize>,
    aliases: HashMap<String, usize>,
    /// Who has which address, earlier or later in the list.
    owners: HashMap<String, usize>,
}

/// The addresses of all entries, where any has an alias that could be one of them.
fn owners(entries: &[Entry], rules: Rules) -> HashMap<String, usize> {
    let mut owners = HashMap::new();
    if entries.iter().all(|entry| entry.aliases.is_empty()) {
        return owners;
    }
    for (at, entry) in entries.iter().enumerate() {
        let address = match entry.address.trim() {
            "" => entry.destination(rules),
            address => address,
        };
        if address.contains('@') {
            let _ = owners.entry(address.to_lowercase()).or_insert(at);
        }
    }
    owners
}

impl Taken {
    /// Takes the entry's aliases; or says who has one.
    fn take_aliases(&mut self, at: usize, entry: &Entry) -> Option<Problem> {
        let aliases = entry.aliases_in_full();
        let aliases: Vec<_> = aliases.iter().map(|alias| alias.to_lowercase()).collect();
        let other = |place: &usize| *place != at;
        for (index, alias) in aliases.iter().enumerate() {
            let owner = self.owners.get(alias).filter(|place| other(place));
            let holder = owner.or_else(|| self.aliases.get(alias).filter(|place| other(place)));
            if let Some(first) = holder.copied() {
                let number = index + 1;
                return Some(Problem::AliasTaken { number, first });
            }
        }
        self.aliases
            .extend(aliases.into_iter().map(|alias| (alias, at)));
        None
    }

    /// Takes what an entry needs; or says who has it.
    fn take(
        &mut self,
        at: usize,
        entry: &Entry,
        entries: &[Entry],
        rules: Rules,
    ) -> Option<Problem> {
        let login = entry.login.trim().to_lowercase();
        let address = entry.address.trim().to_lowercase();
        let destination = entry.destination(rules).to_lowercase();
        if let Some(first) = self.logins.get(&login).copied() {
            return Some(Problem::DuplicateLogin { first });
        }
        if let Some(first) = self.destinations.get(&destination).copied() {
            let other = entries[first].address.trim().to_lowercase();
            return Some(if !address.is_empty() && other == address {
                Problem::DuplicateAddress {
                    first,
                    collides: true,
                }
            } else {
                Problem::SameDestination { first }
            });
        }
        let _ = self.logins.insert(login, at);
        let _ = self.destinations.insert(destination, at);
        // Where there is no address, the login is one, as the plan has it.
        let address = match entry.destination(rules).to_lowercase() {
            login if rules.by_address && address.is_empty() && login.contains('@') => login,
            _ => address,
        };
        if address.is_empty() {
            return None;
        }
        let first = *self.addresses.entry(address).or_insert(at);
        (first != at).then_some(Problem::DuplicateAddress {
            first,
            collides: rules.by_address,
        })
    }
}

/// What a person should look at.
fn warning(entry: &Entry) -> Option<Problem> {
    let passwords = [&entry.password, &entry.destination_password];
    let mut passwords = passwords
        .into_iter()
        .flatten()
        .map(SecretString::expose_secret);
    // Excel writes "_" or "?" for what a code page lacks (field.md B9, 64). A list with accents or with such marks in
    // its names is one where that can have happened.
    let marked = [&entry.name, &entry.login, &entry.address]
        .iter()
        .any(|text| text.contains(|c: char| c == '?' || !c.is_ascii()));
    let suspicious = |password: &str| entry.code_page && marked && password.contains(['_', '?']);
    let blank = |password: &str| {
        password.starts_with(char::is_whitespace) || password.ends_with(char::is_whitespace)
    };
    passwords.find_map(|password| {
        if suspicious(password) {
            Some(Problem::SuspiciousPassword)
        } else {
            blank(password).then_some(Problem::SpaceAroundPassword)
        }
    })
}
