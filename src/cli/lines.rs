//! A run in lines of text: where no terminal is, and above the bars where one is.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::fail::Masters;
use super::{fail, out};
use crate::engine::{Activity, Event, MailboxRow, Outcome, Pass, Prepared, Snapshot};
use crate::i18n::{self, Words};
use crate::report::accounts::difference;
use crate::t;
use crate::trouble::Trouble;

/// Exceptions shown one by one for each mailbox; the report has them all.
const SHOWN: u64 = 20;
/// The shortest time worth a number.
const TENTH: Duration = Duration::from_millis(100);

/// Makes lines of events.
#[derive(Debug)]
pub(super) struct Teller {
    order: Order,
    exceptions: HashMap<String, u64>,
}

/// What a run is to do, as far as it changes what is said of it.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// What it does.
    pub(super) pass: Pass,
    /// Whether it only counts.
    pub(super) dry_run: bool,
    /// Whether messages are copied.
    pub(super) copies: bool,
    /// Who logs in.
    pub(super) masters: Masters,
    /// Accounts of which there is no copy that could be read back.
    pub(super) uncopied: HashSet<String>,
    /// The line that says how to go on after an interruption.
    pub(super) resume: Option<String>,
}

impl Order {
    /// A plain pass.
    pub(super) fn new(pass: Pass) -> Self {
        Self {
            pass,
            dry_run: false,
            copies: true,
            masters: Masters::default(),
            uncopied: HashSet::new(),
            resume: None,
        }
    }
}

/// One line, and which stream it is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// For the standard output.
    Line(String),
    /// For the standard output where there are no bars that show the same.
    Minor(String),
    /// For the standard error.
    Warning(String),
}

impl Teller {
    /// For a run that does this.
    pub(super) fn new(order: Order) -> Self {
        Self {
            order,
            exceptions: HashMap::new(),
        }
    }

    /// How to go on after an interruption.
    pub(super) fn resume(&self) -> Option<&str> {
        self.order.resume.as_deref()
    }

    /// The line for an event, unless enough was said already.
    pub(super) fn say(&mut self, event: &Event) -> Option<Said> {
        let words = Words::current();
        Some(match event {
            // What would be copied is said at the end, when all of it is known.
            Event::FolderDone { .. } | Event::MailboxDone { .. } if self.order.dry_run => {
                return None;
            }
            // What was done to the account was said.
            Event::MailboxStarted { .. } | Event::MailboxDone { .. }
                if self.order.pass == Pass::Accounts || !self.order.copies =>
            {
                return None;
            }
            // Nothing new is no news.
            Event::FolderDone { copied: 0, .. } if self.order.pass != Pass::Copy => return None,
            Event::MailboxStarted { login } => {
                Said::Minor(t!("cli-event-started", login = login.as_str()))
            }
            Event::AccountPrepared { login, prepared } => {
                let line = t!(
                    "cli-event-prepared",
                    login = login.as_str(),
                    what = prepared_words(prepared)
                );
                match prepared {
                    // The account's pass says the rest.
                    Prepared::Unchanged if self.order.pass == Pass::Copy => Said::Minor(line),
                    _ => Said::Line(line),
                }
            }
            Event::NotReleased { login, trouble } => warning(&t!(
                "cli-event-not-released",
                login = login.as_str(),
                what = sentence(trouble)
            )),
            Event::NoMigrationAccount { trouble } => warning(&t!(
                "cli-event-no-migration-account",
                what = sentence(trouble)
            )),
            Event::AfterFailed {
                login,
                stops,
                trouble,
            } => {
                let (login, what) = (login.as_str(), sentence(trouble));
                warning(&if *stops {
                    t!("cli-event-after-stops", login = login, what = what)
                } else {
                    t!("cli-event-after-failed", login = login, what = what)
                })
            }
            Event::FolderDone {
                login,
                folder,
                target,
                copied,
            } => Said::Minor(t!(
                "cli-event-folder",
                login = login.as_str(),
                folder = out::tame(folder),
                target = out::tame(target),
                messages = words.messages(*copied),
            )),
            Event::FolderFailed {
                login,
                folder,
                trouble,
            } => warning(&t!(
                "cli-event-folder-failed",
                login = login.as_str(),
                folder = out::tame(folder),
                what = sentence(trouble),
            )),
            Event::Exception {
                login,
                folder,
                uid,
                trouble,
            } => {
                let count = self.exceptions.entry(login.clone()).or_default();
                *count += 1;
                match *count {
                    ..=SHOWN => warning(&t!(
                        "cli-event-exception",
                        login = login.as_str(),
                        folder = out::tame(folder),
                        uid = uid.to_string(),
                        what = sentence(trouble),
                    )),
                    count if count == SHOWN + 1 => {
                        warning(&t!("cli-event-more-exceptions", login = login.as_str()))
                    }
                    _ => return None,
                }
            }
            Event::Waiting {
                login,
                pause,
                trouble,
            } => Said::Minor(t!(
                "cli-event-waiting",
                login = login.as_str(),
                pause = words.duration(*pause),
                what = sentence(trouble),
            )),
            Event::OutsideHours { until } => {
                Said::Line(t!("cli-event-outside-hours", when = moment(*until)))
            }
            Event::WithinHours => Said::Line(t!("cli-event-within-hours")),
            Event::MailboxDone {
                login,
                copied,
                exceptions,
            } => Said::Line(self.done(login, *copied, *exceptions)),
            Event::MailboxFailed { login, trouble } => {
                let head = out::note_ink(out::Ink::Red, login);
                let lines = fail::trouble_lines(trouble, &self.order.masters);
                Said::Warning(format!("{head}: {}", lines.join("\n  ")))
            }
        })
    }

