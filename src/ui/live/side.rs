//! The route at the left: the stops of the demonstration, the one it is at, the ones behind.

use iced::widget::{column, container, row, rule, space};
use iced::{Center, Color, Element, Fill, border};

use super::Message;
use crate::t;
use crate::ui::art::Tile;
use crate::ui::drawing::Icon;
use crate::ui::run::{Ending, Stage};
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, Tokens, say};
use crate::ui::widget::{languages, light_switch};

const WIDTH: u32 = 236;
const RAIL: u32 = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Behind,
    Here,
    Ahead,
}

pub(super) fn view<'a>(
    stage: Stage,
    ending: Option<&Ending>,
    dark: bool,
    narrow: bool,
) -> Element<'a, Message> {
    let mut logo = row![Tile::show(28.0)].spacing(8).align_y(Center);
    if !narrow {
        logo = logo.push(say("Traghetto", 22, SEMIBOLD, |t| t.ink));
    }
    let over = ending.and_then(|ending| ending.as_ref().ok());
    let stage = over
        .filter(|over| over.stopped)
        .map_or(stage, |over| over.reached);
    let finished = over.is_some_and(|over| !over.stopped);
    let mut stops = column![];
    for (number, (at, name, about)) in [
        (Stage::Copy, t!("ui-stop-copy"), t!("ui-stop-copy-about")),
        (
            Stage::FinalPass,
            t!("ui-stop-final"),
            t!("ui-stop-final-about"),
        ),
        (
            Stage::Verify,
            t!("ui-stop-verify"),
            t!("ui-stop-verify-about"),
        ),
        (
            Stage::Report,
            t!("ui-stop-report"),
            t!("ui-stop-report-about"),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let place = match stage.cmp(&at) {
            _ if finished => Place::Behind,
            std::cmp::Ordering::Greater => Place::Behind,
            std::cmp::Ordering::Equal => Place::Here,
            std::cmp::Ordering::Less => Place::Ahead,
        };
        stops = stops.push(stop(number + 1, place, name, about, narrow));
    }
    let light = light_switch(dark, Message::Light);
    let foot: Element<'_, Message> = if narrow {
        light
    } else {
        row![languages(Message::Language), space::horizontal(), light]
            .align_y(Center)
            .into()
    };
    let side = column![
        container(logo).center_y(64).padding([0, 6]),
        space::vertical().height(16),
        stops,
        space::vertical(),
        container(foot).center_y(54).padding([0, 4]),
    ];
    row![
        container(side)
            .padding([0, 12])
            .width(if narrow { RAIL } else { WIDTH })
            .height(Fill)
            .style(theme::ground(|t| t.sidebar, 0.0)),
        rule::vertical(1).style(theme::hairline),
    ]
    .into()
}

fn stop<'a>(
    number: usize,
    place: Place,
    name: String,
    about: String,
    narrow: bool,
) -> Element<'a, Message> {
    let ink: Role = if place == Place::Ahead {
        |t| t.ink_3
    } else {
        |t| t.ink
    };
    let words = column![
        say(
            name,
            13,
            if place == Place::Here {
                SEMIBOLD
            } else {
                MEDIUM
            },
            ink
        ),
        say(about, 11, REGULAR, |t| t.ink_3),
    ];
    let mut content = row![dot(number, place)].spacing(12).align_y(Center);
    if !narrow {
        content = content.push(words);
    }
    let ground: Role = if place == Place::Here {
        |t| t.surface
    } else {
        |_| Color::TRANSPARENT
    };
    container(content)
        .center_y(48)
        .padding([0, 8])
        .width(Fill)
        .style(theme::ground(ground, 8.0))
        .into()
}

fn dot<'a>(number: usize, place: Place) -> Element<'a, Message> {
    let content: Element<'_, Message> = match place {
        Place::Behind => Icon::CHECK.show(12.0, |t| t.on_accent).into(),
        Place::Here => say(number.to_string(), 12, SEMIBOLD, |t| t.accent_ink).into(),
        Place::Ahead => say(number.to_string(), 12, MEDIUM, |t| t.ink_3).into(),
    };
    container(content)
        .center(22)
        .style(move |theme| {
            let t = Tokens::of(theme);
            let (fill, edge, width) = match place {
                Place::Behind => (t.accent, t.accent, 0.0),
                Place::Here => (t.surface, t.accent, 2.0),
                Place::Ahead => (t.sidebar, t.line_strong, 1.5),
            };
            container::background(fill).border(border::rounded(11).color(edge).width(width))
        })
        .into()
}
