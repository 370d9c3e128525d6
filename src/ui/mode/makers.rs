//! Who creates accounts on a server whose administration we do not know: a program of the administrator, or IceWarp's
//! `tool` on this computer.
//!
//! Promises: trying one changes nothing anywhere; what was tried is forgotten as soon as its form is changed.
//! Deliberately absent: running it (`provision`).

use std::path::PathBuf;

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Task, task};

use super::{Message, State};
use crate::i18n::Words;
use crate::provision::{self, Finding, Weight};
use crate::t;
use crate::trouble::Trouble;
use crate::ui::action::Action;
use crate::ui::draft::{self, By, Maker};
use crate::ui::icon::Icon;
use crate::ui::server::findings::{self, Line};
use crate::ui::server::making;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, REGULAR, SEMIBOLD, say};
use crate::ui::widget::{Field, Group, Tone, button, hint, labelled, radio};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    By(By),
    Program(String),
    Arguments(String),
    Limit(String),
    Tool(String),
    Domains(bool),
    Quota(String),
    Browse,
    Browsed(By, Option<PathBuf>),
    Try,
    Tried(u64, Result<Vec<Finding>, Trouble>),
    Cancel,
}

/// What is known of whoever it is.
#[derive(Debug, Default)]
pub(super) enum Trial {
    #[default]
    None,
    Busy {
        _task: task::Handle,
    },
    Done(Result<Vec<Finding>, Trouble>),
}

impl Trial {
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }

    /// Whether it showed that no account can be created.
    fn is_bad(&self) -> bool {
        let blocks = |finding: &Finding| finding.weight == Weight::Blocker;
        match self {
            Self::None | Self::Busy { .. } => false,
            Self::Done(Ok(findings)) => findings.iter().any(blocks),
            Self::Done(Err(_)) => true,
        }
    }
}

/// The first thing that is wrong with a form.
fn fault(maker: &Maker) -> Option<(Tone, String)> {
    let missing = |words| Some((Tone::Neutral, words));
    let wrong = |words| Some((Tone::Bad, words));
    match maker.by {
        By::Nobody => missing(t!("maker-missing")),
        By::Program if draft::path(&maker.program).is_none() => {
            missing(t!("maker-program-missing"))
        }
        By::Program if draft::words(&maker.arguments).is_none() => {
            wrong(t!("maker-arguments-wrong"))
        }
        By::Program if draft::limit(&maker.limit).is_none() => wrong(t!("maker-limit-wrong")),
        By::Tool if draft::path(&maker.tool).is_none() => missing(t!("maker-tool-missing")),
        By::Tool if draft::quota(&maker.quota).is_none() => wrong(t!("web-quota-wrong")),
        By::Program | By::Tool => None,
    }
}

impl State {
    /// Why nobody would create accounts.
    pub(super) fn no_maker(&self, session: &Session) -> Option<(Tone, String)> {
        fault(&session.draft.maker).or_else(|| {
            let bad = self.maker.is_bad();
            bad.then(|| (Tone::Bad, t!("maker-failed-status")))
        })
    }

    fn edit(&mut self, session: &mut Session, change: impl FnOnce(&mut Maker)) {
        self.attempt += 1;
        self.maker = Trial::None;
        change(&mut session.draft.maker);
        session.touch();
    }

