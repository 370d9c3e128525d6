//! Asks the DNS about the domains that move, all at the same time.
//!
//! Promises: it ends within a few seconds, whoever answers; at most a handful of domains is asked about. Deliberately
//! absent: what the answers mean (`dns`).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use futures::future::join_all;
use jiff::Timestamp;

use super::dns::{Answers, End, Ends, Facts};
use crate::discovery::dns::{Error, Resolver};
use crate::ui::draft::Kind;
use crate::ui::session::Session;

/// Domains asked about; the others are only counted.
const MOST: usize = 5;
/// Hosts of one answer whose addresses are asked for.
const HOSTS: usize = 6;
/// Selectors keys are usually found below.
const SELECTORS: [&str; 12] = [
    "default",
    "mail",
    "dkim",
    "selector1",
    "selector2",
    "google",
    "s1",
    "s2",
    "k1",
    "k2",
    "key1",
    "x",
];

/// Why nobody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// The sample servers have no domain.
    Demo,
    /// The destination is known by a number or inside a network only.
    Local,
    /// There is no address among the accounts.
    NoDomain,
    /// Not even the name servers of this computer are known.
    NoResolver,
}

/// What is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub domains: Vec<String>,
    /// Domains that are left out.
    pub others: usize,
    origin: String,
    destination: String,
}

/// What was learned, and when.
#[derive(Debug, Clone)]
pub struct Looked {
    pub at: Timestamp,
    pub facts: Vec<Facts>,
    pub others: usize,
}

impl Question {
    /// The question for a migration, or why there is none.
    pub fn of(session: &Session) -> Result<Self, Skip> {
        if session.demo.is_some() {
            return Err(Skip::Demo);
        }
        let destination = &session.draft.destination;
        let archive = destination.kind == Kind::Archive;
        let destination = destination.host.trim().to_lowercase();
        if archive || is_local(&destination) {
            return Err(Skip::Local);
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let rules = session.draft.rules();
        for entry in session.draft.entries.iter().filter(|entry| entry.selected) {
            let texts = [&entry.address, entry.destination(rules), &entry.login];
            if let Some(domain) = texts.into_iter().find_map(domain) {
                *counts.entry(domain).or_default() += 1;
            }
        }
        let mut domains: Vec<(String, usize)> = counts.into_iter().collect();
        domains.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let others = domains.len().saturating_sub(MOST);
        let domains: Vec<String> = domains.into_iter().map(|one| one.0).take(MOST).collect();
        if domains.is_empty() {
            return Err(Skip::NoDomain);
        }
        Ok(Self {
            domains,
            others,
            origin: session.draft.origin.host.trim().to_lowercase(),
            destination,
        })
    }
}

/// The domain of an address.
fn domain(text: &str) -> Option<String> {
    let (_, domain) = text.trim().rsplit_once('@')?;
    domain.contains('.').then(|| domain.to_lowercase())
}

/// Whether a host has no name the world knows.
fn is_local(host: &str) -> bool {
    let ends = [".localhost", ".local", ".lan", ".internal", ".home.arpa"];
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
        || !host.contains('.')
        || ends.iter().any(|end| host.ends_with(end))
}

/// Asks.
pub async fn look(resolver: Resolver, question: Question) -> Looked {
    let (origin, destination) = tokio::join!(
        addresses(&resolver, &question.origin),
        addresses(&resolver, &question.destination)
    );
    let ends = Ends {
        origin: End {
            host: question.origin.clone(),
            addresses: origin,
        },
        destination: End {
            host: question.destination.clone(),
            addresses: destination,
        },
    };
    let asked = question
        .domains
        .iter()
        .map(|domain| answers(&resolver, domain));
    let answers = join_all(asked).await;
    Looked {
        at: Timestamp::now(),
        facts: answers.iter().map(|one| Facts::of(one, &ends)).collect(),
        others: question.others,
    }
}

async fn addresses(resolver: &Resolver, host: &str) -> Vec<IpAddr> {
    let found = resolver.cname_or_address(host).await;
    found.map(|pointing| pointing.addresses).unwrap_or_default()
}

async fn answers(resolver: &Resolver, domain: &str) -> Answers {
    let named = |prefix: &str| format!("{prefix}.{domain}");
    let (discover, config) = (named("autodiscover"), named("autoconfig"));
    let (policy, keys) = (named("_dmarc"), named("_domainkey"));
    let (mx, discovered, configured, service, texts, dmarc, keys, dkim) = tokio::join!(
        resolver.mx(domain),
        resolver.cname_or_address(&discover),
        resolver.cname_or_address(&config),
        resolver.srv("_autodiscover._tcp", domain),
        resolver.txt(domain),
        resolver.txt(&policy),
        resolver.txt(&keys),
        join_all(SELECTORS.map(|selector| key(resolver, selector, domain))),
    );
    let exchanges = mx.iter().flatten().filter_map(|one| one.host.clone());
    let services = service.iter().flatten().filter_map(|one| one.host.clone());
    let hosts: BTreeSet<String> = exchanges.chain(services).take(HOSTS).collect();
    let asked = hosts.into_iter().map(|host| async move {
        let found = addresses(resolver, &host).await;
        (host, found)
    });
    Answers {
        domain: domain.to_owned(),
        hosts: join_all(asked).await.into_iter().collect(),
        mx,
        names: vec![(discover, discovered), (config, configured)],
        service,
        texts,
        dmarc,
        keys: keys.map(drop),
        dkim: dkim.into_iter().flatten().collect(),
    }
}

/// The key below a selector.
async fn key(resolver: &Resolver, selector: &str, domain: &str) -> Option<(String, String)> {
    let name = format!("{selector}._domainkey.{domain}");
    let found: Result<_, Error> = resolver.txt(&name).await;
    let mut texts = found.ok()?.into_iter().map(|txt| txt.text);
    // A wildcard answers for every name.
    let text = texts.find(|text| text.contains("p=") && !text.starts_with("v=spf1"))?;
    Some((selector.to_owned(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::completion::samples;

    #[test]
    fn an_address_has_a_domain_and_a_number_has_none() {
        assert_eq!(
            domain("Anna@Studio.Example ").as_deref(),
            Some("studio.example")
        );
        assert_eq!(domain("anna"), None);
        assert_eq!(domain("anna@localhost"), None);
        for host in ["127.0.0.1", "[::1]", "localhost", "server", "posta.lan", ""] {
            assert!(is_local(host), "{host}");
        }
        assert!(!is_local("mail.studio.example"));
    }

    #[test]
    fn the_largest_domains_are_asked_about_and_the_others_counted() {
        let mut session = samples::session();
        let template = session.draft.entries[0].clone();
        let entry = |login: String| crate::users::Entry {
            login,
            address: String::new(),
            ..template.clone()
        };
        session.draft.entries = (0..8).map(|n| entry(format!("a@d{n}.example"))).collect();
        session.draft.entries.push(entry("b@d7.example".into()));
        let question = Question::of(&session).unwrap();
        assert_eq!((question.domains.len(), question.others), (5, 3));
        assert_eq!(question.domains[0], "d7.example");
        session.draft.entries.clear();
        assert_eq!(Question::of(&session), Err(Skip::NoDomain));
        session.draft.destination.host = "192.0.2.1".into();
        assert_eq!(Question::of(&session), Err(Skip::Local));
        session.draft.destination.host = "mail.example".into();
        session.draft.destination.kind = Kind::Archive;
        assert_eq!(Question::of(&session), Err(Skip::Local));
    }
}
