//! What the server answered when all went well, and the card before there is an answer.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::Message;
use crate::account::Side;
use crate::i18n::{self, Words};
use crate::probe::{Answer, Certificate, Verdict};
use crate::t;
use crate::ui::dates;
use crate::ui::draft::Server;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::field::fact;
use crate::ui::widget::{Elide, Tone, button, hairline, hint, icon_button, scroll, spinner, tag};

/// The card: a head in its colour, and what stands below it.
pub(super) fn card<'a>(
    head: Element<'a, Message>,
    body: Element<'a, Message>,
    bad: bool,
) -> Element<'a, Message> {
    card_with(head, body, None, bad)
}

/// The same with a foot that is always seen, however long the body is.
pub(super) fn card_with<'a>(
    head: Element<'a, Message>,
    body: Element<'a, Message>,
    foot: Option<Element<'a, Message>>,
    bad: bool,
) -> Element<'a, Message> {
    let head = container(head)
        .padding(Padding::from([10, 12]).left(16))
        .center_y(48)
        .width(Fill);
    let head = if bad {
        head.style(theme::card_top(|t| t.bad_soft))
    } else {
        head
    };
    let edge: Role = if bad { |t| t.bad_line } else { |t| t.line };
    let rule = iced::widget::rule::horizontal(1).style(theme::rule_of(edge));
    let mut all = column![head, rule, scroll(body).height(Fill)];
    if let Some(foot) = foot {
        all = all.push(hairline()).push(container(foot).padding(16));
    }
    container(all)
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::framed(|t| t.surface, edge, 8.0))
        .into()
}

/// The line at the top of the card.
pub(super) fn head(
    icon: Icon,
    role: Role,
    title: String,
    time: Option<String>,
    deed: Option<Element<'_, Message>>,
) -> Element<'_, Message> {
    let mut line = row![
        icon.show(20.0, role),
        Elide::new(title, 15, SEMIBOLD, |t| t.ink).fill(),
    ]
    .spacing(12)
    .align_y(Center);
    if let Some(time) = time {
        line = line.push(say(time, 12, REGULAR, |t| t.ink_3));
    }
    if let Some(deed) = deed {
        line = line.push(deed);
    }
    line.into()
}

/// Not tried yet.
pub(super) fn none<'a>(server: &Server) -> Element<'a, Message> {
    let can = server.endpoint().is_some();
    let (icon, role, title, words): (Icon, Role, _, _) = match &server.verified {
        Some(software) => (
            Icon::CIRCLE_CHECK,
            |t| t.ok,
            t!("server-verified-before"),
            t!("server-verified-before-about", software = software.as_str()),
        ),
        None => (
            Icon::CIRCLE_DASHED,
            |t| t.ink_3,
            t!("server-untested"),
            t!("server-untested-about"),
        ),
    };
    card(
        head(icon, role, title, None, None),
        container(untested(words, can)).padding(16).into(),
        false,
    )
}

/// What a trial would tell, and the button that begins it.
pub(super) fn untested<'a>(words: String, can: bool) -> Element<'a, Message> {
    let test = button(t!("server-test"))
        .icon(Icon::SHIELD_CHECK)
        .id("server-test")
        .on(can.then_some(Message::Test));
    column![
        say(words, 13, REGULAR, |t| t.ink_2),
        row![Element::from(test)]
    ]
    .spacing(16)
    .into()
}

/// A head in a tone.
pub(super) fn head_of(
    tone: Tone,
    title: String,
    deed: Option<Element<'_, Message>>,
) -> Element<'_, Message> {
    let icon = if tone == Tone::Neutral {
        Icon::CIRCLE_DASHED
    } else {
        tone.icon()
    };
    head(icon, tone.mark(), title, None, deed)
}

/// The same with the button that tries again; off where it says nothing.
pub(super) fn head_again<'a>(
    tone: Tone,
    title: String,
    again: Option<Message>,
    narrow: bool,
) -> Element<'a, Message> {
    let again = if narrow {
        icon_button(Icon::ROTATE_CW, t!("server-again"), again)
    } else {
        let button = button(t!("server-again")).small().icon(Icon::ROTATE_CW);
        button.on(again).into()
    };
    head_of(tone, title, Some(again))
}

/// Being tried.
pub(super) fn busy<'a>(words: String, turn: u8) -> Element<'a, Message> {
    let line = row![
        spinner(20.0, |t| t.accent_ink, turn),
        Elide::new(t!("server-testing-title"), 15, SEMIBOLD, |t| t.ink).fill(),
        Element::from(button(t!("ui-cancel")).small().on(Message::Cancel)),
    ]
    .spacing(12)
    .align_y(Center);
    let body = say(words, 13, REGULAR, |t| t.ink_2);
    card(line.into(), container(body).padding(16).into(), false)
}

