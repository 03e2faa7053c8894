//! A task in the inspector: its head and its sections, all of them or, on a phone, one behind each tab.

use super::containers::ContainersSection;
use super::cost::CostSection;
use super::cpu::CpuSection;
use super::described::DescribedSection;
use super::life::{LifeSection, StatePill, StopSection};
use super::memory::MemorySection;
use super::network::NetworkSection;
use super::storage::StorageSection;
use crate::commands::{Command, commands};
use crate::drawer::why::why;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::projector::projected;
use crate::signals::{Memo, ReadSignal, RwSignal, Signal};
use crate::tabs::{Tab, Tabs};
use crate::ui::Region;
use fargate_core::call::{InterruptTask, StopTask};
use fargate_core::ids::TaskId;
use fargate_core::task::{Provider, TaskState};
use fargate_session::diagrams::preview::{Demand, with_demand};
use fargate_session::view::{Shared, TaskCard};
use fargate_session::why::Subject;
use leptos::prelude::*;

/// A task's card as a section reads it.
pub type Card = Signal<Shared<TaskCard>>;

/// The tabs of a phone's sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who shares the CPU.
    Cpu,
    /// Who shares the memory, and what fills the disk.
    Memory,
    /// States and lengths, why it stopped, and its containers.
    Lifecycle,
    /// The interface.
    Network,
    /// The bill.
    Cost,
}

const PARTS: [(Part, &str); 5] = [
    (Part::Cpu, "CPU"),
    (Part::Memory, "Memory"),
    (Part::Lifecycle, "Lifecycle"),
    (Part::Network, "Network"),
    (Part::Cost, "Cost"),
];

/// A task, for as long as AWS shows it.
#[component]
pub fn TaskPanel(
    /// The task.
    id: TaskId,
    /// Whether one part shows at a time.
    phone: Signal<bool>,
    /// The part that a phone shows; it stays from task to task.
    part: RwSignal<Part>,
) -> AnyView {
    let tasks = projected().tasks;
    let wanted = id.clone();
    let is_there = Memo::new(move |_| tasks.order().contains(&wanted));
    live(move || {
        let row = if is_there.get() { tasks.row(&id) } else { None };
        match row {
            Some(row) => {
                let row = ReadSignal::from(row);
                view! { <Task card=Signal::derive(move || row.get()) phone part/> }
            }
            None => view! {
                <div class="insp-h">
                    <p class="t12 dim">"Task"</p>
                    <p class="t2">"This task is not there at the moment shown."</p>
                </div>
            },
        }
    })
}

#[component]
fn Task(card: Card, phone: Signal<bool>, part: RwSignal<Part>) -> AnyView {
    let draft = RwSignal::new(None::<Demand>);
    let shown = Memo::new(move |_| {
        let card = card.get();
        match draft.get() {
            Some(demand) => Shared::new(with_demand(&card, demand)),
            None => card,
        }
    });
    let shown: Card = shown.into();
    let section = move |part| match part {
        Part::Cpu => view! { <CpuSection card=shown live=card draft phone/> },
        Part::Memory => {
            view! { <MemorySection card=shown live=card draft phone/><StorageSection card/> }
        }
        Part::Lifecycle => {
            view! { <LifeSection card/><StopSection card/><ContainersSection card/><DescribedSection card/> }
        }
        Part::Network => view! { <NetworkSection card/> },
        Part::Cost => view! { <CostSection card/> },
    };
    view! {
        <TaskHead card phone/>
        {move || {
            if phone.get() {
                let tabs = PARTS.map(|(part, label)| Tab::new(part, label)).to_vec();
                view! {
                    <Tabs
                        label="Task"
                        id="task"
                        tabs=tabs
                        open=part
                        choose=move |to| part.set(to)
                    />
                    {PARTS
                        .into_iter()
                        .enumerate()
                        .map(|(place, (of, _))| {
                            view! {
                                <div
                                    class="insp-part"
                                    role="tabpanel"
                                    id=format!("task-panel-{place}")
                                    aria-labelledby=format!("task-tab-{place}")
                                    hidden=move || part.get() != of
                                >
                                    <Show when=move || part.get() == of>{section(of)}</Show>
                                </div>
                            }
                        })
                        .collect_view()}
                }
            } else {
                view! {
                    <LifeSection card/>
                    <StopSection card/>
                    {section(Part::Cpu)}
                    <MemorySection card=shown live=card draft phone/>
                    <ContainersSection card/>
                    <StorageSection card/>
                    {section(Part::Network)}
                    {section(Part::Cost)}
                    <DescribedSection card/>
                }
            }
        }}
    }
}

