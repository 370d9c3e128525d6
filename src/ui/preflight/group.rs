//! Who begins: all that are ready, or only those of one group.
//!
//! Promises: with a group that is no longer there nobody is left out unseen: then it is everybody again. Deliberately
//! absent: making groups (`users`), judging who is ready (`findings`).

use std::collections::{BTreeSet, HashSet};

use iced::Element;

use super::Message;
use super::findings::{Verdict, Weight};
use crate::i18n;
use crate::plan::Plan;
use crate::t;
use crate::ui::shell::Status;
use crate::ui::survey::selected;
use crate::ui::widget::{Choice, Select, Tone};

/// What was chosen.
#[derive(Debug, Default)]
pub struct Group {
    chosen: Option<String>,
}

impl Group {
    pub fn choose(&mut self, group: Option<String>) {
        self.chosen = group;
    }

    /// The group, if it is one of those there are.
    fn name(&self, plan: Option<&Plan>) -> Option<&str> {
        let chosen = self.chosen.as_deref()?;
        let mut jobs = selected(plan?);
        jobs.any(|job| job.group == chosen).then_some(chosen)
    }

    /// The logins a run is to be limited to, none where it takes all that are selected; `None` where there is nobody to
    /// begin with.
    pub fn only(&self, plan: Option<&Plan>, verdict: &Verdict) -> Option<Vec<String>> {
        if !verdict.can_start() {
            return None;
        }
        let Some((name, plan)) = self.name(plan).zip(plan) else {
            return Some(verdict.only());
        };
        let ready: HashSet<&str> = verdict.ready.iter().map(String::as_str).collect();
        let logins: Vec<String> = selected(plan)
            .filter(|job| job.group == name && ready.contains(job.login.as_str()))
            .map(|job| job.login.clone())
            .collect();
        (!logins.is_empty()).then_some(logins)
    }

    /// What will happen, where only one group begins.
    pub fn status(&self, plan: Option<&Plan>, verdict: &Verdict) -> Option<Status> {
        let name = self.name(plan)?;
        if verdict.waiting || verdict.count(Weight::Blocker) > 0 {
            return None;
        }
        let all = selected(plan?).filter(|job| job.group == name).count() as u64;
        let ready = self.only(plan, verdict).map_or(0, |only| only.len() as u64);
        let words = t!(
            "preflight-group-ready",
            number = i18n::number(ready),
            count = all,
            of = i18n::number(all)
        );
        Some(if ready == all {
            Status::ok(words)
        } else {
            Status::new(Tone::Warn, words)
        })
    }

    /// The choice; nothing where nobody is in a group.
    pub fn view<'a>(&self, plan: Option<&Plan>) -> Option<Element<'a, Message>> {
        let jobs = selected(plan?).filter(|job| !job.group.is_empty());
        let groups: BTreeSet<&str> = jobs.map(|job| job.group.as_str()).collect();
        if groups.is_empty() {
            return None;
        }
        let mut choices = vec![Choice::new(t!("preflight-group-all"), Message::Group(None))];
        for name in &groups {
            let label = t!("preflight-group-one", name = *name);
            choices.push(Choice::new(label, Message::Group(Some((*name).to_owned()))));
        }
        let name = self.name(plan);
        let chosen = groups.iter().position(|one| Some(*one) == name);
        let select = Select::new(choices, Some(chosen.map_or(0, |at| at + 1)));
        Some(select.id("preflight-group").width(220).into())
    }
}
