//! Whether two messages are the same once their transfer encodings are undone.
//!
//! The whole message is accounted for: the header of every part, its decoded octets, and whatever stands outside the
//! parts. Only the writing of Content-Type, Content-Transfer-Encoding, boundaries, line ends and blank lines between
//! parts is free. What cannot be decoded without doubt is not the same.
//!
//! The parts of both messages are decoded into memory.

use std::ops::Range;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, PartType};

use super::header::{Field, fields};
use super::normal::normalise;

/// Whether both messages hold the same MIME parts; the copy may have more header fields at its top.
pub(super) fn same_parts(original: &[u8], copy: &[u8], learned: &[String]) -> bool {
    let parser = MessageParser::default();
    let (Some(original), Some(copy)) = (parser.parse(original), parser.parse(copy)) else {
        return false;
    };
    let (Some(original), Some(copy)) =
        (Content::of(&original, learned), Content::of(&copy, learned))
    else {
        return false;
    };
    original.outside == copy.outside
        && original.parts.len() == copy.parts.len()
        && original
            .parts
            .iter()
            .zip(&copy.parts)
            .enumerate()
            .all(|(at, (old, new))| old.same_header(new, at == 0) && old.same_content(new))
}

/// A message taken apart.
#[derive(Default)]
struct Content {
    /// Every part, in order, nested ones after what holds them.
    parts: Vec<Part>,
    /// Text before, between and after the parts, which mail programs do not show but senders wrote.
    outside: Vec<Vec<u8>>,
}

impl Content {
    /// `None` when the message is not to be trusted.
    fn of(message: &Message<'_>, learned: &[String]) -> Option<Self> {
        let mut content = Self::default();
        content.collect(message, 0..message.raw_message.len(), learned)?;
        Some(content)
    }

    /// Takes the message that is written in `span` of its raw octets.
    fn collect(
        &mut self,
        message: &Message<'_>,
        span: Range<usize>,
        learned: &[String],
    ) -> Option<()> {
        let raw = &message.raw_message;
        let mut covered: Vec<Range<usize>> = Vec::new();
        for (at, part) in message.parts.iter().enumerate() {
            let [start, body, end] = [part.offset_header, part.offset_body, part.offset_end]
                .map(|offset| offset as usize);
            let (header, body_octets) = (raw.get(start..body)?, raw.get(body..end)?);
            // Only the message's own header has fields that servers add.
            let top = at == 0 && self.parts.is_empty();
            let header = normalise(header, if top { learned } else { &[] });
            let (octets, children) = match &part.body {
                PartType::Multipart(children) => (None, children.len()),
                PartType::Message(_) => (None, 1),
                _ => (Some(decoded(part.encoding, body_octets)?), 0),
            };
            let multipart = matches!(part.body, PartType::Multipart(_));
            covered.push(start..if multipart { body } else { end });
            self.parts
                .push(Part::new(&fields(&header), octets, part.encoding, children));
            if let PartType::Message(nested) = &part.body {
                let in_place = std::ptr::eq(nested.raw_message.as_ptr(), raw.as_ptr());
                let span = if in_place {
                    body..end
                } else {
                    0..nested.raw_message.len()
                };
                self.collect(nested, span, &[])?;
            }
        }
        covered.sort_by_key(|range| (range.start, range.end));
        let mut at = span.start;
        for range in covered
            .into_iter()
            .chain(std::iter::once(span.end..span.end))
        {
            self.set_aside(raw.get(at..range.start.max(at))?);
            at = at.max(range.end);
        }
        Some(())
    }

    /// Keeps the lines that are neither blank nor a boundary.
    fn set_aside(&mut self, octets: &[u8]) {
        let text = lines(octets).map(<[u8]>::trim_ascii_end);
        let text = text.filter(|line| !line.is_empty() && !line.starts_with(b"--"));
        self.outside.extend(text.map(<[u8]>::to_vec));
    }
}

struct Part {
    kind: String,
    fields: Vec<(String, Vec<u8>)>,
    /// Decoded octets; none for a part that only holds others.
    content: Option<Vec<u8>>,
    base64: bool,
    children: usize,
}

impl Part {
    fn new(
        fields: &[Field<'_>],
        content: Option<Vec<u8>>,
        encoding: Encoding,
        children: usize,
    ) -> Self {
        let others = fields
            .iter()
            .filter(|field| !field.is("Content-Type") && !field.is("Content-Transfer-Encoding"));
        Self {
            kind: kind(fields),
            fields: others
                .map(|field| (field.name.clone(), field.octets.to_vec()))
                .collect(),
            content,
            base64: encoding == Encoding::Base64,
            children,
        }
    }

    fn same_header(&self, copy: &Self, top: bool) -> bool {
        if self.kind != copy.kind || self.children != copy.children {
            return false;
        }
        if top {
            let mut rest = copy.fields.iter();
            self.fields
                .iter()
                .all(|field| rest.any(|other| other == field))
        } else {
            self.fields == copy.fields
        }
    }

    fn same_content(&self, copy: &Self) -> bool {
        match (&self.content, &copy.content) {
            (None, None) => true,
            (Some(old), Some(new)) if old == new => true,
            // Base64 is exact; every other encoding lets the server choose the line ends.
            (Some(old), Some(new)) if !(self.base64 && copy.base64) => lines(old).eq(lines(new)),
            _ => false,
        }
    }
}

fn decoded(encoding: Encoding, body: &[u8]) -> Option<Vec<u8>> {
    match encoding {
        Encoding::None => Some(body.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::Base64 => base64_decode(body),
    }
}

/// Lines without their ends; an unfinished last line counts like a finished one.
fn lines(octets: &[u8]) -> impl Iterator<Item = &[u8]> {
    octets
        .strip_suffix(b"\n")
        .unwrap_or(octets)
        .split(|&octet| octet == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// The Content-Type without what is mere writing: case, folding, order, quotes, the boundary, the default.
fn kind(fields: &[Field<'_>]) -> String {
    let Some(value) = fields
        .iter()
        .find(|field| field.is("Content-Type"))
        .map(Field::value)
    else {
        return "text/plain".to_owned();
    };
    let mut pieces = parameters(&value).into_iter();
    let kind = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let mut parameters: Vec<String> = pieces
        .filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim();
            let value = value
                .strip_prefix('"')
                .and_then(|value| value.strip_suffix('"'))
                .unwrap_or(value);
            let value = if name == "charset" {
                value.to_ascii_lowercase()
            } else {
                value.to_owned()
            };
            let default = kind == "text/plain" && name == "charset" && value == "us-ascii";
            (name != "boundary" && !default).then(|| format!("{name}={value}"))
        })
        .collect();
    parameters.sort();
    std::iter::once(kind)
        .chain(parameters)
        .collect::<Vec<_>>()
        .join(";")
}

/// Cuts at the semicolons outside quotes.
fn parameters(value: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in value.chars() {
        if c == ';' && !quoted {
            pieces.push(String::new());
            continue;
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && quoted && !escaped;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.iter().map(|piece| piece.trim().to_owned()).collect()
}
