//! How it stands with rows, files and columns, in words.

use std::ops::Range;

use iced::Font;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::edit::Part;
use super::import::Unreadable;
use super::proofs::Proof;
use super::standing::{Counts, Standing};
use crate::account::Side;
use crate::i18n::{self, Words};
use crate::t;
use crate::trouble::{Kind, Trouble};
use crate::ui::dates;
use crate::ui::draft::Draft;
use crate::ui::icon::Icon;
use crate::ui::theme::{MEDIUM, REGULAR, Role};
use crate::ui::widget::Tone;
use crate::users::sheet::Error;
use crate::users::{Flaw, Mapping, Merged, Problem, Why};

/// What a row offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Enter(Part),
    Correct(Part),
    Edit(Part),
    Remove,
    Retry,
    Unlock,
}

/// What is said of a row.
pub(super) struct Note {
    pub tone: Tone,
    pub icon: Icon,
    pub word: String,
    /// Beside the chip.
    pub beside: Option<String>,
    /// Below it; and all there is to say about it.
    pub why: Option<String>,
    pub more: Option<String>,
    pub deed: Option<Deed>,
    /// Whether it can also just be tried again.
    pub again: bool,
}

impl Note {
    fn new(tone: Tone, icon: Icon, word: String) -> Self {
        Self {
            tone,
            icon,
            word,
            beside: None,
            why: None,
            more: None,
            deed: None,
            again: false,
        }
    }

    fn why(mut self, why: String) -> Self {
        self.why = Some(why);
        self
    }

    fn deed(mut self, deed: Deed) -> Self {
        self.deed = Some(deed);
        self
    }
}

pub(super) fn number(count: usize) -> String {
    i18n::number(count as u64)
}

/// What is said of a row that stands so.
pub(super) fn note(standing: Standing<'_>, draft: &Draft) -> Note {
    match standing {
        Standing::Unproven => {
            Note::new(Tone::Neutral, Icon::CIRCLE_DASHED, t!("users-row-unproven"))
        }
        Standing::Locked => {
            Note::new(Tone::Neutral, Icon::LOCK_KEYHOLE, t!("users-row-locked")).deed(Deed::Unlock)
        }
        Standing::Wrong(problem) | Standing::Doubtful(problem) => of_problem(problem),
        Standing::Tried(proof) => match proof {
            Proof::Waiting => {
                Note::new(Tone::Neutral, Icon::CIRCLE_DASHED, t!("users-row-waiting"))
            }
            Proof::Checking => {
                Note::new(Tone::Running, Icon::LOADER_CIRCLE, t!("users-row-checking"))
            }
            Proof::Good { messages } => Note {
                beside: messages.map(|count| {
                    t!(
                        "count-messages",
                        count = count,
                        number = i18n::number(count)
                    )
                }),
                ..Note::new(Tone::Ok, Icon::CIRCLE_CHECK, t!("users-row-good"))
            },
            Proof::Failed { side, trouble } => of_trouble(*side, trouble, draft),
        },
    }
}

