//! An empty list to fill in: the names of the columns and two examples.
//!
//! Promises: what it gives is read back with certainty, if its words for the columns are known names (`mapping`).

use csv::{Terminator, WriterBuilder};

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines of `login:password:address`.
    Txt,
    /// `;`, UTF-8 with a mark, CRLF: as Excel opens and keeps it.
    Csv,
}

/// Two people with a login, a password, an address, aliases and a group. The second password shows what a password may
/// hold, the first aliases how several stand in one cell.
const EXAMPLES: [[&str; 5]; 2] = [
    [
        "mario.rossi",
        "Fen1ce-azzurra",
        "mario.rossi@example.com",
        "m.rossi, rossi@example.com",
        "A",
    ],
    [
        "nicolò",
        "sole; mare: vento",
        "nicolo.bianchi@example.com",
        "",
        "B",
    ],
];

/// The file, with these names for login, password, address, aliases and group; the last two only in a table.
pub fn template(form: Form, names: [&str; 5]) -> Vec<u8> {
    let rows = [names, EXAMPLES[0], EXAMPLES[1]];
    match form {
        Form::Txt => {
            let lines = rows.map(|row| row[..3].join(":") + "\r\n");
            lines.concat().into_bytes()
        }
        Form::Csv => {
            let mut writer = WriterBuilder::new()
                .delimiter(b';')
                .terminator(Terminator::CRLF)
                .from_writer("\u{FEFF}".as_bytes().to_vec());
            for row in rows {
                // Writing into memory does not fail.
                let _ = writer.write_record(row);
            }
            writer.into_inner().unwrap_or_default()
        }
    }
}
