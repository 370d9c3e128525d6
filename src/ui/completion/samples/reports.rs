//! Reports made up for tests and pictures: mailboxes compared more or less, with or without exceptions.

use std::collections::BTreeMap;

use jiff::{Timestamp, ZonedDateTime};

use crate::imap::name::FolderName;
use crate::journal::{Approval, ExceptionRow, FolderState, FolderSum, Phase, State as Fate, Tally};
use crate::plan::Deleted;
use crate::report::{
    AccountReport, Assurance, Invariant, Level as Depth, PlanSummary, Report, Verification,
};

pub(super) const DOMAIN: &str = "studiolevante.example";
/// Wednesday 19 November 2025, 00:02 in Italy.
const VERIFIED: i64 = 1_763_506_920_000;
const COPIED: i64 = 1_763_504_160_000;

pub(super) const PEOPLE: [(&str, u64, u64); 12] = [
    ("amministrazione", 24_371, 1),
    ("b.ferrari", 8_118, 0),
    ("c.marchetti", 9_874, 0),
    ("d.rinaldi", 5_483, 0),
    ("e.colombo", 4_902, 0),
    ("f.deluca", 3_340, 0),
    ("g.bianchi", 17_958, 2),
    ("info", 12_451, 0),
    ("l.moretti", 6_325, 0),
    (
        "segreteria.generale.e.ufficio.relazioni.con.il.pubblico",
        41_007,
        0,
    ),
    ("t.esposito", 2_214, 0),
    ("v.greco", 8_420, 0),
];

/// How much of the copies was compared.
#[derive(Clone, Copy)]
pub(in crate::ui) enum Compared {
    Nothing,
    Present,
    Sample,
    Full,
}

pub(in crate::ui) fn account(
    login: &str,
    listed: u64,
    excluded: u64,
    compared: Compared,
) -> AccountReport {
    let copies = listed - excluded;
    let (state, read) = match compared {
        Compared::Full => (Fate::Verified, copies),
        Compared::Sample => (Fate::Acked, 300.min(copies)),
        Compared::Nothing | Compared::Present => (Fate::Acked, 0),
    };
    let mut messages = BTreeMap::from([(state, copies)]);
    if matches!(compared, Compared::Sample) {
        messages = BTreeMap::from([(Fate::Acked, copies - read), (Fate::Verified, read)]);
    }
    if excluded > 0 {
        let _ = messages.insert(Fate::Excluded, excluded);
    }
    let classes = BTreeMap::from([(String::from("I"), read)]);
    let tally = Tally {
        octets: BTreeMap::from([(state, copies * 61_000)]),
        messages,
        classes,
        lost_metadata: 0,
    };
    let (level, assurance) = match compared {
        Compared::Nothing => (None, Assurance::Accepted { copies, read }),
        Compared::Present => (Some(Depth::Present), Assurance::Present { copies, read }),
        Compared::Sample => (
            Some(Depth::Sample),
            Assurance::Sample {
                copies,
                read,
                smallest: read,
                defects: 0,
            },
        ),
        Compared::Full => (Some(Depth::Full), Assurance::Full { copies }),
    };
    AccountReport {
        login: login.to_owned(),
        destination_login: login.to_owned(),
        in_plan: true,
        selected: true,
        left_out: false,
        phase: Phase::Completed,
        trouble: None,
        detail: None,
        additional: Some(8),
        setup: None,
        software: None,
        started: Some(COPIED - 4_000_000),
        finished: Some(COPIED),
        folders: vec![FolderSum {
            id: 1,
            name: FolderName::from_text("INBOX"),
            target: Some(FolderName::from_text("INBOX")),
            notes: String::new(),
            state: FolderState::Active,
            reason: None,
            detail: None,
            listed: Some(listed),
            listed_at: Some(COPIED),
            closing: true,
            tally: tally.clone(),
            absent: 0,
        }],
        tally,
        exceptions: Vec::new(),
        invariant: Invariant {
            listed,
            states: listed,
            holds: true,
        },
        verification: level.map(|level| Verification {
            level,
            sample: Some(300),
            seed: Some(String::from("5eed")),
            reader: Some(String::from("async-imap")),
            fallbacks: 0,
            at: VERIFIED,
        }),
        assurance,
    }
}

/// So many messages of a mailbox become exceptions.
pub(in crate::ui) fn refuse(account: &mut AccountReport, messages: u32, code: &str, words: &str) {
    let count = u64::from(messages);
    for tally in [&mut account.tally, &mut account.folders[0].tally] {
        let verified = tally.messages.contains_key(&Fate::Verified);
        let good = if verified {
            Fate::Verified
        } else {
            Fate::Acked
        };
        *tally.messages.entry(good).or_default() -= count;
        *tally.messages.entry(Fate::Exception).or_default() += count;
        let class = tally.classes.entry(String::from("I")).or_default();
        *class = class.saturating_sub(count);
    }
    account.assurance = match account.assurance {
        Assurance::Full { copies } => Assurance::Full {
            copies: copies - count,
        },
        Assurance::Accepted { copies, read } => Assurance::Accepted {
            copies: copies - count,
            read,
        },
        other => other,
    };
    for index in 0..messages {
        account.exceptions.push(ExceptionRow {
            account: account.login.clone(),
            folder_id: 7,
            folder: FolderName::from_text("Clienti/2019/Rossi e Figli/Contratti/Firmati"),
            uid_validity: 1_571_223,
            uid: 8_812 + index,
            size: 62_400_000 + u64::from(index),
            date: Some(String::from("07-Mar-2019 10:00:00 +0100")),
            sha256: None,
            state: Fate::Exception,
            approval: (index == 1).then(|| Approval {
                words: String::from("È nell’archivio dello studio, su carta"),
                by: String::from("g.bianchi"),
                at: VERIFIED,
            }),
            code: code.to_owned(),
            words: words.to_owned(),
            eml: Some(String::from("exceptions/l.moretti/1571223-8812.eml")),
        });
    }
}

pub(in crate::ui) fn accounts(compared: Compared) -> Vec<AccountReport> {
    let of = |(local, listed, excluded): (&str, u64, u64)| {
        account(&format!("{local}@{DOMAIN}"), listed, excluded, compared)
    };
    PEOPLE.into_iter().map(of).collect()
}

pub(in crate::ui) fn report(accounts: Vec<AccountReport>) -> Report {
    let made = Timestamp::from_millisecond(VERIFIED).unwrap_or_default();
    let made: ZonedDateTime = made.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    Report::of(
        made,
        PlanSummary {
            name: String::from("Studio Levante"),
            origin: String::from("imaps://posta.vecchiohost.example:993"),
            destination: String::from("imaps://mail.studiolevante.example:993"),
            scope: crate::plan::Scope::default(),
            mailboxes: accounts.len() as u64,
            since: None,
            max_size: Some(50_000_000),
            excluded_folders: Vec::new(),
            deleted: Deleted::Copy,
            folder_choices: BTreeMap::new(),
        },
        accounts,
    )
}
