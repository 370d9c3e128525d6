//! A server's stop: its settings at the left, found by themselves where they can be; what it answered at the right.
//!
//! One screen for both ends; what differs are words, and what the login at the destination is made of. Changing a
//! host, a port or a login takes back what was learned. No password is sent while settings are looked up, and a
//! refused one is not sent again until somebody asks for it.

mod answer;
mod failure;
mod form;
#[cfg(test)]
pub(super) mod samples;

use std::time::Instant;

use iced::widget::{column, container, row};
use iced::{Element, Fill, Task, task};
use secrecy::SecretString;

use super::action::Action;
use super::draft::{Access, Server};
use super::session::Session;
use super::shell::{Mark, Page, Pane, Status};
use super::widget::Tone;
use crate::account::{Address, Security, Side};
use crate::discovery::{self, Candidate, Found, Protocol, World};
use crate::engine::Secrets;
use crate::probe::{self, Answer, Failure, Order, Reason, Verdict};
use crate::secrets::Key;
use crate::t;
use crate::users::DestinationLogin;

pub(super) use form::keeping;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Hint(String),
    Detect,
    Detected(u64, Result<Found, discovery::Error>),
    Host(String),
    Port(String),
    Security(Security),
    Access(Access),
    Master(String),
    MasterPassword(String),
    Separator(String),
    Trial(String),
    Password(String),
    Eye,
    Form(DestinationLogin),
    Test,
    Tested(u64, Box<Result<Answer, Box<Failure>>>),
    Cancel,
    Accept(bool),
    Confirm,
    Use(Address),
    Copy(String),
}

/// What is known of the connection.
#[derive(Debug, Default)]
enum Trial {
    #[default]
    None,
    Busy {
        since: Instant,
        _task: task::Handle,
    },
    Done(Box<Result<Answer, Box<Failure>>>),
}

/// How looking up settings went.
#[derive(Debug, Default)]
enum Detection {
    #[default]
    None,
    Busy {
        _task: task::Handle,
    },
    Found(Box<Found>, Option<usize>),
    Failed(discovery::Error),
}

/// The screen of one side.
#[derive(Debug)]
pub struct State {
    side: Side,
    password: String,
    master_password: String,
    shown: bool,
    trial: Trial,
    detection: Detection,
    /// Whether a doubtful certificate is to be accepted.
    accept: bool,
    attempt: u64,
}

impl State {
    pub fn new(side: Side) -> Self {
        Self {
            side,
            password: String::new(),
            master_password: String::new(),
            shown: false,
            trial: Trial::None,
            detection: Detection::None,
            accept: true,
            attempt: 0,
        }
    }

    /// Whether something is going on here that turns a wheel.
    pub fn is_busy(&self) -> bool {
        matches!(self.trial, Trial::Busy { .. }) || matches!(self.detection, Detection::Busy { .. })
    }

