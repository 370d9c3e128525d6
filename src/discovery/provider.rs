//! Providers known by name: where their servers are, how one logs in, what they limit.
//!
//! Promises: the table is `resources/providers.toml`, built into the program; a domain stands in one row only.
//! Deliberately absent: certainty. Providers change without notice; what a server says in a session wins over what
//! is written here.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{Candidate, LoginForm, Protocol, Source};
use crate::account::Address;

static TABLE: LazyLock<Vec<Provider>> = LazyLock::new(|| {
    read(include_str!("../../resources/providers.toml")).unwrap_or_else(|error| {
        tracing::error!("providers.toml: {error}");
        Vec::new()
    })
});

/// A way to prove who one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Auth {
    /// The password of the mailbox.
    Password,
    /// A password made for one program.
    AppPassword,
    /// OAuth 2.0.
    Oauth,
}

/// What a provider is known to limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ceilings {
    /// Connections to one mailbox at a time.
    pub connections: Option<u32>,
    /// Read from one mailbox in a day, in MB.
    pub down_mb_per_day: Option<u32>,
    /// Written to one mailbox in a day, in MB.
    pub up_mb_per_day: Option<u32>,
    /// The largest message it takes, in octets.
    pub largest_message: Option<u64>,
    /// Messages one command may touch.
    pub messages_per_command: Option<u32>,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provider {
    /// Its name in plans, logs and JSON. Never changes.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The domains of its own mailboxes.
    #[serde(default)]
    pub domains: Vec<String>,
    /// The ends of the names of the hosts that take mail for its customers' domains.
    #[serde(default)]
    pub mx: Vec<String>,
    /// Where it speaks IMAP.
    #[serde(deserialize_with = "imap")]
    pub imap: Address,
    /// Where it speaks POP3.
    #[serde(default, deserialize_with = "pop3")]
    pub pop3: Option<Address>,
    /// What works, the best first.
    pub auth: Vec<Auth>,
    /// What it calls a user.
    pub login: LoginForm,
    /// What stands between the levels of a folder's name.
    pub separator: Option<String>,
    /// What all folders' names begin with.
    pub prefix: Option<String>,
    /// What it limits.
    #[serde(default)]
    pub limits: Ceilings,
    /// What an administrator must know, in Italian.
    pub note_it: Option<String>,
    /// The same in English.
    pub note_en: Option<String>,
}

impl Provider {
    /// Whether no password works here.
    pub fn only_oauth(&self) -> bool {
        self.auth == [Auth::Oauth]
    }

    /// Its servers, as found through `source`.
    pub(super) fn candidates(&'static self, source: &Source) -> Vec<Candidate> {
        let pop3 = self.pop3.as_ref().map(|address| (Protocol::Pop3, address));
        [(Protocol::Imap, &self.imap)]
            .into_iter()
            .chain(pop3)
            .map(|(protocol, address)| Candidate {
                source: source.clone(),
                protocol,
                address: address.clone(),
                login: self.login,
                oauth: self.only_oauth(),
                provider: Some(self),
            })
            .collect()
    }
}

/// Every provider known.
pub fn all() -> &'static [Provider] {
    &TABLE
}

/// The provider with this name.
pub fn by_id(id: &str) -> Option<&'static Provider> {
    all().iter().find(|provider| provider.id == id)
}

/// The provider whose own domain this is.
pub fn by_domain(domain: &str) -> Option<&'static Provider> {
    let known = |provider: &&Provider| provider.domains.iter().any(|own| own == domain);
    all().iter().find(known)
}

/// The provider whose host this is, to whom mail is brought.
pub fn by_mx(host: &str) -> Option<&'static Provider> {
    let under = |end: &str| {
        host.strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    // `mx.pec.aruba.it` is under `aruba.it`, too: the longer end says more.
    all()
        .iter()
        .filter_map(|provider| {
            let ends = provider.mx.iter().filter(|end| under(end));
            Some((ends.map(String::len).max()?, provider))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, provider)| provider)
}

