//! The pre-flight check's stop: a last look at all accounts, what it found, and the button that begins.
//!
//! Promises: nothing begins while something is in the way, and the status line says what; accounts that cannot be
//! opened are left out and named; what the options' stop found already is not asked again. Deliberately absent: the
//! looking itself (`survey`), and what the findings are (`findings`).

mod accounts;
mod checks;
mod findings;
mod group;
mod panel;
#[cfg(test)]
pub(in crate::ui) mod tests;
mod trial;
mod words;

use std::sync::Arc;

use iced::widget::{column, container, row};
use iced::{Element, Fill, Padding, Task};

use super::action::Action;
use super::icon::Icon;
use super::session::{Session, Standing};
use super::shell::{Mark, Page, Pane, Status};
use super::step::Step;
use super::survey::{self, Lots, Memo, Told, Want};
use super::theme::{self, MEDIUM, REGULAR, SEMIBOLD, say};
use super::widget::{Elide, Tone, button, dialog, table, vertical_line};
use crate::engine::Pass;
use crate::i18n;
use crate::provision::Setting;
use crate::t;
use accounts::{Accounts, Sort};
use findings::{Verdict, Weight, What};
use group::Group;
use panel::Panel;
use trial::{Said, Trial};

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    Looked(Told),
    /// Of who prepares accounts.
    Trial(Said),
    /// This setting is to be set to what suits the migration.
    PutRight(Setting),
    /// Looks at everybody again.
    Check,
    /// Looks at those nobody looked at.
    CheckRest,
    Halt,
    Start,
    /// Only this group begins; all.
    Group(Option<String>),
    Unlock,
    Go(Step),
    See(What),
    Unsee,
    Copy(String),
    PanelScrolled(iced::widget::scrollable::Viewport),
    PanelMove(table::Motion),
    PanelPoint(usize),
    Sort(Sort),
    Search(String),
    Scrolled(iced::widget::scrollable::Viewport),
    Move(table::Motion),
    Point(usize),
}

/// The screen.
#[derive(Debug, Default)]
pub struct State {
    accounts: Accounts,
    panel: Option<Panel>,
    group: Group,
    lots: Lots,
    trial: Trial,
    verdict: Memo<(u64, u64, u64, u8, bool), Verdict>,
}

impl State {
    pub fn entered(&mut self, session: &mut Session) -> Task<Message> {
        self.look(session, Want::Rules)
    }

    /// Looks at the accounts, and asks who prepares them.
    fn look(&mut self, session: &mut Session, want: Want) -> Task<Message> {
        let asking = self.trial.look(session, want == Want::Again);
        let looking = survey::look(session, want);
        Task::batch([asking.map(Message::Trial), looking.map(Message::Looked)])
    }

    /// Whether one may go on without beginning: where it was begun before.
    #[allow(clippy::unused_self, reason = "every screen is asked alike")]
    pub fn is_ready(&self, session: &Session) -> bool {
        session.draft.reached >= Step::Live
    }

    pub fn mark(&self, session: &Session) -> Mark {
        let verdict = self.verdict(session);
        if verdict.waiting || verdict.count(Weight::Blocker) == 0 {
            Mark::None
        } else {
            Mark::Bad
        }
    }

    pub fn enter(&self, session: &Session) -> Option<Message> {
        if self.panel.is_some() {
            return Some(Message::Unsee);
        }
        self.only(session).is_some().then_some(Message::Start)
    }

    pub fn escape(&self) -> Option<Message> {
        self.panel.is_some().then_some(Message::Unsee)
    }

    #[allow(clippy::unused_self, reason = "every screen is asked alike")]
    pub fn again(&self) -> Message {
        Message::Check
    }

    /// What is to be thought of it now.
    fn verdict(&self, session: &Session) -> Arc<Verdict> {
        let standing = match session.keeper.standing() {
            Standing::Closed => 0,
            Standing::Opening => 1,
            Standing::Open(_) => 2,
            Standing::Wanted(_) => 3,
            Standing::Failed(_) => 4,
        };
        let key = (
            session.changes(),
            session.survey.revision(),
            self.trial.revision(),
            standing,
            session.draft.reached >= Step::Live,
        );
        self.verdict.get(key, || {
            findings::judge(session, &self.lots.of(session), &self.trial)
        })
    }

    /// Who would begin now.
    fn only(&self, session: &Session) -> Option<Vec<String>> {
        let lot = self.lots.of(session);
        self.group.only(lot.plan.as_ref(), &self.verdict(session))
    }

