//! What may be said of a migration, and how each mailbox stands (pure).
//!
//! Promises: “0 missing” is said only where the report itself allows it; what was left out by a filter, by choice or
//! with somebody's approval is counted apart and never taken off; what nobody looked at is never called present.
//! Deliberately absent: words.

use super::prepared::has_password;
use crate::engine::Pass;
use crate::journal::{FolderState, Phase, State};
use crate::report::{AccountReport, Assurance, Finding, Grade, Report};
use crate::trouble::{Trouble, is_order};

/// The one thing to be said first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is no mailbox to speak of.
    Nothing,
    /// Everything was compared in full, and nothing lacks.
    Proven,
    /// Only passwords were set, in so many of the accounts: nothing is said of messages.
    Passwords { set: u64, of: u64 },
    /// Sums that must agree do not: nothing can be relied on.
    Disagree,
    /// Mailboxes that were never read, or whose last pass failed.
    Failed { accounts: u64 },
    /// It was stopped half-way.
    Stopped,
    /// Folders nobody could read.
    Unread { folders: u64 },
    /// Messages without a copy; `waiting` of them were not even tried, or are on their way.
    Missing { messages: u64, waiting: u64 },
    /// All messages are compared, but accounts are held, or made only in part.
    Unfinished,
    /// Nothing lacks, but copies are not as they should be.
    Differs,
    /// Nobody has compared the copies.
    Unverified { read: u64, of: u64 },
    /// The copies are in the destination's listing; their content was not looked at.
    Present { of: u64 },
    /// Besides, a sample was compared in full.
    Sampled { read: u64, of: u64 },
}

/// How the last run of this session ended, where there was one.
#[derive(Debug, Clone, Default)]
pub struct Last {
    pub stopped: bool,
    /// The pass it ended in.
    pub pass: Option<Pass>,
    /// Mailboxes that ended with a trouble.
    pub failed: Vec<(String, Trouble)>,
    /// Why it could not be begun, or not be gone on with.
    pub trouble: Option<Trouble>,
}

/// The verdict, and the numbers around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    /// Mailboxes that count.
    pub accounts: u64,
    /// Those whose final pass is still to come.
    pub open: u64,
    /// Mailboxes left out by choice; they do not count.
    pub left_out: u64,
    pub copies: u64,
    /// Messages without a copy, the approved ones included.
    pub missing: u64,
    /// Those of them somebody has approved.
    pub approved: u64,
    /// Mailboxes with a message without a copy.
    pub concerned: u64,
    pub excluded: u64,
    pub excluded_folders: u64,
    pub gone: u64,
    /// Messages the last final pass brought.
    pub additional: u64,
    pub assurance: Assurance,
    pub grade: Grade,
}

/// The states without a copy.
pub const MISSING: [State; 3] = [State::Planned, State::InFlight, State::Exception];

impl AccountReport {
    /// Messages without a copy.
    pub(super) fn missing(&self) -> u64 {
        self.tally.of(&MISSING)
    }

    /// Whether any of its folders was ever read.
    pub(super) fn is_listed(&self) -> bool {
        self.folders.iter().any(|folder| folder.listed.is_some())
    }

    /// Whether its last pass ended with a trouble that is none of the operator's.
    pub(super) fn is_failed(&self) -> bool {
        let trouble = self.trouble.as_deref();
        trouble.is_some_and(|trouble| !is_order(trouble))
    }

    fn is_stopped(&self) -> bool {
        self.trouble.as_deref().is_some_and(is_order)
    }

    /// Whether nobody knows what is in it: it is to be read again.
    pub(super) fn is_unknown(&self) -> bool {
        self.is_failed() || !self.is_listed()
    }
}

/// Folders of a mailbox that nobody could read, or that wait to be read.
fn unread(account: &AccountReport) -> u64 {
    let waits = |state, listed: bool| match state {
        FolderState::Failed => true,
        FolderState::Active => !listed,
        FolderState::Excluded | FolderState::Vanished => false,
    };
    let folders = account.folders.iter();
    folders
        .filter(|folder| waits(folder.state, folder.listed.is_some()))
        .count() as u64
}

