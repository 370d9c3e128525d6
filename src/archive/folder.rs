//! The messages of one folder: found, added, their flags changed.
//!
//! Promises: a message is in `cur` whole or not at all, and its row is on the disk before; a message somebody else put
//! there has a UID all the same: where the archive is written, one that stays, else one for as long as nothing is put
//! there or taken away, which UIDVALIDITY says. Deliberately absent: removing any.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
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

/// One message. What is said of it stands in the folder's text: large folders are opened often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message {
    pub(super) uid: u32,
    /// The file's name without the flags, and the flags after it.
    base: Span,
    flags: Span,
    /// What its row says besides.
    fields: Span,
    /// Still where a mail server put it.
    fresh: bool,
}

/// First octet, and the one after the last.
type Span = (u32, u32);

/// A folder as it was when it was opened.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) dir: PathBuf,
    pub(super) head: Head,
    pub(super) messages: Vec<Message>,
    pub(super) keywords: Keywords,
    text: String,
}

impl Folder {
    /// What is in the folder; nothing is changed.
    pub(super) fn look(dir: &Path) -> io::Result<Self> {
        let (mut folder, found) = Self::scan(dir)?;
        if !found.is_empty() {
            let mut digest = Sha256::new();
            digest.update(folder.head.validity.to_be_bytes());
            for message in &found {
                digest.update(folder.base(message));
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
        let bases = found.iter().map(|message| folder.base(message));
        let rows: Vec<_> = bases.map(|base| Row::new("", &[], base)).collect();
        folder.head = index::add(dir, &rows)?;
        folder.take(found);
        Ok(folder)
    }

    /// The folder, and the messages that have no row, in the order of their names, which begin with the time of delivery.
    /// The files are looked at first: a message that is there has had its row before.
    fn scan(dir: &Path) -> io::Result<(Self, Vec<Message>)> {
        let mut folder = Self {
            dir: dir.to_owned(),
            head: Head {
                validity: 1,
                next: 1,
            },
            messages: Vec::new(),
            keywords: Keywords::default(),
            // About what the index holds, so that it does not grow in leaps.
            text: String::with_capacity(index::length(dir)),
        };
        let mut files: Vec<Message> = Vec::new();
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
                if !name.starts_with('.') && !entry.file_type()?.is_dir() {
                    let (base, flags) = flag::split(&name);
                    files.push(Message {
                        uid: 0,
                        base: keep(&mut folder.text, base),
                        flags: keep(&mut folder.text, flags),
                        fields: (0, 0),
                        fresh,
                    });
                }
            }
        }
        // One that moved from `new` to `cur` between the two looks is one message.
        files.sort_unstable_by(|one, other| {
            let base = folder.base(one).cmp(folder.base(other));
            base.then(one.fresh.cmp(&other.fresh))
        });
        files.dedup_by(|later, first| {
            later.fresh && !first.fresh && folder.base(later) == folder.base(first)
        });
        let head = index::each(dir, |uid, fields, base| {
            let at = files.binary_search_by(|file| folder.base(file).cmp(base));
            // A row without a file: of a message that never came to its place, or was taken away.
            if let Some(file) = at.ok().and_then(|at| files.get_mut(at))
                && file.uid == 0
            {
                file.uid = uid;
                file.fields = keep(&mut folder.text, fields);
            }
        })?;
        let found = files.iter().filter(|file| file.uid == 0);
        let found = found.copied().collect();
        files.retain(|file| file.uid > 0);
        files.sort_unstable_by_key(|file| file.uid);
        files.shrink_to_fit();
        folder.text.shrink_to_fit();
        folder.messages = files;
        folder.head = head.unwrap_or(folder.head);
        folder.keywords = Keywords::read(dir)?;
        Ok((folder, found))
    }

    fn take(&mut self, found: Vec<Message>) {
        for message in found {
            let uid = self.head.next;
            self.messages.push(Message { uid, ..message });
            self.head.next = uid.saturating_add(1);
        }
    }

    /// Looks again where the messages' files are by now; which messages are here stays as it was.
    pub(super) fn look_again(&mut self) -> io::Result<()> {
        let now = Self::look(&self.dir)?;
        for message in &now.messages {
            let known = self.messages.partition_point(|one| one.uid < message.uid);
            let moved = |known: &Message| {
                let same = known.uid == message.uid && self.base(known) == now.base(message);
                same && self.path(known) != now.path(message)
            };
            if self.messages.get(known).is_some_and(moved) {
                self.messages[known] = Message {
                    base: self.messages[known].base,
                    flags: keep(&mut self.text, now.slice(message.flags)),
                    fields: keep(&mut self.text, now.slice(message.fields)),
                    ..*message
                };
            }
        }
        self.keywords = now.keywords;
        Ok(())
    }

    fn slice(&self, (from, to): Span) -> &str {
        let text = self.text.get(from as usize..to as usize);
        text.unwrap_or_default()
    }

    fn base(&self, message: &Message) -> &str {
        self.slice(message.base)
    }

    /// Where the message's octets are.
    pub(super) fn path(&self, message: &Message) -> PathBuf {
        let sub = if message.fresh { "new" } else { "cur" };
        let name = [self.base(message), self.slice(message.flags)].concat();
        self.dir.join(sub).join(name)
    }

    /// System flags and keywords.
    pub(super) fn flags(&self, message: &Message) -> Vec<String> {
        let mut flags = self.keywords.flags(self.slice(message.flags));
        flags.extend(index::keywords(self.slice(message.fields)).map(str::to_owned));
        flags
    }

    /// The date of arrival as it came; else that of the file.
    pub(super) fn date(&self, message: &Message) -> io::Result<String> {
        if let Some(date) = index::date(self.slice(message.fields)) {
            return Ok(date);
        }
        let modified = fs::metadata(self.path(message))?.modified()?;
        let time = Timestamp::try_from(modified).unwrap_or_default();
        Ok(time.strftime("%d-%b-%Y %H:%M:%S +0000").to_string())
    }

    /// Octets, as the file's name says them, else as the disk does.
    pub(super) fn size(&self, message: &Message) -> io::Result<u64> {
        let said = self.base(message).split_once(",S=").and_then(|(_, size)| {
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
            let message = self.messages[*at];
            let flags = change(self.flags(&message));
            let (letters, others) = self.keywords.letters(&flags);
            let fields = self.slice(message.fields);
            if !index::keywords(fields).eq(others.iter().map(String::as_str)) {
                let row = Row::changed(fields, &others, self.base(&message));
                let _ = rows.insert(message.uid, row);
            }
            renamed.push((*at, letters));
        }
        self.keywords.save(&self.dir)?;
        if !rows.is_empty() {
            index::change(&self.dir, &rows)?;
        }
        let cur = self.dir.join("cur");
        for (at, letters) in renamed {
            let mut message = self.messages[at];
            let path = self.path(&message);
            let flags = flag::put(&path, &cur, self.base(&message), &letters)?;
            if let Some(row) = rows.get(&message.uid) {
                message.fields = keep(&mut self.text, row.fields());
            }
            message.flags = keep(&mut self.text, &flags);
            message.fresh = false;
            self.messages[at] = message;
        }
        disk::sync_dir(&cur)
    }
}

/// Puts a text with the others.
fn keep(text: &mut String, more: &str) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let from = place(text.len());
    text.push_str(more);
    (from, place(text.len()))
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
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let random = getrandom::u64().map_err(io::Error::other)?;
        let base = format!(
            "{}.M{:06}R{random:016x}{OURS}",
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
