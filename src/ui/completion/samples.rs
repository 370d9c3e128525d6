//! Migrations made up for tests and pictures: each state of this stop once.

mod reports;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::dns::{Dkim, Dmarc, Exchange, Facts as DnsFacts, Leads, Settings, Spf};
use super::facts::Facts;
use super::look::{Looked, Skip};
use super::verdict::Last;
use super::{Message, Names, Order, Over, Run, State};
use crate::engine::{Activity, Level, MailboxRow, Pass, RunPhase};
use crate::journal::{Phase, Setup, SetupRow, State as Fate, Tally};
use crate::project::Project;
use crate::provision::{Former, Setting};
use crate::report::{AccountReport, Assurance, Invariant, Report};
use crate::trouble::{Kind, Trouble};
use crate::ui::draft::{Item, Server};
use crate::ui::follow::Follow;
use crate::ui::running::Running;
use crate::ui::session::Session;
use crate::ui::step::Step;
use crate::users::{Entry, Ids};
pub(in crate::ui) use reports::{Compared, accounts, refuse, report};
use reports::{DOMAIN, PEOPLE};

/// One state of the screen.
pub(in crate::ui) struct Sample {
    pub session: Session,
    pub state: State,
    pub running: Option<Running>,
}

/// A session at this stop.
pub(in crate::ui) fn session() -> Session {
    let mut session = Session::new(PathBuf::from("/nowhere"));
    let server = |host: &str| Server {
        host: host.into(),
        verified: Some(String::from("Dovecot 2.3.21")),
        ..Server::default()
    };
    session.draft.origin = server("posta.vecchiohost.example");
    session.draft.destination = server("mail.studiolevante.example");
    session.draft.reached = Step::Completion;
    session.draft.name = String::from("Studio Levante");
    let mut ids = Ids::default();
    session.draft.entries = PEOPLE
        .iter()
        .map(|(local, ..)| Entry {
            login: format!("{local}@{DOMAIN}"),
            address: format!("{local}@{DOMAIN}"),
            ..Entry::new(&mut ids)
        })
        .collect();
    session.draft.recheck();
    session.draft.done = BTreeSet::from([Item::Mx, Item::Webmail]);
    session.project = Some(Project::at("/home/anna/Documenti/Traghetto/Studio Levante"));
    session
}

fn looked(leads: Leads) -> Looked {
    let host = match leads {
        Leads::Destination => "mail.studiolevante.example",
        _ => "mx1.vecchiohost.example",
    };
    Looked {
        at: Timestamp::now(),
        others: 0,
        facts: vec![DnsFacts {
            domain: DOMAIN.into(),
            exchange: Exchange::To {
                leads,
                hosts: vec![host.into()],
                ttl: Duration::from_hours(1),
            },
            settings: Settings::To {
                leads: Leads::Origin,
                name: format!("autodiscover.{DOMAIN}"),
                target: "auto.vecchiohost.example".into(),
            },
            spf: Spf::Names,
            dkim: Dkim::Missing,
            dmarc: Dmarc::Policy("quarantine".into()),
            exchange_records: vec![(DOMAIN.into(), "MX", format!("10 {host} · TTL 3600 s"))],
            settings_records: vec![(
                format!("autodiscover.{DOMAIN}"),
                "CNAME",
                "auto.vecchiohost.example".into(),
            )],
            signature_records: vec![
                (
                    DOMAIN.into(),
                    "TXT",
                    "v=spf1 mx include:_spf.studiolevante.example include:spf.antispam.example -all"
                        .into(),
                ),
                (
                    format!("_dmarc.{DOMAIN}"),
                    "TXT",
                    "v=DMARC1; p=quarantine; rua=mailto:postmaster@studiolevante.example".into(),
                ),
            ],
        }],
    }
}

/// A state with this report.
pub(in crate::ui) fn with(report: Report) -> Sample {
    let mut state = State::default();
    let mut session = session();
    session.touch();
    state.gathered(Ok(Some(Arc::new(Facts::of(Arc::new(report), None)))), 0);
    state.saw(looked(Leads::Destination));
    Sample {
        session,
        state,
        running: None,
    }
}

