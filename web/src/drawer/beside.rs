//! Another run beside the one that is shown: its lanes below the run's own, and what came out differently.

use super::lane::segments;
use super::moments::moment;
use super::timeline::Times;
use crate::commands::commands;
use crate::markup::{IntoChild, Show, live, view};
use crate::projector::projected;
use crate::signals::{Memo, ReadSignal, RwSignal, StoredValue, gate};
use fargate_core::ids::TaskId;
use fargate_core::units::SimTime;
use fargate_core::world::World;
use fargate_session::branches::{OtherLane, OtherRun};
use fargate_session::diagrams::lanes::Lane;
use leptos::prelude::*;
use std::sync::Arc;

/// Which run is beside, and what it did.
#[derive(Clone, Copy)]
pub struct Beside {
    chosen: RwSignal<Option<usize>>,
    /// The other run; `None` while none is chosen.
    pub other: ReadSignal<Option<Arc<OtherRun>>>,
}

impl Beside {
    /// No other run.
    pub fn nothing() -> Self {
        let (commands, shown, moment) = (commands(), projected(), moment());
        let chosen = RwSignal::new(None);
        // another run stands still: it is simulated once
        let kept: StoredValue<Option<(usize, SimTime, World)>> = StoredValue::new(None);
        let other = Memo::new(move |_| {
            moment.get();
            let current = shown.history.with(|history| history.current);
            let number: usize = chosen.get().filter(|number| *number != current)?;
            commands.ask_session(|session| {
                let end = session.scenario().runs.get(number)?.end;
                let stored = kept.try_update_value(Option::take).flatten();
                let stored = stored.filter(|(of, at, _)| (*of, *at) == (number, end));
                let stored = stored.map(|(_, _, world)| world);
                let world = stored.or_else(|| session.world_of(number, end))?;
                let other = session.beside(number, &world);
                kept.set_value(Some((number, end, world)));
                other.map(Arc::new)
            })
        });
        // Every lane reads it.
        let other = gate(move || other.get());
        Self { chosen, other }
    }

    /// A task as it went in the other run.
    pub fn lane(self, id: &TaskId) -> Option<OtherLane> {
        self.other.with(|other| {
            let other = other.as_ref()?;
            other.lanes.iter().find(|lane| lane.id == *id).cloned()
        })
    }
}

/// A task's lane of the other run, thin below the run's own.
pub fn ghost(lane: &OtherLane, times: Times) -> AnyView {
    let drawn = Lane::new(
        &times.axis.get(),
        &lane.stages,
        lane.failed,
        times.end.get(),
    );
    segments(&drawn.segments, 23.0, 3.0)
}

/// The lanes of tasks that only the other run has, the choice, and what differs.
#[component]
pub fn Other(
    /// Which run is beside.
    beside: Beside,
    /// The axis and the moments.
    times: Times,
    /// The tasks that have a lane already.
    order: Memo<Vec<TaskId>>,
) -> AnyView {
    let shown = projected();
    let runs = Memo::new(move |_| {
        shown.history.with(|history| {
            let titles = history.runs.iter().enumerate();
            let others = titles.filter(|(place, _)| *place != history.current);
            others
                .map(|(place, run)| (place, run.title.clone()))
                .collect::<Vec<_>>()
        })
    });
    let is_alone = Memo::new(move |_| runs.with(Vec::is_empty));
    let more = move || {
        let own = order.get();
        beside.other.with(|other| {
            let lanes = other.iter().flat_map(|other| &other.lanes);
            let missing = lanes.filter(|lane| !own.contains(&lane.id));
            missing
                .map(|lane| only(lane, times))
                .collect_view()
                .into_child()
        })
    };
    view! {
        <Show when=move || !is_alone.get()>
            <ul class="tl-lanes" aria-label="Tasks of the other run only">{live(more)}</ul>
            <div class="row tl-beside">{live(move || choice(beside, &runs.get()))}</div>
            {live(move || differences(beside))}
        </Show>
    }
}

fn only(lane: &OtherLane, times: Times) -> AnyView {
    let (name, id) = (lane.definition.clone(), lane.id.short().to_owned());
    view! {
        <li class="lane is-other">
            <span class="lane-h"><span class="med">{name}</span><span class="mono dim">{id}</span></span>
            <svg class="lane-p" aria-hidden="true">{ghost(lane, times)}</svg>
        </li>
    }
}

fn choice(beside: Beside, runs: &[(usize, String)]) -> AnyView {
    let option = |(place, title): &(usize, String)| {
        let (place, title) = (*place, title.clone());
        view! { <option value=place.to_string() prop:selected=move || beside.chosen.get() == Some(place)>{title}</option> }
    };
    let choose = move |event| beside.chosen.set(event_target_value(&event).parse().ok());
    view! {
        <label class="row t12">
            <span class="t2">"Beside"</span>
            <select class="btn sm line pick" on:change=choose>
                <option value="">"no other run"</option>
                {runs.iter().map(option).collect_view()}
            </select>
        </label>
    }
}

fn differences(beside: Beside) -> AnyView {
    let told = beside.other.with(|other| {
        other.as_ref().map(|other| {
            let parted = format!("Both are the same up to {}.", other.parted);
            let lines = other.differences.clone();
            let same = lines
                .is_empty()
                .then(|| "Nothing came out differently.".to_owned());
            let items = lines
                .into_iter()
                .chain(same)
                .map(|line| view! { <li>{line}</li> });
            view! {
                <div class="t12 tl-differences" role="status">
                    <p class="t2">{parted}</p>
                    <ul>{items.collect_view()}</ul>
                </div>
            }
        })
    });
    told.into_child()
}
