//! Proposals, their conflicts, and the pass over a server.

mod corpus;
mod reading;

use super::*;
use crate::account::Endpoint;
use crate::aliases::tally::Tally;
use crate::plan::Job;
use proptest::prelude::*;

/// Everything is looked at, for `example.it`.
pub(super) fn settings() -> Settings {
    Settings {
        mode: AliasMode::Extended,
        no_x_envelope_to: false,
        no_received: false,
        domains: BTreeSet::from(["example.it".to_owned()]),
        inbox: 2_000,
        sent: 500,
    }
}

fn job(login: &str, address: &str) -> Job {
    Job {
        address: Some(address.to_owned()),
        ..Job::new(login, address)
    }
}

fn plan(jobs: Vec<Job>) -> Plan {
    let end = |url: &str| Endpoint::new(url.parse().unwrap());
    let mut plan = Plan::new(end("imaps://old.example"), end("imaps://new.example"));
    plan.aliases.mode = AliasMode::Extended;
    plan.jobs = jobs;
    plan
}

/// A proposal for this job from headers, each after `>` (sent) or `<` (received).
fn propose(job: &Job, settings: &Settings, headers: &[&str]) -> Proposal {
    let mut tally = Tally::new(settings);
    for header in headers {
        let (shelf, header) = match header.split_at(1) {
            (">", rest) => (Shelf::Sent, rest),
            (_, rest) => (Shelf::Inbox, rest),
        };
        tally.take(format!("{header}\r\n\r\n").as_bytes(), shelf);
    }
    tally.proposal(job)
}

fn show(proposal: &Proposal) -> Vec<String> {
    let line = |candidate: &Candidate| {
        let counts = Class::ALL.map(|class| candidate.counts.of(class).to_string());
        let verdict = match &candidate.verdict {
            Verdict::Accepted => "+".to_owned(),
            Verdict::Suggested => "?".to_owned(),
            Verdict::Refused(Reason::OtherAccount { login }) => format!("of {login}"),
            Verdict::Refused(Reason::Claimed { logins }) => format!("also {}", logins.join(" ")),
            Verdict::Refused(Reason::Role) => "role".to_owned(),
            Verdict::Refused(Reason::List) => "list".to_owned(),
        };
        format!(
            "{} {} {} {verdict}",
            candidate.address,
            counts.concat(),
            candidate.total
        )
    };
    proposal.candidates.iter().map(line).collect()
}

const TO_INFO: &str = "<Delivered-To: info@example.it";

#[test]
fn what_is_certain_is_accepted_and_the_rest_suggested() {
    let anna = job("anna", "anna@example.it");
    let found = propose(
        &anna,
        &settings(),
        &[
            TO_INFO,
            "<Delivered-To: Info@example.it\r\nTo: info@example.it",
            "<Delivered-To: anna@example.it\r\nTo: anna@example.it",
            "<To: solo@example.it",
            "<To: solo@example.it",
            "<To: solo@example.it",
            "<Delivered-To: una@example.it",
            ">From: una@example.it",
            ">From: vecchia@example.it",
            ">From: doppia@example.it",
            ">From: doppia@example.it\r\nSender: doppia@example.it",
            "<Delivered-To: postmaster@example.it",
            "<Delivered-To: postmaster@example.it",
            "<Delivered-To: soci@example.it\r\nList-Post: <mailto:soci@example.it>",
        ],
    );
    assert_eq!(
        show(&found),
        [
            "solo@example.it 00030 3 ?",
            "doppia@example.it 00200 2 +",
            "info@example.it 20010 2 +",
            "postmaster@example.it 20000 2 role",
            "una@example.it 10100 2 +",
            "soci@example.it 10000 1 list",
            "vecchia@example.it 00100 1 ?",
        ]
    );
    assert_eq!((found.read, found.catch_all), (14, false));
    assert_eq!(
        found.log_line(),
        "Available Aliases: solo - 3 x , doppia - 2 x , info - 2 x , postmaster - 2 x , una - 2 x , \
         soci - 1 x , vecchia - 1 x ,"
    );
}

#[test]
fn a_message_counts_once_however_often_it_is_there() {
    let anna = job("anna", "anna@example.it");
    let twice =
        "<Message-ID: <7@x>\r\nDelivered-To: info@example.it\r\nX-Original-To: info@example.it";
    let found = propose(&anna, &settings(), &[twice, twice, twice]);
    assert_eq!(show(&found), ["info@example.it 10000 1 ?"]);
    assert_eq!(found.read, 1);
}

