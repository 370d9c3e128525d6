//! Whole mailboxes between two in-process servers: what must arrive, arrives once, as it was.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

mod support;

use support::*;
use traghetto::engine::{Pass, message};
use traghetto::journal::State;
use traghetto::sample::{Config, Mail, company};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_company_arrives_as_it_was() {
    let from = traghetto::sample::Store::new('/', "");
    let people = company::furnish(&from);
    let to = traghetto::sample::Store::new('.', "INBOX.");
    for person in &people {
        to.add_account(&person.login, &person.password);
    }
    let mut crossing =
        Crossing::start(from, Config::default(), to, far_apart(Config::default())).await;
    for person in &people {
        for side in [
            traghetto::account::Side::Origin,
            traghetto::account::Side::Destination,
        ] {
            crossing
                .secrets
                .insert(side, &person.login, person.password.clone().into());
        }
    }
    let before = crossing.origin.store().folders(&people[0].login);
    let copied = crossing.copy_cleanly().await;
    assert!(copied >= 1_500, "{copied}");
    crossing.assert_settled().await;
    // The origin is as it was, flags and all.
    assert_eq!(before, crossing.origin.store().folders(&people[0].login));
    let writing = [
        "STORE",
        "UID STORE",
        "APPEND",
        "SELECT",
        "EXPUNGE",
        "CREATE",
        "DELETE",
        "COPY",
        "CLOSE",
    ];
    let verbs = crossing.origin.verbs();
    assert!(
        writing.iter().all(|verb| !verbs.contains(*verb)),
        "{verbs:?}"
    );
    let verified = crossing.verify().await;
    assert_eq!((verified.failed, verified.exceptions), (vec![], 0));
    let tally = crossing.tally().await;
    assert_eq!(tally.of(&[State::Verified]), tally.total());
    assert_eq!(tally.classes.keys().collect::<Vec<_>>(), ["I"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_run_copies_nothing() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 500);
    fill(crossing.origin.store(), "Clienti/Rossi", 30);
    assert_eq!(crossing.copy_cleanly().await, 530);
    crossing.assert_equal();
    assert_eq!(crossing.copy_cleanly().await, 0);
    crossing.assert_equal();
    crossing.assert_settled().await;
}

#[tokio::test]
async fn equal_messages_arrive_as_often_as_they_are_there() {
    let crossing = Crossing::rich().await;
    let store = &crossing.origin.store();
    for _ in 0..3 {
        let _ = store.add_message(
            LOGIN,
            "INBOX",
            dated(Mail::new(body("Subject: uguale\r\n\r\nuguale\r\n")), 1),
        );
    }
    // Equal in every header, different in the body.
    for text in ["uno", "due"] {
        let same = format!("Message-ID: <x@example.it>\r\nSubject: quota\r\n\r\n{text}\r\n");
        let _ = store.add_message(LOGIN, "INBOX", dated(Mail::new(body(&same)), 2));
    }
    assert_eq!(crossing.copy_cleanly().await, 5);
    crossing.assert_equal();
}

#[tokio::test]
async fn octets_arrive_untouched_however_odd() {
    let crossing = Crossing::rich().await;
    let odd: Vec<Vec<u8>> = vec![
        b"x".to_vec(),
        b"no headers at all\r\n".to_vec(),
        b"Subject: 8-bit \xe8\xff\r\n\r\nbody \xe8\r\n".to_vec(),
        b"Subject: bare LF\n\nline\nline\n".to_vec(),
        b"Subject: no final line end\r\n\r\nend".to_vec(),
        b"Subject: NUL\r\n\r\na\0b\r\n".to_vec(),
        [
            b"Subject: long\r\n\r\n".to_vec(),
            vec![b'y'; 998],
            b"\r\n".to_vec(),
            vec![b'z'; 10_500],
            b"\r\n".to_vec(),
        ]
        .concat(),
        b"Subject: looks like IMAP\r\n\r\n{12}\r\nA1 OK done\r\n* BYE\r\n)\r\n".to_vec(),
        vec![b'\r'; 5],
        b"Subject: big\r\n\r\n"
            .iter()
            .copied()
            .chain((0..5_000_000_u32).map(|n| b'a' + (n % 26) as u8))
            .collect(),
    ];
    for (number, octets) in odd.into_iter().enumerate() {
        let mail = dated(Mail::new(octets), u32::try_from(number).unwrap());
        let _ = crossing.origin.store().add_message(LOGIN, "INBOX", mail);
    }
    let _ = crossing.copy_cleanly().await;
    crossing.assert_equal();
    let outcome = crossing.verify().await;
    assert_eq!((outcome.failed, outcome.exceptions), (vec![], 0));
}

#[tokio::test]
async fn flags_keywords_dates_folders_and_subscriptions_come_along() {
    let crossing = Crossing::rich().await;
    let store = &crossing.origin.store();
    store.add_folder(LOGIN, "Posta inviata", Some("\\Sent"), true);
    store.add_folder(LOGIN, "Attivit&AOA-", None, true);
    store.add_folder(LOGIN, "Vuota", None, false);
    store.add_folder(LOGIN, "a \"b\" \\c", None, true);
    let flagged = mail(1).with_flags(&[
        "\\Seen",
        "\\Flagged",
        "\\Answered",
        "$Forwarded",
        "Progetto",
    ]);
    let _ = store.add_message(LOGIN, "INBOX", flagged);
    let _ = store.add_message(LOGIN, "Attivit&AOA-", mail(2).with_flags(&["\\Deleted"]));
    let _ = crossing.copy_cleanly().await;
    let differences: Vec<_> = crossing.differences();
    assert_eq!(differences, Vec::<String>::new());
}

#[tokio::test]
async fn the_delta_brings_new_messages_and_changed_flags_and_deletes_nothing() {
    for config in [Config::default(), Config::default().without(&["CONDSTORE"])] {
        let crossing = Crossing::start(
            origin_store(),
            config,
            destination_store(),
            far_apart(Config::default()),
        )
        .await;
        let store = &crossing.origin.store();
        fill(store, "INBOX", 50);
        let _ = crossing.copy_cleanly().await;
        let first = store.folder(LOGIN, "INBOX").unwrap().messages[0].uid;
        assert!(store.set_flags(LOGIN, "INBOX", first, &["\\Seen", "$Forwarded"]));
        assert!(store.remove_message(LOGIN, "INBOX", first + 1));
        for number in 100..110 {
            let _ = store.add_message(LOGIN, "INBOX", mail(number));
        }
        let outcome = crossing.run(Pass::Complete).await;
        assert_eq!((outcome.copied, outcome.failed.len()), (10, 0));
        let there = crossing.destination.store().folder(LOGIN, "INBOX").unwrap();
        assert_eq!(there.messages.len(), 60);
        let mut flags = there.messages[0].flags.clone();
        flags.sort();
        assert_eq!(flags, ["$Forwarded", "\\Seen"]);
        let sums = crossing.journal.folder_sums(1).await.unwrap();
        assert_eq!(
            (sums[0].listed, sums[0].tally.total(), sums[0].absent),
            (Some(59), 59, 1)
        );
        assert!(sums[0].closing);
    }
}

#[tokio::test]
async fn a_bare_server_works_as_origin_and_destination() {
    let from = origin_store();
    fill(&from, "INBOX", 60);
    fill(&from, "Archivio", 5);
    let crossing = Crossing::start(
        from,
        Config::bare(),
        destination_store(),
        far_apart(Config::bare()),
    )
    .await;
    assert_eq!(crossing.copy_cleanly().await, 65);
    crossing.assert_equal();
    assert_eq!(crossing.copy_cleanly().await, 0);
    let tally = crossing.tally().await;
    assert_eq!(tally.of(&[State::Adopted, State::Acked]), 65, "{tally:?}");
    let verified = crossing.verify().await;
    assert_eq!((verified.copied, verified.exceptions), (65, 0));
}

#[tokio::test]
async fn what_is_there_already_is_adopted_by_content() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 40);
    fill(crossing.origin.store(), "Archivio", 10);
    // An earlier tool brought half of it, without flags, and somebody wrote one of the same size.
    for number in 0..20 {
        let _ = crossing
            .destination
            .store()
            .add_message(LOGIN, "INBOX", mail(number));
    }
    let seen = crossing
        .origin
        .store()
        .folder(LOGIN, "INBOX")
        .unwrap()
        .messages[3]
        .uid;
    assert!(
        crossing
            .origin
            .store()
            .set_flags(LOGIN, "INBOX", seen, &["\\Seen"])
    );
    assert_eq!(crossing.copy_cleanly().await, 30);
    crossing.assert_equal();
    assert_eq!(crossing.tally().await.of(&[State::Adopted]), 20);
}

