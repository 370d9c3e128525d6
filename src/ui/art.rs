//! The pictures: the ferry on its bar, the tile, the scene of the start screen, the two small charts.

use iced::mouse::Cursor;
use iced::widget::canvas::gradient::Linear;
use iced::widget::canvas::{Canvas, Fill, Geometry, Path, Program, Stroke};
use iced::{Color, Fill as Stretch, Point, Rectangle, Renderer, Size, Theme, Vector, color};

use super::drawing::{Part, frame};
use super::theme::{Role, Tokens};

/// The overall progress: a bar with the ferry on it.
#[derive(Debug, Clone, Copy)]
pub struct Crossing {
    /// From 0 to 1.
    pub part: f32,
    /// The colour of the way behind.
    pub role: Role,
}

impl Crossing {
    const HEIGHT: f32 = 42.0;
    const TRACK: f32 = 6.0;
    /// The ferry's centre stays this far from either end.
    const MARGIN: f32 = 26.0;

    pub fn show<Message>(self) -> Canvas<Self, Message> {
        Canvas::new(self).width(Stretch).height(Self::HEIGHT)
    }
}

impl<Message> Program<Message> for Crossing {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let tokens = Tokens::of(theme);
        let mut frame = frame(renderer, bounds);
        let top = bounds.height - Self::TRACK;
        let bar = |width: f32| {
            Path::rounded_rectangle(
                Point::new(0.0, top),
                Size::new(width, Self::TRACK),
                3.0.into(),
            )
        };
        frame.fill(&bar(bounds.width), tokens.track);
        let way = bounds.width * self.part.clamp(0.0, 1.0);
        if way > 0.0 {
            frame.fill(&bar(way.max(Self::TRACK)), (self.role)(tokens));
        }
        let center = way.clamp(
            Self::MARGIN,
            (bounds.width - Self::MARGIN).max(Self::MARGIN),
        );
        frame.translate(Vector::new(center - 26.0, top + 3.0 - 33.5));
        frame.scale(1.3);
        for part in ferry() {
            part.draw(&mut frame, 1.3);
        }
        vec![frame.into_geometry()]
    }
}

/// The ferry, 40 by 28.
fn ferry() -> [Part; 7] {
    [
        Part::filled("M5.5 8h4v9h-4z", color!(0x0A4A68)),
        Part::filled("M5.5 9.6h4v2.2h-4z", color!(0xFF8562)),
        Part::filled(PAPER, Color::WHITE),
        Part::lined(PAPER, 1.5, color!(0x0B6285)),
        Part::lined(
            "M10.4 4.8L18.2 10.8Q19 11.4 19.8 10.8L27.6 4.8",
            1.8,
            color!(0x0B6285),
        ),
        Part::filled(
            "M2 16.5H29.5C33 16.5 35.4 16 38 15L34.9 23.6Q34.2 25.5 32 25.5H8Q6 25.5 5.1 23.8Z",
            color!(0xF0684A),
        ),
        Part::lined("M5 19H31C33 19 34.3 18.8 35.4 18.4", 1.3, Color::WHITE),
    ]
}

const PAPER: &str =
    "M10.75 2.75h16.5a2 2 0 0 1 2 2v10.5a2 2 0 0 1-2 2h-16.5a2 2 0 0 1-2-2v-10.5a2 2 0 0 1 2-2z";

/// The tile of the program.
#[derive(Debug, Clone, Copy)]
pub struct Tile;

impl Tile {
    pub fn show<Message>(size: f32) -> Canvas<Self, Message> {
        Canvas::new(Self).width(size).height(size)
    }
}

