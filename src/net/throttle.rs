//! A limit on what all connections of a run carry together, in each direction.
//!
//! Promises: over any stretch of time no more than the rate and a short burst; whoever has carried something waits
//! until its turn, in the order of asking, so that nobody starves; a wait is a sleep. What a fresh connection needs to
//! greet and log in is counted and not held up, for a server waits for it. Deliberately absent: octets that were lost
//! on the way, and what is said.
//!
//! The octets are those of the line: with TLS around them, after compression.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::Io;

/// What may be carried ahead of its time after a silence.
const BURST: Duration = Duration::from_millis(200);
/// What is carried at once takes this long at most, where the rate allows so little.
const PIECE: Duration = Duration::from_millis(50);
/// Smallest and largest piece carried at once, in octets.
const PIECES: (u64, u64) = (512, 64 << 10);
/// Octets a fresh connection may carry in each direction without waiting.
const GRACE: u64 = 32 << 10;

/// The time at which what has been carried so far is paid for. Pure: the clock is passed in.
#[derive(Debug)]
pub struct Bucket {
    /// Octets a second.
    rate: f64,
    paid: Instant,
}

impl Bucket {
    /// A bucket for this many octets a second.
    pub fn new(rate: u64, now: Instant) -> Self {
        Self {
            rate: rate.max(1) as f64,
            paid: now,
        }
    }

    /// So many octets were carried; answers when whoever carried them may go on.
    pub fn charge(&mut self, octets: u64, now: Instant) -> Instant {
        let price = Duration::from_secs_f64(octets as f64 / self.rate);
        self.paid = self.paid.max(now.checked_sub(BURST).unwrap_or(now)) + price;
        self.paid
    }
}

/// A limit shared by connections; cheap to clone.
#[derive(Debug, Clone)]
pub struct Throttle {
    rate: u64,
    /// What comes and what goes, each for itself.
    down: Arc<Mutex<Bucket>>,
    up: Arc<Mutex<Bucket>>,
}

impl Throttle {
    /// So many octets a second in each direction.
    pub fn new(rate: u64) -> Self {
        let bucket = || Arc::new(Mutex::new(Bucket::new(rate, Instant::now())));
        Self {
            rate: rate.max(1),
            down: bucket(),
            up: bucket(),
        }
    }

    /// How long the limit alone may hold up so many octets, while so many connections carry as much as they can.
    pub fn allowance(&self, octets: u64, connections: u64) -> Duration {
        let all = octets.max(GRACE).saturating_mul(connections);
        Duration::from_secs(all / self.rate + 1)
    }

    /// The connection, kept to the limit.
    pub fn limit(&self, stream: super::Stream) -> super::Stream {
        Box::new(Limited {
            stream,
            down: Meter::new(&self.down, self.rate),
            up: Meter::new(&self.up, self.rate),
        })
    }
}

/// One direction of one connection.
struct Meter {
    bucket: Arc<Mutex<Bucket>>,
    /// Most octets carried at once.
    piece: usize,
    grace: u64,
    /// Until what was carried last is paid for.
    wait: Option<Pin<Box<Sleep>>>,
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meter")
            .field("piece", &self.piece)
            .finish_non_exhaustive()
    }
}

impl Meter {
    fn new(bucket: &Arc<Mutex<Bucket>>, rate: u64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a rate is far below what a u128 of milliseconds holds"
        )]
        let piece = rate.saturating_mul(PIECE.as_millis() as u64) / 1_000;
        Self {
            bucket: bucket.clone(),
            piece: usize::try_from(piece.clamp(PIECES.0, PIECES.1)).unwrap_or(usize::MAX),
            grace: GRACE,
            wait: None,
        }
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(wait) = &mut self.wait {
            ready!(wait.as_mut().poll(cx));
            self.wait = None;
        }
        Poll::Ready(())
    }

    fn carried(&mut self, octets: usize) {
        if octets == 0 {
            return;
        }
        let (octets, now) = (octets as u64, Instant::now());
        let due = {
            let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
            bucket.charge(octets, now)
        };
        let free = self.grace.min(octets);
        self.grace -= free;
        if free < octets && due > now {
            self.wait = Some(Box::pin(tokio::time::sleep_until(due)));
        }
    }
}

/// A connection kept to a limit.
#[derive(Debug)]
struct Limited<S> {
    stream: S,
    down: Meter,
    up: Meter,
}

impl<S: Io> AsyncRead for Limited<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.down.poll_ready(cx));
        let room = into.initialize_unfilled_to(into.remaining().min(this.down.piece));
        let mut part = ReadBuf::new(room);
        ready!(Pin::new(&mut this.stream).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        into.advance(read);
        this.down.carried(read);
        Poll::Ready(Ok(()))
    }
}

