//! The passphrase of the vault, where the system has no keyring that could keep its key.

use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use secrecy::SecretString;

use super::icon::Icon;
use super::session::{Session, Standing};
use super::widget::dialog::{SAFE, question};
use super::widget::{Field, Group, button, hint, labelled, radio};
use crate::secrets::Ask;
use crate::t;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Protect(bool),
    First(String),
    Second(String),
    Eye,
    Confirm,
    Later,
}

/// What is decided.
#[derive(Debug)]
pub enum Action {
    None,
    Open(SecretString),
    /// For this session only.
    Forgo,
}

/// The shortest passphrase taken, in letters.
const SHORTEST: usize = 8;

/// The dialog.
#[derive(Debug, Default)]
pub struct Unlock {
    first: String,
    second: String,
    shown: bool,
    /// A passphrase is wanted, and not memory alone.
    unprotected: bool,
    /// Put off until a password is needed.
    put_off: bool,
}

impl Unlock {
    /// Whether it is to be seen.
    pub fn is_asked(&self, session: &Session) -> bool {
        matches!(session.keeper.standing(), Standing::Wanted(_)) && !self.put_off
    }

    /// Asks again, though it was put off.
    pub fn ask(&mut self) {
        self.put_off = false;
    }

    #[allow(clippy::unused_self, reason = "as the other panels")]
    pub fn escape(&self) -> Message {
        Message::Later
    }

    pub fn enter(&self, session: &Session) -> Option<Message> {
        self.can_confirm(session).then_some(Message::Confirm)
    }

    fn is_new(session: &Session) -> bool {
        matches!(session.keeper.standing(), Standing::Wanted(Ask::New))
    }

    fn can_confirm(&self, session: &Session) -> bool {
        if Self::is_new(session) {
            self.unprotected
                || (self.first.chars().count() >= SHORTEST && self.first == self.second)
        } else {
            !self.first.is_empty()
        }
    }

    pub fn update(&mut self, session: &Session, message: Message) -> Action {
        match message {
            Message::Protect(protect) => self.unprotected = !protect,
            Message::First(text) => self.first = text,
            Message::Second(text) => self.second = text,
            Message::Eye => self.shown = !self.shown,
            Message::Later => self.put_off = true,
            Message::Confirm if !self.can_confirm(session) => {}
            Message::Confirm if self.unprotected && Self::is_new(session) => {
                *self = Self::default();
                return Action::Forgo;
            }
            Message::Confirm => {
                let given = SecretString::from(std::mem::take(&mut self.first));
                *self = Self::default();
                return Action::Open(given);
            }
        }
        Action::None
    }

    /// What has the focus when it opens.
    pub fn focus<M: Send + 'static>() -> Task<M> {
        iced::widget::operation::focus(Id::new("passphrase"))
    }

    pub fn view<'a>(&'a self, session: &Session) -> Element<'a, Message> {
        let new = Self::is_new(session);
        let first = Field::new(&self.first, Message::First)
            .id(Id::new("passphrase"))
            .secret(self.shown, Message::Eye)
            .on_submit(self.can_confirm(session).then_some(Message::Confirm));
        let later = button(t!("unlock-later")).id(SAFE).on(Message::Later);
        if !new {
            let wrong = matches!(
                session.keeper.standing(),
                Standing::Wanted(Ask::WrongTryAgain)
            );
            let first = first.error(wrong.then(|| t!("unlock-wrong")));
            let open = button(t!("unlock-open"))
                .primary()
                .on(self.can_confirm(session).then_some(Message::Confirm));
            return question(
                (Icon::LOCK_KEYHOLE, false),
                t!("unlock-title"),
                t!("unlock-about"),
                Some(labelled(t!("unlock-passphrase"), first).into()),
                vec![later.into(), open.into()],
            );
        }
        let choice = Group::new(
            column![
                radio(
                    !self.unprotected,
                    t!("unlock-protect"),
                    Some(t!("unlock-protect-about")),
                    Message::Protect(true)
                ),
                radio(
                    self.unprotected,
                    t!("unlock-session"),
                    Some(t!("unlock-session-about")),
                    Message::Protect(false)
                ),
            ]
            .spacing(12),
            Some(usize::from(self.unprotected)),
            vec![Message::Protect(true), Message::Protect(false)],
        );
        let mut more = column![Element::from(choice)].spacing(16);
        if !self.unprotected {
            let differ = !self.second.is_empty() && self.first != self.second;
            let second = Field::new(&self.second, Message::Second)
                .id(Id::new("passphrase-again"))
                .secret(self.shown, Message::Eye)
                .on_submit(self.can_confirm(session).then_some(Message::Confirm))
                .error(differ.then(|| t!("unlock-differ")));
            more = more
                .push(labelled(t!("unlock-passphrase"), first))
                .push(labelled(t!("unlock-again"), second))
                .push(hint(
                    Icon::INFO,
                    |t| t.ink_3,
                    t!("unlock-least", number = SHORTEST.to_string()),
                ));
        }
        let go = button(t!("unlock-go-on"))
            .primary()
            .on(self.can_confirm(session).then_some(Message::Confirm));
        question(
            (Icon::KEY_ROUND, false),
            t!("unlock-new-title"),
            t!("unlock-new-about"),
            Some(more.into()),
            vec![later.into(), go.into()],
        )
    }
}