    fn done(&self, login: &str, copied: u64, exceptions: u64) -> String {
        let words = Words::current();
        let messages = words.messages(copied);
        let line = match self.order.pass {
            Pass::Verify(_) if copied == 0 && self.order.uncopied.contains(login) => {
                t!("cli-event-nothing-to-verify", login = login)
            }
            Pass::Accounts | Pass::Copy => {
                t!("cli-event-done-copy", login = login, messages = messages)
            }
            Pass::Complete => t!("cli-event-done-complete", login = login),
            Pass::Verify(_) => t!("cli-event-done-verify", login = login, messages = messages),
        };
        if exceptions == 0 {
            return line;
        }
        let count = t!(
            "cli-count-exceptions",
            count = exceptions,
            number = words.number(exceptions)
        );
        format!("{line}, {}", out::ink(out::Ink::Yellow, &count))
    }
}

/// What came of preparing an account, in words.
pub(super) fn prepared_words(prepared: &Prepared) -> String {
    match prepared {
        Prepared::Created => t!("cli-prepared-created"),
        Prepared::Completed => t!("cli-prepared-completed"),
        Prepared::PasswordSet => t!("cli-prepared-password-set"),
        Prepared::Unchanged => t!("cli-prepared-unchanged"),
        Prepared::WouldCreate => t!("cli-prepared-would-create"),
        Prepared::WouldComplete => t!("cli-prepared-would-complete"),
        Prepared::WouldSetPassword => t!("cli-prepared-would-set-password"),
        Prepared::Existed(differences) => {
            let each = differences.iter().map(|one| out::tame(&difference(one)));
            let parts: Vec<_> = [t!("cli-prepared-existed")]
                .into_iter()
                .chain(each)
                .collect();
            parts.join("; ")
        }
    }
}

/// A moment in the zone of this machine.
pub(super) fn moment(time: Option<Timestamp>) -> String {
    time.map_or_else(String::new, |time| {
        i18n::date_time(&time.to_zoned_datetime(TimeZone::system()))
    })
}

fn warning(text: &str) -> Said {
    Said::Warning(out::note_ink(out::Ink::Yellow, text))
}

/// What went wrong in one line: our sentence, then the technical line.
fn sentence(trouble: &Trouble) -> String {
    let (what, _) = fail::words_of(&trouble.kind.key());
    if trouble.detail.is_empty() {
        what
    } else {
        format!("{what} [{}]", out::tame(&trouble.detail))
    }
}

/// What a dry run found to copy, mailbox by mailbox.
pub(super) fn would_copy(last: &Snapshot) -> Vec<String> {
    let counted = last
        .mailboxes
        .iter()
        .filter(|row| matches!(row.activity, Activity::Done | Activity::DoneWithExceptions));
    counted
        .map(|row| {
            t!(
                "cli-event-would-copy",
                login = row.login.as_str(),
                messages = Words::current().messages(left(row))
            )
        })
        .collect()
}

/// Messages still to copy.
pub(super) fn left(row: &MailboxRow) -> u64 {
    row.listed.saturating_sub(row.done)
}

/// A duration that is never nothing.
pub(super) fn duration(time: Duration) -> String {
    if time < TENTH {
        t!("cli-less-than-a-tenth")
    } else {
        Words::current().duration(time)
    }
}

/// Exceptions and the like that a run left behind, and how long it took.
pub(super) fn summary(pass: Pass, dry_run: bool, outcome: &Outcome, last: &Snapshot) -> String {
    let words = Words::current();
    let time = duration(last.elapsed);
    if dry_run && pass != Pass::Accounts {
        let left = left(&last.total);
        return t!(
            "cli-summary-dry-run",
            messages = words.messages(left),
            mailboxes = words.mailboxes(outcome.finished)
        );
    }
    let number = words.number(outcome.copied);
    let mut text = match pass {
        Pass::Accounts => t!("cli-summary-accounts", time = time),
        Pass::Copy | Pass::Complete => {
            let size = words.size(last.total.octets_copied);
            t!(
                "cli-summary-copied",
                number = number,
                size = size,
                time = time
            )
        }
        Pass::Verify(_) => t!("cli-summary-verified", number = number, time = time),
    };
    let mut add = |part: String| {
        text.push(' ');
        text.push_str(&part);
    };
    add(t!(
        "cli-summary-finished",
        number = words.number(outcome.finished)
    ));
    let failed = outcome.failed.len() as u64;
    if failed > 0 {
        add(t!(
            "cli-summary-failed",
            count = failed,
            number = words.number(failed)
        ));
    }
    if outcome.failed_folders > 0 {
        let number = words.number(outcome.failed_folders);
        add(t!(
            "cli-summary-failed-folders",
            count = outcome.failed_folders,
            number = number
        ));
    }
    if outcome.exceptions > 0 {
        let number = words.number(outcome.exceptions);
        add(t!(
            "cli-summary-exceptions",
            count = outcome.exceptions,
            number = number
        ));
    }
    text
}
