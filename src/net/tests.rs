//! Certificates of every kind, and servers that do not speak TLS as they should.

pub(crate) mod peer;

use tokio::io::AsyncReadExt;

use super::certificate::Verdict;
use super::*;
use peer::{Made, endpoint};

async fn dialled(endpoint: &Endpoint) -> (Result<Stream, Error>, Seen) {
    let connector = Connector::new(endpoint).unwrap();
    let done = connector.dial().await;
    (done, connector.seen())
}

/// Why this certificate is refused, with and without its authority trusted; and what was seen of it.
async fn refused(made: &Made, trusting: bool) -> (Reason, Seen) {
    let port = peer::tls_greeter(made, b"ciao").await;
    let mut endpoint = endpoint("imaps", port);
    endpoint.authority = trusting.then(|| made.authority());
    let (done, found) = dialled(&endpoint).await;
    let Err(Error::Certificate { reason, seen, .. }) = done else {
        panic!("{done:?}")
    };
    assert_eq!(seen, Some(made.pin));
    let shown = found.certificate.as_ref().unwrap();
    assert_eq!(shown.fingerprint, made.pin);
    assert_eq!(shown.verdict, Verdict::Refused(reason.clone()));
    assert_eq!(found.agreed, None);
    (reason, found)
}

async fn greeting(mut stream: Stream) -> String {
    let mut octets = [0; 4];
    let _ = stream.read_exact(&mut octets).await;
    String::from_utf8_lossy(&octets).into_owned()
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused_as_such() {
    let (reason, seen) = refused(&peer::self_signed(), false).await;
    assert_eq!(reason, Reason::SelfSigned);
    let shown = seen.certificate.unwrap();
    assert!(shown.self_signed);
    assert_eq!(shown.common_name.as_deref(), Some("localhost"));
}

#[tokio::test]
async fn a_certificate_of_nobody_we_know_is_refused_as_such() {
    let (reason, seen) = refused(&peer::good(), false).await;
    assert_eq!(reason, Reason::UnknownIssuer);
    let shown = seen.certificate.unwrap();
    assert!(!shown.self_signed);
    assert_eq!(shown.issuer.as_deref(), Some("Autorità di prova"));
}

#[tokio::test]
async fn a_certificate_for_another_name_says_which() {
    let made = peer::signed(&["altrove.example"], |_| {});
    let (reason, _) = refused(&made, true).await;
    let expected = Reason::WrongName {
        wanted: "localhost".into(),
        has: vec!["altrove.example".into()],
    };
    assert_eq!(reason, expected);
}

#[tokio::test]
async fn a_certificate_out_of_its_time_says_since_when() {
    let (reason, seen) = refused(&peer::expired(), true).await;
    let shown = seen.certificate.unwrap();
    assert_eq!(
        reason,
        Reason::Expired {
            since: shown.not_after
        }
    );
    let (reason, seen) = refused(&peer::not_yet_valid(), true).await;
    let shown = seen.certificate.unwrap();
    assert_eq!(
        reason,
        Reason::NotYetValid {
            from: shown.not_before
        }
    );
}

#[tokio::test]
async fn an_accepted_fingerprint_opens_and_another_does_not() {
    let made = peer::self_signed();
    let port = peer::tls_greeter(&made, b"ciao").await;
    let mut accepted = endpoint("imaps", port);
    accepted.certificate = Some(made.pin);
    let (done, seen) = dialled(&accepted).await;
    assert_eq!(greeting(done.unwrap()).await, "ciao");
    assert_eq!(seen.certificate.unwrap().verdict, Verdict::Pinned);
    let other = Fingerprint([7; 32]);
    accepted.certificate = Some(other);
    let (done, _) = dialled(&accepted).await;
    let Err(Error::Certificate { reason, .. }) = done else {
        panic!("{done:?}")
    };
    assert_eq!(reason, Reason::Changed { accepted: other });
}

#[tokio::test]
async fn an_authority_file_opens_whether_it_signed_or_is_what_is_shown() {
    for made in [peer::good(), peer::self_signed()] {
        let port = peer::tls_greeter(&made, b"ciao").await;
        let mut trusted = endpoint("imaps", port);
        trusted.authority = Some(made.authority());
        let (done, seen) = dialled(&trusted).await;
        assert_eq!(greeting(done.unwrap()).await, "ciao");
        assert_eq!(seen.certificate.unwrap().verdict, Verdict::ByAuthority);
    }
}

#[tokio::test]
async fn what_was_agreed_on_can_be_looked_at() {
    let made = peer::good();
    let port = peer::tls_greeter(&made, b"ciao").await;
    let mut trusted = endpoint("imaps", port);
    trusted.authority = Some(made.authority());
    let (_stream, seen) = dialled(&trusted).await;
    let agreed = seen.agreed.unwrap();
    assert_eq!(agreed.version, "TLS 1.3");
    assert!(
        agreed.cipher.contains("AES") || agreed.cipher.contains("ChaCha20"),
        "{agreed:?}"
    );
    assert!(agreed.exchange.is_some());
    assert_eq!(seen.address.map(|address| address.port()), Some(port));
    assert!(seen.tcp.is_some() && seen.tls.is_some());
}

#[tokio::test]
async fn a_server_that_knows_only_old_tls_is_told_apart() {
    let port = peer::old_tls().await;
    let (done, seen) = dialled(&endpoint("imaps", port)).await;
    assert!(matches!(done, Err(Error::TlsTooOld(_))), "{done:?}");
    assert_eq!(seen.certificate, None);
}

#[tokio::test]
async fn an_answer_that_is_not_tls_is_told_apart() {
    let port = peer::greeter(b"* OK ready\r\n").await;
    let (done, _) = dialled(&endpoint("imaps", port)).await;
    assert!(matches!(done, Err(Error::NotTls)), "{done:?}");
}

#[tokio::test]
async fn nobody_listening_and_no_such_name_are_told_apart() {
    let port = peer::closed_port().await;
    let (nobody, seen) = dialled(&endpoint("imaps", port)).await;
    assert!(matches!(nobody, Err(Error::Refused(_))), "{nobody:?}");
    assert_eq!(seen.address.map(|address| address.port()), Some(port));
    let nowhere = Endpoint::new("imaps://no-such-host.invalid".parse().unwrap());
    let (nowhere, seen) = dialled(&nowhere).await;
    assert!(matches!(nowhere, Err(Error::Name(_))), "{nowhere:?}");
    assert_eq!(seen.address, None);
    let nonsense = Endpoint::new("imaps://posta..example".parse().unwrap());
    let nonsense = Connector::new(&nonsense);
    assert!(matches!(nonsense, Err(Error::Name(_))), "{nonsense:?}");
}

#[test]
fn the_most_telling_failure_counts() {
    let io = |kind: io::ErrorKind| dial_error(kind.into());
    let refused = io(io::ErrorKind::ConnectionRefused);
    let no_route = io(io::ErrorKind::NetworkUnreachable);
    let prohibited = io(io::ErrorKind::PermissionDenied);
    assert!(matches!(refused, Error::Refused(_)));
    assert!(matches!(no_route, Error::Unreachable(_)));
    assert!(matches!(prohibited, Error::Unreachable(_)));
    let silent = Error::Timeout(DIAL_LIMIT);
    assert!(telling(&refused) > telling(&silent));
    assert!(telling(&silent) > telling(&no_route));
}

#[test]
fn an_authority_file_without_certificates_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "-----BEGIN CERTIFICATE-----\n???\n").unwrap();
    let mut endpoint = endpoint("imaps", 1);
    endpoint.authority = Some(file.path().to_owned());
    let error = Connector::new(&endpoint).unwrap_err();
    assert!(matches!(error, Error::Authority(_)), "{error}");
}
