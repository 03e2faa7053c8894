//! The room that an element has, as signals that follow it.

use crate::signals::{RwSignal, Signal};
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// An observer that ends with its owner.
struct Watch {
    observer: ResizeObserver,
    _told: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The width of an element's content in whole pixels, `first` until it is on the page.
pub fn width_of(node: NodeRef<Div>, first: f64) -> Signal<f64> {
    let width = RwSignal::new(first);
    let watch = leptos::prelude::StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        let Some(element) = node.get() else {
            return;
        };
        let element: Element = element.into();
        let measured = element.clone();
        let measure = move || {
            let now = f64::from(measured.client_width());
            if now > 0.0
                && width
                    .try_get_untracked()
                    .is_some_and(|last| (last - now).abs() >= 1.0)
            {
                width.set(now);
            }
        };
        measure();
        let told = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(told.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watch.set_value(Some(Watch {
                observer,
                _told: told,
            }));
        }
    });
    width.into()
}

/// Whether a media query holds; it is asked again when the window changes its size.
pub fn media(query: &'static str) -> Signal<bool> {
    let holds = RwSignal::new(crate::browser::matches(query));
    let handle = window_event_listener(ev::resize, move |_| {
        let now = crate::browser::matches(query);
        if holds.try_get_untracked().is_some_and(|last| last != now) {
            holds.set(now);
        }
    });
    on_cleanup(move || handle.remove());
    holds.into()
}

/// Whether the page is laid out for a phone: one sheet instead of panels.
pub fn phone() -> Signal<bool> {
    media("(max-width: 767.98px)")
}
