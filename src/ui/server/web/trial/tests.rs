use std::sync::Mutex;

use futures::future::BoxFuture;
use secrecy::ExposeSecret as _;

use super::*;
use crate::net::tests::peer;
use crate::provision::{Change, Failure as Unmade};
use crate::sample::{Config, Server as Sample, Store};

const ADMIN: &str = "admin@new.example";
const PASSWORD: &str = "la password del capo";

/// Somebody who makes accounts: what they answer, and what was asked of them.
#[derive(Debug, Default)]
struct Fake {
    findings: Vec<Finding>,
    existing: Vec<String>,
    /// Whether settings can be put back.
    stubborn: bool,
    asked: Mutex<Vec<String>>,
}

impl Fake {
    fn note(&self, what: impl Into<String>) {
        self.asked.lock().unwrap().push(what.into());
    }
}

fn former(variable: &str, value: &str) -> Former {
    Former {
        setting: Setting::AppendRate,
        variable: variable.into(),
        value: value.into(),
    }
}

impl Provisioner for Fake {
    fn test<'a>(&'a self, _: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>> {
        Box::pin(async { Ok(self.findings.clone()) })
    }

    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>> {
        self.note(format!("look {}", wanted.address));
        let there = self.existing.contains(&wanted.address);
        Box::pin(async move {
            Ok(if there {
                Standing::Exists(Vec::new())
            } else {
                Standing::Missing
            })
        })
    }

    fn create<'a>(
        &'a self,
        _: &'a Wanted,
        _: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Unmade>> {
        Box::pin(async { Ok(()) })
    }

    fn complete<'a>(&'a self, _: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async { Ok(Change::Unchanged) })
    }

    fn set_password<'a>(
        &'a self,
        _: &'a Wanted,
        _: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async { Ok(Change::Unchanged) })
    }

    fn put_right<'a>(
        &'a self,
        settings: &'a [Setting],
    ) -> BoxFuture<'a, Result<Vec<Former>, Trouble>> {
        self.note(format!("right {}", settings.len()));
        Box::pin(async { Ok(vec![former("rate", "60")]) })
    }

    fn put_back<'a>(&'a self, former: &'a [Former]) -> BoxFuture<'a, Result<(), Trouble>> {
        for one in former {
            self.note(format!("back {}={}", one.variable, one.value));
        }
        Box::pin(async {
            if self.stubborn {
                return Err(Trouble::new(Kind::TimedOut, "", ""));
            }
            Ok(())
        })
    }
}

fn wanted(address: &str) -> Wanted {
    Wanted {
        address: address.into(),
        login: address.into(),
        ..Wanted::default()
    }
}

/// A mail service behind TLS, with one account and an administrator.
async fn service(made: &peer::Made) -> (Sample, u16) {
    let store = Store::new('/', "");
    store.add_account("anna@new.example", "segreta");
    let config = Config {
        admin: Some((ADMIN.into(), PASSWORD.into())),
        ..Config::default()
    };
    let sample = Sample::start(store, config).await.unwrap();
    let port = peer::tls_front(made, sample.address()).await;
    (sample, port)
}

fn order(web: u16, imap: u16) -> Order {
    Order {
        icewarp: Icewarp {
            host: "localhost".into(),
            port: web,
            admin: ADMIN.into(),
            certificate: None,
            authority: None,
            clear: false,
            create_domains: false,
            quota_mb: None,
        },
        password: SecretString::from(PASSWORD),
        wanted: vec![wanted("bruno@new.example"), wanted("anna@new.example")],
        endpoint: peer::endpoint("imaps", imap),
    }
}

fn reached() -> Reached {
    Reached {
        connect: std::time::Duration::ZERO,
        tls: None,
        certificate: None,
    }
}

#[tokio::test]
async fn a_web_service_whose_certificate_nobody_accepted_is_told_no_password() {
    let made = peer::self_signed();
    let port = peer::tls_greeter(&made, b"").await;
    let Err(Stop::Web(failure)) = order(port, 1).carry_out().await else {
        panic!("went on");
    };
    assert_eq!(failure.certificate.unwrap().fingerprint, made.pin);
}

