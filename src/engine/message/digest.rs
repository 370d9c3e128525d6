//! The two digests of a message, in one pass and in bounded memory.
//!
//! `sha256` is of the octets as they came, `norm_sha256` of the normal form that [`super::normal`] defines.
//!
//! While everything read so far is already normal only one hash runs; at the first deviation its state is copied and
//! two run from there on. A message that is normal, which is nearly every message, costs one SHA-256.
//!
//! It keeps no octets and decides nothing about them.

use std::fmt;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::normal::{Normaliser, Sink};

/// Digests a message held in memory.
pub fn digest(octets: &[u8], learned: &[String]) -> Digests {
    let mut digester = Digester::new(learned);
    digester.update(octets);
    digester.finish()
}

/// What is known of a message's content once all of it has been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digests {
    /// SHA-256 of the octets.
    pub sha256: Digest,
    /// SHA-256 of the normal form.
    pub norm_sha256: Digest,
    /// How many octets there were: the truth, whatever RFC822.SIZE said.
    pub octets: u64,
    /// Whether the octets are their own normal form; then the two digests are equal.
    pub normal: bool,
}

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Takes back what was stored; `None` unless there are exactly 32 octets.
    pub fn from_slice(octets: &[u8]) -> Option<Self> {
        octets.try_into().ok().map(Self)
    }

    /// Reads the 64 hexadecimal digits that `Display` writes.
    pub fn from_hex(digits: &str) -> Option<Self> {
        let digits = digits.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut octets = [0; 32];
        for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
            let nibble = |digit: u8| {
                char::from(digit)
                    .to_digit(16)
                    .and_then(|value| u8::try_from(value).ok())
            };
            *octet = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(octets))
    }

    /// The octets, for storing.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hex = String::with_capacity(64);
        write!(hex, "{self}")?;
        write!(f, "Digest({hex})")
    }
}

/// Digests a message that arrives in pieces, keeping at most a header name of it in memory.
#[derive(Clone)]
pub struct Digester {
    normaliser: Normaliser,
    hashes: Hashes,
}

impl Digester {
    /// Starts a message; `learned` are the header names this destination is known to add.
    pub fn new(learned: &[String]) -> Self {
        Self {
            normaliser: Normaliser::new(learned),
            hashes: Hashes::default(),
        }
    }

    /// Starts in the middle of a message, after the blank line, where no field is removed any more.
    pub fn body() -> Self {
        Self {
            normaliser: Normaliser::body(),
            hashes: Hashes::default(),
        }
    }

    /// Takes the next octets, as many as there happen to be.
    pub fn update(&mut self, octets: &[u8]) {
        self.normaliser.push(octets, &mut self.hashes);
    }

    /// Ends the message.
    pub fn finish(self) -> Digests {
        let Self {
            normaliser,
            mut hashes,
        } = self;
        normaliser.finish(&mut hashes);
        let normal = hashes.norm.is_none();
        let sha256 = Digest(hashes.raw.finalize().into());
        let norm_sha256 = hashes
            .norm
            .map_or(sha256, |norm| Digest(norm.finalize().into()));
        Digests {
            sha256,
            norm_sha256,
            octets: hashes.octets,
            normal,
        }
    }
}

impl Default for Digester {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl fmt::Debug for Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digester")
            .field("octets", &self.hashes.octets)
            .finish_non_exhaustive()
    }
}

/// Both hashes; `norm` appears at the first deviation, as a copy of `raw` at that point.
#[derive(Clone, Default)]
struct Hashes {
    raw: Sha256,
    norm: Option<Sha256>,
    octets: u64,
}

impl Sink for Hashes {
    fn keep(&mut self, octets: &[u8]) {
        self.octets += octets.len() as u64;
        self.raw.update(octets);
        if let Some(norm) = &mut self.norm {
            norm.update(octets);
        }
    }

    fn leave_out(&mut self, octets: &[u8]) {
        if self.norm.is_none() {
            self.norm = Some(self.raw.clone());
        }
        self.octets += octets.len() as u64;
        self.raw.update(octets);
    }

