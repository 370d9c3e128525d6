//! The administrator's way in: refused, lost, renewed; over TLS and without.

use std::time::{Duration, Instant};

use futures::future::join_all;
use secrecy::SecretString;
use traghetto::account::Fingerprint;
use traghetto::provision::icewarp::Icewarp;
use traghetto::provision::{Provisioner as _, Standing};
use traghetto::trouble::{Kind, Remedy};

use crate::support::icewarp::{ADMIN, Admin, Simulator, World};
use crate::{PASSWORD, anna, client, client_of, limits, make, wanted, with};

fn admin(world: &mut World) -> &mut Admin {
    world.admins.get_mut(ADMIN).unwrap()
}

#[tokio::test]
async fn a_wrong_password_is_waited_for_and_tried_once_however_many_ask() {
    let (simulator, client) = with(|world| {
        admin(world).password = "another".into();
        world.faults.slow_login = Duration::from_millis(300);
    })
    .await;
    let began = Instant::now();
    let anna = anna();
    let all = join_all((0..8).map(|_| client.look(&anna))).await;
    for one in all {
        let trouble = one.unwrap_err();
        assert_eq!(
            (trouble.kind, trouble.remedy),
            (Kind::AdminRefused, Remedy::Ask)
        );
        assert!(trouble.detail.contains("auth_login_invalid"), "{trouble}");
    }
    assert_eq!(simulator.calls("authenticate"), 1);
    assert!(began.elapsed() >= Duration::from_millis(300));
    // Only a test, which somebody asked for, tries again.
    assert_eq!(client.test(&[]).await.unwrap_err().kind, Kind::AdminRefused);
    assert_eq!(simulator.calls("authenticate"), 2);
    simulator.with(|world| admin(world).password = crate::ADMIN_PASSWORD.into());
    assert_eq!(
        client.look(&anna).await.unwrap_err().kind,
        Kind::AdminRefused
    );
    assert_eq!(simulator.calls("authenticate"), 2);
    client.test(&[]).await.unwrap();
    assert_eq!(client.look(&anna).await, Ok(Standing::Missing));
}

#[tokio::test]
async fn why_an_administrator_cannot_come_in_is_told() {
    type Wrong = fn(&mut Admin);
    let wrongs: &[(Wrong, Kind)] = &[
        (|admin| admin.two_factor = true, Kind::AdminTwoFactor),
        (|admin| admin.disabled = true, Kind::AdminRefused),
        (|admin| admin.kind = 0, Kind::AdminRights),
    ];
    for (wrong, kind) in wrongs {
        let (simulator, client) = with(|world| wrong(admin(world))).await;
        assert_eq!(client.look(&anna()).await.unwrap_err().kind, *kind);
        assert_eq!(
            make(&client, &anna()).await.unwrap_err().trouble.kind,
            *kind
        );
        assert_eq!(simulator.calls("authenticate"), 1);
        assert_eq!(simulator.calls("getaccountproperties"), 0);
    }
    let (_simulator, client) = with(|world| admin(world).kind = 2).await;
    assert_eq!(client.look(&anna()).await, Ok(Standing::Missing));
}

#[tokio::test]
async fn an_older_server_that_does_not_tell_who_it_is_is_believed() {
    let (_simulator, client) = with(|world| {
        let fault = (String::from("invoker_commandname_invalid"), 9);
        world.faults.refuse.insert("getsessioninfo".into(), fault);
    })
    .await;
    make(&client, &anna()).await.unwrap();
}

#[tokio::test]
async fn a_session_that_ends_is_opened_anew_once_for_all() {
    let (simulator, client) = with(|world| world.faults.latency = Duration::from_millis(30)).await;
    let people: Vec<_> = (0..8)
        .map(|number| wanted(&format!("u{number}"), &[]))
        .collect();
    for logins in 1..=3 {
        let all = join_all(people.iter().map(|one| client.look(one))).await;
        assert!(
            all.iter().all(|one| *one == Ok(Standing::Missing)),
            "{all:?}"
        );
        assert_eq!(simulator.calls("authenticate"), logins);
        simulator.with(|world| world.sessions.clear());
    }
}

#[tokio::test]
async fn a_session_that_never_lasts_is_no_endless_loop() {
    let (simulator, client) = with(|world| {
        let fault = (String::from("session_expired"), 99);
        world
            .faults
            .refuse
            .insert("getaccountproperties".into(), fault);
    })
    .await;
    assert_eq!(
        client.look(&anna()).await.unwrap_err().kind,
        Kind::ServerError
    );
    assert_eq!(simulator.calls("authenticate"), 2);
    assert_eq!(simulator.calls("getaccountproperties"), 2);
}

