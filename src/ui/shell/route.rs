//! The route: eight stops, the way between them, and the switches below.

use iced::widget::{column, container, row, rule, space, stack, tooltip};
use iced::{Center, Element, Fill, Padding, Theme, border};

use super::Pane;
use crate::i18n::{self, Language};
use crate::t;
use crate::ui::art::Wordmark;
use crate::ui::draft::Draft;
use crate::ui::icon::Icon;
use crate::ui::step::Step;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, Tokens, say};
use crate::ui::widget::control::{Control, Face, Status};
use crate::ui::widget::{Elide, icon_button, segments};

const WIDTH: u32 = 236;
const RAIL: u32 = 64;

/// What is said here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Go(Step),
    /// Back to the start screen.
    Home,
    Language(Language),
    Light,
    Help,
}

/// How it stands with the stop one is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    None,
    Warn,
    Bad,
    Done,
}

/// The route of one migration.
pub struct Route<'a> {
    pub draft: &'a Draft,
    pub here: Step,
    pub mark: Mark,
    /// What is said below the stops that are going on, besides what the draft says.
    pub summaries: Vec<(Step, String)>,
}

impl Route<'_> {
    pub fn view<'b>(self, pane: Pane) -> Element<'b, Said> {
        let narrow = pane.narrow();
        let logo = Control::new(Wordmark::show(if narrow { 32.0 } else { 28.0 }, !narrow))
            .on(Said::Home)
            .look(|t, _| Face {
                fill: iced::Color::TRANSPARENT,
                border: border::rounded(6),
                ink: t.ink,
            });
        let logo = crate::ui::widget::tip(logo, t!("ui-home"));
        let head = if narrow {
            container(logo).center_x(Fill).center_y(60)
        } else {
            container(logo).padding([0, 20]).center_y(64).width(Fill)
        };
        let mut stops = column![];
        for step in Step::ALL {
            stops = stops.push(self.stop(step, narrow));
        }
        let side = column![
            head,
            container(stops).padding(if narrow {
                Padding::from([0, 10]).top(4)
            } else {
                Padding::from([0, 12]).top(12)
            }),
            space::vertical(),
            switches(pane),
        ];
        container(side)
            .width(if narrow { RAIL } else { WIDTH })
            .height(Fill)
            .style(theme::ground(|t| t.sidebar, 0.0))
            .into()
    }

    fn stop<'b>(&self, step: Step, narrow: bool) -> Element<'b, Said> {
        let here = step == self.here;
        let done = !here && step < self.draft.reached;
        let mark = if here { self.mark } else { Mark::None };
        let (height, left, gap) = if narrow {
            (44.0, 11.0, 0.0)
        } else {
            (48.0, 8.0, 12.0)
        };
        let dot = dot(step, here, done, mark);
        let mut line = row![dot].spacing(gap).align_y(Center);
        if !narrow {
            let (font, ink): (_, Role) = match (here, done) {
                (true, _) => (SEMIBOLD, |t| t.ink),
                (false, true) => (MEDIUM, |t| t.ink),
                (false, false) => (REGULAR, |t| t.ink_2),
            };
            let mut words = column![say(step.title(), 13, font, ink)].width(Fill);
            let own = self.summaries.iter().find(|(of, _)| *of == step);
            let below = own
                .map(|(_, words)| words.clone())
                .or_else(|| step.summary(self.draft).filter(|_| !here));
            if let Some(below) = below.filter(|below| !below.is_empty()) {
                words = words.push(Elide::new(below, 11, REGULAR, |t| t.ink_3).fill());
            }
            line = line.push(words);
        }
        let open = !here && step.is_open(self.draft);
        let stop = Control::new(container(line).center_y(Fill).width(Fill))
            .height(height)
            .width(Fill)
            .padding([0.0, left])
            .on(open.then_some(Said::Go(step)))
            .look(move |t, status| Face {
                fill: match (here, status) {
                    (true, _) => t.surface,
                    (false, Status::Hovered | Status::Pressed) => t.hover,
                    (false, _) => iced::Color::TRANSPARENT,
                },
                border: border::rounded(8),
                ink: t.ink,
            });
        let stop: Element<'b, Said> = if narrow {
            let words = container(say(step.title(), 12, REGULAR, |t| t.tip_ink))
                .padding([6, 10])
                .style(theme::tip);
            tooltip(stop, words, tooltip::Position::Right).gap(6).into()
        } else {
            stop.into()
        };
        if step.next().is_none() {
            return stack![stop, above(self, step, height, left)].into();
        }
        // The way to the next stop: from below this dot to above the next.
        let role: Role = if done || (here && mark == Mark::Done) {
            |t| t.accent
        } else {
            |t| t.line_strong
        };
        let way = container(rule::vertical(2).style(theme::rule_of(role)))
            .height(height / 2.0 - 11.0)
            .padding(Padding::ZERO.left(left + 10.0));
        stack![
            stop,
            column![space::vertical().height(height / 2.0 + 11.0), way],
        ]
        .push(above(self, step, height, left))
        .into()
    }
}

