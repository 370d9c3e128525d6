//! Servers that lie, break and refuse (field.md E10): nothing is lost, nothing twice, and everything is said.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use std::time::Duration;

use support::*;
use traghetto::engine::{self, Pass};
use traghetto::journal::State;
use traghetto::sample::{AppendUid, Config, Cut, Habit, Mail, MessageFault};
use traghetto::trouble::Kind;

/// Runs until a pass goes through, as an operator would; then both sides must be equal.
async fn finish_and_judge(crossing: &Crossing) {
    for _ in 0..4 {
        let outcome = crossing.copy().await;
        if outcome.failed.is_empty() && outcome.failed_folders == 0 {
            break;
        }
    }
    crossing.assert_equal();
    crossing.assert_settled().await;
}

fn message_count(crossing: &Crossing, folder: &str) -> usize {
    crossing
        .destination
        .store()
        .folder(LOGIN, folder)
        .map_or(0, |view| view.messages.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connection_cut_at_every_class_of_octet_loses_and_doubles_nothing() {
    let cuts = [
        Cut::BeforeLiteral,
        Cut::InLiteral(0),
        Cut::InLiteral(1),
        Cut::InLiteral(200),
        Cut::AfterLiteral,
        Cut::ReplyLost,
        Cut::Received(1),
        Cut::Received(3_000),
        Cut::Received(40_000),
        Cut::Sent(1),
        Cut::Sent(400),
        Cut::Sent(3_000),
    ];
    for config in [
        Config::default(),
        Config::default().without(&["MULTIAPPEND"]),
        Config::bare(),
    ] {
        for cut in cuts {
            let crossing = Crossing::start(
                origin_store(),
                Config::default(),
                destination_store(),
                far_apart(config.clone()),
            )
            .await;
            fill(crossing.origin.store(), "INBOX", 90);
            crossing.destination.faults().cut(cut);
            finish_and_judge(&crossing).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_origin_cut_at_every_class_of_octet_loses_and_doubles_nothing() {
    let cuts = [
        Cut::Sent(1),
        Cut::Sent(700),
        Cut::Sent(9_000),
        Cut::Sent(30_000),
        Cut::SentInBody(0),
        Cut::SentInBody(1),
        Cut::SentInBody(150),
        Cut::SentInBody(20_000),
        Cut::Received(5),
        Cut::Received(300),
    ];
    for cut in cuts {
        let crossing = Crossing::rich().await;
        fill(crossing.origin.store(), "INBOX", 90);
        crossing.origin.faults().cut(cut);
        finish_and_judge(&crossing).await;
        assert_eq!(
            crossing.origin.faults().cuts_left(),
            0,
            "{cut:?} was never reached"
        );
    }
}

#[tokio::test]
async fn a_no_and_an_end_in_the_middle_of_a_listing_are_no_end_of_the_folder() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 50);
    crossing.origin.faults().close_after_rows(7);
    finish_and_judge(&crossing).await;
    fill(crossing.origin.store(), "Due", 50);
    crossing
        .origin
        .faults()
        .refuse_after_rows(7, "NO [SERVERBUG] cannot read message 8");
    finish_and_judge(&crossing).await;
    assert_eq!(message_count(&crossing, "INBOX.Due"), 50);
}

#[tokio::test]
async fn a_listing_that_says_too_little_is_named_and_not_believed() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 20);
    let hidden = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages[5]
        .uid;
    crossing.origin.faults().hide("INBOX", hidden);
    let outcome = crossing.copy().await;
    assert_eq!(
        (outcome.copied, outcome.failed_folders),
        (19, 1),
        "{outcome:?}"
    );
    let sums = crossing.journal.folder_sums(1).await.unwrap();
    assert_eq!(
        sums[0].reason.as_deref(),
        Some(Kind::ListingInconsistent.key().as_str())
    );
    crossing.origin.faults().clear();
    assert_eq!(crossing.copy_cleanly().await, 1);
    assert_eq!(
        crossing.differences(),
        ["anna/INBOX: order"],
        "it comes late, and once"
    );
    crossing.assert_settled().await;
}

#[tokio::test]
async fn phantom_uids_unsorted_answers_and_uids_behind_bodies_do_no_harm() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 40);
    let faults = crossing.origin.faults();
    faults.phantom("INBOX", 900_000);
    faults.shuffle(true);
    faults.uid_last(true);
    finish_and_judge(&crossing).await;
}

