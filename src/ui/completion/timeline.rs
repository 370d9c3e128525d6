//! The three passes, before they begin and while one goes on.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::facts::{Facts, reason, short};
use super::parts::{self, Dot, stop};
use super::verdict::First;
use super::{Message, Run, SAMPLE, State, accounts, cutover, progress};
use crate::engine::{Level, Pass, RunPhase};
use crate::i18n::{self, Words, number};
use crate::t;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::shell::{Pane, Status};
use crate::ui::theme::{REGULAR, SEMIBOLD, say};
use crate::ui::widget::{Group, Tone, bar, button, dialog, hint, link, note, radio};

/// The screen.
pub fn view<'a>(
    state: &'a State,
    session: &'a Session,
    running: Option<&'a Running>,
    pane: Pane,
) -> Element<'a, Message> {
    let ours = running.filter(|_| state.is_ours());
    let passes = column![
        first(state, running),
        last(state, session, ours),
        verification(state, session, ours),
    ];
    let side = if pane.narrow() { 16.0 } else { 24.0 };
    let passes = parts::scroll(container(passes).padding([20.0, side]).width(Fill));
    let passes = container(passes)
        .padding(1)
        .width(Fill)
        .style(crate::ui::theme::card);
    if let Some(running) = ours {
        let passes = passes.width(if pane.narrow() { 360 } else { 400 });
        return row![passes, accounts::working(state, running, pane)]
            .spacing(16)
            .height(Fill)
            .into();
    }
    let repeat = note(Tone::Running, None, t!("finish-repeatable"), None);
    let side = column![cutover::before(state, pane), repeat].spacing(16);
    let side = parts::scroll(side).width(if pane.narrow() { 288 } else { 344 });
    row![passes, side].spacing(16).into()
}

/// The first copy.
fn first<'a>(state: &'a State, running: Option<&'a Running>) -> Element<'a, Message> {
    let words = Words::current();
    let copying = running.filter(|_| state.run == Run::Elsewhere);
    let to_copy = || {
        link(
            Some(Icon::ARROW_RIGHT),
            t!("finish-to-copy"),
            Message::ToCopy,
        )
    };
    let plain = |text: String| say(text, 13, REGULAR, |t| t.ink_2);
    let (dot, content): (Dot, Element<'a, Message>) = if let Some(running) = copying {
        let total = &running.shown.snapshot.total;
        let text = t!(
            "finish-first-running",
            done = number(total.done),
            all = number(running.shown.messages())
        );
        let content = column![plain(text), to_copy()].spacing(6);
        (Dot::Now(1), content.into())
    } else {
        match state.facts().map(|facts| facts.first) {
            Some(First::Done {
                accounts,
                messages,
                at,
            }) => {
                let ended = at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
                let (messages, all) = (words.messages(messages), number(accounts));
                let text = match ended {
                    Some(at) => t!(
                        "finish-first-done",
                        count = accounts,
                        number = all,
                        messages = messages,
                        when = dates::full(at)
                    ),
                    None => t!(
                        "finish-first-done-once",
                        count = accounts,
                        number = all,
                        messages = messages
                    ),
                };
                (Dot::Done, plain(text).into())
            }
            Some(First::Open { accounts, messages }) => {
                let text = if messages > 0 {
                    t!(
                        "finish-first-left",
                        messages = words.messages(messages),
                        count = accounts,
                        number = number(accounts)
                    )
                } else {
                    t!(
                        "finish-first-unread",
                        count = accounts,
                        number = number(accounts)
                    )
                };
                let content = column![plain(text), to_copy()].spacing(6);
                (Dot::Warn, content.into())
            }
            Some(First::NotBegun) | None => {
                let content = column![plain(t!("finish-first-none")), to_copy()].spacing(6);
                (Dot::Warn, content.into())
            }
        }
    };
    stop(dot, t!("finish-first"), content, false)
}

/// Whether this pass of the run goes on, is over, or is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// No run, or one that does not hold it.
    Outside,
    ToCome,
    Now,
    Over,
}

