//! How a server introduces itself and what it can do.
//!
//! The capability list is the truth: what is not in it is answered `BAD`, so a client that forgets to look is caught.

use super::faults::Faults;
use super::icewarp::IceWarp;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

const RICH: &str = "IMAP4rev1 LITERAL+ MULTIAPPEND UIDPLUS SASL-IR ID NAMESPACE SPECIAL-USE LIST-EXTENDED LIST-STATUS \
    STATUS=SIZE CONDSTORE ENABLE UNSELECT QUOTA CHILDREN ESEARCH COMPRESS=DEFLATE AUTH=PLAIN AUTH=LOGIN \
    CREATE-SPECIAL-USE";

/// What a server says of itself, how it numbers, and the faults it starts with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The text after `* OK ` at the start of a connection; a code such as `[CAPABILITY …]` may be part of it.
    pub greeting: String,
    /// What CAPABILITY lists after login; before it only what concerns logging in is told.
    pub capabilities: Vec<String>,
    /// Whether the reply to a login carries the capabilities, as Dovecot does, or the client has to ask again.
    pub announce: bool,
    /// The first UID of folders made from now on.
    pub uid_start: u32,
    /// The distance between UIDs, so that two servers never agree on numbers by chance.
    pub uid_step: u32,
    /// An administrator (login, password) who may log in as anybody: PLAIN with authorization identity, or `user*admin`.
    pub admin: Option<(String, String)>,
    /// The longest command line, in octets, literals not counted.
    pub line_limit: usize,
    /// Where to listen; port 0 takes any free one.
    pub address: SocketAddr,
    /// The ways of an IceWarp, where it is one.
    pub icewarp: Option<Arc<IceWarp>>,
    /// What goes wrong; keep a clone to arm more while the server runs.
    pub faults: Faults,
}

impl Config {
    /// A server that knows IMAP4rev1 and nothing else, like the old ones people move away from.
    pub fn bare() -> Self {
        Self {
            greeting: "IMAP4 server ready".to_owned(),
            capabilities: vec!["IMAP4rev1".to_owned()],
            announce: false,
            ..Self::default()
        }
    }

    /// The same server without these capabilities.
    #[must_use]
    pub fn without(mut self, capabilities: &[&str]) -> Self {
        self.capabilities.retain(|held| {
            !capabilities
                .iter()
                .any(|gone| gone.eq_ignore_ascii_case(held))
        });
        self
    }

    /// The same server with these capabilities as well.
    #[must_use]
    pub fn with(mut self, capabilities: &[&str]) -> Self {
        self.capabilities
            .extend(capabilities.iter().map(|&more| more.to_owned()));
        self
    }

    /// Whether a capability is in the list.
    pub fn knows(&self, capability: &str) -> bool {
        self.capabilities
            .iter()
            .any(|held| held.eq_ignore_ascii_case(capability))
    }

    /// The line of capabilities, before or after login.
    pub(super) fn capability_line(&self, logged_in: bool) -> String {
        let early = [
            "IMAP4REV1",
            "LITERAL+",
            "LITERAL-",
            "SASL-IR",
            "ID",
            "ENABLE",
            "LOGINDISABLED",
        ];
        let mut line: Vec<String> = self
            .capabilities
            .iter()
            .filter(|held| {
                let held = held.to_ascii_uppercase();
                logged_in || early.contains(&held.as_str()) || held.starts_with("AUTH=")
            })
            .cloned()
            .collect();
        if let Some(limit) = self.faults.message_limit_now().filter(|_| logged_in) {
            line.push(format!("MESSAGELIMIT={limit}"));
        }
        line.join(" ")
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            greeting: "Traghetto sample server ready".to_owned(),
            capabilities: RICH.split_whitespace().map(str::to_owned).collect(),
            announce: true,
            uid_start: 1,
            uid_step: 1,
            admin: None,
            line_limit: 64 * 1024,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            icewarp: None,
            faults: Faults::default(),
        }
    }
}
