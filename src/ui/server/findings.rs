//! What a test of the accounts at the destination found, line by line.
//!
//! The words are those of the command line (`report::accounts`); here they get an icon, an order and perhaps a button.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row};
use iced::{Element, Fill, Padding};

use crate::provision::{Fact, Finding, Setting, Weight};
use crate::report::accounts::{advice, fact};
use crate::ui::icon::Icon;
use crate::ui::theme::{REGULAR, Role, say};
use crate::ui::widget::Tone;

/// One line: what it is, then what follows from it.
pub struct Line {
    tone: Tone,
    title: String,
    about: Option<String>,
}

impl Line {
    pub fn new(tone: Tone, title: String, about: Option<String>) -> Self {
        Self { tone, title, about }
    }

    pub fn of(finding: &Finding) -> Self {
        let tone = match finding.weight {
            Weight::Good => Tone::Ok,
            Weight::Note => Tone::Neutral,
            Weight::Warning => Tone::Warn,
            Weight::Blocker => Tone::Bad,
        };
        Self::new(tone, fact(&finding.fact), advice(finding))
    }

    /// The line, with what can be done about it.
    pub fn show<'a, M: 'a>(self, deed: Option<Element<'a, M>>) -> Element<'a, M> {
        let (icon, role): (Icon, Role) = match self.tone {
            Tone::Ok => (Icon::CHECK, |t| t.ok),
            Tone::Neutral | Tone::Running => (Icon::INFO, |t| t.accent_ink),
            Tone::Warn | Tone::Bad => (self.tone.icon(), self.tone.mark()),
        };
        let title = say(self.title, 13, REGULAR, |t| t.ink).wrapping(Wrapping::WordOrGlyph);
        let mut words = column![title].width(Fill);
        if let Some(about) = self.about {
            let about = say(about, 12, REGULAR, |t| t.ink_3).wrapping(Wrapping::WordOrGlyph);
            words = words.push(about);
        }
        if let Some(deed) = deed {
            words = words.push(container(deed).padding(Padding::ZERO.top(6)));
        }
        row![
            container(icon.show(15.0, role)).padding(Padding::ZERO.top(3)),
            words
        ]
        .spacing(10)
        .into()
    }
}

/// What is to be looked at, the heaviest first; and the rest. Settings that are well are not worth a word.
pub fn split(findings: &[Finding]) -> (Vec<&Finding>, Vec<&Finding>) {
    let is_setting = |finding: &Finding| matches!(finding.fact, Fact::Setting { .. });
    let told = findings
        .iter()
        .filter(|finding| finding.weight != Weight::Good || !is_setting(finding));
    let (mut urgent, others): (Vec<_>, Vec<_>) =
        told.partition(|finding| finding.weight >= Weight::Warning);
    urgent.sort_by_key(|finding| std::cmp::Reverse(finding.weight));
    (urgent, others)
}

/// The setting that can be set to what suits the migration.
pub fn changeable(finding: &Finding) -> Option<Setting> {
    match &finding.fact {
        Fact::Setting {
            setting,
            better: Some(_),
            ..
        } if finding.weight != Weight::Good => Some(*setting),
        _ => None,
    }
}
