//! Things of which one is chosen: radio buttons, choice cards, tabs, chips, the two halves of a switch.
//!
//! Promises: Tab stops once, at the one that is chosen; arrows go to the next and choose it, around the end. One that
//! is off is passed over. Deliberately absent: looks and layout; they are the content's.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use super::focus::{Among, Only};

/// A choice of one of several.
pub struct Group<'a, M> {
    content: Element<'a, M>,
    chosen: Option<usize>,
    choices: Vec<M>,
}

impl<'a, M: Clone + 'a> Group<'a, M> {
    /// `choices` are what the controls in `content` that are on say, in their order; `chosen` is one of them.
    pub fn new(content: impl Into<Element<'a, M>>, chosen: Option<usize>, choices: Vec<M>) -> Self {
        Self {
            content: content.into(),
            chosen,
            choices,
        }
    }

    fn ask(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        give: Option<usize>,
    ) -> Among {
        let mut among = Among {
            give,
            ..Among::default()
        };
        self.content
            .as_widget_mut()
            .operate(tree, layout, renderer, &mut among);
        among
    }
}

impl<'a, M: Clone + 'a> Widget<M, Theme, Renderer> for Group<'a, M> {
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
        self.content
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let mut seen = 0;
        let mut only = Only {
            inner: operation,
            wanted: self.chosen.unwrap_or(0),
            seen: &mut seen,
        };
        self.content
            .as_widget_mut()
            .operate(&mut tree.children[0], layout, renderer, &mut only);
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
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        if shell.is_event_captured() {
            return;
        }
        let Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(key),
            modifiers,
            ..
        }) = event
        else {
            return;
        };
        let back = match key {
            Named::ArrowRight | Named::ArrowDown => false,
            Named::ArrowLeft | Named::ArrowUp => true,
            _ => return,
        };
        if !modifiers.is_empty() {
            return;
        }
        let among = self.ask(&mut tree.children[0], layout, renderer, None);
        let Some(now) = among.focused else { return };
        let count = among.count.min(self.choices.len());
        if count < 2 {
            return;
        }
        let next = if back { now + count - 1 } else { now + 1 } % count;
        let _ = self.ask(&mut tree.children[0], layout, renderer, Some(next));
        shell.publish(self.choices[next].clone());
        shell.capture_event();
        shell.request_redraw();
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
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            style,
            layout,
            cursor,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(
            &tree.children[0],
            layout,
            cursor,
            viewport,
            renderer,
        )
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
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, M: Clone + 'a> From<Group<'a, M>> for Element<'a, M> {
    fn from(group: Group<'a, M>) -> Self {
        Element::new(group)
    }
}
