//! A line of text that says with “…” that there is more of it than fits.
//!
//! Promises: it is never cut in the middle of a letter, and never wider than its place; tests and screen operations
//! see the whole text. Deliberately absent: more than one line.

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self, Paragraph as _, paragraph::Plain};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Widget, mouse, renderer};
use iced::{Element, Font, Length, Pixels, Rectangle, Renderer, Size, Theme, alignment};

use crate::ui::theme::{Role, Tokens, line_height};

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// Which part is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    End,
    Middle,
}

/// A line that is shortened where it does not fit.
pub struct Elide {
    content: String,
    size: u16,
    font: Font,
    role: Role,
    cut: Cut,
    width: Length,
    align: text::Alignment,
}

#[derive(Default)]
struct State {
    shown: Plain<Paragraph>,
    /// For what the shown text was made: content, width available, size.
    made: (String, f32, u16),
    text: String,
}

impl Elide {
    pub fn new(content: impl Into<String>, size: u16, font: Font, role: Role) -> Self {
        Self {
            content: content.into(),
            size,
            font,
            role,
            cut: Cut::End,
            width: Length::Shrink,
            align: text::Alignment::Left,
        }
    }

    /// The middle is left out: paths, whose end matters.
    pub fn middle(mut self) -> Self {
        self.cut = Cut::Middle;
        self
    }

    pub fn fill(mut self) -> Self {
        self.width = Length::Fill;
        self
    }

    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    pub fn right(mut self) -> Self {
        self.align = text::Alignment::Right;
        self
    }

    fn set<T: AsRef<str>>(&self, content: T) -> text::Text<T, Font> {
        text::Text {
            content,
            bounds: Size::INFINITE,
            size: Pixels(f32::from(self.size)),
            line_height: text::LineHeight::Absolute(Pixels(line_height(self.size))),
            font: self.font,
            align_x: text::Alignment::Left,
            align_y: alignment::Vertical::Top,
            shaping: text::Shaping::Advanced,
            wrapping: text::Wrapping::None,
        }
    }

    fn measure(&self, content: &str) -> f32 {
        Paragraph::with_text(self.set(content)).min_width()
    }

    fn shortened(&self, letters: &[char], keep: usize) -> String {
        match self.cut {
            Cut::End => {
                letters[..keep]
                    .iter()
                    .collect::<String>()
                    .trim_end()
                    .to_owned()
                    + "…"
            }
            Cut::Middle => {
                let (front, back) = (keep / 3, keep - keep / 3);
                let mut text: String = letters[..front].iter().collect();
                text.push('…');
                text.extend(&letters[letters.len() - back..]);
                text
            }
        }
    }

    /// The longest form that fits.
    pub fn fit(&self, most: f32) -> String {
        if self.measure(&self.content) <= most {
            return self.content.clone();
        }
        let letters: Vec<char> = self.content.chars().collect();
        let (mut fits, mut too_many) = (0, letters.len());
        while fits + 1 < too_many {
            let middle = usize::midpoint(fits, too_many);
            if self.measure(&self.shortened(&letters, middle)) <= most {
                fits = middle;
            } else {
                too_many = middle;
            }
        }
        self.shortened(&letters, fits)
    }
}

impl<M> Widget<M, Theme, Renderer> for Elide {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        _renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            let most = limits.max().width + 0.5;
            if state.made.0 != self.content
                || (state.made.1 - most).abs() > 0.01
                || state.made.2 != self.size
            {
                state.text = self.fit(most);
                state.made = (self.content.clone(), most, self.size);
            }
            let _ = state.shown.update(self.set(state.text.as_str()));
            Size::new(
                state.shown.min_width().min(limits.max().width),
                line_height(self.size),
            )
        })
    }

    fn operate(
        &mut self,
        _tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.text(None, layout.bounds(), &self.content);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        use iced::advanced::text::Renderer as _;
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let mut at = bounds.position();
        if self.align == text::Alignment::Right {
            at.x += bounds.width - state.shown.min_width();
        }
        renderer.fill_paragraph(
            state.shown.raw(),
            at,
            (self.role)(Tokens::of(theme)),
            *viewport,
        );
    }
}

impl<'a, M: 'a> From<Elide> for Element<'a, M> {
    fn from(elide: Elide) -> Self {
        Element::new(elide)
    }
}
