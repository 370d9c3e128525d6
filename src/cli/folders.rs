//! What becomes of the folders' names, as a person should see it before anything is copied.
//!
//! Promises: every folder that is left out, or whose name changes for a reason of its own, has its line; those that
//! only take over the destination's separator and prefix share one.

use super::out;
use crate::engine::survey::FolderCheck;
use crate::i18n;
use crate::t;

/// The lines for the folders of one mailbox.
pub(super) fn lines(folders: &[FolderCheck]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut usual: Vec<(&str, &str)> = Vec::new();
    for folder in folders {
        let notes: Vec<String> = folder.notes.iter().filter_map(|note| words(note)).collect();
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!("  ({})", notes.join(", "))
        };
        let origin = out::tame(&folder.origin);
        let text = match &folder.destination {
            None => t!("cli-check-left-out", folder = origin),
            Some(destination) if !notes.is_empty() => {
                format!("{origin} → {}", out::tame(destination))
            }
            Some(destination) => {
                if *destination != folder.origin {
                    usual.push((&folder.origin, destination));
                }
                continue;
            }
        };
        lines.push(format!("{text}{}", out::ink(out::Ink::Faint, &notes)));
    }
    // The deepest name shows most.
    let example = usual
        .iter()
        .max_by_key(|(origin, _)| origin.matches(['/', '.']).count());
    if let Some((from, to)) = example {
        let count = usual.len() as u64;
        lines.push(t!(
            "cli-check-other-folders",
            count = count,
            number = i18n::number(count),
            from = out::tame(from),
            to = out::tame(to),
        ));
    }
    lines
}

/// What the engine notes about a name; nothing where it is of no interest here.
fn words(note: &str) -> Option<String> {
    Some(match note {
        "role" | "recorded" => return None,
        "renamed:spaces" => t!("cli-note-spaces"),
        "renamed:empty" => t!("cli-note-empty"),
        "renamed:reserved" => t!("cli-note-reserved"),
        "renamed:undecodable" => t!("cli-note-undecodable"),
        "renamed:language" => t!("cli-note-language"),
        "renamed:taken" => t!("cli-note-taken"),
        "renamed:separator" => t!("cli-note-separator"),
        "renamed:case" => t!("cli-note-case"),
        "renamed:characters" => t!("cli-note-characters"),
        "renamed:flattened" => t!("cli-note-flattened"),
        "merged" => t!("cli-note-merged"),
        "role-taken" => t!("cli-note-role-taken"),
        "chosen" => t!("cli-note-chosen"),
        "container" => t!("cli-note-container"),
        "view" => t!("cli-note-view"),
        "duplicate" => t!("cli-note-duplicate"),
        "foreign" => t!("cli-note-foreign"),
        other => match other.strip_prefix("pattern:") {
            Some(pattern) => t!("cli-note-pattern", pattern = out::tame(pattern)),
            None => out::tame(other),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(origin: &str, destination: Option<&str>, notes: &[&str]) -> FolderCheck {
        FolderCheck {
            origin: origin.to_owned(),
            destination: destination.map(str::to_owned),
            create: true,
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
            messages: 0,
            octets: None,
        }
    }

    #[test]
    fn only_what_is_unexpected_has_a_line_of_its_own() {
        let lines = lines(&[
            folder("INBOX", Some("INBOX"), &["role"]),
            folder("A", Some("INBOX.A"), &[]),
            folder("A/B", Some("INBOX.A.B"), &[]),
            folder("C.D", Some("INBOX.C_D"), &["renamed:separator"]),
            folder("Spam", None, &["pattern:Sp*"]),
        ]);
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].starts_with("C.D → INBOX.C_D"), "{lines:?}");
        assert!(
            lines[1].contains("Spam") && lines[1].contains("Sp*"),
            "{lines:?}"
        );
        assert!(
            lines[2].starts_with("2 ") && lines[2].contains("INBOX.A.B"),
            "{lines:?}"
        );
    }
}
