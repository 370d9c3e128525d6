use std::cell::RefCell;

use super::*;

const CANARY: &str = "canary-Zq7\"\\ è🐤";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn key(login: &str) -> Key {
    Key::login(Side::Origin, login)
}

fn text(vault: &Vault, key: &Key) -> Option<String> {
    vault
        .get(key)
        .map(|secret| secret.expose_secret().to_owned())
}

fn never(ask: Ask) -> Option<SecretString> {
    panic!("nobody should be asked: {ask:?}")
}

/// Opens with a passphrase and no keyring.
fn with(dir: &Path, passphrase: &str) -> Result<Vault, Error> {
    Vault::open_with(dir, &Ring::Absent, Some(secret(passphrase)), never)
}

fn test_ring() -> Ring {
    Ring::Test(RefCell::default())
}

/// A folder with a vault that holds the canary.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = with(dir.path(), "open sesame").unwrap();
    vault.set(key("mario"), secret(CANARY));
    vault.save().unwrap();
    dir
}

fn round_trip(ring: &Ring, given: Option<&str>, source: Source) {
    let dir = tempfile::tempdir().unwrap();
    let open = || Vault::open_with(dir.path(), ring, given.map(secret), never).unwrap();
    assert!(!Vault::exists(dir.path()));
    let mut vault = open();
    assert!(Vault::exists(dir.path()));
    assert_eq!(vault.source(), source);
    let other = Key::login(Side::Destination, "mario");
    let master = Key::master(Side::Origin);
    vault.set_many([
        (key("mario"), secret(CANARY)),
        (other.clone(), secret("")),
        (master.clone(), secret("boss")),
        (key("gone"), secret("x")),
    ]);
    vault.save().unwrap();
    assert!(vault.remove(&key("gone")) && !vault.remove(&key("never was")));
    vault.save().unwrap();

    let vault = open();
    assert_eq!(text(&vault, &key("mario")).as_deref(), Some(CANARY));
    assert_eq!(text(&vault, &other).as_deref(), Some(""));
    assert_eq!(text(&vault, &master).as_deref(), Some("boss"));
    let keys: Vec<_> = vault.keys().collect();
    assert_eq!(keys, [&key("mario"), &other, &master]);
}

#[test]
fn secrets_come_back_under_a_passphrase() {
    round_trip(&Ring::Absent, Some("open sesame"), Source::Passphrase);
}

#[test]
fn secrets_come_back_under_a_keyring() {
    round_trip(&test_ring(), None, Source::Keyring);
}

#[test]
fn secrets_come_back_under_the_keyring_of_this_system() {
    if let Err(error) = keyring::Entry::store_status() {
        eprintln!("skipped: this system has no keyring ({error})");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let refuse = |_| None;
    match Vault::open_with(dir.path(), &Ring::System, None, refuse) {
        Err(Error::NoPassphrase) => eprintln!("skipped: the keyring of this system is closed"),
        Err(error) => panic!("{error}"),
        Ok(mut vault) => {
            vault.set(key("mario"), secret(CANARY));
            vault.save().unwrap();
            let vault = Vault::open_with(dir.path(), &Ring::System, None, never).unwrap();
            assert_eq!(text(&vault, &key("mario")).as_deref(), Some(CANARY));
            let (head, _) = read(dir.path()).unwrap().unwrap();
            Ring::System.forget(head.id());
            assert!(keyring_status().is_ok());
        }
    }
}

#[test]
fn a_passphrase_given_in_advance_is_preferred_to_the_keyring() {
    round_trip(&test_ring(), Some("open sesame"), Source::Passphrase);
}

#[test]
fn without_a_keyring_a_passphrase_is_asked_for_once() {
    let dir = tempfile::tempdir().unwrap();
    let asked = RefCell::new(Vec::new());
    let open = || {
        Vault::open_with(dir.path(), &Ring::Absent, None, |ask| {
            asked.borrow_mut().push(ask);
            Some(secret("open sesame"))
        })
    };
    assert_eq!(open().unwrap().source(), Source::Passphrase);
    drop(open().unwrap());
    assert_eq!(*asked.borrow(), [Ask::New, Ask::Existing]);
}

#[test]
fn without_a_keyring_and_a_passphrase_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    for answer in [None, Some("")] {
        let refused = Vault::open_with(dir.path(), &Ring::Absent, None, |_| answer.map(secret));
        assert!(matches!(refused, Err(Error::NoPassphrase)));
    }
    assert!(!Vault::exists(dir.path()));
}

