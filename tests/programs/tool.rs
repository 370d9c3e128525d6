//! IceWarp's `tool`, played by a script that behaves as the reference says (icewarp.md 4.8 and 6).

use secrecy::SecretString;
use traghetto::plan::{Hold, IcewarpTool};
use traghetto::provision::tool::{Tool, files};
use traghetto::provision::{Change, Fact, Part, Provisioner, Setting, Standing, Weight};
use traghetto::trouble::Kind;

use super::*;

struct Rig {
    dir: tempfile::TempDir,
    settings: IcewarpTool,
}

impl Rig {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let tool = copy_of("tool", dir.path());
        let settings = IcewarpTool {
            tool: Some(tool),
            ..IcewarpTool::default()
        };
        Self { dir, settings }
    }

    fn tool(&self) -> Tool {
        Tool::new(&self.settings, self.dir.path()).unwrap()
    }

    fn faults(&self, faults: &Value) {
        std::fs::write(self.dir.path().join("faults.json"), faults.to_string()).unwrap();
    }

    fn account(&self, address: &str) -> Value {
        self.state()["accounts"][address].clone()
    }

    fn state(&self) -> Value {
        let text = std::fs::read_to_string(self.dir.path().join("state.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.state();
        change(&mut state);
        std::fs::write(self.dir.path().join("state.json"), state.to_string()).unwrap();
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[tokio::test]
async fn an_account_is_made_read_back_and_never_imported_over() {
    let mut rig = Rig::new();
    rig.settings.quota_mb = Some(2048);
    let tool = rig.tool();
    let anna = wanted("Anna@example.it", &["a.rossi@example.it"]);
    assert_eq!(tool.look(&anna).await, Ok(Standing::Missing));
    assert_eq!(tool.create(&anna, &secret("pä:ss; ß🦀")).await, Ok(()));
    let account = rig.account("anna@example.it");
    assert_eq!(account["u_password"], "pä:ss; ß🦀");
    assert_eq!(account["u_alias"], "Anna;a.rossi");
    assert_eq!(
        (&account["u_maxbox"], &account["u_maxboxsize"]),
        (&"1".into(), &"2000000".into())
    );
    assert_eq!(tool.look(&anna).await, Ok(Standing::Exists(Vec::new())));
    let failure = tool.create(&anna, &secret("other")).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AddressTaken, false)
    );
    assert_eq!(rig.account("anna@example.it"), account);
    for call in given(rig.dir.path()) {
        assert!(!call["arguments"].to_string().contains("pä"));
        assert!(!call["environment"].to_string().contains("pä"));
        if !call["table"].is_null() {
            assert_eq!(call["mode"], 0o600);
            let file = call["arguments"][3].as_str().unwrap();
            assert!(!Path::new(file).exists(), "{file} is left");
        }
    }
}

#[tokio::test]
async fn aliases_passwords_and_holds_are_set_and_put_back() {
    let rig = Rig::new();
    let tool = rig.tool();
    let anna = wanted("anna@example.it", &[]);
    assert_eq!(
        tool.set_password(&anna, &secret("geheim"))
            .await
            .unwrap_err()
            .kind,
        Kind::AccountMissing
    );
    assert_eq!(rig.account("anna@example.it"), Value::Null);
    tool.create(&anna, &secret("geheim")).await.unwrap();
    let more = wanted("anna@example.it", &["a@example.it", "b@example.it"]);
    assert_eq!(tool.complete(&more).await, Ok(Change::Done));
    assert_eq!(tool.complete(&more).await, Ok(Change::Unchanged));
    assert_eq!(rig.account("anna@example.it")["u_alias"], "anna;a;b");
    assert_eq!(
        tool.set_password(&anna, &secret("neu")).await,
        Ok(Change::Done)
    );
    assert_eq!(rig.account("anna@example.it")["u_password"], "neu");
    let held = tool
        .hold(&anna, Hold::Forward, "info@example.it")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        rig.account("anna@example.it")["u_forwardto"],
        "info@example.it"
    );
    // Cut off and held once more: what was there before is not forgotten.
    let again = tool
        .hold(&anna, Hold::Forward, "info@example.it")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(held, again);
    tool.release(&anna, &held).await.unwrap();
    assert_eq!(rig.account("anna@example.it")["u_forwardto"], "");
    let held = tool
        .hold(&anna, Hold::Unavailable, "")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(rig.account("anna@example.it")["u_accountdisabled"], "1");
    tool.release(&anna, &held).await.unwrap();
    assert_eq!(rig.account("anna@example.it")["u_accountdisabled"], "0");
    assert_eq!(tool.hold(&anna, Hold::None, "").await, Ok(None));
    assert!(tool.release(&anna, "u_password=x").await.is_err());
}

