//! Tables: heads, rows, and only the rows that are seen.
//!
//! Promises: five thousand rows cost what is seen of them; arrows, Home, End and the page keys move a cursor, which
//! stays in sight. The name of a table is that of its scrolling and of its focus. Deliberately absent: what stands in a
//! row.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, keyed, scrollable, space};
use iced::{Element, Fill, Task, Theme, border};

use super::control::{Control, Face, Ring, Status};
use super::mark::hairline;
use super::region::Region;
use crate::ui::theme::{self, MEDIUM, say};

/// How a table is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Motion {
    /// What a key means.
    pub fn of(key: &Key, modifiers: Modifiers) -> Option<Self> {
        if !modifiers.is_empty() {
            return None;
        }
        match key {
            Key::Named(Named::ArrowUp) => Some(Self::Up),
            Key::Named(Named::ArrowDown) => Some(Self::Down),
            Key::Named(Named::PageUp) => Some(Self::PageUp),
            Key::Named(Named::PageDown) => Some(Self::PageDown),
            Key::Named(Named::Home) => Some(Self::First),
            Key::Named(Named::End) => Some(Self::Last),
            _ => None,
        }
    }
}

/// Where a table is: its cursor, and the part that is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct View {
    pub cursor: usize,
    /// From the top of the rows, in pixels.
    pub top: f32,
    /// Height of the part that is seen; 0 until it is known.
    pub height: f32,
}

impl View {
    /// The pointer scrolled, or the window changed.
    pub fn scrolled(&mut self, viewport: scrollable::Viewport) {
        self.top = viewport.absolute_offset().y;
        self.height = viewport.bounds().height;
    }

    /// Moves the cursor over rows of these heights; answers what scrolls it into sight.
    pub fn go<M: Send + 'static>(&mut self, motion: Motion, heights: &[f32], id: Id) -> Task<M> {
        let last = heights.len().saturating_sub(1);
        let page = self.page(heights);
        self.cursor = match motion {
            Motion::Up => self.cursor.saturating_sub(1),
            Motion::Down => self.cursor + 1,
            Motion::PageUp => self.cursor.saturating_sub(page),
            Motion::PageDown => self.cursor + page,
            Motion::First => 0,
            Motion::Last => last,
        }
        .min(last);
        self.reveal(heights, id)
    }

    /// Scrolls the cursor into sight, where it is not.
    pub fn reveal<M: Send + 'static>(&mut self, heights: &[f32], id: Id) -> Task<M> {
        let above: f32 = heights.iter().take(self.cursor).sum();
        let row = heights.get(self.cursor).copied().unwrap_or_default();
        let seen = if self.height > 0.0 {
            self.height
        } else {
            300.0
        };
        let wanted = if above < self.top {
            above
        } else if above + row > self.top + seen {
            above + row - seen
        } else {
            return Task::none();
        };
        self.top = wanted;
        iced::widget::operation::scroll_to(
            id,
            scrollable::AbsoluteOffset {
                x: None,
                y: Some(wanted),
            },
        )
    }

    fn page(&self, heights: &[f32]) -> usize {
        let row = heights.first().copied().unwrap_or(36.0).max(1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a handful of rows"
        )]
        let rows = (self.height / row) as usize;
        rows.saturating_sub(1).max(1)
    }
}

/// Rows built beyond the edges, so that a quick wheel meets none that is missing.
const SPARE: f32 = 400.0;

/// What a key means in a table.
pub type OnKey<'a, M> = Box<dyn Fn(&Key, Modifiers) -> Option<M> + 'a>;

/// What a table says.
pub struct Says<'a, M> {
    pub scrolled: Box<dyn Fn(scrollable::Viewport) -> M + 'a>,
    pub key: OnKey<'a, M>,
}

