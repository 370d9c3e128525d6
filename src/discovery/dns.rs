//! The few questions put to the DNS, and their answers as plain data.
//!
//! Promises: every question ends within its limit; that a name does not exist, that it has no such record, that
//! nobody could be asked and that nobody answered are four different errors; host names come in small letters
//! without the dot at the end. Nothing is remembered between two questions, so that whoever watches a change sees
//! it (the name server that is asked may remember). Deliberately absent: proof that an answer is genuine.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::time::timeout;

use super::subject::ascii;

/// How long a question may take where nothing else is said.
const LIMIT: Duration = Duration::from_secs(4);

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What was asked for cannot be a name.
    #[error("not a name")]
    NotAName,
    /// The name does not exist.
    #[error("no such domain")]
    NoSuchDomain,
    /// The name exists and has no record of this kind.
    #[error("no such record")]
    NoRecord,
    /// No name server could be asked, or it could not tell.
    #[error("name server: {0}")]
    Unreachable(String),
    /// No name server answered in time.
    #[error("no answer from the name server")]
    Timeout,
}

/// A host that takes mail for a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mx {
    /// The smaller is tried first.
    pub preference: u16,
    /// The host; absent where the domain says that it takes no mail (RFC 7505).
    pub host: Option<String>,
    /// How long the answer may still be remembered.
    pub ttl: Duration,
}

/// A host that offers a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Srv {
    /// The smaller is tried first.
    pub priority: u16,
    /// Among equals, the larger is tried more often.
    pub weight: u16,
    /// The port of the service.
    pub port: u16,
    /// The host; absent where the domain says that it does not offer the service (RFC 2782).
    pub host: Option<String>,
    /// How long the answer may still be remembered.
    pub ttl: Duration,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Txt {
    /// Its parts, joined; octets that are no text are replaced.
    pub text: String,
    /// How long the answer may still be remembered.
    pub ttl: Duration,
}

/// Where a host name leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointing {
    /// The names it is an alias of (CNAME), in the order they are followed.
    pub aliases: Vec<String>,
    /// The addresses in the end, IPv4 first.
    pub addresses: Vec<IpAddr>,
    /// How long the shortest-lived part of the answer may still be remembered.
    pub ttl: Duration,
}

/// Asks the DNS.
#[derive(Clone)]
pub struct Resolver {
    inner: TokioResolver,
    limit: Duration,
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").finish_non_exhaustive()
    }
}

impl Resolver {
    /// Asks the name servers this computer uses.
    pub fn system() -> Result<Self, Error> {
        let mut builder = TokioResolver::builder_tokio().map_err(|error| unreachable(&error))?;
        settle(builder.options_mut());
        Ok(Self {
            inner: builder.build().map_err(|error| unreachable(&error))?,
            limit: LIMIT,
        })
    }

