//! What is entered goes to the disk, and passwords into the vault.
//!
//! Promises: what has rested is written, off the window's thread; what waits when the window goes is written before it
//! goes. Deliberately absent: how a vault keeps (`secrets`), what a draft holds (`draft`).

use std::path::PathBuf;
use std::time::Duration;

use iced::Task;
use secrecy::SecretString;

use super::{Message, Wizard};
use crate::secrets::Vault;
use crate::ui::session::Standing;
use crate::ui::unlock::Unlock;

/// What is entered rests this long before it is written.
const REST: Duration = Duration::from_millis(500);

impl Wizard {
    /// Something was changed: it is written when it has rested.
    pub(super) fn schedule(&mut self) -> Task<Message> {
        let changes = self.session.changes();
        if changes == self.settling
            || !(self.session.is_unwritten() || self.session.keeper.is_waiting())
        {
            return Task::none();
        }
        self.settling = changes;
        Task::perform(tokio::time::sleep(REST), move |()| Message::Settle(changes))
    }

    /// Writes draft and passwords at once, making the folder where there is none.
    pub(super) fn write_now(&mut self) -> Task<Message> {
        if self.session.demo.is_some() {
            return Task::none();
        }
        match self.session.folder() {
            Ok(None) => return Task::none(),
            Ok(Some(_)) => {}
            Err(error) => {
                self.unwritten = Some(error.to_string());
                return Task::none();
            }
        }
        let mut tasks = Vec::new();
        if let Some(order) = self.session.order() {
            let writing = async move {
                let done = tokio::task::spawn_blocking(move || order.carry_out()).await;
                match done {
                    Ok(written) => written.map_err(|error| error.to_string()),
                    Err(error) => Err(error.to_string()),
                }
            };
            tasks.push(Task::perform(writing, Message::Written));
        }
        if self.session.keeper.is_waiting() {
            tasks.push(self.keep());
        }
        Task::batch(tasks)
    }

    /// Puts passwords into the vault, opening it first where it is closed.
    pub(super) fn keep(&mut self) -> Task<Message> {
        if let Some(keeping) = self.session.keeper.keep() {
            return Task::perform(keeping, Message::Kept);
        }
        match (self.session.keeper.standing(), self.folder()) {
            (Standing::Closed, Some(dir)) if self.session.keeper.is_waiting() => {
                self.open_vault(dir, None)
            }
            _ => Task::none(),
        }
    }

    pub(super) fn open_vault(
        &mut self,
        dir: PathBuf,
        passphrase: Option<SecretString>,
    ) -> Task<Message> {
        let existed = Vault::exists(&dir);
        if passphrase.is_some() {
            self.session.keeper.reset();
        }
        match self.session.keeper.open(dir, passphrase) {
            Some(opening) => {
                Task::perform(opening, move |opened| Message::VaultOpened(existed, opened))
            }
            None => Task::none(),
        }
    }

    /// Asks the keyring once more, or for the passphrase.
    pub(super) fn unlock_now(&mut self) -> Task<Message> {
        self.unlock.ask();
        if matches!(self.session.keeper.standing(), Standing::Wanted(_)) {
            return Unlock::focus();
        }
        self.session.keeper.reset();
        match self.folder() {
            Some(dir) => self.open_vault(dir, None),
            None => Task::none(),
        }
    }

    /// Writes what waits, without waiting for another turn: the window is about to go.
    pub(super) fn flush(&mut self) {
        if self.session.demo.is_some() {
            return;
        }
        if let Some(error) = self.session.keeper.keep_now() {
            tracing::warn!("passwords could not be kept: {error}");
        }
        if !self.session.is_unwritten() {
            return;
        }
        if let (Ok(Some(_)), Some(order)) = (
            self.session.folder().map(Option::<&_>::cloned),
            self.session.order(),
        ) {
            match order.carry_out() {
                Ok(changes) => self.session.wrote(changes),
                Err(error) => tracing::warn!("the draft could not be written: {error}"),
            }
        }
    }
}
