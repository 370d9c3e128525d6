//! The passwords of one migration, kept on disk under seal.
//!
//! A [`Vault`] belongs to the folder of a migration: `vault.sealed` there holds every password,
//! sealed with XChaCha20-Poly1305. The key of the seal is a random one kept in the keyring of the
//! system; where there is no usable keyring it is made with Argon2id from a passphrase, which
//! comes from the variable `TRAGHETTO_PASSPHRASE` or is asked for. An operator who sets the
//! variable has chosen: a new vault is then sealed with it even where a keyring exists.
//!
//! Promised: nothing is ever written in clear text; a file is replaced whole or not at all, and
//! only its owner may read it; damage and tampering are noticed; two processes that save do not
//! lose each other's passwords; no type here prints a secret.
//!
//! Every call that touches the disk or the keyring **blocks**, and deriving a key takes some tens
//! of milliseconds: call [`Vault::open`] and [`Vault::save`] inside `spawn_blocking`.
//!
//! Deliberately not here: who needs which password, asking people (the caller's callback does),
//! the words for an [`Error`] (its text is for the log), and passwords that come from the
//! environment.

mod ring;
mod sealed;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

pub use crate::account::Side;
use ring::Ring;
use sealed::{Head, Seal};

/// The variable a passphrase is taken from.
pub const PASSPHRASE_VARIABLE: &str = "TRAGHETTO_PASSPHRASE";

/// The name of the sealed file in the folder of a migration.
pub const FILE_NAME: &str = "vault.sealed";

/// Held while the sealed file is replaced; empty.
const LOCK_NAME: &str = "vault.lock";

/// How often a passphrase is asked for before giving up.
const ATTEMPTS: u32 = 5;

/// What a secret is the secret of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The password of a login.
    Login {
        /// On which server.
        side: Side,
        /// The login, as the server is told it.
        login: String,
    },
    /// The password of a side's administrator, who logs in to every mailbox.
    Master {
        /// On which server.
        side: Side,
    },
    /// The password of the administrator who creates accounts at the destination.
    Provisioner,
}

impl Key {
    /// The key of an administrator's password.
    pub fn master(side: Side) -> Self {
        Self::Master { side }
    }

    /// The key of a login's password.
    pub fn login(side: Side, login: impl Into<String>) -> Self {
        let login = login.into();
        Self::Login { side, login }
    }
}

/// Why a passphrase is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A vault is being made: choose one (and ask twice).
    New,
    /// The vault that exists was sealed with one.
    Existing,
    /// The one just given is wrong.
    WrongTryAgain,
}

/// Where the key of a vault comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// Nowhere: the passwords are in memory, for this session only.
    Session,
}

/// Why a vault could not be opened or saved.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no usable keyring, and no passphrase was given.
    #[error("a passphrase is needed to seal the passwords, and none was given")]
    NoPassphrase,
    /// The passphrase does not open the vault.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The vault was sealed with a key that is not in this keyring.
    #[error(
        "the vault was sealed with a key kept in the keyring of the system, and this keyring has \
         no such key: it belongs to another user or another computer, or was deleted"
    )]
    KeyMissing,
    /// The key in the keyring is not the one the vault was sealed with.
    #[error("the key in the keyring is not the one the vault was sealed with")]
    KeyDoesNotFit,
    /// The keyring is there but does not let us in.
    #[error("the keyring of the system is locked or refuses access: {0}")]
    KeyringLocked(String),
    /// The vault needs the keyring, and there is none in this session.
    #[error(
        "the vault was sealed with a key kept in the keyring of the system, and there is no \
         keyring in this session: {0}"
    )]
    KeyringAbsent(String),
    /// The keyring failed in another way.
    #[error("the keyring of the system failed: {0}")]
    KeyringFailed(String),
    /// The file is not a vault, or was damaged or changed by someone.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The file was written by a newer version of this program.
    #[error("{} was written by a newer version of this program (format {version})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        version: u8,
    },
    /// While this vault was open, its file became another vault.
    #[error("{} was replaced by another vault meanwhile", path.display())]
    Replaced {
        /// The file.
        path: PathBuf,
    },
    /// Sealing failed: out of memory, or figures out of range.
    #[error("the passwords could not be sealed: {0}")]
    CannotSeal(String),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(String),
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Arc<io::Error>,
    },
}

/// Whether a new vault could be sealed with the keyring of the system, so that a form can say so
/// beforehand: absent, locked, or failing, by its error.
///
/// It is tried out, by keeping a random entry, reading it and removing it. **Blocks**, and may do
/// so for long: the system may ask the user to unlock the keyring, and a desktop bus may take half
/// a minute to say that it has none.
pub fn keyring_status() -> Result<(), Error> {
    status_of(&Ring::System)
}

