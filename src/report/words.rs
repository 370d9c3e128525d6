//! The report's facts in words.

use std::collections::HashSet;

use super::accounts::difference;
use super::{AccountReport, Assurance, Finding, Grade, Report};
use crate::i18n::Words;
use crate::journal::{FolderState, FolderSum, Phase, Setup, State};
use crate::plan::Scope;
use crate::provision::Difference;
use crate::t;
use crate::trouble::is_order;

/// The word for a state of messages.
pub fn state_word(state: State, words: &Words) -> String {
    match state {
        State::Planned => t!(in words, "state-planned"),
        State::InFlight => t!(in words, "state-in-flight"),
        State::Acked => t!(in words, "state-acked"),
        State::Verified => t!(in words, "state-verified"),
        State::Adopted => t!(in words, "state-adopted"),
        State::Merged => t!(in words, "state-merged"),
        State::Gone => t!(in words, "state-gone"),
        State::Excluded => t!(in words, "state-excluded"),
        State::Exception => t!(in words, "state-exception"),
    }
}

/// The word for a grade.
pub fn grade_word(grade: Grade, words: &Words) -> String {
    match grade {
        Grade::Perfect => t!(in words, "report-grade-perfect"),
        Grade::Good => t!(in words, "report-grade-good"),
        Grade::ToCheck => t!(in words, "report-grade-to-check"),
        Grade::Critical => t!(in words, "report-grade-critical"),
    }
}

/// The words for how far a mailbox is.
pub fn phase_word(phase: Phase, words: &Words) -> String {
    match phase {
        Phase::Waiting => t!(in words, "report-phase-waiting"),
        Phase::Copying => t!(in words, "report-phase-copying"),
        Phase::Copied => t!(in words, "report-phase-copied"),
        Phase::Completed => t!(in words, "report-phase-completed"),
        Phase::Interrupted => t!(in words, "report-phase-interrupted"),
    }
}

/// The words for how far a mailbox of the report is.
pub(super) fn account_phase(account: &AccountReport, words: Words) -> String {
    if account.left_out {
        t!(in words, "report-left-out")
    } else {
        phase_word(account.phase, &words)
    }
}

/// The word for what became of a folder.
pub fn folder_word(state: FolderState, words: &Words) -> String {
    match state {
        FolderState::Active => t!(in words, "report-folder-active"),
        FolderState::Excluded => t!(in words, "report-folder-excluded"),
        FolderState::Failed => t!(in words, "report-folder-failed"),
        FolderState::Vanished => t!(in words, "report-folder-vanished"),
    }
}

/// What became of a folder, with the reason.
pub(super) fn folder_outcome(folder: &FolderSum, words: Words) -> String {
    if folder.state == FolderState::Active && folder.listed.is_none() {
        return t!(in words, "report-folder-not-listed");
    }
    let word = folder_word(folder.state, &words);
    match &folder.reason {
        Some(rule) if folder.state == FolderState::Excluded => {
            note(rule, words).map_or_else(|| word.clone(), |rule| format!("{word}: {rule}"))
        }
        Some(reason) => format!("{word}: {}", words.trouble(reason)),
        None => word,
    }
}

/// What happened to the name of a folder, in words; empty where it is of no interest.
pub(super) fn notes(folder: &FolderSum, words: Words) -> String {
    let tokens = folder
        .notes
        .split([' ', ',', ';'])
        .filter(|token| !token.is_empty());
    let said: Vec<String> = tokens.filter_map(|token| note(token, words)).collect();
    said.join(", ")
}

