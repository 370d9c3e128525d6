use iced::Size;
use iced::keyboard::key::Named;
use iced_test::Simulator;

use super::*;
use crate::account::Side;
use crate::engine::Prepared;
use crate::plan::{Hold, MigrationAccount, Scope, Window};
use crate::provision::{self, Difference, Fact, Part, Weight as Grave};
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};
use crate::ui::draft::Kind as Whose;
use crate::ui::options::samples;
use crate::ui::options::samples::framed;
use crate::ui::survey::{Obstacle, Survey};

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 2,
};

fn show<'a>(state: &'a State, session: &'a Session) -> Simulator<'a, Message> {
    let page = state.view(session, PANE);
    Simulator::with_size(samples::settings(), PANE.size, framed(page, PANE))
}

fn said(ui: Simulator<'_, Message>) -> Vec<Message> {
    ui.into_messages().collect()
}

#[test]
fn the_button_begins_a_copy_of_everybody() {
    let mut session = samples::looked_at(3);
    let mut state = State::default();
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("preflight-start").as_str()).unwrap();
    let said = said(ui);
    assert!(matches!(said[..], [Message::Start]), "{said:?}");
    let action = state.update(&mut session, Message::Start);
    assert!(matches!(
        action,
        Action::Begin(passes, only) if passes == [Pass::Copy] && only.is_empty()
    ));
}

#[test]
fn who_cannot_be_opened_does_not_begin() {
    let mut session = samples::troubled(8);
    let mut state = State::default();
    match state.update(&mut session, Message::Start) {
        Action::Begin(_, only) => assert_eq!(only.len(), 5),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_begins_while_the_vault_is_locked() {
    let mut session = samples::session(2);
    for login in samples::logins(2) {
        session.keeper.remove(&Key::login(Side::Origin, &login));
    }
    session.touch();
    let mut state = State::default();
    assert!(matches!(
        state.update(&mut session, Message::Start),
        Action::None
    ));
    assert!(state.enter(&session).is_none());
    assert_eq!(state.mark(&session), Mark::Bad);
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("preflight-start").as_str()).unwrap();
    let _ = ui.click(t!("preflight-enter").as_str()).unwrap();
    let said = said(ui);
    assert!(matches!(said[..], [Message::Go(Step::Users)]), "{said:?}");
}

#[test]
fn nobody_gets_past_here_without_beginning() {
    let mut session = samples::looked_at(2);
    let state = State::default();
    assert!(!state.is_ready(&session));
    assert!(matches!(state.enter(&session), Some(Message::Start)));
    session.draft.reached = Step::Live;
    assert!(state.is_ready(&session));
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("preflight-resume").as_str()).is_ok());
}

#[test]
fn a_finding_opens_its_accounts_and_escape_closes_them() {
    let mut session = samples::troubled(8);
    let mut state = State::default();
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("preflight-see").as_str()).unwrap();
    let see = said(ui).remove(0);
    assert!(matches!(see, Message::See(What::Shut(Side::Origin))));
    assert!(state.escape().is_none());
    let _ = state.update(&mut session, see);
    let mut ui = show(&state, &session);
    assert!(
        ui.find("NO [AUTHENTICATIONFAILED] Authentication failed.")
            .is_ok()
    );
    assert!(ui.find(samples::logins(8)[1].as_str()).is_ok());
    drop(ui);
    let escape = state.escape().unwrap();
    assert!(matches!(state.enter(&session), Some(Message::Unsee)));
    let _ = state.update(&mut session, escape);
    assert!(state.panel.is_none());
}

#[test]
fn looking_is_shown_and_can_be_ended() {
    let mut session = samples::session(5);
    let found = samples::found(&samples::logins(5));
    Survey::pretend(&mut session, found[..2].to_vec(), true);
    let mut state = State::default();
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("ui-cancel").as_str()).unwrap();
    let _ = ui.click(t!("preflight-start").as_str()).unwrap();
    let mut messages = said(ui);
    assert!(matches!(messages[..], [Message::Halt]), "{messages:?}");
    let _ = state.update(&mut session, messages.remove(0));
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("preflight-check-rest").as_str()).unwrap();
    let messages = said(ui);
    assert!(matches!(messages[..], [Message::CheckRest]), "{messages:?}");
}

#[test]
fn the_table_is_sorted_by_its_heads_and_searched() {
    let mut session = samples::looked_at(12);
    let mut state = State::default();
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("preflight-column-time").as_str()).unwrap();
    let _ = ui.tap_key(Named::Enter);
    let sorted = said(ui);
    assert!(
        matches!(
            sorted[..],
            [Message::Sort(Sort::Time), Message::Sort(Sort::Time)]
        ),
        "{sorted:?}"
    );
    let _ = state.update(&mut session, Message::Search("rUsso".into()));
    let mut ui = show(&state, &session);
    assert!(ui.find("s.russo").is_ok());
    assert!(ui.find("g.bianchi").is_err());
}

