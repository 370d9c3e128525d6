//! Colours, sizes of type, and the look of the few pieces the window is made of.
//!
//! Every colour comes from [`Tokens`]; which of the two sets holds is read from the theme being drawn.

mod look;

use std::sync::LazyLock;

use iced::font::Weight;
use iced::theme::{Mode, Palette};
use iced::widget::text::LineHeight;
use iced::widget::{Text, text};
use iced::{Color, Font, Theme, color};

pub use look::*;

/// The colours of one light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tokens {
    pub window: Color,
    pub sidebar: Color,
    pub surface: Color,
    pub sunken: Color,
    pub hover: Color,
    pub selected: Color,
    pub line: Color,
    pub line_strong: Color,
    pub field_line: Color,
    pub ink: Color,
    pub ink_2: Color,
    pub ink_3: Color,
    pub ink_off: Color,
    pub accent: Color,
    pub accent_hover: Color,
    pub accent_press: Color,
    pub accent_ink: Color,
    pub on_accent: Color,
    pub accent_soft: Color,
    pub accent_line: Color,
    pub focus: Color,
    pub ok: Color,
    pub ok_soft: Color,
    pub ok_line: Color,
    pub warn: Color,
    pub warn_soft: Color,
    pub warn_line: Color,
    pub warn_icon: Color,
    pub bad: Color,
    pub bad_soft: Color,
    pub bad_line: Color,
    pub bad_hover: Color,
    pub on_bad: Color,
    pub neutral_soft: Color,
    pub track: Color,
    pub data_1: Color,
    pub data_1_fill: Color,
    pub data_2: Color,
    pub data_2_fill: Color,
    pub scrim: Color,
    pub tip: Color,
    pub tip_ink: Color,
}

const LIGHT: Tokens = Tokens {
    window: color!(0xF5F7F9),
    sidebar: color!(0xE9EEF1),
    surface: color!(0xFFFFFF),
    sunken: color!(0xF0F3F5),
    hover: color!(0xEBF1F4),
    selected: color!(0xE1EFF5),
    line: color!(0xDBE2E6),
    line_strong: color!(0xC3CED4),
    field_line: color!(0x80909A),
    ink: color!(0x12222B),
    ink_2: color!(0x435560),
    ink_3: color!(0x5A6B75),
    ink_off: color!(0x93A0A8),
    accent: color!(0x0B6285),
    accent_hover: color!(0x09526F),
    accent_press: color!(0x074259),
    accent_ink: color!(0x0B6285),
    on_accent: color!(0xFFFFFF),
    accent_soft: color!(0xE1EFF5),
    accent_line: color!(0xA6CDDD),
    focus: color!(0x1787B3),
    ok: color!(0x1A7747),
    ok_soft: color!(0xE2F3E9),
    ok_line: color!(0xA9D8BD),
    warn: color!(0x8A5200),
    warn_soft: color!(0xFDF0D9),
    warn_line: color!(0xEBCB90),
    warn_icon: color!(0xB86E00),
    bad: color!(0xB3261E),
    bad_soft: color!(0xFCEAE8),
    bad_line: color!(0xEFB6B0),
    bad_hover: color!(0x971E17),
    on_bad: color!(0xFFFFFF),
    neutral_soft: color!(0xE8EDF0),
    track: color!(0xDDE5E9),
    data_1: color!(0x0B6285),
    data_1_fill: color!(0xD5E8F0),
    data_2: color!(0xB8563F),
    data_2_fill: color!(0xF8E3DC),
    scrim: color!(0x0A1820, 0.46),
    tip: color!(0x1C2E38),
    tip_ink: color!(0xF2F7F9),
};

