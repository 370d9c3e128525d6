//! The writing side of a folder's copy: batches, APPENDs, refusals.
//!
//! Promises: the journal has a message as `in_flight` before its APPEND leaves and as `acked` before its octets are
//! let go; messages keep the order of the folder, except around a refusal. Deliberately absent: the origin, and
//! what to make of the answers (`answer`).

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::answer::intent;
use super::fetch::{Found, Parcel};
use super::{Adoptable, Halt, Job};
use crate::engine::control::Working;
use crate::engine::progress::Count;
use crate::imap::destination::{AppendWriter, Appended, Body, Destination};
use crate::journal::{Acked, Intent};
use crate::trouble::{Kind, Trouble};

/// Most messages in one MULTIAPPEND.
const BATCH_MESSAGES: usize = 200;
/// Most octets in one MULTIAPPEND.
const BATCH_OCTETS: u64 = 2 << 20;
/// Messages under way at most where each has its own command.
const SINGLES: usize = 32;
/// Octets under way at most, all commands together.
const FLIGHT_OCTETS: u64 = 8 << 20;

/// A parcel with what is said along with it.
pub(super) struct Item {
    pub(super) parcel: Box<Parcel>,
    pub(super) flags: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) lost: Vec<String>,
    /// To be sent alone: likely to be refused.
    pub(super) alone: bool,
    /// Already without keywords.
    pub(super) plain: bool,
    pub(super) sends: u32,
}

#[derive(Default)]
pub(super) struct Flight {
    /// By tag, the messages of each command under way.
    pub(super) commands: HashMap<String, Vec<Item>>,
    pub(super) octets: u64,
    /// Refused together, to be sent in smaller company.
    pub(super) again: VecDeque<Vec<Item>>,
    /// The writing side will send no more by itself.
    pub(super) fed: bool,
    pub(super) failures: u32,
    pub(super) next: u32,
    /// Answers being dealt with: what they concern is in no list meanwhile.
    pub(super) handling: usize,
    /// Held while anything is under way.
    pub(super) busy: Option<Working>,
}

/// Takes what the reading side found and brings it to the destination, to the end.
pub(super) async fn write_all(
    job: &Job<'_>,
    destination: &mut Destination,
    adoptable: Adoptable,
    inbox: mpsc::Receiver<Found>,
) -> Result<(), Halt> {
    let capabilities = destination.session().capabilities();
    let multi = capabilities.has("MULTIAPPEND");
    let pipelined = capabilities.has("LITERAL+") && !job.shared.destination.walks();
    let far = destination.session().round_trip() > Duration::from_millis(5);
    let limit = job
        .shared
        .destination
        .size_limit(capabilities.append_limit());
    let strict = destination.session().software().is_strict();
    let shape = Shape {
        messages: if multi && !job.careful {
            BATCH_MESSAGES
        } else {
            1
        },
        commands: match (multi && !job.careful, pipelined && !job.careful) {
            // Where a batch may well be refused for one message, the next one waits for it: a later batch must not
            // overtake the rest of a refused one, or the folder's order is lost.
            (true, true) if strict => 1,
            (true, true) if far => 8,
            (true, true) => 2,
            (false, true) => SINGLES,
            (_, false) => 1,
        },
        limit,
        strict,
    };
    let (mut writer, mut reader) = destination.appending();
    let courier = Courier {
        job,
        shape,
        flight: Mutex::new(Flight {
            next: job.next_uid,
            ..Flight::default()
        }),
        changed: Notify::new(),
    };
    let mut sender = Sender {
        courier: &courier,
        inbox,
        adoptable,
        ready: VecDeque::new(),
        closed: false,
    };
    let result = {
        let sending = sender.run(&mut writer);
        let reading = courier.read(&mut reader);
        tokio::pin!(sending, reading);
        // Whichever side fails first tells why; the other one then waits for what will not come.
        match futures::future::select(sending, reading).await {
            futures::future::Either::Left((Ok(()), reading)) => reading.await,
            futures::future::Either::Right((Ok(()), sending)) => sending.await,
            futures::future::Either::Left((Err(halt), _))
            | futures::future::Either::Right((Err(halt), _)) => Err(halt),
        }
    };
    if result.is_err() {
        sender.salvage(&writer).await;
    }
    result
}

pub(super) struct Shape {
    /// Messages in one command.
    pub(super) messages: usize,
    /// Commands under way.
    pub(super) commands: usize,
    /// Largest message worth sending, in octets.
    pub(super) limit: Option<u64>,
    pub(super) strict: bool,
}

pub(super) struct Courier<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) shape: Shape,
    pub(super) flight: Mutex<Flight>,
    pub(super) changed: Notify,
}

struct Sender<'a> {
    courier: &'a Courier<'a>,
    inbox: mpsc::Receiver<Found>,
    adoptable: Adoptable,
    /// Accepted, in order, not yet sent.
    ready: VecDeque<Item>,
    closed: bool,
}

