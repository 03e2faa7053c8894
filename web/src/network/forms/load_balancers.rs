//! Load balancers and their listeners.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField, Text, TextField};
use super::super::things::{said, things};
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{
    Attribute, Certificate, CreateListener, CreateLoadBalancer, ListenerAction,
    ModifyLoadBalancerAttributes,
};
use fargate_session::network::Kind;
use fargate_session::tools::Form;
use leptos::prelude::*;

/// Makes a load balancer.
#[component]
pub fn BalancerForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let placed = move || match things.placed.get() {
        Some(Form::Balancer {
            name,
            subnets,
            public,
        }) => Some((name, subnets, public)),
        _ => None,
    };
    let name = Text::offering(move || placed().map_or_else(|| "web".to_owned(), |it| it.0));
    let kind = One::fixed(&[
        ("application", "Application: HTTP and HTTPS"),
        ("network", "Network: TCP, TLS and UDP"),
    ]);
    let scheme = One::of(move || {
        let mut all = [
            ("internet-facing", "Internet-facing"),
            ("internal", "Internal"),
        ];
        if placed().is_some_and(|(_, _, public)| !public) {
            all.reverse();
        }
        let owned = all.map(|(value, words)| (value.to_owned(), words.to_owned()));
        Vec::from(owned)
    });
    let subnets = Several::offering(
        move || things.choices(Kind::Subnet),
        move || {
            let subnets = placed().map(|it| it.1).unwrap_or_default();
            subnets.iter().map(ToString::to_string).collect()
        },
    );
    let groups = Several::of(move || things.choices(Kind::SecurityGroup));
    let submit = move |()| {
        let call = CreateLoadBalancer {
            name: name.now(),
            subnets: subnets.now(),
            security_groups: groups.now(),
            scheme: Some(scheme.now()),
            kind: Some(kind.now()),
            subnet_mappings: Vec::new(),
            tags: Vec::new(),
        };
        let done = "The load balancer is provisioning; it is active in two minutes or so. It needs a listener.";
        let made = asking.ask(call, done).is_some();
        if made {
            things.placed.set(None);
        }
        made
    };
    view! {
        <AskForm label="Add load balancer" verb="Create load balancer" asking open submit>
            <TextField label="Name" text=name/>
            <OneField label="Type" one=kind/>
            <OneField label="Scheme" one=scheme/>
            <SeveralField label="Subnets, one a zone" several=subnets none="There is no subnet yet."/>
            <SeveralField label="Security groups; an application's default is the VPC's, a network's none" several=groups none="There is no group yet."/>
        </AskForm>
    }
}

/// Whether a load balancer is a Network Load Balancer; untracked.
fn is_network(things: super::super::things::Things, id: &str) -> bool {
    let card = untrack(|| things.card(id));
    said(card.as_ref(), "Type").starts_with("network")
}

/// Makes a listener.
#[component]
pub fn ListenerForm(
    /// The load balancer.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let protocol = if is_network(things, &id) {
        One::fixed(&[
            ("TCP", "TCP"),
            ("TLS", "TLS"),
            ("UDP", "UDP"),
            ("TCP_UDP", "TCP_UDP"),
        ])
    } else {
        One::fixed(&[("HTTP", "HTTP"), ("HTTPS", "HTTPS")])
    };
    let needs_certificate = move || matches!(protocol.get().as_str(), "HTTPS" | "TLS");
    let port = Text::offering(move || {
        let usual = if needs_certificate() { "443" } else { "80" };
        usual.to_owned()
    });
    let certificate = Text::of("arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234");
    let group = One::of(move || things.choices(Kind::TargetGroup));
    let id = StoredValue::new(id);
    let submit = move |()| {
        let number = asking.number("elasticloadbalancing:CreateListener", "Port", &port.now());
        let Ok(number) = number else { return false };
        let certificates = certificate.some().filter(|_| untrack(needs_certificate));
        let call = CreateListener {
            load_balancer_arn: id.get_value().as_str().into(),
            protocol: protocol.now(),
            port: number.unwrap_or_default(),
            certificates: certificates
                .map(|certificate_arn| Certificate { certificate_arn })
                .into_iter()
                .collect(),
            default_actions: vec![ListenerAction {
                kind: "forward".to_owned(),
                target_group_arn: Some(group.now().into()),
            }],
        };
        asking.ask(call, "Listener made.").is_some()
    };
    view! {
        <AskForm label="Add listener" verb="Create listener" asking open submit>
            <div class="fields two">
                <OneField label="Protocol" one=protocol/>
                <TextField label="Port" text=port/>
            </div>
            <Show when=needs_certificate><TextField label="Certificate; any will do here" text=certificate/></Show>
            <OneField label="Forwards to the target group" one=group/>
            <Show when=move || group.of.with(Vec::is_empty)>
                <p class="t12 dim">"There is no target group yet: make one first."</p>
            </Show>
        </AskForm>
    }
}

/// How long an idle connection lasts.
#[component]
pub fn IdleForm(
    /// The load balancer.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let seconds = Text::offering(move || {
        let card = things.card(&id.get_value());
        let now = said(card.as_ref(), "Idle timeout");
        now.trim_end_matches(" s").to_owned()
    });
    let submit = move |()| {
        let call = ModifyLoadBalancerAttributes {
            load_balancer_arn: id.get_value().as_str().into(),
            attributes: vec![Attribute {
                key: "idle_timeout.timeout_seconds".to_owned(),
                value: seconds.now(),
            }],
        };
        asking.ask(call, "The idle timeout is changed.").is_some()
    };
    view! {
        <AskForm label="Change idle timeout" verb="Change" asking open submit>
            <TextField label="Seconds that an idle connection lasts" text=seconds/>
        </AskForm>
    }
}
