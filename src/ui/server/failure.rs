//! What is wrong, in plain words; what can be done; the technical line last.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Padding};

use super::Message;
use super::answer::{card, card_with, head};
use crate::i18n::Words;
use crate::probe::{Answers, Certificate, Failure, Reason};
use crate::t;
use crate::trouble::{Kind, Trouble};
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, say};
use crate::ui::widget::field::fact;
use crate::ui::widget::{Group, button, hairline, link, radio};

/// A certificate that only a person can accept.
pub(super) fn certificate<'a>(
    failure: &'a Failure,
    reason: &Reason,
    whose: Option<String>,
    accept: bool,
) -> Element<'a, Message> {
    let Some(shown) = &failure.certificate else {
        return container(say("", 13, REGULAR, |t| t.ink)).into();
    };
    let time = format!("{} ms", failure.elapsed.as_millis().max(1));
    let choice = Group::new(
        column![
            radio(
                accept,
                t!("certificate-accept"),
                Some(t!("certificate-accept-about")),
                Message::Accept(true)
            ),
            radio(
                !accept,
                t!("certificate-reject"),
                None,
                Message::Accept(false)
            ),
        ]
        .spacing(12),
        Some(usize::from(!accept)),
        vec![Message::Accept(true), Message::Accept(false)],
    );
    let confirm = button(t!("certificate-confirm"))
        .primary()
        .id("certificate-confirm")
        .on(accept.then_some(Message::Confirm));
    let whose = whose.map(|whose| say(whose, 13, MEDIUM, |t| t.ink));
    let body = column![
        whose,
        say(reason_words(reason), 13, REGULAR, |t| t.ink_2),
        fingerprint(shown),
        facts(shown),
    ]
    .spacing(12);
    let foot = column![Element::from(choice), row![Element::from(confirm)]].spacing(12);
    card_with(
        head(
            Icon::SHIELD_ALERT,
            |t| t.warn_icon,
            t!("certificate-title"),
            Some(time),
            None,
        ),
        container(body).padding(16).into(),
        Some(foot.into()),
        false,
    )
}

fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::SelfSigned => t!("certificate-self-signed"),
        Reason::UnknownIssuer => t!("certificate-unknown-issuer"),
        Reason::WrongName { wanted, has } => t!(
            "certificate-wrong-name",
            wanted = wanted.as_str(),
            has = has.join(", ")
        ),
        Reason::Expired { since } => t!("certificate-expired", day = dates::day(*since)),
        Reason::NotYetValid { from } => {
            t!("certificate-not-yet", day = dates::day(*from))
        }
        Reason::Changed { .. } => t!("certificate-changed"),
        Reason::Revoked => t!("certificate-revoked"),
        Reason::Other(words) => t!("certificate-other", detail = words.as_str()),
    }
}

/// The whole fingerprint, to be compared.
fn fingerprint<'a>(certificate: &Certificate) -> Element<'a, Message> {
    let text = certificate.fingerprint.to_string();
    let digits = text.trim_start_matches("SHA256:");
    let octets: Vec<&str> = digits.split(':').collect();
    let lines = octets
        .chunks(11)
        .map(|line| line.join(":"))
        .collect::<Vec<_>>();
    let shown = lines.join(":\n");
    let top = row![
        say(t!("certificate-fingerprint"), 12, REGULAR, |t| t.ink_3).width(Fill),
        link(Some(Icon::COPY), t!("ui-copy"), Message::Copy(text.clone())),
    ]
    .align_y(Center);
    let digits = say(shown, 12, MONO, |t| t.ink)
        .line_height(iced::widget::text::LineHeight::Absolute(20.into()));
    container(column![top, digits].spacing(6))
        .padding([10, 12])
        .width(Fill)
        .style(theme::framed(|t| t.sunken, |t| t.line, 8.0))
        .into()
}

fn facts<'a>(certificate: &Certificate) -> Element<'a, Message> {
    let plain = |text: String| say(text, 13, REGULAR, |t| t.ink).wrapping(Wrapping::WordOrGlyph);
    let names = certificate.subjects().join(", ");
    let mut facts = column![fact(t!("certificate-issued-to"), plain(names))].spacing(8);
    if let Some(issuer) = certificate
        .issuer
        .clone()
        .filter(|_| !certificate.self_signed)
    {
        facts = facts.push(fact(t!("certificate-issued-by"), plain(issuer)));
    }
    let until = t!(
        "certificate-valid-until",
        day = dates::day(certificate.not_after)
    );
    facts
        .push(fact(t!("certificate-validity"), plain(until)))
        .into()
}

