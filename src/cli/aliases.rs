//! `aliases`: further addresses of the accounts, found in the headers of their messages.
//!
//! Promises: the origin is only read; without `--apply` the plan stays as it is; with it, aliases are added and none is
//! taken out; an address that several accounts show is named and given to none of them.

use clap::ArgMatches;
use futures::StreamExt as _;
use serde_json::{Map, Value, json};

use super::fail::{self, Failure, Masters};
use super::follow::Interrupts;
use super::{Exit, args, ask, json as events, out, run};
use crate::account::Side;
use crate::aliases::{self, Added, Candidate, Class, Kept, Proposal, Reason, Settings, Verdict};
use crate::i18n;
use crate::plan::{AliasMode, Aliases, Plan};
use crate::project::Project;
use crate::trouble::{Kind, Trouble};
use crate::{engine, log, t};

/// What came of one account.
type Found = (String, Result<Proposal, Trouble>);

/// Looks for aliases, shows them, and puts them into the plan where that is asked.
pub(super) fn aliases(matches: &ArgMatches) -> Result<Exit, Failure> {
    let project = args::project(matches);
    let mut plan = project.load()?;
    choose(matches, &mut plan.aliases)?;
    let only = run::only(&plan, matches)?;
    let apply = matches.get_flag(args::APPLY);
    let _lock = apply.then(|| project.lock()).transpose()?;
    let minimum = matches.get_one::<u32>(args::aliases::ALIAS_MIN).copied();
    let accounts = accounts(&project, &plan, &only)?;
    let _log = log::start(&project.log_dir(&plan.options), false)?;
    let Some(found) = super::runtime()?.block_on(read(&plan, accounts, matches))? else {
        return Ok(Exit::Interrupted);
    };
    let (read, failed) = sorted(found, &plan);
    let before = aliases::load(&project).unwrap_or_else(|error| {
        tracing::warn!("What was found before cannot be read: {error}");
        None
    });
    let logins: Vec<_> = read.iter().map(|proposal| proposal.login.clone()).collect();
    let mut kept = Kept::new(read).over(before, &plan);
    aliases::resolve(&mut kept.proposals, &plan);
    aliases::save(&project, &kept)?;
    let mut shown = kept.proposals;
    shown.retain(|proposal| logins.contains(&proposal.login));
    let added = if apply {
        let added = aliases::apply(&mut plan, &shown, minimum);
        project.save(&plan)?;
        added
    } else {
        Vec::new()
    };
    let told = Told {
        proposals: &shown,
        failed: &failed,
        added: &added,
    };
    if matches.get_flag(args::JSON) {
        told.json();
    } else {
        told.show(&project, &plan, apply);
    }
    Ok(told.exit())
}

/// What the options say, over what the plan has.
fn choose(matches: &ArgMatches, aliases: &mut Aliases) -> Result<(), Failure> {
    if let Some(word) = args::text(matches, args::aliases::MODE) {
        let mut all = AliasMode::ALL.into_iter();
        aliases.mode = all.find(|mode| mode.word() == word).unwrap_or_default();
    }
    aliases.no_x_envelope_to |= matches.get_flag(args::aliases::NO_X_ENVELOPE_TO);
    aliases.no_received |= matches.get_flag(args::aliases::NO_RECEIVED);
    for text in args::texts(matches, args::aliases::ALIAS_DOMAIN) {
        let domain = aliases::domain(text).ok_or_else(|| {
            Failure::usage(t!("cli-value-domain", text = text))
                .remedy(t!("cli-value-domain-remedy"))
        })?;
        if !aliases.domains.contains(&domain) {
            aliases.domains.push(domain);
        }
    }
    Ok(())
}

/// The accounts that are meant, each with its login at the origin. Where no header is read, no password is asked for.
fn accounts(
    project: &Project,
    plan: &Plan,
    only: &[String],
) -> Result<Vec<aliases::Account>, Failure> {
    let jobs = plan.jobs.iter().filter(|job| engine::wants(only, job));
    if plan.aliases.mode == AliasMode::Username {
        return Ok(jobs.cloned().map(aliases::Account::unopened).collect());
    }
    let secrets = ask::secrets_of(project, plan, only, &[Side::Origin])?;
    jobs.map(|job| {
        let login = secrets
            .login(Side::Origin, &plan.origin, &job.login)
            .ok_or_else(|| Failure::of(Kind::PasswordMissing).detail(job.login.clone()))?;
        Ok(aliases::Account {
            job: job.clone(),
            login,
        })
    })
    .collect()
}

