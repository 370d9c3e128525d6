//! What may be claimed about the copies of a mailbox (field.md E6).
//!
//! Promises: the claim follows from the rows that were read back, not from what was asked for; a verification older
//! than the newest copy claims nothing about the others.

use serde_json::Value;

use super::COPIES;
use crate::journal::{State, Tally};

/// A verification as the engine recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What was asked for.
    pub level: Level,
    /// Messages per mailbox, for a sample.
    pub sample: Option<u64>,
    /// What the sample was drawn with.
    pub seed: Option<String>,
    /// Who read the copies.
    pub reader: Option<String>,
    /// Times the independent reader could not, and our own did.
    pub fallbacks: u64,
    /// When it ended, ms since 1970.
    pub at: i64,
}

/// How much was to be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The destination's listing.
    Present,
    /// A sample in full.
    Sample,
    /// Everything in full.
    Full,
}

impl Verification {
    /// The verification of one mailbox: the record speaks of all mailboxes, or holds one entry for each login,
    /// directly or below `accounts`.
    pub(super) fn of(recorded: Option<&str>, login: &str) -> Option<Self> {
        let recorded: Value = serde_json::from_str(recorded?).ok()?;
        let own = [
            recorded.get("accounts").and_then(|all| all.get(login)),
            recorded.get(login),
        ];
        let own = own.into_iter().flatten().next();
        let field = |name: &str| {
            let inside = own.and_then(|own| own.get(name));
            inside.or_else(|| recorded.get(name))
        };
        if own.is_none() && recorded.get("accounts").is_some() {
            return None;
        }
        let text = |name: &str| match field(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(Self {
            level: match field("level")?.as_str()? {
                "present" => Level::Present,
                "sample" => Level::Sample,
                "full" => Level::Full,
                _ => return None,
            },
            sample: field("sample").and_then(Value::as_u64),
            seed: text("seed"),
            reader: text("reader"),
            fallbacks: field("fallbacks").and_then(Value::as_u64).unwrap_or(0),
            at: field("at")?.as_i64()?,
        })
    }
}

/// What may be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assurance {
    /// Nothing was copied, so nothing needs to be compared.
    #[default]
    Nothing,
    /// Accepted by the server.
    Accepted {
        /// Copies there are.
        copies: u64,
        /// Those of them compared in full.
        read: u64,
    },
    /// Accepted, and in the destination's listing.
    Present {
        /// Copies there are.
        copies: u64,
        /// Those of them compared in full.
        read: u64,
    },
    /// Present, and a sample was compared in full.
    Sample {
        /// Copies there are.
        copies: u64,
        /// Those of them compared in full.
        read: u64,
        /// The size of the smallest sample of a mailbox that was not compared in full.
        smallest: u64,
        /// Copies the comparison found altered or missing.
        defects: u64,
    },
    /// Every copy was compared in full.
    Full {
        /// Copies there are.
        copies: u64,
    },
}

impl Assurance {
    /// The claim for these messages, with the verification that holds for them, if one does, and the defects the
    /// comparison found.
    pub(super) fn of(tally: &Tally, verification: Option<&Verification>, defects: u64) -> Self {
        let copies = tally.of(COPIES);
        // Adopted messages were compared in full when they were found.
        let read = tally.of(&[State::Verified, State::Adopted]);
        if copies == 0 {
            return Self::Nothing;
        }
        if read == copies {
            return Self::Full { copies };
        }
        match verification.map(|verification| verification.level) {
            Some(Level::Sample) if read > 0 => Self::Sample {
                copies,
                read,
                smallest: read,
                defects,
            },
            Some(Level::Present | Level::Sample) => Self::Present { copies, read },
            Some(Level::Full) | None => Self::Accepted { copies, read },
        }
    }

    /// The claim for several mailboxes together.
    pub(super) fn weakest(all: impl Iterator<Item = Self>) -> Self {
        let (mut copies, mut read, mut rank, mut least, mut found) = (0, 0, 4, u64::MAX, 0);
        for one in all {
            copies += one.copies();
            read += one.read();
            rank = rank.min(one.rank());
            if let Self::Sample {
                smallest, defects, ..
            } = one
            {
                least = least.min(smallest);
                found += defects;
            }
        }
        match rank {
            0 => Self::Accepted { copies, read },
            1 => Self::Present { copies, read },
            2 => Self::Sample {
                copies,
                read,
                smallest: least,
                defects: found,
            },
            3 => Self::Full { copies },
            _ => Self::Nothing,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Accepted { .. } => 0,
            Self::Present { .. } => 1,
            Self::Sample { .. } => 2,
            Self::Full { .. } => 3,
            Self::Nothing => 4,
        }
    }

