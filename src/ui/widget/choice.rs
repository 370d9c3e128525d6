//! What is chosen: boxes, radio buttons, switches, cards, chips, tabs.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space, stack};
use iced::{Center, Color, Element, Fill, Padding, Theme, border};

use super::control::{Control, Face, Ring, Status};
use super::group::Group;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, Tokens, say};

fn plain(t: &Tokens, _: Status) -> Face {
    Face {
        fill: Color::TRANSPARENT,
        border: border::rounded(4),
        ink: t.ink,
    }
}

/// What a box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    Off,
    On,
    /// Some of those it stands for.
    Some,
}

impl From<bool> for Tick {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

/// The box alone.
fn tick_box<'a, M: 'a>(tick: Tick, off: bool) -> Element<'a, M> {
    let ink: Role = if off { |t| t.ink_off } else { |t| t.on_accent };
    let mark: Element<'a, M> = match tick {
        Tick::Off => space::horizontal().width(12).into(),
        Tick::On => Icon::CHECK.show(12.0, ink).into(),
        Tick::Some => Icon::MINUS.show(12.0, ink).into(),
    };
    let filled = tick != Tick::Off;
    container(mark)
        .center(16)
        .style(move |theme: &Theme| {
            let t = Tokens::of(theme);
            let (fill, edge) = match (off, filled) {
                (true, _) => (t.sunken, t.line_strong),
                (false, true) => (t.accent, t.accent),
                (false, false) => (t.surface, t.field_line),
            };
            container::background(fill).border(border::rounded(4).color(edge).width(1.5))
        })
        .into()
}

/// A box without words, for rows of tables.
pub fn tick<'a, M: Clone + 'a>(
    tick: impl Into<Tick>,
    message: impl Into<Option<M>>,
) -> Control<'a, M> {
    let message = message.into();
    Control::new(tick_box(tick.into(), message.is_none()))
        .look(plain)
        .spaced()
        .on(message)
}

/// A box with its words, and a line below them where there is one.
pub fn check<'a, M: Clone + 'a>(
    on: bool,
    label: impl Into<String>,
    about: Option<String>,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let message = message.into();
    let off = message.is_none();
    let mark = tick_box(on.into(), off);
    marked(mark, 4.0, label.into(), about, REGULAR, off)
        .on(message)
        .into()
}

fn marked<'a, M: Clone + 'a>(
    mark: Element<'a, M>,
    radius: f32,
    label: String,
    about: Option<String>,
    font: iced::Font,
    off: bool,
) -> Control<'a, M> {
    let (ink, faint): (Role, Role) = if off {
        (|t| t.ink_off, |t| t.ink_off)
    } else {
        (|t| t.ink, |t| t.ink_3)
    };
    let mark = container(mark).padding(Padding::ZERO.top(2));
    let mut words = column![say(label, 13, font, ink)];
    if let Some(about) = about {
        words = words.push(say(about, 12, REGULAR, faint));
    }
    Control::new(row![mark, words].spacing(10))
        .look(plain)
        .spaced()
        .ring(Ring::Around {
            x: 0.0,
            y: 2.0,
            width: 16.0,
            height: 16.0,
            radius,
        })
}

/// The dot alone.
fn radio_dot<'a, M: 'a>(on: bool, off: bool) -> Element<'a, M> {
    let dot: Element<'a, M> = if on {
        let role: Role = if off { |t| t.ink_off } else { |t| t.accent };
        container(space::horizontal().width(8))
            .height(8)
            .style(theme::ground(role, 4.0))
            .into()
    } else {
        space::horizontal().width(8).into()
    };
    container(dot)
        .center(16)
        .style(move |theme: &Theme| {
            let t = Tokens::of(theme);
            let (fill, edge) = match (off, on) {
                (true, _) => (t.sunken, t.line_strong),
                (false, true) => (t.surface, t.accent),
                (false, false) => (t.surface, t.field_line),
            };
            container::background(fill).border(border::rounded(8).color(edge).width(1.5))
        })
        .into()
}

/// A radio button with its words; stands in a [`Group`].
pub fn radio<'a, M: Clone + 'a>(
    on: bool,
    label: impl Into<String>,
    about: Option<String>,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let message = message.into();
    let off = message.is_none();
    let mark = radio_dot(on, off);
    marked(mark, 8.0, label.into(), about, MEDIUM, off)
        .on(message)
        .into()
}