/// One note of the engine, or the rule that leaves a folder out; the words are those of the pre-flight check.
fn note(note: &str, words: Words) -> Option<String> {
    Some(match note {
        "role" | "recorded" => return None,
        "renamed:spaces" => t!(in words, "cli-note-spaces"),
        "renamed:empty" => t!(in words, "cli-note-empty"),
        "renamed:reserved" => t!(in words, "cli-note-reserved"),
        "renamed:undecodable" => t!(in words, "cli-note-undecodable"),
        "renamed:language" => t!(in words, "cli-note-language"),
        "renamed:taken" => t!(in words, "cli-note-taken"),
        "renamed:separator" => t!(in words, "cli-note-separator"),
        "renamed:case" => t!(in words, "cli-note-case"),
        "renamed:characters" => t!(in words, "cli-note-characters"),
        "renamed:flattened" => t!(in words, "cli-note-flattened"),
        "merged" => t!(in words, "cli-note-merged"),
        "role-taken" => t!(in words, "cli-note-role-taken"),
        "chosen" => t!(in words, "cli-note-chosen"),
        "container" => t!(in words, "cli-note-container"),
        "view" => t!(in words, "cli-note-view"),
        "duplicate" => t!(in words, "cli-note-duplicate"),
        "foreign" => t!(in words, "cli-note-foreign"),
        other => match other.strip_prefix("pattern:") {
            Some(pattern) => t!(in words, "cli-note-pattern", pattern = pattern),
            None => other.to_owned(),
        },
    })
}

/// Whether the sums of a mailbox agree.
pub(super) fn sums(holds: bool, words: Words) -> String {
    if holds {
        t!(in words, "report-sums-agree")
    } else {
        t!(in words, "report-sums-disagree")
    }
}

/// What may be claimed about a mailbox, in a few words.
pub(super) fn account_claim(account: &AccountReport, words: Words) -> String {
    if account.left_out {
        t!(in words, "report-left-out")
    } else if account.folders.iter().any(|folder| folder.listed.is_some()) {
        claim(account.assurance, words)
    } else {
        t!(in words, "report-folder-not-listed")
    }
}

/// What may be claimed, in a few words.
pub(super) fn claim(claim: Assurance, words: Words) -> String {
    match claim {
        Assurance::Nothing => t!(in words, "report-claim-nothing"),
        Assurance::Accepted { .. } => t!(in words, "report-claim-accepted"),
        Assurance::Present { .. } => t!(in words, "report-claim-present"),
        Assurance::Sample { read, .. } => {
            t!(in words, "report-claim-sample", read = words.number(read))
        }
        Assurance::Full { .. } => t!(in words, "report-claim-full"),
    }
}

/// The verdict in one line.
pub(super) fn headline(report: &Report, words: Words) -> String {
    if report.plan.scope == Scope::Passwords {
        let set = passwords_set(report);
        return t!(in words, "report-headline-passwords", count = set, number = words.number(set));
    }
    if report.zero_missing() {
        return t!(in words, "report-headline-zero");
    }
    let (missing, failed) = (
        report.missing(),
        report.accounts.iter().filter(|one| is_failed(one)).count() as u64,
    );
    if failed > 0 {
        t!(in words, "report-headline-failed", count = failed, number = words.number(failed))
    } else if missing > 0 {
        t!(in words, "report-headline-missing", count = missing, number = words.number(missing))
    } else {
        let copies = report.copies();
        t!(in words, "report-headline-copied", count = copies, number = words.number(copies))
    }
}

/// Accounts whose password was set.
fn passwords_set(report: &Report) -> u64 {
    let rows = report
        .counted()
        .filter_map(|account| account.setup.as_ref());
    rows.filter(|row| row.password).count() as u64
}

/// What was done to the account at the destination, in words; empty where nothing was.
pub(super) fn account_setup(account: &AccountReport, words: Words) -> String {
    let Some(row) = &account.setup else {
        return String::new();
    };
    let mut said = Vec::new();
    match row.state {
        Setup::None => {}
        Setup::Making | Setup::HalfMade => said.push(t!(in words, "report-setup-half-made")),
        Setup::Made => said.push(t!(in words, "report-setup-made")),
        Setup::Existed => said.push(t!(in words, "report-setup-existed")),
    }
    if row.password {
        said.push(t!(in words, "report-setup-password"));
    }
    if let Some(kind) = &row.trouble {
        said.push(words.trouble(kind));
    }
    let differences: Vec<Difference> = serde_json::from_str(&row.differences).unwrap_or_default();
    said.extend(differences.iter().map(difference));
    said.join("; ")
}

fn is_failed(account: &AccountReport) -> bool {
    account
        .trouble
        .as_deref()
        .is_some_and(|trouble| !is_order(trouble))
}

