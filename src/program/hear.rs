//! What a program writes: an answer that is kept, or lines that go into the log.
//!
//! Promises: everything is read, so that nobody waits for a reader; no more than a bound is kept; no line is shown with
//! a secret the program was told.

use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::secret::Forms;

/// Most of an answer, in octets.
pub(super) const LARGEST_ANSWER: usize = 1 << 20;

/// Most of a line that is heard, in octets.
const LONGEST_LINE: usize = 4 << 10;

/// Lines of one run and stream that go into the log.
const LOGGED_LINES: usize = 500;

/// The standard output of a program that answers.
#[derive(Default)]
pub(super) struct Answer {
    octets: Zeroizing<Vec<u8>>,
    /// There was more.
    pub(super) cut: bool,
}

impl Answer {
    pub(super) async fn hear(&mut self, pipe: Option<impl AsyncRead + Unpin>) {
        let Some(mut pipe) = pipe else { return };
        let mut block = Zeroizing::new(vec![0; 8192]);
        while let Ok(count @ 1..) = pipe.read(&mut block).await {
            let room = LARGEST_ANSWER.saturating_sub(self.octets.len());
            self.octets.extend(&block[..count.min(room)]);
            // It is read on all the same: nobody waits for a reader that does not come.
            self.cut |= count > room;
        }
    }

    pub(super) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(String::from_utf8_lossy(&self.octets).into_owned())
    }

    /// Its last line that is not empty, scrubbed.
    pub(super) fn last(&self, forms: &Forms) -> String {
        let text = self.text();
        let mut lines = text.lines().map(str::trim);
        let last = lines.rfind(|line| !line.is_empty()).unwrap_or_default();
        let start: String = forms.hide(last).chars().take(LONGEST_LINE / 4).collect();
        start
    }
}

/// Lines that go into the log as they come.
pub(super) struct Lines<'a> {
    name: &'a str,
    forms: &'a Forms,
    line: Zeroizing<Vec<u8>>,
    cut: bool,
    heard: usize,
    /// The last that was not empty, scrubbed.
    pub(super) last: String,
}

impl<'a> Lines<'a> {
    pub(super) fn new(name: &'a str, forms: &'a Forms) -> Self {
        Self {
            name,
            forms,
            line: Zeroizing::default(),
            cut: false,
            heard: 0,
            last: String::new(),
        }
    }

    pub(super) async fn hear(&mut self, pipe: Option<impl AsyncRead + Unpin>) {
        let Some(mut pipe) = pipe else { return };
        let mut block = Zeroizing::new(vec![0; 8192]);
        while let Ok(count @ 1..) = pipe.read(&mut block).await {
            for octet in &block[..count] {
                match octet {
                    b'\n' => self.end(),
                    _ if self.line.len() < LONGEST_LINE + self.forms.longest() => {
                        self.line.push(*octet);
                    }
                    _ => self.cut = true,
                }
            }
        }
    }

    /// A line has ended, or everything has.
    pub(super) fn end(&mut self) {
        let text = Zeroizing::new(String::from_utf8_lossy(&self.line).into_owned());
        let mut text = self.forms.hide(text.trim_end());
        if self.cut {
            // Its last octets may be the beginning of a secret that was not recognised.
            let end = text.len().saturating_sub(self.forms.longest());
            text.truncate(text.floor_char_boundary(end));
        }
        self.line.clear();
        self.cut = false;
        if text.trim().is_empty() {
            return;
        }
        self.heard += 1;
        if self.heard <= LOGGED_LINES {
            tracing::info!("{}: {text}", self.name);
        } else if self.heard == LOGGED_LINES + 1 {
            tracing::warn!("{}: more than {LOGGED_LINES} lines", self.name);
        }
        self.last = text;
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[tokio::test]
    async fn a_line_too_long_does_not_end_within_a_secret() {
        let secret = SecretString::from("correct horse");
        let forms = Forms::of(&[&secret]);
        for before in LONGEST_LINE - 5..LONGEST_LINE + 60 {
            let mut lines = Lines::new("x", &forms);
            let text = format!(
                "{}correct horse{}\nend\n",
                "x".repeat(before),
                "y".repeat(99)
            );
            lines.hear(Some(text.as_bytes())).await;
            assert_eq!(lines.last, "end");
            let mut lines = Lines::new("x", &forms);
            lines
                .hear(Some(text.split('\n').next().unwrap().as_bytes()))
                .await;
            lines.end();
            assert!(!lines.last.contains("cor"), "{before}: {}", lines.last);
        }
    }
}
