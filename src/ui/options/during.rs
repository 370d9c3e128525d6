//! What accompanies the copy: the migration account, a program after each account, folder and log.
//!
//! Promises: as everywhere here, only what is valid gets into the draft. Deliberately absent: holding accounts and
//! calling programs (`engine`).

use std::path::PathBuf;

use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Center, Element, Fill, Task};

use super::card::{card, wrong};
use super::{Fault, Message, State};
use crate::plan::{After, Hold, MigrationAccount, OnFailure, Program};
use crate::t;
use crate::ui::action::Action;
use crate::ui::draft::{self, By, Draft, Kind};
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{MONO, REGULAR, say};
use crate::ui::widget::{Choice, Elide, Field, Select, button, hint, labelled};
use crate::users::address;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    Account(String),
    Hold(Hold),
    Script(String),
    Arguments(String),
    Browse,
    Browsed(Option<PathBuf>),
    OnFailure(OnFailure),
    Limit(String),
}

/// What is typed here.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    account: String,
    /// Chosen while there is no valid address yet.
    hold: Hold,
    script: String,
    arguments: String,
    on_failure: OnFailure,
    limit: String,
}

impl Typed {
    pub fn new(draft: &Draft) -> Self {
        let account = draft.migration_account.as_ref();
        let after = draft.after.as_ref();
        let usual = Program::new("").limit_seconds;
        let limit = after.map_or(usual, |after| after.program.limit_seconds);
        Self {
            account: account.map(|one| one.address.clone()).unwrap_or_default(),
            hold: account.map(|one| one.hold).unwrap_or_default(),
            script: draft::shown(after.map(|after| &after.program.program)),
            arguments: after
                .map(|after| draft::line(&after.program.arguments))
                .unwrap_or_default(),
            on_failure: after.map(|after| after.on_failure).unwrap_or_default(),
            limit: limit.to_string(),
        }
    }

    fn has_wrong_account(&self) -> bool {
        address::flaw(&self.account).is_some()
    }

    fn has_script(&self) -> bool {
        !self.script.trim().is_empty()
    }

    pub fn fault(&self) -> Option<Fault> {
        if self.has_wrong_account() {
            Some(Fault::Account)
        } else if !self.has_script() {
            None
        } else if draft::words(&self.arguments).is_none() {
            Some(Fault::Arguments)
        } else {
            draft::limit(&self.limit).is_none().then_some(Fault::Limit)
        }
    }

    /// Writes what is valid into the draft.
    fn write(&self, session: &mut Session) {
        let draft = &mut session.draft;
        let before = (draft.migration_account.clone(), draft.after.clone());
        if !self.has_wrong_account() {
            let address = self.account.trim();
            draft.migration_account = (!address.is_empty()).then(|| MigrationAccount {
                address: address.to_owned(),
                hold: self.hold,
            });
        }
        let words = (draft::words(&self.arguments), draft::limit(&self.limit));
        match (draft::path(&self.script), words) {
            (None, _) => draft.after = None,
            (Some(program), (Some(arguments), Some(limit_seconds))) => {
                draft.after = Some(After {
                    program: Program {
                        program,
                        arguments,
                        limit_seconds,
                    },
                    on_failure: self.on_failure,
                });
            }
            _ => {}
        }
        if before != (draft.migration_account.clone(), draft.after.clone()) {
            // Whether two rows may share an address depends on it.
            draft.recheck();
            session.touch();
        }
    }
}

impl State {
    pub(super) fn accompany(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        let typed = &mut self.typed;
        match say {
            Say::Account(text) => typed.account = text,
            Say::Hold(hold) => typed.hold = hold,
            Say::Script(text) => typed.script = text,
            Say::Arguments(text) => typed.arguments = text,
            Say::OnFailure(what) => typed.on_failure = what,
            Say::Limit(text) => typed.limit = text,
            Say::Browse => {
                let asking = rfd::AsyncFileDialog::new()
                    .set_title(t!("options-script-choose"))
                    .pick_file();
                return Action::Run(Task::perform(asking, |chosen| {
                    let path = chosen.map(|file| file.path().to_owned());
                    Message::During(Say::Browsed(path))
                }));
            }
            Say::Browsed(None) => {}
            Say::Browsed(Some(path)) => typed.script = draft::shown(Some(&path)),
        }
        typed.write(session);
        Action::None
    }