    pub fn update(&mut self, session: &mut Session, message: Message) -> Action<Message> {
        match message {
            Message::Looked(told) => session.survey.take(told),
            Message::Trial(said) => {
                return Action::Run(self.trial.take(session, said).map(Message::Trial));
            }
            Message::PutRight(setting) => {
                let changing = self.trial.put_right(session, setting);
                return Action::Run(changing.map(Message::Trial));
            }
            Message::Check => return Action::Run(self.look(session, Want::Again)),
            Message::CheckRest => return Action::Run(self.look(session, Want::Rules)),
            Message::Halt => session.survey.stop(),
            Message::Start => {
                if let Some(only) = self.only(session) {
                    self.panel = None;
                    return Action::Begin(vec![Pass::Copy], only);
                }
            }
            Message::Group(group) => self.group.choose(group),
            Message::Unlock => return Action::Unlock,
            Message::Go(step) => {
                self.panel = None;
                return Action::Go(step);
            }
            Message::See(what) => {
                self.panel = Some(Panel::new(what));
                return Action::Run(iced::widget::operation::focus(dialog::SAFE));
            }
            Message::Unsee => self.panel = None,
            Message::Copy(text) => return Action::Copy(text),
            Message::PanelScrolled(viewport) => {
                if let Some(panel) = &mut self.panel {
                    panel.view.scrolled(viewport);
                }
            }
            Message::PanelMove(motion) => {
                let verdict = self.verdict(session);
                if let Some(panel) = &mut self.panel {
                    return Action::Run(panel.go(motion, &verdict));
                }
            }
            Message::PanelPoint(at) => {
                if let Some(panel) = &mut self.panel {
                    panel.view.cursor = at;
                }
            }
            Message::Sort(sort) => self.accounts.sort(sort),
            Message::Search(query) => {
                let lot = self.lots.of(session);
                return Action::Run(self.accounts.search(query, session, &lot));
            }
            Message::Scrolled(viewport) => self.accounts.view.scrolled(viewport),
            Message::Move(motion) => {
                let lot = self.lots.of(session);
                return Action::Run(self.accounts.go(motion, session, &lot));
            }
            Message::Point(at) => self.accounts.view.cursor = at,
        }
        Action::None
    }

    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let verdict = self.verdict(session);
        let lot = self.lots.of(session);
        let wide = if pane.narrow() { 392 } else { 424 };
        let checks = checks::card(session, &lot, &verdict, &self.trial, pane);
        let accounts = self.accounts.card(session, &lot);
        let body = column![
            strip(&verdict, pane),
            row![container(checks).width(wide).height(Fill), accounts]
                .spacing(16)
                .height(Fill),
        ]
        .spacing(16);
        let back = button(t!("ui-back"))
            .footer()
            .icon(Icon::ARROW_LEFT)
            .on(Message::Go(Step::Options));
        let label = if verdict.resumed {
            t!("preflight-resume")
        } else {
            t!("preflight-start")
        };
        let start = button(label)
            .primary()
            .tall(40)
            .icon(Icon::PLAY)
            .id("start")
            .on(self.only(session).map(|_| Message::Start));
        let panel = self
            .panel
            .as_ref()
            .and_then(|panel| panel.show(&verdict, pane));
        let plan = lot.plan.as_ref();
        let of_group = self.group.status(plan, &verdict);
        let mut buttons = vec![back.into()];
        buttons.extend(self.group.view(plan));
        buttons.push(start.into());
        Page::new(
            t!("preflight-title"),
            t!("preflight-purpose"),
            body,
            of_group.unwrap_or_else(|| status(session, &lot, &verdict)),
        )
        .ready(self.is_ready(session))
        .buttons(buttons)
        .dialog(panel)
    }
}

/// What will happen, or what is in the way.
fn status(session: &Session, lot: &survey::Lot, verdict: &Verdict) -> Status {
    if let Some((done, of)) = session.survey.progress() {
        return Status::busy(t!(
            "preflight-looking",
            count = of as u64,
            number = i18n::number(done as u64),
            of = i18n::number(of as u64)
        ));
    }
    if verdict.waiting {
        return Status::busy(t!("preflight-opening"));
    }
    let blockers = verdict.count(Weight::Blocker) as u64;
    if blockers > 0 {
        let number = i18n::number(blockers);
        let words = t!("preflight-blocked", count = blockers, number = number);
        return Status::new(Tone::Bad, words);
    }
    let warnings = verdict.count(Weight::Warning) as u64;
    let ready = verdict.ready.len();
    let mut words = if ready < verdict.selected {
        t!(
            "preflight-ready-some",
            count = verdict.selected as u64,
            number = i18n::number(ready as u64),
            of = i18n::number(verdict.selected as u64)
        )
    } else if warnings > 0 {
        let number = i18n::number(warnings);
        t!("preflight-ready-warned", count = warnings, number = number)
    } else {
        t!("preflight-ready")
    };
    let window = lot.plan.as_ref().and_then(|plan| plan.options.window);
    if let Some(window) = window {
        words = t!(
            "preflight-and-hours",
            ready = words,
            hours = words::hours(&window)
        );
    }
    if warnings > 0 {
        Status::new(Tone::Warn, words)
    } else {
        Status::ok(words)
    }
}

