//! The lines for whoever runs the server or the firewall: what was done, and what came of it.
//!
//! Promises: always in English, short, in the words of the systems, as one would type them into a search; no secret.

use std::io;
use std::time::Duration;

use super::Order;
use crate::account::Security;
use crate::imap::Error;
use crate::net::certificate::Reason;
use crate::net::{self, Seen};

/// `connect 203.0.113.24:993` and `ECONNREFUSED (111) · 38 ms`.
pub(super) fn lines(
    order: &Order,
    seen: &Seen,
    error: &Error,
    elapsed: Option<Duration>,
) -> Vec<String> {
    let outcome = match elapsed {
        Some(elapsed) => format!("{} · {} ms", outcome(error), elapsed.as_millis()),
        None => outcome(error),
    };
    vec![step(order, seen, error), outcome]
}

/// What was being done.
fn step(order: &Order, seen: &Seen, error: &Error) -> String {
    let url = &order.endpoint.url;
    let place = match seen.address {
        Some(address) => address.to_string(),
        None => order.endpoint.label(),
    };
    match error {
        Error::Connect(net::Error::Name(_)) => format!("lookup {}", url.host),
        Error::Connect(net::Error::Authority(_)) => String::from("certificate authorities"),
        Error::Connect(
            net::Error::Certificate { .. }
            | net::Error::Tls(_)
            | net::Error::TlsTooOld(_)
            | net::Error::NotTls,
        ) => format!("tls {place} ({})", url.host),
        Error::LoginRefused(_) | Error::NoLoginMethod(_) => match &order.login {
            Some(login) => format!("login {} ({place})", login.user),
            None => format!("login ({place})"),
        },
        _ if seen.tcp.is_none() => format!("connect {place}"),
        _ if url.security == Security::Tls && seen.agreed.is_none() => {
            format!("tls {place} ({})", url.host)
        }
        _ => format!("imap {place}"),
    }
}

/// What came of it.
fn outcome(error: &Error) -> String {
    match error {
        Error::Connect(
            net::Error::Name(error)
            | net::Error::Refused(error)
            | net::Error::Unreachable(error)
            | net::Error::Io(error),
        )
        | Error::Io(error) => system(error),
        Error::Connect(net::Error::Certificate { reason, words, .. }) => refusal(reason, words),
        Error::LoginRefused(words) => format!("NO {words}"),
        Error::NotImap(line) => line.clone(),
        other => other.to_string(),
    }
}

/// Why a certificate was refused; the verifier's own words where there is no better reason.
fn refusal(reason: &Reason, words: &str) -> String {
    match reason {
        Reason::SelfSigned => String::from("self-signed certificate"),
        Reason::UnknownIssuer => String::from("certificate of an unknown issuer"),
        Reason::WrongName { wanted, has } => {
            format!("certificate for {}, not {wanted}", has.join(" "))
        }
        Reason::Expired { since } => format!("certificate expired {since}"),
        Reason::NotYetValid { from } => format!("certificate not valid before {from}"),
        Reason::Revoked => String::from("certificate revoked"),
        Reason::Changed { accepted } => format!("not the accepted certificate {accepted}"),
        Reason::Other(_) => words.to_owned(),
    }
}

/// A failure of the system by its name and number, where it has them.
fn system(error: &io::Error) -> String {
    let name = match error.kind() {
        io::ErrorKind::ConnectionRefused => "ECONNREFUSED",
        io::ErrorKind::ConnectionReset => "ECONNRESET",
        io::ErrorKind::ConnectionAborted => "ECONNABORTED",
        io::ErrorKind::TimedOut => "ETIMEDOUT",
        io::ErrorKind::HostUnreachable => "EHOSTUNREACH",
        io::ErrorKind::NetworkUnreachable => "ENETUNREACH",
        io::ErrorKind::NetworkDown => "ENETDOWN",
        _ => return error.to_string(),
    };
    let family = if cfg!(windows) { "WSA" } else { "" };
    match error.raw_os_error() {
        Some(number) => format!("{family}{name} ({number})"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Endpoint, Side};
    use std::sync::Arc;

    #[test]
    fn a_failure_is_told_as_the_system_does() {
        let order = Order::new(
            Endpoint::new("imaps://posta.example".parse().unwrap()),
            Side::Origin,
        );
        let seen = Seen {
            address: Some("203.0.113.24:993".parse().unwrap()),
            ..Seen::default()
        };
        let refused = Error::Connect(net::Error::Refused(Arc::new(
            io::ErrorKind::ConnectionRefused.into(),
        )));
        let time = Some(Duration::from_millis(38));
        assert_eq!(
            lines(&order, &seen, &refused, time),
            ["connect 203.0.113.24:993", "ECONNREFUSED · 38 ms"]
        );
        let expired = Error::Connect(net::Error::Certificate {
            reason: Reason::Expired {
                since: jiff::Timestamp::UNIX_EPOCH,
            },
            words: "ExpiredContext { … }".into(),
            seen: None,
        });
        assert_eq!(
            lines(&order, &seen, &expired, time),
            [
                "tls 203.0.113.24:993 (posta.example)",
                "certificate expired 1970-01-01T00:00:00Z · 38 ms"
            ]
        );
        let nowhere = Error::Connect(net::Error::Name(Arc::new(io::Error::other("no such host"))));
        assert_eq!(
            lines(&order, &Seen::default(), &nowhere, time),
            ["lookup posta.example", "no such host · 38 ms"]
        );
    }
}
