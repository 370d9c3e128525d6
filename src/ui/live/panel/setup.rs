//! What was done to the account at the destination besides its messages, as the journal has it.
//!
//! Promises: an account that may be made only in part is told as such, with what to do; one that is held is told until
//! it is released. Deliberately absent: doing anything about it.

use iced::Element;
use iced::widget::column;

use super::super::Message;
use crate::i18n::Words;
use crate::journal::{Setup, SetupRow};
use crate::provision::Difference;
use crate::report::accounts::difference;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::theme::Role;
use crate::ui::widget::hint;

/// One thing there is to say: its icon, its colour, its words.
pub(super) type Line = (Icon, Role, String);

const WELL: Role = |t| t.ok;
const DOUBT: Role = |t| t.warn_icon;
const PLAIN: Role = |t| t.ink_3;

/// What there is to say; `working`: its mailbox is being moved.
pub(super) fn lines(row: &SetupRow, working: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    match row.state {
        Setup::None => {}
        Setup::Making if working => {
            lines.push((Icon::LOADER_CIRCLE, PLAIN, t!("live-setup-making")));
        }
        Setup::Making | Setup::HalfMade => {
            lines.push((Icon::TRIANGLE_ALERT, DOUBT, t!("live-setup-half-made")));
        }
        Setup::Made => lines.push((Icon::CHECK, WELL, t!("live-setup-made"))),
        Setup::Existed => lines.push((Icon::INFO, PLAIN, t!("live-setup-existed"))),
    }
    if row.password {
        lines.push((Icon::KEY_ROUND, WELL, t!("live-setup-password")));
    }
    let differences: Vec<Difference> = serde_json::from_str(&row.differences).unwrap_or_default();
    for one in &differences {
        let words = t!("live-setup-differs", what = difference(one));
        lines.push((Icon::TRIANGLE_ALERT, DOUBT, words));
    }
    if let Some(kind) = &row.trouble {
        let words = Words::current().trouble(kind);
        lines.push((Icon::CIRCLE_X, |t| t.bad, words));
    }
    if row.held.is_some() {
        lines.push(if working {
            (Icon::HOURGLASS, PLAIN, t!("live-setup-held-now"))
        } else {
            (Icon::HOURGLASS, DOUBT, t!("live-setup-held"))
        });
    }
    lines
}

/// The same, shown; nothing where nothing was done.
pub(super) fn block<'a>(row: &SetupRow, working: bool) -> Option<Element<'a, Message>> {
    let lines = lines(row, working);
    if lines.is_empty() {
        return None;
    }
    let mut block = column![].spacing(4);
    for (icon, role, words) in lines {
        block = block.push(hint(icon, role, words));
    }
    Some(block.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    async fn said(state: Setup, trouble: Option<&str>, held: bool, working: bool) -> Vec<String> {
        let journal = Journal::in_memory().unwrap();
        let anna = journal.account("a".into(), "a@new".into()).await.unwrap();
        journal.set_up(anna, state, String::new()).await.unwrap();
        if let Some(kind) = trouble {
            let failed = journal.set_up_failed(anna, None, kind.into(), String::new());
            failed.await.unwrap();
        }
        let how = held.then(|| String::from("0"));
        journal.hold(anna, how).await.unwrap();
        let row = journal.setup(anna).await.unwrap().unwrap();
        let lines = lines(&row, working);
        lines.into_iter().map(|(.., words)| words).collect()
    }

    #[tokio::test]
    async fn an_account_made_in_part_is_never_called_made() {
        let half = said(Setup::HalfMade, Some("password-policy"), false, false).await;
        let policy = Words::current().trouble("password-policy");
        assert_eq!(half, [t!("live-setup-half-made"), policy]);
        let crashed = said(Setup::Making, None, false, false).await;
        assert_eq!(crashed, [t!("live-setup-half-made")]);
        let made = said(Setup::Made, None, false, false).await;
        assert_eq!(made, [t!("live-setup-made")]);
    }

    #[tokio::test]
    async fn an_account_held_after_its_copy_is_told_otherwise_than_one_being_copied() {
        let now = said(Setup::Existed, None, true, true).await;
        let later = said(Setup::Existed, None, true, false).await;
        assert_eq!(now, [t!("live-setup-existed"), t!("live-setup-held-now")]);
        assert_eq!(later, [t!("live-setup-existed"), t!("live-setup-held")]);
    }
}
