//! A client that knows nothing: it sends a line and gives back what came until the tag. For the tests of this folder.

#![allow(clippy::unwrap_used)]

use super::{Config, Mail, Server, Store};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// One connection.
pub(super) struct Talk {
    stream: BufReader<TcpStream>,
}

/// A server with the account `ada`, password `secret`.
pub(super) async fn served(config: Config) -> (Server, Store) {
    let store = Store::new('/', "");
    store.add_account("ada", "secret");
    let server = Server::start(store.clone(), config).await.unwrap();
    (server, store)
}

/// The same with three messages in INBOX.
pub(super) async fn with_three(config: Config) -> (Server, Store) {
    let (server, store) = served(config).await;
    for (text, flags) in [
        ("one", &["\\Seen"][..]),
        ("two", &[]),
        ("three", &["Progetto"]),
    ] {
        let body = format!("Subject: {text}\r\nTo: ada@example.it\r\n\r\nText {text}\r\n");
        let _ = store.add_message(
            "ada",
            "INBOX",
            Mail::new(body.into_bytes()).with_flags(flags),
        );
    }
    (server, store)
}

impl Talk {
    /// Connects and reads the greeting.
    pub(super) async fn greeted(server: &Server) -> Self {
        let mut talk = Self {
            stream: BufReader::new(TcpStream::connect(server.address()).await.unwrap()),
        };
        assert!(talk.line().await.unwrap().starts_with("* OK "));
        talk
    }

    /// Connects and logs in as `ada`.
    pub(super) async fn logged_in(server: &Server) -> Self {
        let mut talk = Self::greeted(server).await;
        let _ = talk.ok("LOGIN ada secret").await;
        talk
    }

    /// Connects, logs in and selects INBOX.
    pub(super) async fn in_inbox(server: &Server) -> Self {
        let mut talk = Self::logged_in(server).await;
        let _ = talk.ok("SELECT INBOX").await;
        talk
    }

    /// Sends a command that must succeed; returns the lines before the tagged one, and that without its tag.
    pub(super) async fn ok(&mut self, command: &str) -> Vec<String> {
        let lines = self.say(command).await;
        assert!(
            lines.last().unwrap().starts_with("OK"),
            "{command}: {lines:?}"
        );
        lines
    }

    /// Sends a command and returns its reply alone.
    pub(super) async fn reply(&mut self, command: &str) -> String {
        self.say(command).await.pop().unwrap()
    }

    /// Sends a command; the last line is `closed` when the connection ended first.
    pub(super) async fn say(&mut self, command: &str) -> Vec<String> {
        self.send(format!("t {command}\r\n").as_bytes()).await;
        self.answer().await
    }

    pub(super) async fn send(&mut self, octets: &[u8]) {
        // The server may have hung up already; what it said before is still there to read.
        let _ = self.stream.get_mut().write_all(octets).await;
    }

    /// The lines up to the tagged one, that without its tag.
    pub(super) async fn answer(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let Some(line) = self.line().await else {
                lines.push("closed".to_owned());
                return lines;
            };
            if let Some(reply) = line.strip_prefix("t ") {
                lines.push(reply.to_owned());
                return lines;
            }
            lines.push(line);
        }
    }

    /// One line with the literals in it; `None` at the end of the stream.
    pub(super) async fn line(&mut self) -> Option<String> {
        let mut octets = Vec::new();
        loop {
            if self
                .stream
                .read_until(b'\n', &mut octets)
                .await
                .unwrap_or(0)
                == 0
                || !octets.ends_with(b"\r\n")
            {
                return None;
            }
            octets.truncate(octets.len() - 2);
            let Some(length) = literal_length(&octets) else {
                return Some(String::from_utf8_lossy(&octets).into_owned());
            };
            octets.extend_from_slice(b"\r\n");
            let start = octets.len();
            octets.resize(start + length, 0);
            if self.stream.read_exact(&mut octets[start..]).await.is_err() {
                return None;
            }
        }
    }
}

fn literal_length(line: &[u8]) -> Option<usize> {
    let inner = line.strip_suffix(b"}")?;
    let open = inner.iter().rposition(|octet| *octet == b'{')?;
    std::str::from_utf8(&inner[open + 1..]).ok()?.parse().ok()
}
