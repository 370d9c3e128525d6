//! How the panel of an account looks: its head and its folders.
//!
//! Promises: a time that is left is told only where it can be known. Deliberately absent: asking, and what stands
//! below the folders.

use std::time::Duration;

use iced::keyboard::{Key, Modifiers};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};
use jiff::Timestamp;

use super::super::from::{self, Phase};
use super::super::{Message, Now, words};
use super::foot::foot;
use super::setup;
use super::{Folder, Panel, ROW, ROWS, TALL};
use crate::engine::{Activity, MailboxRow};
use crate::i18n;
use crate::journal::FolderState;
use crate::plan::Options;
use crate::t;
use crate::trouble::Kind;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::table;
use crate::ui::widget::{Elide, Tone, bar, chip, hairline, icon_button, spinner, tip};

fn small<'a>(words: impl Into<String>, role: Role) -> Element<'a, Message> {
    say(words.into(), 12, REGULAR, role)
        .wrapping(Wrapping::None)
        .into()
}

/// Since when it is worked on and how long it may take; or when it was.
fn times(row: &MailboxRow, now: &Now) -> Option<String> {
    let (started, finished) = (row.started?, row.finished);
    let took = |until: Timestamp| Duration::try_from(until.duration_since(started)).ok();
    if let Some(finished) = finished {
        let took = i18n::duration(took(finished)?);
        return Some(t!("live-finished", at = words::at(finished), took = took));
    }
    let took = took(Timestamp::now())?;
    if !from::is_working(row) {
        return None;
    }
    let much = from::much(row, now.lanes);
    let seconds = took.as_secs_f64();
    let steady =
        seconds >= 30.0 && row.copied > 0 && now.phase == Phase::Running && much.part > 0.0;
    let since = words::roughly(took);
    if !steady {
        return Some(t!("live-since", time = since));
    }
    let missing = row.done as f64 / f64::from(much.part) - row.done as f64;
    let left = Duration::try_from_secs_f64(missing * seconds / row.copied as f64).ok()?;
    Some(t!(
        "live-since-left",
        time = since,
        left = words::about(left)
    ))
}

/// The panel over the rows of the table.
pub(in super::super) fn view<'a>(
    panel: &'a Panel,
    row: &MailboxRow,
    now: &Now,
    options: &Options,
    pane: Pane,
) -> Element<'a, Message> {
    let state = words::state(row, now.phase);
    let much = from::much(row, now.lanes);
    let title = row![
        tip(
            Elide::new(row.login.as_str(), 15, SEMIBOLD, |t| t.ink)
                .middle()
                .fill(),
            row.login.clone()
        ),
        icon_button(Icon::X, t!("ui-close"), Message::Close),
    ]
    .spacing(8)
    .align_y(Center);
    let title = container(title).padding(Padding::ZERO.left(16).right(10));
    let chip = chip(
        state.tone,
        state.icon,
        state.turns.then_some(pane.turn),
        state.word,
    );
    let mut standing = row![chip].spacing(8).align_y(Center);
    let about = match (row.activity, times(row, now)) {
        (Activity::Waiting, _) => row
            .until
            .map(|at| t!("live-next-try", time = crate::ui::dates::clock(at))),
        (_, times) => times,
    };
    if let Some(about) = about {
        standing = standing.push(Elide::new(about, 12, REGULAR, |t| t.ink_3).fill());
    }
    let tone = match row.activity {
        Activity::Stopped | Activity::Queued => Tone::Neutral,
        _ => state.tone,
    };
    let mut head = column![standing].spacing(4);
    if !now.passwords {
        head = head
            .push(space::vertical().height(2))
            .push(
                row![
                    bar(much.part, Fill, tone),
                    say(words::percent(much), 13, SEMIBOLD, |t| t.ink)
                ]
                .spacing(12)
                .align_y(Center),
            )
            .push(row![
                small(words::of_messages(much), |t| t.ink_3),
                space::horizontal(),
                small(words::of_octets(much), |t| t.ink_3)
            ]);
    }
    let done = panel.facts.as_ref().and_then(|facts| facts.setup.as_ref());
    if let Some(block) = done.and_then(|setup| setup::block(setup, from::is_working(row))) {
        head = head.push(container(block).padding(Padding::ZERO.top(6)));
    }
    let names = row![
        table::head(t!("live-column-folder-name")).fill(),
        table::head(t!("live-column-messages")),
    ]
    .align_y(Center);
    let names = container(names)
        .padding([0, 16])
        .center_y(28)
        .style(theme::ground(|t| t.sunken, 0.0));
    let mut card = column![
        container(title).padding(Padding::ZERO.top(8)),
        container(head).padding(Padding::from([0, 16]).top(2).bottom(10)),
        hairline(),
    ];
    card = if now.passwords {
        card.push(table::nothing(t!("live-passwords-no-folders")))
    } else {
        card.push(names)
            .push(hairline())
            .push(container(folders(panel, row, pane)).height(Fill))
    };
    card = card.push(hairline());
    card = card.push(foot(panel, row, now, options));
    container(card)
        .padding(1)
        .width(400)
        .height(Fill)
        .style(theme::card)
        .into()
}

