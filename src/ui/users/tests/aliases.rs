//! Aliases: where they are looked for, what is proposed, what gets into the list.

use futures::StreamExt as _;
use futures::future::BoxFuture;
use iced_test::runtime::{Action as Order, task::into_stream};

use super::logins::{at, sample};
use super::*;
use crate::aliases::{Candidate, Counts, Proposal, Verdict};
use crate::plan::{AliasMode, Scope};
use crate::project::Project;
use crate::sample::{Mail, Server as Sample};
use crate::ui::users::aliases::Say;

fn say(say: Say) -> Message {
    Message::Aliases(say)
}

/// Does all that a message leads to, and what that leads to.
fn follow<'a>(
    state: &'a mut State,
    session: &'a mut Session,
    message: Message,
) -> BoxFuture<'a, ()> {
    Box::pin(async move {
        let Action::Run(task) = state.update(session, message) else {
            return;
        };
        let Some(mut orders) = into_stream(task) else {
            return;
        };
        while let Some(order) = orders.next().await {
            if let Order::Output(message) = order {
                follow(state, session, message).await;
            }
        }
    })
}

fn dialog<'a>(state: &'a State, session: &'a Session) -> Option<Simulator<'a, Message>> {
    let settings = Settings {
        fonts: theme::FACES.into_iter().map(Into::into).collect(),
        default_font: theme::REGULAR,
        ..Settings::default()
    };
    let dialog = state.view(session, pane()).dialog?;
    let size = Size::new(1180.0, 760.0);
    Some(Simulator::with_size(settings, size, dialog))
}

/// What is said when this is pressed in the panel.
fn pressed(state: &State, session: &Session, words: &str) -> Vec<Message> {
    let mut ui = dialog(state, session).unwrap();
    let _ = ui
        .click(words)
        .unwrap_or_else(|error| panic!("{words}: {error}"));
    ui.into_messages().collect()
}

fn aliases_of(session: &Session, login: &str) -> Vec<String> {
    let mut entries = session.draft.entries.iter();
    let entry = entries.find(|entry| entry.login == login).unwrap();
    entry.aliases.clone()
}

/// Anna has an address of her own besides, and shares one with Bruno, who also shows hers; each twice.
async fn world(dir: &Path) -> (Sample, State, Session) {
    let origin = sample(&["anna", "bruno"]).await;
    for (login, to) in [
        ("anna", "a.rossi"),
        ("anna", "vendite"),
        ("bruno", "vendite"),
        ("bruno", "anna"),
    ] {
        for number in 0..2 {
            let text = format!(
                "Delivered-To: {to}@{DOMAIN}\r\nMessage-ID: <{login}.{to}.{number}@x>\r\nSubject: x\r\n\r\nciao\r\n"
            );
            let mail = Mail::new(text.into_bytes());
            let _ = origin.store().add_message(login, "INBOX", mail);
        }
    }
    let mut session = session();
    session.draft.scope = Scope::Accounts;
    session.draft.origin = at(&origin);
    session.project = Some(Project::at(dir));
    for name in ["anna", "bruno"] {
        add(&mut session, name, &format!("{name}@{DOMAIN}"), "segreta");
    }
    session.draft.aliases.mode = AliasMode::Extended;
    let (state, session) = entered(session);
    (origin, state, session)
}

#[tokio::test]
async fn what_mailboxes_show_is_proposed_kept_and_added_once() {
    let dir = tempfile::tempdir().unwrap();
    let (origin, mut state, mut session) = world(dir.path()).await;
    follow(&mut state, &mut session, say(Say::Open)).await;
    let message = state.enter(&session).unwrap();
    follow(&mut state, &mut session, message).await;
    assert!(!state.is_busy());
    let verbs = origin.verbs();
    assert!(verbs.contains("EXAMINE") && !verbs.contains("SELECT"));
    let mut ui = dialog(&state, &session).unwrap();
    for words in [
        format!("a.rossi@{DOMAIN}"),
        t!("aliases-claimed", logins = "bruno"),
        t!("aliases-claimed", logins = "anna"),
        t!("aliases-other-account", login = "anna"),
    ] {
        assert!(ui.find(words.as_str()).is_ok(), "{words}");
    }
    drop(ui);
    let kept = crate::aliases::load(&Project::at(dir.path())).unwrap();
    assert_eq!(kept.unwrap().proposals.len(), 2);
    // A window that is opened again shows it without asking the server.
    let asked = origin.transcript().len();
    let (mut state, mut session) = entered(session);
    follow(&mut state, &mut session, say(Say::Open)).await;
    let message = state.enter(&session).unwrap();
    assert!(matches!(message, Message::Aliases(Say::Apply)));
    follow(&mut state, &mut session, message).await;
    assert_eq!(aliases_of(&session, "anna"), [format!("a.rossi@{DOMAIN}")]);
    assert!(aliases_of(&session, "bruno").is_empty());
    assert_eq!(
        session.draft.plan().unwrap().jobs[0].aliases,
        [format!("a.rossi@{DOMAIN}")]
    );
    let mut ui = show(&state, &session);
    let added = t!("aliases-added", count = 1, number = "1");
    assert!(ui.find(added.as_str()).is_ok());
    drop(ui);
    // What is in the list is not offered again.
    follow(&mut state, &mut session, say(Say::Open)).await;
    assert!(state.enter(&session).is_none());
    assert_eq!(origin.transcript().len(), asked);
    let mut ui = dialog(&state, &session).unwrap();
    assert!(ui.find(t!("aliases-present").as_str()).is_ok());
}

