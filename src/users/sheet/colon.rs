//! The colon form, `login:password:address`: from a line to its fields.
//!
//! One line is one mailbox. The first `:` ends the login; the last `:` starts the address if what follows holds an `@`;
//! everything between is the password, spaces and further `:` included. `login:password` alone is allowed, and so is
//! `login`. Empty lines and lines starting with `#` are passed over.
//!
//! A first line that names the columns, in English or Italian, adds or reorders them. Then a line is read column by
//! column, and the columns missing at its end are empty. A line with more fields than columns holds `:` inside a
//! password; every way to share the fields out is tried, and the line is taken when exactly one of them puts an address
//! in the address column. A header that names only `login:password` or `login:password:address` changes nothing.
//!
//! Promises: a line that can be read in two ways is reported, not guessed.

use super::text;
use super::{Error, Fault, MOST_ROWS, Row};
use crate::users::address;
use crate::users::mapping::{Field, field, fields};

/// What the fields are where no header says otherwise.
const PLAIN: [Field; 3] = [Field::Login, Field::Password, Field::Address];

/// Reads a text in the colon form: what its fields are, and its rows.
pub(super) fn read(text: &str) -> Result<(Vec<Field>, Vec<Row>), Error> {
    let mut header = None;
    let mut rows = Vec::new();
    let mut started = false;
    for (index, line) in text::lines(text).enumerate() {
        let number = index + 1;
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let first = !std::mem::replace(&mut started, true);
        if first && looks_like_header(line) {
            header = columns(line, number)?;
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Error::TooLarge);
        }
        rows.push(match &header {
            None => Row::new(number, split(line)),
            Some(header) => match header.split(line) {
                Ok(fields) => Row::new(number, fields),
                Err(fault) => Row {
                    fault: Some(fault),
                    ..Row::new(number, header.certain(line))
                },
            },
        });
    }
    Ok((header.map_or(PLAIN.to_vec(), |header| header.columns), rows))
}

/// Splits a line where no header says otherwise.
fn split(line: &str) -> [&str; 3] {
    let (login, rest) = line.split_once(':').unwrap_or((line, ""));
    match rest.rsplit_once(':') {
        Some((password, address)) if address.contains('@') => [login, password, address],
        _ => [login, rest, ""],
    }
}

/// Whether a line names columns: its first two fields are known names, a login and a password among them.
fn looks_like_header(line: &str) -> bool {
    let mut names = line.split(':').map(field);
    let first = [names.next().flatten(), names.next().flatten()];
    first.contains(&Some(Field::Login)) && first.contains(&Some(Field::Password))
}

/// Reads the names of the columns; `None` where they say only what the plain rule says.
fn columns(line: &str, row: usize) -> Result<Option<Header>, Error> {
    let mut columns = Vec::new();
    for (index, field) in fields(line.split(':')).into_iter().enumerate() {
        let column = index + 1;
        let field = field.ok_or(Error::UnknownColumn { row, column })?;
        if field != Field::Ignored && columns.contains(&field) {
            return Err(Error::RepeatedColumn { row, column });
        }
        columns.push(field);
    }
    Ok((!PLAIN.starts_with(&columns)).then_some(Header { columns }))
}

/// More `:` than this in the passwords of one line are not searched for.
const MOST_COLONS: usize = 200;

/// The columns of a list that names them.
struct Header {
    columns: Vec<Field>,
}

impl Header {
    /// Splits a line by the columns.
    fn split<'a>(&self, line: &'a str) -> Result<Vec<&'a str>, Fault> {
        let columns = self.columns.len();
        let found = line.split(':').count();
        let Some(extra) = found.checked_sub(columns).filter(|extra| *extra > 0) else {
            return Ok(self.assign(line, 0, 0));
        };
        if extra > MOST_COLONS {
            return Err(Fault::TooManyFields { found, columns });
        }
        // All the extra fields belong to the passwords: try each way to share them between two.
        let ways = if self.columns.contains(&Field::DestinationPassword) {
            0..=extra
        } else {
            extra..=extra
        };
        let mut only = None;
        for in_password in ways {
            let fields = self.assign(line, in_password, extra - in_password);
            if !self.is_sound(&fields) {
                continue;
            }
            if only.replace(fields).is_some() {
                return Err(Fault::Ambiguous);
            }
        }
        only.ok_or(Fault::TooManyFields { found, columns })
    }

    /// Reads the columns one after the other, each password taking so many `:` with it.
    fn assign<'a>(
        &self,
        line: &'a str,
        in_password: usize,
        in_destination_password: usize,
    ) -> Vec<&'a str> {
        let mut rest = Some(line);
        let take = |column: &Field| {
            let colons = match column {
                Field::Password => in_password,
                Field::DestinationPassword => in_destination_password,
                _ => 0,
            };
            let text = rest?;
            let end = text.match_indices(':').nth(colons).map(|(at, _)| at);
            rest = end.map(|at| &text[at + 1..]);
            Some(end.map_or(text, |at| &text[..at]))
        };
        self.columns.iter().map_while(take).collect()
    }

    /// What stands before the first password; the rest of a line that cannot be shared out may hold parts of it.
    fn certain<'a>(&self, line: &'a str) -> impl Iterator<Item = &'a str> {
        let secret = |field: &Field| matches!(field, Field::Password | Field::DestinationPassword);
        let before = self.columns.iter().position(secret);
        line.split(':').take(before.unwrap_or(self.columns.len()))
    }

    /// Whether a way to share the fields out can be what was meant.
    fn is_sound(&self, fields: &[&str]) -> bool {
        let of = |wanted| {
            let at = self.columns.iter().position(|column| *column == wanted)?;
            fields.get(at).copied()
        };
        let address = of(Field::Address).unwrap_or_default().trim();
        of(Field::Login).is_some_and(|login| !login.trim().is_empty())
            && of(Field::Password).is_some_and(|password| !password.is_empty())
            && (address.is_empty() || address::flaw(address).is_none())
    }
}
