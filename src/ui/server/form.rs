//! What is entered: the address settings are looked up from, the connection, who logs in.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Bottom, Element, Fill, Padding};

use super::detect::usable;
use super::{Detection, Message, State};
use crate::account::{Security, Side};
use crate::discovery::{Candidate, Protocol, Source};
use crate::secrets::Source as KeySource;
use crate::t;
use crate::ui::draft::{Access, Server};
use crate::ui::icon::Icon;
use crate::ui::session::{Session, Standing};
use crate::ui::shell::Pane;
use crate::ui::theme::{self, Role, SEMIBOLD, say};
use crate::ui::widget::{
    Choice, Field, Group, Select, button, hairline, hint, labelled, link, radio, scroll,
};
use crate::users::DestinationLogin;

impl State {
    pub(super) fn detection_card<'a>(
        &'a self,
        server: &'a Server,
        pane: Pane,
    ) -> Element<'a, Message> {
        let busy = matches!(self.detection, Detection::Busy { .. });
        let can = !busy && server.hint.trim().len() > 2;
        let field = Field::new(&server.hint, Message::Hint)
            .icon(Icon::AT_SIGN)
            .placeholder(t!("server-hint-example"))
            .id(Id::new("server-hint"))
            .on_submit(can.then_some(Message::Detect));
        let look = button(t!("server-detect"))
            .icon(Icon::WAND_SPARKLES)
            .busy(busy.then_some(pane.turn))
            .on(can.then_some(Message::Detect));
        let line = row![Element::from(field), Element::from(look)].spacing(8);
        let label = match self.side {
            Side::Origin => t!("server-detect-from"),
            Side::Destination => t!("server-detect-from-new"),
        };
        let entry = container(labelled(label, line)).width(if pane.narrow() { 380 } else { 464 });
        let said = container(self.detection_words(server))
            .width(Fill)
            .padding(Padding::ZERO.bottom(6));
        container(row![entry, said].spacing(16).align_y(Bottom))
            .padding(16)
            .width(Fill)
            .style(theme::card)
            .into()
    }

    fn detection_words<'a>(&'a self, server: &'a Server) -> Element<'a, Message> {
        let (icon, role, words): (Icon, Role, String) = match &self.detection {
            Detection::None => (Icon::INFO, |t| t.ink_3, t!("server-detect-or-by-hand")),
            Detection::Busy { .. } => (Icon::HOURGLASS, |t| t.ink_3, t!("server-detecting")),
            Detection::Failed(error) => (Icon::CIRCLE_X, |t| t.bad, error_words(error)),
            Detection::Found(found, None) => {
                let oauth = found.candidates.iter().any(|candidate| candidate.oauth);
                let pop3 = |candidate: &Candidate| candidate.protocol == Protocol::Pop3;
                let words = if oauth {
                    t!("server-found-oauth")
                } else if !found.candidates.is_empty() && found.candidates.iter().all(pop3) {
                    t!("server-found-pop3")
                } else {
                    t!("server-found-nothing", domain = found.domain.as_str())
                };
                (Icon::TRIANGLE_ALERT, |t| t.warn, words)
            }
            Detection::Found(found, Some(best)) => {
                let candidate = &found.candidates[*best];
                let mut words = vec![source_words(candidate)];
                if candidate.oauth {
                    words.push(t!("server-found-oauth"));
                } else if let Some(note) =
                    candidate
                        .provider
                        .and_then(|provider| match crate::i18n::current() {
                            crate::i18n::Language::It => provider.note_it.clone(),
                            crate::i18n::Language::En => provider.note_en.clone(),
                        })
                {
                    words.push(note);
                } else {
                    words.push(t!("server-found-correct"));
                }
                let other = self.other(server);
                let line = hint(
                    Icon::CIRCLE_CHECK,
                    if candidate.oauth {
                        |t| t.warn
                    } else {
                        |t| t.ok
                    },
                    words.join(" "),
                );
                return match other {
                    None => line,
                    Some(other) => column![
                        line,
                        link(
                            Some(Icon::ARROW_RIGHT_LEFT),
                            t!("server-found-other", address = other.to_string()),
                            Message::Use(other)
                        )
                    ]
                    .spacing(4)
                    .into(),
                };
            }
        };
        hint(icon, role, words)
    }

    /// The next candidate, where the form holds the best one.
    fn other(&self, server: &Server) -> Option<crate::account::Address> {
        let Detection::Found(found, _) = &self.detection else {
            return None;
        };
        let now = server.address()?;
        let mut usable = found
            .candidates
            .iter()
            .filter(|candidate| usable(candidate))
            .map(|candidate| candidate.address.clone());
        usable.find(|address| *address != now)
    }

    pub(super) fn form<'a>(&'a self, session: &'a Session, pane: Pane) -> Element<'a, Message> {
        let server = self.server(session);
        let content = column![
            self.connection(server),
            hairline(),
            self.authentication(session, server, pane)
        ]
        .spacing(16);
        sheet(content)
    }

    fn connection<'a>(&'a self, server: &'a Server) -> Element<'a, Message> {
        let security = security_select(server, false);
        let (host, port) = mail_place(server);
        let port_wrong = server.port().is_none();
        let port = port.wrong(port_wrong || self.refused());
        let mut lines = column![
            say(t!("server-connection"), 15, SEMIBOLD, |t| t.ink),
            row![
                labelled(t!("server-host"), host).width(Fill),
                labelled(t!("server-port"), port).width(84),
            ]
            .spacing(12),
            labelled(t!("server-security"), security),
        ]
        .spacing(12);
        if port_wrong {
            lines = lines.push(hint(Icon::CIRCLE_X, |t| t.bad, t!("server-port-wrong")));
        }
        if server.security == Security::Clear {
            lines = lines.push(hint(
                Icon::TRIANGLE_ALERT,
                |t| t.warn,
                t!("server-clear-warning"),
            ));
        }
        lines.into()
    }

    fn refused(&self) -> bool {
        use crate::trouble::Kind;
        match &self.trial {
            super::Trial::Done(done) => matches!(
                done.as_ref()
                    .as_ref()
                    .map_err(|failure| failure.trouble.kind),
                Err(Kind::ConnectionRefused)
            ),
            _ => false,
        }
    }

    fn authentication<'a>(
        &'a self,
        session: &'a Session,
        server: &'a Server,
        pane: Pane,
    ) -> Element<'a, Message> {
        let each = server.access == Access::Each;
        let about_each = match self.side {
            Side::Origin => t!("server-each-about"),
            Side::Destination => t!("server-each-about-new"),
        };
        let options = row![
            container(radio(
                each,
                t!("server-each"),
                Some(about_each),
                Message::Access(Access::Each)
            ))
            .width(Fill),
            container(radio(
                !each,
                t!("server-master"),
                Some(t!("server-master-about")),
                Message::Access(Access::Master)
            ))
            .width(Fill),
        ]
        .spacing(8);
        let options = Group::new(
            options,
            Some(usize::from(!each)),
            vec![
                Message::Access(Access::Each),
                Message::Access(Access::Master),
            ],
        );
        let mut lines = column![
            say(t!("server-authentication"), 15, SEMIBOLD, |t| t.ink),
            Element::from(options),
        ]
        .spacing(12);
        let trial = Field::new(&server.trial, Message::Trial)
            .placeholder(t!("server-trial-example"))
            .id(Id::new("server-trial"));
        if each {
            let password = Field::new(&self.password, Message::Password)
                .secret(self.shown, Message::Eye)
                .id(Id::new("server-password"));
            lines = lines.push(
                row![
                    labelled(t!("server-trial"), trial).width(Fill),
                    labelled(t!("server-password"), password).width(if pane.narrow() {
                        150
                    } else {
                        190
                    }),
                ]
                .spacing(12),
            );
        } else {
            let master = Field::new(&server.master, Message::Master)
                .placeholder("master")
                .id(Id::new("server-master"));
            let password = Field::new(&self.master_password, Message::MasterPassword)
                .secret(self.shown, Message::Eye)
                .id(Id::new("server-master-password"));
            let separator = Field::new(&server.separator, Message::Separator)
                .placeholder("SASL")
                .id(Id::new("server-separator"));
            lines = lines.push(
                row![
                    labelled(t!("server-master-user"), master).width(Fill),
                    labelled(t!("server-master-password"), password).width(Fill),
                ]
                .spacing(12),
            );
            lines = lines.push(
                row![
                    labelled(t!("server-trial"), trial).width(Fill),
                    labelled(t!("server-separator"), separator).width(110),
                ]
                .spacing(12),
            );
            let example = if server.separator.is_empty() {
                t!("server-separator-sasl")
            } else {
                t!(
                    "server-separator-about",
                    login = format!("anna{}{}", server.separator, server.master.trim())
                )
            };
            lines = lines.push(hint(Icon::INFO, |t| t.ink_3, example));
        }
        lines = lines.push(keeping(session));
        if self.side == Side::Destination {
            lines = lines.push(login_form(session));
        }
        lines.into()
    }
}

