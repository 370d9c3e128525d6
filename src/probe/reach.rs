//! How a host is reached, whatever is spoken there: the network, TLS, the certificate.
//!
//! Promises: nothing is said over the connection, so no secret can be; it is closed at once. Deliberately absent: what
//! answers (that is asked of it by who speaks its language).

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{Certificate, Failure, Order, Test, TlsFacts, begin};
use crate::account::{Endpoint, Side};
use crate::engine::remedy::Doing;
use crate::imap::Error;

/// What reaching a host showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Time until the connection stood, TLS included.
    pub connect: Duration,
    /// How it is encrypted; `None`: it is not.
    pub tls: Option<TlsFacts>,
    /// The host's certificate.
    pub certificate: Option<Certificate>,
}

/// Opens a connection to an endpoint and closes it again, within the limit. A certificate that is not accepted is in
/// the failure. May be dropped at any moment.
pub async fn reach(endpoint: Endpoint, limit: Duration) -> Result<Reached, Box<Failure>> {
    let order = Order {
        limit,
        ..Order::new(endpoint, Side::Destination)
    };
    let test = begin(&order)?;
    let dialled = timeout_at(test.deadline, test.connector.dial()).await;
    let dialled = match dialled {
        Ok(dialled) => dialled.map_err(Error::Connect),
        Err(_) => Err(test.too_late()),
    };
    drop(dialled.map_err(|error| failed(&test, &error))?);
    let seen = test.connector.seen();
    Ok(Reached {
        connect: seen.tcp.unwrap_or_default() + seen.tls.unwrap_or_default(),
        tls: seen.agreed,
        certificate: seen.certificate,
    })
}

fn failed(test: &Test<'_>, error: &Error) -> Box<Failure> {
    let elapsed = Instant::now().duration_since(test.began);
    test.failed(error, Doing::Login, elapsed)
}
