//! The usual places, and the ways nothing can be found.

use super::fixture::{Greeter, Web};
use super::*;

const HOSTS: [&str; 5] = [
    "cantiere.example",
    "imap.cantiere.example",
    "mail.cantiere.example",
    "mx.cantiere.example",
    "autoconfig.cantiere.example",
];

fn cantiere() -> Zone {
    Zone::default()
        .hosts(&HOSTS)
        .mx("cantiere.example", 10, "mx.cantiere.example")
}

#[tokio::test]
async fn a_trusted_server_with_tls_comes_first_of_those_that_greet() {
    let seal = Seal::new();
    let tls = Greeter::serve(Some(&seal), true, "* OK ready\r\n", "").await;
    let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n";
    let later = Greeter::serve(Some(&seal), false, greeting, "").await;
    let names = Names::serve(cantiere());
    let world = world(
        &names,
        Some(seal.authority()),
        &[(993, tls.port), (143, later.port)],
    );
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(found.candidates.len(), 8, "{:?}", urls(&found));
    assert_eq!(found.candidates[0].address.security, Security::Tls);
    for candidate in &found.candidates {
        assert_eq!(candidate.source, Source::Probe { trusted: true });
        assert_eq!(candidate.login, LoginForm::Unknown);
    }
}

#[tokio::test]
async fn no_credential_is_sent_while_guessing() {
    let seal = Seal::new();
    let stranger = Seal::new();
    let tls = Greeter::serve(Some(&stranger), true, "* OK ready\r\n", "").await;
    let later = Greeter::serve(Some(&seal), false, "* OK ready\r\n", "IMAP4rev1 STARTTLS").await;
    let web = Web::serve(Some(&seal), &[]).await;
    let plain = Web::serve(None, &[]).await;
    let names = Names::serve(cantiere());
    let ports = [
        (993, tls.port),
        (143, later.port),
        (443, web.port),
        (80, plain.port),
    ];
    let world = world(&names, Some(seal.authority()), &ports);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert!(!found.candidates.is_empty());
    assert!(tls.visits() > 0 && later.visits() > 0);
    assert_eq!(tls.heard(), [""; 0]);
    let mut heard = later.heard();
    heard.sort();
    heard.dedup();
    assert_eq!(heard, ["a CAPABILITY", "b STARTTLS"]);
    let pages = [web.heard(), plain.heard()].concat();
    assert!(pages.len() >= 3, "{pages:?}");
    for head in pages {
        assert!(head.starts_with("GET "), "{head}");
        let head = head.to_ascii_lowercase();
        assert!(!head.contains("authorization") && !head.contains("cookie"));
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_and_comes_after_the_others() {
    let seal = Seal::new();
    let stranger = Seal::new();
    let tls = Greeter::serve(Some(&stranger), true, "* OK ready\r\n", "").await;
    let later = Greeter::serve(Some(&seal), false, "* OK ready\r\n", "STARTTLS").await;
    let names = Names::serve(cantiere());
    let world = world(
        &names,
        Some(seal.authority()),
        &[(993, tls.port), (143, later.port)],
    );
    let found = look("anna@cantiere.example", &world).await.unwrap();
    let order: Vec<_> = found
        .candidates
        .iter()
        .map(|candidate| (candidate.address.security, candidate.source.clone()))
        .collect();
    assert_eq!(
        order[0],
        (Security::StartTls, Source::Probe { trusted: true })
    );
    assert_eq!(order[7], (Security::Tls, Source::Probe { trusted: false }));
}

#[tokio::test]
async fn a_server_without_starttls_is_clear_text() {
    let bare = Greeter::serve(None, false, "* OK ready\r\n", "IMAP4rev1").await;
    let names = Names::serve(cantiere());
    let found = look(
        "anna@cantiere.example",
        &world(&names, None, &[(143, bare.port)]),
    )
    .await
    .unwrap();
    assert_eq!(found.candidates.len(), 4);
    for candidate in found.candidates {
        assert_eq!(candidate.address.security, Security::Clear);
    }
}

#[tokio::test]
async fn whoever_speaks_something_else_is_not_found() {
    let pop = Greeter::serve(None, false, "+OK POP3 ready\r\n", "").await;
    let names = Names::serve(cantiere());
    let world = world(&names, None, &[(143, pop.port), (993, pop.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(urls(&found), [""; 0]);
    assert!(pop.visits() > 0);
}

#[tokio::test]
async fn a_service_the_domain_does_not_offer_is_not_tried() {
    let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n";
    let seal = Seal::new();
    let tls = Greeter::serve(Some(&seal), true, "* OK ready\r\n", "").await;
    let later = Greeter::serve(Some(&seal), false, greeting, "").await;
    let ports = [(993, tls.port), (143, later.port)];
    let no_tls = cantiere().srv("_imaps._tcp.cantiere.example", (0, 0), 0, ".");
    let names = Names::serve(no_tls.clone());
    let authority = Some(seal.authority());
    let found = look("anna@cantiere.example", &world(&names, authority, &ports)).await;
    let found = found.unwrap();
    assert_eq!(found.absent, ["_imaps._tcp"]);
    assert_eq!((found.candidates.len(), tls.visits()), (4, 0));

    let nothing = no_tls.srv("_imap._tcp.cantiere.example", (0, 0), 0, ".");
    let names = Names::serve(nothing);
    let before = later.visits();
    let found = look("anna@cantiere.example", &world(&names, None, &ports)).await;
    let found = found.unwrap();
    assert_eq!(found.absent, ["_imaps._tcp", "_imap._tcp"]);
    assert_eq!((found.candidates.len(), later.visits()), (0, before));
}

#[tokio::test]
async fn nothing_is_found_within_the_limit_though_every_host_hangs() {
    let mute = Greeter::mute().await;
    let names = Names::serve(cantiere());
    let short = short();
    let ports = [80, 443, 143, 993].map(|port| (port, mute.port));
    let hanging = world(&names, None, &ports).with(short, None).unwrap();
    let begun = Instant::now();
    let found = look("anna@cantiere.example", &hanging).await.unwrap();
    assert!(begun.elapsed() >= short.probe);
    assert!(begun.elapsed() < short.whole() + Duration::from_millis(800));
    assert_eq!(urls(&found), [""; 0]);
    assert!(mute.visits() >= 8, "{}", mute.visits());
}

#[tokio::test]
async fn a_domain_that_does_not_exist_and_a_silent_name_server_are_told_apart() {
    let names = Names::serve(cantiere());
    let error = look("anna@cantiree.example", &world(&names, None, &[]))
        .await
        .unwrap_err();
    assert!(matches!(&error, Error::NoSuchDomain(domain) if domain == "cantiree.example"));

    let names = Names::silent();
    let silent = world(&names, None, &[]).with(short(), None).unwrap();
    let error = look("anna@cantiere.example", &silent).await.unwrap_err();
    assert!(matches!(error, Error::Dns(dns::Error::Timeout)), "{error}");
}

#[tokio::test]
async fn dropping_a_discovery_closes_its_connections() {
    let seal = Seal::new();
    let web = Web::serve(Some(&seal), &[(OWN_PAGE, Page::Hangs)]).await;
    let names = Names::serve(cantiere());
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let heard = |word: &str| {
        web.heard()
            .iter()
            .filter(|head| head.starts_with(word))
            .count()
    };
    let mut discovery = Box::pin(look("anna@cantiere.example", &world));
    while heard("GET /mail") == 0 {
        let step = tokio::time::timeout(Duration::from_millis(20), &mut discovery).await;
        assert!(step.is_err(), "over before it was dropped");
    }
    drop(discovery);
    let begun = Instant::now();
    while heard("(closed)") == 0 {
        assert!(begun.elapsed() < Duration::from_secs(5), "still open");
        sleep(Duration::from_millis(20)).await;
    }
}
