//! What a stop's screen asks of the window.

use iced::Task;

use super::step::Step;
use crate::engine::Pass;

/// What is to be done about a message.
#[derive(Debug)]
pub enum Action<M> {
    None,
    Run(Task<M>),
    /// Onto the clipboard.
    Copy(String),
    /// To another stop.
    Go(Step),
    /// These passes, over these logins; over all that are selected where there are none.
    Begin(Vec<Pass>, Vec<String>),
    /// The vault is to be opened now.
    Unlock,
    /// Back to the start screen.
    Home,
}
