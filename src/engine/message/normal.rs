//! The normal form of a message: what servers are known to do to every message is undone, and nothing else.
//!
//! - a line ends in CRLF: a bare LF becomes CRLF, and a CR not followed by LF is **removed**, so that a server which
//!   drops lone CRs and one which keeps them give the same normal form (`CR CR LF` becomes `CR LF`);
//! - a last line without an end gets one;
//! - in the header of the message itself, the fields `X-UID`, `Status`, `X-Status`, `X-Keywords`, `X-Mozilla-*` and
//!   the ones learned from this destination are removed, continuation lines included.
//!
//! It works on a stream, in memory bounded by one header name, and gives the same for any cut into pieces.
//!
//! NUL stored as 0x80 (Dovecot) is deliberately not normal form: [`super::compare`] names it.

/// The normal form itself, for small things such as headers.
pub(super) fn normalise(octets: &[u8], learned: &[String]) -> Vec<u8> {
    let mut normal = Normal(Vec::with_capacity(octets.len() + 2));
    let mut normaliser = Normaliser::new(learned);
    normaliser.push(octets, &mut normal);
    normaliser.finish(&mut normal);
    normal.0
}

/// Receives every octet of the message once and in order, with what normal form makes of it.
pub(super) trait Sink {
    /// Octets that are also in the normal form.
    fn keep(&mut self, octets: &[u8]);
    /// Octets that are not in the normal form.
    fn leave_out(&mut self, octets: &[u8]);
    /// Octets that are only in the normal form.
    fn insert(&mut self, octets: &[u8]);
}

/// A header name longer than this is on nobody's list.
const LONGEST_NAME: usize = 1024;

#[derive(Clone)]
pub(super) struct Normaliser {
    learned: Vec<Vec<u8>>,
    line: Line,
    /// The verdict on the last field, which its continuation lines share.
    field: Line,
    /// The start of a header line whose name is not complete yet.
    held: Vec<u8>,
    /// A CR was read and its next octet was not.
    cr: bool,
    /// The normal form so far does not end in a line end.
    open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// In the header, before the name is known.
    Undecided,
    /// In the header, a line that stays.
    Kept,
    /// In the header, a line that does not.
    LeftOut,
    Body,
}

impl Normaliser {
    pub(super) fn new(learned: &[String]) -> Self {
        Self {
            learned: learned
                .iter()
                .map(|name| name.trim().to_ascii_lowercase().into_bytes())
                .collect(),
            line: Line::Undecided,
            field: Line::Kept,
            held: Vec::new(),
            cr: false,
            open: false,
        }
    }

    pub(super) fn body() -> Self {
        Self {
            line: Line::Body,
            ..Self::new(&[])
        }
    }

    pub(super) fn push(&mut self, mut octets: &[u8], sink: &mut impl Sink) {
        while let [first, rest @ ..] = octets {
            if self.cr {
                self.cr = false;
                if *first == b'\n' {
                    self.line_end(true, sink);
                    octets = rest;
                } else {
                    self.lone_cr(sink);
                }
                continue;
            }
            match *first {
                b'\r' if !(self.line == Line::Body && rest.first() == Some(&b'\n')) => {
                    self.cr = true;
                    octets = rest;
                }
                b'\n' => {
                    self.line_end(false, sink);
                    octets = rest;
                }
                _ if self.line == Line::Undecided => {
                    self.held.push(*first);
                    self.judge(*first, sink);
                    octets = rest;
                }
                _ => {
                    let plain = match self.line {
                        Line::Body => normal_run(octets),
                        _ => octets
                            .iter()
                            .position(|octet| matches!(octet, b'\r' | b'\n'))
                            .unwrap_or(octets.len()),
                    };
                    let (plain, after) = octets.split_at(plain);
                    self.emit(plain, sink);
                    octets = after;
                }
            }
        }
    }

