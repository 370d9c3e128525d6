use proptest::prelude::*;

use super::*;
use crate::aliases::tests::settings;

/// `class address` of everything a header shows.
fn shown(text: &str, shelf: Shelf, settings: &Settings) -> Vec<String> {
    let text = text.replace('\n', "\r\n");
    let shown = read(text.as_bytes(), shelf, settings);
    let line = |(class, address): &(Class, Address)| format!("{class:?} {}", address.written());
    shown.found.iter().map(line).collect()
}

fn inbox(text: &str) -> Vec<String> {
    shown(text, Shelf::Inbox, &settings())
}

#[test]
fn postfix_and_dovecot_say_for_whom_a_message_came() {
    let text = "Return-Path: <x@far.example>\n\
        Delivered-To: anna@example.it\n\
        Received: from mail.example.it\n\tby mail.example.it with LMTP\n\tid abc for <anna@example.it>; Mon, 1 Jun 2026 10:00:00 +0200\n\
        Received: from out.far.example (out.far.example [203.0.113.9])\n\tby mail.example.it (Postfix) with ESMTPS id 4X\n\tfor <info@example.it>; Mon, 1 Jun 2026 10:00:00 +0200 (CEST)\n\
        Received: from pc (unknown [198.51.100.1])\n\tby out.far.example (Postfix) with ESMTPSA id 1\n\tfor <forged@example.it>; Mon, 1 Jun 2026 09:59:00 +0200\n\
        Delivered-To: planted@example.it\n\
        X-Envelope-To: planted2@example.it\n\
        From: Someone <x@far.example>\n\
        To: \"Info, Studio\" <info@example.it>\n\
        Message-ID: <1@far.example>\n\n";
    assert_eq!(
        inbox(text),
        [
            "Envelope anna@example.it",
            "Received anna@example.it",
            "Received info@example.it",
            "Other planted@example.it",
            "Other planted2@example.it",
            "Visible info@example.it",
        ]
    );
    let no_received = Settings {
        no_received: true,
        ..settings()
    };
    assert_eq!(
        shown(text, Shelf::Inbox, &no_received),
        [
            "Envelope anna@example.it",
            "Other planted@example.it",
            "Other planted2@example.it",
            "Visible info@example.it",
        ]
    );
}

#[test]
fn exim_and_others_have_fields_of_their_own() {
    let text = "Envelope-To: Vendite@example.it\n\
        X-Original-To: vendite@example.it\n\
        X-Envelope-To: <ordini@example.it>\n\
        X-RCPT-TO: ordini@example.it\n\
        X-Delivered-To: a@example.it, b@example.it\n\
        Delivered-To: outside@elsewhere.example\n\
        Delivered-To: bruno@example.it\n\
        Delivered-To: earlier@example.it\n\
        Received: from [203.0.113.9] (helo=127.0.0.1) by mx.example.it with esmtp (Exim 4.96) id 1 for lower@example.it\n\
        Received: from x ([203.0.113.8]) by mx.example.it for <never@example.it>\n\n";
    let expected = [
        "Envelope Vendite@example.it",
        "Envelope ordini@example.it",
        "Envelope bruno@example.it",
        "Received lower@example.it",
    ];
    assert_eq!(inbox(text), expected);
    let without = Settings {
        no_x_envelope_to: true,
        ..settings()
    };
    let mut text = text.replace("X-RCPT-TO: ordini@example.it\n", "");
    assert_eq!(
        shown(&text, Shelf::Inbox, &without),
        [expected[0], expected[2], expected[3]]
    );
    text = text.replace(
        "from [203.0.113.9] (helo=127.0.0.1)",
        "from relay ([192.168.4.1])",
    );
    assert_eq!(
        shown(&text, Shelf::Inbox, &without)
            .last()
            .map(String::as_str),
        Some("Received never@example.it"),
        "the relay is in the house"
    );
}

#[test]
fn a_line_nobody_understands_vouches_for_nothing() {
    let text = "Received: (qmail 77 invoked by alias)\n\
        Received: from evil (HELO mail.example.it) (203.0.113.5) by mail.example.it for <x@example.it>; 1 Jun 2026\n\
        Received: from mail.example.it by mail.example.it with LMTP for <planted@example.it>; 1 Jun 2026\n\
        Delivered-To: planted@example.it\n\n";
    assert!(
        !inbox(text)
            .iter()
            .any(|line| line.starts_with("Envelope") || line == "Received planted@example.it")
    );
}

