//! Connections: TCP, TLS, certificates.
//!
//! Promises: certificates are verified unless this very certificate was accepted by fingerprint for this
//! endpoint; never a silent fall to clear text; every wait has an end; what the last connection showed can be
//! looked at afterwards, also where it failed. Deliberately absent: what is said over the connection, and trying
//! again (see `engine`). rustls speaks TLS 1.2 and 1.3 only.
//!
//! - `verify` judges certificates · `certificate` says what stands in one · `seen` is what a connection showed ·
//!   `throttle` a limit on what connections carry · `web` a service spoken to over HTTP

pub mod certificate;
pub mod seen;
#[cfg(test)]
pub(crate) mod tests;
pub mod throttle;
mod verify;
mod web;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::account::{Endpoint, Fingerprint, Security};
use crate::trouble::Kind;
use certificate::Reason;
pub use seen::Seen;
use seen::{Memory, TlsFacts};
use verify::Tls;
pub use web::{Web, http};

/// How long a connection may take to be established, name look-up included.
const DIAL_LIMIT: Duration = Duration::from_secs(30);
/// How long one address may stay silent where the host has another.
const ADDRESS_LIMIT: Duration = Duration::from_secs(5);
/// How long the TLS handshake may take.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(30);

/// A connection, whatever lies under it.
pub trait Io: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug> Io for T {}

/// An open connection.
pub type Stream = Box<dyn Io>;

/// Opens a connection to somebody inside this process.
#[derive(Clone)]
struct Within(Arc<dyn Fn() -> io::Result<Stream> + Send + Sync>);

impl fmt::Debug for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Within")
    }
}

/// Every way establishing a connection can end badly.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The host name does not resolve.
    #[error("name look-up failed: {0}")]
    Name(Arc<io::Error>),
    /// The host answers that nobody listens on the port.
    #[error("connection refused: {0}")]
    Refused(Arc<io::Error>),
    /// There is no way to the host: no route, no network, a firewall that says so.
    #[error("host unreachable: {0}")]
    Unreachable(Arc<io::Error>),
    /// Any other failure of the network.
    #[error("{0}")]
    Io(Arc<io::Error>),
    /// It took too long.
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The certificate is not trusted.
    #[error("certificate not accepted: {words}{}", .seen.map(|pin| format!(" ({pin})")).unwrap_or_default())]
    Certificate {
        /// What is wrong with it.
        reason: Reason,
        /// The verifier's words.
        words: String,
        /// The fingerprint of what the server showed.
        seen: Option<Fingerprint>,
    },
    /// The server knows only versions or suites of TLS that are no longer safe.
    #[error("TLS too old: {0}")]
    TlsTooOld(String),
    /// What came back is not TLS.
    #[error("TLS: the answer is not TLS")]
    NotTls,
    /// The two sides could not agree on TLS.
    #[error("TLS: {0}")]
    Tls(String),
    /// The file of certificate authorities cannot be used.
    #[error("certificate authority file: {0}")]
    Authority(String),
}

impl Error {
    /// What a person is told of it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Name(_) => Kind::NameUnknown,
            Self::Refused(_) => Kind::ConnectionRefused,
            Self::Unreachable(_) => Kind::HostUnreachable,
            Self::Io(_) => Kind::ConnectionLost,
            Self::Timeout(_) => Kind::TimedOut,
            Self::Certificate { reason, .. } => match reason {
                Reason::SelfSigned => Kind::CertificateSelfSigned,
                Reason::UnknownIssuer => Kind::CertificateUnknownIssuer,
                Reason::WrongName { .. } => Kind::CertificateWrongName,
                Reason::Expired { .. } => Kind::CertificateExpired,
                Reason::NotYetValid { .. } => Kind::CertificateNotYetValid,
                Reason::Revoked => Kind::CertificateRevoked,
                Reason::Changed { .. } => Kind::CertificateChanged,
                Reason::Other(_) => Kind::Certificate,
            },
            Self::Authority(_) => Kind::AuthorityFile,
            Self::TlsTooOld(_) => Kind::TlsTooOld,
            Self::NotTls => Kind::ClearTextPort,
            Self::Tls(_) => Kind::Tls,
        }
    }
}

/// Makes connections to one endpoint; shared by all of them, so that TLS sessions are resumed.
#[derive(Debug, Clone)]
pub struct Connector {
    host: String,
    port: u16,
    security: Security,
    tls: Option<Tls>,
    memory: Memory,
    throttle: Option<throttle::Throttle>,
    within: Option<Within>,
}

