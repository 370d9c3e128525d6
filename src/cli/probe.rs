//! `probe`: one server, and one login if asked, before there is a migration.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::fail::{self, Failure};
use super::follow::Interrupts;
use super::{Exit, args, ask, json as events, out, value};
use crate::account::{Address, Endpoint, Security, Side};
use crate::i18n::Words;
use crate::imap::Login;
use crate::probe::{
    self, Alternative, Answer, Answers, Certificate, Order, Peer, Reason, Trial, Verdict,
};
use crate::t;

/// Tries out a server and says what it found.
pub(super) fn probe(matches: &ArgMatches) -> Result<Exit, Failure> {
    let order = order(matches)?;
    let url = order.endpoint.url.clone();
    let json = matches.get_flag(args::JSON);
    let found = super::runtime()?.block_on(async {
        let mut interrupts = Interrupts::listen();
        tokio::select! {
            found = probe::probe(order) => Some(found),
            () = interrupts.next() => None,
        }
    });
    match found {
        None => Ok(Exit::Interrupted),
        Some(Ok(answer)) => {
            if json {
                out::line(&answer_json(&url, &answer).to_string());
            } else {
                out::line(&out::ink(out::Ink::Bold, &url.to_string()));
                show(&answer_rows(&url, &answer));
            }
            Ok(Exit::Good)
        }
        Some(Err(failure)) => {
            if json {
                out::line(&failure_json(&url, &failure).to_string());
                return Ok(Exit::Stopped);
            }
            out::line(&out::ink(out::Ink::Bold, &url.to_string()));
            show(&failure_rows(&failure));
            for alternative in &failure.alternatives {
                out::line(&format!("  {}", alternative_words(alternative)));
            }
            Err(explained(&failure))
        }
    }
}

fn order(matches: &ArgMatches) -> Result<Order, Failure> {
    let typed = args::text(matches, args::URL).unwrap_or_default();
    let mut endpoint = Endpoint::new(value::place(typed.parse::<Address>()?));
    if let Some(pin) = args::text(matches, args::ACCEPT) {
        endpoint.certificate = Some(pin.parse()?);
    }
    if let Some(file) = args::text(matches, args::AUTHORITY) {
        endpoint.authority = Some(value::authority(file)?);
    }
    let login = match args::text(matches, args::LOGIN) {
        None => None,
        Some(user) => Some(Login {
            user: user.to_owned(),
            authorize: None,
            password: ask::probed(user, &endpoint)?,
        }),
    };
    let order = Order::new(endpoint, Side::Origin);
    Ok(match login {
        Some(login) => order.with(login),
        None => order,
    })
}

fn explained(failure: &probe::Failure) -> Failure {
    let key = failure.trouble.kind.key();
    let (what, mut remedy) = fail::words_of(&key);
    let hint = match &failure.certificate {
        _ if fail::is_of_the_address(&key) => Some(t!("cli-hint-security")),
        Some(shown) if failure.trouble.kind.is_certificate() => Some(t!(
            "cli-hint-probe-accept",
            pin = shown.fingerprint.to_string()
        )),
        _ => None,
    };
    if let Some(hint) = hint {
        remedy = format!("{remedy}\n{hint}");
    }
    let told = Failure::stopped(what).remedy(remedy);
    failure.technical.iter().fold(told, Failure::detail)
}

type Rows = Vec<(String, String)>;

/// Labels in one column, facts in the other.
fn show(rows: &Rows) {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max();
    for (label, fact) in rows {
        let label = out::pad(label, width.unwrap_or(0) + 2);
        out::line(&format!("  {label}{}", out::tame(fact)));
    }
}