    /// Asks these name servers and no others.
    pub fn at(servers: &[SocketAddr]) -> Result<Self, Error> {
        let servers = servers
            .iter()
            .map(|server| {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()]
                    .map(|mut connection| {
                        connection.port = server.port();
                        connection
                    })
                    .into();
                NameServerConfig::new(server.ip(), true, connections)
            })
            .collect();
        let mut builder = TokioResolver::builder_with_config(
            ResolverConfig::from_name_servers(servers),
            TokioRuntimeProvider::default(),
        );
        settle(builder.options_mut());
        Ok(Self {
            inner: builder.build().map_err(|error| unreachable(&error))?,
            limit: LIMIT,
        })
    }

    /// The same resolver with another limit for each question.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The hosts that take mail for a domain, the preferred first.
    pub async fn mx(&self, domain: &str) -> Result<Vec<Mx>, Error> {
        let found = self.ask(name(domain)?, RecordType::MX).await?;
        let mut hosts = those(&found, |record| match &record.data {
            RData::MX(mx) => Some(Mx {
                preference: mx.preference,
                host: host(&mx.exchange),
                ttl: ttl(record),
            }),
            _ => None,
        })?;
        hosts.sort_by(|a, b| (a.preference, &a.host).cmp(&(b.preference, &b.host)));
        Ok(hosts)
    }

    /// The hosts that offer a service (`_imaps._tcp`) for a domain, the preferred first.
    pub async fn srv(&self, service: &str, domain: &str) -> Result<Vec<Srv>, Error> {
        let domain = ascii(domain).ok_or(Error::NotAName)?;
        let question = fully(&format!("{service}.{domain}"))?;
        let found = self.ask(question, RecordType::SRV).await?;
        let mut hosts = those(&found, |record| match &record.data {
            RData::SRV(srv) => Some(Srv {
                priority: srv.priority,
                weight: srv.weight,
                port: srv.port,
                host: host(&srv.target),
                ttl: ttl(record),
            }),
            _ => None,
        })?;
        // Meant to share load, the weights are a mere order here: a person is shown the likeliest first.
        hosts.sort_by(|a, b| {
            let order = (a.priority, b.weight).cmp(&(b.priority, a.weight));
            order.then_with(|| a.host.cmp(&b.host))
        });
        Ok(hosts)
    }

    /// The texts of a name; `_dmarc.example.it` and its like are names too.
    pub async fn txt(&self, domain: &str) -> Result<Vec<Txt>, Error> {
        let found = self.ask(name(domain)?, RecordType::TXT).await?;
        those(&found, |record| match &record.data {
            RData::TXT(txt) => Some(Txt {
                text: String::from_utf8_lossy(&txt.txt_data.concat()).into_owned(),
                ttl: ttl(record),
            }),
            _ => None,
        })
    }

    /// Where a host name leads: its aliases, and its addresses of both kinds.
    pub async fn cname_or_address(&self, host: &str) -> Result<Pointing, Error> {
        let question = name(host)?;
        let (four, six) = tokio::join!(
            self.ask(question.clone(), RecordType::A),
            self.ask(question, RecordType::AAAA)
        );
        let found = match (four, six) {
            (Ok(four), Ok(six)) => vec![four, six],
            (Ok(found), Err(_)) | (Err(_), Ok(found)) => vec![found],
            // That there is no address of one kind says less than what was learned of the other.
            (Err(Error::NoRecord), Err(error)) | (Err(error), Err(_)) => return Err(error),
        };
        let mut pointing = Pointing {
            aliases: Vec::new(),
            addresses: Vec::new(),
            ttl: Duration::MAX,
        };
        for record in found.iter().flat_map(Lookup::answers) {
            match &record.data {
                RData::CNAME(alias) => {
                    let alias = shown(&alias.0);
                    if !pointing.aliases.contains(&alias) {
                        pointing.aliases.push(alias);
                    }
                }
                RData::A(address) => pointing.addresses.push(address.0.into()),
                RData::AAAA(address) => pointing.addresses.push(address.0.into()),
                _ => continue,
            }
            pointing.ttl = pointing.ttl.min(ttl(record));
        }
        if pointing.addresses.is_empty() && pointing.aliases.is_empty() {
            return Err(Error::NoRecord);
        }
        Ok(pointing)
    }

    async fn ask(&self, name: Name, kind: RecordType) -> Result<Lookup, Error> {
        match timeout(self.limit, self.inner.lookup(name, kind)).await {
            Err(_) | Ok(Err(NetError::Timeout)) => Err(Error::Timeout),
            Ok(Ok(found)) => Ok(found),
            Ok(Err(error)) if error.is_nx_domain() => Err(Error::NoSuchDomain),
            Ok(Err(error)) if error.is_no_records_found() => Err(Error::NoRecord),
            Ok(Err(error)) => Err(unreachable(&error)),
        }
    }
}

/// What holds for every resolver, wherever its name servers come from.
fn settle(options: &mut ResolverOpts) {
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options.timeout = Duration::from_secs(2);
    options.attempts = 1;
}

fn unreachable(error: &NetError) -> Error {
    Error::Unreachable(error.to_string())
}

/// A name typed or read somewhere.
fn name(text: &str) -> Result<Name, Error> {
    fully(&ascii(text).ok_or(Error::NotAName)?)
}

/// A whole name: the resolver adds nothing to it.
fn fully(text: &str) -> Result<Name, Error> {
    Name::from_ascii(format!("{text}.")).map_err(|_| Error::NotAName)
}

/// The records of one kind, of which there must be one.
fn those<T>(found: &Lookup, pick: impl Fn(&Record) -> Option<T>) -> Result<Vec<T>, Error> {
    let picked: Vec<_> = found.answers().iter().filter_map(pick).collect();
    if picked.is_empty() {
        return Err(Error::NoRecord);
    }
    Ok(picked)
}

fn ttl(record: &Record) -> Duration {
    Duration::from_secs(record.ttl.into())
}

/// A host that is named as a target; the root is none.
fn host(name: &Name) -> Option<String> {
    (!name.is_root()).then(|| shown(name))
}

fn shown(name: &Name) -> String {
    let text = name.to_ascii().to_ascii_lowercase();
    text.strip_suffix('.').unwrap_or(&text).to_owned()
}