#[tokio::test]
async fn a_server_that_cuts_every_command_at_its_limit_gives_everything_in_pages() {
    let crossing = Crossing::start(
        origin_store(),
        Config::default().with(&["MESSAGELIMIT=30"]),
        destination_store(),
        far_apart(Config::default()),
    )
    .await;
    crossing.origin.faults().message_limit(Some(30));
    fill(crossing.origin.store(), "INBOX", 200);
    finish_and_judge(&crossing).await;
    assert_eq!(message_count(&crossing, "INBOX"), 200);
}

#[tokio::test]
async fn a_message_that_is_gone_and_one_that_cannot_be_read_are_told_apart() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    let uids: Vec<u32> = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages
        .iter()
        .map(|mail| mail.uid)
        .collect();
    let faults = crossing.origin.faults();
    faults.message("INBOX", uids[3], MessageFault::Gone);
    faults.message(
        "INBOX",
        uids[9],
        MessageFault::Refused("NO [SERVERBUG] corrupt".into()),
    );
    faults.message("INBOX", uids[12], MessageFault::Truncated);
    let outcome = crossing.copy().await;
    assert_eq!(
        (outcome.copied, outcome.exceptions, outcome.failed.len()),
        (28, 1, 0),
        "{outcome:?}"
    );
    let tally = crossing.tally().await;
    assert_eq!(
        (tally.of(&[State::Gone]), tally.of(&[State::Exception])),
        (1, 1)
    );
    let exceptions = crossing.exceptions().await;
    assert_eq!(exceptions[0].uid, uids[9]);
    assert!(exceptions[0].words.contains("corrupt"));
    crossing.assert_settled().await;
}

#[tokio::test]
async fn a_refused_message_is_saved_and_stops_nothing() {
    for config in [
        Config::default(),
        Config::default().without(&["MULTIAPPEND"]),
        Config::bare(),
    ] {
        let crossing = Crossing::start(
            origin_store(),
            Config::default(),
            destination_store(),
            far_apart(config),
        )
        .await;
        fill(crossing.origin.store(), "INBOX", 60);
        let bad = Mail::new(body("Subject: x\r\n\r\nEICAR-like\r\n"));
        let uid = crossing
            .origin
            .store()
            .add_message(LOGIN, "INBOX", dated(bad, 1));
        fill(crossing.origin.store(), "INBOX", 60);
        crossing
            .destination
            .faults()
            .refuse_content("EICAR-like", "NO [CANNOT] message contains a virus");
        let outcome = crossing.copy().await;
        assert_eq!(
            (outcome.copied, outcome.exceptions, outcome.failed.len()),
            (120, 1, 0),
            "{outcome:?}"
        );
        let exceptions = crossing.exceptions().await;
        assert_eq!(
            (exceptions[0].uid, exceptions[0].code.as_str()),
            (uid, "content-refused")
        );
        assert!(exceptions[0].words.contains("contains a virus"));
        let eml = crossing
            .project()
            .dir()
            .join(exceptions[0].eml.as_ref().unwrap());
        assert_eq!(
            std::fs::read(eml).unwrap(),
            b"Subject: x\r\n\r\nEICAR-like\r\n"
        );
        assert_eq!(message_count(&crossing, "INBOX"), 120);
        crossing.assert_settled().await;
    }
}

