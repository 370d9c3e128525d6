//! The numbers of a folder's messages, in Dovecot's own file for them: `dovecot-uidlist`, version 3.
//!
//! Promises: a row is only ever added at the end, and is on the disk before its message is in its place; a row that was
//! cut short is not read, and is cut off before the next. Beside what Dovecot knows a row has two fields of ours, which
//! Dovecot keeps: `D` the date of arrival as it came, `K` a keyword that has no letter.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::disk;

const FILE: &str = "dovecot-uidlist";
/// The last row is looked for in so many octets from the end; each row is far shorter.
const TAIL: u64 = 64 << 10;

/// What the head of the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) validity: u32,
    /// No message has this UID or a higher one.
    pub(super) next: u32,
}

/// What is known of one message besides its UID: fields with a blank between them, then a colon and the file's name
/// without its flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row(String);

impl Row {
    /// A row with a date of arrival, where there is one, and the keywords that have no letter.
    pub(super) fn new(date: &str, keywords: &[String], base: &str) -> Self {
        let date = date.trim().replace(' ', "_");
        let date = if date.is_empty() {
            date
        } else {
            format!("D{date}")
        };
        Self::changed(&date, keywords, base)
    }

    /// A row with these fields, and these keywords in place of those among them.
    pub(super) fn changed(fields: &str, keywords: &[String], base: &str) -> Self {
        let mut row = String::new();
        for field in fields.split(' ').filter(|field| !field.starts_with('K')) {
            row.push_str(field);
            row.push_str(if field.is_empty() { "" } else { " " });
        }
        for keyword in keywords {
            let _ = write!(row, "K{keyword} ");
        }
        Self(format!("{row}:{base}"))
    }

    pub(super) fn fields(&self) -> &str {
        parts(&self.0).map_or("", |(fields, _)| fields)
    }
}

/// The date of arrival as it came.
pub(super) fn date(fields: &str) -> Option<String> {
    let mut fields = fields.split(' ');
    let date = fields.find_map(|field| field.strip_prefix('D'))?;
    Some(date.replace('_', " "))
}

/// Keywords without a letter.
pub(super) fn keywords(fields: &str) -> impl Iterator<Item = &str> {
    let fields = fields.split(' ');
    fields.filter_map(|field| field.strip_prefix('K'))
}

/// Begins the numbering of a folder that has none.
pub(super) fn begin(dir: &Path) -> io::Result<()> {
    let path = dir.join(FILE);
    if path.exists() {
        return Ok(());
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH);
    let validity = seconds.map_or(1, |time| u32::try_from(time.as_secs()).unwrap_or(u32::MAX));
    let mut identity = String::new();
    for _ in 0..2 {
        let random = getrandom::u64().map_err(io::Error::other)?;
        let _ = write!(identity, "{random:016x}");
    }
    disk::replace(&path, format!("3 V{validity} N1 G{identity}\n").as_bytes())
}

/// Octets of the file, as far as they are known.
pub(super) fn length(dir: &Path) -> usize {
    let length = fs::metadata(dir.join(FILE)).map_or(0, |file| file.len());
    usize::try_from(length).unwrap_or(0)
}

/// Hands on every row, in the order of UIDs: UID, fields, and the file's name without flags. Answers the head; `None` where
/// there is no file of this kind.
pub(super) fn each(dir: &Path, mut on: impl FnMut(u32, &str, &str)) -> io::Result<Option<Head>> {
    let file = match File::open(dir.join(FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let (mut file, mut line) = (BufReader::new(file), Vec::new());
    let (mut head, mut last): (Option<Head>, u32) = (None, 0);
    // A row that was cut short has no end.
    while file.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        let text = String::from_utf8_lossy(&line);
        match (&mut head, row_of(&text)) {
            (None, _) => match head_of(text.trim_end()) {
                Some(first) => head = Some(first),
                None => return Ok(None),
            },
            (Some(_), Some((uid, fields, base))) if uid > last => {
                last = uid;
                on(uid, fields, base);
            }
            _ => {}
        }
        line.clear();
    }
    Ok(head.map(|head| Head {
        next: head.next.max(last.saturating_add(1)),
        ..head
    }))
}

/// Adds rows, from the next UID on, and brings them to the disk; answers the head as it was. The account's lock is held.
pub(super) fn add(dir: &Path, rows: &[Row]) -> io::Result<Head> {
    let mut list = open(dir)?;
    let head = list.head()?;
    let mut text = String::new();
    for (uid, row) in (head.next..).zip(rows) {
        let _ = writeln!(text, "{uid} {}", row.0);
    }
    let written = list.file.write_all(text.as_bytes());
    if let Err(error) = written.and_then(|()| list.file.sync_all()) {
        // What is left of them is cut off by the next, at the latest.
        let _ = list.file.set_len(list.end);
        return Err(error);
    }
    Ok(head)
}

/// Writes the whole list anew, with these rows in place of those with their UIDs. The account's lock is held.
pub(super) fn change(dir: &Path, changed: &HashMap<u32, Row>) -> io::Result<()> {
    let text = disk::text(&dir.join(FILE))?;
    let mut out = String::with_capacity(text.len());
    for line in text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
    {
        let uid = row_of(line).map(|(uid, ..)| uid);
        match uid.and_then(|uid| changed.get_key_value(&uid)) {
            Some((uid, row)) => drop(writeln!(out, "{uid} {}", row.0)),
            None => out.push_str(line),
        }
    }
    disk::replace(&dir.join(FILE), out.as_bytes())
}

/// The file, open at the end of its last whole row.
struct List {
    file: File,
    end: u64,
    first: String,
    last: String,
}

fn open(dir: &Path) -> io::Result<List> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(dir.join(FILE))?;
    let length = file.metadata()?.len();
    let mut first = vec![0; usize::try_from(length.min(TAIL)).unwrap_or(0)];
    file.read_exact(&mut first)?;
    let from = length.saturating_sub(TAIL);
    let mut tail = Vec::new();
    let _ = file.seek(SeekFrom::Start(from))?;
    let _ = file.read_to_end(&mut tail)?;
    let cut = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let whole = tail.iter().rposition(|octet| *octet == b'\n');
    let whole = &tail[..whole.map_or(0, |end| end + 1)];
    let end = from + whole.len() as u64;
    if end < length {
        file.set_len(end)?;
    }
    let _ = file.seek(SeekFrom::Start(end))?;
    Ok(List {
        end,
        first: cut(&first),
        last: cut(whole),
        file,
    })
}

