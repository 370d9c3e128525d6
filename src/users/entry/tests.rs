use std::fmt::Write as _;

use secrecy::ExposeSecret as _;

use super::*;
use crate::account::Side;
use crate::plan::Job;
use crate::users::mapping::guess;
use crate::users::sheet::read;
use crate::users::{Flaw, Rules};

const RULES: Rules = Rules {
    destination_login: DestinationLogin::Address,
    origin_master: false,
    destination_master: false,
    sets_passwords: false,
    by_address: false,
};

fn list(text: &str) -> Vec<Entry> {
    let table = read(text.as_bytes(), "x.csv").unwrap();
    entries(&table, &guess(&table), &mut Ids::default())
}

fn typed(login: &str, password: &str, address: &str) -> Entry {
    Entry {
        login: login.to_owned(),
        address: address.to_owned(),
        password: Some(SecretString::from(password)),
        ..Entry::new(&mut Ids::default())
    }
}

/// The problem of each entry, as its name would be printed.
fn problems(entries: &[Entry], rules: Rules) -> Vec<String> {
    let checked = check(entries, rules);
    let text = |at| {
        checked
            .problem(at)
            .map_or("-".to_owned(), |problem| format!("{problem:?}"))
    };
    (0..entries.len()).map(text).collect()
}

#[test]
fn every_row_becomes_an_entry_right_or_wrong() {
    let entries = list(
        "nome;cognome;utente;password;indirizzo\n\
                        Anna;Rossi; anna ; pw ;anna@a.it\n\
                        ;;;x;\n\
                        Bruno;;bruno;;bruno@a,it\n",
    );
    let show = |entry: &Entry| {
        let password = entry.password.as_ref().map_or("-", |pw| pw.expose_secret());
        format!(
            "{} {:?} {}|{password}|{}|{}",
            entry.id, entry.row, entry.login, entry.address, entry.name
        )
    };
    let shown: Vec<_> = entries.iter().map(show).collect();
    assert_eq!(
        shown,
        [
            "1 Some(2) anna| pw |anna@a.it|Anna Rossi",
            "2 Some(3) |x||",
            "3 Some(4) bruno|-|bruno@a,it|Bruno",
        ]
    );
    assert!(entries.iter().all(|entry| entry.selected));
    let by_address = list("e-mail;password\nanna@a.it;x\n");
    assert_eq!(
        (by_address[0].login.as_str(), by_address[0].address.as_str()),
        ("anna@a.it", "anna@a.it")
    );
}

#[test]
fn each_problem_is_found_and_counted() {
    let mut list = vec![
        typed("", "x", "a@a.it"),
        typed("b", "", "b@a.it"),
        typed("c", "x", "c@a,it"),
        typed("d", "x", "d@a.it"),
        typed(" D ", "x", "other@a.it"),
        typed("e", "x", "D@a.it"),
        typed("f@a.it", "x", ""),
        typed("g", "x", "f@a.it"),
        typed("h", " x", "h@a.it"),
        typed("i", "x\u{FFFD}", "i@a.it"),
        typed("l", "two\nlines", "l@a.it"),
        typed("m", "x", "m@a.it"),
        typed("n", "x", "m@a.it"),
    ];
    list[12].destination_login = String::from("elsewhere");
    list[6].selected = false;
    let expected = [
        "EmptyLogin",
        "MissingPassword { side: Origin }",
        "BadAddress { why: Comma, at: 3..4 }",
        "-",
        "DuplicateLogin { first: 3 }",
        "DuplicateAddress { first: 3, collides: true }",
        "-",
        "SameDestination { first: 6 }",
        "SpaceAroundPassword",
        "Unreadable",
        "Unreadable",
        "-",
        "DuplicateAddress { first: 11, collides: false }",
    ];
    assert_eq!(problems(&list, RULES), expected);
    let checked = check(&list, RULES);
    assert_eq!(
        checked.counts,
        Counts {
            all: 13,
            fine: 5,
            to_fix: 5,
            duplicates: 3,
            ready: 4,
            warned: 2,
        }
    );
    assert_eq!(visible(&list, &checked, "", Filter::All).len(), 13);
    assert_eq!(
        visible(&list, &checked, "", Filter::Fine),
        [3, 6, 8, 11, 12]
    );
    assert_eq!(
        visible(&list, &checked, "", Filter::ToFix),
        [0, 1, 2, 9, 10]
    );
    assert_eq!(visible(&list, &checked, "", Filter::Duplicates), [4, 5, 7]);
    assert_eq!(visible(&list, &checked, "  d@A ", Filter::Fine), [3]);
    list[3].name = String::from("Dario Élite");
    assert_eq!(visible(&list, &checked, "élite d", Filter::All), [3]);
    assert!(visible(&list, &checked, "élite z", Filter::All).is_empty());
}

