//! One account as the server has it, and how it differs from what is wanted.
//!
//! Promises: an address that is only an alias of somebody else's account is not taken for an account of its own.
//! Deliberately absent: asking (see `create`), and changing anything.

use super::property::Properties;
use crate::plan;
use crate::provision::{Difference, Part, Wanted};

/// What is asked of an account.
pub(super) const PROPERTIES: &[&str] = &[
    "u_type",
    "u_mailbox",
    "u_alias",
    "a_aliaslist",
    "u_name",
    "a_name",
    "a_quota",
    "u_maxbox",
    "u_maxboxsize",
    "u_accounttype",
    "u_pop3imap",
    "u_accountdisabled",
    "a_state",
    "u_authmode",
    "u_null",
    "u_useremoteaddress",
    "u_deleteolder",
    "u_deleteolderdays",
    "u_forwardto",
];

/// A number of an account: what it should be, whether it is right, and what is wrong where it is not.
type Switch = (&'static str, &'static str, fn(i64) -> bool, Part);

const SWITCHES: &[Switch] = &[
    ("u_type", "0", |number| number == 0, Part::Kind),
    ("u_useremoteaddress", "0", |number| number == 0, Part::Kind),
    ("u_accounttype", "1", |number| number != 0, Part::Imap),
    ("u_pop3imap", "1", |number| number != 0, Part::Imap),
    (
        "u_authmode",
        "0",
        |number| number == 0,
        Part::PasswordElsewhere,
    ),
    (
        "u_accountdisabled",
        "0",
        |number| number == 0,
        Part::Disabled,
    ),
    ("u_null", "0", |number| number == 0, Part::Discards),
    ("u_deleteolder", "0", |number| number == 0, Part::Retention),
];

/// An account that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// Its domain, as it was asked for, and the other names of that domain.
    pub(super) domains: Vec<String>,
    /// The part before the at sign it is kept under.
    pub(super) mailbox: String,
    /// The addresses it has, without the domain where it is its own; the first is the one it writes with.
    pub(super) aliases: Vec<String>,
    /// Whether the server told them one by one, so that a name with `;` in it cannot hide among them.
    pub(super) certain: bool,
    /// All else.
    pub(super) properties: Properties,
}

impl Account {
    /// `None` where the answer does not even name the mailbox.
    pub(super) fn read(properties: Properties, domains: Vec<String>) -> Option<Self> {
        let mailbox = properties.text("u_mailbox")?.trim().to_owned();
        if mailbox.is_empty() {
            return None;
        }
        let listed = properties.true_list("a_aliaslist").map(<[String]>::to_vec);
        Some(Self {
            domains,
            mailbox,
            certain: listed.is_some(),
            aliases: listed
                .or_else(|| properties.list("u_alias"))
                .unwrap_or_default(),
            properties,
        })
    }

    /// Its address.
    pub(super) fn address(&self) -> String {
        let domain = self.domains.first().map_or("", String::as_str);
        format!("{}@{domain}", self.mailbox)
    }

    /// Whether it is the account that is wanted: kept under its name, writing with its address, or logged into with
    /// its login. Servers also find an account by its aliases.
    pub(super) fn is(&self, wanted: &Wanted) -> bool {
        let login = wanted.login.split('@').next().unwrap_or_default();
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        same(&self.mailbox, wanted.localpart())
            || same(&self.mailbox, login)
            || self.aliases.first().is_some_and(|first| {
                same(first, wanted.localpart()) || same(first, &wanted.address)
            })
    }

    /// Whether this address, in full, is among its own.
    pub(super) fn has(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        let local = address
            .rsplit_once('@')
            .filter(|(_, domain)| self.domains.iter().any(|own| own.to_lowercase() == *domain))
            .map_or(address.as_str(), |(local, _)| local);
        let mut own = self.aliases.iter().chain([&self.mailbox]);
        own.any(|alias| {
            let alias = alias.to_lowercase();
            alias == address || alias == local
        })
    }

