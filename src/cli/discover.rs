//! `discover`: the mail servers of an address. Says no password to anybody, and writes nothing.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::fail::{self, Failure};
use super::{Exit, args, out};
use crate::account::Security;
use crate::discovery::{self, Candidate, Error, Found, LoginForm, Source, Stage, Step, World};
use crate::i18n::{self, Language};
use crate::t;
use crate::trouble::Kind;

/// Asks and shows.
pub(super) fn discover(matches: &ArgMatches) -> Result<Exit, Failure> {
    let address = args::text(matches, args::ADDRESS).unwrap_or_default();
    let json = matches.get_flag(args::JSON);
    let runtime = super::runtime()?;
    let found = runtime.block_on(async {
        let world = World::system()?;
        let mut trying = false;
        let tell = |stage| {
            if stage == Stage::Asking(Step::Probe) && !trying && !json {
                trying = true;
                out::note(&t!("cli-discover-trying"));
            }
        };
        discovery::discover(address, &world, tell).await
    });
    // The system's own name look-up cannot be interrupted, and nobody waits for it any more.
    runtime.shutdown_background();
    let found = found.map_err(|error| failure(error, address))?;
    if json {
        out::line(&json_of(&found).to_string());
    } else {
        show(&found);
    }
    Ok(match found.candidates.as_slice() {
        [] => Exit::Exceptions,
        _ => Exit::Good,
    })
}

fn failure(error: Error, address: &str) -> Failure {
    match error {
        Error::NotAnAddress => Failure::usage(t!(
            "cli-discover-not-an-address",
            text = fail::masked(&out::tame(address))
        ))
        .remedy(t!("cli-discover-not-an-address-remedy")),
        Error::NoSuchDomain(domain) => {
            Failure::stopped(t!("cli-discover-no-domain", domain = domain))
                .remedy(t!("cli-discover-no-domain-remedy"))
                .exit(Exit::Exceptions)
        }
        Error::Dns(error) => Failure::stopped(t!("cli-discover-no-dns"))
            .remedy(t!("cli-discover-no-dns-remedy"))
            .detail(error.to_string()),
        Error::NameServers(text) => Failure::usage(t!(
            "cli-discover-name-servers",
            text = text,
            variable = discovery::NAME_SERVERS
        ))
        .remedy(t!("cli-discover-name-servers-remedy")),
        Error::Web(error) => Failure::of(Kind::Tls).detail(error.to_string()),
    }
}

fn show(found: &Found) {
    if let Some(provider) = found.provider {
        let line = t!("cli-discover-provider", name = provider.name.as_str());
        out::line(&out::ink(out::Ink::Bold, &line));
        let note = match i18n::current() {
            Language::It => &provider.note_it,
            Language::En => &provider.note_en,
        };
        if let Some(note) = note {
            out::line(&format!("  {note}"));
        }
        out::line("");
    }
    for candidate in &found.candidates {
        let clear = candidate.address.security == Security::Clear;
        let ink = if clear {
            out::Ink::Yellow
        } else {
            out::Ink::Bold
        };
        out::line(&out::ink(ink, &candidate.url()));
        for line in details(candidate) {
            out::line(&format!("  {line}"));
        }
    }
    if !found.absent.is_empty() {
        let services = found.absent.join(", ");
        out::line(&t!("cli-discover-absent", services = services));
    }
    match found.candidates.first() {
        None => {
            let domain = found.domain.as_str();
            out::line(&t!("cli-discover-nothing", domain = domain));
            out::line(&format!("  {}", t!("cli-discover-nothing-remedy")));
        }
        Some(best) if best.protocol == discovery::Protocol::Imap => {
            let url = best.url();
            out::line("");
            out::line(&t!(
                "cli-discover-next",
                dir = t!("cli-name-dir"),
                url = url
            ));
        }
        Some(_) => {}
    }
}

/// What is to be known of a server, a line for each thing.
fn details(candidate: &Candidate) -> Vec<String> {
    let source = match &candidate.source {
        Source::Provider => t!("cli-discover-source-provider"),
        Source::Srv { record } => t!("cli-discover-source-srv", record = record.as_str()),
        Source::Autoconfig { url, .. } if url.starts_with("http://") => {
            t!("cli-discover-source-page-plain", page = url.as_str())
        }
        Source::Autoconfig { url, mx: None } => {
            t!("cli-discover-source-page", page = url.as_str())
        }
        Source::Autoconfig { url, mx: Some(mx) } => t!(
            "cli-discover-source-page-mx",
            page = url.as_str(),
            host = mx.as_str()
        ),
        Source::Mx { host } => t!("cli-discover-source-mx", host = host.as_str()),
        Source::Probe { trusted: true } => t!("cli-discover-source-probe"),
        Source::Probe { trusted: false } => t!("cli-discover-source-probe-untrusted"),
    };
    let mut lines = vec![source];
    match candidate.login {
        LoginForm::Address => lines.push(t!("cli-discover-login-address")),
        LoginForm::Localpart => lines.push(t!("cli-discover-login-localpart")),
        LoginForm::Unknown => {}
    }
    if candidate.oauth {
        lines.push(t!("cli-discover-oauth"));
    }
    if candidate.address.security == Security::Clear {
        lines.push(t!("cli-discover-clear"));
    }
    lines
}

fn json_of(found: &Found) -> Value {
    let candidates: Vec<_> = found.candidates.iter().map(candidate).collect();
    json!({
        "domain": found.domain,
        "provider": found.provider.map(|provider| &provider.id),
        "absent": found.absent,
        "candidates": candidates,
    })
}

fn candidate(candidate: &Candidate) -> Value {
    let security = match candidate.address.security {
        Security::Tls => "tls",
        Security::StartTls => "starttls",
        Security::Clear => "clear",
        Security::Local => "local",
    };
    let source = match &candidate.source {
        Source::Provider => json!({ "kind": "provider" }),
        Source::Srv { record } => json!({ "kind": "srv", "record": record }),
        Source::Autoconfig { url, mx } => json!({ "kind": "autoconfig", "page": url, "mx": mx }),
        Source::Mx { host } => json!({ "kind": "mx", "host": host }),
        Source::Probe { trusted } => json!({ "kind": "probe", "trusted": trusted }),
    };
    json!({
        "url": candidate.url(),
        "protocol": candidate.protocol,
        "host": candidate.address.host,
        "port": candidate.address.port,
        "security": security,
        "login": candidate.login,
        "oauth": candidate.oauth,
        "provider": candidate.provider.map(|provider| &provider.id),
        "source": source,
    })
}
