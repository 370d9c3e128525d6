//! The users' stop: its rules, and its pictures.

mod aliases;
mod bench;
mod files;
mod groups;
mod keyboard;
mod logins;
mod pictures;
mod speed;

use std::path::Path;

use iced::{Settings, Size};
use iced_test::Simulator;
use secrecy::{ExposeSecret as _, SecretString};

use super::*;
use crate::account::Side;
use crate::secrets::Key;
use crate::trouble::{Kind, Trouble};
use crate::ui::draft::{Access, Server};
use crate::ui::theme;
use crate::users::Problem;
use proofs::Proof;

pub(in crate::ui) use pictures::samples;

const DOMAIN: &str = "studiolevante.example";

fn server(host: &str) -> Server {
    Server {
        host: host.to_owned(),
        verified: Some(String::from("IMAP")),
        ..Server::default()
    }
}

/// A migration whose servers are known and whose list is empty.
fn session() -> Session {
    let mut session = Session::new(std::env::temp_dir());
    session.draft.origin = server("posta.vecchiohost.example");
    session.draft.destination = server("mail.studiolevante.example");
    session.draft.reached = crate::ui::step::Step::Users;
    session
}

fn add(session: &mut Session, login: &str, address: &str, password: &str) {
    let mut entry = Entry::new(&mut session.draft.ids);
    login.clone_into(&mut entry.login);
    address.clone_into(&mut entry.address);
    entry.password = Some(password)
        .filter(|password| !password.is_empty())
        .map(SecretString::from);
    session.draft.entries.push(entry);
}

/// A list of three that can be migrated.
fn three() -> (State, Session) {
    let mut session = session();
    for name in ["anna", "bruno", "carla"] {
        add(&mut session, name, &format!("{name}@{DOMAIN}"), "segreta");
    }
    entered(session)
}

fn entered(mut session: Session) -> (State, Session) {
    let mut state = State::default();
    let _ = state.entered(&mut session);
    (state, session)
}

fn pane() -> Pane {
    Pane {
        size: Size::new(1180.0, 760.0),
        dark: false,
        turn: 0,
    }
}

fn show<'a>(state: &'a State, session: &'a Session) -> Simulator<'a, Message> {
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    let body = state.view(session, pane()).body;
    Simulator::with_size(settings, Size::new(880.0, 600.0), body)
}

/// What is said when this is pressed.
fn pressed(state: &State, session: &Session, words: &str) -> Vec<Message> {
    let mut ui = show(state, session);
    let _ = ui
        .click(words)
        .unwrap_or_else(|error| panic!("{words}: {error}"));
    ui.into_messages().collect()
}

fn say_all(state: &mut State, session: &mut Session, messages: Vec<Message>) {
    for message in messages {
        let _ = state.update(session, message);
    }
}

fn id_of(session: &Session, login: &str) -> u64 {
    let mut entries = session.draft.entries.iter();
    entries.find(|entry| entry.login == login).unwrap().id
}

fn refused(side: Side) -> Proof {
    let trouble = Trouble::new(Kind::LoginRefused, "anna", "NO [AUTHENTICATIONFAILED]");
    Proof::Failed { side, trouble }
}

#[test]
fn an_empty_list_disables_next_and_says_why() {
    let (state, session) = entered(session());
    assert!(!state.is_ready(&session));
    let page = state.view(&session, pane());
    assert!(!page.ready);
    assert_eq!(page.status.words, t!("users-status-empty"));
}

