//! Framing: octets in, lines with their literals out; octets out.
//!
//! Promises (style rules 1 to 3, 7): a response is one line and the literals it announces; the octets of a
//! message body are never collected here, they are lifted out and handed on as they arrive, and the line keeps
//! `{0}` in their place; fewer octets than announced is `Closed`; a line is bounded, a body is not; each wait
//! ends after the given patience. Deliberately absent: what the words mean (`reply`), and commands (`session`).

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_compression::Level;
use async_compression::tokio::bufread::DeflateDecoder;
use async_compression::tokio::write::DeflateEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader, ReadHalf, WriteHalf};
use tokio::time::timeout;

use super::Error;
use crate::net::Stream;

/// Longest line, literals other than bodies included, in octets.
const LINE_LIMIT: usize = 32 << 20;
/// Size of the read buffer in octets.
const READ_BUFFER: usize = 64 << 10;
/// Pending output above this many octets is sent on.
const WRITE_BUFFER: usize = 64 << 10;

#[derive(Debug)]
enum Source {
    Plain(ReadHalf<Stream>),
    Deflate(Box<DeflateDecoder<BufReader<ReadHalf<Stream>>>>),
    Gone,
}

#[derive(Debug)]
enum Sink {
    Plain(WriteHalf<Stream>),
    Deflate(Box<DeflateEncoder<WriteHalf<Stream>>>),
    Gone,
}

/// What `advance` stopped at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A body of this many octets follows: take it with `body_chunk`, then advance again.
    Body(u64),
    /// The response is complete: see `line`.
    Line,
}

/// The reading half.
#[derive(Debug)]
pub(crate) struct Reader {
    source: Source,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    line: Vec<u8>,
    fresh: bool,
    segment: usize,
    body_left: u64,
    patience: Duration,
    received: u64,
}

/// The writing half.
#[derive(Debug)]
pub(crate) struct Writer {
    sink: Sink,
    buffer: Vec<u8>,
    patience: Duration,
    sent: Arc<AtomicU64>,
}

/// Both halves of a fresh connection.
pub(crate) fn open(stream: Stream, patience: Duration) -> (Reader, Writer) {
    let (read, write) = tokio::io::split(stream);
    let reader = Reader {
        source: Source::Plain(read),
        buffer: vec![0; READ_BUFFER].into_boxed_slice(),
        start: 0,
        end: 0,
        line: Vec::with_capacity(512),
        fresh: true,
        segment: 0,
        body_left: 0,
        patience,
        received: 0,
    };
    let writer = Writer {
        sink: Sink::Plain(write),
        buffer: Vec::with_capacity(WRITE_BUFFER),
        patience,
        sent: Arc::default(),
    };
    (reader, writer)
}

/// Takes a connection apart for STARTTLS; an error if anything has been sent ahead (command injection).
pub(crate) fn close_up(reader: Reader, writer: Writer) -> Result<Stream, Error> {
    if !reader.is_empty() {
        return Err(Error::Protocol("octets before the TLS handshake".into()));
    }
    match (reader.source, writer.sink) {
        (Source::Plain(read), Sink::Plain(write)) => Ok(read.unsplit(write)),
        _ => Err(Error::Protocol("TLS inside compression".into())),
    }
}

/// Puts DEFLATE (RFC 4978) on both halves; an error if anything has been sent ahead.
pub(crate) fn compress(reader: &mut Reader, writer: &mut Writer) -> Result<(), Error> {
    if !reader.is_empty() {
        return Err(Error::Protocol("octets before compression began".into()));
    }
    let source = std::mem::replace(&mut reader.source, Source::Gone);
    let sink = std::mem::replace(&mut writer.sink, Sink::Gone);
    match (source, sink) {
        (Source::Plain(read), Sink::Plain(write)) => {
            let decoder = DeflateDecoder::new(BufReader::with_capacity(READ_BUFFER, read));
            let encoder = DeflateEncoder::with_quality(write, Level::Fastest);
            reader.source = Source::Deflate(Box::new(decoder));
            writer.sink = Sink::Deflate(Box::new(encoder));
            Ok(())
        }
        _ => Err(Error::Protocol("already compressed".into())),
    }
}

impl Reader {
    /// Reads on until a body begins or the response is complete. What is left of a body is passed over.
    pub(crate) async fn advance(&mut self) -> Result<Step, Error> {
        while self.body_chunk().await?.is_some() {}
        if self.fresh {
            self.line.clear();
            self.segment = 0;
            self.fresh = false;
        }
        loop {
            if self.start == self.end {
                self.fill().await?;
            }
            let pending = &self.buffer[self.start..self.end];
            let Some(at) = pending.iter().position(|octet| *octet == b'\n') else {
                self.line.extend_from_slice(pending);
                self.start = self.end;
                self.check_line(0)?;
                continue;
            };
            self.line.extend_from_slice(&pending[..at]);
            self.start += at + 1;
            if self.line.len() > self.segment && self.line.last() == Some(&b'\r') {
                let _ = self.line.pop();
            }
            self.check_line(0)?;
            let announced = if is_status(&self.line) {
                None
            } else {
                literal(&self.line[self.segment..])
            };
            let Some((at, length)) = announced else {
                self.line.extend_from_slice(b"\r\n");
                self.fresh = true;
                return Ok(Step::Line);
            };
            let at = self.segment + at;
            if precedes_body(&self.line[self.segment..at]) {
                self.line.truncate(at);
                self.line.extend_from_slice(b"{0}\r\n");
                self.segment = self.line.len();
                self.body_left = length;
                return Ok(Step::Body(length));
            }
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            self.check_line(length)?;
            self.line.extend_from_slice(b"\r\n");
            self.take_literal(length).await?;
            self.segment = self.line.len();
        }
    }

