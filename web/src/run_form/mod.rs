//! The form that runs tasks: a section below the editor. It shows the command that does the same.

mod command_line;
pub mod form;
pub mod more;
mod options;
mod state;

pub use state::RunForm;

use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::signals::Signal;
use form::Form;
use leptos::prelude::*;

/// The form, from context.
pub fn run_form() -> RunForm {
    expect_context()
}

/// The section: its head, and the form when it is open.
#[component]
pub fn RunSection() -> AnyView {
    let form = run_form();
    let open = form.open;
    view! {
        <section class="run-section" class:is-open=move || open.get() aria-label="Run task">
            <h2>
                <button
                    type="button"
                    class="run-head"
                    id="run-form-head"
                    aria-expanded=move || open.get().to_string()
                    aria-controls="run-form"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Glyph icon=Icon::Task class="i-14"/>
                    "Run task"
                    <span class="end">
                        <Glyph icon=Signal::derive(move || if open.get() { Icon::ChevronDown } else { Icon::ChevronRight }) class="i-14"/>
                    </span>
                </button>
            </h2>
            <Show when=move || open.get()><Form/></Show>
        </section>
    }
}