/// It works.
pub(super) fn good(answer: &Answer, side: Side, narrow: bool) -> Element<'_, Message> {
    let words = Words::current();
    let title = match side {
        Side::Origin => t!("server-good"),
        Side::Destination => t!("server-good-new"),
    };
    let time = format!("{} ms", answer.connect.as_millis().max(1));
    let (time, again): (Option<String>, Element<'_, Message>) = if narrow {
        let name = format!("{} ({time})", t!("server-again"));
        (None, icon_button(Icon::ROTATE_CW, name, Message::Test))
    } else {
        let again = button(t!("server-again"))
            .small()
            .icon(Icon::ROTATE_CW)
            .on(Message::Test);
        (Some(time), again.into())
    };
    let plain = |text: String| say(text, 13, REGULAR, |t| t.ink).wrapping(Wrapping::WordOrGlyph);
    let mut facts = column![fact(t!("fact-software"), plain(answer.server.to_string()))].spacing(8);
    facts = facts.push(fact(
        t!("fact-encryption"),
        match &answer.tls {
            Some(tls) => plain(format!("{} · {}", tls.version, tls.cipher)),
            None => say(t!("fact-no-encryption"), 13, MEDIUM, |t| t.warn),
        },
    ));
    if let Some(certificate) = &answer.certificate {
        facts = facts.push(fact(t!("fact-certificate"), plain(verdict(certificate))));
        facts = facts.push(fact(t!("fact-fingerprint"), fingerprint(certificate)));
    }
    if let Some(separator) = answer.separator {
        let name = match separator {
            '/' => t!("fact-slash"),
            '.' => t!("fact-dot"),
            _ => String::new(),
        };
        facts = facts.push(fact(
            t!("fact-separator"),
            row![
                say(separator.to_string(), 12, MONO, |t| t.ink),
                say(name, 13, REGULAR, |t| t.ink_2)
            ]
            .spacing(6)
            .align_y(Center),
        ));
    }
    facts = facts.push(fact(
        t!("fact-trial"),
        match &answer.login {
            Some(trial) => {
                let mut parts = vec![words.folders(trial.folders)];
                parts.extend(trial.messages.map(|messages| words.messages(messages)));
                plain(format!("{}\n{}", trial.user, parts.join(" · ")))
            }
            None => say(t!("fact-no-trial"), 13, REGULAR, |t| t.ink_3),
        },
    ));
    if let Some((used, most)) = answer.login.as_ref().and_then(|trial| trial.quota) {
        facts = facts.push(fact(
            t!("fact-quota"),
            plain(t!(
                "fact-quota-of",
                used = words.size(used),
                most = words.size(most)
            )),
        ));
    }
    if let Some(limit) = answer.login.as_ref().and_then(|trial| trial.append_limit) {
        let limit = t!("fact-limit-of", size = words.size(limit));
        facts = facts.push(fact(t!("fact-limit"), plain(limit)));
    }
    let body = column![
        container(facts).padding(16),
        hairline(),
        container(capabilities(answer, side)).padding(16)
    ];
    card(
        head(Icon::CIRCLE_CHECK, |t| t.ok, title, time, Some(again)),
        body.into(),
        false,
    )
}

fn capabilities(answer: &Answer, side: Side) -> Element<'_, Message> {
    let mut tags = row![].spacing(6);
    for word in &answer.capabilities.useful {
        tags = tags.push(tag(word.as_str(), is_precious(word)));
    }
    if !answer.capabilities.others.is_empty() {
        tags = tags.push(tag(
            format!("+{}", i18n::number(answer.capabilities.others.len() as u64)),
            false,
        ));
    }
    let has = |word: &str| answer.capabilities.useful.iter().any(|known| known == word);
    let words = match side {
        Side::Destination if !has("UIDPLUS") => t!("capability-no-uidplus"),
        Side::Destination if has("MULTIAPPEND") => t!("capability-fast"),
        _ => t!("capability-resume"),
    };
    column![
        say(t!("server-capabilities"), 12, MEDIUM, |t| t.ink_2),
        tags.wrap().vertical_spacing(6),
        hint(Icon::INFO, |t| t.ink_3, words),
    ]
    .spacing(12)
    .into()
}

/// The extensions that make a migration faster or surer.
fn is_precious(word: &str) -> bool {
    matches!(
        word,
        "UIDPLUS" | "SPECIAL-USE" | "CONDSTORE" | "QRESYNC" | "MULTIAPPEND" | "LITERAL+"
    )
}

fn verdict(certificate: &Certificate) -> String {
    let word = match &certificate.verdict {
        Verdict::Trusted => t!("certificate-trusted"),
        Verdict::Pinned => t!("certificate-pinned"),
        Verdict::ByAuthority => t!("certificate-authority"),
        Verdict::Refused(_) => t!("certificate-refused"),
    };
    let until = t!("certificate-until", day = dates::day(certificate.not_after));
    format!("{word} · {until}")
}

/// The first and the last octets of a fingerprint.
fn fingerprint<'a>(certificate: &Certificate) -> Element<'a, Message> {
    let text = certificate.fingerprint.to_string();
    let digits = text.trim_start_matches("SHA256:");
    let octets: Vec<&str> = digits.split(':').collect();
    let first = octets[..8.min(octets.len())].join(":");
    let last = octets[octets.len().saturating_sub(4)..].join(":");
    column![
        say(first, 12, MONO, |t| t.ink),
        row![
            say(format!("…:{last}"), 12, MONO, |t| t.ink),
            space::horizontal().width(2),
            say("SHA-256", 12, MONO, |t| t.ink_3)
        ]
        .spacing(6),
    ]
    .spacing(2)
    .into()
}
