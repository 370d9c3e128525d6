//! APPEND, of one message or of several (RFC 3502): all of them are added, or none.
//!
//! Promises: octets go to the disk as they come; what follows a refusal is passed over, so that the next command is found.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{ARGUMENT, Answer, Face, Fault, bad, flags_of, no, octets};
use crate::archive::folder::{self, Draft, Failed};
use crate::serve::command::{self, Piece, Value};
use crate::serve::date;

/// What has come of the command so far.
#[derive(Default)]
struct Batch {
    /// The folder, once it was named.
    dir: Option<PathBuf>,
    drafts: Vec<Draft>,
}

impl Face {
    pub(super) fn append(&mut self, first: Vec<u8>) -> Answer {
        let (mut line, mut head) = (first, Vec::new());
        let (mut batch, mut fault) = (Batch::default(), None);
        while let Some((open, length, waits)) = command::announced(&line) {
            line.truncate(open);
            let is_name = batch.dir.is_none() && head.is_empty() && line.trim_ascii().is_empty();
            head.push(Piece::Line(line));
            let mut draft = None;
            if fault.is_none() && !is_name {
                match self.begin(&mut batch, &head) {
                    Ok(begun) => draft = Some(begun),
                    Err(wrong) => fault = Some(wrong),
                }
            }
            if waits {
                if let Some(fault) = fault {
                    return Err(fault);
                }
                self.wire.put("+ OK\r\n")?;
            }
            match draft {
                Some((mut draft, mut file)) => {
                    let mut failed = None;
                    self.wire.pass(length as u64, |piece| {
                        if failed.is_none() {
                            failed = file.write_all(piece).err();
                        }
                    })?;
                    draft.end(&file, length as u64);
                    batch.drafts.push(draft);
                    fault = failed.map(Fault::Disk);
                    head.clear();
                }
                None if fault.is_some() => self.wire.pass(length as u64, |_| {})?,
                None if length > ARGUMENT => return Err(Fault::Line),
                None => head.push(Piece::Literal(self.wire.literal(length)?)),
            }
            line = self.wire.line()?;
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        match batch.dir {
            Some(dir) if line.trim_ascii().is_empty() => self.add(&dir, &batch.drafts),
            _ => bad("APPEND expects a name and literals"),
        }
    }

    /// A message with the flags and the date given before its literal; before the first one also the name.
    fn begin(&self, batch: &mut Batch, head: &[Piece]) -> Result<(Draft, File), Fault> {
        let values = command::arguments(head).or_else(bad)?;
        let mut rest = &values[..];
        let dir = if let Some(dir) = &batch.dir {
            dir
        } else {
            let name = rest.split_off_first();
            batch.dir.insert(self.target(name)?)
        };
        let flags = match rest.split_first() {
            Some((Value::List(flags), after)) => {
                rest = after;
                flags_of(flags)?
            }
            _ => Vec::new(),
        };
        let date = match rest {
            [] => date::now(),
            [Value::Text(octets)] => match date::date_of(octets) {
                Some(date) => date,
                None => return bad("Invalid date-time"),
            },
            _ => return bad("Invalid arguments"),
        };
        Ok(Draft::begin(dir, flags, date)?)
    }

    /// Where messages for this folder go.
    fn target(&self, name: Option<&Value>) -> Result<PathBuf, Fault> {
        let account = self.writer()?;
        account.make()?;
        match account.find(octets(name)?)? {
            Some(entry) => Ok(account.dir(&entry)),
            None => no("[TRYCREATE] No such folder"),
        }
    }

    fn add(&mut self, dir: &Path, drafts: &[Draft]) -> Answer {
        match folder::add(self.writer()?, dir, drafts) {
            Ok(head) => {
                let last = head.next + u32::try_from(drafts.len()).unwrap_or(1) - 1;
                let uids = format!("{}:{last}", head.next);
                Ok(format!("OK [APPENDUID {} {uids}] added", head.validity))
            }
            Err(Failed::Refused(error)) => Err(Fault::Disk(error)),
            Err(Failed::Unknown(error)) => {
                // To refuse what may be there would bring it twice: whoever asks again will look for it.
                let words = self.words(&error);
                self.wire.put(format!("* BYE {words}\r\n"))?;
                self.wire.flush()?;
                Err(Fault::Line)
            }
        }
    }
}