#[tokio::test]
async fn who_cannot_be_read_is_named_and_stops_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (_origin, mut state, mut session) = world(dir.path()).await;
    session.draft.entries[1].password = Some(SecretString::from("sbagliata"));
    let (_, mut session) = {
        state.changed(&mut session);
        entered(session)
    };
    follow(&mut state, &mut session, say(Say::Open)).await;
    follow(&mut state, &mut session, say(Say::Search)).await;
    let kept = crate::aliases::load(&Project::at(dir.path())).unwrap();
    assert_eq!(kept.unwrap().proposals.len(), 1);
    let mut ui = dialog(&state, &session).unwrap();
    let refused = crate::i18n::Words::current().trouble(&Kind::LoginRefused.key());
    assert!(ui.find(refused.as_str()).is_ok(), "{refused}");
}

#[tokio::test]
async fn the_name_alone_opens_no_mailbox() {
    let dir = tempfile::tempdir().unwrap();
    let (origin, mut state, mut session) = world(dir.path()).await;
    session.draft.aliases.mode = AliasMode::Username;
    follow(&mut state, &mut session, say(Say::Open)).await;
    follow(&mut state, &mut session, say(Say::Search)).await;
    assert!(origin.transcript().is_empty());
    let mut ui = dialog(&state, &session).unwrap();
    assert!(ui.find(t!("aliases-by-name").as_str()).is_ok());
}

#[test]
fn only_accounts_that_are_created_get_aliases() {
    let (mut state, mut session) = three();
    for (scope, offered) in [
        (Scope::Accounts, true),
        (Scope::Messages, false),
        (Scope::Passwords, false),
    ] {
        session.draft.set_scope(scope);
        state.changed(&mut session);
        let mut ui = show(&state, &session);
        assert_eq!(
            ui.find(t!("aliases-do").as_str()).is_ok(),
            offered,
            "{scope:?}"
        );
    }
}

/// The panel before anything was looked for.
fn choosing() -> (State, Session) {
    let (mut state, mut session) = three();
    let _ = state.update(&mut session, say(Say::Open));
    (state, session)
}

#[test]
fn what_is_passed_over_is_chosen_only_where_recipients_are_looked_at() {
    let (mut state, mut session) = choosing();
    let envelope = t!("aliases-no-envelope");
    assert!(pressed(&state, &session, &envelope).is_empty());
    for words in [t!("aliases-extended"), envelope, t!("aliases-no-received")] {
        let messages = pressed(&state, &session, &words);
        assert_eq!(messages.len(), 1, "{words}");
        say_all(&mut state, &mut session, messages);
    }
    let aliases = session.draft.plan().unwrap().aliases;
    assert_eq!(aliases.mode, AliasMode::Extended);
    assert!(aliases.no_x_envelope_to && aliases.no_received);
}

#[test]
fn a_domain_that_is_none_is_not_searched() {
    let (mut state, mut session) = choosing();
    assert!(state.enter(&session).is_some());
    let _ = state.update(&mut session, say(Say::Domains("a.example, b@c".into())));
    assert!(state.enter(&session).is_none());
    let mut ui = dialog(&state, &session).unwrap();
    assert!(ui.find(t!("aliases-domains-wrong").as_str()).is_ok());
    drop(ui);
    assert!(session.draft.aliases.domains.is_empty());
    let _ = state.update(
        &mut session,
        say(Say::Domains("@a.example; Città.example".into())),
    );
    assert_eq!(
        session.draft.aliases.domains,
        ["a.example", "xn--citt-3na.example"]
    );
    assert!(state.enter(&session).is_some());
}

