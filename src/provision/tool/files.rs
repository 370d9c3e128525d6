//! What IceWarp's `tool` reads: its table of accounts, and the commands for the server.
//!
//! Promises: passwords stand in the table, never in a command, and the table is readable by its owner alone; UTF-8
//! without a mark; what the table cannot carry is told, not written otherwise. Deliberately absent: running it.
//!
//! How `tool` undoes quotes is not documented, and a user of it found no way (icewarp.md 6): no cell holds a comma, a
//! quote or an end of line, and none begins or ends with a space. In names they are replaced, passwords with them are
//! left out, for a password that differs by one character is worse than none.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::Wanted;
use crate::plan::IcewarpTool;
use crate::project;
use crate::trouble::Kind;

/// The folder below the migration's.
pub const FOLDER: &str = "icewarp";

/// The table's name in it.
pub const TABLE: &str = "accounts.csv";

/// What was written for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The table. It holds passwords and is to be deleted after use.
    pub table: PathBuf,
    /// The commands for `tool.sh`.
    pub shell: PathBuf,
    /// The commands for `tool.exe`.
    pub batch: PathBuf,
    /// Accounts in the table.
    pub accounts: usize,
    /// What the table could not carry.
    pub unfit: Vec<Unfit>,
}

/// Something of an account that is not in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The account's address.
    pub address: String,
    /// Why: [`Kind::PasswordCharacters`] or [`Kind::AddressRefused`].
    pub kind: Kind,
    /// The alias that is left out, where the account itself is in the table.
    pub alias: Option<String>,
}

/// Writes the table and the commands into the migration's folder. Accounts that exist at the destination already do not
/// belong in it: `import` would set their password and name.
pub fn write(
    folder: &Path,
    accounts: &[(&Wanted, &SecretString)],
    settings: &IcewarpTool,
) -> io::Result<Written> {
    let folder = folder.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let mut unfit = Vec::new();
    let mut rows = Vec::new();
    for (wanted, password) in accounts {
        match refusal(wanted, Some(password)) {
            Some(kind) => unfit.push(Unfit {
                address: wanted.address.clone(),
                kind,
                alias: None,
            }),
            None => rows.push((*wanted, *password)),
        }
        let strange = wanted
            .aliases
            .iter()
            .filter(|alias| local(wanted, alias).is_none());
        unfit.extend(strange.map(|alias| Unfit {
            address: wanted.address.clone(),
            kind: Kind::AddressRefused,
            alias: Some(alias.clone()),
        }));
    }
    let mut text = Zeroizing::new(String::with_capacity(rows.len() * 1024));
    for (wanted, password) in &rows {
        text.push_str(&row(wanted, password, settings.quota_mb));
    }
    let mut domains: Vec<&str> = rows.iter().map(|(wanted, _)| wanted.domain()).collect();
    domains.sort_unstable();
    domains.dedup();
    let written = Written {
        table: folder.join(TABLE),
        shell: folder.join("import.sh"),
        batch: folder.join("import.cmd"),
        accounts: rows.len(),
        unfit,
    };
    project::replace(&written.table, text.as_bytes())?;
    fs::write(&written.shell, shell(&domains, settings))?;
    fs::write(&written.batch, batch(&domains, settings))?;
    Ok(written)
}

/// Why an account cannot be told to `tool`, if it cannot.
pub(super) fn refusal(wanted: &Wanted, password: Option<&SecretString>) -> Option<Kind> {
    if !plain(wanted.localpart()) || !is_domain(wanted.domain()) {
        return Some(Kind::AddressRefused);
    }
    let fits = password.is_none_or(|password| carries(password.expose_secret()));
    (!fits).then_some(Kind::PasswordCharacters)
}

/// The part before the at sign of an alias in the account's own domain, which is all that `u_alias` takes.
pub(super) fn local<'a>(wanted: &Wanted, alias: &'a str) -> Option<&'a str> {
    let (local, domain) = alias.rsplit_once('@')?;
    let own = domain.eq_ignore_ascii_case(wanted.domain());
    (own && plain(local)).then_some(local)
}

/// What may stand in a pattern of addresses, a list with semicolons, and a command of either system, as itself.
fn plain(local: &str) -> bool {
    let first = local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    first
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let first = domain.starts_with(|c: char| c.is_ascii_alphanumeric());
    let rest = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    first && domain.chars().all(rest)
}

/// Whether a cell of the table can carry this as it is.
fn carries(text: &str) -> bool {
    let trouble = |c: char| c == ',' || c == '"' || c.is_control();
    !text.is_empty() && text == text.trim() && !text.contains(trouble)
}

/// A name with what the table can carry.
pub(super) fn name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| match c {
            '"' => '\'',
            c if c == ',' || c.is_control() => ' ',
            c => c,
        })
        .collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The variables of [`row`], in its order.
pub(super) fn variables(quota_mb: Option<u32>) -> Vec<&'static str> {
    let mut variables = vec!["u_mailbox", "u_alias", "u_name", "u_password"];
    if quota_mb.is_some() {
        variables.extend(["u_maxbox", "u_maxboxsize"]);
    }
    variables
}

/// A quota as `u_maxboxsize` has it, in units of 1,024 octets.
pub(super) fn quota(quota_mb: u32) -> u64 {
    u64::from(quota_mb) * 1_000_000 / 1024
}