#[test]
fn an_entry_comes_back_by_itself_once_it_is_right() {
    let mut list = vec![typed("a", "x", ""), typed("a", "y", ""), typed("b", "", "")];
    let ready = |list: &[Entry]| check(list, RULES).counts.ready;
    assert_eq!(ready(&list), 1);
    list[1].login = String::from("c");
    list[2].password = Some(SecretString::from("z"));
    assert_eq!(ready(&list), 3);
    // One that cannot be migrated holds nothing: the next with the same login is right.
    list[0].address = String::from("nowhere@");
    list[1].login = String::from("a");
    assert_eq!(problems(&list, RULES)[1], "-");
}

#[test]
fn a_password_is_needed_where_no_administrator_logs_in() {
    let mut only_there = typed("a", "", "");
    only_there.destination_password = Some(SecretString::from("x"));
    for (origin_master, destination_master, none, there, here) in [
        (
            false,
            false,
            "MissingPassword { side: Origin }",
            "MissingPassword { side: Origin }",
            "-",
        ),
        (
            true,
            false,
            "MissingPassword { side: Destination }",
            "-",
            "-",
        ),
        (
            false,
            true,
            "MissingPassword { side: Origin }",
            "MissingPassword { side: Origin }",
            "-",
        ),
        (true, true, "-", "-", "-"),
    ] {
        let rules = Rules {
            origin_master,
            destination_master,
            ..RULES
        };
        let of = |entry: &Entry| problems(std::slice::from_ref(entry), rules)[0].clone();
        assert_eq!(of(&typed("a", "", "")), none);
        assert_eq!(of(&only_there), there);
        assert_eq!(of(&typed("a", "x", "")), here);
        let sides: Vec<_> = {
            let list = [typed("a", "x", "")];
            let (_, kept) = to_jobs(&list, &check(&list, rules), rules);
            kept.iter().map(|kept| kept.side).collect()
        };
        let mut wanted = Vec::new();
        wanted.extend((!origin_master).then_some(Side::Origin));
        wanted.extend((!destination_master).then_some(Side::Destination));
        assert_eq!(sides, wanted);
    }
}

#[test]
fn a_password_a_code_page_may_have_spoiled_is_pointed_at() {
    let lines =
        "nome;utente;password\nNicolò;nico;pa_s\nMario;mario;pa_s\nIg?r;igor;a?b\nÈva;eva;pure\n";
    let windows = encoding_rs::WINDOWS_1252.encode(lines).0;
    let table = read(&windows, "x.csv").unwrap();
    let entries = entries(&table, &guess(&table), &mut Ids::default());
    let suspicious = "SuspiciousPassword";
    assert_eq!(
        problems(&entries, RULES),
        [suspicious, "-", suspicious, "-"]
    );
    assert!(check(&entries, RULES).is_fine(0), "only a warning");
    assert_eq!(
        problems(&list(lines), RULES),
        ["-"; 4],
        "UTF-8 holds every character"
    );
}

#[test]
fn the_destination_login_is_what_was_asked_for() {
    use DestinationLogin::{Address, Localpart, Login};
    for (login, address, given, rule, expected) in [
        ("m@old.it", "info@new.it", "", Address, "info@new.it"),
        ("m@old.it", "info@new.it", "", Login, "m@old.it"),
        ("m@old.it", "info@new.it", "", Localpart, "info"),
        ("m@old.it", "", "", Address, "m@old.it"),
        ("m@old.it", "", "", Localpart, "m"),
        ("@odd", "", "", Localpart, "@odd"),
        ("m", "info@new.it", " new ", Localpart, "new"),
    ] {
        let mut entry = typed(login, "x", address);
        entry.destination_login = given.to_owned();
        let rules = Rules {
            destination_login: rule,
            ..RULES
        };
        assert_eq!(
            entry.destination(rules),
            expected,
            "{login} {address} {rule:?}"
        );
    }
}

