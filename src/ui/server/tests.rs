use iced::Size;
use iced::keyboard::key::Named;
use iced_test::Simulator;

use super::samples::{How, admin_refused, folder, former, icewarp, no_folder, web_self_signed};
use super::web::Say;
use super::*;
use crate::provision::Setting;
use crate::t;
use crate::ui::options::samples::{framed, settings};
use crate::ui::shell::Pane;

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 0,
};

const ADMIN: &str = "admin@new.example";

/// A destination whose administrator is known.
fn icewarp_form() -> (State, Session) {
    let mut session = Session::new(std::env::temp_dir());
    session.draft.origin.host = "old.example".into();
    let mut state = State::new(Side::Destination);
    say(
        &mut state,
        &mut session,
        [
            Message::Kind(Kind::Icewarp),
            Message::Web(Say::Host("mail.new.example".into())),
            Message::Web(Say::Admin(ADMIN.into())),
            Message::Web(Say::Password("del capo".into())),
        ],
    );
    (state, session)
}

fn say(state: &mut State, session: &mut Session, messages: impl IntoIterator<Item = Message>) {
    for message in messages {
        let _ = state.update(session, None, message);
    }
}

fn show<'a>(state: &'a State, session: &'a Session) -> Simulator<'a, Message> {
    let size = Size::new(1180.0, 1400.0);
    Simulator::with_size(settings(), size, framed(state.view(session, PANE), PANE))
}

fn finds(state: &State, session: &Session, words: &str) -> bool {
    show(state, session).find(words).is_ok()
}

fn master(session: &Session) -> Option<crate::account::Master> {
    session.draft.destination.endpoint().unwrap().master
}

#[test]
fn a_kind_brings_its_scope_and_leaves_the_other_forms_alone() {
    let (mut state, mut session) = icewarp_form();
    assert_eq!(session.draft.scope, Scope::Accounts);
    assert!(session.draft.rules().sets_passwords);
    say(&mut state, &mut session, [Message::Kind(Kind::Archive)]);
    assert_eq!(session.draft.scope, Scope::Messages);
    assert_eq!(session.draft.provision(), None);
    say(&mut state, &mut session, [Message::Kind(Kind::Icewarp)]);
    assert_eq!(session.draft.web.admin, ADMIN);
    assert!(session.draft.provision().is_some());
    // An administrator typed for another server is not IceWarp's.
    say(
        &mut state,
        &mut session,
        [
            Message::Kind(Kind::Imap),
            Message::Access(Access::Master),
            Message::Master("capo".into()),
            Message::Kind(Kind::Icewarp),
        ],
    );
    assert_eq!(master(&session), None);
}

#[test]
fn the_mail_is_delivered_to_the_host_of_the_administration_until_somebody_says_otherwise() {
    let (mut state, mut session) = icewarp_form();
    assert_eq!(session.draft.destination.host, "mail.new.example");
    say(
        &mut state,
        &mut session,
        [
            Message::Host("imap.new.example".into()),
            Message::Web(Say::Host("web.new.example".into())),
        ],
    );
    assert_eq!(session.draft.destination.host, "imap.new.example");
    assert_eq!(session.draft.web.host, "web.new.example");
}

#[test]
fn nothing_is_tried_without_the_password_and_the_line_says_so() {
    let (mut state, mut session) = icewarp_form();
    assert!(state.can_test(&session));
    let password = session.keeper.get(&Key::Provisioner);
    assert!(password.is_some());
    say(
        &mut state,
        &mut session,
        [Message::Web(Say::Password(String::new()))],
    );
    assert!(session.keeper.get(&Key::Provisioner).is_none());
    assert!(!state.can_test(&session));
    assert!(state.enter(&session).is_none());
    assert!(finds(&state, &session, &t!("web-password-missing")));
}

#[test]
fn an_administrator_who_opens_every_mailbox_makes_passwords_needless() {
    let (mut state, mut session) = icewarp_form();
    assert!(!state.is_ready(&session));
    state.pretend_web(&mut session, icewarp(How::Good), Vec::new());
    assert!(state.is_ready(&session));
    let master_now = master(&session).unwrap();
    assert_eq!(
        (master_now.user.as_str(), master_now.separator),
        (ADMIN, None)
    );
    assert!(
        session
            .keeper
            .get(&Key::master(Side::Destination))
            .is_some()
    );
    assert!(session.draft.rules().destination_master);
    // Somebody else may not be able to.
    say(
        &mut state,
        &mut session,
        [Message::Web(Say::Admin("altro@new.example".into()))],
    );
    assert!(!state.is_ready(&session));
    assert_eq!(master(&session), None);
    assert!(
        session
            .keeper
            .get(&Key::master(Side::Destination))
            .is_none()
    );
}

#[test]
fn what_the_server_says_no_more_is_taken_back() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, icewarp(How::Good), Vec::new());
    let mut less = icewarp(How::Good).unwrap();
    less.impersonates = Some(false);
    state.pretend_web(&mut session, Ok(less), Vec::new());
    assert_eq!(master(&session), None);
    assert!(state.is_ready(&session));
}

#[test]
fn what_blocks_keeps_one_here_and_stands_first() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, icewarp(How::Blocked), Vec::new());
    assert!(!state.is_ready(&session));
    assert!(finds(&state, &session, &t!("web-status-blocked")));
    state.pretend_web(&mut session, icewarp(How::Warned), Vec::new());
    assert!(state.is_ready(&session));
}

