//! Pictures drawn from the path data of SVG files: icons, the ferry, the scene of the start screen.
//!
//! The icons are Lucide's (ISC licence, a few of them from Feather, MIT). Deliberately absent: everything of SVG but
//! paths in plain data of our own; a part that cannot be read is left out.

use iced::mouse::Cursor;
use iced::widget::canvas::path::Builder;
use iced::widget::canvas::{
    Canvas, Fill, Frame, Geometry, LineCap, LineJoin, Path, Program, Stroke,
};
use iced::{Color, Point, Rectangle, Renderer, Theme, Vector};

use super::theme::{Role, Tokens};

/// A frame whose whole area is redrawn whenever it is drawn: what tiny-skia takes for the extent of a line is
/// without its width, and would leave bits of the line before behind.
pub fn frame(renderer: &Renderer, bounds: Rectangle) -> Frame {
    let mut frame = Frame::new(renderer, bounds.size());
    frame.fill_rectangle(Point::ORIGIN, bounds.size(), Color::TRANSPARENT);
    frame
}

/// The path of the `d` of an SVG path.
pub fn path(data: &str) -> Path {
    Path::new(|builder| {
        let _ = Reader::new(data).draw(builder);
    })
}

struct Reader<'a> {
    rest: &'a str,
    at: Point,
    begin: Point,
    /// The last control point of the curve before, for a smooth one after it.
    pull: Option<Point>,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a str) -> Self {
        Self {
            rest,
            at: Point::ORIGIN,
            begin: Point::ORIGIN,
            pull: None,
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '\n']);
    }

    fn number(&mut self) -> Option<f32> {
        self.space();
        let mut dotted = false;
        let end = self
            .rest
            .char_indices()
            .find(|(index, c)| match c {
                '0'..='9' => false,
                '-' => *index > 0,
                '.' => std::mem::replace(&mut dotted, true),
                _ => true,
            })
            .map_or(self.rest.len(), |(index, _)| index);
        let value = self.rest[..end].parse().ok()?;
        self.rest = &self.rest[end..];
        Some(value)
    }

    /// The flags of an arc may stand without a space between them.
    fn flag(&mut self) -> Option<bool> {
        self.space();
        let flag = self.rest.chars().next()?;
        self.rest = &self.rest[1..];
        Some(flag == '1')
    }

    fn point(&mut self, relative: bool) -> Option<Point> {
        let base = if relative { self.at } else { Point::ORIGIN };
        Some(Point::new(base.x + self.number()?, base.y + self.number()?))
    }

    fn draw(mut self, builder: &mut Builder) -> Option<()> {
        let mut command = ' ';
        loop {
            self.space();
            let next = self.rest.chars().next()?;
            if next.is_ascii_alphabetic() {
                command = next;
                self.rest = &self.rest[1..];
            }
            let relative = command.is_ascii_lowercase();
            match command.to_ascii_uppercase() {
                'M' => {
                    self.at = self.point(relative)?;
                    self.begin = self.at;
                    builder.move_to(self.at);
                    // Further pairs are lines.
                    command = if relative { 'l' } else { 'L' };
                }
                'L' => {
                    self.at = self.point(relative)?;
                    builder.line_to(self.at);
                }
                'H' => {
                    self.at.x = self.number()? + if relative { self.at.x } else { 0.0 };
                    builder.line_to(self.at);
                }
                'V' => {
                    self.at.y = self.number()? + if relative { self.at.y } else { 0.0 };
                    builder.line_to(self.at);
                }
                'C' => {
                    let (a, b, to) = (
                        self.point(relative)?,
                        self.point(relative)?,
                        self.point(relative)?,
                    );
                    builder.bezier_curve_to(a, b, to);
                    (self.at, self.pull) = (to, Some(b));
                }
                'S' => {
                    let before = self.pull.unwrap_or(self.at);
                    let a = Point::new(2.0 * self.at.x - before.x, 2.0 * self.at.y - before.y);
                    let (b, to) = (self.point(relative)?, self.point(relative)?);
                    builder.bezier_curve_to(a, b, to);
                    (self.at, self.pull) = (to, Some(b));
                }
                'Q' => {
                    let (control, to) = (self.point(relative)?, self.point(relative)?);
                    builder.quadratic_curve_to(control, to);
                    self.at = to;
                }
                'A' => {
                    let radii = Vector::new(self.number()?, self.number()?);
                    let _rotation = self.number()?;
                    let (large, sweep) = (self.flag()?, self.flag()?);
                    let to = self.point(relative)?;
                    arc(builder, self.at, to, radii, large, sweep);
                    self.at = to;
                }
                'Z' => {
                    builder.close();
                    self.at = self.begin;
                }
                _ => return None,
            }
        }
    }
}

