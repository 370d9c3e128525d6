//! Who and where: a server's address, how it is spoken to, and who logs in.
//!
//! Promises: values are plain data, comparable and storable. Deliberately absent: secrets. A password never
//! stands in any of these types; the engine is given secrets beside them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which end of the crossing something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Where the mail is now. Never written to.
    Origin,
    /// Where the mail goes.
    Destination,
}

impl Side {
    /// The word used in the plan, the log and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Destination => "destination",
        }
    }
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first octet (`imaps://`).
    Tls,
    /// Clear greeting, then STARTTLS; refused where the server does not offer it (`imap://`).
    StartTls,
    /// No protection at all; only when asked for in so many words (`imap+insecure://`).
    Clear,
    /// No network: the folder `host` on this computer is a Maildir archive, and the port is 0 (`maildir:`).
    Local,
}

/// SHA-256 of a certificate in DER form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(pub [u8; 32]);

impl From<Fingerprint> for String {
    fn from(pin: Fingerprint) -> Self {
        pin.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SHA256:")?;
        for (index, octet) in self.0.iter().enumerate() {
            let colon = if index == 0 { "" } else { ":" };
            write!(f, "{colon}{octet:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = AddressError;

    /// Reads `SHA256:` and 64 hexadecimal digits, with or without colons between the octets.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || AddressError::Fingerprint(text.to_owned());
        let head = text.get(..7).ok_or_else(bad)?;
        if !head.eq_ignore_ascii_case("sha256:") {
            return Err(bad());
        }
        let digits: String = text[7..].chars().filter(|c| *c != ':').collect();
        if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let mut octets = [0; 32];
        for (octet, pair) in octets.iter_mut().zip(digits.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *octet = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(octets))
    }
}

/// What was wrong with a server address or fingerprint somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The part before `://` is none of ours.
    #[error("'{0}': start with imaps://, imap://, imap+insecure:// or maildir:")]
    Scheme(String),
    /// No host name between `://` and the port, or no folder after `maildir:`.
    #[error("'{0}': the host name or folder is missing")]
    Host(String),
    /// The port is not a number from 1 to 65535.
    #[error("'{0}': the port must be a number from 1 to 65535")]
    Port(String),
    /// Something stands after the port.
    #[error("'{0}': nothing may follow the host and port")]
    Trailing(String),
    /// Not `SHA256:` and 64 hexadecimal digits.
    #[error("'{0}': a fingerprint is SHA256: and 64 hexadecimal digits")]
    Fingerprint(String),
}

/// A server as the plan names it, written `imaps://host:port`; or an archive on this computer, `maildir:/folder`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Host name or IP address, without brackets; the folder of an archive.
    pub host: String,
    /// TCP port; 0 for an archive.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
}

/// How the address of an archive begins.
const LOCAL: &str = "maildir:";

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Tls => "imaps",
            Security::StartTls => "imap",
            Security::Clear => "imap+insecure",
            Security::Local => return write!(f, "{LOCAL}{}", self.host),
        };
        if self.host.contains(':') {
            write!(f, "{scheme}://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{scheme}://{}:{}", self.host, self.port)
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Some((scheme, folder)) = text.split_at_checked(LOCAL.len())
            && scheme.eq_ignore_ascii_case(LOCAL)
        {
            let host = Some(folder.to_owned()).filter(|folder| !folder.is_empty());
            return Ok(Self {
                host: host.ok_or_else(|| AddressError::Host(text.to_owned()))?,
                port: 0,
                security: Security::Local,
            });
        }
        let (scheme, rest) = text
            .split_once("://")
            .ok_or_else(|| AddressError::Scheme(text.to_owned()))?;
        let (security, usual) = match scheme.to_ascii_lowercase().as_str() {
            "imaps" => (Security::Tls, 993),
            "imap" => (Security::StartTls, 143),
            "imap+insecure" => (Security::Clear, 143),
            _ => return Err(AddressError::Scheme(text.to_owned())),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '@']) {
            return Err(AddressError::Trailing(text.to_owned()));
        }
        let (host, port) = match rest.strip_prefix('[') {
            Some(inner) => {
                let (host, after) = inner
                    .split_once(']')
                    .ok_or_else(|| AddressError::Host(text.to_owned()))?;
                (host, after.strip_prefix(':'))
            }
            None => match rest.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (rest, None),
            },
        };
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(AddressError::Host(text.to_owned()));
        }
        let port = match port {
            None => usual,
            Some(digits) => digits
                .parse::<u16>()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| AddressError::Port(text.to_owned()))?,
        };
        Ok(Self {
            host: host.to_owned(),
            port,
            security,
        })
    }
}

