mod approval;
mod ledger;
mod verdict;

use iced::Size;
use iced::keyboard::key::Named;
use iced_test::Simulator;
use secrecy::SecretString;

use super::samples::{self, Compared, Sample};
use super::*;
use crate::account::Side;
use crate::engine::Outcome;
use crate::i18n::speak_here;
use crate::secrets::Key;
use crate::ui::action::Action;
use crate::ui::options::samples::{framed, settings};
use crate::ui::shell::{Mark, Pane};
use crate::ui::widget::Tone;

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 0,
};

fn show(sample: &Sample) -> Simulator<'_, Message> {
    let page = sample
        .state
        .view(&sample.session, sample.running.as_ref(), PANE);
    Simulator::with_size(settings(), PANE.size, framed(page, PANE))
}

/// What is said when these words are pressed.
fn pressed(sample: &Sample, words: &str) -> Vec<Message> {
    let mut ui = show(sample);
    let _ = ui.click(words).unwrap();
    ui.into_messages().collect()
}

fn update(sample: &mut Sample, message: Message) -> Action<Message> {
    let running = sample.running.as_mut();
    sample
        .state
        .update(&mut sample.session, running, None, message)
}

/// A state of the collection of samples, in Italian.
fn sample(name: &str) -> Sample {
    speak_here(Language::It);
    let (_, make) = samples::ALL.iter().find(|(own, _)| *own == name).unwrap();
    make()
}

/// The same, with every password.
fn with_passwords(name: &str) -> Sample {
    let mut sample = sample(name);
    let plan = sample.session.draft.plan().unwrap();
    for job in &plan.jobs {
        for (side, login) in [
            (Side::Origin, &job.login),
            (Side::Destination, &job.destination_login),
        ] {
            let password = SecretString::from("segreta");
            sample.session.keeper.set(Key::login(side, login), password);
        }
    }
    sample
}

#[test]
fn the_final_pass_is_followed_by_the_verification_that_was_chosen() {
    let mut sample = with_passwords("8-complete");
    for (words, level) in [
        ("Confronto completo (consigliato)", Level::Full),
        ("Solo presenza", Level::Present),
    ] {
        let chosen = pressed(&sample, words).remove(0);
        assert!(matches!(chosen, Message::Level(_)));
        let _ = update(&mut sample, chosen);
        assert_eq!(sample.state.level, level);
        let begin = pressed(&sample, "Completa migrazione").remove(0);
        assert!(matches!(
            update(&mut sample, begin),
            Action::Begin(passes, only)
                if passes == [Pass::Complete, Pass::Verify(level)] && only.is_empty()
        ));
    }
}

#[test]
fn a_verification_alone_copies_nothing() {
    let mut sample = with_passwords("8b-unverified");
    let verify = pressed(&sample, "Avvia la verifica").remove(0);
    assert!(matches!(
        update(&mut sample, verify),
        Action::Begin(passes, _) if passes == [Pass::Verify(Level::Full)]
    ));
}

