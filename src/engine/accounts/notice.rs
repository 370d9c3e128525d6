//! The migration account: made where it is missing, with a message that tells whoever looks into it what goes on.
//!
//! Promises: one that was there keeps what it holds; the message is put into one that was made by us, once; that it
//! cannot be made is told, and the mailboxes are moved all the same. Deliberately absent: the message's words (whoever
//! starts the run has them), and sending users there (the front does).

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ZonedDateTime;
use secrecy::SecretString;

use crate::engine::Shared;
use crate::engine::copy::journal_trouble;
use crate::engine::remedy::{self, Doing};
use crate::imap::destination::{Appended, Body};
use crate::imap::name::FolderName;
use crate::imap::{self, Destination, Login};
use crate::net::Connector;
use crate::provision::{Standing, Wanted, passphrase};
use crate::trouble::{Kind, Trouble};

/// Under which the journal knows how far it is.
const KEY: &str = "migration-account";
/// It was asked for: whether it holds the message is not known.
const MAKING: &str = "making";
/// It holds the message.
const READY: &str = "ready";
/// Attempts to log in: a new account may not be known everywhere at once.
const ATTEMPTS: u32 = 5;
/// The pause between them.
const PAUSE: Duration = Duration::from_secs(2);
/// How long the server may be silent.
const PATIENCE: Duration = Duration::from_mins(1);
/// Most octets of an encoded word, and of an encoded line (RFC 2047, RFC 2045).
const WORD_OCTETS: usize = 42;
const LINE_CHARACTERS: usize = 76;

/// What whoever looks into the migration account finds there, in the users' language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What the account is called.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The text, in plain words; lines may be of any length.
    pub text: String,
}

/// Sees to it that the plan's migration account is there.
pub(in crate::engine) async fn furnish(shared: &Shared) {
    let plan = &shared.request.plan;
    let (Some(accounts), Some(account), Some(notice)) = (
        &shared.accounts,
        &plan.migration_account,
        &shared.request.notice,
    ) else {
        return;
    };
    if shared.request.dry_run {
        return;
    }
    let wanted = Wanted {
        address: account.address.clone(),
        login: account.address.clone(),
        name: notice.name.clone(),
        aliases: Vec::new(),
    };
    if let Err(trouble) = make(shared, accounts, &wanted, notice).await {
        tracing::error!("Migration account '{}': {trouble}", account.address);
        shared.tell(crate::engine::Event::NoMigrationAccount { trouble });
    }
}

async fn make(
    shared: &Shared,
    accounts: &super::Accounts,
    wanted: &Wanted,
    notice: &Notice,
) -> Result<(), Trouble> {
    let journal = &shared.request.journal;
    let recorded = recorded(shared).await?;
    let is = |word: &str| recorded.as_deref() == Some(&fact(word, &wanted.address));
    if is(READY) {
        return Ok(());
    }
    let remember = async |word: &str| {
        let done = journal.remember(KEY, fact(word, &wanted.address)).await;
        done.map_err(|error| journal_trouble(&error))
    };
    let provisioner = &accounts.provisioner;
    let standing = provisioner.look(wanted).await?;
    let random = passphrase::random([wanted.localpart(), wanted.domain()]);
    let password =
        random.map_err(|error| Trouble::new(Kind::Storage, "randomness", error.to_string()))?;
    match (standing, is(MAKING)) {
        // It was there: what it says is its owner's matter.
        (Standing::Exists(_), false) => {}
        (Standing::Exists(_), true) => {
            let _ = provisioner.set_password(wanted, &password).await?;
            deliver(shared, wanted, &password, notice).await?;
        }
        (Standing::Missing, _) => {
            remember(MAKING).await?;
            match provisioner.create(wanted, &password).await {
                Ok(()) => {
                    tracing::info!("Migration account '{}' created", wanted.address);
                    deliver(shared, wanted, &password, notice).await?;
                }
                // Who cannot look finds out like this that it was there.
                Err(failure) if failure.trouble.kind == Kind::AddressTaken && !failure.made => {}
                Err(failure) => {
                    // Refused for certain: whatever stands there later is not ours.
                    if !failure.made && !failure.trouble.kind.is_network() {
                        remember("").await?;
                    }
                    return Err(failure.trouble);
                }
            }
        }
    }
    remember(READY).await
}

/// What the journal says of the migration account.
async fn recorded(shared: &Shared) -> Result<Option<String>, Trouble> {
    let recorded = shared.request.journal.recall(KEY).await;
    recorded.map_err(|error| journal_trouble(&error))
}

