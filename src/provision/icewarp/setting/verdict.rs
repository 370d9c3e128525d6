//! What the server's settings mean for a migration.
//!
//! Promises: pure; each setting that the server knows is found, the good ones too. Deliberately absent: asking, and
//! changing.

use std::net::IpAddr;

use super::{
    ADDRESSES, ADDRESSES_MODE, ANTIVIRUS, APPENDS, ARCHIVE, ARCHIVE_NAME, ATTEMPTS, ATTEMPTS_BLOCK,
    BANDWIDTH, BINARY, BLOCK, BLOCK_VALUE, BYPASS_2F, CONNECTIONS, EXPIRATION, IMAP, LOGIN_FORM,
    MIGRATION, NO_PLAIN, NO_TARPIT, OLD_TARPIT, POLICY, POLICY_RULES, SIZE, SIZE_ON, TARPIT, cure,
};
use crate::provision::icewarp::property::Properties;
use crate::provision::{Fact, Finding, Setting, Wanted, Weight};

/// Fewer connections at once than this leave little for users beside a migration.
const FEW_CONNECTIONS: i64 = 50;

/// What the settings mean for these accounts, copied from this address.
pub(in crate::provision::icewarp) fn judge(
    values: &Properties,
    wanted: &[Wanted],
    own: Option<IpAddr>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut finds = |setting, bad: bool, weight, value: String| {
        found.push(Finding {
            weight: if bad { weight } else { Weight::Good },
            fact: Fact::Setting {
                setting,
                value,
                better: cure(setting)
                    .filter(|_| bad)
                    .map(|(_, better)| better.to_owned()),
            },
        });
    };
    let number = |name| values.number(name);
    let text = |name: &str| values.text(name).unwrap_or_default().trim().to_owned();
    let spared = own.is_some_and(|own| {
        let list = text(NO_TARPIT);
        list.split([';', ',', ' ', '\r', '\n'])
            .any(|one| one == own.to_string())
    });
    // Off is as it should be, and on is this bad.
    for (setting, variables, weight) in [
        (
            Setting::MigrationActive,
            [MIGRATION, MIGRATION],
            Weight::Blocker,
        ),
        (Setting::AppendRate, [APPENDS, APPENDS], Weight::Warning),
        (
            Setting::ImapAntivirus,
            [ANTIVIRUS, ANTIVIRUS],
            Weight::Warning,
        ),
        (Setting::ImapTarpit, [TARPIT, OLD_TARPIT], Weight::Warning),
        (
            Setting::ImapBandwidth,
            [BANDWIDTH, BANDWIDTH],
            Weight::Warning,
        ),
        (
            Setting::PlainDisabled,
            [NO_PLAIN, NO_PLAIN],
            Weight::Warning,
        ),
    ] {
        let known = variables
            .into_iter()
            .find_map(|name| Some((values.is_on(name)?, text(name))));
        if let Some((on, value)) = known {
            let harmless = setting == Setting::ImapTarpit && spared;
            finds(setting, on && !harmless, weight, value);
        }
    }
    // And the other way about.
    for (setting, variable, weight) in [
        (Setting::ImapActive, IMAP, Weight::Blocker),
        (Setting::BinaryAppend, BINARY, Weight::Warning),
    ] {
        if let Some(on) = values.is_on(variable) {
            finds(setting, !on, weight, text(variable));
        }
    }
    if let Some(on) = values.is_on(BLOCK) {
        let mut value = if on { text(BLOCK_VALUE) } else { text(BLOCK) };
        if let Some(own) = own.filter(|_| on) {
            value = format!("{value}, {own}");
        }
        finds(Setting::BlockAddress, on && !spared, Weight::Warning, value);
    }
    if let Some(most) = number(CONNECTIONS) {
        let few = (1..FEW_CONNECTIONS).contains(&most);
        finds(
            Setting::ImapConnections,
            few,
            Weight::Warning,
            most.to_string(),
        );
    }
    if values.text(ADDRESSES).is_some() {
        let list = text(ADDRESSES);
        let value = format!("{} {list}", text(ADDRESSES_MODE));
        finds(
            Setting::ImapAddresses,
            !list.is_empty(),
            Weight::Warning,
            value.trim().to_owned(),
        );
    }
    if let Some(most) = number(SIZE) {
        let limited = values.is_on(SIZE_ON).unwrap_or(true) && most > 0;
        finds(
            Setting::MessageSize,
            limited,
            Weight::Note,
            most.to_string(),
        );
    }
    if let Some(form) = number(LOGIN_FORM) {
        // With addresses (1) a bare name finds nobody; with names (0) an address still does.
        let bare = wanted.iter().any(|one| !one.login.contains('@'));
        finds(
            Setting::LoginForm,
            form == 1 && bare,
            Weight::Warning,
            form.to_string(),
        );
    }
    if let Some(most) = number(ATTEMPTS) {
        let blocks = values.is_on(ATTEMPTS_BLOCK).unwrap_or(most > 0) && most > 0;
        finds(
            Setting::LoginAttempts,
            blocks,
            Weight::Note,
            most.to_string(),
        );
    }
    if let Some(bypassed) = values.is_on(BYPASS_2F) {
        finds(Setting::TwoFactor, !bypassed, Weight::Note, text(BYPASS_2F));
    }
    if let Some(on) = values.is_on(POLICY) {
        let rules = POLICY_RULES.iter().filter_map(|name| {
            let short = name.rsplit('_').next().unwrap_or(name);
            Some(format!("{short}={}", values.text(name)?.trim()))
        });
        let value = if on {
            rules.collect::<Vec<_>>().join(", ")
        } else {
            text(POLICY)
        };
        // Passwords are set past the policy, but one that expires locks its user out later.
        let expires = values.is_on(EXPIRATION) == Some(true);
        let weight = if expires {
            Weight::Warning
        } else {
            Weight::Note
        };
        finds(Setting::PasswordPolicy, on, weight, value);
    }
    if let Some(on) = values.is_on(ARCHIVE) {
        let value = if on {
            text(ARCHIVE_NAME)
        } else {
            text(ARCHIVE)
        };
        finds(Setting::ArchiveFolder, on, Weight::Note, value);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::icewarp::property::{self, Value};
    use crate::provision::icewarp::xml;

    fn found(values: &[(&str, &str)], logins: &[&str]) -> Vec<(Setting, Weight, String, bool)> {
        let values = values
            .iter()
            .map(|(name, value)| (*name, Value::Text((*value).to_owned())));
        let list = property::given("result", values);
        let values = Properties::read(&xml::read(list.as_bytes()).unwrap());
        let wanted: Vec<Wanted> = logins
            .iter()
            .map(|login| Wanted {
                login: (*login).to_owned(),
                ..Wanted::default()
            })
            .collect();
        judge(&values, &wanted, "192.0.2.7".parse().ok())
            .into_iter()
            .map(|finding| match finding.fact {
                Fact::Setting {
                    setting,
                    value,
                    better,
                } => (setting, finding.weight, value, better.is_some()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn each_setting_has_its_weight_and_its_cure() {
        for (values, setting, weight, shown, cured) in [
            (
                &[(MIGRATION, "1")][..],
                Setting::MigrationActive,
                Weight::Blocker,
                "1",
                true,
            ),
            (
                &[(MIGRATION, "0")],
                Setting::MigrationActive,
                Weight::Good,
                "0",
                false,
            ),
            (
                &[(IMAP, "0")],
                Setting::ImapActive,
                Weight::Blocker,
                "0",
                false,
            ),
            (
                &[(APPENDS, "120")],
                Setting::AppendRate,
                Weight::Warning,
                "120",
                true,
            ),
            (
                &[(BINARY, "0")],
                Setting::BinaryAppend,
                Weight::Warning,
                "0",
                true,
            ),
            (
                &[(ANTIVIRUS, "1")],
                Setting::ImapAntivirus,
                Weight::Warning,
                "1",
                true,
            ),
            (
                &[(TARPIT, "1")],
                Setting::ImapTarpit,
                Weight::Warning,
                "1",
                true,
            ),
            (
                &[(OLD_TARPIT, "1")],
                Setting::ImapTarpit,
                Weight::Warning,
                "1",
                true,
            ),
            (
                &[(TARPIT, "1"), (NO_TARPIT, "10.0.0.1;192.0.2.7")],
                Setting::ImapTarpit,
                Weight::Good,
                "1",
                false,
            ),
            (
                &[(BLOCK, "1"), (BLOCK_VALUE, "60")],
                Setting::BlockAddress,
                Weight::Warning,
                "60, 192.0.2.7",
                true,
            ),
            (
                &[(BLOCK, "0")],
                Setting::BlockAddress,
                Weight::Good,
                "0",
                false,
            ),
            (
                &[(CONNECTIONS, "10")],
                Setting::ImapConnections,
                Weight::Warning,
                "10",
                false,
            ),
            (
                &[(CONNECTIONS, "0")],
                Setting::ImapConnections,
                Weight::Good,
                "0",
                false,
            ),
            (
                &[(BANDWIDTH, "512")],
                Setting::ImapBandwidth,
                Weight::Warning,
                "512",
                true,
            ),
            (
                &[(ADDRESSES, "10.0.0.0"), (ADDRESSES_MODE, "1")],
                Setting::ImapAddresses,
                Weight::Warning,
                "1 10.0.0.0",
                false,
            ),
            (
                &[(ADDRESSES, "")],
                Setting::ImapAddresses,
                Weight::Good,
                "",
                false,
            ),
            (
                &[(SIZE, "10485760"), (SIZE_ON, "1")],
                Setting::MessageSize,
                Weight::Note,
                "10485760",
                false,
            ),
            (
                &[(SIZE, "10485760"), (SIZE_ON, "0")],
                Setting::MessageSize,
                Weight::Good,
                "10485760",
                false,
            ),
            (
                &[(LOGIN_FORM, "1")],
                Setting::LoginForm,
                Weight::Warning,
                "1",
                false,
            ),
            (
                &[(LOGIN_FORM, "0")],
                Setting::LoginForm,
                Weight::Good,
                "0",
                false,
            ),
            (
                &[(ATTEMPTS, "5"), (ATTEMPTS_BLOCK, "1")],
                Setting::LoginAttempts,
                Weight::Note,
                "5",
                false,
            ),
            (
                &[(NO_PLAIN, "1")],
                Setting::PlainDisabled,
                Weight::Warning,
                "1",
                true,
            ),
            (
                &[(BYPASS_2F, "0")],
                Setting::TwoFactor,
                Weight::Note,
                "0",
                false,
            ),
            (
                &[(POLICY, "1"), (POLICY_RULES[0], "8"), (EXPIRATION, "0")],
                Setting::PasswordPolicy,
                Weight::Note,
                "minlength=8, expiration=0",
                false,
            ),
            (
                &[(POLICY, "1"), (EXPIRATION, "1")],
                Setting::PasswordPolicy,
                Weight::Warning,
                "expiration=1",
                false,
            ),
            (
                &[(ARCHIVE, "1"), (ARCHIVE_NAME, "Archive")],
                Setting::ArchiveFolder,
                Weight::Note,
                "Archive",
                false,
            ),
        ] {
            let expected = (setting, weight, shown.to_owned(), cured);
            assert_eq!(found(values, &["anna"]), [expected], "{values:?}");
        }
    }

    #[test]
    fn a_server_that_knows_none_of_them_is_found_without_fault() {
        assert_eq!(found(&[], &["anna"]), []);
        let addresses = found(&[(LOGIN_FORM, "1")], &["anna@x.example"]);
        assert_eq!(addresses[0].1, Weight::Good);
    }
}
