//! Accounts at the destination as the engine prepares them: made once, completed, never changed behind anybody's back.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a test that fails should say so at once"
)]

#[path = "accounts/registry.rs"]
mod registry;
mod support;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use registry::{Entry, Faults, Registry};
use secrecy::SecretString;
use support::{Crossing, PASSWORD};
use traghetto::account::Side;
use traghetto::engine::{self, Event, Notice, Outcome, Pass, Prepared, Request};
use traghetto::journal::Setup;
use traghetto::plan::{Hold, MigrationAccount, Scope};
use traghetto::provision::{Difference, Part};
use traghetto::sample::{Config, Mail, Store};
use traghetto::trouble::Kind;

/// A company whose new server knows nobody yet.
struct Company {
    crossing: Crossing,
    registry: Arc<Registry>,
}

fn login(number: usize) -> String {
    format!("u{number:04}")
}

fn address(number: usize) -> String {
    format!("{}@new.example", login(number))
}

impl Company {
    async fn of(accounts: usize, messages: usize) -> Self {
        let from = Store::new('/', "");
        for number in 0..accounts {
            from.add_account(&login(number), PASSWORD);
            for message in 0..messages {
                let text = format!("Subject: {number}.{message}\r\n\r\nBody\r\n");
                from.add_message(&login(number), "INBOX", Mail::new(text.into_bytes()));
            }
        }
        let to = Store::new('/', "");
        let registry = Registry::over(to.clone());
        let mut crossing = Crossing::start(from, Config::default(), to, Config::default()).await;
        crossing.plan.scope = Scope::Accounts;
        for (number, job) in crossing.plan.jobs.iter_mut().enumerate() {
            job.destination_login = address(number);
            let password = SecretString::from(PASSWORD);
            let secrets = &mut crossing.secrets;
            secrets.insert(Side::Destination, &job.destination_login, password);
        }
        Self { crossing, registry }
    }

    fn request(&self, pass: Pass) -> Request {
        Request {
            provisioner: Some(self.registry.clone()),
            notice: Some(Notice {
                name: "Moving".into(),
                subject: "Moving".into(),
                text: "Soon.".into(),
            }),
            ..self.crossing.request(pass)
        }
    }

    async fn run(&self, request: Request) -> (Outcome, Vec<Event>) {
        let mut run = engine::start(request);
        let mut events = Vec::new();
        while let Some(event) = run.event().await {
            events.push(event);
        }
        (run.ended().await, events)
    }

    async fn copy(&self) -> (Outcome, Vec<Event>) {
        self.run(self.request(Pass::Copy)).await
    }

    fn faults(&self, faults: Faults) {
        *self.registry.faults.lock().unwrap() = faults;
    }

    async fn setup(&self, number: usize) -> Option<traghetto::journal::SetupRow> {
        let journal = &self.crossing.journal;
        let account = journal
            .account(login(number), address(number))
            .await
            .unwrap();
        journal.setup(account).await.unwrap()
    }

    fn arrived(&self, number: usize) -> usize {
        let store = self.crossing.destination.store();
        store
            .folder(&address(number), "INBOX")
            .map_or(0, |folder| folder.messages.len())
    }
}

fn prepared(events: &[Event]) -> Vec<Prepared> {
    let each = events.iter().filter_map(|event| match event {
        Event::AccountPrepared { prepared, .. } => Some(prepared.clone()),
        _ => None,
    });
    each.collect()
}

fn kinds(outcome: &Outcome) -> Vec<Kind> {
    outcome.failed.iter().map(|(_, why)| why.kind).collect()
}

#[tokio::test]
async fn all_accounts_are_made_before_the_first_message_moves() {
    let company = Company::of(9, 3).await;
    let (outcome, events) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (9, 27), "{outcome:?}");
    assert_eq!(prepared(&events), vec![Prepared::Created; 9]);
    let first = events
        .iter()
        .position(|event| matches!(event, Event::FolderDone { .. }))
        .unwrap();
    assert_eq!(prepared(&events[..first]).len(), 9);
    for number in 0..9 {
        assert_eq!(company.arrived(number), 3);
        let entry = company.registry.entry(&address(number)).unwrap();
        assert_eq!(entry.password.as_deref(), Some(PASSWORD));
    }
    let row = company.setup(0).await.unwrap();
    assert_eq!((row.state, row.password), (Setup::Made, true));
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let company = Company::of(3, 2).await;
    let _ = company.copy().await;
    let before = company.registry.count("create");
    let (outcome, events) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (3, 0));
    assert_eq!(prepared(&events), vec![Prepared::Unchanged; 3]);
    assert_eq!(company.registry.count("create"), before);
    assert_eq!(company.registry.count("set-password"), 0);
}

