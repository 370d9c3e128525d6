//! What servers say when they do not let anybody in, and what it means.

use super::super::trouble;
use super::*;
use crate::imap::Error;
use crate::net::{self, certificate::Reason};
use crate::trouble::Remedy;

fn at_login(error: &Error) -> (Kind, Remedy) {
    let found = trouble(error, Doing::Login, "x");
    (found.kind, found.remedy)
}

#[test]
fn what_a_login_is_refused_with_says_why() {
    for (said, kind) in [
        (
            "[AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            Kind::LoginRefused,
        ),
        ("LOGIN failed.", Kind::LoginRefused),
        (
            "[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=x",
            Kind::LoginRefused,
        ),
        (
            "Login fail. Account is abnormal, service is not open, password is incorrect, login frequency \
             limited, or system is busy.",
            Kind::LoginRefused,
        ),
        (
            "[ALERT] Application-specific password required: https://support.google.com/x (Failure)",
            Kind::ProviderGate,
        ),
        (
            "[WEBALERT https://accounts.google.com/x] Web login required.",
            Kind::ProviderGate,
        ),
        (
            "[AUTHENTICATIONFAILED] Application password is REQUIRED",
            Kind::ProviderGate,
        ),
        (
            "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page",
            Kind::ImapDisabled,
        ),
        (
            "[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator",
            Kind::ImapDisabled,
        ),
        (
            "[ALERT] You are yet to enable IMAP for your account. Please contact your administrator",
            Kind::ImapDisabled,
        ),
        (
            "LOGIN failed: LogonDenied-BasicAuthBlocked",
            Kind::OauthOnly,
        ),
        (
            "[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
            Kind::EncryptionRequired,
        ),
        (
            "[AUTHENTICATIONFAILED] Authentication failed - Too many login failures",
            Kind::LoginSuspended,
        ),
        ("Account is temporarily locked", Kind::LoginSuspended),
        ("LOGIN DENIED -- COUNTRY IS BLACKLISTED", Kind::Blocked),
        ("Your IP address is blocked", Kind::Blocked),
        (
            "[ALERT] Too many simultaneous connections. (Failure)",
            Kind::TooManyConnections,
        ),
        ("Server busy", Kind::ServerBusy),
    ] {
        let found = trouble(&Error::LoginRefused(said.into()), Doing::Login, "x");
        assert_eq!(found.kind, kind, "{said}");
        let again = matches!(kind, Kind::TooManyConnections | Kind::ServerBusy);
        assert_eq!(matches!(found.remedy, Remedy::Slower(_)), again, "{said}");
    }
}

#[test]
fn a_wrong_password_is_never_taken_for_a_busy_server() {
    for code in ["AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"] {
        let said = format!("[{code}] Server busy or wrong password, temporary failure");
        let found = trouble(&Error::LoginRefused(said), Doing::Login, "x");
        assert_eq!(
            (found.kind, found.remedy),
            (Kind::LoginRefused, Remedy::Ask)
        );
    }
}

#[test]
fn a_limit_at_login_is_of_connections_and_a_broken_part_makes_it_busy() {
    for (code, text, kind) in [
        ("LIMIT", "no", Kind::TooManyConnections),
        ("LIMIT", "LOGIN Rate limit hit", Kind::Throttled),
        (
            "UNAVAILABLE",
            "Temporary authentication failure.",
            Kind::ServerBusy,
        ),
        (
            "UNAVAILABLE",
            "Maximum number of connections from user+IP exceeded",
            Kind::TooManyConnections,
        ),
        ("INUSE", "no", Kind::ServerBusy),
    ] {
        let error = Error::Refused {
            code: Some(code.into()),
            text: text.into(),
            bad: false,
        };
        let (found, remedy) = at_login(&error);
        assert_eq!(found, kind, "{code} {text}");
        assert!(matches!(remedy, Remedy::Slower(_)), "{code} {text}");
    }
}

