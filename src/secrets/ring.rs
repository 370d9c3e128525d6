//! The keyring of the system: one random key for each vault.

use secrecy::zeroize::Zeroizing;

use super::Error;
use super::sealed::{Id, RawKey};

/// The name all our entries stand under.
const SERVICE: &str = "traghetto";

/// Which keyring. The store of the system is chosen once and a failure is remembered for the life
/// of the process, so tests bring their own.
pub(super) enum Ring {
    System,
    #[cfg(test)]
    Absent,
    #[cfg(test)]
    Test(std::cell::RefCell<std::collections::BTreeMap<Id, Vec<u8>>>),
}

impl Ring {
    /// Keeps a new key, and makes sure that it can be had again.
    pub(super) fn keep(&self, id: &Id, key: &RawKey) -> Result<(), Error> {
        match self {
            Self::System => entry(id)?
                .set_secret(key.as_slice())
                .map_err(|error| error_of(&error))?,
            #[cfg(test)]
            Self::Absent => return Err(Error::KeyringAbsent("test".to_owned())),
            #[cfg(test)]
            Self::Test(keys) => {
                let _ = keys.borrow_mut().insert(*id, key.to_vec());
            }
        }
        if self.key(id)?.as_slice() == key.as_slice() {
            Ok(())
        } else {
            Err(Error::KeyDoesNotFit)
        }
    }

    /// The key of a vault.
    pub(super) fn key(&self, id: &Id) -> Result<RawKey, Error> {
        let octets = Zeroizing::new(match self {
            Self::System => entry(id)?.get_secret().map_err(|error| error_of(&error))?,
            #[cfg(test)]
            Self::Absent => return Err(Error::KeyringAbsent("test".to_owned())),
            #[cfg(test)]
            Self::Test(keys) => keys.borrow().get(id).cloned().ok_or(Error::KeyMissing)?,
        });
        <[u8; 32]>::try_from(octets.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| Error::KeyDoesNotFit)
    }

    /// Removes the key of a vault that never came to be. Failing leaves a key without use.
    pub(super) fn forget(&self, id: &Id) {
        match self {
            Self::System => {
                if let Err(error) = entry(id)
                    .and_then(|entry| entry.delete_credential().map_err(|error| error_of(&error)))
                {
                    tracing::debug!("a key without use stays in the keyring: {error}");
                }
            }
            #[cfg(test)]
            Self::Absent => {}
            #[cfg(test)]
            Self::Test(keys) => {
                let _ = keys.borrow_mut().remove(id);
            }
        }
    }
}

fn entry(id: &Id) -> Result<keyring::Entry, Error> {
    if let Err(error) = keyring::Entry::store_status() {
        return Err(Error::KeyringAbsent(error.to_string()));
    }
    let user = format!("{:032x}", u128::from_be_bytes(*id));
    keyring::Entry::new(SERVICE, &user).map_err(|error| error_of(&error))
}

/// The facts of a keyring's error. Those that carry the octets of a secret are not printed.
fn error_of(error: &keyring::Error) -> Error {
    match error {
        keyring::Error::NoEntry => Error::KeyMissing,
        keyring::Error::NoStorageAccess(cause) => Error::KeyringLocked(cause.to_string()),
        keyring::Error::NoDefaultStore => Error::KeyringAbsent(error.to_string()),
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => Error::KeyDoesNotFit,
        _ => Error::KeyringFailed(error.to_string()),
    }
}
