//! The report as one page: on a screen in both lights, on paper, without anything fetched from elsewhere.
//!
//! Promises: whatever a server or a person wrote is escaped; the page runs no script.

mod text;

use std::fmt::Write as _;

pub(super) use text::{escape, link};

use super::{AccountReport, COPIES, Grade, Report, words};
use crate::i18n::Words;
use crate::imap::name::FolderName;
use crate::journal::{ExceptionRow, FolderSum, State, Tally};
use crate::plan::Deleted;
use crate::t;

/// The whole page.
pub(super) fn page(report: &Report, words: Words) -> String {
    let mut page = Page {
        text: String::with_capacity(64 << 10),
        words,
    };
    let (mut title, tag) = (t!(in words, "report-title"), words.language().tag());
    if !report.plan.name.is_empty() {
        title = format!("{} · {title}", report.plan.name);
    }
    let _ = write!(
        page.text,
        "<!DOCTYPE html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>\n<style>\n{}</style></head><body>\n\
         <header>{}<div><h1>{}</h1><p>{}</p></div></header>\n<main>\n",
        escape(&title),
        include_str!("page.css"),
        include_str!("mark.svg"),
        escape(&title),
        escape(&format!(
            "{} → {}",
            report.plan.origin, report.plan.destination
        )),
    );
    page.verdict(report);
    page.plan(report);
    page.accounts(report);
    page.folders(report);
    page.ledger(report);
    page.limits(report);
    let made = t!(
        in words,
        "report-made",
        when = words.date_time(&report.made_at),
        version = env!("CARGO_PKG_VERSION"),
    );
    let code = t!(in words, "report-code", code = report.code());
    let _ = write!(
        page.text,
        "</main>\n<footer>{}<br>{}</footer></body></html>\n",
        escape(&made),
        escape(&code)
    );
    page.text
}

struct Page {
    text: String,
    words: Words,
}

impl Page {
    fn verdict(&mut self, report: &Report) {
        let class = match report.grade {
            Grade::Perfect | Grade::Good => "ok",
            Grade::ToCheck => "warn",
            Grade::Critical => "bad",
        };
        let sign = if class == "ok" { "✓" } else { "!" };
        let grade = words::grade_word(report.grade, &self.words);
        let grade = t!(in self.words, "report-grade", grade = grade);
        let _ = writeln!(
            self.text,
            "<section class=\"verdict {class}\"><p class=\"grade\"><span>{sign}</span> {}</p><h2>{}</h2>",
            escape(&grade),
            escape(&report.headline(&self.words)),
        );
        for sentence in report.statement(&self.words) {
            let _ = writeln!(self.text, "<p>{}</p>", escape(&sentence));
        }
        self.text.push_str("</section>\n");
        if !report.findings.is_empty() {
            self.heading(&t!(in self.words, "report-findings"));
            self.text.push_str("<ul class=\"findings\">\n");
            for (finding, said) in report.findings.iter().zip(report.remarks(&self.words)) {
                let class = match finding.grade() {
                    Grade::Perfect => "note",
                    Grade::Good => "good",
                    Grade::ToCheck => "warn",
                    Grade::Critical => "bad",
                };
                let word = match finding.grade() {
                    Grade::Perfect => t!(in self.words, "report-note"),
                    other => words::grade_word(other, &self.words),
                };
                let _ = writeln!(
                    self.text,
                    "<li><b class=\"{class}\">{}</b> {}</li>",
                    escape(&word),
                    escape(&said)
                );
            }
            self.text.push_str("</ul>\n");
        }
    }

    fn plan(&mut self, report: &Report) {
        let (plan, words) = (&report.plan, self.words);
        let none = || t!(in words, "report-none");
        let unlimited = || t!(in words, "report-no-limit");
        let rows = [
            (t!(in words, "report-origin"), plan.origin.clone()),
            (t!(in words, "report-destination"), plan.destination.clone()),
            (
                t!(in words, "report-since"),
                plan.since.map_or_else(unlimited, |day| day.to_string()),
            ),
            (
                t!(in words, "report-max-size"),
                plan.max_size
                    .map_or_else(unlimited, |size| words.size(size)),
            ),
            (
                t!(in words, "report-excluded-folders"),
                if plan.excluded_folders.is_empty() {
                    none()
                } else {
                    plan.excluded_folders.join(", ")
                },
            ),
            (
                t!(in words, "report-deleted"),
                match plan.deleted {
                    Deleted::Copy => t!(in words, "report-deleted-copy"),
                    Deleted::Unmark => t!(in words, "report-deleted-unmark"),
                    Deleted::Skip => t!(in words, "report-deleted-skip"),
                },
            ),
            (
                t!(in words, "report-folder-choices"),
                if plan.folder_choices.is_empty() {
                    none()
                } else {
                    let pairs = plan
                        .folder_choices
                        .iter()
                        .map(|(from, to)| format!("{from} → {to}"));
                    pairs.collect::<Vec<_>>().join(", ")
                },
            ),
        ];
        self.heading(&t!(in words, "report-plan"));
        self.text.push_str("<dl>\n");
        for (name, value) in rows {
            let _ = writeln!(
                self.text,
                "<dt>{}</dt><dd>{}</dd>",
                escape(&name),
                escape(&value)
            );
        }
        self.text.push_str("</dl>\n");
    }