/// Everything else.
pub(super) fn other<'a>(failure: &Failure, host: &str, port: &str) -> Element<'a, Message> {
    let kind = failure.trouble.kind;
    let (host, port) = (host.trim(), port.trim());
    let mut todo = column![say(t!("failure-todo"), 12, MEDIUM, |t| t.ink_2)].spacing(12);
    for alternative in &failure.alternatives {
        let address = alternative.address.clone();
        let words = t!(
            "failure-use",
            port = address.port.to_string(),
            security = security_word(address.security)
        );
        let deed = button(t!("failure-use-it"))
            .small()
            .on(Message::Use(address));
        let about = match alternative.answers {
            Answers::Imap => t!("failure-use-about"),
            Answers::Untrusted => t!("failure-use-untrusted"),
        };
        todo = todo.push(thing(
            Icon::ARROW_RIGHT_LEFT,
            words,
            about,
            Some(deed.into()),
        ));
    }
    for (icon, title, about) in suggestions(kind, port) {
        todo = todo.push(thing(icon, title, about, None));
    }
    let technical = failure.technical.join("\n");
    trouble(kind, what(kind, host, port), todo.into(), technical)
}

/// Somebody says no: an administration, a disk.
pub(super) fn refused<'a>(told: &Trouble, what: String, port: &str) -> Element<'a, Message> {
    let kind = told.kind;
    let mut todo = column![say(t!("failure-todo"), 12, MEDIUM, |t| t.ink_2)].spacing(12);
    for (icon, title, about) in suggestions(kind, port.trim()) {
        todo = todo.push(thing(icon, title, about, None));
    }
    trouble(kind, what, todo.into(), told.to_string())
}

/// The card: what happened, what can be done, the technical line.
fn trouble(
    kind: Kind,
    what: String,
    todo: Element<'_, Message>,
    technical: String,
) -> Element<'_, Message> {
    let again = button(t!("ui-retry"))
        .small()
        .icon(Icon::ROTATE_CW)
        .on(Message::Test);
    let lines = container(
        say(technical.clone(), 12, MONO, |t| t.ink)
            .line_height(iced::widget::text::LineHeight::Absolute(18.into()))
            .wrapping(Wrapping::WordOrGlyph),
    )
    .padding([8, 12])
    .width(Fill)
    .style(theme::framed(|t| t.sunken, |t| t.line, 8.0));
    let detail = column![
        row![
            say(t!("failure-detail"), 12, MEDIUM, |t| t.ink_2).width(Fill),
            link(Some(Icon::COPY), t!("ui-copy"), Message::Copy(technical)),
        ]
        .align_y(Center),
        lines,
    ]
    .spacing(8);
    let body = column![
        container(column![say(what, 13, REGULAR, |t| t.ink), todo].spacing(16)).padding(16),
        hairline(),
        container(detail).padding(16),
    ];
    card(
        head(
            Icon::CIRCLE_X,
            |t| t.bad,
            title(kind),
            None,
            Some(again.into()),
        ),
        body.into(),
        true,
    )
}

fn security_word(security: crate::account::Security) -> String {
    match security {
        crate::account::Security::Tls => t!("server-security-tls"),
        crate::account::Security::StartTls => t!("server-security-starttls"),
        crate::account::Security::Clear | crate::account::Security::Local => {
            t!("server-security-clear")
        }
    }
}

fn thing(
    icon: Icon,
    title: String,
    about: String,
    deed: Option<Element<'_, Message>>,
) -> Element<'_, Message> {
    let mut words = column![say(title, 13, MEDIUM, |t| t.ink)].width(Fill);
    if !about.is_empty() {
        words = words.push(say(about, 12, REGULAR, |t| t.ink_3));
    }
    let mut line = row![
        container(icon.show(16.0, |t| t.ink_3)).padding(Padding::ZERO.top(2)),
        words
    ]
    .spacing(12);
    if let Some(deed) = deed {
        line = line.push(deed);
    }
    line.into()
}

/// A few words for the head of the card.
fn title(kind: Kind) -> String {
    let key = format!("failure-{}", kind.key());
    if Words::current().has(&key) {
        t!(dynamic key.as_str())
    } else {
        t!("failure-failed")
    }
}

/// What happened.
pub(super) fn what(kind: Kind, host: &str, port: &str) -> String {
    match kind {
        Kind::ConnectionRefused => t!("failure-what-refused", host = host, port = port),
        Kind::TimedOut => t!("failure-what-timeout", host = host, port = port),
        Kind::NameUnknown => t!("failure-what-name", host = host),
        _ => Words::current().trouble(&kind.key()),
    }
}

/// What can be done about it, the likeliest first.
fn suggestions(kind: Kind, port: &str) -> Vec<(Icon, String, String)> {
    let firewall = || {
        (
            Icon::BRICK_WALL_SHIELD,
            t!("todo-firewall"),
            t!("todo-firewall-about", port = port),
        )
    };
    let admin = || (Icon::USER_COG, t!("todo-admin"), t!("todo-admin-about"));
    match kind {
        Kind::ConnectionRefused => vec![firewall(), admin()],
        Kind::TimedOut => vec![
            firewall(),
            (Icon::GLOBE, t!("todo-address"), t!("todo-address-about")),
        ],
        Kind::NameUnknown => vec![
            (Icon::PENCIL, t!("todo-spelling"), t!("todo-spelling-about")),
            (Icon::GLOBE, t!("todo-internet"), t!("todo-internet-about")),
        ],
        _ => {
            let remedy = Words::current().remedy(&kind.key());
            vec![(Icon::USER_COG, remedy.unwrap_or_default(), String::new())]
        }
    }
}
