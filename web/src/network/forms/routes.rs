//! Route tables and routes.

use super::super::ask_form::AskForm;
use super::super::asking::Asking;
use super::super::fields::{One, OneField, Text, TextField};
use super::super::things::{Choice, Things, things};
use super::subnets::give_table;
use super::tags;
use crate::markup::{Show, view};
use crate::signals::{RwSignal, StoredValue};
use fargate_core::call::{CreateRoute, CreateRouteTable, ReplaceRoute};
use fargate_core::ids::SubnetId;
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The value of a destination that is typed.
const TYPED: &str = "typed";
/// The kinds that a route can lead to, and what begins their choice.
const TARGETS: [(Kind, &str); 5] = [
    (Kind::InternetGateway, ""),
    (Kind::NatGateway, "NAT: "),
    (Kind::EgressOnlyGateway, ""),
    (Kind::Peering, ""),
    (Kind::Interface, "Interface of "),
];

/// Makes a route table.
#[component]
pub fn TableForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let name = Text::of("Private");
    let submit = move |()| {
        let call = CreateRouteTable {
            vpc_id: things.vpc_now(),
            tag_specifications: tags("route-table", name.some()),
        };
        let done = "Route table made. It has the local route only.";
        asking.ask(call, done).is_some()
    };
    view! {
        <AskForm label="Add route table" verb="Create route table" asking open submit>
            <TextField label="Name" text=name/>
        </AskForm>
    }
}

/// What routes can lead to, each as `kind id`.
fn targets(things: Things) -> Vec<Choice> {
    let of_kind = |(kind, before): (Kind, &str)| {
        let choices = things.choices(kind).into_iter();
        let choice = |(id, words): Choice| (id, format!("{before}{words}"));
        choices.map(choice).collect::<Vec<_>>()
    };
    TARGETS.into_iter().flat_map(of_kind).collect()
}

fn destinations(things: Things) -> Vec<Choice> {
    let fixed = [
        ("0.0.0.0/0", "Anywhere, 0.0.0.0/0"),
        ("::/0", "Anywhere over IPv6, ::/0"),
        (TYPED, "A block of addresses"),
    ];
    let fixed = fixed.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let mut all = Vec::from(fixed);
    all.extend(things.choices(Kind::PrefixList));
    all
}

/// Adds a route to a table; or leads one elsewhere that it has.
#[component]
pub fn RouteForm(
    /// The table.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let destination = One::of(move || destinations(things));
    let block = Text::of("");
    let target = One::of(move || targets(things));
    let table = StoredValue::new(id);
    let where_to = move || match destination.get() {
        typed if typed == TYPED => block.get().trim().to_owned(),
        chosen => chosen,
    };
    let is_there = move || {
        let to = where_to();
        let card = things.card(&table.get_value());
        let mut lines = card
            .into_iter()
            .flat_map(|card| card.lists)
            .flat_map(|it| it.lines);
        lines.any(|line| line.head.split(' ').next() == Some(to.as_str()))
    };
    let submit = move |()| {
        let call = route(table.get_value(), untrack(where_to), &target.now(), things);
        if untrack(is_there) {
            asking
                .ask(replaced(call), "The route leads elsewhere.")
                .is_some()
        } else {
            asking.ask(call, "Route added.").is_some()
        }
    };
    view! {
        <AskForm label="Add route" verb="Add route" asking open submit>
            <OneField label="Destination" one=destination/>
            <Show when=move || destination.get() == TYPED>
                <TextField label="Block" text=block example="10.1.0.0/16"/>
            </Show>
            <OneField label="Target" one=target/>
            <Show when=move || target.of.with(Vec::is_empty)>
                <p class="t12 dim">"There is nothing to lead to yet: make a gateway or a peering connection first."</p>
            </Show>
            <Show when=is_there>
                <p class="t12 dim">"The table has a route there: it will lead to the new target instead."</p>
            </Show>
        </AskForm>
    }
}

/// The call that a form's fields stand for; AWS says what is wrong with it.
fn route(table: String, to: String, target: &str, things: Things) -> CreateRoute {
    let mut call = CreateRoute {
        route_table_id: table.into(),
        ..Default::default()
    };
    if to.starts_with("pl-") {
        call.destination_prefix_list_id = Some(to.into());
    } else if to.contains(':') {
        call.destination_ipv6_cidr_block = Some(to);
    } else {
        call.destination_cidr_block = Some(to);
    }
    let kind = untrack(|| things.card(target)).map(|card| card.kind);
    match kind {
        Some(Kind::NatGateway) => call.nat_gateway_id = Some(target.into()),
        Some(Kind::EgressOnlyGateway) => {
            call.egress_only_internet_gateway_id = Some(target.into());
        }
        Some(Kind::Peering) => call.vpc_peering_connection_id = Some(target.into()),
        Some(Kind::Interface) => call.network_interface_id = Some(target.into()),
        _ => call.gateway_id = Some(target.to_owned()).filter(|target| !target.is_empty()),
    }
    call
}

fn replaced(call: CreateRoute) -> ReplaceRoute {
    ReplaceRoute {
        route_table_id: call.route_table_id,
        destination_cidr_block: call.destination_cidr_block,
        destination_ipv6_cidr_block: call.destination_ipv6_cidr_block,
        destination_prefix_list_id: call.destination_prefix_list_id,
        gateway_id: call.gateway_id,
        nat_gateway_id: call.nat_gateway_id,
        egress_only_internet_gateway_id: call.egress_only_internet_gateway_id,
        vpc_peering_connection_id: call.vpc_peering_connection_id,
        network_interface_id: call.network_interface_id,
    }
}

/// Gives a table to a subnet.
#[component]
pub fn GiveForm(
    /// The table.
    id: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let (asking, things) = (Asking::new(), things());
    let subnet = One::of(move || things.choices(Kind::Subnet));
    let submit = move |()| {
        let subnet = SubnetId::from(subnet.now());
        let call = give_table(&subnet, &id, things.has_own_table(&subnet));
        asking
            .ask(call, "The subnet uses this route table.")
            .is_some()
    };
    view! {
        <AskForm label="Give to a subnet" verb="Give" asking open submit>
            <OneField label="Subnet" one=subnet/>
        </AskForm>
    }
}
