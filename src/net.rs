//! Connections: TCP, TLS, certificates.
//!
//! Promises: certificates are verified unless this very certificate was accepted by fingerprint for this
//! endpoint; never a silent fall to clear text; every wait has an end. Deliberately absent: what is said over
//! the connection, and trying again (see `engine`). rustls speaks TLS 1.2 and 1.3 only.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::account::{Endpoint, Fingerprint, Security};

/// How long a connection may take to be established, name look-up included.
const DIAL_LIMIT: Duration = Duration::from_secs(30);
/// How long the TLS handshake may take.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(30);
/// Redirects followed for one web page.
const REDIRECTS: usize = 3;

/// A connection, whatever lies under it.
pub trait Io: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin + fmt::Debug> Io for T {}

/// An open connection.
pub type Stream = Box<dyn Io>;

/// Every way establishing a connection can end badly.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The host name does not resolve.
    #[error("name look-up failed: {0}")]
    Name(Arc<io::Error>),
    /// The host answers that nobody listens on the port.
    #[error("connection refused: {0}")]
    Refused(Arc<io::Error>),
    /// Any other failure of the network.
    #[error("{0}")]
    Io(Arc<io::Error>),
    /// It took too long.
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The certificate is not trusted.
    #[error("certificate not accepted: {words}{}", .seen.map(|pin| format!(" ({pin})")).unwrap_or_default())]
    Certificate {
        /// The verifier's words.
        words: String,
        /// The fingerprint of what the server showed.
        seen: Option<Fingerprint>,
    },
    /// The two sides could not agree on TLS.
    #[error("TLS: {0}")]
    Tls(String),
    /// The file of certificate authorities cannot be used.
    #[error("certificate authority file: {0}")]
    Authority(String),
}

/// Makes connections to one endpoint; shared by all of them, so that TLS sessions are resumed.
#[derive(Debug, Clone)]
pub struct Connector {
    host: String,
    port: u16,
    security: Security,
    tls: Option<Tls>,
}

#[derive(Debug, Clone)]
struct Tls {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    seen: Arc<Mutex<Option<Fingerprint>>>,
}

impl Connector {
    /// Prepares TLS for the endpoint; reads its authority file, if it has one.
    pub fn new(endpoint: &Endpoint) -> Result<Self, Error> {
        let tls = match endpoint.url.security {
            Security::Clear => None,
            Security::Tls | Security::StartTls => Some(Tls::new(endpoint)?),
        };
        Ok(Self {
            host: endpoint.url.host.clone(),
            port: endpoint.url.port,
            security: endpoint.url.security,
            tls,
        })
    }

    /// Opens the connection; with TLS already spoken where the endpoint says `imaps`.
    pub async fn dial(&self) -> Result<Stream, Error> {
        let connecting = TcpStream::connect((self.host.as_str(), self.port));
        let stream = timeout(DIAL_LIMIT, connecting)
            .await
            .map_err(|_| Error::Timeout(DIAL_LIMIT))?
            .map_err(|error| dial_error(error, &self.host))?;
        stream
            .set_nodelay(true)
            .map_err(|error| Error::Io(Arc::new(error)))?;
        match self.security {
            Security::Tls => self.secure(Box::new(stream)).await,
            Security::StartTls | Security::Clear => Ok(Box::new(stream)),
        }
    }

    /// Speaks TLS over an open connection (after STARTTLS).
    pub async fn secure(&self, stream: Stream) -> Result<Stream, Error> {
        let Some(tls) = &self.tls else {
            return Err(Error::Tls("not prepared for this endpoint".into()));
        };
        let connector = TlsConnector::from(tls.config.clone());
        let handshake = connector.connect(tls.name.clone(), stream);
        match timeout(HANDSHAKE_LIMIT, handshake).await {
            Err(_) => Err(Error::Timeout(HANDSHAKE_LIMIT)),
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => Err(tls.explain(&error)),
        }
    }

    /// Whether the endpoint demands STARTTLS after a clear greeting.
    pub fn wants_start_tls(&self) -> bool {
        self.security == Security::StartTls
    }
}

impl Tls {
    fn new(endpoint: &Endpoint) -> Result<Self, Error> {
        let seen = Arc::new(Mutex::new(None));
        let config = trust(
            endpoint.certificate,
            endpoint.authority.as_deref(),
            seen.clone(),
        )?;
        let name = ServerName::try_from(endpoint.url.host.clone())
            .map_err(|_| Error::Tls(format!("'{}' is not a host name", endpoint.url.host)))?;
        Ok(Self {
            config: Arc::new(config),
            name,
            seen,
        })
    }

    fn explain(&self, error: &io::Error) -> Error {
        let inner = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match inner {
            Some(rustls::Error::InvalidCertificate(why)) => Error::Certificate {
                words: format!("{why:?}"),
                seen: *self.seen.lock().unwrap_or_else(PoisonError::into_inner),
            },
            Some(other) => Error::Tls(other.to_string()),
            None => Error::Tls(error.to_string()),
        }
    }
}

