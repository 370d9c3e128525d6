//! Help with the screen one is at, the size of the text, and what this program is.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill};

use super::icon::Icon;
use super::settings::SCALES;
use super::step::Step;
use super::theme::{self, MEDIUM, MONO, REGULAR, SEMIBOLD, say};
use super::widget::dialog::SAFE;
use super::widget::{button, hairline, scroll, segments};
use crate::t;

/// What happens here.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    Close,
    Scale(u16),
}

/// The panel: help for a stop, or for the start screen.
pub fn view<'a>(step: Option<Step>, scale: u16) -> Element<'a, Message> {
    let (title, about) = match step {
        None => (t!("help-start"), t!("help-start-about")),
        Some(step) => (step.title(), of_step(step)),
    };
    let mut text = column![].spacing(10);
    for paragraph in about.split("\n\n") {
        text = text.push(say(paragraph.replace('\n', " "), 13, REGULAR, |t| t.ink_2));
    }
    let mut keys = column![].spacing(4);
    for (key, what) in [
        ("Tab", t!("help-key-tab")),
        ("↑ ↓ ← →", t!("help-key-arrows")),
        ("Invio / Enter", t!("help-key-enter")),
        ("Esc", t!("help-key-escape")),
        ("Alt + ← →", t!("help-key-steps")),
        ("Ctrl + F", t!("help-key-search")),
        ("Ctrl + 1, 2, 3", t!("help-key-tabs")),
        ("F5", t!("help-key-again")),
        ("F1", t!("help-key-help")),
    ] {
        keys = keys.push(
            row![
                say(key, 12, MONO, |t| t.ink).width(120),
                say(what, 12, REGULAR, |t| t.ink_2).width(Fill)
            ]
            .spacing(12),
        );
    }
    let chosen = SCALES.iter().position(|one| *one == scale).unwrap_or(0);
    let sizes = SCALES
        .iter()
        .map(|one| (format!("{one}%"), Message::Scale(*one)))
        .collect();
    let size = row![
        say(t!("help-scale"), 13, MEDIUM, |t| t.ink).width(Fill),
        segments(sizes, chosen, false)
    ]
    .align_y(Center);
    let body = column![
        text,
        hairline(),
        say(t!("help-keys"), 13, SEMIBOLD, |t| t.ink),
        keys,
        hairline(),
        size,
        say(
            t!("help-about", version = env!("CARGO_PKG_VERSION")),
            12,
            REGULAR,
            |t| t.ink_3
        ),
    ]
    .spacing(14);
    let head = row![
        Icon::CIRCLE_QUESTION_MARK.show(20.0, |t| t.accent_ink),
        say(title, 17, SEMIBOLD, |t| t.ink).width(Fill),
    ]
    .spacing(12)
    .align_y(Center);
    let foot = row![
        space::horizontal(),
        Element::from(button(t!("ui-close")).id(SAFE).on(Message::Close))
    ];
    container(column![
        container(head).padding([16, 24]),
        hairline(),
        scroll(container(body).padding([16, 24])).height(Fill),
        hairline(),
        container(foot).padding([12, 24]),
    ])
    .width(560)
    .max_height(560)
    .padding(1)
    .style(theme::dialog)
    .into()
}

fn of_step(step: Step) -> String {
    match step {
        Step::Origin => t!("help-origin"),
        Step::Destination => t!("help-destination"),
        Step::Mode => t!("help-mode"),
        Step::Users => t!("help-users"),
        Step::Options => t!("help-options"),
        Step::Preflight => t!("help-preflight"),
        Step::Live => t!("help-live"),
        Step::Completion => t!("help-completion"),
    }
}