#[tokio::test]
async fn each_refusal_is_told_for_what_it_is() {
    let rig = Rig::new();
    let tool = rig.tool();
    tool.create(
        &wanted("bruno@example.it", &["info@example.it"]),
        &secret("geheim"),
    )
    .await
    .unwrap();
    let anna = wanted("anna@example.it", &[]);
    for (faults, password, kind, made) in [
        (
            serde_json::json!({"policy": 8}),
            "kurz",
            Kind::PasswordPolicy,
            false,
        ),
        (
            serde_json::json!({"policy": 8, "half": true}),
            "kurz",
            Kind::PasswordPolicy,
            true,
        ),
        (
            serde_json::json!({}),
            "100%",
            Kind::PasswordCharacters,
            false,
        ),
        (
            serde_json::json!({}),
            "com,ma",
            Kind::PasswordCharacters,
            false,
        ),
        (
            serde_json::json!({"seats": 1}),
            "geheim",
            Kind::LicenceSeats,
            false,
        ),
        (
            serde_json::json!({"mute": true}),
            "geheim",
            Kind::AccountRefused,
            false,
        ),
    ] {
        rig.faults(&faults);
        let failure = tool.create(&anna, &secret(password)).await.unwrap_err();
        assert_eq!(
            (failure.trouble.kind, failure.made),
            (kind, made),
            "{faults}"
        );
        rig.change(|state| {
            state["accounts"]
                .as_object_mut()
                .unwrap()
                .remove("anna@example.it");
        });
    }
    rig.faults(&serde_json::json!({}));
    let taken = wanted("anna@example.it", &["info@example.it"]);
    let failure = tool.create(&taken, &secret("geheim")).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AddressTaken, false)
    );
    let elsewhere = wanted("anna@altro.it", &[]);
    let failure = tool
        .create(&elsewhere, &secret("geheim"))
        .await
        .unwrap_err();
    assert_eq!(failure.trouble.kind, Kind::DomainMissing);
    let pattern = wanted("*@example.it", &[]);
    assert_eq!(
        tool.look(&pattern).await.unwrap_err().kind,
        Kind::AddressRefused
    );
    rig.faults(&serde_json::json!({"no-alias": true}));
    let lacking = wanted("carla@example.it", &["c@example.it"]);
    let failure = tool.create(&lacking, &secret("geheim")).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AccountHalfMade, true)
    );
}

#[tokio::test]
async fn paths_are_found_from_wherever_we_are() {
    let mut rig = Rig::new();
    rig.settings.tool = Some("./tool".into());
    let tool = Tool::new(&rig.settings, &relative(rig.dir.path())).unwrap();
    let anna = wanted("anna@example.it", &[]);
    assert_eq!(tool.create(&anna, &secret("geheim")).await, Ok(()));
}

#[tokio::test]
async fn a_server_that_shows_a_new_account_late_is_waited_for() {
    let rig = Rig::new();
    rig.faults(&serde_json::json!({"lag": 2}));
    let anna = wanted("anna@example.it", &[]);
    assert_eq!(rig.tool().create(&anna, &secret("geheim")).await, Ok(()));
}

