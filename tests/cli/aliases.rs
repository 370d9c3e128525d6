//! Aliases and groups, from the list and from the headers, as a person and a script meet them.

use serde_json::Value;
use traghetto::project::Project;
use traghetto::sample::{Config, Mail, Server, Store};

use super::{EXCEPTIONS, GOOD, Place, STOPPED, USAGE};

const PASSWORD: &str = "segreta";

fn mail(header: &str) -> Mail {
    Mail::new(format!("{header}\r\n\r\nx\r\n").into_bytes())
}

/// An origin where Anna and Bruno have aliases, and share an office.
async fn origin() -> Server {
    let store = Store::new('/', "");
    for login in ["anna", "bruno", "carla"] {
        store.add_account(login, PASSWORD);
        for _ in 0..2 {
            let text = format!("Delivered-To: {login}.x@example.it");
            let _ = store.add_message(login, "INBOX", mail(&text));
        }
    }
    for login in ["anna", "bruno"] {
        for _ in 0..2 {
            let _ = store.add_message(login, "INBOX", mail("Delivered-To: ufficio@example.it"));
        }
    }
    let _ = store.add_message("anna", "INBOX", mail("To: info@example.it"));
    Server::start(store, Config::default()).await.unwrap()
}

fn project(origin: &Server) -> Place {
    let place = Place::new();
    let list = place.write(
        "list.csv",
        "utente;password;indirizzo;alias;gruppo\n\
         anna;segreta;anna@example.it;a.rossi;Lunedì\n\
         bruno;segreta;bruno@example.it;;lunedì\n\
         carla;segreta;carla@example.it;;Martedì\n",
    );
    let url = format!("imap+insecure://{}", origin.address());
    let line = [
        "new",
        "p",
        "--origin",
        &url,
        "--destination",
        "imaps://b.example",
        "--users",
        &list,
    ];
    let _made = place.run(&line).ended(GOOD);
    place
}

