//! Findings as people read them: a title, what follows from it, what there is to say about one account.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::ZonedDateTime;

use super::findings::{Case, Detail, Finding, Made, What};
use crate::account::Side;
use crate::engine::Prepared;
use crate::i18n::{self, Words};
use crate::plan::Window;
use crate::report::accounts;
use crate::t;
use crate::trouble::{Kind, Trouble};

/// What was found.
pub fn title(finding: &Finding) -> String {
    let count = finding.cases.len() as u64;
    let number = || i18n::number(count);
    match &finding.what {
        What::Running => t!("check-running"),
        What::Folder(_) => t!("check-folder"),
        What::Journal(_) => t!("check-journal"),
        What::NoAccounts => t!("check-no-accounts"),
        What::Locked => t!("check-locked"),
        What::OntoItself => t!("check-onto-itself", count = count, number = number()),
        What::NoMaker(_) => t!("check-no-maker"),
        What::Maker(_, _, found) => accounts::fact(&found.0.fact),
        What::Unchanged(_) => t!("check-unchanged"),
        What::Unprepared => t!("check-unprepared", count = count, number = number()),
        What::Differing => t!("check-differing", count = count, number = number()),
        What::Made(made) => t!("check-made", what = self::made(*made)),
        What::NoMessages => t!("check-no-messages"),
        What::Stopover { .. } => t!("check-stopover"),
        What::Script(_) => t!("check-script"),
        What::Lacking => t!("check-lacking", count = count, number = number()),
        What::Shut(Side::Origin) => t!("check-shut-origin", count = count, number = number()),
        What::Shut(Side::Destination) => {
            t!("check-shut-destination", count = count, number = number())
        }
        What::Unlooked => t!("check-unlooked", count = count, number = number()),
        What::Full => t!("check-full", count = count, number = number()),
        What::FolderRefused => t!("check-folder-refused", count = count, number = number()),
        What::FolderUnreadable => t!("check-folder-unreadable", count = count, number = number()),
        What::HiddenFolders => t!("check-hidden-folders", count = count, number = number()),
        What::HiddenLabels => t!("check-hidden-labels", count = count, number = number()),
        What::Groupware => t!("check-groupware", count = count, number = number()),
        What::InClear {
            origin: true,
            destination: true,
        } => t!("check-clear-both"),
        What::InClear { origin: true, .. } => t!("check-clear-origin"),
        What::InClear { .. } => t!("check-clear-destination"),
        What::OneServer => t!("check-one-server"),
        What::NotEmpty => t!("check-not-empty", count = count, number = number()),
        What::NoUidPlus => t!("check-no-uidplus"),
        What::Filters(_) => t!("check-filters"),
        What::Credentials { ready, of } => t!(
            "check-credentials",
            count = *of as u64,
            number = i18n::number(*ready as u64),
            of = i18n::number(*of as u64)
        ),
        What::Reachable { .. } => t!("check-reachable"),
        What::Space { .. } => t!("check-space"),
        What::Folders { .. } => t!("check-folders"),
        What::Hours => t!("check-hours"),
        What::Awake => t!("check-awake"),
    }
}

/// What follows from it.
pub fn about(finding: &Finding, latest: Option<String>, window: Option<&Window>) -> String {
    let count = finding.cases.len() as u64;
    match &finding.what {
        What::Running => t!("check-running-about"),
        What::Folder(detail) | What::Journal(detail) => detail.clone(),
        What::NoAccounts => t!("check-no-accounts-about"),
        What::Locked => t!("check-locked-about"),
        What::OntoItself => t!("check-onto-itself-about"),
        What::NoMaker(trouble) | What::Unchanged(trouble) => told(&trouble.0),
        What::Maker(_, _, found) => accounts::advice(&found.0).unwrap_or_default(),
        What::Differing => t!("check-differing-about"),
        What::Made(made) if made.create > 0 => t!("check-made-about"),
        What::Made(made) if made.passwords > 0 => t!("check-made-passwords-about"),
        What::Made(_) => t!("check-made-existing-about"),
        What::NoMessages => t!("check-no-messages-about"),
        What::Stopover {
            address,
            forwards,
            holds,
        } => {
            let address = address.as_str();
            if *forwards {
                t!("check-stopover-forwards", address = address)
            } else if *holds {
                t!("check-stopover-holds", address = address)
            } else {
                address.to_owned()
            }
        }
        What::Script(name) => t!("check-script-about", name = name.as_str()),
        What::Lacking => t!("check-lacking-about", count = count),
        What::Shut(_) | What::Unprepared => shut(&finding.cases),
        What::Unlooked => t!("check-unlooked-about", count = count),
        What::Full => t!("check-full-about"),
        What::FolderRefused => t!("check-folder-refused-about"),
        What::FolderUnreadable => t!("check-folder-unreadable-about"),
        What::HiddenFolders => t!("check-hidden-folders-about"),
        What::HiddenLabels => t!("check-hidden-labels-about"),
        What::Groupware => t!("check-groupware-about"),
        What::InClear { .. } => t!("check-clear-about"),
        What::OneServer => t!("check-one-server-about"),
        What::NotEmpty => t!("check-not-empty-about"),
        What::NoUidPlus => t!("check-no-uidplus-about"),
        What::Filters(list) => t!("check-filters-about", list = list.as_str()),
        What::Credentials { .. } => latest.map_or_else(String::new, |time| {
            t!("check-credentials-about", time = time)
        }),
        What::Reachable {
            origin,
            destination,
        } => reachable(origin, destination),
        What::Space { free, needed } => t!(
            "check-space-about",
            free = i18n::size(*free),
            needed = i18n::size(*needed)
        ),
        What::Folders {
            folders,
            merged,
            renamed,
        } => matched(*folders, *merged, *renamed),
        What::Hours => window.map_or_else(String::new, hours),
        What::Awake => t!("check-awake-about"),
    }
}