fn part(state: &State, running: Option<&Running>, verifying: bool) -> Part {
    let (Some(running), Run::Ours(order)) = (running, &state.run) else {
        return Part::Outside;
    };
    let is = |pass: &Pass| matches!(pass, Pass::Verify(_)) == verifying;
    // Before anything is told, the first one is being prepared.
    let now = running.shown.pass.or(order.passes.first().copied());
    match (order.passes.iter().any(is), now) {
        (_, Some(now)) if is(&now) => Part::Now,
        (false, _) => Part::Outside,
        (true, _) if verifying => Part::ToCome,
        (true, _) => Part::Over,
    }
}

/// The final pass.
fn last<'a>(
    state: &'a State,
    session: &'a Session,
    running: Option<&'a Running>,
) -> Element<'a, Message> {
    let part = part(state, running, false);
    let (dot, content): (Dot, Element<'a, Message>) = match (part, running) {
        (Part::Now, Some(running)) => (Dot::Now(2), now(state, running)),
        (Part::Over, _) => {
            let words = say(t!("finish-last-over"), 13, REGULAR, |t| t.ink_2);
            (Dot::Done, words.into())
        }
        (_, Some(_)) => {
            let words = say(t!("finish-last-outside"), 13, REGULAR, |t| t.ink_2);
            (Dot::ToCome(2), words.into())
        }
        (_, None) => (Dot::Now(2), begin(state, session)),
    };
    stop(dot, t!("finish-last"), content, false)
}

/// What the final pass is, what lacks, and the button.
fn begin<'a>(state: &'a State, session: &'a Session) -> Element<'a, Message> {
    let mut content = column![say(t!("finish-last-about"), 13, REGULAR, |t| t.ink_2)].spacing(14);
    if let Some(lacking) = state.facts().and_then(|facts| lacking(facts)) {
        content = content.push(lacking);
    }
    let complete = button(t!("finish-complete"))
        .icon(Icon::SHIP)
        .primary()
        .tall(44)
        .id("complete")
        .on(state.complete(session));
    content.push(row![Element::from(complete)]).into()
}

/// Mailboxes named in the note; the others are counted.
const NAMED: usize = 3;

/// The note about messages that were not copied.
fn lacking<'a>(facts: &Facts) -> Option<Element<'a, Message>> {
    let words = Words::current();
    let accounts = facts.report.counted();
    let mut lacking: Vec<_> = accounts
        .filter(|account| account.missing() > 0 || account.is_failed())
        .collect();
    if lacking.is_empty() {
        return None;
    }
    lacking.sort_by_key(|account| std::cmp::Reverse(account.missing()));
    let count = lacking.len() as u64;
    let messages: u64 = lacking.iter().map(|account| account.missing()).sum();
    let title = if messages > 0 {
        t!(
            "finish-lacking",
            messages = words.messages(messages),
            count = count,
            number = number(count)
        )
    } else {
        t!(
            "finish-lacking-accounts",
            count = count,
            number = number(count)
        )
    };
    let mut lines: Vec<String> = lacking
        .iter()
        .take(NAMED)
        .map(|account| {
            let name = short(&account.login, facts.domain.as_deref());
            t!("finish-reason", name = name, reason = reason(account))
        })
        .collect();
    let others = lacking.len().saturating_sub(NAMED) as u64;
    if others > 0 {
        lines.push(t!("finish-others", count = others, number = number(others)));
    }
    let one = match lacking.as_slice() {
        [one] => facts
            .report
            .accounts
            .iter()
            .position(|account| account.login == one.login),
        _ => None,
    };
    let see = button(t!("finish-see")).small().on(Message::Open(one));
    Some(note(Tone::Warn, title, lines.join(" "), Some(see.into())))
}

