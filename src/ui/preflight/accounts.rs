//! The table of the accounts: how much each holds, how long it will take, or why it stays behind.
//!
//! Promises: thousands of accounts are sorted once for each change; what all logins have in common is said once, in
//! the head. Deliberately absent: what is done about an account.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space};
use iced::{Center, Color, Element, Fill, Padding, Task, border};

use super::{Message, words};
use crate::account::Side;
use crate::engine::Prepared;
use crate::i18n;
use crate::t;
use crate::trouble::Kind;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::survey::{Lot, Memo, selected, sides};
use crate::ui::theme::{self, MEDIUM, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::control::{Control, Face, Status};
use crate::ui::widget::table::{self, Motion, Says, View};
use crate::ui::widget::{Elide, Field, hairline};

const LIST: Id = Id::new("preflight-accounts");
/// Where Ctrl+F leads.
const SEARCH: Id = Id::new("search");
const HEIGHT: f32 = 32.0;
/// The columns of numbers.
const WIDTHS: [f32; 3] = [74.0, 64.0, 72.0];

/// What the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    Name,
    Messages,
    #[default]
    Size,
    Time,
}

/// How an account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stand {
    /// No message moves: what becomes of it at the destination.
    Prepared(Prepared),
    Known {
        messages: u64,
        octets: u64,
        time: Option<Duration>,
    },
    /// Left out, and why.
    Out(Kind),
    /// Nobody looked at it yet.
    Waiting,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    login: String,
    stand: Stand,
}

/// The rows as they are shown.
#[derive(Debug, Default)]
struct Lines {
    all: Vec<Line>,
    /// What all logins end with.
    domain: String,
}

type Key = (u64, u64, Sort, bool, String);

/// The state of the table.
#[derive(Debug, Default)]
pub struct Accounts {
    sort: Sort,
    /// The other way round.
    turned: bool,
    query: String,
    pub view: View,
    lines: Memo<Key, Lines>,
}

impl Accounts {
    /// Sorts by a column; once more, the other way round.
    pub fn sort(&mut self, sort: Sort) {
        self.turned = self.sort == sort && !self.turned;
        self.sort = sort;
        self.view.cursor = 0;
    }

    pub fn search(&mut self, query: String, session: &Session, lot: &Lot) -> Task<Message> {
        self.query = query;
        self.view.cursor = 0;
        let count = self.lines(session, lot).all.len();
        self.view.reveal(&vec![HEIGHT; count], LIST)
    }

    pub fn go(&mut self, motion: Motion, session: &Session, lot: &Lot) -> Task<Message> {
        let count = self.lines(session, lot).all.len();
        self.view.go(motion, &vec![HEIGHT; count], LIST)
    }

    fn lines(&self, session: &Session, lot: &Lot) -> Arc<Lines> {
        let key = (
            session.changes(),
            session.survey.revision(),
            self.sort,
            self.turned,
            self.query.clone(),
        );
        self.lines.get(key, || self.make(session, lot))
    }

    fn make(&self, session: &Session, lot: &Lot) -> Lines {
        let Some(plan) = &lot.plan else {
            return Lines::default();
        };
        let lacking: HashSet<(Side, &str)> = lot
            .lacking
            .iter()
            .map(|(side, login)| (*side, login.as_str()))
            .collect();
        let query = self.query.trim().to_lowercase();
        let jobs = || selected(plan);
        let mut all: Vec<Line> = jobs()
            .filter(|job| job.login.to_lowercase().contains(&query))
            .map(|job| Line {
                login: job.login.clone(),
                stand: match session.survey.get(&job.login) {
                    Some(known) => {
                        let sides = [
                            known.check.origin.as_ref(),
                            known.check.destination.as_ref(),
                        ];
                        match sides.into_iter().find_map(Result::err) {
                            Some(trouble) => Stand::Out(trouble.kind),
                            None if !plan.scope.copies() => Stand::Prepared(
                                known.check.account.clone().unwrap_or(Prepared::Unchanged),
                            ),
                            None => Stand::Known {
                                messages: known.figures.messages,
                                octets: known.figures.octets,
                                time: known.figures.estimate,
                            },
                        }
                    }
                    None if sides(plan, job)
                        .iter()
                        .any(|(side, _, login)| lacking.contains(&(*side, *login))) =>
                    {
                        Stand::Out(Kind::PasswordMissing)
                    }
                    None => Stand::Waiting,
                },
            })
            .collect();
        all.sort_by(|one, other| {
            let order = compare(one, other, self.sort);
            if self.turned { order.reverse() } else { order }
        });
        Lines {
            domain: common_domain(jobs().map(|job| job.login.as_str())).to_owned(),
            all,
        }
    }

