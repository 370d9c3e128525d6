//! A part of the screen that takes keys as a whole: a table with a cursor, a slider, the log.
//!
//! Promises: Tab stops at it once; keys it knows go to the screen as messages, the others pass on. The ring is drawn
//! around the whole or around the row of the cursor. Deliberately absent: what the keys mean.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector, touch};

use super::focus::{self, Focus};
use crate::ui::theme::Tokens;

type OnKey<'a, M> = Box<dyn Fn(&Key, Modifiers) -> Option<M> + 'a>;

/// A part that takes keys.
pub struct Region<'a, M> {
    content: Element<'a, M>,
    id: Option<Id>,
    on_key: OnKey<'a, M>,
    /// Top and height of the row that has the cursor, from the top of the content.
    row: Option<(f32, f32)>,
    outside: bool,
}

impl<'a, M: 'a> Region<'a, M> {
    pub fn new(
        content: impl Into<Element<'a, M>>,
        on_key: impl Fn(&Key, Modifiers) -> Option<M> + 'a,
    ) -> Self {
        Self {
            content: content.into(),
            id: None,
            on_key: Box::new(on_key),
            row: None,
            outside: false,
        }
    }

    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The ring goes around this row.
    pub fn row(mut self, top: f32, height: f32) -> Self {
        self.row = Some((top, height));
        self
    }

    /// The ring goes around the outside of the whole.
    pub fn outside(mut self) -> Self {
        self.outside = true;
        self
    }
}

impl<'a, M: 'a> Widget<M, Theme, Renderer> for Region<'a, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Focus>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Focus::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let inner = self
            .content
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, limits);
        layout::Node::with_children(inner.size(), vec![inner])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<Focus>();
        operation.container(self.id.as_ref(), layout.bounds());
        operation.focusable(self.id.as_ref(), layout.bounds(), state);
        operation.traverse(&mut |operation| {
            if let Some(inner) = layout.children().next() {
                self.content.as_widget_mut().operate(
                    &mut tree.children[0],
                    inner,
                    renderer,
                    operation,
                );
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        if let Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerPressed { .. }) = event
        {
            let here = cursor.is_over(layout.bounds());
            let state = tree.state.downcast_mut::<Focus>();
            if here || state.is_on() {
                state.clicked(here);
                shell.request_redraw();
            }
        }
        if let Some(inner) = layout.children().next() {
            self.content.as_widget_mut().update(
                &mut tree.children[0],
                event,
                inner,
                cursor,
                renderer,
                clipboard,
                shell,
                viewport,
            );
        }
        if shell.is_event_captured() {
            return;
        }
        let state = tree.state.downcast_mut::<Focus>();
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event
            && state.is_on()
            && let Some(message) = (self.on_key)(key, *modifiers)
        {
            state.used();
            shell.publish(message);
            shell.capture_event();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let Some(inner) = layout.children().next() {
            self.content.as_widget().draw(
                &tree.children[0],
                renderer,
                theme,
                style,
                inner,
                cursor,
                viewport,
            );
        }
        if tree.state.downcast_ref::<Focus>().is_seen() {
            let color = Tokens::of(theme).focus;
            let bounds = layout.bounds();
            match self.row {
                Some((top, height)) => {
                    let row = Rectangle {
                        y: bounds.y + top,
                        height,
                        ..bounds
                    };
                    focus::inset(renderer, row, 0.0, color);
                }
                None if self.outside => focus::ring(renderer, bounds, 6.0, color),
                None => focus::inset(renderer, bounds, 7.0, color),
            }
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        layout
            .children()
            .next()
            .map_or_else(Default::default, |inner| {
                self.content.as_widget().mouse_interaction(
                    &tree.children[0],
                    inner,
                    cursor,
                    viewport,
                    renderer,
                )
            })
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(
            &mut tree.children[0],
            layout.children().next()?,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, M: 'a> From<Region<'a, M>> for Element<'a, M> {
    fn from(region: Region<'a, M>) -> Self {
        Element::new(region)
    }
}
