//! `accounts`: what stands in the way of the accounts at the destination, what would be done to them, and doing it.
//!
//! Promises: without `--apply` or `--put-right` nothing is changed anywhere; no message moves. What a run does to
//! accounts, it does in the same way. With `--export` or `--tool-files` files are written and no server is asked (`export`).

use clap::ArgMatches;
use serde_json::json;

use super::args::accounts as names;
use super::fail::Failure;
use super::follow::Interrupts;
use super::{Exit, args, ask, export, findings, out, provision, run, value};
use crate::engine::{Pass, Request};
use crate::journal::Journal;
use crate::plan::Plan;
use crate::project::Project;
use crate::provision::{Provisioner, Wanted, Weight};
use crate::{log, t};

/// Tests, lists, and with `--apply` prepares.
pub(super) fn accounts(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let plan = project.load()?;
    plan.check()?;
    value::apart(&plan)?;
    let only = run::only(&plan, matches)?;
    if let Some(file) = args::path(matches, names::EXPORT) {
        return export::export(matches, file, &project, &plan, &only);
    }
    if matches.get_flag(names::TOOL_FILES) {
        return export::tool_files(&project, &plan, &only);
    }
    let named = plan.provision.as_ref();
    let named = named.ok_or_else(|| provision::missing(&plan))?;
    let provisioner = provision::whatever(&project, named)?;
    let json = matches.get_flag(args::JSON);
    let _log = log::start(&project.log_dir(&plan.options), false)?;
    let runtime = super::runtime()?;
    if matches.get_flag(names::PUT_BACK) {
        let _lock = project.lock()?;
        return runtime.block_on(put_back(&project, provisioner.as_ref(), json));
    }
    let wanted = wanted(&plan, &only);
    let put_right = matches.get_flag(names::PUT_RIGHT);
    if put_right {
        let _lock = project.lock()?;
        runtime.block_on(put_all_right(&project, provisioner.as_ref(), &wanted))?;
    }
    let passes = runtime.block_on(async {
        let mut interrupts = Interrupts::listen();
        tokio::select! {
            tested = test(&project, provisioner.as_ref(), &wanted, put_right, json) => tested.map(Some),
            () = interrupts.next() => Ok(None),
        }
    })?;
    match passes {
        None => return Ok(Exit::Interrupted),
        Some(false) => return Ok(Exit::Stopped),
        Some(true) if !plan.scope.provisions() => {
            out::note(&t!("cli-accounts-scope-messages"));
            return Ok(Exit::Good);
        }
        Some(true) => {}
    }
    let apply = matches.get_flag(names::APPLY);
    let _lock = project
        .lock()
        .inspect_err(|_| tracing::info!("Account already being migrated"))?;
    let secrets = ask::secrets(&project, &plan, &only)?;
    let file = project.journal_file();
    // Looking leaves no journal behind.
    let journal = if apply || file.exists() {
        Journal::open(&file)?
    } else {
        Journal::in_memory()?
    };
    let request = Request {
        only,
        dry_run: !apply,
        ignore_window: true,
        provisioner: Some(provisioner),
        ..Request::new(plan, project, journal, secrets, Pass::Accounts)
    };
    runtime.block_on(run::carry_out(request, json))
}

/// The accounts of these logins as they are wanted; all that are selected where none is named.
fn wanted(plan: &Plan, only: &[String]) -> Vec<Wanted> {
    let jobs = plan.jobs.iter();
    jobs.filter(|job| crate::engine::wants(only, job))
        .filter_map(Wanted::of)
        .collect()
}

/// Shows what stands in the way; says whether one may go on.
async fn test(
    project: &Project,
    provisioner: &dyn Provisioner,
    wanted: &[Wanted],
    put_right: bool,
    json: bool,
) -> Result<bool, Failure> {
    let mut found = provisioner.test(wanted).await?;
    found.sort_by_key(|finding| std::cmp::Reverse(finding.weight));
    for finding in &found {
        out::line(&if json {
            json!({ "event": "finding", "weight": finding.weight, "fact": finding.fact })
                .to_string()
        } else {
            findings::line(finding)
        });
    }
    if !json && !put_right && !findings::to_put_right(&found).is_empty() {
        out::line(&t!(
            "cli-accounts-put-right",
            dir = out::quoted(project.dir())
        ));
    }
    Ok(found
        .iter()
        .all(|finding| finding.weight != Weight::Blocker))
}

/// Sets what suits the migration. Nothing interrupts it: how a setting was is remembered once it was changed.
async fn put_all_right(
    project: &Project,
    provisioner: &dyn Provisioner,
    wanted: &[Wanted],
) -> Result<(), Failure> {
    let found = provisioner.test(wanted).await?;
    for setting in findings::to_put_right(&found) {
        let former = provisioner.put_right(&[setting]).await?;
        project.remember_former(&former)?;
    }
    Ok(())
}

/// Puts the server's settings back as they were.
async fn put_back(
    project: &Project,
    provisioner: &dyn Provisioner,
    json: bool,
) -> Result<Exit, Failure> {
    let former = project.former()?;
    provisioner.put_back(&former).await?;
    project.forget_former()?;
    if json {
        out::line(&json!({ "event": "put_back", "settings": former }).to_string());
    } else {
        out::line(&t!("cli-accounts-put-back", count = former.len()));
    }
    Ok(Exit::Good)
}
