//! What was found, in words.

use super::proposals::{Standing, Sums};
use crate::aliases::{Candidate, Class, Proposal, Reason, Verdict};
use crate::i18n::{self, Words};
use crate::plan::AliasMode;
use crate::t;
use crate::trouble::Trouble;
use crate::ui::icon::Icon;
use crate::ui::users::words::number;
use crate::ui::widget::Tone;

/// A chip, and the reason below it.
pub(super) struct Note {
    pub tone: Tone,
    pub icon: Icon,
    pub word: String,
    pub why: Option<String>,
}

pub(super) fn note(standing: Standing<'_>) -> Note {
    let plain = |tone, icon, word| Note {
        tone,
        icon,
        word,
        why: None,
    };
    match standing {
        Standing::Present => plain(Tone::Neutral, Icon::CHECK, t!("aliases-present")),
        Standing::Open(verdict) | Standing::Shut(verdict) => match verdict {
            Verdict::Accepted => plain(Tone::Ok, Icon::CIRCLE_CHECK, t!("aliases-accepted")),
            Verdict::Suggested => plain(
                Tone::Running,
                Icon::CIRCLE_QUESTION_MARK,
                t!("aliases-suggested"),
            ),
            Verdict::Refused(reason) => Note {
                why: Some(why(reason)),
                ..plain(Tone::Warn, Icon::TRIANGLE_ALERT, t!("aliases-refused"))
            },
        },
    }
}

fn why(reason: &Reason) -> String {
    match reason {
        Reason::OtherAccount { login } => t!("aliases-other-account", login = login.as_str()),
        Reason::Claimed { logins } => t!("aliases-claimed", logins = logins.join(", ")),
        Reason::Role => t!("aliases-role"),
        Reason::List => t!("aliases-list"),
    }
}

/// The word over the column of a class.
pub(super) fn class(class: Class) -> String {
    match class {
        Class::Envelope => t!("aliases-column-envelope"),
        Class::Received => t!("aliases-column-received"),
        Class::Sent => t!("aliases-column-sent"),
        Class::Visible => t!("aliases-column-visible"),
        Class::Other => t!("aliases-column-other"),
    }
}

/// How many messages show an address in this way; nothing where none does.
pub(super) fn count(candidate: &Candidate, class: Class) -> String {
    match candidate.counts.of(class) {
        0 => String::from("–"),
        count => i18n::number(u64::from(count)),
    }
}

/// What there is to say of an account besides its addresses.
pub(super) fn of_account(proposal: &Proposal) -> String {
    if proposal.mode == AliasMode::Username {
        return t!("aliases-by-name");
    }
    let read = t!(
        "aliases-read",
        count = proposal.read,
        number = i18n::number(u64::from(proposal.read))
    );
    if proposal.candidates.is_empty() {
        t!("aliases-none", read = read)
    } else {
        read
    }
}

/// Why an account, or all of them, could not be read; and what to do about it.
pub(super) fn trouble(trouble: &Trouble) -> (String, String) {
    let (words, key) = (Words::current(), trouble.kind.key());
    (words.trouble(&key), words.remedy(&key).unwrap_or_default())
}

pub(super) fn sums(sums: Sums) -> String {
    t!(
        "aliases-sums",
        accepted = number(sums.accepted),
        suggested = number(sums.suggested),
        refused = number(sums.refused)
    )
}

pub(super) fn reading(answered: usize, all: usize) -> String {
    t!(
        "aliases-reading",
        done = number(answered),
        count = all as u64,
        all = number(all)
    )
}

pub(super) fn apply(count: usize) -> String {
    t!(
        "aliases-apply",
        count = count as u64,
        number = number(count)
    )
}

/// So many were added to the list.
pub(in crate::ui::users) fn added(count: usize) -> String {
    t!(
        "aliases-added",
        count = count as u64,
        number = number(count)
    )
}
