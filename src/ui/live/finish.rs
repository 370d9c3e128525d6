//! The end of the demonstration: the verdict, what it stands on, each mailbox.

use iced::widget::{column, container, row, scrollable, space};
use iced::{Center, Element, Fill, Padding, Right};

use super::{Message, table};
use crate::i18n::{self, Words};
use crate::journal::State;
use crate::report::{AccountReport, Grade, grade_word};
use crate::t;
use crate::ui::drawing::Icon;
use crate::ui::run::Finished;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, Role, SEMIBOLD, say};
use crate::ui::widget::{Tone, hairline};

const COPIED: [State; 4] = [State::Acked, State::Verified, State::Adopted, State::Merged];
const MISSING: [State; 3] = [State::Planned, State::InFlight, State::Exception];

pub(super) fn view<'a>(
    finished: &Finished,
    unopened: Option<&str>,
    narrow: bool,
) -> Element<'a, Message> {
    let (title, purpose) = if finished.stopped {
        (t!("ui-finish-stopped"), t!("ui-finish-stopped-about"))
    } else {
        (t!("ui-finish"), t!("ui-finish-about"))
    };
    let head = column![
        say(title, 22, SEMIBOLD, |t| t.ink),
        say(purpose, 13, REGULAR, |t| t.ink_2)
    ];
    let body = row![verdict(finished, unopened), accounts(finished, narrow)]
        .spacing(16)
        .height(Fill);
    container(column![head, body].spacing(20))
        .padding(Padding::from([24, 32]).bottom(20))
        .height(Fill)
        .into()
}

/// It could not go on.
pub(super) fn failed<'a>(words: &str) -> Element<'a, Message> {
    let body = column![
        say(t!("ui-failed"), 22, SEMIBOLD, |t| t.ink),
        say(t!("ui-failed-about"), 13, REGULAR, |t| t.ink_2),
        container(say(words.to_owned(), 12, MONO, |t| t.bad))
            .padding(16)
            .width(Fill)
            .style(theme::framed(|t| t.bad_soft, |t| t.bad_line, 8.0)),
    ]
    .spacing(12);
    container(body).padding([24, 32]).height(Fill).into()
}

fn verdict<'a>(finished: &Finished, unopened: Option<&str>) -> Element<'a, Message> {
    let words = Words::current();
    let report = &finished.report;
    let (tone, icon) = match report.grade {
        Grade::Perfect | Grade::Good => (Tone::Ok, Icon::MAIL_CHECK),
        Grade::ToCheck => (Tone::Warn, Icon::TRIANGLE_ALERT),
        Grade::Critical => (Tone::Bad, Icon::CIRCLE_ALERT),
    };
    let (ink, soft, _) = tone.roles();
    let edge: Role = match tone {
        Tone::Ok => |t| t.ok_line,
        Tone::Bad => |t| t.bad_line,
        _ => |t| t.warn_line,
    };
    let seal = container(
        container(icon.show(30.0, |t| t.surface))
            .center(62)
            .style(theme::ground(ink, 31.0)),
    )
    .center(76)
    .style(theme::framed(|t| t.surface, ink, 38.0));
    let mut top = column![
        seal,
        space::vertical().height(6),
        say(report.headline(&words), 25, SEMIBOLD, |t| t.ink).align_x(Center),
        say(
            t!("ui-grade", grade = grade_word(report.grade, &words)),
            13,
            MEDIUM,
            ink
        ),
    ]
    .spacing(6)
    .align_x(Center)
    .width(Fill);
    if finished.lacking == 0 {
        top = top.push(say(t!("ui-independent"), 12, REGULAR, |t| t.ink_2).align_x(Center));
    }
    let count = |states: &[State]| i18n::number(report.totals.of(states));
    let mut facts = column![];
    for (name, value) in [
        (t!("ui-fact-copied"), count(&COPIED)),
        (
            t!("ui-fact-compared"),
            i18n::number(report.assurance().read()),
        ),
        (t!("ui-fact-missing"), i18n::number(report.missing())),
        (t!("ui-fact-excluded"), count(&[State::Excluded])),
        (t!("ui-fact-size"), i18n::size(report.totals.total_octets())),
        (t!("ui-fact-took"), i18n::duration(finished.took)),
    ] {
        let line = row![
            say(name, 12, REGULAR, |t| t.ink_3).width(Fill),
            say(value, 12, MEDIUM, |t| t.ink),
        ];
        facts = facts.push(hairline()).push(container(line).center_y(30));
    }
    let where_to = unopened
        .is_some()
        .then_some(finished.page.as_ref())
        .flatten();
    let mut card = column![
        container(top)
            .padding([20, 8])
            .width(Fill)
            .style(theme::framed(soft, edge, 8.0)),
        container(facts).padding([4, 8]),
        space::vertical(),
    ]
    .spacing(8);
    if let Some(page) = where_to {
        card = card.push(say(page.display().to_string(), 11, MONO, |t| t.ink_2));
    }
    container(card)
        .padding(8)
        .width(308)
        .height(Fill)
        .style(theme::card)
        .into()
}

