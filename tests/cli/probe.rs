//! `probe`: one server tried out, as people and scripts meet it.

use traghetto::sample::{Config, Mail, Server, Store};

use super::{GOOD, Place, STOPPED, Said, USAGE};

/// A sample server with one account, and its address.
fn served() -> (tokio::runtime::Runtime, Server, String) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let store = Store::new('/', "");
    store.add_account("anna", "segreta");
    let _ = store.add_message("anna", "INBOX", Mail::new(b"Subject: x\r\n\r\n".to_vec()));
    let config = Config {
        greeting: "Dovecot 2.3.21 ready.".into(),
        ..Config::default().without(&["ID"])
    };
    let server = runtime.block_on(Server::start(store, config)).unwrap();
    let url = format!("imap+insecure://{}", server.address());
    (runtime, server, url)
}

fn with_password(place: &Place, arguments: &[&str], password: &str) -> Said {
    let mut command = place.command(arguments);
    let output = command.env("TRAGHETTO_PROBE_PASSWORD", password).output();
    Said::of(output.unwrap(), arguments)
}

#[test]
fn a_server_is_tried_out_in_both_languages_and_for_scripts() {
    let (_runtime, _server, url) = served();
    let place = Place::new();
    let _english = place.run(&["probe", &url]).ended(GOOD).says(&[
        &url,
        "Dovecot 2.3.21",
        "clear text",
        "and 5 others",
    ]);
    let line = ["probe", &url, "--login", "anna", "--lang", "it"];
    let _italian = with_password(&place, &line, "segreta").ended(GOOD).says(&[
        "in chiaro",
        "Separatore",
        "UIDPLUS SPECIAL-USE",
        "anna: 1 cartella, 1 messaggio",
        "e altre ",
    ]);
    let line = ["probe", &url, "--login", "anna", "--json"];
    let said = with_password(&place, &line, "segreta").ended(GOOD);
    let found = said.event("probed");
    assert_eq!(found["software"], "Dovecot");
    assert_eq!(found["version"], "2.3.21");
    assert_eq!(found["tls"], serde_json::Value::Null);
    assert_eq!(found["separator"], "/");
    assert_eq!(found["login"]["messages"], 1);
    assert_eq!(found["useful"][0], "UIDPLUS");
}

#[test]
fn a_refused_login_stops_and_the_password_is_never_shown() {
    let (_runtime, server, url) = served();
    let place = Place::new();
    let line = ["probe", &url, "--login", "anna"];
    let said = with_password(&place, &line, "sbagliata")
        .ended(STOPPED)
        .explains(&[
            "user name or password",
            "login anna",
            "AUTHENTICATIONFAILED",
        ]);
    assert!(!said.err.contains("import"), "there is no list: {said:?}");
    assert!(!format!("{said:?}").contains("sbagliata"));
    let attempts = |line: &&String| line.contains("AUTHENTICATE");
    assert_eq!(server.transcript().iter().filter(attempts).count(), 1);
    let line = ["probe", &url, "--login", "anna", "--json"];
    let said = with_password(&place, &line, "sbagliata").ended(STOPPED);
    let failed = said.event("probe_failed");
    assert_eq!(failed["trouble"]["kind"], "login-refused");
    let _nobody = place
        .run(&["probe", &url, "--login", "anna"])
        .ended(USAGE)
        .explains(&["password of anna", "TRAGHETTO_PROBE_PASSWORD"]);
}

#[test]
fn a_port_where_nobody_listens_is_told_with_the_technical_lines() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let place = Place::new();
    let url = format!("imaps://127.0.0.1:{port}");
    let _english = place.run(&["probe", &url]).ended(STOPPED).explains(&[
        "nobody answers on that port",
        &format!("connect 127.0.0.1:{port}"),
        "ECONNREFUSED",
    ]);
    let _italian = place
        .run(&["probe", &url, "--lang", "it"])
        .ended(STOPPED)
        .explains(&["non risponde nessuno"]);
    let _address = place
        .run(&["probe", "posta.example"])
        .ended(USAGE)
        .explains(&["posta.example", "imaps://"]);
    let _nothing = place.run(&["probe"]).ended(USAGE).explains(&["URL"]);
    let _pin = place
        .run(&["probe", &url, "--accept-certificate", "SHA256:00"])
        .ended(USAGE)
        .explains(&["64"]);
}

#[test]
fn another_service_is_named_with_what_to_do() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let _serving = std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let _ = socket.write_all(b"+OK POP3 ready\r\n");
            let _ = socket.read(&mut [0; 64]);
        }
    });
    let place = Place::new();
    let url = format!("imap://127.0.0.1:{port}");
    let _said = place
        .run(&["probe", &url])
        .ended(STOPPED)
        .says(&["a POP3 server"])
        .explains(&["not IMAP", "+OK POP3 ready"]);
    let said = place.run(&["probe", &url, "--json"]).ended(STOPPED);
    let failed = said.event("probe_failed");
    assert_eq!(failed["peer"], "pop3");
    assert_eq!(failed["trouble"]["kind"], "wrong-protocol");
}
