//! The card of the folders.
//!
//! Promises: every folder of the chosen accounts has its row or is counted in one, whatever their number. Deliberately
//! absent: where a folder goes, which `folders` knows.

mod remarks;
mod ruled;

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::folders::{Place, Row, Table};
use super::rules::{HEIGHT, LIST, Pick, Rules, SEARCH, Say, name_id};
use crate::engine::folder::Role;
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::session::{Session, Standing};
use crate::ui::shell::Pane;
use crate::ui::survey::{self, Obstacle};
use crate::ui::theme::{self, REGULAR, Role as Ink, SEMIBOLD, say};
use crate::ui::widget::choice::tick;
use crate::ui::widget::table::{self as rows, Motion, Says};
use crate::ui::widget::{
    Choice, Elide, Field, Select, button, hairline, hint, icon_button, spinner,
};
use remarks::{Remark, place_words, remarks};
use ruled::{edited, ruled};

/// Rules shown before the rest is only counted.
const MOST_RULES: usize = 12;
/// Rows of the others seen at once.
const MOST_OTHERS: usize = 8;

impl Rules {
    pub(super) fn card<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Say> {
        let table = self.table(session);
        let mut lines = column![self.head(session, &table, pane), heads(pane)];
        for row in &table.special {
            lines = lines
                .push(self.special(session, row, pane))
                .push(hairline());
        }
        for (index, rule) in table.rules.iter().take(MOST_RULES).enumerate() {
            lines = lines.push(ruled(index, rule, pane)).push(hairline());
        }
        if table.rules.len() > MOST_RULES {
            let more = (table.rules.len() - MOST_RULES) as u64;
            let words = t!(
                "folders-more-rules",
                count = more,
                number = i18n::number(more)
            );
            lines = lines
                .push(plain(say(words, 12, REGULAR, |t| t.ink_3)))
                .push(hairline());
        }
        if let Some(editor) = &self.editor {
            lines = lines.push(edited(editor)).push(hairline());
        }
        if !table.others.is_empty() {
            lines = lines.push(self.others(&table, pane));
            if self.open {
                lines = lines.push(hairline()).push(self.each(&table));
            }
        }
        if table.accounts == 0 || session.survey.obstacle().is_some() {
            let (icon, words) = self.waiting(session);
            let words = container(hint(icon, |t| t.ink_3, words)).padding([12, 16]);
            lines = lines.push(words);
        }
        container(lines)
            .padding(1)
            .width(Fill)
            .style(theme::card)
            .into()
    }

    fn head<'a>(&self, session: &Session, table: &Table, pane: Pane) -> Element<'a, Say> {
        let number = i18n::number(table.accounts as u64);
        let mut line = row![say(t!("folders-title"), 15, SEMIBOLD, |t| t.ink)]
            .spacing(8)
            .align_y(Center);
        let aside = match session.survey.progress() {
            Some((_, of)) => {
                line =
                    line.push(space::horizontal())
                        .push(spinner(15.0, |t| t.accent_ink, pane.turn));
                t!(
                    "folders-found-of",
                    number = number,
                    of = i18n::number(of as u64)
                )
            }
            None if table.accounts > 0 => {
                line = line.push(space::horizontal());
                let count = table.accounts as u64;
                t!("folders-found", count = count, number = number)
            }
            None => {
                line = line.push(space::horizontal());
                String::new()
            }
        };
        line = line.push(Elide::new(aside, 12, REGULAR, |t| t.ink_3));
        line = line.push(if session.survey.is_looking() {
            icon_button(Icon::X, t!("survey-halt"), Say::Halt)
        } else {
            icon_button(Icon::ROTATE_CW, t!("survey-again"), Say::Again)
        });
        let new = button(t!("folders-add"))
            .icon(Icon::PLUS)
            .small()
            .id("options-add-rule")
            .on(self.editor.is_none().then_some(Say::NewRule));
        container(line.push(new))
            .padding(Padding::from([8, 12]).left(16))
            .center_y(48)
            .width(Fill)
            .into()
    }

