//! The command line: the same engine as the window, for a terminal or a script.
//!
//! Promises: results go to the standard output, warnings and errors to the standard error; an error says what is
//! wrong, then what to do, and the technical line last; what a script reads (exit codes, JSON) stays the same in
//! every language; no password is ever shown, nor taken from an argument. Deliberately absent: deciding anything
//! about mail; what can be done here, the window can do too.
//!
//! - `args` the commands and their help · `value` what is typed after an option · `usage` words for a wrong command
//! - `discover`, `probe`, `new`, `users`, `aliases`, `accounts`, `check`, `run`, `exceptions`, `report`, `status`, `demo`
//!   the commands
//! - `follow` looks after a run: `bar` on a terminal, `lines` elsewhere, `json` for scripts
//! - `export` accounts for other programs · `list` a user list from a file · `folders` what becomes of names
//! - `provision` who creates accounts · `findings` what a test of them found
//! - `ask` passphrases and passwords · `fail` why a command ended early · `out` the two streams

mod accounts;
mod aliases;
mod args;
mod ask;
mod bar;
mod check;
mod demo;
mod discover;
mod exceptions;
mod export;
mod fail;
mod findings;
mod folders;
mod follow;
mod json;
mod lines;
mod list;
mod new;
mod out;
mod probe;
mod provision;
mod report;
mod run;
mod status;
mod usage;
mod users;
mod value;

use std::process::ExitCode;

use clap::ArgMatches;
use tokio::runtime::Runtime;

use crate::engine::{Level, Pass};
use crate::i18n;
use fail::Failure;

/// How a command ended, as scripts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Everything is in a good final state.
    Good = 0,
    /// The command or the plan is wrong; nothing was done.
    Usage = 1,
    /// Finished, with exceptions to look at.
    Exceptions = 2,
    /// Stopped: a login refused, a server out of reach, a disk full.
    Stopped = 3,
    /// Interrupted by the operator.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Reads the arguments of the process, does what they say, and tells how it ended.
pub fn main() -> ExitCode {
    i18n::set(args::language(std::env::args_os()));
    let done = match args::command().try_get_matches() {
        Ok(matches) => carry_out(&matches),
        Err(error) => usage::explain(&error),
    };
    done.unwrap_or_else(|failure| failure.tell()).into()
}

fn carry_out(matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("accounts", matches)) => accounts::accounts(matches),
        Some(("demo", matches)) => demo::demo(matches),
        Some(("discover", matches)) => discover::discover(matches),
        Some(("probe", matches)) => probe::probe(matches),
        Some(("new", matches)) => new::new(matches),
        Some(("users", matches)) => users::users(matches),
        Some(("aliases", matches)) => aliases::aliases(matches),
        Some(("check", matches)) => check::check(matches),
        Some(("run", matches)) => run::run(matches, Pass::Copy),
        Some(("complete", matches)) => run::run(matches, Pass::Complete),
        Some(("verify", matches)) => run::run(matches, Pass::Verify(level(matches)?)),
        Some(("exceptions", matches)) => exceptions::exceptions(matches),
        Some(("report", matches)) => report::report(matches),
        Some(("status", matches)) => status::status(matches),
        _ => Ok(Exit::Usage),
    }
}

/// Messages read back in full of each large mailbox, where nothing else is said.
const SAMPLE: u32 = 300;

fn level(matches: &ArgMatches) -> Result<Level, Failure> {
    let sample = matches.get_one::<u32>(args::SAMPLE).copied();
    match (args::text(matches, args::LEVEL), sample) {
        (None | Some("sample"), sample) => Ok(Level::Sample(sample.unwrap_or(SAMPLE))),
        (Some(_), Some(_)) => Err(Failure::usage(crate::t!("cli-sample-without-level"))),
        (Some("present"), None) => Ok(Level::Present),
        (Some(_), None) => Ok(Level::Full),
    }
}

/// Where the engine runs. Made after the passwords are known, because asking for them blocks.
fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| fail::storage(&error, "tokio"))
}
