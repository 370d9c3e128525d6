//! The sealed file: its layout, its key, sealing and opening.
//!
//! ```text
//! octets  what
//!     16  "traghetto-vault\n"
//!      1  format, 1
//!      1  source of the key: 1 keyring, 2 passphrase
//!     16  id of the vault (the name of its entry in the keyring)
//!     12  Argon2id: memory in KiB, passes, lanes, each 4 octets big-endian; 0 with the keyring
//!     16  salt; 0 with the keyring
//!      8  start of the SHA-256 of the above: tells damage from a wrong passphrase
//!     16  proof of the key: tells a wrong passphrase from a damaged rest
//!     24  nonce, new at each save
//!   rest  XChaCha20-Poly1305 of the passwords as JSON; all above the nonce is authenticated
//! ```
//!
//! The passwords are a list of `{side, login, secret}`; an administrator's has `"kind": "master"`
//! besides, and no login. Programs older than that read it as the password of a login without a
//! name, which nobody asks for.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::zeroize::{Zeroize, Zeroizing};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Error, Key, Secrets, Side, Source};

pub(super) type Id = [u8; 16];
pub(super) type RawKey = Zeroizing<[u8; 32]>;

const MAGIC: &[u8; 16] = b"traghetto-vault\n";
const FORMAT: u8 = 1;
const SOURCE_KEYRING: u8 = 1;
const SOURCE_PASSPHRASE: u8 = 2;

const FORMAT_AT: usize = 16;
const SOURCE_AT: usize = 17;
const ID_AT: usize = 18;
const COST_AT: usize = 34;
const SALT_AT: usize = 46;
const SUM_AT: usize = 62;
const PROOF_AT: usize = 70;
const HEAD_OCTETS: usize = 86;
const NONCE_OCTETS: usize = 24;
const TAG_OCTETS: usize = 16;

/// OWASP's figures for Argon2id with the memory we can spare: the process stays below 100 MiB.
const COST: Cost = Cost {
    memory_kib: 19_456,
    passes: 2,
    lanes: 1,
};

/// The nonce under which the proof of a key is made. Nothing else is ever sealed under it: the
/// others are 24 random octets.
const PROOF_NONCE: [u8; NONCE_OCTETS] = [0; NONCE_OCTETS];

/// The head of the file: everything but the nonce and the passwords. It never changes in the life
/// of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head([u8; HEAD_OCTETS]);

impl Head {
    /// Where the key comes from.
    pub(super) fn source(&self) -> Source {
        if self.0[SOURCE_AT] == SOURCE_KEYRING {
            Source::Keyring
        } else {
            Source::Passphrase
        }
    }

    /// The name of the vault.
    pub(super) fn id(&self) -> &Id {
        self.0[ID_AT..].first_chunk().unwrap_or(&[0; 16])
    }

    fn new(source: u8, cost: Cost) -> Result<Self, Error> {
        let mut head = [0; HEAD_OCTETS];
        head[..FORMAT_AT].copy_from_slice(MAGIC);
        head[FORMAT_AT] = FORMAT;
        head[SOURCE_AT] = source;
        random(&mut head[ID_AT..COST_AT])?;
        if source == SOURCE_PASSPHRASE {
            head[COST_AT..SALT_AT].copy_from_slice(&cost.octets());
            random(&mut head[SALT_AT..SUM_AT])?;
        }
        let sum = Sha256::digest(&head[..SUM_AT]);
        head[SUM_AT..PROOF_AT].copy_from_slice(&sum[..PROOF_AT - SUM_AT]);
        Ok(Self(head))
    }

    fn cost(&self) -> Cost {
        Cost::of(self.0[COST_AT..].first_chunk().unwrap_or(&[0; 12]))
    }

    fn salt(&self) -> &[u8] {
        &self.0[SALT_AT..SUM_AT]
    }

    fn proof(&self) -> &[u8] {
        &self.0[PROOF_AT..]
    }
}

/// What deriving a key costs.
#[derive(Clone, Copy)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    fn of(octets: &[u8; 12]) -> Self {
        let figure = |index: usize| {
            let octets = octets.as_chunks::<4>().0.get(index);
            octets.map_or(0, |octets| u32::from_be_bytes(*octets))
        };
        Self {
            memory_kib: figure(0),
            passes: figure(1),
            lanes: figure(2),
        }
    }

    fn octets(self) -> [u8; 12] {
        let mut octets = [0; 12];
        octets[..4].copy_from_slice(&self.memory_kib.to_be_bytes());
        octets[4..8].copy_from_slice(&self.passes.to_be_bytes());
        octets[8..].copy_from_slice(&self.lanes.to_be_bytes());
        octets
    }

    /// The file is not authenticated yet when this is used: it must not make us take gigabytes.
    fn is_reasonable(self) -> bool {
        (8..=65_536).contains(&self.memory_kib)
            && (1..=16).contains(&self.passes)
            && (1..=4).contains(&self.lanes)
    }
}

