//! What follows from a gesture or an answer.

use iced::advanced::widget::Id;
use iced::{Task, task};

use super::dns::{Exchange, Leads};
use super::ledger::{self, Ledger};
use super::look::Looked;
use super::{Files, Message, Names, Order, Over, State, approval, clients, export};
use crate::discovery::World;
use crate::engine::Pass;
use crate::i18n::{self, Words};
use crate::report::Format;
use crate::t;
use crate::ui::action::Action;
use crate::ui::running::Running;
use crate::ui::session::{Session, Standing};
use crate::ui::step::Step;
use crate::ui::widget::dialog;

/// The rows of the mailboxes.
pub(super) const ROWS: Id = Id::new("completion-rows");
/// The height of one.
pub(super) const ROW: f32 = 33.0;

impl State {
    pub fn update(
        &mut self,
        session: &mut Session,
        running: Option<&mut Running>,
        world: Option<&World>,
        message: Message,
    ) -> Action<Message> {
        match message {
            Message::Gathered(attempt, done) => {
                if attempt == self.asked[0] {
                    self.gathered(done, session.draft.held_count());
                }
            }
            Message::Level(level) => self.level = level,
            Message::Complete => {
                let passes = vec![Pass::Complete, Pass::Verify(self.level)];
                return self.begin(session, passes, Vec::new());
            }
            Message::VerifyAlone(level) => {
                self.level = level;
                return self.begin(session, vec![Pass::Verify(level)], Vec::new());
            }
            Message::Recover(only) => {
                let passes = vec![Pass::Complete, Pass::Verify(self.level)];
                return self.begin(session, passes, only);
            }
            Message::GoOn => return self.go_on(session),
            Message::Pause(paused) => {
                if let Some(running) = running.filter(|_| self.is_ours()) {
                    running.follow.pause(paused);
                }
            }
            Message::AskStop if self.is_ours() => {
                self.over = Over::Stop;
                return Action::Run(iced::widget::operation::focus(dialog::SAFE));
            }
            Message::Stop => {
                self.over = Over::None;
                if let Some(running) = running.filter(|_| self.is_ours()) {
                    running.follow.stop();
                }
            }
            Message::ToCopy | Message::Back => return Action::Go(Step::Live),
            Message::Passes(shown) => self.passes = shown,
            Message::Search(text) => {
                self.search = text;
                self.find();
                self.table.cursor = 0;
                return Action::Run(self.table.reveal(&self.heights(running.as_deref()), ROWS));
            }
            Message::Scrolled(viewport) => self.table.scrolled(viewport),
            Message::Move(motion) => {
                let heights = self.heights(running.as_deref());
                return Action::Run(self.table.go(motion, &heights, ROWS));
            }
            Message::Row(place) => return self.row(place),
            Message::Open(account) => return self.open(account),
            Message::Ledger(message) => return self.ledger(session, message),
            Message::LedgerOpened(shown) => {
                if let Over::Ledger(ledger) = &mut self.over {
                    ledger.unopened = !shown;
                }
            }
            Message::Decided(attempt, done) => {
                if attempt == self.asked[3]
                    && let Over::Ledger(ledger) = &mut self.over
                {
                    ledger.decided(done.clone());
                    if done.is_ok() {
                        return Action::Run(self.gather(session));
                    }
                }
            }
            Message::Close => self.over = Over::None,
            Message::Tick(item) => {
                if !session.draft.done.remove(&item) {
                    let _ = session.draft.done.insert(item);
                }
                session.touch();
            }
            Message::Look => return Action::Run(self.look(session, world)),
            Message::Looked(attempt, looked) => {
                if attempt == self.asked[1] {
                    self.saw(*looked);
                }
            }
            Message::Records(item) => {
                self.over = Over::Records(item);
                return Action::Run(iced::widget::operation::focus(dialog::SAFE));
            }
            Message::SetAgain(only) => return self.begin(session, vec![Pass::Copy], only),
            Message::Former(former) => self.former(former),
            Message::PutBack => return self.put_back(session),
            Message::PutBackDone(done) => self.put_back_done(done),
            Message::List => {
                self.over = Over::List(false);
                return Action::Run(iced::widget::operation::focus(dialog::SAFE));
            }
            Message::ListPasswords(on) => {
                if let Over::List(passwords) = &mut self.over {
                    *passwords = on;
                }
            }
            Message::ListSave => return Self::list_save(session),
            Message::ListPlace(Some(to)) => return self.list_place(session, to),
            Message::Language(language) => self.language = Some(language),
            Message::Export(format) => return self.export(session, format),
            Message::SaveAs => return self.save_as(session),
            Message::Place(Some(to)) => {
                if let (Some(project), Some(facts)) = (session.project.clone(), self.facts()) {
                    let page = export::page(project, facts.report.clone(), self.words(), to);
                    return self.writing(page);
                }
            }
            Message::AskStop | Message::Place(None) | Message::ListPlace(None) => {}
            Message::Clients => {
                if let Some(project) = session.project.clone() {
                    let text = instructions(session);
                    return self.writing(export::text(project, clients::NAME, text));
                }
            }
            Message::Written(attempt, done) => {
                if attempt == self.asked[2] {
                    self.unshown = done.as_ref().is_ok_and(|written| !written.shown);
                    self.files = Files::Done(done);
                }
            }
            Message::Show(path) => {
                return Action::Run(Task::perform(export::show(path), Message::Shown));
            }
            Message::Shown(shown) => self.unshown = !shown,
            Message::Copy(text) => return Action::Copy(text),
            Message::Finish => return Action::Home,
        }
        Action::None
    }

