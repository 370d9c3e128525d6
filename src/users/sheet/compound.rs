//! A compound file ([MS-CFB]), looked at before calamine reads it: which workbook it is, and whether the places it names
//! exist.
//!
//! Why: calamine believes an old workbook's dimensions and chains, and one damaged octet in them makes it ask for
//! gigabytes, which ends the program. Promises: chains end; a sheet has at most 65,536 rows and 256 columns
//! ([MS-XLS] 1.1) and begins where it is said to. Deliberately absent: cells, and everything calamine survives.

use std::collections::HashSet;

use super::{Error, Format};

/// How a compound file begins.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Chains end with this or a larger number.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// Streams below this size live in the small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

/// Rows and columns of a sheet.
const ROWS: u32 = 65_536;
const COLUMNS: u16 = 256;

/// Which workbook a compound file holds.
pub(super) fn kind(bytes: &[u8]) -> Result<Format, Error> {
    let file = File::open(bytes).ok_or_else(damaged)?;
    if file.entry("EncryptedPackage").is_some() {
        return Err(Error::Encrypted);
    }
    let Some(book) = file.entry("Workbook").or_else(|| file.entry("Book")) else {
        return Err(Error::NotAList);
    };
    let stream = file.stream(book).ok_or_else(damaged)?;
    sound(&stream).ok_or_else(damaged)?;
    Ok(Format::Xls)
}

fn damaged() -> Error {
    Error::Damaged {
        words: String::from("inconsistent compound file"),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let octets = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(octets.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let octets = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(octets.try_into().ok()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (whole, _) = bytes.as_chunks::<4>();
    whole
        .iter()
        .map(|octets| u32::from_le_bytes(*octets))
        .collect()
}

struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector the next of its chain.
    next: Vec<u32>,
    directory: Vec<u8>,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            directory: Vec::new(),
        };
        let mut tables = numbers(bytes.get(76..512)?);
        let mut more = u32_at(bytes, 68)?;
        let most = bytes.len() / sector + 1;
        for _ in 0..=most {
            if more >= NO_SECTOR {
                break;
            }
            tables.extend(numbers(file.sector(more)?));
            more = tables.pop()?;
        }
        tables.retain(|id| *id < NO_SECTOR);
        if more < NO_SECTOR || tables.len() > most {
            return None;
        }
        for id in tables {
            let table = numbers(file.sector(id)?);
            file.next.extend(table);
        }
        file.directory = file.chain(u32_at(bytes, 48)?)?;
        Some(file)
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let at = usize::try_from(id)
            .ok()?
            .checked_add(1)?
            .checked_mul(self.sector)?;
        let rest = self.bytes.get(at..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// All sectors of a chain; nothing where it runs in a circle or out of the file.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        follow(first, &self.next, |id| self.sector(id))
    }

    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.directory.chunks_exact(ENTRY)
    }

    fn entry(&self, name: &str) -> Option<&[u8]> {
        let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        wanted.extend([0, 0]);
        self.entries()
            .find(|entry| entry[..64].starts_with(&wanted))
    }

    fn stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (first, size) = (u32_at(entry, 116)?, size_at(entry, 120)?);
        let mut stream = if size >= SMALL {
            self.chain(first)?
        } else {
            let held = self.chain(u32_at(self.entries().next()?, 116)?)?;
            let next = numbers(&self.chain(u32_at(self.bytes, 60)?)?);
            follow(first, &next, |id| {
                let at = usize::try_from(id).ok()?.checked_mul(SMALL_SECTOR)?;
                held.get(at..at + SMALL_SECTOR)
            })?
        };
        stream.truncate(size);
        Some(stream)
    }
}

fn follow<'a>(
    first: u32,
    next: &[u32],
    sector: impl Fn(u32) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    let mut id = first;
    for _ in 0..=next.len() {
        if id >= NO_SECTOR {
            return Some(all);
        }
        all.extend_from_slice(sector(id)?);
        id = *next.get(usize::try_from(id).ok()?)?;
    }
    None
}

/// Whether every place the records of a workbook name exists.
fn sound(stream: &[u8]) -> Option<()> {
    let mut begins = HashSet::new();
    let mut sheets = Vec::new();
    let mut at = 0;
    while at < stream.len() {
        let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at + 2)?);
        let data = stream.get(at + 4..at + 4 + usize::from(length))?;
        match kind {
            0x0809 => drop(begins.insert(at)),
            0x0085 => sheets.push(size_at(data, 0)?),
            0x0200 => dimensions(data)?,
            // Every record that puts something into a cell.
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                let _ = u16_at(data, 2).filter(|column| *column < COLUMNS)?;
            }
            // What follows the last record is filling.
            0 if length == 0 => break,
            _ => {}
        }
        at += 4 + data.len();
    }
    sheets
        .iter()
        .all(|sheet| begins.contains(sheet))
        .then_some(())
}

fn dimensions(data: &[u8]) -> Option<()> {
    let (top, bottom, right) = match data.len() {
        10 => (
            u16_at(data, 0)?.into(),
            u16_at(data, 2)?.into(),
            u16_at(data, 6)?,
        ),
        _ => (u32_at(data, 0)?, u32_at(data, 4)?, u16_at(data, 10)?),
    };
    // The last row and column are given as the first that are empty; an empty sheet has only zeros.
    let empty = (bottom, right) == (0, 0);
    let fits = top < bottom && bottom <= ROWS && (1..=COLUMNS).contains(&right);
    (empty || fits).then_some(())
}