#[tokio::test]
async fn filters_leave_out_and_say_so() {
    let mut crossing = Crossing::rich().await;
    let store = &crossing.origin.store();
    fill(store, "INBOX", 10);
    fill(store, "Newsletter", 3);
    let old =
        Mail::new(body("Subject: vecchia\r\n\r\nx\r\n")).with_date(" 1-Jan-2001 10:00:00 +0000");
    let _ = store.add_message(LOGIN, "INBOX", old);
    let _ = store.add_message(LOGIN, "INBOX", dated(Mail::new(vec![b'x'; 50_000]), 4));
    crossing.plan.options.since = Some(jiff::civil::date(2010, 1, 1));
    crossing.plan.options.max_size = Some(40_000);
    crossing.plan.options.exclude_folders = vec!["News*".into()];
    let outcome = crossing.copy().await;
    assert_eq!((outcome.copied, outcome.exceptions), (10, 0));
    let tally = crossing.tally().await;
    assert_eq!(tally.of(&[State::Excluded]), 2);
    crossing.assert_settled().await;
}

#[tokio::test]
async fn rules_that_changed_hold_for_what_was_not_copied_yet_though_nothing_else_did() {
    let mut crossing = Crossing::rich().await;
    let store = &crossing.origin.store();
    fill(store, "INBOX", 10);
    for (number, size) in [(1, 9_000), (2, 60_000)] {
        let mail = dated(Mail::new(vec![b'x'; size]), number);
        let _ = store.add_message(LOGIN, "INBOX", mail);
    }
    crossing.plan.options.max_size = Some(5_000);
    assert_eq!(crossing.copy().await.copied, 10);
    assert_eq!(crossing.tally().await.of(&[State::Excluded]), 2);
    // Looser: one comes along. For this mailbox alone: the other, too.
    crossing.plan.options.max_size = Some(20_000);
    assert_eq!(crossing.copy().await.copied, 1);
    crossing.plan.jobs[0].all_sizes = true;
    assert_eq!(crossing.copy().await.copied, 1);
    crossing.assert_equal();
    // Back to the narrow rule: what has a copy keeps it, what comes later does not come along.
    crossing.plan.jobs[0].all_sizes = false;
    let late = dated(Mail::new(vec![b'y'; 70_000]), 3);
    let _ = crossing.origin.store().add_message(LOGIN, "INBOX", late);
    assert_eq!(crossing.copy().await.copied, 0);
    let tally = crossing.tally().await;
    assert_eq!(
        (tally.of(&[State::Acked]), tally.of(&[State::Excluded])),
        (12, 1)
    );
    crossing.assert_settled().await;
}

