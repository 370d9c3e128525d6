//! Many logins at once.

use super::*;
use crate::account::Master;
use crate::probe::credentials::{Account, AccountAnswer, Denied, Ends, credentials};
use futures::StreamExt;

const MANY: usize = 12;

fn name(index: usize) -> String {
    format!("utente{index}")
}

async fn crowd(config: Config) -> Sample {
    let store = Store::new('/', "");
    for index in 0..MANY {
        let login = name(index);
        store.add_account(&login, PASSWORD);
        for _ in 0..index {
            let body = b"Subject: x\r\n\r\nx\r\n".to_vec();
            let _ = store.add_message(&login, "INBOX", Mail::new(body));
        }
    }
    Sample::start(store, config).await.unwrap()
}

fn at(port: u16) -> Endpoint {
    endpoint("imap+insecure", port)
}

fn account(id: usize, password: &str) -> Account<usize> {
    Account {
        id,
        origin: login(&name(id), password),
        destination: None,
    }
}

async fn all(
    ends: Ends,
    accounts: Vec<Account<usize>>,
) -> Vec<(usize, Result<AccountAnswer, Denied>)> {
    let mut found: Vec<_> = credentials(&ends, accounts).unwrap().collect().await;
    found.sort_by_key(|(id, _)| *id);
    found
}

fn attempts(server: &Sample) -> usize {
    let transcript = server.transcript();
    let tries = |line: &&String| line.contains(" AUTHENTICATE") || line.contains(" LOGIN ");
    transcript.iter().filter(tries).count()
}

fn kind_of(found: &Result<AccountAnswer, Denied>) -> Option<(Side, Kind)> {
    found.as_ref().err().map(|(side, why)| (*side, why.kind))
}

#[tokio::test]
async fn each_login_gets_its_own_answer() {
    let (origin, destination) = (crowd(Config::default()).await, crowd(Config::bare()).await);
    let ends = Ends::new(
        at(origin.address().port()),
        Some(at(destination.address().port())),
    );
    let mut accounts: Vec<_> = (0..4).map(|id| account(id, PASSWORD)).collect();
    accounts[1].origin = login(&name(1), "sbagliata");
    accounts[2].destination = Some(login(&name(5), PASSWORD));
    accounts[3].destination = Some(login(&name(3), "sbagliata"));
    let found = all(ends, accounts).await;
    let good = |messages, destination_messages| AccountAnswer {
        messages: Some(messages),
        octets: Some(messages * 17),
        folders: 1,
        destination_messages,
    };
    assert_eq!(found[0].1, Ok(good(0, None)));
    assert_eq!(
        kind_of(&found[1].1),
        Some((Side::Origin, Kind::LoginRefused))
    );
    assert_eq!(found[2].1, Ok(good(2, Some(5))));
    assert_eq!(
        kind_of(&found[3].1),
        Some((Side::Destination, Kind::LoginRefused))
    );
    for server in [origin, destination] {
        let verbs = server.verbs();
        assert!(
            !verbs.contains("SELECT") && !verbs.contains("CREATE"),
            "{verbs:?}"
        );
    }
}

#[tokio::test]
async fn a_refused_password_is_not_sent_twice_and_a_corrected_one_is() {
    let server = crowd(Config::default()).await;
    let accounts = vec![
        account(1, "sbagliata"),
        account(1, "sbagliata"),
        account(1, "sbagliata"),
        account(1, PASSWORD),
    ];
    let found = all(Ends::new(at(server.address().port()), None), accounts).await;
    let refused = found.iter().filter(|(_, found)| found.is_err()).count();
    assert_eq!((refused, found.len()), (3, 4));
    assert_eq!(attempts(&server), 2, "{:?}", server.transcript());
}

#[tokio::test]
async fn a_side_that_blocks_us_is_left_alone() {
    for said in [
        "NO Your IP address is blocked",
        "NO [AUTHENTICATIONFAILED] Too many login failures",
    ] {
        let server = crowd(Config::default()).await;
        server.faults().refuse("AUTHENTICATE", said, usize::MAX);
        let ends = Ends {
            at_once: 1,
            ..Ends::new(at(server.address().port()), None)
        };
        let accounts = (0..MANY).map(|id| account(id, PASSWORD)).collect();
        let found = all(ends, accounts).await;
        assert_eq!(found.len(), MANY);
        assert!(found.iter().all(|(_, found)| found.is_err()));
        assert_eq!(attempts(&server), 3, "{said}");
        let (_, last) = found.last().unwrap();
        let (_, why) = last.as_ref().unwrap_err();
        assert!(why.subject.starts_with(&name(MANY - 1)), "{why}");
    }
}

#[tokio::test]
async fn wrong_passwords_of_a_list_do_not_stop_the_others() {
    let server = crowd(Config::default()).await;
    let password = |id| if id < MANY - 1 { "sbagliata" } else { PASSWORD };
    let accounts = (0..MANY).map(|id| account(id, password(id))).collect();
    let found = all(Ends::new(at(server.address().port()), None), accounts).await;
    assert_eq!(attempts(&server), MANY);
    assert!(found[MANY - 1].1.is_ok());
}

#[tokio::test]
async fn an_administrator_who_is_refused_is_not_locked_out() {
    let config = Config {
        admin: Some(("capo".into(), "giusta".into())),
        ..Config::default()
    };
    let server = crowd(config).await;
    let mut origin = at(server.address().port());
    origin.master = Some(Master {
        user: "capo".into(),
        separator: Some("*".into()),
    });
    let accounts = |password: &'static str| -> Vec<_> {
        (0..MANY)
            .map(|id| Account {
                id,
                origin: login(&format!("{}*capo", name(id)), password),
                destination: None,
            })
            .collect()
    };
    let found = all(Ends::new(origin.clone(), None), accounts("sbagliata")).await;
    assert!(found.iter().all(|(_, found)| found.is_err()));
    assert_eq!(attempts(&server), 3);
}

#[tokio::test]
async fn a_server_with_few_connections_is_asked_one_at_a_time() {
    let server = crowd(Config::default()).await;
    let (port, refused) = counted(server.address(), 1).await;
    let accounts = (0..MANY).map(|id| account(id, PASSWORD)).collect();
    let found = all(Ends::new(at(port), None), accounts).await;
    for (id, found) in &found {
        assert_eq!(
            found.as_ref().map(|found| found.messages),
            Ok(Some(*id as u64))
        );
    }
    // Those that were under way when it was learned; later ones only where the server counts late.
    assert!(refused.load(Ordering::SeqCst) >= 1);
}

#[tokio::test]
async fn what_is_dropped_stops() {
    let server = crowd(Config::default()).await;
    let ends = Ends {
        at_once: 2,
        ..Ends::new(at(server.address().port()), None)
    };
    let accounts: Vec<_> = (0..MANY).map(|id| account(id, PASSWORD)).collect();
    let mut checking = Box::pin(credentials(&ends, accounts).unwrap());
    // As the window has it: on a task of its own, which outlives whoever asked.
    let task = tokio::spawn(async move {
        let _first = checking.next().await.unwrap();
        drop(checking);
    });
    task.await.unwrap();
    let tried = attempts(&server);
    assert!(tried <= 3, "{tried}");
    while server.connections() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(attempts(&server), tried);
}
