//! `users`: the list of mailboxes, into the plan and the vault.
//!
//! Promises: a list with a bad line is refused whole, with every bad line named by its number; an account that has
//! been copied is never sent to another mailbox by a new list.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::ArgMatches;
use secrecy::zeroize::Zeroizing;

use super::fail::{self, Failure};
use super::{Exit, args, ask, out, value};
use crate::account::Side;
use crate::i18n::{self, Words};
use crate::journal::{Journal, Phase};
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::secrets::Key;
use crate::t;
use crate::users::{DestinationLogin, Options, Password, ProblemKind, Row, import};

/// Bad lines named before the others are only counted.
const NAMED: usize = 20;

/// `users import` and `users list`.
pub(super) fn users(matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("import", matches)) => add(matches),
        Some((_, matches)) => list(matches),
        None => Ok(Exit::Usage),
    }
}

fn add(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let mut plan = project.load()?;
    let file = args::path(matches, args::FILE).unwrap_or(Path::new("-"));
    let rows = read(file, &plan, matches)?;
    let _lock = project.lock()?;
    let before = plan.clone();
    let new = merge(&mut plan, &rows);
    plan.check()?;
    value::apart(&plan)?;
    not_elsewhere(&project, &before, &plan)?;
    keep(&project, &plan, &rows)?;
    project.save(&plan)?;
    out::line(&t!(
        "cli-users-imported",
        number = i18n::number(rows.len() as u64),
        new = i18n::number(new),
        total = i18n::number(plan.jobs.len() as u64),
    ));
    value::warn_of_one_server(&plan);
    Ok(Exit::Good)
}

fn list(matches: &ArgMatches) -> Result<Exit, Failure> {
    let plan = args::project(matches).load()?;
    let widest = plan
        .jobs
        .iter()
        .map(|job| job.login.chars().count())
        .max()
        .unwrap_or(0);
    for job in &plan.jobs {
        let mut line = format!(
            "{}  →  {}",
            out::pad(&job.login, widest),
            job.destination_login
        );
        if let Some(address) = job
            .address
            .as_ref()
            .filter(|address| **address != job.destination_login)
        {
            line = format!("{line}  <{address}>");
        }
        if !job.selected {
            line = format!("{line}  ({})", t!("cli-left-out-now"));
        }
        out::line(&line);
    }
    out::note(&Words::current().mailboxes(plan.jobs.len() as u64));
    Ok(Exit::Good)
}

/// Reads a list; any bad line refuses it.
pub(super) fn read(file: &Path, plan: &Plan, matches: &ArgMatches) -> Result<Vec<Row>, Failure> {
    let shown = file.display().to_string();
    let octets = fs::read(file)
        .map(Zeroizing::new)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Failure::usage(t!("cli-error-no-file", file = shown.as_str()))
                    .remedy(t!("cli-error-no-file-remedy"))
            }
            _ => fail::storage(&error, &shown).exit(Exit::Usage),
        })?;
    let for_all = plan.origin.master.is_some() && plan.destination.master.is_some();
    let imported = import(
        &octets,
        Options {
            destination_login: match args::text(matches, args::DESTINATION_LOGIN) {
                Some("login") => DestinationLogin::Login,
                Some("localpart") => DestinationLogin::Localpart,
                _ => DestinationLogin::Address,
            },
            password: if for_all {
                Password::Optional
            } else {
                Password::Required
            },
        },
    );
    if imported.problems.is_empty() {
        return if imported.rows.is_empty() {
            Err(Failure::usage(t!("cli-users-empty", file = shown))
                .remedy(t!("cli-users-empty-remedy")))
        } else {
            Ok(imported.rows)
        };
    }
    let count = imported.problems.len();
    let number = i18n::number(count as u64);
    let mut failure = Failure::usage(t!(
        "cli-users-problems",
        file = shown,
        count = count,
        number = number
    ))
    .remedy(t!("cli-users-problems-remedy"));
    for problem in imported.problems.iter().take(NAMED) {
        let what = problem_words(problem.kind);
        failure = failure.detail(t!(
            "cli-users-line",
            line = problem.line.to_string(),
            what = what
        ));
    }
    let more = count.saturating_sub(NAMED);
    if more > 0 {
        failure = failure.detail(t!(
            "cli-users-more",
            count = more,
            number = i18n::number(more as u64)
        ));
    }
    Err(failure)
}

