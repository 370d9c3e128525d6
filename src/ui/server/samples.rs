//! Answers made up for tests and pictures.

use std::time::Duration;

use jiff::Timestamp;

use super::web;
use crate::account::{Address, Fingerprint, Security, Side};
use crate::imap::quirk::Software;
use crate::probe::{
    Alternative, Answer, Answers, Certificate, Failure, Features, Place, Reached, Reason, Server,
    TlsFacts, Trial, Verdict,
};
use crate::provision::{Fact, Finding, Former, Setting, Weight};
use crate::trouble::{Kind, Trouble};

pub(in crate::ui) type Done = Result<Answer, Box<Failure>>;
pub(in crate::ui) type Web = web::Done;

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

/// What an IceWarp answers: well; with settings to put right; with one that blocks.
#[allow(clippy::unnecessary_wraps, reason = "as the other samples")]
pub(in crate::ui) fn icewarp(how: How) -> web::Done {
    let finding = |weight, fact| Finding { weight, fact };
    let setting = |weight, setting, value: &str, better: Option<&str>| {
        finding(
            weight,
            Fact::Setting {
                setting,
                value: value.into(),
                better: better.map(str::to_owned),
            },
        )
    };
    let mut findings = vec![
        finding(Weight::Good, Fact::Software("IceWarp Server 14.1.0".into())),
        finding(
            Weight::Good,
            Fact::Rights {
                admin: "admin@studiolevante.example".into(),
            },
        ),
        finding(
            Weight::Good,
            Fact::Seats {
                free: 60,
                wanted: 34,
            },
        ),
        finding(Weight::Good, Fact::Domain("studiolevante.example".into())),
        finding(Weight::Note, Fact::Present { accounts: 6 }),
        finding(Weight::Good, Fact::Impersonates(true)),
        setting(Weight::Good, Setting::ImapActive, "1", None),
    ];
    if how != How::Good {
        findings.extend([
            finding(
                Weight::Note,
                Fact::DomainMissing {
                    domain: "studiolevante-consulenza.example".into(),
                    created: true,
                },
            ),
            setting(Weight::Warning, Setting::AppendRate, "60", Some("0")),
            setting(Weight::Warning, Setting::BlockAddress, "20", None),
            setting(Weight::Warning, Setting::ImapAntivirus, "1", Some("0")),
        ]);
    }
    if how == How::Blocked {
        findings.push(setting(
            Weight::Blocker,
            Setting::MigrationActive,
            "1",
            Some("0"),
        ));
    }
    let Ok(mut answer) = good(Side::Destination) else {
        unreachable!()
    };
    answer.server.name = String::from("IceWarp");
    answer.server.version = Some(String::from("14.1.0"));
    Ok(web::Answered {
        web: Reached {
            connect: Duration::from_millis(84),
            tls: answer.tls.clone(),
            certificate: answer.certificate.clone(),
        },
        findings,
        answer,
        impersonates: Some(true),
        pin: None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum How {
    Good,
    Warned,
    Blocked,
}

/// The web service shows a certificate of its own making.
pub(in crate::ui) fn web_self_signed() -> web::Done {
    match self_signed() {
        Err(failure) => Err(web::Stop::Web(failure)),
        Ok(_) => unreachable!(),
    }
}

pub(in crate::ui) fn admin_refused() -> web::Done {
    Err(web::Stop::Admin(Trouble::new(
        Kind::AdminRefused,
        "mail.studiolevante.example:443",
        "auth_login_invalid",
    )))
}

/// A setting that was changed.
pub(in crate::ui) fn former() -> Vec<Former> {
    vec![Former {
        setting: Setting::AppendRate,
        variable: "C_System_Services_IMAP_MaxAppendsPerMinute".into(),
        value: "60".into(),
    }]
}

/// A folder with so much room, and so many accounts in it.
pub(in crate::ui) fn folder(free: u64, accounts: u64) -> Place {
    Place {
        exists: true,
        free,
        case: Some(true),
        long: Some(true),
        accounts,
    }
}

pub(in crate::ui) fn no_folder() -> Trouble {
    Trouble::new(
        Kind::Storage,
        "/srv/archivi/Studio Levante",
        "Permission denied (os error 13)",
    )
}