/// An arc of an upright ellipse as curves (SVG 1.1, appendix F.6).
fn arc(builder: &mut Builder, from: Point, to: Point, radii: Vector, large: bool, sweep: bool) {
    let (dx, dy) = ((from.x - to.x) / 2.0, (from.y - to.y) / 2.0);
    let stretch = ((dx / radii.x).powi(2) + (dy / radii.y).powi(2))
        .sqrt()
        .max(1.0);
    let (rx, ry) = (radii.x * stretch, radii.y * stretch);
    let below = (rx * dy).powi(2) + (ry * dx).powi(2);
    let root = (((rx * ry).powi(2) - below).max(0.0) / below.max(f32::EPSILON)).sqrt();
    let root = if large == sweep { -root } else { root };
    let (ox, oy) = (root * rx * dy / ry, -root * ry * dx / rx);
    let center = Point::new(
        ox + f32::midpoint(from.x, to.x),
        oy + f32::midpoint(from.y, to.y),
    );
    let begin = ((dy - oy) / ry).atan2((dx - ox) / rx);
    let mut angle = ((-dy - oy) / ry).atan2((-dx - ox) / rx) - begin;
    if sweep && angle < 0.0 {
        angle += std::f32::consts::TAU;
    } else if !sweep && angle > 0.0 {
        angle -= std::f32::consts::TAU;
    }
    let pieces = (angle.abs() / std::f32::consts::FRAC_PI_2).ceil().max(1.0);
    let (mut a, step) = (begin, angle / pieces);
    let pull = 4.0 / 3.0 * (step / 4.0).tan();
    let on = |x: f32, y: f32| Point::new(center.x + rx * x, center.y + ry * y);
    for _ in 0..4 {
        if (a - begin).abs() + 1e-3 >= angle.abs() {
            break;
        }
        let b = a + step;
        builder.bezier_curve_to(
            on(a.cos() - pull * a.sin(), a.sin() + pull * a.cos()),
            on(b.cos() + pull * b.sin(), b.sin() - pull * b.cos()),
            on(b.cos(), b.sin()),
        );
        a = b;
    }
}

/// An icon of 24 by 24, drawn in lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    pub const ANCHOR: Self =
        Self("M12 22V8M5 12H2a10 10 0 0 0 20 0h-3M9 5a3 3 0 1 0 6 0a3 3 0 1 0-6 0");
    pub const ARROW_LEFT: Self = Self("m12 19-7-7 7-7M19 12H5");
    pub const ARROW_RIGHT: Self = Self("M5 12h14M12 5l7 7-7 7");
    pub const CHECK: Self = Self("M20 6 9 17l-5-5");
    pub const CIRCLE_ALERT: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 8v4M12 16h.01");
    pub const CIRCLE_CHECK: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M9 12l2 2 4-4");
    pub const CIRCLE_PAUSE: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M10 15V9M14 15V9");
    pub const CIRCLE_X: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M15 9l-6 6M9 9l6 6");
    pub const CLOCK: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 6v6l4 2");
    pub const EXTERNAL: Self =
        Self("M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6");
    pub const FLASK: Self = Self(
        "M10 2v7.527a2 2 0 0 1-.211.896L4.72 20.55a1 1 0 0 0 .9 1.45h12.76a1 1 0 0 0 .9-1.45l-5.069-10.127\
         A2 2 0 0 1 14 9.527V2M8.5 2h7M7 16h10",
    );
    pub const LOADER: Self = Self("M21 12a9 9 0 1 1-6.219-8.56");
    pub const MAIL_CHECK: Self = Self(
        "M22 13V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v12c0 1.1.9 2 2 2h8M22 7l-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 7\
         M16 19l2 2 4-4",
    );
    pub const MOON: Self = Self("M12 3a6 6 0 0 0 9 9 9 9 0 1 1-9-9Z");
    pub const PAUSE: Self = Self("M6 4h4v16H6zM14 4h4v16h-4z");
    pub const PLAY: Self = Self("M6 3l14 9-14 9V3z");
    pub const SERVER: Self = Self(
        "M4 2h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM4 14h16a2 2 0 0 1 2 2v4\
         a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM6 6h.01M6 18h.01",
    );
    pub const SQUARE: Self =
        Self("M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z");
    pub const SUN: Self = Self(
        "M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 2v2M12 20v2M4.93 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2\
         M20 12h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41",
    );
    pub const TERMINAL: Self = Self("M4 17l6-6-6-6M12 19h8");
    pub const TRIANGLE_ALERT: Self = Self(
        "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01",
    );

    /// The icon as a widget of this size.
    pub fn show<Message>(self, size: f32, role: Role) -> Canvas<Drawn, Message> {
        self.turned(size, role, 0)
    }

    /// The same, turned by eighths: a wheel that turns while something is going on.
    pub fn turned<Message>(self, size: f32, role: Role, eighths: u8) -> Canvas<Drawn, Message> {
        Canvas::new(Drawn {
            icon: self,
            role,
            eighths,
        })
        .width(size)
        .height(size)
    }
}

