//! What is said in words about a folder: where it goes, and what is not evident from the two names.
//!
//! Promises: a folder that shares its destination, loses to a rule or gets another name is never without its remark.
//! Deliberately absent: rows, which the card lays out.

use std::collections::BTreeSet;

use super::super::folders::{Changed, Place, Row, Why};
use crate::i18n;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::theme::Role as Ink;

/// A remark: its icon, the icon's ink, the words.
pub(super) type Remark = (Icon, Ink, String);

/// A path as people read it.
pub(super) fn place_words(path: &str) -> String {
    if path.eq_ignore_ascii_case(super::super::folders::INBOX) {
        t!("folders-inbox")
    } else {
        path.to_owned()
    }
}

/// What is not evident from the two names.
pub(super) fn remarks(folder: &Row) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    remarks.extend(merged(&folder.merged));
    match &folder.place {
        Place::Out(Why::Pattern(pattern)) => {
            let words = t!("folders-by-rule", pattern = pattern.as_str());
            remarks.push((Icon::INFO, |t| t.ink_3, words));
        }
        Place::Out(Why::View) => {
            remarks.push((Icon::INFO, |t| t.ink_3, t!("folders-view")));
        }
        Place::Out(Why::Twin) => remarks.push((Icon::INFO, |t| t.ink_3, t!("folders-twin"))),
        Place::Out(Why::Foreign) => {
            remarks.push((Icon::INFO, |t| t.ink_3, t!("folders-foreign")));
        }
        Place::To(_) | Place::Out(Why::Chosen) => {
            if let Some(changed) = folder.changed.filter(|_| folder.is_copied()) {
                remarks.push((Icon::PENCIL, |t| t.warn_icon, changed_words(changed)));
            }
            if folder.varies && folder.is_copied() {
                remarks.push((Icon::INFO, |t| t.ink_3, t!("folders-varies")));
            }
        }
    }
    remarks
}

pub(super) fn merged(with: &BTreeSet<String>) -> Option<Remark> {
    let mut names = with.iter();
    let first = names.next()?;
    let more = names.len() as u64;
    let words = if more == 0 {
        t!("folders-merged", name = first.as_str())
    } else {
        t!(
            "folders-merged-more",
            name = first.as_str(),
            count = more,
            number = i18n::number(more)
        )
    };
    Some((Icon::WAYPOINTS, |t| t.warn_icon, words))
}

fn changed_words(changed: Changed) -> String {
    match changed {
        Changed::Characters => t!("folders-changed-characters"),
        Changed::Separator => t!("folders-changed-separator"),
        Changed::Case => t!("folders-changed-case"),
        Changed::Levels => t!("folders-changed-levels"),
        Changed::Taken => t!("folders-changed-taken"),
        Changed::Reserved => t!("folders-changed-reserved"),
        Changed::Unreadable => t!("folders-changed-unreadable"),
        Changed::Spaces => t!("folders-changed-spaces"),
    }
}
