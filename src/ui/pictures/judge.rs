//! Finds texts that are cut by what they stand in, squeezed, or lie over each other.

use iced::advanced::renderer::Headless;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Operation, Scrollable};
use iced::{Element, Rectangle, Size, Theme, Vector};
use iced_test::runtime::{UserInterface, user_interface::Cache};

/// Pixels that are no matter: rounding, and the slope of letters.
const SLACK: f32 = 1.5;
/// A text of more than this many letters in less than this width cannot be read.
const LETTERS: usize = 4;
const WIDTH: f32 = 24.0;

struct Judge {
    around: Vec<Rectangle>,
    pending: Option<(Rectangle, Option<(Rectangle, Vector)>)>,
    moved: Vec<Vector>,
    seen: Vec<Rectangle>,
    texts: Vec<(Rectangle, String)>,
    wrong: Vec<String>,
}

impl Operation for Judge {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let pending = self.pending.take();
        match pending {
            Some((bounds, scrolled)) => {
                let moved = self.moved();
                let seen = *self.seen.last().unwrap();
                let (part, by) = scrolled.unwrap_or((Rectangle::INFINITE, Vector::ZERO));
                self.around.push(bounds);
                self.seen
                    .push(seen.intersection(&(part - moved)).unwrap_or_default());
                self.moved.push(by);
                operate(self);
                let _ = self.moved.pop();
                let _ = self.seen.pop();
                let _ = self.around.pop();
            }
            None => operate(self),
        }
    }

    fn container(&mut self, _id: Option<&Id>, bounds: Rectangle) {
        self.pending = Some((bounds, None));
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        // What is longer than its place is reached by scrolling; sideways nothing scrolls.
        let content = Rectangle {
            height: f32::INFINITY,
            ..content
        };
        self.pending = Some((content, Some((bounds, translation))));
    }

    fn text(&mut self, _id: Option<&Id>, bounds: Rectangle, text: &str) {
        let text = text.trim();
        if text.is_empty() || is_icon(text) {
            return;
        }
        if let Some(around) = self.around.last()
            && (bounds.x < around.x - SLACK
                || bounds.y < around.y - SLACK
                || bounds.x + bounds.width > around.x + around.width + SLACK
                || bounds.y + bounds.height > around.y + around.height + SLACK)
        {
            self.wrong
                .push(format!("'{text}' {bounds:?} leaves {around:?}"));
        }
        if bounds.width < WIDTH && text.chars().count() > LETTERS {
            self.wrong
                .push(format!("'{text}' has {} pixels", bounds.width));
        }
        let shown = bounds - self.moved();
        if let Some(shown) = self.seen.last().and_then(|seen| seen.intersection(&shown)) {
            self.texts.push((shown, text.to_owned()));
        }
    }
}

impl Judge {
    /// How far everything is scrolled here.
    fn moved(&self) -> Vector {
        self.moved
            .iter()
            .fold(Vector::ZERO, |sum, vector| sum + *vector)
    }
}

/// Icons are letters of a private area.
fn is_icon(text: &str) -> bool {
    text.chars().all(|c| ('\u{e000}'..='\u{f8ff}').contains(&c))
}

/// What is wrong with a screen.
pub(super) fn judge<'a, M: 'a>(
    screen: Element<'a, M, Theme, iced::Renderer>,
    size: Size,
) -> Vec<String> {
    let mut renderer = renderer();
    let mut ui = UserInterface::build(screen, size, Cache::default(), &mut renderer);
    let mut judge = Judge {
        around: vec![Rectangle::with_size(size)],
        pending: None,
        moved: Vec::new(),
        seen: vec![Rectangle::with_size(size)],
        texts: Vec::new(),
        wrong: Vec::new(),
    };
    ui.operate(&renderer, &mut judge);
    let mut wrong = judge.wrong;
    for (index, (one, first)) in judge.texts.iter().enumerate() {
        for (other, second) in &judge.texts[index + 1..] {
            if let Some(both) = one.intersection(other)
                && both.width > 2.0
                && both.height > 3.0
            {
                wrong.push(format!(
                    "'{first}' and '{second}' lie over each other: {both:?}"
                ));
            }
        }
    }
    wrong
}

/// Whatever the renderer is compiled as.
fn renderer() -> iced::Renderer {
    let made = <iced::Renderer as Headless>::new(crate::ui::theme::REGULAR, 16.0.into(), None);
    iced_test::futures::futures::executor::block_on(made).unwrap()
}