/// Reads all of them; `None` where the operator interrupts.
async fn read(
    plan: &Plan,
    accounts: Vec<aliases::Account>,
    matches: &ArgMatches,
) -> Result<Option<Vec<Found>>, Failure> {
    let quiet = matches.get_flag(args::JSON) || plan.aliases.mode == AliasMode::Username;
    let (settings, of) = (Settings::of(plan), accounts.len() as u64);
    let at_once = plan.options.mailboxes as usize;
    let masters = Masters::of(plan);
    let reading = aliases::discover(&plan.origin, &settings, at_once, accounts)
        .map_err(|trouble| stopped(&trouble, &masters))?;
    let mut reading = std::pin::pin!(reading);
    let mut interrupts = Interrupts::listen();
    let mut found: Vec<Found> = Vec::new();
    loop {
        let next = tokio::select! {
            next = reading.next() => next,
            () = interrupts.next() => return Ok(None),
        };
        let Some((login, answer)) = next else {
            return Ok(Some(found));
        };
        if !quiet {
            let done = i18n::number(found.len() as u64 + 1);
            let of = i18n::number(of);
            out::note(&t!(
                "cli-aliases-progress",
                login = login.as_str(),
                done = done,
                of = of
            ));
        }
        found.push((login, answer));
    }
}

fn stopped(trouble: &Trouble, masters: &Masters) -> Failure {
    let mut lines = fail::trouble_lines(trouble, masters).into_iter();
    let failure = Failure::stopped(lines.next().unwrap_or_default());
    lines.fold(failure, Failure::detail)
}

/// In the plan's order: what was read, and what was not.
fn sorted(found: Vec<Found>, plan: &Plan) -> (Vec<Proposal>, Vec<(String, Trouble)>) {
    let place = |login: &str| plan.jobs.iter().position(|job| job.login == login);
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    for (login, answer) in found {
        match answer {
            Ok(proposal) => read.push(proposal),
            Err(trouble) => failed.push((login, trouble)),
        }
    }
    read.sort_by_key(|proposal| place(&proposal.login));
    failed.sort_by_key(|(login, _)| place(login));
    (read, failed)
}

/// What is told.
struct Told<'a> {
    proposals: &'a [Proposal],
    failed: &'a [(String, Trouble)],
    added: &'a [Added],
}

