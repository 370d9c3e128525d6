//! Small marks: chips, tags, bars, notes, hints, the wheel that turns.

use iced::widget::canvas::{self, Canvas, Geometry, LineCap, Path, Stroke, path};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, progress_bar, row, rule, tooltip};
use iced::{
    Center, Color, Element, Fill, Padding, Radians, Rectangle, Renderer, Theme, border, mouse,
};

use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, Tokens, say};

/// What a chip, a note or a bar says by its colour; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Running,
    Neutral,
    Warn,
    Bad,
    Ok,
}

impl Tone {
    /// Ink, ground, edge, bar.
    pub fn roles(self) -> (Role, Role, Role, Role) {
        match self {
            Self::Running => (
                |t| t.accent_ink,
                |t| t.accent_soft,
                |t| t.accent_line,
                |t| t.accent,
            ),
            Self::Neutral => (
                |t| t.ink_2,
                |t| t.neutral_soft,
                |t| t.line,
                |t| t.field_line,
            ),
            Self::Warn => (
                |t| t.warn,
                |t| t.warn_soft,
                |t| t.warn_line,
                |t| t.warn_icon,
            ),
            Self::Bad => (|t| t.bad, |t| t.bad_soft, |t| t.bad_line, |t| t.bad),
            Self::Ok => (|t| t.ok, |t| t.ok_soft, |t| t.ok_line, |t| t.ok),
        }
    }

    /// The icon of a note or a status line.
    pub fn icon(self) -> Icon {
        match self {
            Self::Running | Self::Neutral => Icon::INFO,
            Self::Warn => Icon::TRIANGLE_ALERT,
            Self::Bad => Icon::CIRCLE_X,
            Self::Ok => Icon::CIRCLE_CHECK,
        }
    }

    /// The colour of that icon.
    pub fn mark(self) -> Role {
        match self {
            Self::Warn => |t| t.warn_icon,
            Self::Neutral => |t| t.ink_3,
            other => other.roles().0,
        }
    }
}

/// A state: icon and word on their ground; with `turn`, a wheel in place of the icon.
pub fn chip<'a, M: 'a>(
    tone: Tone,
    icon: Icon,
    turn: Option<u8>,
    word: impl Into<String>,
) -> Element<'a, M> {
    chip_on(tone, icon, turn, word, tone.roles().1)
}

/// The same on another ground: in a row that is selected.
pub fn chip_on<'a, M: 'a>(
    tone: Tone,
    icon: Icon,
    turn: Option<u8>,
    word: impl Into<String>,
    ground: Role,
) -> Element<'a, M> {
    let ink = tone.roles().0;
    let mark: Element<'a, M> = match turn {
        Some(turn) => spinner(13.0, ink, turn),
        None => icon.show(13.0, ink).into(),
    };
    let word = say(word.into(), 12, MEDIUM, ink).wrapping(Wrapping::None);
    container(row![mark, word].spacing(5).align_y(Center))
        .padding(Padding::from([3, 8]).left(7))
        .style(theme::ground(ground, 11.0))
        .into()
}

/// A word of a server: a capability, a record.
pub fn tag<'a, M: 'a>(word: impl Into<String>, accent: bool) -> Element<'a, M> {
    let (ink, ground): (Role, Role) = if accent {
        (|t| t.accent_ink, |t| t.accent_soft)
    } else {
        (|t| t.ink_2, |t| t.neutral_soft)
    };
    container(say(word.into(), 11, MEDIUM, ink).wrapping(Wrapping::None))
        .padding([2, 6])
        .style(theme::ground(ground, 4.0))
        .into()
}

/// A thin bar; a dot while there is next to nothing.
pub fn bar<'a, M: 'a>(part: f32, width: impl Into<iced::Length>, tone: Tone) -> Element<'a, M> {
    let (.., filled) = tone.roles();
    let least = if part > 0.0 { 0.06 } else { 0.0 };
    progress_bar(0.0..=1.0, part.clamp(least, 1.0))
        .length(width)
        .girth(6)
        .style(move |theme: &Theme| {
            let tokens = Tokens::of(theme);
            let color = if part > 0.0 {
                filled(tokens)
            } else {
                Color::TRANSPARENT
            };
            progress_bar::Style {
                background: tokens.track.into(),
                bar: color.into(),
                border: border::rounded(3),
            }
        })
        .into()
}

