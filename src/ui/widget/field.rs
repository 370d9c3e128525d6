//! Fields to write in.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, stack, text_input};
use iced::{Center, Element, Fill, Font, Length, Padding, Right};

use super::control::{Control, Face, Status};
use super::mark::hint;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, say};

/// A field: what stands in it, what it is for, what is wrong with it.
pub struct Field<'a, M> {
    value: &'a str,
    on_input: Option<Box<dyn Fn(String) -> M + 'a>>,
    on_submit: Option<M>,
    placeholder: String,
    icon: Option<Icon>,
    id: Option<Id>,
    width: Length,
    small: bool,
    secret: Option<(bool, M)>,
    wrong: bool,
    error: Option<String>,
    font: Font,
}

impl<'a, M: Clone + 'a> Field<'a, M> {
    pub fn new(value: &'a str, on_input: impl Fn(String) -> M + 'a) -> Self {
        Self {
            value,
            on_input: Some(Box::new(on_input)),
            on_submit: None,
            placeholder: String::new(),
            icon: None,
            id: None,
            width: Fill,
            small: false,
            secret: None,
            wrong: false,
            error: None,
            font: REGULAR,
        }
    }

    pub fn off(mut self, off: bool) -> Self {
        if off {
            self.on_input = None;
        }
        self
    }

    pub fn on_submit(mut self, message: impl Into<Option<M>>) -> Self {
        self.on_submit = message.into();
        self
    }

    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = text.into();
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    pub fn mono(mut self) -> Self {
        self.font = MONO;
        self
    }

    /// Dots in place of what is written, and an eye that says this when pressed.
    pub fn secret(mut self, shown: bool, eye: M) -> Self {
        self.secret = Some((shown, eye));
        self
    }

    /// Marked as wrong, without words below.
    pub fn wrong(mut self, wrong: bool) -> Self {
        self.wrong = wrong;
        self
    }

    /// Marked as wrong, with the reason below.
    pub fn error(mut self, error: Option<String>) -> Self {
        self.wrong = self.wrong || error.is_some();
        self.error = error;
        self
    }
}

impl<'a, M: Clone + 'a> From<Field<'a, M>> for Element<'a, M> {
    fn from(field: Field<'a, M>) -> Self {
        let (size, height): (u32, u32) = if field.small { (12, 28) } else { (13, 32) };
        let hidden = field.secret.as_ref().is_some_and(|(shown, _)| !shown);
        let vertical = if field.small { 5.0 } else { 6.0 };
        let mut padding = Padding::from([vertical, 10.0]);
        if field.secret.is_some() {
            padding = padding.right(36);
        }
        let mut written = text_input(&field.placeholder, field.value)
            .size(size)
            .font(field.font)
            .line_height(iced::widget::text::LineHeight::Absolute(iced::Pixels(
                if field.small { 18.0 } else { 20.0 },
            )))
            .padding(padding)
            .width(Fill)
            .secure(hidden)
            .style(theme::field(field.wrong));
        if let Some(id) = field.id {
            written = written.id(id);
        }
        if let Some(icon) = field.icon {
            written = written.icon(icon.in_field());
        }
        if let Some(on_input) = field.on_input {
            written = written.on_input(on_input);
        }
        if let Some(message) = field.on_submit {
            written = written.on_submit(message);
        }
        let written: Element<'a, M> = match field.secret {
            None => written.into(),
            Some((shown, message)) => {
                let (icon, name) = if shown {
                    (Icon::EYE_OFF, t!("ui-hide-password"))
                } else {
                    (Icon::EYE, t!("ui-show-password"))
                };
                let eye = Control::new(container(icon.show(15.0, |t| t.ink_3)).center(24))
                    .on(message)
                    .look(|t, status| Face {
                        fill: match status {
                            Status::Hovered | Status::Pressed => t.hover,
                            Status::Idle | Status::Off => iced::Color::TRANSPARENT,
                        },
                        border: iced::border::rounded(4),
                        ink: t.ink_3,
                    });
                let eye = container(super::mark::tip(eye, name))
                    .width(Fill)
                    .height(Fill)
                    .align_x(Right)
                    .align_y(Center)
                    .padding(Padding::ZERO.right(6));
                stack![written, eye].into()
            }
        };
        let written = container(written).height(height).width(field.width);
        match field.error {
            None => written.into(),
            Some(error) => column![written, hint(Icon::CIRCLE_X, |t| t.bad, error)]
                .spacing(6)
                .width(field.width)
                .into(),
        }
    }
}

impl Icon {
    /// The icon at the left end of a field.
    fn in_field(self) -> text_input::Icon<Font> {
        text_input::Icon {
            font: Font::with_name("lucide"),
            code_point: self.letter(),
            size: Some(15.into()),
            spacing: 8.0,
            side: text_input::Side::Left,
        }
    }
}

/// A field with its label above.
pub fn labelled<'a, M: 'a>(
    label: impl Into<String>,
    field: impl Into<Element<'a, M>>,
) -> iced::widget::Column<'a, M> {
    column![say(label.into(), 12, MEDIUM, |t| t.ink_2), field.into()].spacing(6)
}

/// A fact and its name, beside each other.
pub fn fact<'a, M: 'a>(
    name: impl Into<String>,
    value: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let name = container(say(name.into(), 12, REGULAR, |t| t.ink_3))
        .width(104)
        .padding(Padding::ZERO.top(2));
    row![name, container(value.into()).width(Fill)]
        .spacing(12)
        .into()
}
