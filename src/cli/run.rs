//! `run`, `complete`, `verify`: one pass over the mailboxes of a plan.

use std::collections::{BTreeSet, HashSet};

use clap::ArgMatches;

use super::fail::{self, Failure, Masters};
use super::follow::{self, Interrupts, Screen};
use super::lines::Order;
use super::report::ARRIVED;
use super::{Exit, args, ask, json, lines, out, provision, value};
use crate::engine::{self, Outcome, Pass, Request};
use crate::i18n::Words;
use crate::journal::{Journal, Phase};
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::report::accounts::notice;
use crate::{log, t};

/// Does one pass.
pub(super) fn run(matches: &ArgMatches, pass: Pass) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let mut plan = project.load()?;
    value::speed(matches, &mut plan.options)?;
    if pass == Pass::Copy {
        provision::take_scope(matches, &mut plan);
    } else if !plan.scope.copies() {
        return Err(Failure::usage(t!("cli-error-passwords-only"))
            .remedy(t!("cli-error-passwords-only-remedy")));
    }
    plan.check()?;
    value::apart(&plan)?;
    let only = only(&plan, matches)?;
    let json = matches.get_flag(args::JSON);
    let dry_run = pass == Pass::Copy && matches.get_flag(args::DRY_RUN);
    let _log = log::start(&project.log_dir(&plan.options), false)?;
    let _lock = project
        .lock()
        .inspect_err(|_| tracing::info!("Account already being migrated"))?;
    let provisioner = provision::provisioner(&project, &plan)?;
    let secrets = ask::secrets(&project, &plan, &only)?;
    let journal = Journal::open(&project.journal_file())?;
    let request = Request {
        only,
        dry_run,
        provisioner,
        notice: Some(notice()),
        ignore_window: matches.get_flag(args::NOW),
        ..Request::new(plan, project, journal, secrets, pass)
    };
    super::runtime()?.block_on(carry_out(request, json))
}

pub(super) async fn carry_out(request: Request, json: bool) -> Result<Exit, Failure> {
    let Request { pass, dry_run, .. } = request;
    let (project, journal, plan, only) = (
        request.project.clone(),
        request.journal.clone(),
        request.plan.clone(),
        request.only.clone(),
    );
    let order = Order {
        dry_run,
        copies: request.plan.scope.copies(),
        masters: Masters::of(&request.plan),
        uncopied: uncopied(&request).await?,
        resume: Some(again(pass, &project)),
        ..Order::new(pass)
    };
    // Where no message moves, it is accounts alone that are told of.
    let done = if order.copies { pass } else { Pass::Accounts };
    let nothing = !order.uncopied.is_empty();
    let mut screen = Screen::new(json, order);
    let mut interrupts = Interrupts::listen();
    let (outcome, last) =
        follow::follow(engine::start(request), &mut screen, &mut interrupts).await;
    if pass == Pass::Complete {
        tell_additional(&journal, &plan, &only, json).await?;
    }
    if json {
        out::line(&json::ended(pass, dry_run, &outcome, &last).to_string());
    } else {
        if dry_run && done == Pass::Copy {
            for line in lines::would_copy(&last) {
                out::line(&line);
            }
        }
        out::line(&out::ink(
            out::Ink::Bold,
            &lines::summary(done, dry_run, &outcome, &last),
        ));
        if !dry_run {
            next_step(done, nothing, &outcome, &project);
        }
    }
    Ok(fail::exit_of(&outcome))
}

/// Which logins are meant: those `--account` names, by login, address or destination login, and the selected ones of the
/// groups that `--group` names; else those the plan has selected, which is what an empty answer means.
pub(super) fn only(plan: &Plan, matches: &ArgMatches) -> Result<Vec<String>, Failure> {
    if plan.jobs.is_empty() {
        return Err(
            Failure::usage(t!("cli-error-no-accounts")).remedy(t!("cli-error-no-accounts-remedy"))
        );
    }
    let accounts = args::texts(matches, args::ACCOUNT);
    let groups = args::texts(matches, args::GROUP);
    let mut only = Vec::new();
    for name in &accounts {
        only.push(account(plan, name)?.login.clone());
    }
    for name in &groups {
        only.extend(group(plan, name)?);
    }
    let named = !accounts.is_empty() || !groups.is_empty();
    if only.is_empty() && (named || !plan.jobs.iter().any(|job| job.selected)) {
        return Err(Failure::usage(t!("cli-error-none-selected"))
            .remedy(t!("cli-error-none-selected-remedy")));
    }
    let mut seen = HashSet::new();
    only.retain(|login| seen.insert(login.clone()));
    Ok(only)
}

