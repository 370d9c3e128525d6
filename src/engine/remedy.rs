//! From a server's words to what is to be done: one table (`table`), and what was learned on the way.
//!
//! Promises: codes count before words; what is not known leaves the message for the next pass and keeps the session.
//! Deliberately absent: doing it; sentences for people.

mod table;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::imap::Error;
use crate::net::{self, certificate::Reason};
use crate::trouble::{Kind, Remedy, Trouble};

/// What was being done when a server refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Connecting and logging in.
    Login,
    /// Listing or opening folders.
    Folder,
    /// Making a folder.
    Create,
    /// Reading messages.
    Fetch,
    /// Appending a message.
    Append,
}

/// Longest pause a server's hint can impose at once.
const LONGEST_HINT: Duration = Duration::from_mins(10);

/// What an error means and what to do about it.
pub fn trouble(error: &Error, doing: Doing, subject: &str) -> Trouble {
    let detail = error.to_string();
    match error {
        Error::Refused { .. } => refused(&detail, doing, subject),
        Error::LoginRefused(_) => {
            let kind = table::of_login(&detail).unwrap_or(Kind::LoginRefused);
            Trouble::new(kind, subject, detail)
        }
        Error::Closed(Some(words)) if table::throttles(words) => slow_down(subject, detail),
        // Some say good-bye instead of refusing: why is in their words.
        Error::Closed(Some(words)) if doing == Doing::Login => {
            let kind = table::of_login(words).unwrap_or(Kind::ConnectionLost);
            Trouble::new(kind, subject, detail)
        }
        Error::Closed(_) | Error::Io(_) => Trouble::new(Kind::ConnectionLost, subject, detail),
        Error::Timeout(_) => Trouble::new(Kind::TimedOut, subject, detail),
        Error::Protocol(_) => Trouble::new(Kind::Protocol, subject, detail).with(Remedy::Again),
        // A balancer in trouble may answer with a page of its own: worth another try.
        Error::NotImap(_) => Trouble::new(Kind::WrongProtocol, subject, detail).with(Remedy::Again),
        Error::NoStartTls => Trouble::new(Kind::NoStartTls, subject, detail),
        Error::NoLoginMethod(offers) => Trouble::new(no_method(offers), subject, detail),
        Error::Connect(error) => connecting(error, subject, detail),
    }
}

/// Why none of the login methods on offer will do.
fn no_method(offers: &str) -> Kind {
    let offers = |word| offers.split(' ').any(|offer| offer == word);
    if offers("STARTTLS") && offers("LOGINDISABLED") {
        Kind::EncryptionRequired
    } else if offers("AUTH=XOAUTH2") || offers("AUTH=OAUTHBEARER") {
        Kind::OauthOnly
    } else {
        Kind::NoLoginMethod
    }
}

fn connecting(error: &net::Error, subject: &str, detail: String) -> Trouble {
    let kind = match error {
        net::Error::Name(_) => Kind::NameUnknown,
        net::Error::Refused(_) => Kind::ConnectionRefused,
        net::Error::Unreachable(_) => Kind::HostUnreachable,
        net::Error::Io(_) => Kind::ConnectionLost,
        net::Error::Timeout(_) => Kind::TimedOut,
        net::Error::Certificate { reason, .. } => match reason {
            Reason::SelfSigned => Kind::CertificateSelfSigned,
            Reason::UnknownIssuer => Kind::CertificateUnknownIssuer,
            Reason::WrongName { .. } => Kind::CertificateWrongName,
            Reason::Expired { .. } => Kind::CertificateExpired,
            Reason::NotYetValid { .. } => Kind::CertificateNotYetValid,
            Reason::Revoked => Kind::CertificateRevoked,
            Reason::Changed { .. } => Kind::CertificateChanged,
            Reason::Other(_) => Kind::Certificate,
        },
        net::Error::Authority(_) => Kind::AuthorityFile,
        net::Error::TlsTooOld(_) => Kind::TlsTooOld,
        net::Error::NotTls => Kind::ClearTextPort,
        net::Error::Tls(_) => Kind::Tls,
    };
    Trouble::new(kind, subject, detail)
}

fn refused(detail: &str, doing: Doing, subject: &str) -> Trouble {
    let kind = table::of(detail, doing).unwrap_or(match doing {
        Doing::Login => Kind::LoginRefused,
        Doing::Folder => Kind::FolderRefused,
        Doing::Create => Kind::FolderName,
        Doing::Fetch => Kind::Unreadable,
        Doing::Append => Kind::Refused,
    });
    if kind == Kind::Throttled {
        return slow_down(subject, detail.to_owned());
    }
    Trouble::new(kind, subject, detail)
}

