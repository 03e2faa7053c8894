//! The row of a container in both share diagrams: its name, a slider for what it wants, and a second one for what a reader
//! expects it to get.

use super::demand;
use super::predict::{Mark, Predicting};
use super::slider::{Slide, Slider};
use super::task::Card;
use super::tone;
use crate::markup::{Show, live, view};
use crate::signals::{Memo, RwSignal, Signal};
use crate::words::thousands;
use fargate_session::diagrams::Scale;
use fargate_session::diagrams::prediction::Resource;
use fargate_session::diagrams::preview::Demand;
use fargate_session::view::ContainerState;
use leptos::prelude::*;

/// What the rows of one diagram have in common.
#[derive(Clone, Copy)]
pub struct Diagram {
    /// The task as it is, or as it would be while a slider is dragged.
    pub card: Card,
    /// The task as it is.
    pub live: Card,
    /// What the person is about to ask for.
    pub draft: RwSignal<Option<Demand>>,
    /// Whether the page is laid out for a phone.
    pub phone: Signal<bool>,
    /// The diagram's scale.
    pub scale: Signal<Scale>,
    /// What is shared.
    pub resource: Resource,
    /// What the reader expects.
    pub predicting: Predicting,
}

/// What one of the diagrams says and draws of a container.
pub struct Parts {
    /// What it wants and gets, at the end of the row's head.
    pub words: Signal<String>,
    /// The same as the slider says it.
    pub spoken: Signal<String>,
    /// What stands before its name.
    pub mark: AnyView,
    /// What stands after its name: the ▼ and its amount.
    pub tick: AnyView,
    /// What is drawn in the track.
    pub bars: AnyView,
    /// AWS's reason, where it was killed.
    pub killed: Signal<Option<String>>,
}

/// The ▼ of the row's head, with its amount.
pub fn tick(title: String, amount: u32) -> AnyView {
    view! {
        <span class="dim tick" title=title>
            <svg width="7" height="5" aria-hidden="true"><path class="sh-tick" d="M0 0h7l-3.5 4.5z"></path></svg>
            {thousands(amount.into())}
        </span>
    }
}

/// The rows of a diagram, in the definition's order.
pub fn rows(diagram: Diagram, parts: impl Fn(Diagram, usize) -> Parts) -> Vec<AnyView> {
    let names: Vec<(String, String)> = diagram.live.with_untracked(|card| {
        let names = card.containers.iter();
        names
            .map(|it| (it.name.clone(), it.short_name.clone()))
            .collect()
    });
    let rows = names.into_iter().enumerate();
    rows.map(|(place, (name, short_name))| {
        let parts = parts(diagram, place);
        view! { <Row diagram parts place name short_name/> }
    })
    .collect()
}

#[component]
fn Row(diagram: Diagram, parts: Parts, place: usize, name: String, short_name: String) -> AnyView {
    let Diagram {
        live: task,
        scale,
        resource,
        predicting,
        ..
    } = diagram;
    let state = demand::state(task, place);
    let runs = move || state.get() == ContainerState::Running;
    let foretold = Memo::new(move |_| predicting.is_on());
    let slide = wanted(diagram, place, name, parts.spoken);
    let words = move || predicting.words(place).unwrap_or_else(|| parts.words.get());
    let killed = parts.killed;
    let (what, title) = match resource {
        Resource::Cpu => ("CPU", short_name.clone()),
        Resource::Memory => ("memory", short_name.clone()),
    };
    let expected = format!("{short_name} {what}, what you expect");
    view! {
        <div
            class="share-row"
            class:killed=move || killed.with(Option::is_some)
            class:foretold=move || foretold.get()
        >
            <div class="share-h">
                {parts.mark}
                <span class="med name" title=title>{short_name.clone()}</span>
                {parts.tick}
                <span class="t2 end">{words}</span>
            </div>
            <Slider
                label=format!("{short_name} {what} demand")
                tone=tone::class(place)
                slide
                enabled=Signal::derive(move || runs() && !predicting.has_come())
            >
                <svg width="100%" height="18" aria-hidden="true">{parts.bars}</svg>
            </Slider>
            <Show when=move || foretold.get()>
                <Slider
                    label=expected.clone()
                    tone=tone::guess(place)
                    slide=expecting(diagram, place)
                    enabled=Signal::derive(move || runs() && !predicting.has_come())
                >
                    <svg width="100%" height="18" aria-hidden="true">
                        {live(move || guess(&scale.get(), predicting, place))}
                    </svg>
                </Slider>
            </Show>
            {move || killed.get().map(|reason| view! { <p class="reason">{reason}</p> })}
        </div>
    }
}

