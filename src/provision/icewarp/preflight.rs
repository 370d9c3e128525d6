//! What stands in the way of these accounts, found before anything is made.
//!
//! Promises: nothing is changed; credentials are tried once, also where they were refused before. Deliberately absent: whether the administrator may
//! open mailboxes over IMAP, which only IMAP can tell; server-wide retention, of which no variable is known (that of
//! an account shows when it is looked at).

use std::collections::{BTreeMap, HashSet};

use super::command::Command;
use super::refusal::Doing;
use super::session::own_address;
use super::xml::Element;
use super::{Icewarp, setting, xml};
use crate::provision::{Fact, Finding, Wanted, Weight};
use crate::trouble::{Kind, Trouble};

/// Accounts asked for at once: the size IceWarp's own console uses at most.
const PAGE: u64 = 250;
/// More pages than this no domain has; a server that answers for ever ends here.
const PAGES: usize = 4_000;
/// What licences call the accounts they allow. The reference does not have the shape of the answer: these names are
/// plausible, so that a number too low is a warning and no more, and nothing is said where none of them is there.
const ALLOWED: &[&str] = &["maxaccounts", "maxusers", "accountlimit", "userlimit"];
/// And those in use.
const USED: &[&str] = &["usedaccounts", "usedusers", "accountcount", "usercount"];

/// Who is in a domain.
#[derive(Debug, Default)]
struct Census {
    /// Addresses of everything in it, in lower case.
    addresses: HashSet<String>,
    /// Accounts of people.
    users: u64,
}