    pub(super) fn maker(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        match say {
            Say::By(by) => self.edit(session, |maker| maker.by = by),
            Say::Program(text) => self.edit(session, |maker| maker.program = text),
            Say::Arguments(text) => self.edit(session, |maker| maker.arguments = text),
            Say::Limit(text) => self.edit(session, |maker| maker.limit = text),
            Say::Tool(text) => self.edit(session, |maker| maker.tool = text),
            Say::Domains(on) => self.edit(session, |maker| maker.create_domains = on),
            Say::Quota(text) => self.edit(session, |maker| maker.quota = text),
            Say::Browse => {
                let by = session.draft.maker.by;
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("maker-choose"))
                    .pick_file();
                return Action::Run(Task::perform(asking, move |chosen| {
                    let path = chosen.map(|file| file.path().to_owned());
                    Message::Maker(Say::Browsed(by, path))
                }));
            }
            Say::Browsed(_, None) => {}
            Say::Browsed(by, Some(path)) => {
                let path = draft::shown(Some(&path));
                self.edit(session, |maker| match by {
                    By::Tool => maker.tool = path,
                    By::Program | By::Nobody => maker.program = path,
                });
            }
            Say::Try => return self.try_out(session),
            Say::Tried(attempt, done) => {
                if attempt == self.attempt {
                    self.maker = Trial::Done(done);
                }
            }
            Say::Cancel => {
                self.attempt += 1;
                self.maker = Trial::None;
            }
        }
        Action::None
    }

    fn try_out(&mut self, session: &Session) -> Action<Message> {
        let maker = &session.draft.maker;
        let (None, Some(provision)) = (fault(maker), maker.provision()) else {
            return Action::None;
        };
        self.attempt += 1;
        let (attempt, wanted) = (self.attempt, session.draft.wanted());
        let folder = session.workplace();
        let trial = async move {
            let maker = provision::make(&provision, &folder, None)?;
            maker.test(&wanted).await
        };
        let (task, handle) =
            Task::perform(trial, move |done| Message::Maker(Say::Tried(attempt, done))).abortable();
        self.maker = Trial::Busy {
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    pub(super) fn makers<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let maker = &session.draft.maker;
        let ways = [
            (By::Program, t!("maker-program"), t!("maker-program-about")),
            (By::Tool, t!("maker-tool"), t!("maker-tool-about")),
        ];
        let chosen = ways.iter().position(|way| way.0 == maker.by);
        let messages = ways.iter().map(|way| Message::Maker(Say::By(way.0)));
        let messages = messages.collect();
        let radios = ways.map(|(by, label, about)| {
            let on = by == maker.by;
            container(radio(on, label, Some(about), Message::Maker(Say::By(by))))
                .width(Fill)
                .into()
        });
        let mut left = column![Element::from(Group::new(
            row(radios).spacing(16),
            chosen,
            messages
        ))]
        .spacing(12)
        .width(Fill);
        match maker.by {
            By::Nobody => {}
            By::Program => left = left.push(program(maker)),
            By::Tool => left = left.push(tool(maker)),
        }
        let right = container(self.tried(maker, pane)).width(if pane.narrow() { 280 } else { 340 });
        let card = container(row![left, right].spacing(24))
            .padding(16)
            .width(Fill)
            .style(theme::card);
        column![say(t!("maker-title"), 15, SEMIBOLD, |t| t.ink), card]
            .spacing(8)
            .into()
    }

    fn tried<'a>(&'a self, maker: &Maker, pane: Pane) -> Element<'a, Message> {
        let busy = self.maker.is_busy();
        let can = fault(maker).is_none();
        let deed = if busy {
            button(t!("ui-cancel")).on(Message::Maker(Say::Cancel))
        } else {
            button(t!("maker-try"))
                .icon(Icon::FLASK_CONICAL)
                .id("maker-try")
                .on(can.then_some(Message::Maker(Say::Try)))
        };
        let deed = row![Element::from(deed)];
        let mut lines = column![deed].spacing(12);
        match &self.maker {
            Trial::None => {
                let words = t!("maker-untried");
                lines = lines.push(say(words, 12, REGULAR, |t| t.ink_3));
            }
            Trial::Busy { .. } => {
                let wheel = crate::ui::widget::spinner(15.0, |t| t.accent_ink, pane.turn);
                let words = say(t!("maker-trying"), 13, REGULAR, |t| t.ink_2);
                lines = lines.push(row![wheel, words].spacing(8).align_y(Center));
            }
            Trial::Done(Ok(found)) => {
                let (urgent, others) = findings::split(found);
                if found.is_empty() {
                    lines = lines.push(Line::new(Tone::Ok, t!("maker-good"), None).show(None));
                }
                for finding in urgent.into_iter().chain(others) {
                    lines = lines.push(Line::of(finding).show(None));
                }
            }
            Trial::Done(Err(trouble)) => lines = lines.push(trouble_line(trouble)),
        }
        lines.into()
    }

    /// For tests and pictures: as if it had answered so.
    #[cfg(test)]
    pub(in crate::ui) fn pretend(&mut self, done: Result<Vec<Finding>, Trouble>) {
        self.maker = Trial::Done(done);
    }
}

fn trouble_line<'a>(trouble: &Trouble) -> Element<'a, Message> {
    let words = Words::current();
    let key = trouble.kind.key();
    let mut about: Vec<String> = words.remedy(&key).into_iter().collect();
    if !trouble.detail.is_empty() {
        about.push(trouble.detail.clone());
    }
    let about = Some(about.join(" ")).filter(|about| !about.is_empty());
    Line::new(Tone::Bad, words.trouble(&key), about).show(None)
}

fn file<'a>(
    label: String,
    text: &'a str,
    id: &'static str,
    example: String,
    say: fn(String) -> Say,
) -> Element<'a, Message> {
    let field = Field::new(text, move |text| Message::Maker(say(text)))
        .icon(Icon::FILE_CODE_CORNER)
        .placeholder(example)
        .id(Id::new(id));
    let browse = button(t!("options-browse")).on(Message::Maker(Say::Browse));
    labelled(
        label,
        row![Element::from(field), Element::from(browse)].spacing(8),
    )
    .into()
}

fn program(maker: &Maker) -> Element<'_, Message> {
    let path = file(
        t!("maker-program-file"),
        &maker.program,
        "maker-program",
        t!("maker-program-example"),
        Say::Program,
    );
    let wrong = draft::words(&maker.arguments).is_none();
    let arguments = Field::new(&maker.arguments, |text| {
        Message::Maker(Say::Arguments(text))
    })
    .id(Id::new("maker-arguments"))
    .wrong(wrong);
    let late = draft::limit(&maker.limit).is_none();
    let limit = Field::new(&maker.limit, |text| Message::Maker(Say::Limit(text)))
        .id(Id::new("maker-limit"))
        .wrong(late);
    let mut lines = column![
        path,
        row![
            labelled(t!("maker-arguments"), arguments).width(Fill),
            labelled(t!("maker-limit"), limit).width(140),
        ]
        .spacing(12)
    ]
    .spacing(12);
    if wrong {
        lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("maker-arguments-wrong")));
    }
    if late {
        lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("maker-limit-wrong")));
    }
    let about = t!("maker-program-how");
    lines.push(hint(Icon::INFO, |t| t.ink_3, about)).into()
}

fn tool(maker: &Maker) -> Element<'_, Message> {
    let path = file(
        t!("maker-tool-file"),
        &maker.tool,
        "maker-tool",
        t!("maker-tool-example"),
        Say::Tool,
    );
    let making = making(
        &maker.quota,
        |text| Message::Maker(Say::Quota(text)),
        maker.create_domains,
        Message::Maker(Say::Domains(!maker.create_domains)),
    );
    column![path, making].spacing(12).into()
}
