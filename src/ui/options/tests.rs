use iced::Size;
use iced::keyboard::key::Named;
use iced_test::Simulator;

use super::rules::Pick;
use super::samples::framed;
use super::*;
use crate::plan::{Hold, MigrationAccount, OnFailure};
use crate::ui::draft::Kind;
use crate::ui::survey::Survey;

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 2,
};

fn state(session: &Session) -> State {
    State::new(&session.draft)
}

fn say(state: &mut State, session: &mut Session, messages: impl IntoIterator<Item = Message>) {
    for message in messages {
        let _ = state.update(session, message);
    }
}

fn show<'a>(state: &'a State, session: &'a Session) -> Simulator<'a, Message> {
    let page = state.view(session, PANE);
    // Tall enough for everything.
    Simulator::with_size(
        samples::settings(),
        Size::new(1180.0, 1200.0),
        framed(page, PANE),
    )
}

fn pressed(ui: Simulator<'_, Message>) -> Vec<Message> {
    ui.into_messages().collect()
}

#[test]
fn a_day_that_does_not_exist_stays_in_its_field_and_keeps_one_here() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    say(
        &mut state,
        &mut session,
        [
            Message::Since(true),
            Message::SinceText("01/02/2020".into()),
        ],
    );
    assert!(state.is_ready(&session));
    let day = session.draft.options.since;
    assert!(day.is_some());
    say(
        &mut state,
        &mut session,
        [Message::SinceText("31/02/2020".into())],
    );
    assert!(!state.is_ready(&session));
    assert_eq!(session.draft.options.since, day);
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("options-day-none").as_str()).is_ok());
    assert!(ui.find(t!("options-fault-since").as_str()).is_ok());
    drop(ui);
    // Coming back does not hide what is wrong.
    let _ = state.entered(&mut session);
    assert!(!state.is_ready(&session));
    say(&mut state, &mut session, [Message::Since(false)]);
    assert!(state.is_ready(&session));
    assert_eq!(session.draft.options.since, None);
}

#[test]
fn a_filter_that_is_switched_on_without_a_day_keeps_one_here() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    say(&mut state, &mut session, [Message::Since(true)]);
    assert!(!state.is_ready(&session));
    assert_eq!(session.draft.options.since, None);
}

#[test]
fn sizes_and_rates_are_kept_in_the_units_of_the_plan() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    say(
        &mut state,
        &mut session,
        [
            Message::Size(true),
            Message::Rate(true),
            Message::RateText("2,5".into()),
        ],
    );
    assert_eq!(session.draft.options.max_size, Some(50_000_000));
    assert_eq!(session.draft.options.bandwidth_kbit, Some(2_500));
    say(
        &mut state,
        &mut session,
        [Message::SizeText("1.024".into())],
    );
    assert_eq!(session.draft.options.max_size, Some(50_000_000));
    assert!(!state.is_ready(&session));
    say(
        &mut state,
        &mut session,
        [Message::Size(false), Message::Rate(false)],
    );
    assert_eq!(session.draft.options.max_size, None);
    assert_eq!(session.draft.options.bandwidth_kbit, None);
    assert!(state.is_ready(&session));
}

#[test]
fn hours_are_hours_and_not_the_same_ones() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    say(&mut state, &mut session, [Message::Hours(true)]);
    let window = session.draft.options.window.unwrap();
    assert_eq!((window.from, window.to), HOURS);
    assert!(window.weekends);
    for wrong in ["25:00", "", "06:00"] {
        say(&mut state, &mut session, [Message::From(wrong.into())]);
        assert!(!state.is_ready(&session), "{wrong}");
        assert_eq!(session.draft.options.window, Some(window), "{wrong}");
    }
    say(
        &mut state,
        &mut session,
        [Message::From("20".into()), Message::Weekends(false)],
    );
    let window = session.draft.options.window.unwrap();
    assert_eq!((window.from, window.weekends), (time(20, 0, 0, 0), false));
    say(&mut state, &mut session, [Message::Hours(false)]);
    assert_eq!(session.draft.options.window, None);
}