impl Icewarp {
    pub(super) async fn findings(&self, wanted: &[Wanted]) -> Result<Vec<Finding>, Trouble> {
        self.session.begin().await?;
        let note = |fact| Finding {
            weight: Weight::Note,
            fact,
        };
        let good = |fact| Finding {
            weight: Weight::Good,
            fact,
        };
        let admin = self.session.admin().to_owned();
        let mut found = vec![good(Fact::Rights { admin })];
        match self.settings().await {
            Ok(values) => {
                if let Some(version) = values.text(setting::VERSION) {
                    found.insert(0, good(Fact::Software(format!("IceWarp {version}"))));
                }
                let own = own_address(&self.plan).await;
                found.extend(setting::judge(&values, wanted, own));
            }
            // The administrator of a domain does not see the server's settings.
            Err(trouble) if trouble.kind == Kind::AdminRights => {
                found.push(note(Fact::Unknown(trouble.detail)));
            }
            Err(trouble) => return Err(trouble),
        }
        let mut domains: BTreeMap<String, Vec<&Wanted>> = BTreeMap::new();
        for one in wanted {
            domains
                .entry(one.domain().to_lowercase())
                .or_default()
                .push(one);
        }
        let (mut present, mut missing) = (0, 0);
        for (name, accounts) in &domains {
            let wanted = accounts.len() as u64;
            let Some(domain) = self.read_domain(name).await? else {
                let created = self.plan.create_domains;
                missing += wanted;
                found.push(Finding {
                    weight: if created {
                        Weight::Note
                    } else {
                        Weight::Blocker
                    },
                    fact: Fact::DomainMissing {
                        domain: name.clone(),
                        created,
                    },
                });
                continue;
            };
            found.push(good(Fact::Domain(name.clone())));
            if domain.kind != 0 {
                let fact = format!("d_type({name})={}", domain.kind);
                found.push(Finding {
                    weight: Weight::Warning,
                    fact: Fact::Unknown(fact),
                });
            }
            let census = self.census(name).await?;
            let is_there = |one: &&&Wanted| census.addresses.contains(&one.address.to_lowercase());
            let there = accounts.iter().filter(is_there).count() as u64;
            present += there;
            missing += wanted - there;
            if let Some(limit) = domain.limit {
                let free = limit.saturating_sub(census.users);
                found.push(seats(free, wanted - there, Weight::Blocker));
            }
        }
        found.push(good(Fact::Present { accounts: present }));
        match self.seats().await {
            Ok(Some(free)) => found.push(seats(free, missing, Weight::Warning)),
            Ok(None) => found.push(note(Fact::Unknown(String::from("getlicenseinfo")))),
            Err(trouble) if !trouble.kind.is_network() => {
                found.push(note(Fact::Unknown(trouble.detail)));
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(found)
    }

    /// Accounts the licence still allows; `None` where it does not say, or sets no limit.
    pub(super) async fn seats(&self) -> Result<Option<u64>, Trouble> {
        let command = Command::new("getlicenseinfo");
        let answer = self.session.ask(&command).await;
        let result = answer
            .map_err(|failed| failed.told(Doing::Server, command.name, self.session.label()))?;
        Ok(free_seats(&result))
    }

    /// Accounts a domain still has room for; `None` where nothing limits them.
    pub(super) async fn room(&self, domain: &str) -> Result<Option<u64>, Trouble> {
        let Some(limit) = self
            .read_domain(domain)
            .await?
            .and_then(|domain| domain.limit)
        else {
            return Ok(None);
        };
        Ok(Some(limit.saturating_sub(self.census(domain).await?.users)))
    }

    /// Everybody in a domain, page by page.
    async fn census(&self, domain: &str) -> Result<Census, Trouble> {
        let mut census = Census::default();
        let mut offset: u64 = 0;
        for _ in 0..PAGES {
            let filter = xml::leaf("namemask", "*") + &xml::leaf("typemask", "");
            let command = Command::new("getaccountsinfolist")
                .with("domainstr", domain)
                .containing(&xml::element("filter", &filter))
                .with("offset", &offset.to_string())
                .with("count", &PAGE.to_string());
            let answer = self.session.ask(&command).await;
            let page =
                answer.map_err(|failed| failed.told(Doing::Account, command.name, domain))?;
            let before = census.addresses.len();
            let mut rows: u64 = 0;
            for item in page.all("item") {
                rows += 1;
                let email = item.value("email").unwrap_or_default().to_lowercase();
                if census.addresses.insert(email) && item.value("accounttype") == Some("0") {
                    census.users += 1;
                }
            }
            offset += rows;
            let overall = page
                .value("overallcount")
                .and_then(|count| count.parse::<u64>().ok());
            // A page with nothing new is the last one, whatever the server counts.
            let whole = overall.map_or(rows < PAGE, |overall| offset >= overall);
            if whole || census.addresses.len() == before {
                break;
            }
        }
        Ok(census)
    }
}

fn seats(free: u64, wanted: u64, lacking: Weight) -> Finding {
    Finding {
        weight: if wanted <= free {
            Weight::Good
        } else {
            lacking
        },
        fact: Fact::Seats { free, wanted },
    }
}

/// Reads the answer to `getlicenseinfo`.
fn free_seats(result: &Element) -> Option<u64> {
    let allowed = first_number(result, ALLOWED).filter(|allowed| *allowed > 0)?;
    Some(allowed.saturating_sub(first_number(result, USED)?))
}

fn first_number(root: &Element, names: &[&str]) -> Option<u64> {
    names
        .iter()
        .find_map(|name| root.find(name)?.text().trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_told_only_where_the_licence_tells_them() {
        for (inner, free) in [
            (
                "<maxaccounts>100</maxaccounts><usedaccounts>97</usedaccounts>",
                Some(3),
            ),
            (
                "<item><userlimit>10</userlimit><usercount>12</usercount></item>",
                Some(0),
            ),
            (
                "<maxaccounts>0</maxaccounts><usedaccounts>97</usedaccounts>",
                None,
            ),
            ("<maxaccounts>100</maxaccounts>", None),
            ("<licensetype>standard</licensetype>", None),
        ] {
            let result = xml::read(xml::element("result", inner).as_bytes()).unwrap();
            assert_eq!(free_seats(&result), free, "{inner}");
        }
    }
}
