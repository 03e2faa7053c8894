//! The form that creates a service: of the definition, the subnets and the groups that are chosen under 'Run task'.

use crate::announcer::announcer;
use crate::markup::view;
use crate::network::asking::Asking;
use crate::network::fields::{One, OneField, Text, TextField};
use crate::refusal::RefusalNote;
use crate::run_form::{RunForm, run_form};
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{CreateService, DeploymentCircuitBreaker, DeploymentConfiguration};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// What becomes of a deployment whose tasks fail.
const BREAKER: &[(&str, &str)] = &[
    ("", "Goes on"),
    ("stop", "Is given up"),
    ("back", "Is given up and rolled back"),
];

/// The service that is being written, from context: it outlasts the section, not the visit.
#[derive(Clone, Copy)]
pub struct ServiceDraft {
    pub(super) open: RwSignal<bool>,
    name: Text,
    count: Text,
    breaker: One,
}

impl ServiceDraft {
    /// What is offered at first.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            name: Text::of("web"),
            count: Text::of("2"),
            breaker: One::fixed(BREAKER),
        }
    }
}

impl Default for ServiceDraft {
    fn default() -> Self {
        Self::new()
    }
}

/// The form.
#[component]
pub fn ServiceForm(
    /// What is written.
    draft: ServiceDraft,
) -> AnyView {
    let asking = Asking::new();
    let (run, announcer) = (run_form(), announcer());
    let ServiceDraft {
        open,
        name,
        count,
        breaker,
    } = draft;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let call = match untrack(|| run.call(asking.projected)) {
            Ok(call) => call,
            Err(problem) => return announcer.alert(problem),
        };
        let Ok(desired) = asking.number("ecs:CreateService", "desiredCount", &count.now()) else {
            return;
        };
        let options = call.options.get().cloned().unwrap_or_default();
        let create = CreateService {
            service_name: name.now(),
            task_definition: Some(call.task_definition),
            desired_count: desired,
            launch_type: call.launch_type,
            platform_version: call.platform_version,
            network_configuration: call.network_configuration,
            capacity_provider_strategy: options.capacity_provider_strategy,
            enable_ecs_managed_tags: options.enable_ecs_managed_tags,
            enable_execute_command: options.enable_execute_command,
            tags: options.tags,
            propagate_tags: options.propagate_tags,
            deployment_configuration: configuration(&breaker.now()),
            ..CreateService::default()
        };
        let words = format!("Service {} is created.", create.service_name);
        if asking.ask(create, &words).is_some() {
            name.clear();
            count.clear();
            breaker.set("");
            open.set(false);
        }
    };
    let of = Memo::new(move |_| of_what(run, asking));
    view! {
        <form class="net-form" novalidate aria-label="Create service" on:submit=submit>
            <TextField label="Service name" text=name/>
            <TextField label="Desired count, 0 to 5,000" text=count/>
            <OneField label="A deployment whose tasks fail" one=breaker/>
            <p class="t12 dim">{of}</p>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Create service"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}

/// The circuit breaker that is chosen.
fn configuration(breaker: &str) -> Option<DeploymentConfiguration> {
    let breaker = (!breaker.is_empty()).then(|| DeploymentCircuitBreaker {
        enable: true,
        rollback: breaker == "back",
        ..DeploymentCircuitBreaker::default()
    });
    breaker.map(|it| DeploymentConfiguration {
        deployment_circuit_breaker: Some(it),
        ..DeploymentConfiguration::default()
    })
}

/// What the service will run, and where that is chosen.
fn of_what(run: RunForm, asking: Asking) -> String {
    match run.call(asking.projected) {
        Err(problem) => problem,
        Ok(call) => {
            let network = call.network_configuration.as_ref();
            let subnets = network.map_or(0, |it| it.awsvpc_configuration.subnets.len());
            let subnets = crate::words::count(subnets, "subnet");
            format!(
                "It runs {} in {subnets}, as is chosen under 'Run task'.",
                call.task_definition
            )
        }
    }
}
