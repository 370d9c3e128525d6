//! Folder names: what goes on the wire, what a person reads, and the way between the two.
//!
//! A folder's identity is its octets on the wire. Between those and text stands modified UTF-7 (RFC 3501 5.1.3),
//! written here because it must be total and reversible: no octets make it panic, and a name is shown as text only
//! when writing that text again gives the same octets. Every other name is kept raw and shown escaped, so that it
//! can still be opened.
//!
//! It does not choose names for the destination (`engine::folder` does), and it knows no connection.

use std::fmt;
use std::fmt::Write as _;

/// The name of a folder, exactly as one server writes it.
///
/// Equality and order are those of the octets; only [`FolderName::is_inbox`] looks away from the case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderName {
    raw: Vec<u8>,
}

impl FolderName {
    /// The name the server sent, after quotes or literal were taken off.
    pub fn from_wire(raw: &[u8]) -> Self {
        Self { raw: raw.to_vec() }
    }

    /// The name that shows as `text`.
    pub fn from_text(text: &str) -> Self {
        Self {
            raw: encode(text).into_bytes(),
        }
    }

    /// The octets to send; see [`astring`] for how to quote them.
    pub fn wire(&self) -> &[u8] {
        &self.raw
    }

    /// The name for people: decoded, or escaped (`\xE0`) when it does not decode.
    pub fn text(&self) -> String {
        match decode(&self.raw) {
            Decoded::Text(text) | Decoded::Escaped(text) => text,
        }
    }

    /// The best guess at what its author meant, for making a *new* name out of this one.
    ///
    /// Unlike [`FolderName::text`] it reads 8-bit names as UTF-8 (or Latin-1) and forgives sloppy UTF-7, so two
    /// different names may come out equal.
    pub fn guess(&self) -> String {
        match decode(&self.raw) {
            Decoded::Text(text) => text,
            Decoded::Escaped(_) if self.raw.is_ascii() => loose(&self.raw)
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| self.raw.iter().copied().map(char::from).collect()),
            Decoded::Escaped(_) => match std::str::from_utf8(&self.raw) {
                Ok(text) => text.to_owned(),
                Err(_) => self.raw.iter().copied().map(char::from).collect(),
            },
        }
    }

    /// Whether the name decodes to text and back without a difference.
    pub fn is_clean(&self) -> bool {
        matches!(decode(&self.raw), Decoded::Text(_))
    }

    /// Whether this is the one folder every mailbox has, in whatever case the server spells it (RFC 3501 5.1).
    pub fn is_inbox(&self) -> bool {
        self.raw.eq_ignore_ascii_case(b"INBOX")
    }

    /// The components between separators, empty ones included; the whole name where there is no hierarchy.
    ///
    /// A clean name is split as text, so that a separator such as `,` or `+` is never found inside the encoding of
    /// another character.
    pub fn split(&self, separator: Option<u8>) -> Vec<FolderName> {
        let Some(separator) = separator else {
            return vec![self.clone()];
        };
        match decode(&self.raw) {
            Decoded::Text(text) => text
                .split(char::from(separator))
                .map(Self::from_text)
                .collect(),
            Decoded::Escaped(_) => self
                .raw
                .split(|&octet| octet == separator)
                .map(Self::from_wire)
                .collect(),
        }
    }
}

impl fmt::Display for FolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for FolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FolderName({})", escape(&self.raw))
    }
}

/// What [`decode`] made of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Text that [`encode`] turns back into the same octets.
    Text(String),
    /// No such text exists; these are the octets made printable.
    Escaped(String),
}

/// Reads a name in modified UTF-7.
pub fn decode(wire: &[u8]) -> Decoded {
    match loose(wire) {
        Some(text) if encode(&text).as_bytes() == wire => Decoded::Text(text),
        _ => Decoded::Escaped(escape(wire)),
    }
}

