//! Who is asked, for how long, and what is made of the answers.
//!
//! Promises: all are asked at the same time and none can hold up the others for longer than the limit; the outcome
//! does not depend on who was quicker, only on who answered in time. Deliberately absent: how one asks.

use std::pin::pin;
use std::time::Duration;

use futures::future::{BoxFuture, join_all};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tokio::time::{Instant, sleep};

use super::autoconfig::{self, Reach};
use super::subject::{Subject, ascii};
use super::world::World;
use super::{
    Candidate, Error, Found, LoginForm, Protocol, Provider, Source, Stage, Step, dns, probe,
    provider,
};
use crate::account::{Address, Security};

/// What one step brings; added up, what all of them bring.
#[derive(Debug, Default)]
pub(super) struct Findings {
    candidates: Vec<Candidate>,
    provider: Option<&'static Provider>,
    absent: Vec<&'static str>,
    /// Hosts that take the domain's mail.
    mx: Vec<String>,
    /// Why the DNS could not tell them.
    failed: Option<dns::Error>,
}

impl From<Vec<Candidate>> for Findings {
    fn from(candidates: Vec<Candidate>) -> Self {
        Self {
            candidates,
            ..Self::default()
        }
    }
}

/// Somebody to be asked.
pub(super) type Asked<'a> = (Step, BoxFuture<'a, Findings>);

impl Findings {
    /// What the table of providers says of the domain.
    pub(super) fn of_table(subject: &Subject) -> Self {
        let known = provider::by_domain(&subject.domain);
        let servers = known.map(|known| known.candidates(&Source::Provider));
        Self {
            provider: known,
            ..Self::from(servers.unwrap_or_default())
        }
    }

    /// How many servers these are.
    pub(super) fn count(&self) -> usize {
        self.candidates.len()
    }

    /// Whether mail could be moved with one of them.
    pub(super) fn usable(&self) -> bool {
        self.candidates.iter().any(Candidate::usable)
    }

    /// Waits for the steps, until the limit; once a good answer is there, only a little longer.
    pub(super) async fn gather(
        &mut self,
        steps: Vec<Asked<'_>>,
        limit: Duration,
        grace: Duration,
        tell: &mut (impl FnMut(Stage) + Send),
    ) {
        let deadline = Instant::now() + limit;
        let mut brought = Vec::new();
        let mut running = FuturesUnordered::new();
        for (place, (step, work)) in steps.into_iter().enumerate() {
            tell(Stage::Asking(step));
            brought.push(Vec::new());
            running.push(work.map(move |answer| (place, step, answer)));
        }
        let mut over = pin!(sleep(limit));
        let mut hurry = false;
        loop {
            let mut so_far = self.candidates.iter().chain(brought.iter().flatten());
            if !hurry && so_far.any(Candidate::good) {
                hurry = true;
                over.as_mut().reset(deadline.min(Instant::now() + grace));
            }
            let (place, step, answer) = tokio::select! {
                next = running.next() => match next {
                    Some(next) => next,
                    None => break,
                },
                () = &mut over => break,
            };
            tell(Stage::Answered(step, answer.candidates.len()));
            brought[place] = answer.candidates;
            self.provider = self.provider.or(answer.provider);
            self.absent.extend(answer.absent);
            self.mx.extend(answer.mx);
            self.failed = self.failed.take().or(answer.failed);
        }
        // In the order of the steps, whoever was quicker.
        self.candidates.extend(brought.into_iter().flatten());
    }

    /// Best first, each server once, with what others know of it.
    pub(super) fn conclude(mut self, subject: Subject) -> Result<Found, Error> {
        for candidate in &mut self.candidates {
            let whose = || provider::by_server(&candidate.address.host);
            candidate.provider = candidate.provider.or_else(whose);
            let Some(known) = candidate.provider else {
                continue;
            };
            candidate.oauth |= known.only_oauth();
            if candidate.login == LoginForm::Unknown {
                candidate.login = known.login;
            }
        }
        self.candidates.sort_by_key(Candidate::rank);
        let mut candidates: Vec<Candidate> = Vec::new();
        for candidate in self.candidates {
            let same = |other: &&mut Candidate| {
                (other.protocol, &other.address) == (candidate.protocol, &candidate.address)
            };
            match candidates.iter_mut().find(same) {
                None => candidates.push(candidate),
                Some(better) if better.login == LoginForm::Unknown => {
                    better.login = candidate.login;
                }
                Some(_) => {}
            }
        }
        if candidates.is_empty() {
            match self.failed {
                Some(dns::Error::NoSuchDomain) => return Err(Error::NoSuchDomain(subject.domain)),
                Some(error @ (dns::Error::Unreachable(_) | dns::Error::Timeout)) => {
                    return Err(Error::Dns(error));
                }
                _ => {}
            }
        }
        let whose = || candidates.first().and_then(|best| best.provider);
        Ok(Found {
            provider: self.provider.or_else(whose),
            local: subject.local,
            domain: subject.domain,
            candidates,
            absent: self.absent,
        })
    }
}

