//! What is done behind the buttons: trying the administration and the mail service, changing settings and putting them
//! back.
//!
//! Promises: one step after the other, and none after one that failed; the password goes only to a host whose
//! certificate is accepted. Deliberately absent: the draft, pixels.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;

use crate::account::{Address, Endpoint, Fingerprint, Master, Security, Side};
use crate::engine::Secrets;
use crate::plan::{Icewarp, Provision};
use crate::probe::{self, Answer, Failure, Reached, Verdict};
use crate::project::Project;
use crate::provision::{
    self, Fact, Finding, Former, Provisioner, Setting, Standing, Wanted, Weight,
};
use crate::trouble::{Kind, Trouble};

/// Accounts that are asked for until one is found that exists.
const ASKED: usize = 3;

/// What is to be tried.
#[derive(Debug)]
pub struct Order {
    pub icewarp: Icewarp,
    pub password: SecretString,
    pub wanted: Vec<Wanted>,
    /// The mail service, as nobody in particular.
    pub endpoint: Endpoint,
}

/// What came of it.
pub(in crate::ui) type Done = Result<Answered, Stop>;

/// Where a trial came to an end.
#[derive(Debug, Clone)]
pub enum Stop {
    /// The web service is not reached, or its certificate not accepted.
    Web(Box<Failure>),
    /// The administration says no.
    Admin(Trouble),
    /// The mail service is not reached, or its certificate not accepted.
    Imap(Box<Failure>),
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Answered {
    pub web: Reached,
    pub findings: Vec<Finding>,
    pub answer: Answer,
    /// Whether the administrator opens every mailbox; `None` where nobody could tell.
    pub impersonates: Option<bool>,
    /// The mail service shows the certificate that was accepted for the web service.
    pub pin: Option<Fingerprint>,
}

impl Answered {
    /// Whether something stands in the way, whatever is wanted of whichever accounts: seats and domains may be no
    /// matter in the end.
    pub fn blocks(&self) -> bool {
        self.findings.iter().any(|finding| {
            let of_making = matches!(
                finding.fact,
                Fact::Seats { .. } | Fact::DomainMissing { .. }
            );
            finding.weight == Weight::Blocker && !of_making
        })
    }

    /// What the server says it is.
    pub fn software(&self) -> String {
        let named = self
            .findings
            .iter()
            .find_map(|finding| match &finding.fact {
                Fact::Software(name) => Some(name.clone()),
                _ => None,
            });
        named.unwrap_or_else(|| self.answer.server.to_string())
    }
}

impl Order {
    pub async fn carry_out(self) -> Done {
        let service = Endpoint {
            url: Address {
                host: self.icewarp.host.clone(),
                port: self.icewarp.port,
                security: if self.icewarp.clear {
                    Security::Clear
                } else {
                    Security::Tls
                },
            },
            certificate: self.icewarp.certificate,
            authority: self.icewarp.authority.clone(),
            master: None,
        };
        let web = probe::reach(service, probe::LIMIT)
            .await
            .map_err(Stop::Web)?;
        let provision = Provision::Icewarp(self.icewarp.clone());
        let maker = provision::make(&provision, Path::new("."), Some(self.password.clone()))
            .map_err(Stop::Admin)?;
        self.ask(web, maker.as_ref()).await
    }

    /// The same, once it is known how the web service is reached and who asks it.
    async fn ask(&self, web: Reached, maker: &dyn Provisioner) -> Done {
        let mut findings = maker.test(&self.wanted).await.map_err(Stop::Admin)?;
        let (answer, pin) = self.greet().await.map_err(Stop::Imap)?;
        let said = findings.iter().find_map(|finding| match finding.fact {
            Fact::Impersonates(said) => Some(said),
            _ => None,
        });
        let impersonates = match said {
            Some(said) => Some(said),
            None => self.enter(maker, pin).await,
        };
        if let (None, Some(yes)) = (said, impersonates) {
            findings.push(Finding {
                weight: if yes { Weight::Good } else { Weight::Note },
                fact: Fact::Impersonates(yes),
            });
        }
        Ok(Answered {
            web,
            findings,
            answer,
            impersonates,
            pin,
        })
    }

