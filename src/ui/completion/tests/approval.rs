use super::super::approval::put;
use super::super::facts::{self, Facts};
use super::super::verdict::{Last, Verdict, judge};
use super::*;
use crate::account::Endpoint;
use crate::imap::name::FolderName;
use crate::journal::{Acked, FolderId, Intent, Journal, Listed, Phase, Refusal};
use crate::plan::{Job, Plan};
use crate::project::Project;

const VALIDITY: u32 = 7;

/// A migration on the disk: one mailbox of three messages.
struct Case {
    journal: Journal,
    project: Project,
    plan: Plan,
    folder: FolderId,
    _dir: tempfile::TempDir,
}

impl Case {
    /// The first `copied` messages are copied, and the first `read` of those compared in full.
    async fn new(copied: u32, read: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::at(dir.path());
        let end = |url: &str| Endpoint::new(url.parse().unwrap());
        let mut plan = Plan::new(end("imaps://old.example.it"), end("imaps://new.example.it"));
        plan.jobs.push(Job::new("anna", "anna"));
        let journal = Journal::open(&project.journal_file()).unwrap();
        let account = journal.account("anna".into(), "anna".into());
        let account = account.await.unwrap();
        let inbox = FolderName::from_text("INBOX");
        let folder = journal
            .place(account, inbox.clone(), Some(inbox), String::new(), None)
            .await
            .unwrap();
        journal.origin_validity(folder, VALIDITY).await.unwrap();
        let rows = (1..=3).map(|uid| Listed {
            uid,
            claimed: 100,
            date: None,
            flags: String::new(),
            excluded: None,
        });
        let rows = rows.collect();
        let _ = journal.list(folder, VALIDITY, rows).await.unwrap();
        journal.listing_done(folder, 4, 3, true).await.unwrap();
        let case = Self {
            journal,
            project,
            plan,
            folder,
            _dir: dir,
        };
        for uid in 1..=copied {
            case.copy(uid).await;
        }
        let read = (1..=read).map(|uid| (uid, "I")).collect();
        let journal = &case.journal;
        journal.verified(folder, VALIDITY, read).await.unwrap();
        let ended = journal.end(account, Phase::Completed, None, Some(0));
        ended.await.unwrap();
        case
    }

    async fn copy(&self, uid: u32) {
        let target = self.journal.folder(self.folder).await.unwrap();
        let target = target.target.unwrap().0;
        let intent = Intent {
            uid,
            size: 100,
            sha256: [u8::try_from(uid).unwrap(); 32],
            norm: None,
            date: None,
            flags: String::new(),
            lost: None,
        };
        let intents = vec![intent];
        let begun = self
            .journal
            .intend(self.folder, VALIDITY, target, uid, intents);
        begun.await.unwrap();
        let copy = Some(uid);
        let acked = vec![Acked { uid, copy }];
        let told = self.journal.acked(self.folder, VALIDITY, 9, acked);
        told.await.unwrap();
    }

    async fn remember(&self, level: &str, at: i64) {
        let entry = format!(r#"{{"level":"{level}","at":{at}}}"#);
        let journal = &self.journal;
        let kept = journal.remember_verification("anna".into(), entry);
        kept.await.unwrap();
    }

    async fn facts(&self) -> Arc<Facts> {
        let (project, plan) = (self.project.clone(), self.plan.clone());
        facts::gather(project, plan, None).await.unwrap().unwrap()
    }

    async fn verdict(&self) -> Verdict {
        let facts = self.facts().await;
        judge(&facts.report, &Last::default(), 0).verdict
    }
}

#[tokio::test]
async fn an_approval_stands_in_the_journal_until_it_is_withdrawn() {
    let case = Case::new(2, 2).await;
    let refusal = Refusal {
        uid: 3,
        code: "too-large".into(),
        words: String::new(),
        eml: None,
    };
    let journal = &case.journal;
    journal
        .exception(case.folder, VALIDITY, refusal)
        .await
        .unwrap();
    let row = async || {
        let facts = case.facts().await;
        assert_eq!(facts.report.missing(), 1);
        facts.report.accounts[0].exceptions[0].clone()
    };
    assert!(row().await.approval.is_none());
    let note = Some(String::from("È su carta"));
    put(case.project.clone(), row().await, note).await.unwrap();
    assert_eq!(row().await.approval.unwrap().words, "È su carta");
    put(case.project.clone(), row().await, None).await.unwrap();
    assert!(row().await.approval.is_none());
}

#[tokio::test]
async fn what_cannot_be_kept_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut accounts = samples::accounts(Compared::Full);
    samples::refuse(&mut accounts[0], 1, "too-large", "");
    let row = accounts[0].exceptions[0].clone();
    let project = Project::at(dir.path().join("gone"));
    assert!(put(project, row, Some("why".into())).await.is_err());
}

#[tokio::test]
async fn a_verification_made_before_the_last_copy_proves_nothing() {
    let case = Case::new(3, 2).await;
    let now = Timestamp::now().as_millisecond();
    case.remember("sample", now + 1_000).await;
    let sampled = Verdict::Sampled { read: 2, of: 3 };
    assert_eq!(case.verdict().await, sampled);
    case.remember("sample", now - 3_600_000).await;
    let unverified = Verdict::Unverified { read: 2, of: 3 };
    assert_eq!(case.verdict().await, unverified);
    // What was asked for proves nothing either.
    case.remember("full", now + 1_000).await;
    assert_eq!(case.verdict().await, unverified);
    assert_eq!(Case::new(3, 3).await.verdict().await, Verdict::Proven);
}