fn status_of(ring: &Ring) -> Result<(), Error> {
    let (head, key) = sealed::new_key()?;
    let kept = ring.keep(head.id(), &key);
    if kept.is_ok() {
        ring.forget(head.id());
    }
    kept
}

/// The passwords of one migration.
///
/// Changes are in memory until [`save`](Vault::save).
#[derive(Debug)]
pub struct Vault {
    secrets: Secrets,
    /// What was set (or removed: `None`) since the last save.
    changes: BTreeMap<Key, Option<SecretString>>,
    /// Absent for a vault of this session only.
    place: Option<Place>,
}

type Secrets = BTreeMap<Key, SecretString>;

impl Vault {
    /// Opens the vault of a migration's folder, making it (and asking for [`Ask::New`]) where
    /// there is none.
    ///
    /// `passphrase` is called only when no keyring can be used and the variable is not set; it
    /// answers `None` to give up.
    pub fn open(
        dir: &Path,
        passphrase: impl FnMut(Ask) -> Option<SecretString>,
    ) -> Result<Self, Error> {
        let variable = std::env::var(PASSPHRASE_VARIABLE).ok();
        let given = variable
            .filter(|text| !text.is_empty())
            .map(SecretString::from);
        Self::open_with(dir, &Ring::System, given, passphrase)
    }

    /// A vault that is never written: for this session only.
    pub fn in_memory() -> Self {
        Self {
            secrets: Secrets::new(),
            changes: BTreeMap::new(),
            place: None,
        }
    }

    /// Whether a folder has a vault.
    pub fn exists(dir: &Path) -> bool {
        dir.join(FILE_NAME).exists()
    }

    /// Where the key of this vault comes from.
    pub fn source(&self) -> Source {
        self.place
            .as_ref()
            .map_or(Source::Session, |place| place.seal.head().source())
    }

    /// The secret of a key.
    pub fn get(&self, key: &Key) -> Option<&SecretString> {
        self.secrets.get(key)
    }

    /// Sets the secret of a key, in memory.
    pub fn set(&mut self, key: Key, secret: SecretString) {
        if self.place.is_some() {
            let _ = self.changes.insert(key.clone(), Some(secret.clone()));
        }
        let _ = self.secrets.insert(key, secret);
    }

    /// Sets many, in memory.
    pub fn set_many(&mut self, secrets: impl IntoIterator<Item = (Key, SecretString)>) {
        for (key, secret) in secrets {
            self.set(key, secret);
        }
    }

    /// Forgets the secret of a key, in memory; says whether there was one.
    pub fn remove(&mut self, key: &Key) -> bool {
        let known = self.secrets.remove(key).is_some();
        if known && self.place.is_some() {
            let _ = self.changes.insert(key.clone(), None);
        }
        known
    }

    /// The keys that have a secret, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.secrets.keys()
    }

    /// Writes the changes to disk; when this returns they are there to stay.
    ///
    /// Another process may have saved since this vault was opened: its file is read again under
    /// the lock and only our changes are put over it. A vault in memory has nothing to do.
    pub fn save(&mut self) -> Result<(), Error> {
        let Some(place) = &self.place else {
            return Ok(());
        };
        if self.changes.is_empty() {
            return Ok(());
        }
        let _lock = place.lock()?;
        let mut secrets = match place.read()? {
            Some((head, _)) if head != *place.seal.head() => {
                let path = place.file();
                return Err(Error::Replaced { path });
            }
            Some((_, sealed)) => place.seal.open(&place.file(), sealed)?,
            // Somebody deleted the file; what we know is all there is.
            None => self.secrets.clone(),
        };
        for (key, change) in &self.changes {
            let _ = match change {
                Some(secret) => secrets.insert(key.clone(), secret.clone()),
                None => secrets.remove(key),
            };
        }
        place.write(&secrets)?;
        self.secrets = secrets;
        self.changes.clear();
        Ok(())
    }

    fn open_with(
        dir: &Path,
        ring: &Ring,
        given: Option<SecretString>,
        mut passphrase: impl FnMut(Ask) -> Option<SecretString>,
    ) -> Result<Self, Error> {
        if let Some((head, sealed)) = read(dir)? {
            return Self::unseal(dir, head, sealed, ring, given, &mut passphrase);
        }
        // Before a key is kept or a person asked for nothing.
        let _ = fs::metadata(dir).map_err(failed(dir))?;
        let seal = new_seal(ring, given.clone(), &mut passphrase)?;
        let place = Place::new(dir, seal);
        let lock = place.lock()?;
        if let Some((head, sealed)) = place.read()? {
            // Another process made one while we were asking: ours never was.
            drop(lock);
            if place.seal.head().source() == Source::Keyring {
                ring.forget(place.seal.head().id());
            }
            return Self::unseal(dir, head, sealed, ring, given, &mut passphrase);
        }
        place.write(&Secrets::new())?;
        drop(lock);
        Ok(Self {
            secrets: Secrets::new(),
            changes: BTreeMap::new(),
            place: Some(place),
        })
    }

    fn unseal(
        dir: &Path,
        head: Head,
        sealed: Vec<u8>,
        ring: &Ring,
        given: Option<SecretString>,
        passphrase: &mut impl FnMut(Ask) -> Option<SecretString>,
    ) -> Result<Self, Error> {
        let seal = match head.source() {
            Source::Keyring => {
                Seal::with_key(head, &ring.key(head.id())?)?.ok_or(Error::KeyDoesNotFit)?
            }
            _ => ask_existing(head, given, passphrase)?,
        };
        let place = Place::new(dir, seal);
        Ok(Self {
            secrets: place.seal.open(&place.file(), sealed)?,
            changes: BTreeMap::new(),
            place: Some(place),
        })
    }
}

