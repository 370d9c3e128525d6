//! A judgement in words.

use super::facts::Facts;
use super::verdict::{Judgement, Last, Verdict};
use crate::engine::Pass;
use crate::i18n::{Words, number};
use crate::report::{Assurance, Grade};
use crate::t;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::shell::Status;
use crate::ui::widget::Tone;

impl Judgement {
    pub fn tone(&self) -> Tone {
        match self.verdict {
            Verdict::Proven => Tone::Ok,
            Verdict::Passwords { set, of } if set == of => Tone::Ok,
            Verdict::Disagree | Verdict::Failed { .. } => Tone::Bad,
            Verdict::Missing { .. } | Verdict::Unread { .. } if self.grade == Grade::Critical => {
                Tone::Bad
            }
            Verdict::Missing { .. }
            | Verdict::Unread { .. }
            | Verdict::Differs
            | Verdict::Unfinished
            | Verdict::Passwords { .. }
            | Verdict::Stopped => Tone::Warn,
            Verdict::Nothing
            | Verdict::Unverified { .. }
            | Verdict::Present { .. }
            | Verdict::Sampled { .. } => Tone::Neutral,
        }
    }

    /// The icon of the seal.
    pub fn icon(&self) -> Icon {
        match self.verdict {
            Verdict::Proven => Icon::MAIL_CHECK,
            Verdict::Passwords { .. } => Icon::KEY_ROUND,
            Verdict::Disagree | Verdict::Failed { .. } | Verdict::Unread { .. } => {
                Icon::OCTAGON_ALERT
            }
            Verdict::Stopped => Icon::SQUARE,
            Verdict::Missing { .. } | Verdict::Sampled { .. } => Icon::SEARCH_CHECK,
            Verdict::Differs | Verdict::Unfinished => Icon::TRIANGLE_ALERT,
            Verdict::Unverified { .. } => Icon::HOURGLASS,
            Verdict::Present { .. } => Icon::LIST_CHECKS,
            Verdict::Nothing => Icon::INBOX,
        }
    }

    /// The large words below the seal.
    pub fn headline(&self) -> String {
        let words = Words::current();
        match self.verdict {
            Verdict::Proven => t!("report-headline-zero"),
            Verdict::Passwords { set, .. } => t!(
                "report-headline-passwords",
                count = set,
                number = words.number(set)
            ),
            Verdict::Disagree => t!("finish-disagree"),
            Verdict::Failed { accounts } => t!(
                "report-headline-failed",
                count = accounts,
                number = words.number(accounts)
            ),
            Verdict::Stopped => t!("finish-stopped"),
            Verdict::Unread { folders } => t!(
                "finish-unread",
                count = folders,
                number = words.number(folders)
            ),
            Verdict::Missing { messages, .. } => t!(
                "count-missing",
                count = messages,
                number = words.number(messages)
            ),
            Verdict::Differs => t!("finish-differs"),
            Verdict::Unfinished => t!("finish-unfinished-accounts"),
            Verdict::Unverified { .. } => t!("finish-unverified"),
            Verdict::Present { .. } | Verdict::Sampled { .. } => t!("finish-none-seen"),
            Verdict::Nothing => t!("finish-nothing"),
        }
    }

    /// The sentence below them.
    pub fn about(&self, last: &Last) -> String {
        match self.verdict {
            Verdict::Proven => {
                let accounts = self.accounts;
                t!(
                    "finish-proven-about",
                    messages = Words::current().messages(self.copies),
                    count = accounts,
                    number = number(accounts)
                )
            }
            Verdict::Passwords { .. } => t!("report-statement-passwords"),
            Verdict::Disagree => t!("finish-disagree-about"),
            Verdict::Failed { .. } => t!("finish-failed-about"),
            Verdict::Stopped => match last.pass {
                Some(Pass::Verify(_)) => t!("finish-stopped-verify-about"),
                _ => t!("finish-stopped-about"),
            },
            Verdict::Unread { .. } => t!("finish-unread-about"),
            Verdict::Missing { messages, waiting } if waiting == messages => {
                t!("finish-missing-waiting-about")
            }
            Verdict::Missing { waiting: 0, .. } => t!("finish-missing-refused-about"),
            Verdict::Missing { .. } => t!("finish-missing-about"),
            Verdict::Differs => t!("finish-differs-about"),
            Verdict::Unfinished => t!("finish-unfinished-accounts-about"),
            Verdict::Unverified { read: 0, .. } => t!("finish-unverified-about"),
            Verdict::Unverified { read, of } => t!(
                "finish-unverified-some-about",
                read = number(read),
                of = number(of)
            ),
            Verdict::Present { of } => t!(
                "finish-present-about",
                messages = Words::current().messages(of)
            ),
            Verdict::Sampled { read, of } => {
                t!("finish-sampled-about", read = number(read), of = number(of))
            }
            Verdict::Nothing => t!("finish-nothing-about"),
        }
    }

