//! A window without a window: the screen lives on between keys, and what it orders is done.

use futures::{FutureExt as _, StreamExt as _};
use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::advanced::{clipboard, mouse};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Renderer, Task, window};
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::runtime::{Action as Order, task::into_stream};
use iced_test::simulator;

use super::*;
use crate::ui::widget::focus;

/// The window.
pub(super) struct Bench {
    pub state: State,
    pub session: Session,
    cache: Option<Cache>,
    renderer: Renderer,
    /// Keys nobody took.
    pub ignored: usize,
}

impl Bench {
    pub fn new((state, session): (State, Session)) -> Self {
        let mut fonts = iced_test::renderer::graphics::text::font_system()
            .write()
            .unwrap();
        for face in theme::FACES {
            fonts.load_font(face.into());
        }
        drop(fonts);
        let making = <Renderer as Headless>::new(theme::REGULAR, 13.0.into(), Some("tiny-skia"));
        let renderer = futures::executor::block_on(making).unwrap();
        let mut bench = Self {
            state,
            session,
            cache: Some(Cache::default()),
            renderer,
            ignored: 0,
        };
        bench.happen(vec![Event::Window(window::Event::RedrawRequested(
            std::time::Instant::now(),
        ))]);
        bench
    }

    fn with<T>(
        &mut self,
        act: impl FnOnce(&mut UserInterface<'_, Message, iced::Theme, Renderer>, &mut Renderer) -> T,
    ) -> T {
        let body = self.state.view(&self.session, pane()).body;
        let cache = self.cache.take().unwrap();
        let size = Size::new(880.0, 600.0);
        let mut ui = UserInterface::build(body, size, cache, &mut self.renderer);
        let done = act(&mut ui, &mut self.renderer);
        self.cache = Some(ui.into_cache());
        done
    }

    /// Events come; what is said of them is done.
    fn happen(&mut self, events: Vec<Event>) {
        for event in events {
            let mut said = Vec::new();
            let key = matches!(event, Event::Keyboard(keyboard::Event::KeyPressed { .. }));
            let statuses = self.with(|ui, renderer| {
                let (_, statuses) = ui.update(
                    &[event],
                    mouse::Cursor::Unavailable,
                    renderer,
                    &mut clipboard::Null,
                    &mut said,
                );
                statuses
            });
            if key && statuses[0] == iced::event::Status::Ignored {
                self.ignored += 1;
            }
            for message in said {
                self.say(message);
            }
        }
    }

    pub fn say(&mut self, message: Message) {
        if let Action::Run(task) = self.state.update(&mut self.session, message) {
            self.run(task);
        }
    }

    /// Does what can be done at once.
    fn run(&mut self, task: Task<Message>) {
        let Some(mut orders) = into_stream(task) else {
            return;
        };
        while let Some(Some(order)) = orders.next().now_or_never() {
            match order {
                Order::Output(message) => self.say(message),
                Order::Widget(operation) => self.operate(operation),
                _ => {}
            }
        }
    }

    fn operate(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.with(|ui, renderer| ui.operate(renderer, operation.as_mut()));
            if let Outcome::Chain(more) = operation.finish() {
                next = Some(more);
            }
        }
    }

    pub fn tab(&mut self, back: bool) {
        self.run(focus::go(back));
    }

    pub fn press(&mut self, named: Named) {
        self.happen(vec![simulator::press_key(named, None)]);
    }

    /// A letter with Ctrl.
    pub fn command(&mut self, letter: &str) {
        let mut event = simulator::press_key(Key::Character(letter.into()), None);
        if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers, .. }) = &mut event {
            *modifiers = Modifiers::COMMAND;
        }
        self.happen(vec![event]);
    }

    pub fn write(&mut self, text: &str) {
        self.happen(simulator::typewrite(text).collect());
    }

    /// Ctrl+F, as the window does it.
    pub fn search(&mut self) {
        self.run(operation::focus(crate::ui::wizard::SEARCH));
    }
}