/// Writes a name in modified UTF-7; the only way of writing it that [`decode`] accepts.
pub fn encode(text: &str) -> String {
    let mut wire = String::with_capacity(text.len());
    let mut shifted: Vec<u16> = Vec::new();
    for c in text.chars() {
        if is_direct(c) {
            shift_out(&mut shifted, &mut wire);
            wire.push(c);
            if c == '&' {
                wire.push('-');
            }
        } else {
            shifted.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
    shift_out(&mut shifted, &mut wire);
    wire
}

/// How octets are put into a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Astring {
    /// Send this, quotes included.
    Quoted(Vec<u8>),
    /// A quoted string cannot carry them: announce a literal and send the octets themselves.
    Literal,
}

/// Decides how to send `octets` as an IMAP `astring` (RFC 3501 9); always quoted or a literal, never a bare atom.
pub fn astring(octets: &[u8]) -> Astring {
    if octets
        .iter()
        .any(|octet| matches!(octet, 0 | b'\r' | b'\n' | 0x80..))
    {
        return Astring::Literal;
    }
    let mut quoted = Vec::with_capacity(octets.len() + 2);
    quoted.push(b'"');
    for &octet in octets {
        if matches!(octet, b'"' | b'\\') {
            quoted.push(b'\\');
        }
        quoted.push(octet);
    }
    quoted.push(b'"');
    Astring::Quoted(quoted)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

fn is_direct(c: char) -> bool {
    matches!(c, ' '..='~')
}

fn shift_out(units: &mut Vec<u16>, wire: &mut String) {
    if units.is_empty() {
        return;
    }
    wire.push('&');
    let (mut bits, mut held) = (0_u32, 0_u32);
    for unit in units.drain(..) {
        bits = (bits << 16) | u32::from(unit);
        held += 16;
        while held >= 6 {
            held -= 6;
            wire.push(sextet(bits >> held));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        wire.push(sextet(bits << (6 - held)));
    }
    wire.push('-');
}

fn sextet(bits: u32) -> char {
    char::from(ALPHABET[(bits & 63) as usize])
}

/// Decodes whatever has a meaning, canonical or not: missing final `-`, leftover bits, needless shifts.
fn loose(wire: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(wire.len());
    let mut rest = wire;
    while let [octet, tail @ ..] = rest {
        rest = tail;
        if *octet != b'&' {
            if !is_direct(char::from(*octet)) {
                return None;
            }
            text.push(char::from(*octet));
            continue;
        }
        let end = rest
            .iter()
            .position(|&octet| octet == b'-')
            .unwrap_or(rest.len());
        let (shifted, after) = rest.split_at(end);
        if shifted.is_empty() {
            text.push('&');
        } else {
            text.push_str(&unshift(shifted)?);
        }
        rest = after.get(1..).unwrap_or_default();
    }
    Some(text)
}

fn unshift(shifted: &[u8]) -> Option<String> {
    let mut units = Vec::with_capacity(shifted.len() * 6 / 16);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for octet in shifted {
        let value = ALPHABET.iter().position(|known| known == octet)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf16(&units).ok()
}

fn escape(wire: &[u8]) -> String {
    let mut shown = String::with_capacity(wire.len() + 8);
    for &octet in wire {
        if is_direct(char::from(octet)) && octet != b'\\' {
            shown.push(char::from(octet));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(shown, "\\x{octet:02X}");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, wire: &str) {
        assert_eq!(encode(text), wire);
        assert_eq!(decode(wire.as_bytes()), Decoded::Text(text.to_owned()));
    }

    #[test]
    fn known_names_go_both_ways() {
        check("INBOX", "INBOX");
        check("", "");
        check("Attività", "Attivit&AOA-");
        check("R&D", "R&-D");
        check("&", "&-");
        check("&&", "&-&-");
        check("Entwürfe", "Entw&APw-rfe");
        check("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        check("😀", "&2D3eAA-");
        check("à è", "&AOA- &AOg-");
        check("tab\there", "tab&AAk-here");
    }

    #[test]
    fn what_is_not_canonical_is_shown_escaped_and_kept() {
        for wire in [
            &b"&a-"[..],
            b"&",
            b"a&AOA",
            b"&AOA-&AOg-",
            b"&AGE-",
            b"&2D0-",
            b"&AOB-",
            b"Attivit\xc3\xa0",
            b"Attivit\xe0",
            b"nul\0",
            b"tab\t",
        ] {
            let name = FolderName::from_wire(wire);
            assert!(!name.is_clean(), "{name:?}");
            assert_eq!(name.wire(), wire);
        }
        assert_eq!(FolderName::from_wire(b"Attivit\xe0").text(), r"Attivit\xE0");
        assert_eq!(FolderName::from_wire(b"&a-").text(), "&a-");
    }

    #[test]
    fn a_guess_is_made_where_text_would_be_escaped() {
        assert_eq!(
            FolderName::from_wire(b"Attivit\xc3\xa0").guess(),
            "Attività"
        );
        assert_eq!(FolderName::from_wire(b"Attivit\xe0").guess(), "Attività");
        assert_eq!(FolderName::from_wire(b"&AOA-&AOg-").guess(), "àè");
        assert_eq!(FolderName::from_wire(b"&a-").guess(), "&a-");
        assert_eq!(FolderName::from_wire(b"&?-").guess(), "&?-");
    }

    #[test]
    fn inbox_has_no_case() {
        assert!(FolderName::from_wire(b"inBox").is_inbox());
        assert!(!FolderName::from_wire(b"INBOX.a").is_inbox());
    }

    #[test]
    fn a_separator_is_not_found_inside_an_encoded_character() {
        let parts = |text: &str, separator| -> Vec<String> {
            FolderName::from_text(text)
                .split(Some(separator))
                .iter()
                .map(FolderName::text)
                .collect()
        };
        assert_eq!(parts("a/b//c", b'/'), ["a", "b", "", "c"]);
        assert_eq!(encode("台"), "&U,A-");
        assert_eq!(parts("台,a", b','), ["台", "a"]);
        assert_eq!(
            FolderName::from_wire(b"a.b").split(None),
            [FolderName::from_wire(b"a.b")]
        );
        assert_eq!(
            FolderName::from_wire(b"\xe0.b").split(Some(b'.')),
            [FolderName::from_wire(b"\xe0"), FolderName::from_wire(b"b")]
        );
    }

    #[test]
    fn names_are_quoted_or_become_literals() {
        assert_eq!(
            astring(b"a \"b\" \\c"),
            Astring::Quoted(br#""a \"b\" \\c""#.to_vec())
        );
        assert_eq!(astring(b""), Astring::Quoted(b"\"\"".to_vec()));
        for octets in [&b"\xe0"[..], b"a\r", b"a\n", b"\0"] {
            assert_eq!(astring(octets), Astring::Literal);
        }
    }

    proptest! {
        #[test]
        fn no_octets_make_it_panic(wire: Vec<u8>) {
            let name = FolderName::from_wire(&wire);
            let _ = (name.text(), name.guess(), name.split(Some(b'.')), astring(&wire));
            prop_assert_eq!(name.wire(), &wire[..]);
        }

        #[test]
        fn printable_octets_decode_or_stay(wire in "[&a-zA-Z,+ -]{0,20}") {
            if let Decoded::Text(text) = decode(wire.as_bytes()) {
                prop_assert_eq!(encode(&text), wire);
            }
        }

        #[test]
        fn every_text_comes_back(text: String) {
            prop_assert_eq!(decode(encode(&text).as_bytes()), Decoded::Text(text));
        }

        #[test]
        fn components_join_to_the_name(text: String) {
            let name = FolderName::from_text(&text);
            let parts: Vec<String> = name.split(Some(b'/')).iter().map(FolderName::text).collect();
            prop_assert_eq!(parts.join("/"), text);
        }
    }
}
