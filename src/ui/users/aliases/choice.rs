//! Where aliases are looked for: the three access modes, what is passed over, further domains.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Element, Padding};

use super::{Aliases, Say, chosen, domains};
use crate::plan::AliasMode;
use crate::t;
use crate::ui::draft::Draft;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::users::Message;
use crate::ui::users::words::number;
use crate::ui::widget::{Field, Group, check, hint, labelled, radio};

/// The field for further domains.
const DOMAINS: Id = Id::new("aliases-domains");

impl Aliases {
    pub(super) fn choice<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let settings = &session.draft.aliases;
        let modes = [
            (
                AliasMode::Standard,
                t!("aliases-standard"),
                t!("aliases-standard-about"),
            ),
            (
                AliasMode::Username,
                t!("aliases-username"),
                t!("aliases-username-about"),
            ),
            (
                AliasMode::Extended,
                t!("aliases-extended"),
                t!("aliases-extended-about"),
            ),
        ];
        let say = |mode| Message::Aliases(Say::Mode(mode));
        let place = modes.iter().position(|(mode, ..)| *mode == settings.mode);
        let messages = modes.iter().map(|(mode, ..)| say(*mode)).collect();
        let radios = modes.map(|(mode, label, about)| {
            radio(mode == settings.mode, label, Some(about), say(mode))
        });
        let radios = Group::new(column(radios).spacing(12), place, messages);
        let extended = settings.mode == AliasMode::Extended;
        let passed = |on, label, say| {
            let message = extended.then_some(Message::Aliases(say));
            check(on, label, None, message)
        };
        let passed_over = row![
            passed(
                settings.no_x_envelope_to,
                t!("aliases-no-envelope"),
                Say::Envelope
            ),
            passed(
                settings.no_received,
                t!("aliases-no-received"),
                Say::Received
            ),
        ]
        .spacing(24);
        let wrong = domains(&self.domains).is_none();
        let field = Field::new(&self.domains, |text| Message::Aliases(Say::Domains(text)))
            .id(DOMAINS)
            .placeholder(t!("aliases-domains-example"))
            .off(settings.mode == AliasMode::Username)
            .error(wrong.then(|| t!("aliases-domains-wrong")));
        column![
            Element::from(radios),
            container(passed_over).padding(Padding::ZERO.left(26)),
            labelled(t!("aliases-domains"), field),
            hint(Icon::INFO, |t| t.ink_3, effort(&session.draft)),
        ]
        .spacing(16)
        .into()
    }
}

/// What looking for them means.
fn effort(draft: &Draft) -> String {
    let count = draft.plan().map_or(0, |plan| chosen(&plan).count());
    if count == 0 {
        return t!("aliases-nobody");
    }
    if draft.aliases.mode == AliasMode::Username {
        return t!("aliases-effort-none");
    }
    t!(
        "aliases-effort",
        count = count as u64,
        number = number(count)
    )
}
