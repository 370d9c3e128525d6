//! The mail itself: accounts, folders, messages, and the levers by which a test changes them behind a client's back.
//!
//! A [`Store`] is a handle: clones see the same mail, and it outlives every server that serves it. It promises that what
//! goes in comes out octet for octet. It deliberately answers a lever on something that is not there with `false` or `0`
//! instead of a panic, and never touches a disk.

use super::mailbox::{Account, Depot, Folder};
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Accounts, folders and messages in memory; clones share them.
#[derive(Clone)]
pub struct Store {
    depot: Arc<Mutex<Depot>>,
}

/// One message as a folder holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its number; 0 before it is added means "the next one".
    pub uid: u32,
    /// System flags and keywords, as they were given.
    pub flags: Vec<String>,
    /// The date of arrival, as in `17-Jul-1996 02:44:25 -0700` (one-digit days have a blank in front).
    pub internal_date: String,
    /// The octets.
    pub body: Arc<[u8]>,
    /// The folder's count of changes when this message last changed (RFC 7162).
    pub modseq: u64,
}

/// What a folder holds, copied at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderView {
    /// The name on the wire, prefix included.
    pub name: String,
    /// Which life of the folder this is.
    pub uid_validity: u32,
    /// The least number the next message can have.
    pub uid_next: u32,
    /// The count of changes so far.
    pub highest_modseq: u64,
    /// Whether the account is subscribed to it.
    pub subscribed: bool,
    /// Its role, such as `\Sent`.
    pub special_use: Option<String>,
    /// Its messages in the order of their UIDs.
    pub messages: Vec<Mail>,
}

impl Store {
    /// An empty store whose names are divided by `separator` and begin with `prefix` (such as `""` or `"INBOX."`).
    pub fn new(separator: char, prefix: &str) -> Self {
        // Two stores of one test must never agree on a UIDVALIDITY by chance.
        static STORES: AtomicU32 = AtomicU32::new(0);
        let ordinal = STORES.fetch_add(1, Ordering::Relaxed) % 10_000;
        Self {
            depot: Arc::new(Mutex::new(Depot {
                separator,
                prefix: prefix.to_owned(),
                uid_start: 1,
                uid_step: 1,
                next_validity: 1_500_000_000 + ordinal * 100_000,
                accounts: std::collections::BTreeMap::new(),
            })),
        }
    }

    /// Opens an account, with its INBOX; one that exists gets the new password.
    pub fn add_account(&self, login: &str, password: &str) {
        let mut depot = self.lock();
        let account = depot.accounts.entry(login.to_owned()).or_default();
        password.clone_into(&mut account.password);
        let _ = account.subscribed.insert("INBOX".to_owned());
        let _ = depot.folder_or_new(login, "INBOX");
    }

    /// Makes a folder; `name` is what is on the wire (modified UTF-7, prefix included). One that exists is adjusted.
    pub fn add_folder(&self, login: &str, name: &str, special_use: Option<&str>, subscribed: bool) {
        let mut depot = self.lock();
        let name = depot.canonical(name);
        if let Some(folder) = depot.folder_or_new(login, &name) {
            folder.special_use = special_use.map(str::to_owned);
        }
        if let Some(account) = depot.accounts.get_mut(login) {
            let _ = if subscribed {
                account.subscribed.insert(name)
            } else {
                account.subscribed.remove(&name)
            };
        }
    }

    /// Delivers a message and returns its UID; a missing folder is made, a missing account gives 0.
    ///
    /// A `uid` of the message that is not lower than the folder's next one is kept, which leaves a gap in the numbers.
    pub fn add_message(&self, login: &str, folder: &str, mail: Mail) -> u32 {
        let mut depot = self.lock();
        let name = depot.canonical(folder);
        depot
            .folder_or_new(login, &name)
            .map_or(0, |folder| folder.add(mail))
    }

    /// Takes a message away, as if another client had expunged it.
    pub fn remove_message(&self, login: &str, folder: &str, uid: u32) -> bool {
        self.with_folder(login, folder, |folder| folder.remove(uid))
    }

