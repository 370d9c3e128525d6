//! A table of accounts for any panel that can import one.
//!
//! Promises: the columns, the separator and the encoding asked for; quotes where a cell needs them; a character that
//! the encoding lacks is an error that names the account, never a `?`; passwords only where they were asked for, exactly
//! as they are, in a file that only its owner may read; a name is never taken for a formula by a spreadsheet.
//! Deliberately absent: where passwords come from, and words for people.
//!
//! Addresses, logins, aliases and passwords stand in the table as they are, for programs read them.

use std::io;
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::Wanted;
use crate::project;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The address.
    Address,
    /// What stands before its at sign.
    Localpart,
    /// What stands after it.
    Domain,
    /// What the user logs in with.
    Login,
    /// The whole name.
    Name,
    /// The name without the last word, or what follows the comma.
    FirstName,
    /// The last word of the name, or what precedes the comma.
    LastName,
    /// Further addresses, with a space between.
    Aliases,
    /// The password.
    Password,
    /// The quota in MB (1,000,000 octets).
    Quota,
    /// Nothing: for a column the panel wants and nobody fills.
    Empty,
}

impl Column {
    /// All, in the order of the help.
    pub const ALL: [Self; 11] = [
        Self::Address,
        Self::Localpart,
        Self::Domain,
        Self::Login,
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Aliases,
        Self::Password,
        Self::Quota,
        Self::Empty,
    ];

    /// Those of a table that does not say any.
    pub const USUAL: [Self; 4] = [Self::Address, Self::Login, Self::Name, Self::Aliases];

    /// The word on the command line and in the first row; the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Localpart => "localpart",
            Self::Domain => "domain",
            Self::Login => "login",
            Self::Name => "name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Aliases => "aliases",
            Self::Password => "password",
            Self::Quota => "quota-mb",
            Self::Empty => "-",
        }
    }

    /// The column with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

/// How characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-8 with the mark by which spreadsheets know it.
    Utf8Mark,
    /// Windows-1252, of western Europe.
    Windows1252,
}

impl Encoding {
    /// All, in the order of the help.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Utf8Mark, Self::Windows1252];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Mark => "utf-8-bom",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What the table looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// What stands between two cells: see [`separator`].
    pub separator: char,
    /// How characters are written.
    pub encoding: Encoding,
    /// The words of the columns stand in the first row.
    pub header: bool,
    /// Passwords may stand in it.
    pub with_passwords: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            columns: Column::USUAL.into(),
            separator: ',',
            encoding: Encoding::default(),
            header: true,
            with_passwords: false,
        }
    }
}

impl Form {
    /// The usual columns; the password after the login where passwords were asked for.
    pub fn usual(with_passwords: bool) -> Self {
        let mut form = Self {
            with_passwords,
            ..Self::default()
        };
        if with_passwords {
            form.columns.insert(2, Column::Password);
        }
        form
    }
}

/// The columns of a list of words with commas between, or the first word that is none.
pub fn columns(text: &str) -> Result<Vec<Column>, String> {
    text.split(',')
        .map(|word| Column::of_word(word.trim()).ok_or_else(|| word.trim().to_owned()))
        .collect()
}

/// A separator as it is typed: `,` `;` `|` `:` or the word `tab`.
pub fn separator(text: &str) -> Option<char> {
    match text {
        "tab" | "\t" => Some('\t'),
        "," | ";" | "|" | ":" => text.chars().next(),
        _ => None,
    }
}

/// One account of the table.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The account.
    pub wanted: &'a Wanted,
    /// Its password, where it is known.
    pub password: Option<&'a SecretString>,
    /// Its quota in MB (1,000,000 octets), where it has one.
    pub quota_mb: Option<u32>,
}

/// Why there is no table. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A column of passwords, and passwords were not asked for.
    #[error("passwords were not asked for")]
    PasswordsNotAsked,
    /// The password of an account is not known.
    #[error("row {row}: no password for {address}")]
    PasswordMissing {
        /// Its number, counted from 1 without the header.
        row: usize,
        /// The account.
        address: String,
    },
    /// The encoding lacks a character.
    #[error("row {row} ({address}): column {} cannot be written in {}", column.word(), encoding.word())]
    NotInEncoding {
        /// Its number, counted from 1 without the header.
        row: usize,
        /// The account.
        address: String,
        /// Where it stands.
        column: Column,
        /// The encoding.
        encoding: Encoding,
    },
}