#[test]
fn a_migration_account_is_an_address_or_nothing() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    let account = |text: &str| during(during::Say::Account(text.into()));
    say(&mut state, &mut session, [account(" wait@new.example ")]);
    let there = Some(MigrationAccount {
        address: "wait@new.example".into(),
        hold: Hold::None,
    });
    assert_eq!(session.draft.migration_account, there);
    say(&mut state, &mut session, [account("wait@")]);
    assert!(!state.is_ready(&session));
    assert_eq!(session.draft.migration_account, there);
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("options-account-wrong").as_str()).is_ok());
    assert!(ui.find(t!("options-fault-account").as_str()).is_ok());
    drop(ui);
    say(&mut state, &mut session, [account("")]);
    assert!(state.is_ready(&session));
    assert_eq!(session.draft.migration_account, None);
}

#[test]
fn accounts_are_held_only_where_somebody_can_hold_them() {
    let mut session = samples::session(1);
    let state = state(&session);
    let shown = |session: &Session| {
        show(&state, session)
            .find(t!("options-hold").as_str())
            .is_ok()
    };
    assert!(!shown(&session));
    session.draft.destination.kind = Kind::Icewarp;
    assert!(shown(&session));
    session.draft.destination.kind = Kind::Archive;
    assert!(!shown(&session));
}

#[test]
fn a_script_is_called_as_it_is_said_and_forgotten_with_its_path() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    assert!(
        show(&state, &session)
            .find(t!("options-failure").as_str())
            .is_err()
    );
    say(
        &mut state,
        &mut session,
        [
            during(during::Say::Script("/opt/after all.sh".into())),
            during(during::Say::Arguments("--to \"a b\"".into())),
            during(during::Say::Limit("600".into())),
            during(during::Say::OnFailure(OnFailure::Stop)),
        ],
    );
    let after = session.draft.after.clone().unwrap();
    assert_eq!(
        after.program.program,
        std::path::Path::new("/opt/after all.sh")
    );
    assert_eq!(after.program.arguments, ["--to", "a b"]);
    assert_eq!(after.program.limit_seconds, 600);
    assert_eq!(after.on_failure, OnFailure::Stop);
    assert!(state.is_ready(&session));
    for (wrong, right) in [
        (
            during::Say::Limit("0".into()),
            during::Say::Limit("600".into()),
        ),
        (
            during::Say::Arguments("\"a".into()),
            during::Say::Arguments("--to \"a b\"".into()),
        ),
    ] {
        say(&mut state, &mut session, [during(wrong)]);
        assert!(!state.is_ready(&session));
        assert_eq!(session.draft.after, Some(after.clone()));
        say(&mut state, &mut session, [during(right)]);
        assert!(state.is_ready(&session));
    }
    // Coming back shows what was said.
    let _ = state.entered(&mut session);
    say(
        &mut state,
        &mut session,
        [during(during::Say::Hold(Hold::None))],
    );
    assert_eq!(session.draft.after, Some(after));
    say(
        &mut state,
        &mut session,
        [during(during::Say::Script(" ".into()))],
    );
    assert_eq!(session.draft.after, None);
    assert!(state.is_ready(&session));
}

#[test]
fn only_a_change_is_written() {
    let mut session = samples::session(1);
    let mut state = state(&session);
    let before = session.changes();
    let at_once = session.draft.options.mailboxes;
    say(
        &mut state,
        &mut session,
        [
            Message::AtOnce(at_once),
            Message::Size(false),
            Message::From("99".into()),
        ],
    );
    assert_eq!(session.changes(), before);
    say(&mut state, &mut session, [Message::AtOnce(at_once + 1)]);
    assert!(session.changes() > before);
}

#[test]
fn a_field_is_filled_again_with_what_was_kept() {
    let mut session = samples::session(1);
    session.draft.options.max_size = Some(2_500_000);
    session.draft.options.since = Some(jiff::civil::date(2019, 3, 5));
    let state = state(&session);
    assert!(state.size.on && state.since.on && !state.rate.on);
    assert_eq!(state.since.text, "05/03/2019");
    assert_eq!(value::thousandths(&state.size.text), Some(2_500));
    assert_eq!(state.rate.text, RATE);
}

