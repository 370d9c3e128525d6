//! The options' stop: what becomes of the folders, what stays behind, how fast and when, where the log goes.
//!
//! Promises: only what is valid gets into the draft; what is not stays in its field, says what is wrong with it, and
//! keeps one from going on. Deliberately absent: looking at the accounts (`survey`), and what only some servers can.

mod card;
mod during;
mod folders;
mod rules;
#[cfg(test)]
pub(in crate::ui) mod samples;
mod table;
#[cfg(test)]
pub(in crate::ui) mod tests;
mod value;

use std::path::PathBuf;

use iced::advanced::widget::Id;
use iced::widget::{column, row, scrollable};
use iced::{Fill, Task};
use jiff::civil::{Date, Time, time};

use super::action::Action;
use super::draft::Draft;
use super::session::Session;
use super::shell::{Page, Pane, Status};
use super::survey::{self, Told, Want};
use super::theme;
use super::widget::Tone;
use crate::i18n;
use crate::plan::{Deleted, Options, Window};
use crate::t;
use rules::{Rules, Say};
use value::DayFault;

/// The hours proposed.
const HOURS: (Time, Time) = (time(22, 0, 0, 0), time(6, 0, 0, 0));
/// A size proposed, and a rate: megabytes, Mbit a second.
const SIZE: &str = "50";
const RATE: &str = "20";

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Looked(Told),
    Again,
    Halt,
    Folders(Say),
    Since(bool),
    SinceText(String),
    Size(bool),
    SizeText(String),
    Deleted(Deleted),
    AtOnce(u32),
    Connections(u32),
    Rate(bool),
    RateText(String),
    Hours(bool),
    From(String),
    To(String),
    Weekends(bool),
    Name(String),
    During(during::Say),
    Log(String),
    ChooseLog,
    LogChosen(Option<PathBuf>),
    OpenFolder,
    FolderOpened(Result<(), String>),
}

/// A choice with a field of its own.
#[derive(Debug, Clone, Default)]
struct Entry {
    on: bool,
    text: String,
}

impl Entry {
    fn new(text: Option<String>, proposed: &str) -> Self {
        Self {
            on: text.is_some(),
            text: text.unwrap_or_else(|| proposed.to_owned()),
        }
    }
}

/// The hours as they stand in the form.
#[derive(Debug, Clone)]
struct Hours {
    on: bool,
    from: String,
    to: String,
    weekends: bool,
}

/// What keeps one from going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Folder,
    Rule,
    Since(DayFault),
    Size,
    Rate,
    Account,
    Arguments,
    Limit,
    From,
    To,
    SameHours,
}

/// The screen.
#[derive(Debug)]
pub struct State {
    rules: Rules,
    since: Entry,
    size: Entry,
    rate: Entry,
    hours: Hours,
    typed: during::Typed,
    log: String,
    /// Why the folder did not open.
    unopened: Option<String>,
}

impl State {
    pub fn new(draft: &Draft) -> Self {
        let options = &draft.options;
        let language = i18n::current();
        let number = |value: u64| value::thousandths_text(value, language);
        let window = options.window;
        let (from, to) = window.map_or(HOURS, |window| (window.from, window.to));
        Self {
            rules: Rules::default(),
            since: Entry::new(options.since.map(value::day_text), ""),
            size: Entry::new(options.max_size.map(|size| number(size / 1_000)), SIZE),
            rate: Entry::new(options.bandwidth_kbit.map(|rate| number(rate.into())), RATE),
            hours: Hours {
                on: window.is_some(),
                from: value::hour_text(from),
                to: value::hour_text(to),
                weekends: window.is_none_or(|window| window.weekends),
            },
            typed: during::Typed::new(draft),
            log: options
                .log
                .as_ref()
                .map(|path| path.display().to_string())
                .unwrap_or_default(),
            unopened: None,
        }
    }

    pub fn entered(&mut self, session: &mut Session) -> Task<Message> {
        // The draft may have been changed elsewhere; what is wrong here stays to be put right.
        if self.fault().is_none() {
            let rules = std::mem::take(&mut self.rules);
            *self = Self {
                rules,
                ..Self::new(&session.draft)
            };
        }
        survey::look(session, Want::Names).map(Message::Looked)
    }

    /// Whether one may go on.
    pub fn is_ready(&self, _session: &Session) -> bool {
        self.fault().is_none()
    }

    pub fn enter(&self) -> Option<Message> {
        self.rules.enter().map(Message::Folders)
    }

