//! The table of names, one situation after another; special folders have a table of their own.
//!
//! A situation is written `attributes|name|messages => destination; …`; without an arrow the folder is excluded.

mod special;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn folder(line: &str, separator: Option<u8>) -> OriginFolder {
    let parts: Vec<&str> = line.split('|').collect();
    let (attributes, name, messages) = match parts[..] {
        [attributes, name] => (attributes, name, None),
        [attributes, name, messages] => (attributes, name, messages.parse().ok()),
        _ => ("", line, None),
    };
    let attributes: Vec<String> = attributes.split_whitespace().map(str::to_owned).collect();
    OriginFolder {
        name: FolderName::from_text(name),
        separator,
        selectable: !attributes.contains(&"\\Noselect".to_owned()),
        attributes,
        subscribed: true,
        messages,
    }
}

fn side(prefix: &str, separator: &str, folders: &str) -> Side {
    let separator = separator.bytes().next();
    let folders = folders.split("; ").filter(|line| !line.is_empty());
    let name = |line: &str| line.split(" => ").next().unwrap_or_default().to_owned();
    Side {
        folders: folders.map(|line| folder(&name(line), separator)).collect(),
        prefix: FolderName::from_text(prefix),
        separator,
    }
}

fn slash(folders: &str) -> Side {
    side("", "/", folders)
}

fn go(origin: &Side, destination: &Side, rules: &Rules) -> Mapped {
    map(origin, destination, rules, &BTreeMap::new())
}

fn table(mapped: &Mapped) -> Vec<(String, String)> {
    let texts = |mapping: &Mapping| (mapping.origin.text(), mapping.destination.text());
    mapped.mappings.iter().map(texts).collect()
}

/// The origin is what stands before the arrows, with its prefix and separator.
fn check_with(
    from: [&str; 2],
    destination: &Side,
    rules: &Rules,
    expected: &str,
) -> (Mapped, Side) {
    let origin = side(from[0], from[1], expected);
    let mapped = go(&origin, destination, rules);
    let lines = expected
        .split("; ")
        .filter_map(|line| line.split_once(" => "));
    let name = |line: &str| line.split('|').nth(1).unwrap_or(line).to_owned();
    let expected: Vec<_> = lines
        .map(|(from, to)| (name(from), to.to_owned()))
        .collect();
    assert_eq!(table(&mapped), expected);
    (mapped, origin)
}

fn check(from: [&str; 2], destination: &Side, expected: &str) -> Mapped {
    check_with(from, destination, &Rules::default(), expected).0
}

fn notes<'x>(mapped: &'x Mapped, origin: &str) -> &'x [Note] {
    let found = mapped
        .mappings
        .iter()
        .find(|mapping| mapping.origin.text() == origin);
    found.map_or(&[], |mapping| &mapping.notes)
}

fn name(text: &str) -> FolderName {
    FolderName::from_text(text)
}

fn chosen<const N: usize>(overrides: [(&str, &str); N]) -> Rules {
    let overrides = overrides.map(|(from, to)| (from.to_owned(), to.to_owned()));
    Rules {
        overrides: BTreeMap::from(overrides),
        ..Rules::default()
    }
}

fn recorded(mapped: &Mapped) -> BTreeMap<FolderName, FolderName> {
    let pair = |mapping: &Mapping| (mapping.origin.clone(), mapping.destination.clone());
    mapped.mappings.iter().map(pair).collect()
}

/// Both without a prefix, with `/`.
const SLASH: [&str; 2] = ["", "/"];
const COURIER: [&str; 2] = ["INBOX.", "."];

fn dots(folders: &str) -> Side {
    side("", ".", folders)
}

fn courier(folders: &str) -> Side {
    side("INBOX.", ".", folders)
}

