//! How TLS is set up for an endpoint, and who judges the certificates.
//!
//! Promises: a certificate is accepted by its fingerprint, by the endpoint's own authorities, or by the system's
//! judgement, in this order, and by nothing else; what was shown is remembered before it is judged, so that a person
//! can look at it after a refusal. Deliberately absent: other versions than TLS 1.2 and 1.3.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, InvalidMessage,
    RootCertStore, SignatureScheme,
};
use sha2::{Digest, Sha256};

use super::Error;
use super::certificate::{Certificate, Reason, Verdict};
use super::seen::Memory;
use crate::account::{Endpoint, Fingerprint};

/// TLS as one endpoint wants it.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
    memory: Memory,
}

impl Tls {
    pub(super) fn new(endpoint: &Endpoint, memory: &Memory) -> Result<Self, Error> {
        let config = trust(endpoint.certificate, endpoint.authority.as_deref(), memory)?;
        let name = ServerName::try_from(endpoint.url.host.clone()).map_err(|_| {
            let words = format!("'{}' is not a host name", endpoint.url.host);
            let error = io::Error::new(io::ErrorKind::InvalidInput, words);
            Error::Name(Arc::new(error))
        })?;
        Ok(Self {
            config: Arc::new(config),
            name,
            memory: memory.clone(),
        })
    }

    pub(super) fn explain(&self, error: &io::Error) -> Error {
        explain(error, &self.memory)
    }
}

/// Why TLS was not agreed on, as the I/O error around it says; what was shown stands in `memory`.
pub(super) fn explain(error: &io::Error, memory: &Memory) -> Error {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(why)) => refused(why, memory),
        Some(
            old @ (rustls::Error::PeerIncompatible(_)
            | rustls::Error::AlertReceived(
                AlertDescription::ProtocolVersion
                | AlertDescription::HandshakeFailure
                | AlertDescription::InsufficientSecurity,
            )
            | rustls::Error::InvalidMessage(InvalidMessage::UnknownProtocolVersion)),
        ) => Error::TlsTooOld(old.to_string()),
        Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => Error::NotTls,
        Some(other) => Error::Tls(other.to_string()),
        None => Error::Tls(error.to_string()),
    }
}

fn refused(why: &CertificateError, memory: &Memory) -> Error {
    let words = format!("{why:?}");
    let mut reason = Reason::Other(words.clone());
    let mut seen = None;
    memory.with(|draft| {
        if let Some((der, verdict)) = &draft.shown {
            seen = Some(fingerprint(der));
            // Accepted and yet refused: the signature over the handshake is wrong.
            if let Verdict::Refused(judged) = verdict {
                reason = judged.clone();
            }
        }
    });
    Error::Certificate {
        reason,
        words,
        seen,
    }
}

/// What is needed to speak TLS; what the server shows will stand in `memory`.
pub(super) fn trust(
    pin: Option<Fingerprint>,
    authority: Option<&Path>,
    memory: &Memory,
) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let given = match authority {
        None => Vec::new(),
        Some(path) => CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| Error::Authority(format!("{}: {error}", path.display())))?,
    };
    let system =
        rustls_platform_verifier::Verifier::new_with_extra_roots(given.clone(), provider.clone())
            .map_err(|error| error.to_string());
    let verifier = Verifier {
        pin,
        own: own(&given, &provider),
        given,
        system,
        provider: provider.clone(),
        memory: memory.clone(),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Judges by the endpoint's own authorities alone; `None` where it has none that can be used.
fn own(
    given: &[CertificateDer<'static>],
    provider: &Arc<CryptoProvider>,
) -> Option<Arc<WebPkiServerVerifier>> {
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(given.iter().cloned());
    if added == 0 {
        return None;
    }
    WebPkiServerVerifier::builder_with_provider(roots.into(), provider.clone())
        .build()
        .ok()
}

/// The system's judgement, except for one certificate that a person accepted.
#[derive(Debug)]
struct Verifier {
    pin: Option<Fingerprint>,
    /// The certificates of the authority file: a server that shows one of them is the one that was meant.
    given: Vec<CertificateDer<'static>>,
    own: Option<Arc<WebPkiServerVerifier>>,
    system: Result<rustls_platform_verifier::Verifier, String>,
    provider: Arc<CryptoProvider>,
    memory: Memory,
}

impl Verifier {
    fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<Verdict, rustls::Error> {
        if self.pin == Some(fingerprint(end_entity)) {
            return Ok(Verdict::Pinned);
        }
        let vouched = self.own.as_ref().is_some_and(|own| {
            own.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .is_ok()
        });
        if vouched || self.given.iter().any(|given| given == end_entity) {
            return Ok(Verdict::ByAuthority);
        }
        match &self.system {
            Ok(system) => system
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map(|_| Verdict::Trusted),
            Err(_) => Err(CertificateError::UnknownIssuer.into()),
        }
    }

    /// A verifier's error as a reason. What the certificate says of itself helps: the systems' verifiers differ in
    /// which of several faults they name, and webpki calls most self-signed certificates wrong in another way.
    fn reason(&self, der: &[u8], host: &str, error: &rustls::Error, now: UnixTime) -> Reason {
        let rustls::Error::InvalidCertificate(why) = error else {
            return Reason::Other(error.to_string());
        };
        if *why == CertificateError::Revoked {
            return Reason::Revoked;
        }
        if let Some(accepted) = self.pin {
            return Reason::Changed { accepted };
        }
        let words = Reason::Other(format!("{why:?}"));
        let Some(read) = Certificate::read(der, Verdict::Refused(words.clone())) else {
            return words;
        };
        // Whatever else is wrong with it: no name and no date would make it trusted.
        if read.self_signed {
            return Reason::SelfSigned;
        }
        let expired = Reason::Expired {
            since: read.not_after,
        };
        let early = Reason::NotYetValid {
            from: read.not_before,
        };
        let name = Reason::WrongName {
            wanted: host.to_owned(),
            has: read.subjects(),
        };
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => early,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                name
            }
            CertificateError::UnknownIssuer => Reason::UnknownIssuer,
            _ if read.not_after.as_second() < now => expired,
            _ if read.not_before.as_second() > now => early,
            _ if !read.is_for(host) => name,
            _ => words,
        }
    }
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
        let judged = self.judge(end_entity, intermediates, server_name, ocsp_response, now);
        let verdict = match &judged {
            Ok(verdict) => verdict.clone(),
            Err(error) => {
                Verdict::Refused(self.reason(end_entity, &server_name.to_str(), error, now))
            }
        };
        self.memory
            .with(|draft| draft.shown = Some((end_entity.to_vec(), verdict)));
        judged.map(|_| ServerCertVerified::assertion())
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

fn fingerprint(der: &[u8]) -> Fingerprint {
    Fingerprint(Sha256::digest(der).into())
}