    pub fn card<'a>(&'a self, session: &Session, lot: &Lot) -> Element<'a, Message> {
        let lines = self.lines(session, lot);
        let copies = lot.plan.as_ref().is_none_or(|plan| plan.scope.copies());
        let title = if copies {
            t!("preflight-estimates")
        } else {
            t!("preflight-passwords-each")
        };
        let search = Field::new(&self.query, Message::Search)
            .small()
            .icon(Icon::SEARCH)
            .placeholder(t!("preflight-search"))
            .width(132)
            .id(SEARCH);
        let head = row![
            Elide::new(title, 15, SEMIBOLD, |t| t.ink).fill(),
            Element::from(search),
        ]
        .spacing(12)
        .align_y(Center);
        let head = container(head)
            .padding(Padding::from([0, 12]).left(16))
            .center_y(45)
            .width(Fill);
        let account = if lines.domain.is_empty() {
            t!("preflight-account")
        } else {
            lines.domain.clone()
        };
        let mut heads = row![container(self.head(account, Sort::Name)).width(Fill)].spacing(8);
        if copies {
            heads = heads
                .push(self.head(t!("preflight-column-messages"), Sort::Messages))
                .push(self.head(t!("preflight-column-size"), Sort::Size))
                .push(self.head(t!("preflight-column-time"), Sort::Time));
        }
        let list: Element<'a, Message> = if lines.all.is_empty() {
            let words = if self.query.trim().is_empty() {
                t!("preflight-no-accounts")
            } else {
                t!("preflight-not-found")
            };
            table::nothing(words)
        } else {
            let heights = vec![HEIGHT; lines.all.len()];
            let says = Says {
                scrolled: Box::new(Message::Scrolled),
                key: Box::new(|key, modifiers| Motion::of(key, modifiers).map(Message::Move)),
            };
            table::rows(
                LIST,
                self.view,
                &heights,
                |at| line(at, &lines.all[at], &lines.domain),
                says,
            )
        };
        container(column![
            head,
            hairline(),
            table::head_line(heads, false),
            list
        ])
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
    }

    /// The words over a column, that sort by it.
    fn head<'a>(&self, words: String, sort: Sort) -> Element<'a, Message> {
        let on = self.sort == sort;
        let ink: Role = if on { |t| t.ink_2 } else { |t| t.ink_3 };
        let name = sort == Sort::Name;
        let mut content = row![].spacing(4).align_y(Center);
        if !name {
            content = content.push(space::horizontal());
        }
        let label = Elide::new(words, 12, MEDIUM, ink);
        content = content.push(label);
        if on {
            let down = name == self.turned;
            let chevron = if down {
                Icon::CHEVRON_DOWN
            } else {
                Icon::CHEVRON_UP
            };
            content = content.push(chevron.show(13.0, ink));
        }
        let control = Control::new(container(content).center_y(Fill))
            .height(24)
            .look(|t, status| Face {
                fill: match status {
                    Status::Hovered | Status::Pressed => t.hover,
                    Status::Idle | Status::Off => Color::TRANSPARENT,
                },
                border: border::rounded(4),
                ink: t.ink_3,
            })
            .on(Message::Sort(sort));
        match sort {
            Sort::Name => control.into(),
            Sort::Messages => control.width(WIDTHS[0]).into(),
            Sort::Size => control.width(WIDTHS[1]).into(),
            Sort::Time => control.width(WIDTHS[2]).into(),
        }
    }
}

/// Names from the front, numbers from the largest; who has none comes last, whichever way.
fn compare(one: &Line, other: &Line, sort: Sort) -> Ordering {
    let value = |line: &Line| match (&line.stand, sort) {
        (
            &Stand::Known {
                messages,
                octets,
                time,
            },
            _,
        ) => match sort {
            Sort::Name => (0, 0),
            Sort::Messages => (0, messages),
            Sort::Size => (0, octets),
            Sort::Time => (0, time.map_or(0, |time| time.as_secs())),
        },
        (Stand::Prepared(_), _) | (_, Sort::Name) => (0, 0),
        (Stand::Waiting, _) => (1, 0),
        (Stand::Out(_), _) => (2, 0),
    };
    let ((rank, number), (other_rank, other_number)) = (value(one), value(other));
    rank.cmp(&other_rank)
        .then(other_number.cmp(&number))
        .then_with(|| one.login.to_lowercase().cmp(&other.login.to_lowercase()))
}

