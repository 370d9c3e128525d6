//! What goes wrong, and when.
//!
//! A [`Faults`] is a handle: a test keeps a clone and arms faults while the server runs. One-shot faults are used up by
//! the first command or octet they apply to; counted ones say how often; habits stay until [`Faults::clear`]. Nothing is
//! random: the same arming gives the same failure at the same octet. Folder names are given as they are on the wire.

use super::store::Mail;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const THROTTLED: &str = "NO Request is throttled. Suggested Backoff Time: 300 milliseconds";

/// Faults armed on a server; clones share them.
#[derive(Clone, Default)]
pub struct Faults {
    inner: Arc<Inner>,
}

/// Where a connection breaks off; each is used up by the first connection that gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// After so many octets sent by the server, counted over all connections from the arming.
    Sent(u64),
    /// After so many octets of message bodies sent in FETCH, counted over all connections from the arming.
    SentInBody(u64),
    /// After so many octets received by the server, counted over all connections from the arming.
    Received(u64),
    /// In an APPEND, when the literal is announced and none of it is read.
    BeforeLiteral,
    /// In an APPEND, after so many octets of the literal (or all of them, if it is shorter).
    InLiteral(usize),
    /// In an APPEND, when all octets are there and the store is not yet changed.
    AfterLiteral,
    /// In an APPEND, when the store is changed and the reply not yet sent.
    ReplyLost,
}

/// What the reply to APPEND says of the UID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AppendUid {
    /// `[APPENDUID validity uid]`, when UIDPLUS is among the capabilities.
    #[default]
    Normal,
    /// Nothing, although UIDPLUS is among the capabilities.
    Missing,
    /// `[APPENDUID uid validity]`, as DavMail did.
    Swapped,
    /// A UIDVALIDITY one higher than the folder's.
    WrongValidity,
}

/// How the answer to a FETCH of one message's body goes wrong; listings of it stay right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageFault {
    /// The command is answered OK and the row is not there.
    Gone,
    /// The rows before it are sent, then the command ends with this reply, such as `NO [SERVERBUG] cannot read it`.
    Refused(String),
    /// The literal announces all octets, half of them are sent, and the connection closes; happens once.
    Truncated,
    /// The row says this after the UID instead of what was asked for, such as `BODY[] NIL`.
    Says(String),
    /// The connection closes, each time.
    HangUp,
}

/// What a destination does to each message appended to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Puts `X-Added: 1` on top.
    AddHeader,
    /// Changes one octet in the middle.
    ChangeOctet,
    /// Replaces the given date of arrival by the present moment.
    IgnoreDate,
    /// Moves the message into another folder as soon as it is stored, as a junk filter does; the reply names the UID it
    /// had for that moment.
    FileInto(String),
}

/// What arrives in and what leaves the folders of an account.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    pub arriving: Vec<(String, Mail)>,
    pub leaving: Vec<(String, u32)>,
}

#[derive(Default)]
struct Inner {
    armed: Mutex<Armed>,
    /// Whether sent or received octets have to be counted; saves a lock for each write.
    counting: AtomicBool,
}

#[derive(Debug, Default)]
struct Armed {
    cuts: Vec<Cut>,
    refusals: Vec<(String, String, usize)>,
    row_ends: Vec<(usize, Option<String>)>,
    append_uid: AppendUid,
    phantoms: Vec<(String, u32)>,
    hidden: Vec<(String, u32)>,
    messages: Vec<(String, u32, MessageFault)>,
    message_limit: Option<usize>,
    shuffled: bool,
    uid_last: bool,
    wall: Option<(usize, Option<String>)>,
    content: Vec<(Vec<u8>, String)>,
    size_limit: Option<usize>,
    keywords_refused: bool,
    arrivals: Vec<(usize, String, Mail)>,
    departures: Vec<(usize, String, u32)>,
    renumberings: Vec<(String, u32, u32)>,
    habits: Vec<Habit>,
    latency: Duration,
}

impl Faults {
    /// Disarms everything.
    pub fn clear(&self) {
        *self.lock() = Armed::default();
        self.inner.counting.store(false, Ordering::Release);
    }

