//! The words of this screen that are made of figures: states, reasons, durations, parts of a whole.

use std::time::Duration;

use jiff::Timestamp;

use super::from::{self, Much, Phase};
use crate::engine::{Activity, MailboxRow, Pass};
use crate::i18n::{self, Words};
use crate::journal::{self, Reason};
use crate::plan::Options;
use crate::t;
use crate::trouble::Kind;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::theme::Role;
use crate::ui::widget::Tone;

/// A state as its chip says it: its colour, its icon, whether that turns, its word.
pub(super) struct State {
    pub tone: Tone,
    pub icon: Icon,
    pub turns: bool,
    pub word: String,
}

/// The state of a mailbox.
pub(super) fn state(row: &MailboxRow, phase: Phase) -> State {
    let (tone, icon, word) = match row.activity {
        _ if matches!(phase, Phase::Closed(_)) && from::is_working(row) => {
            (Tone::Neutral, Icon::HOURGLASS, t!("live-state-waiting"))
        }
        Activity::Preparing
        | Activity::Listing
        | Activity::Copying
        | Activity::Verifying
        | Activity::Waiting
            if phase.is_paused() =>
        {
            (Tone::Warn, Icon::CIRCLE_PAUSE, t!("live-state-paused"))
        }
        Activity::Preparing | Activity::Listing | Activity::Copying | Activity::Verifying => {
            (Tone::Running, Icon::LOADER_CIRCLE, t!("live-state-running"))
        }
        Activity::Waiting => (Tone::Warn, Icon::HOURGLASS, t!("live-state-waiting")),
        Activity::Queued => (Tone::Neutral, Icon::CLOCK, t!("live-state-queued")),
        Activity::Done => (Tone::Ok, Icon::CIRCLE_CHECK, t!("live-state-done")),
        Activity::Failed | Activity::DoneWithExceptions => {
            (Tone::Bad, Icon::CIRCLE_X, t!("live-state-failed"))
        }
        Activity::Stopped if from::is_skipped(row) => {
            (Tone::Neutral, Icon::SKIP_FORWARD, t!("live-state-skipped"))
        }
        Activity::Stopped => (Tone::Neutral, Icon::SQUARE, t!("live-state-stopped")),
    };
    State {
        tone,
        turns: icon == Icon::LOADER_CIRCLE,
        icon,
        word,
    }
}

/// What there is to say of a mailbox besides its state: the folder, or the reason.
pub(super) fn note(row: &MailboxRow) -> (String, Role) {
    let kind = row.trouble.as_ref().map(|trouble| trouble.kind);
    match (row.activity, kind) {
        (Activity::Failed, Some(kind)) => (reason(kind), |t| t.bad),
        (Activity::Waiting, Some(kind)) => {
            let reason = reason(kind);
            let words = match row.until {
                Some(until) => t!(
                    "live-note-waiting",
                    reason = reason,
                    time = dates::clock(until)
                ),
                None => reason,
            };
            (words, |t| t.warn)
        }
        (Activity::DoneWithExceptions | Activity::Failed, _) if row.exceptions > 0 => {
            (not_copied(row.exceptions), |t| t.bad)
        }
        (Activity::DoneWithExceptions | Activity::Failed, _) => {
            (t!("live-note-folders"), |t| t.bad)
        }
        (Activity::Preparing, _) => (t!("live-note-preparing"), |t| t.ink_3),
        (Activity::Listing | Activity::Copying | Activity::Verifying | Activity::Waiting, _) => {
            if row.folder.is_empty() {
                (t!("live-note-listing"), |t| t.ink_3)
            } else {
                (folder(&row.folder), |t| t.ink_2)
            }
        }
        _ => (String::from("–"), |t| t.ink_3),
    }
}

/// `2 not copied`.
pub(super) fn not_copied(count: u64) -> String {
    t!(
        "live-not-copied",
        count = count,
        number = i18n::number(count)
    )
}

/// A folder as people call it.
pub(super) fn folder(name: &str) -> String {
    if name.eq_ignore_ascii_case("INBOX") {
        t!("live-inbox")
    } else {
        name.to_owned()
    }
}

/// A kind of trouble in two or three words.
pub(super) fn reason(kind: Kind) -> String {
    match kind {
        Kind::LoginRefused => t!("live-reason-login-refused"),
        Kind::LoginSuspended => t!("live-reason-login-suspended"),
        Kind::ImapDisabled => t!("live-reason-imap-disabled"),
        Kind::OauthOnly | Kind::ProviderGate => t!("live-reason-provider-gate"),
        Kind::PasswordMissing => t!("live-reason-password-missing"),
        Kind::NameUnknown | Kind::HostUnreachable | Kind::ConnectionRefused => {
            t!("live-reason-unreachable")
        }
        Kind::TimedOut => t!("live-reason-timed-out"),
        Kind::ConnectionLost => t!("live-reason-connection-lost"),
        kind if kind.is_certificate() => t!("live-reason-certificate"),
        Kind::TooManyConnections => t!("live-reason-too-many-connections"),
        Kind::ServerBusy | Kind::Throttled => t!("live-reason-server-busy"),
        Kind::OverQuota => t!("live-reason-over-quota"),
        Kind::TooLarge => t!("live-reason-too-large"),
        Kind::ContentRefused | Kind::FlagsRefused | Kind::Refused => t!("live-reason-refused"),
        Kind::FolderName | Kind::FolderMissing | Kind::FolderRefused => {
            t!("live-reason-folder")
        }
        Kind::Unreadable => t!("live-reason-unreadable"),
        Kind::Altered | Kind::CopyMissing => t!("live-reason-altered"),
        Kind::ServerError => t!("live-reason-server-error"),
        Kind::DiskFull => t!("live-reason-disk-full"),
        Kind::TooManyFailures => t!("live-reason-too-many-failures"),
        other => Words::current().trouble(&other.key()),
    }
}

