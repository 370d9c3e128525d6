//! IceWarp's HTTP API against a server made after the reference: each fault has its explanation, nothing is made twice,
//! nothing half made stays unsaid, and no password is seen.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

#[path = "icewarp/faults.rs"]
mod faults;
#[path = "icewarp/logins.rs"]
mod logins;
#[path = "icewarp/making.rs"]
mod making;
#[path = "icewarp/many.rs"]
mod many;
#[path = "icewarp/preflight.rs"]
mod preflight;
#[path = "icewarp/secrecy.rs"]
mod quiet;
#[path = "icewarp/shapes.rs"]
mod shapes;
mod support;

use std::time::Duration;

use secrecy::SecretString;
use support::icewarp::{ADMIN_PASSWORD, Simulator, World};
use traghetto::plan;
use traghetto::provision::icewarp::{Icewarp, Limits};
use traghetto::provision::{Failure, Provisioner as _, Wanted};

/// The password accounts get.
const PASSWORD: &str = "la vecchia di Anna";

/// Limits a test can wait for.
fn limits() -> Limits {
    Limits {
        request: Duration::from_millis(1_500),
        shown: Duration::from_millis(900),
        pause: Duration::from_millis(20),
    }
}

/// The client of a server.
fn client(simulator: &Simulator) -> Icewarp {
    client_of(&simulator.plan())
}

/// The client by a plan.
fn client_of(plan: &plan::Icewarp) -> Icewarp {
    Icewarp::within(plan, SecretString::from(ADMIN_PASSWORD), limits()).unwrap()
}

/// A server with this wrong, and its client.
async fn with(wrong: impl FnOnce(&mut World)) -> (Simulator, Icewarp) {
    let mut world = World::new();
    wrong(&mut world);
    let simulator = Simulator::start(world).await;
    let client = client(&simulator);
    (simulator, client)
}

/// An account that is wanted.
fn wanted(local: &str, aliases: &[&str]) -> Wanted {
    let address = |local: &str| format!("{local}@cantiere.example");
    Wanted {
        address: address(local),
        login: address(local),
        name: String::from("Anna De Rossi"),
        aliases: aliases.iter().map(|alias| address(alias)).collect(),
    }
}

/// Anna, with one alias.
fn anna() -> Wanted {
    wanted("anna", &["a.derossi"])
}

/// Makes an account with the usual password.
async fn make(client: &Icewarp, wanted: &Wanted) -> Result<(), Failure> {
    client.create(wanted, &SecretString::from(PASSWORD)).await
}
