//! The start screen: a new migration, one that was begun, the demonstration.

use iced::advanced::widget::Id;
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space, stack};
use iced::{Center, Element, Fill, Padding, Right, Task, border, color};

use super::art::{Scene, Wordmark};
use super::dates;
use super::icon::Icon;
use super::recent::{Recent, State as Standing};
use super::shell::{Pane, Said, languages};
use super::step::Step;
use super::theme::{self, MEDIUM, REGULAR, SEMIBOLD, say};
use super::widget::control::{Control, Face, Status};
use super::widget::{Elide, Tone, bar, button, chip, hairline, icon_button, scroll, tile, tip};
use crate::i18n::{self, Words};
use crate::t;
use std::path::PathBuf;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    New,
    /// Asks for a folder.
    Choose,
    Chosen(Option<PathBuf>),
    Open(PathBuf),
    Forget(PathBuf),
    Demo,
    Looked(Vec<Recent>),
    Said(Said),
}

/// What the window is to do about it.
#[derive(Debug)]
pub enum Action {
    None,
    Run(Task<Message>),
    New,
    Open(PathBuf),
    Forget(PathBuf),
    Demo,
    Said(Said),
}

/// The screen.
#[derive(Debug, Default)]
pub struct Start {
    /// `None` while it is being looked at.
    recent: Option<Vec<Recent>>,
    /// The demonstration is being set up, or a folder opened.
    busy: bool,
    /// Why a folder could not be opened: its name, the technical line.
    pub failed: Option<(String, String)>,
}

