//! What server this is, and what it is known to do by itself. One row a quirk.
//!
//! Promises: a table is a first guess; what the server answers wins. Nothing here may turn an extension on.

/// A known server program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Software {
    /// Refuses bare LF, NUL, lines in the header that are no header, and empty messages.
    Cyrus,
    /// No LITERAL+, no MULTIAPPEND; drops lone CRs; four connections per address unless configured.
    Courier,
    /// Stores NUL as 0x80; refuses empty messages; opens a large Maildir anew for each APPEND into a folder
    /// that is not selected.
    Dovecot,
    /// Labels are URI-encoded keywords; keeps top-level names for itself (icewarp.md 7.3).
    IceWarp,
    /// Closes the session after ten errors; refuses long lines.
    Exchange,
    /// Merges identical messages; folders are labels.
    Gmail,
    /// Our own archive on this computer: takes everything as it is.
    Archive,
    /// Not recognised.
    Other,
}

impl Software {
    /// Recognises the server by greeting and ID answer.
    pub fn recognise(greeting: &str, id: &str) -> Self {
        let words = format!("{greeting} {id}").to_lowercase();
        for (mark, software) in [
            ("cyrus", Self::Cyrus),
            ("courier", Self::Courier),
            ("dovecot", Self::Dovecot),
            ("icewarp", Self::IceWarp),
            ("microsoft exchange", Self::Exchange),
            ("gimap", Self::Gmail),
            ("traghetto archive", Self::Archive),
        ] {
            if words.contains(mark) {
                return software;
            }
        }
        Self::Other
    }

    /// The server people know by this name; [`Software::Other`] where there is none.
    pub fn of_name(name: &str) -> Self {
        [
            Self::Cyrus,
            Self::Courier,
            Self::Dovecot,
            Self::IceWarp,
            Self::Exchange,
            Self::Gmail,
        ]
        .into_iter()
        .find(|software| software.name() == name)
        .unwrap_or(Self::Other)
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cyrus => "Cyrus",
            Self::Courier => "Courier",
            Self::Dovecot => "Dovecot",
            Self::IceWarp => "IceWarp",
            Self::Exchange => "Microsoft Exchange",
            Self::Gmail => "Gmail",
            Self::Archive => "Maildir",
            Self::Other => "IMAP",
        }
    }

    /// Whether a message that is not plain CRLF text is likely to be refused, so that it had better travel
    /// alone instead of taking a whole MULTIAPPEND down with it.
    pub fn is_strict(self) -> bool {
        !matches!(self, Self::Dovecot | Self::Courier | Self::Archive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_recognised_by_their_words() {
        for (greeting, id, expected) in [
            ("Dovecot (Debian) ready.", "", Software::Dovecot),
            (
                "localhost Cyrus IMAP 3.6.1-4 server ready",
                "",
                Software::Cyrus,
            ),
            ("Courier-IMAP ready. Copyright", "", Software::Courier),
            ("ready", "name IceWarp version 14", Software::IceWarp),
            ("hello", "", Software::Other),
        ] {
            assert_eq!(Software::recognise(greeting, id), expected);
            assert_eq!(Software::of_name(expected.name()), expected);
        }
    }
}
