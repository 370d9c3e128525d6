//! The page of this stop: its head, the hero, and what the chosen tab shows.
//!
//! Promises: what can be done is offered only while it can be. Deliberately absent: the parts themselves, which have a
//! module each.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill};

use super::from::Phase;
use super::{Message, Now, Outcome, State, Tab, head, hero, log, panel, stats, table};
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::shell::{Page, Pane};
use crate::ui::theme;
use crate::ui::widget::{button, tabs};

impl State {
    pub fn view<'a>(
        &'a self,
        session: &'a Session,
        running: Option<&'a Running>,
        pane: Pane,
    ) -> Page<'a, Message> {
        let now = self.now(session, running);
        let (title, purpose) = head::title(&now, session);
        let status = head::status(self, &now, session);
        let mut page = Page::new(
            title,
            purpose,
            self.body(&now, session, running, pane),
            status,
        )
        .buttons(head::ways(&now))
        .dialog(
            self.asked
                .map(|chosen| head::question(chosen, &now, running)),
        )
        .wide();
        if let Some(brakes) = head::brakes(&now) {
            page = page.aside(brakes);
        }
        page
    }

    fn body<'a>(
        &'a self,
        now: &Now,
        session: &'a Session,
        running: Option<&'a Running>,
        pane: Pane,
    ) -> Element<'a, Message> {
        let options = &session.draft.options;
        let opened = self.panel.as_ref().and_then(|panel| {
            let row = now.rows.iter().find(|row| row.login == panel.login())?;
            Some((panel, row))
        });
        let opened = opened.filter(|_| self.tab == Tab::Accounts);
        let folded = self.tab != Tab::Accounts || opened.is_some();
        let mut body = column![].spacing(if pane.low() { 8 } else { 12 });
        if let Outcome::Failed(_, trouble) = &now.outcome
            && now.phase == Phase::Over
        {
            body = body.push(head::trouble(trouble));
        }
        if let Some(words) = &self.unread {
            body = body.push(head::unread(words));
        }
        if let Some(filters) = head::filters(session).filter(|_| !folded && !pane.low()) {
            body = body.push(filters);
        }
        body = body.push(if folded {
            hero::strip(now, pane)
        } else if pane.low() {
            hero::low(now, session, &self.charts)
        } else {
            hero::full(now, session, &self.charts, pane)
        });
        let count = i18n::number(now.rows.len() as u64);
        let tabs = tabs(
            vec![
                (
                    t!("live-tab-accounts"),
                    Some(count),
                    Message::Tab(Tab::Accounts),
                ),
                (t!("live-tab-log"), None, Message::Tab(Tab::Log)),
                (
                    t!("live-tab-statistics"),
                    None,
                    Message::Tab(Tab::Statistics),
                ),
            ],
            self.tab as usize,
        );
        let mut line = row![tabs, space::horizontal()]
            .spacing(8)
            .align_y(Center)
            .height(36);
        match self.tab {
            Tab::Accounts => line = line.push(table::tools(self, now, pane, opened.is_some())),
            Tab::Log => {}
            Tab::Statistics => {
                let export = button(t!("live-export"))
                    .small()
                    .icon(Icon::DOWNLOAD)
                    .on(self.saving.is_none().then_some(Message::Export));
                line = line.push(Element::from(export));
            }
        }
        body = body.push(line);
        let below: Element<'a, Message> = match self.tab {
            Tab::Accounts => {
                let table = table::view(self, now, pane, opened.is_some());
                match opened {
                    Some((panel, account)) => {
                        row![table, panel::view(panel, account, now, options, pane)]
                            .spacing(16)
                            .height(Fill)
                            .into()
                    }
                    None => table,
                }
            }
            Tab::Log => {
                let card = container(column![log::view(&self.log, pane), log::foot(&self.log)])
                    .padding(1)
                    .width(Fill)
                    .height(Fill)
                    .style(theme::card);
                column![log::tools(&self.log, pane), card]
                    .spacing(12)
                    .into()
            }
            Tab::Statistics => stats::view(&self.stats, now, running, options, pane),
        };
        body.push(below).height(Fill).into()
    }
}
