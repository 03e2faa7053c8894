//! The drawer: timeline, events and cost.

use leptos::prelude::*;

/// The drawer: timeline, events and cost.
#[component]
pub fn Drawer() -> impl IntoView {
    view! { <p class="t12 dim">"Drawer"</p> }
}
