//! What is not as it should be in one mailbox or in all: messages that were not copied, folders that were not read,
//! passes that failed. In plain words, the technical line last.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::scrollable::Viewport;
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding, Task};

use super::Message as Outer;
use super::facts::{Facts, reason, short, technical};
use super::verdict::MISSING;
use crate::i18n::{self, Words};
use crate::journal::{ExceptionRow, FolderState, State};
use crate::report::{AccountReport, Report};
use crate::t;
use crate::trouble::is_order;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::table::{self, Motion, Says, View};
use crate::ui::widget::{Elide, Field, button, dialog, hairline, hint, icon_button, link};

const ROWS: Id = Id::new("ledger-rows");
/// The height of a line.
const LINE: f32 = 54.0;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Scrolled(Viewport),
    Move(Motion),
    Pick(usize),
    /// Shows the message of the line that is picked.
    Show,
    /// The technical line.
    Copy(String),
    /// Writing why it may stay behind: begun, changed, given up, done.
    Begin,
    Note(String),
    Forgo,
    Approve,
    /// The approval no longer holds.
    Withdraw,
}

/// What is to be done about it.
pub enum Asked {
    Nothing,
    Scroll(Task<Message>),
    /// A file below the folder of the migration.
    Show(String),
    Copy(String),
    /// Approved with this note; without one, no longer approved.
    Decide(Box<ExceptionRow>, Option<String>),
}

/// One line: what it is about, by its place in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The last pass of a mailbox failed.
    Failed(usize),
    /// A mailbox that was never read.
    NeverRead(usize),
    /// A mailbox whose sums do not agree.
    Disagrees(usize),
    /// A folder that could not be read.
    Folder(usize, usize),
    /// Messages of a mailbox that wait to be copied.
    Waiting(usize, u64),
    /// A message that was not copied.
    Message(usize, usize),
}

/// The ledger, opened.
#[derive(Debug)]
pub struct Ledger {
    /// The mailbox it is of; all where none is named.
    account: Option<usize>,
    lines: Vec<Line>,
    view: View,
    /// Why the picked message may stay behind, while it is being written.
    note: Option<String>,
    /// Why an approval was not kept.
    unkept: Option<String>,
    /// A message could not be shown.
    pub unopened: bool,
}

/// Everything that is to be told of a mailbox, the gravest first.
fn lines_of(index: usize, account: &AccountReport) -> Vec<Line> {
    let mut lines = Vec::new();
    if account.left_out {
        return lines;
    }
    if account.trouble.is_some() {
        lines.push(Line::Failed(index));
    } else if !account.is_listed() {
        lines.push(Line::NeverRead(index));
    }
    if !account.invariant.holds {
        lines.push(Line::Disagrees(index));
    }
    let folders = account.folders.iter().enumerate();
    let failed = folders.filter(|(_, folder)| folder.state == FolderState::Failed);
    lines.extend(failed.map(|(at, _)| Line::Folder(index, at)));
    let waiting = account.tally.of(&[State::Planned, State::InFlight]);
    if waiting > 0 {
        lines.push(Line::Waiting(index, waiting));
    }
    lines.extend((0..account.exceptions.len()).map(|at| Line::Message(index, at)));
    lines
}

impl Ledger {
    pub fn of(report: &Report, account: Option<usize>) -> Self {
        let accounts = report.accounts.iter().enumerate();
        let wanted = accounts.filter(|(index, _)| account.is_none_or(|only| only == *index));
        Self {
            account,
            lines: wanted
                .flat_map(|(index, one)| lines_of(index, one))
                .collect(),
            view: View::default(),
            note: None,
            unkept: None,
            unopened: false,
        }
    }

