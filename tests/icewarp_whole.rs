//! A company moves to IceWarp, as a whole: accounts over its API, mail over its IMAP, the migration account, the hold.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use support::icewarp::{ADMIN, ADMIN_PASSWORD, Simulator, World};
use support::{Crossing, PASSWORD};
use traghetto::account::{Master, Side};
use traghetto::engine::{self, Event, Level, Notice, Outcome, Pass, Prepared, Request};
use traghetto::plan::{Hold, MigrationAccount, Scope};
use traghetto::provision::icewarp::{Icewarp, Limits};
use traghetto::sample::{Config, IceWarp, Mail, Store};

/// Passwords as old servers have them: none follows the policy of the new one.
const OLD: [(&str, &str); 3] = [("anna", PASSWORD), ("bruno", " à:b"), ("carla", "ß😀\"&<>")];
const MOVING: &str = "migrazione@cantiere.example";

struct Company {
    crossing: Crossing,
    simulator: Simulator,
    icewarp: Arc<Icewarp>,
}

fn address(login: &str) -> String {
    format!("{login}@cantiere.example")
}

impl Company {
    async fn new(config: Config) -> Self {
        let (from, to) = (Store::new('/', ""), Store::new('/', ""));
        for (login, password) in OLD {
            from.add_account(login, password);
            for folder in ["INBOX", "Archive/2019"] {
                for number in 0..4 {
                    let text = format!("Subject: {login} {folder} {number}\r\n\r\nx\r\n");
                    from.add_message(login, folder, Mail::new(text.into_bytes()));
                }
            }
        }
        let mut world = World::new();
        world.faults.policy = true;
        let opened = to.clone();
        world.on_password = Some(Box::new(move |address, password| {
            IceWarp::add_account(&opened, address, password);
        }));
        let simulator = Simulator::start(world).await;
        let limits = Limits {
            request: Duration::from_secs(5),
            shown: Duration::from_secs(2),
            pause: Duration::from_millis(20),
        };
        let icewarp = Icewarp::within(
            &simulator.plan(),
            SecretString::from(ADMIN_PASSWORD),
            limits,
        );
        let mut crossing = Crossing::start(from, Config::default(), to, config).await;
        crossing.plan.scope = Scope::Accounts;
        for job in &mut crossing.plan.jobs {
            let (_, password) = OLD.iter().find(|(login, _)| *login == job.login).unwrap();
            let password = || SecretString::from(*password);
            job.address = Some(address(&job.login));
            job.destination_login = address(&job.login);
            job.aliases = vec![format!("{}.vecchio@cantiere.example", job.login)];
            let secrets = &mut crossing.secrets;
            secrets.insert(Side::Origin, &job.login, password());
            secrets.insert(Side::Destination, &job.destination_login, password());
        }
        Self {
            crossing,
            simulator,
            icewarp: Arc::new(icewarp.unwrap()),
        }
    }

    async fn run(&self, pass: Pass) -> (Outcome, Vec<Prepared>) {
        let mut run = engine::start(Request {
            provisioner: Some(self.icewarp.clone()),
            notice: Some(Notice {
                name: "Migrazione".into(),
                subject: "La tua casella è in viaggio".into(),
                text: "Fra poco.".into(),
            }),
            ..self.crossing.request(pass)
        });
        let mut prepared = Vec::new();
        while let Some(event) = run.event().await {
            match event {
                Event::AccountPrepared { prepared: one, .. } => prepared.push(one),
                Event::NoMigrationAccount { trouble } | Event::NotReleased { trouble, .. } => {
                    panic!("{trouble}")
                }
                _ => {}
            }
        }
        (run.ended().await, prepared)
    }

    fn mailbox(&self, address: &str, folder: &str) -> Vec<Mail> {
        let store = self.crossing.destination.store();
        store
            .folder(address, folder)
            .map_or_else(Vec::new, |folder| folder.messages)
    }

    fn assert_arrived(&self) {
        for (login, password) in OLD {
            let account = self.simulator.account(&address(login)).unwrap();
            assert_eq!(account.password, password);
            assert_eq!(self.mailbox(&address(login), "INBOX").len(), 4);
            let archived = self.mailbox(&address(login), "Archived mail/2019");
            assert_eq!(archived.len(), 4, "{login}");
        }
    }
}

#[tokio::test]
async fn a_company_arrives_with_its_old_passwords_and_a_second_run_changes_nothing() {
    let mut company = Company::new(Config::icewarp()).await;
    company.crossing.plan.migration_account = Some(MigrationAccount {
        address: MOVING.into(),
        hold: Hold::Forward,
    });
    let (outcome, prepared) = company.run(Pass::Copy).await;
    assert_eq!((outcome.finished, outcome.copied), (3, 24), "{outcome:?}");
    assert_eq!(prepared, vec![Prepared::Created; 3]);
    company.assert_arrived();
    let notice = company.mailbox(MOVING, "INBOX");
    assert_eq!(notice.len(), 1);
    assert!(notice[0].body.starts_with(b"From: =?utf-8?B?"));
    for (login, _) in OLD {
        let account = company.simulator.account(&address(login)).unwrap();
        let forward = account.properties.get("u_forwardto").cloned();
        assert_eq!(forward.unwrap_or_default(), "", "{login} is still held");
    }
    let made = company.simulator.calls("createaccount");
    assert_eq!(made, 4);
    let (outcome, prepared) = company.run(Pass::Copy).await;
    assert_eq!((outcome.finished, outcome.copied), (3, 0), "{outcome:?}");
    assert_eq!(prepared, vec![Prepared::Unchanged; 3]);
    assert_eq!(company.simulator.calls("createaccount"), made);
    assert_eq!(company.mailbox(MOVING, "INBOX").len(), 1);
    let (outcome, _) = company.run(Pass::Verify(Level::Full)).await;
    assert_eq!((outcome.failed, outcome.exceptions), (vec![], 0));
}

#[tokio::test]
async fn the_administrator_fills_mailboxes_whose_users_cannot_log_in_meanwhile() {
    let config = Config {
        admin: Some((ADMIN.into(), ADMIN_PASSWORD.into())),
        ..Config::icewarp()
    };
    let mut company = Company::new(config).await;
    company.crossing.plan.destination.master = Some(Master {
        user: ADMIN.into(),
        separator: None,
    });
    let secret = SecretString::from(ADMIN_PASSWORD);
    let secrets = &mut company.crossing.secrets;
    secrets.insert_master(Side::Destination, secret);
    company.crossing.plan.migration_account = Some(MigrationAccount {
        address: MOVING.into(),
        hold: Hold::Unavailable,
    });
    let (outcome, _) = company.run(Pass::Copy).await;
    assert_eq!((outcome.finished, outcome.copied), (3, 24), "{outcome:?}");
    company.assert_arrived();
    let changes = company.simulator.calls("setaccountproperties");
    assert!(changes >= 6, "held and released: {changes}");
    for (login, _) in OLD {
        let account = company.simulator.account(&address(login)).unwrap();
        let off = account.properties.get("u_accountdisabled").cloned();
        assert_eq!(off.unwrap_or_else(|| "0".into()), "0");
    }
}
