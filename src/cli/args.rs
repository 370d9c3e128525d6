//! The commands, their options and their help, in the operator's language.
//!
//! Deliberately absent: what the values mean (see `value`), and words for a wrong command (see `usage`).

pub(super) mod accounts;
pub(super) mod aliases;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::i18n::Language;
use crate::t;

/// The program's name as it is typed.
pub(super) const PROGRAM: &str = "traghetto-cli";

pub(super) const ACCEPT: &str = "accept-certificate";
pub(super) const ACCOUNT: &str = "account";
pub(super) const ADDRESS: &str = "address";
pub(super) const APPLY: &str = "apply";
pub(super) const APPROVE: &str = "approve";
pub(super) const BANDWIDTH: &str = "bandwidth";
pub(super) const BY: &str = "by";
pub(super) const COLUMNS: &str = "columns";
pub(super) const CONNECTIONS: &str = "connections";
pub(super) const DESTINATION: &str = "destination";
pub(super) const DESTINATION_LOGIN: &str = "destination-login";
pub(super) const DIR: &str = "dir";
pub(super) const DRY_RUN: &str = "dry-run";
pub(super) const EXCLUDE: &str = "exclude-folder";
pub(super) const FILE: &str = "file";
pub(super) const FOLDER: &str = "folder";
pub(super) const FORMAT: &str = "format";
pub(super) const GROUP: &str = "group";
pub(super) const JSON: &str = "json";
pub(super) const LANG: &str = "lang";
pub(super) const LEVEL: &str = "level";
pub(super) const LOGIN: &str = "login";
pub(super) const MAILBOXES: &str = "mailboxes";
pub(super) const MASTER_SEPARATOR: &str = "master-separator";
pub(super) const MASTER_USER: &str = "master-user";
pub(super) const MAX_SIZE: &str = "max-size";
pub(super) const NOTE: &str = "note";
pub(super) const NOW: &str = "now";
pub(super) const ORIGIN: &str = "origin";
pub(super) const SAMPLE: &str = "sample";
pub(super) const SINCE: &str = "since";
pub(super) const SPECIAL_FOLDERS: &str = "special-folders";
pub(super) const WINDOW: &str = "window";
pub(super) const WITHDRAW: &str = "withdraw";
pub(super) const AUTHORITY: &str = "ca";
pub(super) const URL: &str = "url";
pub(super) const USERS: &str = "users";

/// Place of the options every command has, below its own.
const LAST: usize = 900;

/// The language of the help: looked for before anything else is read.
pub(super) fn language(arguments: impl Iterator<Item = OsString>) -> Language {
    let mut wanted = None;
    let mut next = false;
    for argument in arguments.skip(1) {
        let argument = argument.to_string_lossy();
        if argument == "--" {
            break;
        }
        if next {
            wanted = Some(argument.into_owned());
            next = false;
        } else if let Some(tag) = argument.strip_prefix("--lang=") {
            wanted = Some(tag.to_owned());
        } else {
            next = argument == "--lang";
        }
    }
    match wanted.as_deref() {
        Some("it") => Language::It,
        Some("en") => Language::En,
        _ => Language::system(),
    }
}

/// The whole command line.
pub(super) fn command() -> Command {
    with_help(commands())
}

