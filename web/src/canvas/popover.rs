//! Why a request was refused: its steps in order, the rule that decided, the sentence, and the narrowest fix.

use super::stage::{Asked, Stage, stage};
use crate::announcer::announcer;
use crate::commands::Command;
use crate::drawer::why::why;
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, live, view};
use crate::signals::RwSignal;
use fargate_session::scene::Point;
use fargate_session::view::{FlightEnd, Place, StepCard, TraceCard};
use fargate_session::why::Subject;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::Arc;

/// The popover's width in pixels.
const WIDTH: f64 = 304.0;
/// From the popover's arrow to the middle of its octagon.
const AWAY: f64 = 20.0;

/// The explanation of a request; nothing while none is explained.
#[component]
pub fn Popover() -> AnyView {
    let stage = stage();
    let announcer = announcer();
    Effect::new(move |_| {
        if let Some(trace) = stage.trace.get()
            && stage.asked.get_untracked() == Asked::Nothing
        {
            announcer.say(format!(
                "{}. {} Press Enter for the steps.",
                trace.title, trace.sentence
            ));
        }
    });
    live(move || stage.trace.get().map(|trace| explanation(stage, &trace)))
}

/// Where the popover's arrow points: the part that decided, or where the request arrived.
fn anchor(stage: Stage, trace: &TraceCard) -> Option<Point> {
    let refused = trace.steps.iter().position(|step| !step.passed);
    let there = || {
        let forward = |step: &StepCard| !step.part.ends_with(", answer");
        trace.steps.iter().rposition(forward)
    };
    let decided = refused.or_else(there)?;
    let places: Vec<Place> = trace.steps.iter().map(|step| step.place.clone()).collect();
    let point = stage.scene.with(|scene| scene.place(&places, decided))?;
    Some(stage.camera.get().on_screen(point))
}

/// Left, top and bottom of the popover and its arrow's place, as CSS.
fn position(stage: Stage, trace: &TraceCard) -> (String, bool) {
    let viewport = stage.viewport.get();
    let at = anchor(stage, trace).unwrap_or(Point::new(viewport.width / 2.0, AWAY));
    let width = WIDTH.min(viewport.width - 16.0);
    let left = (at.x - 45.0).clamp(8.0, (viewport.width - width - 8.0).max(8.0));
    let arrow = (at.x - left - 5.0).clamp(12.0, width - 24.0);
    let above = at.y > viewport.height / 2.0;
    let (edge, room) = if above {
        let up = viewport.height - at.y + AWAY;
        (format!("bottom:{up:.0}px"), at.y - AWAY - 8.0)
    } else {
        let down = at.y + AWAY;
        (format!("top:{down:.0}px"), viewport.height - down - 8.0)
    };
    let room = room.max(160.0);
    let style = format!(
        "left:{left:.0}px;{edge};width:{width:.0}px;max-height:{room:.0}px;--px:{arrow:.0}px"
    );
    (style, above)
}

fn explanation(stage: Stage, trace: &Arc<TraceCard>) -> AnyView {
    let fixed = RwSignal::new(false);
    let fix = trace.fixes.first().cloned();
    let fixable = fix.is_some();
    let again = trace.again.clone();
    // what arrived needs no explanation
    let number = stage
        .explained
        .get_untracked()
        .filter(|_| trace.end != FlightEnd::Delivered);
    let why = why();
    let (placed, below) = (Arc::clone(trace), Arc::clone(trace));
    let first = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        // It was opened by hand, or was open by itself and is asked for now: the focus goes in, and back to the anchor when it closes.
        if matches!(stage.asked.get(), Asked::Flight(_)) {
            request_animation_frame(move || {
                if let Some(button) = first.get_untracked() {
                    // Without the focus the popover is still read where it is.
                    let _ = button.focus();
                }
            });
        }
    });
    let on_key = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            event.prevent_default();
            stage.close();
        }
    };
    let apply = move |_| {
        if let Some(fix) = &fix {
            stage.commands().send(Command::Calls(fix.calls.clone()));
            fixed.set(true);
        }
    };
    let title = trace.fixes.first().map(|fix| fix.title.clone());
    view! {
        <section
            class="pop"
            class:is-below=move || !position(stage, &below).1
            prop:style=move || position(stage, &placed).0
            role="dialog"
            aria-label=trace.title.clone()
            on:keydown=on_key
        >
            <div class="pop-head">
                <h3 aria-level="2">{trace.title.clone()}</h3>
                <button
                    class="btn icon"
                    type="button"
                    aria-label="Close"
                    node_ref=first
                    on:click=move |_| stage.close()
                >
                    <Glyph icon=Icon::Close class="i-14"/>
                </button>
            </div>
            <p class="pop-what mono dim">{trace.route.clone()}<br/>{trace.what.clone()}</p>
            <ol class="steps">{steps(stage, trace)}</ol>
            <p class="pop-why t2">{trace.sentence.clone()}</p>
            <div class="pop-acts">
                {fixable.then(|| view! {
                    <button
                        class="btn sm line"
                        type="button"
                        disabled=move || fixed.get()
                        on:click=apply
                    >
                        {move || if fixed.get() { "Done".to_owned() } else { title.clone().unwrap_or_default() }}
                    </button>
                })}
                {number.map(|number| view! {
                    <button
                        class="btn sm"
                        type="button"
                        on:click=move |_| {
                            stage.close();
                            why.ask(Subject::Request(number));
                        }
                    >
                        "Why?"
                    </button>
                })}
                {again.map(|call| view! {
                    <button
                        class="btn sm"
                        class:line=move || fixed.get()
                        type="button"
                        on:click=move |_| {
                            stage.commands().send(Command::Call(call.clone()));
                            stage.commands().send(Command::Run);
                            stage.close();
                        }
                    >
                        "Replay"
                    </button>
                })}
            </div>
        </section>
    }
}

/// The steps in the order the request met them; pointing at one rings its part on the canvas.
fn steps(stage: Stage, trace: &TraceCard) -> AnyView {
    let places: Arc<[Place]> = trace.steps.iter().map(|step| step.place.clone()).collect();
    trace
        .steps
        .iter()
        .enumerate()
        .map(|(position, step)| line(stage, step, Arc::clone(&places), position))
        .collect::<Vec<_>>()
        .into_child()
}

fn line(stage: Stage, step: &StepCard, places: Arc<[Place]>, position: usize) -> AnyView {
    let show = move |_| {
        let rect = stage
            .scene
            .with_untracked(|scene| scene.place_rect(&places, position));
        stage.ring.set(rect);
    };
    let (glyph, class, said) = if step.passed {
        (Icon::Ok, "i-14 ok-c", "passed")
    } else {
        (Icon::Error, "i-14 err-c", "refused")
    };
    view! {
        <li
            class:no=!step.passed
            on:pointerenter=show
            on:pointerleave=move |_| stage.ring.set(None)
        >
            <Glyph icon=glyph class=class/>
            <span class="sr">{said}</span>
            <span>{step.part.clone()}</span>
            <span class="w" title=step.rule.clone()>{step.rule.clone()}</span>
        </li>
    }
}

/// The name of a request in the tree: 'Request GET /, denied. Enter for the steps.'
pub(super) fn request_name(end: FlightEnd) -> &'static str {
    match end {
        FlightEnd::Delivered => "Request, delivered. Enter for the steps.",
        FlightEnd::Denied => "Request, denied. Enter for the steps.",
        FlightEnd::Refused => "Request, refused: nothing listens there. Enter for the steps.",
        FlightEnd::Failed => "Request, answered with an error. Enter for the steps.",
    }
}
