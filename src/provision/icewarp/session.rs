//! The administrator's session: opened once, shared by all tasks, renewed when the server has forgotten it.
//!
//! Promises: one login at a time, however many tasks wait for it; refused credentials are not tried again until
//! somebody asks for it; a command is repeated only where the server says that it was not carried out; the password
//! stands in nothing that is printed, logged or answered. Deliberately absent: what the commands are about.

use std::fmt;
use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;

use super::challenge::{self, Challenge};
use super::command::{self, Answer, Command};
use super::refusal::{self, Doing, Refusal};
use super::xml::{self, Element};
use crate::net::Web;
use crate::trouble::{Kind, Trouble};

/// An answer larger than this is none, in octets.
const ANSWER: usize = 32 << 20;
/// How long the farewell may take.
const FAREWELL: Duration = Duration::from_secs(5);
/// The kind of administrator that is none.
const PLAIN_USER: &str = "0";

/// Why a command has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failed {
    /// It was not sent: nothing was done.
    Unsent(Trouble),
    /// It was sent, and what came of it is not known.
    Unclear(Trouble),
    /// The server refused: nothing was done.
    Refused(Refusal),
}

impl Failed {
    /// What a person is told.
    pub(super) fn told(self, doing: Doing, command: &str, subject: &str) -> Trouble {
        match self {
            Self::Unsent(trouble) | Self::Unclear(trouble) => trouble,
            Self::Refused(refusal) => refusal.trouble(doing, command, subject),
        }
    }

    /// The uid of a refusal, to be compared.
    pub(super) fn uid(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(refusal.uid()),
            _ => None,
        }
    }
}

/// One server and the administrator's way into it.
pub(super) struct Session {
    web: Web,
    url: Url,
    /// `host:port`.
    label: String,
    admin: String,
    password: SecretString,
    /// Nothing encrypts the connection: passwords cross it by the RSA challenge.
    clear: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: Option<Open>,
    logins: u64,
    refused: Option<Trouble>,
}

/// A session that is open, with its number among those of this program.
#[derive(Clone)]
struct Open {
    sid: SecretString,
    number: u64,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("url", &self.url.as_str())
            .field("admin", &self.admin)
            .finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn new(
        plan: &crate::plan::Icewarp,
        password: SecretString,
        limit: Duration,
    ) -> Result<Self, Trouble> {
        let label = format!("{}:{}", plan.host, plan.port);
        let scheme = if plan.clear { "http" } else { "https" };
        let host = if plan.host.contains(':') {
            format!("[{}]", plan.host)
        } else {
            plan.host.clone()
        };
        let url = Url::parse(&format!("{scheme}://{host}:{}/icewarpapi/", plan.port))
            .ok()
            .filter(|url| url.path() == "/icewarpapi/" && url.username().is_empty())
            .ok_or_else(|| Trouble::new(Kind::NameUnknown, &label, "not a host name"))?;
        let web = Web::new(limit, plan.authority.as_deref(), plan.certificate)
            .map_err(|error| Trouble::new(error.kind(), &label, error.to_string()))?;
        Ok(Self {
            web,
            url,
            label,
            admin: plan.admin.clone(),
            password,
            clear: plan.clear,
            state: Mutex::default(),
        })
    }

    /// `host:port`.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// The administrator's address.
    pub(super) fn admin(&self) -> &str {
        &self.admin
    }

    /// Opens a session, also where the credentials were refused before: somebody asked for it.
    pub(super) async fn begin(&self) -> Result<(), Trouble> {
        let mut state = self.state.lock().await;
        state.refused = None;
        drop(state);
        self.open(None).await.map(|_| ())
    }

    /// The result of a command. Where the session is over, one more is opened, once.
    pub(super) async fn ask(&self, command: &Command) -> Result<Element, Failed> {
        let open = self.open(None).await.map_err(Failed::Unsent)?;
        let failed = match self.post(command, Some(&open.sid)).await {
            Ok((result, _)) => return Ok(result),
            Err(failed) => failed,
        };
        if !failed.uid().is_some_and(refusal::ends_session) {
            return Err(failed);
        }
        let open = self.open(Some(open.number)).await.map_err(Failed::Unsent)?;
        let (result, _) = self.post(command, Some(&open.sid)).await?;
        Ok(result)
    }

