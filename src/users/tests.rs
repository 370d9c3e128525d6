use super::*;
use proptest::prelude::*;

const PLAIN: Options = Options {
    destination_login: DestinationLogin::Address,
    password: Password::Required,
};

/// One account as `login|password|address|destination login|destination password`, one problem
/// as its line and kind.
fn show(bytes: &[u8], options: Options) -> Vec<String> {
    let imported = import(bytes, options);
    let rows = imported.rows.iter().map(|row| {
        format!(
            "{}|{}|{}|{}|{}",
            row.login,
            row.password.expose_secret(),
            row.address.as_deref().unwrap_or("-"),
            row.destination_login,
            row.destination_password
                .as_ref()
                .map_or("-", |password| password.expose_secret()),
        )
    });
    let problems = imported
        .problems
        .iter()
        .map(|problem| format!("line {}: {:?}", problem.line, problem.kind));
    rows.chain(problems).collect()
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
        ("", &[]),
        ("\n\n  \n\t\n", &[]),
        ("# all of them\n   # and these\n", &[]),
        (
            "# x\r\n\r\na:1\r\nb\r\n",
            &["a|1|-|a|-", "line 4: MissingPassword"],
        ),
        ("a:1\rb:2\r", &["a|1|-|a|-", "b|2|-|b|-"]),
    ]);
}

