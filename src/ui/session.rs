//! One migration that is open in the window: its draft, its folder, its passwords.
//!
//! Promises: nothing here waits for a disk or a keyring; what takes time is handed out as a future, and its answer is
//! given back. A folder is made when there is something to keep. Deliberately absent: pixels, and running (`follow`).

mod keeper;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::draft::{Draft, Notebook};
use super::survey::Survey;
use crate::account::Side;
use crate::demo::Demo;
use crate::engine::Secrets;
use crate::journal::Journal;
use crate::plan::Plan;
use crate::project::{self, Project};
use crate::provision::{self, Provisioner};
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};

pub use keeper::{Keeper, Opened, Standing};

/// Notes beside the plan.
const NOTEBOOK: &str = "draft.toml";

/// One migration.
#[derive(Debug)]
pub struct Session {
    pub draft: Draft,
    pub keeper: Keeper,
    /// Its folder, once it has one.
    pub project: Option<Project>,
    /// The sample servers, where this is the demonstration.
    pub demo: Option<Arc<Demo>>,
    /// What was found when the accounts were looked at.
    pub survey: Survey,
    /// Where a folder is made.
    root: PathBuf,
    /// Counts the changes; and how far they are written.
    changes: u64,
    written: u64,
    /// The youngest change an order has written: orders may overtake each other.
    last: Arc<Mutex<u64>>,
}

/// What is to be written, apart from the session.
#[derive(Debug, Clone)]
pub struct Order {
    project: Project,
    notebook: String,
    plan: Option<Plan>,
    changes: u64,
    last: Arc<Mutex<u64>>,
}

impl Session {
    /// A new one, with nothing in it; its folder will be made below `root`.
    pub fn new(root: PathBuf) -> Self {
        Self {
            draft: Draft::default(),
            keeper: Keeper::default(),
            project: None,
            demo: None,
            survey: Survey::default(),
            root,
            changes: 0,
            written: 0,
            last: Arc::default(),
        }
    }

    /// Reads one from its folder; blocks.
    pub fn open(dir: &Path) -> Result<Self, project::Error> {
        let project = Project::at(dir);
        let notebook = std::fs::read_to_string(dir.join(NOTEBOOK))
            .ok()
            .and_then(|text| Notebook::read(&text));
        let plan = match (project.load(), &notebook) {
            (Ok(plan), _) => Some(plan),
            // One that has not come as far as a plan.
            (Err(project::Error::NotAProject(_)), Some(_)) => None,
            (Err(error), _) => return Err(error),
        };
        let mut draft = notebook.map(Notebook::draft).unwrap_or_default();
        if let Some(plan) = &plan {
            draft.follow(plan);
        }
        Ok(Self {
            draft,
            keeper: Keeper::default(),
            project: Some(project),
            demo: None,
            survey: Survey::default(),
            root: dir.parent().map(Path::to_owned).unwrap_or_default(),
            changes: 0,
            written: 0,
            last: Arc::default(),
        })
    }

    /// The demonstration.
    pub fn of_demo(demo: Arc<Demo>) -> Self {
        let mut draft = Draft::default();
        draft.follow(&demo.plan);
        draft.reached = super::step::Step::Live;
        draft.origin.verified = Some(String::from("Traghetto"));
        draft.destination.verified = Some(String::from("Traghetto"));
        Self {
            draft,
            keeper: Keeper::of_demo(),
            project: Some(demo.project.clone()),
            demo: Some(demo),
            survey: Survey::default(),
            root: PathBuf::new(),
            changes: 0,
            written: 0,
            last: Arc::default(),
        }
    }

    /// The draft was changed.
    pub fn touch(&mut self) {
        self.changes += 1;
    }

    /// How many changes there were.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Whether something waits to be written.
    pub fn is_unwritten(&self) -> bool {
        self.changes > self.written && self.demo.is_none()
    }

    /// The folder, made now if there is something to keep; blocks for a moment.
    pub fn folder(&mut self) -> Result<Option<&Project>, project::Error> {
        if self.project.is_none() && self.draft.is_begun() {
            let dir = free(&self.root, &self.draft.title());
            std::fs::create_dir_all(&dir).map_err(|source| project::Error::Io {
                path: dir.clone(),
                source,
            })?;
            self.project = Some(Project::at(dir));
            self.touch();
        }
        Ok(self.project.as_ref())
    }

    /// What is to be written now.
    pub fn order(&self) -> Option<Order> {
        if self.demo.is_some() {
            return None;
        }
        let notebook = toml::to_string(&Notebook::of(&self.draft)).ok()?;
        Some(Order {
            project: self.project.clone()?,
            notebook: format!(
                "# Traghetto: notes of the window beside migration.toml. No passwords in here.\n{notebook}"
            ),
            plan: self.draft.plan(),
            changes: self.changes,
            last: self.last.clone(),
        })
    }