#[tokio::test]
async fn who_leaves_says_good_bye() {
    let (simulator, client) = with(|_| {}).await;
    client.look(&anna()).await.unwrap();
    assert_eq!(simulator.with(|world| world.sessions.len()), 1);
    drop(client);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if simulator.with(|world| world.sessions.is_empty()) {
            return;
        }
    }
    panic!("no good-bye");
}

#[tokio::test]
async fn without_tls_passwords_cross_by_the_challenge_alone() {
    let simulator = Simulator::start_clear(World::new()).await;
    let client = client(&simulator);
    let password = SecretString::from(" a:b&<\"ß🦀");
    client.create(&anna(), &password).await.unwrap();
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!(made.password, " a:b&<\"ß🦀");
    assert!(simulator.calls("getauthchallenge") >= 2);
    // A challenge that was too old says nothing about anybody's password.
    simulator.with(|world| {
        let fault = (String::from("auth_digest_expired"), 1);
        world
            .faults
            .refuse
            .insert("setaccountpassword".into(), fault)
    });
    client.set_password(&anna(), &password).await.unwrap();
    // What does not fit into the key is not sent some other way.
    let long = SecretString::from("🦀".repeat(100));
    let trouble = client.set_password(&anna(), &long).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::EncryptionRequired);
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!(made.passwords, 2);
}

#[tokio::test]
async fn a_challenge_that_was_too_old_is_asked_for_again_and_a_wrong_password_is_not() {
    let mut world = World::new();
    let fault = (String::from("auth_digest_expired"), 1);
    world.faults.refuse.insert("authenticate".into(), fault);
    let simulator = Simulator::start_clear(world).await;
    assert_eq!(
        client(&simulator).look(&anna()).await,
        Ok(Standing::Missing)
    );
    assert_eq!(simulator.calls("authenticate"), 2);
    let wrong = Icewarp::within(&simulator.plan(), "wrong".into(), limits()).unwrap();
    assert_eq!(
        wrong.look(&anna()).await.unwrap_err().kind,
        Kind::AdminRefused
    );
    assert_eq!(simulator.calls("authenticate"), 3);
}

#[tokio::test]
async fn certificates_are_judged_as_for_mail() {
    let simulator = Simulator::start(World::new()).await;
    let mut plan = simulator.plan();
    plan.authority = None;
    let trouble = client_of(&plan).look(&anna()).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::CertificateUnknownIssuer, "{trouble}");
    plan.certificate = simulator.pin;
    assert_eq!(client_of(&plan).look(&anna()).await, Ok(Standing::Missing));
    plan.certificate = Some(Fingerprint([7; 32]));
    let trouble = client_of(&plan).look(&anna()).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::CertificateChanged, "{trouble}");
    assert_eq!(simulator.calls("authenticate"), 1);
}

#[tokio::test]
async fn a_server_out_of_reach_is_told_as_for_mail() {
    let simulator = Simulator::start_clear(World::new()).await;
    // TLS spoken to a port that speaks clear text.
    let mut plan = simulator.plan();
    plan.clear = false;
    let trouble = client_of(&plan).look(&anna()).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::ClearTextPort, "{trouble}");
    let mut nobody = simulator.plan();
    drop(simulator);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let trouble = client_of(&nobody).look(&anna()).await.unwrap_err();
    assert_eq!(
        (trouble.kind, trouble.remedy),
        (Kind::ConnectionRefused, Remedy::Again)
    );
    nobody.host = "no-such-host.invalid".into();
    let trouble = client_of(&nobody).look(&anna()).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::NameUnknown, "{trouble}");
    for host in ["", "a b", "a/b", "user@host"] {
        nobody.host = host.into();
        let made = Icewarp::new(&nobody, PASSWORD.into());
        assert_eq!(made.unwrap_err().kind, Kind::NameUnknown, "{host}");
    }
}

#[tokio::test]
async fn a_login_whose_answer_is_late_is_the_networks_doing_and_not_a_refusal() {
    let (simulator, client) = with(|world| {
        world
            .faults
            .stall
            .insert("authenticate".into(), Duration::from_secs(5));
    })
    .await;
    let trouble = client.look(&anna()).await.unwrap_err();
    assert_eq!(
        (trouble.kind, trouble.remedy),
        (Kind::TimedOut, Remedy::Again)
    );
    simulator.with(|world| world.faults.stall.clear());
    assert_eq!(client.look(&anna()).await, Ok(Standing::Missing));
}
