//! Folder names as they travel: octets on the wire, a `String` in the store, patterns in LIST.
//!
//! A name that is not UTF-8 is still a name (old servers hand out Latin-1), so each octet that does not decode is held as
//! one character of a private plane and comes back as the same octet. Modified UTF-7 is not decoded here: for a server a
//! name is opaque, and the store keeps what was on the wire.

/// The first of 256 private characters that stand for octets which are not UTF-8.
const RAW_PLANE: u32 = 0x0010_FF00;

/// The name that these octets spell; any octets make a name, and none are lost.
pub fn name_from_octets(octets: &[u8]) -> String {
    let mut name = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        name.push_str(chunk.valid());
        for octet in chunk.invalid() {
            name.extend(char::from_u32(RAW_PLANE + u32::from(*octet)));
        }
    }
    name
}

/// The octets that a name is spelled with on the wire, the inverse of [`name_from_octets`].
pub fn octets_of_name(name: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(name.len());
    for letter in name.chars() {
        match u32::from(letter).checked_sub(RAW_PLANE).map(u8::try_from) {
            Some(Ok(octet)) => octets.push(octet),
            _ => octets.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    octets
}

/// A folder name as an IMAP string.
pub(super) fn wire_name(name: &str) -> Vec<u8> {
    crate::serve::string_of(&octets_of_name(name))
}

/// The name with `INBOX` in capitals however it was written; every other name stays as it is (RFC 3501 5.1).
pub(super) fn canonical(name: &str, separator: char) -> String {
    match name.get(..5) {
        Some(head)
            if head.eq_ignore_ascii_case("INBOX")
                && (name.len() == 5 || name[5..].starts_with(separator)) =>
        {
            format!("INBOX{}", &name[5..])
        }
        _ => name.to_owned(),
    }
}

/// Whether a name fits a LIST pattern: `*` is anything, `%` anything but the separator.
pub(super) fn fits(name: &str, pattern: &str, separator: char) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // reach[i]: the first i characters of the pattern can stand for what was read of the name so far.
    let mut reach = vec![false; pattern.len() + 1];
    reach[0] = true;
    skip_wildcards(&mut reach, &pattern);
    for letter in name.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (index, wanted) in pattern.iter().enumerate() {
            match wanted {
                '*' => next[index] |= reach[index],
                '%' => next[index] |= reach[index] && letter != separator,
                _ => next[index + 1] |= reach[index] && *wanted == letter,
            }
        }
        skip_wildcards(&mut next, &pattern);
        reach = next;
    }
    reach.last() == Some(&true)
}

fn skip_wildcards(reach: &mut [bool], pattern: &[char]) {
    for (index, wanted) in pattern.iter().enumerate() {
        if reach[index] && matches!(wanted, '*' | '%') {
            reach[index + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_that_are_not_utf8_come_back_as_they_were() {
        let octets = b"Attivit\xe0 \xf0\x9f\x9a\xa2 \xff\xfe";
        assert_eq!(octets_of_name(&name_from_octets(octets)), octets);
        assert_eq!(octets_of_name("perché"), "perché".as_bytes());
    }

    #[test]
    fn a_percent_stops_at_the_separator_and_a_star_does_not() {
        assert!(fits("Clienti/Rossi", "*", '/'));
        assert!(!fits("Clienti/Rossi", "%", '/'));
        assert!(fits("Clienti/Rossi", "%/%", '/'));
        assert!(fits("Clienti/Rossi", "Cl*si", '/'));
        assert!(fits("Clienti", "Clienti*", '/'));
        assert!(!fits("Clienti", "Clienti/%", '/'));
        assert!(fits("", "*", '/'));
    }

    #[test]
    fn a_name_with_quotes_is_escaped_and_an_8_bit_name_is_a_literal() {
        assert_eq!(wire_name(r#"a "b\c"#), br#""a \"b\\c""#);
        assert_eq!(wire_name("è"), b"{2}\r\n\xc3\xa8");
    }

    #[test]
    fn inbox_is_one_folder_however_it_is_written() {
        assert_eq!(canonical("inbox", '/'), "INBOX");
        assert_eq!(canonical("Inbox.Sent", '.'), "INBOX.Sent");
        assert_eq!(canonical("Inboxes", '.'), "Inboxes");
    }
}