/// The way from the stop before, down to this dot.
fn above<'b>(route: &Route<'_>, step: Step, height: f32, left: f32) -> Element<'b, Said> {
    let Some(before) = step.previous() else {
        return space::horizontal().height(0).into();
    };
    let role: Role = if before != route.here && before < route.draft.reached {
        |t| t.accent
    } else {
        |t| t.line_strong
    };
    container(rule::vertical(2).style(theme::rule_of(role)))
        .height(height / 2.0 - 11.0)
        .padding(Padding::ZERO.left(left + 10.0))
        .into()
}

fn dot<'b>(step: Step, here: bool, done: bool, mark: Mark) -> Element<'b, Said> {
    let ink: Role = if here { |t| t.accent_ink } else { |t| t.ink_3 };
    let number = || say(step.number().to_string(), 11, SEMIBOLD, ink);
    let content: Element<'b, Said> = match mark {
        Mark::Warn => Icon::TRIANGLE_ALERT.show(12.0, |t| t.warn_icon).into(),
        Mark::Bad => Icon::X.show(12.0, |t| t.bad).into(),
        Mark::Done => Icon::CHECK.show(13.0, |t| t.accent_ink).into(),
        Mark::None if done => Icon::CHECK.show(13.0, |t| t.on_accent).into(),
        Mark::None => number().into(),
    };
    container(content)
        .center(22)
        .style(move |theme: &Theme| {
            let t = Tokens::of(theme);
            let (fill, edge, width) = match mark {
                Mark::Warn => (t.warn_soft, t.warn_icon, 2.0),
                Mark::Bad => (t.bad_soft, t.bad, 2.0),
                Mark::Done => (t.surface, t.accent, 2.0),
                Mark::None if done => (t.accent, t.accent, 1.5),
                Mark::None if here => (t.surface, t.accent, 2.0),
                Mark::None => (t.sidebar, t.line_strong, 1.5),
            };
            container::background(fill).border(border::rounded(11).color(edge).width(width))
        })
        .into()
}

/// Language, light, help.
fn switches<'b>(pane: Pane) -> Element<'b, Said> {
    let light = if pane.dark {
        icon_button(Icon::SUN, t!("ui-light"), Said::Light)
    } else {
        icon_button(Icon::MOON, t!("ui-dark"), Said::Light)
    };
    let help = icon_button(Icon::CIRCLE_QUESTION_MARK, t!("ui-help"), Said::Help);
    let other = match i18n::current() {
        Language::It => Language::En,
        Language::En => Language::It,
    };
    if pane.narrow() {
        let language = icon_button(
            Icon::LANGUAGES,
            t!("ui-other-language"),
            Said::Language(other),
        );
        return container(column![language, light, help].spacing(4))
            .center_x(Fill)
            .padding([12, 0])
            .into();
    }
    let line = row![languages(), space::horizontal(), light, help]
        .spacing(4)
        .align_y(Center);
    container(line)
        .padding(Padding::from([12, 16]).bottom(14))
        .into()
}

/// The switch between the two languages.
pub fn languages<'b>() -> Element<'b, Said> {
    let chosen = usize::from(i18n::current() == Language::En);
    segments(
        vec![
            (String::from("IT"), Said::Language(Language::It)),
            (String::from("EN"), Said::Language(Language::En)),
        ],
        chosen,
        true,
    )
}
