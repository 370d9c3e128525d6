//! The eight stops of a migration: their order, which of them can be reached, what each decided.
//!
//! Everything here is a function of the draft; nothing is kept.

use serde::{Deserialize, Serialize};

use super::draft::{Draft, Kind, Server};
use crate::i18n;
use crate::plan::Scope;
use crate::t;

/// A stop.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    #[default]
    Origin,
    Destination,
    Mode,
    Users,
    Options,
    Preflight,
    Live,
    Completion,
}

impl Step {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 8] = [
        Self::Origin,
        Self::Destination,
        Self::Mode,
        Self::Users,
        Self::Options,
        Self::Preflight,
        Self::Live,
        Self::Completion,
    ];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        (self as usize)
            .checked_sub(1)
            .and_then(|index| Self::ALL.get(index).copied())
    }

    pub fn title(self) -> String {
        match self {
            Self::Origin => t!("step-origin"),
            Self::Destination => t!("step-destination"),
            Self::Mode => t!("step-mode"),
            Self::Users => t!("step-users"),
            Self::Options => t!("step-options"),
            Self::Preflight => t!("step-preflight"),
            Self::Live => t!("step-live"),
            Self::Completion => t!("step-completion"),
        }
    }

    /// What was decided there, in a few words; nothing while it has not been left.
    pub fn summary(self, draft: &Draft) -> Option<String> {
        if self >= draft.reached {
            return None;
        }
        let words = match self {
            Self::Origin => end(&draft.origin),
            Self::Destination => end(&draft.destination),
            Self::Mode => match draft.scope {
                Scope::Accounts => t!("step-mode-accounts"),
                Scope::Messages => t!("step-mode-messages"),
                Scope::Passwords => t!("step-mode-passwords"),
            },
            Self::Users => {
                let count = draft.chosen_count() as u64;
                t!(
                    "count-accounts",
                    count = count,
                    number = i18n::number(count)
                )
            }
            Self::Options => {
                let at_once = t!("step-at-once", number = draft.options.mailboxes.to_string());
                match &draft.options.window {
                    Some(window) => format!(
                        "{at_once} · {}–{}",
                        window.from.strftime("%H:%M"),
                        window.to.strftime("%H:%M")
                    ),
                    None => at_once,
                }
            }
            Self::Preflight => t!("step-all-set"),
            Self::Live | Self::Completion => return None,
        };
        Some(words)
    }

    /// Whether one can go there: every stop before it has been left at least once.
    pub fn is_open(self, draft: &Draft) -> bool {
        self <= draft.reached
    }
}

/// One end of the crossing in a few words.
fn end(server: &Server) -> String {
    match server.kind {
        Kind::Icewarp => t!("step-icewarp", host = server.name()),
        Kind::Imap => server.name(),
        Kind::Archive => t!("step-archive", name = server.name()),
    }
}
