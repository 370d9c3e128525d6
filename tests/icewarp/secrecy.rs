//! Passwords arrive octet for octet, and are seen nowhere else.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tracing_subscriber::fmt::MakeWriter;
use traghetto::account::Endpoint;
use traghetto::imap::{Destination, Login};
use traghetto::net::Connector;
use traghetto::provision::Provisioner as _;
use traghetto::sample::{Config, Server, Store};

use crate::support::icewarp::{ADMIN_PASSWORD, Simulator, World};
use crate::{anna, client, make, with};

fn passwords() -> Vec<String> {
    [
        "a:b::c",
        "\"quoted\" 'twice' \\",
        "&<>&amp;]]>&#65;",
        "  führender Raum",
        "Raum am Ende  ",
        "\ttab\t",
        "Straße ß ẞ é e\u{301}",
        "🦀🚢 \u{10FFFF}",
        "1",
        "%41+%2B p=&t=1",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["x".repeat(200), "ß&🦀 ".repeat(40)])
    .collect()
}

#[tokio::test]
async fn passwords_arrive_octet_for_octet_and_open_the_mailbox() {
    let store = Store::new('/', "");
    let mail = Server::start(store.clone(), Config::default())
        .await
        .unwrap();
    let mut world = World::new();
    let opened = store.clone();
    world.on_password = Some(Box::new(move |address, password| {
        opened.add_account(address, password);
    }));
    let simulator = Simulator::start(world).await;
    let client = client(&simulator);
    let url = format!("imap+insecure://{}", mail.address());
    let connector = Connector::new(&Endpoint::new(url.parse().unwrap())).unwrap();
    for (number, password) in passwords().into_iter().enumerate() {
        let one = crate::wanted(&format!("u{number}"), &[]);
        let secret = SecretString::from(password.clone());
        client.create(&one, &secret).await.unwrap();
        assert_eq!(simulator.account(&one.address).unwrap().password, password);
        let login = Login {
            user: one.address.clone(),
            authorize: None,
            password: secret,
        };
        let mailbox = Destination::connect(&connector, &login, Duration::from_secs(5)).await;
        assert!(mailbox.is_ok(), "{password:?}: {mailbox:?}");
    }
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_password_is_logged_printed_or_told_whatever_the_server_repeats() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For all threads and tests of this program: whatever they say is caught from here on.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let secret = "ein & <Geheimnis> ß";
    let mut seen = Vec::new();
    // All goes well, with every kind of act.
    let (simulator, client) = with(|_| {}).await;
    client.create(&anna(), &secret.into()).await.unwrap();
    client.set_password(&anna(), &secret.into()).await.unwrap();
    seen.push(format!("{client:?} {:?}", client.test(&[anna()]).await));
    drop(simulator);
    // Everything is refused, and repeated.
    for command in ["authenticate", "createaccount", "setaccountpassword"] {
        for uid in ["account_password_policy", "never_heard_of", "-9"] {
            let (_simulator, client) = with(|world| {
                world.faults.echo = true;
                world.faults.refuse.insert(command.into(), (uid.into(), 9));
            })
            .await;
            let failure = client.create(&anna(), &secret.into()).await.unwrap_err();
            assert!(failure.trouble.detail.contains(uid), "{failure}");
            seen.push(format!("{failure} {failure:?} {client:?}"));
        }
    }
    // Answers are lost, or nobody's.
    for wrong in [
        |world: &mut World| world.faults.html = true,
        |world: &mut World| {
            world
                .faults
                .cut_after
                .insert("setaccountpassword".into(), 9);
        },
    ] {
        let (_simulator, client) = with(wrong).await;
        let failure = client.create(&anna(), &secret.into()).await.unwrap_err();
        seen.push(format!("{failure} {failure:?}"));
    }
    // And without TLS.
    let clear = Simulator::start_clear(World::new()).await;
    let client = crate::client(&clear);
    client.create(&anna(), &secret.into()).await.unwrap();
    let refused = make(&client, &anna()).await.unwrap_err();
    seen.push(format!("{refused:?} {client:?}"));
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(
        log.contains("createaccount") && log.contains("never_heard_of"),
        "nothing was caught: {log}"
    );
    seen.push(log);
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    for text in &seen {
        for hidden in [secret, ADMIN_PASSWORD] {
            assert!(!text.contains(hidden), "{hidden}");
            assert!(!text.contains(&escaped(hidden)), "{hidden}");
        }
        assert!(!text.contains("Geheimnis"));
    }
}