/// The provider whose server this is, where no other has the same.
pub fn by_server(host: &str) -> Option<&'static Provider> {
    let is = |address: &Address| address.host == host;
    let mut known = all()
        .iter()
        .filter(|provider| is(&provider.imap) || provider.pop3.as_ref().is_some_and(is));
    let first = known.next()?;
    known.next().is_none().then_some(first)
}

fn read(text: &str) -> Result<Vec<Provider>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        provider: Vec<Provider>,
    }
    Ok(toml::from_str::<Table>(text)?.provider)
}

fn imap<'de, D: Deserializer<'de>>(input: D) -> Result<Address, D::Error> {
    String::deserialize(input)?
        .parse()
        .map_err(D::Error::custom)
}

/// Written like an IMAP address: `pop3s://host:995`, or `pop3://host:110` for STARTTLS.
fn pop3<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Address>, D::Error> {
    let text = String::deserialize(input)?;
    let rest = text
        .strip_prefix("pop3")
        .ok_or_else(|| D::Error::custom(format!("'{text}' is not pop3s:// or pop3://")))?;
    format!("imap{rest}")
        .parse()
        .map(Some)
        .map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::subject::ascii;
    use super::*;
    use crate::account::Security;

    #[test]
    fn every_row_of_the_table_can_be_read() {
        let table = read(include_str!("../../resources/providers.toml")).unwrap();
        assert!(table.len() > 25, "{}", table.len());
        assert_eq!(table.len(), all().len());
    }

    #[test]
    fn no_row_is_clear_text_and_none_lacks_a_way_to_log_in() {
        for provider in all() {
            assert_ne!(provider.imap.security, Security::Clear, "{}", provider.id);
            assert!(!provider.auth.is_empty(), "{}", provider.id);
            assert_ne!(provider.login, LoginForm::Unknown, "{}", provider.id);
            assert!(!provider.domains.is_empty() || !provider.mx.is_empty());
        }
    }

    #[test]
    fn a_note_is_there_in_both_languages_or_in_none() {
        for provider in all() {
            assert_eq!(
                provider.note_it.is_some(),
                provider.note_en.is_some(),
                "{}",
                provider.id
            );
        }
    }

    #[test]
    fn no_name_stands_in_two_rows() {
        let mut seen = BTreeSet::new();
        for provider in all() {
            assert!(
                seen.insert(format!("id {}", provider.id)),
                "{}",
                provider.id
            );
            for domain in &provider.domains {
                assert!(seen.insert(format!("domain {domain}")), "{domain}");
            }
            for end in &provider.mx {
                assert!(seen.insert(format!("mx {end}")), "{end}");
            }
        }
    }

    #[test]
    fn every_name_is_written_as_it_is_looked_up() {
        for provider in all() {
            let servers = [Some(&provider.imap), provider.pop3.as_ref()];
            let hosts = servers.into_iter().flatten().map(|address| &address.host);
            for name in provider.domains.iter().chain(&provider.mx).chain(hosts) {
                assert_eq!(ascii(name).as_ref(), Some(name), "{}", provider.id);
            }
        }
    }

    #[test]
    fn the_longest_end_of_a_mail_host_decides() {
        for (host, id) in [
            ("aspmx.l.google.com", Some("google")),
            ("smtp.google.com", Some("google")),
            (
                "cantiere-example.mail.protection.outlook.com",
                Some("microsoft-365"),
            ),
            ("outlook-com.olc.protection.outlook.com", Some("outlook")),
            ("mx.aruba.it", Some("aruba")),
            ("mx.pec.aruba.it", Some("aruba-pec")),
            ("mx.securemail.pro", Some("register")),
            ("notaruba.it", None),
            ("aruba.it.example", None),
            ("mx.cantiere.example", None),
        ] {
            assert_eq!(
                by_mx(host).map(|provider| provider.id.as_str()),
                id,
                "{host}"
            );
        }
    }

    #[test]
    fn a_server_of_two_providers_names_neither() {
        assert_eq!(by_server("imap.gmail.com").unwrap().id, "google");
        assert_eq!(by_server("outlook.office365.com"), None);
    }
}
