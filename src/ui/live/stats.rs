//! Figures of the run: messages per minute, times, the biggest accounts, why messages were not copied.

use std::time::Duration;

use iced::widget::text::Wrapping;
use iced::widget::{Row, column, container, row, space, stack};
use iced::{Center, Element, Fill, FillPortion, Padding, Right, Task};
use jiff::{Timestamp, ToSpan as _};

use super::asking::Asking;
use super::from::{self, Phase};
use super::{Message, Now, past, table, words};
use crate::i18n;
use crate::journal::{Reason, State};
use crate::plan::Options;
use crate::project::Project;
use crate::t;
use crate::ui::art::Bars;
use crate::ui::art::nice;
use crate::ui::dates;
use crate::ui::running::Running;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::{Elide, button, hairline, scroll};

/// Between two questions to the journal: it counts every message.
const EVERY: Duration = Duration::from_secs(10);
/// Minutes the axis has room for from the beginning.
const LEAST: usize = 30;
/// Bars at most; longer runs get several minutes a bar.
const MOST: usize = 60;
const BIGGEST: usize = 5;
/// Windows lower than this do not hold all of it.
const ROOM: f32 = 740.0;

/// The statistics.
#[derive(Debug, Default)]
pub(super) struct Stats {
    asking: Asking,
    reasons: Option<Vec<Reason>>,
    last: bool,
}

impl Stats {
    pub(super) fn ask(
        &mut self,
        project: Option<&Project>,
        at_once: bool,
        over: bool,
    ) -> Task<Message> {
        let Some(project) = project.cloned().filter(|_| !self.asking.is_on()) else {
            return Task::none();
        };
        self.last = over;
        let pause = if at_once || over {
            Duration::ZERO
        } else {
            EVERY
        };
        let work = async move {
            let Some(journal) = past::open(project).await? else {
                return Ok(Vec::new());
            };
            let asked = journal.exception_summary().await;
            asked.map_err(|error| error.to_string())
        };
        self.asking.ask(pause, work, Message::Reasons)
    }

    /// Nobody sees it any more.
    pub(super) fn rest(&mut self) {
        self.asking.stop();
    }

    pub(super) fn answered(
        &mut self,
        attempt: u64,
        reasons: Result<Vec<Reason>, String>,
        project: Option<&Project>,
        over: bool,
    ) -> Task<Message> {
        if !self.asking.answered(attempt) {
            return Task::none();
        }
        match reasons {
            Ok(reasons) => self.reasons = Some(reasons),
            Err(words) => tracing::warn!("the journal could not be counted: {words}"),
        }
        if over && self.last {
            return Task::none();
        }
        self.ask(project, false, over)
    }

    #[cfg(test)]
    pub(super) fn pretend(&mut self, reasons: Vec<Reason>) {
        self.reasons = Some(reasons);
    }
}

/// The minutes as they are drawn: how many each bar stands for, and the average of each.
pub(super) fn bars(minutes: &[u64]) -> (usize, Vec<u64>) {
    let each = minutes.len().div_ceil(MOST).max(1);
    let bars = minutes
        .chunks(each)
        .map(|chunk| chunk.iter().sum::<u64>() / chunk.len() as u64)
        .collect();
    (each, bars)
}

/// Minutes between two labels of an axis that is this many minutes long.
pub(super) fn step(minutes: usize) -> usize {
    [1, 2, 5, 10, 15, 30, 60, 120, 240, 480]
        .into_iter()
        .find(|step| minutes.div_ceil(*step) <= 6)
        .unwrap_or(minutes.max(1))
}

pub(super) fn view<'a>(
    stats: &'a Stats,
    now: &Now,
    running: Option<&Running>,
    options: &Options,
    pane: Pane,
) -> Element<'a, Message> {
    let side = if pane.narrow() { 264 } else { 294 };
    let upper = row![
        minutes(running, now, pane),
        container(figures(now)).width(side)
    ]
    .spacing(16)
    .height(222);
    let lower = row![biggest(now), container(reasons(stats, options)).width(side)].spacing(16);
    if pane.size.height >= ROOM {
        return column![upper, lower.height(Fill)]
            .spacing(12)
            .height(Fill)
            .into();
    }
    let all = column![upper, lower.height(214)].spacing(12);
    scroll(container(all).padding(Padding::ZERO.right(14)))
        .height(Fill)
        .width(Fill)
        .into()
}

fn card<'a>(
    content: impl Into<Element<'a, Message>>,
    padding: impl Into<Padding>,
) -> Element<'a, Message> {
    container(content)
        .padding(padding)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

fn title(words: String) -> Elide {
    Elide::new(words, 15, SEMIBOLD, |t| t.ink).fill()
}