/// Judges a report; `approved` of its exceptions have somebody's approval.
pub fn judge(report: &Report, last: &Last, approved: u64) -> Judgement {
    let count = |wanted: fn(&AccountReport) -> bool| {
        report.counted().filter(|account| wanted(account)).count() as u64
    };
    // There is no final pass where no message moves.
    let passes = report.plan.scope.copies();
    let excluded_folders = report.accounts.iter().flat_map(|account| &account.folders);
    Judgement {
        verdict: verdict(report, last),
        accounts: report.counted().count() as u64,
        open: if passes {
            count(|account| account.in_plan && account.phase != Phase::Completed)
        } else {
            0
        },
        left_out: report.accounts.len() as u64 - report.counted().count() as u64,
        copies: report.copies(),
        missing: report.missing(),
        approved,
        concerned: count(|account| account.missing() > 0),
        excluded: report.totals.of(&[State::Excluded]),
        excluded_folders: excluded_folders
            .filter(|folder| is_excluded_by_rule(folder))
            .count() as u64,
        gone: report.totals.of(&[State::Gone]),
        additional: report.counted().filter_map(|one| one.additional).sum(),
        assurance: report.assurance(),
        grade: report.grade,
    }
}

impl Judgement {
    /// Whether nothing is left to be done.
    pub fn is_done(&self) -> bool {
        match self.verdict {
            Verdict::Proven => self.open == 0,
            Verdict::Passwords { set, of } => set == of,
            _ => false,
        }
    }

    /// Mailboxes that are wanted but were held back, for a refused or missing password, were never read: nothing is
    /// proven of all there is.
    pub fn holding(mut self, held: u64) -> Self {
        if let Verdict::Passwords { of, .. } = &mut self.verdict {
            *of += held;
        }
        if held > 0 && matches!(self.verdict, Verdict::Proven) {
            self.verdict = Verdict::Failed { accounts: held };
        }
        self
    }
}

fn is_excluded_by_rule(folder: &crate::journal::FolderSum) -> bool {
    let rule = folder.reason.as_deref().unwrap_or_default();
    folder.state == FolderState::Excluded && rule.starts_with("pattern:")
}

fn verdict(report: &Report, last: &Last) -> Verdict {
    let accounts = || report.counted();
    let finds = |wanted: fn(&Finding) -> bool| report.findings.iter().any(wanted);
    if accounts().next().is_none() {
        return Verdict::Nothing;
    }
    if !report.plan.scope.copies() {
        let set = accounts().filter(|one| has_password(one)).count() as u64;
        let of = accounts().count() as u64;
        return Verdict::Passwords { set, of };
    }
    if report.zero_missing() {
        return Verdict::Proven;
    }
    if finds(|finding| {
        matches!(
            finding,
            Finding::SumsDisagree { .. }
                | Finding::LedgerDisagrees { .. }
                | Finding::ComparisonsDisagree { .. }
        )
    }) {
        return Verdict::Disagree;
    }
    let failed = accounts().filter(|account| account.is_unknown()).count() as u64;
    if failed > 0 {
        return Verdict::Failed { accounts: failed };
    }
    if last.stopped || accounts().any(AccountReport::is_stopped) {
        return Verdict::Stopped;
    }
    let folders = accounts().map(unread).sum();
    if folders > 0 {
        return Verdict::Unread { folders };
    }
    let messages = report.missing();
    if messages > 0 {
        let waiting = report.totals.of(&[State::Planned, State::InFlight]);
        return Verdict::Missing { messages, waiting };
    }
    let assurance = report.assurance();
    let defects = matches!(assurance, Assurance::Sample { defects: 1.., .. });
    if defects || finds(is_difference) {
        return Verdict::Differs;
    }
    let (read, of) = (assurance.read(), assurance.copies());
    match assurance {
        Assurance::Accepted { .. } => Verdict::Unverified { read, of },
        Assurance::Present { .. } => Verdict::Present { of },
        Assurance::Sample { .. } => Verdict::Sampled { read, of },
        Assurance::Full { .. } | Assurance::Nothing if finds(is_of_account) => Verdict::Unfinished,
        // Something speaks against it all the same.
        Assurance::Full { .. } | Assurance::Nothing => Verdict::Differs,
    }
}