#[tokio::test]
async fn an_account_that_was_there_is_left_as_it_is_and_its_differences_are_told() {
    let company = Company::of(2, 1).await;
    let name = Difference {
        what: Part::Name,
        wanted: "Anna".into(),
        found: "Bruno".into(),
    };
    let entry = Entry {
        password: Some("other".into()),
        differences: vec![name.clone()],
        ..Entry::default()
    };
    company.registry.add(&address(0), entry);
    let store = company.crossing.destination.store();
    store.add_account(&address(0), PASSWORD);
    let (outcome, events) = company.copy().await;
    assert_eq!(outcome.finished, 2, "{outcome:?}");
    assert!(prepared(&events).contains(&Prepared::Existed(vec![name])));
    assert_eq!(company.registry.count("set-password"), 0);
    let row = company.setup(0).await.unwrap();
    assert!(row.state == Setup::Existed && row.differences.contains("Bruno"));
}

#[tokio::test]
async fn mail_is_not_put_into_an_account_that_throws_it_away() {
    let company = Company::of(1, 1).await;
    let entry = Entry {
        differences: vec![Difference {
            what: Part::Discards,
            wanted: String::new(),
            found: "1".into(),
        }],
        ..Entry::default()
    };
    company.registry.add(&address(0), entry);
    let (outcome, _) = company.copy().await;
    assert_eq!(kinds(&outcome), [Kind::AccountUnfit]);
}

#[tokio::test]
async fn a_half_made_account_is_told_and_completed_by_the_next_run() {
    let company = Company::of(2, 1).await;
    company.faults(Faults {
        half: Some(Kind::PasswordPolicy),
        ..Faults::default()
    });
    let (outcome, _) = company.copy().await;
    assert_eq!(kinds(&outcome), [Kind::AccountHalfMade; 2]);
    let row = company.setup(1).await.unwrap();
    assert_eq!(row.state, Setup::HalfMade);
    assert_eq!(row.trouble.as_deref(), Some("account-half-made"));
    assert!(row.detail.unwrap().contains("password-policy"));
    company.faults(Faults::default());
    let (outcome, events) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (2, 2), "{outcome:?}");
    assert_eq!(prepared(&events), vec![Prepared::Completed; 2]);
    assert_eq!(company.registry.count("create"), 2);
    assert_eq!(company.setup(1).await.unwrap().state, Setup::Made);
}

#[tokio::test]
async fn an_account_made_when_the_line_broke_is_not_made_again() {
    let company = Company::of(1, 1).await;
    company.faults(Faults {
        unclear: true,
        ..Faults::default()
    });
    let (outcome, events) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 1), "{outcome:?}");
    assert_eq!(prepared(&events), [Prepared::Completed]);
    assert_eq!(company.registry.count("create"), 1);
}

#[tokio::test]
async fn what_a_crash_left_in_the_making_is_finished() {
    let company = Company::of(1, 1).await;
    let journal = &company.crossing.journal;
    let account = journal.account(login(0), address(0)).await.unwrap();
    journal
        .set_up(account, Setup::Making, String::new())
        .await
        .unwrap();
    company.registry.add(&address(0), Entry::default());
    let (outcome, events) = company.copy().await;
    assert_eq!(outcome.finished, 1, "{outcome:?}");
    assert_eq!(prepared(&events), [Prepared::Completed]);
    let entry = company.registry.entry(&address(0)).unwrap();
    assert_eq!(entry.password.as_deref(), Some(PASSWORD));
}

#[tokio::test]
async fn a_refused_administrator_is_not_tried_again_and_again() {
    let company = Company::of(50, 0).await;
    company.faults(Faults {
        refuse: Some(Kind::AdminRefused),
        pause: Duration::from_millis(20),
        ..Faults::default()
    });
    let (outcome, _) = company.copy().await;
    assert_eq!(kinds(&outcome), vec![Kind::AdminRefused; 50]);
    let looks = company.registry.count("look");
    assert!(looks <= 4, "asked {looks} times");
}

#[tokio::test]
async fn without_seats_the_rest_is_named_and_made_later() {
    let company = Company::of(5, 1).await;
    company.faults(Faults {
        seats: Some(3),
        ..Faults::default()
    });
    let (outcome, _) = company.copy().await;
    assert_eq!(
        (outcome.finished, kinds(&outcome)),
        (3, vec![Kind::LicenceSeats; 2])
    );
    company.faults(Faults::default());
    let (outcome, events) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (5, 2), "{outcome:?}");
    let new = prepared(&events)
        .iter()
        .filter(|one| **one == Prepared::Created)
        .count();
    assert_eq!(new, 2);
}

#[tokio::test]
async fn an_account_that_is_not_known_everywhere_yet_is_waited_for() {
    let company = Company::of(1, 1).await;
    company.faults(Faults {
        lag: Some(Duration::from_millis(300)),
        ..Faults::default()
    });
    let (outcome, _) = company.copy().await;
    assert_eq!((outcome.finished, outcome.copied), (1, 1), "{outcome:?}");
}

