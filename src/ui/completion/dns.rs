//! What the answers of the DNS mean for a domain that moves to a new server (pure).
//!
//! Promises: a name counts as leading to one end only where that follows from the answers: the same host, the same
//! address, a provider's own hosts, or a name of the same owner that is not the domain's own; what does not follow is
//! said to lead elsewhere. That nobody answered is told from that there is nothing. Deliberately absent: asking
//! (`look`), words, and proof: a key whose name nobody knows cannot be found.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use crate::discovery::dns::{Error, Mx, Pointing, Srv, Txt};
use crate::discovery::{Provider, providers};

/// What was answered about one domain.
#[derive(Debug, Clone)]
pub struct Answers {
    pub domain: String,
    pub mx: Result<Vec<Mx>, Error>,
    /// Addresses of the hosts named in other answers.
    pub hosts: BTreeMap<String, Vec<IpAddr>>,
    /// `autodiscover.` and `autoconfig.` before the domain, as far as they lead somewhere.
    pub names: Vec<(String, Result<Pointing, Error>)>,
    /// `_autodiscover._tcp`.
    pub service: Result<Vec<Srv>, Error>,
    /// The texts of the domain.
    pub texts: Result<Vec<Txt>, Error>,
    pub dmarc: Result<Vec<Txt>, Error>,
    /// Whether there is anything below `_domainkey`.
    pub keys: Result<(), Error>,
    /// The keys found below the usual selectors.
    pub dkim: Vec<(String, String)>,
}

/// Both ends, as the DNS knows them.
#[derive(Debug, Clone, Default)]
pub struct Ends {
    pub origin: End,
    pub destination: End,
}

/// A server and its addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    pub host: String,
    pub addresses: Vec<IpAddr>,
}

/// Where something leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leads {
    Destination,
    /// To neither, or it does not follow to which.
    Elsewhere,
    /// To both: some mail goes to the old server.
    Both,
    Origin,
}

/// The hosts that take the domain's mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exchange {
    To {
        leads: Leads,
        hosts: Vec<String>,
        ttl: Duration,
    },
    /// The domain says that it takes no mail.
    Refuses,
    None,
    NoDomain,
    Unknown,
}

/// Where programs of users look for their settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settings {
    /// What leads there, the first where there are several.
    To {
        leads: Leads,
        name: String,
        target: String,
    },
    None,
    Unknown,
}

/// Who may send for the domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spf {
    /// It names the destination.
    Names,
    /// There is one, in which the destination cannot be made out.
    Unnamed,
    /// More than one: receivers ignore them all (RFC 7208 4.5).
    Several,
    Missing,
    Unknown,
}

/// The key mail is signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dkim {
    /// Below these selectors.
    Found(Vec<String>),
    /// There are keys, or may be, and none below a usual selector.
    Unseen,
    /// There is none at all.
    Missing,
    Unknown,
}

/// What receivers are asked to do with mail that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dmarc {
    Policy(String),
    Missing,
    Unknown,
}

/// All of it, and the records to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub domain: String,
    pub exchange: Exchange,
    pub settings: Settings,
    pub spf: Spf,
    pub dkim: Dkim,
    pub dmarc: Dmarc,
    /// Name, kind and content of what was answered, by what it is about.
    pub exchange_records: Vec<Line>,
    pub settings_records: Vec<Line>,
    pub signature_records: Vec<Line>,
}

