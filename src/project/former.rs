//! Settings of the destination's server that were changed for the migration, as they were before: `put-back.json`.
//!
//! Promises: what a setting was before the migration is never replaced by what the migration made of it.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::{Error, Project, replace};
use crate::provision::Former;

impl Project {
    fn former_file(&self) -> PathBuf {
        self.dir.join("put-back.json")
    }

    /// The settings as they were; none where nothing was changed.
    pub fn former(&self) -> Result<Vec<Former>, Error> {
        let path = self.former_file();
        let octets = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|source| self.io(&path, source))?,
        };
        serde_json::from_slice(&octets).map_err(|source| self.io(&path, source.into()))
    }

    /// Remembers how settings were that were changed just now.
    pub fn remember_former(&self, changed: &[Former]) -> Result<(), Error> {
        let mut former = self.former()?;
        for one in changed {
            if !former.iter().any(|known| known.variable == one.variable) {
                former.push(one.clone());
            }
        }
        let path = self.former_file();
        let octets =
            serde_json::to_vec_pretty(&former).map_err(|source| self.io(&path, source.into()))?;
        replace(&path, &octets).map_err(|source| self.io(&path, source))
    }

    /// All settings are as they were again.
    pub fn forget_former(&self) -> Result<(), Error> {
        let path = self.former_file();
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(|source| self.io(&path, source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::Setting;

    #[test]
    fn the_first_value_of_a_setting_is_the_one_that_is_put_back() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::at(dir.path());
        let former = |variable: &str, value: &str| Former {
            setting: Setting::AppendRate,
            variable: variable.into(),
            value: value.into(),
        };
        project.remember_former(&[former("a", "60")]).unwrap();
        project
            .remember_former(&[former("a", "0"), former("b", "1")])
            .unwrap();
        assert_eq!(
            project.former().unwrap(),
            [former("a", "60"), former("b", "1")]
        );
        project.forget_former().unwrap();
        project.forget_former().unwrap();
        assert_eq!(project.former().unwrap(), []);
    }
}