    fn accounts(&mut self, report: &Report) {
        let words = self.words;
        self.heading(&t!(in words, "report-accounts"));
        self.table(&[
            (t!(in words, "report-account"), false),
            (t!(in words, "report-phase"), false),
            (t!(in words, "report-listed"), true),
            (t!(in words, "report-copies"), true),
            (t!(in words, "report-excluded"), true),
            (t!(in words, "report-missing"), true),
            (t!(in words, "report-octets"), true),
            (t!(in words, "report-assurance"), false),
            (t!(in words, "report-sums"), false),
        ]);
        for account in &report.accounts {
            self.text.push_str("<tr>");
            self.cell(
                &account.login,
                Some(&account.destination_login).filter(|login| **login != account.login),
            );
            let setup =
                Some(words::account_setup(account, words)).filter(|setup| !setup.is_empty());
            let trouble = account.trouble.as_deref().map(|kind| words.trouble(kind));
            let detail: Vec<_> = setup.into_iter().chain(trouble).collect();
            let detail = Some(detail.join(". ")).filter(|detail| !detail.is_empty());
            self.cell(&words::account_phase(account, words), detail.as_ref());
            self.numbers(&account.tally, account.invariant.listed);
            self.cell(&words::account_claim(account, words), None);
            self.cell(&words::sums(account.invariant.holds, words), None);
            self.text.push_str("</tr>\n");
        }
        let listed = report
            .accounts
            .iter()
            .map(|account| account.invariant.listed)
            .sum();
        self.text.push_str("<tr class=\"total\">");
        self.cell(&t!(in words, "report-total"), None);
        self.cell("", None);
        self.numbers(&report.totals, listed);
        self.cell(&words::claim(report.assurance(), words), None);
        let holds = report
            .accounts
            .iter()
            .all(|account| account.invariant.holds);
        self.cell(&words::sums(holds, words), None);
        self.text.push_str("</tr>\n</tbody></table></div>\n");
    }

    fn folders(&mut self, report: &Report) {
        let words = self.words;
        self.heading(&t!(in words, "report-folders"));
        for account in report
            .accounts
            .iter()
            .filter(|account| !account.folders.is_empty())
        {
            let count = words.folders(account.folders.len() as u64);
            let _ = writeln!(
                self.text,
                "<details open><summary>{} · {}</summary>",
                escape(&account.login),
                escape(&count)
            );
            self.table(&[
                (t!(in words, "report-folder-origin"), false),
                (t!(in words, "report-folder-destination"), false),
                (t!(in words, "report-listed"), true),
                (t!(in words, "report-copies"), true),
                (t!(in words, "report-excluded"), true),
                (t!(in words, "report-missing"), true),
                (t!(in words, "report-octets"), true),
                (t!(in words, "report-outcome"), false),
            ]);
            for folder in &account.folders {
                self.folder(folder);
            }
            self.text.push_str("</tbody></table></div></details>\n");
        }
    }

    fn folder(&mut self, folder: &FolderSum) {
        let target = folder
            .target
            .as_ref()
            .map_or_else(|| String::from("–"), FolderName::text);
        let notes = words::notes(folder, self.words);
        self.text.push_str("<tr>");
        self.cell(&folder.name.text(), None);
        self.cell(&target, Some(&notes).filter(|notes| !notes.is_empty()));
        self.numbers(&folder.tally, folder.listed.unwrap_or(0));
        self.cell(
            &words::folder_outcome(folder, self.words),
            folder.detail.as_ref(),
        );
        self.text.push_str("</tr>\n");
    }

