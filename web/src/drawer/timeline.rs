//! The timeline: a lane for each task, the axis above them, and the marker of the moment shown.

use super::beside::{Beside, Other};
use super::lane::{LaneCard, LaneRow};
use super::marker::Marker;
use super::zoom::{ZoomButtons, Zooming};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, Show, view};
use crate::measure;
use crate::projector::projected;
use crate::signals::{Memo, ReadSignal, Signal, gate};
use fargate_core::ids::TaskId;
use fargate_core::units::SimTime;
use fargate_session::diagrams::bars::{Bar, bars};
use fargate_session::diagrams::time_axis::TimeAxis;
use fargate_session::view::{EventLine, RequestTimes, Shared};
use leptos::html::Div;
use leptos::prelude::*;

/// The room of the lanes' heads.
const HEADS: f64 = 150.0;
/// The same on a phone, where the ids are left out.
const HEADS_PHONE: f64 = 112.0;

/// The axis and the moments that the timeline draws.
#[derive(Clone, Copy)]
pub struct Times {
    /// The axis.
    pub axis: Signal<TimeAxis>,
    /// The moment shown, to the pixel.
    pub now: Signal<SimTime>,
    /// The end of the run, to the pixel.
    pub end: Signal<SimTime>,
    /// The axis of the whole run.
    pub whole: Signal<TimeAxis>,
    /// How far it is zoomed in.
    pub zooming: Zooming,
}

/// What the lanes show, and of which run.
#[derive(Clone, Debug, PartialEq)]
struct Lanes {
    run: usize,
    cards: Vec<LaneCard>,
    requests: Shared<RequestTimes>,
}

/// The timeline.
#[component]
pub fn Timeline() -> AnyView {
    let shown = projected();
    let phone = measure::phone();
    let node = NodeRef::<Div>::new();
    let width = measure::width_of(node, 690.0);
    let zooming = Zooming::whole_run();
    let beside = Beside::nothing();
    let whole = Memo::new(move |_| {
        let heads = if phone.get() { HEADS_PHONE } else { HEADS };
        TimeAxis::new(heads, width.get(), shown.clock.get().end)
    });
    let axis = Memo::new(move |last: Option<&TimeAxis>| {
        // a window that moved away under the pointer could not be dragged through
        if let Some(last) = last.filter(|_| zooming.held.get()) {
            return *last;
        }
        let zoom = zooming.zoom.get();
        let now = if zoom == 0 {
            SimTime::default()
        } else {
            shown.clock.get().now
        };
        whole.get().zoomed(zoom, now)
    });
    // To the pixel: what cannot be seen is not drawn again.
    let end = Memo::new(move |_| axis.get().to_pixel(shown.clock.get().end));
    let now = Memo::new(move |_| axis.get().to_pixel(shown.clock.get().now));
    let times = Times {
        axis: axis.into(),
        now: now.into(),
        end: end.into(),
        whole: whole.into(),
        zooming,
    };
    let lanes = lanes();
    let order = Memo::new(move |_| {
        lanes.with(|lanes| {
            lanes
                .cards
                .iter()
                .map(|lane| lane.id.clone())
                .collect::<Vec<_>>()
        })
    });
    // Lanes are not asked with every tick: only when something moved by a pixel.
    let of_lanes = Times {
        axis: gate(move || axis.get()).into(),
        now: gate(move || now.get()).into(),
        end: gate(move || end.get()).into(),
        ..times
    };
    let row = move |id: TaskId| {
        let wanted = id.clone();
        let lane = Memo::new(move |_| {
            lanes.with(|lanes| lanes.cards.iter().find(|lane| lane.id == wanted).cloned())
        });
        view! { <LaneRow lane id times=of_lanes beside/> }
    };
    let behind = move || {
        let axis = axis.get();
        let ticks = axis
            .ticks()
            .into_iter()
            .map(|tick| view! { <path class="axis" d=format!("M{:.1} 20V2000", tick.x)></path> });
        ticks.collect_view()
    };
    let before = move || {
        let (axis, now, end) = (axis.get(), now.get(), end.get());
        let (now, end) = (axis.x(now), axis.x(end));
        let veil = (end - now > 0.5).then(|| {
            view! { <rect class="later" x=now y="20" width=end - now height="100%"></rect> }
        });
        view! {
            {veil}
            <rect class="future" x=end y="20" width=(axis.right() - end).max(0.0) height="100%"></rect>
            <path class="play" d=format!("M{now:.1} 18V2000")></path>
        }
    };
    let requests = Memo::new(move |_| lanes.with(|lanes| lanes.requests.clone()));
    let histogram = move || {
        let shown = bars(&axis.get(), &requests.get());
        let bar = |bar: Bar| {
            let height = bar.height * 17.0;
            view! { <rect x=bar.span.x y=22.0 - height width=bar.span.w height=height rx="1" class="hist"></rect> }
        };
        shown.into_iter().map(bar).collect_view()
    };
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    view! {
        <div class="tl" node_ref=node on:wheel=move |event| zooming.wheel(&event, times.axis, times.whole)>
            <svg class="tl-layer" aria-hidden="true">{behind}</svg>
            <div class="tl-scroll">
                <ul class="tl-lanes" aria-label="Tasks">
                    <For each=move || order.get() key=TaskId::clone children=row/>
                    <li class="lane">
                        <span class="lane-h">
                            <Glyph icon=Icon::Packet class="i-14 acc"/>
                            <span class="med">"Requests"</span>
                        </span>
                        <svg class="lane-p" aria-hidden="true">{histogram}</svg>
                    </li>
                </ul>
                <Other beside times order/>
                <Show when=move || is_empty.get()>
                    <p class="t12 dim tl-empty">"No tasks yet. Run one to see its life here."</p>
                </Show>
            </div>
            <svg class="tl-layer is-above" aria-hidden="true">{before}</svg>
            <Marker times/>
            <ZoomButtons zooming axis=times.axis whole=times.whole/>
        </div>
    }
}

/// The lanes of the run. In the past they stay as they were at its end, so that one can see where to go.
fn lanes() -> ReadSignal<Lanes> {
    let shown = projected();
    let past = Memo::new(move |_| shown.clock.get().past);
    let run = Memo::new(move |_| shown.history.with(|history| history.current));
    let lanes = Memo::new(move |last: Option<&Lanes>| {
        let run = run.get();
        if past.get()
            && let Some(last) = last
            && last.run == run
        {
            return last.clone();
        }
        let events = shown.events.get();
        let trouble: Vec<&EventLine> = events.iter().filter(|event| event.trouble).collect();
        let tasks = shown.tasks.all();
        let mut cards: Vec<LaneCard> = tasks
            .iter()
            .map(|task| LaneCard::new(task, &trouble))
            .collect();
        cards.sort_by(|a, b| (a.began(), &a.id).cmp(&(b.began(), &b.id)));
        Lanes {
            run,
            cards,
            requests: shown.request_times.get(),
        }
    });
    gate(move || lanes.get())
}
