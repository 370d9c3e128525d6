//! What was done to accounts at the destination, counted; and settings of the server that are put back.
//!
//! Promises: what is still held or made only in part is told; settings are put back only by a button that says so.
//! Deliberately absent: what was done to each (`report`), changing anything but those settings.

use iced::widget::column;
use iced::{Element, Task};

use super::{Message, State};
use crate::i18n::{Words, number};
use crate::journal::{Setup, SetupRow};
use crate::provision::{self, Former};
use crate::report::{AccountReport, Report};
use crate::secrets::Key;
use crate::t;
use crate::trouble::{Kind, Trouble};
use crate::ui::action::Action;
use crate::ui::icon::Icon;
use crate::ui::server::Work;
use crate::ui::session::{Session, Standing};
use crate::ui::widget::{Tone, button, hint, note};

/// What became of accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prepared {
    pub made: u64,
    pub existed: u64,
    /// Made, and not finished.
    pub half: u64,
    pub held: u64,
    /// Accounts that have their password from us.
    pub passwords: u64,
}

impl Prepared {
    pub fn of(report: &Report) -> Self {
        let rows = || report.counted().filter_map(|one| one.setup.as_ref());
        let count = |wanted: fn(&SetupRow) -> bool| rows().filter(|row| wanted(row)).count() as u64;
        // Also one that is no longer wanted may be held.
        let all = report.accounts.iter().filter_map(|one| one.setup.as_ref());
        Self {
            made: count(|row| row.state == Setup::Made),
            existed: count(|row| row.state == Setup::Existed),
            half: count(|row| matches!(row.state, Setup::Making | Setup::HalfMade)),
            held: all.filter(|row| row.held.is_some()).count() as u64,
            passwords: count(|row| row.password),
        }
    }
}

/// Whether its password was set.
pub fn has_password(account: &AccountReport) -> bool {
    account.setup.as_ref().is_some_and(|row| row.password)
}

/// Settings that were changed for the migration.
#[derive(Debug, Default)]
pub struct Settings {
    /// As they were.
    former: Vec<Former>,
    putting: bool,
    /// Why they are not put back.
    unput: Option<Trouble>,
    /// They were put back here.
    put: bool,
}

impl State {
    /// Reads which settings were changed and not put back.
    pub(super) fn look_back(session: &Session) -> Task<Message> {
        let Some(project) = session.project.clone() else {
            return Task::none();
        };
        let reading = tokio::task::spawn_blocking(move || project.former());
        Task::perform(reading, |read| match read {
            Ok(Ok(former)) => Message::Former(former),
            Ok(Err(error)) => {
                tracing::warn!("what settings were before cannot be read: {error}");
                Message::Former(Vec::new())
            }
            Err(_) => Message::Former(Vec::new()),
        })
    }

    pub(super) fn former(&mut self, former: Vec<Former>) {
        self.settings.former = former;
    }

    /// Puts the settings back.
    pub(super) fn put_back(&mut self, session: &Session) -> Action<Message> {
        let (Some(project), false) = (session.project.clone(), self.settings.putting) else {
            return Action::None;
        };
        let password = session.keeper.get(&Key::Provisioner).cloned();
        let provision = session.draft.provision();
        let missing = || Trouble::new(Kind::AdminService, "", "nobody is named to change settings");
        let maker = provision
            .ok_or_else(missing)
            .and_then(|provision| provision::make(&provision, project.dir(), password));
        let maker = match maker {
            Ok(maker) => maker,
            Err(trouble) => {
                let open = matches!(session.keeper.standing(), Standing::Open(_));
                if trouble.kind == Kind::PasswordMissing && !open {
                    return Action::Unlock;
                }
                self.settings.unput = Some(trouble);
                return Action::None;
            }
        };
        self.settings.putting = true;
        self.settings.unput = None;
        // Spawned, so that leaving this screen does not cut it in the middle.
        let working = tokio::spawn(Work { maker, project }.put_back());
        Action::Run(Task::perform(working, |done| {
            Message::PutBackDone(match done {
                Ok(done) => done,
                Err(error) => Err(Trouble::new(Kind::Storage, "", error.to_string())),
            })
        }))
    }

    pub(super) fn put_back_done(&mut self, done: Result<Vec<Former>, Trouble>) {
        self.settings.putting = false;
        match done {
            Ok(former) => {
                self.settings.former = former;
                self.settings.put = true;
            }
            Err(trouble) => self.settings.unput = Some(trouble),
        }
    }

    /// What is to be known of accounts and settings.
    pub(super) fn prepared_notes<'a>(&'a self, turn: u8) -> Vec<Element<'a, Message>> {
        let mut notes: Vec<Element<'a, Message>> = Vec::new();
        let Some(facts) = self.facts() else {
            return notes;
        };
        let Prepared { half, held, .. } = facts.prepared;
        if half > 0 {
            let words = t!("finish-half-made", count = half, number = number(half));
            notes.push(hint(Icon::TRIANGLE_ALERT, |t| t.warn_icon, words));
        }
        if held > 0 {
            let words = t!("finish-held", count = held, number = number(held));
            notes.push(hint(Icon::TRIANGLE_ALERT, |t| t.warn_icon, words));
        }
        let settings = &self.settings;
        if let Some(trouble) = &settings.unput {
            let key = trouble.kind.key();
            let mut said = vec![Words::current().trouble(&key)];
            said.extend(Words::current().remedy(&key));
            let words = said.join(" ");
            notes.push(note(Tone::Bad, t!("finish-not-put-back"), words, None));
        }
        let count = settings.former.len() as u64;
        if count > 0 {
            let words = t!("finish-changed", count = count, number = number(count));
            let back = button(t!("web-put-back"))
                .small()
                .id("put-back")
                .busy(settings.putting.then_some(turn))
                .on((!settings.putting).then_some(Message::PutBack));
            let words = hint(Icon::INFO, |t| t.ink_3, words);
            notes.push(column![words, Element::from(back)].spacing(6).into());
        } else if settings.put {
            notes.push(hint(Icon::CHECK, |t| t.ok, t!("finish-put-back")));
        }
        notes
    }
}