/// A switch with its words.
pub fn toggle<'a, M: Clone + 'a>(
    on: bool,
    label: impl Into<String>,
    about: Option<String>,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let message = message.into();
    let off = message.is_none();
    let knob = container(space::horizontal().width(11))
        .height(11)
        .style(move |theme: &Theme| {
            let t = Tokens::of(theme);
            let fill = match (off, on) {
                (true, _) => t.ink_off,
                (false, true) => t.on_accent,
                (false, false) => t.field_line,
            };
            container::background(fill).border(border::rounded(5.5))
        });
    let place = if on { iced::Right } else { iced::Left };
    let track = container(knob)
        .width(40)
        .height(20)
        .padding([0.0, 4.5])
        .align_x(place)
        .align_y(Center)
        .style(move |theme: &Theme| {
            let t = Tokens::of(theme);
            let (fill, edge) = match (off, on) {
                (true, _) => (t.sunken, t.line_strong),
                (false, true) => (t.accent, t.accent),
                (false, false) => (t.surface, t.field_line),
            };
            container::background(fill).border(border::rounded(10).color(edge).width(1.5))
        });
    let ink: Role = if off { |t| t.ink_off } else { |t| t.ink };
    let mut line = row![track, say(label.into(), 13, MEDIUM, ink)]
        .spacing(12)
        .align_y(Center);
    if let Some(about) = about {
        line = line.push(say(about, 12, REGULAR, |t| t.ink_3));
    }
    Control::new(line)
        .look(plain)
        .spaced()
        .ring(Ring::Around {
            x: 0.0,
            y: 0.0,
            width: 40.0,
            height: 20.0,
            radius: 10.0,
        })
        .on(message)
        .into()
}

/// A card that can be chosen; off where it says nothing.
pub struct Card<M> {
    pub icon: Icon,
    pub title: String,
    pub about: String,
    pub message: Option<M>,
}

/// Cards of one height of which one holds: its radio button stands at the upper right.
pub fn choice_cards<'a, M: Clone + 'a>(
    cards: Vec<Card<M>>,
    chosen: Option<usize>,
) -> Element<'a, M> {
    let is_on = |index: usize| chosen == Some(index);
    let mut messages = Vec::new();
    let mut among = None;
    // The faces lie below the words: all get the height of the highest.
    let mut faces = row![].spacing(16).height(Fill);
    let mut words = row![].spacing(16);
    for (index, card) in cards.into_iter().enumerate() {
        let on = is_on(index);
        words = words.push(card_words(&card, on));
        if card.message.is_some() && on {
            among = Some(messages.len());
        }
        messages.extend(card.message.clone());
        faces = faces.push(
            Control::new(space().width(Fill).height(Fill))
                .look(move |t, status| card_face(t, status, on))
                .spaced()
                .on(card.message),
        );
    }
    let cards = stack![words].push_under(faces).width(Fill);
    Group::new(cards, among, messages).into()
}

fn card_words<'a, M: 'a>(card: &Card<M>, on: bool) -> Element<'a, M> {
    let off = card.message.is_none();
    let (ink, faint, mark): (Role, Role, Role) = match (off, on) {
        (true, _) => (|t| t.ink_off, |t| t.ink_off, |t| t.ink_off),
        (false, true) => (|t| t.ink, |t| t.ink_2, |t| t.accent_ink),
        (false, false) => (|t| t.ink, |t| t.ink_2, |t| t.ink_2),
    };
    let content = row![
        container(card.icon.show(18.0, mark)).padding(Padding::ZERO.top(1)),
        column![
            say(card.title.clone(), 13, SEMIBOLD, ink),
            say(card.about.clone(), 12, REGULAR, faint)
        ]
        .spacing(2)
        .width(Fill),
        radio_dot(on, off),
    ]
    .spacing(12);
    container(content).padding([12, 16]).width(Fill).into()
}

/// The face of a card that can be chosen.
pub fn card_face(t: &Tokens, status: Status, on: bool) -> Face {
    let (edge, width) = match (on, status) {
        (true, _) => (t.accent, 2.0),
        (false, Status::Hovered | Status::Pressed) => (t.accent_line, 1.0),
        (false, _) => (t.line, 1.0),
    };
    Face {
        fill: t.surface,
        border: border::rounded(12).color(edge).width(width),
        ink: t.ink,
    }
}

/// The dot of a card that is made elsewhere.
pub fn card_dot<'a, M: 'a>(on: bool, off: bool) -> Element<'a, M> {
    radio_dot(on, off)
}

