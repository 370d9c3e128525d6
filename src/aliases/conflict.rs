//! Whose an address is, where more than one account could have it.
//!
//! Promises: pure, and the same however often it is done; an address that belongs to another account is never accepted;
//! one that several accounts show is given to none of them, unless the evidence of one alone is enough.

use std::collections::HashMap;

use super::{Candidate, Proposal, Reason, Verdict, address};
use crate::plan::{Job, Plan};

/// Names that stand for the server or a duty and not for a person (RFC 2142, and what servers use besides).
const ROLES: &[&str] = &[
    "abuse",
    "daemon",
    "hostmaster",
    "mailer-daemon",
    "no-reply",
    "nobody",
    "noc",
    "noreply",
    "postmaster",
    "root",
    "security",
    "webmaster",
];

impl Candidate {
    /// The address as it is compared.
    pub(super) fn key(&self) -> String {
        address::key(&self.address)
    }

    /// What the evidence of one mailbox alone amounts to (proxy.md 6.2).
    pub(super) fn judged(&self, catch_all: bool) -> Verdict {
        let counts = &self.counts;
        let local = self.address.split('@').next().unwrap_or_default();
        if self.list {
            return Verdict::Refused(Reason::List);
        }
        let is_role = ROLES.iter().any(|role| role.eq_ignore_ascii_case(local));
        if is_role && counts.sent == 0 {
            return Verdict::Refused(Reason::Role);
        }
        let served = counts.envelope + counts.received;
        let written = counts.sent >= 2 || (counts.sent >= 1 && counts.envelope >= 1);
        if written || (served >= 2 && !catch_all) {
            Verdict::Accepted
        } else {
            Verdict::Suggested
        }
    }
}

/// Judges all candidates anew, with what the plan and the other proposals say of them.
pub fn resolve(proposals: &mut [Proposal], plan: &Plan) {
    let owners = Owners::of(plan);
    let has_already = |login: &str, key: &str| {
        let mut jobs = plan.jobs.iter();
        let job = jobs.find(|job| job.login == login);
        job.is_some_and(|job| job.aliases.iter().any(|alias| address::key(alias) == key))
    };
    let mut claims: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (at, proposal) in proposals.iter_mut().enumerate() {
        for (place, candidate) in proposal.candidates.iter_mut().enumerate() {
            let key = candidate.key();
            candidate.verdict = match owners.owner(&key) {
                Some(owner) if owner != proposal.login => Verdict::Refused(Reason::OtherAccount {
                    login: owner.to_owned(),
                }),
                Some(owner) if has_already(owner, &key) => Verdict::Accepted,
                _ => candidate.judged(proposal.catch_all),
            };
            if !matches!(candidate.verdict, Verdict::Refused(_)) {
                claims.entry(key).or_default().push((at, place));
            }
        }
    }
    for places in claims.into_values().filter(|places| places.len() > 1) {
        let accepted = |(at, place): &&(usize, usize)| {
            proposals[*at].candidates[*place].verdict == Verdict::Accepted
        };
        let mut certain = places.iter().filter(accepted);
        let holder = certain.next().copied().filter(|_| certain.next().is_none());
        let logins: Vec<String> = places
            .iter()
            .map(|(at, _)| proposals[*at].login.clone())
            .collect();
        for (at, place) in places {
            if holder == Some((at, place)) {
                continue;
            }
            let own = &proposals[at].login;
            let others = match holder {
                Some((holder, _)) => vec![proposals[holder].login.clone()],
                None => logins
                    .iter()
                    .filter(|login| *login != own)
                    .cloned()
                    .collect(),
            };
            proposals[at].candidates[place].verdict =
                Verdict::Refused(Reason::Claimed { logins: others });
        }
    }
}

/// Which account has which address, as the plan has it.
struct Owners<'a> {
    addresses: HashMap<String, &'a str>,
    /// Logins of accounts of which no domain is known: whoever has the name may have the address.
    names: HashMap<String, &'a str>,
}

impl<'a> Owners<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut owners = Self {
            addresses: HashMap::new(),
            names: HashMap::new(),
        };
        // What is said of an account counts before what its login suggests.
        for job in &plan.jobs {
            let said = job.destination_address().into_iter();
            for address in said.chain(job.aliases.iter().map(String::as_str)) {
                let _ = owners
                    .addresses
                    .entry(address::key(address))
                    .or_insert(&job.login);
            }
        }
        for job in &plan.jobs {
            owners.add_logins(job);
        }
        owners
    }

    fn add_logins(&mut self, job: &'a Job) {
        for login in [&job.login, &job.destination_login] {
            let domain = job
                .destination_address()
                .and_then(|own| own.rsplit_once('@'));
            let (known, key) = match domain {
                _ if login.contains('@') => (&mut self.addresses, address::key(login)),
                Some((_, domain)) => {
                    let key = address::key(&format!("{login}@{domain}"));
                    (&mut self.addresses, key)
                }
                None => (&mut self.names, address::key(login)),
            };
            let _ = known.entry(key).or_insert(&job.login);
        }
    }

    fn owner(&self, key: &str) -> Option<&'a str> {
        let name = key.split('@').next().unwrap_or_default();
        let by_address = self.addresses.get(key);
        by_address.or_else(|| self.names.get(name)).copied()
    }
}
