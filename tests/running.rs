//! A run while it runs: what an operator orders, what the network and the clock do, how fast it may be.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

#[path = "running/bandwidth.rs"]
mod bandwidth;
#[path = "running/figures.rs"]
mod figures;
#[path = "running/hours.rs"]
mod hours;
#[path = "running/network.rs"]
mod network;
#[path = "running/orders.rs"]
mod orders;
mod support;
