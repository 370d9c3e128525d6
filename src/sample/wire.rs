//! One connection: lines and literals in, octets out, compressed or not, and the place where it is cut.
//!
//! It promises that nothing waits in the buffer while the server waits for the client, that a body goes out without
//! being copied twice, and that a cut happens at the very octet that was armed.

use super::faults::Faults;
use async_compression::tokio::bufread::DeflateDecoder;
use async_compression::tokio::write::DeflateEncoder;
use std::io::{self, Cursor, ErrorKind};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

const READ_CHUNK_OCTETS: usize = 64 * 1024;
const LITERAL_CHUNK_OCTETS: u64 = 1024 * 1024;
const WRITE_BUFFER_OCTETS: usize = 256 * 1024;
const DIRECT_WRITE_OCTETS: usize = 64 * 1024;
const GOODBYE: Duration = Duration::from_millis(250);

type Input = Box<dyn AsyncRead + Send + Unpin>;
type Output = Box<dyn AsyncWrite + Send + Unpin>;

pub(super) struct Wire {
    input: Input,
    output: Output,
    unread: Vec<u8>,
    unsent: Vec<u8>,
    faults: Faults,
    waited: bool,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, faults: Faults) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        let (input, output) = stream.into_split();
        Ok(Self {
            input: Box::new(input),
            output: Box::new(output),
            unread: Vec::new(),
            unsent: Vec::new(),
            faults,
            waited: false,
        })
    }

    /// The next line without its end; `None` for one that is longer than `limit`. The end of the stream is an error.
    pub(super) async fn line(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        self.waited = false;
        let mut searched = 0;
        let mut too_long = false;
        loop {
            if let Some(end) = self.unread[searched..]
                .iter()
                .position(|octet| *octet == b'\n')
            {
                let mut line: Vec<u8> = self.unread.drain(..=searched + end).collect();
                let _ = line.pop();
                if line.last() == Some(&b'\r') {
                    let _ = line.pop();
                }
                return Ok(Some(line).filter(|line| !too_long && line.len() <= limit));
            }
            if self.unread.len() > limit {
                too_long = true;
                self.unread.clear();
            }
            searched = self.unread.len();
            self.fill().await?;
        }
    }

    /// Whether the client was idle before the last line, that is, it did not send it together with an earlier one.
    pub(super) fn client_was_idle(&self) -> bool {
        self.waited
    }

    /// The octets of a literal.
    pub(super) async fn literal(&mut self, octets: usize) -> io::Result<Vec<u8>> {
        let mut literal = Vec::with_capacity(octets);
        let ready = octets.min(self.unread.len());
        literal.extend(self.unread.drain(..ready));
        if ready < octets {
            self.flush().await?;
        }
        while literal.len() < octets {
            let room = ((octets - literal.len()) as u64).min(LITERAL_CHUNK_OCTETS);
            let got = (&mut self.input).take(room).read_buf(&mut literal).await?;
            self.received(got).await?;
        }
        Ok(literal)
    }

    /// Reads a literal and forgets it.
    pub(super) async fn skip(&mut self, octets: usize) -> io::Result<()> {
        let mut left = octets;
        loop {
            let ready = left.min(self.unread.len());
            let _ = self.unread.drain(..ready);
            left -= ready;
            if left == 0 {
                return Ok(());
            }
            self.fill().await?;
        }
    }

    /// Queues octets for the client.
    pub(super) async fn put(&mut self, octets: impl AsRef<[u8]>) -> io::Result<()> {
        self.put_counted(octets.as_ref(), false).await
    }

    /// Queues octets of a message for the client.
    pub(super) async fn put_body(&mut self, octets: &[u8]) -> io::Result<()> {
        self.put_counted(octets, true).await
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if !self.unsent.is_empty() {
            self.output.write_all(&self.unsent).await?;
            self.unsent.clear();
        }
        self.output.flush().await
    }

    /// Sends what is queued, says goodbye on the socket and waits a little for the client to go, so that it reads what
    /// it was sent: a socket closed over unread octets takes those on their way with it.
    pub(super) async fn close(&mut self) -> io::Error {
        let goodbye = async {
            self.flush().await?;
            self.output.shutdown().await?;
            let mut rest = vec![0; READ_CHUNK_OCTETS];
            while self.input.read(&mut rest).await? > 0 {}
            io::Result::Ok(())
        };
        let _ = tokio::time::timeout(GOODBYE, goodbye).await;
        ErrorKind::ConnectionAborted.into()
    }

    /// From here on both directions are compressed (RFC 4978); the reply has been queued before.
    pub(super) async fn compress(&mut self) -> io::Result<()> {
        self.flush().await?;
        let nothing: Input = Box::new(tokio::io::empty());
        let nowhere: Output = Box::new(tokio::io::sink());
        let early = Cursor::new(std::mem::take(&mut self.unread));
        let input = early.chain(std::mem::replace(&mut self.input, nothing));
        let output = std::mem::replace(&mut self.output, nowhere);
        self.input = Box::new(DeflateDecoder::new(BufReader::new(input)));
        self.output = Box::new(DeflateEncoder::new(output));
        Ok(())
    }

    async fn put_counted(&mut self, octets: &[u8], in_body: bool) -> io::Result<()> {
        let allowed = self.faults.sendable(octets.len(), in_body);
        let sent = &octets[..allowed.unwrap_or(octets.len())];
        if sent.len() >= DIRECT_WRITE_OCTETS {
            self.output.write_all(&self.unsent).await?;
            self.unsent.clear();
            self.output.write_all(sent).await?;
        } else {
            self.unsent.extend_from_slice(sent);
            if self.unsent.len() >= WRITE_BUFFER_OCTETS {
                self.output.write_all(&self.unsent).await?;
                self.unsent.clear();
            }
        }
        if allowed.is_some() {
            Err(self.close().await)
        } else {
            Ok(())
        }
    }

    /// Takes more octets from the client. When there are none yet, what is queued goes out first.
    async fn fill(&mut self) -> io::Result<()> {
        self.unread.reserve(READ_CHUNK_OCTETS);
        let at_hand = tokio::select! {
            biased;
            got = self.input.read_buf(&mut self.unread) => Some(got?),
            () = std::future::ready(()) => None,
        };
        let got = if let Some(got) = at_hand {
            got
        } else {
            self.waited |= self.unread.is_empty();
            self.flush().await?;
            self.input.read_buf(&mut self.unread).await?
        };
        self.received(got).await
    }

    async fn received(&mut self, octets: usize) -> io::Result<()> {
        if octets == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        match self.faults.receivable(octets) {
            Some(_) => Err(self.close().await),
            None => Ok(()),
        }
    }
}