/// One account's line.
pub(super) fn row(
    wanted: &Wanted,
    password: &SecretString,
    quota_mb: Option<u32>,
) -> Zeroizing<String> {
    let mut aliases = vec![wanted.localpart()];
    let further = wanted
        .aliases
        .iter()
        .filter_map(|alias| local(wanted, alias));
    aliases.extend(further.filter(|alias| !alias.eq_ignore_ascii_case(wanted.localpart())));
    let quota = quota_mb.map_or_else(String::new, |mb| format!(",1,{}", quota(mb)));
    Zeroizing::new(format!(
        "{},{},{},{},{}{quota}\n",
        wanted.address,
        wanted.localpart(),
        aliases.join(";"),
        name(&wanted.name),
        password.expose_secret(),
    ))
}

fn shell(domains: &[&str], settings: &IcewarpTool) -> String {
    let mut text = String::from(
        "#!/bin/sh\n\
         # On the IceWarp server, as root: sh import.sh [/opt/icewarp/tool.sh]\n\
         # accounts.csv holds passwords: delete it afterwards, here and where it came from.\n\
         tool=${1:-/opt/icewarp/tool.sh}\n\
         cd \"$(dirname \"$0\")\" || exit 1\n",
    );
    for domain in domains.iter().filter(|_| settings.create_domains) {
        let _ = writeln!(
            text,
            "\"$tool\" get domain {domain} d_type >/dev/null 2>&1 || \"$tool\" create domain {domain} || exit 1"
        );
    }
    let variables = variables(settings.quota_mb).join(" ");
    let _ = writeln!(
        text,
        "\"$tool\" import account \"$PWD/{TABLE}\" {variables} || exit 1"
    );
    for domain in domains {
        let _ = writeln!(
            text,
            "\"$tool\" export account \"*@{domain}\" u_mailbox u_alias"
        );
    }
    text
}

fn batch(domains: &[&str], settings: &IcewarpTool) -> String {
    let mut text = String::from(
        "@echo off\n\
         rem On the IceWarp server, as administrator: import.cmd [path of tool.exe]\n\
         rem accounts.csv holds passwords: delete it afterwards, here and where it came from.\n\
         setlocal\n\
         set \"tool=%~1\"\n\
         if \"%tool%\"==\"\" set \"tool=%ProgramFiles%\\IceWarp\\tool.exe\"\n",
    );
    for domain in domains.iter().filter(|_| settings.create_domains) {
        let _ = writeln!(
            text,
            "\"%tool%\" get domain {domain} d_type >nul 2>&1 || \"%tool%\" create domain {domain} || exit /b 1"
        );
    }
    let variables = variables(settings.quota_mb).join(" ");
    let _ = writeln!(
        text,
        "\"%tool%\" import account \"%~dp0{TABLE}\" {variables} || exit /b 1"
    );
    for domain in domains {
        let _ = writeln!(
            text,
            "\"%tool%\" export account \"*@{domain}\" u_mailbox u_alias"
        );
    }
    text.replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(address: &str, name: &str, aliases: &[&str]) -> Wanted {
        Wanted {
            address: address.into(),
            login: address.into(),
            name: name.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn the_table_carries_accents_and_odd_passwords_and_leaves_out_what_it_cannot_carry() {
        let dir = tempfile::tempdir().unwrap();
        let accounts = [
            (
                wanted(
                    "nicolo@example.it",
                    "Nicolò \"Nico\" D’Amico, rag.",
                    &["n.damico@Example.it", "nico@altro.it", "nicolo@example.it"],
                ),
                SecretString::from("pä:ss'&<>; ß🦀"),
            ),
            (wanted("b@example.it", "", &[]), SecretString::from("a,b")),
            (wanted("c@example.it", "", &[]), SecretString::from(" a")),
            (wanted("d@example.it", "", &[]), SecretString::from("a\"b")),
            (wanted("*@example.it", "", &[]), SecretString::from("good")),
            (wanted("e@zweite.de", "", &[]), SecretString::from("gut")),
        ];
        let list: Vec<_> = accounts.iter().map(|(w, p)| (w, p)).collect();
        let settings = IcewarpTool {
            tool: None,
            create_domains: true,
            quota_mb: Some(2048),
        };
        let written = write(dir.path(), &list, &settings).unwrap();
        assert_eq!(
            fs::read_to_string(&written.table).unwrap(),
            "nicolo@example.it,nicolo,nicolo;n.damico,Nicolò 'Nico' D’Amico rag.,pä:ss'&<>; ß🦀,1,2000000\n\
             e@zweite.de,e,e,,gut,1,2000000\n"
        );
        let left: Vec<_> = written
            .unfit
            .iter()
            .map(|unfit| (unfit.address.as_str(), unfit.kind, unfit.alias.as_deref()))
            .collect();
        assert_eq!(
            left,
            [
                (
                    "nicolo@example.it",
                    Kind::AddressRefused,
                    Some("nico@altro.it")
                ),
                ("b@example.it", Kind::PasswordCharacters, None),
                ("c@example.it", Kind::PasswordCharacters, None),
                ("d@example.it", Kind::PasswordCharacters, None),
                ("*@example.it", Kind::AddressRefused, None),
            ]
        );
        assert_eq!(written.accounts, 2);
        for script in [&written.shell, &written.batch] {
            let text = fs::read_to_string(script).unwrap();
            for word in [
                "u_mailbox u_alias u_name u_password u_maxbox u_maxboxsize",
                "create domain example.it",
                "create domain zweite.de",
            ] {
                assert!(text.contains(word), "{text}");
            }
            assert!(!text.contains("gut") && !text.contains("pä"), "{text}");
        }
        assert!(
            !fs::read(&written.table)
                .unwrap()
                .starts_with(b"\xEF\xBB\xBF")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = written.table.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
