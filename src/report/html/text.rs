//! Foreign text made harmless: in HTML, and as the address of a file.

use std::fmt::Write as _;

/// The way from the report to a saved message; nothing for a path that would leave the migration's folder.
pub(in crate::report) fn link(path: &str) -> Option<String> {
    let mut link = String::from("..");
    for part in path.split(['/', '\\']) {
        if part.is_empty() || part == "." || part == ".." {
            return None;
        }
        link.push('/');
        for octet in part.bytes() {
            if octet.is_ascii_alphanumeric() || b"-_.~".contains(&octet) {
                link.push(char::from(octet));
            } else {
                let _ = write!(link, "%{octet:02X}");
            }
        }
    }
    Some(link)
}

/// Text that stands in HTML as it is. Marks that turn the direction of writing are shown, not obeyed.
pub(in crate::report) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => safe.push('\u{FFFD}'),
            c if c.is_control() && c != '\n' => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}
