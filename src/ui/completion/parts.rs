//! Small pieces of this stop.

use iced::widget::{Scrollable, column, container, row, rule, scrollable};
use iced::{Center, Element, Fill, Padding};

use super::Message;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::spinner;

/// The report is being made.
pub fn loading<'a>(turn: u8) -> Element<'a, Message> {
    let line = row![
        spinner(20.0, |t| t.accent_ink, turn),
        say(t!("finish-gathering"), 13, REGULAR, |t| t.ink_2),
    ]
    .spacing(12)
    .align_y(Center);
    container(line).center(Fill).into()
}

/// Content that scrolls from top to bottom.
pub fn scroll<'a>(content: impl Into<Element<'a, Message>>) -> Scrollable<'a, Message> {
    let bar = scrollable::Scrollbar::new()
        .width(6)
        .scroller_width(6)
        .margin(3);
    Scrollable::with_direction(content, scrollable::Direction::Vertical(bar)).style(theme::scroll)
}

/// How a stop of the timeline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    Done,
    /// The next one, or the one that goes on.
    Now(u8),
    ToCome(u8),
    /// Not through: something lacks.
    Warn,
}

impl Dot {
    fn show<'a>(self) -> Element<'a, Message> {
        let (content, fill, edge): (Element<'a, Message>, Role, Role) = match self {
            Self::Done => (
                Icon::CHECK.show(15.0, |t| t.on_accent).into(),
                |t| t.accent,
                |t| t.accent,
            ),
            Self::Now(number) => (
                say(number.to_string(), 12, SEMIBOLD, |t| t.accent_ink).into(),
                |t| t.surface,
                |t| t.accent,
            ),
            Self::ToCome(number) => (
                say(number.to_string(), 12, MEDIUM, |t| t.ink_3).into(),
                |t| t.surface,
                |t| t.line_strong,
            ),
            Self::Warn => (
                Icon::TRIANGLE_ALERT.show(14.0, |t| t.warn_icon).into(),
                |t| t.warn_soft,
                |t| t.warn_icon,
            ),
        };
        let width = if matches!(self, Self::Now(_)) {
            2.0
        } else {
            1.5
        };
        container(content)
            .center(26)
            .style(move |theme| {
                let tokens = theme::Tokens::of(theme);
                let edge = iced::border::rounded(13).color(edge(tokens)).width(width);
                container::background(fill(tokens)).border(edge)
            })
            .into()
    }
}

/// A stop of the timeline: its dot, the way to the next, what is to be said.
pub fn stop<'a>(
    dot: Dot,
    title: String,
    content: impl Into<Element<'a, Message>>,
    last: bool,
) -> Element<'a, Message> {
    let way: Role = match dot {
        Dot::Done => |t| t.accent,
        _ => |t| t.line_strong,
    };
    let mut left = column![dot.show()].width(26).spacing(4).align_x(Center);
    if !last {
        left = left.push(rule::vertical(2).style(theme::rule_of(way)));
    }
    let words = column![say(title, 15, SEMIBOLD, |t| t.ink), content.into()]
        .spacing(4)
        .width(Fill);
    let bottom = if last { 0.0 } else { 24.0 };
    let words = container(words).padding(Padding::ZERO.top(3).bottom(bottom));
    let line = row![left.height(Fill), words].spacing(16);
    let below = if last { 0.0 } else { 4.0 };
    container(line).padding(Padding::ZERO.bottom(below)).into()
}

/// A fact with its icon: what holds, and a line below.
pub fn point<'a>(
    icon: Icon,
    role: Role,
    title: String,
    about: Option<String>,
) -> Element<'a, Message> {
    let mut words = column![say(title, 13, MEDIUM, |t| t.ink)].width(Fill);
    if let Some(about) = about {
        words = words.push(say(about, 12, REGULAR, |t| t.ink_3));
    }
    let icon = container(icon.show(16.0, role)).padding(Padding::ZERO.top(2));
    row![icon, words].spacing(10).into()
}

/// A card with a title.
pub fn card<'a>(content: impl Into<Element<'a, Message>>) -> iced::widget::Container<'a, Message> {
    container(content)
        .padding(16)
        .width(Fill)
        .style(theme::card)
}
