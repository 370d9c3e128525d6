//! `demo`: the whole journey in front of your eyes, without touching anybody's mail.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ArgMatches;
use serde_json::json;

use super::fail::{self, Failure};
use super::follow::{self, Interrupts, Screen};
use super::lines::Order;
use super::{Exit, args, json as events, lines, out, report};
use crate::demo::{self, Demo};
use crate::engine::{Outcome, Pass};
use crate::i18n::Words;
use crate::journal::{Journal, State};
use crate::plan::Options;
use crate::project::{self, Project};
use crate::report::{Format, Grade, Report};
use crate::{log, t};

/// Two servers, five mailboxes, three passes, one verdict.
pub(super) fn demo(matches: &ArgMatches) -> Result<Exit, Failure> {
    let json = matches.get_flag(args::JSON);
    let place = Place::new(args::path(matches, args::DIR))?;
    let runtime = super::runtime()?;
    let done = {
        let _log = log::start(&place.log_dir(), false)?;
        runtime.block_on(carry_out(&place, json))
    };
    // The servers and the journal's thread end before the folder goes.
    drop(runtime);
    done
}

/// Where the demonstration works, and where its report stays.
struct Place {
    given: Option<PathBuf>,
    temporary: Option<tempfile::TempDir>,
}

impl Place {
    fn new(given: Option<&Path>) -> Result<Self, Failure> {
        if let Some(dir) = given
            && Project::at(dir).plan_file().exists()
        {
            return Err(project::Error::Exists(dir.to_owned()).into());
        }
        let temporary = match given {
            Some(_) => None,
            None => Some(temporary()?),
        };
        Ok(Self {
            given: given.map(Path::to_owned),
            temporary,
        })
    }

    fn dir(&self) -> &Path {
        match (&self.given, &self.temporary) {
            (Some(given), _) => given,
            (None, Some(temporary)) => temporary.path(),
            (None, None) => Path::new("."),
        }
    }

    fn log_dir(&self) -> PathBuf {
        Project::at(self.dir()).log_dir(&Options::default())
    }

    /// The report goes where it stays: into the folder given, else into one of its own that is not deleted.
    fn for_report(&self, project: &Project) -> Result<Project, Failure> {
        match &self.given {
            Some(_) => Ok(project.clone()),
            None => Ok(Project::at(temporary()?.keep())),
        }
    }
}

fn temporary() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("traghetto-demo-")
        .tempdir()
        .map_err(|error| fail::storage(&error, &std::env::temp_dir().display().to_string()))
}

async fn carry_out(place: &Place, json: bool) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let demo = demo::start(place.dir())
        .await
        .map_err(|error| match error {
            demo::Error::Project(error) => error.into(),
            demo::Error::Server(error) => {
                Failure::stopped(t!("cli-demo-no-server")).detail(error.to_string())
            }
        })?;
    let _lock = demo.project.lock()?;
    if !json {
        introduce(&demo, place);
    }
    let journal = Journal::open(&demo.project.journal_file())?;
    let mut interrupts = Interrupts::listen();
    let outcomes = demo
        .carry_out(&journal, async |pass, run| {
            if !json {
                out::line(&out::ink(out::Ink::Bold, &heading(pass)));
            }
            let mut screen = Screen::new(json, Order::new(pass)).brief();
            let (outcome, last) = follow::follow(run, &mut screen, &mut interrupts).await;
            out::line(&if json {
                events::ended(pass, false, &outcome, &last).to_string()
            } else {
                lines::summary(pass, false, &outcome, &last)
            });
            outcome
        })
        .await;
    if outcomes.iter().any(|outcome| outcome.stopped) {
        return Ok(Exit::Interrupted);
    }
    let report = crate::report::gather(&demo.project, &journal, &demo.plan).await?;
    let kept = place.for_report(&demo.project)?;
    let files = crate::report::write(&kept, &report, Format::Html, &Words::current())
        .map_err(|error| fail::storage(&error, &kept.report_dir().display().to_string()))?;
    let files = files
        .into_iter()
        .map(|file| std::path::absolute(&file).unwrap_or(file))
        .collect();
    let verdict = Verdict {
        missing: demo.missing(),
        size: demo.size(),
        seconds: begun.elapsed(),
        files,
        report,
    };
    if json {
        out::line(&verdict.json().to_string());
    } else {
        verdict.show(place);
    }
    Ok(verdict.exit(&outcomes))
}

