//! Web servers and mail servers for tests, on this computer. They keep everything they hear.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A certificate, and the file that makes it trusted.
#[derive(Clone)]
pub struct Seal {
    acceptor: TlsAcceptor,
    file: Arc<tempfile::NamedTempFile>,
}

impl Seal {
    pub fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["cantiere.example".into()]).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), made.cert.pem()).unwrap();
        let key =
            rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            file: Arc::new(file),
        }
    }

    pub fn authority(&self) -> PathBuf {
        self.file.path().to_owned()
    }
}

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

async fn wired(socket: TcpStream, seal: Option<Seal>) -> Option<Box<dyn Wire>> {
    match seal {
        None => Some(Box::new(socket)),
        Some(seal) => Some(Box::new(seal.acceptor.accept(socket).await.ok()?)),
    }
}

/// What stands at a place of the web.
#[derive(Debug, Clone)]
pub enum Page {
    Text(String),
    Redirect(String),
    /// Sends for ever.
    Endless,
    /// Never answers.
    Hangs,
}

/// A web server.
pub struct Web {
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Web {
    /// Serves pages by `host/path`; everything else is not found.
    pub async fn serve(seal: Option<&Seal>, pages: &[(&str, Page)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages: HashMap<String, Page> = pages
            .iter()
            .map(|(place, page)| ((*place).to_owned(), page.clone()))
            .collect();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (seal, hear, pages) = (seal.cloned(), heard.clone(), Arc::new(pages));
        let _serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (seal, hear, pages) = (seal.clone(), hear.clone(), pages.clone());
                let _one = tokio::spawn(async move {
                    if let Some(wire) = wired(socket, seal).await {
                        converse(wire, &hear, &pages).await;
                    }
                });
            }
        });
        Self { port, heard }
    }

    /// The heads of all requests so far; `(closed)` where one who waited has gone.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn converse(
    mut wire: Box<dyn Wire>,
    heard: &Mutex<Vec<String>>,
    pages: &HashMap<String, Page>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match wire.read_u8().await {
            Ok(octet) => head.push(octet),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    heard.lock().unwrap().push(head.clone());
    let path = head.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let host = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("host: ")
                .map(str::to_owned)
        })
        .unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let start = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    match pages.get(&format!("{host}{path}")) {
        None => {
            let _ = wire
                .write_all(b"HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                .await;
        }
        Some(Page::Text(text)) => {
            let answer = format!("{start}Content-Length: {}\r\n\r\n{text}", text.len());
            let _ = wire.write_all(answer.as_bytes()).await;
        }
        Some(Page::Redirect(to)) => {
            let answer = format!(
                "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
            );
            let _ = wire.write_all(answer.as_bytes()).await;
        }
        Some(Page::Endless) => {
            let _ = wire.write_all(format!("{start}\r\n").as_bytes()).await;
            while wire.write_all(&[b' '; 8_192]).await.is_ok() {}
        }
        Some(Page::Hangs) => {
            while wire.read_u8().await.is_ok() {}
            heard.lock().unwrap().push("(closed)".to_owned());
        }
    }
    let _ = wire.shutdown().await;
}

/// A mail server that has just opened the door.
pub struct Greeter {
    pub port: u16,
    visits: Arc<Mutex<usize>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Greeter {
    /// Greets, and answers CAPABILITY with `capabilities`. TLS is first where `seal` is said to be `first`, else
    /// it comes after STARTTLS.
    pub async fn serve(
        seal: Option<&Seal>,
        first: bool,
        greeting: &'static str,
        capabilities: &'static str,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (visits, heard) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (seal, count, hear) = (seal.cloned(), visits.clone(), heard.clone());
        let _serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                *count.lock().unwrap() += 1;
                let (seal, hear) = (seal.clone(), hear.clone());
                let _one = tokio::spawn(async move {
                    let before = seal.clone().filter(|_| first);
                    if let Some(wire) = wired(socket, before).await {
                        greet(wire, seal, greeting, capabilities, &hear).await;
                    }
                });
            }
        });
        Self {
            port,
            visits,
            heard,
        }
    }

    /// Accepts everybody and says nothing.
    pub async fn mute() -> Self {
        Self::serve(None, false, "", "").await
    }

    pub fn visits(&self) -> usize {
        *self.visits.lock().unwrap()
    }

    /// Every line heard so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn greet(
    mut wire: Box<dyn Wire>,
    seal: Option<Seal>,
    greeting: &str,
    capabilities: &str,
    heard: &Mutex<Vec<String>>,
) {
    if wire.write_all(greeting.as_bytes()).await.is_err() {
        return;
    }
    let mut line = Vec::new();
    while let Ok(octet) = wire.read_u8().await {
        line.push(octet);
        if octet != b'\n' {
            continue;
        }
        let said = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        heard.lock().unwrap().push(said.clone());
        let (tag, verb) = said.split_once(' ').unwrap_or_default();
        let answer = match verb {
            "CAPABILITY" => format!("* CAPABILITY {capabilities}\r\n{tag} OK done\r\n"),
            _ => format!("{tag} OK done\r\n"),
        };
        let _ = wire.write_all(answer.as_bytes()).await;
        if verb == "STARTTLS"
            && let Some(seal) = seal
        {
            if let Ok(mut inner) = seal.acceptor.accept(wire).await {
                let mut rest = String::new();
                let _ = inner.read_to_string(&mut rest).await;
                heard
                    .lock()
                    .unwrap()
                    .extend(rest.lines().map(str::to_owned));
            }
            return;
        }
    }
    if !line.is_empty() {
        heard
            .lock()
            .unwrap()
            .push(String::from_utf8_lossy(&line).into_owned());
    }
}
