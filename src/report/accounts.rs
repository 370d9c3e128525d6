//! Words for accounts at the destination: what a test found, and in what an account differs from what is wanted.
//!
//! The same in the window, on the command line and in the report.

use crate::engine::Notice;
use crate::i18n::number;
use crate::provision::{Difference, Fact, Finding, Part, Setting, Weight};
use crate::t;

/// What was found.
pub fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Software(name) => name.clone(),
        Fact::Rights { admin } => t!("accounts-rights", admin = admin.as_str()),
        Fact::Seats { free, wanted } => t!(
            "accounts-seats",
            free = number(*free),
            wanted = number(*wanted)
        ),
        Fact::Domain(domain) => t!("accounts-domain", domain = domain.as_str()),
        Fact::DomainMissing { domain, created } => {
            let domain = domain.as_str();
            if *created {
                t!("accounts-domain-created", domain = domain)
            } else {
                t!("accounts-domain-missing", domain = domain)
            }
        }
        Fact::Present { accounts } => t!(
            "accounts-present",
            count = *accounts,
            number = number(*accounts)
        ),
        Fact::Impersonates(true) => t!("accounts-impersonates"),
        Fact::Impersonates(false) => t!("accounts-impersonates-not"),
        Fact::Setting { setting, value, .. } => {
            t!(
                "accounts-setting",
                setting = name(*setting),
                value = value.as_str()
            )
        }
        Fact::Unknown(words) => words.clone(),
    }
}

/// What follows from it, and what to do; nothing where all is well.
pub fn advice(finding: &Finding) -> Option<String> {
    Some(match &finding.fact {
        _ if finding.weight == Weight::Good => return None,
        Fact::Seats { .. } => t!("accounts-seats-advice"),
        Fact::DomainMissing { created: false, .. } => t!("accounts-domain-missing-advice"),
        Fact::Impersonates(false) => t!("accounts-impersonates-not-advice"),
        Fact::Setting {
            setting, better, ..
        } => {
            let advice = setting_advice(*setting);
            match better {
                Some(value) => t!("accounts-better", advice = advice, value = value.as_str()),
                None => advice,
            }
        }
        _ => return None,
    })
}

/// What a setting is called.
pub fn name(setting: Setting) -> String {
    match setting {
        Setting::MigrationActive => t!("accounts-migration-active"),
        Setting::ImapActive => t!("accounts-imap-active"),
        Setting::AppendRate => t!("accounts-append-rate"),
        Setting::BinaryAppend => t!("accounts-binary-append"),
        Setting::ImapAntivirus => t!("accounts-imap-antivirus"),
        Setting::ImapTarpit => t!("accounts-imap-tarpit"),
        Setting::BlockAddress => t!("accounts-block-address"),
        Setting::ImapConnections => t!("accounts-imap-connections"),
        Setting::ImapBandwidth => t!("accounts-imap-bandwidth"),
        Setting::ImapAddresses => t!("accounts-imap-addresses"),
        Setting::MessageSize => t!("accounts-message-size"),
        Setting::LoginForm => t!("accounts-login-form"),
        Setting::LoginAttempts => t!("accounts-login-attempts"),
        Setting::PlainDisabled => t!("accounts-plain-disabled"),
        Setting::TwoFactor => t!("accounts-two-factor"),
        Setting::PasswordPolicy => t!("accounts-password-policy"),
        Setting::Retention => t!("accounts-retention"),
        Setting::ArchiveFolder => t!("accounts-archive-folder"),
    }
}

fn setting_advice(setting: Setting) -> String {
    match setting {
        Setting::MigrationActive => t!("accounts-migration-active-advice"),
        Setting::ImapActive => t!("accounts-imap-active-advice"),
        Setting::AppendRate => t!("accounts-append-rate-advice"),
        Setting::BinaryAppend => t!("accounts-binary-append-advice"),
        Setting::ImapAntivirus => t!("accounts-imap-antivirus-advice"),
        Setting::ImapTarpit => t!("accounts-imap-tarpit-advice"),
        Setting::BlockAddress => t!("accounts-block-address-advice"),
        Setting::ImapConnections => t!("accounts-imap-connections-advice"),
        Setting::ImapBandwidth => t!("accounts-imap-bandwidth-advice"),
        Setting::ImapAddresses => t!("accounts-imap-addresses-advice"),
        Setting::MessageSize => t!("accounts-message-size-advice"),
        Setting::LoginForm => t!("accounts-login-form-advice"),
        Setting::LoginAttempts => t!("accounts-login-attempts-advice"),
        Setting::PlainDisabled => t!("accounts-plain-disabled-advice"),
        Setting::TwoFactor => t!("accounts-two-factor-advice"),
        Setting::PasswordPolicy => t!("accounts-password-policy-advice"),
        Setting::Retention => t!("accounts-retention-advice"),
        Setting::ArchiveFolder => t!("accounts-archive-folder-advice"),
    }
}

/// What whoever looks into the migration account finds there.
pub fn notice() -> Notice {
    Notice {
        name: t!("accounts-notice-name"),
        subject: t!("accounts-notice-subject"),
        text: t!("accounts-notice-text"),
    }
}

/// In what an account differs from what is wanted.
pub fn difference(difference: &Difference) -> String {
    let (wanted, found) = (difference.wanted.as_str(), difference.found.as_str());
    match difference.what {
        Part::Name => t!("accounts-differs-name", wanted = wanted, found = found),
        Part::Alias => t!("accounts-differs-alias", wanted = wanted),
        Part::Quota => t!("accounts-differs-quota", wanted = wanted, found = found),
        Part::Imap => t!("accounts-differs-imap"),
        Part::PasswordElsewhere => t!("accounts-differs-password"),
        Part::Disabled => t!("accounts-differs-disabled"),
        Part::Kind => t!("accounts-differs-kind", found = found),
        Part::Retention => t!("accounts-differs-retention", found = found),
        Part::Discards => t!("accounts-differs-discards"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_needs_no_advice_and_what_is_not_has_some() {
        let finding = |weight, fact| Finding { weight, fact };
        let setting = |weight, better: Option<&str>| {
            finding(
                weight,
                Fact::Setting {
                    setting: Setting::AppendRate,
                    value: String::from("60"),
                    better: better.map(str::to_owned),
                },
            )
        };
        assert_eq!(advice(&setting(Weight::Good, None)), None);
        let plain = advice(&setting(Weight::Warning, None)).unwrap();
        let better = advice(&setting(Weight::Warning, Some("0"))).unwrap();
        assert!(
            better.len() > plain.len() && better.contains('0'),
            "{better}"
        );
        assert!(fact(&setting(Weight::Warning, None).fact).contains("60"));
    }
}
