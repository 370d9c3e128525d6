//! The mailboxes, one row each.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, scrollable};
use iced::{Center, Element, Fill, Right};

use super::Message;
use crate::engine::{Activity, MailboxRow, RunPhase};
use crate::i18n::{self, Words};
use crate::t;
use crate::ui::drawing::Icon;
use crate::ui::run::Sample;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, say};
use crate::ui::widget::{Tone, bar, chip, hairline, percent};

const STATE: u32 = 120;
const BAR: u32 = 104;
const PERCENT: u32 = 48;
const MESSAGES: u32 = 128;

pub(super) fn view<'a>(shown: &Sample, looks: u32) -> Element<'a, Message> {
    let domain = domain(
        shown
            .snapshot
            .mailboxes
            .iter()
            .map(|mailbox| mailbox.login.as_str()),
    );
    let name = |text: String| say(text, 12, MEDIUM, |t| t.ink_3);
    let head = row![
        name(t!("ui-column-state")).width(STATE),
        account_head(domain),
        name(t!("ui-column-progress")).width(BAR + 8 + PERCENT),
        name(t!("ui-column-folder")).width(Fill),
        name(t!("ui-column-messages"))
            .width(MESSAGES)
            .align_x(Right),
    ]
    .spacing(12);
    let mut rows = column![];
    let paused = matches!(shown.snapshot.phase, RunPhase::Paused);
    for mailbox in shown.snapshot.mailboxes.iter() {
        rows = rows
            .push(one(mailbox, domain, paused, looks))
            .push(hairline());
    }
    let card = column![
        container(head)
            .padding([0, 16])
            .center_y(32)
            .style(theme::table_head),
        hairline(),
        scrollable(rows).style(theme::scroll).height(Fill),
    ];
    container(card)
        .padding(1)
        .height(Fill)
        .style(theme::card)
        .into()
}

/// The domain all logins share, if they do: it is said once, in the head of the table.
pub(super) fn domain<'b>(mut logins: impl Iterator<Item = &'b str>) -> &'b str {
    let first = logins
        .next()
        .and_then(|login| login.find('@').map(|at| &login[at..]))
        .unwrap_or_default();
    if logins.all(|login| login.ends_with(first)) {
        first
    } else {
        ""
    }
}

/// The head of the column of accounts.
pub(super) fn account_head<'a>(domain: &str) -> Element<'a, Message> {
    let words = row![
        say(t!("ui-column-account"), 12, MEDIUM, |t| t.ink_3),
        say(domain.to_owned(), 12, REGULAR, |t| t.ink_3).wrapping(Wrapping::None),
    ];
    container(words.spacing(4)).width(Fill).clip(true).into()
}

/// An account in its cell, without the domain the head has said.
pub(super) fn account<'a>(login: &str, domain: &str) -> Element<'a, Message> {
    let local = login
        .strip_suffix(domain)
        .filter(|local| !local.is_empty())
        .unwrap_or(login);
    container(say(local.to_owned(), 13, MEDIUM, |t| t.ink).wrapping(Wrapping::None))
        .width(Fill)
        .clip(true)
        .into()
}

fn one<'a>(mailbox: &MailboxRow, domain: &str, paused: bool, looks: u32) -> Element<'a, Message> {
    let (tone, icon, word) = state(mailbox, paused);
    let turn = if icon == Icon::LOADER {
        u8::try_from(looks % 8).unwrap_or(0)
    } else {
        0
    };
    let part = mailbox.done as f32 / mailbox.listed.max(1) as f32;
    let (note, ink): (String, Role) = match &mailbox.trouble {
        Some(trouble) => (
            in_words(&trouble.kind.key()),
            if tone == Tone::Bad {
                |t| t.bad
            } else {
                |t| t.warn
            },
        ),
        None if mailbox.exceptions > 0 => {
            let number = i18n::number(mailbox.exceptions);
            (
                t!("ui-not-copied", count = mailbox.exceptions, number = number),
                |t| t.bad,
            )
        }
        None if mailbox.folder.is_empty() => (String::from("–"), |t| t.ink_3),
        None => (mailbox.folder.clone(), |t| t.ink_2),
    };
    let messages = format!(
        "{} / {}",
        i18n::number(mailbox.done),
        i18n::number(mailbox.listed)
    );
    let content = row![
        container(chip(tone, icon, turn, word)).width(STATE),
        account(&mailbox.login, domain),
        row![
            bar(part, BAR, tone),
            say(percent(mailbox.done, mailbox.listed), 13, REGULAR, |t| t
                .ink_2)
            .width(PERCENT)
            .align_x(Right),
        ]
        .spacing(8)
        .align_y(Center),
        container(say(note, 13, REGULAR, ink).wrapping(Wrapping::None))
            .width(Fill)
            .clip(true),
        say(messages, 13, REGULAR, |t| t.ink)
            .width(MESSAGES)
            .align_x(Right),
    ]
    .spacing(12)
    .align_y(Center);
    container(content).padding([0, 16]).center_y(36).into()
}

/// A kind of trouble in words; its name where there are none.
fn in_words(kind: &str) -> String {
    let key = format!("trouble-{kind}");
    if Words::current().has(&key) {
        t!(dynamic key.as_str())
    } else {
        kind.to_owned()
    }
}

fn state(mailbox: &MailboxRow, paused: bool) -> (Tone, Icon, String) {
    match mailbox.activity {
        Activity::Listing | Activity::Copying | Activity::Verifying if paused => {
            (Tone::Warn, Icon::CIRCLE_PAUSE, t!("ui-state-paused"))
        }
        Activity::Queued => (Tone::Neutral, Icon::CLOCK, t!("ui-state-queued")),
        Activity::Listing => (Tone::Running, Icon::LOADER, t!("ui-state-listing")),
        Activity::Copying => (Tone::Running, Icon::LOADER, t!("ui-state-copying")),
        Activity::Verifying => (Tone::Running, Icon::LOADER, t!("ui-state-verifying")),
        Activity::Waiting => (Tone::Warn, Icon::CLOCK, t!("ui-state-waiting")),
        Activity::Done => (Tone::Ok, Icon::CIRCLE_CHECK, t!("ui-state-done")),
        Activity::DoneWithExceptions => {
            (Tone::Warn, Icon::TRIANGLE_ALERT, t!("ui-state-exceptions"))
        }
        Activity::Failed => (Tone::Bad, Icon::CIRCLE_X, t!("ui-state-failed")),
        Activity::Stopped => (Tone::Warn, Icon::CIRCLE_PAUSE, t!("ui-state-stopped")),
    }
}