#[test]
fn a_user_is_added_by_hand_and_enter_adds() {
    let (mut state, mut session) = entered(session());
    assert!(state.enter(&session).is_none());
    for (part, text) in [
        (Part::Login, " anna "),
        (Part::Password, "segreta"),
        (Part::Address, "anna@studiolevante.example"),
    ] {
        let _ = state.update(&mut session, Message::Write(part, text.to_owned()));
    }
    let message = state.enter(&session).unwrap();
    let _ = state.update(&mut session, message);
    assert_eq!(session.draft.entries.len(), 1);
    assert_eq!(session.draft.entries[0].login, "anna");
    assert!(state.is_ready(&session) && session.changes() > 0);
    for (side, login) in [
        (Side::Origin, "anna"),
        (Side::Destination, "anna@studiolevante.example"),
    ] {
        let kept = session.keeper.get(&Key::login(side, login)).unwrap();
        assert_eq!(kept.expose_secret(), "segreta");
    }
}

#[test]
fn a_wrong_row_is_left_out_and_comes_back_by_itself() {
    let (mut state, mut session) = three();
    add(&mut session, "dario", "dario@studiolevante,example", "x");
    state.changed(&mut session);
    assert_eq!(state.mark(&session), Mark::Warn);
    assert_eq!(
        state.view(&session, pane()).status.words,
        words::left_out(1)
    );
    assert_eq!(state.counts.chosen, 3);
    let id = id_of(&session, "dario");
    let _ = state.update(&mut session, Message::Tick(id));
    assert!(session.draft.entries[3].selected, "the wish stays");
    let _ = state.update(&mut session, Message::Edit(id, Part::Address));
    let fixed = format!("dario@{DOMAIN}");
    let _ = state.update(&mut session, Message::Write(Part::Address, fixed));
    let _ = state.update(&mut session, Message::Save);
    assert_eq!(state.mark(&session), Mark::None);
    assert_eq!(state.counts.chosen, 4);
}

#[test]
fn a_password_that_is_not_written_anew_stays() {
    let (mut state, mut session) = three();
    let id = id_of(&session, "anna");
    let _ = state.update(&mut session, Message::Edit(id, Part::Login));
    let _ = state.update(&mut session, Message::Write(Part::Login, "annalisa".into()));
    let _ = state.update(&mut session, Message::Save);
    let kept = |login| session.keeper.get(&Key::login(Side::Origin, login));
    assert_eq!(kept("annalisa").unwrap().expose_secret(), "segreta");
    assert!(kept("anna").is_none(), "nobody needs it any more");
}

#[test]
fn a_password_of_the_servers_form_is_not_forgotten() {
    let (mut state, mut session) = three();
    session.draft.origin.trial = String::from("anna");
    let id = id_of(&session, "anna");
    let _ = state.update(&mut session, Message::Remove(id));
    assert!(
        session
            .keeper
            .get(&Key::login(Side::Origin, "anna"))
            .is_some()
    );
    let id = id_of(&session, "bruno");
    let _ = state.update(&mut session, Message::Remove(id));
    assert!(
        session
            .keeper
            .get(&Key::login(Side::Origin, "bruno"))
            .is_none()
    );
}

#[test]
fn a_removed_row_can_be_put_back_for_a_while() {
    let (mut state, mut session) = three();
    for login in ["bruno", "carla"] {
        let id = id_of(&session, login);
        let _ = state.update(&mut session, Message::Remove(id));
    }
    let page = state.view(&session, pane());
    assert_eq!(page.status.words, words::removed(2));
    assert!(page.deed.is_some());
    drop(page);
    let _ = state.update(&mut session, Message::Undo);
    let logins: Vec<_> = session
        .draft
        .entries
        .iter()
        .map(|one| &*one.login)
        .collect();
    assert_eq!(logins, ["anna", "bruno", "carla"]);
    assert!(
        session
            .keeper
            .get(&Key::login(Side::Origin, "carla"))
            .is_some()
    );
    let id = id_of(&session, "anna");
    let _ = state.update(&mut session, Message::Remove(id));
    let _ = state.update(&mut session, Message::Faded(1));
    assert_eq!(state.removed.len(), 1, "an earlier one has faded");
    let _ = state.update(&mut session, Message::Faded(state.removals));
    assert!(state.removed.is_empty());
}

