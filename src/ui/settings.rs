//! What the window remembers between one start and the next: language, light, size, recent migrations.
//!
//! Promises: a file that is missing or damaged is as good as none; it is replaced whole. No secret and no mail address
//! stands in it, only folders. `TRAGHETTO_HOME` names another place for it and for new migrations: for tests, and for
//! a program carried about on a stick. Deliberately absent: everything about one migration (`draft`).

use std::path::{Path, PathBuf};

use iced::Size;
use iced::theme::Mode;
use serde::{Deserialize, Serialize};

use crate::i18n::Language;
use crate::project;

/// The variable that names another home.
pub const HOME_VARIABLE: &str = "TRAGHETTO_HOME";

/// Recent migrations kept in mind.
const MOST_RECENT: usize = 20;

/// The steps the text can be enlarged by, in percent.
pub const SCALES: [u16; 3] = [100, 125, 150];

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Settings {
    /// `it` or `en`; the system's where nothing was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `light` or `dark`; the system's where nothing was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Size of everything, in percent.
    pub scale: u16,
    pub width: f32,
    pub height: f32,
    /// Folders of migrations, the newest first.
    pub recent: Vec<PathBuf>,
    /// Where it is kept; nowhere in tests.
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: None,
            scale: SCALES[0],
            width: 1180.0,
            height: 760.0,
            recent: Vec::new(),
            file: None,
        }
    }
}

impl Settings {
    /// Reads them from their place.
    pub fn load() -> Self {
        let file = home().map(|home| home.join("settings.toml"));
        let text = file
            .as_deref()
            .and_then(|file| std::fs::read_to_string(file).ok());
        let read: Option<Self> = text.and_then(|text| {
            toml::from_str(&text)
                .inspect_err(|error| tracing::debug!("settings not read: {error}"))
                .ok()
        });
        let mut settings = read.unwrap_or_default();
        settings.width = settings.width.clamp(940.0, 10_000.0);
        settings.height = settings.height.clamp(640.0, 10_000.0);
        if !SCALES.contains(&settings.scale) {
            settings.scale = SCALES[0];
        }
        settings.file = file;
        settings
    }

    /// Writes them to their place; where that fails they are forgotten, which harms nobody.
    pub fn save(&self) {
        let Some(file) = &self.file else { return };
        let written = toml::to_string(self)
            .map_err(std::io::Error::other)
            .and_then(|text| {
                if let Some(dir) = file.parent() {
                    std::fs::create_dir_all(dir)?;
                }
                project::replace(file, text.as_bytes())
            });
        if let Err(error) = written {
            tracing::debug!("settings not kept: {error}");
        }
    }

    /// The language chosen, or the system's.
    pub fn language(&self) -> Language {
        self.language
            .as_deref()
            .map_or_else(Language::system, Language::of)
    }

    /// The light chosen.
    pub fn mode(&self) -> Option<Mode> {
        match self.theme.as_deref() {
            Some("dark") => Some(Mode::Dark),
            Some("light") => Some(Mode::Light),
            _ => None,
        }
    }

    pub fn size(&self) -> Size {
        Size::new(self.width, self.height)
    }

    /// A migration was opened: it comes first.
    pub fn opened(&mut self, dir: &Path) {
        self.forget(dir);
        self.recent.insert(0, dir.to_owned());
        self.recent.truncate(MOST_RECENT);
    }

    /// A migration is taken from the list; its folder stays.
    pub fn forget(&mut self, dir: &Path) {
        self.recent.retain(|known| known != dir);
    }
}

/// Where settings lie.
fn home() -> Option<PathBuf> {
    given_home().or_else(|| {
        directories::ProjectDirs::from("it", "Traghetto", "Traghetto")
            .map(|dirs| dirs.config_dir().to_owned())
    })
}

fn given_home() -> Option<PathBuf> {
    std::env::var_os(HOME_VARIABLE)
        .filter(|home| !home.is_empty())
        .map(PathBuf::from)
}

/// Where new migrations are made: `Traghetto` among the user's documents.
pub fn migrations() -> PathBuf {
    let documents = given_home().or_else(|| {
        let dirs = directories::UserDirs::new()?;
        let documents = dirs.document_dir().map(Path::to_owned);
        Some(documents.unwrap_or_else(|| dirs.home_dir().to_owned()))
    });
    documents.unwrap_or_default().join("Traghetto")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            language: Some("it".into()),
            file: Some(dir.path().join("a/settings.toml")),
            ..Settings::default()
        };
        settings.opened(Path::new("one"));
        settings.opened(Path::new("two"));
        settings.opened(Path::new("one"));
        settings.save();
        let text = std::fs::read_to_string(dir.path().join("a/settings.toml")).unwrap();
        let read: Settings = toml::from_str(&text).unwrap();
        assert_eq!(read.recent, [PathBuf::from("one"), PathBuf::from("two")]);
        assert_eq!(read.language(), Language::It);
    }

    #[test]
    fn a_damaged_file_is_as_good_as_none() {
        assert!(toml::from_str::<Settings>("width = 'wide'").is_err());
        let partial: Settings = toml::from_str("scale = 125").unwrap();
        assert_eq!(partial.scale, 125);
        assert!((partial.width - 1180.0).abs() < 0.1);
    }
}