#[tokio::test]
async fn a_size_limit_is_learned_and_what_exceeds_it_is_named() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 20);
    for number in 0..3 {
        let _ = crossing.origin.store().add_message(
            LOGIN,
            "INBOX",
            dated(Mail::new(vec![b'y'; 9_000]), number),
        );
    }
    crossing.destination.faults().size_limit(Some(5_000));
    let outcome = crossing.copy().await;
    assert_eq!((outcome.copied, outcome.exceptions), (20, 3), "{outcome:?}");
    assert!(
        crossing
            .exceptions()
            .await
            .iter()
            .all(|row| row.code == "too-large" && row.eml.is_some())
    );
}

#[tokio::test]
async fn refused_keywords_cost_the_keywords_and_not_the_message() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 5);
    let _ = crossing.origin.store().add_message(
        LOGIN,
        "INBOX",
        mail(9).with_flags(&["\\Seen", "$X-ME-Annot-2"]),
    );
    crossing.destination.faults().refuse_keywords(true);
    assert_eq!(crossing.copy_cleanly().await, 6);
    let there = crossing.destination.store().folder(LOGIN, "INBOX").unwrap();
    assert_eq!(there.messages.last().unwrap().flags, ["\\Seen"]);
    assert_eq!(crossing.tally().await.lost_metadata, 1);
}

#[tokio::test]
async fn over_quota_stops_the_mailbox_with_a_clear_word_and_the_next_run_finishes() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 100);
    crossing.destination.store().set_quota(LOGIN, Some(20_000));
    let outcome = crossing.copy().await;
    assert_eq!(outcome.failed[0].1.kind, Kind::OverQuota, "{outcome:?}");
    crossing.destination.store().set_quota(LOGIN, None);
    finish_and_judge(&crossing).await;
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    crossing.origin.faults().throttle("UID FETCH", 2);
    crossing.destination.faults().throttle("APPEND", 2);
    assert_eq!(crossing.copy_cleanly().await, 30);
    crossing.assert_equal();
    let waited = crossing
        .events
        .lock()
        .unwrap()
        .iter()
        .any(|event| matches!(event, engine::Event::Waiting { .. }));
    assert!(waited);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn append_uids_that_are_missing_swapped_or_of_another_folder_are_not_believed() {
    for kind in [
        AppendUid::Missing,
        AppendUid::Swapped,
        AppendUid::WrongValidity,
    ] {
        let crossing = Crossing::rich().await;
        fill(crossing.origin.store(), "INBOX", 40);
        for _ in 0..2 {
            let same = Mail::new(body("Subject: due volte\r\n\r\nuguale\r\n"));
            let _ = crossing
                .origin
                .store()
                .add_message(LOGIN, "INBOX", dated(same, 3));
        }
        crossing.destination.faults().append_uid(kind);
        assert_eq!(crossing.copy_cleanly().await, 42);
        crossing.assert_equal();
        assert_eq!(crossing.copy_cleanly().await, 0);
        crossing.destination.faults().append_uid(AppendUid::Normal);
        let verified = crossing.verify().await;
        assert_eq!((verified.copied, verified.exceptions), (42, 0), "{kind:?}");
    }
}

#[tokio::test]
async fn a_new_uidvalidity_at_the_origin_is_matched_by_content() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 40);
    let _ = crossing.copy_cleanly().await;
    assert!(
        crossing
            .origin
            .store()
            .renumber(LOGIN, "INBOX", 424_242, 1_000)
    );
    let _ = crossing
        .origin
        .store()
        .add_message(LOGIN, "INBOX", mail(77));
    assert_eq!(crossing.copy_cleanly().await, 1);
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test]
async fn a_new_uidvalidity_at_the_destination_is_matched_by_content() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 40);
    let _ = crossing.copy_cleanly().await;
    assert!(
        crossing
            .destination
            .store()
            .renumber(LOGIN, "INBOX", 535_353, 5_000)
    );
    assert_eq!(crossing.copy_cleanly().await, 0);
    crossing.assert_equal();
    let verified = crossing.verify().await;
    assert_eq!(
        (verified.copied, verified.exceptions, verified.failed),
        (40, 0, vec![])
    );
}

