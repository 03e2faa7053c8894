//! Target groups, and the targets that are registered with them.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::things::{Choice, Things, said, things};
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    Attribute, CreateTargetGroup, ModifyTargetGroupAttributes, RegisterTargets, TargetDescription,
};
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The value of a target that is typed.
const TYPED: &str = "typed";

/// Makes a target group.
#[component]
pub fn GroupForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("web");
    let targets = One::fixed(&[
        ("ip", "Addresses, as of tasks on Fargate"),
        ("instance", "Instances"),
    ]);
    let protocol = One::fixed(&[
        ("HTTP", "HTTP"),
        ("HTTPS", "HTTPS"),
        ("TCP", "TCP"),
        ("TLS", "TLS"),
        ("UDP", "UDP"),
        ("TCP_UDP", "TCP_UDP"),
    ]);
    let port = Text::of("80");
    let for_http = move || protocol.get().starts_with("HTTP");
    let (path, every) = (Text::of("/"), Text::of("30"));
    let submit = move |()| {
        const ACTION: &str = "elasticloadbalancing:CreateTargetGroup";
        let port = asking.number(ACTION, "Port", &port.now());
        let every = asking.number(ACTION, "HealthCheckIntervalSeconds", &every.now());
        let (Ok(port), Ok(interval)) = (port, every) else {
            return false;
        };
        let call = CreateTargetGroup {
            name: name.now(),
            protocol: Some(protocol.now()),
            port,
            vpc_id: Some(things.vpc_now()),
            target_type: Some(targets.now()),
            health_check_path: path.some().filter(|_| untrack(for_http)),
            interval,
            ..Default::default()
        };
        let done = "Target group made. Register targets, and add a listener that forwards to it.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add target group" verb="Create target group" asking open submit>
            <TextField label="Name" text=name/>
            <OneField label="Its targets are" one=targets/>
            <div class="fields two">
                <OneField label="Protocol" one=protocol/>
                <TextField label="Port" text=port/>
            </div>
            <div class="fields two">
                <Show when=for_http><TextField label="Health check path" text=path/></Show>
                <TextField label="Check every, in seconds" text=every/>
            </div>
        </AskForm>
    }
}

/// Whether the targets of a group are instances; untracked.
fn takes_instances(things: Things, id: &str) -> bool {
    let card = untrack(|| things.card(id));
    said(card.as_ref(), "Targets are") == "instances"
}

/// What may be registered, by what AWS calls it.
fn candidates(things: Things, instances: bool) -> Vec<Choice> {
    if instances {
        return things.choices(Kind::Instance);
    }
    let address = |(id, words): Choice| {
        let card = things.card(&id);
        let address = said(card.as_ref(), "Private address").to_owned();
        let words = format!("{words}, {address}");
        (address, words)
    };
    let all = things.choices(Kind::Interface).into_iter();
    let serve = |words: &str| words.starts_with("Task") || words.starts_with("Instance");
    let mut all: Vec<Choice> = all.filter(|(_, words)| serve(words)).map(address).collect();
    all.push((TYPED.to_owned(), "An address".to_owned()));
    all
}

/// Registers a target.
#[component]
pub fn RegisterForm(
    /// The target group.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let instances = takes_instances(things, &id);
    let target = One::of(move || candidates(things, instances));
    let (typed, port) = (Text::of(""), Text::of(""));
    let id = StoredValue::new(id);
    let submit = move |()| {
        let port = asking.number("elasticloadbalancing:RegisterTargets", "Port", &port.now());
        let Ok(port) = port else { return false };
        let target = match target.now() {
            chosen if chosen == TYPED => typed.now(),
            chosen => chosen,
        };
        let call = RegisterTargets {
            target_group_arn: id.get_value().as_str().into(),
            targets: vec![TargetDescription { id: target, port }],
        };
        asking.ask(call, "Target registered.").is_some()
    };
    view! {
        <AskForm label="Register target" verb="Register" asking open submit>
            <OneField label="Target" one=target/>
            <Show when=move || target.get() == TYPED>
                <TextField label="Address" text=typed example="10.0.1.7"/>
            </Show>
            <Show when=move || instances && target.of.with(Vec::is_empty)>
                <p class="t12 dim">"There is no instance yet. Tasks need a group whose targets are addresses."</p>
            </Show>
            <TextField label="Port" text=port example="the group's"/>
        </AskForm>
    }
}

/// How long targets that are taken out keep their connections.
#[component]
pub fn DrainForm(
    /// The target group.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let seconds = Text::offering(move || {
        let card = things.card(&id.get_value());
        let now = said(card.as_ref(), "Drains for");
        now.trim_end_matches(" s").to_owned()
    });
    let submit = move |()| {
        let call = ModifyTargetGroupAttributes {
            target_group_arn: id.get_value().as_str().into(),
            attributes: vec![Attribute {
                key: "deregistration_delay.timeout_seconds".to_owned(),
                value: seconds.now(),
            }],
        };
        let done = "The deregistration delay is changed.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Change deregistration delay" verb="Change" asking open submit>
            <TextField label="Seconds that a target keeps its connections" text=seconds/>
        </AskForm>
    }
}