/// An icon on its tile.
pub fn tile<'a, M: 'a>(icon: Icon, size: f32, accent: bool) -> Element<'a, M> {
    let (ink, ground): (Role, Role) = if accent {
        (|t| t.accent_ink, |t| t.accent_soft)
    } else {
        (|t| t.ink_2, |t| t.neutral_soft)
    };
    container(icon.show((size * 0.53).round(), ink))
        .center(size)
        .style(theme::ground(ground, if size > 36.0 { 10.0 } else { 8.0 }))
        .into()
}

/// A rule across the whole width.
pub fn hairline<'a, M: 'a>() -> Element<'a, M> {
    rule::horizontal(1).style(theme::rule_of(|t| t.line)).into()
}

/// A rule from top to bottom.
pub fn vertical_line<'a, M: 'a>() -> Element<'a, M> {
    rule::vertical(1).style(theme::rule_of(|t| t.line)).into()
}

/// A note in its colour: a title, a sentence, perhaps something to press.
pub fn note<'a, M: 'a>(
    tone: Tone,
    title: impl Into<Option<String>>,
    words: impl Into<String>,
    deed: Option<Element<'a, M>>,
) -> Element<'a, M> {
    let (_, ground, edge, _) = tone.roles();
    let title = title.into();
    let words = words.into();
    let mut text = column![].width(Fill).spacing(2);
    if let Some(title) = title {
        text = text.push(say(title, 13, SEMIBOLD, |t| t.ink));
        if !words.is_empty() {
            text = text.push(say(words, 12, REGULAR, |t| t.ink_2).wrapping(Wrapping::WordOrGlyph));
        }
    } else {
        text = text.push(say(words, 13, REGULAR, |t| t.ink_2).wrapping(Wrapping::WordOrGlyph));
    }
    let icon = container(tone.icon().show(16.0, tone.mark())).padding(Padding::ZERO.top(2));
    let mut line = row![icon, text].spacing(10);
    if let Some(deed) = deed {
        line = line.push(deed).align_y(Center);
    }
    container(line)
        .padding([10, 12])
        .width(Fill)
        .style(theme::framed(ground, edge, 8.0))
        .into()
}

/// A small line below a field, with its icon.
pub fn hint<'a, M: 'a>(icon: Icon, role: Role, words: impl Into<String>) -> Element<'a, M> {
    let icon = container(icon.show(13.0, role)).padding(Padding::ZERO.top(1));
    row![icon, say(words.into(), 12, REGULAR, role).width(Fill)]
        .spacing(6)
        .into()
}

/// Words that appear while the pointer rests on something.
pub fn tip<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    words: impl Into<String>,
) -> Element<'a, M> {
    let words = say(words.into(), 12, REGULAR, |t| t.tip_ink);
    tooltip(
        content,
        container(words)
            .padding([6, 10])
            .max_width(300)
            .style(theme::tip),
        tooltip::Position::FollowCursor,
    )
    .delay(std::time::Duration::from_millis(400))
    .gap(4)
    .into()
}

/// A wheel: three quarters of a circle, turned by so many eighths.
pub fn spinner<'a, M: 'a>(size: f32, role: Role, turn: u8) -> Element<'a, M> {
    Canvas::new(Wheel { role, turn })
        .width(size)
        .height(size)
        .into()
}

struct Wheel {
    role: Role,
    turn: u8,
}

impl<M> canvas::Program<M> for Wheel {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = crate::ui::drawing::frame(renderer, bounds);
        let begin = f32::from(self.turn % 8) * std::f32::consts::FRAC_PI_4;
        let arc = Path::new(|builder| {
            builder.arc(path::Arc {
                center: frame.center(),
                radius: bounds.width * 0.375,
                start_angle: Radians(begin),
                end_angle: Radians(begin + 1.5 * std::f32::consts::PI),
            });
        });
        let stroke = Stroke {
            line_cap: LineCap::Round,
            ..Stroke::default()
                .with_color((self.role)(Tokens::of(theme)))
                .with_width(bounds.width / 12.0 + 0.3)
        };
        frame.stroke(&arc, stroke);
        vec![frame.into_geometry()]
    }
}
