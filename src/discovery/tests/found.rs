//! Settings that somebody tells: DNS, autoconfiguration, providers.

use super::fixture::Web;
use super::*;

fn cantiere() -> Zone {
    Zone::default()
        .hosts(&["cantiere.example", "autoconfig.cantiere.example"])
        .mx("cantiere.example", 10, "mx.cantiere.example")
}

fn auto(url: &str) -> Source {
    Source::Autoconfig {
        url: url.to_owned(),
        mx: None,
    }
}

#[tokio::test]
async fn a_service_record_wins_over_autoconfiguration() {
    let seal = Seal::new();
    let web = Web::serve(Some(&seal), &[(OWN_PAGE, page("b.example", 993, "SSL"))]).await;
    let names =
        Names::serve(cantiere().srv("_imaps._tcp.cantiere.example", (0, 1), 1993, "a.example"));
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(
        urls(&found),
        ["imaps://a.example:1993", "imaps://b.example:993"]
    );
    let source = Source::Srv {
        record: "_imaps._tcp.cantiere.example".to_owned(),
    };
    assert_eq!(found.candidates[0].source, source);
    assert_eq!(found.candidates[0].login, LoginForm::Unknown);
}

#[tokio::test]
async fn the_same_server_stands_once_with_all_that_is_known() {
    let seal = Seal::new();
    let web = Web::serve(Some(&seal), &[(OWN_PAGE, page("a.example", 993, "SSL"))]).await;
    let names =
        Names::serve(cantiere().srv("_imaps._tcp.cantiere.example", (0, 1), 993, "a.example"));
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(urls(&found), ["imaps://a.example:993"]);
    assert!(matches!(found.candidates[0].source, Source::Srv { .. }));
    assert_eq!(found.candidates[0].login, LoginForm::Address);
}

#[tokio::test]
async fn services_are_ordered_by_protection_protocol_and_priority() {
    let names = Names::serve(
        cantiere()
            .srv("_pop3s._tcp.cantiere.example", (0, 0), 995, "p.example")
            .srv("_imap._tcp.cantiere.example", (0, 0), 143, "i.example")
            .srv(
                "_imaps._tcp.cantiere.example",
                (20, 0),
                993,
                "second.example",
            )
            .srv(
                "_imaps._tcp.cantiere.example",
                (10, 0),
                993,
                "first.example",
            ),
    );
    let found = look("anna@cantiere.example", &world(&names, None, &[]))
        .await
        .unwrap();
    assert_eq!(
        urls(&found),
        [
            "imaps://first.example:993",
            "imaps://second.example:993",
            "imap://i.example:143",
            "pop3s://p.example:995"
        ]
    );
}

#[tokio::test]
async fn a_page_is_found_at_either_place() {
    let seal = Seal::new();
    for place in [OWN_PAGE, KNOWN_PAGE] {
        let web = Web::serve(Some(&seal), &[(place, page("i.example", 143, "STARTTLS"))]).await;
        let names = Names::serve(cantiere());
        let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
        let found = look("anna@cantiere.example", &world).await.unwrap();
        assert_eq!(urls(&found), ["imap://i.example:143"], "{place}");
        let source = auto(&format!("https://{place}"));
        assert_eq!(found.candidates[0].source, source);
        assert_eq!(found.candidates[0].login, LoginForm::Address);
    }
}

#[tokio::test]
async fn plain_http_is_asked_last_and_clear_text_not_believed() {
    let seal = Seal::new();
    let names = Names::serve(cantiere());
    let plain = Web::serve(None, &[(OWN_PAGE, page("i.example", 993, "SSL"))]).await;
    let protected = Web::serve(Some(&seal), &[(KNOWN_PAGE, page("s.example", 993, "SSL"))]).await;
    let authority = Some(seal.authority());
    let ports = [(80, plain.port), (443, protected.port)];
    let found = look("anna@cantiere.example", &world(&names, authority, &ports)).await;
    assert_eq!(urls(&found.unwrap()), ["imaps://s.example:993"]);
    assert_eq!(plain.heard(), [""; 0]);

    let found = look("anna@cantiere.example", &world(&names, None, &ports[..1])).await;
    let found = found.unwrap();
    assert_eq!(urls(&found), ["imaps://i.example:993"]);
    assert_eq!(
        found.candidates[0].source,
        auto(&format!("http://{OWN_PAGE}"))
    );

    let clear = Web::serve(None, &[(OWN_PAGE, page("i.example", 143, "plain"))]).await;
    let found = look(
        "anna@cantiere.example",
        &world(&names, None, &[(80, clear.port)]),
    )
    .await;
    assert_eq!(urls(&found.unwrap()), [""; 0]);
}