/// The head of a vault and its key, which are known to belong together.
pub(super) struct Seal {
    head: Head,
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seal")
            .field("source", &self.head.source())
            .finish_non_exhaustive()
    }
}

/// A new vault's head, and the key to keep for it in the keyring.
pub(super) fn new_key() -> Result<(Head, RawKey), Error> {
    let mut key = RawKey::default();
    random(key.as_mut_slice())?;
    Ok((Head::new(SOURCE_KEYRING, COST)?, key))
}

/// Takes a file apart into its head and the rest, nonce first.
pub(super) fn parse(path: &Path, octets: &[u8]) -> Result<(Head, Vec<u8>), Error> {
    let damaged = |what| Error::Damaged {
        path: path.to_owned(),
        what,
    };
    if !octets.starts_with(MAGIC) {
        return Err(damaged("it is not a vault"));
    }
    match octets.get(FORMAT_AT) {
        Some(&version) if version > FORMAT => {
            let path = path.to_owned();
            return Err(Error::Newer { path, version });
        }
        _ => {}
    }
    let (head, rest) = octets
        .split_first_chunk::<HEAD_OCTETS>()
        .filter(|(_, rest)| rest.len() >= NONCE_OCTETS + TAG_OCTETS)
        .ok_or_else(|| damaged("it is cut off"))?;
    let head = Head(*head);
    let sum = Sha256::digest(&head.0[..SUM_AT]);
    if sum[..PROOF_AT - SUM_AT] != head.0[SUM_AT..PROOF_AT] {
        return Err(damaged("its head was changed"));
    }
    let sound = match head.0[SOURCE_AT] {
        SOURCE_KEYRING => true,
        SOURCE_PASSPHRASE => head.cost().is_reasonable(),
        _ => false,
    };
    if head.0[FORMAT_AT] == FORMAT && sound {
        Ok((head, rest.to_vec()))
    } else {
        Err(damaged("its head makes no sense"))
    }
}

impl Seal {
    /// The seal of a new vault whose key is in the keyring.
    pub(super) fn new_with_key(mut head: Head, key: &RawKey) -> Result<Self, Error> {
        let cipher = XChaCha20Poly1305::new((&**key).into());
        let proof = proof(&cipher, &head)?;
        head.0[PROOF_AT..].copy_from_slice(&proof);
        Ok(Self { head, cipher })
    }

    /// The seal of a new vault whose key is made from a passphrase.
    pub(super) fn new_with_passphrase(passphrase: &SecretString) -> Result<Self, Error> {
        let head = Head::new(SOURCE_PASSPHRASE, COST)?;
        Self::new_with_key(head, &derive(&head, passphrase)?)
    }

    /// The seal of an existing vault; `None` if the key is not its key.
    pub(super) fn with_key(head: Head, key: &RawKey) -> Result<Option<Self>, Error> {
        let cipher = XChaCha20Poly1305::new((&**key).into());
        let fits = proof(&cipher, &head)? == head.proof();
        Ok(fits.then_some(Self { head, cipher }))
    }

    /// The seal of an existing vault; `None` if the passphrase is not its passphrase.
    pub(super) fn with_passphrase(
        head: Head,
        passphrase: &SecretString,
    ) -> Result<Option<Self>, Error> {
        Self::with_key(head, &derive(&head, passphrase)?)
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// The whole file for these passwords.
    pub(super) fn seal(&self, secrets: &Secrets) -> Result<Vec<u8>, Error> {
        let mut body = encode(secrets)?;
        let mut nonce = [0; NONCE_OCTETS];
        random(&mut nonce)?;
        self.cipher
            .encrypt_in_place(&XNonce::from(nonce), &self.head.0, &mut *body)
            .map_err(|_| Error::CannotSeal("there are too many".to_owned()))?;
        Ok([&self.head.0[..], &nonce, &body].concat())
    }

    /// The passwords of the rest of a file.
    pub(super) fn open(&self, path: &Path, rest: Vec<u8>) -> Result<Secrets, Error> {
        let damaged = |what| Error::Damaged {
            path: path.to_owned(),
            what,
        };
        let mut body = Zeroizing::new(rest);
        let nonce: [u8; NONCE_OCTETS] =
            *body.first_chunk().ok_or_else(|| damaged("it is cut off"))?;
        drop(body.drain(..NONCE_OCTETS));
        self.cipher
            .decrypt_in_place(&XNonce::from(nonce), &self.head.0, &mut *body)
            .map_err(|_| damaged("its content was changed"))?;
        decode(&body).ok_or_else(|| damaged("its content makes no sense"))
    }
}

/// What only the right key makes from a head: the tag of an empty text.
fn proof(cipher: &XChaCha20Poly1305, head: &Head) -> Result<[u8; TAG_OCTETS], Error> {
    let mut nothing = Vec::with_capacity(TAG_OCTETS);
    let sealed = cipher.encrypt_in_place(&PROOF_NONCE.into(), &head.0[..PROOF_AT], &mut nothing);
    sealed
        .ok()
        .and_then(|()| nothing.try_into().ok())
        .ok_or_else(|| Error::CannotSeal("no proof of the key".to_owned()))
}

fn derive(head: &Head, passphrase: &SecretString) -> Result<RawKey, Error> {
    let cost = head.cost();
    let mut key = RawKey::default();
    Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(key.len()))
        .and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                passphrase.expose_secret().as_bytes(),
                head.salt(),
                key.as_mut_slice(),
            )
        })
        .map_err(|error| Error::CannotSeal(error.to_string()))?;
    Ok(key)
}

