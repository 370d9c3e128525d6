//! Lists from files: what is read, what is asked, what is refused.

use super::*;
use crate::users::sheet::Error;

pub(super) fn read(state: &mut State, session: &mut Session, name: &str, octets: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, octets).unwrap();
    let read = import::read_now(&path);
    state.attempt += 1;
    let _ = state.update(session, Message::Read(state.attempt, read));
}

fn import(text: &str) -> (State, Session) {
    let (mut state, mut session) = entered(session());
    read(&mut state, &mut session, "elenco.csv", text.as_bytes());
    (state, session)
}

const LIST: &str =
    "utente;password;indirizzo\r\nanna;uno;anna@x.example\r\nbruno;due;bruno@x.example\r\n";

#[test]
fn a_list_that_is_certain_is_taken_in_at_once() {
    let (state, session) = import(LIST);
    assert_eq!(session.draft.entries.len(), 2);
    assert!(state.panel.is_none() && state.is_ready(&session));
    let kept = session.keeper.get(&Key::login(Side::Origin, "bruno"));
    assert_eq!(kept.unwrap().expose_secret(), "due");
    let list = session.draft.list.as_deref().unwrap();
    assert!(list.starts_with("elenco.csv, 20"), "{list}");
    assert!(words::source(list).starts_with("elenco.csv, "));
    let mut ui = show(&state, &session);
    let merged = crate::users::Merged {
        new: 2,
        changed: 0,
        same: 0,
    };
    let said = words::imported("elenco.csv", merged);
    assert!(ui.find(said.as_str()).is_ok(), "{said}");
}

#[test]
fn a_second_list_adds_and_never_takes_away() {
    let (mut state, mut session) = import(LIST);
    let id = id_of(&session, "anna");
    let _ = state.update(&mut session, Message::Tick(id));
    let more = "utente;password;indirizzo\r\nbruno;nuova;\r\ncarla;tre;carla@x.example\r\n";
    read(&mut state, &mut session, "altro.csv", more.as_bytes());
    let Some(Said::Imported { merged, .. }) = &state.said else {
        panic!("{:?}", state.said);
    };
    assert_eq!((merged.new, merged.changed, merged.same), (1, 1, 0));
    assert!(!session.draft.entries[0].selected);
    assert_eq!(session.draft.entries[1].address, "bruno@x.example");
    let kept = |side, login| {
        let kept = session.keeper.get(&Key::login(side, login));
        kept.unwrap().expose_secret().to_owned()
    };
    assert_eq!(kept(Side::Origin, "bruno"), "nuova");
    assert_eq!(kept(Side::Destination, "bruno@x.example"), "nuova");
}

#[test]
fn columns_in_doubt_are_asked_about() {
    let (mut state, mut session) = import("anna;uno\nbruno;due\ncarla;tre\n");
    assert!(session.draft.entries.is_empty());
    let page = state.view(&session, pane());
    assert!(page.dialog.is_some());
    drop(page);
    for (column, field) in [(0, Field::Password), (1, Field::Login)] {
        let _ = state.update(&mut session, Message::Column(column, field));
    }
    let panel = state.panel.as_ref().unwrap();
    assert_eq!(panel.mapping.columns, [Field::Password, Field::Login]);
    let _ = state.update(&mut session, Message::Header(true));
    let message = state.enter(&session).unwrap();
    let _ = state.update(&mut session, message);
    let logins: Vec<_> = session
        .draft
        .entries
        .iter()
        .map(|one| &*one.login)
        .collect();
    assert_eq!(logins, ["due", "tre"]);
}

#[test]
fn a_list_without_a_login_cannot_be_taken_in() {
    let (mut state, mut session) = import("anna;uno\nbruno;due\ncarla;tre\n");
    for column in [0, 1] {
        let _ = state.update(&mut session, Message::Column(column, Field::Ignored));
    }
    assert!(state.enter(&session).is_none());
    let _ = state.update(&mut session, Message::Confirm);
    assert!(session.draft.entries.is_empty() && state.panel.is_some());
    let message = state.escape().unwrap();
    let _ = state.update(&mut session, message);
    assert!(state.panel.is_none());
}

#[test]
fn the_panel_shows_no_password() {
    let (mut state, session) = import("anna;unaltra-parola\nbruno;due\n");
    let mut panel = state.panel.take().unwrap();
    panel.choose(1, Field::Password);
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    let size = Size::new(1180.0, 760.0);
    let mut ui = Simulator::with_size(settings.clone(), size, panel.view(pane()));
    assert!(ui.find("unaltra-parola").is_err() && ui.find(edit::DOTS).is_ok());
    drop(ui);
    panel.choose(1, Field::Ignored);
    let mut ui = Simulator::with_size(settings, size, panel.view(pane()));
    assert!(ui.find("unaltra-parola").is_ok(), "to be recognised");
    drop(session);
}

