//! When the program itself fails: the page keeps its last moment, says so, and offers a way on.
//!
//! The words and buttons are in `index.html`, their behaviour in `public/stopped.js`: nothing of the failed program is
//! needed to show them.

use leptos::prelude::document;
use std::panic::PanicHookInfo;
use web_sys::HtmlElement;

/// Shows the failure instead of a dead page.
pub fn install() {
    std::panic::set_hook(Box::new(stopped));
}

fn stopped(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    let page = document();
    if let Some(root) = page.document_element() {
        // Nothing is left to do where even the page's root refuses.
        let _ = root.set_attribute("data-stopped", "");
    }
    let by_id = |id| page.get_element_by_id(id);
    if let (Some(at), Some(now)) = (by_id("stopped-at"), by_id("now")) {
        at.set_text_content(now.text_content().as_deref());
    }
    if let Some(app) = page.query_selector(".app").ok().flatten() {
        // A page that cannot be made inert lies behind the notice all the same.
        let _ = app.set_attribute("inert", "");
    }
    // The first fault is the cause; what fails after it only follows.
    if let Some(report) = by_id("stopped-report")
        && report.text_content().unwrap_or_default().is_empty()
    {
        report.set_text_content(Some(&info.to_string()));
    }
    if let Some(notice) = crate::browser::by_id::<HtmlElement>("stopped") {
        notice.set_hidden(false);
        // A notice that cannot take the focus is still seen.
        let _ = notice.focus();
    }
}
