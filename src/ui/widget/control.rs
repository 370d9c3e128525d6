//! The one thing that can be pressed: by mouse, finger, Enter or Space. Buttons, boxes, cards, chips, rows and links
//! are this with another face.
//!
//! Promises: whatever can be pressed can be reached with Tab (unless it says `quiet`) and shows a ring when it was.
//! What is off takes no focus. Deliberately absent: looks; they are given as a function of the state.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::keyboard::{self, Key, key::Named};
use iced::{
    Border, Color, Element, Event, Length, Padding, Rectangle, Renderer, Size, Theme, Vector,
    touch, window,
};

use super::focus::{self, Focus};
use crate::ui::theme::Tokens;

/// What it is like at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Idle,
    Hovered,
    Pressed,
    Off,
}

/// How it looks.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    pub fill: Color,
    pub border: Border,
    pub ink: Color,
}

/// Where the ring is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ring {
    Outside,
    Inside,
    /// The content draws it: a box, a dot. Its bounds are these, from the upper left corner.
    Around {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        radius: f32,
    },
}

type Look<'a> = Box<dyn Fn(&Tokens, Status) -> Face + 'a>;

/// Something that can be pressed.
pub struct Control<'a, M> {
    content: Element<'a, M>,
    id: Option<Id>,
    on_press: Option<M>,
    width: Length,
    height: Length,
    padding: Padding,
    look: Look<'a>,
    ring: Ring,
    quiet: bool,
    spaced: bool,
    last: Option<Status>,
}

#[derive(Debug, Default)]
struct State {
    focus: Focus,
    pressed: bool,
}

impl<'a, M: Clone + 'a> Control<'a, M> {
    /// Off until it is told what to say.
    pub fn new(content: impl Into<Element<'a, M>>) -> Self {
        let content = content.into();
        let size = content.as_widget().size_hint();
        Self {
            content,
            id: None,
            on_press: None,
            width: size.width.fluid(),
            height: size.height.fluid(),
            padding: Padding::ZERO,
            look: Box::new(|tokens, _| Face {
                fill: Color::TRANSPARENT,
                border: Border::default(),
                ink: tokens.ink,
            }),
            ring: Ring::Outside,
            quiet: false,
            spaced: false,
            last: None,
        }
    }

    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub fn on(mut self, message: impl Into<Option<M>>) -> Self {
        self.on_press = message.into();
        self
    }

    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    pub fn look(mut self, look: impl Fn(&Tokens, Status) -> Face + 'a) -> Self {
        self.look = Box::new(look);
        self
    }

    pub fn ring(mut self, ring: Ring) -> Self {
        self.ring = ring;
        self
    }

    /// Tab passes it by: its deed can be done from the keyboard in another way.
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Only Space presses it: Enter is the primary button's, for what is chosen and not done.
    pub fn spaced(mut self) -> Self {
        self.spaced = true;
        self
    }

    fn status(&self, state: &State, bounds: Rectangle, cursor: mouse::Cursor) -> Status {
        if self.on_press.is_none() {
            Status::Off
        } else if state.pressed && (state.focus.is_seen() || cursor.is_over(bounds)) {
            Status::Pressed
        } else if cursor.is_over(bounds) {
            Status::Hovered
        } else {
            Status::Idle
        }
    }
}

impl<'a, M: Clone + 'a> Widget<M, Theme, Renderer> for Control<'a, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
        if self.on_press.is_none() {
            *tree.state.downcast_mut::<State>() = State::default();
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        layout::padded(limits, self.width, self.height, self.padding, |limits| {
            self.content
                .as_widget_mut()
                .layout(&mut tree.children[0], renderer, limits)
        })
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(self.id.as_ref(), layout.bounds());
        if self.on_press.is_some() && !self.quiet {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), layout.bounds(), &mut state.focus);
        }
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
        let bounds = layout.bounds();
        let pressing = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
        );
        if pressing {
            let state = tree.state.downcast_mut::<State>();
            if state.focus.is_on() && !cursor.is_over(bounds) {
                state.focus.clicked(false);
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
        let state = tree.state.downcast_mut::<State>();
        match event {
            _ if pressing && self.on_press.is_some() && cursor.is_over(bounds) => {
                state.pressed = true;
                state.focus.clicked(!self.quiet);
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                if std::mem::take(&mut state.pressed)
                    && let Some(message) = &self.on_press
                {
                    if cursor.is_over(bounds) {
                        shell.publish(message.clone());
                    }
                    shell.capture_event();
                }
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = false,
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(key @ (Named::Enter | Named::Space)),
                repeat: false,
                modifiers,
                ..
            }) if state.focus.is_on()
                && modifiers.is_empty()
                && (*key == Named::Space || !self.spaced) =>
            {
                if let Some(message) = &self.on_press {
                    state.focus.used();
                    shell.publish(message.clone());
                    shell.capture_event();
                }
            }
            _ => {}
        }
        let status = self.status(tree.state.downcast_ref(), bounds, cursor);
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            self.last = Some(status);
        } else if self.last.is_some_and(|last| last != status) {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let tokens = Tokens::of(theme);
        let state = tree.state.downcast_ref::<State>();
        let face = (self.look)(tokens, self.status(state, bounds, cursor));
        if face.fill.a > 0.0 || face.border.width > 0.0 {
            renderer.fill_quad(
                Quad {
                    bounds,
                    border: face.border,
                    ..Quad::default()
                },
                face.fill,
            );
        }
        if let Some(inner) = layout.children().next() {
            self.content.as_widget().draw(
                &tree.children[0],
                renderer,
                theme,
                &renderer::Style {
                    text_color: face.ink,
                },
                inner,
                cursor,
                viewport,
            );
        }
        if state.focus.is_seen() {
            let radius = face.border.radius.top_left;
            match self.ring {
                Ring::Outside => focus::ring(renderer, bounds, radius, tokens.focus),
                Ring::Inside => focus::inset(renderer, bounds, radius, tokens.focus),
                Ring::Around {
                    x,
                    y,
                    width,
                    height,
                    radius,
                } => {
                    let part = Rectangle {
                        x: bounds.x + x,
                        y: bounds.y + y,
                        width,
                        height,
                    };
                    focus::ring(renderer, part, radius, tokens.focus);
                }
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
        let inner = layout
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
            });
        if inner == mouse::Interaction::None
            && self.on_press.is_some()
            && cursor.is_over(layout.bounds())
        {
            mouse::Interaction::Pointer
        } else {
            inner
        }
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

impl<'a, M: Clone + 'a> From<Control<'a, M>> for Element<'a, M> {
    fn from(control: Control<'a, M>) -> Self {
        Element::new(control)
    }
}
