//! From an address to a logged-in session: greeting, STARTTLS, SASL, capabilities, ID.
//!
//! Promises: a password goes out only over a connection protected as the endpoint demands; one refused password
//! is not tried again (but for a second spelling of one that is not ASCII); capabilities are asked again after
//! STARTTLS and after login. Deliberately absent: challenge mechanisms that hash the password; over TLS they add
//! nothing, and without it the endpoint said so.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::Error;
use super::capability::Capabilities;
use super::quirk::Software;
use super::reply::{self, Reply, Status, Verdict};
use super::session::{Command, Session, finish};
use super::token::Token;
use super::wire;
use crate::net::{self, Connector};

/// Who logs in.
#[derive(Debug, Clone)]
pub struct Login {
    /// The name sent.
    pub user: String,
    /// The mailbox to open in that name's stead (SASL authorization identity, RFC 4616).
    pub authorize: Option<String>,
    /// The password; cannot be printed.
    pub password: SecretString,
}

/// How long a server may take to greet. Silence usually means that it waits for TLS from the first octet.
const GREETING: Duration = Duration::from_secs(20);

/// A connection that was greeted and is protected as the endpoint says. Nobody has logged in, and no password was sent.
#[derive(Debug)]
pub struct Greeted {
    session: Session,
    known: bool,
}

impl Greeted {
    /// Connects, reads the greeting, speaks STARTTLS where the endpoint says so, and asks what the server can.
    pub async fn meet(connector: &Connector, patience: Duration) -> Result<Self, Error> {
        let mut session = Session::new(connector.dial().await?, patience);
        let greeting = tokio::time::timeout(GREETING.min(patience), greet(&mut session))
            .await
            .map_err(|_| Error::Timeout(GREETING.min(patience)))??;
        if connector.wants_start_tls() {
            session = start_tls(session, connector, greeting.verdict, patience).await?;
        }
        if session.capabilities.is_empty() {
            capability(&mut session).await?;
        }
        session.software = Software::recognise(&session.greeting, "");
        Ok(Self {
            session,
            known: greeting.verdict == Verdict::Preauth,
        })
    }

    /// Asks the server who it is, where it says that it can be asked (RFC 2971), and times the question.
    pub async fn identify(&mut self) -> Result<(), Error> {
        capability(&mut self.session).await?;
        identify(&mut self.session).await
    }

    /// The session, for what it knows of the server.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Says good-bye.
    pub async fn logout(self) {
        self.session.logout().await;
    }

    pub(super) async fn log_in(self, login: &Login) -> Result<Session, Error> {
        let mut session = self.session;
        if !self.known {
            authenticate(&mut session, login).await?;
        }
        capability(&mut session).await?;
        identify(&mut session).await?;
        Ok(session)
    }
}

/// Who does not greet was not reached: a router may take the connection in place of a server that is gone.
pub(super) fn unanswered(error: Error) -> Error {
    match error {
        Error::Timeout(time) => net::Error::Timeout(time).into(),
        Error::Io(error) => net::Error::Io(error).into(),
        Error::Closed(None) => {
            let closed = io::Error::new(io::ErrorKind::UnexpectedEof, "closed without a greeting");
            net::Error::Io(Arc::new(closed)).into()
        }
        other => other,
    }
}

async fn greet(session: &mut Session) -> Result<Status, Error> {
    session.line().await?;
    let Reply::Status(status) = reply::read(session.reader.line()) else {
        let line = String::from_utf8_lossy(session.reader.line());
        let start: String = line.trim_end().chars().take(100).collect();
        return Err(Error::NotImap(start));
    };
    if !matches!(status.verdict, Verdict::Ok | Verdict::Preauth) {
        let code = status.code.map(|code| format!("[{code}] "));
        let words = format!("{}{}", code.unwrap_or_default(), status.text);
        return Err(Error::Closed(Some(words)));
    }
    if let Some(words) = status.argument("CAPABILITY") {
        session.capabilities = Capabilities::new(words.split_ascii_whitespace().map(str::to_owned));
    }
    session.greeting.clone_from(&status.text);
    Ok(status)
}

async fn start_tls(
    mut session: Session,
    connector: &Connector,
    greeted: Verdict,
    patience: Duration,
) -> Result<Session, Error> {
    if greeted == Verdict::Preauth {
        return Err(Error::Protocol("already logged in before STARTTLS".into()));
    }
    if session.capabilities.is_empty() {
        capability(&mut session).await?;
    }
    if !session.capabilities.has("STARTTLS") {
        return Err(Error::NoStartTls);
    }
    match session.run(Command::new("STARTTLS")).await {
        Ok(_) => {}
        // Announced, and not there after all: never a reason to go on in clear text.
        Err(Error::Refused { .. }) => return Err(Error::NoStartTls),
        Err(other) => return Err(other),
    }
    let greeting = std::mem::take(&mut session.greeting);
    let stream = wire::close_up(session.reader, session.writer)?;
    let mut session = Session::new(connector.secure(stream).await?, patience);
    session.greeting = greeting;
    Ok(session)
}

/// Asks what the server can, and times the question.
async fn capability(session: &mut Session) -> Result<(), Error> {
    let asked = Instant::now();
    let mut words = Vec::new();
    let _ = session
        .run_with(Command::new("CAPABILITY"), |reply| {
            if let Reply::Data(word, tokens) = reply
                && word == "CAPABILITY"
            {
                words = tokens
                    .iter()
                    .map(|token| token.text().into_owned())
                    .collect();
            }
        })
        .await?;
    session.round_trip = asked.elapsed();
    session.capabilities = Capabilities::new(words);
    Ok(())
}