/// Two or three words beside each other of which one holds.
pub fn segments<'a, M: Clone + 'a>(
    choices: Vec<(String, M)>,
    chosen: usize,
    small: bool,
) -> Element<'a, M> {
    let messages = choices.iter().map(|(_, message)| message.clone()).collect();
    let (height, size, padding): (u32, u16, f32) =
        if small { (22, 12, 8.0) } else { (26, 13, 12.0) };
    let parts = choices
        .into_iter()
        .enumerate()
        .map(|(index, (word, message))| {
            let on = index == chosen;
            let (font, ink): (_, Role) = if on {
                (SEMIBOLD, |t| t.ink)
            } else {
                (MEDIUM, |t| t.ink_2)
            };
            Control::new(
                container(say(word, size, font, ink).wrapping(Wrapping::None)).center_y(Fill),
            )
            .height(height)
            .width(iced::Shrink)
            .padding([0.0, padding])
            .look(move |t, status| Face {
                fill: match (on, status) {
                    (true, _) => t.surface,
                    (false, Status::Hovered | Status::Pressed) => t.hover,
                    (false, _) => Color::TRANSPARENT,
                },
                border: if on && !small {
                    border::rounded(4).color(t.line_strong).width(1)
                } else {
                    border::rounded(4)
                },
                ink: t.ink,
            })
            .spaced()
            .on(message)
            .into()
        });
    let frame = container(row(parts))
        .padding(if small { 2 } else { 3 })
        .style(theme::framed(
            if small { |t| t.sidebar } else { |t| t.sunken },
            |t| t.line_strong,
            6.0,
        ));
    Group::new(frame, Some(chosen), messages).into()
}

/// One filter: its words, its count where there is one, what it says.
pub struct Filter<M> {
    pub label: String,
    pub count: Option<String>,
    pub message: M,
}

/// Chips of which one holds.
pub fn filters<'a, M: Clone + 'a>(filters: Vec<Filter<M>>, chosen: usize) -> Element<'a, M> {
    let messages = filters
        .iter()
        .map(|filter| filter.message.clone())
        .collect();
    let chips = filters.into_iter().enumerate().map(|(index, filter)| {
        let on = index == chosen;
        let (ink, strong): (Role, Role) = if on {
            (|t| t.accent_ink, |t| t.accent_ink)
        } else {
            (|t| t.ink_2, |t| t.ink)
        };
        let mut words = row![say(filter.label, 12, MEDIUM, ink).wrapping(Wrapping::None)]
            .spacing(6)
            .align_y(Center);
        if let Some(count) = filter.count {
            words = words.push(say(count, 12, SEMIBOLD, strong).wrapping(Wrapping::None));
        }
        Control::new(container(words).center_y(Fill))
            .height(28)
            .width(iced::Shrink)
            .padding([0, 11])
            .look(move |t, status| Face {
                fill: match (on, status) {
                    (true, _) => t.accent_soft,
                    (false, Status::Hovered | Status::Pressed) => t.hover,
                    (false, _) => t.surface,
                },
                border: border::rounded(14)
                    .color(if on { t.accent } else { t.line_strong })
                    .width(1),
                ink: t.ink,
            })
            .spaced()
            .on(filter.message)
            .into()
    });
    Group::new(row(chips).spacing(8), Some(chosen), messages).into()
}

/// Tabs, with a count where there is one.
pub fn tabs<'a, M: Clone + 'a>(
    tabs: Vec<(String, Option<String>, M)>,
    chosen: usize,
) -> Element<'a, M> {
    let messages = tabs.iter().map(|(.., message)| message.clone()).collect();
    let parts = tabs
        .into_iter()
        .enumerate()
        .map(|(index, (word, count, message))| {
            let on = index == chosen;
            let (font, ink): (_, Role) = if on {
                (SEMIBOLD, |t| t.ink)
            } else {
                (MEDIUM, |t| t.ink_2)
            };
            let mut words = row![say(word, 13, font, ink).wrapping(Wrapping::None)]
                .spacing(6)
                .align_y(Center);
            if let Some(count) = count {
                words = words.push(
                    container(say(count, 11, MEDIUM, |t| t.ink_2))
                        .padding([0, 6])
                        .style(theme::ground(|t| t.neutral_soft, 8.0)),
                );
            }
            let mut content = stack![container(words).center_y(Fill)];
            if on {
                let line = container(space::horizontal())
                    .width(Fill)
                    .height(2)
                    .style(theme::ground(|t| t.accent, 1.0));
                content = content.push(container(line).align_bottom(Fill));
            }
            Control::new(content)
                .height(36)
                .width(iced::Shrink)
                .look(plain)
                .spaced()
                .on(message)
                .into()
        });
    Group::new(row(parts).spacing(20), Some(chosen), messages).into()
}
