//! The pictures: the ferry on its bar, the name, the scene of the start screen, charts.

use iced::mouse::Cursor;
use iced::widget::canvas::gradient::Linear;
use iced::widget::canvas::{Canvas, Fill, Frame, Geometry, Path, Program, Stroke};
use iced::{Color, Fill as Stretch, Point, Rectangle, Renderer, Size, Theme, Vector, color};

use super::drawing::{Drawn, Part};
use super::theme::{Role, Tokens};

mod chart;

pub use chart::{Bars, Chart, nice};

/// The overall progress: a bar with the ferry on it.
#[derive(Debug, Clone, Copy)]
pub struct Crossing {
    /// From 0 to 1.
    pub part: f32,
    /// The colour of the way behind.
    pub role: Role,
    /// The small form: in one line with other things.
    pub small: bool,
}

impl Crossing {
    const TRACK: f32 = 6.0;
    /// The ferry's centre stays this far from either end.
    const MARGIN: f32 = 26.0;

    pub fn show<Message>(self) -> Canvas<Self, Message> {
        Canvas::new(self)
            .width(Stretch)
            .height(if self.small { 32.0 } else { 42.0 })
    }

    fn paint(self, frame: &mut Frame, tokens: &Tokens) {
        let (width, height) = (frame.width(), frame.height());
        let top = height - Self::TRACK;
        let bar = |width: f32| {
            Path::rounded_rectangle(
                Point::new(0.0, top),
                Size::new(width, Self::TRACK),
                3.0.into(),
            )
        };
        frame.fill(&bar(width), tokens.track);
        let way = width * self.part.clamp(0.0, 1.0);
        if way > 0.0 {
            frame.fill(&bar(way.max(Self::TRACK)), (self.role)(tokens));
        }
        let center = way.clamp(Self::MARGIN, (width - Self::MARGIN).max(Self::MARGIN));
        let scale = if self.small { 1.0 } else { 1.3 };
        frame.translate(Vector::new(center - 20.0 * scale, top + 3.0 - 25.5 * scale));
        frame.scale(scale);
        for part in ferry() {
            part.draw(frame, scale);
        }
    }
}

impl<Message> Program<Message> for Crossing {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let tokens = Tokens::of(theme);
        // It moves a pixel at a time.
        #[allow(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let place = (self.part * bounds.width) as i32;
        let color = (self.role)(tokens).into_rgba8();
        state.with((place, color), theme, renderer, bounds, |frame| {
            self.paint(frame, tokens);
        })
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

/// The tile of the program, and its name beside it.
#[derive(Debug, Clone, Copy)]
pub struct Wordmark {
    named: bool,
    /// White on the scene, else the ink of the theme.
    white: bool,
}

impl Wordmark {
    /// Tile and name of this height, or the tile alone.
    pub fn show<Message>(height: f32, named: bool) -> Canvas<Self, Message> {
        Self {
            named,
            white: false,
        }
        .canvas(height)
    }

    /// The same in white.
    pub fn white<Message>(height: f32) -> Canvas<Self, Message> {
        Self {
            named: true,
            white: true,
        }
        .canvas(height)
    }

    fn canvas<Message>(self, height: f32) -> Canvas<Self, Message> {
        let width = if self.named { height * 4.87 } else { height };
        Canvas::new(self).width(width).height(height)
    }

    fn paint(self, frame: &mut Frame, ink: Color) {
        let scale = frame.height() / 32.0;
        frame.scale(scale);
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
            part.draw(frame, scale);
        }
        if self.named {
            frame.translate(Vector::new(41.6, 25.6));
            frame.scale(0.016_304 * 0.8);
            for outline in [NAME, GANGWAY] {
                Part::filled(outline, ink).draw(frame, 1.0);
            }
        }
    }
}

impl<Message> Program<Message> for Wordmark {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let ink = if self.white {
            color!(0xF2F7F9)
        } else {
            Tokens::of(theme).ink
        };
        state.with((), theme, renderer, bounds, |frame| self.paint(frame, ink))
    }
}

