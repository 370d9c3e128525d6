//! The look of surfaces: cards, notes, heads of tables, fields, the bars at their edges.

use iced::widget::{container, rule, scrollable, text_input};
use iced::{Background, Border, Color, Theme, border};

use super::{Role, Tokens};

fn line(color: Color, radius: f32) -> Border {
    border::rounded(radius).color(color).width(1)
}

/// A card: surface and border.
pub fn card(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.surface).border(line(tokens.line, 8.0))
}

/// The card of the one thing to begin with.
pub fn chosen(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.surface).border(border::rounded(8).color(tokens.accent).width(2))
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

/// A ground whose upper corners fit into a card's.
pub fn card_top(role: Role) -> impl Fn(&Theme) -> container::Style {
    move |theme| {
        container::background(role(Tokens::of(theme))).border(Border {
            radius: border::top(7),
            ..Border::default()
        })
    }
}

/// A ground whose lower corners fit into a card's.
pub fn card_bottom(role: Role, radius: f32) -> impl Fn(&Theme) -> container::Style {
    move |theme| {
        container::background(role(Tokens::of(theme))).border(Border {
            radius: border::bottom(radius),
            ..Border::default()
        })
    }
}

/// A rule of one pixel in the colour of a role.
pub fn rule_of(role: Role) -> impl Fn(&Theme) -> rule::Style {
    move |theme| rule::Style {
        color: role(Tokens::of(theme)),
        radius: 0.0.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    }
}

/// A field to write in; `wrong` where what stands in it cannot be.
pub fn field(wrong: bool) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |theme, status| {
        let t = Tokens::of(theme);
        let (fill, edge, width, ink) = match status {
            text_input::Status::Disabled => (t.sunken, t.line_strong, 1.0, t.ink_off),
            text_input::Status::Focused { .. } => {
                (t.surface, if wrong { t.bad } else { t.focus }, 2.0, t.ink)
            }
            _ if wrong => (t.surface, t.bad, 1.0, t.ink),
            text_input::Status::Hovered => (t.surface, t.ink_3, 1.0, t.ink),
            text_input::Status::Active => (t.surface, t.field_line, 1.0, t.ink),
        };
        text_input::Style {
            background: Background::Color(fill),
            border: border::rounded(6).color(edge).width(width),
            icon: t.ink_3,
            placeholder: t.ink_3,
            value: ink,
            selection: t.accent_line,
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

/// The words that appear beside the pointer.
pub fn tip(theme: &Theme) -> container::Style {
    let tokens = Tokens::of(theme);
    container::background(tokens.tip).border(border::rounded(6))
}
