//! Subnets, groups and the form that runs tasks, a tab of the left panel.

use leptos::prelude::*;

/// Subnets, groups and the form that runs tasks, a tab of the left panel.
#[component]
pub fn NetworkPanel() -> impl IntoView {
    view! { <p class="t12 dim">"NetworkPanel"</p> }
}
