//! The mailboxes: how each stands, and what each is doing while a pass goes on.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::gestures::{ROW, ROWS};
use super::progress::{is_over, of_mailbox};
use super::verdict::Outcome;
use super::{Message, State, table_key};
use crate::engine::{Activity, MailboxRow};
use crate::i18n::number;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::running::Running;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::table::{self, Says, head};
use crate::ui::widget::{Elide, Field, Tone, bar, button, chip, hairline};
use crate::ui::wizard::SEARCH;

/// How wide the columns of numbers and of the result are.
#[derive(Clone, Copy)]
struct Widths {
    origin: u32,
    copies: u32,
    excluded: u32,
    lacking: u32,
    outcome: u32,
    gap: u32,
}

impl Widths {
    /// Where there is little room, names need it more.
    fn of(pane: Pane) -> Self {
        if pane.narrow() {
            Self {
                origin: 54,
                copies: 76,
                excluded: 56,
                lacking: 58,
                outcome: 106,
                gap: 6,
            }
        } else {
            Self {
                origin: 62,
                copies: 84,
                excluded: 58,
                lacking: 64,
                outcome: 106,
                gap: GAP,
            }
        }
    }
}

/// Between two columns.
const GAP: u32 = 8;

fn says<'a>() -> Says<'a, Message> {
    Says {
        scrolled: Box::new(Message::Scrolled),
        key: Box::new(table_key),
    }
}

/// A card with a title, a field to search in, heads and rows.
fn frame<'a>(
    state: &'a State,
    title: String,
    heads: Element<'a, Message>,
    rows: Element<'a, Message>,
) -> Element<'a, Message> {
    let domain = state.facts().and_then(|facts| facts.domain.clone());
    let title = row![
        say(title, 15, SEMIBOLD, |t| t.ink),
        Elide::new(domain.unwrap_or_default(), 13, REGULAR, |t| t.ink_3).fill(),
        Element::from(
            Field::new(&state.search, Message::Search)
                .icon(Icon::SEARCH)
                .placeholder(t!("finish-search"))
                .small()
                .id(SEARCH)
                .width(168)
        ),
    ]
    .spacing(10)
    .align_y(Center);
    let title = container(title).padding(Padding::from([8, 12]).left(16));
    container(column![title, hairline(), heads, rows])
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

/// How each mailbox stands.
pub fn results(state: &State, pane: Pane) -> Element<'_, Message> {
    let widths = Widths::of(pane);
    let right = |words: String, width: u32| head(words).width(width).right();
    let copies = copies(state);
    let mut heads = row![head(t!("finish-column-account")).fill()].spacing(widths.gap);
    if copies {
        heads = heads
            .push(right(t!("finish-column-origin"), widths.origin))
            .push(right(t!("finish-column-copies"), widths.copies))
            .push(right(t!("finish-column-excluded"), widths.excluded))
            .push(right(t!("finish-column-missing"), widths.lacking));
    }
    let outcome = head(t!("finish-column-outcome")).fill();
    heads = heads.push(
        container(outcome)
            .width(widths.outcome)
            .padding(Padding::ZERO.left(4)),
    );
    let rows = if state.found.is_empty() {
        table::nothing(t!("finish-none-found"))
    } else {
        let heights = vec![ROW; state.found.len()];
        table::rows(
            ROWS,
            state.table,
            &heights,
            |place| result(state, place, widths),
            says(),
        )
    };
    frame(
        state,
        t!("finish-accounts"),
        table::head_line(heads, false),
        rows,
    )
}

/// Whether messages are copied, and there is something to count.
fn copies(state: &State) -> bool {
    let facts = state.facts();
    facts.is_none_or(|facts| facts.report.plan.scope.copies())
}

fn result(state: &State, place: usize, widths: Widths) -> Element<'_, Message> {
    let row = state
        .found
        .get(place)
        .and_then(|index| state.facts()?.rows.get(*index));
    let Some(one) = row else {
        return space::horizontal().into();
    };
    let unknown = || String::from("–");
    let known = |count: u64| {
        if one.is_listed {
            number(count)
        } else {
            unknown()
        }
    };
    let cell = |words: String, width: u32| {
        Elide::new(words, 13, REGULAR, |t| t.ink_2)
            .width(width)
            .right()
    };
    let excluded = match one.excluded {
        0 => unknown(),
        count => number(count),
    };
    let lacks: Role = if one.missing > 0 {
        |t| t.bad
    } else {
        |t| t.ink
    };
    // That nothing lacks is known only of what was compared in full.
    let lacking = match (one.missing, one.outcome) {
        (0, Outcome::Complete) | (1.., _) => number(one.missing),
        (0, _) => unknown(),
    };
    let mut content = row![Elide::new(one.name.clone(), 13, MEDIUM, |t| t.ink).fill()]
        .spacing(widths.gap)
        .align_y(Center);
    if copies(state) {
        content = content
            .push(cell(known(one.origin), widths.origin))
            .push(cell(known(one.copies), widths.copies))
            .push(cell(excluded, widths.excluded))
            .push(
                Elide::new(lacking, 13, SEMIBOLD, lacks)
                    .width(widths.lacking)
                    .right(),
            );
    }
    content = content.push(
        container(outcome(one.outcome, &one.login))
            .width(widths.outcome)
            .padding(Padding::ZERO.left(4)),
    );
    table::row_face(content, false, Message::Row(Some(place)))
}