#[tokio::test]
async fn passwords_only_sets_passwords_and_asks_the_origin_for_nothing() {
    let mut company = Company::of(3, 2).await;
    company.crossing.plan.scope = Scope::Passwords;
    for number in 0..2 {
        company.registry.add(&address(number), Entry::default());
    }
    let (outcome, events) = company.copy().await;
    assert_eq!(kinds(&outcome), [Kind::AccountMissing]);
    assert_eq!((outcome.finished, outcome.copied), (2, 0));
    assert_eq!(prepared(&events), vec![Prepared::PasswordSet; 2]);
    assert!(company.crossing.origin.transcript().is_empty());
    let (_, events) = company.copy().await;
    assert_eq!(prepared(&events), vec![Prepared::Unchanged; 2]);
    assert_eq!(company.registry.count("create"), 0);
}

#[tokio::test]
async fn a_dry_run_makes_nothing_and_counts_all_the_same() {
    let company = Company::of(3, 4).await;
    let mut run = engine::start(Request {
        dry_run: true,
        ..company.request(Pass::Copy)
    });
    let mut events = Vec::new();
    while let Some(event) = run.event().await {
        events.push(event);
    }
    assert_eq!(run.progress().total.listed, 12);
    let outcome = run.ended().await;
    assert_eq!(outcome.finished, 3, "{outcome:?}");
    assert_eq!(prepared(&events), vec![Prepared::WouldCreate; 3]);
    assert_eq!(company.registry.count("create"), 0);
    assert_eq!(company.setup(0).await, None);
}

#[tokio::test]
async fn the_check_before_a_run_takes_a_missing_account_for_an_empty_one() {
    let company = Company::of(2, 4).await;
    let request = company.request(Pass::Copy);
    let found = engine::survey::check(&request, |_| {}).await;
    for check in &found {
        assert!(check.is_ready(), "{check:?}");
        assert_eq!(check.account, Some(Prepared::WouldCreate));
        assert_eq!(check.warnings, []);
    }
    assert_eq!(company.registry.count("create"), 0);
}

#[tokio::test]
async fn making_accounts_alone_moves_no_message() {
    let company = Company::of(2, 4).await;
    let (outcome, events) = company.run(company.request(Pass::Accounts)).await;
    assert_eq!((outcome.finished, outcome.copied), (2, 0));
    assert_eq!(prepared(&events), vec![Prepared::Created; 2]);
    assert_eq!(company.arrived(0), 0);
}

#[tokio::test]
async fn an_account_is_held_while_it_is_copied_and_released_afterwards() {
    let mut company = Company::of(2, 1).await;
    company.crossing.plan.migration_account = Some(MigrationAccount {
        address: "moving@new.example".into(),
        hold: Hold::Forward,
    });
    let (outcome, _) = company.copy().await;
    assert_eq!(outcome.finished, 2, "{outcome:?}");
    let count = |name| company.registry.count(name);
    assert_eq!((count("hold"), count("release")), (2, 2));
    assert_eq!(company.setup(0).await.unwrap().held, None);
}

