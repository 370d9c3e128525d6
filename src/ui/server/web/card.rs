//! What the administration answered.

use iced::widget::{column, container, row};
use iced::{Element, Fill, Padding};

use super::{Answered, Say, Stop, has_password};
use crate::probe::{Failure, Verdict};
use crate::provision::{Fact, Weight};
use crate::t;
use crate::trouble::Trouble;
use crate::ui::server::answer::{self, card};
use crate::ui::server::findings::{self, Line};
use crate::ui::server::{Message, State, doubtful, failure};
use crate::ui::session::Session;
use crate::ui::shell::{Pane, Status};
use crate::ui::theme::{REGULAR, say};
use crate::ui::widget::{Tone, button, hairline, note};

impl State {
    pub(in crate::ui::server) fn web_answer<'a>(
        &'a self,
        session: &'a Session,
        pane: Pane,
    ) -> Element<'a, Message> {
        match &self.web.trial {
            super::Trial::None => self.web_untested(session),
            super::Trial::Busy { since, .. } => {
                let seconds = since.elapsed().as_secs().to_string();
                answer::busy(t!("web-testing-about", seconds = seconds), pane.turn)
            }
            super::Trial::Done(done) => match done.as_ref() {
                Ok(answered) => self.web_answered(session, answered, pane),
                Err(Stop::Web(failed)) => {
                    let form = &session.draft.web;
                    self.not_reached(failed, &form.host, &form.port, "HTTPS")
                }
                Err(Stop::Imap(failed)) => {
                    let server = &session.draft.destination;
                    self.not_reached(failed, &server.host, &server.port, "IMAP")
                }
                Err(Stop::Admin(trouble)) => {
                    let form = &session.draft.web;
                    let what = failure::what(trouble.kind, &form.host, &form.port);
                    failure::refused(trouble, what, &form.port)
                }
            },
        }
    }

    fn not_reached<'a>(
        &'a self,
        failed: &'a Failure,
        host: &str,
        port: &str,
        service: &str,
    ) -> Element<'a, Message> {
        match doubtful(failed) {
            Some(reason) => {
                let whose = t!(
                    "certificate-of",
                    service = service,
                    host = host.trim(),
                    port = port.trim()
                );
                failure::certificate(failed, reason, Some(whose), self.accept)
            }
            None => failure::other(failed, host, port),
        }
    }

    fn web_untested<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let server = &session.draft.destination;
        let (tone, title, words) = match &server.verified {
            Some(software) => (
                Tone::Ok,
                t!("server-verified-before"),
                t!("server-verified-before-about", software = software.as_str()),
            ),
            None if session.draft.web.icewarp().is_some() && !has_password(session) => (
                Tone::Neutral,
                t!("server-untested"),
                t!("web-password-missing"),
            ),
            None => (
                Tone::Neutral,
                t!("server-untested"),
                t!("web-untested-about"),
            ),
        };
        let can = self.can_test(session);
        let body = column![answer::untested(words, can)];
        card(
            answer::head_of(tone, title, None),
            container(self.with_former(session, body))
                .padding(16)
                .into(),
            false,
        )
    }

    fn web_answered<'a>(
        &'a self,
        session: &'a Session,
        answered: &'a Answered,
        pane: Pane,
    ) -> Element<'a, Message> {
        let again = (!self.web.changing).then_some(Message::Test);
        let worst = answered.findings.iter().map(|finding| finding.weight).max();
        let (tone, title) = if answered.blocks() {
            (Tone::Bad, t!("web-blocked"))
        } else if worst >= Some(Weight::Warning) {
            (Tone::Warn, t!("web-warned"))
        } else {
            (Tone::Ok, t!("server-good-new"))
        };
        let (urgent, others) = findings::split(&answered.findings);
        let changeable: Vec<_> = urgent
            .iter()
            .filter_map(|finding| findings::changeable(finding))
            .collect();
        let may_change = !self.web.changing;
        let mut first = column![];
        for finding in &urgent {
            let deed = findings::changeable(finding).map(|setting| {
                button(t!("web-put-right"))
                    .small()
                    .busy(self.web.changing.then_some(pane.turn))
                    .on(may_change.then(|| Message::Web(Say::PutRight(vec![setting]))))
                    .into()
            });
            first = first.push(Line::of(finding).show(deed));
        }
        if changeable.len() > 1 {
            let all = button(t!("web-put-all-right"))
                .small()
                .busy(self.web.changing.then_some(pane.turn))
                .on(may_change.then_some(Message::Web(Say::PutRight(changeable))));
            first = first.push(row![Element::from(all)]);
        }
        let mut body = column![];
        let has_former = !self.web.former.is_empty() || self.web.unchanged.is_some();
        if !urgent.is_empty() || has_former {
            let first = self.with_former(session, first);
            body = body.push(container(first).padding(16)).push(hairline());
        }
        let mut lines = column![].spacing(16);
        for line in lines_of(answered) {
            lines = lines.push(line.show(None));
        }
        for finding in others {
            if !matches!(finding.fact, Fact::Software(_)) {
                lines = lines.push(Line::of(finding).show(None));
            }
        }
        let body = body.push(container(lines).padding(16));
        card(
            answer::head_again(tone, title, again, pane.narrow()),
            body.into(),
            tone == Tone::Bad,
        )
    }

    /// What is still missing, or stands in the way, where that is the administration's affair.
    pub(in crate::ui::server) fn web_status(&self, session: &Session) -> Option<Status> {
        let form = &session.draft.web;
        let neutral = |words| Some(Status::new(Tone::Neutral, words));
        let wrong = |words| Some(Status::new(Tone::Bad, words));
        if self.web.is_refused() {
            wrong(t!("web-status-refused"))
        } else if self.web.answered().is_some() {
            // It answered, and one may not go on.
            wrong(t!("web-status-blocked"))
        } else if form.host.trim().is_empty() {
            neutral(t!("destination-status-empty"))
        } else if form.has_wrong_host() {
            wrong(t!("server-host-wrong"))
        } else if form.has_wrong_port() {
            wrong(t!("server-port-wrong"))
        } else if form.admin.trim().is_empty() {
            neutral(t!("web-admin-missing"))
        } else if form.icewarp().is_none() {
            wrong(t!("web-quota-wrong"))
        } else if !has_password(session) {
            neutral(t!("web-password-missing"))
        } else {
            None
        }
    }

    /// With what was changed on the server, to be put back.
    fn with_former<'a>(
        &'a self,
        session: &'a Session,
        content: iced::widget::Column<'a, Message>,
    ) -> iced::widget::Column<'a, Message> {
        let mut content = content.spacing(16).width(Fill);
        if let Some(trouble) = &self.web.unchanged {
            let words = unchanged_words(trouble);
            content = content.push(note(Tone::Bad, t!("web-unchanged"), words, None));
        }
        let count = self.web.former.len() as u64;
        if count > 0 {
            let can = has_password(session) && !self.is_trying();
            let back = button(t!("web-put-back"))
                .small()
                .id("web-put-back")
                .on(can.then_some(Message::Web(Say::PutBack)));
            let words = say(
                t!(
                    "web-changed",
                    count = count,
                    number = crate::i18n::number(count)
                ),
                12,
                REGULAR,
                |t| t.ink_2,
            );
            content = content.push(
                column![words, row![Element::from(back)]]
                    .spacing(8)
                    .padding(Padding::ZERO),
            );
        }
        content
    }
}