/// Reads `Suggested Backoff Time: N milliseconds`, and waits at least a second.
fn slow_down(subject: &str, detail: String) -> Trouble {
    let hint = detail
        .to_lowercase()
        .split_once("backoff time:")
        .and_then(|(_, rest)| {
            rest.trim_start()
                .split(|c: char| !c.is_ascii_digit())
                .next()?
                .parse()
                .ok()
        })
        .map_or(Duration::from_secs(1), Duration::from_millis);
    Trouble::new(Kind::Throttled, subject, detail).with(Remedy::Slower(hint.min(LONGEST_HINT)))
}

/// What the mailboxes of a run have learned of one side's server.
#[derive(Debug, Default)]
pub struct Pace {
    /// Smallest message refused as too large; 0: none yet.
    refused_size: AtomicU64,
    /// Most connections seen to work at once before one more was refused; 0: no wall met.
    ceiling: AtomicU64,
    open: AtomicU64,
    /// Pipelining made a session hang: one command at a time from now on.
    step_by_step: AtomicBool,
    /// Octets per second over the wire, as measured last; 0: not yet.
    rate: AtomicU64,
}

/// A connection that counts towards the wall, for as long as this is held.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Pace);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let _ = self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Pace {
    /// Takes a place for one more connection, unless the wall is known and reached.
    pub(crate) fn enter(&self) -> Option<Place<'_>> {
        let ceiling = self.ceiling.load(Ordering::SeqCst);
        let taken = self.open.fetch_add(1, Ordering::SeqCst);
        let place = Place(self);
        (ceiling == 0 || taken < ceiling).then_some(place)
    }

    /// One more connection than those open now was refused: that is the wall. At least one is always tried.
    pub(crate) fn wall(&self) {
        let open = self.open.load(Ordering::SeqCst).saturating_sub(1).max(1);
        let known = self.ceiling.load(Ordering::SeqCst);
        if known == 0 || open < known {
            self.ceiling.store(open, Ordering::SeqCst);
        }
    }

    /// Whether other connections to this server stand.
    pub(crate) fn has_others(&self) -> bool {
        self.open.load(Ordering::SeqCst) > 1
    }

    /// A message of this size was refused as too large.
    pub(crate) fn too_large(&self, size: u64) {
        let _ = self
            .refused_size
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |known| {
                (known == 0 || size < known).then_some(size)
            });
    }

    /// The largest message worth trying, in octets.
    pub(crate) fn size_limit(&self, announced: Option<u64>) -> Option<u64> {
        let learned = match self.refused_size.load(Ordering::SeqCst) {
            0 => None,
            refused => Some(refused - 1),
        };
        match (learned, announced) {
            (Some(learned), Some(announced)) => Some(learned.min(announced)),
            (learned, announced) => learned.or(announced),
        }
    }

    /// A session with several commands under way went silent.
    pub(crate) fn walk(&self) {
        self.step_by_step.store(true, Ordering::SeqCst);
    }

    /// Whether only one command may be under way.
    pub(crate) fn walks(&self) -> bool {
        self.step_by_step.load(Ordering::SeqCst)
    }

    /// So many octets took so long.
    pub(crate) fn measured(&self, octets: u64, time: Duration) {
        // Less says more about round trips than about the line.
        if octets >= 4 << 20 && !time.is_zero() {
            let rate = octets as f64 / time.as_secs_f64();
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a rate in octets fits"
            )]
            self.rate.store(rate as u64, Ordering::SeqCst);
        }
    }

    /// Whether compression pays: the line is slower than a processor compresses.
    pub(crate) fn is_slow(&self) -> bool {
        let rate = self.rate.load(Ordering::SeqCst);
        rate > 0 && rate < 6_000_000
    }
}

/// How long to wait before the next attempt: full jitter over a doubling ceiling, at most a minute.
pub(crate) fn pause(attempt: u32, random: u32) -> Duration {
    let ceiling = 500_u64.saturating_mul(1 << attempt.min(7)).min(60_000);
    Duration::from_millis(100 + u64::from(random) * ceiling / u64::from(u32::MAX))
}

