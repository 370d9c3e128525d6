//! What a FETCH asks for, and how one row of the answer is written.

use super::change::flags_on_wire;
use super::config::Config;
use super::envelope::envelope;
use super::store::Mail;
use super::wire::Wire;
use crate::serve::command::Value;
use crate::serve::section::Part;
use std::io;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Uid,
    Flags,
    Date,
    Size,
    ModSeq,
    Envelope,
    Body(Part),
}

/// The items of a FETCH, in the order in which they are answered.
#[derive(Clone, Debug)]
pub(super) struct Items(Vec<Item>);

impl Items {
    /// Reads one item, a macro, or a list of items; `Err` is the reply.
    pub(super) fn parse(value: &Value, config: &Config) -> Result<Self, String> {
        let values = match value {
            Value::List(values) => &values[..],
            single => std::slice::from_ref(single),
        };
        let mut items = Vec::new();
        for value in values {
            let word = String::from_utf8_lossy(value.octets().unwrap_or_default()).into_owned();
            match word.to_ascii_uppercase().as_str() {
                "UID" => items.push(Item::Uid),
                "FLAGS" => items.push(Item::Flags),
                "INTERNALDATE" => items.push(Item::Date),
                "RFC822.SIZE" => items.push(Item::Size),
                "ENVELOPE" => items.push(Item::Envelope),
                "MODSEQ" if config.knows("CONDSTORE") => items.push(Item::ModSeq),
                "FAST" => items.extend([Item::Flags, Item::Date, Item::Size]),
                "ALL" => items.extend([Item::Flags, Item::Date, Item::Size, Item::Envelope]),
                _ => items.push(Item::Body(
                    Part::parse(&word).ok_or_else(|| format!("BAD Unknown item {word}"))?,
                )),
            }
        }
        Ok(Self(items))
    }

    /// Adds an item that is answered though it was not asked for.
    pub(super) fn with(mut self, item: Item) -> Self {
        if !self.0.contains(&item) {
            self.0.insert(0, item);
        }
        self
    }

    /// Puts UID first, as most servers do, or last.
    pub(super) fn with_uid_at(mut self, last: bool) -> Self {
        self.0.sort_by_key(|item| (*item == Item::Uid) == last);
        self
    }

    /// Whether octets of messages are asked for.
    pub(super) fn have_bodies(&self) -> bool {
        self.0.iter().any(|item| matches!(item, Item::Body(_)))
    }

    /// Whether answering marks the messages as seen.
    pub(super) fn mark_seen(&self) -> bool {
        self.0
            .iter()
            .any(|item| matches!(item, Item::Body(part) if !part.peeks))
    }

    /// Writes the row of one message; `whole` is false when the connection is to break in the middle of its body.
    pub(super) async fn write(
        &self,
        wire: &mut Wire,
        number: usize,
        mail: &Mail,
        whole: bool,
    ) -> io::Result<()> {
        let mut row = format!("* {number} FETCH (").into_bytes();
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                row.push(b' ');
            }
            match item {
                Item::Uid => row.extend(format!("UID {}", mail.uid).into_bytes()),
                Item::Flags => {
                    row.extend([b"FLAGS (", &flags_on_wire(&mail.flags)[..], b")"].concat());
                }
                Item::Date => {
                    row.extend(format!("INTERNALDATE \"{}\"", mail.internal_date).into_bytes());
                }
                Item::Size => row.extend(format!("RFC822.SIZE {}", mail.body.len()).into_bytes()),
                Item::ModSeq => row.extend(format!("MODSEQ ({})", mail.modseq).into_bytes()),
                Item::Envelope => row.extend([b"ENVELOPE ", &envelope(&mail.body)[..]].concat()),
                Item::Body(part) => {
                    let octets = part.of(&mail.body);
                    row.extend(format!("{} {{{}}}\r\n", part.label, octets.len()).into_bytes());
                    wire.put(std::mem::take(&mut row)).await?;
                    if !whole {
                        wire.put_body(&octets[..octets.len() / 2]).await?;
                        return Err(wire.close().await);
                    }
                    wire.put_body(&octets).await?;
                }
            }
        }
        row.extend_from_slice(b")\r\n");
        wire.put(row).await
    }
}
