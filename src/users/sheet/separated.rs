//! CSV: which character separates, and the cells between.
//!
//! Promises: quotes are read as spreadsheets write them (doubled inside, separators and line ends within); a first line
//! `sep=;` is obeyed; a quote that is never closed is an error and never swallows the rest of the list.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{Error, MOST_COLUMNS, MOST_ROWS, Row, text};
use crate::users::mapping::field;

/// What may separate; where all else is equal, the earlier is taken.
const SEPARATORS: [char; 3] = [';', '\t', ','];
/// Records looked at to find the separator.
const SAMPLE: usize = 500;

/// The separator of a text; `None` where it is in the colon form, which also lines without any separator are.
pub(super) fn separator(text: &str, named_csv: bool) -> Option<char> {
    if let Some((separator, _)) = declared(text) {
        return Some(separator);
    }
    let (mut colon, mut other) = (0_usize, 0_usize);
    for line in text::lines(text) {
        let line = line.trim_start();
        if line.starts_with('#') {
            continue;
        }
        // The login comes first in nearly every list, and has none of these in it.
        let first = line.find([':', ';', '\t', ',', '"']);
        match first.and_then(|at| line[at..].chars().next()) {
            Some(':') => colon += 1,
            Some(_) => other += 1,
            None => {}
        }
    }
    let is_colon = colon > other || (colon == other && !(named_csv && other > 0));
    (!is_colon).then(|| sniff(text))
}

/// The separator a first line `sep=;` declares, as Excel reads it, and where the list begins after it.
fn declared(text: &str) -> Option<(char, usize)> {
    let first = text::lines(text).next()?;
    let rest = first.trim_end().strip_prefix("sep=")?;
    let mut characters = rest.chars();
    // A tab is gone with the blanks at the end.
    let separator = characters.next().unwrap_or('\t');
    let known = SEPARATORS.contains(&separator) && characters.next().is_none();
    known.then_some((separator, first.len()))
}

/// The separator that divides most rows into the same number of cells, at least two; where several do, the one whose
/// first row holds most names of columns, then the one that gives most columns.
fn sniff(text: &str) -> char {
    let score = |separator: char| {
        let mut widths: Vec<usize> = Vec::new();
        let mut names = 0;
        let mut record = StringRecord::new();
        let mut reader = reader(text, separator);
        while widths.len() < SAMPLE && reader.read_record(&mut record).unwrap_or(false) {
            if widths.is_empty() {
                names = record.iter().filter(|name| field(name).is_some()).count();
            }
            widths.push(record.len());
        }
        let often = |width: usize| widths.iter().filter(|other| **other == width).count();
        let usual = widths.iter().copied().filter(|width| *width > 1);
        let best = usual.map(|width| (often(width), width)).max();
        let (often, width) = best.unwrap_or((0, 0));
        let named = if width > 1 { names } else { 0 };
        (
            named.min(2),
            often * 100 / widths.len().max(1),
            named,
            width,
        )
    };
    let mut best = SEPARATORS[0];
    for separator in SEPARATORS {
        if score(separator) > score(best) {
            best = separator;
        }
    }
    best
}

/// The rows of a text.
pub(super) fn read(text: &str, separator: char) -> Result<Vec<Row>, Error> {
    let skip = declared(text).map_or(0, |(_, at)| at);
    let mut lines = Lines {
        text,
        at: 0,
        number: 1,
    };
    if let Some(at) = open_quote(&text[skip..], separator) {
        return Err(Error::OpenQuote {
            row: lines.of(skip + at),
        });
    }
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let mut reader = reader(&text[skip..], separator);
    loop {
        let found = reader.read_record(&mut record);
        if !found.map_err(|error| Error::Damaged {
            words: error.to_string(),
        })? {
            return Ok(rows);
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let too_wide = |cell: &str| !cell.trim().is_empty();
        if rows.len() == MOST_ROWS || record.iter().skip(MOST_COLUMNS).any(too_wide) {
            return Err(Error::TooLarge);
        }
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = skip + usize::try_from(begin).unwrap_or(0);
        let cells = record.iter().take(MOST_COLUMNS);
        rows.push(Row::new(lines.of(begin), cells));
    }
}

fn reader(text: &str, separator: char) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b';'))
        .from_reader(text.as_bytes())
}

/// Where a quote stands that is opened, as the first character of a cell, and never closed.
fn open_quote(text: &str, separator: char) -> Option<usize> {
    let mut opened = None;
    let mut fresh = true;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (opened, character) {
            (None, '"') if fresh => opened = Some(at),
            (Some(_), '"') if characters.next_if(|(_, next)| *next == '"').is_none() => {
                opened = None;
            }
            _ => {}
        }
        fresh = opened.is_none() && (character == separator || matches!(character, '\r' | '\n'));
    }
    opened
}

/// The numbers of lines, asked for from the top to the bottom.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    /// The line a record begins on: line ends before its first character do not belong to it.
    fn of(&mut self, begin: usize) -> usize {
        let rest = self.text.get(begin..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let end = begin + blank;
        let passed = self.text.get(self.at..end).unwrap_or_default();
        let mut next = passed.bytes().skip(1).chain([0]);
        let mut ends = |octet: &u8| {
            let after = next.next();
            *octet == b'\n' || (*octet == b'\r' && after != Some(b'\n'))
        };
        self.number += passed.as_bytes().iter().filter(|octet| ends(octet)).count();
        self.at = end;
        self.number
    }
}