#[tokio::test]
async fn uidvalidity_that_changes_in_the_middle_of_a_run_doubles_nothing() {
    for side in ["origin", "destination"] {
        let crossing = Crossing::rich().await;
        fill(crossing.origin.store(), "INBOX", 60);
        crossing.destination.faults().cut(Cut::Received(9_000));
        let server = if side == "origin" {
            &crossing.origin
        } else {
            &crossing.destination
        };
        server.faults().renumber_on_select("INBOX", 99_001, 500);
        finish_and_judge(&crossing).await;
    }
}

#[tokio::test]
async fn an_extension_announced_and_refused_is_done_without() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 10);
    crossing
        .origin
        .faults()
        .refuse("LIST", "BAD unknown option", 1);
    crossing.origin.faults().refuse("ID", "NO", 5);
    crossing.origin.faults().refuse("NAMESPACE", "BAD", 5);
    crossing
        .destination
        .faults()
        .refuse("CREATE", "BAD no special use", 1);
    finish_and_judge(&crossing).await;
}

#[tokio::test]
async fn a_wall_of_connections_slows_and_stops_nothing() {
    for words in [
        None,
        Some("NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded"),
    ] {
        let crossing = Crossing::rich().await;
        for folder in ["INBOX", "Uno", "Due", "Tre", "Quattro"] {
            fill(crossing.origin.store(), folder, 12);
        }
        crossing.origin.faults().wall(1, words);
        finish_and_judge(&crossing).await;
        assert_eq!(message_count(&crossing, "INBOX.Quattro"), 12);
    }
}

#[tokio::test]
async fn mail_that_arrives_and_leaves_in_the_middle_is_accounted_for() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 40);
    let uids: Vec<u32> = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages
        .iter()
        .map(|mail| mail.uid)
        .collect();
    crossing.origin.faults().arrive(1, "INBOX", mail(500));
    crossing.origin.faults().depart(2, "INBOX", uids[39]);
    for _ in 0..2 {
        let outcome = crossing.copy().await;
        assert!(outcome.failed.is_empty(), "{outcome:?}");
    }
    let there = crossing.destination.store().folder(LOGIN, "INBOX").unwrap();
    let subject =
        |mail: &Mail| String::from_utf8_lossy(&mail.body).contains("Subject: Prova 500\r\n");
    assert_eq!(
        there.messages.iter().filter(|mail| subject(mail)).count(),
        1
    );
    crossing.assert_settled().await;
}

#[tokio::test]
async fn a_refused_login_is_asked_once_and_the_others_go_on() {
    let from = origin_store();
    from.add_account("bruno", PASSWORD);
    let _ = from.add_message("bruno", "INBOX", mail(1));
    let to = destination_store();
    to.add_account("bruno", PASSWORD);
    let mut crossing = Crossing::start(from, Config::default(), to, Config::default()).await;
    crossing.secrets.insert(
        traghetto::account::Side::Origin,
        LOGIN,
        "sbagliata".to_owned().into(),
    );
    let outcome = crossing.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 1));
    assert_eq!(outcome.failed[0].0, LOGIN);
    assert_eq!(outcome.failed[0].1.kind, Kind::LoginRefused);
    let attempts = crossing
        .origin
        .transcript()
        .iter()
        .filter(|line| line.contains("AUTHENTICATE"))
        .count();
    assert_eq!(attempts, 2, "one for each mailbox");
}

#[tokio::test]
async fn a_destination_that_adds_headers_doubles_nothing_and_is_class_h() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 60);
    crossing.destination.faults().habit(Habit::AddHeader);
    crossing.destination.faults().cut(Cut::ReplyLost);
    let _ = crossing.copy_cleanly().await;
    assert_eq!(message_count(&crossing, "INBOX"), 60);
    let verified = crossing.verify().await;
    assert_eq!((verified.exceptions, verified.failed), (0, vec![]));
    let tally = crossing.tally().await;
    assert_eq!(tally.classes.get("H"), Some(&60), "{tally:?}");
}

