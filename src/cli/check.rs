//! `check`: every login, folder and limit on both sides, before anything is copied.

use std::time::Duration;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::fail::{self, Failure, Masters};
use super::follow::Interrupts;
use super::{Exit, args, ask, folders, json as events, lines, out, provision, run, value};
use crate::engine::survey::{self, AccountCheck, SideCheck, Warning};
use crate::engine::{Pass, Prepared, Request};
use crate::i18n::{self, Words};
use crate::journal::Journal;
use crate::plan::Options;
use crate::trouble::Trouble;
use crate::{log, t};

/// Looks at everything and changes nothing.
pub(super) fn check(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let plan = project.load()?;
    let only = run::only(&plan, matches)?;
    let json = matches.get_flag(args::JSON);
    let provisioner = provision::provisioner(&project, &plan)?;
    let secrets = ask::secrets(&project, &plan, &only)?;
    let _log = log::start(&project.log_dir(&plan.options), false)?;
    // Looking leaves no journal behind; but what is decided there already holds.
    let file = project.journal_file();
    let journal = if file.exists() {
        Journal::open_existing(&file)?
    } else {
        Journal::in_memory()?
    };
    value::apart(&plan)?;
    let at_once = plan.options.mailboxes;
    let filters = filters(&plan.options);
    let masters = Masters::of(&plan);
    let request = Request {
        only,
        dry_run: true,
        provisioner,
        ..Request::new(plan, project, journal, secrets, Pass::Copy)
    };
    super::runtime()?.block_on(async {
        let mut interrupts = Interrupts::listen();
        let tell = |found: &AccountCheck| {
            if json {
                out::line(&json_of(found).to_string());
            } else {
                show(found, &masters);
            }
        };
        let found = tokio::select! {
            found = survey::check(&request, tell) => found,
            () = interrupts.next() => return Ok(Exit::Interrupted),
        };
        let totals = Totals::of(&found, at_once);
        if json {
            out::line(&totals.json(!filters.is_empty()).to_string());
        } else {
            totals.show();
            if !filters.is_empty() {
                out::line(&t!(
                    "cli-check-before-filters",
                    filters = filters.join(", ")
                ));
            }
        }
        Ok(totals.exit())
    })
}

/// The filters that look at single messages: only a run can count what they leave.
fn filters(options: &Options) -> Vec<String> {
    let since = options.since.map(|day| format!("--since {day}"));
    let size = options
        .max_size
        .map(|size| format!("--max-size {}", Words::current().size(size)));
    since.into_iter().chain(size).collect()
}

fn show(found: &AccountCheck, masters: &Masters) {
    let name = format!("{} → {}", found.login, found.destination_login);
    out::line(&out::ink(out::Ink::Bold, &name));
    show_side(&t!("cli-side-origin"), &found.origin, masters);
    match &found.account {
        // There is no mailbox yet of which anything could be told.
        Some(prepared @ (Prepared::WouldCreate | Prepared::WouldSetPassword)) => {
            out::line(&format!(
                "  {} {}",
                t!("cli-side-destination"),
                lines::prepared_words(prepared)
            ));
        }
        Some(prepared) => {
            show_side(&t!("cli-side-destination"), &found.destination, masters);
            out::line(&format!("    {}", lines::prepared_words(prepared)));
        }
        None => show_side(&t!("cli-side-destination"), &found.destination, masters),
    }
    for line in folders::lines(&found.folders) {
        out::line(&format!("    {line}"));
    }
    for warning in &found.warnings {
        let text = format!("{} {}", t!("cli-warning"), warning_words(warning));
        out::line(&format!("  {}", out::ink(out::Ink::Yellow, &text)));
    }
    if let Some(time) = found.estimate {
        out::line(&format!("  {}", estimate(time)));
    }
}

fn estimate(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        return t!("cli-check-estimate-short");
    }
    t!("cli-check-estimate", time = Words::current().duration(time))
}

fn show_side(name: &str, side: &Result<SideCheck, Trouble>, masters: &Masters) {
    let words = Words::current();
    match side {
        Ok(side) => {
            let mut parts = vec![
                out::tame(&side.software),
                words.folders(side.folders),
                words.messages(side.messages),
            ];
            parts.retain(|part| !part.is_empty());
            parts.extend(side.octets.map(|octets| words.size(octets)));
            parts.extend(side.quota.map(|(used, most)| {
                t!(
                    "cli-check-quota",
                    used = words.size(used),
                    most = words.size(most)
                )
            }));
            parts.extend(
                side.append_limit
                    .map(|most| t!("cli-check-append-limit", size = words.size(most))),
            );
            let time = match side.round_trip.as_millis() {
                0 => String::from("<1"),
                time => time.to_string(),
            };
            parts.push(t!("cli-check-round-trip", time = time));
            out::line(&format!("  {name}  {}", parts.join(", ")));
        }
        Err(trouble) => {
            let lines = fail::trouble_lines(trouble, masters).join("\n    ");
            out::line(&format!("  {name}  {}", out::ink(out::Ink::Red, &lines)));
        }
    }
}

