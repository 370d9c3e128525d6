//! This stop as the window shows it: title, body, the line below.

use iced::widget::{column, container, row};
use iced::{Element, Fill};

use super::{Message, State, Trial, answer, doubtful, failure};
use crate::account::Side;
use crate::t;
use crate::ui::draft::{Kind, Server};
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::{Mark, Page, Pane, Status};
use crate::ui::widget::Tone;

impl State {
    pub fn view<'a>(&'a self, session: &'a Session, pane: Pane) -> Page<'a, Message> {
        let server = self.server(session);
        let (form, answer) = match server.kind {
            Kind::Imap => (self.form(session, pane), self.answer(server, pane)),
            Kind::Icewarp => (self.web_form(session, pane), self.web_answer(session, pane)),
            Kind::Archive => (self.place_form(session), self.place_answer(session, pane)),
        };
        let right = container(answer).width(if pane.narrow() { 320 } else { 376 });
        let form = container(form).width(Fill).height(Fill);
        let mut body = column![].spacing(16);
        if self.side == Side::Destination {
            body = body.push(self.kinds(session));
        }
        if server.kind == Kind::Imap {
            body = body.push(self.detection_card(server, pane));
        }
        let body = body.push(row![form, right.height(Fill)].spacing(16).height(Fill));
        let (title, purpose) = match (self.side, server.kind == Kind::Archive) {
            (Side::Origin, false) => (t!("origin-title"), t!("origin-purpose")),
            (Side::Origin, true) => (t!("origin-title-archive"), t!("origin-purpose-archive")),
            (Side::Destination, false) => (t!("destination-title"), t!("destination-purpose")),
            (Side::Destination, true) => {
                (t!("destination-title-archive"), t!("destination-purpose"))
            }
        };
        let page = Page::new(title, purpose, body, self.status(session, server));
        let page = page.ready(self.is_ready(session));
        match self.side {
            Side::Origin => page.aside(self.kind_of_origin(session)),
            Side::Destination => page,
        }
    }

    fn answer<'a>(&'a self, server: &'a Server, pane: Pane) -> Element<'a, Message> {
        match &self.trial {
            Trial::Busy { since, .. } => {
                let seconds = since.elapsed().as_secs().to_string();
                answer::busy(t!("server-testing-about", seconds = seconds), pane.turn)
            }
            Trial::None => answer::none(server),
            Trial::Done(done) => match done.as_ref() {
                Ok(answer) => answer::good(answer, self.side, pane.narrow()),
                Err(failure) => match doubtful(failure) {
                    Some(reason) => failure::certificate(failure, reason, None, self.accept),
                    None => failure::other(failure, &server.host, &server.port),
                },
            },
        }
    }

    fn status(&self, session: &Session, server: &Server) -> Status {
        let origin = self.side == Side::Origin;
        let archive = server.kind == Kind::Archive;
        if self.is_trying() {
            return Status::busy(if archive {
                t!("place-testing")
            } else if self.web.is_changing() {
                t!("web-changing")
            } else {
                t!("server-testing")
            });
        }
        if self.confirming().is_some() {
            return Status::new(Tone::Warn, t!("server-confirm-first")).icon(Icon::SHIELD_ALERT);
        }
        if self.mark() == Mark::Bad && !self.web.is_refused() {
            return Status::new(
                Tone::Bad,
                match (archive, origin) {
                    (true, _) => t!("place-status-failed"),
                    (false, true) => t!("origin-status-failed"),
                    (false, false) => t!("destination-status-failed"),
                },
            );
        }
        if self.is_ready(session) {
            return match (archive, origin) {
                (true, false) if self.is_place_small() => {
                    Status::new(Tone::Warn, t!("place-status-small"))
                }
                (true, _) => Status::ok(t!("place-status-ok")),
                (false, true) => Status::ok(t!("origin-status-ok")),
                (false, false) => Status::ok(t!("destination-status-ok")),
            };
        }
        if archive {
            return if server.folder.trim().is_empty() {
                Status::new(Tone::Neutral, t!("place-status-empty"))
            } else if self.can_test(session) {
                Status::new(Tone::Neutral, t!("place-test-first"))
            } else {
                Status::new(Tone::Bad, t!("place-not-whole"))
            };
        }
        if server.kind == Kind::Icewarp
            && let Some(status) = self.web_status(session)
        {
            return status;
        }
        if server.host.trim().is_empty() {
            let words = if origin {
                t!("origin-status-empty")
            } else {
                t!("destination-status-empty")
            };
            Status::new(Tone::Neutral, words)
        } else if server.port().is_none() {
            Status::new(Tone::Bad, t!("server-port-wrong"))
        } else if server.address().is_none() {
            Status::new(Tone::Bad, t!("server-host-wrong"))
        } else if server.endpoint().is_none() {
            Status::new(Tone::Neutral, t!("server-master-missing"))
        } else {
            Status::new(Tone::Neutral, t!("server-test-first"))
        }
    }
}
