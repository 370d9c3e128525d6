//! The accounts, one row each: what is at work first, then what needs a person, what waits, what is done.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, key::Named};
use iced::widget::text::Wrapping;
use iced::widget::{Row, column, container, hover, row, space};
use iced::{Center, Element, Fill, FillPortion, Right};

use super::from;
use super::{Message, Now, State, words};
use crate::engine::{Activity, MailboxRow};
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, say};
use crate::ui::widget::choice::Filter as Chip;
use crate::ui::widget::mark::chip_on;
use crate::ui::widget::table::{self, Motion};
use crate::ui::widget::{Choice, Elide, Field, Select, Tone, bar, button, chip, filters};
use crate::ui::wizard::SEARCH;

/// The rows, for what scrolls them.
pub(super) const ROWS: Id = Id::new("live-accounts");
/// Height of a row and the rule below it.
pub(super) const ROW: f32 = 37.0;

const STATE: u32 = 116;
const PERCENT: u32 = 40;
const DEED: u32 = 76;
/// Windows narrower than this have no room for all filters.
const ALL_FILTERS: f32 = 1150.0;

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    Running,
    Wrong,
    Queued,
    Done,
}

impl Filter {
    pub(super) const ALL: [Self; 5] = [
        Self::All,
        Self::Running,
        Self::Wrong,
        Self::Queued,
        Self::Done,
    ];

    /// The group of a row.
    pub(super) fn of(row: &MailboxRow) -> Self {
        match row.activity {
            Activity::Preparing
            | Activity::Listing
            | Activity::Copying
            | Activity::Verifying
            | Activity::Waiting => Self::Running,
            Activity::Failed | Activity::DoneWithExceptions => Self::Wrong,
            Activity::Queued | Activity::Stopped => Self::Queued,
            Activity::Done => Self::Done,
        }
    }

    fn label(self, now: &Now) -> String {
        match self {
            Self::All => t!("live-filter-all"),
            Self::Running if now.phase.is_paused() => t!("live-state-paused"),
            Self::Running => t!("live-state-running"),
            Self::Wrong => t!("live-filter-wrong"),
            Self::Queued if now.phase == from::Phase::Over => t!("live-filter-left"),
            Self::Queued => t!("live-state-queued"),
            Self::Done => t!("live-filter-done"),
        }
    }
}

/// Rows in each group, all of them first.
pub(super) fn counts(rows: &[MailboxRow]) -> [u64; 5] {
    let mut counts = [rows.len() as u64, 0, 0, 0, 0];
    for row in rows {
        counts[Filter::of(row) as usize] += 1;
    }
    counts
}

/// The rows that are shown, in their order.
pub(super) fn shown(rows: &[MailboxRow], filter: Filter, search: &str) -> Vec<usize> {
    let wanted = search.trim().to_lowercase();
    let mut shown: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| filter == Filter::All || Filter::of(row) == filter)
        .filter(|(_, row)| wanted.is_empty() || row.login.to_lowercase().contains(&wanted))
        .map(|(index, _)| index)
        .collect();
    shown.sort_by_key(|index| Filter::of(&rows[*index]) as usize);
    shown
}

/// The domain all logins share, if they do: it is said once, in the head of the table.
pub(super) fn domain(rows: &[MailboxRow]) -> &str {
    let first = rows
        .first()
        .and_then(|row| row.login.find('@').map(|at| &row.login[at..]))
        .unwrap_or_default();
    if rows.len() > 1 && rows.iter().all(|row| row.login.ends_with(first)) {
        first
    } else {
        ""
    }
}

/// A login without the domain the head has said.
pub(super) fn local<'b>(login: &'b str, domain: &str) -> &'b str {
    login
        .strip_suffix(domain)
        .filter(|local| !local.is_empty())
        .unwrap_or(login)
}

/// Filters and search, at the right of the tabs.
pub(super) fn tools<'a>(state: &'a State, now: &Now, pane: Pane, slim: bool) -> Row<'a, Message> {
    let placeholder = t!("live-search");
    let search = Field::new(&state.search, Message::Search)
        .placeholder(placeholder)
        .icon(Icon::SEARCH)
        .id(SEARCH)
        .small()
        .width(if slim { 200 } else { 140 });
    let mut tools = row![].spacing(8).align_y(Center);
    if !slim {
        let many = now.rows.len() > 999;
        let seen = if pane.size.width < ALL_FILTERS || many {
            3
        } else {
            5
        };
        let chips = Filter::ALL[..seen]
            .iter()
            .map(|filter| Chip {
                label: filter.label(now),
                count: Some(i18n::number(now.counts[*filter as usize])),
                message: Message::Filter(*filter),
            })
            .collect();
        tools = tools.push(filters(chips, state.filter as usize));
        if seen < Filter::ALL.len() {
            let others = &Filter::ALL[seen..];
            let choices = others
                .iter()
                .map(|filter| {
                    let count = i18n::number(now.counts[*filter as usize]);
                    let label = format!("{} {count}", filter.label(now));
                    Choice::new(label, Message::Filter(*filter))
                })
                .collect();
            let chosen = others.iter().position(|filter| *filter == state.filter);
            let more = Select::new(choices, chosen)
                .placeholder(t!("live-filter-more"))
                .small()
                .width(if chosen.is_some() { 132 } else { 76 });
            tools = tools.push(more);
        }
    }
    tools.push(search)
}