/// A form on the card at the left, scrolled where it is too long.
pub(super) fn sheet<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let content = scroll(container(content).padding(16));
    container(content)
        .width(Fill)
        .height(Fill)
        .padding(1)
        .style(theme::card)
        .into()
}

/// Where the server's mail is spoken to: host and port.
pub(super) fn mail_place(server: &Server) -> (Field<'_, Message>, Field<'_, Message>) {
    let host = Field::new(&server.host, Message::Host)
        .placeholder(t!("server-host-example"))
        .id(Id::new("server-host"))
        .error(server.has_wrong_host().then(|| t!("server-host-wrong")));
    let port = Field::new(&server.port, Message::Port)
        .id(Id::new("server-port"))
        .wrong(server.port().is_none());
    (host, port)
}

/// What becomes of the password that is entered.
pub(in crate::ui) fn keeping<'a, M: 'a>(session: &Session) -> Element<'a, M> {
    let words = match session.keeper.standing() {
        Standing::Open(KeySource::Session) => {
            return hint(Icon::TRIANGLE_ALERT, |t| t.warn, t!("secrets-session"));
        }
        Standing::Failed(error) => {
            let words = t!("secrets-failed", detail = error.to_string());
            return hint(Icon::CIRCLE_X, |t| t.bad, words);
        }
        Standing::Wanted(_) => {
            return hint(Icon::TRIANGLE_ALERT, |t| t.warn, t!("secrets-wanted"));
        }
        Standing::Open(KeySource::Passphrase) => t!("secrets-passphrase"),
        Standing::Closed | Standing::Opening | Standing::Open(KeySource::Keyring) => {
            t!("secrets-keyring")
        }
    };
    hint(Icon::LOCK_KEYHOLE, |t| t.ink_3, words)
}

