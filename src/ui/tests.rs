use super::*;

#[test]
fn enter_starts_escape_does_not_leave() {
    assert!(matches!(
        pressed(Named::Enter, &Screen::Start),
        Some(Message::Start(start::Message::Demo))
    ));
    assert!(pressed(Named::Escape, &Screen::Start).is_none());
    assert!(pressed(Named::Space, &Screen::Start).is_none());
}

#[test]
fn the_light_follows_the_system_until_it_is_chosen() {
    let (mut app, _) = App::new();
    let _ = app.update(Message::System(Mode::Dark));
    assert!(app.is_dark());
    let _ = app.update(Message::Start(start::Message::Light));
    assert!(!app.is_dark());
    let _ = app.update(Message::System(Mode::Dark));
    assert!(!app.is_dark());
    let _ = app.update(Message::Live(live::Message::Tick));
    let _ = app.view();
}