fn introduce(demo: &Demo, place: &Place) {
    let words = Words::current();
    let (accounts, messages, octets) = demo.size();
    out::line(&t!(
        "cli-demo-begin",
        mailboxes = words.mailboxes(accounts),
        messages = words.messages(messages),
        size = words.size(octets),
    ));
    let (origin, destination) = (demo.plan.origin.label(), demo.plan.destination.label());
    out::line(&t!(
        "cli-demo-servers",
        origin = origin,
        destination = destination
    ));
    if place.given.is_some() {
        out::line(&t!(
            "cli-demo-folder",
            dir = demo.project.dir().display().to_string()
        ));
    }
}

fn heading(pass: Pass) -> String {
    match pass {
        Pass::Accounts | Pass::Copy => t!("cli-demo-copy"),
        Pass::Complete => t!("cli-demo-complete"),
        Pass::Verify(_) => t!("cli-demo-verify"),
    }
}

/// How it came out.
struct Verdict {
    report: Report,
    /// By the demonstration's own comparison of the two servers.
    missing: u64,
    size: (u64, u64, u64),
    seconds: std::time::Duration,
    files: Vec<PathBuf>,
}

impl Verdict {
    fn exceptions(&self) -> u64 {
        self.report.totals.of(&[State::Exception])
    }

    fn exit(&self, outcomes: &[Outcome]) -> Exit {
        if self.missing > 0 || outcomes.iter().any(|outcome| !outcome.failed.is_empty()) {
            Exit::Stopped
        } else if matches!(self.report.grade, Grade::Perfect | Grade::Good) {
            Exit::Good
        } else {
            Exit::Exceptions
        }
    }

    fn json(&self) -> serde_json::Value {
        let (accounts, messages, octets) = self.size;
        json!({
            "event": "verdict",
            "grade": crate::report::json(&self.report)["grade"],
            "accounts": accounts,
            "messages": messages,
            "octets": octets,
            "arrived": self.report.totals.of(&report::ARRIVED),
            "missing": self.missing,
            "exceptions": self.exceptions(),
            "seconds": self.seconds.as_secs_f64(),
            "report": self.files.first().map(|file| file.display().to_string()),
        })
    }

    fn show(&self, place: &Place) {
        let words = Words::current();
        let (accounts, messages, octets) = self.size;
        let exceptions = self.exceptions();
        out::line("");
        out::line(&t!(
            "cli-demo-verdict",
            verdict = report::grade(self.report.grade),
            messages = words.messages(messages),
            size = words.size(octets),
            mailboxes = words.mailboxes(accounts),
        ));
        let counts = t!(
            "cli-demo-missing",
            count = self.missing,
            number = words.number(self.missing),
            exceptions = t!(
                "cli-count-exceptions",
                count = exceptions,
                number = words.number(exceptions)
            ),
            time = lines::duration(self.seconds),
        );
        let ink = if self.missing == 0 && exceptions == 0 {
            out::Ink::Green
        } else {
            out::Ink::Red
        };
        out::line(&out::ink(ink, &counts));
        if self.missing == 0 {
            out::line(&t!("cli-demo-equal"));
        }
        for file in &self.files {
            out::line(&t!("cli-report-file", file = file.display().to_string()));
        }
        if place.given.is_some() {
            out::line(&t!(
                "cli-demo-kept",
                dir = place.dir().display().to_string()
            ));
        }
    }
}
