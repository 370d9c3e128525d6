//! What the operator orders: pause, resume, skip, once more, drain, stop.
//!
//! Promises: workers look at `check` between messages and nowhere else, so that no message is ever left half-way
//! by an order; an order that comes too late says so. Deliberately absent: aborting.
//!
//! - `roster` whose turn it is

mod roster;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::{Notify, watch};

use roster::Roster;
pub(crate) use roster::Turn;

use super::Secrets;
use super::mailbox::Ending;
use super::progress::{Activity, Meter};
use crate::account::{Endpoint, Side};
use crate::imap::Login;
use crate::plan::Job;
use crate::trouble::Trouble;

/// A pause longer than this lets the connections go: a server would end them before it is over.
const LONG_PAUSE: Duration = Duration::from_mins(5);

/// What the operator wants of all mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Order {
    wish: Wish,
    /// Outside the hours in which work is allowed.
    closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Wish {
    #[default]
    Go,
    Pause,
    Stop,
}

/// Why a worker may not go on now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halted {
    /// The run is to end.
    Stopped,
    /// This mailbox is to end, the others go on.
    Skipped,
    /// It will be long before work goes on: connections are to be let go, then [`Brake::rest`].
    Rest,
}

/// The operator's handle to a run; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Control(Arc<Helm>);

#[derive(Debug, Default)]
struct Helm {
    /// Also changed, without changing, when anything else here does: whoever waits looks at all of it.
    order: watch::Sender<Order>,
    workers: Arc<AtomicUsize>,
    asleep: Arc<AtomicUsize>,
    roster: Mutex<Roster>,
    /// Ends every wait for the network.
    nudge: Notify,
    secrets: Mutex<Secrets>,
}

/// Counts one worker for as long as it is held.
#[derive(Debug)]
#[must_use = "counts for as long as it is held"]
pub struct Working(Arc<AtomicUsize>);

impl Working {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        let _ = count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Control {
    /// Of a run over these mailboxes, in the order of the plan.
    pub(super) fn new(
        jobs: impl IntoIterator<Item = (u32, Job, Arc<Meter>)>,
        secrets: Secrets,
    ) -> Self {
        Self(Arc::new(Helm {
            roster: Mutex::new(Roster::new(jobs)),
            secrets: Mutex::new(secrets),
            ..Helm::default()
        }))
    }

    /// Asks the workers to wait after the message in their hands.
    pub fn pause(&self) {
        self.turn(Wish::Go, Wish::Pause);
    }

    /// Lets them go on.
    pub fn resume(&self) {
        self.turn(Wish::Pause, Wish::Go);
    }

    fn turn(&self, from: Wish, to: Wish) {
        let _ = self.0.order.send_if_modified(|order| {
            let applies = order.wish == from;
            if applies {
                order.wish = to;
            }
            applies
        });
    }

    /// Ends the run after the messages in the workers' hands. Cannot be taken back.
    pub fn stop(&self) {
        self.0.order.send_modify(|order| order.wish = Wish::Stop);
        self.with(Roster::drain);
    }

    /// No further mailbox begins; those in work go on to their end, then the run ends as stopped. Cannot be taken
    /// back.
    pub fn drain(&self) {
        self.with(Roster::drain);
    }

    /// Puts a mailbox that has ended (finished, failed, skipped) back into the run, before those that still wait.
    /// Says whether it is in the run now: `true` also where it waits or works already, and nothing is changed then;
    /// `false` where the run has ended or takes no more, or has no such mailbox.
    pub fn again(&self, login: &str) -> bool {
        self.with(|roster| roster.again(login, None))
    }

    /// Like [`again`](Self::again), with other choices for this mailbox; where it is at work, it begins anew after it
    /// has ended. `false` also where the mailbox would go elsewhere than before.
    pub fn again_as(&self, job: Job) -> bool {
        let login = job.login.clone();
        self.with(|roster| roster.again(&login, Some(job)))
    }

    /// Ends one mailbox after the message in hand; the others go on. Says whether there was anything to end.
    pub fn skip(&self, login: &str) -> bool {
        self.with(|roster| roster.skip(login))
    }

    /// Ends every wait for the network: what waits tries at once.
    pub fn retry_now(&self) {
        self.0.nudge.notify_waiters();
    }

