//! Starts the page.

use fargate_web::app::App;
use fargate_web::storage;
use fargate_web::workbench::{Workbench, workbench};
use leptos::prelude::*;

/// The panels; in the built site they are in a file of their own, and the call fetches it.
#[cfg(split)]
#[wasm_split_helpers::wasm_split(workbench, fallible)]
fn panels() -> Result<&'static Workbench, wasm_split_helpers::SplitLoaderError> {
    Ok(workbench())
}

#[cfg(split)]
async fn fetch() -> Option<&'static Workbench> {
    let styles = fargate_web::rooms::styles();
    let panels = panels().await.ok();
    if let Some(styles) = styles {
        // It has an end either way.
        let _ = styles.await;
    }
    panels
}

#[cfg(not(split))]
#[expect(clippy::unused_async, reason = "where the page is split it fetches")]
async fn fetch() -> Option<&'static Workbench> {
    Some(workbench())
}

fn mount(panels: Option<&'static Workbench>) {
    leptos::mount::mount_to_body(move || view! { <App panels fetch=|| Box::pin(fetch())/> });
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}

/// Says on the page's first picture that it stays the first.
fn say_what_is_missing() {
    let pill = document().query_selector("#skeleton [role=status]");
    if let Some(pill) = pill.ok().flatten() {
        let text =
            "A part of this page could not be loaded. Look whether you are online, then reload.";
        pill.set_text_content(Some(text));
    }
}

fn main() {
    fargate_web::failure::install();
    if !storage::is_kept() {
        return mount(None);
    }
    wasm_bindgen_futures::spawn_local(async {
        match fetch().await {
            Some(panels) => mount(Some(panels)),
            None => say_what_is_missing(),
        }
    });
}
