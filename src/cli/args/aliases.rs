//! The options of `aliases`: where further addresses are looked for, and which are taken.

use clap::{Command, value_parser};

use super::{APPLY, account, dir, group, json, many, option, sub, switch};
use crate::t;

pub(in crate::cli) const ALIAS_DOMAIN: &str = "alias-domain";
pub(in crate::cli) const ALIAS_MIN: &str = "alias-min";
pub(in crate::cli) const MODE: &str = "mode";
pub(in crate::cli) const NO_RECEIVED: &str = "no-received";
pub(in crate::cli) const NO_X_ENVELOPE_TO: &str = "no-x-envelope-to";

/// `aliases`.
pub(super) fn aliases() -> Command {
    sub("aliases", t!("cli-about-aliases"), "DIR")
        .after_help(t!("cli-after-aliases"))
        .arg(dir())
        .arg(
            option(MODE, t!("cli-option-alias-mode"))
                .value_name("standard|username|extended")
                .value_parser(["standard", "username", "extended"]),
        )
        .arg(switch(NO_X_ENVELOPE_TO, t!("cli-option-no-x-envelope-to")))
        .arg(switch(NO_RECEIVED, t!("cli-option-no-received")))
        .arg(many(ALIAS_DOMAIN, t!("cli-option-alias-domain")).value_name(t!("cli-name-domain")))
        .arg(
            option(ALIAS_MIN, t!("cli-option-alias-min"))
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..)),
        )
        .arg(account())
        .arg(group())
        .arg(switch(APPLY, t!("cli-option-apply")))
        .arg(json())
}
