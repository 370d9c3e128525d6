//! Whether a text is an address, and where it is not (pure).
//!
//! Promises: what mail servers accept is accepted, letters of any script included; what is wrong is pointed at.
//! Deliberately absent: asking whether the domain exists.

use std::ops::Range;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A comma: most often meant to be a dot, or the list was cut in the wrong place.
    Comma,
    /// A blank in the middle.
    Space,
    /// There is no `@`.
    NoAt,
    /// There is more than one `@`.
    TwoAts,
    /// Nothing follows the `@`.
    NoDomain,
    /// The domain begins or ends with a dot, or has two of them together.
    DomainDot,
    /// Nothing precedes the `@`, or a character stands there that none can have.
    Other,
}

/// The first flaw of an address and the characters (not octets) it is about; `None` where there is none. Blanks around
/// it are passed over, and the empty text has no flaw: it is no address yet.
pub fn flaw(text: &str) -> Option<(Flaw, Range<usize>)> {
    let before = text.chars().take_while(|c| c.is_whitespace()).count();
    let characters: Vec<char> = text.trim().chars().collect();
    let (flaw, at) = find(&characters)?;
    Some((flaw, at.start + before..at.end + before))
}

fn find(text: &[char]) -> Option<(Flaw, Range<usize>)> {
    let all = 0..text.len();
    if all.is_empty() {
        return None;
    }
    let here = |at: usize| at..at + 1;
    let first = |wanted: fn(&char) -> bool| text.iter().position(wanted);
    if let Some(at) = first(|c| *c == ',') {
        return Some((Flaw::Comma, here(at)));
    }
    if let Some(at) = first(|c| c.is_whitespace()) {
        return Some((Flaw::Space, here(at)));
    }
    if let Some(at) = first(|c| c.is_control() || *c == '\u{FFFD}' || "<>()[]\\:;\"".contains(*c)) {
        return Some((Flaw::Other, here(at)));
    }
    let Some(at) = first(|c| *c == '@') else {
        return Some((Flaw::NoAt, all));
    };
    let domain = at + 1..text.len();
    if let Some(second) = text[domain.clone()].iter().position(|c| *c == '@') {
        return Some((Flaw::TwoAts, here(domain.start + second)));
    }
    if domain.is_empty() {
        return Some((Flaw::NoDomain, here(at)));
    }
    let is_dot = |at: usize| text.get(at) == Some(&'.');
    let lonely = |at: &usize| {
        is_dot(*at) && (*at == domain.start || *at + 1 == text.len() || is_dot(*at + 1))
    };
    if let Some(dot) = domain.clone().find(lonely) {
        return Some((Flaw::DomainDot, here(dot)));
    }
    (at == 0).then_some((Flaw::Other, here(at)))
}

/// What stands before the `@`; the whole where nothing does.
pub(super) fn localpart(text: &str) -> &str {
    match text.split_once('@') {
        Some((local, _)) if !local.is_empty() => local,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_address_is_pointed_at() {
        let cases = [
            ("anna@example.it", None),
            ("  anna@example.it ", None),
            ("", None),
            ("nicolò@città.it", None),
            ("o'neil+x@localhost", None),
            ("e.colombo@studio,example", Some((Flaw::Comma, 16..17))),
            ("è,b@example.it", Some((Flaw::Comma, 1..2))),
            ("a b@example.it", Some((Flaw::Space, 1..2))),
            (" a b@example.it", Some((Flaw::Space, 2..3))),
            ("anna", Some((Flaw::NoAt, 0..4))),
            ("a@b@example.it", Some((Flaw::TwoAts, 3..4))),
            ("anna@", Some((Flaw::NoDomain, 4..5))),
            ("anna@.it", Some((Flaw::DomainDot, 5..6))),
            ("anna@example.", Some((Flaw::DomainDot, 12..13))),
            ("anna@example..it", Some((Flaw::DomainDot, 12..13))),
            ("@example.it", Some((Flaw::Other, 0..1))),
            ("Anna<anna@example.it>", Some((Flaw::Other, 4..5))),
            ("a\u{7}@example.it", Some((Flaw::Other, 1..2))),
        ];
        for (text, expected) in cases {
            assert_eq!(flaw(text), expected, "{text:?}");
        }
    }
}