    /// Begins passes, once the passwords are there to be used.
    fn begin(
        &mut self,
        session: &Session,
        passes: Vec<Pass>,
        only: Vec<String>,
    ) -> Action<Message> {
        if self.run.is_on() {
            return Action::None;
        }
        let Some(plan) = session.draft.plan() else {
            return Action::None;
        };
        let concerns = |login: &String| {
            only.is_empty()
                || plan.jobs.iter().any(|job| {
                    only.contains(&job.login)
                        && (job.login == *login || job.destination_login == *login)
                })
        };
        let lacking = session.lacking(&plan);
        let lacks = lacking.iter().any(|(_, login)| concerns(login));
        if lacks && !matches!(session.keeper.standing(), Standing::Open(_)) {
            return Action::Unlock;
        }
        self.ordered = Order {
            passes: passes.clone(),
            only: only.clone(),
        };
        Action::Begin(passes, only)
    }

    /// What was stopped is gone on with: the final pass where it did not get to its end, and the verification.
    fn go_on(&mut self, session: &Session) -> Action<Message> {
        let verify = Pass::Verify(self.level);
        let passes = match self.last.pass {
            Some(Pass::Verify(_)) => vec![verify],
            _ => vec![Pass::Complete, verify],
        };
        self.begin(session, passes, Vec::new())
    }

    /// The heights of the rows that are shown.
    pub(super) fn heights(&self, running: Option<&Running>) -> Vec<f32> {
        let count = match running.filter(|_| self.is_ours()) {
            Some(running) => self.shown_rows(running).len(),
            None => self.found.len(),
        };
        vec![ROW; count]
    }

    /// The mailboxes of a run that are shown, by their place in the snapshot.
    pub(super) fn shown_rows(&self, running: &Running) -> Vec<usize> {
        let wanted = self.search.trim().to_lowercase();
        let rows = running.shown.snapshot.mailboxes.iter().enumerate();
        rows.filter(|(_, row)| wanted.is_empty() || row.login.to_lowercase().contains(&wanted))
            .map(|(at, _)| at)
            .collect()
    }

    fn row(&mut self, place: Option<usize>) -> Action<Message> {
        if let Some(place) = place {
            self.table.cursor = place;
        }
        let row = self.found.get(self.table.cursor);
        let index = row.and_then(|row| Some(self.facts()?.rows.get(*row)?.index));
        match index {
            // Where no message moves there is no ledger.
            Some(_)
                if !self
                    .facts()
                    .is_some_and(|facts| facts.report.plan.scope.copies()) =>
            {
                Action::None
            }
            Some(index) if !self.is_ours() => self.open(Some(index)),
            _ => Action::None,
        }
    }

