//! The records the DNS answered with, to be compared with those that should be there.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::dns::{Dkim, Dmarc, Facts, Line, Spf};
use super::look::Looked;
use super::{Message, cutover, parts};
use crate::i18n;
use crate::t;
use crate::ui::dates;
use crate::ui::draft::Item;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MONO, REGULAR, SEMIBOLD, say};
use crate::ui::widget::{button, dialog, hairline, hint, icon_button, link, tag};

/// What is shown of a domain for an item of the list.
pub fn lines(facts: &Facts, item: Item) -> &[Line] {
    match item {
        Item::Mx => &facts.exchange_records,
        Item::Autodiscover => &facts.settings_records,
        Item::Signatures => &facts.signature_records,
        Item::Webmail | Item::Clients | Item::OldServer => &[],
    }
}

/// Whether there is anything to be shown.
pub fn is_any(looked: &Looked, item: Item) -> bool {
    item == Item::Signatures && looked.facts.iter().any(|facts| !facts.is_silent())
        || looked
            .facts
            .iter()
            .any(|facts| !lines(facts, item).is_empty())
}

/// The panel.
pub fn view(looked: &Looked, item: Item, pane: Pane) -> Element<'_, Message> {
    let when = t!("finish-records-about", when = dates::full(looked.at));
    let words = column![
        say(cutover::title(item), 17, SEMIBOLD, |t| t.ink),
        say(when, 12, REGULAR, |t| t.ink_3),
    ]
    .width(Fill);
    let close = icon_button(Icon::X, t!("ui-close"), Message::Close);
    let head = container(row![words, close].spacing(16)).padding(Padding::from([14, 20]));
    let mut domains = column![].spacing(20);
    for facts in &looked.facts {
        domains = domains.push(domain(facts, item));
    }
    if looked.others > 0 {
        let count = looked.others as u64;
        let words = t!(
            "finish-records-others",
            count = count,
            number = i18n::number(count)
        );
        domains = domains.push(hint(Icon::INFO, |t| t.ink_3, words));
    }
    let body = parts::scroll(container(domains).padding([16, 20]))
        .width(Fill)
        .height(Fill);
    let close = button(t!("ui-close")).id(dialog::SAFE).on(Message::Close);
    let again = button(t!("finish-look-again"))
        .icon(Icon::ROTATE_CW)
        .on(Message::Look);
    let foot = row![
        Element::from(again),
        space::horizontal(),
        Element::from(close)
    ];
    let foot = container(foot)
        .padding([12, 20])
        .style(theme::card_bottom(|t| t.sunken, 11.0));
    container(column![head, hairline(), body, hairline(), foot])
        .width((pane.size.width - 80.0).min(720.0))
        .height((pane.size.height - 120.0).min(520.0))
        .padding(1)
        .style(theme::dialog)
        .into()
}

fn domain(facts: &Facts, item: Item) -> Element<'_, Message> {
    let mut content = column![say(facts.domain.as_str(), 15, SEMIBOLD, |t| t.ink)].spacing(8);
    for (role, icon, words) in cutover::findings(facts, item) {
        content = content.push(hint(icon, role, words));
    }
    let shown = lines(facts, item);
    if shown.is_empty() {
        return content
            .push(say(t!("finish-records-none"), 12, REGULAR, |t| t.ink_3))
            .into();
    }
    let mut records = column![].spacing(10);
    for (name, kind, text) in shown {
        let all = format!("{name} {kind} {text}");
        let first = row![
            tag(*kind, false),
            say(name.as_str(), 12, MONO, |t| t.ink_2)
                .wrapping(Wrapping::WordOrGlyph)
                .width(Fill),
            link(Some(Icon::COPY), t!("ui-copy"), Message::Copy(all)),
        ]
        .spacing(8)
        .align_y(Center);
        let text = say(text.as_str(), 12, MONO, |t| t.ink).wrapping(Wrapping::WordOrGlyph);
        records = records.push(column![first, text].spacing(4));
    }
    let records = container(records)
        .padding([10, 12])
        .width(Fill)
        .style(theme::framed(|t| t.sunken, |t| t.line, 8.0));
    content.push(records).into()
}

/// What is said of the three texts that vouch for a domain's mail.
pub fn signatures(facts: &Facts) -> [(bool, String); 3] {
    let spf = match facts.spf {
        Spf::Names => (true, t!("finish-spf-names")),
        Spf::Unnamed => (false, t!("finish-spf-unnamed")),
        Spf::Several => (false, t!("finish-spf-several")),
        Spf::Missing => (false, t!("finish-spf-missing")),
        Spf::Unknown => (false, t!("finish-spf-unknown")),
    };
    let dkim = match &facts.dkim {
        Dkim::Found(selectors) => {
            let selectors = selectors.join(", ");
            (true, t!("finish-dkim-found", selectors = selectors))
        }
        Dkim::Unseen => (false, t!("finish-dkim-unseen")),
        Dkim::Missing => (false, t!("finish-dkim-missing")),
        Dkim::Unknown => (false, t!("finish-dkim-unknown")),
    };
    let dmarc = match &facts.dmarc {
        Dmarc::Policy(policy) => (true, t!("finish-dmarc-policy", policy = policy.as_str())),
        Dmarc::Missing => (false, t!("finish-dmarc-missing")),
        Dmarc::Unknown => (false, t!("finish-dmarc-unknown")),
    };
    [spf, dkim, dmarc]
}
