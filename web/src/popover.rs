//! A button and what it opens beside itself. Escape, a press elsewhere and leaving by Tab close it; the focus returns
//! to the button.

use crate::markup::{Show, view};
use crate::signals::signal;
use leptos::ev::{FocusEvent, KeyboardEvent, PointerEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button and what it opens.
#[component]
pub fn Popover(
    /// The classes of the button.
    class: &'static str,
    /// What the popover is about: its accessible name, and the button's tooltip.
    label: &'static str,
    /// What the button shows.
    button: impl Fn() -> AnyView + Send + 'static,
    /// What the popover shows.
    children: ChildrenFn,
) -> AnyView {
    let (open, set_open) = signal(false);
    let (around, opener) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let close = move || {
        set_open.set(false);
        if let Some(opener) = opener.get_untracked() {
            // It is in the page and takes the focus.
            let _ = opener.focus();
        }
    };
    let is_inside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let around = around.try_get_untracked().flatten();
        around.is_some_and(|around| around.contains(node.as_ref()))
    };
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event: PointerEvent| {
        if open.get_untracked() && !is_inside(event.target()) {
            set_open.set(false);
        }
    });
    on_cleanup(move || pressed.remove());
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            close();
        }
    };
    let on_focusout = move |event: FocusEvent| {
        if event.related_target().is_some() && !is_inside(event.related_target()) {
            set_open.set(false);
        }
    };
    view! {
        <div class="pop-around" node_ref=around on:keydown=on_keydown on:focusout=on_focusout>
            <button
                type="button"
                class=class
                node_ref=opener
                title=label
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| set_open.update(|open| *open = !*open)
            >
                {button()}
            </button>
            <Show when=move || open.get()>
                <div class="popover" role="dialog" aria-label=label>{children()}</div>
            </Show>
        </div>
    }
}
