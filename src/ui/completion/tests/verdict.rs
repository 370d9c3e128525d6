use super::super::approval;
use super::super::facts::{self, Facts};
use super::super::verdict::{Judgement, Last, Verdict, judge};
use super::*;
use crate::journal::{FolderState, Phase, State as Fate};
use crate::report::{AccountReport, Assurance, Report};

fn judged(accounts: Vec<AccountReport>) -> Judgement {
    of(&samples::report(accounts), &Last::default())
}

fn of(report: &Report, last: &Last) -> Judgement {
    judge(report, last, approval::count(report))
}

fn full() -> Vec<AccountReport> {
    samples::accounts(Compared::Full)
}

#[test]
fn zero_missing_is_said_only_after_everything_was_compared() {
    speak_here(Language::It);
    let verdict = |compared| judged(samples::accounts(compared)).verdict;
    assert_eq!(verdict(Compared::Full), Verdict::Proven);
    assert!(matches!(
        verdict(Compared::Sample),
        Verdict::Sampled { read: 1.., .. }
    ));
    assert!(matches!(
        verdict(Compared::Present),
        Verdict::Present { .. }
    ));
    assert!(matches!(
        verdict(Compared::Nothing),
        Verdict::Unverified { read: 0, .. }
    ));
    let mut seen = 0;
    for (name, make) in samples::ALL {
        let sample = make();
        let Some(judgement) = sample.state.judgement() else {
            continue;
        };
        let zero = judgement.headline() == crate::t!("report-headline-zero");
        assert_eq!(zero, judgement.verdict == Verdict::Proven, "{name}");
        let facts = sample.state.facts().unwrap();
        assert_eq!(zero, facts.report.zero_missing(), "{name}");
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn one_mailbox_that_was_not_compared_takes_the_zero_away() {
    let mut accounts = full();
    accounts[4] = samples::accounts(Compared::Nothing).remove(4);
    assert!(matches!(
        judged(accounts).verdict,
        Verdict::Unverified { read: 1.., .. }
    ));
}

#[test]
fn who_was_left_out_by_choice_does_not_count_but_is_counted() {
    let mut accounts = full();
    let one = &mut accounts[4];
    (one.left_out, one.selected, one.phase) = (true, false, Phase::Waiting);
    one.folders.clear();
    one.tally = crate::journal::Tally::default();
    one.assurance = Assurance::Nothing;
    let judgement = judged(accounts);
    assert_eq!(judgement.verdict, Verdict::Proven);
    assert_eq!((judgement.accounts, judgement.left_out), (11, 1));
}

#[test]
fn one_message_without_a_copy_is_missing() {
    let mut accounts = full();
    samples::refuse(&mut accounts[8], 1, "too-large", "");
    let judgement = judged(accounts);
    let missing = Verdict::Missing {
        messages: 1,
        waiting: 0,
    };
    assert_eq!(judgement.verdict, missing);
    assert_eq!((judgement.concerned, judgement.tone()), (1, Tone::Warn));
}

#[test]
fn an_approved_message_is_missing_all_the_same() {
    let mut accounts = full();
    samples::refuse(&mut accounts[8], 2, "too-large", "");
    let judgement = judged(accounts.clone());
    assert_eq!((judgement.missing, judgement.approved), (2, 1));
    let approval = accounts[8].exceptions[1].approval.clone();
    accounts[8].exceptions[0].approval = approval;
    let judgement = judged(accounts);
    assert_eq!((judgement.missing, judgement.approved), (2, 2));
    assert!(matches!(
        judgement.verdict,
        Verdict::Missing { messages: 2, .. }
    ));
}

#[test]
fn what_waits_to_be_copied_is_missing_too() {
    let mut accounts = full();
    for tally in [3, 4] {
        let account = &mut accounts[tally];
        for one in [&mut account.tally, &mut account.folders[0].tally] {
            *one.messages.entry(Fate::Verified).or_default() -= 10;
            *one.classes.entry("I".into()).or_default() -= 10;
            let _ = one.messages.insert(Fate::Planned, 10);
        }
    }
    let missing = Verdict::Missing {
        messages: 20,
        waiting: 20,
    };
    assert_eq!(judged(accounts).verdict, missing);
}

#[test]
fn sums_that_disagree_are_said_before_all_else() {
    let mut accounts = full();
    samples::refuse(&mut accounts[8], 2, "too-large", "");
    accounts[0].trouble = Some("login-refused".into());
    accounts[0].folders[0].listed = Some(1);
    let judgement = judged(accounts);
    assert_eq!(judgement.verdict, Verdict::Disagree);
    assert_eq!(judgement.tone(), Tone::Bad);
}

#[test]
fn a_mailbox_nobody_could_open_is_no_mailbox_without_messages() {
    let mut accounts = full();
    accounts[9].trouble = Some("login-refused".into());
    assert_eq!(
        judged(accounts.clone()).verdict,
        Verdict::Failed { accounts: 1 }
    );
    accounts[3].folders.clear();
    accounts[3].tally = crate::journal::Tally::default();
    assert_eq!(judged(accounts).verdict, Verdict::Failed { accounts: 2 });
    assert_eq!(judged(Vec::new()).verdict, Verdict::Nothing);
}

#[test]
fn a_folder_nobody_could_read_is_told() {
    let mut accounts = full();
    accounts[2].folders[0].state = FolderState::Failed;
    assert_eq!(judged(accounts).verdict, Verdict::Unread { folders: 1 });
}

#[test]
fn what_was_stopped_is_stopped() {
    let last = Last {
        stopped: true,
        ..Last::default()
    };
    let report = samples::report(samples::accounts(Compared::Nothing));
    assert_eq!(of(&report, &last).verdict, Verdict::Stopped);
    let mut accounts = samples::accounts(Compared::Nothing);
    accounts[1].trouble = Some("stopped".into());
    assert_eq!(judged(accounts).verdict, Verdict::Stopped);
}

#[test]
fn a_copy_that_differs_is_told_though_nothing_lacks() {
    let mut accounts = samples::accounts(Compared::Sample);
    if let Assurance::Sample { defects, .. } = &mut accounts[2].assurance {
        *defects = 1;
    }
    let judgement = judged(accounts);
    assert_eq!(
        (judgement.verdict, judgement.missing),
        (Verdict::Differs, 0)
    );
}

#[test]
fn a_result_before_the_final_pass_is_not_the_end() {
    let open = sample("8b-verified-open");
    let judgement = open.state.judgement().unwrap();
    assert_eq!((judgement.verdict, judgement.open), (Verdict::Proven, 12));
    assert_eq!(open.state.mark(), Mark::None);
    assert!(show(&open).find("Copia verificata").is_ok());
    assert_eq!(sample("8b-verified").state.mark(), Mark::Done);
}

#[test]
fn without_a_report_there_is_no_verdict() {
    let mut sample = sample("8-complete-loading");
    for done in [Ok(None), Err(String::from("locked"))] {
        sample.state.gathered(done, 0);
        assert!(sample.state.judgement().is_none());
        assert_eq!(sample.state.stage(), Stage::Passes);
        assert_eq!(sample.state.mark(), Mark::None);
    }
    assert!(show(&sample).find("Completa migrazione").is_ok());
}

#[tokio::test]
async fn a_migration_without_a_journal_has_no_report() {
    let dir = tempfile::tempdir().unwrap();
    let plan = samples::session().draft.plan().unwrap();
    let project = crate::project::Project::at(dir.path());
    assert!(facts::gather(project, plan, None).await.unwrap().is_none());
}

#[test]
fn who_needs_a_look_stands_first() {
    let sample = sample("8c-missing");
    let facts: &Facts = sample.state.facts().unwrap();
    let names: Vec<_> = facts.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[..3], ["l.moretti", "info", "amministrazione"]);
}

#[test]
fn a_mailbox_lacks_nothing_only_once_all_of_it_was_compared() {
    let zeros = |name: &str| {
        let sample = sample(name);
        let mut ui = show(&sample);
        ui.find("0").is_ok()
    };
    assert!(zeros("8b-verified"));
    for name in ["8b-sampled", "8b-present", "8b-unverified", "8b-stopped"] {
        assert!(!zeros(name), "{name}");
    }
    // Nor is a mailbox that was never read an empty one.
    let failed = sample("8c-failed");
    let facts = failed.state.facts().unwrap();
    let unread: Vec<_> = facts.rows.iter().filter(|row| !row.is_listed).collect();
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].name, "d.rinaldi");
}