    /// Copies there are.
    pub fn copies(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Accepted { copies, .. }
            | Self::Present { copies, .. }
            | Self::Sample { copies, .. }
            | Self::Full { copies } => copies,
        }
    }

    /// Those of them that were compared in full.
    pub fn read(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Accepted { read, .. }
            | Self::Present { read, .. }
            | Self::Sample { read, .. }
            | Self::Full { copies: read } => read,
        }
    }

    /// Whether every copy there is was compared in full.
    pub fn is_full(self) -> bool {
        self.rank() >= 3
    }

    /// With 95 % confidence fewer than this part of the unread copies of a mailbox are defective, given that no
    /// defect was found (the rule of three).
    pub fn bound(self) -> Option<f64> {
        match self {
            Self::Sample {
                smallest,
                defects: 0,
                ..
            } => Some((3.0 / smallest.max(1) as f64).min(1.0)),
            _ => None,
        }
    }

    /// Its name in JSON.
    pub(super) fn level(self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Present { .. } => "present",
            Self::Sample { .. } => "sample",
            Self::Full { .. } => "full",
            Self::Nothing => "nothing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(acked: u64, verified: u64) -> Tally {
        Tally {
            messages: [(State::Acked, acked), (State::Verified, verified)].into(),
            ..Tally::default()
        }
    }

    #[test]
    fn the_claim_follows_from_what_was_read() {
        let made = |level| Verification {
            level,
            sample: Some(300),
            seed: None,
            reader: None,
            fallbacks: 0,
            at: 1,
        };
        let claim = |acked, verified, level: Option<Level>| {
            Assurance::of(&tally(acked, verified), level.map(made).as_ref(), 0)
        };
        assert_eq!(claim(0, 0, None), Assurance::Nothing);
        assert_eq!(
            claim(5, 0, None),
            Assurance::Accepted { copies: 5, read: 0 }
        );
        assert_eq!(
            claim(5, 0, Some(Level::Present)),
            Assurance::Present { copies: 5, read: 0 }
        );
        assert_eq!(
            claim(0, 5, Some(Level::Present)),
            Assurance::Full { copies: 5 }
        );
        // Asked for everything, but stopped on the way.
        assert_eq!(
            claim(1, 4, Some(Level::Full)),
            Assurance::Accepted { copies: 5, read: 4 }
        );
        let sample = claim(700, 300, Some(Level::Sample));
        assert_eq!(
            sample,
            Assurance::Sample {
                copies: 1000,
                read: 300,
                smallest: 300,
                defects: 0
            }
        );
        assert!((sample.bound().unwrap() - 0.01).abs() < 1e-12);
        let both = Assurance::weakest([sample, Assurance::Full { copies: 7 }].into_iter());
        assert_eq!(
            both,
            Assurance::Sample {
                copies: 1007,
                read: 307,
                smallest: 300,
                defects: 0
            }
        );
    }

    #[test]
    fn a_record_speaks_of_all_or_of_each() {
        let all = r#"{"level":"sample","sample":300,"seed":"ab","reader":"async-imap","fallbacks":2,"at":7}"#;
        let one = Verification::of(Some(all), "anna").unwrap();
        assert_eq!(
            (one.level, one.sample, one.fallbacks, one.at),
            (Level::Sample, Some(300), 2, 7)
        );
        for each in [
            format!(r#"{{"anna":{all}}}"#),
            format!(r#"{{"accounts":{{"anna":{all}}}}}"#),
        ] {
            assert_eq!(Verification::of(Some(&each), "anna"), Some(one.clone()));
            assert_eq!(Verification::of(Some(&each), "bruno"), None);
        }
        assert_eq!(Verification::of(None, "anna"), None);
        assert_eq!(Verification::of(Some("not json"), "anna"), None);
    }
}
