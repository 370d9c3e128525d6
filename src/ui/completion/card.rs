//! The result: the verdict with what it stands on at the left, the mailboxes and the move to the new server beside it.

use iced::gradient::Linear;
use iced::widget::{column, container, row, space, stack};
use iced::{Background, Center, Degrees, Element, Fill, Padding, Theme, border};

use super::verdict::{Judgement, Verdict};
use super::{Files, Message, Stage, State, accounts, cutover, parts};
use crate::engine::Level;
use crate::i18n::{Language, Words, number};
use crate::plan::Deleted;
use crate::report::{Format, Report};
use crate::t;
use crate::ui::dates;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::shell::Pane;
use crate::ui::theme::{self, MEDIUM, MONO, REGULAR, Role, SEMIBOLD, Tokens, say};
use crate::ui::widget::{Elide, Tone, button, hairline, hint, link, segments};

/// Height of the ground that fades below the seal.
const FADE: f32 = 190.0;

/// The whole screen.
pub fn screen<'a>(state: &'a State, session: &'a Session, pane: Pane) -> Element<'a, Message> {
    let Some(judgement) = state.judgement() else {
        return parts::loading(pane.turn);
    };
    let width = if pane.narrow() { 288 } else { 308 };
    let right = column![
        accounts::results(state, pane),
        cutover::checklist(state, session, pane)
    ]
    .spacing(if pane.low() { 12 } else { 16 });
    row![
        container(verdict(state, judgement, session, pane)).width(width),
        right.width(Fill).height(Fill)
    ]
    .spacing(16)
    .height(Fill)
    .into()
}

/// What the one large button is for: its icon, its words, what it says.
pub fn primary(state: &State, judgement: Judgement) -> Option<(Icon, String, Message)> {
    let words = Words::current();
    let facts = state.facts()?;
    Some(match judgement.verdict {
        Verdict::Missing { messages, .. } => {
            let logins = facts.to_recover();
            if logins.is_empty() {
                return None;
            }
            let label = t!(
                "finish-recover",
                count = messages,
                number = words.number(messages)
            );
            (Icon::ROTATE_CW, label, Message::Recover(logins))
        }
        Verdict::Failed { .. } => {
            let logins = facts.to_recover();
            let count = logins.len() as u64;
            if count == 0 {
                return None;
            }
            let label = t!(
                "finish-try-again",
                count = count,
                number = words.number(count)
            );
            (Icon::ROTATE_CW, label, Message::Recover(logins))
        }
        Verdict::Passwords { .. } => {
            let logins = facts.to_set();
            let count = logins.len() as u64;
            if count == 0 {
                return None;
            }
            let label = t!(
                "finish-try-again",
                count = count,
                number = words.number(count)
            );
            (Icon::ROTATE_CW, label, Message::SetAgain(logins))
        }
        Verdict::Unread { .. } | Verdict::Disagree => {
            (Icon::ROTATE_CW, t!("finish-passes"), Message::Complete)
        }
        Verdict::Stopped => (Icon::PLAY, t!("finish-go-on"), Message::GoOn),
        Verdict::Unverified { .. } => {
            let message = Message::VerifyAlone(Level::Full);
            (Icon::SEARCH_CHECK, t!("finish-verify-now"), message)
        }
        Verdict::Present { .. } | Verdict::Sampled { .. } => {
            let message = Message::VerifyAlone(Level::Full);
            (Icon::SEARCH_CHECK, t!("finish-verify-all"), message)
        }
        Verdict::Proven if judgement.open > 0 => {
            (Icon::SHIP, t!("finish-to-pass"), Message::Passes(true))
        }
        Verdict::Proven | Verdict::Differs | Verdict::Unfinished | Verdict::Nothing => {
            return None;
        }
    })
}

/// At the right of the title: to the passes, and back to the result.
pub fn aside<'a>(state: &State, stage: Stage) -> Option<Element<'a, Message>> {
    let facts = state.facts();
    // There are no passes where no message moves.
    if facts.is_some_and(|facts| !facts.report.plan.scope.copies()) {
        return None;
    }
    let (icon, label, message) = match stage {
        Stage::Result => (Icon::ROTATE_CW, t!("finish-passes"), Message::Passes(true)),
        Stage::Passes if state.passes && !state.run.is_on() => (
            Icon::BADGE_CHECK,
            t!("finish-to-result"),
            Message::Passes(false),
        ),
        Stage::Passes | Stage::Loading => return None,
    };
    Some(button(label).small().icon(icon).on(message).into())
}

fn edge(tone: Tone) -> Role {
    tone.roles().2
}