fn unchanged_words(trouble: &Trouble) -> String {
    let words = crate::i18n::Words::current();
    let key = trouble.kind.key();
    let mut said = vec![words.trouble(&key)];
    said.extend(words.remedy(&key));
    if !trouble.detail.is_empty() {
        said.push(trouble.detail.clone());
    }
    said.join(" ")
}

/// What both connections showed.
fn lines_of(answered: &Answered) -> Vec<Line> {
    let tls = answered.web.tls.as_ref().map(|tls| tls.version);
    let verdict = answered.web.certificate.as_ref().map(|one| &one.verdict);
    let about = match (tls, verdict) {
        (Some(version), Some(Verdict::Pinned)) => t!("web-encrypted-pinned", version = version),
        (Some(version), _) => t!("web-encrypted", version = version),
        (None, _) => t!("fact-no-encryption"),
    };
    let mut lines = vec![Line::new(Tone::Ok, answered.software(), Some(about))];
    let imap = &answered.answer;
    let about = match &imap.tls {
        Some(tls) => t!(
            "web-imap-about",
            software = imap.server.to_string(),
            version = tls.version
        ),
        None => t!("fact-no-encryption"),
    };
    let tone = if imap.tls.is_some() {
        Tone::Ok
    } else {
        Tone::Warn
    };
    lines.push(Line::new(tone, t!("web-imap"), Some(about)));
    lines
}