#[tokio::test]
async fn the_verifier_names_one_changed_octet_a_missing_copy_and_a_wrong_date() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    let _ = crossing.copy_cleanly().await;
    let copies = crossing
        .destination
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages;
    assert!(
        crossing
            .destination
            .store()
            .corrupt(LOGIN, "INBOX", copies[4].uid, 130)
    );
    assert!(
        crossing
            .destination
            .store()
            .remove_message(LOGIN, "INBOX", copies[8].uid)
    );
    let outcome = crossing.verify().await;
    assert_eq!((outcome.exceptions, outcome.copied), (2, 28));
    let codes: Vec<_> = crossing
        .exceptions()
        .await
        .into_iter()
        .map(|row| (row.code, row.uid))
        .collect();
    let origin = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages;
    assert_eq!(
        codes,
        [
            ("altered".into(), origin[4].uid),
            ("copy-missing".into(), origin[8].uid)
        ]
    );
}

#[tokio::test]
async fn a_destination_that_ignores_dates_or_changes_octets_is_found_out() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 12);
    crossing.destination.faults().habit(Habit::IgnoreDate);
    let _ = crossing.copy_cleanly().await;
    let verified = crossing.verify().await;
    assert_eq!(verified.exceptions, 0);
    assert_eq!(crossing.tally().await.lost_metadata, 12);
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 12);
    crossing.destination.faults().habit(Habit::ChangeOctet);
    let _ = crossing.copy().await;
    let verified = crossing.verify().await;
    assert_eq!(verified.exceptions, 12);
}

#[tokio::test]
async fn a_destination_that_files_mail_elsewhere_is_found_out() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 6);
    crossing
        .destination
        .store()
        .add_folder(LOGIN, "INBOX.Spam", None, true);
    crossing
        .destination
        .faults()
        .habit(Habit::FileInto("INBOX.Spam".into()));
    let _ = crossing.copy().await;
    let _ = crossing.verify().await;
    let exceptions = crossing.exceptions().await;
    assert_eq!(exceptions.len(), 6);
    assert!(
        exceptions.iter().all(|row| row.code == "copy-missing"),
        "{exceptions:?}"
    );
}

#[tokio::test]
async fn pause_holds_between_messages_and_stop_ends_clean() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 600);
    crossing
        .destination
        .faults()
        .latency(Duration::from_millis(15));
    let run = engine::start(crossing.request(Pass::Copy));
    let control = run.control();
    tokio::time::sleep(Duration::from_millis(120)).await;
    control.pause();
    let mut watch = run.watch();
    let paused = watch.wait_for(|snapshot| snapshot.phase == engine::RunPhase::Paused);
    drop(
        tokio::time::timeout(Duration::from_secs(5), paused)
            .await
            .unwrap()
            .unwrap(),
    );
    let held = run.progress().total.copied;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(
        run.progress().total.copied <= held + 400,
        "it went on while paused"
    );
    control.resume();
    control.stop();
    let outcome = run.ended().await;
    assert!(outcome.stopped);
    crossing.destination.faults().clear();
    finish_and_judge(&crossing).await;
}

#[tokio::test]
async fn a_destination_restarted_in_the_middle_is_come_back_to() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 800);
    let (store, address) = (crossing.destination.store(), crossing.destination.address());
    crossing
        .destination
        .faults()
        .latency(Duration::from_millis(10));
    let run = engine::start(crossing.request(Pass::Copy));
    tokio::time::sleep(Duration::from_millis(150)).await;
    let config = Config {
        address,
        ..far_apart(Config::default())
    };
    crossing.destination.stop().await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    crossing.destination = traghetto::sample::Server::start(store, config)
        .await
        .unwrap();
    let outcome = run.ended().await;
    assert_eq!((outcome.failed, outcome.exceptions), (vec![], 0));
    crossing.assert_equal();
}