#[test]
fn a_wrong_passphrase_is_named_and_may_be_tried_again() {
    let dir = folder();
    assert!(matches!(
        with(dir.path(), "open sesam"),
        Err(Error::WrongPassphrase)
    ));
    let asked = RefCell::new(Vec::new());
    let answer = |answers: &'static [&str]| {
        asked.borrow_mut().clear();
        Vault::open_with(dir.path(), &Ring::Absent, None, |ask| {
            asked.borrow_mut().push(ask);
            answers
                .get(asked.borrow().len() - 1)
                .map(|text| secret(text))
        })
    };
    let vault = answer(&["x", "open sesame"]).unwrap();
    assert_eq!(text(&vault, &key("mario")).as_deref(), Some(CANARY));
    assert_eq!(*asked.borrow(), [Ask::Existing, Ask::WrongTryAgain]);
    assert!(matches!(answer(&["x"]), Err(Error::WrongPassphrase)));
    assert!(matches!(answer(&[]), Err(Error::NoPassphrase)));
    let stubborn = &["x", "x", "x", "x", "x", "open sesame"];
    assert!(matches!(answer(stubborn), Err(Error::WrongPassphrase)));
    assert_eq!(asked.borrow().len(), 5);
}

#[test]
fn a_vault_of_another_keyring_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let ring = test_ring();
    drop(Vault::open_with(dir.path(), &ring, None, never).unwrap());
    let open = |ring: &Ring| Vault::open_with(dir.path(), ring, None, never);
    assert!(matches!(open(&test_ring()), Err(Error::KeyMissing)));
    assert!(matches!(open(&Ring::Absent), Err(Error::KeyringAbsent(_))));
    let Ring::Test(keys) = &ring else { panic!() };
    keys.borrow_mut().values_mut().for_each(|key| key[0] ^= 1);
    assert!(matches!(open(&ring), Err(Error::KeyDoesNotFit)));
    keys.borrow_mut().values_mut().for_each(Vec::clear);
    assert!(matches!(open(&ring), Err(Error::KeyDoesNotFit)));
}

#[test]
fn every_octet_that_was_changed_is_noticed() {
    let dir = folder();
    let path = dir.path().join(FILE_NAME);
    let sound = fs::read(&path).unwrap();
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 0x20;
        fs::write(&path, changed).unwrap();
        match with(dir.path(), "open sesame") {
            Err(Error::Damaged { .. } | Error::Newer { .. }) => {}
            // The proof of the key is not in the sum: only there the two look the same.
            Err(Error::WrongPassphrase) if (70..86).contains(&at) => {}
            other => panic!("octet {at}: {other:?}"),
        }
    }
    for length in 0..sound.len() {
        fs::write(&path, &sound[..length]).unwrap();
        let cut = with(dir.path(), "open sesame");
        assert!(
            matches!(cut, Err(Error::Damaged { .. })),
            "{length}: {cut:?}"
        );
    }
}

#[test]
fn a_head_cannot_be_exchanged_even_with_a_right_sum() {
    use sha2::Digest as _;
    let dir = folder();
    let path = dir.path().join(FILE_NAME);
    let sound = fs::read(&path).unwrap();
    // A cheaper derivation, and one that would take all memory.
    for (at, octet) in [(36, 0x10), (34, 0x7F), (45, 9), (17, 1), (17, 3)] {
        let mut changed = sound.clone();
        changed[at] = octet;
        let sum = sha2::Sha256::digest(&changed[..62]);
        changed[62..70].copy_from_slice(&sum[..8]);
        fs::write(&path, changed).unwrap();
        assert!(with(dir.path(), "open sesame").is_err(), "octet {at}");
    }
}

