//! What a server makes of IMAP: commands cut into arguments, sets of numbers, sections of messages, dates, strings.
//!
//! For the two servers inside this program, the `sample` one and the `archive`'s. Promises: pure, total over any octets;
//! no line of code shared with the client (`imap`), which is tested against the one and reads the other. Deliberately
//! absent: what commands do, and octets going in or out.

pub(crate) mod command;
pub(crate) mod date;
pub(crate) mod section;
pub(crate) mod set;

/// The octets as an IMAP string: quoted where that is allowed, a literal where it is not (8-bit, CR, LF, NUL).
pub(crate) fn string_of(octets: &[u8]) -> Vec<u8> {
    if octets
        .iter()
        .any(|octet| matches!(octet, 0 | b'\r' | b'\n' | 128..))
    {
        let mut literal = format!("{{{}}}\r\n", octets.len()).into_bytes();
        literal.extend_from_slice(octets);
        return literal;
    }
    let mut quoted = vec![b'"'];
    for octet in octets {
        if matches!(octet, b'"' | b'\\') {
            quoted.push(b'\\');
        }
        quoted.push(*octet);
    }
    quoted.push(b'"');
    quoted
}