    /// Breaks one connection at this point.
    pub fn cut(&self, cut: Cut) {
        self.lock().cuts.push(cut);
        self.inner.counting.store(true, Ordering::Release);
    }

    /// How many cuts are still waiting to happen.
    pub fn cuts_left(&self) -> usize {
        self.lock().cuts.len()
    }

    /// Answers the next `times` commands of a verb (`FETCH` means also `UID FETCH`) with `reply`, such as
    /// `NO [SERVERBUG] cannot read message 8`; `usize::MAX` is every time.
    pub fn refuse(&self, verb: &str, reply: &str, times: usize) {
        self.lock()
            .refusals
            .push((verb.to_ascii_uppercase(), reply.to_owned(), times));
    }

    /// Answers the next `times` commands of a verb as Microsoft 365 does when it is asked too much.
    pub fn throttle(&self, verb: &str, times: usize) {
        self.refuse(verb, THROTTLED, times);
    }

    /// Ends the next FETCH that has more than `rows` rows after that many, with `reply`.
    pub fn refuse_after_rows(&self, rows: usize, reply: &str) {
        self.lock().row_ends.push((rows, Some(reply.to_owned())));
    }

    /// Closes the connection in the next FETCH that has more than `rows` rows, after that many.
    pub fn close_after_rows(&self, rows: usize) {
        self.lock().row_ends.push((rows, None));
    }

    /// What the replies to APPEND say of UIDs.
    pub fn append_uid(&self, append_uid: AppendUid) {
        self.lock().append_uid = append_uid;
    }

    /// Lists a UID in SEARCH that no message has.
    pub fn phantom(&self, folder: &str, uid: u32) {
        self.lock().phantoms.push((folder.to_owned(), uid));
    }

    /// Leaves a message out of FETCH and SEARCH, although EXISTS counts it.
    pub fn hide(&self, folder: &str, uid: u32) {
        self.lock().hidden.push((folder.to_owned(), uid));
    }

    /// Gives one message a fault of its own.
    pub fn message(&self, folder: &str, uid: u32, fault: MessageFault) {
        self.lock().messages.push((folder.to_owned(), uid, fault));
    }

    /// Lets FETCH and SEARCH touch at most so many messages, the last ones, and say so (RFC 9738).
    pub fn message_limit(&self, limit: Option<usize>) {
        self.lock().message_limit = limit;
    }

    /// Answers SEARCH and FETCH out of order.
    pub fn shuffle(&self, shuffled: bool) {
        self.lock().shuffled = shuffled;
    }

    /// Puts UID at the end of each FETCH row, after the body.
    pub fn uid_last(&self, uid_last: bool) {
        self.lock().uid_last = uid_last;
    }

    /// Lets at most `sessions` sessions of one login exist; one more is hung up on during login, without a word, or
    /// answered with `reply`, such as `NO [UNAVAILABLE] too many`.
    pub fn wall(&self, sessions: usize, reply: Option<&str>) {
        self.lock().wall = Some((sessions, reply.map(str::to_owned)));
    }

    /// Takes the wall down.
    pub fn no_wall(&self) {
        self.lock().wall = None;
    }

    /// Refuses each APPEND of a message that contains `text` with `reply`.
    pub fn refuse_content(&self, text: &str, reply: &str) {
        self.lock()
            .content
            .push((text.as_bytes().to_vec(), reply.to_owned()));
    }

    /// Refuses messages of more than so many octets with `NO [TOOBIG]`.
    pub fn size_limit(&self, octets: Option<usize>) {
        self.lock().size_limit = octets;
    }

    /// Answers an APPEND with keywords `BAD`, as servers do that know only system flags.
    pub fn refuse_keywords(&self, refused: bool) {
        self.lock().keywords_refused = refused;
    }

    /// Delivers a message into a folder of the account in the middle of the `nth` FETCH from now (1 is the next).
    pub fn arrive(&self, nth: usize, folder: &str, mail: Mail) {
        self.lock().arrivals.push((nth, folder.to_owned(), mail));
    }

    /// Expunges a message in the middle of the `nth` FETCH from now (1 is the next).
    pub fn depart(&self, nth: usize, folder: &str, uid: u32) {
        self.lock().departures.push((nth, folder.to_owned(), uid));
    }

