//! Who creates accounts: from what was typed into the plan, and from the plan to somebody who does it.
//!
//! Promises: the administrator's password is never taken from an argument; it is looked for in the environment, then in
//! the vault, then asked for, and never kept here.

use std::sync::Arc;

use clap::ArgMatches;

use super::args::accounts as args;
use super::args::{text, texts};
use super::fail::Failure;
use super::{ask, value};
use crate::plan::{
    After, Hold, Icewarp, IcewarpTool, MigrationAccount, OnFailure, Plan, Program, Provision, Scope,
};
use crate::project::Project;
use crate::provision::{self, Provisioner};
use crate::t;

/// Where the password of the administrator who creates accounts is looked for.
pub(super) const VARIABLE: &str = "TRAGHETTO_ADMIN_PASSWORD";

/// Takes into the plan what the options say about accounts.
pub(super) fn take(matches: &ArgMatches, plan: &mut Plan) -> Result<(), Failure> {
    take_scope(matches, plan);
    let create_domains = matches.get_flag(args::CREATE_DOMAINS);
    let quota_mb = matches.get_one::<u32>(args::QUOTA).copied();
    if let (Some(typed), Some(admin)) = (text(matches, args::ICEWARP), text(matches, args::ADMIN)) {
        let (host, port) = place(typed)?;
        plan.provision = Some(Provision::Icewarp(Icewarp {
            host,
            port,
            admin: admin.to_owned(),
            certificate: match text(matches, args::CERTIFICATE) {
                Some(pin) => Some(pin.parse()?),
                None => None,
            },
            authority: plan.destination.authority.clone(),
            clear: false,
            create_domains,
            quota_mb,
        }));
    } else if let Some(tool) = text(matches, args::TOOL) {
        plan.provision = Some(Provision::IcewarpTool(IcewarpTool {
            tool: Some(value::file(tool)?),
            create_domains,
            quota_mb,
        }));
    } else if text(matches, args::PROVISION).is_some() {
        let names = (
            args::PROVISION,
            args::PROVISION_ARGUMENT,
            args::PROVISION_LIMIT,
        );
        plan.provision = program(matches, names)?.map(Provision::Command);
    }
    plan.migration_account =
        text(matches, args::MIGRATION_ACCOUNT).map(|address| MigrationAccount {
            address: address.to_owned(),
            hold: match text(matches, args::HOLD) {
                Some("forward") => Hold::Forward,
                Some("unavailable") => Hold::Unavailable,
                _ => Hold::None,
            },
        });
    let names = (args::AFTER, args::AFTER_ARGUMENT, args::AFTER_LIMIT);
    plan.after = program(matches, names)?.map(|program| After {
        program,
        on_failure: match text(matches, args::AFTER_FAILURE) {
            Some("stop") => OnFailure::Stop,
            _ => OnFailure::Warning,
        },
    });
    Ok(())
}

/// What `--scope` says, over what the plan says.
pub(super) fn take_scope(matches: &ArgMatches, plan: &mut Plan) {
    let typed = text(matches, args::SCOPE);
    let scope = Scope::ALL.into_iter().find(|one| typed == Some(one.word()));
    plan.scope = scope.unwrap_or(plan.scope);
}

/// `host`, `host:port` or `[address]:port`.
fn place(typed: &str) -> Result<(String, u16), Failure> {
    let parsed = format!("imaps://{typed}").parse::<crate::account::Address>()?;
    // The address of a web service has another usual port.
    let named = typed.rsplit_once(':').is_some_and(|(head, port)| {
        port.bytes().all(|octet| octet.is_ascii_digit())
            && (!head.contains(':') || head.ends_with(']'))
    });
    Ok((parsed.host, if named { parsed.port } else { 443 }))
}

fn program(
    matches: &ArgMatches,
    (name, argument, limit): (&str, &str, &str),
) -> Result<Option<Program>, Failure> {
    let Some(typed) = text(matches, name) else {
        return Ok(None);
    };
    let usual = Program::new(value::file(typed)?);
    Ok(Some(Program {
        arguments: texts(matches, argument)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        limit_seconds: matches
            .get_one::<u32>(limit)
            .copied()
            .unwrap_or(usual.limit_seconds),
        ..usual
    }))
}

/// Somebody who does what the plan's scope asks for; nobody where it asks for nothing.
pub(super) fn provisioner(
    project: &Project,
    plan: &Plan,
) -> Result<Option<Arc<dyn Provisioner>>, Failure> {
    if !plan.needs_provisioner() {
        return Ok(None);
    }
    let provision = plan.provision.as_ref().ok_or_else(|| missing(plan))?;
    whatever(project, provision).map(Some)
}

/// The plan does not say who creates accounts.
pub(super) fn missing(plan: &Plan) -> Failure {
    let scope = plan.scope.word();
    Failure::usage(t!("cli-error-no-provision", scope = scope))
        .remedy(t!("cli-error-no-provision-remedy"))
}

/// Somebody who can speak to the server, whatever the scope.
pub(super) fn whatever(
    project: &Project,
    provision: &Provision,
) -> Result<Arc<dyn Provisioner>, Failure> {
    let password = match provision {
        Provision::Icewarp(icewarp) => Some(ask::admin(project, &icewarp.admin, &icewarp.host)?),
        Provision::IcewarpTool(_) | Provision::Command(_) => None,
    };
    Ok(provision::make(provision, project.dir(), password)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_web_service_has_its_own_usual_port() {
        for (typed, host, port) in [
            ("mail.example", "mail.example", 443),
            ("mail.example:32001", "mail.example", 32001),
            ("[::1]", "::1", 443),
            ("[::1]:8443", "::1", 8443),
        ] {
            assert_eq!(place(typed).ok(), Some((host.to_owned(), port)), "{typed}");
        }
        assert!(place("mail.example:0").is_err() && place("a/b").is_err());
    }
}
