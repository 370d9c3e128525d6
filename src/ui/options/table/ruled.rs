//! The rules for folders that stand for themselves: their rows, and the one that is being written.
//!
//! Promises: a rule that would do nothing says so before it can be added. Deliberately absent: what a rule does, which
//! the folders know.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding};

use super::super::folders::Rule;
use super::super::rules::{Editor, EditorFault, RULE, Say};
use super::remarks::{merged, place_words};
use super::{count, noted, wide};
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, REGULAR, Role as Ink};
use crate::ui::widget::{Elide, Field, button, hint, icon_button, segments};

/// A rule that stands for itself.
pub(super) fn ruled<'a>(index: usize, rule: &Rule, pane: Pane) -> Element<'a, Say> {
    let place = match &rule.to {
        Some(path) => place_words(path),
        None => t!("folders-out"),
    };
    let place = row![
        Elide::new(place, 12, REGULAR, |t| t.ink).fill(),
        icon_button(Icon::TRASH_2, t!("folders-drop"), Say::DropRule(index)),
    ]
    .spacing(2)
    .align_y(Center);
    let name = row![
        Icon::LIST_CHECKS.show(15.0, |t| t.ink_3),
        Elide::new(rule.origin.clone(), 13, MEDIUM, |t| t.ink).fill(),
    ]
    .spacing(8)
    .align_y(Center)
    .width(Fill);
    let line = row![
        space::horizontal().width(16),
        name,
        Icon::ARROW_RIGHT.show(14.0, |t| t.ink_3),
        container(place)
            .width(wide(pane))
            .padding(Padding::ZERO.left(10)),
        count(rule.accounts),
    ]
    .spacing(12)
    .align_y(Center);
    noted(line, merged(&rule.merged).into_iter().collect())
}

/// A rule that is being written.
pub(super) fn edited(editor: &Editor) -> Element<'_, Say> {
    let fault = editor.fault();
    let from = Field::new(&editor.from, Say::RuleFrom)
        .small()
        .placeholder(t!("folders-rule-from"))
        .id(RULE)
        .wrong(matches!(
            fault,
            Some(EditorFault::Pattern | EditorFault::Inbox)
        ))
        .on_submit(fault.is_none().then_some(Say::AddRule));
    let kind = segments(
        vec![
            (t!("folders-rule-to"), Say::RuleOut(false)),
            (t!("folders-out"), Say::RuleOut(true)),
        ],
        usize::from(editor.out),
        true,
    );
    let mut fields = row![Element::from(from)].spacing(8).align_y(Center);
    if !editor.out {
        let to = Field::new(&editor.to, Say::RuleTo)
            .small()
            .placeholder(t!("folders-rule-place"))
            .id(Id::new("options-rule-to"))
            .on_submit(fault.is_none().then_some(Say::AddRule));
        fields = fields
            .push(Icon::ARROW_RIGHT.show(14.0, |t| t.ink_3))
            .push(Element::from(to));
    }
    let (icon, ink, words): (Icon, Ink, String) = match fault {
        Some(EditorFault::Pattern) => (Icon::CIRCLE_X, |t| t.bad, t!("folders-rule-pattern")),
        Some(EditorFault::Inbox) => (Icon::CIRCLE_X, |t| t.bad, t!("folders-rule-inbox")),
        _ if editor.out => (Icon::INFO, |t| t.ink_3, t!("folders-rule-about-out")),
        _ => (Icon::INFO, |t| t.ink_3, t!("folders-rule-about")),
    };
    let buttons = row![
        kind,
        space::horizontal(),
        Element::from(button(t!("ui-cancel")).text().small().on(Say::CloseRule)),
        Element::from(
            button(t!("folders-rule-add"))
                .small()
                .on(fault.is_none().then_some(Say::AddRule))
        ),
    ]
    .spacing(8)
    .align_y(Center);
    container(column![fields, hint(icon, ink, words), buttons].spacing(8))
        .padding([10, 16])
        .width(Fill)
        .style(theme::ground(|t| t.sunken, 0.0))
        .into()
}
