//! An archive on this computer: which folder, and what was found out of it.
//!
//! Promises: that it can be written was really tried, and a folder that passed is an archive from then on. Deliberately absent: the
//! trial itself (`probe::place`), what an archive is made of (`archive`).

use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::Duration;

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Element, Fill, Task, task};

use super::answer::{self, card, head_again, head_of};
use super::findings::Line;
use super::form::sheet;
use super::{Message, State, failure};
use crate::account::Side;
use crate::archive;
use crate::i18n::Words;
use crate::probe::{Place, place};
use crate::t;
use crate::trouble::{Kind, Trouble};
use crate::ui::action::Action;
use crate::ui::draft::{self, Server};
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MONO, SEMIBOLD, say};
use crate::ui::widget::{Field, Tone, button, hairline};

/// A disk that answers no sooner is one that went away.
const LIMIT: Duration = Duration::from_secs(15);
/// Less than this may be too little for a company's mail, in octets.
const LITTLE: u64 = 50_000_000_000;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    Folder(String),
    Browse,
    Browsed(Option<PathBuf>),
    Tested(u64, Result<Place, Trouble>),
}

/// What is known of the folder.
#[derive(Debug, Default)]
pub(super) enum Trial {
    #[default]
    None,
    Busy {
        _task: task::Handle,
    },
    Done(Result<Place, Trouble>),
}

/// Whether the folder is said from the root on: from where else would be this program's own affair.
pub(super) fn is_whole(server: &Server) -> bool {
    Path::new(server.folder.trim()).is_absolute()
}

impl State {
    pub(super) fn place(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        match say {
            Say::Folder(folder) => self.edit(session, |server| server.folder = folder),
            Say::Browse => {
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("place-choose"))
                    .pick_folder();
                return Action::Run(Task::perform(asking, |chosen| {
                    let path = chosen.map(|folder| folder.path().to_owned());
                    Message::Place(Say::Browsed(path))
                }));
            }
            Say::Browsed(None) => {}
            Say::Browsed(Some(path)) => {
                let folder = draft::shown(Some(&path));
                self.edit(session, |server| server.folder = folder);
                return self.test_place(session);
            }
            Say::Tested(attempt, done) => {
                if attempt == self.attempt {
                    self.tested_place(session, done);
                }
            }
        }
        Action::None
    }

    pub(super) fn test_place(&mut self, session: &Session) -> Action<Message> {
        let server = self.server(session);
        if !is_whole(server) {
            return Action::None;
        }
        self.attempt += 1;
        let (attempt, side) = (self.attempt, self.side);
        let folder = PathBuf::from(server.folder.trim());
        let trial = async move {
            let subject = folder.display().to_string();
            let looking = tokio::task::spawn_blocking(move || try_out(&folder, side));
            match tokio::time::timeout(LIMIT, looking).await {
                Ok(Ok(looked)) => looked,
                Ok(Err(error)) => Err(Trouble::new(Kind::Storage, subject, error.to_string())),
                Err(late) => Err(Trouble::new(Kind::Storage, subject, late.to_string())),
            }
        };
        let (task, handle) = Task::perform(trial, move |done| {
            Message::Place(Say::Tested(attempt, done))
        })
        .abortable();
        self.place = Trial::Busy {
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    fn tested_place(&mut self, session: &mut Session, done: Result<Place, Trouble>) {
        let verified = done.is_ok().then(|| String::from("Maildir"));
        self.server_mut(session).verified = verified;
        session.touch();
        self.place = Trial::Done(done);
    }

    pub(super) fn place_form<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let server = self.server(session);
        let typed = !server.folder.trim().is_empty();
        let field = Field::new(&server.folder, |text| Message::Place(Say::Folder(text)))
            .icon(Icon::FOLDER)
            .placeholder(t!("place-example"))
            .id(Id::new("place-folder"))
            .on_submit(self.can_test(session).then_some(Message::Test))
            .error((typed && !is_whole(server)).then(|| t!("place-not-whole")));
        let browse = button(t!("options-browse")).on(Message::Place(Say::Browse));
        let mut lines = column![
            say(t!("place-folder"), 15, SEMIBOLD, |t| t.ink),
            row![Element::from(field), Element::from(browse)].spacing(8),
            tree(
                server,
                session
                    .draft
                    .entries
                    .first()
                    .map(|one| one.address.as_str())
            ),
        ]
        .spacing(12);
        if self.side == Side::Destination {
            let kept = |title, about| Line::new(Tone::Ok, title, about).show(None);
            lines = lines.push(hairline()).push(
                column![
                    say(t!("place-form"), 15, SEMIBOLD, |t| t.ink),
                    kept(t!("place-maildir"), Some(t!("place-maildir-about"))),
                    kept(t!("place-kept"), Some(t!("place-kept-about"))),
                ]
                .spacing(12),
            );
        }
        sheet(lines)
    }

    pub(super) fn place_answer<'a>(
        &'a self,
        session: &'a Session,
        pane: Pane,
    ) -> Element<'a, Message> {
        let server = self.server(session);
        let destination = self.side == Side::Destination;
        match &self.place {
            Trial::None => {
                let (tone, title, words) = match (&server.verified, destination) {
                    (Some(_), _) => (
                        Tone::Ok,
                        t!("server-verified-before"),
                        t!("place-verified-before-about"),
                    ),
                    (None, true) => (
                        Tone::Neutral,
                        t!("server-untested"),
                        t!("place-untested-about"),
                    ),
                    (None, false) => (
                        Tone::Neutral,
                        t!("server-untested"),
                        t!("place-untested-origin"),
                    ),
                };
                let body = answer::untested(words, self.can_test(session));
                let head = head_of(tone, title, None);
                card(head, container(body).padding(16).into(), false)
            }
            Trial::Busy { .. } => answer::busy(t!("place-testing-about"), pane.turn),
            Trial::Done(Ok(place)) => {
                let (tone, title) = match (destination, place.free < LITTLE) {
                    (true, true) => (Tone::Warn, t!("place-little")),
                    (true, false) => (Tone::Ok, t!("place-good")),
                    (false, _) if place.accounts == 0 => (Tone::Warn, t!("place-empty")),
                    (false, _) => (Tone::Ok, t!("place-readable")),
                };
                let mut lines = column![].spacing(16);
                for line in lines_of(place, destination) {
                    lines = lines.push(line.show(None));
                }
                let head = head_again(tone, title, Some(Message::Test), pane.narrow());
                card(head, container(lines).padding(16).into(), false)
            }
            Trial::Done(Err(trouble)) => {
                let what = match trouble.kind {
                    Kind::DiskFull => t!("place-refused-full"),
                    _ => t!("place-refused"),
                };
                failure::refused(trouble, what, "")
            }
        }
    }

    /// Whether the folder's disk may be too small.
    pub(super) fn is_place_small(&self) -> bool {
        let little = |place: &Place| self.side == Side::Destination && place.free < LITTLE;
        matches!(&self.place, Trial::Done(Ok(place)) if little(place))
    }

    /// For tests and pictures: as if the folder had been so.
    #[cfg(test)]
    pub(in crate::ui) fn pretend_place(
        &mut self,
        session: &mut Session,
        done: Result<Place, Trouble>,
    ) {
        self.tested_place(session, done);
    }
}

