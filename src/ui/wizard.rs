//! One migration in the window: its eight stops, what goes on behind them, and what is written down when.
//!
//! Promises: what was entered is on the disk half a second later, passwords in the vault; a run that is going on is
//! never ended without a question; every late answer finds its screen or nobody. Deliberately absent: what a screen
//! shows.

mod keep;
mod keys;
#[cfg(test)]
mod pretend;
mod run;

use std::time::Instant;

use iced::{Element, Task};

use super::action::Action;
use super::draft::Draft;
use super::follow::Ended;
use super::running::Running;
use super::session::{Opened, Session};
use super::shell::{self, Mark, Pane, Route, Said};
use super::step::Step;
use super::unlock::{self, Unlock};
use super::widget::{Tone, button};
use super::{completion, live, mode, options, preflight, server, users};
use crate::account::Side;
use crate::discovery::World;
use crate::engine::Pass;
use crate::secrets::{Error, Vault};
use crate::t;

pub use keys::{Press, SEARCH};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Origin(server::Message),
    Destination(server::Message),
    Mode(mode::Message),
    Users(users::Message),
    Options(options::Message),
    Preflight(preflight::Message),
    Live(live::Message),
    Completion(completion::Message),
    Unlock(unlock::Message),
    Next,
    Back,
    Route(Said),
    /// What was changed up to here is to be written, unless more was changed since.
    Settle(u64),
    Written(Result<u64, String>),
    VaultOpened(bool, Opened),
    Kept(Option<Error>),
    Tick,
    Ended(Box<Ended>),
    /// Leaving was confirmed, or not.
    Leave(bool),
}

/// What the window is to do about it.
#[derive(Debug)]
pub enum Told {
    None,
    Run(Task<Message>),
    Copy(String),
    Said(Said),
    Home,
    Close,
}

/// Where one wants to go while a run is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    Home,
    Close,
}

/// The whole.
#[derive(Debug)]
pub struct Wizard {
    pub session: Session,
    pub step: Step,
    origin: server::State,
    destination: server::State,
    mode: mode::State,
    users: users::State,
    options: options::State,
    preflight: preflight::State,
    live: live::State,
    completion: completion::State,
    pub running: Option<Running>,
    unlock: Unlock,
    world: Option<World>,
    /// The last change that is going to be written.
    settling: u64,
    /// Why something could not be written.
    unwritten: Option<String>,
    asked: Option<Leaving>,
    leaving: Option<Leaving>,
}

impl Wizard {
    /// A migration from its beginning, or where it was left; what it asks for first.
    pub fn new(session: Session, world: Option<World>) -> (Self, Task<Message>) {
        let step = session.draft.reached;
        let mut wizard = Self {
            step,
            origin: server::State::new(Side::Origin),
            destination: server::State::new(Side::Destination),
            mode: mode::State::default(),
            users: users::State::default(),
            options: options::State::new(&session.draft),
            preflight: preflight::State::default(),
            live: live::State::default(),
            completion: completion::State::default(),
            running: None,
            unlock: Unlock::default(),
            world,
            settling: 0,
            unwritten: None,
            asked: None,
            leaving: None,
            session,
        };
        let mut tasks = vec![wizard.enter_step()];
        if wizard.session.demo.is_some() {
            tasks.push(wizard.begin(vec![Pass::Copy], Vec::new()));
        } else if let Some(dir) = wizard.folder().filter(|dir| Vault::exists(dir)) {
            tasks.push(wizard.open_vault(dir, None));
        }
        (wizard, Task::batch(tasks))
    }

    /// Whether a run is going on.
    pub fn is_running(&self) -> bool {
        self.running.is_some() && !self.live.is_over(self.running.as_ref())
    }

    /// Whether something is seen that turns.
    pub fn is_turning(&self) -> bool {
        self.is_running()
            || match self.step {
                Step::Origin => self.origin.is_busy(),
                Step::Destination => self.destination.is_busy(),
                Step::Users => self.users.is_busy(),
                Step::Options | Step::Preflight => self.session.survey.is_looking(),
                Step::Live | Step::Completion => self.completion.is_busy(),
                Step::Mode => self.mode.is_busy(),
            }
    }

    fn folder(&self) -> Option<std::path::PathBuf> {
        let project = self.session.project.as_ref()?;
        Some(project.dir().to_owned())
    }

    pub fn update(&mut self, message: Message) -> Told {
        let told = self.react(message);
        let settle = self.schedule();
        match told {
            Told::None => Told::Run(settle),
            Told::Run(task) => Told::Run(Task::batch([task, settle])),
            other => other,
        }
    }