/// How an administrator's login stands for every mailbox of a server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Master {
    /// The administrator's user name.
    pub user: String,
    /// What stands between mailbox and administrator (Dovecot's `*`). `None`: SASL PLAIN with an
    /// authorization identity (RFC 4616).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
}

/// Everything needed to reach one server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Endpoint {
    /// `imaps://host:port` and its kin.
    #[serde(with = "written")]
    pub url: Address,
    /// This certificate is accepted for this host, whatever else is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Fingerprint>,
    /// A file of certificate authorities (PEM) to trust besides the system's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// The administrator's login, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub master: Option<Master>,
}

impl Endpoint {
    /// An endpoint with nothing but its address.
    pub fn new(url: Address) -> Self {
        Self {
            url,
            certificate: None,
            authority: None,
            master: None,
        }
    }

    /// The folder of an archive on this computer; `None` for a server.
    pub fn folder(&self) -> Option<&Path> {
        (self.url.security == Security::Local).then(|| Path::new(&self.url.host))
    }

    /// Whether no mailbox needs a password of its own: an administrator logs in, or nobody does.
    pub fn is_open(&self) -> bool {
        self.master.is_some() || self.folder().is_some()
    }

    /// `host:port`, as the log names a server, or the folder of an archive.
    pub fn label(&self) -> String {
        match self.folder() {
            Some(_) => self.url.host.clone(),
            None => format!("{}:{}", self.url.host, self.url.port),
        }
    }
}

mod written {
    use super::Address;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(address: &Address, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(address)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Address, D::Error> {
        String::deserialize(input)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_back() {
        for (typed, shown) in [
            ("imaps://mail.example.it", "imaps://mail.example.it:993"),
            ("IMAP://mail.example.it/", "imap://mail.example.it:143"),
            (
                "imap+insecure://127.0.0.1:10143",
                "imap+insecure://127.0.0.1:10143",
            ),
            ("imaps://[::1]:1993", "imaps://[::1]:1993"),
            ("maildir:/srv/archive", "maildir:/srv/archive"),
            ("Maildir:C:\\Archivio posta", "maildir:C:\\Archivio posta"),
            ("maildir:vecchia posta", "maildir:vecchia posta"),
        ] {
            let address: Address = typed.parse().unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(shown.parse::<Address>().unwrap(), address);
        }
    }

    #[test]
    fn a_wrong_address_says_what_is_wrong() {
        for (typed, expected) in [
            ("mail.example.it", "Scheme"),
            ("http://x", "Scheme"),
            ("imaps://", "Host"),
            ("maildir:", "Host"),
            ("imaps://x:0", "Port"),
            ("imaps://x:99999", "Port"),
            ("imaps://user@x", "Trailing"),
            ("imaps://x/INBOX", "Trailing"),
        ] {
            let error = typed.parse::<Address>().unwrap_err();
            assert!(
                format!("{error:?}").starts_with(expected),
                "{typed}: {error:?}"
            );
        }
    }

    #[test]
    fn a_fingerprint_reads_with_and_without_colons() {
        let pin = Fingerprint([0xAB; 32]);
        assert_eq!(pin.to_string().parse::<Fingerprint>().unwrap(), pin);
        let plain = format!("sha256:{}", "ab".repeat(32));
        assert_eq!(plain.parse::<Fingerprint>().unwrap(), pin);
        assert!("SHA256:12".parse::<Fingerprint>().is_err());
    }
}
