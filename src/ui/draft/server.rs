//! One end of the crossing as it stands in the form: a server, or an archive on this computer.
//!
//! Promises: what is typed is kept as it is typed; it is an [`Endpoint`] only once it can be one. Deliberately absent:
//! who makes accounts there (`makers`).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::account::{Address, Endpoint, Fingerprint, Master, Security};

/// What kind of end it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A server whose administration makes accounts too; only at the destination.
    Icewarp,
    /// Any IMAP server.
    #[default]
    Imap,
    /// A Maildir archive on this computer.
    Archive,
}

impl Kind {
    /// All, in the order of the window.
    pub const ALL: [Self; 3] = [Self::Icewarp, Self::Imap, Self::Archive];
}

/// How one logs in to the mailboxes of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Each with its own password.
    #[default]
    Each,
    /// One administrator for all of them.
    Master,
}

/// A server as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Server {
    pub kind: Kind,
    /// Where the archive is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub folder: String,
    /// The address its settings were looked up from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    pub host: String,
    /// As typed.
    pub port: String,
    pub security: Security,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Fingerprint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    pub access: Access,
    /// The administrator's login.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub master: String,
    /// What stands between mailbox and administrator; empty: SASL PLAIN with an authorization identity.
    pub separator: String,
    /// The login the connection is tried with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trial: String,
    /// What it said it is, when it was last tried with success; `None`: not tried since it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<String>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            kind: Kind::Imap,
            folder: String::new(),
            hint: String::new(),
            host: String::new(),
            port: String::from("993"),
            security: Security::Tls,
            certificate: None,
            authority: None,
            access: Access::Each,
            master: String::new(),
            separator: String::from("*"),
            trial: String::new(),
            verified: None,
        }
    }
}

impl Server {
    /// The address, if what stands in the form is one.
    pub fn address(&self) -> Option<Address> {
        if self.kind == Kind::Archive {
            let folder = self.folder.trim();
            return (!folder.is_empty()).then(|| Address {
                host: folder.to_owned(),
                port: 0,
                security: Security::Local,
            });
        }
        let host = self.host.trim();
        Some(Address {
            host: is_host(host).then(|| host.to_owned())?,
            port: self.port()?,
            security: self.security,
        })
    }

    /// The port, if it is one.
    pub fn port(&self) -> Option<u16> {
        port(&self.port)
    }

    /// Whether what stands as its host can be none.
    pub fn has_wrong_host(&self) -> bool {
        let host = self.host.trim();
        !host.is_empty() && !is_host(host)
    }

    /// What people know it by: its host, or the archive's folder without the way to it.
    pub fn name(&self) -> String {
        if self.kind != Kind::Archive {
            return self.host.trim().to_owned();
        }
        let folder = Path::new(self.folder.trim());
        folder.file_name().map_or_else(
            || self.folder.trim().to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Everything needed to reach it.
    pub fn endpoint(&self) -> Option<Endpoint> {
        if self.kind == Kind::Archive {
            return self.address().map(Endpoint::new);
        }
        Some(Endpoint {
            url: self.address()?,
            certificate: self.certificate,
            authority: self.authority.clone(),
            master: self.master_login()?,
        })
    }

    /// The administrator, where one is wanted; `None` while one is wanted and not named.
    #[allow(
        clippy::option_option,
        reason = "whether it is known, and whether there is one"
    )]
    fn master_login(&self) -> Option<Option<Master>> {
        match self.access {
            Access::Each => Some(None),
            Access::Master if self.master.trim().is_empty() => None,
            Access::Master => Some(Some(Master {
                user: self.master.trim().to_owned(),
                separator: Some(self.separator.clone()).filter(|text| !text.is_empty()),
            })),
        }
    }

    /// Takes over what a plan says.
    pub(super) fn follow(&mut self, endpoint: &Endpoint) {
        let before = self.endpoint();
        if endpoint.url.security == Security::Local {
            self.kind = Kind::Archive;
            self.folder.clone_from(&endpoint.url.host);
        } else {
            self.follow_server(endpoint);
        }
        if before.as_ref() != Some(endpoint) {
            self.verified = None;
        }
    }

    fn follow_server(&mut self, endpoint: &Endpoint) {
        if self.kind == Kind::Archive {
            self.kind = Kind::Imap;
        }
        self.host.clone_from(&endpoint.url.host);
        self.port = endpoint.url.port.to_string();
        self.security = endpoint.url.security;
        self.certificate = endpoint.certificate;
        self.authority.clone_from(&endpoint.authority);
        match &endpoint.master {
            None => self.access = Access::Each,
            Some(master) => {
                self.access = Access::Master;
                self.master.clone_from(&master.user);
                self.separator = master.separator.clone().unwrap_or_default();
            }
        }
    }

    /// The administrator opens every mailbox, by SASL PLAIN with an authorization identity (RFC 4616).
    pub fn impersonate(&mut self, admin: &str) {
        self.access = Access::Master;
        admin.trim().clone_into(&mut self.master);
        self.separator.clear();
    }

    /// Each mailbox has its own password.
    pub fn each(&mut self) {
        let usual = Self::default();
        self.access = usual.access;
        self.master = usual.master;
        self.separator = usual.separator;
    }

    /// The form was changed: what was learned of the server no longer holds.
    pub fn changed(&mut self) {
        self.verified = None;
    }

    /// Another host or port: a certificate accepted for the old one is not accepted for this.
    pub fn moved(&mut self) {
        self.certificate = None;
        self.changed();
    }

    /// Whether the administrator logs in.
    pub fn has_master(&self) -> bool {
        self.kind != Kind::Archive && self.access == Access::Master
    }

    /// Whether each mailbox has a password of its own here.
    pub fn has_passwords(&self) -> bool {
        self.kind != Kind::Archive && self.access == Access::Each
    }
}

/// Whether it can be the name or the address of a host.
pub(super) fn is_host(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "/@?#[]".contains(c))
}

/// A port, if it is one.
pub(super) fn port(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
}
