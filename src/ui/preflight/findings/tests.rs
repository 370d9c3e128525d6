use super::*;
use crate::plan::Window;
use crate::secrets::Key;
use crate::trouble::Kind;
use crate::ui::options::samples;
use crate::ui::survey::{Lots, Survey};
use jiff::civil::time;
use std::time::Duration;

fn judged(session: &Session) -> Verdict {
    judge(session, &Lots::default().of(session), &Trial::default())
}

fn whats(verdict: &Verdict, weight: Weight) -> Vec<What> {
    let findings = verdict.findings.iter();
    let of = findings.filter(|finding| finding.weight == weight);
    of.map(|finding| finding.what.clone()).collect()
}

fn finding<'v>(verdict: &'v Verdict, what: &What) -> &'v Finding {
    let mut findings = verdict.findings.iter();
    findings.find(|finding| finding.what == *what).unwrap()
}

fn only_whats(verdict: &Verdict) -> Vec<(Weight, What)> {
    let findings = verdict.findings.iter();
    findings.map(|one| (one.weight, one.what.clone())).collect()
}

#[test]
fn a_migration_without_a_fault_can_begin_with_everybody() {
    let verdict = judged(&samples::looked_at(6));
    assert!(verdict.can_start());
    assert!(verdict.only().is_empty());
    assert_eq!(
        verdict.count(Weight::Blocker) + verdict.count(Weight::Warning),
        0
    );
    assert_eq!(verdict.totals.accounts, 6);
    assert!(verdict.totals.messages > 0 && verdict.totals.estimate.is_some());
    assert!(matches!(
        whats(&verdict, Weight::Good)[0],
        What::Credentials { ready: 6, of: 6 }
    ));
}

#[test]
fn nothing_can_begin_while_more_is_about_to_be_known() {
    let mut session = samples::session(3);
    let found = samples::found(&samples::logins(3));
    Survey::pretend(&mut session, found[..2].to_vec(), true);
    let verdict = judged(&session);
    assert!(verdict.waiting && !verdict.can_start());
    assert!(!whats(&verdict, Weight::Warning).contains(&What::Unlooked));
    session.survey.stop();
    let verdict = judged(&session);
    assert!(verdict.can_start(), "ended, one goes on with what is known");
    assert_eq!(finding(&verdict, &What::Unlooked).cases.len(), 1);
    assert!(
        verdict.only().is_empty(),
        "who was not looked at comes along"
    );
}

#[test]
fn who_cannot_be_opened_is_left_out_and_stops_nobody() {
    let verdict = judged(&samples::troubled(8));
    assert!(verdict.can_start());
    let only = verdict.only();
    assert_eq!(only.len(), 5);
    let logins = samples::logins(8);
    for left_out in [1, 2, 4] {
        assert!(!only.contains(&logins[left_out]));
    }
    assert_eq!(finding(&verdict, &What::Shut(Side::Origin)).cases.len(), 2);
    assert_eq!(
        finding(&verdict, &What::Shut(Side::Destination))
            .cases
            .len(),
        1
    );
    assert_eq!(verdict.totals.accounts, 5);
}

#[test]
fn findings_stand_in_the_order_in_which_they_matter() {
    let mut session = samples::troubled(8);
    session.draft.options.exclude_folders = vec!["Junk".into()];
    session.draft.options.window = Some(Window {
        from: time(22, 0, 0, 0),
        to: time(6, 0, 0, 0),
        weekends: true,
    });
    session.touch();
    let verdict = judged(&session);
    assert_eq!(
        whats(&verdict, Weight::Warning),
        [
            What::Shut(Side::Origin),
            What::Shut(Side::Destination),
            What::Full,
            What::FolderRefused,
            What::FolderUnreadable,
            What::HiddenFolders,
            What::Groupware,
            What::NotEmpty,
            What::NoUidPlus,
            What::Filters(filters(&session.draft.options).unwrap()),
        ]
    );
    let weights: Vec<Weight> = verdict.findings.iter().map(|one| one.weight).collect();
    assert!(weights.is_sorted());
    assert_eq!(finding(&verdict, &What::NoUidPlus).cases.len(), 3);
    assert!(whats(&verdict, Weight::Good).contains(&What::Hours));
}

#[test]
fn where_nobody_remains_being_left_out_is_the_problem() {
    let mut session = samples::session(2);
    let logins = samples::logins(2);
    let checks = logins
        .iter()
        .map(|login| samples::refused(login, Side::Destination, Kind::ConnectionRefused));
    let checks = checks.collect();
    Survey::pretend(&mut session, checks, false);
    let verdict = judged(&session);
    assert!(!verdict.can_start());
    assert_eq!(
        whats(&verdict, Weight::Blocker),
        [What::Shut(Side::Destination)]
    );
}