    #[cfg(test)]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The message that is picked.
    fn picked<'a>(&self, report: &'a Report) -> Option<&'a ExceptionRow> {
        match self.lines.get(self.view.cursor)? {
            Line::Message(account, at) => report.accounts.get(*account)?.exceptions.get(*at),
            _ => None,
        }
    }

    fn pick(&mut self, place: usize) {
        if place != self.view.cursor {
            self.note = None;
            self.unkept = None;
        }
        self.view.cursor = place;
        self.unopened = false;
    }

    pub fn update(&mut self, report: &Report, message: Message) -> Asked {
        match message {
            Message::Scrolled(viewport) => self.view.scrolled(viewport),
            Message::Move(motion) => {
                let before = self.view.cursor;
                let task = self.view.go(motion, &vec![LINE; self.lines.len()], ROWS);
                let after = std::mem::replace(&mut self.view.cursor, before);
                self.pick(after);
                return Asked::Scroll(task);
            }
            Message::Pick(place) => self.pick(place),
            Message::Show => {
                let eml = self.picked(report).and_then(|row| row.eml.clone());
                return eml.map_or(Asked::Nothing, Asked::Show);
            }
            Message::Copy(text) => return Asked::Copy(text),
            Message::Begin => self.note = Some(String::new()),
            Message::Note(note) => self.note = Some(note),
            Message::Forgo => self.note = None,
            Message::Approve => {
                let note = self.note.clone().filter(|note| !note.trim().is_empty());
                if let (Some(row), Some(note)) = (self.picked(report), note) {
                    return Asked::Decide(Box::new(row.clone()), Some(note.trim().to_owned()));
                }
            }
            Message::Withdraw => {
                if let Some(row) = self.picked(report) {
                    return Asked::Decide(Box::new(row.clone()), None);
                }
            }
        }
        Asked::Nothing
    }

    /// A decision was kept, or not.
    pub fn decided(&mut self, done: Result<(), String>) {
        match done {
            Ok(()) => self.note = None,
            Err(words) => self.unkept = Some(words),
        }
    }

    pub fn view<'a>(&'a self, facts: &'a Facts, saved: bool, pane: Pane) -> Element<'a, Outer> {
        let report = &facts.report;
        let (title, about) = match self.account.and_then(|index| report.accounts.get(index)) {
            Some(account) => (account.login.clone(), counts(account)),
            None => (t!("finish-ledger-all"), t!("finish-ledger-all-about")),
        };
        let words = column![
            Elide::new(title, 17, SEMIBOLD, |t| t.ink).fill(),
            Elide::new(about, 12, REGULAR, |t| t.ink_3).fill(),
        ]
        .width(Fill);
        let close = icon_button(Icon::X, t!("ui-close"), Outer::Close);
        let head = container(row![words, close].spacing(16)).padding(Padding::from([14, 16]));
        let height = (pane.size.height - 96.0).min(600.0);
        let body: Element<'a, Outer> = if self.lines.is_empty() {
            table::nothing(t!("finish-ledger-empty"))
        } else {
            let says = Says {
                scrolled: Box::new(Message::Scrolled),
                key: Box::new(key),
            };
            let rows: Element<'a, Message> = table::rows(
                ROWS,
                self.view,
                &vec![LINE; self.lines.len()],
                |place| self.line(facts, place),
                says,
            );
            let detail = self.detail(report, saved).map(Outer::Ledger);
            column![rows.map(Outer::Ledger), hairline(), detail]
                .height(Fill)
                .into()
        };
        let close = button(t!("ui-close")).id(dialog::SAFE).on(Outer::Close);
        let foot = container(row![space::horizontal(), Element::from(close)])
            .padding([12, 16])
            .style(theme::card_bottom(|t| t.sunken, 11.0));
        container(column![head, hairline(), body, hairline(), foot])
            .width((pane.size.width - 80.0).min(760.0))
            .height(height)
            .padding(1)
            .style(theme::dialog)
            .into()
    }

    fn line<'a>(&self, facts: &'a Facts, place: usize) -> Element<'a, Message> {
        let Some(line) = self.lines.get(place) else {
            return space::horizontal().into();
        };
        let said = said(&facts.report, *line);
        let mut below = Vec::new();
        if self.account.is_none() {
            let login = facts
                .report
                .accounts
                .get(said.account)
                .map(|one| one.login.as_str());
            below.push(short(login.unwrap_or_default(), facts.domain.as_deref()).to_owned());
        }
        below.extend(said.below);
        let (icon, role): (Icon, Role) = if said.approved {
            (Icon::CHECK, |t| t.ink_2)
        } else if said.grave {
            (Icon::CIRCLE_X, |t| t.bad)
        } else {
            (Icon::TRIANGLE_ALERT, |t| t.warn_icon)
        };
        let mut content = row![
            icon.show(16.0, role),
            column![
                Elide::new(said.words, 13, MEDIUM, |t| t.ink).fill(),
                Elide::new(below.join(" · "), 12, REGULAR, |t| t.ink_2).fill(),
            ]
            .width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        if let Some(size) = said.size {
            content = content.push(say(i18n::size(size), 12, REGULAR, |t| t.ink_2));
        }
        table::row_face(content, place == self.view.cursor, Message::Pick(place))
    }

    /// What is known of the line that is picked, and what can be done with it.
    fn detail<'a>(&'a self, report: &'a Report, saved: bool) -> Element<'a, Message> {
        let Some(line) = self.lines.get(self.view.cursor) else {
            return space::vertical().into();
        };
        let said = said(report, *line);
        let mut content = column![say(said.words, 13, MEDIUM, |t| t.ink)].spacing(6);
        if let Some(remedy) = said.remedy {
            content = content.push(say(remedy, 12, REGULAR, |t| t.ink_2));
        }
        let row_of = self.picked(report);
        if let Some(approval) = row_of.and_then(|row| row.approval.as_ref()) {
            let words = t!(
                "finish-approved-because",
                words = approval.words.as_str(),
                name = approval.by.as_str()
            );
            content = content.push(hint(Icon::CHECK, |t| t.ink_2, words));
        }
        if let Some(line) = said.technical {
            let copy = link(Some(Icon::COPY), t!("ui-copy"), Message::Copy(line.clone()));
            let line = say(line, 12, MONO, |t| t.ink).wrapping(Wrapping::WordOrGlyph);
            content = content.push(
                container(row![line.width(Fill), copy].spacing(12))
                    .padding([6, 10])
                    .width(Fill)
                    .style(theme::framed(|t| t.sunken, |t| t.line, 6.0)),
            );
        }
        if let Some(note) = &self.note {
            let field = Field::new(note, Message::Note)
                .placeholder(t!("finish-approve-why"))
                .on_submit(Message::Approve);
            let approve = button(t!("finish-approve-now"))
                .on((!note.trim().is_empty()).then_some(Message::Approve));
            let forgo = button(t!("ui-cancel")).text().on(Message::Forgo);
            content = content.push(
                row![
                    Element::from(field),
                    Element::from(forgo),
                    Element::from(approve)
                ]
                .spacing(8),
            );
        } else {
            content = content.push(self.deeds(row_of, saved));
        }
        if self.unopened {
            content = content.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("finish-unshown")));
        }
        if let Some(words) = &self.unkept {
            let words = t!("finish-approve-failed", detail = words.as_str());
            content = content.push(hint(Icon::CIRCLE_X, |t| t.bad, words));
        }
        container(content)
            .padding([12, 16])
            .width(Fill)
            .style(theme::ground(|t| t.surface, 0.0))
            .into()
    }

    #[allow(clippy::unused_self, reason = "a part of the panel")]
    fn deeds<'a>(&self, row_of: Option<&'a ExceptionRow>, saved: bool) -> Element<'a, Message> {
        let mut deeds = row![].spacing(8).align_y(Center);
        let Some(row_of) = row_of else {
            return deeds.into();
        };
        if saved && row_of.eml.is_some() {
            let show = button(t!("finish-open-eml"))
                .small()
                .icon(Icon::MAIL)
                .on(Message::Show);
            deeds = deeds.push(Element::from(show));
        }
        let decide = if row_of.approval.is_none() {
            button(t!("finish-approve"))
                .icon(Icon::CHECK)
                .on(Message::Begin)
        } else {
            button(t!("finish-withdraw")).on(Message::Withdraw)
        };
        deeds = deeds.push(Element::from(decide.small()));
        deeds.into()
    }
}

fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    if let (Key::Named(Named::Enter), true) = (key, modifiers.is_empty()) {
        return Some(Message::Show);
    }
    Motion::of(key, modifiers).map(Message::Move)
}

/// The day of a date as IMAP writes it; as it is, where it is none.
fn day(date: &str) -> String {
    let read = jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", date.trim());
    let time = read.and_then(|time| time.to_timestamp());
    time.map_or_else(|_| date.to_owned(), dates::day)
}

/// A mailbox in numbers.
fn counts(account: &AccountReport) -> String {
    let words = Words::current();
    let missing = account.tally.of(&MISSING);
    let mut parts = vec![t!(
        "finish-ledger-copies",
        copies = words.number(account.assurance.copies()),
        listed = words.number(account.invariant.listed)
    )];
    if missing > 0 {
        parts.push(t!(
            "count-missing",
            count = missing,
            number = words.number(missing)
        ));
    }
    parts.join(" · ")
}

/// A line in words.
struct Said {
    account: usize,
    words: String,
    below: Vec<String>,
    size: Option<u64>,
    remedy: Option<String>,
    technical: Option<String>,
    grave: bool,
    approved: bool,
}

impl Said {
    fn new(account: usize, words: String) -> Self {
        Self {
            account,
            words,
            below: Vec::new(),
            size: None,
            remedy: None,
            technical: None,
            grave: true,
            approved: false,
        }
    }
}