#[test]
fn the_standard_mode_takes_the_one_address_written_from() {
    let standard = Settings {
        mode: AliasMode::Standard,
        ..settings()
    };
    let anna = Job::new("arossi", "arossi");
    let mail = [
        ">From: anna.rossi@example.it",
        ">From: Anna.Rossi@example.it",
        ">From: info@example.it",
        TO_INFO,
        TO_INFO,
        TO_INFO,
    ];
    let found = propose(&anna, &standard, &mail);
    assert_eq!(show(&found), ["anna.rossi@example.it 00200 2 +"]);
    // Without sent mail the server's own word counts.
    let found = propose(&anna, &standard, &mail[2..]);
    assert_eq!(show(&found), ["info@example.it 30100 4 +"]);
    let found = propose(&anna, &standard, &[TO_INFO, TO_INFO]);
    assert_eq!(show(&found), ["info@example.it 20000 2 +"]);
    // Who writes from the account's own address needs no other.
    let own = job("arossi", "anna.rossi@example.it");
    let found = propose(&own, &standard, &mail);
    assert!(found.candidates.is_empty());
    assert_eq!(
        found.log_line(),
        "No Aliases were discovered, Using Username"
    );
    let visible = propose(&anna, &standard, &["<To: info@example.it"]);
    assert!(visible.candidates.is_empty());
}

#[test]
fn a_mailbox_that_takes_everything_is_recognised() {
    let anna = job("anna", "anna@example.it");
    let mut mail: Vec<String> = (0..25)
        .map(|number| format!("<Delivered-To: nome{number}@example.it"))
        .collect();
    mail.extend([TO_INFO.to_owned(), TO_INFO.to_owned()]);
    mail.extend([
        ">From: io@example.it".to_owned(),
        ">From: io@example.it".to_owned(),
    ]);
    let mail: Vec<&str> = mail.iter().map(String::as_str).collect();
    let found = propose(&anna, &settings(), &mail);
    assert!(found.catch_all);
    let lines = show(&found);
    assert_eq!(lines[0], "info@example.it 20000 2 ?");
    assert_eq!(lines[1], "io@example.it 00200 2 +");
    let few = propose(&anna, &settings(), &mail[..20]);
    assert!(!few.catch_all);
}

#[test]
fn what_others_have_or_show_too_is_refused() {
    let mut plan = plan(vec![
        job("anna", "anna@example.it"),
        job("bruno", "bruno@example.it"),
        job("carla@old.example", "carla@example.it"),
        job("elena", "e.verdi@example.it"),
        Job::new("dario", "dario"),
    ]);
    plan.jobs[1].aliases.push("Vendite@example.it".into());
    let of = |login: &str, mail: &[&str]| {
        let job = plan.jobs.iter().find(|job| job.login == login).unwrap();
        propose(job, &settings(), mail)
    };
    let shared = "<Delivered-To: ufficio@example.it";
    let mut proposals = [
        of(
            "anna",
            &[
                ">From: bruno@example.it",
                ">From: bruno@example.it",
                "<Delivered-To: vendite@example.it",
                "<Delivered-To: dario@example.it",
                "<Delivered-To: elena@example.it",
                shared,
                shared,
                "<To: forse@example.it",
                TO_INFO,
                TO_INFO,
            ],
        ),
        of(
            "bruno",
            &[
                "<Delivered-To: vendite@example.it",
                shared,
                shared,
                "<To: forse@example.it",
                "<To: info@example.it",
            ],
        ),
        of("carla@old.example", &["<To: solo.carla@example.it"]),
    ];
    for _again in 0..2 {
        resolve(&mut proposals, &plan);
        assert_eq!(
            show(&proposals[0]),
            [
                "bruno@example.it 00200 2 of bruno",
                "info@example.it 20000 2 +",
                "ufficio@example.it 20000 2 also bruno",
                "dario@example.it 10000 1 of dario",
                "elena@example.it 10000 1 of elena",
                "forse@example.it 00010 1 also bruno",
                "vendite@example.it 10000 1 of bruno",
            ]
        );
        assert_eq!(
            show(&proposals[1]),
            [
                "ufficio@example.it 20000 2 also anna",
                "forse@example.it 00010 1 also anna",
                "info@example.it 00010 1 also anna",
                "vendite@example.it 10000 1 +",
            ]
        );
        assert_eq!(show(&proposals[2]), ["solo.carla@example.it 00010 1 ?"]);
    }
    let mut certain = plan.clone();
    let added = apply(&mut certain, &proposals, None);
    let added: Vec<_> = added
        .iter()
        .map(|one| (&*one.login, &*one.address))
        .collect();
    assert_eq!(added, [("anna", "info@example.it")]);
    assert_eq!(
        certain.jobs[1].aliases,
        ["Vendite@example.it"],
        "nothing goes, nothing comes twice"
    );
    let added = apply(&mut certain, &proposals, Some(1));
    let added: Vec<_> = added
        .iter()
        .map(|one| (&*one.login, &*one.address))
        .collect();
    assert_eq!(added, [("carla@old.example", "solo.carla@example.it")]);
    assert_eq!(apply(&mut certain, &proposals, Some(1)), []);
}

