//! Folders as things: CREATE, DELETE, RENAME, SUBSCRIBE, STATUS, NAMESPACE and quota.

use super::icewarp::IceWarp;
use super::list::Status;
use super::name::wire_name;
use super::session::Session;
use crate::serve::command::Value;
use std::io;

const NO_SUCH: &str = "NO [NONEXISTENT] No such mailbox";
const NAME_EXPECTED: &str = "BAD A folder name is expected";

impl Session {
    pub(super) async fn namespace(&mut self) -> io::Result<String> {
        let (separator, prefix) = {
            let depot = self.shared.store.lock();
            (depot.separator, depot.prefix.clone())
        };
        self.wire
            .put(format!(
                "* NAMESPACE ((\"{prefix}\" {})) NIL NIL\r\n",
                quoted_char(separator)
            ))
            .await?;
        Ok("OK NAMESPACE completed".to_owned())
    }

    pub(super) fn create(&mut self, values: &[Value]) -> String {
        let Some(name) = self.folder_name(values.first()) else {
            return NAME_EXPECTED.to_owned();
        };
        let role = match values.get(1) {
            None => None,
            Some(_) if !self.knows("CREATE-SPECIAL-USE") => {
                return "BAD Too many arguments".to_owned();
            }
            Some(options) => match options.list() {
                Some([key, Value::List(roles)]) if key.word() == "USE" => {
                    roles.first().map(role_of)
                }
                _ => return "BAD USE expected".to_owned(),
            },
        };
        let Some(login) = &self.login else {
            return NO_SUCH.to_owned();
        };
        if self.shared.config.icewarp.is_some() && IceWarp::is_archive(&name) {
            return "OK CREATE completed".to_owned();
        }
        let mut depot = self.shared.store.lock();
        let (separator, prefix) = (depot.separator, depot.prefix.clone());
        let name = name.strip_suffix(separator).unwrap_or(&name);
        if name == "INBOX" || depot.folder(login, name).is_some() {
            return "NO [ALREADYEXISTS] Mailbox already exists".to_owned();
        }
        let wrong = name.is_empty()
            || !name.starts_with(&prefix)
            || name.split(separator).any(str::is_empty);
        if wrong || name.contains(['*', '%', '\0']) {
            return format!("NO [CANNOT] Invalid mailbox name, it must begin with \"{prefix}\"");
        }
        let inside = &name[prefix.len()..];
        for (index, _) in inside.match_indices(separator) {
            let _ = depot.folder_or_new(login, &name[..prefix.len() + index]);
        }
        if let Some(folder) = depot.folder_or_new(login, name) {
            folder.special_use = role;
        }
        "OK CREATE completed".to_owned()
    }

    pub(super) fn delete(&mut self, values: &[Value]) -> String {
        let Some(name) = self.folder_name(values.first()) else {
            return NAME_EXPECTED.to_owned();
        };
        if name == "INBOX" {
            return "NO [CANNOT] INBOX stays".to_owned();
        }
        let login = self.login.as_deref().unwrap_or_default();
        if self.shared.store.remove_folder(login, &name) {
            "OK DELETE completed".to_owned()
        } else {
            NO_SUCH.to_owned()
        }
    }

    pub(super) fn rename(&mut self, values: &[Value]) -> String {
        let (Some(old), Some(new)) = (
            self.folder_name(values.first()),
            self.folder_name(values.get(1)),
        ) else {
            return "BAD RENAME expects two folder names".to_owned();
        };
        if old == "INBOX" {
            return "NO [CANNOT] INBOX stays".to_owned();
        }
        let mut depot = self.shared.store.lock();
        let (separator, prefix) = (depot.separator, depot.prefix.clone());
        let Some(account) = depot
            .accounts
            .get_mut(self.login.as_deref().unwrap_or_default())
        else {
            return NO_SUCH.to_owned();
        };
        if account.folders.contains_key(&new) {
            return "NO [ALREADYEXISTS] Mailbox already exists".to_owned();
        }
        if new.is_empty() || !new.starts_with(&prefix) {
            return "NO [CANNOT] Invalid mailbox name".to_owned();
        }
        let inside = format!("{old}{separator}");
        let moved = |name: &&String| **name == old || name.starts_with(&inside);
        let names: Vec<String> = account.folders.keys().filter(moved).cloned().collect();
        if names.is_empty() {
            return NO_SUCH.to_owned();
        }
        for name in names {
            if let Some(folder) = account.folders.remove(&name) {
                let _ = account
                    .folders
                    .insert(format!("{new}{}", &name[old.len()..]), folder);
            }
        }
        "OK RENAME completed".to_owned()
    }

    /// A subscription may name a folder that is not there (RFC 3501 6.3.6).
    pub(super) fn subscribe(&mut self, values: &[Value], wanted: bool) -> String {
        let Some(name) = self.folder_name(values.first()) else {
            return NAME_EXPECTED.to_owned();
        };
        let mut depot = self.shared.store.lock();
        if let Some(account) = depot
            .accounts
            .get_mut(self.login.as_deref().unwrap_or_default())
        {
            let _ = if wanted {
                account.subscribed.insert(name)
            } else {
                account.subscribed.remove(&name)
            };
        }
        "OK Subscription noted".to_owned()
    }

