//! LIST, plain and extended (RFC 5258, 5819, 6154), and STATUS.

use std::io;

use super::{Answer, Face, Fault, bad, done, octets};
use crate::archive::account::Entry;
use crate::archive::folder::Folder;
use crate::serve::command::Value;
use crate::serve::string_of;

impl Face {
    /// Lists everything, or one folder by its name; makes nothing, so that whoever only looks leaves no trace.
    pub(super) fn list(&mut self, values: &[Value]) -> Answer {
        let pattern = octets(values.get(1))?;
        let options = values.get(3).and_then(Value::list).unwrap_or_default();
        let status = options.iter().skip_while(|word| word.word() != "STATUS");
        let status = status.skip(1).find_map(Value::list);
        let account = self.account()?;
        let (mut lines, subscriptions) = (Vec::new(), account.subscriptions()?);
        for entry in account.folders()? {
            if pattern != b"*" && pattern != entry.wire {
                continue;
            }
            let mut words: Vec<&str> = entry.special_use.as_deref().into_iter().collect();
            if subscriptions.iter().any(|line| line == entry.line()) {
                words.push("\\Subscribed");
            }
            lines.extend_from_slice(format!("* LIST ({}) \"/\" ", words.join(" ")).as_bytes());
            lines.extend(string_of(&entry.wire));
            lines.extend_from_slice(b"\r\n");
            if let Some(items) = status {
                let folder = match Folder::look(&account.dir(&entry)) {
                    Ok(folder) => Some(folder),
                    // A new account's INBOX, before anything is said of it.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                    // Asked by itself it will say why.
                    Err(_) => continue,
                };
                lines.extend(line(&entry, items, folder.as_ref())?);
            }
        }
        self.wire.put(lines)?;
        Ok(done("LIST"))
    }

    pub(super) fn status(&mut self, values: &[Value]) -> Answer {
        let Some(items) = values.get(1).and_then(Value::list) else {
            return bad("STATUS expects a name and items");
        };
        let entry = self.to_be_opened(values.first())?;
        let folder = self.folder_in(&self.account()?.dir(&entry))?;
        let line = line(&entry, items, Some(&folder))?;
        self.wire.put(line)?;
        Ok(done("STATUS"))
    }
}

/// `* STATUS name (items)`; a folder that is not there yet has no number.
fn line(entry: &Entry, items: &[Value], folder: Option<&Folder>) -> Result<Vec<u8>, Fault> {
    let mut told = Vec::new();
    for item in items {
        let value = match (item.word().as_str(), folder) {
            ("MESSAGES", folder) => folder.map_or(0, |folder| folder.messages.len() as u64),
            ("UIDNEXT", folder) => folder.map_or(1, |folder| folder.head.next.into()),
            ("UIDVALIDITY", Some(folder)) => folder.head.validity.into(),
            ("SIZE", Some(folder)) => {
                let mut octets = 0;
                for message in &folder.messages {
                    octets += folder.size(message)?;
                }
                octets
            }
            ("SIZE", None) => 0,
            ("UIDVALIDITY", None) => continue,
            _ => return bad("Unknown item"),
        };
        told.push(format!("{} {value}", item.word()));
    }
    let name = string_of(&entry.wire);
    let told = format!(" ({})\r\n", told.join(" "));
    Ok([b"* STATUS ", &name[..], told.as_bytes()].concat())
}
