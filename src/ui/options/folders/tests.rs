use super::*;
use crate::ui::options::samples::check;

fn table(checks: &[AccountCheck], options: &Options) -> Table {
    gather(checks.iter(), options)
}

fn company() -> Vec<AccountCheck> {
    vec![
        check(
            "anna",
            &[
                ("INBOX", Some("INBOX"), &["role"], 10),
                ("Sent Items", Some("INBOX.Sent"), &["role"], 20),
                ("Trash", Some("INBOX.Trash"), &["role"], 5),
                ("Clienti", Some("INBOX.Clienti"), &[], 7),
                ("Clienti/Rossi", Some("INBOX.Clienti.Rossi"), &[], 3),
                ("Public", None, &["foreign"], 0),
            ],
        ),
        check(
            "bruno",
            &[
                ("Inbox", Some("INBOX"), &[], 1),
                ("Sent Items", Some("INBOX.Sent"), &["role"], 2),
                ("Inviati", Some("INBOX.Inviati"), &["role-taken"], 4),
                ("Level", None, &["container"], 0),
                (
                    "2020: conti",
                    Some("INBOX.2020_ conti"),
                    &["renamed:characters"],
                    9,
                ),
            ],
        ),
        check("carla", &[]),
    ]
}

fn names(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.origin.as_str()).collect()
}

#[test]
fn each_name_stands_once_and_special_folders_come_first() {
    let table = table(&company(), &Options::default());
    assert_eq!(names(&table.special), ["INBOX", "Sent Items", "Trash"]);
    assert_eq!(table.accounts, 2);
    assert_eq!(
        names(&table.others),
        [
            "2020: conti",
            "Clienti",
            "Clienti/Rossi",
            "Inviati",
            "Public"
        ]
    );
    let inbox = &table.special[0];
    assert_eq!((inbox.accounts, inbox.messages), (2, 11));
    let sent = &table.special[1];
    assert_eq!(sent.place, Place::To("Sent".into()));
    assert_eq!(
        (sent.same.as_str(), sent.role),
        ("Sent Items", Some(Role::Sent))
    );
    let rossi = table.row("Clienti/Rossi").unwrap();
    assert_eq!(rossi.place, Place::To("Clienti/Rossi".into()));
    assert_eq!(table.row("Public").unwrap().place, Place::Out(Why::Foreign));
    assert_eq!(
        table.row("2020: conti").unwrap().changed,
        Some(Changed::Characters)
    );
    assert_eq!(table.others_copied(), Some(true));
    assert_eq!(table.other_accounts, 2);
}

#[test]
fn a_rule_is_seen_at_once() {
    let checks = company();
    let mut options = Options::default();
    let sent = table(&checks, &options).special[1].clone();
    choose(&mut options, &sent, Choice::Out);
    assert_eq!(
        table(&checks, &options).special[1].place,
        Place::Out(Why::Chosen)
    );
    choose(&mut options, &sent, Choice::Same);
    assert!(options.exclude_folders.is_empty());
    assert_eq!(
        table(&checks, &options).special[1].place,
        Place::To("Sent Items".into())
    );
    choose(&mut options, &sent, Choice::Proposed);
    assert_eq!(options, Options::default());
}

#[test]
fn two_folders_that_meet_are_both_told() {
    let checks = company();
    let mut options = Options::default();
    let _ = options.folders.insert("Inviati".into(), "Sent".into());
    let table = table(&checks, &options);
    assert_eq!(table.rules.len(), 1);
    assert_eq!(table.rules[0].origin, "Inviati");
    assert_eq!(table.rules[0].accounts, 1);
    assert!(table.rules[0].merged.contains("Sent Items"));
    assert!(table.special[1].merged.contains("Inviati"));
}

