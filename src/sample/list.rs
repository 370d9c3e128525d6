//! LIST in its old and its extended form (RFC 5258, 5819, 6154), LSUB, and the items of STATUS.
//!
//! A folder above an existing one is listed even if it does not exist itself, as `\Noselect`.

use super::config::Config;
use super::folders::quoted_char;
use super::mailbox::{Depot, Folder};
use super::name::{self, fits, wire_name};
use super::session::Session;
use crate::serve::command::Value;
use std::collections::BTreeSet;
use std::io;

/// The items asked of STATUS.
#[derive(Debug)]
pub(super) struct Status(Vec<String>);

/// What a LIST asks for.
#[derive(Debug, Default)]
struct Query {
    patterns: Vec<String>,
    only_subscribed: bool,
    only_special: bool,
    tell_subscribed: bool,
    status: Option<Status>,
}

impl Session {
    pub(super) async fn list(&mut self, values: &[Value]) -> io::Result<String> {
        let query = match Query::parse(values, &self.shared.config) {
            Ok(query) => query,
            Err(wrong) => return Ok(wrong),
        };
        let lines = {
            let depot = self.shared.store.lock();
            query.answer(
                &depot,
                self.login.as_deref().unwrap_or_default(),
                &self.shared.config,
            )
        };
        self.wire.put(lines).await?;
        Ok("OK LIST completed".to_owned())
    }

    pub(super) async fn lsub(&mut self, values: &[Value]) -> io::Result<String> {
        let query = match Query::parse(values, &self.shared.config) {
            Ok(query) => query,
            Err(wrong) => return Ok(wrong),
        };
        let mut lines = Vec::new();
        {
            let depot = self.shared.store.lock();
            let account = depot
                .accounts
                .get(self.login.as_deref().unwrap_or_default());
            let subscribed = account.iter().flat_map(|account| &account.subscribed);
            for name in subscribed.filter(|name| query.asks_for(name, depot.separator)) {
                lines.extend_from_slice(
                    format!("* LSUB () {} ", quoted_char(depot.separator)).as_bytes(),
                );
                lines.extend(wire_name(name));
                lines.extend_from_slice(b"\r\n");
            }
        }
        self.wire.put(lines).await?;
        Ok("OK LSUB completed".to_owned())
    }
}

impl Status {
    pub(super) fn parse(items: &[Value], config: &Config) -> Result<Self, String> {
        let items: Vec<String> = items.iter().map(Value::word).collect();
        for item in &items {
            let known = match item.as_str() {
                "MESSAGES" | "UIDNEXT" | "UIDVALIDITY" | "UNSEEN" | "RECENT" => true,
                "SIZE" => config.knows("STATUS=SIZE"),
                "HIGHESTMODSEQ" => config.knows("CONDSTORE"),
                _ => false,
            };
            if !known {
                return Err(format!("BAD Unknown status item {item}"));
            }
        }
        Ok(Self(items))
    }

    pub(super) fn line(&self, name: &str, folder: &Folder) -> Vec<u8> {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|item| format!("{item} {}", status_item(item, folder)))
            .collect();
        let mut line = b"* STATUS ".to_vec();
        line.extend(wire_name(name));
        line.extend_from_slice(format!(" ({})\r\n", pairs.join(" ")).as_bytes());
        line
    }
}

fn status_item(item: &str, folder: &Folder) -> u64 {
    match item {
        "MESSAGES" => folder.messages.len() as u64,
        "UIDNEXT" => folder.uid_next.into(),
        "UIDVALIDITY" => folder.uid_validity.into(),
        "UNSEEN" => folder
            .messages
            .iter()
            .filter(|mail| !mail.has_flag("\\Seen"))
            .count() as u64,
        "SIZE" => folder.octets(),
        "HIGHESTMODSEQ" => folder.highest_modseq,
        _ => 0,
    }
}

impl Query {
    fn parse(values: &[Value], config: &Config) -> Result<Self, String> {
        let extended = config.knows("LIST-EXTENDED");
        let mut query = Self::default();
        let mut values = values.iter().peekable();
        if let Some(Value::List(options)) = values.peek() {
            for option in options.iter().map(Value::word) {
                match option.as_str() {
                    "SUBSCRIBED" if extended => query.only_subscribed = true,
                    "SPECIAL-USE" if extended && config.knows("SPECIAL-USE") => {
                        query.only_special = true;
                    }
                    "REMOTE" | "RECURSIVEMATCH" if extended => {}
                    _ => return Err(format!("BAD Unknown selection option {option}")),
                }
            }
            let _ = values.next();
        }
        query.tell_subscribed = query.only_subscribed;
        let reference = values
            .next()
            .and_then(Value::octets)
            .ok_or("BAD LIST expects a reference")?;
        let patterns = match values.next() {
            Some(Value::List(patterns)) if extended => &patterns[..],
            Some(pattern @ (Value::Atom(_) | Value::Text(_))) => std::slice::from_ref(pattern),
            _ => return Err("BAD LIST expects a pattern".to_owned()),
        };
        for pattern in patterns {
            let whole = [reference, pattern.octets().unwrap_or_default()].concat();
            query.patterns.push(name::name_from_octets(&whole));
        }
        match (values.next(), values.next()) {
            (None, _) => Ok(query),
            (Some(word), Some(Value::List(options))) if extended && word.word() == "RETURN" => {
                query.read_return(options, config)?;
                Ok(query)
            }
            _ => Err("BAD Too many arguments".to_owned()),
        }
    }

