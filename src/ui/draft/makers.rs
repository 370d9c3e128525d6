//! Who makes accounts at the destination, as it stands in the forms: IceWarp's administration, or a program.
//!
//! Promises: what is typed is kept as it is typed; it is a [`Provision`] only once it can be one; a plan's own comes out
//! of its form as it went in. Deliberately absent: doing any of it (`provision`), passwords.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::server::{is_host, port};
use crate::account::Fingerprint;
use crate::plan::{Icewarp, IcewarpTool, Program, Provision};

/// IceWarp's administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Web {
    pub host: String,
    /// As typed.
    pub port: String,
    /// The administrator's address.
    pub admin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Fingerprint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    pub clear: bool,
    /// Domains that are missing are created.
    pub create_domains: bool,
    /// MB for each new account, as typed; empty: no quota.
    pub quota: String,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: String::from("443"),
            admin: String::new(),
            certificate: None,
            authority: None,
            clear: false,
            create_domains: false,
            quota: String::new(),
        }
    }
}

impl Web {
    pub fn of(icewarp: &Icewarp) -> Self {
        Self {
            host: icewarp.host.clone(),
            port: icewarp.port.to_string(),
            admin: icewarp.admin.clone(),
            certificate: icewarp.certificate,
            authority: icewarp.authority.clone(),
            clear: icewarp.clear,
            create_domains: icewarp.create_domains,
            quota: icewarp
                .quota_mb
                .map(|mb| mb.to_string())
                .unwrap_or_default(),
        }
    }

    /// All of it, if the form is filled in.
    pub fn icewarp(&self) -> Option<Icewarp> {
        let (host, admin) = (self.host.trim(), self.admin.trim());
        Some(Icewarp {
            host: is_host(host).then(|| host.to_owned())?,
            port: port(&self.port)?,
            admin: (!admin.is_empty()).then(|| admin.to_owned())?,
            certificate: self.certificate,
            authority: self.authority.clone(),
            clear: self.clear,
            create_domains: self.create_domains,
            quota_mb: quota(&self.quota)?,
        })
    }

    /// Whether what stands as its host can be none.
    pub fn has_wrong_host(&self) -> bool {
        let host = self.host.trim();
        !host.is_empty() && !is_host(host)
    }

    pub fn has_wrong_port(&self) -> bool {
        port(&self.port).is_none()
    }

    /// Another host or port: a certificate accepted for the old one is not accepted for this.
    pub fn moved(&mut self) {
        self.certificate = None;
    }
}

/// Megabytes; `None` where what is typed is no number of them, `Some(None)` where there is no limit.
#[allow(
    clippy::option_option,
    reason = "whether it is valid, and whether there is one"
)]
pub fn quota(text: &str) -> Option<Option<u32>> {
    match text.trim() {
        "" => Some(None),
        text => text.parse().ok().filter(|mb| *mb > 0).map(Some),
    }
}

/// Which of the two ways without IceWarp's administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Nobody was named yet.
    #[default]
    Nobody,
    /// A program of the administrator.
    Program,
    /// IceWarp's `tool` on this computer.
    Tool,
}

/// A program that makes accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Maker {
    pub by: By,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub program: String,
    /// As typed: words, those with blanks between quotation marks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub arguments: String,
    /// Seconds, as typed.
    pub limit: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tool: String,
    pub create_domains: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quota: String,
}

impl Default for Maker {
    fn default() -> Self {
        Self {
            by: By::Nobody,
            program: String::new(),
            arguments: String::new(),
            limit: Program::new("").limit_seconds.to_string(),
            tool: String::new(),
            create_domains: false,
            quota: String::new(),
        }
    }
}

impl Maker {
    /// Takes over what a plan says.
    pub fn follow(&mut self, provision: Option<&Provision>) {
        match provision {
            Some(Provision::Command(program)) => {
                self.by = By::Program;
                self.program = program.program.display().to_string();
                self.arguments = line(&program.arguments);
                self.limit = program.limit_seconds.to_string();
            }
            Some(Provision::IcewarpTool(tool)) => {
                self.by = By::Tool;
                self.tool = shown(tool.tool.as_ref());
                self.create_domains = tool.create_domains;
                self.quota = tool.quota_mb.map(|mb| mb.to_string()).unwrap_or_default();
            }
            Some(Provision::Icewarp(_)) | None => self.by = By::Nobody,
        }
    }

