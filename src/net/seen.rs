//! What a connection showed of itself: where it went, how long it took, what TLS was agreed on.
//!
//! Promises: facts of the last connection of a connector, there also where it failed. Of several connections at
//! once it is one or the other. Deliberately absent: judging (`verify`).

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::{CipherSuite, ClientConnection, NamedGroup, ProtocolVersion};

use super::certificate::{Certificate, Verdict};

/// What the last connection showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The address reached, or tried last.
    pub address: Option<SocketAddr>,
    /// Time from the name look-up to an open connection.
    pub tcp: Option<Duration>,
    /// Time of the TLS handshake.
    pub tls: Option<Duration>,
    /// What TLS was agreed on; `None` without TLS, or where there was no agreement.
    pub agreed: Option<TlsFacts>,
    /// The server's certificate, also where it was refused; `None` where it was not shown or cannot be read.
    pub certificate: Option<Certificate>,
}

/// What both sides agreed on in a TLS handshake, in the words people use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFacts {
    /// `TLS 1.3` or `TLS 1.2`.
    pub version: &'static str,
    /// The cipher, such as `AES-256-GCM`.
    pub cipher: String,
    /// The key exchange, such as `X25519`; `None` where a session was resumed without one.
    pub exchange: Option<String>,
}

impl TlsFacts {
    pub(super) fn of(connection: &ClientConnection) -> Option<Self> {
        let version = match connection.protocol_version()? {
            ProtocolVersion::TLSv1_3 => "TLS 1.3",
            _ => "TLS 1.2",
        };
        let suite = connection.negotiated_cipher_suite()?.suite();
        let group = connection
            .negotiated_key_exchange_group()
            .map(|group| exchange(group.name()));
        Some(Self {
            version,
            cipher: cipher(suite),
            exchange: group,
        })
    }
}

/// `TLS13_AES_256_GCM_SHA384` → `AES-256-GCM`.
fn cipher(suite: CipherSuite) -> String {
    let name = format!("{suite:?}");
    let name = name.rsplit("_WITH_").next().unwrap_or(&name);
    let name = name.strip_prefix("TLS13_").unwrap_or(name);
    let name = ["_SHA256", "_SHA384"]
        .iter()
        .find_map(|hash| name.strip_suffix(hash))
        .unwrap_or(name);
    name.replace('_', "-")
        .replace("CHACHA20-POLY", "ChaCha20-Poly")
}

fn exchange(group: NamedGroup) -> String {
    match group {
        NamedGroup::secp256r1 => String::from("P-256"),
        NamedGroup::secp384r1 => String::from("P-384"),
        NamedGroup::secp521r1 => String::from("P-521"),
        other => format!("{other:?}"),
    }
}

/// The last connection as it happens; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Draft>>);

/// `Seen`, with the certificate as it came.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) address: Option<SocketAddr>,
    pub(super) tcp: Option<Duration>,
    pub(super) tls: Option<Duration>,
    pub(super) agreed: Option<TlsFacts>,
    /// The end-entity certificate in DER form, and what was thought of it. A resumed session does not show it again.
    pub(super) shown: Option<(Vec<u8>, Verdict)>,
}

impl Memory {
    pub(super) fn with(&self, change: impl FnOnce(&mut Draft)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A new connection begins: only the certificate stays.
    pub(super) fn forget(&self) {
        self.with(|draft| {
            *draft = Draft {
                shown: draft.shown.take(),
                ..Draft::default()
            };
        });
    }

    pub(super) fn seen(&self) -> Seen {
        let draft = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Seen {
            address: draft.address,
            tcp: draft.tcp,
            tls: draft.tls,
            agreed: draft.agreed.clone(),
            certificate: draft
                .shown
                .as_ref()
                .and_then(|(der, verdict)| Certificate::read(der, verdict.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_have_the_names_people_use() {
        for (suite, shown) in [
            (CipherSuite::TLS13_AES_256_GCM_SHA384, "AES-256-GCM"),
            (
                CipherSuite::TLS13_CHACHA20_POLY1305_SHA256,
                "ChaCha20-Poly1305",
            ),
            (
                CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                "AES-128-GCM",
            ),
        ] {
            assert_eq!(cipher(suite), shown);
        }
        assert_eq!(exchange(NamedGroup::X25519), "X25519");
        assert_eq!(exchange(NamedGroup::secp256r1), "P-256");
    }
}