/// The verification.
fn verification<'a>(
    state: &'a State,
    session: &'a Session,
    running: Option<&'a Running>,
) -> Element<'a, Message> {
    let part = part(state, running, true);
    let (dot, content): (Dot, Element<'a, Message>) = match (part, running) {
        (Part::Now, Some(running)) => (Dot::Now(3), now(state, running)),
        (_, Some(_)) => {
            let words = say(t!("finish-verify-to-come"), 13, REGULAR, |t| t.ink_2);
            (Dot::ToCome(3), words.into())
        }
        (_, None) => (Dot::ToCome(3), levels(state, session)),
    };
    stop(dot, t!("finish-verify"), content, true)
}

/// How much is to be compared.
fn levels<'a>(state: &'a State, session: &'a Session) -> Element<'a, Message> {
    let levels = [Level::Full, Level::Sample(SAMPLE), Level::Present];
    let about = [
        (t!("finish-level-full"), t!("finish-level-full-about")),
        (
            t!("finish-level-sample"),
            t!("finish-level-sample-about", number = SAMPLE.to_string()),
        ),
        (t!("finish-level-present"), t!("finish-level-present-about")),
    ];
    let mut radios = column![].spacing(10);
    for (level, (title, about)) in levels.into_iter().zip(about) {
        radios = radios.push(radio(
            state.level == level,
            title,
            Some(about),
            Message::Level(level),
        ));
    }
    let chosen = levels.iter().position(|level| *level == state.level);
    let radios = Group::new(radios, chosen, levels.map(Message::Level).to_vec());
    let mut content = column![
        say(t!("finish-verify-about"), 13, REGULAR, |t| t.ink_2),
        Element::from(radios),
    ]
    .spacing(12);
    let copies = state.facts().map_or(0, |facts| facts.report.copies());
    if copies > 0 {
        let verified = state
            .facts()
            .is_some_and(|facts| facts.verified_at().is_some());
        let label = if verified {
            t!("finish-verify-again")
        } else {
            t!("finish-verify-only")
        };
        let can = state.complete(session).is_some();
        let alone = button(label)
            .icon(Icon::SEARCH_CHECK)
            .id("verify")
            .on(can.then_some(Message::VerifyAlone(state.level)));
        content = content.push(row![Element::from(alone)]);
    }
    content.into()
}

impl State {
    /// How far the pass is that goes on, from 0 to 1.
    fn part(&self, running: &Running) -> f32 {
        if running.shown.pass.is_none() {
            return 0.0;
        }
        let none = std::collections::HashMap::new();
        let weights = self.facts().map_or(&none, |facts| &facts.weights);
        progress::part(&running.shown.snapshot, weights)
    }

    /// The same in whole percent, rounded down.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 100"
    )]
    pub(super) fn percent(&self, running: &Running) -> u64 {
        (self.part(running) * 100.0) as u64
    }
}

/// How far the pass is that goes on, and its brakes.
fn now<'a>(state: &'a State, running: &'a Running) -> Element<'a, Message> {
    let snapshot = &running.shown.snapshot;
    let total = &snapshot.total;
    let part = state.part(running);
    let percent = state.percent(running);
    let over = snapshot
        .mailboxes
        .iter()
        .filter(|row| progress::is_over(row))
        .count() as u64;
    let all = snapshot.mailboxes.len() as u64;
    let accounts = t!(
        "finish-now-accounts",
        done = number(over),
        count = all,
        number = number(all)
    );
    let messages = if running.is_copying() {
        t!(
            "finish-now-brought",
            count = total.copied,
            number = number(total.copied)
        )
    } else {
        t!(
            "finish-now-read",
            count = total.copied,
            number = number(total.copied)
        )
    };
    let tone = if running.is_paused() {
        Tone::Warn
    } else {
        Tone::Running
    };
    let figures = row![
        say(
            t!("percent", value = percent.to_string()),
            15,
            SEMIBOLD,
            |t| t.ink
        ),
        space::horizontal(),
        say(accounts, 12, REGULAR, |t| t.ink_2),
    ]
    .spacing(8)
    .align_y(Center);
    let mut content = column![
        say(phase_words(running), 13, REGULAR, |t| t.ink_2),
        column![figures, bar(part, Fill, tone)].spacing(6),
        say(messages, 12, REGULAR, |t| t.ink_2),
    ]
    .spacing(10);
    if total.exceptions > 0 {
        let words = t!(
            "finish-now-lacking",
            count = total.exceptions,
            number = number(total.exceptions)
        );
        content = content.push(hint(Icon::TRIANGLE_ALERT, |t| t.warn, words));
    }
    let left = snapshot.remaining.filter(|_| {
        !running.is_copying() && snapshot.elapsed.as_secs() >= 30 && !running.is_paused()
    });
    if let Some(left) = left {
        let words = t!("finish-now-left", time = i18n::duration(left));
        content = content.push(say(words, 12, REGULAR, |t| t.ink_2));
    }
    content.push(brakes(running)).into()
}

