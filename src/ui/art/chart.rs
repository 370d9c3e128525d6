//! Two kinds of charts: a line over its area for the last minutes, bars for the minutes since the beginning.

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Frame, Geometry, Path, Program, Stroke};
use iced::{Color, Fill as Stretch, Point, Rectangle, Renderer, Size, Theme, border};

use crate::ui::drawing::Drawn;
use crate::ui::running::POINTS;
use crate::ui::theme::{Role, Tokens};

/// The peak rounded up to a number one likes to read: 1, 2, 2.5, 4, 5 times a power of ten.
pub fn nice(peak: f32) -> f32 {
    if peak <= 0.0 || !peak.is_finite() {
        return 1.0;
    }
    let power = 10_f32.powf(peak.log10().floor());
    [1.0, 2.0, 2.5, 4.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= peak)
        .unwrap_or(10.0 * power)
}

/// A chart of the last moments: a line over its area, the newest value at the right.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Oldest first; at most [`POINTS`].
    pub values: Vec<f32>,
    pub role: Role,
    pub fill: Role,
    pub guides: bool,
}

impl Chart {
    pub fn show<Message>(self, height: f32) -> Canvas<Self, Message> {
        Canvas::new(self).width(Stretch).height(height)
    }

    fn paint(&self, frame: &mut Frame, tokens: &Tokens) {
        // Room for the dot on the last value.
        let (width, height) = (frame.width() - 4.0, frame.height() - 1.0);
        if self.guides {
            for guide in [0.5, (height / 2.0).round() + 0.5, height] {
                let line = Path::line(Point::new(0.0, guide), Point::new(width, guide));
                let stroke = Stroke::default().with_color(tokens.line).with_width(1.0);
                frame.stroke(&line, stroke);
            }
        }
        if self.values.len() < 2 {
            return;
        }
        let top = nice(self.values.iter().copied().fold(0.0_f32, f32::max));
        let step = width / (POINTS - 1) as f32;
        let missing = POINTS.saturating_sub(self.values.len());
        let points: Vec<Point> = self
            .values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                Point::new(
                    (index + missing) as f32 * step,
                    height - value / top * (height - 2.0),
                )
            })
            .collect();
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
            return;
        };
        let area = Path::new(|builder| {
            builder.move_to(Point::new(first.x, height));
            for point in &points {
                builder.line_to(*point);
            }
            builder.line_to(Point::new(last.x, height));
            builder.close();
        });
        let fill = Color {
            a: 0.75,
            ..(self.fill)(tokens)
        };
        frame.fill(&area, fill);
        let line = Path::new(|builder| {
            builder.move_to(first);
            for point in &points {
                builder.line_to(*point);
            }
        });
        let color = (self.role)(tokens);
        frame.stroke(&line, Stroke::default().with_color(color).with_width(1.5));
        frame.fill(&Path::circle(last, 3.0), color);
    }
}

impl<Message> Program<Message> for Chart {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let key: Vec<u32> = self.values.iter().map(|value| value.to_bits()).collect();
        state.with(key, theme, renderer, bounds, |frame| {
            self.paint(frame, Tokens::of(theme));
        })
    }
}

/// A bar for each minute.
#[derive(Debug, Clone)]
pub struct Bars {
    /// Oldest first; the last minute is not over.
    pub values: Vec<u64>,
    /// The value at the upper edge.
    pub top: f32,
    /// Whether the last one still grows.
    pub open: bool,
}

impl Bars {
    const GAP: f32 = 4.0;
    const WIDEST: f32 = 40.0;

    pub fn show<Message>(self) -> Canvas<Self, Message> {
        Canvas::new(self).width(Stretch).height(Stretch)
    }

    fn paint(&self, frame: &mut Frame, tokens: &Tokens) {
        let (width, height) = (frame.width(), frame.height() - 1.0);
        for guide in [0.5, (height / 2.0).round() + 0.5, height + 0.5] {
            let line = Path::line(Point::new(0.0, guide), Point::new(width, guide));
            let stroke = Stroke::default().with_color(tokens.line).with_width(1.0);
            frame.stroke(&line, stroke);
        }
        let count = self.values.len().max(1) as f32;
        let step = (width / count).min(Self::WIDEST);
        let gap = Self::GAP.min(step / 3.0);
        for (index, value) in self.values.iter().enumerate() {
            let tall = *value as f32 / self.top * height;
            if tall < 0.5 {
                continue;
            }
            let last = self.open && index + 1 == self.values.len();
            let bar = Path::rounded_rectangle(
                Point::new(index as f32 * step + gap / 2.0, height - tall),
                Size::new(step - gap, tall),
                border::top(2.0),
            );
            frame.fill(
                &bar,
                if last {
                    tokens.accent_line
                } else {
                    tokens.data_1
                },
            );
        }
    }
}

impl<Message> Program<Message> for Bars {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let key = (&self.values, self.top.to_bits());
        state.with(key, theme, renderer, bounds, |frame| {
            self.paint(frame, Tokens::of(theme));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_number_one_likes_to_read() {
        for (peak, top) in [
            (0.0, 1.0),
            (0.3, 0.4),
            (1.0, 1.0),
            (42.0, 50.0),
            (2600.0, 4000.0),
        ] {
            assert!((nice(peak) - top).abs() < 1e-3, "{peak}: {}", nice(peak));
        }
    }
}