#[test]
fn nothing_in_clear_reaches_the_disk_or_a_debug_text() {
    let dir = folder();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let octets = fs::read(entry.unwrap().path()).unwrap();
        for word in ["canary", "mario", "login", "sesame"] {
            assert!(
                !octets
                    .windows(word.len())
                    .any(|window| window == word.as_bytes())
            );
        }
    }
    let mut vault = with(dir.path(), "open sesame").unwrap();
    vault.set(key("luigi"), secret("canary"));
    assert!(!format!("{vault:?}").contains("canary"));
    assert!(!format!("{:?}", with(dir.path(), "wrong-canary")).contains("canary"));
}

#[test]
fn the_same_secrets_are_never_sealed_the_same_way() {
    let dir = folder();
    let file = || fs::read(dir.path().join(FILE_NAME)).unwrap();
    let before = file();
    let mut vault = with(dir.path(), "open sesame").unwrap();
    vault.set(key("mario"), secret(CANARY));
    vault.save().unwrap();
    let after = file();
    assert_eq!(before[..86], after[..86]);
    assert_ne!(before[86..110], after[86..110]);
    assert_ne!(before[110..], after[110..]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder();
    let mut names = Vec::new();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600
        );
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, [LOCK_NAME, FILE_NAME]);
}

#[test]
fn two_that_save_do_not_lose_each_other() {
    let dir = folder();
    let mut one = with(dir.path(), "open sesame").unwrap();
    let mut two = with(dir.path(), "open sesame").unwrap();
    one.set(key("a"), secret("1"));
    assert!(one.remove(&key("mario")));
    two.set(key("b"), secret("2"));
    one.save().unwrap();
    two.save().unwrap();
    let vault = with(dir.path(), "open sesame").unwrap();
    assert_eq!(vault.keys().collect::<Vec<_>>(), [&key("a"), &key("b")]);
    assert_eq!(text(&two, &key("a")).as_deref(), Some("1"));
}

#[test]
fn many_that_save_at_once_lose_nothing() {
    let dir = folder();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let dir = dir.path();
            let _ = scope.spawn(move || {
                let mut vault = with(dir, "open sesame").unwrap();
                for round in 0..5 {
                    vault.set(key(&format!("{number}-{round}")), secret("x"));
                    vault.save().unwrap();
                }
            });
        }
    });
    assert_eq!(with(dir.path(), "open sesame").unwrap().keys().count(), 41);
}

#[test]
fn many_that_open_at_once_make_one_vault() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let dir = dir.path();
            let _ = scope.spawn(move || {
                let mut vault = with(dir, "open sesame").unwrap();
                vault.set(key(&number.to_string()), secret("x"));
                vault.save().unwrap();
            });
        }
    });
    assert_eq!(with(dir.path(), "open sesame").unwrap().keys().count(), 8);
}

#[test]
fn a_vault_that_became_another_is_not_overwritten() {
    let dir = folder();
    let mut old = with(dir.path(), "open sesame").unwrap();
    fs::remove_file(dir.path().join(FILE_NAME)).unwrap();
    drop(with(dir.path(), "another").unwrap());
    old.set(key("a"), secret("1"));
    assert!(matches!(old.save(), Err(Error::Replaced { .. })));
    fs::remove_file(dir.path().join(FILE_NAME)).unwrap();
    old.save().unwrap();
    assert_eq!(with(dir.path(), "open sesame").unwrap().keys().count(), 2);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap().path().join("nowhere");
    let error = with(&dir, "x").unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn whether_there_is_a_keyring_is_found_out_without_leaving_anything_in_it() {
    let ring = test_ring();
    assert!(status_of(&ring).is_ok());
    let Ring::Test(keys) = &ring else { panic!() };
    assert!(keys.borrow().is_empty());
    assert!(matches!(
        status_of(&Ring::Absent),
        Err(Error::KeyringAbsent(_))
    ));
}

#[test]
fn a_vault_in_memory_writes_nothing() {
    let mut vault = Vault::in_memory();
    vault.set(key("mario"), secret(CANARY));
    vault.save().unwrap();
    assert_eq!(vault.source(), Source::Session);
    assert_eq!(text(&vault, &key("mario")).as_deref(), Some(CANARY));
}
