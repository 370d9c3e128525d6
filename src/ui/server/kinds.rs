//! Which kind of end it is: three cards at the destination, two words at the origin.

use iced::Element;

use super::{Message, State};
use crate::t;
use crate::ui::draft::Kind;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::widget::choice::Card;
use crate::ui::widget::{choice_cards, segments};

impl State {
    /// The destination's.
    pub(super) fn kinds<'a>(&self, session: &Session) -> Element<'a, Message> {
        let now = self.server(session).kind;
        let cards = Kind::ALL.map(|kind| {
            let (icon, title, about) = match kind {
                Kind::Icewarp => (Icon::SERVER, t!("kind-icewarp"), t!("kind-icewarp-about")),
                Kind::Imap => (Icon::MAIL, t!("kind-imap"), t!("kind-imap-about")),
                Kind::Archive => (
                    Icon::HARD_DRIVE,
                    t!("kind-archive"),
                    t!("kind-archive-about"),
                ),
            };
            Card {
                icon,
                title,
                about,
                message: Some(Message::Kind(kind)),
            }
        });
        let chosen = Kind::ALL.iter().position(|kind| *kind == now);
        choice_cards(cards.into(), chosen)
    }

    /// The origin's.
    pub(super) fn kind_of_origin<'a>(&self, session: &Session) -> Element<'a, Message> {
        let archive = self.server(session).kind == Kind::Archive;
        segments(
            vec![
                (t!("kind-server"), Message::Kind(Kind::Imap)),
                (t!("kind-archive"), Message::Kind(Kind::Archive)),
            ],
            usize::from(archive),
            false,
        )
    }
}
