//! An IceWarp Server's HTTP API inside the process, made after the reference: real sockets on the loopback address,
//! TLS with a certificate of its own, sessions, properties, and the faults real servers have.
//!
//! It shares no line with the client it tests: its XML is read and written here. What it holds can be looked at and
//! changed at any time with [`Simulator::with`]; what happens to passwords can be listened to (see
//! [`World::on_password`]), so that a mail server beside it knows the same accounts.

mod answers;
mod http;
mod key;
mod letters;
mod world;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use traghetto::account::Fingerprint;
use traghetto::plan;

#[allow(unused_imports, reason = "each test file uses its part")]
pub use world::{Account, Admin, Faults, Separator, World};

/// The administrator every world begins with.
pub const ADMIN: &str = "admin@cantiere.example";
/// The administrator's password.
pub const ADMIN_PASSWORD: &str = "capo & <Cantiere> 1";

/// The server; it stops when this is dropped.
pub struct Simulator {
    /// Where it listens.
    pub address: SocketAddr,
    /// The fingerprint of its certificate.
    pub pin: Option<Fingerprint>,
    authority: Option<tempfile::NamedTempFile>,
    world: Arc<Mutex<World>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Simulator {
    /// With TLS, as `localhost`.
    pub async fn start(world: World) -> Self {
        Self::begin(world, true).await
    }

    /// In clear.
    pub async fn start_clear(world: World) -> Self {
        Self::begin(world, false).await
    }

    async fn begin(world: World, tls: bool) -> Self {
        let world = Arc::new(Mutex::new(world));
        let made = tls.then(http::certificate);
        let (authority, pin, acceptor) = match made {
            Some((authority, pin, acceptor)) => (Some(authority), Some(pin), Some(acceptor)),
            None => (None, None, None),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(http::serve(listener, acceptor, world.clone()));
        Self {
            address,
            pin,
            authority,
            world,
            serving,
        }
    }

    /// Looks at what the server holds, or changes it.
    pub fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How to get there.
    pub fn plan(&self) -> plan::Icewarp {
        plan::Icewarp {
            host: String::from(if self.pin.is_some() {
                "localhost"
            } else {
                "127.0.0.1"
            }),
            port: self.address.port(),
            admin: ADMIN.to_owned(),
            certificate: None,
            authority: self.authority.as_ref().map(|file| file.path().to_owned()),
            clear: self.pin.is_none(),
            create_domains: false,
            quota_mb: None,
        }
    }

    /// An account that is there, seen or not.
    pub fn account(&self, address: &str) -> Option<Account> {
        self.with(|world| world.accounts.get(&address.to_lowercase()).cloned())
    }

    /// How often a command came.
    pub fn calls(&self, command: &str) -> usize {
        self.with(|world| world.calls.iter().filter(|call| *call == command).count())
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
