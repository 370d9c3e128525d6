//! The log of the run as it grows: what is shown of it, what is chosen in it.
//!
//! Promises: lines stand and are copied as they stand in the file; no more are held than the reader holds
//! ([`KEPT`](crate::log::tail::KEPT)), and only those that are seen are built; scrolling up ends following, and
//! following again goes to the end. The file is read away from the window, twice a second while it is seen.

mod view;

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::Task;
use iced::advanced::widget::Id;
use iced::widget::operation;
use iced::widget::scrollable::{RelativeOffset, Viewport};

use super::Message;
use super::asking::Asking;
use crate::engine;
use crate::log::tail::{KEPT, Level, Line, Tail};
use crate::plan::Plan;
use crate::project::Project;
use crate::ui::widget::table::{Motion, View};

#[cfg(test)]
pub(super) use view::{broken, parts};
pub(super) use view::{foot, tools, view};

/// Between two looks at the file.
const EVERY: Duration = Duration::from_millis(500);
/// The lines, for what scrolls them.
const LINES: Id = Id::new("live-log");

/// What happens in the log.
#[derive(Debug, Clone)]
pub enum Said {
    Read(u64, Result<News, String>),
    Level(Option<Level>),
    Account(Option<Arc<str>>),
    Search(String),
    Follow,
    Scrolled(Viewport),
    /// The cursor; with what was chosen kept.
    Move(Motion, bool),
    Pick(u64),
    Open,
}

/// What was written since the last look.
#[derive(Debug, Clone)]
pub struct News {
    lines: Vec<Line>,
    file: Option<PathBuf>,
    octets: u64,
}

/// The log.
#[derive(Debug)]
pub(super) struct Log {
    tail: Option<Arc<Mutex<Tail>>>,
    asking: Asking,
    lines: VecDeque<Line>,
    /// The number of the first of them; each line keeps its own.
    first: u64,
    /// Numbers of those that are shown.
    shown: VecDeque<u64>,
    /// All, then by level, of those of the account and the search.
    counts: [u64; 4],
    accounts: BTreeSet<Arc<str>>,
    level: Option<Level>,
    account: Option<Arc<str>>,
    search: String,
    follow: bool,
    view: View,
    /// The line of the cursor, and where the choice began.
    cursor: Option<u64>,
    anchor: Option<u64>,
    file: Option<(PathBuf, u64)>,
    failed: Option<String>,
    /// Whether the answer that is awaited was asked for after the end.
    last: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            tail: None,
            asking: Asking::default(),
            lines: VecDeque::new(),
            first: 0,
            shown: VecDeque::new(),
            counts: [0; 4],
            accounts: BTreeSet::new(),
            level: None,
            account: None,
            search: String::new(),
            follow: true,
            view: View::default(),
            cursor: None,
            anchor: None,
            file: None,
            failed: None,
            last: false,
        }
    }
}

fn look(tail: &Mutex<Tail>) -> Result<News, String> {
    let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = tail.poll().map_err(|error| error.to_string())?;
    let file = tail.file();
    let octets = file
        .as_ref()
        .and_then(|file| std::fs::metadata(file).ok())
        .map_or(0, |facts| facts.len());
    Ok(News {
        lines,
        file,
        octets,
    })
}

impl Log {
    /// Reads on, at once or when it is due; nothing where it is being read.
    pub(super) fn ask(
        &mut self,
        project: Option<&Project>,
        plan: impl FnOnce() -> Option<Plan>,
        at_once: bool,
        over: bool,
    ) -> Task<Message> {
        if self.asking.is_on() {
            return Task::none();
        }
        if self.tail.is_none() {
            let (Some(project), Some(plan)) = (project, plan()) else {
                return Task::none();
            };
            let tail = Tail::open(&project.log_dir(&plan.options)).naming(engine::workers(&plan));
            self.tail = Some(Arc::new(Mutex::new(tail)));
        }
        let Some(tail) = self.tail.clone() else {
            return Task::none();
        };
        self.last = over;
        let work = async move {
            match tokio::task::spawn_blocking(move || look(&tail)).await {
                Ok(news) => news,
                Err(error) => Err(error.to_string()),
            }
        };
        let pause = if at_once { Duration::ZERO } else { EVERY };
        self.asking.ask(pause, work, |attempt, news| {
            Message::Log(Said::Read(attempt, news))
        })
    }

