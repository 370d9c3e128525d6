//! Whose turn it is: the mailboxes of a run, each waiting, at work, or ended.
//!
//! Promises: a mailbox is at work once at a time; what was ended under the lock is seen as ended by whoever asks
//! next; after `close` nothing is taken. Deliberately absent: doing the work, and waiting.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::engine::mailbox::Ending;
use crate::engine::progress::{Activity, Meter};
use crate::plan::Job;
use crate::trouble::{Kind, Trouble};

/// The mailboxes of a run.
#[derive(Debug, Default)]
pub(super) struct Roster {
    berths: Vec<Berth>,
    queue: VecDeque<usize>,
    draining: bool,
    over: bool,
    /// Skipped while they waited, and nobody was told yet.
    pub(super) dismissed: Vec<(String, Trouble)>,
}

/// One mailbox.
#[derive(Debug)]
struct Berth {
    number: u32,
    job: Job,
    meter: Arc<Meter>,
    place: Place,
    /// Counts the turns, so that the end of an earlier one is not taken for that of a later one.
    turns: u64,
    skipped: Arc<AtomicBool>,
    ending: Ending,
    /// Copied in earlier turns.
    copied: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Queued,
    /// At work; `again`: to begin anew once it has ended.
    Working {
        again: bool,
    },
    Ended,
}

/// A mailbox whose turn has come.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    index: usize,
    count: u64,
    /// What it is called in the log.
    pub(crate) number: u32,
    pub(crate) job: Job,
    pub(crate) meter: Arc<Meter>,
    pub(crate) skipped: Arc<AtomicBool>,
}

impl Turn {
    /// Whether the mailbox had a turn in this run before.
    pub(crate) fn is_again(&self) -> bool {
        self.count > 1
    }
}

impl Roster {
    pub(super) fn new(jobs: impl IntoIterator<Item = (u32, Job, Arc<Meter>)>) -> Self {
        let berths: Vec<_> = jobs
            .into_iter()
            .map(|(number, job, meter)| Berth {
                number,
                job,
                meter,
                place: Place::Queued,
                turns: 0,
                skipped: Arc::default(),
                ending: Ending::default(),
                copied: 0,
            })
            .collect();
        Self {
            queue: (0..berths.len()).collect(),
            berths,
            ..Self::default()
        }
    }

    pub(super) fn is_draining(&self) -> bool {
        self.draining
    }

    /// Takes no more; those that wait have waited in vain.
    pub(super) fn drain(&mut self) {
        self.draining = true;
        while let Some(index) = self.queue.pop_front() {
            let berth = &mut self.berths[index];
            // Whoever prepares its account meanwhile is to end too.
            berth.skipped.store(true, Ordering::SeqCst);
            berth.end(Ending::stopped());
        }
        for berth in &mut self.berths {
            if let Place::Working { again } = &mut berth.place {
                *again = false;
            }
        }
    }

    pub(super) fn again(&mut self, login: &str, job: Option<Job>) -> bool {
        let Some(index) = self.find(login).filter(|_| !self.over && !self.draining) else {
            return false;
        };
        let berth = &mut self.berths[index];
        let changed = job.is_some();
        if let Some(job) = job {
            if job.destination_login != berth.job.destination_login {
                return false;
            }
            berth.job = job;
        }
        match &mut berth.place {
            Place::Queued => {}
            Place::Working { again } => {
                *again |= changed || berth.skipped.load(Ordering::SeqCst);
            }
            Place::Ended => {
                berth.queue();
                self.queue.push_front(index);
            }
        }
        true
    }

    pub(super) fn skip(&mut self, login: &str) -> bool {
        let Some(index) = self.find(login) else {
            return false;
        };
        let berth = &mut self.berths[index];
        match &mut berth.place {
            Place::Ended => false,
            Place::Working { again } => {
                *again = false;
                berth.skipped.store(true, Ordering::SeqCst);
                true
            }
            Place::Queued => {
                self.queue.retain(|queued| *queued != index);
                berth.skipped.store(true, Ordering::SeqCst);
                let trouble = Trouble::new(Kind::Skipped, &berth.job.login, "");
                self.dismissed
                    .push((berth.job.login.clone(), trouble.clone()));
                berth.end(Ending::failed(trouble));
                true
            }
        }
    }

    pub(super) fn next(&mut self) -> Option<Turn> {
        let index = self.queue.pop_front()?;
        let berth = &mut self.berths[index];
        berth.place = Place::Working { again: false };
        berth.turns += 1;
        Some(self.turn(index))
    }

    pub(super) fn waiting(&self) -> Vec<Turn> {
        self.queue.iter().map(|index| self.turn(*index)).collect()
    }

    fn turn(&self, index: usize) -> Turn {
        let berth = &self.berths[index];
        Turn {
            index,
            count: berth.turns,
            number: berth.number,
            job: berth.job.clone(),
            meter: berth.meter.clone(),
            skipped: berth.skipped.clone(),
        }
    }

    /// Whether it still waits for this turn.
    pub(super) fn waits(&self, turn: &Turn) -> bool {
        let berth = &self.berths[turn.index];
        matches!(berth.place, Place::Queued) && berth.turns == turn.count
    }

    /// Ends one that waits; `false` where it does not, or waits anew.
    pub(super) fn fail(&mut self, turn: &Turn, ending: Ending, now: Timestamp) -> bool {
        let berth = &mut self.berths[turn.index];
        if !matches!(berth.place, Place::Queued) || berth.turns != turn.count {
            return false;
        }
        self.queue.retain(|queued| *queued != turn.index);
        berth.place = Place::Ended;
        berth
            .meter
            .end(Activity::Failed, ending.trouble.clone(), now);
        berth.ending = ending;
        true
    }

    pub(super) fn end(&mut self, turn: &Turn, ending: Ending, activity: Activity, now: Timestamp) {
        let berth = &mut self.berths[turn.index];
        let Place::Working { again } = berth.place else {
            return;
        };
        if berth.turns != turn.count {
            return;
        }
        berth.copied += ending.copied;
        berth.place = Place::Ended;
        berth.meter.end(activity, ending.trouble.clone(), now);
        berth.ending = ending;
        if again {
            berth.queue();
            self.queue.push_front(turn.index);
        }
    }

    pub(super) fn close(&mut self) -> bool {
        let working = |berth: &Berth| matches!(berth.place, Place::Working { .. });
        self.over |= self.queue.is_empty() && !self.berths.iter().any(working);
        self.over
    }

    pub(super) fn endings(&mut self) -> Vec<(String, Ending)> {
        let ended = self.berths.iter_mut().map(|berth| {
            let mut ending = std::mem::take(&mut berth.ending);
            ending.copied = berth.copied;
            (berth.job.login.clone(), ending)
        });
        ended.collect()
    }

    fn find(&self, login: &str) -> Option<usize> {
        self.berths
            .iter()
            .position(|berth| berth.job.login == login)
    }
}

impl Berth {
    fn queue(&mut self) {
        self.place = Place::Queued;
        self.skipped.store(false, Ordering::SeqCst);
        self.meter.queue();
    }

    /// Ended without a turn.
    fn end(&mut self, ending: Ending) {
        self.place = Place::Ended;
        self.meter.say(ending.trouble.clone());
        self.meter.act(Activity::Stopped);
        self.ending = ending;
    }
}