fn before() -> Vec<AccountReport> {
    let mut accounts = accounts(Compared::Nothing);
    for account in &mut accounts {
        account.phase = Phase::Copied;
        account.additional = None;
    }
    accounts
}

fn ready() -> Sample {
    let mut accounts = before();
    refuse(&mut accounts[8], 3, "connection-lost", "");
    refuse(
        &mut accounts[10],
        1,
        "too-large",
        "NO [TOOBIG] message too large",
    );
    with(report(accounts))
}

fn unfinished() -> Sample {
    let mut accounts = before();
    accounts[3].phase = Phase::Interrupted;
    accounts[3].trouble = Some(String::from("stopped"));
    for tally in [3, 4] {
        let one = &mut accounts[tally].tally.messages;
        let _ = one.insert(Fate::Planned, 200);
    }
    let mut sample = with(report(accounts));
    sample.state.names = Names::Skipped(Skip::Demo);
    sample.state.moved = None;
    sample
}

fn copying() -> Sample {
    let mut sample = unfinished();
    sample.state.run = Run::Elsewhere;
    let mut running = Running::new(Follow::default(), false);
    running.shown.pass = Some(Pass::Copy);
    running.shown.snapshot.total.listed = 186_420;
    running.shown.snapshot.total.done = 86_020;
    sample.running = Some(running);
    sample
}

fn mailboxes(pass: Pass) -> Vec<MailboxRow> {
    let activities = [
        Activity::Done,
        Activity::DoneWithExceptions,
        Activity::Failed,
        match pass {
            Pass::Verify(_) => Activity::Verifying,
            _ => Activity::Copying,
        },
        Activity::Listing,
        Activity::Waiting,
        Activity::Queued,
    ];
    let rows = PEOPLE
        .iter()
        .enumerate()
        .map(|(index, (local, listed, _))| {
            let activity = activities[index.min(6)];
            MailboxRow {
                login: format!("{local}@{DOMAIN}"),
                activity,
                listed: if index < 4 { *listed } else { 0 },
                done: if index < 3 { *listed } else { listed / 3 },
                copied: listed / 3,
                exceptions: u64::from(index == 1),
                ..MailboxRow::default()
            }
        });
    rows.collect()
}

fn running(pass: Pass, phase: RunPhase) -> Sample {
    let mut accounts = before();
    refuse(&mut accounts[8], 3, "connection-lost", "");
    let mut sample = with(report(accounts));
    let order = Order {
        passes: vec![Pass::Complete, Pass::Verify(Level::Full)],
        only: Vec::new(),
    };
    sample.state.run = Run::Ours(order);
    let mut running = Running::new(Follow::default(), false);
    let shown = &mut running.shown;
    shown.pass = Some(pass);
    shown.snapshot.phase = phase;
    shown.snapshot.mailboxes = mailboxes(pass).into();
    shown.snapshot.elapsed = Duration::from_secs(95);
    shown.snapshot.remaining = Some(Duration::from_secs(754));
    shown.snapshot.total.copied = 61_220;
    shown.snapshot.total.exceptions = 1;
    sample.running = Some(running);
    sample
}

fn proven() -> Sample {
    with(report(accounts(Compared::Full)))
}

pub(in crate::ui) fn missing() -> Sample {
    let mut accounts = accounts(Compared::Full);
    refuse(
        &mut accounts[8],
        2,
        "too-large",
        "NO [TOOBIG] message exceeds 50 MB",
    );
    refuse(&mut accounts[7], 1, "connection-lost", "");
    with(report(accounts))
}

fn failed() -> Sample {
    let mut accounts = accounts(Compared::Full);
    accounts[9].trouble = Some(String::from("login-refused"));
    accounts[9].detail = Some(String::from(
        "NO [AUTHENTICATIONFAILED] Authentication failed.",
    ));
    accounts[9].phase = Phase::Interrupted;
    accounts[3].folders.clear();
    accounts[3].tally = Tally::default();
    accounts[3].assurance = Assurance::Nothing;
    accounts[3].invariant = Invariant {
        holds: true,
        ..Invariant::default()
    };
    accounts[3].phase = Phase::Waiting;
    accounts[11].left_out = true;
    with(report(accounts))
}