#[test]
fn a_pattern_is_a_rule_and_what_it_leaves_out_says_so() {
    let mut options = Options {
        exclude_folders: vec!["Clienti*".into(), "Unmet".into()],
        ..Options::default()
    };
    let _ = options.folders.insert("INBOX".into(), "Elsewhere".into());
    let table = table(&company(), &options);
    let rules: Vec<(&str, usize)> = table
        .rules
        .iter()
        .map(|rule| (rule.origin.as_str(), rule.accounts))
        .collect();
    assert_eq!(rules, [("Clienti*", 1), ("Unmet", 0)]);
    let rossi = table.row("Clienti/Rossi").unwrap();
    assert_eq!(rossi.place, Place::Out(Why::Pattern("Clienti*".into())));
    assert!(!rossi.is_free());
    // The inbox goes into the inbox, whatever a rule says.
    assert_eq!(table.special[0].place, Place::To("INBOX".into()));
}

#[test]
fn the_others_are_decided_about_together() {
    let checks = company();
    let mut options = Options {
        exclude_folders: vec!["Trash".into()],
        ..Options::default()
    };
    let others = table(&checks, &options).others;
    group(&mut options, &others, false);
    let out = table(&checks, &options);
    assert_eq!(out.others_copied(), Some(false));
    assert!(out.rules.is_empty());
    choose(&mut options, out.row("Clienti").unwrap(), Choice::Proposed);
    assert_eq!(table(&checks, &options).others_copied(), None);
    group(&mut options, &others, true);
    assert_eq!(options.exclude_folders, ["Trash"]);
}

#[test]
fn a_folder_with_a_rule_stays_special_when_it_is_looked_at_again() {
    let mut options = Options::default();
    let _ = options.folders.insert("Sent".into(), "Inviata".into());
    options.exclude_folders = vec!["Junk".into()];
    let checks = [check(
        "anna",
        &[
            ("INBOX", Some("INBOX"), &["role"], 1),
            ("Sent", Some("Inviata"), &["chosen"], 1),
            ("Junk", None, &["pattern:Junk"], 1),
        ],
    )];
    let table = table(&checks, &options);
    assert_eq!(names(&table.special), ["INBOX", "Sent", "Junk"]);
    assert!(table.rules.is_empty());
    assert_eq!(table.special[1].proposed, None);
    // Taken back before anybody looks again: its own name is the best that can be said.
    let table = self::table(&checks, &Options::default());
    assert_eq!(table.special[1].place, Place::To("Sent".into()));
}

#[test]
fn names_that_are_not_the_same_everywhere_say_so() {
    let checks = [
        check("anna", &[("Note", Some("Note"), &[], 1)]),
        check(
            "bruno",
            &[("Note", Some("Note (2)"), &["renamed:taken"], 1)],
        ),
        check("carla", &[("Note", Some("Note"), &[], 1)]),
    ];
    let table = table(&checks, &Options::default());
    assert!(table.others[0].varies);
    assert_eq!(table.others[0].place, Place::To("Note".into()));
}

#[test]
fn paths_are_levels_with_names() {
    assert_eq!(path(" Archivio / 2019 "), Some("Archivio/2019".into()));
    for wrong in ["", " ", "/", "a//b", "/a", "a\nb"] {
        assert_eq!(path(wrong), None, "{wrong:?}");
    }
}

#[test]
fn thousands_of_folders_are_gathered_in_a_moment() {
    let folders: Vec<(String, String)> = (0..300)
        .map(|n| (format!("Cartella/{n}"), format!("INBOX.Cartella.{n}")))
        .collect();
    let folders: Vec<(&str, Option<&str>, &[&str], u64)> = folders
        .iter()
        .map(|(here, there)| (here.as_str(), Some(there.as_str()), &[][..], 1))
        .collect();
    let checks: Vec<AccountCheck> = (0..500)
        .map(|n| check(&format!("user{n}"), &folders))
        .collect();
    let options = Options {
        exclude_folders: (0..150).map(|n| format!("Cartella/{n}")).collect(),
        ..Options::default()
    };
    let begun = std::time::Instant::now();
    let table = table(&checks, &options);
    assert_eq!(table.others.len(), 300);
    assert_eq!(table.others_copied(), None);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
