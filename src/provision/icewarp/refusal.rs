//! What IceWarp's refusals mean: one table.
//!
//! Promises: every uid and number of the reference (`icewarp.md` 4.8) has its row; what is unknown keeps the uid in the
//! technical line and gets the kind of what was being done. Deliberately absent: finding out which of several reasons
//! behind `account_not_created` it was (see `create`).

use std::fmt;

use secrecy::SecretString;

use super::command;
use crate::trouble::{Kind, Trouble};

/// A refusal as it came. What is printed of it is without secrets.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    uid: String,
    words: String,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Refusal {
    /// A uid that is known is told as it is; in all others a server may have repeated one of these secrets.
    pub(super) fn new(uid: String, secrets: &[SecretString]) -> Self {
        let words = if known(&uid).is_some() {
            uid.clone()
        } else {
            command::scrubbed(&uid, secrets)
        };
        Self { uid, words }
    }

    /// As the server named it, to be compared and not to be told.
    pub(super) fn uid(&self) -> &str {
        &self.uid
    }

    /// The trouble it makes; `command` is what was asked.
    pub(super) fn trouble(&self, doing: Doing, command: &str, subject: &str) -> Trouble {
        let detail = format!("{command}: {}", self.words);
        Trouble::new(kind(&self.uid, doing), subject, detail)
    }
}

/// What was asked for when the server refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Logging in.
    Login,
    /// Something about an account or a domain.
    Account,
    /// Something about the server.
    Server,
}

/// Whether the session is over, so that the command was not carried out and may be sent in a new one.
pub(super) fn ends_session(uid: &str) -> bool {
    matches!(
        uid,
        "session_invalid" | "session_invalid_id" | "session_expired"
    )
}

/// Whether the account, or its domain, is not there.
pub(super) fn is_missing(uid: &str) -> bool {
    matches!(uid, "account_invalid" | "domain_invalid")
}

/// Whether the server does not know what it was asked, as an older one may not.
pub(super) fn is_unknown(uid: &str) -> bool {
    uid == "invoker_commandname_invalid"
}

fn kind(uid: &str, doing: Doing) -> Kind {
    match (known(uid), doing) {
        (Some(Kind::AccountRefused) | None, Doing::Login) => Kind::AdminRefused,
        (Some(kind), _) => kind,
        (None, Doing::Account) => Kind::AccountRefused,
        (None, Doing::Server) => Kind::ServerError,
    }
}