    fn insert(&mut self, octets: &[u8]) {
        self.norm
            .get_or_insert_with(|| self.raw.clone())
            .update(octets);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::normal::normalise;
    use super::*;

    fn check(octets: &str, normal: &str) {
        assert_eq!(
            String::from_utf8_lossy(&normalise(octets.as_bytes(), &[])),
            normal,
            "{octets:?}"
        );
        let digests = digest(octets.as_bytes(), &[]);
        assert_eq!(digests.octets, octets.len() as u64);
        assert_eq!(digests.normal, octets == normal);
        assert_eq!(digests.sha256, Digest(Sha256::digest(octets).into()));
        assert_eq!(digests.norm_sha256, Digest(Sha256::digest(normal).into()));
    }

    #[test]
    fn what_is_normal_stays_and_needs_one_hash() {
        check("", "");
        check("A: b\r\n\r\nbody\r\n", "A: b\r\n\r\nbody\r\n");
        check("\r\n\r\nStatus: R\r\n", "\r\n\r\nStatus: R\r\n");
        check("A: b\r\n\r\n\r\n\r\n", "A: b\r\n\r\n\r\n\r\n");
    }

    #[test]
    fn lines_end_in_crlf_and_lone_crs_vanish() {
        check("A: b\n\nbody\n", "A: b\r\n\r\nbody\r\n");
        check("A: b\r\n\r\nbo\rdy\r\r\n", "A: b\r\n\r\nbody\r\n");
        check("A: b\r\r\n\r\r\nbody\r", "A: b\r\n\r\nbody\r\n");
        check("A: b", "A: b\r\n");
        check("\r", "");
        check("\n", "\r\n");
    }

    #[test]
    fn known_fields_go_with_their_continuations() {
        check(
            "A: b\r\nStatus: RO\r\n x\r\n\ty\r\nC: d\r\n\r\nStatus: stays\r\n",
            "A: b\r\nC: d\r\n\r\nStatus: stays\r\n",
        );
        check(
            "x-mozilla-status2: 0\r\nX-UID:1\r\nX-Keywords : \r\n\r\n",
            "\r\n",
        );
        check("A: b\r\n Status: c\r\n", "A: b\r\n Status: c\r\n");
        check("Sta\rtus: R\nA: b\n", "A: b\r\n");
        check("Status: R", "");
        check("Status\r\n\r\n", "Status\r\n\r\n");
        check("X-UIDs: 1\r\nXX-UID: 1\r\n", "X-UIDs: 1\r\nXX-UID: 1\r\n");
    }

    #[test]
    fn learned_fields_go_too() {
        let learned = ["X-Arrived-By".to_owned()];
        assert_eq!(
            normalise(b"x-arrived-by: us\r\nA: b\r\n\r\n", &learned),
            b"A: b\r\n\r\n"
        );
    }

    #[test]
    fn an_endless_header_line_does_not_fill_memory() {
        let mut digester = Digester::default();
        for _ in 0..100 {
            digester.update(&[b'x'; 10_000]);
        }
        assert!(digester.normaliser.held() == 0);
        assert_eq!(digester.finish().octets, 1_000_000);
    }

    #[test]
    fn a_digest_is_written_and_read() {
        let digest = digest(b"abc", &[]).sha256;
        assert_eq!(
            digest.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(Digest::from_hex(&digest.to_string()), Some(digest));
        assert_eq!(Digest::from_slice(digest.as_bytes()), Some(digest));
        assert_eq!(Digest::from_slice(&[0; 31]), None);
        assert_eq!(Digest::from_hex("é"), None);
    }

    proptest! {
        #[test]
        fn any_split_gives_the_same_digests(
            text in "((Status|X-UID|A|X-Mozilla-Keys)?(:| |\r|\n|\r\n|x|\0|é){0,4}){0,12}",
            cuts in prop::collection::vec(0_usize..80, 0..8),
        ) {
            let octets = text.as_bytes();
            let whole = digest(octets, &[]);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(octets.len())).collect();
            cuts.extend([0, octets.len()]);
            cuts.sort_unstable();
            let mut pieces = Digester::new(&[]);
            for pair in cuts.windows(2) {
                pieces.update(&octets[pair[0]..pair[1]]);
            }
            prop_assert_eq!(pieces.finish(), whole);

            let mut octet_by_octet = Digester::new(&[]);
            for octet in octets {
                octet_by_octet.update(&[*octet]);
            }
            prop_assert_eq!(octet_by_octet.finish(), whole);

            let normal = normalise(octets, &[]);
            prop_assert_eq!(whole.norm_sha256, Digest(Sha256::digest(&normal).into()));
            prop_assert_eq!(whole.normal, normal == octets);
            prop_assert_eq!(normalise(&normal, &[]), normal);
        }

        #[test]
        fn a_server_that_drops_lone_crs_compares_equal(text in "(A: b\r\n|\r\n|x|\r|\n){0,20}") {
            let dropped = text.replace("\r\n", "\n").replace('\r', "").replace('\n', "\r\n");
            prop_assert_eq!(digest(text.as_bytes(), &[]).norm_sha256, digest(dropped.as_bytes(), &[]).norm_sha256);
        }
    }
}
