//! Starts the page.

use fargate_web::app::App;
use fargate_web::workbench::Workbench;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The panels, in a file of their own once the page is split.
#[cfg_attr(not(debug_assertions), wasm_split(workbench, fallible))]
#[cfg_attr(debug_assertions, allow(clippy::unused_async))]
fn panels() -> Result<&'static Workbench, SplitLoaderError> {
    Ok(fargate_web::workbench::workbench())
}

#[cfg(not(debug_assertions))]
async fn fetched() -> Option<&'static Workbench> {
    panels().await.ok()
}

#[cfg(debug_assertions)]
async fn fetched() -> Option<&'static Workbench> {
    panels().ok()
}

fn main() {
    fargate_web::failure::install();
    leptos::mount::mount_to_body(|| view! { <App panels=|| Box::pin(fetched())/> });
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
