//! The move to the new server: what the DNS says before the final pass, and the list of things to do after it.

use std::time::Duration;

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};
use jiff::Timestamp;

use super::dns::{Exchange, Facts, Leads, Settings};
use super::look::{Looked, Skip};
use super::verdict::First;
use super::{Message, Names, Shown, State, parts, records};
use crate::i18n::{self, Words};
use crate::t;
use crate::ui::dates;
use crate::ui::draft::Item;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::{Pane, Status};
use crate::ui::theme::{self, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::{Elide, Tone, button, check, icon_button, spinner};

/// How long the old server is to stay on.
const COEXISTENCE: i64 = 30;

/// Something that was found out: its colour, its icon, its words.
pub type Finding = (Role, Icon, String);

const OK: Role = |t| t.ok;
const WARN: Role = |t| t.warn_icon;
const PLAIN: Role = |t| t.ink_3;

/// What an item is called.
pub fn title(item: Item) -> String {
    match item {
        Item::Mx => t!("finish-item-mx"),
        Item::Webmail => t!("finish-item-webmail"),
        Item::Autodiscover => t!("finish-item-autodiscover"),
        Item::Clients => t!("finish-item-clients"),
        Item::Signatures => t!("finish-item-signatures"),
        Item::OldServer => t!("finish-item-old"),
    }
}

/// What the DNS says of a domain about an item, the gravest first.
pub fn findings(facts: &Facts, item: Item) -> Vec<Finding> {
    match item {
        Item::Mx => vec![exchange(&facts.exchange)],
        Item::Autodiscover => vec![settings(&facts.settings)],
        Item::Signatures => {
            let said = records::signatures(facts);
            let mut found: Vec<Finding> = said
                .into_iter()
                .map(|(good, words)| {
                    let (role, icon) = if good {
                        (OK, Icon::CHECK)
                    } else {
                        (WARN, Icon::TRIANGLE_ALERT)
                    };
                    (role, icon, words)
                })
                .collect();
            found.sort_by_key(|(_, icon, _)| *icon == Icon::CHECK);
            found
        }
        Item::Webmail | Item::Clients | Item::OldServer => Vec::new(),
    }
}

fn exchange(exchange: &Exchange) -> Finding {
    let (leads, hosts) = match exchange {
        Exchange::To { leads, hosts, .. } => (leads, hosts),
        Exchange::Refuses => return (WARN, Icon::TRIANGLE_ALERT, t!("finish-mx-refuses")),
        Exchange::None => return (WARN, Icon::TRIANGLE_ALERT, t!("finish-mx-none")),
        Exchange::NoDomain => return (WARN, Icon::TRIANGLE_ALERT, t!("finish-mx-no-domain")),
        Exchange::Unknown => return (PLAIN, Icon::INFO, t!("finish-dns-silent")),
    };
    let host = hosts.first().cloned().unwrap_or_default();
    match leads {
        Leads::Destination => (OK, Icon::CHECK, t!("finish-mx-new")),
        Leads::Origin => (WARN, Icon::TRIANGLE_ALERT, t!("finish-mx-old", host = host)),
        Leads::Both => (WARN, Icon::TRIANGLE_ALERT, t!("finish-mx-both")),
        Leads::Elsewhere => (PLAIN, Icon::INFO, t!("finish-mx-elsewhere", host = host)),
    }
}

fn settings(settings: &Settings) -> Finding {
    match settings {
        Settings::To { leads, target, .. } => match leads {
            Leads::Destination => (OK, Icon::CHECK, t!("finish-auto-new")),
            Leads::Origin | Leads::Both => (WARN, Icon::TRIANGLE_ALERT, t!("finish-auto-old")),
            Leads::Elsewhere => {
                let target = target.as_str();
                (
                    PLAIN,
                    Icon::INFO,
                    t!("finish-auto-elsewhere", host = target),
                )
            }
        },
        Settings::None => (PLAIN, Icon::INFO, t!("finish-auto-none")),
        Settings::Unknown => (PLAIN, Icon::INFO, t!("finish-dns-silent")),
    }
}

/// What is said in one line of all domains about an item.
fn summary(looked: &Looked, item: Item) -> Option<Finding> {
    let several = looked.facts.len() > 1;
    let gravest = looked.facts.iter().filter_map(|facts| {
        let found = findings(facts, item);
        let good = found
            .iter()
            .filter(|(_, icon, _)| *icon == Icon::CHECK)
            .count();
        let first = found.into_iter().next()?;
        let rank = match first.1 {
            Icon::TRIANGLE_ALERT => 0,
            Icon::INFO => 1,
            _ => 2,
        };
        Some((rank, good, facts, first))
    });
    let (rank, _, facts, (role, icon, words)) =
        gravest.min_by_key(|(rank, good, ..)| (*rank, *good))?;
    let words = match (rank, item) {
        (2, Item::Signatures) => t!("finish-signatures-all"),
        (2, Item::Mx) if several => t!("finish-mx-all"),
        (2, _) => words,
        _ if several => t!(
            "finish-of-domain",
            domain = facts.domain.as_str(),
            words = words
        ),
        _ => words,
    };
    Some((role, icon, words))
}

/// Why nobody is asked.
fn skipped(skip: Skip) -> String {
    match skip {
        Skip::Demo => t!("finish-dns-demo"),
        Skip::Local => t!("finish-dns-local"),
        Skip::NoDomain => t!("finish-dns-no-domain"),
        Skip::NoResolver => t!("finish-dns-no-resolver"),
    }
}

/// The line below an item of the list; an icon stands before what was found out.
fn about(state: &State, session: &Session, item: Item) -> (Role, Option<Icon>, String) {
    match item {
        Item::Mx | Item::Autodiscover | Item::Signatures => {
            let found = state.looked().and_then(|looked| summary(looked, item));
            match (&state.names, found) {
                (_, Some((role, icon, words))) => (role, Some(icon), words),
                (Names::Skipped(skip), None) => (PLAIN, None, skipped(*skip)),
                _ => (PLAIN, Some(Icon::HOURGLASS), t!("finish-looking")),
            }
        }
        Item::Webmail => {
            let host = session.draft.destination.host.trim();
            (PLAIN, None, t!("finish-webmail-about", host = host))
        }
        Item::Clients => (PLAIN, None, t!("finish-clients-about")),
        Item::OldServer => {
            let ended = state.facts().and_then(|facts| facts.finished_at());
            let ended = ended.and_then(|at| Timestamp::from_millisecond(at).ok());
            let days = jiff::SignedDuration::from_hours(24 * COEXISTENCE);
            let until = ended.and_then(|at| at.checked_add(days).ok());
            let words = match until {
                Some(until) => t!("finish-old-until", day = dates::day(until)),
                None => t!("finish-old-about"),
            };
            (PLAIN, None, words)
        }
    }
}

/// The list of things to do, with what the DNS says of them.
pub fn checklist<'a>(state: &'a State, session: &'a Session, pane: Pane) -> Element<'a, Message> {
    let narrow = pane.narrow();
    let done = session.draft.done.len() as u64;
    let count = t!(
        "finish-done-of",
        done = i18n::number(done),
        all = i18n::number(Item::ALL.len() as u64)
    );
    let mut head = row![
        container(Elide::new(t!("finish-cutover"), 15, SEMIBOLD, |t| t.ink)).width(Fill),
        say(count, 12, REGULAR, |t| t.ink_3),
    ]
    .spacing(12)
    .align_y(Center);
    match state.names {
        Names::Asking { .. } => {
            let wheel = container(spinner(16.0, |t| t.accent_ink, pane.turn)).center(28);
            head = head.push(wheel);
        }
        Names::Skipped(_) => {}
        Names::Unknown | Names::Known(_) => {
            let again = icon_button(Icon::ROTATE_CW, t!("finish-look-again"), Message::Look);
            head = head.push(again);
        }
    }
    let one = |item: Item| entry(state, session, item);
    let left = column![
        one(Item::Mx),
        one(Item::Autodiscover),
        one(Item::Signatures)
    ];
    let right = column![one(Item::Webmail), one(Item::Clients), one(Item::OldServer)];
    let items = row![left.width(Fill), right.width(Fill)].spacing(if narrow { 12 } else { 24 });
    let most = (pane.size.height * 0.36).max(120.0);
    let items = container(parts::scroll(items).width(Fill)).max_height(most);
    let side = if narrow { 12 } else { 16 };
    container(column![container(head).height(28), items].spacing(2))
        .padding(Padding::from([10, side]).bottom(8))
        .width(Fill)
        .style(theme::card)
        .into()
}

fn entry<'a>(state: &'a State, session: &'a Session, item: Item) -> Element<'a, Message> {
    let done = session.draft.done.contains(&item);
    let (role, icon, words) = about(state, session, item);
    let words = Elide::new(words, 12, REGULAR, |t| t.ink_3).fill();
    let mut line = row![].spacing(5).align_y(Center);
    if let Some(icon) = icon {
        line = line.push(icon.show(12.0, role));
    }
    let line = container(line.push(words)).padding(Padding::ZERO.left(26));
    let words = column![check(done, title(item), None, Message::Tick(item)), line].width(Fill);
    let mut content = row![].align_y(Center);
    let deed = match item {
        Item::Clients => session
            .project
            .is_some()
            .then(|| (t!("finish-clients-save"), Message::Clients)),
        Item::Mx | Item::Autodiscover | Item::Signatures => {
            let any = state
                .looked()
                .is_some_and(|looked| records::is_any(looked, item));
            any.then(|| (t!("finish-see"), Message::Records(item)))
        }
        Item::Webmail | Item::OldServer => None,
    };
    let words = container(words).padding(Padding::ZERO.right(if deed.is_some() { 8 } else { 0 }));
    content = content.push(words);
    match deed {
        Some((label, message)) => {
            content = content.push(Element::from(button(label).small().on(message)));
        }
        None => content = content.push(space::vertical().height(28)),
    }
    container(content).padding([6, 0]).into()
}

/// Until when mail may still come to the old server, if that is not over.
pub fn waiting(state: &State) -> Option<Timestamp> {
    let (since, ttl) = state.moved?;
    let until = since.checked_add(ttl).ok()?;
    (until > Timestamp::now()).then_some(until)
}

fn is_today(time: Timestamp) -> bool {
    dates::here(time).date() == jiff::ZonedDateTime::now().date()
}

/// What is to be known before the final pass.
pub fn before(state: &State, pane: Pane) -> Element<'_, Message> {
    let mut head =
        row![container(Elide::new(t!("finish-before-title"), 15, SEMIBOLD, |t| t.ink)).width(Fill)]
            .align_y(Center);
    let mut points = column![].spacing(12);
    match &state.names {
        Names::Asking { .. } => {
            head = head.push(container(spinner(16.0, |t| t.accent_ink, pane.turn)).center(28));
        }
        Names::Known(_) => {
            let again = icon_button(Icon::ROTATE_CW, t!("finish-look-again"), Message::Look);
            head = head.push(again);
        }
        Names::Skipped(_) | Names::Unknown => {}
    }
    match (&state.names, state.looked()) {
        (_, Some(looked)) => {
            for point in mail(state, looked) {
                points = points.push(point);
            }
        }
        (Names::Skipped(skip), None) => {
            let words = Some(t!("finish-dns-by-hand"));
            points = points.push(parts::point(Icon::INFO, PLAIN, skipped(*skip), words));
        }
        _ => {
            let words = t!("finish-looking");
            points = points.push(parts::point(Icon::HOURGLASS, PLAIN, words, None));
        }
    }
    points = points.push(quiet(state));
    parts::card(column![container(head).height(28), points].spacing(8)).into()
}

