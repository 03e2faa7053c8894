//! A lane of the timeline: a task, its states, and where it met trouble.

use super::beside::{Beside, ghost};
use super::timeline::Times;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::inspector::life::look;
use crate::inspector::totals::icon_class;
use crate::markup::{IntoChild, view};
use crate::selection::{Selection, selected};
use crate::signals::{Memo, Signal};
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;
use fargate_session::diagrams::Span;
use fargate_session::diagrams::lanes::{Lane, Segment, failure, marks};
use fargate_session::diagrams::time_axis::TimeAxis;
use fargate_session::view::{EventLine, Stage, TaskCard};
use leptos::prelude::*;

/// How near to each other octagons may stand.
const GAP: f64 = 28.0;
/// From which height on a bar has words.
const WORDS: f64 = 16.0;

/// What a lane shows of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneCard {
    /// The task.
    pub id: TaskId,
    definition: String,
    short_id: String,
    stages: Vec<Stage>,
    failed: bool,
    note: Option<String>,
    trouble: Vec<SimTime>,
}

impl LaneCard {
    /// The lane of a task, with its moments of trouble among those of the newest facts.
    pub fn new(task: &TaskCard, trouble: &[&EventLine]) -> Self {
        let stop = task.stop.as_ref();
        let trouble = trouble
            .iter()
            .filter(|event| event.task.as_ref() == Some(&task.id));
        Self {
            id: task.id.clone(),
            definition: task.definition.clone(),
            short_id: task.short_id.clone(),
            stages: task.stages.clone(),
            failed: stop.is_some_and(|stop| stop.failed),
            note: failure(task).or_else(|| stop.map(|stop| stop.reason.clone())),
            trouble: trouble.map(|event| event.at).collect(),
        }
    }

    /// When the task was asked for.
    pub fn began(&self) -> SimTime {
        self.stages
            .first()
            .map(|stage| stage.from)
            .unwrap_or_default()
    }

    /// The state at a moment; `None` before the task was there.
    fn state_at(&self, now: SimTime) -> Option<TaskState> {
        let entered = self.stages.iter().take_while(|stage| stage.from <= now);
        entered.last().map(|stage| stage.state)
    }
}

/// A lane: its head selects the task.
#[component]
pub fn LaneRow(
    /// The task's lane; it goes on while the task lives.
    #[prop(into)]
    lane: Signal<Option<LaneCard>>,
    /// The task.
    id: TaskId,
    /// The axis and the moments.
    times: Times,
    /// Which run is beside.
    beside: Beside,
) -> AnyView {
    let (commands, selected) = (commands(), selected());
    let other = {
        let id = id.clone();
        Memo::new(move |_| beside.lane(&id))
    };
    let thing = Selection::Task(id);
    let choose = {
        let thing = thing.clone();
        Callback::new(move |()| commands.send(Command::Select(Some(thing.clone()))))
    };
    let is_selected = Memo::new(move |_| selected.is(&thing));
    let state = Memo::new(move |_| {
        let now = times.now.get();
        lane.with(|lane| {
            let lane = lane.as_ref()?;
            lane.state_at(now)
                .map(|state| (state, lane.failed && state == TaskState::Stopped))
        })
    });
    let icon = Signal::derive(move || {
        state
            .get()
            .map_or(Icon::Ahead, |(state, failed)| look(state, failed).0)
    });
    let class = Signal::derive(move || {
        state
            .get()
            .map_or("i-14 dim", |(state, failed)| icon_class(state, failed))
    });
    let name = move || lane.with(|lane| lane.as_ref().map(|lane| lane.definition.clone()));
    let short_id = move || lane.with(|lane| lane.as_ref().map(|lane| lane.short_id.clone()));
    let words = move || {
        state
            .get()
            .map_or("not there yet", |(state, _)| state.title())
    };
    let picture = move || {
        let (axis, end) = (times.axis.get(), times.end.get());
        let own = lane.with(|lane| lane.as_ref().map(|lane| draw(lane, &axis, end)));
        let other = other.with(|other| other.as_ref().map(|lane| ghost(lane, times)));
        view! {
            {own}
            {other}
        }
    };
    view! {
        <li class="lane" class:is-selected=move || is_selected.get()>
            <button
                class="lane-h"
                type="button"
                aria-pressed=move || is_selected.get().to_string()
                on:click=move |_| choose.run(())
            >
                <Glyph icon class/>
                <span class="med">{name}</span>
                <span class="mono dim">{short_id}</span>
                <span class="sr">{words}</span>
            </button>
            <svg class="lane-p" aria-hidden="true" on:click=move |_| choose.run(())>{picture}</svg>
        </li>
    }
}

