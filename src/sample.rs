//! A small, honest IMAP4rev1 server inside the process, and the company whose mail it holds.
//!
//! For two uses: the `demo` command, which needs an origin and a destination without asking anybody for a password, and
//! the tests, which need a peer that breaks the protocol in the ways real servers do, at the octet they choose.
//!
//! It promises real sockets on the loopback address, the semantics of RFC 3501 for the commands it knows (unknown ones
//! are answered `BAD`), octets given back exactly as they came, and no line of code shared with the client under test:
//! a mistake made twice in the same way would otherwise prove itself right.
//!
//! It deliberately does not do TLS, IDLE, BODYSTRUCTURE, MIME part sections, flag changes made known to other sessions,
//! or anything on disk. The mail lives in a [`Store`], which outlives the [`Server`]: a restart is a new server on the
//! same store.

pub mod company;

mod append;
mod change;
mod config;
#[cfg(test)]
mod conversation;
mod copy;
mod envelope;
mod faults;
mod fetch;
mod folders;
mod icewarp;
mod list;
mod login;
mod lookup;
mod mailbox;
mod name;
mod row;
mod search;
mod select;
mod server;
mod session;
mod store;
mod wire;

pub use config::Config;
pub use faults::{AppendUid, Cut, Faults, Habit, MessageFault};
pub use icewarp::IceWarp;
pub use name::{name_from_octets, octets_of_name};
pub use server::Server;
pub use store::{FolderView, Mail, Store};