fn folders<'a>(panel: &'a Panel, row: &MailboxRow, pane: Pane) -> Element<'a, Message> {
    let Some(facts) = &panel.facts else {
        return match &panel.failed {
            Some(words) => table::nothing(words.clone()),
            None => table::nothing(t!("live-folders-looking")),
        };
    };
    if facts.folders.is_empty() {
        return table::nothing(t!("live-folders-none"));
    }
    let current = from::is_working(row).then(|| words::folder(&row.folder));
    let is_current = |folder: &Folder| {
        let open = folder
            .of
            .is_none_or(|of| folder.done + folder.exceptions < of);
        open && current.as_deref() == Some(folder.name.as_str())
    };
    let heights: Vec<f32> = facts
        .folders
        .iter()
        .map(|folder| if is_current(folder) { TALL } else { ROW })
        .collect();
    let mut view = panel.view;
    // Nothing is chosen here: the ring goes around the whole.
    view.cursor = usize::MAX;
    let says = table::Says {
        scrolled: Box::new(Message::FoldersScrolled),
        key: Box::new(|_: &Key, _: Modifiers| None),
    };
    table::plain_rows(
        ROWS,
        view,
        &heights,
        |index| {
            let folder = &facts.folders[index];
            one(folder, is_current(folder), pane)
        },
        says,
    )
}

fn one<'a>(folder: &Folder, current: bool, pane: Pane) -> Element<'a, Message> {
    let left = folder
        .of
        .map(|of| of.saturating_sub(folder.done + folder.exceptions));
    let (mark, role): (Element<'a, Message>, Role) = match folder.state {
        FolderState::Excluded | FolderState::Vanished => {
            (Icon::MINUS.show(15.0, |t| t.ink_3).into(), |t| t.ink_3)
        }
        FolderState::Failed => (Icon::CIRCLE_X.show(15.0, |t| t.bad).into(), |t| t.bad),
        FolderState::Active if current => (spinner(15.0, |t| t.accent_ink, pane.turn), |t| t.ink_2),
        FolderState::Active if folder.exceptions > 0 => {
            let icon = Icon::TRIANGLE_ALERT.show(15.0, |t| t.warn_icon);
            (icon.into(), |t| t.warn)
        }
        FolderState::Active if left == Some(0) => {
            (Icon::CHECK.show(15.0, |t| t.ok).into(), |t| t.ink_2)
        }
        FolderState::Active => (Icon::CLOCK.show(15.0, |t| t.ink_3).into(), |t| t.ink_2),
    };
    let count = match (folder.state, folder.of) {
        (FolderState::Excluded, _) => t!("live-folder-excluded"),
        (FolderState::Vanished, _) => t!("live-folder-vanished"),
        (FolderState::Failed, _) => match &folder.reason {
            Some(reason) => Kind::of_key(reason).map_or_else(|| reason.clone(), words::reason),
            None => t!("live-folder-failed"),
        },
        (FolderState::Active, None) => String::from("–"),
        (FolderState::Active, Some(of)) if folder.done == of => i18n::number(of),
        (FolderState::Active, Some(of))
            if folder.done == 0 && !current && folder.exceptions == 0 =>
        {
            i18n::number(of)
        }
        (FolderState::Active, Some(of)) => t!(
            "live-of",
            done = i18n::number(folder.done),
            of = i18n::number(of)
        ),
    };
    let line = row![
        folder.icon.show(15.0, |t| t.ink_3),
        Elide::new(folder.name.as_str(), 13, REGULAR, |t| t.ink)
            .middle()
            .fill(),
        Elide::new(count, 12, REGULAR, role),
        mark,
    ]
    .spacing(8)
    .align_y(Center);
    let mut cell = column![line].spacing(5);
    if current {
        let of = folder.of.unwrap_or(0).max(1);
        let part = folder.done as f32 / of as f32;
        cell = cell.push(container(bar(part, Fill, Tone::Running)).padding(Padding::ZERO.left(23)));
    }
    container(cell).padding([0, 16]).center_y(Fill).into()
}