    fn react(&mut self, message: Message) -> Told {
        let session = &mut self.session;
        match message {
            Message::Origin(message) => {
                let settles = message.settles();
                let action = self.origin.update(session, self.world.as_ref(), message);
                let mut told = self.act(action, Message::Origin);
                if settles {
                    told = and(told, self.write_now());
                }
                told
            }
            Message::Destination(message) => {
                let settles = message.settles();
                let action = self
                    .destination
                    .update(session, self.world.as_ref(), message);
                let mut told = self.act(action, Message::Destination);
                if settles {
                    told = and(told, self.write_now());
                }
                told
            }
            Message::Mode(message) => {
                let action = self.mode.update(session, message);
                self.act(action, Message::Mode)
            }
            Message::Users(message) => {
                let action = self.users.update(session, message);
                self.act(action, Message::Users)
            }
            Message::Options(message) => {
                let action = self.options.update(session, message);
                self.act(action, Message::Options)
            }
            Message::Preflight(message) => {
                let action = self.preflight.update(session, message);
                self.act(action, Message::Preflight)
            }
            Message::Live(message) => {
                let action = self.live.update(session, self.running.as_mut(), message);
                self.act(action, Message::Live)
            }
            Message::Completion(message) => {
                let action = self.completion.update(
                    session,
                    self.running.as_mut(),
                    self.world.as_ref(),
                    message,
                );
                self.act(action, Message::Completion)
            }
            Message::Unlock(message) => match self.unlock.update(session, message) {
                unlock::Action::None => Told::None,
                unlock::Action::Forgo => {
                    session.keeper.forgo();
                    Told::None
                }
                unlock::Action::Open(passphrase) => match self.folder() {
                    Some(dir) => Told::Run(self.open_vault(dir, Some(passphrase))),
                    None => Told::None,
                },
            },
            Message::Next => self.next(),
            Message::Back => match self.step.previous() {
                Some(step) => self.go(step),
                None => self.leave(Leaving::Home),
            },
            Message::Route(Said::Go(step)) => self.go(step),
            Message::Route(Said::Home) => self.leave(Leaving::Home),
            Message::Route(said) => Told::Said(said),
            Message::Settle(changes) => {
                let kept = self.session.project.is_some() || self.session.keeper.is_waiting();
                if changes == self.settling && kept {
                    Told::Run(self.write_now())
                } else {
                    Told::None
                }
            }
            Message::Written(written) => {
                match written {
                    Ok(changes) => {
                        session.wrote(changes);
                        self.unwritten = None;
                    }
                    Err(words) => self.unwritten = Some(words),
                }
                Told::None
            }
            Message::VaultOpened(existed, opened) => {
                session.keeper.opened(existed, opened);
                self.origin.remembered(&self.session);
                self.destination.remembered(&self.session);
                self.users.remembered(&mut self.session);
                let keep = match self.step {
                    // There may be accounts now that can be looked at.
                    Step::Options | Step::Preflight => {
                        Task::batch([self.keep(), self.enter_step()])
                    }
                    _ => self.keep(),
                };
                if self.unlock.is_asked(&self.session) {
                    return Told::Run(Task::batch([keep, Unlock::focus()]));
                }
                Told::Run(keep)
            }
            Message::Kept(failure) => {
                session.keeper.kept(failure);
                Told::None
            }
            Message::Tick => {
                if let Some(running) = &mut self.running
                    && !self.live.is_over(Some(running))
                {
                    let _new = running.look(Instant::now());
                }
                let action = self.live.tick(&self.session, self.running.as_ref());
                self.act(action, Message::Live)
            }
            Message::Ended(ended) => self.ended(&ended),
            Message::Leave(go) => self.decided(go),
        }
    }

