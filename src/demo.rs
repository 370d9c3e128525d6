//! The demonstration: a small company's mail moves between two sample servers inside this process.
//!
//! Promises: real sockets on the loopback address and the same engine as ever; nothing outside the folder given is
//! touched, and nobody is asked for a password; [`Demo::missing`] compares what the two servers hold without asking
//! the engine or the journal. Deliberately absent: words, and showing how far it is (the command line and the window
//! each do that in their own way).

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;

use crate::account::{Address, Endpoint, Security, Side};
use crate::engine::{self, Level, Outcome, Pass, Request, Run, Secrets};
use crate::journal::Journal;
use crate::plan::{Job, Plan};
use crate::project::{self, Project};
use crate::sample::company::{self, Person};
use crate::sample::{Config, Mail, Server, Store};

/// What a demonstration does, in this order.
pub const PASSES: [Pass; 3] = [Pass::Copy, Pass::Complete, Pass::Verify(Level::Full)];

/// The destination numbers in its own way, so that an engine that mixed up the two sides would be caught.
const FIRST_UID: u32 = 4_001;
/// See [`FIRST_UID`].
const UID_STEP: u32 = 3;

/// Mailboxes worked on at once: all of them.
const MAILBOXES: u32 = 5;

/// A demonstration that is set up. The servers end when this is dropped.
#[derive(Debug)]
pub struct Demo {
    /// The folder of the migration.
    pub project: Project,
    /// What is to be moved.
    pub plan: Plan,
    /// The passwords, in memory only.
    pub secrets: Secrets,
    /// The old server: `/` between the levels of a name, no prefix.
    pub origin: Server,
    /// The new one: `.` and `INBOX.`.
    pub destination: Server,
    people: Vec<Person>,
}

