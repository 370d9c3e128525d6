//! Parts of a message that FETCH can ask for: all of it, header, text, single header fields, and a range of octets.
//!
//! Header and text put together are always the whole message, octet for octet, however broken it is. MIME part numbers
//! are deliberately not known.

use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Whole,
    Header,
    Text,
    /// Some header fields, or all but them.
    Fields {
        names: Vec<String>,
        except: bool,
    },
}

/// One `BODY[…]` item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// What the answer calls it: without `.PEEK`, and with only the start of the range.
    pub(crate) label: String,
    pub(crate) section: Section,
    pub(crate) range: Option<(usize, usize)>,
    /// Whether asking for it leaves `\Seen` alone.
    pub(crate) peeks: bool,
}

impl Part {
    /// Reads an item such as `BODY.PEEK[HEADER]<0.100>` or `RFC822.HEADER`.
    pub(crate) fn parse(item: &str) -> Option<Self> {
        let upper = item.to_ascii_uppercase();
        let whole = |section, peeks| {
            Some(Self {
                label: upper.clone(),
                section,
                range: None,
                peeks,
            })
        };
        match upper.as_str() {
            "RFC822" => return whole(Section::Whole, false),
            "RFC822.HEADER" => return whole(Section::Header, true),
            "RFC822.TEXT" => return whole(Section::Text, false),
            _ => {}
        }
        let (peeks, rest) = match upper.strip_prefix("BODY.PEEK[") {
            Some(rest) => (true, rest),
            None => (false, upper.strip_prefix("BODY[")?),
        };
        let (inside, range) = rest.split_once(']')?;
        let section = match inside {
            "" => Section::Whole,
            "HEADER" => Section::Header,
            "TEXT" => Section::Text,
            _ => fields(inside)?,
        };
        let range = if range.is_empty() {
            None
        } else {
            let (start, length) = range
                .strip_prefix('<')?
                .strip_suffix('>')?
                .split_once('.')?;
            Some((start.parse().ok()?, length.parse().ok()?))
        };
        let label = match range {
            None => format!("BODY[{inside}]"),
            Some((start, _)) => format!("BODY[{inside}]<{start}>"),
        };
        Some(Self {
            label,
            section,
            range,
            peeks,
        })
    }

    /// The octets of a message that this item means.
    pub(crate) fn of<'a>(&self, body: &'a [u8]) -> Cow<'a, [u8]> {
        let split = header_length(body);
        let octets = match &self.section {
            Section::Whole => Cow::Borrowed(body),
            Section::Header => Cow::Borrowed(&body[..split]),
            Section::Text => Cow::Borrowed(&body[split..]),
            Section::Fields { names, except } => {
                Cow::Owned(chosen_fields(&body[..split], names, *except))
            }
        };
        let Some((start, length)) = self.range else {
            return octets;
        };
        let start = start.min(octets.len());
        let end = start.saturating_add(length).min(octets.len());
        match octets {
            Cow::Borrowed(octets) => Cow::Borrowed(&octets[start..end]),
            Cow::Owned(octets) => Cow::Owned(octets[start..end].to_vec()),
        }
    }
}

/// How many octets the header takes, the empty line after it included.
pub(crate) fn header_length(body: &[u8]) -> usize {
    let mut at = 0;
    while let Some(end) = body[at..].iter().position(|octet| *octet == b'\n') {
        let line = &body[at..at + end];
        at += end + 1;
        if line.is_empty() || line == b"\r" {
            return at;
        }
    }
    body.len()
}

/// The fields of a header, each with its folded lines and its line ends.
pub(crate) fn header_fields(header: &[u8]) -> Vec<&[u8]> {
    let mut fields = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in header.split_inclusive(|octet| *octet == b'\n') {
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        if !folded && at > start {
            fields.push(&header[start..at]);
            start = at;
        }
        at += line.len();
    }
    if at > start {
        fields.push(&header[start..at]);
    }
    fields.retain(|field| field.iter().any(|octet| !matches!(octet, b'\r' | b'\n')));
    fields
}

/// The name of a field, in capitals.
pub(crate) fn field_name(field: &[u8]) -> String {
    let end = field
        .iter()
        .position(|octet| *octet == b':')
        .unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end])
        .trim()
        .to_ascii_uppercase()
}

fn fields(inside: &str) -> Option<Section> {
    let (keyword, names) = inside.split_once(' ')?;
    let except = match keyword {
        "HEADER.FIELDS" => false,
        "HEADER.FIELDS.NOT" => true,
        _ => return None,
    };
    let names = names
        .strip_prefix('(')?
        .strip_suffix(')')?
        .split_whitespace();
    Some(Section::Fields {
        names: names
            .map(|name| name.trim_matches('"').to_owned())
            .collect(),
        except,
    })
}

fn chosen_fields(header: &[u8], names: &[String], except: bool) -> Vec<u8> {
    let mut chosen: Vec<u8> = header_fields(header)
        .into_iter()
        .filter(|field| names.contains(&field_name(field)) != except)
        .flatten()
        .copied()
        .collect();
    chosen.extend_from_slice(b"\r\n");
    chosen
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const MAIL: &[u8] = b"From: a\r\nSubject: one\r\n two\r\nTo: b\r\n\r\nText\r\n";

    fn part(item: &str) -> Part {
        Part::parse(item).unwrap()
    }

    #[test]
    fn header_and_text_are_the_whole_message_however_broken_it_is() {
        for mail in [
            MAIL,
            b"",
            b"no header",
            b"\r\nonly text",
            b"a: b\n\ntext",
            b"\n",
        ] {
            let both = [
                &*part("BODY[HEADER]").of(mail),
                &*part("BODY[TEXT]").of(mail),
            ]
            .concat();
            assert_eq!(both, mail);
        }
    }

    #[test]
    fn single_fields_keep_their_folded_lines() {
        let chosen = part("BODY.PEEK[HEADER.FIELDS (subject)]");
        assert_eq!(&*chosen.of(MAIL), b"Subject: one\r\n two\r\n\r\n");
        assert_eq!(chosen.label, "BODY[HEADER.FIELDS (SUBJECT)]");
        assert_eq!(
            &*part("BODY[HEADER.FIELDS.NOT (Subject)]").of(MAIL),
            b"From: a\r\nTo: b\r\n\r\n"
        );
    }

    #[test]
    fn a_range_beyond_the_end_is_cut_short() {
        assert_eq!(&*part("BODY[]<0.4>").of(MAIL), b"From");
        assert_eq!(&*part("BODY.PEEK[TEXT]<2.100>").of(MAIL), b"xt\r\n");
        assert_eq!(&*part("BODY[]<900.4>").of(MAIL), b"");
        assert_eq!(part("BODY.PEEK[]<7.4>").label, "BODY[]<7>");
        assert_eq!(Part::parse("BODY[1.MIME]"), None);
    }
}