    fn act<M: Send + 'static>(&mut self, action: Action<M>, wrap: fn(M) -> Message) -> Told {
        match action {
            Action::None => Told::None,
            Action::Run(task) => Told::Run(task.map(wrap)),
            Action::Copy(text) => Told::Copy(text),
            Action::Go(step) => self.go(step),
            Action::Begin(passes, only) => Told::Run(self.begin(passes, only)),
            Action::Unlock => Told::Run(self.unlock_now()),
            Action::Home => self.leave(Leaving::Home),
        }
    }

    /// Goes to a stop that is open.
    fn go(&mut self, step: Step) -> Told {
        if !step.is_open(&self.session.draft) || step == self.step {
            return Told::None;
        }
        if self.step == Step::Live {
            self.live.left();
        }
        self.step = step;
        Told::Run(Task::batch([self.enter_step(), self.write_now()]))
    }

    /// Goes on, where one may.
    fn next(&mut self) -> Told {
        let ready = match self.step {
            Step::Origin => self.origin.is_ready(&self.session),
            Step::Destination => self.destination.is_ready(&self.session),
            Step::Mode => self.mode.is_ready(&self.session),
            Step::Users => self.users.is_ready(&self.session),
            Step::Options => self.options.is_ready(&self.session),
            Step::Preflight => self.preflight.is_ready(&self.session),
            Step::Live => !self.is_running(),
            Step::Completion => false,
        };
        let Some(step) = self.step.next().filter(|_| ready) else {
            return Told::None;
        };
        self.session.draft.reach(step);
        self.session.touch();
        self.go(step)
    }

    /// What a stop does when one comes to it.
    fn enter_step(&mut self) -> Task<Message> {
        let session = &mut self.session;
        let task = match self.step {
            Step::Origin => self.origin.entered(session).map(Message::Origin),
            Step::Destination => self.destination.entered(session).map(Message::Destination),
            Step::Mode => Task::none(),
            Step::Users => self.users.entered(session).map(Message::Users),
            Step::Options => self.options.entered(session).map(Message::Options),
            Step::Preflight => self.preflight.entered(session).map(Message::Preflight),
            Step::Live => self
                .live
                .entered(session, self.running.as_ref())
                .map(Message::Live),
            Step::Completion => self
                .completion
                .entered(session, self.running.as_ref(), self.world.as_ref())
                .map(Message::Completion),
        };
        // Whatever had the focus is gone with its screen.
        task
    }

    /// A file was dropped on the window, hovers over it, or went away again.
    pub fn file(&mut self, event: &iced::window::Event) -> Told {
        if self.step != Step::Users {
            return Told::None;
        }
        match self.users.file(event) {
            Some(message) => self.update(Message::Users(message)),
            None => Told::None,
        }
    }

    pub fn view(&self, pane: Pane) -> Element<'_, Message> {
        let session = &self.session;
        let running = self.running.as_ref();
        let mut page = match self.step {
            Step::Origin => self.origin.view(session, pane).map(Message::Origin),
            Step::Destination => self
                .destination
                .view(session, pane)
                .map(Message::Destination),
            Step::Mode => self.mode.view(session, pane).map(Message::Mode),
            Step::Users => self.users.view(session, pane).map(Message::Users),
            Step::Options => self.options.view(session, pane).map(Message::Options),
            Step::Preflight => self.preflight.view(session, pane).map(Message::Preflight),
            Step::Live => self.live.view(session, running, pane).map(Message::Live),
            Step::Completion => self
                .completion
                .view(session, running, pane)
                .map(Message::Completion),
        };
        if let Some(words) = &self.unwritten {
            page.status =
                shell::Status::new(Tone::Bad, t!("ui-unwritten", detail = words.as_str()));
        }
        if self.unlock.is_asked(session) {
            page.dialog = Some(self.unlock.view(session).map(Message::Unlock));
        }
        if let Some(to) = self.asked {
            page.dialog = Some(self.leaving_question(to));
        }
        let mark = match self.step {
            Step::Origin => self.origin.mark(),
            Step::Destination => self.destination.mark(),
            Step::Users => self.users.mark(session),
            Step::Preflight => self.preflight.mark(session),
            Step::Completion => self.completion.mark(),
            _ => Mark::None,
        };
        let summaries = match self.completion.summary(running) {
            Some(words) => vec![(Step::Completion, words)],
            None => self.live.summaries(session, running),
        };
        let route = Route {
            draft: &session.draft,
            here: self.step,
            mark,
            summaries,
        }
        .view(pane)
        .map(Message::Route);
        let buttons = match page.buttons.take() {
            Some(buttons) => buttons,
            None => vec![
                button(t!("ui-back"))
                    .footer()
                    .icon(super::icon::Icon::ARROW_LEFT)
                    .on(Message::Back)
                    .into(),
                button(t!("ui-next"))
                    .footer()
                    .primary()
                    .tail(super::icon::Icon::ARROW_RIGHT)
                    .id("next")
                    .on(page.ready.then_some(Message::Next))
                    .into(),
            ],
        };
        shell::frame(route, page, buttons, pane)
    }

    /// The draft, for the title of the window.
    pub fn draft(&self) -> &Draft {
        &self.session.draft
    }
}

fn and(told: Told, task: Task<Message>) -> Told {
    match told {
        Told::None => Told::Run(task),
        Told::Run(first) => Told::Run(Task::batch([first, task])),
        other => other,
    }
}
