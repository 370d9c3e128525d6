//! The users' stop: the list of mailboxes, from a file or by hand, judged row by row, its logins tried before anything
//! is moved.
//!
//! Promises: a row with a problem stays in the list and comes along by itself once it is right; what a file adds never
//! takes away what is there; a password is under lock and key as soon as it is known, and no table shows it or its
//! length; one that a server refused is not sent again until somebody changes it or asks for it. Deliberately absent:
//! what makes a list or an address right (`crate::users`), and logging in (`crate::probe`).
//!
//! - `zone` where a list is dropped, and the list while it is empty · `import` a file becomes rows · `columns` what its
//!   columns are · `edit` one user written by hand · `rows` the table · `standing` how it stands with a row · `status`
//!   with all of them · `groups` who is migrated with whom · `aliases` further addresses, looked for
//! - `proofs` the logins that were tried · `keep` passwords in and out of the keeper · `words` problems in words

mod aliases;
mod columns;
mod edit;
mod groups;
mod import;
mod keep;
mod proofs;
mod rows;
mod standing;
mod status;
mod words;
mod zone;

use std::path::PathBuf;
use std::time::Duration;

use iced::advanced::widget::Id;
use iced::widget::operation;
use iced::widget::scrollable::Viewport;
use iced::{Element, Task, task, window};

use super::action::Action;
use super::icon::Icon;
use super::session::{Session, Standing as Vault};
use super::shell::{Mark, Page, Pane};
use super::widget::link;
use super::widget::table::{self, Motion};
use crate::t;
use crate::users::{Entry, Field, Merged};
use aliases::Aliases;
use columns::Panel;
use edit::{Edit, Part};
use groups::Groups;
use import::{Read, Unreadable};
use proofs::{Event, Proofs};
use standing::{Counts, Order, Show};

pub use standing::By;

/// The name of the table.
const ROWS: Id = Id::new("users");
/// A row that was removed can be put back for this long.
const REGRET: Duration = Duration::from_secs(12);

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    Show(Show),
    Sort(By),
    Scrolled(Viewport),
    Go(Motion),
    /// A row was pressed.
    Point(u64),
    Tick(u64),
    TickHere,
    /// All that are seen, or none of them.
    TickAll,
    Add,
    Edit(u64, Part),
    EditHere,
    Write(Part, String),
    Eye,
    Save,
    Cancel,
    Remove(u64),
    RemoveHere,
    Undo,
    /// So many removals ago it could still be put back.
    Faded(u64),
    Choose,
    Chosen(Option<PathBuf>),
    Path(String),
    TakePath,
    Hovered(PathBuf),
    Left,
    Dropped(PathBuf),
    Read(u64, Result<Read, (String, Unreadable)>),
    Column(usize, Field),
    Header(bool),
    Confirm,
    Dismiss,
    Template,
    TemplateSaved(Result<Option<PathBuf>, String>),
    Verify,
    Stop,
    Retry(u64),
    RetryHere,
    Checked(u64, Vec<Event>),
    Unlock,
    Groups(groups::Say),
    Aliases(aliases::Say),
    /// What was said about the last file has been read.
    Hush,
}

/// What there is to say about the last thing that was done.
#[derive(Debug, Clone)]
enum Said {
    Imported {
        file: String,
        merged: Merged,
    },
    Unreadable {
        file: String,
        why: Unreadable,
    },
    WrongType {
        file: String,
    },
    TemplateSaved(PathBuf),
    TemplateUnsaved(String),
    /// So many aliases were added.
    Aliases(usize),
    /// The administrator's password is not known.
    NoMaster(crate::account::Side),
}

/// A file hovers over the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Good,
    WrongType,
}

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    table: table::View,
    /// The row the keyboard or the pointer chose.
    at: Option<u64>,
    order: Order,
    show: Show,
    query: String,
    /// Places of the rows that pass search and filter, in their order; and how high they are.
    shown: Vec<usize>,
    heights: Vec<f32>,
    counts: Counts,
    /// Whether passwords are in a vault that is not open.
    locked: bool,
    sealed: bool,
    /// The one user on the card of the empty list.
    form: Edit,
    /// A row being written in, or a new one.
    edit: Option<Edit>,
    over: Option<Over>,
    path: String,
    /// The dialog did not come, or nothing was chosen in it.
    by_path: bool,
    reading: Option<task::Handle>,
    attempt: u64,
    /// Files that came while another was being read.
    next: Vec<PathBuf>,
    panel: Option<Panel>,
    said: Option<Said>,
    removed: Vec<(usize, Entry)>,
    removals: u64,
    proofs: Proofs,
    groups: Groups,
    aliases: Aliases,
}

