//! This stop as the window shows it: title, body, buttons, the line below, what lies over it, its place in the route.
//!
//! Deliberately absent: what the parts look like (`timeline`, `card`, `ledger`, `records`).

use iced::Element;

use super::{Message, Over, Stage, State, card, cutover, list, parts, records, timeline};
use crate::engine::Pass;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::shell::{Mark, Page, Pane, Status};
use crate::ui::widget::{Tone, button};

impl State {
    pub fn view<'a>(
        &'a self,
        session: &'a Session,
        running: Option<&'a Running>,
        pane: Pane,
    ) -> Page<'a, Message> {
        let stage = self.stage();
        let (title, purpose) = self.title(stage, running);
        let body = match stage {
            Stage::Loading => parts::loading(pane.turn),
            Stage::Passes => timeline::view(self, session, running, pane),
            Stage::Result => card::screen(self, session, pane),
        };
        let proven = stage == Stage::Result && self.judgement().is_some_and(|one| one.is_done());
        let mut finish = button(t!("finish-done")).footer().id("finish");
        if proven {
            finish = finish.primary();
        }
        let back = button(t!("ui-back"))
            .footer()
            .icon(Icon::ARROW_LEFT)
            .on(Message::Back);
        let finish = finish.on((stage == Stage::Result).then_some(Message::Finish));
        let mut page = Page::new(title, purpose, body, self.status(stage, running))
            .buttons(vec![back.into(), finish.into()])
            .dialog(self.dialog(session, running, pane))
            .wide();
        if let Some(aside) = card::aside(self, stage) {
            page = page.aside(aside);
        }
        page
    }

    fn dialog<'a>(
        &'a self,
        session: &'a Session,
        running: Option<&'a Running>,
        pane: Pane,
    ) -> Option<Element<'a, Message>> {
        match &self.over {
            Over::None => None,
            Over::Stop => Some(timeline::stop_question(running)),
            Over::Ledger(ledger) => {
                let facts = self.facts()?;
                Some(ledger.view(facts, session.project.is_some(), pane))
            }
            Over::List(passwords) => Some(list::question(*passwords)),
            Over::Records(item) => Some(records::view(self.looked()?, *item, pane)),
        }
    }

    fn title(&self, stage: Stage, running: Option<&Running>) -> (String, String) {
        match (stage, self.judgement()) {
            (Stage::Passes, _) if self.is_ours() => timeline::title(running),
            (Stage::Result, Some(judgement)) => judgement.title(&self.last),
            _ => (t!("finish-title"), t!("finish-purpose")),
        }
    }

    fn status(&self, stage: Stage, running: Option<&Running>) -> Status {
        match (stage, self.judgement()) {
            (Stage::Loading, _) => Status::busy(t!("finish-gathering")),
            (Stage::Passes, _) if self.run.is_on() => timeline::status(self, running),
            (Stage::Result, Some(judgement)) => match self.facts() {
                Some(facts) => judgement.status(facts, &self.last),
                None => Status::new(Tone::Neutral, ""),
            },
            _ => cutover::advice(self),
        }
    }

    pub fn mark(&self) -> Mark {
        if self.stage() != Stage::Result {
            return Mark::None;
        }
        let Some(judgement) = self.judgement() else {
            return Mark::None;
        };
        match judgement.tone() {
            Tone::Ok if judgement.open == 0 => Mark::Done,
            Tone::Warn => Mark::Warn,
            Tone::Bad => Mark::Bad,
            _ => Mark::None,
        }
    }

    /// What stands below this stop of the route while a pass goes on.
    pub fn summary(&self, running: Option<&Running>) -> Option<String> {
        let running = running.filter(|_| self.is_ours())?;
        let pass = match running.shown.pass? {
            Pass::Verify(_) => t!("live-pass-verify"),
            _ => t!("live-pass-complete"),
        };
        let percent = t!("percent", value = self.percent(running).to_string());
        Some(format!("{percent} · {pass}"))
    }
}
