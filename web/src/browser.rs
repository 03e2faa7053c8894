//! The few questions that the page asks the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Real milliseconds since the page was opened.
pub fn watch() -> f64 {
    window().performance().map_or(0.0, |watch| watch.now())
}

/// Whether the person asked for less motion.
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether a media query holds now.
pub fn matches(query: &str) -> bool {
    let asked = window().match_media(query);
    asked.ok().flatten().is_some_and(|list| list.matches())
}

/// The element with an id.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