fn warning_words(warning: &Warning) -> String {
    let words = Words::current();
    match warning {
        Warning::QuotaTooSmall { needed, free } => {
            t!(
                "cli-warning-quota",
                needed = words.size(*needed),
                free = words.size(*free)
            )
        }
        Warning::HiddenFolders => t!("cli-warning-hidden-folders"),
        Warning::HiddenLabels => t!("cli-warning-hidden-labels"),
        Warning::UnreadableFolder { words } => {
            t!("cli-warning-unreadable-folder", words = out::tame(words))
        }
        Warning::FolderRefused { folder } => {
            t!("cli-warning-folder-refused", folder = out::tame(folder))
        }
        Warning::NotEmpty { messages } => t!(
            "cli-warning-not-empty",
            messages = words.messages(*messages)
        ),
        Warning::NoUidPlus => t!("cli-warning-no-uidplus"),
        Warning::Groupware { folders } => t!(
            "cli-warning-groupware",
            folders = out::tame(&folders.join(", "))
        ),
    }
}

/// Whether a warning says that mail would stay behind.
fn is_grave(warning: &Warning) -> bool {
    matches!(
        warning,
        Warning::QuotaTooSmall { .. }
            | Warning::UnreadableFolder { .. }
            | Warning::FolderRefused { .. }
    )
}

/// Messages and octets of the folders that come along; of all of them where that is not known.
fn to_copy(account: &AccountCheck, origin: &SideCheck) -> (u64, u64) {
    if account.folders.is_empty() {
        return (origin.messages, origin.octets.unwrap_or(0));
    }
    let coming = || {
        let folders = account.folders.iter();
        folders.filter(|folder| folder.destination.is_some())
    };
    let messages = coming().map(|folder| folder.messages).sum();
    let octets = coming().filter_map(|folder| folder.octets).sum();
    (messages, octets)
}

/// All accounts together.
#[derive(Debug, Default)]
struct Totals {
    accounts: u64,
    ready: u64,
    messages: u64,
    octets: u64,
    warnings: u64,
    grave: bool,
    estimate: Option<Duration>,
}

impl Totals {
    fn of(found: &[AccountCheck], at_once: u32) -> Self {
        let mut totals = Self {
            accounts: found.len() as u64,
            ..Self::default()
        };
        let mut sum = Duration::ZERO;
        let mut longest = Duration::ZERO;
        for account in found {
            totals.ready += u64::from(account.is_ready());
            totals.warnings += account.warnings.len() as u64;
            totals.grave |= account.warnings.iter().any(is_grave);
            if let Ok(origin) = &account.origin {
                let (messages, octets) = to_copy(account, origin);
                totals.messages += messages;
                totals.octets += octets;
            }
            let time = account.estimate.unwrap_or_default();
            sum += time;
            longest = longest.max(time);
        }
        // Several mailboxes at once, but never faster than the largest of them.
        totals.estimate = (!sum.is_zero()).then(|| longest.max(sum / at_once.max(1)));
        totals
    }

    fn exit(&self) -> Exit {
        if self.ready < self.accounts {
            Exit::Stopped
        } else if self.grave {
            Exit::Exceptions
        } else {
            Exit::Good
        }
    }

    fn show(&self) {
        let words = Words::current();
        let text = t!(
            "cli-check-total",
            ready = words.number(self.ready),
            number = words.number(self.accounts),
            messages = words.messages(self.messages),
            size = words.size(self.octets),
        );
        out::line("");
        out::line(&out::ink(out::Ink::Bold, &text));
        if let Some(time) = self.estimate {
            out::line(&estimate(time));
        }
        let failed = self.accounts - self.ready;
        if failed > 0 {
            let number = i18n::number(failed);
            let text = t!("cli-check-not-ready", count = failed, number = number);
            out::note(&out::note_ink(out::Ink::Red, &text));
        }
    }

    fn json(&self, before_filters: bool) -> Value {
        json!({
            "event": "ended",
            "pass": "check",
            "accounts": self.accounts,
            "ready": self.ready,
            "messages": self.messages,
            "octets": self.octets,
            "before_filters": before_filters,
            "warnings": self.warnings,
            "estimate": self.estimate.map(|time| time.as_secs_f64()),
        })
    }
}

fn json_of(found: &AccountCheck) -> Value {
    let folders: Vec<_> = found
        .folders
        .iter()
        .map(|folder| {
            json!({
                "origin": folder.origin,
                "destination": folder.destination,
                "create": folder.create,
                "notes": folder.notes,
                "messages": folder.messages,
                "octets": folder.octets,
            })
        })
        .collect();
    json!({
        "event": "account_checked",
        "prepared": found.account.as_ref().map(events::prepared),
        "account": found.login,
        "destination_login": found.destination_login,
        "ready": found.is_ready(),
        "origin": side_json(&found.origin),
        "destination": side_json(&found.destination),
        "folders": folders,
        "warnings": found.warnings,
        "estimate": found.estimate.map(|time| time.as_secs_f64()),
    })
}

fn side_json(side: &Result<SideCheck, Trouble>) -> Value {
    match side {
        Ok(side) => json!({
            "software": side.software,
            "round_trip": side.round_trip.as_secs_f64(),
            "capabilities": side.capabilities,
            "folders": side.folders,
            "messages": side.messages,
            "octets": side.octets,
            "quota": side.quota.map(|(used, most)| json!({ "used": used, "most": most })),
            "append_limit": side.append_limit,
        }),
        Err(trouble) => json!({ "trouble": events::trouble(trouble) }),
    }
}
