//! What keys mean that no control has taken.

use super::{Message, Told, Wizard};
use crate::ui::step::Step;
use iced::widget::operation;

/// A key with a meaning in the whole window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Enter,
    Escape,
    /// Ctrl+F.
    Search,
    /// F5.
    Again,
    /// Ctrl+1, 2, 3: which.
    Tab(usize),
    /// Alt+←.
    Back,
    /// Alt+→.
    Forward,
    /// Ctrl+C, where nothing is selected.
    Copy,
}

/// Where Ctrl+F leads.
pub const SEARCH: iced::advanced::widget::Id = iced::advanced::widget::Id::new("search");

impl Wizard {
    /// A key was pressed.
    pub fn press(&mut self, press: Press) -> Told {
        if self.asked.is_some() {
            // What cannot be undone is never a single key.
            return match press {
                Press::Enter | Press::Escape => self.update(Message::Leave(false)),
                _ => Told::None,
            };
        }
        if self.unlock.is_asked(&self.session) {
            let message = match press {
                Press::Enter => self.unlock.enter(&self.session),
                Press::Escape => Some(self.unlock.escape()),
                _ => None,
            };
            return message.map_or(Told::None, |message| self.update(Message::Unlock(message)));
        }
        let message = match press {
            Press::Enter => self.enter(),
            Press::Escape => self.escape(),
            Press::Search => return Told::Run(operation::focus(SEARCH)),
            Press::Again => self.again(),
            Press::Tab(index) if self.step == Step::Live => self.live.tab(index).map(Message::Live),
            Press::Back => Some(Message::Back).filter(|_| self.step.previous().is_some()),
            Press::Forward => Some(Message::Next),
            Press::Copy if self.step == Step::Live => self.live.copy().map(Message::Live),
            Press::Tab(_) | Press::Copy => None,
        };
        message.map_or(Told::None, |message| self.update(message))
    }

    fn enter(&self) -> Option<Message> {
        let session = &self.session;
        match self.step {
            Step::Origin => Some(
                self.origin
                    .enter(session)
                    .map_or(Message::Next, Message::Origin),
            ),
            Step::Destination => Some(
                self.destination
                    .enter(session)
                    .map_or(Message::Next, Message::Destination),
            ),
            Step::Mode => Some(Message::Next),
            Step::Users => Some(
                self.users
                    .enter(session)
                    .map_or(Message::Next, Message::Users),
            ),
            Step::Options => Some(self.options.enter().map_or(Message::Next, Message::Options)),
            Step::Preflight => self.preflight.enter(session).map(Message::Preflight),
            Step::Live => self.live.enter(session, self.running.as_ref()).map_or_else(
                || (!self.is_running()).then_some(Message::Next),
                |message| Some(Message::Live(message)),
            ),
            Step::Completion => self.completion.enter(session).map(Message::Completion),
        }
    }

    fn escape(&self) -> Option<Message> {
        match self.step {
            Step::Users => self.users.escape().map(Message::Users),
            Step::Options => self.options.escape().map(Message::Options),
            Step::Preflight => self.preflight.escape().map(Message::Preflight),
            Step::Live => self.live.escape(self.running.as_ref()).map(Message::Live),
            Step::Completion => self.completion.escape().map(Message::Completion),
            _ => None,
        }
    }

    fn again(&self) -> Option<Message> {
        match self.step {
            Step::Origin => Some(Message::Origin(crate::ui::server::Message::Test)),
            Step::Destination => Some(Message::Destination(crate::ui::server::Message::Test)),
            Step::Options => Some(Message::Options(self.options.again())),
            Step::Preflight => Some(Message::Preflight(self.preflight.again())),
            Step::Users => self.users.again().map(Message::Users),
            Step::Completion => self.completion.again().map(Message::Completion),
            _ => None,
        }
    }
}
