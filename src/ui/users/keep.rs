//! Passwords of the rows, in and out of the keeper.
//!
//! Promises: what is entered is kept at once, on each side where no administrator logs in; what nobody needs any more
//! is forgotten; nothing is kept anew that is kept already. Deliberately absent: the vault itself.

use secrecy::{ExposeSecret, SecretString};

use crate::account::{Endpoint, Side};
use crate::secrets::Key;
use crate::ui::draft::Draft;
use crate::ui::session::Session;
use crate::users::{Entry, Problem, Rules};

/// What is kept of a row: its password at the origin, and at the destination.
fn kept(entry: &Entry, rules: Rules) -> [Option<(Key, &SecretString)>; 2] {
    let given = |secret: &&SecretString| !secret.expose_secret().is_empty();
    let first = entry.password.as_ref().filter(given);
    let own = entry.destination_password.as_ref().filter(given);
    let key = |side, login: &str| (!login.is_empty()).then(|| Key::login(side, login));
    let origin = key(Side::Origin, entry.login.trim()).filter(|_| !rules.origin_master);
    let destination = key(Side::Destination, entry.destination(rules));
    let destination = destination.filter(|_| rules.needs_destination_password());
    [origin.zip(first), destination.zip(own.or(first))]
}

/// Keeps the passwords of all rows. Of two with one login the first that is right decides.
pub(super) fn all(session: &mut Session) {
    if session.demo.is_some() {
        return;
    }
    let (draft, keeper) = (&session.draft, &mut session.keeper);
    let rules = draft.rules();
    for (at, entry) in draft.entries.iter().enumerate() {
        if draft.checked.problem(at).is_some_and(Problem::is_duplicate) {
            continue;
        }
        for (key, secret) in kept(entry, rules).into_iter().flatten() {
            let known = keeper.get(&key);
            if known.map(ExposeSecret::expose_secret) != Some(secret.expose_secret()) {
                keeper.set(key, secret.clone());
            }
        }
    }
}

/// Forgets the passwords of a row that is no longer in the list, or that said something else: those no other row and
/// no server's form needs.
pub(super) fn forget(session: &mut Session, entry: &Entry) {
    let draft = &session.draft;
    let rules = draft.rules();
    let gone: Vec<Key> = kept(entry, rules)
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .filter(|key| !is_needed(draft, key, rules))
        .collect();
    for key in &gone {
        session.keeper.remove(key);
    }
}

fn is_needed(draft: &Draft, wanted: &Key, rules: Rules) -> bool {
    let forms = [
        (Side::Origin, &draft.origin),
        (Side::Destination, &draft.destination),
    ];
    let of_form = |(side, server): &(Side, &crate::ui::draft::Server)| {
        *wanted == Key::login(*side, server.trial.trim())
    };
    forms.iter().any(of_form)
        || draft.entries.iter().any(|entry| {
            let mut keys = kept(entry, rules).into_iter().flatten();
            keys.any(|(key, _)| key == *wanted)
        })
}

/// Fills in the passwords that are known and that no row has.
pub(super) fn fill(session: &mut Session) {
    let rules = session.draft.rules();
    let ends = (
        session.draft.origin.endpoint(),
        session.draft.destination.endpoint(),
    );
    let (keeper, demo) = (&session.keeper, session.demo.as_deref());
    let known = |side, end: Option<&Endpoint>, login: &str| match demo {
        None => keeper.get(&Key::login(side, login)).cloned(),
        Some(demo) => demo
            .secrets
            .login(side, end?, login)
            .map(|login| login.password),
    };
    for entry in &mut session.draft.entries {
        if entry.password.is_none() && !rules.origin_master {
            entry.password = known(Side::Origin, ends.0.as_ref(), entry.login.trim());
        }
        if entry.destination_password.is_none() && rules.needs_destination_password() {
            let there = known(Side::Destination, ends.1.as_ref(), entry.destination(rules));
            let first = entry.password.as_ref().map(ExposeSecret::expose_secret);
            entry.destination_password = there.filter(|there| Some(there.expose_secret()) != first);
        }
    }
}
