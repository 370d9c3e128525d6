//! What is durable, and what is written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::thread;

/// Files brought to the disk at once: the journals of file systems write what comes together together.
const AT_ONCE: usize = 4;

/// Names in the folder are durable only when the folder is (POSIX); other systems cannot do this.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    let _ = dir;
    Ok(())
}

/// Brings the octets and times of these files to the disk.
pub(super) fn sync_files(paths: &[&Path]) -> io::Result<()> {
    let sync = |paths: &[&Path]| {
        paths.iter().try_for_each(|path| {
            // Windows flushes only what could be written.
            let file = OpenOptions::new().write(true).open(path)?;
            file.sync_all()
        })
    };
    if paths.len() < AT_ONCE {
        return sync(paths);
    }
    thread::scope(|scope| {
        let parts = paths.chunks(paths.len().div_ceil(AT_ONCE));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || sync(part))).collect();
        threads.into_iter().try_for_each(|thread| {
            let lost = |_| Err(io::Error::other("a thread was lost"));
            thread.join().unwrap_or_else(lost)
        })
    })
}

/// Writes a file beside its place and puts it there in one step. Whoever may do so holds the account's lock.
pub(super) fn replace(path: &Path, octets: &[u8]) -> io::Result<()> {
    let beside = path.with_added_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(octets)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// Whether the disk does not take the name: one written by Windows too takes less than others do.
pub(super) fn refuses_name(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput};
    matches!(error.kind(), InvalidFilename | InvalidInput)
}

/// A folder that its owner alone can open, below one that is there: what is above an archive may be a disk's empty place.
pub(super) fn private_dir(dir: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    let _ = std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        made => made,
    }
}

/// The text of a file; nothing where there is none. What is not UTF-8 is replaced.
pub(super) fn text(path: &Path) -> io::Result<String> {
    match fs::read(path) {
        Ok(octets) => Ok(String::from_utf8(octets)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    }
}