fn of_problem(problem: &Problem) -> Note {
    let bad = |word: String, why: String| Note::new(Tone::Bad, Icon::CIRCLE_X, word).why(why);
    let warn =
        |word: String, why: String| Note::new(Tone::Warn, Icon::TRIANGLE_ALERT, word).why(why);
    let twice = |first: &usize, why: String| {
        let word = t!("users-row-duplicate", row = number(first + 1));
        Note::new(Tone::Warn, Icon::COPY, word)
            .why(why)
            .deed(Deed::Remove)
    };
    match problem {
        Problem::EmptyLogin => bad(t!("users-row-no-login"), t!("users-row-no-login-why"))
            .deed(Deed::Enter(Part::Login)),
        Problem::MissingPassword { side } => {
            let why = match side {
                Side::Origin => t!("users-row-no-password-origin"),
                Side::Destination => t!("users-row-no-password-destination"),
            };
            bad(t!("users-row-no-password"), why).deed(Deed::Enter(Part::Password))
        }
        Problem::BadAddress { why, .. } => {
            bad(t!("users-row-bad-address"), flaw(*why)).deed(Deed::Correct(Part::Address))
        }
        Problem::BadAlias { number: at, why } => bad(
            t!("users-row-bad-alias"),
            t!(
                "users-row-bad-alias-why",
                number = number(*at),
                why = flaw(*why)
            ),
        )
        .deed(Deed::Correct(Part::Aliases)),
        Problem::AliasTaken { number: at, first } => bad(
            t!("users-row-alias-taken"),
            t!(
                "users-row-alias-taken-why",
                number = number(*at),
                row = number(first + 1)
            ),
        )
        .deed(Deed::Correct(Part::Aliases)),
        Problem::DuplicateLogin { first } => twice(first, t!("users-row-same-login")),
        Problem::DuplicateAddress {
            first,
            collides: true,
        } => twice(first, t!("users-row-same-address")),
        Problem::SameDestination { first } => twice(first, t!("users-row-same-mailbox")),
        Problem::DuplicateAddress {
            first,
            collides: false,
        } => warn(
            t!("users-row-address-twice"),
            t!("users-row-address-twice-why", row = number(first + 1)),
        )
        .deed(Deed::Edit(Part::Address)),
        Problem::Unreadable => bad(t!("users-row-unreadable"), t!("users-row-unreadable-why"))
            .deed(Deed::Correct(Part::Login)),
        Problem::TooManyFields { found, columns } => bad(
            t!("users-row-too-many"),
            t!(
                "users-row-too-many-why",
                found = number(*found),
                columns = number(*columns)
            ),
        )
        .deed(Deed::Correct(Part::Password)),
        Problem::Ambiguous => bad(t!("users-row-ambiguous"), t!("users-row-ambiguous-why"))
            .deed(Deed::Correct(Part::Password)),
        Problem::SuspiciousPassword => {
            warn(t!("users-row-suspicious"), t!("users-row-suspicious-why"))
                .deed(Deed::Edit(Part::Password))
        }
        Problem::SpaceAroundPassword => {
            warn(t!("users-row-space"), t!("users-row-space-why")).deed(Deed::Edit(Part::Password))
        }
    }
}

fn flaw(flaw: Flaw) -> String {
    match flaw {
        Flaw::Comma => t!("users-flaw-comma"),
        Flaw::Space => t!("users-flaw-space"),
        Flaw::NoAt => t!("users-flaw-no-at"),
        Flaw::TwoAts => t!("users-flaw-two-ats"),
        Flaw::NoDomain => t!("users-flaw-no-domain"),
        Flaw::DomainDot => t!("users-flaw-dot"),
        Flaw::Other => t!("users-flaw-other"),
    }
}

/// A login that did not get through.
fn of_trouble(side: Side, trouble: &Trouble, draft: &Draft) -> Note {
    let server = match side {
        Side::Origin => &draft.origin,
        Side::Destination => &draft.destination,
    };
    let proof = Proof::Failed {
        side,
        trouble: trouble.clone(),
    };
    let (tone, icon) = if proof.is_refused() {
        (Tone::Bad, Icon::CIRCLE_X)
    } else {
        (Tone::Warn, Icon::TRIANGLE_ALERT)
    };
    let own = match side {
        Side::Origin => Part::Password,
        Side::Destination => Part::Own,
    };
    let refused = trouble.kind == Kind::LoginRefused;
    let why = match (refused, server.has_master(), side) {
        (true, false, Side::Origin) => t!("users-refused-origin"),
        (true, false, Side::Destination) => t!("users-refused-destination"),
        (true, true, Side::Origin) => t!("users-refused-master-origin"),
        (true, true, Side::Destination) => t!("users-refused-master-destination"),
        (false, _, side) => beside(side, &words(trouble.kind)),
    };
    let can_be_written = matches!(
        trouble.kind,
        Kind::LoginRefused | Kind::ProviderGate | Kind::PasswordMissing
    ) && !server.has_master();
    let deed = if can_be_written {
        Deed::Edit(own)
    } else {
        Deed::Retry
    };
    let mut note = Note::new(tone, icon, short(trouble.kind, server.has_master()))
        .why(why)
        .deed(deed);
    note.again = can_be_written;
    let mut more = beside(side, &words(trouble.kind));
    for line in [
        remedy(trouble.kind, server.has_master()),
        trouble.detail.clone(),
    ] {
        if !line.is_empty() {
            more.push('\n');
            more.push_str(&line);
        }
    }
    note.more = Some(more);
    note
}