/// The name of the task, its state, and the button that stops it.
#[component]
fn TaskHead(card: Card, phone: Signal<bool>) -> AnyView {
    let commands = commands();
    let definition = Memo::new(move |_| card.with(|card| card.definition.clone()));
    let short_id = Memo::new(move |_| card.with(|card| card.short_id.clone()));
    let size = Memo::new(move |_| card.with(|card| card.size.clone()));
    let spot = Memo::new(move |_| card.with(|card| card.provider == Some(Provider::FargateSpot)));
    let close = move || {
        phone.get().then(|| {
            view! {
                <button
                    class="btn icon end"
                    type="button"
                    aria-label="Close"
                    on:click=move |_| commands.send(Command::Select(None))
                >
                    <Glyph icon=Icon::Close/>
                </button>
            }
        })
    };
    view! {
        <div class="insp-h">
            <div class="row">
                <p class="t12 dim insp-kind">"Task, " {move || size.get()} {move || spot.get().then_some(", Fargate Spot")}</p>
                <WhyButton card/>
            </div>
            <div class="row">
                <h2>{move || definition.get()}</h2>
                <span class="mono dim t12">{move || short_id.get()}</span>
                <StatePill card phone/>
                <Show when=move || !phone.get()>
                    <StopButton card/>
                </Show>
                <Show when=move || spot.get()>
                    <InterruptButton card/>
                </Show>
                {close}
            </div>
        </div>
    }
}

/// Takes the capacity of a task on Fargate Spot back, as AWS does, while it can be stopped.
#[component]
fn InterruptButton(card: Card) -> AnyView {
    let commands = commands();
    let can_stop = Memo::new(move |_| card.with(|card| card.state <= TaskState::Running));
    let interrupt = move |_| {
        let task = card.with_untracked(|card| card.id.clone());
        commands.send(Command::Call(InterruptTask { task }.into()));
        // The button goes; the focus stays in the region.
        crate::browser::focus(Region::Inspector.id());
    };
    view! {
        <Show when=move || can_stop.get()>
            <button class="btn sm line" type="button" title="AWS takes the spare capacity back" on:click=interrupt>"Interrupt"</button>
        </Show>
    }
}

/// Asks why the task is as it is.
#[component]
fn WhyButton(card: Card) -> AnyView {
    let why = why();
    let ask = move |_| why.ask(Subject::Task(card.with_untracked(|card| card.id.clone())));
    view! { <button class="btn sm line end" type="button" on:click=ask>"Why?"</button> }
}

/// Stops the task, while it can be stopped.
#[component]
pub fn StopButton(
    /// The task.
    card: Card,
) -> AnyView {
    let commands = commands();
    let can_stop = Memo::new(move |_| card.with(|card| card.state <= TaskState::Running));
    let stop = move |_| {
        let task = card.with_untracked(|card| card.id.clone());
        commands.send(Command::Call(
            StopTask {
                task,
                ..Default::default()
            }
            .into(),
        ));
        // The button goes; the focus stays in the region.
        crate::browser::focus(Region::Inspector.id());
    };
    view! {
        <Show when=move || can_stop.get()>
            <button class="btn sm line end" type="button" on:click=stop>"Stop task"</button>
        </Show>
    }
}
