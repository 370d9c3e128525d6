//! Names a server will take: one level at a time beforehand, and the whole name again after a refusal.
//!
//! Nothing here looks at other folders except to avoid a name that is taken.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::letters::ascii;
use super::{Mapping, Note, Rename, Rules};
use crate::imap::name::FolderName;

/// Another name for a folder whose own the destination refuses; `attempt` counts from 0, and `None` is the end.
///
/// Each attempt gives up more: odd characters and spaces, then emoji, then accents, then the whole name
/// (`Cartella-1a2b3c4d`). Levels that are in `taken`, and so exist, stay as they are. `taken` holds every name of the
/// destination that exists or is promised; none of them is returned.
pub fn fallback(
    mapping: &Mapping,
    attempt: u32,
    taken: &BTreeSet<FolderName>,
) -> Option<FolderName> {
    let levels = Levels::new(mapping, taken);
    let mut names: Vec<FolderName> = Vec::new();
    for stage in [tame as fn(&str) -> String, without_emoji, in_ascii] {
        if let Some(name) = levels.free(stage, taken)
            && name != mapping.destination
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    let hash = Sha256::digest(mapping.origin.wire());
    let hash = hash
        .iter()
        .take(4)
        .fold(0_u32, |hash, octet| hash << 8 | u32::from(*octet));
    names.push(levels.last_resort(&format!("Cartella-{hash:08x}"), taken));
    names.into_iter().nth(usize::try_from(attempt).ok()?)
}

/// Where a folder goes once a folder above it went to `new` instead of `old`; `None` when it is not below `old`.
pub fn rebase(mapping: &Mapping, old: &FolderName, new: &FolderName) -> Option<FolderName> {
    let split = |name: &FolderName| name.split(mapping.separator);
    let levels = split(&mapping.destination);
    let below = levels
        .strip_prefix(split(old).as_slice())
        .filter(|below| !below.is_empty())?;
    let levels: Vec<String> = split(new)
        .iter()
        .chain(below)
        .map(FolderName::guess)
        .collect();
    Some(FolderName::from_text(&join(
        &levels,
        mapping.separator.map(char::from),
    )))
}

/// One level of a name made fit for the destination, and what had to be done.
pub(super) fn component(name: &str, separator: Option<u8>, rules: &Rules) -> (String, Vec<Note>) {
    let separator = separator.map(char::from);
    let refused = |c: char| {
        c.is_control() || rules.forbidden.contains(&c) || (!rules.emoji && c > '\u{ffff}')
    };
    let filler = ['_', '-']
        .into_iter()
        .find(|&c| Some(c) != separator && !refused(c))
        .unwrap_or('x');
    let mut notes = Vec::new();
    let mut note = |note: Note| {
        if !notes.contains(&note) {
            notes.push(note);
        }
    };
    let mut clean = String::with_capacity(name.len());
    for c in name.chars() {
        if Some(c) == separator {
            clean.push(filler);
            note(Note::SeparatorReplaced);
        } else if refused(c) {
            // An emoji is dropped, a character between others leaves a mark.
            if c <= '\u{ffff}' || rules.forbidden.contains(&c) {
                clean.push(filler);
            }
            note(Note::IllegalReplaced);
        } else {
            clean.push(c);
        }
    }
    let trimmed = clean.trim();
    if trimmed.len() != clean.len() {
        note(Note::Renamed {
            why: Rename::Spaces,
        });
    }
    if trimmed.is_empty() {
        note(Note::Renamed { why: Rename::Empty });
        return (filler.to_string(), notes);
    }
    if trimmed == "." || trimmed == ".." {
        note(Note::IllegalReplaced);
        return (filler.to_string().repeat(trimmed.len()), notes);
    }
    (trimmed.to_owned(), notes)
}

struct Levels {
    kept: Vec<String>,
    changed: Vec<String>,
    separator: Option<char>,
}

impl Levels {
    fn new(mapping: &Mapping, taken: &BTreeSet<FolderName>) -> Self {
        let separator = mapping.separator.map(char::from);
        let mut kept: Vec<String> = mapping
            .destination
            .split(mapping.separator)
            .iter()
            .map(FolderName::guess)
            .collect();
        let exists = |levels: &[String]| {
            let name = FolderName::from_text(&join(levels, separator));
            name.is_inbox() || taken.contains(&name)
        };
        let existing = (1..kept.len())
            .rev()
            .find(|&depth| exists(&kept[..depth]))
            .unwrap_or(0);
        let changed = kept.split_off(existing);
        Self {
            kept,
            changed,
            separator,
        }
    }

    /// The name after `stage` has gone over the changeable levels; `None` when it leaves nothing to read of one.
    fn free(&self, stage: fn(&str) -> String, taken: &BTreeSet<FolderName>) -> Option<FolderName> {
        let mut levels = self.kept.clone();
        for level in &self.changed {
            let mut level = stage(level);
            if let Some(separator) = self.separator {
                level = level.replace(separator, self.joint());
            }
            if !level.contains(char::is_alphanumeric) {
                return None;
            }
            levels.push(level);
        }
        Some(self.numbered(levels, taken))
    }

    fn last_resort(&self, level: &str, taken: &BTreeSet<FolderName>) -> FolderName {
        self.numbered(
            self.kept
                .iter()
                .cloned()
                .chain([level.to_owned()])
                .collect(),
            taken,
        )
    }

    fn joint(&self) -> &'static str {
        if self.separator == Some('-') {
            "_"
        } else {
            "-"
        }
    }

    fn numbered(&self, mut levels: Vec<String>, taken: &BTreeSet<FolderName>) -> FolderName {
        let is_taken = |name: &FolderName| {
            let text = name.guess().to_lowercase();
            name.is_inbox()
                || taken
                    .iter()
                    .any(|other| other.guess().to_lowercase() == text)
        };
        let last = levels.pop().unwrap_or_default();
        let mut number = 1_u32;
        loop {
            levels.push(if number == 1 {
                last.clone()
            } else {
                format!("{last}{}{number}", self.joint())
            });
            let name = FolderName::from_text(&join(&levels, self.separator));
            if !is_taken(&name) {
                return name;
            }
            let _ = levels.pop();
            number += 1;
        }
    }
}

fn join(levels: &[String], separator: Option<char>) -> String {
    levels.join(&separator.map(String::from).unwrap_or_default())
}

/// Letters, digits and quiet punctuation; no dots or spaces at the ends.
fn tame(level: &str) -> String {
    let tame: String = level
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| match c {
            '-' | '_' | '(' | ')' | '\'' | ',' | '.' | '+' => c,
            c if c.is_control() || c.is_ascii_punctuation() => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    tame.trim_matches([' ', '.']).to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn without_emoji(level: &str) -> String {
    let tame = tame(level);
    let kept: String = tame
        .chars()
        .filter(|&c| c <= '\u{ffff}' && (c.is_alphanumeric() || !is_symbol(c)))
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}')
}

fn in_ascii(level: &str) -> String {
    let mut plain = String::with_capacity(level.len());
    for c in without_emoji(level).chars() {
        match ascii(c) {
            _ if c.is_ascii() => plain.push(c),
            Some(letters) => plain.push_str(letters),
            None => plain.push('_'),
        }
    }
    plain.trim_matches([' ', '.']).to_owned()
}
