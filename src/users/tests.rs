//! The way of a list from its octets to its accounts, above all in the colon form.

use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use super::*;
use crate::users::template::{Form, template};

const PLAIN: Rules = Rules {
    destination_login: DestinationLogin::Address,
    origin_master: false,
    destination_master: false,
    sets_passwords: false,
    by_address: false,
};

/// One account as `login|password|address|destination login|destination password`, one problem as its row and kind; or
/// why it is no list.
fn show(bytes: &[u8], rules: Rules) -> Vec<String> {
    let table = match sheet::read(bytes, "list.txt") {
        Ok(table) => table,
        Err(error) => return vec![format!("{error:?}")],
    };
    let entries = entries(&table, &guess(&table), &mut Ids::default());
    let checked = super::check(&entries, rules);
    let secret = |secret: &Option<secrecy::SecretString>, none: &str| {
        secret
            .as_ref()
            .map_or(none.to_owned(), |secret| secret.expose_secret().to_owned())
    };
    let or = |text: &str| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text.to_owned()
        }
    };
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        match checked.problem(at).filter(|problem| problem.is_blocking()) {
            None => rows.push(format!(
                "{}|{}|{}|{}|{}",
                entry.login,
                secret(&entry.password, ""),
                or(&entry.address),
                entry.destination(rules),
                secret(&entry.destination_password, "-"),
            )),
            Some(problem) => problems.push(format!("line {}: {problem:?}", entry.row.unwrap())),
        }
    }
    rows.extend(problems);
    rows
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(show(text.as_bytes(), PLAIN), *expected, "{text:?}");
    }
}

#[test]
fn a_line_is_a_login_a_password_and_an_address() {
    check(&[
        (
            "mario:s3cret:mario@example.com",
            &["mario|s3cret|mario@example.com|mario@example.com|-"],
        ),
        ("mario:s3cret", &["mario|s3cret|-|mario|-"]),
        (
            "mario@old.it:s3cret",
            &["mario@old.it|s3cret|-|mario@old.it|-"],
        ),
        ("mario@old.it:p@ss", &["mario@old.it|p@ss|-|mario@old.it|-"]),
        (
            "mario:a:b:c:mario@example.com",
            &["mario|a:b:c|mario@example.com|mario@example.com|-"],
        ),
        ("mario::x::m@e.it", &["mario|:x:|m@e.it|m@e.it|-"]),
        ("mario:a:b", &["mario|a:b|-|mario|-"]),
        ("mario:a:", &["mario|a:|-|mario|-"]),
        ("mario::", &["mario|:|-|mario|-"]),
        (
            "mario: with spaces :m@e.it",
            &["mario| with spaces |m@e.it|m@e.it|-"],
        ),
        ("mario:trailing ", &["mario|trailing |-|mario|-"]),
        ("  mario :pw: m@e.it ", &["mario|pw|m@e.it|m@e.it|-"]),
        (
            "DOMAIN\\mario:pw#1:m@e.it",
            &["DOMAIN\\mario|pw#1|m@e.it|m@e.it|-"],
        ),
        (
            "mario:pw:nicolò@città.it",
            &["mario|pw|nicolò@città.it|nicolò@città.it|-"],
        ),
    ]);
}

#[test]
fn comments_and_blank_lines_are_passed_over_and_still_counted() {
    check(&[
        ("", &["Empty"]),
        ("\n\n  \n\t\n", &["Empty"]),
        ("# all of them\n   # and these\n", &["Empty"]),
        (
            "# x\r\n\r\na:1\r\nb\r\n",
            &["a|1|-|a|-", "line 4: MissingPassword { side: Origin }"],
        ),
        ("a:1\rb:2\r", &["a|1|-|a|-", "b|2|-|b|-"]),
    ]);
}

#[test]
fn what_is_wrong_with_a_line_is_said_by_number() {
    check(&[
        ("mario", &["line 1: MissingPassword { side: Origin }"]),
        ("mario:", &["line 1: MissingPassword { side: Origin }"]),
        (
            "mario::m@e.it",
            &["line 1: MissingPassword { side: Origin }"],
        ),
        (":pw:m@e.it", &["line 1: EmptyLogin"]),
        ("  :pw", &["line 1: EmptyLogin"]),
        (
            "mario:pw:m@",
            &["line 1: BadAddress { why: NoDomain, at: 1..2 }"],
        ),
        (
            "mario:pw:@e.it",
            &["line 1: BadAddress { why: Other, at: 0..1 }"],
        ),
        (
            "mario:pw:a b@e.it",
            &["line 1: BadAddress { why: Space, at: 1..2 }"],
        ),
        (
            "mario:pw:a@b@e.it",
            &["line 1: BadAddress { why: TwoAts, at: 3..4 }"],
        ),
        (
            "mario:pw:a@e.it.",
            &["line 1: BadAddress { why: DomainDot, at: 6..7 }"],
        ),
        ("a:pw\0x", &["line 1: Unreadable"]),
        (
            "a:1\nb:2\na:3",
            &[
                "a|1|-|a|-",
                "b|2|-|b|-",
                "line 3: DuplicateLogin { first: 0 }",
            ],
        ),
        (
            "a:1\nA:3",
            &["a|1|-|a|-", "line 2: DuplicateLogin { first: 0 }"],
        ),
        (
            "a:1:x@e.it\nb:2:X@E.it",
            &[
                "a|1|x@e.it|x@e.it|-",
                "line 2: DuplicateAddress { first: 0, collides: true }",
            ],
        ),
    ]);
}

