//! The program of the administrator after each account: when it is called, and what its failure means.
//!
//! Promises: it is called once a pass has ended, well or not, before the next account takes its place; it is not called
//! where nothing was done, or where the operator ended the pass. Deliberately absent: how it is called (`after`).

use crate::after::{self, Facts};
use crate::engine::mailbox::Ending;
use crate::engine::progress::{Count, Meter};
use crate::engine::{Event, Pass, Shared};
use crate::plan::{Job, OnFailure};

/// The reports there may be.
const REPORTS: [&str; 5] = [
    "report.html",
    "report.json",
    "accounts.csv",
    "folders.csv",
    "exceptions.csv",
];

/// Calls the program, where there is one.
pub(in crate::engine) async fn called(shared: &Shared, job: &Job, meter: &Meter, ending: &Ending) {
    let request = &shared.request;
    let Some(program) = &request.plan.after else {
        return;
    };
    let ordered = ending
        .trouble
        .as_ref()
        .is_some_and(|why| why.kind.is_order());
    let pass = match request.pass {
        Pass::Accounts => return,
        Pass::Copy if !request.plan.scope.copies() => after::Pass::Passwords,
        Pass::Copy => after::Pass::Copy,
        Pass::Complete => after::Pass::Complete,
        Pass::Verify(_) => after::Pass::Verify,
    };
    if request.dry_run || ordered {
        return;
    }
    let report = request.project.report_dir();
    let there = REPORTS.iter().map(|name| report.join(name));
    let facts = Facts {
        project: request.project.dir().to_owned(),
        reports: there.filter(|path| path.is_file()).collect(),
        report,
        pass,
        login: job.login.clone(),
        destination_login: job.destination_login.clone(),
        address: job.destination_address().unwrap_or_default().to_owned(),
        name: job.name.clone(),
        aliases: job.aliases.clone(),
        result: match &ending.trouble {
            Some(_) => after::Ending::Failed,
            None if ending.exceptions + ending.failed_folders > 0 => after::Ending::Exceptions,
            None => after::Ending::Done,
        },
        messages: meter.read(Count::Done),
        copied: ending.copied,
        exceptions: ending.exceptions,
        trouble: ending.trouble.clone(),
    };
    let Err(trouble) = after::call(program, &facts).await else {
        return;
    };
    tracing::warn!("The program after '{}' failed: {trouble}", job.login);
    let stops = program.on_failure == OnFailure::Stop;
    shared.tell(Event::AfterFailed {
        login: job.login.clone(),
        stops,
        trouble,
    });
    if stops {
        shared.control.drain();
    }
}
