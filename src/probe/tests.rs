//! One server at a time: those that are as they should be, and those that are not.

mod logins;
mod many;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::join_all;
use secrecy::SecretString;
use tokio::io::AsyncReadExt;
use tokio::sync::oneshot;

use super::*;
use crate::account::Fingerprint;
use crate::net::tests::peer::{self, Made, endpoint};
use crate::sample::{Config, Mail, Server as Sample, Store};

const USER: &str = "anna";
const PASSWORD: &str = "segreta";

fn login(user: &str, password: &str) -> Login {
    Login {
        user: user.to_owned(),
        authorize: None,
        password: SecretString::from(password),
    }
}

/// A server with one account that has three messages in two folders.
async fn sample(config: Config) -> Sample {
    let store = Store::new('/', "");
    store.add_account(USER, PASSWORD);
    store.add_folder(USER, "Clienti", None, true);
    for (folder, text) in [("INBOX", "uno"), ("INBOX", "due"), ("Clienti", "tre")] {
        let body = format!("Subject: {text}\r\n\r\n{text}\r\n");
        let _ = store.add_message(USER, folder, Mail::new(body.into_bytes()));
    }
    Sample::start(store, config).await.unwrap()
}

/// A test of a local server; the usual ports are two where nobody listens.
async fn order(scheme: &str, port: u16) -> Order {
    Order {
        limit: Duration::from_secs(12),
        ports: Ports {
            tls: peer::closed_port().await,
            start_tls: peer::closed_port().await,
        },
        ..Order::new(endpoint(scheme, port), Side::Origin)
    }
}

fn trusting(mut order: Order, made: &Made) -> Order {
    order.endpoint.authority = Some(made.authority());
    order
}

async fn fails(order: Order) -> Failure {
    match probe(order).await {
        Err(failure) => *failure,
        Ok(answer) => panic!("{answer:?}"),
    }
}

fn shown(alternatives: &[Alternative]) -> Vec<(String, Answers)> {
    alternatives
        .iter()
        .map(|found| (found.address.to_string(), found.answers))
        .collect()
}

#[tokio::test]
async fn a_good_server_tells_everything_the_window_shows() {
    let behind = sample(Config {
        greeting: "Dovecot 2.3.21 (Debian) ready.".into(),
        ..Config::default()
            .without(&["ID"])
            .with(&["APPENDLIMIT=52428800"])
    })
    .await;
    behind.store().set_quota(USER, Some(1 << 20));
    let made = peer::good();
    let port = peer::tls_front(&made, behind.address()).await;
    for side in [Side::Origin, Side::Destination] {
        let mut order = trusting(order("imaps", port).await, &made).with(login(USER, PASSWORD));
        order.side = side;
        let answer = probe(order).await.unwrap();
        assert_eq!(answer.address.map(|address| address.port()), Some(port));
        assert!(!answer.connect.is_zero() && !answer.round_trip.is_zero());
        let tls = answer.tls.unwrap();
        assert_eq!(tls.version, "TLS 1.3");
        let certificate = answer.certificate.unwrap();
        assert_eq!(certificate.verdict, Verdict::ByAuthority);
        assert_eq!(certificate.names, ["localhost"]);
        assert_eq!(certificate.fingerprint, made.pin);
        assert_eq!(answer.server.to_string(), "Dovecot 2.3.21");
        let useful = &answer.capabilities.useful;
        assert_eq!(useful[..3], ["UIDPLUS", "SPECIAL-USE", "CONDSTORE"]);
        assert!(useful.iter().any(|word| word == "APPENDLIMIT"));
        assert!(
            answer
                .capabilities
                .others
                .iter()
                .any(|word| word == "ENABLE")
        );
        assert_eq!(answer.separator, Some('/'));
        let trial = answer.login.unwrap();
        assert_eq!((trial.user.as_str(), trial.folders), (USER, 2));
        assert_eq!(trial.messages, Some(3));
        assert_eq!(trial.octets, Some(63));
        assert_eq!(trial.quota.map(|(_, most)| most), Some(1 << 20));
        assert_eq!(trial.append_limit, Some(52_428_800));
    }
    let verbs = behind.verbs();
    for verb in [
        "APPEND",
        "SELECT",
        "UID STORE",
        "STORE",
        "CREATE",
        "SUBSCRIBE",
        "EXPUNGE",
    ] {
        assert!(!verbs.contains(verb), "{verb} was said");
    }
}

