//! The way in, and what a session says of itself: CAPABILITY, ID, ENABLE, COMPRESS, LOGIN, AUTHENTICATE, LOGOUT.

use super::name::name_from_octets;
use super::session::Session;
use crate::serve::command::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io;

const DENIED: &str = "NO [AUTHENTICATIONFAILED] Authentication failed";
const CANCELLED: &str = "BAD Authentication cancelled";
const MALFORMED: &str = "BAD Malformed response";

impl Session {
    pub(super) async fn capability(&mut self) -> io::Result<String> {
        let line = self.shared.config.capability_line(self.login.is_some());
        self.wire.put(format!("* CAPABILITY {line}\r\n")).await?;
        Ok("OK CAPABILITY completed".to_owned())
    }

    pub(super) async fn logout(&mut self) -> io::Result<String> {
        self.wire.put("* BYE Arrivederci\r\n").await?;
        self.over = true;
        Ok("OK LOGOUT completed".to_owned())
    }

    pub(super) async fn id(&mut self) -> io::Result<String> {
        self.wire
            .put("* ID (\"name\" \"Traghetto sample\" \"vendor\" \"Traghetto\")\r\n")
            .await?;
        Ok("OK ID completed".to_owned())
    }

    pub(super) async fn enable(&mut self, values: &[Value]) -> io::Result<String> {
        let wanted = values.iter().map(Value::word);
        let enabled: Vec<String> = wanted
            .filter(|word| word == "CONDSTORE" && self.knows(word))
            .collect();
        self.wire
            .put(
                format!("* ENABLED {}", enabled.join(" "))
                    .trim_end()
                    .to_owned()
                    + "\r\n",
            )
            .await?;
        Ok("OK ENABLE completed".to_owned())
    }

    pub(super) fn compress(&mut self, values: &[Value]) -> String {
        match values {
            [method] if method.word() == "DEFLATE" => {
                self.compressing = true;
                "OK DEFLATE active".to_owned()
            }
            _ => "BAD DEFLATE expected".to_owned(),
        }
    }

    pub(super) async fn login(&mut self, values: &[Value]) -> io::Result<String> {
        let [
            Value::Atom(login) | Value::Text(login),
            Value::Atom(password) | Value::Text(password),
        ] = values
        else {
            return Ok("BAD LOGIN expects a user name and a password".to_owned());
        };
        if self.knows("LOGINDISABLED") {
            return Ok("NO [PRIVACYREQUIRED] LOGIN is disabled".to_owned());
        }
        let (login, password) = (name_from_octets(login), name_from_octets(password));
        // Dovecot's way for an administrator: `user*admin`.
        match login.rsplit_once('*') {
            Some((user, admin)) => self.enter(user, admin, &password).await,
            None => self.enter("", &login, &password).await,
        }
    }

    pub(super) async fn authenticate(&mut self, values: &[Value]) -> io::Result<String> {
        let mechanism = values.first().map(Value::word).unwrap_or_default();
        if !self.knows(&format!("AUTH={mechanism}")) {
            return Ok(format!(
                "NO [CANNOT] Mechanism {mechanism} is not supported"
            ));
        }
        let initial = match values.get(1) {
            Some(_) if !self.knows("SASL-IR") => {
                return Ok("BAD No initial response expected".to_owned());
            }
            Some(initial) => Some(initial.octets().unwrap_or_default().to_vec()),
            None => None,
        };
        if mechanism == "PLAIN" {
            let Some(response) = self.response(initial, "").await? else {
                return Ok(CANCELLED.to_owned());
            };
            let parts: Vec<String> = response
                .split(|octet| *octet == 0)
                .map(name_from_octets)
                .collect();
            return match &parts[..] {
                [identity, login, password] => self.enter(identity, login, password).await,
                _ => Ok(MALFORMED.to_owned()),
            };
        }
        let Some(login) = self.response(initial, "VXNlcm5hbWU6").await? else {
            return Ok(CANCELLED.to_owned());
        };
        let Some(password) = self.response(None, "UGFzc3dvcmQ6").await? else {
            return Ok(CANCELLED.to_owned());
        };
        self.enter("", &name_from_octets(&login), &name_from_octets(&password))
            .await
    }

    /// What the client answers to a challenge; `None` when it gives up or does not speak base64.
    async fn response(
        &mut self,
        initial: Option<Vec<u8>>,
        challenge: &str,
    ) -> io::Result<Option<Vec<u8>>> {
        let response = match initial {
            Some(initial) if initial == b"=" => return Ok(Some(Vec::new())),
            Some(initial) => initial,
            None => {
                self.invite(challenge).await?;
                self.wire
                    .line(self.shared.config.line_limit)
                    .await?
                    .unwrap_or_default()
            }
        };
        Ok(STANDARD.decode(response).ok())
    }

