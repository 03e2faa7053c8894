//! The page in a real browser: what only a DOM can show.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_web::app::App;
use fargate_web::signals::RwSignal;
use fargate_web::tabs::{Tab, Tabs};
use fargate_web::workbench::{Workbench, workbench};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

fn stage() -> HtmlElement {
    let stage = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&stage).unwrap();
    stage.unchecked_into()
}

fn find(root: &Element, selector: &str) -> HtmlElement {
    let found = root.query_selector(selector).unwrap();
    found.expect(selector).unchecked_into()
}

fn press(target: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

fn page(panels: Option<&'static Workbench>) -> impl IntoView {
    view! { <App panels fetch=|| Box::pin(async { Some(workbench()) })/> }
}

fn forget() {
    window().local_storage().unwrap().unwrap().clear().unwrap();
}

#[wasm_bindgen_test]
async fn arrows_move_through_tabs_and_the_focus_follows() {
    let root = stage();
    let open = RwSignal::new(0);
    let handle = mount_to(root.clone(), move || {
        let tabs = vec![Tab::new(0, "One"), Tab::new(1, "Two"), Tab::new(2, "Three")];
        view! { <Tabs label="Numbers" id="numbers" tabs=tabs open=open choose=move |to| open.set(to)/> }
    });
    press(&find(&root, "[role=tablist]"), "ArrowLeft");
    tick().await;
    assert_eq!(open.get_untracked(), 2);
    let chosen = find(&root, "[aria-selected=true]");
    assert_eq!(chosen.text_content().unwrap(), "Three");
    assert_eq!(document().active_element().unwrap().id(), chosen.id());
    assert_eq!(
        root.query_selector_all("[tabindex='0']").unwrap().length(),
        1,
        "one stop in the focus order"
    );
    drop(handle);
}

#[wasm_bindgen_test]
async fn the_first_click_sends_requests_and_brings_the_panels_in() {
    forget();
    let root = stage();
    let handle = mount_to(root.clone(), || page(None));
    assert!(root.query_selector("#inspector").unwrap().is_none());
    find(&root, ".cta").click();
    frames(2).await;
    assert!(root.query_selector(".intro").unwrap().is_none());
    let undo = find(&root, ".history");
    for region in ["#editor", "#canvas", "#inspector", "#drawer"] {
        find(&root, region);
    }
    frames(3).await;
    assert_eq!(
        undo.get_attribute("aria-label").unwrap(),
        "Undo: send 100 requests"
    );
    drop(handle);
    forget();
}

#[wasm_bindgen_test]
async fn impatient_clicks_bring_the_panels_in_once() {
    forget();
    let root = stage();
    let handle = mount_to(root.clone(), || page(None));
    let button = find(&root, ".cta");
    button.click();
    button.click();
    frames(2).await;
    let drawer = find(&root, "#drawer");
    let was_shut = drawer.class_list().contains("is-shut");
    press(&find(&root, "#canvas"), "j");
    tick().await;
    assert_ne!(
        drawer.class_list().contains("is-shut"),
        was_shut,
        "a key is heard once"
    );
    drop(handle);
    forget();
}

#[wasm_bindgen_test]
async fn a_document_that_cannot_be_opened_is_shown_and_never_written_over() {
    forget();
    let storage = window().local_storage().unwrap().unwrap();
    let key = "fargate-playground.scenario";
    storage.set_item(key, "not a scenario").unwrap();
    let root = stage();
    let handle = mount_to(root.clone(), || page(Some(workbench())));
    tick().await;
    let words = find(&root, "dialog").text_content().unwrap();
    assert!(words.contains("could not be opened"), "{words}");
    frames(60).await;
    assert_eq!(storage.get_item(key).unwrap().unwrap(), "not a scenario");
    drop(handle);
    forget();
}

/// Waits for animation frames.
async fn frames(count: usize) {
    for _ in 0..count {
        let promise = js_sys::Promise::new(&mut |done, _| {
            window().request_animation_frame(&done).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    }
}
