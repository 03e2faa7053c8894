//! The few questions that the page asks the browser.

use fargate_core::units::Date as CalendarDate;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, Url};

/// Real milliseconds since the page was opened.
pub fn watch() -> f64 {
    window().performance().map_or(0.0, |watch| watch.now())
}

/// Today, where the person is; the last day that scenarios know where the device's clock says otherwise.
pub fn today() -> CalendarDate {
    let now = js_sys::Date::new_0();
    let year = now.get_full_year().clamp(2_014, 2_100) as u16;
    CalendarDate::new(year, now.get_month() as u8 + 1, now.get_date() as u8)
}

/// Whether the person asked for less motion.
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether a media query holds now.
pub fn matches(query: &str) -> bool {
    let asked = window().match_media(query);
    asked.ok().flatten().is_some_and(|list| list.matches())
}

/// The element with an id.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on the element with an id.
pub fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Offers a text as a file of a media type.
pub fn download(name: &str, media: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Puts a text on the clipboard, and says so when it is there.
pub fn copy(text: &str, done: impl FnOnce() + 'static) {
    let written = window().navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        // Where the browser refuses, the text can still be selected by hand.
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            done();
        }
    });
}