#[test]
fn the_origins_prefix_is_taken_off() {
    let expected = "INBOX => INBOX; INBOX.Lavoro => Lavoro; INBOX.Lavoro.2019 => Lavoro/2019";
    let _ = check(COURIER, &slash(""), expected);
    let _ = check(["mail/", "/"], &slash(""), "mail/a => a; b => b");
}

#[test]
fn the_destinations_prefix_is_put_on() {
    let expected =
        "INBOX => INBOX; Dr. Jones => INBOX.Dr_ Jones; Dr. Jones/a.b => INBOX.Dr_ Jones.a_b";
    let mapped = check(SLASH, &courier(""), expected);
    assert_eq!(notes(&mapped, "Dr. Jones"), [Note::SeparatorReplaced]);
    let _ = check(COURIER, &courier(""), "INBOX => INBOX; INBOX.a => INBOX.a");
}

#[test]
fn inbox_is_inbox_in_any_spelling() {
    let mapped = check(SLASH, &slash("Inbox"), "Inbox => INBOX; Inbox/a => Inbox/a");
    assert!(!mapped.mappings[0].create);
    let _ = check(["Inbox.", "."], &slash(""), "INBOX.a => a");
    let mapped = check(SLASH, &slash(""), "INBOX => INBOX; inbox");
    assert_eq!(mapped.excluded[0].why, Exclusion::Duplicate(name("INBOX")));
}

#[test]
fn children_of_inbox_stay_its_children() {
    let _ = check(
        SLASH,
        &slash(""),
        "INBOX => INBOX; INBOX/a => INBOX/a; a => a",
    );
    let _ = check(
        SLASH,
        &courier(""),
        "INBOX => INBOX; INBOX/a => INBOX.a (2); a => INBOX.a",
    );
}

#[test]
fn a_second_inbox_below_the_prefix_does_not_fall_into_inbox() {
    let expected = "INBOX => INBOX; INBOX.INBOX => INBOX (2); INBOX.Inbox.a => Inbox (2)/a";
    let _ = check(COURIER, &slash(""), expected);
    let mapped = check(
        ["mail/", "/"],
        &courier(""),
        "INBOX => INBOX; mail/INBOX => INBOX.INBOX (2)",
    );
    assert_eq!(
        notes(&mapped, "mail/INBOX"),
        [Note::Renamed {
            why: Rename::Reserved
        }]
    );
}

#[test]
fn the_operators_word_comes_first() {
    let rules = chosen([
        ("Vecchi", "Archivio/Vecchi"),
        ("Inviati2", "Sent"),
        ("Roba", "inbox"),
    ]);
    let expected = "INBOX => INBOX; Vecchi => INBOX.Archivio.Vecchi; Vecchi/a => INBOX.Archivio.Vecchi.a; \
                    Inviati2 => INBOX.Sent; Sent => INBOX.Sent; Roba => INBOX";
    let (mapped, _) = check_with(
        SLASH,
        &courier("INBOX; \\Sent|INBOX.Sent"),
        &rules,
        expected,
    );
    assert!(notes(&mapped, "Sent").contains(&Note::Merged {
        with: name("Inviati2")
    }));
    assert_eq!(
        notes(&mapped, "Inviati2"),
        [Note::Chosen, Note::Merged { with: name("Sent") }]
    );
    assert_eq!(mapped.parents, [name("INBOX.Archivio")]);
}

#[test]
fn an_override_of_a_container_moves_what_is_below() {
    let rules = chosen([("a", "z")]);
    let _ = check_with(SLASH, &slash(""), &rules, "\\Noselect|a; a/b => z/b");
}

#[test]
fn containers_are_made_only_for_what_they_contain() {
    let expected = "\\Noselect|a; a/b/c => a/b/c; \\NonExistent|empty";
    let mapped = check(SLASH, &slash(""), expected);
    assert_eq!(mapped.parents, [name("a"), name("a/b")]);
    assert_eq!(mapped.excluded.len(), 2);
    let mapped = check(SLASH, &slash("\\Noselect|a"), "a => a");
    assert!(mapped.mappings[0].create);
}

