//! The connections of one mailbox: made, and waited for.
//!
//! Promises: a refused login is not tried again by itself; whoever waits shows until when, and ends at once when the
//! operator says so. Deliberately absent: what is done over them (`lane`).

use std::time::Duration;

use super::Event;
use super::mailbox::Mailbox;
use super::progress::Activity;
use super::remedy::{self, Doing};
use crate::account::Side;
use crate::imap::{self, Destination, Login, Origin};
use crate::net::Connector;
use crate::plan::Compress;
use crate::trouble::{Remedy, Trouble};

/// Attempts in a row without a single message moving, before a mailbox is given up for this run.
pub(crate) const ATTEMPTS: u32 = 9;
/// Attempts to connect at all, before anything has worked.
const FIRST_ATTEMPTS: u32 = 3;

impl Mailbox {
    /// The first pair of connections: patient with walls and lost connections, not with refused logins.
    pub(crate) async fn connect_first(&self) -> Result<(Origin, Destination), Trouble> {
        let mut attempt = 0;
        loop {
            let trouble = match self.connect().await {
                Ok(pair) => return Ok(pair),
                Err(trouble) => trouble,
            };
            attempt += 1;
            let again = match trouble.remedy {
                Remedy::Again => attempt < FIRST_ATTEMPTS,
                Remedy::Slower(_) => attempt < ATTEMPTS,
                _ => false,
            };
            if !again {
                return Err(trouble);
            }
            self.wait(&trouble, attempt).await?;
        }
    }

    pub(crate) async fn connect(&self) -> Result<(Origin, Destination), Trouble> {
        let origin = self.connect_origin();
        let destination = self.connect_destination();
        let (origin, destination) = futures::future::join(origin, destination).await;
        Ok((origin?, destination?))
    }

    pub(crate) async fn connect_origin(&self) -> Result<Origin, Trouble> {
        let (connector, login) = &self.origin;
        self.unless_ended(Side::Origin, async {
            let mut origin = Origin::connect(connector, login, self.patience()).await?;
            if self.always_compresses() {
                let _ = origin.compress().await?;
            }
            Ok(origin)
        })
        .await
    }

    pub(crate) async fn connect_destination(&self) -> Result<Destination, Trouble> {
        let (connector, login) = &self.destination;
        self.unless_ended(Side::Destination, async {
            let mut destination = Destination::connect(connector, login, self.patience()).await?;
            if self.always_compresses() {
                let _ = destination.compress().await?;
            }
            Ok(destination)
        })
        .await
    }

    /// Connecting may take its time; an order to end does not wait for it.
    async fn unless_ended<T>(
        &self,
        side: Side,
        connecting: impl Future<Output = Result<T, imap::Error>>,
    ) -> Result<T, Trouble> {
        tokio::select! {
            connected = connecting => {
                connected.map_err(|error| remedy::trouble(&error, Doing::Login, &self.subject(side)))
            }
            halted = self.brake.ended() => Err(self.halted(halted)),
        }
    }

    fn always_compresses(&self) -> bool {
        self.shared.request.plan.options.compress == Compress::Always
    }

    /// The connector and login of the destination, for the independent reader.
    pub(crate) fn destination_login(&self) -> &(Connector, Login) {
        &self.destination
    }

    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.shared.request.plan.options.patience_seconds.into())
    }

    fn subject(&self, side: Side) -> String {
        let plan = &self.shared.request.plan;
        match side {
            Side::Origin => format!("{} @ {}", self.job.login, plan.origin.label()),
            Side::Destination => format!(
                "{} @ {}",
                self.job.destination_login,
                plan.destination.label()
            ),
        }
    }

    /// Waits as the trouble asks; ends early when the run is to end.
    pub(crate) async fn wait(&self, trouble: &Trouble, attempt: u32) -> Result<(), Trouble> {
        let jitter = remedy::pause(attempt, remedy::random());
        let pause = match trouble.remedy {
            Remedy::Slower(least) => least + jitter,
            _ => jitter,
        };
        tracing::warn!(
            "'{}' waits {:.1} s: {trouble}",
            self.job.login,
            pause.as_secs_f64()
        );
        self.meter.act(Activity::Waiting);
        self.meter.say(Some(trouble.clone()));
        self.shared.tell(Event::Waiting {
            login: self.job.login.clone(),
            pause,
            trouble: trouble.clone(),
        });
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            halted = self.brake.ended() => return Err(self.halted(halted)),
        }
        self.meter.say(None);
        self.meter.act(Activity::Copying);
        Ok(())
    }
}
