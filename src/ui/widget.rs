//! The few shared pieces: buttons, chips, bars, switches.

use iced::widget::{button, column, container, progress_bar, row, rule, space};
use iced::{Center, Color, Element, Fill, Theme, border};

use super::drawing::Icon;
use super::theme::{self, MEDIUM, Role, SEMIBOLD, Tokens, say};
use crate::i18n::{self, Language};
use crate::t;

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Primary,
    Secondary,
    /// Opens a dialog about something that cannot be undone.
    Warning,
    /// Confirms it.
    Destructive,
}

/// A button of this height with a text, and an icon before or after it; without a message it is off.
pub fn press<'a, M: Clone + 'a>(
    look: Look,
    height: u32,
    icon: Option<Icon>,
    label: String,
    message: Option<M>,
) -> Element<'a, M> {
    let off = message.is_none();
    let (ink, mark): (Role, Role) = match look {
        _ if off => (|t| t.ink_off, |t| t.ink_off),
        Look::Primary => (|t| t.on_accent, |t| t.on_accent),
        Look::Secondary => (|t| t.ink, |t| t.ink_2),
        Look::Warning => (|t| t.bad, |t| t.bad),
        Look::Destructive => (|t| t.on_bad, |t| t.on_bad),
    };
    let font = if look == Look::Secondary {
        MEDIUM
    } else {
        SEMIBOLD
    };
    let mut content = row![].spacing(8).align_y(Center);
    let after = icon.is_some_and(|icon| icon == Icon::ARROW_RIGHT);
    if let Some(icon) = icon.filter(|_| !after) {
        content = content.push(icon.show(15.0, mark));
    }
    content = content.push(say(label, 13, font, ink));
    if let Some(icon) = icon.filter(|_| after) {
        content = content.push(icon.show(15.0, mark));
    }
    let style = match look {
        Look::Primary => theme::primary,
        Look::Secondary | Look::Warning => theme::secondary,
        Look::Destructive => theme::destructive,
    };
    button(container(content).center_y(Fill))
        .height(height)
        .padding([0, 16])
        .style(style)
        .on_press_maybe(message)
        .into()
}

/// A button that is only an icon.
pub fn icon_button<'a, M: Clone + 'a>(icon: Icon, message: M) -> Element<'a, M> {
    button(container(icon.show(16.0, |t| t.ink_2)).center(Fill))
        .width(32)
        .height(32)
        .padding(0)
        .style(theme::bare)
        .on_press(message)
        .into()
}

/// The switch between the two languages.
pub fn languages<'a, M: Clone + 'a>(choose: fn(Language) -> M) -> Element<'a, M> {
    let one = |language: Language, name: &'static str| {
        let on = i18n::current() == language;
        let ink: Role = if on { |t| t.ink } else { |t| t.ink_3 };
        button(container(say(name, 12, if on { SEMIBOLD } else { MEDIUM }, ink)).center(Fill))
            .width(30)
            .height(22)
            .padding(0)
            .style(theme::segment(on))
            .on_press(choose(language))
    };
    container(row![one(Language::It, "IT"), one(Language::En, "EN")])
        .padding(2)
        .style(theme::framed(|t| t.sidebar, |t| t.line_strong, 6.0))
        .into()
}

/// Changes from the dark to the light and back; shows where it leads.
pub fn light_switch<'a, M: Clone + 'a>(dark: bool, message: M) -> Element<'a, M> {
    icon_button(if dark { Icon::SUN } else { Icon::MOON }, message)
}

/// What a chip or a bar says by its colour; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Running,
    Neutral,
    Warn,
    Bad,
    Ok,
}

impl Tone {
    /// Ink, ground, bar.
    pub fn roles(self) -> (Role, Role, Role) {
        match self {
            Self::Running => (|t| t.accent_ink, |t| t.accent_soft, |t| t.accent),
            Self::Neutral => (|t| t.ink_2, |t| t.neutral_soft, |t| t.accent),
            Self::Warn => (|t| t.warn, |t| t.warn_soft, |t| t.warn_icon),
            Self::Bad => (|t| t.bad, |t| t.bad_soft, |t| t.bad),
            Self::Ok => (|t| t.ok, |t| t.ok_soft, |t| t.ok),
        }
    }
}

/// A state: icon and word on their ground.
pub fn chip<'a, M: 'a>(tone: Tone, icon: Icon, eighths: u8, word: String) -> Element<'a, M> {
    let (ink, ground, _) = tone.roles();
    let content = row![icon.turned(13.0, ink, eighths), say(word, 12, MEDIUM, ink)]
        .spacing(5)
        .align_y(Center);
    container(content)
        .padding([3, 8])
        .style(theme::ground(ground, 11.0))
        .into()
}

/// A thin bar of this width; a dot while there is next to nothing.
pub fn bar<'a, M: 'a>(part: f32, width: u32, tone: Tone) -> Element<'a, M> {
    let (.., filled) = tone.roles();
    let least = if part > 0.0 { 6.0 / width as f32 } else { 0.0 };
    progress_bar(0.0..=1.0, part.clamp(least, 1.0))
        .length(width)
        .girth(6)
        .style(move |theme: &Theme| {
            let tokens = Tokens::of(theme);
            let color = if part > 0.0 {
                filled(tokens)
            } else {
                Color::TRANSPARENT
            };
            progress_bar::Style {
                background: tokens.track.into(),
                bar: color.into(),
                border: border::rounded(3),
            }
        })
        .into()
}

/// An icon on its tile.
pub fn tile<'a, M: 'a>(icon: Icon, size: f32) -> Element<'a, M> {
    container(icon.show(size / 2.0, |t| t.accent_ink))
        .center(size)
        .style(theme::ground(|t| t.accent_soft, 6.0))
        .into()
}

/// A rule across the whole width.
pub fn hairline<'a, M: 'a>() -> Element<'a, M> {
    rule::horizontal(1).style(theme::hairline).into()
}

/// A question over the screen: what would happen, go back, go on.
pub fn question<'a, M: Clone + 'a>(
    title: String,
    body: String,
    back: (String, M),
    on: (String, M),
) -> Element<'a, M> {
    let buttons = row![
        space::horizontal(),
        press(Look::Secondary, 32, None, back.0, Some(back.1)),
        press(Look::Destructive, 32, None, on.0, Some(on.1)),
    ]
    .spacing(12);
    let card = column![
        say(title, 17, SEMIBOLD, |t| t.ink),
        say(body, 13, theme::REGULAR, |t| t.ink_2),
        container(buttons).padding(iced::Padding::ZERO.top(12)),
    ]
    .spacing(8);
    let card = container(card).padding(24).width(440).style(theme::dialog);
    iced::widget::opaque(
        container(card)
            .center(Fill)
            .style(theme::ground(|t| t.scrim, 0.0)),
    )
}

/// The percentage, rounded down: a hundred only when nothing is left.
pub fn percent(part: u64, whole: u64) -> String {
    let hundredths = (u128::from(part) * 100)
        .checked_div(u128::from(whole))
        .unwrap_or(0);
    t!("percent", value = hundredths.to_string())
}