/// What a password is the password of.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    Login,
    Master,
    Provisioner,
}

/// One password as it is stored.
#[derive(Serialize)]
struct Stored<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    side: Side,
    login: &'a str,
    secret: &'a str,
}

/// One password as it is read.
#[derive(Deserialize)]
struct Read {
    #[serde(default)]
    kind: Kind,
    side: Side,
    login: String,
    secret: SecretText,
}

/// A text that becomes a secret at once.
struct SecretText(SecretString);

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

/// A key as it is stored.
fn parts(key: &Key) -> (Option<Kind>, Side, &str) {
    match key {
        Key::Login { side, login } => (None, *side, login),
        Key::Master { side } => (Some(Kind::Master), *side, ""),
        Key::Provisioner => (Some(Kind::Provisioner), Side::Destination, ""),
    }
}

/// The passwords as JSON, one list, in a buffer that never has to grow: growing would leave a
/// copy behind in memory.
fn encode(secrets: &Secrets) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut room = 2 + TAG_OCTETS;
    for (key, secret) in secrets {
        // Six is the longest an octet becomes in JSON; the rest is names and braces.
        room += 80 + 6 * (parts(key).2.len() + secret.expose_secret().len());
    }
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    body.push(b'[');
    for (key, secret) in secrets {
        if body.len() > 1 {
            body.push(b',');
        }
        let (kind, side, login) = parts(key);
        let stored = Stored {
            kind,
            side,
            login,
            secret: secret.expose_secret(),
        };
        serde_json::to_writer(&mut *body, &stored)
            .map_err(|error| Error::CannotSeal(error.to_string()))?;
    }
    body.push(b']');
    Ok(body)
}

fn decode(body: &[u8]) -> Option<Secrets> {
    let list: Vec<Read> = serde_json::from_slice(body).ok()?;
    Some(
        list.into_iter()
            .map(|read| {
                let key = match read.kind {
                    Kind::Login => Key::login(read.side, read.login),
                    Kind::Master => Key::master(read.side),
                    Kind::Provisioner => Key::Provisioner,
                };
                (key, read.secret.0)
            })
            .collect(),
    )
}

fn random(octets: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(octets).map_err(|error| {
        octets.zeroize();
        Error::NoRandomness(error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(secrets: &Secrets) -> String {
        String::from_utf8(encode(secrets).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn logins_are_stored_as_they_always_were_and_administrators_beside_them() {
        let mut secrets = Secrets::new();
        let _ = secrets.insert(Key::login(Side::Origin, "anna"), "x".to_owned().into());
        let old = r#"[{"side":"origin","login":"anna","secret":"x"}]"#;
        assert_eq!(text(&secrets), old);
        assert_eq!(text(&decode(old.as_bytes()).unwrap()), old);
        let _ = secrets.insert(Key::master(Side::Destination), "y".to_owned().into());
        let new = text(&secrets);
        let read = decode(new.as_bytes()).unwrap();
        assert_eq!(text(&read), new);
        assert!(read.contains_key(&Key::master(Side::Destination)));
        // As a program older than this reads it.
        let entries: serde_json::Value = serde_json::from_str(&new).unwrap();
        for entry in entries.as_array().unwrap() {
            for field in ["side", "login", "secret"] {
                assert!(entry[field].is_string(), "{entry}");
            }
        }
    }

    #[test]
    fn the_buffer_for_passwords_never_grows() {
        let mut secrets = Secrets::new();
        for number in 0..300 {
            let login = "\u{1}".repeat(number % 40);
            let key = Key::login(Side::Destination, format!("{number}{login}"));
            let _ = secrets.insert(key, "\u{2}".repeat(number).into());
        }
        let _ = secrets.insert(Key::master(Side::Destination), "\u{3}".repeat(99).into());
        let body = encode(&secrets).unwrap();
        let room: usize = secrets
            .iter()
            .map(|(key, secret)| {
                let login = match key {
                    Key::Login { login, .. } => login.len(),
                    Key::Master { .. } | Key::Provisioner => 0,
                };
                80 + 6 * (login + secret.expose_secret().len())
            })
            .sum();
        assert!(body.len() + TAG_OCTETS <= room + 2 + TAG_OCTETS);
        assert!(body.capacity() < 2 * (room + 2 + TAG_OCTETS), "it grew");
    }
}