/// An icon in a colour.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    icon: Icon,
    role: Role,
    eighths: u8,
}

impl<Message> Program<Message> for Drawn {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let mut frame = frame(renderer, bounds);
        let half = bounds.width / 2.0;
        frame.translate(Vector::new(half, half));
        frame.rotate(f32::from(self.eighths % 8) * std::f32::consts::FRAC_PI_4);
        frame.scale(bounds.width / 24.0);
        frame.translate(Vector::new(-12.0, -12.0));
        let stroke = Stroke {
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
                .with_color((self.role)(Tokens::of(theme)))
                .with_width(bounds.width / 12.0)
        };
        frame.stroke(&path(self.icon.0), stroke);
        vec![frame.into_geometry()]
    }
}

/// A part of a coloured picture: its outline filled, or drawn with a pen.
pub enum Part {
    Filled(&'static str, Fill),
    Lined(&'static str, Stroke<'static>),
}

impl Part {
    pub fn filled(data: &'static str, fill: impl Into<Fill>) -> Self {
        Self::Filled(data, fill.into())
    }

    pub fn lined(data: &'static str, width: f32, color: Color) -> Self {
        let stroke = Stroke::default().with_color(color).with_width(width);
        Self::Lined(
            data,
            Stroke {
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..stroke
            },
        )
    }

    /// Draws it into a frame scaled by this much; the width of a pen is not scaled with the frame.
    pub fn draw(self, frame: &mut Frame, scale: f32) {
        match self {
            Self::Filled(data, fill) => frame.fill(&path(data), fill),
            Self::Lined(data, stroke) => {
                frame.stroke(
                    &path(data),
                    Stroke {
                        width: stroke.width * scale,
                        ..stroke
                    },
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_draws_within_its_square() {
        for icon in [
            Icon::ANCHOR,
            Icon::ARROW_LEFT,
            Icon::ARROW_RIGHT,
            Icon::CHECK,
            Icon::CIRCLE_ALERT,
            Icon::CIRCLE_CHECK,
            Icon::CIRCLE_PAUSE,
            Icon::CIRCLE_X,
            Icon::CLOCK,
            Icon::EXTERNAL,
            Icon::FLASK,
            Icon::LOADER,
            Icon::MAIL_CHECK,
            Icon::MOON,
            Icon::PAUSE,
            Icon::PLAY,
            Icon::SERVER,
            Icon::SQUARE,
            Icon::SUN,
            Icon::TERMINAL,
            Icon::TRIANGLE_ALERT,
        ] {
            let mut count = 0;
            for event in path(icon.0).raw() {
                let to = event.to();
                assert!(
                    (0.5..=23.5).contains(&to.x) && (0.5..=23.5).contains(&to.y),
                    "{icon:?}: {to:?}"
                );
                count += 1;
            }
            assert!(count > 2, "{icon:?}");
        }
    }
}
