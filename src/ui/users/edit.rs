//! One user written by hand: on the card of the empty list, above the table, or in place of a row.
//!
//! Promises: what is written replaces what was there only when it is saved; a password that is not written anew stays,
//! and is not shown. Deliberately absent: judging what was written; the row says it, and can be saved all the same.
//! On the card of the empty list stands only what a first user needs.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container, operation, row, space};
use iced::{Bottom, Center, Element, Fill, FillPortion, Task};
use secrecy::SecretString;

use super::proofs::Proof;
use super::rows::Widths;
use super::standing::{Show, Standing};
use super::{Message, ROWS, State, keep, place};
use crate::account::Side;
use crate::t;
use crate::ui::action::Action;
use crate::ui::icon::Icon;
use crate::ui::server::keeping;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, REGULAR, SEMIBOLD, Tokens, say};
use crate::ui::widget::{Catch, Field, button, labelled};
use crate::users::{self, Entry, Problem};

/// Eight dots, whatever stands behind them.
pub(super) const DOTS: &str = "••••••••";

/// How high a row is that is being written in.
pub(super) const HEIGHT: f32 = 84.0;

/// A part of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Login,
    Address,
    Password,
    /// The password at the destination, where it is another one.
    Own,
    Name,
    /// Further addresses.
    Aliases,
    Group,
}

impl Part {
    pub(super) fn id(self) -> Id {
        Id::new(match self {
            Self::Login => "user-login",
            Self::Address => "user-address",
            Self::Password => "user-password",
            Self::Own => "user-own-password",
            Self::Name => "user-name",
            Self::Aliases => "user-aliases",
            Self::Group => "user-group",
        })
    }
}

/// What is being written.
#[derive(Debug, Default)]
pub(super) struct Edit {
    /// Which row; `None`: a new one.
    pub id: Option<u64>,
    login: String,
    address: String,
    password: String,
    own: Option<String>,
    name: String,
    aliases: String,
    group: String,
    /// Whether the row has a password that stays if none is written.
    has: bool,
    pub shown: bool,
}

impl Edit {
    fn of(entry: &Entry, own: bool) -> Self {
        Self {
            id: Some(entry.id),
            login: entry.login.clone(),
            address: entry.address.clone(),
            own: own.then(String::new),
            name: entry.name.clone(),
            aliases: entry.aliases.join(", "),
            group: entry.group.clone(),
            has: entry.password.is_some(),
            ..Self::default()
        }
    }

    pub fn write(&mut self, part: Part, text: String) {
        match part {
            Part::Login => self.login = text,
            Part::Address => self.address = text,
            Part::Password => self.password = text,
            Part::Own => self.own = Some(text),
            Part::Name => self.name = text,
            Part::Aliases => self.aliases = text,
            Part::Group => self.group = text,
        }
    }

    /// Whether there is enough to make a row of.
    pub fn can_save(&self) -> bool {
        self.id.is_some() || !self.login.trim().is_empty() || self.address.contains('@')
    }

    fn write_into(self, entry: &mut Entry) {
        let login = self.login.trim();
        let address = self.address.trim();
        address.clone_into(&mut entry.address);
        // Who has no other login logs in with the address.
        let login = if login.is_empty() { address } else { login };
        login.clone_into(&mut entry.login);
        self.name.trim().clone_into(&mut entry.name);
        self.group.trim().clone_into(&mut entry.group);
        entry.aliases = users::divided(&self.aliases).collect();
        if !self.password.is_empty() {
            entry.password = Some(SecretString::from(self.password));
            entry.code_page = false;
        }
        if let Some(own) = self.own.filter(|own| !own.is_empty()) {
            entry.destination_password = Some(SecretString::from(own));
        }
        // Somebody has looked at it, and said what belongs where.
        entry.fault = None;
    }
}

impl State {
    /// What is written in at the moment.
    pub(super) fn editor(&mut self) -> &mut Edit {
        self.edit.as_mut().unwrap_or(&mut self.form)
    }

    /// Opens a row to be written in, at the part that is in question.
    pub(super) fn open(
        &mut self,
        session: &mut Session,
        id: u64,
        part: Option<Part>,
    ) -> Action<Message> {
        self.settle(session);
        let Some(at) = place(&session.draft.entries, id) else {
            return Action::None;
        };
        let entry = &session.draft.entries[at];
        let (wanted, own) = match self.standing(&session.draft, at) {
            Standing::Wrong(Problem::EmptyLogin) => (Part::Login, false),
            Standing::Wrong(Problem::BadAlias { .. } | Problem::AliasTaken { .. }) => {
                (Part::Aliases, false)
            }
            Standing::Wrong(Problem::MissingPassword { side }) => {
                // With an administrator at the origin there is no password to share.
                let own = *side == Side::Destination && session.draft.origin.has_master();
                (if own { Part::Own } else { Part::Password }, own)
            }
            Standing::Tried(Proof::Failed {
                side: Side::Destination,
                ..
            }) => (Part::Own, true),
            Standing::Tried(Proof::Failed { .. })
            | Standing::Doubtful(Problem::SuspiciousPassword | Problem::SpaceAroundPassword) => {
                (Part::Password, false)
            }
            _ => (Part::Address, false),
        };
        let own = own || entry.destination_password.is_some();
        self.edit = Some(Edit::of(entry, own));
        self.at = Some(id);
        self.refresh(session);
        let focus = operation::focus(part.unwrap_or(wanted).id());
        Action::Run(Task::batch([self.reveal(), focus]))
    }

    /// Takes over what is being written in a row, before something else changes it.
    pub(super) fn settle(&mut self, session: &mut Session) {
        if self.edit.as_ref().is_some_and(Edit::can_save) {
            let _ = self.commit(session);
        }
    }