    /// Gives a folder another UIDVALIDITY, its UIDs moved on by `shift`, at its next SELECT or EXAMINE.
    pub fn renumber_on_select(&self, folder: &str, uid_validity: u32, shift: u32) {
        self.lock()
            .renumberings
            .push((folder.to_owned(), uid_validity, shift));
    }

    /// Gives the destination a habit.
    pub fn habit(&self, habit: Habit) {
        self.lock().habits.push(habit);
    }

    /// Waits this long before answering; commands that came together (pipelined) wait together.
    pub fn latency(&self, latency: Duration) {
        self.lock().latency = latency;
    }

    /// How many of these octets may still be sent before a cut; `None` is all of them.
    pub(super) fn sendable(&self, octets: usize, in_body: bool) -> Option<usize> {
        self.count(octets, |cut| match cut {
            Cut::Sent(left) => Some(left),
            Cut::SentInBody(left) if in_body => Some(left),
            _ => None,
        })
    }

    /// How many of these octets still arrive before a cut; `None` is all of them.
    pub(super) fn receivable(&self, octets: usize) -> Option<usize> {
        self.count(octets, |cut| match cut {
            Cut::Received(left) => Some(left),
            _ => None,
        })
    }

    /// Uses up the cut that waits at this point of an APPEND.
    pub(super) fn take_cut(&self, cut: Cut) -> bool {
        let mut armed = self.lock();
        let found = armed.cuts.iter().position(|held| *held == cut);
        found.map(|index| armed.cuts.remove(index)).is_some()
    }

    /// Uses up a cut inside the literal and says after how many octets.
    pub(super) fn take_cut_in_literal(&self) -> Option<usize> {
        let mut armed = self.lock();
        let found = armed
            .cuts
            .iter()
            .position(|held| matches!(held, Cut::InLiteral(_)))?;
        match armed.cuts.remove(found) {
            Cut::InLiteral(octets) => Some(octets),
            _ => None,
        }
    }

    pub(super) fn take_refusal(&self, verb: &str) -> Option<String> {
        let mut armed = self.lock();
        let plain = verb.strip_prefix("UID ").unwrap_or(verb);
        let refusal = armed
            .refusals
            .iter_mut()
            .find(|(held, _, left)| *left > 0 && (held == verb || held == plain))?;
        refusal.2 -= 1;
        Some(refusal.1.clone())
    }

    /// Uses up the row fault for a FETCH of so many rows: after how many, and the reply if there is one.
    pub(super) fn take_row_end(&self, rows: usize) -> Option<(usize, Option<String>)> {
        let mut armed = self.lock();
        let found = armed.row_ends.iter().position(|(after, _)| *after < rows)?;
        Some(armed.row_ends.remove(found))
    }

    /// What arrives in and what leaves the folders during this FETCH; each call counts as one FETCH.
    pub(super) fn take_traffic(&self) -> Traffic {
        let mut armed = self.lock();
        let mut traffic = Traffic::default();
        armed.arrivals.retain_mut(|(nth, folder, mail)| {
            *nth = nth.saturating_sub(1);
            if *nth == 0 {
                traffic.arriving.push((folder.clone(), mail.clone()));
            }
            *nth > 0
        });
        armed.departures.retain_mut(|(nth, folder, uid)| {
            *nth = nth.saturating_sub(1);
            if *nth == 0 {
                traffic.leaving.push((folder.clone(), *uid));
            }
            *nth > 0
        });
        traffic
    }

    pub(super) fn take_renumbering(&self, folder: &str) -> Option<(u32, u32)> {
        let mut armed = self.lock();
        let found = armed
            .renumberings
            .iter()
            .position(|(held, _, _)| held == folder)?;
        let (_, uid_validity, shift) = armed.renumberings.remove(found);
        Some((uid_validity, shift))
    }

