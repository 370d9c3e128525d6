//! Aliases an account lacks.
//!
//! Promises: those it has stay, in their order; what was set is read back, and another way is tried where the server
//! did not understand the first; an alias of somebody else's is left to them and told. Deliberately absent: taking any
//! away.

use super::Icewarp;
use super::account::Account;
use super::command::Command;
use super::domain::taken_words;
use super::property::{self, Value};
use super::refusal::Doing;
use crate::provision::{Change, Wanted};
use crate::trouble::{Kind, Trouble};

/// How often what was set is looked for before it is set another way.
const LOOKS: u32 = 4;

impl Icewarp {
    /// Gives an account the aliases with these parts before the at sign, where it lacks them.
    pub(super) async fn give_aliases(
        &self,
        wanted: &Wanted,
        account: Account,
        locals: &[String],
    ) -> Result<Change, Trouble> {
        let account = self.known_for_certain(wanted, account, locals).await?;
        let missing = |account: &Account| -> Vec<String> {
            let domain = wanted.domain();
            let lacks = |local: &&String| !account.has(&format!("{local}@{domain}"));
            locals.iter().filter(lacks).cloned().collect()
        };
        let lacking = missing(&account);
        if lacking.is_empty() {
            return Ok(Change::Unchanged);
        }
        let taken = self.taken(&lacking, wanted, Some(&account)).await?;
        let is_taken = |local: &&String| {
            let address = format!("{local}@{}", wanted.domain());
            taken.iter().any(|(alias, _)| *alias == address)
        };
        let free: Vec<String> = lacking
            .iter()
            .filter(|local| !is_taken(local))
            .cloned()
            .collect();
        let mut left = free.clone();
        let mut why = None;
        if !free.is_empty() {
            let mut all = own(wanted, &account);
            all.extend(free.iter().cloned());
            let ways = [
                ("a_aliaslist", Value::List(all.clone())),
                ("u_emailalias", Value::Text(all.join(";"))),
            ];
            for (variable, value) in ways {
                why = self.set(wanted, variable, value).await?.or(why);
                left = missing(&self.after(wanted, &free).await?);
                left.retain(|local| free.contains(local));
                if left.is_empty() {
                    break;
                }
            }
        }
        if !left.is_empty() {
            self.restore(wanted, &account).await?;
        }
        if !taken.is_empty() {
            let detail = taken_words(&taken);
            return Err(Trouble::new(Kind::AddressTaken, &wanted.address, detail));
        }
        if left.is_empty() {
            return Ok(Change::Done);
        }
        Err(why.unwrap_or_else(|| {
            let detail = format!("aliases not taken: {}", left.join(", "));
            Trouble::new(Kind::AccountHalfMade, &wanted.address, detail)
        }))
    }

    /// Where the server tells aliases as one text, a wrong separator would hide in it: those that are not found by
    /// their own address do not count.
    async fn known_for_certain(
        &self,
        wanted: &Wanted,
        mut account: Account,
        locals: &[String],
    ) -> Result<Account, Trouble> {
        if !account.certain {
            for local in locals {
                let alias = Wanted {
                    address: format!("{local}@{}", wanted.domain()),
                    login: account.mailbox.clone(),
                    ..Wanted::default()
                };
                if !matches!(self.account(&alias).await, Ok(Some(_))) {
                    account
                        .aliases
                        .retain(|known| !known.eq_ignore_ascii_case(local));
                }
            }
        }
        Ok(account)
    }

    /// Sets a property; a refusal is no end of it, there are other ways.
    async fn set(
        &self,
        wanted: &Wanted,
        variable: &str,
        value: Value,
    ) -> Result<Option<Trouble>, Trouble> {
        let command = Command::new("setaccountproperties")
            .with("accountemail", &wanted.address)
            .containing(&property::given("propertyvaluelist", [(variable, value)]));
        match self.session.tell(&command).await {
            Ok(()) => Ok(None),
            Err(failed) => {
                let refused = failed.uid().is_some();
                let mut trouble = failed.told(Doing::Account, command.name, &wanted.address);
                if trouble.kind == Kind::AccountRefused {
                    trouble.kind = Kind::AccountHalfMade;
                }
                if refused {
                    Ok(Some(trouble))
                } else {
                    Err(trouble)
                }
            }
        }
    }

    /// The account once it shows these aliases, or as it is after a while.
    async fn after(&self, wanted: &Wanted, locals: &[String]) -> Result<Account, Trouble> {
        let mut look = 0;
        loop {
            let account = self.existing(wanted).await?;
            let account = self.known_for_certain(wanted, account, locals).await?;
            look += 1;
            let domain = wanted.domain();
            let whole = locals
                .iter()
                .all(|local| account.has(&format!("{local}@{domain}")));
            if whole || look == LOOKS {
                return Ok(account);
            }
            tokio::time::sleep(self.limits.pause).await;
        }
    }

    /// Puts back the addresses an account had, should a way that was not understood have cost it one.
    async fn restore(&self, wanted: &Wanted, before: &Account) -> Result<(), Trouble> {
        let now = self.existing(wanted).await?;
        let had = own(wanted, before);
        if had.iter().all(|alias| now.aliases.contains(alias)) {
            return Ok(());
        }
        let _ = self.set(wanted, "a_aliaslist", Value::List(had)).await?;
        Ok(())
    }
}

/// The addresses an account has, its own first, without what a wrong separator made of them.
fn own(wanted: &Wanted, account: &Account) -> Vec<String> {
    let known = account.aliases.iter().filter(|alias| !alias.contains(';'));
    let mut own: Vec<String> = known.cloned().collect();
    let local = wanted.localpart();
    let is_own = |alias: &String| alias.eq_ignore_ascii_case(local) || *alias == account.mailbox;
    if !own.iter().any(is_own) {
        own.insert(0, local.to_owned());
    }
    own
}
