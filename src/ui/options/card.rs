//! The cards beside the folders: filters, speed, what accompanies the copy.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container, row, slider, space};
use iced::{Center, Element, Fill, Padding, Theme, border};

use super::value::DayFault;
use super::{Fault, Message, State};
use crate::i18n;
use crate::plan::Deleted;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, REGULAR, SEMIBOLD, Tokens, say};
use crate::ui::widget::{Choice, Elide, Field, Region, Select, check, hint, labelled};

/// The most accounts at once, and connections for each, that are offered.
const MOST_AT_ONCE: u32 = 20;
const MOST_CONNECTIONS: u32 = 8;

pub(super) fn card<'a>(
    title: String,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    container(column![say(title, 15, SEMIBOLD, |t| t.ink), content.into()].spacing(12))
        .padding(16)
        .width(Fill)
        .style(theme::card)
        .into()
}

/// Below a box, in line with its words.
fn below<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).padding(Padding::ZERO.left(26)).into()
}

impl State {
    pub(super) fn filters<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let day = Field::new(&self.since.text, Message::SinceText)
            .small()
            .icon(Icon::CALENDAR)
            .placeholder(t!("options-day-form"))
            .id(Id::new("options-since"))
            .off(!self.since.on)
            .error(self.since_fault().map(day_words));
        let since = column![
            check(
                self.since.on,
                t!("options-since"),
                None,
                Message::Since(!self.since.on)
            ),
            below(container(day).max_width(180)),
        ]
        .spacing(6)
        .width(Fill);
        let size = Field::new(&self.size.text, Message::SizeText)
            .small()
            .width(72)
            .id(Id::new("options-size"))
            .off(!self.size.on)
            .wrong(self.size_fault());
        let mut size = column![
            check(
                self.size.on,
                t!("options-size"),
                None,
                Message::Size(!self.size.on)
            ),
            below(
                row![
                    Element::from(size),
                    unit(t!("options-megabytes"), self.size.on)
                ]
                .spacing(8)
                .align_y(Center)
            ),
        ]
        .spacing(6)
        .width(Fill);
        if self.size_fault() {
            size = size.push(below(wrong(t!("options-number-wrong"))));
        }
        let kinds = [
            (Deleted::Copy, t!("options-deleted-copy")),
            (Deleted::Unmark, t!("options-deleted-unmark")),
            (Deleted::Skip, t!("options-deleted-skip")),
        ];
        let chosen = kinds
            .iter()
            .position(|(kind, _)| *kind == session.draft.options.deleted);
        let choices = kinds
            .into_iter()
            .map(|(kind, words)| Choice::new(words, Message::Deleted(kind)))
            .collect();
        let deleted = Select::new(choices, chosen).id(Id::new("options-deleted"));
        let content = column![
            row![since, size].spacing(24),
            labelled(t!("options-deleted"), deleted),
            hint(Icon::INFO, |t| t.ink_3, t!("options-filters-about")),
        ]
        .spacing(12);
        card(t!("options-filters"), content)
    }

    pub(super) fn speed<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let options = &session.draft.options;
        let at_once = counter(
            t!("options-at-once"),
            options.mailboxes,
            MOST_AT_ONCE.max(options.mailboxes),
            "options-at-once",
            Message::AtOnce,
        );
        let connections = counter(
            t!("options-connections"),
            options.connections,
            MOST_CONNECTIONS.max(options.connections),
            "options-connections",
            Message::Connections,
        );
        let counters: Element<'a, Message> = if pane.narrow() {
            column![at_once, connections].spacing(12).into()
        } else {
            row![at_once, connections].spacing(24).into()
        };
        let all = u64::from(options.mailboxes) * u64::from(options.connections);
        let all = t!(
            "options-connections-about",
            count = all,
            number = i18n::number(all)
        );
        let rate = Field::new(&self.rate.text, Message::RateText)
            .small()
            .width(64)
            .id(Id::new("options-rate"))
            .off(!self.rate.on)
            .wrong(self.rate_fault());
        let rate = row![
            container(check(
                self.rate.on,
                t!("options-rate"),
                None,
                Message::Rate(!self.rate.on)
            ))
            .width(Fill),
            Element::from(rate),
            unit(t!("options-rate-unit"), self.rate.on),
        ]
        .spacing(8)
        .align_y(Center);
        let mut content = column![
            column![counters, say(all, 12, REGULAR, |t| t.ink_3)].spacing(4),
            rate
        ]
        .spacing(14);
        if self.rate_fault() {
            content = content.push(wrong(t!("options-number-wrong")));
        }
        card(t!("options-speed"), content.push(self.hours()))
    }

    fn hours(&self) -> Element<'_, Message> {
        let hours = &self.hours;
        let fault = self.hours_fault();
        let same = fault == Some(Fault::SameHours);
        let from = Field::new(&hours.from, Message::From)
            .small()
            .width(64)
            .id(Id::new("options-from"))
            .off(!hours.on)
            .wrong(same || fault == Some(Fault::From));
        let to = Field::new(&hours.to, Message::To)
            .small()
            .width(64)
            .id(Id::new("options-to"))
            .off(!hours.on)
            .wrong(same || hours.on && super::value::hour(&hours.to).is_none());
        let weekends = check(
            hours.weekends,
            t!("options-weekends"),
            None,
            hours.on.then_some(Message::Weekends(!hours.weekends)),
        );
        let fields = row![
            unit(t!("options-from"), hours.on),
            Element::from(from),
            unit(t!("options-to"), hours.on),
            Element::from(to),
            space::horizontal().width(4),
            weekends
        ]
        .spacing(8)
        .align_y(Center);
        let mut content = column![
            check(
                hours.on,
                t!("options-hours"),
                None,
                Message::Hours(!hours.on)
            ),
            below(fields.wrap().vertical_spacing(6)),
        ]
        .spacing(8);
        match fault {
            None => {}
            Some(Fault::SameHours) => {
                content = content.push(below(wrong(t!("options-same-hours"))));
            }
            Some(_) => content = content.push(below(wrong(t!("options-hour-wrong")))),
        }
        content.into()
    }
}

