//! How much of a run the timeline shows: the whole of it, or a window around the marker, by buttons, keys and the wheel.

use crate::announcer::{Announcer, announcer};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::{Memo, RwSignal, Signal};
use fargate_session::diagrams::time_axis::{TimeAxis, Zoom};
use leptos::ev::{KeyboardEvent, WheelEvent};
use leptos::prelude::*;

/// How far the timeline is zoomed in.
#[derive(Clone, Copy)]
pub struct Zooming {
    /// The steps.
    pub zoom: RwSignal<Zoom>,
    /// Whether the marker is being dragged: the window stands still then.
    pub held: RwSignal<bool>,
    announcer: Announcer,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    In,
    Out,
    Whole,
}

impl Ask {
    /// What a key asks for.
    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "+" | "=" => Self::In,
            "-" | "_" => Self::Out,
            "0" => Self::Whole,
            _ => return None,
        })
    }

    fn applied(self, zoom: Zoom, most: Zoom) -> Zoom {
        match self {
            Self::In => (zoom + 1).min(most),
            Self::Out => zoom.saturating_sub(1),
            Self::Whole => 0,
        }
    }
}

impl Zooming {
    /// The whole run.
    pub fn whole_run() -> Self {
        Self {
            zoom: RwSignal::new(0),
            held: RwSignal::new(false),
            announcer: announcer(),
        }
    }

    fn ask(self, ask: Ask, axis: Signal<TimeAxis>, whole: Signal<TimeAxis>) {
        let most = whole.with_untracked(TimeAxis::most_zoom);
        self.zoom.update(|zoom| *zoom = ask.applied(*zoom, most));
        let (from, to) = axis.with_untracked(TimeAxis::window);
        self.announcer
            .say(format!("The timeline shows {from} to {to}."));
    }

    /// A key was pressed on the marker; whether it was one of these.
    pub fn press(
        self,
        event: &KeyboardEvent,
        axis: Signal<TimeAxis>,
        whole: Signal<TimeAxis>,
    ) -> bool {
        let ask = Ask::of_key(&event.key());
        if let Some(ask) = ask {
            event.prevent_default();
            event.stop_propagation();
            self.ask(ask, axis, whole);
        }
        ask.is_some()
    }

    /// The wheel was turned with Control: the page does not zoom, the timeline does.
    pub fn wheel(self, event: &WheelEvent, axis: Signal<TimeAxis>, whole: Signal<TimeAxis>) {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let ask = if event.delta_y() < 0.0 {
                Ask::In
            } else {
                Ask::Out
            };
            self.ask(ask, axis, whole);
        }
    }
}

/// The buttons, above the lanes' heads.
#[component]
pub fn ZoomButtons(
    /// How far it is zoomed in.
    zooming: Zooming,
    /// What is shown.
    axis: Signal<TimeAxis>,
    /// The axis of the whole run.
    whole: Signal<TimeAxis>,
) -> AnyView {
    let is_whole = Memo::new(move |_| zooming.zoom.get() == 0);
    let is_most = Memo::new(move |_| zooming.zoom.get() >= whole.with(TimeAxis::most_zoom));
    // disabled for those who look; still in the order of focus, so that it is not lost where a button ends its use
    let button = move |ask: Ask, icon: Icon, name: &'static str, ends: Memo<bool>| {
        view! {
            <button
                type="button"
                class="btn icon tl-zoom"
                aria-label=name
                title=name
                aria-disabled=move || ends.get().to_string()
                on:click=move |_| zooming.ask(ask, axis, whole)
            >
                <Glyph icon class="i-12"/>
            </button>
        }
    };
    view! {
        <div class="tl-tools" role="group" aria-label="Timeline zoom">
            {button(Ask::Out, Icon::Minus, "Show more time", is_whole)}
            {button(Ask::In, Icon::Plus, "Show less time", is_most)}
            {button(Ask::Whole, Icon::Fit, "Show the whole run", is_whole)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_zoom_within_bounds() {
        for (key, zoom, expected) in [
            ("+", 0, Some(1)),
            ("=", 7, Some(7)),
            ("-", 1, Some(0)),
            ("-", 0, Some(0)),
            ("0", 5, Some(0)),
            ("a", 5, None),
        ] {
            assert_eq!(
                Ask::of_key(key).map(|ask| ask.applied(zoom, 7)),
                expected,
                "{key} at {zoom}"
            );
        }
    }
}