fn fact(word: &str, address: &str) -> String {
    format!("{word} {address}")
}

/// Whether the account with this address is there for certain.
pub(super) async fn is_ready(shared: &Shared, address: &str) -> Result<bool, Trouble> {
    Ok(recorded(shared).await?.as_deref() == Some(&fact(READY, address)))
}

/// Puts the message into the account's INBOX.
async fn deliver(
    shared: &Shared,
    wanted: &Wanted,
    password: &SecretString,
    notice: &Notice,
) -> Result<(), Trouble> {
    let endpoint = &shared.request.plan.destination;
    let explain = |error: &imap::Error| remedy::trouble(error, Doing::Login, &endpoint.label());
    let connector = Connector::new(endpoint).map_err(|error| explain(&error.into()))?;
    let login = Login {
        user: wanted.login.clone(),
        authorize: None,
        password: password.clone(),
    };
    let mut attempt = 0;
    let mut destination = loop {
        attempt += 1;
        match Destination::connect(&connector, &login, PATIENCE).await {
            Ok(destination) => break destination,
            Err(error) if attempt < ATTEMPTS && !error.is_out_of_reach() => {
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(explain(&error)),
        }
    };
    let octets = Arc::new(message(wanted, notice, &ZonedDateTime::now()));
    let (body, inbox) = (Body::Memory(octets), FolderName::from_wire(b"INBOX"));
    let appended = Appended {
        flags: &[],
        date: None,
        body: &body,
    };
    let (mut writer, mut reader) = destination.appending();
    let messages = [appended];
    let (sent, answered) =
        futures::future::join(writer.send(&inbox, &messages), reader.next()).await;
    let done = sent
        .and(answered)
        .and_then(|(_, landed)| landed)
        .map(|_landed| ());
    done.map_err(|error| remedy::trouble(&error, Doing::Append, &wanted.address))?;
    destination.logout().await;
    Ok(())
}

/// The message, to and from the account itself (RFC 5322).
fn message(wanted: &Wanted, notice: &Notice, now: &ZonedDateTime) -> Vec<u8> {
    let date = now.strftime("%a, %d %b %Y %H:%M:%S %z");
    let id = format!(
        "traghetto-{}@{}",
        now.timestamp().as_millisecond(),
        wanted.domain()
    );
    let head = format!(
        "From: {name} <{address}>\r\nTo: <{address}>\r\nSubject: {subject}\r\nDate: {date}\r\nMessage-ID: <{id}>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        name = words(&notice.name),
        address = wanted.address,
        subject = words(&notice.subject),
    );
    let text = notice.text.replace("\r\n", "\n").replace('\n', "\r\n");
    let coded = STANDARD.encode(text);
    let mut octets = head.into_bytes();
    for line in coded.as_bytes().chunks(LINE_CHARACTERS) {
        octets.extend_from_slice(line);
        octets.extend_from_slice(b"\r\n");
    }
    octets
}

/// A text as encoded words, none longer than it may be, none cut within a character.
fn words(text: &str) -> String {
    let mut coded = Vec::new();
    let mut part = String::new();
    for c in text.chars() {
        if part.len() + c.len_utf8() > WORD_OCTETS {
            coded.push(std::mem::take(&mut part));
        }
        part.push(c);
    }
    coded.push(part);
    let coded: Vec<_> = coded
        .iter()
        .map(|part| format!("=?utf-8?B?{}?=", STANDARD.encode(part)))
        .collect();
    coded.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_is_a_message_any_program_can_read() {
        let wanted = Wanted {
            address: "moving@new.example".into(),
            ..Wanted::default()
        };
        let notice = Notice {
            name: "Migrazione".into(),
            subject:
                "La tua casella è in viaggio: fra poco sarà di nuovo qui, con tutti i messaggi"
                    .into(),
            text: format!("Perché?\n{}", "è ".repeat(400)),
        };
        let octets = message(&wanted, &notice, &ZonedDateTime::default());
        assert!(octets.is_ascii());
        let lines = octets.split(|octet| *octet == b'\n');
        assert!(lines.clone().all(|line| line.len() < 100));
        let parsed = mail_parser::MessageParser::default()
            .parse(&octets)
            .unwrap();
        assert_eq!(parsed.subject(), Some(notice.subject.as_str()));
        let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text, notice.text);
        let from = parsed.from().unwrap().first().unwrap();
        assert_eq!(from.address(), Some("moving@new.example"));
    }
}