    /// All of it, if the form is filled in.
    pub fn provision(&self) -> Option<Provision> {
        match self.by {
            By::Nobody => None,
            By::Program => Some(Provision::Command(Program {
                program: path(&self.program)?,
                arguments: words(&self.arguments)?,
                limit_seconds: limit(&self.limit)?,
            })),
            By::Tool => Some(Provision::IcewarpTool(IcewarpTool {
                tool: path(&self.tool),
                create_domains: self.create_domains,
                quota_mb: quota(&self.quota)?,
            })),
        }
    }
}

/// A file that is typed; nothing where nothing is.
pub fn path(text: &str) -> Option<PathBuf> {
    let text = text.trim();
    (!text.is_empty()).then(|| PathBuf::from(text))
}

/// As [`path`] reads it.
pub fn shown(path: Option<&PathBuf>) -> String {
    path.map(|path| path.display().to_string())
        .unwrap_or_default()
}

/// Seconds a program may take: up to a day.
pub fn limit(text: &str) -> Option<u32> {
    let seconds = text.trim().parse().ok()?;
    (1..=86_400).contains(&seconds).then_some(seconds)
}

/// The words of a line: parted by blanks; between quotation marks a blank is a letter, and two marks there are one.
/// `None` where a mark is left open.
pub fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                let _ = letters.next();
                word.get_or_insert_default().push('"');
            }
            '"' => {
                quoted = !quoted;
                let _ = word.get_or_insert_default();
            }
            blank if blank.is_whitespace() && !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (!quoted).then_some(words)
}

/// As [`words`] reads it.
pub fn line(words: &[String]) -> String {
    let written = words.iter().map(|word| {
        let plain = !word.is_empty() && !word.contains(|c: char| c == '"' || c.is_whitespace());
        if plain {
            word.clone()
        } else {
            format!("\"{}\"", word.replace('"', "\"\""))
        }
    });
    written.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_parted_as_people_expect() {
        for (typed, read) in [
            ("", Some(vec![])),
            ("  --fast   x ", Some(vec!["--fast", "x"])),
            (r#"C:\a "D:\b c""#, Some(vec![r"C:\a", r"D:\b c"])),
            (r#""" a"#, Some(vec!["", "a"])),
            (r#""say ""hi""""#, Some(vec![r#"say "hi""#])),
            (r#"--name="Anna B""#, Some(vec!["--name=Anna B"])),
            (r#""open"#, None),
        ] {
            let read: Option<Vec<String>> =
                read.map(|words| words.into_iter().map(String::from).collect());
            assert_eq!(words(typed), read, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_words_come_back_out_of_their_line(given in prop::collection::vec(".*", 0..5)) {
            prop_assert_eq!(words(&line(&given)), Some(given));
        }
    }

    #[test]
    fn a_form_half_filled_makes_no_accounts() {
        let web = Web {
            host: "mail.example".into(),
            admin: "admin@mail.example".into(),
            ..Web::default()
        };
        assert!(web.icewarp().is_some());
        for change in [
            |web: &mut Web| web.host = "https://x".into(),
            |web: &mut Web| web.port = "0".into(),
            |web: &mut Web| web.admin = " ".into(),
            |web: &mut Web| web.quota = "2 GB".into(),
        ] {
            let mut wrong = web.clone();
            change(&mut wrong);
            assert!(wrong.icewarp().is_none(), "{wrong:?}");
        }
        let mut maker = Maker::default();
        assert!(maker.provision().is_none());
        maker.by = By::Program;
        assert!(maker.provision().is_none());
        maker.program = "/opt/make".into();
        assert!(maker.provision().is_some());
        maker.limit = "0".into();
        assert!(maker.provision().is_none());
    }
}
