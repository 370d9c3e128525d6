//! What is longer than its place.

use iced::Element;
use iced::widget::scrollable::{Direction, Scrollable, Scrollbar};

use crate::ui::theme;

/// The bar of everything that scrolls from top to bottom: 6 pixels, 3 from the edge.
pub fn bar() -> Direction {
    Direction::Vertical(Scrollbar::new().width(6).scroller_width(6).margin(3))
}

/// Content that scrolls from top to bottom.
pub fn scroll<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Scrollable<'a, M> {
    Scrollable::with_direction(content, bar()).style(theme::scroll)
}
