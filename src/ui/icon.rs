//! Icons: Lucide's, as letters of a font of their own (ISC licence, a few of them from Feather, MIT).

mod glyph;

use iced::advanced::text;
use iced::widget::Text;
use iced::{Color, Font, Pixels, Point, Rectangle, Renderer, Size, alignment};

use super::theme::{Role, Tokens};

const FACE: Font = Font::with_name("lucide");

/// A letter of the icon font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(char);

impl Icon {
    /// The icon as a widget of this size.
    pub fn show<'a>(self, size: f32, role: Role) -> Text<'a> {
        iced::widget::text(self.0.to_string())
            .font(FACE)
            .size(size)
            .width(size)
            .height(size)
            .line_height(text::LineHeight::Absolute(Pixels(size)))
            .align_x(text::Alignment::Center)
            .shaping(text::Shaping::Basic)
            .wrapping(text::Wrapping::None)
            .style(move |theme| iced::widget::text::Style {
                color: Some(role(Tokens::of(theme))),
            })
    }

    /// The letter, for a field that takes one.
    pub fn letter(self) -> char {
        self.0
    }

    /// Draws it: `at` is the middle of its left edge.
    pub fn draw(
        self,
        renderer: &mut Renderer,
        at: Point,
        size: f32,
        color: Color,
        clip: Rectangle,
    ) {
        text::Renderer::fill_text(
            renderer,
            text::Text {
                content: self.0.to_string(),
                bounds: Size::new(size, size),
                size: Pixels(size),
                line_height: text::LineHeight::Absolute(Pixels(size)),
                font: FACE,
                align_x: text::Alignment::Left,
                align_y: alignment::Vertical::Center,
                shaping: text::Shaping::Basic,
                wrapping: text::Wrapping::None,
            },
            at,
            color,
            clip,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_icons_are_the_same_letter() {
        let mut letters: Vec<char> = Icon::ALL.iter().map(|icon| icon.0).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Icon::ALL.len());
    }
}
