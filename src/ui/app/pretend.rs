//! The window in states made up for tests and pictures.

use super::{App, Place};
use crate::ui::recent::Recent;
use crate::ui::session::Session;
use crate::ui::settings::Settings;
use crate::ui::start::{self, Start};
use crate::ui::step::Step;
use crate::ui::wizard::Wizard;
use iced::Size;
use iced::theme::Mode;

impl App {
    pub(in crate::ui) fn sample(recent: Option<Vec<Recent>>) -> Self {
        let mut app = Self::blank(Settings::default());
        let mut start = Start::default();
        if let Some(recent) = recent {
            let _ = start.update(start::Message::Looked(recent));
        }
        app.place = Place::Start(start);
        app
    }

    pub(in crate::ui) fn sample_wizard(
        session: Session,
        step: Step,
        with: impl FnOnce(&mut Wizard),
    ) -> Self {
        let mut app = Self::sample(None);
        let (mut wizard, _) = Wizard::new(session, None);
        wizard.step = step;
        with(&mut wizard);
        app.place = Place::Wizard(Box::new(wizard));
        app
    }

    pub(in crate::ui) fn pretend_window(&mut self, size: Size, mode: Mode) {
        self.size = size;
        self.system = mode;
    }

    pub(in crate::ui) fn pretend_help(&mut self) {
        self.help = true;
    }
}
