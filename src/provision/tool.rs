//! Accounts made by IceWarp's own `tool`, on the server: files to be run there, or `tool` itself where Traghetto sits
//! beside it (icewarp.md 6).
//!
//! Promises: a password is told to `tool` in a file its owner alone may read, which is gone right after, never in an
//! argument; what `tool` says counts for nothing until the account is read back; an account that exists is never
//! imported over. Deliberately absent: what `tool` does not tell, such as free seats of the licence.
//!
//! - `files` the table of accounts and the commands · `answer` what `tool` says

mod answer;
pub mod files;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};

use self::answer::{LOOKED_AT, number, of_number, refusal, trouble};
use super::{
    Change, Difference, Fact, Failure, Finding, Former, Part, Provisioner, Setting, Standing,
    Wanted, Weight,
};
use crate::plan::{Hold, IcewarpTool, Program};
use crate::program::{self, Ended, Told};
use crate::trouble::{Kind, Trouble};

/// Seconds one call of `tool` may take.
const LIMIT_SECONDS: u32 = 120;

/// How long the server may take to show a new account, in steps.
const LAG: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];

/// The server's own migration mode: while it is on, each failed login is tried at the old server (icewarp.md 1.9).
const MIGRATION_ACTIVE: &str = "C_System_Tools_Migration_Active";

/// IceWarp's `tool` on this computer.
#[derive(Debug)]
pub struct Tool {
    path: PathBuf,
    settings: IcewarpTool,
    /// The migration's folder, for what `tool` is given to read.
    folder: PathBuf,
    /// Domains that are known to exist.
    domains: Mutex<HashSet<String>>,
}

impl Tool {
    /// `None` where the plan does not say where it is. A relative path begins at the migration's folder.
    pub fn new(settings: &IcewarpTool, folder: &Path) -> Option<Self> {
        Some(Self {
            path: absolute(&folder.join(settings.tool.as_ref()?)),
            settings: settings.clone(),
            folder: absolute(folder),
            domains: Mutex::default(),
        })
    }

    /// Runs it in its own folder, where it finds what belongs to it.
    async fn run(
        &self,
        arguments: &[&str],
        password: Option<&SecretString>,
    ) -> Result<Ended, Trouble> {
        let program = Program {
            program: self.path.clone(),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            limit_seconds: LIMIT_SECONDS,
        };
        let secrets: Vec<_> = password.into_iter().collect();
        let told = Told {
            secrets: &secrets,
            ..Told::default()
        };
        let home = self.path.parent().unwrap_or(Path::new("."));
        program::run(&program, home, &[], told).await
    }

    /// The values of an account's variables, if it exists. The last may hold commas.
    async fn read(
        &self,
        wanted: &Wanted,
        variables: &[&str],
    ) -> Result<Option<Vec<String>>, Trouble> {
        if let Some(kind) = files::refusal(wanted, None) {
            return Err(Trouble::new(kind, &wanted.address, ""));
        }
        let arguments = [&["export", "account", wanted.address.as_str()], variables].concat();
        let ended = self.run(&arguments, None).await?;
        let found = ended.output.lines().find_map(|line| {
            let (address, values) = line.split_once(',')?;
            address
                .trim_start_matches('\u{FEFF}')
                .eq_ignore_ascii_case(&wanted.address)
                .then_some(values)
        });
        let Some(values) = found else {
            // Whether "there is none" is a failure is not documented; what is clearly another one is told.
            return match number(&ended) {
                Some(-1..=1) => Ok(None),
                Some(number) => Err(trouble(of_number(number), &wanted.address, &ended)),
                None => Err(trouble(Kind::ProgramFailed, &wanted.address, &ended)),
            };
        };
        let values = values.strip_suffix(',').unwrap_or(values);
        let values = values
            .splitn(variables.len(), ',')
            .map(|value| value.trim().to_owned());
        Ok(Some(values.collect()))
    }

