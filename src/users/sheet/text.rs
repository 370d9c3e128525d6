//! From the octets of a list to its text and lines.
//!
//! Promises: by the mark at the start; without one, UTF-8 if it is valid, UTF-16 where every other octet is zero, else
//! Windows-1252. What cannot be decoded becomes a character for which [`is_unreadable`] holds. The text is wiped when
//! dropped, and no half-filled copy of it is left behind by growing.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use secrecy::zeroize::Zeroizing;

/// How the characters of a text file were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a mark, as Excel writes it when asked to.
    Utf8Bom,
    /// UTF-16, low octet first: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, high octet first.
    Utf16Be,
    /// Windows-1252, which has no place for most characters: whoever wrote the file may have put others instead.
    Windows1252,
}

/// Reads the octets; the mark at the start is not part of the text.
pub(super) fn decode(bytes: &[u8]) -> (Encoding, Zeroizing<String>) {
    let (encoding, bytes) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Encoding::Utf8Bom, rest),
        [0xFF, 0xFE, rest @ ..] => (Encoding::Utf16Le, rest),
        [0xFE, 0xFF, rest @ ..] => (Encoding::Utf16Be, rest),
        _ => (unmarked(bytes), bytes),
    };
    let table = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => UTF_8,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    let mut decoder = table.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0);
    let mut text = Zeroizing::new(String::with_capacity(room));
    let _ = decoder.decode_to_string(bytes, &mut text, true);
    (encoding, text)
}

/// Octets looked at to recognise UTF-16 without its mark.
const SAMPLE: usize = 4096;

fn unmarked(bytes: &[u8]) -> Encoding {
    let (pairs, _) = bytes[..bytes.len().min(SAMPLE)].as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // Every letter of a Western text has a zero for its high octet, and no text has a NUL.
    if second * 2 > pairs.len() && first * 20 < pairs.len() {
        Encoding::Utf16Le
    } else if first * 2 > pairs.len() && second * 20 < pairs.len() {
        Encoding::Utf16Be
    } else if std::str::from_utf8(bytes).is_ok() {
        Encoding::Utf8
    } else {
        Encoding::Windows1252
    }
}

/// The lines of a text ended in the manner of Unix, Windows or the old Macintosh.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .flat_map(|line| line.split('\r'))
}

/// Whether a character cannot be part of a login, a password or an address: it stands for something that was lost, has
/// no meaning in the encoding, ends a line, or is forbidden in every string of IMAP (NUL, RFC 9051).
pub(in crate::users) fn is_unreadable(character: char) -> bool {
    matches!(
        character,
        '\u{FFFD}' | '\0' | '\r' | '\n' | '\u{80}'..='\u{9F}'
    )
}

/// Whether a text is rather the content of a program's file: too much of it is no character people write.
pub(super) fn is_binary(text: &str) -> bool {
    let strange = |c: &char| {
        *c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{1A}'))
    };
    let (mut all, mut odd) = (0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        odd += usize::from(strange(&character));
    }
    odd > 4 && odd * 20 > all
}
