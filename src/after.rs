//! The program of the administrator that is called after each account.
//!
//! Promises: it is told how the account ended in its environment and, in full, as JSON on its standard input; no secret
//! is among it; what it writes goes into the log line by line; it is ended when its time is over. Deliberately absent:
//! when it is called and what its failure means (`engine`), how a program is run (`program`).
//!
//! What it is told is documented in `packaging/examples/README.md`; a name given once is never taken back.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::plan::After;
use crate::program::{self, Told};
use crate::trouble::Trouble;

/// What the pass was that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pass {
    /// Messages were copied.
    Copy,
    /// The final pass.
    Complete,
    /// Copies were read back.
    Verify,
    /// The password was set; no messages were copied.
    Passwords,
}

/// How an account ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// All of it is there.
    Done,
    /// The pass went through; some messages are exceptions.
    Exceptions,
    /// It ended with a trouble.
    Failed,
}

/// What the program is told of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The migration's folder.
    pub project: PathBuf,
    /// The folder its reports are written to.
    pub report: PathBuf,
    /// Reports that are there.
    pub reports: Vec<PathBuf>,
    /// What the pass was.
    pub pass: Pass,
    /// Login at the origin.
    pub login: String,
    /// Login at the destination.
    pub destination_login: String,
    /// Address at the destination; empty where there is none.
    pub address: String,
    /// What the person is called; empty where nobody said it.
    pub name: String,
    /// Further addresses.
    pub aliases: Vec<String>,
    /// How it ended.
    pub result: Ending,
    /// Messages in a good final state.
    pub messages: u64,
    /// Messages of this pass: copied, or read back.
    pub copied: u64,
    /// Exceptions there are now.
    pub exceptions: u64,
    /// Why it failed.
    pub trouble: Option<Trouble>,
}

/// The JSON on standard input.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Request<'a> {
    version: u32,
    pass: Pass,
    result: Ending,
    login: &'a str,
    destination_login: &'a str,
    address: &'a str,
    name: &'a str,
    aliases: &'a [String],
    messages: u64,
    copied: u64,
    exceptions: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    project: String,
    report: String,
    reports: Vec<String>,
}

/// Calls the program and waits until it has ended.
///
/// # Errors
/// A trouble of a kind `Program…`, with the program as its subject and its last line as detail.
pub async fn call(after: &After, facts: &Facts) -> Result<(), Trouble> {
    let trouble = facts.trouble.as_ref();
    let request = Request {
        version: 1,
        pass: facts.pass,
        result: facts.result,
        login: &facts.login,
        destination_login: &facts.destination_login,
        address: &facts.address,
        name: &facts.name,
        aliases: &facts.aliases,
        messages: facts.messages,
        copied: facts.copied,
        exceptions: facts.exceptions,
        trouble: trouble.map(|trouble| trouble.kind.key()),
        detail: trouble.map(|trouble| trouble.detail.as_str()),
        project: place(&facts.project),
        report: place(&facts.report),
        reports: facts.reports.iter().map(|path| place(path)).collect(),
    };
    let environment = environment(facts);
    let told = Told {
        environment: &environment,
        logged: true,
        ..Told::default()
    };
    let _ = program::tell(&after.program, &facts.project, &request, told).await?;
    Ok(())
}

/// The same for scripts that do not read JSON. Lists are separated by spaces: addresses hold none.
fn environment(facts: &Facts) -> [(&'static str, String); 13] {
    let trouble = facts.trouble.as_ref();
    [
        ("TRAGHETTO_VERSION", String::from("1")),
        ("TRAGHETTO_PASS", word(&facts.pass)),
        ("TRAGHETTO_RESULT", word(&facts.result)),
        ("TRAGHETTO_LOGIN", facts.login.clone()),
        (
            "TRAGHETTO_DESTINATION_LOGIN",
            facts.destination_login.clone(),
        ),
        ("TRAGHETTO_ADDRESS", facts.address.clone()),
        ("TRAGHETTO_ALIASES", facts.aliases.join(" ")),
        ("TRAGHETTO_MESSAGES", facts.messages.to_string()),
        ("TRAGHETTO_COPIED", facts.copied.to_string()),
        ("TRAGHETTO_EXCEPTIONS", facts.exceptions.to_string()),
        (
            "TRAGHETTO_TROUBLE",
            trouble.map_or_else(String::new, |trouble| trouble.kind.key()),
        ),
        ("TRAGHETTO_PROJECT", place(&facts.project)),
        ("TRAGHETTO_REPORT", place(&facts.report)),
    ]
}

/// A path from the root: the program is run in another folder than we are.
fn place(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.display().to_string()
}

/// The word by which a value is called in the JSON.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
