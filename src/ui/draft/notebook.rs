//! What stands in `draft.toml`, beside the plan.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Draft, Item, Maker, Server, Web};
use crate::plan::{After, Aliases, MigrationAccount, Options, Scope};
use crate::ui::step::Step;
use crate::users::{Checked, DestinationLogin, Entry, Ids};

/// The notes of an unfinished migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Notebook {
    /// Version of this format; 1.
    version: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reached: Step,
    #[serde(default)]
    origin: Server,
    #[serde(default)]
    destination: Server,
    #[serde(default)]
    destination_login: Form,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    held: BTreeSet<String>,
    #[serde(default)]
    done: BTreeSet<Item>,
    #[serde(default)]
    options: Options,
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    web: Web,
    #[serde(default)]
    maker: Maker,
    #[serde(default)]
    aliases: Aliases,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    migration_account: Option<MigrationAccount>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<After>,
    /// Rows the plan cannot hold.
    #[serde(default, rename = "row", skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row>,
}

/// A row with a mistake in it. Its password is in the vault, or nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    login: String,
    address: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    destination_login: String,
    selected: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    group: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    #[default]
    Address,
    Login,
    Localpart,
}

impl Notebook {
    /// Version of the format this program writes.
    const VERSION: u32 = 1;

    /// What is to be noted of a draft.
    pub fn of(draft: &Draft) -> Self {
        let planned: BTreeSet<String> = draft
            .plan()
            .map(|plan| plan.jobs)
            .unwrap_or_default()
            .iter()
            .map(|job| job.login.to_lowercase())
            .collect();
        let mut met = BTreeSet::new();
        let unfinished = draft.entries.iter().filter(|entry| {
            let login = entry.login.to_lowercase();
            // The second of two equal logins is in no plan.
            !planned.contains(&login) || !met.insert(login)
        });
        Self {
            version: Self::VERSION,
            name: draft.name.clone(),
            reached: draft.reached,
            origin: draft.origin.clone(),
            destination: draft.destination.clone(),
            destination_login: match draft.destination_login {
                DestinationLogin::Address => Form::Address,
                DestinationLogin::Login => Form::Login,
                DestinationLogin::Localpart => Form::Localpart,
            },
            list: draft.list.clone(),
            held: draft.held.clone(),
            done: draft.done.clone(),
            options: draft.options.clone(),
            scope: draft.scope,
            web: draft.web.clone(),
            maker: draft.maker.clone(),
            aliases: draft.aliases.clone(),
            migration_account: draft.migration_account.clone(),
            after: draft.after.clone(),
            rows: unfinished.map(Row::of).collect(),
        }
    }

    /// Reads one; `None` if it is damaged or of a newer program: the plan is what counts.
    pub fn read(text: &str) -> Option<Self> {
        toml::from_str(text)
            .inspect_err(|error| tracing::warn!("draft.toml cannot be read: {error}"))
            .ok()
            .filter(|notebook: &Self| notebook.version <= Self::VERSION)
    }

    /// The draft it speaks of.
    pub fn draft(self) -> Draft {
        let mut ids = Ids::default();
        let rows = self
            .rows
            .into_iter()
            .map(|row| row.entry(ids.give()))
            .collect();
        let mut draft = Draft {
            name: self.name,
            origin: self.origin,
            destination: self.destination,
            destination_login: match self.destination_login {
                Form::Address => DestinationLogin::Address,
                Form::Login => DestinationLogin::Login,
                Form::Localpart => DestinationLogin::Localpart,
            },
            entries: rows,
            checked: Checked::default(),
            ids,
            held: self.held,
            list: self.list,
            options: self.options,
            scope: self.scope,
            web: self.web,
            maker: self.maker,
            aliases: self.aliases,
            migration_account: self.migration_account,
            after: self.after,
            reached: self.reached,
            done: self.done,
        };
        draft.recheck();
        draft
    }
}

impl Row {
    fn of(entry: &Entry) -> Self {
        Self {
            number: entry.row,
            login: entry.login.clone(),
            address: entry.address.clone(),
            destination_login: entry.destination_login.clone(),
            selected: entry.selected,
            name: entry.name.clone(),
            aliases: entry.aliases.clone(),
            group: entry.group.clone(),
        }
    }

    fn entry(self, id: u64) -> Entry {
        Entry {
            id,
            row: self.number,
            login: self.login,
            address: self.address,
            destination_login: self.destination_login,
            password: None,
            destination_password: None,
            selected: self.selected,
            name: self.name,
            aliases: self.aliases,
            group: self.group,
            fault: None,
            code_page: false,
        }
    }
}
