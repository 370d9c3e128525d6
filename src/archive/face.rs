//! The archive's IMAP: what the engine, the independent reader and the connection test say, and no more.
//!
//! Promises: one thread for each connection, which ends with it; every refusal says why, by a code of its own where the
//! archive is missing, full or cannot be used (`engine::remedy`); what could not be finished and may be there all the
//! same ends the connection instead of being refused. Deliberately absent: passwords (whoever may open the folder may
//! read it), sequence numbers as arguments, news about what others do but after NOOP.
//!
//! - `append` takes messages · `fetch` gives them · `list` tells of folders · `wire` lines and literals

mod append;
mod fetch;
mod list;
mod wire;

use std::io;
use std::path::PathBuf;
use std::thread;

use tokio::io::DuplexStream;

use super::account::{Absent, Account, Entry};
use super::folder::{self, Folder};
use super::{flag, is_archive, name};
use crate::account::Side;
use crate::serve::command::{self, Piece, Value};
use crate::serve::set::Numbers;
use wire::Wire;

/// The words by which `imap::quirk` knows us.
const GREETING: &str = "Traghetto archive ready";
const CAPABILITIES: &str = "IMAP4rev1 LITERAL+ UIDPLUS MULTIAPPEND NAMESPACE LIST-EXTENDED LIST-STATUS STATUS=SIZE \
                            SPECIAL-USE CREATE-SPECIAL-USE";
/// Most octets of a literal that is no message.
const ARGUMENT: usize = 1 << 20;

/// Speaks to one client, on a thread of its own.
pub(super) fn serve(pipe: DuplexStream, archive: PathBuf, side: Side) -> io::Result<()> {
    let mut face = Face {
        wire: Wire::new(pipe),
        archive,
        side,
        account: None,
        selected: None,
        over: false,
    };
    let thread = thread::Builder::new().name(String::from("archive"));
    let _ends_with_the_connection = thread.spawn(move || {
        let _ = face.converse();
    })?;
    Ok(())
}

struct Face {
    wire: Wire,
    archive: PathBuf,
    side: Side,
    account: Option<Account>,
    selected: Option<Folder>,
    over: bool,
}