fn commands() -> Command {
    let usage = format!(
        "{PROGRAM} {} {}",
        t!("cli-usage-options"),
        t!("cli-usage-command")
    );
    dress(Command::new(PROGRAM), t!("cli-about"), usage)
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(t!("cli-after-help"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg(
            option(LANG, t!("cli-option-lang"))
                .value_name("it|en")
                .value_parser(["it", "en"])
                .global(true)
                .display_order(LAST),
        )
        .arg(
            switch("version", t!("cli-option-version"))
                .short('V')
                .action(ArgAction::Version)
                .display_order(LAST + 2),
        )
        .subcommand(
            sub("demo", t!("cli-about-demo"), "")
                .arg(
                    option(DIR, t!("cli-option-demo-dir"))
                        .value_name(t!("cli-name-dir"))
                        .value_parser(value_parser!(PathBuf)),
                )
                .arg(json()),
        )
        .subcommand(discover())
        .subcommand(probe())
        .subcommand(new())
        .subcommand(users())
        .subcommand(accounts::accounts())
        .subcommand(aliases::aliases())
        .subcommand(
            sub("check", t!("cli-about-check"), "DIR")
                .arg(dir())
                .arg(account())
                .arg(group())
                .arg(json()),
        )
        .subcommand(
            pass(sub("run", t!("cli-about-run"), "DIR"))
                .arg(switch(DRY_RUN, t!("cli-option-dry-run")))
                .arg(accounts::scope()),
        )
        .subcommand(pass(sub("complete", t!("cli-about-complete"), "DIR")))
        .subcommand(
            pass(sub("verify", t!("cli-about-verify"), "DIR"))
                .arg(
                    option(LEVEL, t!("cli-option-level"))
                        .value_name("present|sample|full")
                        .value_parser(["present", "sample", "full"]),
                )
                .arg(
                    option(SAMPLE, t!("cli-option-sample"))
                        .value_name("N")
                        .value_parser(value_parser!(u32).range(1..)),
                ),
        )
        .subcommand(exceptions())
        .subcommand(
            sub("report", t!("cli-about-report"), "DIR").arg(dir()).arg(
                option(FORMAT, t!("cli-option-format"))
                    .value_name("html|csv|json")
                    .value_parser(["html", "csv", "json"]),
            ),
        )
        .subcommand(
            sub("status", t!("cli-about-status"), "DIR")
                .arg(dir())
                .arg(json()),
        )
}

fn discover() -> Command {
    let usage = format!(
        "{PROGRAM} discover {} {}",
        t!("cli-name-address"),
        t!("cli-usage-options")
    );
    sub("discover", t!("cli-about-discover"), "")
        .override_usage(usage)
        .arg(
            Arg::new(ADDRESS)
                .required(true)
                .value_name(t!("cli-name-address"))
                .help(t!("cli-option-address"))
                .help_heading(t!("cli-heading-arguments")),
        )
        .arg(json())
}

fn probe() -> Command {
    let usage = format!("{PROGRAM} probe URL {}", t!("cli-usage-options"));
    sub("probe", t!("cli-about-probe"), "")
        .override_usage(usage)
        .after_help(t!("cli-after-probe"))
        .arg(
            Arg::new(URL)
                .required(true)
                .value_name("URL")
                .help(t!("cli-option-url"))
                .help_heading(t!("cli-heading-arguments")),
        )
        .arg(option(LOGIN, t!("cli-option-login")).value_name(t!("cli-name-user")))
        .arg(option(ACCEPT, t!("cli-option-accept-one")).value_name("SHA256:…"))
        .arg(option(AUTHORITY, t!("cli-option-ca-one")).value_name("FILE"))
        .arg(json())
}

fn exceptions() -> Command {
    let key = || t!("cli-name-key");
    sub("exceptions", t!("cli-about-exceptions"), "DIR")
        .after_help(t!("cli-after-exceptions"))
        .arg(dir())
        .arg(account())
        .arg(group())
        .arg(many(APPROVE, t!("cli-option-approve")).value_name(key()))
        .arg(many(WITHDRAW, t!("cli-option-withdraw")).value_name(key()))
        .arg(option(NOTE, t!("cli-option-note")).value_name(t!("cli-name-text")))
        .arg(option(BY, t!("cli-option-by")).value_name(t!("cli-name-name")))
        .arg(json())
}

fn new() -> Command {
    accounts::provisioning(new_plan())
}

fn new_plan() -> Command {
    let usage = format!(
        "{PROGRAM} new {} --origin URL --destination URL {}",
        t!("cli-name-dir"),
        t!("cli-usage-options")
    );
    sub("new", t!("cli-about-new"), "")
        .override_usage(usage)
        .after_help(t!("cli-after-new"))
        .arg(dir())
        .arg(
            option(ORIGIN, t!("cli-option-origin"))
                .value_name("URL")
                .required(true),
        )
        .arg(
            option(DESTINATION, t!("cli-option-destination"))
                .value_name("URL")
                .required(true),
        )
        .arg(
            option(USERS, t!("cli-option-users"))
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(columns())
        .arg(destination_login())
        .arg(many(ACCEPT, t!("cli-option-accept")).value_name("origin|destination=SHA256:…"))
        .arg(many(AUTHORITY, t!("cli-option-ca")).value_name("[origin=|destination=]FILE"))
        .arg(
            many(MASTER_USER, t!("cli-option-master-user"))
                .value_name(format!("[origin=|destination=]{}", t!("cli-name-user"))),
        )
        .arg(many(MASTER_SEPARATOR, t!("cli-option-master-separator")).value_name("SEP"))
        .arg(mailboxes())
        .arg(connections())
        .arg(window())
        .arg(bandwidth())
        .arg(many(EXCLUDE, t!("cli-option-exclude-folder")).value_name(t!("cli-name-pattern")))
        .arg(many(FOLDER, t!("cli-option-folder")).value_name(t!("cli-name-folder")))
        .arg(
            option(SPECIAL_FOLDERS, t!("cli-option-special-folders"))
                .value_name("it|en|de|cs")
                .value_parser(["it", "en", "de", "cs"]),
        )
        .arg(option(SINCE, t!("cli-option-since")).value_name(t!("cli-name-date")))
        .arg(option(MAX_SIZE, t!("cli-option-max-size")).value_name("25M"))
}

fn users() -> Command {
    let import_usage = format!(
        "{PROGRAM} users import {} FILE {}",
        t!("cli-name-dir"),
        t!("cli-usage-options")
    );
    let template_usage = format!("{PROGRAM} users template {}", t!("cli-usage-options"));
    let list_usage = format!("{PROGRAM} users list {}", t!("cli-name-dir"));
    sub("users", t!("cli-about-users"), "")
        .override_usage(format!("{PROGRAM} users {}", t!("cli-usage-command")))
        .subcommand_required(true)
        .subcommand(
            sub("import", t!("cli-about-users-import"), "")
                .override_usage(import_usage)
                .after_help(t!("cli-after-users-import"))
                .arg(dir())
                .arg(
                    Arg::new(FILE)
                        .required(true)
                        .value_name("FILE")
                        .value_parser(value_parser!(PathBuf))
                        .help(t!("cli-option-file"))
                        .help_heading(t!("cli-heading-arguments")),
                )
                .arg(columns())
                .arg(destination_login()),
        )
        .subcommand(
            sub("template", t!("cli-about-users-template"), "")
                .override_usage(template_usage)
                .arg(
                    option(FORMAT, t!("cli-option-template-format"))
                        .value_name("csv|txt")
                        .value_parser(["csv", "txt"]),
                ),
        )
        .subcommand(
            sub("list", t!("cli-about-users-list"), "")
                .override_usage(list_usage)
                .arg(dir()),
        )
}

/// A command; `operands` are what must follow its name.
fn sub(name: &'static str, about: String, operands: &str) -> Command {
    let mut usage = format!("{PROGRAM} {name}");
    if operands == "DIR" {
        usage = format!("{usage} {}", t!("cli-name-dir"));
    }
    usage = format!("{usage} {}", t!("cli-usage-options"));
    dress(Command::new(name), about, usage)
}

/// Every command has the same help option, last in the list.
fn with_help(command: Command) -> Command {
    command.arg(help()).mut_subcommands(with_help)
}

fn dress(command: Command, about: String, usage: String) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        t!("cli-heading-usage")
    );
    command
        .about(about)
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(t!("cli-heading-commands"))
}

/// The options that copying, completing and verifying share.
fn pass(command: Command) -> Command {
    command
        .arg(dir())
        .arg(account())
        .arg(group())
        .arg(mailboxes())
        .arg(connections())
        .arg(window())
        .arg(bandwidth())
        .arg(switch(NOW, t!("cli-option-now")))
        .arg(json())
}

fn named(name: &'static str, help: String) -> Arg {
    Arg::new(name)
        .long(name)
        .help(help)
        .help_heading(t!("cli-heading-options"))
}

fn option(name: &'static str, help: String) -> Arg {
    named(name, help).hide_possible_values(true)
}

fn many(name: &'static str, help: String) -> Arg {
    option(name, help).action(ArgAction::Append)
}

fn switch(name: &'static str, help: String) -> Arg {
    named(name, help).action(ArgAction::SetTrue)
}

fn help() -> Arg {
    switch("help", t!("cli-option-help"))
        .short('h')
        .action(ArgAction::Help)
        .display_order(LAST + 1)
}

fn dir() -> Arg {
    Arg::new(DIR)
        .required(true)
        .value_name(t!("cli-name-dir"))
        .value_parser(value_parser!(PathBuf))
        .help(t!("cli-option-dir"))
        .help_heading(t!("cli-heading-arguments"))
}

fn json() -> Arg {
    switch(JSON, t!("cli-option-json"))
}

fn account() -> Arg {
    many(ACCOUNT, t!("cli-option-account")).value_name(t!("cli-name-account"))
}

fn group() -> Arg {
    many(GROUP, t!("cli-option-group")).value_name(t!("cli-name-group"))
}

fn mailboxes() -> Arg {
    option(MAILBOXES, t!("cli-option-mailboxes"))
        .value_name("N")
        .value_parser(value_parser!(u32))
}

fn connections() -> Arg {
    option(CONNECTIONS, t!("cli-option-connections"))
        .value_name("N")
        .value_parser(value_parser!(u32))
}

fn columns() -> Arg {
    // "-" stands for a column to skip, also for the first.
    option(COLUMNS, t!("cli-option-columns"))
        .value_name("login,password,…")
        .allow_hyphen_values(true)
}

fn window() -> Arg {
    option(WINDOW, t!("cli-option-window")).value_name("22:00-06:00[+weekends]")
}

fn bandwidth() -> Arg {
    option(BANDWIDTH, t!("cli-option-bandwidth")).value_name("20Mbit")
}

fn destination_login() -> Arg {
    option(DESTINATION_LOGIN, t!("cli-option-destination-login"))
        .value_name("address|login|localpart")
        .value_parser(["address", "login", "localpart"])
}

/// The value of an option, as typed.
pub(super) fn text<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// All values of an option that may be repeated.
pub(super) fn texts<'a>(matches: &'a ArgMatches, name: &str) -> Vec<&'a str> {
    matches
        .get_many::<String>(name)
        .unwrap_or_default()
        .map(String::as_str)
        .collect()
}

/// A file or folder.
pub(super) fn path<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

/// The folder of the migration.
pub(super) fn project(matches: &ArgMatches) -> crate::project::Project {
    crate::project::Project::at(path(matches, DIR).unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |line: &str| language(line.split(' ').map(OsString::from));
        assert_eq!(of("x --lang it run"), Language::It);
        assert_eq!(of("x run dir --lang=it"), Language::It);
        assert_eq!(of("x run dir --lang en --json"), Language::En);
    }
}
