//! The code editor: the bundle of `web/editor` as a plain value. It is fetched when first opened, from the page's own
//! origin.

mod bundle;
mod offsets;
mod wire;

pub use bundle::{Bundle, load};
pub use offsets::Offsets;
pub use wire::{Bar, Completion, Completions, Explanation, FixMark, Hint, Mark, TextEdit, Tone};

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

/// What the editor tells and asks the page. All offsets are UTF-16 units of the editor's text.
pub struct Callbacks {
    /// The text changed; `true` where a person did it.
    pub on_change: Box<dyn Fn(String, bool)>,
    /// The caret moved.
    pub on_cursor: Box<dyn Fn(u32)>,
    /// A fix was chosen: of which finding, and which of its fixes.
    pub on_fix: Box<dyn Fn(u32, u32)>,
    /// Ctrl+Enter.
    pub on_register: Box<dyn Fn()>,
    /// What could be typed at a place; `true` where a person asks for it.
    pub complete: Box<dyn Fn(String, u32, bool) -> Option<Completions>>,
    /// What there is to say about a place.
    pub hover: Box<dyn Fn(String, u32) -> Option<Explanation>>,
}

/// How an editor begins.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// Its text, with `\n` as line ends.
    pub text: &'a str,
    /// Its accessible name.
    pub label: &'a str,
    /// The id of the element that says how to leave it.
    pub described_by: &'a str,
    /// Whether it can only be looked at.
    pub read_only: bool,
}

/// What is kept alive as long as the editor may call back.
type Kept = Vec<Box<dyn std::any::Any>>;

/// An editor in the page. It leaves the page when it is dropped.
pub struct Editor {
    bundle: Bundle,
    handle: JsValue,
    _kept: Kept,
}

impl Editor {
    /// Puts an editor into an element, which gives it its height.
    pub fn open(
        bundle: &Bundle,
        parent: &HtmlElement,
        opening: &Opening<'_>,
        callbacks: Option<Callbacks>,
    ) -> Self {
        let options = Object::new();
        set(&options, "text", &opening.text.into());
        set(&options, "label", &opening.label.into());
        set(&options, "describedBy", &opening.described_by.into());
        set(&options, "readOnly", &opening.read_only.into());
        if let Some(body) = leptos::prelude::document().body() {
            // The panel would clip what pops up.
            set(&options, "tooltipParent", &body);
        }
        let kept = callbacks.map_or_else(Vec::new, |callbacks| listen(&options, callbacks));
        Self {
            handle: bundle.create(parent, &options),
            bundle: bundle.clone(),
            _kept: kept,
        }
    }

    /// Replaces the text as one step of undo.
    pub fn set_text(&self, text: &str) {
        self.bundle.set_text(&self.handle, text);
    }

    /// Replaces findings, hints and bars.
    pub fn show(&self, marks: &[Mark], hints: &[Hint], bars: &[Bar]) {
        let (handle, bundle) = (&self.handle, &self.bundle);
        bundle.set_findings(handle, &wire::to_js(&marks));
        bundle.set_hints(handle, &wire::to_js(&hints));
        bundle.set_bars(handle, &wire::to_js(&bars));
    }

    /// Applies edits as one step of undo.
    pub fn apply(&self, edits: &[TextEdit]) {
        self.bundle.apply_edits(&self.handle, &wire::to_js(&edits));
    }

    /// Takes the last step back, or makes it again; whether there was one.
    pub fn undo(&self, again: bool) -> bool {
        if again {
            self.bundle.redo(&self.handle)
        } else {
            self.bundle.undo(&self.handle)
        }
    }

    /// Selects a stretch and brings it into sight.
    pub fn reveal(&self, from: u32, to: u32) {
        self.bundle.reveal(&self.handle, from, to);
    }

    /// Moves the keyboard's focus into the text.
    pub fn focus(&self) {
        self.bundle.focus(&self.handle);
    }

    /// Goes to the next finding, or the previous one.
    pub fn next_finding(&self, on: bool) {
        self.bundle
            .next_finding(&self.handle, if on { 1 } else { -1 });
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.bundle.destroy(&self.handle);
    }
}

impl std::fmt::Debug for Editor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Editor").finish_non_exhaustive()
    }
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // A plain object takes every member.
    let _ = Reflect::set(object, &key.into(), value);
}

fn listen(options: &Object, callbacks: Callbacks) -> Kept {
    let Callbacks {
        on_change,
        on_cursor,
        on_fix,
        on_register,
        complete,
        hover,
    } = callbacks;
    let complete = move |text: String, at: u32, explicit: bool| {
        wire::option_to_js(complete(text, at, explicit).as_ref())
    };
    let hover = move |text: String, at: u32| wire::option_to_js(hover(text, at).as_ref());
    let on_change = Closure::<dyn Fn(String, bool)>::new(on_change);
    let on_cursor = Closure::<dyn Fn(u32)>::new(on_cursor);
    let on_fix = Closure::<dyn Fn(u32, u32)>::new(on_fix);
    let on_register = Closure::<dyn Fn()>::new(on_register);
    let complete = Closure::<dyn Fn(String, u32, bool) -> JsValue>::new(complete);
    let hover = Closure::<dyn Fn(String, u32) -> JsValue>::new(hover);
    set(options, "onChange", on_change.as_ref());
    set(options, "onCursor", on_cursor.as_ref());
    set(options, "onFix", on_fix.as_ref());
    set(options, "onRegister", on_register.as_ref());
    set(options, "complete", complete.as_ref());
    set(options, "hover", hover.as_ref());
    vec![
        Box::new(on_change),
        Box::new(on_cursor),
        Box::new(on_fix),
        Box::new(on_register),
        Box::new(complete),
        Box::new(hover),
    ]
}