#[tokio::test]
async fn what_a_crash_left_held_is_released_by_the_next_run() {
    let mut company = Company::of(2, 1).await;
    company.crossing.plan.migration_account = Some(MigrationAccount {
        address: "moving@new.example".into(),
        hold: Hold::Forward,
    });
    let _ = company.copy().await;
    let journal = &company.crossing.journal;
    let account = journal.account(login(1), address(1)).await.unwrap();
    journal
        .hold(account, Some("as it was".into()))
        .await
        .unwrap();
    let only = vec![login(0)];
    let request = company.request(Pass::Complete);
    let _ = company.run(Request { only, ..request }).await;
    assert_eq!(company.setup(1).await.unwrap().held, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_accounts_are_made_four_at_a_time_and_a_stop_leaves_the_rest_for_later() {
    let company = Company::of(1_000, 0).await;
    company.faults(Faults {
        pause: Duration::from_millis(1),
        ..Faults::default()
    });
    let mut run = engine::start(company.request(Pass::Accounts));
    let mut made = 0;
    while let Some(event) = run.event().await {
        made += usize::from(matches!(event, Event::AccountPrepared { .. }));
        if made == 300 {
            run.control().stop();
        }
    }
    let outcome = run.ended().await;
    assert!(outcome.stopped);
    let first = company.registry.count("create");
    assert!((300..700).contains(&first), "{first}");
    let (outcome, events) = company.run(company.request(Pass::Accounts)).await;
    assert_eq!((outcome.finished, outcome.stopped), (1_000, false));
    assert_eq!(company.registry.count("create"), 1_000);
    let new = prepared(&events)
        .iter()
        .filter(|one| **one == Prepared::Created)
        .count();
    assert_eq!(new, 1_000 - first);
    let most = company.registry.most_at_once.load(Ordering::SeqCst);
    assert!(most <= 4, "{most} at once");
}

/// A program that writes what it is told into `told`, and fails for one login.
#[cfg(unix)]
fn program(company: &Company, fails_for: &str) -> traghetto::plan::Program {
    use std::os::unix::fs::PermissionsExt as _;
    let path = company.crossing.dir.path().join("after.sh");
    let text = format!(
        "#!/bin/sh\n\
         echo \"$TRAGHETTO_PASS $TRAGHETTO_LOGIN $TRAGHETTO_RESULT $TRAGHETTO_COPIED\" >> \"$TRAGHETTO_PROJECT/told\"\n\
         cat >> \"$TRAGHETTO_PROJECT/requests\"\n\
         [ \"$TRAGHETTO_LOGIN\" != \"{fails_for}\" ] || {{ echo 'it broke' >&2; exit 3; }}\n"
    );
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    traghetto::plan::Program::new(path)
}

#[cfg(unix)]
#[tokio::test]
async fn the_program_after_each_account_is_told_how_it_ended() {
    use traghetto::plan::{After, OnFailure};
    let mut company = Company::of(3, 2).await;
    company.crossing.plan.after = Some(After {
        program: program(&company, "u0001"),
        on_failure: OnFailure::Warning,
    });
    company.crossing.destination.store().add_account("x", "x");
    let entry = Entry {
        differences: vec![Difference {
            what: Part::Disabled,
            wanted: String::new(),
            found: "1".into(),
        }],
        ..Entry::default()
    };
    company.registry.add(&address(2), entry);
    let (outcome, events) = company.copy().await;
    assert_eq!(outcome.finished, 2, "{outcome:?}");
    let told = std::fs::read_to_string(company.crossing.project().dir().join("told")).unwrap();
    let mut told: Vec<_> = told.lines().collect();
    told.sort_unstable();
    let expected = ["copy u0000 done 2", "copy u0001 done 2"];
    assert_eq!(told, expected);
    let failed: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::AfterFailed {
                login,
                stops,
                trouble,
            } => Some((login.as_str(), *stops, trouble.kind)),
            _ => None,
        })
        .collect();
    assert_eq!(failed, [("u0001", false, Kind::ProgramFailed)]);
    let requests = company.crossing.project().dir().join("requests");
    assert!(
        !std::fs::read_to_string(requests)
            .unwrap()
            .contains(PASSWORD)
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_may_stop_the_run_stops_it() {
    use traghetto::plan::{After, OnFailure};
    let mut company = Company::of(6, 1).await;
    company.crossing.plan.options.mailboxes = 1;
    company.crossing.plan.after = Some(After {
        program: program(&company, "u0001"),
        on_failure: OnFailure::Stop,
    });
    let (outcome, _) = company.copy().await;
    assert_eq!(
        (outcome.finished, outcome.stopped),
        (2, true),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn nobody_is_forwarded_to_an_account_that_could_not_be_made() {
    let mut company = Company::of(1, 1).await;
    company.crossing.plan.migration_account = Some(MigrationAccount {
        address: "moving@new.example".into(),
        hold: Hold::Forward,
    });
    company.registry.add(&address(0), Entry::default());
    let store = company.crossing.destination.store();
    store.add_account(&address(0), PASSWORD);
    company.faults(Faults {
        seats: Some(0),
        ..Faults::default()
    });
    let (outcome, events) = company.copy().await;
    assert_eq!(outcome.finished, 1, "{outcome:?}");
    let told = |event: &Event| matches!(event, Event::NoMigrationAccount { .. });
    assert!(events.iter().any(told));
    assert_eq!(company.registry.count("hold"), 0);
    // What somebody makes by hand afterwards is theirs.
    company.registry.add("moving@new.example", Entry::default());
    company.faults(Faults::default());
    let _ = company.copy().await;
    let entry = company.registry.entry("moving@new.example").unwrap();
    assert_eq!(entry.password, None);
    assert_eq!(company.registry.count("hold"), 1);
}

#[tokio::test]
async fn an_account_is_never_sent_to_another_mailbox_than_before() {
    let mut company = Company::of(1, 2).await;
    let _ = company.copy().await;
    company.crossing.plan.jobs[0].destination_login = "other@new.example".into();
    let secrets = &mut company.crossing.secrets;
    secrets.insert(
        Side::Destination,
        "other@new.example",
        SecretString::from(PASSWORD),
    );
    let (outcome, _) = company.copy().await;
    assert_eq!(kinds(&outcome), [Kind::DestinationChanged]);
    assert_eq!(company.registry.count("create"), 1);
}
