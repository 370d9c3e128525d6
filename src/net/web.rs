//! HTTP with this module's judgement of certificates: pages for `discovery`, and services that are spoken to.
//!
//! Promises: never from TLS to clear text; who speaks to a service reaches that service alone, follows no redirect and
//! says nothing twice; why a request got no answer is told as for any other connection. Deliberately absent: what is
//! said, and what an answer means.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

use super::seen::Memory;
use super::{DIAL_LIMIT, Error, dial_error, verify};
use crate::account::Fingerprint;

/// Redirects followed for one web page.
const REDIRECTS: usize = 3;
/// How long a connection to a service is kept for the next request.
const IDLE: Duration = Duration::from_secs(20);

/// A client for web pages with this module's judgement of certificates: each request ends within `limit`, a few
/// redirects are followed, none from TLS to clear text, and no page is told which one led to it.
///
/// `authority` is a file of certificate authorities (PEM) to trust besides the system's. What is handed out is not
/// built yet, so that the caller may say how names are looked up.
pub fn http(limit: Duration, authority: Option<&Path>) -> Result<reqwest::ClientBuilder, Error> {
    let redirects = Policy::custom(|attempt| {
        let secret = attempt.previous().iter().any(|url| url.scheme() == "https");
        if attempt.previous().len() > REDIRECTS {
            attempt.error("too many redirects")
        } else if secret && attempt.url().scheme() != "https" {
            attempt.error("redirected from TLS to clear text")
        } else {
            attempt.follow()
        }
    });
    let builder = builder(limit, authority, None, &Memory::default())?;
    Ok(builder.redirect(redirects).referer(false))
}

fn builder(
    limit: Duration,
    authority: Option<&Path>,
    pin: Option<Fingerprint>,
    memory: &Memory,
) -> Result<reqwest::ClientBuilder, Error> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(verify::trust(pin, authority, memory)?)
        .timeout(limit)
        .user_agent(concat!("Traghetto/", env!("CARGO_PKG_VERSION"))))
}

/// A client for one service: no proxy stands between, nothing is redirected, and nothing is sent twice by itself.
#[derive(Debug, Clone)]
pub struct Web {
    client: reqwest::Client,
    limit: Duration,
    memory: Memory,
}

impl Web {
    /// Each request ends within `limit`. Trusted are the system's authorities, those of the file `authority` (PEM), and
    /// the one certificate with the fingerprint `pin`, whatever else is wrong with it.
    pub fn new(
        limit: Duration,
        authority: Option<&Path>,
        pin: Option<Fingerprint>,
    ) -> Result<Self, Error> {
        let memory = Memory::default();
        let client = builder(limit, authority, pin, &memory)?
            .connect_timeout(DIAL_LIMIT)
            .pool_idle_timeout(IDLE)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .dns_resolver(Names)
            .build()
            .map_err(|error| Error::Tls(error.to_string()))?;
        Ok(Self {
            client,
            limit,
            memory,
        })
    }

    /// What requests are made with.
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Why a request got no answer.
    pub fn why(&self, error: reqwest::Error) -> Error {
        let late = error.is_timeout();
        let error = error.without_url();
        let mut words = String::new();
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(error) = next {
            if let Some(own) = error.downcast_ref::<Error>() {
                return own.clone();
            }
            if let Some(found) = error.downcast_ref().and_then(|error| self.of_io(error)) {
                return found;
            }
            words = error.to_string();
            next = error.source();
        }
        if late {
            return Error::Timeout(self.limit);
        }
        Error::Io(Arc::new(io::Error::other(words)))
    }

    /// An I/O error may be wrapped in others; `None` for one that says nothing of its own.
    fn of_io(&self, error: &io::Error) -> Option<Error> {
        let Some(inner) = error.get_ref() else {
            let same = io::Error::new(error.kind(), error.to_string());
            return (error.kind() != io::ErrorKind::TimedOut).then(|| dial_error(same));
        };
        if let Some(inner) = inner.downcast_ref::<io::Error>() {
            return self.of_io(inner);
        }
        inner
            .is::<rustls::Error>()
            .then(|| verify::explain(error, &self.memory))
    }
}

/// Looks names up as the other connections do, so that a failure is known as such.
struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The port is the URL's own.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found: Vec<_> = found
                .map_err(|error| Error::Name(Arc::new(error)))?
                .collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
