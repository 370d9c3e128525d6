//! The list of mailboxes as it is edited, and the rules it has to follow (pure).
//!
//! Promises: an entry keeps its id whatever happens to the others; one with a problem stays in the list; a tick says
//! what a person wants and is never taken away by a problem, so that an entry comes back by itself once it is right.
//!
//! - `check` what is wrong · `merge` a list over another, and in and out of a plan

mod check;
mod merge;

use secrecy::SecretString;

use super::address::localpart;
use super::mapping::{Field, Mapping};
use super::sheet::{Encoding, Fault, Row, Table};
use super::{DestinationLogin, Rules};
pub use check::{Checked, Counts, Problem, check};
pub use merge::{Kept, Merged, from_jobs, merge, to_jobs};

/// One mailbox of the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Tells it from all others, for as long as the list lives.
    pub id: u64,
    /// Its row in the file it came from.
    pub row: Option<usize>,
    /// The login at the origin.
    pub login: String,
    /// The address at the destination; empty where there is none.
    pub address: String,
    /// The login at the destination; empty where it follows from the rest.
    pub destination_login: String,
    /// What the person is called; empty where nobody said it.
    pub name: String,
    /// Further addresses at the destination, as written: see [`Entry::aliases_in_full`].
    pub aliases: Vec<String>,
    /// With which others it is migrated; empty where it stands alone.
    pub group: String,
    /// The password at the origin, and at the destination where no other is given.
    pub password: Option<SecretString>,
    /// The password at the destination.
    pub destination_password: Option<SecretString>,
    /// Whether it is to come along.
    pub selected: bool,
    /// Why its row could not be divided into cells, where it could not.
    pub fault: Option<Fault>,
    /// Whether it came from a file in a code page, where characters may have been replaced by others.
    pub code_page: bool,
}

/// Gives out the ids of one list.
#[derive(Debug, Default)]
pub struct Ids(u64);

impl Ids {
    /// One that was never given out before.
    pub fn give(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

impl Entry {
    /// An entry nobody has written in yet.
    pub fn new(ids: &mut Ids) -> Self {
        Self {
            id: ids.give(),
            row: None,
            login: String::new(),
            address: String::new(),
            destination_login: String::new(),
            name: String::new(),
            aliases: Vec::new(),
            group: String::new(),
            password: None,
            destination_password: None,
            selected: true,
            fault: None,
            code_page: false,
        }
    }

    /// The login at the destination.
    pub fn destination(&self, rules: Rules) -> &str {
        let (login, address) = (self.login.trim(), self.address.trim());
        let best = if address.is_empty() { login } else { address };
        match (self.destination_login.trim(), rules.destination_login) {
            ("", DestinationLogin::Address) => best,
            ("", DestinationLogin::Login) => login,
            ("", DestinationLogin::Localpart) => localpart(best),
            (given, _) => given,
        }
    }

    /// The aliases with their domain: one that is only a name has the domain of the account's address.
    pub fn aliases_in_full(&self) -> Vec<String> {
        let own = [&self.address, &self.destination_login, &self.login];
        let mut domains = own.iter().filter_map(|text| text.trim().rsplit_once('@'));
        let domain = domains.next().map(|(_, domain)| domain);
        let full = |alias: &String| match domain {
            Some(domain) if !alias.contains('@') => format!("{alias}@{domain}"),
            _ => alias.clone(),
        };
        self.aliases.iter().map(full).collect()
    }

    fn of(row: &Row, mapping: &Mapping, ids: &mut Ids) -> Self {
        let raw = |field| mapping.position(field).map_or("", |at| row.cell(at));
        let text = |field| raw(field).trim().to_owned();
        let secret = |field| {
            Some(raw(field))
                .filter(|raw| !raw.is_empty())
                .map(SecretString::from)
        };
        let names = [text(Field::FirstName), text(Field::LastName)].join(" ");
        let named = |field| mapping.position(field).is_some();
        Self {
            row: Some(row.number),
            login: text(if named(Field::Login) {
                Field::Login
            } else {
                Field::Address
            }),
            address: text(Field::Address),
            destination_login: text(Field::DestinationLogin),
            name: if named(Field::FullName) {
                text(Field::FullName)
            } else {
                names.trim().to_owned()
            },
            aliases: mapping
                .positions(Field::Aliases)
                .flat_map(|at| divided(row.cell(at)))
                .collect(),
            group: text(Field::Group),
            password: secret(Field::Password),
            destination_password: secret(Field::DestinationPassword),
            fault: row.fault,
            ..Self::new(ids)
        }
    }
}

/// The addresses of one cell: between blanks, commas, semicolons or bars.
pub fn divided(cell: &str) -> impl Iterator<Item = String> {
    let parts = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned)
}

/// Makes an entry of every row, right or wrong.
pub fn entries(table: &Table, mapping: &Mapping, ids: &mut Ids) -> Vec<Entry> {
    let code_page = table.encoding == Some(Encoding::Windows1252);
    let rows = mapping.rows(table).iter();
    rows.map(|row| Entry {
        code_page,
        ..Entry::of(row, mapping, ids)
    })
    .collect()
}

/// Which entries are to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those that can be migrated.
    Fine,
    /// Those that cannot, for another reason than being a duplicate.
    ToFix,
    /// Those that are in the list already.
    Duplicates,
}

/// The places of the entries that pass the filter and hold every word of the query in login, addresses, aliases, name or
/// group.
pub fn visible(entries: &[Entry], checked: &Checked, query: &str, filter: Filter) -> Vec<usize> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let passes = |at: usize| {
        let problem = checked.problem(at).filter(|problem| problem.is_blocking());
        match filter {
            Filter::All => true,
            Filter::Fine => problem.is_none(),
            Filter::ToFix => problem.is_some_and(|problem| !problem.is_duplicate()),
            Filter::Duplicates => problem.is_some_and(Problem::is_duplicate),
        }
    };
    let holds = |entry: &Entry| {
        let texts = [
            &entry.login,
            &entry.address,
            &entry.destination_login,
            &entry.name,
            &entry.group,
        ];
        let texts = texts.into_iter().chain(&entry.aliases);
        let texts: Vec<_> = texts.map(|text| text.to_lowercase()).collect();
        words
            .iter()
            .all(|word| texts.iter().any(|text| text.contains(word)))
    };
    let places = entries.iter().enumerate();
    let shown = places.filter(|(at, entry)| passes(*at) && (words.is_empty() || holds(entry)));
    shown.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests;
