//! The two streams: results on the standard output, everything else on the standard error.
//!
//! Promises: a reader that went away (`| head`) is no error; colour only on a terminal, never with `NO_COLOR`.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

/// How a text is to stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// A heading.
    Bold,
    /// All is well.
    Green,
    /// Worth a look.
    Yellow,
    /// Wrong.
    Red,
    /// Less important.
    Faint,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Green => "32",
            Self::Yellow => "33",
            Self::Red => "31",
            Self::Faint => "2",
        }
    }
}

/// A line of the result.
pub(super) fn line(text: &str) {
    // Whoever reads may have gone: then there is nobody to tell.
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// A line beside the result: a warning, an error, what goes on.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A text for [`line`], coloured where that can be seen.
pub(super) fn ink(ink: Ink, text: &str) -> String {
    paint(ink, text, io::stdout().is_terminal())
}

/// A text for [`note`], coloured where that can be seen.
pub(super) fn note_ink(ink: Ink, text: &str) -> String {
    paint(ink, text, io::stderr().is_terminal())
}

fn paint(ink: Ink, text: &str, terminal: bool) -> String {
    if terminal && colours() {
        format!("\u{1b}[{}m{text}\u{1b}[0m", ink.code())
    } else {
        text.to_owned()
    }
}

/// Whether the operator wants colours (<https://no-color.org>).
pub(super) fn colours() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A text from a server, made harmless for a terminal.
pub(super) fn tame(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                '\u{FFFD}'
            } else {
                character
            }
        })
        .collect()
}

/// A path as it can be pasted into a command: bare where every shell reads it as it is, else in quotes.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || "._/-+:@%,=".contains(c) || (cfg!(windows) && c == '\\')
    };
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else if cfg!(windows) {
        // A backslash before the closing quote would take it away.
        let end = text.len() - text.trim_end_matches('\\').len();
        format!("\"{text}{}\"", "\\".repeat(end))
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A text filled up with blanks to a width, counted in characters.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

/// Rows in columns: the first `texts` to the left, the numbers to the right.
pub(super) fn table(rows: &[Vec<String>], texts: usize) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<_> = cells
            .map(|(column, (cell, width))| {
                if column < texts {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_path_can_be_pasted() {
        for (path, shown) in [
            ("ditta", "ditta"),
            ("/srv/a-b_c.d/e", "/srv/a-b_c.d/e"),
            ("la ditta", "'la ditta'"),
            ("città", "'città'"),
            ("dell'anna", r"'dell'\''anna'"),
            ("~x", "'~x'"),
        ] {
            assert_eq!(quoted(Path::new(path)), shown);
        }
    }
}