#[test]
fn patterns_exclude() {
    let exclude = ["Calendario*", "Feed/%", "Note"]
        .map(str::to_owned)
        .to_vec();
    let rules = Rules {
        exclude,
        ..Rules::default()
    };
    let expected = "Calendario; Calendario/x; Feed => Feed; Feed/a; Feed/a/b => Feed/a/b; Note; Note/x => Note/x";
    let (mapped, _) = check_with(SLASH, &slash(""), &rules, expected);
    assert_eq!(
        mapped.excluded[0].why,
        Exclusion::Pattern("Calendario*".to_owned())
    );
    assert_eq!(mapped.excluded.len(), 4);
}

#[test]
fn two_names_that_become_one_are_numbered() {
    let mapped = check(
        SLASH,
        &dots(""),
        "a.b => a_b (3); a_b => a_b; a_b (2) => a_b (2)",
    );
    let why = Rename::Taken { by: name("a_b") };
    assert!(notes(&mapped, "a.b").contains(&Note::Renamed { why }));
    let expected = "a.b => a_b (2); a.b/c => a_b (2).c; a_b => a_b; a_b/c => a_b.c";
    let _ = check(SLASH, &dots(""), expected);
}

#[test]
fn a_number_never_lands_in_a_folder_that_was_there() {
    let _ = check(SLASH, &dots("a_b (2)"), "a.b => a_b (3); a_b => a_b");
}

#[test]
fn names_that_differ_in_case_are_kept_apart_where_needed() {
    let rules = Rules {
        case_insensitive: true,
        ..Rules::default()
    };
    let there = slash("foo; CLIENTI");
    let expected = "Foo => Foo (2); foo => foo; foo/a => foo/a; Clienti => CLIENTI";
    let (mapped, _) = check_with(SLASH, &there, &rules, expected);
    assert_eq!(
        notes(&mapped, "Foo"),
        [Note::CaseClash { with: name("foo") }]
    );
    assert_eq!(
        notes(&mapped, "Clienti"),
        [Note::CaseClash {
            with: name("CLIENTI")
        }]
    );
    let _ = check(
        SLASH,
        &there,
        "Foo => Foo; foo => foo; foo/a => foo/a; Clienti => Clienti",
    );
}

#[test]
fn spaces_at_the_ends_go_with_a_note() {
    let mapped = check(
        SLASH,
        &slash(""),
        "Lavoro  => Lavoro (2); Lavoro => Lavoro;  a / b => a/b",
    );
    assert!(notes(&mapped, "Lavoro ").contains(&Note::Renamed {
        why: Rename::Spaces
    }));
}

#[test]
fn levels_without_a_name_get_one() {
    let expected = "a//b => a/_/b; a/b => a/b; c/ => c; /d => _/d;   => _ (2)";
    let mapped = check(SLASH, &slash(""), expected);
    assert!(notes(&mapped, " ").contains(&Note::Renamed { why: Rename::Empty }));
    let _ = check(SLASH, &slash(""), ".. => __; . => _");
}

#[test]
fn emoji_stay_where_they_are_welcome() {
    let _ = check(
        SLASH,
        &slash(""),
        "🎉 Feste => 🎉 Feste; 🎉 => 🎉; Caffè => Caffè",
    );
    let rules = Rules {
        emoji: false,
        ..Rules::default()
    };
    let expected = "🎉 Feste => Feste; 🎉 => _; Caffè => Caffè";
    let (mapped, _) = check_with(SLASH, &slash(""), &rules, expected);
    assert!(notes(&mapped, "🎉").contains(&Note::IllegalReplaced));
}

