//! The messages of one folder: found, added, their flags changed.
//!
//! Promises: a message is in `cur` whole or not at all, and its row is on the disk before; a message somebody else put
//! there has a UID all the same: where the archive is written, one that stays, else one for as long as nothing is put
//! there or taken away, which UIDVALIDITY says. Deliberately absent: removing any.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::account::Account;
use super::disk;
use super::flag::{self, Keywords};
use super::index::{self, Head, Row};

/// How the names of our files end, without size and flags.
const OURS: &str = ".traghetto";
/// What is on its way for longer will not arrive (maildir(5)).
const OLD: Duration = Duration::from_hours(36);

/// One message.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) uid: u32,
    row: Row,
    /// Flags at the end of the file's name.
    suffix: Box<str>,
    /// Still where a mail server put it.
    fresh: bool,
}

/// A folder as it was when it was opened.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) dir: PathBuf,
    pub(super) head: Head,
    pub(super) messages: Vec<Message>,
    pub(super) keywords: Keywords,
}

/// The flags at the end of a file's name, and whether the file is still in `new`.
type Place = (Box<str>, bool);
/// Messages without a row, by their names, which begin with the time of delivery.
type Found = BTreeMap<String, Place>;

impl Folder {
    /// What is in the folder; nothing is changed.
    pub(super) fn look(dir: &Path) -> io::Result<Self> {
        let (mut folder, found) = Self::scan(dir)?;
        if !found.is_empty() {
            let mut digest = Sha256::new();
            digest.update(folder.head.validity.to_be_bytes());
            for base in found.keys() {
                digest.update(base);
                digest.update([0]);
            }
            let digest = digest.finalize();
            let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
            folder.head.validity = number.max(1);
            folder.take(found);
        }
        Ok(folder)
    }

    /// What is in the folder; what has no UID yet is given one for good.
    pub(super) fn open(dir: &Path, account: &Account) -> io::Result<Self> {
        let (folder, found) = Self::scan(dir)?;
        if found.is_empty() {
            return Ok(folder);
        }
        let _lock = account.lock()?;
        index::begin(dir)?;
        let (mut folder, found) = Self::scan(dir)?;
        let rows: Vec<_> = found.keys().map(|base| Row::found(base)).collect();
        folder.head = index::add(dir, &rows)?;
        folder.take(found);
        Ok(folder)
    }

    /// The files first, then the rows: a message that is there has had its row before.
    fn scan(dir: &Path) -> io::Result<(Self, Found)> {
        let mut files: HashMap<String, Place> = HashMap::new();
        for (sub, fresh) in [("new", true), ("cur", false)] {
            let entries = match fs::read_dir(dir.join(sub)) {
                // Who keeps mail and takes none may do without.
                Err(error) if fresh && error.kind() == io::ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().into_string().map_err(|name| {
                    let words = format!("a file's name is not UTF-8: {}", name.display());
                    io::Error::new(io::ErrorKind::InvalidData, words)
                })?;
                if name.starts_with('.') || entry.file_type()?.is_dir() {
                    continue;
                }
                let (base, suffix) = flag::split(&name);
                let _ = files.insert(base.to_owned(), (suffix.into(), fresh));
            }
        }
        let (head, rows) = index::read(dir)?.unwrap_or((
            Head {
                validity: 1,
                next: 1,
            },
            Vec::new(),
        ));
        let mut messages = Vec::with_capacity(rows.len().min(files.len()));
        for (uid, row) in rows {
            // A row without a file: of a message that never came to its place, or was taken away.
            if let Some((suffix, fresh)) = files.remove(row.base()) {
                messages.push(Message {
                    uid,
                    row,
                    suffix,
                    fresh,
                });
            }
        }
        let folder = Self {
            dir: dir.to_owned(),
            head,
            messages,
            keywords: Keywords::read(dir)?,
        };
        Ok((folder, files.into_iter().collect()))
    }

    fn take(&mut self, found: Found) {
        for (base, (suffix, fresh)) in found {
            self.messages.push(Message {
                uid: self.head.next,
                row: Row::found(&base),
                suffix,
                fresh,
            });
            self.head.next = self.head.next.saturating_add(1);
        }
    }

    /// Looks again where the messages' files are by now; which messages are here stays as it was.
    pub(super) fn look_again(&mut self) -> io::Result<()> {
        let now = Self::look(&self.dir)?;
        self.keywords = now.keywords;
        for message in now.messages {
            let known = self
                .messages
                .binary_search_by_key(&message.uid, |one| one.uid);
            if let Some(known) = known.ok().and_then(|at| self.messages.get_mut(at))
                && known.row.base() == message.row.base()
            {
                *known = message;
            }
        }
        Ok(())
    }

    /// Where the message's octets are.
    pub(super) fn path(&self, message: &Message) -> PathBuf {
        let sub = if message.fresh { "new" } else { "cur" };
        let name = format!("{}{}", message.row.base(), message.suffix);
        self.dir.join(sub).join(name)
    }

    /// System flags and keywords.
    pub(super) fn flags(&self, message: &Message) -> Vec<String> {
        let mut flags = self.keywords.flags(&message.suffix);
        flags.extend(message.row.keywords().map(str::to_owned));
        flags
    }