    pub(super) fn finish(mut self, sink: &mut impl Sink) {
        if self.cr {
            self.lone_cr(sink);
        }
        if self.line == Line::Undecided {
            self.settle(Line::Kept, sink);
        }
        if self.open {
            sink.insert(b"\r\n");
        }
    }

    /// How many octets wait for a verdict.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// Decides about the held line as soon as its newest octet allows it.
    fn judge(&mut self, newest: u8, sink: &mut impl Sink) {
        let name = self.held.iter().copied().filter(|&octet| octet != b'\r');
        if matches!(newest, b' ' | b'\t') && name.clone().nth(1).is_none() {
            self.settle(self.field, sink);
        } else if newest == b':' {
            let mut name: Vec<u8> = name.map(|octet| octet.to_ascii_lowercase()).collect();
            let _ = name.pop();
            let known = is_known(name.trim_ascii_end(), &self.learned);
            self.settle(if known { Line::LeftOut } else { Line::Kept }, sink);
        } else if self.held.len() > LONGEST_NAME {
            self.settle(Line::Kept, sink);
        }
    }

    fn settle(&mut self, verdict: Line, sink: &mut impl Sink) {
        self.line = verdict;
        if verdict != Line::Body {
            self.field = verdict;
        }
        let held = std::mem::take(&mut self.held);
        for piece in held.split_inclusive(|&octet| octet == b'\r') {
            let (plain, cr) = piece.split_at(piece.len() - usize::from(piece.ends_with(b"\r")));
            self.emit(plain, sink);
            if !cr.is_empty() {
                sink.leave_out(cr);
            }
        }
    }

    fn emit(&mut self, octets: &[u8], sink: &mut impl Sink) {
        let Some(last) = octets.last() else {
            return;
        };
        if self.line == Line::LeftOut {
            sink.leave_out(octets);
        } else {
            self.open = *last != b'\n';
            sink.keep(octets);
        }
    }

    fn lone_cr(&mut self, sink: &mut impl Sink) {
        if self.line == Line::Undecided {
            self.held.push(b'\r');
            if self.held.len() > LONGEST_NAME {
                self.settle(Line::Kept, sink);
            }
        } else {
            sink.leave_out(b"\r");
        }
    }

    fn line_end(&mut self, with_cr: bool, sink: &mut impl Sink) {
        if self.line == Line::Undecided {
            let blank = self.held.iter().all(|&octet| octet == b'\r');
            self.settle(if blank { Line::Body } else { Line::Kept }, sink);
        }
        if self.line == Line::LeftOut {
            sink.leave_out(if with_cr { b"\r\n" } else { b"\n" });
        } else {
            if with_cr {
                sink.keep(b"\r\n");
            } else {
                sink.insert(b"\r");
                sink.keep(b"\n");
            }
            self.open = false;
        }
        if self.line != Line::Body {
            self.line = Line::Undecided;
        }
    }
}

/// How many octets from the start are in normal form whatever follows; never ends between CR and LF.
fn normal_run(octets: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = octets[at..]
        .iter()
        .position(|octet| matches!(octet, b'\r' | b'\n'))
    {
        at += found;
        if !octets[at..].starts_with(b"\r\n") {
            return at;
        }
        at += 2;
    }
    octets.len()
}

/// Whether a lower-case header name is one that servers and mail programs write into stored mail.
fn is_known(name: &[u8], learned: &[Vec<u8>]) -> bool {
    matches!(name, b"x-uid" | b"status" | b"x-status" | b"x-keywords")
        || name.starts_with(b"x-mozilla-")
        || learned.iter().any(|known| known == name)
}

struct Normal(Vec<u8>);

impl Sink for Normal {
    fn keep(&mut self, octets: &[u8]) {
        self.0.extend_from_slice(octets);
    }

    fn leave_out(&mut self, _octets: &[u8]) {}

    fn insert(&mut self, octets: &[u8]) {
        self.0.extend_from_slice(octets);
    }
}
