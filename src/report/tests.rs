mod forms;

use super::*;
use crate::account::Endpoint;
use crate::i18n::Language;
use crate::imap::name::FolderName;
use crate::journal::{AccountId, Acked, FolderId, Intent, Listed, Refusal, Setup};
use crate::plan::Job;

const VALIDITY: u32 = 7;

struct Case {
    journal: Journal,
    plan: Plan,
    project: Project,
    account: AccountId,
    folder: FolderId,
    _dir: tempfile::TempDir,
}

/// A mailbox with one folder of three copied messages.
async fn case(name: &str) -> Case {
    let end = |url: &str| Endpoint::new(url.parse().unwrap());
    let mut plan = Plan::new(end("imaps://old.example.it"), end("imaps://new.example.it"));
    plan.jobs.push(Job::new("anna", "anna@example.it"));
    let journal = Journal::in_memory().unwrap();
    let account = journal
        .account("anna".into(), "anna@example.it".into())
        .await
        .unwrap();
    let name = FolderName::from_text(name);
    let folder = journal
        .place(account, name.clone(), Some(name), String::new(), None)
        .await
        .unwrap();
    journal.origin_validity(folder, VALIDITY).await.unwrap();
    let rows = (1..=3).map(|uid| Listed {
        uid,
        claimed: 100,
        date: Some("07-Mar-2019 10:00:00 +0100".into()),
        flags: String::new(),
        excluded: None,
    });
    let _ = journal
        .list(folder, VALIDITY, rows.collect())
        .await
        .unwrap();
    journal.listing_done(folder, 4, 3, true).await.unwrap();
    let target = journal.folder(folder).await.unwrap().target.unwrap().0;
    let intents = (1..=3).map(|uid| Intent {
        uid,
        size: 100,
        sha256: [u8::try_from(uid).unwrap(); 32],
        norm: None,
        date: None,
        flags: String::new(),
        lost: None,
    });
    journal
        .intend(folder, VALIDITY, target, 1, intents.collect())
        .await
        .unwrap();
    let acked = (1..=3).map(|uid| Acked {
        uid,
        copy: Some(uid),
    });
    journal
        .acked(folder, VALIDITY, 9, acked.collect())
        .await
        .unwrap();
    journal
        .end(account, Phase::Completed, None, Some(0))
        .await
        .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let project = Project::at(dir.path());
    Case {
        journal,
        plan,
        project,
        account,
        folder,
        _dir: dir,
    }
}

impl Case {
    async fn report(&self) -> Report {
        gather(&self.project, &self.journal, &self.plan)
            .await
            .unwrap()
    }

    async fn verify(&self, uids: std::ops::RangeInclusive<u32>, class: &'static str) {
        let read = uids.map(|uid| (uid, class)).collect();
        self.journal
            .verified(self.folder, VALIDITY, read)
            .await
            .unwrap();
    }

    async fn refuse(&self, uid: u32, code: &str, words: &str) {
        let refusal = Refusal {
            uid,
            code: code.into(),
            words: words.into(),
            eml: Some("exceptions/anna/7-3 à.eml".into()),
        };
        self.journal
            .exception(self.folder, VALIDITY, refusal)
            .await
            .unwrap();
    }
}

fn both() -> [Words; 2] {
    [Words::new(Language::It), Words::new(Language::En)]
}

#[tokio::test]
async fn a_mailbox_read_back_in_full_is_perfect_and_nothing_is_missing() {
    let case = case("INBOX").await;
    let before = case.report().await;
    assert_eq!(before.findings, [Finding::NotVerified { messages: 3 }]);
    assert_eq!(
        (before.grade, before.zero_missing()),
        (Grade::ToCheck, false)
    );
    case.verify(1..=2, "I").await;
    case.verify(3..=3, "N").await;
    let report = case.report().await;
    assert_eq!(
        (report.grade, report.findings.as_slice()),
        (Grade::Perfect, &[][..])
    );
    assert!(report.zero_missing());
    assert_eq!(
        report.accounts[0].invariant,
        Invariant {
            listed: 3,
            states: 3,
            holds: true
        }
    );
    assert_eq!(report.headline(&both()[0]), "0 messaggi mancanti");
    case.verify(3..=3, "H").await;
    assert_eq!(case.report().await.grade, Grade::Good);
}

