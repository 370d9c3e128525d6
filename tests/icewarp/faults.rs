//! What goes wrong in the middle: lost answers, refusals, slowness.

use std::time::Duration;

use traghetto::provision::{Provisioner as _, Standing};
use traghetto::trouble::{Kind, Remedy};

use crate::support::icewarp::World;
use crate::{PASSWORD, anna, make, wanted, with};

/// An account is there once, whole, and was asked for this often.
fn once(simulator: &crate::support::icewarp::Simulator, asked: usize) {
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!((made.password.as_str(), made.passwords), (PASSWORD, 1));
    assert_eq!(made.aliases, ["anna", "a.derossi"]);
    assert_eq!(simulator.with(|world| world.accounts.len()), 1);
    assert_eq!(simulator.calls("createaccount"), asked);
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_for_before_anything_is_said_again() {
    // The connection ends after the account was made.
    let (simulator, client) = with(|world| {
        world.faults.cut_after.insert("createaccount".into(), 1);
    })
    .await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 1);
    // The answer comes after the client's patience.
    let (simulator, client) = with(|world| {
        world
            .faults
            .stall
            .insert("createaccount".into(), Duration::from_secs(4));
    })
    .await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 1);
    // The connection ends first and the account is made later.
    let (simulator, client) = with(|world| {
        world
            .faults
            .cut_before
            .insert("createaccount".into(), (1, Duration::from_millis(300)));
    })
    .await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 1);
}

#[tokio::test]
async fn a_word_that_was_lost_is_said_once_more_and_an_account_that_comes_twice_is_made_once() {
    // The first word takes effect only after the second was said.
    let (simulator, client) = with(|world| {
        world
            .faults
            .cut_before
            .insert("createaccount".into(), (1, Duration::from_millis(1_500)));
        world.faults.latency = Duration::from_millis(60);
    })
    .await;
    make(&client, &anna()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(900)).await;
    once(&simulator, 2);
    // And a word that is never heard of again is told as one that may have been heard.
    let (simulator, client) = with(|world| {
        world
            .faults
            .cut_before
            .insert("createaccount".into(), (9, Duration::from_mins(1)));
    })
    .await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::ConnectionLost, true)
    );
    assert_eq!(simulator.calls("createaccount"), 2);
}

#[tokio::test]
async fn a_refused_second_word_after_a_first_that_worked_is_no_failure() {
    // Made by the first word, shown late; the second is refused because of the first.
    let (simulator, client) = with(|world| {
        world.faults.cut_after.insert("createaccount".into(), 1);
        world.faults.lag = Duration::from_millis(1_500);
    })
    .await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 2);
}

#[tokio::test]
async fn an_account_shows_late_or_is_told_as_half_made() {
    let (simulator, client) = with(|world| world.faults.lag = Duration::from_millis(400)).await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 1);
    let (_simulator, client) = with(|world| world.faults.lag = Duration::from_secs(9)).await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AccountHalfMade, true)
    );
}

#[tokio::test]
async fn whatever_is_refused_after_the_account_was_made_is_told_with_it() {
    for (uid, kind) in [
        ("account_password_policy", Kind::PasswordPolicy),
        ("-9", Kind::PasswordCharacters),
        ("-10", Kind::MigrationRunning),
        ("something_new", Kind::AccountRefused),
    ] {
        let (simulator, client) = with(|world| {
            let fault = (uid.to_owned(), 1);
            world
                .faults
                .refuse
                .insert("setaccountpassword".into(), fault);
        })
        .await;
        let failure = make(&client, &anna()).await.unwrap_err();
        assert_eq!((failure.trouble.kind, failure.made), (kind, true), "{uid}");
        assert!(failure.trouble.detail.contains(uid), "{failure}");
        // The next run completes it.
        assert_eq!(client.look(&anna()).await, Ok(Standing::Exists(vec![])));
        let set = client.set_password(&anna(), &PASSWORD.into()).await;
        assert!(set.is_ok(), "{set:?}");
        once(&simulator, 1);
    }
    let (_simulator, client) = with(|world| world.faults.bad_characters = "ß".into()).await;
    let failure = client.create(&anna(), &"Straße".into()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::PasswordCharacters, true)
    );
}

#[tokio::test]
async fn a_password_whose_answer_is_lost_is_set_again() {
    let (simulator, client) = with(|world| {
        world
            .faults
            .cut_after
            .insert("setaccountpassword".into(), 2);
    })
    .await;
    make(&client, &anna()).await.unwrap();
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!((made.password.as_str(), made.passwords), (PASSWORD, 3));
    simulator.with(|world| {
        world
            .faults
            .cut_after
            .insert("setaccountpassword".into(), 9)
    });
    let trouble = client
        .set_password(&anna(), &PASSWORD.into())
        .await
        .unwrap_err();
    assert_eq!(
        (trouble.kind, trouble.remedy),
        (Kind::ConnectionLost, Remedy::Again)
    );
}

