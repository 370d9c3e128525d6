//! The table: what is looked for, the heads, a row for each user, the sum below.
//!
//! Promises: only the rows that are seen are built; Tab stops at the table once, and whatever a row offers can be done
//! there with a key. Deliberately absent: how it stands with a row (`standing`), and why in words (`words`).

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Color, Element, Fill, FillPortion, Padding, Right, border};

use super::edit::{DOTS, HEIGHT, Part};
use super::proofs::Proof;
use super::standing::{By, Show, Standing};
use super::words::{self, Deed, Note};
use super::{Message, ROWS, State};
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, Tokens, say};
use crate::ui::widget::choice::{Filter, tick};
use crate::ui::widget::control::{Control, Face, Status};
use crate::ui::widget::table::{self, Motion, Says, head, head_line};
use crate::ui::widget::{Elide, Field, button, chip, filters, hairline, icon_button, tag, tip};
use crate::ui::wizard::SEARCH;
use crate::users::{Entry, Problem};

/// Widths that depend on the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    number: f32,
}

/// An address longer than this may not fit.
const LONG: usize = 28;

/// A row's number.
pub(super) fn number<'a>(number: String, widths: Widths) -> Element<'a, Message> {
    Elide::new(number, 12, REGULAR, |t| t.ink_3)
        .right()
        .width(widths.number)
        .into()
}

