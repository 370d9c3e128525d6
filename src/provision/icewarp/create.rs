//! Accounts: looked at, made, given their password.
//!
//! Promises: nothing is made twice (an answer that does not come is looked after before anything is said again); an
//! account that was there before is left alone; one that was made and not finished is told as such. Deliberately
//! absent: what an account is asked for (see `account`), aliases after the first try (see `alias`).

use secrecy::{ExposeSecret, SecretString};

use super::account::{self, Account};
use super::command::Command;
use super::property::{self, Properties, Value};
use super::refusal::{self, Doing, Refusal};
use super::session::Failed;
use super::{Icewarp, domain, xml};
use crate::provision::{Failure, Wanted, passphrase};
use crate::trouble::{Kind, Trouble};

/// How often an account is said to be made: once more where the first word was lost without a trace.
const SAID: usize = 2;
/// How often a password is set where no answer comes: it may be set any number of times.
const SET: usize = 3;

/// What became of saying that an account be made.
enum Said {
    /// It is there, and was not before.
    Made(Account),
    /// It is not there, or not shown.
    Failed(Failure),
}

impl Icewarp {
    /// The account; `None` where it is not there.
    pub(super) async fn account(&self, wanted: &Wanted) -> Result<Option<Account>, Trouble> {
        let domains = self.domains_of(wanted).await?;
        let command = Command::new("getaccountproperties")
            .with("accountemail", &wanted.address)
            .containing(&property::wanted(
                "accountpropertylist",
                account::PROPERTIES,
            ));
        let result = match self.session.ask(&command).await {
            Ok(result) => result,
            Err(failed) if failed.uid().is_some_and(refusal::is_missing) => return Ok(None),
            Err(failed) => return Err(failed.told(Doing::Account, command.name, &wanted.address)),
        };
        let Some(account) = Account::read(Properties::read(&result), domains) else {
            let detail = format!("{}: no u_mailbox", command.name);
            return Err(Trouble::new(Kind::AdminService, &wanted.address, detail));
        };
        if !account.is(wanted) {
            let detail = format!("{} = {}", wanted.address, account.address());
            return Err(Trouble::new(Kind::AddressTaken, &wanted.address, detail));
        }
        Ok(Some(account))
    }

    /// The same, where it has to be there.
    pub(super) async fn existing(&self, wanted: &Wanted) -> Result<Account, Trouble> {
        let missing = || Trouble::new(Kind::AccountMissing, &wanted.address, "account_invalid");
        self.account(wanted).await?.ok_or_else(missing)
    }

    pub(super) async fn make(
        &self,
        wanted: &Wanted,
        password: &SecretString,
    ) -> Result<(), Failure> {
        let address = &wanted.address;
        if wanted.domain().is_empty() || !domain::is_plain(wanted.localpart()) {
            return Err(Trouble::new(Kind::AddressRefused, address, "not an address").into());
        }
        check(password, address)?;
        let _ = self.domain(wanted.domain()).await?;
        let domains = self.domains_of(wanted).await?;
        let aliases = Self::local_aliases(wanted, &domains)?;
        if self.account(wanted).await?.is_some() {
            return Err(Trouble::new(Kind::AddressTaken, address, "it exists").into());
        }
        let made = match self.say(wanted, &aliases).await? {
            Said::Made(account) => account,
            Said::Failed(failure) => return Err(failure),
        };
        tracing::info!("{}: {address} created", self.session.label());
        let unfinished = |trouble| Failure {
            trouble,
            made: true,
        };
        self.put_password(wanted, password)
            .await
            .map_err(unfinished)?;
        let aliases = self.give_aliases(wanted, made, &aliases).await;
        let _ = aliases.map_err(unfinished)?;
        Ok(())
    }

    /// Says that an account be made, and waits until it shows.
    async fn say(&self, wanted: &Wanted, aliases: &[String]) -> Result<Said, Failure> {
        let first = self.first_password(wanted, aliases)?;
        let command = self.creation(wanted, aliases, &first);
        let mut lost = None;
        for _ in 0..SAID {
            let failed = self.session.tell(&command).await.err();
            match failed {
                // Nothing left this computer now, but an earlier word may have arrived.
                Some(Failed::Unsent(trouble)) => {
                    return Ok(Said::Failed(Failure {
                        trouble,
                        made: lost.is_some(),
                    }));
                }
                Some(Failed::Refused(refusal)) => {
                    return self.refused(&refusal, lost, wanted, aliases).await;
                }
                Some(Failed::Unclear(trouble)) => lost = Some(trouble),
                None => {}
            }
            let answered = lost.is_none();
            let shown = self.until_shown(|| self.account(wanted)).await;
            match shown {
                Ok(Some(account)) => return Ok(Said::Made(account)),
                Ok(None) if answered => {
                    let detail = "createaccount: 1, then account_invalid";
                    let trouble = Trouble::new(Kind::AccountHalfMade, &wanted.address, detail);
                    return Ok(Said::Failed(Failure {
                        trouble,
                        made: true,
                    }));
                }
                Ok(None) => {}
                Err(trouble) => {
                    return Ok(Said::Failed(Failure {
                        trouble,
                        made: true,
                    }));
                }
            }
        }
        let trouble = lost.unwrap_or_else(|| {
            Trouble::new(
                Kind::AccountRefused,
                &wanted.address,
                "createaccount: no answer",
            )
        });
        // The server may still be at it: whoever comes next has to take the account for ours.
        Ok(Said::Failed(Failure {
            trouble,
            made: true,
        }))
    }