#[test]
fn the_head_ticks_all_that_are_seen_or_none() {
    let (mut state, mut session) = three();
    let id = id_of(&session, "bruno");
    let _ = state.update(&mut session, Message::Tick(id));
    assert_eq!(state.counts.chosen, 2);
    let _ = state.update(&mut session, Message::Search("bruno".into()));
    let _ = state.update(&mut session, Message::TickAll);
    assert_eq!(state.counts.chosen, 3);
    let _ = state.update(&mut session, Message::TickAll);
    assert_eq!(state.counts.chosen, 2, "only the one that is seen");
    let _ = state.update(&mut session, Message::Search(String::new()));
    let _ = state.update(&mut session, Message::TickAll);
    let _ = state.update(&mut session, Message::TickAll);
    assert!(!state.is_ready(&session));
    assert_eq!(
        state.view(&session, pane()).status.words,
        t!("users-status-none")
    );
    let mut ui = show(&state, &session);
    assert!(ui.find(words::chosen(0, 3).as_str()).is_ok());
}

#[test]
fn filters_and_search_find_rows() {
    let (mut state, mut session) = three();
    add(&mut session, "anna", &format!("altra@{DOMAIN}"), "x");
    add(&mut session, "", &format!("nessuno@{DOMAIN}"), "x");
    state.changed(&mut session);
    let seen = |state: &State| state.shown.len();
    assert_eq!(seen(&state), 5);
    let messages = pressed(&state, &session, &t!("users-to-fix"));
    say_all(&mut state, &mut session, messages);
    assert_eq!((state.show, seen(&state)), (Show::ToFix, 1));
    let messages = pressed(&state, &session, &t!("users-duplicates"));
    say_all(&mut state, &mut session, messages);
    assert_eq!(seen(&state), 1);
    let _ = state.update(&mut session, Message::Search("carla".into()));
    assert_eq!(seen(&state), 0);
    let _ = state.update(&mut session, Message::Show(Show::All));
    assert_eq!(seen(&state), 1);
}

#[test]
fn a_head_puts_rows_in_order_and_turns_it_round() {
    let (mut state, mut session) = three();
    session.draft.entries.reverse();
    state.changed(&mut session);
    let first =
        |state: &State, session: &Session| session.draft.entries[state.shown[0]].login.clone();
    assert_eq!(first(&state, &session), "anna");
    let messages = pressed(&state, &session, &t!("users-address"));
    say_all(&mut state, &mut session, messages);
    assert_eq!(first(&state, &session), "carla");
    let messages = pressed(&state, &session, "#");
    say_all(&mut state, &mut session, messages);
    assert_eq!(
        first(&state, &session),
        "carla",
        "by number, from the first"
    );
}

#[test]
fn every_kind_of_problem_has_words_and_a_deed() {
    let draft = session().draft;
    let sides = [Side::Origin, Side::Destination];
    let mut problems: Vec<Problem> = vec![
        Problem::EmptyLogin,
        Problem::DuplicateLogin { first: 0 },
        Problem::SameDestination { first: 0 },
        Problem::Unreadable,
        Problem::TooManyFields {
            found: 5,
            columns: 3,
        },
        Problem::Ambiguous,
        Problem::SuspiciousPassword,
        Problem::SpaceAroundPassword,
    ];
    problems.extend(sides.map(|side| Problem::MissingPassword { side }));
    problems.extend([true, false].map(|collides| Problem::DuplicateAddress { first: 0, collides }));
    problems.extend(
        [
            crate::users::Flaw::Comma,
            crate::users::Flaw::Space,
            crate::users::Flaw::NoAt,
            crate::users::Flaw::TwoAts,
            crate::users::Flaw::NoDomain,
            crate::users::Flaw::DomainDot,
            crate::users::Flaw::Other,
        ]
        .map(|why| Problem::BadAddress { why, at: 0..1 }),
    );
    let mut said = std::collections::BTreeSet::new();
    for problem in &problems {
        let note = words::note(standing::Standing::Wrong(problem), &draft);
        assert!(note.deed.is_some(), "{problem:?}");
        let all = (note.word, note.why.unwrap());
        assert!(said.insert(all.clone()), "{problem:?}: {all:?}");
    }
}