fn draw(card: &LaneCard, axis: &TimeAxis, end: SimTime) -> AnyView {
    let lane = Lane::new(axis, &card.stages, card.failed, end);
    // What is refused after the task failed is the failure's own echo.
    let moments = card.trouble.iter().copied();
    let trouble = marks(axis, moments, GAP)
        .into_iter()
        .filter(|x| lane.failed.is_none_or(|at| x + GAP <= at));
    let octagons = trouble.chain(lane.failed).map(octagon).collect_view();
    let ended = card
        .stages
        .last()
        .is_some_and(|stage| stage.state == TaskState::Stopped);
    let note = card.note.clone().filter(|_| ended).map(|note| {
        let x = lane.end.max(lane.failed.unwrap_or(0.0) + 8.0) + 7.0;
        view! { <text x=x y="18" class="lbl dim">{note}</text> }
    });
    view! {
        {segments(&lane.segments, 5.0, 17.0)}
        {octagons}
        {note}
    }
}

fn octagon(x: f64) -> AnyView {
    view! { <use href=Icon::Error.href() x=x - 8.0 y="5.5" width="16" height="16" class="err-i"></use> }
}

/// The states of a lane as bars of a height, from a place down; with words where they are high enough.
pub fn segments(all: &[Segment], y: f64, height: f64) -> AnyView {
    let drawn = all.iter().map(|segment| {
        let Span { x, w } = segment.span;
        let (class, text) = match segment.state {
            TaskState::Provisioning => ("seg-prov", "lbl m idle-t"),
            TaskState::Pending => ("seg-pend", "lbl m warn-t"),
            TaskState::Activating | TaskState::Deactivating => ("seg-act", "lbl m info-t"),
            TaskState::Running => ("seg-run", "lbl m ok-t"),
            TaskState::Stopping | TaskState::Deprovisioning | TaskState::Stopped => {
                ("seg-stop", "lbl m idle-t")
            }
        };
        let title = segment.state.title();
        let words = (height >= WORDS && segment.span.fits(title.len() + 2))
            .then(|| view! { <text x=x + 7.5 y="18" class=text>{title}</text> });
        view! {
            <rect x=x + 0.5 y=y width=(w - 0.5).max(0.8) height=height rx=(height / 4.0).min(3.0) class=class></rect>
            {words}
        }
    });
    drawn.collect_view().into_child()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_knows_its_state_at_every_moment() {
        let stage = |state, from, until: Option<u64>| Stage {
            state,
            from: SimTime(from),
            until: until.map(SimTime),
        };
        let card = LaneCard {
            id: "a".into(),
            definition: "web:1".to_owned(),
            short_id: "a".to_owned(),
            stages: vec![
                stage(TaskState::Provisioning, 10, Some(20)),
                stage(TaskState::Pending, 20, None),
            ],
            failed: false,
            note: None,
            trouble: Vec::new(),
        };
        for (now, state) in [
            (0, None),
            (10, Some(TaskState::Provisioning)),
            (19, Some(TaskState::Provisioning)),
            (20, Some(TaskState::Pending)),
            (99, Some(TaskState::Pending)),
        ] {
            assert_eq!(card.state_at(SimTime(now)), state, "at {now}");
        }
    }
}
