//! What a judgement consists of: findings by weight, the accounts they concern, the sums.
//!
//! Promises: the order of the kinds is the order of the list. Deliberately absent: judging, and words.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::time::Duration;

use crate::account::Side;
use crate::engine::Prepared;
use crate::plan::Plan;
use crate::provision::{self, Setting};
use crate::trouble::Trouble;
use crate::ui::survey::Known;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It keeps the copy from beginning.
    Blocker,
    Warning,
    Good,
}

/// What was found; the order is that of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Running,
    Folder(String),
    Journal(String),
    NoAccounts,
    Locked,
    /// Origin and destination are one mailbox.
    OntoItself,
    /// Who prepares accounts cannot be asked.
    NoMaker(Told<Trouble>),
    /// What who prepares accounts found, by its place there, and the setting that can be set to what suits.
    Maker(usize, Option<Setting>, Told<provision::Finding>),
    /// A setting could not be changed.
    Unchanged(Told<Trouble>),
    Lacking,
    /// Accounts that cannot be prepared at the destination.
    Unprepared,
    /// Accounts that do not open on one side.
    Shut(Side),
    /// Looking was ended before they were reached.
    Unlooked,
    Full,
    FolderRefused,
    FolderUnreadable,
    HiddenFolders,
    HiddenLabels,
    Groupware,
    InClear {
        origin: bool,
        destination: bool,
    },
    OneServer,
    NotEmpty,
    /// Accounts that exist and differ from what the list says.
    Differing,
    NoUidPlus,
    Filters(String),
    /// What becomes of the accounts.
    Made(Made),
    /// Only passwords are set.
    NoMessages,
    Credentials {
        ready: usize,
        of: usize,
    },
    /// By what each is protected; empty: by nothing.
    Reachable {
        origin: &'static str,
        destination: &'static str,
    },
    Space {
        free: u64,
        needed: u64,
    },
    Folders {
        folders: u64,
        merged: u64,
        renamed: u64,
    },
    /// The migration account, and what is done to accounts meanwhile.
    Stopover {
        address: String,
        forwards: bool,
        holds: bool,
    },
    /// The program called after each account.
    Script(String),
    Hours,
    Awake,
}

/// Something said that has no order of its own: all are of one rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T>(pub T);

impl<T: Eq> PartialOrd for Told<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Eq> Ord for Told<T> {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// What becomes of accounts at the destination, as far as they were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Made {
    pub create: u64,
    /// Made by an earlier run, and not finished.
    pub complete: u64,
    /// They are there, and stay as they are.
    pub existing: u64,
    /// Their password is set.
    pub passwords: u64,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub weight: Weight,
    pub what: What,
    /// The accounts it concerns, in the order of the list.
    pub cases: Vec<Case>,
}

/// One account a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub login: String,
    pub detail: Detail,
}

/// What there is to say about one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    None,
    Lacking(BTreeSet<Side>),
    Trouble(Trouble),
    Space {
        needed: u64,
        free: u64,
    },
    Messages(u64),
    /// Names of folders.
    Names(Vec<String>),
    /// A server's own words.
    Words(Vec<String>),
    /// Names that change: before, after; `None`: shares its destination.
    Moves(Vec<(String, String)>),
    /// What becomes of the account.
    Prepared(Prepared),
}

/// The sums over the accounts that will be copied, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Looked at and ready.
    pub accounts: usize,
    /// Those of them whose destination holds mail already.
    pub filled: usize,
    pub messages: u64,
    pub octets: u64,
    pub folders: u64,
    /// Octets that the operator's rules for folders leave out.
    pub left_out: u64,
    pub estimate: Option<Duration>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    pub selected: usize,
    /// Logins that will be copied: those known to be ready, and those nobody looked at.
    pub ready: Vec<String>,
    pub totals: Totals,
    pub made: Made,
    /// Messages are copied.
    pub copies: bool,
    /// More is about to be known.
    pub waiting: bool,
    /// A copy was made before.
    pub resumed: bool,
}

impl Verdict {
    pub fn count(&self, weight: Weight) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.weight == weight).count()
    }

    pub fn can_start(&self) -> bool {
        !self.waiting && self.count(Weight::Blocker) == 0 && !self.ready.is_empty()
    }

    /// The logins a run is to be limited to; none where it takes all that are selected.
    pub fn only(&self) -> Vec<String> {
        if self.ready.len() == self.selected {
            Vec::new()
        } else {
            self.ready.clone()
        }
    }
}

/// The sums over those that are ready, and how long they may take.
pub(super) fn totals(ready: &[&Known], plan: &Plan) -> Totals {
    let mut totals = Totals {
        accounts: ready.len(),
        ..Totals::default()
    };
    let (mut sum, mut longest) = (Duration::ZERO, Duration::ZERO);
    for known in ready {
        let figures = &known.figures;
        totals.messages += figures.messages;
        totals.octets += figures.octets;
        totals.folders += figures.folders;
        totals.left_out += figures.left_out.1;
        let destination = known.check.destination.as_ref();
        totals.filled += usize::from(destination.is_ok_and(|side| side.messages > 0));
        let time = figures.estimate.unwrap_or_default();
        sum += time;
        longest = longest.max(time);
    }
    // Several mailboxes at once, but never faster than the largest of them, nor than the line may be used.
    let at_once = sum / plan.options.mailboxes.max(1);
    let line = plan.options.bandwidth_kbit.map(|kbit| {
        let second = u64::from(kbit.max(1)) * 1_000 / 8;
        Duration::from_secs(totals.octets / second.max(1))
    });
    let time = longest.max(at_once).max(line.unwrap_or_default());
    totals.estimate = (!sum.is_zero()).then_some(time);
    totals
}