/// Where mail goes now, and for how long it may still go elsewhere.
fn mail<'a>(state: &State, looked: &Looked) -> Vec<Element<'a, Message>> {
    let seen = t!("finish-seen", when = dates::full(looked.at));
    let (role, icon, words) = match summary(looked, Item::Mx) {
        Some((_, Icon::CHECK, _)) => (OK, Icon::CIRCLE_CHECK, t!("finish-mx-point")),
        Some(found) => found,
        None => return Vec::new(),
    };
    let mut points = vec![parts::point(icon, role, words, Some(seen))];
    let longest = looked
        .facts
        .iter()
        .filter_map(|facts| match facts.exchange {
            Exchange::To { leads, ttl, .. } if leads != Leads::Destination => Some(ttl),
            _ => None,
        });
    if let Some(until) = waiting(state) {
        let about = t!(
            "finish-ttl-wait-about",
            today = u8::from(is_today(until)),
            time = dates::clock(until),
            when = dates::full(until)
        );
        let title = t!("finish-ttl-wait");
        points.push(parts::point(Icon::HOURGLASS, WARN, title, Some(about)));
    } else if state.moved.is_some() {
        let title = t!("finish-ttl-over");
        points.push(parts::point(Icon::CIRCLE_CHECK, OK, title, None));
    } else if let Some(ttl) = longest.max().filter(|ttl| *ttl > Duration::ZERO) {
        let title = t!("finish-ttl", time = i18n::duration(ttl));
        let about = Some(t!("finish-ttl-about"));
        points.push(parts::point(Icon::HOURGLASS, PLAIN, title, about));
    }
    points
}

