//! UID FETCH: what is known of messages, and their octets.
//!
//! Promises: octets are sent from the file as they are read; a message that has gone meanwhile has no row; one that cannot
//! be read is refused, unless a part of it has been sent: then the connection ends.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use super::{Answer, Face, Fault, bad, done, no, places};
use crate::archive::folder::Folder;
use crate::serve::command::Value;
use crate::serve::section::{Part, Section, header_length};

/// Octets read at once.
const PIECE: usize = 64 << 10;
/// Most octets of a header.
const HEADER: u64 = 4 << 20;

enum Item {
    Flags,
    Date,
    Size,
    Body(Part),
}

impl Face {
    pub(super) fn fetch(&mut self, values: &[Value]) -> Answer {
        let [set, items] = values else {
            return bad("UID FETCH expects a set and items");
        };
        let items = match items {
            Value::List(items) => items_of(items)?,
            one => items_of(std::slice::from_ref(one))?,
        };
        let Some(mut folder) = self.selected.take() else {
            return bad("No folder is open");
        };
        let answer = places(&folder, set).and_then(|places| {
            for at in places {
                self.row(&mut folder, at, &items)?;
            }
            Ok(done("FETCH"))
        });
        self.selected = Some(folder);
        answer
    }

    /// One message's row. Where its file is not found, somebody may have changed its flags, and so its name.
    fn row(&mut self, folder: &mut Folder, at: usize, items: &[Item]) -> Result<(), Fault> {
        let uid = folder.messages[at].uid;
        match self.try_row(folder, at, items) {
            Err(Fault::Disk(error)) if error.kind() == io::ErrorKind::NotFound => {}
            Err(Fault::Disk(error)) => return self.unreadable(uid, error),
            other => return other,
        }
        folder.look_again()?;
        match self.try_row(folder, at, items) {
            Err(Fault::Disk(error)) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(Fault::Disk(error)) => self.unreadable(uid, error),
            other => other,
        }
    }

    /// One message alone is to blame only where the archive itself is still there.
    fn unreadable(&self, uid: u32, error: io::Error) -> Result<(), Fault> {
        if self.words(&error).starts_with("[X-ARCHIVE-MISSING]") {
            return Err(Fault::Disk(error));
        }
        no(&format!("Message {uid} cannot be read: {error}"))
    }

    fn try_row(&mut self, folder: &Folder, at: usize, items: &[Item]) -> Result<(), Fault> {
        let message = &folder.messages[at];
        let mut row = format!("* {} FETCH (UID {}", at + 1, message.uid).into_bytes();
        let mut begun = false;
        for item in items {
            row.push(b' ');
            match item {
                Item::Flags => {
                    let flags = folder.flags(message).join(" ");
                    row.extend_from_slice(format!("FLAGS ({flags})").as_bytes());
                }
                Item::Date => {
                    let date = folder.date(message)?;
                    row.extend_from_slice(format!("INTERNALDATE \"{date:>26}\"").as_bytes());
                }
                Item::Size => {
                    let size = folder.size(message)?;
                    row.extend_from_slice(format!("RFC822.SIZE {size}").as_bytes());
                }
                Item::Body(part) => {
                    let opened = octets_of(&folder.path(message), part);
                    let mut octets = match opened {
                        Err(_) if begun => return Err(Fault::Line),
                        opened => opened?,
                    };
                    begun = true;
                    let label = &part.label;
                    row.extend_from_slice(format!("{label} {{{}}}\r\n", octets.limit()).as_bytes());
                    self.wire.put(std::mem::take(&mut row))?;
                    let mut piece = vec![0; PIECE];
                    while octets.limit() > 0 {
                        match octets.read(&mut piece) {
                            Ok(0) | Err(_) => return Err(Fault::Line),
                            Ok(read) => self.wire.put(&piece[..read])?,
                        }
                    }
                }
            }
        }
        row.extend_from_slice(b")\r\n");
        self.wire.put(row)
    }
}

type Octets = io::Take<Box<dyn io::Read>>;

/// The octets of a file that a part means, and no more than there are.
fn octets_of(path: &std::path::Path, part: &Part) -> io::Result<Octets> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if part.section == Section::Whole {
        let (from, most) = part
            .range
            .map_or((0, length), |(from, most)| (from as u64, most as u64));
        let from = from.min(length);
        let _ = file.seek(SeekFrom::Start(from))?;
        let file: Box<dyn io::Read> = Box::new(file);
        return Ok(file.take(most.min(length - from)));
    }
    let mut header = Vec::new();
    let mut file = file.take(HEADER);
    while header_length(&header) == header.len() {
        let before = header.len();
        let _ = file.by_ref().take(PIECE as u64).read_to_end(&mut header)?;
        if header.len() == before {
            break;
        }
    }
    let octets = part.of(&header).into_owned();
    let length = octets.len() as u64;
    let octets: Box<dyn io::Read> = Box::new(io::Cursor::new(octets));
    Ok(octets.take(length))
}

fn items_of(values: &[Value]) -> Result<Vec<Item>, Fault> {
    let mut items = Vec::new();
    for value in values {
        let word = value.word();
        items.push(match word.as_str() {
            "UID" => continue,
            "FLAGS" => Item::Flags,
            "INTERNALDATE" => Item::Date,
            "RFC822.SIZE" => Item::Size,
            _ => match Part::parse(&word) {
                Some(part) if part.peeks && part.section != Section::Text => Item::Body(part),
                _ => return bad("Unknown item"),
            },
        });
    }
    Ok(items)
}
