//! One account of an archive: its folders, what is subscribed to, and the lock of whoever writes.
//!
//! Promises: as the origin nothing is written, not even a lock; a new account is not made before something is said of a
//! folder that will be written. Two things beside Dovecot's own are kept: `traghetto-folders`, which says what folders
//! are for and how the too long names of some are, and `traghetto.lock`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{disk, index, is_archive, name};
use crate::account::Side;

/// Names of subscribed folders, in Dovecot's way.
const SUBSCRIPTIONS: &str = "subscriptions";
/// What folders are for, and long names: lines of use, name on the disk, name in full.
const FOLDERS: &str = "traghetto-folders";
const LOCK: &str = "traghetto.lock";
/// What says to Courier and Dovecot that a folder is one inside a Maildir++.
const INSIDE: &str = "maildirfolder";

/// An account that was opened.
#[derive(Debug)]
pub(super) struct Account {
    root: PathBuf,
    side: Side,
}

/// Why there is none.
#[derive(Debug)]
pub(super) enum Absent {
    /// There is no archive.
    Archive,
    /// The archive has no such account.
    Account,
    /// No account can have this name.
    Name,
}

/// A folder as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name on the disk, without the dot; empty for INBOX.
    inside: String,
    /// Its name as IMAP has it.
    pub(super) wire: Vec<u8>,
    /// What it is for (RFC 6154).
    pub(super) special_use: Option<String>,
}

impl Entry {
    /// The folder as the list of subscriptions has it.
    pub(super) fn line(&self) -> &str {
        match self.inside.as_str() {
            "" => "INBOX",
            inside => inside,
        }
    }
}

impl Account {
    pub(super) fn open(archive: &Path, login: &str, side: Side) -> Result<Self, Absent> {
        let there = match side {
            Side::Origin => archive.is_dir(),
            Side::Destination => is_archive(archive),
        };
        if !there {
            return Err(Absent::Archive);
        }
        // What Windows calls the verbatim form takes paths of any length.
        let archive = archive.canonicalize().map_err(|_| Absent::Archive)?;
        let root = archive.join(name::account(login).ok_or(Absent::Name)?);
        if side == Side::Origin && !root.join("cur").is_dir() {
            return Err(Absent::Account);
        }
        Ok(Self { root, side })
    }

    /// Whether anything may be written.
    pub(super) fn writes(&self) -> bool {
        self.side == Side::Destination
    }

    /// Whether the account is still to be made; not so where the whole archive has gone.
    fn is_new(&self) -> bool {
        self.writes() && self.root.parent().is_some_and(is_archive) && !self.root.exists()
    }

    /// Makes the account, where it is not there.
    pub(super) fn make(&self) -> io::Result<()> {
        if !self.writes() || self.root.join("cur").is_dir() {
            return Ok(());
        }
        // Where the archive's disk has gone, its empty place is no archive.
        if !self.root.parent().is_some_and(is_archive) {
            return Err(io::ErrorKind::NotFound.into());
        }
        disk::private_dir(&self.root)?;
        let _lock = self.lock()?;
        self.make_folder(&self.root)
    }

