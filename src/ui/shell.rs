//! The frame around every stop: the route at the left, title and purpose above, status and buttons below.
//!
//! Deliberately absent: what stands in it, and where a press leads.

mod route;

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Padding, Size};

use super::icon::Icon;
use super::theme::{self, REGULAR, SEMIBOLD, say};
use super::widget::{Elide, Tone, hairline, spinner};

pub use route::{Mark, Route, Said, languages};

/// Windows below this width get a rail instead of the route.
const NARROW: f32 = 1040.0;
/// Windows below this height say less.
const LOW: f32 = 700.0;
/// Wider windows centre what is no table.
const WIDEST: f32 = 1280.0;

/// What a screen has to know of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pane {
    pub size: Size,
    pub dark: bool,
    /// Eighths of a turn of everything that turns.
    pub turn: u8,
}

impl Pane {
    pub fn narrow(self) -> bool {
        self.size.width < NARROW
    }

    pub fn low(self) -> bool {
        self.size.height < LOW
    }
}

/// The line at the lower left: how it stands with this stop.
#[derive(Debug, Clone)]
pub struct Status {
    pub tone: Tone,
    pub icon: Option<Icon>,
    pub busy: bool,
    pub words: String,
}

impl Status {
    pub fn new(tone: Tone, words: impl Into<String>) -> Self {
        Self {
            tone,
            icon: None,
            busy: false,
            words: words.into(),
        }
    }

    pub fn ok(words: impl Into<String>) -> Self {
        Self::new(Tone::Ok, words)
    }

    pub fn busy(words: impl Into<String>) -> Self {
        Self {
            busy: true,
            ..Self::new(Tone::Running, words)
        }
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// A stop's screen, before the frame is put around it.
pub struct Page<'a, M> {
    pub title: String,
    pub purpose: String,
    /// At the right of the title.
    pub aside: Option<Element<'a, M>>,
    pub body: Element<'a, M>,
    pub status: Status,
    /// What can be done about the status: at its right.
    pub deed: Option<Element<'a, M>>,
    /// In place of Back and Next.
    pub buttons: Option<Vec<Element<'a, M>>>,
    /// Whether Next can be pressed.
    pub ready: bool,
    pub dialog: Option<Element<'a, M>>,
    /// A table: it may be as wide as the window.
    pub wide: bool,
}

impl<'a, M: 'a> Page<'a, M> {
    pub fn new(
        title: impl Into<String>,
        purpose: impl Into<String>,
        body: impl Into<Element<'a, M>>,
        status: Status,
    ) -> Self {
        Self {
            title: title.into(),
            purpose: purpose.into(),
            aside: None,
            body: body.into(),
            status,
            deed: None,
            buttons: None,
            ready: true,
            dialog: None,
            wide: false,
        }
    }

    pub fn ready(mut self, ready: bool) -> Self {
        self.ready = ready;
        self
    }

    pub fn aside(mut self, aside: impl Into<Element<'a, M>>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    pub fn deed(mut self, deed: Option<Element<'a, M>>) -> Self {
        self.deed = deed;
        self
    }

    pub fn buttons(mut self, buttons: Vec<Element<'a, M>>) -> Self {
        self.buttons = Some(buttons);
        self
    }

    pub fn dialog(mut self, dialog: Option<Element<'a, M>>) -> Self {
        self.dialog = dialog;
        self
    }

    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The same screen, saying something else.
    pub fn map<N: 'a>(self, with: fn(M) -> N) -> Page<'a, N> {
        Page {
            title: self.title,
            purpose: self.purpose,
            aside: self.aside.map(|aside| aside.map(with)),
            body: self.body.map(with),
            status: self.status,
            deed: self.deed.map(|deed| deed.map(with)),
            buttons: self
                .buttons
                .map(|buttons| buttons.into_iter().map(|one| one.map(with)).collect()),
            ready: self.ready,
            dialog: self.dialog.map(|dialog| dialog.map(with)),
            wide: self.wide,
        }
    }
}

/// Puts the frame around a page; `buttons` are those of its footer.
pub fn frame<'a, M: Clone + 'a>(
    route: Element<'a, M>,
    page: Page<'a, M>,
    buttons: Vec<Element<'a, M>>,
    pane: Pane,
) -> Element<'a, M> {
    let side = if pane.narrow() { 24.0 } else { 32.0 };
    let title_size = if pane.narrow() { 18 } else { 22 };
    let mut words = column![say(page.title, title_size, SEMIBOLD, |t| t.ink)]
        .spacing(4)
        .width(Fill);
    if !pane.low() {
        words = words.push(say(page.purpose, 13, REGULAR, |t| t.ink_2));
    }
    let mut head = row![words].spacing(16);
    if let Some(aside) = page.aside {
        head = head.push(aside);
    }
    let top = if pane.low() { 16.0 } else { 24.0 };
    let head = container(head)
        .padding(Padding::from([0.0, side]).top(top))
        .width(Fill);
    let body = container(page.body)
        .padding(
            Padding::from([0.0, side])
                .top(if pane.low() { 12.0 } else { 20.0 })
                .bottom(if pane.low() { 12.0 } else { 20.0 }),
        )
        .width(Fill)
        .height(Fill);
    let mut content = container(column![head, body]).width(Fill).height(Fill);
    if !page.wide {
        content = content.max_width(WIDEST);
    }
    let content = container(content).center_x(Fill).height(Fill);
    let foot = footer(page.status, page.deed, buttons, side, pane);
    let screen = row![
        route,
        super::widget::vertical_line(),
        column![content, hairline(), foot]
    ];
    super::widget::dialog::over(screen, page.dialog)
}

fn footer<'a, M: 'a>(
    status: Status,
    deed: Option<Element<'a, M>>,
    buttons: Vec<Element<'a, M>>,
    side: f32,
    pane: Pane,
) -> Element<'a, M> {
    let mark: Element<'a, M> = if status.busy {
        spinner(15.0, |t| t.accent_ink, pane.turn)
    } else {
        let icon = status.icon.unwrap_or_else(|| status.tone.icon());
        icon.show(15.0, status.tone.mark()).into()
    };
    let mut words = Elide::new(status.words, 12, REGULAR, |t| t.ink_2);
    if deed.is_none() {
        words = words.fill();
    }
    let mut line = row![mark, words].spacing(8).align_y(Center).width(Fill);
    if let Some(deed) = deed {
        line = line.push(deed);
    }
    let mut foot = row![line, space::horizontal().width(8)]
        .spacing(8)
        .align_y(Center);
    for button in buttons {
        foot = foot.push(button);
    }
    container(foot)
        .padding([0.0, side])
        .center_y(if pane.narrow() { 52 } else { 60 })
        .width(Fill)
        .style(theme::ground(|t| t.surface, 0.0))
        .into()
}