    /// Takes a folder away with all it holds.
    pub fn remove_folder(&self, login: &str, folder: &str) -> bool {
        let mut depot = self.lock();
        let name = depot.canonical(folder);
        depot
            .accounts
            .get_mut(login)
            .is_some_and(|account| account.folders.remove(&name).is_some())
    }

    /// Moves a message into another folder of the account and returns its UID there, 0 when it is not there.
    pub fn move_message(&self, login: &str, folder: &str, uid: u32, into: &str) -> u32 {
        let mut taken = None;
        let _ = self.with_folder(login, folder, |folder| {
            taken = folder
                .position(uid)
                .map(|index| Mail::clone(&folder.messages[index]));
            folder.remove(uid)
        });
        taken.map_or(0, |mail| {
            self.add_message(login, into, Mail { uid: 0, ..mail })
        })
    }

    /// Replaces the flags of a message.
    pub fn set_flags(&self, login: &str, folder: &str, uid: u32, flags: &[&str]) -> bool {
        let flags = flags.iter().map(|&flag| flag.to_owned()).collect();
        self.with_folder(login, folder, |folder| {
            folder.change(uid, |mail| mail.flags = flags)
        })
    }

    /// Inverts the lowest bit of one octet of a stored message; `false` when there is no such octet.
    pub fn corrupt(&self, login: &str, folder: &str, uid: u32, index: usize) -> bool {
        let mut done = false;
        let found = self.with_folder(login, folder, |folder| {
            folder.change(uid, |mail| {
                let mut octets = mail.body.to_vec();
                if let Some(octet) = octets.get_mut(index) {
                    *octet ^= 1;
                    done = true;
                }
                mail.body = octets.into();
            })
        });
        found && done
    }

    /// Replaces the octets of a stored message under the same UID, which no honest server does.
    pub fn set_body(
        &self,
        login: &str,
        folder: &str,
        uid: u32,
        body: impl Into<Arc<[u8]>>,
    ) -> bool {
        let body = body.into();
        self.with_folder(login, folder, |folder| {
            folder.change(uid, |mail| mail.body = body)
        })
    }

    /// Gives a folder another UIDVALIDITY and leaves the UIDs as they are.
    pub fn set_uid_validity(&self, login: &str, folder: &str, uid_validity: u32) -> bool {
        self.renumber(login, folder, uid_validity, 0)
    }

    /// Gives a folder another UIDVALIDITY and moves every UID on by `shift`, as a rebuilt index does.
    pub fn renumber(&self, login: &str, folder: &str, uid_validity: u32, shift: u32) -> bool {
        self.with_folder(login, folder, |folder| {
            folder.renumber(uid_validity, shift);
            true
        })
    }

    /// Limits what an account may hold, in octets; `None` lifts the limit.
    pub fn set_quota(&self, login: &str, octets: Option<u64>) {
        if let Some(account) = self.lock().accounts.get_mut(login) {
            account.quota = octets;
        }
    }

    /// Numbers new folders from `start` in steps of `step`, and also those that never held a message.
    pub fn set_numbering(&self, start: u32, step: u32) {
        let mut depot = self.lock();
        depot.uid_start = start.max(1);
        depot.uid_step = step.max(1);
        let (start, step) = (depot.uid_start, depot.uid_step);
        for folder in depot
            .accounts
            .values_mut()
            .flat_map(|account| account.folders.values_mut())
        {
            folder.uid_step = step;
            if folder.version == 0 {
                folder.uid_next = start;
            }
        }
    }

    /// The character between the levels of a name.
    pub fn separator(&self) -> char {
        self.lock().separator
    }

    /// What every name but INBOX begins with.
    pub fn prefix(&self) -> String {
        self.lock().prefix.clone()
    }

    /// The logins of all accounts, in order.
    pub fn logins(&self) -> Vec<String> {
        self.lock().accounts.keys().cloned().collect()
    }

