use super::*;

/// Not a test of right or wrong: what the questions of a window cost at 200,000 messages in one account.
#[tokio::test]
#[ignore = "measures; run it by name with --nocapture"]
async fn measured_at_two_hundred_thousand_messages() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Journal::open(&dir.path().join("journal.db")).unwrap();
    let account = journal
        .account("anna".into(), "anna@example.it".into())
        .await
        .unwrap();
    for number in 0..20_u32 {
        let name = FolderName::from_wire(format!("Archivio/{number}").as_bytes());
        let folder = journal
            .place(account, name.clone(), Some(name), String::new(), None)
            .await
            .unwrap();
        journal.origin_validity(folder, 7).await.unwrap();
        let target = journal.folder(folder).await.unwrap().target.unwrap().0;
        for thousand in 0..10_u32 {
            let uids = thousand * 1_000 + 1..=thousand * 1_000 + 1_000;
            let rows = uids.clone().map(|uid| Listed {
                date: Some("07-Mar-2019 10:00:00 +0100".into()),
                flags: "\\Seen $Forwarded".into(),
                ..listed(uid)
            });
            let _ = journal.list(folder, 7, rows.collect()).await.unwrap();
            let intents = uids.clone().map(|uid| Intent {
                uid,
                sha256: [7; 32],
                date: Some("07-Mar-2019 10:00:00 +0100".into()),
                flags: "\\Seen $Forwarded".into(),
                ..intent(1)
            });
            journal
                .intend(folder, 7, target, 1, intents.collect())
                .await
                .unwrap();
            let acked = uids.map(|uid| Acked {
                uid,
                copy: Some(uid),
            });
            journal.acked(folder, 7, 9, acked.collect()).await.unwrap();
        }
    }
    for _ in 0..3 {
        let begun = std::time::Instant::now();
        let sums = journal.folder_sums(account).await.unwrap();
        println!(
            "folder_sums: {:?} ({} folders)",
            begun.elapsed(),
            sums.len()
        );
    }
    for _ in 0..3 {
        let begun = std::time::Instant::now();
        let folders = journal.folder_progress(account).await.unwrap();
        println!("folder_progress: {:?}", begun.elapsed());
        assert!(folders.iter().all(|folder| folder.done == 10_000));
    }
    for uid in 1..=300 {
        let code = if uid % 3 == 0 { "too-large" } else { "refused" };
        let refusal = Refusal {
            uid,
            code: code.into(),
            words: "no".into(),
            eml: None,
        };
        journal.exception(4, 7, refusal).await.unwrap();
    }
    for _ in 0..2 {
        let begun = std::time::Instant::now();
        let reasons = journal.exception_summary().await.unwrap();
        println!("exception_summary: {:?} {reasons:?}", begun.elapsed());
        let begun = std::time::Instant::now();
        let filter = LedgerFilter {
            code: Some("refused".into()),
            ..LedgerFilter::default()
        };
        let (page, all) = journal.exceptions_page(filter, 100, 50).await.unwrap();
        println!("exceptions_page: {:?}", begun.elapsed());
        assert_eq!((page.len(), all), (50, 200));
    }
    let size = std::fs::metadata(dir.path().join("journal.db")).unwrap();
    println!("{} MB", size.len() >> 20);
}