fn said(report: &Report, line: Line) -> Said {
    let account = |index: usize| report.accounts.get(index);
    match line {
        Line::Failed(index) => {
            let one = account(index);
            let kind = one.and_then(|one| one.trouble.as_deref());
            Said {
                below: vec![t!("finish-line-failed")],
                remedy: kind.and_then(|kind| Words::current().remedy(kind)),
                technical: one.and_then(|one| one.detail.clone()),
                grave: !kind.is_some_and(is_order),
                ..Said::new(index, one.map(reason).unwrap_or_default())
            }
        }
        Line::NeverRead(index) => Said {
            below: vec![t!("finish-line-never-about")],
            ..Said::new(index, t!("finish-line-never"))
        },
        Line::Disagrees(index) => Said {
            below: vec![t!("finish-line-sums-about")],
            ..Said::new(index, t!("finish-line-sums"))
        },
        Line::Folder(index, at) => {
            let folder = account(index).and_then(|one| one.folders.get(at));
            let kind = folder.and_then(|folder| folder.reason.as_deref());
            let name = folder.map(|folder| folder.name.text());
            Said {
                below: vec![t!("finish-line-folder", folder = name.unwrap_or_default())],
                remedy: kind.and_then(|kind| Words::current().remedy(kind)),
                technical: folder.and_then(|folder| folder.detail.clone()),
                ..Said::new(index, Words::current().trouble(kind.unwrap_or_default()))
            }
        }
        Line::Waiting(index, messages) => Said {
            below: vec![t!("finish-line-waiting-about")],
            grave: false,
            ..Said::new(
                index,
                t!(
                    "finish-line-waiting",
                    count = messages,
                    number = i18n::number(messages)
                ),
            )
        },
        Line::Message(index, at) => {
            let row = account(index).and_then(|one| one.exceptions.get(at));
            let Some(row) = row else {
                return Said::new(index, String::new());
            };
            let mut below = vec![row.folder.text()];
            below.extend(row.date.as_deref().map(day));
            Said {
                below,
                size: Some(row.size),
                remedy: Words::current().remedy(&row.code),
                technical: Some(technical(row)),
                grave: false,
                approved: row.approval.is_some(),
                ..Said::new(index, Words::current().trouble(&row.code))
            }
        }
    }
}