#[test]
fn a_good_bye_instead_of_a_greeting_says_why() {
    for (said, kind) in [
        (
            "Connection refused: too many connections from your IP",
            Kind::TooManyConnections,
        ),
        ("Your address is blocked", Kind::Blocked),
        ("[UNAVAILABLE] shutting down", Kind::ServerBusy),
        ("arrivederci", Kind::ConnectionLost),
    ] {
        assert_eq!(
            at_login(&Error::Closed(Some(said.into()))).0,
            kind,
            "{said}"
        );
    }
    let later = Error::Closed(Some("too many connections".into()));
    let found = trouble(&later, Doing::Fetch, "x");
    assert_eq!(
        (found.kind, found.remedy),
        (Kind::ConnectionLost, Remedy::Again)
    );
}

#[test]
fn without_a_login_method_the_offers_say_what_is_wanted() {
    for (offers, kind) in [
        ("IMAP4REV1 LOGINDISABLED STARTTLS", Kind::EncryptionRequired),
        ("AUTH=XOAUTH2 IMAP4REV1 LOGINDISABLED", Kind::OauthOnly),
        ("AUTH=OAUTHBEARER IMAP4REV1 LOGINDISABLED", Kind::OauthOnly),
        ("AUTH=GSSAPI IMAP4REV1 LOGINDISABLED", Kind::NoLoginMethod),
    ] {
        assert_eq!(
            at_login(&Error::NoLoginMethod(offers.into())).0,
            kind,
            "{offers}"
        );
    }
}

#[test]
fn each_way_a_connection_fails_has_its_kind() {
    let io = |kind: std::io::ErrorKind| std::sync::Arc::new(std::io::Error::from(kind));
    let refused = |reason: Reason| net::Error::Certificate {
        reason,
        words: String::new(),
        seen: None,
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let pin = crate::account::Fingerprint([0; 32]);
    for (error, kind, remedy) in [
        (
            net::Error::Unreachable(io(std::io::ErrorKind::HostUnreachable)),
            Kind::HostUnreachable,
            Remedy::Again,
        ),
        (
            net::Error::TlsTooOld("x".into()),
            Kind::TlsTooOld,
            Remedy::Stop,
        ),
        (net::Error::NotTls, Kind::ClearTextPort, Remedy::Stop),
        (net::Error::Tls("x".into()), Kind::Tls, Remedy::Stop),
        (
            net::Error::Authority("x".into()),
            Kind::AuthorityFile,
            Remedy::Stop,
        ),
        (
            refused(Reason::SelfSigned),
            Kind::CertificateSelfSigned,
            Remedy::Stop,
        ),
        (
            refused(Reason::UnknownIssuer),
            Kind::CertificateUnknownIssuer,
            Remedy::Stop,
        ),
        (
            refused(Reason::WrongName {
                wanted: "a".into(),
                has: Vec::new(),
            }),
            Kind::CertificateWrongName,
            Remedy::Stop,
        ),
        (
            refused(Reason::Expired { since: now }),
            Kind::CertificateExpired,
            Remedy::Stop,
        ),
        (
            refused(Reason::NotYetValid { from: now }),
            Kind::CertificateNotYetValid,
            Remedy::Stop,
        ),
        (
            refused(Reason::Revoked),
            Kind::CertificateRevoked,
            Remedy::Stop,
        ),
        (
            refused(Reason::Changed { accepted: pin }),
            Kind::CertificateChanged,
            Remedy::Stop,
        ),
        (
            refused(Reason::Other("x".into())),
            Kind::Certificate,
            Remedy::Stop,
        ),
    ] {
        assert_eq!(at_login(&Error::Connect(error)), (kind, remedy));
    }
    assert_eq!(
        at_login(&Error::NotImap("220 mail ESMTP".into())),
        (Kind::WrongProtocol, Remedy::Again)
    );
    let shut = " NO LOGOUT Intrusion prevention active for 192.0.2.7";
    assert_eq!(
        at_login(&Error::NotImap(shut.into())),
        (Kind::Blocked, Remedy::Ask)
    );
}