/// The outlines of the name: Inter Display SemiBold, drawn for the design.
const NAME: &str = "M16 -1235H484V0H756V-1235H1225V-1472H16ZM1177.4 0H1437.4V-602C1437.4 -760 1532.4 -840 1649.4 -840 \
    C1695.4 -840 1747.4 -833 1770.4 -825V-1063C1750.4 -1068 1720.4 -1072 1687.4 -1072 \
    C1561.4 -1072 1474.4 -1001 1435.4 -873H1427.4V-1056H1177.4ZM2208.1 16 \
    C2377.1 16 2473.1 -53 2524.1 -149H2528.1V0H2779.1V-724C2779.1 -928 2608.1 -1072 2334.1 -1072 \
    C2052.1 -1072 1885.1 -919 1874.1 -724H2127.1C2136.1 -812 2215.1 -873 2332.1 -873 \
    C2449.1 -873 2519.1 -814 2519.1 -725V-720C2519.1 -648 2452.1 -644 2257.1 -623 \
    C2039.1 -600 1843.1 -539 1843.1 -299C1843.1 -89 1997.1 16 2208.1 16ZM2274.1 -175 \
    C2166.1 -175 2098.1 -222 2097.1 -303C2096.1 -396 2187.1 -436 2293.1 -451 \
    C2395.1 -465 2489.1 -482 2521.1 -502V-390C2521.1 -269 2433.1 -175 2274.1 -175ZM3437.8 432 \
    C3727.8 432 3938.8 298 3938.8 -8V-1056H3681.8V-883H3674.8C3636.8 -963 3550.8 -1072 3367.8 -1072 \
    C3122.8 -1072 2931.8 -873 2931.8 -529C2931.8 -191 3104.8 5 3365.8 5C3516.8 5 3623.8 -62 3677.8 -170 \
    H3681.8V0C3681.8 158 3590.8 235 3438.8 235C3323.8 235 3235.8 191 3213.8 99H2958.8 \
    C2980.8 305 3153.8 432 3437.8 432ZM3437.8 -203C3279.8 -203 3196.8 -330 3196.8 -528 \
    C3196.8 -726 3281.8 -857 3439.8 -857C3590.8 -857 3681.8 -738 3681.8 -528 \
    C3681.8 -322 3590.8 -203 3437.8 -203ZM4370.5 -620C4370.5 -791 4475.5 -870 4606.5 -870 \
    C4742.5 -870 4827.5 -788 4826.5 -635V0H5086.5V-675C5086.5 -941 4916.5 -1090 4694.5 -1090 \
    C4529.5 -1090 4419.5 -1007 4371.5 -889H4364.5V-1472H4110.5V0H4370.5ZM5727.2 16 \
    C5980.2 16 6163.2 -120 6201.2 -329H5961.2C5933.2 -239 5839.2 -183 5730.2 -182 \
    C5568.2 -183 5472.2 -307 5473.2 -461V-465H6212.2V-528C6212.2 -854 6025.2 -1072 5722.2 -1072 \
    C5415.2 -1072 5217.2 -849 5217.2 -527C5217.2 -199 5415.2 16 5727.2 16ZM5474.2 -634 \
    C5482.2 -762 5577.2 -874 5722.2 -874C5859.2 -874 5964.2 -776 5969.2 -634ZM6749.9 5 \
    C6814.9 5 6863.9 1 6892.9 -2L6875.9 -212C6859.9 -210 6832.9 -208 6803.9 -208 \
    C6733.9 -208 6684.9 -224 6684.9 -328V-848H6886.9V-1056H6684.9V-1318H6423.9V-1056H6273.9V-848H6423.9 \
    V-285C6423.9 -81 6557.9 5 6749.9 5ZM7438.6 5C7503.6 5 7552.6 1 7581.6 -2L7564.6 -212 \
    C7548.6 -210 7521.6 -208 7492.6 -208C7422.6 -208 7373.6 -224 7373.6 -328V-848H7575.6V-1056H7373.6 \
    V-1318H7112.6V-1056H6962.6V-848H7112.6V-285C7112.6 -81 7246.6 5 7438.6 5ZM8201.3 16 \
    C8515.3 16 8722.3 -202 8722.3 -527C8722.3 -854 8514.3 -1072 8201.3 -1072 \
    C7888.3 -1072 7680.3 -854 7680.3 -527C7680.3 -202 7888.3 16 8201.3 16ZM8201.3 -194 \
    C8049.3 -194 7944.3 -324 7944.3 -527C7943.3 -731 8048.3 -863 8201.3 -863 \
    C8353.3 -863 8458.3 -731 8458.3 -527C8458.3 -324 8352.3 -194 8201.3 -194Z";
/// The crossbar the two t's share, like the gangway between two shores.
const GANGWAY: &str = "M6700 -1056H7120V-848H6700Z";

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
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        state.with((), theme, renderer, bounds, Self::paint)
    }
}

impl Scene {
    fn paint(frame: &mut Frame) {
        let size = frame.size();
        let sky = down(size.height * 0.72, color!(0x0A4E6C), color!(0x1480A6));
        frame.fill_rectangle(Point::ORIGIN, size, sky);
        // Where it is low, the sea sinks: the words above need the sky.
        let sunk = ((Self::HEIGHT - size.height) * 0.4).clamp(0.0, 60.0);
        frame.translate(Vector::new(0.0, size.height - Self::HEIGHT + sunk));
        let haze = Color {
            a: 0.1,
            ..Color::WHITE
        };
        for radius in [60.0, 42.0] {
            frame.fill(&Path::circle(Point::new(306.0, 456.0), radius), haze);
        }
        let shore = "M404 560V532h-18v-22h-20v14h-16v-30h-22v34h-14v-16h-18v26h-22q-10 0-20 22z";
        Part::filled(shore, color!(0x0F6A8D)).draw(frame, 1.0);
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
        .draw(frame, 1.0);
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
        .draw(frame, 1.0);
        let crest = "M-20 632C16 618 52 618 87 632S158 646 193 632S264 618 299 632S370 646 424 628";
        Part::lined(crest, 4.0, color!(0x2AA5CC, 0.35)).draw(frame, 1.0);
        let crest = "M-40 668C-4 656 32 656 67 668S138 680 173 668S244 656 279 668S350 680 424 664";
        Part::lined(crest, 4.0, color!(0x2AA5CC, 0.2)).draw(frame, 1.0);
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
