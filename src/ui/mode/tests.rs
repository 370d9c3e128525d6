use iced::Size;
use iced::keyboard::key::Named;
use iced_test::Simulator;

use super::makers::Say;
use super::*;
use crate::provision::{Fact, Finding, Weight};
use crate::trouble::{Kind as Trouble, Trouble as Told};
use crate::ui::draft::By;
use crate::ui::options::samples::{framed, settings};

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 0,
};

fn session(kind: Kind, scope: Scope) -> Session {
    let mut session = crate::ui::options::samples::session(2);
    session.draft.destination.kind = kind;
    session.draft.destination.folder = "/srv/archive".into();
    session.draft.set_scope(scope);
    session
}

fn say(state: &mut State, session: &mut Session, messages: impl IntoIterator<Item = Message>) {
    for message in messages {
        let _ = state.update(session, message);
    }
}

fn show<'a>(state: &'a State, session: &'a Session) -> Simulator<'a, Message> {
    let size = Size::new(1180.0, 1400.0);
    Simulator::with_size(settings(), size, framed(state.view(session, PANE), PANE))
}

fn finds(state: &State, session: &Session, words: &str) -> bool {
    show(state, session).find(words).is_ok()
}

#[test]
fn a_scope_decides_which_passwords_are_wanted() {
    let mut session = session(Kind::Imap, Scope::Messages);
    session.draft.destination.access = crate::ui::draft::Access::Master;
    session.draft.destination.master = "capo".into();
    let mut state = State::default();
    assert!(!session.draft.rules().needs_destination_password());
    let before = session.changes();
    say(&mut state, &mut session, [Message::Scope(Scope::Passwords)]);
    assert_eq!(session.draft.scope, Scope::Passwords);
    assert!(session.draft.rules().needs_destination_password());
    assert!(session.changes() > before);
    assert_eq!(session.draft.plan().unwrap().scope, Scope::Passwords);
}

#[test]
fn scopes_are_chosen_with_arrows_past_those_that_are_off() {
    let state = State::default();
    let session = session(Kind::Imap, Scope::Messages);
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("mode-messages").as_str()).unwrap();
    let _ = ui.tap_key(Named::ArrowLeft);
    let chosen: Vec<Scope> = ui
        .into_messages()
        .filter_map(|message| match message {
            Message::Scope(scope) => Some(scope),
            _ => None,
        })
        .collect();
    assert_eq!(chosen, [Scope::Messages, Scope::Accounts]);
}

#[test]
fn in_an_archive_there_is_nothing_but_messages() {
    let mut session = session(Kind::Archive, Scope::Messages);
    let mut state = State::default();
    assert!(state.is_ready(&session));
    assert!(finds(&state, &session, &t!("mode-archive-only")));
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("mode-accounts").as_str()).unwrap();
    assert_eq!(ui.into_messages().count(), 0);
    say(&mut state, &mut session, [Message::Scope(Scope::Accounts)]);
    assert_eq!(session.draft.scope, Scope::Messages);
    // A plan may say so all the same.
    session.draft.set_scope(Scope::Passwords);
    assert!(!state.is_ready(&session));
}

#[test]
fn somebody_has_to_create_accounts_on_a_server_we_do_not_administer() {
    let mut session = session(Kind::Imap, Scope::Accounts);
    let mut state = State::default();
    assert!(!state.is_ready(&session));
    assert!(finds(&state, &session, &t!("maker-missing")));
    let to = |say| Message::Maker(say);
    for (messages, ready) in [
        (vec![to(Say::By(By::Program))], false),
        (vec![to(Say::Program("/opt/make.py".into()))], true),
        (vec![to(Say::Arguments("\"a".into()))], false),
        (vec![to(Say::Arguments("\"a b\"".into()))], true),
        (vec![to(Say::Limit("nulla".into()))], false),
        (vec![to(Say::Limit("30".into()))], true),
        (vec![to(Say::By(By::Tool))], false),
        (vec![to(Say::Tool("/opt/icewarp/tool.sh".into()))], true),
        (vec![to(Say::Quota("2 GB".into()))], false),
        (vec![to(Say::Quota("2000".into()))], true),
        (vec![to(Say::By(By::Program))], true),
    ] {
        let shown = format!("{messages:?}");
        say(&mut state, &mut session, messages);
        assert_eq!(state.is_ready(&session), ready, "{shown}");
    }
    let Some(crate::plan::Provision::Command(program)) = session.draft.provision() else {
        panic!("no program");
    };
    assert_eq!(program.arguments, ["a b"]);
    assert_eq!(program.limit_seconds, 30);
    // Where no account is created nobody asks.
    say(&mut state, &mut session, [Message::Scope(Scope::Messages)]);
    assert!(!finds(&state, &session, &t!("maker-title")));
}

#[test]
fn a_trial_that_failed_keeps_one_here_until_its_form_is_changed() {
    let mut session = session(Kind::Imap, Scope::Accounts);
    let mut state = State::default();
    let to = |say| Message::Maker(say);
    say(
        &mut state,
        &mut session,
        [
            to(Say::By(By::Program)),
            to(Say::Program("/opt/make.py".into())),
        ],
    );
    let missing = Told::new(Trouble::ProgramMissing, "/opt/make.py", "ENOENT");
    let blocker = Finding {
        weight: Weight::Blocker,
        fact: Fact::Unknown("no".into()),
    };
    for bad in [Err(missing), Ok(vec![blocker])] {
        state.pretend(bad);
        assert!(!state.is_ready(&session));
        assert!(finds(&state, &session, &t!("maker-failed-status")));
        say(
            &mut state,
            &mut session,
            [to(Say::Program("/opt/make2.py".into()))],
        );
        assert!(state.is_ready(&session));
    }
    state.pretend(Ok(Vec::new()));
    assert!(state.is_ready(&session));
    assert!(finds(&state, &session, &t!("maker-good")));
    // A late answer speaks of another program.
    let old = state.attempt;
    let missing = Told::new(Trouble::ProgramMissing, "", "");
    say(
        &mut state,
        &mut session,
        [
            to(Say::Program("/opt/make3.py".into())),
            to(Say::Tried(old, Err(missing))),
        ],
    );
    assert!(state.is_ready(&session));
}

#[test]
fn the_status_says_what_will_be_done() {
    let state = State::default();
    for (scope, words) in [
        (Scope::Messages, t!("mode-status-messages")),
        (Scope::Accounts, t!("mode-status-accounts")),
        (Scope::Passwords, t!("mode-status-passwords")),
    ] {
        let mut session = session(Kind::Icewarp, scope);
        session.draft.web.host = "mail.example".into();
        session.draft.web.admin = "admin@mail.example".into();
        assert!(state.is_ready(&session));
        assert!(finds(&state, &session, &words));
        session.draft.web.admin.clear();
        assert_eq!(state.is_ready(&session), scope == Scope::Messages);
    }
}
