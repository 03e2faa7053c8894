//! The axis and the marker on it: dragged, clicked or moved by keys, it shows another moment.

use super::timeline::Times;
use super::travel::{HALF, Travel};
use crate::commands::commands;
use crate::markup::{IntoChild, view};
use crate::projector::{Projected, projected};
use crate::signals::Memo;
use crate::simulation::playback;
use crate::words::count;
use fargate_core::task::TaskState;
use fargate_session::diagrams::time_axis::{Tick, TimeAxis};
use leptos::prelude::*;

/// The marker and the strip that it moves on.
#[component]
pub fn Marker(
    /// The axis and the moments.
    times: Times,
) -> AnyView {
    let shown = projected();
    let travel = Travel::new(times, shown, commands());
    let time = Memo::new(move |_| shown.clock.get().now.to_string());
    let seconds = Memo::new(move |_| shown.clock.get().now.0 / 1_000);
    let ends = Memo::new(move |_| shown.clock.get().end.0 / 1_000);
    let past = Memo::new(move |_| shown.clock.get().past);
    let text = spoken(shown);
    let x = Memo::new(move |_| times.axis.get().x(times.now.get()));
    let labels = move || labels(&times.axis.get(), x.get());
    view! {
        <div
            class="tl-strip"
            node_ref=travel.strip
            on:pointerdown=move |event| travel.grab(&event)
            on:pointermove=move |event| travel.drag(&event)
            on:pointerup=move |event| travel.release(&event)
            on:pointercancel=move |_| travel.back()
        >
            <div class="tl-ticks" aria-hidden="true">{labels}</div>
            <div
                class="tl-head mono"
                class:is-past=move || past.get()
                node_ref=travel.head
                prop:style=move || {
                    let axis = times.axis.get();
                    format!("left:{:.1}px", x.get().min(axis.right() - HALF))
                }
                role="slider"
                tabindex="0"
                aria-label="Time"
                aria-valuemin="0"
                aria-valuemax=move || ends.get()
                aria-valuenow=move || seconds.get()
                aria-valuetext=move || text.get()
                on:keydown=move |event| travel.press(&event)
            >
                {move || time.get()}
            </div>
        </div>
    }
}

/// The moment in words. While time runs by itself they stand still, or a screen reader would never end.
fn spoken(shown: Projected) -> Memo<String> {
    let running = playback().running;
    Memo::new(move |_| {
        let past = shown.clock.with(|clock| clock.past);
        if running.get() && !past {
            return "live".to_owned();
        }
        let tasks = shown.tasks.all();
        let alive = tasks
            .iter()
            .filter(|task| task.state == TaskState::Running)
            .count();
        let place = if past { "Past" } else { "Live" };
        format!(
            "{}. {place}. {} running.",
            shown.clock.get().now,
            count(alive, "task")
        )
    })
}

/// The labels of the axis, but for those that the marker covers.
fn labels(axis: &TimeAxis, x: f64) -> AnyView {
    let end = axis.right();
    let ticks = axis.ticks().into_iter().filter(|tick| {
        let (from, to) = (tick.x + 4.0, tick.x + 6.0 + 7.3 * tick.label.len() as f64);
        to < x - HALF - 2.0 || (from > x + HALF + 2.0 && to < end)
    });
    let label = |tick: Tick| {
        view! { <span class="t12 dim" prop:style=format!("left:{:.1}px", tick.x + 4.0)>{tick.label}</span> }
    };
    ticks.map(label).collect_view().into_child()
}