const DARK: Tokens = Tokens {
    window: color!(0x10191F),
    sidebar: color!(0x0B1217),
    surface: color!(0x18242C),
    sunken: color!(0x131D24),
    hover: color!(0x20303A),
    selected: color!(0x173847),
    line: color!(0x2A3942),
    line_strong: color!(0x3A4B56),
    field_line: color!(0x6B7F8B),
    ink: color!(0xE8EFF3),
    ink_2: color!(0xB3C1C9),
    ink_3: color!(0x94A5AF),
    ink_off: color!(0x61717B),
    accent: color!(0x4FB3D4),
    accent_hover: color!(0x6AC3E0),
    accent_press: color!(0x3C9DBE),
    accent_ink: color!(0x72C8E4),
    on_accent: color!(0x04202C),
    accent_soft: color!(0x173847),
    accent_line: color!(0x2A5C72),
    focus: color!(0x72C8E4),
    ok: color!(0x6CCB97),
    ok_soft: color!(0x15322A),
    ok_line: color!(0x285945),
    warn: color!(0xEDBE66),
    warn_soft: color!(0x362A14),
    warn_line: color!(0x5F4A22),
    warn_icon: color!(0xEDBE66),
    bad: color!(0xF59289),
    bad_soft: color!(0x3D2022),
    bad_line: color!(0x6B3633),
    bad_hover: color!(0xFFA79F),
    on_bad: color!(0x2A0B09),
    neutral_soft: color!(0x263640),
    track: color!(0x2B3B45),
    data_1: color!(0x4FB3D4),
    data_1_fill: color!(0x1B3E4D),
    data_2: color!(0xF08E73),
    data_2_fill: color!(0x3D2A27),
    scrim: color!(0x03080C, 0.62),
    tip: color!(0xE8EFF3),
    tip_ink: color!(0x12222B),
};

impl Tokens {
    /// The colours of the theme being drawn.
    pub fn of(theme: &Theme) -> &'static Self {
        if theme.extended_palette().is_dark {
            &DARK
        } else {
            &LIGHT
        }
    }
}

/// What a piece is coloured for; answers the colour in either light.
pub type Role = fn(&Tokens) -> Color;

static LIGHT_THEME: LazyLock<Theme> = LazyLock::new(|| theme("Traghetto", &LIGHT));
static DARK_THEME: LazyLock<Theme> = LazyLock::new(|| theme("Traghetto, dark", &DARK));

fn theme(name: &'static str, tokens: &Tokens) -> Theme {
    let palette = Palette {
        background: tokens.window,
        text: tokens.ink,
        primary: tokens.accent,
        success: tokens.ok,
        warning: tokens.warn_icon,
        danger: tokens.bad,
    };
    Theme::custom(name, palette)
}

/// The theme for a light; by day where the system says nothing.
pub fn of_mode(mode: Mode) -> Theme {
    match mode {
        Mode::Dark => DARK_THEME.clone(),
        Mode::Light | Mode::None => LIGHT_THEME.clone(),
    }
}

macro_rules! face {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/resources/fonts/",
            $name
        ))
    };
}

/// The faces that come with the program: Inter with figures of one width, JetBrains Mono, the icons. What they lack
/// comes from the system.
pub const FACES: [&[u8]; 5] = [
    face!("InterTab-Regular.otf"),
    face!("InterTab-Medium.otf"),
    face!("InterTab-SemiBold.otf"),
    face!("JetBrainsMono-Regular.ttf"),
    face!("lucide.ttf"),
];

/// The usual weight.
pub const REGULAR: Font = Font::with_name("Inter Tab");
/// Names and labels.
pub const MEDIUM: Font = Font {
    weight: Weight::Medium,
    ..REGULAR
};
/// Titles and emphasis.
pub const SEMIBOLD: Font = Font {
    weight: Weight::Semibold,
    ..REGULAR
};
/// Fingerprints, paths, the log.
pub const MONO: Font = Font::with_name("JetBrains Mono");

/// The height of a line of this size of type (design README 5).
pub fn line_height(size: u16) -> f32 {
    match size {
        36 => 44.0,
        32 => 40.0,
        24 | 25 => 32.0,
        22 => 28.0,
        18 => 24.0,
        14 | 17 => 22.0,
        13 | 15 | 16 => 20.0,
        _ => 16.0,
    }
}

/// A text of one of the sizes of the design, with its line height.
pub fn say<'a>(
    content: impl text::IntoFragment<'a>,
    size: u16,
    font: Font,
    role: Role,
) -> Text<'a> {
    text(content)
        .size(f32::from(size))
        .line_height(LineHeight::Absolute(line_height(size).into()))
        .font(font)
        .style(move |theme| text::Style {
            color: Some(role(Tokens::of(theme))),
        })
}
