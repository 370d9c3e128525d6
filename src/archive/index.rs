//! The numbers of a folder's messages, in Dovecot's own file for them: `dovecot-uidlist`, version 3.
//!
//! Promises: a row is only ever added at the end, and is on the disk before its message is in its place; a row that was
//! cut short is not read, and is cut off before the next. Beside what Dovecot knows a row has two fields of ours, which
//! Dovecot keeps: `D` the date of arrival as it came, `K` a keyword that has no letter.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
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
pub(super) struct Row(Box<str>);

impl Row {
    pub(super) fn new(date: &str, keywords: &[String], base: &str) -> Self {
        let mut row = format!("D{}", date.trim().replace(' ', "_"));
        for keyword in keywords {
            row.push_str(" K");
            row.push_str(keyword);
        }
        Self(format!("{row} :{base}").into())
    }

    /// A message somebody else put there.
    pub(super) fn found(base: &str) -> Self {
        Self(format!(":{base}").into())
    }

    fn parts(&self) -> (&str, &str) {
        match self.0.strip_prefix(':') {
            Some(base) => ("", base),
            None => self.0.split_once(" :").unwrap_or(("", "")),
        }
    }

    fn fields(&self, key: char) -> impl Iterator<Item = &str> {
        let fields = self.parts().0.split(' ');
        fields.filter_map(move |field| field.strip_prefix(key))
    }

    /// The file's name without flags.
    pub(super) fn base(&self) -> &str {
        self.parts().1
    }

    /// The date of arrival as it came.
    pub(super) fn date(&self) -> Option<String> {
        self.fields('D').next().map(|date| date.replace('_', " "))
    }

    /// Keywords without a letter.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &str> {
        self.fields('K')
    }

    /// The same with other keywords.
    pub(super) fn with(&self, keywords: &[String]) -> Self {
        let (fields, base) = self.parts();
        let mut row = String::new();
        let kept = fields.split(' ').filter(|field| !field.starts_with('K'));
        for field in kept.filter(|field| !field.is_empty()) {
            row.push_str(field);
            row.push(' ');
        }
        for keyword in keywords {
            row.push('K');
            row.push_str(keyword);
            row.push(' ');
        }
        Self(format!("{row}:{base}").into())
    }
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

/// Rows by their UIDs, in order.
type Rows = Vec<(u32, Row)>;

/// Everything; `None` where there is no file of this kind.
pub(super) fn read(dir: &Path) -> io::Result<Option<(Head, Rows)>> {
    let text = disk::text(&dir.join(FILE))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let mut lines = whole.lines();
    let Some(mut head) = lines.next().and_then(head_of) else {
        return Ok(None);
    };
    let (mut rows, mut last) = (Vec::new(), 0);
    for line in lines {
        if let Some((uid, row)) = row_of(line).filter(|(uid, _)| *uid > last) {
            last = uid;
            rows.push((uid, Row(row.into())));
        }
    }
    head.next = head.next.max(last.saturating_add(1));
    Ok(Some((head, rows)))
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
        let uid = row_of(line).map(|(uid, _)| uid);
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
        if let Some((uid, _)) = self.last.lines().next_back().and_then(row_of) {
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

fn row_of(line: &str) -> Option<(u32, &str)> {
    let (uid, row) = line.trim_end_matches(['\r', '\n']).split_once(' ')?;
    let has_name = row.starts_with(':') || row.contains(" :");
    Some((uid.parse().ok()?, row)).filter(|_| has_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn row(name: &str) -> Row {
        Row::new(" 7-Jul-1996 02:44:25 -0700", &[], name)
    }

    #[test]
    fn rows_are_added_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert_eq!(read(dir).unwrap(), None);
        begin(dir).unwrap();
        let first = add(dir, &[row("a"), row("b")]).unwrap();
        assert_eq!(first.next, 1);
        let odd = Row::new(
            "1-Jan-2020 00:00:00 +0000",
            &["urn:x".into(), "Y".into()],
            "c",
        );
        assert_eq!(add(dir, &[odd]).unwrap().next, 3);
        begin(dir).unwrap();
        let (head, rows) = read(dir).unwrap().unwrap();
        assert_eq!((head.validity, head.next), (first.validity, 4));
        assert_eq!(rows[0].1.base(), "a");
        assert_eq!(rows[0].1.date().unwrap(), "7-Jul-1996 02:44:25 -0700");
        let read: Vec<_> = rows[2].1.keywords().collect();
        assert_eq!(
            (rows[2].0, rows[2].1.base(), read),
            (3, "c", vec!["urn:x", "Y"])
        );
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
        assert_eq!(read(dir).unwrap().unwrap().1.len(), 1);
        assert_eq!(add(dir, &[row("b")]).unwrap().next, 2);
        let (_, rows) = read(dir).unwrap().unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].1.base(), "b");
    }

    #[test]
    fn keywords_of_a_row_change_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        begin(dir).unwrap();
        let _ = add(dir, &[row("a"), row("b")]).unwrap();
        let before = read(dir).unwrap().unwrap();
        let changed = before.1[1].1.with(&["uno".into()]);
        change(dir, &HashMap::from([(2, changed.clone())])).unwrap();
        let after = read(dir).unwrap().unwrap();
        assert_eq!((after.0, &after.1[0]), (before.0, &before.1[0]));
        assert_eq!(after.1[1].1, changed);
        assert_eq!(changed.with(&[]), row("b"));
    }

    #[test]
    fn rows_of_dovecot_and_of_nobody_are_read_or_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let text = "3 V12 N9 Gabc\n3 :1.M2.host\n4 W12 S10 :x,S=10\n4 :twice\nnonsense\n";
        fs::write(dir.path().join(FILE), text).unwrap();
        let (head, rows) = read(dir.path()).unwrap().unwrap();
        assert_eq!(
            head,
            Head {
                validity: 12,
                next: 9
            }
        );
        let bases: Vec<_> = rows.iter().map(|(uid, row)| (*uid, row.base())).collect();
        assert_eq!(bases, [(3, "1.M2.host"), (4, "x,S=10")]);
    }
}
