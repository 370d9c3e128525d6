use super::*;
use secrecy::SecretString;

fn server(host: &str) -> Server {
    Server {
        host: host.into(),
        ..Server::default()
    }
}

fn entry(id: u64, login: &str, address: &str) -> Entry {
    Entry {
        id,
        row: None,
        login: login.into(),
        address: address.into(),
        destination_login: String::new(),
        password: Some(SecretString::from("secret")),
        destination_password: None,
        selected: true,
        name: String::new(),
        aliases: Vec::new(),
        group: String::new(),
        fault: None,
        code_page: false,
    }
}

fn draft() -> Draft {
    Draft {
        origin: server("old.example"),
        destination: server("new.example"),
        entries: vec![
            entry(1, "anna", "anna@new.example"),
            entry(2, "bad", "bad@new,example"),
            entry(3, "bruno", "bruno@new.example"),
        ],
        reached: Step::Options,
        ..Draft::default()
    }
}

#[test]
fn a_form_half_filled_is_no_address() {
    for (host, port) in [
        ("", "993"),
        ("a b", "993"),
        ("imaps://x", "993"),
        ("x", "0"),
        ("x", "99999"),
        ("x", "99 3"),
    ] {
        let form = Server {
            host: host.into(),
            port: port.into(),
            ..Server::default()
        };
        assert!(form.address().is_none(), "{host}:{port}");
    }
    assert!(server("mail.example").address().is_some());
    let nameless = Server {
        access: Access::Master,
        ..server("mail.example")
    };
    assert!(nameless.endpoint().is_none());
}

#[test]
fn the_plan_holds_what_can_be_migrated_and_the_notebook_the_rest() {
    let plan = draft().plan().unwrap();
    let logins: Vec<_> = plan.jobs.iter().map(|job| job.login.as_str()).collect();
    assert_eq!(logins, ["anna", "bruno"]);
    let text = toml::to_string(&Notebook::of(&draft())).unwrap();
    assert!(text.contains("bad@new,example"), "{text}");
    assert!(
        !text.contains("secret") && !text.contains("anna@"),
        "{text}"
    );
}

#[test]
fn a_draft_survives_its_two_files() {
    let before = draft();
    let plan = before.plan().unwrap();
    let text = toml::to_string(&Notebook::of(&before)).unwrap();
    let mut after = Notebook::read(&text).unwrap().draft();
    after.follow(&plan);
    assert_eq!(after.plan(), before.plan());
    assert_eq!(after.entries.len(), 3);
    assert_eq!(after.reached, Step::Options);
    let mut ids: Vec<_> = after.entries.iter().map(|entry| entry.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_plan_changed_without_the_window_is_right_and_wants_a_new_trial() {
    let mut before = draft();
    before.origin.verified = Some("Dovecot".into());
    let mut plan = before.plan().unwrap();
    plan.origin.url.port = 1993;
    before.follow(&plan);
    assert_eq!(before.origin.port, "1993");
    assert_eq!(before.origin.verified, None);
}

#[test]
fn the_name_is_given_or_made_of_what_is_known() {
    let mut draft = draft();
    assert_eq!(draft.title(), "old.example");
    draft.origin.hint = "anna@studio.example".into();
    assert_eq!(draft.title(), "studio.example");
    draft.name = " Studio ".into();
    assert_eq!(draft.title(), "Studio");
    assert!(!Draft::default().is_begun());
}
