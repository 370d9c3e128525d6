//! The folder of one migration: what lies where, who may work in it.
//!
//! Promises: files are replaced whole or not at all; two runs exclude each other. Deliberately absent: what
//! the files mean (`plan`, `journal`, `secrets`, `report`).

mod former;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::plan::{self, Plan};

/// One migration's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    dir: PathBuf,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no `migration.toml` in it.
    #[error("'{}' holds no migration.toml", .0.display())]
    NotAProject(PathBuf),
    /// There is one already.
    #[error("'{}' holds a migration already", .0.display())]
    Exists(PathBuf),
    /// The plan in it is not valid.
    #[error("{}: {source}", .path.display())]
    Plan {
        /// The plan's file.
        path: PathBuf,
        /// What is wrong with it.
        source: plan::Error,
    },
    /// Another run holds the folder.
    #[error("another run works in '{}'", .0.display())]
    Busy(PathBuf),
    /// The system refused a file.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

/// Held while a run works in the folder; given back when dropped, or by the system when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Who works at this computer, by the system's word.
pub fn person() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()))
}

impl Project {
    /// The folder, whether or not anything is in it yet.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Makes the folder and writes the plan; refuses a folder that holds a plan already.
    pub fn create(dir: impl Into<PathBuf>, plan: &Plan) -> Result<Self, Error> {
        let project = Self::at(dir);
        if project.plan_file().exists() {
            return Err(Error::Exists(project.dir));
        }
        fs::create_dir_all(&project.dir).map_err(|source| project.io(&project.dir, source))?;
        project.save(plan)?;
        Ok(project)
    }

    /// Reads the plan.
    pub fn load(&self) -> Result<Plan, Error> {
        let path = self.plan_file();
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::NotAProject(self.dir.clone()));
            }
            other => other.map_err(|source| self.io(&path, source))?,
        };
        Plan::from_toml(&text).map_err(|source| Error::Plan { path, source })
    }

    /// Writes the plan in place of the old one.
    pub fn save(&self, plan: &Plan) -> Result<(), Error> {
        let path = self.plan_file();
        let text = plan.to_toml().map_err(|source| Error::Plan {
            path: path.clone(),
            source,
        })?;
        replace(&path, text.as_bytes()).map_err(|source| self.io(&path, source))
    }

    /// Takes the folder for one run; `Busy` if another has it.
    pub fn lock(&self) -> Result<Lock, Error> {
        let path = self.dir.join("run.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| self.io(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(Error::Busy(self.dir.clone())),
            Err(fs::TryLockError::Error(source)) => Err(self.io(&path, source)),
        }
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// `migration.toml`.
    pub fn plan_file(&self) -> PathBuf {
        self.dir.join("migration.toml")
    }

    /// The journal's database.
    pub fn journal_file(&self) -> PathBuf {
        self.dir.join("journal.db")
    }

    /// What the last look for aliases proposed (see `aliases`).
    pub fn aliases_file(&self) -> PathBuf {
        self.dir.join("aliases.json")
    }

    /// Where the daily log files lie: in `log` here, or wherever the plan says.
    pub fn log_dir(&self, options: &plan::Options) -> PathBuf {
        self.dir
            .join(options.log.as_deref().unwrap_or(Path::new("log")))
    }

    /// Where messages that could not be copied are kept as `.eml`.
    pub fn exceptions_dir(&self) -> PathBuf {
        self.dir.join("exceptions")
    }

    /// Where large messages wait between the two servers.
    pub fn spool_dir(&self) -> PathBuf {
        self.dir.join("spool")
    }

    /// Where reports are written.
    pub fn report_dir(&self) -> PathBuf {
        self.dir.join("report")
    }

    #[allow(clippy::unused_self, reason = "reads as part of the folder")]
    fn io(&self, path: &Path, source: io::Error) -> Error {
        Error::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// Writes a file beside its place, makes it durable, and puts it in its place in one step.
pub fn replace(path: &Path, octets: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(octets)?;
    file.as_file().sync_all()?;
    let _ = file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Endpoint;

    fn plan() -> Plan {
        let end = |url: &str| Endpoint::new(url.parse().unwrap());
        Plan::new(end("imaps://old.example.it"), end("imaps://new.example.it"))
    }

    #[test]
    fn a_project_is_made_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::create(dir.path().join("a b è"), &plan()).unwrap();
        assert_eq!(project.load().unwrap(), plan());
        assert!(matches!(
            Project::create(project.dir(), &plan()),
            Err(Error::Exists(_))
        ));
        assert!(matches!(
            Project::at(dir.path()).load(),
            Err(Error::NotAProject(_))
        ));
    }

    #[test]
    fn the_log_lies_in_the_folder_or_where_the_plan_says() {
        let project = Project::at("/srv/ditta");
        let log_dir = |log: Option<&str>| {
            let log = log.map(PathBuf::from);
            let options = plan::Options {
                log,
                ..plan::Options::default()
            };
            project.log_dir(&options)
        };
        assert_eq!(log_dir(None), Path::new("/srv/ditta/log"));
        assert_eq!(log_dir(Some("registro")), Path::new("/srv/ditta/registro"));
        let elsewhere = std::env::temp_dir();
        assert_eq!(log_dir(elsewhere.to_str()), elsewhere);
    }

    #[test]
    fn two_runs_exclude_each_other() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::create(dir.path(), &plan()).unwrap();
        let held = project.lock().unwrap();
        assert!(matches!(project.lock(), Err(Error::Busy(_))));
        drop(held);
        let _again = project.lock().unwrap();
    }
}
