//! A trial login: what it is refused with, and that it is tried once.

use super::*;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};

/// What comes of a login at a server that is set up so.
async fn trial(config: Config, login: Login) -> (Result<Answer, Box<Failure>>, Sample) {
    let server = sample(config).await;
    let order = order("imap+insecure", server.address().port()).await;
    (probe(order.with(login)).await, server)
}

fn attempts(server: &Sample) -> usize {
    let transcript = server.transcript();
    let tries = |line: &&String| line.contains(" AUTHENTICATE") || line.contains(" LOGIN ");
    transcript.iter().filter(tries).count()
}

#[tokio::test]
async fn a_refused_login_is_tried_exactly_once() {
    for config in [Config::default(), Config::bare()] {
        let (found, server) = trial(config, login(USER, "sbagliata")).await;
        let failure = found.unwrap_err();
        assert_eq!(failure.trouble.kind, Kind::LoginRefused);
        assert!(failure.trouble.subject.starts_with(USER));
        assert!(
            failure.technical[0].starts_with("login anna"),
            "{failure:?}"
        );
        assert!(!format!("{failure:?}").contains("sbagliata"));
        assert_eq!(attempts(&server), 1, "{:?}", server.transcript());
    }
}

#[tokio::test]
async fn a_refusal_is_told_by_its_words() {
    for (said, kind) in [
        (
            "NO [ALERT] Application-specific password required",
            Kind::ProviderGate,
        ),
        (
            "NO [ALERT] Your account is not enabled for IMAP use.",
            Kind::ImapDisabled,
        ),
        (
            "NO [AUTHENTICATIONFAILED] Too many login failures",
            Kind::LoginSuspended,
        ),
        (
            "NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded",
            Kind::TooManyConnections,
        ),
        (
            "NO [UNAVAILABLE] Temporary authentication failure.",
            Kind::ServerBusy,
        ),
        ("NO LOGIN DENIED -- COUNTRY IS BLACKLISTED", Kind::Blocked),
    ] {
        let config = Config::default();
        config.faults.refuse("AUTHENTICATE", said, usize::MAX);
        let (found, server) = trial(config, login(USER, "password")).await;
        assert_eq!(found.unwrap_err().trouble.kind, kind, "{said}");
        assert_eq!(attempts(&server), 1, "{said}");
    }
}

#[tokio::test]
async fn without_a_way_to_log_in_no_password_is_sent() {
    let none = ["AUTH=PLAIN", "AUTH=LOGIN"];
    for (offers, kind) in [
        (&["LOGINDISABLED"][..], Kind::NoLoginMethod),
        (&["LOGINDISABLED", "AUTH=XOAUTH2"], Kind::OauthOnly),
    ] {
        let config = Config::default().without(&none).with(offers);
        let (found, server) = trial(config, login(USER, PASSWORD)).await;
        assert_eq!(found.unwrap_err().trouble.kind, kind);
        assert_eq!(attempts(&server), 0);
    }
    let wants_tls =
        peer::greeter(b"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n").await;
    let order = order("imap+insecure", wants_tls).await;
    let failure = fails(order.with(login(USER, PASSWORD))).await;
    assert_eq!(failure.trouble.kind, Kind::EncryptionRequired);
}

/// A server that answers everything but STATUS: one with so much mail that counting takes for ever.
async fn slow_counter() -> u16 {
    peer::serve(|socket| async move {
        let mut talk = BufStream::new(socket);
        let mut line = String::from("* greeting");
        loop {
            let (tag, rest) = line.trim_end().split_once(' ').unwrap_or_default();
            let verb = rest.split(' ').next().unwrap_or_default();
            let before = match verb {
                "greeting" => "* OK [CAPABILITY IMAP4rev1] ready\r\n",
                "CAPABILITY" => "* CAPABILITY IMAP4rev1\r\n",
                "LIST" => "* LIST () \"/\" INBOX\r\n* LIST () \"/\" Tante\r\n",
                _ => "",
            };
            let end = match verb {
                "greeting" | "STATUS" => String::new(),
                _ => format!("{tag} OK done\r\n"),
            };
            let words = format!("{before}{end}");
            line.clear();
            if talk.write_all(words.as_bytes()).await.is_err()
                || talk.flush().await.is_err()
                || talk.read_line(&mut line).await.unwrap_or(0) == 0
            {
                break;
            }
        }
    })
    .await
}

#[tokio::test]
async fn mail_that_takes_too_long_to_count_is_no_failure() {
    let mut order = order("imap+insecure", slow_counter().await).await;
    order.limit = Duration::from_secs(2);
    let answer = probe(order.with(login(USER, PASSWORD))).await.unwrap();
    let trial = answer.login.unwrap();
    assert_eq!(
        (trial.folders, trial.messages, trial.octets),
        (2, None, None)
    );
    assert_eq!(answer.separator, Some('/'));
}

#[tokio::test]
async fn a_login_that_is_never_answered_ends_at_the_limit() {
    let port = peer::greeter(b"* OK [CAPABILITY IMAP4rev1] ready\r\n").await;
    let mut order = order("imap+insecure", port).await;
    order.limit = Duration::from_millis(500);
    let failure = fails(order.with(login(USER, PASSWORD))).await;
    assert_eq!(failure.trouble.kind, Kind::TimedOut);
    assert_eq!(failure.alternatives, [], "the port is the right one");
}
