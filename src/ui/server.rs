//! One end of the crossing: what it is at the left, found by itself where it can be; what it answered at the right.
//!
//! One screen for both ends; what differs are words, which kinds of end there are, and what the login at the destination
//! is made of. Changing what was tried takes back what was learned. No password is sent while settings are looked up,
//! and a refused one is not sent again until somebody asks for it.
//!
//! - `page` the screen · `kinds` which kind of end · `form`, `detect`, `answer` an IMAP server · `failure` any trouble
//! - `web` IceWarp's administration · `findings` what a test of accounts found · `place` an archive

mod answer;
mod detect;
mod failure;
pub(super) mod findings;
mod form;
mod kinds;
mod page;
mod place;
#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;
mod web;

use std::time::Instant;

use iced::{Task, task};
use secrecy::SecretString;

use super::action::Action;
use super::draft::{Access, Kind, Server};
use super::session::Session;
use super::shell::Mark;
use crate::account::{Address, Security, Side};
use crate::discovery::{self, Found, World};
use crate::engine::Secrets;
use crate::plan::Scope;
use crate::probe::{self, Answer, Failure, Order, Reason, Verdict};
use crate::secrets::Key;
use crate::users::DestinationLogin;

pub(super) use form::keeping;
pub(super) use web::{Work, making};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Kind(Kind),
    Web(web::Say),
    Place(place::Say),
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

impl Message {
    /// Whether it ends an entry, so that it is worth a folder.
    pub fn settles(&self) -> bool {
        matches!(
            self,
            Self::Test | Self::Confirm | Self::Use(_) | Self::Place(place::Say::Browsed(Some(_)))
        )
    }
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
    web: web::Web,
    place: place::Trial,
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
            web: web::Web::default(),
            place: place::Trial::None,
            accept: true,
            attempt: 0,
        }
    }

    /// Whether something is going on here that turns a wheel.
    pub fn is_busy(&self) -> bool {
        self.is_trying() || matches!(self.detection, Detection::Busy { .. })
    }

    /// Whether the end is being tried.
    fn is_trying(&self) -> bool {
        matches!(self.trial, Trial::Busy { .. })
            || matches!(self.place, place::Trial::Busy { .. })
            || self.web.is_busy()
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
        let made = server.kind != Kind::Icewarp || session.draft.web.icewarp().is_some();
        server.verified.is_some() && server.endpoint().is_some() && made
    }

    /// How it stands, for the route.
    pub fn mark(&self) -> Mark {
        let failed = self
            .failure()
            .is_some_and(|failure| doubtful(failure).is_none());
        let failed =
            failed || self.web.is_refused() || matches!(self.place, place::Trial::Done(Err(_)));
        if failed { Mark::Bad } else { Mark::None }
    }

    /// What Enter does where it does not go on.
    pub fn enter(&self, session: &Session) -> Option<Message> {
        let server = self.server(session);
        let looked_up = server.kind == Kind::Imap && server.host.trim().is_empty();
        if self.is_busy() || self.is_ready(session) {
            None
        } else if looked_up && !server.hint.trim().is_empty() {
            Some(Message::Detect)
        } else if self.confirming().is_some() && self.accept {
            Some(Message::Confirm)
        } else {
            self.can_test(session).then_some(Message::Test)
        }
    }

    /// Whether enough is filled in to try it.
    fn can_test(&self, session: &Session) -> bool {
        let server = self.server(session);
        match server.kind {
            Kind::Imap => server.endpoint().is_some(),
            Kind::Icewarp => web::order(session).is_some(),
            Kind::Archive => place::is_whole(server),
        }
    }

    /// Why a connection was not made.
    fn failure(&self) -> Option<&Failure> {
        match &self.trial {
            Trial::Done(done) => done.as_ref().as_ref().err().map(AsRef::as_ref),
            _ => self.web.failure(),
        }
    }

    /// The failure that only asks whether a certificate is to be accepted.
    fn confirming(&self) -> Option<&Failure> {
        self.failure().filter(|failure| doubtful(failure).is_some())
    }

    /// The form was changed: late answers speak of something else.
    fn forget(&mut self) {
        self.attempt += 1;
        self.trial = Trial::None;
        self.web.forget();
        self.place = place::Trial::None;
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
            Message::Kind(kind) => self.choose(session, kind),
            Message::Web(say) => return self.web(session, say),
            Message::Place(say) => return self.place(session, say),
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
                match self.web.stopped() {
                    Some(web::Stop::Web(_)) => {
                        self.edit(session, |_| {});
                        session.draft.web.certificate = seen;
                    }
                    _ => self.edit(session, |server| server.certificate = seen),
                }
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

    /// Another kind of end. What stood in the form of the other stays there.
    fn choose(&mut self, session: &mut Session, kind: Kind) {
        let before = self.server(session).kind;
        if before == kind {
            return;
        }
        self.edit(session, |server| server.kind = kind);
        if self.side == Side::Origin {
            session.draft.recheck();
            return;
        }
        // With IceWarp its administrator opens the mailboxes, or nobody does: the test finds out.
        if kind == Kind::Icewarp {
            session.draft.destination.access = Access::Each;
        } else if before == Kind::Icewarp {
            web::withdraw(session);
        }
        let host = session.draft.destination.host.clone();
        if kind == Kind::Icewarp && session.draft.web.host.is_empty() {
            session.draft.web.host = host;
        }
        session.draft.set_scope(match kind {
            Kind::Icewarp => Scope::Accounts,
            Kind::Imap | Kind::Archive => Scope::Messages,
        });
        self.remembered(session);
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
        self.web.password = known(&Key::Provisioner).unwrap_or_default();
    }

    /// What this stop does when one comes to it.
    pub fn entered(&mut self, session: &Session) -> Task<Message> {
        self.remembered(session);
        match self.side {
            Side::Origin => Task::none(),
            Side::Destination => web::look_back(session).map(Message::Web),
        }
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

    fn test(&mut self, session: &Session) -> Action<Message> {
        match self.server(session).kind {
            Kind::Imap => self.test_server(session),
            Kind::Icewarp => self.test_web(session),
            Kind::Archive => self.test_place(session),
        }
    }

    fn test_server(&mut self, session: &Session) -> Action<Message> {
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
}

/// The reason a certificate was refused for, where nothing else is wrong.
fn doubtful(failure: &Failure) -> Option<&Reason> {
    match &failure.certificate.as_ref()?.verdict {
        Verdict::Refused(reason) => Some(reason),
        _ => None,
    }
}
