//! What the log keeps, copies and holds.

use super::*;
use crate::log::tail::Level;

#[test]
fn the_log_keeps_what_it_is_told_to_and_copies_it_raw() {
    let mut sample = samples::log();
    let state = &mut sample.1;
    assert_eq!(state.log.counts(), [16, 13, 2, 1]);
    assert_eq!(state.log.raw().lines().count(), 16);
    let _ = update(&mut sample, Message::Log(Said::Level(Some(Level::Error))));
    let raw = sample.1.log.raw();
    assert!(raw.starts_with("[00000B1C] Tue, 18 Nov 2025 22:33:41 +0100 ERROR Login failed"));
    assert_eq!(raw.lines().count(), 1);
    let _ = update(&mut sample, Message::Log(Said::Level(None)));
    let _ = update(
        &mut sample,
        Message::Log(Said::Search(String::from("UID 4821"))),
    );
    assert_eq!(sample.1.log.counts(), [1, 0, 1, 0]);
    assert!(matches!(sample.1.copy(), Some(Message::CopyLines)));
    assert!(matches!(
        update(&mut sample, Message::CopyLines),
        Action::Copy(text) if text.contains("UID 4821")
    ));
    let _ = update(&mut sample, Message::Log(Said::Search(String::new())));
    let _ = update(&mut sample, Message::Log(Said::Move(Motion::Last, false)));
    let _ = update(&mut sample, Message::Log(Said::Move(Motion::Up, true)));
    assert_eq!(sample.1.log.raw().lines().count(), 2, "what is chosen");
    assert!(!sample.1.log.follows(), "who looks elsewhere stays there");
    assert!(matches!(sample.1.escape(None), Some(Message::Close)));
    let _ = update(&mut sample, Message::Close);
    assert_eq!(sample.1.log.raw().lines().count(), 16);
}

#[test]
fn a_long_log_is_held_in_part() {
    let mut sample = samples::log();
    let line = samples::lines().pop().unwrap();
    for _ in 0..3 {
        sample.1.log.pretend(vec![line.clone(); 4_000], "/x", 1);
    }
    assert_eq!(sample.1.log.counts()[0], 5_000);
    assert_eq!(sample.1.log.raw().lines().count(), 5_000);
}

#[test]
fn what_is_said_of_a_log_that_is_asked_for_too_late_is_not_taken() {
    let mut sample = samples::log();
    let _ = update(
        &mut sample,
        Message::Log(Said::Read(7, Err(String::from("late")))),
    );
    let _ = update(&mut sample, Message::Folders(7, Err(String::from("late"))));
    let _ = update(&mut sample, Message::Looked(7, Err(String::from("late"))));
    assert_eq!(sample.1.unread, None);
}

#[test]
fn a_message_is_broken_between_words() {
    use super::super::log::{broken, parts};
    assert_eq!(broken("one two three", 7), ["one two", "three"]);
    assert_eq!(broken("onetwothree", 4), ["onet", "woth", "ree"]);
    assert_eq!(broken("perché è così", 8), ["perché è", "così"]);
    assert_eq!(broken("", 4), [""]);
    let text = "[00000834] Tue, 18 Nov 2025 22:31:52 +0100 Migrating";
    assert_eq!(parts(text).1, "Migrating");
    assert_eq!(parts("at src/main.rs"), ("", "at src/main.rs"));
}
