//! The report: what became of every message, and how far that is proven.
//!
//! Promises: it is made of the journal and the plan alone; every sum in it is computed twice and a disagreement is
//! named; it never claims more than was compared (field.md E6); what a filter left out is shown as left out. It holds
//! no subject line, and no address besides the mailboxes' own. Deliberately absent: asking a server anything, and
//! deciding what is to be done.
//!
//! - `finding` what speaks against perfection, and the grade (pure) · `assurance` what the comparison allows to claim
//! - `words` in both languages · `html`, `csv`, `json` the three forms
//!
//! # The JSON form (`report.json`, `report --format json`)
//! Stable: names are only ever added. Numbers are whole; octets are octets; `…_at` is RFC 3339 or null.
//! ```text
//! schema           1
//! program          "traghetto 0.1.0"
//! made_at          when the report was made
//! grade            "perfect" | "good" | "to_check" | "critical"
//! zero_missing     true only if every message of every mailbox was compared in full and none is missing
//! missing          messages that have no copy: planned, in_flight, exception
//! findings[]       kind, grade, account?, folder?, and the numbers of that kind (listed, counted, messages, …)
//! plan             name, origin, destination (URLs), scope, mailboxes, since, max_size, excluded_folders[], deleted, folder_choices{}
//! assurance        level "nothing" | "accepted" | "present" | "sample" | "full", copies, read, bound (3/n, or null)
//! totals           messages{state: n}, octets{state: n}, classes{class: n}, lost_metadata, total
//! exceptions       number of lines in all ledgers
//! approved         those of them that a person has accepted; they are missing all the same
//! accounts[]       login, destination_login, in_plan, selected, left_out, phase, trouble, detail, additional, software, started_at,
//!                  finished_at, setup {state, trouble, detail, differences[], password_set, held} or null, assurance (as above, with verified_at, seed, reader, fallbacks), totals,
//!                  invariant {listed, states, holds},
//!                  folders[] {origin, destination, notes, state, reason, detail, listed, listed_at, closing, totals,
//!                  absent}, exceptions[] {folder, uid_validity, uid, size, date, sha256, code, words, eml,
//!                  approval {words, by, at} or null}
//! ```

pub mod accounts;
mod assurance;
mod csv;
mod finding;
mod html;
mod json;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;

use jiff::ZonedDateTime;
use sha2::{Digest as _, Sha256};

pub use assurance::{Assurance, Level, Verification};
pub use csv::Table;
pub use finding::{Finding, Grade, grade};
pub use words::{folder_word, grade_word, phase_word, state_word};

use crate::i18n::Words;
use crate::journal::{
    AccountRow, Error, ExceptionRow, FolderState, FolderSum, Journal, Phase, SetupRow, State, Tally,
};
use crate::plan::{Deleted, Plan, Scope};
use crate::project::{self, Project};

/// Everything a report says.
#[derive(Debug, Clone)]
pub struct Report {
    /// When it was made.
    pub made_at: ZonedDateTime,
    /// What was decided, above all what was left out.
    pub plan: PlanSummary,
    /// The mailboxes, in the order of the plan; then those the plan no longer names.
    pub accounts: Vec<AccountReport>,
    /// Sums over them.
    pub totals: Tally,
    /// Lines in all ledgers.
    pub exceptions: u64,
    /// Those of them that a person has accepted as they are. They are missing all the same.
    pub approved: u64,
    /// What speaks against perfection, gravest first.
    pub findings: Vec<Finding>,
    /// The grade that follows from the findings.
    pub grade: Grade,
}

/// The decisions a reader of the report has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    /// What people call the migration; may be empty.
    pub name: String,
    /// Where the mail was, as a URL.
    pub origin: String,
    /// Where it went, as a URL.
    pub destination: String,
    /// What of each account is migrated.
    pub scope: Scope,
    /// Mailboxes in the plan.
    pub mailboxes: u64,
    /// Only messages from this day on.
    pub since: Option<jiff::civil::Date>,
    /// Only messages up to this many octets.
    pub max_size: Option<u64>,
    /// Patterns of folders left out.
    pub excluded_folders: Vec<String>,
    /// What happened to messages marked as deleted.
    pub deleted: Deleted,
    /// Folders the operator sent somewhere.
    pub folder_choices: BTreeMap<String, String>,
}

