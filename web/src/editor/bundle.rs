//! The bundle's functions, and how it is fetched. Their contract is `web/editor/editor.d.ts`.

use js_sys::{Object, Promise};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, Url};

/// Where the site has the bundle.
const ADDRESS: &str = "editor/editor.js";

#[wasm_bindgen(inline_js = "export function load(address) { return import(address); }")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn import(address: &str) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// The bundle: a module's functions.
    #[derive(Clone, Debug)]
    pub type Bundle;

    #[wasm_bindgen(method)]
    pub(super) fn create(this: &Bundle, parent: &HtmlElement, options: &Object) -> JsValue;

    #[wasm_bindgen(method, js_name = setText)]
    pub(super) fn set_text(this: &Bundle, handle: &JsValue, text: &str);

    #[wasm_bindgen(method, js_name = setFindings)]
    pub(super) fn set_findings(this: &Bundle, handle: &JsValue, findings: &JsValue);

    #[wasm_bindgen(method, js_name = setHints)]
    pub(super) fn set_hints(this: &Bundle, handle: &JsValue, hints: &JsValue);

    #[wasm_bindgen(method, js_name = setBars)]
    pub(super) fn set_bars(this: &Bundle, handle: &JsValue, bars: &JsValue);

    #[wasm_bindgen(method, js_name = applyEdits)]
    pub(super) fn apply_edits(this: &Bundle, handle: &JsValue, edits: &JsValue);

    #[wasm_bindgen(method)]
    pub(super) fn undo(this: &Bundle, handle: &JsValue) -> bool;

    #[wasm_bindgen(method)]
    pub(super) fn redo(this: &Bundle, handle: &JsValue) -> bool;

    #[wasm_bindgen(method)]
    pub(super) fn reveal(this: &Bundle, handle: &JsValue, from: u32, to: u32);

    #[wasm_bindgen(method)]
    pub(super) fn focus(this: &Bundle, handle: &JsValue);

    #[wasm_bindgen(method, js_name = nextFinding)]
    pub(super) fn next_finding(this: &Bundle, handle: &JsValue, direction: i32) -> i32;

    #[wasm_bindgen(method)]
    pub(super) fn destroy(this: &Bundle, handle: &JsValue);
}

/// Fetches the bundle; the browser keeps it. `None` where it cannot be had.
pub async fn load() -> Option<Bundle> {
    // A module's address counts from where it is imported, so it is made whole first.
    let base = document().base_uri().ok().flatten()?;
    let address = Url::new_with_base(ADDRESS, &base).ok()?.href();
    let module = JsFuture::from(import(&address)).await.ok()?;
    Some(module.unchecked_into())
}