    /// The date of arrival as it came; else that of the file.
    pub(super) fn date(&self, message: &Message) -> io::Result<String> {
        if let Some(date) = message.row.date() {
            return Ok(date);
        }
        let modified = fs::metadata(self.path(message))?.modified()?;
        let time = Timestamp::try_from(modified).unwrap_or_default();
        Ok(time.strftime("%d-%b-%Y %H:%M:%S +0000").to_string())
    }

    /// Octets, as the file's name says them, else as the disk does.
    pub(super) fn size(&self, message: &Message) -> io::Result<u64> {
        let said = message.row.base().split_once(",S=").and_then(|(_, size)| {
            let end = size.find(|c: char| !c.is_ascii_digit());
            size[..end.unwrap_or(size.len())].parse().ok()
        });
        match said {
            Some(size) => Ok(size),
            None => Ok(fs::metadata(self.path(message))?.len()),
        }
    }

    /// The places in `messages` of UIDs from one to the other.
    pub(super) fn places(&self, from: u32, to: u32) -> std::ops::Range<usize> {
        let start = self.messages.partition_point(|message| message.uid < from);
        let end = self.messages.partition_point(|message| message.uid <= to);
        start..end.max(start)
    }

    /// Gives messages other flags. The account's lock is held, and the folder was looked at since.
    pub(super) fn change(
        &mut self,
        places: &[usize],
        change: impl Fn(Vec<String>) -> Vec<String>,
    ) -> io::Result<()> {
        let (mut renamed, mut rows) = (Vec::new(), HashMap::new());
        for at in places {
            let Some(message) = self.messages.get(*at) else {
                continue;
            };
            let flags = change(self.flags(message));
            let (letters, others) = self.keywords.letters(&flags);
            if !message.row.keywords().eq(others.iter().map(String::as_str)) {
                let _ = rows.insert(message.uid, message.row.with(&others));
            }
            renamed.push((*at, letters));
        }
        self.keywords.save(&self.dir)?;
        if !rows.is_empty() {
            index::change(&self.dir, &rows)?;
        }
        let cur = self.dir.join("cur");
        for (at, letters) in renamed {
            let path = self.path(&self.messages[at]);
            let message = &mut self.messages[at];
            if let Some(row) = rows.remove(&message.uid) {
                message.row = row;
            }
            message.suffix = flag::put(&path, &cur, message.row.base(), &letters)?.into();
            message.fresh = false;
        }
        disk::sync_dir(&cur)
    }
}

/// A message on its way into a folder: a file in `tmp`, which goes away again unless it is added.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    base: String,
    size: u64,
    date: String,
    flags: Vec<String>,
}

impl Draft {
    /// A new file for a message of this folder.
    pub(super) fn begin(dir: &Path, flags: Vec<String>, date: String) -> io::Result<(Self, File)> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let random = getrandom::u64().map_err(io::Error::other)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let base = format!(
            "{}.M{:06}Q{number}R{random:016x}{OURS}",
            now.as_secs(),
            now.subsec_micros()
        );
        let path = dir.join("tmp").join(&base);
        let file = File::create_new(&path)?;
        let draft = Self {
            path,
            base,
            size: 0,
            date,
            flags,
        };
        Ok((draft, file))
    }

    /// The file has all its octets.
    pub(super) fn end(&mut self, file: &File, size: u64) {
        self.size = size;
        let time = Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", self.date.trim());
        if let Some(time) = time.ok().and_then(|time| SystemTime::try_from(time).ok()) {
            // The row keeps the date; some file systems know no year before 1980.
            let _ = file.set_modified(time);
        }
    }
}

/// Takes away what was on its way when an earlier run was killed.
pub(super) fn sweep(dir: &Path) -> io::Result<()> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    for entry in fs::read_dir(dir.join("tmp"))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().filter(|name| name.ends_with(OURS));
        let begun = name.and_then(|name| name.split('.').next()?.parse::<u64>().ok());
        if begun.is_some_and(|begun| now.as_secs().saturating_sub(begun) > OLD.as_secs()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Why messages were not added.
#[derive(Debug)]
pub(super) enum Failed {
    /// None of them is there.
    Refused(io::Error),
    /// Some may be there.
    Unknown(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Refused(error)
    }
}

/// Adds messages, in their order; answers UIDVALIDITY and the first UID.
pub(super) fn add(account: &Account, dir: &Path, drafts: &[Draft]) -> Result<Head, Failed> {
    let paths: Vec<&Path> = drafts.iter().map(|draft| draft.path.as_path()).collect();
    disk::sync_files(&paths)?;
    let _lock = account.lock()?;
    let mut keywords = Keywords::read(dir)?;
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for draft in drafts {
        let (letters, others) = keywords.letters(&draft.flags);
        let base = format!("{},S={}", draft.base, draft.size);
        rows.push(Row::new(&draft.date, &others, &base));
        names.push((base, letters));
    }
    keywords.save(dir)?;
    let head = index::add(dir, &rows)?;
    let cur = dir.join("cur");
    for (path, (base, letters)) in paths.iter().zip(names) {
        let _ = flag::put(path, &cur, &base, &letters).map_err(Failed::Unknown)?;
    }
    disk::sync_dir(&cur).map_err(Failed::Unknown)?;
    Ok(head)
}
