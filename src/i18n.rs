//! Words for people, in Italian and English, and the way numbers are written in them.
//!
//! The texts are Fluent files in `i18n/`, one for each area and language, built into the program.
//! [`t!`](crate::t) makes a text from a key; `tests/words.rs` sees to it that every key used
//! exists in both languages with the same arguments, and that none is unused.
//!
//! Fluent does not group digits. So a number is passed twice where it decides a plural: as text
//! (`number(n)`) to be shown, and raw (`n`) to be counted.
//!
//! Promised: making a text never fails. A key missing in one language falls to English, one
//! missing there is shown as `⟨key⟩`. What a server or a person wrote stands in a text as it is,
//! without invisible marks around it.
//!
//! Deliberately not here: the log (always English, see `log`), and what happened (the engine
//! states facts; only `ui`, `cli` and `report` make words of them).

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::ZonedDateTime;
use unic_langid::LanguageIdentifier;

pub use crate::t;

/// The text of a key, in the current language.
///
/// ```
/// # use traghetto::{i18n::{Language, Words}, t};
/// let words = Words::new(Language::It);
/// assert_eq!(t!(in words, "count-messages", count = 2, number = "2"), "2 messaggi");
/// assert_eq!(t!("percent", value = "87.5"), "87.5%");
/// ```
///
/// - `t!("key")`, `t!("key", name = value, …)`: the usual forms;
/// - `t!(in words, "key", …)`: in the language of these [`Words`](crate::i18n::Words);
/// - `t!(dynamic key, …)`, `t!(in words, dynamic key, …)`: the key is an expression. Its
///   possible keys must start with one of the prefixes listed in `tests/words.rs`.
///
/// A value is a text or a number.
#[macro_export]
macro_rules! t {
    (in $words:expr, dynamic $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $words.text($key, &$crate::i18n::args([$((stringify!($name), $value.into())),*]))
    };
    (in $words:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $words.text($key, &$crate::i18n::args([$((stringify!($name), $value.into())),*]))
    };
    (dynamic $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::t!(in $crate::i18n::Words::current(), dynamic $key $(, $name = $value)*)
    };
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::t!(in $crate::i18n::Words::current(), $key $(, $name = $value)*)
    };
}

/// A language this program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Italian.
    It,
    /// English.
    En,
}

impl Language {
    /// The language of a tag like `it`, `it-IT` or `it_IT.UTF-8`; English for all we do not speak.
    pub fn of(tag: &str) -> Self {
        let first = tag.split(['-', '_', '.', '@']).next().unwrap_or(tag);
        if first.trim().eq_ignore_ascii_case("it") {
            Self::It
        } else {
            Self::En
        }
    }

    /// The language of the system.
    pub fn system() -> Self {
        sys_locale::get_locale().map_or(Self::En, |tag| Self::of(&tag))
    }

    /// Its tag: `it`, `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
        }
    }
}

/// Sets the current language, once, before the first text is made. Until then it is English.
pub fn set(language: Language) {
    CURRENT.store(u8::from(language == Language::It), Ordering::Relaxed);
}

/// The current language.
pub fn current() -> Language {
    #[cfg(test)]
    if let Some(language) = HERE.get() {
        return language;
    }
    match CURRENT.load(Ordering::Relaxed) {
        0 => Language::En,
        _ => Language::It,
    }
}

/// Sets the language of this thread alone: tests run beside each other.
#[cfg(all(test, feature = "gui"))]
pub(crate) fn speak_here(language: Language) {
    HERE.set(Some(language));
}

/// A whole number, digits in groups: `1.234`, `1,234`.
pub fn number(number: u64) -> String {
    Words::current().number(number)
}

/// A number of octets, in decimal units: `1,2 MB`, `1.2 MB`.
pub fn size(octets: u64) -> String {
    Words::current().size(octets)
}