fn is_difference(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::Merged { .. } | Finding::Reencoded { .. } | Finding::Different { .. }
    )
}

fn is_of_account(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::AccountHeld { .. } | Finding::AccountNotPrepared { .. }
    )
}

/// How a mailbox stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Compared in full, and nothing lacks.
    Complete,
    /// Messages lack; copying again may bring them.
    Recover,
    /// Something is to be looked at.
    ToSee,
    /// Stopped half-way.
    Stopped,
    /// Nobody has compared its copies.
    Unverified,
    /// Its copies are in the destination's listing.
    Present,
    /// Besides, a sample of them was compared.
    Sampled,
    /// Its password was set; or not.
    Set,
    NotSet,
    /// Left out by choice.
    LeftOut,
}

impl Outcome {
    pub fn of(account: &AccountReport) -> Self {
        if account.left_out {
            return Self::LeftOut;
        }
        if !account.is_listed() || !account.invariant.holds {
            return Self::ToSee;
        }
        if account.missing() > 0 {
            let again = account.in_plan;
            return if again { Self::Recover } else { Self::ToSee };
        }
        let class = |name: &str| account.tally.classes.get(name).copied().unwrap_or(0);
        let odd = account.tally.of(&[State::Merged]) + class("M") + class("X");
        if account.is_failed() || unread(account) > 0 || odd > 0 {
            return Self::ToSee;
        }
        if account.is_stopped() {
            return Self::Stopped;
        }
        match account.assurance {
            Assurance::Full { .. } | Assurance::Nothing => Self::Complete,
            Assurance::Sample { defects: 0, .. } => Self::Sampled,
            Assurance::Sample { .. } => Self::ToSee,
            Assurance::Present { .. } => Self::Present,
            Assurance::Accepted { .. } => Self::Unverified,
        }
    }

    /// The same where only passwords are set.
    pub fn of_password(account: &AccountReport) -> Self {
        match account {
            _ if account.left_out => Self::LeftOut,
            _ if has_password(account) && !account.is_failed() => Self::Set,
            _ => Self::NotSet,
        }
    }

    /// The smaller, the sooner somebody should look at it.
    pub fn rank(self) -> u8 {
        match self {
            Self::Recover | Self::NotSet => 0,
            Self::ToSee => 1,
            Self::Stopped => 2,
            Self::Unverified => 3,
            Self::Present => 4,
            Self::Sampled => 5,
            Self::Complete | Self::Set => 6,
            Self::LeftOut => 7,
        }
    }
}

/// How far the first copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Nothing was copied yet.
    NotBegun,
    /// Mailboxes that are not through, and messages known to be left.
    Open { accounts: u64, messages: u64 },
    /// Through in every mailbox; when the last one ended, ms since 1970.
    Done {
        accounts: u64,
        messages: u64,
        at: Option<i64>,
    },
}

impl First {
    pub fn of(report: &Report) -> Self {
        let accounts = || report.counted();
        if !accounts().any(|account| account.phase != Phase::Waiting) {
            return Self::NotBegun;
        }
        let waits = |account: &&AccountReport| {
            let left = account.tally.of(&[State::Planned, State::InFlight]);
            let through = matches!(account.phase, Phase::Copied | Phase::Completed);
            account.in_plan && (left > 0 || !through || !account.is_listed())
        };
        let open = accounts().filter(waits).count() as u64;
        if open > 0 {
            return Self::Open {
                accounts: open,
                messages: report.totals.of(&[State::Planned, State::InFlight]),
            };
        }
        Self::Done {
            accounts: accounts().count() as u64,
            messages: report.copies(),
            at: accounts().filter_map(|account| account.finished).max(),
        }
    }
}

/// Whether there is a result to be shown: a final pass or a verification has reached an end somewhere.
pub fn has_result(report: &Report) -> bool {
    !report.plan.scope.copies()
        || report
            .counted()
            .any(|account| account.phase == Phase::Completed || account.verification.is_some())
}
