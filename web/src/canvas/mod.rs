//! The canvas: the picture of the account, with its tools.

use leptos::prelude::*;

/// The canvas: the picture of the account, with its tools.
#[component]
pub fn Canvas() -> impl IntoView {
    view! { <p class="t12 dim">"Canvas"</p> }
}