    pub fn escape(&self) -> Option<Message> {
        self.rules.escape().map(Message::Folders)
    }

    #[allow(clippy::unused_self, reason = "every screen is asked alike")]
    pub fn again(&self) -> Message {
        Message::Again
    }

    /// The first thing that is wrong.
    fn fault(&self) -> Option<Fault> {
        self.rules
            .fault()
            .or_else(|| self.since_fault().map(Fault::Since))
            .or_else(|| self.size_fault().then_some(Fault::Size))
            .or_else(|| self.rate_fault().then_some(Fault::Rate))
            .or_else(|| self.hours_fault())
            .or_else(|| self.typed.fault())
    }

    fn since_fault(&self) -> Option<DayFault> {
        let day = value::day(&self.since.text, today());
        day.err().filter(|_| self.since.on)
    }

    fn size_fault(&self) -> bool {
        self.size.on && value::thousandths(&self.size.text).is_none()
    }

    fn rate_fault(&self) -> bool {
        self.rate.on && value::thousandths(&self.rate.text).is_none()
    }

    fn hours_fault(&self) -> Option<Fault> {
        if !self.hours.on {
            return None;
        }
        match (value::hour(&self.hours.from), value::hour(&self.hours.to)) {
            (None, _) => Some(Fault::From),
            (_, None) => Some(Fault::To),
            (from, to) => (from == to).then_some(Fault::SameHours),
        }
    }

    pub fn update(&mut self, session: &mut Session, message: Message) -> Action<Message> {
        match message {
            Message::Looked(told) => session.survey.take(told),
            Message::Again => {
                return Action::Run(survey::look(session, Want::Again).map(Message::Looked));
            }
            Message::Halt => session.survey.stop(),
            Message::Folders(Say::Again) => return self.update(session, Message::Again),
            Message::Folders(Say::Halt) => return self.update(session, Message::Halt),
            Message::Folders(say) => {
                let task = self.rules.update(session, say);
                return Action::Run(task.map(Message::Folders));
            }
            Message::Since(on) => {
                self.since.on = on;
                self.write_since(session);
                return focus_if(on, "options-since");
            }
            Message::SinceText(text) => {
                self.since.text = text;
                self.write_since(session);
            }
            Message::Size(on) => {
                self.size.on = on;
                self.write_size(session);
                return focus_if(on, "options-size");
            }
            Message::SizeText(text) => {
                self.size.text = text;
                self.write_size(session);
            }
            Message::Deleted(deleted) => write(session, |options| options.deleted = deleted),
            Message::AtOnce(count) => write(session, |options| options.mailboxes = count),
            Message::Connections(count) => write(session, |options| options.connections = count),
            Message::Rate(on) => {
                self.rate.on = on;
                self.write_rate(session);
                return focus_if(on, "options-rate");
            }
            Message::RateText(text) => {
                self.rate.text = text;
                self.write_rate(session);
            }
            Message::Hours(on) => {
                self.hours.on = on;
                self.write_hours(session);
            }
            Message::From(text) => {
                self.hours.from = text;
                self.write_hours(session);
            }
            Message::To(text) => {
                self.hours.to = text;
                self.write_hours(session);
            }
            Message::Weekends(on) => {
                self.hours.weekends = on;
                self.write_hours(session);
            }
            Message::Name(name) => {
                session.draft.name = name;
                session.touch();
            }
            Message::During(say) => return self.accompany(session, say),
            Message::Log(text) => {
                let path = Some(text.trim()).filter(|path| !path.is_empty());
                let path = path.map(PathBuf::from);
                self.log = text;
                write(session, |options| options.log = path);
            }
            Message::ChooseLog => {
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("options-log-choose"))
                    .pick_folder();
                return Action::Run(Task::perform(asking, |chosen| {
                    Message::LogChosen(chosen.map(|folder| folder.path().to_owned()))
                }));
            }
            Message::LogChosen(None) => {}
            Message::LogChosen(Some(path)) => {
                return self.update(session, Message::Log(path.display().to_string()));
            }
            Message::OpenFolder => {
                let Some(project) = session.project.clone() else {
                    return Action::None;
                };
                let opening = tokio::task::spawn_blocking(move || {
                    open::that_detached(project.dir()).map_err(|error| error.to_string())
                });
                return Action::Run(Task::perform(opening, |opened| {
                    let opened = opened.unwrap_or_else(|error| Err(error.to_string()));
                    Message::FolderOpened(opened)
                }));
            }
            Message::FolderOpened(opened) => self.unopened = opened.err(),
        }
        Action::None
    }

    fn write_since(&self, session: &mut Session) {
        let day = self
            .since
            .on
            .then(|| value::day(&self.since.text, today()).ok());
        if let Some(since) = valid(day) {
            write(session, |options| options.since = since);
        }
    }

    fn write_size(&self, session: &mut Session) {
        let size = self.size.on.then(|| value::thousandths(&self.size.text));
        if let Some(size) = valid(size) {
            write(session, |options| {
                options.max_size = size.map(|size| size * 1_000);
            });
        }
    }

    fn write_rate(&self, session: &mut Session) {
        let rate = self.rate.on.then(|| {
            let rate = value::thousandths(&self.rate.text)?;
            u32::try_from(rate).ok()
        });
        if let Some(rate) = valid(rate) {
            write(session, |options| options.bandwidth_kbit = rate);
        }
    }

    fn write_hours(&self, session: &mut Session) {
        let window = self.hours.on.then(|| {
            let window = Window {
                from: value::hour(&self.hours.from)?,
                to: value::hour(&self.hours.to)?,
                weekends: self.hours.weekends,
            };
            Some(window).filter(|window| window.from != window.to)
        });
        if let Some(window) = valid(window) {
            write(session, |options| options.window = window);
        }
    }

    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let right = if pane.narrow() { 340 } else { 404 };
        let left = column![
            self.rules.card(session, pane).map(Message::Folders),
            self.filters(session)
        ]
        .spacing(16)
        .width(Fill);
        let right = column![self.speed(session, pane), self.during(session, pane)]
            .spacing(16)
            .width(right);
        let body = scrollable(row![left, right].spacing(16))
            .direction(scrollable::Direction::Vertical(
                scrollable::Scrollbar::new()
                    .width(6)
                    .scroller_width(6)
                    .spacing(8),
            ))
            .style(theme::scroll)
            .width(Fill)
            .height(Fill);
        let fault = self.fault();
        let status = match fault {
            None => Status::ok(t!("options-status-ok")),
            Some(fault) => Status::new(Tone::Bad, fault_words(fault)),
        };
        Page::new(t!("options-title"), t!("options-purpose"), body, status).ready(fault.is_none())
    }
}

