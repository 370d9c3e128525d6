//! Traghetto: moves mailboxes from any IMAP server to a new one and proves that not one message was lost.
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
pub mod cli;
pub mod demo;
pub mod engine;
pub mod i18n;
pub mod imap;
pub mod journal;
pub mod log;
pub mod net;
pub mod plan;
pub mod project;
pub mod report;
pub mod sample;
pub mod secrets;
pub mod trouble;
#[cfg(feature = "gui")]
pub mod ui;
pub mod users;