fn stopped() -> Sample {
    let mut sample = with(report(accounts(Compared::Nothing)));
    sample.state.last = Last {
        stopped: true,
        pass: Some(Pass::Verify(Level::Full)),
        ..Last::default()
    };
    let facts = sample.state.facts().cloned();
    sample.state.gathered(Ok(facts), 0);
    sample
}

fn unverified() -> Sample {
    let mut sample = with(report(accounts(Compared::Nothing)));
    sample.state.last.failed = vec![(
        format!("l.moretti@{DOMAIN}"),
        Trouble::new(Kind::LoginRefused, "", ""),
    )];
    sample
}

fn set_up(at: usize, state: Setup, password: bool, held: bool) -> SetupRow {
    SetupRow {
        account: 0,
        state,
        differences: String::new(),
        trouble: None,
        detail: None,
        password,
        held: held.then(|| at.to_string()),
        at: 0,
    }
}

/// Accounts were created, one is still held, and a setting of the server is still as we made it.
fn made() -> Sample {
    let mut accounts = accounts(Compared::Full);
    for (at, account) in accounts.iter_mut().enumerate() {
        let state = match at {
            0 => Setup::HalfMade,
            1..4 => Setup::Existed,
            _ => Setup::Made,
        };
        account.setup = Some(set_up(at, state, at > 3, at == 2));
    }
    let mut sample = with(report(accounts));
    sample.state.former(vec![Former {
        setting: Setting::AppendRate,
        variable: String::from("c_mail_imap_appendrate"),
        value: String::from("60"),
    }]);
    sample
}

/// Only passwords were set; not those of the first `without`.
pub(in crate::ui) fn passwords(without: usize) -> Sample {
    let mut accounts = accounts(Compared::Nothing);
    for (at, account) in accounts.iter_mut().enumerate() {
        let set = at >= without;
        account.phase = Phase::Copied;
        account.folders.clear();
        account.tally = Tally::default();
        account.invariant = Invariant {
            holds: true,
            ..Invariant::default()
        };
        account.assurance = Assurance::Nothing;
        account.setup = Some(set_up(at, Setup::Existed, set, false));
    }
    let mut report = report(accounts);
    report.plan.scope = crate::plan::Scope::Passwords;
    with(report)
}

fn open() -> Sample {
    let mut accounts = accounts(Compared::Full);
    for account in &mut accounts {
        account.phase = Phase::Copied;
    }
    with(report(accounts))
}

fn over(message: Message) -> Sample {
    let mut sample = missing();
    let _ = sample
        .state
        .update(&mut sample.session, None, None, message);
    sample
}

fn stopping() -> Sample {
    let mut sample = running(Pass::Complete, RunPhase::Running);
    sample.state.over = Over::Stop;
    sample
}

fn loading() -> Sample {
    Sample {
        session: session(),
        state: State::default(),
        running: None,
    }
}

/// Makes a state.
type Make = fn() -> Sample;

/// The states and their names, which begin with the number of their picture in the design.
pub(in crate::ui) const ALL: &[(&str, Make)] = &[
    ("8-complete", ready),
    ("8-complete-loading", loading),
    ("8-complete-unfinished", unfinished),
    ("8-complete-copying", copying),
    ("8-last-running", || {
        running(Pass::Complete, RunPhase::Running)
    }),
    ("8-last-paused", || {
        running(Pass::Complete, RunPhase::Paused)
    }),
    ("8-verify-running", || {
        running(Pass::Verify(Level::Full), RunPhase::Running)
    }),
    ("8-stop-asked", stopping),
    ("8b-verified", proven),
    ("8b-verified-open", open),
    ("8b-sampled", || with(report(accounts(Compared::Sample)))),
    ("8b-present", || with(report(accounts(Compared::Present)))),
    ("8b-unverified", unverified),
    ("8b-stopped", stopped),
    ("8b-accounts", made),
    ("8b-passwords", || passwords(0)),
    ("8b-passwords-some", || passwords(2)),
    ("8b-list", || over(Message::List)),
    ("8c-missing", missing),
    ("8c-failed", failed),
    ("8c-ledger", || over(Message::Open(Some(8)))),
    ("8c-ledger-all", || over(Message::Open(None))),
    ("8c-records", || over(Message::Records(Item::Signatures))),
];
