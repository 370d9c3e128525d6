//! Answers made up for tests and pictures.

use std::time::Duration;

use jiff::Timestamp;

use crate::account::{Address, Fingerprint, Security, Side};
use crate::imap::quirk::Software;
use crate::probe::{
    Alternative, Answer, Answers, Certificate, Failure, Features, Reason, Server, TlsFacts, Trial,
    Verdict,
};
use crate::trouble::{Kind, Trouble};

pub(in crate::ui) type Done = Result<Answer, Box<Failure>>;

fn certificate(verdict: Verdict) -> Certificate {
    let mut octets = [0x5F; 32];
    for (index, octet) in octets.iter_mut().enumerate() {
        *octet = u8::try_from(index * 7 + 31).unwrap_or(9);
    }
    Certificate {
        names: vec![String::from("posta.vecchiohost.example")],
        common_name: None,
        issuer: Some(String::from("Esempio CA")),
        issuer_organization: None,
        not_before: Timestamp::UNIX_EPOCH,
        not_after: Timestamp::from_second(1_960_000_000).unwrap_or_default(),
        fingerprint: Fingerprint(octets),
        self_signed: matches!(verdict, Verdict::Refused(Reason::SelfSigned)),
        verdict,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as the other samples")]
pub(in crate::ui) fn good(side: Side) -> Done {
    let words = |list: &[&str]| list.iter().map(ToString::to_string).collect();
    Ok(Answer {
        address: None,
        connect: Duration::from_millis(84),
        tls: Some(TlsFacts {
            version: "TLS 1.3",
            cipher: String::from("AES-256-GCM"),
            exchange: Some(String::from("X25519")),
        }),
        certificate: Some(certificate(Verdict::Trusted)),
        server: Server {
            software: Software::Other,
            name: String::from("Dovecot"),
            version: Some(String::from("2.3.21")),
        },
        capabilities: Features {
            useful: words(&[
                "UIDPLUS",
                "SPECIAL-USE",
                "CONDSTORE",
                "QRESYNC",
                "MULTIAPPEND",
                "LITERAL+",
                "COMPRESS",
                "LIST-STATUS",
                "NAMESPACE",
                "QUOTA",
            ]),
            others: words(&["IDLE", "MOVE", "SORT", "THREAD"]),
        },
        separator: Some('/'),
        login: Some(Trial {
            user: String::from("g.bianchi@studiolevante.example"),
            folders: 14,
            messages: Some(24_310),
            octets: Some(6_800_000_000),
            quota: (side == Side::Destination).then_some((412_000_000, 50_000_000_000)),
            append_limit: (side == Side::Destination).then_some(52_428_800),
        }),
        round_trip: Duration::from_millis(12),
    })
}

fn failure(kind: Kind) -> Failure {
    Failure {
        trouble: Trouble::new(kind, "posta.vecchiohost.example:993", "connection refused"),
        peer: None,
        certificate: None,
        address: None,
        elapsed: Duration::from_millis(38),
        alternatives: Vec::new(),
        technical: vec![
            String::from("connect 203.0.113.24:993"),
            String::from("ECONNREFUSED (111) · 38 ms"),
        ],
    }
}

pub(in crate::ui) fn self_signed() -> Done {
    Err(Box::new(Failure {
        certificate: Some(certificate(Verdict::Refused(Reason::SelfSigned))),
        ..failure(Kind::Certificate)
    }))
}

pub(in crate::ui) fn refused() -> Done {
    Err(Box::new(Failure {
        alternatives: vec![Alternative {
            address: Address {
                host: String::from("posta.vecchiohost.example"),
                port: 143,
                security: Security::StartTls,
            },
            answers: Answers::Imap,
        }],
        ..failure(Kind::ConnectionRefused)
    }))
}
