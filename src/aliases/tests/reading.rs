//! The pass over a server.

use futures::StreamExt as _;
use secrecy::SecretString;

use super::*;
use crate::account::Master;
use crate::imap::Login;
use crate::sample::{Config, Mail, Server, Store};
use crate::trouble::{Kind, Trouble};

pub(super) const PASSWORD: &str = "segreta";

fn endpoint(server: &Server) -> Endpoint {
    let url = format!("imap+insecure://{}", server.address());
    Endpoint::new(url.parse().unwrap())
}

fn account(job: Job, password: &str) -> Account {
    let login = Login {
        user: job.login.clone(),
        authorize: None,
        password: SecretString::from(password),
    };
    Account { job, login }
}

pub(super) async fn discovered(
    server: &Server,
    settings: &Settings,
    jobs: Vec<Job>,
) -> Vec<(String, Result<Proposal, Trouble>)> {
    let accounts: Vec<_> = jobs.into_iter().map(|job| account(job, PASSWORD)).collect();
    all(&endpoint(server), settings, accounts).await
}

async fn all(
    endpoint: &Endpoint,
    settings: &Settings,
    accounts: Vec<Account>,
) -> Vec<(String, Result<Proposal, Trouble>)> {
    let found = discover(endpoint, settings, AT_ONCE, accounts).unwrap();
    let mut found: Vec<_> = found.collect().await;
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn header(lines: &str) -> Mail {
    Mail::new(format!("{}\r\n\r\nIl corpo.\r\n", lines.replace('\n', "\r\n")).into_bytes())
}

fn furnished() -> Store {
    let store = Store::new('.', "INBOX.");
    for login in ["anna", "bruno"] {
        store.add_account(login, PASSWORD);
    }
    let _ = store.add_message(
        "anna",
        "INBOX",
        header("Delivered-To: info@example.it\nSubject: x"),
    );
    let _ = store.add_message("anna", "INBOX", header("To: info@example.it"));
    store.add_folder("anna", "INBOX.Posta inviata", None, true);
    for _ in 0..2 {
        let _ = store.add_message(
            "anna",
            "INBOX.Posta inviata",
            header("From: a.rossi@example.it"),
        );
    }
    store
}

#[tokio::test]
async fn both_folders_are_read_without_bodies_and_nothing_changes() {
    for config in [Config::default(), Config::bare()] {
        let server = Server::start(furnished(), config).await.unwrap();
        let before = server.store().folders("anna");
        let jobs = vec![
            job("anna", "anna@example.it"),
            job("bruno", "bruno@example.it"),
        ];
        let found = discovered(&server, &settings(), jobs).await;
        let anna = found[0].1.as_ref().unwrap();
        assert_eq!(
            show(anna),
            ["a.rossi@example.it 00200 2 +", "info@example.it 10010 2 ?",]
        );
        assert_eq!(anna.read, 4);
        assert_eq!(
            found[1].1.as_ref().unwrap().log_line(),
            "No Aliases were discovered, Using Username"
        );
        assert_eq!(server.store().folders("anna"), before);
        let verbs = server.verbs();
        assert!(
            !verbs.contains("SELECT") && verbs.contains("EXAMINE"),
            "{verbs:?}"
        );
        for line in server.transcript() {
            assert!(!line.contains("BODY[") && !line.contains("[]"), "{line}");
        }
    }
}

#[tokio::test]
async fn only_the_newest_are_read_however_far_apart_the_numbers() {
    let store = Store::new('/', "");
    store.add_account("anna", PASSWORD);
    for number in 0..40_u32 {
        let mail = header(&format!("Delivered-To: n{number}@example.it"));
        let uid = 1 + number * number * 1_000;
        let _ = store.add_message("anna", "INBOX", Mail { uid, ..mail });
    }
    let few = Settings {
        inbox: 3,
        ..settings()
    };
    for limit in [None, Some(2)] {
        let server = Server::start(store.clone(), Config::default())
            .await
            .unwrap();
        server.faults().message_limit(limit);
        let found = discovered(&server, &few, vec![job("anna", "anna@example.it")]).await;
        let mut names: Vec<_> = show(found[0].1.as_ref().unwrap());
        names.sort();
        assert_eq!(
            names,
            [
                "n37@example.it 10000 1 ?",
                "n38@example.it 10000 1 ?",
                "n39@example.it 10000 1 ?",
            ],
            "{limit:?}"
        );
        let bare = Server::start(store.clone(), Config::bare()).await.unwrap();
        let all = Settings {
            inbox: 40,
            ..settings()
        };
        let found = discovered(&bare, &all, vec![job("anna", "anna@example.it")]).await;
        assert_eq!(found[0].1.as_ref().unwrap().read, 40);
    }
}

#[tokio::test]
async fn who_has_a_username_only_is_not_even_connected_to() {
    let server = Server::start(furnished(), Config::default()).await.unwrap();
    let username = Settings {
        mode: AliasMode::Username,
        ..settings()
    };
    let found = discovered(&server, &username, vec![job("anna", "anna@example.it")]).await;
    let anna = found[0].1.as_ref().unwrap();
    assert_eq!((anna.read, anna.candidates.len()), (0, 0));
    assert_eq!(server.transcript(), Vec::<String>::new());
}

#[tokio::test]
async fn one_login_that_is_refused_does_not_stop_the_others_and_is_not_tried_again() {
    let server = Server::start(furnished(), Config::default()).await.unwrap();
    let anna = || job("anna", "anna@example.it");
    let accounts = vec![
        account(anna(), "sbagliata"),
        account(job("bruno", "bruno@example.it"), PASSWORD),
        account(anna(), "sbagliata"),
    ];
    let found = all(&endpoint(&server), &settings(), accounts).await;
    let kinds: Vec<_> = found
        .iter()
        .map(|(login, found)| (&**login, found.as_ref().err().map(|trouble| trouble.kind)))
        .collect();
    let refused = Some(Kind::LoginRefused);
    assert_eq!(
        kinds,
        [("anna", refused), ("anna", refused), ("bruno", None)]
    );
    let attempts = server.transcript();
    let attempts = attempts.iter().filter(|line| line.contains("AUTHENTICATE"));
    assert_eq!(attempts.count(), 2);
}

#[tokio::test]
async fn an_administrator_opens_the_mailboxes() {
    let config = Config {
        admin: Some(("capo".into(), "padrona".into())),
        ..Config::default()
    };
    let server = Server::start(furnished(), config).await.unwrap();
    let mut endpoint = endpoint(&server);
    endpoint.master = Some(Master {
        user: "capo".into(),
        separator: None,
    });
    let login = Login {
        user: "capo".into(),
        authorize: Some("anna".into()),
        password: SecretString::from("padrona"),
    };
    let job = job("anna", "anna@example.it");
    let found = all(&endpoint, &settings(), vec![Account { job, login }]).await;
    assert_eq!(found[0].1.as_ref().unwrap().read, 4);
}

#[tokio::test]
async fn what_a_server_does_not_give_is_passed_over() {
    let server = Server::start(furnished(), Config::default()).await.unwrap();
    let jobs = || vec![job("anna", "anna@example.it")];
    server
        .faults()
        .refuse("UID FETCH", "NO [SERVERBUG] cannot read", 1);
    let found = discovered(&server, &settings(), jobs()).await;
    assert_eq!(
        show(found[0].1.as_ref().unwrap()),
        ["a.rossi@example.it 00200 2 +"]
    );
    server.faults().refuse("EXAMINE", "NO no", usize::MAX);
    let found = discovered(&server, &settings(), jobs()).await;
    assert_eq!(found[0].1.as_ref().unwrap().read, 0);
    server.faults().clear();
    server.faults().close_after_rows(1);
    let found = discovered(&server, &settings(), jobs()).await;
    assert_eq!(found[0].1.as_ref().unwrap_err().kind, Kind::ConnectionLost);
}

#[tokio::test]
async fn dropping_the_stream_hangs_up() {
    let server = Server::start(furnished(), Config::default()).await.unwrap();
    server
        .faults()
        .latency(std::time::Duration::from_millis(200));
    let accounts = vec![account(job("anna", "anna@example.it"), PASSWORD)];
    let endpoint = endpoint(&server);
    let mut found = Box::pin(discover(&endpoint, &settings(), 1, accounts).unwrap());
    let waited = tokio::time::timeout(std::time::Duration::from_millis(300), found.next()).await;
    assert!(waited.is_err() && server.connections() == 1);
    drop(found);
    while server.connections() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}