#[test]
fn a_list_over_another_updates_what_it_names_and_keeps_the_rest() {
    let mut ids = Ids::default();
    let first = "utente;password;indirizzo\nanna;1;anna@a.it\nbruno;2;\nbruno;3;\n;4;x@a.it\n";
    let table = read(first.as_bytes(), "x").unwrap();
    let mut list = entries(&table, &guess(&table), &mut ids);
    list[0].selected = false;
    list[1].destination_login = String::from("typed");
    let again = entries(&table, &guess(&table), &mut ids);
    let merged = merge(&mut list, again, &mut ids);
    assert_eq!(
        merged,
        Merged {
            same: 4,
            ..Merged::default()
        }
    );
    let second =
        "utente;password;indirizzo\nCarla;5;carla@a.it\nBRUNO;;bruno@a.it\nANNA;9;\ncarla;6;\n";
    let table = read(second.as_bytes(), "x").unwrap();
    let imported = entries(&table, &guess(&table), &mut ids);
    let merged = merge(&mut list, imported, &mut ids);
    assert_eq!(
        merged,
        Merged {
            new: 2,
            changed: 2,
            same: 0
        }
    );
    let show = |entry: &Entry| {
        let password = entry.password.as_ref().map_or("-", |pw| pw.expose_secret());
        let tick = if entry.selected { "+" } else { "-" };
        format!(
            "{tick}{}|{password}|{}|{:?}",
            entry.login, entry.address, entry.row
        )
    };
    let shown: Vec<_> = list.iter().map(show).collect();
    assert_eq!(
        shown,
        [
            "-anna|9|anna@a.it|Some(4)",
            "+bruno|2|bruno@a.it|Some(3)",
            "+bruno|3||Some(4)",
            "+|4|x@a.it|Some(5)",
            "+Carla|5|carla@a.it|Some(2)",
            "+carla|6||Some(5)",
        ]
    );
    assert_eq!(list[1].destination_login, "typed");
    let mut all: Vec<_> = list.iter().map(|entry| entry.id).collect();
    assert_eq!(all[..4], [1, 2, 3, 4]);
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[test]
fn a_list_goes_into_a_plan_and_comes_back() {
    let mut list = vec![
        typed("anna", "1", "anna@a.it"),
        typed(" bruno ", "2", ""),
        typed("carla", "3", "carla@a.it"),
        typed("carla", "4", "twice@a.it"),
    ];
    list[1].selected = false;
    list[1].destination_login = String::from("other");
    list[2].destination_password = Some(SecretString::from("new"));
    let (jobs, kept) = to_jobs(&list, &check(&list, RULES), RULES);
    let job = |login: &str, address: Option<&str>, to: &str, selected| Job {
        address: address.map(str::to_owned),
        selected,
        ..Job::new(login, to)
    };
    assert_eq!(
        jobs,
        [
            job("anna", Some("anna@a.it"), "anna@a.it", true),
            job("bruno", None, "other", false),
            job("carla", Some("carla@a.it"), "carla@a.it", true),
        ]
    );
    let password = |side, login: &str| {
        let mut kept = kept.iter();
        let found = kept.find(|kept| kept.side == side && kept.login == login);
        found.map(|kept| kept.password.clone())
    };
    assert_eq!(kept.len(), 6);
    let back = from_jobs(&jobs, RULES, &mut Ids::default(), password);
    let exposed =
        |secret: &Option<SecretString>| secret.as_ref().map(|it| it.expose_secret().to_owned());
    for (before, after) in list.iter().zip(&back) {
        assert_eq!(after.login, before.login.trim());
        assert_eq!(after.address, before.address);
        assert_eq!(after.destination_login, before.destination_login);
        assert_eq!(after.selected, before.selected);
        assert_eq!(exposed(&after.password), exposed(&before.password));
        assert_eq!(
            exposed(&after.destination_password),
            exposed(&before.destination_password)
        );
    }
    assert_eq!(to_jobs(&back, &check(&back, RULES), RULES).0, jobs);
}

#[test]
fn nothing_that_can_be_printed_holds_a_password() {
    let mut entry = typed("anna", "canary", "anna@a,it");
    entry.destination_password = Some(SecretString::from("canary"));
    let list = [entry.clone(), entry];
    let checked = check(&list, RULES);
    let (_, kept) = to_jobs(&list, &checked, Rules::default());
    assert!(!format!("{list:?} {checked:?} {kept:?}").contains("canary"));
    assert!(matches!(
        checked.problem(0),
        Some(Problem::BadAddress {
            why: Flaw::Comma,
            ..
        })
    ));
}

#[test]
fn five_thousand_entries_are_checked_between_two_keys() {
    let mut text = String::from("nome;utente;password;indirizzo\n");
    for n in 0..5_000 {
        writeln!(text, "Nome {n};utente{n};Parola-{n};utente{n}@example.it").unwrap();
    }
    let mut list = list(&text);
    for at in (0..5_000).step_by(50) {
        list[at].login = String::from("utente7");
    }
    let start = std::time::Instant::now();
    let checked = check(&list, RULES);
    let looked = start.elapsed();
    let shown = visible(&list, &checked, "nome 49", Filter::All).len();
    println!(
        "check {looked:?}, search {:?}",
        start.elapsed().checked_sub(looked).unwrap()
    );
    let expected = (0..5_000).filter(|n| n.to_string().contains("49")).count();
    assert_eq!((checked.counts.fine, shown), (4_900, expected));
}

#[test]
fn aliases_are_divided_completed_and_kept_apart() {
    let list = self::list(
        "utente;password;indirizzo;alias;gruppo\n\
         anna;x;anna@a.it;\"a.rossi, INFO@b.it|Anna@a.it;a.rossi\";Lunedì\n\
         bruno;x;bruno@a.it;vendite ordini;\n\
         carla;x;carla@a.it;;\n",
    );
    assert_eq!(problems(&list, RULES), ["-", "-", "-"]);
    let (jobs, _) = to_jobs(&list, &check(&list, RULES), RULES);
    assert_eq!(jobs[0].aliases, ["a.rossi@a.it", "INFO@b.it"]);
    assert_eq!(jobs[0].group, "Lunedì");
    assert_eq!(jobs[1].aliases, ["vendite@a.it", "ordini@a.it"]);
    assert!(jobs[2].aliases.is_empty() && jobs[2].group.is_empty());
    let none = |_: Side, _: &str| None;
    let again = from_jobs(&jobs, RULES, &mut Ids::default(), none);
    let mut merged = again.clone();
    let told = merge(&mut merged, list.clone(), &mut Ids::default());
    assert_eq!(
        told.changed, 3,
        "passwords are new, aliases and groups are not"
    );
    let aliases = |list: &[Entry]| -> Vec<_> { list.iter().map(Entry::aliases_in_full).collect() };
    let told = merge(&mut merged, list, &mut Ids::default());
    assert_eq!((told.same, told.changed), (3, 0));
    let silent = self::list("utente;password\nanna;x\nbruno;x\ncarla;x\n");
    let before = aliases(&merged);
    let _ = merge(&mut merged, silent, &mut Ids::default());
    assert_eq!(aliases(&merged), before, "an empty cell says nothing");
    assert_eq!(merged[0].group, "Lunedì");
}

#[test]
fn a_bad_or_foreign_alias_is_named_with_its_rows() {
    let mut list = vec![
        typed("a", "x", "a@a.it"),
        typed("b", "x", "b@a.it"),
        typed("c", "x", "c@a.it"),
        typed("d", "x", "d@a.it"),
        typed("e", "x", ""),
        typed("f@a.it", "x", ""),
        typed("g", "x", "g@a.it"),
    ];
    let of = |texts: &[&str]| {
        texts
            .iter()
            .map(|&text| text.to_owned())
            .collect::<Vec<_>>()
    };
    list[0].aliases = of(&["uno", "D@A.it"]);
    list[1].aliases = of(&["due", "tre"]);
    list[2].aliases = of(&["quattro@a.it", "TRE@a.it"]);
    list[3].aliases = of(&["sei", "se@i@a.it"]);
    list[4].aliases = of(&["nome"]);
    list[6].aliases = of(&["f", "g@a.it"]);
    assert_eq!(
        problems(&list, RULES),
        [
            "AliasTaken { number: 2, first: 3 }",
            "-",
            "AliasTaken { number: 2, first: 1 }",
            "BadAlias { number: 2, why: TwoAts }",
            "BadAlias { number: 1, why: NoAt }",
            "-",
            "AliasTaken { number: 1, first: 5 }",
        ]
    );
    let checked = check(&list, RULES);
    assert_eq!((checked.counts.fine, checked.counts.to_fix), (2, 5));
}

#[test]
fn two_rows_may_not_share_an_account_that_is_made() {
    let entry = |login: &str, address: &str, to: &str| Entry {
        address: address.into(),
        destination_login: to.into(),
        ..typed(login, "x", "")
    };
    let list = [
        entry("anna", "anna@new.example", "a"),
        entry("old", "Anna@new.example", "b"),
        entry("third", "", "anna@new.example"),
    ];
    let blocking = |rules| {
        let checked = check(&list, rules);
        let each = (0..list.len()).map(|at| checked.problem(at).is_some_and(Problem::is_blocking));
        each.collect::<Vec<_>>()
    };
    assert_eq!(blocking(RULES), [false, false, false]);
    let by_address = Rules {
        by_address: true,
        ..RULES
    };
    assert_eq!(blocking(by_address), [false, true, true]);
    let (jobs, _) = to_jobs(&list, &check(&list, by_address), by_address);
    assert_eq!(jobs.len(), 1);
}
