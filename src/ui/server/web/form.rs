//! What is entered: who administers the server, and how mail is delivered to it.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Bottom, Element, Fill};

use super::Say;
use crate::t;
use crate::ui::draft::quota;
use crate::ui::icon::Icon;
use crate::ui::server::form::{keeping, login_form, mail_place, security_select, sheet};
use crate::ui::server::{Message, State};
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{SEMIBOLD, say};
use crate::ui::widget::{Field, check, hairline, hint, labelled};

impl State {
    pub(in crate::ui::server) fn web_form<'a>(
        &'a self,
        session: &'a Session,
        pane: Pane,
    ) -> Element<'a, Message> {
        let content = column![
            self.administration(session, pane),
            hairline(),
            delivery(session, pane)
        ]
        .spacing(16);
        sheet(content)
    }

    fn administration<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let form = &session.draft.web;
        let host = Field::new(&form.host, |text| Message::Web(Say::Host(text)))
            .placeholder(t!("web-host-example"))
            .id(Id::new("web-host"))
            .error(form.has_wrong_host().then(|| t!("server-host-wrong")));
        let port_wrong = form.has_wrong_port();
        let port = Field::new(&form.port, |text| Message::Web(Say::Port(text)))
            .id(Id::new("web-port"))
            .wrong(port_wrong);
        let admin = Field::new(&form.admin, |text| Message::Web(Say::Admin(text)))
            .placeholder(t!("web-admin-example"))
            .id(Id::new("web-admin"));
        let password = Field::new(&self.web.password, |text| Message::Web(Say::Password(text)))
            .secret(self.shown, Message::Eye)
            .id(Id::new("web-password"));
        let mut lines = column![
            say(t!("web-administration"), 15, SEMIBOLD, |t| t.ink),
            row![
                labelled(t!("server-host"), host).width(Fill),
                labelled(t!("web-port"), port).width(96),
            ]
            .spacing(12),
            row![
                labelled(t!("web-admin"), admin).width(Fill),
                labelled(t!("server-password"), password).width(if pane.narrow() {
                    160
                } else {
                    208
                }),
            ]
            .spacing(12),
        ]
        .spacing(12);
        if port_wrong {
            lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("server-port-wrong")));
        }
        if form.clear {
            lines = lines.push(hint(
                Icon::TRIANGLE_ALERT,
                |t| t.warn,
                t!("server-clear-warning"),
            ));
        }
        lines.push(keeping(session)).into()
    }
}

fn delivery(session: &Session, pane: Pane) -> Element<'_, Message> {
    let (server, form) = (&session.draft.destination, &session.draft.web);
    let (host, port) = mail_place(server);
    let port_wrong = server.port().is_none();
    let mut lines =
        column![
            say(t!("web-delivery"), 15, SEMIBOLD, |t| t.ink),
            row![
                labelled(t!("web-imap-host"), host).width(Fill),
                labelled(t!("web-protocol"), security_select(server, true))
                    .width(if pane.narrow() { 150 } else { 164 }),
                labelled(t!("server-port"), port).width(64),
            ]
            .spacing(12),
        ]
        .spacing(12);
    if port_wrong {
        lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("server-port-wrong")));
    }
    lines
        .push(making(
            &form.quota,
            |text| Message::Web(Say::Quota(text)),
            form.create_domains,
            Message::Web(Say::Domains(!form.create_domains)),
        ))
        .push(login_form(session))
        .into()
}

/// What new accounts get, and whether their domains may be created.
pub(in crate::ui) fn making<'a, M: Clone + 'a>(
    limit: &'a str,
    on_limit: impl Fn(String) -> M + 'a,
    create_domains: bool,
    on_domains: M,
) -> Element<'a, M> {
    let wrong = quota(limit).is_none();
    let field = Field::new(limit, on_limit)
        .placeholder(t!("web-quota-none"))
        .width(120)
        .id(Id::new("web-quota"))
        .wrong(wrong);
    let domains = check(create_domains, t!("web-domains"), None, on_domains);
    let mut lines = column![
        row![
            labelled(t!("web-quota"), field),
            container(domains).padding([6, 0]).width(Fill)
        ]
        .spacing(16)
        .align_y(Bottom)
    ]
    .spacing(6);
    if wrong {
        lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("web-quota-wrong")));
    }
    lines.into()
}