#[tokio::test]
async fn the_certificate_accepted_for_the_web_is_accepted_for_the_mail_of_that_host() {
    let made = peer::self_signed();
    let (_sample, port) = service(&made).await;
    let fake = Fake::default();
    let mut order = order(443, port);
    assert!(matches!(
        order.ask(reached(), &fake).await,
        Err(Stop::Imap(_))
    ));
    order.icewarp.certificate = Some(made.pin);
    let answered = order.ask(reached(), &fake).await.unwrap();
    assert_eq!(answered.pin, Some(made.pin));
    // Of another host nobody has said anything.
    order.icewarp.host = "admin.new.example".into();
    assert!(matches!(
        order.ask(reached(), &fake).await,
        Err(Stop::Imap(_))
    ));
}

#[tokio::test]
async fn whether_the_administrator_opens_mailboxes_is_tried_with_an_account_that_exists() {
    let made = peer::good();
    let (sample, port) = service(&made).await;
    let mut order = order(443, port);
    order.endpoint.authority = Some(made.authority());
    let fake = Fake {
        existing: vec!["anna@new.example".into()],
        ..Fake::default()
    };
    let answered = order.ask(reached(), &fake).await.unwrap();
    assert_eq!(answered.impersonates, Some(true));
    assert!(
        answered
            .findings
            .iter()
            .any(|one| one.fact == Fact::Impersonates(true))
    );
    assert!(sample.verbs().contains("AUTHENTICATE"));
    order.password = SecretString::from("altra");
    let answered = order.ask(reached(), &fake).await.unwrap();
    assert_eq!(answered.impersonates, Some(false));
    // With no account there is nothing to try, and what the server says is not tried again.
    let answered = order.ask(reached(), &Fake::default()).await.unwrap();
    assert_eq!(answered.impersonates, None);
    let fake = Fake {
        findings: vec![Finding {
            weight: Weight::Good,
            fact: Fact::Impersonates(true),
        }],
        existing: vec!["anna@new.example".into()],
        ..Fake::default()
    };
    let answered = order.ask(reached(), &fake).await.unwrap();
    assert_eq!(answered.impersonates, Some(true));
    assert!(fake.asked.lock().unwrap().is_empty());
    assert_eq!(order.password.expose_secret(), "altra");
}

#[tokio::test]
async fn how_a_setting_was_is_on_the_disk_and_goes_back_once() {
    let dir = tempfile::tempdir().unwrap();
    let project = Project::at(dir.path());
    let maker = Arc::new(Fake::default());
    let work = || Work {
        maker: maker.clone(),
        project: project.clone(),
    };
    let left = work().put_right(&[Setting::AppendRate]).await.unwrap();
    assert_eq!(left, [former("rate", "60")]);
    assert_eq!(project.former().unwrap(), left);
    assert_eq!(work().put_back().await.unwrap(), []);
    assert_eq!(project.former().unwrap(), []);
    assert_eq!(work().put_back().await.unwrap(), []);
    let asked = maker.asked.lock().unwrap().clone();
    assert_eq!(asked, ["right 1", "back rate=60"]);
}

#[tokio::test]
async fn a_setting_nobody_could_remember_is_put_back_at_once() {
    let project = Project::at("/nowhere/at/all");
    let maker = Arc::new(Fake::default());
    let work = Work {
        maker: maker.clone(),
        project,
    };
    let trouble = work.put_right(&[Setting::AppendRate]).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::Storage);
    let asked = maker.asked.lock().unwrap().clone();
    assert_eq!(asked, ["right 1", "back rate=60"]);
}

#[tokio::test]
async fn what_is_not_put_back_is_not_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let project = Project::at(dir.path());
    project.remember_former(&[former("rate", "60")]).unwrap();
    let work = Work {
        maker: Arc::new(Fake {
            stubborn: true,
            ..Fake::default()
        }),
        project: project.clone(),
    };
    assert!(work.put_back().await.is_err());
    assert_eq!(project.former().unwrap().len(), 1);
}

#[test]
fn seats_and_domains_do_not_keep_one_from_going_on_and_a_setting_may() {
    let mut answered =
        crate::ui::server::samples::icewarp(crate::ui::server::samples::How::Good).unwrap();
    let blocker = |fact| Finding {
        weight: Weight::Blocker,
        fact,
    };
    answered
        .findings
        .push(blocker(Fact::Seats { free: 0, wanted: 4 }));
    answered.findings.push(blocker(Fact::DomainMissing {
        domain: "x.example".into(),
        created: false,
    }));
    assert!(!answered.blocks());
    answered.findings.push(blocker(Fact::Setting {
        setting: Setting::ImapActive,
        value: "0".into(),
        better: None,
    }));
    assert!(answered.blocks());
}
