//! Reads a log as it grows, for a window.
//!
//! Promises: each whole line once, in order, across the change of files at midnight; a line is taken only when its end
//! has been written; no more than [`KEPT`] lines and [`BACKLOG`] octets are ever held, however large the files are.
//! Deliberately absent: finding words in it, and waiting for more: every call **blocks** for as long as the disk does.
//!
//! A line is attributed to an account by the number in its brackets, which the engine gives out by the order of the
//! plan (`engine::workers`), whatever part of the plan a run works on: few lines name their account in words. Lines
//! from before the plan was put in another order are therefore attributed to whoever stands there now; that a line of
//! `INFO` begins with the word `WARN` is nothing the format can tell from a warning.

use std::collections::{HashMap, VecDeque};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{PREFIX, SUFFIX};

/// Lines held and handed out at most: the newest.
pub const KEPT: usize = 5_000;

/// Octets read at most of what was written since the last look.
pub const BACKLOG: u64 = 2 << 20;

/// A line longer than this, in octets, is handed out in part.
const LONGEST: usize = 16 << 10;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What happens.
    Info,
    /// Worth a look.
    Warn,
    /// Something ended that should not have.
    Error,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line as it stands in the file, without its end.
    pub text: Arc<str>,
    /// How grave it is.
    pub level: Level,
    /// The number in brackets; 0 where there is none.
    pub worker: u32,
    /// Login at the origin of the mailbox it is about, where that is known.
    pub account: Option<Arc<str>>,
}

/// A reader of a growing log.
#[derive(Debug)]
pub struct Tail {
    folder: PathBuf,
    accounts: HashMap<u32, Arc<str>>,
    /// Name of the file it has come to, and how far in it.
    file: Option<String>,
    offset: u64,
    /// The beginning of a line whose end is not there yet.
    partial: Vec<u8>,
    /// The line under way began before what was read.
    headless: bool,
    lines: VecDeque<Line>,
}

impl Tail {
    /// A reader of the log in this folder, which need not be there yet. It begins with the newest lines there are.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            accounts: HashMap::new(),
            file: None,
            offset: 0,
            partial: Vec::new(),
            headless: false,
            lines: VecDeque::new(),
        }
    }

    /// The same, with the accounts behind the numbers of the lines.
    #[must_use]
    pub fn naming<'a>(mut self, accounts: impl IntoIterator<Item = (u32, &'a str)>) -> Self {
        let accounts = accounts.into_iter();
        self.accounts = accounts
            .map(|(worker, login)| (worker, login.into()))
            .collect();
        self
    }

    /// The newest lines read so far, oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &Line> + ExactSizeIterator {
        self.lines.iter()
    }

    /// The file it has come to.
    pub fn file(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|name| self.folder.join(name))
    }

    /// The lines written since the last call, oldest first; of very many, the newest.
    pub fn poll(&mut self) -> io::Result<Vec<Line>> {
        let mut fresh = VecDeque::new();
        let names = self.names()?;
        if self.file.is_none() {
            self.begin(&names)?;
        }
        while let Some(name) = self.file.clone() {
            self.read(&name, &mut fresh)?;
            // Whatever is in a file when a newer one is there is all that ever will be.
            let Some(next) = names.iter().find(|other| **other > name) else {
                break;
            };
            self.finish(&mut fresh);
            self.file = Some(next.clone());
            self.offset = 0;
        }
        for line in &fresh {
            keep(&mut self.lines, line.clone());
        }
        Ok(fresh.into())
    }

    /// The files of the log, oldest first.
    fn names(&self) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| {
                let date = name
                    .strip_prefix(PREFIX)
                    .and_then(|rest| rest.strip_suffix(SUFFIX));
                let date = date.map(|date| date.trim_matches('.').parse::<jiff::civil::Date>());
                matches!(date, Some(Ok(_)))
            })
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// As far back as is worth reading.
    fn begin(&mut self, names: &[String]) -> io::Result<()> {
        let mut left = BACKLOG;
        for name in names.iter().rev() {
            self.file = Some(name.clone());
            let length = fs::metadata(self.folder.join(name))?.len();
            if length >= left {
                break;
            }
            left -= length;
        }
        Ok(())
    }

    fn read(&mut self, name: &str, fresh: &mut VecDeque<Line>) -> io::Result<()> {
        let mut file = match File::open(self.folder.join(name)) {
            // Cleared away meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other?,
        };
        let length = file.metadata()?.len();
        if length < self.offset {
            self.offset = 0;
            self.partial.clear();
        }
        if length - self.offset > BACKLOG {
            self.offset = length - BACKLOG;
            self.partial.clear();
            self.headless = true;
        }
        let _ = file.seek(SeekFrom::Start(self.offset))?;
        let mut octets = Vec::new();
        let read = file.take(length - self.offset).read_to_end(&mut octets)?;
        self.offset += read as u64;
        let mut rest = &octets[..];
        while let Some(end) = rest.iter().position(|octet| *octet == b'\n') {
            self.add(&rest[..end]);
            self.finish(fresh);
            rest = &rest[end + 1..];
        }
        self.add(rest);
        Ok(())
    }

    fn add(&mut self, octets: &[u8]) {
        let room = LONGEST.saturating_sub(self.partial.len());
        self.partial
            .extend_from_slice(&octets[..octets.len().min(room)]);
    }

    /// The line is whole.
    fn finish(&mut self, fresh: &mut VecDeque<Line>) {
        let octets = std::mem::take(&mut self.partial);
        if std::mem::take(&mut self.headless) || octets.is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(&octets);
        let (worker, level) = parse(text.trim_end_matches('\r'));
        let line = Line {
            text: text.trim_end_matches('\r').into(),
            level,
            worker,
            account: self.accounts.get(&worker).cloned(),
        };
        keep(fresh, line);
    }
}