/// What becomes of all accounts: `12 to be created, 3 there already`.
pub fn made(made: Made) -> String {
    let mut parts = Vec::new();
    for (count, words) in [
        (made.create, made_create as fn(u64) -> String),
        (made.complete, made_complete),
        (made.passwords, made_passwords),
        (made.existing, made_existing),
    ] {
        if count > 0 {
            parts.push(words(count));
        }
    }
    parts.join(", ")
}

fn made_create(count: u64) -> String {
    t!(
        "check-made-create",
        count = count,
        number = i18n::number(count)
    )
}

fn made_complete(count: u64) -> String {
    t!(
        "check-made-complete",
        count = count,
        number = i18n::number(count)
    )
}

fn made_passwords(count: u64) -> String {
    t!(
        "check-made-passwords",
        count = count,
        number = i18n::number(count)
    )
}

fn made_existing(count: u64) -> String {
    t!(
        "check-made-existing",
        count = count,
        number = i18n::number(count)
    )
}

/// A trouble with what to do, and the technical line.
fn told(trouble: &Trouble) -> String {
    let words = Words::current();
    let key = trouble.kind.key();
    let mut said = vec![words.trouble(&key)];
    said.extend(words.remedy(&key));
    said.extend(Some(trouble.detail.clone()).filter(|detail| !detail.is_empty()));
    said.join(" ")
}

/// What becomes of one account.
pub fn prepared(prepared: &Prepared) -> String {
    match prepared {
        Prepared::WouldCreate => t!("check-would-create"),
        Prepared::WouldComplete => t!("check-would-complete"),
        Prepared::WouldSetPassword => t!("check-would-set-password"),
        Prepared::Existed(differences) if !differences.is_empty() => {
            let said: Vec<String> = differences.iter().map(accounts::difference).collect();
            t!("check-exists-differing", differences = said.join("; "))
        }
        Prepared::Existed(_)
        | Prepared::Created
        | Prepared::Completed
        | Prepared::PasswordSet
        | Prepared::Unchanged => t!("check-exists"),
    }
}

/// The one reason all have, or that there are several.
fn shut(cases: &[Case]) -> String {
    let kinds: BTreeSet<String> = cases
        .iter()
        .filter_map(|case| match &case.detail {
            Detail::Trouble(trouble) => Some(trouble_words(trouble)),
            _ => None,
        })
        .collect();
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(only), None) => t!("check-shut-one", words = only),
        _ => t!("check-shut-several"),
    }
}

fn reachable(origin: &str, destination: &str) -> String {
    if origin.is_empty() || destination.is_empty() {
        t!("check-reachable-clear")
    } else if origin == destination {
        t!("check-reachable-both", word = origin)
    } else {
        t!(
            "check-reachable-each",
            origin = origin,
            destination = destination
        )
    }
}

fn matched(folders: u64, merged: u64, renamed: u64) -> String {
    let mut parts = vec![Words::current().folders(folders)];
    if renamed > 0 {
        let number = i18n::number(renamed);
        parts.push(t!(
            "check-folders-renamed",
            count = renamed,
            number = number
        ));
    }
    if merged > 0 {
        let number = i18n::number(merged);
        parts.push(t!("check-folders-merged", count = merged, number = number));
    }
    if parts.len() == 1 {
        parts.push(t!("check-folders-plain"));
    }
    parts.join(", ")
}