#[test]
fn a_setting_is_put_right_only_by_its_button() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, icewarp(How::Warned), Vec::new());
    assert!(!finds(&state, &session, &t!("web-put-back")));
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("web-put-right").as_str()).unwrap();
    let all = t!("web-put-all-right");
    let _ = ui.click(all.as_str()).unwrap();
    let asked: Vec<Vec<Setting>> = ui
        .into_messages()
        .filter_map(|message| match message {
            Message::Web(Say::PutRight(settings)) => Some(settings),
            _ => None,
        })
        .collect();
    assert_eq!(
        asked,
        [
            vec![Setting::AppendRate],
            vec![Setting::AppendRate, Setting::ImapAntivirus]
        ]
    );
}

#[tokio::test]
async fn what_was_changed_can_be_put_back_and_is_shown_until_then() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, icewarp(How::Good), former());
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("web-put-back").as_str()).unwrap();
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(messages[..], [Message::Web(Say::PutBack)]));
    let attempt = state.attempt;
    let action = state.update(
        &mut session,
        None,
        Message::Web(Say::Changed(attempt, Ok(Vec::new()))),
    );
    assert!(matches!(action, Action::Run(_)), "it is tried again");
    assert!(state.is_busy());
    assert!(!finds(&state, &session, &t!("web-put-back")));
}

#[test]
fn a_late_answer_speaks_of_something_else() {
    let (mut state, mut session) = icewarp_form();
    let old = state.attempt;
    say(
        &mut state,
        &mut session,
        [
            Message::Web(Say::Port("32001".into())),
            Message::Web(Say::Tested(old, Box::new(icewarp(How::Good)))),
        ],
    );
    assert!(!state.is_ready(&session));
}

#[test]
fn a_doubtful_certificate_is_accepted_for_the_service_that_showed_it() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, web_self_signed(), Vec::new());
    assert!(matches!(state.enter(&session), Some(Message::Confirm)));
    assert!(finds(&state, &session, &t!("server-confirm-first")));
    let seen = state.confirming().unwrap().certificate.clone().unwrap();
    say(&mut state, &mut session, [Message::Confirm]);
    assert_eq!(session.draft.web.certificate, Some(seen.fingerprint));
    assert_eq!(session.draft.destination.certificate, None);
    let Err(web::Stop::Web(failure)) = web_self_signed() else {
        unreachable!()
    };
    let done = Err(web::Stop::Imap(failure));
    state.pretend_web(&mut session, done, Vec::new());
    say(&mut state, &mut session, [Message::Confirm]);
    assert_eq!(
        session.draft.destination.certificate,
        Some(seen.fingerprint)
    );
    // Another host has shown nothing yet.
    say(
        &mut state,
        &mut session,
        [Message::Web(Say::Host("x.example".into()))],
    );
    assert_eq!(session.draft.web.certificate, None);
}

#[test]
fn a_refused_administrator_is_told_and_not_tried_again_by_itself() {
    let (mut state, mut session) = icewarp_form();
    state.pretend_web(&mut session, admin_refused(), Vec::new());
    assert!(!state.is_ready(&session) && !state.is_busy());
    assert_eq!(state.mark(), Mark::Bad);
    assert!(finds(&state, &session, &t!("failure-admin-refused")));
    assert!(finds(&state, &session, &t!("web-status-refused")));
}

#[test]
fn kinds_are_chosen_with_arrows() {
    let (state, session) = icewarp_form();
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("kind-icewarp").as_str()).unwrap();
    let _ = ui.tap_key(Named::ArrowRight);
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(
        matches!(
            messages[..],
            [Message::Kind(Kind::Icewarp), Message::Kind(Kind::Imap)]
        ),
        "{messages:?}"
    );
}

#[test]
fn an_archive_is_a_whole_path_that_was_tried() {
    for side in [Side::Origin, Side::Destination] {
        let mut session = Session::new(std::env::temp_dir());
        let mut state = State::new(side);
        let path = std::env::temp_dir().display().to_string();
        say(&mut state, &mut session, [Message::Kind(Kind::Archive)]);
        assert!(finds(&state, &session, &t!("place-status-empty")));
        let folder_of = |text: &str| Message::Place(place::Say::Folder(text.into()));
        say(&mut state, &mut session, [folder_of("archivi/studio")]);
        assert!(!state.can_test(&session));
        assert!(finds(&state, &session, &t!("place-not-whole")));
        say(&mut state, &mut session, [folder_of(&path)]);
        assert!(matches!(state.enter(&session), Some(Message::Test)));
        assert!(!state.is_ready(&session));
        state.pretend_place(&mut session, Err(no_folder()));
        assert!(!state.is_ready(&session));
        assert_eq!(state.mark(), Mark::Bad);
        assert!(finds(&state, &session, &t!("place-refused")));
        state.pretend_place(&mut session, Ok(folder(44_000_000_000, 2)));
        assert!(state.is_ready(&session));
        let small = finds(&state, &session, &t!("place-status-small"));
        assert_eq!(small, side == Side::Destination);
        say(&mut state, &mut session, [folder_of("/elsewhere")]);
        assert!(!state.is_ready(&session));
    }
}

#[test]
fn the_origin_is_a_server_or_an_archive() {
    let mut session = Session::new(std::env::temp_dir());
    let mut state = State::new(Side::Origin);
    assert!(!finds(&state, &session, &t!("kind-icewarp")));
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("kind-archive").as_str()).unwrap();
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(messages[..], [Message::Kind(Kind::Archive)]));
    say(&mut state, &mut session, messages);
    assert!(session.draft.rules().origin_master);
    assert!(finds(&state, &session, &t!("origin-title-archive")));
}