    fn open(&mut self, account: Option<usize>) -> Action<Message> {
        if let Some(facts) = self.facts() {
            self.over = Over::Ledger(Box::new(Ledger::of(&facts.report, account)));
            return Action::Run(iced::widget::operation::focus(dialog::SAFE));
        }
        Action::None
    }

    fn ledger(&mut self, session: &Session, message: ledger::Message) -> Action<Message> {
        let facts = self.facts().cloned();
        let (Over::Ledger(ledger), Some(facts)) = (&mut self.over, facts) else {
            return Action::None;
        };
        match ledger.update(&facts.report, message) {
            ledger::Asked::Nothing => Action::None,
            ledger::Asked::Scroll(task) => Action::Run(task.map(Message::Ledger)),
            ledger::Asked::Copy(text) => Action::Copy(text),
            ledger::Asked::Show(eml) => match &session.project {
                Some(project) => {
                    let showing = export::show(project.dir().join(eml));
                    Action::Run(Task::perform(showing, Message::LedgerOpened))
                }
                None => Action::None,
            },
            ledger::Asked::Decide(row, note) => {
                let Some(project) = session.project.clone() else {
                    return Action::None;
                };
                self.asked[3] += 1;
                let attempt = self.asked[3];
                let work = approval::put(project, *row, note);
                Action::Run(Task::perform(work, move |done| {
                    Message::Decided(attempt, done)
                }))
            }
        }
    }

    /// The DNS has answered.
    pub(super) fn saw(&mut self, looked: Looked) {
        let exchanges = looked.facts.iter().map(|facts| &facts.exchange);
        // Whoever did not answer says nothing about a change.
        let silent = exchanges.clone().any(|one| *one == Exchange::Unknown);
        let mut here = !looked.facts.is_empty();
        let mut ttl = self.old_ttl;
        for exchange in exchanges {
            match exchange {
                Exchange::To {
                    leads: Leads::Destination,
                    ttl: now,
                    ..
                } => ttl = ttl.max(*now),
                Exchange::To { ttl: now, .. } => {
                    self.old_ttl = self.old_ttl.max(*now);
                    here = false;
                }
                _ => here = false,
            }
        }
        match self.moved {
            _ if silent => {}
            _ if !here => self.moved = None,
            None => self.moved = Some((looked.at, ttl)),
            Some(_) => {}
        }
        self.names = Names::Known(Box::new(looked));
    }

    /// In which language the report is written.
    pub(super) fn words(&self) -> Words {
        Words::new(self.language.unwrap_or_else(i18n::current))
    }

    fn export(&mut self, session: &Session, format: Format) -> Action<Message> {
        let (Some(project), Some(facts)) = (session.project.clone(), self.facts()) else {
            return Action::None;
        };
        let report = export::report(project, facts.report.clone(), format, self.words());
        self.writing(report)
    }

    pub(super) fn writing(
        &mut self,
        work: impl Future<Output = Result<export::Written, String>> + Send + 'static,
    ) -> Action<Message> {
        self.asked[2] += 1;
        let attempt = self.asked[2];
        let (task, handle): (Task<Message>, task::Handle) =
            Task::perform(work, move |done| Message::Written(attempt, done)).abortable();
        self.files = Files::Writing {
            _task: handle.abort_on_drop(),
        };
        Action::Run(task)
    }

    fn save_as(&self, session: &Session) -> Action<Message> {
        let Some(facts) = self.facts() else {
            return Action::None;
        };
        let mut asking = rfd::AsyncFileDialog::new()
            .set_title(t!("finish-save-title"))
            .add_filter("HTML", &["html"])
            .set_file_name(format!("{}.html", facts.code));
        if let Some(project) = &session.project {
            asking = asking.set_directory(project.dir());
        }
        Action::Run(Task::perform(asking.save_file(), |chosen| {
            Message::Place(chosen.map(|file| file.path().to_owned()))
        }))
    }
}

/// The text for users, with one of their logins as an example.
fn instructions(session: &Session) -> String {
    let draft = &session.draft;
    let rules = draft.rules();
    let mut chosen = draft.entries.iter().filter(|entry| entry.selected);
    let example = chosen.next().map(|entry| entry.destination(rules));
    clients::text(&draft.destination, draft.destination_login, example)
}