    /// Lets `tool` read lines of its table; the file is gone when this returns.
    async fn import(
        &self,
        wanted: &Wanted,
        line: &str,
        variables: &[&str],
        password: &SecretString,
    ) -> Result<Ended, Trouble> {
        let storage =
            |error: std::io::Error| Trouble::new(Kind::Storage, &wanted.address, error.to_string());
        let mut file = tempfile::Builder::new()
            .prefix(".icewarp-")
            .suffix(".csv")
            .tempfile_in(&self.folder)
            .map_err(storage)?;
        file.write_all(line.as_bytes()).map_err(storage)?;
        let path = file.into_temp_path();
        let shown = path.display().to_string();
        let arguments = [&["import", "account", shown.as_str()], variables].concat();
        self.run(&arguments, Some(password)).await
    }

    /// Makes sure of a domain, where the plan wants it made.
    async fn domain(&self, wanted: &Wanted) -> Result<(), Trouble> {
        let domain = wanted.domain().to_lowercase();
        let known = || self.domains.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(&domain) {
            return Ok(());
        }
        if !self.has_domain(&domain).await? {
            if !self.settings.create_domains {
                return Err(Trouble::new(Kind::DomainMissing, &wanted.address, domain));
            }
            let ended = self.run(&["create", "domain", &domain], None).await?;
            if !self.has_domain(&domain).await? {
                let kind = refusal(&ended).unwrap_or(Kind::DomainMissing);
                return Err(trouble(kind, &wanted.address, &ended));
            }
        }
        let _ = known().insert(domain);
        Ok(())
    }

    async fn has_domain(&self, domain: &str) -> Result<bool, Trouble> {
        let ended = self.run(&["get", "domain", domain, "d_type"], None).await?;
        Ok(ended.status.success())
    }