    /// The next octets of the body, or `None` when all of it has been handed out.
    pub(crate) async fn body_chunk(&mut self) -> Result<Option<&[u8]>, Error> {
        if self.body_left == 0 {
            return Ok(None);
        }
        if self.start == self.end {
            self.fill().await?;
        }
        let there = self.end - self.start;
        let take = usize::try_from(self.body_left).map_or(there, |left| left.min(there));
        let from = self.start;
        self.start += take;
        self.body_left -= take as u64;
        Ok(Some(&self.buffer[from..from + take]))
    }

    /// The complete response, ending in CRLF, with `{0}` where bodies were.
    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Whether nothing has been received that was not handed out.
    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Octets received so far, before decompression ends where there is any.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    async fn take_literal(&mut self, mut length: usize) -> Result<(), Error> {
        while length > 0 {
            if self.start == self.end {
                self.fill().await?;
            }
            let take = length.min(self.end - self.start);
            self.line
                .extend_from_slice(&self.buffer[self.start..self.start + take]);
            self.start += take;
            length -= take;
        }
        Ok(())
    }

    fn check_line(&self, more: usize) -> Result<(), Error> {
        if self.line.len().saturating_add(more) > LINE_LIMIT {
            return Err(Error::Protocol(format!(
                "a line of more than {LINE_LIMIT} octets"
            )));
        }
        Ok(())
    }

    async fn fill(&mut self) -> Result<(), Error> {
        let buffer = &mut self.buffer;
        let reading = async {
            match &mut self.source {
                Source::Plain(source) => source.read(buffer).await,
                Source::Deflate(source) => source.read(buffer).await,
                Source::Gone => Ok(0),
            }
        };
        let read = timeout(self.patience, reading)
            .await
            .map_err(|_| Error::Timeout(self.patience))?
            .map_err(broken)?;
        if read == 0 {
            return Err(Error::Closed(None));
        }
        self.start = 0;
        self.end = read;
        self.received += read as u64;
        Ok(())
    }
}

impl Writer {
    /// Takes octets to be sent; sends when much is pending.
    pub(crate) async fn write(&mut self, octets: &[u8]) -> Result<(), Error> {
        if self.buffer.len() + octets.len() > WRITE_BUFFER {
            self.send().await?;
            if octets.len() > WRITE_BUFFER / 2 {
                return Self::put(&mut self.sink, octets, self.patience, &self.sent).await;
            }
        }
        self.buffer.extend_from_slice(octets);
        Ok(())
    }

    /// Sends everything pending.
    pub(crate) async fn flush(&mut self) -> Result<(), Error> {
        self.send().await?;
        let flushing = async {
            match &mut self.sink {
                Sink::Plain(sink) => sink.flush().await,
                Sink::Deflate(sink) => sink.flush().await,
                Sink::Gone => Err(io::ErrorKind::NotConnected.into()),
            }
        };
        timeout(self.patience, flushing)
            .await
            .map_err(|_| Error::Timeout(self.patience))?
            .map_err(broken)
    }

    async fn send(&mut self) -> Result<(), Error> {
        if !self.buffer.is_empty() {
            Self::put(&mut self.sink, &self.buffer, self.patience, &self.sent).await?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// The patience counts for each piece, so that a slow line that moves is not taken for a dead one.
    async fn put(
        sink: &mut Sink,
        octets: &[u8],
        patience: Duration,
        sent: &AtomicU64,
    ) -> Result<(), Error> {
        for piece in octets.chunks(WRITE_BUFFER) {
            let writing = async {
                match sink {
                    Sink::Plain(sink) => sink.write_all(piece).await,
                    Sink::Deflate(sink) => sink.write_all(piece).await,
                    Sink::Gone => Err(io::ErrorKind::NotConnected.into()),
                }
            };
            timeout(patience, writing)
                .await
                .map_err(|_| Error::Timeout(patience))?
                .map_err(broken)?;
            let _ = sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Octets handed to the system so far; readable while something is being sent.
    pub(crate) fn sent(&self) -> Arc<AtomicU64> {
        self.sent.clone()
    }
}

fn broken(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Error::Closed(None),
        _ => Error::Io(Arc::new(error)),
    }
}

/// Whether the line is one whose free text may end in something that looks like a literal.
fn is_status(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"* ") else {
        return true;
    };
    let word = rest.split(|octet| *octet == b' ').next().unwrap_or(rest);
    [&b"OK"[..], b"NO", b"BAD", b"BYE", b"PREAUTH"]
        .iter()
        .any(|status| word.eq_ignore_ascii_case(status))
}

/// Where a literal is announced at the end of the line, and its length in octets.
fn literal(line: &[u8]) -> Option<(usize, u64)> {
    let inner = line.strip_suffix(b"}")?;
    let inner = inner.strip_suffix(b"+").unwrap_or(inner);
    let open = inner.iter().rposition(|octet| *octet == b'{')?;
    let digits = &inner[open + 1..];
    if digits.is_empty() || digits.len() > 19 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length = digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let at = if line[..open].ends_with(b"~") {
        open - 1
    } else {
        open
    };
    Some((at, length))
}

/// Whether what stands before a literal says that it is the body of a message.
fn precedes_body(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b" ") else {
        return false;
    };
    let end = before
        .iter()
        .rposition(|octet| matches!(octet, b' ' | b'('));
    let item = end.map_or(before, |end| &before[end + 1..]);
    let item = item.to_ascii_uppercase();
    item == b"RFC822" || item == b"BODY[]" || (item.starts_with(b"BODY[]<") && item.ends_with(b">"))
}

#[cfg(test)]
mod tests;