impl<Message> Program<Message> for Tile {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let mut frame = frame(renderer, bounds);
        frame.scale(bounds.width / 32.0);
        let sea = "M0 24.4C2.7 23 5.3 23 8 24.4S13.3 25.8 16 24.4S21.3 23 24 24.4S29.3 25.8 32 24.4V25a7 7 0 0 1-7 7\
                   H7a7 7 0 0 1-7-7Z";
        for part in [
            Part::filled(
                "M7 0h18a7 7 0 0 1 7 7v18a7 7 0 0 1-7 7h-18a7 7 0 0 1-7-7v-18a7 7 0 0 1 7-7z",
                down(32.0, color!(0x1F93BB), color!(0x0B6285)),
            ),
            Part::filled("M5 11h4v8H5z", color!(0x062F45)),
            Part::filled("M5 12h4v2H5z", color!(0xFF8562)),
            Part::filled(
                "M9.5 6h13a1.5 1.5 0 0 1 1.5 1.5v11.5h-16v-11.5a1.5 1.5 0 0 1 1.5-1.5z",
                Color::WHITE,
            ),
            Part::lined(
                "M9.4 7.8L15.4 12.7Q16 13.1 16.6 12.7L22.6 7.8",
                1.6,
                color!(0x0B6285),
            ),
            Part::filled(
                "M2.6 18H23C26 18 27.6 17.6 29.6 16.8L27 25.4H5.8Z",
                color!(0xFF8562),
            ),
            Part::filled(sea, color!(0x062F45)),
        ] {
            part.draw(&mut frame, bounds.width / 32.0);
        }
        vec![frame.into_geometry()]
    }
}

/// A gradient from the top to this height.
fn down(height: f32, from: Color, to: Color) -> Fill {
    let gradient = Linear::new(Point::ORIGIN, Point::new(0.0, height));
    Fill::from(gradient.add_stop(0.0, from).add_stop(1.0, to))
}

/// A gradient between two heights.
fn between(top: f32, bottom: f32, from: Color, to: Color) -> Fill {
    let gradient = Linear::new(Point::new(0.0, top), Point::new(0.0, bottom));
    Fill::from(gradient.add_stop(0.0, from).add_stop(1.0, to))
}

/// The left side of the start screen, 404 wide, standing on the lower edge of the window.
#[derive(Debug, Clone, Copy)]
pub struct Scene;

impl Scene {
    pub const WIDTH: f32 = 404.0;
    const HEIGHT: f32 = 760.0;

    pub fn show<Message>() -> Canvas<Self, Message> {
        Canvas::new(Self).width(Self::WIDTH).height(Stretch)
    }
}

impl<Message> Program<Message> for Scene {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let mut frame = frame(renderer, bounds);
        let sky = down(bounds.height * 0.72, color!(0x0A4E6C), color!(0x1480A6));
        frame.fill_rectangle(Point::ORIGIN, bounds.size(), sky);
        frame.translate(Vector::new(0.0, bounds.height - Self::HEIGHT));
        let haze = Color {
            a: 0.1,
            ..Color::WHITE
        };
        for radius in [60.0, 42.0] {
            frame.fill(&Path::circle(Point::new(306.0, 456.0), radius), haze);
        }
        let shore = "M404 560V532h-18v-22h-20v14h-16v-30h-22v34h-14v-16h-18v26h-22q-10 0-20 22z";
        Part::filled(shore, color!(0x0F6A8D)).draw(&mut frame, 1.0);
        let windows = "M336 502h6M336 512h6M372 518h6M304 530h6";
        frame.stroke(
            &super::drawing::path(windows),
            Stroke::default()
                .with_color(color!(0xFFE2B8, 0.8))
                .with_width(3.0),
        );
        Part::filled(
            "M0 566C34 556 68 556 101 566S168 576 202 566S269 556 303 566S370 576 404 566V760H0Z",
            between(556.0, 760.0, color!(0x0F6A8D), color!(0x0B5575)),
        )
        .draw(&mut frame, 1.0);
        frame.with_save(|frame| {
            frame.translate(Vector::new(52.0, 424.0));
            frame.scale(0.44);
            for part in large_ferry() {
                part.draw(frame, 0.44);
            }
        });
        Part::filled(
            "M-20 594C16 580 52 580 87 594S158 608 193 594S264 580 299 594S370 608 424 590V760H-20Z",
            between(580.0, 760.0, color!(0x0A4A68), color!(0x062F45)),
        )
        .draw(&mut frame, 1.0);
        let crest = "M-20 632C16 618 52 618 87 632S158 646 193 632S264 618 299 632S370 646 424 628";
        Part::lined(crest, 4.0, color!(0x2AA5CC, 0.35)).draw(&mut frame, 1.0);
        let crest = "M-40 668C-4 656 32 656 67 668S138 680 173 668S244 656 279 668S350 680 424 664";
        Part::lined(crest, 4.0, color!(0x2AA5CC, 0.2)).draw(&mut frame, 1.0);
        vec![frame.into_geometry()]
    }
}