/// What is needed to speak TLS; what the server shows will stand in `seen`.
fn trust(
    pin: Option<Fingerprint>,
    authority: Option<&Path>,
    seen: Arc<Mutex<Option<Fingerprint>>>,
) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = match authority {
        None => Vec::new(),
        Some(path) => CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| Error::Authority(format!("{}: {error}", path.display())))?,
    };
    let system =
        rustls_platform_verifier::Verifier::new_with_extra_roots(extra.clone(), provider.clone())
            .map_err(|error| error.to_string());
    let verifier = Verifier {
        pin,
        given: extra,
        system,
        provider: provider.clone(),
        seen,
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// A client for web pages with this module's judgement of certificates: each request ends within `limit`, a few
/// redirects are followed, none from TLS to clear text, and no page is told which one led to it.
///
/// `authority` is a file of certificate authorities (PEM) to trust besides the system's. What is handed out is not
/// built yet, so that the caller may say how names are looked up.
pub fn http(limit: Duration, authority: Option<&Path>) -> Result<reqwest::ClientBuilder, Error> {
    let config = trust(None, authority, Arc::default())?;
    let redirects = reqwest::redirect::Policy::custom(|attempt| {
        let secret = attempt.previous().iter().any(|url| url.scheme() == "https");
        if attempt.previous().len() > REDIRECTS {
            attempt.error("too many redirects")
        } else if secret && attempt.url().scheme() != "https" {
            attempt.error("redirected from TLS to clear text")
        } else {
            attempt.follow()
        }
    });
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(config)
        .redirect(redirects)
        .referer(false)
        .timeout(limit)
        .user_agent(concat!("Traghetto/", env!("CARGO_PKG_VERSION"))))
}

fn dial_error(error: io::Error, host: &str) -> Error {
    let named = host.parse::<std::net::IpAddr>().is_err();
    let error_text = error.to_string();
    let error = Arc::new(error);
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Error::Refused(error),
        // Name look-up has no error kind of its own in std; its words begin so on every system.
        _ if named && error_text.contains("lookup") => Error::Name(error),
        _ => Error::Io(error),
    }
}

/// The system's judgement, except for one certificate that a person accepted.
#[derive(Debug)]
struct Verifier {
    pin: Option<Fingerprint>,
    /// The certificates of the authority file: a server that shows one of them is the one that was meant.
    given: Vec<CertificateDer<'static>>,
    system: Result<rustls_platform_verifier::Verifier, String>,
    provider: Arc<CryptoProvider>,
    seen: Arc<Mutex<Option<Fingerprint>>>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let shown = Fingerprint(Sha256::digest(end_entity.as_ref()).into());
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        if self.pin == Some(shown) || self.given.iter().any(|given| given == end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        match &self.system {
            Ok(system) => system.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                now,
            ),
            Err(_) => Err(rustls::Error::InvalidCertificate(
                rustls::CertificateError::UnknownIssuer,
            )),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    /// A TLS server that greets once; answers its port, its authority file and its fingerprint.
    async fn tls_server() -> (u16, tempfile::NamedTempFile, Fingerprint) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let der = made.cert.der().clone();
        let pin = Fingerprint(Sha256::digest(&der).into());
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), made.cert.pem()).unwrap();
        let key =
            rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![der], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let _serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                if let Ok(mut stream) = acceptor.accept(socket).await {
                    let _ = stream.write_all(b"ciao").await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        (port, file, pin)
    }

    fn endpoint(port: u16) -> Endpoint {
        Endpoint::new(format!("imaps://localhost:{port}").parse().unwrap())
    }

    #[tokio::test]
    async fn an_unknown_certificate_is_refused_and_its_fingerprint_told() {
        let (port, _file, pin) = tls_server().await;
        let error = Connector::new(&endpoint(port))
            .unwrap()
            .dial()
            .await
            .unwrap_err();
        let Error::Certificate { seen, .. } = error else {
            panic!("{error}")
        };
        assert_eq!(seen, Some(pin));
    }

    #[tokio::test]
    async fn an_accepted_fingerprint_opens_and_another_does_not() {
        let (port, _file, pin) = tls_server().await;
        let mut accepted = endpoint(port);
        accepted.certificate = Some(pin);
        let mut stream = Connector::new(&accepted).unwrap().dial().await.unwrap();
        let mut greeting = String::new();
        let _ = stream.read_to_string(&mut greeting).await;
        assert_eq!(greeting, "ciao");
        accepted.certificate = Some(Fingerprint([7; 32]));
        assert!(Connector::new(&accepted).unwrap().dial().await.is_err());
    }

    #[tokio::test]
    async fn an_authority_file_opens() {
        let (port, file, _pin) = tls_server().await;
        let mut trusted = endpoint(port);
        trusted.authority = Some(file.path().to_owned());
        let _stream = Connector::new(&trusted).unwrap().dial().await.unwrap();
    }

    #[tokio::test]
    async fn nobody_listening_and_no_such_name_are_told_apart() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let nobody = Connector::new(&endpoint(port))
            .unwrap()
            .dial()
            .await
            .unwrap_err();
        assert!(matches!(nobody, Error::Refused(_)), "{nobody}");
        let nowhere = Endpoint::new("imaps://no-such-host.invalid".parse().unwrap());
        let nowhere = Connector::new(&nowhere).unwrap().dial().await.unwrap_err();
        assert!(matches!(nowhere, Error::Name(_)), "{nowhere}");
    }
}
