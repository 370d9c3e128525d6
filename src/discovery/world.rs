//! How the outside is asked: name servers, web pages, connections, and how long each may take.
//!
//! Promises: whatever is given here is all that is asked; a test that gives a name server and ports of its own
//! reaches nobody else. Deliberately absent: what the answers mean.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::TcpStream;

use super::dns::{self, Resolver};
use super::{Error, NAME_SERVERS};
use crate::account::{Address, Endpoint};
use crate::net;

/// A configuration larger than this is none.
const PAGE: usize = 256 * 1024;

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One question to the DNS.
    pub dns: Duration,
    /// One web page, redirects included.
    pub web: Duration,
    /// DNS, autoconfiguration and providers, all together.
    pub ask: Duration,
    /// All probes together.
    pub probe: Duration,
    /// What the others still get once a good answer is there.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            dns: Duration::from_secs(3),
            web: Duration::from_millis(3_500),
            ask: Duration::from_secs(7),
            probe: Duration::from_millis(4_500),
            grace: Duration::from_millis(1_500),
        }
    }
}

impl Limits {
    /// No discovery takes longer.
    pub fn whole(&self) -> Duration {
        self.ask + self.probe
    }
}

/// Everything a discovery may ask.
#[derive(Debug, Clone)]
pub struct World {
    pub(super) dns: Resolver,
    pub(super) limits: Limits,
    web: reqwest::Client,
    /// Whether hosts, too, are looked up by `dns`; else the system does that.
    given: bool,
    ports: BTreeMap<u16, u16>,
    authority: Option<PathBuf>,
}

impl World {
    /// The world as this computer sees it; the name servers of [`NAME_SERVERS`] where that variable is set.
    pub fn system() -> Result<Self, Error> {
        match std::env::var(NAME_SERVERS) {
            Ok(servers) if !servers.trim().is_empty() => {
                let bad = || Error::NameServers(servers.clone());
                let servers: Result<Vec<SocketAddr>, _> = servers
                    .split([',', ' '])
                    .filter(|server| !server.is_empty())
                    .map(str::parse)
                    .collect();
                Self::at(&servers.map_err(|_| bad())?)
            }
            _ => {
                let dns = Resolver::system().map_err(Error::Dns)?;
                Self::new(dns, false, Limits::default(), None)
            }
        }
    }

    /// A world where these name servers know every name, and no proxy stands between.
    pub fn at(servers: &[SocketAddr]) -> Result<Self, Error> {
        let dns = Resolver::at(servers).map_err(Error::Dns)?;
        Self::new(dns, true, Limits::default(), None)
    }

    /// The same world with other limits and one more certificate authority.
    pub fn with(self, limits: Limits, authority: Option<PathBuf>) -> Result<Self, Error> {
        let ports = self.ports;
        let world = Self::new(self.dns, self.given, limits, authority)?;
        Ok(Self { ports, ..world })
    }

    /// The same world, where whoever is to be found at one port is found at another.
    #[must_use]
    pub fn with_ports(mut self, ports: impl IntoIterator<Item = (u16, u16)>) -> Self {
        self.ports = ports.into_iter().collect();
        self
    }

    fn new(
        dns: Resolver,
        given: bool,
        limits: Limits,
        authority: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let dns = dns.within(limits.dns);
        let mut web = net::http(limits.web, authority.as_deref()).map_err(Error::Web)?;
        if given {
            web = web.no_proxy().dns_resolver(Named(dns.clone()));
        }
        let web = web
            .build()
            .map_err(|error| Error::Web(net::Error::Tls(error.to_string())))?;
        Ok(Self {
            dns,
            limits,
            web,
            given,
            ports: BTreeMap::new(),
            authority,
        })
    }

    /// Whoever answers questions to the DNS in it.
    pub fn resolver(&self) -> Resolver {
        self.dns.clone()
    }

    fn port(&self, port: u16) -> u16 {
        self.ports.get(&port).copied().unwrap_or(port)
    }

    /// A web page; `None` if there is none, it is too large or it does not come in time.
    pub(super) async fn page(&self, url: &Url) -> Option<Vec<u8>> {
        let mut there = url.clone();
        if let Some(port) = url.port_or_known_default() {
            there.set_port(Some(self.port(port))).ok()?;
        }
        let page = self.fetch(there).await;
        match &page {
            Ok(page) => tracing::debug!("{}{}: {} octets", host(url), url.path(), page.len()),
            Err(why) => tracing::debug!("{}{}: {why}", host(url), url.path()),
        }
        page.ok()
    }

    async fn fetch(&self, url: Url) -> Result<Vec<u8>, String> {
        // The address a person typed stands in the URL, and is nobody's business in a log.
        let told = |error: reqwest::Error| format!("{:?}", error.without_url());
        let response = self.web.get(url).send().await.map_err(told)?;
        let mut response = response.error_for_status().map_err(told)?;
        let mut page = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(told)? {
            if page.len() + chunk.len() > PAGE {
                return Err("too large".to_owned());
            }
            page.extend_from_slice(&chunk);
        }
        Ok(page)
    }

    /// Opens a connection, without a word said over it.
    pub(super) async fn dial(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let port = self.port(port);
        if !self.given {
            return TcpStream::connect((host, port)).await;
        }
        let there = self.dns.cname_or_address(host).await;
        let there = there.map_err(io::Error::other)?;
        let addresses: Vec<_> = there
            .addresses
            .into_iter()
            .map(|address| SocketAddr::new(address, port))
            .collect();
        TcpStream::connect(addresses.as_slice()).await
    }

    /// What is trusted when this server is looked at.
    pub(super) fn endpoint(&self, address: Address) -> Endpoint {
        Endpoint {
            authority: self.authority.clone(),
            ..Endpoint::new(address)
        }
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Looks up the hosts of web pages where name servers were given.
struct Named(Resolver);

impl Resolve for Named {
    fn resolve(&self, name: Name) -> Resolving {
        let dns = self.0.clone();
        Box::pin(async move {
            let there = dns.cname_or_address(name.as_str()).await;
            let there: dns::Pointing = there.map_err(Box::new)?;
            // The port is the URL's own.
            let addresses = there.addresses.into_iter();
            Ok(Box::new(addresses.map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
