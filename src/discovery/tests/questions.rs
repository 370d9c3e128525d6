//! Questions to the DNS.

use std::net::Ipv4Addr;

use super::super::dns::{Error, Resolver};
use super::*;

fn resolver(names: &Names) -> Resolver {
    Resolver::at(&[names.address])
        .unwrap()
        .within(Duration::from_secs(2))
}

#[tokio::test]
async fn mail_hosts_come_in_the_order_of_their_preference() {
    let names = Names::serve(
        Zone::default()
            .mx("cantiere.example", 20, "MX2.cantiere.example")
            .mx("cantiere.example", 10, "mx1.cantiere.example")
            .mx("senza.example", 0, "."),
    );
    let resolver = resolver(&names);
    let found = resolver.mx("cantiere.example").await.unwrap();
    let hosts: Vec<_> = found.iter().map(|mx| mx.host.as_deref().unwrap()).collect();
    assert_eq!(hosts, ["mx1.cantiere.example", "mx2.cantiere.example"]);
    assert_eq!(found[0].ttl, Duration::from_mins(5));
    let none = resolver.mx("senza.example").await.unwrap();
    assert_eq!((none.len(), none[0].host.as_deref()), (1, None));
}

#[tokio::test]
async fn services_come_by_priority_then_by_weight() {
    let record = "_imaps._tcp.cantiere.example";
    let names = Names::serve(
        Zone::default()
            .srv(record, (20, 0), 993, "c.example")
            .srv(record, (10, 1), 993, "b.example")
            .srv(record, (10, 9), 1993, "a.example"),
    );
    let found = resolver(&names)
        .srv("_imaps._tcp", "Cantiere.example.")
        .await;
    let order: Vec<_> = found
        .unwrap()
        .into_iter()
        .map(|srv| (srv.host.unwrap(), srv.port))
        .collect();
    assert_eq!(
        order,
        [
            ("a.example".to_owned(), 1993),
            ("b.example".to_owned(), 993),
            ("c.example".to_owned(), 993)
        ]
    );
}

#[tokio::test]
async fn the_parts_of_a_text_are_joined() {
    let names = Names::serve(
        Zone::default()
            .txt("cantiere.example", &["v=spf1 include:", "spf.example -all"])
            .txt("_dmarc.cantiere.example", &["v=DMARC1"]),
    );
    let resolver = resolver(&names);
    let found = resolver.txt("cantiere.example").await.unwrap();
    assert_eq!(found[0].text, "v=spf1 include:spf.example -all");
    let found = resolver.txt("_dmarc.cantiere.example").await.unwrap();
    assert_eq!(found[0].text, "v=DMARC1");
}

#[tokio::test]
async fn a_host_is_followed_through_its_aliases() {
    let names = Names::serve(
        Zone::default()
            .cname("imap.cantiere.example", "posta.hoster.example")
            .cname("posta.hoster.example", "box7.hoster.example")
            .a("box7.hoster.example"),
    );
    let found = resolver(&names)
        .cname_or_address("imap.cantiere.example")
        .await
        .unwrap();
    assert_eq!(
        found.aliases,
        ["posta.hoster.example", "box7.hoster.example"]
    );
    assert_eq!(found.addresses, [Ipv4Addr::LOCALHOST]);
    assert_eq!(found.ttl, Duration::from_mins(5));
}

#[tokio::test]
async fn the_four_ways_of_no_answer_are_told_apart() {
    let names = Names::serve(Zone::default().a("cantiere.example"));
    let known = resolver(&names);
    assert_eq!(known.mx("cantiere.example").await, Err(Error::NoRecord));
    assert_eq!(known.mx("nessuno.example").await, Err(Error::NoSuchDomain));
    assert_eq!(known.mx("no name").await, Err(Error::NotAName));
    let address = known.cname_or_address("nessuno.example").await;
    assert_eq!(address, Err(Error::NoSuchDomain));

    let silent = Names::silent();
    let silent = resolver(&silent).within(Duration::from_millis(300));
    assert_eq!(silent.mx("cantiere.example").await, Err(Error::Timeout));

    let broken = Names::broken();
    let error = resolver(&broken).mx("cantiere.example").await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error}");
}

#[tokio::test]
async fn a_change_is_seen_at_once() {
    let names = Names::serve(Zone::default().mx("cantiere.example", 10, "mx.cantiere.example"));
    let resolver = resolver(&names);
    for _ in 0..3 {
        let _ = resolver.mx("cantiere.example").await.unwrap();
    }
    assert_eq!(names.asked(), ["MX cantiere.example"; 3]);
}
