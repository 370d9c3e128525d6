//! The words of a response line, for the responses imap-proto cannot take whole (LIST, STATUS, NAMESPACE …).
//!
//! Promises: total over any octets; quoted strings and literals come out exactly as meant, 8-bit included.
//! Deliberately absent: meaning.

use std::borrow::Cow;

/// Deepest nesting of parentheses.
const DEPTH_LIMIT: usize = 40;

/// One word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Bare octets.
    Atom(&'a [u8]),
    /// A quoted string or a literal: never a keyword.
    Text(Cow<'a, [u8]>),
    /// A parenthesised list.
    List(Vec<Token<'a>>),
}

impl<'a> Token<'a> {
    /// The octets of an atom or string; nothing for a list.
    pub(crate) fn octets(&self) -> &[u8] {
        match self {
            Self::Atom(octets) => octets,
            Self::Text(octets) => octets,
            Self::List(_) => &[],
        }
    }

    /// The octets as text, as well as they go.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.octets())
    }

    /// The number an atom spells.
    pub(crate) fn number(&self) -> Option<u64> {
        std::str::from_utf8(self.octets()).ok()?.parse().ok()
    }

    /// The members of a list.
    pub(crate) fn list(&self) -> Option<&[Token<'a>]> {
        match self {
            Self::List(members) => Some(members),
            _ => None,
        }
    }

    /// Whether this is the bare word `NIL`.
    pub(crate) fn is_nil(&self) -> bool {
        matches!(self, Self::Atom(word) if word.eq_ignore_ascii_case(b"NIL"))
    }

    /// Whether this is that bare word, in any case.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Atom(atom) if atom.eq_ignore_ascii_case(word.as_bytes()))
    }
}

/// The words of a line (literals in place, as `wire` keeps them); `None` where it does not hang together.
pub(crate) fn tokens(line: &[u8]) -> Option<Vec<Token<'_>>> {
    let line = line.strip_suffix(b"\r\n").unwrap_or(line);
    let mut rest = line;
    let out = list(&mut rest, 0)?;
    rest.is_empty().then_some(out)
}

fn list<'a>(rest: &mut &'a [u8], depth: usize) -> Option<Vec<Token<'a>>> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    let mut out = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        match first {
            b' ' => *rest = after,
            b')' => break,
            b'(' => {
                *rest = after;
                let members = list(rest, depth + 1)?;
                *rest = rest.strip_prefix(b")")?;
                out.push(Token::List(members));
            }
            b'"' => {
                *rest = after;
                out.push(Token::Text(quoted(rest)?));
            }
            b'{' => {
                let end = rest.windows(3).position(|three| three == b"}\r\n")?;
                let digits = std::str::from_utf8(&rest[1..end]).ok()?;
                let length: usize = digits.trim_end_matches('+').parse().ok()?;
                let after = &rest[end + 3..];
                out.push(Token::Text(Cow::Borrowed(after.get(..length)?)));
                *rest = &after[length..];
            }
            _ => {
                let end = rest
                    .iter()
                    .position(|octet| matches!(octet, b' ' | b'(' | b')' | b'"'))
                    .unwrap_or(rest.len());
                let (atom, after) = rest.split_at(end.max(1));
                out.push(Token::Atom(atom));
                *rest = after;
            }
        }
    }
    Some(out)
}

fn quoted<'a>(rest: &mut &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let plain = rest
        .iter()
        .position(|octet| matches!(octet, b'"' | b'\\'))?;
    if rest[plain] == b'"' {
        let (text, after) = rest.split_at(plain);
        *rest = &after[1..];
        return Some(Cow::Borrowed(text));
    }
    let mut text = Vec::new();
    let mut octets = rest.iter().enumerate();
    while let Some((at, octet)) = octets.next() {
        match octet {
            b'"' => {
                *rest = &rest[at + 1..];
                return Some(Cow::Owned(text));
            }
            b'\\' => text.push(*octets.next()?.1),
            other => text.push(*other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_strings_literals_and_lists_come_apart() {
        let line = b"LIST (\\HasNoChildren \\Sent) \".\" \"a \\\"b\\\\\" {3}\r\nx)y NIL\r\n";
        let words = tokens(line).unwrap();
        assert_eq!(words.len(), 6);
        assert_eq!(words[1].list().unwrap().len(), 2);
        assert_eq!(words[2].octets(), b".");
        assert_eq!(words[3].octets(), b"a \"b\\");
        assert_eq!(words[4].octets(), b"x)y");
        assert!(words[5].is_nil());
    }

    #[test]
    fn a_broken_line_is_none() {
        for line in [
            &b"LIST (a"[..],
            b"\"open",
            b"a)",
            b"{9}\r\nshort",
            b"{x}\r\n",
        ] {
            assert!(tokens(line).is_none(), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn no_octets_make_it_panic(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = tokens(&line);
        }
    }
}