/// The table; `slim` beside the panel.
pub(super) fn view<'a>(state: &State, now: &Now, pane: Pane, slim: bool) -> Element<'a, Message> {
    let shown = shown(&now.rows, state.filter, &state.search);
    let domain = domain(&now.rows).to_owned();
    let head = head(now, &domain, pane, slim);
    let rows: Element<'a, Message> = if shown.is_empty() {
        table::nothing(if now.rows.is_empty() {
            t!("live-nothing")
        } else {
            t!("live-nothing-found")
        })
    } else {
        let mut view = state.view;
        view.cursor = state.place(&now.rows, &shown);
        let heights = vec![ROW; shown.len()];
        let says = table::Says {
            scrolled: Box::new(Message::Scrolled),
            key: Box::new(|key, modifiers| {
                if let Some(motion) = Motion::of(key, modifiers) {
                    return Some(Message::Move(motion));
                }
                match key {
                    Key::Named(Named::Enter) if modifiers.is_empty() => Some(Message::OpenHere),
                    Key::Character(letter) if modifiers.is_empty() && letter == "r" => {
                        Some(Message::RetryHere)
                    }
                    _ => None,
                }
            }),
        };
        let opened = state.panel.as_ref().map(super::panel::Panel::login);
        table::rows(
            ROWS,
            view,
            &heights,
            |index| {
                let row = &now.rows[shown[index]];
                let selected = opened == Some(row.login.as_str());
                one(row, now, &domain, pane, slim, selected)
            },
            says,
        )
    };
    container(column![head, rows])
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

/// Numbers are never cut: their column is as wide as the largest of them.
fn messages_width(now: &Now) -> u32 {
    match now.rows.iter().map(|row| row.listed).max().unwrap_or(0) {
        0..100_000 => 124,
        100_000..1_000_000 => 140,
        _ => 176,
    }
}

fn progress_width(pane: Pane) -> u32 {
    if pane.narrow() { 76 } else { 104 }
}

fn head<'a>(now: &Now, domain: &str, pane: Pane, slim: bool) -> Element<'a, Message> {
    let name = |text: String| table::head(text);
    let mut account = row![name(t!("live-column-account"))].spacing(4);
    if !slim && !pane.narrow() && !domain.is_empty() {
        account = account.push(Elide::new(domain, 12, REGULAR, |t| t.ink_3).fill());
    }
    let mut head = row![
        name(t!("live-column-state")).width(STATE),
        account.width(FillPortion(3)),
    ]
    .spacing(12)
    .align_y(Center);
    if !now.passwords {
        let progress = name(t!("live-column-progress"));
        head = head.push(progress.width(progress_width(pane) + 4 + PERCENT));
    }
    if !slim {
        if now.passwords {
            head = head.push(name(t!("live-column-done")).width(FillPortion(2)));
        } else {
            head = head
                .push(name(t!("live-column-folder")).width(FillPortion(2)))
                .push(
                    name(t!("live-column-messages"))
                        .right()
                        .width(messages_width(now)),
                );
        }
        head = head.push(space::horizontal().width(DEED));
    }
    table::head_line(head, true)
}

fn one<'a>(
    row: &MailboxRow,
    now: &Now,
    domain: &str,
    pane: Pane,
    slim: bool,
    selected: bool,
) -> Element<'a, Message> {
    let state = words::state(row, now.phase);
    let much = from::much(row, now.lanes);
    let turn = state.turns.then_some(pane.turn);
    let chip = if selected {
        chip_on(state.tone, state.icon, turn, state.word, |t| t.surface)
    } else {
        chip(state.tone, state.icon, turn, state.word)
    };
    let tone = match row.activity {
        Activity::Stopped | Activity::Queued => Tone::Neutral,
        _ => state.tone,
    };
    let ink: Role = if much.part > 0.0 {
        |t| t.ink_2
    } else {
        |t| t.ink_3
    };
    let percent = say(words::percent(much), 13, REGULAR, ink)
        .wrapping(Wrapping::None)
        .width(PERCENT)
        .align_x(Right);
    let mut cells = row![
        container(chip).width(STATE),
        Elide::new(local(&row.login, domain), 13, MEDIUM, |t| t.ink)
            .middle()
            .width(FillPortion(3)),
    ]
    .spacing(12)
    .align_y(Center);
    if !now.passwords {
        cells = cells.push(
            row![bar(much.part, progress_width(pane), tone), percent]
                .spacing(4)
                .align_y(Center),
        );
    }
    let again = !slim && from::is_wrong(row);
    if !slim {
        let (note, role): (String, Role) = match row.activity {
            Activity::Done if now.passwords => (t!("live-setup-password"), |t| t.ink_2),
            _ => words::note(row),
        };
        let mut note = Elide::new(note, 13, REGULAR, role);
        if from::is_working(row) && row.activity != Activity::Waiting {
            note = note.middle();
        }
        let deed: Element<'a, Message> = if again {
            button(t!("ui-retry"))
                .small()
                .quiet()
                .on(Message::Retry(row.login.clone()))
                .into()
        } else {
            space::horizontal().into()
        };
        cells = cells.push(note.width(FillPortion(2)));
        if !now.passwords {
            cells = cells.push(
                Elide::new(words::messages(much), 13, REGULAR, |t| t.ink_2)
                    .right()
                    .width(messages_width(now)),
            );
        }
        cells = cells.push(container(deed).width(DEED).align_x(Right));
    }
    let face = table::row_face(cells, selected, Message::Open(row.login.clone()));
    if again || slim {
        return face;
    }
    let chevron = container(Icon::CHEVRON_RIGHT.show(16.0, |t| t.ink_2))
        .width(Fill)
        .height(Fill)
        .padding([0, 22])
        .align_x(Right)
        .align_y(Center);
    hover(face, chevron)
}