/// The slider of what a container wants: it acts at once, or drafts where the reader predicts first.
fn wanted(diagram: Diagram, place: usize, name: String, spoken: Signal<String>) -> Slide {
    let Diagram {
        card,
        live,
        draft,
        resource,
        predicting,
        ..
    } = diagram;
    let wants = Memo::new(move |_| {
        card.with(|card| card.containers.get(place).map(|it| resource.wants(it)))
            .unwrap_or_default()
    });
    let value = move || predicting.wanted(place).unwrap_or_else(|| wants.get());
    let send = demand::send(live, resource, place, name);
    let text = move || match predicting.wanted(place) {
        Some(to) => format!("{} to be wanted", resource.amount(to)),
        None => spoken.get(),
    };
    Slide {
        scale: diagram.scale,
        size: size(diagram),
        value: Signal::derive(value),
        text: Signal::derive(text),
        show: Callback::new(move |value: Option<u32>| {
            if predicting.is_open() {
                predicting.show(value.map(|value| Mark::Wants(place, value)));
            } else {
                draft.set(value.map(|value| match resource {
                    Resource::Cpu => Demand::Cpu(place, value),
                    Resource::Memory => Demand::Memory(place, value),
                }));
            }
        }),
        send: Callback::new(move |value: u32| {
            if predicting.is_open() {
                predicting.mark(Mark::Wants(place, value));
            } else {
                send.run(value);
            }
        }),
    }
}

/// The slider of what the reader expects a container to get.
fn expecting(diagram: Diagram, place: usize) -> Slide {
    let (predicting, resource) = (diagram.predicting, diagram.resource);
    let text = move || {
        predicting.expected(place).map_or_else(
            || "not marked yet".to_owned(),
            |units| format!("{} expected", resource.amount(units)),
        )
    };
    Slide {
        scale: diagram.scale,
        size: size(diagram),
        value: Signal::derive(move || predicting.expected(place).unwrap_or_default()),
        text: Signal::derive(text),
        show: Callback::new(move |value: Option<u32>| {
            predicting.show(value.map(|value| Mark::Gets(place, value)));
        }),
        send: Callback::new(move |value: u32| predicting.mark(Mark::Gets(place, value))),
    }
}

/// A hundred per cent of a slider.
fn size(diagram: Diagram) -> u32 {
    diagram.live.with_untracked(|card| match diagram.resource {
        Resource::Cpu => card.cpu.0,
        Resource::Memory => card.memory.0,
    })
}

/// What is expected, as an outline; once it came, beside what did.
fn guess(scale: &Scale, predicting: Predicting, place: usize) -> AnyView {
    let track = view! { <path class="guess-track" d=format!("M0 9H{:.1}", scale.wall())></path> };
    let outline = predicting.expected(place).map(|units| {
        let width = scale.x(units.min(scale.reach()));
        view! {
            <rect x="0.75" y="4.75" width=(width - 1.5).max(0.0) height="8.5" rx="4" class="guess" stroke=tone::colour(place)></rect>
        }
    });
    let came = predicting.came(place).map(|compared| {
        let x = scale.x(compared.got.min(scale.reach()));
        view! { <path class="came" stroke=tone::colour(place) d=format!("M{x:.1} 1V17")></path> }
    });
    view! { <g>{track} {outline} {came}</g> }
}