impl<S: Io> AsyncWrite for Limited<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.up.poll_ready(cx));
        let piece = &octets[..octets.len().min(this.up.piece)];
        let written = ready!(Pin::new(&mut this.stream).poll_write(cx, piece))?;
        this.up.carried(written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Stream;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// An endless source behind a limit.
    fn source(throttle: &Throttle) -> Stream {
        let (near, mut far) = tokio::io::duplex(256 << 10);
        let _feeding = tokio::spawn(async move {
            let octets = vec![b'x'; 64 << 10];
            while far.write_all(&octets).await.is_ok() {}
        });
        throttle.limit(Box::new(near))
    }

    async fn take(stream: &mut Stream, octets: u64) -> u64 {
        let mut taken = stream.take(octets);
        tokio::io::copy(&mut taken, &mut tokio::io::sink())
            .await
            .unwrap()
    }

    #[test]
    fn what_is_carried_is_paid_for_at_the_rate_after_a_short_burst() {
        let begin = Instant::now();
        let mut bucket = Bucket::new(1_000, begin);
        let after = |due: Instant| (due - begin).as_millis();
        assert_eq!(after(bucket.charge(1_000, begin)), 1_000);
        assert_eq!(after(bucket.charge(500, begin)), 1_500);
        // After a silence no more than the burst is free.
        let later = begin + Duration::from_mins(1);
        assert_eq!(after(bucket.charge(100, later)), 59_900);
        assert_eq!(after(bucket.charge(200, later)), 60_100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_carries_what_the_limit_allows_and_no_more() {
        let throttle = Throttle::new(100_000);
        let mut stream = source(&throttle);
        let begin = Instant::now();
        assert_eq!(take(&mut stream, 1_000_000).await, 1_000_000);
        let seconds = begin.elapsed().as_secs_f64();
        assert!((9.5..10.5).contains(&seconds), "{seconds}");
    }

    #[tokio::test(start_paused = true)]
    async fn connections_share_it_evenly_and_the_two_directions_do_not() {
        let throttle = Throttle::new(1_000_000);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let mut stream = source(&throttle);
            let _ = tasks.spawn(async move {
                let mut taken = 0;
                let end = Instant::now() + Duration::from_secs(20);
                while Instant::now() < end {
                    taken += take(&mut stream, 4_096).await;
                }
                taken
            });
        }
        let (near, mut far) = tokio::io::duplex(64 << 10);
        let mut writer = throttle.limit(Box::new(near));
        let _swallowing =
            tokio::spawn(async move { tokio::io::copy(&mut far, &mut tokio::io::sink()).await });
        let begin = Instant::now();
        writer.write_all(&vec![b'y'; 5_000_000]).await.unwrap();
        let up = begin.elapsed().as_secs_f64();
        assert!((4.5..5.5).contains(&up), "{up}");
        let shares = tasks.join_all().await;
        let all: u64 = shares.iter().sum();
        assert!((19_000_000..21_500_000).contains(&all), "{all}");
        for share in &shares {
            assert!((700_000..1_400_000).contains(share), "{shares:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_fresh_connection_greets_at_once_beside_a_busy_one() {
        let throttle = Throttle::new(8_000);
        let mut busy = source(&throttle);
        let _ = take(&mut busy, 200_000).await;
        let mut fresh = source(&throttle);
        let begin = Instant::now();
        assert_eq!(take(&mut fresh, 20_000).await, 20_000);
        assert!(begin.elapsed() < Duration::from_millis(10));
        // It is paid for all the same.
        let _ = take(&mut fresh, 20_000).await;
        assert!(begin.elapsed() > Duration::from_secs(4));
    }

    #[tokio::test(start_paused = true)]
    async fn no_piece_takes_longer_than_the_allowance_however_many_share_it() {
        const CONNECTIONS: u64 = 24;
        let throttle = Throttle::new(8_000);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (near, mut far) = tokio::io::duplex(256 << 10);
            let mut stream = throttle.limit(Box::new(near));
            let _swallowing =
                tokio::spawn(
                    async move { tokio::io::copy(&mut far, &mut tokio::io::sink()).await },
                );
            let _ = tasks.spawn(async move {
                let mut longest = Duration::ZERO;
                for _ in 0..4 {
                    let begin = Instant::now();
                    stream.write_all(&vec![b'y'; 64 << 10]).await.unwrap();
                    longest = longest.max(begin.elapsed());
                }
                longest
            });
        }
        let longest = tasks.join_all().await.into_iter().max().unwrap();
        let allowance = throttle.allowance(64 << 10, CONNECTIONS);
        assert!(longest <= allowance, "{longest:?} {allowance:?}");
        assert!(longest > Duration::from_mins(3), "{longest:?}: no test");
    }
}