#[tokio::test]
async fn lines_nobody_understands_are_survived() {
    let crossing = Crossing::start(
        origin_store(),
        Config {
            greeting: "ready {5} [odd".into(),
            ..Config::default()
        },
        destination_store(),
        far_apart(Config::default()),
    )
    .await;
    fill(crossing.origin.store(), "INBOX", 5);
    finish_and_judge(&crossing).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pausing_and_resuming_again_and_again_stalls_nothing() {
    let from = origin_store();
    let to = destination_store();
    for login in ["anna", "bruno", "carla", "dario", "elena"] {
        from.add_account(login, PASSWORD);
        to.add_account(login, PASSWORD);
        for folder in ["INBOX", "Uno", "Due", "Bozze"] {
            for number in 0..60 {
                let large = if number % 20 == 7 { 900_000 } else { 0 };
                let octets = [mail(number).body.to_vec(), vec![b'z'; large]].concat();
                let _ = from.add_message(login, folder, dated(Mail::new(octets), number));
            }
        }
    }
    let crossing = Crossing::start(from, Config::default(), to, far_apart(Config::default())).await;
    for server in [&crossing.origin, &crossing.destination] {
        server.faults().latency(Duration::from_millis(12));
    }
    let run = engine::start(crossing.request(Pass::Copy));
    let control = run.control();
    let toggling = tokio::spawn(async move {
        for round in 0_u64..60 {
            tokio::time::sleep(Duration::from_millis(5 + round * 7 % 23)).await;
            control.pause();
            tokio::time::sleep(Duration::from_millis(3 + round * 11 % 19)).await;
            control.resume();
        }
    });
    let progress = run.watch();
    let ended = tokio::time::timeout(Duration::from_secs(40), run.ended()).await;
    let outcome = ended.unwrap_or_else(|_| panic!("stalled: {:#?}", progress.borrow().mailboxes));
    toggling.await.unwrap();
    assert_eq!(
        (outcome.failed, outcome.exceptions, outcome.copied),
        (vec![], 0, 1_200)
    );
    crossing.assert_equal();
}

#[tokio::test]
async fn a_message_answered_without_octets_is_not_taken_for_gone() {
    let answers = [
        "BODY[] NIL",
        "BODY[] \"\"",
        "BODY[] {0}\r\n",
        "BODY[] {5}\r\nhello BROKEN((((",
    ];
    for answer in answers {
        let crossing = Crossing::rich().await;
        fill(crossing.origin.store(), "INBOX", 20);
        let lost = crossing
            .origin
            .store()
            .folder(LOGIN, "INBOX")
            .unwrap()
            .messages[7]
            .uid;
        let faults = crossing.origin.faults();
        faults.message("INBOX", lost, MessageFault::Says(answer.into()));
        let outcome = crossing.copy().await;
        assert_eq!(
            (outcome.copied, outcome.exceptions),
            (19, 1),
            "{answer}: {outcome:?}"
        );
        assert_eq!(crossing.exceptions().await[0].uid, lost);
        faults.clear();
        assert_eq!(crossing.copy_cleanly().await, 1, "{answer}");
        assert_eq!(crossing.differences(), ["anna/INBOX: order"]);
    }
}

#[tokio::test]
async fn a_message_that_seemed_gone_and_is_listed_again_comes_along() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 10);
    let uid = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages[4]
        .uid;
    crossing
        .origin
        .faults()
        .message("INBOX", uid, MessageFault::Gone);
    assert_eq!(crossing.copy().await.copied, 9);
    crossing.origin.faults().clear();
    let outcome = crossing.run(Pass::Complete).await;
    assert_eq!((outcome.copied, outcome.exceptions), (1, 0));
    assert_eq!(message_count(&crossing, "INBOX"), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_ends_every_connection_stops_neither_folder_nor_mailbox() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    fill(crossing.origin.store(), "Dopo", 5);
    let uid = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages[11]
        .uid;
    crossing
        .origin
        .faults()
        .message("INBOX", uid, MessageFault::HangUp);
    let outcome = crossing.copy().await;
    assert_eq!(
        (outcome.failed.len(), outcome.exceptions),
        (0, 1),
        "{outcome:?}"
    );
    assert_eq!(
        (
            message_count(&crossing, "INBOX"),
            message_count(&crossing, "INBOX.Dopo")
        ),
        (29, 5)
    );
    assert_eq!(crossing.exceptions().await[0].uid, uid);
}

