//! Whether a folder of this computer can hold an archive, or holds one.
//!
//! Promises: what is said to work was really done, in a folder of its own that is gone afterwards; a folder that is not
//! there yet is not made. An origin's folder is only read. Deliberately absent: what an archive is made of.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::account::Side;
use crate::trouble::{Kind, Trouble};

/// A name of this many characters is allowed everywhere; some of them, one in the other, are more than the 260 old
/// Windows takes.
const LEVEL: usize = 100;
const LEVELS: usize = 3;

/// What was found out of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// It is there; if not, it will be made.
    pub exists: bool,
    /// Octets that are free on its disk.
    pub free: u64,
    /// Whether two names that differ in case only are two; not tried where nothing may be written.
    pub case: Option<bool>,
    /// Whether paths of more than 260 characters can be used; not tried where nothing may be written.
    pub long: Option<bool>,
    /// Accounts in it: folders with a Maildir in them.
    pub accounts: u64,
}

/// Looks at a folder; **blocks**. At the destination it is written to, really.
pub fn place(folder: &Path, side: Side) -> Result<Place, Trouble> {
    look(folder, side).map_err(|error| {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull => Kind::DiskFull,
            _ => Kind::Storage,
        };
        Trouble::new(kind, folder.display().to_string(), error.to_string())
    })
}

fn look(folder: &Path, side: Side) -> io::Result<Place> {
    let exists = folder.try_exists()?;
    if side == Side::Origin {
        return Ok(Place {
            exists: true,
            free: fs4::available_space(folder)?,
            case: None,
            long: None,
            accounts: accounts(folder)?,
        });
    }
    // Where it is not there yet, the folder it will be made in tells.
    let near = folder
        .ancestors()
        .find(|near| near.is_dir())
        .filter(|near| exists == (*near == folder))
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotADirectory))?;
    let trial = tempfile::Builder::new()
        .prefix(".traghetto-")
        .tempdir_in(near)?;
    let mut file = File::create_new(trial.path().join("trial"))?;
    file.write_all(b"trial")?;
    file.sync_all()?;
    let case = !trial.path().join("TRIAL").try_exists()?;
    let long = fs::create_dir_all(long(trial.path())).is_ok();
    let place = Place {
        exists,
        free: fs4::available_space(near)?,
        case: Some(case),
        long: Some(long),
        accounts: if exists { accounts(folder)? } else { 0 },
    };
    drop(file);
    trial.close()?;
    Ok(place)
}

fn long(folder: &Path) -> PathBuf {
    let level = "l".repeat(LEVEL);
    (0..LEVELS).fold(folder.to_owned(), |path, _| path.join(&level))
}

fn accounts(folder: &Path) -> io::Result<u64> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        count += u64::from(entry?.path().join("cur").is_dir());
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_can_be_written_says_so_and_is_as_before() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("anna@example.it/cur")).unwrap();
        fs::create_dir_all(dir.path().join("notes")).unwrap();
        let place = place(dir.path(), Side::Destination).unwrap();
        assert!(place.exists && place.free > 0);
        assert_eq!(place.accounts, 1);
        if cfg!(target_os = "linux") {
            assert_eq!((place.case, place.long), (Some(true), Some(true)));
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = dir.path().join("a/b");
        let found = place(&wanted, Side::Destination).unwrap();
        assert!(!found.exists && found.accounts == 0);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let trouble = place(&wanted, Side::Origin).unwrap_err();
        assert_eq!(trouble.kind, Kind::Storage);
    }

    #[test]
    fn a_file_is_no_folder() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "x").unwrap();
        for side in [Side::Origin, Side::Destination] {
            assert_eq!(place(&file, side).unwrap_err().kind, Kind::Storage);
            assert_eq!(
                place(&file.join("in"), side).unwrap_err().kind,
                Kind::Storage
            );
        }
    }

    #[test]
    fn an_origin_is_only_read() {
        let dir = tempfile::tempdir().unwrap();
        let before = fs::metadata(dir.path()).unwrap().modified().unwrap();
        let place = place(dir.path(), Side::Origin).unwrap();
        assert_eq!((place.case, place.accounts), (None, 0));
        let after = fs::metadata(dir.path()).unwrap().modified().unwrap();
        assert_eq!(before, after);
    }
}
