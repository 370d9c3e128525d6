//! How it stands with the list, in the line at the lower left.

use super::{State, words};
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Status;
use crate::ui::widget::Tone;

impl State {
    pub(super) fn status(&self, session: &Session) -> Status {
        let counts = &self.counts;
        if self.reading.is_some() {
            return Status::busy(t!("users-reading"));
        }
        if self.proofs.is_running() {
            let (done, all) = self.proofs.done();
            return Status::busy(words::verifying(done, all));
        }
        if !self.removed.is_empty() {
            return Status::new(Tone::Neutral, words::removed(self.removed.len()));
        }
        if self.edit.is_some() {
            return Status::new(Tone::Neutral, t!("users-editing"));
        }
        if session.draft.entries.is_empty() {
            return Status::new(Tone::Neutral, t!("users-status-empty"));
        }
        if counts.locked > 0 {
            let status = Status::new(Tone::Warn, t!("users-status-locked"));
            return status.icon(Icon::LOCK_KEYHOLE);
        }
        if counts.chosen == 0 {
            let tone = if counts.wrong() > 0 {
                Tone::Warn
            } else {
                Tone::Neutral
            };
            return Status::new(tone, t!("users-status-none"));
        }
        if counts.wrong() > 0 {
            return Status::new(Tone::Warn, words::left_out(counts.wrong()));
        }
        if counts.unproven == 0 {
            return Status::ok(t!("users-status-good"));
        }
        Status::new(Tone::Neutral, words::unproven(counts.unproven))
    }
}
