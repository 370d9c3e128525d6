//! Accounts made by a program of the administrator: one call for each act, JSON in, JSON out.
//!
//! Promises: the password stands on the program's standard input alone, and nothing the program says about it is
//! passed on; whatever became of a creation that did not end well is asked for before it is told; an action the program
//! does not know is no failure where it can be done without. Deliberately absent: how a program is run (`program`).
//!
//! The protocol is documented for people in `packaging/examples/README.md`; version 1 only ever gains fields.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    Change, Difference, Fact, Failure, Finding, Part, Provisioner, Standing, Wanted, Weight,
};
use crate::plan::{Hold, Program};
use crate::program::{self, Told};
use crate::trouble::{Kind, Trouble};

/// A program of the administrator that makes accounts.
#[derive(Debug)]
pub struct Command {
    program: Program,
    folder: PathBuf,
    /// Addresses of which only an attempt to create them told that they exist: the program cannot look.
    found: Mutex<HashSet<String>>,
}

/// What the program is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    Test,
    Look,
    Create,
    Complete,
    SetPassword,
    Hold,
    Release,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Request<'a> {
    version: u32,
    action: Action,
    #[serde(flatten)]
    account: Option<Account<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<Vec<Account<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<Hold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    migration_account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<&'a str>,
}

#[derive(Serialize)]
struct Account<'a> {
    address: &'a str,
    login: &'a str,
    name: &'a str,
    aliases: &'a [String],
}

