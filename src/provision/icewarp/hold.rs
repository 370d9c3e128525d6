//! An account held while its mailbox is being moved.
//!
//! Promises: what was there before is in the answer, and is put back exactly. Deliberately absent: telling whether an
//! account that is switched off already was switched off by us; who asks keeps the first answer.

use serde::{Deserialize, Serialize};

use super::Icewarp;
use super::account::Account;
use super::command::Command;
use super::property::{self, Value};
use super::refusal::Doing;
use crate::plan::Hold;
use crate::provision::Wanted;
use crate::trouble::{Kind, Trouble};

/// One property as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    variable: String,
    value: String,
}

const DISABLED: &str = "u_accountdisabled";
const FORWARD: &str = "u_forwardto";

impl Icewarp {
    pub(super) async fn take_hold(
        &self,
        wanted: &Wanted,
        how: Hold,
        migration_account: &str,
    ) -> Result<Option<String>, Trouble> {
        if how == Hold::None {
            return Ok(None);
        }
        let account = self.existing(wanted).await?;
        let Some((held, value)) = change(&account, how, migration_account) else {
            return Ok(None);
        };
        let words = serde_json::to_string(&held).map_err(|error| {
            Trouble::new(Kind::AdminService, &wanted.address, error.to_string())
        })?;
        if let Some(value) = value {
            self.set_one(wanted, &held.variable, &value).await?;
        }
        Ok(Some(words))
    }

    pub(super) async fn let_go(&self, wanted: &Wanted, held: &str) -> Result<(), Trouble> {
        if let Some(asked) = held.strip_prefix('?') {
            return self.undo(wanted, asked).await;
        }
        let held: Held = serde_json::from_str(held).map_err(|error| {
            Trouble::new(Kind::Storage, &wanted.address, format!("held: {error}"))
        })?;
        self.set_one(wanted, &held.variable, &held.value).await
    }

    /// A hold whose answer was lost. It was switched on before, or would not have been held.
    async fn undo(&self, wanted: &Wanted, asked: &str) -> Result<(), Trouble> {
        let Some(to) = asked.strip_prefix("forward ") else {
            return self.set_one(wanted, DISABLED, "0").await;
        };
        let account = self.existing(wanted).await?;
        let Some((held, None)) = change(&account, Hold::Forward, to) else {
            return Ok(());
        };
        self.set_one(wanted, &held.variable, &held.value).await
    }

    async fn set_one(&self, wanted: &Wanted, variable: &str, value: &str) -> Result<(), Trouble> {
        let value = Value::Text(value.to_owned());
        let command = Command::new("setaccountproperties")
            .with("accountemail", &wanted.address)
            .containing(&property::given("propertyvaluelist", [(variable, value)]));
        let told = self.session.tell(&command).await;
        told.map_err(|failed| failed.told(Doing::Account, command.name, &wanted.address))
    }
}

/// What was, and what is to be; `None` in its place where it is so already. Nothing at all where there is nothing to
/// be done.
fn change(account: &Account, how: Hold, to: &str) -> Option<(Held, Option<String>)> {
    let was = |variable: &str, usual: &str| Held {
        variable: variable.to_owned(),
        value: account
            .properties
            .text(variable)
            .unwrap_or(usual)
            .to_owned(),
    };
    match how {
        Hold::None => None,
        Hold::Unavailable => {
            let held = was(DISABLED, "0");
            let off = held.value.trim().parse().unwrap_or(0) != 0;
            Some((held, (!off).then(|| String::from("1"))))
        }
        Hold::Forward => {
            let mut held = was(FORWARD, "");
            let others = property::parts(&held.value);
            let is_ours = |address: &String| address.eq_ignore_ascii_case(to);
            if others.iter().any(is_ours) {
                // Of an earlier hold that nobody remembers: without it is how it was.
                let others: Vec<String> = others.into_iter().filter(|one| !is_ours(one)).collect();
                held.value = others.join(";");
                return Some((held, None));
            }
            let all: Vec<String> = others.into_iter().chain([to.to_owned()]).collect();
            Some((held, Some(all.join(";"))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::icewarp::property::Properties;
    use crate::provision::icewarp::xml;

    fn account(variable: &str, value: &str) -> Account {
        let values = [
            ("u_mailbox", Value::Text("anna".into())),
            (variable, Value::Text(value.into())),
        ];
        let list = property::given("result", values);
        let properties = Properties::read(&xml::read(list.as_bytes()).unwrap());
        Account::read(properties, vec!["x.example".into()]).unwrap()
    }

    #[test]
    fn what_was_before_is_kept_and_what_is_to_be_is_said_only_where_it_is_not_so() {
        let to = "migrazione@x.example";
        for (variable, value, how, was, becomes) in [
            (DISABLED, "0", Hold::Unavailable, "0", Some("1")),
            (DISABLED, "2", Hold::Unavailable, "2", None),
            (FORWARD, "", Hold::Forward, "", Some(to)),
            (
                FORWARD,
                "capo@x.example",
                Hold::Forward,
                "capo@x.example",
                Some("capo@x.example;migrazione@x.example"),
            ),
            (
                FORWARD,
                "capo@x.example;Migrazione@x.example",
                Hold::Forward,
                "capo@x.example",
                None,
            ),
        ] {
            let (held, value_) = change(&account(variable, value), how, to).unwrap();
            assert_eq!(
                (held.variable.as_str(), held.value.as_str()),
                (variable, was),
                "{value}"
            );
            assert_eq!(value_.as_deref(), becomes, "{value}");
        }
        assert_eq!(change(&account(DISABLED, "0"), Hold::None, to), None);
    }
}
