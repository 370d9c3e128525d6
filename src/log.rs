//! The log: one line for each event, in the form operators know.
//!
//! ```text
//! [000016A4] Wed, 26 Jun 2013 10:12:16 +0200 Checking 'user@example.com' on the remote server 'imap.example.com:993'...
//! ```
//!
//! The number in brackets tells apart what happens at the same time: the number of the mailbox,
//! from the field `worker` of the event or of the nearest span around it (`info_span!` or
//! stronger), else one of the thread. The level is written after the date for `WARN` and `ERROR`
//! only. Further fields of an event follow its message as ` name=value`.
//!
//! Promised: one event is one line, whatever a server put into it; no line is dropped while the
//! [`Guard`] lives and the disk takes it; other crates are heard from `WARN` on, whatever is set,
//! so that none of them can write down a conversation.
//!
//! Deliberately not here: the sentences (they are made where things happen, in English), and
//! knowing which texts are secret: `secrecy` keeps ours from being printed, and [`redact`] is for
//! the words of a server that repeats them.
//!
//! The date in the name of a file, and the moment a new one is begun, are those of UTC.
//!
//! - `tail` reads the files back as they grow

pub mod tail;

use std::cell::Cell;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::ZonedDateTime;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::filter::{Targets, dynamic_filter_fn};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::writer::OptionalWriter;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The variable that sets the level of our own lines: `debug`, `trace`, `warn` …; else `info`.
pub const LEVEL_VARIABLE: &str = "TRAGHETTO_LOG";

/// What the names of the files begin and end with; between the two stands the date.
const PREFIX: &str = "traghetto";
const SUFFIX: &str = "log";

/// How many daily files are kept.
const KEPT_FILES: usize = 14;

/// How many lines wait for the disk before whoever logs has to wait with them.
const WAITING_LINES: usize = 4_096;

/// Stands where a secret stood.
const REDACTED: &str = "[redacted]";

/// A text that holds a secret shorter than this is withheld whole: what remained around each
/// place would tell the secret.
const SHORT_OCTETS: usize = 4;

/// Where lines go: into the log that was started last. The number tells it from those before it.
static SINK: Mutex<Option<(u64, NonBlocking)>> = Mutex::new(None);

/// The number of the next log.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Whether they go to the terminal as well.
static ON_TERMINAL: AtomicBool = AtomicBool::new(false);

/// Starts a log in this folder: `traghetto.YYYY-MM-DD.log`, and the terminal's error stream as
/// well if `also_stderr`.
///
/// A process has one log at a time: starting another ends the one before, whose last lines are
/// written when its [`Guard`] is dropped. The level is that of the first.
pub fn start(folder: &Path, also_stderr: bool) -> Result<Guard, Error> {
    make(folder).map_err(|source| Error::Folder {
        path: folder.to_owned(),
        source,
    })?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(PREFIX)
        .filename_suffix(SUFFIX)
        .max_log_files(KEPT_FILES)
        .build(folder)?;
    let (file, worker) = NonBlockingBuilder::default()
        .lossy(false)
        .buffered_lines_limit(WAITING_LINES)
        .thread_name("log")
        .finish(appender);
    if !subscribe() {
        return Err(Error::Taken);
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    *sink() = Some((number, file));
    ON_TERMINAL.store(also_stderr, Ordering::Relaxed);
    Ok(Guard {
        number,
        _worker: worker,
    })
}

fn sink() -> MutexGuard<'static, Option<(u64, NonBlocking)>> {
    SINK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens to the whole process, once and for all; `false` where somebody else does.
fn subscribe() -> bool {
    static OURS: OnceLock<bool> = OnceLock::new();
    *OURS.get_or_init(|| {
        let level = std::env::var(LEVEL_VARIABLE)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(LevelFilter::INFO);
        let current = || match &*sink() {
            Some((_, file)) => OptionalWriter::some(file.clone()),
            None => OptionalWriter::none(),
        };
        let lines = tracing_subscriber::fmt::layer()
            .event_format(Form)
            .with_writer(current);
        let terminal = tracing_subscriber::fmt::layer()
            .event_format(Form)
            .with_writer(std::io::stderr)
            .with_filter(dynamic_filter_fn(|_, _| {
                ON_TERMINAL.load(Ordering::Relaxed)
            }));
        tracing_subscriber::registry()
            .with(heard(level))
            .with(Workers)
            .with(lines)
            .with(terminal)
            .try_init()
            .is_ok()
    })
}

/// Keeps the log going; dropping it writes the last lines.
#[derive(Debug)]
#[must_use = "the log ends when this is dropped"]
pub struct Guard {
    number: u64,
    _worker: WorkerGuard,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut sink = sink();
        if sink
            .as_ref()
            .is_some_and(|(number, _)| *number == self.number)
        {
            *sink = None;
        }
    }
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder for the files could not be made.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file could not be made.
    #[error(transparent)]
    File(#[from] InitError),
    /// Another part of the process listens to what is to be logged.
    #[error("the log of this process is taken")]
    Taken,
}

/// One line of the log, without its end.
///
/// `INFO` and weaker levels are not named. Characters that end a line, move the cursor or turn
/// the direction of the text are written as `\u{…}` (`\n`, `\r`, `\t`).
pub fn line(worker: u32, time: &ZonedDateTime, level: Level, message: &str) -> String {
    let date = time.strftime("%a, %d %b %Y %H:%M:%S %z");
    let level = match level {
        Level::ERROR => "ERROR ",
        Level::WARN => "WARN ",
        _ => "",
    };
    let mut line = format!("[{worker:08X}] {date} {level}");
    escape(message, &mut line);
    line
}

/// A server's text without the secrets it repeats.
///
/// A secret is found in any case of letters and as an IMAP quoted string. Give the encoded form
/// of what was sent (SASL) as one more secret where there is one.
pub fn redact(text: &str, secrets: &[&str]) -> String {
    let mut places = Vec::new();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let quoted = secret.replace('\\', "\\\\").replace('"', "\\\"");
        let before = places.len();
        find(text, secret, &mut places);
        find(text, &quoted, &mut places);
        if secret.len() < SHORT_OCTETS && places.len() > before {
            return REDACTED.to_owned();
        }
    }
    places.sort_unstable();
    let mut redacted = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in places {
        if start > done || done == 0 {
            redacted.push_str(&text[done..start]);
            redacted.push_str(REDACTED);
        }
        done = done.max(end);
    }
    redacted.push_str(&text[done..]);
    redacted
}