fn tiny<'a>(words: impl Into<String>) -> Element<'a, Message> {
    say(words.into(), 11, REGULAR, |t| t.ink_3)
        .wrapping(Wrapping::None)
        .into()
}

fn minutes<'a>(running: Option<&Running>, now: &Now, pane: Pane) -> Element<'a, Message> {
    let counted: Vec<u64> = running.map_or_else(Vec::new, |running| {
        running.minutes.iter().copied().collect()
    });
    let full = counted.len().saturating_sub(1).max(1);
    let average = counted.iter().take(full).sum::<u64>() / full as u64;
    let head = row![
        title(t!("live-per-minute")),
        say(
            t!("live-average", number = i18n::number(average)),
            12,
            REGULAR,
            |t| t.ink_3
        ),
    ]
    .spacing(12)
    .align_y(Center);
    let (each, values) = bars(&counted);
    let top = nice(values.iter().copied().max().unwrap_or(0) as f32).max(2.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the peak of a chart"
    )]
    let (whole, half) = (top as u64, (top / 2.0) as u64);
    let scale = column![
        tiny(i18n::number(whole)),
        space::vertical(),
        tiny(i18n::number(half)),
        space::vertical(),
        tiny("0"),
    ]
    .align_x(Right)
    .width(40);
    let count = values.len();
    let open = now.phase != Phase::Over;
    let room = count.max(LEAST.div_ceil(each));
    let ground = Bars {
        values: Vec::new(),
        top,
        open: false,
    };
    let chart = Bars { values, top, open };
    let mut line: Row<'a, Message> =
        row![container(chart.show()).width(portion(count)).height(Fill)];
    if room > count {
        line = line.push(space::horizontal().width(portion(room - count)));
    }
    let chart = stack![ground.show(), line].width(Fill).height(Fill);
    let begun = now.begun.unwrap_or_else(Timestamp::now);
    let axis = axis(begun, room * each, room == count && open, pane);
    let chart = row![
        container(scale)
            .padding(Padding::ZERO.bottom(12))
            .height(Fill),
        column![
            container(chart).padding(Padding::ZERO.top(7)).height(Fill),
            axis
        ]
        .spacing(4),
    ]
    .spacing(8)
    .height(Fill);
    card(column![head, chart].spacing(6), 16)
}

fn portion(parts: usize) -> iced::Length {
    FillPortion(u16::try_from(parts.max(1)).unwrap_or(u16::MAX))
}

/// The times below the bars.
fn axis<'a>(begun: Timestamp, minutes: usize, to_now: bool, pane: Pane) -> Element<'a, Message> {
    let step = step(minutes).max(if pane.narrow() {
        minutes.div_ceil(4)
    } else {
        1
    });
    let mut line = row![];
    let mut at = 0;
    while at < minutes {
        let here = step.min(minutes - at);
        let time = i64::try_from(at)
            .ok()
            .and_then(|minutes| begun.checked_add(minutes.minutes()).ok())
            .map(dates::clock)
            .unwrap_or_default();
        // A label has no room in a part that is cut.
        let label: Element<'a, Message> = if here * 2 > step || at == 0 {
            tiny(time)
        } else {
            space::horizontal().into()
        };
        let mut part = row![label].width(portion(here));
        if to_now && at + here >= minutes {
            part = part.push(space::horizontal()).push(tiny(t!("live-now")));
        }
        line = line.push(part);
        at += here;
    }
    line.width(Fill).height(16).into()
}

fn figures<'a>(now: &Now) -> Element<'a, Message> {
    let mut rows: Vec<(String, String, Role)> = Vec::new();
    let ink: Role = |t| t.ink;
    let mut say_of = |name: String, value: String, role: Role| rows.push((name, value, role));
    if let Some(begun) = now.begun {
        say_of(t!("live-begin"), dates::full(begun), ink);
    }
    if let Some(elapsed) = now.elapsed {
        say_of(t!("live-elapsed"), i18n::duration(elapsed), ink);
    }
    if now.phase == Phase::Over {
        if let Some(last) = now.last {
            say_of(t!("live-last"), dates::full(last), ink);
        }
    } else {
        let end = now
            .left
            .and_then(|left| Timestamp::now().checked_add(left).ok());
        let end = end.map_or_else(
            || t!("live-reckoning"),
            |end| {
                let today = dates::here(end).date() == dates::here(Timestamp::now()).date();
                if today {
                    dates::clock(end)
                } else {
                    dates::full(end)
                }
            },
        );
        say_of(t!("live-expected-end"), end, ink);
    }
    say_of(t!("live-copied"), i18n::number(now.copied), ink);
    let present = now.rows.iter().map(|row| row.present).sum();
    say_of(t!("live-present"), i18n::number(present), ink);
    let wrong = now.rows.iter().map(|row| row.exceptions).sum::<u64>();
    let role: Role = if wrong > 0 { |t| t.bad } else { |t| t.ink };
    say_of(t!("live-left-out"), i18n::number(wrong), role);
    let mut list = column![];
    for (index, (name, value, role)) in rows.into_iter().enumerate() {
        if index > 0 {
            list = list.push(hairline());
        }
        let line = row![
            Elide::new(name, 13, REGULAR, |t| t.ink_2).fill(),
            say(value, 13, MEDIUM, role).wrapping(Wrapping::None),
        ]
        .spacing(8);
        list = list.push(container(line).center_y(32));
    }
    card(list, [10, 16])
}

