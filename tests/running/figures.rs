//! What a run says of itself in figures: they add up, whatever happened on the way.

use traghetto::engine::{self, Activity, MailboxRow, Pass};
use traghetto::sample::{AppendUid, Config, Cut, Mail, MessageFault};

use crate::support::*;

/// The figures of the one mailbox at the end of a run.
async fn figures(crossing: &Crossing, pass: Pass) -> MailboxRow {
    let run = engine::start(crossing.request(pass));
    let progress = run.watch();
    let outcome = run.ended().await;
    assert_eq!(outcome.failed, vec![]);
    let last = progress.borrow().clone();
    last.mailboxes[0].clone()
}

fn adds_up(row: &MailboxRow) {
    assert_eq!(row.listed, row.done + row.exceptions, "{row:#?}");
    assert!(row.copied <= row.done, "{row:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_there_left_out_or_gone_is_counted_apart() {
    let mut crossing = Crossing::rich().await;
    let store = &crossing.origin.store();
    fill(store, "INBOX", 40);
    for number in 0..10 {
        let there = crossing.destination.store();
        let _ = there.add_message(LOGIN, "INBOX", mail(number));
    }
    let large = dated(Mail::new(vec![b'x'; 9_000]), 4);
    let _ = store.add_message(LOGIN, "INBOX", large);
    let gone = store.folder(LOGIN, "INBOX").unwrap().messages[30].uid;
    let faults = crossing.origin.faults();
    faults.message("INBOX", gone, MessageFault::Gone);
    crossing.plan.options.max_size = Some(5_000);
    let before = jiff::Timestamp::now();
    let row = figures(&crossing, Pass::Copy).await;
    adds_up(&row);
    assert_eq!(
        (row.listed, row.copied, row.present, row.excluded, row.gone),
        (41, 29, 10, 1, 1)
    );
    let (started, finished) = (row.started.unwrap(), row.finished.unwrap());
    assert!(before <= started && started <= finished);
    assert_eq!(row.activity, Activity::Done);
    // The next run knows of them from the journal.
    let row = figures(&crossing, Pass::Copy).await;
    adds_up(&row);
    assert_eq!(
        (row.copied, row.present, row.excluded, row.gone),
        (0, 10, 1, 1)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_counted_twice_where_copies_have_to_be_looked_for() {
    for (config, cut, kind) in [
        (Config::default(), Cut::ReplyLost, AppendUid::Normal),
        (Config::default(), Cut::Received(9_000), AppendUid::Missing),
        (Config::bare(), Cut::ReplyLost, AppendUid::Normal),
        (Config::bare(), Cut::Sent(400), AppendUid::Normal),
    ] {
        let crossing = Crossing::start(
            origin_store(),
            Config::default(),
            destination_store(),
            far_apart(config),
        )
        .await;
        fill(crossing.origin.store(), "INBOX", 60);
        crossing.destination.faults().cut(cut);
        crossing.destination.faults().append_uid(kind);
        let row = figures(&crossing, Pass::Copy).await;
        adds_up(&row);
        assert_eq!(row.listed, 60);
        crossing.destination.faults().clear();
        let store = crossing.destination.store();
        assert!(store.renumber(LOGIN, "INBOX", 88_001, 900));
        let row = figures(&crossing, Pass::Copy).await;
        adds_up(&row);
        crossing.assert_equal();
    }
}
