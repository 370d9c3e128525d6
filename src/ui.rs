//! The window: a start screen, and a migration stop by stop.
//!
//! Promises: it never waits for the engine and the engine never waits for it; every state has an icon and a word
//! besides its colour; everything can be reached and done from the keyboard. It knows no protocol and keeps no state
//! of the engine. Deliberately absent: a tree for screen readers, which iced 0.14 does not have; the command line does
//! all that is done here.
//!
//! - `start`, `server`, `mode`, `users`, `options`, `preflight`, `live`, `completion` the screens · `wizard` what holds
//!   them together · `shell` the frame around them · `help`, `unlock` what lies over them
//! - `draft`, `session`, `settings`, `recent` what is written down · `follow`, `running` a run as it is followed ·
//!   `survey` what is found before one
//! - `theme`, `icon`, `art`, `drawing`, `widget` what they are made of · `dates` days as people say them
#![allow(missing_docs)]
#![allow(
    clippy::unreadable_literal,
    reason = "colours are written as everybody writes them"
)]

mod action;
mod app;
mod art;
mod completion;
mod dates;
mod draft;
mod drawing;
mod follow;
mod help;
mod icon;
mod live;
mod mode;
mod options;
mod preflight;
mod recent;
mod running;
mod server;
mod session;
mod settings;
mod shell;
mod start;
mod step;
mod survey;
mod theme;
mod unlock;
mod users;
mod widget;
mod wizard;

#[cfg(test)]
mod pictures;

pub use app::{App, Message};

use iced::window;

use settings::Settings;

/// Opens the window and stays until it is closed.
pub fn run() -> iced::Result {
    let settings = Settings::load();
    crate::i18n::set(settings.language());
    let size = settings.size();
    let window = iced::application(move || App::new(settings.clone()), App::update, App::view);
    let window = theme::FACES
        .into_iter()
        .fold(window, iced::Application::font);
    window
        .default_font(theme::REGULAR)
        .title(App::title)
        .theme(App::theme)
        .scale_factor(App::scale_factor)
        .subscription(App::subscription)
        .antialiasing(true)
        .window(window::Settings {
            size,
            min_size: Some(iced::Size::new(940.0, 640.0)),
            position: window::Position::Centered,
            exit_on_close_request: false,
            ..window::Settings::default()
        })
        .run()
}
