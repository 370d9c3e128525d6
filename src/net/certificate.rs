//! What stands in a server's certificate, and what was thought of it.
//!
//! Promises: total over any octets: what cannot be read is no certificate, never a failure. Deliberately absent: the
//! judgement itself (`verify`), and words for people.

use std::net::IpAddr;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::time::ASN1Time;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

use crate::account::Fingerprint;

/// A server's certificate, as far as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Host names and addresses it is for (subjectAltName), in its order.
    pub names: Vec<String>,
    /// The subject's common name.
    pub common_name: Option<String>,
    /// Who signed it: common name, else organisation.
    pub issuer: Option<String>,
    /// The organisation of who signed it.
    pub issuer_organization: Option<String>,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
    /// SHA-256 of its DER form.
    pub fingerprint: Fingerprint,
    /// Whether it names itself as its issuer.
    pub self_signed: bool,
    /// What was thought of it.
    pub verdict: Verdict,
}

/// What was thought of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The system's authorities vouch for it.
    Trusted,
    /// A person accepted it by fingerprint.
    Pinned,
    /// The endpoint's own file of authorities vouches for it.
    ByAuthority,
    /// Not accepted: nothing was sent to this server.
    Refused(Reason),
}

/// Why a certificate is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It vouches for itself; only its fingerprint can.
    SelfSigned,
    /// Nobody we trust signed it, or the server does not send the certificates between.
    UnknownIssuer,
    /// It is for other names.
    WrongName {
        /// The host that was called.
        wanted: String,
        /// The names it is for.
        has: Vec<String>,
    },
    /// Its time is over.
    Expired {
        /// When it ended.
        since: Timestamp,
    },
    /// Its time has not come; often this computer's clock is wrong.
    NotYetValid {
        /// When it begins.
        from: Timestamp,
    },
    /// Its issuer took it back.
    Revoked,
    /// Another one was accepted by fingerprint for this endpoint.
    Changed {
        /// The one that was accepted.
        accepted: Fingerprint,
    },
    /// Too weak, or wrong in another way, with the verifier's words.
    Other(String),
}

impl Certificate {
    /// Reads a certificate in DER form; `None` where it is none.
    pub(super) fn read(der: &[u8], verdict: Verdict) -> Option<Self> {
        let (_, read) = X509Certificate::from_der(der).ok()?;
        let names = match read.subject_alternative_name() {
            Ok(Some(found)) => found.value.general_names.iter().filter_map(name).collect(),
            _ => Vec::new(),
        };
        let issuer = read.issuer();
        let issuer_organization = first(issuer.iter_organization());
        Some(Self {
            names,
            common_name: common_name(read.subject()),
            issuer: common_name(issuer)
                .or_else(|| issuer_organization.clone())
                .or_else(|| first(issuer.iter_organizational_unit())),
            issuer_organization,
            not_before: moment(read.validity().not_before),
            not_after: moment(read.validity().not_after),
            fingerprint: Fingerprint(Sha256::digest(der).into()),
            self_signed: read.subject().as_raw() == issuer.as_raw(),
            verdict,
        })
    }

    /// Names it is for: the alternative names, else the common name.
    pub fn subjects(&self) -> Vec<String> {
        if self.names.is_empty() {
            self.common_name.iter().cloned().collect()
        } else {
            self.names.clone()
        }
    }

    /// Whether it is for this host name or address: `*` stands for one label, the first (RFC 9525).
    pub fn is_for(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.names.iter().any(|name| {
            let name = name.to_ascii_lowercase();
            match name.strip_prefix("*.") {
                Some(rest) => host.split_once('.').is_some_and(|(_, tail)| tail == rest),
                None => name == host,
            }
        })
    }
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    first(name.iter_common_name())
}

fn first<'a>(mut values: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>) -> Option<String> {
    let text = values.next()?.as_str().ok()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(octets) => <[u8; 4]>::try_from(*octets)
            .map(IpAddr::from)
            .or_else(|_| <[u8; 16]>::try_from(*octets).map(IpAddr::from))
            .ok()
            .map(|address| address.to_string()),
        _ => None,
    }
}

/// "No end" is written as the last second of the year 9999 (RFC 5280 4.1.2.5), which is past the last `Timestamp`.
fn moment(time: ASN1Time) -> Timestamp {
    let seconds = time.timestamp();
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DnType, KeyPair, SanType, date_time_ymd};

    fn made(change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["posta.example".into()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn what_people_look_at_is_read() {
        let der = made(|params| {
            params
                .subject_alt_names
                .push(SanType::IpAddress("192.0.2.7".parse().unwrap()));
            params
                .distinguished_name
                .push(DnType::CommonName, "La posta");
            params
                .distinguished_name
                .push(DnType::OrganizationName, "Cantieri");
            params.not_before = date_time_ymd(2024, 2, 29);
            params.not_after = date_time_ymd(2031, 3, 12);
        });
        let read = Certificate::read(&der, Verdict::Trusted).unwrap();
        assert_eq!(read.names, ["posta.example", "192.0.2.7"]);
        assert_eq!(read.common_name.as_deref(), Some("La posta"));
        assert_eq!(read.issuer.as_deref(), Some("La posta"));
        assert_eq!(read.issuer_organization.as_deref(), Some("Cantieri"));
        assert_eq!(read.not_before.to_string(), "2024-02-29T00:00:00Z");
        assert_eq!(read.not_after.to_string(), "2031-03-12T00:00:00Z");
        assert!(read.self_signed);
        assert_eq!(read.fingerprint, Fingerprint(Sha256::digest(&der).into()));
    }

    #[test]
    fn a_certificate_without_end_is_read() {
        let der = made(|params| params.not_after = date_time_ymd(9999, 12, 31));
        let read = Certificate::read(&der, Verdict::Trusted).unwrap();
        assert_eq!(read.not_after, Timestamp::MAX);
    }

    #[test]
    fn what_is_no_certificate_is_none() {
        let der = made(|_| {});
        for octets in [&b""[..], b"\x30\x82", &der[..der.len() / 2], b"nonsense"] {
            assert_eq!(Certificate::read(octets, Verdict::Trusted), None);
        }
    }

    #[test]
    fn a_star_stands_for_one_label() {
        let der = made(|params| {
            params.subject_alt_names = vec![
                SanType::DnsName("*.posta.example".try_into().unwrap()),
                SanType::DnsName("Altra.example".try_into().unwrap()),
            ];
        });
        let read = Certificate::read(&der, Verdict::Trusted).unwrap();
        for (host, fits) in [
            ("imap.posta.example", true),
            ("IMAP.Posta.Example.", true),
            ("altra.example", true),
            ("posta.example", false),
            ("a.b.posta.example", false),
        ] {
            assert_eq!(read.is_for(host), fits, "{host}");
        }
    }
}
