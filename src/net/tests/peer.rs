//! Peers for tests: certificates made on the spot, and servers that speak TLS, or badly, or not at all.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::account::{Endpoint, Fingerprint};

/// A certificate with its key, and the file of the authority that signed it.
pub(crate) struct Made {
    pub(crate) pin: Fingerprint,
    authority: tempfile::NamedTempFile,
    acceptor: TlsAcceptor,
}

impl Made {
    pub(crate) fn authority(&self) -> PathBuf {
        self.authority.path().to_owned()
    }
}

/// A certificate that vouches for itself, as `openssl req -x509` makes it.
pub(crate) fn self_signed() -> Made {
    let mut params = CertificateParams::new(vec!["localhost".into()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(DnType::CommonName, "localhost");
    let key = KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    finish(made.der().clone(), &key, &made.pem())
}

/// A certificate for these names, signed by an authority of its own.
pub(crate) fn signed(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Made {
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name
        .push(DnType::CommonName, "Autorità di prova");
    let ca_key = KeyPair::generate().unwrap();
    let pem = ca.self_signed(&ca_key).unwrap().pem();
    let issuer = Issuer::new(ca, ca_key);
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params
        .distinguished_name
        .push(DnType::CommonName, "posta di prova");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let made = params.signed_by(&key, &issuer).unwrap();
    finish(made.der().clone(), &key, &pem)
}

pub(crate) fn good() -> Made {
    signed(&["localhost"], |_| {})
}

pub(crate) fn expired() -> Made {
    signed(&["localhost"], |params| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    })
}

pub(crate) fn not_yet_valid() -> Made {
    signed(&["localhost"], |params| {
        params.not_before = date_time_ymd(2090, 1, 1);
        params.not_after = date_time_ymd(2091, 1, 1);
    })
}

fn finish(der: CertificateDer<'static>, key: &KeyPair, pem: &str) -> Made {
    let authority = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(authority.path(), pem).unwrap();
    let pin = Fingerprint(Sha256::digest(&der).into());
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![der], key)
        .unwrap();
    Made {
        pin,
        authority,
        acceptor: TlsAcceptor::from(Arc::new(config)),
    }
}

/// An endpoint at this local port.
pub(crate) fn endpoint(scheme: &str, port: u16) -> Endpoint {
    Endpoint::new(format!("{scheme}://localhost:{port}").parse().unwrap())
}

/// A port where nobody listens.
pub(crate) async fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

/// Does the same with every connection, until the test ends; answers the port.
pub(crate) async fn serve<Each, Done>(each: Each) -> u16
where
    Each: Fn(TcpStream) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let _serving = tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let _one = tokio::spawn(each(socket));
        }
    });
    port
}

/// Says this at once and then listens for ever.
pub(crate) async fn greeter(words: &'static [u8]) -> u16 {
    serve(move |socket| talk(socket, words)).await
}

/// Accepts and never says anything.
pub(crate) async fn silent() -> u16 {
    greeter(b"").await
}

/// Waits for a request and finds it bad.
pub(crate) async fn web() -> u16 {
    serve(answer_web).await
}

/// The answer of a server that knows only TLS 1.0: alert `protocol_version`, in a record of that version.
pub(crate) async fn old_tls() -> u16 {
    serve(|mut socket| async move {
        let mut hello = [0; 512];
        let _ = socket.read(&mut hello).await;
        let _ = socket
            .write_all(&[0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46])
            .await;
        let _ = socket.read_to_end(&mut Vec::new()).await;
    })
    .await
}

/// TLS in front of a greeter.
pub(crate) async fn tls_greeter(made: &Made, words: &'static [u8]) -> u16 {
    let acceptor = made.acceptor.clone();
    serve(move |socket| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(stream) = acceptor.accept(socket).await {
                talk(stream, words).await;
            }
        }
    })
    .await
}

/// TLS in front of a web server.
pub(crate) async fn tls_web(made: &Made) -> u16 {
    let acceptor = made.acceptor.clone();
    serve(move |socket| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(stream) = acceptor.accept(socket).await {
                answer_web(stream).await;
            }
        }
    })
    .await
}

/// TLS in front of another server.
pub(crate) async fn tls_front(made: &Made, behind: SocketAddr) -> u16 {
    let acceptor = made.acceptor.clone();
    serve(move |socket| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(mut stream) = acceptor.accept(socket).await {
                let mut behind = TcpStream::connect(behind).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut behind).await;
            }
        }
    })
    .await
}

/// An IMAP server that greets in clear and wants STARTTLS, in front of another; without a certificate it does not
/// offer STARTTLS.
pub(crate) async fn start_tls_front(made: Option<&Made>, behind: SocketAddr) -> u16 {
    let acceptor = made.map(|made| made.acceptor.clone());
    serve(move |socket| {
        let acceptor = acceptor.clone();
        async move {
            let _ = start_tls(socket, acceptor, behind).await;
        }
    })
    .await
}

async fn start_tls(
    socket: TcpStream,
    acceptor: Option<TlsAcceptor>,
    behind: SocketAddr,
) -> std::io::Result<()> {
    let mut clear = BufStream::new(socket);
    let offer = if acceptor.is_some() { " STARTTLS" } else { "" };
    let words = format!("* OK [CAPABILITY IMAP4rev1{offer} LOGINDISABLED] ready\r\n");
    clear.write_all(words.as_bytes()).await?;
    clear.flush().await?;
    let mut line = String::new();
    while clear.read_line(&mut line).await? > 0 {
        let (tag, rest) = line.trim_end().split_once(' ').unwrap_or(("*", ""));
        let acceptor = acceptor.as_ref().filter(|_| rest == "STARTTLS");
        let answer = if acceptor.is_some() {
            format!("{tag} OK go on\r\n")
        } else {
            format!("{tag} BAD not here\r\n")
        };
        clear.write_all(answer.as_bytes()).await?;
        clear.flush().await?;
        if let Some(acceptor) = acceptor {
            let mut stream = acceptor.accept(clear.into_inner()).await?;
            let mut behind = BufStream::new(TcpStream::connect(behind).await?);
            // There is no second greeting.
            let _ = behind.read_line(&mut String::new()).await?;
            let _ = tokio::io::copy_bidirectional(&mut stream, &mut behind).await?;
            return Ok(());
        }
        line.clear();
    }
    Ok(())
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, words: &'static [u8]) {
    let _ = stream.write_all(words).await;
    let _ = stream.flush().await;
    let _ = stream.read_to_end(&mut Vec::new()).await;
}

async fn answer_web(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let mut request = [0; 512];
    if stream.read(&mut request).await.is_ok_and(|read| read > 0) {
        let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
    }
}
