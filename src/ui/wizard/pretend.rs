//! A migration in states made up for tests and pictures.

use super::{Wizard, completion, live, options, preflight, users};
use crate::account::Side;
use crate::probe::Place;
use crate::provision::{Finding, Former};
use crate::trouble::Trouble;
use crate::ui::running::Running;
use crate::ui::server::samples::{Done, Web};

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

    pub(in crate::ui) fn pretend_web(&mut self, done: Web, former: Vec<Former>) {
        self.destination
            .pretend_web(&mut self.session, done, former);
    }

    pub(in crate::ui) fn pretend_place(&mut self, side: Side, done: Result<Place, Trouble>) {
        let state = match side {
            Side::Origin => &mut self.origin,
            Side::Destination => &mut self.destination,
        };
        state.pretend_place(&mut self.session, done);
    }

    pub(in crate::ui) fn pretend_mode(&mut self, done: Result<Vec<Finding>, Trouble>) {
        self.mode.pretend(done);
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
