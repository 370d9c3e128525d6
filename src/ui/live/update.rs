//! What a message changes, and what is to be done about it.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::widget::operation;

use super::from::{self, Phase};
use super::log::Said;
use super::panel::Panel;
use super::past::Past;
use super::table::{self, Filter};
use super::{Found, Message, State, Stopping, Tab, dialog, export};
use crate::engine::Pass;
use crate::t;
use crate::ui::action::Action;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::step::Step;
use crate::ui::widget::Tone;
use crate::ui::widget::table::Motion;

impl State {
    pub fn update(
        &mut self,
        session: &mut Session,
        running: Option<&mut Running>,
        message: Message,
    ) -> Action<Message> {
        let running = running.map(|running| &*running);
        let over = self.is_over(running);
        let follow = running.map(|running| &running.follow);
        match message {
            Message::Tab(tab) => return self.turn_to(session, over, tab),
            Message::Filter(filter) => {
                self.filter = filter;
                self.view.top = 0.0;
            }
            Message::Search(words) => {
                self.search = words;
                self.view.top = 0.0;
            }
            Message::Scrolled(viewport) => self.view.scrolled(viewport),
            Message::Move(motion) => return self.go(session, running, motion),
            Message::Open(login) => return self.open(session, over, login),
            Message::OpenHere => {
                if let Some(login) = self.here(running) {
                    return self.open(session, over, login);
                }
            }
            Message::Close => {
                if self.tab == Tab::Log && self.log.let_go() {
                    return Action::None;
                }
                self.panel = None;
            }
            Message::FoldersScrolled(viewport) => {
                if let Some(panel) = &mut self.panel {
                    panel.scrolled(viewport);
                }
            }
            Message::Folders(attempt, answer) => {
                if let Some(panel) = &mut self.panel {
                    let seen = self.seen && self.tab == Tab::Accounts;
                    let project = session.project.as_ref().filter(|_| seen);
                    return Action::Run(panel.answered(attempt, answer, project, over));
                }
            }
            Message::Reasons(attempt, facts) => {
                let seen = self.seen && self.tab == Tab::Statistics;
                let project = session.project.as_ref().filter(|_| seen);
                return Action::Run(self.stats.answered(attempt, facts, project, over));
            }
            Message::Looked(attempt, found) => {
                if self.looking.answered(attempt) {
                    match found {
                        Ok(Found(past)) => {
                            self.past = Some(past);
                            self.unread = None;
                        }
                        Err(words) => self.unread = Some(words),
                    }
                }
            }
            Message::Log(said) => return self.log_said(session, over, said),
            Message::LogOf(login) => {
                self.log.of(&login);
                return self.turn_to(session, over, Tab::Log);
            }
            Message::CopyLines => return Action::Copy(self.log.raw()),
            Message::Copy(text) => return Action::Copy(text),
            Message::Retry(login) => return self.again(running, login),
            Message::RetryHere => {
                let rows = self.rows(running);
                let here = self.here(running);
                let row = rows.iter().find(|row| Some(&row.login) == here.as_ref());
                if let Some(row) = row.filter(|row| from::is_wrong(row)) {
                    return self.again(running, row.login.clone());
                }
            }
            Message::Skip(login) => {
                if let Some(follow) = follow.filter(|_| !over) {
                    follow.skip(&login);
                }
            }
            Message::RetryNow => {
                if let Some(follow) = follow.filter(|_| !over) {
                    follow.retry_now();
                }
            }
            Message::Pause => {
                if let Some(follow) = follow.filter(|_| !over) {
                    follow.pause(true);
                }
            }
            Message::Resume => {
                if let Some(follow) = follow {
                    follow.pause(false);
                }
            }
            Message::Stop => {
                let phase = self.phase(running);
                if matches!(phase, Phase::Over | Phase::Finishing | Phase::Stopping) {
                    return Action::None;
                }
                let works = self.rows(running).iter().any(from::is_working);
                self.asked = Some(if works && phase != Phase::Draining {
                    Stopping::Drain
                } else {
                    Stopping::Now
                });
                return Action::Run(operation::focus(dialog::SAFE));
            }
            Message::Choose(chosen) => self.asked = self.asked.map(|_| chosen),
            Message::StopConfirmed => {
                if let (Some(chosen), Some(follow)) = (self.asked.take(), follow) {
                    match chosen {
                        Stopping::Drain => {
                            // Who is paused would never come to an end.
                            follow.pause(false);
                            follow.drain();
                        }
                        Stopping::Now => follow.stop(),
                    }
                }
            }
            Message::GoOn => self.asked = None,
            Message::Begin => {
                if over {
                    self.keep_rows(running);
                    return Action::Begin(vec![Pass::Copy], Vec::new());
                }
            }
            Message::Completion => {
                if over || running.is_some_and(|running| !from::is_copy(running)) {
                    session.draft.reach(Step::Completion);
                    session.touch();
                    return Action::Go(Step::Completion);
                }
            }
            Message::Back => return Action::Go(Step::Preflight),
            Message::ToUsers => return Action::Go(Step::Users),
            Message::OpenSaved => {
                if let Some(project) = &session.project {
                    return open(project.exceptions_dir());
                }
            }
            Message::Opened(opened) => self.notice = opened.err().map(|words| (Tone::Bad, words)),
            Message::ShowWrong => {
                self.filter = Filter::Wrong;
                self.search.clear();
                self.view.top = 0.0;
                self.panel = None;
                return self.turn_to(session, over, Tab::Accounts);
            }
            Message::Export => {
                let text = export::table(&self.now(session, running));
                let saving = export::save(text, session.project.clone());
                let (task, handle) = Task::perform(saving, Message::Exported).abortable();
                self.saving = Some(handle);
                return Action::Run(task);
            }
            Message::Exported(saved) => {
                self.saving = None;
                self.notice = match saved {
                    Ok(None) => None,
                    Ok(Some(path)) => {
                        let words = t!("live-exported", path = path.display().to_string());
                        Some((Tone::Ok, words))
                    }
                    Err(words) => Some((Tone::Bad, t!("live-not-exported", detail = words))),
                };
            }
        }
        Action::None
    }