impl List {
    fn head(&self) -> io::Result<Head> {
        let broken = || io::Error::new(io::ErrorKind::InvalidData, format!("{FILE} is damaged"));
        let mut head = self
            .first
            .lines()
            .next()
            .and_then(head_of)
            .ok_or_else(broken)?;
        if let Some((uid, ..)) = self.last.lines().next_back().and_then(row_of) {
            head.next = head.next.max(uid.checked_add(1).ok_or_else(broken)?);
        }
        Ok(head)
    }
}

fn head_of(line: &str) -> Option<Head> {
    let fields = line.strip_prefix("3 ")?;
    let number = |key: char| {
        let mut fields = fields.split(' ');
        fields.find_map(|field| field.strip_prefix(key)?.parse().ok())
    };
    Some(Head {
        validity: number('V')?,
        next: number('N')?,
    })
}

fn row_of(line: &str) -> Option<(u32, &str, &str)> {
    let (uid, row) = line.trim_end_matches(['\r', '\n']).split_once(' ')?;
    let (fields, base) = parts(row)?;
    Some((uid.parse().ok()?, fields, base))
}

/// Fields and name; there need not be fields.
fn parts(row: &str) -> Option<(&str, &str)> {
    match row.strip_prefix(':') {
        Some(base) => Some(("", base)),
        None => row.split_once(" :"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u32, String, String)>;

    fn read(dir: &Path) -> Option<(Head, Rows)> {
        let mut rows = Vec::new();
        let head = each(dir, |uid, fields, base| {
            rows.push((uid, fields.to_owned(), base.to_owned()));
        });
        Some((head.unwrap()?, rows))
    }

    fn row(name: &str) -> Row {
        Row::new(" 7-Jul-1996 02:44:25 -0700", &[], name)
    }

    #[test]
    fn rows_are_added_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert_eq!(read(dir), None);
        begin(dir).unwrap();
        let first = add(dir, &[row("a"), row("b")]).unwrap();
        assert_eq!(first.next, 1);
        let keywords = ["urn:x".into(), "Y".into()];
        let odd = Row::new("1-Jan-2020 00:00:00 +0000", &keywords, "c");
        assert_eq!(add(dir, &[odd]).unwrap().next, 3);
        begin(dir).unwrap();
        let (head, rows) = read(dir).unwrap();
        assert_eq!((head.validity, head.next), (first.validity, 4));
        let (uid, fields, base) = &rows[0];
        assert_eq!((*uid, base.as_str()), (1, "a"));
        assert_eq!(date(fields).unwrap(), "7-Jul-1996 02:44:25 -0700");
        let (uid, fields, base) = &rows[2];
        assert_eq!((*uid, base.as_str()), (3, "c"));
        assert_eq!(super::keywords(fields).collect::<Vec<_>>(), ["urn:x", "Y"]);
    }

    #[test]
    fn a_row_cut_short_is_cut_off_and_its_number_given_anew() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        begin(dir).unwrap();
        let _ = add(dir, &[row("a")]).unwrap();
        let path = dir.join(FILE);
        let text = fs::read_to_string(&path).unwrap() + "2 D1-Jan-2020_0";
        fs::write(&path, text).unwrap();
        assert_eq!(read(dir).unwrap().1.len(), 1);
        assert_eq!(add(dir, &[row("b")]).unwrap().next, 2);
        let (_, rows) = read(dir).unwrap();
        assert_eq!((rows.len(), rows[1].2.as_str()), (2, "b"));
    }

    #[test]
    fn keywords_of_a_row_change_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        begin(dir).unwrap();
        let _ = add(dir, &[row("a"), row("b")]).unwrap();
        let before = read(dir).unwrap();
        let (_, fields, base) = &before.1[1];
        let changed = Row::changed(fields, &["uno".into()], base);
        change(dir, &HashMap::from([(2, changed.clone())])).unwrap();
        let after = read(dir).unwrap();
        assert_eq!((after.0, &after.1[0]), (before.0, &before.1[0]));
        assert_eq!(after.1[1].1, changed.fields());
        assert_eq!(Row::changed(changed.fields(), &[], base), row("b"));
    }

    #[test]
    fn rows_of_dovecot_and_of_nobody_are_read_or_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let text = "3 V12 N9 Gabc\n3 :1.M2.host\n4 W12 S10 :x,S=10\n4 :twice\nnonsense\n";
        fs::write(dir.path().join(FILE), text).unwrap();
        let (head, rows) = read(dir.path()).unwrap();
        let (validity, next) = (12, 9);
        assert_eq!(head, Head { validity, next });
        let row = |uid, fields: &str, base: &str| (uid, fields.to_owned(), base.to_owned());
        let wanted = [row(3, "", "1.M2.host"), row(4, "W12 S10", "x,S=10")];
        assert_eq!(rows, wanted);
    }
}
