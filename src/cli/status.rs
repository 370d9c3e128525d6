//! `status`: where it stands, from the journal alone, also while a run is going on.

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::fail::{self, Failure, Masters};
use super::report::ARRIVED;
use super::{Exit, args, out};
use crate::i18n::Words;
use crate::journal::{self, AccountRow, Journal, Phase, State, Tally};
use crate::plan::Plan;
use crate::report::phase_word;
use crate::t;

/// One account with its sums.
struct Standing {
    login: String,
    destination: String,
    group: String,
    /// Left out of runs by the plan.
    unselected: bool,
    row: Option<AccountRow>,
    folders: u64,
    tally: Tally,
}

/// Reads and shows; connects to nobody.
pub(super) fn status(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let plan = project.load()?;
    let standings = if project.journal_file().exists() {
        let journal = Journal::open_existing(&project.journal_file())?;
        let runtime = super::runtime()?;
        let mut standings = runtime.block_on(gather(&journal, &plan))?;
        let running = |standing: &Standing| standing.phase() == Phase::Copying;
        if standings.iter().any(running) && project.lock().is_ok() {
            // Nobody works here: what was begun was cut off, or has ended since we looked.
            standings = runtime.block_on(gather(&journal, &plan))?;
            for row in standings
                .iter_mut()
                .filter_map(|standing| standing.row.as_mut())
            {
                if row.phase == Phase::Copying {
                    row.phase = Phase::Interrupted;
                }
            }
        }
        standings
    } else {
        planned(&plan, &mut Vec::new())
    };
    if matches.get_flag(args::JSON) {
        out::line(&json_of(&standings).to_string());
    } else {
        show(&standings, &Masters::of(&plan));
    }
    Ok(Exit::Good)
}

async fn gather(journal: &Journal, plan: &Plan) -> Result<Vec<Standing>, journal::Error> {
    let mut rows = journal.accounts().await?;
    let mut standings = planned(plan, &mut rows);
    // Accounts that were taken out of the plan after they had begun.
    standings.extend(rows.into_iter().map(|row| Standing {
        login: row.login.clone(),
        destination: row.destination_login.clone(),
        group: String::new(),
        unselected: false,
        row: Some(row),
        folders: 0,
        tally: Tally::default(),
    }));
    for standing in &mut standings {
        let Some(row) = &standing.row else { continue };
        for folder in journal.folder_sums(row.id).await? {
            standing.folders += 1;
            standing.tally.add(&folder.tally);
        }
    }
    Ok(standings)
}

/// The accounts of the plan, each with its row, which is taken out of `rows`.
fn planned(plan: &Plan, rows: &mut Vec<AccountRow>) -> Vec<Standing> {
    plan.jobs
        .iter()
        .map(|job| Standing {
            login: job.login.clone(),
            destination: job.destination_login.clone(),
            group: job.group.clone(),
            unselected: !job.selected,
            row: rows
                .iter()
                .position(|row| row.login == job.login)
                .map(|index| rows.remove(index)),
            folders: 0,
            tally: Tally::default(),
        })
        .collect()
}

impl Standing {
    fn phase(&self) -> Phase {
        self.row.as_ref().map_or(Phase::Waiting, |row| row.phase)
    }

    fn phase_word(&self, words: Words) -> String {
        match (self.unselected, self.phase()) {
            (true, Phase::Waiting) => t!("cli-left-out"),
            (true, phase) => format!("{}, {}", phase_word(phase, &words), t!("cli-left-out-now")),
            (false, phase) => phase_word(phase, &words),
        }
    }

    fn trouble(&self) -> Option<&str> {
        self.row.as_ref()?.trouble.as_deref()
    }

