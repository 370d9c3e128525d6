//! The connection test that stands beside the form: how a server is reached, what it is, whether a login works.
//!
//! Promises: facts, no sentences; only EXAMINE, LIST, STATUS and their kin are said, so that nothing changes on either
//! side; a password goes out once (one that is not ASCII perhaps in a second spelling, see `imap::login`), to the server
//! that was asked for, and never after its certificate was refused; the answer comes within the limit; a test that is
//! dropped leaves no connection behind. Where the port is the wrong one, it says who answers there and where IMAP is,
//! found out without any password. Deliberately absent: trying again (a person does that), finding a server from an
//! address, words.
//!
//! - `reach` only connects · `place` is a folder for an archive, the one place where something is written and taken away
//! - `visit` logs in and counts · `around` looks at the ports beside · `server` names software and capabilities
//! - `technical` the lines for whoever runs the server · `credentials` many logins, for the list of users, by way of
//!   `door`

mod around;
pub mod credentials;
pub(crate) mod door;
mod place;
mod reach;
mod server;
mod technical;
#[cfg(test)]
mod tests;
pub(crate) mod visit;

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use crate::account::{Address, Endpoint, Security, Side};
use crate::archive;
use crate::engine::remedy::{self, Doing};
use crate::imap::session::Session;
use crate::imap::{Error, Greeted, Login};
pub use crate::net::certificate::{Certificate, Reason, Verdict};
pub use crate::net::seen::TlsFacts;
use crate::net::{self, Connector};
use crate::trouble::{Kind, Trouble};
pub use around::{Alternative, Answers, Peer};
use around::{Around, Here};
pub use credentials::credentials;
pub use place::{Place, place};
pub use reach::{Reached, reach};
pub use server::{Features, Server};
use visit::End;

/// How long a test may take where nobody says otherwise.
pub const LIMIT: Duration = Duration::from_secs(15);

/// What is to be tested.
#[derive(Debug, Clone)]
pub struct Order {
    /// The server.
    pub endpoint: Endpoint,
    /// Which side it is.
    pub side: Side,
    /// Who logs in; `None`: only the server is looked at.
    pub login: Option<Login>,
    /// Longest time the whole test may take.
    pub limit: Duration,
    /// Where IMAP usually is.
    pub ports: Ports,
}

impl Order {
    /// A test of this server without a login, with the usual limit and ports.
    pub fn new(endpoint: Endpoint, side: Side) -> Self {
        Self {
            endpoint,
            side,
            login: None,
            limit: LIMIT,
            ports: Ports::default(),
        }
    }

    /// The same test with a login.
    #[must_use]
    pub fn with(mut self, login: Login) -> Self {
        self.login = Some(login);
        self
    }
}

/// The ports that are tried where the one asked for does not do (RFC 8314).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// TLS from the first octet.
    pub tls: u16,
    /// Clear greeting, then STARTTLS.
    pub start_tls: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            tls: 993,
            start_tls: 143,
        }
    }
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where the connection went.
    pub address: Option<SocketAddr>,
    /// Time until the connection stood, TLS included.
    pub connect: Duration,
    /// How it is encrypted; `None`: it is not.
    pub tls: Option<TlsFacts>,
    /// The server's certificate.
    pub certificate: Option<Certificate>,
    /// Which program it is.
    pub server: Server,
    /// What it can: after the login if there was one, else what it says to strangers, which is often less.
    pub capabilities: Features,
    /// What stands between the levels of a folder's name; `None` where there is no hierarchy or nobody logged in.
    pub separator: Option<char>,
    /// What the login found.
    pub login: Option<Trial>,
    /// Time of one question and answer.
    pub round_trip: Duration,
}

/// What a login found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Who logged in.
    pub user: String,
    /// Folders that can be opened.
    pub folders: u64,
    /// Messages in them; `None` where counting them took too long.
    pub messages: Option<u64>,
    /// Octets in them; `None` where the server does not count them, or it took too long.
    pub octets: Option<u64>,
    /// Octets used and allowed, where there is a quota.
    pub quota: Option<(u64, u64)>,
    /// Largest message taken, in octets, where announced (RFC 7889).
    pub append_limit: Option<u64>,
}

/// Why the test did not get through, and what would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub trouble: Trouble,
    /// Who answers at the port, where that was found out and matters.
    pub peer: Option<Peer>,
    /// The server's certificate, also and above all where it was refused.
    pub certificate: Option<Certificate>,
    /// The address tried.
    pub address: Option<SocketAddr>,
    /// Time until it failed, looking around not included.
    pub elapsed: Duration,
    /// Where an IMAP server does answer on this host.
    pub alternatives: Vec<Alternative>,
    /// For whoever runs the server or the firewall: `connect 203.0.113.24:993`, `ECONNREFUSED (111) · 38 ms`.
    pub technical: Vec<String>,
}

