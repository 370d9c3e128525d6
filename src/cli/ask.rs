//! Passphrases and passwords: from the vault, from the environment, or from the person at the terminal.
//!
//! Promises: nothing is asked where nobody can answer; nothing typed here is shown or kept. All of it blocks.

use std::env;
use std::io::{self, IsTerminal as _};

use secrecy::{ExposeSecret as _, SecretString};

use super::fail::{self, Failure};
use super::{out, provision};
use crate::account::{Endpoint, Side};
use crate::engine::{self, Secrets};
use crate::plan::{Plan, Provision};
use crate::project::Project;
use crate::secrets::{Ask, Key, Vault};
use crate::t;

/// How often two passphrases may differ before we give up.
const ATTEMPTS: u32 = 3;
/// Logins named in a message, before it only counts the others.
const NAMED: usize = 10;

/// Opens the project's vault, or makes it.
pub(super) fn vault(project: &Project) -> Result<Vault, Failure> {
    Ok(Vault::open(project.dir(), passphrase)?)
}

/// The passwords a run of these accounts needs; those the plan has selected where `only` is empty.
pub(super) fn secrets(project: &Project, plan: &Plan, only: &[String]) -> Result<Secrets, Failure> {
    let both = [Side::Origin, Side::Destination];
    // Where no message moves, nobody asks the origin.
    let sides = if plan.scope.copies() {
        &both[..]
    } else {
        &both[1..]
    };
    secrets_of(project, plan, only, sides)
}

/// The same for these sides only.
pub(super) fn secrets_of(
    project: &Project,
    plan: &Plan,
    only: &[String],
    sides: &[Side],
) -> Result<Secrets, Failure> {
    let mut secrets = Secrets::default();
    let (mut wanted, mut masters) = (Vec::new(), Vec::new());
    for side in sides.iter().copied() {
        let endpoint = match side {
            Side::Origin => &plan.origin,
            Side::Destination => &plan.destination,
        };
        if endpoint.folder().is_some() {
            continue;
        }
        let sets = side == Side::Destination && plan.scope.provisions();
        // Nobody logs in to a mailbox where no message moves.
        if endpoint.master.is_some() && (plan.scope.copies() || side == Side::Origin) {
            match from_environment(side) {
                Some(password) => secrets.insert_master(side, password),
                None => masters.push((side, endpoint)),
            }
            if !sets {
                continue;
            }
        }
        let jobs = plan.jobs.iter().filter(|job| engine::wants(only, job));
        wanted.extend(jobs.map(|job| match side {
            Side::Origin => Key::login(side, &job.login),
            Side::Destination => Key::login(side, &job.destination_login),
        }));
    }
    let vault = if Vault::exists(project.dir()) && !(wanted.is_empty() && masters.is_empty()) {
        Some(vault(project)?)
    } else {
        None
    };
    let kept = |key: &Key| vault.as_ref().and_then(|vault| vault.get(key)).cloned();
    let mut absent = Vec::new();
    for key in wanted {
        match (kept(&key), key) {
            (Some(password), Key::Login { side, login }) => secrets.insert(side, login, password),
            (_, key) => absent.push(key),
        }
    }
    if !absent.is_empty() {
        return Err(missing(&absent));
    }
    for (side, endpoint) in masters {
        let same = plan
            .provision
            .as_ref()
            .and_then(|provision| match provision {
                Provision::Icewarp(icewarp) => endpoint
                    .master
                    .as_ref()
                    .filter(|master| side == Side::Destination && master.user == icewarp.admin),
                _ => None,
            });
        let password = match kept(&Key::master(side)) {
            Some(password) => password,
            // Who creates accounts opens mailboxes too.
            None if let Some(master) = same => admin(project, &master.user, &endpoint.label())?,
            None => master(side, endpoint)?,
        };
        secrets.insert_master(side, password);
    }
    Ok(secrets)
}