fn words(kind: Kind) -> String {
    Words::current().trouble(&kind.key())
}

fn remedy(kind: Kind, master: bool) -> String {
    if kind == Kind::LoginRefused && master {
        return t!("trouble-login-refused-master-remedy");
    }
    Words::current().remedy(&kind.key()).unwrap_or_default()
}

fn beside(side: Side, words: &str) -> String {
    match side {
        Side::Origin => t!("users-at-origin", words = words),
        Side::Destination => t!("users-at-destination", words = words),
    }
}

/// A trouble in the few words a chip has room for.
fn short(kind: Kind, master: bool) -> String {
    match kind {
        Kind::LoginRefused if master => t!("users-short-refused"),
        Kind::LoginRefused | Kind::PasswordMissing => t!("users-short-password"),
        kind if kind.is_network() => t!("users-short-unreachable"),
        Kind::LoginSuspended => t!("users-short-suspended"),
        Kind::ImapDisabled => t!("users-short-imap"),
        Kind::NoLoginMethod | Kind::OauthOnly => t!("users-short-method"),
        Kind::ProviderGate => t!("users-short-app"),
        Kind::Blocked => t!("users-short-blocked"),
        Kind::TooManyConnections | Kind::ServerBusy | Kind::Throttled => t!("users-short-busy"),
        kind if kind.is_certificate() => t!("users-short-certificate"),
        _ => t!("users-short-failed"),
    }
}

/// What stands before a part of an address, the part, and what stands after it; shortened so that the part is seen.
pub(super) fn around(address: &str, at: &Range<usize>) -> [String; 3] {
    const BEFORE: usize = 24;
    let letters: Vec<char> = address.chars().collect();
    let start = at.start.min(letters.len());
    let end = at.end.clamp(start, letters.len());
    let from = start.saturating_sub(BEFORE);
    let mut before: String = letters[from..start].iter().collect();
    if from > 0 {
        before.insert(0, '…');
    }
    [
        before,
        letters[start..end].iter().collect(),
        letters[end..].iter().collect(),
    ]
}

pub(super) fn rows(count: usize) -> String {
    t!("users-rows", count = count as u64, number = number(count))
}

pub(super) fn removed(count: usize) -> String {
    t!(
        "users-removed",
        count = count as u64,
        number = number(count)
    )
}

pub(super) fn left_out(count: usize) -> String {
    t!(
        "users-status-wrong",
        count = count as u64,
        number = number(count)
    )
}

pub(super) fn unproven(count: usize) -> String {
    t!(
        "users-status-unproven",
        count = count as u64,
        number = number(count)
    )
}

pub(super) fn verifying(done: usize, all: usize) -> String {
    t!("users-verifying", done = number(done), all = number(all))
}

pub(super) fn chosen(chosen: usize, all: usize) -> String {
    t!(
        "users-chosen",
        count = chosen as u64,
        number = number(chosen),
        all = number(all)
    )
}

