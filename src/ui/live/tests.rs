mod journal;
mod log;

use std::sync::Arc;
use std::time::Instant;

use iced::keyboard::key::Named;
use iced::theme::Mode;
use iced::{Element, Settings, Size};
use iced_test::Simulator;

use super::samples::{self, Sample};
use super::*;
use crate::engine::{Activity, RunPhase};
use crate::i18n::{Language, speak_here};
use crate::ui::shell::Pane;
use crate::ui::theme;

const PANE: Pane = Pane {
    size: Size::new(1180.0, 760.0),
    dark: false,
    turn: 0,
};

/// What the body of the screen says when it is used like this.
fn said(sample: &Sample, with: impl FnOnce(&mut Simulator<'_, Message>)) -> Vec<Message> {
    let (session, state, running) = sample;
    let page = state.view(session, running.as_ref(), PANE);
    let mut parts = iced::widget::Column::new();
    if let Some(aside) = page.aside {
        parts = parts.push(aside);
    }
    parts = parts.push(page.body);
    for button in page.buttons.unwrap_or_default() {
        parts = parts.push(button);
    }
    let parts: Element<'_, Message> = match page.dialog {
        Some(dialog) => super::super::widget::dialog::over(parts, Some(dialog)),
        None => parts.into(),
    };
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    let mut ui = Simulator::with_size(settings, Size::new(900.0, 760.0), parts);
    with(&mut ui);
    ui.into_messages().collect()
}

fn update(sample: &mut Sample, message: Message) -> Action<Message> {
    let (session, state, running) = sample;
    state.update(session, running.as_mut(), message)
}

fn title(sample: &Sample) -> String {
    let (session, state, running) = sample;
    state.view(session, running.as_ref(), PANE).title
}

fn now(sample: &Sample) -> Now {
    let (session, state, running) = sample;
    state.now(session, running.as_ref())
}

#[test]
fn pause_is_what_the_engine_says() {
    speak_here(Language::It);
    let running = samples::running();
    assert!(matches!(
        said(&running, |ui| drop(ui.click("Pausa").unwrap()))[..],
        [Message::Pause]
    ));
    let paused = samples::paused();
    assert_eq!(title(&paused), "Migrazione in pausa");
    assert!(matches!(
        said(&paused, |ui| drop(ui.click("Riprendi").unwrap()))[..],
        [Message::Resume]
    ));
    assert_eq!(now(&paused).rates, (0.0, 0.0));
}

#[test]
fn nothing_is_stopped_without_a_question_and_no_single_key_confirms_it() {
    speak_here(Language::It);
    let mut sample = samples::running();
    let _ = update(&mut sample, Message::Stop);
    assert_eq!(sample.1.asked, Some(Stopping::Drain));
    let (session, state, running) = &sample;
    assert!(matches!(
        state.enter(session, running.as_ref()),
        Some(Message::GoOn)
    ));
    assert!(matches!(
        state.escape(running.as_ref()),
        Some(Message::GoOn)
    ));
    let pressed = said(&sample, |ui| {
        let _ = ui.click("Ferma subito").unwrap();
        let _ = ui.click("Ferma").unwrap();
    });
    assert!(matches!(
        pressed[..],
        [Message::Choose(Stopping::Now), Message::StopConfirmed]
    ));
    let _ = update(&mut sample, Message::Choose(Stopping::Now));
    assert_eq!(sample.1.asked, Some(Stopping::Now));
    let _ = update(&mut sample, Message::GoOn);
    assert_eq!(sample.1.asked, None);
}

#[test]
fn completion_opens_when_the_run_is_over() {
    speak_here(Language::It);
    let mut sample = samples::running();
    assert!(said(&sample, |ui| drop(ui.click("Completamento").unwrap())).is_empty());
    assert!(matches!(
        update(&mut sample, Message::Completion),
        Action::None
    ));
    let mut sample = samples::well();
    assert_eq!(title(&sample), "Copia terminata");
    assert!(matches!(
        said(&sample, |ui| drop(ui.click("Completamento").unwrap()))[..],
        [Message::Completion]
    ));
    let went = update(&mut sample, Message::Completion);
    assert!(matches!(went, Action::Go(Step::Completion)));
    assert_eq!(sample.0.draft.reached, Step::Completion);
}

#[test]
fn what_was_stopped_is_gone_on_with_by_enter() {
    let mut sample = samples::stopped();
    let (session, state, running) = &sample;
    let enter = state.enter(session, running.as_ref());
    assert!(matches!(enter, Some(Message::Begin)));
    assert!(matches!(
        update(&mut sample, Message::Begin),
        Action::Begin(passes, only) if passes == [Pass::Copy] && only.is_empty()
    ));
    let mut sample = samples::running();
    assert!(matches!(update(&mut sample, Message::Begin), Action::None));
}