/// The kind of a refusal the reference has.
fn known(uid: &str) -> Option<Kind> {
    Some(match uid {
        "auth_login_invalid" | "auth_digest_expired" => Kind::AdminRefused,
        "auth_two_factor_required" => Kind::AdminTwoFactor,
        "insufficient_rights" | "account_permission" => Kind::AdminRights,
        "auth_email_missing"
        | "auth_password_missing"
        | "account_email_parameter_missing"
        | "account_mailbox_property_missing"
        | "account_type_property_missing"
        | "domain_parameter_empty"
        | "iq_root_tag_invalid"
        | "iq_query_xmlns_invalid"
        | "invoker_commandname_invalid"
        | "-3" => Kind::AdminService,
        "session_invalid" | "session_invalid_id" | "session_expired" | "-4" | "-5" => {
            Kind::ServerError
        }
        "account_invalid" => Kind::AccountMissing,
        "account_domain_limit_exceeded" => Kind::AccountLimit,
        "account_password_policy"
        | "password_too_short"
        | "contains_alias"
        | "numeric"
        | "non_alpha"
        | "alpha"
        | "upper"
        | "-6" => Kind::PasswordPolicy,
        "identical_email" | "-7" => Kind::AddressTaken,
        "-8" => Kind::AddressRefused,
        "-9" => Kind::PasswordCharacters,
        "domain_invalid" => Kind::DomainMissing,
        "migration_in_progress" | "-10" => Kind::MigrationRunning,
        "-11" => Kind::LoginSuspended,
        "license_evaluation"
        | "license_reference_mismatch"
        | "license_revalidation"
        | "license_expired"
        | "license_none"
        | "license_build"
        | "license_version"
        | "-2"
        | "-12" => Kind::LicenceSeats,
        "account_disabled" | "account_disabled_2" | "account_not_created" | "0" | "-1" => {
            Kind::AccountRefused
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trouble::Remedy;

    #[test]
    fn every_refusal_of_the_reference_has_its_explanation() {
        use Doing::{Account, Login, Server};
        for (uid, doing, expected) in [
            ("auth_login_invalid", Login, Kind::AdminRefused),
            ("account_disabled_2", Login, Kind::AdminRefused),
            ("auth_two_factor_required", Login, Kind::AdminTwoFactor),
            ("auth_digest_expired", Login, Kind::AdminRefused),
            ("auth_email_missing", Login, Kind::AdminService),
            ("auth_password_missing", Login, Kind::AdminService),
            ("something_new", Login, Kind::AdminRefused),
            ("-11", Login, Kind::LoginSuspended),
            ("session_invalid", Account, Kind::ServerError),
            ("session_invalid_id", Account, Kind::ServerError),
            ("session_expired", Account, Kind::ServerError),
            ("insufficient_rights", Account, Kind::AdminRights),
            ("account_permission", Account, Kind::AdminRights),
            ("account_invalid", Account, Kind::AccountMissing),
            (
                "account_email_parameter_missing",
                Account,
                Kind::AdminService,
            ),
            (
                "account_mailbox_property_missing",
                Account,
                Kind::AdminService,
            ),
            ("account_type_property_missing", Account, Kind::AdminService),
            ("account_not_created", Account, Kind::AccountRefused),
            ("account_domain_limit_exceeded", Account, Kind::AccountLimit),
            ("account_disabled", Account, Kind::AccountRefused),
            ("account_password_policy", Account, Kind::PasswordPolicy),
            ("identical_email", Account, Kind::AddressTaken),
            ("domain_invalid", Account, Kind::DomainMissing),
            ("domain_parameter_empty", Account, Kind::AdminService),
            ("iq_root_tag_invalid", Server, Kind::AdminService),
            ("iq_query_xmlns_invalid", Server, Kind::AdminService),
            ("invoker_commandname_invalid", Server, Kind::AdminService),
            ("license_evaluation", Account, Kind::LicenceSeats),
            ("license_reference_mismatch", Account, Kind::LicenceSeats),
            ("license_expired", Account, Kind::LicenceSeats),
            ("license_none", Account, Kind::LicenceSeats),
            ("password_too_short", Account, Kind::PasswordPolicy),
            ("contains_alias", Account, Kind::PasswordPolicy),
            ("upper", Account, Kind::PasswordPolicy),
            ("0", Account, Kind::AccountRefused),
            ("-1", Account, Kind::AccountRefused),
            ("-2", Account, Kind::LicenceSeats),
            ("-3", Account, Kind::AdminService),
            ("-4", Account, Kind::ServerError),
            ("-5", Account, Kind::ServerError),
            ("-6", Account, Kind::PasswordPolicy),
            ("-7", Account, Kind::AddressTaken),
            ("-8", Account, Kind::AddressRefused),
            ("-9", Account, Kind::PasswordCharacters),
            ("-10", Account, Kind::MigrationRunning),
            ("-12", Account, Kind::LicenceSeats),
            ("something_new", Account, Kind::AccountRefused),
            ("something_new", Server, Kind::ServerError),
        ] {
            // Even where a secret is part of it.
            let secrets = [SecretString::from("a")];
            let found = Refusal::new(uid.to_owned(), &secrets).trouble(doing, "command", "x");
            assert_eq!(found.kind, expected, "{uid}");
            let words = format!("command: {uid}");
            assert!(found.detail == words || uid == "something_new", "{found}");
        }
    }

    #[test]
    fn no_refused_login_is_tried_again_by_itself() {
        for uid in [
            "auth_login_invalid",
            "auth_two_factor_required",
            "-11",
            "unheard_of",
        ] {
            let refusal = Refusal::new(uid.to_owned(), &[]);
            let found = refusal.trouble(Doing::Login, "authenticate", "x");
            assert_eq!(found.remedy, Remedy::Ask, "{uid}");
        }
    }

    #[test]
    fn what_is_compared_is_what_came_and_what_is_told_is_not() {
        let secrets = [SecretString::from("geheim")];
        let refusal = Refusal::new(String::from("no: geheim"), &secrets);
        assert_eq!(refusal.uid(), "no: geheim");
        let told = format!("{refusal:?} {}", refusal.trouble(Doing::Account, "x", "y"));
        assert!(!told.contains("geheim"), "{told}");
    }
}
