//! The inspector: what is selected, and the scenario's totals where nothing is.

use leptos::prelude::*;

/// The inspector: what is selected, and the scenario's totals where nothing is.
#[component]
pub fn Inspector() -> impl IntoView {
    view! { <p class="t12 dim">"Inspector"</p> }
}