/// What was proven, in a few sentences.
pub(super) fn statement(report: &Report, words: Words) -> Vec<String> {
    let copies = words.messages(report.copies());
    let mailboxes = words.mailboxes(report.counted().count() as u64);
    let claim = report.assurance();
    let (read, of) = (words.number(claim.read()), words.number(claim.copies()));
    if report.plan.scope == Scope::Passwords {
        return vec![t!(in words, "report-statement-passwords")];
    }
    let mut said =
        vec![t!(in words, "report-statement-copies", messages = copies, mailboxes = mailboxes)];
    said.push(match claim {
        Assurance::Nothing => t!(in words, "report-statement-nothing"),
        Assurance::Accepted { read: 0, .. } => t!(in words, "report-statement-accepted"),
        Assurance::Accepted { .. } => t!(in words, "report-statement-accepted-some", read = read, of = of),
        Assurance::Present { .. } => t!(in words, "report-statement-present", read = read, of = of),
        Assurance::Sample { defects: 0, smallest, .. } => {
            let bound = claim.bound().unwrap_or(1.0);
            t!(
                in words,
                "report-statement-sample",
                read = read,
                of = of,
                smallest = words.number(smallest),
                bound = percent(bound, words),
            )
        }
        Assurance::Sample { defects, .. } => {
            t!(in words, "report-statement-sample-defects", read = read, of = of, defects = words.number(defects))
        }
        Assurance::Full { .. } => {
            let class = |name: &str| report.totals.classes.get(name).copied().unwrap_or(0);
            t!(
                in words,
                "report-statement-full",
                identical = words.number(class("I")),
                normal = words.number(class("N")),
                headers = words.number(class("H")),
                adopted = words.number(report.totals.of(&[State::Adopted])),
            )
        }
    });
    said.extend(readers(report, words));
    said
}

/// Who read the copies, and with which seeds the samples were drawn.
fn readers(report: &Report, words: Words) -> Vec<String> {
    let made = || {
        report
            .accounts
            .iter()
            .filter_map(|account| account.verification.as_ref())
    };
    let mut said = Vec::new();
    let mut seen = HashSet::new();
    for reader in made()
        .filter_map(|made| made.reader.as_deref())
        .filter(|reader| seen.insert(*reader))
    {
        said.push(t!(in words, "report-statement-reader", reader = reader));
    }
    let fallbacks = made().map(|made| made.fallbacks).max().unwrap_or(0);
    if fallbacks > 0 {
        said.push(t!(in words, "report-statement-fallbacks", count = fallbacks, number = words.number(fallbacks)));
    }
    let mut seen = HashSet::new();
    let sampled = matches!(report.assurance(), Assurance::Sample { .. });
    for seed in made()
        .filter(|_| sampled)
        .filter_map(|made| made.seed.as_deref())
        .filter(|seed| seen.insert(*seed))
    {
        said.push(t!(in words, "report-statement-seed", seed = seed));
    }
    said
}

/// A part of one, rounded up to a tenth of a percent: a bound is never made smaller than it is.
fn percent(part: f64, words: Words) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1000"
    )]
    let tenths = (part * 1000.0 - 1e-9).ceil().clamp(0.0, 1000.0) as u64;
    words.percent(tenths, 1000)
}