#[test]
fn a_line_that_was_not_taken_does_not_hold_its_destination() {
    check(&[(
        "a:1\na:2:x@e.it\nb:3:x@e.it",
        &[
            "a|1|-|a|-",
            "b|3|x@e.it|x@e.it|-",
            "line 2: DuplicateLogin { first: 0 }",
        ],
    )]);
}

#[test]
fn a_header_adds_a_destination_login_and_password() {
    let rows: &[&str] = &["m|pw|m@e.it|new|np"];
    check(&[
        (
            "login:password:address:destination-login:destination-password\nm:pw:m@e.it:new:np",
            rows,
        ),
        (
            "utente:password:indirizzo:utente-destinazione:password-destinazione\nm:pw:m@e.it:new:np",
            rows,
        ),
        (
            "\n# list\nLogin : Password : E-Mail : Destination Login : New_Password\nm:pw:m@e.it:new:np",
            rows,
        ),
        (
            "password:login:destination-password:destination-login:address\npw:m:np:new:m@e.it",
            rows,
        ),
        (
            "login:password:destination-login\nm:pw:new",
            &["m|pw|-|new|-"],
        ),
        (
            "login:password:destination-login\nm:p:w:new",
            &["m|p:w|-|new|-"],
        ),
    ]);
}

#[test]
fn a_header_that_says_what_the_rule_says_changes_nothing() {
    check(&[
        (
            "login:password:address\nm:p:w:m@e.it\nn:p:w",
            &["m|p:w|m@e.it|m@e.it|-", "n|p:w|-|n|-"],
        ),
        ("utente:password\nm:p:w:m@e.it", &["m|p:w|m@e.it|m@e.it|-"]),
    ]);
}

#[test]
fn only_the_first_line_can_be_a_header() {
    check(&[(
        "a:1\nlogin:password",
        &["a|1|-|a|-", "login|password|-|login|-"],
    )]);
}

#[test]
fn a_header_with_a_wrong_column_is_a_problem() {
    check(&[
        (
            "login:password:shoe-size",
            &["UnknownColumn { row: 1, column: 3 }"],
        ),
        (
            "login:password:address:login",
            &["RepeatedColumn { row: 1, column: 4 }"],
        ),
    ]);
}

#[test]
fn colons_in_a_password_are_found_where_only_one_reading_is_sound() {
    let header = "login:password:address:destination-login:destination-password\n";
    let cases: &[(&str, &str)] = &[
        ("m:pw:m@e.it", "m|pw|m@e.it|m@e.it|-"),
        ("m:pw", "m|pw|-|m|-"),
        ("m:pw:::np", "m|pw|-|m|np"),
        ("m:p:w:m@e.it:new:np", "m|p:w|m@e.it|new|np"),
        ("m:p:w:m@e.it:n@e.it:np", "m|p:w|m@e.it|n@e.it|np"),
        ("m:pw:m@e.it:new:n:p", "m|pw|m@e.it|new|n:p"),
        ("m:a:b:c:m@e.it:new:x:y", "m|a:b:c|m@e.it|new|x:y"),
        ("m:pw:m@e.it:n@e.it:n:p", "line 2: Ambiguous"),
        (
            "m:a:b:c:d:e",
            "line 2: TooManyFields { found: 6, columns: 5 }",
        ),
        (
            "m:pw:nowhere:new:np",
            "line 2: BadAddress { why: NoAt, at: 0..7 }",
        ),
        ("m:p:w:m@e.it", "line 2: BadAddress { why: NoAt, at: 0..1 }"),
    ];
    for (line, expected) in cases {
        assert_eq!(
            show(format!("{header}{line}").as_bytes(), PLAIN),
            [*expected],
            "{line}"
        );
    }
}

#[test]
fn a_master_user_makes_passwords_optional() {
    let rules = Rules {
        origin_master: true,
        destination_master: true,
        sets_passwords: false,
        by_address: false,
        ..PLAIN
    };
    assert_eq!(
        show(b"a\nb::b@e.it\nc:pw", rules),
        ["a||-|a|-", "b||b@e.it|b@e.it|-", "c|pw|-|c|-"]
    );
}