/// The sums of the table, with how they look.
pub(super) fn sums(counts: &Counts, running: bool) -> Vec<(String, Font, Role)> {
    let mut sums: Vec<(String, Font, Role)> = Vec::new();
    let plain: Role = |t| t.ink_2;
    if counts.good > 0 {
        let (count, number) = (counts.good as u64, number(counts.good));
        sums.push((
            t!("users-sum-good", count = count, number = number),
            REGULAR,
            plain,
        ));
    }
    if counts.unproven > 0 {
        let number = number(counts.unproven);
        let words = if running {
            t!("users-sum-waiting", number = number)
        } else {
            t!("users-sum-unproven", number = number)
        };
        sums.push((words, REGULAR, plain));
    }
    if counts.locked > 0 {
        let words = t!("users-sum-locked", number = number(counts.locked));
        sums.push((words, REGULAR, plain));
    }
    if counts.to_fix > 0 {
        let words = t!("users-sum-to-fix", number = number(counts.to_fix));
        sums.push((words, MEDIUM, |t| t.bad));
    }
    if counts.duplicates > 0 {
        let (count, number) = (counts.duplicates as u64, number(counts.duplicates));
        let words = t!("users-sum-duplicates", count = count, number = number);
        sums.push((words, MEDIUM, |t| t.warn));
    }
    sums
}

/// The file the list came from, and when.
pub(super) fn source(list: &str) -> String {
    let parsed = list.rsplit_once(", ").and_then(|(file, time)| {
        let time = DateTime::strptime("%Y-%m-%d %H:%M", time).ok()?;
        let time = time.to_zoned_datetime(TimeZone::system()).ok()?.timestamp();
        Some((file, time))
    });
    match parsed {
        Some((file, time)) if dates::is_today(time) => format!("{file}, {}", dates::clock(time)),
        Some((file, time)) => format!("{file}, {}", dates::short(time)),
        None => list.to_owned(),
    }
}

/// What a list changed.
pub(super) fn imported(file: &str, merged: Merged) -> String {
    let parts = [
        (merged.new > 0).then(|| {
            t!(
                "users-new",
                count = merged.new as u64,
                number = number(merged.new)
            )
        }),
        (merged.changed > 0).then(|| {
            let count = merged.changed as u64;
            t!(
                "users-changed",
                count = count,
                number = number(merged.changed)
            )
        }),
        (merged.same > 0).then(|| {
            t!(
                "users-same",
                count = merged.same as u64,
                number = number(merged.same)
            )
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{file}: {}", parts.join(", "))
}

/// Why a file is no list, and what to do about it.
pub(super) fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::Missing => t!("users-file-missing"),
        Unreadable::Folder => t!("users-file-folder"),
        Unreadable::Denied => t!("users-file-denied"),
        Unreadable::Other(detail) => t!("users-file-other", detail = detail.as_str()),
        Unreadable::NotAList(error) => match error {
            Error::Empty => t!("users-file-empty"),
            Error::NotAList => t!("users-file-not-a-list"),
            Error::Encrypted => t!("users-file-encrypted"),
            Error::Damaged { words } => t!("users-file-damaged", detail = words.as_str()),
            Error::TooLarge => t!("users-file-too-large"),
            Error::OpenQuote { row } => t!("users-file-open-quote", row = number(*row)),
            Error::UnknownColumn { row, column } => t!(
                "users-file-unknown-column",
                row = number(*row),
                column = number(*column)
            ),
            Error::RepeatedColumn { row, column } => t!(
                "users-file-repeated-column",
                row = number(*row),
                column = number(*column)
            ),
        },
    }
}

pub(super) fn no_master(side: Side) -> String {
    match side {
        Side::Origin => t!("users-no-master-origin"),
        Side::Destination => t!("users-no-master-destination"),
    }
}

/// Why somebody has to say what the columns are.
pub(super) fn doubt(mapping: &Mapping, file: &str) -> String {
    let one = |at: &usize| number(at + 1);
    let why = match &mapping.why {
        Why::Repeated { first, second } => t!(
            "users-doubt-repeated",
            first = one(first),
            second = one(second)
        ),
        Why::Unnamed { column } => t!("users-doubt-unnamed", column = one(column)),
        Why::TwoReadings { first, second } => t!(
            "users-doubt-two-readings",
            first = one(first),
            second = one(second)
        ),
        Why::NoLogin => t!("users-doubt-no-login"),
        Why::Form | Why::Header | Why::Contents | Why::Given => String::new(),
    };
    let asked = t!("users-columns-about", file = file);
    if why.is_empty() {
        asked
    } else {
        format!("{why} {asked}")
    }
}
