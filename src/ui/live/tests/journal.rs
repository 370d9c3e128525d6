//! What is read of runs before.

use super::*;
use crate::account::Endpoint;
use crate::journal::{Journal, Phase as AccountPhase};
use crate::plan::{Job, Plan};

fn plan() -> Plan {
    let mut plan = Plan::new(
        Endpoint::new("imaps://old.example".parse().unwrap()),
        Endpoint::new("imaps://new.example".parse().unwrap()),
    );
    for login in ["anna", "bruno", "carla", "dario", "elena"] {
        plan.jobs.push(Job {
            selected: login != "elena",
            ..Job::new(login, format!("{login}@new.example"))
        });
    }
    plan
}

#[tokio::test]
async fn what_ran_before_is_read_from_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let project = crate::project::Project::create(dir.path(), &plan()).unwrap();
    let nothing = past::look(project.clone(), plan()).await.unwrap();
    let activity = |past: &Past| {
        past.rows
            .iter()
            .map(|row| (row.login.clone(), row.activity))
            .collect::<Vec<_>>()
    };
    assert!(
        activity(&nothing)
            .iter()
            .all(|(_, one)| *one == Activity::Queued)
    );
    let journal = Journal::open(&project.journal_file()).unwrap();
    for (login, phase, trouble) in [
        ("anna", Some(AccountPhase::Copied), None),
        (
            "bruno",
            Some(AccountPhase::Interrupted),
            Some("login-refused"),
        ),
        ("carla", Some(AccountPhase::Interrupted), Some("stopped")),
        ("dario", None, None),
    ] {
        let id = journal.account(login.into(), login.into()).await.unwrap();
        journal.begin(id).await.unwrap();
        if let Some(phase) = phase {
            let trouble = trouble.map(|kind| (kind.to_owned(), String::from("NO")));
            journal.end(id, phase, trouble, None).await.unwrap();
        }
    }
    let found = past::look(project, plan()).await.unwrap();
    let named = |login: &str, activity| (String::from(login), activity);
    assert_eq!(
        activity(&found),
        [
            named("anna", Activity::Done),
            named("bruno", Activity::Failed),
            named("carla", Activity::Stopped),
            named("dario", Activity::Stopped),
        ]
    );
    assert!(found.begun.is_some() && found.last.is_some());
    let sample = (
        samples::session(),
        State {
            past: Some(Arc::new(found)),
            ..State::default()
        },
        None,
    );
    assert_eq!(now(&sample).outcome, Outcome::Interrupted);
    assert_eq!(now(&sample).open, 3);
}
