//! What speaks against perfection, and the grade that follows (field.md E8). Pure.
//!
//! Promises: the grade is that of the gravest finding; a sum that does not agree with its twin is a finding of the
//! gravest kind, for then nothing in the report can be relied on.

use serde::Serialize;

use super::{AccountReport, Assurance, is_counted};
use crate::journal::{FolderState, Phase, Setup, State, Tally};
use crate::plan::Scope;
use crate::trouble::is_order;

/// How well it went, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Every message was compared in full and nothing was lost, not even metadata.
    Perfect,
    /// Every message is there, but for some metadata, or a few that a person has accepted one by one as missing; or
    /// only a sample was compared in full.
    Good,
    /// Something needs a look: exceptions, work or verification not finished.
    ToCheck,
    /// Something needs doing: mailboxes not listed or failed, many exceptions, sums that do not agree.
    Critical,
}

/// One thing that speaks against perfection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum Finding {
    /// The listing of a folder and the states of its messages do not agree.
    SumsDisagree {
        account: String,
        folder: String,
        listed: u64,
        counted: u64,
    },
    /// The states and the ledger do not agree on the number of exceptions.
    LedgerDisagrees {
        account: String,
        counted: u64,
        lines: u64,
    },
    /// The states and the recorded comparisons do not agree.
    ComparisonsDisagree {
        account: String,
        folder: String,
        verified: u64,
        compared: u64,
    },
    /// A mailbox ended with a trouble.
    AccountFailed { account: String, trouble: String },
    /// An account at the destination could not be made, or was made and not finished.
    AccountNotPrepared {
        account: String,
        trouble: String,
        half_made: bool,
    },
    /// An account is still held for the migration: its user cannot use it as usual.
    AccountHeld { account: String },
    /// The password of an account was not set.
    PasswordNotSet { account: String },
    /// A mailbox was never listed: what is in it is not known.
    AccountNeverListed { account: String },
    /// A folder could not be worked on.
    FolderFailed {
        account: String,
        folder: String,
        trouble: String,
        listed: bool,
    },
    /// More exceptions than a person can look at one by one.
    ManyExceptions { messages: u64, of: u64 },
    /// Messages that could not be copied, or whose copy is not as it should be.
    Exceptions { messages: u64 },
    /// Messages that could not be copied, and that a person has accepted as they are: missing all the same.
    Approved { messages: u64, of: u64 },
    /// Messages and folders not worked on yet.
    NotFinished { messages: u64, folders: u64 },
    /// Copies nobody has compared.
    NotVerified { messages: u64 },
    /// Copies of which only the presence was looked at.
    PresenceOnly { messages: u64 },
    /// Copies merged by the destination with identical ones.
    Merged { messages: u64 },
    /// Copies the destination stored in another encoding.
    Reencoded { messages: u64 },
    /// Copies that differ, and are not in the ledger.
    Different { messages: u64 },
    /// Copies covered by a sample, not compared themselves.
    SampleOnly { messages: u64 },
    /// Copies the destination added header lines to.
    HeadersAdded { messages: u64 },
    /// Messages that lost metadata: keywords, dates.
    LostMetadata { messages: u64 },
    /// Messages left out by a rule. Says nothing against the migration.
    Excluded { messages: u64 },
    /// Messages that left the origin before they were read. Says nothing against the migration.
    Gone { messages: u64 },
    /// Mailboxes left out by choice, of which nothing was touched. Says nothing against the migration.
    LeftOut { mailboxes: u64 },
    /// Mailboxes whose final pass is still to come. Says nothing against the migration.
    FinalPassToCome { mailboxes: u64 },
}