#[test]
fn a_missing_password_leaves_out_its_account() {
    let mut session = samples::session(3);
    let logins = samples::logins(3);
    session
        .keeper
        .remove(&Key::login(Side::Destination, &logins[0]));
    session.touch();
    let found = samples::found(&logins[1..]);
    Survey::pretend(&mut session, found, false);
    let verdict = judged(&session);
    assert_eq!(verdict.only(), logins[1..]);
    let lacking = finding(&verdict, &What::Lacking);
    assert_eq!(lacking.weight, Weight::Warning);
    assert_eq!(
        lacking.cases[0].detail,
        Detail::Lacking([Side::Destination].into())
    );
    for login in &logins {
        session.keeper.remove(&Key::login(Side::Origin, login));
    }
    session.touch();
    let verdict = judged(&session);
    assert_eq!(whats(&verdict, Weight::Blocker), [What::Lacking]);
}

#[test]
fn what_keeps_everything_from_beginning_is_said() {
    let mut session = samples::looked_at(2);
    for (obstacle, what) in [
        (Obstacle::Running, What::Running),
        (
            Obstacle::Folder("read-only".into()),
            What::Folder("read-only".into()),
        ),
        (
            Obstacle::Journal("broken".into()),
            What::Journal("broken".into()),
        ),
    ] {
        session.survey.obstruct(obstacle);
        let verdict = judged(&session);
        assert_eq!(whats(&verdict, Weight::Blocker), [what]);
        assert!(!verdict.can_start());
    }
    let none = Session::new(std::env::temp_dir());
    assert_eq!(
        only_whats(&judged(&none)),
        [(Weight::Blocker, What::NoAccounts)]
    );
}

#[test]
fn a_mailbox_is_not_copied_onto_itself() {
    let mut session = samples::looked_at(2);
    session.draft.destination.host = session.draft.origin.host.to_uppercase();
    session.touch();
    let verdict = judged(&session);
    assert_eq!(finding(&verdict, &What::OntoItself).cases.len(), 2);
    for entry in &mut session.draft.entries {
        entry.destination_login = format!("new.{}", entry.login);
    }
    session.touch();
    assert!(whats(&judged(&session), Weight::Warning).contains(&What::OneServer));
}

#[test]
fn space_is_enough_where_what_is_left_out_makes_room() {
    let mut session = samples::session(1);
    let login = samples::logins(1)[0].clone();
    let mut check = samples::check(
        &login,
        &[
            ("INBOX", Some("INBOX"), &["role"], 10),
            ("Big", None, &["pattern:Big"], 1_000),
        ],
    );
    check.warnings = vec![Warning::QuotaTooSmall {
        needed: 202_000_000,
        free: 100_000_000,
    }];
    check.destination.as_mut().unwrap().quota = Some((0, 100_000_000));
    Survey::pretend(&mut session, vec![check.clone()], false);
    let verdict = judged(&session);
    assert!(!whats(&verdict, Weight::Warning).contains(&What::Full));
    assert_eq!(verdict.totals.left_out, 200_000_000);
    assert!(whats(&verdict, Weight::Good).contains(&What::Space {
        free: 100_000_000,
        needed: 2_000_000,
    }));
    check.folders[1].destination = Some("Big".into());
    Survey::pretend(&mut session, vec![check], false);
    session.touch();
    let verdict = judged(&session);
    assert_eq!(
        finding(&verdict, &What::Full).cases[0].detail,
        Detail::Space {
            needed: 202_000_000,
            free: 100_000_000,
        }
    );
}

#[test]
fn mail_at_the_destination_is_expected_after_a_copy() {
    let mut session = samples::troubled(8);
    session.draft.reached = Step::Live;
    session.touch();
    let verdict = judged(&session);
    assert!(verdict.resumed);
    assert_eq!(finding(&verdict, &What::NotEmpty).weight, Weight::Good);
}

#[test]
fn the_estimate_knows_the_limits_it_was_given() {
    let mut session = samples::looked_at(4);
    let estimate = |session: &Session| judged(session).totals.estimate.unwrap();
    let free = estimate(&session);
    session.draft.options.mailboxes = 1;
    session.touch();
    assert!(estimate(&session) > free);
    session.draft.options.bandwidth_kbit = Some(64);
    session.touch();
    let octets = judged(&session).totals.octets;
    assert_eq!(estimate(&session), Duration::from_secs(octets / 8_000));
}