/// That nothing is being copied.
fn quiet<'a>(state: &State) -> Element<'a, Message> {
    if state.run.is_on() {
        let (title, about) = (t!("finish-copying"), t!("finish-copying-about"));
        return parts::point(Icon::HOURGLASS, WARN, title, Some(about));
    }
    let ended = state.facts().and_then(|facts| facts.finished_at());
    let ended = ended.and_then(|at| Timestamp::from_millisecond(at).ok());
    let about = ended.map(|at| t!("finish-quiet-since", when = dates::full(at)));
    parts::point(Icon::CIRCLE_CHECK, OK, t!("finish-quiet"), about)
}

/// The line at the lower left before the final pass.
pub fn advice(state: &State) -> Status {
    if let Shown::Failed(words) = &state.shown {
        return Status::new(Tone::Bad, t!("finish-ungathered", detail = words.as_str()));
    }
    if let Some(trouble) = &state.last.trouble {
        let words = Words::current().trouble(&trouble.kind.key());
        return Status::new(Tone::Bad, words);
    }
    match state.facts().map(|facts| facts.first) {
        None | Some(First::NotBegun) => Status::new(Tone::Neutral, t!("finish-first-none")),
        Some(First::Open { .. }) => Status::new(Tone::Warn, t!("finish-first-open")),
        Some(First::Done { .. }) => match waiting(state) {
            Some(until) => {
                let words = t!(
                    "finish-advice",
                    today = u8::from(is_today(until)),
                    time = dates::clock(until),
                    when = dates::full(until)
                );
                Status::new(Tone::Warn, words).icon(Icon::HOURGLASS)
            }
            None => Status::ok(t!("finish-ready")),
        },
    }
}