/// When the copy will begin, as one sentence.
pub fn hours(window: &Window) -> String {
    hours_at(window, &ZonedDateTime::now())
}

fn hours_at(window: &Window, now: &ZonedDateTime) -> String {
    let Some(at) = window.next_opening(now) else {
        let time = window.to.strftime("%H:%M").to_string();
        return t!("check-hours-open", time = time);
    };
    let time = at.time().strftime("%H:%M").to_string();
    if at.date() == now.date() {
        t!("check-hours-today", time = time)
    } else if now.date().tomorrow().is_ok_and(|day| day == at.date()) {
        t!("check-hours-tomorrow", time = time)
    } else {
        let day = at.weekday().to_monday_one_offset();
        t!("check-hours-day", weekday = day, time = time)
    }
}

/// A trouble in a few words, for a row.
pub fn short(kind: Kind) -> String {
    let key = format!("failure-{}", kind.key());
    if Words::current().has(&key) {
        t!(dynamic key.as_str())
    } else {
        let words = Words::current().trouble(&kind.key());
        words.trim_end_matches('.').to_owned()
    }
}

fn trouble_words(trouble: &Trouble) -> String {
    Words::current().trouble(&trouble.kind.key())
}

/// What there is to say about one account: in words, and as the server said it.
pub fn case(case: &Case) -> (String, Option<String>) {
    match &case.detail {
        Detail::None => (String::new(), None),
        Detail::Lacking(sides) => {
            let words = match (
                sides.contains(&Side::Origin),
                sides.contains(&Side::Destination),
            ) {
                (true, true) => t!("check-lacking-both"),
                (true, false) => t!("check-lacking-origin"),
                _ => t!("check-lacking-destination"),
            };
            (words, None)
        }
        Detail::Trouble(trouble) => {
            let technical = trouble
                .detail
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let technical = Some(technical).filter(|detail| !detail.is_empty());
            (trouble_words(trouble), technical)
        }
        Detail::Space { needed, free } => {
            let words = t!(
                "check-full-case",
                needed = i18n::size(*needed),
                free = i18n::size(*free)
            );
            (words, None)
        }
        Detail::Prepared(prepared) => (self::prepared(prepared), None),
        Detail::Messages(messages) => (Words::current().messages(*messages), None),
        Detail::Names(names) => (names.join(", "), None),
        Detail::Words(words) => (String::new(), Some(words.join(" · "))),
        Detail::Moves(moves) => {
            let moves: Vec<String> = moves
                .iter()
                .map(|(from, to)| format!("{from} → {to}"))
                .collect();
            (moves.join(", "), None)
        }
    }
}

/// A time as an estimate is told: whole minutes.
pub fn estimate(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => t!("preflight-below-a-minute"),
        60..3_570 => t!(
            "preflight-minutes",
            number = ((seconds + 30) / 60).to_string()
        ),
        _ => i18n::duration(Duration::from_secs((seconds + 30) / 60 * 60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn an_estimate_is_no_more_exact_than_it_is() {
        let said = |seconds| estimate(Duration::from_secs(seconds));
        assert_eq!(said(75), "1 min");
        assert_eq!(said(3_540), "59 min");
        assert_eq!(said(3_599), "1 h 0 min");
        assert_eq!(said(4_512), "1 h 15 min");
        assert!(said(3).contains('1'));
    }

    #[test]
    fn the_beginning_is_told_with_its_day() {
        let window = Window {
            from: time(22, 0, 0, 0),
            to: time(6, 0, 0, 0),
            weekends: false,
        };
        // A Tuesday.
        let at = |hour| {
            let at = date(2025, 11, 18).at(hour, 0, 0, 0);
            at.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap()
        };
        assert!(hours_at(&window, &at(12)).contains("22:00"));
        assert!(hours_at(&window, &at(23)).contains("06:00"));
        let morning = Window {
            from: time(1, 0, 0, 0),
            to: time(6, 0, 0, 0),
            ..window
        };
        assert!(hours_at(&morning, &at(12)).contains("01:00"));
    }

    #[test]
    fn every_kind_of_trouble_has_a_few_words() {
        for kind in [
            Kind::LoginRefused,
            Kind::TimedOut,
            Kind::PasswordMissing,
            Kind::Tls,
        ] {
            let words = short(kind);
            assert!(!words.contains('⟨') && !words.ends_with('.'), "{words}");
        }
    }
}
