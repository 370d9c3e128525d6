//! User lists, passwords and passphrases, as the program takes and refuses them.

use std::fs;

use traghetto::project::Project;

use super::{GOOD, Place, STOPPED, Said, USAGE};

#[test]
fn a_list_with_bad_lines_is_refused_whole_and_each_is_named() {
    let place = Place::new();
    let _made = place
        .run(&[
            "new",
            "p",
            "--origin",
            "imaps://a.example",
            "--destination",
            "imaps://b.example",
        ])
        .ended(GOOD);
    let bad = place.write(
        "bad",
        "# staff\nanna:segreta:anna@example.org\n\nbruno\n:x\nanna:altra\ncarla:pw:carla@@x\n",
    );
    let said = place.run(&["users", "import", "p", &bad]).ended(USAGE);
    let said = said.explains(&[
        "4 lines",
        "line 4: ",
        "line 5: ",
        "line 6: the same login is on line 2",
        "line 7: ",
    ]);
    for secret in ["segreta", "altra"] {
        assert!(
            !said.err.contains(secret) && !said.out.contains(secret),
            "{said:?}"
        );
    }
    let _nothing = place
        .run(&["users", "list", "p"])
        .ended(GOOD)
        .explains(&["0 mailboxes"]);
    assert!(!place.path("p/vault.sealed").exists());

    let good = place.write("good", "anna:segreta:anna@example.org\nbruno:se:gre=ta\n");
    let _imported = place
        .run(&["users", "import", "p", &good])
        .ended(GOOD)
        .says(&["imported: 2"]);
    let _listed = place
        .run(&["users", "list", "p"])
        .ended(GOOD)
        .says(&["anna   →  anna@example.org", "bruno  →  bruno"]);
    let more = place.write("more", "bruno:nuova\ncarla:c\n");
    let _more = place
        .run(&["users", "import", "p", &more])
        .ended(GOOD)
        .says(&["new: 1", "plan: 3"]);
    let mixed = place.write("mixed", "dario:d:anna@example.org\n");
    let _mixed = place
        .run(&["users", "import", "p", &mixed])
        .ended(USAGE)
        .explains(&["same mailbox"]);
    let _empty = place
        .run(&["users", "import", "p", &place.write("empty", "# nobody\n")])
        .ended(USAGE);
    let plan = fs::read_to_string(place.path("p/migration.toml")).unwrap();
    assert!(
        plan.contains("carla") && !plan.contains("segreta") && !plan.contains("nuova"),
        "{plan}"
    );

    let mut wrong = place.command(&["run", "p"]);
    let wrong = wrong
        .env("TRAGHETTO_PASSPHRASE", "another")
        .output()
        .unwrap();
    let _wrong = Said::of(wrong, &["run"])
        .ended(STOPPED)
        .explains(&["passphrase", "TRAGHETTO_PASSPHRASE"]);
    let mut none = place.command(&["run", "p"]);
    let none = none.env_remove("TRAGHETTO_PASSPHRASE").output().unwrap();
    let _none = Said::of(none, &["run"])
        .ended(USAGE)
        .explains(&["TRAGHETTO_PASSPHRASE"]);
    fs::remove_file(place.path("p/vault.sealed")).unwrap();
    let _gone =
        place
            .run(&["run", "p"])
            .ended(USAGE)
            .explains(&["anna", "bruno", "carla", "users import"]);
    let _stranger = place
        .run(&["run", "p", "--account", "zeno"])
        .ended(USAGE)
        .explains(&["zeno"]);
}

#[test]
fn an_administrators_password_comes_from_the_environment() {
    let place = Place::new();
    let users = place.write("users", "anna\nbruno\n");
    let _made = place
        .run(&[
            "new",
            "p",
            "--origin",
            "imaps://a.example",
            "--destination",
            "imaps://b.example",
            "--users",
            &users,
            "--master-user",
            "boss",
            "--master-user",
            "destination=chief",
            "--master-separator",
            "destination=sasl",
        ])
        .ended(GOOD);
    assert!(
        !place.path("p/vault.sealed").exists(),
        "there was nothing to seal"
    );
    let plan = Project::at(place.path("p")).load().unwrap();
    assert_eq!(plan.origin.master.unwrap().separator.as_deref(), Some("*"));
    assert_eq!(plan.destination.master.unwrap().separator, None);
    let _missing = place
        .run(&["run", "p"])
        .ended(USAGE)
        .explains(&["boss", "TRAGHETTO_ORIGIN_PASSWORD"]);
}

