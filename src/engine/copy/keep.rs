//! Messages that could not be copied, kept as `.eml`.
//!
//! Promises: the octets as they came; names that every system takes. Deliberately absent: judging.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};

use super::Job;
use crate::imap::destination::Body;

/// As much of a message as is looked at for its header, in octets.
const HEADER: u64 = 256 << 10;

/// Saves the message; answers where, relative to the migration folder.
pub(super) fn save(job: &Job<'_>, uid: u32, body: &Body) -> io::Result<String> {
    let project = &job.shared.request.project;
    let dir = project.exceptions_dir().join(plain(job.login));
    fs::create_dir_all(&dir)?;
    let name = format!(
        "{}-{}-{uid}.eml",
        plain(&job.folder.name.text()),
        job.folder.uid_validity
    );
    let path = dir.join(name);
    let mut out = File::create(&path)?;
    match body {
        Body::Memory(octets) => out.write_all(octets)?,
        Body::File(file, _) => {
            let mut file: &File = file;
            let _ = file.seek(io::SeekFrom::Start(0))?;
            let _ = io::copy(&mut file, &mut out)?;
        }
    }
    out.sync_all()?;
    let relative = path.strip_prefix(project.dir()).unwrap_or(&path);
    Ok(relative.to_string_lossy().replace('\\', "/"))
}

/// The beginning of a message.
pub(super) fn header(body: &Body) -> Option<Vec<u8>> {
    match body {
        Body::Memory(octets) => {
            Some(octets[..octets.len().min(usize::try_from(HEADER).ok()?)].to_vec())
        }
        Body::File(file, _) => {
            let mut file: &File = file;
            let mut octets = Vec::new();
            let _ = file.seek(io::SeekFrom::Start(0)).ok()?;
            let _ = file.take(HEADER).read_to_end(&mut octets).ok()?;
            Some(octets)
        }
    }
}

/// Letters, digits and a few signs; the rest as `_`. Never a device name, never too long.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '@' | '.') {
                c
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    format!("_{}", kept.trim_matches('.')).replacen("__", "_", 1)
}
