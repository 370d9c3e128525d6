//! The window's state: which screen it shows, and what holds for all of them.

use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::theme::Mode;
use iced::{Element, Event, Size, Subscription, Task, Theme, event, window};

use super::help;
use super::recent;
use super::session::Session;
use super::settings::{SCALES, Settings, migrations};
use super::shell::{Pane, Said};
use super::start::{self, Start};
use super::step::Step;
use super::theme;
use super::widget::{dialog, focus};
use super::wizard::{self, Press, Told, Wizard};
use crate::discovery::World;
use crate::i18n::{self, Language};
use crate::t;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often a run is looked at, and what turns is turned.
const TICK: Duration = Duration::from_millis(250);
/// How often what turns is turned where nothing runs.
const TURN: Duration = Duration::from_millis(125);

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    Start(start::Message),
    /// Of the migration with this number: an answer that comes late may be for one that was left.
    Wizard(u64, wizard::Message),
    Help(help::Message),
    /// The system's light.
    System(Mode),
    Key(Key, Modifiers),
    Resized(Size),
    Window(window::Event),
    Tick,
    Opened(PathBuf, Result<Opening, String>),
    Close,
}

/// A migration that was read from its folder, or set up.
#[derive(Debug, Clone)]
pub struct Opening(Arc<std::sync::Mutex<Option<Session>>>);

impl Opening {
    fn of(session: Session) -> Self {
        Self(Arc::new(std::sync::Mutex::new(Some(session))))
    }

    fn take(&self) -> Option<Session> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take()
    }
}

#[derive(Debug)]
enum Place {
    Start(Start),
    Wizard(Box<Wizard>),
}

/// The window's state.
#[derive(Debug)]
pub struct App {
    place: Place,
    settings: Settings,
    system: Mode,
    size: Size,
    turn: u8,
    help: bool,
    /// `None` where not even the system's name servers are known.
    world: Option<World>,
    /// Migrations opened so far.
    opened: u64,
}

impl App {
    fn blank(settings: Settings) -> Self {
        Self {
            place: Place::Start(Start::default()),
            size: settings.size(),
            settings,
            system: Mode::None,
            turn: 0,
            help: false,
            world: None,
            opened: 0,
        }
    }

    /// As it is when the window opens.
    pub fn new(settings: Settings) -> (Self, Task<Message>) {
        let mut app = Self::blank(settings);
        app.world = World::system()
            .inspect_err(|error| tracing::warn!("nothing can be looked up: {error}"))
            .ok();
        let looking = app.look();
        (
            app,
            Task::batch([iced::system::theme().map(Message::System), looking]),
        )
    }

    /// Looks at the recent migrations.
    fn look(&mut self) -> Task<Message> {
        let recent = self.settings.recent.clone();
        Task::perform(recent::look(recent), |found| {
            Message::Start(start::Message::Looked(found))
        })
    }

    fn mode(&self) -> Mode {
        self.settings.mode().unwrap_or(self.system)
    }

    fn is_dark(&self) -> bool {
        self.mode() == Mode::Dark
    }

    pub fn theme(&self) -> Theme {
        theme::of_mode(self.mode())
    }

    pub fn title(&self) -> String {
        match &self.place {
            Place::Wizard(wizard) if wizard.session.demo.is_some() => {
                format!("{} · Traghetto", t!("start-demo"))
            }
            Place::Wizard(wizard) if wizard.draft().is_begun() => {
                format!("{} · Traghetto", wizard.draft().title())
            }
            _ => String::from("Traghetto"),
        }
    }

    pub fn scale_factor(&self) -> f32 {
        f32::from(self.settings.scale) / 100.0
    }

