//! The row below the editor: problems, size, caret, and how to leave.

use super::draft::{Draft, draft};
use super::editor_slot::HOW_TO_LEAVE;
use super::sizes::{Size, size};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::run_form::run_form;
use crate::signals::{Memo, RwSignal, Signal};
use crate::storage::Refusal;
use crate::words::count;
use leptos::prelude::*;

/// The row below the editor. The problems open a list.
#[component]
pub fn Footer(
    /// Whether the list of problems is open.
    list: RwSignal<bool>,
) -> AnyView {
    let (draft, form) = (draft(), run_form());
    let is_open = move || list.get() && !form.open.get();
    let toggle = move |_| {
        let open = untrack(|| !is_open() && any_of(draft));
        form.open.update(|form| *form &= !open);
        list.set(open);
    };
    let counts = Memo::new(move |_| draft.judged().counts());
    let summary = move || {
        let counts = counts.get();
        if counts.errors > 0 {
            (
                "err-t",
                Icon::Error,
                "i-14 err-c",
                count(counts.errors, "problem"),
            )
        } else if counts.warnings > 0 {
            (
                "warn-t",
                Icon::Warn,
                "i-14 warn-c",
                count(counts.warnings, "warning"),
            )
        } else if counts.hints > 0 {
            ("", Icon::Bulb, "i-14", count(counts.hints, "hint"))
        } else {
            ("", Icon::Ok, "i-14 ok-c", "No problems".to_owned())
        }
    };
    let size = Memo::new(move |_| size(&draft.judged()));
    let size_words = move || match size.get() {
        Size::Valid => (Icon::Ok, "i-14 ok-c", "Size is valid"),
        Size::Invalid => (Icon::Error, "i-14 err-c", "Size is not offered"),
        Size::Absent => (Icon::Info, "i-14", "No size yet"),
    };
    let caret = move || {
        let at = draft.caret.get();
        let judged = draft.judged();
        let (line, column) = judged.offsets.line_column(judged.offsets.byte(at));
        format!("{line}:{column}")
    };
    let not_kept = move || match draft.kept.get() {
        Ok(()) => None,
        Err(Refusal::Blocked) => {
            Some("The draft is not kept: this browser lets the page keep nothing.")
        }
        Err(Refusal::Full) => Some("The draft is not kept: there is no room left on this device."),
    };
    view! {
        {move || not_kept().map(|words| view! {
            <p class="note warn" role="status"><Glyph icon=Icon::Warn class="i-14 warn-c"/>{words}</p>
        })}
        <div class="foot def-foot">
            <Show
                when=move || draft.shown_revision().is_none()
                fallback=|| view! { <span class="row tight"><Glyph icon=Icon::Lock class="i-14"/>"Read-only"</span> }
            >
            <button
                type="button"
                class=move || format!("foot-btn {}", summary().0)
                aria-expanded=move || is_open().to_string()
                aria-controls="definition-problems"
                aria-disabled=move || (!any_of(draft)).then_some("true")
                on:click=toggle
            >
                <Glyph icon=Signal::derive(move || summary().1) class=Signal::derive(move || summary().2)/>
                {move || summary().3}
            </button>
            <span class="row tight def-size">
                <Glyph icon=Signal::derive(move || size_words().0) class=Signal::derive(move || size_words().1)/>
                {move || size_words().2}
            </span>
            <span class="def-leave" id=HOW_TO_LEAVE>"Escape, then Tab leaves"</span>
            <Show when=move || !draft.in_form()>
                <span class="end mono"><span class="sr">"Caret at "</span>{caret}</span>
            </Show>
            </Show>
        </div>
    }
}

/// Whether there is anything to list; tracked.
fn any_of(draft: Draft) -> bool {
    !draft.judged().findings().is_empty()
}
