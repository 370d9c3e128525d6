//! IceWarp: its administration, and the IMAP service mail is delivered by.
//!
//! Promises: nothing on the server is changed but by a button that says so, and what a setting was before is on the disk
//! before anybody is told that it was changed; a refused administrator is not tried again until somebody asks for it;
//! who may open every mailbox is what the server said, not what was hoped. Deliberately absent: the protocol
//! (`provision`), words for what was found (`report::accounts`).

mod card;
mod form;
mod trial;

use std::time::Instant;

use iced::{Task, task};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Message, State};
use crate::account::Side;
use crate::plan::Provision;
use crate::probe::Failure;
use crate::provision::{self, Former, Setting};
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};
use crate::ui::action::Action;
use crate::ui::draft::Web as Form;
use crate::ui::session::Session;

pub(in crate::ui) use form::making;
use trial::Order;
pub(in crate::ui) use trial::{Answered, Done, Stop, Work};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    Host(String),
    Port(String),
    Admin(String),
    Password(String),
    Quota(String),
    Domains(bool),
    Tested(u64, Box<Done>),
    /// These settings are to be set to what suits the migration.
    PutRight(Vec<Setting>),
    /// All settings are to be as they were.
    PutBack,
    /// Settings were changed, or not; how those were that are not put back yet.
    Changed(u64, Result<Vec<Former>, Trouble>),
    Former(Vec<Former>),
}

/// What is known of the administration.
#[derive(Debug, Default)]
enum Trial {
    #[default]
    None,
    Busy {
        since: Instant,
        _task: task::Handle,
    },
    Done(Box<Done>),
}

/// The administration's part of the screen.
#[derive(Debug, Default)]
pub(super) struct Web {
    pub(super) password: String,
    trial: Trial,
    /// Whether settings are being changed.
    changing: bool,
    /// Why they were not.
    unchanged: Option<Trouble>,
    /// Settings that were changed and not put back, as they were.
    former: Vec<Former>,
}

impl Web {
    pub fn is_busy(&self) -> bool {
        matches!(self.trial, Trial::Busy { .. }) || self.changing
    }

    pub fn is_changing(&self) -> bool {
        self.changing
    }

    /// Late answers speak of something else.
    pub fn forget(&mut self) {
        self.trial = Trial::None;
        self.unchanged = None;
    }

    fn done(&self) -> Option<&Done> {
        match &self.trial {
            Trial::Done(done) => Some(done),
            _ => None,
        }
    }

    /// Where the trial came to an end.
    pub fn stopped(&self) -> Option<&Stop> {
        self.done()?.as_ref().err()
    }

    /// Why a connection was not made.
    pub fn failure(&self) -> Option<&Failure> {
        match self.stopped()? {
            Stop::Web(failure) | Stop::Imap(failure) => Some(failure),
            Stop::Admin(_) => None,
        }
    }

    /// Whether the administration said no.
    pub fn is_refused(&self) -> bool {
        matches!(self.stopped(), Some(Stop::Admin(_)))
    }

    /// What was found, once it was.
    pub fn answered(&self) -> Option<&Answered> {
        self.done()?.as_ref().ok()
    }
}

/// What is to be tried, once the form says enough.
pub(super) fn order(session: &Session) -> Option<Order> {
    let password = session.keeper.get(&Key::Provisioner)?;
    let mut endpoint = session.draft.destination.endpoint()?;
    endpoint.master = None;
    Some(Order {
        icewarp: session.draft.web.icewarp()?,
        password: password.clone(),
        wanted: session.draft.wanted(),
        endpoint,
    })
}

/// Reads which settings were changed and not put back.
pub(super) fn look_back(session: &Session) -> Task<Say> {
    let Some(project) = session.project.clone() else {
        return Task::none();
    };
    let reading = tokio::task::spawn_blocking(move || project.former());
    Task::perform(reading, |read| match read {
        Ok(Ok(former)) => Say::Former(former),
        Ok(Err(error)) => {
            tracing::warn!("what settings were before cannot be read: {error}");
            Say::Former(Vec::new())
        }
        Err(_) => Say::Former(Vec::new()),
    })
}

/// The administrator opens no mailboxes.
pub(super) fn withdraw(session: &mut Session) {
    if session.draft.destination.has_master() {
        session.draft.destination.each();
        session.keeper.remove(&Key::master(Side::Destination));
        session.draft.recheck();
    }
}

