//! The passwords of the open migration: in memory at once, under lock and key as soon as the vault is open.
//!
//! Promises: the disk and the keyring are asked on a thread of their own; what was entered before the vault was open
//! is put into it then; where there is neither keyring nor passphrase, passwords live for this session and the
//! window says so. Deliberately absent: asking people.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use crate::account::Side;
use crate::engine::Secrets;
use crate::plan::Plan;
use crate::secrets::{Ask, Error, Key, Source, Vault};

/// Where the passwords are.
#[derive(Debug, Clone, Default)]
pub enum Standing {
    /// Nobody has asked yet.
    #[default]
    Closed,
    /// The keyring is being asked.
    Opening,
    /// In the vault; its key comes from here.
    Open(Source),
    /// A passphrase is wanted: there is no keyring, or the vault was sealed with one.
    Wanted(Ask),
    /// Neither: why not.
    Failed(Error),
}

/// The keeper.
#[derive(Debug, Clone, Default)]
pub struct Keeper {
    standing: Standing,
    vault: Option<Arc<Mutex<Vault>>>,
    /// All that is known, the vault's included.
    known: BTreeMap<Key, SecretString>,
    /// What is not in the vault yet.
    waiting: BTreeMap<Key, Option<SecretString>>,
    /// What is on its way into it.
    leaving: BTreeMap<Key, Option<SecretString>>,
}

/// What came of opening the vault.
#[derive(Debug, Clone)]
pub struct Opened(Result<Arc<Mutex<Vault>>, Error>);

impl Keeper {
    /// The demonstration's: its passwords come with its servers.
    pub fn of_demo() -> Self {
        Self {
            standing: Standing::Open(Source::Session),
            ..Self::default()
        }
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn get(&self, key: &Key) -> Option<&SecretString> {
        self.known.get(key)
    }

    /// A password was entered.
    pub fn set(&mut self, key: Key, secret: SecretString) {
        let _ = self.waiting.insert(key.clone(), Some(secret.clone()));
        let _ = self.known.insert(key, secret);
    }

    /// A password was taken away.
    pub fn remove(&mut self, key: &Key) {
        if self.known.remove(key).is_some() {
            let _ = self.waiting.insert(key.clone(), None);
        }
    }

    /// Whether something is to be put into the vault.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() && !matches!(self.standing, Standing::Open(Source::Session))
    }

    /// Opens the vault of a folder, making it where there is none; to be given back to [`opened`](Self::opened).
    /// `None` while it is open, or being opened.
    pub fn open(
        &mut self,
        dir: PathBuf,
        passphrase: Option<SecretString>,
    ) -> Option<impl Future<Output = Opened> + use<>> {
        if matches!(self.standing, Standing::Opening | Standing::Open(_)) {
            return None;
        }
        self.standing = Standing::Opening;
        Some(async move {
            let opening = tokio::task::spawn_blocking(move || {
                let mut given = passphrase;
                Vault::open(&dir, |_| given.take())
            });
            Opened(match opening.await {
                Ok(opened) => opened.map(|vault| Arc::new(Mutex::new(vault))),
                Err(error) => Err(Error::KeyringFailed(error.to_string())),
            })
        })
    }

    /// The vault was opened, or not.
    pub fn opened(&mut self, dir_has_vault: bool, opened: Opened) {
        match opened.0 {
            Ok(vault) => {
                {
                    let open = vault.lock().unwrap_or_else(PoisonError::into_inner);
                    self.standing = Standing::Open(open.source());
                    for key in open.keys() {
                        if let (false, Some(secret)) =
                            (self.waiting.contains_key(key), open.get(key))
                        {
                            let _ = self.known.insert(key.clone(), secret.clone());
                        }
                    }
                }
                self.vault = Some(vault);
            }
            Err(Error::NoPassphrase) => {
                let ask = if dir_has_vault {
                    Ask::Existing
                } else {
                    Ask::New
                };
                self.standing = Standing::Wanted(ask);
            }
            Err(Error::WrongPassphrase) => self.standing = Standing::Wanted(Ask::WrongTryAgain),
            Err(error) => self.standing = Standing::Failed(error),
        }
    }

    /// The person wants no vault: for this session only.
    pub fn forgo(&mut self) {
        self.standing = Standing::Open(Source::Session);
        self.waiting.clear();
    }

