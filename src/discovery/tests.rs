//! Discovery against name servers, web servers and mail servers of this computer.

mod fixture;
mod found;
mod names;
mod questions;
mod tried;

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::search::hoster;
use super::*;
use fixture::{Page, Seal};
use names::{Names, Zone};

/// Short, but long enough for a busy computer.
fn limits() -> Limits {
    Limits {
        dns: Duration::from_secs(2),
        web: Duration::from_secs(2),
        ask: Duration::from_secs(4),
        probe: Duration::from_secs(4),
        grace: Duration::from_millis(1_500),
    }
}

/// For those who are meant to run into them.
fn short() -> Limits {
    Limits {
        dns: Duration::from_millis(400),
        web: Duration::from_millis(400),
        ask: Duration::from_millis(800),
        probe: Duration::from_millis(600),
        grace: Duration::from_millis(200),
    }
}

/// A port where nobody listens.
fn closed() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A world with this name server; ports that are not given are closed.
fn world(names: &Names, authority: Option<PathBuf>, ports: &[(u16, u16)]) -> World {
    let nobody = closed();
    let shut = [80, 443, 143, 993].map(|port| (port, nobody));
    let ports = shut.into_iter().chain(ports.iter().copied());
    World::at(&[names.address])
        .unwrap()
        .with(limits(), authority)
        .unwrap()
        .with_ports(ports)
}

async fn look(address: &str, world: &World) -> Result<Found, Error> {
    discover(address, world, |_| {}).await
}

fn urls(found: &Found) -> Vec<String> {
    found.candidates.iter().map(Candidate::url).collect()
}

/// A page with one server.
fn page(host: &str, port: u16, socket: &str) -> Page {
    Page::Text(format!(
        "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"x\">\
         <incomingServer type=\"imap\"><hostname>{host}</hostname><port>{port}</port>\
         <socketType>{socket}</socketType><username>%EMAILADDRESS%</username>\
         <authentication>password-cleartext</authentication></incomingServer>\
         </emailProvider></clientConfig>"
    ))
}

const OWN_PAGE: &str = "autoconfig.cantiere.example/mail/config-v1.1.xml";
const KNOWN_PAGE: &str = "cantiere.example/.well-known/autoconfig/mail/config-v1.1.xml";

#[test]
fn a_discovery_can_be_sent_to_another_thread() {
    fn sent(_: &impl Send) {}
    let names = Names::silent();
    let world = World::at(&[names.address]).unwrap();
    sent(&discover("anna@cantiere.example", &world, |_| {}));
}

#[test]
fn a_discovery_takes_twelve_seconds_at_most() {
    assert!(Limits::default().whole() <= Duration::from_secs(12));
}

#[tokio::test]
async fn what_is_no_address_is_refused_before_anybody_is_asked() {
    let names = Names::serve(Zone::default());
    let world = world(&names, None, &[]);
    for typed in [
        "",
        "anna",
        "anna rossi@cantiere.example",
        "anna@",
        "@cantiere.example",
    ] {
        let error = look(typed, &world).await.unwrap_err();
        assert!(matches!(error, Error::NotAnAddress), "{typed}: {error}");
    }
    assert_eq!(names.asked(), [""; 0]);
}

#[test]
fn the_hoster_of_a_mail_host_is_never_a_public_ending() {
    for (host, parent) in [
        ("mx1.hoster.example", Some("hoster.example")),
        ("mx1.mail.hoster.it", Some("mail.hoster.it")),
        ("mx.hoster.co.uk", Some("hoster.co.uk")),
        ("hoster.co.uk", None),
        ("firma.com.au", None),
        ("ditta.it", None),
        ("mx", None),
        ("mx.cantiere.example", None),
    ] {
        assert_eq!(hoster(host, "cantiere.example"), parent, "{host}");
    }
}