    fn special<'a>(&'a self, session: &'a Session, folder: &Row, pane: Pane) -> Element<'a, Say> {
        let off = !folder.is_copied();
        let ink: Ink = if off { |t| t.ink_off } else { |t| t.ink };
        let mark: Ink = if off { |t| t.ink_off } else { |t| t.ink_3 };
        let say_tick = Say::Tick(folder.origin.clone());
        let name = row![
            icon_of(folder).show(15.0, mark),
            Elide::new(folder.origin.clone(), 13, REGULAR, ink).fill(),
        ]
        .spacing(8)
        .align_y(Center)
        .width(Fill);
        let place: Element<'a, Say> = match self.written(session, folder) {
            Some(text) => named(folder, text),
            None => select(session, folder),
        };
        let line = row![
            tick(folder.is_copied(), folder.is_free().then_some(say_tick)),
            name,
            Icon::ARROW_RIGHT.show(14.0, |t| t.ink_3),
            container(place).width(wide(pane)),
            count(folder.accounts),
        ]
        .spacing(12)
        .align_y(Center);
        noted(line, remarks(folder))
    }

    fn others<'a>(&self, table: &Table, pane: Pane) -> Element<'a, Say> {
        let copied = table.others_copied();
        let (chevron, name) = if self.open {
            (Icon::CHEVRON_UP, t!("folders-fold"))
        } else {
            (Icon::CHEVRON_DOWN, t!("folders-unfold"))
        };
        let count_of = table.others.len() as u64;
        let words = t!(
            "folders-others",
            count = count_of,
            number = i18n::number(count_of)
        );
        let state = match copied {
            Some(copied) => copied.into(),
            None => crate::ui::widget::choice::Tick::Some,
        };
        let choices = vec![
            Choice::new(t!("folders-same"), Say::Group(true)),
            Choice::new(t!("folders-out"), Say::Group(false)),
        ];
        let select = Select::new(choices, copied.map(|copied| usize::from(!copied)))
            .placeholder(t!("folders-mixed"))
            .small();
        let name_part = row![
            Icon::FOLDER.show(15.0, |t| t.ink_3),
            Elide::new(words, 13, REGULAR, |t| t.ink).fill(),
            icon_button(chevron, name, Say::Open(!self.open)),
        ]
        .spacing(8)
        .align_y(Center)
        .width(Fill);
        let line = row![
            tick(state, Say::Group(copied != Some(true))),
            name_part,
            Icon::ARROW_RIGHT.show(14.0, |t| t.ink_3),
            container(select).width(wide(pane)),
            count(table.other_accounts),
        ]
        .spacing(12)
        .align_y(Center);
        plain(line)
    }

    /// The others one by one.
    fn each<'a>(&'a self, table: &Table) -> Element<'a, Say> {
        let shown = table.matching(&self.query);
        let search = Field::new(&self.query, Say::Search)
            .small()
            .icon(Icon::SEARCH)
            .placeholder(t!("folders-search"))
            .id(SEARCH);
        let top = container(search).padding([8, 16]).width(Fill);
        if shown.is_empty() {
            let none = container(rows::nothing(t!("folders-none"))).height(72);
            return column![top, hairline(), none].into();
        }
        let heights = vec![HEIGHT; shown.len()];
        let says = Says {
            scrolled: Box::new(Say::Scrolled),
            key: Box::new(|key, modifiers| match key {
                Key::Named(Named::Space) if modifiers.is_empty() => Some(Say::TickHere),
                Key::Named(Named::Enter) if modifiers.is_empty() => Some(Say::RuleHere),
                _ => Motion::of(key, modifiers).map(Say::Move),
            }),
        };
        let list = rows::rows(
            LIST,
            self.view,
            &heights,
            |at| one(at, &table.others[shown[at]], self.view.cursor == at),
            says,
        );
        #[allow(clippy::cast_precision_loss, reason = "a handful of rows")]
        let height = HEIGHT * shown.len().min(MOST_OTHERS) as f32;
        let foot = container(hint(Icon::INFO, |t| t.ink_3, t!("folders-keys")))
            .padding([8, 16])
            .width(Fill);
        column![
            top,
            hairline(),
            container(list).height(height),
            hairline(),
            foot
        ]
        .into()
    }

    /// Why there are no folders yet.
    fn waiting(&self, session: &Session) -> (Icon, String) {
        let lot = self.lots.of(session);
        let selected = lot
            .plan
            .as_ref()
            .map_or(0, |plan| survey::selected(plan).count());
        match session.survey.obstacle() {
            Some(Obstacle::Running) => return (Icon::CLOCK, t!("folders-running")),
            Some(Obstacle::Folder(detail) | Obstacle::Journal(detail)) => {
                let words = t!("survey-no-folder", detail = detail.as_str());
                return (Icon::CIRCLE_X, words);
            }
            None => {}
        }
        if session.survey.is_looking() {
            (Icon::HOURGLASS, t!("folders-looking"))
        } else if selected == 0 {
            (Icon::INFO, t!("folders-no-accounts"))
        } else if !lot.lacking.is_empty() && session.survey.all().next().is_none() {
            let locked = matches!(
                session.keeper.standing(),
                Standing::Wanted(_) | Standing::Failed(_)
            );
            let words = if locked {
                t!("folders-locked")
            } else {
                t!("folders-no-passwords")
            };
            (Icon::LOCK_KEYHOLE, words)
        } else if session.survey.all().next().is_some() {
            (Icon::TRIANGLE_ALERT, t!("folders-no-access"))
        } else {
            (Icon::INFO, t!("folders-not-yet"))
        }
    }
}

