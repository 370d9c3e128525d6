//! IceWarp's ways over IMAP, as its reference tells them (icewarp.md 7), for tests of moving mail to it.
//!
//! It promises the traps and not the server: a tree called `Archive` that is created with OK and is not there, groupware
//! folders that take no mail, names whose case tells nothing apart, APPENDs held back to so many a minute without a word,
//! NUL octets refused, and the line that stands in place of a greeting for an address it has shut out. Which words IceWarp
//! has for a refusal is known of few; the others are made up here.

use super::config::Config;
use super::store::Store;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const CAPABILITIES: &str = "IMAP4rev1 UIDPLUS CONDSTORE QUOTA AUTH=PLAIN AUTH=LOGIN";
const GROUPWARE: [&str; 7] = [
    "calendar",
    "contacts",
    "notes",
    "tasks",
    "journal",
    "files",
    "public folders",
];

/// What an IceWarp does that others do not; a test keeps a clone of the handle.
#[derive(Debug, Default)]
pub struct IceWarp {
    per_minute: Mutex<Option<u32>>,
    next: Mutex<Option<Instant>>,
    blocking: AtomicBool,
}

impl IceWarp {
    /// Makes an account as a new one is: INBOX and Spam.
    pub fn add_account(store: &Store, login: &str, password: &str) {
        store.add_account(login, password);
        store.add_folder(login, "Spam", None, true);
    }

    /// Takes at most so many APPENDs a minute; more have to wait (`C_System_Services_IMAP_MaxAppendsPerMinute`).
    pub fn appends_per_minute(&self, most: Option<u32>) {
        *self
            .per_minute
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = most;
    }

    /// Shuts everybody out, or no longer.
    pub fn block(&self, blocking: bool) {
        self.blocking.store(blocking, Ordering::Release);
    }

    /// What stands in place of the greeting, to whoever is shut out.
    pub(super) fn shut(&self, address: std::net::IpAddr) -> Option<String> {
        let shut = self.blocking.load(Ordering::Acquire);
        shut.then(|| format!(" NO LOGOUT Intrusion prevention active for {address}\r\n"))
    }

    /// Waits until one more APPEND is allowed.
    pub(super) async fn turn(&self) {
        let per_minute = *self
            .per_minute
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(most) = per_minute else {
            return;
        };
        let at = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let at = next.map_or(now, |next| next.max(now));
            *next = Some(at + Duration::from_mins(1) / most.max(1));
            at
        };
        sleep_until(at).await;
    }

    /// Whether a folder is in the tree that is never there.
    pub(super) fn is_archive(name: &str) -> bool {
        top(name).eq_ignore_ascii_case("Archive")
    }

    /// Whether a folder takes no mail.
    pub(super) fn is_groupware(name: &str) -> bool {
        GROUPWARE.contains(&top(name).to_ascii_lowercase().as_str())
    }
}

fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

impl Config {
    /// A server like IceWarp 14, for a store with `/` and no prefix.
    pub fn icewarp() -> Self {
        let config = Self {
            greeting: "IceWarp 14.3.0.3 DEB11 x64 IMAP4rev1 Mon, 02 Feb 2026 10:00:00 +0000"
                .to_owned(),
            capabilities: CAPABILITIES.split(' ').map(str::to_owned).collect(),
            announce: false,
            icewarp: Some(Arc::default()),
            ..Self::default()
        };
        config
            .faults
            .refuse_content("\0", "NO APPEND Message contains NUL byte");
        config
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::Server;
    use crate::sample::conversation::Talk;
    use tokio::io::AsyncReadExt as _;

    async fn served() -> (Server, Store, Arc<IceWarp>) {
        let store = Store::new('/', "");
        IceWarp::add_account(&store, "ada", "secret");
        let config = Config::icewarp();
        let icewarp = config.icewarp.clone().unwrap();
        let server = Server::start(store.clone(), config).await.unwrap();
        (server, store, icewarp)
    }

    #[tokio::test]
    async fn an_archive_is_made_and_is_not_there() {
        let (server, store, _) = served().await;
        let mut talk = Talk::logged_in(&server).await;
        for name in ["Archive", "archive/2019"] {
            let _ = talk.ok(&format!("CREATE {name}")).await;
            assert_eq!(
                talk.reply(&format!("SELECT {name}")).await,
                "NO SELECT Mailbox does not exist"
            );
        }
        assert_eq!(store.folders("ada").len(), 2);
        let _ = talk.ok("CREATE Lavoro/Archive").await;
        let _ = talk.ok("SELECT Lavoro/Archive").await;
    }

    #[tokio::test]
    async fn groupware_takes_no_mail_and_case_tells_nothing_apart() {
        let (server, _, _) = served().await;
        let mut talk = Talk::logged_in(&server).await;
        let _ = talk.ok("CREATE Calendar").await;
        assert_eq!(
            talk.reply("APPEND calendar {2}").await,
            "NO [TRYCREATE] APPEND Mailbox does not exist"
        );
        let _ = talk.ok("CREATE Foo").await;
        assert!(
            talk.reply("CREATE foo")
                .await
                .starts_with("NO [ALREADYEXISTS]")
        );
        let _ = talk.ok("SELECT FOO").await;
    }

    #[tokio::test]
    async fn appends_wait_for_their_turn_without_a_word() {
        let (server, store, icewarp) = served().await;
        icewarp.appends_per_minute(Some(600));
        let mut talk = Talk::logged_in(&server).await;
        let begun = Instant::now();
        for _ in 0..4 {
            talk.send(b"t APPEND INBOX {2}\r\n").await;
            assert_eq!(talk.line().await.unwrap(), "+ OK");
            talk.send(b"hi\r\n").await;
            let _ = talk.answer().await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(300));
        assert_eq!(store.folder("ada", "INBOX").unwrap().messages.len(), 4);
    }

    #[tokio::test]
    async fn whoever_is_shut_out_is_told_in_place_of_a_greeting() {
        let (server, _, icewarp) = served().await;
        icewarp.block(true);
        let mut stream = tokio::net::TcpStream::connect(server.address())
            .await
            .unwrap();
        let mut said = String::new();
        let _ = stream.read_to_string(&mut said).await.unwrap();
        assert_eq!(
            said,
            " NO LOGOUT Intrusion prevention active for 127.0.0.1\r\n"
        );
        icewarp.block(false);
        let _ = Talk::logged_in(&server).await;
    }
}
