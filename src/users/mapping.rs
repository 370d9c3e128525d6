//! Which column is what (pure).
//!
//! Promises: names of columns are known in Italian and English; without them the contents decide; wherever two readings
//! are plausible [`Mapping::sure`] is false, and somebody has to look at the [`preview`] and choose. Deliberately absent:
//! refusing a list (that is what [`check`](super::entry::check) is for), and words.

mod names;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::address::localpart;
use super::sheet::{Row, Table};
pub use names::{field, fields};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The login at the origin.
    Login,
    /// The password at the origin, and at the destination where no other is given.
    Password,
    /// The address at the destination; without a column of logins also the login.
    Address,
    /// The login at the destination.
    DestinationLogin,
    /// The password at the destination.
    DestinationPassword,
    /// What the person is called.
    FirstName,
    /// The family's name.
    LastName,
    /// Both.
    FullName,
    /// Further addresses at the destination, several in one cell; there may be several such columns.
    Aliases,
    /// With which others it is migrated.
    Group,
    /// Nothing that is used here.
    Ignored,
}

impl Field {
    /// Whether a preview should not show it to whoever stands behind.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::DestinationPassword)
    }
}

/// What the columns of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// One for each column.
    pub columns: Vec<Field>,
    /// Whether the first row holds names, not an account.
    pub header: bool,
    /// Whether no other reading is plausible.
    pub sure: bool,
    /// What it rests on, or what is in doubt.
    pub why: Why,
}

/// What a mapping rests on, or what is in doubt. Columns are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The form of the list says it.
    Form,
    /// The first row names the columns.
    Header,
    /// Only one reading fits the contents.
    Contents,
    /// A person said it.
    Given,
    /// In doubt: two columns have the same name.
    Repeated {
        /// The one that was taken.
        first: usize,
        /// The one that was not.
        second: usize,
    },
    /// In doubt: the first row seems to hold names, and this one is not known.
    Unnamed {
        /// Which column.
        column: usize,
    },
    /// In doubt: the contents of these two allow more than one reading.
    TwoReadings {
        /// The one to the left.
        first: usize,
        /// The one to the right.
        second: usize,
    },
    /// Nothing looks like a login.
    NoLogin,
}

impl Mapping {
    fn new(columns: Vec<Field>, header: bool, why: Why) -> Self {
        let sure = matches!(why, Why::Form | Why::Header | Why::Contents | Why::Given);
        Self {
            columns,
            header,
            sure,
            why,
        }
    }

    /// Where a field stands, for each column that holds it.
    pub fn positions(&self, field: Field) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(move |(at, column)| (*column == field).then_some(at))
    }

    /// Where a field stands.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| *column == field)
    }

    /// Whether there is anything to log in with.
    pub fn has_login(&self) -> bool {
        let login = self.position(Field::Login);
        login.or(self.position(Field::Address)).is_some()
    }

    /// The rows that hold accounts.
    pub fn rows<'a>(&self, table: &'a Table) -> &'a [Row] {
        &table.rows[usize::from(self.header).min(table.rows.len())..]
    }
}

/// Finds out what the columns are.
pub fn guess(table: &Table) -> Mapping {
    if let Some(form) = &table.form {
        return Mapping::new(form.clone(), false, Why::Form);
    }
    let names = names_of(table);
    if is_header(table, &names) {
        return by_name(table, &names);
    }
    // A first row without an address above a column of them holds names we do not know.
    let (first, rest) = (&table.rows[0], &table.rows[1..]);
    let columns = columns(table, rest);
    let is_name = |cell: &str| !cell.trim().is_empty() && !cell.contains('@');
    let mut addresses = columns.iter().filter(|column| column.addresses);
    if let Some(foreign) = addresses.find(|column| is_name(first.cell(column.at))) {
        let (fields, _) = by_contents(table, &columns, rest);
        let why = Why::Unnamed { column: foreign.at };
        return Mapping::new(fields, true, why);
    }
    let (fields, why) = by_contents(table, &self::columns(table, &table.rows), &table.rows);
    Mapping::new(fields, false, why)
}