/// A random number for `pause`.
pub(crate) fn random() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(text: &str) -> Error {
        let (code, text) = match text
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "))
        {
            Some((code, text)) => (Some(code.to_owned()), text),
            None => (None, text),
        };
        Error::Refused {
            code,
            text: text.to_owned(),
            bad: false,
        }
    }

    #[test]
    fn each_row_of_the_table_leads_to_its_remedy() {
        use Doing::{Append, Create, Fetch, Folder, Login};
        for (said, doing, kind, remedy) in [
            ("[OVERQUOTA] full", Append, Kind::OverQuota, Remedy::Stop),
            (
                "Quota exceeded (mailbox for user is full)",
                Append,
                Kind::OverQuota,
                Remedy::Stop,
            ),
            ("[TOOBIG] no", Append, Kind::TooLarge, Remedy::Skip),
            (
                "Maximum size of appendable message has been exceeded.",
                Append,
                Kind::TooLarge,
                Remedy::Skip,
            ),
            (
                "Message contains bare newlines",
                Append,
                Kind::ContentRefused,
                Remedy::Skip,
            ),
            (
                "Message contains invalid header",
                Append,
                Kind::ContentRefused,
                Remedy::Skip,
            ),
            (
                "Message contains NUL characters",
                Append,
                Kind::ContentRefused,
                Remedy::Skip,
            ),
            (
                "Contains Deleted flag",
                Append,
                Kind::FlagsRefused,
                Remedy::Skip,
            ),
            (
                "[TRYCREATE] no such mailbox",
                Append,
                Kind::FolderMissing,
                Remedy::Stop,
            ),
            (
                "[LIMIT] Mail size is larger than the maximum size allowed by server configuration",
                Append,
                Kind::TooLarge,
                Remedy::Skip,
            ),
            (
                "[LIMIT] something else",
                Append,
                Kind::Refused,
                Remedy::Skip,
            ),
            ("Operazione annullata", Append, Kind::Refused, Remedy::Skip),
            ("something new", Append, Kind::Refused, Remedy::Skip),
            ("something new", Fetch, Kind::Unreadable, Remedy::Skip),
            ("something new", Folder, Kind::FolderRefused, Remedy::Stop),
            (
                "[CANNOT] Invalid mailbox name",
                Create,
                Kind::FolderName,
                Remedy::Stop,
            ),
            (
                "[UNAVAILABLE] Maximum number of connections from user+IP exceeded",
                Login,
                Kind::TooManyConnections,
                Remedy::Slower(Duration::from_secs(1)),
            ),
            (
                "[SERVERBUG] Internal error occurred",
                Fetch,
                Kind::ServerError,
                Remedy::Slower(Duration::from_secs(1)),
            ),
            (
                "Request is throttled. Suggested Backoff Time: 299961 milliseconds",
                Fetch,
                Kind::Throttled,
                Remedy::Slower(Duration::from_millis(299_961)),
            ),
        ] {
            let found = trouble(&no(said), doing, "x");
            assert_eq!((found.kind, found.remedy), (kind, remedy), "{said}");
        }
    }

    #[test]
    fn a_refused_login_is_never_tried_again_by_itself() {
        for words in [
            "[AUTHENTICATIONFAILED] no",
            "LOGIN failed",
            "[ALERT] Application-specific password required",
        ] {
            let found = trouble(&Error::LoginRefused(words.into()), Doing::Login, "x");
            assert_eq!(found.remedy, Remedy::Ask, "{words}");
        }
    }

    #[test]
    fn a_lost_connection_is_made_again_and_a_throttling_bye_waits() {
        let lost = trouble(&Error::Closed(None), Doing::Fetch, "x");
        assert_eq!(
            (lost.kind, lost.remedy),
            (Kind::ConnectionLost, Remedy::Again)
        );
        let bye = Error::Closed(Some("Session expired, please login again.".into()));
        assert_eq!(trouble(&bye, Doing::Fetch, "x").kind, Kind::Throttled);
    }

    #[test]
    fn the_wall_is_remembered_and_never_below_one() {
        let pace = Pace::default();
        let (first, second) = (pace.enter().unwrap(), pace.enter().unwrap());
        pace.wall();
        assert!(pace.enter().is_none());
        drop(second);
        drop(first);
        assert!(pace.enter().is_some());
    }

    #[test]
    fn the_smallest_refusal_sets_the_limit() {
        let pace = Pace::default();
        assert_eq!(pace.size_limit(None), None);
        pace.too_large(5_000);
        pace.too_large(9_000);
        assert_eq!(pace.size_limit(Some(10_000)), Some(4_999));
        assert_eq!(pace.size_limit(Some(100)), Some(100));
    }

    #[test]
    fn pauses_grow_and_end() {
        assert!(pause(0, u32::MAX) <= Duration::from_millis(600));
        assert!(pause(30, u32::MAX) <= Duration::from_millis(60_100));
        assert!(pause(3, 0) >= Duration::from_millis(100));
    }
}
