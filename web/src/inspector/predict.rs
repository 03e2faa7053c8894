//! 'Predict first': what a reader wants to change is drafted, what they expect is marked, and then both are run and compared.

use super::demand;
use super::task::Card;
use crate::commands::{Command, Commands, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::projector::{Cards, projected};
use crate::signals::{Memo, RwSignal};
use crate::words::thousands;
use fargate_core::ids::TaskId;
use fargate_session::diagrams::prediction::{Compared, Outcome, Prediction, Resource, Victim};
use fargate_session::view::{ContainerState, TaskCard};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How far a prediction is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Sliders act at once.
    #[default]
    Off,
    /// The reader drafts and marks.
    Open(Prediction),
    /// It was run.
    Came(Prediction, Outcome),
}

/// All predictions, from context. They outlive the panel of their task, so that looking elsewhere loses nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Predictions(RwSignal<BTreeMap<(TaskId, Resource), Stage>>);

/// What a slider marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// What the container at a place is to want.
    Wants(usize, u32),
    /// What it is expected to get.
    Gets(usize, u32),
}

/// The prediction about one task's CPU or memory.
#[derive(Clone, Copy)]
pub struct Predicting {
    commands: Commands,
    tasks: Cards<TaskId, TaskCard>,
    all: Predictions,
    task: Card,
    resource: Resource,
    stage: Memo<Stage>,
    /// What is dragged now and not marked yet.
    dragged: RwSignal<Option<Mark>>,
}

impl Predicting {
    /// The prediction about a task.
    pub fn of(task: Card, resource: Resource) -> Self {
        let all: Predictions = expect_context();
        let stage = Memo::new(move |_| {
            let key = (task.with(|card| card.id.clone()), resource);
            all.0.with(|all| all.get(&key).cloned().unwrap_or_default())
        });
        Self {
            commands: commands(),
            tasks: projected().tasks,
            all,
            task,
            resource,
            stage,
            dragged: RwSignal::new(None),
        }
    }

    /// Whether the reader predicts; tracked, as are the others.
    pub fn is_on(self) -> bool {
        self.stage.with(|stage| *stage != Stage::Off)
    }

    /// Whether the reader drafts and marks now.
    pub fn is_open(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Open(_)))
    }

    /// Whether it was run.
    pub fn has_come(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Came(..)))
    }

    /// What the container at a place is to want, where that is drafted.
    pub fn wanted(self, place: usize) -> Option<u32> {
        match self.dragged.get() {
            Some(Mark::Wants(at, value)) if at == place => Some(value),
            _ => self.stage.with(|stage| match stage {
                Stage::Open(it) => it.wants.get(&place).copied(),
                Stage::Off | Stage::Came(..) => None,
            }),
        }
    }

    /// What it is expected to get, where that is marked.
    pub fn expected(self, place: usize) -> Option<u32> {
        match self.dragged.get() {
            Some(Mark::Gets(at, value)) if at == place => Some(value),
            _ => self.stage.with(|stage| match stage {
                Stage::Open(it) | Stage::Came(it, _) => it.gets.get(&place).copied(),
                Stage::Off => None,
            }),
        }
    }

    /// What came of what was marked of it.
    pub fn came(self, place: usize) -> Option<Compared> {
        self.stage.with(|stage| match stage {
            Stage::Came(_, outcome) => {
                let mut compared = outcome.compared.iter();
                compared.find(|it| it.place == place).cloned()
            }
            Stage::Off | Stage::Open(_) => None,
        })
    }

    /// What the head of a row says in place of what is; `None` where what is stands there.
    pub fn words(self, place: usize) -> Option<String> {
        if let Some(it) = self.came(place) {
            return Some(format!(
                "expected {}, got {}",
                thousands(it.expected.into()),
                thousands(it.got.into())
            ));
        }
        if !self.is_open() {
            return None;
        }
        let expected = self.expected(place).map_or_else(
            || "expect ?".to_owned(),
            |units| format!("expect {}", thousands(units.into())),
        );
        let wanted = self
            .wanted(place)
            .map(|units| format!("to want {}, ", thousands(units.into())));
        Some(wanted.unwrap_or_default() + &expected)
    }

    /// Shows what is dragged; nothing is marked before it is let go.
    pub fn show(self, mark: Option<Mark>) {
        self.dragged.set(mark);
    }

    /// Marks.
    pub fn mark(self, mark: Mark) {
        self.change(|it| {
            match mark {
                Mark::Wants(place, value) => it.wants.insert(place, value),
                Mark::Gets(place, value) => it.gets.insert(place, value),
            };
        });
    }

    fn change(self, change: impl FnOnce(&mut Prediction)) {
        if let Stage::Open(mut prediction) = self.stage.get_untracked() {
            change(&mut prediction);
            self.set(Stage::Open(prediction));
        }
    }

    fn set(self, stage: Stage) {
        let key = (
            self.task.with_untracked(|card| card.id.clone()),
            self.resource,
        );
        put(self.all, key, stage);
    }

    /// Sets what is drafted, and compares what then is with what was expected.
    fn run(self) {
        let (task, resource, all) = (self.task.get_untracked(), self.resource, self.all);
        let Stage::Open(prediction) = self.stage.get_untracked() else {
            return;
        };
        if prediction.blocked(&task).is_some() {
            return;
        }
        let demands = prediction.demands(resource, &task).into_iter();
        let calls = demands.filter_map(|(place, value)| {
            let container = task.containers.get(place)?;
            Some(demand::set(resource, &task, container.name.clone(), value))
        });
        self.commands.send(Command::Calls(calls.collect()));
        let tasks = self.tasks;
        // The frame that shows the answer was asked for first.
        request_animation_frame(move || {
            let after = untrack(|| tasks.card(&task.id)).unwrap_or_else(|| task.clone());
            let outcome = prediction.outcome(resource, &task, &after);
            put(
                all,
                (task.id.clone(), resource),
                Stage::Came(prediction, outcome),
            );
            focus_soon(again_id(resource));
        });
    }

    /// Draws the marks off, for another try.
    fn again(self) {
        self.set(Stage::Open(Prediction::default()));
        focus_soon(run_id(self.resource));
    }
}

