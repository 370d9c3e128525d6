//! An archive on this computer: a Maildir++ for each account, below one folder, that is spoken to like a server.
//!
//! For a migration whose new server does not exist yet, for the copy one keeps, and for loading a server from either.
//! It has a small IMAP server of its own inside the process, so that engine, verification and connection test know it as
//! one more endpoint.
//!
//! Promises: an APPEND is confirmed when its messages and their rows are on the disk, and a crash leaves of a message all
//! or nothing; octets come back as they came, however large, without being held in memory; a UID is given once, whoever
//! else works on the archive; as the origin it is only read. Dovecot serves the folders as they are (`maildir:`).
//! Deliberately absent: any deed that deletes or moves a message, searching, and everything else the engine does not say.
//!
//! - `face` speaks IMAP · `account` is one account's folders · `folder` one folder's messages · `index` their numbers
//! - `name` names on the disk · `flag` flags in file names · `disk` what is durable

mod account;
mod disk;
mod face;
mod flag;
mod folder;
mod index;
mod name;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::account::{Endpoint, Side};
use crate::net::{self, Connector};

/// The file that makes a folder an archive: an empty place where a disk is not mounted has none.
const MARK: &str = "traghetto-archive";
/// Octets under way in each direction of a connection.
const PIPE: usize = 256 << 10;

/// Makes connections to an endpoint of a plan: over the network, or to an archive. The side says whether an account that
/// is not there is made, and whether anything may be written at all.
pub fn connector(endpoint: &Endpoint, side: Side) -> Result<Connector, net::Error> {
    let Some(folder) = endpoint.folder().map(Path::to_owned) else {
        return Connector::new(endpoint);
    };
    Ok(Connector::within(move || {
        let (near, far) = tokio::io::duplex(PIPE);
        face::serve(far, folder.clone(), side)?;
        Ok(Box::new(near))
    }))
}

/// Makes the folder an archive, where it is new or empty. One that holds anything else is an error of kind
/// `DirectoryNotEmpty`.
pub fn prepare(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if is_archive(folder) {
        return Ok(());
    }
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::ErrorKind::DirectoryNotEmpty.into());
    }
    disk::replace(&folder.join(MARK), b"1\n")
}

/// Whether two folders are the same, or one of them is inside the other.
pub fn overlap(one: &Path, other: &Path) -> bool {
    let (one, other) = (real(one), real(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// Where a folder is, or would be.
fn real(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let known = folder.ancestors().find_map(|above| {
        let rest = folder.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    });
    known.unwrap_or(folder)
}

/// Whether the folder is an archive of ours.
pub fn is_archive(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}