#[test]
fn only_who_lacks_messages_is_recovered() {
    let mut sample = with_passwords("8c-missing");
    let recover = pressed(&sample, "Recupera i 3 messaggi").remove(0);
    match update(&mut sample, recover) {
        Action::Begin(passes, only) => {
            assert_eq!(passes, [Pass::Complete, Pass::Verify(Level::Full)]);
            assert_eq!(
                only,
                [
                    "info@studiolevante.example",
                    "l.moretti@studiolevante.example"
                ]
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_stopped_goes_on_where_it_was() {
    let mut sample = with_passwords("8b-stopped");
    assert!(matches!(
        update(&mut sample, Message::GoOn),
        Action::Begin(passes, _) if passes == [Pass::Verify(Level::Full)]
    ));
    sample.state.last.pass = Some(Pass::Complete);
    assert!(matches!(
        update(&mut sample, Message::GoOn),
        Action::Begin(passes, _) if passes == [Pass::Complete, Pass::Verify(Level::Full)]
    ));
}

#[test]
fn without_passwords_the_vault_is_opened_first() {
    let mut sample = sample("8-complete");
    assert!(matches!(
        update(&mut sample, Message::Complete),
        Action::Unlock
    ));
    assert_eq!(sample.state.ordered, Order::default());
}

#[test]
fn nothing_begins_while_something_goes_on() {
    for name in ["8-last-running", "8-complete-copying"] {
        let mut sample = with_passwords(name);
        let action = update(&mut sample, Message::Complete);
        assert!(matches!(action, Action::None), "{name}");
        assert!(sample.state.enter(&sample.session).is_none(), "{name}");
    }
}

#[test]
fn a_copy_that_is_followed_elsewhere_is_not_stopped_here() {
    let mut copying = sample("8-complete-copying");
    let _ = update(&mut copying, Message::AskStop);
    assert!(matches!(copying.state.over, Over::None));
    let mut running = sample("8-last-running");
    let stop = pressed(&running, "Ferma").remove(0);
    let _ = update(&mut running, stop);
    assert!(matches!(running.state.over, Over::Stop));
    // No single key stops it.
    let enter = running.state.enter(&running.session);
    assert!(matches!(enter, Some(Message::Close)));
}

#[test]
fn escape_closes_what_lies_over_the_screen_and_then_the_passes() {
    for name in ["8c-ledger", "8c-records", "8-stop-asked"] {
        let mut sample = sample(name);
        let close = sample.state.escape().unwrap();
        let _ = update(&mut sample, close);
        assert!(matches!(sample.state.over, Over::None), "{name}");
    }
    let mut sample = sample("8b-verified");
    assert!(sample.state.escape().is_none());
    let passes = pressed(&sample, "Ripeti il passaggio finale").remove(0);
    let _ = update(&mut sample, passes);
    assert_eq!(sample.state.stage(), Stage::Passes);
    let back = sample.state.escape().unwrap();
    let _ = update(&mut sample, back);
    assert_eq!(sample.state.stage(), Stage::Result);
}

#[test]
fn enter_ends_only_what_is_proven() {
    let enter = |name: &str| {
        let sample = sample(name);
        sample.state.enter(&sample.session)
    };
    assert!(matches!(enter("8b-verified"), Some(Message::Finish)));
    assert!(matches!(
        enter("8b-verified-open"),
        Some(Message::Passes(true))
    ));
    assert!(matches!(
        enter("8b-sampled"),
        Some(Message::VerifyAlone(Level::Full))
    ));
    assert!(matches!(enter("8c-missing"), Some(Message::Recover(_))));
    assert!(matches!(enter("8-complete"), Some(Message::Complete)));
    assert!(enter("8-complete-loading").is_none());
    assert!(enter("8c-ledger").is_none());
}

#[test]
fn there_is_no_end_before_there_is_a_result() {
    assert!(pressed(&sample("8-complete"), "Fine").is_empty());
    let mut proven = sample("8b-verified");
    let finish = pressed(&proven, "Fine").remove(0);
    assert!(matches!(update(&mut proven, finish), Action::Home));
}

#[test]
fn the_ticks_of_the_move_are_kept_in_the_draft() {
    let mut sample = sample("8b-verified");
    assert!(show(&sample).find("2 di 6 fatti").is_ok());
    let changes = sample.session.changes();
    let tick = pressed(&sample, "Vecchio server").remove(0);
    let _ = update(&mut sample, tick);
    assert!(sample.session.draft.done.contains(&Item::OldServer));
    assert!(sample.session.changes() > changes);
    assert!(show(&sample).find("3 di 6 fatti").is_ok());
    let tick = pressed(&sample, "Vecchio server").remove(0);
    let _ = update(&mut sample, tick);
    assert!(!sample.session.draft.done.contains(&Item::OldServer));
}

#[test]
fn a_search_shows_one_mailbox_and_enter_opens_its_ledger() {
    let mut sample = sample("8c-missing");
    let _ = update(&mut sample, Message::Search("  MORETTI".into()));
    assert_eq!(sample.state.found.len(), 1);
    assert!(show(&sample).find("amministrazione").is_err());
    let _ = update(&mut sample, Message::Row(None));
    assert!(matches!(sample.state.over, Over::Ledger(_)));
    assert!(
        show(&sample)
            .find("l.moretti@studiolevante.example")
            .is_ok()
    );
    let _ = update(&mut sample, Message::Close);
    let _ = update(&mut sample, Message::Search("nessuno".into()));
    assert!(sample.state.found.is_empty());
    assert!(matches!(
        update(&mut sample, Message::Row(None)),
        Action::None
    ));
}

#[test]
fn what_was_left_behind_by_a_run_is_said_when_it_ends() {
    let mut sample = sample("8-last-running");
    let ended = Ended {
        outcomes: vec![(
            Pass::Complete,
            Outcome {
                stopped: true,
                ..Outcome::default()
            },
        )],
        trouble: None,
        report: None,
        at: Timestamp::now(),
    };
    let _ = sample.state.ended(&sample.session, &ended);
    assert!(!sample.state.run.is_on() && sample.state.last.stopped);
    assert_eq!(sample.state.last.pass, Some(Pass::Complete));
    assert!(sample.state.is_busy());
}

#[test]
fn a_late_answer_is_dropped() {
    let mut sample = sample("8b-verified");
    sample.state.asked = [2; 4];
    let _ = update(&mut sample, Message::Gathered(1, Ok(None)));
    let failed = Err(String::from("disk full"));
    let _ = update(&mut sample, Message::Written(1, failed));
    assert_eq!(sample.state.stage(), Stage::Result);
    assert!(matches!(sample.state.files, Files::None));
}

#[test]
fn the_route_tells_the_same_progress_as_the_screen() {
    let running = sample("8-verify-running");
    let summary = running.state.summary(running.running.as_ref()).unwrap();
    let (percent, pass) = summary.split_once(" · ").unwrap();
    assert_eq!(pass, "Verifica");
    assert!(show(&running).find(percent).is_ok());
    // A copy is told by the stop before.
    let copying = sample("8-complete-copying");
    assert!(copying.state.summary(copying.running.as_ref()).is_none());
}
