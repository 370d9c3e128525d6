//! The test before anything is made, and the server's settings put right and back.

use std::time::Duration;

use traghetto::provision::{Fact, Finding, Former, Provisioner as _, Setting, Weight};
use traghetto::trouble::Kind;

use crate::support::icewarp::{ADMIN, World};
use crate::{anna, client_of, wanted, with};

fn weights(found: &[Finding], least: Weight) -> Vec<&Fact> {
    let bad = found.iter().filter(|finding| finding.weight >= least);
    bad.map(|finding| &finding.fact).collect()
}

#[tokio::test]
async fn a_server_that_is_ready_is_found_so() {
    let (simulator, client) = with(|world| {
        world.faults.seats = Some(10);
        world.faults.seats_told = true;
        world.add_account("anna@cantiere.example", &[]);
    })
    .await;
    let people = [anna(), wanted("bruno", &[])];
    let found = client.test(&people).await.unwrap();
    assert_eq!(weights(&found, Weight::Note), [] as [&Fact; 0]);
    for fact in [
        Fact::Software("IceWarp 14.3.0.7".into()),
        Fact::Rights {
            admin: ADMIN.into(),
        },
        Fact::Domain("cantiere.example".into()),
        Fact::Present { accounts: 1 },
        Fact::Seats { free: 9, wanted: 1 },
        Fact::Setting {
            setting: Setting::MigrationActive,
            value: "0".into(),
            better: None,
        },
    ] {
        assert!(
            found.iter().any(|finding| finding.fact == fact),
            "{fact:?} in {found:?}"
        );
    }
    let changing = simulator.with(|world| {
        let calls = world.calls.iter();
        calls
            .filter(|call| call.starts_with("set") || call.starts_with("create"))
            .count()
    });
    assert_eq!(changing, 0);
}

#[tokio::test]
async fn what_stands_in_the_way_is_found() {
    let (simulator, _) = with(|world| {
        world
            .settings
            .insert("c_system_tools_migration_active".into(), "1".into());
        world
            .settings
            .insert("c_mail_imap_active".into(), "0".into());
        world.settings.insert(
            "c_system_services_imap_maxappendsperminute".into(),
            "60".into(),
        );
        world
            .settings
            .insert("c_mail_security_tarpit_blockip".into(), "1".into());
        world
            .settings
            .insert("c_mail_security_tarpit_blockipvalue".into(), "20".into());
        world.faults.seats = Some(1);
        world.faults.seats_told = true;
        world.domains.get_mut("cantiere.example").unwrap().limit = 1;
    })
    .await;
    let mut elsewhere = wanted("carla", &[]);
    elsewhere.address = "carla@nuovo.example".into();
    elsewhere.login = "carla".into();
    let people = [anna(), wanted("bruno", &[]), elsewhere];
    let found = client_of(&simulator.plan()).test(&people).await.unwrap();
    let blockers = weights(&found, Weight::Blocker);
    let migration = Fact::Setting {
        setting: Setting::MigrationActive,
        value: "1".into(),
        better: Some("0".into()),
    };
    let imap = Fact::Setting {
        setting: Setting::ImapActive,
        value: "0".into(),
        better: None,
    };
    let domain = Fact::DomainMissing {
        domain: "nuovo.example".into(),
        created: false,
    };
    let (limit, licence) = (
        Fact::Seats { free: 1, wanted: 2 },
        Fact::Seats { free: 1, wanted: 3 },
    );
    assert_eq!(blockers, [&migration, &imap, &limit, &domain]);
    let warnings = weights(&found, Weight::Warning);
    assert!(warnings.contains(&&licence));
    let has = |wanted: Setting| {
        warnings
            .iter()
            .any(|fact| matches!(fact, Fact::Setting { setting, .. } if *setting == wanted))
    };
    assert!(has(Setting::AppendRate) && has(Setting::BlockAddress) && has(Setting::LoginForm));
    let blocked = warnings.iter().find_map(|fact| match fact {
        Fact::Setting {
            setting: Setting::BlockAddress,
            value,
            ..
        } => Some(value.as_str()),
        _ => None,
    });
    let blocked = blocked.unwrap();
    assert!(
        blocked == "20, 127.0.0.1" || blocked == "20, ::1",
        "{blocked}"
    );
    let mut plan = simulator.plan();
    plan.create_domains = true;
    let found = client_of(&plan).test(&people).await.unwrap();
    let domain = Fact::DomainMissing {
        domain: "nuovo.example".into(),
        created: true,
    };
    assert!(found.contains(&Finding {
        weight: Weight::Note,
        fact: domain
    }));
}