impl<'a> From<&'a Wanted> for Account<'a> {
    fn from(wanted: &'a Wanted) -> Self {
        Self {
            address: &wanted.address,
            login: &wanted.login,
            name: &wanted.name,
            aliases: &wanted.aliases,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Said {
    Done,
    Unchanged,
    Missing,
    Exists,
    Failed,
    Unsupported,
}

/// The program's answer. Fields it has besides are not looked at.
#[derive(Debug, Deserialize)]
struct Answer {
    result: Said,
    #[serde(default)]
    differences: Vec<Differs>,
    #[serde(default)]
    findings: Vec<Found>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    made: bool,
    #[serde(default)]
    held: Option<String>,
}

/// A difference; what is wanted is known anyway where the program does not say it.
#[derive(Debug, Deserialize)]
struct Differs {
    what: Part,
    #[serde(default)]
    wanted: String,
    #[serde(default)]
    found: String,
}

/// A finding: words, with a weight if it has one, or a fact of ours.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Found {
    Words(String),
    Weighed { weight: Weight, text: String },
    Fact(Finding),
}

impl From<Found> for Finding {
    fn from(found: Found) -> Self {
        let (weight, fact) = match found {
            Found::Words(text) => (Weight::Note, Fact::Unknown(text)),
            Found::Weighed { weight, text } => (weight, Fact::Unknown(text)),
            Found::Fact(finding) => return finding,
        };
        Self { weight, fact }
    }
}

impl Command {
    /// This program, run in the migration's folder.
    pub fn new(program: Program, folder: &Path) -> Self {
        Self {
            program,
            folder: folder.to_owned(),
            found: Mutex::default(),
        }
    }

    fn request(action: Action, wanted: &Wanted) -> Request<'_> {
        Request {
            version: 1,
            action,
            account: Some(wanted.into()),
            accounts: None,
            password: None,
            hold: None,
            migration_account: None,
            held: None,
        }
    }

    /// Asks; a failure the program tells of is an error, with whether the account was made all the same.
    async fn ask(
        &self,
        request: Request<'_>,
        password: Option<&SecretString>,
    ) -> Result<Answer, Failure> {
        let secrets: Vec<&SecretString> = password.into_iter().collect();
        let request = Request {
            password: password.map(ExposeSecret::expose_secret),
            ..request
        };
        let subject = request
            .account
            .as_ref()
            .map_or_else(String::new, |account| account.address.to_owned());
        let told = Told {
            secrets: &secrets,
            ..Told::default()
        };
        let mut answer: Answer = program::ask(&self.program, &self.folder, &request, told).await?;
        for words in [&mut answer.detail, &mut answer.reason]
            .into_iter()
            .flatten()
        {
            *words = program::hide(words, &secrets);
        }
        if answer.result == Said::Failed {
            return Err(Failure {
                trouble: answer.trouble(&subject),
                made: answer.made,
            });
        }
        Ok(answer)
    }

    fn unfit(&self, request: Action, said: Said) -> Trouble {
        let detail = format!("{request:?}: {said:?}");
        Trouble::new(
            Kind::ProgramAnswer,
            self.program.program.display().to_string(),
            detail,
        )
    }

    async fn changed(
        &self,
        action: Action,
        wanted: &Wanted,
        password: Option<&SecretString>,
    ) -> Result<Change, Trouble> {
        let answer = self.ask(Self::request(action, wanted), password).await;
        let answer = answer.map_err(|failure| failure.trouble)?;
        match answer.result {
            Said::Done => Ok(Change::Done),
            Said::Unchanged => Ok(Change::Unchanged),
            Said::Missing => Err(answer.missing(wanted)),
            said => Err(self.unfit(action, said)),
        }
    }

    fn found(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answer {
    fn trouble(&self, subject: &str) -> Trouble {
        let detail = self.detail.clone().unwrap_or_default();
        let Some(reason) = &self.reason else {
            return Trouble::new(Kind::AccountRefused, subject, detail);
        };
        match Kind::of_key(reason).filter(|kind| may_say(*kind)) {
            Some(kind) => Trouble::new(kind, subject, detail),
            None => Trouble::new(
                Kind::AccountRefused,
                subject,
                [reason.as_str(), &detail].join(": "),
            ),
        }
    }

    fn missing(&self, wanted: &Wanted) -> Trouble {
        let detail = self.detail.clone().unwrap_or_default();
        Trouble::new(Kind::AccountMissing, &wanted.address, detail)
    }
}

/// Reasons a program may give: those of accounts, and those of the service behind it.
fn may_say(kind: Kind) -> bool {
    kind.is_network()
        || matches!(
            kind,
            Kind::AdminRefused
                | Kind::AdminTwoFactor
                | Kind::AdminRights
                | Kind::AdminService
                | Kind::MigrationRunning
                | Kind::DomainMissing
                | Kind::LicenceSeats
                | Kind::AccountLimit
                | Kind::AccountRefused
                | Kind::AccountMissing
                | Kind::AccountHalfMade
                | Kind::AddressTaken
                | Kind::AddressRefused
                | Kind::AddressMissing
                | Kind::PasswordPolicy
                | Kind::PasswordCharacters
                | Kind::PasswordElsewhere
                | Kind::Throttled
                | Kind::ServerBusy
                | Kind::ServerError
                | Kind::DiskFull
                | Kind::Storage
        )
}

impl Provisioner for Command {
    fn test<'a>(&'a self, wanted: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>> {
        Box::pin(async move {
            let request = Request {
                version: 1,
                action: Action::Test,
                account: None,
                accounts: Some(wanted.iter().map(Account::from).collect()),
                password: None,
                hold: None,
                migration_account: None,
                held: None,
            };
            let answer = self.ask(request, None).await;
            let answer = answer.map_err(|failure| failure.trouble)?;
            match answer.result {
                Said::Done | Said::Unchanged => {
                    Ok(answer.findings.into_iter().map(Finding::from).collect())
                }
                Said::Unsupported => Ok(Vec::new()),
                said => Err(self.unfit(Action::Test, said)),
            }
        })
    }

    /// Of an account whose program cannot look, `Exists` is known only once [`create`](Self::create) was refused.
    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>> {
        Box::pin(async move {
            let answer = self.ask(Self::request(Action::Look, wanted), None).await;
            let answer = answer.map_err(|failure| failure.trouble)?;
            match answer.result {
                Said::Exists => Ok(Standing::Exists(
                    answer
                        .differences
                        .into_iter()
                        .map(|differs| Difference {
                            what: differs.what,
                            wanted: differs.wanted,
                            found: differs.found,
                        })
                        .collect(),
                )),
                Said::Unsupported if self.found().contains(&wanted.address) => {
                    Ok(Standing::Exists(Vec::new()))
                }
                Said::Missing | Said::Unsupported => Ok(Standing::Missing),
                said => Err(self.unfit(Action::Look, said)),
            }
        })
    }

    /// An account that exists is [`Kind::AddressTaken`]; after that [`look`](Self::look) says `Exists`.
    fn create<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            let request = Self::request(Action::Create, wanted);
            let failure = match self.ask(request, Some(password)).await {
                Ok(answer) => match answer.result {
                    Said::Done => return Ok(()),
                    Said::Exists | Said::Unchanged => {
                        let _ = self.found().insert(wanted.address.clone());
                        let detail = answer.detail.unwrap_or_default();
                        let taken = Trouble::new(Kind::AddressTaken, &wanted.address, detail);
                        return Err(taken.into());
                    }
                    said => Failure::from(self.unfit(Action::Create, said)),
                },
                Err(failure) => failure,
            };
            // A program that was ended, or lost its server, says nothing of what it had done by then. Whether an account is
            // ours can be found out only now: later it would seem to have been there before.
            let kind = failure.trouble.kind;
            let unknown = kind.is_network()
                || matches!(
                    kind,
                    Kind::ProgramFailed
                        | Kind::ProgramTimedOut
                        | Kind::ProgramAnswer
                        | Kind::ServerBusy
                        | Kind::ServerError
                );
            let made = failure.made || unknown && self.look(wanted).await != Ok(Standing::Missing);
            Err(Failure { made, ..failure })
        })
    }

    fn complete<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(self.changed(Action::Complete, wanted, None))
    }

    fn set_password<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(self.changed(Action::SetPassword, wanted, Some(password)))
    }

    fn hold<'a>(
        &'a self,
        wanted: &'a Wanted,
        how: Hold,
        migration_account: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async move {
            let request = Request {
                hold: Some(how),
                migration_account: Some(migration_account),
                ..Self::request(Action::Hold, wanted)
            };
            let answer = self.ask(request, None).await;
            let answer = answer.map_err(|failure| failure.trouble)?;
            match answer.result {
                Said::Done | Said::Unchanged => Ok(Some(answer.held.unwrap_or_default())),
                Said::Unsupported => Ok(None),
                Said::Missing => Err(answer.missing(wanted)),
                said => Err(self.unfit(Action::Hold, said)),
            }
        })
    }

    fn release<'a>(
        &'a self,
        wanted: &'a Wanted,
        held: &'a str,
    ) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let request = Request {
                held: Some(held),
                ..Self::request(Action::Release, wanted)
            };
            let answer = self.ask(request, None).await;
            let answer = answer.map_err(|failure| failure.trouble)?;
            match answer.result {
                Said::Done | Said::Unchanged => Ok(()),
                Said::Missing => Err(answer.missing(wanted)),
                said => Err(self.unfit(Action::Release, said)),
            }
        })
    }
}
