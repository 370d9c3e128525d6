//! The screen of the demonstration: how far it is while it runs, what became of it when it has ended.
//!
//! Whether it is paused is never kept here: it is read from what the engine says.

mod finish;
mod hero;
mod side;
mod table;

use std::collections::VecDeque;
use std::time::Duration;

use iced::widget::{column, container, responsive, row, space, stack};
use iced::{Center, Element, Fill, Padding, Task};

use super::art::Chart;
use super::drawing::Icon;
use super::run::{Demonstration, Ending, Sample, Stage};
use super::theme::{self, REGULAR, SEMIBOLD, say};
use super::widget::{Look, hairline, press, question};
use crate::engine::RunPhase;
use crate::i18n::Language;
use crate::t;

/// How often the engine is looked at.
pub const SAMPLE: Duration = Duration::from_millis(100);
/// Windows below this width get a rail instead of the route, and no charts.
const NARROW: f32 = 1040.0;
/// Looks between two points of the charts.
const LOOKS_PER_POINT: u32 = 2;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Tick,
    Ended(Ending),
    Pause,
    Resume,
    /// Asks first.
    Stop,
    StopConfirmed,
    GoOn,
    OpenReport,
    Opened(Result<(), String>),
    Back,
    Language(Language),
    Light,
}

/// What the window is to do about it.
#[derive(Debug)]
pub enum Action {
    None,
    Run(Task<Message>),
    Back,
    Close,
    Language(Language),
    Light,
}

/// What is asked, while something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Stop,
    Close,
}

/// The screen.
#[derive(Debug)]
pub struct Live {
    demonstration: Demonstration,
    shown: Sample,
    /// Messages and megabytes per second, oldest first.
    history: VecDeque<(f32, f32)>,
    looks: u32,
    asked: Option<Question>,
    closing: bool,
    ending: Option<Ending>,
    /// Why the report could not be opened.
    unopened: Option<String>,
}

impl Live {
    /// Starts the demonstration and shows it.
    pub fn start() -> (Self, Task<Message>) {
        let demonstration = Demonstration::default();
        let work = demonstration.clone().carry_out();
        // Spawned, so that the window only waits for it and never drives it.
        let task = Task::perform(async { tokio::spawn(work).await }, |ended| {
            Message::Ended(ended.unwrap_or_else(|error| Err(error.to_string())))
        });
        (Self::of(demonstration), task)
    }

    fn of(demonstration: Demonstration) -> Self {
        Self {
            demonstration,
            shown: Sample::default(),
            history: VecDeque::new(),
            looks: 0,
            asked: None,
            closing: false,
            ending: None,
            unopened: None,
        }
    }

    /// Whether it is still going on.
    pub fn is_running(&self) -> bool {
        self.ending.is_none()
    }