    fn read_return(&mut self, options: &[Value], config: &Config) -> Result<(), String> {
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match option.word().as_str() {
                "SUBSCRIBED" => self.tell_subscribed = true,
                "CHILDREN" => {}
                "SPECIAL-USE" if config.knows("SPECIAL-USE") => {}
                "STATUS" if config.knows("LIST-STATUS") => {
                    let Some(Value::List(items)) = options.next() else {
                        return Err("BAD Items expected".to_owned());
                    };
                    self.status = Some(Status::parse(items, config)?);
                }
                other => return Err(format!("BAD Unknown return option {other}")),
            }
        }
        Ok(())
    }

    fn asks_for(&self, name: &str, separator: char) -> bool {
        let fits = |pattern: &String| fits(name, &name::canonical(pattern, separator), separator);
        self.patterns.iter().any(fits)
    }

    fn answer(&self, depot: &Depot, login: &str, config: &Config) -> Vec<u8> {
        let separator = depot.separator;
        if self.patterns.iter().all(String::is_empty) {
            return format!("* LIST (\\Noselect) {} \"\"\r\n", quoted_char(separator)).into_bytes();
        }
        let Some(account) = depot.accounts.get(login) else {
            return Vec::new();
        };
        let mut names: BTreeSet<&str> = account.folders.keys().map(String::as_str).collect();
        if self.only_subscribed {
            names = account.subscribed.iter().map(String::as_str).collect();
        } else if !self.only_special {
            let parents = |name: &'_ str| {
                name.match_indices(separator)
                    .map(|(index, _)| index)
                    .collect::<Vec<_>>()
            };
            let above: Vec<&str> = account
                .folders
                .keys()
                .flat_map(|name| parents(name).into_iter().map(|end| &name[..end]))
                .collect();
            names.extend(above);
        }
        let mut lines = Vec::new();
        for name in names
            .into_iter()
            .filter(|name| self.asks_for(name, separator))
        {
            let folder = account.folders.get(name);
            let role = folder
                .and_then(|folder| folder.special_use.clone())
                .filter(|_| config.knows("SPECIAL-USE"));
            if self.only_special && role.is_none() {
                continue;
            }
            let mut attributes: Vec<String> = Vec::new();
            if folder.is_none() {
                let absent = if config.knows("LIST-EXTENDED") {
                    "\\NonExistent \\Noselect"
                } else {
                    "\\Noselect"
                };
                attributes.push(absent.to_owned());
            }
            if config.knows("CHILDREN") {
                let below = format!("{name}{separator}");
                let has_children = account
                    .folders
                    .range(below.clone()..)
                    .next()
                    .is_some_and(|(next, _)| next.starts_with(&below));
                attributes.push(
                    if has_children {
                        "\\HasChildren"
                    } else {
                        "\\HasNoChildren"
                    }
                    .to_owned(),
                );
            }
            attributes.extend(role);
            if self.tell_subscribed && account.subscribed.contains(name) {
                attributes.push("\\Subscribed".to_owned());
            }
            let head = format!(
                "* LIST ({}) {} ",
                attributes.join(" "),
                quoted_char(separator)
            );
            lines.extend_from_slice(head.as_bytes());
            lines.extend(wire_name(name));
            lines.extend_from_slice(b"\r\n");
            if let (Some(status), Some(folder)) = (&self.status, folder) {
                lines.extend(status.line(name, folder));
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, served, with_three};

    #[tokio::test]
    async fn folders_above_are_listed_and_names_come_back_exactly() {
        let (server, store) = served(Config::default()).await;
        store.add_folder("ada", "Clienti/Rossi \"x\" \\y", Some("\\Archive"), false);
        let mut talk = Talk::logged_in(&server).await;
        let lines = talk.ok("LIST \"\" *").await;
        assert_eq!(
            lines[0],
            r#"* LIST (\NonExistent \Noselect \HasChildren) "/" "Clienti""#
        );
        assert_eq!(
            lines[1],
            r#"* LIST (\HasNoChildren \Archive) "/" "Clienti/Rossi \"x\" \\y""#
        );
        assert_eq!(talk.ok("LIST \"\" %").await.len(), 3);
        assert_eq!(
            talk.ok("LIST \"\" \"\"").await[0],
            r#"* LIST (\Noselect) "/" """#
        );
        assert_eq!(talk.ok("LSUB \"\" *").await[0], r#"* LSUB () "/" "INBOX""#);
    }

    #[tokio::test]
    async fn one_command_lists_subscribes_and_counts() {
        let (server, store) = with_three(Config::default()).await;
        store.add_folder("ada", "Cestino", Some("\\Trash"), false);
        let mut talk = Talk::logged_in(&server).await;
        let items = "MESSAGES UIDNEXT UNSEEN SIZE HIGHESTMODSEQ";
        let lines = talk
            .ok(&format!(
                "LIST \"\" * RETURN (SUBSCRIBED CHILDREN SPECIAL-USE STATUS ({items}))"
            ))
            .await;
        assert_eq!(lines[0], r#"* LIST (\HasNoChildren \Trash) "/" "Cestino""#);
        assert_eq!(
            lines[1],
            r#"* STATUS "Cestino" (MESSAGES 0 UIDNEXT 1 UNSEEN 0 SIZE 0 HIGHESTMODSEQ 1)"#
        );
        assert_eq!(
            lines[2],
            r#"* LIST (\HasNoChildren \Subscribed) "/" "INBOX""#
        );
        assert!(
            lines[3].contains("(MESSAGES 3 UIDNEXT 4 UNSEEN 2 SIZE 142"),
            "{}",
            lines[3]
        );
        assert_eq!(talk.ok("LIST (SUBSCRIBED) \"\" *").await.len(), 2);
        assert_eq!(talk.ok("LIST (SPECIAL-USE) \"\" *").await.len(), 2);
    }
}