fn missing(keys: &[Key]) -> Failure {
    let mut logins: Vec<&str> = keys
        .iter()
        .filter_map(|key| match key {
            Key::Login { login, .. } => Some(login.as_str()),
            Key::Master { .. } | Key::Provisioner => None,
        })
        .collect();
    logins.sort_unstable();
    logins.dedup();
    let more = logins.len().saturating_sub(NAMED);
    let named = logins[..logins.len().min(NAMED)].join(", ");
    let what = if more == 0 {
        t!("cli-error-no-passwords", logins = named)
    } else {
        t!(
            "cli-error-no-passwords-many",
            logins = named,
            count = more,
            number = crate::i18n::number(more as u64)
        )
    };
    Failure::usage(what).remedy(t!("cli-error-no-passwords-remedy"))
}

fn from_environment(side: Side) -> Option<SecretString> {
    let password = env::var(fail::variable(side)).ok()?;
    (!password.is_empty()).then(|| SecretString::from(password))
}

/// The password of a side's administrator, from whoever is there: the command line never keeps it.
fn master(side: Side, endpoint: &Endpoint) -> Result<SecretString, Failure> {
    let variable = fail::variable(side);
    let user = endpoint
        .master
        .as_ref()
        .map(|master| master.user.clone())
        .unwrap_or_default();
    ask(&t!(
        "cli-ask-master",
        user = user.as_str(),
        server = endpoint.label()
    ))
    .ok_or_else(|| {
        Failure::usage(t!("cli-error-no-master-password", user = user)).remedy(t!(
            "cli-error-no-master-password-remedy",
            variable = variable
        ))
    })
}

/// The password of the administrator who creates accounts: from the environment, the vault, or whoever is there.
pub(super) fn admin(project: &Project, user: &str, host: &str) -> Result<SecretString, Failure> {
    let given = env::var(provision::VARIABLE).ok();
    if let Some(password) = given.filter(|password| !password.is_empty()) {
        return Ok(SecretString::from(password));
    }
    if Vault::exists(project.dir())
        && let Some(password) = vault(project)?.get(&Key::Provisioner)
    {
        return Ok(password.clone());
    }
    ask(&t!("cli-ask-master", user = user, server = host)).ok_or_else(|| {
        Failure::usage(t!("cli-error-no-master-password", user = user)).remedy(t!(
            "cli-error-no-master-password-remedy",
            variable = provision::VARIABLE
        ))
    })
}

/// Where the password of a single login is looked for.
pub(super) const PROBE_VARIABLE: &str = "TRAGHETTO_PROBE_PASSWORD";

/// The password of a login that is only tried out: never kept.
pub(super) fn probed(user: &str, endpoint: &Endpoint) -> Result<SecretString, Failure> {
    if endpoint.folder().is_some() {
        return Ok(SecretString::default());
    }
    let given = env::var(PROBE_VARIABLE).ok();
    given
        .filter(|password| !password.is_empty())
        .map(SecretString::from)
        .or_else(|| {
            ask(&t!(
                "cli-ask-master",
                user = user,
                server = endpoint.label()
            ))
        })
        .ok_or_else(|| {
            Failure::usage(t!("cli-error-no-probe-password", user = user)).remedy(t!(
                "cli-error-no-master-password-remedy",
                variable = PROBE_VARIABLE
            ))
        })
}

fn passphrase(why: Ask) -> Option<SecretString> {
    match why {
        Ask::Existing => ask(&t!("cli-ask-passphrase")),
        Ask::WrongTryAgain => {
            out::note(&t!("cli-ask-passphrase-wrong"));
            ask(&t!("cli-ask-passphrase"))
        }
        Ask::New => {
            if io::stdin().is_terminal() {
                out::note(&t!("cli-ask-passphrase-why"));
            }
            for _ in 0..ATTEMPTS {
                let first = ask(&t!("cli-ask-passphrase-new"))?;
                let second = ask(&t!("cli-ask-passphrase-again"))?;
                if first.expose_secret() == second.expose_secret() {
                    return Some(first);
                }
                out::note(&t!("cli-ask-passphrase-differ"));
            }
            None
        }
    }
}

/// Asks without showing what is typed; nothing where nobody is there or nothing is typed.
fn ask(question: &str) -> Option<SecretString> {
    if !io::stdin().is_terminal() {
        return None;
    }
    let typed = rpassword::prompt_password(format!("{question} ")).ok()?;
    (!typed.is_empty()).then(|| SecretString::from(typed))
}