#[test]
fn what_cannot_be_decoded_spoils_its_line_only() {
    let cases: [&[u8]; 4] = [
        b"\xEF\xBB\xBFa:x\xFFy\nb:2",
        b"\xFF\xFEa\0:\0\0\xD8\n\0b\0:\x002\0",
        b"a:\x81\xFF\nb:2",
        b"a:\0\nb:2",
    ];
    for bytes in cases {
        assert_eq!(
            show(bytes, PLAIN),
            ["b|2|-|b|-", "line 1: Unreadable"],
            "{bytes:?}"
        );
    }
    assert_eq!(
        show(b"\xFF\xFEa\0:\x001\0\n\0b", PLAIN).last().unwrap(),
        "line 2: Unreadable"
    );
}

#[test]
fn what_the_templates_give_is_read_with_certainty_in_both_languages() {
    for names in [
        ["utente", "password", "indirizzo", "alias", "gruppo"],
        ["login", "password", "address", "aliases", "group"],
    ] {
        for (form, format) in [
            (Form::Txt, Format::Colon),
            (Form::Csv, Format::Csv { separator: ';' }),
        ] {
            let bytes = template(form, names);
            let table = sheet::read(&bytes, "template").unwrap();
            assert_eq!(table.format, format);
            let mapping = guess(&table);
            assert!(mapping.sure, "{form:?} {mapping:?}");
            assert_eq!(
                show(&bytes, PLAIN),
                [
                    "mario.rossi|Fen1ce-azzurra|mario.rossi@example.com|mario.rossi@example.com|-",
                    "nicolò|sole; mare: vento|nicolo.bianchi@example.com|nicolo.bianchi@example.com|-",
                ]
            );
        }
        assert!(template(Form::Csv, names).starts_with(b"\xEF\xBB\xBF"));
    }
}

#[test]
fn a_hundred_thousand_lines_are_quick() {
    use std::fmt::Write as _;
    let mut text = String::from("login:password:address:destination-login:destination-password\n");
    for n in 0..99_999 {
        writeln!(text, "user{n}:pass:{n}:user{n}@example.com:new{n}:word{n}").unwrap();
    }
    text.push_str(&"x:".repeat(5_000));
    let start = std::time::Instant::now();
    let shown = show(text.as_bytes(), PLAIN);
    assert_eq!(shown.len(), 100_000);
    assert!(shown[99_999].contains("TooManyFields"), "{}", shown[99_999]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_login_and_password_come_back_as_written(
        login in "[^:;,\t\"#\\p{C}\\s][^:;,\t\"\\p{C}]{0,20}",
        password in "[^\\p{Cc}\u{fffd}]{1,30}",
    ) {
        let line = format!("{login}:{password}:someone@example.com");
        prop_assume!(!line.starts_with("sep="));
        let entry = read_one(&line);
        prop_assert_eq!(&entry.login, login.trim());
        let read = entry.password.unwrap();
        prop_assert_eq!(read.expose_secret(), &password);
    }

    #[test]
    fn two_fields_come_back_where_the_password_has_no_colon(
        login in "[a-z@.]{1,20}",
        password in "[^:\\p{Cc}\u{fffd}]{1,30}",
    ) {
        let entry = read_one(&format!("{login}:{password}"));
        prop_assert_eq!(&entry.login, &login);
        prop_assert_eq!(entry.destination(PLAIN), &login);
        let read = entry.password.unwrap();
        prop_assert_eq!(read.expose_secret(), &password);
    }

    #[test]
    fn no_octets_whatever_break_the_way(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let lines = bytes.iter().filter(|octet| matches!(octet, b'\r' | b'\n')).count() + 1;
        prop_assert!(show(&bytes, PLAIN).len() <= lines);
    }

    #[test]
    fn no_cells_whatever_break_the_way(
        text in "(utente|password|e-mail|nome|anna|a@b\\.it|\"|;|,|\t|\n|:|1| ){0,60}",
    ) {
        let rows = show(text.as_bytes(), PLAIN).len();
        prop_assert!(rows <= text.matches('\n').count() + 1);
    }

    #[test]
    fn no_fields_whatever_break_a_header(line in "[a@.:]{0,24}") {
        let text = format!("login:password:address:destination-login:destination-password\n{line}");
        let shown = show(text.as_bytes(), PLAIN);
        // Fields without anything in them are an empty line.
        prop_assert_eq!(shown.len(), 1, "{:?}", shown);
    }
}

fn read_one(line: &str) -> Entry {
    let table = sheet::read(line.as_bytes(), "list.txt").unwrap();
    let mut entries = entries(&table, &guess(&table), &mut Ids::default());
    assert_eq!(entries.len(), 1, "{line:?}");
    entries.remove(0)
}