    /// Looks at the mail service without a login. A certificate that was accepted for the web service of this very host
    /// is accepted here too.
    async fn greet(&self) -> Result<(Answer, Option<Fingerprint>), Box<Failure>> {
        let greet = |endpoint| probe::probe(probe::Order::new(endpoint, Side::Destination));
        let failure = match greet(self.endpoint.clone()).await {
            Ok(answer) => return Ok((answer, None)),
            Err(failure) => failure,
        };
        let shown = failure
            .certificate
            .as_ref()
            .filter(|certificate| matches!(certificate.verdict, Verdict::Refused(_)));
        let shown = shown.map(|certificate| certificate.fingerprint);
        let same_host = self
            .endpoint
            .url
            .host
            .eq_ignore_ascii_case(&self.icewarp.host);
        if shown.is_none() || shown != self.icewarp.certificate || !same_host {
            return Err(failure);
        }
        let accepted = Endpoint {
            certificate: shown,
            ..self.endpoint.clone()
        };
        Ok((greet(accepted).await?, shown))
    }

    /// Whether the administrator gets into the mailbox of an account that exists; `None` where none is known to.
    async fn enter(&self, maker: &dyn Provisioner, pin: Option<Fingerprint>) -> Option<bool> {
        let mut found = None;
        for wanted in self.wanted.iter().take(ASKED) {
            if let Ok(Standing::Exists(_)) = maker.look(wanted).await {
                found = Some(wanted);
                break;
            }
        }
        let endpoint = Endpoint {
            certificate: pin.or(self.endpoint.certificate),
            master: Some(Master {
                user: self.icewarp.admin.clone(),
                separator: None,
            }),
            ..self.endpoint.clone()
        };
        let mut secrets = Secrets::default();
        secrets.insert_master(Side::Destination, self.password.clone());
        let login = secrets.login(Side::Destination, &endpoint, &found?.login)?;
        let order = probe::Order::new(endpoint, Side::Destination).with(login);
        match probe::probe(order).await {
            Ok(_) => Some(true),
            Err(failure) => match failure.trouble.kind {
                Kind::LoginRefused | Kind::NoLoginMethod => Some(false),
                _ => None,
            },
        }
    }
}

/// Somebody who changes settings, and where is written how they were.
pub(in crate::ui) struct Work {
    pub maker: Arc<dyn Provisioner>,
    pub project: Project,
}

impl Work {
    /// Answers how settings were that are not put back yet.
    pub async fn put_right(self, settings: &[Setting]) -> Result<Vec<Former>, Trouble> {
        let changed = self.maker.put_right(settings).await?;
        let (project, written) = (self.project, changed.clone());
        let kept = on_disk(move || {
            project.remember_former(&written)?;
            project.former()
        })
        .await;
        if kept.is_err() {
            // What nobody would remember is not left changed.
            self.maker.put_back(&changed).await?;
        }
        kept
    }

    pub async fn put_back(self) -> Result<Vec<Former>, Trouble> {
        let project = self.project.clone();
        let former = on_disk(move || project.former()).await?;
        self.maker.put_back(&former).await?;
        on_disk(move || self.project.forget_former().map(|()| Vec::new())).await
    }
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, crate::project::Error> + Send + 'static,
) -> Result<T, Trouble> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| Trouble::new(Kind::Storage, "", error.to_string())),
        Err(error) => Err(broken(&error)),
    }
}

/// A task that ended without an answer.
pub(super) fn broken(error: &dyn fmt::Display) -> Trouble {
    Trouble::new(Kind::Storage, "", error.to_string())
}

#[cfg(test)]
mod tests;