/// The sums.
fn strip<'a>(verdict: &Verdict, pane: Pane) -> Element<'a, Message> {
    let totals = &verdict.totals;
    let accounts = totals.accounts as u64;
    let left_out = verdict.selected - verdict.ready.len();
    let about_accounts = if verdict.waiting {
        t!(
            "preflight-of-accounts",
            of = i18n::number(verdict.selected as u64)
        )
    } else if left_out > 0 {
        let count = left_out as u64;
        t!(
            "preflight-left-out",
            count = count,
            number = i18n::number(count)
        )
    } else if verdict.made != findings::Made::default() && verdict.copies {
        words::made(verdict.made)
    } else if !verdict.copies {
        t!("preflight-at-destination")
    } else if totals.filled > 0 {
        t!(
            "preflight-filled",
            empty = i18n::number((totals.accounts - totals.filled) as u64),
            count = totals.filled as u64,
            number = i18n::number(totals.filled as u64)
        )
    } else {
        t!("preflight-all-empty")
    };
    if !verdict.copies && verdict.selected > 0 {
        let made = verdict.made.passwords;
        let cells = [
            (
                i18n::number(accounts),
                t!("preflight-accounts", count = accounts),
                about_accounts,
            ),
            (
                i18n::number(made),
                t!("preflight-passwords", count = made),
                t!("preflight-passwords-about"),
            ),
            (String::from("–"), String::new(), t!("check-no-messages")),
        ];
        return cells_of(cells, pane);
    }
    let size = i18n::size(totals.octets);
    let (size, unit) = split(&size);
    let about_size = if totals.left_out > 0 {
        t!(
            "preflight-size-left-out",
            size = i18n::size(totals.left_out)
        )
    } else {
        t!("preflight-size-about")
    };
    let time = totals.estimate.map(words::estimate);
    let (time, minutes) = match &time {
        Some(time) => split(time),
        None => (String::from("–"), String::new()),
    };
    let folders = t!(
        "preflight-in-folders",
        count = totals.folders,
        number = i18n::number(totals.folders)
    );
    let cells = [
        (
            i18n::number(accounts),
            t!("preflight-accounts", count = accounts),
            about_accounts,
        ),
        (
            i18n::number(totals.messages),
            t!("preflight-messages", count = totals.messages),
            folders,
        ),
        (size, unit, about_size),
        (time, minutes, rate(totals)),
    ];
    cells_of(cells, pane)
}

fn cells_of<'a, const N: usize>(
    cells: [(String, String, String); N],
    pane: Pane,
) -> Element<'a, Message> {
    let mut line = row![];
    for (index, (number, unit, about)) in cells.into_iter().enumerate() {
        if index > 0 {
            let rule = container(vertical_line()).padding([14, 0]).height(Fill);
            line = line.push(rule);
        }
        line = line.push(cell(number, unit, about, pane));
    }
    container(line.height(if pane.low() { 68 } else { 78 }))
        .padding(1)
        .width(Fill)
        .style(theme::card)
        .into()
}

fn rate(totals: &findings::Totals) -> String {
    let seconds = totals.estimate.map_or(0, |time| time.as_secs());
    match totals.messages.checked_div(seconds) {
        Some(rate) if rate > 0 => {
            let number = i18n::number(rate);
            t!("preflight-estimate-rate", count = rate, number = number)
        }
        _ => t!("preflight-estimate"),
    }
}

/// The last word apart: `38,4` and `GB`.
fn split(text: &str) -> (String, String) {
    match text.rsplit_once(char::is_whitespace) {
        Some((number, unit)) => (number.to_owned(), unit.to_owned()),
        None => (text.to_owned(), String::new()),
    }
}

fn cell<'a>(number: String, unit: String, about: String, pane: Pane) -> Element<'a, Message> {
    let (large, small) = if pane.narrow() { (18, 13) } else { (24, 15) };
    // Both stand on one line.
    let lift = if pane.narrow() { 1.5 } else { 3.0 };
    let unit =
        container(Elide::new(unit, small, MEDIUM, |t| t.ink_2)).padding(Padding::ZERO.bottom(lift));
    let value = row![
        say(number, large, SEMIBOLD, |t| t.ink).wrapping(iced::widget::text::Wrapping::None),
        unit,
    ]
    .spacing(5)
    .align_y(iced::Alignment::End);
    let side = if pane.narrow() { 14 } else { 20 };
    container(column![
        value,
        Elide::new(about, 12, REGULAR, |t| t.ink_3).fill()
    ])
    .padding([0, side])
    .center_y(Fill)
    .width(Fill)
    .into()
}