    /// Title and purpose of the screen.
    pub fn title(&self, last: &Last) -> (String, String) {
        match self.verdict {
            Verdict::Proven if self.open > 0 => {
                (t!("finish-title-copied"), t!("finish-title-copied-about"))
            }
            Verdict::Proven => (t!("finish-title-done"), t!("finish-title-done-about")),
            Verdict::Passwords { set, of } if set == of => (
                t!("finish-title-passwords"),
                t!("finish-title-passwords-about"),
            ),
            Verdict::Passwords { .. } => {
                (t!("finish-title-nearly"), t!("finish-title-passwords-some"))
            }
            Verdict::Missing { .. } => (t!("finish-title-nearly"), t!("finish-title-nearly-about")),
            Verdict::Differs => (t!("finish-title-nearly"), t!("finish-title-differs-about")),
            Verdict::Unfinished => (
                t!("finish-title-nearly"),
                t!("finish-unfinished-accounts-about"),
            ),
            Verdict::Failed { .. } | Verdict::Unread { .. } | Verdict::Disagree => {
                (t!("finish-title-check"), t!("finish-title-check-about"))
            }
            Verdict::Stopped => match last.pass {
                Some(Pass::Verify(_)) => (
                    t!("finish-title-verify-stopped"),
                    t!("finish-title-stopped-about"),
                ),
                _ => (t!("finish-title-stopped"), t!("finish-title-stopped-about")),
            },
            Verdict::Unverified { .. } => (
                t!("finish-title-unverified"),
                t!("finish-title-unverified-about"),
            ),
            Verdict::Present { .. } | Verdict::Sampled { .. } => {
                (t!("finish-title-partly"), t!("finish-title-partly-about"))
            }
            Verdict::Nothing => (t!("finish-title"), t!("finish-purpose")),
        }
    }

    /// The line at the lower left.
    pub fn status(&self, facts: &Facts, last: &Last) -> Status {
        let words = Words::current();
        let tone = self.tone();
        if let Some(trouble) = &last.trouble {
            let said = Words::current().trouble(&trouble.kind.key());
            return Status::new(Tone::Bad, said);
        }
        match self.verdict {
            Verdict::Missing { messages, .. } => Status::new(
                tone,
                t!(
                    "finish-status-missing",
                    messages = words.messages(messages),
                    count = self.concerned,
                    number = words.number(self.concerned)
                ),
            ),
            Verdict::Proven if self.open > 0 => Status::new(
                Tone::Warn,
                t!(
                    "finish-open",
                    count = self.open,
                    number = words.number(self.open)
                ),
            )
            .icon(Icon::HOURGLASS),
            _ => {
                let ended = facts.verified_at().max(facts.finished_at());
                match ended.and_then(|at| jiff::Timestamp::from_millisecond(at).ok()) {
                    Some(at) if self.verdict == Verdict::Proven => {
                        Status::ok(t!("finish-status-ended", when = dates::full(at)))
                    }
                    _ => Status::new(tone, self.headline()),
                }
            }
        }
    }

    /// How the copies were compared.
    pub fn comparison(&self) -> String {
        match self.assurance {
            Assurance::Nothing => t!("report-claim-nothing"),
            Assurance::Accepted { read: 0, .. } => t!("finish-compared-not"),
            Assurance::Accepted { read, copies } => t!(
                "finish-compared-some",
                read = number(read),
                of = number(copies)
            ),
            Assurance::Present { .. } => t!("finish-compared-present"),
            Assurance::Sample { read, .. } => {
                t!("finish-compared-sample", read = number(read))
            }
            Assurance::Full { .. } => t!("finish-compared-full"),
        }
    }
}
