//! The window: a start screen and the demonstration, followed live.
//!
//! Promises: it never waits for the engine and the engine never waits for it; every state has an icon and a word
//! besides its colour; Enter is the primary button, Esc goes back or asks to stop, Space pauses and resumes. It knows
//! no protocol, keeps no state of the engine, and writes nothing. Deliberately absent: the wizard, which is to come.
//!
//! - `start`, `live` the screens · `run` the demonstration, sampled · `theme` colours and type
//! - `widget`, `drawing`, `art` the pieces they are made of
#![allow(missing_docs)]
#![allow(
    clippy::unreadable_literal,
    reason = "colours are written as everybody writes them"
)]

mod art;
mod drawing;
mod live;
mod run;
mod start;
mod theme;
mod widget;

use iced::keyboard::{self, Key, key::Named};
use iced::theme::Mode;
use iced::{Element, Size, Subscription, Task, Theme, window};

use crate::i18n::{self, Language};
use live::Live;

/// Opens the window and stays until it is closed.
pub fn run() -> iced::Result {
    i18n::set(Language::system());
    let window = iced::application(App::new, App::update, App::view);
    let window = theme::FACES
        .into_iter()
        .fold(window, iced::Application::font);
    window
        .default_font(theme::REGULAR)
        .title("Traghetto")
        .theme(App::theme)
        .subscription(App::subscription)
        .antialiasing(true)
        .window(window::Settings {
            size: Size::new(1180.0, 760.0),
            min_size: Some(Size::new(940.0, 640.0)),
            position: window::Position::Centered,
            exit_on_close_request: false,
            ..window::Settings::default()
        })
        .run()
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    Start(start::Message),
    Live(live::Message),
    /// The system's light.
    System(Mode),
    Key(Named),
    Close,
}

#[derive(Debug)]
enum Screen {
    Start,
    Live(Box<Live>),
}

/// The window's state.
#[derive(Debug)]
pub struct App {
    screen: Screen,
    system: Mode,
    /// Chosen here, over the system's.
    chosen: Option<Mode>,
}

impl App {
    fn new() -> (Self, Task<Message>) {
        let app = Self {
            screen: Screen::Start,
            system: Mode::None,
            chosen: None,
        };
        (app, iced::system::theme().map(Message::System))
    }

    fn mode(&self) -> Mode {
        self.chosen.unwrap_or(self.system)
    }

    fn is_dark(&self) -> bool {
        self.mode() == Mode::Dark
    }

    fn theme(&self) -> Theme {
        theme::of_mode(self.mode())
    }

    fn turn_light(&mut self) {
        self.chosen = Some(if self.is_dark() {
            Mode::Light
        } else {
            Mode::Dark
        });
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match (message, &mut self.screen) {
            (Message::System(mode), _) => self.system = mode,
            (Message::Start(message), Screen::Start) => match message {
                start::Message::Demo => {
                    let (live, task) = Live::start();
                    self.screen = Screen::Live(Box::new(live));
                    return task.map(Message::Live);
                }
                start::Message::Language(language) => i18n::set(language),
                start::Message::Light => self.turn_light(),
            },
            (Message::Live(message), Screen::Live(live)) => {
                let action = live.update(message);
                return self.act(action);
            }
            (Message::Close, Screen::Live(live)) => {
                let action = live.close();
                return self.act(action);
            }
            (Message::Close, Screen::Start) => return iced::exit(),
            (Message::Key(key), screen) => {
                if let Some(message) = pressed(key, screen) {
                    return self.update(message);
                }
            }
            // For a screen that is no longer there.
            (Message::Start(_) | Message::Live(_), _) => {}
        }
        Task::none()
    }

    fn act(&mut self, action: live::Action) -> Task<Message> {
        match action {
            live::Action::None => {}
            live::Action::Run(task) => return task.map(Message::Live),
            live::Action::Back => self.screen = Screen::Start,
            live::Action::Close => return iced::exit(),
            live::Action::Language(language) => i18n::set(language),
            live::Action::Light => self.turn_light(),
        }
        Task::none()
    }

    fn view(&self) -> Element<'_, Message> {
        match &self.screen {
            Screen::Start => start::view(self.is_dark()).map(Message::Start),
            Screen::Live(live) => live.view(self.is_dark()).map(Message::Live),
        }
    }

    fn subscription(&self) -> Subscription<Message> {
        let keys = keyboard::listen().filter_map(|event| match event {
            keyboard::Event::KeyPressed {
                key: Key::Named(key),
                repeat: false,
                ..
            } => Some(Message::Key(key)),
            _ => None,
        });
        let mut all = vec![
            keys,
            iced::system::theme_changes().map(Message::System),
            window::close_requests().map(|_| Message::Close),
        ];
        if let Screen::Live(live) = &self.screen
            && live.is_running()
        {
            all.push(iced::time::every(live::SAMPLE).map(|_| Message::Live(live::Message::Tick)));
        }
        Subscription::batch(all)
    }
}

/// What a key means on this screen.
fn pressed(key: Named, screen: &Screen) -> Option<Message> {
    let message = match (key, screen) {
        (Named::Enter, Screen::Start) => return Some(Message::Start(start::Message::Demo)),
        (Named::Enter, Screen::Live(live)) => live.enter()?,
        (Named::Escape, Screen::Live(live)) => live.escape(),
        (Named::Space, Screen::Live(live)) => live.space()?,
        _ => return None,
    };
    Some(Message::Live(message))
}

#[cfg(test)]
mod tests;
