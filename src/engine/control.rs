//! Pause, resume, stop.
//!
//! Promises: workers look at `check` between messages and nowhere else, so that no message is ever left half-way
//! by an order. Deliberately absent: aborting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::watch;

/// What the operator wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Go,
    Pause,
    Stop,
}

/// The operator said stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A handle to a run's brakes; cheap to clone.
#[derive(Debug, Clone)]
pub struct Control {
    order: Arc<watch::Sender<Order>>,
    workers: Arc<AtomicUsize>,
    asleep: Arc<AtomicUsize>,
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

impl Default for Control {
    fn default() -> Self {
        Self {
            order: Arc::new(watch::Sender::new(Order::Go)),
            workers: Arc::default(),
            asleep: Arc::default(),
        }
    }
}

impl Control {
    /// Asks the workers to wait after the message in their hands.
    pub fn pause(&self) {
        let _ = self.order.send_if_modified(|order| {
            let was = *order;
            if was == Order::Go {
                *order = Order::Pause;
            }
            was == Order::Go
        });
    }

    /// Lets them go on.
    pub fn resume(&self) {
        let _ = self.order.send_if_modified(|order| {
            let was = *order;
            if was == Order::Pause {
                *order = Order::Go;
            }
            was == Order::Pause
        });
    }

    /// Ends the run after the messages in the workers' hands. Cannot be taken back.
    pub fn stop(&self) {
        let _ = self.order.send_replace(Order::Stop);
    }

    /// Whether the run is to end.
    pub fn is_stopped(&self) -> bool {
        *self.order.borrow() == Order::Stop
    }

    /// Whether the workers are to wait.
    pub fn is_paused(&self) -> bool {
        *self.order.borrow() == Order::Pause
    }

    /// Says that somebody works, until what this returns is dropped.
    pub fn working(&self) -> Working {
        Working::new(&self.workers)
    }

    /// Whether everybody who works is waiting.
    pub fn all_asleep(&self) -> bool {
        self.asleep.load(Ordering::SeqCst) >= self.workers.load(Ordering::SeqCst)
    }

    /// Waits while paused; an error when the run is to end.
    pub async fn check(&self) -> Result<(), Stopped> {
        let mut order = self.order.subscribe();
        loop {
            match *order.borrow_and_update() {
                Order::Go => return Ok(()),
                Order::Stop => return Err(Stopped),
                Order::Pause => {}
            }
            let _asleep = Working::new(&self.asleep);
            if order.changed().await.is_err() {
                return Err(Stopped);
            }
        }
    }

    /// Returns when the run is to end.
    pub async fn stopped(&self) {
        let mut order = self.order.subscribe();
        let _ = order.wait_for(|order| *order == Order::Stop).await;
    }

    /// Returns when the workers are to wait or to end.
    pub async fn halted(&self) {
        let mut order = self.order.subscribe();
        let _ = order.wait_for(|order| *order != Order::Go).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::timeout;

    #[tokio::test]
    async fn pause_holds_resume_frees_and_stop_is_for_good() {
        let control = Control::default();
        assert_eq!(control.check().await, Ok(()));
        control.pause();
        assert!(
            timeout(Duration::from_millis(20), control.check())
                .await
                .is_err()
        );
        control.resume();
        assert_eq!(control.check().await, Ok(()));
        control.stop();
        control.resume();
        control.pause();
        assert_eq!(control.check().await, Err(Stopped));
    }
}
