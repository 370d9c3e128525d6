//! The panel: where to look, how far the reading is, what was found.
//!
//! Promises: only the lines that are seen are built; Tab stops at the table once, and its ticks are put with Space.

use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill};

use super::proposals::{Line, Standing};
use super::{Aliases, Run, Say, Stage, words};
use crate::aliases::{Candidate, Class, Proposal};
use crate::t;
use crate::trouble::Trouble;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, REGULAR, Role, SEMIBOLD, say};
use crate::ui::users::Message;
use crate::ui::widget::choice::tick;
use crate::ui::widget::dialog::SAFE;
use crate::ui::widget::table::{self, Motion, Says, head, head_line};
use crate::ui::widget::{
    Elide, Field, Tone, bar, button, chip, hairline, hint, link, note, spinner, tip,
};

/// The table.
pub(super) const LINES: Id = Id::new("aliases-lines");
/// The field for the least number of messages.
const LEAST: Id = Id::new("aliases-least");

/// Widths of a count, and of the verdict.
const COUNT: u32 = 62;
const VERDICT: u32 = 224;

impl Aliases {
    /// The panel, while it is open.
    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Option<Element<'a, Message>> {
        let (width, middle, foot): (u32, Element<'a, Message>, Element<'a, Message>) =
            match (self.stage, &self.run) {
                (Stage::Closed, _) => return None,
                (Stage::Opening, _) => {
                    let words = say(t!("aliases-opening"), 13, REGULAR, |t| t.ink_2);
                    (600, padded(busy(words, pane)), self.closing())
                }
                (Stage::Reading, Some(run)) => (600, padded(reading(run, pane)), stopping()),
                (Stage::Choice | Stage::Reading, _) => (
                    600,
                    padded(self.choosing(session)),
                    self.choice_foot(session),
                ),
                (Stage::Proposals, _) => (880, self.proposals_body(pane), self.proposals_foot()),
            };
        let found = self.stage == Stage::Proposals;
        let about = if found {
            words::sums(self.proposals.sums())
        } else {
            t!("aliases-about")
        };
        let title = row![
            Icon::AT_SIGN.show(20.0, |t| t.accent_ink),
            say(t!("aliases-title"), 17, SEMIBOLD, |t| t.ink).width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        let mut top = column![title, say(about, 13, REGULAR, |t| t.ink_2)].spacing(8);
        if let Some(detail) = &self.unkept {
            let words = t!("aliases-unkept", detail = detail.as_str());
            top = top.push(hint(Icon::TRIANGLE_ALERT, |t| t.warn, words));
        }
        let foot = container(foot)
            .padding([16, 24])
            .width(Fill)
            .style(theme::card_bottom(|t| t.sunken, 11.0));
        let panel = container(column![
            container(top).padding([20, 24]),
            hairline(),
            middle,
            hairline(),
            foot
        ])
        .width(width)
        .padding(1)
        .style(theme::dialog);
        Some(panel.into())
    }

    fn choosing<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let choice = self.choice(session);
        match &self.trouble {
            None => choice,
            Some(trouble) => {
                let (title, remedy) = words::trouble(trouble);
                column![choice, note(Tone::Bad, title, remedy, None)]
                    .spacing(16)
                    .into()
            }
        }
    }

    #[allow(clippy::unused_self, reason = "a part of the panel")]
    fn closing(&self) -> Element<'_, Message> {
        let cancel = button(t!("ui-cancel")).id(SAFE).on(said(Say::Close));
        row![space::horizontal(), Element::from(cancel)].into()
    }

    fn choice_foot<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let mut line = row![].spacing(8).align_y(Center);
        if let Some(kept) = self.kept.as_ref().filter(|_| !self.proposals.is_empty()) {
            let words = t!("aliases-see", time = dates::short(kept.at));
            line = line.push(link(None, words, said(Say::See)));
        }
        let can = self.can_search(session);
        let search = button(t!("aliases-search"))
            .primary()
            .icon(Icon::SEARCH)
            .on(can.then(|| said(Say::Search)));
        line.push(space::horizontal())
            .push(button(t!("ui-cancel")).id(SAFE).on(said(Say::Close)))
            .push(search)
            .into()
    }

    fn proposals_foot(&self) -> Element<'_, Message> {
        let able = self.least().is_some();
        let least = Field::new(&self.least, |text| said(Say::Least(text)))
            .id(LEAST)
            .small()
            .width(52)
            .wrong(!able)
            .on_submit(able.then(|| said(Say::TickLeast)));
        let accept = button(t!("aliases-do-accept"))
            .small()
            .on(able.then(|| said(Say::TickLeast)));
        let ticked = self.proposals.is_ticked();
        let apply = button(words::apply(self.proposals.count()))
            .primary()
            .on(ticked.then(|| said(Say::Apply)));
        row![
            Elide::new(t!("aliases-least"), 13, REGULAR, |t| t.ink_2),
            Element::from(least),
            Element::from(accept),
            space::horizontal(),
            Element::from(button(t!("aliases-again")).on(said(Say::Choose))),
            Element::from(button(t!("ui-cancel")).id(SAFE).on(said(Say::Close))),
            Element::from(apply),
        ]
        .spacing(8)
        .align_y(Center)
        .into()
    }

    fn proposals_body(&self, pane: Pane) -> Element<'_, Message> {
        let mut heads = row![
            space::horizontal().width(16),
            head(t!("aliases-column-address")).fill()
        ]
        .spacing(12);
        for class in Class::ALL {
            heads = heads.push(head(words::class(class)).right().width(COUNT));
        }
        heads = heads.push(container(head(t!("aliases-column-verdict"))).width(VERDICT));
        let heights = self.proposals.heights();
        let all: f32 = heights.iter().sum();
        let room = (pane.size.height - 330.0).max(160.0);
        let says = Says {
            scrolled: Box::new(|viewport| said(Say::Scrolled(viewport))),
            key: Box::new(meaning),
        };
        let lines = table::rows(LINES, self.table, heights, |at| self.line(at), says);
        column![
            head_line(container(heads).padding([0, 8]), false),
            container(lines).height(all.min(room)),
        ]
        .into()
    }

    fn line(&self, at: usize) -> Element<'_, Message> {
        let here = self.table.cursor == at;
        let content = match self.proposals.line(at) {
            None => return space::horizontal().into(),
            Some(Line::Failed(login, trouble)) => failed(login, trouble),
            Some(Line::Account(account)) => match self.proposals.account(*account) {
                None => return space::horizontal().into(),
                Some(proposal) => of_account(proposal),
            },
            Some(Line::Address(account, place)) => {
                let standing = self.proposals.standing(*account, *place);
                let candidate = self.proposals.candidate(*account, *place);
                let Some((standing, candidate)) = standing.zip(candidate) else {
                    return space::horizontal().into();
                };
                let on = self.proposals.has_tick(*account, *place);
                of_address(at, on, standing, candidate)
            }
        };
        let content = container(content).padding([0, 8]).width(Fill);
        table::row_face(content, here, said(Say::Point(at)))
    }
}

