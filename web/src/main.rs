//! Starts the page.

use leptos::prelude::document;

fn main() {
    fargate_web::failure::install();
    leptos::mount::mount_to_body(fargate_web::app::App);
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
