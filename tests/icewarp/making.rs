//! Accounts made, completed, held and let go.

use secrecy::SecretString;
use traghetto::plan::Hold;
use traghetto::provision::{Change, Part, Provisioner as _, Standing};
use traghetto::trouble::Kind;

use crate::support::icewarp::{Separator, Simulator, World};
use crate::{PASSWORD, anna, client_of, make, wanted, with};

#[tokio::test]
async fn an_account_is_made_whole_and_looks_as_it_was_wanted() {
    let (simulator, _) = with(|world| world.faults.policy = true).await;
    let mut plan = simulator.plan();
    plan.quota_mb = Some(5_000);
    let client = client_of(&plan);
    assert_eq!(client.look(&anna()).await, Ok(Standing::Missing));
    make(&client, &anna()).await.unwrap();
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!((made.password.as_str(), made.passwords), (PASSWORD, 1));
    assert_eq!(made.aliases, ["anna", "a.derossi"]);
    assert_eq!(made.name, (String::from("Anna"), String::from("De Rossi")));
    for (name, value) in [
        ("u_type", "0"),
        ("u_mailbox", "anna"),
        ("u_accounttype", "1"),
        ("u_maxbox", "1"),
        ("u_maxboxsize", "4882813"),
    ] {
        assert_eq!(made.properties[name], value, "{name}");
    }
    assert_eq!(client.look(&anna()).await, Ok(Standing::Exists(vec![])));
    assert_eq!(client.complete(&anna()).await, Ok(Change::Unchanged));
}

#[tokio::test]
async fn an_account_that_was_there_is_left_alone() {
    let (simulator, client) = with(|world| {
        world.add_account("anna@cantiere.example", &[]);
    })
    .await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AddressTaken, false)
    );
    assert_eq!(
        simulator.calls("createaccount") + simulator.calls("setaccountpassword"),
        0
    );
    let Standing::Exists(differences) = client.look(&anna()).await.unwrap() else {
        panic!()
    };
    let parts: Vec<_> = differences.iter().map(|one| one.what).collect();
    assert_eq!(parts, [Part::Name, Part::Alias]);
    assert_eq!(client.complete(&anna()).await, Ok(Change::Done));
    let account = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!(account.aliases, ["anna", "a.derossi"]);
    assert_eq!(account.passwords, 0);
}

#[tokio::test]
async fn an_address_that_is_somebodys_alias_is_never_taken_for_an_account() {
    let (simulator, client) = with(|world| {
        world.add_account("mario@cantiere.example", &["anna"]);
    })
    .await;
    let taken = client.look(&anna()).await.unwrap_err();
    assert_eq!(taken.kind, Kind::AddressTaken);
    assert!(taken.detail.contains("mario@cantiere.example"), "{taken}");
    let password = SecretString::from(PASSWORD);
    assert_eq!(
        client
            .set_password(&anna(), &password)
            .await
            .unwrap_err()
            .kind,
        Kind::AddressTaken
    );
    assert_eq!(
        make(&client, &anna()).await.unwrap_err().trouble.kind,
        Kind::AddressTaken
    );
    let held = client
        .hold(&anna(), Hold::Unavailable, "m@cantiere.example")
        .await;
    assert_eq!(held.unwrap_err().kind, Kind::AddressTaken);
    let mario = simulator.account("mario@cantiere.example").unwrap();
    assert_eq!((mario.passwords, mario.aliases.len()), (0, 2));
}

#[tokio::test]
async fn a_server_that_does_not_part_aliases_at_the_semicolon_gets_a_list() {
    for no_alias_list in [false, true] {
        let (simulator, client) = with(|world| {
            world.faults.separator = Separator::None;
            world.faults.no_alias_list = no_alias_list;
        })
        .await;
        make(&client, &anna()).await.unwrap();
        let made = simulator.account("anna@cantiere.example").unwrap();
        assert_eq!(made.aliases, ["anna", "a.derossi"], "{no_alias_list}");
    }
}

#[tokio::test]
async fn aliases_that_do_not_take_are_told_and_cost_no_address() {
    let (simulator, client) = with(|world| world.faults.separator = Separator::Nowhere).await;
    let failure = make(&client, &anna()).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AccountHalfMade, true)
    );
    assert!(failure.trouble.detail.contains("a.derossi"), "{failure}");
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!(made.password, PASSWORD);
    // Once the server understands, the account is completed.
    simulator.with(|world| world.faults.separator = Separator::Semicolon);
    assert_eq!(client.complete(&anna()).await, Ok(Change::Done));
    let made = simulator.account("anna@cantiere.example").unwrap();
    assert!(made.aliases.iter().any(|alias| alias == "a.derossi"));
    assert!(made.aliases.iter().any(|alias| alias == "anna"));
}

