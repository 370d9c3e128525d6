//! The table of special folders.

use super::super::roles;
use super::*;

fn role(mapped: &Mapped, origin: &str) -> Option<Role> {
    mapped
        .mappings
        .iter()
        .find(|mapping| mapping.origin.text() == origin)?
        .role
}

#[test]
fn italian_special_folders_find_their_places() {
    let there =
        slash("INBOX; \\Sent|Sent; \\Trash|Trash; \\Drafts|Drafts; \\Junk|Spam; \\Archive|Archive");
    let mapped = check(
        SLASH,
        &there,
        "INBOX => INBOX; Posta inviata => Sent; Cestino => Trash; Bozze => Drafts; \
         Posta indesiderata => Spam; Archivio => Archive; Attività => Attività",
    );
    assert_eq!(role(&mapped, "Cestino"), Some(Role::Trash));
    assert_eq!(
        notes(&mapped, "Cestino"),
        [Note::RoleFrom(RoleSource::Name)]
    );
    let created: Vec<bool> = mapped
        .mappings
        .iter()
        .map(|mapping| mapping.create)
        .collect();
    assert_eq!(created, [false, false, false, false, false, false, true]);
}

#[test]
fn every_name_of_the_table_is_known_in_any_case_and_without_accents() {
    for (names, expected) in [
        (
            "Sent,Sent Items,Sent Messages,Sent Mail,INVIATI,Elementi inviati",
            Role::Sent,
        ),
        (
            "Messaggi inviati,Gesendete Objekte,Éléments envoyés,ENVOYES,Enviados",
            Role::Sent,
        ),
        (
            "Trash,Deleted Items,Bin,Posta eliminata,Eliminata,Gelöschte Elemente",
            Role::Trash,
        ),
        ("Corbeille,Éléments supprimés,Papelera", Role::Trash),
        (
            "Drafts,draft,Bozza,Entwürfe,ENTWÜRFE,Brouillons,Borradores",
            Role::Drafts,
        ),
        (
            "Junk E-mail,Junk Email,Bulk Mail,Posta indesirata,Antispam,Unerwünscht",
            Role::Junk,
        ),
        (
            "Courrier indésirable,Correo no deseado,junk-e-mail",
            Role::Junk,
        ),
        ("Archives,Archivi,Archiviati,Archiv,Archivo", Role::Archive),
        ("Tutti i messaggi,Alle Nachrichten,Todos", Role::All),
        ("Speciali,Starred,Destacados", Role::Flagged),
        ("Importanti,Wichtig", Role::Important),
        ("Entwu\u{308}rfe", Role::Drafts),
    ] {
        for name in names.split(',') {
            assert_eq!(roles::by_name(name), Some(expected), "{name}");
        }
    }
}

#[test]
fn one_meaningful_word_is_enough_and_two_are_too_many() {
    for (name, expected) in [
        ("My Sent Mail", Some(Role::Sent)),
        ("Messaggi eliminati", Some(Role::Trash)),
        ("Spam mail", Some(Role::Junk)),
        ("Sent to clients", None),
        ("Archivio 2019", None),
        ("Vecchia posta inviata", None),
        ("Messaggi importanti", None),
        ("Posta", None),
        ("", None),
    ] {
        assert_eq!(roles::by_core_word(name), expected, "{name}");
    }
    let expected = "Sent to clients => Sent to clients; My Sent Mail => Sent";
    let mapped = check(SLASH, &slash("\\Sent|Sent"), expected);
    assert_eq!(
        notes(&mapped, "My Sent Mail"),
        [Note::RoleFrom(RoleSource::CoreWord)]
    );
}

#[test]
fn only_the_top_level_is_known_by_name() {
    let there = slash("\\Sent|Posta inviata");
    let _ = check(
        SLASH,
        &there,
        "Clienti/Sent => Clienti/Sent; Sent => Posta inviata",
    );
}

#[test]
fn of_three_sent_folders_the_best_known_is_sent() {
    let mapped = check(
        ["", "."],
        &slash("\\Sent|Sent Items"),
        "|Sent|900 => Sent; |Posta inviata|1200 => Posta inviata; \\Sent|INBOX.Sent|3 => Sent Items",
    );
    assert_eq!(role(&mapped, "INBOX.Sent"), Some(Role::Sent));
    assert_eq!(role(&mapped, "Sent"), None);
    assert_eq!(
        notes(&mapped, "Sent"),
        [Note::RoleTaken {
            by: name("INBOX.Sent")
        }]
    );
}