/// Tests a server, and a login if there is one. May be dropped at any moment.
pub async fn probe(order: Order) -> Result<Answer, Box<Failure>> {
    begin(&order)?.run().await
}

/// Prepares the connection; what can fail here is a file of authorities.
fn begin(order: &Order) -> Result<Test<'_>, Box<Failure>> {
    let began = Instant::now();
    match archive::connector(&order.endpoint, order.side) {
        Ok(connector) => Ok(Test {
            deadline: began + order.limit,
            order,
            connector,
            began,
        }),
        Err(error) => {
            let subject = order.endpoint.label();
            let error = Error::Connect(error);
            Err(Box::new(Failure {
                trouble: remedy::trouble(&error, Doing::Login, &subject),
                peer: None,
                certificate: None,
                address: None,
                elapsed: began.elapsed(),
                alternatives: Vec::new(),
                technical: technical::lines(order, &net::Seen::default(), &error, None),
            }))
        }
    }
}

struct Test<'a> {
    order: &'a Order,
    connector: Connector,
    began: Instant,
    deadline: Instant,
}

/// The part of the limit after which a silent server makes us look around, and which looking around may take.
const PATIENCE: u32 = 3;

impl Test<'_> {
    async fn run(&self) -> Result<Answer, Box<Failure>> {
        let mut greeted = self.meet().await?;
        let Some(login) = &self.order.login else {
            let asked = self.within(greeted.identify()).await;
            asked.map_err(|error| self.failed(&error, Doing::Login, self.began.elapsed()))?;
            let answer = self.answer(greeted.session(), None, None);
            let _ = timeout_at(self.deadline, greeted.logout()).await;
            return Ok(answer);
        };
        let entering = End::log_in(greeted, login, self.order.side);
        let end = self.within(entering).await;
        let mut end =
            end.map_err(|error| self.failed(&error, Doing::Login, self.began.elapsed()))?;
        let looked = visit::look(&mut end, self.deadline, self.order.limit).await;
        let looked =
            looked.map_err(|error| self.failed(&error, Doing::Folder, self.began.elapsed()))?;
        let trial = Trial {
            user: login.user.clone(),
            folders: looked.folders,
            messages: looked.messages,
            octets: looked.octets,
            quota: looked.quota,
            append_limit: end.session().capabilities().append_limit(),
        };
        let answer = self.answer(end.session(), looked.separator, Some(trial));
        // A session whose command was abandoned cannot say good-bye.
        if looked.whole {
            let _ = timeout_at(self.deadline, end.logout()).await;
        }
        Ok(answer)
    }

    /// Gets as far as the greeting. A server that is silent for long is waited for, and looked around meanwhile.
    async fn meet(&self) -> Result<Greeted, Box<Failure>> {
        let mut meeting = pin!(Greeted::meet(&self.connector, self.order.limit));
        let late = self.began + self.order.limit / PATIENCE;
        if let Ok(met) = timeout_at(late, &mut meeting).await {
            return self.met(met, None).await;
        }
        let mut looking = pin!(self.look_around(None));
        let mut around = None;
        loop {
            tokio::select! {
                met = &mut meeting => return self.met(met, around).await,
                found = &mut looking, if around.is_none() => {
                    if found.is_decisive(self.order.endpoint.url.security) {
                        let silent = Error::Timeout(self.began.elapsed());
                        return self.met(Err(silent), Some(found)).await;
                    }
                    around = Some(found);
                }
                () = sleep_until(self.deadline) => {
                    return self.met(Err(self.too_late()), Some(around.unwrap_or_default())).await;
                }
            }
        }
    }

    async fn met(
        &self,
        met: Result<Greeted, Error>,
        around: Option<Around>,
    ) -> Result<Greeted, Box<Failure>> {
        let error = match met {
            Ok(greeted) => return Ok(greeted),
            Err(error) => error,
        };
        let elapsed = self.began.elapsed();
        let around = match around {
            Some(around) => around,
            None if is_about_the_port(&error) => {
                timeout_at(self.deadline, self.look_around(Some(&error)))
                    .await
                    .unwrap_or_default()
            }
            None => Around::default(),
        };
        let mut failure = self.failed(&error, Doing::Login, elapsed);
        failure.peer = around.peer.or_else(|| match &error {
            Error::NotImap(line) if is_about_the_port(&error) => Some(Peer::of(line.as_bytes())),
            _ => None,
        });
        failure.trouble = self.refine(failure.trouble, failure.peer);
        failure.alternatives = around.alternatives;
        Err(failure)
    }

    async fn look_around(&self, error: Option<&Error>) -> Around {
        if self.order.endpoint.folder().is_some() {
            return Around::default();
        }
        let tls = self.order.endpoint.url.security == Security::Tls;
        let here = match error {
            Some(
                Error::NoStartTls
                | Error::NotImap(_)
                | Error::Connect(net::Error::Refused(_) | net::Error::TlsTooOld(_)),
            ) => Here::Known,
            _ if tls && self.connector.seen().agreed.is_some() => Here::Tls,
            _ => Here::Clear,
        };
        around::look(self.order, here, self.order.limit / PATIENCE).await
    }

    /// A port that speaks something else, once it is known what.
    fn refine(&self, trouble: Trouble, peer: Option<Peer>) -> Trouble {
        let tls = self.order.endpoint.url.security == Security::Tls;
        let spoke_tls = self.connector.seen().agreed.is_some();
        let kind = match (trouble.kind, peer) {
            (
                Kind::TimedOut
                | Kind::ConnectionLost
                | Kind::Tls
                | Kind::ClearTextPort
                | Kind::Protocol
                | Kind::WrongProtocol,
                Some(peer),
            ) => match peer {
                Peer::Pop3 | Peer::Smtp | Peer::Http | Peer::Other => Kind::WrongProtocol,
                Peer::Tls if !tls => Kind::TlsPort,
                Peer::Imap if tls && !spoke_tls => Kind::ClearTextPort,
                Peer::Tls | Peer::Imap => trouble.kind,
            },
            (kind, _) => kind,
        };
        if kind == trouble.kind {
            return trouble;
        }
        Trouble::new(kind, trouble.subject, trouble.detail)
    }

    async fn within<T>(&self, step: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        timeout_at(self.deadline, step)
            .await
            .map_err(|_| self.too_late())?
    }

    fn too_late(&self) -> Error {
        Error::Timeout(self.order.limit)
    }

    fn failed(&self, error: &Error, doing: Doing, elapsed: Duration) -> Box<Failure> {
        let seen = self.connector.seen();
        let label = self.order.endpoint.label();
        let subject = match &self.order.login {
            Some(login) => format!("{} @ {label}", login.user),
            None => label,
        };
        Box::new(Failure {
            trouble: remedy::trouble(error, doing, &subject),
            peer: None,
            technical: technical::lines(self.order, &seen, error, Some(elapsed)),
            certificate: seen.certificate,
            address: seen.address,
            elapsed,
            alternatives: Vec::new(),
        })
    }

    fn answer(&self, session: &Session, separator: Option<char>, login: Option<Trial>) -> Answer {
        let seen = self.connector.seen();
        Answer {
            address: seen.address,
            connect: seen.tcp.unwrap_or_default() + seen.tls.unwrap_or_default(),
            tls: seen.agreed,
            certificate: seen.certificate,
            server: Server::of(session),
            capabilities: Features::of(session.capabilities()),
            separator,
            login,
            round_trip: session.round_trip(),
        }
    }
}

/// Whether another port or another kind of protection might do.
fn is_about_the_port(error: &Error) -> bool {
    match error {
        Error::Connect(error) => match error {
            net::Error::Refused(_)
            | net::Error::Timeout(_)
            | net::Error::Io(_)
            | net::Error::TlsTooOld(_)
            | net::Error::NotTls
            | net::Error::Tls(_) => true,
            net::Error::Name(_)
            | net::Error::Unreachable(_)
            | net::Error::Certificate { .. }
            | net::Error::Authority(_) => false,
        },
        // What says that it does not want us is IMAP all the same.
        Error::NotImap(words) => remedy::trouble(error, Doing::Login, words).kind != Kind::Blocked,
        Error::NoStartTls | Error::Protocol(_) | Error::Timeout(_) | Error::Io(_) => true,
        // With words it is IMAP, and does not want us.
        Error::Closed(words) => words.is_none(),
        Error::Refused { .. } | Error::NoLoginMethod(_) | Error::LoginRefused(_) => false,
    }
}

/// An address with another port and protection.
fn beside(address: &Address, port: u16, security: Security) -> Address {
    Address {
        host: address.host.clone(),
        port,
        security,
    }
}
