//! VPC endpoints.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Several, SeveralField, Text, TextField, Tick};
use super::super::things::things;
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{CreateVpcEndpoint, ModifyVpcEndpoint};
use fargate_core::network::services::SERVICES;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// Makes an endpoint.
#[component]
pub fn EndpointForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let service = One::of(|| {
        let services = SERVICES.iter().map(|service| service.name);
        let choice = |name: &str| (format!("com.amazonaws.us-east-1.{name}"), name.to_owned());
        services.map(choice).collect()
    });
    let kind = One::of(move || {
        let has_gateway = |name: &str| {
            let mut services = SERVICES.iter();
            services.any(|it| it.gateway.is_some() && name.ends_with(&format!(".{}", it.name)))
        };
        let mut kinds = vec![("Interface".to_owned(), "Interface".to_owned())];
        if has_gateway(&service.get()) {
            kinds.insert(
                0,
                ("Gateway".to_owned(), "Gateway, free of charge".to_owned()),
            );
        }
        kinds
    });
    let tables = Several::of(move || things.choices(Kind::RouteTable));
    let subnets = Several::of(move || things.choices(Kind::Subnet));
    let groups = Several::of(move || things.choices(Kind::SecurityGroup));
    let private_dns = RwSignal::new(true);
    let policy = Text::of("");
    let is_gateway = move || kind.get() == "Gateway";
    let submit = move |()| {
        let gateway = untrack(is_gateway);
        let call = CreateVpcEndpoint {
            vpc_endpoint_type: Some(kind.now()),
            vpc_id: things.vpc_now(),
            service_name: service.now(),
            route_table_ids: if gateway { tables.now() } else { Vec::new() },
            subnet_ids: if gateway { Vec::new() } else { subnets.now() },
            security_group_ids: if gateway { Vec::new() } else { groups.now() },
            private_dns_enabled: (!gateway).then(|| private_dns.get_untracked()),
            policy_document: policy.some(),
            tag_specifications: Vec::new(),
        };
        asking.ask(call, "Endpoint made.").is_some()
    };
    view! {
        <AskForm label="Add endpoint" verb="Create endpoint" asking open submit>
            <div class="fields two">
                <OneField label="Service" one=service/>
                <OneField label="Type" one=kind/>
            </div>
            <Show
                when=is_gateway
                fallback=move || view! {
                    <div class="net-form-part">
                        <SeveralField label="Subnets, one a zone" several=subnets none="There is no subnet yet."/>
                        <SeveralField label="Security groups; the default one where none is chosen" several=groups none="There is no group yet."/>
                        <Tick label="Private DNS: the service's usual names lead here" on=private_dns/>
                    </div>
                }
            >
                <SeveralField label="Route tables that lead there" several=tables none="There is no route table."/>
            </Show>
            <TextField label="Policy (JSON); everything is let through where absent" text=policy example="{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}"/>
        </AskForm>
    }
}

/// More route tables for a gateway endpoint, or more groups for an interface endpoint.
#[component]
pub fn ChangeForm(
    /// The endpoint.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let id = StoredValue::new(id);
    let state = untrack(|| things.card(&id.get_value())).and_then(|card| card.state);
    let gateway = state.is_some_and(|state| state.words == "Gateway");
    let (kind, label) = if gateway {
        (Kind::RouteTable, "Route tables that lead there")
    } else {
        (Kind::SecurityGroup, "Security groups")
    };
    let more = Several::of(move || {
        let card = things.card(&id.get_value());
        let has: Vec<String> = card
            .into_iter()
            .flat_map(|card| card.lists)
            .flat_map(|list| list.lines)
            .map(|line| line.key)
            .collect();
        let mut choices = things.choices(kind);
        choices.retain(|(id, _)| !has.contains(id));
        choices
    });
    let submit = move |()| {
        let mut call = ModifyVpcEndpoint {
            vpc_endpoint_id: id.get_value().into(),
            ..Default::default()
        };
        if gateway {
            call.add_route_table_ids = more.now();
        } else {
            call.add_security_group_ids = more.now();
        }
        asking.ask(call, "Endpoint changed.").is_some()
    };
    view! {
        <AskForm label="Add what leads there" verb="Add" asking open submit>
            <SeveralField label several=more none="There is no other."/>
        </AskForm>
    }
}