#[tokio::test]
async fn uids_given_out_anew_after_a_restore_are_not_taken_for_the_old_messages() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 30);
    let _ = crossing.copy_cleanly().await;
    // A backup of ten messages ago is brought back, and ten others arrive under the same UIDs.
    let (store, address) = (crossing.origin.store(), crossing.origin.address());
    let view = store.folder(LOGIN, "INBOX").unwrap();
    let restored = origin_store();
    for mail in &view.messages[..20] {
        let _ = restored.add_message(LOGIN, "INBOX", mail.clone());
    }
    for number in 200..208 {
        let _ = restored.add_message(LOGIN, "INBOX", mail(number));
    }
    assert!(restored.set_uid_validity(LOGIN, "INBOX", view.uid_validity));
    let mut crossing = crossing;
    crossing.origin.stop().await;
    let config = Config {
        address,
        ..Config::default()
    };
    crossing.origin = traghetto::sample::Server::start(restored, config)
        .await
        .unwrap();
    assert_eq!(crossing.copy_cleanly().await, 8);
    let there = crossing.destination.store().folder(LOGIN, "INBOX").unwrap();
    let has = |number: u32| {
        let subject = format!("Subject: Prova {number}\r\n");
        there
            .messages
            .iter()
            .filter(|mail| String::from_utf8_lossy(&mail.body).contains(&subject))
            .count()
    };
    assert!((200..208).all(|number| has(number) == 1));
    assert_eq!(there.messages.len(), 38);
}

#[tokio::test]
async fn a_destination_that_cuts_its_listings_doubles_nothing() {
    let crossing = Crossing::start(
        origin_store(),
        Config::default(),
        destination_store(),
        far_apart(Config::default().with(&["MESSAGELIMIT=10"])),
    )
    .await;
    crossing.destination.faults().message_limit(Some(10));
    fill(crossing.origin.store(), "INBOX", 120);
    crossing.destination.faults().cut(Cut::ReplyLost);
    finish_and_judge(&crossing).await;
    let verified = crossing.verify().await;
    assert_eq!((verified.copied, verified.exceptions), (120, 0));
}

#[tokio::test]
async fn a_destination_that_will_not_show_its_mail_is_not_sent_it_twice() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 50);
    crossing.destination.faults().cut(Cut::ReplyLost);
    crossing
        .destination
        .faults()
        .refuse("FETCH", "NO [UNAVAILABLE] later", 3);
    finish_and_judge(&crossing).await;
}

#[tokio::test]
async fn a_rule_that_no_longer_leaves_a_message_out_lets_it_come_along() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 5);
    let _ =
        crossing
            .origin
            .store()
            .add_message(LOGIN, "INBOX", dated(Mail::new(vec![b'x'; 9_000]), 4));
    crossing.plan.options.max_size = Some(5_000);
    assert_eq!(crossing.copy().await.copied, 5);
    crossing.plan.options.max_size = None;
    let outcome = crossing.run(Pass::Complete).await;
    assert_eq!(outcome.copied, 1);
    crossing.assert_equal();
}

#[tokio::test]
async fn both_uncertainties_at_once_double_nothing() {
    // Messages are under way when the connection ends, and the destination numbers the folder anew meanwhile.
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 80);
    crossing.destination.faults().cut(Cut::ReplyLost);
    crossing
        .destination
        .faults()
        .renumber_on_select("INBOX", 88_001, 900);
    finish_and_judge(&crossing).await;
    assert!(
        crossing
            .destination
            .store()
            .renumber(LOGIN, "INBOX", 88_002, 10)
    );
    finish_and_judge(&crossing).await;
    assert_eq!(message_count(&crossing, "INBOX"), 80);
}