#[tokio::test]
async fn an_alias_of_somebody_else_is_left_to_them_and_the_others_are_given() {
    let (simulator, client) = with(|world| {
        world.add_account("mario@cantiere.example", &["info"]);
        world.add_account("anna@cantiere.example", &["vecchia"]);
    })
    .await;
    let anna = wanted("anna", &["info", "vendite"]);
    let taken = client.complete(&anna).await.unwrap_err();
    assert_eq!(taken.kind, Kind::AddressTaken);
    assert!(
        taken
            .detail
            .contains("info@cantiere.example = mario@cantiere.example"),
        "{taken}"
    );
    let account = simulator.account("anna@cantiere.example").unwrap();
    assert_eq!(account.aliases, ["anna", "vecchia", "vendite"]);
}

#[tokio::test]
async fn an_alias_of_another_domain_is_refused_before_anything_is_made() {
    let (simulator, client) = with(|world| {
        world.domains.get_mut("cantiere.example").unwrap().aliases =
            vec!["centrale.example".into()];
    })
    .await;
    let mut anna = anna();
    anna.aliases = vec!["a.derossi@altrove.example".into()];
    let failure = make(&client, &anna).await.unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::AddressRefused, false)
    );
    assert_eq!(simulator.calls("createaccount"), 0);
    // Another name of the same domain will do.
    anna.aliases = vec!["a.derossi@centrale.example".into()];
    make(&client, &anna).await.unwrap();
    assert_eq!(client.look(&anna).await, Ok(Standing::Exists(vec![])));
}

#[tokio::test]
async fn a_missing_domain_is_made_once_where_the_plan_says_so() {
    let simulator = Simulator::start(World::new()).await;
    let people: Vec<_> = (0..8)
        .map(|number| {
            let mut one = wanted(&format!("u{number}"), &[]);
            one.address = one.address.replace("cantiere", "nuovo");
            one
        })
        .collect();
    let failure = make(&client_of(&simulator.plan()), &people[0])
        .await
        .unwrap_err();
    assert_eq!(
        (failure.trouble.kind, failure.made),
        (Kind::DomainMissing, false)
    );
    let mut plan = simulator.plan();
    plan.create_domains = true;
    let client = client_of(&plan);
    let all = futures::future::join_all(people.iter().map(|one| make(&client, one))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(simulator.calls("createdomain"), 1);
}

#[tokio::test]
async fn a_password_kept_elsewhere_is_not_set() {
    let (simulator, client) = with(|world| {
        let anna = world.add_account("anna@cantiere.example", &["a.derossi"]);
        anna.properties.insert("u_authmode".into(), "2".into());
    })
    .await;
    let password = SecretString::from(PASSWORD);
    let trouble = client.set_password(&anna(), &password).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::PasswordElsewhere);
    assert_eq!(simulator.calls("setaccountpassword"), 0);
    let missing = client
        .set_password(&wanted("bruno", &[]), &password)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, Kind::AccountMissing);
}

#[tokio::test]
async fn a_held_account_is_let_go_exactly_as_it_was() {
    let (simulator, client) = with(|world| {
        let anna = world.add_account("anna@cantiere.example", &[]);
        anna.properties
            .insert("u_forwardto".into(), " capo@cantiere.example".into());
        anna.properties
            .insert("u_accountdisabled".into(), "0".into());
    })
    .await;
    let now = |name: &str| {
        let anna = simulator.account("anna@cantiere.example").unwrap();
        anna.properties[name].clone()
    };
    let to = "migrazione@cantiere.example";
    let anna = anna();
    assert_eq!(client.hold(&anna, Hold::None, to).await, Ok(None));
    let held = client
        .hold(&anna, Hold::Unavailable, to)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(now("u_accountdisabled"), "1");
    client.release(&anna, &held).await.unwrap();
    client.release(&anna, &held).await.unwrap();
    assert_eq!(now("u_accountdisabled"), "0");
    let held = client
        .hold(&anna, Hold::Forward, to)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(now("u_forwardto"), format!("capo@cantiere.example;{to}"));
    client.release(&anna, &held).await.unwrap();
    assert_eq!(now("u_forwardto"), " capo@cantiere.example");
    let nonsense = client.release(&anna, "nonsense").await.unwrap_err();
    assert_eq!(nonsense.kind, Kind::Storage);
}
