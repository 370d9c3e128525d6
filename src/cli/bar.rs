//! A run in bars: one for each mailbox that is being worked on, and a line for all.

use std::collections::BTreeMap;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{fail, lines, out};
use crate::engine::{Activity, MailboxRow, RunPhase, Snapshot};
use crate::i18n::Words;
use crate::t;

/// Mailboxes shown at once: more do not fit on a terminal of usual height.
const SHOWN: usize = 10;
/// Width of a login, in characters.
const LOGIN: usize = 28;

/// The bars of a run.
#[derive(Debug)]
pub(super) struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    /// By the mailbox's place in the plan.
    mailboxes: BTreeMap<usize, ProgressBar>,
    ended: bool,
}

impl Bars {
    /// Bars on the standard error, or on the standard output where only that is a terminal.
    pub(super) fn new(on_stderr: bool) -> Self {
        let target = if on_stderr {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::stdout()
        };
        let all = MultiProgress::with_draw_target(target);
        let total = all.add(ProgressBar::new(1).with_style(style(out::Ink::Bold)));
        total.set_prefix(t!("cli-bar-total"));
        Self {
            all,
            total,
            mailboxes: BTreeMap::new(),
            ended: false,
        }
    }

    /// Shows how far it is.
    pub(super) fn sample(&mut self, snapshot: &Snapshot) {
        if self.ended {
            return;
        }
        let active: Vec<usize> = snapshot
            .mailboxes
            .iter()
            .enumerate()
            .filter(|(_, row)| is_active(row.activity))
            .map(|(index, _)| index)
            .take(SHOWN)
            .collect();
        self.mailboxes.retain(|index, bar| {
            let stays = active.contains(index);
            if !stays {
                bar.finish_and_clear();
                self.all.remove(bar);
            }
            stays
        });
        for index in active {
            let row = &snapshot.mailboxes[index];
            let bar = self.mailboxes.entry(index).or_insert_with(|| {
                let bar = ProgressBar::new(1).with_style(style(out::Ink::Green));
                let bar = self.all.insert_before(&self.total, bar);
                bar.set_prefix(fit(&row.login));
                bar
            });
            bar.set_length(row.listed.max(1));
            bar.set_position(row.done);
            bar.set_message(mailbox(row));
        }
        let known = all_listed(snapshot);
        self.total.set_length(snapshot.total.listed.max(1));
        self.total
            .set_position(if known { snapshot.total.done } else { 0 });
        self.total.set_message(total(snapshot));
    }

    /// Takes the bars away for as long as something is written.
    pub(super) fn beside(&self, write: impl FnOnce()) {
        self.all.suspend(write);
    }

    /// Takes the bars away for good.
    pub(super) fn end(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        for bar in self.mailboxes.values() {
            bar.finish_and_clear();
        }
        self.mailboxes.clear();
        self.total.finish_and_clear();
        // The terminal is gone: then there is nothing to clear.
        let _ = self.all.clear();
    }
}

fn style(ink: out::Ink) -> ProgressStyle {
    let template = match ink {
        _ if !out::colours() => "{prefix} {bar:16} {wide_msg}",
        out::Ink::Bold => "{prefix:.bold} {bar:16} {wide_msg}",
        _ => "{prefix} {bar:16.green} {wide_msg}",
    };
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("━╸─")
}

/// A login at its width, cut at the end where it is longer.
fn fit(login: &str) -> String {
    if login.chars().count() > LOGIN {
        let head: String = login.chars().take(LOGIN - 1).collect();
        return format!("{head}…");
    }
    out::pad(login, LOGIN)
}

fn is_active(activity: Activity) -> bool {
    matches!(
        activity,
        Activity::Listing | Activity::Copying | Activity::Waiting | Activity::Verifying
    )
}

/// Whether it is known of every mailbox how much there is.
fn all_listed(snapshot: &Snapshot) -> bool {
    let mut rows = snapshot.mailboxes.iter();
    !rows.any(|row| matches!(row.activity, Activity::Queued | Activity::Listing))
}

fn mailbox(row: &MailboxRow) -> String {
    let words = Words::current();
    let counts = format!("{}/{}", words.number(row.done), words.number(row.listed));
    let doing = match row.activity {
        Activity::Listing => t!("cli-bar-listing"),
        Activity::Waiting => match &row.trouble {
            Some(trouble) => fail::words_of(&trouble.kind.key()).0,
            None => t!("cli-bar-waiting"),
        },
        _ => out::tame(&row.folder),
    };
    format!("{counts}  {doing}")
}

fn total(snapshot: &Snapshot) -> String {
    let words = Words::current();
    let total = &snapshot.total;
    // A part of a whole that still grows would go backwards.
    let known = all_listed(snapshot);
    let mut parts = Vec::new();
    if known {
        parts.push(words.percent(total.done, total.listed.max(1)));
    }
    parts.push(format!(
        "{}/{}",
        words.number(total.done),
        words.messages(total.listed)
    ));
    match snapshot.phase {
        RunPhase::Stopping => parts.push(t!("cli-bar-stopping")),
        RunPhase::Pausing | RunPhase::Paused => parts.push(t!("cli-bar-paused")),
        RunPhase::OutsideHours => parts.push(t!(
            "cli-bar-outside-hours",
            when = lines::moment(snapshot.resumes_at)
        )),
        RunPhase::Running | RunPhase::Draining | RunPhase::Ended => {
            parts.push(t!(
                "cli-rate",
                size = words.size(whole(snapshot.octet_rate))
            ));
            if let Some(left) = snapshot.remaining.filter(|left| known && !left.is_zero()) {
                parts.push(t!("cli-about-time", time = words.duration(left)));
            }
        }
    }
    // Last, for a narrow terminal cuts the end.
    parts.push(format!(
        "{}/{}",
        words.size(total.octets_done),
        words.size(total.octets_listed)
    ));
    parts.join(" · ")
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is small and not negative"
)]
fn whole(rate: f64) -> u64 {
    rate as u64
}
