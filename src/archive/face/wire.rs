//! Lines and literals in, octets out, over a pipe inside the process; blocking, for a thread of its own.
//!
//! Promises: nothing waits to be sent while the client is waited for. The end of the pipe is the end of the conversation.

use std::io::{Read as _, Write as _};

use tokio::io::DuplexStream;
use tokio_util::io::SyncIoBridge;

use super::Fault;

/// Octets taken or sent at once.
const PIECE: usize = 64 << 10;
/// Longest line of a command, in octets.
const LINE: usize = 1 << 20;

pub(super) struct Wire {
    pipe: SyncIoBridge<DuplexStream>,
    read: Vec<u8>,
    /// So much of `read` has been handed out.
    at: usize,
    unsent: Vec<u8>,
}

impl Wire {
    pub(super) fn new(pipe: DuplexStream) -> Self {
        Self {
            pipe: SyncIoBridge::new(pipe),
            read: Vec::new(),
            at: 0,
            unsent: Vec::new(),
        }
    }

    /// The next line without its end.
    pub(super) fn line(&mut self) -> Result<Vec<u8>, Fault> {
        let mut line = Vec::new();
        loop {
            let ready = &self.read[self.at..];
            if let Some(end) = ready.iter().position(|octet| *octet == b'\n') {
                line.extend_from_slice(&ready[..end]);
                self.at += end + 1;
                if line.last() == Some(&b'\r') {
                    let _ = line.pop();
                }
                return Ok(line);
            }
            line.extend_from_slice(ready);
            if line.len() > LINE {
                return Err(Fault::Line);
            }
            self.fill()?;
        }
    }

    /// Hands on the octets of a literal as they come.
    pub(super) fn pass(&mut self, octets: u64, mut on: impl FnMut(&[u8])) -> Result<(), Fault> {
        let mut left = octets;
        while left > 0 {
            if self.at == self.read.len() {
                self.fill()?;
            }
            let ready = &self.read[self.at..];
            let most = usize::try_from(left).map_or(ready.len(), |left| left.min(ready.len()));
            on(&ready[..most]);
            self.at += most;
            left -= most as u64;
        }
        Ok(())
    }

    /// A literal in memory.
    pub(super) fn literal(&mut self, octets: usize) -> Result<Vec<u8>, Fault> {
        let mut literal = Vec::new();
        self.pass(octets as u64, |piece| literal.extend_from_slice(piece))?;
        Ok(literal)
    }

    /// To be sent.
    pub(super) fn put(&mut self, octets: impl AsRef<[u8]>) -> Result<(), Fault> {
        self.unsent.extend_from_slice(octets.as_ref());
        if self.unsent.len() >= PIECE {
            return self.flush();
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        let sent = self.pipe.write_all(&self.unsent);
        self.unsent.clear();
        sent.map_err(|_| Fault::Line)
    }

    /// Takes what comes next; what was read before has been handed out.
    fn fill(&mut self) -> Result<(), Fault> {
        self.flush()?;
        self.read.resize(PIECE, 0);
        let got = self.pipe.read(&mut self.read).map_err(|_| Fault::Line)?;
        self.read.truncate(got);
        self.at = 0;
        if got == 0 { Err(Fault::Line) } else { Ok(()) }
    }
}
