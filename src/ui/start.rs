//! The start screen: what this is, and the one thing that can be begun here.

use iced::widget::{column, container, responsive, row, scrollable, space, stack};
use iced::{Center, Color, Element, Fill, Padding, Right};

use super::art::{Scene, Tile};
use super::drawing::Icon;
use super::theme::{self, MEDIUM, MONO, REGULAR, SEMIBOLD, say};
use super::widget::{Look, hairline, languages, light_switch, press, tile};
use crate::i18n::Language;
use crate::t;

/// A body below this width has its button below the words.
const NARROW: f32 = 600.0;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Demo,
    Language(Language),
    Light,
}

/// The screen.
pub fn view<'a>(dark: bool) -> Element<'a, Message> {
    let body = responsive(move |size| body(dark, size.width < NARROW));
    row![side(), container(body).padding([24, 40]).width(Fill)].into()
}

fn side<'a>() -> Element<'a, Message> {
    let name = row![
        Tile::show(36.0),
        say("Traghetto", 25, SEMIBOLD, |_| Color::WHITE),
    ]
    .spacing(12)
    .align_y(Center);
    let words = column![
        name,
        space::vertical().height(48),
        say(t!("ui-slogan"), 32, SEMIBOLD, |_| Color::WHITE),
        space::vertical().height(12),
        say(t!("ui-promise"), 14, REGULAR, |_| iced::color!(0xD9EAF2)),
        space::vertical(),
        say(
            concat!("Traghetto ", env!("CARGO_PKG_VERSION")),
            12,
            REGULAR,
            |_| iced::color!(0xA6CDDD)
        ),
    ];
    let words = container(words)
        .padding(Padding::from([40, 40]).bottom(24))
        .width(Scene::WIDTH)
        .height(Fill);
    stack![Scene::show(), words]
        .width(Scene::WIDTH)
        .height(Fill)
        .into()
}

fn body<'a>(dark: bool, narrow: bool) -> Element<'a, Message> {
    let top = row![
        space::horizontal(),
        languages(Message::Language),
        light_switch(dark, Message::Light),
    ]
    .spacing(12)
    .align_y(Center);
    let about = column![
        say(t!("ui-demo"), 15, SEMIBOLD, |t| t.ink),
        say(t!("ui-demo-about"), 13, REGULAR, |t| t.ink_2),
    ]
    .spacing(4)
    .width(Fill);
    let what = row![tile(Icon::FLASK, 44.0), about]
        .spacing(16)
        .align_y(Center)
        .width(Fill);
    let start = press(
        Look::Primary,
        40,
        Some(Icon::ARROW_RIGHT),
        t!("ui-demo-start"),
        Some(Message::Demo),
    );
    let demo: Element<'_, Message> = if narrow {
        column![what, start].spacing(16).align_x(Right).into()
    } else {
        row![what, start].spacing(16).align_y(Center).into()
    };
    column![
        top,
        space::vertical().height(if narrow { 12 } else { 28 }),
        say(t!("ui-start-title"), 22, SEMIBOLD, |t| t.ink),
        space::vertical().height(20),
        container(demo)
            .padding([24, 20])
            .width(Fill)
            .style(theme::chosen),
        space::vertical().height(16),
        scrollable(commands()).style(theme::scroll).height(Fill),
        space::vertical().height(12),
        say(t!("ui-start-keys"), 12, REGULAR, |t| t.ink_3),
    ]
    .into()
}

/// Until the wizard is here: how a real migration is made from the command line.
fn commands<'a>() -> Element<'a, Message> {
    let head = row![
        tile(Icon::TERMINAL, 32.0),
        column![
            say(t!("ui-real"), 13, MEDIUM, |t| t.ink),
            say(t!("ui-real-about"), 12, REGULAR, |t| t.ink_3),
        ]
        .spacing(2),
    ]
    .spacing(12)
    .align_y(Center);
    let mut lines = column![].spacing(8);
    for (command, what) in [
        (
            "traghetto-cli new DIR --origin URL --destination URL --users FILE",
            t!("ui-command-new"),
        ),
        ("traghetto-cli check DIR", t!("ui-command-check")),
        ("traghetto-cli run DIR", t!("ui-command-run")),
        ("traghetto-cli complete DIR", t!("ui-command-complete")),
        ("traghetto-cli verify DIR", t!("ui-command-verify")),
        ("traghetto-cli report DIR", t!("ui-command-report")),
    ] {
        lines = lines.push(
            column![
                say(command, 12, MONO, |t| t.ink_2),
                say(what, 12, REGULAR, |t| t.ink_3)
            ]
            .spacing(2),
        );
    }
    let card = column![head, hairline(), lines].spacing(12);
    container(card)
        .padding(16)
        .width(Fill)
        .style(theme::card)
        .into()
}
