use super::*;

#[tokio::test]
async fn the_ledger_is_read_by_reason_account_and_page() {
    let (journal, folder, target) = furnished().await;
    let rows = (1..=9).map(|uid| Listed {
        excluded: (uid > 7).then_some("max-size"),
        ..listed(uid)
    });
    let _ = journal.list(folder, 7, rows.collect()).await.unwrap();
    journal.listing_done(folder, 10, 9, false).await.unwrap();
    journal
        .intend(folder, 7, target, 1, vec![intent(1), intent(2)])
        .await
        .unwrap();
    let acked = vec![Acked {
        uid: 1,
        copy: Some(50),
    }];
    journal.acked(folder, 7, 9, acked).await.unwrap();
    for (uid, code) in [(3, "refused"), (4, "too-large"), (5, "refused")] {
        let refusal = Refusal {
            uid,
            code: code.into(),
            words: String::new(),
            eml: None,
        };
        journal.exception(folder, 7, refusal).await.unwrap();
    }
    let reasons = journal.exception_summary().await.unwrap();
    let reasons: Vec<_> = reasons
        .iter()
        .map(|reason| (reason.state, reason.code.as_str(), reason.messages))
        .collect();
    assert_eq!(
        reasons,
        [
            (State::Excluded, "max-size", 2),
            (State::Exception, "refused", 2),
            (State::Exception, "too-large", 1),
        ]
    );
    let page = async |filter: LedgerFilter, offset, limit| {
        let (rows, all) = journal
            .exceptions_page(filter, offset, limit)
            .await
            .unwrap();
        (rows.iter().map(|row| row.uid).collect::<Vec<_>>(), all)
    };
    let all = LedgerFilter::default();
    assert_eq!(page(all.clone(), 0, 2).await, (vec![3, 4], 3));
    assert_eq!(page(all.clone(), 2, 2).await, (vec![5], 3));
    let refused = LedgerFilter {
        code: Some("refused".into()),
        account: Some(1),
        ..all.clone()
    };
    assert_eq!(page(refused, 0, 9).await, (vec![3, 5], 2));
    let excluded = LedgerFilter {
        excluded: true,
        ..all.clone()
    };
    assert_eq!(page(excluded, 3, 9).await, (vec![8, 9], 5));
    let nobody = LedgerFilter {
        account: Some(2),
        ..all
    };
    assert_eq!(page(nobody, 0, 9).await, (vec![], 0));
    let folders = journal.folder_progress(1).await.unwrap();
    let inbox = &folders[0];
    assert_eq!(
        (inbox.listed, inbox.done, inbox.exceptions, inbox.excluded),
        (Some(9), 1, 3, 2)
    );
}

#[tokio::test]
async fn an_approval_holds_for_its_reason_and_is_written_down() {
    let (journal, folder, target) = furnished().await;
    let _ = journal
        .list(folder, 7, vec![listed(1), listed(2)])
        .await
        .unwrap();
    let refuse = async |uid, code: &str| {
        let refusal = Refusal {
            uid,
            code: code.into(),
            words: String::new(),
            eml: None,
        };
        journal.exception(folder, 7, refusal).await.unwrap();
    };
    let approve = async |uid| {
        let (words, by) = ("known".to_owned(), "Mario".to_owned());
        journal.approve(folder, 7, uid, words, by).await.unwrap()
    };
    let approved = async || {
        let filter = LedgerFilter {
            approved: Some(true),
            ..LedgerFilter::default()
        };
        journal.exceptions_page(filter, 0, 9).await.unwrap().0
    };
    assert!(!approve(1).await, "it is no exception");
    refuse(1, "too-large").await;
    refuse(2, "refused").await;
    assert!(approve(1).await && approve(1).await);
    let rows = approved().await;
    let approval = rows[0].approval.as_ref().unwrap();
    assert_eq!((rows.len(), rows[0].uid), (1, 1));
    assert_eq!(
        (approval.words.as_str(), approval.by.as_str()),
        ("known", "Mario")
    );
    let reasons = journal.exception_summary().await.unwrap();
    let of = |code: &str| {
        reasons
            .iter()
            .find(|reason| reason.code == code)
            .unwrap()
            .approved
    };
    assert_eq!((of("too-large"), of("refused")), (1, 0));
    // The next run tries it again, and it fails for the same reason, then for another.
    assert_eq!(journal.retry_exceptions(folder, 7).await.unwrap(), 2);
    assert!(approved().await.is_empty());
    journal
        .intend(folder, 7, target, 1, vec![intent(1)])
        .await
        .unwrap();
    refuse(1, "too-large").await;
    assert_eq!(approved().await.len(), 1);
    refuse(1, "altered").await;
    assert!(approved().await.is_empty());
    assert!(approve(1).await);
    assert!(journal.withdraw(folder, 7, 1, "Anna".into()).await.unwrap());
    assert!(!journal.withdraw(folder, 7, 1, "Anna".into()).await.unwrap());
    assert!(approved().await.is_empty());
    let events = journal.events(9).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event.kind.as_str(),
                event.subject.as_str(),
                event.detail.as_str(),
            )
        })
        .collect();
    assert_eq!(told[0], ("withdrawn", "anna, INBOX, 1", ""));
    assert_eq!(told[1], ("approved", "anna, INBOX, 1", "known"));
}
