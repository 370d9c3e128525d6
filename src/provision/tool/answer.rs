//! What IceWarp's `tool` says: numbers, a few words, and the values of an account's variables.

use super::super::{Difference, Part, Wanted};
use super::files;
use crate::program::Ended;
use crate::trouble::{Kind, Trouble};

/// The number of `tool`'s answer (icewarp.md 4.8): its exit code, of which Unix keeps eight bits, or one in its words.
pub(super) fn number(ended: &Ended) -> Option<i32> {
    let code = ended.status.code()?;
    let code = if (128..=255).contains(&code) {
        code - 256
    } else {
        code
    };
    if (-12..=-2).contains(&code) {
        return Some(code);
    }
    let texts = [ended.last.as_str(), &ended.output];
    let told = texts
        .into_iter()
        .flat_map(|text| text.split(|c: char| c.is_whitespace() || "()[]:;,=.".contains(c)))
        .filter_map(|word| word.parse().ok())
        .find(|number| (-12..=-2).contains(number));
    told.or(Some(code))
}

/// What it means.
pub(super) fn of_number(number: i32) -> Kind {
    match number {
        -2 => Kind::LicenceSeats,
        -4 | -5 => Kind::AdminService,
        -6 => Kind::PasswordPolicy,
        -7 => Kind::AddressTaken,
        -8 => Kind::AddressRefused,
        -9 => Kind::PasswordCharacters,
        -10 => Kind::MigrationRunning,
        -12 => Kind::AccountLimit,
        _ => Kind::AccountRefused,
    }
}

/// Why `tool` did not do it, where it says so.
pub(super) fn refusal(ended: &Ended) -> Option<Kind> {
    let policy = "password policy violation";
    if [ended.output.as_str(), &ended.last]
        .iter()
        .any(|text| text.to_lowercase().contains(policy))
    {
        return Some(Kind::PasswordPolicy);
    }
    match number(ended) {
        Some(number @ -12..=-2) => Some(of_number(number)),
        _ if ended.status.success() => None,
        _ => Some(Kind::AccountRefused),
    }
}

/// A trouble in the words of `tool`.
pub(super) fn trouble(kind: Kind, address: &str, ended: &Ended) -> Trouble {
    let detail = if ended.last.is_empty() {
        ended.status.to_string()
    } else {
        ended.last.clone()
    };
    Trouble::new(kind, address, detail)
}

/// What is read of an account to compare it. The name is last: it alone may hold commas.
pub(super) const LOOKED_AT: [&str; 10] = [
    "u_type",
    "u_alias",
    "u_accounttype",
    "u_accountdisabled",
    "u_authmode",
    "u_null",
    "u_deleteolder",
    "u_maxbox",
    "u_maxboxsize",
    "u_name",
];

/// In what an account differs, by the values of [`LOOKED_AT`].
pub(super) fn differences(
    values: &[String],
    wanted: &Wanted,
    quota_mb: Option<u32>,
) -> Vec<Difference> {
    let value = |variable: &str| {
        let at = LOOKED_AT.iter().position(|known| *known == variable);
        // An old version that lacks a variable leaves it out: then no column can be trusted.
        at.filter(|_| values.len() == LOOKED_AT.len())
            .and_then(|at| values.get(at))
            .map(String::as_str)
    };
    let mut found = Vec::new();
    let mut differs = |what, wanted: &str, value: &str| {
        found.push(Difference {
            what,
            wanted: wanted.to_owned(),
            found: value.to_owned(),
        });
    };
    for (variable, what, good) in [
        ("u_type", Part::Kind, &["0", ""][..]),
        ("u_accounttype", Part::Imap, &["1", "2", ""]),
        ("u_accountdisabled", Part::Disabled, &["0", ""]),
        ("u_authmode", Part::PasswordElsewhere, &["0", ""]),
        ("u_null", Part::Discards, &["0", ""]),
        ("u_deleteolder", Part::Retention, &["0", ""]),
    ] {
        if let Some(value) = value(variable).filter(|value| !good.contains(value)) {
            differs(what, good[0], value);
        }
    }
    if let Some(value) = value("u_name")
        && !wanted.name.is_empty()
        && value != files::name(&wanted.name)
    {
        differs(Part::Name, &wanted.name, value);
    }
    if let (Some(mb), Some(limited), Some(size)) =
        (quota_mb, value("u_maxbox"), value("u_maxboxsize"))
        && (limited != "1" || size != files::quota(mb).to_string())
    {
        differs(Part::Quota, &files::quota(mb).to_string(), size);
    }
    if let Some(there) = value("u_alias") {
        let has = |alias: &str| {
            there
                .split(';')
                .any(|one| one.trim().eq_ignore_ascii_case(alias))
        };
        for alias in &wanted.aliases {
            if files::local(wanted, alias).is_none_or(|local| !has(local)) {
                differs(Part::Alias, alias, there);
            }
        }
    }
    found
}