    /// A variable of the server, where it has it.
    async fn system(&self, variable: &str) -> Result<Option<String>, Trouble> {
        let ended = self.run(&["get", "system", variable], None).await?;
        let value = ended.output.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let same = name.trim().eq_ignore_ascii_case(variable);
            same.then(|| value.trim().to_owned())
        });
        Ok(value.filter(|_| ended.status.success()))
    }

    async fn set_system(&self, variable: &str, value: &str) -> Result<(), Trouble> {
        let ended = self.run(&["set", "system", variable, value], None).await?;
        match self.system(variable).await?.as_deref() {
            Some(now) if now == value => Ok(()),
            _ => Err(trouble(Kind::AdminRights, variable, &ended)),
        }
    }

    async fn set(&self, wanted: &Wanted, variable: &str, value: &str) -> Result<(), Trouble> {
        let arguments = ["set", "account", &wanted.address, variable, value];
        let ended = self.run(&arguments, None).await?;
        match refusal(&ended) {
            Some(kind) => Err(trouble(kind, &wanted.address, &ended)),
            None => Ok(()),
        }
    }

    /// What an account differs in; `None` where it does not exist.
    async fn differences(&self, wanted: &Wanted) -> Result<Option<Vec<Difference>>, Trouble> {
        let Some(values) = self.read(wanted, &LOOKED_AT).await? else {
            return Ok(None);
        };
        Ok(Some(answer::differences(
            &values,
            wanted,
            self.settings.quota_mb,
        )))
    }

    /// As [`differences`](Self::differences), with patience for a server that shows a new account late.
    async fn read_back(&self, wanted: &Wanted) -> Result<Option<Vec<Difference>>, Trouble> {
        for pause in LAG {
            tokio::time::sleep(pause).await;
            if let Some(found) = self.differences(wanted).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

/// `tool` is run in its own folder, to which no other path may be relative.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl Provisioner for Tool {
    /// Whether several may work on the server's settings at once is not documented.
    fn at_once(&self) -> usize {
        1
    }

    fn test<'a>(&'a self, wanted: &'a [Wanted]) -> BoxFuture<'a, Result<Vec<Finding>, Trouble>> {
        Box::pin(async move {
            let mut findings = Vec::new();
            let mut find = |weight, fact| findings.push(Finding { weight, fact });
            let Some(version) = self.system("c_version").await? else {
                let ended = self.run(&["get", "system", "c_version"], None).await?;
                let tool = self.path.display().to_string();
                return Err(trouble(Kind::AdminService, &tool, &ended));
            };
            let software = format!("IceWarp {version}");
            find(Weight::Good, Fact::Software(software));
            let active = self.system(MIGRATION_ACTIVE).await?;
            if let Some(value) = active {
                let on = value != "0";
                find(
                    if on { Weight::Blocker } else { Weight::Good },
                    Fact::Setting {
                        setting: Setting::MigrationActive,
                        value,
                        better: on.then(|| String::from("0")),
                    },
                );
            }
            let mut domains: Vec<_> = wanted
                .iter()
                .map(|one| one.domain().to_lowercase())
                .collect();
            domains.sort_unstable();
            domains.dedup();
            let mut there = HashSet::new();
            for domain in domains {
                if self.has_domain(&domain).await? {
                    let all = format!("*@{domain}");
                    let ended = self
                        .run(&["export", "account", &all, "u_type"], None)
                        .await?;
                    let addresses = ended.output.lines().filter_map(|line| line.split_once(','));
                    there.extend(addresses.map(|(address, _)| address.to_lowercase()));
                    find(Weight::Good, Fact::Domain(domain));
                } else {
                    let created = self.settings.create_domains;
                    find(
                        if created {
                            Weight::Note
                        } else {
                            Weight::Blocker
                        },
                        Fact::DomainMissing { domain, created },
                    );
                }
            }
            let accounts = wanted
                .iter()
                .filter(|one| there.contains(&one.address.to_lowercase()))
                .count() as u64;
            find(Weight::Note, Fact::Present { accounts });
            Ok(findings)
        })
    }

    fn look<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Standing, Trouble>> {
        Box::pin(async move {
            let found = self.differences(wanted).await?;
            Ok(found.map_or(Standing::Missing, Standing::Exists))
        })
    }

    fn create<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            if let Some(kind) = files::refusal(wanted, Some(password)) {
                return Err(Trouble::new(kind, &wanted.address, "").into());
            }
            self.domain(wanted).await?;
            // `import` sets what it is given also of an account that exists.
            if self.read(wanted, &["u_type"]).await?.is_some() {
                return Err(Trouble::new(Kind::AddressTaken, &wanted.address, "").into());
            }
            let line = files::row(wanted, password, self.settings.quota_mb);
            let variables = files::variables(self.settings.quota_mb);
            let ended = self.import(wanted, &line, &variables, password).await;
            let refused = match &ended {
                Ok(ended) => refusal(ended).map(|kind| trouble(kind, &wanted.address, ended)),
                Err(trouble) => Some(trouble.clone()),
            };
            let there = match refused {
                None => self.read_back(wanted).await,
                Some(_) => self.differences(wanted).await,
            };
            match (refused, there) {
                (None, Ok(Some(differences))) => {
                    let lacks = differences.iter().find(|one| one.what == Part::Alias);
                    let Some(alias) = lacks else { return Ok(()) };
                    Err(Failure {
                        trouble: Trouble::new(
                            Kind::AccountHalfMade,
                            &wanted.address,
                            &alias.wanted,
                        ),
                        made: true,
                    })
                }
                (None, Ok(None)) => {
                    let ended = ended?;
                    Err(trouble(Kind::AccountRefused, &wanted.address, &ended).into())
                }
                (None, Err(trouble)) => Err(Failure {
                    trouble,
                    made: true,
                }),
                (Some(trouble), there) => Err(Failure {
                    // Where it cannot be known, the next attempt had better take it for ours.
                    made: there != Ok(None),
                    trouble,
                }),
            }
        })
    }

    fn complete<'a>(&'a self, wanted: &'a Wanted) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async move {
            let Some(values) = self.read(wanted, &["u_alias"]).await? else {
                return Err(Trouble::new(Kind::AccountMissing, &wanted.address, ""));
            };
            let there = values.first().map_or("", String::as_str);
            let mut aliases: Vec<&str> = there.split(';').map(str::trim).collect();
            aliases.retain(|alias| !alias.is_empty());
            let before = aliases.len();
            for alias in &wanted.aliases {
                let Some(local) = files::local(wanted, alias) else {
                    return Err(Trouble::new(Kind::AddressRefused, &wanted.address, alias));
                };
                if !aliases.iter().any(|one| one.eq_ignore_ascii_case(local)) {
                    aliases.push(local);
                }
            }
            if aliases.len() == before {
                return Ok(Change::Unchanged);
            }
            self.set(wanted, "u_alias", &aliases.join(";")).await?;
            let lacks = self.differences(wanted).await?.unwrap_or_default();
            match lacks.into_iter().find(|one| one.what == Part::Alias) {
                Some(alias) => Err(Trouble::new(
                    Kind::AddressTaken,
                    &wanted.address,
                    alias.wanted,
                )),
                None => Ok(Change::Done),
            }
        })
    }

    fn set_password<'a>(
        &'a self,
        wanted: &'a Wanted,
        password: &'a SecretString,
    ) -> BoxFuture<'a, Result<Change, Trouble>> {
        Box::pin(async move {
            if let Some(kind) = files::refusal(wanted, Some(password)) {
                return Err(Trouble::new(kind, &wanted.address, ""));
            }
            // `import` would make one that is missing.
            let Some(values) = self.read(wanted, &["u_authmode"]).await? else {
                return Err(Trouble::new(Kind::AccountMissing, &wanted.address, ""));
            };
            if values
                .first()
                .is_some_and(|mode| mode == "1" || mode == "2")
            {
                return Err(Trouble::new(Kind::PasswordElsewhere, &wanted.address, ""));
            }
            let line = format!("{},{}\n", wanted.address, password.expose_secret());
            let line = secrecy::zeroize::Zeroizing::new(line);
            let ended = self
                .import(wanted, &line, &["u_password"], password)
                .await?;
            match refusal(&ended) {
                Some(kind) => Err(trouble(kind, &wanted.address, &ended)),
                None => Ok(Change::Done),
            }
        })
    }

    fn hold<'a>(
        &'a self,
        wanted: &'a Wanted,
        how: Hold,
        migration_account: &'a str,
    ) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async move {
            let (variable, value) = match how {
                Hold::None => return Ok(None),
                Hold::Forward => ("u_forwardto", migration_account),
                Hold::Unavailable => ("u_accountdisabled", "1"),
            };
            let Some(values) = self.read(wanted, &[variable]).await? else {
                return Err(Trouble::new(Kind::AccountMissing, &wanted.address, ""));
            };
            let former = values.into_iter().next().unwrap_or_default();
            // It forwards there already only if we were cut off before we could say so.
            let former = if how == Hold::Forward && former == value {
                String::new()
            } else {
                former
            };
            self.set(wanted, variable, value).await?;
            Ok(Some(format!("{variable}={former}")))
        })
    }

    fn release<'a>(
        &'a self,
        wanted: &'a Wanted,
        held: &'a str,
    ) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            match held.split_once('=') {
                Some((variable @ ("u_forwardto" | "u_accountdisabled"), former)) => {
                    self.set(wanted, variable, former).await
                }
                _ => Err(Trouble::new(Kind::AccountRefused, &wanted.address, held)),
            }
        })
    }
    /// Only the server's own migration mode is known here.
    fn put_right<'a>(
        &'a self,
        settings: &'a [Setting],
    ) -> BoxFuture<'a, Result<Vec<Former>, Trouble>> {
        Box::pin(async move {
            if !settings.contains(&Setting::MigrationActive) {
                return Ok(Vec::new());
            }
            match self.system(MIGRATION_ACTIVE).await? {
                Some(value) if value != "0" => {
                    self.set_system(MIGRATION_ACTIVE, "0").await?;
                    Ok(vec![Former {
                        setting: Setting::MigrationActive,
                        variable: MIGRATION_ACTIVE.to_owned(),
                        value,
                    }])
                }
                _ => Ok(Vec::new()),
            }
        })
    }

    fn put_back<'a>(&'a self, former: &'a [Former]) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            for former in former {
                self.set_system(&former.variable, &former.value).await?;
            }
            Ok(())
        })
    }
}
