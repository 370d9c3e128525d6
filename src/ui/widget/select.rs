//! A list to pick from, closed until it is wanted.
//!
//! Promises: opens with Enter, Space, Alt+Down or a click; arrows move in it, Enter takes, Esc and a click elsewhere
//! close it; closed, arrows change the choice at once; a letter jumps to the next entry that begins with it.
//! Deliberately absent: typing into it.

mod menu;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::text::{self, Renderer as _};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::keyboard::{self, Key, key::Named};
use iced::{
    Element, Event, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector, alignment,
    border, touch, window,
};

use super::elide::Elide;
use super::focus::Focus;
use crate::ui::icon::Icon;
use crate::ui::theme::{REGULAR, Tokens};
use menu::Menu;

/// One entry.
#[derive(Debug, Clone)]
pub struct Choice<M> {
    pub icon: Option<Icon>,
    pub label: String,
    pub message: M,
}

impl<M> Choice<M> {
    pub fn new(label: impl Into<String>, message: M) -> Self {
        Self {
            icon: None,
            label: label.into(),
            message,
        }
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// The list.
pub struct Select<M> {
    choices: Vec<Choice<M>>,
    chosen: Option<usize>,
    id: Option<Id>,
    width: Length,
    height: f32,
    size: f32,
    off: bool,
    placeholder: String,
    last: Option<(bool, bool)>,
}

#[derive(Debug, Default)]
struct State {
    focus: Focus,
    open: bool,
    /// The entry under the pointer or the arrows.
    at: usize,
    /// The first entry that is seen.
    first: usize,
}

impl<M: Clone> Select<M> {
    pub fn new(choices: Vec<Choice<M>>, chosen: Option<usize>) -> Self {
        Self {
            choices,
            chosen,
            id: None,
            width: Length::Fill,
            height: 32.0,
            size: 13.0,
            off: false,
            placeholder: String::new(),
            last: None,
        }
    }

    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// The small form for rows and tool bars.
    pub fn small(mut self) -> Self {
        (self.height, self.size) = (28.0, 12.0);
        self
    }

    pub fn off(mut self, off: bool) -> Self {
        self.off = off;
        self
    }

    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = text.into();
        self
    }

    fn step(&self, from: Option<usize>, back: bool) -> usize {
        match (from, back) {
            (None, _) => 0,
            (Some(index), true) => index.saturating_sub(1),
            (Some(index), false) => (index + 1).min(self.choices.len().saturating_sub(1)),
        }
    }

    /// The next entry after `from` that begins with this.
    fn jump(&self, from: usize, letters: &str) -> Option<usize> {
        let wanted = letters.to_lowercase();
        let count = self.choices.len();
        (1..=count).map(|step| (from + step) % count).find(|index| {
            self.choices[*index]
                .label
                .to_lowercase()
                .starts_with(&wanted)
        })
    }

    fn key(&self, state: &mut State, key: &Key, alt: bool, shell: &mut Shell<'_, M>) -> bool {
        let back = matches!(key, Key::Named(Named::ArrowUp));
        match key {
            Key::Named(Named::ArrowDown | Named::ArrowUp) if state.open => {
                state.at = self.step(Some(state.at), back);
            }
            Key::Named(Named::ArrowDown | Named::ArrowUp) if alt => self.open(state),
            Key::Named(Named::ArrowDown | Named::ArrowUp) => {
                let next = self.step(self.chosen, back);
                if let Some(choice) = self.choices.get(next).filter(|_| Some(next) != self.chosen) {
                    shell.publish(choice.message.clone());
                }
            }
            Key::Named(Named::Home) if state.open => state.at = 0,
            Key::Named(Named::End) if state.open => {
                state.at = self.choices.len().saturating_sub(1);
            }
            Key::Named(Named::Enter | Named::Space) if state.open => {
                state.open = false;
                if let Some(choice) = self.choices.get(state.at) {
                    shell.publish(choice.message.clone());
                }
            }
            Key::Named(Named::Enter | Named::Space) => self.open(state),
            Key::Named(Named::Escape) if state.open => state.open = false,
            Key::Named(Named::Tab) if state.open => {
                state.open = false;
                return false;
            }
            Key::Character(letters) if !letters.trim().is_empty() => {
                let from = if state.open {
                    state.at
                } else {
                    self.chosen.unwrap_or(0)
                };
                match self.jump(from, letters) {
                    Some(index) if state.open => state.at = index,
                    Some(index) => shell.publish(self.choices[index].message.clone()),
                    None => return false,
                }
            }
            _ => return false,
        }
        state.show();
        true
    }

    fn open(&self, state: &mut State) {
        state.open = true;
        state.at = self.chosen.unwrap_or(0);
        state.first = 0;
        state.show();
    }
}

impl State {
    /// Moves the part that is seen so that the entry in question is in it.
    fn show(&mut self) {
        self.first = self
            .first
            .clamp((self.at + 1).saturating_sub(menu::MOST), self.at);
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Select<M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn diff(&self, tree: &mut Tree) {
        if self.off {
            *tree.state.downcast_mut::<State>() = State::default();
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Fixed(self.height))
    }

    fn layout(
        &mut self,
        _tree: &mut Tree,
        _renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        layout::atomic(limits, self.width, self.height)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if !self.off {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), layout.bounds(), &mut state.focus);
        }
        if let Some(choice) = self.chosen.and_then(|index| self.choices.get(index)) {
            operation.text(self.id.as_ref(), layout.bounds(), &choice.label);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let over = cursor.is_over(layout.bounds());
        match event {
            _ if self.off => {}
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let was_open = std::mem::take(&mut state.open);
                let was_on = state.focus.is_on();
                state.focus.clicked(over);
                if over && !was_open && !shell.is_event_captured() {
                    self.open(state);
                }
                if over || was_open {
                    shell.capture_event();
                }
                if over || was_open || was_on {
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focus.is_on()
                    && !shell.is_event_captured()
                    && (modifiers.is_empty() || modifiers.alt())
                    && self.key(state, key, modifiers.alt(), shell) =>
            {
                state.focus.used();
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Window(window::Event::RedrawRequested(_)) => {
                self.last = Some((over, state.open));
            }
            _ => {}
        }
        let now = (over, state.open);
        if self.last.is_some_and(|last| last != now) {
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
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let t = Tokens::of(theme);
        let bounds = layout.bounds();
        let lit = state.open || state.focus.is_seen();
        let (fill, edge, ink, mark) = if self.off {
            (t.sunken, t.line_strong, t.ink_off, t.ink_off)
        } else if lit {
            (t.surface, t.focus, t.ink, t.ink_3)
        } else if cursor.is_over(bounds) {
            (t.surface, t.ink_3, t.ink, t.ink_3)
        } else {
            (t.surface, t.field_line, t.ink, t.ink_3)
        };
        renderer.fill_quad(
            Quad {
                bounds,
                border: border::rounded(6)
                    .color(edge)
                    .width(if lit { 2 } else { 1 }),
                ..Quad::default()
            },
            fill,
        );
        let chosen = self.chosen.and_then(|index| self.choices.get(index));
        let mut left = bounds.x + 10.0;
        if let Some(icon) = chosen.and_then(|choice| choice.icon) {
            icon.draw(
                renderer,
                Point::new(left, bounds.center_y()),
                15.0,
                mark,
                bounds,
            );
            left += 15.0 + 8.0;
        }
        let right = bounds.x + bounds.width - 10.0 - 15.0;
        Icon::CHEVRON_DOWN.draw(
            renderer,
            Point::new(right, bounds.center_y()),
            15.0,
            mark,
            bounds,
        );
        let (label, ink) = chosen.map_or((self.placeholder.as_str(), t.ink_3), |choice| {
            (choice.label.as_str(), ink)
        });
        let space = Rectangle {
            x: left,
            width: (right - 6.0 - left).max(0.0),
            ..bounds
        };
        write(renderer, label, self.size, space, ink);
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if !self.off && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        state.open.then(|| {
            overlay::Element::new(Box::new(Menu {
                choices: &self.choices,
                chosen: self.chosen,
                size: self.size,
                field: layout.bounds() + translation,
                state,
            }))
        })
    }
}

/// Writes one line, in the middle of the height, shortened where it is too long.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size of type"
)]
fn write(renderer: &mut Renderer, words: &str, size: f32, space: Rectangle, ink: iced::Color) {
    renderer.fill_text(
        text::Text {
            content: Elide::new(words, size as u16, REGULAR, |t| t.ink).fit(space.width),
            bounds: Size::new(f32::INFINITY, space.height),
            size: Pixels(size),
            line_height: text::LineHeight::default(),
            font: REGULAR,
            align_x: text::Alignment::Left,
            align_y: alignment::Vertical::Center,
            shaping: text::Shaping::Advanced,
            wrapping: text::Wrapping::None,
        },
        Point::new(space.x, space.center_y()),
        ink,
        space,
    );
}

impl<'a, M: Clone + 'a> From<Select<M>> for Element<'a, M> {
    fn from(select: Select<M>) -> Self {
        Element::new(select)
    }
}
