//! The stop where one decides how to migrate.
//!
//! The proxy joins when there is one; until then its card says so. There is one scope now: messages, into mailboxes
//! that exist.

use iced::widget::{column, container, row, space, stack};
use iced::{Center, Element, Fill, Padding};

use super::icon::Icon;
use super::shell::{Page, Pane, Status};
use super::theme::{MEDIUM, REGULAR, Role, SEMIBOLD, say};
use super::widget::choice::{card_dot, card_face};
use super::widget::{Control, Tone, chip, choice_card, hairline, scroll, tile};
use crate::t;

/// What happens here: there is nothing to decide yet.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    Manual,
}

pub fn view<'a>(_: Pane) -> Page<'a, Message> {
    let manual = card(
        true,
        Icon::LIST_CHECKS,
        t!("mode-manual"),
        t!("mode-manual-for"),
        t!("mode-manual-about"),
        [
            (true, t!("mode-manual-1")),
            (true, t!("mode-manual-2")),
            (true, t!("mode-manual-3")),
            (false, t!("mode-manual-4")),
            (false, t!("mode-manual-5")),
        ],
        false,
    );
    let proxy = card(
        false,
        Icon::WAYPOINTS,
        t!("mode-proxy"),
        t!("mode-proxy-later"),
        t!("mode-proxy-about"),
        [
            (true, t!("mode-proxy-1")),
            (true, t!("mode-proxy-2")),
            (true, t!("mode-proxy-3")),
            (false, t!("mode-proxy-4")),
            (false, t!("mode-proxy-5")),
        ],
        true,
    );
    let scope = column![
        say(t!("mode-scope"), 15, SEMIBOLD, |t| t.ink),
        row![
            choice_card(
                true,
                Icon::MAILS,
                t!("mode-messages"),
                t!("mode-messages-about"),
                Message::Manual
            ),
            container(super::widget::hint(
                Icon::INFO,
                |t| t.ink_3,
                t!("mode-scope-later")
            ))
            .width(Fill)
            .padding([12, 0]),
        ]
        .spacing(16),
    ]
    .spacing(8);
    // The faces lie below the words: both get the height of the higher.
    let faces = row![face(true, Some(Message::Manual)), face(false, None)].spacing(16);
    let cards = stack![row![manual, proxy].spacing(16)].push_under(faces.height(Fill));
    let body = column![cards.width(Fill), scope].spacing(16);
    Page::new(
        t!("mode-title"),
        t!("mode-purpose"),
        scroll(body).height(Fill),
        Status::ok(t!("mode-status")),
    )
}

/// What is pressed: the card without its words.
fn face<'a>(on: bool, message: Option<Message>) -> Element<'a, Message> {
    Control::new(space().width(Fill).height(Fill))
        .look(move |t, status| card_face(t, status, on))
        .on(message)
        .into()
}

/// The words of a card.
fn card<'a>(
    on: bool,
    icon: Icon,
    title: String,
    for_whom: String,
    about: String,
    points: [(bool, String); 5],
    off: bool,
) -> Element<'a, Message> {
    let (ink, faint): (Role, Role) = if off {
        (|t| t.ink_2, |t| t.ink_3)
    } else {
        (|t| t.ink, |t| t.ink_2)
    };
    let below: Element<'a, Message> = if off {
        chip(Tone::Neutral, Icon::CLOCK, None, for_whom)
    } else {
        say(for_whom, 12, MEDIUM, |t| t.accent_ink).into()
    };
    let head = row![
        tile(icon, 40.0, on),
        column![say(title, 17, SEMIBOLD, ink), below]
            .spacing(2)
            .width(Fill),
        card_dot(on, off),
    ]
    .spacing(12)
    .height(48)
    .align_y(Center);
    let mut list = column![].spacing(6);
    for (good, words) in points {
        let (mark, role): (Icon, Role) = match (good, off) {
            (_, true) if good => (Icon::CHECK, |t| t.ink_3),
            (_, true) => (Icon::MINUS, |t| t.ink_3),
            (true, _) => (Icon::CHECK, |t| t.ok),
            (false, _) => (Icon::MINUS, |t| t.warn_icon),
        };
        list = list.push(
            row![
                container(mark.show(15.0, role)).padding(Padding::ZERO.top(3)),
                say(words, 13, REGULAR, ink)
            ]
            .spacing(8),
        );
    }
    let content = column![head, say(about, 13, REGULAR, faint), hairline(), list].spacing(12);
    container(content).padding(20).width(Fill).into()
}