    /// All folders of an account in the order of their names.
    pub fn folders(&self, login: &str) -> Vec<FolderView> {
        let depot = self.lock();
        let Some(account) = depot.accounts.get(login) else {
            return Vec::new();
        };
        account
            .folders
            .iter()
            .map(|(name, folder)| FolderView::new(account, name, folder))
            .collect()
    }

    /// One folder of an account.
    pub fn folder(&self, login: &str, name: &str) -> Option<FolderView> {
        let depot = self.lock();
        let name = depot.canonical(name);
        let account = depot.accounts.get(login)?;
        account
            .folders
            .get(&name)
            .map(|folder| FolderView::new(account, &name, folder))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Depot> {
        // A test that failed while it held the lock must not make every other thread fail too.
        self.depot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_folder(
        &self,
        login: &str,
        folder: &str,
        act: impl FnOnce(&mut Folder) -> bool,
    ) -> bool {
        let mut depot = self.lock();
        let name = depot.canonical(folder);
        depot.folder_mut(login, &name).is_some_and(act)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("logins", &self.logins())
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// A message with these octets, no flags and a fixed date.
    pub fn new(body: impl Into<Arc<[u8]>>) -> Self {
        Self {
            uid: 0,
            flags: Vec::new(),
            internal_date: "17-Jul-1996 02:44:25 -0700".to_owned(),
            body: body.into(),
            modseq: 0,
        }
    }

    /// The same message with these flags.
    #[must_use]
    pub fn with_flags(mut self, flags: &[&str]) -> Self {
        self.flags = flags.iter().map(|&flag| flag.to_owned()).collect();
        self
    }

    /// The same message with this date of arrival, such as ` 7-Jul-1996 02:44:25 -0700`.
    #[must_use]
    pub fn with_date(mut self, internal_date: &str) -> Self {
        internal_date.clone_into(&mut self.internal_date);
        self
    }

    pub(super) fn has_flag(&self, flag: &str) -> bool {
        self.flags
            .iter()
            .any(|held| held.eq_ignore_ascii_case(flag))
    }
}

impl FolderView {
    /// The message with that UID.
    pub fn message(&self, uid: u32) -> Option<&Mail> {
        self.messages.iter().find(|mail| mail.uid == uid)
    }

    fn new(account: &Account, name: &str, folder: &Folder) -> Self {
        Self {
            name: name.to_owned(),
            uid_validity: folder.uid_validity,
            uid_next: folder.uid_next,
            highest_modseq: folder.highest_modseq,
            subscribed: account.subscribed.contains(name),
            special_use: folder.special_use.clone(),
            messages: folder
                .messages
                .iter()
                .map(|mail| Mail::clone(mail))
                .collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn uids_follow_the_numbering_and_are_never_used_twice() {
        let store = Store::new('/', "");
        store.add_account("ada", "x");
        store.set_numbering(100, 7);
        let first = store.add_message("ada", "inbox", Mail::new(*b"a"));
        let second = store.add_message("ada", "INBOX", Mail::new(*b"b"));
        assert_eq!((first, second), (100, 107));
        assert!(store.remove_message("ada", "INBOX", second));
        assert_eq!(store.add_message("ada", "INBOX", Mail::new(*b"c")), 114);
    }

    #[test]
    fn corrupting_an_octet_changes_that_octet_only() {
        let store = Store::new('/', "");
        store.add_account("ada", "x");
        let uid = store.add_message("ada", "INBOX", Mail::new(*b"abc"));
        assert!(store.corrupt("ada", "INBOX", uid, 1));
        assert!(!store.corrupt("ada", "INBOX", uid, 3));
        let folder = store.folder("ada", "INBOX").unwrap();
        assert_eq!(&*folder.message(uid).unwrap().body, b"acc");
    }

    #[test]
    fn two_stores_do_not_share_a_uid_validity() {
        let (one, two) = (Store::new('/', ""), Store::new('/', ""));
        for store in [&one, &two] {
            store.add_account("ada", "x");
        }
        let validity = |store: &Store| store.folder("ada", "INBOX").unwrap().uid_validity;
        assert_ne!(validity(&one), validity(&two));
    }
}
