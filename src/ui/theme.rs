//! Colours, sizes of type, and the look of the few pieces the window is made of.
//!
//! Every colour comes from [`Tokens`]; which of the two sets holds is read from the theme being drawn.

use std::sync::LazyLock;

use iced::font::Weight;
use iced::theme::{Mode, Palette};
use iced::widget::text::LineHeight;
use iced::widget::{Text, button, container, rule, scrollable, text};
use iced::{Background, Border, Color, Font, Theme, border, color};

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

/// The faces that come with the program: Inter with figures of one width. What they lack comes from the system.
pub const FACES: [&[u8]; 3] = [
    include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/resources/fonts/InterTab-Regular.otf"
    )),
    include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/resources/fonts/InterTab-Medium.otf"
    )),
    include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/resources/fonts/InterTab-SemiBold.otf"
    )),
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
/// Paths and commands.
pub const MONO: Font = Font::MONOSPACE;

/// A text of one of the sizes of the design, with its line height.
pub fn say<'a>(
    content: impl text::IntoFragment<'a>,
    size: u16,
    font: Font,
    role: Role,
) -> Text<'a> {
    let line = match size {
        36 => 44.0,
        32 => 40.0,
        25 => 32.0,
        24 => 30.0,
        22 => 28.0,
        17 => 22.0,
        13..=16 => 20.0,
        _ => 16.0,
    };
    text(content)
        .size(f32::from(size))
        .line_height(LineHeight::Absolute(line.into()))
        .font(font)
        .style(move |theme| text::Style {
            color: Some(role(Tokens::of(theme))),
        })
}

fn line(color: Color, radius: f32) -> Border {
    border::rounded(radius).color(color).width(1)
}

/// A card: surface and border.
pub fn card(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.surface).border(line(tokens.line, 8.0))
}

/// A large card that has been chosen.
pub fn chosen(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.surface).border(border::rounded(12).color(tokens.accent).width(2))
}

/// A dialog over the scrim.
pub fn dialog(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.surface).border(line(tokens.line_strong, 12.0))
}

/// A plain ground in the colour of a role, with this radius.
pub fn ground(role: Role, radius: f32) -> impl Fn(&Theme) -> container::Style {
    move |theme| container::background(role(Tokens::of(theme))).border(border::rounded(radius))
}

/// A ground with a border: a note, the large circle of a result.
pub fn framed(fill: Role, edge: Role, radius: f32) -> impl Fn(&Theme) -> container::Style {
    move |theme| {
        let tokens = Tokens::of(theme);
        container::background(fill(tokens)).border(line(edge(tokens), radius))
    }
}

/// A ground with rounded upper corners, for the head of a table in a card.
pub fn table_head(theme: &Theme) -> container::Style {
    container::background(Tokens::of(theme).sunken).border(Border {
        radius: border::top(7),
        ..Border::default()
    })
}

/// A rule of one pixel.
pub fn hairline(theme: &Theme) -> rule::Style {
    rule::Style {
        color: Tokens::of(theme).line,
        radius: 0.0.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    }
}

fn pressable(
    status: button::Status,
    [normal, hover, press]: [Color; 3],
    ink: Color,
    edge: Option<Color>,
    tokens: &Tokens,
) -> button::Style {
    let (fill, ink, edge) = match status {
        button::Status::Active => (normal, ink, edge),
        button::Status::Hovered => (hover, ink, edge),
        button::Status::Pressed => (press, ink, edge),
        button::Status::Disabled => (tokens.sunken, tokens.ink_off, Some(tokens.line)),
    };
    button::Style {
        background: Some(Background::Color(fill)),
        text_color: ink,
        border: edge.map_or_else(|| border::rounded(6), |edge| line(edge, 6.0)),
        ..button::Style::default()
    }
}

/// The one thing to do next.
pub fn primary(theme: &Theme, status: button::Status) -> button::Style {
    let t = Tokens::of(theme);
    pressable(
        status,
        [t.accent, t.accent_hover, t.accent_press],
        t.on_accent,
        None,
        t,
    )
}

/// Something else that can be done.
pub fn secondary(theme: &Theme, status: button::Status) -> button::Style {
    let t = Tokens::of(theme);
    pressable(
        status,
        [t.surface, t.hover, t.selected],
        t.ink,
        Some(t.line_strong),
        t,
    )
}

/// Confirms what cannot be undone.
pub fn destructive(theme: &Theme, status: button::Status) -> button::Style {
    let t = Tokens::of(theme);
    pressable(status, [t.bad, t.bad_hover, t.bad_hover], t.on_bad, None, t)
}

/// A button that is only an icon.
pub fn bare(theme: &Theme, status: button::Status) -> button::Style {
    let t = Tokens::of(theme);
    let fill = match status {
        button::Status::Hovered => t.hover,
        button::Status::Pressed => t.selected,
        button::Status::Active | button::Status::Disabled => Color::TRANSPARENT,
    };
    button::Style {
        background: Some(Background::Color(fill)),
        text_color: t.ink_2,
        border: border::rounded(6),
        ..button::Style::default()
    }
}

/// One of the two languages in their switch.
pub fn segment(on: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let t = Tokens::of(theme);
        let fill = if on { t.surface } else { Color::TRANSPARENT };
        let lit = on || status == button::Status::Hovered;
        button::Style {
            background: Some(Background::Color(fill)),
            text_color: if lit { t.ink } else { t.ink_3 },
            border: border::rounded(4),
            ..button::Style::default()
        }
    }
}

/// A narrow bar at the edge.
pub fn scroll(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
    let tokens = Tokens::of(theme);
    let mut style = scrollable::default(theme, status);
    for rail in [&mut style.vertical_rail, &mut style.horizontal_rail] {
        rail.background = None;
        rail.scroller.background = Background::Color(tokens.line_strong);
        rail.scroller.border = border::rounded(3);
    }
    style
}