    /// That a simple command was done.
    pub(super) async fn tell(&self, command: &Command) -> Result<(), Failed> {
        let result = self.ask(command).await?;
        command::done(&result).map_err(|number| Failed::Refused(self.refusal(number, command)))
    }

    /// What a password is given as: itself over TLS, a digest where nothing else hides it.
    pub(super) async fn sealed(
        &self,
        command: Command,
        password: &SecretString,
    ) -> Result<Command, Failed> {
        let trouble = |kind, detail: &str| Failed::Unsent(Trouble::new(kind, &self.label, detail));
        if !self.clear {
            if !xml::can_carry(password.expose_secret()) {
                return Err(trouble(Kind::PasswordCharacters, "control characters"));
            }
            let command = command.with("authtype", "0");
            return Ok(command.with_secret("password", password).with("digest", ""));
        }
        let challenge = Command::new("getauthchallenge").with("authtype", "1");
        let (result, _) = self.post(&challenge, None).await?;
        let digest = Challenge::read(&result).and_then(|challenge| challenge.digest(password));
        let digest = digest.map_err(|why| match why {
            challenge::Trouble::Unreadable => trouble(Kind::AdminService, "getauthchallenge"),
            challenge::Trouble::TooLong => {
                trouble(Kind::EncryptionRequired, "password longer than the key")
            }
        })?;
        let command = command.with("authtype", "1").with("password", "");
        Ok(command.with_secret("digest", &digest).hiding(password))
    }

    /// The session in use, or a new one where there is none, or only the one with this number.
    async fn open(&self, stale: Option<u64>) -> Result<Open, Trouble> {
        let mut state = self.state.lock().await;
        if let Some(refused) = &state.refused {
            return Err(refused.clone());
        }
        if let Some(open) = state
            .open
            .as_ref()
            .filter(|open| Some(open.number) != stale)
        {
            return Ok(open.clone());
        }
        state.open = None;
        match self.log_in().await {
            Ok(sid) => {
                state.logins += 1;
                let open = Open {
                    sid,
                    number: state.logins,
                };
                state.open = Some(open.clone());
                Ok(open)
            }
            Err(trouble) => {
                tracing::warn!("{}: {}: {trouble}", self.label, self.admin);
                if matches!(
                    trouble.kind,
                    Kind::AdminRefused
                        | Kind::AdminTwoFactor
                        | Kind::AdminRights
                        | Kind::LoginSuspended
                ) {
                    state.refused = Some(trouble.clone());
                }
                Err(trouble)
            }
        }
    }

    async fn log_in(&self) -> Result<SecretString, Trouble> {
        let told = |failed: Failed| failed.told(Doing::Login, "authenticate", &self.admin);
        let mut answer = self.authenticate().await;
        // The challenge was too old: that says nothing about the password.
        if answer
            .as_ref()
            .is_err_and(|failed| failed.uid() == Some("auth_digest_expired"))
        {
            answer = self.authenticate().await;
        }
        let (result, sid) = answer.map_err(told)?;
        command::done(&result)
            .map_err(|number| told(Failed::Refused(self.refusal(number, &Command::new("")))))?;
        let sid = sid.ok_or_else(|| {
            Trouble::new(Kind::AdminService, &self.label, "authenticate: no session")
        })?;
        let who = match self.post(&Command::new("getsessioninfo"), Some(&sid)).await {
            Ok((who, _)) => who,
            // An older server does not know the question; rights show where they are needed.
            Err(failed) if failed.uid().is_some_and(refusal::is_unknown) => return Ok(sid),
            Err(failed) => return Err(failed.told(Doing::Login, "getsessioninfo", &self.admin)),
        };
        if who.value("admintype") == Some(PLAIN_USER) {
            self.leave(&sid);
            let detail = "getsessioninfo: admintype 0";
            return Err(Trouble::new(Kind::AdminRights, &self.admin, detail));
        }
        Ok(sid)
    }