    /// An order was carried out.
    pub fn wrote(&mut self, changes: u64) {
        self.written = self.written.max(changes);
    }

    /// The journal, where there is one already; blocks for a moment.
    pub fn journal(&self) -> Option<Journal> {
        let file = self.project.as_ref()?.journal_file();
        file.exists()
            .then(|| Journal::open_existing(&file).ok())
            .flatten()
    }

    /// The passwords a run of this plan needs, as far as they are known.
    pub fn secrets(&self, plan: &Plan) -> Secrets {
        match &self.demo {
            Some(demo) => demo.secrets.clone(),
            None => self.keeper.secrets(plan),
        }
    }

    /// Where programs of the administrator are run: the migration's folder, once there is one.
    pub fn workplace(&self) -> PathBuf {
        let project = self.project.as_ref();
        project.map_or_else(std::env::temp_dir, |project| project.dir().to_owned())
    }

    /// Who prepares accounts at the destination; nobody where the plan asks for nothing.
    pub fn provisioner(&self, plan: &Plan) -> Result<Option<Arc<dyn Provisioner>>, Trouble> {
        if !plan.needs_provisioner() {
            return Ok(None);
        }
        let missing = || Trouble::new(Kind::AdminService, "", "nobody is named to create accounts");
        let provision = plan.provision.as_ref().ok_or_else(missing)?;
        let password = self.keeper.get(&Key::Provisioner).cloned();
        provision::make(provision, &self.workplace(), password).map(Some)
    }

    /// Logins of the plan without a password, by side.
    pub fn lacking(&self, plan: &Plan) -> Vec<(Side, String)> {
        if self.demo.is_some() {
            return Vec::new();
        }
        let secrets = self.keeper.secrets(plan);
        let mut lacking = Vec::new();
        for job in plan.jobs.iter().filter(|job| job.selected) {
            for (side, endpoint, login) in [
                (Side::Origin, &plan.origin, &job.login),
                (Side::Destination, &plan.destination, &job.destination_login),
            ] {
                let sets = side == Side::Destination && plan.scope.provisions();
                let known = !plan.scope.copies() || secrets.login(side, endpoint, login).is_some();
                let set = !sets || secrets.password(side, login).is_some();
                if !known || !set {
                    lacking.push((side, login.clone()));
                }
            }
        }
        lacking
    }
}

impl Order {
    /// Writes it; blocks. Answers up to which change all is on the disk.
    pub fn carry_out(&self) -> Result<u64, project::Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if self.changes < *last {
            // A younger one overtook it.
            return Ok(*last);
        }
        let path = self.project.dir().join(NOTEBOOK);
        project::replace(&path, self.notebook.as_bytes())
            .map_err(|source| project::Error::Io { path, source })?;
        if let Some(plan) = &self.plan {
            self.project.save(plan)?;
        }
        *last = self.changes;
        Ok(self.changes)
    }
}

/// A folder of this name that does not exist yet.
fn free(root: &Path, title: &str) -> PathBuf {
    let name: String = title
        .chars()
        .map(|c| {
            let plain = c.is_alphanumeric() || " .-_@".contains(c);
            if plain { c } else { '-' }
        })
        .collect();
    // Windows takes no dot or space at the end.
    let name = name.trim_matches([' ', '.']);
    let name = if name.is_empty() { "migration" } else { name };
    let mut dir = root.join(name);
    let mut number = 1;
    while dir.exists() {
        number += 1;
        dir = root.join(format!("{name} {number}"));
    }
    dir
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_kept_and_opened_again() {
        let root = tempfile::tempdir().unwrap();
        let mut session = Session::new(root.path().to_owned());
        assert!(session.folder().unwrap().is_none());
        session.draft.origin.host = "old.example".into();
        session.touch();
        let dir = session.folder().unwrap().unwrap().dir().to_owned();
        assert!(session.is_unwritten());
        let written = session.order().unwrap().carry_out().unwrap();
        session.wrote(written);
        assert!(!session.is_unwritten());
        assert!(!dir.join("migration.toml").exists());
        session.draft.destination.host = "new.example".into();
        session.touch();
        let _ = session.order().unwrap().carry_out().unwrap();
        assert!(dir.join("migration.toml").exists());
        let again = Session::open(&dir).unwrap();
        assert_eq!(again.draft.plan(), session.draft.plan());
        assert_eq!(
            free(root.path(), "old.example"),
            root.path().join("old.example 2")
        );
    }

    #[test]
    fn a_folder_without_a_migration_is_named() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            Session::open(dir.path()),
            Err(project::Error::NotAProject(_))
        ));
    }

    #[test]
    fn a_title_becomes_a_name_every_system_takes() {
        let root = Path::new("/nowhere");
        assert_eq!(free(root, "a/b:c*."), root.join("a-b-c-"));
        assert_eq!(free(root, " . "), root.join("migration"));
    }
}
