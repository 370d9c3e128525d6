//! The stop where one decides how to migrate, and what of each account.
//!
//! Promises: one may go on whenever that can work, and the line below says why where it cannot. The proxy joins when
//! there is one; until then its card says so.
//!
//! - `makers` who creates accounts, where the destination's server has no administration we know

mod makers;
#[cfg(test)]
mod tests;

use iced::widget::{column, container, row, scrollable, space, stack};
use iced::{Center, Element, Fill, Padding};

use super::action::Action;
use super::draft::Kind;
use super::icon::Icon;
use super::session::Session;
use super::shell::{Page, Pane, Status};
use super::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use super::widget::choice::{Card, card_dot, card_face};
use super::widget::{Control, Tone, chip, choice_cards, hairline, hint, tile};
use crate::plan::Scope;
use crate::t;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Manual,
    Scope(Scope),
    Maker(makers::Say),
}

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    maker: makers::Trial,
    attempt: u64,
}

impl State {
    /// Whether something is going on here that turns a wheel.
    pub fn is_busy(&self) -> bool {
        self.maker.is_busy()
    }

    /// Whether one may go on.
    pub fn is_ready(&self, session: &Session) -> bool {
        self.obstacle(session).is_none()
    }

    /// Why one may not.
    fn obstacle(&self, session: &Session) -> Option<(Tone, String)> {
        let draft = &session.draft;
        match draft.destination.kind {
            _ if !draft.scope.provisions() => None,
            Kind::Archive => Some((Tone::Bad, t!("mode-archive-only"))),
            Kind::Imap => self.no_maker(session),
            Kind::Icewarp => {
                let missing = draft.web.icewarp().is_none();
                missing.then(|| (Tone::Neutral, t!("mode-destination-first")))
            }
        }
    }

    pub fn update(&mut self, session: &mut Session, message: Message) -> Action<Message> {
        match message {
            Message::Manual => {}
            Message::Scope(scope) => {
                if is_possible(session, scope) && session.draft.scope != scope {
                    session.draft.set_scope(scope);
                    session.touch();
                }
            }
            Message::Maker(say) => return self.maker(session, say),
        }
        Action::None
    }

    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let asks = session.draft.scope.provisions() && session.draft.destination.kind == Kind::Imap;
        let mut body = column![methods(asks), scopes(session)].spacing(16);
        if asks {
            body = body.push(self.makers(session, pane));
        }
        let obstacle = self.obstacle(session);
        let ready = obstacle.is_none();
        let status = match obstacle {
            Some((tone, words)) => Status::new(tone, words),
            None => Status::ok(match session.draft.scope {
                Scope::Accounts => t!("mode-status-accounts"),
                Scope::Messages => t!("mode-status-messages"),
                Scope::Passwords => t!("mode-status-passwords"),
            }),
        };
        let bar = scrollable::Scrollbar::new()
            .width(6)
            .scroller_width(6)
            .spacing(8);
        let body = scrollable(body)
            .direction(scrollable::Direction::Vertical(bar))
            .style(theme::scroll)
            .width(Fill)
            .height(Fill);
        Page::new(t!("mode-title"), t!("mode-purpose"), body, status).ready(ready)
    }
}

/// Whether it makes sense at this destination: in an archive there is nothing but messages.
fn is_possible(session: &Session, scope: Scope) -> bool {
    scope == Scope::Messages || session.draft.destination.kind != Kind::Archive
}

/// Both ways; `short`: without what speaks for and against them, where something else is to be decided.
fn methods<'a>(short: bool) -> Element<'a, Message> {
    let manual = card(
        true,
        Icon::LIST_CHECKS,
        t!("mode-manual"),
        t!("mode-manual-for"),
        t!("mode-manual-about"),
        (!short).then(|| {
            [
                (true, t!("mode-manual-1")),
                (true, t!("mode-manual-2")),
                (true, t!("mode-manual-3")),
                (false, t!("mode-manual-4")),
                (false, t!("mode-manual-5")),
            ]
        }),
        false,
    );
    let proxy = card(
        false,
        Icon::WAYPOINTS,
        t!("mode-proxy"),
        t!("mode-proxy-later"),
        t!("mode-proxy-about"),
        (!short).then(|| {
            [
                (true, t!("mode-proxy-1")),
                (true, t!("mode-proxy-2")),
                (true, t!("mode-proxy-3")),
                (false, t!("mode-proxy-4")),
                (false, t!("mode-proxy-5")),
            ]
        }),
        true,
    );
    // The faces lie below the words: both get the height of the higher.
    let faces = row![face(true, Some(Message::Manual)), face(false, None)].spacing(16);
    stack![row![manual, proxy].spacing(16)]
        .push_under(faces.height(Fill))
        .width(Fill)
        .into()
}

fn scopes<'a>(session: &Session) -> Element<'a, Message> {
    let now = session.draft.scope;
    let cards = Scope::ALL.map(|scope| {
        let (icon, title, about) = match scope {
            Scope::Accounts => (
                Icon::USER_PLUS,
                t!("mode-accounts"),
                t!("mode-accounts-about"),
            ),
            Scope::Messages => (Icon::MAILS, t!("mode-messages"), t!("mode-messages-about")),
            Scope::Passwords => (
                Icon::KEY_ROUND,
                t!("mode-passwords"),
                t!("mode-passwords-about"),
            ),
        };
        Card {
            icon,
            title,
            about,
            message: is_possible(session, scope).then_some(Message::Scope(scope)),
        }
    });
    let only = cards.iter().any(|card| card.message.is_none());
    let why = only.then(|| hint(Icon::INFO, |t| t.ink_3, t!("mode-archive-only")));
    let chosen = Scope::ALL.iter().position(|scope| *scope == now);
    column![
        say(t!("mode-scope"), 15, SEMIBOLD, |t| t.ink),
        choice_cards(cards.into(), chosen),
        why
    ]
    .spacing(8)
    .into()
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
    points: Option<[(bool, String); 5]>,
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
    let mut content = column![head, say(about, 13, REGULAR, faint)].spacing(12);
    if let Some(points) = points {
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
        content = content.push(hairline()).push(list);
    }
    container(content).padding(20).width(Fill).into()
}
