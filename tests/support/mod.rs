//! Two sample servers, a migration between them, and a judge that looks into the servers' own memory.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod icewarp;

use std::collections::BTreeMap;
use std::sync::Arc;

use secrecy::SecretString;
use sha2::{Digest, Sha256};
use traghetto::account::{Endpoint, Side};
use traghetto::engine::{self, Event, Level, Outcome, Pass, Request, Secrets};
use traghetto::journal::{Journal, State, Tally};
use traghetto::plan::{Job, Plan};
use traghetto::project::Project;
use traghetto::sample::{Config, FolderView, Mail, Server, Store};

pub const LOGIN: &str = "anna";
pub const PASSWORD: &str = "al:ma\"re\\ §";

/// A migration of one or more mailboxes from one sample server to another.
pub struct Crossing {
    pub dir: tempfile::TempDir,
    pub origin: Server,
    pub destination: Server,
    pub plan: Plan,
    pub journal: Journal,
    pub secrets: Secrets,
    pub events: std::sync::Mutex<Vec<Event>>,
}

/// An origin with one account and an empty INBOX.
pub fn origin_store() -> Store {
    let store = Store::new('/', "");
    store.add_account(LOGIN, PASSWORD);
    store
}

/// A destination with the same account, another separator and a prefix.
pub fn destination_store() -> Store {
    let store = Store::new('.', "INBOX.");
    store.add_account(LOGIN, PASSWORD);
    store
}

/// Numbers so different that a swapped UID shows.
pub fn far_apart(config: Config) -> Config {
    Config {
        uid_start: 7_001,
        uid_step: 3,
        ..config
    }
}

impl Crossing {
    pub async fn start(from: Store, from_config: Config, to: Store, to_config: Config) -> Self {
        let origin = Server::start(from, from_config).await.unwrap();
        let destination = Server::start(to, to_config).await.unwrap();
        let end = |server: &Server| {
            Endpoint::new(
                format!("imap+insecure://{}", server.address())
                    .parse()
                    .unwrap(),
            )
        };
        let mut plan = Plan::new(end(&origin), end(&destination));
        let mut secrets = Secrets::default();
        for login in origin.store().logins() {
            for side in [Side::Origin, Side::Destination] {
                secrets.insert(side, &login, SecretString::from(PASSWORD));
            }
            plan.jobs.push(Job::new(login.clone(), login));
        }
        plan.options.settle_seconds = 1;
        plan.options.patience_seconds = 5;
        let dir = tempfile::tempdir().unwrap();
        let project = Project::create(dir.path().join("migrazione"), &plan).unwrap();
        let journal = Journal::open(&project.journal_file()).unwrap();
        Self {
            dir,
            origin,
            destination,
            plan,
            journal,
            secrets,
            events: std::sync::Mutex::default(),
        }
    }

    /// Both ends as rich as they come.
    pub async fn rich() -> Self {
        Self::start(
            origin_store(),
            Config::default(),
            destination_store(),
            far_apart(Config::default()),
        )
        .await
    }

    pub fn project(&self) -> Project {
        Project::at(self.dir.path().join("migrazione"))
    }

    pub fn request(&self, pass: Pass) -> Request {
        Request::new(
            self.plan.clone(),
            self.project(),
            self.journal.clone(),
            self.secrets.clone(),
            pass,
        )
    }

    pub async fn run(&self, pass: Pass) -> Outcome {
        let mut run = engine::start(self.request(pass));
        while let Some(event) = run.event().await {
            self.events.lock().unwrap().push(event);
        }
        run.ended().await
    }

    pub async fn copy(&self) -> Outcome {
        self.run(Pass::Copy).await
    }

    pub async fn verify(&self) -> Outcome {
        self.run(Pass::Verify(Level::Full)).await
    }

    /// A clean pass: nothing failed, nothing left over.
    pub async fn copy_cleanly(&self) -> u64 {
        let outcome = self.copy().await;
        assert_eq!(outcome.failed, vec![], "{outcome:?}");
        assert_eq!(
            (outcome.exceptions, outcome.failed_folders),
            (0, 0),
            "{outcome:?}"
        );
        outcome.copied
    }

