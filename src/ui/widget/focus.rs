//! Keyboard focus for what iced 0.14 gives none: state, ring, and the two questions asked of the whole tree.
//!
//! Promises: a ring is seen only when the keyboard brought the focus; what has the focus can be brought into view.
//! Deliberately absent: text fields, which have their own.

use iced::advanced::renderer::{Quad, Renderer as _};
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable, scrollable};
use iced::{Border, Color, Rectangle, Renderer, Task, Vector, border};

/// Whether something has the focus, and whether that is to be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Focus {
    on: bool,
    seen: bool,
}

impl Focus {
    /// A click has come: here, or elsewhere.
    pub fn clicked(&mut self, here: bool) {
        *self = Self {
            on: here,
            seen: false,
        };
    }

    /// A key has been used here.
    pub fn used(&mut self) {
        self.seen = self.on;
    }

    /// Whether the ring is to be drawn.
    pub fn is_seen(self) -> bool {
        self.on && self.seen
    }

    /// Whether keys are meant for this.
    pub fn is_on(self) -> bool {
        self.on
    }
}

impl Focusable for Focus {
    fn is_focused(&self) -> bool {
        self.on
    }

    fn focus(&mut self) {
        *self = Self {
            on: true,
            seen: true,
        };
    }

    fn unfocus(&mut self) {
        *self = Self::default();
    }
}

/// Width of the ring and of the gap inside it, in pixels.
const RING: f32 = 2.0;

/// Draws the ring around these bounds, outside of them.
pub fn ring(renderer: &mut Renderer, bounds: Rectangle, radius: f32, color: Color) {
    outline(
        renderer,
        bounds.expand(2.0 * RING),
        radius + 2.0 * RING,
        color,
    );
}

/// Draws the ring just inside these bounds.
pub fn inset(renderer: &mut Renderer, bounds: Rectangle, radius: f32, color: Color) {
    outline(renderer, bounds, radius, color);
}

fn outline(renderer: &mut Renderer, bounds: Rectangle, radius: f32, color: Color) {
    let border: Border = border::rounded(radius).color(color).width(RING);
    renderer.fill_quad(
        Quad {
            bounds,
            border,
            ..Quad::default()
        },
        Color::TRANSPARENT,
    );
}

/// The next or the previous control gets the focus, and is scrolled into view.
pub fn go<M: Send + 'static>(back: bool) -> Task<M> {
    let step = if back {
        iced::widget::operation::focus_previous()
    } else {
        iced::widget::operation::focus_next()
    };
    step.chain(reveal())
}

/// What has the focus is scrolled into view.
pub fn reveal<M: Send + 'static>() -> Task<M> {
    iced::advanced::widget::operate(Find::default())
}

/// Room left around what is scrolled into view.
const MARGIN: f32 = 12.0;

/// Looks for what has the focus and the scrollables it stands in.
#[derive(Default)]
struct Find {
    seen: usize,
    entering: Option<Place>,
    around: Vec<Place>,
    found: Option<(Rectangle, Vec<Place>)>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    index: usize,
    bounds: Rectangle,
    content: Rectangle,
    translation: Vector,
}

impl<T: Send + 'static> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.entering.take();
        self.around.extend(entered);
        operate(self);
        if entered.is_some() {
            let _ = self.around.pop();
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.entering = Some(Place {
            index: self.seen,
            bounds,
            content,
            translation,
        });
        self.seen += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.found = Some((bounds, self.around.clone()));
        }
    }

    fn finish(&self) -> Outcome<T> {
        let Some((bounds, around)) = &self.found else {
            return Outcome::None;
        };
        let Some(place) = around.last() else {
            return Outcome::None;
        };
        // What is larger than the window it is seen through moves itself.
        if bounds.height > place.bounds.height {
            return Outcome::None;
        }
        let (top, height) = (bounds.y - place.content.y, place.bounds.height);
        let now = place.translation.y;
        let wanted = if top - MARGIN < now {
            (top - MARGIN).max(0.0)
        } else if top + bounds.height + MARGIN > now + height {
            top + bounds.height + MARGIN - height
        } else {
            return Outcome::None;
        };
        Outcome::Chain(Box::new(Scroll {
            seen: 0,
            index: place.index,
            y: wanted,
        }))
    }
}

/// Scrolls one scrollable.
struct Scroll {
    seen: usize,
    index: usize,
    y: f32,
}

impl<T: Send + 'static> Operation<T> for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.seen == self.index {
            state.scroll_to(scrollable::AbsoluteOffset {
                x: None,
                y: Some(self.y),
            });
        }
        self.seen += 1;
    }
}

/// Finds which of the controls in a part of the tree has the focus, and gives it to another.
#[derive(Default)]
pub(super) struct Among {
    /// Whom to give it to; `None`: only look.
    pub give: Option<usize>,
    pub count: usize,
    pub focused: Option<usize>,
}

impl Operation for Among {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.count);
        }
        match self.give {
            Some(index) if index == self.count => state.focus(),
            Some(_) => state.unfocus(),
            None => {}
        }
        self.count += 1;
    }
}

/// Lets an operation see only one of the controls in a part of the tree: the one Tab stops at.
pub(super) struct Only<'a> {
    pub inner: &'a mut dyn Operation,
    pub wanted: usize,
    pub seen: &'a mut usize,
}

impl Operation for Only<'_> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let (wanted, seen) = (self.wanted, &mut *self.seen);
        self.inner.traverse(&mut |inner| {
            operate(&mut Only {
                inner,
                wanted,
                seen: &mut *seen,
            });
        });
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.inner.container(id, bounds);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        self.inner
            .scrollable(id, bounds, content, translation, state);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let this = *self.seen;
        *self.seen += 1;
        // One that has the focus already must be seen, or it could never be taken away.
        if this == self.wanted || state.is_focused() {
            self.inner.focusable(id, bounds, state);
        }
    }

    fn text(&mut self, id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.inner.text(id, bounds, text);
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        self.inner.custom(id, bounds, state);
    }
}
