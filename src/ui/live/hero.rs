//! The hero of the live screen: from where to where, the ferry on its bar, counts, rate, time left.

use std::collections::VecDeque;
use std::time::Duration;

use iced::widget::{column, container, row, space};
use iced::{Bottom, Center, Element, Fill, Padding, Right};

use super::Message;
use crate::engine::{Activity, RunPhase};
use crate::i18n;
use crate::t;
use crate::ui::art::{Chart, Crossing};
use crate::ui::drawing::Icon;
use crate::ui::run::{Sample, Stage};
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::{percent, tile};

/// An estimate is shown once the rate has had this long to settle.
const SETTLED: Duration = Duration::from_secs(3);

pub(super) fn view<'a>(
    shown: &Sample,
    history: &VecDeque<(f32, f32)>,
    narrow: bool,
) -> Element<'a, Message> {
    let mut hero = row![progress(shown)].spacing(16).height(176);
    if !narrow {
        hero = hero.push(charts(shown, history));
    }
    hero.into()
}

fn progress<'a>(shown: &Sample) -> Element<'a, Message> {
    let (snapshot, total) = (&shown.snapshot, &shown.snapshot.total);
    let (origin, destination) = shown.servers.clone().unwrap_or_default();
    let ends = row![
        tile(Icon::SERVER, 32.0),
        column![
            say(t!("ui-old-server"), 13, MEDIUM, |t| t.ink),
            say(origin, 12, REGULAR, |t| t.ink_3),
        ]
        .width(Fill),
        column![
            say(t!("ui-new-server"), 13, MEDIUM, |t| t.ink),
            say(destination, 12, REGULAR, |t| t.ink_3),
        ]
        .align_x(Right),
        tile(Icon::ANCHOR, 32.0),
    ]
    .spacing(10)
    .align_y(Center);
    let role: Role = match snapshot.phase {
        RunPhase::Paused => |t| t.warn_icon,
        RunPhase::Ended => |t| t.ok,
        _ => |t| t.accent,
    };
    let part = total.done as f32 / shown.messages().max(1) as f32;
    let over = snapshot
        .mailboxes
        .iter()
        .filter(|row| matches!(row.activity, Activity::Done | Activity::DoneWithExceptions))
        .count() as u64;
    let messages = t!(
        "ui-of-messages",
        done = i18n::number(total.done),
        listed = i18n::number(shown.messages())
    );
    let octets = t!(
        "ui-of-octets",
        done = i18n::size(total.octets_done),
        listed = i18n::size(shown.octets()),
        over = i18n::number(over),
        mailboxes = i18n::number(snapshot.mailboxes.len() as u64),
    );
    let left = match (shown.stage, snapshot.phase, shown.remaining()) {
        (Stage::Preparing | Stage::Report, ..) | (_, RunPhase::Ended, _) => String::new(),
        (_, RunPhase::Paused, _) => t!("ui-waiting-for-you"),
        (.., Some(left)) if snapshot.elapsed >= SETTLED => {
            t!("ui-about", time = i18n::duration(left))
        }
        _ => t!("ui-reckoning"),
    };
    let counts = row![
        say(percent(total.done, shown.messages()), 36, SEMIBOLD, |t| t
            .ink),
        column![
            say(messages, 13, MEDIUM, |t| t.ink),
            say(octets, 12, REGULAR, |t| t.ink_2)
        ]
        .spacing(2)
        .padding(Padding::ZERO.bottom(2))
        .width(Fill),
        column![
            say(left, 13, MEDIUM, |t| t.ink),
            say(
                t!("ui-elapsed", time = i18n::duration(snapshot.elapsed)),
                12,
                REGULAR,
                |t| t.ink_2
            ),
        ]
        .spacing(2)
        .padding(Padding::ZERO.bottom(2))
        .align_x(Right),
    ]
    .spacing(14)
    .align_y(Bottom);
    let card = column![
        ends,
        space::vertical(),
        Crossing { part, role }.show(),
        space::vertical(),
        counts
    ];
    container(card)
        .padding([16, 20])
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

fn charts<'a>(shown: &Sample, history: &VecDeque<(f32, f32)>) -> Element<'a, Message> {
    let messages = shown.snapshot.message_rate.max(0.0);
    let idle = matches!(shown.snapshot.phase, RunPhase::Paused | RunPhase::Ended);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and far from the end"
    )]
    let (messages, octets) = if idle {
        (0, 0)
    } else {
        (
            messages.round() as u64,
            shown.snapshot.octet_rate.max(0.0).round() as u64,
        )
    };
    let one = |value: String, unit: String, chart: Chart| {
        let role = chart.role;
        let square = container(space::horizontal().width(8))
            .height(8)
            .style(theme::ground(role, 2.0));
        let words = column![
            say(value, 17, SEMIBOLD, |t| t.ink),
            row![square, say(unit, 12, REGULAR, |t| t.ink_2)]
                .spacing(6)
                .align_y(Center),
        ]
        .width(104);
        row![words, chart.show()].spacing(8).align_y(Center)
    };
    let series = |pick: fn(&(f32, f32)) -> f32| history.iter().map(pick).collect::<Vec<_>>();
    let card = column![
        say(t!("ui-last-moments"), 12, MEDIUM, |t| t.ink_2),
        one(
            i18n::number(messages),
            t!("ui-messages-per-second"),
            Chart {
                values: series(|point| point.0),
                role: |t| t.data_1,
                fill: |t| t.data_1_fill
            },
        ),
        one(
            i18n::size(octets),
            t!("ui-per-second"),
            Chart {
                values: series(|point| point.1),
                role: |t| t.data_2,
                fill: |t| t.data_2_fill
            },
        ),
    ]
    .spacing(12);
    container(card)
        .padding([14, 16])
        .width(336)
        .height(Fill)
        .style(theme::card)
        .into()
}
