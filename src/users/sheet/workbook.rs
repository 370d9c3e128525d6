//! Spreadsheets: the first visible sheet that holds anything.
//!
//! Promises: a number is written as people see it (`12345`, not `12345.0`; `00123` where an XLSX shows the zeros), a
//! date as `2024-01-31`; whatever a damaged file makes calamine do becomes an [`Error`].

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, ExcelDateTime, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError,
    Xlsx, XlsxError,
};
use secrecy::zeroize::Zeroizing;

use super::{Error, Format, MOST_COLUMNS, MOST_ROWS, Row, Table, compound};

/// Most octets of XML in a workbook, unpacked.
const MOST_XML: u64 = 256 << 20;
/// How a ZIP archive begins: with a file, or empty.
const ZIP: [[u8; 4]; 2] = [*b"PK\x03\x04", *b"PK\x05\x06"];
const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Which workbook a file is, by its content; `None` where it is none and may be a text.
pub(super) fn kind(bytes: &[u8]) -> Option<Result<Format, Error>> {
    if bytes.starts_with(&compound::MAGIC) {
        return Some(compound::kind(bytes));
    }
    let is_zip = ZIP.iter().any(|begin| bytes.starts_with(begin));
    is_zip.then(|| archive(bytes))
}

fn archive(bytes: &[u8]) -> Result<Format, Error> {
    let damaged = |error: zip::result::ZipError| Error::Damaged {
        words: error.to_string(),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut unpacked = 0_u64;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?;
        let ending = name.rsplit('.').next().unwrap_or_default();
        if ["xml", "rels"]
            .iter()
            .any(|xml| ending.eq_ignore_ascii_case(xml))
        {
            // The archive's reader stops at the size that is declared.
            unpacked = unpacked.saturating_add(file.size());
            parts.push(index);
        }
    }
    if unpacked > MOST_XML {
        return Err(Error::TooLarge);
    }
    let mut kind = [0; ODS.len()];
    if let Ok(mut file) = archive.by_name("mimetype")
        && file.read_exact(&mut kind).is_ok()
        && kind == ODS
    {
        return Ok(Format::Ods);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Error::NotAList);
    }
    // calamine stops at the last cell, before the checksum would show damage.
    for part in parts {
        let mut file = archive.by_index(part).map_err(damaged)?;
        let _ = io::copy(&mut file, &mut io::sink()).map_err(|error| damaged(error.into()))?;
    }
    Ok(Format::Xlsx)
}

/// Reads a workbook of this kind.
pub(super) fn read(bytes: &[u8], format: Format) -> Result<Table, Error> {
    // calamine trusts offsets inside an old workbook and panics where they lead nowhere.
    let read = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => xlsx(bytes),
        Format::Ods => Ods::new(Cursor::new(bytes))
            .map_err(Error::from)
            .and_then(whole),
        _ => Xls::new(Cursor::new(bytes))
            .map_err(Error::from)
            .and_then(whole),
    }));
    let (sheet, grid) = read.unwrap_or_else(|_| {
        Err(Error::Damaged {
            words: String::from("inconsistent"),
        })
    })?;
    Ok(Table {
        format,
        encoding: None,
        sheet: Some(sheet),
        form: None,
        rows: grid.rows(),
    })
}

fn xlsx(bytes: &[u8]) -> Result<(String, Grid), Error> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    for name in visible(book.sheets_metadata()) {
        let mut grid = Grid::default();
        let mut cells = book.worksheet_cells_reader(&name)?;
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let value = Data::from(cell.get_value().clone());
            let style = cells.styles().get(style);
            let format = style.and_then(|style| style.number_format.as_ref());
            let zeros = format.map_or(0, |format| zeros(&format.format_code));
            let (row, column) = cell.get_position();
            grid.put(row, column, shown(&value, zeros))?;
        }
        if !grid.is_empty() {
            return Ok((name, grid));
        }
    }
    Err(Error::Empty)
}

/// A workbook calamine can only read whole.
fn whole<'a, B>(mut book: B) -> Result<(String, Grid), Error>
where
    B: Reader<Cursor<&'a [u8]>>,
    Error: From<B::Error>,
{
    for name in visible(book.sheets_metadata()) {
        let mut grid = Grid::default();
        let range = book.worksheet_range(&name)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at =
                |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
            grid.put(at(top, row), at(left, column), shown(value, 0))?;
        }
        if !grid.is_empty() {
            return Ok((name, grid));
        }
    }
    Err(Error::Empty)
}

fn visible(sheets: &[Sheet]) -> Vec<String> {
    let seen = sheets.iter().filter(|sheet| {
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    });
    seen.map(|sheet| sheet.name.clone()).collect()
}

/// The cells of a sheet that hold anything.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<u32, Vec<Zeroizing<String>>>,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), Error> {
        let text = Zeroizing::new(text);
        if text.trim().is_empty() {
            return Ok(());
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(Error::TooLarge);
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize_with(column + 1, Zeroizing::default);
        }
        cells[column] = text;
        if self.rows.len() > MOST_ROWS {
            return Err(Error::TooLarge);
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn rows(self) -> Vec<Row> {
        let rows = self.rows.into_iter();
        rows.map(|(row, cells)| Row {
            // The first row is shown as 1.
            number: usize::try_from(row).map_or(usize::MAX, |row| row.saturating_add(1)),
            fault: None,
            cells,
        })
        .collect()
    }
}

/// A cell as people see it; a whole number with at least so many digits.
fn shown(value: &Data, digits: usize) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => format!("{number:0digits$}"),
        Data::Float(number) => decimal(*number, digits),
        Data::Bool(true) => String::from("TRUE"),
        Data::Bool(false) => String::from("FALSE"),
        Data::DateTime(time) => moment(*time),
        Data::Error(error) => error.to_string(),
    }
}

fn decimal(number: f64, digits: usize) -> String {
    if number == 0.0 {
        // Also the negative one.
        return format!("{:0digits$}", 0);
    }
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:0digits$.0}");
    }
    number.to_string()
}

fn moment(time: ExcelDateTime) -> String {
    if time.is_duration() {
        return decimal(time.as_f64(), 0);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

/// The digits a number format asks for, where it asks for nothing else: `00000` shows 123 as 00123.
fn zeros(format: &str) -> usize {
    let only = !format.is_empty() && format.bytes().all(|octet| octet == b'0');
    if only { format.len().min(64) } else { 0 }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Encrypted,
            other => Self::Damaged {
                words: other.to_string(),
            },
        }
    }
}

impl From<XlsError> for Error {
    fn from(error: XlsError) -> Self {
        match error {
            XlsError::Password => Self::Encrypted,
            other => Self::Damaged {
                words: other.to_string(),
            },
        }
    }
}

impl From<OdsError> for Error {
    fn from(error: OdsError) -> Self {
        match error {
            OdsError::Password => Self::Encrypted,
            OdsError::CellLimitExceeded { .. } => Self::TooLarge,
            // Its words quote what was found, which may be a cell.
            OdsError::Mismatch { expected, .. } => Self::Damaged {
                words: format!("no {expected}"),
            },
            other => Self::Damaged {
                words: other.to_string(),
            },
        }
    }
}
