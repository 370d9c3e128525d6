//! A list as it came: the octets of a file become rows of cells, each with its number.
//!
//! Promises: what kind of list it is follows from the content, and only where that says nothing from the name; cells
//! are exactly what was written; a row has the number an editor (text) or a spreadsheet shows for it; nothing is asked
//! of the person and nothing is guessed about columns (see [`mapping`](super::mapping)). Files over 50 MB, or with more
//! than 100,000 rows, 256 columns or 256 MB once unpacked, are refused before they fill the memory.
//!
//! What is wiped from memory when dropped: the decoded text and every cell. What is not: what the libraries for CSV and
//! spreadsheets held while they read, the first row while names of columns are looked for, and the caller's octets. No
//! type here prints a cell.
//!
//! Deliberately absent: formulas (their last result counts), number formats other than leading zeros in XLSX, hidden
//! sheets, and XLSB. A workbook made to harm can still make calamine ask for too much memory, or never end: a list
//! comes from its owner's own disk.
//!
//! - `text` octets to lines · `colon` the form `login:password:address` · `separated` CSV · `workbook` spreadsheets
//!   · `compound` old workbooks, before they are trusted

mod colon;
mod compound;
mod separated;
mod text;
mod workbook;

use std::fmt;

use secrecy::zeroize::Zeroizing;

use super::mapping::Field;
pub use text::Encoding;
pub(super) use text::is_unreadable;

/// Largest file that is read, in octets.
const LARGEST: usize = 50_000_000;
/// Most rows of a list.
const MOST_ROWS: usize = 100_000;
/// Most columns of a list; some exports of directories have more than a hundred.
const MOST_COLUMNS: usize = 256;

/// A list as it came.
#[derive(Debug, Clone)]
pub struct Table {
    /// What kind of list it is.
    pub format: Format,
    /// How its characters were written, where it is a text.
    pub encoding: Option<Encoding>,
    /// The sheet that was read, where it is a workbook.
    pub sheet: Option<String>,
    /// What the columns are, where the form itself says it.
    pub form: Option<Vec<Field>>,
    /// The rows that hold anything.
    pub rows: Vec<Row>,
}

/// What kind of list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines of `login:password:address`.
    Colon,
    /// Comma-separated values, whatever separates them.
    Csv {
        /// What does.
        separator: char,
    },
    /// A workbook of Excel.
    Xlsx,
    /// A workbook of an old Excel.
    Xls,
    /// A workbook of LibreOffice and others.
    Ods,
}

/// One row of a list.
#[derive(Clone)]
pub struct Row {
    /// Its number, as the editor or the spreadsheet shows it.
    pub number: usize,
    /// Why it could not be divided into cells, where it could not.
    pub fault: Option<Fault>,
    cells: Vec<Zeroizing<String>>,
}

/// Why a line could not be divided into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// More fields than the header has columns, and no password can take in the rest.
    TooManyFields {
        /// How many fields the line has.
        found: usize,
        /// How many columns the header names.
        columns: usize,
    },
    /// More fields than columns, and more than one way to share them out.
    Ambiguous,
}

/// Why a file is not a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is nothing in it.
    #[error("nothing is in it")]
    Empty,
    /// It is something else: a picture, a document, a page.
    #[error("neither a text nor a spreadsheet")]
    NotAList,
    /// A password protects the workbook.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// A workbook that cannot be read. Holds the reader's words.
    #[error("damaged: {words}")]
    Damaged {
        /// What the reader said.
        words: String,
    },
    /// More than a list has.
    #[error("too large")]
    TooLarge,
    /// A quote was opened and never closed: everything after it would be one cell.
    #[error("row {row}: a quote is never closed")]
    OpenQuote {
        /// Where it was opened.
        row: usize,
    },
    /// The header of the colon form names a column that is not known.
    #[error("row {row}: column {column} is not known")]
    UnknownColumn {
        /// Where the header stands.
        row: usize,
        /// Which column, counted from 1.
        column: usize,
    },
    /// The header of the colon form names the same column twice.
    #[error("row {row}: column {column} is named twice")]
    RepeatedColumn {
        /// Where the header stands.
        row: usize,
        /// The second of the two, counted from 1.
        column: usize,
    },
}

/// Reads a list. `bytes` is the whole file; the caller's copy stays his to wipe. A large workbook takes a second or two:
/// not for the thread of a window.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Table, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge);
    }
    let mut table = match workbook::kind(bytes) {
        Some(kind) => workbook::read(bytes, kind?)?,
        None => read_text(bytes, file_name)?,
    };
    table.rows.retain(|row| !row.is_blank());
    if table.rows.is_empty() {
        return Err(Error::Empty);
    }
    if table.form.is_none() {
        table.drop_empty_columns();
    }
    Ok(table)
}

/// How files begin that are text, or nearly, and never a list.
const OTHERS: [&str; 5] = ["%pdf-", "{\\rtf", "<!doctype", "<html", "<?xml"];

fn read_text(bytes: &[u8], file_name: &str) -> Result<Table, Error> {
    let (encoding, text) = text::decode(bytes);
    let begins = |with: &&str| {
        let begin = text.trim_start().get(..with.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(with))
    };
    if OTHERS.iter().any(begins) || text::is_binary(&text) {
        return Err(Error::NotAList);
    }
    let (format, form, rows) = match separated::separator(&text, is_csv(file_name)) {
        None => {
            let (form, rows) = colon::read(&text)?;
            (Format::Colon, Some(form), rows)
        }
        Some(separator) => {
            let rows = separated::read(&text, separator)?;
            (Format::Csv { separator }, None, rows)
        }
    };
    Ok(Table {
        format,
        encoding: Some(encoding),
        sheet: None,
        form,
        rows,
    })
}

fn is_csv(file_name: &str) -> bool {
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

impl Table {
    /// Cells of the widest row.
    pub fn width(&self) -> usize {
        let widths = self.rows.iter().map(|row| row.cells.len());
        widths.max().unwrap_or(0)
    }

    /// Takes out the columns nobody wrote in.
    fn drop_empty_columns(&mut self) {
        let mut used = vec![false; self.width()];
        for row in &self.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                used[column] |= !cell.trim().is_empty();
            }
        }
        for row in &mut self.rows {
            let mut keep = used.iter();
            row.cells.retain(|_| keep.next() == Some(&true));
        }
    }
}

impl Row {
    fn new<'a>(number: usize, cells: impl IntoIterator<Item = &'a str>) -> Self {
        let cells = cells.into_iter();
        Self {
            number,
            fault: None,
            cells: cells.map(|cell| Zeroizing::new(cell.to_owned())).collect(),
        }
    }

    /// A cell, exactly as written; empty where the row has none there.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.as_str())
    }

    fn is_blank(&self) -> bool {
        self.fault.is_none() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("number", &self.number)
            .field("fault", &self.fault)
            .field("cells", &self.cells.len())
            .finish()
    }
}

#[cfg(test)]
mod tests;
