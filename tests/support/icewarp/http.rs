//! Sockets, TLS and HTTP/1.1 under the API.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use traghetto::account::Fingerprint;

use super::answers;
use super::world::World;

/// A certificate for `localhost`, the file of its authority, and who speaks TLS with it.
pub fn certificate() -> (tempfile::NamedTempFile, Fingerprint, TlsAcceptor) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority
        .distinguished_name
        .push(rcgen::DnType::CommonName, "Autorità di prova");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let pem = authority.self_signed(&authority_key).unwrap().pem();
    std::fs::write(file.path(), pem).unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let mut params = CertificateParams::new(vec![String::from("localhost")]).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "posta di prova");
    let key = KeyPair::generate().unwrap();
    let made = params.signed_by(&key, &issuer).unwrap();
    let pin = Fingerprint(Sha256::digest(made.der()).into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![made.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    (file, pin, TlsAcceptor::from(Arc::new(config)))
}

/// Serves until it is aborted.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, world: Arc<Mutex<World>>) {
    let mut open = tokio::task::JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        let _ = socket.set_nodelay(true);
        let (tls, world) = (tls.clone(), world.clone());
        open.spawn(async move {
            match tls {
                None => talk(socket, world).await,
                Some(tls) => match tls.accept(socket).await {
                    Ok(stream) => talk(stream, world).await,
                    Err(_) => None,
                },
            }
        });
        while open.try_join_next().is_some() {}
    }
}

/// One connection; `None` when it ends.
async fn talk(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    world: Arc<Mutex<World>>,
) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        let head = loop {
            if let Some(at) = buffer.windows(4).position(|part| part == b"\r\n\r\n") {
                break at + 4;
            }
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
            // TLS begins so.
            if buffer[0] == 0x16 {
                let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(answer).await.ok()?;
                return None;
            }
        };
        let text = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
        while buffer.len() < head + length {
            if stream.read_buf(&mut buffer).await.ok()? == 0 {
                return None;
            }
        }
        let body = String::from_utf8(buffer[head..head + length].to_vec()).unwrap();
        buffer.drain(..head + length);
        let right = text.starts_with("post /icewarpapi/ http/1.1") && text.contains("text/xml");
        let answer = if right {
            respond(&body, &world).await?
        } else {
            (404, String::from("not here"))
        };
        let (status, body) = answer;
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
    }
}

/// The answer to a command; `None` where the connection ends instead.
async fn respond(body: &str, world: &Arc<Mutex<World>>) -> Option<(u16, String)> {
    let locked = || world.lock().unwrap_or_else(PoisonError::into_inner);
    let command = answers::command_of(body);
    let (latency, cut) = {
        let mut world = locked();
        world.calls.push(command.clone());
        world.busy.0 += 1;
        world.busy.1 = world.busy.1.max(world.busy.0);
        let late = world.faults.cut_before.get_mut(&command);
        let cut = late.and_then(|(times, late)| World::strikes(times).then_some(*late));
        (world.faults.latency, cut)
    };
    tokio::time::sleep(latency).await;
    if let Some(late) = cut {
        locked().busy.0 -= 1;
        let (world, body) = (world.clone(), body.to_owned());
        let _late = tokio::spawn(async move {
            tokio::time::sleep(late).await;
            let _ = answers::answer(
                &body,
                &mut world.lock().unwrap_or_else(PoisonError::into_inner),
            );
        });
        return None;
    }
    let (answer, wait, cut) = {
        let mut world = locked();
        world.busy.0 -= 1;
        let (answer, wait) = answers::answer(body, &mut world);
        let cut = world
            .faults
            .cut_after
            .get_mut(&command)
            .is_some_and(World::strikes);
        let stall = world
            .faults
            .stall
            .get(&command)
            .copied()
            .unwrap_or(Duration::ZERO);
        (answer, wait + stall, cut)
    };
    tokio::time::sleep(wait).await;
    if cut {
        return None;
    }
    let world = locked();
    if let Some(status) = world.faults.status {
        return Some((status, String::from("busy")));
    }
    if world.faults.html {
        let page =
            "<!DOCTYPE html>\n<html><head><title>WebClient</title></head><body></body></html>";
        return Some((200, page.to_owned()));
    }
    let mark = if world.faults.bom {
        "\u{FEFF}\r\n\r\n"
    } else {
        ""
    };
    Some((200, format!("{mark}{answer}")))
}
