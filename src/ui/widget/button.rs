//! Buttons.

use iced::advanced::widget::Id;
use iced::widget::{container, row};
use iced::{Center, Color, Element, Fill, border};

use super::control::{Control, Face, Status};
use super::mark::spinner;
use crate::ui::icon::Icon;
use crate::ui::theme::{MEDIUM, Role, SEMIBOLD, Tokens, say};

/// What a button is for, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Secondary,
    Primary,
    Text,
    /// Opens a dialog about something that cannot be undone.
    Warning,
    /// Confirms it.
    Destructive,
}

/// A button with words.
pub struct Button<M> {
    kind: Kind,
    label: String,
    icon: Option<Icon>,
    tail: Option<Icon>,
    busy: Option<u8>,
    height: u16,
    id: Option<Id>,
    quiet: bool,
    message: Option<M>,
}

/// A secondary button of the usual height; off until it is told what to say.
pub fn button<M>(label: impl Into<String>) -> Button<M> {
    Button {
        kind: Kind::Secondary,
        label: label.into(),
        icon: None,
        tail: None,
        busy: None,
        height: 32,
        id: None,
        quiet: false,
        message: None,
    }
}

impl<M> Button<M> {
    pub fn primary(mut self) -> Self {
        self.kind = Kind::Primary;
        self
    }

    pub fn text(mut self) -> Self {
        self.kind = Kind::Text;
        self
    }

    pub fn warning(mut self) -> Self {
        self.kind = Kind::Warning;
        self
    }

    pub fn destructive(mut self) -> Self {
        self.kind = Kind::Destructive;
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn tail(mut self, icon: Icon) -> Self {
        self.tail = Some(icon);
        self
    }

    /// A wheel in place of the icon, turned by so many eighths.
    pub fn busy(mut self, turn: impl Into<Option<u8>>) -> Self {
        self.busy = turn.into();
        self
    }

    /// 28 pixels: tool bars and rows.
    pub fn small(mut self) -> Self {
        self.height = 28;
        self
    }

    /// 36 pixels: the footer.
    pub fn footer(mut self) -> Self {
        self.height = 36;
        self
    }

    /// 40 or 44 pixels: the one that starts something large.
    pub fn tall(mut self, height: u16) -> Self {
        self.height = height;
        self
    }

    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    pub fn on(mut self, message: impl Into<Option<M>>) -> Self {
        self.message = message.into();
        self
    }
}

fn face(kind: Kind, t: &Tokens, status: Status) -> Face {
    let pick = |idle: Color, hovered: Color, pressed: Color| match status {
        Status::Hovered => hovered,
        Status::Pressed => pressed,
        Status::Idle | Status::Off => idle,
    };
    let (fill, edge, ink) = match kind {
        Kind::Text if status == Status::Off => (Color::TRANSPARENT, None, t.ink_off),
        _ if status == Status::Off => (t.sunken, Some(t.line), t.ink_off),
        Kind::Primary => (
            pick(t.accent, t.accent_hover, t.accent_press),
            None,
            t.on_accent,
        ),
        Kind::Secondary => (
            pick(t.surface, t.hover, t.selected),
            Some(t.line_strong),
            t.ink,
        ),
        Kind::Warning => (
            pick(t.surface, t.hover, t.selected),
            Some(t.line_strong),
            t.bad,
        ),
        Kind::Text => (
            pick(Color::TRANSPARENT, t.hover, t.selected),
            None,
            t.accent_ink,
        ),
        Kind::Destructive => (pick(t.bad, t.bad_hover, t.bad_hover), None, t.on_bad),
    };
    Face {
        fill,
        border: edge.map_or(border::rounded(6), |edge| {
            border::rounded(6).color(edge).width(1)
        }),
        ink,
    }
}

impl<'a, M: Clone + 'a> From<Button<M>> for Element<'a, M> {
    fn from(button: Button<M>) -> Self {
        let off = button.message.is_none();
        let (ink, mark): (Role, Role) = match button.kind {
            _ if off => (|t| t.ink_off, |t| t.ink_off),
            Kind::Primary => (|t| t.on_accent, |t| t.on_accent),
            Kind::Secondary => (|t| t.ink, |t| t.ink_2),
            Kind::Text => (|t| t.accent_ink, |t| t.accent_ink),
            Kind::Warning => (|t| t.bad, |t| t.bad),
            Kind::Destructive => (|t| t.on_bad, |t| t.on_bad),
        };
        let font = match button.kind {
            Kind::Secondary | Kind::Text => MEDIUM,
            _ => SEMIBOLD,
        };
        let (size, icon_size, gap, padding) = match button.height {
            ..=28 => (12, 14.0, 6.0, 10.0),
            44.. => (15, 16.0, 8.0, 24.0),
            36.. => (13, 16.0, 8.0, 18.0),
            _ => (13, 16.0, 8.0, 14.0),
        };
        let padding = if button.kind == Kind::Text {
            10.0
        } else {
            padding
        };
        let mut content = row![].spacing(gap).align_y(Center);
        if let Some(turn) = button.busy {
            content = content.push(spinner(icon_size, mark, turn));
        } else if let Some(icon) = button.icon {
            content = content.push(icon.show(icon_size, mark));
        }
        content = content
            .push(say(button.label, size, font, ink).wrapping(iced::widget::text::Wrapping::None));
        if let Some(icon) = button.tail {
            content = content.push(icon.show(icon_size, mark));
        }
        let kind = button.kind;
        let mut control = Control::new(container(content).center_y(Fill))
            .height(u32::from(button.height))
            .padding([0.0, padding])
            .width(iced::Shrink)
            .look(move |tokens, status| face(kind, tokens, status))
            .on(button.message);
        if let Some(id) = button.id {
            control = control.id(id);
        }
        if button.quiet {
            control = control.quiet();
        }
        control.into()
    }
}

/// A button that is only an icon; its name is told by a tooltip.
pub fn icon_button<'a, M: Clone + 'a>(
    icon: Icon,
    name: String,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let content = container(icon.show(16.0, |t| t.ink_2)).center(28);
    let control = Control::new(content).on(message).look(|t, status| Face {
        fill: match status {
            Status::Hovered => t.hover,
            Status::Pressed => t.selected,
            Status::Idle | Status::Off => Color::TRANSPARENT,
        },
        border: border::rounded(6),
        ink: t.ink_2,
    });
    super::mark::tip(control, name)
}

/// Words that can be pressed, with an icon before them.
pub fn link<'a, M: Clone + 'a>(
    icon: Option<Icon>,
    label: String,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let mut content = row![].spacing(4).align_y(Center);
    if let Some(icon) = icon {
        content = content.push(icon.show(13.0, |t| t.accent_ink));
    }
    content = content.push(say(label, 12, MEDIUM, |t| t.accent_ink));
    Control::new(content)
        .on(message)
        .padding([1, 2])
        .look(|t, status| Face {
            fill: match status {
                Status::Hovered | Status::Pressed => t.hover,
                Status::Idle | Status::Off => Color::TRANSPARENT,
            },
            border: border::rounded(4),
            ink: t.accent_ink,
        })
        .into()
}
