//! What is decided about folders: the state of their card, and what its gestures do.
//!
//! Promises: a name that is being typed is in the draft as soon as it is one, and not before; a rule is in the draft
//! when it is added. Deliberately absent: pixels (`table`), what the folders are (`folders`).

use std::collections::BTreeMap;
use std::sync::Arc;

use iced::Task;
use iced::advanced::widget::Id;
use iced::widget::operation::focus;
use iced::widget::scrollable::Viewport;

use super::folders::{self, Choice, INBOX, Place, Row, Table};
use super::{Fault, write};
use crate::ui::session::Session;
use crate::ui::survey::{Lots, Memo};
use crate::ui::widget::table::{Motion, View};

/// The list of the others.
pub const LIST: Id = Id::new("options-others");
/// Where Ctrl+F leads.
pub const SEARCH: Id = Id::new("search");
/// The first field of a new rule.
pub const RULE: Id = Id::new("options-rule");
/// The height of a row of the others.
pub const HEIGHT: f32 = 36.0;

/// What happens in the card; what concerns the look itself is handed on by the screen.
#[derive(Debug, Clone)]
pub enum Say {
    Again,
    Halt,
    Pick(String, Pick),
    /// Another name is typed.
    Named(String, String),
    Tick(String),
    Group(bool),
    Open(bool),
    Search(String),
    Scrolled(Viewport),
    Move(Motion),
    Point(usize),
    /// The row under the cursor: ticked, or given a rule.
    TickHere,
    RuleHere,
    NewRule,
    RuleFrom(String),
    RuleOut(bool),
    RuleTo(String),
    AddRule,
    CloseRule,
    DropRule(usize),
}

/// What is picked from a row's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    Proposed,
    Same,
    Out,
    Other,
}

/// A rule that is being written.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    pub from: String,
    pub out: bool,
    pub to: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorFault {
    NoName,
    /// Only folders that stay behind can be named by a pattern.
    Pattern,
    Inbox,
    NoPath,
}

impl Editor {
    pub fn fault(&self) -> Option<EditorFault> {
        let from = self.from.trim();
        if from.is_empty() {
            Some(EditorFault::NoName)
        } else if self.out {
            None
        } else if folders::is_pattern(from) {
            Some(EditorFault::Pattern)
        } else if from.eq_ignore_ascii_case(INBOX) {
            Some(EditorFault::Inbox)
        } else {
            (!folders::is_path(&self.to)).then_some(EditorFault::NoPath)
        }
    }

    fn is_begun(&self) -> bool {
        !self.from.trim().is_empty() || !self.to.trim().is_empty()
    }
}

type Key = (u64, BTreeMap<String, String>, Vec<String>);

/// The state of the card.
#[derive(Debug, Default)]
pub struct Rules {
    /// Names at the destination as they are typed, by the name at the origin.
    pub names: BTreeMap<String, String>,
    pub editor: Option<Editor>,
    pub open: bool,
    pub query: String,
    pub view: View,
    pub lots: Lots,
    table: Memo<Key, Table>,
}

impl Rules {
    /// The table as of now.
    pub fn table(&self, session: &Session) -> Arc<Table> {
        let options = &session.draft.options;
        let key = (
            session.survey.revision(),
            options.folders.clone(),
            options.exclude_folders.clone(),
        );
        self.table.get(key, || {
            let checks = session.survey.all().map(|known| known.check.as_ref());
            folders::gather(checks, options)
        })
    }

    /// Whether a row's name at the destination is written by hand; what stands there.
    pub fn written<'s>(&'s self, session: &'s Session, row: &Row) -> Option<&'s str> {
        if let Some(text) = self.names.get(&row.origin) {
            return Some(text);
        }
        let chosen = session.draft.options.folders.get(&row.origin)?;
        (*chosen != row.same && !row.is_inbox() && row.is_copied()).then_some(chosen.as_str())
    }

    pub fn fault(&self) -> Option<Fault> {
        if self.names.values().any(|name| !folders::is_path(name)) {
            Some(Fault::Folder)
        } else {
            let begun = self.editor.as_ref().is_some_and(Editor::is_begun);
            begun.then_some(Fault::Rule)
        }
    }

    pub fn enter(&self) -> Option<Say> {
        let editor = self.editor.as_ref()?;
        editor.fault().is_none().then_some(Say::AddRule)
    }

    pub fn escape(&self) -> Option<Say> {
        if self.editor.is_some() {
            Some(Say::CloseRule)
        } else {
            self.open.then_some(Say::Open(false))
        }
    }

    /// The row of the others that has the cursor.
    fn here(&self, session: &Session) -> Option<Row> {
        let table = self.table(session);
        let at = *table.matching(&self.query).get(self.view.cursor)?;
        table.others.get(at).cloned()
    }

