//! Looking up a server's settings from an address.
//!
//! Promises: no password is sent meanwhile; what was found stands in the form, to be corrected. Deliberately absent:
//! how they are found (`discovery`), the card (`form`).

use iced::Task;

use super::{Detection, Message, State};
use crate::account::Security;
use crate::discovery::{self, Candidate, Found, Protocol, World};
use crate::ui::action::Action;
use crate::ui::session::Session;

impl State {
    pub(super) fn detect(&mut self, session: &Session, world: Option<&World>) -> Action<Message> {
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

    pub(super) fn detected(
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
}

/// Whether a candidate can be used here: an IMAP server that takes a password, over a protected connection.
pub(super) fn usable(candidate: &Candidate) -> bool {
    candidate.protocol == Protocol::Imap && candidate.address.security != Security::Clear
}

/// The login an address has there.
fn login_of(candidate: &Candidate, address: &str) -> String {
    match candidate.login {
        discovery::LoginForm::Localpart => address.split('@').next().unwrap_or(address).to_owned(),
        _ => address.to_owned(),
    }
}