#[tokio::test]
async fn clear_text_stands_last_whoever_recommends_it() {
    let seal = Seal::new();
    let web = Web::serve(
        Some(&seal),
        &[(OWN_PAGE, page("clear.example", 143, "plain"))],
    )
    .await;
    let names =
        Names::serve(cantiere().srv("_pop3s._tcp.cantiere.example", (0, 0), 995, "p.example"));
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(
        urls(&found),
        ["pop3s://p.example:995", "imap+insecure://clear.example:143"]
    );
    assert_eq!(found.candidates[1].address.security, Security::Clear);
}

#[tokio::test]
async fn a_broken_or_endless_page_counts_for_nothing() {
    let seal = Seal::new();
    let Page::Text(whole) = page("i.example", 993, "SSL") else {
        unreachable!()
    };
    let large = whole.replace(
        "<emailProvider",
        &format!("<!--{}--><emailProvider", "x".repeat(300_000)),
    );
    for bad in [
        Page::Text(whole[..whole.len() - 20].to_owned()),
        Page::Text("<html><p>hello".to_owned()),
        Page::Text(large),
        Page::Endless,
    ] {
        let web = Web::serve(Some(&seal), &[(OWN_PAGE, bad.clone())]).await;
        let names = Names::serve(cantiere());
        let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
        let found = look("anna@cantiere.example", &world).await.unwrap();
        assert_eq!(urls(&found), [""; 0]);
        assert!(!web.heard().is_empty());
    }
}

#[tokio::test]
async fn no_redirect_leads_from_tls_to_clear_text() {
    let seal = Seal::new();
    let plain = Web::serve(
        None,
        &[("cantiere.example/x", page("evil.example", 993, "SSL"))],
    )
    .await;
    let down = Page::Redirect(format!("http://cantiere.example:{}/x", plain.port));
    let web = Web::serve(Some(&seal), &[(KNOWN_PAGE, down)]).await;
    let names = Names::serve(cantiere());
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(urls(&found), [""; 0]);
    assert_eq!(plain.heard(), [""; 0]);
}

#[tokio::test]
async fn a_few_redirects_are_followed_and_tell_no_address() {
    let seal = Seal::new();
    let web = Web::serve(
        Some(&seal),
        &[
            (OWN_PAGE, Page::Redirect("/1".to_owned())),
            (
                "autoconfig.cantiere.example/1",
                Page::Redirect("/2".to_owned()),
            ),
            (
                "autoconfig.cantiere.example/2",
                Page::Redirect("/3".to_owned()),
            ),
            (
                "autoconfig.cantiere.example/3",
                page("i.example", 993, "SSL"),
            ),
            (KNOWN_PAGE, Page::Redirect(format!("https://{KNOWN_PAGE}"))),
        ],
    )
    .await;
    let names = Names::serve(cantiere());
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(urls(&found), ["imaps://i.example:993"]);
    for head in web.heard() {
        assert!(!head.to_ascii_lowercase().contains("referer"), "{head}");
    }
}

