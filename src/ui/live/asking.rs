//! Something that is asked again and again while it is looked at: the journal, the log.
//!
//! Promises: one question at a time; an answer to an earlier one is known as such; leaving ends the asking.

use std::time::Duration;

use iced::{Task, task};

use super::Message;

/// A question that may be under way.
#[derive(Debug, Default)]
pub(super) struct Asking {
    attempt: u64,
    task: Option<task::Handle>,
}

impl Asking {
    /// Whether an answer is awaited.
    pub(super) fn is_on(&self) -> bool {
        self.task.is_some()
    }

    /// Asks, after a pause.
    pub(super) fn ask<T: Send + 'static>(
        &mut self,
        pause: Duration,
        work: impl Future<Output = T> + Send + 'static,
        answer: impl Fn(u64, T) -> Message + Send + 'static,
    ) -> Task<Message> {
        self.attempt += 1;
        let attempt = self.attempt;
        let asking = async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            work.await
        };
        let (task, handle) =
            Task::perform(asking, move |answered| answer(attempt, answered)).abortable();
        self.task = Some(handle.abort_on_drop());
        task
    }

    /// Takes an answer; says whether it is the one awaited.
    pub(super) fn answered(&mut self, attempt: u64) -> bool {
        let awaited = attempt == self.attempt && self.task.is_some();
        if awaited {
            self.task = None;
        }
        awaited
    }

    /// Nobody looks any more.
    pub(super) fn stop(&mut self) {
        self.task = None;
    }
}