impl State {
    /// The stop, once there is a list.
    pub(super) fn list<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let notice = match self.notice() {
            Some(notice) => container(notice).padding(Padding::ZERO.top(12)),
            None => container(space::horizontal()),
        };
        column![
            self.strip(pane),
            notice,
            container(self.tools(session, pane)).padding(Padding::ZERO.top(12)),
            container(self.more(session)).padding(Padding::from([8, 0]).bottom(12)),
            self.table(session, pane),
        ]
        .height(Fill)
        .into()
    }

    fn tools<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let search = Field::new(&self.query, Message::Search)
            .icon(Icon::SEARCH)
            .placeholder(if pane.narrow() {
                t!("preflight-search")
            } else {
                t!("users-search")
            })
            .id(SEARCH);
        let search = search.width(match (pane.narrow(), self.counts.all) {
            (false, ..1_000) => 232,
            (false, _) | (true, ..1_000) => 180,
            (true, _) => 140,
        });
        let counts = &self.counts;
        let choices = Show::ALL.map(|show| {
            let (label, count) = match show {
                Show::All => (t!("users-all"), counts.all),
                Show::Good => (t!("users-good"), counts.good),
                Show::ToFix => (t!("users-to-fix"), counts.to_fix),
                Show::Duplicates => (t!("users-duplicates"), counts.duplicates),
            };
            Filter {
                label,
                count: Some(words::number(count)),
                message: Message::Show(show),
            }
        });
        let chosen = Show::ALL.iter().position(|show| *show == self.show);
        let left = row![
            Element::from(search),
            filters(choices.into(), chosen.unwrap_or(0))
        ]
        .spacing(12)
        .align_y(Center)
        .width(Fill);
        let deed = if self.proofs.is_running() {
            button(t!("users-stop"))
                .icon(Icon::SQUARE)
                .on(Message::Stop)
        } else {
            let draft = &session.draft;
            let some = (0..draft.entries.len()).any(|at| self.is_to_verify(draft, at, false));
            button(t!("users-verify"))
                .icon(Icon::SHIELD_CHECK)
                .on(some.then_some(Message::Verify))
        };
        row![left, Element::from(deed)]
            .spacing(12)
            .align_y(Center)
            .into()
    }

    fn table<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let widths = Widths {
            number: match session.draft.entries.len() {
                ..1_000 => 24.0,
                1_000..10_000 => 30.0,
                _ => 38.0,
            },
        };
        let new: Element<'a, Message> = match &self.edit {
            Some(edit) if edit.id.is_none() => column![
                container(self.editing(edit, String::from("+"), widths)).height(HEIGHT),
                hairline()
            ]
            .into(),
            _ => space::horizontal().into(),
        };
        let rows: Element<'a, Message> = if self.shown.is_empty() {
            table::nothing(self.nothing(session))
        } else {
            let writing = self.edit.as_ref().is_some_and(|edit| edit.id.is_some());
            let says = Says {
                scrolled: Box::new(Message::Scrolled),
                key: Box::new(move |key, modifiers| {
                    (!writing).then(|| meaning(key, modifiers)).flatten()
                }),
            };
            table::rows(
                ROWS,
                self.table,
                &self.heights,
                |index| self.row(session, index, widths, pane),
                says,
            )
        };
        let body = container(column![new, rows]).height(Fill);
        let card = column![
            self.heads(session, widths, pane),
            body,
            hairline(),
            self.sum(session, pane)
        ];
        container(card)
            .padding(1)
            .width(Fill)
            .height(Fill)
            .style(theme::card)
            .into()
    }

    fn nothing(&self, session: &Session) -> String {
        if session.draft.entries.is_empty() {
            t!("users-status-empty")
        } else if self.query.trim().is_empty() {
            t!("users-none-of-these")
        } else {
            t!("users-none-found", query = self.query.trim())
        }
    }

    fn heads<'a>(
        &'a self,
        session: &'a Session,
        widths: Widths,
        pane: Pane,
    ) -> Element<'a, Message> {
        let ticks = tick(self.ticked(&session.draft), Message::TickAll);
        let number = container(self.sort_head(String::from("#"), By::Number))
            .width(widths.number)
            .align_x(Right);
        let chosen = words::chosen(self.counts.chosen, self.counts.all);
        let mut line = row![
            tip(ticks, t!("users-tick-all")),
            number,
            container(self.sort_head(t!("users-address"), By::Address)).width(FillPortion(26)),
            head(t!("users-login")).width(FillPortion(12)),
        ]
        .spacing(12)
        .align_y(Center);
        if self.groups.some() && !pane.narrow() {
            line = line.push(head(t!("users-field-group")).width(FillPortion(10)));
        }
        let state = row![
            head(t!("users-state")).fill(),
            Elide::new(chosen, 12, MEDIUM, |t| t.ink_2),
        ]
        .spacing(8)
        .width(FillPortion(28));
        line = line.push(head(t!("users-password")).width(84)).push(state);
        head_line(line, true)
    }

    /// A head that puts the rows in order.
    fn sort_head<'a>(&self, words: String, by: By) -> Element<'a, Message> {
        let on = self.order.by == by;
        let ink: Role = if on { |t| t.ink_2 } else { |t| t.ink_3 };
        let mut line = row![Elide::new(words, 12, MEDIUM, ink)]
            .spacing(3)
            .align_y(Center);
        if on {
            let icon = if self.order.back {
                Icon::CHEVRON_DOWN
            } else {
                Icon::CHEVRON_UP
            };
            line = line.push(icon.show(13.0, ink));
        }
        Control::new(line)
            .on(Message::Sort(by))
            .look(|t, status| Face {
                fill: match status {
                    Status::Hovered | Status::Pressed => t.hover,
                    Status::Idle | Status::Off => Color::TRANSPARENT,
                },
                border: border::rounded(4),
                ink: t.ink_3,
            })
            .into()
    }

    fn row<'a>(
        &'a self,
        session: &'a Session,
        index: usize,
        widths: Widths,
        pane: Pane,
    ) -> Element<'a, Message> {
        let draft = &session.draft;
        let entry = self.shown.get(index).and_then(|at| {
            let entry = draft.entries.get(*at)?;
            Some((*at, entry))
        });
        let Some((at, entry)) = entry else {
            return space::horizontal().into();
        };
        let place = words::number(at + 1);
        if let Some(edit) = self.edit.as_ref().filter(|edit| edit.id == Some(entry.id)) {
            return self.editing(edit, place, widths);
        }
        let standing = self.standing(draft, at);
        let able = self.is_able(draft, at);
        let ticked = tick(
            self.is_chosen(draft, at),
            able.then_some(Message::Tick(entry.id)),
        )
        .quiet();
        let login = container(Elide::new(entry.login.as_str(), 13, REGULAR, |t| t.ink_2))
            .width(FillPortion(12));
        let note = words::note(standing, draft);
        let address = row![container(address(entry, standing)).width(Fill)]
            .push(further(entry))
            .spacing(8)
            .align_y(Center)
            .width(FillPortion(26));
        let mut line = row![ticked, number(place, widths), address, login]
            .spacing(12)
            .align_y(Center);
        if self.groups.some() && !pane.narrow() {
            let group = Elide::new(entry.group.as_str(), 13, REGULAR, |t| t.ink_2);
            line = line.push(container(group).width(FillPortion(10)));
        }
        line = line
            .push(container(password(entry, standing)).width(84))
            .push(container(state(entry, standing, note, pane)).width(FillPortion(28)));
        table::row_face(line, self.at == Some(entry.id), Message::Point(entry.id))
    }

    /// The line below the rows.
    fn sum<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let counts = &self.counts;
        let mut line = row![
            say(words::rows(counts.all), 13, SEMIBOLD, |t| t.ink).wrapping(Wrapping::None),
            stacked(self, if pane.narrow() { 96.0 } else { 180.0 }),
        ]
        .spacing(16)
        .align_y(Center);
        for (words, font, ink) in words::sums(counts, self.proofs.is_running()) {
            line = line.push(say(words, 12, font, ink).wrapping(Wrapping::None));
        }
        let source = session.draft.list.as_deref().map(words::source);
        let source: Element<'a, Message> = match source {
            None => space::horizontal().into(),
            Some(source) => row![
                Icon::FILE_SPREADSHEET.show(14.0, |t| t.ink_3),
                Elide::new(source, 12, REGULAR, |t| t.ink_3).middle(),
            ]
            .spacing(6)
            .align_y(Center)
            .into(),
        };
        line = line.push(container(source).align_right(Fill));
        container(line)
            .padding([0, 16])
            .center_y(39)
            .width(Fill)
            .clip(true)
            .style(theme::card_bottom(|t| t.sunken, 7.0))
            .into()
    }
}

