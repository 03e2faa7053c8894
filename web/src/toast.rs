//! Toasts: AWS's refusals, in AWS's words, until they are read or time is up.

use crate::announcer::Announcer;
use crate::icons::{Glyph, Icon};
use crate::markup::{For, view};
use crate::rooms::rooms;
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::Call;
use fargate_core::error::ApiError;
use leptos::prelude::*;
use std::time::Duration;

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(12);
/// How many are shown at once; an older one gives way.
const SHOWN: usize = 3;

/// A toast.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u64,
    title: String,
    text: String,
    cure: String,
    /// The call that was refused.
    call: Option<Call>,
}

/// The toasts, from context.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
    announcer: Announcer,
}

impl Toasts {
    /// No toasts yet. The page makes one of these.
    pub(crate) fn new(announcer: Announcer) -> Self {
        Self {
            shown: RwSignal::default(),
            next: StoredValue::new(0),
            announcer,
        }
    }

    /// Shows a refusal of a call: AWS's code and message, and the cure.
    pub fn refused(self, refusal: &ApiError, call: Option<Call>) {
        self.show(refusal.code, &refusal.message, &refusal.cure, call);
    }

    /// Shows that something the person asked for failed, and why.
    pub fn trouble(self, title: &str, text: &str) {
        self.show(title, text, "", None);
    }

    fn show(self, title: &str, text: &str, cure: &str, call: Option<Call>) {
        self.announcer.alert(format!("{title}. {text} {cure}"));
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| {
            shown.retain(|toast| toast.title != title || toast.text != text);
            shown.push(Toast {
                id,
                title: title.to_owned(),
                text: text.to_owned(),
                cure: cure.to_owned(),
                call,
            });
            let surplus = shown.len().saturating_sub(SHOWN);
            shown.drain(..surplus);
        });
        set_timeout(move || self.close(id), STAYS);
    }

    fn close(self, id: u64) {
        self.shown
            .try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// The toasts, from context.
pub fn toasts() -> Toasts {
    expect_context()
}

/// The stack of toasts; once a page. The assertive live region speaks them.
#[component]
pub fn ToastStack() -> AnyView {
    let (toasts, rooms) = (toasts(), rooms());
    view! {
        <section aria-label="Refusals">
        <ul class="toasts">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <li class="toast">
                    <Glyph icon=Icon::Error class="i err-c"/>
                    <div class="grow">
                        <b class="mono">{toast.title}</b>
                        <p>{toast.text}</p>
                        <p class="dim">{toast.cure}</p>
                        {toast.call.and_then(|call| Some((rooms.panels()?.why)(call)))}
                    </div>
                    <button class="btn icon" aria-label="Close" on:click=move |_| toasts.close(toast.id)>
                        <Glyph icon=Icon::Close class="i-14"/>
                    </button>
                </li>
            </For>
        </ul>
        </section>
    }
}