/// The column of destinations.
fn wide(pane: Pane) -> f32 {
    if pane.narrow() { 148.0 } else { 156.0 }
}

fn heads<'a>(pane: Pane) -> Element<'a, Say> {
    let line = row![
        space::horizontal().width(16),
        rows::head(t!("folders-origin")).fill(),
        space::horizontal().width(14),
        rows::head(t!("folders-destination")).width(wide(pane)),
        rows::head(t!("folders-accounts")).width(60).right(),
    ]
    .spacing(12);
    rows::head_line(line, false)
}

fn plain<'a>(content: impl Into<Element<'a, Say>>) -> Element<'a, Say> {
    container(content)
        .padding([0, 16])
        .center_y(HEIGHT)
        .width(Fill)
        .into()
}

/// A row, and what is to be said about it below.
fn noted<'a>(line: impl Into<Element<'a, Say>>, remarks: Vec<Remark>) -> Element<'a, Say> {
    if remarks.is_empty() {
        return plain(line);
    }
    let mut below: Column<'a, Say> = column![].spacing(2);
    for (icon, ink, words) in remarks {
        below = below.push(
            row![
                icon.show(13.0, ink),
                Elide::new(words, 12, REGULAR, |t| t.ink_3).fill()
            ]
            .spacing(6)
            .align_y(Center),
        );
    }
    let below = container(below).padding(Padding::ZERO.left(28));
    container(column![line.into(), below].spacing(4))
        .padding([4, 16])
        .width(Fill)
        .into()
}

fn count<'a>(accounts: usize) -> Element<'a, Say> {
    Elide::new(i18n::number(accounts as u64), 12, REGULAR, |t| t.ink_3)
        .width(60)
        .right()
        .into()
}

fn icon_of(folder: &Row) -> Icon {
    if folder.is_inbox() {
        return Icon::INBOX;
    }
    match folder.role {
        Some(Role::Sent) => Icon::SEND,
        Some(Role::Drafts) => Icon::FILE_PEN_LINE,
        Some(Role::Archive) => Icon::ARCHIVE,
        Some(Role::Trash) => Icon::TRASH_2,
        Some(Role::Junk) => Icon::OCTAGON_ALERT,
        Some(Role::All | Role::Flagged | Role::Important) => Icon::MAILS,
        None => Icon::FOLDER,
    }
}