/// What a key means in the table.
fn meaning(key: &Key, modifiers: Modifiers) -> Option<Message> {
    if let Some(motion) = Motion::of(key, modifiers) {
        return Some(Message::Go(motion));
    }
    match key {
        Key::Character(letter) if modifiers.command() => match letter.as_str() {
            "a" | "A" => Some(Message::TickAll),
            "z" | "Z" => Some(Message::Undo),
            _ => None,
        },
        _ if !modifiers.is_empty() => None,
        Key::Named(Named::Space) => Some(Message::TickHere),
        Key::Named(Named::Enter | Named::F2) => Some(Message::EditHere),
        Key::Named(Named::Delete | Named::Backspace) => Some(Message::RemoveHere),
        Key::Named(Named::F5) => Some(Message::RetryHere),
        _ => None,
    }
}

/// The address; where it is none, what is wrong with it stands out.
fn address<'a>(entry: &'a Entry, standing: Standing<'a>) -> Element<'a, Message> {
    let whole = entry.address.as_str();
    if let Standing::Wrong(Problem::BadAddress { at, .. }) = standing {
        return flawed(words::around(whole, at));
    }
    let shown = Elide::new(whole, 13, REGULAR, |t| t.ink);
    if whole.chars().count() > LONG {
        tip(shown, whole)
    } else {
        shown.into()
    }
}

/// How many further addresses there are; which, while the pointer rests on it.
fn further<'a>(entry: &Entry) -> Option<Element<'a, Message>> {
    let count = entry.aliases.len();
    let all = || entry.aliases_in_full().join("\n");
    (count > 0).then(|| tip(tag(format!("+{}", words::number(count)), false), all()))
}

/// An address with a part that cannot be.
fn flawed<'a>([before, wrong, after]: [String; 3]) -> Element<'a, Message> {
    let ink: Role = |t| t.ink;
    let piece = |words: String, role: Role| say(words, 13, REGULAR, role).wrapping(Wrapping::None);
    let wrong = container(say(wrong, 13, SEMIBOLD, |t| t.bad).wrapping(Wrapping::None))
        .padding([0, 2])
        .style(|theme| {
            container::background(Tokens::of(theme).bad_soft).border(border::rounded(3))
        });
    container(row![piece(before, ink), wrong, piece(after, ink)])
        .clip(true)
        .into()
}

