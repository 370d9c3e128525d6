//! What is said and can be done above and below: title and purpose of each state, the brakes, the status, the way on.

use iced::widget::{column, row};
use iced::{Center, Element};

use super::from::{self, Phase};
use super::{Message, Now, Outcome, State, Stopping, words};
use crate::engine::{Activity, MailboxRow};
use crate::i18n::{self, Words};
use crate::t;
use crate::trouble::Trouble;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::options::filters_line;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::shell::Status;
use crate::ui::theme::{MONO, REGULAR};
use crate::ui::widget::{Elide, Group, Tone, button, dialog, hint, icon_button, note, radio, tip};

fn accounts(count: u64) -> String {
    t!(
        "count-accounts",
        count = count,
        number = i18n::number(count)
    )
}

/// Title and purpose.
pub(super) fn title(now: &Now, session: &Session) -> (String, String) {
    match now.phase {
        Phase::Preparing => (t!("live-preparing"), t!("live-preparing-about")),
        Phase::Running => {
            let plain = || {
                if now.passwords {
                    t!("live-passwords-running")
                } else {
                    t!("live-running")
                }
            };
            let title = words::pass(now.pass).unwrap_or_else(plain);
            let begun = now.begun.map(words::at).unwrap_or_default();
            (title, t!("live-running-about", at = begun))
        }
        Phase::Offline(at) => {
            let about = match at {
                Some(at) => t!("live-offline-about-at", time = dates::clock(at)),
                None => t!("live-offline-about"),
            };
            (t!("live-offline"), about)
        }
        Phase::Pausing => (t!("live-pausing"), t!("live-pausing-about")),
        Phase::Paused => (t!("live-paused"), t!("live-paused-about")),
        Phase::Closed(at) => {
            let hours = session.draft.options.window.as_ref().map(|window| {
                format!(
                    "{}–{}",
                    window.from.strftime("%H:%M"),
                    window.to.strftime("%H:%M")
                )
            });
            let about = match (hours, at) {
                (Some(hours), Some(at)) => {
                    t!("live-closed-about", hours = hours, at = words::at(at))
                }
                _ => t!("live-closed-about-plain"),
            };
            (t!("live-closed"), about)
        }
        Phase::Draining => {
            let count = now.counts[1];
            let about = t!(
                "live-draining-about",
                count = count,
                number = i18n::number(count)
            );
            (t!("live-stopping"), about)
        }
        Phase::Stopping => (t!("live-stopping"), t!("live-stopping-about")),
        Phase::Finishing => (t!("live-finishing"), t!("live-finishing-about")),
        Phase::Over => over(now),
    }
}

fn over(now: &Now) -> (String, String) {
    match &now.outcome {
        Outcome::Failed(begun, trouble) => {
            let title = if *begun {
                t!("live-broken")
            } else {
                t!("live-not-begun")
            };
            (title, Words::current().trouble(&trouble.kind.key()))
        }
        Outcome::None => (t!("live-not-yet"), t!("live-not-yet-about")),
        Outcome::Stopped => (t!("live-stopped"), t!("live-stopped-about")),
        Outcome::Interrupted => {
            let about = match now.last {
                Some(last) => t!("live-interrupted-about", at = words::at(last)),
                None => t!("live-stopped-about"),
            };
            (t!("live-interrupted"), about)
        }
        Outcome::Wrong => {
            let count = now.counts[2];
            let about = t!(
                "live-wrong-about",
                count = count,
                number = i18n::number(count)
            );
            (t!("live-wrong"), about)
        }
        Outcome::Well if now.passwords => {
            (t!("live-passwords-well"), t!("live-passwords-well-about"))
        }
        Outcome::Well => {
            let count = now.counts[4];
            let about = t!(
                "live-well-about",
                count = count,
                number = i18n::number(count)
            );
            (t!("live-well"), about)
        }
    }
}