    /// Logs in `login`, or `identity` when that is given and `login` is the administrator.
    async fn enter(&mut self, identity: &str, login: &str, password: &str) -> io::Result<String> {
        let user = if identity.is_empty() { login } else { identity };
        let as_admin = self
            .shared
            .config
            .admin
            .as_ref()
            .is_some_and(|(name, secret)| name == login && secret == password);
        let known = self
            .shared
            .store
            .lock()
            .accounts
            .get(user)
            .map(|account| account.password == password);
        let right = match known {
            Some(own) => (user == login && own) || (user != login && as_admin),
            None => false,
        };
        if !right {
            return Ok(DENIED.to_owned());
        }
        match self.shared.admit(user) {
            Ok(()) => {}
            Err(Some(reply)) => return Ok(reply),
            Err(None) => return Err(self.wire.close().await),
        }
        self.login = Some(user.to_owned());
        if self.shared.config.announce {
            let line = self.shared.config.capability_line(true);
            return Ok(format!("OK [CAPABILITY {line}] Logged in"));
        }
        Ok("OK Logged in".to_owned())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::Config;
    use crate::sample::conversation::{Talk, served};

    #[tokio::test]
    async fn every_way_in_leads_in() {
        let plain = STANDARD.encode(b"\0ada\0secret");
        let commands = [
            "LOGIN ada secret".to_owned(),
            "LOGIN \"ada\" {6+}\r\nsecret".to_owned(),
            format!("AUTHENTICATE PLAIN {plain}"),
            format!("AUTHENTICATE PLAIN\r\n{plain}"),
            format!(
                "AUTHENTICATE LOGIN\r\n{}\r\n{}",
                STANDARD.encode("ada"),
                STANDARD.encode("secret")
            ),
        ];
        for command in commands {
            let (server, _) = served(Config::default()).await;
            let mut talk = Talk::greeted(&server).await;
            assert!(
                talk.reply(&command)
                    .await
                    .starts_with("OK [CAPABILITY IMAP4rev1"),
                "{command}"
            );
            assert!(
                !server.transcript().join("\n").contains("secret"),
                "{command}"
            );
            assert!(
                !server.transcript().join("\n").contains(&plain),
                "{command}"
            );
        }
    }

    #[tokio::test]
    async fn an_administrator_enters_as_anybody_and_nobody_else_does() {
        let admin = Some(("root".to_owned(), "master".to_owned()));
        let (server, store) = served(Config {
            admin,
            ..Config::default()
        })
        .await;
        store.add_account("bob", "other");
        let commands = [
            ("AUTHENTICATE PLAIN ", "ada\0root\0master", true),
            ("AUTHENTICATE PLAIN ", "ada\0root\0wrong", false),
            ("AUTHENTICATE PLAIN ", "ada\0bob\0other", false),
            ("AUTHENTICATE PLAIN ", "\0root\0master", false),
            ("AUTHENTICATE PLAIN ", "\0ada\0wrong", false),
        ];
        for (command, response, right) in commands {
            let mut talk = Talk::greeted(&server).await;
            let reply = talk
                .reply(&format!("{command}{}", STANDARD.encode(response)))
                .await;
            assert_eq!(reply.starts_with("OK"), right, "{response} {reply}");
        }
        let mut talk = Talk::greeted(&server).await;
        assert!(talk.reply("LOGIN ada*root master").await.starts_with("OK"));
    }

    #[tokio::test]
    async fn the_wall_lets_as_many_in_as_it_says() {
        let (server, _) = served(Config::default()).await;
        server.faults().wall(1, None);
        let first = Talk::logged_in(&server).await;
        let mut second = Talk::greeted(&server).await;
        assert_eq!(second.reply("LOGIN ada secret").await, "closed");
        server.faults().wall(1, Some("NO [UNAVAILABLE] too many"));
        let mut second = Talk::greeted(&server).await;
        assert_eq!(
            second.reply("LOGIN ada secret").await,
            "NO [UNAVAILABLE] too many"
        );
        drop(first);
        while !second.reply("LOGIN ada secret").await.starts_with("OK") {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn compression_carries_the_rest_of_the_session() {
        use async_compression::tokio::{bufread::DeflateDecoder, write::DeflateEncoder};
        use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
        let (server, _) = served(Config::default()).await;
        let stream = tokio::net::TcpStream::connect(server.address())
            .await
            .unwrap();
        let (mut input, mut output) = stream.into_split();
        output
            .write_all(b"a LOGIN ada secret\r\nb COMPRESS DEFLATE\r\n")
            .await
            .unwrap();
        let mut told = Vec::new();
        while !told.ends_with(b"b OK DEFLATE active\r\n") {
            told.push(input.read_u8().await.unwrap());
        }
        let mut output = DeflateEncoder::new(output);
        output
            .write_all(b"c STATUS INBOX (MESSAGES)\r\nd LOGOUT\r\n")
            .await
            .unwrap();
        output.flush().await.unwrap();
        let mut told = String::new();
        let mut input = DeflateDecoder::new(BufReader::new(input));
        let _ = input.read_to_string(&mut told).await.unwrap();
        assert!(
            told.starts_with("* STATUS \"INBOX\" (MESSAGES 0)\r\nc OK"),
            "{told}"
        );
        assert!(told.ends_with("d OK LOGOUT completed\r\n"), "{told}");
    }
}