fn outcome<'a>(outcome: Outcome, login: &str) -> Element<'a, Message> {
    let (icon, role, word): (Icon, Role, String) = match outcome {
        Outcome::Recover => {
            let message = Message::Recover(vec![login.to_owned()]);
            return button(t!("finish-outcome-recover"))
                .small()
                .quiet()
                .on(message)
                .into();
        }
        Outcome::Complete => (Icon::CHECK, |t| t.ok, t!("finish-outcome-complete")),
        Outcome::ToSee => (
            Icon::TRIANGLE_ALERT,
            |t| t.warn,
            t!("finish-outcome-to-see"),
        ),
        Outcome::Stopped => (Icon::SQUARE, |t| t.warn, t!("finish-outcome-stopped")),
        Outcome::Unverified => (
            Icon::HOURGLASS,
            |t| t.ink_2,
            t!("finish-outcome-unverified"),
        ),
        Outcome::Present => (Icon::LIST_CHECKS, |t| t.ink_2, t!("finish-outcome-present")),
        Outcome::Sampled => (
            Icon::SEARCH_CHECK,
            |t| t.ink_2,
            t!("finish-outcome-sampled"),
        ),
        Outcome::Set => (Icon::CHECK, |t| t.ok, t!("finish-outcome-set")),
        Outcome::NotSet => (
            Icon::TRIANGLE_ALERT,
            |t| t.warn,
            t!("finish-outcome-not-set"),
        ),
        Outcome::LeftOut => (Icon::MINUS, |t| t.ink_3, t!("finish-outcome-left-out")),
    };
    row![
        icon.show(14.0, role),
        Elide::new(word, 12, MEDIUM, role).fill()
    ]
    .spacing(6)
    .align_y(Center)
    .into()
}

const DONE: u32 = 116;
const STATE: u32 = 118;

/// What each mailbox is doing.
pub fn working<'a>(state: &'a State, running: &'a Running, pane: Pane) -> Element<'a, Message> {
    let shown = state.shown_rows(running);
    let heads = row![
        head(t!("finish-column-account")).fill(),
        head(t!("finish-column-done")).width(DONE).right(),
        head(t!("finish-column-state")).width(STATE),
    ]
    .spacing(GAP);
    let mailboxes = &running.shown.snapshot.mailboxes;
    let rows = if mailboxes.is_empty() {
        table::nothing(t!("finish-preparing"))
    } else if shown.is_empty() {
        table::nothing(t!("finish-none-found"))
    } else {
        let heights = vec![ROW; shown.len()];
        table::rows(
            ROWS,
            state.table,
            &heights,
            |place| match shown.get(place).and_then(|at| mailboxes.get(*at)) {
                Some(one) => mailbox(state, one, pane),
                None => space::horizontal().into(),
            },
            says(),
        )
    };
    frame(
        state,
        t!("finish-accounts-now"),
        table::head_line(heads, false),
        rows,
    )
}

fn mailbox<'a>(state: &'a State, one: &MailboxRow, pane: Pane) -> Element<'a, Message> {
    let domain = state.facts().and_then(|facts| facts.domain.as_deref());
    let name = super::facts::short(&one.login, domain).to_owned();
    let done = if one.listed > 0 {
        t!(
            "finish-of",
            done = number(one.done),
            all = number(one.listed)
        )
    } else {
        String::from("–")
    };
    #[allow(clippy::cast_possible_truncation, reason = "a part of a bar")]
    let part = of_mailbox(one) as f32;
    let (tone, icon, turn, word) = activity(one.activity, pane.turn);
    let middle: Element<'a, Message> = if is_over(one) || one.listed == 0 {
        Elide::new(done, 13, REGULAR, |t| t.ink_2)
            .width(DONE)
            .right()
            .into()
    } else {
        column![
            Elide::new(done, 12, REGULAR, |t| t.ink_2)
                .width(DONE)
                .right(),
            bar(part, DONE, Tone::Running)
        ]
        .spacing(2)
        .into()
    };
    let content = row![
        Elide::new(name, 13, MEDIUM, |t| t.ink).fill(),
        middle,
        container(chip(tone, icon, turn, word)).width(STATE),
    ]
    .spacing(GAP)
    .align_y(Center);
    container(content).padding([0, 16]).center_y(Fill).into()
}

fn activity(activity: Activity, turn: u8) -> (Tone, Icon, Option<u8>, String) {
    match activity {
        Activity::Queued => (Tone::Neutral, Icon::CLOCK, None, t!("finish-now-queued")),
        Activity::Preparing => (
            Tone::Running,
            Icon::LOADER_CIRCLE,
            Some(turn),
            t!("finish-now-preparing"),
        ),
        Activity::Listing => (
            Tone::Running,
            Icon::LOADER_CIRCLE,
            Some(turn),
            t!("finish-now-listing"),
        ),
        Activity::Copying => (
            Tone::Running,
            Icon::LOADER_CIRCLE,
            Some(turn),
            t!("finish-now-copying"),
        ),
        Activity::Verifying => (
            Tone::Running,
            Icon::LOADER_CIRCLE,
            Some(turn),
            t!("finish-now-verifying"),
        ),
        Activity::Waiting => (Tone::Warn, Icon::HOURGLASS, None, t!("finish-now-waiting")),
        Activity::Done => (Tone::Ok, Icon::CIRCLE_CHECK, None, t!("finish-now-done")),
        Activity::DoneWithExceptions => (
            Tone::Warn,
            Icon::TRIANGLE_ALERT,
            None,
            t!("finish-now-exceptions"),
        ),
        Activity::Failed => (Tone::Bad, Icon::CIRCLE_X, None, t!("finish-now-failed")),
        Activity::Stopped => (Tone::Neutral, Icon::SQUARE, None, t!("finish-now-stopped")),
    }
}
