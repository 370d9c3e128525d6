//! The window of Traghetto. Everything is in the library; see `traghetto::ui`.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> iced::Result {
    traghetto::ui::run()
}