/// Why a command did not end well.
enum Fault {
    /// The client is gone, or must not be answered.
    Line,
    /// The disk refused.
    Disk(io::Error),
    /// The answer after the tag.
    Answer(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// What stands after the tag.
type Answer = Result<String, Fault>;

fn no<T>(text: &str) -> Result<T, Fault> {
    Err(Fault::Answer(format!("NO {text}")))
}

fn bad<T>(text: &str) -> Result<T, Fault> {
    Err(Fault::Answer(format!("BAD {text}")))
}

impl Face {
    fn converse(&mut self) -> Result<(), Fault> {
        self.wire
            .put(format!("* OK [CAPABILITY {CAPABILITIES}] {GREETING}\r\n"))?;
        while !self.over {
            let line = self.wire.line()?;
            let (tag, rest) = command::split_word(&line);
            let tag = tag.to_vec();
            let answer = match self.perform(rest) {
                Ok(answer) | Err(Fault::Answer(answer)) => answer,
                Err(Fault::Disk(error)) => format!("NO {}", self.words(&error)),
                Err(Fault::Line) => return Err(Fault::Line),
            };
            self.wire.put(tag)?;
            self.wire.put(format!(" {answer}\r\n"))?;
        }
        self.wire.flush()
    }

    /// What a failure of the disk means, for `engine::remedy`.
    fn words(&self, error: &io::Error) -> String {
        let gone = match self.side {
            Side::Origin => !self.archive.is_dir(),
            Side::Destination => !is_archive(&self.archive),
        };
        let code = match error.kind() {
            _ if gone => "X-ARCHIVE-MISSING",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "X-ARCHIVE-FULL",
            io::ErrorKind::FileTooLarge => "TOOBIG",
            _ => "X-ARCHIVE-STORAGE",
        };
        let one_line = error.to_string().replace(['\r', '\n'], " ");
        format!("[{code}] {}: {one_line}", self.archive.display())
    }

    fn perform(&mut self, line: &[u8]) -> Answer {
        let (verb, rest) = verb_of(line);
        if verb == "APPEND" {
            return self.append(rest.to_vec());
        }
        let values = self.values(rest)?;
        match verb.as_str() {
            "CAPABILITY" => {
                self.wire.put(format!("* CAPABILITY {CAPABILITIES}\r\n"))?;
                Ok(done(&verb))
            }
            "LOGOUT" => {
                self.over = true;
                self.wire.put("* BYE\r\n")?;
                Ok(done(&verb))
            }
            "LOGIN" => self.login(&values),
            "NOOP" => self.noop(),
            "NAMESPACE" => {
                self.wire.put("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n")?;
                Ok(done(&verb))
            }
            "LIST" => self.list(&values),
            "STATUS" => self.status(&values),
            "SELECT" => self.select(&values, true),
            "EXAMINE" => self.select(&values, false),
            "CREATE" => self.create(&values),
            "SUBSCRIBE" => {
                let (account, entry) = (self.writer()?, self.named(values.first())?);
                account.subscribe(&entry)?;
                Ok(done(&verb))
            }
            "UID FETCH" => self.fetch(&values),
            "UID STORE" => self.store(&values),
            _ => bad("Unknown command"),
        }
    }

    /// The arguments of a command, with the literals among them.
    fn values(&mut self, first: &[u8]) -> Result<Vec<Value>, Fault> {
        let (mut pieces, mut line) = (Vec::new(), first.to_vec());
        while let Some((open, octets, waits)) = command::announced(&line) {
            if octets > ARGUMENT {
                return Err(Fault::Line);
            }
            if waits {
                self.wire.put("+ OK\r\n")?;
            }
            line.truncate(open);
            pieces.push(Piece::Line(line));
            pieces.push(Piece::Literal(self.wire.literal(octets)?));
            line = self.wire.line()?;
        }
        pieces.push(Piece::Line(line));
        command::arguments(&pieces).or_else(bad)
    }

    fn login(&mut self, values: &[Value]) -> Answer {
        let Some(Ok(login)) = values.first().and_then(Value::octets).map(str::from_utf8) else {
            return bad("LOGIN expects a name in UTF-8");
        };
        let place = self.archive.display();
        match Account::open(&self.archive, login, self.side) {
            Ok(account) => {
                self.account = Some(account);
                Ok(done("LOGIN"))
            }
            Err(Absent::Archive) => no(&format!("[X-ARCHIVE-MISSING] no archive in {place}")),
            Err(Absent::Account) => no(&format!("[X-ARCHIVE-ACCOUNT] no '{login}' in {place}")),
            Err(Absent::Name) => no(&format!(
                "[X-ARCHIVE-ACCOUNT] no account is named '{login}'"
            )),
        }
    }

    fn noop(&mut self) -> Answer {
        let Some(before) = self.selected.take() else {
            return Ok(done("NOOP"));
        };
        let after = self.folder_in(&before.dir)?;
        if after.head.validity != before.head.validity {
            self.wire.put("* BYE [UNAVAILABLE] numbered anew\r\n")?;
            self.wire.flush()?;
            return Err(Fault::Line);
        }
        let mut left = before.messages.len();
        for (at, message) in before.messages.iter().enumerate().rev() {
            if after.places(message.uid, message.uid).is_empty() {
                left -= 1;
                self.wire.put(format!("* {} EXPUNGE\r\n", at + 1))?;
            }
        }
        if after.messages.len() > left {
            self.wire
                .put(format!("* {} EXISTS\r\n", after.messages.len()))?;
        }
        self.selected = Some(after);
        Ok(done("NOOP"))
    }

    fn select(&mut self, values: &[Value], writes: bool) -> Answer {
        self.selected = None;
        if writes {
            let _ = self.writer()?;
        }
        let entry = self.to_be_opened(values.first())?;
        let folder = self.folder_in(&self.account()?.dir(&entry))?;
        if writes {
            folder::sweep(&folder.dir)?;
        }
        let system: Vec<_> = flag::system().collect();
        let system = system.join(" ");
        let mut keywords = String::new();
        for name in folder.keywords.names() {
            keywords.push(' ');
            keywords.push_str(name);
        }
        self.wire.put(format!(
            "* FLAGS ({system}{keywords})\r\n* OK [PERMANENTFLAGS ({system} \\*)] kept\r\n* {} EXISTS\r\n* 0 RECENT\r\n\
             * OK [UIDVALIDITY {}] numbered\r\n* OK [UIDNEXT {}] next\r\n",
            folder.messages.len(),
            folder.head.validity,
            folder.head.next
        ))?;
        self.selected = Some(folder);
        let access = if writes { "READ-WRITE" } else { "READ-ONLY" };
        Ok(format!("OK [{access}] opened"))
    }

    fn create(&mut self, values: &[Value]) -> Answer {
        let account = self.writer()?;
        let wire = octets(values.first())?;
        if wire.eq_ignore_ascii_case(b"INBOX") || account.find(wire)?.is_some() {
            return no("[ALREADYEXISTS] There is such a folder");
        }
        if !name::is_whole(wire) {
            return no("[CANNOT] A level of the name is empty");
        }
        let special_use = match values.get(1).and_then(Value::list) {
            Some([word, list]) if word.word() == "USE" => {
                let first = list.list().and_then(<[Value]>::first);
                first.and_then(Value::octets).map(String::from_utf8_lossy)
            }
            _ => None,
        };
        let special_use = special_use.filter(|word| !word.contains(char::is_whitespace));
        if account.create(wire, special_use.as_deref())? {
            Ok(done("CREATE"))
        } else if account.find(wire)?.is_some() {
            no("[ALREADYEXISTS] There is such a folder")
        } else {
            no("[CANNOT] Another folder differs in capitals only")
        }
    }

    fn store(&mut self, values: &[Value]) -> Answer {
        let [set, how, flags] = values else {
            return bad("UID STORE expects a set, how, and flags");
        };
        let add = match how.word().as_str() {
            "+FLAGS.SILENT" => true,
            "-FLAGS.SILENT" => false,
            _ => return bad("Only +FLAGS.SILENT and -FLAGS.SILENT"),
        };
        let flags = flags_of(flags.list().unwrap_or_default())?;
        let account = self.writer()?;
        let Some(selected) = &self.selected else {
            return bad("No folder is open");
        };
        let _lock = account.lock()?;
        let mut folder = Folder::look(&selected.dir)?;
        let places = places(&folder, set)?;
        folder.change(&places, |mut held| {
            held.retain(|flag| !flags.contains(flag));
            if add {
                held.extend_from_slice(&flags);
            }
            held
        })?;
        self.selected = Some(folder);
        Ok(done("STORE"))
    }

    fn account(&self) -> Result<&Account, Fault> {
        let absent = || Fault::Answer(String::from("BAD Not logged in"));
        self.account.as_ref().ok_or_else(absent)
    }

    /// The account, where it may be written.
    fn writer(&self) -> Result<&Account, Fault> {
        match self.account()? {
            account if account.writes() => Ok(account),
            _ => no("[CANNOT] As the origin the archive is only read"),
        }
    }

    /// The folder of this name.
    fn named(&self, value: Option<&Value>) -> Result<Entry, Fault> {
        match self.account()?.find(octets(value)?)? {
            Some(entry) => Ok(entry),
            None => no("[NONEXISTENT] No such folder"),
        }
    }

    /// The folder of this name, which is about to be given numbers.
    fn to_be_opened(&self, value: Option<&Value>) -> Result<Entry, Fault> {
        self.account()?.make()?;
        self.named(value)
    }

    fn folder_in(&self, dir: &std::path::Path) -> Result<Folder, Fault> {
        let account = self.account()?;
        Ok(if account.writes() {
            Folder::open(dir, account)?
        } else {
            Folder::look(dir)?
        })
    }
}

/// The places of a set of UIDs in a folder.
fn places(folder: &Folder, set: &Value) -> Result<Vec<usize>, Fault> {
    let last = folder.messages.last().map_or(0, |message| message.uid);
    let Some(numbers) = Numbers::parse(set.octets().unwrap_or_default(), last) else {
        return bad("Invalid set");
    };
    let ranges = numbers.ranges().iter();
    Ok(ranges
        .flat_map(|(from, to)| folder.places(*from, *to))
        .collect())
}

/// Flags in their usual spelling, each once.
fn flags_of(values: &[Value]) -> Result<Vec<String>, Fault> {
    let mut flags: Vec<String> = Vec::new();
    for value in values {
        let given = match value {
            Value::Atom(octets) => str::from_utf8(octets).ok(),
            _ => None,
        };
        let usual = given
            .filter(|given| !given.contains(char::is_control))
            .and_then(flag::usual);
        match usual {
            Some(flag) if flags.contains(&flag) => {}
            Some(flag) => flags.push(flag),
            None => return bad("Invalid flag list"),
        }
    }
    Ok(flags)
}

fn octets(value: Option<&Value>) -> Result<&[u8], Fault> {
    let absent = || Fault::Answer(String::from("BAD A name is expected"));
    value.and_then(Value::octets).ok_or_else(absent)
}

/// The verb in capitals (`UID FETCH` is one verb) and what follows it.
fn verb_of(line: &[u8]) -> (String, &[u8]) {
    let upper = |word: &[u8]| String::from_utf8_lossy(word).to_ascii_uppercase();
    let (first, rest) = command::split_word(line);
    if !first.eq_ignore_ascii_case(b"UID") {
        return (upper(first), rest);
    }
    let (second, rest) = command::split_word(rest);
    (format!("UID {}", upper(second)), rest)
}

fn done(verb: &str) -> String {
    format!("OK {verb} completed")
}
