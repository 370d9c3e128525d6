//! A provisioner for tests: it makes accounts in a sample server's own memory, and misbehaves on demand.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use traghetto::plan::Hold;
use traghetto::provision::{
    Change, Difference, Failure, Finding, Part, Provisioner, Standing, Wanted,
};
use traghetto::sample::Store;
use traghetto::trouble::{Kind, Trouble};

/// An account, as the registry has it.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub password: Option<String>,
    pub aliases: Vec<String>,
    pub held: bool,
    pub differences: Vec<Difference>,
}

/// What it does wrong.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// Every act is refused like this.
    pub refuse: Option<Kind>,
    /// Accounts that may be made.
    pub seats: Option<usize>,
    /// The account is made, then its password is refused like this.
    pub half: Option<Kind>,
    /// The account is made, then the line breaks.
    pub unclear: bool,
    /// An account can be logged in to this long after it was made.
    pub lag: Option<Duration>,
    /// How long each act takes.
    pub pause: Duration,
}

#[derive(Debug, Default)]
pub struct Registry {
    pub store: Option<Store>,
    pub entries: Mutex<BTreeMap<String, Entry>>,
    pub faults: Mutex<Faults>,
    /// Every act: its name and the address.
    pub acts: Mutex<Vec<(&'static str, String)>>,
    pub most_at_once: AtomicUsize,
    at_once: AtomicUsize,
}

impl Registry {
    pub fn over(store: Store) -> Arc<Self> {
        Arc::new(Self {
            store: Some(store),
            ..Self::default()
        })
    }

    pub fn count(&self, name: &str) -> usize {
        let acts = self.acts.lock().unwrap();
        acts.iter().filter(|(act, _)| *act == name).count()
    }

    pub fn add(&self, address: &str, entry: Entry) {
        self.entries.lock().unwrap().insert(address.into(), entry);
    }

    pub fn entry(&self, address: &str) -> Option<Entry> {
        self.entries.lock().unwrap().get(address).cloned()
    }

    async fn act(&self, name: &'static str, wanted: &Wanted) -> Result<Faults, Trouble> {
        self.acts
            .lock()
            .unwrap()
            .push((name, wanted.address.clone()));
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        let faults = self.faults.lock().unwrap().clone();
        tokio::time::sleep(faults.pause).await;
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        match faults.refuse {
            Some(kind) => Err(Trouble::new(kind, &wanted.address, "")),
            None => Ok(faults),
        }
    }

    fn open(&self, wanted: &Wanted, password: &str, lag: Option<Duration>) {
        let Some(store) = self.store.clone() else {
            return;
        };
        let (login, password) = (wanted.login.clone(), password.to_owned());
        match lag {
            None => store.add_account(&login, &password),
            Some(lag) => {
                tokio::spawn(async move {
                    tokio::time::sleep(lag).await;
                    store.add_account(&login, &password);
                });
            }
        }
    }
}

impl Provisioner for Registry {
    fn test<'a>(&'a self, _: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>> {
        Box::pin(async {
            let _ = self.act("look", wanted).await?;
            let Some(entry) = self.entry(&wanted.address) else {
                return Ok(Standing::Missing);
            };
            let lacks = |alias: &&String| !entry.aliases.contains(alias);
            let missing = wanted.aliases.iter().filter(lacks).map(|alias| Difference {
                what: Part::Alias,
                wanted: alias.clone(),
                found: String::new(),
            });
            Ok(Standing::Exists(
                missing.chain(entry.differences.clone()).collect(),
            ))
        })
    }

    fn create<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async {
            let faults = self.act("create", wanted).await?;
            let trouble = |kind| Trouble::new(kind, &wanted.address, "");
            let made = self.entries.lock().unwrap().len();
            if faults.seats.is_some_and(|seats| made >= seats) {
                return Err(trouble(Kind::LicenceSeats).into());
            }
            assert!(
                self.entry(&wanted.address).is_none(),
                "{} made twice",
                wanted.address
            );
            if let Some(kind) = faults.half {
                self.add(&wanted.address, Entry::default());
                return Err(Failure {
                    trouble: trouble(kind),
                    made: true,
                });
            }
            let entry = Entry {
                password: Some(password.expose_secret().to_owned()),
                aliases: wanted.aliases.clone(),
                ..Entry::default()
            };
            self.add(&wanted.address, entry);
            self.open(wanted, password.expose_secret(), faults.lag);
            if faults.unclear {
                return Err(trouble(Kind::ConnectionLost).into());
            }
            Ok(())
        })
    }

    fn complete<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async {
            let _ = self.act("complete", wanted).await?;
            let mut entries = self.entries.lock().unwrap();
            let entry = entries.get_mut(&wanted.address).unwrap();
            entry.aliases.clone_from(&wanted.aliases);
            Ok(Change::Done)
        })
    }

    fn set_password<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async {
            let _ = self.act("set-password", wanted).await?;
            let new = password.expose_secret().to_owned();
            let mut entries = self.entries.lock().unwrap();
            let entry = entries.get_mut(&wanted.address).unwrap();
            let change = if entry.password.as_ref() == Some(&new) {
                Change::Unchanged
            } else {
                Change::Done
            };
            entry.password = Some(new);
            drop(entries);
            self.open(wanted, password.expose_secret(), None);
            Ok(change)
        })
    }

    fn hold<'a>(
        &'a self,
        wanted: &'a Wanted,
        _: Hold,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async {
            let _ = self.act("hold", wanted).await?;
            let mut entries = self.entries.lock().unwrap();
            entries.get_mut(&wanted.address).unwrap().held = true;
            Ok(Some(String::from("as it was")))
        })
    }

    fn release<'a>(
        &'a self,
        wanted: &'a Wanted,
        held: &'a str,
    ) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let _ = self.act("release", wanted).await?;
            assert_eq!(held, "as it was");
            let mut entries = self.entries.lock().unwrap();
            entries.get_mut(&wanted.address).unwrap().held = false;
            Ok(())
        })
    }
}
