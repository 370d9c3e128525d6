//! ENVELOPE: the header as RFC 3501 wants it told, read with little ambition.
//!
//! Good enough for a client that shows a list. Groups, comments and routes in addresses are not taken apart.

use crate::serve::section::{field_name, header_fields, header_length};
use crate::serve::string_of;

/// The envelope of a message, parentheses included.
pub(super) fn envelope(body: &[u8]) -> Vec<u8> {
    let header = &body[..header_length(body)];
    let fields = header_fields(header);
    let value = |name: &str| {
        fields
            .iter()
            .find(|field| field_name(field) == name)
            .map(|field| unfolded(field))
    };
    let text = |name: &str| value(name).map_or_else(|| b"NIL".to_vec(), |value| string_of(&value));
    let people = |names: &[&str]| {
        let found = names
            .iter()
            .find_map(|name| value(name).filter(|value| !value.is_empty()));
        found.map_or_else(|| b"NIL".to_vec(), |value| addresses(&value))
    };
    let parts = [
        text("DATE"),
        text("SUBJECT"),
        people(&["FROM"]),
        people(&["SENDER", "FROM"]),
        people(&["REPLY-TO", "FROM"]),
        people(&["TO"]),
        people(&["CC"]),
        people(&["BCC"]),
        text("IN-REPLY-TO"),
        text("MESSAGE-ID"),
    ];
    [b"(", &parts.join(&b' ')[..], b")"].concat()
}

/// The value of a field on one line.
pub(super) fn unfolded(field: &[u8]) -> Vec<u8> {
    let start = field
        .iter()
        .position(|octet| *octet == b':')
        .map_or(field.len(), |colon| colon + 1);
    let value: Vec<u8> = field[start..]
        .iter()
        .copied()
        .filter(|octet| !matches!(octet, b'\r' | b'\n' | 0))
        .collect();
    value.trim_ascii().to_vec()
}

fn addresses(value: &[u8]) -> Vec<u8> {
    let mut list = b"(".to_vec();
    for one in split_outside_quotes(value) {
        let (name, address) = match (
            one.iter().position(|octet| *octet == b'<'),
            one.iter().rposition(|octet| *octet == b'>'),
        ) {
            (Some(open), Some(close)) if open < close => {
                (one[..open].trim_ascii(), &one[open + 1..close])
            }
            _ => (&b""[..], one),
        };
        let name = name
            .strip_prefix(b"\"")
            .and_then(|name| name.strip_suffix(b"\""))
            .unwrap_or(name);
        let (mailbox, host) = match address.iter().rposition(|octet| *octet == b'@') {
            Some(at) => (&address[..at], &address[at + 1..]),
            None => (address, &b""[..]),
        };
        let name = if name.is_empty() {
            b"NIL".to_vec()
        } else {
            string_of(name)
        };
        list.extend(
            [
                b"(",
                &name[..],
                b" NIL ",
                &string_of(mailbox),
                b" ",
                &string_of(host),
                b")",
            ]
            .concat(),
        );
    }
    list.push(b')');
    list
}

fn split_outside_quotes(value: &[u8]) -> Vec<&[u8]> {
    let mut in_quotes = false;
    let parts = value.split(|octet| {
        in_quotes ^= *octet == b'"';
        *octet == b',' && !in_quotes
    });
    parts
        .map(<[u8]>::trim_ascii)
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_commas_in_their_names_stay_whole() {
        let mail = b"From: \"Rossi, Ada\" <ada@example.it>\r\nTo: b@example.com, c@example.com\r\nSubject: Ciao\r\n\r\n";
        let told = String::from_utf8(envelope(mail)).unwrap();
        let ada = r#"(("Rossi, Ada" NIL "ada" "example.it"))"#;
        let both = r#"((NIL NIL "b" "example.com")(NIL NIL "c" "example.com"))"#;
        assert_eq!(
            told,
            format!(r#"(NIL "Ciao" {ada} {ada} {ada} {both} NIL NIL NIL NIL)"#)
        );
    }

    #[test]
    fn a_message_without_headers_has_an_empty_envelope() {
        assert_eq!(envelope(b""), b"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
    }
}