fn problem_words(kind: ProblemKind) -> String {
    match kind {
        ProblemKind::EmptyLogin => t!("cli-users-empty-login"),
        ProblemKind::MissingPassword => t!("cli-users-missing-password"),
        ProblemKind::BadAddress => t!("cli-users-bad-address"),
        ProblemKind::DuplicateLogin { first } => {
            t!("cli-users-duplicate", first = first.to_string())
        }
        ProblemKind::SameDestination { first } => {
            t!("cli-users-same-destination", first = first.to_string())
        }
        ProblemKind::TooManyFields { found, columns } => {
            t!(
                "cli-users-too-many",
                found = found.to_string(),
                columns = columns.to_string()
            )
        }
        ProblemKind::Ambiguous => t!("cli-users-ambiguous"),
        ProblemKind::Unreadable => t!("cli-users-unreadable"),
        ProblemKind::UnknownColumn { column } => {
            t!("cli-users-unknown-column", column = column.to_string())
        }
        ProblemKind::RepeatedColumn { column } => {
            t!("cli-users-repeated-column", column = column.to_string())
        }
    }
}

/// Puts the rows into the plan, over what it knew of the same logins; says how many are new.
pub(super) fn merge(plan: &mut Plan, rows: &[Row]) -> u64 {
    let known: BTreeMap<String, usize> = plan
        .jobs
        .iter()
        .enumerate()
        .map(|(index, job)| (job.login.to_lowercase(), index))
        .collect();
    let mut new = 0;
    for row in rows {
        let job = Job {
            login: row.login.clone(),
            address: row.address.clone(),
            destination_login: row.destination_login.clone(),
            selected: true,
        };
        if let Some(index) = known.get(&row.login.to_lowercase()) {
            let known = &mut plan.jobs[*index];
            // The journal knows the mailbox by the spelling it has had; and a list does not say who comes along.
            *known = Job {
                login: known.login.clone(),
                selected: known.selected,
                ..job
            };
        } else {
            plan.jobs.push(job);
            new += 1;
        }
    }
    new
}

/// Refuses a list that would send what has been copied to another mailbox.
fn not_elsewhere(project: &Project, before: &Plan, after: &Plan) -> Result<(), Failure> {
    let moved: Vec<_> = before
        .jobs
        .iter()
        .zip(&after.jobs)
        .filter(|(old, new)| old.destination_login != new.destination_login)
        .collect();
    if moved.is_empty() || !project.journal_file().exists() {
        return Ok(());
    }
    let journal = Journal::open_existing(&project.journal_file())?;
    let accounts = super::runtime()?.block_on(journal.accounts())?;
    for (old, new) in moved {
        if accounts
            .iter()
            .any(|account| account.login == old.login && account.phase != Phase::Waiting)
        {
            return Err(Failure::usage(t!(
                "cli-users-elsewhere",
                login = old.login.as_str(),
                old = old.destination_login.as_str(),
                new = new.destination_login.as_str(),
            ))
            .remedy(t!("cli-users-elsewhere-remedy")));
        }
    }
    Ok(())
}

/// Puts the passwords into the vault, those that will be needed.
pub(super) fn keep(project: &Project, plan: &Plan, rows: &[Row]) -> Result<(), Failure> {
    let mut wanted = Vec::new();
    for row in rows {
        let login = plan
            .jobs
            .iter()
            .find(|job| job.login.to_lowercase() == row.login.to_lowercase());
        let login = login.map_or(&row.login, |job| &job.login);
        if plan.origin.master.is_none() {
            wanted.push((Key::login(Side::Origin, login), row.password.clone()));
        }
        if plan.destination.master.is_none() {
            let password = row.destination_password.as_ref().unwrap_or(&row.password);
            wanted.push((
                Key::login(Side::Destination, &row.destination_login),
                password.clone(),
            ));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let mut vault = ask::vault(project)?;
    vault.set_many(wanted);
    vault.save()?;
    Ok(())
}
