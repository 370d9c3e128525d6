//! Questions and panels over the screen.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space, stack};
use iced::{Element, Fill, Padding};

use super::inert::Inert;
use super::mark::hairline;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, REGULAR, Role, SEMIBOLD, say};

/// The safe choice of a dialog: it has the focus when the dialog opens.
pub const SAFE: Id = Id::new("dialog-safe");

/// A question: an icon, a title that asks, what would happen, perhaps something to choose, buttons that answer.
pub fn question<'a, M: 'a>(
    (icon, bad): (Icon, bool),
    title: impl Into<String>,
    about: impl Into<String>,
    more: Option<Element<'a, M>>,
    buttons: Vec<Element<'a, M>>,
) -> Element<'a, M> {
    let (ink, ground): (Role, Role) = if bad {
        (|t| t.bad, |t| t.bad_soft)
    } else {
        (|t| t.accent_ink, |t| t.accent_soft)
    };
    let icon = container(icon.show(18.0, ink))
        .center(40)
        .style(theme::ground(ground, 20.0));
    let mut words = column![
        say(title.into(), 17, SEMIBOLD, |t| t.ink),
        say(about.into(), 13, REGULAR, |t| t.ink_2),
    ]
    .spacing(8)
    .width(Fill);
    if let Some(more) = more {
        words = words.push(container(more).padding(Padding::ZERO.top(8)));
    }
    let body = container(row![icon, words].spacing(16)).padding(24);
    let mut line = row![space::horizontal()].spacing(8);
    for button in buttons {
        line = line.push(button);
    }
    let foot = container(line)
        .padding([16, 24])
        .style(theme::card_bottom(|t| t.sunken, 11.0));
    container(column![body, hairline(), foot])
        .width(480)
        .padding(1)
        .style(theme::dialog)
        .into()
}

/// A screen, and what lies over it while it does.
pub fn over<'a, M: 'a>(
    screen: impl Into<Element<'a, M>>,
    dialog: Option<Element<'a, M>>,
) -> Element<'a, M> {
    let screen = Inert::new(screen, dialog.is_some());
    let mut layers = stack![screen].width(Fill).height(Fill);
    if let Some(dialog) = dialog {
        let veil = container(dialog)
            .center(Fill)
            .style(theme::ground(|t| t.scrim, 0.0));
        layers = layers.push(iced::widget::opaque(veil));
    }
    layers.into()
}