/// The brakes, at the right of the title.
pub(super) fn brakes<'a>(now: &Now) -> Option<Element<'a, Message>> {
    let pause = || {
        Element::from(
            button(t!("live-pause"))
                .icon(Icon::PAUSE)
                .on(Message::Pause),
        )
    };
    let resume = || {
        Element::from(
            button(t!("live-resume"))
                .primary()
                .icon(Icon::PLAY)
                .on(Message::Resume),
        )
    };
    let stop =
        |words: String| Element::from(button(words).warning().icon(Icon::SQUARE).on(Message::Stop));
    let mut line = row![].spacing(8).align_y(Center);
    match now.phase {
        Phase::Over | Phase::Finishing => return None,
        Phase::Preparing | Phase::Closed(_) => line = line.push(stop(t!("live-stop"))),
        Phase::Running => line = line.push(pause()).push(stop(t!("live-stop"))),
        Phase::Offline(_) => {
            let again = button(t!("live-retry-now"))
                .icon(Icon::ROTATE_CW)
                .on(Message::RetryNow);
            line = line
                .push(Element::from(again))
                .push(pause())
                .push(stop(t!("live-stop")));
        }
        Phase::Pausing | Phase::Paused => line = line.push(resume()).push(stop(t!("live-stop"))),
        Phase::Draining => line = line.push(stop(t!("live-stop-now-ask"))),
        Phase::Stopping => {
            let stopping = button(t!("live-stopping-button")).icon(Icon::SQUARE);
            line = line.push(Element::from(stopping));
        }
    }
    Some(line.into())
}

/// What the filters leave out, above all else.
pub(super) fn filters<'a>(session: &Session) -> Option<Element<'a, Message>> {
    let words = filters_line(&session.draft.options)?;
    Some(
        row![
            Icon::LIST_CHECKS.show(13.0, |t| t.ink_3),
            Elide::new(words, 12, REGULAR, |t| t.ink_2).fill()
        ]
        .spacing(6)
        .align_y(Center)
        .into(),
    )
}

/// Why it could not be begun or gone on with: what to do, and the technical line.
pub(super) fn trouble<'a>(trouble: &Trouble) -> Element<'a, Message> {
    let key = trouble.kind.key();
    let mut card = column![note(
        Tone::Bad,
        Words::current().trouble(&key),
        Words::current().remedy(&key).unwrap_or_default(),
        None
    )]
    .spacing(6);
    if !trouble.detail.is_empty() {
        let detail = trouble.detail.clone();
        card = card.push(
            row![
                Elide::new(detail.as_str(), 12, MONO, |t| t.ink_3).fill(),
                icon_button(Icon::COPY, t!("ui-copy"), Message::Copy(detail)),
            ]
            .spacing(8)
            .align_y(Center),
        );
    }
    card.into()
}

/// The line at the lower left.
pub(super) fn status(state: &State, now: &Now, session: &Session) -> Status {
    if let Some((tone, words)) = &state.notice {
        return Status::new(*tone, words.clone());
    }
    if session.demo.is_some() {
        return Status::new(Tone::Neutral, t!("live-demo")).icon(Icon::FLASK_CONICAL);
    }
    match now.phase {
        Phase::Preparing => Status::busy(t!("live-preparing-about")),
        Phase::Running if now.passwords => Status::busy(now.passwords_short()),
        Phase::Running => Status::busy(t!(
            "live-status-running",
            running = accounts(now.counts[1]),
            queued = i18n::number(now.counts[3])
        )),
        Phase::Pausing => Status::busy(t!("live-pausing-about")),
        Phase::Paused => {
            let words = match now.paused {
                Some(since) => t!("live-paused-since", time = dates::clock(since)),
                None => t!("live-paused"),
            };
            Status::new(Tone::Warn, words).icon(Icon::CIRCLE_PAUSE)
        }
        Phase::Offline(_) => {
            Status::new(Tone::Warn, t!("live-status-offline")).icon(Icon::WIFI_OFF)
        }
        Phase::Closed(_) => Status::new(Tone::Neutral, t!("live-closed")).icon(Icon::CLOCK),
        Phase::Draining | Phase::Stopping => Status::busy(t!("live-stopping-about")),
        Phase::Finishing => Status::busy(t!("live-finishing-about")),
        Phase::Over => match &now.outcome {
            Outcome::Failed(_, trouble) => {
                Status::new(Tone::Bad, Words::current().trouble(&trouble.kind.key()))
            }
            Outcome::None => Status::new(Tone::Neutral, t!("live-not-yet")),
            Outcome::Stopped | Outcome::Interrupted => Status::new(
                Tone::Warn,
                t!("live-status-left", accounts = accounts(now.open)),
            ),
            Outcome::Wrong => Status::new(
                Tone::Warn,
                t!("live-status-wrong", accounts = accounts(now.counts[2])),
            ),
            Outcome::Well if now.passwords => Status::ok(now.passwords_short()),
            Outcome::Well => Status::ok(t!("live-status-well")),
        },
    }
}