/// A duration in its two largest units: `2 min 5 s`.
pub fn duration(duration: Duration) -> String {
    Words::current().duration(duration)
}

/// A part of a whole, never rounded up: `99,9%` as long as anything is missing.
pub fn percent(part: u64, whole: u64) -> String {
    Words::current().percent(part, whole)
}

/// A day and a time, in the zone the moment carries: `26 June 2013, 10:12:16`.
pub fn date_time(time: &ZonedDateTime) -> String {
    Words::current().date_time(time)
}

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of this language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The words of the current language.
    pub fn current() -> Self {
        Self::new(current())
    }

    /// Which language they are of.
    pub fn language(self) -> Language {
        self.language
    }

    /// Whether a key exists in this very language.
    pub fn has(self, key: &str) -> bool {
        bundle(self.language).has_message(key)
    }

    /// What a kind of trouble with this key means; the key itself where there are no words for it.
    pub fn trouble(self, kind: &str) -> String {
        let key = format!("trouble-{kind}");
        if self.has(&key) {
            self.text(&key, &FluentArgs::new())
        } else {
            kind.to_owned()
        }
    }

    /// What can be done about it, where there are words for it.
    pub fn remedy(self, kind: &str) -> Option<String> {
        let key = format!("trouble-{kind}-remedy");
        self.has(&key).then(|| self.text(&key, &FluentArgs::new()))
    }

    /// The text of a key. Called by [`t!`](crate::t), which also lets the keys be checked.
    pub fn text(self, key: &str, args: &FluentArgs<'_>) -> String {
        [self.language, Language::En]
            .into_iter()
            .find_map(|language| found(language, key, args))
            .unwrap_or_else(|| {
                tracing::debug!("no words for '{key}'");
                format!("⟨{key}⟩")
            })
    }

    /// As [`number`].
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(match self.language {
                    Language::It => '.',
                    Language::En => ',',
                });
            }
            grouped.push(digit);
        }
        grouped
    }

    /// As [`size`].
    pub fn size(self, octets: u64) -> String {
        let octets = u128::from(octets);
        let mut unit = 1;
        let mut step = 0;
        // A thousand of a unit, also by rounding, is one of the next.
        while step < 4 && octets * 2 >= 1_999 * unit {
            unit *= 1_000;
            step += 1;
        }
        let value = match rounded(octets * 10, unit) {
            tenths @ ..1_000 => self.tenths(tenths),
            _ => self.tenths(rounded(octets, unit) * 10),
        };
        match step {
            0 => t!(in self, "size-octets", value = value),
            1 => t!(in self, "size-kilobytes", value = value),
            2 => t!(in self, "size-megabytes", value = value),
            3 => t!(in self, "size-gigabytes", value = value),
            _ => t!(in self, "size-terabytes", value = value),
        }
    }

    /// As [`duration`].
    pub fn duration(self, duration: Duration) -> String {
        let tenths = rounded(duration.as_millis(), 100);
        if tenths < 100 {
            return t!(in self, "duration-seconds", seconds = self.tenths(tenths));
        }
        let seconds = rounded(duration.as_millis(), 1_000);
        let (minutes, hours) = (seconds / 60, seconds / 3_600);
        let (days, hour, minute, second) = (hours / 24, hours % 24, minutes % 60, seconds % 60);
        if days > 0 {
            let days = self.number(u64::try_from(days).unwrap_or(u64::MAX));
            t!(in self, "duration-days", days = days, hours = hour.to_string())
        } else if hours > 0 {
            let (hours, minutes) = (hour.to_string(), minute.to_string());
            t!(in self, "duration-hours", hours = hours, minutes = minutes)
        } else if minutes > 0 {
            let (minutes, seconds) = (minute.to_string(), second.to_string());
            t!(in self, "duration-minutes", minutes = minutes, seconds = seconds)
        } else {
            t!(in self, "duration-seconds", seconds = second.to_string())
        }
    }

    /// As [`percent`].
    pub fn percent(self, part: u64, whole: u64) -> String {
        let (part, whole) = (u128::from(part), u128::from(whole));
        let tenths = (part * 1_000).checked_div(whole).unwrap_or(1_000);
        t!(in self, "percent", value = self.tenths(tenths))
    }

    /// As [`date_time`].
    pub fn date_time(self, time: &ZonedDateTime) -> String {
        t!(
            in self,
            "date-time",
            day = time.day().to_string(),
            month = time.month(),
            year = time.year().to_string(),
            time = time.strftime("%H:%M:%S").to_string(),
        )
    }

    /// `1 message`, `1.234 messaggi`.
    pub fn messages(self, count: u64) -> String {
        let number = self.number(count);
        t!(in self, "count-messages", count = count, number = number)
    }

    /// `1 folder`, `12 cartelle`.
    pub fn folders(self, count: u64) -> String {
        let number = self.number(count);
        t!(in self, "count-folders", count = count, number = number)
    }

    /// `1 mailbox`, `5 caselle`.
    pub fn mailboxes(self, count: u64) -> String {
        let number = self.number(count);
        t!(in self, "count-mailboxes", count = count, number = number)
    }

    /// A number of tenths; a last one that is nothing is left out.
    fn tenths(self, tenths: u128) -> String {
        let whole = self.number(u64::try_from(tenths / 10).unwrap_or(u64::MAX));
        match (tenths % 10, self.language) {
            (0, _) => whole,
            (tenth, Language::It) => format!("{whole},{tenth}"),
            (tenth, Language::En) => format!("{whole}.{tenth}"),
        }
    }
}