    /// Nobody sees it any more.
    pub(super) fn rest(&mut self) {
        self.asking.stop();
    }

    /// Takes what was read; says whether more may come.
    pub(super) fn read(&mut self, attempt: u64, news: Result<News, String>, over: bool) -> bool {
        if !self.asking.answered(attempt) {
            return false;
        }
        match news {
            Ok(news) => {
                self.failed = None;
                self.file = news.file.map(|file| (file, news.octets));
                if !news.lines.is_empty() {
                    self.take(news.lines);
                }
            }
            Err(words) => self.failed = Some(words),
        }
        !(over && self.last)
    }

    fn take(&mut self, lines: Vec<Line>) {
        for line in lines {
            if let Some(account) = &line.account {
                let _ = self.accounts.insert(account.clone());
            }
            let number = self.first + self.lines.len() as u64;
            let matches = self.is_meant(&line);
            self.count(&line, matches, true);
            if matches && self.level.is_none_or(|level| level == line.level) {
                self.shown.push_back(number);
            }
            self.lines.push_back(line);
        }
        while self.lines.len() > KEPT {
            if let Some(line) = self.lines.pop_front() {
                let matches = self.is_meant(&line);
                self.count(&line, matches, false);
            }
            if self.shown.front() == Some(&self.first) {
                let _ = self.shown.pop_front();
            }
            self.first += 1;
        }
        let kept = |number: &u64| *number >= self.first;
        self.cursor = self.cursor.filter(kept);
        self.anchor = self.anchor.filter(kept);
    }

    fn count(&mut self, line: &Line, matches: bool, more: bool) {
        if matches {
            for index in [0, 1 + line.level as usize] {
                let count = &mut self.counts[index];
                *count = if more {
                    *count + 1
                } else {
                    count.saturating_sub(1)
                };
            }
        }
    }

    /// Whether a line is of the account and holds the words that are looked for.
    fn is_meant(&self, line: &Line) -> bool {
        let account = self
            .account
            .as_ref()
            .is_none_or(|account| line.account.as_ref() == Some(account));
        account && (self.search.trim().is_empty() || holds(&line.text, self.search.trim()))
    }

    /// Other lines are to be shown.
    fn sift(&mut self) {
        self.counts = [0; 4];
        let mut shown = VecDeque::new();
        for (index, line) in self.lines.iter().enumerate() {
            if !self.is_meant(line) {
                continue;
            }
            self.counts[0] += 1;
            self.counts[1 + line.level as usize] += 1;
            if self.level.is_none_or(|level| level == line.level) {
                shown.push_back(self.first + index as u64);
            }
        }
        self.shown = shown;
        self.view.top = 0.0;
        (self.cursor, self.anchor) = (None, None);
    }

    fn line(&self, number: u64) -> Option<&Line> {
        let index = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.lines.get(index)
    }

    /// Only the lines of one account.
    pub(super) fn of(&mut self, login: &str) {
        let account: Arc<str> = login.into();
        let _ = self.accounts.insert(account.clone());
        self.account = Some(account);
        self.level = None;
        self.search.clear();
        self.follow = true;
        self.sift();
    }

    /// Goes to the end, where the end is followed.
    pub(super) fn catch_up(&self) -> Task<Message> {
        if self.follow {
            operation::snap_to(LINES, RelativeOffset { x: 0.0, y: 1.0 })
        } else {
            Task::none()
        }
    }