impl Connector {
    /// Prepares TLS for the endpoint; reads its authority file, if it has one.
    pub fn new(endpoint: &Endpoint) -> Result<Self, Error> {
        let memory = Memory::default();
        let tls = match endpoint.url.security {
            Security::Local => {
                let error = io::Error::new(io::ErrorKind::Unsupported, "not on the network");
                return Err(Error::Io(Arc::new(error)));
            }
            Security::Clear => None,
            Security::Tls | Security::StartTls => Some(Tls::new(endpoint, &memory)?),
        };
        Ok(Self {
            host: endpoint.url.host.clone(),
            port: endpoint.url.port,
            security: endpoint.url.security,
            tls,
            memory,
            throttle: None,
            within: None,
        })
    }

    /// Connections that do not leave this process: `dial` opens each one. No limit holds for them.
    pub fn within(dial: impl Fn() -> io::Result<Stream> + Send + Sync + 'static) -> Self {
        Self {
            host: String::new(),
            port: 0,
            security: Security::Local,
            tls: None,
            memory: Memory::default(),
            throttle: None,
            within: Some(Within(Arc::new(dial))),
        }
    }

    /// The same, with every connection kept to this limit, if there is one.
    #[must_use]
    pub fn limited(self, throttle: Option<throttle::Throttle>) -> Self {
        Self { throttle, ..self }
    }

    /// Opens the connection; with TLS already spoken where the endpoint says `imaps`.
    pub async fn dial(&self) -> Result<Stream, Error> {
        self.memory.forget();
        if let Some(Within(dial)) = &self.within {
            return dial().map_err(|error| Error::Io(Arc::new(error)));
        }
        let began = Instant::now();
        let stream = timeout(DIAL_LIMIT, self.reach())
            .await
            .map_err(|_| Error::Timeout(DIAL_LIMIT))??;
        self.memory.with(|seen| seen.tcp = Some(began.elapsed()));
        stream
            .set_nodelay(true)
            .map_err(|error| Error::Io(Arc::new(error)))?;
        let stream: Stream = match &self.throttle {
            Some(throttle) => throttle.limit(Box::new(stream)),
            None => Box::new(stream),
        };
        match self.security {
            Security::Tls => self.secure(stream).await,
            Security::StartTls | Security::Clear | Security::Local => Ok(stream),
        }
    }

    /// Tries the host's addresses in the system's order; where all fail, the most telling failure counts.
    async fn reach(&self) -> Result<TcpStream, Error> {
        let addresses: Vec<SocketAddr> = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|error| Error::Name(Arc::new(error)))?
            .collect();
        let mut failed: Option<(SocketAddr, Error)> = None;
        for (index, address) in addresses.iter().enumerate() {
            let limit = if index + 1 < addresses.len() {
                ADDRESS_LIMIT
            } else {
                DIAL_LIMIT
            };
            self.memory.with(|seen| seen.address = Some(*address));
            let error = match timeout(limit, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => dial_error(error),
                Err(_) => Error::Timeout(limit),
            };
            if failed
                .as_ref()
                .is_none_or(|(_, known)| telling(&error) > telling(known))
            {
                failed = Some((*address, error));
            }
        }
        let Some((address, error)) = failed else {
            return Err(Error::Name(Arc::new(io::ErrorKind::NotFound.into())));
        };
        self.memory.with(|seen| seen.address = Some(address));
        Err(error)
    }

    /// Speaks TLS over an open connection (after STARTTLS).
    pub async fn secure(&self, stream: Stream) -> Result<Stream, Error> {
        let Some(tls) = &self.tls else {
            return Err(Error::Tls("not prepared for this endpoint".into()));
        };
        let began = Instant::now();
        let connector = TlsConnector::from(tls.config.clone());
        let handshake = connector.connect(tls.name.clone(), stream);
        match timeout(HANDSHAKE_LIMIT, handshake).await {
            Err(_) => Err(Error::Timeout(HANDSHAKE_LIMIT)),
            Ok(Ok(stream)) => {
                self.memory.with(|seen| {
                    seen.tls = Some(began.elapsed());
                    seen.agreed = TlsFacts::of(stream.get_ref().1);
                });
                Ok(Box::new(stream))
            }
            Ok(Err(error)) => Err(tls.explain(&error)),
        }
    }

    /// Whether the endpoint demands STARTTLS after a clear greeting.
    pub fn wants_start_tls(&self) -> bool {
        self.security == Security::StartTls
    }

    /// What the last connection showed, also where it failed.
    pub fn seen(&self) -> Seen {
        self.memory.seen()
    }
}

fn dial_error(error: io::Error) -> Error {
    let kind = error.kind();
    let error = Arc::new(error);
    match kind {
        io::ErrorKind::ConnectionRefused => Error::Refused(error),
        // A firewall of this computer forbids with a permission, one on the way with an ICMP answer.
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::PermissionDenied => Error::Unreachable(error),
        _ => Error::Io(error),
    }
}

/// How much a failure says about the server: an address family this computer cannot use says nothing.
fn telling(error: &Error) -> u8 {
    match error {
        Error::Refused(_) => 3,
        Error::Timeout(_) => 2,
        Error::Unreachable(_) => 0,
        _ => 1,
    }
}