/// The rows of a table, in a scrollable; `row(index)` is asked only for those that are seen.
pub fn rows<'a, M: Clone + 'a>(
    id: Id,
    view: View,
    heights: &[f32],
    row: impl Fn(usize) -> Element<'a, M>,
    says: Says<'a, M>,
) -> Element<'a, M> {
    lines(id, view, heights, row, says, true)
}

/// The same without rules between them: lines of a text, a list in a card.
pub fn plain_rows<'a, M: Clone + 'a>(
    id: Id,
    view: View,
    heights: &[f32],
    row: impl Fn(usize) -> Element<'a, M>,
    says: Says<'a, M>,
) -> Element<'a, M> {
    lines(id, view, heights, row, says, false)
}

fn lines<'a, M: Clone + 'a>(
    id: Id,
    view: View,
    heights: &[f32],
    row: impl Fn(usize) -> Element<'a, M>,
    says: Says<'a, M>,
    ruled: bool,
) -> Element<'a, M> {
    let seen = if view.height > 0.0 {
        view.height
    } else {
        700.0
    };
    let (from, to) = (view.top - SPARE, view.top + seen + SPARE);
    let (mut at, mut before, mut after) = (0.0, 0.0, 0.0);
    let mut cursor = None;
    let mut built: Vec<(usize, Element<'a, M>)> = Vec::new();
    for (index, height) in heights.iter().enumerate() {
        if index == view.cursor {
            cursor = Some((at, height - 1.0));
        }
        if at + height < from {
            before += height;
        } else if at > to {
            after += height;
        } else {
            let line: Element<'a, M> = if ruled {
                column![container(row(index)).height(height - 1.0), hairline()].into()
            } else {
                container(row(index)).height(*height).into()
            };
            built.push((index, line));
        }
        at += height;
    }
    let content = column![
        space::vertical().height(before),
        // By number, so that a field in a row keeps what it is about while the table is scrolled.
        keyed::Column::with_children(built),
        space::vertical().height(after),
    ]
    .width(Fill);
    let mut region = Region::new(content, says.key).id(id.clone());
    if let Some((top, height)) = cursor {
        region = region.row(top, height);
    }
    scrollable(region)
        .id(id)
        .on_scroll(says.scrolled)
        .style(theme::scroll)
        .direction(super::scroll::bar())
        .width(Fill)
        .height(Fill)
        .into()
}

/// A row that lights up under the pointer and can be pressed; Tab passes it by, the cursor reaches it.
pub fn row_face<'a, M: Clone + 'a>(
    content: impl Into<Element<'a, M>>,
    selected: bool,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    Control::new(container(content).padding([0, 16]).center_y(Fill))
        .width(Fill)
        .height(Fill)
        .ring(Ring::Inside)
        .quiet()
        .look(move |t, status| Face {
            fill: match (selected, status) {
                (true, _) => t.selected,
                (false, Status::Hovered | Status::Pressed) => t.hover,
                (false, _) => iced::Color::TRANSPARENT,
            },
            border: border::rounded(0),
            ink: t.ink,
        })
        .on(message)
        .into()
}

/// The words over a column.
pub fn head(words: impl Into<String>) -> super::Elide {
    super::Elide::new(words, 12, MEDIUM, |t| t.ink_3)
}

/// The line of heads over the rows, in a card.
pub fn head_line<'a, M: 'a>(content: impl Into<Element<'a, M>>, top: bool) -> Element<'a, M> {
    let line = container(content).padding([0, 16]).center_y(32).width(Fill);
    let line = if top {
        line.style(theme::card_top(|t| t.sunken))
    } else {
        line.style(|theme: &Theme| theme::ground(|t| t.sunken, 0.0)(theme))
    };
    column![line, hairline()].into()
}

/// An empty table's word.
pub fn nothing<'a, M: 'a>(words: impl Into<String>) -> Element<'a, M> {
    container(say(words.into(), 13, theme::REGULAR, |t| t.ink_3))
        .center(Fill)
        .into()
}
