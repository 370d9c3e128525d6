//! How the log looks.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill, Padding, Theme, border};

use super::{LINES, Level, Line, Log, Said};
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::live::Message;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MONO, Role, Tokens, say};
use crate::ui::widget::choice::Filter;
use crate::ui::widget::control::{Face, Status};
use crate::ui::widget::table::{self, Motion};
use crate::ui::widget::{Choice, Control, Elide, Field, Select, button, filters, hairline, toggle};
use crate::ui::wizard::SEARCH;

/// A line of the text, and room around it.
const LINE: f32 = 18.0;
pub(super) const ONE: f32 = LINE + 2.0;
/// Width of a letter.
const LETTER: f32 = 6.9;
const SIZE: f32 = 11.5;
/// Letters before the message: the number in brackets, the date.
const HEAD: usize = 43;

/// Filters, accounts, search, and whether the end is followed.
pub(in crate::ui::live) fn tools(log: &Log, pane: Pane) -> Element<'_, Message> {
    let levels = [
        (None, t!("live-log-all")),
        (Some(Level::Info), t!("live-log-info")),
        (Some(Level::Warn), t!("live-log-warn")),
        (Some(Level::Error), t!("live-log-error")),
    ];
    let chosen = levels
        .iter()
        .position(|(level, _)| *level == log.level)
        .unwrap_or(0);
    let chips = levels
        .into_iter()
        .zip(log.counts)
        .map(|((level, label), count)| Filter {
            label,
            count: Some(i18n::number(count)),
            message: Message::Log(Said::Level(level)),
        })
        .collect();
    let mut accounts = vec![Choice::new(
        t!("live-log-accounts"),
        Message::Log(Said::Account(None)),
    )];
    accounts.extend(log.accounts.iter().map(|account| {
        Choice::new(
            account.to_string(),
            Message::Log(Said::Account(Some(account.clone()))),
        )
    }));
    let chosen_account = log.account.as_ref().map_or(0, |wanted| {
        let at = log.accounts.iter().position(|account| account == wanted);
        at.map_or(0, |at| at + 1)
    });
    let select = Select::new(accounts, Some(chosen_account))
        .small()
        .width(if pane.narrow() { 120 } else { 152 });
    let search = Field::new(&log.search, |words| Message::Log(Said::Search(words)))
        .placeholder(t!("live-log-search"))
        .icon(Icon::SEARCH)
        .id(SEARCH)
        .small()
        .width(Fill);
    let search = container(Element::from(search)).max_width(220).width(Fill);
    let follow = toggle(
        log.follow,
        t!("live-log-follow"),
        None,
        Message::Log(Said::Follow),
    );
    row![filters(chips, chosen), select, search, follow]
        .spacing(8)
        .align_y(Center)
        .into()
}

/// How many letters of a message fit into a line, in a window of this width.
fn columns(pane: Pane) -> usize {
    let outside = if pane.narrow() {
        64.0 + 1.0 + 2.0 * 24.0
    } else {
        236.0 + 1.0 + 2.0 * 32.0
    };
    let inside = pane.size.width - outside - 2.0 - 2.0 * 16.0 - 22.0;
    let letters = (inside - HEAD as f32 * LETTER - 8.0) / LETTER;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a width on the screen"
    )]
    let letters = letters.max(20.0) as usize;
    letters
}

/// What stands before the message, and the message.
pub(in crate::ui::live) fn parts(text: &str) -> (&str, &str) {
    let is_ours = text.starts_with('[') && text.as_bytes().get(9) == Some(&b']');
    match text.split_at_checked(HEAD) {
        Some(parts) if is_ours => parts,
        _ => ("", text),
    }
}

/// Breaks a message into lines of so many letters, between words where that can be.
pub(in crate::ui::live) fn broken(message: &str, columns: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = message;
    loop {
        // No letter takes less than an octet.
        let Some((end, _)) = rest
            .char_indices()
            .nth(columns)
            .filter(|_| rest.len() > columns)
        else {
            lines.push(rest);
            return lines;
        };
        let (first, after) = match rest[..end].rfind(' ').filter(|at| *at > 0) {
            Some(at) if !rest[end..].starts_with(' ') => (&rest[..at], &rest[at + 1..]),
            _ => (&rest[..end], rest[end..].trim_start_matches(' ')),
        };
        lines.push(first);
        rest = after;
    }
}

fn height(line: &Line, columns: usize) -> f32 {
    let (_, message) = parts(&line.text);
    if message.len() <= columns {
        return ONE;
    }
    broken(message, columns).len() as f32 * LINE + 2.0
}