fn account<'a>(plan: &'a Plan, name: &str) -> Result<&'a Job, Failure> {
    let wanted = name.to_lowercase();
    let is = |text: &str| text.to_lowercase() == wanted;
    let by_login = plan.jobs.iter().find(|job| is(&job.login));
    let job = by_login.or_else(|| {
        let mut others = plan.jobs.iter();
        others.find(|job| is(&job.destination_login) || job.address.as_deref().is_some_and(is))
    });
    job.ok_or_else(|| {
        Failure::usage(t!("cli-error-no-such-account", name = name))
            .remedy(t!("cli-error-no-such-account-remedy"))
    })
}

/// The logins of a group that the plan has selected.
fn group(plan: &Plan, name: &str) -> Result<Vec<String>, Failure> {
    let wanted = name.trim().to_lowercase();
    let of_group = |job: &&Job| !wanted.is_empty() && job.group.trim().to_lowercase() == wanted;
    let members: Vec<_> = plan.jobs.iter().filter(of_group).collect();
    if members.is_empty() {
        let known: BTreeSet<_> = plan.jobs.iter().map(|job| job.group.trim()).collect();
        let known: Vec<_> = known
            .into_iter()
            .filter(|group| !group.is_empty())
            .collect();
        let remedy = if known.is_empty() {
            t!("cli-error-no-groups-remedy")
        } else {
            t!("cli-error-no-such-group-remedy", groups = known.join(", "))
        };
        return Err(Failure::usage(t!("cli-error-no-such-group", name = name)).remedy(remedy));
    }
    let selected = members.into_iter().filter(|job| job.selected);
    Ok(selected.map(|job| job.login.clone()).collect())
}

/// Whether an account the journal knows is meant; one that is no longer in the plan is, where nobody is named.
pub(super) fn is_asked(plan: &Plan, only: &[String], login: &str) -> bool {
    let mut jobs = plan.jobs.iter();
    let job = jobs.find(|job| job.login == login);
    job.map_or(only.is_empty(), |job| engine::wants(only, job))
}

/// What the completing pass brought, account by account.
async fn tell_additional(
    journal: &Journal,
    plan: &Plan,
    only: &[String],
    json: bool,
) -> Result<(), Failure> {
    let words = Words::current();
    for account in journal.accounts().await? {
        let asked = is_asked(plan, only, &account.login);
        let Some(count) = account
            .additional
            .filter(|_| asked && account.phase == Phase::Completed)
        else {
            continue;
        };
        out::line(&if json {
            serde_json::json!({ "event": "additional", "account": account.login, "messages": count }).to_string()
        } else {
            t!(
                "cli-additional",
                login = account.login,
                count = count,
                number = words.number(count)
            )
        });
    }
    Ok(())
}

/// Accounts that are to be verified and have no copy yet.
async fn uncopied(request: &Request) -> Result<HashSet<String>, Failure> {
    let mut uncopied = HashSet::new();
    if !matches!(request.pass, Pass::Verify(_)) {
        return Ok(uncopied);
    }
    let rows = request.journal.accounts().await?;
    for job in &request.plan.jobs {
        let asked = request.wants(job);
        let row = rows.iter().find(|row| row.login == job.login);
        let mut copies = 0;
        if let Some(row) = row {
            for folder in request.journal.folder_sums(row.id).await? {
                copies += folder.tally.of(&ARRIVED);
            }
        }
        let through = row.is_some_and(|row| matches!(row.phase, Phase::Copied | Phase::Completed));
        if asked && copies == 0 && !through {
            let _new = uncopied.insert(job.login.clone());
        }
    }
    Ok(uncopied)
}

/// The command that does this pass.
fn command(pass: Pass) -> &'static str {
    match pass {
        Pass::Accounts => "accounts",
        Pass::Copy => "run",
        Pass::Complete => "complete",
        Pass::Verify(_) => "verify",
    }
}

/// How to go on after an interruption.
fn again(pass: Pass, project: &Project) -> String {
    let dir = out::quoted(project.dir());
    t!("cli-next-run-again", command = command(pass), dir = dir)
}

/// What an operator does next.
fn next_step(pass: Pass, nothing: bool, outcome: &Outcome, project: &Project) {
    let dir = out::quoted(project.dir());
    if outcome.stopped {
        out::line(&again(pass, project));
    } else if !outcome.failed.is_empty() {
        out::line(&t!(
            "cli-next-after-failure",
            command = command(pass),
            dir = dir,
            count = outcome.failed.len()
        ));
    } else if nothing {
        out::line(&t!("cli-next-run", dir = dir));
    } else if outcome.exceptions > 0 || outcome.failed_folders > 0 {
        out::line(&t!("cli-next-report", dir = dir));
    } else {
        out::line(&match pass {
            Pass::Accounts => return,
            Pass::Copy => t!("cli-next-complete", dir = dir),
            Pass::Complete => t!("cli-next-verify", dir = dir),
            Pass::Verify(_) => t!("cli-next-report", dir = dir),
        });
    }
}
