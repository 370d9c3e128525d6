//! The ports beside: who answers at the port that was asked for, and where IMAP is on this host.
//!
//! Promises: no password and no name of a user is ever sent; an alternative was met as it would be used, with TLS and
//! its certificate; clear text is never proposed. Deliberately absent: other hosts.

use std::time::Duration;

use futures::StreamExt;
use futures::future::Either;
use futures::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Order, beside};
use crate::account::{Address, Endpoint, Security};
use crate::imap::{Error, Greeted};
use crate::net::{self, Connector, Stream};

/// Another way to this host's mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Port and protection, as they would be asked for.
    pub address: Address,
    /// How far it was met.
    pub answers: Answers,
}

/// What answers at an alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// An IMAP server, encrypted, with a certificate that is accepted.
    Imap,
    /// TLS with a certificate that a person has yet to accept; what is behind it was not asked.
    Untrusted,
}

/// Who answers at a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// An IMAP server.
    Imap,
    /// A POP3 server (RFC 1939).
    Pop3,
    /// A server for sending mail (RFC 5321).
    Smtp,
    /// A web server.
    Http,
    /// Somebody who waits for TLS.
    Tls,
    /// Somebody else.
    Other,
}

impl Peer {
    /// Recognises a server by the first octets it says.
    pub(super) fn of(said: &[u8]) -> Self {
        let text = String::from_utf8_lossy(said).to_ascii_uppercase();
        let starts = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
        if starts(&[
            "* OK",
            "* PREAUTH",
            "* BYE",
            "* NO",
            "* BAD",
            "A BAD",
            "A NO",
            "A OK",
        ]) {
            Self::Imap
        } else if starts(&["+OK", "-ERR"]) {
            Self::Pop3
        } else if starts(&["220", "421", "554"]) && !text.contains("FTP") {
            Self::Smtp
        } else if starts(&["HTTP/", "<HTML", "<!DOCTYPE"]) {
            Self::Http
        } else if matches!(said, [0x15 | 0x16, 0x03, ..]) {
            Self::Tls
        } else {
            Self::Other
        }
    }
}

/// What was found beside the port asked for, and at it.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) peer: Option<Peer>,
    pub(super) alternatives: Vec<Alternative>,
}

impl Around {
    /// Whether it is clear that waiting for a greeting is in vain.
    pub(super) fn is_decisive(&self, security: Security) -> bool {
        match self.peer {
            Some(Peer::Pop3 | Peer::Smtp | Peer::Http) => true,
            Some(Peer::Tls) => security != Security::Tls,
            Some(Peer::Imap | Peer::Other) | None => false,
        }
    }
}

/// What is left to be found out at the port asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    /// Who answers in clear text.
    Clear,
    /// Who answers over TLS, which was agreed on.
    Tls,
    /// Nothing.
    Known,
}

/// Looks around for as long as `span`.
pub(super) async fn look(order: &Order, here: Here, span: Duration) -> Around {
    let asked = &order.endpoint.url;
    let mut until = Instant::now() + span;
    let mut looking = FuturesUnordered::new();
    looking.push(Either::Left(async {
        Found::Peer(peer(&order.endpoint, here, span).await)
    }));
    let known = |address: &Address| here == Here::Known && address.port == asked.port;
    for (place, address) in candidates(order).into_iter().enumerate() {
        if known(&address) {
            continue;
        }
        looking.push(Either::Right(async move {
            let met = try_out(&order.endpoint, address, span).await;
            Found::Alternative(place, met)
        }));
    }
    let mut around = Around::default();
    let mut met = Vec::new();
    while let Ok(Some(found)) = timeout_at(until, looking.next()).await {
        match found {
            Found::Peer(peer) => around.peer = around.peer.or(peer),
            Found::Alternative(place, Some(found)) => {
                if found.address.port == asked.port && found.address.security == Security::Tls {
                    around.peer = Some(Peer::Tls);
                }
                met.push((place, found));
            }
            Found::Alternative(_, None) => {}
        }
        if around.is_decisive(asked.security) {
            until = until.min(Instant::now() + span / 5);
        }
    }
    met.sort_by_key(|(place, _)| *place);
    around.alternatives = met.into_iter().map(|(_, found)| found).collect();
    around
}