    /// After a refusal: an earlier word without an answer may have been the one that made the account.
    async fn refused(
        &self,
        refusal: &Refusal,
        lost: Option<Trouble>,
        wanted: &Wanted,
        aliases: &[String],
    ) -> Result<Said, Failure> {
        let there = match lost {
            Some(_) => self.until_shown(|| self.account(wanted)).await,
            None => self.account(wanted).await,
        };
        match (there, lost) {
            (Ok(Some(account)), Some(_)) => return Ok(Said::Made(account)),
            // Refused, and there all the same: made halfway, unless the server says that somebody has it.
            (Ok(Some(_)), None) => {
                let mut trouble = refusal.trouble(Doing::Account, "createaccount", &wanted.address);
                let made = trouble.kind != Kind::AddressTaken;
                if made {
                    trouble.kind = Kind::AccountHalfMade;
                }
                return Ok(Said::Failed(Failure { trouble, made }));
            }
            (Err(trouble), Some(_)) => {
                return Ok(Said::Failed(Failure {
                    trouble,
                    made: true,
                }));
            }
            // The earlier word may still be at work: whoever comes next has to take the account for ours.
            (Ok(None), Some(_)) => {
                let trouble = self.reason(refusal, wanted, aliases).await;
                return Ok(Said::Failed(Failure {
                    trouble,
                    made: true,
                }));
            }
            (Ok(None) | Err(_), None) => {}
        }
        let trouble = self.reason(refusal, wanted, aliases).await;
        Ok(Said::Failed(trouble.into()))
    }

    /// Why an account was not made, where the server names several reasons at once.
    async fn reason(&self, refusal: &Refusal, wanted: &Wanted, aliases: &[String]) -> Trouble {
        let address = &wanted.address;
        let plain = refusal.trouble(Doing::Account, "createaccount", address);
        if !matches!(plain.kind, Kind::AccountRefused | Kind::AddressTaken) {
            return plain;
        }
        if let Ok(taken) = self.taken(aliases, wanted, None).await
            && !taken.is_empty()
        {
            let detail = format!("{} ({})", plain.detail, domain::taken_words(&taken));
            return Trouble::new(Kind::AddressTaken, address, detail);
        }
        if plain.kind == Kind::AddressTaken {
            return plain;
        }
        if let Ok(Some(0)) = self.seats().await {
            return Trouble::new(Kind::LicenceSeats, address, plain.detail);
        }
        if let Ok(Some(0)) = self.room(wanted.domain()).await {
            return Trouble::new(Kind::AccountLimit, address, plain.detail);
        }
        plain
    }

    /// The password an account is made with: within every policy, and nobody's.
    fn first_password(&self, wanted: &Wanted, aliases: &[String]) -> Result<SecretString, Trouble> {
        let own = [wanted.localpart()]
            .into_iter()
            .chain(wanted.name.split_whitespace());
        passphrase::random(own.chain(aliases.iter().map(String::as_str)))
            .map_err(|error| Trouble::new(Kind::Storage, self.session.label(), error.to_string()))
    }

    fn creation(&self, wanted: &Wanted, aliases: &[String], first: &SecretString) -> Command {
        let text = |value: &str| Value::Text(value.to_owned());
        let mut properties = vec![
            ("u_type", text("0")),
            ("u_mailbox", text(wanted.localpart())),
            ("u_accounttype", text("1")),
            ("u_password", text(first.expose_secret())),
        ];
        if !aliases.is_empty() {
            let all = [wanted.localpart()]
                .into_iter()
                .chain(aliases.iter().map(String::as_str));
            properties.push(("u_alias", text(&all.collect::<Vec<_>>().join(";"))));
        }
        let (name, surname) = account::parted(&wanted.name);
        if !name.is_empty() || !surname.is_empty() {
            properties.push(("a_name", Value::Name { name, surname }));
        }
        if let Some(megabytes) = self.plan.quota_mb {
            let kilobytes = account::kilobytes(megabytes).to_string();
            properties.push(("u_maxbox", text("1")));
            properties.push(("u_maxboxsize", text(&kilobytes)));
        }
        Command::new("createaccount")
            .with("domainstr", wanted.domain())
            .containing(&property::given("accountproperties", properties))
            .hiding(first)
    }

    /// Sets a password whatever the policy.
    pub(super) async fn put_password(
        &self,
        wanted: &Wanted,
        password: &SecretString,
    ) -> Result<(), Trouble> {
        let address = &wanted.address;
        check(password, address)?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let command = Command::new("setaccountpassword").with("accountemail", address);
            let name = command.name;
            let told = |failed: Failed| failed.told(Doing::Account, name, address);
            let command = self.session.sealed(command, password).await.map_err(told)?;
            match self.session.tell(&command.with("ignorepolicy", "1")).await {
                Ok(()) => return Ok(()),
                Err(failed) if attempt < SET && may_pass(&failed) => {
                    tokio::time::sleep(self.limits.pause).await;
                }
                Err(failed) => return Err(told(failed)),
            }
        }
    }
}

/// Whether setting a password may work the next time: no answer came, or the challenge was too old.
fn may_pass(failed: &Failed) -> bool {
    matches!(failed, Failed::Unclear(_)) || failed.uid() == Some("auth_digest_expired")
}

/// What XML cannot carry cannot be a password there, and nothing is none.
fn check(password: &SecretString, address: &str) -> Result<(), Trouble> {
    let password = password.expose_secret();
    if password.is_empty() {
        return Err(Trouble::new(Kind::PasswordMissing, address, ""));
    }
    if !xml::can_carry(password) {
        let detail = "control characters";
        return Err(Trouble::new(Kind::PasswordCharacters, address, detail));
    }
    Ok(())
}