fn answer_rows(url: &Address, answer: &Answer) -> Rows {
    let time = match answer.connect.as_millis() {
        0 => String::from("<1"),
        time => time.to_string(),
    };
    let mut connected = t!("cli-probe-connected", time = time);
    if let Some(address) = answer.address {
        connected = format!("{connected}, {address}");
    }
    let encryption = match &answer.tls {
        Some(tls) => [
            Some(tls.version),
            Some(&tls.cipher),
            tls.exchange.as_deref(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · "),
        None => t!("cli-probe-clear"),
    };
    let mut rows = vec![
        (t!("cli-probe-connection"), connected),
        (t!("cli-probe-software"), answer.server.to_string()),
    ];
    // What does not leave this computer needs none.
    if url.security != Security::Local {
        rows.push((t!("cli-probe-encryption"), encryption));
    }
    rows.extend(answer.certificate.iter().flat_map(certificate_rows));
    if let Some(separator) = answer.separator {
        rows.push((t!("cli-probe-separator"), separator.to_string()));
    }
    let mut features = answer.capabilities.useful.clone();
    let others = answer.capabilities.others.len();
    if others > 0 {
        let number = Words::current().number(others as u64);
        features.push(t!("cli-probe-more", count = others, number = number));
    }
    rows.push((t!("cli-probe-capabilities"), features.join(" ")));
    if let Some(trial) = &answer.login {
        rows.push((t!("cli-probe-login"), trial_words(trial)));
    }
    rows
}

fn trial_words(trial: &Trial) -> String {
    let words = Words::current();
    let mut parts = vec![words.folders(trial.folders)];
    parts.push(match trial.messages {
        Some(messages) => words.messages(messages),
        None => t!("cli-probe-uncounted"),
    });
    parts.extend(trial.octets.map(|octets| words.size(octets)));
    parts.extend(trial.quota.map(|(used, most)| {
        t!(
            "cli-check-quota",
            used = words.size(used),
            most = words.size(most)
        )
    }));
    parts.extend(
        trial
            .append_limit
            .map(|most| t!("cli-check-append-limit", size = words.size(most))),
    );
    format!("{}: {}", trial.user, parts.join(", "))
}

fn certificate_rows(shown: &Certificate) -> Rows {
    let words = Words::current();
    let mut verdict = match &shown.verdict {
        Verdict::Trusted => t!("cli-probe-trusted"),
        Verdict::Pinned => t!("cli-probe-pinned"),
        Verdict::ByAuthority => t!("cli-probe-by-authority"),
        Verdict::Refused(_) => t!("cli-probe-refused"),
    };
    if shown.self_signed {
        verdict = format!("{verdict} · {}", t!("cli-probe-self-signed"));
    }
    let day = |moment: jiff::Timestamp| {
        words.date_time(&moment.to_zoned_datetime(jiff::tz::TimeZone::system()))
    };
    let mut rows = vec![(t!("cli-probe-certificate"), verdict)];
    if !shown.subjects().is_empty() {
        rows.push((t!("cli-probe-names"), shown.subjects().join(", ")));
    }
    if let Some(issuer) = &shown.issuer {
        let organization = shown.issuer_organization.as_ref();
        let issuer = match organization.filter(|organization| *organization != issuer) {
            Some(organization) => format!("{issuer} ({organization})"),
            None => issuer.clone(),
        };
        rows.push((t!("cli-probe-issuer"), issuer));
    }
    let validity = t!(
        "cli-probe-valid",
        from = day(shown.not_before),
        until = day(shown.not_after)
    );
    rows.push((t!("cli-probe-validity"), validity));
    rows.push((t!("cli-probe-fingerprint"), shown.fingerprint.to_string()));
    rows
}

fn failure_rows(failure: &probe::Failure) -> Rows {
    let mut rows = Rows::new();
    rows.extend(failure.certificate.iter().flat_map(certificate_rows));
    if let Some(peer) = failure.peer {
        let who = match peer {
            Peer::Imap => t!("cli-probe-peer-imap"),
            Peer::Pop3 => t!("cli-probe-peer-pop3"),
            Peer::Smtp => t!("cli-probe-peer-smtp"),
            Peer::Http => t!("cli-probe-peer-http"),
            Peer::Tls => t!("cli-probe-peer-tls"),
            Peer::Other => t!("cli-probe-peer-other"),
        };
        rows.push((t!("cli-probe-peer"), who));
    }
    rows
}

fn alternative_words(alternative: &Alternative) -> String {
    let url = alternative.address.to_string();
    match alternative.answers {
        Answers::Imap => t!("cli-probe-alternative", url = url),
        Answers::Untrusted => t!("cli-probe-alternative-untrusted", url = url),
    }
}

fn answer_json(url: &Address, answer: &Answer) -> Value {
    json!({
        "event": "probed",
        "url": url.to_string(),
        "address": answer.address,
        "connect": answer.connect.as_secs_f64(),
        "tls": answer.tls.as_ref().map(|tls| json!({
            "version": tls.version,
            "cipher": tls.cipher,
            "exchange": tls.exchange,
        })),
        "certificate": answer.certificate.as_ref().map(certificate_json),
        "software": answer.server.name,
        "version": answer.server.version,
        "useful": answer.capabilities.useful,
        "others": answer.capabilities.others,
        "separator": answer.separator,
        "round_trip": answer.round_trip.as_secs_f64(),
        "login": answer.login.as_ref().map(|trial| json!({
            "user": trial.user,
            "folders": trial.folders,
            "messages": trial.messages,
            "octets": trial.octets,
            "quota": trial.quota.map(|(used, most)| json!({ "used": used, "most": most })),
            "append_limit": trial.append_limit,
        })),
    })
}

fn failure_json(url: &Address, failure: &probe::Failure) -> Value {
    let alternatives: Vec<_> = failure
        .alternatives
        .iter()
        .map(|alternative| {
            json!({
                "url": alternative.address.to_string(),
                "trusted": alternative.answers == Answers::Imap,
            })
        })
        .collect();
    json!({
        "event": "probe_failed",
        "url": url.to_string(),
        "trouble": events::trouble(&failure.trouble),
        "peer": failure.peer.map(|peer| match peer {
            Peer::Imap => "imap",
            Peer::Pop3 => "pop3",
            Peer::Smtp => "smtp",
            Peer::Http => "http",
            Peer::Tls => "tls",
            Peer::Other => "other",
        }),
        "certificate": failure.certificate.as_ref().map(certificate_json),
        "address": failure.address,
        "elapsed": failure.elapsed.as_secs_f64(),
        "alternatives": alternatives,
        "technical": failure.technical,
    })
}

fn certificate_json(shown: &Certificate) -> Value {
    let (verdict, reason) = match &shown.verdict {
        Verdict::Trusted => ("trusted", None),
        Verdict::Pinned => ("pinned", None),
        Verdict::ByAuthority => ("by-authority", None),
        Verdict::Refused(reason) => (
            "refused",
            Some(match reason {
                Reason::SelfSigned => "self-signed",
                Reason::UnknownIssuer => "unknown-issuer",
                Reason::WrongName { .. } => "wrong-name",
                Reason::Expired { .. } => "expired",
                Reason::NotYetValid { .. } => "not-yet-valid",
                Reason::Revoked => "revoked",
                Reason::Changed { .. } => "changed",
                Reason::Other(_) => "other",
            }),
        ),
    };
    json!({
        "verdict": verdict,
        "reason": reason,
        "names": shown.names,
        "common_name": shown.common_name,
        "issuer": shown.issuer,
        "issuer_organization": shown.issuer_organization,
        "not_before": shown.not_before.to_string(),
        "not_after": shown.not_after.to_string(),
        "fingerprint": shown.fingerprint.to_string(),
        "self_signed": shown.self_signed,
    })
}
