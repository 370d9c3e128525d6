//! The list of users: the text an administrator writes, turned into accounts.
//!
//! One line is one mailbox, `login:password:address`. The first `:` ends the login; the last `:`
//! starts the address if what follows holds an `@`; everything between is the password, spaces
//! and further `:` included. `login:password` alone is allowed. Empty lines and lines starting
//! with `#` are passed over.
//!
//! A first line that names the columns, in English or Italian, adds or reorders them:
//! `login:password:address:destination-login:destination-password`. Then a line is read column by
//! column, and the columns missing at its end are empty. A line with more fields than columns
//! holds `:` inside a password; every way to share the fields out is tried, and the line is taken
//! when exactly one of them puts an address in the address column. A header that names only
//! `login:password` or `login:password:address` changes nothing.
//!
//! Promised: a password is taken exactly as written; a line that can be read in two ways is
//! reported, not guessed; a complaint carries the number of its line and never the password;
//! text in UTF-8, UTF-16 (with its mark) or Windows-1252 is understood.
//!
//! Deliberately not here: spreadsheets and CSV, asking any server, printing, and words for people
//! (a [`Problem`] is a fact; its sentence is made where the language is known).

mod columns;
mod text;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use secrecy::{ExposeSecret, SecretString};

use columns::{Fields, Header};

/// Reads a user list.
///
/// `bytes` is the whole file, in whatever encoding it came. The caller's copy stays his to wipe.
pub fn import(bytes: &[u8], options: Options) -> Imported {
    let text = text::decode(bytes);
    let mut list = List::new(options);
    for (index, line) in text::lines(&text).enumerate() {
        list.take(index + 1, line);
    }
    list.imported
}

/// How a list is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// What the login on the destination is, where the list does not say it in a column.
    pub destination_login: DestinationLogin,
    /// What it means when a line has no password.
    pub password: Password,
}

/// What the login on the destination is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DestinationLogin {
    /// The address; the login where a line has no address.
    #[default]
    Address,
    /// The same login as on the origin.
    Login,
    /// What stands before the `@` of the address, or of the login where there is no address.
    Localpart,
}

/// Whether each line must hold a password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Password {
    /// A line without one is a problem.
    #[default]
    Required,
    /// A line may do without: a master user logs in for everybody.
    Optional,
}

/// What a list held.
#[derive(Debug, Default)]
pub struct Imported {
    /// The accounts nothing is wrong with, in the order of the list.
    pub rows: Vec<Row>,
    /// The lines that were not taken, in the order of the list.
    pub problems: Vec<Problem>,
}

/// One account of the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line it stands on, counted from 1.
    pub line: usize,
    /// The login on the origin.
    pub login: String,
    /// The password on the origin, exactly as written; empty only with [`Password::Optional`].
    pub password: SecretString,
    /// The address, if the line has one.
    pub address: Option<String>,
    /// The login on the destination.
    pub destination_login: String,
    /// The password on the destination, if it is another one.
    pub destination_password: Option<SecretString>,
}

/// Why a line was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The line starts with `:` or its login column is empty.
    EmptyLogin,
    /// There is no password, or it is empty.
    MissingPassword,
    /// What stands in the place of the address is not one.
    BadAddress,
    /// The login stands in an earlier line already.
    DuplicateLogin {
        /// The line that has it.
        first: usize,
    },
    /// Another line goes to the same login on the destination: two mailboxes would become one.
    SameDestination {
        /// The line that has it.
        first: usize,
    },
    /// More fields than the header has columns, and no password can take in the rest.
    TooManyFields {
        /// How many fields the line has.
        found: usize,
        /// How many columns the header names.
        columns: usize,
    },
    /// More fields than columns, and more than one way to share them out.
    Ambiguous,
    /// A character that could not be read, or one no password can hold (NUL): the file is
    /// damaged, or in an encoding that was not recognised.
    Unreadable,
    /// The header names a column that is not known.
    UnknownColumn {
        /// Which one, counted from 1.
        column: usize,
    },
    /// The header names the same column twice.
    RepeatedColumn {
        /// The second of the two, counted from 1.
        column: usize,
    },
}

/// A list while it is being read.
struct List {
    options: Options,
    imported: Imported,
    header: Option<Header>,
    started: bool,
    logins: HashMap<String, usize>,
    destinations: HashMap<String, usize>,
}

impl List {
    fn new(options: Options) -> Self {
        Self {
            options,
            imported: Imported::default(),
            header: None,
            started: false,
            logins: HashMap::new(),
            destinations: HashMap::new(),
        }
    }

    fn take(&mut self, number: usize, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            return;
        }
        let first = !std::mem::replace(&mut self.started, true);
        let read = if first && columns::looks_like_header(line) {
            columns::header(line).map(|header| {
                self.header = header;
                None
            })
        } else {
            self.row(number, line).map(Some)
        };
        match read {
            Ok(row) => self.imported.rows.extend(row),
            Err(kind) => self.imported.problems.push(Problem { line: number, kind }),
        }
    }

    fn row(&mut self, line: usize, text: &str) -> Result<Row, ProblemKind> {
        if text.contains(text::UNREADABLE) {
            return Err(ProblemKind::Unreadable);
        }
        let fields = match &self.header {
            Some(header) => header.split(text)?,
            None => columns::split(text),
        };
        let row = complete(line, &fields, self.options)?;
        // The case of letters does not tell two mailboxes apart on any server in use.
        let login = match self.logins.entry(row.login.to_lowercase()) {
            Entry::Occupied(taken) => {
                return Err(ProblemKind::DuplicateLogin {
                    first: *taken.get(),
                });
            }
            Entry::Vacant(free) => free,
        };
        match self
            .destinations
            .entry(row.destination_login.to_lowercase())
        {
            Entry::Occupied(taken) => {
                return Err(ProblemKind::SameDestination {
                    first: *taken.get(),
                });
            }
            Entry::Vacant(free) => {
                let _ = free.insert(line);
            }
        }
        let _ = login.insert(line);
        Ok(row)
    }
}

/// Makes an account of the fields of a line.
fn complete(line: usize, fields: &Fields<'_>, options: Options) -> Result<Row, ProblemKind> {
    let login = fields.login.trim();
    if login.is_empty() {
        return Err(ProblemKind::EmptyLogin);
    }
    let password = SecretString::from(fields.password);
    if password.expose_secret().is_empty() && options.password == Password::Required {
        return Err(ProblemKind::MissingPassword);
    }
    let address = match fields.address.trim() {
        "" => None,
        address if is_address(address) => Some(address),
        _ => return Err(ProblemKind::BadAddress),
    };
    let destination_login = match (fields.destination_login.trim(), options.destination_login) {
        ("", DestinationLogin::Address) => address.unwrap_or(login),
        ("", DestinationLogin::Login) => login,
        ("", DestinationLogin::Localpart) => localpart(address.unwrap_or(login)),
        (given, _) => given,
    };
    Ok(Row {
        line,
        login: login.to_owned(),
        password,
        address: address.map(str::to_owned),
        destination_login: destination_login.to_owned(),
        destination_password: Some(fields.destination_password)
            .filter(|password| !password.is_empty())
            .map(SecretString::from),
    })
}

/// Whether a text has the shape of an address: something, one `@`, a domain.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// What stands before the `@`; the whole where nothing does.
fn localpart(text: &str) -> &str {
    match text.split_once('@') {
        Some((local, _)) if !local.is_empty() => local,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
