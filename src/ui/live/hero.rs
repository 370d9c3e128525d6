//! How far all of it is: from where to where, the ferry on its bar, counts, time left, what moves in a second. In
//! full, in the form for low windows, and in one line where something else needs the room.

use std::time::Duration;

use iced::widget::text::Wrapping;
use iced::widget::{Column, column, container, row, space};
use iced::{Center, Element, Fill, FillPortion, Font, Padding, Right};

use super::from::Phase;
use super::{Message, Now, words};
use crate::i18n;
use crate::t;
use crate::ui::art::{Chart, Crossing};
use crate::ui::dates;
use crate::ui::draft::Server;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::{Elide, tile, vertical_line};

/// What the charts show; changed once a second at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Charts {
    /// Messages, and octets, per second; the oldest first.
    pub messages: Vec<f32>,
    pub octets: Vec<f32>,
    /// How far they reach back.
    pub reach: Duration,
}

/// A number, what it is of, and how it was.
struct Series {
    value: String,
    unit: String,
    chart: Chart,
}

fn series(now: &Now, charts: &Charts, guides: bool) -> [Series; 2] {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and far from the end"
    )]
    let (messages, octets) = (
        now.rates.0.max(0.0).round() as u64,
        now.rates.1.max(0.0).round() as u64,
    );
    let (value, unit) = if octets == 0 {
        (String::from("0"), String::from("MB"))
    } else {
        words::size(octets)
    };
    [
        Series {
            value: i18n::number(messages),
            unit: t!("live-messages-per-second"),
            chart: Chart {
                values: charts.messages.clone(),
                role: |t| t.data_1,
                fill: |t| t.data_1_fill,
                guides,
            },
        },
        Series {
            value,
            unit: format!("{unit}/s"),
            chart: Chart {
                values: charts.octets.clone(),
                role: |t| t.data_2,
                fill: |t| t.data_2_fill,
                guides,
            },
        },
    ]
}

fn line<'a>(words: impl Into<String>, size: u16, font: Font, role: Role) -> Element<'a, Message> {
    say(words.into(), size, font, role)
        .wrapping(Wrapping::None)
        .into()
}

fn crossing<'a>(now: &Now, small: bool) -> Element<'a, Message> {
    let role: Role = if now.phase.is_paused() {
        |t| t.warn_icon
    } else if now.is_complete() {
        |t| t.ok
    } else {
        |t| t.accent
    };
    let crossing = Crossing {
        part: now.total.part,
        role,
        small,
    };
    crossing.show().into()
}

/// Time left, and when that is; what there is to say instead where it cannot be told.
fn times(now: &Now) -> (String, Option<String>) {
    let left = now.left.filter(|_| !now.total.is_nothing());
    match now.phase {
        Phase::Over => match now.elapsed.filter(|elapsed| !elapsed.is_zero()) {
            Some(elapsed) => (
                t!("live-took", time = i18n::duration(elapsed)),
                now.last
                    .map(|last| t!("live-ended-at", at = words::at(last))),
            ),
            None => (String::new(), None),
        },
        Phase::Paused | Phase::Pausing => {
            let since = match now.paused {
                Some(since) => t!("live-paused-since", time = dates::clock(since)),
                None => t!("live-state-paused"),
            };
            (since, left.map(words::missing))
        }
        Phase::Offline(Some(at)) => (t!("live-next-try", time = dates::clock(at)), None),
        Phase::Closed(Some(at)) => (t!("live-resumes", at = words::at(at)), None),
        Phase::Offline(None) | Phase::Closed(None) => (t!("live-state-waiting"), None),
        Phase::Stopping | Phase::Draining | Phase::Finishing => (t!("live-ending"), None),
        // A password is set in a moment, and how long a server takes for it nobody knows.
        Phase::Preparing | Phase::Running if now.passwords => (String::new(), None),
        Phase::Preparing => (t!("live-reckoning"), None),
        Phase::Running => match left {
            Some(left) => (words::about(left), words::end(left)),
            None => (t!("live-reckoning"), None),
        },
    }
}