    fn pane(&self) -> Pane {
        let scale = self.scale_factor();
        Pane {
            size: Size::new(self.size.width / scale, self.size.height / scale),
            dark: self.is_dark(),
            turn: self.turn,
        }
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Start(message) => self.start(message),
            Message::Wizard(number, message) => match &mut self.place {
                Place::Wizard(wizard) if number == self.opened => {
                    let told = wizard.update(message);
                    self.told(told)
                }
                _ => Task::none(),
            },
            Message::Help(help::Message::Close) => {
                self.help = false;
                Task::none()
            }
            Message::Help(help::Message::Scale(scale)) => {
                self.settings.scale = scale;
                self.settings.save();
                Task::none()
            }
            Message::System(mode) => {
                self.system = mode;
                Task::none()
            }
            Message::Key(key, modifiers) => self.key(&key, modifiers),
            Message::Resized(size) => {
                self.size = size;
                Task::none()
            }
            Message::Window(event) => match &mut self.place {
                Place::Wizard(wizard) => {
                    let told = wizard.file(&event);
                    self.told(told)
                }
                Place::Start(_) => Task::none(),
            },
            Message::Tick => {
                self.turn = (self.turn + 1) % 8;
                match &mut self.place {
                    Place::Wizard(wizard) if wizard.is_running() => {
                        let told = wizard.update(wizard::Message::Tick);
                        self.told(told)
                    }
                    _ => Task::none(),
                }
            }
            Message::Opened(dir, opened) => self.opened(&dir, opened),
            Message::Close => match &mut self.place {
                Place::Wizard(wizard) => {
                    let told = wizard.close();
                    self.told(told)
                }
                Place::Start(_) => self.exit(),
            },
        }
    }

    fn start(&mut self, message: start::Message) -> Task<Message> {
        let Place::Start(start) = &mut self.place else {
            return Task::none();
        };
        match start.update(message) {
            start::Action::None => Task::none(),
            start::Action::Run(task) => task.map(Message::Start),
            start::Action::New => self.show(Session::new(migrations())),
            start::Action::Open(dir) => {
                let opening = dir.clone();
                let work = async move {
                    let opened = tokio::task::spawn_blocking(move || Session::open(&opening)).await;
                    match opened {
                        Ok(Ok(session)) => Ok(Opening::of(session)),
                        Ok(Err(error)) => Err(error.to_string()),
                        Err(error) => Err(error.to_string()),
                    }
                };
                Task::perform(work, move |opened| Message::Opened(dir.clone(), opened))
            }
            start::Action::Forget(dir) => {
                self.settings.forget(&dir);
                self.settings.save();
                Task::none()
            }
            start::Action::Demo => {
                let work = async {
                    // The folder stays: the report in it is there to be read.
                    let dir = tempfile::Builder::new()
                        .prefix("traghetto-demo-")
                        .tempdir()
                        .map_err(|error| error.to_string())?
                        .keep();
                    let demo = crate::demo::start(&dir)
                        .await
                        .map_err(|error| error.to_string())?;
                    Ok(Opening::of(Session::of_demo(Arc::new(demo))))
                };
                Task::perform(work, |opened| Message::Opened(PathBuf::new(), opened))
            }
            start::Action::Said(said) => self.said(said),
        }
    }

    fn opened(&mut self, dir: &std::path::Path, opened: Result<Opening, String>) -> Task<Message> {
        // Another one was chosen meanwhile, and is in the person's hands.
        if matches!(self.place, Place::Wizard(_)) {
            return Task::none();
        }
        match opened {
            Ok(opening) => match opening.take() {
                Some(session) => self.show(session),
                None => Task::none(),
            },
            Err(words) => {
                let name = dir.display().to_string();
                let mut start = Start::default();
                start.failed = Some((name, words));
                self.place = Place::Start(start);
                self.look()
            }
        }
    }

    fn show(&mut self, session: Session) -> Task<Message> {
        if let (Some(project), None) = (&session.project, &session.demo) {
            self.settings.opened(project.dir());
            self.settings.save();
        }
        let (wizard, task) = Wizard::new(session, self.world.clone());
        self.place = Place::Wizard(Box::new(wizard));
        self.opened += 1;
        let number = self.opened;
        task.map(move |message| Message::Wizard(number, message))
    }

    fn told(&mut self, told: Told) -> Task<Message> {
        // A folder made meanwhile is one to come back to.
        if let Place::Wizard(wizard) = &self.place
            && let (Some(project), None) = (&wizard.session.project, &wizard.session.demo)
            && self.settings.recent.first().map(PathBuf::as_path) != Some(project.dir())
        {
            self.settings.opened(project.dir());
            self.settings.save();
        }
        match told {
            Told::None => Task::none(),
            Told::Run(task) => {
                let number = self.opened;
                task.map(move |message| Message::Wizard(number, message))
            }
            Told::Copy(text) => iced::clipboard::write(text),
            Told::Said(said) => self.said(said),
            Told::Home => {
                self.place = Place::Start(Start::default());
                self.look()
            }
            Told::Close => self.exit(),
        }
    }

    fn said(&mut self, said: Said) -> Task<Message> {
        match said {
            Said::Language(language) => self.speak(language),
            Said::Light => {
                let theme = if self.is_dark() { "light" } else { "dark" };
                self.settings.theme = Some(theme.to_owned());
                self.settings.save();
            }
            Said::Help => {
                self.help = !self.help;
                if self.help {
                    return iced::widget::operation::focus(dialog::SAFE);
                }
            }
            Said::Go(_) | Said::Home => {}
        }
        Task::none()
    }

    fn speak(&mut self, language: Language) {
        i18n::set(language);
        self.settings.language = Some(language.tag().to_owned());
        self.settings.save();
    }

    /// The last thing that happens.
    fn exit(&mut self) -> Task<Message> {
        self.settings.width = self.size.width;
        self.settings.height = self.size.height;
        self.settings.save();
        iced::exit()
    }

    fn key(&mut self, key: &Key, modifiers: Modifiers) -> Task<Message> {
        if let Key::Named(Named::Tab) = key {
            return focus::go(modifiers.shift());
        }
        if let Key::Named(Named::F1) = key {
            return self.said(Said::Help);
        }
        if modifiers.command()
            && let Key::Character(letter) = key
            && let Some(larger) = match letter.as_str() {
                "+" | "=" => Some(true),
                "-" => Some(false),
                _ => None,
            }
        {
            return self.rescale(larger);
        }
        if self.help {
            if matches!(key, Key::Named(Named::Escape | Named::Enter)) {
                self.help = false;
            }
            return Task::none();
        }
        let Some(press) = meaning(key, modifiers) else {
            return Task::none();
        };
        match &mut self.place {
            Place::Start(_) if press == Press::Enter => self.start(start::Message::New),
            Place::Start(_) => Task::none(),
            Place::Wizard(wizard) => {
                let told = wizard.press(press);
                self.told(told)
            }
        }
    }

    fn rescale(&mut self, larger: bool) -> Task<Message> {
        let now = SCALES
            .iter()
            .position(|scale| *scale == self.settings.scale)
            .unwrap_or(0);
        let next = if larger {
            (now + 1).min(SCALES.len() - 1)
        } else {
            now.saturating_sub(1)
        };
        self.update(Message::Help(help::Message::Scale(SCALES[next])))
    }

    /// The stop that is shown.
    fn step(&self) -> Option<Step> {
        match &self.place {
            Place::Start(_) => None,
            Place::Wizard(wizard) => Some(wizard.step),
        }
    }

    pub fn view(&self) -> Element<'_, Message> {
        let pane = self.pane();
        let screen = match &self.place {
            Place::Start(start) => start.view(pane).map(Message::Start),
            Place::Wizard(wizard) => {
                let number = self.opened;
                let view = wizard.view(pane);
                view.map(move |message| Message::Wizard(number, message))
            }
        };
        let help = self
            .help
            .then(|| help::view(self.step(), self.settings.scale).map(Message::Help));
        dialog::over(screen, help)
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let events = event::listen_with(|event, status, _window| match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if status == event::Status::Ignored =>
            {
                Some(Message::Key(key, modifiers))
            }
            Event::Window(window::Event::Resized(size)) => Some(Message::Resized(size)),
            Event::Window(
                event @ (window::Event::FileHovered(_)
                | window::Event::FileDropped(_)
                | window::Event::FilesHoveredLeft),
            ) => Some(Message::Window(event)),
            _ => None,
        });
        let mut all = vec![
            events,
            iced::system::theme_changes().map(Message::System),
            window::close_requests().map(|_| Message::Close),
        ];
        if let Place::Wizard(wizard) = &self.place {
            if wizard.is_running() {
                all.push(iced::time::every(TICK).map(|_| Message::Tick));
            } else if wizard.is_turning() {
                all.push(iced::time::every(TURN).map(|_| Message::Tick));
            }
        }
        Subscription::batch(all)
    }
}

/// What a key means in the whole window.
fn meaning(key: &Key, modifiers: Modifiers) -> Option<Press> {
    match key {
        Key::Named(Named::Enter) if modifiers.is_empty() => Some(Press::Enter),
        Key::Named(Named::Escape) => Some(Press::Escape),
        Key::Named(Named::F5) => Some(Press::Again),
        Key::Named(Named::ArrowLeft) if modifiers.alt() => Some(Press::Back),
        Key::Named(Named::ArrowRight) if modifiers.alt() => Some(Press::Forward),
        Key::Character(letter) if modifiers.command() => match letter.as_str() {
            "f" | "F" => Some(Press::Search),
            "c" | "C" => Some(Press::Copy),
            "1" => Some(Press::Tab(0)),
            "2" => Some(Press::Tab(1)),
            "3" => Some(Press::Tab(2)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod pretend;
#[cfg(test)]
mod tests;