/// Why a demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be used.
    #[error(transparent)]
    Project(#[from] project::Error),
    /// The sample servers cannot listen.
    #[error("sample server: {0}")]
    Server(#[from] io::Error),
}

/// Starts both servers, fills the origin, and writes the plan into `dir`. Needs a tokio runtime.
pub async fn start(dir: &Path) -> Result<Demo, Error> {
    let (full, people) = tokio::task::spawn_blocking(|| {
        let store = Store::new('/', "");
        let people = company::furnish(&store);
        (store, people)
    })
    .await
    .map_err(io::Error::other)?;
    let empty = Store::new('.', "INBOX.");
    for person in &people {
        empty.add_account(&person.login, &person.password);
    }
    let greeting = |text: &str| text.to_owned();
    let origin = Config {
        greeting: greeting("Cantieri Navali Lagunari, server di posta"),
        ..Config::default()
    };
    let destination = Config {
        greeting: greeting("Nuova posta dei Cantieri Navali Lagunari"),
        uid_start: FIRST_UID,
        uid_step: UID_STEP,
        ..Config::default()
    };
    let origin = Server::start(full, origin).await?;
    let destination = Server::start(empty, destination).await?;

    let mut plan = Plan::new(endpoint(&origin), endpoint(&destination));
    plan.options.mailboxes = MAILBOXES;
    let mut secrets = Secrets::default();
    for person in &people {
        plan.jobs.push(Job {
            address: Some(person.address.clone()),
            ..Job::new(person.login.clone(), person.login.clone())
        });
        let password = || SecretString::from(person.password.as_str());
        secrets.insert(Side::Origin, &person.login, password());
        secrets.insert(Side::Destination, &person.login, password());
    }
    Ok(Demo {
        project: Project::create(dir, &plan)?,
        plan,
        secrets,
        origin,
        destination,
        people,
    })
}

fn endpoint(server: &Server) -> Endpoint {
    let address = server.address();
    Endpoint::new(Address {
        host: address.ip().to_string(),
        port: address.port(),
        security: Security::Clear,
    })
}

impl Demo {
    /// The order for one pass.
    pub fn request(&self, journal: &Journal, pass: Pass) -> Request {
        Request::new(
            self.plan.clone(),
            self.project.clone(),
            journal.clone(),
            self.secrets.clone(),
            pass,
        )
    }

    /// All passes, one after the other; mail that arrives late is delivered after the first. `follow` looks after each
    /// run and answers how it ended; one that was stopped is the last. The caller holds the project's lock.
    pub async fn carry_out(
        &self,
        journal: &Journal,
        mut follow: impl AsyncFnMut(Pass, Run) -> Outcome,
    ) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for pass in PASSES {
            let outcome = follow(pass, engine::start(self.request(journal, pass))).await;
            let stopped = outcome.stopped;
            outcomes.push(outcome);
            if stopped {
                break;
            }
            if pass == Pass::Copy {
                let _ = self.deliver();
            }
        }
        outcomes
    }

    /// One more message for everybody at the origin, as on the days of a real change-over. Says how many.
    pub fn deliver(&self) -> u64 {
        let store = self.origin.store();
        let mut delivered = 0;
        for (index, person) in self.people.iter().enumerate() {
            let text = format!(
                "From: Segreteria <info@lagunari.example.it>\r\nTo: {} <{}>\r\nSubject: Da domani la posta nuova\r\n\
                 Date: Mon, 17 Nov 2025 18:{:02}:00 +0100\r\nMessage-ID: <posta-nuova.{index}@lagunari.example.it>\r\n\
                 MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
                 Questo messaggio è arrivato mentre la posta era in viaggio.\r\n",
                person.name,
                person.address,
                10 + index
            );
            let mail = Mail::new(text.into_bytes())
                .with_date(&format!("17-Nov-2025 18:{:02}:02 +0100", 10 + index));
            delivered += u64::from(store.add_message(&person.login, "INBOX", mail) > 0);
        }
        delivered
    }

    /// Accounts, messages and octets at the origin.
    pub fn size(&self) -> (u64, u64, u64) {
        let (mut messages, mut octets) = (0, 0);
        for mail in self
            .people
            .iter()
            .flat_map(|person| mails(&self.origin, &person.login))
        {
            messages += 1;
            octets += mail.len() as u64;
        }
        (self.people.len() as u64, messages, octets)
    }

    /// Messages of the origin that the destination does not hold octet for octet, as often as the origin does.
    pub fn missing(&self) -> u64 {
        let mut missing = 0;
        for person in &self.people {
            let mut held: HashMap<Arc<[u8]>, u64> = HashMap::new();
            for mail in mails(&self.destination, &person.login) {
                *held.entry(mail).or_default() += 1;
            }
            for mail in mails(&self.origin, &person.login) {
                match held.get_mut(&mail) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => missing += 1,
                }
            }
        }
        missing
    }
}

/// The octets of all messages of an account.
fn mails(server: &Server, login: &str) -> impl Iterator<Item = Arc<[u8]>> {
    let folders = server.store().folders(login).into_iter();
    folders.flat_map(|folder| folder.messages.into_iter().map(|mail| mail.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everything_is_missing_before_it_begins() {
        let dir = tempfile::tempdir().unwrap();
        let demo = start(dir.path()).await.unwrap();
        let (accounts, messages, octets) = demo.size();
        assert_eq!(accounts, 5);
        assert!(
            messages >= 1_500 && octets > 20_000_000,
            "{messages} {octets}"
        );
        assert_eq!(demo.missing(), messages);
        assert_eq!(demo.deliver(), 5);
        assert_eq!(demo.missing(), messages + 5);
        assert_eq!(demo.project.load().unwrap(), demo.plan);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn all_of_it_arrives() {
        let dir = tempfile::tempdir().unwrap();
        let demo = start(dir.path()).await.unwrap();
        let journal = Journal::open(&demo.project.journal_file()).unwrap();
        let outcomes = demo
            .carry_out(&journal, async |_, run| run.ended().await)
            .await;
        assert_eq!(outcomes.len(), PASSES.len());
        for outcome in &outcomes {
            assert!(
                outcome.failed.is_empty() && outcome.exceptions == 0,
                "{outcome:?}"
            );
        }
        assert_eq!(outcomes[1].copied, 5);
        assert_eq!(demo.missing(), 0);
    }
}
