//! States of this screen made up for tests and pictures.

mod opened;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, ToSpan as _};

use super::from::Phase;
use super::past::Past;
use super::{State, Stopping};
use crate::engine::{Activity, MailboxRow, Outcome, Pass, RunPhase, Snapshot};
use crate::plan::Scope;
use crate::trouble::{Kind, Trouble};
use crate::ui::draft::Server;
use crate::ui::follow::{Ended, Follow};
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::step::Step;
use opened::{account, empty_log, empty_statistics, failed_account, prepared_account, statistics};
pub(super) use opened::{lines, log};

/// All that the window needs to show it.
pub(in crate::ui) type Sample = (Session, State, Option<Running>);

const DOMAIN: &str = "@studiolevante.example";

/// Every state that is worth a picture.
pub(in crate::ui) fn samples() -> Vec<(&'static str, Sample)> {
    vec![
        ("7-live", running()),
        ("7-live-paused", paused()),
        ("7-live-preparing", preparing()),
        ("7-live-waiting", waiting()),
        ("7-live-closed", closed()),
        ("7-live-stopping", stopping()),
        ("7-live-errors", with_errors()),
        ("7-live-well", well()),
        ("7-live-stopped", stopped()),
        ("7-live-not-begun", not_begun()),
        ("7-live-past", past()),
        ("7-live-many", many(5_000)),
        ("7b-account", account()),
        ("7b-account-failed", failed_account()),
        ("7b-account-prepared", prepared_account()),
        ("7-live-passwords", passwords(false)),
        ("7-live-passwords-well", passwords(true)),
        ("7c-log", log()),
        ("7c-log-empty", empty_log()),
        ("7d-stats", statistics()),
        ("7d-stats-empty", empty_statistics()),
        ("7e-confirm-stop", asked()),
    ]
}

/// A draft that has come as far as this.
pub(super) fn session() -> Session {
    let mut session = Session::new(PathBuf::from("/nowhere"));
    let server = |host: &str, software: &str| Server {
        host: host.into(),
        verified: Some(software.into()),
        ..Server::default()
    };
    session.draft.origin = server("posta.vecchiohost.example", "Dovecot");
    session.draft.destination = server("mail.studiolevante.example", "IceWarp Server");
    session.draft.reached = Step::Live;
    session
}

/// A mailbox as the design shows it.
pub(super) fn row(login: &str, activity: Activity, folder: &str, done: u64, of: u64) -> MailboxRow {
    let through = matches!(activity, Activity::Done | Activity::DoneWithExceptions);
    MailboxRow {
        login: format!("{login}{DOMAIN}"),
        activity,
        folder: folder.into(),
        folders: if activity == Activity::Queued { 0 } else { 8 },
        folders_done: if through { 8 } else { 6 },
        listed: of,
        done,
        copied: done,
        octets_listed: of * 206_000,
        octets_done: done * 206_000,
        octets_copied: done * 206_000,
        ..MailboxRow::default()
    }
}

fn failed(login: &str, kind: Kind, done: u64, of: u64) -> MailboxRow {
    MailboxRow {
        trouble: Some(Trouble::new(
            kind,
            "posta.vecchiohost.example:993",
            "NO [AUTHENTICATIONFAILED] Authentication failed",
        )),
        ..row(login, Activity::Failed, "", done, of)
    }
}

pub(super) fn rows() -> Vec<MailboxRow> {
    let mut rows = vec![
        row(
            "g.bianchi",
            Activity::Copying,
            "Archivio/2021",
            12_203,
            17_946,
        ),
        row(
            "amministrazione",
            Activity::Copying,
            "Posta inviata",
            9_967,
            24_310,
        ),
        row("b.ferrari", Activity::Done, "", 8_112, 8_112),
        row("ordini", Activity::Copying, "Cestino", 18_907, 21_733),
        row("m.conti", Activity::Copying, "INBOX", 1_825, 15_208),
        failed("t.esposito", Kind::LoginRefused, 1_996, 5_702),
        MailboxRow {
            exceptions: 2,
            ..row("l.moretti", Activity::DoneWithExceptions, "", 6_316, 6_318)
        },
        row("info", Activity::Done, "", 12_406, 12_406),
    ];
    for index in 0..10_u64 {
        let login = format!("ufficio{}", index + 1);
        rows.push(row(
            &login,
            Activity::Done,
            "",
            1_300 + index,
            1_300 + index,
        ));
    }
    for login in ["c.marchetti", "s.russo", "p.galli"] {
        rows.push(row(login, Activity::Queued, "", 0, 0));
    }
    for index in 0..19 {
        rows.push(row(
            &format!("utente{}", index + 1),
            Activity::Queued,
            "",
            0,
            0,
        ));
    }
    rows
}