#[tokio::test]
async fn all_pages_of_a_domain_are_read_whatever_their_size() {
    for page in [Some(7), Some(1), None] {
        let (simulator, client) = with(|world| {
            for number in 0..300 {
                world.add_account(&format!("u{number}@cantiere.example"), &[]);
            }
            world.faults.page = page;
        })
        .await;
        let people: Vec<_> = (290..310)
            .map(|number| wanted(&format!("u{number}"), &[]))
            .collect();
        let found = client.test(&people).await.unwrap();
        let present = Finding {
            weight: Weight::Good,
            fact: Fact::Present { accounts: 10 },
        };
        assert!(found.contains(&present), "{page:?}");
        let pages = simulator.calls("getaccountsinfolist");
        assert_eq!(pages, 300_usize.div_ceil(page.unwrap_or(250)));
    }
}

#[tokio::test]
async fn a_server_that_counts_wrong_does_not_keep_us_for_ever() {
    let (simulator, client) = with(|world| {
        let item = "<item><name>a</name><email>a@cantiere.example</email><accounttype>0</accounttype></item>";
        let list = format!(
            "<iq type=\"result\"><query><result>{item}<offset>0</offset><overallcount>999</overallcount></result></query></iq>"
        );
        world.canned.insert("getaccountsinfolist".into(), list);
        world.faults.latency = Duration::from_millis(1);
    })
    .await;
    client.test(&[anna()]).await.unwrap();
    assert_eq!(simulator.calls("getaccountsinfolist"), 2);
}

#[tokio::test]
async fn the_administrator_of_a_domain_sees_what_he_may() {
    let (_simulator, client) = with(|world| {
        world.admins.get_mut(ADMIN).unwrap().kind = 2;
        world.faults.forbidden.insert("*".into());
    })
    .await;
    let found = client.test(&[anna()]).await.unwrap();
    let unseen = Fact::Unknown("getserverproperties: insufficient_rights".into());
    assert!(
        found.contains(&Finding {
            weight: Weight::Note,
            fact: unseen
        }),
        "{found:?}"
    );
    let (_simulator, client) = with(|world| {
        world.faults.forbidden.insert("cantiere.example".into());
    })
    .await;
    let trouble = client.test(&[anna()]).await.unwrap_err();
    assert_eq!(
        (trouble.kind, trouble.subject.as_str()),
        (Kind::AdminRights, "cantiere.example")
    );
}

#[tokio::test]
async fn variables_an_older_server_does_not_know_are_no_fault() {
    let (_simulator, client) = with(|world| {
        world.settings = [
            ("c_system_tools_migration_active", "1"),
            ("c_version", "11.4.1.0"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        world.faults.strict = true;
    })
    .await;
    let found = client.test(&[]).await.unwrap();
    assert_eq!(weights(&found, Weight::Blocker).len(), 1);
    let settings = found
        .iter()
        .filter(|one| matches!(one.fact, Fact::Setting { .. }));
    assert_eq!(settings.count(), 1);
}

fn hampered(world: &mut World) {
    world
        .settings
        .insert("c_system_tools_migration_active".into(), "1".into());
    world.settings.insert(
        "c_system_services_imap_maxappendsperminute".into(),
        "60".into(),
    );
    world
        .settings
        .insert("c_mail_security_tarpit_processpop3imap".into(), "1".into());
}

#[tokio::test]
async fn settings_are_put_right_and_put_back_as_they_were() {
    let (simulator, client) = with(hampered).await;
    let before = simulator.with(|world| world.settings.clone());
    let all = [
        Setting::MigrationActive,
        Setting::AppendRate,
        Setting::ImapTarpit,
        Setting::ImapAntivirus,
        Setting::LoginForm,
    ];
    let former = client.put_right(&all).await.unwrap();
    let changed = |setting, variable: &str, value: &str| Former {
        setting,
        variable: variable.into(),
        value: value.into(),
    };
    assert_eq!(
        former,
        [
            changed(
                Setting::MigrationActive,
                "c_system_tools_migration_active",
                "1"
            ),
            changed(
                Setting::AppendRate,
                "c_system_services_imap_maxappendsperminute",
                "60"
            ),
            changed(
                Setting::ImapTarpit,
                "c_mail_security_tarpit_processpop3imap",
                "1"
            ),
        ]
    );
    let now = simulator.with(|world| world.settings.clone());
    assert!(former.iter().all(|one| now[&one.variable] == "0"));
    assert_eq!(client.put_right(&all).await, Ok(Vec::new()));
    client.put_back(&former).await.unwrap();
    assert_eq!(simulator.with(|world| world.settings.clone()), before);
}

#[tokio::test]
async fn putting_right_that_fails_in_the_middle_leaves_nothing_changed() {
    let (simulator, client) = with(hampered).await;
    let before = simulator.with(|world| world.settings.clone());
    let former = client.put_right(&[Setting::MigrationActive]).await.unwrap();
    client.put_back(&former).await.unwrap();
    // A change is done, and its answer lost.
    simulator.with(|world| {
        world
            .faults
            .cut_after
            .insert("setserverproperties".into(), 1)
    });
    let failed = client
        .put_right(&[Setting::AppendRate, Setting::MigrationActive])
        .await;
    assert_eq!(failed.unwrap_err().kind, Kind::ConnectionLost);
    assert_eq!(simulator.with(|world| world.settings.clone()), before);
}