    /// What happens in it, besides reading and opening.
    pub(super) fn update(&mut self, said: Said) -> Task<Message> {
        match said {
            Said::Level(level) => {
                self.level = level;
                self.sift();
                return self.catch_up();
            }
            Said::Account(account) => {
                self.account = account;
                self.sift();
                return self.catch_up();
            }
            Said::Search(words) => {
                self.search = words;
                self.sift();
                return self.catch_up();
            }
            Said::Follow => {
                self.follow = !self.follow;
                return self.catch_up();
            }
            Said::Scrolled(viewport) => {
                let (top, end) = (viewport.absolute_offset().y, viewport.relative_offset().y);
                // A log that grows does not move what is seen; a person does.
                if top < self.view.top - 0.5 && end < 1.0 {
                    self.follow = false;
                }
                self.view.scrolled(viewport);
            }
            Said::Move(motion, keep) => return self.go(motion, keep),
            Said::Pick(number) => {
                let again = self.cursor == Some(number) && self.anchor == Some(number);
                let number = Some(number).filter(|_| !again);
                (self.cursor, self.anchor) = (number, number);
            }
            Said::Read(..) | Said::Open => {}
        }
        Task::none()
    }

    fn go(&mut self, motion: Motion, keep: bool) -> Task<Message> {
        if self.shown.is_empty() {
            return Task::none();
        }
        let at = self
            .cursor
            .and_then(|number| self.shown.binary_search(&number).ok());
        let mut view = self.view;
        view.cursor = at.unwrap_or(self.shown.len() - 1);
        let heights = vec![view::ONE; self.shown.len()];
        // Before the first move the cursor is put where it is looked for: at the end.
        if at.is_some() || !matches!(motion, Motion::Up | Motion::Down) {
            let _ = view.go::<Message>(motion, &heights, LINES);
        }
        let number = self.shown.get(view.cursor).copied();
        self.cursor = number;
        if !keep || self.anchor.is_none() {
            self.anchor = number;
        }
        self.follow = view.cursor + 1 == self.shown.len();
        // Lines differ in height; their places are known where they are drawn.
        let relative = view.cursor as f32 / (self.shown.len() - 1).max(1) as f32;
        operation::snap_to(
            LINES,
            RelativeOffset {
                x: 0.0,
                y: relative,
            },
        )
    }

    /// Whether a line is chosen.
    fn is_chosen(&self, number: u64) -> bool {
        match (self.anchor, self.cursor) {
            (Some(anchor), Some(cursor)) => {
                (anchor.min(cursor)..=anchor.max(cursor)).contains(&number)
            }
            _ => false,
        }
    }

    /// Nothing is chosen any more; says whether something was.
    pub(super) fn let_go(&mut self) -> bool {
        self.anchor = None;
        self.cursor.take().is_some()
    }

    /// Whether something is chosen.
    pub(super) fn has_choice(&self) -> bool {
        self.cursor.is_some()
    }

    /// The lines that are chosen, else all that are shown, as they stand in the file.
    pub(super) fn raw(&self) -> String {
        let mut text = String::new();
        for number in &self.shown {
            if self.has_choice() && !self.is_chosen(*number) {
                continue;
            }
            if let Some(line) = self.line(*number) {
                text.push_str(&line.text);
                text.push('\n');
            }
        }
        text
    }

    /// The file it comes from.
    pub(super) fn file(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|(file, _)| file.clone())
    }

    #[cfg(test)]
    pub(super) fn pretend(&mut self, lines: Vec<Line>, file: &str, octets: u64) {
        self.take(lines);
        self.file = Some((file.into(), octets));
    }

    #[cfg(test)]
    pub(super) fn counts(&self) -> [u64; 4] {
        self.counts
    }

    #[cfg(test)]
    pub(super) fn follows(&self) -> bool {
        self.follow
    }
}

/// Whether a text holds another, whatever the case of ASCII letters.
fn holds(text: &str, wanted: &str) -> bool {
    if text.is_ascii() && wanted.is_ascii() {
        let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
        return text
            .windows(wanted.len())
            .any(|part| part.eq_ignore_ascii_case(wanted));
    }
    text.to_lowercase().contains(&wanted.to_lowercase())
}
