//! What was placed: where each container is found, and what a service of each task needs.

use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_session::modes::{ModesCard, ModesContainer, ModesTask};
use leptos::prelude::*;

/// What was placed.
#[component]
pub fn Placed(
    /// The sheet's card.
    card: Memo<ModesCard>,
) -> AnyView {
    let lists = live(move || {
        let (containers, tasks) = card.with(|card| (card.containers.clone(), card.tasks.clone()));
        let containers = containers.into_iter().map(container);
        let tasks = tasks.into_iter().map(task);
        view! {
            <dl class="net-dl" aria-label="Where each container is found">{containers.collect_view()}</dl>
            <dl class="net-dl" aria-label="What a service of each task needs">{tasks.collect_view()}</dl>
        }
    });
    view! {
        <section class="net-row" aria-labelledby="modes-placed">
            <h3 class="med" id="modes-placed">"What was placed"</h3>
            <p class="t12" role="status">{move || card.with(|card| card.instance.clone())}</p>
            <p class="t12 dim">{move || card.with(|card| card.note)}</p>
            {lists}
        </section>
    }
}

fn container(it: ModesContainer) -> AnyView {
    let found_at = if it.found_at.is_empty() {
        "no address of its own".to_owned()
    } else {
        it.found_at
    };
    let words = format!("{}, {found_at}", it.mode);
    view! { <div><dt>{it.name}</dt><dd class="mono">{words}</dd></div> }
}

fn task(it: ModesTask) -> AnyView {
    let name = format!("Service of {}", it.family);
    let discovery = if it.discovery.is_empty() {
        "no records".to_owned()
    } else {
        format!("records {}", it.discovery)
    };
    let words = format!("target group of type {}; {discovery}", it.target_type);
    let other = it
        .other_type
        .map(|words| view! { <p class="t12 dim">"With the other type: "{words}</p> });
    view! { <div class="modes-service"><dt>{name}</dt><dd>{words}{other}</dd></div> }
}