#[test]
fn nobody_is_searched_where_nobody_is_chosen() {
    let (mut state, mut session) = three();
    let _ = state.update(&mut session, Message::TickAll);
    let _ = state.update(&mut session, say(Say::Open));
    assert!(state.enter(&session).is_none());
}

pub(super) fn candidate(name: &str, counts: [u32; 5], verdict: Verdict) -> Candidate {
    let [envelope, received, sent, visible, other] = counts;
    Candidate {
        address: format!("{name}@{DOMAIN}"),
        counts: Counts {
            envelope,
            received,
            sent,
            visible,
            other,
        },
        total: counts.iter().sum(),
        list: false,
        verdict,
    }
}

pub(super) fn proposal(login: &str, candidates: Vec<Candidate>) -> Proposal {
    Proposal {
        login: login.into(),
        mode: AliasMode::Extended,
        candidates,
        read: 1_234,
        catch_all: false,
    }
}

/// Proposals for three accounts: one certain, one to be confirmed for two of them, one of another account.
fn proposed() -> (State, Session) {
    let (mut state, session) = three();
    let suggested = || Verdict::Suggested;
    let found = vec![
        proposal(
            "anna",
            vec![
                candidate("a.rossi", [4, 0, 2, 0, 0], suggested()),
                candidate("vendite", [0, 0, 0, 3, 0], suggested()),
            ],
        ),
        proposal(
            "bruno",
            vec![
                candidate("vendite", [0, 0, 0, 2, 0], suggested()),
                candidate("carla", [5, 0, 0, 0, 0], suggested()),
                candidate("raro", [0, 0, 0, 0, 1], suggested()),
            ],
        ),
        proposal("carla", vec![]),
    ];
    state.aliases.pretend(&session, found, &[]);
    (state, session)
}

/// Ticks the line of this address below this account.
fn tick(state: &mut State, session: &mut Session, at: usize) {
    let _ = state.update(session, say(Say::Go(Motion::First)));
    for _ in 0..at {
        let _ = state.update(session, say(Say::Go(Motion::Down)));
    }
    let _ = state.update(session, say(Say::TickHere));
}

#[test]
fn one_address_has_one_tick_and_none_where_it_is_anothers() {
    let (mut state, mut session) = proposed();
    // anna · a.rossi · vendite · bruno · vendite (or carla) · …: the order is that of the proposals.
    tick(&mut state, &mut session, 2);
    tick(&mut state, &mut session, 4);
    tick(&mut state, &mut session, 5);
    tick(&mut state, &mut session, 3);
    let _ = state.update(&mut session, say(Say::Apply));
    assert_eq!(aliases_of(&session, "anna"), [format!("a.rossi@{DOMAIN}")]);
    assert_eq!(aliases_of(&session, "bruno"), [format!("vendite@{DOMAIN}")]);
    assert!(aliases_of(&session, "carla").is_empty());
    assert!(session.draft.checked.problem(1).is_none());
}

#[test]
fn proposals_that_show_often_enough_are_ticked_together() {
    let (mut state, mut session) = proposed();
    let _ = state.update(&mut session, say(Say::Least("0".into())));
    let _ = state.update(&mut session, say(Say::TickLeast));
    let before = words_of_apply(&state, &session, 1);
    assert!(before, "what is no number ticks nothing");
    let _ = state.update(&mut session, say(Say::Least("1".into())));
    let _ = state.update(&mut session, say(Say::TickLeast));
    assert!(words_of_apply(&state, &session, 2), "raro as well");
}

fn words_of_apply(state: &State, session: &Session, count: u64) -> bool {
    let mut ui = dialog(state, session).unwrap();
    let words = t!("aliases-apply", count = count, number = count.to_string());
    ui.find(words.as_str()).is_ok()
}

#[test]
fn stopping_keeps_what_was_known_before() {
    let (mut state, mut session) = proposed();
    state.aliases.pretend_reading(1, 40);
    assert!(state.is_busy() && state.enter(&session).is_none());
    let message = state.escape().unwrap();
    assert!(matches!(message, Message::Aliases(Say::Stop)));
    let _ = state.update(&mut session, message);
    assert!(!state.is_busy());
    let late = vec![(String::from("anna"), Ok(proposal("anna", vec![])))];
    let _ = state.update(&mut session, say(Say::Found(0, late)));
    let _ = state.update(&mut session, say(Say::See));
    assert!(
        words_of_apply(&state, &session, 1),
        "a.rossi is still there"
    );
    let message = state.escape().unwrap();
    let _ = state.update(&mut session, message);
    assert!(dialog(&state, &session).is_none());
    assert!(aliases_of(&session, "anna").is_empty(), "nothing is added");
}