#[test]
fn the_wrong_character_of_an_address_is_pointed_at() {
    let cut = |address: &str| {
        let (_, at) = crate::users::address::flaw(address).unwrap();
        words::around(address, &at)
    };
    assert_eq!(cut("e.c@studio,example"), ["e.c@studio", ",", "example"]);
    let long = format!("{}@studio,example", "x".repeat(60));
    let [before, wrong, _] = cut(&long);
    assert_eq!(wrong, ",");
    assert!(before.starts_with('…') && before.chars().count() < 30);
}

#[test]
fn a_locked_vault_is_no_mistake_of_the_rows() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = session();
    session.project = Some(crate::project::Project::at(dir.path()));
    std::fs::write(dir.path().join(crate::secrets::FILE_NAME), b"sealed").unwrap();
    add(&mut session, "anna", &format!("anna@{DOMAIN}"), "");
    let (mut state, mut session) = entered(session);
    assert!(state.is_ready(&session), "they will be there for the run");
    assert_eq!(state.mark(&session), Mark::None);
    assert!(session.draft.plan().unwrap().jobs[0].selected);
    let messages = pressed(&state, &session, &t!("unlock-open"));
    assert!(matches!(messages[..], [Message::Unlock]));
    let action = state.update(&mut session, Message::Unlock);
    assert!(matches!(action, Action::Unlock));
    // Without a vault it is a mistake after all, and the row is left out.
    session.keeper.forgo();
    state.remembered(&mut session);
    assert!(!state.is_ready(&session));
    assert!(!session.draft.plan().unwrap().jobs[0].selected);
    let anna = Key::login(Side::Origin, "anna");
    session.keeper.set(anna, SecretString::from("segreta"));
    state.remembered(&mut session);
    assert!(state.is_ready(&session));
    assert!(session.draft.plan().unwrap().jobs[0].selected);
}

#[test]
fn an_administrator_makes_passwords_needless() {
    let mut session = session();
    for server in [&mut session.draft.origin, &mut session.draft.destination] {
        server.access = Access::Master;
        server.master = String::from("capo");
    }
    add(&mut session, "anna", &format!("anna@{DOMAIN}"), "");
    let (mut state, mut session) = entered(session);
    assert!(state.is_ready(&session));
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-no-need").as_str()).is_ok());
    drop(ui);
    // But without the administrator's there is nothing to try.
    let action = state.update(&mut session, Message::Verify);
    assert!(matches!(action, Action::None));
    assert!(matches!(state.said, Some(Said::NoMaster(Side::Origin))));
}

#[test]
fn no_password_is_seen_in_the_table() {
    let (state, session) = three();
    let mut ui = show(&state, &session);
    assert!(ui.find("segreta").is_err());
    assert!(ui.find(edit::DOTS).is_ok());
}

#[test]
fn a_held_row_keeps_its_tick_through_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = Session::new(dir.path().to_owned());
    session.draft = self::session().draft;
    add(&mut session, "anna", &format!("anna@{DOMAIN}"), "");
    let (_, mut session) = entered(session);
    let folder = session.folder().unwrap().unwrap().dir().to_owned();
    let _ = session.order().unwrap().carry_out().unwrap();
    let plan = session.project.as_ref().unwrap().load().unwrap();
    assert!(!plan.jobs[0].selected, "a run leaves it out");
    let again = Session::open(Path::new(&folder)).unwrap();
    assert!(again.draft.entries[0].selected, "the person wants it");
    assert_eq!(again.draft.plan().unwrap(), plan);
}
