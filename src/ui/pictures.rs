//! Every screen in every state, drawn to `target/screens` in both languages, both lights and two sizes: to be looked
//! at; and a judge that finds texts that are cut, squeezed or lie over each other.

mod judge;
mod samples;

use std::path::PathBuf;

use iced::theme::Mode;
use iced::{Settings, Size};
use iced_test::Simulator;

use super::app::App;
use super::theme;
use crate::i18n::{self, Language};

const SIZES: [Size; 2] = [Size::new(1180.0, 760.0), Size::new(940.0, 640.0)];

fn settings() -> Settings {
    Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    }
}

fn place() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    target.join("screens")
}

/// Draws one state; answers what is wrong with it.
fn draw(name: &str, app: &App, size: Size, mode: Mode, language: Language) -> Vec<String> {
    let light = if mode == Mode::Dark { "dark" } else { "light" };
    let full = format!("{name}-{}-{light}-{}", language.tag(), size.width);
    let mut wrong: Vec<String> = judge::judge(app.view(), size)
        .into_iter()
        .map(|what| format!("{full}: {what}"))
        .collect();
    let mut ui: Simulator<'_, _> = Simulator::with_size(settings(), size, app.view());
    let picture = ui.snapshot(&theme::of_mode(mode)).unwrap();
    let path = place().join(format!("{full}.png"));
    // The library adds the renderer's name to the file's.
    let written = place().join(format!("{full}-tiny-skia.png"));
    let _ = std::fs::remove_file(&written);
    assert!(picture.matches_image(&path).unwrap());
    let octets = std::fs::metadata(&written).unwrap().len();
    // A screen of one colour packs into next to nothing.
    if octets < 20_000 {
        wrong.push(format!("{full}: empty ({octets} octets)"));
    }
    wrong
}

/// All states in one language and one light.
fn look(language: Language, mode: Mode) {
    i18n::speak_here(language);
    // PICTURES=8b draws only the states whose names begin so.
    let wanted = std::env::var("PICTURES").unwrap_or_default();
    let mut wrong = Vec::new();
    for (name, mut app) in samples::all() {
        if name.starts_with(&wanted) {
            for size in SIZES {
                app.pretend_window(size, mode);
                wrong.extend(draw(&name, &app, size, mode, language));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_cut_in_italian_by_day() {
    look(Language::It, Mode::Light);
}

#[test]
fn nothing_is_cut_in_italian_by_night() {
    look(Language::It, Mode::Dark);
}

#[test]
fn nothing_is_cut_in_english_by_day() {
    look(Language::En, Mode::Light);
}

#[test]
fn nothing_is_cut_in_english_by_night() {
    look(Language::En, Mode::Dark);
}