fn biggest<'a>(now: &Now) -> Element<'a, Message> {
    let key = |role: Role, words: String| {
        let square = container(space::horizontal().width(8))
            .height(8)
            .style(theme::ground(role, 2.0));
        row![square, say(words, 12, REGULAR, |t| t.ink_3)]
            .spacing(6)
            .align_y(Center)
    };
    let head = row![
        title(t!("live-biggest")),
        key(|t| t.data_1, t!("live-biggest-copied")),
        key(|t| t.track, t!("live-biggest-all")),
    ]
    .spacing(12)
    .align_y(Center);
    let domain = table::domain(&now.rows);
    let mut rows: Vec<_> = now
        .rows
        .iter()
        .map(|row| (row, from::much(row, now.lanes)))
        .filter(|(_, much)| much.octets > 0)
        .collect();
    rows.sort_by_key(|(_, much)| std::cmp::Reverse(much.octets));
    let most = rows.first().map_or(1, |(_, much)| much.octets).max(1);
    let mut list = column![].spacing(13);
    for (row, much) in rows.into_iter().take(BIGGEST) {
        list = list.push(
            row![
                Elide::new(table::local(&row.login, domain), 13, REGULAR, |t| t.ink)
                    .width(FillPortion(1)),
                container(share(much.octets, most, much.octets_done)).width(FillPortion(3)),
                say(i18n::size(much.octets), 13, REGULAR, |t| t.ink_2)
                    .wrapping(Wrapping::None)
                    .width(64)
                    .align_x(Right),
            ]
            .spacing(12)
            .align_y(Center),
        );
    }
    card(column![head, list].spacing(14), 16)
}

/// A bar as long as its share of the most, filled as far as it is done.
fn share<'a>(all: u64, most: u64, done: u64) -> Element<'a, Message> {
    let parts = |part: u64, whole: u64| {
        let part = u128::from(part) * 1_000 / u128::from(whole.max(1));
        u16::try_from(part.min(1_000)).unwrap_or(1_000)
    };
    let (long, filled) = (parts(all, most).max(8), parts(done, all));
    let piece = |role: Role, parts: u16| {
        container(space::horizontal())
            .width(FillPortion(parts))
            .height(10)
            .style(theme::ground(role, 3.0))
    };
    let mut bar = row![];
    if filled > 0 {
        bar = bar.push(piece(|t| t.data_1, filled));
    }
    if filled < 1_000 {
        bar = bar.push(space::horizontal().width(FillPortion(1_000 - filled)));
    }
    let ground = container(bar)
        .width(FillPortion(long))
        .height(10)
        .style(theme::ground(|t| t.track, 3.0));
    let mut line = row![ground];
    if long < 1_000 {
        line = line.push(space::horizontal().width(FillPortion(1_000 - long)));
    }
    line.width(Fill).into()
}

fn reasons<'a>(stats: &Stats, options: &Options) -> Element<'a, Message> {
    let mut list = column![];
    let reasons = stats.reasons.as_deref().unwrap_or_default();
    if reasons.is_empty() {
        let words = if stats.reasons.is_some() {
            t!("live-left-out-none")
        } else {
            t!("live-folders-looking")
        };
        list = list.push(say(words, 13, REGULAR, |t| t.ink_3));
    }
    for (index, reason) in reasons.iter().take(4).enumerate() {
        if index > 0 {
            list = list.push(hairline());
        }
        let line = row![
            Elide::new(words::left_out(reason, options), 13, REGULAR, |t| t.ink).fill(),
            say(i18n::number(reason.messages), 13, MEDIUM, |t| t.ink),
        ]
        .spacing(8);
        list = list.push(container(line).center_y(28));
    }
    let mut content = column![title(t!("live-left-out-title")), list].spacing(10);
    if reasons
        .iter()
        .any(|reason| reason.state == State::Exception)
    {
        content = content.push(Element::from(
            button(t!("live-left-out-list"))
                .small()
                .on(Message::ShowWrong),
        ));
    }
    card(content, 16)
}