fn aliases_of(place: &Place) -> Vec<Vec<String>> {
    let plan = Project::at(place.path("p")).load().unwrap();
    plan.jobs.into_iter().map(|job| job.aliases).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn aliases_are_shown_and_only_written_when_asked() {
    let origin = origin().await;
    let place = project(&origin);
    let usual = place.run(&["aliases", "p"]).ended(GOOD);
    let _usual = usual.says(&["No header was read", "--mode extended"]);
    assert!(origin.transcript().is_empty(), "nobody was asked");
    let before = aliases_of(&place);
    assert_eq!(
        before,
        [vec!["a.rossi@example.it".to_owned()], vec![], vec![]]
    );

    let shown = place.run(&["aliases", "p", "--mode", "extended"]);
    let shown = shown.ended(EXCEPTIONS).says(&[
        "anna (5 messages)",
        "anna.x@example.it",
        "certain",
        "no: it shows in bruno too",
        "to be confirmed",
        "Certain aliases: 3; to be confirmed: 1; refused: 2.",
        "--apply",
    ]);
    assert!(!shown.out.contains('⟨'));
    assert_eq!(aliases_of(&place), before);
    let verbs = origin.verbs();
    assert!(
        !verbs.contains("SELECT") && !verbs.contains("UID STORE"),
        "{verbs:?}"
    );

    let applied = [
        "aliases", "p", "--mode", "extended", "--group", "LUNEDÌ", "--apply", "--json",
    ];
    let applied = place.run(&applied).ended(EXCEPTIONS);
    let lines: Vec<Value> = applied
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[0]["candidates"][0]["address"], "anna.x@example.it");
    assert_eq!(lines[0]["candidates"][0]["applied"], true);
    assert_eq!(lines[0]["candidates"][0]["counts"]["envelope"], 2);
    assert_eq!(lines[1]["candidates"][1]["accounts"][0], "anna");
    assert_eq!(
        (&lines[2]["applied"], &lines[2]["accounts"]),
        (&2.into(), &2.into())
    );
    let after = aliases_of(&place);
    assert_eq!(after[0], ["a.rossi@example.it", "anna.x@example.it"]);
    assert_eq!((after[1].len(), after[2].len()), (1, 0));
    // What was chosen holds from now on.
    let more = place
        .run(&["aliases", "p", "--alias-min", "1", "--apply"])
        .ended(EXCEPTIONS);
    let _more = more.says(&["2 aliases added to the plan"]);
    assert_eq!(aliases_of(&place)[0].len(), 3);
    let kept = std::fs::read_to_string(place.path("p/aliases.json")).unwrap();
    assert!(
        kept.contains("ufficio@example.it") && !kept.contains(PASSWORD),
        "{kept}"
    );
    let log = place.path("p/log");
    let log: String = std::fs::read_dir(log)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(
        log.contains("Available Aliases: anna.x - 2 x , ufficio - 2 x , info - 1 x ,"),
        "{log}"
    );
    assert!(!log.contains(PASSWORD));

    let again = place.write("again.csv", "utente;password\nanna;segreta\n");
    let _again = place.run(&["users", "import", "p", &again]).ended(GOOD);
    assert_eq!(aliases_of(&place)[0].len(), 3, "an empty cell says nothing");
    let _listed = place.run(&["users", "list", "p"]).ended(GOOD).says(&[
        "+ a.rossi@example.it, anna.x@example.it, info@example.it",
        "[Martedì]",
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_fails_is_told_and_the_others_are_read() {
    let origin = origin().await;
    let place = project(&origin);
    let wrong = place.write("wrong.csv", "utente;password\nbruno;sbagliata\n");
    let _wrong = place.run(&["users", "import", "p", &wrong]).ended(GOOD);
    let said = place
        .run(&["aliases", "p", "--mode", "standard"])
        .ended(STOPPED);
    let said = said.says(&["anna.x@example.it", "carla.x@example.it", "bruno"]);
    assert!(!said.out.contains("sbagliata") && !said.err.contains("sbagliata"));
    let _domain = place
        .run(&["aliases", "p", "--alias-domain", "a@b"])
        .ended(USAGE)
        .explains(&["a@b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_chosen_by_its_name() {
    let origin = origin().await;
    let place = project(&origin);
    let unknown = place.run(&["run", "p", "--group", "giovedì"]).ended(USAGE);
    let _unknown = unknown.explains(&["giovedì", "Lunedì, Martedì"]);
    let status = place.run(&["status", "p"]).ended(GOOD);
    let _status = status.says(&["Group", "Martedì"]);
    let json = place.run(&["status", "p", "--json"]).ended(GOOD).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["accounts"][2]["group"], "Martedì");
    let checked = place.run(&["check", "p", "--group", "martedì", "--json"]);
    let checked: Vec<Value> = checked
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(checked[0]["account"], "carla");
    assert_eq!(checked.last().unwrap()["accounts"], 1);
}

#[test]
fn a_bad_alias_is_named_by_its_row() {
    let place = Place::new();
    let line = [
        "new",
        "p",
        "--origin",
        "imaps://a.example",
        "--destination",
        "imaps://b.example",
    ];
    let _made = place.run(&line).ended(GOOD);
    let list = place.write(
        "list.csv",
        "utente;password;indirizzo;alias\n\
         anna;x;anna@example.it;bruno@example.it\n\
         bruno;x;bruno@example.it;uno\n\
         carla;x;carla@example.it;due, UNO\n\
         dario;x;dario@example.it;d@@example.it\n",
    );
    let _refused = place
        .run(&["users", "import", "p", &list])
        .ended(USAGE)
        .explains(&[
            "line 2: alias 1 belongs to line 3 already",
            "line 4: alias 2 belongs to line 3 already",
            "line 5: alias 1 is not right",
        ]);
    let chosen = place.write(
        "chosen.csv",
        "anna;x;a@example.it;uno;A\nbruno;x;b@example.it;;B\n",
    );
    let columns = "login,password,address,aliases,group";
    let special = ["--special-folders", "cs", "--origin", "imaps://a.example"];
    let line = [
        &["new", "q", "--destination", "imaps://b.example"][..],
        &special,
    ]
    .concat();
    let _made = place.run(&line).ended(GOOD);
    let plan = std::fs::read_to_string(place.path("q/migration.toml")).unwrap();
    assert!(plan.contains("special-folders = \"cs\""), "{plan}");
    let _chosen = place
        .run(&["users", "import", "p", &chosen, "--columns", columns])
        .ended(GOOD);
    assert_eq!(aliases_of(&place)[0], ["uno@example.it"]);
}
