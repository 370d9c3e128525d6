//! Tables for a spreadsheet: `;`, UTF-8 with a mark, CRLF, as an Italian Excel opens them.
//!
//! Promises: no cell is ever taken for a formula.

use super::{Report, words};
use crate::i18n::Words;
use crate::imap::name::FolderName;
use crate::journal::{Approval, State, Tally};
use crate::t;

/// One row a mailbox.
pub(super) fn accounts(report: &Report, words: Words) -> String {
    let mut table = Table::new();
    let mut head = vec![
        t!(in words, "report-account"),
        t!(in words, "report-destination-login"),
        t!(in words, "report-setup"),
        t!(in words, "report-phase"),
        t!(in words, "report-trouble"),
        t!(in words, "report-listed"),
        t!(in words, "report-octets"),
    ];
    head.extend(states(words));
    head.extend([
        t!(in words, "report-additional"),
        t!(in words, "report-assurance"),
        t!(in words, "report-sums"),
    ]);
    table.row(head);
    for account in &report.accounts {
        let mut row = vec![
            account.login.clone(),
            account.destination_login.clone(),
            words::account_setup(account, words),
            words::account_phase(account, words),
            account
                .trouble
                .as_deref()
                .map_or_else(String::new, |kind| words.trouble(kind)),
            account.invariant.listed.to_string(),
            account.tally.total_octets().to_string(),
        ];
        row.extend(counts(&account.tally));
        row.push(
            account
                .additional
                .map_or_else(String::new, |count| count.to_string()),
        );
        row.push(words::account_claim(account, words));
        row.push(words::sums(account.invariant.holds, words));
        table.row(row);
    }
    table.text
}

/// One row a folder.
pub(super) fn folders(report: &Report, words: Words) -> String {
    let mut table = Table::new();
    let mut head = vec![
        t!(in words, "report-account"),
        t!(in words, "report-folder-origin"),
        t!(in words, "report-folder-destination"),
        t!(in words, "report-notes"),
        t!(in words, "report-outcome"),
        t!(in words, "report-listed"),
        t!(in words, "report-octets"),
    ];
    head.extend(states(words));
    head.push(t!(in words, "report-absent"));
    table.row(head);
    for account in &report.accounts {
        for folder in &account.folders {
            let mut row = vec![
                account.login.clone(),
                folder.name.text(),
                folder
                    .target
                    .as_ref()
                    .map_or_else(String::new, FolderName::text),
                words::notes(folder, words),
                words::folder_outcome(folder, words),
                folder
                    .listed
                    .map_or_else(String::new, |listed| listed.to_string()),
                folder.tally.total_octets().to_string(),
            ];
            row.extend(counts(&folder.tally));
            row.push(folder.absent.to_string());
            table.row(row);
        }
    }
    table.text
}

/// One row an exception.
pub(super) fn exceptions(report: &Report, words: Words) -> String {
    let mut table = Table::new();
    table.row(vec![
        t!(in words, "report-account"),
        t!(in words, "report-folder-origin"),
        String::from("UIDVALIDITY"),
        String::from("UID"),
        t!(in words, "report-octets"),
        t!(in words, "report-date"),
        String::from("SHA-256"),
        t!(in words, "report-reason"),
        t!(in words, "report-server-words"),
        t!(in words, "report-saved"),
        t!(in words, "report-approved-by"),
        t!(in words, "report-approval"),
    ]);
    for row in report
        .accounts
        .iter()
        .flat_map(|account| &account.exceptions)
    {
        let approval = |part: fn(&Approval) -> &String| {
            row.approval
                .as_ref()
                .map_or_else(String::new, |approval| part(approval).clone())
        };
        table.row(vec![
            row.account.clone(),
            row.folder.text(),
            row.uid_validity.to_string(),
            row.uid.to_string(),
            row.size.to_string(),
            row.date.clone().unwrap_or_default(),
            row.sha256.map_or_else(String::new, super::json::hex),
            words.trouble(&row.code),
            words::without_strangers(&row.words, report),
            row.eml.clone().unwrap_or_default(),
            approval(|approval| &approval.by),
            approval(|approval| &approval.words),
        ]);
    }
    table.text
}

fn states(words: Words) -> impl Iterator<Item = String> {
    State::ALL
        .into_iter()
        .map(move |state| words::state_word(state, &words))
}

fn counts(tally: &Tally) -> impl Iterator<Item = String> {
    State::ALL
        .map(|state| tally.of(&[state]).to_string())
        .into_iter()
}

/// A table being written.
#[derive(Debug)]
pub struct Table {
    /// What is written of it.
    pub text: String,
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

impl Table {
    /// Without a row.
    pub fn new() -> Self {
        Self {
            text: String::from('\u{FEFF}'),
        }
    }

    /// A row more.
    pub fn row(&mut self, cells: Vec<String>) {
        for (index, value) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(';');
            }
            self.text.push_str(&cell(&value));
        }
        self.text.push_str("\r\n");
    }
}

/// A cell in quotes where it needs them. An apostrophe before what a spreadsheet would take for a formula.
pub(super) fn cell(value: &str) -> String {
    let value: String = value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let first = value.trim_start().chars().next();
    let formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%')
    );
    let value = if formula { format!("'{value}") } else { value };
    if value.contains([';', '"', ',', '\'']) || value != value.trim() {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}