    fn migration_account<'a>(&'a self, session: &Session) -> Element<'a, Message> {
        let typed = &self.typed;
        let wrong_account = typed.has_wrong_account();
        let field = Field::new(&typed.account, |text| Message::During(Say::Account(text)))
            .icon(Icon::AT_SIGN)
            .placeholder(t!("options-account-example"))
            .id(Id::new("options-account"))
            .wrong(wrong_account);
        let mut content = column![labelled(t!("options-account"), field)].spacing(6);
        if wrong_account {
            content = content.push(wrong(t!("options-account-wrong")));
        }
        content = content.push(say(t!("options-account-about"), 12, REGULAR, |t| t.ink_3));
        let server = session.draft.destination.kind;
        let can_hold = match server {
            Kind::Icewarp => true,
            Kind::Imap => session.draft.maker.by == By::Program,
            Kind::Archive => false,
        };
        if !can_hold {
            return content.into();
        }
        let kinds = [
            (Hold::None, t!("options-hold-none")),
            (Hold::Forward, t!("options-hold-forward")),
            (Hold::Unavailable, t!("options-hold-unavailable")),
        ];
        let chosen = kinds.iter().position(|kind| kind.0 == typed.hold);
        let choices = kinds
            .into_iter()
            .map(|(hold, words)| Choice::new(words, Message::During(Say::Hold(hold))));
        let select = Select::new(choices.collect(), chosen)
            .off(typed.account.trim().is_empty())
            .id(Id::new("options-hold"));
        column![content, labelled(t!("options-hold"), select)]
            .spacing(12)
            .into()
    }

    fn script(&self, pane: Pane) -> Element<'_, Message> {
        let typed = &self.typed;
        let field = Field::new(&typed.script, |text| Message::During(Say::Script(text)))
            .icon(Icon::FILE_CODE_CORNER)
            .placeholder(t!("options-script-example"))
            .id(Id::new("options-script"));
        let browse = button(t!("options-browse")).on(Message::During(Say::Browse));
        let mut content = column![labelled(
            t!("options-script"),
            row![Element::from(field), Element::from(browse)].spacing(8)
        )]
        .spacing(6);
        if !typed.has_script() {
            let about = say(t!("options-script-about"), 12, REGULAR, |t| t.ink_3);
            return content.push(about).into();
        }
        let kinds = [
            (OnFailure::Warning, t!("options-failure-warning")),
            (OnFailure::Stop, t!("options-failure-stop")),
        ];
        let chosen = kinds.iter().position(|kind| kind.0 == typed.on_failure);
        let choices = kinds
            .into_iter()
            .map(|(what, words)| Choice::new(words, Message::During(Say::OnFailure(what))));
        let on_failure = Select::new(choices.collect(), chosen).id(Id::new("options-failure"));
        let fault = typed.fault();
        let limit = Field::new(&typed.limit, |text| Message::During(Say::Limit(text)))
            .id(Id::new("options-limit"))
            .wrong(fault == Some(Fault::Limit));
        let arguments = Field::new(&typed.arguments, |text| {
            Message::During(Say::Arguments(text))
        })
        .id(Id::new("options-arguments"))
        .wrong(fault == Some(Fault::Arguments));
        let width = if pane.narrow() { 110 } else { 130 };
        content = content
            .push(
                row![
                    labelled(t!("maker-arguments"), arguments).width(Fill),
                    labelled(t!("maker-limit"), limit).width(width)
                ]
                .spacing(12),
            )
            .push(labelled(t!("options-failure"), on_failure));
        match fault {
            Some(Fault::Limit) => content.push(wrong(t!("maker-limit-wrong"))).into(),
            Some(Fault::Arguments) => content.push(wrong(t!("maker-arguments-wrong"))).into(),
            _ => content.into(),
        }
    }

    pub(super) fn during<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let name = Field::new(&session.draft.name, Message::Name)
            .placeholder(session.draft.title())
            .id(Id::new("options-name"));
        let path = session
            .project
            .as_ref()
            .map(|project| project.dir().display().to_string());
        let open = button(t!("options-folder-open"))
            .icon(Icon::FOLDER_OPEN)
            .small()
            .on(path.is_some().then_some(Message::OpenFolder));
        let shown: Element<'a, Message> = match path {
            Some(path) => Elide::new(path, 12, MONO, |t| t.ink_2)
                .middle()
                .fill()
                .into(),
            None => say(t!("options-folder-none"), 12, REGULAR, |t| t.ink_3)
                .width(Fill)
                .into(),
        };
        let mut folder = column![labelled(
            t!("options-folder"),
            row![shown, Element::from(open)].spacing(8).align_y(Center)
        )]
        .spacing(6);
        if let Some(detail) = &self.unopened {
            let words = t!("options-folder-unopened", detail = detail.as_str());
            folder = folder.push(hint(Icon::CIRCLE_X, |t| t.bad, words));
        }
        let usual = session.project.as_ref().map(|project| {
            project
                .log_dir(&crate::plan::Options::default())
                .display()
                .to_string()
        });
        let log = Field::new(&self.log, Message::Log)
            .icon(Icon::SCROLL_TEXT)
            .placeholder(usual.unwrap_or_else(|| t!("options-log-usual")))
            .id(Id::new("options-log"));
        let choose = button(t!("options-browse")).on(Message::ChooseLog);
        let log = column![
            labelled(
                t!("options-log"),
                row![Element::from(log), Element::from(choose)].spacing(8)
            ),
            say(t!("options-log-about"), 12, REGULAR, |t| t.ink_3),
        ]
        .spacing(6);
        let content = column![
            labelled(t!("options-name"), name),
            self.migration_account(session),
            self.script(pane),
            folder,
            log
        ]
        .spacing(12);
        card(t!("options-during"), content)
    }
}