impl State {
    pub(super) fn web(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        match say {
            Say::Host(host) => {
                self.edit_web(session, |form| {
                    form.host = host;
                    form.moved();
                });
            }
            Say::Port(port) => self.edit_web(session, |form| {
                form.port = port;
                form.moved();
            }),
            Say::Admin(admin) => {
                self.edit_web(session, |form| form.admin = admin);
                withdraw(session);
            }
            Say::Password(password) => {
                if password.is_empty() {
                    session.keeper.remove(&Key::Provisioner);
                } else {
                    let secret = SecretString::from(password.as_str());
                    session.keeper.set(Key::Provisioner, secret);
                }
                self.web.password = password;
                self.edit_web(session, |_| {});
                withdraw(session);
            }
            Say::Quota(quota) => self.edit_web(session, |form| form.quota = quota),
            Say::Domains(on) => self.edit_web(session, |form| form.create_domains = on),
            Say::Tested(attempt, done) => {
                if attempt == self.attempt {
                    self.tested_web(session, done);
                }
            }
            Say::PutRight(settings) => return self.change(session, Some(settings)),
            Say::PutBack => return self.change(session, None),
            Say::Changed(attempt, changed) => {
                self.web.changing = false;
                match changed {
                    Ok(former) => {
                        self.web.former = former;
                        if attempt == self.attempt {
                            return self.test_web(session);
                        }
                    }
                    Err(trouble) => {
                        self.web.unchanged = Some(trouble);
                        return Action::Run(look_back(session).map(Message::Web));
                    }
                }
            }
            Say::Former(former) => self.web.former = former,
        }
        Action::None
    }

    /// The administration's form was changed. Its host is that of the mail, unless somebody said otherwise.
    fn edit_web(&mut self, session: &mut Session, change: impl FnOnce(&mut Form)) {
        let before = session.draft.web.host.clone();
        change(&mut session.draft.web);
        let host = session.draft.web.host.clone();
        self.edit(session, |server| {
            let follows = server.host.trim().is_empty() || server.host == before;
            if follows && server.host != host {
                server.host = host;
                server.moved();
            }
        });
    }

    pub(super) fn test_web(&mut self, session: &Session) -> Action<Message> {
        let Some(order) = order(session).filter(|_| !self.web.changing) else {
            return Action::None;
        };
        self.attempt += 1;
        let attempt = self.attempt;
        let (task, handle) = Task::perform(order.carry_out(), move |done| {
            Message::Web(Say::Tested(attempt, Box::new(done)))
        })
        .abortable();
        self.web.unchanged = None;
        self.web.trial = Trial::Busy {
            since: Instant::now(),
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    fn tested_web(&mut self, session: &mut Session, done: Box<Done>) {
        let mut verified = None;
        if let Ok(answered) = done.as_ref() {
            if answered.pin.is_some() {
                session.draft.destination.certificate = answered.pin;
            }
            match answered.impersonates {
                Some(true) => {
                    let admin = session.draft.web.admin.clone();
                    session.draft.destination.impersonate(&admin);
                    if let Some(secret) = session.keeper.get(&Key::Provisioner).cloned() {
                        session.keeper.set(Key::master(Side::Destination), secret);
                    }
                }
                Some(false) => withdraw(session),
                None => {}
            }
            session.draft.recheck();
            if !answered.blocks() {
                verified = Some(answered.software());
            }
        }
        session.draft.destination.verified = verified;
        session.touch();
        self.accept = true;
        self.web.trial = Trial::Done(done);
    }

    /// Sets settings to what suits the migration; without any, puts those back that were.
    fn change(&mut self, session: &mut Session, settings: Option<Vec<Setting>>) -> Action<Message> {
        let password = session.keeper.get(&Key::Provisioner).cloned();
        let (Some(icewarp), Some(password), false) =
            (session.draft.web.icewarp(), password, self.is_trying())
        else {
            return Action::None;
        };
        // How a setting was has to be written somewhere.
        let project = match session.folder().map(Option::<&_>::cloned) {
            Ok(Some(project)) => project,
            Ok(None) => return Action::None,
            Err(error) => {
                let trouble = Trouble::new(Kind::Storage, "", error.to_string());
                self.web.unchanged = Some(trouble);
                return Action::None;
            }
        };
        let attempt = self.attempt;
        self.web.changing = true;
        self.web.unchanged = None;
        // Spawned, so that leaving this screen does not cut it in the middle.
        let working = tokio::spawn(async move {
            let maker =
                provision::make(&Provision::Icewarp(icewarp), project.dir(), Some(password))?;
            let work = Work { maker, project };
            match settings {
                Some(settings) => work.put_right(&settings).await,
                None => work.put_back().await,
            }
        });
        Action::Run(Task::perform(working, move |changed| {
            let changed = changed.unwrap_or_else(|error| Err(trial::broken(&error)));
            Message::Web(Say::Changed(attempt, changed))
        }))
    }

    /// For tests and pictures: as if all of it had answered so.
    #[cfg(test)]
    pub(in crate::ui) fn pretend_web(
        &mut self,
        session: &mut Session,
        done: Done,
        former: Vec<Former>,
    ) {
        self.tested_web(session, Box::new(done));
        self.web.former = former;
    }
}

/// Whether the administrator's password is known.
fn has_password(session: &Session) -> bool {
    let secret = session.keeper.get(&Key::Provisioner);
    secret.is_some_and(|secret| !secret.expose_secret().is_empty())
}