impl Start {
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Looked(recent) => self.recent = Some(recent),
            _ if self.busy => {}
            Message::New => return Action::New,
            Message::Choose => {
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("start-choose-title"))
                    .set_directory(super::settings::migrations())
                    .pick_folder();
                return Action::Run(Task::perform(asking, |chosen| {
                    Message::Chosen(chosen.map(|folder| folder.path().to_owned()))
                }));
            }
            Message::Chosen(None) => {}
            Message::Chosen(Some(dir)) | Message::Open(dir) => return Action::Open(dir),
            Message::Forget(dir) => {
                if let Some(recent) = &mut self.recent {
                    recent.retain(|one| one.dir != dir);
                }
                return Action::Forget(dir);
            }
            Message::Demo => {
                self.busy = true;
                return Action::Demo;
            }
            Message::Said(said) => return Action::Said(said),
        }
        Action::None
    }

    pub fn view(&self, pane: Pane) -> Element<'_, Message> {
        let body = container(self.body(pane)).padding([24, 40]).width(Fill);
        if pane.narrow() {
            return row![self.scene(300.0, pane), body].into();
        }
        row![self.scene(Scene::WIDTH, pane), body].into()
    }

    #[allow(clippy::unused_self, reason = "a part of the screen")]
    fn scene<'a>(&self, width: f32, pane: Pane) -> Element<'a, Message> {
        let words = column![
            Wordmark::white(36.0),
            space::vertical().height(if pane.low() { 40 } else { 56 }),
            say(t!("start-slogan"), 32, SEMIBOLD, |_| iced::Color::WHITE),
            space::vertical().height(16),
            say(t!("start-promise"), 14, REGULAR, |_| color!(0xDCEEF5)),
            space::vertical(),
            say(
                concat!("Traghetto ", env!("CARGO_PKG_VERSION")),
                12,
                REGULAR,
                |_| color!(0xA9D3E3)
            ),
        ];
        let words = container(words)
            .padding(Padding::ZERO.top(40).left(40).right(32).bottom(28))
            .width(width)
            .height(Fill);
        let scene = container(Scene::show())
            .width(width)
            .height(Fill)
            .clip(true);
        stack![scene, words].width(width).height(Fill).into()
    }

    fn body(&self, pane: Pane) -> Element<'_, Message> {
        let light = if pane.dark {
            icon_button(Icon::SUN, t!("ui-light"), Said::Light)
        } else {
            icon_button(Icon::MOON, t!("ui-dark"), Said::Light)
        };
        let help = icon_button(Icon::CIRCLE_QUESTION_MARK, t!("ui-help"), Said::Help);
        let top = row![
            space::horizontal(),
            languages(),
            space::horizontal().width(4),
            light,
            help
        ]
        .spacing(4)
        .align_y(Center);
        let top: Element<'_, Said> = top.into();
        let mut content = column![
            top.map(Message::Said),
            space::vertical().height(if pane.low() { 12 } else { 32 }),
            say(t!("start-title"), 22, SEMIBOLD, |t| t.ink),
            space::vertical().height(20),
            self.new_card(pane),
            space::vertical().height(16),
            self.others(pane),
        ];
        if let Some((name, detail)) = &self.failed {
            let words = t!("start-failed", name = name.as_str());
            content = content
                .push(space::vertical().height(16))
                .push(super::widget::note(Tone::Bad, words, detail.clone(), None));
        }
        content
            .push(space::vertical().height(if pane.low() { 20 } else { 32 }))
            .push(say(t!("start-recent"), 15, SEMIBOLD, |t| t.ink))
            .push(space::vertical().height(12))
            .push(self.recent(pane))
            .into()
    }

    fn new_card(&self, pane: Pane) -> Element<'_, Message> {
        let about = column![
            say(t!("start-new"), 15, SEMIBOLD, |t| t.ink),
            say(t!("start-new-about"), 13, REGULAR, |t| t.ink_2),
        ]
        .spacing(2)
        .width(Fill);
        let begin = button(t!("start-begin"))
            .primary()
            .footer()
            .tail(Icon::ARROW_RIGHT)
            .id(Id::new("start-new"))
            .on((!self.busy).then_some(Message::New));
        let words = row![tile(Icon::SHIP, 44.0, true), about]
            .spacing(16)
            .align_y(Center)
            .width(Fill);
        let content: Element<'_, Message> = if pane.narrow() {
            column![words, begin].spacing(16).align_x(Right).into()
        } else {
            row![words, begin].spacing(16).align_y(Center).into()
        };
        container(content)
            .padding(20)
            .width(Fill)
            .style(theme::chosen)
            .into()
    }

    fn others(&self, pane: Pane) -> Element<'_, Message> {
        let open = Self::card(
            Icon::FOLDER_OPEN,
            t!("start-open"),
            t!("start-open-about"),
            (!self.busy).then_some(Message::Choose),
        );
        let demo_about = if self.busy {
            t!("start-busy")
        } else {
            t!("start-demo-about")
        };
        let demo = Self::card(
            Icon::FLASK_CONICAL,
            t!("start-demo"),
            demo_about,
            (!self.busy).then_some(Message::Demo),
        );
        if pane.narrow() {
            column![open, demo].spacing(12).into()
        } else {
            row![open, demo].spacing(16).into()
        }
    }

    fn card<'a>(
        icon: Icon,
        title: String,
        about: String,
        message: Option<Message>,
    ) -> Element<'a, Message> {
        let words = column![
            say(title, 13, MEDIUM, |t| t.ink),
            say(about, 12, REGULAR, |t| t.ink_3).wrapping(Wrapping::Word),
        ]
        .width(Fill);
        Control::new(
            row![tile(icon, 32.0, true), words]
                .spacing(12)
                .align_y(Center),
        )
        .width(Fill)
        .padding([12, 16])
        .on(message)
        .look(|t, status| Face {
            fill: match status {
                Status::Hovered => t.hover,
                Status::Pressed => t.selected,
                Status::Idle | Status::Off => t.surface,
            },
            border: border::rounded(8).color(t.line).width(1),
            ink: t.ink,
        })
        .into()
    }

    fn recent(&self, pane: Pane) -> Element<'_, Message> {
        let Some(recent) = &self.recent else {
            return container(say(t!("start-looking"), 12, REGULAR, |t| t.ink_3))
                .padding([24, 0])
                .center_x(Fill)
                .into();
        };
        if recent.is_empty() {
            let words = column![
                Icon::SHIP.show(28.0, |t| t.ink_3),
                space::vertical().height(4),
                say(t!("start-none"), 13, MEDIUM, |t| t.ink),
                say(t!("start-none-about"), 12, REGULAR, |t| t.ink_3),
            ]
            .spacing(4)
            .align_x(Center);
            return container(words)
                .padding([36, 24])
                .center_x(Fill)
                .style(theme::card)
                .into();
        }
        let mut rows = column![];
        for (index, one) in recent.iter().enumerate() {
            if index > 0 {
                rows = rows.push(hairline());
            }
            rows = rows.push(self.row(one, pane));
        }
        let list = scroll(container(rows).padding(1).style(theme::card));
        container(list).max_height(pane.size.height).into()
    }

    fn row<'a>(&self, one: &'a Recent, pane: Pane) -> Element<'a, Message> {
        let words = Words::current();
        let route = format!("{} → {}", one.origin, one.destination);
        let route = Elide::new(route, 12, REGULAR, |t| t.ink_3);
        let mut names = column![Elide::new(one.name.as_str(), 13, MEDIUM, |t| t.ink)].width(Fill);
        if !one.origin.is_empty() && !one.destination.is_empty() {
            names = names.push(route);
        } else {
            let place = one.dir.display().to_string();
            names = names.push(Elide::new(place, 12, REGULAR, |t| t.ink_3).middle());
        }
        let accounts = |count: u64| {
            t!(
                "count-accounts",
                count = count,
                number = i18n::number(count)
            )
        };
        let two = |first: String, second: String| -> Element<'a, Message> {
            column![
                say(first, 12, REGULAR, |t| t.ink_2),
                say(second, 12, REGULAR, |t| t.ink_3)
            ]
            .into()
        };
        let part = |done: u64, of: u64, tone: Tone| -> Element<'a, Message> {
            let line = t!(
                "start-of-accounts",
                done = i18n::number(done),
                of = i18n::number(of)
            );
            let share = done as f32 / of.max(1) as f32;
            column![say(line, 12, REGULAR, |t| t.ink_2), bar(share, 126, tone)]
                .spacing(5)
                .into()
        };
        let (progress, state, action): (Element<'a, Message>, _, Option<String>) = match &one.state
        {
            Standing::Draft(step) => (
                two(
                    t!(
                        "start-step",
                        number = step.number().to_string(),
                        of = Step::ALL.len().to_string()
                    ),
                    step.title(),
                ),
                chip(Tone::Neutral, Icon::PENCIL, None, t!("start-draft")),
                Some(t!("start-do-open")),
            ),
            Standing::Busy { done, of } => (
                part(*done, *of, Tone::Running),
                chip(
                    Tone::Running,
                    Icon::LOADER_CIRCLE,
                    None,
                    t!("start-running"),
                ),
                Some(t!("start-do-open")),
            ),
            Standing::Interrupted { done, of } => (
                part(*done, *of, Tone::Warn),
                chip(Tone::Warn, Icon::CIRCLE_PAUSE, None, t!("start-paused")),
                Some(t!("start-do-resume")),
            ),
            Standing::Copied { accounts: count } => (
                two(accounts(*count), t!("start-to-complete")),
                chip(Tone::Running, Icon::CHECK, None, t!("start-copied")),
                Some(t!("start-do-open")),
            ),
            Standing::Completed {
                accounts: count,
                missing,
                proven,
            } => {
                let line = t!(
                    "count-missing",
                    count = *missing,
                    number = words.number(*missing)
                );
                let second = if *proven || *missing > 0 {
                    line
                } else {
                    t!("start-to-verify")
                };
                let state = if *missing > 0 {
                    chip(Tone::Warn, Icon::TRIANGLE_ALERT, None, t!("start-to-check"))
                } else {
                    chip(Tone::Ok, Icon::BADGE_CHECK, None, t!("start-completed"))
                };
                (
                    two(accounts(*count), second),
                    state,
                    Some(t!("start-do-report")),
                )
            }
            Standing::Lost(_) => (
                two(t!("start-lost-about"), String::new()),
                chip(Tone::Bad, Icon::UNPLUG, None, t!("start-lost")),
                None,
            ),
        };
        let when = one.when.map(dates::short).unwrap_or_default();
        let deed: Element<'a, Message> = match action {
            Some(action) => button(action)
                .small()
                .on((!self.busy).then(|| Message::Open(one.dir.clone())))
                .into(),
            None => button(t!("start-do-forget"))
                .small()
                .on(Message::Forget(one.dir.clone()))
                .into(),
        };
        let mut line = row![names].spacing(12).align_y(Center);
        if !pane.narrow() {
            line = line.push(container(progress).width(126));
        }
        line = line.push(container(state).width(116));
        if !pane.narrow() {
            line = line.push(say(when, 12, REGULAR, |t| t.ink_3).width(84));
        }
        line = line.push(container(deed).align_x(Right).width(92));
        let line = container(line)
            .padding(Padding::ZERO.left(16).right(12))
            .center_y(60);
        tip(line, one.dir.display().to_string())
    }
}
