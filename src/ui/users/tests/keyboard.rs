//! The stop without a mouse.

use iced::keyboard::key::Named;

use super::bench::Bench;
use super::*;

/// A list of three, with the focus on the table.
fn at_the_table() -> Bench {
    let mut bench = Bench::new(three());
    // The search field, the filters, two buttons, the tick and two heads; then the table.
    bench.search();
    for _ in 0..7 {
        bench.tab(false);
    }
    bench.press(Named::Home);
    assert_eq!(bench.ignored, 0, "the table takes keys");
    bench
}

#[tokio::test]
async fn a_row_is_edited_in_place_with_keys_alone() {
    let mut bench = at_the_table();
    bench.press(Named::ArrowDown);
    bench.press(Named::Enter);
    assert!(bench.state.edit.is_some());
    // The address has the focus; then login and password.
    bench.press(Named::End);
    bench.write("x");
    bench.tab(false);
    bench.press(Named::End);
    bench.write("y");
    bench.tab(false);
    bench.write("nuova");
    bench.press(Named::Enter);
    assert!(bench.state.edit.is_none());
    let bruno = &bench.session.draft.entries[1];
    assert_eq!(bruno.login, "brunoy");
    assert_eq!(bruno.address, format!("bruno@{DOMAIN}x"));
    let password = bruno.password.as_ref().unwrap().expose_secret();
    assert_eq!(password, "nuova");
    // The table has the focus again, at the same row.
    bench.press(Named::ArrowDown);
    assert_eq!(bench.ignored, 0);
    assert_eq!(bench.state.at, Some(id_of(&bench.session, "carla")));
}

#[tokio::test]
async fn escape_leaves_a_row_as_it_was_though_a_field_has_the_focus() {
    let mut bench = at_the_table();
    bench.press(Named::Enter);
    bench.press(Named::End);
    bench.write("x");
    bench.press(Named::Escape);
    assert!(bench.state.edit.is_none());
    assert_eq!(
        bench.session.draft.entries[0].address,
        format!("anna@{DOMAIN}")
    );
    bench.press(Named::ArrowDown);
    assert_eq!(bench.ignored, 0, "the table has the focus again");
}

#[tokio::test]
async fn rows_are_ticked_removed_and_put_back_with_keys() {
    let mut bench = at_the_table();
    bench.press(Named::Space);
    assert!(!bench.session.draft.entries[0].selected);
    bench.command("a");
    assert_eq!(bench.state.counts.chosen, 3);
    bench.press(Named::ArrowDown);
    bench.press(Named::Delete);
    assert_eq!(bench.session.draft.entries.len(), 2);
    let carla = id_of(&bench.session, "carla");
    assert_eq!(bench.state.at, Some(carla), "the cursor stays where it was");
    bench.command("z");
    assert_eq!(bench.session.draft.entries[1].login, "bruno");
    assert_eq!(bench.ignored, 0);
}

#[tokio::test]
async fn a_row_is_not_removed_before_the_cursor_was_seen() {
    let mut bench = at_the_table();
    bench.state.at = None;
    bench.press(Named::Delete);
    assert_eq!(bench.session.draft.entries.len(), 3);
}

#[tokio::test]
async fn several_users_are_added_one_after_the_other() {
    let mut bench = Bench::new(three());
    bench.say(Message::Add);
    for name in ["dario", "elena"] {
        bench.write(&format!("{name}@{DOMAIN}"));
        bench.tab(false);
        bench.write(name);
        bench.tab(false);
        bench.write("segreta");
        bench.press(Named::Enter);
    }
    let logins: Vec<_> = bench
        .session
        .draft
        .entries
        .iter()
        .map(|entry| entry.login.as_str())
        .collect();
    assert_eq!(logins, ["anna", "bruno", "carla", "dario", "elena"]);
    bench.press(Named::Escape);
    assert!(bench.state.edit.is_none());
}

#[tokio::test]
async fn keys_in_a_field_are_not_for_the_table() {
    let mut bench = at_the_table();
    bench.press(Named::Enter);
    bench.press(Named::Delete);
    bench.write(" ");
    bench.press(Named::ArrowDown);
    assert_eq!(bench.session.draft.entries.len(), 3);
    assert!(
        bench
            .session
            .draft
            .entries
            .iter()
            .all(|entry| entry.selected)
    );
    assert_eq!(bench.state.table.cursor, 0);
}

#[tokio::test]
async fn the_search_is_found_with_its_key() {
    let mut bench = Bench::new(three());
    bench.search();
    bench.write("carla");
    assert_eq!(bench.state.shown.len(), 1);
}