/// The octets of the table.
pub fn table(form: &Form, rows: &[Row<'_>]) -> Result<Zeroizing<Vec<u8>>, Error> {
    if form.columns.contains(&Column::Password) && !form.with_passwords {
        return Err(Error::PasswordsNotAsked);
    }
    // Room for all of it beforehand: what grows leaves copies behind.
    let mut octets = Zeroizing::new(Vec::with_capacity((rows.len() + 1) * 1024));
    if form.encoding == Encoding::Utf8Mark {
        octets.extend("\u{FEFF}".as_bytes());
    }
    if form.header {
        let words: Vec<_> = form.columns.iter().map(|column| column.word()).collect();
        octets.extend(words.join(&form.separator.to_string()).as_bytes());
        octets.extend(b"\r\n");
    }
    for (at, row) in rows.iter().enumerate() {
        for (index, column) in form.columns.iter().enumerate() {
            if index > 0 {
                octets.extend(form.separator.to_string().as_bytes());
            }
            let address = || row.wanted.address.clone();
            let value = value(*column, row).ok_or_else(|| Error::PasswordMissing {
                row: at + 1,
                address: address(),
            })?;
            let cell = quoted(&value, form.separator);
            if !encode(&cell, form.encoding, &mut octets) {
                return Err(Error::NotInEncoding {
                    row: at + 1,
                    address: address(),
                    column: *column,
                    encoding: form.encoding,
                });
            }
        }
        octets.extend(b"\r\n");
    }
    Ok(octets)
}

/// Writes the table in its place, readable by its owner alone.
pub fn write(path: &Path, table: &[u8]) -> io::Result<()> {
    // A temporary file of `tempfile` is its owner's from the first moment, and stays so under its new name.
    project::replace(path, table)
}

/// `None` for a password that is not known.
fn value(column: Column, row: &Row<'_>) -> Option<Zeroizing<String>> {
    let wanted = row.wanted;
    let name = || name_parts(&wanted.name);
    let text = match column {
        Column::Address => wanted.address.clone(),
        Column::Localpart => wanted.localpart().to_owned(),
        Column::Domain => wanted.domain().to_owned(),
        Column::Login => wanted.login.clone(),
        Column::Name => harmless(&wanted.name),
        Column::FirstName => harmless(name().0),
        Column::LastName => harmless(name().1),
        Column::Aliases => wanted.aliases.join(" "),
        Column::Password => row.password?.expose_secret().to_owned(),
        Column::Quota => row
            .quota_mb
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        Column::Empty => String::new(),
    };
    Some(Zeroizing::new(text))
}

/// First and last name.
fn name_parts(name: &str) -> (&str, &str) {
    let name = name.trim();
    if let Some((last, first)) = name.split_once(',') {
        return (first.trim(), last.trim());
    }
    match name.rsplit_once(' ') {
        Some((first, last)) => (first.trim(), last),
        None => (name, ""),
    }
}

/// An apostrophe before what a spreadsheet would take for a formula.
fn harmless(name: &str) -> String {
    let formula = name
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    format!("{}{name}", if formula { "'" } else { "" })
}

/// In quotes where it needs them (RFC 4180), or begins or ends with what some programs cut off.
fn quoted(value: &str, separator: char) -> Zeroizing<String> {
    let needs = value.contains([separator, '"', '\r', '\n']) || value != value.trim();
    Zeroizing::new(if needs {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    })
}

/// Writes a cell; `false` where the encoding lacks one of its characters.
fn encode(cell: &str, encoding: Encoding, octets: &mut Vec<u8>) -> bool {
    if encoding == Encoding::Windows1252 {
        let (encoded, _, lacking) = WINDOWS_1252.encode(cell);
        octets.extend(&*encoded);
        return !lacking;
    }
    octets.extend(cell.as_bytes());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(address: &str, name: &str) -> Wanted {
        Wanted {
            address: address.into(),
            login: address.into(),
            name: name.into(),
            aliases: vec!["a@example.it".into(), "b@example.it".into()],
        }
    }

    fn text(form: &Form, rows: &[Row<'_>]) -> String {
        String::from_utf8(table(form, rows).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_table_has_the_columns_asked_for_and_passwords_to_the_octet() {
        let anna = wanted("anna@example.it", "Anna Maria Rossi");
        let bruno = wanted("bruno@example.it", "=1+1, Bruno");
        let (plain, odd) = (
            SecretString::from("=1+1"),
            SecretString::from(" a;\"b\"\n'ß🦀"),
        );
        let rows = [(&anna, &plain), (&bruno, &odd)].map(|(wanted, password)| Row {
            wanted,
            password: Some(password),
            quota_mb: Some(500),
        });
        let form = Form {
            columns: columns("localpart,domain, first-name,last-name,password,quota-mb,-,name")
                .unwrap(),
            separator: ';',
            encoding: Encoding::Utf8Mark,
            with_passwords: true,
            ..Form::default()
        };
        assert_eq!(
            text(&form, &rows),
            "\u{FEFF}localpart;domain;first-name;last-name;password;quota-mb;-;name\r\n\
             anna;example.it;Anna Maria;Rossi;=1+1;500;;Anna Maria Rossi\r\n\
             bruno;example.it;Bruno;'=1+1;\" a;\"\"b\"\"\n'ß🦀\";500;;'=1+1, Bruno\r\n"
        );
    }

    #[test]
    fn passwords_stand_only_in_a_table_for_which_they_were_asked() {
        let anna = wanted("anna@example.it", "");
        let password = SecretString::from("geheim");
        let row = Row {
            wanted: &anna,
            password: Some(&password),
            quota_mb: None,
        };
        let plain = text(&Form::usual(false), std::slice::from_ref(&row));
        assert_eq!(
            plain,
            "address,login,name,aliases\r\n\
             anna@example.it,anna@example.it,,a@example.it b@example.it\r\n"
        );
        assert!(text(&Form::usual(true), std::slice::from_ref(&row)).contains(",geheim,"));
        let sly = Form {
            columns: vec![Column::Password],
            ..Form::default()
        };
        assert_eq!(table(&sly, &[row]), Err(Error::PasswordsNotAsked));
        let unknown = Row {
            wanted: &anna,
            password: None,
            quota_mb: None,
        };
        assert!(matches!(
            table(&Form::usual(true), &[unknown]),
            Err(Error::PasswordMissing { row: 1, .. })
        ));
    }

    #[test]
    fn a_character_the_encoding_lacks_is_told_with_its_row_and_without_the_password() {
        let (anna, bruno) = (
            wanted("a@example.it", "Nicolò €"),
            wanted("b@example.it", "B"),
        );
        let (good, bad) = (SecretString::from("è"), SecretString::from("ciao🦀"));
        let mut form = Form::usual(true);
        form.encoding = Encoding::Windows1252;
        let rows = [(&anna, &good), (&bruno, &bad)].map(|(wanted, password)| Row {
            wanted,
            password: Some(password),
            quota_mb: None,
        });
        let octets = table(&form, &rows[..1]).unwrap();
        assert!(octets.windows(9).any(|part| part == b"Nicol\xF2 \x80,"));
        let error = table(&form, &rows).unwrap_err();
        assert_eq!(
            error.to_string(),
            "row 2 (b@example.it): column password cannot be written in windows-1252"
        );
    }

    #[test]
    fn words_that_are_no_column_and_no_separator_are_refused() {
        assert_eq!(columns("address,surname"), Err("surname".into()));
        assert_eq!(separator("tab"), Some('\t'));
        assert_eq!(separator(";;"), None);
        for column in Column::ALL {
            assert_eq!(Column::of_word(column.word()), Some(column));
        }
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::of_word(encoding.word()), Some(encoding));
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("accounts.csv");
        std::fs::write(&path, "older, and readable by all").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        write(&path, b"x").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"x");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