impl State {
    /// What a stop does when one comes to it: servers and rules may be others now.
    pub fn entered(&mut self, session: &mut Session) -> Task<Message> {
        self.said = None;
        self.over = None;
        self.remembered(session);
        Task::none()
    }

    /// The vault was opened: passwords it knows are filled in.
    pub fn remembered(&mut self, session: &mut Session) {
        let open = matches!(session.keeper.standing(), Vault::Open(_));
        self.sealed = !open
            && session
                .project
                .as_ref()
                .is_some_and(|project| crate::secrets::Vault::exists(project.dir()));
        keep::fill(session);
        session.draft.recheck();
        keep::all(session);
        self.refresh(session);
    }

    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.proofs.is_running() || self.aliases.is_running()
    }

    pub fn is_ready(&self, _session: &Session) -> bool {
        self.counts.chosen > 0
    }

    pub fn mark(&self, _session: &Session) -> Mark {
        if self.counts.wrong() > 0 {
            Mark::Warn
        } else {
            Mark::None
        }
    }

    /// What Enter does where it does not go on.
    pub fn enter(&self, session: &Session) -> Option<Message> {
        if let Some(panel) = &self.panel {
            return panel.mapping.has_login().then_some(Message::Confirm);
        }
        if self.aliases.is_open() {
            return self.aliases.enter(session).map(Message::Aliases);
        }
        if self.groups.is_asked() {
            return Some(Message::Groups(groups::Say::Assign));
        }
        let written =
            self.edit.is_some() || (session.draft.entries.is_empty() && self.form.can_save());
        written.then_some(Message::Save)
    }

    pub fn escape(&self) -> Option<Message> {
        if self.panel.is_some() {
            Some(Message::Dismiss)
        } else if self.aliases.is_open() {
            Some(Message::Aliases(self.aliases.escape()))
        } else if self.groups.is_asked() {
            Some(Message::Groups(groups::Say::Cancel))
        } else if self.edit.is_some() {
            Some(Message::Cancel)
        } else if self.said.is_some() {
            Some(Message::Hush)
        } else {
            None
        }
    }

    pub fn again(&self) -> Option<Message> {
        let free = !self.proofs.is_running() && !self.aliases.is_open();
        free.then_some(Message::Verify)
    }

    /// A file was dropped on the window, hovers over it, or went away again.
    #[allow(clippy::unused_self, reason = "the same for every screen")]
    pub fn file(&mut self, event: &window::Event) -> Option<Message> {
        match event {
            window::Event::FileHovered(path) => Some(Message::Hovered(path.clone())),
            window::Event::FileDropped(path) => Some(Message::Dropped(path.clone())),
            window::Event::FilesHoveredLeft => Some(Message::Left),
            _ => None,
        }
    }

    pub fn update(&mut self, session: &mut Session, message: Message) -> Action<Message> {
        match message {
            Message::Search(query) => {
                self.query = query;
                return self.look_anew(session);
            }
            Message::Show(show) => {
                self.show = show;
                return self.look_anew(session);
            }
            Message::Sort(by) => {
                self.order.press(by);
                return self.look_anew(session);
            }
            Message::Scrolled(viewport) => self.table.scrolled(viewport),
            Message::Go(motion) => {
                let task = self.table.go(motion, &self.heights, ROWS);
                self.at = self.here(session);
                return Action::Run(task);
            }
            Message::Point(id) => self.point(session, id),
            Message::Tick(id) => self.tick(session, id),
            Message::TickHere => {
                if let Some(id) = self.here(session) {
                    self.at = Some(id);
                    self.tick(session, id);
                }
            }
            Message::TickAll => self.tick_all(session),
            Message::Add => {
                self.edit = Some(Edit::default());
                return Action::Run(operation::focus(Part::Address.id()));
            }
            Message::Edit(id, part) => return self.open(session, id, Some(part)),
            Message::EditHere => {
                if let Some(id) = self.here(session) {
                    return self.open(session, id, None);
                }
            }
            Message::Write(part, text) => self.editor().write(part, text),
            Message::Eye => {
                let editor = self.editor();
                editor.shown = !editor.shown;
            }
            Message::Save => return self.save(session),
            Message::Cancel => {
                self.edit = None;
                self.refresh(session);
                return Action::Run(operation::focus(ROWS));
            }
            Message::Remove(id) => return self.remove(session, id),
            Message::RemoveHere => {
                if let Some(id) = self.at.and_then(|_| self.here(session)) {
                    return self.remove(session, id);
                }
            }
            Message::Undo => self.undo(session),
            Message::Faded(removals) if removals == self.removals => self.removed.clear(),
            Message::Faded(_) => {}
            Message::Choose
            | Message::Chosen(_)
            | Message::Path(_)
            | Message::TakePath
            | Message::Hovered(_)
            | Message::Left
            | Message::Dropped(_)
            | Message::Read(..)
            | Message::Column(..)
            | Message::Header(_)
            | Message::Confirm
            | Message::Dismiss
            | Message::Template
            | Message::TemplateSaved(_) => return self.import(session, message),
            Message::Verify => return self.verify(session, None),
            Message::Retry(id) => return self.verify(session, Some(id)),
            Message::RetryHere => {
                if let Some(id) = self.here(session) {
                    return self.verify(session, Some(id));
                }
            }
            Message::Stop => {
                self.proofs.stop();
                self.refresh(session);
            }
            Message::Checked(run, events) => {
                self.proofs.learn(run, events);
                self.refresh(session);
            }
            Message::Unlock => return Action::Unlock,
            Message::Groups(say) => return self.group(session, say),
            Message::Aliases(say) => return self.alias(session, say),
            Message::Hush => self.said = None,
        }
        Action::None
    }

    /// The table is seen from its beginning.
    fn look_anew(&mut self, session: &mut Session) -> Action<Message> {
        self.table = table::View {
            height: self.table.height,
            ..table::View::default()
        };
        self.refresh(session);
        Action::Run(self.table.reveal(&self.heights, ROWS))
    }

    /// Tries logins: one, or all that are chosen and not answered yet.
    fn verify(&mut self, session: &mut Session, only: Option<u64>) -> Action<Message> {
        let wanted: Vec<usize> = match only {
            Some(id) => self.place(session, id).into_iter().collect(),
            None => (0..session.draft.entries.len()).collect(),
        };
        let wanted: Vec<usize> = wanted
            .into_iter()
            .filter(|at| self.is_to_verify(&session.draft, *at, only.is_some()))
            .collect();
        self.said = None;
        match self.proofs.begin(session, &wanted) {
            Ok(task) => {
                self.refresh(session);
                task.map_or(Action::None, Action::Run)
            }
            Err(side) => {
                self.said = Some(Said::NoMaster(side));
                Action::None
            }
        }
    }

    fn remove(&mut self, session: &mut Session, id: u64) -> Action<Message> {
        let Some(at) = self.place(session, id) else {
            return Action::None;
        };
        let entry = session.draft.entries.remove(at);
        keep::forget(session, &entry);
        if self.edit.as_ref().is_some_and(|edit| edit.id == Some(id)) {
            self.edit = None;
        }
        self.removed.push((at, entry));
        self.removals += 1;
        self.at = None;
        self.changed(session);
        // The cursor stays where it was, on the row that moved up.
        self.at = self.here(session);
        let removals = self.removals;
        let fading = async { tokio::time::sleep(REGRET).await };
        Action::Run(Task::perform(fading, move |()| Message::Faded(removals)))
    }

    fn undo(&mut self, session: &mut Session) {
        while let Some((at, entry)) = self.removed.pop() {
            self.at = Some(entry.id);
            let entries = &mut session.draft.entries;
            entries.insert(at.min(entries.len()), entry);
        }
        session.draft.recheck();
        keep::all(session);
        self.changed(session);
    }

    /// Rows were changed.
    fn changed(&mut self, session: &mut Session) {
        session.draft.recheck();
        session.touch();
        self.refresh(session);
    }

    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let empty = session.draft.entries.is_empty() && self.edit.is_none();
        let body = if empty {
            self.empty(session, pane)
        } else {
            self.list(session, pane)
        };
        let mut page = Page::new(
            t!("users-title"),
            t!("users-purpose"),
            body,
            self.status(session),
        )
        .ready(self.is_ready(session))
        .dialog(self.dialog(session, pane));
        if !empty {
            page = page.wide();
        }
        if !self.removed.is_empty() && !self.is_busy() {
            page = page.deed(Some(link(
                Some(Icon::ROTATE_CW),
                t!("users-undo"),
                Message::Undo,
            )));
        }
        page
    }

    fn dialog<'a>(&'a self, session: &'a Session, pane: Pane) -> Option<Element<'a, Message>> {
        let panel = self.panel.as_ref().map(|panel| panel.view(pane));
        panel
            .or_else(|| self.aliases.view(session, pane))
            .or_else(|| self.assigning(session))
    }

    #[allow(clippy::unused_self, reason = "a part of the screen")]
    fn place(&self, session: &Session, id: u64) -> Option<usize> {
        place(&session.draft.entries, id)
    }
}

/// Where the entry stands now.
fn place(entries: &[Entry], id: u64) -> Option<usize> {
    entries.iter().position(|entry| entry.id == id)
}

#[cfg(test)]
pub(in crate::ui) mod tests;
