//! Domains: whether they are there, and made where that is wanted.
//!
//! Promises: however many accounts wait for a domain, it is made once; whether an unclear answer made it is looked at
//! before it is said again. Deliberately absent: changing a domain that exists.

use super::Icewarp;
use super::account::Account;
use super::command::Command;
use super::property::{self, Properties, Value};
use super::refusal::{self, Doing};
use super::session::Failed;
use crate::provision::Wanted;
use crate::trouble::{Kind, Trouble};

const PROPERTIES: &[&str] = &["d_type", "d_aliases", "d_accountnumber"];

/// A domain that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Domain {
    /// Its other names.
    pub(super) aliases: Vec<String>,
    /// Most accounts; `None` where nothing limits them.
    pub(super) limit: Option<u64>,
    /// What it is; 0 for a domain of its own, other numbers for those whose mail lives elsewhere.
    pub(super) kind: i64,
}

impl Icewarp {
    /// A domain as the server has it; `None` where it is not there.
    pub(super) async fn read_domain(&self, name: &str) -> Result<Option<Domain>, Trouble> {
        let command = Command::new("getdomainproperties")
            .with("domainstr", name)
            .containing(&property::wanted("domainpropertylist", PROPERTIES));
        match self.session.ask(&command).await {
            Ok(result) => {
                let properties = Properties::read(&result);
                let limit = properties.number("d_accountnumber");
                Ok(Some(Domain {
                    aliases: properties.list("d_aliases").unwrap_or_default(),
                    limit: limit
                        .and_then(|limit| u64::try_from(limit).ok())
                        .filter(|limit| *limit > 0),
                    kind: properties.number("d_type").unwrap_or_default(),
                }))
            }
            Err(failed) if failed.uid().is_some_and(refusal::is_missing) => Ok(None),
            Err(failed) => Err(failed.told(Doing::Account, command.name, name)),
        }
    }

    /// A domain, made if it is missing and the plan says so.
    pub(super) async fn domain(&self, name: &str) -> Result<Domain, Trouble> {
        let key = name.to_lowercase();
        // Held all the while: whoever comes second finds what the first one made.
        let mut known = self.domains.lock().await;
        if let Some(domain) = known.get(&key) {
            return Ok(domain.clone());
        }
        let domain = match self.read_domain(name).await? {
            Some(domain) => domain,
            None if self.plan.create_domains => self.make_domain(name).await?,
            None => return Err(Trouble::new(Kind::DomainMissing, name, "domain_invalid")),
        };
        let _ = known.insert(key, domain.clone());
        Ok(domain)
    }

    async fn make_domain(&self, name: &str) -> Result<Domain, Trouble> {
        let kind = [("d_type", Value::Text(String::from("0")))];
        let command = Command::new("createdomain")
            .with("domainstr", name)
            .containing(&property::given("domainproperties", kind));
        let failed = match self.session.tell(&command).await {
            Err(Failed::Unsent(trouble)) => return Err(trouble),
            Err(failed) => Some(failed),
            Ok(()) => None,
        };
        tracing::info!("{}: domain {name} created", self.session.label());
        if let Some(domain) = self.until_shown(|| self.read_domain(name)).await? {
            return Ok(domain);
        }
        Err(match failed {
            Some(failed) => failed.told(Doing::Account, command.name, name),
            None => Trouble::new(Kind::DomainMissing, name, "createdomain: not shown"),
        })
    }

    /// The name of an account's domain and, where an alias is of another one, the other names of that domain.
    pub(super) async fn domains_of(&self, wanted: &Wanted) -> Result<Vec<String>, Trouble> {
        let own = wanted.domain();
        let mut domains = vec![own.to_owned()];
        let foreign = |alias: &String| {
            let domain = alias.rsplit_once('@').map(|(_, domain)| domain);
            domain.is_some_and(|domain| !domain.eq_ignore_ascii_case(own))
        };
        if wanted.aliases.iter().any(foreign) {
            let known = self.domains.lock().await.get(&own.to_lowercase()).cloned();
            let domain = match known {
                Some(domain) => Some(domain),
                None => self.read_domain(own).await?,
            };
            domains.extend(domain.into_iter().flat_map(|domain| domain.aliases));
        }
        Ok(domains)
    }

    /// The parts before the at sign of the aliases an account is to have. The server keeps aliases so, and gives each
    /// of them all names of the account's domain.
    pub(super) fn local_aliases(
        wanted: &Wanted,
        domains: &[String],
    ) -> Result<Vec<String>, Trouble> {
        let mut locals: Vec<String> = Vec::new();
        for alias in &wanted.aliases {
            let refused = |detail: &str| {
                Trouble::new(
                    Kind::AddressRefused,
                    &wanted.address,
                    format!("{alias}: {detail}"),
                )
            };
            let (local, domain) = alias.rsplit_once('@').unwrap_or((alias, wanted.domain()));
            if !domains.iter().any(|own| own.eq_ignore_ascii_case(domain)) {
                return Err(refused("of another domain"));
            }
            if !is_plain(local) {
                return Err(refused("not an alias"));
            }
            let known = |other: &String| other.eq_ignore_ascii_case(local);
            if !local.eq_ignore_ascii_case(wanted.localpart()) && !locals.iter().any(known) {
                locals.push(local.to_owned());
            }
        }
        Ok(locals)
    }

    /// Which of these aliases belong to other accounts, and to whom.
    pub(super) async fn taken(
        &self,
        locals: &[String],
        wanted: &Wanted,
        own: Option<&Account>,
    ) -> Result<Vec<(String, String)>, Trouble> {
        let mut taken = Vec::new();
        for local in locals {
            let address = format!("{local}@{}", wanted.domain());
            let command = Command::new("getaccountproperties")
                .with("accountemail", &address)
                .containing(&property::wanted("accountpropertylist", &["u_mailbox"]));
            match self.session.ask(&command).await {
                Ok(result) => {
                    let properties = Properties::read(&result);
                    let owner = properties.text("u_mailbox").unwrap_or(local).trim();
                    let is_own = own.is_some_and(|own| own.mailbox.eq_ignore_ascii_case(owner));
                    if !is_own {
                        taken.push((address, format!("{owner}@{}", wanted.domain())));
                    }
                }
                Err(failed) if failed.uid().is_some_and(refusal::is_missing) => {}
                Err(failed) => {
                    return Err(failed.told(Doing::Account, command.name, &address));
                }
            }
        }
        Ok(taken)
    }
}

/// Whether a part before the at sign can be one of several in the server's lists.
pub(super) fn is_plain(local: &str) -> bool {
    !local.is_empty()
        && local.chars().all(|letter| {
            !letter.is_whitespace() && !letter.is_control() && !";@,<>\"".contains(letter)
        })
}

/// What a person is told of aliases that belong to others.
pub(super) fn taken_words(taken: &[(String, String)]) -> String {
    let taken = taken
        .iter()
        .map(|(alias, owner)| format!("{alias} = {owner}"));
    taken.collect::<Vec<_>>().join(", ")
}
