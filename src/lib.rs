//! Traghetto ("ferry"): moves mailboxes from any IMAP server to a new one and proves that not one message was lost.
//!
//! This page is the map. Tenets, in this order: 1. no message lost. 2. no message twice. 3. the origin untouched.
//! 4. a person understands what happens. 5. fast. 6. little code. When two collide, the earlier wins.
//!
//! # What each module is for
//!
//! | module | for | knows |
//! |---|---|---|
//! | [`account`], [`plan`], [`trouble`] | who and where; what is to be moved; what a person is told | nobody |
//! | [`project`] | the folder of one migration, its files and its lock | `plan` |
//! | [`net`] | TCP, TLS, certificates, a limit on the line | `account` |
//! | [`discovery`] | from an e-mail address to server settings: DNS, autoconfiguration, known providers, probes | `net` |
//! | [`archive`] | a Maildir++ for each account on this computer, spoken to like a server | `serve`, `net` |
//! | [`imap`] | the protocol: framing, login, `Origin` (reads), `Destination` (appends), names | `net` |
//! | [`journal`] | the only memory of what was done: SQLite on one thread | names |
//! | [`engine`] | `start(Request) -> Run`: survey, copy, locate, verify; what an operator orders meanwhile | `imap`, `journal`, `plan` |
//! | [`provision`] | accounts at the destination: one trait, its ways: IceWarp, a program of the administrator | `plan`, `net` |
//! | [`program`], [`after`] | programs of the administrator, run within their time; the one after each account | `plan`, `log` |
//! | [`probe`] | the connection test beside the form: facts of one server, and many logins; changes nothing | `imap`, `engine::remedy` |
//! | [`aliases`] | further addresses of an account, from the headers of its messages; proposals, nothing is made | `imap`, `probe`, `plan` |
//! | [`report`] | grade, totals, ledger; HTML, CSV, JSON | `journal`, `i18n` |
//! | [`secrets`] | passwords at rest: keyring, or a sealed file | nobody |
//! | [`users`] | a list of users, from any file or typed → jobs, and complaints with row numbers | `account`, `plan` |
//! | [`i18n`] | words, numbers, sizes, in Italian and English | nobody |
//! | [`log`](mod@log) | the operator's log files, written and read back | nobody |
//! | [`cli`], `ui` | the two faces; the same engine under both | all |
//! | `serve` | what a server makes of IMAP: arguments, sets, sections | nobody |
//! | [`sample`], [`demo`] | a small honest IMAP server and a company to move, for the demo and the tests | `serve`, not `imap` |
//!
//! # Invariants (each one a test in `tests/map.rs`)
//!
//! - The engine states facts (enums, numbers); people's words are made in `ui`, `cli` and `report`.
//! - The engine is *given* secrets; it never looks one up, and no type that holds one can print it.
//! - [`imap::Origin`] has no verb that writes: EXAMINE, LIST, STATUS, UID FETCH with PEEK, NOOP, LOGOUT.
//! - Nothing at the destination is ever deleted, expunged or moved.
//! - `async_imap` reads copies back in `engine::verify` and stands nowhere else: the prover shares no code with the
//!   copier. Its known flaw (NO and end of connection become fewer rows) can only make a message look missing.
//! - The journal has a message as `in_flight` on the disk before the first octet of its APPEND leaves, and as `acked`
//!   before its octets are let go. `|listing| = Σ states` is computed for every folder and stands in the report.
//! - `unwrap`, `expect`, `panic` stand only in tests and binaries.
//!
//! # One message's journey
//!
//! *Anna's INBOX, UID 4711, 38 kB.*
//!
//! 1. **Survey.** `engine::survey` lists both mailboxes, `engine::folder` decides names, missing folders are made.
//! 2. **Listing.** `engine::listing` reads `UID FETCH 4001:8000 (UID FLAGS INTERNALDATE RFC822.SIZE)` and so on,
//!    counts the rows against EXISTS, and the row of 4711 enters the journal as `planned`.
//! 3. **Fetch.** `engine::copy::fetch` asks for a hundred bodies at once, a few requests ahead. `imap::wire` lifts
//!    each body out of its line; the octets are paid for with memory (or go to a file), and digested as they come.
//! 4. **Address.** `engine::copy::answer` cuts flags to PERMANENTFLAGS and finds a date where there is none. What is
//!    lost by it is recorded. The octets are not touched.
//! 5. **Intend.** The batch is written to the journal: `in_flight`, digest, and a lower bound of the UID it will get.
//! 6. **Append.** One MULTIAPPEND of up to 200 messages leaves while the answer to the last one is still awaited.
//! 7. **Record.** `OK [APPENDUID 77 9001:9200]` → `acked`, 77/9001. Refused → the batch is halved until the culprit
//!    stands alone and becomes an exception with the server's words and its `.eml` saved.
//! 8. **Verify.** `engine::verify` looks the UID up in the destination's listing and reads the copy back with
//!    async-imap: `verified`, class I. What differs is compared in full with the origin before it gets a class.
//! 9. **Tell.** `report` adds up the states from the journal alone.
//!
//! *The power fails between 6 and 7.* The row says `in_flight`, the bound was 9001. `engine::locate` waits until the
//! server has had time to finish what it had received, reads `UID FETCH 9001:* (UID RFC822.SIZE)`, digests the few
//! messages near in size that nobody claims, and either finds the copy (`adopted`) or plans the message again.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::print_stderr,
        clippy::print_stdout,
        reason = "a test that fails should say so at once"
    )
)]

pub mod account;
pub mod after;
pub mod aliases;
pub mod archive;
pub mod cli;
pub mod demo;
pub mod discovery;
pub mod engine;
pub mod i18n;
pub mod imap;
pub mod journal;
pub mod log;
pub mod net;
pub mod plan;
pub mod probe;
pub mod program;
pub mod project;
pub mod provision;
pub mod report;
pub mod sample;
pub mod secrets;
mod serve;
pub mod trouble;
#[cfg(feature = "gui")]
pub mod ui;
pub mod users;
