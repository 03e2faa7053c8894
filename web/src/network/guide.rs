//! The way from an empty VPC to a task that can be reached: what is done, and what comes next.

use super::asking::Asking;
use super::gateway::{attach_gateway, route};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::{Projected, projected};
use crate::refusal::RefusalNote;
use crate::run_form::run_form;
use crate::signals::{Memo, RwSignal, Signal};
use leptos::prelude::*;

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Vpc,
    Gateway,
    Route,
    Subnet,
    Group,
    Task,
}

impl Step {
    const ALL: [Self; 6] = [
        Self::Vpc,
        Self::Gateway,
        Self::Route,
        Self::Subnet,
        Self::Group,
        Self::Task,
    ];

    const fn words(self) -> &'static str {
        match self {
            Self::Vpc => "A VPC: a block of private addresses",
            Self::Gateway => "An internet gateway, attached to it",
            Self::Route => "A default route that leads to the gateway",
            Self::Subnet => "A subnet in a zone, where tasks get their addresses",
            Self::Group => "A security group that lets the task's port in",
            Self::Task => "A task in the subnet, with a public address",
        }
    }

    /// What the button of the step says; the form for a VPC is all there is before one is made.
    const fn button(self) -> Option<&'static str> {
        match self {
            Self::Vpc => None,
            Self::Gateway => Some("Attach gateway"),
            Self::Route => Some("Add route"),
            Self::Subnet => Some("Add a subnet"),
            Self::Group => Some("Add a group"),
            Self::Task => Some("Run task"),
        }
    }

    /// Whether it is done; tracked.
    fn done(self, projected: Projected) -> bool {
        let vpc = projected.vpc.get();
        match self {
            Self::Vpc => vpc.is_some(),
            Self::Gateway => vpc.is_some_and(|vpc| vpc.internet_gateway.is_some()),
            Self::Route => vpc.is_some_and(|vpc| vpc.has_default_route),
            Self::Subnet => !projected.subnets.order().is_empty(),
            Self::Group => projected
                .groups
                .all()
                .iter()
                .any(|group| group.name != "default" && !group.ingress.is_empty()),
            Self::Task => !projected.tasks.order().is_empty(),
        }
    }
}

/// The way, until a task has been run.
#[component]
pub fn Guide(
    /// Whether the form that makes a subnet is open.
    subnet_form: RwSignal<bool>,
    /// Whether the form that makes a group is open.
    group_form: RwSignal<bool>,
) -> AnyView {
    let projected = projected();
    let asking = Asking::new();
    let form = run_form();
    let next = Memo::new(move |_| Step::ALL.into_iter().find(|step| !step.done(projected)));
    // Where tasks have run, the way is known: taking a route away is then an experiment, not a missing step.
    let shown = move || next.get().is_some() && projected.tasks.order().is_empty();
    let act = move |step: Step| match step {
        Step::Vpc => {}
        Step::Gateway => attach_gateway(&asking),
        Step::Route => route(&asking, true),
        Step::Subnet => subnet_form.set(true),
        Step::Group => group_form.set(true),
        Step::Task => form.show(),
    };
    let button = move |step: Step| {
        let words = step.button()?;
        Some(view! {
            <button type="button" class="btn sm line" on:click=move |_| act(step)>
                {words}
            </button>
        })
    };
    let row = move |step: Step| {
        let done = Memo::new(move |_| step.done(projected));
        let is_next = move || next.get() == Some(step);
        view! {
            <li class="guide-row" class:is-next=is_next>
                <Glyph
                    icon=Signal::derive(move || if done.get() { Icon::Ok } else { Icon::Ahead })
                    class=Signal::derive(move || if done.get() { "i-14 ok-c" } else { "i-14 dim" })
                />
                <span class="grow">
                    {step.words()}
                    <span class="sr">{move || if done.get() { ", done" } else { "" }}</span>
                </span>
                {move || is_next().then(|| button(step))}
            </li>
        }
    };
    view! {
        <Show when=shown>
            <section class="net-sec guide" aria-label="From an empty VPC to a task">
                <h2 class="strong">"From an empty VPC to a task"</h2>
                <ol>{Step::ALL.map(row).collect_view()}</ol>
                <RefusalNote refusal=asking.refusal/>
            </section>
        </Show>
    }
}