    pub(super) async fn status(&mut self, values: &[Value]) -> io::Result<String> {
        let (Some(name), Some(Value::List(items))) =
            (self.folder_name(values.first()), values.get(1))
        else {
            return Ok("BAD STATUS expects a folder name and a list".to_owned());
        };
        let status = match Status::parse(items, &self.shared.config) {
            Ok(status) => status,
            Err(wrong) => return Ok(wrong),
        };
        let login = self.login.as_deref().unwrap_or_default();
        let line = self
            .shared
            .store
            .lock()
            .folder(login, &name)
            .map(|folder| status.line(&name, folder));
        match line {
            None => Ok(NO_SUCH.to_owned()),
            Some(line) => {
                self.wire.put(line).await?;
                Ok("OK STATUS completed".to_owned())
            }
        }
    }

    /// GETQUOTA and GETQUOTAROOT; the one root is called `""` and counts in units of 1,024 octets (RFC 2087).
    pub(super) async fn quota(&mut self, values: &[Value], of_folder: bool) -> io::Result<String> {
        let Some(name) = self.folder_name(values.first()) else {
            return Ok(NAME_EXPECTED.to_owned());
        };
        let login = self.login.as_deref().unwrap_or_default();
        let account = {
            let depot = self.shared.store.lock();
            depot.accounts.get(login).map(|account| {
                (
                    account.quota,
                    account.octets(),
                    account.folders.contains_key(&name),
                )
            })
        };
        let Some((quota, octets, exists)) = account.filter(|(_, _, exists)| *exists || !of_folder)
        else {
            return Ok(NO_SUCH.to_owned());
        };
        if of_folder && exists {
            let line = [b"* QUOTAROOT ", &wire_name(&name)[..], b" \"\"\r\n"].concat();
            self.wire.put(line).await?;
        }
        let resource =
            quota.map(|quota| format!("STORAGE {} {}", octets.div_ceil(1024), quota / 1024));
        self.wire
            .put(format!(
                "* QUOTA \"\" ({})\r\n",
                resource.unwrap_or_default()
            ))
            .await?;
        Ok("OK Quota told".to_owned())
    }
}

/// The separator as LIST and NAMESPACE show it; `\` has to be escaped.
pub(super) fn quoted_char(separator: char) -> String {
    if matches!(separator, '"' | '\\') {
        format!("\"\\{separator}\"")
    } else {
        format!("\"{separator}\"")
    }
}

fn role_of(value: &Value) -> String {
    String::from_utf8_lossy(value.octets().unwrap_or_default()).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, served};

    #[tokio::test]
    async fn a_folder_is_made_with_those_above_it() {
        let (server, store) = served(Config::default()).await;
        let mut talk = Talk::logged_in(&server).await;
        let _ = talk.ok("CREATE \"a/b/Posta inviata\" (USE (\\Sent))").await;
        let names: Vec<_> = store
            .folders("ada")
            .into_iter()
            .map(|folder| folder.name)
            .collect();
        assert_eq!(names, ["INBOX", "a", "a/b", "a/b/Posta inviata"]);
        assert_eq!(
            store
                .folder("ada", "a/b/Posta inviata")
                .unwrap()
                .special_use
                .as_deref(),
            Some("\\Sent")
        );
        assert!(
            talk.reply("CREATE a/b")
                .await
                .starts_with("NO [ALREADYEXISTS]")
        );
        let _ = talk.ok("RENAME a c").await;
        assert!(store.folder("ada", "c/b/Posta inviata").is_some());
        let _ = talk.ok("DELETE c/b").await;
        assert!(
            talk.reply("SELECT c/b")
                .await
                .starts_with("NO [NONEXISTENT]")
        );
        let _ = talk.ok("SUBSCRIBE c").await;
        assert!(store.folder("ada", "c").unwrap().subscribed);
    }

    #[tokio::test]
    async fn a_prefix_has_to_be_there() {
        let store = crate::sample::Store::new('.', "INBOX.");
        store.add_account("ada", "secret");
        let server = crate::sample::Server::start(store.clone(), Config::default())
            .await
            .unwrap();
        let mut talk = Talk::logged_in(&server).await;
        assert_eq!(
            talk.ok("NAMESPACE").await[0],
            r#"* NAMESPACE (("INBOX." ".")) NIL NIL"#
        );
        assert!(talk.reply("CREATE Sent").await.starts_with("NO [CANNOT]"));
        let _ = talk.ok("CREATE inbox.Clienti.Rossi").await;
        assert!(store.folder("ada", "INBOX.Clienti").is_some());
    }

    #[tokio::test]
    async fn a_quota_is_told_in_units_of_1024() {
        let (server, store) = served(Config::default()).await;
        store.set_quota("ada", Some(10_240));
        let mut talk = Talk::logged_in(&server).await;
        let lines = talk.ok("GETQUOTAROOT INBOX").await;
        assert_eq!(
            lines[..2],
            [r#"* QUOTAROOT "INBOX" """#, r#"* QUOTA "" (STORAGE 0 10)"#]
        );
    }
}