impl Finding {
    /// The best grade possible with it.
    pub fn grade(&self) -> Grade {
        match self {
            Self::SumsDisagree { .. }
            | Self::LedgerDisagrees { .. }
            | Self::ComparisonsDisagree { .. }
            | Self::AccountFailed { .. }
            | Self::AccountNotPrepared { .. }
            | Self::AccountHeld { .. }
            | Self::PasswordNotSet { .. }
            | Self::AccountNeverListed { .. }
            | Self::ManyExceptions { .. } => Grade::Critical,
            Self::FolderFailed {
                trouble, listed, ..
            } => match trouble.as_str() {
                "fence-open" | "over-quota" => Grade::Critical,
                "listing-inconsistent" => Grade::ToCheck,
                _ if *listed => Grade::ToCheck,
                _ => Grade::Critical,
            },
            Self::Exceptions { .. }
            | Self::NotFinished { .. }
            | Self::NotVerified { .. }
            | Self::PresenceOnly { .. }
            | Self::Merged { .. }
            | Self::Reencoded { .. }
            | Self::Different { .. } => Grade::ToCheck,
            // A grade better for each that was accepted in writing, and never two.
            Self::Approved { messages, of } if is_many(*messages, *of) => Grade::ToCheck,
            Self::Approved { .. } => Grade::Good,
            Self::SampleOnly { .. } | Self::HeadersAdded { .. } | Self::LostMetadata { .. } => {
                Grade::Good
            }
            Self::Excluded { .. }
            | Self::Gone { .. }
            | Self::LeftOut { .. }
            | Self::FinalPassToCome { .. } => Grade::Perfect,
        }
    }
}

/// The grade that follows from the findings.
pub fn grade(findings: &[Finding]) -> Grade {
    findings
        .iter()
        .map(Finding::grade)
        .max()
        .unwrap_or(Grade::Perfect)
}

/// Makes the finding of a number.
type Make = fn(u64) -> Finding;

/// Most exceptions a person can be asked to look at.
const MANY_EXCEPTIONS: u64 = 100;

fn is_many(messages: u64, of: u64) -> bool {
    messages > MANY_EXCEPTIONS || messages * 100 > of
}

/// Everything there is to say, gravest first; within a grade in the order of the kinds and the mailboxes.
pub(super) fn findings(scope: Scope, accounts: &[AccountReport], totals: &Tally) -> Vec<Finding> {
    let mut found = Vec::new();
    for account in accounts {
        found.extend(unprepared(scope, account));
        found.extend(breaches(account));
        found.extend(failures(scope, account));
    }
    let exceptions = totals.of(&[State::Exception]);
    let lines = accounts.iter().flat_map(|account| &account.exceptions);
    let approved = lines.filter(|line| line.approval.is_some()).count() as u64;
    let approved = approved.min(exceptions);
    let of = totals.total() - totals.of(&[State::Excluded, State::Gone]);
    match exceptions - approved {
        0 => {}
        messages if is_many(messages, of) => found.push(Finding::ManyExceptions { messages, of }),
        messages => found.push(Finding::Exceptions { messages }),
    }
    if approved > 0 {
        let messages = approved;
        found.push(Finding::Approved { messages, of });
    }
    let folders = accounts.iter().map(unlisted).sum();
    let messages = totals.of(&[State::Planned, State::InFlight]);
    let stopped = accounts
        .iter()
        .any(|account| account.trouble.as_deref().is_some_and(is_order));
    if messages > 0 || folders > 0 || stopped {
        found.push(Finding::NotFinished { messages, folders });
    }
    let unread = |wanted: fn(Assurance) -> bool| -> u64 {
        let matching = accounts
            .iter()
            .map(|account| account.assurance)
            .filter(|one| wanted(*one));
        matching.map(|one| one.copies() - one.read()).sum()
    };
    let class = |name: &str| totals.classes.get(name).copied().unwrap_or(0);
    let open = |account: &&AccountReport| {
        scope.copies() && account.in_plan && !account.left_out && account.phase != Phase::Completed
    };
    let left_out = |account: &&AccountReport| account.left_out;
    let counts: [(u64, Make); 12] = [
        (
            unread(|one| matches!(one, Assurance::Accepted { .. })),
            |messages| Finding::NotVerified { messages },
        ),
        (
            unread(|one| matches!(one, Assurance::Present { .. })),
            |messages| Finding::PresenceOnly { messages },
        ),
        (totals.of(&[State::Merged]), |messages| Finding::Merged {
            messages,
        }),
        (class("M"), |messages| Finding::Reencoded { messages }),
        (class("X").saturating_sub(exceptions), |messages| {
            Finding::Different { messages }
        }),
        (
            unread(|one| matches!(one, Assurance::Sample { .. })),
            |messages| Finding::SampleOnly { messages },
        ),
        (class("H"), |messages| Finding::HeadersAdded { messages }),
        (totals.lost_metadata, |messages| Finding::LostMetadata {
            messages,
        }),
        (totals.of(&[State::Excluded]), |messages| {
            Finding::Excluded { messages }
        }),
        (totals.of(&[State::Gone]), |messages| Finding::Gone {
            messages,
        }),
        (
            accounts.iter().filter(left_out).count() as u64,
            |mailboxes| Finding::LeftOut { mailboxes },
        ),
        (accounts.iter().filter(open).count() as u64, |mailboxes| {
            Finding::FinalPassToCome { mailboxes }
        }),
    ];
    found.extend(
        counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, make)| make(count)),
    );
    found.sort_by_key(|finding| std::cmp::Reverse(finding.grade()));
    found
}