/// The lines in their card.
pub(in crate::ui::live) fn view(log: &Log, pane: Pane) -> Element<'_, Message> {
    if log.shown.is_empty() {
        let words = match &log.failed {
            Some(words) => words.clone(),
            None if log.lines.is_empty() => t!("live-log-nothing"),
            None => t!("live-log-nothing-found"),
        };
        return table::nothing(words);
    }
    let columns = columns(pane);
    let heights: Vec<f32> = log
        .shown
        .iter()
        .map(|number| log.line(*number).map_or(ONE, |line| height(line, columns)))
        .collect();
    let mut view = log.view;
    if log.follow {
        let seen = if view.height > 0.0 {
            view.height
        } else {
            500.0
        };
        view.top = (heights.iter().sum::<f32>() - seen).max(0.0);
    }
    view.cursor = log
        .cursor
        .and_then(|number| log.shown.binary_search(&number).ok())
        .unwrap_or(usize::MAX);
    let says = table::Says {
        scrolled: Box::new(|viewport| Message::Log(Said::Scrolled(viewport))),
        key: Box::new(key),
    };
    let lines = table::plain_rows(
        LINES,
        view,
        &heights,
        |index| {
            let number = log.shown[index];
            match log.line(number) {
                Some(line) => one(line, number, log.is_chosen(number), columns),
                None => space::horizontal().into(),
            }
        },
        says,
    );
    container(lines).padding([8, 0]).height(Fill).into()
}

fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let keep = modifiers == Modifiers::SHIFT;
    let plain = if keep { Modifiers::empty() } else { modifiers };
    if let Some(motion) = Motion::of(key, plain) {
        return Some(Message::Log(Said::Move(motion, keep)));
    }
    match key {
        Key::Character(letter) if modifiers.command() && letter == "c" => Some(Message::CopyLines),
        Key::Named(Named::Copy) => Some(Message::CopyLines),
        _ => None,
    }
}

fn mono<'a>(words: String, role: Role) -> iced::widget::Text<'a> {
    text(words)
        .size(SIZE)
        .font(MONO)
        .line_height(LineHeight::Absolute(LINE.into()))
        .wrapping(Wrapping::None)
        .style(move |theme: &Theme| text::Style {
            color: Some(role(Tokens::of(theme))),
        })
}

fn one<'a>(line: &Line, number: u64, chosen: bool, columns: usize) -> Element<'a, Message> {
    let (head, message) = parts(&line.text);
    let (icon, ink): (Element<'a, Message>, Role) = match line.level {
        Level::Error => (Icon::CIRCLE_X.show(13.0, |t| t.bad).into(), |t| t.bad),
        Level::Warn => {
            let icon = Icon::TRIANGLE_ALERT.show(13.0, |t| t.warn_icon);
            (icon.into(), |t| t.ink)
        }
        Level::Info => (space::horizontal().width(13).into(), |t| t.ink),
    };
    let icon = container(icon).width(14).center_y(LINE);
    let mut content: Row<'a, Message> = row![icon].spacing(8);
    if !head.is_empty() {
        content = content.push(
            container(mono(head.trim_end().to_owned(), |t| t.ink_3))
                .width(HEAD as f32 * LETTER - 8.0 + 1.0),
        );
    }
    content = content.push(mono(broken(message, columns).join("\n"), ink));
    let level = line.level;
    Control::new(content)
        .width(Fill)
        .height(Fill)
        .padding([1, 16])
        .quiet()
        .look(move |t, status| Face {
            fill: match (chosen, level, status) {
                (true, ..) => t.selected,
                (_, Level::Error, _) => t.bad_soft,
                (_, Level::Warn, _) => t.warn_soft,
                (_, _, Status::Hovered | Status::Pressed) => t.hover,
                _ => iced::Color::TRANSPARENT,
            },
            border: border::rounded(0),
            ink: t.ink,
        })
        .on(Message::Log(Said::Pick(number)))
        .into()
}

/// Where the file is, and what can be done with it.
pub(in crate::ui::live) fn foot<'a>(log: &Log) -> Element<'a, Message> {
    let file: Element<'a, Message> = match &log.file {
        Some((file, octets)) => {
            let words = format!("{} · {}", file.display(), i18n::size(*octets));
            Elide::new(words, 12, MONO, |t| t.ink_3)
                .middle()
                .fill()
                .into()
        }
        None => say("", 12, MONO, |t| t.ink_3).width(Fill).into(),
    };
    let copy = if log.has_choice() {
        t!("live-log-copy-chosen")
    } else {
        t!("live-log-copy")
    };
    let line = row![
        file,
        Element::from(
            button(copy)
                .text()
                .small()
                .icon(Icon::COPY)
                .on((!log.shown.is_empty()).then_some(Message::CopyLines))
        ),
        Element::from(
            button(t!("live-log-open"))
                .text()
                .small()
                .icon(Icon::EXTERNAL_LINK)
                .on(log.file.as_ref().map(|_| Message::Log(Said::Open)))
        ),
    ]
    .spacing(8)
    .align_y(Center);
    let line = container(line)
        .padding(Padding::from([0, 8]).left(16))
        .center_y(40)
        .width(Fill)
        .style(theme::card_bottom(|t| t.sunken, 7.0));
    column![hairline(), line].into()
}