    async fn authenticate(&self) -> Result<(Element, Option<SecretString>), Failed> {
        let command = Command::new("authenticate").with("email", &self.admin);
        let command = self.sealed(command, &self.password).await?;
        self.post(&command.with("persistentlogin", "0"), None).await
    }

    /// Sends a command once.
    async fn post(
        &self,
        command: &Command,
        sid: Option<&SecretString>,
    ) -> Result<(Element, Option<SecretString>), Failed> {
        let began = Instant::now();
        let answer = self.exchange(command.body(sid)).await;
        let took = began.elapsed().as_millis();
        let name = command.name;
        match answer {
            Ok(Answer::Result { result, sid }) => {
                tracing::debug!("{}: {name}: answered after {took} ms", self.label);
                Ok((result, sid))
            }
            Ok(Answer::Refused(uid)) => {
                let refusal = self.refusal(uid, command);
                tracing::debug!("{}: {name}: {refusal:?} after {took} ms", self.label);
                Err(Failed::Refused(refusal))
            }
            Err(failed) => {
                tracing::debug!("{}: {name}: {failed:?} after {took} ms", self.label);
                Err(failed)
            }
        }
    }

    /// A refusal without the secrets of its command, and without the administrator's password.
    fn refusal(&self, uid: String, command: &Command) -> Refusal {
        let mut secrets = command.secrets().to_vec();
        secrets.push(self.password.clone());
        Refusal::new(uid, &secrets)
    }

    async fn exchange(&self, body: String) -> Result<Answer, Failed> {
        let trouble = |error: reqwest::Error| {
            let unsent = error.is_connect() || error.is_builder();
            let error = self.web.why(error);
            let trouble = Trouble::new(error.kind(), &self.label, error.to_string());
            if unsent {
                Failed::Unsent(trouble)
            } else {
                Failed::Unclear(trouble)
            }
        };
        let request = self.web.client().post(self.url.clone());
        let request = request.header(CONTENT_TYPE, "text/xml").body(body);
        let mut response = request.send().await.map_err(trouble)?;
        let status = response.status();
        let mut octets = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(trouble)? {
            if octets.len() + chunk.len() > ANSWER {
                return Err(self.puzzled(status, "too large"));
            }
            octets.extend_from_slice(&chunk);
        }
        command::read(&octets).ok_or_else(|| {
            let html = octets
                .windows(5)
                .any(|part| part.eq_ignore_ascii_case(b"<html"));
            self.puzzled(
                status,
                if html {
                    "a web page"
                } else {
                    "no XML of the API"
                },
            )
        })
    }

    /// An answer that is none of the API's. What stands in it is not told: it may repeat a password.
    fn puzzled(&self, status: StatusCode, what: &str) -> Failed {
        let kind = match status {
            StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => Kind::ServerBusy,
            status if status.is_server_error() => Kind::ServerError,
            _ => Kind::AdminService,
        };
        let detail = format!("HTTP {}: {what}", status.as_u16());
        Failed::Unclear(Trouble::new(kind, &self.label, detail))
    }

    /// Says good-bye, if that is possible, without waiting for it.
    fn leave(&self, sid: &SecretString) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let body = Command::new("logout").body(Some(sid));
        let request = self.web.client().post(self.url.clone());
        let request = request.header(CONTENT_TYPE, "text/xml").body(body);
        let _farewell = runtime.spawn(request.timeout(FAREWELL).send());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(open) = self.state.get_mut().open.take() {
            self.leave(&open.sid);
        }
    }
}

/// The address of this computer as the server's network sees it, if nothing translates it.
pub(super) async fn own_address(plan: &crate::plan::Icewarp) -> Option<std::net::IpAddr> {
    let connecting = tokio::net::TcpStream::connect((plan.host.as_str(), plan.port));
    let stream = tokio::time::timeout(FAREWELL, connecting)
        .await
        .ok()?
        .ok()?;
    Some(stream.local_addr().ok()?.ip())
}