#[tokio::test]
async fn a_rule_made_meanwhile_leaves_out_what_still_waits() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 20);
    crossing.destination.store().set_quota(LOGIN, Some(1));
    assert_eq!(crossing.copy().await.failed.len(), 1);
    assert_eq!(crossing.tally().await.of(&[State::Planned]), 20);
    crossing.destination.store().set_quota(LOGIN, None);
    crossing.plan.options.since = Some(jiff::civil::date(2021, 3, 11));
    let outcome = crossing.copy().await;
    let excluded = crossing.tally().await.of(&[State::Excluded]);
    assert_eq!((outcome.copied, excluded), (10, 10));
    crossing.assert_settled().await;
}

#[tokio::test]
async fn a_dry_run_changes_nothing_anywhere() {
    let crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "Archivio", 10);
    let mut request = crossing.request(Pass::Copy);
    request.dry_run = true;
    let outcome = traghetto::engine::start(request).ended().await;
    assert_eq!((outcome.failed.len(), outcome.copied), (0, 0));
    assert_eq!(crossing.destination.store().folders(LOGIN).len(), 1);
    let verbs = crossing.destination.verbs();
    assert!(
        !verbs.contains("CREATE") && !verbs.contains("APPEND"),
        "{verbs:?}"
    );
}

#[test]
fn the_judge_sees_one_changed_octet() {
    let (from, to) = (origin_store(), destination_store());
    fill(&from, "INBOX", 5);
    fill(&to, "INBOX", 5);
    assert_eq!(differences(&from, &to), Vec::<String>::new());
    let uid = to.folder(LOGIN, "INBOX").unwrap().messages[2].uid;
    assert!(to.corrupt(LOGIN, "INBOX", uid, 7));
    assert_eq!(differences(&from, &to).len(), 2);
    let _ = message::digest(b"", &[]);
}

#[tokio::test]
async fn compressed_connections_carry_everything() {
    let mut crossing = Crossing::rich().await;
    fill(crossing.origin.store(), "INBOX", 120);
    fill(crossing.origin.store(), "Archivio", 30);
    crossing.plan.options.compress = traghetto::plan::Compress::Always;
    assert_eq!(crossing.copy_cleanly().await, 150);
    crossing.assert_equal();
    for server in [&crossing.origin, &crossing.destination] {
        assert!(server.verbs().contains("COMPRESS"), "{:?}", server.verbs());
    }
}

#[tokio::test]
async fn an_administrator_logs_in_for_every_mailbox() {
    use traghetto::account::{Master, Side};
    for separator in [Some("*".to_owned()), None] {
        // The sample server takes `user*admin` in LOGIN, an authorization identity in PLAIN.
        let offered = if separator.is_some() {
            Config::default().without(&["AUTH=PLAIN", "AUTH=LOGIN"])
        } else {
            Config::default()
        };
        let config = Config {
            admin: Some(("capo".into(), "capo:parola".into())),
            ..offered
        };
        let mut crossing = Crossing::start(
            origin_store(),
            config.clone(),
            destination_store(),
            far_apart(config.clone()),
        )
        .await;
        fill(crossing.origin.store(), "INBOX", 10);
        crossing.secrets = traghetto::engine::Secrets::default();
        for (side, endpoint) in [
            (Side::Origin, &mut crossing.plan.origin),
            (Side::Destination, &mut crossing.plan.destination),
        ] {
            endpoint.master = Some(Master {
                user: "capo".into(),
                separator: separator.clone(),
            });
            crossing
                .secrets
                .insert_master(side, "capo:parola".to_owned().into());
        }
        assert_eq!(crossing.copy_cleanly().await, 10, "{separator:?}");
        crossing.assert_equal();
        assert_eq!(crossing.verify().await.exceptions, 0);
    }
}