/// A record as it is shown.
pub type Line = (String, &'static str, String);

impl Facts {
    pub fn of(answers: &Answers, ends: &Ends) -> Self {
        let exchange = exchange(answers, ends);
        let mail_arrives =
            matches!(&exchange, Exchange::To { leads, .. } if *leads == Leads::Destination);
        let texts = answers.texts.as_deref().unwrap_or_default();
        let signatures = texts
            .iter()
            .filter(|txt| is_spf(&txt.text))
            .map(|txt| (answers.domain.clone(), "TXT", txt.text.clone()));
        let keys = answers.dkim.iter().map(|(selector, text)| {
            let name = format!("{selector}._domainkey.{}", answers.domain);
            (name, "TXT", text.clone())
        });
        let policies = answers.dmarc.as_deref().unwrap_or_default().iter();
        let policies = policies.map(|txt| {
            let name = format!("_dmarc.{}", answers.domain);
            (name, "TXT", txt.text.clone())
        });
        Self {
            domain: answers.domain.clone(),
            settings: settings(answers, ends),
            spf: spf(answers, ends, mail_arrives),
            dkim: dkim(answers),
            dmarc: dmarc(answers),
            exchange_records: exchange_records(answers),
            settings_records: settings_records(answers),
            signature_records: signatures.chain(keys).chain(policies).collect(),
            exchange,
        }
    }

    /// Whether nobody answered anything.
    pub fn is_silent(&self) -> bool {
        self.exchange == Exchange::Unknown
            && self.settings == Settings::Unknown
            && self.spf == Spf::Unknown
    }
}

fn exchange(answers: &Answers, ends: &Ends) -> Exchange {
    let records = match &answers.mx {
        Ok(records) => records,
        Err(Error::NoRecord) => return Exchange::None,
        Err(Error::NoSuchDomain | Error::NotAName) => return Exchange::NoDomain,
        Err(Error::Unreachable(_) | Error::Timeout) => return Exchange::Unknown,
    };
    let hosts: Vec<String> = records.iter().filter_map(|mx| mx.host.clone()).collect();
    let ttl = records.iter().map(|mx| mx.ttl).min().unwrap_or_default();
    let leads = hosts
        .iter()
        .map(|host| ends.leads(host, answers.addresses(host), &answers.domain));
    match all(leads) {
        None => Exchange::Refuses,
        Some(leads) => Exchange::To { leads, hosts, ttl },
    }
}

/// Where several lead together; nothing where there are none.
fn all(leads: impl Iterator<Item = Leads>) -> Option<Leads> {
    leads.reduce(|one, other| match (one, other) {
        (one, other) if one == other => one,
        (Leads::Origin | Leads::Both, _) | (_, Leads::Origin | Leads::Both) => Leads::Both,
        _ => Leads::Elsewhere,
    })
}

fn settings(answers: &Answers, ends: &Ends) -> Settings {
    let mut found: Vec<(Leads, String, String)> = Vec::new();
    for (name, pointing) in &answers.names {
        let Ok(pointing) = pointing else { continue };
        let target = pointing.aliases.last().unwrap_or(name);
        let leads = ends.leads(target, &pointing.addresses, &answers.domain);
        found.push((leads, name.clone(), target.clone()));
    }
    if let Ok(services) = &answers.service {
        for host in services.iter().filter_map(|service| service.host.as_ref()) {
            let leads = ends.leads(host, answers.addresses(host), &answers.domain);
            let name = format!("_autodiscover._tcp.{}", answers.domain);
            found.push((leads, name, host.clone()));
        }
    }
    // The gravest is what is to be told.
    let gravest = found.into_iter().max_by_key(|(leads, ..)| *leads);
    if let Some((leads, name, target)) = gravest {
        return Settings::To {
            leads,
            name,
            target,
        };
    }
    let is_said = |error: &Error| matches!(error, Error::NoRecord | Error::NoSuchDomain);
    let mut errors = answers.names.iter().map(|(_, one)| one.as_ref().err());
    if errors.any(|error| error.is_some_and(is_said)) || answers.service.is_ok() {
        Settings::None
    } else {
        Settings::Unknown
    }
}

fn is_spf(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case("v=spf1")
}

fn spf(answers: &Answers, ends: &Ends, mail_arrives: bool) -> Spf {
    let texts = match &answers.texts {
        Ok(texts) => texts,
        Err(Error::NoRecord | Error::NoSuchDomain | Error::NotAName) => return Spf::Missing,
        Err(Error::Unreachable(_) | Error::Timeout) => return Spf::Unknown,
    };
    let mut records = texts.iter().filter(|txt| is_spf(&txt.text));
    let Some(record) = records.next() else {
        return Spf::Missing;
    };
    if records.next().is_some() {
        return Spf::Several;
    }
    let names = record.text.split_whitespace().skip(1).any(|term| {
        // What is denied is not named.
        if term.starts_with('-') {
            return false;
        }
        let term = term.trim_start_matches(['+', '~', '?']).to_lowercase();
        let (kind, value) = match term.split_once([':', '=']) {
            Some((kind, value)) => (kind, value),
            None => (term.split('/').next().unwrap_or_default(), ""),
        };
        match kind {
            "mx" => value.is_empty() && mail_arrives,
            "a" | "include" | "redirect" if !value.is_empty() => {
                let host = value.split('/').next().unwrap_or(value);
                ends.leads(host, &[], &answers.domain) == Leads::Destination
            }
            "ip4" | "ip6" => {
                let mut own = ends.destination.addresses.iter();
                own.any(|address| holds(value, *address))
            }
            _ => false,
        }
    });
    if names { Spf::Names } else { Spf::Unnamed }
}

/// Whether an address lies in a range like `192.0.2.0/24`.
fn holds(range: &str, address: IpAddr) -> bool {
    let (first, length) = match range.split_once('/') {
        Some((first, length)) => (first, length.parse::<u32>().ok()),
        None => (range, Some(128)),
    };
    let (Ok(first), Some(length)) = (first.parse::<IpAddr>(), length) else {
        return false;
    };
    match (first, address) {
        (IpAddr::V4(first), IpAddr::V4(address)) => {
            let rest = 32 - length.min(32);
            let cut = |address: std::net::Ipv4Addr| u64::from(address.to_bits()) >> rest;
            cut(first) == cut(address)
        }
        (IpAddr::V6(first), IpAddr::V6(address)) => {
            let rest = 128 - length.min(128);
            let cut = |address: std::net::Ipv6Addr| address.to_bits().checked_shr(rest);
            cut(first) == cut(address)
        }
        _ => false,
    }
}

fn dkim(answers: &Answers) -> Dkim {
    if !answers.dkim.is_empty() {
        let selectors = answers.dkim.iter().map(|(selector, _)| selector.clone());
        return Dkim::Found(selectors.collect());
    }
    match &answers.keys {
        // That the name does not exist means that nothing below it does (RFC 8020).
        Err(Error::NoSuchDomain | Error::NotAName) => Dkim::Missing,
        Ok(()) | Err(Error::NoRecord) => Dkim::Unseen,
        Err(Error::Unreachable(_) | Error::Timeout) => Dkim::Unknown,
    }
}

fn dmarc(answers: &Answers) -> Dmarc {
    let texts = match &answers.dmarc {
        Ok(texts) => texts,
        Err(Error::NoRecord | Error::NoSuchDomain | Error::NotAName) => return Dmarc::Missing,
        Err(Error::Unreachable(_) | Error::Timeout) => return Dmarc::Unknown,
    };
    let tags = |text: &str| -> Vec<(String, String)> {
        let tags = text.split(';').filter_map(|tag| tag.split_once('='));
        let pair =
            |(name, value): (&str, &str)| (name.trim().to_lowercase(), value.trim().to_lowercase());
        tags.map(pair).collect()
    };
    let policy = texts.iter().map(|txt| tags(&txt.text)).find(|tags| {
        let first = tags.first();
        first.is_some_and(|(name, value)| name == "v" && value == "dmarc1")
    });
    match policy {
        None => Dmarc::Missing,
        Some(tags) => {
            let policy = tags.into_iter().find(|(name, _)| name == "p");
            Dmarc::Policy(policy.map_or_else(|| String::from("none"), |(_, value)| value))
        }
    }
}

fn exchange_records(answers: &Answers) -> Vec<Line> {
    let records = answers.mx.as_deref().unwrap_or_default().iter();
    let shown = records.map(|mx| {
        let host = mx.host.as_deref().unwrap_or(".");
        let text = format!("{} {host} · TTL {} s", mx.preference, mx.ttl.as_secs());
        (answers.domain.clone(), "MX", text)
    });
    shown.collect()
}

fn settings_records(answers: &Answers) -> Vec<Line> {
    let mut shown = Vec::new();
    for (name, pointing) in &answers.names {
        let Ok(pointing) = pointing else { continue };
        for alias in &pointing.aliases {
            shown.push((name.clone(), "CNAME", alias.clone()));
        }
        for address in &pointing.addresses {
            let kind = if address.is_ipv4() { "A" } else { "AAAA" };
            shown.push((name.clone(), kind, address.to_string()));
        }
    }
    for service in answers.service.as_deref().unwrap_or_default() {
        let name = format!("_autodiscover._tcp.{}", answers.domain);
        let host = service.host.as_deref().unwrap_or(".");
        shown.push((name, "SRV", format!("{host}:{}", service.port)));
    }
    shown
}

impl Answers {
    fn addresses(&self, host: &str) -> &[IpAddr] {
        self.hosts.get(host).map_or(&[], Vec::as_slice)
    }
}

impl Ends {
    /// Where a host leads, for a domain.
    pub fn leads(&self, host: &str, addresses: &[IpAddr], domain: &str) -> Leads {
        let host = host.trim_end_matches('.').to_lowercase();
        let to = |one: &End| one.is(&host, addresses);
        match (to(&self.destination), to(&self.origin)) {
            (true, false) => return Leads::Destination,
            (false, true) => return Leads::Origin,
            // One machine behind two names: it does not follow.
            (true, true) => return Leads::Elsewhere,
            (false, false) => {}
        }
        let owner = owner(&host);
        if owner == self::owner(domain) {
            return Leads::Elsewhere;
        }
        let owned = |one: &End| self::owner(&one.host.to_lowercase()) == owner;
        match (owned(&self.destination), owned(&self.origin)) {
            (true, false) => Leads::Destination,
            (false, true) => Leads::Origin,
            _ => Leads::Elsewhere,
        }
    }
}

impl End {
    /// Whether this host is the server itself, or one of its provider's that take mail.
    fn is(&self, host: &str, addresses: &[IpAddr]) -> bool {
        let provider = || {
            let own = |provider: &&Provider| provider.imap.host.eq_ignore_ascii_case(&self.host);
            let mut ends = providers().iter().filter(own).flat_map(|one| &one.mx);
            ends.any(|end| is_below(host, end))
        };
        host.eq_ignore_ascii_case(&self.host)
            || addresses.iter().any(|one| self.addresses.contains(one))
            || provider()
    }
}

fn is_below(host: &str, end: &str) -> bool {
    let rest = host.strip_suffix(end);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The part of a name somebody has bought: the last two labels, or three below `co.uk` and its like.
fn owner(host: &str) -> &str {
    const SECOND: [&str; 9] = ["ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"];
    let mut labels = host.rsplit('.');
    let (last, second) = (
        labels.next().unwrap_or_default(),
        labels.next().unwrap_or_default(),
    );
    let count = if last.len() == 2 && SECOND.contains(&second) {
        3
    } else {
        2
    };
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    dots.nth(count - 1).map_or(host, |at| &host[at + 1..])
}

#[cfg(test)]
mod tests;
