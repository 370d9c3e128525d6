//! `discover` with a name server of this computer; it leads to hosts that are not connected to.

#[path = "../../src/discovery/tests/names.rs"]
#[allow(dead_code, reason = "the library's tests need more of it")]
mod names;

use super::{EXCEPTIONS, GOOD, Place, Said, USAGE};
use names::{Names, Zone};

fn discover(names: &Names, arguments: &[&str]) -> Said {
    let place = Place::new();
    let line = [&["discover"], arguments].concat();
    let mut command = place.command(&line);
    let _ = command.env("TRAGHETTO_DNS", names.address.to_string());
    Said::of(command.output().unwrap(), &line)
}

fn cantiere() -> Zone {
    let record = |service: &str| format!("{service}.cantiere.example");
    Zone::default()
        .srv(&record("_imaps._tcp"), (0, 1), 1993, "posta.hoster.example")
        .srv(&record("_imap._tcp"), (0, 0), 0, ".")
        .mx("cantiere.example", 10, "mx.aruba.it")
}

#[test]
fn what_the_dns_says_is_told_in_both_languages() {
    let names = Names::serve(cantiere());
    let said = discover(&names, &["anna@cantiere.example"]).ended(GOOD);
    let _english = said.says(&[
        "Mail provider: Aruba",
        "IMAP must be active",
        "imaps://posta.hoster.example:1993\n  from DNS: _imaps._tcp.cantiere.example",
        "imaps://imaps.aruba.it:993\n  provider recognised by mx.aruba.it",
        "does not offer: _imap._tcp",
        "traghetto-cli new DIR --origin imaps://posta.hoster.example:1993",
    ]);
    let said = discover(&names, &["anna@cantiere.example", "--lang", "it"]).ended(GOOD);
    let _italian = said.says(&[
        "Gestore della posta: Aruba",
        "IMAP deve essere attivo",
        "dal DNS: _imaps._tcp.cantiere.example",
    ]);
}

#[test]
fn scripts_read_the_same_as_json() {
    let names = Names::serve(cantiere());
    let said = discover(&names, &["cantiere.example", "--json"]).ended(GOOD);
    let found = &said.events()[0];
    assert_eq!(found["domain"], "cantiere.example");
    assert_eq!(found["provider"], "aruba");
    assert_eq!(found["absent"][0], "_imap._tcp");
    let best = &found["candidates"][0];
    assert_eq!(best["url"], "imaps://posta.hoster.example:1993");
    assert_eq!(best["security"], "tls");
    assert_eq!(best["login"], "unknown");
    assert_eq!(best["source"]["record"], "_imaps._tcp.cantiere.example");
    assert_eq!(found["candidates"][1]["source"]["kind"], "mx");
}

#[test]
fn finding_nothing_has_an_exit_code_of_its_own() {
    let names = Names::serve(Zone::default().txt("cantiere.example", &["v=spf1 -all"]));
    let _nothing = discover(&names, &["anna@cantiere.example"])
        .ended(EXCEPTIONS)
        .says(&["No mail server", "Ask whoever"]);
    let said = discover(&names, &["anna@cantiere.example", "--json"]).ended(EXCEPTIONS);
    assert_eq!(said.events()[0]["candidates"].as_array().unwrap().len(), 0);
    let _typed_wrong = discover(&names, &["anna@cantiree.example"])
        .ended(EXCEPTIONS)
        .explains(&["cantiree.example", "does not exist"]);
}

#[test]
fn what_cannot_be_looked_for_is_a_usage_error() {
    let names = Names::serve(Zone::default());
    let _no_address = discover(&names, &["anna rossi"])
        .ended(USAGE)
        .explains(&["anna rossi", "neither"]);
    assert!(names.asked().is_empty());
    let place = Place::new();
    let line = ["discover", "anna@cantiere.example"];
    let mut command = place.command(&line);
    let _ = command.env("TRAGHETTO_DNS", "localhost");
    let _no_port = Said::of(command.output().unwrap(), &line)
        .ended(USAGE)
        .explains(&["localhost", "TRAGHETTO_DNS"]);
}