#[test]
fn what_is_wrong_with_a_line_is_said_by_number() {
    check(&[
        ("mario", &["line 1: MissingPassword"]),
        ("mario:", &["line 1: MissingPassword"]),
        ("mario::m@e.it", &["line 1: MissingPassword"]),
        (":pw:m@e.it", &["line 1: EmptyLogin"]),
        ("  :pw", &["line 1: EmptyLogin"]),
        ("mario:pw:m@", &["line 1: BadAddress"]),
        ("mario:pw:@e.it", &["line 1: BadAddress"]),
        ("mario:pw:a b@e.it", &["line 1: BadAddress"]),
        ("mario:pw:a@b@e.it", &["line 1: BadAddress"]),
        ("mario:pw:a@e.it.", &["line 1: BadAddress"]),
        ("a:pw\0x", &["line 1: Unreadable"]),
        (
            "a:1\nb:2\na:3",
            &[
                "a|1|-|a|-",
                "b|2|-|b|-",
                "line 3: DuplicateLogin { first: 1 }",
            ],
        ),
        (
            "a:1\nA:3",
            &["a|1|-|a|-", "line 2: DuplicateLogin { first: 1 }"],
        ),
        (
            "a:1:x@e.it\nb:2:X@E.it",
            &[
                "a|1|x@e.it|x@e.it|-",
                "line 2: SameDestination { first: 1 }",
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
            "line 2: DuplicateLogin { first: 1 }",
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
            &["line 1: UnknownColumn { column: 3 }"],
        ),
        (
            "login:password:address:login",
            &["line 1: RepeatedColumn { column: 4 }"],
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
        ("m:pw:nowhere:new:np", "line 2: BadAddress"),
        ("m:p:w:m@e.it", "line 2: BadAddress"),
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
fn the_destination_login_is_what_was_asked_for() {
    let cases = [
        (
            "m@old.it:pw:info@new.it",
            DestinationLogin::Address,
            "info@new.it",
        ),
        (
            "m@old.it:pw:info@new.it",
            DestinationLogin::Login,
            "m@old.it",
        ),
        (
            "m@old.it:pw:info@new.it",
            DestinationLogin::Localpart,
            "info",
        ),
        ("m@old.it:pw", DestinationLogin::Address, "m@old.it"),
        ("m@old.it:pw", DestinationLogin::Login, "m@old.it"),
        ("m@old.it:pw", DestinationLogin::Localpart, "m"),
        ("@odd:pw", DestinationLogin::Localpart, "@odd"),
    ];
    for (text, destination_login, expected) in cases {
        let options = Options {
            destination_login,
            ..PLAIN
        };
        let imported = import(text.as_bytes(), options);
        assert_eq!(
            imported.rows[0].destination_login, expected,
            "{text} {destination_login:?}"
        );
    }
    let given = "login:password:address:destination-login\nm:pw:m@e.it:new";
    let options = Options {
        destination_login: DestinationLogin::Localpart,
        ..PLAIN
    };
    assert_eq!(show(given.as_bytes(), options), ["m|pw|m@e.it|new|-"]);
}

#[test]
fn a_master_user_makes_passwords_optional() {
    let options = Options {
        password: Password::Optional,
        ..PLAIN
    };
    assert_eq!(
        show(b"a\nb::b@e.it\nc:pw", options),
        ["a||-|a|-", "b||b@e.it|b@e.it|-", "c|pw|-|c|-"]
    );
}

#[test]
fn every_usual_encoding_gives_the_same_accounts() {
    let text = "# è\nnicolò:pà€ss”:n@e.it\r\nž:ÿ";
    let expected = ["nicolò|pà€ss”|n@e.it|n@e.it|-", "ž|ÿ|-|ž|-"];
    let with_mark = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
        mark.iter()
            .copied()
            .chain(text.encode_utf16().flat_map(order))
            .collect::<Vec<_>>()
    };
    let windows = b"# \xE8\nnicol\xF2:p\xE0\x80ss\x94:n@e.it\r\n\x9E:\xFF";
    let encoded = [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        with_mark(&[0xFF, 0xFE], u16::to_le_bytes),
        with_mark(&[0xFE, 0xFF], u16::to_be_bytes),
        windows.to_vec(),
    ];
    for bytes in encoded {
        assert_eq!(show(&bytes, PLAIN), expected, "{bytes:?}");
    }
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
fn nothing_that_can_be_printed_holds_a_password() {
    let text = "login:password:address:destination-login:destination-password\n\
                a:canary-1:a@e.it:x:canary-2\nb:canary-3:canary-4:y:canary-5\n\
                c:canary:canary:canary:canary:canary:canary";
    let imported = import(text.as_bytes(), PLAIN);
    assert_eq!((imported.rows.len(), imported.problems.len()), (1, 2));
    assert!(!format!("{imported:?}").contains("canary"));
}

#[test]
fn a_hundred_thousand_lines_are_quick() {
    use std::fmt::Write as _;
    let mut text = String::from("login:password:address:destination-login:destination-password\n");
    for n in 0..100_000 {
        writeln!(text, "user{n}:pass:{n}:user{n}@example.com:new{n}:word{n}").unwrap();
    }
    text.push_str(&"x:".repeat(5_000));
    let start = std::time::Instant::now();
    let imported = import(text.as_bytes(), PLAIN);
    assert_eq!((imported.rows.len(), imported.problems.len()), (100_000, 1));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_login_and_password_come_back_as_written(
        login in "[^:#\\p{C}\\s][^:\\p{C}]{0,20}",
        password in "[^\r\n\0]{1,30}",
    ) {
        let line = format!("{login}:{password}:someone@example.com");
        let imported = import(line.as_bytes(), PLAIN);
        prop_assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        prop_assert_eq!(&imported.rows[0].login, login.trim());
        prop_assert_eq!(imported.rows[0].password.expose_secret(), &password);
    }

    #[test]
    fn two_fields_come_back_where_the_password_has_no_colon(
        login in "[a-z@.]{1,20}",
        password in "[^:\r\n\0]{1,30}",
    ) {
        let imported = import(format!("{login}:{password}").as_bytes(), PLAIN);
        prop_assert_eq!(&imported.rows[0].login, &login);
        prop_assert_eq!(&imported.rows[0].destination_login, &login);
        prop_assert_eq!(imported.rows[0].password.expose_secret(), &password);
    }

    #[test]
    fn no_octets_whatever_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let imported = import(&bytes, PLAIN);
        let lines = text::lines(&text::decode(&bytes)).count();
        prop_assert!(imported.rows.len() + imported.problems.len() <= lines);
    }

    #[test]
    fn no_fields_whatever_break_a_header(line in "[a@.:]{0,24}") {
        let text = format!("login:password:address:destination-login:destination-password\n{line}");
        let imported = import(text.as_bytes(), PLAIN);
        prop_assert_eq!(imported.rows.len() + imported.problems.len(), usize::from(!line.is_empty()));
    }
}