/// The way back and the way on.
pub(super) fn ways<'a>(now: &Now) -> Vec<Element<'a, Message>> {
    let on = |primary: bool| {
        let mut on = button(t!("step-completion"))
            .footer()
            .tail(Icon::ARROW_RIGHT)
            .id("live-completion")
            .on(now.may_go_on.then_some(Message::Completion));
        if primary {
            on = on.primary();
        }
        Element::from(on)
    };
    if now.phase != Phase::Over {
        let on = on(true);
        return vec![if now.may_go_on {
            on
        } else {
            tip(on, t!("live-completion-later"))
        }];
    }
    let back = button(t!("ui-back"))
        .footer()
        .icon(Icon::ARROW_LEFT)
        .on(Message::Back);
    let mut ways = vec![Element::from(back)];
    if now.open > 0 {
        let untouched =
            now.total.done == 0 && matches!(now.outcome, Outcome::None | Outcome::Failed(false, _));
        let words = if untouched {
            t!("live-begin-now")
        } else {
            ways.push(on(false));
            t!("live-begin-again")
        };
        let begin = button(words)
            .footer()
            .primary()
            .icon(Icon::PLAY)
            .id("live-begin")
            .on(Message::Begin);
        ways.push(begin.into());
    } else {
        ways.push(on(true));
    }
    ways
}

/// Whether to stop, and how.
pub(super) fn question<'a>(
    chosen: Stopping,
    now: &Now,
    running: Option<&Running>,
) -> Element<'a, Message> {
    let count = now.counts[1];
    let drains = count > 0 && now.phase != Phase::Draining;
    let more = drains.then(|| {
        let left = running.and_then(|running| from::until_drained(&now.rows, running, now.lanes));
        let when = match left {
            Some(left) => t!("live-drain-in", time = words::about(left)),
            None => t!("live-drain-about"),
        };
        let choices = column![
            radio(
                chosen == Stopping::Drain,
                t!("live-drain", count = count, number = i18n::number(count)),
                Some(when),
                Message::Choose(Stopping::Drain)
            ),
            radio(
                chosen == Stopping::Now,
                t!("live-stop-now"),
                Some(t!("live-stop-now-about")),
                Message::Choose(Stopping::Now)
            ),
        ]
        .spacing(12);
        Group::new(
            choices,
            Some(chosen as usize),
            vec![
                Message::Choose(Stopping::Drain),
                Message::Choose(Stopping::Now),
            ],
        )
        .into()
    });
    dialog::question(
        (Icon::SQUARE, true),
        t!("live-ask-stop"),
        t!("live-ask-stop-about"),
        more,
        vec![
            button(t!("leave-no"))
                .id(dialog::SAFE)
                .on(Message::GoOn)
                .into(),
            button(t!("live-ask-stop-yes"))
                .destructive()
                .icon(Icon::SQUARE)
                .on(Message::StopConfirmed)
                .into(),
        ],
    )
}

/// That the journal could not be read.
pub(super) fn unread<'a>(words: &str) -> Element<'a, Message> {
    hint(
        Icon::TRIANGLE_ALERT,
        |t| t.warn,
        t!("live-unread", detail = words),
    )
}

/// What a run that has ended came to, judging by its rows.
pub(super) fn outcome(rows: &[MailboxRow], stopped: bool) -> Outcome {
    let begun = rows.iter().any(|row| row.activity != Activity::Queued);
    let open = rows.iter().any(from::is_open);
    let failed = rows.iter().any(from::is_wrong);
    let waits = rows.iter().any(|row| {
        matches!(row.activity, Activity::Queued | Activity::Stopped) && from::is_open(row)
    });
    match (begun, stopped) {
        (false, false) => Outcome::None,
        (_, true) if open => Outcome::Stopped,
        (true, false) if waits => Outcome::Interrupted,
        _ if failed => Outcome::Wrong,
        _ => Outcome::Well,
    }
}