#[tokio::test]
async fn without_a_login_only_the_server_is_looked_at() {
    let behind = sample(Config::default()).await;
    let made = peer::self_signed();
    let port = peer::tls_front(&made, behind.address()).await;
    let mut order = order("imaps", port).await;
    order.endpoint.certificate = Some(made.pin);
    let answer = probe(order).await.unwrap();
    assert_eq!(answer.certificate.unwrap().verdict, Verdict::Pinned);
    assert_eq!(answer.server.name, "Traghetto sample");
    assert_eq!((answer.login, answer.separator), (None, None));
    let verbs = behind.verbs();
    assert!(
        !verbs.contains("LOGIN") && !verbs.contains("AUTHENTICATE"),
        "{verbs:?}"
    );
}

#[tokio::test]
async fn whatever_is_spoken_there_its_certificate_is_shown() {
    let made = peer::self_signed();
    // A server of the web says nothing until it is asked.
    let port = peer::tls_greeter(&made, b"").await;
    let mut endpoint = endpoint("imaps", port);
    let failure = reach(endpoint.clone(), LIMIT).await.unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::CertificateSelfSigned);
    assert_eq!(failure.certificate.unwrap().fingerprint, made.pin);
    endpoint.certificate = Some(made.pin);
    let reached = reach(endpoint.clone(), LIMIT).await.unwrap();
    assert_eq!(reached.certificate.unwrap().verdict, Verdict::Pinned);
    assert_eq!(reached.tls.unwrap().version, "TLS 1.3");
    endpoint.url.port = peer::closed_port().await;
    let failure = reach(endpoint.clone(), LIMIT).await.unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::ConnectionRefused);
    endpoint.url.port = peer::silent().await;
    let failure = reach(endpoint, Duration::from_millis(300)).await;
    assert_eq!(failure.unwrap_err().trouble.kind, Kind::TimedOut);
}

#[tokio::test]
async fn start_tls_shows_its_certificate_too() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let port = peer::start_tls_front(Some(&made), behind.address()).await;
    let order = trusting(order("imap", port).await, &made).with(login(USER, PASSWORD));
    let answer = probe(order).await.unwrap();
    assert!(answer.tls.is_some());
    assert_eq!(answer.certificate.unwrap().fingerprint, made.pin);
    assert_eq!(answer.login.unwrap().messages, Some(3));
}

#[tokio::test]
async fn a_refused_certificate_is_shown_and_nothing_is_sent() {
    let behind = sample(Config::default()).await;
    let wrong_name = peer::signed(&["altrove.example"], |_| {});
    for (made, trusted, kind) in [
        (peer::self_signed(), false, Kind::CertificateSelfSigned),
        (peer::good(), false, Kind::CertificateUnknownIssuer),
        (wrong_name, true, Kind::CertificateWrongName),
        (peer::expired(), true, Kind::CertificateExpired),
        (peer::not_yet_valid(), true, Kind::CertificateNotYetValid),
    ] {
        for (scheme, port) in [
            ("imaps", peer::tls_front(&made, behind.address()).await),
            (
                "imap",
                peer::start_tls_front(Some(&made), behind.address()).await,
            ),
        ] {
            let mut order = order(scheme, port).await.with(login(USER, PASSWORD));
            if trusted {
                order = trusting(order, &made);
            }
            let failure = fails(order).await;
            assert_eq!(failure.trouble.kind, kind, "{scheme}");
            let certificate = failure.certificate.unwrap();
            assert_eq!(certificate.fingerprint, made.pin);
            assert!(matches!(certificate.verdict, Verdict::Refused(_)));
            assert_eq!(failure.alternatives, []);
        }
    }
    assert_eq!(behind.transcript(), Vec::<String>::new());
}

#[tokio::test]
async fn another_certificate_than_the_accepted_one_is_told_apart() {
    let made = peer::self_signed();
    let port = peer::tls_greeter(&made, b"").await;
    let mut order = order("imaps", port).await;
    order.endpoint.certificate = Some(Fingerprint([7; 32]));
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::CertificateChanged);
    assert!(failure.certificate.unwrap().self_signed);
}

#[tokio::test]
async fn a_refused_port_names_the_address_and_finds_the_other_port() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let closed = peer::closed_port().await;
    let other = peer::start_tls_front(Some(&made), behind.address()).await;
    let mut order = trusting(order("imaps", closed).await, &made).with(login(USER, PASSWORD));
    order.ports.start_tls = other;
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::ConnectionRefused);
    assert_eq!(failure.address.map(|address| address.port()), Some(closed));
    assert_eq!(
        shown(&failure.alternatives),
        [(format!("imap://localhost:{other}"), Answers::Imap)]
    );
    let lines = &failure.technical;
    assert_eq!(lines[0], format!("connect {}", failure.address.unwrap()));
    assert!(
        lines[1].contains("ECONNREFUSED (") && lines[1].ends_with(" ms"),
        "{lines:?}"
    );
    let verbs = behind.verbs();
    assert!(
        !verbs.contains("LOGIN") && !verbs.contains("AUTHENTICATE"),
        "{verbs:?}"
    );
}