#[test]
fn a_rule_half_written_keeps_one_here_and_escape_drops_it() {
    let mut session = samples::looked_at(2);
    let mut state = state(&session);
    say(&mut state, &mut session, [Message::Folders(Say::NewRule)]);
    assert!(state.is_ready(&session));
    say(
        &mut state,
        &mut session,
        [Message::Folders(Say::RuleFrom("Vecchia*".into()))],
    );
    assert!(!state.is_ready(&session));
    assert!(
        state.enter().is_none(),
        "a pattern cannot be copied to one place"
    );
    let escape = state.escape().unwrap();
    say(&mut state, &mut session, [escape]);
    assert!(state.is_ready(&session));
    say(
        &mut state,
        &mut session,
        [
            Message::Folders(Say::NewRule),
            Message::Folders(Say::RuleFrom("Vecchia*".into())),
            Message::Folders(Say::RuleOut(true)),
        ],
    );
    let enter = state.enter().unwrap();
    say(&mut state, &mut session, [enter]);
    assert_eq!(session.draft.options.exclude_folders, ["Vecchia*"]);
    assert!(state.is_ready(&session));
    say(
        &mut state,
        &mut session,
        [Message::Folders(Say::DropRule(0))],
    );
    assert!(session.draft.options.exclude_folders.is_empty());
}

#[test]
fn another_name_is_kept_as_soon_as_it_is_one() {
    let mut session = samples::looked_at(2);
    let mut state = state(&session);
    let named = |text: &str| Message::Folders(Say::Named("Sent".into(), text.into()));
    say(
        &mut state,
        &mut session,
        [
            Message::Folders(Say::Pick("Sent".into(), Pick::Other)),
            named("Inviata/2020"),
        ],
    );
    assert_eq!(session.draft.options.folders["Sent"], "Inviata/2020");
    say(&mut state, &mut session, [named("Inviata/")]);
    assert_eq!(session.draft.options.folders["Sent"], "Inviata/2020");
    assert!(!state.is_ready(&session));
    say(
        &mut state,
        &mut session,
        [Message::Folders(Say::Pick("Sent".into(), Pick::Proposed))],
    );
    assert!(session.draft.options.folders.is_empty());
    assert!(state.is_ready(&session));
}

#[test]
fn the_list_of_the_others_is_worked_with_the_keyboard() {
    let mut session = samples::looked_at(3);
    let mut state = state(&session);
    say(
        &mut state,
        &mut session,
        [
            Message::Folders(Say::Open(true)),
            Message::Folders(Say::Search("fatture".into())),
            Message::Folders(Say::TickHere),
        ],
    );
    assert_eq!(session.draft.options.exclude_folders, ["Fatture 10.2020"]);
    say(&mut state, &mut session, [Message::Folders(Say::RuleHere)]);
    assert!(state.enter().is_some(), "its own name is proposed");
    assert!(matches!(
        state.escape(),
        Some(Message::Folders(Say::CloseRule))
    ));
}

#[test]
fn folders_are_shown_as_they_are_found() {
    let mut session = samples::session(4);
    let found = samples::found(&samples::logins(4));
    Survey::pretend(&mut session, found[..1].to_vec(), true);
    let state = state(&session);
    let mut ui = show(&state, &session);
    assert!(ui.find("found in 1 of 4 accounts").is_ok());
    assert!(ui.find("INBOX").is_ok());
    assert!(ui.find("Posta inviata").is_ok());
}