    /// Changes the passwords the run has, for whatever connects from now on.
    pub fn renew(&self, change: impl FnOnce(&mut Secrets)) {
        change(
            &mut self
                .0
                .secrets
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Whether the run is to end.
    pub fn is_stopped(&self) -> bool {
        self.0.order.borrow().wish == Wish::Stop
    }

    /// Whether no further mailbox is to begin.
    pub fn is_draining(&self) -> bool {
        self.roster(|roster| roster.is_draining())
    }

    /// Whether the workers are to wait for the operator.
    pub fn is_paused(&self) -> bool {
        self.0.order.borrow().wish == Wish::Pause
    }

    /// Whether everybody who works is waiting.
    pub fn all_asleep(&self) -> bool {
        self.0.asleep.load(Ordering::SeqCst) >= self.0.workers.load(Ordering::SeqCst)
    }

    /// Work is allowed at this hour, or is not; says whether that is news.
    pub(super) fn set_closed(&self, closed: bool) -> bool {
        self.0.order.send_if_modified(|order| {
            let news = order.closed != closed;
            order.closed = closed;
            news
        })
    }

    /// Whether work is not allowed at this hour.
    pub fn is_closed(&self) -> bool {
        self.0.order.borrow().closed
    }

    /// How to log in to a mailbox of this endpoint, where the password for it is known.
    pub(super) fn login(&self, side: Side, endpoint: &Endpoint, mailbox: &str) -> Option<Login> {
        let secrets = self
            .0
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        secrets.login(side, endpoint, mailbox)
    }

    /// The password of one login, where it is known.
    pub(super) fn password(&self, side: Side, login: &str) -> Option<SecretString> {
        let secrets = self
            .0
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        secrets.password(side, login).cloned()
    }

    /// Told of every order from now on.
    pub(super) fn listen(&self) -> Orders {
        Orders(self.0.order.subscribe())
    }

    /// The next mailbox, if one may begin now.
    pub(super) fn next(&self) -> Option<Turn> {
        let free = *self.0.order.borrow() == Order::default();
        self.roster(|roster| if free { roster.next() } else { None })
    }

    /// Those that wait for their turn, in its order.
    pub(super) fn waiting(&self) -> Vec<Turn> {
        self.roster(|roster| roster.waiting())
    }

    /// Whether a mailbox still waits for its turn.
    pub(super) fn waits(&self, turn: &Turn) -> bool {
        self.roster(|roster| roster.waits(turn))
    }

    /// Ends a mailbox before its turn; says whether it still waited.
    pub(super) fn fail(&self, turn: &Turn, ending: Ending) -> bool {
        self.with(|roster| roster.fail(turn, ending, Timestamp::now()))
    }

    /// A mailbox's turn has ended.
    pub(super) fn end(&self, turn: &Turn, ending: Ending, activity: Activity) {
        self.with(|roster| roster.end(turn, ending, activity, Timestamp::now()));
    }

    /// Ends the run, if nobody waits and nobody works: from then on nothing is taken any more.
    pub(super) fn close(&self) -> bool {
        self.roster(Roster::close)
    }

    /// Mailboxes that were ended before their turn came, each told once.
    pub(super) fn dismissed(&self) -> Vec<(String, Trouble)> {
        self.roster(|roster| std::mem::take(&mut roster.dismissed))
    }

    /// How each mailbox ended, in the order of the plan, with all it copied in this run.
    pub(super) fn endings(&self) -> Vec<(String, Ending)> {
        self.roster(Roster::endings)
    }

    fn roster<T>(&self, look: impl FnOnce(&mut Roster) -> T) -> T {
        look(&mut self.0.roster.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same, and everybody who waits looks again.
    fn with<T>(&self, change: impl FnOnce(&mut Roster) -> T) -> T {
        let done = self.roster(change);
        self.0.order.send_modify(|_| {});
        done
    }
}

/// Somebody who is told of orders.
pub(super) struct Orders(watch::Receiver<Order>);

impl Orders {
    /// What was ordered so far is known.
    pub(super) fn seen(&mut self) {
        let _ = self.0.borrow_and_update();
    }

    /// Returns at the next order that is not known yet.
    pub(super) async fn changed(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// One mailbox's view of the orders; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Brake {
    control: Control,
    skipped: Arc<AtomicBool>,
}

impl Brake {
    pub(crate) fn new(control: &Control, skipped: Arc<AtomicBool>) -> Self {
        Self {
            control: control.clone(),
            skipped,
        }
    }

    /// Says that somebody works, until what this returns is dropped.
    pub(crate) fn working(&self) -> Working {
        Working::new(&self.control.0.workers)
    }

    /// Says that somebody who works has nothing in hand, until what this returns is dropped.
    pub(crate) fn asleep(&self) -> Working {
        Working::new(&self.control.0.asleep)
    }

    /// Between two messages: waits through a short pause; an error when this worker must not go on.
    pub(crate) async fn check(&self) -> Result<(), Halted> {
        let mut orders = self.control.0.order.subscribe();
        let mut asleep = None;
        loop {
            let order = self.order(&mut orders)?;
            if order.closed {
                return Err(Halted::Rest);
            }
            if order.wish == Wish::Go {
                return Ok(());
            }
            let _ = asleep.get_or_insert_with(|| self.asleep());
            match tokio::time::timeout(LONG_PAUSE, orders.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(Halted::Stopped),
                Err(_) => return Err(Halted::Rest),
            }
        }
    }

    /// What `check` would say without waiting.
    pub(crate) fn now(&self) -> Result<(), Halted> {
        let mut orders = self.control.0.order.subscribe();
        if self.order(&mut orders)?.closed {
            return Err(Halted::Rest);
        }
        Ok(())
    }

    /// Without a connection in hand: waits until work may go on, however long.
    pub(crate) async fn rest(&self) -> Result<(), Halted> {
        let mut orders = self.control.0.order.subscribe();
        let mut asleep = None;
        loop {
            let order = self.order(&mut orders)?;
            if order == Order::default() {
                return Ok(());
            }
            let _ = asleep.get_or_insert_with(|| self.asleep());
            if orders.changed().await.is_err() {
                return Err(Halted::Stopped);
            }
        }
    }

    /// Returns when this worker is to end.
    pub(crate) async fn ended(&self) -> Halted {
        let mut orders = self.control.0.order.subscribe();
        loop {
            if let Err(halted) = self.order(&mut orders) {
                return halted;
            }
            if orders.changed().await.is_err() {
                return Halted::Stopped;
            }
        }
    }

    /// Returns when waiting for the network is to end.
    pub(crate) async fn nudged(&self) {
        self.control.0.nudge.notified().await;
    }

    fn order(&self, orders: &mut watch::Receiver<Order>) -> Result<Order, Halted> {
        let order = *orders.borrow_and_update();
        if order.wish == Wish::Stop {
            Err(Halted::Stopped)
        } else if self.skipped.load(Ordering::SeqCst) {
            Err(Halted::Skipped)
        } else {
            Ok(order)
        }
    }
}

#[cfg(test)]
mod tests;