impl Sender<'_> {
    async fn run(&mut self, writer: &mut AppendWriter<'_>) -> Result<(), Halt> {
        loop {
            self.await_room().await;
            self.obey().await?;
            let refused = self.courier.flight().again.pop_front();
            if let Some(items) = refused {
                self.send(writer, items).await?;
                continue;
            }
            self.gather().await?;
            if self.ready.is_empty() {
                if self.closed && self.settle().await {
                    return Ok(());
                }
                continue;
            }
            let batch = self.batch();
            self.intend(&batch).await?;
            if self.courier.shape.messages > 1 {
                self.send(writer, batch).await?;
            } else {
                self.ready = batch.into();
                while let Some(item) = self.ready.pop_front() {
                    self.await_room().await;
                    if let Err(halt) = self.obey().await {
                        self.ready.push_front(item);
                        return Err(halt);
                    }
                    self.send(writer, vec![item]).await?;
                }
            }
        }
    }

    /// An order to end takes hold between messages: what is under way is answered first, what is not stays planned.
    async fn obey(&self) -> Result<(), Halt> {
        let Err(halted) = self.courier.job.brake.now() else {
            return Ok(());
        };
        loop {
            let changed = self.courier.changed.notified();
            {
                let flight = self.courier.flight();
                if flight.commands.is_empty() && flight.handling == 0 {
                    return Err(halted.into());
                }
            }
            changed.await;
        }
    }

    /// Waits until one more command may be under way.
    async fn await_room(&self) {
        loop {
            let changed = self.courier.changed.notified();
            {
                let flight = self.courier.flight();
                let shape = &self.courier.shape;
                // One at a time means: the answer to the last one is dealt with, too.
                let dealing = if shape.commands == 1 {
                    flight.handling
                } else {
                    0
                };
                let under_way = flight.commands.len() + dealing;
                if under_way == 0 || (under_way < shape.commands && flight.octets < FLIGHT_OCTETS) {
                    return;
                }
            }
            changed.await;
        }
    }

    /// Nothing left to send: waits until nothing is under way either. `false`: something came back to be sent again.
    async fn settle(&self) -> bool {
        loop {
            let changed = self.courier.changed.notified();
            {
                let mut flight = self.courier.flight();
                if !flight.again.is_empty() {
                    return false;
                }
                if flight.commands.is_empty() && flight.handling == 0 {
                    flight.fed = true;
                    self.courier.changed.notify_waiters();
                    return true;
                }
            }
            changed.await;
        }
    }

    /// Takes parcels until a batch is full, the reading side has no more, or waiting longer would leave the
    /// destination idle.
    async fn gather(&mut self) -> Result<(), Halt> {
        while !self.closed && !self.is_full() {
            let changed = self.courier.changed.notified();
            tokio::pin!(changed);
            let _ = changed.as_mut().enable();
            let idle = {
                let flight = self.courier.flight();
                if !flight.again.is_empty() {
                    return Ok(());
                }
                flight.commands.is_empty() && flight.handling == 0
            };
            let found = match self.inbox.try_recv() {
                Ok(found) => Some(found),
                Err(mpsc::error::TryRecvError::Disconnected) => None,
                Err(mpsc::error::TryRecvError::Empty) => {
                    if idle && !self.ready.is_empty() {
                        return Ok(());
                    }
                    tokio::select! {
                        found = self.inbox.recv() => found,
                        () = changed => continue,
                    }
                }
            };
            match found {
                Some(found) => self.accept(found).await?,
                None => self.closed = true,
            }
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        let octets: u64 = self
            .ready
            .iter()
            .map(|item| item.parcel.body.length())
            .sum();
        let most = if self.courier.shape.messages > 1 {
            BATCH_MESSAGES
        } else {
            SINGLES
        };
        self.ready.len() >= most
            || octets >= BATCH_OCTETS
            || self.ready.iter().any(|item| item.alone)
    }

    /// The next messages that travel together.
    fn batch(&mut self) -> Vec<Item> {
        if self.courier.shape.messages == 1 {
            return self.ready.drain(..).collect();
        }
        let company = self
            .ready
            .iter()
            .position(|item| item.alone)
            .unwrap_or(self.ready.len());
        self.ready.drain(..company.max(1)).collect()
    }

    async fn accept(&mut self, found: Found) -> Result<(), Halt> {
        let job = self.courier.job;
        let journal = &job.shared.request.journal;
        let (id, uidv) = (job.folder.id, job.folder.uid_validity);
        let parcel = match found {
            Found::Parcel(parcel) => parcel,
            Found::Gone(uid) => {
                journal.gone(id, uidv, vec![uid]).await?;
                tracing::info!(
                    "Message {uid} of '{}' is no longer at the origin",
                    job.folder.name.text()
                );
                job.meter.add(Count::Done, 1);
                job.meter.add(Count::Gone, 1);
                return Ok(());
            }
            Found::Unreadable(uid, trouble) => {
                return self.courier.give_up(uid, None, trouble).await;
            }
        };
        let octets = parcel.digests.octets;
        if job.options.max_size.is_some_and(|most| octets > most) {
            journal.exclude(id, uidv, parcel.uid, "max-size").await?;
            job.meter.add(Count::Done, 1);
            job.meter.add(Count::Excluded, 1);
            return Ok(());
        }
        let item = self.courier.address(parcel);
        let sha256 = item.parcel.digests.sha256.0;
        let twin = {
            let mut twins = job.twins.lock().unwrap_or_else(PoisonError::into_inner);
            twins.get_mut(&sha256).and_then(VecDeque::pop_front)
        };
        if let Some(twin) = twin {
            journal.take_over(id, uidv, intent(&item), twin).await?;
            job.count_done(octets, false);
            return Ok(());
        }
        if let Some(copy) = self
            .adoptable
            .take(&sha256, &item.parcel.digests.norm_sha256.0, 1)
        {
            // Its flags count as not yet there until they are set: `set_flags` records them.
            let adopted = Intent {
                flags: String::new(),
                ..intent(&item)
            };
            let (target, validity) = (job.target, job.validity);
            journal.intend(id, uidv, target, 1, vec![adopted]).await?;
            let acked = Acked {
                uid: item.parcel.uid,
                copy: Some(copy),
            };
            journal
                .adopted(id, uidv, target, validity, vec![acked])
                .await?;
            job.remember_flags(item.parcel.uid, copy, &item.flags);
            job.count_done(octets, false);
            return Ok(());
        }
        if self.courier.shape.limit.is_some_and(|limit| octets > limit) {
            let words = format!(
                "{octets} octets, the server takes {}",
                self.courier.shape.limit.unwrap_or(0)
            );
            let trouble = Trouble::new(Kind::TooLarge, job.folder.name.text(), words);
            let uid = item.parcel.uid;
            journal
                .intend(id, uidv, job.target, 1, vec![intent(&item)])
                .await?;
            return self
                .courier
                .give_up(uid, Some(&item.parcel.body), trouble)
                .await;
        }
        self.ready.push_back(item);
        Ok(())
    }

    /// The rule of the journal: no APPEND without its row on the disk.
    async fn intend(&self, items: &[Item]) -> Result<(), Halt> {
        let job = self.courier.job;
        let next = self.courier.flight().next;
        let intents = items.iter().map(intent).collect();
        let journal = &job.shared.request.journal;
        journal
            .intend(
                job.folder.id,
                job.folder.uid_validity,
                job.target,
                next,
                intents,
            )
            .await?;
        Ok(())
    }

    async fn send(&mut self, writer: &mut AppendWriter<'_>, items: Vec<Item>) -> Result<(), Halt> {
        let tag = writer.next_tag();
        let octets: u64 = items.iter().map(|item| item.parcel.body.length()).sum();
        // The reading side must know the command before its answer can come, and keeps the messages until then.
        let shipped: Vec<_> = items.iter().map(Shipped::of).collect();
        {
            let mut flight = self.courier.flight();
            flight.octets += octets;
            let brake = self.courier.job.brake;
            let _ = flight.busy.get_or_insert_with(|| brake.working());
            let _ = flight.commands.insert(tag, items);
        }
        self.courier.changed.notify_waiters();
        let messages: Vec<_> = shipped.iter().map(Shipped::view).collect();
        let _ = writer
            .send(&self.courier.job.target_name, &messages)
            .await?;
        Ok(())
    }

    /// After a failure: what certainly did not arrive is planned again at once; the rest stays `in_flight` for
    /// `locate`.
    async fn salvage(&mut self, writer: &AppendWriter<'_>) {
        let mut safe: Vec<u32> = self.ready.iter().map(|item| item.parcel.uid).collect();
        {
            let mut flight = self.courier.flight();
            let refused: Vec<_> = flight.again.drain(..).flatten().collect();
            safe.extend(refused.iter().map(|item| item.parcel.uid));
            if !writer.sent_whole()
                && let Some(items) = flight.commands.remove(&writer.last_tag())
            {
                safe.extend(items.iter().map(|item| item.parcel.uid));
            }
        }
        let open: Vec<u32> = {
            let flight = self.courier.flight();
            let items = flight.commands.values().flatten();
            items.map(|item| item.parcel.uid).collect()
        };
        let job = self.courier.job;
        let journal = &job.shared.request.journal;
        let _ = journal
            .left_now(job.folder.id, job.folder.uid_validity, open)
            .await;
        // If this fails too, the rows stay suspects: slower, and as safe.
        let _ = journal
            .replan(job.folder.id, job.folder.uid_validity, safe)
            .await;
    }
}

/// What the writer needs of an item while the item itself waits for its answer.
struct Shipped {
    flags: Vec<String>,
    date: Option<String>,
    body: Body,
}

impl Shipped {
    fn of(item: &Item) -> Self {
        Self {
            flags: item.flags.clone(),
            date: item.date.clone(),
            body: item.parcel.body.clone(),
        }
    }

    fn view(&self) -> Appended<'_> {
        Appended {
            flags: &self.flags,
            date: self.date.as_deref(),
            body: &self.body,
        }
    }
}