fn verdict<'a>(
    state: &'a State,
    judgement: Judgement,
    session: &'a Session,
    pane: Pane,
) -> Element<'a, Message> {
    let tone = judgement.tone();
    let (_, soft, line, ink) = tone.roles();
    let fade = container(space::horizontal())
        .width(Fill)
        .height(FADE)
        .style(move |theme: &Theme| {
            let tokens = Tokens::of(theme);
            let fade = Linear::new(Degrees(180.0))
                .add_stop(0.0, soft(tokens))
                .add_stop(1.0, tokens.surface);
            container::Style {
                background: Some(Background::Gradient(fade.into())),
                border: iced::Border {
                    radius: border::top(6),
                    ..iced::Border::default()
                },
                ..container::Style::default()
            }
        });
    let (outer, inner, icon) = if pane.low() {
        (56.0, 44.0, 22.0)
    } else {
        (76.0, 62.0, 30.0)
    };
    let seal = container(
        container(judgement.icon().show(icon, |t| t.surface))
            .center(inner)
            .style(theme::ground(ink, inner / 2.0)),
    )
    .center(outer)
    .style(move |theme: &Theme| {
        let tokens = Tokens::of(theme);
        let ring = border::rounded(outer / 2.0).color(ink(tokens)).width(2);
        container::background(tokens.surface).border(ring)
    });
    let size = if pane.narrow() { 22 } else { 25 };
    let top = column![
        seal,
        space::vertical().height(if pane.low() { 2 } else { 6 }),
        say(judgement.headline(), size, SEMIBOLD, |t| t.ink).align_x(Center),
        say(judgement.about(&state.last), 13, REGULAR, |t| t.ink_2).align_x(Center),
    ]
    .spacing(6)
    .align_x(Center)
    .width(Fill);
    let mut content = column![top].spacing(14);
    for note in notes(state, judgement)
        .into_iter()
        .chain(state.prepared_notes(pane.turn))
    {
        content = content.push(note);
    }
    let content = container(content.push(facts(state, judgement)))
        .padding(
            Padding::from([0, 16])
                .top(if pane.low() { 12 } else { 20 })
                .bottom(8),
        )
        .width(Fill);
    let body = column![
        parts::scroll(content).width(Fill).height(Fill),
        container(deeds(state, judgement, session)).padding(Padding::from([0, 16]).bottom(12))
    ];
    let inside = container(stack![fade, body].width(Fill).height(Fill))
        .padding(1)
        .height(Fill)
        .style(theme::framed(|t| t.surface, line, 7.0));
    container(inside)
        .padding(6)
        .width(Fill)
        .height(Fill)
        .style(theme::framed(|t| t.surface, edge(tone), 12.0))
        .into()
}

/// What the verdict stands on, line by line.
fn facts(state: &State, judgement: Judgement) -> Element<'_, Message> {
    let Some(facts) = state.facts() else {
        return space::vertical().into();
    };
    let verified = facts
        .verified_at()
        .and_then(|at| jiff::Timestamp::from_millisecond(at).ok())
        .map_or_else(|| t!("finish-never"), dates::full);
    let prepared = facts.prepared;
    let passwords = matches!(judgement.verdict, Verdict::Passwords { .. });
    let mut lines = if let Verdict::Passwords { set, of } = judgement.verdict {
        vec![(
            t!("finish-fact-passwords"),
            t!("finish-of", done = number(set), all = number(of)),
        )]
    } else {
        vec![
            (t!("finish-fact-verified"), verified),
            (t!("finish-fact-copied"), number(judgement.copies)),
        ]
    };
    let mut some = |name: String, count: u64| {
        if count > 0 {
            lines.push((name, number(count)));
        }
    };
    some(t!("finish-fact-additional"), judgement.additional);
    if !passwords && !matches!(judgement.verdict, Verdict::Missing { .. }) {
        some(t!("finish-fact-missing"), judgement.missing);
    }
    some(t!("finish-fact-approved"), judgement.approved);
    if !passwords {
        lines.push((
            t!("finish-fact-excluded"),
            excluded(&facts.report, judgement.excluded),
        ));
    }
    let mut some = |name: String, count: u64| {
        if count > 0 {
            lines.push((name, number(count)));
        }
    };
    some(t!("finish-fact-folders"), judgement.excluded_folders);
    some(t!("finish-fact-gone"), judgement.gone);
    some(t!("finish-fact-left-out"), judgement.left_out);
    some(t!("finish-fact-made"), prepared.made);
    some(t!("finish-fact-existed"), prepared.existed);
    if !passwords {
        lines.push((t!("finish-fact-compared"), judgement.comparison()));
    }
    let line = |name: String, value: Elide| {
        let line = row![say(name, 12, REGULAR, |t| t.ink_3), value.fill().right()]
            .spacing(10)
            .align_y(Center);
        column![hairline(), container(line).center_y(30)]
    };
    let mut shown = column![];
    for (name, value) in lines {
        shown = shown.push(line(name, Elide::new(value, 12, MEDIUM, |t| t.ink)));
    }
    let code = Elide::new(facts.code.clone(), 11, MONO, |t| t.ink);
    shown = shown.push(line(t!("finish-fact-code"), code));
    shown.push(hairline()).into()
}

