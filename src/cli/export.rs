//! `accounts --export` and `accounts --tool-files`: what somebody else makes the accounts from.
//!
//! Promises: nothing is asked of a server; passwords are written only where that was asked for in so many words, and it
//! is said that they were.

use std::path::Path;

use clap::ArgMatches;
use secrecy::SecretString;

use super::args::accounts as names;
use super::fail::{self, Failure};
use super::{Exit, args, ask, out};
use crate::account::Side;
use crate::engine::{self, Secrets};
use crate::plan::{IcewarpTool, Plan, Provision};
use crate::project::Project;
use crate::provision::export::{self, Encoding, Error, Form, Row};
use crate::provision::{Wanted, tool};
use crate::t;

/// The accounts of a run, and their passwords where they are wanted.
struct List {
    wanted: Vec<Wanted>,
    secrets: Secrets,
}

impl List {
    fn of(
        project: &Project,
        plan: &Plan,
        only: &[String],
        with_passwords: bool,
    ) -> Result<Self, Failure> {
        let jobs = plan.jobs.iter().filter(|job| engine::wants(only, job));
        let mut wanted = Vec::new();
        for job in jobs {
            wanted.push(Wanted::of(job).ok_or_else(|| {
                let login = job.login.as_str();
                Failure::usage(t!("cli-export-no-address", login = login))
                    .remedy(t!("cli-export-no-address-remedy"))
            })?);
        }
        let secrets = if with_passwords {
            // As if they were to be set: whoever logs in to the mailboxes.
            let plan = Plan {
                scope: crate::plan::Scope::Passwords,
                ..plan.clone()
            };
            ask::secrets(project, &plan, only)?
        } else {
            Secrets::default()
        };
        Ok(Self { wanted, secrets })
    }

    fn password(&self, wanted: &Wanted) -> Option<&SecretString> {
        self.secrets.password(Side::Destination, &wanted.login)
    }
}

/// Writes a table for any panel.
pub(super) fn export(
    matches: &ArgMatches,
    file: &Path,
    project: &Project,
    plan: &Plan,
    only: &[String],
) -> Result<Exit, Failure> {
    let form = form(matches)?;
    let list = List::of(project, plan, only, form.with_passwords)?;
    let quota_mb = plan.provision.as_ref().and_then(Provision::quota_mb);
    let rows: Vec<_> = list
        .wanted
        .iter()
        .map(|wanted| Row {
            wanted,
            password: list.password(wanted),
            quota_mb,
        })
        .collect();
    let table = export::table(&form, &rows).map_err(|error| refused(&error))?;
    let shown = file.display().to_string();
    export::write(file, &table).map_err(|error| fail::storage(&error, &shown))?;
    out::line(&t!(
        "cli-export-done",
        file = shown.as_str(),
        count = rows.len()
    ));
    if form.with_passwords {
        out::note(&t!("cli-export-passwords", file = shown));
    }
    Ok(Exit::Good)
}

fn form(matches: &ArgMatches) -> Result<Form, Failure> {
    let usual = Form::usual(matches.get_flag(names::WITH_PASSWORDS));
    let columns = match args::text(matches, args::COLUMNS) {
        None => usual.columns.clone(),
        Some(typed) => export::columns(typed).map_err(|word| {
            let known: Vec<_> = export::Column::ALL.iter().map(|one| one.word()).collect();
            Failure::usage(t!("cli-export-column", word = word))
                .remedy(t!("cli-export-column-remedy", columns = known.join(",")))
        })?,
    };
    let separator = match args::text(matches, names::SEPARATOR) {
        None => usual.separator,
        Some(typed) => export::separator(typed)
            .ok_or_else(|| Failure::usage(t!("cli-export-separator", text = typed)))?,
    };
    let encoding = args::text(matches, names::ENCODING).and_then(Encoding::of_word);
    Ok(Form {
        columns,
        separator,
        encoding: encoding.unwrap_or_default(),
        ..usual
    })
}

fn refused(error: &Error) -> Failure {
    match error {
        Error::PasswordsNotAsked => Failure::usage(t!("cli-export-not-asked")),
        Error::PasswordMissing { row, address } => Failure::usage(t!(
            "cli-export-no-password",
            row = *row,
            address = address.as_str()
        )),
        Error::NotInEncoding {
            row,
            address,
            column,
            encoding,
        } => Failure::usage(t!(
            "cli-export-encoding",
            row = *row,
            address = address.as_str(),
            column = column.word(),
            encoding = encoding.word()
        ))
        .remedy(t!("cli-export-encoding-remedy")),
    }
}

/// Writes what IceWarp's tool is given on its server.
pub(super) fn tool_files(project: &Project, plan: &Plan, only: &[String]) -> Result<Exit, Failure> {
    let list = List::of(project, plan, only, true)?;
    let mut accounts = Vec::new();
    for (at, wanted) in list.wanted.iter().enumerate() {
        let password = list.password(wanted).ok_or_else(|| {
            refused(&Error::PasswordMissing {
                row: at + 1,
                address: wanted.address.clone(),
            })
        })?;
        accounts.push((wanted, password));
    }
    let usual = IcewarpTool::default();
    let settings = match &plan.provision {
        Some(Provision::IcewarpTool(settings)) => settings,
        _ => &usual,
    };
    let dir = project.dir().display().to_string();
    let written = tool::files::write(project.dir(), &accounts, settings)
        .map_err(|error| fail::storage(&error, &dir))?;
    out::line(&t!("cli-tool-files", count = written.accounts));
    for path in [&written.table, &written.shell, &written.batch] {
        out::line(&format!("  {}", path.display()));
    }
    out::note(&t!(
        "cli-export-passwords",
        file = written.table.display().to_string()
    ));
    for one in &written.unfit {
        let place = list
            .wanted
            .iter()
            .position(|wanted| wanted.address == one.address);
        out::note(&t!(
            "cli-tool-unfit",
            row = place.map_or(0, |place| place + 1),
            address = one.address.as_str(),
            what = fail::words_of(&one.kind.key()).0
        ));
    }
    Ok(if written.unfit.is_empty() {
        Exit::Good
    } else {
        Exit::Exceptions
    })
}
