//! Pictures drawn from the path data of SVG files: the ferry, the scene of the start screen, the name.
//!
//! Promises: a picture is drawn again only when it changes; the renderer takes a drawing it has not seen for damage.
//! Deliberately absent: everything of SVG but paths in plain data of our own; a part that cannot be read is left out.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use iced::widget::canvas::path::Builder;
use iced::widget::canvas::{Cache, Fill, Frame, Geometry, LineCap, LineJoin, Path, Stroke};
use iced::{Color, Point, Rectangle, Renderer, Theme, Vector};

/// A frame whose whole area is redrawn whenever it is drawn: what tiny-skia takes for the extent of a line is
/// without its width, and would leave bits of the line before behind.
pub fn frame(renderer: &Renderer, bounds: Rectangle) -> Frame {
    let mut frame = Frame::new(renderer, bounds.size());
    frame.fill_rectangle(Point::ORIGIN, bounds.size(), Color::TRANSPARENT);
    frame
}

/// A drawing as it was made last, and for what.
#[derive(Debug, Default)]
pub struct Drawn {
    cache: Cache,
    key: Cell<u64>,
}

impl Drawn {
    /// The drawing for this key, made again only if it is another one or the theme is.
    pub fn with(
        &self,
        key: impl Hash,
        theme: &Theme,
        renderer: &Renderer,
        bounds: Rectangle,
        draw: impl FnOnce(&mut Frame),
    ) -> Vec<Geometry> {
        let mut hasher = DefaultHasher::new();
        (key, theme.extended_palette().is_dark).hash(&mut hasher);
        let key = hasher.finish();
        if self.key.replace(key) != key {
            self.cache.clear();
        }
        vec![self.cache.draw(renderer, bounds.size(), draw)]
    }
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