/// How many messages filters left out, and which filter.
fn excluded(report: &Report, count: u64) -> String {
    if count == 0 {
        return t!("finish-none");
    }
    let plan = &report.plan;
    let skipped = plan.deleted == Deleted::Skip;
    let reason = match (plan.max_size, plan.since, skipped) {
        (Some(size), None, false) => t!("finish-over", size = crate::i18n::size(size)),
        (None, Some(day), false) => {
            let noon = day.at(12, 0, 0, 0);
            let time = noon.to_zoned_datetime(jiff::tz::TimeZone::system());
            let day = time.map_or_else(|_| day.to_string(), |time| dates::day(time.timestamp()));
            t!("finish-before", day = day)
        }
        (None, None, true) => t!("finish-deleted"),
        _ => return number(count),
    };
    t!("finish-excluded", number = number(count), reason = reason)
}

/// What is to be known besides.
fn notes<'a>(state: &'a State, judgement: Judgement) -> Vec<Element<'a, Message>> {
    let words = Words::current();
    let mut notes: Vec<Element<'a, Message>> = Vec::new();
    let count = state.last.failed.len() as u64;
    if count > 0 && !matches!(judgement.verdict, Verdict::Failed { .. }) {
        let words = t!(
            "finish-lacking-accounts",
            count = count,
            number = words.number(count)
        );
        notes.push(hint(Icon::CIRCLE_X, |t| t.bad, words));
        for (login, trouble) in state.last.failed.iter().take(3) {
            let said = Words::current().trouble(&trouble.kind.key());
            let line = t!("finish-reason", name = login.as_str(), reason = said);
            notes.push(say(line, 12, REGULAR, |t| t.ink_2).into());
        }
    }
    if judgement.open > 0 {
        let words = t!(
            "finish-open",
            count = judgement.open,
            number = words.number(judgement.open)
        );
        notes.push(hint(Icon::HOURGLASS, |t| t.warn, words));
    } else if let Some(independent) = state.facts().and_then(|facts| facts.independent) {
        notes.push(if independent == judgement.missing {
            let words = t!(
                "finish-independent",
                count = independent,
                number = words.number(independent)
            );
            hint(Icon::SHIELD_CHECK, |t| t.ok, words)
        } else {
            let words = t!(
                "finish-independent-not",
                count = independent,
                number = words.number(independent)
            );
            hint(Icon::CIRCLE_X, |t| t.bad, words)
        });
    }
    notes
}

/// What can be done: the one large thing, and taking the report away.
fn deeds<'a>(state: &'a State, judgement: Judgement, session: &'a Session) -> Element<'a, Message> {
    let mut deeds = column![hairline()].spacing(10).width(Fill);
    if let Some((icon, label, message)) = primary(state, judgement) {
        let large = button(label)
            .icon(icon)
            .primary()
            .tall(40)
            .id("primary")
            .on(message);
        deeds = deeds.push(container(Element::from(large)).center_x(Fill));
    }
    if session.project.is_none() {
        return deeds.into();
    }
    let busy = matches!(state.files, Files::Writing { .. });
    let now = state.words().language();
    let languages = segments(
        vec![
            (String::from("IT"), Message::Language(Language::It)),
            (String::from("EN"), Message::Language(Language::En)),
        ],
        usize::from(now == Language::En),
        true,
    );
    let label = say(t!("finish-export"), 12, MEDIUM, |t| t.ink_2).width(Fill);
    let html = button("HTML")
        .small()
        .icon(Icon::GLOBE)
        .id("export")
        .on((!busy).then_some(Message::Export(Format::Html)));
    let csv = button("CSV")
        .small()
        .icon(Icon::SHEET)
        .on((!busy).then_some(Message::Export(Format::Csv)));
    let place = link(
        None,
        t!("finish-save-as"),
        (!busy).then_some(Message::SaveAs),
    );
    deeds = deeds.push(
        column![
            row![label, languages].align_y(Center),
            row![Element::from(html), Element::from(csv), place]
                .spacing(8)
                .align_y(Center)
                .wrap()
                .vertical_spacing(6),
            link(
                Some(Icon::SHEET),
                t!("finish-list"),
                (!busy).then_some(Message::List),
            ),
        ]
        .spacing(8),
    );
    if let Some(said) = written(state) {
        deeds = deeds.push(said);
    }
    deeds.into()
}

/// Where files were written, or why not.
fn written(state: &State) -> Option<Element<'_, Message>> {
    let done = match &state.files {
        Files::Done(done) => done,
        Files::None | Files::Writing { .. } => return None,
    };
    let written = match done {
        Ok(written) => written,
        Err(words) => {
            let words = t!("finish-unwritten", detail = words.as_str());
            return Some(hint(Icon::CIRCLE_X, |t| t.bad, words));
        }
    };
    let path = written.files.first()?.display().to_string();
    let dir = written.dir()?.to_owned();
    let path = Elide::new(path, 11, MONO, |t| t.ink_2).middle().fill();
    let open = link(
        Some(Icon::FOLDER_OPEN),
        t!("finish-open-folder"),
        Message::Show(dir),
    );
    let mut lines = column![row![path, open].spacing(8).align_y(Center)].spacing(4);
    if state.unshown {
        lines = lines.push(hint(Icon::INFO, |t| t.ink_3, t!("finish-unshown")));
    }
    Some(lines.into())
}
