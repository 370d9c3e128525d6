//! What a test of the destination's accounts found, in lines of text.

use super::out;
use crate::provision::{Fact, Finding, Setting, Weight};
use crate::report::accounts::{advice, fact};
use crate::t;

/// One finding: what it is, then what to do.
pub(super) fn line(finding: &Finding) -> String {
    let (mark, ink) = match finding.weight {
        Weight::Good => (t!("cli-finding-good"), out::Ink::Green),
        Weight::Note => (t!("cli-finding-note"), out::Ink::Bold),
        Weight::Warning => (t!("cli-warning"), out::Ink::Yellow),
        Weight::Blocker => (t!("cli-finding-blocker"), out::Ink::Red),
    };
    let head = format!(
        "{} {}",
        out::ink(ink, &mark),
        out::tame(&fact(&finding.fact))
    );
    match advice(finding) {
        Some(advice) => format!("{head}\n    {}", out::tame(&advice)),
        None => head,
    }
}

/// The settings that could be set to what suits the migration.
pub(super) fn to_put_right(findings: &[Finding]) -> Vec<Setting> {
    let each = findings.iter().filter_map(|finding| match &finding.fact {
        Fact::Setting {
            setting,
            better: Some(_),
            ..
        } => Some(*setting),
        _ => None,
    });
    each.collect()
}
