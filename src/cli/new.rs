//! `new`: a folder with the plan of a migration.

use std::fs;
use std::io;
use std::path::Path;

use clap::ArgMatches;

use super::fail::{self, Failure};
use super::{Exit, args, list, out, provision, users, value};
use crate::account::{Security, Side};
use crate::archive;
use crate::i18n::Words;
use crate::plan::Plan;
use crate::project::{self, Project};
use crate::t;
use crate::trouble::Kind;

/// Writes the plan and seals the passwords; everything is read and checked before anything is written.
pub(super) fn new(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    if project.plan_file().exists() {
        return Err(project::Error::Exists(project.dir().to_owned()).into());
    }
    let mut plan = Plan::new(
        value::endpoint(matches, Side::Origin)?,
        value::endpoint(matches, Side::Destination)?,
    );
    value::options(matches, &mut plan.options)?;
    provision::take(matches, &mut plan)?;
    let list = match args::path(matches, args::USERS) {
        Some(file) => list::read(file, &plan, matches)?,
        None => list::List::default(),
    };
    let _all_new = users::merge(&mut plan, list.jobs);
    plan.check()?;
    value::apart(&plan)?;
    archives(&plan)?;

    let made = !project.dir().exists();
    fs::create_dir_all(project.dir())
        .map_err(|error| fail::storage(&error, &project.dir().display().to_string()))?;
    if let Err(failure) = users::keep(&project, &plan, list.passwords) {
        if made {
            // Only what we made, and only while nothing is in it.
            let _ = fs::remove_dir(project.dir());
        }
        return Err(failure);
    }
    let project = Project::create(project.dir(), &plan)?;
    tell(&plan, project.dir());
    Ok(Exit::Good)
}

/// An archive the mail comes from must be there; one it goes to is made.
fn archives(plan: &Plan) -> Result<(), Failure> {
    if let Some(folder) = plan.origin.folder().filter(|folder| !folder.is_dir()) {
        let folder = folder.display().to_string();
        return Err(Failure::usage(t!("cli-error-no-archive", folder = folder))
            .remedy(t!("cli-error-no-archive-remedy")));
    }
    let Some(folder) = plan.destination.folder() else {
        return Ok(());
    };
    archive::prepare(folder).map_err(|error| {
        let shown = folder.display().to_string();
        if error.kind() == io::ErrorKind::DirectoryNotEmpty {
            Failure::usage(t!("cli-error-archive-not-empty", folder = shown))
                .remedy(t!("cli-error-archive-not-empty-remedy"))
        } else {
            Failure::of(Kind::ArchiveStorage).detail(format!("{shown}: {error}"))
        }
    })
}

fn tell(plan: &Plan, dir: &Path) {
    let (shown, dir) = (dir.display().to_string(), out::quoted(dir));
    let mailboxes = Words::current().mailboxes(plan.jobs.len() as u64);
    out::line(&t!("cli-new-done", dir = shown, mailboxes = mailboxes));
    let next = if plan.jobs.is_empty() {
        t!("cli-new-next-users", dir = dir)
    } else {
        t!("cli-new-next-check", dir = dir)
    };
    out::line(&next);
    value::warn_of_one_server(plan);
    for endpoint in [&plan.origin, &plan.destination] {
        if endpoint.url.security == Security::Clear {
            let head = out::note_ink(out::Ink::Yellow, &t!("cli-warning"));
            out::note(&format!(
                "{head} {}",
                t!("cli-new-insecure", server = endpoint.label())
            ));
        }
    }
}