/// One end of the way.
fn port<'a>(server: &Server, right: bool, demo: bool) -> Element<'a, Message> {
    let icon = if right { Icon::ANCHOR } else { Icon::SERVER };
    let software = match (&server.verified, demo) {
        (_, true) => t!("live-sample-server"),
        (Some(software), _) => software.clone(),
        (None, _) => String::new(),
    };
    let name = Elide::new(server.host.trim(), 13, MEDIUM, |t| t.ink).fill();
    let about = Elide::new(software, 12, REGULAR, |t| t.ink_3).fill();
    let (name, about) = if right {
        (name.right(), about.right())
    } else {
        (name, about)
    };
    let words = column![name, about].width(Fill);
    let tile = tile(icon, 32.0, true);
    let line = if right {
        row![words, tile]
    } else {
        row![tile, words]
    };
    line.spacing(10).align_y(Center).width(Fill).into()
}

/// The two cards.
pub(super) fn full<'a>(
    now: &Now,
    session: &Session,
    charts: &Charts,
    pane: Pane,
) -> Element<'a, Message> {
    let demo = session.demo.is_some();
    let draft = &session.draft;
    let ends = row![
        port(&draft.origin, false, demo),
        port(&draft.destination, true, demo)
    ]
    .spacing(16);
    let counts = if now.passwords {
        t!("live-passwords-only")
    } else if now.total.octets > 0 {
        format!("{} · {}", words::of_octets(now.total), now.accounts_words())
    } else {
        now.accounts_words()
    };
    let (left, end) = times(now);
    let mut times = column![line(left, 13, MEDIUM, |t| t.ink)].align_x(Right);
    if let Some(end) = end {
        times = times.push(line(end, 12, REGULAR, |t| t.ink_3));
    }
    let numbers = row![
        line(now.figure(), 36, SEMIBOLD, |t| t.ink),
        column![
            Elide::new(now.measure(), 13, MEDIUM, |t| t.ink).fill(),
            Elide::new(counts, 12, REGULAR, |t| t.ink_3).fill(),
        ]
        .padding(Padding::ZERO.bottom(4))
        .width(Fill),
        times.padding(Padding::ZERO.bottom(4)),
    ]
    .spacing(12)
    .align_y(iced::Bottom);
    let card = column![
        ends,
        space::vertical(),
        crossing(now, false),
        space::vertical(),
        numbers
    ];
    let card = container(card)
        .padding(Padding::from([16, 20]).bottom(10))
        .width(Fill)
        .height(Fill)
        .style(theme::card);
    let mut cards = row![card].spacing(16).height(176);
    if !now.passwords && (now.phase != Phase::Over || !charts.messages.is_empty()) {
        let width = if pane.narrow() { 276 } else { 336 };
        cards = cards.push(chart_card(now, charts, width));
    }
    cards.into()
}

