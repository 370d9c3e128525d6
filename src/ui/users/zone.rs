//! Where a list is dropped: the large zone of the empty list, the strip above the table; what became of the last file.
//!
//! Promises: the whole stop is the target, and the zone says so while a file hovers over the window; every way that
//! needs a dialog has one that does not. Deliberately absent: reading (`import`).

use iced::widget::canvas::{Canvas, Geometry, LineDash, Path, Program, Stroke};
use iced::widget::{column, container, row, space, stack};
use iced::{Center, Color, Element, Fill, Padding, Point, Rectangle, Renderer, Size, Theme, mouse};

use super::import::PATH;
use super::{Message, Over, Said, State, words};
use crate::t;
use crate::ui::drawing::Drawn;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, Role, SEMIBOLD, Tokens, say};
use crate::ui::widget::{Elide, Field, Tone, button, icon_button, note, spinner};

/// The outline.
struct Outline {
    edge: Role,
    dashed: bool,
    radius: f32,
}

/// Its pen.
const PEN: f32 = 1.5;

impl<M> Program<M> for Outline {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let color = (self.edge)(Tokens::of(theme));
        let key = (self.dashed, color.into_rgba8());
        state.with(key, theme, renderer, bounds, |frame| {
            // As large as the whole, so that all of it is drawn again.
            frame.fill_rectangle(Point::ORIGIN, bounds.size(), Color::TRANSPARENT);
            let inner = Size::new(bounds.width - PEN, bounds.height - PEN);
            let corner = Point::new(PEN / 2.0, PEN / 2.0);
            let path = Path::rounded_rectangle(corner, inner, self.radius.into());
            let mut stroke = Stroke::default().with_color(color).with_width(PEN);
            if self.dashed {
                stroke.line_dash = LineDash {
                    segments: &[6.0, 5.0],
                    offset: 0,
                };
            }
            frame.stroke(&path, stroke);
        })
    }
}

/// Content in the outline.
fn zone<'a>(
    content: impl Into<Element<'a, Message>>,
    over: Option<Over>,
    radius: f32,
) -> Element<'a, Message> {
    let (ground, edge): (Role, Role) = match over {
        None => (|t| t.surface, |t| t.line_strong),
        Some(Over::Good) => (|t| t.accent_soft, |t| t.accent),
        Some(Over::WrongType) => (|t| t.bad_soft, |t| t.bad),
    };
    let outline = Canvas::new(Outline {
        edge,
        dashed: over.is_none(),
        radius,
    })
    .width(Fill)
    .height(Fill);
    let content = container(content)
        .width(Fill)
        .height(Fill)
        .style(theme::ground(ground, radius));
    stack![content, outline].width(Fill).height(Fill).into()
}

/// What the zone says while a file hovers: icon, words, colour.
fn hovering(over: Over) -> (Icon, String, Role) {
    match over {
        Over::Good => (Icon::FILE_UP, t!("users-release"), |t| t.accent_ink),
        Over::WrongType => (Icon::CIRCLE_X, t!("users-wrong-type"), |t| t.bad),
    }
}

