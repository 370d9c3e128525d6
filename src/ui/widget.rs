//! The pieces every screen is made of (design README 7): each in one place, each reachable from the keyboard.
//!
//! - `focus`, `control`, `group`, `region`, `catch`, `inert` what iced lacks for the keyboard
//! - `button`, `choice`, `field`, `select` what is pressed, chosen, written
//! - `mark` chips, bars, notes · `elide` text that does not fit · `table` rows · `dialog` questions

pub mod button;
pub mod catch;
pub mod choice;
pub mod control;
pub mod dialog;
pub mod elide;
pub mod field;
pub mod focus;
pub mod group;
pub mod inert;
pub mod mark;
pub mod region;
pub mod scroll;
pub mod select;
pub mod table;

pub use button::{button, icon_button, link};
pub use catch::Catch;
pub use choice::{check, choice_cards, filters, radio, segments, tabs, toggle};
pub use control::Control;
pub use elide::Elide;
pub use field::{Field, labelled};
pub use group::Group;
pub use mark::{Tone, bar, chip, hairline, hint, note, spinner, tag, tile, tip, vertical_line};
pub use region::Region;
pub use scroll::scroll;
pub use select::{Choice, Select};

#[cfg(test)]
mod tests;
