//! The list of users: what an administrator has, turned into mailboxes to be moved.
//!
//! The way of a list: [`sheet::read`] makes rows of a file, [`mapping::guess`] says what the columns are,
//! [`entry::entries`] makes an editable list of them, [`entry::check`] says what is wrong with each, and
//! [`entry::to_jobs`] gives what goes into the plan and into the vault. A list typed by hand begins at `entry`.
//!
//! Promises: nothing of a list is dropped silently; a password is taken exactly as written; a complaint names its row
//! and never the password, and no type here prints one; all of it is pure and quick enough for a window.
//!
//! What is wiped from memory: cells, passwords and decoded text, when dropped (see `sheet` for what is not). What an
//! operator still sees is not: logins, addresses, names.
//!
//! Deliberately absent: reading files, asking any server, keeping secrets, and words for people: a [`Problem`] is a
//! fact; its sentence is made where the language is known.
//!
//! - `sheet` octets to rows · `mapping` what the columns are · `entry` the list and its rules · `address` one address ·
//!   `template` an empty list to fill in

pub mod address;
pub mod entry;
pub mod mapping;
pub mod sheet;
pub mod template;

pub use address::Flaw;
pub use entry::{
    Checked, Counts, Entry, Filter, Ids, Kept, Merged, Problem, check, divided, entries, from_jobs,
    merge, to_jobs, visible,
};
pub use mapping::{Field, Mapping, Why, guess, preview};
pub use sheet::{Fault, Format, Table, read};

/// What the login on the destination is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DestinationLogin {
    /// The address; the login where there is no address.
    #[default]
    Address,
    /// The same login as on the origin.
    Login,
    /// What stands before the `@` of the address, or of the login where there is no address.
    Localpart,
}

/// What holds for the whole list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// What the login on the destination is, where an entry does not say it.
    pub destination_login: DestinationLogin,
    /// Whether an administrator logs in for everybody at the origin.
    pub origin_master: bool,
    /// Whether one does at the destination.
    pub destination_master: bool,
    /// Whether accounts get their password from the list: they are created, or their password is set.
    pub sets_passwords: bool,
    /// Whether accounts at the destination are dealt with by their address: two rows may not share one then.
    pub by_address: bool,
}

impl Rules {
    /// Whether each account's password at the destination has to be known.
    pub fn needs_destination_password(&self) -> bool {
        self.sets_passwords || !self.destination_master
    }
}

#[cfg(test)]
mod tests;