/// One mailbox.
#[derive(Debug, Clone)]
pub struct AccountReport {
    /// Login at the origin.
    pub login: String,
    /// Login at the destination.
    pub destination_login: String,
    /// Whether the plan still names it.
    pub in_plan: bool,
    /// Whether the plan lets it come along.
    pub selected: bool,
    /// Left out by choice before anything was done for it: nothing is claimed about it, and nothing lacks.
    pub left_out: bool,
    /// How far it is.
    pub phase: Phase,
    /// Kind of the trouble the last pass ended with.
    pub trouble: Option<String>,
    /// The technical line of it.
    pub detail: Option<String>,
    /// Messages the last completing pass brought.
    pub additional: Option<u64>,
    /// What was done to its account at the destination, besides its messages.
    pub setup: Option<SetupRow>,
    /// What the two servers said they are.
    pub software: Option<String>,
    /// Begin of the last pass, ms since 1970.
    pub started: Option<i64>,
    /// End of the last pass, ms since 1970.
    pub finished: Option<i64>,
    /// Its messages.
    pub tally: Tally,
    /// Its folders.
    pub folders: Vec<FolderSum>,
    /// Its ledger.
    pub exceptions: Vec<ExceptionRow>,
    /// Whether the sums agree.
    pub invariant: Invariant,
    /// The last verification, if one is recorded.
    pub verification: Option<Verification>,
    /// What may be claimed about its copies.
    pub assurance: Assurance,
}

/// Two sums that must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Invariant {
    /// Rows of the last complete listings.
    pub listed: u64,
    /// Messages with a state.
    pub states: u64,
    /// Whether they agree in every folder, and all other sums of the mailbox do.
    pub holds: bool,
}

/// A form the report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One page for people.
    Html,
    /// Three tables for a spreadsheet.
    Csv,
    /// For programs.
    Json,
}

/// Makes the report of what the journal holds now.
pub async fn gather(_project: &Project, journal: &Journal, plan: &Plan) -> Result<Report, Error> {
    let recorded = journal.recall("verification").await?;
    let mut known: HashMap<String, AccountRow> = HashMap::new();
    let mut accounts: Vec<AccountReport> = plan
        .jobs
        .iter()
        .map(|job| AccountReport::new(&job.login, &job.destination_login, Some(job.selected)))
        .collect();
    for row in journal.accounts().await? {
        if !plan.jobs.iter().any(|job| job.login == row.login) {
            accounts.push(AccountReport::new(&row.login, &row.destination_login, None));
        }
        let _ = known.insert(row.login.clone(), row);
    }
    for account in &mut accounts {
        if let Some(row) = known.remove(&account.login) {
            let verification = Verification::of(recorded.as_deref(), &account.login);
            account.fill(journal, row, verification).await?;
        }
    }
    Ok(Report::of(
        ZonedDateTime::now(),
        PlanSummary::of(plan),
        accounts,
    ))
}

impl Report {
    /// Adds up, looks for findings, grades.
    pub fn of(made_at: ZonedDateTime, plan: PlanSummary, accounts: Vec<AccountReport>) -> Self {
        let mut totals = Tally::default();
        for account in &accounts {
            totals.add(&account.tally);
        }
        let lines = || accounts.iter().flat_map(|account| &account.exceptions);
        let exceptions = lines().count() as u64;
        let approved = lines().filter(|line| line.approval.is_some()).count() as u64;
        let findings = finding::findings(plan.scope, &accounts, &totals);
        Self {
            made_at,
            plan,
            totals,
            exceptions,
            approved,
            grade: grade(&findings),
            findings,
            accounts,
        }
    }

    /// A short code that tells this report from any other: of the SHA-256 of `report.json`.
    pub fn code(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(json_text(self)).into();
        let digits = json::hex(digest).to_uppercase();
        format!("TR-{}-{}", &digits[..4], &digits[4..8])
    }

    /// Messages that have no copy.
    pub fn missing(&self) -> u64 {
        self.totals
            .of(&[State::Planned, State::InFlight, State::Exception])
    }

    /// Messages that have a copy.
    pub fn copies(&self) -> u64 {
        self.totals.of(COPIES)
    }

    /// The mailboxes the report answers for: all but those left out by choice.
    pub fn counted(&self) -> impl Iterator<Item = &AccountReport> {
        self.accounts.iter().filter(|account| !account.left_out)
    }

    /// Whether "0 missing" may be said: everything was compared in full and nothing lacks (design README 8).
    pub fn zero_missing(&self) -> bool {
        self.missing() == 0
            && self.grade <= Grade::Good
            && self.counted().next().is_some()
            && self.counted().all(|account| account.assurance.is_full())
    }

    /// What may be claimed about all copies together: the weakest claim of any mailbox.
    pub fn assurance(&self) -> Assurance {
        Assurance::weakest(self.accounts.iter().map(|account| account.assurance))
    }

    /// The verdict in one line.
    pub fn headline(&self, words: &Words) -> String {
        words::headline(self, *words)
    }

