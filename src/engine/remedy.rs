//! From a server's words to what is to be done: by one table (`table`).
//!
//! Promises: codes count before words; what is not known leaves the message for the next pass and keeps the session.
//! Deliberately absent: doing it; sentences for people.

mod table;

use std::time::Duration;

use crate::imap::Error;
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
        // An archive that could not finish, which may have stored something: that is looked for when it can again.
        Error::Closed(Some(words)) if words.contains("[X-ARCHIVE-") => {
            let kind = table::of(words, doing).unwrap_or(Kind::ArchiveStorage);
            Trouble::new(kind, subject, detail)
        }
        // Some say good-bye instead of refusing: why is in their words.
        Error::Closed(Some(words)) if doing == Doing::Login => {
            let kind = table::of_login(words).unwrap_or(Kind::ConnectionLost);
            Trouble::new(kind, subject, detail)
        }
        Error::Closed(_) | Error::Io(_) => Trouble::new(Kind::ConnectionLost, subject, detail),
        Error::Timeout(_) => Trouble::new(Kind::TimedOut, subject, detail),
        Error::Protocol(_) => Trouble::new(Kind::Protocol, subject, detail).with(Remedy::Again),
        // IceWarp says so in place of a greeting.
        Error::NotImap(words) if table::of_login(words) == Some(Kind::Blocked) => {
            Trouble::new(Kind::Blocked, subject, words.trim())
        }
        // A balancer in trouble may answer with a page of its own: worth another try.
        Error::NotImap(_) => Trouble::new(Kind::WrongProtocol, subject, detail).with(Remedy::Again),
        Error::NoStartTls => Trouble::new(Kind::NoStartTls, subject, detail),
        Error::NoLoginMethod(offers) => Trouble::new(no_method(offers), subject, detail),
        Error::Connect(error) => Trouble::new(error.kind(), subject, detail),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net;

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
    fn a_server_out_of_reach_is_the_networks_doing_and_a_refused_certificate_is_not() {
        let io = || std::sync::Arc::new(std::io::Error::other("x"));
        for (error, network) in [
            (net::Error::Name(io()), true),
            (net::Error::Refused(io()), true),
            (net::Error::Unreachable(io()), true),
            (net::Error::Io(io()), true),
            (net::Error::Timeout(Duration::from_secs(1)), true),
            (net::Error::Tls("x".into()), false),
            (net::Error::NotTls, false),
            (net::Error::Authority("x".into()), false),
        ] {
            let error = Error::Connect(error);
            let kind = trouble(&error, Doing::Login, "x").kind;
            assert_eq!(
                (error.is_out_of_reach(), kind.is_network()),
                (network, network),
                "{error}"
            );
        }
    }

    #[test]
    fn a_lost_connection_is_made_again_and_a_throttling_bye_waits() {
        let lost = trouble(&Error::Closed(None), Doing::Fetch, "x");
        assert_eq!(
            (lost.kind, lost.remedy),
            (Kind::ConnectionLost, Remedy::Again)
        );
        let archive = Error::Closed(Some("[X-ARCHIVE-FULL] /a: no space".into()));
        let archive = trouble(&archive, Doing::Append, "x");
        assert_eq!(
            (archive.kind, archive.remedy),
            (Kind::ArchiveFull, Remedy::Stop)
        );
        let bye = Error::Closed(Some("Session expired, please login again.".into()));
        assert_eq!(trouble(&bye, Doing::Fetch, "x").kind, Kind::Throttled);
    }
}