/// Eight dots, whatever the password is; a red field where there is none.
fn password<'a>(entry: &'a Entry, standing: Standing<'a>) -> Element<'a, Message> {
    match standing {
        Standing::Wrong(Problem::MissingPassword { .. }) => {
            let words = say(t!("users-no-value"), 12, REGULAR, |t| t.ink_3);
            Control::new(container(words).center_y(Fill))
                .width(Fill)
                .height(28)
                .padding([0, 10])
                .quiet()
                .look(|t, _| Face {
                    fill: t.surface,
                    border: border::rounded(6).color(t.bad).width(1),
                    ink: t.ink_3,
                })
                .on(Message::Edit(entry.id, Part::Password))
                .into()
        }
        Standing::Locked => Icon::LOCK_KEYHOLE.show(15.0, |t| t.ink_3).into(),
        _ if entry.password.is_some() || entry.destination_password.is_some() => {
            say(DOTS, 13, REGULAR, |t| t.ink_3).into()
        }
        _ => Elide::new(t!("users-no-need"), 12, REGULAR, |t| t.ink_3).into(),
    }
}

/// How it stands, why, and what can be done about it.
fn state<'a>(
    entry: &'a Entry,
    standing: Standing<'a>,
    note: Note,
    pane: Pane,
) -> Element<'a, Message> {
    let turn = matches!(standing, Standing::Tried(Proof::Checking)).then_some(pane.turn);
    let mut first = row![chip(note.tone, note.icon, turn, note.word)]
        .spacing(8)
        .align_y(Center);
    if let Some(beside) = note.beside {
        first = first.push(Elide::new(beside, 12, REGULAR, |t| t.ink_3));
    }
    let said: Element<'a, Message> = match note.why {
        None => first.into(),
        Some(why) => {
            let lines =
                column![first, Elide::new(why.as_str(), 12, REGULAR, |t| t.ink_3)].spacing(3);
            match note.more {
                Some(more) => tip(lines, more),
                None => lines.into(),
            }
        }
    };
    let mut line = row![container(said).width(Fill).clip(true)]
        .spacing(8)
        .align_y(Center);
    if note.again {
        let retry = icon_button(Icon::ROTATE_CW, t!("ui-retry"), Message::Retry(entry.id));
        line = line.push(retry);
    }
    if let Some(deed) = note.deed {
        let (word, message) = match deed {
            Deed::Enter(part) => (t!("users-do-enter"), Message::Edit(entry.id, part)),
            Deed::Correct(part) => (t!("users-do-correct"), Message::Edit(entry.id, part)),
            Deed::Edit(part) => (t!("users-do-edit"), Message::Edit(entry.id, part)),
            Deed::Remove => (t!("users-do-remove"), Message::Remove(entry.id)),
            Deed::Retry => (t!("ui-retry"), Message::Retry(entry.id)),
            Deed::Unlock => (t!("unlock-open"), Message::Unlock),
        };
        line = line.push(button(word).small().quiet().on(message));
    }
    line.into()
}

/// The parts of the list beside each other, each as long as it is large.
fn stacked<'a>(state: &State, width: f32) -> Element<'a, Message> {
    // However few there are of a kind, they are seen.
    const LEAST: f32 = 3.0;
    const GAP: f32 = 2.0;
    let counts = &state.counts;
    let parts: [(usize, Role); 4] = [
        (counts.good, |t| t.ok),
        (counts.duplicates, |t| t.warn_icon),
        (counts.to_fix, |t| t.bad),
        (counts.unproven + counts.locked, |t| t.line_strong),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).collect();
    let all: usize = parts.iter().map(|(count, _)| count).sum();
    let room = width - (LEAST + GAP) * parts.len() as f32;
    let mut line = row![].spacing(GAP).width(width);
    for (count, role) in parts {
        let long = LEAST + room * count as f32 / all.max(1) as f32;
        line = line.push(
            container(space::horizontal())
                .width(long)
                .height(6)
                .style(theme::ground(role, 2.0)),
        );
    }
    line.into()
}