fn put(all: Predictions, key: (TaskId, Resource), stage: Stage) {
    // Where the inspector is gone, so is the page.
    all.0.try_update(|all| all.insert(key, stage));
}

/// Puts the focus on a button that is about to be there, in the place of the one that was pressed.
fn focus_soon(id: &'static str) {
    request_animation_frame(move || crate::browser::focus(id));
}

const fn run_id(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "predict-cpu-run",
        Resource::Memory => "predict-memory-run",
    }
}

const fn again_id(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "predict-cpu-again",
        Resource::Memory => "predict-memory-again",
    }
}

const fn reason_id(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "predict-cpu-reason",
        Resource::Memory => "predict-memory-reason",
    }
}

/// The switch, what to do, and what came of it.
#[component]
pub fn PredictFirst(
    /// The prediction.
    predicting: Predicting,
) -> AnyView {
    let resource = predicting.resource;
    let switch = move |event| {
        predicting.set(if event_target_checked(&event) {
            Stage::Open(Prediction::default())
        } else {
            Stage::Off
        });
    };
    view! {
        <div class="predict">
            <label class="check">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || predicting.is_on()
                    on:change=switch
                />
                "Predict first"
            </label>
            <div role="status">{live(move || said(predicting))}</div>
            <Show when=move || predicting.is_open()>
                {(resource == Resource::Memory).then(|| view! { <Victims predicting/> })}
                <RunButton predicting/>
            </Show>
            <Show when=move || predicting.has_come()>
                <div class="row">
                    <button type="button" class="btn sm line" id=again_id(resource) on:click=move |_| predicting.again()>
                        <Glyph icon=Icon::Undo class="i-12"/>
                        "Try again"
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// What to do, or what came of it: spoken when it changes.
fn said(predicting: Predicting) -> AnyView {
    match predicting.stage.get() {
        Stage::Off => ().into_any(),
        Stage::Open(_) => view! {
            <p class="t12 t2">
                "Set what each container wants: nothing happens yet. On the dashed line, mark what you expect it to get. Then run."
            </p>
        },
        Stage::Came(_, outcome) => {
            let each = outcome.compared.into_iter().map(|it| {
                let icon = if it.near {
                    (Icon::Ok, "i-14 ok-c")
                } else {
                    (Icon::Info, "i-14 dim")
                };
                let difference = it.difference();
                view! {
                    <li>
                        <Glyph icon=icon.0 class=icon.1/>
                        <span class="grow">{it.sentence}</span>
                        <span class="mono" aria-hidden="true">{difference}</span>
                    </li>
                }
            });
            let victim = outcome.victim.map(|sentence| {
                view! { <li><Glyph icon=Icon::Bolt class="i-14 dim"/><span class="grow">{sentence}</span></li> }
            });
            view! {
                <div class="callout came-of-it">
                    <p><b>{outcome.total}</b></p>
                    <ul>{each.collect_view()}{victim}</ul>
                </div>
            }
        }
    }
}

/// Who is expected to be killed.
#[component]
fn Victims(predicting: Predicting) -> AnyView {
    let names = Memo::new(move |_| {
        predicting.task.with(|task| {
            let running = task.containers.iter().enumerate();
            let running = running.filter(|(_, it)| it.state == ContainerState::Running);
            running
                .map(|(place, it)| (place, it.short_name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let chosen = move |victim: Option<Victim>| {
        predicting
            .stage
            .with(|stage| matches!(stage, Stage::Open(it) if it.victim == victim))
    };
    let choose = move |event| {
        let victim = match event_target_value(&event).as_str() {
            "" => None,
            "nobody" => Some(Victim::Nobody),
            place => place.parse().ok().map(Victim::Container),
        };
        predicting.change(|it| it.victim = victim);
    };
    let containers = move || {
        let options = names.get().into_iter().map(|(place, name)| {
            let selected = move || chosen(Some(Victim::Container(place)));
            view! { <option value=place.to_string() prop:selected=selected>{name}</option> }
        });
        options.collect_view()
    };
    view! {
        <label class="field-label">
            "Who is killed?"
            <select class="field" on:change=choose>
                <option value="" prop:selected=move || chosen(None)>"I do not say"</option>
                <option value="nobody" prop:selected=move || chosen(Some(Victim::Nobody))>"Nobody"</option>
                {containers}
            </select>
        </label>
    }
}

#[component]
fn RunButton(predicting: Predicting) -> AnyView {
    let resource = predicting.resource;
    let blocked = Memo::new(move |_| {
        predicting.stage.with(|stage| match stage {
            Stage::Open(it) => predicting.task.with(|task| it.blocked(task)),
            Stage::Off | Stage::Came(..) => None,
        })
    });
    view! {
        <div class="row">
            <button
                type="button"
                class="btn sm prim"
                id=run_id(resource)
                aria-disabled=move || blocked.get().map(|_| "true")
                aria-describedby=reason_id(resource)
                on:click=move |_| predicting.run()
            >
                "Run"
            </button>
            <span class="t12 dim grow" id=reason_id(resource)>{move || blocked.get()}</span>
        </div>
    }
}
