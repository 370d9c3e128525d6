//! What stands below the folders of an account: what went wrong or was left out, and what can be done.
//!
//! Promises: nothing is offered that could not be done now. Deliberately absent: doing it.

use iced::widget::{column, container, row};
use iced::{Center, Element, Padding};

use super::super::from::{self, Phase};
use super::super::{Message, Now, words};
use super::Panel;
use crate::engine::{Activity, MailboxRow};
use crate::i18n::{self, Words};
use crate::plan::Options;
use crate::t;
use crate::trouble::Kind;
use crate::ui::icon::Icon;
use crate::ui::options::filters_line;
use crate::ui::theme::MONO;
use crate::ui::widget::{Elide, Tone, button, icon_button, note, tip};

/// What went wrong or was left out, and what can be done.
pub(super) fn foot<'a>(
    panel: &'a Panel,
    row: &MailboxRow,
    now: &Now,
    options: &Options,
) -> Element<'a, Message> {
    let mut foot = column![].spacing(12);
    let wrong = row
        .trouble
        .as_ref()
        .filter(|_| matches!(row.activity, Activity::Failed | Activity::Waiting));
    let facts = panel.facts.as_deref();
    let exceptions = facts.map_or(row.exceptions, |facts| {
        facts.reasons.iter().map(|(_, count)| count).sum()
    });
    if let Some(trouble) = wrong {
        let key = trouble.kind.key();
        let tone = if row.activity == Activity::Failed {
            Tone::Bad
        } else {
            Tone::Warn
        };
        foot = foot.push(note(
            tone,
            Words::current().trouble(&key),
            Words::current().remedy(&key).unwrap_or_default(),
            None,
        ));
        if !trouble.detail.is_empty() {
            let detail = trouble.detail.clone();
            let line = row![
                Elide::new(detail.as_str(), 12, MONO, |t| t.ink_3).fill(),
                icon_button(Icon::COPY, t!("ui-copy"), Message::Copy(detail.clone())),
            ];
            foot = foot.push(tip(line.spacing(8).align_y(Center), detail));
        }
    } else if exceptions > 0 {
        let reasons = facts.map_or_else(Vec::new, |facts| facts.reasons.clone());
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(code, count)| {
                let reason = Kind::of_key(code).map_or_else(|| code.clone(), words::reason);
                t!(
                    "live-reason-count",
                    reason = reason,
                    number = i18n::number(*count)
                )
            })
            .collect();
        let title = t!(
            "live-not-copied-title",
            count = exceptions,
            number = i18n::number(exceptions)
        );
        foot = foot.push(note(Tone::Warn, title, reasons.join(" · "), None));
    } else if let Some(excluded) = facts.map(|facts| facts.excluded).filter(|count| *count > 0) {
        let title = t!(
            "live-excluded-title",
            count = excluded,
            number = i18n::number(excluded)
        );
        let filters = filters_line(options).unwrap_or_default();
        foot = foot.push(note(Tone::Neutral, title, filters, None));
    }
    foot = foot.push(deeds(panel, row, now));
    container(foot)
        .padding(Padding::from(16).top(12).bottom(14))
        .into()
}

fn deeds<'a>(panel: &'a Panel, row: &MailboxRow, now: &Now) -> Element<'a, Message> {
    let login = || row.login.clone();
    let mut deeds = row![].spacing(8);
    let kind = row.trouble.as_ref().map(|trouble| trouble.kind);
    let asks_for_password = matches!(
        kind,
        Some(Kind::LoginRefused | Kind::PasswordMissing | Kind::ProviderGate)
    );
    let ended = from::is_wrong(row) || row.activity == Activity::Stopped;
    if ended && now.phase != Phase::Stopping {
        deeds = deeds.push(
            button(t!("ui-retry"))
                .small()
                .icon(Icon::ROTATE_CW)
                .on(Message::Retry(login())),
        );
    }
    if ended && asks_for_password {
        deeds = deeds.push(
            button(t!("live-fix-password"))
                .small()
                .icon(Icon::KEY_ROUND)
                .on(Message::ToUsers),
        );
    }
    let can_skip = from::is_working(row) || row.activity == Activity::Queued;
    if can_skip && !matches!(now.phase, Phase::Over | Phase::Stopping | Phase::Finishing) {
        deeds = deeds.push(
            button(t!("live-skip"))
                .small()
                .icon(Icon::SKIP_FORWARD)
                .on(Message::Skip(login())),
        );
    }
    if panel.facts.as_ref().is_some_and(|facts| facts.saved > 0) {
        deeds = deeds.push(
            button(t!("live-saved"))
                .small()
                .icon(Icon::FOLDER_OPEN)
                .on(Message::OpenSaved),
        );
    }
    let log = button(t!("live-tab-log"))
        .text()
        .small()
        .icon(Icon::SCROLL_TEXT)
        .on(Message::LogOf(login()));
    deeds.push(Element::from(log)).wrap().into()
}