fn phase_words(running: &Running) -> String {
    match running.shown.snapshot.phase {
        _ if running.shown.pass.is_none() => t!("finish-preparing"),
        RunPhase::Pausing => t!("finish-pausing"),
        RunPhase::Paused => t!("finish-paused"),
        RunPhase::Stopping => t!("finish-stopping"),
        _ if running.is_copying() => t!("finish-last-now"),
        _ => t!("finish-verify-now-about"),
    }
}

fn brakes(running: &Running) -> Element<'_, Message> {
    let stopping = running.is_stopping();
    let (icon, label, pause) = if running.is_paused() {
        (Icon::PLAY, t!("finish-resume"), false)
    } else {
        (Icon::PAUSE, t!("finish-pause"), true)
    };
    let pause = button(label)
        .icon(icon)
        .id("pause")
        .on((!stopping).then_some(Message::Pause(pause)));
    let stop = button(t!("finish-stop"))
        .icon(Icon::SQUARE)
        .warning()
        .id("stop")
        .on((!stopping).then_some(Message::AskStop));
    let line = row![Element::from(pause), Element::from(stop)].spacing(8);
    container(line).padding(Padding::ZERO.top(4)).into()
}

/// Title and purpose of the screen while a pass goes on.
pub fn title(running: Option<&Running>) -> (String, String) {
    let Some(running) = running else {
        return (t!("finish-title"), t!("finish-purpose"));
    };
    let verifying = matches!(running.shown.pass, Some(Pass::Verify(_)));
    match (verifying, running.is_paused()) {
        (false, false) => (t!("finish-title-last"), t!("finish-title-last-about")),
        (true, false) => (t!("finish-title-verify"), t!("finish-title-verify-about")),
        (false, true) => (
            t!("finish-title-last-paused"),
            t!("finish-title-last-about"),
        ),
        (true, true) => (
            t!("finish-title-verify-paused"),
            t!("finish-title-verify-about"),
        ),
    }
}

/// The line at the lower left while something goes on.
pub fn status(state: &State, running: Option<&Running>) -> Status {
    match running {
        Some(running) if state.is_ours() && running.is_paused() => {
            Status::new(Tone::Warn, phase_words(running)).icon(Icon::CIRCLE_PAUSE)
        }
        Some(running) if state.is_ours() => Status::busy(phase_words(running)),
        _ => Status::new(Tone::Warn, t!("finish-wait-copy")).icon(Icon::HOURGLASS),
    }
}

/// Whether the run is to be stopped.
pub fn stop_question<'a>(running: Option<&Running>) -> Element<'a, Message> {
    let verifying = running.is_some_and(|running| !running.is_copying());
    let (title, about) = if verifying {
        (t!("finish-stop-verify"), t!("finish-stop-verify-about"))
    } else {
        (t!("finish-stop-last"), t!("finish-stop-last-about"))
    };
    dialog::question(
        (Icon::SQUARE, true),
        title,
        about,
        None,
        vec![
            button(t!("finish-stop-no"))
                .id(dialog::SAFE)
                .on(Message::Close)
                .into(),
            button(t!("finish-stop-yes"))
                .destructive()
                .icon(Icon::SQUARE)
                .on(Message::Stop)
                .into(),
        ],
    )
}