    fn is_paused(&self) -> bool {
        matches!(
            self.shown.snapshot.phase,
            RunPhase::Paused | RunPhase::Pausing
        )
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick => self.look(),
            Message::Ended(ending) => {
                self.look();
                self.ending = Some(ending);
                self.asked = None;
                if self.closing {
                    return Action::Close;
                }
            }
            Message::Pause => self.demonstration.pause(true),
            Message::Resume => self.demonstration.pause(false),
            Message::Stop if self.is_running() && self.shown.stage < Stage::Report => {
                self.asked = Some(Question::Stop);
            }
            Message::StopConfirmed => {
                self.closing = self.asked == Some(Question::Close);
                self.asked = None;
                self.demonstration.stop();
                if self.closing && !self.is_running() {
                    return Action::Close;
                }
            }
            Message::GoOn => self.asked = None,
            Message::OpenReport => return self.open(),
            Message::Opened(opened) => self.unopened = opened.err(),
            Message::Back if !self.is_running() => return Action::Back,
            Message::Stop | Message::Back => {}
            Message::Language(language) => return Action::Language(language),
            Message::Light => return Action::Light,
        }
        Action::None
    }

    /// The window is to be closed: at once when nothing runs, else after a question.
    pub fn close(&mut self) -> Action {
        if self.is_running() {
            self.asked = Some(Question::Close);
            Action::None
        } else {
            Action::Close
        }
    }

    /// Enter: what the primary button does.
    pub fn enter(&self) -> Option<Message> {
        match (self.asked, &self.ending) {
            // What cannot be undone is never a single key.
            (Some(_), _) => Some(Message::GoOn),
            (None, Some(Ok(_))) => Some(Message::OpenReport),
            (None, Some(Err(_))) => Some(Message::Back),
            (None, None) => None,
        }
    }

    /// Esc: back, or the question whether to stop.
    pub fn escape(&self) -> Message {
        match (self.asked, &self.ending) {
            (Some(_), _) => Message::GoOn,
            (None, Some(_)) => Message::Back,
            (None, None) => Message::Stop,
        }
    }

    /// Space: pause, or resume.
    pub fn space(&self) -> Option<Message> {
        let free = self.asked.is_none() && self.can_pause();
        free.then(|| {
            if self.is_paused() {
                Message::Resume
            } else {
                Message::Pause
            }
        })
    }

    fn can_pause(&self) -> bool {
        let working = matches!(
            self.shown.stage,
            Stage::Copy | Stage::FinalPass | Stage::Verify
        );
        self.is_running() && working && self.shown.snapshot.phase != RunPhase::Stopping
    }

    fn look(&mut self) {
        self.shown = self.demonstration.sample();
        if self.looks.is_multiple_of(LOOKS_PER_POINT) && self.shown.stage > Stage::Preparing {
            let snapshot = &self.shown.snapshot;
            #[allow(clippy::cast_possible_truncation, reason = "a chart needs no more")]
            let point = match snapshot.phase {
                RunPhase::Paused => (0.0, 0.0),
                _ => (
                    snapshot.message_rate as f32,
                    (snapshot.octet_rate / 1e6) as f32,
                ),
            };
            self.history.push_back(point);
            if self.history.len() > Chart::POINTS {
                let _ = self.history.pop_front();
            }
        }
        self.looks = self.looks.wrapping_add(1);
    }

    fn open(&self) -> Action {
        let page = self
            .ending
            .as_ref()
            .and_then(|ending| ending.as_ref().ok()?.page.clone());
        page.map_or(Action::None, |page| {
            let opening = async move {
                // Asking the system can take a while.
                let opened = tokio::task::spawn_blocking(move || {
                    open::that_detached(&page)
                        .map_err(|error| format!("{}: {error}", page.display()))
                });
                opened.await.unwrap_or_else(|error| Err(error.to_string()))
            };
            Action::Run(Task::perform(opening, Message::Opened))
        })
    }

    pub fn view(&self, dark: bool) -> Element<'_, Message> {
        responsive(move |size| self.screen(dark, size.width < NARROW)).into()
    }

    fn screen(&self, dark: bool, narrow: bool) -> Element<'_, Message> {
        let content = match &self.ending {
            None => self.working(narrow),
            Some(Ok(finished)) => finish::view(finished, self.unopened.as_deref(), narrow),
            Some(Err(words)) => finish::failed(words),
        };
        let screen = row![
            side::view(self.shown.stage, self.ending.as_ref(), dark, narrow),
            column![content, hairline(), self.footer()],
        ];
        match self.asked {
            None => screen.into(),
            Some(question) => stack![screen, ask(question)].into(),
        }
    }

    fn working(&self, narrow: bool) -> Element<'_, Message> {
        let paused = self.shown.snapshot.phase == RunPhase::Paused;
        let title = match self.shown.stage {
            _ if paused => t!("ui-live-paused"),
            Stage::Preparing => t!("ui-live-preparing"),
            Stage::Copy => t!("ui-live-copy"),
            Stage::FinalPass => t!("ui-live-final"),
            Stage::Verify => t!("ui-live-verify"),
            Stage::Report => t!("ui-live-report"),
        };
        let purpose = match self.shown.stage {
            _ if paused => t!("ui-live-paused-about"),
            Stage::Preparing => t!("ui-live-preparing-about"),
            Stage::Copy => t!("ui-live-copy-about"),
            Stage::FinalPass => t!("ui-live-final-about"),
            Stage::Verify => t!("ui-live-verify-about"),
            Stage::Report => t!("ui-live-report-about"),
        };
        let (icon, word, message) = match self.shown.snapshot.phase {
            RunPhase::Paused => (Icon::PLAY, t!("ui-resume"), Message::Resume),
            RunPhase::Pausing => (Icon::PLAY, t!("ui-pausing"), Message::Resume),
            _ => (Icon::PAUSE, t!("ui-pause"), Message::Pause),
        };
        let stopping = self.shown.snapshot.phase == RunPhase::Stopping;
        let stop = if stopping {
            t!("ui-stopping")
        } else {
            t!("ui-stop")
        };
        let head = row![
            column![
                say(title, 22, SEMIBOLD, |t| t.ink),
                say(purpose, 13, REGULAR, |t| t.ink_2)
            ]
            .width(Fill),
            press(
                Look::Secondary,
                32,
                Some(icon),
                word,
                Some(message).filter(|_| self.can_pause())
            ),
            press(
                Look::Warning,
                32,
                Some(Icon::SQUARE),
                stop,
                Some(Message::Stop).filter(|_| !stopping && self.shown.stage < Stage::Report)
            ),
        ]
        .spacing(8);
        let body = column![
            head,
            hero::view(&self.shown, &self.history, narrow),
            table::view(&self.shown, self.looks)
        ];
        container(body.spacing(16))
            .padding(Padding::from([24, 32]).bottom(20))
            .height(Fill)
            .into()
    }

    fn footer(&self) -> Element<'_, Message> {
        let status = match &self.unopened {
            Some(words) => t!("ui-unopened", detail = words.as_str()),
            None => t!("ui-footer"),
        };
        let dot = container(space::horizontal().width(8))
            .height(8)
            .style(theme::ground(|t| t.ok, 4.0));
        let mut line = row![
            dot,
            container(say(status, 12, REGULAR, |t| t.ink_2)).width(Fill),
        ];
        match &self.ending {
            None => {}
            Some(Err(_)) => {
                line = line.push(press(
                    Look::Primary,
                    36,
                    None,
                    t!("ui-back"),
                    Some(Message::Back),
                ));
            }
            Some(Ok(finished)) => {
                let open = finished.page.as_ref().map(|_| Message::OpenReport);
                let back = press(
                    Look::Secondary,
                    36,
                    Some(Icon::ARROW_LEFT),
                    t!("ui-back"),
                    Some(Message::Back),
                );
                line = line.push(back);
                line = line.push(press(
                    Look::Primary,
                    36,
                    Some(Icon::EXTERNAL),
                    t!("ui-open-report"),
                    open,
                ));
            }
        }
        container(line.spacing(8).align_y(Center))
            .padding([0, 32])
            .center_y(60)
            .style(theme::ground(|t| t.surface, 0.0))
            .into()
    }
}

fn ask<'a>(asked: Question) -> Element<'a, Message> {
    let (title, body, yes) = match asked {
        Question::Stop => (
            t!("ui-ask-stop"),
            t!("ui-ask-stop-about"),
            t!("ui-ask-stop-yes"),
        ),
        Question::Close => (
            t!("ui-ask-close"),
            t!("ui-ask-close-about"),
            t!("ui-ask-close-yes"),
        ),
    };
    question(
        title,
        body,
        (t!("ui-ask-go-on"), Message::GoOn),
        (yes, Message::StopConfirmed),
    )
}

#[cfg(test)]
mod tests;
