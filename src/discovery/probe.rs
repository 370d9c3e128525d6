//! Whether an IMAP server greets at a usual place.
//!
//! Promises: nothing is said that could be a credential. At most two words leave, CAPABILITY and STARTTLS, and TLS
//! as far as the handshake; a certificate that is not trusted is passed over only to read the greeting behind it,
//! and told. Deliberately absent: POP3, and logging in.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::world::World;
use super::{Candidate, LoginForm, Protocol, Source};
use crate::account::{Address, Endpoint, Security};
use crate::net::{Connector, Error, Stream};

/// A line longer than this is no greeting.
const LINE: usize = 8 * 1024;
/// More lines than this no server says before it answers CAPABILITY.
const LINES: usize = 20;

/// The server at the usual port for this kind of protection, if one greets there.
pub(super) async fn probe(world: &World, host: &str, security: Security) -> Option<Candidate> {
    let port = match security {
        Security::Tls => 993,
        Security::StartTls | Security::Clear | Security::Local => 143,
    };
    let address = Address {
        host: host.to_owned(),
        port,
        security,
    };
    let endpoint = world.endpoint(address);
    let found = match security {
        Security::Tls => implicit(world, endpoint).await,
        Security::StartTls | Security::Clear | Security::Local => explicit(world, endpoint).await,
    };
    tracing::debug!("{host}:{port}: {found:?}");
    let (security, trusted) = found?;
    Some(Candidate {
        source: Source::Probe { trusted },
        protocol: Protocol::Imap,
        address: Address {
            host: host.to_owned(),
            port,
            security,
        },
        login: LoginForm::Unknown,
        oauth: false,
        provider: None,
    })
}

/// TLS first, then the greeting.
async fn implicit(world: &World, mut endpoint: Endpoint) -> Option<(Security, bool)> {
    let mut trusted = true;
    let stream = match secured(world, &endpoint).await {
        Err(Error::Certificate {
            seen: Some(pin), ..
        }) => {
            trusted = false;
            endpoint.certificate = Some(pin);
            secured(world, &endpoint).await
        }
        other => other,
    };
    let mut stream = stream.ok()?;
    greeted(&line(&mut stream).await?).then_some((Security::Tls, trusted))
}

/// The greeting first, then STARTTLS where it is offered.
async fn explicit(world: &World, endpoint: Endpoint) -> Option<(Security, bool)> {
    let mut stream = dialled(world, &endpoint).await?;
    let greeting = line(&mut stream).await?;
    if !greeted(&greeting) {
        return None;
    }
    let offered = match capabilities(&greeting) {
        Some(known) => offers(known),
        None => asked(&mut stream).await?,
    };
    if !offered {
        return Some((Security::Clear, false));
    }
    stream.write_all(b"b STARTTLS\r\n").await.ok()?;
    if !ok(&answer(&mut stream, "b ").await?, "b ") {
        return None;
    }
    let secured = Connector::new(&endpoint).ok()?.secure(stream).await;
    match secured {
        Ok(_) => Some((Security::StartTls, true)),
        Err(Error::Certificate { .. }) => Some((Security::StartTls, false)),
        Err(_) => None,
    }
}

async fn dialled(world: &World, endpoint: &Endpoint) -> Option<Stream> {
    let (host, port) = (&endpoint.url.host, endpoint.url.port);
    let stream = world.dial(host, port).await.ok()?;
    Some(Box::new(stream))
}

async fn secured(world: &World, endpoint: &Endpoint) -> Result<Stream, Error> {
    let stream = dialled(world, endpoint).await;
    let stream = stream.ok_or_else(|| Error::Tls("nobody there".to_owned()))?;
    Connector::new(endpoint)?.secure(stream).await
}

/// Whether STARTTLS is among the capabilities the server names when asked.
async fn asked(stream: &mut Stream) -> Option<bool> {
    stream.write_all(b"a CAPABILITY\r\n").await.ok()?;
    for _ in 0..LINES {
        let line = line(stream).await?;
        if starts(&line, "* CAPABILITY ") {
            return Some(offers(&line));
        }
        if starts(&line, "a ") {
            return Some(false);
        }
    }
    None
}

/// The line that answers the command with this tag.
async fn answer(stream: &mut Stream, tag: &str) -> Option<String> {
    for _ in 0..LINES {
        let line = line(stream).await?;
        if starts(&line, tag) {
            return Some(line);
        }
    }
    None
}

/// One line. Read octet by octet: not one more may be taken before TLS begins.
async fn line(stream: &mut Stream) -> Option<String> {
    let mut line = Vec::new();
    while line.len() < LINE {
        match stream.read_u8().await.ok()? {
            b'\n' => return Some(String::from_utf8_lossy(&line).trim_end().to_owned()),
            octet => line.push(octet),
        }
    }
    None
}

/// Also a server that has no time for us just now is an IMAP server.
fn greeted(line: &str) -> bool {
    ["* OK", "* PREAUTH", "* BYE"]
        .iter()
        .any(|word| starts(line, word))
}

/// The capabilities in a greeting, if it names them.
fn capabilities(greeting: &str) -> Option<&str> {
    let upper = greeting.to_ascii_uppercase();
    let start = upper.find("[CAPABILITY ")?;
    let end = start + upper[start..].find(']')?;
    greeting.get(start..end)
}

fn offers(capabilities: &str) -> bool {
    capabilities
        .split_ascii_whitespace()
        .any(|word| word.eq_ignore_ascii_case("STARTTLS"))
}

fn ok(line: &str, tag: &str) -> bool {
    line.get(tag.len()..).is_some_and(|rest| starts(rest, "OK"))
}

fn starts(line: &str, word: &str) -> bool {
    line.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_told_from_other_protocols() {
        for line in [
            "* OK ready",
            "* ok [CAPABILITY IMAP4rev1]",
            "* PREAUTH x",
            "* BYE busy",
        ] {
            assert!(greeted(line), "{line}");
        }
        for line in ["+OK POP3", "220 smtp", "", "*", "SSH-2.0", "* NO"] {
            assert!(!greeted(line), "{line}");
        }
    }

    #[test]
    fn starttls_is_a_word_of_its_own() {
        let greeting = "* OK [Capability IMAP4rev1 STARTTLS LOGINDISABLED] ready STARTTLS";
        assert!(offers(capabilities(greeting).unwrap()));
        assert_eq!(capabilities("* OK ready"), None);
        assert!(!offers("* CAPABILITY IMAP4rev1 XSTARTTLS"));
    }
}