#[tokio::test]
async fn a_verification_older_than_a_copy_claims_nothing() {
    let case = case("INBOX").await;
    case.verify(1..=1, "I").await;
    for (at, grade, claim) in [
        (
            1,
            Grade::ToCheck,
            Assurance::Accepted { copies: 3, read: 1 },
        ),
        (
            i64::MAX,
            Grade::Good,
            Assurance::Sample {
                copies: 3,
                read: 1,
                smallest: 1,
                defects: 0,
            },
        ),
    ] {
        let made = format!(r#"{{"level":"sample","sample":1,"seed":"f00","at":{at}}}"#);
        case.journal.remember("verification", made).await.unwrap();
        let report = case.report().await;
        assert_eq!((report.grade, report.assurance()), (grade, claim));
        assert!(!report.zero_missing());
    }
    let said = case.report().await.statement(&both()[1]).join(" ");
    assert!(said.contains("f00") && said.contains("95%"), "{said}");
}

#[tokio::test]
async fn a_state_changed_in_the_journal_is_found() {
    // A row hidden; a listing that counted more; a verified row turned back; a line without a reason.
    for change in 0..4 {
        let case = case("INBOX").await;
        case.verify(1..=3, "I").await;
        assert!(case.report().await.accounts[0].invariant.holds);
        let (journal, folder) = (&case.journal, case.folder);
        let kind = match change {
            0 => {
                let _ = journal.present(folder, VALIDITY, vec![1, 2]).await.unwrap();
                "report-finding-sums"
            }
            1 => {
                journal.listing_done(folder, 5, 4, true).await.unwrap();
                "report-finding-sums"
            }
            2 => {
                journal.exclude(folder, VALIDITY, 3, "since").await.unwrap();
                "report-finding-comparisons"
            }
            _ => {
                case.refuse(3, "", "").await;
                "report-finding-ledger"
            }
        };
        let report = case.report().await;
        let named = match &report.findings[0] {
            Finding::SumsDisagree { .. } => "report-finding-sums",
            Finding::ComparisonsDisagree { .. } => "report-finding-comparisons",
            Finding::LedgerDisagrees { .. } => "report-finding-ledger",
            other => panic!("{other:?}"),
        };
        assert_eq!((named, report.grade), (kind, Grade::Critical));
        assert!(!report.accounts[0].invariant.holds && !report.zero_missing());
    }
}

#[tokio::test]
async fn what_was_never_listed_or_failed_is_critical() {
    let mut case = case("INBOX").await;
    case.verify(1..=3, "I").await;
    case.plan.jobs.push(Job::new("bruno", "bruno"));
    let report = case.report().await;
    assert_eq!(report.grade, Grade::Critical);
    assert_eq!(
        report.findings[0],
        Finding::AccountNeverListed {
            account: "bruno".into()
        }
    );
    let _ = case.plan.jobs.pop();
    for (trouble, grade) in [
        ("login-refused", Grade::Critical),
        ("stopped", Grade::ToCheck),
    ] {
        let trouble = Some((trouble.to_owned(), String::new()));
        case.journal
            .end(case.account, Phase::Interrupted, trouble, None)
            .await
            .unwrap();
        assert_eq!(case.report().await.grade, grade);
    }
}

#[tokio::test]
async fn what_was_left_out_by_choice_is_told_and_does_not_count() {
    let mut case = case("INBOX").await;
    case.verify(1..=3, "I").await;
    case.plan.jobs.push(Job {
        selected: false,
        ..Job::new("bruno", "bruno")
    });
    let report = case.report().await;
    assert_eq!(report.findings, [Finding::LeftOut { mailboxes: 1 }]);
    assert!(report.grade == Grade::Perfect && report.zero_missing());
    let (anna, bruno) = (&report.accounts[0], &report.accounts[1]);
    assert!(anna.selected && !anna.left_out && bruno.in_plan && bruno.left_out);
    assert_eq!(json(&report)["accounts"][1]["left_out"], true);
    for words in both() {
        assert!(report.statement(&words)[0].contains('1'), "of one mailbox");
        let page = html::page(&report, words);
        let word = words::account_phase(bruno, words);
        assert!(page.contains(&word) && csv::accounts(&report, words).contains(&word));
    }
    // What has been worked on counts, whatever the plan says now.
    case.plan.jobs[0].selected = false;
    let report = case.report().await;
    assert!(!report.accounts[0].left_out && report.zero_missing());
    case.refuse(3, "too-large", "NO").await;
    assert!(!case.report().await.zero_missing());
    // And of nothing nothing is claimed.
    let _ = case.plan.jobs.remove(0);
    let journal = Journal::in_memory().unwrap();
    let report = gather(&case.project, &journal, &case.plan).await.unwrap();
    assert!(!report.zero_missing() && report.accounts[0].left_out);
}

#[tokio::test]
async fn what_a_person_has_accepted_is_said_and_stays_missing() {
    let case = case("INBOX").await;
    case.verify(1..=3, "I").await;
    case.refuse(3, "too-large", "no").await;
    let before = case.report().await;
    // One of three is more than one in a hundred.
    assert_eq!((before.grade, before.missing()), (Grade::Critical, 1));
    let (words, by) = ("vecchio <b>archivio</b>".to_owned(), "Mario".to_owned());
    let journal = &case.journal;
    assert!(
        journal
            .approve(case.folder, VALIDITY, 3, words, by)
            .await
            .unwrap()
    );
    let report = case.report().await;
    assert_eq!(
        (report.grade, report.missing(), report.approved),
        (Grade::ToCheck, 1, 1)
    );
    assert!(!report.zero_missing());
    assert_eq!(report.findings[0], Finding::Approved { messages: 1, of: 3 });
    let json = json(&report);
    assert_eq!(json["approved"], 1);
    assert_eq!(
        json["accounts"][0]["exceptions"][0]["approval"]["by"],
        "Mario"
    );
    for words in both() {
        assert!(report.headline(&words).contains('1'));
        let html = html::page(&report, words);
        assert!(html.contains("Mario") && html.contains("vecchio &lt;b&gt;archivio"));
        let csv = csv::exceptions(&report, words);
        assert!(csv.contains(";Mario;vecchio <b>archivio</b>"), "{csv}");
    }
}

#[tokio::test]
async fn a_migration_with_a_name_bears_it_in_its_title() {
    let mut case = case("INBOX").await;
    let words = both()[0];
    let plain = html::page(&case.report().await, words);
    assert!(plain.contains("<h1>Rapporto di migrazione</h1>"));
    case.plan.name = "Studio <Levante>".into();
    let report = case.report().await;
    let named = html::page(&report, words);
    assert!(named.contains("<h1>Studio &lt;Levante&gt; · Rapporto di migrazione</h1>"));
    assert_eq!(json(&report)["plan"]["name"], "Studio <Levante>");
}

#[test]
fn the_grade_is_that_of_the_gravest_finding() {
    let (account, folder) = (String::from("a"), String::from("f"));
    let failed = |trouble: &str, listed| Finding::FolderFailed {
        account: account.clone(),
        folder: folder.clone(),
        trouble: trouble.into(),
        listed,
    };
    let messages = 1;
    for (findings, expected) in [
        (vec![], Grade::Perfect),
        (
            vec![Finding::Excluded { messages }, Finding::Gone { messages }],
            Grade::Perfect,
        ),
        (
            vec![Finding::FinalPassToCome { mailboxes: 1 }],
            Grade::Perfect,
        ),
        (vec![Finding::LostMetadata { messages }], Grade::Good),
        (
            vec![
                Finding::HeadersAdded { messages },
                Finding::SampleOnly { messages },
            ],
            Grade::Good,
        ),
        (
            vec![Finding::NotFinished {
                messages,
                folders: 0,
            }],
            Grade::ToCheck,
        ),
        (vec![Finding::NotVerified { messages }], Grade::ToCheck),
        (vec![Finding::PresenceOnly { messages }], Grade::ToCheck),
        (vec![Finding::Merged { messages }], Grade::ToCheck),
        (vec![Finding::Reencoded { messages }], Grade::ToCheck),
        (
            vec![
                Finding::LostMetadata { messages },
                Finding::Exceptions { messages },
            ],
            Grade::ToCheck,
        ),
        (
            vec![Finding::ManyExceptions {
                messages: 101,
                of: 1_000_000,
            }],
            Grade::Critical,
        ),
        (vec![Finding::Approved { messages, of: 100 }], Grade::Good),
        (vec![Finding::Approved { messages, of: 99 }], Grade::ToCheck),
        (vec![failed("listing-inconsistent", false)], Grade::ToCheck),
        (vec![failed("folder-refused", true)], Grade::ToCheck),
        (vec![failed("folder-refused", false)], Grade::Critical),
        (vec![failed("fence-open", true)], Grade::Critical),
        (
            vec![Finding::AccountNeverListed {
                account: account.clone(),
            }],
            Grade::Critical,
        ),
    ] {
        assert_eq!(grade(&findings), expected, "{findings:?}");
    }
}

#[test]
fn exceptions_are_many_above_one_in_a_hundred_or_a_hundred() {
    for (exceptions, others, expected) in [
        (0, 0, Grade::Perfect),
        (1, 99, Grade::ToCheck),
        (1, 98, Grade::Critical),
        (100, 1_000_000, Grade::ToCheck),
        (101, 1_000_000, Grade::Critical),
    ] {
        let totals = Tally {
            messages: [(State::Exception, exceptions), (State::Verified, others)].into(),
            ..Tally::default()
        };
        assert_eq!(
            grade(&finding::findings(Scope::default(), &[], &totals)),
            expected,
            "{exceptions} of {others}"
        );
    }
}

#[tokio::test]
async fn what_was_done_to_accounts_is_told_and_counts() {
    let case = case("INBOX").await;
    case.verify(1..=3, "I").await;
    let account = case.journal.accounts().await.unwrap()[0].id;
    let made = |state| case.journal.set_up(account, state, String::new());
    made(Setup::Made).await.unwrap();
    assert_eq!(case.report().await.grade, Grade::Perfect);
    case.journal.hold(account, Some("0".into())).await.unwrap();
    let report = case.report().await;
    let held = Finding::AccountHeld {
        account: "anna".into(),
    };
    assert!(report.findings.contains(&held) && !report.zero_missing());
    case.journal.hold(account, None).await.unwrap();
    case.journal
        .set_up_failed(
            account,
            Some(Setup::HalfMade),
            "password-policy".into(),
            String::new(),
        )
        .await
        .unwrap();
    let report = case.report().await;
    assert_eq!(report.grade, Grade::Critical);
    assert!(json(&report).to_string().contains("half_made"));
}

#[tokio::test]
async fn passwords_alone_say_nothing_of_messages() {
    let mut case = case("INBOX").await;
    case.plan.scope = Scope::Passwords;
    case.plan.jobs.push(Job::new("bruno", "bruno"));
    let account = case.journal.accounts().await.unwrap()[0].id;
    case.journal.password_set(account).await.unwrap();
    let report = case.report().await;
    let missing = Finding::PasswordNotSet {
        account: "bruno".into(),
    };
    assert!(report.findings.contains(&missing), "{:?}", report.findings);
    assert!(!report.zero_missing());
    let words = Words::new(Language::En);
    assert_eq!(report.headline(&words), "One password set");
    assert_eq!(report.statement(&words).len(), 1);
}
