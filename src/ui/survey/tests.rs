use super::*;
use crate::secrets::Key;
use crate::ui::options::samples;
use secrecy::SecretString;

fn wanted(session: &mut Session, want: Want) -> Vec<String> {
    let plan = session.draft.plan().unwrap();
    let secrets = session.secrets(&plan);
    let begun = session.survey.begin(&plan, &secrets, want);
    begun.unwrap_or_default().into_keys().collect()
}

#[test]
fn what_was_found_is_not_asked_again() {
    let mut session = samples::looked_at(3);
    assert!(wanted(&mut session, Want::Rules).is_empty());
    assert_eq!(wanted(&mut session, Want::Again).len(), 3);
}

#[test]
fn a_rule_for_folders_matters_only_where_they_do() {
    let mut session = samples::looked_at(3);
    session.draft.options.exclude_folders.push("Junk".into());
    assert!(wanted(&mut session, Want::Names).is_empty());
    assert_eq!(wanted(&mut session, Want::Rules).len(), 3);
}

#[test]
fn a_filter_is_no_reason_to_look_again() {
    let mut session = samples::looked_at(3);
    session.draft.options.max_size = Some(1);
    session.draft.options.mailboxes = 9;
    assert!(wanted(&mut session, Want::Rules).is_empty());
}

#[test]
fn only_the_account_with_a_new_password_is_looked_at_again() {
    let mut session = samples::looked_at(3);
    let login = samples::logins(3)[1].clone();
    let key = Key::login(Side::Origin, &login);
    session.keeper.set(key, SecretString::from("altra"));
    assert_eq!(wanted(&mut session, Want::Names), [login]);
}

#[test]
fn another_server_forgets_everything() {
    let mut session = samples::looked_at(3);
    session.draft.destination.port = "1993".into();
    assert_eq!(wanted(&mut session, Want::Names).len(), 3);
    assert!(session.survey.all().next().is_none());
}

#[test]
fn an_account_without_a_password_or_a_tick_is_left_alone() {
    let mut session = samples::session(3);
    let logins = samples::logins(3);
    session.draft.entries[0].selected = false;
    session.keeper.remove(&Key::login(Side::Origin, &logins[1]));
    assert_eq!(wanted(&mut session, Want::Rules), [logins[2].clone()]);
    session.draft.entries.clear();
    assert!(wanted(&mut session, Want::Rules).is_empty());
}

#[test]
fn looking_that_answers_already_is_not_begun_again() {
    let mut session = samples::session(3);
    let all = samples::found(&samples::logins(3));
    Survey::pretend(&mut session, all[..1].to_vec(), true);
    assert_eq!(session.survey.progress(), Some((1, 3)));
    assert!(wanted(&mut session, Want::Rules).is_empty());
    assert!(session.survey.is_looking());
    session.draft.options.exclude_folders.push("Junk".into());
    assert_eq!(wanted(&mut session, Want::Rules).len(), 3);
}

#[test]
fn answers_to_an_earlier_attempt_are_dropped() {
    let mut session = samples::session(2);
    let all = samples::found(&samples::logins(2));
    Survey::pretend(&mut session, Vec::new(), true);
    let (attempt, found) = (session.survey.attempt, Arc::new(all[0].clone()));
    session.survey.stop();
    session.survey.take(Told::Found(attempt, vec![found]));
    session
        .survey
        .take(Told::Obstructed(attempt, Obstacle::Running));
    assert!(session.survey.all().next().is_none());
    assert!(session.survey.obstacle().is_none());
}

#[test]
fn figures_leave_out_what_stays_behind() {
    let check = samples::check(
        "anna",
        &[
            ("INBOX", Some("INBOX"), &["role"], 10),
            ("A", Some("B"), &["chosen", "merged"], 5),
            ("C.", Some("C_"), &["renamed:characters"], 1),
            ("Junk", None, &["pattern:Junk"], 3),
            ("All", None, &["view"], 100),
        ],
    );
    let figures = Figures::of(&check);
    assert_eq!((figures.messages, figures.folders), (16, 3));
    assert_eq!(figures.left_out.0, 3);
    assert_eq!((figures.merged, figures.renamed), (1, 1));
}

/// Everything from the servers to the figures, over real sockets.
#[tokio::test]
async fn the_demonstration_is_looked_at_through_its_servers() {
    use iced::futures::StreamExt as _;
    let dir = tempfile::tempdir().unwrap();
    let demo = Arc::new(crate::demo::start(dir.path()).await.unwrap());
    let people = demo.plan.jobs.len();
    let mut session = Session::of_demo(demo);
    let order = |session: &mut Session| {
        let plan = session.draft.plan().unwrap();
        let secrets = session.secrets(&plan);
        let begun = session.survey.begin(&plan, &secrets, Want::Rules).unwrap();
        let order = Order {
            project: session.project.clone(),
            plan,
            secrets,
            provisioner: None,
            only: begun.keys().cloned().collect(),
            attempt: session.survey.attempt,
        };
        session.survey.go(begun, Task::<()>::none().abortable().1);
        order
    };
    let first = order(&mut session);
    let mut told = std::pin::pin!(iced::stream::channel(8, async move |out| first
        .carry_out(out)
        .await));
    while let Some(told) = told.next().await {
        session.survey.take(told);
    }
    assert!(!session.survey.is_looking());
    assert_eq!(session.survey.all().count(), people);
    assert!(session.survey.all().all(|known| known.check.is_ready()));
    assert!(session.survey.all().all(|known| known.figures.messages > 0));
    // While a run works in the folder, nobody logs in.
    let _lock = session.project.as_ref().unwrap().lock().unwrap();
    session.draft.options.exclude_folders.push("Junk".into());
    let second = order(&mut session);
    let mut told = std::pin::pin!(iced::stream::channel(8, async move |out| second
        .carry_out(out)
        .await));
    while let Some(told) = told.next().await {
        session.survey.take(told);
    }
    assert_eq!(session.survey.obstacle(), Some(&Obstacle::Running));
}