impl Told<'_> {
    fn exit(&self) -> Exit {
        let mut all = self.candidates();
        if !self.failed.is_empty() {
            Exit::Stopped
        } else if all.any(|one| matches!(one.verdict, Verdict::Refused(Reason::Claimed { .. }))) {
            Exit::Exceptions
        } else {
            Exit::Good
        }
    }

    fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        self.proposals.iter().flat_map(|one| &one.candidates)
    }

    fn count(&self, wanted: impl Fn(&Verdict) -> bool) -> u64 {
        self.candidates().filter(|one| wanted(&one.verdict)).count() as u64
    }

    /// Certain, suggested, refused.
    fn counts(&self) -> [u64; 3] {
        [
            self.count(|verdict| *verdict == Verdict::Accepted),
            self.count(|verdict| *verdict == Verdict::Suggested),
            self.count(|verdict| matches!(verdict, Verdict::Refused(_))),
        ]
    }

    fn is_added(&self, proposal: &Proposal, candidate: &Candidate) -> bool {
        let mut added = self.added.iter();
        added.any(|one| one.login == proposal.login && one.address == candidate.address)
    }

    fn show(&self, project: &Project, plan: &Plan, apply: bool) {
        for proposal in self.proposals {
            self.show_one(proposal);
        }
        let masters = Masters::of(plan);
        for (login, trouble) in self.failed {
            out::line(&out::ink(out::Ink::Bold, login));
            let lines = fail::trouble_lines(trouble, &masters).join("\n    ");
            out::line(&format!("  {}", out::ink(out::Ink::Red, &lines)));
        }
        let [certain, suggested, refused] = self.counts().map(i18n::number);
        out::line("");
        let total = t!(
            "cli-aliases-total",
            certain = certain,
            suggested = suggested,
            refused = refused
        );
        out::line(&out::ink(out::Ink::Bold, &total));
        if apply {
            let count = self.added.len();
            out::line(&t!(
                "cli-aliases-applied",
                count = count,
                number = i18n::number(count as u64)
            ));
        } else if plan.aliases.mode == AliasMode::Username {
            out::line(&t!("cli-aliases-username"));
        } else if self.candidates().next().is_some() {
            let dir = out::quoted(project.dir());
            out::line(&t!("cli-aliases-next", dir = dir));
        }
    }

    fn show_one(&self, proposal: &Proposal) {
        let read = i18n::Words::current().messages(u64::from(proposal.read));
        let head = format!("{} ({read})", proposal.login);
        out::line(&out::ink(out::Ink::Bold, &head));
        if proposal.catch_all {
            let warning = format!("{} {}", t!("cli-warning"), t!("cli-aliases-catch-all"));
            out::line(&format!("  {}", out::ink(out::Ink::Yellow, &warning)));
        }
        if proposal.candidates.is_empty() {
            out::line(&format!("  {}", t!("cli-aliases-none")));
            return;
        }
        let mut rows = vec![vec![
            t!("cli-aliases-column-address"),
            t!("cli-aliases-column-verdict"),
            t!("cli-aliases-column-total"),
            t!("cli-aliases-column-envelope"),
            t!("cli-aliases-column-received"),
            t!("cli-aliases-column-sent"),
            t!("cli-aliases-column-visible"),
            t!("cli-aliases-column-other"),
        ]];
        for candidate in &proposal.candidates {
            let mut row = vec![
                out::tame(&candidate.address),
                verdict(candidate, self.is_added(proposal, candidate)),
                i18n::number(candidate.total.into()),
            ];
            let counts = Class::ALL.map(|class| candidate.counts.of(class));
            row.extend(counts.map(|count| i18n::number(count.into())));
            rows.push(row);
        }
        for (at, line) in out::table(&rows, 2).into_iter().enumerate() {
            let line = if at == 0 {
                out::ink(out::Ink::Faint, &line)
            } else {
                line
            };
            out::line(&format!("  {line}"));
        }
    }

    fn json(&self) {
        for proposal in self.proposals {
            let candidates: Vec<_> = proposal
                .candidates
                .iter()
                .map(|one| candidate_json(one, self.is_added(proposal, one)))
                .collect();
            out::line(
                &json!({
                    "event": "aliases",
                    "account": proposal.login,
                    "mode": proposal.mode,
                    "read": proposal.read,
                    "catch_all": proposal.catch_all,
                    "candidates": candidates,
                })
                .to_string(),
            );
        }
        for (login, trouble) in self.failed {
            let trouble = events::trouble(trouble);
            let failed = json!({ "event": "aliases_failed", "account": login, "trouble": trouble });
            out::line(&failed.to_string());
        }
        let [accepted, suggested, refused] = self.counts();
        out::line(
            &json!({
                "event": "ended",
                "pass": "aliases",
                "accounts": self.proposals.len() + self.failed.len(),
                "failed": self.failed.len(),
                "accepted": accepted,
                "suggested": suggested,
                "refused": refused,
                "applied": self.added.len(),
            })
            .to_string(),
        );
    }
}

fn verdict(candidate: &Candidate, added: bool) -> String {
    match &candidate.verdict {
        _ if added => t!("cli-aliases-added"),
        Verdict::Accepted => t!("cli-aliases-accepted"),
        Verdict::Suggested => t!("cli-aliases-suggested"),
        Verdict::Refused(Reason::OtherAccount { login }) => {
            t!("cli-aliases-other-account", login = login.as_str())
        }
        Verdict::Refused(Reason::Claimed { logins }) => {
            t!("cli-aliases-claimed", logins = logins.join(", "))
        }
        Verdict::Refused(Reason::Role) => t!("cli-aliases-role"),
        Verdict::Refused(Reason::List) => t!("cli-aliases-list"),
    }
}

fn candidate_json(candidate: &Candidate, added: bool) -> Value {
    let (verdict, reason, accounts) = match &candidate.verdict {
        Verdict::Accepted => ("accepted", None, Vec::new()),
        Verdict::Suggested => ("suggested", None, Vec::new()),
        Verdict::Refused(reason) => match reason {
            Reason::OtherAccount { login } => {
                ("refused", Some("other-account"), vec![login.clone()])
            }
            Reason::Claimed { logins } => ("refused", Some("claimed"), logins.clone()),
            Reason::Role => ("refused", Some("role"), Vec::new()),
            Reason::List => ("refused", Some("list"), Vec::new()),
        },
    };
    let counts: Map<String, Value> = Class::ALL
        .iter()
        .filter_map(|class| match serde_json::to_value(class) {
            Ok(Value::String(name)) => Some((name, json!(candidate.counts.of(*class)))),
            _ => None,
        })
        .collect();
    json!({
        "address": candidate.address,
        "total": candidate.total,
        "counts": counts,
        "verdict": verdict,
        "reason": reason,
        "accounts": accounts,
        "applied": added,
    })
}
