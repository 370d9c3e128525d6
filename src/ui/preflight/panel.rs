//! The accounts a finding concerns, over the screen: what is to be said of each, and the technical line.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding, Task};

use super::findings::{Case, Finding, Verdict, Weight, What};
use super::{Message, words};
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::step::Step;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, SEMIBOLD, say};
use crate::ui::widget::table::{self, Motion, Says, View};
use crate::ui::widget::{Elide, Tone, button, dialog, hairline, icon_button};

const LIST: Id = Id::new("preflight-cases");

/// The panel that is open.
#[derive(Debug)]
pub struct Panel {
    what: What,
    pub view: View,
}

impl Panel {
    pub fn new(what: What) -> Self {
        Self {
            what,
            view: View::default(),
        }
    }

    fn finding<'v>(&self, verdict: &'v Verdict) -> Option<&'v Finding> {
        let mut findings = verdict.findings.iter();
        findings.find(|finding| finding.what == self.what)
    }

    pub fn go(&mut self, motion: Motion, verdict: &Verdict) -> Task<Message> {
        let Some(finding) = self.finding(verdict) else {
            return Task::none();
        };
        let heights: Vec<f32> = finding.cases.iter().map(height).collect();
        self.view.go(motion, &heights, LIST)
    }

    /// The panel, as long as there is such a finding.
    pub fn show<'a>(&self, verdict: &Verdict, pane: Pane) -> Option<Element<'a, Message>> {
        let finding = self.finding(verdict)?;
        let heights: Vec<f32> = finding.cases.iter().map(height).collect();
        let room = (pane.size.height - 320.0).max(160.0);
        let all: f32 = heights.iter().sum();
        let says = Says {
            scrolled: Box::new(Message::PanelScrolled),
            key: Box::new(|key, modifiers| Motion::of(key, modifiers).map(Message::PanelMove)),
        };
        let list = table::rows(
            LIST,
            self.view,
            &heights,
            |at| line(at, &finding.cases[at]),
            says,
        );
        let tone = match finding.weight {
            Weight::Blocker => Tone::Bad,
            Weight::Warning => Tone::Warn,
            Weight::Good => Tone::Ok,
        };
        let title = row![
            tone.icon().show(20.0, tone.mark()),
            say(words::title(finding), 17, SEMIBOLD, |t| t.ink).width(Fill),
            icon_button(Icon::X, t!("ui-close"), Message::Unsee),
        ]
        .spacing(12)
        .align_y(Center);
        let mut head = column![title].spacing(8);
        let about = consequence(finding);
        if !about.is_empty() {
            head = head.push(
                container(say(about, 13, REGULAR, |t| t.ink_2)).padding(Padding::ZERO.left(32)),
            );
        }
        let count = finding.cases.len() as u64;
        let number = t!(
            "count-accounts",
            count = count,
            number = i18n::number(count)
        );
        let mut foot = row![
            say(number, 12, REGULAR, |t| t.ink_3),
            space::horizontal(),
            Element::from(
                button(t!("ui-copy"))
                    .icon(Icon::COPY)
                    .on(Message::Copy(text(finding)))
            ),
        ]
        .spacing(8)
        .align_y(Center);
        if matches!(
            finding.what,
            What::Shut(_) | What::Lacking | What::Unprepared
        ) {
            let users = button(t!("preflight-correct")).on(Message::Go(Step::Users));
            foot = foot.push(Element::from(users));
        }
        let close = button(t!("ui-close")).id(dialog::SAFE).on(Message::Unsee);
        let foot = container(foot.push(Element::from(close)))
            .padding([14, 24])
            .style(theme::card_bottom(|t| t.sunken, 11.0));
        let head = container(head).padding(Padding::from([20, 24]).bottom(16));
        let panel = column![
            head,
            hairline(),
            container(list).height(all.min(room)),
            hairline(),
            foot
        ];
        let wide = if pane.narrow() { 600 } else { 680 };
        let panel = container(panel).width(wide).padding(1).style(theme::dialog);
        Some(panel.into())
    }
}

/// What follows for these accounts.
fn consequence(finding: &Finding) -> String {
    match &finding.what {
        What::Shut(_) | What::Lacking | What::Unprepared => t!("preflight-panel-left-out"),
        What::Folders { .. } => String::new(),
        _ => words::about(finding, None, None),
    }
}

fn height(case: &Case) -> f32 {
    match words::case(case) {
        (words, None) if words.is_empty() => 36.0,
        (words, Some(_)) if !words.is_empty() => 70.0,
        _ => 54.0,
    }
}

fn line<'a>(at: usize, case: &Case) -> Element<'a, Message> {
    let (words, technical) = words::case(case);
    let mut content = column![Elide::new(case.login.clone(), 13, MEDIUM, |t| t.ink).fill()];
    if !words.is_empty() {
        content = content.push(Elide::new(words, 12, REGULAR, |t| t.ink_2).fill());
    }
    if let Some(technical) = technical {
        content = content.push(Elide::new(technical, 12, MONO, |t| t.ink_3).fill());
    }
    let content = container(content).padding([0, 8]).width(Fill);
    table::row_face(content, false, Message::PanelPoint(at))
}

/// All of it, to be pasted elsewhere.
fn text(finding: &Finding) -> String {
    let lines = finding.cases.iter().map(|case| {
        let (words, technical) = words::case(case);
        let parts = [case.login.clone(), words, technical.unwrap_or_default()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}