/// What all logins have after their `@`, the sign included; nothing where they differ or there is but one.
fn common_domain<'l>(mut logins: impl Iterator<Item = &'l str>) -> &'l str {
    let domain = |login: &'l str| login.rfind('@').map_or("", |at| &login[at..]);
    let Some(first) = logins.next().map(domain) else {
        return "";
    };
    let mut more = false;
    for login in logins {
        if domain(login) != first {
            return "";
        }
        more = true;
    }
    if more { first } else { "" }
}

fn line<'a>(at: usize, line: &Line, domain: &str) -> Element<'a, Message> {
    let login = line.login.strip_suffix(domain).unwrap_or(&line.login);
    let off = matches!(line.stand, Stand::Out(_));
    let ink: Role = if off { |t| t.ink_2 } else { |t| t.ink };
    let name = Elide::new(login.to_owned(), 13, REGULAR, ink)
        .middle()
        .fill();
    let number = |column: usize, words: String, role: Role| {
        Elide::new(words, 13, REGULAR, role)
            .width(WIDTHS[column])
            .right()
    };
    let faint: Role = |t| t.ink_2;
    let content = match &line.stand {
        Stand::Prepared(prepared) => row![
            name,
            Elide::new(words::prepared(prepared), 12, REGULAR, faint)
                .width(WIDTHS.iter().sum::<f32>() + 16.0)
                .right(),
        ],
        &Stand::Known {
            messages,
            octets,
            time,
        } => row![
            name,
            number(0, i18n::number(messages), |t| t.ink),
            number(1, i18n::size(octets), faint),
            number(
                2,
                time.map_or_else(|| String::from("–"), words::estimate),
                faint
            ),
        ],
        Stand::Waiting => row![
            name,
            container(
                row![
                    Icon::CLOCK.show(13.0, |t| t.ink_3),
                    say(t!("preflight-waiting"), 12, REGULAR, |t| t.ink_3)
                ]
                .spacing(6)
                .align_y(Center)
            )
        ],
        &Stand::Out(kind) => row![
            name,
            container(
                row![
                    Icon::TRIANGLE_ALERT.show(13.0, |t| t.warn_icon),
                    Elide::new(
                        t!("preflight-out", words = words::short(kind)),
                        12,
                        REGULAR,
                        |t| t.warn
                    ),
                ]
                .spacing(6)
                .align_y(Center)
            )
            .max_width(WIDTHS.iter().sum::<f32>() + 16.0)
        ],
    };
    let content = content.spacing(8).align_y(Center);
    table::row_face(content, false, Message::Point(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_common_where_all_have_it() {
        for (logins, domain) in [
            (&["a@x.example", "b@x.example"][..], "@x.example"),
            (&["a@x.example", "b@y.example"], ""),
            (&["a@x.example", "b"], ""),
            (&["a", "b"], ""),
            (&["a@x.example"], ""),
            (&[], ""),
        ] {
            assert_eq!(common_domain(logins.iter().copied()), domain, "{logins:?}");
        }
    }

    #[test]
    fn who_has_no_figures_comes_after_those_who_have() {
        let line = |login: &str, stand| Line {
            login: login.into(),
            stand,
        };
        let known = |messages, octets| Stand::Known {
            messages,
            octets,
            time: None,
        };
        let mut lines = [
            line("out", Stand::Out(Kind::TimedOut)),
            line("small", known(9, 1)),
            line("waiting", Stand::Waiting),
            line("Large", known(1, 9)),
        ];
        let mut sorted = |sort| {
            lines.sort_by(|one, other| compare(one, other, sort));
            lines.clone().map(|line| line.login)
        };
        assert_eq!(sorted(Sort::Size), ["Large", "small", "waiting", "out"]);
        assert_eq!(sorted(Sort::Messages), ["small", "Large", "waiting", "out"]);
        assert_eq!(sorted(Sort::Name), ["Large", "out", "small", "waiting"]);
    }
}
