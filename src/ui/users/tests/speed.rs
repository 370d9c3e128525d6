//! Five thousand rows.

use std::time::{Duration, Instant};

use super::*;

fn large() -> (State, Session) {
    let mut session = session();
    for number in 0..5_000 {
        let name = format!("nome.cognome{number}");
        let address = format!("{name}@{DOMAIN}");
        add(&mut session, &name, &address, "segreta");
    }
    entered(session)
}

/// The shortest of several: the others were disturbed.
fn shortest(mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    (0..9).map(once).min().unwrap()
}

#[test]
fn five_thousand_rows_are_shown_and_changed_without_delay() {
    let (mut state, mut session) = large();
    let _ = show(&state, &session);
    let shown = shortest(|| drop(show(&state, &session)));
    let anna = session.draft.entries[2_500].id;
    let ticked = shortest(|| {
        let _ = state.update(&mut session, Message::Tick(anna));
    });
    let looked = shortest(|| {
        let _ = state.update(&mut session, Message::Search("cognome4".into()));
    });
    println!("view and layout {shown:?}, a tick {ticked:?}, a search {looked:?}");
    // Without optimisation all is several times slower; a frame at sixty a second is 16 ms.
    let most = if cfg!(debug_assertions) { 250 } else { 16 };
    for time in [shown, ticked, looked] {
        assert!(time < Duration::from_millis(most), "{time:?}");
    }
}