impl State {
    /// The list while it is empty.
    pub(super) fn empty<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let (icon, title, ink): (Icon, String, Role) = match self.over {
            None => (Icon::FILE_UP, t!("users-drop"), |t| t.ink),
            Some(over) => hovering(over),
        };
        let bad = self.over == Some(Over::WrongType);
        let (mark, ground): (Role, Role) = if bad {
            (|t| t.bad, |t| t.surface)
        } else if self.over.is_some() {
            (|t| t.accent_ink, |t| t.surface)
        } else {
            (|t| t.accent_ink, |t| t.accent_soft)
        };
        let tile = container(icon.show(26.0, mark))
            .center(56)
            .style(theme::ground(ground, 14.0));
        let reading = self.reading.is_some();
        let choose = button(t!("users-choose"))
            .primary()
            .footer()
            .icon(Icon::FOLDER_OPEN)
            .busy(reading.then_some(pane.turn))
            .id("users-choose")
            .on((!reading).then_some(Message::Choose));
        let template = button(t!("users-template"))
            .footer()
            .icon(Icon::DOWNLOAD)
            .on(Message::Template);
        let example = column![
            say(t!("users-example-first"), 12, MONO, |t| t.ink_2).line_height(iced::Pixels(20.0)),
            say(t!("users-example-second"), 12, MONO, |t| t.ink_2).line_height(iced::Pixels(20.0)),
        ];
        let example =
            container(example)
                .padding([8, 16])
                .style(theme::framed(|t| t.sunken, |t| t.line, 8.0));
        let (gap, wide) = if pane.low() { (10, 14) } else { (16, 18) };
        let mut lines = column![].align_x(Center);
        if !pane.low() || self.said.is_none() {
            lines = lines.push(tile).push(space::vertical().height(gap));
        }
        lines = lines
            .push(say(title, 17, SEMIBOLD, ink).line_height(iced::Pixels(24.0)))
            .push(space::vertical().height(6))
            .push(say(t!("users-drop-about"), 13, REGULAR, |t| t.ink_2).center())
            .push(space::vertical().height(gap))
            .push(row![Element::from(choose), Element::from(template)].spacing(12))
            .push(space::vertical().height(12))
            .push(self.path_field());
        match self.notice() {
            Some(notice) => {
                lines = lines
                    .push(space::vertical().height(wide))
                    .push(container(notice).max_width(620));
            }
            None => {
                lines = lines.push(space::vertical().height(wide)).push(example);
            }
        }
        let content = container(lines).center(Fill).padding([12, 24]);
        column![zone(content, self.over, 12.0), self.card(session, pane)]
            .spacing(if pane.low() { 12 } else { 16 })
            .height(Fill)
            .into()
    }

    /// A path in place of a dialog: some desktops have none.
    fn path_field(&self) -> Element<'_, Message> {
        let can = self.reading.is_none() && !self.path.trim().is_empty();
        let take = can.then_some(Message::TakePath);
        let field = Field::new(&self.path, Message::Path)
            .placeholder(t!("users-path"))
            .id(PATH)
            .small()
            .width(280)
            .on_submit(take.clone());
        let go = button(t!("users-do-import")).small().on(take);
        row![Element::from(field), Element::from(go)]
            .spacing(8)
            .align_y(Center)
            .into()
    }

    /// The strip above the table.
    pub(super) fn strip(&self, pane: Pane) -> Element<'_, Message> {
        let reading = self.reading.is_some();
        let said: Element<'_, Message> = if let Some(over) = self.over {
            let (icon, words, ink) = hovering(over);
            row![icon.show(18.0, ink), say(words, 13, SEMIBOLD, ink)]
                .spacing(12)
                .align_y(Center)
                .into()
        } else if reading {
            row![
                spinner(18.0, |t| t.accent_ink, pane.turn),
                say(t!("users-reading"), 13, REGULAR, |t| t.ink_2)
            ]
            .spacing(12)
            .align_y(Center)
            .into()
        } else if self.by_path {
            self.path_field()
        } else if let Some(words) = self.done() {
            row![
                Icon::CIRCLE_CHECK.show(18.0, |t| t.ok),
                Elide::new(words, 13, REGULAR, |t| t.ink).fill()
            ]
            .spacing(12)
            .align_y(Center)
            .into()
        } else {
            row![
                Icon::UPLOAD.show(18.0, |t| t.ink_3),
                row![
                    say(t!("users-drop-here"), 13, REGULAR, |t| t.ink_2),
                    say(t!("users-drop-kinds"), 13, MEDIUM, |t| t.ink),
                ]
                .spacing(4)
            ]
            .spacing(12)
            .align_y(Center)
            .into()
        };
        let deeds = row![
            Element::from(
                button(t!("users-template-short"))
                    .text()
                    .small()
                    .icon(Icon::DOWNLOAD)
                    .on(Message::Template)
            ),
            Element::from(
                button(t!("users-import"))
                    .small()
                    .icon(Icon::FILE_UP)
                    .on((!reading).then_some(Message::Choose))
            ),
            Element::from(
                button(t!("users-add"))
                    .small()
                    .icon(Icon::PLUS)
                    .on(Message::Add)
            ),
        ]
        .spacing(8);
        let line = row![container(said).width(Fill).clip(true), deeds]
            .spacing(12)
            .align_y(Center);
        let content = container(line)
            .padding(Padding::from([0, 12]).left(16))
            .center_y(Fill)
            .width(Fill);
        container(zone(content, self.over, 8.0)).height(52).into()
    }

    /// What the last thing that was done has changed.
    fn done(&self) -> Option<String> {
        match self.said.as_ref()? {
            Said::Imported { file, merged } => Some(words::imported(file, *merged)),
            Said::Aliases(count) => Some(super::aliases::added(*count)),
            _ => None,
        }
    }

    /// What became of the last file, where more is to be said than fits into the strip.
    pub(super) fn notice(&self) -> Option<Element<'_, Message>> {
        let (tone, title, words) = match self.said.as_ref()? {
            Said::Imported { .. } | Said::Aliases(_) => return None,
            Said::Unreadable { file, why } => {
                let title = t!("users-not-imported", file = file.as_str());
                (Tone::Bad, title, words::unreadable(why))
            }
            Said::WrongType { file } => {
                let title = t!("users-not-imported", file = file.as_str());
                (Tone::Bad, title, t!("users-wrong-type-about"))
            }
            Said::TemplateSaved(path) => {
                let path = path.display().to_string();
                let words = t!("users-template-saved-about");
                (Tone::Ok, t!("users-template-saved", path = path), words)
            }
            Said::TemplateUnsaved(detail) => {
                let words = t!("users-template-unsaved-about", detail = detail.as_str());
                (Tone::Bad, t!("users-template-unsaved"), words)
            }
            Said::NoMaster(side) => (Tone::Warn, t!("users-no-master"), words::no_master(*side)),
        };
        let close = icon_button(Icon::X, t!("ui-close"), Message::Hush);
        Some(note(tone, title, words, Some(close)))
    }
}
