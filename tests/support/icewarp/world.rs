//! What the server holds, and what goes wrong with it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

/// Called with address and password.
pub type Listener = Box<dyn Fn(&str, &str) + Send>;

/// Everything the server holds.
pub struct World {
    /// Administrators, and people who are none, by their address.
    pub admins: HashMap<String, Admin>,
    /// Domains by name.
    pub domains: BTreeMap<String, Domain>,
    /// Accounts by address in lower case.
    pub accounts: BTreeMap<String, Account>,
    /// Variables of the server; what is not here it does not know.
    pub settings: BTreeMap<String, String>,
    /// Sessions that are open, and whose they are.
    pub sessions: HashMap<String, String>,
    /// The commands that came, in lower case.
    pub calls: Vec<String>,
    /// Commands of which an answer is being made now, and the most there were at once.
    pub busy: (usize, usize),
    /// Called with address and password whenever one is set.
    pub on_password: Option<Listener>,
    /// Answers given instead of one's own, once each, by command.
    pub canned: HashMap<String, String>,
    pub faults: Faults,
}

/// Somebody who logs in.
#[derive(Debug, Clone)]
pub struct Admin {
    pub password: String,
    /// 0 user, 1 administrator, 2 of a domain.
    pub kind: u8,
    pub two_factor: bool,
    pub disabled: bool,
}

/// A domain.
#[derive(Debug, Clone, Default)]
pub struct Domain {
    pub aliases: Vec<String>,
    pub limit: u64,
    pub kind: u8,
}

/// An account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Parts before the at sign; the first is the main one.
    pub aliases: Vec<String>,
    pub password: String,
    /// How often a password was set.
    pub passwords: usize,
    /// Name and surname.
    pub name: (String, String),
    /// All other variables, by name in lower case.
    pub properties: BTreeMap<String, String>,
    /// Not shown before.
    pub shown: Instant,
}

/// How a text with several aliases in it is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// `;` stands between them.
    #[default]
    Semicolon,
    /// It is one alias with a strange name; lists are understood.
    None,
    /// Neither texts nor lists give an account more than its first alias.
    Nowhere,
}

/// What goes wrong.
#[derive(Debug, Default)]
pub struct Faults {
    /// How long a wrong password takes; each further one as much more.
    pub slow_login: Duration,
    /// Wrong passwords so far.
    pub wrong_logins: u32,
    /// How long every answer takes.
    pub latency: Duration,
    /// How long a new account is not shown.
    pub lag: Duration,
    /// Answers begin with a byte order mark and blank lines.
    pub bom: bool,
    /// Another service answers: a web page with status 200.
    pub html: bool,
    /// The status of every answer, where it is not 200; its body is nothing of the API.
    pub status: Option<u16>,
    /// Commands that are carried out, and whose answer is never sent: the connection ends. How often.
    pub cut_after: HashMap<String, usize>,
    /// Commands that are carried out late, their connection having ended at once. How often.
    pub cut_before: HashMap<String, (usize, Duration)>,
    /// Commands that are carried out and answered too late.
    pub stall: HashMap<String, Duration>,
    /// Commands that are refused, by which uid, and how often. Nothing is done.
    pub refuse: HashMap<String, (String, usize)>,
    /// Commands that answer 0, or another number, and do nothing. How often.
    pub number: HashMap<String, (String, usize)>,
    pub separator: Separator,
    /// Aliases are not told one by one, as on old servers.
    pub no_alias_list: bool,
    /// Accounts the licence allows.
    pub seats: Option<u64>,
    /// Whether the licence tells.
    pub seats_told: bool,
    /// Characters no password may have.
    pub bad_characters: String,
    /// Passwords have to follow the usual policy.
    pub policy: bool,
    /// Refusals repeat the password that was sent.
    pub echo: bool,
    /// The session's rights do not reach this domain, or, as `*`, the server's settings.
    pub forbidden: HashSet<String>,
    /// Rows of a page at most.
    pub page: Option<usize>,
    /// A variable the server does not know costs the whole answer.
    pub strict: bool,
}

impl World {
    /// One domain, one administrator, and a server set up as it should be.
    pub fn new() -> Self {
        let admin = Admin {
            password: super::ADMIN_PASSWORD.to_owned(),
            kind: 1,
            two_factor: false,
            disabled: false,
        };
        let settings = [
            ("c_version", "14.3.0.7"),
            ("c_system_tools_migration_active", "0"),
            ("c_mail_imap_active", "1"),
            ("c_system_services_imap_maxappendsperminute", "0"),
            ("c_accounts_policies_login_loginsettings", "1"),
        ];
        let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            admins: HashMap::from([(super::ADMIN.to_owned(), admin)]),
            domains: BTreeMap::from([(String::from("cantiere.example"), Domain::default())]),
            accounts: BTreeMap::new(),
            settings: settings.into_iter().map(text).collect(),
            sessions: HashMap::new(),
            calls: Vec::new(),
            busy: (0, 0),
            on_password: None,
            canned: HashMap::new(),
            faults: Faults::default(),
        }
    }

    /// Opens an account as if it had always been there.
    pub fn add_account(&mut self, address: &str, aliases: &[&str]) -> &mut Account {
        let (local, _) = address.split_once('@').unwrap();
        let properties = [
            ("u_type", "0"),
            ("u_mailbox", local),
            ("u_accounttype", "1"),
        ];
        let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let account = Account {
            aliases: [local]
                .iter()
                .chain(aliases)
                .map(|&alias| alias.to_owned())
                .collect(),
            password: String::from("Prima!1"),
            passwords: 0,
            name: (String::new(), String::new()),
            properties: properties.into_iter().map(text).collect(),
            shown: Instant::now(),
        };
        self.accounts
            .entry(address.to_lowercase())
            .insert_entry(account)
            .into_mut()
    }

    /// The account an address leads to: its own, or one with such an alias.
    pub fn key_of(&self, address: &str) -> Option<String> {
        let address = address.to_lowercase();
        let shown = |account: &Account| account.shown <= Instant::now();
        if let Some(account) = self.accounts.get(&address) {
            return shown(account).then_some(address);
        }
        let (local, domain) = address.split_once('@')?;
        let home = self.domains.iter().find(|(name, known)| {
            *name == domain || known.aliases.iter().any(|alias| alias == domain)
        })?;
        let end = format!("@{}", home.0);
        let found = self.accounts.iter().find(|(key, account)| {
            key.ends_with(&end)
                && account
                    .aliases
                    .iter()
                    .any(|alias| alias.eq_ignore_ascii_case(local))
        });
        found
            .filter(|(_, account)| shown(account))
            .map(|(key, _)| key.clone())
    }

    /// Counts down a fault; whether it strikes.
    pub fn strikes(counter: &mut usize) -> bool {
        let strikes = *counter > 0;
        *counter = counter.saturating_sub(1);
        strikes
    }
}

impl Account {
    /// Whether a password follows the policy seen on new servers.
    pub fn conforms(password: &str, local: &str) -> bool {
        let has = |class: fn(char) -> bool| password.chars().any(class);
        password.len() >= 8
            && has(char::is_lowercase)
            && has(char::is_uppercase)
            && has(|c| c.is_ascii_digit())
            && has(|c| !c.is_alphanumeric())
            && !password.to_lowercase().contains(&local.to_lowercase())
    }
}