#[test]
fn each_kind_of_bad_file_says_something_of_its_own() {
    let mut said = std::collections::BTreeMap::new();
    let encrypted = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let quote = "utente;password\n\"anna;uno\nbruno;due\n";
    let files: [(&str, Vec<u8>); 6] = [
        ("vuoto.txt", Vec::new()),
        ("foto.csv", b"%PDF-1.7 something".to_vec()),
        ("rotto.xls", encrypted.to_vec()),
        ("virgolette.csv", quote.as_bytes().to_vec()),
        (
            "sconosciuta.txt",
            b"utente:password:colore\nanna:uno:rosso\n".to_vec(),
        ),
        (
            "doppia.txt",
            b"utente:password:utente\nanna:uno:anna\n".to_vec(),
        ),
    ];
    for (name, octets) in files {
        let (mut state, mut session) = three();
        read(&mut state, &mut session, name, &octets);
        let Some(Said::Unreadable { file, why }) = &state.said else {
            panic!("{name}: {:?}", state.said);
        };
        assert_eq!(file, name);
        let words = words::unreadable(why);
        if let Some(other) = said.insert(words.clone(), name) {
            panic!("{name} and {other} both say {words}");
        }
        assert_eq!(session.draft.entries.len(), 3, "nothing is changed");
        let mut ui = show(&state, &session);
        assert!(ui.find(words.as_str()).is_ok(), "{words}");
    }
    for why in [
        Unreadable::NotAList(Error::Encrypted),
        Unreadable::NotAList(Error::TooLarge),
        Unreadable::Missing,
        Unreadable::Folder,
        Unreadable::Denied,
        Unreadable::Other("EIO".into()),
    ] {
        let words = words::unreadable(&why);
        assert!(said.insert(words, "").is_none(), "{why:?}");
    }
}

#[test]
fn files_that_are_none_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let why = |path: &Path| import::read_now(path).unwrap_err().1;
    assert_eq!(why(dir.path()), Unreadable::Folder);
    assert_eq!(why(&dir.path().join("none.csv")), Unreadable::Missing);
}

#[test]
fn a_file_is_dropped_and_a_wrong_one_refused() {
    let (mut state, mut session) = three();
    let event = window::Event::FileHovered("/x/elenco.CSV".into());
    let message = state.file(&event).unwrap();
    let _ = state.update(&mut session, message);
    assert_eq!(state.over, Some(Over::Good));
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-release").as_str()).is_ok());
    drop(ui);
    let message = state.file(&window::Event::FilesHoveredLeft).unwrap();
    let _ = state.update(&mut session, message);
    let message = state.file(&window::Event::FileHovered("/x/foto.png".into()));
    let _ = state.update(&mut session, message.unwrap());
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-wrong-type").as_str()).is_ok());
    drop(ui);
    let message = state.file(&window::Event::FileDropped("/x/foto.png".into()));
    let action = state.update(&mut session, message.unwrap());
    assert!(matches!(action, Action::None) && state.over.is_none());
    assert!(matches!(state.said, Some(Said::WrongType { .. })));
    let message = state.file(&window::Event::FileDropped("/x/elenco.csv".into()));
    let action = state.update(&mut session, message.unwrap());
    assert!(matches!(action, Action::Run(_)) && state.is_busy());
    let again = state.file(&window::Event::FileDropped("/x/altro.csv".into()));
    let action = state.update(&mut session, again.unwrap());
    assert!(matches!(action, Action::None));
    assert_eq!(state.next.len(), 1, "it has its turn");
}

#[test]
fn a_late_answer_changes_nothing() {
    let (mut state, mut session) = three();
    state.attempt = 2;
    let late = Err((String::from("x.csv"), Unreadable::Missing));
    let _ = state.update(&mut session, Message::Read(1, late));
    assert!(state.said.is_none());
}

#[test]
fn where_no_dialog_comes_a_path_is_taken() {
    let (mut state, mut session) = three();
    let _ = state.update(&mut session, Message::Chosen(None));
    let mut ui = show(&state, &session);
    assert!(ui.find(t!("users-do-import").as_str()).is_ok());
    drop(ui);
    let _ = state.update(&mut session, Message::Path("  \"/x/a b.csv\" ".into()));
    assert_eq!(
        import::path_of(&state.path).unwrap(),
        Path::new("/x/a b.csv")
    );
    let action = state.update(&mut session, Message::TakePath);
    assert!(matches!(action, Action::Run(_)));
    assert!(import::path_of("  ").is_none());
    assert!(import::path_of("~/x.csv").unwrap().is_absolute());
}

#[test]
fn the_template_is_read_back_with_certainty() {
    let table = crate::users::read(&import::made_template(), "modello.csv").unwrap();
    let mapping = crate::users::guess(&table);
    assert!(mapping.sure);
    assert_eq!(
        mapping.columns,
        [
            Field::Login,
            Field::Password,
            Field::Address,
            Field::Aliases,
            Field::Group
        ]
    );
}