async fn identify(session: &mut Session) -> Result<(), Error> {
    if !session.capabilities.has("ID") {
        return Ok(());
    }
    let mut said = Vec::new();
    let command = Command::new(format!(
        "ID (\"name\" \"Traghetto\" \"version\" \"{}\")",
        env!("CARGO_PKG_VERSION")
    ));
    let answer = session
        .run_with(command, |reply| {
            if let Reply::Data(word, tokens) = reply
                && word == "ID"
                && let Some(list) = tokens.first().and_then(Token::list)
            {
                said = list.iter().map(|token| token.text().into_owned()).collect();
            }
        })
        .await;
    session.identity = said.join(" ");
    session.fields = said
        .chunks_exact(2)
        .map(|pair| (pair[0].to_ascii_lowercase(), pair[1].clone()))
        .collect();
    session.software = Software::recognise(&session.greeting, &session.identity);
    match answer {
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}

async fn authenticate(session: &mut Session, login: &Login) -> Result<(), Error> {
    let answer = attempt(session, login, false).await;
    let ascii = login.password.expose_secret().is_ascii() && login.user.is_ascii();
    let answer = match answer {
        // Servers older than UTF-8 know the password only in Latin-1 (field.md pain 49).
        Err(Error::Refused {
            bad: false, code, ..
        }) if !ascii && !is_limit(code.as_deref()) => attempt(session, login, true).await,
        other => other,
    };
    match answer {
        Err(Error::Refused {
            code,
            text,
            bad: false,
        }) if !is_limit(code.as_deref()) => {
            let code = code.map(|code| format!("[{code}] ")).unwrap_or_default();
            Err(Error::LoginRefused(format!("{code}{text}")))
        }
        other => other,
    }
}

/// Whether a refusal is about the server's load and says nothing of the password (RFC 5530).
fn is_limit(code: Option<&str>) -> bool {
    code.is_some_and(|code| {
        ["UNAVAILABLE", "LIMIT", "INUSE", "SERVERBUG", "THROTTLED"]
            .iter()
            .any(|word| code.eq_ignore_ascii_case(word))
    })
}

async fn attempt(session: &mut Session, login: &Login, latin: bool) -> Result<(), Error> {
    if session.capabilities.has("AUTH=PLAIN") {
        match plain(session, login, latin).await {
            // Announced and not understood: the old verb may still work.
            Err(Error::Refused { bad: true, .. }) if login.authorize.is_none() => {}
            other => return other,
        }
    } else if login.authorize.is_some() {
        return Err(Error::NoLoginMethod(
            "AUTH=PLAIN is needed to log in for somebody else".into(),
        ));
    }
    if !session.capabilities.has("LOGINDISABLED") {
        let command = Command::new("LOGIN").string(login.user.as_bytes());
        return session
            .run(command.secret(login.password.clone()))
            .await
            .map(|_| ());
    }
    if session.capabilities.has("AUTH=LOGIN") {
        return sasl_login(session, login).await;
    }
    let words: Vec<_> = session.capabilities.words().collect();
    Err(Error::NoLoginMethod(words.join(" ")))
}

/// SASL PLAIN (RFC 4616), with the initial response in one go where the server takes it (RFC 4959).
async fn plain(session: &mut Session, login: &Login, latin: bool) -> Result<(), Error> {
    let mut octets = Vec::new();
    for (index, field) in [
        login.authorize.as_deref().unwrap_or(""),
        &login.user,
        login.password.expose_secret(),
    ]
    .into_iter()
    .enumerate()
    {
        if index > 0 {
            octets.push(0);
        }
        if latin {
            octets.extend(
                field
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')),
            );
        } else {
            octets.extend_from_slice(field.as_bytes());
        }
    }
    let octets = SecretSlice::from(octets);
    let response = SecretString::from(STANDARD.encode(octets.expose_secret()));
    if session.capabilities.has("SASL-IR") {
        return converse(session, "AUTHENTICATE PLAIN", Some(response), &[]).await;
    }
    converse(session, "AUTHENTICATE PLAIN", None, &[response]).await
}

async fn sasl_login(session: &mut Session, login: &Login) -> Result<(), Error> {
    let user = SecretString::from(STANDARD.encode(&login.user));
    let password = SecretString::from(STANDARD.encode(login.password.expose_secret()));
    converse(session, "AUTHENTICATE LOGIN", None, &[user, password]).await
}

/// One SASL exchange: each challenge gets the next answer, and an empty line when there are no more.
async fn converse(
    session: &mut Session,
    verb: &str,
    initial: Option<SecretString>,
    answers: &[SecretString],
) -> Result<(), Error> {
    let tag = session.tag();
    session
        .writer
        .write(format!("{tag} {verb}").as_bytes())
        .await?;
    if let Some(initial) = initial {
        session.writer.write(b" ").await?;
        session
            .writer
            .write(initial.expose_secret().as_bytes())
            .await?;
    }
    session.writer.write(b"\r\n").await?;
    session.writer.flush().await?;
    let mut answers = answers.iter();
    loop {
        session.line().await?;
        match reply::read(session.reader.line()) {
            Reply::Continue(_) => {
                if let Some(answer) = answers.next() {
                    session
                        .writer
                        .write(answer.expose_secret().as_bytes())
                        .await?;
                }
                session.writer.write(b"\r\n").await?;
                session.writer.flush().await?;
            }
            Reply::Tagged(its, status) if its == tag => return finish(status).map(|_| ()),
            Reply::Status(status) if status.verdict == Verdict::Bye => {
                session.remember_bye(status.text);
            }
            Reply::Unknown => session.count_unknown(),
            _ => {}
        }
    }
}
