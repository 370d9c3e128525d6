//! A migration in states made up for tests and pictures.

use super::{Wizard, completion, live, options, preflight, users};
use crate::ui::running::Running;
use crate::ui::server::samples::Done;

impl Wizard {
    pub(in crate::ui) fn pretend_origin(&mut self, done: Option<Done>) {
        if let Some(done) = done {
            self.origin.pretend(&mut self.session, done);
        }
    }

    pub(in crate::ui) fn pretend_destination(&mut self, done: Option<Done>) {
        if let Some(done) = done {
            self.destination.pretend(&mut self.session, done);
        }
    }

    pub(in crate::ui) fn pretend_users(&mut self, state: users::State) {
        self.users = state;
    }

    pub(in crate::ui) fn pretend_options(&mut self, state: options::State) {
        self.options = state;
    }

    pub(in crate::ui) fn pretend_preflight(&mut self, state: preflight::State) {
        self.preflight = state;
    }

    pub(in crate::ui) fn pretend_completion(&mut self, sample: completion::samples::Sample) {
        self.session = sample.session;
        self.completion = sample.state;
        self.running = sample.running;
    }

    pub(in crate::ui) fn pretend_unlock(&mut self) {
        self.session.keeper.pretend_wanted();
    }

    pub(in crate::ui) fn pretend_live(&mut self, live: live::State, running: Option<Running>) {
        self.live = live;
        self.running = running;
    }
}
