//! What a run tells besides its figures: rare things as they happen, and how it ended.
//!
//! Deliberately absent: words for people.

use std::time::Duration;

use jiff::Timestamp;

use super::Prepared;
use crate::trouble::Trouble;

/// Rare things that happen in a run; none is ever lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A mailbox's turn has come.
    MailboxStarted {
        /// Login at the origin.
        login: String,
    },
    /// An account at the destination is as it should be, or was looked at.
    AccountPrepared {
        /// Login at the origin.
        login: String,
        /// What came of it.
        prepared: Prepared,
    },
    /// An account that was held could not be released; the next run tries again.
    NotReleased {
        /// Login at the origin.
        login: String,
        /// Why.
        trouble: Trouble,
    },
    /// The migration account could not be made; mailboxes are moved all the same.
    NoMigrationAccount {
        /// Why.
        trouble: Trouble,
    },
    /// The program after an account failed.
    AfterFailed {
        /// Login at the origin.
        login: String,
        /// Whether no further mailbox begins for it.
        stops: bool,
        /// Why.
        trouble: Trouble,
    },
    /// A folder is finished.
    FolderDone {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// Folder at the destination, as people read it.
        target: String,
        /// Messages copied in this pass.
        copied: u64,
    },
    /// A folder could not be worked on.
    FolderFailed {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// Why.
        trouble: Trouble,
    },
    /// A message has become an exception.
    Exception {
        /// Login at the origin.
        login: String,
        /// Folder at the origin, as people read it.
        folder: String,
        /// UID at the origin.
        uid: u32,
        /// Why.
        trouble: Trouble,
    },
    /// A server asked to wait, or a connection is made again after a while.
    Waiting {
        /// Login at the origin.
        login: String,
        /// How long.
        pause: Duration,
        /// Why.
        trouble: Trouble,
    },
    /// Work is not allowed at this hour: nothing moves until then. [`Event::WithinHours`] follows.
    OutsideHours {
        /// When it goes on.
        until: Option<Timestamp>,
    },
    /// Work is allowed again.
    WithinHours,
    /// A mailbox is finished; its pass has gone through to the end.
    MailboxDone {
        /// Login at the origin.
        login: String,
        /// Messages copied in this pass (read back, when verifying).
        copied: u64,
        /// Exceptions there are now.
        exceptions: u64,
    },
    /// A mailbox ended with a trouble, or by the operator.
    MailboxFailed {
        /// Login at the origin.
        login: String,
        /// Why.
        trouble: Trouble,
    },
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Mailboxes that went through to the end.
    pub finished: u64,
    /// Mailboxes that ended with a trouble, in the order of the plan.
    pub failed: Vec<(String, Trouble)>,
    /// Mailboxes the operator skipped, in the order of the plan.
    pub skipped: Vec<String>,
    /// Folders that could not be worked on.
    pub failed_folders: u64,
    /// Messages copied, or read back.
    pub copied: u64,
    /// Exceptions there are now in the mailboxes of the run.
    pub exceptions: u64,
    /// Whether the operator stopped it.
    pub stopped: bool,
}