    pub async fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for account in self.journal.accounts().await.unwrap() {
            for sum in self.journal.folder_sums(account.id).await.unwrap() {
                tally.add(&sum.tally);
            }
        }
        tally
    }

    pub async fn exceptions(&self) -> Vec<traghetto::journal::ExceptionRow> {
        let mut all = Vec::new();
        for account in self.journal.accounts().await.unwrap() {
            all.extend(self.journal.exceptions(account.id).await.unwrap());
        }
        all
    }

    /// `|listing| = Σ states`, nothing on its way.
    pub async fn assert_settled(&self) {
        for account in self.journal.accounts().await.unwrap() {
            for sum in self.journal.folder_sums(account.id).await.unwrap() {
                if sum.target.is_some() {
                    assert_eq!(sum.listed, Some(sum.tally.total()), "{}", sum.name.text());
                }
                assert_eq!(
                    sum.tally.of(&[State::InFlight, State::Planned]),
                    0,
                    "{}",
                    sum.name.text()
                );
            }
        }
    }

    /// What differs between the two mailboxes, message by message, in order; empty when nothing does.
    pub fn differences(&self) -> Vec<String> {
        differences(&self.origin.store(), &self.destination.store())
    }

    pub fn assert_equal(&self) {
        let differences = self.differences();
        assert!(
            differences.is_empty(),
            "{} differences: {:#?}",
            differences.len(),
            &differences[..differences.len().min(12)]
        );
    }
}

type Content = (String, Vec<String>, String);

fn content(mail: &Mail) -> Content {
    let mut flags: Vec<_> = mail
        .flags
        .iter()
        .filter(|flag| *flag != "\\Recent")
        .cloned()
        .collect();
    flags.sort();
    let digest = Sha256::digest(&mail.body);
    let hex = digest[..8].iter().fold(String::new(), |mut hex, octet| {
        let _ = std::fmt::Write::write_fmt(&mut hex, format_args!("{octet:02x}"));
        hex
    });
    (hex, flags, mail.internal_date.trim().to_owned())
}

pub fn differences(from: &Store, to: &Store) -> Vec<String> {
    let mut out = Vec::new();
    for login in from.logins() {
        let there: BTreeMap<String, FolderView> = to
            .folders(&login)
            .into_iter()
            .map(|view| (path(to, &view.name), view))
            .collect();
        for view in from.folders(&login) {
            let name = path(from, &view.name);
            let Some(copy) = there.get(&name) else {
                out.push(format!("{login}/{name}: no such folder"));
                continue;
            };
            let (before, after): (Vec<_>, Vec<_>) = (
                view.messages.iter().map(content).collect(),
                copy.messages.iter().map(content).collect(),
            );
            if view.subscribed != copy.subscribed {
                out.push(format!(
                    "{login}/{name}: subscribed {} is now {}",
                    view.subscribed, copy.subscribed
                ));
            }
            if before != after {
                let count = |list: &[Content], one: &Content| {
                    list.iter().filter(|other| *other == one).count()
                };
                for one in &before {
                    let (old, new) = (count(&before, one), count(&after, one));
                    if old != new {
                        out.push(format!(
                            "{login}/{name}: {one:?} is there {new} times instead of {old}"
                        ));
                    }
                }
                for one in &after {
                    if count(&before, one) == 0 {
                        out.push(format!("{login}/{name}: {one:?} comes from nowhere"));
                    }
                }
                if out.is_empty() {
                    out.push(format!("{login}/{name}: order"));
                }
            }
        }
    }
    out
}

/// A folder's path without prefix, with `/`.
fn path(store: &Store, name: &str) -> String {
    let name = name.strip_prefix(store.prefix().as_str()).unwrap_or(name);
    name.replace(store.separator(), "/")
}

/// A small message with a number in it.
pub fn mail(number: u32) -> Mail {
    let body = format!(
        "From: Anna <anna@example.it>\r\nTo: info@example.com\r\nSubject: Prova {number}\r\n\
         Message-ID: <{number}@example.it>\r\n\r\nTesto numero {number}.\r\n{}\r\n",
        "x".repeat((number as usize * 37) % 900)
    );
    dated(Mail::new(body.into_bytes()), number)
}

pub fn dated(mail: Mail, number: u32) -> Mail {
    mail.with_date(&format!(
        "{:>2}-Mar-2021 10:{:02}:00 +0100",
        number % 28 + 1,
        number % 60
    ))
}

pub fn fill(store: impl std::borrow::Borrow<Store>, folder: &str, count: u32) {
    let store = store.borrow();
    for number in 0..count {
        let _ = store.add_message(LOGIN, folder, mail(number));
    }
}

pub fn body(text: &str) -> Arc<[u8]> {
    Arc::from(text.as_bytes())
}