/// What is to be written: nothing while it is on and not valid.
#[allow(
    clippy::option_option,
    reason = "whether it is to be written, and whether there is a value"
)]
fn valid<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

/// Writes into the draft what is not in it yet.
fn write(session: &mut Session, change: impl FnOnce(&mut Options)) {
    let before = session.draft.options.clone();
    change(&mut session.draft.options);
    if session.draft.options != before {
        session.touch();
    }
}

fn focus_if(on: bool, id: &'static str) -> Action<Message> {
    if on {
        Action::Run(iced::widget::operation::focus(Id::new(id)))
    } else {
        Action::None
    }
}

fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

fn fault_words(fault: Fault) -> String {
    match fault {
        Fault::Folder => t!("options-fault-folder"),
        Fault::Rule => t!("options-fault-rule"),
        Fault::Since(_) => t!("options-fault-since"),
        Fault::Size => t!("options-fault-size"),
        Fault::Rate => t!("options-fault-rate"),
        Fault::Account => t!("options-fault-account"),
        Fault::Arguments | Fault::Limit => t!("options-fault-script"),
        Fault::From | Fault::To => t!("options-fault-hours"),
        Fault::SameHours => t!("options-same-hours"),
    }
}

/// The filters that hold, in a line; nothing where every message comes along.
pub(in crate::ui) fn filters_line(options: &Options) -> Option<String> {
    filters(options).map(|list| t!("filters-line", list = list))
}

/// What the filters leave, part by part.
pub(in crate::ui) fn filters(options: &Options) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(day) = options.since {
        parts.push(t!("filters-since", day = value::day_text(day)));
    }
    if let Some(size) = options.max_size {
        parts.push(t!("filters-size", size = i18n::size(size)));
    }
    if options.deleted == Deleted::Skip {
        parts.push(t!("filters-deleted"));
    }
    match options.exclude_folders.as_slice() {
        [] => {}
        [one] => parts.push(t!("filters-folder", name = one.as_str())),
        more => parts.push(t!(
            "filters-folders",
            number = i18n::number(more.len() as u64)
        )),
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}
