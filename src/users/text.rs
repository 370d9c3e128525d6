//! From the octets of a list to its lines.

use secrecy::zeroize::Zeroizing;

/// Stands for every octet that could not be read. No login or password can hold it (RFC 9051
/// forbids NUL in every string), so a line that has it is known to be damaged.
pub(super) const UNREADABLE: char = '\0';

/// Decodes by the mark at the start; without one, UTF-8 if it is valid, else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Zeroizing<String> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => windows_1252(bytes),
        },
    };
    Zeroizing::new(text)
}

/// The lines of a text ended in the manner of Unix, Windows or the old Macintosh.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .flat_map(|line| line.split('\r'))
}

fn utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(UNREADABLE);
        }
    }
    text
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    // Room for the longest result, so that no half-filled copy is left behind by growing.
    let mut text = String::with_capacity(pairs.len() * 3 + 1);
    text.extend(
        char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
            .map(|character| character.unwrap_or(UNREADABLE)),
    );
    if !odd.is_empty() {
        text.push(UNREADABLE);
    }
    text
}

fn windows_1252(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    text.extend(bytes.iter().map(|octet| match octet {
        0x80..=0x9F => WINDOWS_1252[usize::from(octet - 0x80)],
        _ => char::from(*octet),
    }));
    text
}

/// Where Windows-1252 is not Latin-1: 0x80 to 0x9F, five of them without meaning.
const WINDOWS_1252: [char; 32] = [
    '€', UNREADABLE, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', UNREADABLE, 'Ž',
    UNREADABLE, UNREADABLE, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', UNREADABLE,
    'ž', 'Ÿ',
];