    fn turn_to(&mut self, session: &Session, over: bool, tab: Tab) -> Action<Message> {
        self.tab = tab;
        let asking = self.watch(session, over, true);
        Action::Run(Task::batch([asking, self.log.catch_up()]))
    }

    fn log_said(&mut self, session: &Session, over: bool, said: Said) -> Action<Message> {
        match said {
            Said::Read(attempt, news) => {
                let more = self.log.read(attempt, news, over);
                let mut tasks = vec![self.log.catch_up()];
                if more && self.seen && self.tab == Tab::Log {
                    let project = session.project.as_ref();
                    let plan = || session.draft.plan();
                    tasks.push(self.log.ask(project, plan, false, over));
                }
                Action::Run(Task::batch(tasks))
            }
            Said::Open => match self.log.file() {
                Some(file) => open(file),
                None => Action::None,
            },
            other => Action::Run(self.log.update(other)),
        }
    }

    /// The account of the cursor.
    fn here(&self, running: Option<&Running>) -> Option<String> {
        let rows = self.rows(running);
        let shown = table::shown(&rows, self.filter, &self.search);
        let at = self.place(&rows, &shown);
        shown.get(at).map(|index| rows[*index].login.clone())
    }

    fn go(
        &mut self,
        session: &Session,
        running: Option<&Running>,
        motion: Motion,
    ) -> Action<Message> {
        let rows = self.rows(running);
        let shown = table::shown(&rows, self.filter, &self.search);
        self.view.cursor = self.place(&rows, &shown);
        let heights = vec![table::ROW; shown.len()];
        let moved = self.view.go(motion, &heights, table::ROWS);
        let login = shown
            .get(self.view.cursor)
            .map(|index| rows[*index].login.clone());
        self.cursor.clone_from(&login);
        let over = self.is_over(running);
        match (login, self.panel.is_some()) {
            // The panel goes with the cursor.
            (Some(login), true) => match self.open(session, over, login) {
                Action::Run(task) => Action::Run(Task::batch([moved, task])),
                _ => Action::Run(moved),
            },
            _ => Action::Run(moved),
        }
    }

    fn open(&mut self, session: &Session, over: bool, login: String) -> Action<Message> {
        self.cursor = Some(login.clone());
        match &mut self.panel {
            Some(panel) if panel.login() == login => {}
            Some(panel) => panel.turn_to(login),
            None => self.panel = Some(Panel::open(login)),
        }
        Action::Run(self.watch(session, over, true))
    }

    /// What is shown of the accounts stays, while a run looks only at some of them.
    fn keep_rows(&mut self, running: Option<&Running>) {
        let rows = self.rows(running);
        let before = self.past.as_deref();
        let begun = before
            .and_then(|past| past.begun)
            .or_else(|| running.map(|running| running.begun));
        let last = before.and_then(|past| past.last);
        self.past = Some(Arc::new(Past { rows, begun, last }));
    }

    /// Takes a mailbox back into the run, or begins one for it.
    fn again(&mut self, running: Option<&Running>, login: String) -> Action<Message> {
        if let Some(running) = running.filter(|_| !self.is_over(running)) {
            let taken = running.follow.again(&login);
            self.notice = (!taken).then(|| (Tone::Warn, t!("live-retry-later")));
            Action::None
        } else {
            self.keep_rows(running);
            Action::Begin(vec![Pass::Copy], vec![login])
        }
    }
}

/// Shows a file or a folder; asking the system can take a while.
fn open(path: PathBuf) -> Action<Message> {
    let opening = async move {
        let opened = tokio::task::spawn_blocking(move || {
            open::that_detached(&path).map_err(|error| format!("{}: {error}", path.display()))
        });
        opened.await.unwrap_or_else(|error| Err(error.to_string()))
    };
    Action::Run(Task::perform(opening, Message::Opened))
}