/// The ferry of the start screen, 512 by 512.
fn large_ferry() -> [Part; 6] {
    [
        Part::filled(
            "M88 190q0-12 12-12h36q12 0 12 12v120h-60z",
            color!(0x0A3E59),
        ),
        Part::filled("M88 206h60v22h-60z", color!(0xFF8562)),
        Part::filled(
            "M150 104h212a22 22 0 0 1 22 22v156a22 22 0 0 1-22 22h-212a22 22 0 0 1-22-22v-156a22 22 0 0 1 22-22z",
            between(104.0, 304.0, Color::WHITE, color!(0xE6F0F5)),
        ),
        Part::lined(
            "M148 128L245 205Q256 213 267 205L364 128",
            19.0,
            color!(0x0B6285),
        ),
        Part::filled(
            "M56 290H372C412 290 440 284 466 272Q484 264 478 284L444 384Q436 404 414 404H118Q96 404 87 384\
             L44 308Q36 290 56 290Z",
            between(272.0, 404.0, color!(0xFF8562), color!(0xE4553A)),
        ),
        Part::lined("M78 318H380C404 318 420 315 436 310", 11.0, Color::WHITE),
    ]
}

/// A chart of the last moments: a line over its area, the newest value at the right.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Oldest first; at most [`Chart::POINTS`].
    pub values: Vec<f32>,
    pub role: Role,
    pub fill: Role,
}

impl Chart {
    pub const POINTS: usize = 61;

    pub fn show<Message>(self) -> Canvas<Self, Message> {
        Canvas::new(self).width(Stretch).height(48)
    }
}

impl<Message> Program<Message> for Chart {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let tokens = Tokens::of(theme);
        let mut frame = frame(renderer, bounds);
        // Room for the dot on the last value.
        let (width, height) = (bounds.width - 4.0, bounds.height - 1.0);
        for guide in [0.5, (height / 2.0).round() + 0.5, height] {
            let line = Path::line(Point::new(0.0, guide), Point::new(width, guide));
            frame.stroke(
                &line,
                Stroke::default().with_color(tokens.line).with_width(1.0),
            );
        }
        let peak = self.values.iter().copied().fold(0.0_f32, f32::max);
        if self.values.len() < 2 || peak <= 0.0 {
            return vec![frame.into_geometry()];
        }
        let step = width / (Self::POINTS - 1) as f32;
        let missing = Self::POINTS.saturating_sub(self.values.len());
        let at = |index: usize, value: f32| {
            Point::new(
                (index + missing) as f32 * step,
                height - value / peak * (height - 6.0),
            )
        };
        let points: Vec<Point> = self
            .values
            .iter()
            .enumerate()
            .map(|(index, value)| at(index, *value))
            .collect();
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
            return vec![frame.into_geometry()];
        };
        let area = Path::new(|builder| {
            builder.move_to(Point::new(first.x, height));
            for point in &points {
                builder.line_to(*point);
            }
            builder.line_to(Point::new(last.x, height));
            builder.close();
        });
        frame.fill(
            &area,
            Color {
                a: 0.75,
                ..(self.fill)(tokens)
            },
        );
        let line = Path::new(|builder| {
            builder.move_to(first);
            for point in &points {
                builder.line_to(*point);
            }
        });
        frame.stroke(
            &line,
            Stroke::default()
                .with_color((self.role)(tokens))
                .with_width(1.5),
        );
        frame.fill(&Path::circle(last, 3.0), (self.role)(tokens));
        vec![frame.into_geometry()]
    }
}
