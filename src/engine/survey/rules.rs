//! What the plan and the destination's software ask of folder names.
//!
//! A table, one row a server; what a server refuses besides comes back by itself (`settle`). Deliberately absent: applying
//! the rules (`engine::folder`).

use crate::engine::folder::{Language, Rules};
use crate::imap::quirk::Software;
use crate::plan::{FolderLanguage, Options};

/// Top-level names of IceWarp's own (icewarp.md 7.3): `Archive` is created with OK and cannot be opened, the others are
/// groupware folders that take no mail.
const ICEWARP: [&str; 8] = [
    "Archive",
    "Calendar",
    "Contacts",
    "Notes",
    "Tasks",
    "Journal",
    "Files",
    "Public Folders",
];

/// The rules for this destination.
pub(super) fn of(options: &Options, destination: Software) -> Rules {
    let mut rules = Rules {
        exclude: options.exclude_folders.clone(),
        overrides: options.folders.clone(),
        language: options.special_folders.map(language),
        ..Rules::default()
    };
    match destination {
        Software::Courier => rules.emoji = false,
        Software::Cyrus => {
            rules.forbidden = "!\"%&/;<>\\`{|}*".chars().collect();
        }
        Software::Exchange => {
            rules.case_insensitive = true;
            rules.reserved = vec![String::from("Files")];
        }
        Software::Gmail => rules.forbidden = vec!['^', '"', '\\'],
        Software::IceWarp => {
            rules.case_insensitive = true;
            rules.instead = icewarp(options.special_folders);
            // Other people's trees begin so.
            rules.forbidden_start = vec!['~'];
        }
        Software::Archive | Software::Dovecot | Software::Other => {}
    }
    rules
}

fn language(chosen: FolderLanguage) -> Language {
    match chosen {
        FolderLanguage::It => Language::Italian,
        FolderLanguage::En => Language::English,
        FolderLanguage::De => Language::German,
        FolderLanguage::Cs => Language::Czech,
    }
}

/// What folders with IceWarp's names are called instead.
fn icewarp(language: Option<FolderLanguage>) -> Vec<(String, String)> {
    let (archive, mail) = match language.unwrap_or(FolderLanguage::En) {
        FolderLanguage::It => ("Posta archiviata", "posta"),
        FolderLanguage::En => ("Archived mail", "mail"),
        FolderLanguage::De => ("Archivierte Nachrichten", "Mail"),
        FolderLanguage::Cs => ("Archivovaná pošta", "pošta"),
    };
    let instead = |name: &str| match name {
        "Archive" => archive.to_owned(),
        other => format!("{other} ({mail})"),
    };
    ICEWARP
        .iter()
        .map(|name| ((*name).to_owned(), instead(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::folder::{Note, OriginFolder, Rename, Side, map};
    use crate::imap::name::FolderName;

    fn side(names: &[&str]) -> Side {
        let folder = |name: &&str| OriginFolder {
            name: FolderName::from_text(name),
            separator: Some(b'/'),
            attributes: Vec::new(),
            selectable: true,
            subscribed: true,
            messages: Some(1),
        };
        Side {
            folders: names.iter().map(folder).collect(),
            prefix: FolderName::from_text(""),
            separator: Some(b'/'),
        }
    }

    fn mapped(
        language: Option<FolderLanguage>,
        from: &[&str],
        to: &[&str],
        chosen: &[(&str, &str)],
    ) -> Vec<String> {
        let chosen = chosen
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()));
        let options = Options {
            special_folders: language,
            folders: chosen.collect(),
            ..Options::default()
        };
        let rules = of(&options, Software::IceWarp);
        let mapped = map(&side(from), &side(to), &rules, &BTreeMap::new());
        let names = mapped
            .mappings
            .iter()
            .map(|mapping| mapping.destination.text());
        names.collect()
    }

    #[test]
    fn nothing_goes_where_icewarp_keeps_its_own() {
        let from = [
            "INBOX",
            "Archive",
            "Archive/2019",
            "calendar",
            "Public Folders/x",
            "~luigi",
            "Lavoro/Archive",
            "Sent Items",
            "Foo",
            "foo",
            "INBOX/Notes",
        ];
        let expected = [
            "INBOX",
            "Archived mail",
            "Archived mail/2019",
            "Calendar (mail)",
            "Public Folders (mail)/x",
            "_luigi",
            "Lavoro/Archive",
            "Sent Items",
            "Foo",
            "foo (2)",
            "INBOX/Notes",
        ];
        // Whether or not they are shown there.
        for there in [&["INBOX", "Spam"][..], &["INBOX", "Archive", "Calendar"]] {
            assert_eq!(mapped(None, &from, there, &[]), expected, "{there:?}");
        }
    }

    #[test]
    fn special_folders_take_the_language_chosen_or_the_place_they_have() {
        let from = [
            "Archive",
            "Sent Items",
            "Bozze",
            "Trash",
            "Junk",
            "Archivio/x",
        ];
        for (language, expected) in [
            (
                FolderLanguage::It,
                [
                    "Posta archiviata",
                    "Posta inviata",
                    "Bozze",
                    "Cestino",
                    "Spam",
                    "Archivio/x",
                ],
            ),
            (
                FolderLanguage::En,
                [
                    "Archived mail",
                    "Sent",
                    "Drafts",
                    "Trash",
                    "Spam",
                    "Archivio/x",
                ],
            ),
            (
                FolderLanguage::De,
                [
                    "Archivierte Nachrichten",
                    "Gesendete Objekte",
                    "Entwürfe",
                    "Gelöschte Objekte",
                    "Spam",
                    "Archivio/x",
                ],
            ),
            (
                FolderLanguage::Cs,
                [
                    "Archivovaná pošta",
                    "Odeslané",
                    "Rozepsané",
                    "Koš",
                    "Spam",
                    "Archivio/x",
                ],
            ),
        ] {
            assert_eq!(
                mapped(Some(language), &from, &["INBOX", "Spam"], &[]),
                expected
            );
        }
        let there = ["INBOX", "Spam", "Odeslané", "Koš"];
        assert_eq!(
            mapped(None, &from[1..4], &there, &[]),
            ["Odeslané", "Bozze", "Koš"],
            "its own names win"
        );
        // The language's word for it is one that IceWarp keeps.
        assert_eq!(
            mapped(Some(FolderLanguage::En), &["Archivio"], &["INBOX"], &[]),
            ["Archived mail"]
        );
    }

    #[test]
    fn not_even_the_operator_can_lose_mail_in_the_archive() {
        let chosen = [("Vecchi", "Archive/Vecchi"), ("Altri", "INBOX/Archive")];
        assert_eq!(
            mapped(None, &["Vecchi", "Altri"], &["INBOX"], &chosen),
            ["Archived mail/Vecchi", "INBOX/Archive"]
        );
        let rules = of(&Options::default(), Software::IceWarp);
        let table = map(&side(&["Tasks"]), &side(&[]), &rules, &BTreeMap::new());
        let note = Note::Renamed {
            why: Rename::Reserved,
        };
        assert_eq!(table.mappings[0].notes, [note]);
    }
}