/// The arguments of a text; [`t!`](crate::t) calls it.
#[doc(hidden)]
pub fn args<'a, const N: usize>(
    named: [(&'static str, fluent_bundle::FluentValue<'a>); N],
) -> FluentArgs<'a> {
    FluentArgs::from_iter(named)
}

type Bundle = FluentBundle<FluentResource>;

#[cfg(test)]
thread_local! {
    static HERE: std::cell::Cell<Option<Language>> = const { std::cell::Cell::new(None) };
}
static CURRENT: AtomicU8 = AtomicU8::new(0);
static IT: LazyLock<Bundle> = LazyLock::new(|| load(Language::It));
static EN: LazyLock<Bundle> = LazyLock::new(|| load(Language::En));

macro_rules! files {
    ($language:literal) => {
        [
            files!($language, "common"),
            files!($language, "cli"),
            files!($language, "report"),
            files!($language, "ui"),
            files!($language, "setup"),
            files!($language, "users"),
            files!($language, "options"),
            files!($language, "live"),
            files!($language, "finish"),
            files!($language, "help"),
            files!($language, "trouble"),
        ]
    };
    ($language:literal, $area:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/i18n/",
            $language,
            "/",
            $area,
            ".ftl"
        ))
    };
}

fn files(language: Language) -> [&'static str; 11] {
    match language {
        Language::It => files!("it"),
        Language::En => files!("en"),
    }
}

fn bundle(language: Language) -> &'static Bundle {
    match language {
        Language::It => &IT,
        Language::En => &EN,
    }
}

/// Takes what can be read of the files; `tests` see to it that this is all.
fn load(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    if let Err(error) = bundle.add_builtins() {
        tracing::debug!("words without built-in functions: {error}");
    }
    for text in files(language) {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(rest, errors)| {
            tracing::debug!("words that cannot be read: {errors:?}");
            rest
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::debug!("words defined twice: {errors:?}");
        }
    }
    bundle
}

fn found(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    if !errors.is_empty() {
        tracing::debug!("words for '{key}' miss something: {errors:?}");
    }
    Some(text.into_owned())
}

fn rounded(value: u128, unit: u128) -> u128 {
    (value + unit / 2) / unit
}

#[cfg(test)]
mod tests;
