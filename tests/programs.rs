//! Programs of the administrator: what they are told, what they may not see, and how they are ended.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

#[path = "programs/acts.rs"]
mod acts;
#[path = "programs/after.rs"]
mod after;
#[path = "programs/bounds.rs"]
mod bounds;
#[path = "programs/tool.rs"]
mod tool;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use traghetto::plan::Program;
use traghetto::provision::Wanted;

/// What hurts (issue 4): separators, quotes, markup, spaces, ß, emoji, length, spaces at the ends.
const PASSWORDS: [&str; 9] = [
    "al:ma:",
    "say \"no\" and 'yes'",
    "a&b<c>d",
    "two  spaces",
    "Straße",
    "crab🦀",
    " leading",
    "back\\slash\\",
    "$(id) `id` %PATH% !x!",
];

fn long_password() -> String {
    "ab c".repeat(50)
}

/// A script, written by another process: one that is open for writing anywhere cannot be run.
fn script(dir: &Path, name: &str, text: &str) -> PathBuf {
    use std::io::Write as _;
    let path = dir.join(name);
    let mut install = Command::new("install")
        .args(["-m", "755", "/dev/stdin"])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    install
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    assert!(install.wait().unwrap().success());
    path
}

/// The same folder, from where this process is.
fn relative(dir: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap();
    let up = here.components().skip(1).map(|_| "..");
    up.collect::<PathBuf>().join(dir.strip_prefix("/").unwrap())
}

fn copy_of(name: &str, dir: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/programs")
        .join(name);
    script(dir, name, &std::fs::read_to_string(from).unwrap())
}

/// The fake program of an administrator, in a folder whose name has spaces.
fn accounts(dir: &Path, fault: &str) -> Program {
    let folder = dir.join("with spaces è");
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("accounts.py");
    let program = if program.exists() {
        program
    } else {
        copy_of("accounts.py", &folder)
    };
    let mut arguments = vec![folder.to_str().unwrap().to_owned()];
    if !fault.is_empty() {
        arguments.push(fault.to_owned());
    }
    Program {
        arguments,
        limit_seconds: 20,
        ..Program::new(program)
    }
}

/// Everything the fake program was given, call by call.
fn given(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("given")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn wanted(address: &str, aliases: &[&str]) -> Wanted {
    Wanted {
        address: address.into(),
        login: address.into(),
        name: String::from("Anna Rossi"),
        aliases: aliases.iter().map(ToString::to_string).collect(),
    }
}
