//! Logins that are tried, against the sample server.

use futures::StreamExt as _;
use iced_test::runtime::{Action as Order, task::into_stream};

use super::*;
use crate::account::Security;
use crate::sample::{Config, Mail, Server as Sample, Store};

/// A server with these people on it, all with the same password.
pub(super) async fn sample(people: &[&str]) -> Sample {
    let store = Store::new('/', "");
    for name in people {
        store.add_account(name, "segreta");
        let body = format!("Subject: {name}\r\n\r\nciao\r\n");
        let _ = store.add_message(name, "INBOX", Mail::new(body.into_bytes()));
    }
    Sample::start(store, Config::default()).await.unwrap()
}

pub(super) fn at(sample: &Sample) -> Server {
    Server {
        port: sample.address().port().to_string(),
        security: Security::Clear,
        ..server("127.0.0.1")
    }
}

/// Both servers, and a list of three of whom one has another password.
async fn world() -> (Sample, Sample, State, Session) {
    let people = ["anna", "bruno", "carla"];
    let origin = sample(&people).await;
    let addresses = people.map(|name| format!("{name}@{DOMAIN}"));
    let destination = sample(&addresses.each_ref().map(String::as_str)).await;
    let mut session = session();
    session.draft.origin = at(&origin);
    session.draft.destination = at(&destination);
    for (name, password) in [
        ("anna", "segreta"),
        ("bruno", "sbagliata"),
        ("carla", "segreta"),
    ] {
        add(&mut session, name, &format!("{name}@{DOMAIN}"), password);
    }
    let (state, session) = entered(session);
    (origin, destination, state, session)
}

/// Does all that a message leads to.
async fn run(state: &mut State, session: &mut Session, message: Message) {
    let Action::Run(task) = state.update(session, message) else {
        return;
    };
    let mut orders = into_stream(task).unwrap();
    while let Some(order) = orders.next().await {
        if let Order::Output(message) = order {
            let _ = state.update(session, message);
        }
    }
}

/// How often a server was told who logs in.
fn logins(sample: &Sample) -> usize {
    let transcript = sample.transcript();
    transcript
        .iter()
        .filter(|line| {
            let line = line.to_ascii_uppercase();
            line.contains(" LOGIN") || line.contains("AUTHENTICATE")
        })
        .count()
}

#[tokio::test]
async fn a_refused_password_is_not_sent_a_second_time_until_asked_for_or_changed() {
    let (origin, destination, mut state, mut session) = world().await;
    run(&mut state, &mut session, Message::Verify).await;
    assert_eq!((logins(&origin), logins(&destination)), (3, 2));
    assert_eq!(state.counts.good, 2);
    let bruno = id_of(&session, "bruno");
    let proof = state.proofs.get(bruno).unwrap();
    assert!(
        matches!(proof, Proof::Failed { side: Side::Origin, trouble }
        if trouble.kind == Kind::LoginRefused)
    );
    assert_eq!(state.mark(&session), Mark::Warn);
    let plan = session.draft.plan().unwrap();
    let chosen: Vec<_> = plan.jobs.iter().map(|job| job.selected).collect();
    assert_eq!(chosen, [true, false, true], "it is left out");
    // Again: nothing is left to be tried.
    run(&mut state, &mut session, Message::Verify).await;
    assert!(state.again().is_some());
    assert_eq!((logins(&origin), logins(&destination)), (3, 2));
    // Another row is edited: only that one is tried.
    let anna = id_of(&session, "anna");
    let _ = state.update(&mut session, Message::Edit(anna, Part::Login));
    let _ = state.update(&mut session, Message::Save);
    run(&mut state, &mut session, Message::Verify).await;
    assert_eq!(logins(&origin), 3, "nothing was changed in it");
    // Asked for.
    run(&mut state, &mut session, Message::Retry(bruno)).await;
    assert_eq!((logins(&origin), logins(&destination)), (4, 2));
    // Changed.
    let _ = state.update(&mut session, Message::Edit(bruno, Part::Password));
    let _ = state.update(
        &mut session,
        Message::Write(Part::Password, "segreta".into()),
    );
    let _ = state.update(&mut session, Message::Save);
    assert!(state.proofs.get(bruno).is_none());
    assert_eq!(state.mark(&session), Mark::None);
    run(&mut state, &mut session, Message::Verify).await;
    assert_eq!((logins(&origin), logins(&destination)), (5, 3));
    assert_eq!(state.counts.good, 3);
    assert_eq!(
        state.view(&session, pane()).status.words,
        t!("users-status-good")
    );
    let mut ui = show(&state, &session);
    assert!(
        ui.find(t!("count-messages", count = 1, number = "1").as_str())
            .is_ok()
    );
}

