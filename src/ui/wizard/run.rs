//! Beginning a run, its end, and leaving while it goes on.
//!
//! Promises: one run at a time; it is never ended without a question. Deliberately absent: what is shown of it
//! (`live`, `completion`).

use std::time::Instant;

use iced::{Element, Task};

use super::{Leaving, Message, Told, Wizard};
use crate::engine::Pass;
use crate::t;
use crate::trouble::{Kind, Trouble};
use crate::ui::follow::{self, Ended, Follow};
use crate::ui::icon::Icon;
use crate::ui::running::Running;
use crate::ui::step::Step;
use crate::ui::widget::{button, dialog};

impl Wizard {
    /// Begins passes over mailboxes; the window follows them.
    pub(super) fn begin(&mut self, passes: Vec<Pass>, only: Vec<String>) -> Task<Message> {
        if self.is_running() {
            return Task::none();
        }
        let written = self.write_now();
        let (Some(plan), Some(project)) = (self.session.draft.plan(), self.session.project.clone())
        else {
            return written;
        };
        if only.is_empty() && !plan.jobs.iter().any(|job| job.selected) {
            return written;
        }
        let expected = self.session.survey.expected(&plan, &only);
        let order = follow::Order {
            expected,
            secrets: self.session.secrets(&plan),
            provisioner: self.session.provisioner(&plan),
            project,
            plan,
            only,
            passes,
            demo: self.session.demo.clone(),
        };
        let copying = order.passes.first() == Some(&Pass::Copy);
        let (follow, work) = Follow::begin(order);
        self.running = Some(Running::new(follow, self.session.demo.is_some()));
        self.live.begun(copying);
        self.completion.begun(copying);
        let mut entered = Task::none();
        if copying {
            self.session.draft.reach(Step::Live);
            self.step = Step::Live;
            entered = self.enter_step();
        }
        // Spawned, so that the window only waits for it and never drives it.
        let run = Task::perform(async { tokio::spawn(work).await }, |ended| {
            let ended = ended.unwrap_or_else(|error| Ended {
                outcomes: Vec::new(),
                trouble: Some(Trouble::new(Kind::Protocol, "engine", error.to_string())),
                report: None,
                at: jiff::Timestamp::now(),
            });
            Message::Ended(Box::new(ended))
        });
        Task::batch([written, entered, run])
    }

    pub(super) fn ended(&mut self, ended: &Ended) -> Told {
        if let Some(running) = &mut self.running {
            let _new = running.look(Instant::now());
        }
        self.live.ended(ended);
        let told = self.completion.ended(&self.session, ended);
        let told = told.map(Message::Completion);
        if ended.trouble.is_none() && !ended.is_stopped() {
            self.session.draft.reach(Step::Completion);
            self.session.touch();
        }
        if self.leaving.is_some() {
            self.flush();
        }
        match self.leaving.take() {
            Some(Leaving::Close) => Told::Close,
            Some(Leaving::Home) => Told::Home,
            None => Told::Run(Task::batch([told, self.write_now()])),
        }
    }

    /// Wants to leave: at once when nothing runs, else after a question.
    pub(super) fn leave(&mut self, to: Leaving) -> Told {
        if self.is_running() {
            self.asked = Some(to);
            return Told::Run(iced::widget::operation::focus(dialog::SAFE));
        }
        self.flush();
        match to {
            Leaving::Home => Told::Home,
            Leaving::Close => Told::Close,
        }
    }

    /// The window is to be closed.
    pub fn close(&mut self) -> Told {
        self.leave(Leaving::Close)
    }

    pub(super) fn decided(&mut self, go: bool) -> Told {
        let Some(to) = self.asked.take().filter(|_| go) else {
            return Told::None;
        };
        if !self.is_running() {
            return self.leave(to);
        }
        self.leaving = Some(to);
        if let Some(running) = &self.running {
            running.follow.stop();
        }
        Told::None
    }

    pub(super) fn leaving_question<'a>(&self, to: Leaving) -> Element<'a, Message> {
        let (title, yes) = match to {
            Leaving::Home => (t!("leave-home"), t!("leave-home-yes")),
            Leaving::Close => (t!("leave-close"), t!("leave-close-yes")),
        };
        let about = if self.session.demo.is_some() {
            t!("leave-demo-about")
        } else {
            t!("leave-about")
        };
        dialog::question(
            (Icon::SQUARE, true),
            title,
            about,
            None,
            vec![
                button(t!("leave-no"))
                    .id(dialog::SAFE)
                    .on(Message::Leave(false))
                    .into(),
                button(yes)
                    .destructive()
                    .icon(Icon::SQUARE)
                    .on(Message::Leave(true))
                    .into(),
            ],
        )
    }
}