    fn server<'s>(&self, session: &'s Session) -> &'s Server {
        match self.side {
            Side::Origin => &session.draft.origin,
            Side::Destination => &session.draft.destination,
        }
    }

    fn server_mut<'s>(&self, session: &'s mut Session) -> &'s mut Server {
        match self.side {
            Side::Origin => &mut session.draft.origin,
            Side::Destination => &mut session.draft.destination,
        }
    }

    /// Whether one may go on.
    pub fn is_ready(&self, session: &Session) -> bool {
        let server = self.server(session);
        server.verified.is_some() && server.endpoint().is_some()
    }

    /// How it stands, for the route.
    pub fn mark(&self) -> Mark {
        match &self.trial {
            Trial::Done(done) => match done.as_ref() {
                Err(failure) if doubtful(failure).is_none() => Mark::Bad,
                _ => Mark::None,
            },
            _ => Mark::None,
        }
    }

    /// What Enter does where it does not go on.
    pub fn enter(&self, session: &Session) -> Option<Message> {
        let server = self.server(session);
        if self.is_busy() || self.is_ready(session) {
            None
        } else if server.host.trim().is_empty() && !server.hint.trim().is_empty() {
            Some(Message::Detect)
        } else if self.confirming().is_some() && self.accept {
            Some(Message::Confirm)
        } else {
            server.endpoint().map(|_| Message::Test)
        }
    }

    /// The failure that only asks whether a certificate is to be accepted.
    fn confirming(&self) -> Option<&Failure> {
        match &self.trial {
            Trial::Done(done) => match done.as_ref() {
                Err(failure) => doubtful(failure).map(|_| failure.as_ref()),
                Ok(_) => None,
            },
            _ => None,
        }
    }

    /// The form was changed: late answers speak of something else.
    fn forget(&mut self) {
        self.attempt += 1;
        self.trial = Trial::None;
    }

    fn edit(&mut self, session: &mut Session, change: impl FnOnce(&mut Server)) {
        self.forget();
        let server = self.server_mut(session);
        change(server);
        server.changed();
        session.touch();
    }

    pub fn update(
        &mut self,
        session: &mut Session,
        world: Option<&World>,
        message: Message,
    ) -> Action<Message> {
        match message {
            Message::Hint(hint) => {
                self.detection = Detection::None;
                self.server_mut(session).hint = hint;
                session.touch();
            }
            Message::Detect => return self.detect(session, world),
            Message::Detected(attempt, found) if attempt == self.attempt => {
                return self.detected(session, found);
            }
            Message::Detected(..) => {}
            Message::Host(host) => self.edit(session, |server| {
                server.host = host;
                server.moved();
            }),
            Message::Port(port) => self.edit(session, |server| {
                server.port = port;
                server.moved();
            }),
            Message::Security(security) => self.edit(session, |server| {
                // The usual port of one kind becomes the usual port of the other.
                let usual = |security| {
                    if security == Security::Tls {
                        "993"
                    } else {
                        "143"
                    }
                };
                if server.port.trim() == usual(server.security) {
                    usual(security).clone_into(&mut server.port);
                }
                server.security = security;
                server.moved();
            }),
            Message::Access(access) => self.edit(session, |server| server.access = access),
            Message::Master(master) => self.edit(session, |server| server.master = master),
            Message::Separator(text) => self.edit(session, |server| server.separator = text),
            Message::Trial(trial) => {
                self.edit(session, |server| server.trial = trial);
                self.remembered(session);
            }
            Message::Password(password) => {
                self.password = password;
                self.edit(session, |_| {});
                self.keep(session);
            }
            Message::MasterPassword(password) => {
                self.master_password = password;
                self.edit(session, |_| {});
                self.keep(session);
            }
            Message::Eye => self.shown = !self.shown,
            Message::Form(form) => {
                session.draft.destination_login = form;
                session.touch();
            }
            Message::Test => return self.test(session),
            Message::Tested(attempt, done) => {
                if attempt == self.attempt {
                    self.tested(session, done);
                }
            }
            Message::Cancel => self.forget(),
            Message::Accept(accept) => self.accept = accept,
            Message::Confirm => {
                let seen = self
                    .confirming()
                    .and_then(|failure| failure.certificate.as_ref())
                    .map(|certificate| certificate.fingerprint);
                self.edit(session, |server| server.certificate = seen);
                return self.test(session);
            }
            Message::Use(address) => {
                self.edit(session, |server| {
                    server.host = address.host;
                    server.port = address.port.to_string();
                    server.security = address.security;
                    server.moved();
                });
                return self.test(session);
            }
            Message::Copy(text) => return Action::Copy(text),
        }
        Action::None
    }

    /// Passwords that the vault knows are shown as dots.
    pub fn remembered(&mut self, session: &Session) {
        use secrecy::ExposeSecret as _;
        let server = self.server(session);
        let known = |key: &Key| {
            let secret = session.keeper.get(key);
            secret.map(|secret| secret.expose_secret().to_owned())
        };
        let trial = Key::login(self.side, server.trial.trim());
        self.password = known(&trial).unwrap_or_else(|| std::mem::take(&mut self.password));
        let master = Key::Master { side: self.side };
        self.master_password = known(&master).unwrap_or_default();
    }

    /// Puts the passwords under lock and key.
    fn keep(&self, session: &mut Session) {
        let server = self.server(session).clone();
        let login = server.trial.trim();
        let keep = |session: &mut Session, key: Key, password: &str| {
            if password.is_empty() {
                session.keeper.remove(&key);
            } else {
                session.keeper.set(key, SecretString::from(password));
            }
        };
        if server.has_master() {
            let key = Key::Master { side: self.side };
            keep(session, key, &self.master_password);
        } else if !login.is_empty() {
            keep(session, Key::login(self.side, login), &self.password);
        }
    }

    fn detect(&mut self, session: &Session, world: Option<&World>) -> Action<Message> {
        let Some(world) = world else {
            self.detection = Detection::Failed(discovery::Error::NameServers(String::new()));
            return Action::None;
        };
        self.attempt += 1;
        let (attempt, hint, world) = (
            self.attempt,
            self.server(session).hint.clone(),
            world.clone(),
        );
        let looking = async move { discovery::discover(&hint, &world, |_| {}).await };
        let (task, handle) =
            Task::perform(looking, move |found| Message::Detected(attempt, found)).abortable();
        self.detection = Detection::Busy {
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    fn detected(
        &mut self,
        session: &mut Session,
        found: Result<Found, discovery::Error>,
    ) -> Action<Message> {
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.detection = Detection::Failed(error);
                return Action::None;
            }
        };
        let best = found.candidates.iter().position(usable);
        if let Some(candidate) = best.map(|index| found.candidates[index].clone()) {
            let hint = self.server(session).hint.trim().to_owned();
            self.edit(session, |server| {
                server.host.clone_from(&candidate.address.host);
                server.port = candidate.address.port.to_string();
                server.security = candidate.address.security;
                server.moved();
                if server.trial.is_empty() && hint.contains('@') {
                    server.trial = login_of(&candidate, &hint);
                }
            });
        }
        self.detection = Detection::Found(Box::new(found), best);
        Action::None
    }

    fn test(&mut self, session: &Session) -> Action<Message> {
        let server = self.server(session);
        let Some(endpoint) = server.endpoint() else {
            return Action::None;
        };
        self.attempt += 1;
        let attempt = self.attempt;
        let mailbox = server.trial.trim();
        let mut secrets = Secrets::default();
        let login = if server.has_master() {
            secrets.insert_master(self.side, SecretString::from(self.master_password.as_str()));
            (!self.master_password.is_empty() && !mailbox.is_empty())
                .then(|| secrets.login(self.side, &endpoint, mailbox))
        } else {
            secrets.insert(
                self.side,
                mailbox,
                SecretString::from(self.password.as_str()),
            );
            (!self.password.is_empty() && !mailbox.is_empty())
                .then(|| secrets.login(self.side, &endpoint, mailbox))
        };
        let order = Order {
            login: login.flatten(),
            ..Order::new(endpoint, self.side)
        };
        let (task, handle) = Task::perform(probe::probe(order), move |done| {
            Message::Tested(attempt, Box::new(done))
        })
        .abortable();
        self.trial = Trial::Busy {
            since: Instant::now(),
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    fn tested(&mut self, session: &mut Session, done: Box<Result<Answer, Box<Failure>>>) {
        let verified = match done.as_ref() {
            Ok(answer) => Some(answer.server.to_string()),
            Err(_) => None,
        };
        self.server_mut(session).verified = verified;
        session.touch();
        self.accept = true;
        self.trial = Trial::Done(done);
    }

    /// For tests and pictures: as if the server had answered so.
    #[cfg(test)]
    pub(super) fn pretend(&mut self, session: &mut Session, done: Result<Answer, Box<Failure>>) {
        self.tested(session, Box::new(done));
    }

    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let server = self.server(session);
        let right =
            container(self.answer(server, pane)).width(if pane.narrow() { 320 } else { 376 });
        let form = container(self.form(session, pane)).width(Fill).height(Fill);
        let body = column![
            self.detection_card(server, pane),
            row![form, right.height(Fill)].spacing(16).height(Fill),
        ]
        .spacing(16);
        let (title, purpose) = match self.side {
            Side::Origin => (t!("origin-title"), t!("origin-purpose")),
            Side::Destination => (t!("destination-title"), t!("destination-purpose")),
        };
        Page::new(title, purpose, body, self.status(session)).ready(self.is_ready(session))
    }

    fn answer<'a>(&'a self, server: &'a Server, pane: Pane) -> Element<'a, Message> {
        match &self.trial {
            Trial::Busy { since, .. } => answer::busy(*since, pane.turn),
            Trial::None => answer::none(server),
            Trial::Done(done) => match done.as_ref() {
                Ok(answer) => answer::good(answer, self.side, pane.narrow()),
                Err(failure) => match doubtful(failure) {
                    Some(reason) => failure::certificate(failure, reason, self.accept),
                    None => failure::other(failure, server),
                },
            },
        }
    }

    fn status(&self, session: &Session) -> Status {
        let server = self.server(session);
        let origin = self.side == Side::Origin;
        let pick = |first: String, second: String| if origin { first } else { second };
        match &self.trial {
            Trial::Busy { .. } => Status::busy(t!("server-testing")),
            Trial::Done(done) if done.is_err() => {
                if self.confirming().is_some() {
                    Status::new(Tone::Warn, t!("server-confirm-first"))
                        .icon(super::icon::Icon::SHIELD_ALERT)
                } else {
                    Status::new(
                        Tone::Bad,
                        pick(t!("origin-status-failed"), t!("destination-status-failed")),
                    )
                }
            }
            _ if self.is_ready(session) => {
                Status::ok(pick(t!("origin-status-ok"), t!("destination-status-ok")))
            }
            _ if server.host.trim().is_empty() => Status::new(
                Tone::Neutral,
                pick(t!("origin-status-empty"), t!("destination-status-empty")),
            ),
            _ if server.port().is_none() => Status::new(Tone::Bad, t!("server-port-wrong")),
            _ if server.address().is_none() => Status::new(Tone::Bad, t!("server-host-wrong")),
            _ if server.endpoint().is_none() => {
                Status::new(Tone::Neutral, t!("server-master-missing"))
            }
            _ => Status::new(Tone::Neutral, t!("server-test-first")),
        }
    }
}

/// Whether a candidate can be used here: an IMAP server that takes a password, over a protected connection.
fn usable(candidate: &Candidate) -> bool {
    candidate.protocol == Protocol::Imap && candidate.address.security != Security::Clear
}

/// The login an address has there.
fn login_of(candidate: &Candidate, address: &str) -> String {
    match candidate.login {
        discovery::LoginForm::Localpart => address.split('@').next().unwrap_or(address).to_owned(),
        _ => address.to_owned(),
    }
}

/// The reason a certificate was refused for, where nothing else is wrong.
fn doubtful(failure: &Failure) -> Option<&Reason> {
    match &failure.certificate.as_ref()?.verdict {
        Verdict::Refused(reason) => Some(reason),
        _ => None,
    }
}