#[tokio::test]
async fn a_provider_is_known_by_the_host_that_takes_the_mail() {
    let names = Names::serve(
        Zone::default()
            .mx(
                "cantiere.example",
                10,
                "cantiere-example.mail.protection.outlook.com",
            )
            .mx("officina.example", 10, "mx.altri.example")
            .mx("officina.example", 20, "mx.aruba.it"),
    );
    let world = world(&names, None, &[]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(found.provider.unwrap().id, "microsoft-365");
    let best = &found.candidates[0];
    assert_eq!(best.url(), "imaps://outlook.office365.com:993");
    assert!(best.oauth);
    let host = "cantiere-example.mail.protection.outlook.com".to_owned();
    assert_eq!(best.source, Source::Mx { host });

    let found = look("anna@officina.example", &world).await.unwrap();
    assert_eq!(found.provider.unwrap().id, "aruba");
    assert!(!found.candidates[0].oauth);
    assert_eq!(
        urls(&found),
        ["imaps://imaps.aruba.it:993", "pop3s://pop3s.aruba.it:995"]
    );
}

#[tokio::test]
async fn an_unknown_mail_host_leads_to_its_hosters_page() {
    let seal = Seal::new();
    let place = "autoconfig.hoster.example/mail/config-v1.1.xml";
    let web = Web::serve(
        Some(&seal),
        &[(place, page("i.hoster.example", 993, "SSL"))],
    )
    .await;
    let names = Names::serve(
        Zone::default()
            .hosts(&["cantiere.example", "autoconfig.hoster.example"])
            .mx("cantiere.example", 10, "mx1.hoster.example"),
    );
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("anna@cantiere.example", &world).await.unwrap();
    assert_eq!(urls(&found), ["imaps://i.hoster.example:993"]);
    let source = Source::Autoconfig {
        url: format!("https://{place}"),
        mx: Some("mx1.hoster.example".to_owned()),
    };
    assert_eq!(found.candidates[0].source, source);
}

#[tokio::test]
async fn a_known_domain_does_not_wait_for_those_who_hang() {
    let names = Names::silent();
    let begun = Instant::now();
    let found = look("anna@libero.it", &world(&names, None, &[]))
        .await
        .unwrap();
    assert!(begun.elapsed() < limits().grace + Duration::from_secs(1));
    assert_eq!(found.provider.unwrap().id, "libero");
    assert_eq!(found.candidates[0].source, Source::Provider);
    assert_eq!(found.candidates[0].url(), "imaps://imapmail.libero.it:993");
}

#[tokio::test]
async fn a_server_of_a_known_provider_is_recognised_wherever_it_is_named() {
    let names = Names::serve(cantiere().srv(
        "_imaps._tcp.cantiere.example",
        (0, 0),
        993,
        "imap.mail.me.com",
    ));
    let found = look("anna@cantiere.example", &world(&names, None, &[]))
        .await
        .unwrap();
    assert_eq!(found.candidates[0].provider.unwrap().id, "icloud");
    assert_eq!(found.candidates[0].login, LoginForm::Localpart);
    assert_eq!(found.provider.unwrap().id, "icloud");
}

#[tokio::test]
async fn an_international_domain_is_asked_for_in_ascii() {
    let seal = Seal::new();
    let place = "autoconfig.xn--citt-3na.example/mail/config-v1.1.xml";
    let web = Web::serve(Some(&seal), &[(place, page("i.example", 993, "SSL"))]).await;
    let names = Names::serve(
        Zone::default().hosts(&["autoconfig.xn--citt-3na.example", "xn--citt-3na.example"]),
    );
    let world = world(&names, Some(seal.authority()), &[(443, web.port)]);
    let found = look("info@Città.example", &world).await.unwrap();
    assert_eq!(found.domain, "xn--citt-3na.example");
    assert_eq!(urls(&found), ["imaps://i.example:993"]);
    assert!(
        names
            .asked()
            .contains(&"MX xn--citt-3na.example".to_owned())
    );
}

#[tokio::test]
async fn every_step_says_that_it_begins_and_what_it_brought() {
    let names =
        Names::serve(cantiere().srv("_imaps._tcp.cantiere.example", (0, 0), 993, "a.example"));
    let world = world(&names, None, &[]);
    let mut told = Vec::new();
    let _found = discover("anna@cantiere.example", &world, |stage| told.push(stage))
        .await
        .unwrap();
    for step in [Step::Provider, Step::Srv, Step::Autoconfig, Step::Mx] {
        assert!(told.contains(&Stage::Asking(step)), "{step:?}");
    }
    assert!(told.contains(&Stage::Answered(Step::Srv, 1)));
    assert!(told.contains(&Stage::Answered(Step::Mx, 0)));
    assert!(!told.contains(&Stage::Asking(Step::Probe)));
}
