//! A file becomes rows: chosen, dropped or named, read on a thread of its own, put over the list there is.
//!
//! Promises: what a file adds never takes anything away; a file that cannot be read says why and changes nothing; of
//! several that are dropped each has its turn. Deliberately absent: what a list looks like (`crate::users`).

use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;
use iced::advanced::widget::Id;
use iced::widget::operation;
use secrecy::zeroize::Zeroizing;

use super::columns::{self, Panel};
use super::{Message, Over, Said, State, keep};
use crate::t;
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::users::{self, Mapping, Table, sheet, template};

/// Files that are taken for lists by their names.
const ENDINGS: [&str; 8] = ["txt", "csv", "tsv", "tab", "xlsx", "xlsm", "xls", "ods"];
/// More than this is no list: there is no need to read to the end.
const MOST: u64 = 64_000_000;
/// The field for a path.
pub(super) const PATH: Id = Id::new("users-path");

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Read {
    pub(super) file: String,
    pub(super) table: Arc<Table>,
    pub(super) mapping: Mapping,
}

/// Why it was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    NotAList(sheet::Error),
    Missing,
    Folder,
    Denied,
    Other(String),
}

impl Unreadable {
    fn of(error: &std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl State {
    pub(super) fn import(&mut self, session: &mut Session, message: Message) -> Action<Message> {
        match message {
            Message::Choose => {
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("users-choose-title"))
                    .add_filter(t!("users-choose-kind"), &ENDINGS)
                    .pick_file();
                return Action::Run(Task::perform(asking, |chosen| {
                    Message::Chosen(chosen.map(|file| file.path().to_owned()))
                }));
            }
            Message::Chosen(Some(path)) => return self.read(path),
            Message::Chosen(None) => self.by_path = true,
            Message::Path(path) => self.path = path,
            Message::TakePath => {
                if let Some(path) = path_of(&self.path) {
                    return self.read(path);
                }
            }
            Message::Hovered(path) => {
                let good = is_list(&path);
                if self.over != Some(Over::Good) {
                    self.over = Some(if good { Over::Good } else { Over::WrongType });
                }
            }
            Message::Left => self.over = None,
            Message::Dropped(path) => {
                self.over = None;
                if is_list(&path) {
                    return self.read(path);
                }
                let file = name_of(&path);
                self.said = Some(Said::WrongType { file });
            }
            Message::Read(attempt, read) if attempt == self.attempt => {
                self.reading = None;
                return self.was_read(session, read);
            }
            Message::Column(column, field) => {
                if let Some(panel) = &mut self.panel {
                    panel.choose(column, field);
                }
            }
            Message::Header(header) => {
                if let Some(panel) = &mut self.panel {
                    panel.mapping.header = header;
                }
            }
            Message::Confirm => {
                if let Some(panel) = self.panel.take_if(|panel| panel.mapping.has_login()) {
                    self.take_in(session, &panel.file, &panel.table, &panel.mapping);
                    return self.read_next();
                }
            }
            Message::Dismiss => {
                self.panel = None;
                return self.read_next();
            }
            Message::Template => return Action::Run(Task::perform(save(), Message::TemplateSaved)),
            Message::TemplateSaved(Ok(Some(path))) => {
                self.said = Some(Said::TemplateSaved(path));
            }
            Message::TemplateSaved(Err(words)) => self.said = Some(Said::TemplateUnsaved(words)),
            _ => {}
        }
        Action::None
    }

    fn read(&mut self, path: PathBuf) -> Action<Message> {
        if self.reading.is_some() || self.panel.is_some() {
            self.next.push(path);
            return Action::None;
        }
        self.attempt += 1;
        self.said = None;
        self.by_path = false;
        let (attempt, file) = (self.attempt, name_of(&path));
        let work = async move {
            let name = file.clone();
            match tokio::task::spawn_blocking(move || read(&path, name)).await {
                Ok(read) => read.map_err(|why| (file, why)),
                Err(error) => Err((file, Unreadable::Other(error.to_string()))),
            }
        };
        let (task, handle) =
            Task::perform(work, move |read| Message::Read(attempt, read)).abortable();
        self.reading = Some(handle.abort_on_drop());
        Action::Run(task)
    }

    fn read_next(&mut self) -> Action<Message> {
        if self.next.is_empty() {
            Action::None
        } else {
            let path = self.next.remove(0);
            self.read(path)
        }
    }

    fn was_read(
        &mut self,
        session: &mut Session,
        read: Result<Read, (String, Unreadable)>,
    ) -> Action<Message> {
        match read {
            Ok(read) if read.mapping.sure => {
                self.take_in(session, &read.file, &read.table, &read.mapping);
            }
            Ok(read) => {
                self.panel = Some(Panel::new(read));
                return Action::Run(operation::focus(columns::FIRST));
            }
            Err((file, why)) => {
                self.said = Some(Said::Unreadable { file, why });
                self.next.clear();
            }
        }
        self.read_next()
    }

    /// Puts the list over the one there is.
    fn take_in(&mut self, session: &mut Session, file: &str, table: &Table, mapping: &Mapping) {
        let draft = &mut session.draft;
        let imported = users::entries(table, mapping, &mut draft.ids);
        let merged = users::merge(&mut draft.entries, imported, &mut draft.ids);
        let now = jiff::ZonedDateTime::now();
        draft.list = Some(format!("{file}, {}", now.strftime("%Y-%m-%d %H:%M")));
        draft.recheck();
        keep::all(session);
        keep::fill(session);
        self.path.clear();
        self.removed.clear();
        self.said = Some(Said::Imported {
            file: file.to_owned(),
            merged,
        });
        self.changed(session);
    }
}

/// Reads a list; blocks.
fn read(path: &Path, file: String) -> Result<Read, Unreadable> {
    let io = |error: std::io::Error| Unreadable::of(&error);
    let opened = std::fs::File::open(path).map_err(io)?;
    // Where folders can be opened, they cannot be read.
    if opened.metadata().map_err(io)?.is_dir() {
        return Err(Unreadable::Folder);
    }
    let mut octets = Zeroizing::new(Vec::new());
    let _ = opened.take(MOST).read_to_end(&mut octets).map_err(io)?;
    let table = users::read(&octets, &file).map_err(Unreadable::NotAList)?;
    let mapping = users::guess(&table);
    Ok(Read {
        file,
        table: Arc::new(table),
        mapping,
    })
}

/// Asks where the template is to be, and writes it there.
async fn save() -> Result<Option<PathBuf>, String> {
    let asking = rfd::AsyncFileDialog::new()
        .set_title(t!("users-template-title"))
        .set_file_name(t!("users-template-name"))
        .add_filter("CSV", &["csv"])
        .save_file();
    let Some(file) = asking.await else {
        return Ok(None);
    };
    let path = file.path().to_owned();
    let octets = made_template();
    let written = path.clone();
    match tokio::task::spawn_blocking(move || std::fs::write(&written, octets)).await {
        Ok(Ok(())) => Ok(Some(path)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// The template in the language that is spoken.
pub(super) fn made_template() -> Vec<u8> {
    let names = [
        t!("cli-template-login"),
        t!("cli-template-password"),
        t!("cli-template-address"),
        t!("cli-template-aliases"),
        t!("cli-template-group"),
    ];
    let names = names.each_ref().map(String::as_str);
    template::template(template::Form::Csv, names)
}

/// For tests: reads a list at once.
#[cfg(test)]
pub(super) fn read_now(path: &Path) -> Result<Read, (String, Unreadable)> {
    let file = name_of(path);
    read(path, file.clone()).map_err(|why| (file, why))
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Whether the name is one of a list; without an ending the content decides.
fn is_list(path: &Path) -> bool {
    let Some(ending) = path.extension() else {
        return true;
    };
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// What was written as a path: perhaps in quotes, as it is copied, or from the home folder.
pub(super) fn path_of(written: &str) -> Option<PathBuf> {
    let written = written.trim().trim_matches(['"', '\'']).trim();
    let written = written.strip_prefix("file://").unwrap_or(written);
    if let Some(rest) = written.strip_prefix("~/")
        && let Some(folders) = directories::UserDirs::new()
    {
        return Some(folders.home_dir().join(rest));
    }
    (!written.is_empty()).then(|| PathBuf::from(written))
}