/// Somewhere to import to.
fn project() -> Place {
    let place = Place::new();
    let (origin, destination) = ("imaps://a.example", "imaps://b.example");
    let line = ["new", "p", "--origin", origin, "--destination", destination];
    let _made = place.run(&line).ended(GOOD);
    place
}

#[test]
fn a_list_may_be_a_spreadsheet() {
    let lists = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lists");
    for (name, imported) in [("utenti.xlsx", 16), ("utenti.xls", 13), ("utenti.ods", 13)] {
        let place = project();
        let file = format!("{lists}/{name}");
        let _imported = place
            .run(&["users", "import", "p", &file])
            .ended(GOOD)
            .says(&[&format!("imported: {imported}, of them new: {imported}")])
            // " blanks around " is kept as it is, and pointed at.
            .explains(&["line 8: the password begins or ends with a space"]);
        let _listed = place.run(&["users", "list", "p"]).ended(GOOD).says(&[
            "utente8   →  utente8@example.it",
            "decimale  →  decimale@example.it",
        ]);
    }
    let place = project();
    for (name, words) in [
        ("protetto.xlsx", "protected by a password"),
        ("protetto.ods", "protected by a password"),
        ("lettera.docx", "not a list"),
        ("largo.xlsx", "too large"),
        ("vuoto.xlsx", "no mailbox"),
    ] {
        let _refused = place
            .run(&["users", "import", "p", &format!("{lists}/{name}")])
            .ended(USAGE)
            .explains(&[name, words]);
    }
}

#[test]
fn columns_in_doubt_are_asked_for_and_no_cell_is_shown() {
    let place = project();
    let two = place.write("two.csv", "anna;segreta\nbruno;giusta\n");
    let said = place.run(&["users", "import", "p", &two]).ended(USAGE);
    let said = said.explains(&["--columns login,password", "columns 1 and 2"]);
    assert!(
        !said.err.contains("segreta") && !said.err.contains("anna"),
        "{said:?}"
    );
    let foreign = place.write(
        "foreign.csv",
        "Utente;Kennwort;Indirizzo\nanna;segreta;anna@example.org\nbruno;x;b@example.org\n",
    );
    let said = place.run(&["users", "import", "p", &foreign]).ended(USAGE);
    let said = said.explains(&["columns found: Utente, ?, Indirizzo", "column 2"]);
    assert!(!said.err.contains("segreta"), "{said:?}");
    let import = ["users", "import", "p", &foreign, "--columns"];
    let chosen = |columns: &str| place.run(&[&import[..], &[columns]].concat());
    let _unknown = chosen("utente,parola,-")
        .ended(USAGE)
        .explains(&["parola", "first-name"]);
    let _no_login = chosen("-,password").ended(USAGE).explains(&["login"]);
    let _chosen = chosen("utente,password,indirizzo")
        .ended(GOOD)
        .says(&["imported: 2"]);
    let bad = place.write(
        "bad.csv",
        "utente;password;indirizzo\nanna;x;anna@example,org\n\nbruno;\"y;b@example.org\n",
    );
    let _open = place
        .run(&["users", "import", "p", &bad])
        .ended(USAGE)
        .explains(&["line 4: a quote"]);
    let bad = place.write(
        "bad.csv",
        "utente;password;indirizzo\nanna;x;anna@example,org\n\nbruno;;\n",
    );
    let _bad = place
        .run(&["users", "import", "p", &bad, "--lang", "it"])
        .ended(USAGE)
        .explains(&[
            "riga 2: nell’indirizzo c’è una virgola",
            "riga 4: manca la password",
        ]);
}

#[test]
fn a_template_can_be_imported_as_it_is() {
    for language in ["it", "en"] {
        for format in ["csv", "txt"] {
            let place = project();
            let template = ["users", "template", "--format", format, "--lang", language];
            let printed = place.run(&template).ended(GOOD).out;
            let file = place.write("template", &printed);
            let _imported = place
                .run(&["users", "import", "p", &file])
                .ended(GOOD)
                .says(&["imported: 2"]);
        }
    }
}
