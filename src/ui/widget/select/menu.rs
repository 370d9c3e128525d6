//! The opened list.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::{Clipboard, Overlay, Shell, mouse};
use iced::{Color, Event, Point, Rectangle, Renderer, Size, Theme, border, touch};

use super::{Choice, State, write};
use crate::ui::icon::Icon;
use crate::ui::theme::Tokens;

/// Entries seen at once.
pub(super) const MOST: usize = 10;
const ROW: f32 = 30.0;
const PADDING: f32 = 4.0;
const GAP: f32 = 4.0;

pub(super) struct Menu<'b, M> {
    pub choices: &'b [Choice<M>],
    pub chosen: Option<usize>,
    pub size: f32,
    /// Where the closed list stands.
    pub field: Rectangle,
    pub state: &'b mut State,
}

impl<M> Menu<'_, M> {
    fn seen(&self) -> usize {
        self.choices.len().min(MOST)
    }

    fn entry(&self, bounds: Rectangle, cursor: mouse::Cursor) -> Option<usize> {
        let at = cursor.position_in(bounds)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the bounds"
        )]
        let row = ((at.y - PADDING).max(0.0) / ROW) as usize;
        Some(self.state.first + row.min(self.seen().saturating_sub(1)))
            .filter(|index| *index < self.choices.len())
    }
}

impl<M: Clone> Overlay<M, Theme, Renderer> for Menu<'_, M> {
    fn layout(&mut self, _renderer: &Renderer, bounds: Size) -> layout::Node {
        let height = self.seen() as f32 * ROW + 2.0 * PADDING;
        let below = self.field.y + self.field.height + GAP;
        let top = if below + height > bounds.height && self.field.y - GAP - height >= 0.0 {
            self.field.y - GAP - height
        } else {
            below
        };
        layout::Node::new(Size::new(self.field.width, height))
            .move_to(Point::new(self.field.x, top))
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let bounds = layout.bounds();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                if let Some(index) = self.entry(bounds, cursor) {
                    self.state.open = false;
                    shell.publish(self.choices[index].message.clone());
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                if let Some(index) = self.entry(bounds, cursor)
                    && index != self.state.at
                {
                    self.state.at = index;
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) => {
                let (mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. }) =
                    delta;
                let last = self.choices.len() - self.seen();
                self.state.first = if *y > 0.0 {
                    self.state.first.saturating_sub(1)
                } else {
                    (self.state.first + 1).min(last)
                };
                shell.capture_event();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
    ) {
        let t = Tokens::of(theme);
        let bounds = layout.bounds();
        renderer.fill_quad(
            Quad {
                bounds,
                border: border::rounded(8).color(t.line_strong).width(1),
                ..Quad::default()
            },
            t.surface,
        );
        let rows = self.choices.iter().enumerate();
        for (row, (index, choice)) in rows.skip(self.state.first).take(self.seen()).enumerate() {
            let place = Rectangle {
                x: bounds.x + PADDING,
                y: bounds.y + PADDING + row as f32 * ROW,
                width: bounds.width - 2.0 * PADDING,
                height: ROW,
            };
            let on = self.chosen == Some(index);
            let fill = if on {
                t.selected
            } else if index == self.state.at {
                t.hover
            } else {
                Color::TRANSPARENT
            };
            let edge = if index == self.state.at && on {
                border::rounded(5).color(t.accent_line).width(1)
            } else {
                border::rounded(5)
            };
            renderer.fill_quad(
                Quad {
                    bounds: place,
                    border: edge,
                    ..Quad::default()
                },
                fill,
            );
            let (ink, mark) = if on {
                (t.accent_ink, t.accent_ink)
            } else {
                (t.ink, t.ink_2)
            };
            let mut left = place.x + 8.0;
            if let Some(icon) = choice.icon {
                icon.draw(
                    renderer,
                    Point::new(left, place.center_y()),
                    15.0,
                    mark,
                    place,
                );
                left += 15.0 + 8.0;
            }
            let mut right = place.x + place.width - 8.0;
            if on {
                right -= 15.0;
                Icon::CHECK.draw(
                    renderer,
                    Point::new(right, place.center_y()),
                    15.0,
                    mark,
                    place,
                );
                right -= 6.0;
            }
            let space = Rectangle {
                x: left,
                width: (right - left).max(0.0),
                ..place
            };
            write(renderer, &choice.label, self.size, space, ink);
        }
    }
}