#[test]
fn a_name_from_outside_does_not_open_the_house() {
    for from in [
        "from mail.example.it (evil.example [203.0.113.5])",
        "from localhost (unknown [203.0.113.5])",
        "from [127.0.0.1] (evil.example [203.0.113.5])",
        "from 10.0.0.1 (203.0.113.5)",
        "from unknown (HELO 127.0.0.1) (203.0.113.5)",
        "from mail.example.it ([IPv6:2001:db8::5])",
        "from mail.example.it",
        "from [127.0.0.1] (evil.example [IPv6:2001:db8::5])",
        "from x[127.0.0.1] (evil.example [IPv6:2001:db8::5])",
        "from x[127.0.0.1] (evil.example [203.0.113.5])",
        "from ([127.0.0.1]) (evil.example [203.0.113.5])",
        "from [127.0.0.1]",
    ] {
        let text = format!(
            "Received: {from} by mail.example.it with ESMTP id 1 for <anna@example.it>; 1 Jun 2026\n\
             Received: from a ([127.0.0.1]) by mail.example.it for <planted@example.it>; 1 Jun 2026\n\n"
        );
        assert_eq!(inbox(&text), ["Received anna@example.it"], "{from}");
    }
}

#[test]
fn visible_recipients_count_alone_and_not_on_lists() {
    assert_eq!(
        inbox("To: Info <INFO@example.it>\nCc: x@far.example\n\n"),
        ["Visible INFO@example.it"]
    );
    assert_eq!(
        inbox("To: a@example.it, info@example.it\n\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        inbox("To: gruppo: info@example.it;\nCc: Info@example.it\n\n"),
        ["Visible info@example.it"]
    );
    for line in [
        "List-Id: Notizie <notizie.far.example>",
        "Precedence: bulk",
        "List-Post: NO",
    ] {
        assert!(
            inbox(&format!("To: info@example.it\n{line}\n\n")).is_empty(),
            "{line}"
        );
    }
    assert_eq!(inbox("To: info@far.example\n\n"), Vec::<String>::new());
    assert_eq!(
        inbox("Resent-To: vecchio@example.it, y@far.example\nTo: x@far.example\n\n"),
        ["Other vecchio@example.it"]
    );
    let many = (0..50_000).fold(String::new(), |many, number| {
        many + " n" + &number.to_string() + "@example.it,\n"
    });
    for name in ["Resent-To", "To", "X-Envelope-To"] {
        assert!(inbox(&format!("{name}:{many}\n\n")).is_empty(), "{name}");
    }
}

#[test]
fn a_list_names_its_own_address() {
    for (line, expected) in [
        (
            "List-Post: <mailto:Soci@example.it?subject=x>",
            "soci@example.it",
        ),
        ("List-Id: I soci <soci.example.it>", "soci@example.it"),
        ("List-ID: soci.example.it", "soci@example.it"),
    ] {
        let text = format!("Delivered-To: soci@example.it\r\n{line}\r\n\r\n");
        let shown = read(text.as_bytes(), Shelf::Inbox, &settings());
        assert_eq!(Vec::from_iter(shown.lists), [expected], "{line}");
    }
}

#[test]
fn in_sent_mail_it_is_the_sender_who_counts() {
    let text = "Delivered-To: x@example.it\n\
        From: =?utf-8?q?Anna_Rossi?= <Anna.Rossi@example.it>\n\
        Sender: segreteria@example.it\n\
        Reply-To: commerciale@example.it\n\
        To: info@example.it\n\n";
    assert_eq!(
        shown(text, Shelf::Sent, &settings()),
        [
            "Sent Anna.Rossi@example.it",
            "Sent segreteria@example.it",
            "Other commerciale@example.it",
        ]
    );
}

proptest! {
    #[test]
    fn no_octets_whatever_break_it(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        for shelf in [Shelf::Inbox, Shelf::Sent] {
            let _ = read(&octets, shelf, &settings());
        }
    }

    #[test]
    fn no_fields_whatever_break_it(
        text in "((From|To|Cc|Received|Delivered-To|X-Envelope-To|List-Id|Message-ID): ?|\\r\\n|[ -~]|[<>@,;:()\"\\\\=+]|anna@example\\.it|from|by|for|\\[127\\.0\\.0\\.1\\]|=\\?utf-8\\?q\\?|\\PC){0,80}",
    ) {
        for shelf in [Shelf::Inbox, Shelf::Sent] {
            for (_, address) in read(text.as_bytes(), shelf, &settings()).found {
                prop_assert_eq!(address.domain(), "example.it");
                prop_assert!(Address::read(&address.written()).is_some());
            }
        }
    }
}