#[tokio::test]
async fn differences_are_read_from_the_accounts_variables() {
    let rig = Rig::new();
    let tool = rig.tool();
    let anna = wanted("anna@example.it", &[]);
    tool.create(&anna, &secret("geheim")).await.unwrap();
    rig.change(|state| {
        let account = &mut state["accounts"]["anna@example.it"];
        for (variable, value) in [
            ("u_accounttype", "0"),
            ("u_accountdisabled", "2"),
            ("u_authmode", "2"),
            ("u_null", "1"),
            ("u_deleteolder", "1"),
            ("u_type", "7"),
            ("u_name", "Rossi, Anna"),
        ] {
            account[variable] = value.into();
        }
    });
    let lacking = wanted("anna@example.it", &["a@example.it", "anna@altro.it"]);
    let Standing::Exists(differences) = tool.look(&lacking).await.unwrap() else {
        panic!("missing")
    };
    let parts: Vec<_> = differences.iter().map(|one| one.what).collect();
    assert_eq!(
        parts,
        [
            Part::Kind,
            Part::Imap,
            Part::Disabled,
            Part::PasswordElsewhere,
            Part::Discards,
            Part::Retention,
            Part::Name,
            Part::Alias,
            Part::Alias,
        ]
    );
    assert_eq!(differences[6].found, "Rossi, Anna");
    let elsewhere = tool.set_password(&anna, &secret("x")).await.unwrap_err();
    assert_eq!(elsewhere.kind, Kind::PasswordElsewhere);
    assert_eq!(
        tool.complete(&lacking).await.unwrap_err().kind,
        Kind::AddressRefused
    );
}

#[tokio::test]
async fn the_test_finds_domains_accounts_and_the_servers_own_migration() {
    let mut rig = Rig::new();
    let anna = wanted("anna@example.it", &[]);
    rig.tool().create(&anna, &secret("geheim")).await.unwrap();
    rig.change(|state| state["system"]["c_system_tools_migration_active"] = "1".into());
    let all = [anna, wanted("b@example.it", &[]), wanted("c@neu.it", &[])];
    let findings = rig.tool().test(&all).await.unwrap();
    let found: Vec<_> = findings
        .into_iter()
        .map(|one| (one.weight, one.fact))
        .collect();
    let missing = |created| Fact::DomainMissing {
        domain: "neu.it".into(),
        created,
    };
    assert_eq!(
        found,
        [
            (Weight::Good, Fact::Software("IceWarp 14.3.0.7".into())),
            (
                Weight::Blocker,
                Fact::Setting {
                    setting: Setting::MigrationActive,
                    value: "1".into(),
                    better: Some("0".into()),
                }
            ),
            (Weight::Good, Fact::Domain("example.it".into())),
            (Weight::Blocker, missing(false)),
            (Weight::Note, Fact::Present { accounts: 1 }),
        ]
    );
    rig.settings.create_domains = true;
    let findings = rig.tool().test(&all).await.unwrap();
    assert!(
        findings
            .iter()
            .any(|one| one.fact == missing(true) && one.weight == Weight::Note)
    );
    assert_eq!(rig.tool().create(&all[2], &secret("geheim")).await, Ok(()));
    assert_eq!(rig.state()["domains"]["neu.it"]["d_type"], "0");
}

#[tokio::test]
async fn put_right_switches_off_the_servers_own_migration_and_put_back_switches_it_on() {
    // What the test calls better has to be settable.
    let rig = Rig::new();
    let tool = rig.tool();
    let _ = tool.look(&wanted("a@example.it", &[])).await;
    rig.change(|state| state["system"]["c_system_tools_migration_active"] = "1".into());
    let former = tool.put_right(&[Setting::MigrationActive]).await.unwrap();
    assert_eq!(
        rig.state()["system"]["c_system_tools_migration_active"],
        "0"
    );
    tool.put_back(&former).await.unwrap();
    assert_eq!(
        rig.state()["system"]["c_system_tools_migration_active"],
        "1"
    );
}

#[tokio::test]
async fn the_written_commands_run_on_the_server() {
    let mut rig = Rig::new();
    rig.settings.create_domains = true;
    let anna = wanted("anna@neu.it", &["a@neu.it"]);
    let bruno = wanted("bruno@example.it", &[]);
    let (first, second) = (secret("pä:ss"), secret("geheim"));
    let accounts = [(&anna, &first), (&bruno, &second)];
    let written = files::write(rig.dir.path(), &accounts, &rig.settings).unwrap();
    let tool = rig.settings.tool.as_ref().unwrap();
    let done = Command::new("sh")
        .arg(&written.shell)
        .arg(tool)
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}");
    assert!(said.contains("anna@neu.it,anna,anna;a,\n"), "{said}");
    assert_eq!(rig.account("anna@neu.it")["u_password"], "pä:ss");
    for wanted in [&anna, &bruno] {
        assert_eq!(
            rig.tool().look(wanted).await,
            Ok(Standing::Exists(Vec::new()))
        );
    }
}