#[test]
fn retrying_one_account_after_the_end_leaves_the_others_in_sight() {
    let mut sample = samples::with_errors();
    let rows = now(&sample).rows;
    let login = rows[0].login.clone();
    let action = update(&mut sample, Message::Retry(login.clone()));
    assert!(matches!(action, Action::Begin(_, only) if only == std::slice::from_ref(&login)));
    sample.1.begun(true);
    let one = vec![samples::row("g.bianchi", Activity::Copying, "INBOX", 1, 2)];
    sample.2 = Some(samples::with(one, RunPhase::Running));
    let after = now(&sample);
    assert_eq!(after.rows.len(), rows.len());
    assert_eq!(after.rows[0].activity, Activity::Copying);
    assert_eq!(after.counts[2], 3);
}

#[test]
fn rows_stand_in_the_order_of_what_needs_attention_and_the_cursor_follows_its_account() {
    let mut sample = samples::running();
    let rows = now(&sample).rows;
    let shown = table::shown(&rows, Filter::All, "");
    let groups: Vec<usize> = shown
        .iter()
        .map(|index| Filter::of(&rows[*index]) as usize)
        .collect();
    assert!(groups.is_sorted());
    let _ = update(&mut sample, Message::Move(Motion::Down));
    assert_eq!(
        sample.1.cursor.as_deref(),
        Some("amministrazione@studiolevante.example")
    );
    let _ = update(&mut sample, Message::Search(String::from("AMMIN")));
    let shown = table::shown(&rows, Filter::All, "AMMIN");
    assert_eq!(shown.len(), 1);
    assert_eq!(sample.1.place(&rows, &shown), 0);
    let _ = update(&mut sample, Message::OpenHere);
    let panel = sample.1.panel.as_ref().unwrap();
    assert_eq!(panel.login(), "amministrazione@studiolevante.example");
    assert!(matches!(sample.1.escape(None), Some(Message::Close)));
    let _ = update(&mut sample, Message::Close);
    assert!(sample.1.panel.is_none());
}

#[test]
fn filters_say_how_many_and_show_only_those() {
    speak_here(Language::It);
    let sample = samples::running();
    assert_eq!(now(&sample).counts, [40, 4, 2, 22, 12]);
    assert!(matches!(
        said(&sample, |ui| drop(ui.click("Con errori").unwrap()))[..],
        [Message::Filter(Filter::Wrong)]
    ));
    let rows = now(&sample).rows;
    assert_eq!(table::shown(&rows, Filter::Wrong, "").len(), 2);
}

#[test]
fn a_row_is_opened_and_retried_with_the_keyboard() {
    speak_here(Language::It);
    let sample = samples::running();
    let pressed = said(&sample, |ui| {
        let _ = ui.click("Errore").unwrap();
        let _ = ui.tap_key(Named::ArrowDown);
        let _ = ui.tap_key(Named::Enter);
        let _ = ui.typewrite("r");
    });
    assert!(
        matches!(
            &pressed[..],
            [
                Message::Open(_),
                Message::Move(Motion::Down),
                Message::OpenHere,
                Message::RetryHere
            ]
        ),
        "{pressed:?}"
    );
    assert!(matches!(
        &said(&sample, |ui| drop(ui.click("Riprova").unwrap()))[..],
        [Message::Retry(login)] if login == "t.esposito@studiolevante.example"
    ));
}

#[test]
fn a_percentage_never_claims_more_than_was_done() {
    let percent = |done, of, activity| {
        let row = samples::row("a", activity, "", done, of);
        from::much(&row, 1).percent()
    };
    assert_eq!(
        percent(999, 1_000, Activity::Copying),
        87,
        "folders are left"
    );
    assert_eq!(percent(1_000, 1_000, Activity::DoneWithExceptions), 99);
    assert_eq!(percent(0, 0, Activity::Done), 100);
    assert_eq!(percent(0, 0, Activity::Queued), 0);
    let rows = [
        samples::row("a", Activity::Done, "", 10, 10),
        samples::row("b", Activity::Queued, "", 0, 0),
    ];
    let total = from::total(&rows, None, 3);
    assert_eq!(total.percent(), 50, "what is not listed is not done");
    assert!(!total.whole);
    assert_eq!(from::total(&rows[..1], None, 3).percent(), 100);
}

#[test]
fn the_network_is_waited_for_when_all_who_work_do() {
    let (_, _, running) = samples::waiting();
    let running = running.unwrap();
    assert_eq!(from::phase(Some(&running), false), Phase::Offline(None));
    let mut rows = running.shown.snapshot.mailboxes.to_vec();
    rows[0].activity = Activity::Copying;
    let some = samples::with(rows, RunPhase::Running);
    assert_eq!(from::phase(Some(&some), false), Phase::Running);
    assert_eq!(from::phase(Some(&some), true), Phase::Over);
}

#[test]
fn a_run_that_could_not_begin_says_why_and_can_be_begun() {
    speak_here(Language::It);
    let sample = samples::not_begun();
    assert_eq!(title(&sample), "La migrazione non è partita");
    assert!(matches!(
        said(&sample, |ui| drop(ui.click("Avvia migrazione").unwrap()))[..],
        [Message::Begin]
    ));
    let copied = said(&sample, |ui| {
        ui.point_at(iced::Point::new(874.0, 83.0));
        let _ = ui.simulate(iced_test::simulator::click());
    });
    assert!(matches!(&copied[..], [Message::Copy(words)] if words.contains("another run")));
}