#[test]
fn nothing_is_proven_while_a_wanted_mailbox_is_held_back() {
    let judgement = judged(full());
    assert_eq!(judgement.verdict, Verdict::Proven);
    assert_eq!(judgement.holding(0).verdict, Verdict::Proven);
    assert_eq!(
        judgement.holding(2).verdict,
        Verdict::Failed { accounts: 2 }
    );
}

#[test]
fn passwords_alone_are_counted_and_prove_nothing_of_messages() {
    let all = samples::passwords(0);
    let judgement = all.state.judgement().unwrap();
    let of = judgement.accounts;
    assert_eq!(judgement.verdict, Verdict::Passwords { set: of, of });
    assert!(judgement.is_done() && judgement.open == 0);
    assert_eq!(
        judgement.about(&Last::default()),
        crate::t!("report-statement-passwords")
    );
    assert!(!judgement.holding(1).is_done(), "one was held back");
    let some = samples::passwords(2);
    let judgement = some.state.judgement().unwrap();
    assert!(!judgement.is_done());
    let (.., message) = super::super::card::primary(&some.state, judgement).unwrap();
    match message {
        super::super::Message::SetAgain(logins) => assert_eq!(logins.len(), 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_account_still_held_is_no_copy_that_differs() {
    let (_, make) = samples::ALL
        .iter()
        .find(|(name, _)| *name == "8b-accounts")
        .unwrap();
    let sample = make();
    assert_eq!(
        sample.state.judgement().unwrap().verdict,
        Verdict::Unfinished
    );
}