const NUMBER: u32 = 80;
const OUTCOME: u32 = 104;

fn accounts<'a>(finished: &Finished, narrow: bool) -> Element<'a, Message> {
    let domain = table::domain(
        finished
            .report
            .accounts
            .iter()
            .map(|account| account.login.as_str()),
    );
    let name = |text: String| say(text, 12, MEDIUM, |t| t.ink_3);
    let number = |text: String| name(text).width(NUMBER).align_x(Right);
    let title = row![
        say(t!("ui-by-account"), 15, SEMIBOLD, |t| t.ink),
        say(domain.to_owned(), 13, REGULAR, |t| t.ink_3),
    ]
    .spacing(8);
    let mut head = row![table::account_head(""), number(t!("ui-column-origin"))].spacing(12);
    if !narrow {
        head = head.push(number(t!("ui-column-destination")));
    }
    let head = head
        .push(number(t!("ui-column-missing")))
        .push(name(t!("ui-column-outcome")).width(OUTCOME));
    let mut rows = column![];
    for account in &finished.report.accounts {
        rows = rows.push(one(account, domain, narrow)).push(hairline());
    }
    let card = column![
        container(title).padding([0, 16]).center_y(44),
        hairline(),
        container(head)
            .padding([0, 16])
            .center_y(32)
            .style(theme::ground(|t| t.sunken, 0.0)),
        hairline(),
        scrollable(rows.push(remarks(finished)))
            .style(theme::scroll)
            .height(Fill),
    ];
    container(card)
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

fn one<'a>(account: &AccountReport, domain: &str, narrow: bool) -> Element<'a, Message> {
    let cell = |count: u64, role: Role| {
        say(i18n::number(count), 13, REGULAR, role)
            .width(NUMBER)
            .align_x(Right)
    };
    let missing = account.tally.of(&MISSING);
    let whole = missing == 0 && account.trouble.is_none() && account.assurance.is_full();
    let (tone, icon, word) = if whole && account.invariant.holds {
        (Tone::Ok, Icon::CHECK, t!("ui-outcome-complete"))
    } else {
        (Tone::Warn, Icon::TRIANGLE_ALERT, t!("ui-outcome-to-check"))
    };
    let (ink, ..) = tone.roles();
    let outcome = row![icon.show(14.0, ink), say(word, 13, MEDIUM, ink)];
    let ink: Role = if missing == 0 { |t| t.ink } else { |t| t.bad };
    let mut content = row![
        table::account(&account.login, domain),
        cell(account.invariant.listed, |t| t.ink)
    ]
    .spacing(12)
    .align_y(Center);
    if !narrow {
        content = content.push(cell(account.tally.of(&COPIED), |t| t.ink));
    }
    let content = content
        .push(cell(missing, ink))
        .push(outcome.spacing(6).align_y(Center).width(OUTCOME));
    container(content).padding([0, 16]).center_y(36).into()
}

/// What was proven, in the report's own words.
fn remarks<'a>(finished: &Finished) -> Element<'a, Message> {
    let words = Words::current();
    let mut said = column![say(t!("ui-stands-on"), 13, SEMIBOLD, |t| t.ink)].spacing(4);
    let statement = finished.report.statement(&words).into_iter();
    for sentence in statement.chain(finished.report.remarks(&words).into_iter().take(3)) {
        said = said.push(say(sentence, 12, REGULAR, |t| t.ink_2));
    }
    container(said).padding(16).width(Fill).into()
}
