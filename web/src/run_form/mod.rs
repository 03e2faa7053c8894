//! The form that runs tasks: a section below the editor. It shows the command that does the same.

mod command_line;
pub mod form;
pub mod more;
mod options;
mod state;

pub use state::RunForm;

use crate::definition::section::Folding;
use crate::icons::Icon;
use crate::markup::view;
use form::Form;
use leptos::prelude::*;

/// The form, from context.
pub fn run_form() -> RunForm {
    expect_context()
}

/// The section with the form.
#[component]
pub fn RunSection() -> AnyView {
    let open = run_form().open;
    view! { <Folding title="Run task" icon=Icon::Task head="run-form-head" open><Form/></Folding> }
}