fn lines_of(place: &Place, destination: bool) -> Vec<Line> {
    let words = Words::current();
    let accounts = place.accounts;
    let number = words.number(accounts);
    let mut lines = Vec::new();
    if !destination {
        let tone = if accounts == 0 { Tone::Warn } else { Tone::Ok };
        let about = Some(t!("place-accounts-about"));
        let title = t!("place-accounts", count = accounts, number = number);
        lines.push(Line::new(tone, title, about));
        return lines;
    }
    let about = if place.exists {
        t!("place-writable-tried")
    } else {
        t!("place-will-be-made")
    };
    lines.push(Line::new(Tone::Ok, t!("place-writable"), Some(about)));
    let free = t!("place-free", size = words.size(place.free));
    let (tone, about) = if place.free < LITTLE {
        (Tone::Warn, t!("place-free-little"))
    } else {
        (Tone::Ok, t!("place-free-about"))
    };
    lines.push(Line::new(tone, free, Some(about)));
    if accounts > 0 {
        let title = t!("place-present", count = accounts, number = number);
        lines.push(Line::new(
            Tone::Neutral,
            title,
            Some(t!("place-present-about")),
        ));
    }
    match place.case {
        Some(true) => lines.push(Line::new(Tone::Ok, t!("place-case"), None)),
        Some(false) => {
            let about = Some(t!("place-no-case-about"));
            lines.push(Line::new(Tone::Neutral, t!("place-no-case"), about));
        }
        None => {}
    }
    match place.long {
        Some(true) => {
            let about = Some(t!("place-long-about"));
            lines.push(Line::new(Tone::Ok, t!("place-long"), about));
        }
        Some(false) => {
            let about = Some(t!("place-not-long-about"));
            lines.push(Line::new(Tone::Warn, t!("place-not-long"), about));
        }
        None => {}
    }
    lines
}

/// How the archive looks from outside.
fn tree<'a>(server: &Server, first: Option<&str>) -> Element<'a, Message> {
    let address = first
        .map(str::trim)
        .filter(|address| !address.is_empty())
        .map_or_else(|| t!("server-hint-example"), str::to_owned);
    let name = match server.name() {
        name if name.is_empty() => t!("place-tree"),
        name => name,
    };
    let s = MAIN_SEPARATOR;
    let lines = [
        format!("{name}{s}"),
        format!("├─ {address}{s}"),
        format!("│  ├─ cur{s}  new{s}  tmp{s}"),
        format!("│  └─ .Sent{s}  .Archive.2021{s}"),
        String::from("└─ traghetto-archive"),
    ];
    let lines = say(lines.join("\n"), 12, MONO, |t| t.ink_2)
        .line_height(iced::widget::text::LineHeight::Absolute(20.into()));
    container(lines)
        .padding([10, 14])
        .width(Fill)
        .style(theme::framed(|t| t.sunken, |t| t.line, 8.0))
        .into()
}

/// Looks at the folder; one for a new archive is made one. From then on nothing is written where it is missing, such as
/// the empty place of a disk that is not connected.
fn try_out(folder: &Path, side: Side) -> Result<Place, Trouble> {
    let looked = place(folder, side)?;
    if side == Side::Destination {
        archive::prepare(folder).map_err(|error| {
            let kind = match error.kind() {
                ErrorKind::DirectoryNotEmpty => Kind::ArchiveForeign,
                ErrorKind::StorageFull => Kind::ArchiveFull,
                _ => Kind::ArchiveStorage,
            };
            Trouble::new(kind, folder.display().to_string(), error.to_string())
        })?;
    }
    Ok(looked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_becomes_an_archive_once_it_is_tried_and_another_s_folder_never() {
        let dir = tempfile::tempdir().unwrap();
        let new = dir.path().join("new");
        assert!(try_out(&new, Side::Destination).is_ok());
        assert!(archive::is_archive(&new));
        assert!(try_out(&new, Side::Destination).is_ok());
        let refused = try_out(dir.path(), Side::Destination).unwrap_err();
        assert_eq!(refused.kind, Kind::ArchiveForeign);
        let empty = tempfile::tempdir().unwrap();
        let _looked = try_out(empty.path(), Side::Origin);
        assert!(!archive::is_archive(empty.path()));
    }
}
