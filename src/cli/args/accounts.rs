//! The options about accounts at the destination: what is migrated, who creates them, what runs after each.

use clap::{Arg, ArgAction, Command, value_parser};

use std::path::PathBuf;

use super::{account, columns, dir, group, json, many, option, sub, switch};
use crate::t;

pub(in crate::cli) const ADMIN: &str = "icewarp-admin";
pub(in crate::cli) const AFTER: &str = "after";
pub(in crate::cli) const AFTER_ARGUMENT: &str = "after-arg";
pub(in crate::cli) const AFTER_FAILURE: &str = "after-failure";
pub(in crate::cli) const AFTER_LIMIT: &str = "after-limit";
pub(in crate::cli) const APPLY: &str = "apply";
pub(in crate::cli) const CERTIFICATE: &str = "icewarp-certificate";
pub(in crate::cli) const CREATE_DOMAINS: &str = "create-domains";
pub(in crate::cli) const ENCODING: &str = "encoding";
pub(in crate::cli) const EXPORT: &str = "export";
pub(in crate::cli) const HOLD: &str = "hold";
pub(in crate::cli) const ICEWARP: &str = "icewarp";
pub(in crate::cli) const MIGRATION_ACCOUNT: &str = "migration-account";
pub(in crate::cli) const PROVISION: &str = "provision";
pub(in crate::cli) const PROVISION_ARGUMENT: &str = "provision-arg";
pub(in crate::cli) const PROVISION_LIMIT: &str = "provision-limit";
pub(in crate::cli) const PUT_BACK: &str = "put-back";
pub(in crate::cli) const PUT_RIGHT: &str = "put-right";
pub(in crate::cli) const QUOTA: &str = "quota";
pub(in crate::cli) const SCOPE: &str = "scope";
pub(in crate::cli) const SEPARATOR: &str = "separator";
pub(in crate::cli) const TOOL_FILES: &str = "tool-files";
pub(in crate::cli) const WITH_PASSWORDS: &str = "with-passwords";
pub(in crate::cli) const TOOL: &str = "icewarp-tool";

/// What of each account is migrated.
pub(super) fn scope() -> Arg {
    option(SCOPE, t!("cli-option-scope"))
        .value_name("accounts|messages|passwords")
        .value_parser(["accounts", "messages", "passwords"])
}

/// The options of `new` about accounts.
pub(super) fn provisioning(command: Command) -> Command {
    let seconds = |name, help| {
        option(name, help)
            .value_name("S")
            .value_parser(value_parser!(u32).range(1..=3600))
    };
    // A word for a program may begin with a hyphen.
    let word = |name, help| {
        many(name, help)
            .value_name(t!("cli-name-text"))
            .allow_hyphen_values(true)
    };
    command
        .arg(scope())
        .arg(
            option(ICEWARP, t!("cli-option-icewarp"))
                .value_name("HOST[:443]")
                .requires(ADMIN),
        )
        .arg(
            option(ADMIN, t!("cli-option-icewarp-admin"))
                .value_name(t!("cli-name-address"))
                .requires(ICEWARP),
        )
        .arg(
            option(CERTIFICATE, t!("cli-option-icewarp-certificate"))
                .value_name("SHA256:…")
                .requires(ICEWARP),
        )
        .arg(
            option(TOOL, t!("cli-option-icewarp-tool"))
                .value_name("FILE")
                .conflicts_with_all([ICEWARP, PROVISION]),
        )
        .arg(
            option(PROVISION, t!("cli-option-provision"))
                .value_name("FILE")
                .conflicts_with(ICEWARP),
        )
        .arg(word(PROVISION_ARGUMENT, t!("cli-option-provision-arg")).requires(PROVISION))
        .arg(seconds(PROVISION_LIMIT, t!("cli-option-provision-limit")).requires(PROVISION))
        .arg(switch(CREATE_DOMAINS, t!("cli-option-create-domains")))
        .arg(
            option(QUOTA, t!("cli-option-quota"))
                .value_name("MB")
                .value_parser(value_parser!(u32).range(1..)),
        )
        .arg(
            option(MIGRATION_ACCOUNT, t!("cli-option-migration-account"))
                .value_name(t!("cli-name-address")),
        )
        .arg(
            option(HOLD, t!("cli-option-hold"))
                .value_name("none|forward|unavailable")
                .value_parser(["none", "forward", "unavailable"])
                .requires(MIGRATION_ACCOUNT),
        )
        .arg(option(AFTER, t!("cli-option-after")).value_name("FILE"))
        .arg(word(AFTER_ARGUMENT, t!("cli-option-after-arg")).requires(AFTER))
        .arg(seconds(AFTER_LIMIT, t!("cli-option-after-limit")).requires(AFTER))
        .arg(
            option(AFTER_FAILURE, t!("cli-option-after-failure"))
                .value_name("warning|stop")
                .value_parser(["warning", "stop"])
                .requires(AFTER),
        )
}

/// `accounts`.
pub(super) fn accounts() -> Command {
    sub("accounts", t!("cli-about-accounts"), "DIR")
        .after_help(t!("cli-after-accounts"))
        .arg(dir())
        .arg(account())
        .arg(group())
        .arg(switch(APPLY, t!("cli-option-accounts-apply")))
        .arg(switch(PUT_RIGHT, t!("cli-option-put-right")).action(ArgAction::SetTrue))
        .arg(switch(PUT_BACK, t!("cli-option-put-back")).conflicts_with_all([APPLY, PUT_RIGHT]))
        .arg(
            option(EXPORT, t!("cli-option-export"))
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all([APPLY, PUT_RIGHT, PUT_BACK]),
        )
        .arg(
            columns()
                .help(t!("cli-option-export-columns"))
                .requires(EXPORT),
        )
        .arg(
            option(SEPARATOR, t!("cli-option-separator"))
                .value_name(",|;|tab")
                .requires(EXPORT),
        )
        .arg(
            option(ENCODING, t!("cli-option-encoding"))
                .value_name("utf-8|utf-8-bom|windows-1252")
                .value_parser(["utf-8", "utf-8-bom", "windows-1252"])
                .requires(EXPORT),
        )
        .arg(switch(WITH_PASSWORDS, t!("cli-option-with-passwords")).requires(EXPORT))
        .arg(
            switch(TOOL_FILES, t!("cli-option-tool-files"))
                .conflicts_with_all([EXPORT, APPLY, PUT_RIGHT, PUT_BACK]),
        )
        .arg(json())
}