/// Only passwords are set; `over`: in all accounts.
pub(super) fn passwords(over: bool) -> Sample {
    let mut session = session();
    session.draft.set_scope(Scope::Passwords);
    let mut rows = rows();
    for (at, row) in rows.iter_mut().enumerate() {
        let activity = match at {
            _ if over => Activity::Done,
            0..2 => Activity::Preparing,
            2..14 => Activity::Done,
            _ => Activity::Queued,
        };
        *row = MailboxRow {
            login: row.login.clone(),
            activity,
            ..MailboxRow::default()
        };
    }
    let phase = if over {
        RunPhase::Ended
    } else {
        RunPhase::Running
    };
    let running = with(rows, phase);
    let mut state = state(&running);
    if over {
        state.ended(&ended(None, false));
    }
    (session, state, Some(running))
}

pub(super) fn with(rows: Vec<MailboxRow>, phase: RunPhase) -> Running {
    let mut running = Running::new(Follow::default(), false);
    let mut total = MailboxRow::default();
    for row in &rows {
        total.listed += row.listed;
        total.done += row.done;
        total.copied += row.copied;
        total.octets_listed += row.octets_listed;
        total.octets_done += row.octets_done;
    }
    running.shown.pass = Some(Pass::Copy);
    running.shown.snapshot = Snapshot {
        resumes_at: None,
        steady: None,
        phase,
        elapsed: Duration::from_secs(2_052),
        mailboxes: rows.into(),
        total,
        message_rate: 42.3,
        octet_rate: 8_640_000.0,
        remaining: Some(Duration::from_mins(40)),
    };
    running.begun = Timestamp::now()
        .checked_sub(34.minutes())
        .unwrap_or(running.begun);
    // A line that looks like one of a server.
    let mut seed = 7_u32;
    let mut noise = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from(u8::try_from(seed >> 24).unwrap_or(0)) / 255.0
    };
    for index in 0..61 {
        let dip = if (23..27).contains(&index) { 0.4 } else { 1.0 };
        let paused = phase == RunPhase::Paused && index > 47;
        let level = if paused { 0.0 } else { dip };
        let point = (
            (36.0 + 10.0 * noise()) * level,
            (7.4 + 2.4 * noise()) * 1e6 * level,
        );
        running.rates.push_back(point);
    }
    for index in 0..35_u32 {
        let dip = if (15..18).contains(&index) { 0.45 } else { 1.0 };
        let rate = (2_200.0 + 500.0 * noise()) * dip;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "made up"
        )]
        running.minutes.push_back(rate as u64);
    }
    running
}

fn state(running: &Running) -> State {
    let mut state = State::default();
    state.begun(true);
    state.seen = true;
    state.left = Some(Duration::from_mins(40));
    state.draw(running);
    state
}

pub(super) fn running() -> Sample {
    let running = with(rows(), RunPhase::Running);
    (session(), state(&running), Some(running))
}

pub(super) fn paused() -> Sample {
    let mut running = with(rows(), RunPhase::Paused);
    running.paused = Some(Timestamp::now());
    (session(), state(&running), Some(running))
}

fn preparing() -> Sample {
    let mut running = with(Vec::new(), RunPhase::Running);
    running.shown.pass = None;
    running.rates.clear();
    let mut state = state(&running);
    state.left = None;
    (session(), state, Some(running))
}

pub(super) fn waiting() -> Sample {
    let mut rows = rows();
    for row in &mut rows {
        if row.activity == Activity::Copying {
            row.activity = Activity::Waiting;
            row.trouble = Some(Trouble::new(
                Kind::HostUnreachable,
                "posta.vecchiohost.example:993",
                "No route to host (os error 113)",
            ));
        }
    }
    let running = with(rows, RunPhase::Running);
    let mut state = state(&running);
    state.pretended = Some(Phase::Offline(
        Timestamp::now().checked_add(2.minutes()).ok(),
    ));
    (session(), state, Some(running))
}

fn closed() -> Sample {
    let (mut session, mut state, running) = running();
    session.draft.options.window = Some(crate::plan::Window {
        from: jiff::civil::time(22, 0, 0, 0),
        to: jiff::civil::time(6, 0, 0, 0),
        weekends: true,
    });
    session.draft.options.since = Some(jiff::civil::date(2020, 1, 1));
    session.draft.options.max_size = Some(50_000_000);
    state.pretended = Some(Phase::Closed(Timestamp::now().checked_add(9.hours()).ok()));
    (session, state, running)
}

