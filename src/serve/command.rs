//! From the octets of a command to its arguments.
//!
//! A command is one line and the literals it announces. This module cuts arguments (atoms, strings, lists); what they
//! mean is the business of each command. It is lenient about blanks, and strict about quotes and parentheses.

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Bare octets: a number, a flag, `BODY.PEEK[HEADER.FIELDS (To)]<0.10>`, a set, a pattern.
    Atom(Vec<u8>),
    /// A quoted string or a literal.
    Text(Vec<u8>),
    /// A parenthesised list.
    List(Vec<Value>),
}

/// A stretch of a command: octets of its line, or a literal.
#[derive(Debug)]
pub(crate) enum Piece {
    Line(Vec<u8>),
    Literal(Vec<u8>),
}

impl Value {
    /// The octets of an atom or a string.
    pub(crate) fn octets(&self) -> Option<&[u8]> {
        match self {
            Self::Atom(octets) | Self::Text(octets) => Some(octets),
            Self::List(_) => None,
        }
    }

    /// The word in capitals; empty for a list.
    pub(crate) fn word(&self) -> String {
        String::from_utf8_lossy(self.octets().unwrap_or_default()).to_ascii_uppercase()
    }

    pub(crate) fn number(&self) -> Option<u64> {
        std::str::from_utf8(self.octets()?).ok()?.parse().ok()
    }

    pub(crate) fn list(&self) -> Option<&[Value]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }
}

/// The literal a line announces at its end: where the announcement begins, how many octets, and whether the client waits
/// for `+` before it sends them.
pub(crate) fn announced(line: &[u8]) -> Option<(usize, usize, bool)> {
    let inner = line.strip_suffix(b"}")?;
    let open = inner.iter().rposition(|octet| *octet == b'{')?;
    let (digits, waits) = match inner[open + 1..].strip_suffix(b"+") {
        Some(digits) => (digits, false),
        None => (&inner[open + 1..], true),
    };
    let octets = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some((open, octets, waits))
}

/// The tag and the rest of a command line.
pub(crate) fn split_word(line: &[u8]) -> (&[u8], &[u8]) {
    match line.iter().position(|octet| *octet == b' ') {
        Some(blank) => (&line[..blank], &line[blank + 1..]),
        None => (line, &[]),
    }
}

/// The arguments in these pieces, or what is wrong with them.
pub(crate) fn arguments(pieces: &[Piece]) -> Result<Vec<Value>, &'static str> {
    let mut open: Vec<Vec<Value>> = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Piece::Literal(octets) => push(&mut open, Value::Text(octets.clone())),
            Piece::Line(line) => read_line(line, &mut open)?,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(values), true) => Ok(values),
        _ => Err("unclosed parenthesis"),
    }
}

fn read_line(line: &[u8], open: &mut Vec<Vec<Value>>) -> Result<(), &'static str> {
    let mut at = 0;
    while let Some(octet) = line.get(at) {
        match octet {
            b' ' => at += 1,
            b'(' => {
                open.push(Vec::new());
                at += 1;
            }
            b')' => {
                let Some(values) = open.pop().filter(|_| !open.is_empty()) else {
                    return Err("closing parenthesis without an opening one");
                };
                push(open, Value::List(values));
                at += 1;
            }
            b'"' => {
                let (text, length) = quoted(&line[at..])?;
                push(open, Value::Text(text));
                at += length;
            }
            _ => {
                let length = atom_length(&line[at..]);
                push(open, Value::Atom(line[at..at + length].to_vec()));
                at += length;
            }
        }
    }
    Ok(())
}

fn push(open: &mut [Vec<Value>], value: Value) {
    if let Some(values) = open.last_mut() {
        values.push(value);
    }
}

/// The string at the start of `line` and how many octets it took.
fn quoted(line: &[u8]) -> Result<(Vec<u8>, usize), &'static str> {
    let mut text = Vec::new();
    let mut at = 1;
    loop {
        match (line.get(at), line.get(at + 1)) {
            (Some(b'"'), _) => return Ok((text, at + 1)),
            (Some(b'\\'), Some(octet)) => {
                text.push(*octet);
                at += 2;
            }
            (Some(octet), _) => {
                text.push(*octet);
                at += 1;
            }
            (None, _) => return Err("unclosed quote"),
        }
    }
}

fn atom_length(line: &[u8]) -> usize {
    let mut in_section = false;
    for (index, octet) in line.iter().enumerate() {
        match octet {
            // Elsewhere `[` is a character like others: a keyword may begin with it.
            b'[' if is_fetched(&line[..index]) => in_section = true,
            b']' => in_section = false,
            b' ' | b'(' | b')' if !in_section => return index,
            _ => {}
        }
    }
    line.len()
}

/// Whether a section may follow this (RFC 3501, fetch-att).
fn is_fetched(atom: &[u8]) -> bool {
    atom.eq_ignore_ascii_case(b"BODY") || atom.eq_ignore_ascii_case(b"BODY.PEEK")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cut(line: &str) -> Result<Vec<Value>, &'static str> {
        arguments(&[Piece::Line(line.as_bytes().to_vec())])
    }

    fn atom(text: &str) -> Value {
        Value::Atom(text.as_bytes().to_vec())
    }

    #[test]
    fn a_section_with_blanks_is_one_atom() {
        let values = cut("1:* (UID BODY.PEEK[HEADER.FIELDS (To Cc)]<0.10>)").unwrap();
        let items = vec![atom("UID"), atom("BODY.PEEK[HEADER.FIELDS (To Cc)]<0.10>")];
        assert_eq!(values, [atom("1:*"), Value::List(items)]);
    }

    #[test]
    fn quotes_and_backslashes_are_unescaped() {
        assert_eq!(
            cut(r#""a \"b\\c""#).unwrap(),
            [Value::Text(br#"a "b\c"#.to_vec())]
        );
    }

    #[test]
    fn what_is_left_open_is_an_error() {
        for line in ["(a", "a)", "\"a"] {
            assert!(cut(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_literal_is_announced_only_at_the_end_of_the_line() {
        assert_eq!(announced(b"x APPEND a {10+}"), Some((11, 10, false)));
        assert_eq!(announced(b"{3}"), Some((0, 3, true)));
        assert_eq!(announced(b"{3} "), None);
        assert_eq!(announced(b"{+}"), None);
    }
}