    pub fn update(&mut self, session: &mut Session, say: Say) -> Task<Say> {
        match say {
            // The screen's.
            Say::Again | Say::Halt => {}
            Say::Pick(origin, pick) => return self.pick(session, &origin, pick),
            Say::Named(origin, text) => {
                let row = self.table(session).row(&origin).cloned();
                if let (Some(row), Some(path)) = (row, folders::path(&text)) {
                    write(session, |options| {
                        folders::choose(options, &row, Choice::Named(path));
                    });
                }
                let _ = self.names.insert(origin, text);
            }
            Say::Tick(origin) => {
                if let Some(row) = self.table(session).row(&origin).cloned() {
                    self.tick(session, &row);
                }
            }
            Say::Group(copied) => {
                let table = self.table(session);
                write(session, |options| {
                    folders::group(options, &table.others, copied);
                });
            }
            Say::Open(open) => {
                self.open = open;
                self.query.clear();
                self.view = View::default();
                if open {
                    return focus(SEARCH);
                }
            }
            Say::Search(query) => {
                self.query = query;
                self.view.cursor = 0;
                let count = self.table(session).matching(&self.query).len();
                return self.view.reveal(&vec![HEIGHT; count], LIST);
            }
            Say::Scrolled(viewport) => self.view.scrolled(viewport),
            Say::Move(motion) => {
                let count = self.table(session).matching(&self.query).len();
                return self.view.go(motion, &vec![HEIGHT; count], LIST);
            }
            Say::Point(at) => self.view.cursor = at,
            Say::TickHere => {
                if let Some(row) = self.here(session) {
                    self.tick(session, &row);
                }
            }
            Say::RuleHere => {
                if let Some(row) = self.here(session).filter(Row::is_free) {
                    self.editor = Some(Editor {
                        from: row.origin,
                        out: false,
                        to: row.same,
                    });
                    return focus(Id::new("options-rule-to"));
                }
            }
            Say::NewRule => {
                self.editor = Some(Editor::default());
                return focus(RULE);
            }
            Say::RuleFrom(text) => self.edit(|editor| editor.from = text),
            Say::RuleOut(out) => self.edit(|editor| editor.out = out),
            Say::RuleTo(text) => self.edit(|editor| editor.to = text),
            Say::AddRule => self.add(session),
            Say::CloseRule => self.editor = None,
            Say::DropRule(index) => {
                if let Some(rule) = self.table(session).rules.get(index).cloned() {
                    write(session, |options| folders::drop_rule(options, &rule));
                }
            }
        }
        Task::none()
    }

    fn edit(&mut self, change: impl FnOnce(&mut Editor)) {
        if let Some(editor) = &mut self.editor {
            change(editor);
        }
    }

    fn pick(&mut self, session: &mut Session, origin: &str, pick: Pick) -> Task<Say> {
        let Some(row) = self.table(session).row(origin).cloned() else {
            return Task::none();
        };
        let _ = self.names.remove(origin);
        let choice = match pick {
            Pick::Proposed => Choice::Proposed,
            Pick::Same => Choice::Same,
            Pick::Out => Choice::Out,
            Pick::Other => {
                let begun = match &row.place {
                    Place::To(path) => path.clone(),
                    Place::Out(_) => row.same.clone(),
                };
                let _ = self.names.insert(origin.to_owned(), begun);
                return focus(name_id(origin));
            }
        };
        write(session, |options| folders::choose(options, &row, choice));
        Task::none()
    }

    /// Left out, or taken in again.
    fn tick(&mut self, session: &mut Session, row: &Row) {
        if !row.is_free() {
            return;
        }
        let _ = self.names.remove(&row.origin);
        let choice = match (&row.place, &row.proposed) {
            (Place::To(_), Some(Place::Out(_))) => Choice::Proposed,
            (Place::To(_), _) => Choice::Out,
            (Place::Out(_), Some(Place::Out(_))) => Choice::Same,
            (Place::Out(_), _) => Choice::Proposed,
        };
        write(session, |options| folders::choose(options, row, choice));
    }

    fn add(&mut self, session: &mut Session) {
        let Some(editor) = self.editor.take_if(|editor| editor.fault().is_none()) else {
            return;
        };
        let from = editor.from.trim().to_owned();
        write(session, |options| {
            let _ = options.folders.remove(&from);
            options.exclude_folders.retain(|name| *name != from);
            match folders::path(&editor.to).filter(|_| !editor.out) {
                Some(to) => {
                    let _ = options.folders.insert(from, to);
                }
                None => options.exclude_folders.push(from),
            }
        });
    }
}

/// The field of a row's name at the destination.
pub fn name_id(origin: &str) -> Id {
    Id::from(format!("options-name-{origin}"))
}
