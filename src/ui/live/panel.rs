//! One account, beside the table: how far it is, folder by folder, and what could not be copied.
//!
//! Promises: the folders come from the journal, asked once a second while the panel is seen and the run goes on.
//! Deliberately absent: how it looks, which has modules of its own.

mod foot;
mod setup;
mod view;

use std::sync::Arc;
use std::time::Duration;

use iced::Task;
use iced::advanced::widget::Id;
use iced::widget::scrollable;

use super::asking::Asking;
use super::{Message, past, words};
use crate::journal::{Error, ExceptionRow, FolderState, FolderSum, Journal, SetupRow, State};
use crate::project::Project;
use crate::ui::icon::Icon;
use crate::ui::widget::table::View;
pub(super) use view::view;

/// Between two questions to the journal.
const EVERY: Duration = Duration::from_secs(1);
const ROWS: Id = Id::new("live-folders");
const ROW: f32 = 30.0;
/// A row with a bar.
const TALL: f32 = 44.0;

/// A folder as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Folder {
    pub name: String,
    pub icon: Icon,
    pub done: u64,
    pub of: Option<u64>,
    pub exceptions: u64,
    pub state: FolderState,
    pub reason: Option<String>,
}

/// What the journal says of an account.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub folders: Vec<Folder>,
    /// Why messages could not be copied, and how many of them; those saved as files.
    pub reasons: Vec<(String, u64)>,
    pub saved: u64,
    /// Messages a filter leaves out.
    pub excluded: u64,
    /// What was done to the account at the destination.
    pub setup: Option<SetupRow>,
}

/// An answer, with the journal to ask next time.
#[derive(Debug, Clone)]
pub struct Answer {
    journal: Option<Journal>,
    facts: Arc<Facts>,
}

/// The panel while it is open.
#[derive(Debug)]
pub(super) struct Panel {
    login: String,
    journal: Option<Journal>,
    asking: Asking,
    facts: Option<Arc<Facts>>,
    failed: Option<String>,
    view: View,
    /// Whether the answer that is awaited was asked for after the end.
    last: bool,
}

impl Panel {
    pub(super) fn open(login: String) -> Self {
        Self {
            login,
            journal: None,
            asking: Asking::default(),
            facts: None,
            failed: None,
            view: View::default(),
            last: false,
        }
    }

    pub(super) fn login(&self) -> &str {
        &self.login
    }

    /// Another account, over the same journal.
    pub(super) fn turn_to(&mut self, login: String) {
        *self = Self {
            journal: self.journal.take(),
            ..Self::open(login)
        };
    }

    /// Asks the journal, at once or when it is due; nothing where it is being asked.
    pub(super) fn ask(
        &mut self,
        project: Option<&Project>,
        at_once: bool,
        over: bool,
    ) -> Task<Message> {
        let Some(project) = project.filter(|_| !self.asking.is_on()) else {
            return Task::none();
        };
        self.last = over;
        let pause = if at_once { Duration::ZERO } else { EVERY };
        let work = look(project.clone(), self.journal.clone(), self.login.clone());
        self.asking.ask(pause, work, Message::Folders)
    }

    /// Nobody sees it any more.
    pub(super) fn rest(&mut self) {
        self.asking.stop();
    }

    /// Takes an answer; asks again where more may come.
    pub(super) fn answered(
        &mut self,
        attempt: u64,
        answer: Result<Answer, String>,
        project: Option<&Project>,
        over: bool,
    ) -> Task<Message> {
        if !self.asking.answered(attempt) {
            return Task::none();
        }
        match answer {
            Ok(answer) => {
                self.journal = answer.journal;
                self.facts = Some(answer.facts);
                self.failed = None;
            }
            Err(words) => self.failed = Some(words),
        }
        if over && self.last {
            return Task::none();
        }
        self.ask(project, false, over)
    }

    pub(super) fn scrolled(&mut self, viewport: scrollable::Viewport) {
        self.view.scrolled(viewport);
    }

    #[cfg(test)]
    pub(super) fn facts(&self) -> Option<&Facts> {
        self.facts.as_deref()
    }

    #[cfg(test)]
    pub(super) fn pretend(&mut self, facts: Facts) {
        self.facts = Some(Arc::new(facts));
    }
}

async fn look(project: Project, journal: Option<Journal>, login: String) -> Result<Answer, String> {
    let journal = match journal {
        Some(journal) => Some(journal),
        None => past::open(project).await?,
    };
    let facts = match &journal {
        Some(journal) => ask(journal, &login)
            .await
            .map_err(|error| error.to_string())?,
        None => Facts::default(),
    };
    Ok(Answer {
        journal,
        facts: Arc::new(facts),
    })
}

async fn ask(journal: &Journal, login: &str) -> Result<Facts, Error> {
    let accounts = journal.accounts().await?;
    let Some(account) = accounts.iter().find(|row| row.login == login) else {
        return Ok(Facts::default());
    };
    let sums = journal.folder_sums(account.id).await?;
    let exceptions = journal.exceptions(account.id).await?;
    Ok(Facts {
        setup: journal.setup(account.id).await?,
        ..Facts::of(&sums, &exceptions)
    })
}

impl Facts {
    fn of(sums: &[FolderSum], exceptions: &[ExceptionRow]) -> Self {
        let mut facts = Self::default();
        for sum in sums {
            facts.excluded += sum.tally.of(&[State::Excluded]);
            facts.folders.push(Folder {
                name: words::folder(&sum.name.text()),
                icon: icon(&sum.name.text()),
                done: sum.tally.of(&past::DONE),
                of: sum.listed.map(|_| sum.tally.total()),
                exceptions: sum.tally.of(&[State::Exception]),
                state: sum.state,
                reason: sum.reason.clone(),
            });
        }
        for row in exceptions {
            match facts.reasons.iter_mut().find(|(code, _)| *code == row.code) {
                Some((_, count)) => *count += 1,
                None => facts.reasons.push((row.code.clone(), 1)),
            }
            facts.saved += u64::from(row.eml.is_some());
        }
        facts
            .reasons
            .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        facts
    }
}

/// The picture of a folder, judging by its name.
pub(super) fn icon(name: &str) -> Icon {
    let name = name.to_lowercase();
    let last = name.rsplit(['/', '.']).next().unwrap_or(&name);
    let is = |words: &[&str]| words.iter().any(|word| last.contains(word));
    if name == "inbox" {
        Icon::INBOX
    } else if is(&["sent", "inviat", "gesendet", "envoy", "enviad"]) {
        Icon::SEND
    } else if is(&["draft", "bozze", "entw", "brouillon", "borrador"]) {
        Icon::FILE_PEN_LINE
    } else if is(&[
        "trash",
        "cestino",
        "deleted",
        "eliminat",
        "papierkorb",
        "corbeille",
        "papelera",
    ]) {
        Icon::TRASH_2
    } else if is(&["junk", "spam", "indesiderat"]) {
        Icon::SHIELD_ALERT
    } else if is(&["archiv"]) || name.starts_with("archiv") {
        Icon::ARCHIVE
    } else {
        Icon::FOLDER
    }
}