/// How the connection is protected; `named`: with the protocol before it.
pub(super) fn security_select(server: &Server, named: bool) -> Select<Message> {
    let kinds = [
        (Security::Tls, Icon::LOCK, t!("server-security-tls")),
        (
            Security::StartTls,
            Icon::LOCK_OPEN,
            t!("server-security-starttls"),
        ),
        (
            Security::Clear,
            Icon::TRIANGLE_ALERT,
            t!("server-security-clear"),
        ),
    ];
    let chosen = kinds.iter().position(|kind| kind.0 == server.security);
    let choices = kinds.into_iter().map(|(security, icon, words)| {
        let words = if named {
            t!("web-protocol-of", security = words)
        } else {
            words
        };
        Choice::new(words, Message::Security(security)).icon(icon)
    });
    Select::new(choices.collect(), chosen).id(Id::new("server-security"))
}

pub(super) fn login_form<'a>(session: &Session) -> Element<'a, Message> {
    let forms = [
        (DestinationLogin::Address, t!("destination-login-address")),
        (DestinationLogin::Login, t!("destination-login-same")),
        (DestinationLogin::Localpart, t!("destination-login-local")),
    ];
    let chosen = forms
        .iter()
        .position(|(form, _)| *form == session.draft.destination_login);
    let choices = forms
        .into_iter()
        .map(|(form, words)| Choice::new(words, Message::Form(form)))
        .collect();
    let select = Select::new(choices, chosen).id(Id::new("destination-login"));
    container(labelled(t!("destination-login"), select))
        .padding(Padding::ZERO.top(4))
        .into()
}

/// Where settings came from.
fn source_words(candidate: &Candidate) -> String {
    match &candidate.source {
        Source::Srv { record } => t!("server-found-srv", record = record.as_str()),
        Source::Autoconfig { url, .. } => {
            let host = url.split('/').nth(2).unwrap_or(url).to_owned();
            t!("server-found-autoconfig", host = host)
        }
        Source::Provider | Source::Mx { .. } => {
            let name = candidate.provider.map_or_else(
                || candidate.address.host.clone(),
                |provider| provider.name.clone(),
            );
            t!("server-found-provider", name = name)
        }
        Source::Probe { .. } => t!("server-found-probe"),
    }
}

fn error_words(error: &crate::discovery::Error) -> String {
    match error {
        crate::discovery::Error::NotAnAddress => t!("server-hint-wrong"),
        other => t!("server-detect-failed", detail = other.to_string()),
    }
}