#[test]
fn long_runs_have_several_minutes_in_a_bar() {
    assert_eq!(stats::bars(&[3, 5]), (1, vec![3, 5]));
    let (each, bars) = stats::bars(&[6; 130]);
    assert_eq!((each, bars.len()), (3, 44));
    assert!(bars.iter().all(|bar| *bar == 6));
    for (minutes, step) in [(1, 1), (30, 5), (61, 15), (400, 120)] {
        assert_eq!(stats::step(minutes), step, "{minutes}");
    }
}

#[test]
fn the_figures_are_written_for_a_spreadsheet() {
    speak_here(Language::It);
    let mut sample = samples::running();
    let mut rows = now(&sample).rows.to_vec();
    rows[0].login = String::from("=cmd;x");
    sample.2 = Some(samples::with(rows, RunPhase::Running));
    let text = export::table(&now(&sample));
    assert!(text.starts_with("\u{feff}Account;Stato;"));
    assert!(text.contains("\r\n\"'=cmd;x\";In corso;17946;12203;"));
    assert!(text.contains(";Password rifiutata\r\n"));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report").join("x.csv");
    export::write(&path, &text).unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
}

#[test]
fn the_route_says_how_far_it_is() {
    speak_here(Language::It);
    let mut sample = samples::running();
    let summaries = |sample: &Sample| sample.1.summaries(&sample.0, sample.2.as_ref());
    let one = |words: &str| vec![(Step::Live, String::from(words))];
    assert_eq!(summaries(&sample), one("12 account su 40"));
    sample.1.left();
    assert_eq!(summaries(&sample), one("30% · 12 account su 40"));
    if let Some(running) = &mut sample.2 {
        running.shown.pass = Some(Pass::Complete);
    }
    let words = String::from("30% · Passaggio finale");
    assert_eq!(summaries(&sample), vec![(Step::Completion, words)]);
}

#[test]
fn durations_are_said_roughly() {
    speak_here(Language::It);
    for (seconds, said) in [
        (20, "meno di un minuto"),
        (2_400, "40\u{a0}min"),
        (4_560, "1 h 15 min"),
        (7_200, "2\u{a0}h"),
        (90_000, "1 g 1 h"),
    ] {
        assert_eq!(words::roughly(Duration::from_secs(seconds)), said);
    }
}

/// Printed only: what a look at 500 mailboxes costs without optimisation.
#[test]
fn a_look_at_many_mailboxes_costs_little() {
    const TIMES: u32 = 20;
    let (session, mut state, running) = samples::many(500);
    let running = running.unwrap();
    let begin = Instant::now();
    for _ in 0..TIMES {
        let _ = state.tick(&session, Some(&running));
    }
    let tick = begin.elapsed() / TIMES;
    let begin = Instant::now();
    for _ in 0..TIMES {
        drop(state.view(&session, Some(&running), PANE));
    }
    let view = begin.elapsed() / TIMES;
    let page = state.view(&session, Some(&running), PANE);
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    let begin = Instant::now();
    let mut ui = Simulator::with_size(settings, PANE.size, page.body);
    let layout = begin.elapsed();
    let begin = Instant::now();
    let _ = ui.snapshot(&theme::of_mode(Mode::Light)).unwrap();
    let draw = begin.elapsed();
    eprintln!(
        "500 mailboxes: tick {tick:?}, view {view:?}, first layout {layout:?}, first drawing {draw:?}"
    );
}

#[test]
fn every_sample_is_drawn_in_every_size() {
    for size in [
        Size::new(1180.0, 760.0),
        Size::new(1600.0, 1000.0),
        Size::new(940.0, 760.0),
    ] {
        for (name, (session, state, running)) in samples::samples() {
            let pane = Pane { size, ..PANE };
            let page = state.view(&session, running.as_ref(), pane);
            assert!(!page.title.is_empty(), "{name}");
        }
    }
}

#[test]
fn where_only_passwords_are_set_no_message_is_spoken_of() {
    let (session, state, running) = samples::passwords(true);
    let now = state.now(&session, running.as_ref());
    assert!(now.passwords && now.open == 0);
    assert_eq!(now.figure(), i18n::number(now.counts[0]));
    assert!(!now.measure().contains('%') && !now.figure().contains('%'));
    let (title, about) = super::head::title(&now, &session);
    assert_eq!(title, t!("live-passwords-well"));
    assert_eq!(about, t!("live-passwords-well-about"));
    let (session, state, running) = samples::passwords(false);
    let now = state.now(&session, running.as_ref());
    assert_eq!((now.counts[4], now.figure()), (12, i18n::number(12)));
    assert!(now.total.part > 0.0 && now.total.part < 1.0);
}
