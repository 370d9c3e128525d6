use iced::keyboard::key::Named;
use iced::widget::{column, container, row};
use iced::{Element, Settings, Size};
use iced_test::Simulator;

use super::*;
use crate::ui::theme;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    One,
    Two,
    Three,
    Text(String),
}

fn show<'a>(element: impl Into<Element<'a, Said>>) -> Simulator<'a, Said> {
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    Simulator::with_size(settings, Size::new(600.0, 400.0), element)
}

fn said(ui: Simulator<'_, Said>) -> Vec<Said> {
    ui.into_messages().collect()
}

/// Gives the focus to the control with this name.
fn focus(name: &'static str) -> impl iced_test::Selector<Output = ()> + Send {
    move |candidate: iced_test::selector::Candidate<'_>| match candidate {
        iced_test::selector::Candidate::Focusable { id, .. } => {
            (id == Some(&iced::advanced::widget::Id::new(name))).then_some(())
        }
        _ => None,
    }
}

#[test]
fn what_can_be_pressed_is_pressed_by_mouse() {
    let mut ui = show(column![
        Element::from(button("first").on(Said::One)),
        Element::from(button("off")),
    ]);
    let _ = ui.click("first").unwrap();
    let _ = ui.click("off").unwrap();
    assert_eq!(said(ui), [Said::One]);
}

#[test]
fn after_a_click_enter_and_space_press_again() {
    let mut ui = show(Element::from(button("first").on(Said::One)));
    let _ = ui.click("first").unwrap();
    let _ = ui.tap_key(Named::Enter);
    let _ = ui.tap_key(Named::Space);
    assert_eq!(said(ui), [Said::One, Said::One, Said::One]);
}

#[test]
fn what_is_off_or_quiet_takes_no_focus() {
    let mut ui = show(column![
        Element::from(button("on").id("on").on(Said::One)),
        Element::from(button("off").id("off")),
        Element::from(button("quiet").id("quiet").quiet().on(Said::Two)),
    ]);
    assert!(ui.find(focus("on")).is_ok());
    assert!(ui.find(focus("off")).is_err());
    assert!(ui.find(focus("quiet")).is_err());
}

#[test]
fn arrows_choose_among_a_group_and_go_around() {
    let radios = Group::new(
        column![
            radio(true, "uno", None, Said::One),
            radio(false, "due", None, Said::Two),
            radio(false, "tre", None, Said::Three),
        ],
        Some(0),
        vec![Said::One, Said::Two, Said::Three],
    );
    let mut ui = show(radios);
    let _ = ui.click("uno").unwrap();
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::ArrowUp);
    assert_eq!(
        said(ui),
        [Said::One, Said::Two, Said::Three, Said::One, Said::Three]
    );
}

#[test]
fn a_list_opens_with_a_key_and_takes_with_another() {
    let choices = || {
        vec![
            Choice::new("alfa", Said::One),
            Choice::new("beta", Said::Two),
            Choice::new("gamma", Said::Three),
        ]
    };
    let mut ui = show(container(Element::from(Select::new(choices(), Some(0)))).width(200));
    ui.point_at(iced::Point::new(20.0, 10.0));
    let _ = ui.simulate(iced_test::simulator::click());
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::Enter);
    assert_eq!(said(ui), [Said::Three]);
    let mut ui = show(container(Element::from(Select::new(choices(), Some(0)))).width(200));
    ui.point_at(iced::Point::new(20.0, 10.0));
    let _ = ui.simulate(iced_test::simulator::click());
    let _ = ui.tap_key(Named::Escape);
    let _ = ui.tap_key(Named::ArrowDown);
    assert_eq!(said(ui), [Said::Two], "closed, an arrow changes it at once");
}

#[test]
fn a_field_is_written_in_and_its_eye_pressed() {
    let field = Field::new("abc", Said::Text).secret(false, Said::One);
    let mut ui = show(container(Element::from(field)).width(200).height(32));
    ui.point_at(iced::Point::new(30.0, 16.0));
    let _ = ui.simulate(iced_test::simulator::click());
    let _ = ui.typewrite("d");
    ui.point_at(iced::Point::new(182.0, 16.0));
    let _ = ui.simulate(iced_test::simulator::click());
    let said = said(ui);
    assert!(
        matches!(&said[0], Said::Text(text) if text.contains('d')),
        "{said:?}"
    );
    assert_eq!(said.last(), Some(&Said::One));
}

#[test]
fn what_lies_behind_a_dialog_is_out_of_reach() {
    let behind = row![Element::from(button("behind").id("behind").on(Said::One))];
    let asked = dialog::question(
        (crate::ui::icon::Icon::INFO, false),
        "title",
        "about",
        None,
        vec![button("yes").id(dialog::SAFE).on(Said::Two).into()],
    );
    let mut ui = show(dialog::over(behind, Some(asked)));
    assert!(ui.find(focus("behind")).is_err());
    assert!(ui.find(focus("dialog-safe")).is_ok());
    let _ = ui.click("yes").unwrap();
    let _ = ui.tap_key(Named::Enter);
    assert_eq!(said(ui), [Said::Two, Said::Two]);
}

#[test]
fn only_the_rows_that_are_seen_are_built() {
    let built = std::cell::Cell::new(0);
    let heights = vec![36.0; 5_000];
    let view = table::View {
        cursor: 2_500,
        top: 2_500.0 * 36.0,
        height: 300.0,
    };
    let says = table::Says {
        scrolled: Box::new(|_| Said::One),
        key: Box::new(|_, _| None),
    };
    let rows = table::rows(
        iced::advanced::widget::Id::new("rows"),
        view,
        &heights,
        |index| {
            built.set(built.get() + 1);
            theme::say(format!("row {index}"), 13, theme::REGULAR, |t| t.ink).into()
        },
        says,
    );
    let mut ui = show(rows);
    assert!(built.get() < 60, "{}", built.get());
    assert!(ui.find("row 2500").is_ok());
}

#[test]
fn a_table_follows_its_cursor() {
    let heights = [36.0, 54.0, 36.0, 36.0, 36.0, 36.0, 36.0, 36.0, 36.0, 36.0];
    let mut view = table::View {
        height: 100.0,
        ..table::View::default()
    };
    let id = || iced::advanced::widget::Id::new("rows");
    let _ = view.go::<()>(table::Motion::Down, &heights, id());
    assert_eq!(view.cursor, 1);
    let _ = view.go::<()>(table::Motion::Last, &heights, id());
    assert_eq!(view.cursor, 9);
    assert!((view.top - (378.0 - 100.0)).abs() < 0.1, "{}", view.top);
    let _ = view.go::<()>(table::Motion::First, &heights, id());
    assert!(view.top.abs() < 0.1);
}