#[test]
fn refused_characters_are_replaced() {
    let rules = Rules {
        forbidden: vec!['*', '%', '"'],
        ..Rules::default()
    };
    let expected = "100% => 100_; a \"b\" c => a _b_ c; tab\there => tab_here";
    let (mapped, _) = check_with(SLASH, &slash(""), &rules, expected);
    assert_eq!(notes(&mapped, "100%"), [Note::IllegalReplaced]);
    let _ = check(SLASH, &slash(""), "a \"b\" \\c => a \"b\" \\c");
}

#[test]
fn reserved_names_are_numbered_on_the_top_level() {
    let rules = Rules {
        reserved: vec!["Files".to_owned()],
        ..Rules::default()
    };
    let (mapped, _) = check_with(
        SLASH,
        &slash(""),
        &rules,
        "files => files (2); a/Files => a/Files",
    );
    assert_eq!(
        notes(&mapped, "files"),
        [Note::Renamed {
            why: Rename::Reserved
        }]
    );
}

#[test]
fn names_that_do_not_decode_are_guessed_and_kept_apart() {
    let raw = |wire: &[u8]| OriginFolder {
        name: FolderName::from_wire(wire),
        ..folder("", Some(b'/'))
    };
    let mut origin = slash("Attività");
    origin
        .folders
        .extend([raw(b"Attivit\xc3\xa0"), raw(b"Attivit\xe0"), raw(b"&a-")]);
    let mapped = go(&origin, &slash(""), &Rules::default());
    let to: Vec<String> = table(&mapped).into_iter().map(|(_, to)| to).collect();
    assert_eq!(to[..3], ["Attività", "Attività (2)", "Attività (3)"]);
    assert!(!to[3].is_empty());
    let note = Note::Renamed {
        why: Rename::Undecodable,
    };
    assert!(mapped.mappings[1].notes.contains(&note));
}

#[test]
fn without_a_separator_levels_are_joined() {
    let flat = side("", "", "INBOX");
    let expected = "INBOX => INBOX; a/b/c => a-b-c; a-b => a-b; INBOX/x => INBOX-x; Sent => Sent";
    let mapped = check(SLASH, &flat, expected);
    assert!(notes(&mapped, "a/b/c").contains(&Note::Flattened));
    let _ = check_with(SLASH, &flat, &chosen([("a", "x/y")]), "a => x-y");
    let _ = check(["", ""], &dots(""), "a/b => a/b");
}

#[test]
fn a_backslash_a_comma_or_an_underscore_can_separate() {
    let _ = check(["", "\\"], &slash(""), "a\\b/c => a/b_c");
    let _ = check(["", ","], &slash(""), "台,b => 台/b");
    let _ = check(SLASH, &side("", "_", ""), "a_b/c => a-b_c");
}

#[test]
fn folders_that_appear_later_rename_nobody() {
    let first = go(
        &slash("a.b; Posta inviata; x.y/1"),
        &dots(""),
        &Rules::default(),
    );
    let later = slash("a.b; a_b; Posta inviata; \\Sent|Sent; x.y/1; x.y/2; x_y");
    let second = map(&later, &dots(""), &Rules::default(), &recorded(&first));
    let to: Vec<String> = table(&second).into_iter().map(|(_, to)| to).collect();
    assert_eq!(
        to.join("; "),
        "a_b; a_b (2); Posta inviata; Sent; x_y.1; x_y.2; x_y (2)"
    );
    assert_eq!(second.mappings[3].role, None);
    assert!(notes(&second, "a.b").contains(&Note::Recorded));
    assert_eq!(
        notes(&second, "Sent"),
        [Note::RoleTaken {
            by: name("Posta inviata")
        }]
    );
}