    /// What was proven and what was not, in a few sentences.
    pub fn statement(&self, words: &Words) -> Vec<String> {
        words::statement(self, *words)
    }

    /// The findings as sentences, gravest first.
    pub fn remarks(&self, words: &Words) -> Vec<String> {
        self.findings
            .iter()
            .map(|finding| words::finding(finding, *words))
            .collect()
    }
}

/// The states that have a copy at the destination.
const COPIES: &[State] = &[State::Acked, State::Verified, State::Adopted, State::Merged];

impl AccountReport {
    /// A mailbox of which nothing is known yet; `selected` where the plan names it.
    fn new(login: &str, destination_login: &str, selected: Option<bool>) -> Self {
        Self {
            login: login.to_owned(),
            destination_login: destination_login.to_owned(),
            in_plan: selected.is_some(),
            selected: selected == Some(true),
            left_out: selected == Some(false),
            phase: Phase::Waiting,
            trouble: None,
            detail: None,
            additional: None,
            setup: None,
            software: None,
            started: None,
            finished: None,
            tally: Tally::default(),
            folders: Vec::new(),
            exceptions: Vec::new(),
            invariant: Invariant {
                holds: true,
                ..Invariant::default()
            },
            verification: None,
            assurance: Assurance::default(),
        }
    }

    async fn fill(
        &mut self,
        journal: &Journal,
        row: AccountRow,
        verification: Option<Verification>,
    ) -> Result<(), Error> {
        self.folders = journal.folder_sums(row.id).await?;
        self.exceptions = journal.exceptions(row.id).await?;
        let last_copied = journal.last_copied(row.id).await?;
        self.left_out = false;
        self.phase = row.phase;
        self.trouble = row.trouble;
        self.detail = row.detail;
        self.additional = row.additional;
        self.setup = journal.setup(row.id).await?;
        self.software = row.software;
        self.started = row.started;
        self.finished = row.finished;
        for folder in &self.folders {
            self.tally.add(&folder.tally);
        }
        // A verification speaks of the copies there were when it was made.
        let fresh = verification
            .as_ref()
            .filter(|made| last_copied.is_none_or(|copied| copied <= made.at));
        let defective =
            |row: &&ExceptionRow| matches!(row.code.as_str(), "altered" | "copy-missing");
        let defects = self.exceptions.iter().filter(defective).count() as u64;
        self.assurance = Assurance::of(&self.tally, fresh, defects);
        self.verification = verification;
        let counted = self.folders.iter().filter(|folder| is_counted(folder));
        self.invariant = Invariant {
            listed: counted.clone().filter_map(|folder| folder.listed).sum(),
            states: counted.map(|folder| folder.tally.total()).sum(),
            holds: finding::breaches(self).is_empty(),
        };
        Ok(())
    }
}

/// Whether a folder's listing and its messages must agree: it was listed, and is not left out.
fn is_counted(folder: &FolderSum) -> bool {
    folder.listed.is_some() && folder.state != FolderState::Excluded
}

impl PlanSummary {
    fn of(plan: &Plan) -> Self {
        Self {
            name: plan.name.clone(),
            origin: plan.origin.url.to_string(),
            destination: plan.destination.url.to_string(),
            scope: plan.scope,
            mailboxes: plan.jobs.len() as u64,
            since: plan.options.since,
            max_size: plan.options.max_size,
            excluded_folders: plan.options.exclude_folders.clone(),
            deleted: plan.options.deleted,
            folder_choices: plan.options.folders.clone(),
        }
    }
}

/// The report for programs; its schema stands at the head of this module.
pub fn json(report: &Report) -> serde_json::Value {
    json::report(report)
}

/// The octets of `report.json`.
fn json_text(report: &Report) -> String {
    format!("{:#}\n", json(report))
}

/// Writes the report into the migration's folder, each file whole or not at all; answers what it wrote.
pub fn write(
    project: &Project,
    report: &Report,
    format: Format,
    words: &Words,
) -> io::Result<Vec<PathBuf>> {
    let files: Vec<(&str, String)> = match format {
        Format::Html => vec![("report.html", html::page(report, *words))],
        Format::Csv => vec![
            ("accounts.csv", csv::accounts(report, *words)),
            ("folders.csv", csv::folders(report, *words)),
            ("exceptions.csv", csv::exceptions(report, *words)),
        ],
        Format::Json => vec![("report.json", json_text(report))],
    };
    let dir = project.report_dir();
    std::fs::create_dir_all(&dir)?;
    let mut written = Vec::with_capacity(files.len());
    for (name, text) in files {
        let path = dir.join(name);
        project::replace(&path, text.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}