/// The mapping a person chose; columns he did not speak of are ignored.
pub fn given(table: &Table, mut columns: Vec<Field>) -> Mapping {
    columns.resize(table.width().max(columns.len()), Field::Ignored);
    Mapping::new(columns, guess(table).header, Why::Given)
}

/// The first rows of a list, as they would be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview<'a> {
    /// What the list itself calls its columns.
    pub header: Option<Vec<&'a str>>,
    /// Row numbers with one cell for each column; those of a secret field should be veiled.
    pub rows: Vec<(usize, Vec<&'a str>)>,
}

/// The first `most` rows, to be shown where a mapping is chosen.
pub fn preview<'a>(table: &'a Table, mapping: &Mapping, most: usize) -> Preview<'a> {
    let cells = |row: &'a Row| (0..table.width()).map(|at| row.cell(at)).collect();
    let rows = mapping.rows(table).iter().take(most);
    Preview {
        header: table.rows.first().filter(|_| mapping.header).map(cells),
        rows: rows.map(|row| (row.number, cells(row))).collect(),
    }
}

fn names_of(table: &Table) -> Vec<Option<Field>> {
    let Some(first) = table.rows.first() else {
        return Vec::new();
    };
    fields((0..table.width()).map(|at| first.cell(at)))
}

/// Whether the first row holds names: one that says something is known, and no other cell is an address.
fn is_header(table: &Table, names: &[Option<Field>]) -> bool {
    let strangers = names.iter().enumerate().filter(|(_, name)| name.is_none());
    let mut cells = strangers.map(|(at, _)| table.rows[0].cell(at));
    let says = |name: &Option<Field>| name.is_some_and(|field| field != Field::Ignored);
    names.iter().any(says) && !cells.any(|cell| cell.contains('@'))
}

fn by_name(table: &Table, names: &[Option<Field>]) -> Mapping {
    let mut fields = vec![Field::Ignored; names.len()];
    let mut doubt = None;
    let has = |field| names.contains(&Some(field));
    let no_login = !has(Field::Login);
    let of_name = |field| match field {
        Field::FirstName if !has(Field::LastName) && !has(Field::FullName) => Field::FullName,
        other => other,
    };
    for (at, name) in names.iter().enumerate() {
        let Some(field) = name.map(of_name).filter(|field| *field != Field::Ignored) else {
            continue;
        };
        match fields.iter().position(|other| *other == field) {
            None => fields[at] = field,
            Some(_) if field == Field::Aliases => fields[at] = field,
            // Of two addresses without a login the first is where it comes from.
            Some(first)
                if field == Field::Address && no_login && !fields.contains(&Field::Login) =>
            {
                fields[first] = Field::Login;
                fields[at] = Field::Address;
            }
            Some(first) => doubt = doubt.or(Some(Why::Repeated { first, second: at })),
        }
    }
    // One known name and others we do not know: somebody's password may just be "password".
    let rows = &table.rows[1..];
    let unnamed: Vec<usize> = columns(table, rows)
        .iter()
        .map(|column| column.at)
        .filter(|at| names[*at].is_none())
        .collect();
    let single = names.iter().flatten().count() == 1;
    if let Some(column) = unnamed.first().copied()
        && (single || !has(Field::Password))
    {
        doubt = doubt.or(Some(Why::Unnamed { column }));
        if unnamed.len() == 1 && !has(Field::Password) {
            fields[column] = Field::Password;
        }
    }
    let mapping = Mapping::new(fields, true, doubt.unwrap_or(Why::Header));
    if mapping.has_login() {
        mapping
    } else {
        Mapping::new(mapping.columns, true, Why::NoLogin)
    }
}

/// What the cells of a column look like.
struct Column {
    at: usize,
    filled: usize,
    /// Nearly all are addresses.
    addresses: bool,
    /// They could be logins: all different, and of the characters logins are made of.
    logins: bool,
}

/// The columns somebody wrote in.
fn columns(table: &Table, rows: &[Row]) -> Vec<Column> {
    let of = |at| {
        let cells = || {
            let cells = rows.iter().map(|row| row.cell(at).trim());
            cells.filter(|cell| !cell.is_empty())
        };
        let filled = cells().count();
        let addresses = cells().filter(|cell| is_address_like(cell)).count();
        let mut seen = HashSet::new();
        Column {
            at,
            filled,
            addresses: filled > 0 && addresses * 5 >= filled * 4,
            logins: cells().all(|cell| is_login_like(cell) && seen.insert(mark(cell))),
        }
    };
    let all = (0..table.width()).map(of);
    all.filter(|column| column.filled > 0).collect()
}

