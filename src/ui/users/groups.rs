//! Groups: users who are migrated together, on an evening of their own. Which of them are seen, all of one chosen, who is
//! put into one.
//!
//! Promises: a group is there as long as a row says its name; whoever is put into one keeps all else. Deliberately
//! absent: beginning with one of them (`preflight`).

use std::collections::BTreeMap;

use iced::advanced::widget::Id;
use iced::widget::{column, operation, row};
use iced::{Center, Element, Fill};

use super::{Message, State, aliases, words};
use crate::plan::Scope;
use crate::t;
use crate::ui::action::Action;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::widget::dialog::{self, SAFE};
use crate::ui::widget::{Choice, Field, Select, button, labelled};
use crate::users::Entry;

/// The field for a group's name.
pub(super) const NAME: Id = Id::new("users-group-name");

/// What happens here.
#[derive(Debug, Clone)]
pub enum Say {
    See(Which),
    /// All that are in the group that is seen are chosen, and nobody else.
    Only,
    /// Those that are chosen and seen are to be put into one.
    Ask,
    Write(String),
    Assign,
    Cancel,
}

/// Which rows are seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    All,
    Of(String),
    /// Those in no group.
    Alone,
}

impl Which {
    fn holds(&self, entry: &Entry) -> bool {
        let group = entry.group.trim();
        match self {
            Self::All => true,
            Self::Of(name) => group == name,
            Self::Alone => group.is_empty(),
        }
    }
}

/// The groups there are.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// With how many rows, by name.
    names: BTreeMap<String, usize>,
    alone: usize,
    pub see: Which,
    /// The name that is being written.
    asked: Option<String>,
}

impl Groups {
    /// Counts them anew; one that is gone is seen no more.
    pub fn count(&mut self, entries: &[Entry]) {
        self.names.clear();
        self.alone = 0;
        for entry in entries {
            match entry.group.trim() {
                "" => self.alone += 1,
                name => *self.names.entry(name.to_owned()).or_default() += 1,
            }
        }
        let there = match &self.see {
            Which::All => true,
            Which::Of(name) => self.names.contains_key(name),
            Which::Alone => self.some() && self.alone > 0,
        };
        if !there {
            self.see = Which::All;
        }
    }

    /// Whether there are any.
    pub fn some(&self) -> bool {
        !self.names.is_empty()
    }

    pub fn shows(&self, entry: &Entry) -> bool {
        self.see.holds(entry)
    }

    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    fn select(&self) -> Element<'_, Message> {
        let see = |which| Message::Groups(Say::See(which));
        let mut all = vec![(Which::All, t!("users-groups-all"))];
        for (name, count) in &self.names {
            let number = words::number(*count);
            let label = t!("users-groups-one", name = name.as_str(), number = number);
            all.push((Which::Of(name.clone()), label));
        }
        if self.alone > 0 {
            let number = words::number(self.alone);
            all.push((Which::Alone, t!("users-groups-alone", number = number)));
        }
        let chosen = all.iter().position(|(which, _)| *which == self.see);
        let choices = all
            .into_iter()
            .map(|(which, label)| Choice::new(label, see(which)));
        let select = Select::new(choices.collect(), chosen).id("users-groups");
        select.small().width(232).into()
    }
}

impl State {
    pub(super) fn group(&mut self, session: &mut Session, say: Say) -> Action<Message> {
        match say {
            Say::See(which) => {
                self.groups.see = which;
                return self.look_anew(session);
            }
            Say::Only => {
                for entry in &mut session.draft.entries {
                    entry.selected = self.groups.see.holds(entry);
                }
                self.changed(session);
            }
            Say::Ask => {
                self.settle(session);
                let name = match &self.groups.see {
                    Which::Of(name) => name.clone(),
                    Which::All | Which::Alone => String::new(),
                };
                self.groups.asked = Some(name);
                return Action::Run(operation::focus(NAME));
            }
            Say::Write(name) => self.groups.asked = Some(name),
            Say::Assign => self.assign(session),
            Say::Cancel => self.groups.asked = None,
        }
        Action::None
    }

    /// Places of the rows that would be put into a group.
    fn meant(&self, session: &Session) -> Vec<usize> {
        let places = self.shown.iter().copied();
        places
            .filter(|at| self.is_chosen(&session.draft, *at))
            .collect()
    }

    fn assign(&mut self, session: &mut Session) {
        let Some(name) = self.groups.asked.take() else {
            return;
        };
        for at in self.meant(session) {
            let entry = &mut session.draft.entries[at];
            name.trim().clone_into(&mut entry.group);
        }
        self.changed(session);
    }

    /// The second line of tools: groups, and aliases where accounts are created.
    pub(super) fn more<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let mut left = row![].spacing(8).align_y(Center).width(Fill);
        if self.groups.some() {
            left = left.push(self.groups.select());
            if self.groups.see != Which::All {
                let only = button(t!("users-groups-only"))
                    .small()
                    .icon(Icon::LIST_CHECKS)
                    .on(Message::Groups(Say::Only));
                left = left.push(Element::from(only));
            }
        }
        let some = self
            .shown
            .iter()
            .any(|at| self.is_chosen(&session.draft, *at));
        let assign = button(t!("users-groups-assign"))
            .small()
            .icon(Icon::USERS)
            .on(some.then_some(Message::Groups(Say::Ask)));
        let mut line = row![left, Element::from(assign)].spacing(8).align_y(Center);
        if session.draft.scope == Scope::Accounts {
            let search = button(t!("aliases-do"))
                .small()
                .icon(Icon::AT_SIGN)
                .on(Message::Aliases(aliases::Say::Open));
            line = line.push(Element::from(search));
        }
        line.into()
    }

    /// The question into which group.
    pub(super) fn assigning<'a>(&'a self, session: &'a Session) -> Option<Element<'a, Message>> {
        let name = self.groups.asked.as_ref()?;
        let count = self.meant(session).len();
        let say = |say| Message::Groups(say);
        let field = Field::new(name, move |name| say(Say::Write(name)))
            .placeholder(t!("users-groups-example"))
            .id(NAME)
            .on_submit(say(Say::Assign));
        let mut more = column![labelled(t!("users-field-group"), field)].spacing(12);
        if self.groups.some() {
            let names = self.groups.names.keys();
            let choices = names
                .clone()
                .map(|name| Choice::new(name, say(Say::Write(name.clone()))));
            let chosen = names.clone().position(|one| one == name.trim());
            let known = Select::new(choices.collect(), chosen)
                .id("users-group-known")
                .placeholder(t!("users-groups-pick"));
            more = more.push(labelled(t!("users-groups-known"), known));
        }
        let done = if name.trim().is_empty() {
            t!("users-groups-leave")
        } else {
            t!("users-groups-put")
        };
        Some(dialog::question(
            (Icon::USERS, false),
            t!("users-groups-title"),
            t!(
                "users-groups-about",
                count = count as u64,
                number = words::number(count)
            ),
            Some(more.into()),
            vec![
                button(t!("ui-cancel")).id(SAFE).on(say(Say::Cancel)).into(),
                button(done).primary().on(say(Say::Assign)).into(),
            ],
        ))
    }
}