#[test]
fn a_tick_and_a_rail_are_reached_and_moved_from_the_keyboard() {
    let session = samples::looked_at(2);
    let state = state(&session);
    let mut ui = show(&state, &session);
    let _ = ui.click(t!("options-rate").as_str()).unwrap();
    let _ = ui.tap_key(Named::Space);
    let said = pressed(ui);
    assert!(
        matches!(said[..], [Message::Rate(true), Message::Rate(true)]),
        "{said:?}"
    );
    let mut ui = show(&state, &session);
    let wanted = Id::new("options-at-once");
    let rail = ui
        .find(
            move |candidate: iced_test::selector::Candidate<'_>| match candidate {
                iced_test::selector::Candidate::Focusable { id, bounds, .. } => {
                    (id == Some(&wanted)).then_some(bounds)
                }
                _ => None,
            },
        )
        .unwrap();
    ui.point_at(iced::Point::new(rail.x + rail.width * 0.5, rail.center_y()));
    let _ = ui.simulate(iced_test::simulator::click());
    let _ = ui.tap_key(Named::Home);
    let said = pressed(ui);
    assert!(matches!(said.last(), Some(Message::AtOnce(1))), "{said:?}");
}

#[test]
fn filters_are_told_in_a_line() {
    let mut options = Options::default();
    assert_eq!(filters_line(&options), None);
    options.since = Some(jiff::civil::date(2020, 1, 1));
    options.max_size = Some(50_000_000);
    options.exclude_folders = vec!["Junk".into()];
    options.deleted = Deleted::Skip;
    let line = filters_line(&options).unwrap();
    for part in ["01/01/2020", "50 MB", "Junk"] {
        assert!(line.contains(part), "{line}");
    }
    options.exclude_folders.clear();
    options.since = None;
    options.max_size = None;
    options.deleted = Deleted::Unmark;
    assert_eq!(filters_line(&options), None, "unmarked messages come along");
}

/// States worth looking at.
pub(in crate::ui) fn samples() -> Vec<(&'static str, State, Session)> {
    let mut all = Vec::new();
    let session = samples::looked_at(40);
    all.push(("usual", state(&session), session));
    let mut session = samples::session(40);
    let found = samples::found(&samples::logins(40));
    Survey::pretend(&mut session, found[..12].to_vec(), true);
    all.push(("looking", state(&session), session));
    let mut session = samples::session(40);
    session
        .draft
        .entries
        .iter_mut()
        .for_each(|entry| entry.selected = false);
    session.draft.options.exclude_folders = vec!["Vecchia*".into()];
    session.touch();
    all.push(("empty", state(&session), session));
    let mut session = samples::looked_at(40);
    session.draft.options.exclude_folders = vec!["Junk".into(), "Clienti/Rossi*".into()];
    let _ = session
        .draft
        .options
        .folders
        .insert("Inviati vecchi".into(), "Posta inviata".into());
    let mut it = state(&session);
    say(
        &mut it,
        &mut session,
        [
            Message::Since(true),
            Message::SinceText("31/02/2024".into()),
            Message::Size(true),
            Message::SizeText("1.024".into()),
            Message::Hours(true),
            Message::From("25".into()),
            Message::Folders(Say::Pick("Sent".into(), Pick::Other)),
            Message::Folders(Say::NewRule),
            Message::Folders(Say::RuleFrom("Vecchia/*".into())),
            Message::Folders(Say::Open(true)),
        ],
    );
    all.push(("wrong", it, session));
    for (name, wrong) in [("during", false), ("during-wrong", true)] {
        let mut session = samples::session(40);
        session.draft.destination.kind = Kind::Icewarp;
        let mut it = state(&session);
        let texts = if wrong {
            ("migrazione", "\"aperto", "0")
        } else {
            ("migrazione@studiolevante.example", "--avvisa", "120")
        };
        say(
            &mut it,
            &mut session,
            [
                during(during::Say::Account(texts.0.into())),
                during(during::Say::Hold(Hold::Unavailable)),
                during(during::Say::Script("/opt/posta/dopo-account.sh".into())),
                during(during::Say::Arguments(texts.1.into())),
                during(during::Say::Limit(texts.2.into())),
            ],
        );
        all.push((name, it, session));
    }
    all
}

fn during(say: during::Say) -> Message {
    Message::During(say)
}
