use super::*;
use secrecy::SecretString;

use crate::account::Endpoint;

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

/// Draft → files → draft, with what the plan says beside.
fn reopened(before: &Draft) -> Draft {
    let text = toml::to_string(&Notebook::of(before)).unwrap();
    let mut after = Notebook::read(&text).unwrap().draft();
    if let Some(plan) = before.plan() {
        let text = plan.to_toml().unwrap();
        after.follow(&Plan::from_toml(&text).unwrap());
    }
    after
}

fn icewarp() -> crate::plan::Icewarp {
    crate::plan::Icewarp {
        host: "admin.new.example".into(),
        port: 32001,
        admin: "admin@new.example".into(),
        certificate: Some(crate::account::Fingerprint([7; 32])),
        authority: Some("/etc/authority.pem".into()),
        clear: true,
        create_domains: true,
        quota_mb: Some(2_500),
    }
}

fn plans() -> Vec<Plan> {
    use crate::plan::{Hold, IcewarpTool, OnFailure, Program};
    let plan = draft().plan().unwrap();
    let with = |change: &dyn Fn(&mut Plan)| {
        let mut plan = plan.clone();
        change(&mut plan);
        plan
    };
    vec![
        with(&|plan| {
            plan.scope = Scope::Accounts;
            plan.provision = Some(Provision::Icewarp(icewarp()));
            plan.destination.master = Some(crate::account::Master {
                user: "admin@new.example".into(),
                separator: None,
            });
            plan.migration_account = Some(MigrationAccount {
                address: "wait@new.example".into(),
                hold: Hold::Unavailable,
            });
        }),
        with(&|plan| {
            plan.scope = Scope::Passwords;
            plan.provision = Some(Provision::Command(Program {
                program: "/opt/my make".into(),
                arguments: vec!["--to".into(), "a b".into(), String::new(), "\"".into()],
                limit_seconds: 9,
            }));
            plan.after = Some(After {
                program: Program {
                    program: "after.cmd".into(),
                    arguments: vec!["x".into()],
                    limit_seconds: 600,
                },
                on_failure: OnFailure::Stop,
            });
        }),
        with(&|plan| {
            plan.provision = Some(Provision::IcewarpTool(IcewarpTool {
                tool: None,
                create_domains: true,
                quota_mb: Some(5),
            }));
        }),
        with(&|plan| plan.destination = Endpoint::new("maildir:/srv/my archive".parse().unwrap())),
        with(&|plan| plan.origin = Endpoint::new(r"maildir:D:\old".parse().unwrap())),
        plan.clone(),
    ]
}

#[test]
fn what_a_plan_says_of_accounts_comes_out_of_the_forms_as_it_went_in() {
    for plan in plans() {
        let mut draft = Draft::default();
        draft.follow(&plan);
        assert_eq!(draft.plan().as_ref(), Some(&plan));
        assert_eq!(reopened(&draft).plan(), Some(plan));
    }
}

#[test]
fn one_plan_after_the_other_leaves_nothing_of_the_first() {
    let mut draft = Draft::default();
    for plan in plans() {
        draft.follow(&plan);
        assert_eq!(draft.plan(), Some(plan));
    }
}

#[test]
fn a_form_that_is_half_filled_is_there_again() {
    let mut before = draft();
    before.destination.kind = Kind::Icewarp;
    before.web.admin = "admin@new.example".into();
    before.web.quota = "2 GB".into();
    before.destination.verified = Some("IceWarp".into());
    assert_eq!(before.plan().unwrap().provision, None);
    let after = reopened(&before);
    assert_eq!(after.destination, before.destination);
    assert_eq!(after.web, before.web);
    let mut before = draft();
    before.maker.by = By::Program;
    before.maker.arguments = "\"open".into();
    assert_eq!(reopened(&before).maker, before.maker);
}

#[test]
fn an_archive_has_no_passwords_and_is_known_by_its_folder() {
    let mut draft = draft();
    assert!(draft.rules().needs_destination_password());
    draft.destination.kind = Kind::Archive;
    draft.destination.access = Access::Master;
    assert!(draft.plan().is_none());
    draft.destination.folder = "/srv/archive/Studio".into();
    assert!(!draft.destination.has_master());
    assert!(!draft.rules().needs_destination_password());
    assert_eq!(draft.destination.name(), "Studio");
    assert_eq!(draft.plan().unwrap().destination.master, None);
    draft.origin.kind = Kind::Archive;
    draft.origin.folder = "/srv/archive/Studio vecchio/".into();
    draft.origin.hint = "anna@elsewhere.example".into();
    assert_eq!(draft.title(), "Studio vecchio");
}

#[test]
fn of_two_rows_with_one_account_that_is_made_the_second_is_named_and_the_plan_goes_on() {
    let mut draft = draft();
    draft.entries = vec![
        entry(1, "anna", "anna@new.example"),
        entry(2, "old", "anna@new.example"),
    ];
    draft.entries[1].destination_login = "old".into();
    draft.set_scope(Scope::Accounts);
    let problem = draft.checked.problem(1);
    assert!(
        problem.is_some_and(users::Problem::is_blocking),
        "{problem:?}"
    );
    assert_eq!(draft.plan().unwrap().jobs.len(), 1);
    assert_eq!(Notebook::of(&draft).draft().entries.len(), 1);
}