#[test]
fn the_domains_are_those_of_the_plan() {
    let mut plan = plan(vec![
        job("a@altrove.example", "a@Example.it"),
        Job::new("b", "b@città.example"),
        Job::new("c", "c"),
    ]);
    plan.aliases.domains = vec!["Alias.Example.".into(), "no domain".into()];
    let domains = Settings::of(&plan).domains;
    assert_eq!(
        Vec::from_iter(domains),
        ["alias.example", "example.it", "xn--citt-3na.example"]
    );
}

#[test]
fn proposals_survive_their_file_and_those_of_others_stay() {
    let dir = tempfile::tempdir().unwrap();
    let mut plan = plan(vec![
        job("anna", "anna@example.it"),
        job("bruno", "bruno@example.it"),
    ]);
    let project = crate::project::Project::create(dir.path().join("p"), &plan).unwrap();
    assert_eq!(load(&project).unwrap(), None);
    let of = |job: &Job, mail: &[&str]| propose(job, &settings(), mail);
    let first = Kept::new(vec![
        of(&plan.jobs[1], &["<To: b@example.it"]),
        of(&plan.jobs[0], &[TO_INFO, "<Delivered-To: abuse@example.it"]),
    ]);
    save(&project, &first).unwrap();
    let before = load(&project).unwrap();
    assert_eq!(before.as_ref(), Some(&first));
    let again = Kept::new(vec![of(&plan.jobs[1], &[])]).over(before.clone(), &plan);
    let logins: Vec<_> = again.proposals.iter().map(|one| &*one.login).collect();
    assert_eq!(logins, ["anna", "bruno"]);
    assert_eq!(again.proposals[0], first.proposals[1]);
    assert!(again.proposals[1].candidates.is_empty());
    let _gone = plan.jobs.remove(0);
    let again = Kept::new(Vec::new()).over(before, &plan);
    assert_eq!(again.proposals.len(), 1);
    std::fs::write(project.aliases_file(), "{").unwrap();
    assert!(load(&project).is_err());
}

proptest! {
    #[test]
    fn whatever_was_found_nobody_gets_what_another_has(
        mail in proptest::collection::vec((0_usize..3, "[<>]", "(From|To|Delivered-To)", "[a-f]"), 0..60),
        minimum in proptest::option::of(1_u32..4),
    ) {
        let mut plan = plan(vec![
            job("a", "a@example.it"),
            job("b", "b@example.it"),
            Job::new("c", "c"),
        ]);
        let mut proposals: Vec<Proposal> = plan.jobs.iter().enumerate().map(|(at, job)| {
            let own = mail.iter().filter(|(of, ..)| *of == at);
            let texts: Vec<String> = own
                .map(|(_, shelf, name, local)| format!("{shelf}{name}: {local}@example.it"))
                .collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            propose(job, &settings(), &texts)
        }).collect();
        resolve(&mut proposals, &plan);
        let _ = apply(&mut plan, &proposals, minimum);
        let aliases: Vec<&String> = plan.jobs.iter().flat_map(|job| &job.aliases).collect();
        let different: BTreeSet<&String> = aliases.iter().copied().collect();
        prop_assert_eq!(aliases.len(), different.len());
        for other in ["a@example.it", "b@example.it"] {
            prop_assert!(!different.contains(&other.to_owned()));
        }
        for (at, job) in plan.jobs.iter().enumerate() {
            prop_assert!(at == 2 || !job.aliases.contains(&"c@example.it".to_owned()));
        }
    }
}
