//! The first visit: what this is, one large button, and quiet ways on; then what the first click did.

use crate::commands::{Command, Commands, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::projector::{Projected, projected};
use crate::rooms::{Rooms, rooms};
use crate::shell::enter;
use crate::signals::{Memo, RwSignal};
use crate::toast::Toasts;
use crate::ui::{LeftTab, Region, Ui, ui};
use crate::workbench::Workbench;
use fargate_core::call::{Call, SendRequests, TrafficSource};
use fargate_core::task::TaskState;
use fargate_session::view::{Shared, TaskCard};
use leptos::prelude::*;
use std::time::Duration;

/// How many requests the button sends.
const REQUESTS: u32 = 100;
/// Tenths of a request a second: all are sent within eight seconds, and frontend wants more than its share.
const RATE: u32 = 125;
/// How long the panels take to come in.
const ARRIVAL: Duration = Duration::from_millis(400);

/// The call that sends the requests from the Internet to a running task's first port.
fn requests(task: &TaskCard) -> Option<Call> {
    let port = task.containers.iter().flat_map(|c| &c.ports).next()?;
    (task.state == TaskState::Running).then(|| {
        Call::from(SendRequests {
            from: TrafficSource::Internet,
            to: task.id.clone().into(),
            port: *port,
            count: REQUESTS,
            rate_tenths: RATE,
        })
    })
}

/// Sends the requests to the first task that runs.
fn send_requests(commands: Commands, cards: Projected) {
    let call = untrack(|| cards.tasks.all().iter().find_map(|task| requests(task)));
    if let Some(call) = call {
        commands.send(Command::Call(call));
    }
}

/// Brings the panels in. The button that did it is gone, so the canvas takes the focus.
fn arrive(rooms: Rooms, ui: Ui, toasts: Toasts, then: impl FnOnce(&Workbench) + 'static) {
    rooms.open(move |panels| {
        let Some(panels) = panels else {
            let text = "A part of this page could not be loaded. Look whether you are online, then press the button again.";
            toasts.trouble("The panels are not here", text);
            return;
        };
        then(panels);
        ui.arriving.set(true);
        ui.first_visit.set(false);
        set_timeout(move || ui.arriving.set(false), ARRIVAL);
        request_animation_frame(|| {
            enter(Region::Stage);
        });
    });
}

/// The pane of the first visit.
#[component]
pub fn Intro() -> AnyView {
    let (commands, cards, ui) = (commands(), projected(), ui());
    let (rooms, toasts) = (rooms(), expect_context::<Toasts>());
    let send = move |_| {
        send_requests(commands, cards);
        arrive(rooms, ui, toasts, |_| ());
    };
    let paste = move |_| {
        arrive(rooms, ui, toasts, move |_| {
            commands.adopt();
            ui.open_left(LeftTab::Definition);
        });
    };
    let empty = move |_| {
        arrive(rooms, ui, toasts, move |panels| {
            (panels.empty_vpc)(commands);
        });
    };
    view! {
        <section class="intro" id=Region::Left.id() tabindex="-1" aria-label="Welcome">
            <div class="intro-in">
                <p class="pill ok">
                    <Glyph icon=Icon::Running class="i-12"/>
                    "A task is already running"
                </p>
                <h1>"Two containers, one task, one address. Push it and see what gives."</h1>
                <p class="lead">
                    "This is a simulated Fargate task in your browser. No account, no install, no bill."
                </p>
                <button class="btn prim cta" type="button" on:click=send>
                    <Glyph icon=Icon::Send/>
                    "Send 100 requests"
                </button>
                <p class="t12 dim">
                    "You will see packets cross the gateway and the security group, then frontend borrow the CPU that api leaves idle."
                </p>
                <div class="or"><span>"or"</span></div>
                <ul>
                    <li>
                        <button class="alt" type="button" on:click=paste>
                            <Glyph icon=Icon::Import/>
                            <span>
                                <b>"Paste a task definition"</b>
                                <small>"Your JSON is checked here and never uploaded"</small>
                            </span>
                            <Glyph icon=Icon::ChevronRight class="i-14 dim"/>
                        </button>
                    </li>
                    <li>
                        <button class="alt" type="button" on:click=empty>
                            <Glyph icon=Icon::Subnet/>
                            <span>
                                <b>"Start from an empty VPC"</b>
                                <small>"Draw subnets, groups and tasks yourself"</small>
                            </span>
                            <Glyph icon=Icon::ChevronRight class="i-14 dim"/>
                        </button>
                    </li>
                </ul>
            </div>
            <p class="t12 dim">"Everything stays on this device."</p>
        </section>
    }
}

/// The most that a container has borrowed so far, and who it was.
fn most_borrowed(
    before: Option<&(String, u32)>,
    tasks: &[Shared<TaskCard>],
) -> Option<(String, u32)> {
    let containers = tasks.iter().flat_map(|task| &task.containers);
    let most = containers
        .filter(|container| container.cpu.borrowed > 0)
        .max_by_key(|container| container.cpu.borrowed)
        .map(|container| (container.short_name.clone(), container.cpu.borrowed));
    match (before, most) {
        (Some(before), Some(now)) if now.1 <= before.1 => Some(before.clone()),
        (before, None) => before.cloned(),
        (_, now) => now,
    }
}

/// After the first click: who borrowed how much, and where to change it.
#[component]
pub fn Borrowed() -> AnyView {
    let (cards, ui) = (projected(), ui());
    // Only a page that began as a first visit tells it, and only once.
    let open = RwSignal::new(rooms().came_first);
    let first = cards.title.get_untracked();
    let most = Memo::new(move |before: Option<&Option<(String, u32)>>| {
        // It is about the first scenario's task, and means nothing beside another.
        let another = cards.title.with(|title| *title != first);
        if another || !open.get() || ui.first_visit.get() {
            return None;
        }
        most_borrowed(before.and_then(Option::as_ref), &cards.tasks.all())
    });
    let told = move || {
        most.get().map(|(name, units)| {
            let units = crate::words::thousands(u64::from(units));
            view! {
                <div class="borrowed" role="status">
                    <span>
                        <b>{format!("{name} borrowed {units} units. ")}</b>
                        "Open the editor to change its share."
                    </span>
                    <button
                        class="btn sm line"
                        type="button"
                        on:click=move |_| {
                            open.set(false);
                            ui.open_left(LeftTab::Definition);
                            request_animation_frame(|| {
                                enter(Region::Left);
                            });
                        }
                    >
                        "Open the editor"
                    </button>
                    <button
                        class="btn icon"
                        type="button"
                        aria-label="Close"
                        on:click=move |_| open.set(false)
                    >
                        <Glyph icon=Icon::Close class="i-14"/>
                    </button>
                </div>
            }
        })
    };
    view! { {told} }
}
