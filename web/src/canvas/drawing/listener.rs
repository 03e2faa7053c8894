//! A listener that hears an event of the whole page before anything else does, for as long as it lives.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Event;

/// A listener.
pub(super) struct Listener {
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to an event; its name tells its type.
    pub(super) fn new<E: JsCast>(event: &'static str, mut heard: impl FnMut(E) + 'static) -> Self {
        let heard: Box<dyn FnMut(Event)> = Box::new(move |event| heard(event.unchecked_into()));
        let closure = Closure::wrap(heard);
        let listener = closure.as_ref().unchecked_ref();
        // Every browser takes a listener; without it nothing is heard.
        let _ = window().add_event_listener_with_callback_and_bool(event, listener, true);
        Self { event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener = self.closure.as_ref().unchecked_ref();
        // What is not there need not be removed.
        let _ = window().remove_event_listener_with_callback_and_bool(self.event, listener, true);
    }
}
