//! From one line to its fields: the plain rule, and the rule of a header.

use super::{ProblemKind, is_address};

/// The fields of a line; the absent ones are empty.
#[derive(Clone, Copy, Default)]
pub(super) struct Fields<'a> {
    pub(super) login: &'a str,
    pub(super) password: &'a str,
    pub(super) address: &'a str,
    pub(super) destination_login: &'a str,
    pub(super) destination_password: &'a str,
}

/// Splits a line where no header says otherwise.
pub(super) fn split(line: &str) -> Fields<'_> {
    let (login, rest) = line.split_once(':').unwrap_or((line, ""));
    let (password, address) = match rest.rsplit_once(':') {
        Some((password, address)) if address.contains('@') => (password, address),
        _ => (rest, ""),
    };
    Fields {
        login,
        password,
        address,
        ..Fields::default()
    }
}

/// Whether a line names columns: its first two fields are known names, a login and a password
/// among them.
pub(super) fn looks_like_header(line: &str) -> bool {
    let mut names = line.split(':').map(column);
    let first = [names.next().flatten(), names.next().flatten()];
    first.contains(&Some(Column::Login)) && first.contains(&Some(Column::Password))
}

/// Reads the names of the columns; `None` where they say only what the plain rule says.
pub(super) fn header(line: &str) -> Result<Option<Header>, ProblemKind> {
    let mut columns = Vec::new();
    for (index, name) in line.split(':').enumerate() {
        let at = index + 1;
        let column = column(name).ok_or(ProblemKind::UnknownColumn { column: at })?;
        if columns.contains(&column) {
            return Err(ProblemKind::RepeatedColumn { column: at });
        }
        columns.push(column);
    }
    let plain = [Column::Login, Column::Password, Column::Address];
    Ok((!plain.starts_with(&columns)).then_some(Header { columns }))
}

/// More `:` than this in the passwords of one line are not searched for.
const MOST_COLONS: usize = 200;

/// The columns of a list that names them.
pub(super) struct Header {
    columns: Vec<Column>,
}

impl Header {
    /// Splits a line by the columns.
    pub(super) fn split<'a>(&self, line: &'a str) -> Result<Fields<'a>, ProblemKind> {
        let columns = self.columns.len();
        let found = line.split(':').count();
        let Some(extra) = found.checked_sub(columns).filter(|extra| *extra > 0) else {
            return Ok(self.assign(line, 0, 0));
        };
        if extra > MOST_COLONS {
            return Err(ProblemKind::TooManyFields { found, columns });
        }
        // All the extra fields belong to the passwords: try each way to share them between two.
        let ways = if self.columns.contains(&Column::DestinationPassword) {
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
                return Err(ProblemKind::Ambiguous);
            }
        }
        only.ok_or(ProblemKind::TooManyFields { found, columns })
    }

    /// Reads the columns one after the other, each password taking so many `:` with it.
    fn assign<'a>(
        &self,
        line: &'a str,
        in_password: usize,
        in_destination_password: usize,
    ) -> Fields<'a> {
        let mut fields = Fields::default();
        let mut rest = Some(line);
        for column in &self.columns {
            let (place, colons) = match column {
                Column::Login => (&mut fields.login, 0),
                Column::Password => (&mut fields.password, in_password),
                Column::Address => (&mut fields.address, 0),
                Column::DestinationLogin => (&mut fields.destination_login, 0),
                Column::DestinationPassword => {
                    (&mut fields.destination_password, in_destination_password)
                }
            };
            let Some(text) = rest else { break };
            let end = text.match_indices(':').nth(colons).map(|(at, _)| at);
            *place = end.map_or(text, |at| &text[..at]);
            rest = end.map(|at| &text[at + 1..]);
        }
        fields
    }

    /// Whether a way to share the fields out can be what was meant.
    fn is_sound(&self, fields: &Fields<'_>) -> bool {
        let address = fields.address.trim();
        !fields.login.trim().is_empty()
            && !fields.password.is_empty()
            && (!self.columns.contains(&Column::Address)
                || address.is_empty()
                || is_address(address))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Login,
    Password,
    Address,
    DestinationLogin,
    DestinationPassword,
}

/// Which column a name names, in English or Italian.
fn column(name: &str) -> Option<Column> {
    let name = name.trim().to_lowercase().replace([' ', '_'], "-");
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(column, _)| *column)
}

const NAMES: [(Column, &[&str]); 5] = [
    (
        Column::Login,
        &[
            "login",
            "user",
            "username",
            "user-name",
            "account",
            "origin-login",
            "origin-user",
            "utente",
            "nome-utente",
            "login-origine",
            "utente-origine",
        ],
    ),
    (
        Column::Password,
        &[
            "password",
            "pass",
            "passwd",
            "pwd",
            "origin-password",
            "password-origine",
        ],
    ),
    (
        Column::Address,
        &[
            "address",
            "email",
            "e-mail",
            "mail",
            "email-address",
            "mailbox",
            "indirizzo",
            "indirizzo-email",
            "indirizzo-e-mail",
            "posta",
            "casella",
        ],
    ),
    (
        Column::DestinationLogin,
        &[
            "destination-login",
            "destination-user",
            "destination-username",
            "new-login",
            "new-user",
            "login-destinazione",
            "utente-destinazione",
            "nuovo-login",
            "nuovo-utente",
        ],
    ),
    (
        Column::DestinationPassword,
        &[
            "destination-password",
            "new-password",
            "password-destinazione",
            "nuova-password",
        ],
    ),
];