    fn ledger(&mut self, report: &Report) {
        let words = self.words;
        self.heading(&t!(in words, "report-exceptions"));
        if report.exceptions == 0 {
            let _ = writeln!(
                self.text,
                "<p>{}</p>",
                escape(&t!(in words, "report-no-exceptions"))
            );
            return;
        }
        self.table(&[
            (t!(in words, "report-account"), false),
            (t!(in words, "report-folder-origin"), false),
            (String::from("UID"), true),
            (t!(in words, "report-date"), false),
            (t!(in words, "report-octets"), true),
            (t!(in words, "report-reason"), false),
            (t!(in words, "report-saved"), false),
            (t!(in words, "report-approved-by"), false),
        ]);
        for row in report
            .accounts
            .iter()
            .flat_map(|account: &AccountReport| &account.exceptions)
        {
            self.exception(row, report);
        }
        self.text.push_str("</tbody></table></div>\n");
    }

    fn exception(&mut self, row: &ExceptionRow, report: &Report) {
        let said = words::without_strangers(&row.words, report);
        self.text.push_str("<tr>");
        self.cell(&row.account, None);
        self.cell(&row.folder.text(), None);
        let _ = write!(self.text, "<td class=\"n\">{}</td>", row.uid);
        self.cell(row.date.as_deref().unwrap_or("–"), None);
        let _ = write!(
            self.text,
            "<td class=\"n\">{}</td>",
            escape(&self.words.size(row.size))
        );
        self.cell(
            &self.words.trouble(&row.code),
            Some(&said).filter(|said| !said.is_empty()),
        );
        match row.eml.as_deref().and_then(link) {
            Some(link) => {
                let open = t!(in self.words, "report-open");
                let _ = write!(
                    self.text,
                    "<td><a href=\"{}\">{}</a></td>",
                    escape(&link),
                    escape(&open)
                );
            }
            None => self.cell("–", None),
        }
        match &row.approval {
            Some(approval) => self.cell(&approval.by, Some(&approval.words)),
            None => self.cell("–", None),
        }
        self.text.push_str("</tr>\n");
    }

    fn limits(&mut self, report: &Report) {
        let words = self.words;
        self.heading(&t!(in words, "report-limits"));
        let mut said = vec![t!(in words, "report-limits-sums")];
        let listed = report
            .accounts
            .iter()
            .flat_map(|one| &one.folders)
            .filter_map(|one| one.listed_at);
        if let Some(when) = listed.min().and_then(moment) {
            said.push(t!(in words, "report-limits-when", when = words.date_time(&when)));
        }
        said.push(t!(in words, "report-limits-hidden"));
        said.push(t!(in words, "report-limits-later"));
        said.push(t!(in words, "report-limits-self"));
        for sentence in said {
            let _ = writeln!(self.text, "<p>{}</p>", escape(&sentence));
        }
    }

    fn heading(&mut self, text: &str) {
        let _ = writeln!(self.text, "<h2>{}</h2>", escape(text));
    }

    fn table(&mut self, columns: &[(String, bool)]) {
        self.text.push_str("<div class=\"wide\"><table><thead><tr>");
        for (name, number) in columns {
            let class = if *number { " class=\"n\"" } else { "" };
            let _ = write!(self.text, "<th scope=\"col\"{class}>{}</th>", escape(name));
        }
        self.text.push_str("</tr></thead><tbody>\n");
    }

    /// Listed, copies, left out, missing, octets.
    fn numbers(&mut self, tally: &Tally, listed: u64) {
        let missing = tally.of(&[State::Planned, State::InFlight, State::Exception]);
        let left_out = tally.of(&[State::Excluded, State::Gone]);
        for count in [listed, tally.of(COPIES), left_out] {
            let _ = write!(
                self.text,
                "<td class=\"n\">{}</td>",
                self.words.number(count)
            );
        }
        let class = if missing > 0 { "n bad" } else { "n" };
        let _ = write!(
            self.text,
            "<td class=\"{class}\">{}</td>",
            self.words.number(missing)
        );
        let octets = self.words.size(tally.total_octets());
        let _ = write!(self.text, "<td class=\"n\">{}</td>", escape(&octets));
    }

    /// A cell, with a smaller line below where there is one.
    fn cell(&mut self, text: &str, below: Option<&String>) {
        let _ = write!(self.text, "<td>{}", escape(text));
        if let Some(below) = below {
            let _ = write!(self.text, "<small>{}</small>", escape(below));
        }
        self.text.push_str("</td>");
    }
}

fn moment(millis: i64) -> Option<jiff::ZonedDateTime> {
    let time = jiff::Timestamp::from_millisecond(millis).ok()?;
    Some(time.to_zoned_datetime(jiff::tz::TimeZone::system()))
}