fn chart_card<'a>(now: &Now, charts: &Charts, width: u32) -> Element<'a, Message> {
    let seconds = charts.reach.as_secs();
    let (title, from) = if seconds.is_multiple_of(60) && seconds > 0 {
        let number = (seconds / 60).to_string();
        (
            t!(
                "live-last-minutes",
                count = seconds / 60,
                number = number.as_str()
            ),
            t!("live-minutes-ago", number = number),
        )
    } else {
        let number = seconds.to_string();
        (
            t!(
                "live-last-seconds",
                count = seconds,
                number = number.as_str()
            ),
            t!("live-seconds-ago", number = number),
        )
    };
    let one = |series: Series| {
        let square = container(space::horizontal().width(8))
            .height(8)
            .style(theme::ground(series.chart.role, 2.0));
        let words = column![
            line(series.value, 18, SEMIBOLD, |t| t.ink),
            row![square, line(series.unit, 12, REGULAR, |t| t.ink_3)]
                .spacing(6)
                .align_y(Center),
        ]
        .spacing(2)
        .width(88);
        row![words, series.chart.show(48.0)].spacing(8)
    };
    let [messages, octets] = series(now, charts, true);
    // What was drawn last stays when nothing moves any more.
    let to = if now.phase == Phase::Over {
        String::new()
    } else {
        t!("live-now")
    };
    let from = Some(from).filter(|_| !to.is_empty()).unwrap_or_default();
    let axis = row![
        line(from, 11, REGULAR, |t| t.ink_3),
        space::horizontal(),
        line(to, 11, REGULAR, |t| t.ink_3),
    ]
    .padding(Padding::ZERO.left(96));
    let card = column![
        line(title, 12, MEDIUM, |t| t.ink_2),
        space::vertical().height(6),
        one(messages),
        space::vertical().height(10),
        one(octets),
        space::vertical().height(2),
        axis,
    ];
    container(card)
        .padding(Padding::from([10, 16]).bottom(8))
        .width(width)
        .height(Fill)
        .style(theme::card)
        .into()
}

/// The form for low windows.
pub(super) fn low<'a>(now: &Now, session: &Session, charts: &Charts) -> Element<'a, Message> {
    let draft = &session.draft;
    let host = |server: &Server| {
        Elide::new(server.host.trim(), 12, REGULAR, |t| t.ink_3).width(FillPortion(1))
    };
    let hosts = row![host(&draft.origin), host(&draft.destination).right()].spacing(16);
    let (left, _) = times(now);
    let numbers = row![
        line(now.figure(), 22, SEMIBOLD, |t| t.ink),
        Elide::new(now.measure(), 13, REGULAR, |t| t.ink_2).fill(),
        line(left, 13, MEDIUM, |t| t.ink),
    ]
    .spacing(10)
    .align_y(Center);
    let way = column![
        hosts,
        crossing(now, true),
        space::vertical().height(4),
        numbers
    ]
    .width(Fill);
    let one = |series: Series| {
        let words = row![
            line(series.unit, 12, REGULAR, |t| t.ink_3),
            space::horizontal(),
            line(series.value, 13, SEMIBOLD, |t| t.ink),
        ];
        column![words, series.chart.show(26.0)]
    };
    let [messages, octets] = series(now, charts, false);
    let mut card = row![way].spacing(20).align_y(Center).height(96);
    if !now.passwords && (now.phase != Phase::Over || !charts.messages.is_empty()) {
        let charts = column![one(messages), one(octets)].spacing(4).width(132);
        card = card.push(vertical_line()).push(charts);
    }
    container(card)
        .padding([12, 16])
        .width(Fill)
        .style(theme::card)
        .into()
}

/// All of it in one line.
pub(super) fn strip<'a>(now: &Now, pane: Pane) -> Element<'a, Message> {
    let figure = |first: String, second: String| -> Column<'a, Message> {
        column![
            line(first, 13, SEMIBOLD, |t| t.ink),
            line(second, 12, REGULAR, |t| t.ink_3)
        ]
        .align_x(Right)
    };
    let (left, end) = times(now);
    let mut card = row![
        line(
            if now.passwords {
                now.passwords_short()
            } else {
                now.figure()
            },
            24,
            SEMIBOLD,
            |t| t.ink
        ),
        container(crossing(now, true)).padding(Padding::ZERO.bottom(4)),
    ]
    .spacing(if pane.narrow() { 16 } else { 24 })
    .align_y(Center)
    .height(38);
    card = match end {
        Some(end) => card.push(figure(left, end)),
        None => card.push(line(left, 13, SEMIBOLD, |t| t.ink)),
    };
    if !now.passwords && now.phase != Phase::Over {
        for series in series(now, &Charts::default(), false) {
            card = card.push(figure(series.value, series.unit));
        }
    }
    container(card)
        .padding([8, 20])
        .width(Fill)
        .style(theme::card)
        .into()
}
