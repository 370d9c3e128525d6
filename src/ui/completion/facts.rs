//! A report made ready to be shown: its code, its rows in the order they are wanted, reasons in plain words.
//!
//! Made on a thread of its own: the window never adds up five thousand mailboxes. Deliberately absent: judging
//! (`verdict`), pixels.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::prepared::Prepared;
use super::verdict::{First, Outcome, has_result};
use crate::demo::Demo;
use crate::i18n::Words;
use crate::journal::{ExceptionRow, Journal, State};
use crate::plan::Plan;
use crate::project::Project;
use crate::report::{self, AccountReport, Report};
use crate::t;

/// A report, ready.
#[derive(Debug, Clone)]
pub struct Facts {
    pub report: Arc<Report>,
    pub code: String,
    /// Mailboxes in the order of the table: what is to be looked at first.
    pub rows: Vec<Row>,
    /// The domain all logins share; it is said once, above them.
    pub domain: Option<String>,
    pub first: First,
    pub has_result: bool,
    /// What was done to accounts at the destination.
    pub prepared: Prepared,
    /// Messages the sample servers say are missing, where this is the demonstration.
    pub independent: Option<u64>,
    /// Messages listed at the origin, by login: what a mailbox weighs in the progress.
    pub weights: HashMap<String, u64>,
}

/// A mailbox in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the report.
    pub index: usize,
    /// Its login, without the domain all share.
    pub name: String,
    pub login: String,
    pub origin: u64,
    pub copies: u64,
    /// Left out by a rule, or gone from the origin before they were read.
    pub excluded: u64,
    pub missing: u64,
    /// Whether it was ever read; if not, its numbers are not known.
    pub is_listed: bool,
    pub outcome: Outcome,
}

/// What came of gathering.
pub type Gathered = Result<Option<Arc<Facts>>, String>;

/// Reads the journal, where there is one, and makes the report ready.
pub async fn gather(project: Project, plan: Plan, demo: Option<Arc<Demo>>) -> Gathered {
    let file = project.journal_file();
    let opening =
        tokio::task::spawn_blocking(move || file.exists().then(|| Journal::open_existing(&file)));
    let opened = opening.await.map_err(|error| error.to_string())?;
    let Some(opened) = opened else {
        return Ok(None);
    };
    let journal = opened.map_err(|error| error.to_string())?;
    let gathered = report::gather(&project, &journal, &plan).await;
    let report = gathered.map_err(|error| error.to_string())?;
    prepare(Arc::new(report), demo).await
}

/// Makes a report ready.
pub async fn prepare(report: Arc<Report>, demo: Option<Arc<Demo>>) -> Gathered {
    let making = tokio::task::spawn_blocking(move || {
        let independent = demo.map(|demo| demo.missing());
        Facts::of(report, independent)
    });
    match making.await {
        Ok(facts) => Ok(Some(Arc::new(facts))),
        Err(error) => Err(error.to_string()),
    }
}

impl Facts {
    pub fn of(report: Arc<Report>, independent: Option<u64>) -> Self {
        let domain = common(report.accounts.iter().map(|account| account.login.as_str()));
        let copies = report.plan.scope.copies();
        let of_account = |(index, account): (usize, &AccountReport)| Row {
            index,
            name: short(&account.login, domain.as_deref()).to_owned(),
            login: account.login.clone(),
            origin: account.invariant.listed,
            copies: account.assurance.copies(),
            excluded: account.tally.of(&[State::Excluded, State::Gone]),
            missing: account.missing(),
            is_listed: account.is_listed(),
            outcome: if copies {
                Outcome::of(account)
            } else {
                Outcome::of_password(account)
            },
        };
        let mut rows: Vec<Row> = report.accounts.iter().enumerate().map(of_account).collect();
        rows.sort_by_key(|row| {
            (
                row.outcome.rank(),
                std::cmp::Reverse(row.missing),
                row.index,
            )
        });
        let weigh = |account: &AccountReport| (account.login.clone(), account.invariant.listed);
        Self {
            code: report.code(),
            first: First::of(&report),
            has_result: has_result(&report),
            prepared: Prepared::of(&report),
            weights: report.accounts.iter().map(weigh).collect(),
            rows,
            domain,
            independent,
            report,
        }
    }

    /// The rows whose login holds this.
    pub fn found(&self, search: &str) -> Vec<usize> {
        let wanted = search.trim().to_lowercase();
        let holds = |row: &Row| wanted.is_empty() || row.login.to_lowercase().contains(&wanted);
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| holds(row))
            .map(|(at, _)| at)
            .collect()
    }

    /// Logins of the mailboxes with a message without a copy, and of those nobody knows the content of.
    pub fn to_recover(&self) -> Vec<String> {
        let counted = self.report.counted();
        let wanted = counted
            .filter(|account| account.in_plan && (account.missing() > 0 || account.is_unknown()));
        wanted.map(|account| account.login.clone()).collect()
    }

    /// Logins of the accounts whose password was not set.
    pub fn to_set(&self) -> Vec<String> {
        let counted = self.report.counted();
        let wanted = counted
            .filter(|account| account.in_plan && Outcome::of_password(account) == Outcome::NotSet);
        wanted.map(|account| account.login.clone()).collect()
    }

    /// When the last verification ended, ms since 1970.
    pub fn verified_at(&self) -> Option<i64> {
        let made = self.report.counted();
        let made = made.filter_map(|account| account.verification.as_ref());
        made.map(|one| one.at).max()
    }

    /// When the last pass ended, ms since 1970.
    pub fn finished_at(&self) -> Option<i64> {
        let counted = self.report.counted();
        counted.filter_map(|account| account.finished).max()
    }
}

/// The domain all logins have, where they all have one.
fn common<'a>(mut logins: impl Iterator<Item = &'a str>) -> Option<String> {
    let domain = |login: &'a str| login.rsplit_once('@').map(|(_, domain)| domain);
    let first = domain(logins.next()?)?;
    logins
        .all(|login| domain(login) == Some(first))
        .then(|| format!("@{first}"))
}

/// A login without the domain all share.
pub fn short<'a>(login: &'a str, domain: Option<&str>) -> &'a str {
    domain.map_or(login, |domain| login.strip_suffix(domain).unwrap_or(login))
}

/// Why a mailbox has messages without a copy, in a few words.
pub fn reason(account: &AccountReport) -> String {
    if let Some(kind) = account.trouble.as_deref() {
        return Words::current().trouble(kind);
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &account.exceptions {
        *codes.entry(row.code.as_str()).or_default() += 1;
    }
    let commonest = codes.into_iter().max_by_key(|(_, count)| *count);
    match commonest {
        Some((code, _)) if !code.is_empty() => Words::current().trouble(code),
        _ => t!("finish-reason-waiting"),
    }
}

/// The words of a server, and where the message is, for the technical line.
pub fn technical(row: &ExceptionRow) -> String {
    let place = format!("UIDVALIDITY {} UID {}", row.uid_validity, row.uid);
    if row.words.is_empty() {
        format!("{} · {place}", row.code)
    } else {
        format!("{} · {} · {place}", row.code, row.words)
    }
}
