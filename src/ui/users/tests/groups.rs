//! Groups, and lists that come a second time.

use super::files::read;
use super::*;
use crate::ui::users::groups::{Say, Which};

fn say(say: Say) -> Message {
    Message::Groups(say)
}

fn groups(session: &Session) -> Vec<&str> {
    let entries = session.draft.entries.iter();
    entries.map(|entry| entry.group.as_str()).collect()
}

fn ticks(session: &Session) -> Vec<bool> {
    let entries = session.draft.entries.iter();
    entries.map(|entry| entry.selected).collect()
}

/// Anna and Bruno are in a group, Carla stands alone.
fn grouped() -> (State, Session) {
    let (mut state, mut session) = three();
    let carla = id_of(&session, "carla");
    let _ = state.update(&mut session, Message::Tick(carla));
    for message in [
        say(Say::Ask),
        say(Say::Write(" lunedì ".into())),
        say(Say::Assign),
    ] {
        let _ = state.update(&mut session, message);
    }
    (state, session)
}

#[test]
fn those_with_a_tick_are_put_into_a_group() {
    let (mut state, mut session) = grouped();
    assert_eq!(groups(&session), ["lunedì", "lunedì", ""]);
    let jobs = session.draft.plan().unwrap().jobs;
    assert_eq!(jobs[0].group, "lunedì");
    // Without a name they leave it.
    let _ = state.update(&mut session, say(Say::Ask));
    assert!(state.view(&session, pane()).dialog.is_some());
    let message = state.enter(&session).unwrap();
    let _ = state.update(&mut session, message);
    assert_eq!(groups(&session), ["", "", ""]);
    assert!(state.view(&session, pane()).dialog.is_none());
}

#[test]
fn asking_changes_nothing_until_it_is_answered() {
    let (mut state, mut session) = grouped();
    let _ = state.update(&mut session, say(Say::Ask));
    let _ = state.update(&mut session, say(Say::Write("altro".into())));
    let message = state.escape().unwrap();
    let _ = state.update(&mut session, message);
    assert_eq!(groups(&session), ["lunedì", "lunedì", ""]);
}

#[test]
fn a_group_is_seen_alone_and_chosen_whole() {
    let (mut state, mut session) = grouped();
    let _ = state.update(&mut session, say(Say::See(Which::Alone)));
    assert_eq!(state.shown, [2]);
    let messages = pressed(&state, &session, &t!("users-groups-only"));
    say_all(&mut state, &mut session, messages);
    assert_eq!(ticks(&session), [false, false, true]);
    let _ = state.update(&mut session, say(Say::See(Which::Of("lunedì".into()))));
    assert_eq!(state.shown, [0, 1]);
    let messages = pressed(&state, &session, &t!("users-groups-only"));
    say_all(&mut state, &mut session, messages);
    assert_eq!(ticks(&session), [true, true, false]);
    // A group whose last member has left is seen no more.
    let _ = state.update(&mut session, say(Say::Ask));
    let _ = state.update(&mut session, say(Say::Write(String::new())));
    let _ = state.update(&mut session, say(Say::Assign));
    assert_eq!(state.shown.len(), 3);
}

#[test]
fn name_aliases_and_group_are_edited_with_the_row() {
    let (mut state, mut session) = grouped();
    let id = id_of(&session, "anna");
    session.draft.entries[0].aliases = vec!["a.rossi".into()];
    let _ = state.update(&mut session, Message::Edit(id, Part::Aliases));
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-do-save").as_str()).is_ok());
    drop(ui);
    for (part, text) in [
        (Part::Name, " Anna Rossi "),
        (Part::Aliases, "a.rossi; anna.rossi@studiolevante.example"),
        (Part::Group, "martedì"),
    ] {
        let _ = state.update(&mut session, Message::Write(part, text.into()));
    }
    let _ = state.update(&mut session, Message::Save);
    let job = &session.draft.plan().unwrap().jobs[0];
    assert_eq!((&*job.name, &*job.group), ("Anna Rossi", "martedì"));
    assert_eq!(
        job.aliases,
        ["a.rossi", "anna.rossi"].map(|name| format!("{name}@{DOMAIN}"))
    );
}

#[test]
fn an_alias_that_is_none_leads_to_its_field() {
    let (mut state, mut session) = three();
    session.draft.entries[0].aliases = vec!["a b@@x".into()];
    state.changed(&mut session);
    assert_eq!(state.counts.chosen, 2);
    let messages = pressed(&state, &session, &t!("users-do-correct"));
    assert!(matches!(messages[..], [Message::Edit(_, Part::Aliases)]));
}

#[test]
fn a_list_with_additions_leaves_alone_what_is_there() {
    let (mut state, mut session) = grouped();
    session.draft.entries[0].aliases = vec![format!("a.rossi@{DOMAIN}")];
    session.draft.entries[0].name = String::from("Anna Rossi");
    state.changed(&mut session);
    let before = session.draft.plan().unwrap().jobs;
    let list = format!(
        "utente;password;indirizzo;gruppo\r\nanna;segreta;anna@{DOMAIN};\r\n\
         bruno;segreta;bruno@{DOMAIN};lunedì\r\ndario;nuova;dario@{DOMAIN};martedì\r\n"
    );
    read(&mut state, &mut session, "aggiunte.csv", list.as_bytes());
    let Some(Said::Imported { merged, .. }) = &state.said else {
        panic!("{:?}", state.said);
    };
    assert_eq!((merged.new, merged.changed, merged.same), (1, 0, 2));
    let after = session.draft.plan().unwrap().jobs;
    assert_eq!(after[..3], before[..], "aliases, groups, ticks and all");
    assert_eq!((&*after[3].login, &*after[3].group), ("dario", "martedì"));
    let _ = state.update(&mut session, say(Say::See(Which::Of("martedì".into()))));
    let _ = state.update(&mut session, say(Say::Only));
    assert_eq!(ticks(&session), [false, false, false, true]);
}

#[test]
fn a_row_being_written_in_does_not_undo_its_group() {
    let (mut state, mut session) = three();
    let id = id_of(&session, "anna");
    for message in [
        Message::Edit(id, Part::Name),
        Message::Write(Part::Name, "Anna".into()),
        say(Say::Ask),
        say(Say::Write("lunedì".into())),
        say(Say::Assign),
    ] {
        let _ = state.update(&mut session, message);
    }
    assert!(state.edit.is_none());
    let anna = &session.draft.entries[0];
    assert_eq!((&*anna.name, &*anna.group), ("Anna", "lunedì"));
}