    /// Its quota in kB; `None` where nothing limits it.
    fn quota(&self) -> Option<u64> {
        if self.properties.is_on("u_maxbox") == Some(true) {
            let own = self.properties.number("u_maxboxsize").unwrap_or_default();
            return u64::try_from(own).ok().filter(|own| *own > 0);
        }
        self.properties
            .quota("a_quota")
            .filter(|allowed| *allowed > 0)
    }

    /// How its password is kept, where that is not here.
    pub(super) fn elsewhere(&self) -> Option<i64> {
        self.properties
            .number("u_authmode")
            .filter(|mode| *mode != 0)
    }

    /// In what it differs from what is wanted.
    pub(super) fn differences(&self, wanted: &Wanted, plan: &plan::Icewarp) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut differs = |what, wanted: String, is: String| {
            found.push(Difference {
                what,
                wanted,
                found: is,
            });
        };
        let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
        let names = ["a_name", "u_name"].map(|name| self.properties.name(name));
        let names: Vec<String> = names.iter().flatten().map(|name| words(name)).collect();
        let (first, family) = parted(&wanted.name);
        let name = words(&format!("{first} {family}"));
        if !name.is_empty() && !names.contains(&name) {
            let known = names.into_iter().find(|name| !name.is_empty());
            differs(Part::Name, name, known.unwrap_or_default());
        }
        for alias in wanted.aliases.iter().filter(|alias| !self.has(alias)) {
            differs(Part::Alias, alias.clone(), self.aliases.join(", "));
        }
        if let Some(megabytes) = plan.quota_mb {
            let has = self.quota();
            if has != Some(kilobytes(megabytes)) {
                let has = has.map(|kilobytes| (kilobytes * 1_024).div_euclid(1_000_000));
                let has = has
                    .map(|megabytes| megabytes.to_string())
                    .unwrap_or_default();
                differs(Part::Quota, megabytes.to_string(), has);
            }
        }
        for (variable, right, is_right, what) in SWITCHES {
            let number = self.properties.number(variable);
            let Some(number) = number.filter(|number| !is_right(*number)) else {
                continue;
            };
            let mut is = format!("{variable}={number}");
            if *what == Part::Retention
                && let Some(days) = self.properties.number("u_deleteolderdays")
            {
                is = format!("{is}, u_deleteolderdays={days}");
            }
            differs(*what, format!("{variable}={right}"), is);
        }
        if self.properties.number("u_accountdisabled").is_none()
            && let Some(state) = self
                .properties
                .number("a_state")
                .filter(|state| *state != 0)
        {
            differs(
                Part::Disabled,
                String::from("a_state=0"),
                format!("a_state={state}"),
            );
        }
        found
    }
}

/// MB (1,000,000 octets) as the server counts: kB of 1,024 octets, none of the wanted space lost.
pub(super) fn kilobytes(megabytes: u32) -> u64 {
    (u64::from(megabytes) * 1_000_000).div_ceil(1_024)
}

