use super::super::ledger::{Asked, Ledger, Line, Message as Gesture};
use super::*;
use crate::journal::{FolderState, State as Fate};
use crate::report::Report;

fn report() -> Report {
    let mut accounts = samples::accounts(Compared::Full);
    samples::refuse(&mut accounts[8], 2, "too-large", "");
    samples::report(accounts)
}

/// The ledger of the mailbox with the two refused messages, the second of which is approved.
fn opened() -> (Report, Ledger) {
    let report = report();
    let ledger = Ledger::of(&report, Some(8));
    (report, ledger)
}

#[test]
fn the_gravest_stands_first() {
    let mut accounts = samples::accounts(Compared::Full);
    samples::refuse(&mut accounts[8], 1, "too-large", "");
    let one = &mut accounts[8];
    one.trouble = Some("connection-lost".into());
    one.folders[0].state = FolderState::Failed;
    let _ = one.tally.messages.insert(Fate::Planned, 4);
    samples::refuse(&mut accounts[1], 1, "too-large", "");
    let report = samples::report(accounts);
    let own = [
        Line::Failed(8),
        Line::Folder(8, 0),
        Line::Waiting(8, 4),
        Line::Message(8, 0),
    ];
    assert_eq!(Ledger::of(&report, Some(8)).lines(), own);
    let all = Ledger::of(&report, None);
    assert_eq!(all.lines()[0], Line::Message(1, 0));
    assert_eq!(all.lines()[1..], own);
}

#[test]
fn a_mailbox_that_is_complete_has_nothing_to_tell() {
    assert!(Ledger::of(&report(), Some(0)).lines().is_empty());
    let mut sample = sample("8c-missing");
    let _ = update(&mut sample, Message::Open(Some(0)));
    assert!(
        show(&sample)
            .find(crate::t!("finish-ledger-empty").as_str())
            .is_ok()
    );
}

#[test]
fn nothing_is_approved_without_a_reason() {
    let (report, mut ledger) = opened();
    let mut say = |gesture| ledger.update(&report, gesture);
    assert!(matches!(say(Gesture::Approve), Asked::Nothing));
    let _ = say(Gesture::Begin);
    let _ = say(Gesture::Note("  ".into()));
    assert!(matches!(say(Gesture::Approve), Asked::Nothing));
    let _ = say(Gesture::Note(" È su carta ".into()));
    match say(Gesture::Approve) {
        Asked::Decide(row, Some(note)) => {
            assert_eq!((row.uid, note.as_str()), (8_812, "È su carta"));
        }
        _ => panic!("nothing was asked"),
    }
}

#[test]
fn a_reason_holds_for_the_line_it_was_written_for() {
    let (report, mut ledger) = opened();
    let _ = ledger.update(&report, Gesture::Begin);
    let _ = ledger.update(&report, Gesture::Note("È su carta".into()));
    let _ = ledger.update(&report, Gesture::Pick(1));
    assert!(matches!(
        ledger.update(&report, Gesture::Approve),
        Asked::Nothing
    ));
}

#[test]
fn an_approval_can_be_withdrawn() {
    let (report, mut ledger) = opened();
    let _ = ledger.update(&report, Gesture::Pick(1));
    assert!(matches!(
        ledger.update(&report, Gesture::Withdraw),
        Asked::Decide(row, None) if row.uid == 8_813
    ));
}

#[test]
fn an_approved_line_offers_only_to_withdraw() {
    let mut sample = sample("8c-ledger");
    assert!(show(&sample).find("Ritira l’approvazione").is_err());
    let begun = pressed(&sample, "Approva…").remove(0);
    let _ = update(&mut sample, begun);
    // The button waits for a reason.
    assert!(pressed(&sample, "Approva").is_empty());
    let _ = update(&mut sample, Message::Ledger(Gesture::Pick(1)));
    assert!(show(&sample).find("Approva…").is_err());
    let withdrawn = pressed(&sample, "Ritira l’approvazione").remove(0);
    assert!(matches!(withdrawn, Message::Ledger(Gesture::Withdraw)));
    assert!(matches!(update(&mut sample, withdrawn), Action::Run(_)));
    assert_eq!(sample.state.asked[3], 1);
}

#[test]
fn a_decision_is_shown_once_it_is_kept() {
    let mut sample = sample("8c-ledger");
    sample.state.asked[3] = 1;
    let _ = update(&mut sample, Message::Ledger(Gesture::Begin));
    let _ = update(
        &mut sample,
        Message::Ledger(Gesture::Note("Su carta".into())),
    );
    let refused = Err(String::from("database is locked"));
    let _ = update(&mut sample, Message::Decided(1, refused));
    let words = crate::t!("finish-approve-failed", detail = "database is locked");
    assert!(show(&sample).find(words.as_str()).is_ok());
    let action = update(&mut sample, Message::Decided(1, Ok(())));
    // The report is made anew; the old one is shown meanwhile.
    assert!(matches!(action, Action::Run(_)));
    assert!(sample.state.is_busy() && sample.state.facts().is_some());
}

#[test]
fn arrows_go_from_line_to_line_and_enter_shows_the_message() {
    let mut sample = sample("8c-ledger");
    let mut ui = show(&sample);
    let _ = ui.click("62,4 MB").unwrap();
    let _ = ui.tap_key(Named::ArrowDown);
    let _ = ui.tap_key(Named::Enter);
    let said: Vec<_> = ui.into_messages().collect();
    assert!(
        matches!(
            said[..],
            [
                Message::Ledger(Gesture::Pick(0)),
                Message::Ledger(Gesture::Move(Motion::Down)),
                Message::Ledger(Gesture::Show)
            ]
        ),
        "{said:?}"
    );
    for message in said {
        let _ = update(&mut sample, message);
    }
    // It is at the approved line now.
    assert!(show(&sample).find("Ritira l’approvazione").is_ok());
}
