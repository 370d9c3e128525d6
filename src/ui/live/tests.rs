use std::sync::Arc;

use iced::theme::Mode;

use super::*;
use crate::engine::{MailboxRow, Snapshot};
use crate::trouble::{Kind, Trouble};
use crate::ui::theme::of_mode;

fn live(phase: RunPhase) -> Live {
    let mut live = Live::of(Demonstration::default());
    live.shown.stage = Stage::Copy;
    live.shown.snapshot = Snapshot {
        phase,
        ..Snapshot::default()
    };
    live
}

#[test]
fn space_pauses_and_resumes_what_the_engine_says() {
    let is = |phase, wanted: fn(&Message) -> bool| {
        live(phase).space().is_some_and(|message| wanted(&message))
    };
    assert!(is(RunPhase::Running, |message| matches!(
        message,
        Message::Pause
    )));
    assert!(is(RunPhase::Pausing, |message| matches!(
        message,
        Message::Resume
    )));
    assert!(is(RunPhase::Paused, |message| matches!(
        message,
        Message::Resume
    )));
    assert!(live(RunPhase::Stopping).space().is_none());
    let mut preparing = live(RunPhase::Running);
    preparing.shown.stage = Stage::Preparing;
    assert!(preparing.space().is_none());
}

#[test]
fn nothing_is_stopped_without_a_question_and_no_single_key_confirms_it() {
    let mut live = live(RunPhase::Running);
    assert!(matches!(live.escape(), Message::Stop));
    assert!(matches!(live.update(Message::Stop), Action::None));
    assert_eq!(live.asked, Some(Question::Stop));
    assert!(matches!(live.enter(), Some(Message::GoOn)));
    assert!(matches!(live.escape(), Message::GoOn));
    assert!(live.space().is_none());
    assert!(matches!(live.update(Message::GoOn), Action::None));
    assert_eq!(live.asked, None);
    assert!(
        matches!(live.update(Message::Back), Action::None),
        "it is still running"
    );
}

#[test]
fn closing_waits_for_the_messages_on_their_way() {
    let mut live = live(RunPhase::Running);
    assert!(matches!(live.close(), Action::None));
    assert!(matches!(live.update(Message::StopConfirmed), Action::None));
    assert!(matches!(
        live.update(Message::Ended(Err(String::new()))),
        Action::Close
    ));
    assert!(matches!(live.close(), Action::Close));
}

#[test]
fn after_the_end_enter_and_escape_lead_on() {
    let mut live = live(RunPhase::Ended);
    assert!(matches!(
        live.update(Message::Ended(Err(String::from("full")))),
        Action::None
    ));
    assert!(matches!(live.enter(), Some(Message::Back)));
    assert!(matches!(live.escape(), Message::Back));
    assert!(matches!(live.update(Message::Back), Action::Back));
}

#[test]
fn the_shared_domain_is_said_once() {
    let domain = |logins: &[&'static str]| table::domain(logins.iter().copied());
    assert_eq!(domain(&["a@x.it", "b@x.it"]), "@x.it");
    assert_eq!(domain(&["a@x.it", "b@y.it"]), "");
    assert_eq!(domain(&["anna", "bruno"]), "");
    assert_eq!(domain(&[]), "");
}

#[test]
fn every_state_of_a_mailbox_can_be_shown() {
    use crate::engine::Activity;
    let row = |activity, trouble: Option<Trouble>| MailboxRow {
        login: "anna@x.it".into(),
        activity,
        listed: 10,
        done: 3,
        trouble,
        ..MailboxRow::default()
    };
    let mut live = live(RunPhase::Paused);
    live.shown.snapshot.mailboxes = Arc::new([
        row(Activity::Queued, None),
        row(Activity::Listing, None),
        row(Activity::Copying, None),
        row(
            Activity::Waiting,
            Some(Trouble::new(Kind::Throttled, "x", "slow down")),
        ),
        row(Activity::Verifying, None),
        row(Activity::Done, None),
        row(Activity::DoneWithExceptions, None),
        row(
            Activity::Failed,
            Some(Trouble::new(Kind::LoginRefused, "x", "no")),
        ),
        row(Activity::Stopped, None),
    ]);
    let _ = live.screen(false, false);
    live.asked = Some(Question::Close);
    let _ = live.screen(true, true);
}

#[test]
fn the_two_lights_differ() {
    assert!(of_mode(Mode::Dark).extended_palette().is_dark);
    assert!(!of_mode(Mode::Light).extended_palette().is_dark);
    assert!(!of_mode(Mode::None).extended_palette().is_dark);
}