#[tokio::test]
async fn an_alternative_with_a_certificate_to_accept_says_so() {
    let made = peer::self_signed();
    let mut order = order("imap", peer::closed_port().await).await;
    order.ports.tls = peer::tls_greeter(&made, b"* OK ready\r\n").await;
    let expected = (
        format!("imaps://localhost:{}", order.ports.tls),
        Answers::Untrusted,
    );
    assert_eq!(shown(&fails(order).await.alternatives), [expected]);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_looked_up_once() {
    let mut order = order("imaps", 993).await;
    order.endpoint.url.host = "no-such-host.invalid".into();
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::NameUnknown);
    assert_eq!(failure.technical[0], "lookup no-such-host.invalid");
    assert_eq!((failure.address, failure.alternatives), (None, Vec::new()));
}

#[tokio::test]
async fn a_silent_port_ends_at_the_limit() {
    for scheme in ["imaps", "imap", "imap+insecure"] {
        let mut order = order(scheme, peer::silent().await).await;
        order.limit = Duration::from_millis(600);
        let failure = fails(order).await;
        assert_eq!(failure.trouble.kind, Kind::TimedOut, "{scheme}");
        assert_eq!(failure.peer, None, "{scheme}");
        assert!(failure.elapsed >= Duration::from_millis(600), "{scheme}");
    }
}

#[tokio::test]
async fn a_silent_port_is_given_up_no_sooner_and_the_other_port_is_found_meanwhile() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let mut order = trusting(order("imaps", peer::silent().await).await, &made);
    order.limit = Duration::from_secs(3);
    order.ports.start_tls = peer::start_tls_front(Some(&made), behind.address()).await;
    let expected = format!("imap://localhost:{}", order.ports.start_tls);
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::TimedOut);
    assert_eq!(shown(&failure.alternatives), [(expected, Answers::Imap)]);
}

#[tokio::test]
async fn tls_that_is_too_old_is_told() {
    let failure = fails(order("imaps", peer::old_tls().await).await).await;
    assert_eq!(failure.trouble.kind, Kind::TlsTooOld);
    assert!(
        failure.technical[0].starts_with("tls "),
        "{:?}",
        failure.technical
    );
}

#[tokio::test]
async fn tls_at_a_port_of_clear_text_finds_start_tls_there() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let port = peer::start_tls_front(Some(&made), behind.address()).await;
    let failure = fails(trusting(order("imaps", port).await, &made)).await;
    assert_eq!(failure.trouble.kind, Kind::ClearTextPort);
    assert_eq!(failure.peer, Some(Peer::Imap));
    assert_eq!(
        shown(&failure.alternatives),
        [(format!("imap://localhost:{port}"), Answers::Imap)]
    );
}

#[tokio::test]
async fn clear_text_at_a_port_of_tls_finds_tls_there_before_the_limit() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let port = peer::tls_front(&made, behind.address()).await;
    let made = &made;
    let trying = ["imap", "imap+insecure"].map(|scheme| async move {
        let mut order = trusting(order(scheme, port).await, made);
        order.ports.tls = port;
        let began = Instant::now();
        let failure = fails(order).await;
        assert_eq!(failure.trouble.kind, Kind::TlsPort, "{scheme}");
        assert_eq!(failure.peer, Some(Peer::Tls), "{scheme}");
        assert_eq!(
            shown(&failure.alternatives),
            [(format!("imaps://localhost:{port}"), Answers::Imap)]
        );
        assert!(began.elapsed() < Duration::from_secs(12), "{scheme}");
    });
    let _ = join_all(trying).await;
}

async fn is_named(made: &Made, (scheme, port, peer): (&str, u16, Peer)) {
    let failure = fails(trusting(order(scheme, port).await, made)).await;
    assert_eq!(
        failure.trouble.kind,
        Kind::WrongProtocol,
        "{scheme} {peer:?}"
    );
    assert_eq!(failure.peer, Some(peer), "{scheme}");
    assert_eq!(failure.alternatives, [], "{scheme} {peer:?}");
}