    /// The fault of this message's body, used up if it happens once.
    pub(super) fn take_message_fault(&self, folder: &str, uid: u32) -> Option<MessageFault> {
        let mut armed = self.lock();
        let found = armed
            .messages
            .iter()
            .position(|(held, number, _)| held == folder && *number == uid)?;
        let fault = armed.messages[found].2.clone();
        if fault == MessageFault::Truncated {
            let _ = armed.messages.remove(found);
        }
        Some(fault)
    }

    pub(super) fn append_uid_now(&self) -> AppendUid {
        self.lock().append_uid
    }

    pub(super) fn phantoms_in(&self, folder: &str) -> Vec<u32> {
        self.lock()
            .phantoms
            .iter()
            .filter(|(held, _)| held == folder)
            .map(|(_, uid)| *uid)
            .collect()
    }

    pub(super) fn hidden_in(&self, folder: &str) -> Vec<u32> {
        self.lock()
            .hidden
            .iter()
            .filter(|(held, _)| held == folder)
            .map(|(_, uid)| *uid)
            .collect()
    }

    pub(super) fn message_limit_now(&self) -> Option<usize> {
        self.lock().message_limit
    }

    pub(super) fn is_shuffled(&self) -> bool {
        self.lock().shuffled
    }

    pub(super) fn is_uid_last(&self) -> bool {
        self.lock().uid_last
    }

    /// Lets one more session in beside `sessions` others, or gives the reply (or the silence) it meets.
    pub(super) fn pass_wall(&self, sessions: usize) -> Result<(), Option<String>> {
        match &self.lock().wall {
            Some((limit, reply)) if sessions >= *limit => Err(reply.clone()),
            _ => Ok(()),
        }
    }

    pub(super) fn content_refusal(&self, body: &[u8]) -> Option<String> {
        let armed = self.lock();
        let refused = armed
            .content
            .iter()
            .find(|(text, _)| contains(body, text))?;
        Some(refused.1.clone())
    }

    pub(super) fn size_limit_now(&self) -> Option<usize> {
        self.lock().size_limit
    }

    pub(super) fn are_keywords_refused(&self) -> bool {
        self.lock().keywords_refused
    }

    pub(super) fn habits_now(&self) -> Vec<Habit> {
        self.lock().habits.clone()
    }

    pub(super) fn latency_now(&self) -> Duration {
        self.lock().latency
    }

    fn count(
        &self,
        octets: usize,
        counter: impl Fn(&mut Cut) -> Option<&mut u64>,
    ) -> Option<usize> {
        if !self.inner.counting.load(Ordering::Acquire) {
            return None;
        }
        let mut armed = self.lock();
        let mut due = None;
        for (index, cut) in armed.cuts.iter_mut().enumerate() {
            let Some(left) = counter(cut) else { continue };
            match usize::try_from(*left) {
                Ok(few) if few <= octets && due.is_none() => due = Some((index, few)),
                _ => *left = left.saturating_sub(octets as u64),
            }
        }
        let (index, few) = due?;
        let _ = armed.cuts.remove(index);
        Some(few)
    }

    fn lock(&self) -> MutexGuard<'_, Armed> {
        self.inner
            .armed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Faults").field(&*self.lock()).finish()
    }
}

/// Whether `text` occurs in `body`.
pub(super) fn contains(body: &[u8], text: &[u8]) -> bool {
    text.is_empty() || body.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_counts_octets_over_several_writes_and_happens_once() {
        let faults = Faults::default();
        faults.cut(Cut::Sent(10));
        assert_eq!(faults.sendable(6, false), None);
        assert_eq!(faults.sendable(6, false), Some(4));
        assert_eq!(faults.sendable(600, false), None);
    }

    #[test]
    fn a_cut_in_a_body_does_not_count_other_octets() {
        let faults = Faults::default();
        faults.cut(Cut::SentInBody(3));
        assert_eq!(faults.sendable(100, false), None);
        assert_eq!(faults.sendable(3, true), Some(3));
    }

    #[test]
    fn a_refusal_of_fetch_covers_uid_fetch_and_runs_out() {
        let faults = Faults::default();
        faults.refuse("fetch", "NO later", 1);
        assert_eq!(
            faults.take_refusal("UID FETCH").as_deref(),
            Some("NO later")
        );
        assert_eq!(faults.take_refusal("UID FETCH"), None);
    }
}