fn stopping() -> Sample {
    let running = with(rows(), RunPhase::Stopping);
    (session(), state(&running), Some(running))
}

fn ended(trouble: Option<Trouble>, stopped: bool) -> Ended {
    Ended {
        outcomes: if trouble.is_some() {
            Vec::new()
        } else {
            vec![(
                Pass::Copy,
                Outcome {
                    stopped,
                    ..Outcome::default()
                },
            )]
        },
        trouble,
        report: None,
        at: Timestamp::now(),
    }
}

pub(super) fn with_errors() -> Sample {
    let rows = rows()
        .into_iter()
        .map(|row| match row.activity {
            Activity::Copying | Activity::Queued => MailboxRow {
                activity: Activity::Done,
                listed: row.listed.max(800),
                done: row.listed.max(800),
                folders: 8,
                folders_done: 8,
                ..row
            },
            _ => row,
        })
        .filter(|row| row.done > 0)
        .map(|mut row| {
            if row.login.starts_with("ordini") {
                row.activity = Activity::Failed;
                row.trouble = Some(Trouble::new(Kind::OverQuota, "x", "NO [OVERQUOTA] full"));
            }
            row
        })
        .collect();
    let running = with(rows, RunPhase::Ended);
    let mut state = state(&running);
    state.ended(&ended(None, false));
    (session(), state, Some(running))
}

pub(super) fn well() -> Sample {
    let rows = rows()
        .into_iter()
        .map(|row| MailboxRow {
            activity: Activity::Done,
            done: row.listed,
            octets_done: row.octets_listed,
            exceptions: 0,
            trouble: None,
            ..row
        })
        .collect();
    let running = with(rows, RunPhase::Ended);
    let mut state = state(&running);
    state.ended(&ended(None, false));
    (session(), state, Some(running))
}

pub(super) fn stopped() -> Sample {
    let rows = rows()
        .into_iter()
        .map(|mut row| {
            if matches!(row.activity, Activity::Copying | Activity::Queued) {
                row.activity = Activity::Stopped;
            }
            row
        })
        .collect();
    let running = with(rows, RunPhase::Ended);
    let mut state = state(&running);
    state.ended(&ended(None, true));
    (session(), state, Some(running))
}

pub(super) fn not_begun() -> Sample {
    let mut running = with(Vec::new(), RunPhase::Running);
    running.shown = crate::ui::follow::Sample::default();
    running.rates.clear();
    let mut state = state(&running);
    state.left = None;
    state.charts = super::hero::Charts::default();
    state.past = Some(Arc::new(Past {
        rows: rows()
            .into_iter()
            .map(|old| {
                row(
                    old.login.trim_end_matches(DOMAIN),
                    Activity::Queued,
                    "",
                    0,
                    0,
                )
            })
            .collect(),
        ..Past::default()
    }));
    let trouble = Trouble::new(
        Kind::Busy,
        "",
        "another run works in '/home/consulente/Traghetto/Studio Levante'",
    );
    state.ended(&ended(Some(trouble), false));
    (session(), state, Some(running))
}

pub(super) fn past() -> Sample {
    let (session, mut state, running) = stopped();
    let rows = running.map(|running| running.shown.snapshot.mailboxes);
    state.ended = None;
    state.charts = super::hero::Charts::default();
    state.past = Some(Arc::new(Past {
        rows: rows.unwrap_or_default(),
        begun: Timestamp::from_second(1_763_500_000).ok(),
        last: Timestamp::from_second(1_763_510_000).ok(),
    }));
    (session, state, None)
}

/// So many mailboxes, with names as long as they get.
pub(super) fn many(count: usize) -> Sample {
    let rows = (0..count)
        .map(|index| {
            let login = format!("nome.cognome.molto.lungo.dell.ufficio.acquisti.{index:05}");
            let activity = match index % 7 {
                0 if index < 100 => Activity::Copying,
                1 if index < 700 => Activity::Failed,
                2 | 3 => Activity::Done,
                _ => Activity::Queued,
            };
            let folder = "Archivio/Progetti conclusi/2019/Fornitori esteri/Corrispondenza";
            MailboxRow {
                trouble: (activity == Activity::Failed)
                    .then(|| Trouble::new(Kind::TooLarge, "x", "y")),
                ..row(&login, activity, folder, 123_456, 1_234_567)
            }
        })
        .collect();
    let running = with(rows, RunPhase::Running);
    (session(), state(&running), Some(running))
}

pub(super) fn asked() -> Sample {
    let (session, mut state, running) = running();
    state.asked = Some(Stopping::Drain);
    (session, state, running)
}