#[tokio::test]
async fn other_services_are_named() {
    let made = peer::good();
    let pop3 = b"+OK POP3 ready\r\n";
    let smtp = b"220 mail.example ESMTP\r\n";
    let ssh = b"SSH-2.0-OpenSSH_9.2\r\n";
    for service in [
        ("imap", peer::greeter(pop3).await, Peer::Pop3),
        ("imap+insecure", peer::greeter(smtp).await, Peer::Smtp),
        ("imap", peer::greeter(ssh).await, Peer::Other),
        ("imaps", peer::tls_greeter(&made, pop3).await, Peer::Pop3),
        ("imaps", peer::tls_greeter(&made, smtp).await, Peer::Smtp),
        // TLS spoken to what is not TLS at all.
        ("imaps", peer::greeter(pop3).await, Peer::Pop3),
    ] {
        is_named(&made, service).await;
    }
}

#[tokio::test]
async fn whoever_is_shut_out_is_told_so_and_nobody_else_is_looked_for() {
    let config = Config::icewarp();
    let icewarp = config.icewarp.clone().unwrap();
    let server = sample(config).await;
    icewarp.block(true);
    let order = order("imap+insecure", server.address().port()).await;
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::Blocked);
    assert!(failure.trouble.detail.starts_with("NO LOGOUT Intrusion"));
    assert_eq!((failure.peer, failure.alternatives.len()), (None, 0));
}

#[tokio::test]
async fn a_web_server_is_named_though_it_waits_to_be_asked() {
    let made = peer::good();
    let trying = [
        ("imap", peer::web().await, Peer::Http),
        ("imaps", peer::web().await, Peer::Http),
        ("imaps", peer::tls_web(&made).await, Peer::Http),
    ]
    .map(|service| is_named(&made, service));
    let _ = join_all(trying).await;
}

#[tokio::test]
async fn start_tls_that_is_not_offered_is_never_done_without() {
    let behind = sample(Config::default()).await;
    let made = peer::good();
    let port = peer::start_tls_front(None, behind.address()).await;
    let mut order = trusting(order("imap", port).await, &made).with(login(USER, PASSWORD));
    order.ports.tls = peer::tls_front(&made, behind.address()).await;
    let expected = format!("imaps://localhost:{}", order.ports.tls);
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::NoStartTls);
    assert_eq!(shown(&failure.alternatives), [(expected, Answers::Imap)]);
    let verbs = behind.verbs();
    assert!(
        !verbs.contains("LOGIN") && !verbs.contains("AUTHENTICATE"),
        "{verbs:?}"
    );
}

#[tokio::test]
async fn an_authority_file_that_cannot_be_used_is_told() {
    let mut order = order("imaps", 993).await;
    order.endpoint.authority = Some("/no/such/file.pem".into());
    let failure = fails(order).await;
    assert_eq!(failure.trouble.kind, Kind::AuthorityFile);
}

#[tokio::test]
async fn a_test_that_is_dropped_leaves_no_connection() {
    let (arrived, arrival) = oneshot::channel();
    let (left, leaving) = oneshot::channel();
    let signals = std::sync::Mutex::new(Some((arrived, left)));
    let port = peer::serve(move |mut socket| {
        let signals = signals.lock().unwrap().take();
        async move {
            if let Some((arrived, left)) = signals {
                let _ = arrived.send(());
                let _ = socket.read_to_end(&mut Vec::new()).await;
                let _ = left.send(());
            }
        }
    })
    .await;
    let testing = tokio::spawn(probe(order("imap+insecure", port).await));
    arrival.await.unwrap();
    testing.abort();
    leaving.await.unwrap();
}

/// Counts the connections that were made to a server in front of another.
async fn counted(behind: std::net::SocketAddr, most: usize) -> (u16, Arc<AtomicUsize>) {
    let (open, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let count = refused.clone();
    let port = peer::serve(move |mut socket| {
        let (open, refused) = (open.clone(), refused.clone());
        async move {
            if open.fetch_add(1, Ordering::SeqCst) < most {
                let mut behind = tokio::net::TcpStream::connect(behind).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut socket, &mut behind).await;
            } else {
                let _ = refused.fetch_add(1, Ordering::SeqCst);
                let words = b"* BYE Too many connections from your address\r\n";
                let _ = tokio::io::AsyncWriteExt::write_all(&mut socket, words).await;
                let _ = socket.read_to_end(&mut Vec::new()).await;
            }
            let _ = open.fetch_sub(1, Ordering::SeqCst);
        }
    })
    .await;
    (port, count)
}

#[tokio::test]
async fn a_server_that_has_too_many_connections_says_so() {
    let behind = sample(Config::default()).await;
    let (port, _) = counted(behind.address(), 0).await;
    let failure = fails(order("imap+insecure", port).await).await;
    assert_eq!(failure.trouble.kind, Kind::TooManyConnections);
    assert_eq!(failure.alternatives, []);
}