/// Why messages have no copy, in a few words.
pub(super) fn left_out(reason: &Reason, options: &Options) -> String {
    match (
        reason.state == journal::State::Excluded,
        reason.code.as_str(),
    ) {
        (true, "max-size") => {
            let size = options.max_size.map(i18n::size).unwrap_or_default();
            t!("live-excluded-size", size = size)
        }
        (true, "since") => t!("live-excluded-since"),
        (true, "deleted") => t!("live-excluded-deleted"),
        (true, _) => t!("live-excluded"),
        (false, code) => Kind::of_key(code).map_or_else(|| code.to_owned(), self::reason),
    }
}

/// `46%`.
pub(super) fn percent(much: Much) -> String {
    t!("percent", value = much.percent().to_string())
}

/// A number of octets apart from its unit.
pub(super) fn size(octets: u64) -> (String, String) {
    let size = i18n::size(octets);
    match size.rsplit_once(char::is_whitespace) {
        Some((number, unit)) => (number.to_owned(), unit.to_owned()),
        None => (size, String::new()),
    }
}

/// `17,7 of 38,4 GB`.
pub(super) fn of_octets(much: Much) -> String {
    let (mut done, unit) = size(much.octets_done);
    let (of, whole) = size(much.octets);
    if unit != whole && much.octets_done > 0 {
        done = format!("{done}\u{a0}{unit}");
    }
    let plus = if much.whole { "" } else { "+" };
    t!(
        "live-of",
        done = done,
        of = format!("{of}{plus}\u{a0}{whole}")
    )
}

/// `85.754 of 186.420 messages`.
pub(super) fn of_messages(much: Much) -> String {
    if much.of == 0 && !much.whole {
        return t!("live-of-unknown");
    }
    let (done, of) = (i18n::number(much.done), i18n::number(much.of));
    if much.whole {
        t!("live-of-messages", done = done, of = of, count = much.of)
    } else {
        t!("live-of-at-least", done = done, of = of, count = much.of)
    }
}

/// `12.203 / 17.946`; with a plus where there may be more.
pub(super) fn messages(much: Much) -> String {
    if much.of == 0 && !much.whole {
        return String::from("–");
    }
    let plus = if much.whole { "" } else { "+" };
    format!(
        "{} / {}{plus}",
        i18n::number(much.done),
        i18n::number(much.of)
    )
}

/// A duration as one says it of what is not certain.
pub(super) fn roughly(duration: Duration) -> String {
    let minutes = (duration.as_secs() + 30) / 60;
    if duration.as_secs() < 60 {
        return t!("live-under-a-minute");
    }
    if minutes < 60 {
        return t!("live-minutes", number = minutes.to_string());
    }
    let minutes = if minutes < 180 {
        minutes / 5 * 5
    } else {
        minutes / 15 * 15
    };
    let (hours, rest) = (minutes / 60, minutes % 60);
    if hours >= 24 {
        let days = (hours / 24).to_string();
        return t!(
            "duration-days",
            days = days,
            hours = (hours % 24).to_string()
        );
    }
    if rest == 0 {
        return t!("live-hours", number = hours.to_string());
    }
    t!(
        "duration-hours",
        hours = hours.to_string(),
        minutes = rest.to_string()
    )
}

/// `about 40 min`.
pub(super) fn about(left: Duration) -> String {
    if left.as_secs() < 60 {
        return t!("live-under-a-minute");
    }
    t!("live-about", time = roughly(left))
}

/// `about 40 min to go`.
pub(super) fn missing(left: Duration) -> String {
    if left.as_secs() < 60 {
        return t!("live-missing-little");
    }
    t!("live-missing", time = roughly(left))
}

/// When it ends, if it ends so: `expected end at 23:14`.
pub(super) fn end(left: Duration) -> Option<String> {
    let end = Timestamp::now().checked_add(left).ok()?;
    let today = dates::here(end).date() == dates::here(Timestamp::now()).date();
    let time = dates::clock(end);
    Some(if today {
        t!("live-end", time = time)
    } else {
        t!("live-end-day", day = dates::day(end), time = time)
    })
}

/// `today at 22:00`; `18 Nov 2025 at 22:00`.
pub(super) fn at(time: Timestamp) -> String {
    let today = dates::here(time).date() == dates::here(Timestamp::now()).date();
    let clock = dates::clock(time);
    if today {
        t!("live-at-today", time = clock)
    } else {
        t!("live-at-day", day = dates::day(time), time = clock)
    }
}

/// What is being done, where it is not the copy.
pub(super) fn pass(pass: Option<Pass>) -> Option<String> {
    match pass {
        None | Some(Pass::Copy) => None,
        Some(Pass::Accounts) => Some(t!("live-pass-accounts")),
        Some(Pass::Complete) => Some(t!("live-pass-complete")),
        Some(Pass::Verify(_)) => Some(t!("live-pass-verify")),
    }
}