/// Sums of a mailbox that must agree and do not.
pub(super) fn breaches(account: &AccountReport) -> Vec<Finding> {
    let mut found = Vec::new();
    for folder in &account.folders {
        let (name, counted) = (folder.name.text(), folder.tally.total());
        let listed = folder.listed.unwrap_or(0);
        if is_counted(folder) && listed != counted {
            found.push(Finding::SumsDisagree {
                account: account.login.clone(),
                folder: name.clone(),
                listed,
                counted,
            });
        }
        // Every verified message was compared, and only what has (or had) a copy can have been.
        let compared = folder.tally.classes.values().sum();
        let verified = folder.tally.of(&[State::Verified]);
        let most = verified
            + folder
                .tally
                .of(&[State::Adopted, State::Merged, State::Exception]);
        if !(verified..=most).contains(&compared) {
            found.push(Finding::ComparisonsDisagree {
                account: account.login.clone(),
                folder: name,
                verified,
                compared,
            });
        }
    }
    // A line of the ledger without a reason is no line.
    let lines = account
        .exceptions
        .iter()
        .filter(|line| !line.code.is_empty())
        .count() as u64;
    let counted = account.tally.of(&[State::Exception]);
    if lines != counted {
        found.push(Finding::LedgerDisagrees {
            account: account.login.clone(),
            counted,
            lines,
        });
    }
    found
}

/// What lacks of an account at the destination.
fn unprepared(scope: Scope, account: &AccountReport) -> Vec<Finding> {
    let login = || account.login.clone();
    let setup = account.setup.as_ref();
    let mut found = Vec::new();
    if let Some((row, trouble)) = setup.and_then(|row| Some((row, row.trouble.clone()?))) {
        found.push(Finding::AccountNotPrepared {
            account: login(),
            trouble,
            half_made: matches!(row.state, Setup::Making | Setup::HalfMade),
        });
    } else if scope == Scope::Passwords
        && account.in_plan
        && !account.left_out
        && setup.is_none_or(|row| !row.password)
    {
        found.push(Finding::PasswordNotSet { account: login() });
    }
    if setup.is_some_and(|row| row.held.is_some()) {
        found.push(Finding::AccountHeld { account: login() });
    }
    found
}

/// What failed as a whole.
fn failures(scope: Scope, account: &AccountReport) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(trouble) = account
        .trouble
        .as_ref()
        .filter(|trouble| !is_order(trouble))
    {
        found.push(Finding::AccountFailed {
            account: account.login.clone(),
            trouble: trouble.clone(),
        });
    }
    let listed = account.folders.iter().any(|folder| folder.listed.is_some());
    if !listed && scope.copies() && account.in_plan && !account.left_out {
        found.push(Finding::AccountNeverListed {
            account: account.login.clone(),
        });
    }
    for folder in account
        .folders
        .iter()
        .filter(|folder| folder.state == FolderState::Failed)
    {
        found.push(Finding::FolderFailed {
            account: account.login.clone(),
            folder: folder.name.text(),
            trouble: folder.reason.clone().unwrap_or_default(),
            listed: folder.listed.is_some(),
        });
    }
    found
}

/// Folders of a mailbox that still wait to be listed; those of a mailbox never listed are counted there.
fn unlisted(account: &AccountReport) -> u64 {
    if !account.folders.iter().any(|folder| folder.listed.is_some()) {
        return 0;
    }
    let waits = |state| state == FolderState::Active;
    account
        .folders
        .iter()
        .filter(|folder| waits(folder.state) && folder.listed.is_none())
        .count() as u64
}