    /// Waits until nobody else writes in this account.
    pub(super) fn lock(&self) -> io::Result<File> {
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.root.join(LOCK))?;
        file.lock()?;
        Ok(file)
    }

    /// All folders, INBOX first, in the order of their names.
    pub(super) fn folders(&self) -> io::Result<Vec<Entry>> {
        let known = disk::text(&self.root.join(FOLDERS))?;
        let facts = |inside: &str| {
            let mut lines = known.lines().map(|line| line.splitn(3, '\t'));
            lines.find_map(|mut line| {
                let (special_use, name, full) = (line.next()?, line.next()?, line.next()?);
                (name == inside).then(|| (special_use.to_owned(), full.to_owned()))
            })
        };
        let mut folders = vec![Entry {
            inside: String::new(),
            wire: b"INBOX".to_vec(),
            special_use: None,
        }];
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.is_new() => {
                return Ok(folders);
            }
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if !entry.path().join("cur").is_dir() {
                continue;
            }
            // A folder nobody can name must not be left out without a word.
            let name = name.to_str().ok_or_else(|| {
                let words = format!("a folder's name is not UTF-8: {}", name.display());
                io::Error::new(io::ErrorKind::InvalidData, words)
            })?;
            let Some(inside) = name.strip_prefix('.') else {
                continue;
            };
            let (special_use, full) = facts(inside).unwrap_or_default();
            let full = if full.is_empty() { inside } else { &full };
            folders.push(Entry {
                inside: inside.to_owned(),
                wire: name::wire(full),
                special_use: Some(special_use).filter(|word| !word.is_empty()),
            });
        }
        folders[1..].sort_by(|one, other| one.wire.cmp(&other.wire));
        Ok(folders)
    }

    /// The folder of this name, if there is one.
    pub(super) fn find(&self, wire: &[u8]) -> io::Result<Option<Entry>> {
        if wire.eq_ignore_ascii_case(b"INBOX") {
            return Ok(self.folders()?.into_iter().next());
        }
        let mut folders = self.folders()?.into_iter().skip(1);
        Ok(folders.find(|entry| entry.wire == wire))
    }

    /// Where a folder is.
    pub(super) fn dir(&self, entry: &Entry) -> PathBuf {
        if entry.inside.is_empty() {
            self.root.clone()
        } else {
            self.root.join(format!(".{}", entry.inside))
        }
    }

    /// Makes a folder that is not there. `Ok(false)`: there is one now, or one that the disk takes for the same.
    pub(super) fn create(&self, wire: &[u8], special_use: Option<&str>) -> io::Result<bool> {
        self.make()?;
        let _lock = self.lock()?;
        match self.create_as(name::folder(wire, cfg!(windows)), special_use) {
            Err(error) if disk::refuses_name(&error) => {
                self.create_as(name::folder(wire, true), special_use)
            }
            made => made,
        }
    }

    fn create_as(
        &self,
        (inside, full): (String, String),
        special_use: Option<&str>,
    ) -> io::Result<bool> {
        let dir = self.root.join(format!(".{inside}"));
        disk::private_dir(&dir)?;
        if dir.join("cur").is_dir() {
            return Ok(false);
        }
        if special_use.is_some() || inside != full {
            let path = self.root.join(FOLDERS);
            let mut text = disk::text(&path)?;
            let line = format!("{}\t{inside}\t{full}", special_use.unwrap_or_default());
            let ends = format!("\t{inside}\t{full}");
            let kept: Vec<_> = text
                .lines()
                .filter(|known| !known.ends_with(&ends))
                .collect();
            text = kept.join("\n");
            if !text.is_empty() {
                text.push('\n');
            }
            disk::replace(&path, format!("{text}{line}\n").as_bytes())?;
        }
        self.make_folder(&dir)?;
        Ok(true)
    }

    /// `cur` comes last: with it a folder is there.
    fn make_folder(&self, dir: &Path) -> io::Result<()> {
        disk::private_dir(&dir.join("tmp"))?;
        disk::private_dir(&dir.join("new"))?;
        if dir != self.root {
            let _ = File::create(dir.join(INSIDE))?;
        }
        index::begin(dir)?;
        disk::private_dir(&dir.join("cur"))?;
        disk::sync_dir(dir)?;
        disk::sync_dir(dir.parent().unwrap_or(dir))
    }

    /// The names in the list of subscriptions.
    pub(super) fn subscriptions(&self) -> io::Result<Vec<String>> {
        let text = disk::text(&self.root.join(SUBSCRIPTIONS))?;
        // Newer Dovecots write levels apart, below a line that says so.
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && *line != "V\t2");
        Ok(lines.map(|line| line.replace('\t', ".")).collect())
    }

    pub(super) fn subscribe(&self, entry: &Entry) -> io::Result<()> {
        self.make()?;
        let _lock = self.lock()?;
        let mut lines = self.subscriptions()?;
        if lines.iter().any(|line| line == entry.line()) {
            return Ok(());
        }
        lines.push(entry.line().to_owned());
        let text = lines.join("\n") + "\n";
        disk::replace(&self.root.join(SUBSCRIPTIONS), text.as_bytes())
    }
}