    /// Asks again from the beginning.
    pub fn reset(&mut self) {
        if !matches!(self.standing, Standing::Opening | Standing::Open(_)) {
            self.standing = Standing::Closed;
        }
    }

    /// Puts what waits into the vault; its failure is to be given back to [`kept`](Self::kept).
    pub fn keep(&mut self) -> Option<impl Future<Output = Option<Error>> + use<>> {
        let keeping = self.keeping()?;
        Some(async move {
            match tokio::task::spawn_blocking(keeping).await {
                Ok(failure) => failure,
                Err(error) => Some(Error::CannotSeal(error.to_string())),
            }
        })
    }

    /// The same at once; blocks. Says why it could not be done.
    pub fn keep_now(&mut self) -> Option<Error> {
        self.keeping().and_then(|keeping| keeping())
    }

    fn keeping(&mut self) -> Option<impl FnOnce() -> Option<Error> + Send + use<>> {
        let vault = self.vault.clone()?;
        if self.waiting.is_empty() {
            return None;
        }
        let waiting = std::mem::take(&mut self.waiting);
        self.leaving.extend(waiting.clone());
        Some(move || {
            let mut vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, secret) in waiting {
                match secret {
                    Some(secret) => vault.set(key, secret),
                    None => drop(vault.remove(&key)),
                }
            }
            vault.save().err()
        })
    }

    /// What waits was put into the vault, or not.
    pub fn kept(&mut self, failure: Option<Error>) {
        let left = std::mem::take(&mut self.leaving);
        match failure {
            Some(error) => {
                self.standing = Standing::Failed(error);
                for (key, secret) in left {
                    let _ = self.waiting.entry(key).or_insert(secret);
                }
            }
            None => {
                if let (Standing::Failed(_), Some(vault)) = (&self.standing, &self.vault) {
                    let open = vault.lock().unwrap_or_else(PoisonError::into_inner);
                    self.standing = Standing::Open(open.source());
                }
            }
        }
    }

    /// The passwords a run of this plan needs, as far as they are known.
    pub fn secrets(&self, plan: &Plan) -> Secrets {
        let mut secrets = Secrets::default();
        for (key, secret) in &self.known {
            match key {
                Key::Login { side, login } => secrets.insert(*side, login.clone(), secret.clone()),
                Key::Provisioner => {}
                Key::Master { side } => {
                    let endpoint = match side {
                        Side::Origin => &plan.origin,
                        Side::Destination => &plan.destination,
                    };
                    if endpoint.master.is_some() {
                        secrets.insert_master(*side, secret.clone());
                    }
                }
            }
        }
        secrets
    }
}

#[cfg(test)]
impl Keeper {
    /// As if there were no keyring.
    pub(in crate::ui) fn pretend_wanted(&mut self) {
        self.standing = Standing::Wanted(Ask::New);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(login: &str) -> Key {
        Key::login(Side::Origin, login)
    }

    #[tokio::test]
    async fn what_is_entered_before_the_vault_is_open_is_in_it_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::default();
        keeper.set(key("anna"), SecretString::from("uno"));
        let passphrase = Some(SecretString::from("a long passphrase"));
        let opened = keeper
            .open(dir.path().to_owned(), passphrase.clone())
            .unwrap()
            .await;
        assert!(keeper.open(dir.path().to_owned(), None).is_none());
        keeper.opened(false, opened);
        assert!(matches!(keeper.standing(), Standing::Open(_)));
        assert!(keeper.keep().unwrap().await.is_none());
        let mut again = Keeper::default();
        let opened = again.open(dir.path().to_owned(), passphrase).unwrap().await;
        again.opened(true, opened);
        assert!(again.get(&key("anna")).is_some());
        assert!(!again.is_waiting());
    }

    #[test]
    fn without_a_vault_they_live_for_this_session() {
        let mut keeper = Keeper::default();
        keeper.opened(false, Opened(Err(Error::NoPassphrase)));
        assert!(matches!(keeper.standing(), Standing::Wanted(Ask::New)));
        keeper.set(key("anna"), SecretString::from("uno"));
        keeper.forgo();
        assert!(keeper.get(&key("anna")).is_some() && !keeper.is_waiting());
        keeper.remove(&key("anna"));
        assert!(keeper.get(&key("anna")).is_none());
    }
}
