//! A slider of a share row: dragged, clicked, stepped by keys or typed. One gesture sends one value.

use super::gesture::{self, Asked, Typed};
use crate::markup::{Show, view};
use crate::signals::{Signal, StoredValue};
use fargate_session::diagrams::Scale;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How long keys may pause within one gesture.
const PAUSE: Duration = Duration::from_millis(600);

/// What a slider moves.
#[derive(Clone, Copy)]
pub struct Slide {
    /// The scale of the row.
    pub scale: Signal<Scale>,
    /// The task's size: a hundred per cent.
    pub size: u32,
    /// The value shown.
    pub value: Signal<u32>,
    /// The value in words, with what it brings about.
    pub text: Signal<String>,
    /// Shows what a value would bring about; `None` shows what is again.
    pub show: Callback<Option<u32>>,
    /// Sends a value.
    pub send: Callback<u32>,
}

/// A gesture that is under way.
#[derive(Clone, Copy, Default)]
struct Gesture {
    dragged: StoredValue<bool>,
    shown: StoredValue<Option<u32>>,
    typed: StoredValue<Typed>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Gesture {
    fn show(self, slide: Slide, value: u32) {
        self.shown.set_value(Some(value));
        slide.show.run(Some(value));
    }

    fn wait(self, slide: Slide) {
        self.stop_waiting();
        let handle = set_timeout_with_handle(move || self.send(slide), PAUSE);
        self.pause.set_value(handle.ok());
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    fn send(self, slide: Slide) {
        self.stop_waiting();
        self.typed.try_update_value(std::mem::take);
        if let Some(value) = self.shown.try_update_value(Option::take).flatten() {
            slide.send.run(value);
            // The frame that shows the answer was asked for first, so nothing flickers in between.
            request_animation_frame(move || {
                if self.shown.try_get_value() == Some(None) {
                    slide.show.run(None);
                }
            });
        }
    }

    fn back(self, slide: Slide) {
        self.stop_waiting();
        self.typed.try_update_value(std::mem::take);
        self.dragged.set_value(false);
        self.shown.set_value(None);
        slide.show.run(None);
    }
}

/// The value where the pointer is.
fn value_at(track: NodeRef<Div>, slide: Slide, event: &PointerEvent) -> Option<u32> {
    let left = track.get_untracked()?.get_bounding_client_rect().left();
    let scale = slide.scale.get_untracked();
    Some(scale.amount(f64::from(event.client_x()) - left))
}

/// The track of a row and its knob; `children` are the bars.
#[component]
pub fn Slider(
    /// 'frontend CPU demand'.
    label: String,
    /// The colour class of the knob.
    tone: &'static str,
    /// What it moves.
    slide: Slide,
    /// Whether it can be moved now.
    #[prop(into)]
    enabled: Signal<bool>,
    children: Children,
) -> AnyView {
    let track = NodeRef::<Div>::new();
    let knob = NodeRef::<Div>::new();
    let gesture = Gesture::default();
    on_cleanup(move || gesture.stop_waiting());
    let at = move |event: &PointerEvent| value_at(track, slide, event);
    let grab = move |event: PointerEvent| {
        if !enabled.get_untracked() || event.button() != 0 {
            return;
        }
        let target: Option<Element> = event
            .current_target()
            .and_then(|target| target.dyn_into().ok());
        if let Some(target) = target {
            // Without the capture the drag ends where the pointer leaves the track.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        if let Some(knob) = knob.get_untracked() {
            // The keys, Escape among them, belong to what is dragged.
            let _ = knob.focus();
        }
        gesture.stop_waiting();
        gesture.dragged.set_value(true);
        if let Some(value) = at(&event) {
            gesture.show(slide, value);
        }
    };
    let drag = move |event: PointerEvent| {
        if gesture.dragged.get_value()
            && let Some(value) = at(&event)
            && gesture.shown.get_value() != Some(value)
        {
            gesture.show(slide, value);
        }
    };
    let release = move |_| {
        if gesture.dragged.get_value() {
            gesture.dragged.set_value(false);
            gesture.send(slide);
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (now, end) = (
            slide.value.get_untracked(),
            slide.scale.get_untracked().reach(),
        );
        let asked = gesture.typed.try_update_value(|typed| {
            gesture::key(&event.key(), event.shift_key(), now, slide.size, end, typed)
        });
        let Some(asked) = asked.flatten() else {
            return;
        };
        event.prevent_default();
        match asked {
            Asked::Show(value) => {
                gesture.show(slide, value);
                gesture.wait(slide);
            }
            Asked::Send => gesture.send(slide),
            Asked::Back => gesture.back(slide),
        }
    };
    let knob_at = move || {
        let scale = slide.scale.get();
        format!(
            "left:{:.1}px",
            scale.x(slide.value.get().min(scale.reach()))
        )
    };
    view! {
        <div
            class="track"
            class:is-still=move || !enabled.get()
            node_ref=track
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=move |_| gesture.back(slide)
        >
            {children()}
            <Show when=move || enabled.get()>
                <div
                    node_ref=knob
                    class=format!("knob {tone}")
                    prop:style=knob_at
                    role="slider"
                    tabindex="0"
                    aria-label=label.clone()
                    aria-valuemin="0"
                    aria-valuemax=move || slide.scale.get().reach()
                    aria-valuenow=move || slide.value.get().min(slide.scale.get().reach())
                    aria-valuetext=move || slide.text.get()
                    on:keydown=press
                    on:blur=move |_| gesture.send(slide)
                ></div>
            </Show>
        </div>
    }
}
