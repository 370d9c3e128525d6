//! The card of what was found.

use iced::widget::{column, container, row, scrollable};
use iced::{Center, Element, Fill, Padding};

use super::Message;
use super::findings::{Finding, Verdict, Weight, What};
use super::trial::Trial;
use super::words;
use crate::i18n;
use crate::t;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::step::Step;
use crate::ui::survey::Lot;
use crate::ui::theme::{self, MEDIUM, REGULAR, SEMIBOLD, say};
use crate::ui::widget::{Tone, button, chip, hairline, icon_button, spinner};

pub(super) fn card<'a>(
    session: &Session,
    lot: &Lot,
    verdict: &Verdict,
    trial: &Trial,
    pane: Pane,
) -> Element<'a, Message> {
    let busy = trial.is_changing().then_some(pane.turn);
    let mut list = column![].padding([6, 0]);
    if let Some((done, of)) = session.survey.progress() {
        list = list.push(looking(done, of, pane));
    }
    if trial.is_busy() {
        let mark = spinner(17.0, |t| t.accent_ink, pane.turn);
        list = list.push(row_of(
            mark,
            t!("preflight-asking"),
            t!("preflight-asking-about"),
            Vec::new(),
        ));
    }
    for finding in &verdict.findings {
        list = list.push(line(session, lot, finding, busy));
    }
    let list = scrollable(list)
        .style(theme::scroll)
        .height(Fill)
        .direction(scrollable::Direction::Vertical(
            scrollable::Scrollbar::new()
                .width(6)
                .scroller_width(6)
                .margin(3),
        ));
    container(column![head(session, verdict), hairline(), list])
        .padding(1)
        .width(Fill)
        .height(Fill)
        .style(theme::card)
        .into()
}

fn head<'a>(session: &Session, verdict: &Verdict) -> Element<'a, Message> {
    let mut line = row![say(t!("preflight-checks"), 15, SEMIBOLD, |t| t.ink).width(Fill)]
        .spacing(6)
        .align_y(Center);
    let count = |weight| verdict.count(weight) as u64;
    let (blockers, warnings, good) = (
        count(Weight::Blocker),
        count(Weight::Warning),
        count(Weight::Good),
    );
    if blockers > 0 {
        let words = t!(
            "preflight-to-solve",
            count = blockers,
            number = i18n::number(blockers)
        );
        line = line.push(chip(Tone::Bad, Icon::CIRCLE_X, None, words));
    } else if good > 0 && !verdict.waiting {
        let words = t!(
            "preflight-passed",
            count = good,
            number = i18n::number(good)
        );
        line = line.push(chip(Tone::Ok, Icon::CHECK, None, words));
    }
    if warnings > 0 {
        let words = t!(
            "preflight-warnings",
            count = warnings,
            number = i18n::number(warnings)
        );
        line = line.push(chip(Tone::Warn, Icon::TRIANGLE_ALERT, None, words));
    }
    let again = (!session.survey.is_looking()).then_some(Message::Check);
    line = line.push(icon_button(Icon::ROTATE_CW, t!("preflight-again"), again));
    container(line)
        .padding(Padding::from([0, 10]).left(16))
        .center_y(45)
        .width(Fill)
        .into()
}

fn looking<'a>(done: usize, of: usize, pane: Pane) -> Element<'a, Message> {
    let words = t!(
        "preflight-looking",
        count = of as u64,
        number = i18n::number(done as u64),
        of = i18n::number(of as u64)
    );
    let halt = button(t!("ui-cancel")).small().on(Message::Halt);
    row_of(
        spinner(17.0, |t| t.accent_ink, pane.turn),
        words,
        t!("preflight-looking-about"),
        vec![halt.into()],
    )
}

/// `busy`: settings are being changed.
fn line<'a>(
    session: &Session,
    lot: &Lot,
    finding: &Finding,
    busy: Option<u8>,
) -> Element<'a, Message> {
    let tone = match finding.weight {
        Weight::Blocker => Tone::Bad,
        Weight::Warning => Tone::Warn,
        Weight::Good => Tone::Ok,
    };
    let mark = tone.icon().show(17.0, tone.mark());
    let window = lot
        .plan
        .as_ref()
        .and_then(|plan| plan.options.window.as_ref());
    let latest = session.survey.latest().map(dates::clock);
    row_of(
        mark.into(),
        words::title(finding),
        words::about(finding, latest, window),
        deeds(finding, busy),
    )
}

/// What can be done about it at once.
fn deeds<'a>(finding: &Finding, busy: Option<u8>) -> Vec<Element<'a, Message>> {
    let deed = |label: String, message: Message| button(label).small().on(message);
    let mut deeds: Vec<Element<'a, Message>> = Vec::new();
    let cases = finding.cases.len();
    // One account that is all there is to say needs no list.
    let listed = cases > 0 && !matches!(finding.what, What::Unlooked);
    match &finding.what {
        What::Locked => deeds.push(
            deed(t!("unlock-open"), Message::Unlock)
                .primary()
                .id("preflight-unlock")
                .into(),
        ),
        What::NoAccounts => {
            let label = t!("preflight-to-users");
            deeds.push(deed(label, Message::Go(Step::Users)).into());
        }
        What::Running => {
            let label = t!("preflight-to-live");
            deeds.push(deed(label, Message::Go(Step::Live)).into());
        }
        What::Unlooked => deeds.push(deed(t!("preflight-check-rest"), Message::CheckRest).into()),
        What::NoMaker(_) => {
            deeds.push(deed(t!("preflight-to-mode"), Message::Go(Step::Mode)).into());
            deeds.push(deed(t!("ui-retry"), Message::Check).into());
        }
        What::Maker(_, Some(setting), _) => deeds.push(
            button(t!("web-put-right"))
                .small()
                .busy(busy)
                .on(busy.is_none().then_some(Message::PutRight(*setting)))
                .into(),
        ),
        What::Lacking => {
            let label = t!("preflight-enter");
            deeds.push(deed(label, Message::Go(Step::Users)).into());
        }
        What::Folder(_) | What::Journal(_) => {
            deeds.push(deed(t!("ui-retry"), Message::Check).into());
        }
        _ => {}
    }
    if listed {
        let see = deed(t!("preflight-see"), Message::See(finding.what.clone()));
        deeds.insert(0, see.into());
    }
    deeds
}

fn row_of<'a>(
    mark: Element<'a, Message>,
    title: String,
    about: String,
    deeds: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let mut words = column![say(title, 13, MEDIUM, |t| t.ink)].width(Fill);
    if !about.is_empty() {
        words = words.push(
            say(about, 12, REGULAR, |t| t.ink_3)
                .wrapping(iced::widget::text::Wrapping::WordOrGlyph),
        );
    }
    let mark = container(mark).padding(Padding::ZERO.top(2));
    let mut line = row![mark, words].spacing(12);
    if !deeds.is_empty() {
        line = line.push(row(deeds).spacing(6));
    }
    container(line)
        .padding(Padding::from([7, 14]).left(16))
        .width(Fill)
        .into()
}
