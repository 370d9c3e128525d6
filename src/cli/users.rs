//! `users`: the list of mailboxes, into the plan and the vault.
//!
//! Promises: an account that has been copied is never sent to another mailbox by a new list. How a list is read stands in
//! `list`.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use clap::ArgMatches;

use super::fail::Failure;
use super::{Exit, args, ask, list, out, value};
use crate::account::Side;
use crate::i18n::{self, Words};
use crate::journal::{Journal, Phase};
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::secrets::Key;
use crate::t;
use crate::users::Kept;
use crate::users::template::{Form, template};

/// `users import`, `users template` and `users list`.
pub(super) fn users(matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("import", matches)) => add(matches),
        Some(("template", matches)) => Ok(empty(matches)),
        Some((_, matches)) => show(matches),
        None => Ok(Exit::Usage),
    }
}

fn add(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let mut plan = project.load()?;
    let file = args::path(matches, args::FILE).unwrap_or(Path::new("-"));
    let list = list::read(file, &plan, matches)?;
    let number = list.jobs.len();
    let _lock = project.lock()?;
    let before = plan.clone();
    let new = merge(&mut plan, list.jobs);
    plan.check()?;
    value::apart(&plan)?;
    not_elsewhere(&project, &before, &plan)?;
    keep(&project, &plan, list.passwords)?;
    project.save(&plan)?;
    out::line(&t!(
        "cli-users-imported",
        number = i18n::number(number as u64),
        new = i18n::number(new),
        total = i18n::number(plan.jobs.len() as u64),
    ));
    value::warn_of_one_server(&plan);
    Ok(Exit::Good)
}

/// A list to fill in, as it is: with its mark and line ends.
fn empty(matches: &ArgMatches) -> Exit {
    let form = match args::text(matches, args::FORMAT) {
        Some("txt") => Form::Txt,
        _ => Form::Csv,
    };
    let names = [
        t!("cli-template-login"),
        t!("cli-template-password"),
        t!("cli-template-address"),
        t!("cli-template-aliases"),
        t!("cli-template-group"),
    ];
    let octets = template(form, names.each_ref().map(String::as_str));
    // A reader that went away is no error.
    let _ = io::stdout().lock().write_all(&octets);
    Exit::Good
}

fn show(matches: &ArgMatches) -> Result<Exit, Failure> {
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
        if !job.aliases.is_empty() {
            line = format!("{line}  + {}", job.aliases.join(", "));
        }
        if !job.group.is_empty() {
            line = format!("{line}  [{}]", job.group);
        }
        if !job.selected {
            line = format!("{line}  ({})", t!("cli-left-out-now"));
        }
        out::line(&line);
    }
    out::note(&Words::current().mailboxes(plan.jobs.len() as u64));
    Ok(Exit::Good)
}

/// What a list says, or, where it says nothing, what was known.
fn or_known(said: String, known: &str) -> String {
    if said.is_empty() {
        known.to_owned()
    } else {
        said
    }
}

/// Puts the mailboxes of a list into the plan, over what it knew of the same logins; says how many are new.
pub(super) fn merge(plan: &mut Plan, jobs: Vec<Job>) -> u64 {
    let known = places(plan);
    let mut new = 0;
    for job in jobs {
        if let Some(place) = known.get(&job.login.to_lowercase()) {
            let known = &mut plan.jobs[*place];
            // The journal knows the mailbox by the spelling it has had; and a list does not say who comes along, or how.
            // A list without addresses says nothing of where the mailbox goes.
            let silent = job.address.is_none() && job.destination_login == job.login;
            *known = Job {
                login: known.login.clone(),
                address: if silent {
                    known.address.take()
                } else {
                    job.address
                },
                destination_login: if silent {
                    std::mem::take(&mut known.destination_login)
                } else {
                    job.destination_login
                },
                selected: known.selected,
                all_sizes: known.all_sizes,
                name: or_known(job.name, &known.name),
                group: or_known(job.group, &known.group),
                aliases: if job.aliases.is_empty() {
                    std::mem::take(&mut known.aliases)
                } else {
                    job.aliases
                },
            };
        } else {
            plan.jobs.push(job);
            new += 1;
        }
    }
    new
}

/// Where each login stands in the plan.
fn places(plan: &Plan) -> HashMap<String, usize> {
    let jobs = plan.jobs.iter().enumerate();
    jobs.map(|(place, job)| (job.login.to_lowercase(), place))
        .collect()
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

/// Puts the passwords into the vault.
pub(super) fn keep(project: &Project, plan: &Plan, passwords: Vec<Kept>) -> Result<(), Failure> {
    if passwords.is_empty() {
        return Ok(());
    }
    let known = places(plan);
    let key = |kept: &Kept| {
        let place = known.get(&kept.login.to_lowercase());
        let login = match kept.side {
            Side::Origin => place.map(|place| &plan.jobs[*place].login),
            Side::Destination => None,
        };
        Key::login(kept.side, login.unwrap_or(&kept.login))
    };
    let mut vault = ask::vault(project)?;
    vault.set_many(
        passwords
            .into_iter()
            .map(|kept| (key(&kept), kept.password)),
    );
    vault.save()?;
    Ok(())
}
