//! APPEND, of one message or of several (RFC 3502): all of them are added, or none.
//!
//! Promises: octets go to the disk as they come; what follows a refusal is passed over, so that the next command is found.

use std::io::Write as _;

use super::{ARGUMENT, Answer, Face, Fault, bad, flags_of, no, octets};
use crate::archive::folder::{self, Draft, Failed};
use crate::serve::command::{self, Piece, Value};
use crate::serve::date;

impl Face {
    pub(super) fn append(&mut self, first: Vec<u8>) -> Answer {
        let mut line = first;
        let (mut head, mut name) = (Vec::new(), None);
        let (mut dir, mut drafts, mut fault) = (None, Vec::new(), None);
        while let Some((open, length, waits)) = command::announced(&line) {
            line.truncate(open);
            head.push(Piece::Line(std::mem::take(&mut line)));
            let values = command::arguments(&head);
            let is_name = name.is_none() && matches!(&values, Ok(values) if values.is_empty());
            let draft = match (&fault, values) {
                _ if is_name => None,
                (Some(_), _) => None,
                (None, Err(wrong)) => Some(bad(wrong)),
                (None, Ok(values)) => {
                    let mut values = values.into_iter();
                    if name.is_none() {
                        name = values.next();
                        dir = self
                            .target(name.as_ref())
                            .map(Some)
                            .unwrap_or_else(|wrong| {
                                fault = Some(wrong);
                                None
                            });
                    }
                    let values: Vec<_> = values.collect();
                    dir.as_deref().map(|dir| begin(dir, &values))
                }
            };
            if waits {
                if let Some(fault) = fault.take() {
                    return Err(fault);
                }
                self.wire.put("+ OK\r\n")?;
            }
            head.clear();
            match draft {
                _ if is_name && length > ARGUMENT => return Err(Fault::Line),
                _ if is_name => head.push(Piece::Literal(self.wire.literal(length)?)),
                Some(Ok((mut draft, mut file))) => {
                    let mut failed = None;
                    self.wire.pass(length as u64, |piece| {
                        if failed.is_none() {
                            failed = file.write_all(piece).err();
                        }
                    })?;
                    draft.end(&file, length as u64);
                    fault = fault.or(failed.map(Fault::Disk));
                    drafts.push(draft);
                }
                other => {
                    fault = fault.or(other.and_then(Result::err));
                    self.wire.pass(length as u64, |_| {})?;
                }
            }
            line = self.wire.line()?;
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        let Some(dir) = dir.filter(|_| !drafts.is_empty() && line.trim_ascii().is_empty()) else {
            return bad("APPEND expects a name and literals");
        };
        match folder::add(self.writer()?, &dir, &drafts) {
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

    /// Where messages for this folder go.
    fn target(&self, name: Option<&Value>) -> Result<std::path::PathBuf, Fault> {
        let account = self.writer()?;
        account.make()?;
        match account.find(octets(name)?)? {
            Some(entry) => Ok(account.dir(&entry)),
            None => no("[TRYCREATE] No such folder"),
        }
    }
}

/// A message with the flags and the date given before its literal.
fn begin(dir: &std::path::Path, values: &[Value]) -> Result<(Draft, std::fs::File), Fault> {
    let (flags, rest) = match values.split_first() {
        Some((Value::List(flags), rest)) => (flags_of(flags)?, rest),
        _ => (Vec::new(), values),
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
