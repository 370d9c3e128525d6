//! `report`: what became of every message, as a file.

use clap::ArgMatches;

use super::fail::{self, Failure};
use super::{Exit, args, out};
use crate::i18n::{self, Words};
use crate::journal::{Journal, State};
use crate::project::Project;
use crate::report::{Format, Grade, Report, grade_word};
use crate::t;

/// States of messages that are at the destination.
pub(super) const ARRIVED: [State; 4] =
    [State::Acked, State::Verified, State::Adopted, State::Merged];
/// Findings shown on the terminal; the file has them all.
const SHOWN: usize = 20;

/// Writes the report; JSON goes to the standard output as well.
pub(super) fn report(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let plan = project.load()?;
    let journal = journal(&project)?;
    let report = super::runtime()?.block_on(crate::report::gather(&project, &journal, &plan))?;
    let format = match args::text(matches, args::FORMAT) {
        Some("csv") => Format::Csv,
        Some("json") => Format::Json,
        _ => Format::Html,
    };
    let files = crate::report::write(&project, &report, format, &Words::current())
        .map_err(|error| fail::storage(&error, &project.report_dir().display().to_string()))?;
    if format == Format::Json {
        out::line(&format!("{:#}", crate::report::json(&report)));
        return Ok(Exit::Good);
    }
    show(&report);
    for file in files {
        out::line(&t!("cli-report-file", file = file.display().to_string()));
    }
    Ok(Exit::Good)
}

/// The journal of a migration that has begun.
pub(super) fn journal(project: &Project) -> Result<Journal, Failure> {
    if !project.journal_file().exists() {
        let dir = out::quoted(project.dir());
        return Err(Failure::usage(t!("cli-error-not-begun"))
            .remedy(t!("cli-error-not-begun-remedy", dir = dir)));
    }
    Ok(Journal::open_existing(&project.journal_file())?)
}

/// Grade, verdict, what was proven, and why the grade is not better.
fn show(report: &Report) {
    let words = Words::current();
    out::line(&format!(
        "{}. {}",
        grade(report.grade),
        report.headline(&words)
    ));
    for sentence in report.statement(&words) {
        out::line(&sentence);
    }
    let remarks = report.remarks(&words);
    for remark in remarks.iter().take(SHOWN) {
        out::line(&format!("  {}", out::tame(remark)));
    }
    let more = remarks.len().saturating_sub(SHOWN);
    if more > 0 {
        out::line(&format!(
            "  {}",
            t!(
                "cli-report-more",
                count = more,
                number = i18n::number(more as u64)
            )
        ));
    }
}

/// The grade in words, in its colour.
pub(super) fn grade(grade: Grade) -> String {
    let ink = match grade {
        Grade::Perfect | Grade::Good => out::Ink::Green,
        Grade::ToCheck => out::Ink::Yellow,
        Grade::Critical => out::Ink::Red,
    };
    let word = out::ink(ink, &grade_word(grade, &Words::current()));
    t!("report-grade", grade = word)
}