/// What came of one look.
enum Found {
    Peer(Option<Peer>),
    Alternative(usize, Option<Alternative>),
}

/// The usual ports, then the port asked for in the other way.
fn candidates(order: &Order) -> Vec<Address> {
    let asked = &order.endpoint.url;
    let other = match asked.security {
        Security::Tls => Security::StartTls,
        Security::StartTls | Security::Clear | Security::Local => Security::Tls,
    };
    let mut found = Vec::new();
    for (port, security) in [
        (order.ports.tls, Security::Tls),
        (order.ports.start_tls, Security::StartTls),
        (asked.port, other),
    ] {
        let address = beside(asked, port, security);
        if address != *asked && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

async fn try_out(endpoint: &Endpoint, address: Address, span: Duration) -> Option<Alternative> {
    let endpoint = Endpoint {
        url: address.clone(),
        ..endpoint.clone()
    };
    let connector = Connector::new(&endpoint).ok()?;
    let answers = match timeout(span, Greeted::meet(&connector, span)).await.ok()? {
        Ok(_) => Answers::Imap,
        Err(Error::Connect(net::Error::Certificate { .. })) => Answers::Untrusted,
        Err(_) => return None,
    };
    Some(Alternative { address, answers })
}

/// Who answers at the port asked for.
async fn peer(endpoint: &Endpoint, here: Here, span: Duration) -> Option<Peer> {
    let security = match here {
        Here::Clear => Security::Clear,
        Here::Tls => Security::Tls,
        Here::Known => return None,
    };
    let endpoint = Endpoint {
        url: beside(&endpoint.url, endpoint.url.port, security),
        ..endpoint.clone()
    };
    let connector = Connector::new(&endpoint).ok()?;
    let mut stream = timeout(span, connector.dial()).await.ok()?.ok()?;
    let mut said = hear(&mut stream, span / 4).await;
    if said.is_empty() {
        // A web server waits for a request, and finds this one bad; to all others it is harmless.
        stream.write_all(b"a NOOP\r\n\r\n").await.ok()?;
        stream.flush().await.ok()?;
        said = hear(&mut stream, span / 2).await;
    }
    (!said.is_empty()).then(|| Peer::of(&said))
}

/// The first line, or what came of it in this time.
async fn hear(stream: &mut Stream, span: Duration) -> Vec<u8> {
    let mut said = Vec::new();
    let hearing = async {
        let mut piece = [0; 512];
        while said.len() < piece.len() && !said.contains(&b'\n') {
            match stream.read(&mut piece).await {
                Ok(read) if read > 0 => said.extend_from_slice(&piece[..read]),
                _ => break,
            }
        }
    };
    let _ = timeout(span, hearing).await;
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Side;

    #[test]
    fn servers_are_recognised_by_their_first_words() {
        for (said, peer) in [
            (&b"* OK IMAP4rev1 ready\r\n"[..], Peer::Imap),
            (b"* BYE too many\r\n", Peer::Imap),
            (b"+OK POP3 ready\r\n", Peer::Pop3),
            (b"220 mail.example ESMTP\r\n", Peer::Smtp),
            (b"220-mail.example ESMTP\r\n", Peer::Smtp),
            (b"220 FTP server\r\n", Peer::Other),
            (b"HTTP/1.1 400 Bad Request\r\n", Peer::Http),
            (b"\x15\x03\x01\x00\x02\x02\x46", Peer::Tls),
            (b"SSH-2.0-OpenSSH_9.2\r\n", Peer::Other),
        ] {
            assert_eq!(Peer::of(said), peer, "{}", String::from_utf8_lossy(said));
        }
    }

    #[test]
    fn the_usual_ports_come_first_and_clear_text_never() {
        let of = |url: &str| -> Vec<String> {
            let order = Order::new(Endpoint::new(url.parse().unwrap()), Side::Origin);
            candidates(&order).iter().map(ToString::to_string).collect()
        };
        assert_eq!(of("imaps://x"), ["imap://x:143", "imap://x:993"]);
        assert_eq!(of("imap://x"), ["imaps://x:993", "imaps://x:143"]);
        assert_eq!(
            of("imap+insecure://x:1143"),
            ["imaps://x:993", "imap://x:143", "imaps://x:1143"]
        );
    }
}