/// Everybody who may know, to be asked at once.
pub(super) fn steps<'a>(world: &'a World, subject: &'a Subject) -> Vec<Asked<'a>> {
    vec![
        (Step::Srv, srv(world, subject).boxed()),
        (Step::Autoconfig, page(world, subject).boxed()),
        (Step::Mx, mx(world, subject).boxed()),
    ]
}

/// The usual places, without those of which the domain says that nobody is there.
pub(super) fn probes<'a>(world: &'a World, subject: &Subject, known: &Findings) -> Vec<Asked<'a>> {
    let domain = &subject.domain;
    let mut hosts = vec![format!("imap.{domain}"), format!("mail.{domain}")];
    hosts.extend(known.mx.first().cloned());
    hosts.push(domain.clone());
    let mut seen = Vec::new();
    for host in hosts {
        if !seen.contains(&host) {
            seen.push(host);
        }
    }
    let places = [
        ("_imaps._tcp", Security::Tls),
        ("_imap._tcp", Security::StartTls),
    ];
    let mut probes = Vec::new();
    for (service, security) in places {
        if known.absent.contains(&service) {
            continue;
        }
        for host in seen.clone() {
            let work = async move {
                let found = probe::probe(world, &host, security).await;
                Findings::from(Vec::from_iter(found))
            };
            probes.push((Step::Probe, work.boxed()));
        }
    }
    probes
}

/// The services a domain may name, the better protected first.
const SERVICES: [(&str, Protocol, Security); 3] = [
    ("_imaps._tcp", Protocol::Imap, Security::Tls),
    ("_imap._tcp", Protocol::Imap, Security::StartTls),
    ("_pop3s._tcp", Protocol::Pop3, Security::Tls),
];

async fn srv(world: &World, subject: &Subject) -> Findings {
    let asked = SERVICES.map(|(service, ..)| world.dns.srv(service, &subject.domain));
    let mut findings = Findings::default();
    for ((service, protocol, security), found) in SERVICES.into_iter().zip(join_all(asked).await) {
        for srv in found.unwrap_or_default() {
            let Some(host) = srv.host else {
                findings.absent.push(service);
                continue;
            };
            // A record may hold anything; what is shown and dialled is a host.
            let Some(host) = ascii(&host) else {
                continue;
            };
            findings.candidates.push(Candidate {
                source: Source::Srv {
                    record: format!("{service}.{}", subject.domain),
                },
                protocol,
                address: Address {
                    host,
                    port: srv.port,
                    security,
                },
                login: LoginForm::Unknown,
                oauth: false,
                provider: None,
            });
        }
    }
    findings
}

async fn page(world: &World, subject: &Subject) -> Findings {
    autoconfig::ask(world, subject, &subject.domain, None, Reach::Any)
        .await
        .into()
}

async fn mx(world: &World, subject: &Subject) -> Findings {
    let hosts: Vec<String> = match world.dns.mx(&subject.domain).await {
        Ok(hosts) => hosts
            .into_iter()
            .filter_map(|mx| ascii(&mx.host?))
            .collect(),
        Err(error) => {
            return Findings {
                failed: Some(error),
                ..Findings::default()
            };
        }
    };
    let brand = hosts
        .iter()
        .find_map(|host| Some((host, provider::by_mx(host)?)));
    let mut findings = match (brand, hosts.first()) {
        (Some((host, known)), _) => {
            let host = host.clone();
            let mut findings = Findings::from(known.candidates(&Source::Mx { host }));
            findings.provider = Some(known);
            findings
        }
        (None, Some(host)) => match hoster(host, &subject.domain) {
            Some(domain) => autoconfig::ask(world, subject, domain, Some(host), Reach::Protected)
                .await
                .into(),
            None => Findings::default(),
        },
        (None, None) => Findings::default(),
    };
    findings.mx = hosts;
    findings
}

/// The domain of whoever runs a host, as far as its name can tell: the host's name without its first part.
///
/// Under `co.uk` and its like anybody may have a domain, so `autoconfig.co.uk` is a stranger's and must never learn
/// an address. Without the public list of such ends, every short one below a country counts as one.
pub(super) fn hoster<'a>(host: &'a str, own: &str) -> Option<&'a str> {
    let (_, parent) = host.split_once('.')?;
    let (above, top) = parent.rsplit_once('.')?;
    let open_to_all = top.len() == 2 && !above.contains('.') && above.len() <= 3;
    (!open_to_all && parent != own).then_some(parent)
}