    /// Takes over what was written; `None` while it is too little.
    fn commit(&mut self, session: &mut Session) -> Option<u64> {
        let inline = self.edit.is_some();
        if !self.editor().can_save() {
            return None;
        }
        let edit = self
            .edit
            .take()
            .unwrap_or_else(|| std::mem::take(&mut self.form));
        let known = edit.id.and_then(|id| place(&session.draft.entries, id));
        let id = if let Some(at) = known {
            let before = session.draft.entries[at].clone();
            edit.write_into(&mut session.draft.entries[at]);
            keep::forget(session, &before);
            before.id
        } else {
            let mut entry = Entry::new(&mut session.draft.ids);
            edit.write_into(&mut entry);
            let id = entry.id;
            session.draft.entries.push(entry);
            if inline {
                self.show = Show::All;
                self.query.clear();
            }
            id
        };
        self.said = None;
        session.draft.recheck();
        keep::all(session);
        keep::fill(session);
        self.at = Some(id);
        self.changed(session);
        Some(id)
    }

    pub(super) fn save(&mut self, session: &mut Session) -> Action<Message> {
        let new = self.edit.as_ref().is_some_and(|edit| edit.id.is_none());
        if self.commit(session).is_none() {
            return Action::None;
        }
        let focus = if new {
            // The next one.
            self.edit = Some(Edit::default());
            operation::focus(Part::Address.id())
        } else {
            operation::focus(ROWS)
        };
        Action::Run(Task::batch([self.reveal(), focus]))
    }

    /// The card of the empty list.
    pub(super) fn card<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let form = &self.form;
        let save = form.can_save().then_some(Message::Save);
        let field = |part: Part, value: &'a str, example: String| {
            Field::new(value, move |text| Message::Write(part, text))
                .placeholder(example)
                .id(part.id())
                .on_submit(save.clone())
        };
        let login = field(Part::Login, &form.login, t!("users-login-example"));
        let password =
            field(Part::Password, &form.password, DOTS.to_owned()).secret(form.shown, Message::Eye);
        let address = field(Part::Address, &form.address, t!("users-address-example"));
        let add = button(t!("users-do-add")).icon(Icon::PLUS).on(save.clone());
        let line = row![
            labelled(t!("users-login"), login).width(FillPortion(10)),
            labelled(t!("users-password"), password).width(FillPortion(10)),
            labelled(t!("users-address"), address).width(FillPortion(15)),
            Element::from(add),
        ]
        .spacing(12)
        .align_y(Bottom);
        let mut head = row![say(t!("users-one"), 15, SEMIBOLD, |t| t.ink)]
            .spacing(16)
            .align_y(Center);
        if !pane.narrow() {
            let about = say(t!("users-one-about"), 12, REGULAR, |t| t.ink_3);
            head = head.push(container(about).align_right(Fill));
        }
        let card = column![head, line, keeping(session)].spacing(12);
        container(card)
            .padding(16)
            .width(Fill)
            .style(theme::card)
            .into()
    }

    /// A row that is being written in.
    #[allow(clippy::unused_self, reason = "a part of the screen")]
    pub(super) fn editing<'a>(
        &'a self,
        edit: &'a Edit,
        number: String,
        widths: Widths,
    ) -> Element<'a, Message> {
        let save = edit.can_save().then_some(Message::Save);
        let field = |part: Part, value: &'a str, example: String| {
            Field::new(value, move |text| Message::Write(part, text))
                .placeholder(example)
                .id(part.id())
                .small()
                .on_submit(save.clone())
        };
        let secret = |part: Part, value: &'a str, has: bool, name: String| {
            let example = if has { DOTS.to_owned() } else { name };
            field(part, value, example).secret(edit.shown, Message::Eye)
        };
        let mut secrets = row![Element::from(secret(
            Part::Password,
            &edit.password,
            edit.has,
            t!("users-password")
        ))]
        .spacing(8);
        if let Some(own) = &edit.own {
            secrets = secrets.push(Element::from(secret(
                Part::Own,
                own,
                false,
                t!("users-own-password"),
            )));
        }
        let done = if edit.id.is_some() {
            t!("users-do-save")
        } else {
            t!("users-do-add")
        };
        let done = button(done).small().primary().on(save.clone());
        let cancel = button(t!("ui-cancel")).small().on(Message::Cancel);
        let first = row![
            field(Part::Address, &edit.address, t!("users-address-example")).width(FillPortion(24)),
            field(Part::Login, &edit.login, t!("users-login-example")).width(FillPortion(18)),
            container(secrets).width(FillPortion(34)),
        ]
        .spacing(12);
        let last = row![
            field(Part::Group, &edit.group, t!("users-field-group")),
            Element::from(done),
            Element::from(cancel),
        ]
        .spacing(8);
        let second = row![
            field(Part::Aliases, &edit.aliases, t!("users-aliases-example")).width(FillPortion(24)),
            field(Part::Name, &edit.name, t!("users-field-full-name")).width(FillPortion(18)),
            container(last).width(FillPortion(34)),
        ]
        .spacing(12);
        let line = row![
            space::horizontal().width(16),
            super::rows::number(number, widths),
            column![first, second].spacing(8).width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        let line = container(line)
            .padding([0, 16])
            .center_y(Fill)
            .width(Fill)
            .style(|theme| container::background(Tokens::of(theme).selected));
        Catch::new(line, |key, modifiers| {
            (matches!(key, Key::Named(Named::Escape)) && modifiers.is_empty())
                .then_some(Message::Cancel)
        })
        .into()
    }
}
