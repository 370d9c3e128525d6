//! The connections of one mailbox: made, and waited for.
//!
//! Promises: a refused login is not tried again by itself; whoever waits shows until when, and ends at once when the
//! operator says so. Deliberately absent: what is done over them (`lane`).

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::mailbox::Mailbox;
use super::progress::Waiting;
use super::remedy::{self, Doing};
use super::{Event, pace};
use crate::account::Side;
use crate::imap::{self, Destination, Login, Origin};
use crate::net::{self, Connector};
use crate::plan::Compress;
use crate::trouble::{Kind, Remedy, Trouble};

/// Attempts in a row without a single message moving, before a mailbox is given up for this run.
pub(crate) const ATTEMPTS: u32 = 9;
/// Most octets a wait is for, here: the wire sends and receives in smaller pieces.
const PIECE: u64 = 64 << 10;
/// Attempts to connect at all, before anything has worked.
const FIRST_ATTEMPTS: u32 = 3;

impl Mailbox {
    /// The first pair of connections: patient with walls and lost connections, not with refused logins.
    pub(crate) async fn connect_first(&self) -> Result<(Origin, Destination), Trouble> {
        let mut attempt = 0;
        let mut waiting = None;
        loop {
            let trouble = match self.connect_patiently(waiting.take()).await {
                Ok(pair) => return Ok(pair),
                Err(trouble) => trouble,
            };
            attempt += 1;
            let again = match trouble.remedy {
                Remedy::Again => attempt < FIRST_ATTEMPTS,
                Remedy::Slower(_) => attempt < ATTEMPTS,
                _ => attempt < FIRST_ATTEMPTS && self.is_too_new(&trouble),
            };
            if !again {
                return Err(trouble);
            }
            waiting = Some(self.wait(&trouble, attempt).await?);
        }
    }

    /// Whether a login may be refused because its account was made a moment ago.
    fn is_too_new(&self, trouble: &Trouble) -> bool {
        let accounts = self.shared.accounts.as_ref();
        let fresh = accounts.is_some_and(|accounts| accounts.is_fresh(&self.job.login));
        fresh
            && trouble.kind == Kind::LoginRefused
            && trouble.subject == self.subject(Side::Destination)
    }

    /// Both connections, once work may go on. `waiting`: of whoever waited for this already.
    pub(crate) async fn connect_patiently(
        &self,
        waiting: Option<Waiting>,
    ) -> Result<(Origin, Destination), Trouble> {
        self.patiently(waiting, || self.connect()).await
    }

    /// Connects once work may go on; as long as nobody can reach the server, for as long as the run has patience.
    pub(crate) async fn patiently<T, C>(
        &self,
        mut waiting: Option<Waiting>,
        connect: impl Fn() -> C,
    ) -> Result<T, Trouble>
    where
        C: Future<Output = Result<T, Trouble>>,
    {
        let (mut attempt, mut begun) = (0, None);
        loop {
            self.rest().await?;
            let trouble = match connect().await {
                Ok(connected) => return Ok(connected),
                Err(trouble) => trouble,
            };
            attempt += 1;
            if !self.is_network_down(&trouble, *begun.get_or_insert_with(Instant::now)) {
                return Err(trouble);
            }
            let pause = pace::network_pause(attempt, pace::random());
            // One that waits counts once.
            drop(waiting.take());
            waiting = Some(self.sleep(&trouble, pause).await?);
        }
    }

    /// Whether it is the network, or a server that is gone, and there is patience left. A server that anybody has
    /// reached since `begun` is not gone: then it is this mailbox that it does not want.
    fn is_network_down(&self, trouble: &Trouble, begun: Instant) -> bool {
        let Some(patience) = self.shared.request.network_patience else {
            return false;
        };
        let gone = |side| {
            let since = self.shared.pace(side).down_since();
            since.is_some_and(|since| since <= begun && since.elapsed() < patience)
        };
        trouble.kind.is_network() && [Side::Origin, Side::Destination].into_iter().any(gone)
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
            let mut origin = Origin::connect(connector, login, self.patience(PIECE)).await?;
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
            let mut destination =
                Destination::connect(connector, login, self.patience(PIECE)).await?;
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
            connected = connecting => connected.map_err(|error| self.unconnected(side, error)).inspect(|_| {
                self.shared.alive(side);
            }),
            halted = self.brake.ended() => Err(self.halted(halted)),
        }
    }

    /// What it means that this side could not be connected to.
    fn unconnected(&self, side: Side, error: imap::Error) -> Trouble {
        let pace = self.shared.pace(side);
        let error = match error {
            // TLS was agreed on with this server before: it is the line that broke.
            imap::Error::Connect(net::Error::Tls(words)) if pace.is_met() => {
                net::Error::Io(Arc::new(io::Error::other(words))).into()
            }
            other => other,
        };
        if error.is_out_of_reach() {
            pace.lost(Instant::now());
        } else {
            self.shared.alive(side);
        }
        remedy::trouble(&error, Doing::Login, &self.subject(side))
    }

    fn always_compresses(&self) -> bool {
        self.shared.request.plan.options.compress == Compress::Always
    }

    /// The connector and login of the destination, for the independent reader.
    pub(crate) fn destination_login(&self) -> &(Connector, Login) {
        &self.destination
    }

    /// Without a single octet for this long a connection counts as lost, while pieces of this many octets are waited
    /// for: what the limit on all connections may hold back does not count.
    pub(crate) fn patience(&self, octets: u64) -> Duration {
        let options = &self.shared.request.plan.options;
        // Each pair of connections, and the independent reader beside it, on both sides.
        let connections = 4 * u64::from(options.mailboxes) * u64::from(options.connections);
        let limit = self.shared.throttle.as_ref();
        let held = limit.map(|limit| limit.allowance(octets, connections));
        Duration::from_secs(options.patience_seconds.into()) + held.unwrap_or_default()
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

    /// Waits as the trouble asks; ends early when the mailbox is to end. What it returns is to be held until it is
    /// known whether waiting has helped.
    pub(crate) async fn wait(&self, trouble: &Trouble, attempt: u32) -> Result<Waiting, Trouble> {
        let jitter = pace::pause(attempt, pace::random());
        let pause = match trouble.remedy {
            Remedy::Slower(least) => least + jitter,
            _ => jitter,
        };
        self.sleep(trouble, pause).await
    }

    async fn sleep(&self, trouble: &Trouble, pause: Duration) -> Result<Waiting, Trouble> {
        tracing::warn!(
            "'{}' waits {:.1} s: {trouble}",
            self.job.login,
            pause.as_secs_f64()
        );
        let now = Timestamp::now();
        let until = SignedDuration::try_from(pause).map_or(now, |pause| now + pause);
        let waiting = self.meter.wait(until, trouble.clone());
        self.shared.tell(Event::Waiting {
            login: self.job.login.clone(),
            pause,
            trouble: trouble.clone(),
        });
        let _asleep = self.brake.asleep();
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = self.brake.nudged(), if trouble.kind.is_network() => {}
            halted = self.brake.ended() => return Err(self.halted(halted)),
        }
        waiting.trying();
        Ok(waiting)
    }
}