#[test]
fn five_thousand_accounts_are_shown_at_once() {
    let mut session = samples::looked_at(5_000);
    let state = State::default();
    let begun = std::time::Instant::now();
    for _ in 0..5 {
        let mut ui = show(&state, &session);
        assert!(ui.find("amministrazione.100").is_ok());
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let mut state = state;
    let _ = state.update(&mut session, Message::Move(table::Motion::Last));
    assert_eq!(state.accounts.view.cursor, 4_999);
}

#[test]
fn estimates_are_split_from_their_units() {
    assert_eq!(split("38,4\u{a0}GB"), ("38,4".into(), "GB".into()));
    assert_eq!(split("1 h 15 min"), ("1 h 15".into(), "min".into()));
    assert_eq!(split("–"), ("–".into(), String::new()));
}

/// Accounts that are created, were there, and differ; `scope`: or only their passwords are set.
fn making(count: usize, scope: Scope) -> Session {
    let mut session = samples::session(count);
    session.draft.destination.kind = Whose::Icewarp;
    session.draft.web.host = "mail.studiolevante.example".into();
    session.draft.web.admin = "admin@studiolevante.example".into();
    session.draft.migration_account = Some(MigrationAccount {
        address: "migrazione@studiolevante.example".into(),
        hold: Hold::Forward,
    });
    session.draft.set_scope(scope);
    session.touch();
    let mut found = samples::found(&samples::logins(count));
    for (at, check) in found.iter_mut().enumerate() {
        check.account = Some(match (scope, at) {
            (Scope::Passwords, _) => Prepared::WouldSetPassword,
            (_, 0) => Prepared::Existed(vec![Difference {
                what: Part::Alias,
                wanted: "direzione@studiolevante.example".into(),
                found: String::new(),
            }]),
            (_, 1 | 2) => Prepared::Existed(Vec::new()),
            _ => Prepared::WouldCreate,
        });
    }
    Survey::pretend(&mut session, found, false);
    session
}

fn told(weight: Grave, fact: Fact) -> provision::Finding {
    provision::Finding { weight, fact }
}

/// What the administration says; `seats`: too few.
fn tested(seats: u64) -> State {
    let mut state = State::default();
    let enough = if seats < 12 {
        Grave::Blocker
    } else {
        Grave::Good
    };
    state.trial.pretend(Ok(vec![
        told(
            enough,
            Fact::Seats {
                free: seats,
                wanted: 12,
            },
        ),
        told(Grave::Good, Fact::Domain("studiolevante.example".into())),
        told(
            Grave::Warning,
            Fact::Setting {
                setting: Setting::AppendRate,
                value: "60".into(),
                better: Some("0".into()),
            },
        ),
    ]));
    state
}

#[test]
fn what_becomes_of_the_accounts_is_said_with_totals_and_differences() {
    let session = making(15, Scope::Accounts);
    let state = tested(20);
    let verdict = state.verdict(&session);
    assert!(verdict.can_start());
    assert_eq!((verdict.made.create, verdict.made.existing), (12, 3));
    let of = |what: &What| {
        let mut findings = verdict.findings.iter();
        findings.find(|one| one.what == *what).unwrap().cases.len()
    };
    assert_eq!(of(&What::Made(verdict.made)), 15);
    assert_eq!(of(&What::Differing), 1);
}

#[test]
fn what_blocks_the_accounts_blocks_the_beginning() {
    let session = making(15, Scope::Accounts);
    assert!(!tested(3).verdict(&session).can_start());
    let mut state = State::default();
    let refused = Trouble::new(Kind::AdminRefused, "admin@studiolevante.example", "");
    state.trial.pretend(Err(refused));
    assert!(!state.verdict(&session).can_start());
    assert_eq!(state.mark(&session), Mark::Bad);
}

#[test]
fn a_setting_is_put_right_from_here() {
    let session = making(15, Scope::Accounts);
    let state = tested(20);
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("web-put-right").as_str()).unwrap();
    let said = said(ui);
    assert!(
        matches!(said[..], [Message::PutRight(Setting::AppendRate)]),
        "{said:?}"
    );
}

#[test]
fn passwords_alone_promise_nothing_of_messages() {
    let session = making(15, Scope::Passwords);
    let state = State::default();
    let verdict = state.verdict(&session);
    assert!(verdict.can_start());
    let speaks = |finding: &&findings::Finding| {
        matches!(
            finding.what,
            What::Credentials { .. } | What::Reachable { .. } | What::Folders { .. }
        )
    };
    assert_eq!(verdict.findings.iter().find(speaks), None);
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("preflight-column-time").as_str()).is_err());
    assert!(ui.find(t!("check-would-set-password").as_str()).is_ok());
}