fn day_words(fault: DayFault) -> String {
    match fault {
        DayFault::Empty => t!("options-day-empty"),
        DayFault::Form => t!("options-day-wrong"),
        DayFault::NoSuchDay => t!("options-day-none"),
        DayFault::Future => t!("options-day-future"),
    }
}

pub(super) fn wrong<'a>(words: String) -> Element<'a, Message> {
    hint(Icon::CIRCLE_X, |t| t.bad, words)
}

fn unit<'a>(words: String, on: bool) -> Element<'a, Message> {
    let ink: theme::Role = if on { |t| t.ink_2 } else { |t| t.ink_off };
    say(words, 13, REGULAR, ink)
        .wrapping(iced::widget::text::Wrapping::None)
        .into()
}

/// A number on a rail: dragged, or moved with the arrows.
fn counter<'a>(
    label: String,
    value: u32,
    most: u32,
    id: &'static str,
    message: fn(u32) -> Message,
) -> Element<'a, Message> {
    let rail = slider(1..=most, value, message)
        .height(20.0)
        .style(rail_style);
    let keys = Region::new(rail, move |key, modifiers| {
        let next = match key {
            _ if !modifiers.is_empty() => return None,
            Key::Named(Named::ArrowLeft | Named::ArrowDown) => value.saturating_sub(1).max(1),
            Key::Named(Named::ArrowRight | Named::ArrowUp) => (value + 1).min(most),
            Key::Named(Named::Home) => 1,
            Key::Named(Named::End) => most,
            _ => return None,
        };
        Some(message(next))
    })
    .id(Id::new(id))
    .outside();
    let number = say(i18n::number(value.into()), 13, SEMIBOLD, |t| t.ink);
    let words = Elide::new(label, 13, REGULAR, |t| t.ink).fill();
    column![row![words, number].spacing(8), Element::from(keys)]
        .spacing(4)
        .width(Fill)
        .into()
}

fn rail_style(theme: &Theme, _status: slider::Status) -> slider::Style {
    let t = Tokens::of(theme);
    slider::Style {
        rail: slider::Rail {
            backgrounds: (t.accent.into(), t.track.into()),
            width: 4.0,
            border: border::rounded(2),
        },
        handle: slider::Handle {
            shape: slider::HandleShape::Circle { radius: 9.0 },
            background: t.surface.into(),
            border_width: 2.0,
            border_color: t.accent,
        },
    }
}