/// The same for two texts that differ in capitals only. A number, for the text may be a password and is not to be copied.
fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    small(text).for_each(|letter| letter.hash(&mut hasher));
    hasher.finish()
}

fn small(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn is_address_like(text: &str) -> bool {
    let name = |c: char| c.is_alphanumeric() || ".-,".contains(c);
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains(['.', ',']) && domain.chars().all(name)
    })
}

fn is_login_like(text: &str) -> bool {
    let inside = |c: char| c.is_lowercase() || c.is_ascii_digit() || "._-@\\".contains(c);
    text.starts_with(char::is_alphabetic) && text.chars().all(inside)
}

/// What the columns are by what stands in them.
fn by_contents(table: &Table, columns: &[Column], rows: &[Row]) -> (Vec<Field>, Why) {
    let mut fields = vec![Field::Ignored; table.width()];
    let (addresses, others): (Vec<_>, Vec<_>) = columns.iter().partition(|column| column.addresses);
    let mut why = Why::Contents;
    let mut rest: Vec<&Column> = others;
    match addresses.as_slice() {
        [] => {}
        [only] => fields[only.at] = Field::Address,
        [from, .., to] => {
            fields[from.at] = Field::Login;
            fields[to.at] = Field::Address;
            if addresses.len() > 2 || rest.is_empty() {
                why = Why::TwoReadings {
                    first: from.at,
                    second: to.at,
                };
            }
        }
    }
    let named = |column: &&Column| {
        addresses
            .iter()
            .any(|of| is_localpart(rows, column.at, of.at))
    };
    if let Some(login) = rest.iter().position(named) {
        let login = rest.remove(login);
        fields[login.at] = Field::Login;
        // Some take their login for a password; then what precedes may be the login.
        if let Some(before) = rest.first()
            && before.logins
            && before.at < login.at
        {
            why = Why::TwoReadings {
                first: before.at,
                second: login.at,
            };
        }
        if let [from, _, ..] = addresses.as_slice() {
            fields[from.at] = Field::Ignored;
            why = Why::TwoReadings {
                first: from.at.min(login.at),
                second: from.at.max(login.at),
            };
        }
    } else if addresses.is_empty() || (addresses.len() == 1 && rest.len() > 1) {
        let Some(login) = (!rest.is_empty()).then(|| rest.remove(0)) else {
            return (fields, Why::NoLogin);
        };
        fields[login.at] = Field::Login;
        if let Some(next) = rest.first()
            && (!login.logins || next.logins)
        {
            why = Why::TwoReadings {
                first: login.at,
                second: next.at,
            };
        }
    } else if let ([address], [other]) = (addresses.as_slice(), rest.as_slice())
        && other.logins
    {
        let (address, other) = (*address, *other);
        // A password of small letters, or a login and no password.
        if other.at < address.at {
            fields[other.at] = Field::Login;
            rest.clear();
        }
        why = Why::TwoReadings {
            first: address.at.min(other.at),
            second: address.at.max(other.at),
        };
    }
    if let [password, more @ ..] = rest.as_slice() {
        fields[password.at] = Field::Password;
        if let Some(next) = more.first() {
            why = Why::TwoReadings {
                first: password.at,
                second: next.at,
            };
        }
    }
    (fields, why)
}

/// Whether a column holds what precedes the `@` in another, nearly always.
fn is_localpart(rows: &[Row], login: usize, address: usize) -> bool {
    let pairs = rows
        .iter()
        .map(|row| (row.cell(login).trim(), row.cell(address).trim()));
    let (mut both, mut equal) = (0, 0);
    for (login, address) in
        pairs.filter(|(login, address)| !login.is_empty() && !address.is_empty())
    {
        both += 1;
        equal += usize::from(small(localpart(address)).eq(small(login)));
    }
    both > 0 && equal * 5 >= both * 4
}

#[cfg(test)]
mod tests;