/// The seal of a vault that does not exist yet.
fn new_seal(
    ring: &Ring,
    given: Option<SecretString>,
    passphrase: &mut impl FnMut(Ask) -> Option<SecretString>,
) -> Result<Seal, Error> {
    if given.is_none() {
        let (head, key) = sealed::new_key()?;
        match ring.keep(head.id(), &key) {
            Ok(()) => return Seal::new_with_key(head, &key),
            Err(error) => tracing::debug!("no keyring for the vault: {error}"),
        }
    }
    given
        .or_else(|| passphrase(Ask::New))
        .filter(|answer| !answer.expose_secret().is_empty())
        .ok_or(Error::NoPassphrase)
        .and_then(|answer| Seal::new_with_passphrase(&answer))
}

/// The seal of a vault made with a passphrase. One given in advance is not asked for again:
/// nobody may be there to answer.
fn ask_existing(
    head: Head,
    given: Option<SecretString>,
    passphrase: &mut impl FnMut(Ask) -> Option<SecretString>,
) -> Result<Seal, Error> {
    if let Some(given) = given {
        return Seal::with_passphrase(head, &given)?.ok_or(Error::WrongPassphrase);
    }
    let mut answer = passphrase(Ask::Existing).ok_or(Error::NoPassphrase)?;
    for _ in 1..ATTEMPTS {
        if let Some(seal) = Seal::with_passphrase(head, &answer)? {
            return Ok(seal);
        }
        answer = passphrase(Ask::WrongTryAgain).ok_or(Error::WrongPassphrase)?;
    }
    Seal::with_passphrase(head, &answer)?.ok_or(Error::WrongPassphrase)
}

/// Where a vault lives, and what seals it.
#[derive(Debug)]
struct Place {
    dir: PathBuf,
    seal: Seal,
}

impl Place {
    fn new(dir: &Path, seal: Seal) -> Self {
        let dir = dir.to_owned();
        Self { dir, seal }
    }

    fn file(&self) -> PathBuf {
        self.dir.join(FILE_NAME)
    }

    fn read(&self) -> Result<Option<(Head, Vec<u8>)>, Error> {
        read(&self.dir)
    }

    /// Waits for the lock; it is released when the file is dropped.
    fn lock(&self) -> Result<File, Error> {
        let path = self.dir.join(LOCK_NAME);
        let mut options = OpenOptions::new();
        let _ = options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        let _ = std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(failed(&path))?;
        match file.lock() {
            // Some network file systems cannot lock; saving must still be possible there.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                tracing::warn!("{} cannot be locked: {error}", path.display());
            }
            locked => locked.map_err(failed(&path))?,
        }
        Ok(file)
    }

    /// Replaces the sealed file, whole or not at all. The lock must be held.
    fn write(&self, secrets: &Secrets) -> Result<(), Error> {
        let octets = self.seal.seal(secrets)?;
        // A temporary file of `tempfile` is readable by its owner alone from the first moment.
        let mut file = tempfile::Builder::new()
            .prefix(".vault-")
            .tempfile_in(&self.dir)
            .map_err(failed(&self.dir))?;
        file.write_all(&octets).map_err(failed(file.path()))?;
        file.as_file().sync_all().map_err(failed(file.path()))?;
        let path = self.file();
        drop(
            file.persist(&path)
                .map_err(|error| failed(&path)(error.error))?,
        );
        // The new name is durable only when its folder is (POSIX); other systems cannot do this.
        #[cfg(unix)]
        File::open(&self.dir)
            .and_then(|dir| dir.sync_all())
            .map_err(failed(&self.dir))?;
        Ok(())
    }
}

/// The head and the sealed rest of a folder's vault, if it has one.
fn read(dir: &Path) -> Result<Option<(Head, Vec<u8>)>, Error> {
    let path = dir.join(FILE_NAME);
    match fs::read(&path) {
        Ok(octets) => sealed::parse(&path, &octets).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&path)(error)),
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |source| Error::Io {
        path,
        source: Arc::new(source),
    }
}

#[cfg(test)]
mod tests;