/// A finding as a sentence.
pub(super) fn finding(finding: &Finding, words: Words) -> String {
    let n = |count: u64| words.number(count);
    match finding {
        Finding::SumsDisagree {
            account,
            folder,
            listed,
            counted,
        } => t!(
            in words, "report-finding-sums", account = account, folder = folder, listed = n(*listed), counted = n(*counted)
        ),
        Finding::LedgerDisagrees {
            account,
            counted,
            lines,
        } => {
            t!(in words, "report-finding-ledger", account = account, counted = n(*counted), lines = n(*lines))
        }
        Finding::ComparisonsDisagree {
            account,
            folder,
            verified,
            compared,
        } => t!(
            in words,
            "report-finding-comparisons",
            account = account,
            folder = folder,
            verified = n(*verified),
            compared = n(*compared),
        ),
        Finding::AccountFailed {
            account,
            trouble: kind,
        } => {
            t!(in words, "report-finding-account-failed", account = account, trouble = words.trouble(kind))
        }
        Finding::AccountNotPrepared {
            account,
            trouble: kind,
            half_made,
        } => {
            let trouble = words.trouble(kind);
            if *half_made {
                t!(in words, "report-finding-half-made", account = account, trouble = trouble)
            } else {
                t!(in words, "report-finding-not-prepared", account = account, trouble = trouble)
            }
        }
        Finding::AccountHeld { account } => {
            t!(in words, "report-finding-held", account = account)
        }
        Finding::PasswordNotSet { account } => {
            t!(in words, "report-finding-password-not-set", account = account)
        }
        Finding::AccountNeverListed { account } => {
            t!(in words, "report-finding-never-listed", account = account)
        }
        Finding::FolderFailed {
            account,
            folder,
            trouble: kind,
            ..
        } => t!(
            in words,
            "report-finding-folder-failed",
            account = account,
            folder = folder,
            trouble = words.trouble(kind),
        ),
        Finding::ManyExceptions { messages, of } => {
            t!(in words, "report-finding-many", count = *messages, number = n(*messages), of = n(*of))
        }
        Finding::Exceptions { messages } => {
            t!(in words, "report-finding-exceptions", count = *messages, number = n(*messages))
        }
        Finding::Approved { messages, .. } => {
            t!(in words, "report-finding-approved", count = *messages, number = n(*messages))
        }
        Finding::NotFinished {
            messages: 0,
            folders: 0,
        } => t!(in words, "report-finding-stopped"),
        Finding::NotFinished {
            messages,
            folders: 0,
        } => t!(
            in words, "report-finding-messages-left", messages = words.messages(*messages)
        ),
        Finding::NotFinished {
            messages: 0,
            folders,
        } => t!(
            in words, "report-finding-folders-left", folders = words.folders(*folders)
        ),
        Finding::NotFinished { messages, folders } => t!(
            in words,
            "report-finding-not-finished",
            messages = words.messages(*messages),
            folders = words.folders(*folders),
        ),
        Finding::NotVerified { messages } => {
            t!(in words, "report-finding-not-verified", count = *messages, number = n(*messages))
        }
        Finding::PresenceOnly { messages } => {
            t!(in words, "report-finding-presence", count = *messages, number = n(*messages))
        }
        Finding::Merged { messages } => {
            t!(in words, "report-finding-merged", count = *messages, number = n(*messages))
        }
        Finding::Reencoded { messages } => {
            t!(in words, "report-finding-reencoded", count = *messages, number = n(*messages))
        }
        Finding::Different { messages } => {
            t!(in words, "report-finding-different", count = *messages, number = n(*messages))
        }
        Finding::SampleOnly { messages } => {
            t!(in words, "report-finding-sample", count = *messages, number = n(*messages))
        }
        Finding::HeadersAdded { messages } => {
            t!(in words, "report-finding-headers", count = *messages, number = n(*messages))
        }
        Finding::LostMetadata { messages } => {
            t!(in words, "report-finding-metadata", count = *messages, number = n(*messages))
        }
        Finding::Excluded { messages } => {
            t!(in words, "report-finding-excluded", count = *messages, number = n(*messages))
        }
        Finding::Gone { messages } => {
            t!(in words, "report-finding-gone", count = *messages, number = n(*messages))
        }
        Finding::LeftOut { mailboxes } => {
            t!(in words, "report-finding-left-out", count = *mailboxes, number = n(*mailboxes))
        }
        Finding::FinalPassToCome { mailboxes } => {
            t!(in words, "report-finding-final-pass", count = *mailboxes, number = n(*mailboxes))
        }
    }
}

/// A server's words without the addresses of people whose mailboxes are not the subject of the report.
pub(super) fn without_strangers(text: &str, report: &Report) -> String {
    let ours: HashSet<String> = report
        .accounts
        .iter()
        .flat_map(|account| {
            [
                account.login.to_lowercase(),
                account.destination_login.to_lowercase(),
            ]
        })
        .collect();
    let inside = |c: char| c.is_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches('.');
        let is_address = word
            .find('@')
            .is_some_and(|at| at > 0 && at + 1 < word.len());
        if is_address && !ours.contains(&word.to_lowercase()) {
            clean.push_str("…@…");
            clean.push_str(&rest[word.len()..end]);
        } else {
            clean.push_str(&rest[..end]);
        }
        let next = rest[end..].chars().next().map_or(0, char::len_utf8);
        clean.push_str(&rest[end..end + next]);
        rest = &rest[end + next..];
    }
    clean
}
