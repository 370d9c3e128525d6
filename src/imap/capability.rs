//! What a server says it can do, and what this session found it cannot.
//!
//! Promises: nothing is used that was not announced after login; what was announced and refused can be struck
//! out. Deliberately absent: guessing from the server's name.

use std::collections::BTreeSet;

/// The capabilities of one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    words: BTreeSet<String>,
    struck: BTreeSet<String>,
}

/// Which literals may be sent without waiting (RFC 7888).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literals {
    /// None: wait for `+` each time.
    Synchronising,
    /// Those up to 4,096 octets.
    Small,
    /// All.
    Any,
}

impl Literals {
    /// Whether a literal of this many octets may go without waiting.
    pub fn may_run(self, length: u64) -> bool {
        match self {
            Self::Synchronising => false,
            Self::Small => length <= 4096,
            Self::Any => true,
        }
    }
}

impl Capabilities {
    /// From the words of a CAPABILITY line or code.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self {
            words: words
                .into_iter()
                .map(|word| word.to_ascii_uppercase())
                .collect(),
            struck: BTreeSet::new(),
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Announced, and not struck out.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word) && !self.struck.contains(word)
    }

    /// Announced and refused in practice: not used again in this session.
    pub fn strike(&mut self, word: &str) {
        let _ = self.struck.insert(word.to_owned());
    }

    /// Which literals need no waiting.
    pub fn literals(&self) -> Literals {
        if self.has("LITERAL+") {
            Literals::Any
        } else if self.has("LITERAL-") || self.has("IMAP4REV2") {
            Literals::Small
        } else {
            Literals::Synchronising
        }
    }

    /// The number after `NAME=`.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.words
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
    }

    /// Largest message that can be appended, in octets (RFC 7889).
    pub fn append_limit(&self) -> Option<u64> {
        self.number("APPENDLIMIT")
    }

    /// Most messages one command may touch (RFC 9738).
    pub fn message_limit(&self) -> Option<u32> {
        self.number("MESSAGELIMIT")
            .and_then(|limit| u32::try_from(limit).ok())
    }

    /// All words, sorted.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}
