//! A dialog of the panel: it keeps the focus, Escape closes it, and the focus returns where it was.

use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::RwSignal;
use leptos::html;
use leptos::prelude::*;

/// A dialog that is open as long as it is in the page.
#[component]
pub fn Sheet(
    /// Whether it is open; closing sets it.
    open: RwSignal<bool>,
    /// Its heading.
    title: &'static str,
    /// What it says.
    children: Children,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        // The browser closes it first, so that the focus returns.
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="sheet" node_ref=node aria-labelledby="sheet-title" on:close=move |_| open.set(false)>
            <div class="dialog-h">
                <h2 id="sheet-title">{title}</h2>
                <button class="btn icon" type="button" aria-label="Close" on:click=close>
                    <Glyph icon=Icon::Close/>
                </button>
            </div>
            <div class="dialog-b">{children()}</div>
        </dialog>
    }
}