#[test]
fn a_refused_name_is_made_plainer_step_by_step() {
    let all = |to: &str, taken: &[&str]| -> String {
        let mut mapped = go(&slash("x"), &slash(""), &Rules::default());
        mapped.mappings[0].destination = name(to);
        let taken: BTreeSet<FolderName> = taken.iter().map(|text| name(text)).collect();
        let attempts = (0..9).map_while(|attempt| fallback(&mapped.mappings[0], attempt, &taken));
        attempts
            .map(|name| name.text())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let steps = "🎉 Caffè_ 10_; Caffè_ 10_; Caffe_ 10_; Cartella-2d711642";
    assert_eq!(all("🎉 Caffè: 10%.", &[]), steps);
    assert_eq!(all("Plain", &[]), "Cartella-2d711642");
    assert_eq!(all("日本語", &[]), "Cartella-2d711642");
    assert_eq!(all("è/à", &["è", "È/A"]), "è/a-2; è/Cartella-2d711642");
    assert_eq!(all("è/à", &[]), "e/a; Cartella-2d711642");
    assert_eq!(all("INBOX/à", &[]), "INBOX/a; INBOX/Cartella-2d711642");
}

#[test]
fn what_is_below_a_renamed_folder_follows() {
    let mapped = go(&slash("à/b/c; àb"), &slash(""), &Rules::default());
    assert_eq!(
        rebase(&mapped.mappings[0], &name("à"), &name("a")),
        Some(name("a/b/c"))
    );
    assert_eq!(rebase(&mapped.mappings[1], &name("à"), &name("a")), None);
    assert_eq!(rebase(&mapped.mappings[1], &name("àb"), &name("a")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_is_lost_nothing_falls_together_and_order_plays_no_part(
        names in prop::collection::btree_set(
            "(INBOX|Inbox|Sent|Posta inviata|a|A|b| |_|\\.|/|🎉|à| \\(2\\)){1,5}", 0..12),
        there in prop::collection::btree_set("(INBOX|Sent|a|b|_|\\.| \\(2\\)){1,4}", 0..5),
        prefix in prop::sample::select(vec!["", "INBOX.", "a."]),
        separator in prop::sample::select(vec!["", ".", "/"]),
        case_insensitive: bool,
    ) {
        let join = |names: &BTreeSet<String>, end: usize| -> String {
            names.iter().take(end).map(String::as_str).collect::<Vec<_>>().join("; ")
        };
        let origin = side("INBOX/", "/", &join(&names, 99));
        let prefix = if separator == "." { prefix } else { "" };
        let destination = side(prefix, separator, &join(&there, 99));
        let rules = Rules { case_insensitive, emoji: false, ..Rules::default() };
        let mapped = go(&origin, &destination, &rules);
        prop_assert_eq!(mapped.mappings.len() + mapped.excluded.len(), names.len());

        let fold = |name: &FolderName| {
            if case_insensitive || name.is_inbox() { name.text().to_lowercase() } else { name.text() }
        };
        let all_apart = |mapped: &Mapped| {
            let to = mapped.mappings.iter().map(|mapping| fold(&mapping.destination));
            to.collect::<BTreeSet<String>>().len() == mapped.mappings.len()
        };
        prop_assert!(all_apart(&mapped));

        let mut turned = origin.clone();
        turned.folders.reverse();
        let again = go(&turned, &destination, &rules);
        let sorted = |mapped: &Mapped| -> BTreeSet<(String, String)> {
            let inbox = |name: String| if name.eq_ignore_ascii_case("INBOX") { "INBOX".to_owned() } else { name };
            table(mapped).into_iter().map(|(from, to)| (inbox(from), to)).collect()
        };
        prop_assert_eq!(sorted(&again), sorted(&mapped));

        // What was recorded stays, whoever joins.
        let early = side("INBOX/", "/", &join(&names, names.len() / 2));
        let decided = recorded(&go(&early, &destination, &rules));
        let later = map(&origin, &destination, &rules, &decided);
        for mapping in &later.mappings {
            let kept = decided.get(&mapping.origin).unwrap_or(&mapping.destination);
            prop_assert_eq!(kept, &mapping.destination);
        }
        prop_assert!(all_apart(&later));
    }
}