#[tokio::test]
async fn a_refusal_at_the_destination_asks_for_the_password_there() {
    let (_origin, _destination, mut state, mut session) = world().await;
    session.draft.entries[0].destination_password = Some(SecretString::from("altra"));
    state.changed(&mut session);
    run(&mut state, &mut session, Message::Verify).await;
    let anna = id_of(&session, "anna");
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-refused-destination").as_str()).is_ok());
    drop(ui);
    let _ = state.update(&mut session, Message::Point(anna));
    let _ = state.update(&mut session, Message::EditHere);
    let _ = state.update(&mut session, Message::Write(Part::Own, "segreta".into()));
    let _ = state.update(&mut session, Message::Save);
    run(&mut state, &mut session, Message::Verify).await;
    assert!(matches!(state.proofs.get(anna), Some(Proof::Good { .. })));
}

#[tokio::test]
async fn only_chosen_rows_without_problems_are_tried() {
    let (origin, _destination, mut state, mut session) = world().await;
    let carla = id_of(&session, "carla");
    let _ = state.update(&mut session, Message::Tick(carla));
    session.draft.entries[1].address = String::from("bruno@due,virgole");
    state.changed(&mut session);
    run(&mut state, &mut session, Message::Verify).await;
    assert_eq!(logins(&origin), 1);
}

#[tokio::test]
async fn another_server_makes_answers_worthless() {
    let (_origin, _destination, mut state, mut session) = world().await;
    run(&mut state, &mut session, Message::Verify).await;
    assert_eq!(state.counts.good, 2);
    session.draft.destination.host = String::from("localhost");
    let _ = state.entered(&mut session);
    assert_eq!((state.counts.good, state.counts.unproven), (0, 3));
}

#[tokio::test]
async fn what_is_going_on_can_be_stopped_and_late_answers_are_dropped() {
    let (origin, _destination, mut state, mut session) = world().await;
    let Action::Run(task) = state.update(&mut session, Message::Verify) else {
        panic!("nothing to do");
    };
    assert!(state.is_busy());
    let anna = id_of(&session, "anna");
    assert!(matches!(state.proofs.get(anna), Some(Proof::Waiting)));
    let messages = pressed(&state, &session, &t!("users-stop"));
    say_all(&mut state, &mut session, messages);
    assert!(!state.is_busy() && state.proofs.get(anna).is_none());
    let late = vec![Event::Begun(anna), Event::Over];
    let _ = state.update(&mut session, Message::Checked(1, late));
    assert!(state.proofs.get(anna).is_none());
    let mut orders = into_stream(task).unwrap();
    assert!(orders.next().await.is_none(), "aborted");
    assert_eq!(logins(&origin), 0);
}

#[tokio::test]
async fn a_password_changed_while_it_waits_is_not_sent_in_its_old_form() {
    let (origin, _destination, mut state, mut session) = world().await;
    let Action::Run(task) = state.update(&mut session, Message::Verify) else {
        panic!("nothing to do");
    };
    let bruno = id_of(&session, "bruno");
    let _ = state.update(&mut session, Message::Edit(bruno, Part::Password));
    let _ = state.update(
        &mut session,
        Message::Write(Part::Password, "segreta".into()),
    );
    let _ = state.update(&mut session, Message::Save);
    let mut orders = into_stream(task).unwrap();
    while let Some(order) = orders.next().await {
        if let Order::Output(message) = order {
            let _ = state.update(&mut session, message);
        }
    }
    assert_eq!(logins(&origin), 2);
    assert!(state.proofs.get(bruno).is_none() && !state.is_busy());
    assert_eq!(state.counts.good, 2);
}

#[test]
fn a_server_out_of_reach_is_no_fault_of_the_row() {
    let (mut state, mut session) = three();
    let trouble = Trouble::new(Kind::TimedOut, "anna", "no answer within 30 s");
    let side = Side::Origin;
    state
        .proofs
        .pretend(&session, 0, Proof::Failed { side, trouble });
    state
        .proofs
        .pretend(&session, 1, refused(Side::Destination));
    state.refresh(&mut session);
    assert_eq!((state.counts.chosen, state.counts.to_fix), (2, 1));
    let to_verify = |at, asked| state.is_to_verify(&session.draft, at, asked);
    assert!(to_verify(0, false) && !to_verify(1, false) && to_verify(1, true));
}

#[test]
fn every_trouble_of_a_login_has_a_short_word() {
    let draft = session().draft;
    for kind in [
        Kind::LoginRefused,
        Kind::TimedOut,
        Kind::LoginSuspended,
        Kind::ImapDisabled,
        Kind::OauthOnly,
        Kind::ProviderGate,
        Kind::Blocked,
        Kind::ServerBusy,
        Kind::CertificateExpired,
        Kind::Protocol,
    ] {
        let trouble = Trouble::new(kind, "anna", "words of the server");
        let side = Side::Destination;
        let proof = Proof::Failed { side, trouble };
        let note = words::note(standing::Standing::Tried(&proof), &draft);
        assert!(note.word.chars().count() <= 32, "{}", note.word);
        assert!(!note.word.contains('⟨') && !note.why.unwrap().contains('⟨'));
        let more = note.more.unwrap();
        assert!(
            more.ends_with("words of the server") && !more.contains('⟨'),
            "{more}"
        );
    }
}