#[tokio::test]
async fn every_refusal_of_an_account_has_its_explanation() {
    type Wrong = fn(&mut World);
    let refuse = |world: &mut World, uid: &str| {
        world
            .faults
            .refuse
            .insert("createaccount".into(), (uid.to_owned(), 1));
    };
    let wrongs: &[(Wrong, Kind, &str)] = &[
        (
            |world| {
                world.add_account("mario@cantiere.example", &["a.derossi"]);
            },
            Kind::AddressTaken,
            "account_not_created (a.derossi@cantiere.example = mario@cantiere.example)",
        ),
        (
            |world| {
                world.add_account("mario@cantiere.example", &[]);
                world.faults.seats = Some(1);
                world.faults.seats_told = true;
            },
            Kind::LicenceSeats,
            "account_not_created",
        ),
        (
            |world| world.faults.seats = Some(0),
            Kind::AccountRefused,
            "account_not_created",
        ),
        (
            |world| {
                world.add_account("mario@cantiere.example", &[]);
                world.domains.get_mut("cantiere.example").unwrap().limit = 1;
            },
            Kind::AccountLimit,
            "account_domain_limit_exceeded",
        ),
    ];
    for (wrong, kind, detail) in wrongs {
        let (simulator, client) = with(wrong).await;
        let failure = make(&client, &anna()).await.unwrap_err();
        assert_eq!(
            (failure.trouble.kind, failure.made),
            (*kind, false),
            "{failure}"
        );
        assert!(failure.trouble.detail.contains(detail), "{failure}");
        assert_eq!(simulator.calls("createaccount"), 1);
    }
    for (uid, kind) in [
        ("license_expired", Kind::LicenceSeats),
        ("insufficient_rights", Kind::AdminRights),
        ("account_password_policy", Kind::PasswordPolicy),
        ("domain_invalid", Kind::DomainMissing),
        ("migration_in_progress", Kind::MigrationRunning),
        ("-8", Kind::AddressRefused),
        ("-12", Kind::LicenceSeats),
        ("never_heard_of", Kind::AccountRefused),
    ] {
        let (_simulator, client) = with(|world| refuse(world, uid)).await;
        let failure = make(&client, &anna()).await.unwrap_err();
        assert_eq!((failure.trouble.kind, failure.made), (kind, false), "{uid}");
        assert!(failure.trouble.detail.contains(uid), "{failure}");
    }
}

#[tokio::test]
async fn a_result_of_zero_is_a_failure() {
    let (simulator, client) = with(|world| {
        world
            .faults
            .number
            .insert("createaccount".into(), ("0".into(), 1));
    })
    .await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AccountRefused, false)
    );
    assert!(simulator.account("anna@cantiere.example").is_none());
    let (_simulator, client) = with(|world| {
        world
            .faults
            .number
            .insert("setaccountpassword".into(), ("0".into(), 1));
    })
    .await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AccountRefused, true)
    );
}

#[tokio::test]
async fn a_service_that_is_another_or_busy_is_told_as_such() {
    type Wrong = fn(&mut World);
    let wrongs: &[(Wrong, Kind, &str)] = &[
        (
            |world| world.faults.html = true,
            Kind::AdminService,
            "HTTP 200: a web page",
        ),
        (
            |world| world.faults.status = Some(404),
            Kind::AdminService,
            "HTTP 404",
        ),
        (
            |world| world.faults.status = Some(302),
            Kind::AdminService,
            "HTTP 302",
        ),
        (
            |world| world.faults.status = Some(503),
            Kind::ServerBusy,
            "HTTP 503",
        ),
        (
            |world| world.faults.status = Some(500),
            Kind::ServerError,
            "HTTP 500",
        ),
    ];
    for (wrong, kind, detail) in wrongs {
        let (_simulator, client) = with(wrong).await;
        let trouble = client.look(&anna()).await.unwrap_err();
        assert_eq!(trouble.kind, *kind, "{trouble}");
        assert!(trouble.detail.contains(detail), "{trouble}");
    }
}

#[tokio::test]
async fn marks_and_blank_lines_before_an_answer_do_not_matter() {
    let (simulator, client) = with(|world| world.faults.bom = true).await;
    make(&client, &anna()).await.unwrap();
    once(&simulator, 1);
}

#[tokio::test]
async fn what_is_no_address_is_refused_before_anything_is_said() {
    let (simulator, client) = with(|_| {}).await;
    for local in ["", "a b", "a;b", "a@b"] {
        let failure = make(&client, &wanted(local, &[])).await.unwrap_err();
        assert_eq!(
            (failure.trouble.kind, failure.made),
            (Kind::AddressRefused, false),
            "{local}"
        );
    }
    let failure = client.create(&anna(), &"a\u{1}b".into()).await.unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::PasswordCharacters);
    let failure = client.create(&anna(), &"".into()).await.unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::PasswordMissing);
    assert_eq!(simulator.with(|world| world.calls.len()), 0);
}
