//! IMAP as a client speaks it: the origin that is only read, the destination that is written.
//!
//! Promises: a verb returns only on its own tagged OK; NO, BAD, BYE and the end of the connection are errors
//! with the server's words; a line that cannot be understood is counted and survived. `Origin` has no verb that
//! writes. Deliberately absent: trying again, and what to do about an error (see `engine::remedy`).
//!
//! - `wire` cuts octets into lines and bodies, `token` and `reply` say what a line is (over imap-proto)
//! - `session` is a logged-in connection; `login` gets it there; `capability` is what the server says it can
//! - `origin` and `destination` are the verbs; `folders` is the listing both share; `name` is modified UTF-7

pub mod capability;
pub mod destination;
pub mod folders;
pub mod login;
pub mod name;
pub mod origin;
pub mod quirk;
pub(crate) mod reply;
pub mod session;
pub(crate) mod token;
pub(crate) mod wire;

use std::io;
use std::sync::Arc;
use std::time::Duration;

pub use destination::Destination;
pub use login::{Greeted, Login};
pub use origin::Origin;

/// Every way something said to an IMAP server can end badly.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The connection ended; with the words of the server's BYE, if it said one.
    #[error("connection closed{}", .0.as_ref().map(|words| format!(": {words}")).unwrap_or_default())]
    Closed(Option<String>),
    /// A tagged NO or BAD.
    #[error("{}{}{text}", if *.bad { "BAD " } else { "NO " }, .code.as_ref().map(|code| format!("[{code}] ")).unwrap_or_default())]
    Refused {
        /// The response code without brackets, as sent.
        code: Option<String>,
        /// The words after it.
        text: String,
        /// Whether it was BAD.
        bad: bool,
    },
    /// The server said something that cannot be IMAP, or breaks its rules.
    #[error("protocol: {0}")]
    Protocol(String),
    /// What greeted us is not IMAP; with the start of what it said.
    #[error("this is not an IMAP greeting: {0}")]
    NotImap(String),
    /// The system's error.
    #[error("{0}")]
    Io(Arc<io::Error>),
    /// Not an octet for this long.
    #[error("no answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The connection could not be made.
    #[error("{0}")]
    Connect(#[from] crate::net::Error),
    /// The server does not offer STARTTLS and the endpoint demands it.
    #[error("the server does not offer STARTTLS")]
    NoStartTls,
    /// No login method in common.
    #[error("the server offers no login method this program knows ({0})")]
    NoLoginMethod(String),
    /// The login was refused, with the server's words.
    #[error("login refused: {0}")]
    LoginRefused(String),
}

impl Error {
    /// Whether the connection is of no more use.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Refused { .. })
    }

    /// Whether the server could not be reached: nobody answered who speaks IMAP.
    pub fn is_out_of_reach(&self) -> bool {
        use crate::net::Error as Net;
        matches!(
            self,
            Self::Connect(
                Net::Name(_) | Net::Refused(_) | Net::Unreachable(_) | Net::Io(_) | Net::Timeout(_)
            )
        )
    }

    /// The name of the response code of a refusal, in capitals.
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Refused {
                code: Some(code), ..
            } => code.split(' ').next().map(str::to_ascii_uppercase),
            _ => None,
        }
    }
}