fn said(say: Say) -> Message {
    Message::Aliases(say)
}

fn padded<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).padding([20, 24]).width(Fill).into()
}

fn busy<'a>(words: impl Into<Element<'a, Message>>, pane: Pane) -> Element<'a, Message> {
    row![spinner(18.0, |t| t.accent_ink, pane.turn), words.into()]
        .spacing(12)
        .align_y(Center)
        .into()
}

#[allow(clippy::cast_precision_loss, reason = "a bar needs no more")]
fn reading<'a>(run: &Run, pane: Pane) -> Element<'a, Message> {
    let words = words::reading(run.answered, run.all);
    let part = run.answered as f32 / run.all.max(1) as f32;
    column![
        busy(say(words, 13, REGULAR, |t| t.ink_2), pane),
        bar(part, Fill, Tone::Running),
    ]
    .spacing(12)
    .into()
}

fn stopping<'a>() -> Element<'a, Message> {
    let stop = button(t!("aliases-stop"))
        .icon(Icon::SQUARE)
        .id(SAFE)
        .on(said(Say::Stop));
    row![space::horizontal(), Element::from(stop)].into()
}

/// What a key means among the lines.
fn meaning(key: &Key, modifiers: Modifiers) -> Option<Message> {
    if let Some(motion) = Motion::of(key, modifiers) {
        return Some(said(Say::Go(motion)));
    }
    let space = matches!(key, Key::Named(Named::Space)) && modifiers.is_empty();
    space.then(|| said(Say::TickHere))
}

fn failed<'a>(login: &'a str, trouble: &Trouble) -> Element<'a, Message> {
    let (words, remedy) = words::trouble(trouble);
    let said = row![
        Icon::TRIANGLE_ALERT.show(14.0, |t| t.warn_icon),
        Elide::new(words, 12, REGULAR, |t| t.warn),
    ]
    .spacing(6)
    .align_y(Center);
    row![
        Elide::new(login, 13, SEMIBOLD, |t| t.ink).middle().fill(),
        container(tip(said, remedy)).max_width(480),
    ]
    .spacing(12)
    .align_y(Center)
    .into()
}

fn of_account(proposal: &Proposal) -> Element<'_, Message> {
    let words = words::of_account(proposal);
    let mut line = row![
        Elide::new(proposal.login.as_str(), 13, SEMIBOLD, |t| t.ink)
            .middle()
            .fill()
    ]
    .spacing(12)
    .align_y(Center);
    if proposal.catch_all {
        let mark = chip(
            Tone::Warn,
            Icon::TRIANGLE_ALERT,
            None,
            t!("aliases-catch-all"),
        );
        line = line.push(tip(mark, t!("aliases-catch-all-about")));
    }
    line.push(Elide::new(words, 12, REGULAR, |t| t.ink_3))
        .into()
}

fn of_address<'a>(
    at: usize,
    on: bool,
    standing: Standing<'a>,
    candidate: &'a Candidate,
) -> Element<'a, Message> {
    let open = matches!(standing, Standing::Open(_));
    let ink: Role = if open { |t| t.ink } else { |t| t.ink_3 };
    let mut line = row![
        tick(on, open.then(|| said(Say::Tick(at)))).quiet(),
        Elide::new(candidate.address.as_str(), 13, REGULAR, ink)
            .middle()
            .fill(),
    ]
    .spacing(12)
    .align_y(Center);
    for class in Class::ALL {
        let count = Elide::new(words::count(candidate, class), 13, REGULAR, |t| t.ink_2);
        line = line.push(count.right().width(COUNT));
    }
    let note = words::note(standing);
    let mut verdict = column![chip(note.tone, note.icon, None, note.word)].spacing(3);
    let verdict: Element<'a, Message> = match note.why {
        None => verdict.into(),
        Some(why) => {
            verdict = verdict.push(Elide::new(why.as_str(), 12, REGULAR, |t| t.ink_3));
            tip(verdict, why)
        }
    };
    line.push(container(verdict).width(VERDICT).clip(true))
        .into()
}