fn select<'a>(session: &Session, folder: &Row) -> Element<'a, Say> {
    let pick =
        |label: String, pick: Pick| Choice::new(label, Say::Pick(folder.origin.clone(), pick));
    let mut choices = Vec::new();
    let mut picks = Vec::new();
    let mut push = |label: String, what: Pick| {
        choices.push(pick(label, what));
        picks.push(what);
    };
    let stays = matches!(folder.proposed, Some(Place::Out(_)));
    match &folder.proposed {
        Some(Place::To(path)) => push(place_words(path), Pick::Proposed),
        Some(Place::Out(_)) => {}
        None if folder.is_inbox() => push(t!("folders-inbox"), Pick::Proposed),
        None => push(t!("folders-proposed"), Pick::Proposed),
    }
    if !folder.is_inbox() && folder.proposed != Some(Place::To(folder.same.clone())) {
        push(t!("folders-same"), Pick::Same);
    }
    push(
        t!("folders-out"),
        if stays { Pick::Proposed } else { Pick::Out },
    );
    if !folder.is_inbox() {
        push(t!("folders-other"), Pick::Other);
    }
    let ruled = session.draft.options.folders.contains_key(&folder.origin);
    let now = match &folder.place {
        Place::Out(_) if stays => Pick::Proposed,
        Place::Out(_) => Pick::Out,
        Place::To(_) if ruled => Pick::Same,
        Place::To(_) => Pick::Proposed,
    };
    let chosen = picks.iter().position(|what| *what == now).or(Some(0));
    Select::new(choices, chosen)
        .small()
        .off(!folder.is_free())
        .into()
}

/// A name at the destination that is written by hand.
fn named<'a>(folder: &Row, text: &'a str) -> Element<'a, Say> {
    let origin = folder.origin.clone();
    let back = Say::Pick(folder.origin.clone(), Pick::Proposed);
    let field = Field::new(text, move |text| Say::Named(origin.clone(), text))
        .small()
        .id(name_id(&folder.origin))
        .wrong(!super::folders::is_path(text));
    row![
        Element::from(field),
        icon_button(Icon::X, t!("folders-back"), back)
    ]
    .spacing(2)
    .align_y(Center)
    .into()
}

/// One of the others.
fn one<'a>(at: usize, folder: &Row, here: bool) -> Element<'a, Say> {
    let copied = folder.is_copied();
    let ink: Ink = if copied { |t| t.ink } else { |t| t.ink_3 };
    let say_tick = Say::Tick(folder.origin.clone());
    let (icon, mark, words): (Option<Icon>, Ink, String) = match remarks(folder).into_iter().next()
    {
        Some((icon, mark, words)) => (Some(icon), mark, words),
        None => match &folder.place {
            Place::To(path) if *path == folder.same => (None, |t| t.ink_3, t!("folders-same")),
            Place::To(path) => (None, |t| t.ink_3, place_words(path)),
            Place::Out(_) => (None, |t| t.ink_3, t!("folders-out")),
        },
    };
    let mut about = row![].spacing(6).align_y(Center).width(Fill);
    if let Some(icon) = icon {
        about = about.push(icon.show(13.0, mark));
    }
    about = about.push(Elide::new(words, 12, REGULAR, |t| t.ink_3).fill());
    let line = row![
        tick(copied, folder.is_free().then_some(say_tick)).quiet(),
        Elide::new(folder.origin.clone(), 13, REGULAR, ink)
            .middle()
            .fill(),
        about,
        count(folder.accounts),
    ]
    .spacing(12)
    .align_y(Center);
    rows::row_face(line, here, Say::Point(at))
}
