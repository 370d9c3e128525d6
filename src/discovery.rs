//! From an e-mail address, or only its domain, to the settings of its mail server.
//!
//! Asked at the same time: the DNS for services (SRV, RFC 6186), the domain's autoconfiguration page, the table of
//! known providers, and the hosts that take the domain's mail (MX), which give away the provider or lead to its
//! page. Only where all of them say nothing usable are the usual names tried for an IMAP greeting.
//!
//! Promises: no password, nor anything like one, is known here, so none can be sent; the whole takes no longer than
//! [`Limits::whole`] and stops when its future is dropped; everything found is handed over, best first, with where
//! it comes from; clear text stands last, whoever recommends it. Deliberately absent: logging in, choosing, and
//! words for people. The answers of the DNS are not proven genuine: a person looks at the host before a password
//! goes there. (The system's own name look-up is the one thing that goes on in the background after a drop.)
//!
//! The variable [`NAME_SERVERS`] (`TRAGHETTO_DNS=127.0.0.1:5353`, several with commas between) names the only
//! name servers asked, also for the addresses of hosts. It is there for tests of the whole program.
//!
//! - `subject` what was typed · `world` how the outside is asked · `dns` questions to the DNS
//! - `search` who is asked, and what is made of the answers
//! - `autoconfig`, `provider`, `probe` where settings are found

mod autoconfig;
pub mod dns;
mod probe;
mod provider;
mod search;
mod subject;
#[cfg(test)]
mod tests;
mod world;

use serde::{Deserialize, Serialize};

use crate::account::{Address, Security};
use crate::net;
use search::Findings;
use subject::Subject;

pub use provider::{Auth, Ceilings, Provider, all as providers, by_id as provider};
pub use world::{Limits, World};

/// The variable that names the name servers to ask.
pub const NAME_SERVERS: &str = "TRAGHETTO_DNS";

/// The protocol of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// IMAP.
    Imap,
    /// POP3.
    Pop3,
}

/// What a server takes as a user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LoginForm {
    /// The whole address.
    Address,
    /// What stands before the `@`.
    Localpart,
    /// Nobody says. The whole address is the likeliest.
    #[serde(skip_deserializing)]
    Unknown,
}

/// Where settings come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// The domain is one of a known provider's own.
    Provider,
    /// The domain names the host as its service.
    Srv {
        /// The name of the record.
        record: String,
    },
    /// An autoconfiguration page.
    Autoconfig {
        /// The page. One that begins with `http://` could have been written by anybody on the way.
        url: String,
        /// The host that takes the domain's mail, where that led to the page; else it is the domain's own.
        mx: Option<String>,
    },
    /// The host that takes the domain's mail is a known provider's.
    Mx {
        /// That host.
        host: String,
    },
    /// A server greeted at a usual place.
    Probe {
        /// Whether its certificate is trusted for this name.
        trusted: bool,
    },
}

impl Source {
    /// The smaller, the more it is believed.
    fn rank(&self) -> u8 {
        match self {
            Self::Provider => 0,
            Self::Srv { .. } => 1,
            Self::Autoconfig { url, .. } if url.starts_with("http://") => 5,
            Self::Autoconfig { mx: None, .. } => 2,
            Self::Mx { .. } => 3,
            Self::Autoconfig { mx: Some(_), .. } => 4,
            Self::Probe { trusted: true } => 6,
            Self::Probe { trusted: false } => 7,
        }
    }
}

/// Settings of one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who says so.
    pub source: Source,
    /// What is spoken there.
    pub protocol: Protocol,
    /// Where. [`Security::Clear`] is a warning.
    pub address: Address,
    /// What to call a user.
    pub login: LoginForm,
    /// Whether a password does not help: only OAuth works.
    pub oauth: bool,
    /// Whose server it is, where that is known.
    pub provider: Option<&'static Provider>,
}

impl Candidate {
    /// `imaps://host:port` and its kin, `pop3s://host:port` for POP3.
    pub fn url(&self) -> String {
        let url = self.address.to_string();
        match self.protocol {
            Protocol::Imap => url,
            Protocol::Pop3 => url.replacen("imap", "pop3", 1),
        }
    }

    fn rank(&self) -> (bool, Protocol, u8) {
        let clear = self.address.security == Security::Clear;
        (clear, self.protocol, self.source.rank())
    }

    /// Whether mail could be moved with it.
    fn usable(&self) -> bool {
        self.protocol == Protocol::Imap && self.address.security != Security::Clear
    }

    /// Whether the others need not be waited for long.
    fn good(&self) -> bool {
        let greeted = self.source == Source::Probe { trusted: true };
        self.usable()
            && (self.source.rank() <= 3 || greeted && self.address.security == Security::Tls)
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What stood before the `@`, if anything did.
    pub local: Option<String>,
    /// The domain in ASCII.
    pub domain: String,
    /// Every server found, the best first: TLS before clear text, IMAP before POP3, then the better source.
    pub candidates: Vec<Candidate>,
    /// Whose mailboxes these are, where that is known.
    pub provider: Option<&'static Provider>,
    /// Services of which the domain says that it does not offer them (`_imap._tcp`).
    pub absent: Vec<&'static str>,
}

/// Somebody who may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The table of providers.
    Provider,
    /// The domain's services in the DNS.
    Srv,
    /// The domain's autoconfiguration page.
    Autoconfig,
    /// The hosts that take the domain's mail.
    Mx,
    /// The usual names.
    Probe,
}

/// How far a discovery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Being asked.
    Asking(Step),
    /// Has answered, with so many servers. A step that is cut short by the limit answers nothing.
    Answered(Step, usize),
}

/// Why nothing could be found out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// What was typed is no address and no domain.
    #[error("not an e-mail address")]
    NotAnAddress,
    /// The domain does not exist.
    #[error("the domain {0} does not exist")]
    NoSuchDomain(String),
    /// Nobody could be asked.
    #[error("{0}")]
    Dns(dns::Error),
    /// The variable with the name servers cannot be read.
    #[error("{NAME_SERVERS}: '{0}' is not an address with a port")]
    NameServers(String),
    /// No web page can be asked for on this computer.
    #[error("{0}")]
    Web(net::Error),
}

/// Finds the mail servers of an address.
pub async fn discover(
    address: &str,
    world: &World,
    mut tell: impl FnMut(Stage) + Send,
) -> Result<Found, Error> {
    let subject = Subject::read(address).ok_or(Error::NotAnAddress)?;
    let limits = world.limits;
    tell(Stage::Asking(Step::Provider));
    let mut findings = Findings::of_table(&subject);
    tell(Stage::Answered(Step::Provider, findings.count()));
    let steps = search::steps(world, &subject);
    findings
        .gather(steps, limits.ask, limits.grace, &mut tell)
        .await;
    if !findings.usable() {
        let probes = search::probes(world, &subject, &findings);
        findings
            .gather(probes, limits.probe, limits.grace, &mut tell)
            .await;
    }
    findings.conclude(subject)
}