#[test]
fn of_two_equally_known_the_fuller_one_wins() {
    let expected = "|Sent|9 => Sent (2); |Posta inviata|1200 => Sent";
    let mapped = check(SLASH, &slash("Sent"), expected);
    let by = name("Posta inviata");
    let why = Rename::Taken { by: by.clone() };
    assert_eq!(
        notes(&mapped, "Sent"),
        [Note::RoleTaken { by }, Note::Renamed { why }]
    );
}

#[test]
fn roles_are_merged_when_the_rules_say_so() {
    let rules = Rules {
        merge_roles: true,
        ..Rules::default()
    };
    let there = slash("\\Sent|Gesendet");
    let expected = "|Sent|9 => Gesendet; |Posta inviata|1200 => Gesendet";
    let (mapped, origin) = check_with(SLASH, &there, &rules, expected);
    assert!(notes(&mapped, "Sent").contains(&Note::Merged {
        with: name("Posta inviata")
    }));
    let expected = "|Sent|9 => Posta inviata; |Posta inviata|1200 => Posta inviata";
    let _ = check_with(SLASH, &slash(""), &rules, expected);
    let previous = BTreeMap::from([(name("Posta inviata"), name("Gesendet"))]);
    let mapped = map(&origin, &there, &rules, &previous);
    assert_eq!(mapped.mappings[0].destination, name("Gesendet"));
}

#[test]
fn a_special_folder_the_destination_lacks_keeps_its_name_or_takes_the_language() {
    let expected = "\\Sent|Gesendete Objekte => Gesendete Objekte; \\Trash|Cestino => Cestino";
    let mapped = check(SLASH, &slash(""), expected);
    assert!(mapped.mappings[0].create);
    assert_eq!(mapped.mappings[0].role.map(Role::attribute), Some("\\Sent"));
    let rules = Rules {
        language: Some(Language::Italian),
        ..Rules::default()
    };
    let expected = "\\Sent|Gesendete Objekte => Posta inviata; \\Trash|Cestino => Cestino";
    let (mapped, _) = check_with(SLASH, &slash(""), &rules, expected);
    let note = Note::Renamed {
        why: Rename::Language,
    };
    assert!(notes(&mapped, "Gesendete Objekte").contains(&note));
}

#[test]
fn children_of_a_special_folder_follow_it() {
    let expected = "Posta inviata => Sent; Posta inviata/2019 => Sent/2019";
    let _ = check(SLASH, &slash("\\Sent|Sent"), expected);
    let expected = "Posta inviata => Sent; Posta inviata/2019 => Sent-2019";
    let _ = check(SLASH, &slash("\\Sent \\Noinferiors|Sent"), expected);
}

#[test]
fn xlist_attributes_are_understood() {
    let expected = "\\Inbox|Posta in arrivo => INBOX; \\Spam|Roba => Junk; \\AllMail|Tutto => Tutto; \\Starred|Stelle";
    let mapped = check(SLASH, &slash("\\Junk|Junk"), expected);
    assert_eq!(notes(&mapped, "Roba"), [Note::RoleFrom(RoleSource::Xlist)]);
    assert_eq!(mapped.excluded[0].why, Exclusion::View(Role::Flagged));
}

#[test]
fn gmail_loses_its_level_and_its_views() {
    let expected = "INBOX => INBOX; Clienti => Clienti; \\Noselect|[Gmail]; \
                    \\All|[Gmail]/Tutti i messaggi => Tutti i messaggi; \\Flagged|[Gmail]/Speciali; \
                    \\Important|[Gmail]/Importanti; \\Sent|[Gmail]/Posta inviata => Sent; \
                    [Gmail]/Bozze => Bozze";
    let mapped = check(SLASH, &slash("Sent"), expected);
    let why: Vec<&Exclusion> = mapped
        .excluded
        .iter()
        .map(|excluded| &excluded.why)
        .collect();
    let views = [
        Exclusion::View(Role::Flagged),
        Exclusion::View(Role::Important),
    ];
    assert_eq!(why, [&Exclusion::Container, &views[0], &views[1]]);
    assert!(mapped.parents.is_empty());
    let rules = Rules {
        all_mail: true,
        virtual_views: false,
        ..Rules::default()
    };
    assert_eq!(go(&slash(expected), &slash(""), &rules).mappings.len(), 6);
}

#[test]
fn views_are_copied_when_they_are_all_there_is() {
    let _ = check(SLASH, &slash(""), "\\Flagged|Stelle => Stelle");
}

#[test]
fn a_folder_called_important_is_just_a_folder() {
    let there = slash("\\Important|Important; \\All|All");
    let mapped = check(SLASH, &there, "Importanti => Importanti; Todos => Todos");
    assert_eq!(role(&mapped, "Importanti"), None);
}
