use super::*;

fn app() -> App {
    App::new(Settings::default()).0
}

#[test]
fn the_light_follows_the_system_until_it_is_chosen() {
    let mut app = app();
    let _ = app.update(Message::System(Mode::Dark));
    assert!(app.is_dark());
    let _ = app.said(Said::Light);
    assert!(!app.is_dark());
    let _ = app.update(Message::System(Mode::Dark));
    assert!(!app.is_dark());
}

#[test]
fn enter_begins_and_escape_does_not_leave() {
    let mut app = app();
    let _ = app.update(Message::Key(Key::Named(Named::Escape), Modifiers::empty()));
    assert!(matches!(app.place, Place::Start(_)));
    let _ = app.update(Message::Key(Key::Named(Named::Enter), Modifiers::empty()));
    assert!(matches!(app.place, Place::Wizard(_)));
}

#[test]
fn help_is_opened_and_closed_by_f1_and_escape() {
    let mut app = app();
    let _ = app.update(Message::Key(Key::Named(Named::F1), Modifiers::empty()));
    assert!(app.help);
    let _ = app.update(Message::Key(Key::Named(Named::Escape), Modifiers::empty()));
    assert!(!app.help);
}