fn keep(lines: &mut VecDeque<Line>, line: Line) {
    if lines.len() == KEPT {
        let _ = lines.pop_front();
    }
    lines.push_back(line);
}

/// Octets of `[000016A4] ` and of the date after it, with its blank.
const NUMBER: usize = 11;
const DATE: usize = 32;

/// What stands before the message of a line, see [`line`](super::line).
fn parse(text: &str) -> (u32, Level) {
    let digits = text.get(1..9).filter(|_| text.starts_with('['));
    let worker = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(worker) = worker.filter(|_| text.get(9..NUMBER) == Some("] ")) else {
        return (0, Level::Info);
    };
    let level = match text.get(NUMBER + DATE..) {
        Some(rest) if rest.starts_with("ERROR ") => Level::Error,
        Some(rest) if rest.starts_with("WARN ") => Level::Warn,
        _ => Level::Info,
    };
    (worker, level)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::log::line;

    fn write(folder: &Path, day: &str, text: &str) {
        let path = folder.join(format!("traghetto.2025-11-{day}.log"));
        let mut options = File::options();
        let mut file = options.create(true).append(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn what_a_line_says_of_itself_is_read_back() {
        let time = "2013-06-26T10:12:16+02:00[Europe/Rome]".parse().unwrap();
        for (worker, level, expected) in [
            (0x16A4, tracing::Level::INFO, Level::Info),
            (0x1001, tracing::Level::WARN, Level::Warn),
            (u32::MAX, tracing::Level::ERROR, Level::Error),
            (7, tracing::Level::TRACE, Level::Info),
        ] {
            for message in ["", "x", "Checking 'è'...", "[00000009] WARN ERROR"] {
                let text = line(worker, &time, level, message);
                assert_eq!(parse(&text), (worker, expected), "{text}");
            }
        }
        for odd in [
            "",
            "[",
            "at src/main.rs",
            "[0000000G] x",
            "[00000001]x",
            "è",
        ] {
            assert_eq!(parse(odd), (0, Level::Info), "{odd}");
        }
    }

    #[test]
    fn lines_are_handed_out_once_when_they_are_whole_and_over_midnight() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("log");
        let mut tail = Tail::open(&folder).naming([(0x1001, "anna")]);
        assert_eq!(tail.poll().unwrap(), []);
        fs::create_dir(&folder).unwrap();
        write(&folder, "18", "[00001001] x\n[0000");
        fs::write(folder.join("traghetto.log"), "no\n").unwrap();
        fs::write(folder.join("notes.txt"), "no\n").unwrap();
        let lines = tail.poll().unwrap();
        assert_eq!(texts(&lines), ["[00001001] x"]);
        assert_eq!(lines[0].account.as_deref(), Some("anna"));
        assert_eq!(tail.poll().unwrap(), []);
        write(&folder, "18", "1002] y\n[00000003] the last of the day");
        let lines = tail.poll().unwrap();
        assert_eq!(texts(&lines), ["[00001002] y"]);
        assert_eq!((lines[0].worker, lines[0].account.as_ref()), (0x1002, None));
        write(&folder, "19", "[00000004] the first of the next\n");
        assert_eq!(
            texts(&tail.poll().unwrap()),
            [
                "[00000003] the last of the day",
                "[00000004] the first of the next"
            ]
        );
        assert_eq!(tail.file(), Some(folder.join("traghetto.2025-11-19.log")));
        // The old one is cleared away, the new one is begun again by hand.
        fs::remove_file(folder.join("traghetto.2025-11-18.log")).unwrap();
        fs::write(folder.join("traghetto.2025-11-19.log"), "again\n").unwrap();
        assert_eq!(texts(&tail.poll().unwrap()), ["again"]);
        assert_eq!(tail.lines().count(), 5);
    }

    #[test]
    fn of_a_large_log_only_the_end_is_held() {
        let dir = tempfile::tempdir().unwrap();
        let many = |from: u32, to: u32| {
            (from..to).fold(String::new(), |mut text, number| {
                text.push_str(&line(
                    number,
                    &"2025-11-18T10:00:00+01:00[Europe/Rome]".parse().unwrap(),
                    tracing::Level::INFO,
                    &"x".repeat(100),
                ));
                text.push('\n');
                text
            })
        };
        write(dir.path(), "17", &many(0, 20_000));
        write(dir.path(), "18", &many(20_000, 23_000));
        let mut tail = Tail::open(dir.path());
        let first = tail.poll().unwrap();
        assert_eq!(first.len(), KEPT);
        let workers = |lines: &[Line]| (lines[0].worker, lines[lines.len() - 1].worker);
        assert_eq!(workers(&first), (18_000, 22_999));
        write(dir.path(), "18", &many(23_000, 53_000));
        let next = tail.poll().unwrap();
        assert_eq!((next.len(), workers(&next)), (KEPT, (48_000, 52_999)));
        assert_eq!(tail.lines().len(), KEPT);
        write(dir.path(), "18", &format!("{}\n", "y".repeat(1 << 20)));
        let long = tail.poll().unwrap();
        assert_eq!((long.len(), long[0].text.len()), (1, LONGEST));
    }
}
