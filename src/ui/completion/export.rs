//! Writes the report, and the text for users, where people can take them from; shows them.
//!
//! Promises: all of it happens on a thread of its own; that a program to show a file is missing does not undo the
//! file. Beside the page lies `report.json`, the octets its code is the digest of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::i18n::Words;
use crate::project::{self, Project};
use crate::report::{self, Format, Report};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub files: Vec<PathBuf>,
    /// Whether it could be shown.
    pub shown: bool,
}

impl Written {
    /// The folder they lie in.
    pub fn dir(&self) -> Option<&Path> {
        self.files.first()?.parent()
    }
}

type Done = Result<Written, String>;

async fn apart(work: impl FnOnce() -> std::io::Result<Written> + Send + 'static) -> Done {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// Writes the report into the migration's folder; shows the page, or the folder with the tables.
pub async fn report(project: Project, report: Arc<Report>, format: Format, words: Words) -> Done {
    apart(move || {
        let mut files = report::write(&project, &report, format, &words)?;
        let show = match format {
            Format::Html => files[0].clone(),
            Format::Csv | Format::Json => project.report_dir(),
        };
        if format == Format::Html {
            files.extend(report::write(&project, &report, Format::Json, &words)?);
        }
        let shown = show_now(&show);
        Ok(Written { files, shown })
    })
    .await
}

/// Writes the page where somebody wants it.
pub async fn page(project: Project, report: Arc<Report>, words: Words, to: PathBuf) -> Done {
    apart(move || {
        let files = report::write(&project, &report, Format::Html, &words)?;
        let octets = std::fs::read(&files[0])?;
        project::replace(&to, &octets)?;
        Ok(Written {
            files: vec![to],
            shown: true,
        })
    })
    .await
}

/// Writes the text for users into the migration's folder, and shows it.
pub async fn text(project: Project, name: &'static str, text: String) -> Done {
    apart(move || {
        let dir = project.report_dir();
        std::fs::create_dir_all(&dir)?;
        let path = dir.join(name);
        project::replace(&path, text.as_bytes())?;
        let shown = show_now(&path);
        Ok(Written {
            files: vec![path],
            shown,
        })
    })
    .await
}

/// Shows a file or a folder with the program the system has for it.
pub async fn show(path: PathBuf) -> bool {
    let showing = tokio::task::spawn_blocking(move || path.exists() && show_now(&path));
    showing.await.unwrap_or(false)
}

fn show_now(path: &Path) -> bool {
    open::that_detached(path)
        .inspect_err(|error| tracing::warn!("'{}' cannot be shown: {error}", path.display()))
        .is_ok()
}