/// States worth looking at.
/// The first third in one group, the second in another.
fn in_groups(mut session: Session) -> Session {
    let third = session.draft.entries.len() / 3;
    for (at, entry) in session.draft.entries.iter_mut().enumerate() {
        entry.group = match at / third {
            0 => String::from("lunedì amministrazione"),
            1 => String::from("martedì"),
            _ => String::new(),
        };
    }
    session.touch();
    session
}

#[test]
fn one_group_begins_alone_and_without_those_who_cannot() {
    let mut session = in_groups(samples::troubled(8));
    let mut state = State::default();
    let group = |name: &str| Message::Group(Some(name.into()));
    let mut begin = |message| {
        let _ = state.update(&mut session, message);
        match state.update(&mut session, Message::Start) {
            Action::Begin(_, only) => only,
            other => panic!("{other:?}"),
        }
    };
    let logins = samples::logins(8);
    // Of the first two the second cannot be opened; of the next two it is the one after.
    assert_eq!(begin(group("lunedì amministrazione")), [logins[0].clone()]);
    assert_eq!(begin(group("martedì")), [logins[3].clone()]);
    let all = begin(Message::Group(None));
    assert_eq!(all.len(), 5);
    assert_eq!(begin(group("che non c’è più")), all);
}

#[test]
fn a_group_of_whom_nobody_is_ready_does_not_begin() {
    let mut session = samples::troubled(8);
    session.draft.entries[1].group = String::from("solo");
    session.touch();
    let mut state = State::default();
    assert!(state.enter(&session).is_some());
    let _ = state.update(&mut session, Message::Group(Some("solo".into())));
    assert!(state.enter(&session).is_none());
    let action = state.update(&mut session, Message::Start);
    assert!(matches!(action, Action::None));
    let page = state.view(&session, PANE);
    assert_eq!(page.status.tone, Tone::Warn);
}

#[test]
fn groups_are_offered_only_where_there_are_any() {
    let mut session = samples::looked_at(6);
    let state = State::default();
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("preflight-group-all").as_str()).is_err());
    drop(ui);
    session = in_groups(session);
    assert_eq!(
        state.view(&session, PANE).buttons.map(|all| all.len()),
        Some(3)
    );
}

pub(in crate::ui) fn samples() -> Vec<(&'static str, State, Session)> {
    let mut all = Vec::new();
    let mut session = samples::session(40);
    session.draft.options.exclude_folders = vec!["Junk".into()];
    session.draft.options.max_size = Some(50_000_000);
    session.draft.options.window = Some(Window {
        from: jiff::civil::time(22, 0, 0, 0),
        to: jiff::civil::time(6, 0, 0, 0),
        weekends: true,
    });
    session.touch();
    let found = samples::found(&samples::logins(40));
    Survey::pretend(&mut session, found, false);
    all.push(("usual", State::default(), session));
    let mut state = State::default();
    let mut session = in_groups(samples::troubled(40));
    let group = Some(String::from("lunedì amministrazione"));
    let _ = state.update(&mut session, Message::Group(group));
    all.push(("group", state, session));
    let session = samples::troubled(40);
    all.push(("troubled", State::default(), session));
    let mut session = samples::troubled(40);
    let mut state = State::default();
    let _ = state.update(&mut session, Message::See(What::Shut(Side::Origin)));
    all.push(("panel", state, session));
    let mut session = samples::session(40);
    let found = samples::found(&samples::logins(40));
    Survey::pretend(&mut session, found[..12].to_vec(), true);
    all.push(("looking", State::default(), session));
    let mut session = samples::session(3);
    let checks = samples::logins(3)
        .iter()
        .map(|login| samples::refused(login, Side::Destination, Kind::ConnectionRefused))
        .collect();
    Survey::pretend(&mut session, checks, false);
    all.push(("blocked", State::default(), session));
    let mut session = samples::looked_at(12);
    session.survey.obstruct(Obstacle::Running);
    session.draft.reached = Step::Live;
    session.touch();
    all.push(("running", State::default(), session));
    all.push(("accounts", tested(20), making(15, Scope::Accounts)));
    all.push(("accounts-blocked", tested(3), making(15, Scope::Accounts)));
    let mut session = making(15, Scope::Accounts);
    let mut state = tested(20);
    let made = What::Made(state.verdict(&session).made);
    let _ = state.update(&mut session, Message::See(made));
    all.push(("accounts-panel", state, session));
    let session = making(15, Scope::Passwords);
    all.push(("passwords", State::default(), session));
    all
}
