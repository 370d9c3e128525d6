//! The listener: who may connect, what was said, and how it all stops.
//!
//! It promises that a stopped or dropped server leaves no task and no socket behind, and that the transcript holds no
//! password and no message. Sessions are in `session`; what a server keeps between them is [`Shared`].

use super::config::Config;
use super::faults::Faults;
use super::session::Session;
use super::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    listening: JoinHandle<()>,
}

/// What all sessions of a server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub store: Store,
    pub config: Config,
    pub faults: Faults,
    pub open: AtomicUsize,
    transcript: Mutex<Vec<String>>,
    sessions: Mutex<BTreeMap<String, usize>>,
}

impl Server {
    /// Serves the store until stopped or dropped; must be called inside a tokio runtime.
    pub async fn start(store: Store, config: Config) -> io::Result<Self> {
        store.set_numbering(config.uid_start, config.uid_step);
        let listener = TcpListener::bind(config.address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            store,
            faults: config.faults.clone(),
            config,
            open: AtomicUsize::new(0),
            transcript: Mutex::default(),
            sessions: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let listening = tokio::spawn(listen(listener, Arc::clone(&shared), stopped));
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            listening,
        })
    }

    /// Closes every connection and waits until all is gone.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.listening).await;
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The faults, to arm more of them.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// The mail it serves.
    pub fn store(&self) -> Store {
        self.shared.store.clone()
    }

    /// How many connections are open now.
    pub fn connections(&self) -> usize {
        self.shared.open.load(Ordering::Acquire)
    }

    /// The command lines received so far, in the order of their arrival, without passwords and contents of literals.
    pub fn transcript(&self) -> Vec<String> {
        self.shared.transcript().clone()
    }

    /// The verbs received so far, such as `UID FETCH`.
    pub fn verbs(&self) -> BTreeSet<String> {
        self.shared
            .transcript()
            .iter()
            .filter_map(|line| verb_of(line))
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Shared {
    pub(super) fn note(&self, line: String) {
        self.transcript().push(line);
    }

    /// Counts one more session of a login; the wall may answer instead.
    pub(super) fn admit(&self, login: &str) -> Result<(), Option<String>> {
        let mut sessions = self.sessions();
        let count = sessions.entry(login.to_owned()).or_default();
        self.faults.pass_wall(*count)?;
        *count += 1;
        Ok(())
    }

    pub(super) fn dismiss(&self, login: &str) {
        if let Some(count) = self.sessions().get_mut(login) {
            *count = count.saturating_sub(1);
        }
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn transcript(&self) -> MutexGuard<'_, Vec<String>> {
        self.transcript
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    // Dropped with this task, and with it every session.
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = sessions.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                if let Ok(session) = Session::new(stream, Arc::clone(&shared)) {
                    let _ = sessions.spawn(session.run());
                }
            }
        }
    }
    drop(listener);
    sessions.shutdown().await;
}

/// The verb of a line of the transcript; `None` for the second and later lines of a command.
fn verb_of(line: &str) -> Option<String> {
    let mut words = line.split(' ');
    let _ = words.next().filter(|tag| *tag != "+")?;
    let verb = words.next()?.to_ascii_uppercase();
    match verb.as_str() {
        "UID" => Some(format!("UID {}", words.next()?.to_ascii_uppercase())),
        _ => Some(verb),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::conversation::{Talk, with_three};

    #[tokio::test]
    async fn a_stopped_server_leaves_no_connection_and_its_mail_lives_on() {
        let (server, store) = with_three(Config::default()).await;
        let address = server.address();
        let mut talk = Talk::in_inbox(&server).await;
        assert_eq!(server.connections(), 1);
        server.stop().await;
        assert_eq!(talk.reply("NOOP").await, "closed");
        let server = Server::start(
            store,
            Config {
                address,
                ..Config::default()
            },
        )
        .await
        .unwrap();
        let mut talk = Talk::in_inbox(&server).await;
        assert_eq!(talk.ok("UID SEARCH ALL").await[0], "* SEARCH 1 2 3");
        let verbs: Vec<String> = server.verbs().into_iter().collect();
        assert_eq!(verbs, ["LOGIN", "SELECT", "UID SEARCH"]);
    }
}