fn find(text: &str, secret: &str, places: &mut Vec<(usize, usize)>) {
    let wanted = secret.as_bytes();
    places.extend(
        text.as_bytes()
            .windows(wanted.len())
            .enumerate()
            .filter(|(_, window)| window.eq_ignore_ascii_case(wanted))
            .map(|(start, _)| (start, start + wanted.len())),
    );
}

fn escape(text: &str, line: &mut String) {
    for character in text.chars() {
        match character {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            // Line and paragraph separators, and the marks that reorder text (Unicode, UAX 9).
            '\u{2028}'
            | '\u{2029}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{061C}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => {
                line.extend(character.escape_unicode());
            }
            _ if character.is_control() => line.extend(character.escape_unicode()),
            _ => line.push(character),
        }
    }
}

/// The folder, for its owner alone: a log names mailboxes and servers.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    let _ = builder.recursive(true);
    #[cfg(unix)]
    let _ = std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Our own lines from a level on; those of other crates from `WARN`, or from `level` if that is
/// stronger.
fn heard(level: LevelFilter) -> Targets {
    Targets::new()
        .with_target("traghetto", level)
        .with_default(level.min(LevelFilter::WARN))
}

/// Notes the field `worker` of a span, so that its events can find it.
struct Workers;

/// A worker's number as a span carries it.
struct Worker(u32);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Workers {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        note(id, &fields, &context);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        note(id, &fields, &context);
    }
}

fn note<S: Subscriber + for<'a> LookupSpan<'a>>(
    id: &Id,
    fields: &Fields,
    context: &Context<'_, S>,
) {
    if let (Some(worker), Some(span)) = (fields.worker, context.span(id)) {
        let _ = span.extensions_mut().replace(Worker(worker));
    }
}

/// The form of a line.
struct Form;

impl<S, N> FormatEvent<S, N> for Form
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let of_span = || {
            context
                .event_scope()?
                .find_map(|span| span.extensions().get::<Worker>().map(|worker| worker.0))
        };
        let worker = fields.worker.or_else(of_span).unwrap_or_else(thread);
        let message = fields.message + &fields.rest;
        let level = *event.metadata().level();
        writeln!(
            writer,
            "{}",
            line(worker, &ZonedDateTime::now(), level, &message)
        )
    }
}

/// What an event or a span says.
#[derive(Default)]
struct Fields {
    worker: Option<u32>,
    message: String,
    rest: String,
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "worker" {
            self.worker = u32::try_from(value).ok();
        } else {
            self.record_debug(field, &value);
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.record_u64(field, value),
            Err(_) => self.record_debug(field, &value),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a text has no way to fail but a broken `Debug` of the value.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name if name.starts_with("log.") => Ok(()),
            name => write!(self.rest, " {name}={value:?}"),
        };
    }
}

/// A number of this thread: they count from 1 in the order in which they first log.
fn thread() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    thread_local! {
        static NUMBER: Cell<u32> = const { Cell::new(0) };
    }
    NUMBER.with(|number| {
        if number.get() == 0 {
            number.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        number.get()
    })
}

#[cfg(test)]
mod tests;
