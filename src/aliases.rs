//! Further addresses of an account, found in the headers of its own messages (the three access modes of the IceWarp tool).
//!
//! The way: [`discover`] reads the headers at the origin and answers a [`Proposal`] for each account, [`resolve`] says
//! what other accounts have to do with it, a person ticks (or [`apply`] takes what is certain), and the plan's
//! `aliases` are what is created.
//!
//! Promises: the origin is only read, bodies not at all; only addresses of the domains being migrated count; nothing is
//! created here, and nothing is taken out of a plan; an address that another account has, or that several accounts show,
//! is refused and the reason named; whatever senders wrote, no header is too odd to be read. Deliberately absent: words
//! for people, and making aliases (`provision`).
//!
//! - `address` one form for all spellings · `header` one message's evidence · `tally` a mailbox's, counted
//! - `conflict` between accounts · `pass` the reading, for many accounts · `kept` the file in the project's folder

mod address;
mod conflict;
mod header;
mod kept;
mod pass;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::plan::{AliasMode, Plan};
pub use conflict::resolve;
pub use header::Shelf;
pub use kept::{Kept, load, save};
pub use pass::{AT_ONCE, Account, discover};

/// In which way a message shows an address (proxy.md 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The mailbox's own server wrote in a field of its own that the message came for it.
    Envelope,
    /// The server wrote so in its `Received` line.
    Received,
    /// The user wrote from it.
    Sent,
    /// It alone of the domains stands among the visible recipients.
    Visible,
    /// A sender may have written it.
    Other,
}

impl Class {
    /// All, the strongest first.
    pub const ALL: [Self; 5] = [
        Self::Envelope,
        Self::Received,
        Self::Sent,
        Self::Visible,
        Self::Other,
    ];
}

/// How many messages show an address, for each class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// [`Class::Envelope`].
    pub envelope: u32,
    /// [`Class::Received`].
    pub received: u32,
    /// [`Class::Sent`].
    pub sent: u32,
    /// [`Class::Visible`].
    pub visible: u32,
    /// [`Class::Other`].
    pub other: u32,
}

impl Counts {
    /// The count of one class.
    pub fn of(&self, class: Class) -> u32 {
        match class {
            Class::Envelope => self.envelope,
            Class::Received => self.received,
            Class::Sent => self.sent,
            Class::Visible => self.visible,
            Class::Other => self.other,
        }
    }

    fn add(&mut self, class: Class) {
        let count = match class {
            Class::Envelope => &mut self.envelope,
            Class::Received => &mut self.received,
            Class::Sent => &mut self.sent,
            Class::Visible => &mut self.visible,
            Class::Other => &mut self.other,
        };
        *count += 1;
    }
}

/// An address that may be an alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Candidate {
    /// The address: local part as written, domain as its A-label.
    pub address: String,
    /// Messages that show it, by class.
    pub counts: Counts,
    /// Messages that show it, each once.
    pub total: u32,
    /// Whether a list says that this is its address.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
    /// What is to be thought of it.
    pub verdict: Verdict,
}

impl Candidate {
    /// Whether it stands among these, however it is written there.
    pub fn is_among(&self, aliases: &[String]) -> bool {
        let key = self.key();
        aliases.iter().any(|alias| address::key(alias) == key)
    }
}

/// What is to be thought of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The evidence is enough.
    Accepted,
    /// A person has to say.
    Suggested,
    /// It must not become an alias of this account.
    Refused(Reason),
}

/// Why a candidate is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is the address, the login or an alias of another account of the plan.
    OtherAccount {
        /// That account's login at the origin.
        login: String,
    },
    /// Other accounts show it as well: most often a group or a list.
    Claimed {
        /// Their logins at the origin.
        logins: Vec<String>,
    },
    /// A name that stands for a duty (`postmaster`), from which nobody here wrote.
    Role,
    /// It is a mailing list.
    List,
}

/// What was found for one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proposal {
    /// The account's login at the origin.
    pub login: String,
    /// Where was looked.
    pub mode: AliasMode,
    /// What was found, the most frequent first.
    pub candidates: Vec<Candidate>,
    /// Messages whose headers were read.
    pub read: u32,
    /// Whether the mailbox seems to take whatever comes for its domain: then only addresses it wrote from are certain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub catch_all: bool,
}

impl Proposal {
    /// The line of the log, in the form of the IceWarp tool: local parts with their counts.
    pub fn log_line(&self) -> String {
        if self.candidates.is_empty() {
            return String::from("No Aliases were discovered, Using Username");
        }
        let item = |candidate: &Candidate| {
            let name = candidate.address.split('@').next().unwrap_or_default();
            format!(" {name} - {} x ,", candidate.total)
        };
        let items: String = self.candidates.iter().map(item).collect();
        format!("Available Aliases:{items}")
    }

    /// What goes into the plan without a person: what is certain, and what was suggested and shows at least so often.
    pub fn chosen(&self, minimum: Option<u32>) -> impl Iterator<Item = &Candidate> {
        self.candidates
            .iter()
            .filter(move |candidate| match candidate.verdict {
                Verdict::Accepted => true,
                Verdict::Suggested => minimum.is_some_and(|minimum| candidate.total >= minimum),
                Verdict::Refused(_) => false,
            })
    }
}

/// Where is looked, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where.
    pub mode: AliasMode,
    /// `X-Envelope-To` is passed over.
    pub no_x_envelope_to: bool,
    /// `Received` is passed over.
    pub no_received: bool,
    /// The A-labels of the domains whose addresses count.
    pub domains: BTreeSet<String>,
    /// Most messages of the INBOX whose headers are read, the newest.
    pub inbox: u32,
    /// Most messages of the folder of sent mail.
    pub sent: u32,
}

impl Settings {
    /// As the plan has it: the domains of its accounts' addresses, and those it names besides.
    pub fn of(plan: &Plan) -> Self {
        let of_job = plan.jobs.iter().filter_map(|job| {
            let (_, domain) = job.destination_address()?.rsplit_once('@')?;
            Some(domain)
        });
        let named = plan.aliases.domains.iter().map(String::as_str);
        Self {
            mode: plan.aliases.mode,
            no_x_envelope_to: plan.aliases.no_x_envelope_to,
            no_received: plan.aliases.no_received,
            domains: of_job.chain(named).filter_map(address::a_label).collect(),
            inbox: 2_000,
            sent: 500,
        }
    }
}

/// A domain's A-label (RFC 5890) in small letters; `None` for what is no domain.
pub fn domain(text: &str) -> Option<String> {
    address::a_label(text).filter(|domain| domain.contains('.'))
}

/// An alias that was put into the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The account's login at the origin.
    pub login: String,
    /// The alias.
    pub address: String,
}

/// Puts what [`Proposal::chosen`] gives into the plan; what is there stays. Answers what is new.
pub fn apply(plan: &mut Plan, proposals: &[Proposal], minimum: Option<u32>) -> Vec<Added> {
    let mut added = Vec::new();
    for proposal in proposals {
        let job = plan.jobs.iter_mut().find(|job| job.login == proposal.login);
        let Some(job) = job else { continue };
        for candidate in proposal.chosen(minimum) {
            if !candidate.is_among(&job.aliases) {
                job.aliases.push(candidate.address.clone());
                added.push(Added {
                    login: job.login.clone(),
                    address: candidate.address.clone(),
                });
            }
        }
    }
    added
}
