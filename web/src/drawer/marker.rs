//! The axis and the marker on it: dragged, clicked or moved by keys, it shows another moment.

use super::timeline::Times;
use crate::commands::{Command, commands};
use crate::projector::projected;
use crate::simulation::playback;
use crate::words::count;
use fargate_core::task::TaskState;
use fargate_core::units::{SimSpan, SimTime};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How far Shift with an arrow goes.
const LEAP: SimSpan = SimSpan::secs(10);
/// Half the width of the marker's head.
const HALF: f64 = 34.0;

/// What a key asks for.
fn asked(key: &str, shift: bool, now: SimTime, end: SimTime) -> Option<Command> {
    Some(match (key, shift) {
        ("ArrowLeft" | "ArrowDown", false) => Command::StepBack,
        ("ArrowRight" | "ArrowUp", false) => Command::StepOn,
        ("ArrowLeft" | "ArrowDown", true) => Command::Seek(SimTime(now.0.saturating_sub(LEAP.0))),
        ("ArrowRight" | "ArrowUp", true) => to(now + LEAP, end),
        ("Home", _) => Command::Seek(SimTime::default()),
        ("End", _) => Command::BackToLive,
        _ => return None,
    })
}

/// The command that shows a moment; the end of the run is the present.
fn to(at: SimTime, end: SimTime) -> Command {
    if at < end {
        Command::Seek(at)
    } else {
        Command::BackToLive
    }
}

/// The marker and the strip that it moves on.
#[component]
pub fn Marker(
    /// The axis and the moments.
    times: Times,
) -> impl IntoView {
    let (shown, commands, playback) = (projected(), commands(), playback());
    let strip = NodeRef::<Div>::new();
    let head = NodeRef::<Div>::new();
    let before = StoredValue::new(None::<Option<SimTime>>);
    let wanted = StoredValue::new(None::<SimTime>);
    let show = move |at: SimTime| {
        // One moment a frame, however many times the pointer moves.
        if wanted.try_update_value(|wanted| wanted.replace(at)) == Some(None) {
            request_animation_frame(move || {
                if let Some(at) = wanted.try_update_value(Option::take).flatten() {
                    commands.send(to(at, shown.clock.get_untracked().end));
                }
            });
        }
    };
    let at = move |event: &PointerEvent| {
        let left = strip.get_untracked()?.get_bounding_client_rect().left();
        Some(
            times
                .axis
                .get_untracked()
                .time(f64::from(event.client_x()) - left),
        )
    };
    let grab = move |event: PointerEvent| {
        let axis = times.axis.get_untracked();
        let left = strip
            .get_untracked()
            .map_or(0.0, |strip| strip.get_bounding_client_rect().left());
        if event.button() != 0 || f64::from(event.client_x()) - left < axis.left() - HALF {
            return;
        }
        event.prevent_default();
        if let Some(head) = head.get_untracked() {
            // Escape belongs to what is dragged.
            let _ = head.focus();
        }
        let target: Option<Element> = event
            .current_target()
            .and_then(|target| target.dyn_into().ok());
        if let Some(target) = target {
            // Without the capture the drag ends where the pointer leaves the strip.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let clock = shown.clock.get_untracked();
        before.set_value(Some(clock.past.then_some(clock.now)));
    };
    let drag = move |event: PointerEvent| {
        if before.get_value().is_some()
            && let Some(at) = at(&event)
        {
            show(at);
        }
    };
    let release = move |event: PointerEvent| {
        if before.try_update_value(Option::take).flatten().is_some()
            && let Some(at) = at(&event)
        {
            show(at);
        }
    };
    let back = move || {
        if let Some(moment) = before.try_update_value(Option::take).flatten() {
            wanted.set_value(None);
            commands.send(moment.map_or(Command::BackToLive, Command::Seek));
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Escape" {
            back();
            return;
        }
        let clock = shown.clock.get_untracked();
        if let Some(command) = asked(&event.key(), event.shift_key(), clock.now, clock.end) {
            event.prevent_default();
            event.stop_propagation();
            commands.send(command);
        }
    };
    let time = Memo::new(move |_| shown.clock.get().now.to_string());
    let seconds = Memo::new(move |_| shown.clock.get().now.0 / 1_000);
    let ends = Memo::new(move |_| shown.clock.get().end.0 / 1_000);
    let past = Memo::new(move |_| shown.clock.get().past);
    // While time runs by itself the words stand still, or a screen reader would never end.
    let text = Memo::new(move |_| {
        if playback.running.get() && !past.get() {
            return "live".to_owned();
        }
        let running = shown
            .tasks
            .all()
            .iter()
            .filter(|task| task.state == TaskState::Running)
            .count();
        let place = if past.get() { "Past" } else { "Live" };
        format!(
            "{}. {place}. {} running.",
            time.get(),
            count(running, "task")
        )
    });
    let x = Memo::new(move |_| times.axis.get().x(times.now.get()));
    let labels = move || {
        let (axis, x) = (times.axis.get(), x.get());
        let ticks = axis.ticks().into_iter().filter(|tick| {
            let (from, to) = (tick.x + 4.0, tick.x + 6.0 + 7.3 * tick.label.len() as f64);
            to < x - HALF - 2.0 || (from > x + HALF + 2.0 && to < axis.right())
        });
        let label = |tick: fargate_session::diagrams::time_axis::Tick| {
            view! { <span class="t12 dim" prop:style=format!("left:{:.1}px", tick.x + 4.0)>{tick.label}</span> }
        };
        ticks.map(label).collect_view()
    };
    view! {
        <div
            class="tl-strip"
            node_ref=strip
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=move |_| back()
        >
            <div class="tl-ticks" aria-hidden="true">{labels}</div>
            <div
                class="tl-head mono"
                class:is-past=move || past.get()
                node_ref=head
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
                on:keydown=press
            >
                {move || time.get()}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_travel_in_time() {
        let (now, end) = (SimTime(130_000), SimTime(286_000));
        for (key, shift, command) in [
            ("ArrowLeft", false, Some(Command::StepBack)),
            ("ArrowRight", false, Some(Command::StepOn)),
            ("ArrowLeft", true, Some(Command::Seek(SimTime(120_000)))),
            ("ArrowRight", true, Some(Command::Seek(SimTime(140_000)))),
            ("Home", false, Some(Command::Seek(SimTime(0)))),
            ("End", false, Some(Command::BackToLive)),
            ("a", false, None),
        ] {
            assert_eq!(asked(key, shift, now, end), command, "{key}");
        }
        assert_eq!(
            asked("ArrowRight", true, SimTime(280_000), end),
            Some(Command::BackToLive)
        );
        assert_eq!(
            asked("ArrowLeft", true, SimTime(4_000), end),
            Some(Command::Seek(SimTime(0)))
        );
    }
}