/// A name as two: what stands first, and the family's.
pub(super) fn parted(name: &str) -> (String, String) {
    if let Some((surname, first)) = name.split_once(',') {
        return (first.trim().to_owned(), surname.trim().to_owned());
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut cut = words.len().saturating_sub(1).max(1);
    while cut > 1 && PARTICLES.contains(&words[cut - 1].to_lowercase().as_str()) {
        cut -= 1;
    }
    let cut = cut.min(words.len());
    (words[..cut].join(" "), words[cut..].join(" "))
}

/// Words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "d'", "da", "dal", "dalla", "de", "degli", "dei", "del", "dell'", "della",
    "delle", "dello", "den", "der", "des", "di", "do", "dos", "du", "el", "la", "le", "li", "lo",
    "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::icewarp::property::{Value, given};
    use crate::provision::icewarp::xml;

    fn account(values: &[(&str, Value)]) -> Account {
        let list = given("result", values.iter().cloned());
        let properties = Properties::read(&xml::read(list.as_bytes()).unwrap());
        let domains = vec!["cantiere.example".into(), "centrale.example".into()];
        Account::read(properties, domains).unwrap()
    }

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn wanted() -> Wanted {
        Wanted {
            address: "anna@cantiere.example".into(),
            login: "anna".into(),
            name: "Anna  Rossi".into(),
            aliases: vec![
                "a.rossi@cantiere.example".into(),
                "a.rossi@centrale.example".into(),
            ],
        }
    }

    fn plan() -> plan::Icewarp {
        toml::from_str("host = 'h'\nadmin = 'a'\nquota-mb = 5000").unwrap()
    }

    #[test]
    fn an_account_as_it_is_wanted_differs_in_nothing() {
        let account = account(&[
            ("u_type", text("0")),
            ("u_mailbox", text("Anna")),
            (
                "a_aliaslist",
                Value::List(vec!["anna".into(), "A.Rossi".into()]),
            ),
            (
                "a_name",
                Value::Name {
                    name: "Anna".into(),
                    surname: "Rossi".into(),
                },
            ),
            (
                "a_quota",
                Value::Quota {
                    allowed: kilobytes(5000),
                },
            ),
            ("u_accounttype", text("2")),
            ("u_accountdisabled", text("0")),
            ("u_authmode", text("0")),
        ]);
        assert!(account.is(&wanted()));
        assert_eq!(account.differences(&wanted(), &plan()), []);
        let turned = Wanted {
            name: "Rossi, Anna".into(),
            ..wanted()
        };
        assert_eq!(account.differences(&turned, &plan()), []);
    }

    #[test]
    fn every_difference_is_told() {
        let account = account(&[
            ("u_type", text("7")),
            ("u_mailbox", text("anna")),
            ("u_alias", text("anna;anna.r")),
            ("u_name", text("Anna Bianchi")),
            ("u_maxbox", text("1")),
            ("u_maxboxsize", text("1000000")),
            ("u_accounttype", text("0")),
            ("u_accountdisabled", text("2")),
            ("u_authmode", text("2")),
            ("u_null", text("1")),
            ("u_deleteolder", text("1")),
            ("u_deleteolderdays", text("30")),
        ]);
        let found = account.differences(&wanted(), &plan());
        let parts: Vec<_> = found
            .iter()
            .map(|one| (one.what, one.found.as_str()))
            .collect();
        assert_eq!(
            parts,
            [
                (Part::Name, "Anna Bianchi"),
                (Part::Alias, "anna, anna.r"),
                (Part::Alias, "anna, anna.r"),
                (Part::Quota, "1024"),
                (Part::Kind, "u_type=7"),
                (Part::Imap, "u_accounttype=0"),
                (Part::PasswordElsewhere, "u_authmode=2"),
                (Part::Disabled, "u_accountdisabled=2"),
                (Part::Discards, "u_null=1"),
                (Part::Retention, "u_deleteolder=1, u_deleteolderdays=30"),
            ]
        );
    }

    #[test]
    fn an_account_found_by_an_alias_is_somebody_elses() {
        let of = |mailbox: &str, aliases: &str| {
            account(&[("u_mailbox", text(mailbox)), ("u_alias", text(aliases))]).is(&wanted())
        };
        assert!(of("anna", "anna") && of("arossi", "Anna;arossi"));
        assert!(!of("mario", "mario;anna"));
        let by_login = Wanted {
            login: "arossi@cantiere.example".into(),
            ..wanted()
        };
        assert!(account(&[("u_mailbox", text("arossi"))]).is(&by_login));
    }

    #[test]
    fn names_are_parted_where_people_part_them() {
        for (name, first, family) in [
            ("Anna Rossi", "Anna", "Rossi"),
            ("Anna Maria Rossi", "Anna Maria", "Rossi"),
            ("Rossi, Anna", "Anna", "Rossi"),
            ("Luca De Santis", "Luca", "De Santis"),
            ("Ludwig van der Berg", "Ludwig", "van der Berg"),
            ("De Rossi", "De", "Rossi"),
            ("Amministrazione", "Amministrazione", ""),
            ("  ", "", ""),
        ] {
            assert_eq!(
                parted(name),
                (first.to_owned(), family.to_owned()),
                "{name}"
            );
        }
    }

    #[test]
    fn no_octet_of_the_quota_is_lost() {
        assert_eq!(kilobytes(1_024), 1_000_000);
        assert_eq!(kilobytes(1), 977);
    }
}