    fn json(&self) -> Value {
        let row = self.row.as_ref();
        let mut object = counts(&self.tally);
        let mut put = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
        put("account", json!(self.login));
        put("destination", json!(self.destination));
        put(
            "group",
            json!(Some(&self.group).filter(|group| !group.is_empty())),
        );
        put("phase", json!(self.phase()));
        put("left_out", json!(self.unselected));
        put("folder_count", json!(self.folders));
        put("trouble", json!(self.trouble()));
        put("detail", json!(row.and_then(|row| row.detail.as_deref())));
        put("additional", json!(row.and_then(|row| row.additional)));
        put(
            "software",
            json!(row.and_then(|row| row.software.as_deref())),
        );
        put("started", json!(row.and_then(|row| time(row.started))));
        put("finished", json!(row.and_then(|row| time(row.finished))));
        Value::Object(object)
    }
}

/// A time of the journal as RFC 3339 writes it.
fn time(milliseconds: Option<i64>) -> Option<String> {
    let time = jiff::Timestamp::from_millisecond(milliseconds?).ok()?;
    Some(time.to_string())
}

fn counts(tally: &Tally) -> Map<String, Value> {
    let states: Map<String, Value> = State::ALL
        .iter()
        .filter_map(|state| match serde_json::to_value(state) {
            Ok(Value::String(name)) => Some((name, json!(tally.of(&[*state])))),
            _ => None,
        })
        .collect();
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    put("listed", json!(tally.total()));
    put("octets", json!(tally.total_octets()));
    put("copied", json!(tally.of(&ARRIVED)));
    put("verified", json!(tally.of(&[State::Verified])));
    put("exceptions", json!(tally.of(&[State::Exception])));
    put("states", Value::Object(states));
    object
}

fn json_of(standings: &[Standing]) -> Value {
    let mut totals = Tally::default();
    for standing in standings {
        totals.add(&standing.tally);
    }
    let accounts: Vec<_> = standings.iter().map(Standing::json).collect();
    json!({ "accounts": accounts, "totals": counts(&totals) })
}

fn show(standings: &[Standing], masters: &Masters) {
    let words = Words::current();
    let grouped = standings.iter().any(|standing| !standing.group.is_empty());
    let head = vec![
        t!("cli-column-account"),
        t!("cli-column-group"),
        t!("cli-column-phase"),
        t!("cli-column-listed"),
        t!("cli-column-copied"),
        t!("cli-column-verified"),
        t!("cli-column-exceptions"),
    ];
    let row = |name: String, group: &str, phase: String, tally: &Tally| {
        vec![
            name,
            group.to_owned(),
            phase,
            words.number(tally.total()),
            words.number(tally.of(&ARRIVED)),
            words.number(tally.of(&[State::Verified])),
            words.number(tally.of(&[State::Exception])),
        ]
    };
    let mut totals = Tally::default();
    let mut rows = vec![head];
    for standing in standings {
        rows.push(row(
            standing.login.clone(),
            &standing.group,
            standing.phase_word(words),
            &standing.tally,
        ));
        totals.add(&standing.tally);
    }
    rows.push(row(
        words.mailboxes(standings.len() as u64),
        "",
        String::new(),
        &totals,
    ));
    if !grouped {
        for row in &mut rows {
            let _group = row.remove(1);
        }
    }
    let last = rows.len() - 1;
    let texts = if grouped { 3 } else { 2 };
    for (index, line) in out::table(&rows, texts).into_iter().enumerate() {
        let heading = index == 0 || index == last;
        out::line(&if heading {
            out::ink(out::Ink::Bold, &line)
        } else {
            line
        });
    }
    for standing in standings {
        let Some(trouble) = standing.trouble() else {
            continue;
        };
        let (what, usual) = fail::advice_of(trouble);
        let remedy = masters.remedy_of(trouble, usual);
        out::line("");
        out::line(&out::ink(
            out::Ink::Red,
            &format!("{}: {what}", standing.login),
        ));
        let detail = standing.row.as_ref().and_then(|row| row.detail.as_deref());
        for line in [remedy.as_str(), detail.unwrap_or_default()] {
            if !line.trim().is_empty() {
                out::line(&format!("  {}", out::tame(line)));
            }
        }
    }
}
