//! The task definition's editor, a tab of the left panel.

use leptos::prelude::*;

/// The task definition's editor, a tab of the left panel.
#[component]
pub fn DefinitionPanel() -> impl IntoView {
    view! { <p class="t12 dim">"DefinitionPanel"</p> }
}
